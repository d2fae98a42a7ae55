"""What the words before a number say by themselves, whatever stands around them.

Pure functions of short strings, and remembered: in reports made after one template most of the words between two numbers
come again, from sentence to sentence and from report to report.

Over 400 lines because what a gap, a clause and a label say is asked of the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportparse import phrases

__all__ = [
    "Against",
    "Gap",
    "Manner",
    "Named",
    "OnBases",
    "against_after",
    "against_both",
    "bare_figure",
    "distribute",
    "grade_of",
    "last_clause",
    "manner_of",
    "on_bases",
    "read_gap",
    "read_label",
    "read_named",
]

_REMEMBERED = 8192

Against = tuple[str | None, str | None]
"""What a comparison is against: period (``same`` for the fact's own) and basis."""


class Gap(NamedTuple):
    """The words between one number and the next.

    ``stop`` is where the last sentence that ends in them ends, 0 where none does; ``subject`` the first of these sentences
    where it can be a subject, ``renamed`` the last of them where it is the name of a class and so is one. The rest is of the words after that: the ``year`` that they begin with, and
    the one that begins what follows their last ； (``year_anew``); that of a date on
    which things stood (``as_of``, anywhere in them); whether they are
    a ``reason`` (None where they leave it as it was); whether they ``close`` a list; how many brackets they close
    (``closing``) and whether they open one that stays ``open``; whether they hold a ``semicolon``; the list that they
    open, ``opened`` = (nothing stands before it, it is complete), and the words that say of what (``named``); whether what
    follows stands ``beside`` the list before (此外); ``rest``, what follows that; its last ``clause``, and
    what it compares with (``against``).
    """

    stop: int
    subject: str
    renamed: str
    year: str | None
    year_anew: str | None
    as_of: str | None
    reason: bool | None
    close: bool
    closing: int
    open: bool
    semicolon: bool
    opened: tuple[bool, bool] | None
    named: str
    beside: bool
    rest: str
    clause: str
    titled: str
    against: Against | None
    compared: str


@lru_cache(maxsize=_REMEMBERED)
def read_gap(text: str) -> Gap:
    """Read the words between two numbers."""
    if "。）" in text:
        text = text.replace("。）", "，）")  # the sentence goes on after the brackets
    stop = max(text.rfind("。"), text.rfind("！"), text.rfind("？")) + 1
    colon = phrases.LEVEL_COLON.match(text) if "）：" in text else None
    if colon is not None:
        stop = max(stop, colon.end())  # 住房公积金（项）：年初预算为…
    words = text[stop:]
    if words[:2] in ("构成", "组成"):
        words = words[2:]  # 由A1万元和B2万元构成，共3万元
    year = _leading_year(words) if _may_name_a_year(words) else None
    half = words[words.rfind("；") + 1 :]
    anew = _leading_year(half) if year is None and len(half) < len(words) and _may_name_a_year(half) else None
    closing = words.count("）")
    found = phrases.LIST_OPEN.search(words)
    opened = None
    named = ""
    rest = words
    if found is not None and found.group()[0] == "分" and found.group()[-1] != "：":
        if last_clause(words[: found.start()]) or phrases.EACH_DOES.match(words, found.end()):
            found = None  # A和B分别为1万元、2万元: no list, but a figure each
    if found is not None and "主要" in found.group() and _is_past(words[found.end() :]):
        after = words.rfind("；") + 1  # 主要是人员减少；支出包括：教育支出9万元
        found = phrases.LIST_OPEN.search(words, after) if after > found.end() else None
    if found is not None:
        before = found.start() + (found.group()[0] in "入出计")  # 收入中：, 支出总计由…: a name's last character
        named = phrases.HOW_USED.sub("", last_clause(words[:before]))
        alone = not words[: found.start()].strip("，。；： ")
        # 主要用于以下方面 is the wording of the ministry's template, which lists every class.
        partial = ("主要" in found.group() and "以下" not in found.group()) or "等" in found.group()
        opened = (alone, not partial)
        rest = words[found.end() :]
    clause = last_clause(rest)
    titled = _titled(rest)
    bracketed = phrases.BRACKETED.search(rest) if rest.rfind("（") > max(0, rest.rfind("）")) else None
    if bracketed is not None and bare_figure(bracketed[2]) is not None:
        titled, clause = bracketed[1], bracketed[2]
    return Gap(
        stop, _subject(text) if stop else "", _renamed(text[:stop]) if stop else "", year, anew or (year if words[:1] == "；" else None), _as_of(text), _reason(words),
        phrases.LIST_CLOSE.search(words) is not None, closing, not closing and words[:1] == "（", "；" in words, opened,
        named, phrases.BESIDE.match(words) is not None, rest,
        clause, titled, *_against(rest),
    )  # fmt: skip


def _is_past(rest: str) -> bool:
    """Whether what 主要是 opens is over: 主要是厉行节约；较上年增加…, and the same with a comma before a comparison."""
    return "；" in rest or ("，" in rest and phrases.COMPARE.match(last_clause(rest)) is not None)


def _subject(text: str) -> str:
    """1．林业和草原（款）事业机构（项）。年初预算为…: the sentence before names the subject."""
    stop = phrases.STOP.search(text)
    subject = text[: stop.start()] if stop else ""
    if "项目" in subject and (said := phrases.PREDICATE.fullmatch(_after(phrases.LEAD, subject))) is not None:
        return said["name"]
    if (defined := phrases.DEFINED.match(subject)) is not None:
        return defined[1]
    return subject if 2 <= len(subject) <= 60 and not phrases.NO_SUBJECT.search(subject) else ""


def _leading_year(words: str) -> str | None:
    """The year, or the span of years, that a clause begins with."""
    match = phrases.LEADING_YEAR.match(words)
    if match is None or phrases.FOUNDED.match(words, match.end()):
        return None
    if words[match.start(1) - 1 : match.start(1)] == "于" and phrases.MONTH_AFTER.match(words, match.end()):
        return None  # 我区于2016年3月实行公车改革，共有车辆2辆
    span = phrases.YEARS.match(words, match.start(1))
    return f"{span[1]}/{span[2]}" if span is not None else match.group(1)


def _titled(gap: str) -> str:
    """公务接待费：预算1万元，决算…: what stands before the colon names the subject; ①机采示范，年初预算40万元: before the comma."""
    item = _item(gap)
    if item:
        return item
    colon = gap.rfind("：")
    if colon <= 0 or "，" in gap[colon:] or "；" in gap[colon:] or not gap[colon + 1 :].strip():
        return ""
    title = phrases.ITEM_NUMBER.sub("", phrases.SEPARATED.split(gap[:colon])[-1].rpartition("：")[2])
    return title if 2 <= len(title) <= (60 if phrases.NAME_OF_CLASS.search(title) else 24) else ""


def _item(gap: str) -> str:
    item = (phrases.ITEM.search(gap) or phrases.NAMED_ITEM.search(gap)) if "，" in gap else None
    return item[1] if item is not None else ""


def _as_of(text: str) -> str | None:
    match = _last(phrases.AS_OF, text) if "20" in text and ("末" in text or "底" in text or "截" in text) else None
    return match["y"] or match["e"] if match is not None else None


def _renamed(text: str) -> str:
    named = phrases.LEVEL_END.search(text) if text[-2:-1] == "）" else phrases.NUMBERED_END.search(text)
    return phrases.ITEM_NUMBER.sub("", next(filter(None, named.groups()))) if named is not None else ""


def _reason(words: str) -> bool | None:
    """Whether the words before the number are a reason: to the next ；, or on through its 一是…；二是….."""
    item = words[words.rfind("；") + 1 :]
    if "因" in words or "主要" in words:
        if phrases.REASON.search(item) or (phrases.REASON.search(words) and phrases.REASON_GOES_ON.match(item)):
            return True
    if len(item) < len(words) and not phrases.REASON_GOES_ON.match(item):
        return False
    return None


def last_clause(gap: str) -> str:
    """The words right before a number, back to the last separator that leaves any words."""
    end = len(gap.rstrip(phrases.SEPARATORS)) + 1  # a long run of separators is looked at once
    while end:
        cut = max(gap.rfind("，", 0, end), gap.rfind("；", 0, end), gap.rfind("：", 0, end), gap.rfind("。", 0, end))
        clause = gap[cut + 1 :]
        if cut <= 0 or _has_words(clause):
            return phrases.ITEM_NUMBER.sub("", _out_of_brackets(clause).lstrip("、）” .．").rstrip("，、"))
        end = cut
    return gap


def _out_of_brackets(clause: str) -> str:
    """What stands after a bracket that was opened before the clause: 林业站）总编制 → 总编制."""
    if clause[:1] == "（" and (beside := phrases.AFTER_ASIDE.match(clause)) is not None:
        return clause[beside.end() :]  # 9万元（含上年结转的资金）、住房保障支出
    at = clause.rfind("）") + 1
    if at and clause.count("）", 0, at) > clause.count("（", 0, at) and _has_words(clause[at:]):
        return clause[at:]
    return clause


def _has_words(clause: str) -> bool:
    """Whether a clause says more than 为, 共计 and the like."""
    if clause[-1:] in phrases.TAIL_ENDS:
        clause = phrases.TAIL.sub("", clause)
    return bool(clause.strip(phrases.SEPARATORS))


def _against(gap: str) -> tuple[Against | None, str]:
    """What the latest comparison in ``gap`` is against, (period, basis), and the words of its clause before it."""
    match = _last(phrases.COMPARE, gap) if phrases.MAY_COMPARE.search(gap) else None
    if match is None:
        return None, ""
    before = last_clause(gap[: match.start()]) if match.start() else ""
    groups = match.groupdict()
    if groups["cb"] or groups["db"] or groups["eb"]:
        adjusted = (groups["cf"] or groups["df"] or groups["ef"] or "").startswith(("全年", "调整"))
        return ("same", "adjusted_budget" if adjusted else "budget"), before
    what = groups["ab"] or groups["bb"] or groups["gb"]
    which = groups["af"] or groups["bf"] or groups["gf"]
    return (groups["ay"] or groups["by"] or groups["gy"], _basis_of(what, which)), before


@lru_cache(maxsize=_REMEMBERED)
def against_both(clause: str) -> tuple[str, Against, Against] | None:
    """The two things that a clause compares with at once, and the words before."""
    if "、" not in clause and "和" not in clause and "及" not in clause and "与" not in clause[1:]:
        return None
    match = phrases.BOTH_AGAINST.match(clause)
    if match is None:
        return None
    one, other = _against(f"比{match['one']}")[0], _against(f"比{match['other']}")[0]
    return (match["own"], one, other) if one is not None and other is not None else None


def _basis_of(what: str | None, which: str | None = None) -> str | None:
    """The basis that a comparison names: 预算, or 决算, 执行, 预算执行, 实际; 全年预算 is the adjusted one."""
    if what == "预算" and which in ("全年", "调整", "调整后"):
        return "adjusted_budget"
    return None if what is None else "budget" if what in ("预算", "批复") else "actual"


def against_after(text: str) -> Against | None:
    """What 本年数等于上年预算数 compares with: the words after its verb."""
    match = phrases.SAME_AFTER.match(text)
    return (match["hy"], _basis_of(match["hb"])) if match is not None else None


def grade_of(label: str) -> str | None:
    """The grade that a label ends with: 评价结果为优的, 优秀等级的项目."""
    match = phrases.GRADE.search(label)
    return match["grade"] if match is not None else None


class Manner(NamedTuple):
    """How a clause says its figure: of several things (``spread``), as one of several figures (``series``), as what became
    of another (``became``: 降为; its basis where that is another, 调整为), as what another was (``was``: the thing, the year
    and the basis, 由上年的), as an adjustment of a budget (``adjusts``).
    """

    spread: bool
    series: bool
    became: str | None
    was: tuple[str, str | None, str | None] | None
    adjusts: bool


@lru_cache(maxsize=_REMEMBERED)
def manner_of(clause: str) -> Manner:
    """How a clause says its figure."""
    was = phrases.FROM.fullmatch(clause) if "由" in clause or "从" in clause else None
    became = phrases.BECAME.fullmatch(clause)
    return Manner(
        phrases.SPREAD.search(clause) is not None, phrases.SERIES.search(clause) is not None,
        None if became is None else "adjusted_budget" if became["adj"] else "",
        (was["own"], was["year"], "budget" if was["basis"] else None) if was is not None and _names_what_was(was) else None,
        phrases.ADJUSTED.fullmatch(clause) is not None,
    )  # fmt: skip


def _names_what_was(was: re.Match[str]) -> bool:
    """Whether 由 leads on to a figure of another time: it names that, or nothing at all (由9万元增加到10万元)."""
    return bool(was["last"] or was["year"] or was["basis"]) or was.group()[-1:] in ("由", "从")


class Named(NamedTuple):
    """A clause without its comparison, its verb and its time: ``period`` is the year that it names, ``last_year`` says that
    it names the one before the report's.
    """

    label: str
    period: str | None
    last_year: bool


@lru_cache(maxsize=_REMEMBERED)
def read_named(clause: str) -> Named:
    """What a clause names, and of which year."""
    label = phrases.COMPARE.sub("", clause) if phrases.MAY_COMPARE.search(clause) else clause
    label = _without_tail(_after(phrases.LEAD, label))
    period: str | None = None
    span = phrases.YEARS.search(label) if _may_name_a_year(label) else None
    if span is not None:
        label, period = label[: span.start()] + label[span.end() :].lstrip("度，"), f"{span[1]}/{span[2]}"
    year = _last(phrases.YEAR, label) if span is None and _may_name_a_year(label) else None
    if year is not None and label[year.start() - 1 : year.start()] != "的":
        period = year.group(1)
        before, after = label[: year.start()], label[year.end() :].lstrip("度，")
        names = phrases.NAMES_A_THING.search(before) or phrases.LEVEL_AT_END.search(before)
        if len(after) < 2 or names or phrases.OTHERS.match(before):
            label = before + after
        else:
            label = after
    last_year = phrases.LAST_YEARS.match(label) if label[:1] in ("上", "去") else None
    label = label[last_year.end() :] if last_year else label
    half = len(label) // 2
    if half > 3 and label[:half] == label[half:]:
        label = label[:half]  # 三公经费决算数比2014年三公经费决算数减少
    return Named(label, period, last_year is not None)


@lru_cache(maxsize=_REMEMBERED)
def read_label(label: str) -> tuple[str, str | None]:
    """The label proper in what a clause names, and the basis that it states."""
    label = _after(phrases.APPROVED, _after(phrases.SUBJECT, _after(phrases.LEAD, label)))
    if label[-2:] in ("年末", "年底") and len(label) > 4 and label[-3] != "上":
        label = label[:-2]  # 编外用工年末为5人
    basis: str | None = None
    if label in ("调整后", "调整后总额", "年中调整后"):
        return "", "adjusted_budget"  # 年中调增6万元，调整后为66万元
    if phrases.PLANNED_ALONE.fullmatch(label):
        return "", "budget"  # 年初安排60万元，决算数为62万元
    planned = phrases.PLANNED.match(label) if "年初" in label or label[:2] in ("安排", "批复") else None
    if planned is not None and "年初" in planned.group() and "预算" not in label:
        label, basis = label[planned.end() :], "budget"
    if phrases.SPENT_OF_BUDGET.search(label):
        basis = "actual"
    elif "预算" in label:
        hidden = phrases.BUDGET_OF_FUND.sub(lambda m: "\x00" * len(m.group()), label)
        budget = phrases.BUDGET.search(hidden)
        if budget is not None:
            basis = "adjusted_budget" if budget.group("adj") else "budget"
    if basis == "adjusted_budget" and ("后" in label or label[:2] in ("调整", "年中", "经调", "经年")):
        label = phrases.AFTER_ADJUSTING.sub("", label)  # 年中调整后收支预算; 调整后本年支出预算
    if basis is None and ("决算" in label or "执行数" in label or label == "实际执行"):
        basis = "actual"
    if phrases.QUOTES.search(label):
        label = phrases.QUOTES.sub("", label)
    return label.strip().replace("支出支出", "支出"), basis


class OnBases(NamedTuple):
    """The labels of one thing on several bases, and these."""

    labels: tuple[str, ...]
    bases: tuple[str, ...]


@lru_cache(maxsize=_REMEMBERED)
def on_bases(label: str) -> OnBases | None:
    """The bases that a label names one after the other: 茶园改造全年预算和执行数 of 茶园改造."""
    found = phrases.BASES.fullmatch(label) if "预算" in label else None
    if found is None:
        return None
    words = phrases.BASIS_PARTED.split(found["bases"])
    bases = tuple(read_label(word)[1] or "actual" for word in words)
    if len(set(bases)) < len(bases):
        return None
    return OnBases(tuple(found["own"] + word for word in words), bases)


@lru_cache(maxsize=_REMEMBERED)
def distribute(label: str, spread: bool = False) -> tuple[str, ...]:
    """One number said of several things (收、支总计均为; with ``spread`` also A、B和C均为), or several of several (分别为)."""
    if "收" in label:
        named = phrases.BOTH_NAMED.search(label)
        if named is not None:  # 收入总计、支出总计均为
            before = label[: named.start()]
            return (f"{before}收入{named.group(1)}", f"{before}支出{named.group(1)}")
        both = phrases.BOTH.search(label)
        if both is not None and (both.group()[1:2] in "、，和与及入支"):
            before, rest = label[: both.start()], both.group("rest")
            return (f"{before}收入{rest}", f"{before}支出{rest}")
    if label[:1] == "年" or "年初" in label:
        ends = phrases.BOTH_ENDS.search(label)
        if ends is not None:  # 年初、年末结转和结余
            before, rest = label[: ends.start()], ends["rest"]
            return (f"{before}{ends['one']}{rest}", f"{before}{ends['other']}{rest}")
    if spread:
        names = [name for part in label.split("、") for name in phrases.ITEM_END.split(part)]
        return tuple(name for name in names if name) or (label,)
    return (label,)


@lru_cache(maxsize=_REMEMBERED)
def bare_figure(label: str) -> str | None:
    """Whether a label names a figure (年初预算, 支出决算, 金额) but no subject: None if it names one; else the side, 收入 or
    支出, of which it can be no figure, or nothing.
    """
    if not label:
        return ""
    if label[0] not in phrases.BARE_FIGURE_FIRST:
        return None
    plain = phrases.FIGURE_WORDS.sub("", label)
    if "预算" in plain:
        plain = phrases.BUDGET.sub("", plain)
    if not phrases.BARE_FIGURE.match(plain):
        return None
    return "收入" if "支出" in plain else "支出" if "收入" in plain else ""


def _may_name_a_year(text: str) -> bool:
    """Asked before a pattern is: most labels name none."""
    return "20" in text or "19" in text


def _after(pattern: re.Pattern[str], text: str) -> str:
    """What is left of ``text`` after what ``pattern`` matches at its start."""
    match = pattern.match(text)
    return text[match.end() :] if match is not None else text


def _without_tail(label: str) -> str:
    """A label without the verbs that lead on to its number: 收入总计分别为 → 收入总计."""
    while label and label[-1] in phrases.TAIL_ENDS:
        tail = phrases.TAIL.search(label, max(0, len(label) - phrases.TAIL_LONGEST))
        if tail is None:
            break
        label = label[: tail.start()].rstrip("，、；：")
    return label.removesuffix("的") if len(label) > 4 else label  # 用于基本支出的有


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    match = None
    for match in pattern.finditer(text):  # noqa: B007
        pass
    return match

"""Checks across documents: reports of one body, of several years and kinds, against one another.

Two documents that state one thing of one year state it alike: the final account and the performance report, the budget and
the final account's budgeted column, last year's report and this year's comparison with it, or its change. What a body had at the end of one
year it has at the beginning of the next. And what one document says in the name of another body was left in it by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportparse.checkrules import CheckRules, check_rules
from reportparse.checks import Sets, judge, set_of, unit_of
from reportparse.concepts import key_of, load_concepts
from reportparse.intervals import Interval
from reportparse.model import Fact, Finding
from reportparse.relations import Relation
from reportparse.report import Report
from reportparse.wording import VERDICTS, called, printed, shown

__all__ = ["Digest", "across", "body_of", "digest"]

_KINDS = frozenset({"overall_performance", "final_accounts", "budget"})
"""Kinds of report that are of a whole body, and so can be laid beside one another."""
_CARRIED: tuple[tuple[tuple[str, str | None], tuple[str, str | None]], ...] = (
    (("balance.closing", None), ("balance.opening", None)),
    (("expenditure.nature", "carried_out"), ("revenue.source", "carried_in")),
)
"""What is left at the end of a year, and what it is called at the beginning of the next."""
_COMPARED = ("revenue.", "expenditure.", "three_public.", "balance.", "agency_operating", "procurement.total")
_SPEAKS = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()]{3,40}(?:局|厅|委|办|院|委员会|办公室|中心|学校|中学|小学|协会|联合会|街道办事处|街道|镇|乡|队|馆|所|站))"
    r" ?(?P<year>20\d\d) ?年度? ?(?:部门|单位)?(?:整体)?(?:收入|支出|收支|财政拨款|一般公共预算|“?三公|无?政府性基金|决算|预算|本年)"
)
_SPEAKS_OF = re.compile(
    r"(?:^|[。；\n])\s*(?P<year>20\d\d) ?年度?，?(?P<name>[\u4e00-\u9fff]{3,40}?(?:局|厅|委员会|办公室|中心|学校|中学|小学|协会|联合会|街道办事处|镇|乡|馆|所|站))"
    r"(?:部门)?(?:整体)?(?:本年)?(?:收入|支出|收支|财政拨款|一般公共预算|“?三公)",
    re.M,
)
"""Who a sentence of a report says it is about, and in which year."""
_SAME_WORD = str.maketrans(
    {"与": "和", "及": "和", "、": "和", "（": None, "）": None, "(": None, ")": None, " ": None}
)


class Subject(NamedTuple):
    """A body in whose name a sentence speaks, and the year of which it does."""

    name: str
    year: int
    span: tuple[int, int]


class Digest(NamedTuple):
    """What is kept of a report to lay others beside it: its name, whose it is, of which year and kind, whether of a whole
    department or of one unit, its values by key, and in whose name it speaks.
    """

    name: str
    department: str | None
    year: int | None
    kind: str
    scope: str
    values: Mapping[str, Fact]
    before: Mapping[str, tuple[Fact, Interval]]
    """What the year before must have been, by the key that its own report has for it: this year's amount less the change."""
    subjects: tuple[Subject, ...]


def digest(report: Report, text: str, name: str) -> Digest:
    """What is kept of one report. ``text`` is the document's, ``name`` what it is called among the others."""
    main = report.document
    values: dict[str, Fact] = {}
    for fact in report.facts:
        usable = fact.part == main.part and fact.aspect == "value" and fact.role == "statement" and not fact.cross
        if usable and fact.kind == "amount" and isinstance(fact.value, Decimal) and fact.concept.startswith(_COMPARED):
            held = values.get(fact.key)
            if held is None or (held.where == "table" and fact.where != "table"):
                values[fact.key] = fact
    facts = {fact.id: fact for fact in report.facts}
    before = dict(_year_before(report, facts, values))
    title = main.title or ""
    own = "本级" in f"{title}{main.department}" or ("单位" in title and "部门" not in title)
    scope = "unit" if own else "department"
    part = next((part for part in report.parts if part.id == main.part), None)
    start, end = part.span if part is not None else (0, len(text))
    subjects = tuple(
        Subject(match["name"], int(match["year"]), match.span("name"))
        for pattern in (_SPEAKS, _SPEAKS_OF)
        for match in pattern.finditer(text, start, end)
    )
    return Digest(name, main.department, main.fiscal_year, main.kind, scope, values, before, subjects)


def _year_before(
    report: Report, facts: Mapping[str, Fact], values: Mapping[str, Fact]
) -> Iterator[tuple[str, tuple[Fact, Interval]]]:
    for fact in report.facts:
        base = facts.get(fact.base or "")
        own = fact.aspect == "change" and fact.state == "stated" and fact.role == "statement" and not fact.cross
        if not own or base is None or fact.compared is None or fact.compared.basis != fact.basis or not base.period:
            continue
        same_words = base.key in values and fact.concept.startswith(_COMPARED) and base.period.isdigit()
        if same_words and fact.compared.period == str(int(base.period) - 1):
            key = key_of(load_concepts()[base.concept], base.member, base.fund, base.basis, fact.compared.period)
            if key not in values:
                yield key, (fact, set_of(base, check_rules().about).minus(set_of(fact, check_rules().about)))


def across(digests: Iterable[Digest], rules: CheckRules) -> tuple[Finding, ...]:
    """The findings that it takes more than one document to make, or the names in one. A fact is named ``document#id``; a
    document that is of no body or year is laid beside none.
    """
    groups: dict[tuple[str, str], list[Digest]] = {}
    for one in digests:
        if one.department is not None and one.year is not None and one.kind in _KINDS:
            group = groups.setdefault((body_of(one.department), one.scope), [])
            # One report in two forms, or twice, says nothing that it has not said.
            if not any(
                (one.year, one.kind, _figures(one)) == (other.year, other.kind, _figures(other)) for other in group
            ):
                group.append(one)
    found: list[Finding] = []
    for key in sorted(groups):
        group = sorted(groups[key], key=lambda one: (one.year or 0, one.kind, one.name))
        for told in (_stated_twice(group, rules), _carried(group, rules), _names(group)):
            for check, outcome, zh, en, facts, figures in told:
                found.append(
                    Finding(
                        f"x{len(found) + 1}", check, outcome, rules.codes[check], zh, en, facts, *figures, None, (), ()
                    )
                )
    return tuple(found)


def _figures(one: Digest) -> dict[str, tuple[object, str | None]]:
    return {key: (fact.value, fact.unit) for key, fact in one.values.items()}


_Told = tuple[str, str, str, str, tuple[str, ...], tuple[str | None, str | None]]


def _stated_twice(group: Sequence[Digest], rules: CheckRules) -> Iterator[_Told]:
    """One key in two documents: every later statement against the first."""
    first: dict[str, tuple[Digest, Fact]] = {}
    for one in group:
        for key, fact in one.values.items():
            before = first.setdefault(key, (one, fact))
            if before[0] is not one:
                yield from _compared("across", before, (one, fact), rules)
    for one in group:
        for key, (change, was) in one.before.items():
            stated = first.get(key)
            if stated is not None and stated[0] is not one:
                yield _as_changed(stated, (one, change), was, rules)


def _carried(group: Sequence[Digest], rules: CheckRules) -> Iterator[_Told]:
    """The end of one year against the beginning of the next."""
    outcomes = [one for one in group if one.kind != "budget"]
    for before in outcomes:
        for after in outcomes:
            if after.year is None or before.year is None or after.year != before.year + 1:
                continue
            for closing, opening in _CARRIED:
                for fact in before.values.values():
                    if (fact.concept, fact.member) != closing or (fact.basis, fact.period) != (
                        "actual",
                        str(before.year),
                    ):
                        continue
                    for other in after.values.values():
                        same = (other.concept, other.member, other.fund, other.basis) == (*opening, fact.fund, "actual")
                        if same and other.period == str(after.year):
                            yield from _compared("carried", (before, fact), (after, other), rules)


def _compared(check: str, one: tuple[Digest, Fact], other: tuple[Digest, Fact], rules: CheckRules) -> Iterator[_Told]:
    (before, fact), (after, again) = one, other
    relation = Relation(check, "", "sum", 1, (0,), (1,))
    outcome = judge(relation, Sets((fact, again), (), rules.about), rules).outcome
    verdict = VERDICTS[outcome]
    a, b = printed(fact), printed(again)
    if check == "carried":
        zh = f"{before.year}年末结转{a}（{_at(before, fact)}），{after.year}年初结转{b}（{_at(after, again)}），{verdict[0]}。"
        en = f"{a} is left at the end of {before.year} ({_at(before, fact)}), {b} is there at the beginning of {after.year} ({_at(after, again)}): {verdict[1]}."
    else:
        zh = f"{called(fact)}在{_at(before, fact)}为{a}，在{_at(after, again)}为{b}，{verdict[0]}。"
        en = f"{called(fact)} is {a} in {_at(before, fact)} and {b} in {_at(after, again)}: {verdict[1]}."
    places = f"{before.name}#{fact.id}", f"{after.name}#{again.id}"
    yield check, outcome, zh, en, places, (str(again.value), str(fact.value))


def _as_changed(one: tuple[Digest, Fact], other: tuple[Digest, Fact], was: Interval, rules: CheckRules) -> _Told:
    """Last year's amount in its own report, against this year's less the change."""
    (before, fact), (after, change) = one, other
    outcome = "consistent" if set_of(fact, rules.about).meets(was) else "inconsistent"
    verdict = VERDICTS[outcome]
    unit = unit_of(fact) or Decimal(1)
    then = shown(was.middle, unit, fact.decimals or 0)
    a, b = printed(fact), printed(change)
    zh = f"{called(fact)}在{_at(before, fact)}为{a}，按{_at(after, change)}的增减额{b}倒推为{then}{fact.unit or ''}，{verdict[0]}。"
    en = f"{called(fact)} is {a} in {_at(before, fact)}; by the change of {b} in {_at(after, change)} it was {then}{fact.unit or ''}: {verdict[1]}."
    return "across", outcome, zh, en, (f"{before.name}#{fact.id}", f"{after.name}#{change.id}"), (str(fact.value), then)


def _at(one: Digest, fact: Fact) -> str:
    """A document and where in it."""
    span = f" {fact.span[0]}-{fact.span[1]}" if fact.span is not None else ""
    return f"{one.name} p.{fact.page}{span}"


def _names(group: Sequence[Digest]) -> Iterator[_Told]:
    """Sentences in the name of another body, or of another year."""
    for one in group:
        own = body_of(one.department or "")
        told: set[object] = set()
        for subject in one.subjects:
            name = body_of(subject.name)
            is_own = name.endswith(own) or own.endswith(name) or _is_short_for(name, own)
            if not is_own and subject.name not in told and not _NOT_A_NAME.search(subject.name):
                told.add(subject.name)
                yield (
                    "name", "unusual", f"{one.name}是{one.department}的报告，却有以“{subject.name}”为主语的句子，异常。",
                    f"{one.name} is of {one.department}, and a sentence of it speaks of {subject.name}: unusual.",
                    (f"{one.name}#{subject.span[0]}-{subject.span[1]}",), (subject.name, one.department),
                )  # fmt: skip
            elif is_own and one.year is not None and subject.year != one.year and subject.year not in told:
                told.add(subject.year)
                yield (
                    "year", "unusual", f"{one.name}是{one.year}年的报告，却有以{subject.year}年为题的句子，异常。",
                    f"{one.name} is of {one.year}, and a sentence of it speaks of {subject.year}: unusual.",
                    (f"{one.name}#{subject.span[0]}-{subject.span[1]}",), (str(subject.year), str(one.year)),
                )  # fmt: skip


_NOT_A_NAME = re.compile("我|本|该|全|各|其|下属|所属|直属|上级")


def _is_short_for(name: str, own: str) -> bool:
    """Whether a name is another one with characters left out, from its beginning on: 省检察院 for 江苏省人民检察院. One that
    begins as the other does and then lacks something is that of another body: 上海市教育局 is not 上海市普陀区教育局.
    """
    if name[:2] == own[:2]:
        return False
    rest = iter(own)
    return all(char in rest for char in name)


def body_of(name: str) -> str:
    """A body's name without what is written now so, now so; 与 and 和 are kept apart from nothing."""
    return name.removesuffix("（本级）").removesuffix("本级").translate(_SAME_WORD)

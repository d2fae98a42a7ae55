"""What the checks found, as findings that a person can read: what is printed, what it should be, what would explain it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from reportparse.causes import Explanation, explain
from reportparse.checkrules import CheckRules
from reportparse.checks import Checked, Sets, check, unit_of
from reportparse.claims import Claim, relations_of
from reportparse.classes import CODE_AND_NAME_DIFFER, name_of_class
from reportparse.concepts import load_concepts
from reportparse.intervals import EVERYTHING
from reportparse.misread import Doubts
from reportparse.model import Cause, Fact, Finding, Mention
from reportparse.relations import Number, Relation, find_relations
from reportparse.wording import VERDICTS, called, cause_words, place_words, printed, shown, with_aspect

__all__ = ["findings"]

_SILENT = frozenset({"scale", "rate"})
"""Checks of which only failures are told: that 60% is no more than 100% is no news."""
_RELATED = 20
"""Other findings that one names: a number that is stated a thousand times has as many."""
_WIDE = Context(prec=200)
_RATIOS = frozenset({"ratio", "growth", "growth_from"})
_FUNDS = {
    "all": ("全部资金", "all funds"),
    "appropriation": ("财政拨款", "appropriations"),
    "general": ("一般公共预算", "the general budget"),
    "government_fund": ("政府性基金", "government funds"),
    "state_capital": ("国有资本经营预算", "the state capital budget"),
}


def findings(
    facts: Sequence[Fact],
    unclaimed: Sequence[Mention],
    rules_of: Mapping[str, CheckRules],
    claims_of: Mapping[str, Sequence[Claim]],
    text: str,
) -> tuple[Finding, ...]:
    """The findings of a document, in the order of the numbers that they are about; ``rules_of`` are the rules of its parts by
    their ids, ``claims_of`` what words alone say there, ``text`` is its text.
    """
    by_part: dict[str, list[int]] = {}
    for i, fact in enumerate(facts):
        by_part.setdefault(fact.part, []).append(i)
    made: list[Finding] = []
    for part, rules in rules_of.items():
        indexes = by_part.get(part, [])
        if indexes:
            sets = Sets(facts, unclaimed, rules.about)
            relations = find_relations(facts, unclaimed, rules, indexes)
            if not rules.skip & {"words", rules.codes["words"]}:
                relations += relations_of(claims_of.get(part, ()), facts, unclaimed, indexes)
            checked = check(relations, sets, rules)
            if not rules.skip & {"class", rules.codes["class"]}:
                checked += _misnamed(facts, indexes)
            if not rules.skip & {"percent", rules.codes["percent"]}:
                checked += _without_percent(facts, indexes)
            checked = Doubts(sets, text).without(checked)
            made += _Teller(sets, rules, checked, len(made)).findings()
    return tuple(made)


def _misnamed(facts: Sequence[Fact], indexes: Sequence[int]) -> Iterator[Checked]:
    """Rows of a table whose code is that of another class than their name."""
    rows: dict[tuple[object, ...], list[int]] = {}
    for i in indexes:
        fact = facts[i]
        if fact.cell is not None and any(note.startswith(CODE_AND_NAME_DIFFER) for note in fact.notes):
            rows.setdefault((fact.cell.table, fact.cell.row), []).append(i)
    for first, *others in rows.values():
        yield Checked(
            Relation("class", "class", "limit", first, tuple(others)), "unusual", EVERYTHING, EVERYTHING, tuple(others)
        )


def _without_percent(facts: Sequence[Fact], indexes: Sequence[int]) -> Iterator[Checked]:
    """Rates of prose behind which no % is printed: 占76.23."""
    for i in indexes:
        fact = facts[i]
        if fact.kind == "percentage" and fact.unit is None and fact.state == "stated" and fact.cell is None:
            yield Checked(Relation("percent", "percent", "limit", i, ()), "unusual", EVERYTHING, EVERYTHING, ())


class _Teller:
    def __init__(self, sets: Sets, rules: CheckRules, checked: list[Checked], before: int) -> None:
        self.sets = sets
        self.rules = rules
        told = [one for one in checked if one.outcome != "consistent" or one.relation.check not in _SILENT]
        self.checked = sorted(told, key=self._place)
        self.ids = [f"c{before + k}" for k in range(1, len(self.checked) + 1)]
        self.causes = explain(self.checked, sets, rules)
        failed: dict[int, list[int]] = {}
        for at, one in enumerate(self.checked):
            if one.outcome not in ("consistent", "not_checkable"):
                for i in one.relation.all:
                    failed.setdefault(i, []).append(at)
        self.failed = failed

    def _place(self, one: Checked) -> int:
        number = self.sets.number(one.relation.all[0])
        return number.span[0] if number.span is not None else 0

    def findings(self) -> Iterable[Finding]:
        return [self._finding(at, one) for at, one in enumerate(self.checked)]

    def _finding(self, at: int, one: Checked) -> Finding:
        relation = one.relation
        causes = tuple(
            Cause(
                c.what, c.change, self._id(c.fact),
                tuple([self.ids[k] for k in c.repairs]),
            )
            for c in self.causes.get(at, ())
        )  # fmt: skip
        numbers = one.parts if relation.reported is None else (relation.reported, *one.parts)
        related: tuple[str, ...] = ()
        if one.outcome not in ("consistent", "not_checkable"):
            others = sorted({k for i in relation.all for k in self.failed.get(i, ()) if k != at})[:_RELATED]
            related = tuple([self.ids[k] for k in others])
        reported, computed, interval = self._compared(one)
        check = relation.check
        zh, en = self._told(at, one, computed, interval)
        return Finding(
            self.ids[at], check, one.outcome, self.rules.codes[check], zh, en,
            tuple([id for i in numbers if (id := self._id(i)) is not None]), reported, computed, interval, causes, related,
        )  # fmt: skip

    def _id(self, index: int | None) -> str | None:
        return self.sets.number(index).id if index is not None else None

    def _number(self, index: int | None) -> Number:
        assert index is not None
        return self.sets.number(index)

    # -- figures ----------------------------------------------------------------------------------------------------------

    def _compared(self, one: Checked) -> tuple[str | None, str | None, tuple[str, str] | None]:
        """What is reported, what is computed, and all that it can be, as printed figures in the unit of what is reported."""
        relation = one.relation
        number = self.sets.number(relation.reported) if relation.reported is not None else None
        like = self._like(one)
        unit = (unit_of(like) if like is not None else None) or Decimal(1)
        places = (like.decimals or 0) if like is not None else max(self.sets.number(i).decimals or 0 for i in one.parts)
        value = number.value if number is not None else relation.target
        reported = shown(value, Decimal(1), places) if value is not None else None
        if relation.band is not None:
            low, high = relation.band.low, relation.band.high
            return reported, None, (shown(low, unit, 0), shown(high, unit, 0)) if low.is_finite() else None
        if not (one.computed.low.is_finite() and one.computed.high.is_finite()):
            return reported, None, None
        low, middle, high = (
            end.scaleb(-unit.adjusted(), _WIDE) for end in (one.computed.low, one.computed.middle, one.computed.high)
        )
        if relation.form in _RATIOS:
            finer = Decimal(1).scaleb(-places - 3)
            low, high = low.quantize(finer, ROUND_FLOOR, _WIDE), high.quantize(finer, ROUND_CEILING, _WIDE)
            # What is said is the quotient of the printed numbers; the middle of what it can be is often another one.
            point = self._quotient(one)
            middle = point.scaleb(-unit.adjusted(), _WIDE) if point is not None else middle
            middle = middle.quantize(Decimal(1).scaleb(-places - 2), ROUND_HALF_EVEN, _WIDE)
            return reported, f"{middle:f}", (f"{low:f}", f"{high:f}")
        one_unit = Decimal(1)
        return (
            reported,
            shown(middle, one_unit, places),
            (shown(low, one_unit, places), shown(high, one_unit, places)),
        )

    def _like(self, one: Checked) -> Number | None:
        """The number whose unit and decimals those of a finding are: what is reported, or where that is 持平 what it is said of."""
        if one.relation.reported is None:
            return None
        number = self.sets.number(one.relation.reported)
        return self.sets.number(one.parts[0]) if number.state == "unchanged" and one.parts else number

    def _quotient(self, one: Checked) -> Decimal | None:
        """What a rate is by the printed numbers, as they stand."""
        first, second = (self.sets.rounded(i).middle for i in one.parts)
        over = second - first if one.relation.form == "growth" else second
        if not over:
            return None
        rate = _WIDE.divide(first * 100, over)
        return rate - 100 if one.relation.form == "growth_from" else rate

    # -- sentences --------------------------------------------------------------------------------------------------------

    def _told(self, at: int, one: Checked, computed: str | None, interval: tuple[str, str] | None) -> tuple[str, str]:
        relation = one.relation
        if relation.missing is not None:
            return self._cannot(one, interval)
        verdict = VERDICTS[one.outcome]
        zh, en = self._sentence(one, computed, interval)
        zh, en = f"{zh}，{verdict[0]}", f"{en}: {verdict[1]}"
        causes = self.causes.get(at, ())
        if causes and causes[0].what != "balancing_figure":
            because = self._because(causes[0])
            zh, en = f"{zh}；{because[0]}", f"{en}; {because[1]}"
        elif causes:
            share = causes[0].change
            zh, en = f"{zh}；占比{share}可能是为凑足100%倒挤的", f"{en}; the share of {share} may be a balancing figure"
        return f"{zh}。", f"{en}."

    def _sentence(self, one: Checked, computed: str | None, interval: tuple[str, str] | None) -> tuple[str, str]:
        """What is printed and what should be, by the kind of relation."""
        relation, parts = one.relation, one.parts
        said = self._printed(relation.reported) if relation.reported is not None else ""
        name = called(self._number(relation.reported)) if relation.reported is not None else ""
        unit = (like.unit or "") if (like := self._like(one)) is not None else ""
        if relation.form in _RATIOS:
            unit = "%" if relation.reported is not None and self._number(relation.reported).unit is None else unit
        between = ""
        if interval is not None and one.outcome != "consistent" and interval[0] != interval[1]:
            between = f"（{interval[0]}～{interval[1]}）"
        check = relation.check
        if check in ("restated", "prose_table", "unit"):
            other = self._printed(parts[0])
            if len(parts) > 1:
                carried = self.sets.number(parts[1])
                other = f"{other}（另有{called(carried)}{self._printed(parts[1])}）"
            where = place_words(self._number(relation.reported), self.sets.number(parts[0]))
            return (
                f"{name}{where[0][0]}为{said}，{where[1][0]}为{other}",
                f"{name} is {said} {where[0][1]} and {other} {where[1][1]}",
            )
        if check == "shares":
            whole = "" if one.outcome == "consistent" else "，应为100%"
            return f"{len(parts)}项占比合计{computed}%{whole}", f"{len(parts)} shares add up to {computed}%"
        if check == "weights":
            return (
                f"{len(parts)}项指标分值合计{computed}分，满分{self.rules.full_marks}分",
                f"{len(parts)} weights add up to {computed} of {self.rules.full_marks}",
            )
        if check == "posts":
            people = [i for i, w in zip(parts, relation.weights_of(parts), strict=True) if w < 0]
            posts = [i for i, w in zip(parts, relation.weights_of(parts), strict=True) if w > 0]
            a, b = self._added(people), self._added(posts)
            than = ("超过", "but only") if one.outcome != "consistent" else ("不超过", "and")
            return f"在编{a}人{than[0]}编制{b}人", f"{a} people, {than[1]} {b} posts"
        if check == "scale":
            most = f"{relation.band.high:f}" if relation.band is not None else ""
            return f"{name}{said}，满分{most}分", f"{name} is {said} of {most}"
        if check == "rate":
            rate = self._number(relation.reported)
            return f"{with_aspect(rate)}{said}超过100%", f"{with_aspect(rate, english=True)}, {said}, is above 100%"
        if check == "grade":
            grade = self.sets.number(parts[0]).value
            low, high = interval or ("", "")
            return (
                f"{said}评为“{grade}”，通常{low}～{high}分为“{grade}”",
                f"{said} is called {grade}, usually {low} to {high}",
            )
        if check == "indicator":
            return (
                f"{name}得分{said}，分值{self._printed(parts[0])}",
                f"{name} has {said} of {self._printed(parts[0])}",
            )
        if check == "percent":
            rate = self._number(relation.reported)
            return (
                f"{with_aspect(rate)}印为{said}，没有百分号",
                f"{with_aspect(rate, english=True)} is printed {said}, without %",
            )
        if check == "class":
            return self._class(self._number(relation.reported))
        if check == "words":
            number = self._number(relation.reported)
            beside = "".join(f"，预算为{self._printed(i)}" for i in parts)
            besides = "".join(f", its budget {self._printed(i)}" for i in parts)
            return (
                f"文字称“{relation.said}”，而{with_aspect(number)}印为{said}{beside}",
                f"the words say {relation.said}; {with_aspect(number, english=True)} is printed {said}{besides}",
            )
        if one.outcome == "unusual" and relation.form in _RATIOS:
            a, b = map(self._printed, parts)
            why = {"ratio": f"{a}÷{b}", "growth": f"增减额{a}、本期{b}"}.get(relation.form, f"本期{a}、基期{b}")
            rate = self._number(relation.reported)
            return (
                f"{with_aspect(rate)}印为{said}，而基数为0（{why}），无此比率",
                f"{with_aspect(rate, english=True)} is printed {said}, of {a} and {b}: there is no rate of nothing",
            )
        if relation.form == "ratio":
            a, b = map(self._printed, parts)
            words = ("占比", "share") if check == "share" else ("执行率", "execution rate")
            return (
                f"{name}的{words[0]}印为{said}，按{a}÷{b}应为{computed}{unit}{between}",
                f"the {words[1]} of {name} is printed {said}; {a} of {b} is {computed}{unit}",
            )
        if relation.form == "growth":
            a, b = map(self._printed, parts)
            return (
                f"{name}的增减率印为{said}，按增减额{a}、本期{b}应为{computed}{unit}{between}",
                f"the growth of {name} is printed {said}; a change of {a} to {b} is {computed}{unit}",
            )
        if relation.form == "growth_from":
            a, b = map(self._printed, parts)
            return (
                f"{name}的增减率印为{said}，按本期{a}、基期{b}应为{computed}{unit}{between}",
                f"the growth of {name} is printed {said}; from {b} to {a} is {computed}{unit}",
            )
        if check == "change" and relation.op == "≥":
            change = self._number(parts[0])
            return (
                f"{with_aspect(change)}印为{printed(change)}，而本期为{said}，基期不会为负数",
                f"{with_aspect(change, english=True)} is printed {printed(change)}, and it is {said}: it was no less than nothing before",
            )
        if check == "change":
            a, b = map(self._printed, parts)
            return (
                f"{name}的增减额印为{said}，按本期{a}、基期{b}应为{computed}{unit}{between}",
                f"the change of {name} is printed {said}; from {b} to {a} is {computed}{unit}",
            )
        if check == "balance":
            sides = " ".join(
                f"{'+' if w > 0 else '−'} {called(self.sets.number(i))}{self._printed(i)}"
                for i, w in zip(parts, relation.weights_of(parts), strict=True)
            ).removeprefix("+ ")
            return (
                f"{name}印为{said}，按{sides}应为{computed}{unit}{between}",
                f"{name} is printed {said}; {sides} is {computed}{unit}",
            )
        if relation.op == "≥" and len(parts) == 1:
            part = self._number(parts[0])
            where = place_words(self._number(relation.reported), part)
            return (
                f"{name}{where[0][0]}印为{said}，少于{where[1][0]}的{called(part)}{printed(part)}",
                f"{name} is printed {said} {where[0][1]}, less than {called(part)} {printed(part)} {where[1][1]}",
            )
        more = {"≥": ("不应少于", "no less than"), "≤": ("不应多于", "no more than")}.get(relation.op, ("", ""))
        return (
            f"{name}印为{said}，{more[0]}{len(parts)}项之和{computed}{unit}{between}",
            f"{name} is printed {said}; the sum of {len(parts)} part{'s' * (len(parts) > 1)} is {computed}{unit}{f' and it should be {more[1]} that' if more[1] else ''}",
        )

    def _class(self, number: Number) -> tuple[str, str]:
        """Which class has the printed code, or the printed name."""
        assert isinstance(number, Fact)
        id, label, code = number.member or "", number.label or "", number.member_code
        own = id.partition("@")[0]
        if code == own:
            name = name_of_class(number.concept.endswith(".economic"), id)
            return (
                f"科目编码{code}的名称印为“{label}”，该编码是“{name}”",
                f"{code} is printed with the name {label}; it is that of {name}",
            )
        if code is None:
            return f"科目“{label}”前所印不是其编码{own}", f"what is printed before {label} is not its code, {own}"
        return (
            f"科目“{label}”的编码印为{code}，其编码是{own}",
            f"{label} is printed with the code {code}; its own is {own}",
        )

    def _cannot(self, one: Checked, interval: tuple[str, str] | None) -> tuple[str, str]:
        """What is missing, and what it would have to be."""
        relation = one.relation
        number = self._number(relation.reported)
        name, unit = called(number), number.unit or ""
        missing = load_concepts()[relation.missing or ""].zh
        other = self.sets.number(one.parts[0])
        low, high = interval or ("", "")
        own = _FUNDS.get(number.fund or "all", ("", ""))
        theirs = _FUNDS.get(other.fund or "all", ("", ""))
        zh, en = (
            f"未印{missing}，无法核对{name}{self._printed(relation.reported or 0)}",
            f"{name} cannot be checked: {relation.missing} is not printed",
        )
        if own != theirs:
            zh, en = (
                f"{zh}（该数属{own[0]}，收支属{theirs[0]}）",
                f"{en}, and it is of {own[1]} while the totals are of {theirs[1]}",
            )
        return (
            f"{zh}；若口径相同，{missing}应为{low}～{high}{unit}。",
            f"{en}; were all of it of one scope, that would be {low} to {high} {unit}.",
        )

    def _because(self, cause: Explanation) -> tuple[str, str]:
        number = self.sets.number(cause.fact) if cause.fact is not None else None
        return cause_words(cause.what, cause.change, number)

    def _printed(self, index: int) -> str:
        return printed(self.sets.number(index))

    def _added(self, indexes: Sequence[int]) -> str:
        values = [value for i in indexes if isinstance(value := self.sets.number(i).value, Decimal)]
        return f"{sum(values, Decimal(0)):f}"

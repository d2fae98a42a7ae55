"""Whether what does not add up is likelier read wrongly here than printed wrongly there.

A slip of the pen seldom comes to a figure that is printed nearby for something else; a figure that was put under the wrong
total, or left out of the right one, always does. So a relation proves nothing against a report if it holds as soon as a
figure of its own section or table takes the place of one of its operands, is added as a part, or is no part after all; a rate
of four digits, if it is that in any other amount of the report. Nor does a list that lacks two members and more which the
report states elsewhere, or that ends where the text breaks off.

What is stated twice is judged by :mod:`reportparse.twice`, with what fails beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import combinations, pairwise

from reportparse.causes import swapped_digits
from reportparse.checks import Checked, Sets, computed
from reportparse.concepts import load_concepts
from reportparse.intervals import Interval, exactly, total
from reportparse.model import Fact
from reportparse.nearby import Nearby, digits_of, place_of
from reportparse.relations import Relation
from reportparse.twice import are_of_two_scopes, are_two_things

__all__ = ["Doubts"]

_SAME_TWICE = frozenset({"restated", "prose_table", "unit"})
_LISTS = frozenset({"sum", "breakdown", "headcount"})
_WITH_PARTS = _LISTS | {"shares", "scores"}
_FORMS = frozenset({"sum", "ratio", "growth", "growth_from"})
_WEIGHTS_AT_MOST = Decimal(120)
"""What the weights of one table make, if their author was wrong."""
_AT_MOST = 300
"""Figures of a section that are tried."""
_LOOSE_AT_MOST = 40
"""Numbers of a table that nothing claimed, of which two are tried together."""
_PEOPLE_LEAST = 10
"""People whose number is seldom met by chance."""
_PRECISE = 4
"""Digits of a rate that two figures seldom make by chance."""
_GLUED = re.compile(r"[0-9][,，][0-9]{3}|[0-9]\.[0-9]")
"""A figure in the label of a row: the cells of the row were not told apart."""
_LEFT = frozenset({"balance.opening", "balance.closing"})
_CARRIED = frozenset({"carried_in", "carried_out"})
"""What was there at the ends of a year: alone, and as a member."""
_WHOLE = re.compile(r"(?:[。！？]|[0-9一二三四五六七八九十〇○]日)[”）)\s]*$")
"""How a text ends that does not break off: with a sentence, or with a date."""
_END = 40
"""Characters behind a list, in which a text that breaks off has begun what belongs to it."""


class Doubts:
    """The numbers of a document, against which its relations are held; ``text`` is that of the document."""

    def __init__(self, sets: Sets, text: str) -> None:
        self._sets = sets
        self._nearby = Nearby(sets, text)

    def without(self, checked: Sequence[Checked]) -> list[Checked]:
        """Relations less those that do not hold and are likelier read wrongly."""
        wrong = [one for one in checked if one.outcome == "inconsistent"]
        others = [one for one in wrong if one.relation.check not in _SAME_TWICE]
        doubted = {id(one) for one in others if self._may_be_misread(one)}
        failing = {i for one in others if id(one) not in doubted for i in one.relation.all}
        for one in wrong:
            if one.relation.check in _SAME_TWICE and (
                self._is_broken(one.relation) or are_two_things(one.relation, failing, self._sets, self._nearby)
            ):
                doubted.add(id(one))
        return [one for one in checked if id(one) not in doubted]

    def _may_be_misread(self, one: Checked) -> bool:
        """Whether a relation that does not hold has a number that is likelier of something else, or lacks one."""
        relation = one.relation
        if self._is_broken(relation):
            return True
        if relation.check == "weights":  # of levels and of what is under them, or of several forms
            return one.computed.low > _WEIGHTS_AT_MOST
        if relation.form not in _FORMS or relation.op != "=" or relation.band is not None:
            return False
        doubts = (self._are_no_totals, self._is_said_of_another, self._are_years_of_two_moneys)
        if any(doubt(relation) for doubt in doubts) or self._is_no_rate(one):
            return True
        numbers = relation.all
        places = list(dict.fromkeys(place_of(self._sets.number(i)) for i in numbers))
        near = [i for i in self._nearby.amounts_at(places) if i not in numbers][:_AT_MOST]
        if relation.check in _WITH_PARTS and self._is_not_whole(one):
            return True
        if relation.form == "sum" and self._is_another_sum(one, near):
            return True
        if relation.form == "ratio" and self._has_another_whole(one):
            return True
        return any(self._holds(relation, parts, reported) for parts, reported in self._exchanged(one, near))

    # -- figures nearby ---------------------------------------------------------------------------------------------------

    def _is_another_sum(self, one: Checked, near: Sequence[int]) -> bool:
        """Whether one figure more, or one less of three or more, makes a sum."""
        of = self._sets.rounded
        relation = one.relation
        off = one.reported.minus(one.computed)
        if relation.check == "shares":
            return self._is_a_share_more(one, off)
        if relation.check in _LISTS and self._is_of_its_kind(one, off):
            return True
        if all(self._sets.number(i).kind != "amount" for i in one.parts):
            return False
        if relation.check in ("sum", "breakdown"):
            if any(off.meets(of(i)) for i in near) or self._are_two_left(one, off):
                return True
        weights = relation.weights_of(one.parts)
        return len(one.parts) > 2 and any(
            off.meets(of(i).times(Decimal(-weight))) and self._stands_apart(i, one.parts)
            for i, weight in zip(one.parts, weights, strict=True)
        )

    def _is_a_share_more(self, one: Checked, off: Interval) -> bool:
        """Whether another share that is printed in the section or table makes a hundred."""
        among = self._nearby.by_place[place_of(self._sets.number(one.parts[0]))]
        others = [(i, self._sets.number(i)) for i in among if i not in one.parts]
        return any(
            number.aspect == "share" and (number.decimals or 0) > 1 and off.meets(self._sets.rounded(i))
            for i, number in others
        )

    def _is_of_its_kind(self, one: Checked, off: Interval) -> bool:
        """Whether a figure of the section that by its nature is a part of the total, and was not taken for one, is what lacks."""
        whole = self._sets.number(one.relation.reported) if one.relation.reported is not None else None
        if not isinstance(whole, Fact) or whole.cell is not None:
            return False
        people = whole.kind == "headcount" and off.low >= _PEOPLE_LEAST
        return any(
            fact.aspect == "value"
            and fact.kind == whole.kind
            and bool(fact.value)
            and (fact.basis, fact.period) == (whole.basis, whole.period)
            and (whole.concept in _around(fact.concept) or (people and fact.concept == whole.concept))
            and off.meets(self._sets.rounded(i))
            for i in self._nearby.by_place[place_of(whole)]
            if i not in one.relation.all and isinstance(fact := self._sets.number(i), Fact)
        )

    def _are_two_left(self, one: Checked, off: Interval) -> bool:
        """Whether two numbers of the table that nothing claimed are what a sum lacks."""
        cells = [cell for i in one.parts if (cell := self._sets.number(i).cell) is not None]
        if len(cells) < len(one.parts):
            return False
        inside = self._nearby.by_place["table", cells[0].table]
        loose = [i for i in inside if i >= len(self._sets.facts) and self._sets.number(i).kind == "amount"]
        of = self._sets.rounded
        return any(off.meets(of(a).plus(of(b))) for a, b in combinations(loose[:_LOOSE_AT_MOST], 2))

    def _stands_apart(self, part: int, parts: Sequence[int]) -> bool:
        """Whether a part stands in another sentence than the rest of its list, or ends a list of sentences."""
        sentences = [number.sentence for i in parts if (number := self._sets.number(i)).cell is None]
        own = self._sets.number(part).sentence
        if len(sentences) < len(parts) or sentences.count(own) > 1:
            return False
        return len(set(sentences)) < len(sentences) or part == parts[-1]

    def _exchanged(self, one: Checked, near: Sequence[int]) -> Iterator[tuple[tuple[int, ...], int | None]]:
        """The relation with one of its amounts exchanged for a figure nearby that is of something else."""
        for k, part in enumerate(one.parts):
            for other in near:
                if self._is_another(part, other):
                    yield (*one.parts[:k], other, *one.parts[k + 1 :]), one.relation.reported
        reported = one.relation.reported
        if reported is not None and self._sets.number(reported).kind == "amount":
            for other in near:
                if self._is_another(reported, other):
                    yield one.parts, other

    def _is_another(self, operand: int, other: int) -> bool:
        """Whether one figure can have been taken for another: both amounts of one aspect, and not two statements of one thing."""
        first, second = self._sets.number(operand), self._sets.number(other)
        if first.kind != "amount" or first.aspect != second.aspect or first.value == second.value:
            return False
        if not (isinstance(first, Fact) and isinstance(second, Fact)):
            return True
        return (first.concept, first.member, first.basis, first.period) != (
            second.concept, second.member, second.basis, second.period,
        )  # fmt: skip

    def _holds(self, relation: Relation, parts: tuple[int, ...], reported: int | None) -> bool:
        of = self._sets.rounded
        weights = relation.weights_of(relation.parts) if len(relation.parts) == len(parts) else (1,) * len(parts)
        found = computed(relation._replace(parts=parts, weights=weights), parts, of)
        said: Interval | None = of(reported) if reported is not None else None
        return found is not None and said is not None and said.meets(found)

    # -- rates and changes ------------------------------------------------------------------------------------------------

    def _has_another_whole(self, one: Checked) -> bool:
        """Whether a precise rate is that of its amount in another one that is printed anywhere."""
        relation = one.relation
        rate = self._sets.number(relation.reported).value if relation.reported is not None else None
        if not isinstance(rate, Decimal) or digits_of(rate) < _PRECISE:
            return False
        part, whole = one.parts
        base = self._sets.number(whole)
        if not isinstance(base.value, Decimal) or len(self._nearby.printed_as(base.value, base.unit)) < 2:
            return False  # a figure that is printed once may be misprinted: then it is no other that is meant
        return any(
            self._is_another(whole, i) and self._holds(relation, (part, i), relation.reported)
            for i in self._nearby.amounts
            if i not in one.parts
        )

    def _is_no_rate(self, one: Checked) -> bool:
        """Whether a number without a sign is the rate as a fraction, or the mark that ten times the rate gives: 0.962, 9.62."""
        number = self._sets.number(one.relation.reported) if one.relation.reported is not None else None
        if one.relation.check != "execution_rate" or number is None or number.unit is not None:
            return False
        return any(one.reported.times(Decimal(times)).meets(one.computed) for times in (10, 100))

    def _is_said_of_another(self, relation: Relation) -> bool:
        """Whether 持平 stands in another sentence than the amount that it would be said of."""
        if relation.check != "change" or relation.reported is None:
            return False
        said = self._sets.number(relation.reported)
        return said.state == "unchanged" and said.sentence != self._sets.number(relation.parts[0]).sentence

    def _are_years_of_two_moneys(self, relation: Relation) -> bool:
        """Whether the two years that a change is between are said of different money."""
        if relation.check != "change" and relation.form != "growth_from":
            return False
        this, last = (self._sets.number(i) for i in relation.parts)
        return isinstance(this, Fact) and isinstance(last, Fact) and are_of_two_scopes(this, last)

    def _are_no_totals(self, relation: Relation) -> bool:
        """Whether the two sides need not be alike: those of a table that are called 合计, as the year's own income and spending
        are; and those of which the report itself tells two figures, what was left beside them or a change of its own each.
        """
        if relation.name != "both-sides":
            return False
        sides = [self._sets.number(i) for i in relation.all]
        if all(side.cell is not None and "总" not in (side.label or "") for side in sides):
            return True
        facts = [side for side in sides if isinstance(side, Fact) and isinstance(side.value, Decimal)]
        if len(facts) < len(sides) or facts[0].unit != facts[1].unit:
            return False
        off = abs(facts[0].value - facts[1].value)  # type: ignore[operator]
        if any(
            fact.concept in _LEFT or fact.member in _CARRIED for fact in self._nearby.printed_as(off, facts[0].unit)
        ):
            return True
        changes = [self._nearby.changes_of(fact) for fact in facts]
        return all(changes) and not changes[0] & changes[1]

    # -- what is not whole ------------------------------------------------------------------------------------------------

    def _is_broken(self, relation: Relation) -> bool:
        """Whether a number is the last that is left of a text which breaks off, or the label of its row holds another."""
        numbers = [self._sets.number(i) for i in relation.numeric]
        end = len(self._nearby.text)
        return any(
            (number.unit is None and number.span is not None and number.span[1] >= end)
            or (number.cell is not None and _GLUED.search(number.label or "") is not None)
            for number in numbers
        )  # fmt: skip

    def _is_not_whole(self, one: Checked) -> bool:
        return self._may_go_on(one) or self._is_a_list_in_part(one) or self._are_row_numbers(one)

    def _are_row_numbers(self, one: Checked) -> bool:
        """Whether what is added are the numbers of rows, 行次, which count on beside money that has decimals."""
        parts = [self._sets.number(i) for i in one.parts]
        values = [number.value for number in parts if isinstance(number.value, Decimal) and not number.decimals]
        if len(values) < max(len(parts), 3) or one.relation.reported is None:
            return False
        counts_on = all(0 < b - a <= 2 for a, b in pairwise(values))
        return counts_on and parts[0].cell is not None and bool(self._sets.number(one.relation.reported).decimals)

    @cached_property
    def _breaks_off(self) -> bool:
        return _WHOLE.search(self._nearby.text, max(0, len(self._nearby.text) - _END)) is None

    def _may_go_on(self, one: Checked) -> bool:
        """Whether a list that makes too little ends where a text breaks off."""
        if one.computed.middle >= one.reported.middle or not self._breaks_off:
            return False
        last = max(map(self._sets.number, one.parts), key=lambda number: number.span or (0, 0))
        end = self._sets.number(self._nearby.last)
        text = self._nearby.text
        if last.cell is None:
            return last.section == end.section and end.cell is None
        if self._has_swapped_digits(one):
            return False
        begun = text[(end.span or (0, 0))[1] :].strip(" |\t\r\n")
        if end.cell is None or end.cell.table != last.cell.table:
            return len("".join(text[(last.span or (0, 0))[1] :].split())) <= _END
        return bool(begun) or text[-1:] not in "\r\n|" or self._ends_in_a_short_row(end.cell.table)

    def _ends_in_a_short_row(self, table: str) -> bool:
        """Whether the last row of a table has fewer numbers than another."""
        cells = [cell for i in self._nearby.by_place["table", table] if (cell := self._sets.number(i).cell) is not None]
        rows = Counter(cell.row for cell in cells)
        end = self._sets.number(self._nearby.last).cell
        return end is not None and rows[end.row] < max(rows.values())

    def _has_swapped_digits(self, one: Checked) -> bool:
        """Whether one of the parts makes the sum with two of its digits swapped."""
        off = one.reported.minus(one.computed)
        for i in one.parts:
            value, stood_for = self._sets.number(i).value, self._sets.rounded(i)
            if not (isinstance(value, Decimal) and value and stood_for.high.is_finite()):
                continue
            unit = abs(stood_for.middle / value)
            for other in swapped_digits(f"{abs(value):f}"):
                if off.meets(exactly((Decimal(other) - abs(value)) * unit)):
                    return True
        return False

    def _is_a_list_in_part(self, one: Checked) -> bool:
        """Whether what a list in prose lacks is two and more classes of its level that a table of the report has."""
        parts = [fact for i in one.parts if isinstance(fact := self._sets.number(i), Fact) and fact.cell is None]
        if one.relation.check not in ("sum", "breakdown") or not parts or len(parts) < len(one.parts):
            return False
        first, members = parts[0], {fact.member or "" for fact in parts}
        level = {len(member) for member in members}
        others: dict[str, Interval] = {}
        for i, fact in enumerate(self._sets.facts):
            member = fact.member or ""
            if fact.concept != first.concept or fact.cell is None or member in members or not member[:3].isdigit():
                continue
            same = (fact.fund, fact.basis, fact.period, fact.part) == (
                first.fund,
                first.basis,
                first.period,
                first.part,
            )
            if same and fact.aspect == "value" and not fact.cross and {len(member)} == level:
                others.setdefault(member, self._sets.rounded(i))
        return len(others) > 1 and one.reported.minus(one.computed).meets(total(others.values()))


def _around(concept: str) -> Iterator[str]:
    """The concepts that one is within by its nature, from the inside out."""
    outer = load_concepts()[concept].within
    while outer is not None and outer in load_concepts():
        yield outer
        outer = load_concepts()[outer].within

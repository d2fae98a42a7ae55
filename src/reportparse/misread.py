"""Whether what does not add up is likelier read wrongly here than printed wrongly there.

A slip of the pen seldom comes to a figure that is printed nearby for something else; a figure that was put under the wrong
total, or left out of the right one, always does. So a relation proves nothing against a report if it holds as soon as a
figure of its own section or table takes the place of one of its operands, is added as a part, or is no part after all.
Of what is stated twice, two figures that are far apart, and no slip of the pen makes one of the other, are likelier of two
things; only of a class with its name or code, which is hardly taken for another, that is a finding too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportparse.checks import Checked, Sets, computed
from reportparse.intervals import Interval
from reportparse.model import Fact
from reportparse.relations import Number, Relation

__all__ = ["Doubts"]

_SAME_TWICE = frozenset({"restated", "prose_table", "unit"})
_FAR = Decimal("0.2")
"""How far two statements of one thing are seldom apart."""
_WEIGHTS_AT_MOST = Decimal(120)
"""What the weights of one table make, if their author was wrong."""
_DIGITS_LEAST = 4
"""Digits of a figure that seldom comes out by chance."""
_AT_MOST = 300
"""Figures of a section that are tried."""
_FORMS = frozenset({"sum", "ratio", "growth", "growth_from"})


class Doubts:
    """The figures of a document by the section or table that they stand in."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self._by_place: dict[tuple[str, str | None], list[int]] = {}
        for i in range(len(sets.facts) + len(sets.unclaimed)):
            number = sets.number(i)
            if number.kind == "amount" and isinstance(number.value, Decimal) and number.aspect in ("value", "change"):
                if len(str(number.value).replace(".", "").lstrip("-0")) >= _DIGITS_LEAST:
                    self._by_place.setdefault(_place(number), []).append(i)

    def may_be_misread(self, one: Checked) -> bool:
        """Whether a figure that is printed beside those of an inconsistent relation, for something else, would make it hold."""
        relation = one.relation
        if relation.check in _SAME_TWICE:
            return relation.check != "unit" and self._are_far_apart(relation)
        if relation.check == "weights":  # of levels and of what is under them, or of several forms
            return one.computed.low > _WEIGHTS_AT_MOST
        if relation.form not in _FORMS or relation.op != "=" or relation.band is not None:
            return False
        numbers = relation.all
        places = dict.fromkeys(_place(self._sets.number(i)) for i in numbers)
        near = [i for place in places for i in self._by_place.get(place, ()) if i not in numbers][:_AT_MOST]
        if relation.form == "sum" and self._is_another_sum(one, near):
            return True
        return any(self._holds(relation, parts, reported) for parts, reported in self._exchanged(one, near))

    def _is_another_sum(self, one: Checked, near: Sequence[int]) -> bool:
        """Whether one figure more, or one less of three or more, makes a sum."""
        of = self._sets.rounded
        relation = one.relation
        if all(self._sets.number(i).kind != "amount" for i in one.parts):
            return False
        off = one.reported.minus(one.computed)
        if relation.check in ("sum", "breakdown") and any(off.meets(of(i)) for i in near):
            return True
        weights = relation.weights_of(one.parts)
        return len(one.parts) > 2 and any(
            off.meets(of(i).times(Decimal(-weight))) and self._stands_apart(i, one.parts)
            for i, weight in zip(one.parts, weights, strict=True)
        )

    def _stands_apart(self, part: int, parts: Sequence[int]) -> bool:
        """Whether a part stands in another sentence than the rest of its list, or ends a list of sentences."""
        sentences = [number.sentence for i in parts if (number := self._sets.number(i)).cell is None]
        own = self._sets.number(part).sentence
        if len(sentences) < len(parts) or sentences.count(own) > 1:
            return False
        return len(set(sentences)) < len(sentences) or part == parts[-1]

    def _are_far_apart(self, relation: Relation) -> bool:
        numbers = [self._sets.number(i) for i in relation.all]
        one, other = numbers[0], numbers[-1]
        if isinstance(one, Fact) and (one.member or "")[:3].isdigit():
            return False
        values = [number.value for number in (one, other)]
        first, second = (abs(value) if isinstance(value, Decimal) else None for value in values)
        if first is None or second is None or one.unit != other.unit:
            return False
        return abs(first - second) > _FAR * max(first, second) and not _is_a_slip(first, second)

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


def _is_a_slip(first: Decimal, second: Decimal) -> bool:
    """Whether one number becomes the other by a digit that is wrong or missing, two that are swapped, or a shifted point."""
    one, other = (str(value.normalize()).replace(".", "").strip("0") for value in (first, second))
    if one == other or sorted(one) == sorted(other):
        return True
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) - len(shorter) == 1 and any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))


def _place(number: Number) -> tuple[str, str | None]:
    """The table that a number stands in, or else the section."""
    if number.cell is not None:
        return "table", number.cell.table
    return "section", number.section

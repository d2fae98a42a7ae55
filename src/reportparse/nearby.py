"""The numbers of a document looked up by where they stand and by what they are: what a doubtful relation is held against."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from reportparse.checks import Sets
from reportparse.model import Fact
from reportparse.relations import Number

__all__ = ["FUND", "Nearby", "digits_of", "place_of"]

FUND = re.compile("一般公共|公共预算|政府性基金|国有资本|财政拨款|财政资金|全部资金|全口径")
"""Words that say of which money a figure is."""
_DIGITS_LEAST = 4
"""Digits of a figure that seldom comes out by chance."""


def place_of(number: Number) -> tuple[str, str | None]:
    """The table that a number stands in, or else the section."""
    if number.cell is not None:
        return "table", number.cell.table
    return "section", number.section


def digits_of(value: Decimal) -> int:
    """How many digits a number is printed with, from the first that is not 0."""
    return len(str(value).replace(".", "").lstrip("-0"))


class Nearby:
    """The numbers of a document, facts and those that no rule claimed, by their indexes; ``text`` is that of the document."""

    def __init__(self, sets: Sets, text: str) -> None:
        self._sets = sets
        self.text = text
        self.all = range(len(sets.facts) + len(sets.unclaimed))
        self.by_place: dict[tuple[str, str | None], list[int]] = {}
        """All numbers of a table or a section."""
        self.by_key: dict[tuple[str, str], list[int]] = {}
        """The facts of a part under one key."""
        self.amounts: list[int] = []
        """Money of so many digits that it is seldom met by chance."""
        self._amounts_at: dict[tuple[str, str | None], list[int]] = {}
        self._by_figure: dict[tuple[Decimal, str | None], list[Fact]] = {}
        self._sentences_of_funds: set[tuple[int, int] | None] = set()
        for i in self.all:
            number = sets.number(i)
            place = place_of(number)
            self.by_place.setdefault(place, []).append(i)
            value = number.value
            if not isinstance(value, Decimal):
                continue
            if isinstance(number, Fact):
                self.by_key.setdefault((number.part, number.key), []).append(i)
                self._by_figure.setdefault((value, number.unit), []).append(number)
                if number.cell is None and FUND.search(number.label or ""):
                    self._sentences_of_funds.add(number.sentence)
            if number.kind == "amount" and number.aspect in ("value", "change") and digits_of(value) >= _DIGITS_LEAST:
                self.amounts.append(i)
                self._amounts_at.setdefault(place, []).append(i)

    def amounts_at(self, places: Sequence[tuple[str, str | None]]) -> Iterator[int]:
        """Money of some places, as ``amounts``."""
        for place in places:
            yield from self._amounts_at.get(place, ())

    def printed_as(self, value: Decimal, unit: str | None) -> Sequence[Fact]:
        """The facts that a figure is printed for."""
        return self._by_figure.get((value, unit), ())

    def says_its_fund(self, fact: Fact) -> bool:
        """Whether the sentence of a figure, or the table that it stands in, says of which money it is."""
        if fact.cell is not None:
            return (fact.fund or "all") != "all"
        return fact.sentence in self._sentences_of_funds

    def changes_of(self, fact: Fact) -> set[Decimal]:
        """By how much an amount is said to have changed."""
        return {
            other.value
            for other in self._sets.facts
            if other.aspect == "change" and other.base == fact.id and isinstance(other.value, Decimal)
        }

    def is_amount(self, value: Decimal, unit: str | None) -> bool:
        """Whether an amount of money is printed somewhere, with digits enough to be no chance."""
        return (value, unit) in self._figures_of_amounts

    @cached_property
    def _figures_of_amounts(self) -> set[tuple[Decimal, str | None]]:
        numbers = map(self._sets.number, self.amounts)
        return {(abs(number.value), number.unit) for number in numbers if isinstance(number.value, Decimal)}

    @cached_property
    def last(self) -> int:
        """The number that stands last in the text."""
        return max(self.all, key=lambda i: self._sets.number(i).span or (0, 0))

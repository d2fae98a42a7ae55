"""Intervals of decimals: the set of true values that a printed number can stand for, and sums and quotients of such sets.

A printed number with *d* decimals stands for every value that would be printed so; a relation between printed numbers
holds if the sets can meet. This is how XBRL Calculations 1.1 compares reported with calculated values: no tolerance is
chosen, it follows from the digits. Sums and products are exact; a quotient is rounded outward in its fiftieth digit, so
that the true value is inside whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cache
from typing import NamedTuple

__all__ = ["EVERYTHING", "MAX_DIGITS", "Interval", "cut", "exactly", "from_above", "from_below", "printed", "total"]

MAX_DIGITS = 20
"""Digits of a number that can be reckoned with, and places before or behind the point: no sum of money has more."""
_EXACT = Context(prec=400)
_DOWN = Context(prec=50, rounding=ROUND_FLOOR)
_UP = Context(prec=50, rounding=ROUND_CEILING)
_ZERO = Decimal(0)
_HALF = Decimal("0.5")
_INFINITY = Decimal("Infinity")


class Interval(NamedTuple):
    """The values from ``low`` to ``high``; ``low_in`` and ``high_in`` say whether the ends belong to it. An end that is
    infinite never does."""

    low: Decimal
    high: Decimal
    low_in: bool = True
    high_in: bool = True

    def plus(self, other: Interval) -> Interval:
        """Every sum of a value of this and a value of the other."""
        add = _EXACT.add
        return Interval(
            add(self.low, other.low), add(self.high, other.high),
            self.low_in and other.low_in, self.high_in and other.high_in,
        )  # fmt: skip

    def minus(self, other: Interval) -> Interval:
        """Every difference."""
        return self.plus(other.times(Decimal(-1)))

    def times(self, weight: Decimal) -> Interval:
        """Every value times ``weight``. A negative weight swaps the ends, and with them what belongs to the set."""
        if not weight:
            return exactly(_ZERO)
        low, high = _EXACT.multiply(self.low, weight), _EXACT.multiply(self.high, weight)
        if weight < 0:
            return Interval(high, low, self.high_in, self.low_in)
        return Interval(low, high, self.low_in, self.high_in)

    def over(self, other: Interval) -> Interval | None:
        """Every quotient; None where the other set holds 0 or comes as near to it as one likes."""
        if other.low <= 0 <= other.high:
            return None
        if other.high < 0:
            return self.times(Decimal(-1)).over(other.times(Decimal(-1)))
        # Of a positive divisor the smallest makes the quotient large in size, the largest small. An infinite end is divided
        # by the smallest alone, which is finite.
        under, is_under = (other.high, other.high_in) if self.low >= 0 else (other.low, other.low_in)
        above, is_above = (other.low, other.low_in) if self.high >= 0 else (other.high, other.high_in)
        return Interval(
            _DOWN.divide(self.low, under), _UP.divide(self.high, above),
            self.low_in and (is_under or not self.low), self.high_in and (is_above or not self.high),
        )  # fmt: skip

    def meet(self, other: Interval) -> Interval | None:
        """The values that are in both; None if there is none. Sets that only touch meet if both ends are in."""
        low, low_in = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        if low > high or (low == high and (low_in or not high_in)):
            return None
        return Interval(low, high, not low_in, high_in)

    def meets(self, other: Interval) -> bool:
        """Whether some value is in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def __contains__(self, value: object) -> bool:
        """Whether a value is in the set."""
        if not isinstance(value, Decimal):
            return False
        return (self.low < value or (self.low == value and self.low_in)) and (
            value < self.high or (value == self.high and self.high_in)
        )

    @property
    def is_point(self) -> bool:
        """Whether there is one value and no more."""
        return self.low == self.high

    @property
    def middle(self) -> Decimal:
        """The value half way between the ends; of an infinite set the end that is finite."""
        if self.low.is_finite() and self.high.is_finite():
            return _EXACT.multiply(_EXACT.add(self.low, self.high), _HALF)
        return self.low if self.low.is_finite() else self.high


EVERYTHING = Interval(-_INFINITY, _INFINITY, False, False)


def exactly(value: Decimal) -> Interval:
    """One value."""
    return Interval(value, value)


def from_below(value: Decimal) -> Interval:
    """All values up to this one."""
    return Interval(-_INFINITY, value, False, True)


def from_above(value: Decimal) -> Interval:
    """All values from this one on."""
    return Interval(value, _INFINITY, True, False)


@cache
def _half(unit: Decimal) -> Decimal:
    return _EXACT.multiply(unit, _HALF)


def printed(value: Decimal, unit: Decimal) -> Interval:
    """What is printed as ``value`` if it is rounded to whole ``unit`` s, the last printed digit's worth: either neighbour of
    a half way value may have been printed."""
    half = _half(unit)
    return Interval(_EXACT.subtract(value, half), _EXACT.add(value, half))


def cut(value: Decimal, unit: Decimal) -> Interval:
    """What is printed as ``value`` if the digits after it are cut off."""
    if value > 0:
        return Interval(value, _EXACT.add(value, unit), True, False)
    if value < 0:
        return Interval(_EXACT.subtract(value, unit), value, False, True)
    return Interval(-unit, unit, False, False)


def total(sets: Iterable[Interval]) -> Interval:
    """Every sum of one value of each."""
    low = high = _ZERO
    low_in = high_in = True
    add = _EXACT.add
    for one in sets:
        low, high = add(low, one.low), add(high, one.high)
        low_in, high_in = low_in and one.low_in, high_in and one.high_in
    return Interval(low, high, low_in, high_in)

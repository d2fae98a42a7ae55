"""Relations → outcomes: whether the printed numbers fit together, by exact interval arithmetic.

A printed number stands for the set of values that would be printed so (:mod:`reportparse.intervals`); a relation holds if
the sets can meet. No tolerance is chosen. The outcomes:

* ``consistent``: the sets meet;
* ``improbable``: they meet, but in a single value, or by more than three standard deviations of summed rounding, or only
  because one number is printed with fewer decimals than those beside it, or if a bare 0 is a little rounded to nothing;
* ``truncated``: they meet only if digits were cut off instead of rounded;
* ``inconsistent``: no reading makes them meet;
* ``unusual``: no matter of arithmetic: a rate above 100 or of what was nothing, a grade outside its band, more people than posts;
* ``not_checkable``: a number without which nothing can be said is not printed.

Over 400 lines because each outcome is what the others leave, by the same sets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from reportparse.checkrules import CheckRules
from reportparse.intervals import (
    EVERYTHING,
    MAX_DIGITS,
    Interval,
    cut,
    exactly,
    from_above,
    from_below,
    printed,
    total,
)
from reportparse.model import Fact, Mention
from reportparse.relations import Number, Relation

__all__ = ["Checked", "Sets", "check", "computed", "fits", "judge", "last_digit", "set_of", "unit_of"]

_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_ZERO = Decimal(0)
_UNITS: Mapping[str, Mapping[str, Decimal]] = {
    "amount": {
        name: Decimal(10) ** power
        for name, power in (
            ("元", 0), ("百元", 2), ("千元", 3), ("万元", 4), ("万", 4), ("百万元", 6), ("千万元", 7), ("亿元", 8), ("亿", 8)
        )
    },
    "percentage": {
        name: Decimal(value)
        for name, value in (("%", "1"), ("‰", "0.1"), ("‱", "0.01"), ("成", "10"), ("折", "10"), ("倍", "100"), ("个百分点", "1"))
    },
}  # fmt: skip
"""How much one of a unit is in that in which its kind is reckoned: yuan, hundredths. All are powers of ten."""
_MANY = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_COUNTED = frozenset({"headcount", "count"})


def unit_of(number: Number) -> Decimal | None:
    """How much one of a number's unit is in that in which its kind is reckoned: yuan for money, hundredths for rates, itself
    for all else (万人 is ten thousand). None where that is not known: money in a table that tells no unit, other currencies.
    """
    unit = number.unit
    if number.kind in _UNITS:
        if unit is None:
            return _ONE if number.kind == "percentage" else None
        return _UNITS[number.kind].get(unit)
    return _MANY.get(unit[0], _ONE) if unit else _ONE


class Sets:
    """The sets of true values that numbers stand for, made when first asked for. ``fixed`` are those of numbers that were
    changed, to see what would follow.
    """

    def __init__(
        self,
        facts: Sequence[Fact],
        unclaimed: Sequence[Mention],
        about: Decimal,
        fixed: Mapping[int, Interval] | None = None,
    ) -> None:
        self.facts = facts
        self.unclaimed = unclaimed
        self.about = about
        self._fixed = fixed or {}
        self._rounded: dict[int, Interval] = {}

    def changed(self, fixed: Mapping[int, Interval]) -> Sets:
        """The same with some numbers changed."""
        made = Sets(self.facts, self.unclaimed, self.about, fixed)
        made._rounded = {**self._rounded, **fixed}
        return made

    def number(self, index: int) -> Number:
        first = len(self.facts)
        return self.facts[index] if index < first else self.unclaimed[index - first]

    def rounded(self, index: int) -> Interval:
        """What a number stands for if it was rounded."""
        found = self._rounded.get(index)
        if found is None:
            found = self._rounded[index] = set_of(self.number(index), self.about)
        return found

    def truncated(self, index: int) -> Interval:
        """What a number stands for if digits were cut off: more on the far side from 0, nothing on the near one."""
        return self._fixed.get(index) or set_of(self.number(index), self.about, cut)

    def as_fine_as(self, index: int, decimals: int) -> Interval:
        """What a number would stand for with at least so many decimals, even a bare 0."""
        number = self.number(index)
        if index in self._fixed or (number.decimals or 0) >= decimals > 0 or number.qualifier is not None:
            return self.rounded(index)
        return set_of(number, self.about, decimals=decimals)

    def is_rounded(self, index: int) -> bool:
        """Whether a number stands for more than itself."""
        return not self.rounded(index).is_point


def set_of(
    number: Number,
    about: Decimal,
    how: Callable[[Decimal, Decimal], Interval] = printed,
    *,
    decimals: int | None = None,
) -> Interval:
    """The true values that a printed number stands for, money in yuan, rates in hundredths; everything where that is unknown.

    Counts and people, whole scores and a bare 0 of money are exact unless ``decimals`` says how fine they are printed. 约
    makes it wide, 以上 and 以下 one-sided: of the size, so that a fall of 近5% is one of a little less.
    """
    value = number.value
    if number.state == "unchanged":
        return exactly(_ZERO)
    unit = unit_of(number)
    places = number.decimals or 0 if decimals is None else decimals
    if unit is None or not isinstance(value, Decimal) or not _can_be_reckoned(value, places):
        return EVERYTHING
    last = last_digit(unit, places)
    if number.value_max is not None:
        if not _can_be_reckoned(number.value_max, places):
            return EVERYTHING
        low, high = sorted((value * unit, number.value_max * unit))
        return Interval(printed(low, last).low, printed(high, last).high)
    if number.qualifier is not None:
        size = _qualified(abs(value) * unit, last, number.qualifier, about)
        return size.times(Decimal(-1)) if value < 0 else size
    if decimals is None and places == 0:
        kind = number.kind
        if (kind in _COUNTED and unit == 1) or kind == "score":
            return exactly(value)
        if kind == "amount" and not value and number.aspect == "value":
            return exactly(value)  # 0万元 says that there is none, 增加0万元 that it is little
    return how(value * unit, last)


@cache
def last_digit(unit: Decimal, places: int) -> Decimal:
    """What the last digit is worth."""
    return unit.scaleb(-places)


def _can_be_reckoned(value: Decimal, places: int) -> bool:
    """Whether a number is no longer than what the arithmetic here is exact for; no sum of money is."""
    return value.is_finite() and -MAX_DIGITS < value.adjusted() < MAX_DIGITS - places


def _qualified(value: Decimal, last: Decimal, qualifier: str, about: Decimal) -> Interval:
    """What a size can be that is printed with a qualifying word; ``last`` is the worth of its last digit."""
    wide = max(value * about, last)
    if qualifier == "about":
        return Interval(value - wide, value + wide)
    if qualifier == "nearly":
        return Interval(value - wide, value, True, False)
    if qualifier == "more_than":
        return Interval(value, EVERYTHING.high, False, False)
    if qualifier == "at_least":
        return from_above(value)
    if qualifier == "less_than":
        return Interval(EVERYTHING.low, value, False, False)
    return from_below(value) if qualifier == "at_most" else EVERYTHING


class Checked(NamedTuple):
    """A relation and how it came out. ``computed`` and ``reported`` are the sets that were compared, in yuan where they are
    money; ``parts`` those that were counted.
    """

    relation: Relation
    outcome: str
    reported: Interval
    computed: Interval
    parts: tuple[int, ...]


def computed(relation: Relation, parts: Sequence[int], of: Callable[[int], Interval]) -> Interval | None:
    """What the reported number has to be, by the sets of the others; None where nothing follows, as of a rate over 0."""
    if relation.form == "sum":
        weights = relation.weights_of(parts)
        if any(weight != 1 for weight in weights):
            return total(of(i).times(Decimal(w)) for i, w in zip(parts, weights, strict=True))
        return total(map(of, parts))
    first, second = of(parts[0]), of(parts[1])
    if relation.form == "growth":
        return _growth(first, second)
    if relation.form == "growth_from" and second.low <= 0:
        return None  # from a loss to a smaller one: whatever is printed, it is no rate
    ratio = first.over(second)
    if ratio is None:
        return None
    if relation.form == "growth_from":
        return ratio.times(_HUNDRED).plus(exactly(-_HUNDRED))
    return ratio.times(_HUNDRED)


def _growth(change: Interval, now: Interval) -> Interval | None:
    """A hundred times the change over what there was before it; None where there was nothing before, or is less than
    nothing now.

    c / (n - c) grows with c as long as n is not negative; with n it falls where c is positive and grows where it is
    negative, so that each end stands at a corner that the sign of the change tells.
    """
    if now.low < 0 or not now.low > change.high:
        return None
    if not (change.low.is_finite() and change.high.is_finite() and now.high.is_finite()):
        return None
    least = now.high if change.low > 0 else now.low
    most = now.low if change.high > 0 else now.high
    low = exactly(change.low).over(exactly(least).minus(exactly(change.low)))
    high = exactly(change.high).over(exactly(most).minus(exactly(change.high)))
    return None if low is None or high is None else Interval(low.low, high.high).times(_HUNDRED)


def judge(relation: Relation, sets: Sets, rules: CheckRules) -> Checked:
    """How a relation comes out, by the reading of it that fits best."""
    best: Checked | None = None
    for parts in (relation.parts, *relation.choices):
        found = _judge(relation, parts, sets, rules)
        if found.outcome == "consistent":
            return found
        if best is None or _WORSE[found.outcome] < _WORSE[best.outcome]:
            best = found
    assert best is not None
    return best


_WORSE = {"consistent": 0, "improbable": 1, "truncated": 2, "unusual": 3, "inconsistent": 4, "not_checkable": 5}


def _judge(relation: Relation, parts: tuple[int, ...], sets: Sets, rules: CheckRules) -> Checked:
    of = sets.rounded
    reported = _reported(relation, of)
    fails = "unusual" if relation.check in rules.unusual else "inconsistent"
    if relation.band is not None:
        holds = "consistent" if relation.said is None or reported.middle in relation.band else "improbable"
        outcome = holds if reported.meets(relation.band) else fails
        return Checked(relation, outcome, reported, relation.band, parts)
    found = computed(relation, parts, of)
    if found is None:
        outcome = "unusual" if _is_rate_of_nothing(relation, parts, of) else "not_checkable"
        return Checked(relation, outcome, reported, EVERYTHING, parts)
    if relation.missing is not None:
        return Checked(relation, "not_checkable", reported, reported.minus(found), parts)
    if relation.op != "=":
        holds = "consistent" if relation.op in "≥≤" or _is_so_as_printed(relation, reported, found) else "improbable"
        return Checked(relation, holds if fits(relation, parts, of) else fails, reported, found, parts)
    common = reported.meet(found)
    ends = (reported.low, reported.high, found.low, found.high)
    finite = all(end.is_finite() for end in ends)  # 3万元以上 and 2万元以下 make anything at all
    if common is not None and relation.form == "sum" and finite and ends[0] + ends[1] == ends[2] + ends[3]:
        return Checked(relation, "consistent", reported, found, parts)  # digit for digit
    if common is not None:
        touches = common.is_point and not reported.is_point and not found.is_point
        sure = not (
            touches or _is_far(relation, parts, sets, rules, reported, found) or not _is_fine(relation, parts, sets)
        )
        return Checked(relation, "consistent" if sure else "improbable", reported, found, parts)
    if _holds_with_little(relation, parts, sets):
        return Checked(relation, "improbable", reported, found, parts)
    if _holds_cut(relation, parts, sets, found):
        return Checked(relation, "truncated", reported, found, parts)
    return Checked(relation, "inconsistent", reported, found, parts)


def _is_rate_of_nothing(relation: Relation, parts: Sequence[int], of: Callable[[int], Interval]) -> bool:
    """Whether a rate is printed of what was nothing, as far as its digits go: 增长100% from 0, 完成预算的95% of a budget of 0. Whatever
    little the base may have been, no rate so small comes of it.
    """
    first, second = of(parts[0]), of(parts[1])
    base, part = second, first
    if relation.form == "growth":
        base, part = second.minus(first), first
    elif relation.form == "growth_from":
        part = first.minus(second)
    if _ZERO not in base or _ZERO in part or not (base.low.is_finite() and base.high.is_finite()):
        return False
    most = max(abs(base.low), abs(base.high))
    least = min(abs(part.low), abs(part.high)) * _HUNDRED
    rate = _reported(relation, of)
    return max(abs(rate.low), abs(rate.high)) * most < least


def _reported(relation: Relation, of: Callable[[int], Interval]) -> Interval:
    return of(relation.reported) if relation.reported is not None else exactly(relation.target or _ZERO)


def fits(relation: Relation, parts: tuple[int, ...], of: Callable[[int], Interval]) -> bool:
    """Whether the sets of a relation can meet, whatever else may be said of them."""
    reported = _reported(relation, of)
    if relation.band is not None:
        return reported.meets(relation.band)
    found = computed(relation, parts, of)
    if found is None:
        return False
    if relation.missing is not None:
        return True
    if relation.op in "≥>":
        found = Interval(found.low, EVERYTHING.high, found.low_in and relation.op == "≥", False)
    elif relation.op in "≤<":
        found = Interval(EVERYTHING.low, found.high, False, found.high_in and relation.op == "≤")
    return reported.meets(found)


def _is_so_as_printed(relation: Relation, reported: Interval, found: Interval) -> bool:
    """Whether a number that has to be more, or less, is so by its printed digits, and not only by those behind them."""
    return reported.middle > found.middle if relation.op == ">" else reported.middle < found.middle


def _is_far(
    relation: Relation, parts: Sequence[int], sets: Sets, rules: CheckRules, reported: Interval, found: Interval
) -> bool:
    """Whether a sum is further off than summed rounding is likely to bring it: the rounding of each number is spread evenly
    over its last digit *u* and so has a variance of u²/12.
    """
    if relation.form != "sum" or len(parts) < 3:
        return False
    numbers = [*parts] if relation.reported is None else [*parts, relation.reported]
    variance = _ZERO
    for i in numbers:
        one = sets.rounded(i)
        if not (one.low.is_finite() and one.high.is_finite()):
            return False
        variance += (one.high - one.low) ** 2 / 12
    off = reported.middle - found.middle
    return off * off > rules.deviations**2 * variance


def _is_fine(relation: Relation, parts: Sequence[int], sets: Sets) -> bool:
    """Whether a sum holds with the decimals that most of its numbers have, too: 5.1 beside 12.74 is 5.10."""
    if relation.form != "sum" or len(parts) < 2:
        return True
    numbers = [*parts] if relation.reported is None else [*parts, relation.reported]
    places = [sets.number(i).decimals or 0 for i in numbers if sets.is_rounded(i)]
    most = max(places, default=0)
    if not places or min(places) == most or 2 * sum(p == most for p in places) <= len(places):
        return True
    if len({sets.number(i).unit for i in numbers}) > 1:
        return True

    def of(i: int) -> Interval:
        return sets.as_fine_as(i, most)

    reported = _reported(relation, of)
    found = computed(relation, parts, of)
    return found is None or reported.meets(found)


def _holds_with_little(relation: Relation, parts: Sequence[int], sets: Sets) -> bool:
    """Whether a relation holds if a bare 0 of money is a little that was rounded to nothing, 0.04 where others have one decimal."""
    numbers = [*parts] if relation.reported is None else [*parts, relation.reported]
    amounts = [i for i in numbers if sets.number(i).kind == "amount"]
    noughts = [i for i in amounts if sets.rounded(i) == exactly(_ZERO)]
    if not noughts:
        return False
    most = max(sets.number(i).decimals or 0 for i in amounts)
    if relation.form == "sum" and not most:
        return False  # where all is in whole numbers, nothing is nothing
    return fits(relation, tuple(parts), lambda i: sets.as_fine_as(i, most) if i in noughts else sets.rounded(i))


def _holds_cut(relation: Relation, parts: Sequence[int], sets: Sets, found: Interval) -> bool:
    """Whether a relation holds if the reported number, or every number, has lost the digits behind its last one."""
    if relation.reported is not None and sets.truncated(relation.reported).meets(found):
        return True
    again = computed(relation, parts, sets.truncated)
    if again is None:
        return False
    return _reported(relation, sets.truncated).meets(again)


def check(relations: Sequence[Relation], sets: Sets, rules: CheckRules) -> list[Checked]:
    """How every relation comes out. Left out is what has numbers of which it is unknown whether they belong to it, and does
    not hold; what has a number that cannot be reckoned with; and what cannot be reckoned, as a rate of nothing.
    """
    found: list[Checked] = []
    for relation in relations:
        if EVERYTHING in [sets.rounded(i) for i in relation.numeric]:
            continue
        one = judge(relation, sets, rules)
        unknown = one.outcome == "not_checkable" and relation.missing is None
        finite = one.computed.low.is_finite() and one.computed.high.is_finite()
        endless = relation.band is None and not finite and one.outcome != "unusual"
        says_little = relation.op == "≥" and len(one.parts) == 1 and one.outcome == "consistent"
        if unknown or endless or says_little or (relation.strays and one.outcome != "consistent"):
            continue
        found.append(one)
    return found

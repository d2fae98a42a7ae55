"""Intervals: the true value is always inside, and ends and what belongs to the set go together."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.intervals import (
    EVERYTHING,
    Interval,
    cut,
    exactly,
    from_above,
    from_below,
    printed,
    total,
)

D = Decimal
values = st.decimals(-(10**12), 10**12, places=6)
weights = st.sampled_from([D(1), D(-1), D(100), D("0.5"), D(-3)])


small = st.decimals(-50, 50, places=1)


@st.composite
def near(draw: st.DrawFn) -> Interval:
    """A set among few, so that two often touch or overlap."""
    low, high = sorted((draw(small), draw(small)))
    return Interval(low, high, low == high or draw(st.booleans()), low == high or draw(st.booleans()))


@st.composite
def sets(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """A set, and a value in it."""
    inside = draw(values)
    low = inside - draw(st.decimals(0, 100, places=4))
    high = inside + draw(st.decimals(0, 100, places=4))
    return Interval(low, high, low == inside or draw(st.booleans()), high == inside or draw(st.booleans())), inside


@given(sets())
def test_what_is_inside_is_inside(one: tuple[Interval, Decimal]) -> None:
    assert one[1] in one[0]
    assert one[1] in EVERYTHING


@given(sets(), sets())
def test_sums_and_differences_hold_the_true_one(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    assert one[1] + other[1] in one[0].plus(other[0])
    assert one[1] - other[1] in one[0].minus(other[0])
    assert one[0].plus(other[0]) == total([one[0], other[0]]) == other[0].plus(one[0])


@given(sets(), weights)
def test_a_weight_holds_the_true_value_and_swaps_ends_with_what_belongs(
    one: tuple[Interval, Decimal], weight: Decimal
) -> None:
    found = one[0].times(weight)
    assert one[1] * weight in found
    if weight < 0:
        assert (found.low_in, found.high_in) == (one[0].high_in, one[0].low_in)
        assert (found.low, found.high) == (one[0].high * weight, one[0].low * weight)
    assert (found.low in found) is found.low_in
    assert (found.high in found) is found.high_in


@given(sets(), sets())
def test_a_quotient_holds_the_true_one(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    found = one[0].over(other[0])
    if other[0].low <= 0 <= other[0].high:
        assert found is None
        return
    assert found is not None
    true = Fraction(one[1]) / Fraction(other[1])
    assert Fraction(found.low) <= true <= Fraction(found.high)


@pytest.mark.parametrize(
    ("one", "other", "quotient"),
    [
        # Both ends of a quotient that is positive come from the far ends of the divisor …
        (Interval(D(2), D(6)), Interval(D(1), D(2)), Interval(D(1), D(6))),
        (Interval(D("0.5"), D(6)), Interval(D(1), D(2)), Interval(D("0.25"), D(6))),
        # … of one that is negative the other way round, and of one with both signs both from the smallest divisor.
        (Interval(D(-6), D(-4)), Interval(D(1), D(2)), Interval(D(-6), D(-2))),
        (Interval(D(-6), D(4)), Interval(D(1), D(2)), Interval(D(-6), D(4))),
        (Interval(D(2), D(6)), Interval(D(-2), D(-1)), Interval(D(-6), D(-1))),
        # An end is in if the ends that it is made of are.
        (Interval(D(2), D(6), False, True), Interval(D(1), D(2)), Interval(D(1), D(6), False, True)),
        (Interval(D(2), D(6), True, False), Interval(D(1), D(2)), Interval(D(1), D(6), True, False)),
        (Interval(D(2), D(6)), Interval(D(1), D(2), False, True), Interval(D(1), D(6), True, False)),
        (Interval(D(2), D(6)), Interval(D(1), D(2), True, False), Interval(D(1), D(6), False, True)),
        (Interval(D(2), D(6)), Interval(D(-2), D(-1), False, True), Interval(D(-6), D(-1), True, False)),
        # Nought divided by whatever is nought, even where the divisor's end is not in.
        (Interval(D(0), D(1)), Interval(D(2), D(4), False, False), Interval(D(0), D("0.5"), True, False)),
        (Interval(D(-1), D(0)), Interval(D(2), D(4), False, False), Interval(D("-0.5"), D(0), False, True)),
        # What has no end has none after it is divided.
        (from_above(D(1)), Interval(D(2), D(4)), Interval(D("0.25"), D("Infinity"), True, False)),
        (from_below(D(-1)), Interval(D(2), D(4)), Interval(D("-Infinity"), D("-0.25"), False, True)),
        (from_above(D(1)), from_above(D(2)), Interval(D(0), D("Infinity"), False, False)),
        (EVERYTHING, from_above(D(2)), EVERYTHING),
    ],
)  # fmt: skip
def test_the_ends_of_a_quotient(one: Interval, other: Interval, quotient: Interval) -> None:
    assert one.over(other) == quotient


def test_a_weight_keeps_the_order_of_the_ends_turns_it_or_takes_them_all() -> None:
    half_open = Interval(D(1), D(2), True, False)
    assert half_open.times(D(3)) == Interval(D(3), D(6), True, False)
    assert half_open.times(D(-3)) == Interval(D(-6), D(-3), False, True)
    assert half_open.times(D(0)) == exactly(D(0))
    assert EVERYTHING.times(D(0)) == exactly(D(0))


def test_what_is_bounded_on_one_side_has_that_end_and_no_other() -> None:
    assert from_above(D(2)) == Interval(D(2), D("Infinity"), True, False)
    assert from_below(D(2)) == Interval(D("-Infinity"), D(2), False, True)


def test_only_a_decimal_is_in_a_set() -> None:
    """A float that looks like it has other digits than those that were printed."""
    assert D(2) in exactly(D(2))
    assert 2.0 not in exactly(D(2))
    assert "2" not in EVERYTHING


@given(near(), near())
def test_sets_meet_exactly_if_they_have_a_value_in_common(one: Interval, other: Interval) -> None:
    steps = {end + shift for end in (*one[:2], *other[:2]) for shift in (D("-0.01"), D(0), D("0.01"))}
    common = one.meet(other)
    assert (common is not None) is one.meets(other) is other.meets(one)
    assert one.meets(other) is any(value in one and value in other for value in steps)
    if common is not None:
        assert all((value in common) is (value in one and value in other) for value in steps)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Interval(D(1), D(2)), Interval(D(2), D(3)), True),
        (Interval(D(1), D(2), True, False), Interval(D(2), D(3)), False),
        (Interval(D(1), D(2)), Interval(D(2), D(3), False, True), False),
        (Interval(D(1), D(2), True, False), Interval(D(2), D(3), False, True), False),
        (exactly(D(2)), Interval(D(1), D(2), True, False), False),
        (exactly(D(2)), exactly(D("2.00")), True),
        (from_below(D(2)), from_above(D(2)), True),
        (EVERYTHING, exactly(D(5)), True),
    ],
)
def test_touching_counts_only_if_both_ends_are_in(one: Interval, other: Interval, meets: bool) -> None:
    assert one.meets(other) is meets
    assert other.meets(one) is meets
    assert (one.meet(other) is not None) is meets


@given(values, st.integers(0, 5))
def test_what_is_printed_stands_for_what_was_rounded(true: Decimal, places: int) -> None:
    unit = D(1).scaleb(-places)
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        assert true in printed(true.quantize(unit, rounding), unit)
    assert true in cut(true.quantize(unit, ROUND_DOWN), unit)


def test_what_is_cut_off_lies_on_the_far_side_of_nought() -> None:
    assert cut(D("5.1"), D("0.1")) == Interval(D("5.1"), D("5.2"), True, False)
    assert cut(D("-5.1"), D("0.1")) == Interval(D("-5.2"), D("-5.1"), False, True)
    assert cut(D("0.0"), D("0.1")) == Interval(D("-0.1"), D("0.1"), False, False)


def test_products_and_sums_are_exact_however_long() -> None:
    long = D("12345678901234567890.12345678901234567890")
    assert exactly(long).times(D("100000000")).low == D("1234567890123456789012345678.90123456789")
    assert exactly(long).plus(exactly(D("1e-20"))).low == D("12345678901234567890.12345678901234567891")

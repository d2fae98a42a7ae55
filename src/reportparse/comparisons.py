"""Which of several figures a printed comparison is of: the one that it comes out of.

Chinese leaves open whether 比上年增加40万元，增长8.47% behind a list is said of the last item or of the whole. What the
comparison prints (its base, its change, its rate) tells the two apart more surely than any punctuation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from reportparse.numbers import Quantity

__all__ = ["Comparison", "comes_out"]

_PERCENT = Decimal(100)


class Comparison(NamedTuple):
    """What is printed of one comparison: the figure that it is with, the change and its ``sign``, the rate."""

    base: Quantity | None = None
    change: Quantity | None = None
    sign: int = 1
    rate: Quantity | None = None


def comes_out(of: Quantity, printed: Comparison) -> bool | None:
    """Whether a comparison comes out of a figure, within what rounding may take; None where too little is printed."""
    base, change, sign, rate = printed
    value = _exact(of)
    if value is None or (base is None) + (change is None) + (rate is None) > 1:
        return None
    if change is not None and (change.unit is None) != (of.unit is None):
        return None
    was = _exact(base) if base is not None else None
    moved = _exact(change) if change is not None else None
    slack = sum((_last_place(one) for one in (of, base, change) if one is not None), Decimal(0))
    if was is not None and moved is not None:
        return abs(value - was - sign * moved) <= slack
    if rate is None or rate.value is None:
        return None
    if was is None and moved is not None:
        was = value - sign * moved
    if was is None or was <= 0:
        return False if was is not None and was < -slack else None  # nothing rises from less than nothing
    computed = _PERCENT * abs(value - was) / was
    return abs(computed - abs(rate.value)) <= _last_place(rate) + _PERCENT * 2 * slack / was


def _exact(quantity: Quantity) -> Decimal | None:
    """A value that can be set against another: yuan of money, or what was counted."""
    if quantity.state not in ("stated", "zero") or quantity.qualifier is not None:
        return None
    return quantity.yuan if quantity.kind == "amount" else quantity.value


def _last_place(quantity: Quantity) -> Decimal:
    """What one unit of the last printed place is worth."""
    place = Decimal(1).scaleb(-(quantity.decimals or 0))
    if quantity.kind == "amount" and quantity.yuan is not None and quantity.value:
        return place * quantity.yuan / quantity.value
    return place

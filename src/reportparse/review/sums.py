"""A finding as an accountant would write it: the parts one under the other, what they make, what is printed, the difference."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import product
from typing import Any

from reportparse.model import Fact, Finding
from reportparse.relations import Number
from reportparse.wording import called, printed, with_aspect

__all__ = ["sum_of"]

_ADDED = frozenset({"sum", "breakdown", "headcount", "scores", "balance", "change", "shares", "weights", "posts"})
_NOTHING_REPORTED = frozenset({"shares", "weights", "posts"})
_COMPARED = frozenset({"restated", "prose_table", "unit"})
_TARGETS = {"shares": "100"}
_SIGNED = 10
"""So many parts have their signs looked for: every sign doubles the ways."""
_WIDE = Context(prec=200)


def sum_of(finding: Finding, numbers: Sequence[tuple[int, Number]]) -> dict[str, Any]:
    """The lines of a finding; ``numbers`` are its numbers, each with its place among the items of the page.

    ``form`` is ``column`` (``rows`` add up to ``computed``), ``ratio`` (the first row over the second), ``growth`` (the first
    row, a change, against what there was before), ``growth_from`` (the first row against the second), ``compared`` (two
    statements) or ``limit``. A row has ``item``, ``name``, ``printed``, ``sign`` (``+``, ``-`` or empty where the signs are
    not known) and, where it is printed in another unit than the reported number, its ``value`` in that one. All figures
    are strings with the printed digits.
    """
    check = finding.check
    has_total = finding.reported is not None and check not in _NOTHING_REPORTED
    total, parts = (numbers[0], numbers[1:]) if has_total and numbers else (None, numbers)
    unit = (total or numbers[0])[1].unit if numbers else None
    if check in _ADDED:
        form = "column"
    elif check in _COMPARED:
        form = "compared"
    elif check in ("share", "execution_rate"):
        form = "ratio"
    elif check == "change_rate" and parts:
        form = "growth" if parts[0][1].aspect == "change" else "growth_from"
    else:
        form = "limit"
    values = [_in_unit(number, total[1] if total else None) for _, number in parts]
    signs = _signs(values, finding.computed) if form == "column" else None
    rows = [
        {
            "item": item,
            "name": with_aspect(number) if isinstance(number, Fact) else called(number),
            "printed": printed(number) if number.state != "none" else number.quote,
            "sign": "" if signs is None else "+-"[signs[k] < 0],
            "value": f"{value:f}"
            if form in ("column", "compared") and value is not None and number.unit != unit
            else None,
        }
        for k, ((item, number), value) in enumerate(zip(parts, values, strict=True))
    ]
    reported = finding.reported if has_total else _TARGETS.get(check)
    return {
        "form": form,
        "rows": rows,
        "unit": unit or "",
        "total": None if total is None else {"item": total[0], "name": with_aspect(total[1]), "printed": printed(total[1])},
        "reported": reported,
        "computed": finding.computed,
        "interval": None if finding.interval is None else list(finding.interval),
        "difference": _difference(reported, finding.computed),
    }  # fmt: skip


def _in_unit(number: Number, other: Number | None) -> Decimal | None:
    """A value in the unit of another number."""
    value = number.value if isinstance(number.value, Decimal) else None
    if number.state in ("unchanged", "none", "zero"):
        value = value if value is not None else Decimal(0)
    if value is None or other is None or number.unit == other.unit:
        return value
    worth = other.yuan / other.value if other.yuan and isinstance(other.value, Decimal) and other.value else None
    if number.yuan is None or worth is None:
        return value
    return _WIDE.divide(number.yuan, worth)


def _signs(values: Sequence[Decimal | None], computed: str | None) -> tuple[int, ...] | None:
    """With which signs the parts make what was computed; None where none do."""
    if computed is None or any(value is None for value in values):
        return None
    figures = [value for value in values if value is not None]
    goal = Decimal(computed)
    ways = product((1, -1), repeat=len(figures)) if len(figures) <= _SIGNED else [(1,) * len(figures)]
    for signs in ways:
        total = sum((sign * value for sign, value in zip(signs, figures, strict=True)), Decimal(0))
        if total == goal:
            return signs
    return None


def _difference(reported: str | None, computed: str | None) -> str | None:
    if reported is None or computed is None:
        return None
    try:
        difference = Decimal(reported) - Decimal(computed)
    except ArithmeticError:
        return None
    return f"{difference:+f}" if difference else f"{abs(difference):f}"

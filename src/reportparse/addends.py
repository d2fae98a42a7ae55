"""Rows that have lost their empty cells: which columns their figures stand in, where only one way adds up.

A column of a table makes its sum, and classes of the budget make the class that they are in. Where exactly one way to put the
figures of the short rows in columns does that in every column, it is the way that they stood in.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

__all__ = ["ShortRow", "columns_by_sums"]


class ShortRow(NamedTuple):
    """A row: its code, or none, and its figures in their order."""

    code: str
    figures: tuple[Decimal, ...]


_WAYS_MOST = 20_000
"""Ways that are tried for the parts of one sum."""


def columns_by_sums(rows: Sequence[ShortRow], total: Sequence[Decimal]) -> dict[int, tuple[int, ...]]:
    """Index → columns of the rows whose place is certain; ``total`` has a figure in every column."""
    found: dict[int, tuple[int, ...]] = {}
    least = min((len(row.code) for row in rows), default=0)
    _place(rows, [k for k, row in enumerate(rows) if len(row.code) == least], total, found)
    return found


def _place(
    rows: Sequence[ShortRow], own: Sequence[int], total: Sequence[Decimal], found: dict[int, tuple[int, ...]]
) -> None:
    """Place the rows that make a sum, and then those that make each of them."""
    ways = _ways([rows[k] for k in own], total)
    if ways is None:
        return
    for k, columns in zip(own, ways, strict=True):
        found[k] = columns
        code = rows[k].code
        inner = [
            at for at in range(k + 1, len(rows)) if code and rows[at].code.startswith(code) and rows[at].code != code
        ]
        if inner:
            least = min(len(rows[at].code) for at in inner)
            full = dict(zip(columns, rows[k].figures, strict=True))
            sums = [full.get(column, Decimal(0)) for column in range(len(total))]
            _place(rows, [at for at in inner if len(rows[at].code) == least], sums, found)


def _ways(rows: Sequence[ShortRow], total: Sequence[Decimal]) -> list[tuple[int, ...]] | None:
    """The one way to place rows so that every column adds up; None where there is none or more than one."""
    if any(len(row.figures) > len(total) for row in rows):
        return None
    ways: dict[tuple[Decimal, ...], list[tuple[int, ...]] | None] = {tuple(total): []}
    for row in rows:
        more: dict[tuple[Decimal, ...], list[tuple[int, ...]] | None] = {}
        for left, placed in ways.items():
            for columns in combinations(range(len(total)), len(row.figures)):
                rest = list(left)
                for column, figure in zip(columns, row.figures, strict=True):
                    rest[column] -= figure
                key = tuple(rest)
                more[key] = None if key in more or placed is None else [*placed, columns]
        if len(more) > _WAYS_MOST:
            return None
        ways = more
    return ways.get(tuple(Decimal(0) for _ in total))

"""Rows whose words stand apart: where their columns are, and which of them a heading of several stands over.

Columns are told by what stands one under the other. A heading over several is set in their middle or over the first: of
the ways to part the columns that have headings of their own below, it is the one that puts every heading there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

__all__ = ["Extent", "columns_of", "over_columns"]

Extent = tuple[float, float]
"""Where words begin and end on their line, in widths of a Latin letter or in points."""


def columns_of(rows: Sequence[Sequence[Extent]], first: int) -> list[Extent]:
    """The extents of the columns, of which the rows from ``first`` on hold figures and those before are headings."""
    columns: list[Extent] = []
    for left, right in sorted(extent for row in rows[first:] for extent in row):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    headed: list[Extent] = []
    for row in reversed(rows[:first]):
        alone = [extent for extent in row if not any(_meet(extent, column) for column in columns)]
        # What stands between two columns that have headings below is over both.
        alone = [extent for extent in alone if not _is_between(extent, columns, headed)]
        headed += [column for column in columns if any(_meet(extent, column) for extent in row)] + alone
        columns = sorted([*columns, *alone])
    return columns


def over_columns(
    row: Sequence[Extent], below: Sequence[Sequence[int]], columns: Sequence[Extent]
) -> list[tuple[int, int]] | None:
    """The first column and the number of columns that every cell of a row of headings stands over, where the rows under it,
    the next first, have headings in the columns ``below``; None where that cannot be told.
    """
    found: dict[int, tuple[int, int]] = {}
    runs: dict[tuple[int, ...], list[int]] = {}
    for k, extent in enumerate(row):
        nearest = min(range(len(columns)), key=lambda c: (_gap(extent, columns[c]), abs(sum(extent) - sum(columns[c]))))
        run = next((run for headed in below for run in _runs(headed) if nearest in run), None)
        if run is None:
            found[k] = (nearest, 1)
        else:
            runs.setdefault(run, []).append(k)
    for run, cells in runs.items():
        if len(cells) > len(run):
            return None
        cuts = min(
            combinations(range(1, len(run)), len(cells) - 1),
            key=lambda cuts: sum(
                _off(row[k], columns[run[a]], columns[run[b - 1]])
                for k, (a, b) in zip(cells, pairwise([0, *cuts, len(run)]), strict=True)
            ),
        )
        for k, (a, b) in zip(cells, pairwise([0, *cuts, len(run)]), strict=True):
            found[k] = (run[a], b - a)
    placed = [found[k] for k in range(len(row))]
    return placed if all(a + n <= b for (a, n), (b, _) in pairwise(placed)) else None


def _runs(below: Sequence[int]) -> list[tuple[int, ...]]:
    """Columns next to each other."""
    runs: list[tuple[int, ...]] = []
    for column in sorted(below):
        if runs and runs[-1][-1] == column - 1:
            runs[-1] = (*runs[-1], column)
        else:
            runs.append((column,))
    return runs


def _off(extent: Extent, first: Extent, last: Extent) -> float:
    """How far a heading is from the middle of its columns, or from the left of the first."""
    return min(abs(sum(extent) - first[0] - last[1]), 2 * abs(extent[0] - first[0]))


def _meet(one: Extent, other: Extent) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _gap(one: Extent, other: Extent) -> float:
    return max(0, one[0] - other[1], other[0] - one[1])


def _is_between(extent: Extent, columns: Sequence[Extent], headed: Sequence[Extent]) -> bool:
    before = [column for column in columns if column[1] <= extent[0]]
    after = [column for column in columns if column[0] >= extent[1]]
    return bool(before and after) and before[-1] in headed and after[0] in headed

"""Rows whose words stand apart: where their columns are, and which of them a heading of several stands over.

Columns are told by what stands one under the other. A heading over several is set in their middle or over the first: of
the ways to part the columns that have headings of their own below, it is the one that puts every heading there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import inf
from statistics import mean, median

__all__ = [
    "Extent",
    "columns_of",
    "is_over",
    "off_middle",
    "over_columns",
    "over_middle",
    "placed_in_order",
    "with_headings",
]

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


def refined(
    columns: Sequence[Extent], rows: Sequence[Sequence[Extent]], figures: Sequence[Sequence[bool | None]]
) -> list[Extent]:
    """The columns, those parted that hold two cells of one row where some cells reach over, and those of names joined of which
    no row has both: 收入总计 in the middle under names at the left.
    """
    parted: list[Extent] = []
    for column in columns:
        inside = [
            [(e, f) for e, f in zip(row, own, strict=True) if _meet(e, column)]
            for row, own in zip(rows, figures, strict=True)
        ]
        most = max(map(len, inside), default=0)
        several = [cell for cells in inside for cell in cells]
        runs = _runs_of([e for e, f in several if f], 1) + _runs_of([e for e, f in several if not f], 0)
        found = sorted(extent for extent, count in runs if count > 1)
        if most > 1 and len(found) >= most and all(a[1] <= b[0] for a, b in pairwise(found)):
            parted += found
        else:
            parted.append(column)
    joined: list[Extent] = []
    for column in parted:
        if (
            joined
            and not _both(joined[-1], column, rows)
            and _is_of_names(joined[-1], rows, figures)
            and _is_of_names(column, rows, figures)
        ):
            joined[-1] = (joined[-1][0], column[1])
        else:
            joined.append(column)
    return joined


_ONE_COLUMN = 4
"""Widths of a letter: cells that begin, or figures that end, no further apart are of one column."""


def _runs_of(cells: Sequence[Extent], edge: int) -> list[tuple[Extent, int]]:
    """Cells by where they begin or end: of every run of such places the usual extent, and how many cells are in it."""
    runs: list[list[Extent]] = []
    for cell in sorted(cells, key=lambda extent: extent[edge]):
        if runs and cell[edge] - runs[-1][-1][edge] <= _ONE_COLUMN:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [((float(median([c[0] for c in run])), float(median([c[1] for c in run]))), len(run)) for run in runs]


def _both(one: Extent, other: Extent, rows: Sequence[Sequence[Extent]]) -> bool:
    return any(any(_meet(cell, one) for cell in row) and any(_meet(cell, other) for cell in row) for row in rows)


def _is_of_names(column: Extent, rows: Sequence[Sequence[Extent]], figures: Sequence[Sequence[bool | None]]) -> bool:
    own = [
        f for row, kinds in zip(rows, figures, strict=True) for e, f in zip(row, kinds, strict=True) if _meet(e, column)
    ]
    return bool(own) and not any(own)


def placed_in_order(
    rows: Sequence[Sequence[Extent]],
    figures: Sequence[Sequence[bool | None]],
    placed: Sequence[Sequence[tuple[int, int]]],
    columns: int,
) -> list[list[tuple[int, int]]]:
    """The columns of the cells of rows that lack some, told by where the cells of each column begin, end or have their middle.

    ``placed`` are the columns that the cells stand nearest to; which of the cells are ``figures`` tells what a column
    holds, None for a heading.
    A row keeps its columns where these are in order already and hold what the others of theirs do; one that no way fits has none.
    """
    cells: list[list[Extent]] = [[] for _ in range(columns)]
    kinds: list[list[bool]] = [[] for _ in range(columns)]
    full = sum(len(row) == columns and None not in own for row, own in zip(rows, figures, strict=True))
    for row, own, at in zip(rows, figures, placed, strict=True):
        if len(row) == columns if full >= _FULL_LEAST else _in_order(at):
            for extent, figure, (column, _) in zip(row, own, at, strict=True):
                if figure is not None:
                    cells[column].append(extent)
                    kinds[column].append(figure)
    usual = [
        tuple(median(part) for part in zip(*map(_edges, found), strict=True)) if found else None for found in cells
    ]
    holds = [None if not found or 0.2 < mean(found) < 0.8 else mean(found) > 0.5 for found in kinds]

    def cost(extent: Extent, figure: bool | None, column: int) -> float:
        edges = usual[column]
        if edges is None:
            return _UNLIKE
        off = min([abs(one - other) for one, other in zip(_edges(extent), edges, strict=True)])
        return float(off) + (_UNLIKE if figure is not None and holds[column] not in (None, figure) else 0)

    found: list[list[tuple[int, int]]] = []
    for row, own, at in zip(rows, figures, placed, strict=True):
        fits = all(
            figure is None or holds[column] in (None, figure) for figure, (column, _) in zip(own, at, strict=True)
        )
        if len(row) >= columns or (_in_order(at) and fits):
            found.append(list(at))
            continue
        # The cheapest way to give the cells columns in their order.
        ways: list[tuple[float, list[int]]] = [(0.0, []), *[(inf, [])] * len(row)]
        for column in range(columns):
            for k in range(len(row), 0, -1):
                more = ways[k - 1][0] + cost(row[k - 1], own[k - 1], column)
                if more < ways[k][0]:
                    ways[k] = (more, [*ways[k - 1][1], column])
        found.append([(column, 1) for column in ways[-1][1]] if ways[-1][0] < _UNLIKE else [])
    return found


_FULL_LEAST = 3
"""Rows with all their cells, from which the columns can be told alone."""
_UNLIKE = 1_000
"""Widths of a letter: how far off a column is that holds something else."""


def _edges(extent: Extent) -> tuple[float, float, float]:
    return extent[0], extent[1], (extent[0] + extent[1]) / 2


def _in_order(placed: Sequence[tuple[int, int]]) -> bool:
    return all(left + n <= after for (left, n), (after, _) in pairwise(placed))


def is_over(heading: Extent, below: Sequence[Sequence[Extent]], room: float) -> bool:
    """Whether a heading stands over others: above one of them, or between two that are no more than ``room`` further apart
    than it is wide.
    """
    for row in below:
        if any(_meet(heading, other) for other in row):
            return True
        left = max((other[1] for other in row if other[1] <= heading[0]), default=None)
        right = min((other[0] for other in row if other[0] >= heading[1]), default=None)
        if left is not None and right is not None and right - left < heading[1] - heading[0] + room:
            return True
    return False


def with_headings(
    columns: Sequence[Extent], leaves: Sequence[Extent], rows: Sequence[Sequence[Extent]]
) -> list[Extent]:
    """The columns, where a heading in the middle of one stands beside what is set to its left or right: in their order.

    ``leaves`` are the headings that stand over no others, ``rows`` what is under them.
    """
    found: list[Extent] = []
    run: list[tuple[bool, Extent]] = []

    def both(one: Extent, other: Extent) -> bool:
        return _both(one, other, rows)

    columns = list(columns)
    for leaf in leaves:  # codes at the right of their column, 合计 at the left
        while pair := next((p for p in pairwise(c for c in columns if _meet(leaf, c)) if not both(*p)), None):
            at = columns.index(pair[0])
            columns[at : at + 2] = [(pair[0][0], pair[1][1])]

    def close() -> None:
        headings = [extent for is_heading, extent in run if is_heading]
        others = [extent for is_heading, extent in run if not is_heading]
        if len(headings) < len(others) and found and not run[0][0] and not both(found[-1], others[0]):
            found[-1] = (found[-1][0], others[0][1])  # figures at the right of a column of words
            run.pop(0)
            others.pop(0)
        if len(headings) == len(others):
            found.extend((min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(headings, others, strict=True))
        else:
            found.extend(extent for _, extent in run)
        run.clear()

    for column in columns:
        headed = any(_meet(leaf, column) for leaf in leaves)
        filled = any(_meet(cell, column) for row in rows for cell in row)
        if headed == filled:
            close()
            found.append(column)
            continue
        run.append((headed, column))
    close()
    return found


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
        cuts = _cuts([row[k] for k in cells], [columns[c] for c in run])
        for k, (a, b) in zip(cells, pairwise([0, *cuts, len(run)]), strict=True):
            found[k] = (run[a], b - a)
    placed = [found[k] for k in range(len(row))]
    return placed if all(a + n <= b for (a, n), (b, _) in pairwise(placed)) else None


def _cuts(headings: Sequence[Extent], columns: Sequence[Extent]) -> tuple[int, ...]:
    """Where columns are parted among headings, one at the least to each, so that these stand off the middle of theirs by the least
    in sum; of equals the first. Told column by column: the ways to part them are too many to try.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0, ())}
    for heading in headings:
        best = {
            end: min(
                (cost + _off(heading, columns[begin], columns[end - 1]), (*cuts, begin))
                for begin, (cost, cuts) in best.items()
                if begin < end
            )
            for end in range(min(best) + 1, len(columns) + 1)
        }
    return best[len(columns)][1][1:]


def off_middle(row: Sequence[Extent], placed: Sequence[tuple[int, int]], columns: Sequence[Extent]) -> float:
    """How far the headings of a row are from the middle of the columns that they are ``placed`` over, or from their left."""
    return sum(_off(cell, columns[a], columns[a + n - 1]) for cell, (a, n) in zip(row, placed, strict=True))


def over_middle(heading: Extent, headed: Sequence[int], columns: Sequence[Extent]) -> tuple[int, int] | None:
    """The columns that a heading alone in its row stands over the middle of: their first and how many, two at the least.

    ``headed`` are the columns with headings below it. None where the middle is not that of any of them.
    """
    ways = [(a, b) for run in _runs(headed) for a, b in combinations(range(run[0], run[-1] + 1), 2)]
    ways = [(a, b) for a, b in ways if columns[a][0] <= heading[0] and heading[1] <= columns[b][1]]
    best = min(ways, key=lambda way: abs(sum(heading) - columns[way[0]][0] - columns[way[1]][1]), default=None)
    if best is None or abs(sum(heading) - columns[best[0]][0] - columns[best[1]][1]) > _MIDDLE:
        return None
    return best[0], best[1] - best[0] + 1


_MIDDLE = 8
"""In half widths of a letter: how far a heading is from the middle of its columns, at most."""


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

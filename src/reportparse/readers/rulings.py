"""Strokes → ruled tables: which cells they enclose, and which rows and columns each cell spans.

Strokes are snapped to common lines, strokes that touch form one figure, and the figure's lines form a grid. Two boxes
of the grid with no stroke between them are one cell. A frame around one paragraph, an underlined word and a rule
under a running head enclose no two columns and are no table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reportparse.readers.printed import Edge

__all__ = ["Grid", "GridCell", "grids_of"]

_SNAP = 2.5
"""Points: strokes no further apart are one line."""
_NARROW = 4.5
"""Points: lines of one table no further apart hold no text between them: a double line."""
_TOUCH = 3.5
"""Points: ends no further from a line meet it."""
_FEWEST = 6
"""Strokes of a table, at least."""


class GridCell(NamedTuple):
    """A cell: row and column from 0, the rows and columns that it spans, its box in points as displayed."""

    row: int
    column: int
    rows: int
    columns: int
    x0: float
    top: float
    x1: float
    bottom: float


class Grid(NamedTuple):
    """A ruled table of one page. ``xs`` and ``ys`` are its lines, from the left and from the top."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]


class _Stroke(NamedTuple):
    at: float
    start: float
    end: float


def grids_of(edges: Sequence[Edge]) -> list[Grid]:
    """The ruled tables of a page, from the top."""
    if len(edges) < _FEWEST:
        return []
    across = _joined([_Stroke(e.top, e.x0, e.x1) for e in edges if e.x1 - e.x0 >= e.bottom - e.top])
    down = _joined([_Stroke(e.x0, e.top, e.bottom) for e in edges if e.x1 - e.x0 < e.bottom - e.top])
    grids = [grid for h, v in _figures(across, down) if (grid := _grid(h, v)) is not None]
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _joined(strokes: list[_Stroke]) -> list[_Stroke]:
    """Strokes of one line that overlap or touch, as one stroke."""
    found: list[_Stroke] = []
    strokes.sort()
    first = 0
    for index in range(1, len(strokes) + 1):
        if (
            index < len(strokes)
            and strokes[index].at - strokes[index - 1].at <= _SNAP
            and (strokes[index].at - strokes[first].at <= 2 * _SNAP)
        ):
            continue
        line = strokes[first:index]
        at = sum(s.at for s in line) / len(line)
        line.sort(key=lambda s: s.start)
        start, end = line[0].start, line[0].end
        for stroke in line[1:]:
            if stroke.start - end > _TOUCH:
                found.append(_Stroke(at, start, end))
                start, end = stroke.start, stroke.end
            else:
                end = max(end, stroke.end)
        found.append(_Stroke(at, start, end))
        first = index
    return found


def _figures(across: list[_Stroke], down: list[_Stroke]) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """The strokes in groups that hang together. What crosses nothing is in none."""
    groups: list[tuple[list[_Stroke], list[_Stroke]]] = []
    while across and down:
        mine: tuple[list[_Stroke], list[_Stroke]] = ([across[0]], [])
        left = [across[1:], down]
        seen = [0, 0]
        while seen[0] < len(mine[0]) or seen[1] < len(mine[1]):
            way = 0 if seen[0] < len(mine[0]) else 1
            stroke = mine[way][seen[way]]
            seen[way] += 1
            met, left[1 - way] = _parted(left[1 - way], stroke)
            mine[1 - way].extend(met)
        groups.append(mine)
        across, down = left
    return groups


def _parted(strokes: list[_Stroke], by: _Stroke) -> tuple[list[_Stroke], list[_Stroke]]:
    """Those that meet a stroke of the other direction, and those that do not."""
    at, first, last = by.at, by.start - _TOUCH, by.end + _TOUCH
    met: list[_Stroke] = []
    others: list[_Stroke] = []
    for stroke in strokes:
        crosses = first <= stroke.at <= last and stroke.start - _TOUCH <= at <= stroke.end + _TOUCH
        (met if crosses else others).append(stroke)
    return met, others


def _grid(across: list[_Stroke], down: list[_Stroke]) -> Grid | None:
    if len(across) < 2 or not down:
        return None
    xs = _lines([v.at for v in down], min(h.start for h in across), max(h.end for h in across))
    ys = _lines([h.at for h in across], min(v.start for v in down), max(v.end for v in down))
    if len(xs) < 3 or len(ys) < 2:
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    # wall_right[r][c]: a stroke closes box (r, c) to the right; wall_below likewise.
    wall_right = [[False] * columns for _ in range(rows)]
    wall_below = [[False] * columns for _ in range(rows)]
    middles = [(a + b) / 2 for a, b in pairwise(ys)]
    for v in down:
        c = _nearest(xs, v.at) - 1
        if 0 <= c < columns:
            for r in range(bisect_left(middles, v.start - _TOUCH), bisect_right(middles, v.end + _TOUCH)):
                wall_right[r][c] = True
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    for h in across:
        r = _nearest(ys, h.at) - 1
        if 0 <= r < rows:
            for c in range(bisect_left(middles, h.start - _TOUCH), bisect_right(middles, h.end + _TOUCH)):
                wall_below[r][c] = True
    cells = _cells(xs, ys, wall_right, wall_below)
    if len(cells) < 2 or len({cell.column for cell in cells}) < 2:
        return None
    return Grid(xs, ys, cells)


def _lines(found: list[float], first: float, last: float) -> list[float]:
    """The lines of one direction; where the outer ones are not drawn, the others end there."""
    lines: list[float] = []
    for at in sorted(found):
        if not lines or at - lines[-1] > _NARROW:
            lines.append(at)
    if lines[0] - first > 2 * _TOUCH:
        lines.insert(0, first)
    if last - lines[-1] > 2 * _TOUCH:
        lines.append(last)
    return lines


def _nearest(lines: list[float], at: float) -> int:
    after = bisect_left(lines, at)
    if after == 0 or (after < len(lines) and lines[after] - at < at - lines[after - 1]):
        return after
    return after - 1


def _cells(
    xs: list[float], ys: list[float], wall_right: list[list[bool]], wall_below: list[list[bool]]
) -> list[GridCell]:
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            if wall_right[r][c] and wall_below[r][c]:
                cells.append(GridCell(r, c, 1, 1, xs[c], ys[r], xs[c + 1], ys[r + 1]))
                continue
            right = c + 1
            while right < columns and not wall_right[r][right - 1] and not taken[r][right]:
                right += 1
            below = r + 1
            while below < rows and not any(
                wall_below[below - 1][k] or taken[below][k] or (k < right - 1 and wall_right[below][k])
                for k in range(c, right)
            ):
                below += 1
            for i in range(r, below):
                taken[i][c:right] = [True] * (right - c)
            cells.append(GridCell(r, c, below - r, right - c, xs[c], ys[r], xs[right], ys[below]))
    return cells

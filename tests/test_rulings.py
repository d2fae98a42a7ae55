"""Strokes → cells: plain and merged, open at the sides, drawn in pieces; and what is no table."""

from __future__ import annotations

import random

import pytest

from reportparse.readers.printed import Edge
from reportparse.readers.rulings import Grid, grids_of

XS, YS = (60.0, 160.0, 260.0, 420.0), (100.0, 120.0, 140.0, 160.0)


def across(y: float, x0: float = XS[0], x1: float = XS[-1]) -> Edge:
    return Edge(x0, y, x1, y)


def down(x: float, y0: float = YS[0], y1: float = YS[-1]) -> Edge:
    return Edge(x, y0, x, y1)


FULL = [*map(across, YS), *map(down, XS)]


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells]


PLAIN = [(r, c, 1, 1) for r in range(3) for c in range(3)]


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        (FULL, PLAIN),
        (
            [across(100), across(120, 160), across(140), across(160), down(60), down(160), down(260, 120), down(420)],
            [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 0, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)],
        ),
        ([*map(across, YS), down(160), down(260)], PLAIN),
        ([*map(across, YS[1:3]), *map(down, XS)], PLAIN),
    ],
    ids=["full", "merged", "open at the sides", "open above and below"],
)
def test_the_cells(edges: list[Edge], expected: list[tuple[int, int, int, int]]) -> None:
    (grid,) = grids_of(edges)
    assert spans(grid) == expected


def test_a_table_drawn_cell_by_cell_is_the_same_table() -> None:
    rng = random.Random(7)
    pieces = []
    for r in range(3):
        for c in range(3):
            x0, x1, y0, y1 = XS[c], XS[c + 1], YS[r], YS[r + 1]
            pieces += [across(y0, x0, x1), across(y1, x0, x1), down(x0, y0, y1), down(x1, y0, y1)]
    wobbly = [Edge(*(side + rng.uniform(-0.4, 0.4) for side in edge)) for edge in pieces]
    wobbly = [
        Edge(e.x0, (e.top + e.bottom) / 2, e.x1, (e.top + e.bottom) / 2)
        if e.x1 - e.x0 > e.bottom - e.top
        else Edge((e.x0 + e.x1) / 2, e.top, (e.x0 + e.x1) / 2, e.bottom)
        for e in wobbly
    ]
    rng.shuffle(wobbly)
    (grid,) = grids_of(wobbly)
    assert spans(grid) == PLAIN
    assert all(abs(a - b) < 1 for a, b in zip(grid.xs, XS, strict=True))


@pytest.mark.parametrize("apart", [1.0, 2.0, 3.0, 4.0])
def test_double_lines_are_no_rows_and_columns(apart: float) -> None:
    """A frame of two lines, as Word's double border, and double lines within."""
    frame = [across(YS[0] - apart), across(YS[-1] + apart), down(XS[0] - apart), down(XS[-1] + apart)]
    (grid,) = grids_of([*FULL, *frame, across(YS[1] + apart), down(XS[2] - apart)])
    assert spans(grid) == PLAIN


def test_cells_share_out_the_table() -> None:
    """Whatever strokes are missing, no two cells overlap and together they cover the grid."""
    rng = random.Random(11)
    for _ in range(300):
        parts = [across(y, XS[c], XS[c + 1]) for y in YS[1:-1] for c in range(3) if rng.random() < 0.6]
        parts += [down(x, YS[r], YS[r + 1]) for x in XS[1:-1] for r in range(3) if rng.random() < 0.6]
        frame = [across(YS[0]), across(YS[-1]), down(XS[0]), down(XS[-1])]
        for grid in grids_of(frame + parts):
            covered = [
                (r, c)
                for cell in grid.cells
                for r in range(cell.row, cell.row + cell.rows)
                for c in range(cell.column, cell.column + cell.columns)
            ]
            assert sorted(covered) == [(r, c) for r in range(len(grid.ys) - 1) for c in range(len(grid.xs) - 1)]


@pytest.mark.parametrize(
    "edges",
    [
        [across(100), across(160), down(60), down(420)],
        [across(100), across(120), across(140), across(160), down(60), down(420)],
        [across(y, 100, 160) for y in range(100, 400, 30)],
        [across(50), *[across(y, 200, 220) for y in (200, 300, 400, 500, 600)]],
        [],
    ],
    ids=["frame", "framed lines", "underlined words", "rule and fractions", "nothing"],
)
def test_what_is_no_table(edges: list[Edge]) -> None:
    assert grids_of(edges) == []


def test_two_tables_on_a_page_are_two() -> None:
    lower = [Edge(e.x0, e.top + 200, e.x1, e.bottom + 200) for e in FULL]
    grids = grids_of([*lower, *FULL])
    assert [grid.ys[0] for grid in grids] == [100, 300]
    assert [spans(grid) for grid in grids] == [PLAIN, PLAIN]

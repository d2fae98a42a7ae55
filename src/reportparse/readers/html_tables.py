"""Tables of a page: which of them are tables, and where their cells stand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportparse.readers.html_measure import Measure

__all__ = ["PlacedCell", "cells_of", "is_data", "rows_of"]

_CELLS = frozenset({"td", "th"})
_CLOSED = frozenset({"td", "th", "table", "caption"})
_COLUMNS_AT_MOST = 1000  # the limit of HTML
_ROWS_AT_MOST = 65534
_GRID_AT_MOST = 2_000_000  # rows times the cells that span several: beyond that it is no table that anybody made
_BORDER = re.compile(r"border(?:-(?:top|left|right|bottom|width|style))?\s*:\s*+(?!none|medium none|0)", re.IGNORECASE)
# A cell that holds so many characters, this share of its table in per cent and so many lines is prose in a frame.
_PROSE, _PROSE_SHARE, _PROSE_LINES = 200, 60, 3


class PlacedCell(NamedTuple):
    """A cell by its place in the grid, from 0, and its span."""

    element: Element
    column: int
    rows: int
    columns: int


def is_data(table: Element, measures: Mapping[Element, Measure]) -> bool:
    """Whether a table is one, or only sets the page: one column, one row, or around other tables or prose."""
    rows = list(rows_of(table))
    if (table.get("role") or "").lower() in ("presentation", "none") or all(len(row) <= 1 for row in rows):
        return False
    tall = sum(_span(cell, "rowspan", _ROWS_AT_MOST) > 1 for row in rows for cell in row)
    if tall * len(rows) > _GRID_AT_MOST:
        return False
    whole = measures[table]
    if whole.nested * 2 > whole.text:
        return False
    if _is_marked(table, rows):
        return True
    if len(rows) == 1 or whole.headings:
        return False
    shown = [measures[cell] for row in rows for cell in row if cell in measures]
    most = max(shown, key=lambda cell: cell.text, default=whole)
    return not (most.text >= _PROSE and most.text * 100 >= whole.text * _PROSE_SHARE and most.breaks >= _PROSE_LINES)


def cells_of(table: Element) -> list[list[PlacedCell | None]]:
    """The cells row by row. None stands for a cell that goes on from the row above."""
    rows = list(rows_of(table))
    placed: list[list[PlacedCell | None]] = []
    above: list[tuple[int, int, int]] = []  # column, end column and last row of cells that reach further down
    for index, row in enumerate(rows):
        above = sorted(span for span in above if span[2] >= index)
        here: list[PlacedCell | None] = []
        column = 0
        waiting = iter([*above, (sys.maxsize, 0, 0)])
        barred = next(waiting)
        for cell in row:
            while column >= barred[0]:
                here.append(None)
                column = max(column, barred[1])
                barred = next(waiting)
            columns = _span(cell, "colspan", _COLUMNS_AT_MOST)
            # 0 says: all the rows that are left.
            down = min(_span(cell, "rowspan", _ROWS_AT_MOST, zero=_ROWS_AT_MOST), len(rows) - index)
            here.append(PlacedCell(cell, column, down, columns))
            if down > 1:
                above.append((column, column + columns, index + down - 1))
            column += columns
        while barred[1]:
            here.append(None)
            barred = next(waiting)
        placed.append(here)
    return placed


def rows_of(table: Element) -> Iterator[list[Element]]:
    """The cells of each row, without those of tables inside. Forms and the like may stand between row and cell."""
    waiting = list(reversed(table))
    row: list[Element] | None = None
    rows = []
    while waiting:
        element = waiting.pop()
        if element.tag == "tr":
            row = []
            rows.append(row)
        if element.tag in _CELLS and row is not None:
            row.append(element)
        if element.tag not in _CLOSED:
            waiting.extend(reversed(element))
    yield from rows


def _is_marked(table: Element, rows: list[list[Element]]) -> bool:
    """Whether the page itself says that this is a table: by lines around its cells, or by headings of its columns."""
    if (table.get("border", "0") or "1").strip() not in ("0", "") or (table.get("class") or "").lower().startswith(
        "mso"
    ):
        return True
    if _BORDER.search(table.get("style") or "") or table.find("caption") is not None or table.find("thead") is not None:
        return True
    return any(cell.tag == "th" or _BORDER.search(cell.get("style") or "") for row in rows[:3] for cell in row)


def _span(cell: Element, name: str, most: int, zero: int = 1) -> int:
    text = (cell.get(name) or "1").strip()
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return 1
    return min(int(text) or zero, most)

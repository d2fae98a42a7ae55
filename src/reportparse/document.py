"""What a reader returns: the text of a document, and what else its source says of it.

Coordinates are points from the top left of a page as displayed, and floats: they are measured, not printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from reportparse.model import Source, Span
from reportparse.records import record

if TYPE_CHECKING:
    from array import array

__all__ = [
    "Document", "Geometry", "Glyphs", "Page", "PrintedCell", "PrintedLine", "PrintedTable",
]  # fmt: skip


class Page(NamedTuple):
    """A page as displayed (rotated, cropped): width and height in points."""

    width: float
    height: float


class PrintedLine(NamedTuple):
    """A line of a column, or of running text, where the source says where it stands.

    ``start`` and ``end`` are its place in the text, ``page`` counts from 1; the box is in points from the top left of
    the page as displayed. ``size`` is the height of its characters, ``font`` the name of the first
    Chinese one's font and ``last_font`` that of the last one's. ``upright`` is false for what runs another way than the
    text of its page: a watermark, a mark in the margin.
    """

    start: int
    end: int
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    font: str
    last_font: str
    upright: bool = True


class PrintedCell(NamedTuple):
    """A cell of a table in the source: row and column from 0, how many of each it spans, its place in the text.

    An empty cell has ``start == end``. ``box`` is that of the cell and not of its text, as in :data:`Box`; None in a
    source without pages.
    """

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    page: int
    box: tuple[float, float, float, float] | None


class PrintedTable(NamedTuple):
    """A table of the source, row by row in the text: ``text[start:end]``, of which no character is running text."""

    start: int
    end: int
    cells: tuple[PrintedCell, ...]


class Glyphs(NamedTuple):
    """The boxes of the characters of a text, by runs of characters that are printed side by side.

    Run ``k`` is ``text[starts[k]:ends[k]]`` on page ``pages[k]``; its first character has the box at ``firsts[k]`` in
    that page's ``sides``: x0, top, x1 and bottom of all that is printed there. What is in no run is not printed
    (line ends, spaces that the reader put in).
    """

    starts: list[int]
    ends: list[int]
    pages: list[int]
    firsts: list[int]
    sides: list[tuple[array[float], array[float], array[float], array[float]]]

    def boxes(self, places: Iterable[Span]) -> list[tuple[int, float, float, float, float]]:
        """The boxes around places in the text, one for every line that they stand on: page, x0, top, x1, bottom."""
        found: list[tuple[int, float, float, float, float]] = []
        starts, ends = self.starts, self.ends
        for start, end in places:
            run = bisect_right(starts, start) - 1
            if not found and run >= 0 and start < end <= ends[run]:  # as nearly all are
                found.append(self._box(run, start, end))
                continue
            run = max(0, run)
            while run < len(starts) and starts[run] < end:
                first, last = max(start, starts[run]), min(end, ends[run])
                if first < last:
                    box = self._box(run, first, last)
                    if found and _on_one_line(found[-1], box):
                        _, left, upper, right, lower = found.pop()
                        box = (box[0], min(left, box[1]), min(upper, box[2]), max(right, box[3]), max(lower, box[4]))
                    found.append(box)
                run += 1
        return found

    def _box(self, run: int, start: int, end: int) -> tuple[int, float, float, float, float]:
        """The box around ``text[start:end]``, all of it in one run."""
        first = self.firsts[run] + start - self.starts[run]
        last = first + end - start
        page = self.pages[run]
        x0, top, x1, bottom = self.sides[page - 1]
        right = max(x1[first:last])
        if end < self.ends[run] and 4 * (x0[last] - x0[last - 1]) > x1[last - 1] - x0[last - 1]:
            right = min(right, x0[last])  # set closer than its own width: 套）。
        return page, min(x0[first:last]), min(top[first:last]), right, max(bottom[first:last])


def _on_one_line(a: tuple[int, float, float, float, float], b: tuple[int, float, float, float, float]) -> bool:
    return a[0] == b[0] and a[2] < (b[2] + b[4]) / 2 < a[4] and b[1] >= a[1]


class Geometry(NamedTuple):
    """What a source with pages says beside its text. Every character outside the tables is in exactly one line."""

    pages: tuple[Page, ...]
    lines: tuple[PrintedLine, ...]
    glyphs: Glyphs


@record
class Document:
    """What a reader returns: the canonical text in reading order, and where each page begins.

    For TXT the text is the decoded file without its byte-order mark and with no newline translation; otherwise lines
    end in ``\\n`` and a form feed stands between pages. ``page_starts`` holds the first offset of every page, so
    ``page_starts[0] == 0``. ``tables`` are those that the source itself marks (ruled in a PDF, elements of a DOCX or
    an HTML page), in the order of the text. ``whole_lines`` says that every line outside a table is a paragraph.
    ``headings`` holds the starts of the lines that the source itself calls headings, with their level from 1.
    """

    source: Source
    text: str
    page_starts: tuple[int, ...]
    tables: tuple[PrintedTable, ...] = ()
    whole_lines: bool = False
    headings: tuple[tuple[int, int], ...] = ()
    geometry: Geometry | None = None

"""What the places of printed lines say: which begin a paragraph, which are titles, which are footnotes.

A document keeps its margins, its indents and its body type throughout, so a line is judged against those of its own
column. A first-line indent, where the document has one, says where a paragraph begins; a ragged right edge says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reportparse.document import Document, PrintedLine

__all__ = ["Shapes"]

_NOTE = re.compile(r"[①-⑳⑴-⒇*＊※]|[\[〔［]\d{1,2}[\]〕］]|\d{1,2}(?![\d.、年月,])|注\d*[：:]")
_NOTE_SIZE = 0.88
"""Of the body's: the type of a footnote is no larger."""
_UNBROKEN = re.compile(r"[\d.,A-Za-z%-]{2,}")


class _Column(NamedTuple):
    """The edges of the text around a line."""

    left: float
    right: float


class Shapes:
    """The margins, indents and types of a document's running text, and what they say of a line."""

    def __init__(self, document: Document, body: Sequence[PrintedLine]) -> None:
        """``body`` are the lines of running text, without heads, feet, contents pages and tables."""
        assert document.geometry is not None
        self._widths = [page.width for page in document.geometry.pages]
        self._text = document.text
        self._by_start = {line.start: line for line in body}
        self._sides = self._find_sides(body)
        pages = [0, *(line.page for line in body)]
        self._heads = {line.start for before, line in zip(pages, body, strict=False) if line.page != before}
        fonts: Counter[str] = Counter()
        sizes: Counter[float] = Counter()
        for line in body:
            fonts[line.font] += line.end - line.start
            fonts[line.last_font] += line.end - line.start  # a line can begin in another type, seldom end in one
            sizes[_half(line.size)] += line.end - line.start
        self.font = max(fonts, key=fonts.__getitem__, default="")
        self.size = max(sizes, key=sizes.__getitem__, default=0.0)
        self.indented = self._has_indents(body)
        self._pitch = self._usual_pitch(body)
        self.spaced = not self.indented and self._has_gaps(body)

    def at(self, start: int) -> PrintedLine | None:
        """The line of running text that begins there."""
        return self._by_start.get(start)

    # -- one line -------------------------------------------------------------------------------------------------------

    def indent(self, line: PrintedLine) -> float:
        """How far it begins from the left edge of its column, in its own characters."""
        return self._sides[line.start][0]

    def room(self, line: PrintedLine) -> float:
        """How much room it leaves to the right, in its own characters."""
        return self._sides[line.start][1]

    def is_full(self, line: PrintedLine, after: str = "") -> bool:
        """Whether it was broken for want of room: what ``after`` begins with would not have fitted.

        A number is not broken, and a mark that must not begin a line takes the character before it along.
        """
        number = _UNBROKEN.match(after)
        return self.room(line) < max(2.0, 1.5 + 0.55 * len(number.group()) if number is not None else 0.0)

    def fits_behind(self, line: PrintedLine, after: PrintedLine) -> bool:
        """Whether the whole of the line after it would have had room: then it was not broken for want of room."""
        return self.room(line) > (after.x1 - after.x0) / after.size + _SLACK

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether it stands in the middle, with room on both sides."""
        indent, room = self.indent(line), self.room(line)
        return indent > 2.6 and room > 2.6 and abs(indent - room) < max(1.0, 0.12 * (indent + room))

    def is_at_right(self, line: PrintedLine) -> bool:
        """Whether it stands at the right edge alone: a signature, a date, 单位：万元."""
        return self.indent(line) > 8 and self.room(line) < 4.5 and not self.is_centred(line) and not self.is_large(line)

    def stands_out(self, line: PrintedLine) -> bool:
        """Whether it is set in another type than the body's, or larger."""
        return (bool(line.font) and line.font != self.font) or self.is_large(line)

    def is_large(self, line: PrintedLine) -> bool:
        """Whether it is set larger than the body: one of a title's lines."""
        return line.size > 1.2 * self.size

    def is_title(self, start: int) -> bool:
        """Whether the line that begins there is set as a title is: at the head of its page, in the middle, in its own type."""
        line = self._by_start.get(start)
        return line is not None and start in self._heads and self.is_centred(line) and self.stands_out(line)

    def is_led(self, first: int, last: int) -> bool:
        """Whether a paragraph begins in another type than the body's and ends in that."""
        begin, end = self._by_start.get(first), self._by_start.get(last)
        return (
            begin is not None and end is not None and self.font not in ("", begin.font) and end.last_font == self.font
        )

    def is_of_cover(self, first: int, start: int) -> bool:
        """Whether the line at ``start`` can be of a cover that begins at ``first``: on its page, and no full line of a
        paragraph.
        """
        cover, line = self._by_start.get(first), self._by_start.get(start)
        if cover is None or line is None:
            return False
        wide = sum(1.0 if char > "\xff" else 0.5 for char in self._text[line.start : line.end]) * line.size
        set_apart = wide < 0.75 * (line.x1 - line.x0)  # 部门：… at the left and 单位：… at the right
        return line.page == cover.page and (not self.is_full(line) or set_apart or self.stands_out(line))

    def begins(self, line: PrintedLine) -> bool:
        """Whether it has the indent of a paragraph's first line."""
        return self.indented and 1.2 <= self.indent(line) <= 4.6 and not self.is_centred(line)

    def notes(self) -> dict[int, bool]:
        """The starts of the lines of footnotes: small type at the foot of a page, from a note's mark on. True where one
        begins.
        """
        found: dict[int, bool] = {}
        pages: dict[int, list[PrintedLine]] = {}
        for line in self._by_start.values():
            pages.setdefault(line.page, []).append(line)
        for lines in pages.values():
            at = len(lines)
            while at and lines[at - 1].size < _NOTE_SIZE * self.size:
                at -= 1
            small = lines[at:]
            if at and small and _NOTE.match(self._text, small[0].start, small[0].end):
                for line in small:
                    found[line.start] = _NOTE.match(self._text, line.start, line.end) is not None
        return found

    # -- two lines, one after the other ---------------------------------------------------------------------------------

    def same_type(self, line: PrintedLine, after: PrintedLine) -> bool:
        """Whether both are set in one type. Fonts of one size differ in height a little, a short line's marks a lot."""
        ratio = after.size / line.size
        few = after.end - after.start <= 3
        return 0.8 < ratio < 1.25 or (few and line.font == after.font and 0.6 < ratio < 1.67)

    def is_apart(self, line: PrintedLine, after: PrintedLine) -> bool:
        """Whether more than the usual space stands between two lines of a page."""
        return (
            line.page == after.page
            and after.top >= line.bottom - line.size
            and after.top - line.top > 1.45 * max(self._pitch, line.size)
        )

    # -- the document ---------------------------------------------------------------------------------------------------

    def _find_sides(self, body: Sequence[PrintedLine]) -> dict[int, tuple[float, float]]:
        """The indent of every line and the room that it leaves, in its column: runs of lines down a page, measured by
        the lines that fill them.
        """
        groups: list[list[PrintedLine]] = []
        for line in body:
            if groups and groups[-1][-1].page == line.page and line.top >= groups[-1][-1].top - line.size:
                groups[-1].append(line)
            else:
                groups.append([line])
        runs = [_run_of(lines, self._text) for lines in groups]
        split = {id(run) for run in runs if self._is_beside(run, runs)}
        usual: dict[tuple[int, int], _Column] = {}
        for size in {self._size_of(run) for run in runs if id(run) not in split}:
            whole = [run for run in runs if id(run) not in split and self._size_of(run) == size]
            sides = [[run for run in whole if run.page % 2 == side] for side in (0, 1)]
            if min(sum(run.shows_edges for run in side) for side in sides) < 2:
                sides = [whole, whole]
            for side in (0, 1):
                usual[size, side] = _usual_edges(sides[side])
        found: dict[int, tuple[float, float]] = {}
        for run in runs:
            column = run.edges if id(run) in split else _own_edges(run, usual[self._size_of(run), run.page % 2])
            for line in run.lines:
                found[line.start] = (line.x0 - column.left) / line.size, (column.right - line.x1) / line.size
        return found

    def _size_of(self, run: _Run) -> int:
        """The width of its page: upright and landscape pages have margins of their own."""
        return round(self._widths[run.page - 1])

    def _is_beside(self, run: _Run, runs: list[_Run]) -> bool:
        """Whether another run stands on the same page at the same height: columns of one page."""
        return any(
            other is not run
            and other.page == run.page
            and other.lines[0].top < run.lines[-1].bottom
            and run.lines[0].top < other.lines[-1].bottom
            for other in runs
        )

    def _has_indents(self, body: Sequence[PrintedLine]) -> bool:
        """Whether first lines are indented: most lines begin at the edge, and what follows a full stop does not."""
        at_edge = sum(abs(self.indent(line)) < 0.8 for line in body)
        begun = [
            1.2 <= self.indent(after) <= 4.6
            for line, after in pairwise(body)
            if self._text[line.end - 1] in "。；：" and self.room(line) > 2.5
        ]
        if len(begun) >= 3:
            return 2 * sum(begun) >= len(begun)
        deep = sum(1.2 <= self.indent(line) <= 4.6 for line in body)
        return deep >= 2 and at_edge >= 2

    def _has_gaps(self, body: Sequence[PrintedLine]) -> bool:
        """Whether paragraphs are set apart by space: what follows a full stop at a ragged end is, as a rule."""
        apart = [
            self.is_apart(line, after)
            for line, after in pairwise(body)
            if line.page == after.page and self._text[line.end - 1] in "。；：" and self.room(line) > 2.5
        ]
        return len(apart) >= 3 and 2 * sum(apart) >= len(apart)

    def _usual_pitch(self, body: Sequence[PrintedLine]) -> float:
        """The usual distance from line to line, in points."""
        steps = Counter(
            _half(after.top - line.top)
            for line, after in pairwise(body)
            if line.page == after.page and after.top > line.top and self.is_full(line)
        )
        return max(steps, key=steps.__getitem__, default=1.5 * self.size)


class _Run(NamedTuple):
    """Lines down a page. ``edges`` are the outermost that several of them share, ``shows_edges`` says whether they are
    the column's.
    """

    page: int
    lines: list[PrintedLine]
    edges: _Column
    shows_edges: bool


def _run_of(lines: list[PrintedLine], text: str) -> _Run:
    edges = _edges(lines)
    return _Run(lines[0].page, lines, edges, _shows_edge(lines, edges.right, text))


def _edges(lines: Sequence[PrintedLine]) -> _Column:
    """The edges that lines keep to: the outermost that several of them share."""
    size = lines[0].size
    return _Column(_shared([line.x0 for line in lines], size, 1), _shared([line.x1 for line in lines], size, -1))


def _usual_edges(runs: Sequence[_Run]) -> _Column:
    """The edges of most lines, by the pages that have lines enough to show theirs."""
    found: dict[tuple[int, int], list[PrintedLine]] = {}
    for run in runs:
        if run.shows_edges:
            found.setdefault((round(run.edges.left / 4), round(run.edges.right / 4)), []).extend(run.lines)
    return _edges(max(found.values(), key=len) if found else [line for run in runs for line in run.lines])


def _own_edges(run: _Run, usual: _Column) -> _Column:
    """The usual edges, unless the lines of a page keep to another right one: it is shifted, or scaled.

    A page with nothing but first lines shows no left edge: it has the usual one, or that as far away as the right one.
    """
    own, size = run.edges, run.lines[0].size
    by = own.right - usual.right
    if abs(by) <= size / 2 or not run.shows_edges:
        return _Column(min(own.left, usual.left), usual.right)
    if by < 0 and own.left >= usual.left:
        # Scaled down, unless a single line stands further out.
        outside = min(line.x0 for line in run.lines) < own.left - size / 2
        return _Column(usual.left, usual.right) if outside else own
    return _Column(min(own.left, usual.left + by), own.right)


def _shows_edge(lines: Sequence[PrintedLine], right: float, text: str) -> bool:
    """Whether several lines of a page are broken at its right edge, and none ends further out.

    A line that ends with its sentence may end anywhere: three items of one length do not show an edge.
    """
    beyond = [(line.x1 - right) / line.size for line in lines]
    broken = sum(gap > -1.1 and text[line.end - 1] not in "。；：" for gap, line in zip(beyond, lines, strict=True))
    return max(beyond) < 2.2 and broken >= _LINES_TO_TELL


_LINES_TO_TELL = 3
"""Lines that end at one edge, at least, for it to be one."""
_SLACK = 4
"""Room in characters that a line may leave and still have been broken for want of it."""


def _shared(edges: list[float], size: float, step: int) -> float:
    """The outermost edge that a tenth of the lines, and two at least, keep to within half a character."""
    inward = sorted(step * edge for edge in edges)
    needed = min(len(inward), max(2, len(inward) // 10))
    for at, edge in enumerate(inward):
        if bisect_right(inward, edge + size / 2) - at >= needed:
            return step * edge
    return step * inward[0]


def _half(value: float) -> float:
    return round(2 * value) / 2

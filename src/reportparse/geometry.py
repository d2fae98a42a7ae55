"""What the places of printed lines say: which repeat on every page, which begin a paragraph, which are titles.

A document keeps its margins, its indents and its body type throughout, so a line is judged against those of its own
column. A first-line indent, where the document has one, says where a paragraph begins; a ragged right edge says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from reportparse.document import Document, PrintedLine, PrintedTable

__all__ = ["Shapes", "running_lines", "whole_tables"]

_EDGE_LINES = 3
"""Lines from the top and from the bottom of a page among which heads, feet and page numbers stand."""
_SAME_HEIGHT = 4.0
"""Points: a running line stands at the same height on every page."""
_PAGES = 3
"""Pages that a line comes again on, at least, to be a running one."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–─━~·•=|‐－ ]*(?:第 ?)?(\d{1,4}|[ivxlcⅰ-ⅻ]{1,6})(?: ?页)?[-—–─━~·•=|‐－ ]*", re.IGNORECASE
)
_OF_PAGES = re.compile(r"(?:第 ?\d{1,4} ?页|[Pp]age ?\d{1,4}|\d{1,4})[ ,，、/／]*(?:(?:共|of) ?\d{1,4} ?页?|\d{1,4})")
_UNBROKEN = re.compile(r"[\d.,A-Za-z%-]{2,}")
_UNIT = re.compile(r"单 ?位 ?[：:]")
_ENDS_A_SENTENCE = "。；！？"
_NOTE = re.compile(r"[①-⑳⑴-⒇*＊※]|[\[〔［]\d{1,2}[\]〕］]|\d{1,2}(?![\d.、年月,])|注\d*[：:]")
_NOTE_SIZE = 0.88
"""Of the body's: the type of a footnote is no larger."""


# -- what is printed on every page ------------------------------------------------------------------------------------------


def running_lines(document: Document) -> set[int]:
    """The starts of the lines that are heads, feet and page numbers: they repeat, or count on, from page to page."""
    geometry = document.geometry
    if geometry is None:
        return set()
    pages: list[list[PrintedLine]] = [[] for _ in geometry.pages]
    for line in geometry.lines:
        pages[line.page - 1].append(line)
    tables = _table_tops(document)
    found: set[int] = set()
    # What stands behind a running line is seen only when that is gone: a head of two lines, a number under a foot.
    for _ in range(_EDGE_LINES):
        more: set[int] = set()
        for at_top in (True, False):
            outer = _outermost(pages, found, at_top)
            more |= _page_numbers(outer, document)
            more |= _repeated(outer, document, tables)
        if not more:
            break
        found |= more
    return found


def _table_tops(document: Document) -> dict[int, list[float]]:
    tops: dict[int, list[float]] = {}
    for table in document.tables:
        boxes = [(cell.page, cell.box[1]) for cell in table.cells if cell.box is not None]
        if boxes:
            tops.setdefault(boxes[0][0], []).append(min(top for _, top in boxes))
    return tops


def _outermost(pages: list[list[PrintedLine]], found: set[int], at_top: bool) -> list[PrintedLine]:
    """The uppermost or the lowest line of each page that is left, and what stands beside it."""
    outer: list[PrintedLine] = []
    for lines in pages:
        left = [line for line in lines if line.start not in found]
        if not left:
            continue
        edge = min(left, key=lambda line: line.top) if at_top else max(left, key=lambda line: line.bottom)
        outer.extend(line for line in left if line.top < edge.bottom and line.bottom > edge.top)
    return outer


def _page_numbers(outer: Sequence[PrintedLine], document: Document) -> set[int]:
    """Numbers that count with the pages. A marked one (- 3 -, 第3页) needs no company."""
    text = document.text
    found: set[int] = set()
    counting: dict[int, list[PrintedLine]] = {}
    for line in outer:
        printed = text[line.start : line.end]
        if _OF_PAGES.fullmatch(printed):
            found.add(line.start)
            continue
        match = _PAGE_NUMBER.fullmatch(printed)
        if match is None:
            continue
        value = match.group(1)
        if match.group().strip() != value and value.isdecimal():
            found.add(line.start)
        elif value.isdecimal():
            counting.setdefault(int(value) - line.page, []).append(line)
        else:
            counting.setdefault(-10_000, []).append(line)
    for lines in counting.values():
        if len(lines) >= 2 or (len(document.page_starts) == 1 and _stands_alone(lines[0], document)):
            found.update(line.start for line in lines)
    return found


def _stands_alone(line: PrintedLine, document: Document) -> bool:
    """Whether a lone bare 1 is set in the margin of its page, away from the text."""
    geometry = document.geometry
    assert geometry is not None
    others = [other for other in geometry.lines if other.page == line.page and other is not line]
    return (
        document.text[line.start : line.end] == str(line.page)
        and bool(others)
        and line.top - max(other.bottom for other in others) > 2 * line.size
    )


def _repeated(outer: Sequence[PrintedLine], document: Document, tables: dict[int, list[float]]) -> set[int]:
    """Lines of one wording, but for the page number in it, at one height of page after page.

    The last words of a paragraph can stand alike at the head of several pages, but not of all in a row. A title that
    is printed again over each part of a long table stands right above it and is none of these.
    """
    same: dict[str, list[PrintedLine]] = {}
    for line in outer:
        printed = document.text[line.start : line.end].replace(" ", "")
        wording = _DIGITS.sub(partial(_counted, page=line.page), printed)
        same.setdefault(wording, []).append(line)
    found: set[int] = set()
    for wording, lines in same.items():
        if len(lines) < 2 or _UNIT.search(wording) or wording[-1] in _ENDS_A_SENTENCE:
            continue
        heights = Counter(round(line.top / _SAME_HEIGHT) for line in lines)
        common = max(heights, key=lambda h: heights[h - 1] + heights[h] + heights[h + 1])
        level = [line for line in lines if abs(line.top / _SAME_HEIGHT - common) <= 1.5]
        pages = sorted({line.page for line in level})
        step = 2 if all((page - pages[0]) % 2 == 0 for page in pages) and len(pages) > 1 else 1
        in_reach = (pages[-1] - pages[0]) // step + 1
        over_table = sum(
            any(0 <= top - line.bottom < 4 * line.size for top in tables.get(line.page, ())) for line in level
        )
        if (
            (len(pages) >= _PAGES or (len(pages) == 2 == len(document.page_starts) and _is_in_margin(level, document)))
            and len(pages) >= 0.8 * in_reach
            and 2 * over_table < len(level)
        ):
            found.update(line.start for line in level)
    return found


def _is_in_margin(level: Sequence[PrintedLine], document: Document) -> bool:
    """Whether lines stand further from the text of their pages than the lines of that do from each other."""
    assert document.geometry is not None
    for line in level:
        gaps = [
            max(other.top - line.bottom, line.top - other.bottom) / other.size
            for other in document.geometry.lines
            if other.page == line.page and other is not line
        ]
        if gaps and min(gaps) < 1.0:
            return False
    return True


def _counted(number: re.Match[str], page: int) -> str:
    """A number in a running line: how far it is from the number of the page, if it can be that."""
    value = int(number.group()) if len(number.group()) <= 4 else 0
    return f"#{value - page}" if 0 < value < 2 * page + 200 and abs(value - page) < 100 else number.group()


# -- tables over several pages ----------------------------------------------------------------------------------------------


def whole_tables(document: Document, running: Set[int]) -> list[int]:
    """For every table of the document the number of the whole table that it is a part of, from 0.

    A table goes on at the top of the next page with the same columns, if nothing stands under its first part, and over
    the next one nothing but its title again.
    """
    numbers: list[int] = []
    body: dict[int, list[PrintedLine]] = {}
    for line in document.geometry.lines if document.geometry is not None else ():
        if line.start not in running:
            body.setdefault(line.page, []).append(line)
    before: PrintedTable | None = None
    for table in document.tables:
        goes_on = (
            before is not None
            and table.cells[0].page == before.cells[-1].page + 1
            and _same_columns(_columns_of(before), _columns_of(table))
            and not any(line.start >= before.end for line in body.get(before.cells[-1].page, ()))
            and _over(table, document, body) in ([], _over(before, document, body))
        )
        numbers.append((numbers[-1] if numbers else -1) + (not goes_on))
        before = table
    return numbers


def _columns_of(table: PrintedTable) -> list[float]:
    """The left and right edges of its cells."""
    return sorted({at for cell in table.cells if cell.box is not None for at in (cell.box[0], cell.box[2])})


def _same_columns(edges: list[float], others: list[float]) -> bool:
    """Whether two parts can be of one table: the same width, and the edges of one are among those of the other.

    A part without the heading, or with cells that span columns, has not all of them.
    """
    few, many = sorted((edges, others), key=len)
    return (
        len(few) >= 2
        and abs(few[0] - many[0]) <= _SAME_HEIGHT
        and abs(few[-1] - many[-1]) <= _SAME_HEIGHT
        and all(any(abs(edge - other) <= _SAME_HEIGHT for other in many) for edge in few)
    )


def _over(table: PrintedTable, document: Document, body: dict[int, list[PrintedLine]]) -> list[str]:
    """What is printed over a table on its page, up to another table."""
    page = table.cells[0].page
    floor = max((t.end for t in document.tables if t.end <= table.start), default=0)
    return [document.text[line.start : line.end] for line in body.get(page, ()) if floor <= line.start < table.start]


# -- paragraphs --------------------------------------------------------------------------------------------------------


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
        self._columns = self._find_columns(body)
        pages = [0, *(line.page for line in body)]
        self._heads = {line.start for before, line in zip(pages, body, strict=False) if line.page != before}
        fonts: Counter[str] = Counter()
        sizes: Counter[float] = Counter()
        for line in body:
            fonts[line.font] += line.end - line.start
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
        return (line.x0 - self._columns[line.start].left) / line.size

    def room(self, line: PrintedLine) -> float:
        """How much room it leaves to the right, in its own characters."""
        return (self._columns[line.start].right - line.x1) / line.size

    def is_full(self, line: PrintedLine, after: str = "") -> bool:
        """Whether it was broken for want of room: what ``after`` begins with would not have fitted.

        A number is not broken, and a mark that must not begin a line takes the character before it along.
        """
        number = _UNBROKEN.match(after)
        return self.room(line) < max(2.0, 1.5 + 0.55 * len(number.group()) if number is not None else 0.0)

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether it stands in the middle, with room on both sides."""
        indent, room = self.indent(line), self.room(line)
        return indent > 2.6 and room > 2.6 and abs(indent - room) < max(1.0, 0.12 * (indent + room))

    def is_at_right(self, line: PrintedLine) -> bool:
        """Whether it stands at the right edge alone: a signature, a date, 单位：万元."""
        return self.indent(line) > 8 and self.room(line) < 4.5 and not self.is_centred(line)

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
        """Whether both are set in one type. Fonts of one size differ a little in height."""
        return 0.8 < after.size / line.size < 1.25

    def is_apart(self, line: PrintedLine, after: PrintedLine) -> bool:
        """Whether more than the usual space stands between two lines of a page."""
        return (
            line.page == after.page
            and after.top >= line.bottom - line.size
            and after.top - line.top > 1.45 * max(self._pitch, line.size)
        )

    # -- the document ---------------------------------------------------------------------------------------------------

    def _find_columns(self, body: Sequence[PrintedLine]) -> dict[int, _Column]:
        """The column of every line: runs of lines down a page, measured by the lines that fill them."""
        runs: list[list[PrintedLine]] = []
        for line in body:
            if runs and runs[-1][-1].page == line.page and line.top >= runs[-1][-1].top - line.size:
                runs[-1].append(line)
            else:
                runs.append([line])
        split = {id(run) for run in runs if self._is_beside(run, runs)}
        whole = [line for run in runs if id(run) not in split for line in run]
        usual: dict[tuple[int, int], _Column] = {}
        for size in {self._size_of(line) for line in whole}:
            lines = [line for line in whole if self._size_of(line) == size]
            # Pages bound on their other side have their own margins.
            sides = [[line for line in lines if line.page % 2 == side] for side in (0, 1)]
            if min(len(side) for side in sides) < _LINES_TO_TELL:
                sides = [lines, lines]
            for side in (0, 1):
                usual[size, side] = _edges(sides[side])
        columns: dict[int, _Column] = {}
        for run in runs:
            first = run[0]
            column = _edges(run) if id(run) in split else usual[self._size_of(first), first.page % 2]
            for line in run:
                columns[line.start] = column
        return columns

    def _size_of(self, line: PrintedLine) -> int:
        """The width of its page: upright and landscape pages have margins of their own."""
        return round(self._widths[line.page - 1])

    def _is_beside(self, run: list[PrintedLine], runs: list[list[PrintedLine]]) -> bool:
        """Whether another run stands on the same page at the same height: columns of one page."""
        return any(
            other is not run
            and other[0].page == run[0].page
            and other[0].top < run[-1].bottom
            and run[0].top < other[-1].bottom
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


def _edges(lines: Sequence[PrintedLine]) -> _Column:
    """The edges that lines keep to: the outermost that several of them share."""
    size = lines[0].size
    return _Column(_shared([line.x0 for line in lines], size, 1), _shared([line.x1 for line in lines], size, -1))


_LINES_TO_TELL = 20
"""Lines on left and on right pages, at least, to look at them apart."""


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

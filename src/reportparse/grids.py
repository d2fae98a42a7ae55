"""Which row and column every cell of a table stands in, whatever the table is made of.

A source that marks its tables says so itself; in plain text the cells of a row are parted by bars, tabs or several
spaces, or are elements of HTML. Of a table of which only the cells are left, one a line, nothing is known here but
their order. Nothing here knows what a cell means.

Over 400 lines because each way that a source parts its cells is read here, and all come out as the same pieces.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import inf
from typing import NamedTuple

from reportparse.barred import barred_rows, emptied_cells
from reportparse.document import PrintedTable
from reportparse.filled import filled_cells
from reportparse.lines import BESIDE_AMOUNT, FRAME, PAGE, SOFT, WORD_OF_ROW, Line, form_lines, rows_of_codes
from reportparse.padded import padded_cells
from reportparse.patterns import seldom
from reportparse.spaced import (
    columns_of,
    is_over,
    off_middle,
    over_columns,
    over_middle,
    placed_in_order,
    refined,
    with_headings,
)
from reportparse.wordrows import word_rows

__all__ = ["SPREAD_WORDS", "Grid", "GridCell", "Piece", "Place", "cell_lines", "gather", "places_of"]

SPREAD_WORDS = frozenset({"收入", "支出", "项目", "合计", "总计", "小计", "科目", "备注", "金额", "单位", "名称"})
"""Headings that are set with a space between their two characters."""


class Place(NamedTuple):
    """Row and column of a cell, from 0, and how many of each it spans."""

    row: int
    column: int
    rows: int
    columns: int


class GridCell(NamedTuple):
    """A cell that is not empty, at its place in the grid and in the normalised text; ``rest`` is where it goes on after a
    page break."""

    place: Place
    start: int
    end: int
    rest: tuple[tuple[int, int], ...] = ()


class Grid(NamedTuple):
    """A table: its number, its cells row by row, and whether only their order is known (``listed``: one cell a row), and with
    it which of them are empty (``closed``)."""

    table: int
    cells: tuple[GridCell, ...]
    listed: bool
    closed: bool = False


# -- tables that the source marks ------------------------------------------------------------------------------------------

_ONE_EDGE = 2.0
"""Points: edges of cells no further apart are one edge of the table."""


def places_of(tables: Sequence[PrintedTable], numbers: Sequence[int], text: str) -> list[list[Place]]:
    """The place of every cell of every printed table in the whole table that it is a part of.

    ``numbers`` says which whole table each is. Rows are counted on from part to part; columns are those of all parts
    together, since a part does not show the edges that none of its rows needs. What goes on in the first row of a page of
    the cells in the last row of the page before has the place of those.
    """
    found: list[list[Place]] = [[] for _ in tables]
    parts: dict[int, list[int]] = {}
    for index, number in enumerate(numbers):
        parts.setdefault(number, []).append(index)
    for group in parts.values():
        edges = _edges([tables[index] for index in group]) if len(group) > 1 else []
        above = 0
        before: dict[int, Place] = {}
        for index in group:
            placed = found[index]
            for row, column, rows, columns, _, _, _, box in tables[index].cells:
                if edges and box is not None:
                    column = _edge_at(edges, box[0])
                    columns = max(1, _edge_at(edges, box[2]) - column)
                placed.append(Place(above + row, column, rows, columns))
            if len(group) == 1:
                break
            filled = [
                (place, words)
                for place, cell in zip(found[index], tables[index].cells, strict=True)
                if (words := text[cell.start : cell.end]) and not words.isspace()
            ]
            if before and _goes_on([(place, words) for place, words in filled if place.row == above], before):
                found[index] = [before.get(p.column, p) if p.row == above else p for p in found[index]]
            above = max((place.row + place.rows for place in found[index]), default=above)
            last = max((place.row for place, _ in filled), default=-1)
            before = {place.column: place for place, _ in filled if place.row == last}
    return found


def _goes_on(row: Sequence[tuple[Place, str]], before: Mapping[int, Place]) -> bool:
    """Whether the first row of a page is the rest of cells in the last row of the page before: words under some of them."""
    return (
        0 < len(row) < len(before)
        and all(place.column in before and place.column > 0 for place, _ in row)
        and not any(char.isdigit() for _, words in row for char in words)
    )


def _edges(tables: Sequence[PrintedTable]) -> list[float]:
    """The edges of columns, each by the rightmost side of those that are one edge."""
    sides = sorted(side for table in tables for cell in table.cells if cell.box for side in (cell.box[0], cell.box[2]))
    return [side for side, after in pairwise([*sides, inf]) if after - side > _ONE_EDGE]


def _edge_at(edges: Sequence[float], side: float) -> int:
    return min(bisect_left(edges, side), len(edges) - 1)


# -- tables of plain text --------------------------------------------------------------------------------------------------

_TAG_ROW = seldom(r"<tr\b[^>]*>", re.IGNORECASE)
_TAG_CELL = seldom(
    r"<t[dh]\b(?P<attributes>[^>]*)>(?P<inner>.*?)(?=</t[dh]|<t[dhr]\b|</tr|</table|$)", re.IGNORECASE | re.DOTALL
)
_SPAN = seldom(r"(row|col)span *= *[\"']?(\d{1,3})", re.IGNORECASE)
_TAG = seldom(r"<[^<>]*>|&nbsp;")
_RULE = seldom(r" *[:：]?-{2,}[:：]? *")
_APART = seldom(
    r"(?<![ \t])(?:(?<!(?<![\u4e00-\u9fff])[收支合总小项科金备])(?: {2,}|\t)[ \t]*+"
    r"|(?<=[收支合总小项科金备])(?: {2,}|\t)[ \t]*+(?![入出计目额注](?![\u4e00-\u9fff]))|(?<=分）) (?=[\u4e00-\u9fff])"
    r"|(?<!\d{4})(?<=\d{3}) (?=\d{2}(?: {2,}|\t)\d{2}[ \t]))"
)
"""Spaces between cells, and not those in 收      入; behind what a level is worth one is enough: 效益（20分） 社会效益;
and between 类 and 款 of a code: 208 05."""
_FIGURE = seldom(r"[-－+]?\d[\d,]*(?:\.\d+)?%?|[-—–]{1,2}")


_BETWEEN = 3
"""How much further apart two headings under one are than that is wide, at most."""


_DRAWN = seldom("[-_—─━]{4,}")
"""A rule between a heading and those under it."""


_HOW_MUCH = seldom(
    r"[-－+≥≤><]*\d[\d,]*(?:\.\d+)?(?:%|[^\d.、．\s]{0,4})|[-—–]{1,2}|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底末初])?[之以]?[前内]?"
)
"""A figure with its unit or without, and ≥ before it; or by when."""


class Piece(NamedTuple):
    """A cell, or a part of one, at its place in the source and in its table."""

    start: int
    end: int
    place: Place


def cell_lines(
    lines: Sequence[Line], tables: Mapping[int, tuple[int, str]], known: Mapping[int, Sequence[Piece]], folded: str
) -> tuple[list[Line], dict[int, int], dict[int, Place]]:
    """The lines with every cell of a table in a line of its own.

    ``tables`` tells for the lines of tables which table and how its cells are parted; the cells of tables in ``known`` are
    already. Returned are the lines, the table of those that are cells, and their places.
    """
    made: list[Line] = []
    owners: dict[int, int] = {}
    places: dict[int, Place] = {}
    for (table, kind), group in groupby(range(len(lines)), key=lambda index: tables.get(index, (-1, ""))):
        rows = [lines[index] for index in group]
        if not kind:
            made += filter(None, map(_unbarred, rows))
            continue
        for start, end, place in known[table] if table in known else _PARTED[kind](rows, folded):
            owners[len(made)] = table
            places[len(made)] = place
            made.append(Line(start, end, folded[start:end], SOFT, 0, None))
    return made, owners, places


def _unbarred(line: Line) -> Line | None:
    """A line without the bars that fill it up; nothing where it has only these."""
    if line.text[-1] != "|":
        return line
    text = line.text.rstrip("| ")
    return line._replace(end=line.start + len(text), text=text) if text and "|" not in text else line if text else None


_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")


def _blank_lines(between: str) -> int:
    """Lines with nothing on them between two cells; what stood on others was no text of the document."""
    return sum(not line.strip() for line in _LINE_END.split(between)[1:-1])


def _listed(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """A row for every cell, and for every blank line more than stand between all cells: it may be an empty one."""
    gaps = [
        1 + _blank_lines(folded[line.end : after.start]) if after.gap != PAGE else 0 for line, after in pairwise(rows)
    ]
    within = [gap for gap in gaps if gap]  # and not over a page's foot
    usual = min(within, default=1)
    most = max(set(within), key=within.count, default=usual)
    if sum(gap < most for gap in within) <= _WITHIN_CELLS * len(within):
        usual = most  # the few that are closer are lines of one cell
    row = 0
    for line, gap in zip(rows, [0, *gaps], strict=True):
        row += (gap // usual if gap else 1) if line is not rows[0] else 0
        yield Piece(line.start, line.end, Place(row, 0, 1, 1))


_WITHIN_CELLS = 0.15
"""Of the distances between lines: those within cells of two lines, where the others are wider, at most."""


def _barred(rows: Sequence[Line], _: str) -> Iterator[Piece]:
    """Cells of one line or more, with bars on lines of their own between."""
    for row, cells in enumerate(barred_rows([line.text for line in rows])):
        for column, inside in enumerate(cells):
            yield from (Piece(rows[at].start, rows[at].end, Place(row, column, 1, 1)) for at in inside)


def _closed(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """A row for every cell, the empty ones too; what stands in lines without a bar goes on in the next that has one."""
    row = 0
    for line in rows:
        end = line.end - line.text.endswith("|")
        text = folded[line.start : end].rstrip()
        if text:
            yield Piece(line.start, line.start + len(text), Place(row, 0, 1, 1))
        row += line.text.endswith("|")


def _emptied(rows: Sequence[Line], _: str) -> Iterator[Piece]:
    """A row for every cell that is not empty: in which columns those of a row stood is not printed."""
    words = [(line.start + start, line.start + end) for line in rows for start, end in emptied_cells(line.text)]
    for row, (start, end) in enumerate(words):
        yield Piece(start, end, Place(row, 0, 1, 1))


def _worded(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """A row for every word."""
    words = [match.span() for line in rows for match in WORD_OF_ROW.finditer(folded, line.start, line.end)]
    for row, (start, end) in enumerate(words):
        yield Piece(start, end, Place(row, 0, 1, 1))


def _rowed(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """A row for every line: a code, a name and figures; one heading can stand over codes and names, and a sum has no code."""
    for row, (line, names) in enumerate(zip(rows, rows_of_codes([line.text for line in rows]), strict=True)):
        for k, match in enumerate(_UNBROKEN.finditer(folded, line.start, line.end)):
            column = k if k < names == _CODED else k + _CODED - names
            over_both = names == 1 and not row and not k
            yield Piece(*match.span(), Place(row, 0, 1, _CODED) if over_both else Place(row, column, 1, 1))


_CODED = 2
"""Columns of a code and its name."""
_UNBROKEN = re.compile("[^ \t]+")


def _named(rows: Sequence[Line], _: str) -> Iterator[Piece]:
    """A row for every line: a name and figures, under headings of one line or two."""
    for line, start, end, *place in word_rows([line.text for line in rows]):
        yield Piece(rows[line].start + start, rows[line].start + end, Place(*place))


def _filled(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """A statutory form: every word in the row and column that the form itself tells."""
    for line, start, end, *place in filled_cells(form_lines(rows, folded)):
        first = rows[line].start
        yield Piece(first + start, first + end, Place(*place))


def _padded(rows: Sequence[Line], _: str) -> Iterator[Piece]:
    """Rows that bars fill up."""
    for line, start, end, *place in padded_cells([line.text for line in rows]):
        yield Piece(rows[line].start + start, rows[line].start + end, Place(*place))


def _piped(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """Rows of cells with bars between. Where most rows begin or end with one, it is the edge of the table and parts nothing."""
    rows = [line for line in rows if not FRAME.fullmatch(line.text)]
    opened, closed = _is_edge(rows, 0), _is_edge(rows, -1)
    row = 0
    headed = 0
    for first, last in _of_several_lines(rows):
        start = first.start + (opened and first.text[0] == "|")
        end = last.end - (closed and last.text[-1] == "|")
        cells = folded[start:end].split("|")
        if all(_RULE.fullmatch(cell) for cell in cells):
            continue
        found = list(_in_row(cells, start, row))
        if not any(char.isdigit() for cell in cells for char in cell):
            headed = max(headed, len(cells))
        if headed and found and (len(cells) if closed else found[-1].place.column + 1) > headed:
            # More cells than headings: under which of them each stands is not known.
            found = [piece._replace(place=Place(row, 0, 1, headed)) for piece in found]
        yield from found
        row += 1


def _of_several_lines(rows: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """The first and the last line of each row. Where every row is closed by a bar and filled up with empty cells to the same
    number of bars, lines that have as many together are one row, broken in a cell; anywhere else a line is a row.
    """
    bars = [line.text.count("|") for line in rows]
    most = max(bars)
    found: list[tuple[Line, Line]] = []
    at = 0
    while at < len(rows):
        end, count = at + 1, bars[at]
        while count < most and end < len(rows):
            count += bars[end]
            end += 1
        if count != most or not rows[end - 1].text.endswith("|"):
            return ((line, line) for line in rows)
        found.append((rows[at], rows[end - 1]))
        at = end
    return iter(found)


def _is_edge(rows: Sequence[Line], end: int) -> bool:
    """Whether the bar at one end of rows is the table's edge: most have one, and those that have none have fewer bars; where
    they have as many, the others begin or end with an empty cell.
    """
    with_bar = [line.text.count("|") for line in rows if line.text[end] == "|"]
    without = [line.text.count("|") for line in rows if line.text[end] != "|"]
    return 2 * len(with_bar) > len(rows) and (not without or _middle(with_bar) > _middle(without))


def _middle(counts: list[int]) -> int:
    return sorted(counts)[(len(counts) - 1) // 2]


def _tabbed(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    for row, line in enumerate(rows):
        first = line.start - line.indent  # of a row whose first cells are empty only their tabs are left
        yield from _in_row(folded[first : line.end].split("\t"), first, row)


def _in_row(cells: Sequence[str], start: int, row: int) -> Iterator[Piece]:
    """The cells of a row that one character parts; one that a line ends in is of as many pieces as lines."""
    for column, cell in enumerate(cells):
        for part in cell.splitlines(keepends=True):
            stripped = part.strip()
            if stripped:
                at = start + part.index(stripped)
                yield Piece(at, at + len(stripped), Place(row, column, 1, 1))
            start += len(part)
        start += 1


_Cut = list[list[tuple[int, int, int, int]]]
"""Of every cell of every row its place in the text, and where it begins and ends on its line."""


def _cut(rows: Sequence[Line], folded: str, wide: int, dash: int) -> _Cut:
    """The cells of rows, where a Chinese character is as ``wide`` as so many others, and a dash and the like as ``dash``."""
    cut: _Cut = []
    for line in rows:
        before = line.start - line.indent
        text = folded[line.start : line.end]
        cells: list[tuple[int, int, int, int]] = []
        position = 0
        left = _width(folded[before : line.start], wide, dash)
        gaps = [match.span() for match in _APART.finditer(text)]
        gaps += [match.span(match.lastgroup or 0) for match in BESIDE_AMOUNT.finditer(text)]
        for end, after in [*sorted(gaps), (len(text), len(text))]:
            right = left + _width(text[position:end], wide, dash)
            if not _DRAWN.fullmatch(text, position, end):
                cells.append((line.start + position, line.start + end, left, right))
            left = right + _width(text[end:after], wide, dash)
            position = after
        cut.append(cells)
    return cut


def _raggedness(cut: _Cut) -> int:
    """How far the rows with most cells are from beginning or ending at one place in every column."""
    most = max(map(len, cut))
    full = [cells for cells in cut if len(cells) == most]
    return sum(
        min(
            max(cells[k][2] for cells in full) - min(cells[k][2] for cells in full),
            max(cells[k][3] for cells in full) - min(cells[k][3] for cells in full),
        )
        for k in range(most)
    )


def _spaced(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """Rows set with spaces: a row of as many cells as the longest has all of them, of another each stands under a column
    where it is printed; if that does not tell them apart, nothing is known of the row but its order.
    """
    cut = min((_cut(rows, folded, wide, dash) for wide, dash in _WIDTHS), key=_raggedness)
    extents = [[(left, right) for _, _, left, right in cells] for cells in cut]
    kinds: list[list[bool | None]] = [
        [_HOW_MUCH.fullmatch(folded, start, end) is not None for start, end, _, _ in cells] for cells in cut
    ]
    figures = [any(_FIGURE.fullmatch(folded, start, end) for start, end, _, _ in cells) for cells in cut]
    first = figures.index(True) if True in figures else 0
    most = max(map(len, cut))
    columns = columns_of(extents, first)
    if first:
        # The last words over a column are its heading; what stands higher is over several or is the first half of one.
        leaves = [
            cell
            for row, cells in enumerate(extents[:first])
            for cell in cells
            if not is_over(cell, extents[row + 1 : first], _BETWEEN)
        ]
        columns = with_headings(columns, leaves, extents[first:])
        columns = refined(columns, extents[first:], kinds[first:])
    if len(columns) < most or not first or all(len(cells) == most for cells in cut):
        full = [cells for cells in extents if len(cells) == most]
        columns = [(min(cells[k][0] for cells in full), max(cells[k][1] for cells in full)) for k in range(most)]
    at = [
        [(k, 1) for k in range(most)]
        if len(cells) == len(columns)
        else [(_nearest(columns, *cell), 1) for cell in cells]
        for cells in extents
    ]
    at = placed_in_order(extents, [*([None] * len(cells) for cells in cut[:first]), *kinds[first:]], at, len(columns))
    heads = [[folded[start:end] for start, end, _, _ in cells] for cells in cut[:first]]
    if not all(at[:first]):
        at[:first] = [
            placed or [(_nearest(columns, *cell), 1) for cell in cells]
            for placed, cells in zip(at[:first], extents[:first], strict=True)
        ]
    for row in range(first - 2, -1, -1):  # headings over headings
        below = [[column for left, n in placed for column in range(left, left + n)] for placed in at[row + 1 : first]]
        # Over a full row stands the first half of one heading, or what tells those apart that come twice.
        if len(below[0]) < len(columns) or len(set(heads[row + 1])) < len(heads[row + 1]):
            if len(extents[row]) < len(columns):
                headed = sorted({column for placed in below for column in placed})
                # A row of headings in the middle of others' height is in two lines: what stands over both is over either.
                ways = [
                    way for over in (below, [headed]) if (way := over_columns(extents[row], over, columns)) is not None
                ]
                at[row] = min(ways, key=lambda way: off_middle(extents[row], way, columns), default=at[row])
                if len(cut[row]) == 1 and (middle := over_middle(extents[row][0], headed, columns)) is not None:
                    at[row] = [middle]
    whole = _wholes(heads, at)
    row = 0
    rest = _rests(cut, kinds, at, first, folded)
    for number, (cells, placed) in enumerate(zip(cut, at, strict=True)):
        if number in rest:
            start, end, _, _ = cells[0]
            yield Piece(start, end, Place(row - 1, placed[0][0], 1, 1))
            continue
        if placed and all(left + n <= after for (left, n), (after, _) in pairwise(placed)):
            for (start, end, _, _), (column, n) in zip(cells, placed, strict=True):
                yield Piece(start, end, whole.get((row, column)) or Place(row, column, 1, n))
            row += 1
            continue
        for start, end, _, _ in cells:
            yield Piece(start, end, Place(row, 0, 1, len(columns)))
            row += 1


def _rests(
    cut: _Cut,
    kinds: Sequence[Sequence[bool | None]],
    at: Sequence[Sequence[tuple[int, int]]],
    first: int,
    folded: str,
) -> set[int]:
    """The rows that hold the rest of the name in the row before, which fills its column, and nothing else."""
    names: dict[int, int] = {}
    for cells, said, placed in zip(cut[first:], kinds[first:], at[first:], strict=True):
        for (start, end, _, _), how_much, (column, n) in zip(cells, said, placed, strict=False):
            if not how_much and n == 1:
                names[column] = max(names.get(column, 0), end - start)
    found: set[int] = set()
    full: tuple[int, int, int] | None = None
    for row in range(first, len(cut)):
        cells, placed = cut[row], at[row]
        if len(cells) == 1 and len(placed) == 1 and full is not None and not kinds[row][0]:
            start, end, left, right = cells[0]
            inside = full[1] - 1 <= left and (abs(left - full[1]) <= 1 or right <= full[2] + 1)
            if placed[0] == (full[0], 1) and inside and _GOES_ON.match(folded, start, end):
                found.add(row)
                if end - start < names[full[0]] - 1:
                    full = None
                continue
        full = None
        if len(cells) > 1:
            for (start, end, left, right), how_much, (column, n) in zip(cells, kinds[row], placed, strict=False):
                if not how_much and n == 1 and _LEAST_CUT <= end - start >= names[column] - 1:
                    full = (column, left, right)
    return found


_LEAST_CUT = 5
_GOES_ON = seldom("(?!其中|合计|总计|小计|备?注[：:]|[一二三四五六七八九十]{1,3}、)[一-龥（）(]")
"""What the second line of a name can begin with."""
_CUT_AT_ITS_END = seldom(r".*[经拨预决收支购运]")
_REST_OF_HEADING = seldom(r"（境）费?.{0,4}|[费款额率金算入出余转数）].{0,6}")


def _wholes(heads: Sequence[Sequence[str]], at: Sequence[Sequence[tuple[int, int]]]) -> dict[tuple[int, int], Place]:
    """The places of headings that go on in the next row that has one in their column: 机关运行经 over 费预算数."""
    found: dict[tuple[int, int], Place] = {}
    upper: dict[int, tuple[int, str]] = {}
    for row, words in enumerate(heads):
        for text, (column, n) in zip(words, at[row], strict=True):
            over = upper.pop(column, None)
            if n > 1:
                continue
            if over is not None and (_CUT_AT_ITS_END.fullmatch(over[1]) or _REST_OF_HEADING.fullmatch(text)):
                found[over[0], column] = found[row, column] = Place(over[0], column, row - over[0] + 1, 1)
            upper[column] = (row, text)
    return found


_WIDTHS = ((2, 1), (2, 2), (1, 1))
"""Of a Chinese character and of a mark that is set as wide as one in some fonts and not in others."""
_EITHER = frozenset("—―…")


def _width(text: str, wide: int, dash: int) -> int:
    """How wide a text is set, where a Chinese character is as ``wide`` as so many others, and a dash and the like as ``dash``."""
    return sum(wide if char > "\u2e7f" else dash if char in _EITHER else 1 for char in text)


def _nearest(columns: Sequence[tuple[float, float]], left: float, right: float) -> int:
    """The column that words stand under, or are nearest to."""
    return min(
        range(len(columns)),
        key=lambda k: (
            (min(0, max(left - columns[k][1], columns[k][0] - right)) and -1)
            or max(left - columns[k][1], columns[k][0] - right),
            abs(columns[k][0] + columns[k][1] - left - right),
        ),
    )


def _tagged(rows: Sequence[Line], folded: str) -> Iterator[Piece]:
    """Elements of HTML. What stands outside every cell is a row of its own: no text is lost."""
    first, last = rows[0].start, rows[-1].end
    text = folded[first:last]
    until: dict[int, int] = {}
    """Column → the row under the cell that reaches furthest down in it."""
    row = -1
    column = 0
    starts = deque(match.start() for match in _TAG_ROW.finditer(text))
    position = 0
    for cell in _TAG_CELL.finditer(text):
        while starts and starts[0] <= cell.start():
            starts.popleft()
            row, column = row + 1, 0
        row = max(row, 0)  # cells before the first row are a row
        yield from _outside(text, position, cell.start(), first, row)
        position = cell.end()
        spans = dict.fromkeys(("row", "col"), 1) | {
            name.lower(): max(1, int(count)) for name, count in _SPAN.findall(cell["attributes"])
        }
        while until.get(column, 0) > row:
            column += 1
        place = Place(row, column, spans["row"], spans["col"])
        until |= dict.fromkeys(range(column, column + spans["col"]), row + spans["row"])
        column += spans["col"]
        yield from _words_in(text, cell.start("inner"), cell.end("inner"), first, place)
    yield from _outside(text, position, len(text), first, row + 1)


def _outside(text: str, start: int, end: int, first: int, row: int) -> Iterator[Piece]:
    yield from _words_in(text, start, end, first, Place(max(0, row), 0, 1, 1_000))


def _words_in(text: str, start: int, end: int, first: int, place: Place) -> Iterator[Piece]:
    """The words between tags, each run of them a piece."""
    for a, b in _between_tags(text, start, end):
        words = text[a:b]
        stripped = words.strip()
        if stripped:
            at = first + a + words.index(stripped)
            yield Piece(at, at + len(stripped), place)


def _between_tags(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for tag in _TAG.finditer(text, start, end):
        yield start, tag.start()
        start = tag.end()
    yield start, end


_PARTED = {
    "cell": _listed,
    "barred": _barred,
    "closed": _closed,
    "emptied": _emptied,
    "form": _worded,
    "worded": _worded,
    "rowed": _rowed,
    "filled": _filled,
    "named": _named,
    "padded": _padded,
    "pipe": _piped,
    "tab": _tabbed,
    "spaced": _spaced,
    "html": _tagged,
}


def gather(
    cells: Sequence[tuple[int, Place, int, int]], listed: Container[int], closed: Container[int] = ()
) -> dict[int, Grid]:
    """The grids of cells given as ``(table, place, start, end)`` in the order of the text; pieces of one cell are one."""
    found: dict[int, list[GridCell]] = {}
    seen: dict[tuple[int, Place], int] = {}
    before: dict[int, int] = {}
    """Of the piece before, which cell it is of."""
    for table, place, start, end in cells:
        row = found.setdefault(table, [])
        at = seen.get((table, place))
        last = before.get(table)
        before[table] = len(row) if at is None else at
        if at is None:
            seen[table, place] = len(row)
            row.append(GridCell(place, start, end))
        elif at == last and not row[at].rest:
            row[at] = row[at]._replace(end=end)
        else:
            row[at] = row[at]._replace(rest=(*row[at].rest, (start, end)))
    return {table: Grid(table, tuple(row), table in listed, table in closed) for table, row in found.items()}

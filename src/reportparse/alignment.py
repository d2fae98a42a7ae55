"""Tables without rulings: lines of a page whose words stand in columns under each other.

A line that holds several words far apart is a row; what stands under each other in several rows is a column. Where two
words of a row would be in one column the lines are no table and are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from reportparse.document import Document, PrintedLine
from reportparse.grids import SPREAD_WORDS, Piece, Place
from reportparse.lines import SENTENCE, Line
from reportparse.spaced import Extent, columns_of, is_over, over_columns, with_headings
from reportparse.wrapped import Block, Word, blocks_of

__all__ = ["aligned_rows"]

_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?%?|[-—]{1,2}")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_UNIT = re.compile("单位[：:]")
_HEADING = re.compile(
    r"^.{0,12}(?:指标|指标值|完成值|目标值|实际值|分值|权重|得分|评分|[率数额]|名称|内容|原因.{0,8}|措施|备注|预算|决算|收入|支出|合计|小计)$"
)
_LESS_APART = 0.35
"""The same for two that are no letters of one word that is set apart."""
_LETTERS = re.compile(r"[\u4e00-\u9fff（）、“”]{3,}")
_BESIDE = 0.75
"""Of a line's height: half the distance between the lines of a cell of two, or hardly more."""
_NARROW = 0.2
_BETWEEN = 1.5
"""Of a line's height: how far two headings under one are further apart than that is wide, at most."""
_APART = 1.0
"""Of a line's height: words further apart than this stand in different columns."""
_ROWS_LEAST, _FIGURES_LEAST = 3, 0.2
_LONE_MAX = 24
_LONE_LINES = 4
"""Lines of one word each that a cell between two rows can have."""
_CLOSE = 0.8
"""Of a line's height: lines of cells are no further apart."""


def aligned_rows(document: Document, lines: Sequence[Line], taken: Mapping[int, object]) -> dict[int, list[Piece]]:
    """The cells of every table that is only set in columns, by the index of its first line; each line of it is a row.

    ``taken`` are the indexes of lines that are in tables already.
    """
    geometry = document.geometry
    if geometry is None:
        return {}
    printed = {line.start: line for line in geometry.lines if line.upright}
    found: dict[int, list[Piece]] = {}
    at = 0
    while at < len(lines):
        if at in taken:
            at += 1
            continue
        rows, end = _run(document, lines, at, taken, printed)
        if rows:
            pieces = _pieces(rows)
            if pieces:
                found[at] = pieces
        at = max(end, at + 1)
    return found


def _run(
    document: Document,
    lines: Sequence[Line],
    start: int,
    taken: Mapping[int, object],
    printed: Mapping[int, PrintedLine],
) -> tuple[list[list[Word]], int]:
    """The rows from a line on that may be of one table, and where they end."""
    rows: list[list[Word]] = []
    at = start
    several = 0
    page = None
    while at < len(lines) and at not in taken:
        line = printed.get(lines[at].start)
        if line is None or (page is not None and line.page != page):
            break
        words = _words(document, lines[at], line, at)
        if len(words) < 2 and (
            (not rows and not _is_under_unit(lines, at))
            or len(lines[at].text) > _LONE_MAX
            or SENTENCE.search(lines[at].text)
            or (lines[at].mark is not None and not _is_row(document, lines, at, printed, rows))
            or (len(rows) >= _LONE_LINES and all(len(row) < 2 for row in rows[-_LONE_LINES:]))
            or (rows and len(rows[-1]) < 2 and line.top - rows[-1][-1].bottom > _CLOSE * line.size)
        ):
            break
        page = line.page
        rows.append(words)
        several += len(words) > 1
        at += 1
    while rows and len(rows[-1]) < 2:
        rows.pop()
        at -= 1
    words = [word for row in rows for word in row]
    figures = sum(word.is_figure for word in words)
    if several < _ROWS_LEAST or figures < max(2, _FIGURES_LEAST * len(words)):
        return [], at
    return rows, at


def _is_row(
    document: Document,
    lines: Sequence[Line],
    at: int,
    printed: Mapping[int, PrintedLine],
    rows: Sequence[Sequence[Word]],
) -> bool:
    """Whether a numbered line is a row without figures: as far below the row before as above the next, which has some."""
    if not rows or len(rows[-1]) < 2 or at + 1 >= len(lines):
        return False
    line, after = printed[lines[at].start], printed.get(lines[at + 1].start)
    if (
        after is None
        or after.page != line.page
        or abs((line.top - rows[-1][0].top) - (after.top - line.top)) > line.size / 2
    ):
        return False
    words = _words(document, lines[at + 1], after, at + 1)
    return len(words) > 1 and any(word.is_figure for word in words)


def _is_under_unit(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is right under the unit of a table: a heading over others, alone on its line."""
    return at > 0 and _UNIT.search(lines[at - 1].text) is not None and not _UNIT.search(lines[at].text)


def _words(document: Document, line: Line, printed: PrintedLine, at: int) -> list[Word]:
    """The words of a line that stand apart, each with its place on the page."""
    assert document.geometry is not None
    glyphs = document.geometry.glyphs

    def word(start: int, end: int, x0: float, x1: float) -> Word:
        text = document.text[start:end]
        return Word(start, end, x0, x1, text, at, printed.top, printed.bottom, _is_figure(text))

    if " " not in line.text and "\t" not in line.text:
        return [word(line.start, line.end, printed.x0, printed.x1)]
    found: list[Word] = []
    for match in _WORD.finditer(document.text, line.start, line.end):
        boxes = glyphs.boxes([match.span()])
        if not boxes:
            continue
        x0, x1 = min(box[1] for box in boxes), max(box[3] for box in boxes)
        spread = bool(found) and found[-1].text + match.group() in SPREAD_WORDS and len(match.group()) == 1
        coded = bool(found) and _CODE.fullmatch(found[-1].text) is not None and match.group()[0] > "\u2e7f"
        wide = _LETTERS.fullmatch(match.group()) and found and _LETTERS.fullmatch(found[-1].text)
        apart = (_LESS_APART if wide else _APART) * printed.size
        if found and not coded and (spread or x0 - found[-1].x1 < apart):
            before = found.pop()
            joint = word(before.start, match.end(), before.x0, max(x1, before.x1))
            found.append(joint._replace(cuts=(*before.cuts, (before.end, match.start(), before.x1, x0))))
        else:
            found.append(word(match.start(), match.end(), x0, x1))
    return found


def _pieces(lines: Sequence[Sequence[Word]]) -> list[Piece]:
    """The cells of rows; none where the rows do not fall into columns. Every row of headings begins columns of its own."""
    starts = [0]
    seen = False
    for number, line in enumerate(lines):
        figures = any(word.is_figure for word in line)
        if seen and not figures and _is_headline(line):
            while number > starts[-1] + 1 and _is_beside(lines[number - 1], line):
                number -= 1  # the first line of a heading of two
            starts.append(number)
            seen = False
        seen |= figures
    pieces: list[Piece] = []
    above = 0
    for first, last in pairwise([*starts, len(lines)]):
        placed = _placed(lines[first:last])
        if not placed:
            return []
        pieces += [piece._replace(place=piece.place._replace(row=above + piece.place.row)) for piece in placed]
        above = max(piece.place.row + piece.place.rows for piece in pieces)
    return sorted(pieces)


def _is_beside(over: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether a line is so close over another that both are lines of cells in one row."""
    if any(word.is_figure for word in over):
        return False
    size = line[0].bottom - line[0].top
    return (line[0].top + line[0].bottom - over[0].top - over[0].bottom) / 2 <= _BESIDE * size


def _is_headline(line: Sequence[Word]) -> bool:
    """Whether a line without figures heads columns: most of its words end as headings do."""
    known = sum(_HEADING.search(word.text) is not None for word in line)
    return len(line) > 2 and 2 * known >= len(line)


def _placed(lines: Sequence[Sequence[Word]]) -> list[Piece]:
    """The cells of rows under one heading."""
    lines = _cut(lines)
    blocks, first = blocks_of(lines)
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        rows.setdefault(block.row, []).append(block)
    table = [sorted(rows[row], key=lambda block: block.x0) for row in sorted(rows)]
    heads = table[:first]
    with_figures = [row for row in table[first:] if any(block.is_figure for block in row)]
    columns = columns_of([[(block.x0, block.x1) for block in row] for row in (*heads, *with_figures)], len(heads))
    leaves = [block for number, row in enumerate(heads) for block in row if not _is_over(block, heads[number + 1 :])]
    columns = with_headings(
        columns,
        [(block.x0, block.x1) for block in leaves],
        [[(block.x0, block.x1) for block in row] for row in with_figures],
    )
    if len(columns) < 2:
        return []
    pieces: list[Piece] = []
    bands = _bands(heads, columns)
    for number, row in enumerate(table):
        if number in bands:
            for block, (top, column, n) in zip(row, bands[number], strict=True):
                pieces += [Piece(word.start, word.end, Place(top, column, number - top + 1, n)) for word in block.words]
            continue
        last = -1
        for block in row:
            over = [k for k, (x0, x1) in enumerate(columns) if block.x0 < x1 and x0 < block.x1]
            if not over:
                over = [_nearest(block, columns)]
            if over[0] <= last:
                if row in with_figures and block.is_figure:
                    return []
                over = [last]  # a heading over others: in the cell of the one before
            last = over[-1]
            place = Place(number, over[0], block.rows, len(over))
            pieces += [Piece(word.start, word.end, place) for word in block.words]
    return pieces


def _is_over(block: Block, below: Sequence[Sequence[Block]]) -> bool:
    """Whether a heading stands over others."""
    room = _BETWEEN * (block.words[0].bottom - block.words[0].top)
    return is_over((block.x0, block.x1), [[(other.x0, other.x1) for other in row] for row in below], room)


def _cut(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The lines with words parted that reach from one column into another, by the columns of rows with figures."""
    rows = [[(w.x0, w.x1) for w in line if not w.cuts] for line in lines if any(word.is_figure for word in line)]
    columns = columns_of(rows, 0)

    def parts(word: Word) -> list[Word]:
        for at, (end, start, left, right) in enumerate(word.cuts):
            before = [k for k, (x0, x1) in enumerate(columns) if x0 < left and word.x0 < x1]
            after = [k for k, (x0, x1) in enumerate(columns) if x0 < word.x1 and right < x1]
            if before and after and not set(before) & set(after) and right - left > _NARROW * (word.bottom - word.top):
                first = word.text[: end - word.start]
                rest = word.text[start - word.start :]
                made = word._replace(end=end, x1=left, text=first, cuts=word.cuts[:at], is_figure=_is_figure(first))
                return [
                    made,
                    *parts(
                        word._replace(
                            start=start, x0=right, text=rest, cuts=word.cuts[at + 1 :], is_figure=_is_figure(rest)
                        )
                    ),
                ]
        return [word]

    return [[part for word in line for part in parts(word)] for line in lines]


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _bands(heads: Sequence[Sequence[Block]], columns: Sequence[Extent]) -> dict[int, list[tuple[int, int, int]]]:
    """The place of every heading of rows in which some stand over others: its first row, its first column and how many."""
    if len(heads) < 2 or any(len(block.text) == 1 and block.text not in "类款项" for row in heads for block in row):
        return {}  # the end of a heading in two lines: what is over what cannot be told
    every = [block for row in heads for block in row]
    bare = [k for k, (x0, x1) in enumerate(columns) if not any(b.x0 < x1 and x0 < b.x1 for b in every)]
    tops = [min(word.top for block in row for word in block.words) for row in heads]
    bottom = max(word.bottom for block in every for word in block.words)
    below: list[tuple[int, int]] = []
    """Columns that have headings, and the row in which these begin."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for number in range(len(heads) - 1, -1, -1):
        headed = {column for column, _ in below}
        bands = [b for b in heads[number] if _nearest(b, columns) in headed or _is_over(b, heads[number + 1 :])]
        under = {column for column, first in below if first > number}
        under |= {column for column in bare if column - 1 in under}
        placed = over_columns([(block.x0, block.x1) for block in bands], [sorted(under)], columns)
        if placed is None:
            return {}
        places: list[tuple[int, int, int]] = []
        for block in heads[number]:
            if block in bands:
                column, n = placed[bands.index(block)]
                first = number
            else:
                column, n = _nearest(block, columns), 1
                top = 2 * block.middle - bottom  # it stands in the middle of the rows down to the last
                first = min(range(number + 1), key=lambda row: abs(tops[row] - top))
            places.append((first, column, n))
        if any(a + n > b for (_, a, n), (_, b, _) in pairwise(places)):
            return {}
        found[number] = places
        below += [(column, first) for first, left, n in places for column in range(left, left + n)]
    return found if any(n > 1 for places in found.values() for _, _, n in places) else {}


def _nearest(block: Block, columns: Sequence[Extent]) -> int:
    def off(column: int) -> tuple[float, float]:
        x0, x1 = columns[column]
        return max(0.0, block.x0 - x1, x0 - block.x1), abs(x0 + x1 - block.x0 - block.x1)

    return min(range(len(columns)), key=off)

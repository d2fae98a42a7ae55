"""Tables without rulings: lines of a page whose words stand in columns under each other.

A line that holds several words far apart is a row; what stands under each other in several rows is a column. Where two
words of a row would be in one column the lines are no table and are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reportparse.document import Document, PrintedLine
from reportparse.grids import SPREAD_WORDS, Piece, Place
from reportparse.lines import SENTENCE, Line
from reportparse.spaced import Extent, columns_of, over_columns

__all__ = ["aligned_rows"]

_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?%?|[-—]{1,2}")
_UNIT = re.compile("单位[：:]")
_APART = 1.0
"""Of a line's height: words further apart than this stand in different columns."""
_ROWS_LEAST, _FIGURES_LEAST = 3, 0.2
_LONE_MAX = 24


class _Word(NamedTuple):
    start: int
    end: int
    x0: float
    x1: float
    text: str


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
) -> tuple[list[list[_Word]], int]:
    """The rows from a line on that may be of one table, and where they end."""
    rows: list[list[_Word]] = []
    at = start
    several = 0
    page = None
    while at < len(lines) and at not in taken:
        line = printed.get(lines[at].start)
        if line is None or (page is not None and line.page != page):
            break
        words = _words(document, lines[at], line)
        if len(words) < 2 and (
            (not rows and not _is_under_unit(lines, at))
            or len(lines[at].text) > _LONE_MAX
            or SENTENCE.search(lines[at].text)
            or lines[at].mark is not None
            or (rows and len(rows[-1]) < 2)
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
    figures = sum(_FIGURE.fullmatch(word.text) is not None for word in words)
    if several < _ROWS_LEAST or figures < max(2, _FIGURES_LEAST * len(words)):
        return [], at
    return rows, at


def _is_under_unit(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is right under the unit of a table: a heading over others, alone on its line."""
    return at > 0 and _UNIT.search(lines[at - 1].text) is not None and not _UNIT.search(lines[at].text)


def _words(document: Document, line: Line, printed: PrintedLine) -> list[_Word]:
    """The words of a line that stand apart, each with its place on the page."""
    if " " not in line.text and "\t" not in line.text:
        return [_Word(line.start, line.end, printed.x0, printed.x1, line.text)]
    assert document.geometry is not None
    glyphs = document.geometry.glyphs
    found: list[_Word] = []
    for match in _WORD.finditer(document.text, line.start, line.end):
        boxes = glyphs.boxes([match.span()])
        if not boxes:
            continue
        x0, x1 = min(box[1] for box in boxes), max(box[3] for box in boxes)
        spread = bool(found) and found[-1].text + match.group() in SPREAD_WORDS and len(match.group()) == 1
        if found and (spread or x0 - found[-1].x1 < _APART * printed.size):
            before = found.pop()
            found.append(
                _Word(
                    before.start, match.end(), before.x0, max(x1, before.x1), document.text[before.start : match.end()]
                )
            )
        else:
            found.append(_Word(match.start(), match.end(), x0, x1, match.group()))
    return found


def _pieces(rows: Sequence[Sequence[_Word]]) -> list[Piece]:
    """The cells of rows; none where the rows do not fall into columns."""
    with_figures = [row for row in rows if any(_FIGURE.fullmatch(word.text) for word in row)]
    first = rows.index(with_figures[0]) if with_figures else 0
    columns = columns_of([[(word.x0, word.x1) for word in row] for row in (*rows[:first], *with_figures)], first)
    if len(columns) < 2:
        return []
    pieces: list[Piece] = []
    bands = _bands(rows, columns)
    for number, row in enumerate(rows):
        if number in bands:
            pieces += [
                Piece(word.start, word.end, Place(number, column, 1, n))
                for word, (column, n) in zip(row, bands[number], strict=True)
            ]
            continue
        last = -1
        for word in row:
            over = [k for k, (x0, x1) in enumerate(columns) if word.x0 < x1 and x0 < word.x1]
            if not over:
                middle = (word.x0 + word.x1) / 2
                over = [min(range(len(columns)), key=lambda k: abs(sum(columns[k]) / 2 - middle))]
            if over[0] <= last:
                if row in with_figures:
                    return []
                over = [last]  # a heading over others: in the cell of the one before
            last = over[-1]
            pieces.append(Piece(word.start, word.end, Place(number, over[0], 1, len(over))))
    return pieces


def _bands(rows: Sequence[Sequence[_Word]], columns: Sequence[Extent]) -> dict[int, list[tuple[int, int]]]:
    """The rows of headings in which some stand over headings of several columns: the columns of every word."""
    first = next(k for k, row in enumerate(rows) if any(_FIGURE.fullmatch(word.text) for word in row))
    if any(len(word.text) == 1 and word.text not in "类款项" for row in rows[:first] for word in row):
        return {}  # the end of a heading in two lines: what is over what cannot be told
    below: list[list[int]] = []
    found: dict[int, list[tuple[int, int]]] = {}
    for number in range(first - 1, -1, -1):
        words = [(word.x0, word.x1) for word in rows[number]]
        placed = over_columns(words, below, columns)
        if placed is None or len({column for column, _ in placed}) < len(placed):
            return {}
        if any(n > 1 for _, n in placed):
            if len(below[0]) == len(columns) and len({word.text for word in rows[number + 1]}) == len(columns):
                return {}  # the first half of a heading over all the others
            found[number] = placed
        below.insert(0, [column for left, n in placed for column in range(left, left + n)])
    return found

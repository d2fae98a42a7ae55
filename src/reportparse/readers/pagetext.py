"""The words of a page → its canonical text: tables in their places, lines in reading order, what runs another way last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from reportparse.document import Glyphs, PrintedCell, PrintedLine, PrintedTable
from reportparse.readers.printed import PageContent, Row, Word, in_columns, rows_of
from reportparse.readers.rulings import Grid, grids_of

__all__ = ["PageText", "count"]

_SPACE_GAP = 0.25
"""Of a line's height: what stands further apart has a space between it."""
_DIGIT_GAP = 0.5
"""Digits set wide are one number up to here."""
_FIRST_HAN, _LAST_HAN = "一", "龥"
_HAN = re.compile(f"[{_FIRST_HAN}-{_LAST_HAN}]")


class PageText:
    """The text of pages written one after the other, and where everything in it stands.

    ``parts`` are its pieces, ``length`` their length; ``lines``, ``tables`` and ``glyphs`` are as in
    :class:`reportparse.document.Document`. Who writes a page adds its sides to ``glyphs``.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[PrintedLine] = []
        self.tables: list[PrintedTable] = []
        self.glyphs = Glyphs([], [], [], [], [])

    def add(self, piece: str) -> None:
        """Append to the text."""
        self.parts.append(piece)
        self.length += len(piece)

    def write(self, content: PageContent, words: list[Word], page: int) -> None:
        """Tables and the words between them, from the top; last what runs another way, a watermark or a margin's mark."""
        first = len(self.parts)
        words, turned = _by_way(words, content.slanting, content)
        grids = grids_of(content.edges)
        inside: list[list[Word]] = [[] for _ in grids]
        outside: list[Word] = words
        if grids:
            outside = []
            for word in words:
                index = _grid_of(word, grids)
                (outside if index is None else inside[index]).append(word)
        outside, sideways = _by_way(outside, content.sideways, content)
        filled = [(grid, held) for grid, held in zip(grids, inside, strict=True) if held]
        above = -1e9
        for grid, held in filled:
            self._prose(content, [w for w in outside if above <= w.top + w.bottom < 2 * grid.ys[0]], page, first)
            above = max(above, 2 * grid.ys[0])
            self._break(first)
            self._table(content, grid, held, page)
        self._prose(content, [w for w in outside if w.top + w.bottom >= above], page, first)
        for beside in (turned, sideways):
            if beside:
                self._break(first)
                self._line(content, _bounding(beside), page, upright=False)

    def _break(self, first: int) -> None:
        if len(self.parts) > first:
            self.add("\n")

    def _prose(self, content: PageContent, words: list[Word], page: int, first: int) -> None:
        if not words:
            return
        for group in in_columns(words, content.width):
            for row in rows_of(group, content.text):
                self._break(first)
                self._line(content, row, page)

    def _line(self, content: PageContent, row: Row, page: int, *, upright: bool = True) -> None:
        start = self.length
        words = row.words
        self._words(content, words, page)
        widest = words[0] if len(words) == 1 else max(words, key=lambda w: w.x1 - w.x0)
        self.lines.append(
            PrintedLine(
                start, self.length, page, row.x0, row.top, row.x1, row.bottom,
                _height(content, widest), *_fonts(content, words), upright,
            )
        )  # fmt: skip

    def _words(self, content: PageContent, words: list[Word], page: int) -> None:
        glyphs, parts, text = self.glyphs, self.parts, content.text
        length = self.length
        before: Word | None = None
        for word in words:
            if before is not None and _is_apart(content, before, word):
                parts.append(" ")
                length += 1
            _, _, _, _, start, end = before = word
            piece = text[start:end]
            parts.append(piece.replace("\ufffe", "-") if "\ufffe" in piece else piece)
            glyphs.starts.append(length)
            length += end - start
            glyphs.ends.append(length)
            glyphs.pages.append(page)
            glyphs.firsts.append(start)
        self.length = length

    def _table(self, content: PageContent, grid: Grid, words: list[Word], page: int) -> None:
        owner = [[0] * (len(grid.xs) - 1) for _ in grid.ys[1:]]
        for index, cell in enumerate(grid.cells):
            for r in range(cell.row, cell.row + cell.rows):
                owner[r][cell.column : cell.column + cell.columns] = [index] * cell.columns
        held: list[list[Word]] = [[] for _ in grid.cells]
        inner = grid.xs[1:-1], grid.ys[1:-1]
        for word in words:
            for index, piece in _in_cells(word, inner, owner, content):
                held[index].append(piece)
        start = self.length
        cells: list[PrintedCell] = []
        row = 0
        for cell, inside in zip(grid.cells, held, strict=True):
            if cells:
                self.add("\t" if cell.row == row else "\n")
            row = cell.row
            begin = self.length
            if len(inside) > 1:
                self._cell(content, rows_of(inside, content.text), cell.x1, page)
            elif inside:
                self._words(content, inside, page)
            cells.append(
                PrintedCell(
                    cell.row, cell.column, cell.rows, cell.columns, begin, self.length, page,
                    content.as_displayed((cell.x0, cell.top, cell.x1, cell.bottom)),
                )
            )  # fmt: skip
        self.tables.append(PrintedTable(start, self.length, tuple(cells)))

    def _cell(self, content: PageContent, rows: Sequence[Row], right: float, page: int) -> None:
        """A cell's lines in one: they were cut for want of room where the next character would not have fitted."""
        for index, row in enumerate(rows):
            if index:
                before, first = rows[index - 1], row.words[0]
                width = (first.x1 - first.x0) / (first.end - first.start)
                if before.x1 + width < right - 0.3 * (before.bottom - before.top):
                    self.add(" ")
            self._words(content, row.words, page)


def count(words: list[Word]) -> int:
    """How many characters they have."""
    return sum(word.end - word.start for word in words)


def _by_way(words: list[Word], turned: frozenset[int], content: PageContent) -> tuple[list[Word], list[Word]]:
    """The words of other characters, and those of ``turned`` ones: a run can hold both."""
    if not turned:
        return words, []
    parts: tuple[list[Word], list[Word]] = ([], [])
    for word in words:
        for is_turned, run in groupby(range(word.start, word.end), turned.__contains__):
            ks = list(run)
            parts[is_turned].append(_cut(word, ks[0], ks[-1] + 1, content))
    return parts


def _bounding(words: list[Word]) -> Row:
    """Words in the order in which they are drawn, and the box around them."""
    return Row(
        min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words), words
    )  # fmt: skip


_LEAST_HEIGHT = 0.01
"""Points. A damaged font can give its characters no height at all, and every distance is measured in it."""


def _height(content: PageContent, word: Word) -> float:
    """The usual height of a word's characters: a quotation mark of another font stands higher."""
    top, bottom = content.top, content.bottom
    first, middle, last = word.start, (word.start + word.end) // 2, word.end - 1
    a, b, c = bottom[first] - top[first], bottom[middle] - top[middle], bottom[last] - top[last]
    return max(_LEAST_HEIGHT, min(max(a, b), max(b, c), max(a, c)))


def _fonts(content: PageContent, words: list[Word]) -> tuple[str, str]:
    """The fonts of the first and of the last Chinese character: digits are often set in another."""
    text = content.text
    first, last = words[0].start, words[-1].end - 1
    if not _FIRST_HAN <= text[first] <= _LAST_HAN:
        found = _HAN.search(text, first, words[0].end)
        if found is not None:
            first = found.start()
    for k in range(last, max(last - 8, words[-1].start - 1), -1):
        if _FIRST_HAN <= text[k] <= _LAST_HAN:
            last = k
            break
    name = content.font(first)
    return name, name if last == first else content.font(last)


def _is_apart(content: PageContent, before: Word, word: Word) -> bool:
    """Whether a space stands between two words of a line."""
    end = before.end
    if end < word.start and content.x1[end] > content.x0[end]:
        return True  # a printed one
    gap = word.x0 - before.x1
    size = before.bottom - before.top
    if gap <= _SPACE_GAP * size:
        return False
    digits = content.text[end - 1].isdigit() and content.text[word.start].isdigit()
    return not digits or gap > _DIGIT_GAP * size


def _grid_of(word: Word, grids: list[Grid]) -> int | None:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for index, grid in enumerate(grids):
        if grid.ys[0] <= y <= grid.ys[-1] and grid.xs[0] - 1 <= x <= grid.xs[-1] + 1:
            return index
    return None


def _cut(word: Word, start: int, end: int, content: PageContent) -> Word:
    """The part of a word that is ``content.text[start:end]``."""
    return Word(content.x0[start], word.top, content.x1[end - 1], word.bottom, start, end)


def _in_cells(
    word: Word, inner: tuple[list[float], list[float]], owner: list[list[int]], content: PageContent
) -> list[tuple[int, Word]]:
    """The cells that a word is in, with what of it is in each: it is cut where it runs over the side of a cell.

    By less than half a character it only sticks out. ``inner`` are the lines between the columns and between the rows,
    ``owner`` has the cell of every row and column.
    """
    xs, ys = inner
    columns = owner[bisect_right(ys, (word.top + word.bottom) / 2)]
    half = (word.x1 - word.x0) / (word.end - word.start) / 2
    cell = columns[bisect_right(xs, word.x0 + half)]
    if cell == columns[bisect_right(xs, word.x1 - half)]:
        return [(cell, word)]
    pieces: list[tuple[int, Word]] = []
    first = word.start
    for k in range(word.start, word.end):
        mine = columns[bisect_right(xs, (content.x0[k] + content.x1[k]) / 2)]
        if mine != cell:
            pieces.append((cell, _cut(word, first, k, content)))
            first, cell = k, mine
    pieces.append((cell, _cut(word, first, word.end, content)))
    return [(index, piece) for index, piece in pieces if piece.start < piece.end]

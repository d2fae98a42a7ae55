"""PDF: bytes → Document, with the place of every character and the cells of every ruled table.

PDFium reads the pages by default, pdfplumber when asked for; all that follows is the same for both.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from reportparse.document import Document, Geometry, Glyphs, Page, PrintedCell, PrintedLine, PrintedTable
from reportparse.errors import ReadError
from reportparse.model import Source, UnreadPage
from reportparse.readers.printed import PageContent, Row, Word, in_columns, no_pages_error, rows_of, words_of
from reportparse.readers.rulings import Grid, grids_of
from reportparse.readers.txt import everyday_share

__all__ = ["read_pdf"]

READER = "pdf"
READER_VERSION = "1"

_SPACE_GAP = 0.25
"""Of a line's height: what stands further apart has a space between it."""
_DIGIT_GAP = 0.5
"""Digits set wide are one number up to here."""
_SCAN = 0.5
"""Of a page's area: a picture that is larger holds the text, where hardly any is typed."""
_FEW = 12
"""Characters: a page number and a stamp at most."""
_DRAWN = 60
"""Shapes on a page without a single character: its text is drawn as outlines."""
_SAMPLE = 200
"""Characters that are enough to tell."""
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0b\x0e-\x1f]")
_HAN = re.compile("[一-龥]")
_READABLE = 600
"""Per mille of a page's characters that must be everyday ones, as for plain text."""


class _Engine(Protocol):
    """A library that reads pages."""

    def __enter__(self) -> _Engine: ...
    def __exit__(self, *error: object) -> None: ...
    def __len__(self) -> int: ...
    def pages(self) -> Iterator[PageContent | None]: ...


def read_pdf(data: bytes, name: str, engine: str = "pdfium") -> Document:
    """The document in ``data``.

    Pages that cannot be read are named in ``source.unread_pages``; the others are read.

    Raises:
        ReadError: ``RP-READ-011`` a password is needed · ``-012`` damaged or cut off · ``-013`` nothing but pictures ·
            ``-014`` the text is garbled · ``-015`` no pages · ``-005`` blank pages only.
    """
    writer = _Writer()
    with _open(data, engine) as pages:
        if data.rfind(b"endobj") > data.rfind(b"%%EOF"):
            raise ReadError(
                "RP-READ-012", "PDF 不完整（末尾缺失），请重新获取", "the PDF is cut off at its end: get it again"
            )
        if not len(pages):
            raise no_pages_error()
        for content in pages.pages():
            writer.page(content)
        version = f"{READER_VERSION} ({_version(engine)})"
    return writer.document(data, name, version)


def _open(data: bytes, engine: str) -> _Engine:
    if engine == "pdfplumber":
        from reportparse.readers.plumber import PlumberDocument

        return PlumberDocument(data)
    from reportparse.readers.pdfium import PdfiumDocument

    return PdfiumDocument(data)


def _version(engine: str) -> str:
    if engine == "pdfplumber":
        from reportparse.readers.plumber import ENGINE

        return ENGINE
    from reportparse.readers.pdfium import ENGINE

    return ENGINE


class _Writer:
    """Writes the canonical text page by page, and notes where everything in it stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page_starts: list[int] = []
        self._pages: list[Page] = []
        self._lines: list[PrintedLine] = []
        self._tables: list[PrintedTable] = []
        self._unread: list[UnreadPage] = []
        self._glyphs = Glyphs([], [], [], [], [])
        self._typed = 0

    def _add(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)

    def page(self, content: PageContent | None) -> None:
        """Write one page; None is one that cannot be loaded."""
        if self._page_starts:
            self._add("\f")
        self._page_starts.append(self._length)
        number = len(self._page_starts)
        nothing = array("f")
        if content is None:
            self._pages.append(Page(0.0, 0.0))
            self._glyphs.sides.append((nothing, nothing, nothing, nothing))
            self._unread.append(UnreadPage(number, "damaged"))
            return
        self._pages.append(Page(content.width, content.height))
        self._glyphs.sides.append((content.x0, content.top, content.x1, content.bottom))
        words = [w for w in words_of(content) if _is_shown(w, content)]
        reason = _why_unread(content, words)
        if reason is not None:
            self._unread.append(UnreadPage(number, reason))
        if reason != "garbled":
            self._typed += len(words)
            self._flow(content, words, number)

    def document(self, data: bytes, name: str, version: str) -> Document:
        """What was written."""
        text = "".join(self._parts)
        self._refuse_nothing()
        source = Source(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="application/pdf",
            encoding=None,
            encoding_reason=None,
            reader=READER,
            reader_version=version,
            text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            pages=len(self._page_starts),
            characters=len(text),
            unread_pages=tuple(self._unread),
        )
        geometry = Geometry(tuple(self._pages), tuple(self._lines), self._glyphs)
        return Document(source, text, tuple(self._page_starts), tuple(self._tables), geometry=geometry)

    def _refuse_nothing(self) -> None:
        """Refuse a file of which no page gave text: by what keeps most of its pages from it."""
        reasons = [page.reason for page in self._unread]
        if self._typed and len(reasons) < len(self._page_starts):
            return
        if not reasons:
            raise ReadError("RP-READ-005", "PDF 只有空白页，没有文字", "the PDF has blank pages only, no text")
        most = max(("garbled", "image", "damaged"), key=reasons.count)
        if most == "garbled":
            raise ReadError(
                "RP-READ-014",
                "PDF 的文字是乱码（字体缺少文字对应关系）：请重新导出，或做文字识别",
                "the text of the PDF is garbled (its fonts do not say which characters they print): export it again, or recognise it (OCR)",
            )
        if most == "image":
            raise ReadError(
                "RP-READ-013",
                "PDF 只有图像（扫描件），没有文字层：请先做文字识别",
                "the PDF holds pictures only (a scan), no text: recognise its text first (OCR)",
            )
        raise ReadError("RP-READ-012", "PDF 已损坏，没有一页可读", "the PDF is damaged: no page of it can be read")

    # -- one page ---------------------------------------------------------------------------------------------------------

    def _flow(self, content: PageContent, words: list[Word], page: int) -> None:
        """Tables and the words between them, from the top; last what runs another way, a watermark or a margin's mark."""
        first = len(self._parts)
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
        if 2 * _count(sideways) > _count(words):
            outside, sideways = [*outside, *sideways], []  # the page itself is set sideways
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
        if len(self._parts) > first:
            self._add("\n")

    def _prose(self, content: PageContent, words: list[Word], page: int, first: int) -> None:
        if not words:
            return
        for group in in_columns(words, content.width):
            for row in rows_of(group, content.text):
                self._break(first)
                self._line(content, row, page)

    def _line(self, content: PageContent, row: Row, page: int, *, upright: bool = True) -> None:
        start = self._length
        self._words(content, row.words, page)
        widest = max(row.words, key=lambda w: w.x1 - w.x0)
        self._lines.append(
            PrintedLine(
                start, self._length, page, row.x0, row.top, row.x1, row.bottom,
                _height(content, widest), *_fonts(content, row.words), upright,
            )
        )  # fmt: skip

    def _words(self, content: PageContent, words: list[Word], page: int) -> None:
        before: Word | None = None
        for word in words:
            if before is not None and _is_apart(content, before, word):
                self._add(" ")
            glyphs = self._glyphs
            glyphs.starts.append(self._length)
            glyphs.ends.append(self._length + word.end - word.start)
            glyphs.pages.append(page)
            glyphs.firsts.append(word.start)
            self._add(content.text[word.start : word.end].replace("\ufffe", "-"))
            before = word

    def _table(self, content: PageContent, grid: Grid, words: list[Word], page: int) -> None:
        owner = {
            (r, c): index
            for index, cell in enumerate(grid.cells)
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        }
        held: list[list[Word]] = [[] for _ in grid.cells]
        inner = grid.xs[1:-1], grid.ys[1:-1]
        for word in words:
            for index, piece in _in_cells(word, inner, owner, content):
                held[index].append(piece)
        start = self._length
        cells: list[PrintedCell] = []
        row = 0
        for cell, inside in zip(grid.cells, held, strict=True):
            if cells:
                self._add("\t" if cell.row == row else "\n")
            row = cell.row
            begin = self._length
            self._cell(content, rows_of(inside, content.text), cell.x1, page)
            cells.append(
                PrintedCell(
                    cell.row, cell.column, cell.rows, cell.columns, begin, self._length, page,
                    (cell.x0, cell.top, cell.x1, cell.bottom),
                )
            )  # fmt: skip
        self._tables.append(PrintedTable(start, self._length, tuple(cells)))

    def _cell(self, content: PageContent, rows: Sequence[Row], right: float, page: int) -> None:
        """A cell's lines in one: they were cut for want of room where the next character would not have fitted."""
        for index, row in enumerate(rows):
            if index:
                before, first = rows[index - 1], row.words[0]
                width = (first.x1 - first.x0) / (first.end - first.start)
                if before.x1 + width < right - 0.3 * (before.bottom - before.top):
                    self._add(" ")
            self._words(content, row.words, page)


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


def _count(words: list[Word]) -> int:
    """How many characters they have."""
    return sum(word.end - word.start for word in words)


def _bounding(words: list[Word]) -> Row:
    """Words in the order in which they are drawn, and the box around them."""
    return Row(
        min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words), words
    )  # fmt: skip


def _height(content: PageContent, word: Word) -> float:
    """The usual height of a word's characters: a quotation mark of another font stands higher."""
    samples = (word.start, (word.start + word.end) // 2, word.end - 1)
    return sorted(content.bottom[k] - content.top[k] for k in samples)[1]


def _fonts(content: PageContent, words: list[Word]) -> tuple[str, str]:
    """The fonts of the first and of the last Chinese character: digits are often set in another."""
    first, last = words[0].start, words[-1].end - 1
    found = _HAN.search(content.text, first, words[0].end)
    if found is not None:
        first = found.start()
    for k in range(last, max(last - 8, words[-1].start - 1), -1):
        if _HAN.match(content.text, k):
            last = k
            break
    return content.font(first), content.font(last)


def _is_shown(word: Word, content: PageContent) -> bool:
    return 0 <= word.x0 + word.x1 <= 2 * content.width and 0 <= word.top + word.bottom <= 2 * content.height


def _why_unread(content: PageContent, words: list[Word]) -> str | None:
    """What keeps a page from being read, if anything."""
    characters = _count(words)
    area = content.width * content.height
    if characters <= _FEW and content.pictures >= _SCAN * area:
        return "image"
    sample = content.text[:_SAMPLE].replace("\0", "")
    strange = len(_STRANGE.findall(sample))
    if not characters:
        return "garbled" if strange >= _FEW else "image" if content.paths >= _DRAWN else None
    others = len(sample) - len(sample.encode("ascii", "ignore"))
    if 4 * strange > min(characters, len(sample)) or (
        others >= _FEW and 2 * others > len(sample) and everyday_share(sample) < _READABLE
    ):
        return "garbled"
    return None


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
    word: Word, inner: tuple[list[float], list[float]], owner: dict[tuple[int, int], int], content: PageContent
) -> list[tuple[int, Word]]:
    """The cells that a word is in, with what of it is in each: it is cut where it runs over the side of a cell.

    By less than half a character it only sticks out. ``inner`` are the lines between the columns and between the rows.
    """
    xs, ys = inner
    row = bisect_right(ys, (word.top + word.bottom) / 2)
    half = (word.x1 - word.x0) / (word.end - word.start) / 2
    cell = owner[row, bisect_right(xs, word.x0 + half)]
    if cell == owner[row, bisect_right(xs, word.x1 - half)]:
        return [(cell, word)]
    pieces: list[tuple[int, Word]] = []
    first = word.start
    for k in range(word.start, word.end):
        mine = owner[row, bisect_right(xs, (content.x0[k] + content.x1[k]) / 2)]
        if mine != cell:
            pieces.append((cell, _cut(word, first, k, content)))
            first, cell = k, mine
    pieces.append((cell, _cut(word, first, word.end, content)))
    return [(index, piece) for index, piece in pieces if piece.start < piece.end]

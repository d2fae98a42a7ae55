"""The canonical text of sources that flow: lines, pages and tables, written once and in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from reportparse.document import Document, PrintedCell, PrintedTable
from reportparse.errors import ReadError
from reportparse.model import Source
from reportparse.readers.txt import is_blank

__all__ = ["Flow", "FlowCell", "needs"]

# What ends a line for any stage of the parser, and what cannot be seen: neither may stand inside a line.
_INSIDE_LINE = dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029"), " ") | {0: None}
_INSIDE_CELL = _INSIDE_LINE | {9: " "}


class FlowCell(NamedTuple):
    """A cell before it has a place: its column from 0, how many rows and columns it spans, its text."""

    column: int
    rows: int
    columns: int
    text: str


class Flow:
    """A document while it is written. A page without text is none: neither its break nor its blank lines are kept."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._page_starts = [0]
        self._tables: list[PrintedTable] = []
        self._headings: list[tuple[int, int]] = []

    def line(self, text: str, level: int | None = None) -> None:
        """One line. ``level``, from 1, says that it is a heading."""
        text = text.translate(_INSIDE_LINE)
        blank = is_blank(text)
        if blank and self._at_page_start():
            return
        if level is not None and not blank:
            self._headings.append((self._length, level))
        self._write("\n" if blank else text + "\n")

    def new_page(self) -> None:
        """What follows stands on a new page."""
        self._drop_blank_lines()
        if self._at_page_start():
            return
        self._pieces[-1] = self._pieces[-1][:-1] + "\f"
        self._page_starts.append(self._length)

    def table(self, rows: Sequence[Sequence[FlowCell | None]]) -> None:
        """A table: a row a line, with a tab between its cells. ``None`` stands for a cell that goes on from above."""
        if all(cell is None or is_blank(cell.text) for row in rows for cell in row):
            return
        start = self._length
        page = len(self._page_starts)
        cells = []
        lines = []
        at = start
        for index, row in enumerate(rows):
            fields = []
            for cell in row:
                text = "" if cell is None or is_blank(cell.text) else cell.text.translate(_INSIDE_CELL).strip(" ")
                if cell is not None:
                    cells.append(
                        PrintedCell(index, cell.column, cell.rows, cell.columns, at, at + len(text), page, None)
                    )
                fields.append(text)
                at += len(text) + 1
            at += not row  # of a row without cells there is its line end all the same
            lines.append("\t".join(fields) + "\n")
        self._write("".join(lines))
        self._tables.append(PrintedTable(start, self._length - 1, tuple(cells)))

    def document(
        self, data: bytes, name: str, media_type: str, reader: tuple[str, str], encoding: tuple[str, str] | None = None
    ) -> Document:
        """The document. ``reader`` is its name and version, ``encoding`` the codec and the reason for it.

        Raises:
            ReadError: ``RP-READ-005`` where nothing was written.
        """
        self._drop_blank_lines()
        if self._at_page_start() and len(self._page_starts) > 1:
            self._page_starts.pop()
            self._pieces[-1] = self._pieces[-1][:-1] + "\n"
        if not self._pieces:
            raise ReadError("RP-READ-005", "文件里没有文字", "there is no text in the file")
        text = "".join(self._pieces)
        source = Source(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            encoding=encoding[0] if encoding else None,
            encoding_reason=encoding[1] if encoding else None,
            reader=reader[0],
            reader_version=reader[1],
            text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
            pages=len(self._page_starts),
            characters=len(text),
        )
        return Document(
            source=source,
            text=text,
            page_starts=tuple(self._page_starts),
            tables=tuple(self._tables),
            whole_lines=True,
            headings=tuple(self._headings),
        )

    def _write(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _at_page_start(self) -> bool:
        return self._length == self._page_starts[-1]

    def _drop_blank_lines(self) -> None:
        while self._pieces and self._pieces[-1] == "\n" and not self._at_page_start():
            self._pieces.pop()
            self._length -= 1


def needs(extra: str, what: str, library: str) -> ReadError:
    """The error for a format whose library is not installed."""
    command = f'pip install "reportparse[{extra}]"'
    return ReadError(
        "RP-READ-016",
        f"读取 {what} 需要 {library}，尚未安装：请运行 {command}",
        f"reading {what} needs {library}, which is not installed: run {command}",
    )

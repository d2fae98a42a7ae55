"""PDF: bytes → Document, with the place of every character and the cells of every ruled table.

PDFium reads the pages by default, pdfplumber when asked for; all that follows is the same for both.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterator
from typing import Protocol

from reportparse.document import Document, Geometry, Page
from reportparse.errors import ReadError
from reportparse.model import Source, UnreadPage
from reportparse.readers.pagetext import PageText, count
from reportparse.readers.printed import (
    PAGES_AT_MOST,
    PageContent,
    Word,
    no_pages_error,
    too_many_pages_error,
    words_of,
)
from reportparse.readers.txt import everyday_share

__all__ = ["read_pdf"]

READER = "pdf"
READER_VERSION = "1"

_SCAN = 0.5
"""Of a page's area: a picture that is larger holds the text, where hardly any is typed."""
_PART = 0.15
"""The same where nothing is typed: the picture of a paragraph is no blank page, a seal or a logo is."""
_FEW = 12
"""Characters: a page number and a stamp at most."""
_DRAWN = 60
"""Shapes on a page without a single character: its text is drawn as outlines."""
_SAMPLE = 200
"""Characters that are enough to tell."""
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0b\x0e-\x1f]")
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
            ``-006`` more pages than a report has · ``-014`` the text is garbled · ``-015`` no pages · ``-005`` blank pages only.
    """
    writer = _Writer()
    with _open(data, engine) as pages:
        if data.rfind(b"endobj") > data.rfind(b"%%EOF"):
            raise ReadError(
                "RP-READ-012", "PDF 不完整（末尾缺失），请重新获取", "the PDF is cut off at its end: get it again"
            )
        if not len(pages):
            raise no_pages_error()
        if len(pages) > PAGES_AT_MOST:
            raise too_many_pages_error()
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
    """Collects the pages of a document, and says which of them cannot be read."""

    def __init__(self) -> None:
        self._text = PageText()
        self._page_starts: list[int] = []
        self._pages: list[Page] = []
        self._unread: list[UnreadPage] = []
        self._typed = 0

    def page(self, content: PageContent | None) -> None:
        """Write one page; None is one that cannot be loaded."""
        if self._page_starts:
            self._text.add("\f")
        self._page_starts.append(self._text.length)
        number = len(self._page_starts)
        nothing = array("f")
        if content is None:
            self._pages.append(Page(0.0, 0.0))
            self._text.glyphs.sides.append((nothing, nothing, nothing, nothing))
            self._unread.append(UnreadPage(number, "damaged"))
            return
        self._pages.append(Page(content.width, content.height))
        self._text.glyphs.sides.append((content.x0, content.top, content.x1, content.bottom))
        upright = content.upright()
        words = _shown(words_of(upright), upright)
        reason = _why_unread(upright, words)
        if reason is not None:
            self._unread.append(UnreadPage(number, reason))
        if reason != "garbled":
            self._typed += len(words)
            self._text.write(upright, words, number)

    def document(self, data: bytes, name: str, version: str) -> Document:
        """What was written."""
        text = "".join(self._text.parts)
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
        geometry = Geometry(tuple(self._pages), tuple(self._text.lines), self._text.glyphs)
        return Document(source, text, tuple(self._page_starts), tuple(self._text.tables), geometry=geometry)

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


def _shown(words: list[Word], content: PageContent) -> list[Word]:
    """Those whose middle is on the page."""
    width, height = 2 * content.width, 2 * content.height
    return [word for word in words if 0 <= word.x0 + word.x1 <= width and 0 <= word.top + word.bottom <= height]


def _why_unread(content: PageContent, words: list[Word]) -> str | None:
    """What keeps a page from being read, if anything."""
    characters = count(words)
    area = content.width * content.height
    if characters <= _FEW and content.pictures >= _SCAN * area:
        return "image"
    sample = content.text[:_SAMPLE].replace("\0", "")
    strange = len(_STRANGE.findall(sample))
    if not characters:
        if strange >= _FEW:
            return "garbled"
        return "image" if content.paths >= _DRAWN or content.pictures >= _PART * area else None
    others = len(sample) - len(sample.encode("ascii", "ignore"))
    if 4 * strange > min(characters, len(sample)) or (
        others >= _FEW and 2 * others > len(sample) and everyday_share(sample) < _READABLE
    ):
        return "garbled"
    return None

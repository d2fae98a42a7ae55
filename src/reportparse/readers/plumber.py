"""PDF pages by pdfplumber: slow, independent of PDFium, and so the oracle of the tests and a second way when asked for."""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import PdfminerException

from reportparse.errors import ReadError
from reportparse.readers.printed import Edge, PageContent

__all__ = ["ENGINE", "PlumberDocument"]

ENGINE = f"pdfplumber {pdfplumber.__version__}"

_SHORT = 3.0
"""Points: what is no longer is a dot and no edge of a table."""
_NEW_LINE = 0.5
"""Of a character's height: a character that stands higher or lower than the one before by more begins a new line."""


class PlumberDocument:
    """An open PDF. Use it as a context manager."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            ReadError: ``RP-READ-011`` where a password is needed, ``-012`` where it is damaged.
        """
        try:
            self._document = pdfplumber.open(io.BytesIO(data))
            self._pages = self._document.pages
        except PdfminerException as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, PDFPasswordIncorrect):
                raise ReadError(
                    "RP-READ-011",
                    "PDF 已加密，需要密码：请先解除密码",
                    "the PDF is encrypted: remove its password first",
                ) from None
            raise ReadError("RP-READ-012", "PDF 已损坏，无法打开", "the PDF is damaged and cannot be opened") from None
        except (PDFSyntaxError, ValueError, KeyError, TypeError, RecursionError):
            raise ReadError("RP-READ-012", "PDF 已损坏，无法打开", "the PDF is damaged and cannot be opened") from None

    def __enter__(self) -> PlumberDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[PageContent | None]:
        """What is printed on each page; None for a page that cannot be loaded."""
        for page in self._pages:
            try:
                content = _content(page)
            except Exception:  # pdfminer raises whatever a broken content stream makes it trip over
                content = None
            yield content
            page.close()


def _content(page: Any) -> PageContent:
    left, upper = page.bbox[0], page.bbox[1]
    pieces: list[str] = []
    sides = [array("f") for _ in range(4)]
    fonts: list[str] = []

    def add(text: str, font: str, box: tuple[float, float, float, float]) -> None:
        for character in text:
            pieces.append(character)
            fonts.append(font)
            for side, value in zip(sides, box, strict=True):
                side.append(value)

    before: Any = None
    for char in page.chars:
        box = (char["x0"] - left, char["top"] - upper, char["x1"] - left, char["bottom"] - upper)
        if before is not None and abs(char["bottom"] - before["bottom"]) > _NEW_LINE * char["height"]:
            add("\n", "", (box[0], box[1], box[0], box[3]))
        add(char["text"], char["fontname"], box)
        before = char
    edges = [
        Edge(edge["x0"] - left, edge["top"] - upper, edge["x1"] - left, edge["bottom"] - upper)
        for edge in page.edges
        if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) > _SHORT
        and min(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) <= _SHORT
    ]
    pictures = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    paths = len(page.rects) + len(page.lines) + len(page.curves)
    x0, top, x1, bottom = sides
    return PageContent(
        float(page.width), float(page.height), "".join(pieces), x0, top, x1, bottom, edges, pictures, paths,
        fonts.__getitem__,
    )  # fmt: skip

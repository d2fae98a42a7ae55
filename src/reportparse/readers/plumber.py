"""PDF pages by pdfplumber: slow, independent of PDFium, and so the oracle of the tests and a second way when asked for."""

from __future__ import annotations

import io
import logging
import math
from array import array
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from reportparse.readers.printed import Edge, PageContent, by_way, damaged_error, locked_error, way_of

__all__ = ["ENGINE", "PlumberDocument"]

for _reader in ("pdfminer", "pdfplumber"):  # what they warn of, a broken MediaBox, says nothing to who reads a report
    logging.getLogger(_reader).addHandler(logging.NullHandler())

ENGINE = f"pdfplumber {pdfplumber.__version__}"

_SHORT = 3.0
"""Points: what is no longer is a dot and no edge of a table."""
_APART = 0.5
"""Of a character's height: characters of one word stand no further apart, and no higher or lower."""


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
        except MalformedPDFException:
            raise damaged_error() from None
        except PdfminerException as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, PDFPasswordIncorrect):
                raise locked_error() from None
            raise damaged_error() from None
        except (PDFSyntaxError, ValueError, KeyError, TypeError, RecursionError):
            raise damaged_error() from None

    def __enter__(self) -> PlumberDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def __len__(self) -> int:
        return len(self._pages)

    def pages(self) -> Iterator[PageContent | None]:
        """What is printed on each page; None for a page that cannot be loaded."""
        return map(self.page, range(len(self)))

    def page(self, number: int) -> PageContent | None:
        """What is printed on one page, counted from 0; None where it cannot be loaded."""
        if number >= len(self._pages):
            return None  # the engines do not count alike in a broken tree of pages
        page = self._pages[number]
        try:
            return _content(page)
        except Exception:  # pdfminer raises whatever a broken content stream makes it trip over
            return None
        finally:
            page.close()


def _is_elsewhere(before: Any, char: Any, way: int) -> bool:
    """Whether a character does not follow the one before it on its line, which runs a ``way``."""
    if way % 2:
        slack = _APART * char["width"]
        level = abs(char["x0"] - before["x0"]) <= slack
        onward = char["top"] - before["top"] if way == 3 else before["bottom"] - char["bottom"]
        return not (level and 0 <= onward <= before["height"] + slack)
    slack = _APART * char["height"]
    level = abs(char["bottom"] - before["bottom"]) <= slack
    onward = char["x0"] - before["x0"] if way == 0 else before["x1"] - char["x1"]
    return not (level and 0 <= onward <= before["x1"] - before["x0"] + slack)


def _content(page: Any) -> PageContent:
    left, upper, right, lower = page.cropbox  # all coordinates count from the media box
    pieces: list[str] = []
    sides = [array("f") for _ in range(4)]
    fonts: list[str] = []

    def add(text: str, font: str, box: tuple[float, float, float, float]) -> None:
        for character in text:
            pieces.append(character)
            fonts.append(font)
            for side, value in zip(sides, box, strict=True):
                side.append(value)

    ways: dict[int, int | None] = {}
    before: Any = None
    for char in page.chars:
        box = (char["x0"] - left, char["top"] - upper, char["x1"] - left, char["bottom"] - upper)
        a, b, *_ = char["matrix"]
        way = way_of(math.degrees(math.atan2(b, a)))
        if before is not None and _is_elsewhere(before, char, way or 0):
            add("\n", "", (box[0], box[1], box[0], box[3]))
        # (cid:7) stands for a glyph of which the font does not say what it is.
        text = "\ufffd" if char["text"].startswith("(cid:") else char["text"]
        ways.update(dict.fromkeys(range(len(pieces), len(pieces) + len(text)), way))
        add(text, char["fontname"], box)
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
        right - left, lower - upper, "".join(pieces), x0, top, x1, bottom, edges, pictures, paths,
        fonts.__getitem__, *by_way(ways),
    )  # fmt: skip

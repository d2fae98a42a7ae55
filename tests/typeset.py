"""A typesetter for tests: paragraphs → the document that a reader of a printed page would return.

Full-width characters are 16 points wide, the others half of that; lines are filled from a margin to a measure, titles
stand in the middle, first lines are indented by two characters; pages have a running head and a page number.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reportparse.document import Document, Geometry, Glyphs, Page, PrintedLine
from reportparse.layout import lay_out
from reportparse.model import Source

EM = 16.0
MARGIN, HEAD, TOP, PITCH = 90.0, 50.0, 90.0, 28.0
MUST_NOT_BEGIN = "，。、；：）！？”’》〉」』】%,"
MUST_NOT_END = "（“‘《〈"
REMARK = "（"
"""A title is not broken right before its remark, （2021年度）: that could be a line of its own."""


class Paragraph(NamedTuple):
    text: str
    kind: str  # heading | paragraph | cover | note: at the foot of the page


class Style(NamedTuple):
    """``measure`` is the width of a full line and ``lines`` the height of a page, both in characters of the body."""

    measure: int = 28
    lines: int = 22
    first_page: int = 22
    whole_numbers: bool = True
    head: str = "某县行政事业单位"
    number: Callable[[int], str] = lambda page: f"- {page} -"
    shift_even: float = 0.0
    indent: int = 2
    gap: float = 0.0


def width(text: str) -> float:
    return sum(EM if char > "\xff" else EM / 2 for char in text)


def wrapped(text: str, first: float, measure: float, *, whole_numbers: bool) -> list[str]:
    """Lines as a word processor fills them: some marks must not begin a line, a number is not broken if so asked."""
    lines: list[str] = []
    start = 0
    while start < len(text):
        room = measure - (first if not lines else 0)
        end = start
        while end < len(text) and width(text[start : end + 1]) <= room:
            end += 1
        end = max(end, start + 1)
        if end < len(text):
            while end < len(text) and text[end] in MUST_NOT_BEGIN:
                end += 1
            while end > start + 1 and text[end - 1] in MUST_NOT_END:
                end -= 1
            if whole_numbers and end < len(text) and text[end].isascii() and text[end - 1].isascii():
                whole = end
                while whole > start and text[whole - 1].isascii():
                    whole -= 1
                end = whole if whole > start else end
        lines.append(text[start:end])
        start = end
    return lines


def paragraphs_of(text: str) -> list[Paragraph]:
    """The blocks of a plain text, to be set in type, without its tables."""
    layout = lay_out(text)
    return [
        Paragraph(layout.flat.text[block.start : block.end], block.kind)
        for block in layout.blocks
        if block.kind != "table"
    ]


class _Setter:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.text: list[str] = []
        self.length = 0
        self.page_starts: list[int] = []
        self.lines: list[PrintedLine] = []
        self.glyphs = Glyphs([], [], [], [], [])
        self.left = 0
        self.y = 0.0
        self.notes: list[str] = []

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += len(piece)

    def page(self) -> None:
        if self.page_starts:
            self.foot()
            self.add("\f")
        self.page_starts.append(self.length)
        self.glyphs.sides.append((array("f"), array("f"), array("f"), array("f")))
        self.left = self.style.first_page if len(self.page_starts) == 1 else self.style.lines
        self.y = TOP
        if self.style.head:
            self.line(self.style.head, (self.style.measure * EM - width(self.style.head)) / 2, "Song", HEAD, 10.5)

    def foot(self) -> None:
        for at, note in enumerate(self.notes):
            self.line(note, 0.0, "Song", 730.0 + 16 * at, 10.5)
        self.notes.clear()
        number = self.style.number(len(self.page_starts))
        if number:
            self.line(number, (self.style.measure * EM - width(number)) / 2, "Song", 780.0, 10.5)

    def line(self, text: str, indent: float, font: str, top: float, size: float = EM) -> None:
        if self.length > self.page_starts[-1]:
            self.add("\n")
        page = len(self.page_starts)
        shift = self.style.shift_even if page % 2 == 0 else 0.0
        x = MARGIN + indent + shift
        start, x0 = self.length, x
        sides = self.glyphs.sides[-1]
        self.glyphs.starts.append(start)
        self.glyphs.ends.append(start + len(text))
        self.glyphs.pages.append(page)
        self.glyphs.firsts.append(len(sides[0]))
        for char in text:
            wide = width(char)
            for side, value in zip(sides, (x, top, x + wide, top + size), strict=True):
                side.append(value)
            x += wide
        self.add(text)
        self.lines.append(PrintedLine(start, self.length, page, x0, top, x, top + size, size, font, font))

    def paragraph(self, paragraph: Paragraph) -> None:
        style = self.style
        if paragraph.kind == "note":
            self.notes.append(paragraph.text)
            return
        font = {"heading": "Hei", "cover": "Biaosong"}.get(paragraph.kind, "Fangsong")
        measure = style.measure * EM
        first = 0.0 if paragraph.kind == "cover" else style.indent * EM
        while paragraph.kind == "cover" and any(
            line[0] in REMARK for line in wrapped(paragraph.text, first, measure, whole_numbers=False)[1:]
        ):
            measure -= EM
        for index, text in enumerate(wrapped(paragraph.text, first, measure, whole_numbers=style.whole_numbers)):
            if self.left == 0:
                self.page()
            indent = first if index == 0 else 0.0
            if paragraph.kind == "cover":
                indent = (measure - width(text)) / 2
            self.line(text, indent, font, self.y)
            self.y += PITCH
            self.left -= 1
        self.y += style.gap


def typeset(paragraphs: Iterable[Paragraph], style: Style | None = None) -> Document:
    """The document that results."""
    setter = _Setter(style or Style())
    setter.page()
    for paragraph in paragraphs:
        setter.paragraph(paragraph)
    setter.foot()
    text = "".join(setter.text)
    source = Source(
        "set.pdf", "", "application/pdf", None, None, "pdf", "1", "", len(setter.page_starts), len(text)
    )  # fmt: skip
    pages = tuple(Page(2 * MARGIN + setter.style.measure * EM, 842.0) for _ in setter.page_starts)
    return Document(
        source, text, tuple(setter.page_starts), geometry=Geometry(pages, tuple(setter.lines), setter.glyphs)
    )


def texts(document: Document) -> Sequence[str]:
    """The printed lines."""
    assert document.geometry is not None
    return [document.text[line.start : line.end] for line in document.geometry.lines]

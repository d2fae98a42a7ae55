"""The text of a DOCX in the order of its elements: what Word prints, written to a flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportparse.readers.docx_styles import W, is_on, number_in, value_of
from reportparse.readers.flow import FlowCell
from reportparse.readers.txt import is_blank

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportparse.readers.docx_styles import Lists, Styles
    from reportparse.readers.flow import Flow

__all__ = ["Story"]

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# What stands around paragraphs, rows and cells and says nothing itself.
_WRAPPERS = frozenset(W + name for name in "sdt sdtContent customXml smartTag ins moveTo".split())
# What is deleted, not printed, or no text of the paragraph.
_SKIPPED = frozenset(
    W + name
    for name in "pPr rPr del moveFrom instrText delText delInstrText rt rubyPr sdtPr sdtEndPr customXmlPr".split()
)
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
# What forms are filled in with, in the fonts of symbols that Word offers. Other symbols of these fonts are ornaments.
_SYMBOLS = {
    "wingdings": {0x6F: "□", 0xA8: "□", 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x50: "√", 0x4F: "×", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞"},
}
_PRIVATE = range(0xE000, 0xF900)


class _Placed(NamedTuple):
    """A cell of a table with its grid column and span. ``merged``: with the ones below, or above (``continue``)."""

    element: Element
    column: int
    columns: int
    merged: str | None


class Story:
    """Writes the paragraphs and tables of a document to a flow."""

    def __init__(self, flow: Flow, styles: Styles, lists: Lists) -> None:
        self._flow = flow
        self._styles = styles
        self._lists = lists
        self._section_breaks: Iterator[bool] = iter(())

    def body(self, root: Element) -> None:
        """The main part."""
        body = root.find(W + "body")
        if body is None:
            return
        sections = [s for s in body.iter(W + "sectPr") if (p := s.getparent()) is body or _is(p, "pPr")]
        # How a section begins, it says itself, at its own end.
        self._section_breaks = iter(
            [value_of(section, "type") not in ("continuous", "nextColumn") for section in sections[1:]]
        )
        self._blocks(body)

    def notes(self, root: Element | None) -> None:
        """The footnotes or the endnotes, without the lines that separate them from the text."""
        for note in root.iterchildren(W + "footnote", W + "endnote") if root is not None else ():
            if note.get(W + "type", "normal") == "normal":
                self._blocks(note)

    def _blocks(self, container: Element) -> None:
        for block in _inside(container, W + "p", W + "tbl"):
            if block.tag == W + "p":
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(W + "pPr")
        text, boxes = self._text(element)
        level = self._styles.heading_level(properties)
        if self._styles.breaks_page(properties):
            self._flow.new_page()
        for index, page in enumerate(text.split("\f")):
            if index:
                self._flow.new_page()
            for line in page.split("\n"):
                self._flow.line(line, level)
                level = level if is_blank(line) else None
        for box in boxes:
            self._blocks(box)
        if properties is not None and properties.find(W + "sectPr") is not None and next(self._section_breaks, False):
            self._flow.new_page()

    def _table(self, element: Element) -> None:
        rows = [_placed(row) for row in _inside(element, W + "tr") if not _is_deleted(row, "trPr")]
        if all(len(row) <= 1 for row in rows):
            # A frame around prose.
            for row in rows:
                for cell in row:
                    self._blocks(cell.element)
            return
        spans: dict[tuple[int, int], int] = {}
        above: dict[tuple[int, int], int] = {}  # column and span of a merged cell above → row where it begins
        for index, row in enumerate(rows):
            here = {}
            for cell in row:
                place = cell.column, cell.columns
                begin = above.get(place, index) if cell.merged == "continue" else index
                spans[begin, cell.column] = index + 1 - begin
                if cell.merged:
                    here[place] = begin
            above = here
        written: list[list[FlowCell | None]] = []
        for index, row in enumerate(rows):
            written.append([])
            for cell in row:
                rows_spanned = spans.get((index, cell.column))
                if rows_spanned is None:
                    written[-1].append(None)
                else:
                    text = " ".join(self._words(cell.element))
                    written[-1].append(FlowCell(cell.column, rows_spanned, cell.columns, text))
        self._flow.table(written)

    def _words(self, container: Element) -> Iterator[str]:
        """What stands in a cell, paragraph by paragraph, tables and text boxes in it included."""
        for block in _inside(container, W + "p", W + "tbl"):
            if block.tag == W + "p":
                text, boxes = self._text(block)
                if not is_blank(text):
                    yield " ".join(text.split("\n"))
                for box in boxes:
                    yield from self._words(box)
            else:
                for row in _inside(block, W + "tr"):
                    for cell in _inside(row, W + "tc"):
                        yield from self._words(cell)

    def _text(self, element: Element) -> tuple[str, list[Element]]:
        """The text of a paragraph with its number, and the text boxes anchored in it."""
        run = _Run()
        run.read(element)
        text = "".join(run.pieces)
        properties = element.find(W + "pPr")
        if not text and _is_deleted(properties, "rPr"):
            return "", run.boxes
        return self._lists.number(properties) + text, run.boxes


class _Run:
    """What is printed of a paragraph. ``pieces`` hold ``\\n`` for a line break and ``\\f`` for a page break."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Element] = []
        # One for every field that is open here: whether its code is over. Fields go on over paragraphs, codes do not.
        self._fields: list[bool] = []

    def read(self, parent: Element) -> None:
        """Everything in ``parent``, in order."""
        for child in parent.iterchildren("*"):
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == W + "t" or tag == _M + "t":
                # A line end in the XML is white space, none that is printed.
                self._write((child.text or "").replace("\r", " ").replace("\n", " "))
            elif tag == W + "r":
                if not is_on(child.find(W + "rPr"), "vanish"):
                    self.read(child)
            elif tag in _CHARACTERS:
                self._write(_CHARACTERS[tag])
            elif tag == W + "br":
                self._write("\f" if child.get(W + "type") == "page" else "\n")
            elif tag == W + "sym":
                self._write(_symbol(child))
            elif tag == W + "fldChar":
                self._field(child)
            elif tag == W + "txbxContent":
                self.boxes.append(child)
            elif tag == _MC + "AlternateContent":
                branch = _branch(child)
                if branch is not None:
                    self.read(branch)
            else:
                # In a formula on one line.
                self._write({_M + "den": "/", _M + "sup": "^"}.get(tag, ""))
                self.read(child)

    def _write(self, text: str) -> None:
        if all(self._fields):
            self.pieces.append(text)

    def _field(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None:
                checked = is_on(box, "checked")
                self._write("☑" if (is_on(box, "default") if checked is None else checked) else "☐")
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _inside(container: Element, *wanted: str) -> Iterator[Element]:
    """The children of these kinds, whatever is wrapped around them."""
    for child in container:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS:
            yield from _inside(child, *wanted)
        elif tag == _MC + "AlternateContent" and (branch := _branch(child)) is not None:
            yield from _inside(branch, *wanted)


def _branch(element: Element) -> Element | None:
    """Of content written for newer and for older programs, the newer, or else whichever has text."""
    branches = [branch for branch in element if branch.tag in (_MC + "Choice", _MC + "Fallback")]
    return next((branch for branch in branches if next(branch.iter(W + "t", _M + "t"), None) is not None), None)


def _placed(row: Element) -> list[_Placed]:
    properties = row.find(W + "trPr")
    column = max(number_in(properties, "gridBefore") or 0, 0)
    cells: list[_Placed] = []
    for element in _inside(row, W + "tc"):
        properties = element.find(W + "tcPr")
        columns = max(number_in(properties, "gridSpan") or 1, 1)
        if cells and _merged(properties, "hMerge") == "continue":
            cells[-1] = cells[-1]._replace(columns=cells[-1].columns + columns)
        else:
            cells.append(_Placed(element, column, columns, _merged(properties, "vMerge")))
        column += columns
    return cells


def _merged(properties: Element | None, way: str) -> str | None:
    element = properties.find(W + way) if properties is not None else None
    return element.get(W + "val", "continue") if element is not None else None


def _symbol(element: Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get(element.get(W + "font", "").lower(), {})
    if found := known.get(code & 0xFF if code in _PRIVATE else code):
        return found
    return "" if code in _PRIVATE or not 0x20 <= code < 0xD800 else chr(code)


def _is_deleted(element: Element | None, holder: str) -> bool:
    """Whether the tracked changes say that a row or the end of a paragraph is gone."""
    if element is None:
        return False
    properties = element.find(W + holder)
    return properties is not None and any(properties.find(W + name) is not None for name in ("del", "moveFrom"))


def _is(element: Element | None, name: str) -> bool:
    return element is not None and element.tag == W + name

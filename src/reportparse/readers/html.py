"""HTML: bytes → Document, with the site around the report left out as far as that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from reportparse.errors import ReadError
from reportparse.readers.flow import Flow, FlowCell, needs
from reportparse.readers.html_chrome import HtmlLine, Page, hidden, report_lines
from reportparse.readers.html_measure import measure
from reportparse.readers.html_tables import cells_of, is_data, rows_of
from reportparse.readers.ordinals import ordinal
from reportparse.readers.txt import decode, is_blank

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from lxml.etree import _Element as Element

    from reportparse.document import Document
    from reportparse.readers.html_measure import Measure

__all__ = ["READER", "READER_VERSION", "read_html"]

READER = "html"
READER_VERSION = "1"
_MEDIA_TYPE = "text/html"

_BLOCKS = frozenset(
    "address article blockquote body caption center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 "
    "h4 h5 h6 header hr html legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_DISPLAYED_AS_BLOCK = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|cjk-ideographic|simp-chinese-\w+)", re.IGNORECASE)

_SPACES = re.compile(r"[ \t\n\r\f]+")
_FIRST_WIDE = "\u2e80"  # of the characters that are set solid, without a space where a line ends

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{1,30})|encoding=[\"']([\w-]{1,30})", re.IGNORECASE
)
_HEAD = 8192
_ATTRIBUTES_AT_MOST = 1000
"""Of an element. The parser compares each with all others: of a hundred thousand it makes minutes."""
_TAG = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=(?!\s*+(?:"[^"]*"|'[^']*'))){0,5000}""")
"""An opening tag, or as much of it as has more attributes than are taken."""
_LONG_TAG = 2000
"""Characters under which a tag has no more attributes than are taken."""
_VALUE = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_CODECS = dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "gb18030", "cp936"), "gb18030") | dict.fromkeys(
    ("big5", "x-x-big5", "cn-big5", "big5-hkscs"), "cp950"
)


def read_html(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document in ``data``; ``encoding`` overrides what the page and its bytes say.

    A line is what a browser shows as a block, or between two line breaks. Elements that are not shown, form controls
    and what is certainly the site's are left out; numbers of lists stand in front of their items. Tables that only
    set the page are none.

    Raises:
        ReadError: ``RP-READ-005``, ``-007``, ``-008``, ``-012``, ``-013`` or ``-016``.
    """
    try:
        from lxml import etree
    except ImportError:
        raise needs("html", "HTML", "lxml") from None
    text, codec, reason = decode(data, encoding, _declared(data))
    if any(
        found.end() - found.start() > _LONG_TAG and _attributes(found[0]) > _ATTRIBUTES_AT_MOST
        for found in _TAG.finditer(text)
    ):
        raise ReadError("RP-READ-012", "网页元素的属性过多", "an element of the page has too many attributes")
    # A parser of its own for each page: it keeps the errors. Without the option it stops at a depth that pages have.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any("Excessive depth" in error.message for error in parser.error_log):
        raise ReadError("RP-READ-012", "网页元素嵌套过深", "the elements of the page are nested too deep")
    flow = Flow()
    images = False
    if root is not None:
        images = next(root.iter("img", "image"), None) is not None
        _write(root, flow)
    try:
        return flow.document(data, name, _MEDIA_TYPE, (READER, READER_VERSION), (codec, reason))
    except ReadError:
        if not images:
            raise
    raise ReadError(
        "RP-READ-013",
        "网页里只有图片，没有文字：请先做文字识别",
        "only images, no text: recognise their text first (OCR)",
    )


def _attributes(tag: str) -> int:
    return len(_VALUE.sub("= ", tag).split())


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data, 0, _HEAD)
    return _CODECS.get((found[1] or found[2]).decode("ascii", "ignore").lower()) if found else None


def _write(root: Element, flow: Flow) -> None:
    skipped = hidden(root)
    measures = measure(root, skipped)
    if root not in measures:
        return
    body = root.find("body")
    page = Page(body if body in measures and body is not None else root, measures)
    skipped |= page.chrome
    titles = [title.text or "" for title in root.iter("title")]
    titles += [meta.get("content") or "" for meta in root.iter("meta") if "title" in (meta.get("name") or "").lower()]
    for line in report_lines(_Walk(skipped, measures, page.main).read(root), titles):
        if line.table is not None:
            flow.table(list(_cells(line.table, skipped, measures)))
        else:
            flow.line(line.text, line.level)


def _cells(
    table: Element, skipped: Container[Element], measures: Mapping[Element, Measure]
) -> Iterator[list[FlowCell | None]]:
    for row in cells_of(table):
        written: list[FlowCell | None] = []
        for cell in row:
            if cell is None:
                written.append(None)
                continue
            found = _Walk(skipped, measures, None).read(cell.element) if cell.element not in skipped else ()
            text = " ".join(line.text for line in found)
            written.append(FlowCell(cell.column, cell.rows, cell.columns, text))
        yield written


class _ListState(NamedTuple):
    form: str
    next: int


class _Walk:
    """Reads elements as a browser sets them. Without ``main``, in a cell: a table in it is no table of the page."""

    def __init__(self, skipped: Container[Element], measures: Mapping[Element, Measure], main: Element | None) -> None:
        self._skipped = skipped
        self._measures = measures
        self._main = main
        self._inside = 0
        self._pieces: list[str] = []
        self._unlinked = False
        self._links = 0
        self._preformatted = 0
        self._level: int | None = None
        self._prefix = ""
        self._lists: list[_ListState] = []

    def read(self, root: Element, without: Container[Element] = ()) -> Iterator[HtmlLine]:
        """The lines, and the tables among them. What stands in a table but in no cell goes before it, as if set there."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        closed: set[Element] = set()
        for event, element in walk:
            tag = element.tag
            block = tag in _BLOCKS or tag == "br" or _DISPLAYED_AS_BLOCK.search(element.get("style") or "")
            if event == "start":
                if element in self._skipped or element in without:
                    walk.skip_subtree()
                    closed.add(element)
                    continue
                if block:
                    yield from self._line()
                if tag == "table" and self._main is not None and is_data(element, self._measures):
                    inside = self._inside > 0
                    cells = {cell for row in rows_of(element) for cell in row}
                    for line in _Walk(self._skipped, self._measures, None).read(element, cells):
                        yield line._replace(inside=inside)
                    yield HtmlLine("", None, inside, False, element)
                    walk.skip_subtree()
                    closed.add(element)
                    continue
                self._open(element)
                yield from self._text(element.text)
                continue
            if element not in closed:
                if block:
                    yield from self._line()
                self._close(element)
            elif tag == "table" or block:
                yield from self._line()
            if element is not root:
                yield from self._text(element.tail)
        yield from self._line()

    def _open(self, element: Element) -> None:
        tag = element.tag
        self._inside += element is self._main
        self._links += tag == "a" and element.get("href") is not None
        self._preformatted += tag == "pre"
        self._level = _LEVELS.get(tag, self._level)
        if tag == "ol":
            self._lists.append(_ListState(_form(element), _whole(element.get("start"), 1)))
        elif tag in ("ul", "menu", "dir"):
            self._lists.append(_ListState("bullet", 0))
        elif tag == "li" and self._lists:
            form, value = self._lists[-1]
            value = _whole(element.get("value"), value)
            self._lists[-1] = _ListState(form, value + 1)
            number = ordinal(value, form)
            self._prefix = number and number + ("、" if form.startswith("chinese") else ". ")

    def _close(self, element: Element) -> None:
        tag = element.tag
        self._inside -= element is self._main
        self._links -= tag == "a" and element.get("href") is not None
        self._preformatted -= tag == "pre"
        if tag in _LEVELS:
            self._level = None
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.pop()
        elif tag == "li":
            self._prefix = ""

    def _text(self, text: str | None) -> Iterator[HtmlLine]:
        if not text:
            return
        self._unlinked = self._unlinked or not (self._links or text.isspace())
        if not self._preformatted:
            self._pieces.append(text)
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        # Spaces count here: those that do not collapse keep their place.
        self._pieces.append(first.replace("\t", "    ").replace(" ", "\xa0"))
        for other in others:
            yield from self._line()
            self._pieces.append(other.replace("\t", "    ").replace(" ", "\xa0"))

    def _line(self) -> Iterator[HtmlLine]:
        if not self._pieces:
            return
        text = _collapsed("".join(self._pieces))
        linked = not self._unlinked
        self._pieces.clear()
        self._unlinked = False
        if not is_blank(text):
            yield HtmlLine(self._prefix + text, self._level, self._inside > 0, linked)
            self._prefix = ""


def _collapsed(text: str) -> str:
    """With white space as a browser shows it: a line end between two characters set solid is nothing."""

    def space(match: re.Match[str]) -> str:
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        solid = before >= _FIRST_WIDE and after >= _FIRST_WIDE
        return "" if solid and ("\n" in match[0] or "\r" in match[0]) else " "

    return _SPACES.sub(space, text).strip(" ")


def _form(element: Element) -> str:
    style = _LIST_STYLE.search(element.get("style") or "")
    if style:
        return "none" if style[1].lower() == "none" else "chineseCounting"
    return _LIST_FORMS.get(element.get("type") or "", "decimal")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", text) else default

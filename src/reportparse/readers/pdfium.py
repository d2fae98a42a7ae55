"""PDF pages by PDFium, through the plain C functions of pypdfium2.

The calls that are made once a character or a shape go through ``map`` over one flat buffer: a tenth of what a ctypes
call with a reference costs. Not safe for threads, as PDFium is not: one document at a time in one process.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from operator import eq
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from reportparse.errors import ReadError
from reportparse.readers.pdfium_shapes import Placement, Shapes, as_argument, bare, quick, room, shapes_of
from reportparse.readers.printed import PageContent, by_way, damaged_error, locked_error, no_pages_error, way_of

if TYPE_CHECKING:
    from reportparse.readers.plumber import PlumberDocument

__all__ = ["ENGINE", "PdfiumDocument"]

ENGINE = f"pdfium {pypdfium2.PDFIUM_INFO.build}"

_P, _I = ctypes.c_void_p, ctypes.c_int
_text = bare(pdfium.FPDFText_GetText, _P, _I, _I, _P)
_loose_box = quick(pdfium.FPDFText_GetLooseCharBox)
_tight_box = bare(pdfium.FPDFText_GetCharBox, _P, _I, _P, _P, _P, _P)
_character = quick(pdfium.FPDFText_GetUnicode)
_is_unmapped = quick(pdfium.FPDFText_HasUnicodeMapError)
_angle = quick(pdfium.FPDFText_GetCharAngle, gives=ctypes.c_float)
_matrix = bare(pdfium.FPDFText_GetMatrix, _P, _I, _P)
_text_object = quick(pdfium.FPDFText_GetTextObject, gives=_P)
_font_of = bare(pdfium.FPDFTextObj_GetFont, _P, gives=_P)
_render_mode = bare(pdfium.FPDFTextObj_GetTextRenderMode, _P)
_clip_path = bare(pdfium.FPDFPageObj_GetClipPath, _P, gives=_P)
_clip_count = bare(pdfium.FPDFClipPath_CountPaths, _P)
_clip_segments = bare(pdfium.FPDFClipPath_CountPathSegments, _P, _I)
_clip_segment = bare(pdfium.FPDFClipPath_GetPathSegment, _P, _I, _I, gives=_P)
_at = bare(pdfium.FPDFPathSegment_GetPoint, _P, _P, _P)


class PdfiumDocument:
    """An open PDF. Use it as a context manager."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            ReadError: ``RP-READ-011`` a password is needed · ``-012`` damaged · ``-015`` no pages.
        """
        self._data = data
        self._other: PlumberDocument | None = None
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # PDFium does not reset its last error: only a file that says it is encrypted is.
            locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            if error.err_code in locked and b"/Encrypt" in data:
                raise locked_error() from None
            if _has_no_pages(data):
                raise no_pages_error() from None
            raise damaged_error() from None

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()
        if self._other is not None:
            self._other.__exit__()

    def __len__(self) -> int:
        return len(self._document)

    def pages(self) -> Iterator[PageContent | None]:
        """What is printed on each page; None for a page that cannot be loaded."""
        for number in range(len(self)):
            page = pdfium.FPDF_LoadPage(self._document.raw, number)
            if not page:
                yield None
                continue
            text_page = pdfium.FPDFText_LoadPage(page)
            try:
                yield self._read(page, text_page, number) if text_page else None
            finally:
                if text_page:
                    pdfium.FPDFText_ClosePage(text_page)
                pdfium.FPDF_ClosePage(page)

    def _read(self, page: Any, text_page: Any, number: int) -> PageContent | None:
        """What is printed on a page, by pdfplumber where PDFium would lose some of it."""
        place = Placement(page)
        shapes = shapes_of(page, text_page, place)
        if not shapes.loses_text:
            return _read_page(text_page, place, shapes)
        if self._other is None:
            self._other = _plumber().PlumberDocument(self._data)
        return self._other.page(number)


def _plumber() -> Any:
    """The other engine, which is slow to import."""
    from reportparse.readers import plumber

    return plumber


def _has_no_pages(data: bytes) -> bool:
    """Whether a file that PDFium does not open is whole but for its pages, of which it has none."""
    try:
        with _plumber().PlumberDocument(data) as document:
            return not len(document)
    except ReadError:
        return False


def _read_page(text_page: Any, place: Placement, shapes: Shapes) -> PageContent:
    text, boxes = _characters(text_page)
    text = _visible(as_argument(text_page), text, boxes)
    x0, top, x1, bottom = place.boxes(*boxes)
    slanting, sideways, main = _turned(as_argument(text_page), text, place.turns)
    return PageContent(
        place.width, place.height, text, x0, top, x1, bottom, shapes.edges, shapes.pictures, shapes.paths,
        _Fonts(text_page), slanting, sideways, main,
    )  # fmt: skip


class _Fonts:
    """The name of a character's font; bold print has it in its name, in its weight, or is painted with an outline."""

    def __init__(self, text_page: Any) -> None:
        self._text_page = text_page
        self._handle = as_argument(text_page)
        self._names: dict[tuple[int | None, int], str] = {}
        self._of_object: dict[int | None, str] = {}

    def __call__(self, character: int) -> str:
        shown = _text_object(self._handle, character)
        name = self._of_object.get(shown)
        if name is None:
            name = self._of_object[shown] = self._of(shown, character)
        return name

    def _of(self, shown: int | None, character: int) -> str:
        key = (_font_of(shown), _render_mode(shown)) if shown else (None, -1)
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = self._name(character)
            if key[1] == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE and not name.endswith(_BOLD):
                name = self._names[key] = name + _BOLD
        return name

    def _name(self, character: int) -> str:
        buffer = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self._text_page, character, buffer, len(buffer), None)
        try:
            name = buffer.value.decode("utf-8")
        except UnicodeDecodeError:
            name = buffer.value.decode("gb18030", "replace")  # as older Chinese programs write it
        name = _SUBSET.sub("", name)
        return name + _BOLD if pdfium.FPDFText_GetFontWeight(self._text_page, character) >= _HEAVY else name


_HEAVY = 600
"""The weight of bold print, at least."""
_BOLD = ",Bold"
_SUBSET = re.compile(r"^[A-Z]{6}\+")
"""What stands before the name of a font that is embedded in part."""


# -- characters -------------------------------------------------------------------------------------------------------

_SURROGATE = re.compile("[\ud800-\udfff]")


def _characters(text_page: Any) -> tuple[str, list[array[float]]]:
    """The text and left, top, right and bottom of each of its characters."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return "", [array("f")] * 4
    page = as_argument(text_page)
    units, at = room("H", count + 1)
    length = _text(page, 0, count, at) - 1
    text = units[:length].tobytes().decode("utf-16-le", "surrogatepass")
    if len(text) != count:
        # Characters without a code, or outside the first plane: one by one.
        codes = list(map(_character, repeat(page), range(count)))
        text = "".join([chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes])
    text = _mapped(page, text)
    flat = _loose_boxes(page, count)
    boxes = [flat[side::4] for side in range(4)]
    # Text turned by its own matrix has loose boxes without a height.
    empty = sum(map(eq, boxes[1], boxes[3]))
    if empty > 2 * (text.count("\n") + text.count(" ")):
        boxes = _tight_boxes(page, count)
    if _SURROGATE.search(text):
        text, boxes = _paired(text, boxes)
    return text, boxes


_SELDOM = re.compile(r"[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
_FIRST = 32
"""Characters of a page that are asked whatever they are."""


def _mapped(text_page: Any, text: str) -> str:
    """The text with U+FFFD for every character that its font does not name.

    PDFium gives the number of the glyph for it, which reads as some other character: a digit, for one. The everyday
    characters of a page are asked only if one of the others, or of the first, is such a number.
    """
    asked = [*range(min(_FIRST, len(text)))]
    for match in _SELDOM.finditer(text, _FIRST):
        asked.extend(range(*match.span()))
    if 1 in map(_is_unmapped, repeat(text_page), asked):
        unmapped = map(_is_unmapped, repeat(text_page), range(len(text)))
        text = "".join(["\ufffd" if odd == 1 else char for odd, char in zip(unmapped, text, strict=True)])
    if "\ufffe" in text:
        # A hyphen at a line's end; but a character mapped to NUL comes as U+FFFE too.
        text = "".join([
            "\0" if char == "\ufffe" and _character(text_page, k) == 0 else char for k, char in enumerate(text)
        ])  # fmt: skip
    return text


_ROOM, _FIRST_BOX = room("f", 4 * 4096)
_ROOM_FOR = list(map(ctypes.c_void_p.from_param, range(_FIRST_BOX, _FIRST_BOX + 16 * 4096, 16)))
"""Where the boxes of 4,096 characters go, for one page after another."""


def _loose_boxes(page: Any, count: int) -> array[float]:
    """Left, top, right and bottom of one character after the other."""
    flat = array("f")
    for first in range(0, count, len(_ROOM_FOR)):
        here = range(first, min(first + len(_ROOM_FOR), count))
        deque(map(_loose_box, repeat(page), here, _ROOM_FOR), maxlen=0)
        flat += _ROOM[: 4 * len(here)]
    return flat


def _tight_boxes(page: Any, count: int) -> list[array[float]]:
    flat, first = room("d", 4 * count)
    left, right, bottom, top = (range(first + 8 * side, first + 8 * side + 32 * count, 32) for side in range(4))
    deque(map(_tight_box, repeat(page), range(count), left, right, bottom, top), maxlen=0)
    return [array("f", flat[side::4]) for side in (0, 3, 1, 2)]


def _paired(text: str, boxes: list[array[float]]) -> tuple[str, list[array[float]]]:
    """The halves of a character outside the first plane put together; a lone half becomes U+FFFD."""
    kept = [
        k
        for k in range(len(text))
        if not ("\udc00" <= text[k] <= "\udfff" and k and "\ud800" <= text[k - 1] <= "\udbff")
    ]
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined, [array("f", [side[k] for k in kept]) for side in boxes]


# -- what is set at an angle ------------------------------------------------------------------------------------------

_RUN = re.compile(r"\S+")


def _turned(text_page: Any, text: str, turns: int) -> tuple[frozenset[int], frozenset[int], int]:
    """The characters that slant, those that run another way than most, and which way most run on the page as displayed."""
    nothing: frozenset[int] = frozenset()
    matrix = (ctypes.c_float * 6)()
    at = ctypes.addressof(matrix)

    def way(k: int) -> int | None:
        # The angle that PDFium gives is that of the strokes, which slant in italics: the matrix has the line's.
        if not _matrix(text_page, k, at):
            return 0
        return way_of(math.degrees(math.atan2(matrix[1], matrix[0])) - 90 * turns)

    starts = [match.start() for match in _RUN.finditer(text)]
    angles = set(map(_angle, repeat(text_page), starts))
    if not starts or (len(angles) == 1 and (angles == {0.0} if turns == 0 else way(starts[0]) == 0)):
        return nothing, nothing, 0
    ways = {k: way(k) for match in _RUN.finditer(text) for k in range(*match.span())}
    return by_way(ways)


# -- what a clip hides ------------------------------------------------------------------------------------------------

_Box = tuple[float, float, float, float]


class _Clips(NamedTuple):
    """The clips of a page that were looked at: by page object, and by their paths."""

    of_object: dict[int, _Box | None]
    of_paths: dict[tuple[int | None, ...], _Box]


def _visible(text_page: Any, text: str, boxes: list[array[float]]) -> str:
    """The text with a NUL for every character that a clip hides.

    A sheet printed over several pages can hold all of its text on each of them, seen through a window. What a window
    hides are the ends of the text: if the first and the last character show, so does the rest.
    """
    printed = text.strip()
    if not printed:
        return text
    first = text.index(printed[0])
    clips = _Clips({}, {})
    if not any(_is_clipped(text_page, k, boxes, clips) for k in (first, first + len(printed) - 1)):
        return text
    return "".join(["\0" if _is_clipped(text_page, k, boxes, clips) else character for k, character in enumerate(text)])


def _is_clipped(text_page: Any, k: int, boxes: list[array[float]], clips: _Clips) -> bool:
    found = _text_object(text_page, k)
    if not found:
        return False
    if found not in clips.of_object:
        clips.of_object[found] = _clip(found, clips.of_paths)
    clip = clips.of_object[found]
    if clip is None:
        return False
    x, y = (boxes[0][k] + boxes[2][k]) / 2, (boxes[1][k] + boxes[3][k]) / 2
    return not (clip[0] <= x <= clip[2] and clip[1] <= y <= clip[3])


def _clip(found: int, clips: dict[tuple[int | None, ...], _Box]) -> _Box | None:
    """The box that a page object shows in: left, bottom, right, top in user space."""
    clip = _clip_path(found)
    count = _clip_count(clip) if clip else 0
    if count <= 0:
        return None
    # Objects that were drawn under one clip share its paths: where their first segments stand says that it is the same.
    key = tuple([_clip_segment(clip, path, 0) for path in range(count)])
    if key not in clips:
        clips[key] = _clip_box(clip, count)
    return clips[key]


def _clip_box(clip: int, count: int) -> _Box:
    left, bottom, right, top = -1e9, -1e9, 1e9, 1e9
    place = (ctypes.c_float * 2)()
    at_x = ctypes.addressof(place)
    for path in range(count):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(_clip_segments(clip, path)):
            _at(_clip_segment(clip, path, index), at_x, at_x + 4)
            xs.append(place[0])
            ys.append(place[1])
        if xs:
            left, right = max(left, min(xs)), min(right, max(xs))
            bottom, top = max(bottom, min(ys)), min(top, max(ys))
    return left, bottom, right, top

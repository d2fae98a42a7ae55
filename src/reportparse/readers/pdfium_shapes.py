"""The strokes and pictures of a PDF page, from PDFium's own page objects, and where things stand as displayed.

Also whether PDFium shows text that it does not read.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Iterable
from itertools import compress, pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from reportparse.readers.printed import Edge

__all__ = ["Placement", "Shapes", "as_argument", "bare", "quick", "room", "shapes_of"]

_THIN = 3.0
"""Points: what is no thicker is a stroke."""
_SHORT = 3.0
"""Points: what is no longer is a dot and no edge of a table."""
_NESTED = 8
"""How deep form objects inside form objects are looked into."""
_NOTHING = 0.01
"""Points: text that is no wider is passed over by PDFium (``CPDF_TextPage::ProcessTextObject``)."""
_DOUBLED = 2.0
"""Points: text printed again about as far off is bold, or has a shadow."""
_OBJECTS = 50_000
"""Shapes looked at on a page, at most: more is a drawing."""

_PATH, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE
_FORM = pdfium.FPDF_PAGEOBJ_FORM
_SHOWN = frozenset({_PATH, _IMAGE})

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def bare(function: Any, *arguments: Any, gives: Any = ctypes.c_int) -> Any:
    """A C function of PDFium with plain integers for pointers."""
    place = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(gives, *arguments)(place)  # type: ignore[arg-type]


def quick(function: Any, *, gives: Any = ctypes.c_int) -> Any:
    """A C function of PDFium that takes what :func:`as_argument` made and small numbers, and is called once a character or a shape.

    Without types ctypes looks none up: a call takes half as long, and a page a twentieth less.
    """
    return bare(function, gives=gives)


def as_argument(pointer: Any) -> Any:
    """A pointer as ctypes hands it over, made once for many calls of bare and quick functions."""
    return ctypes.c_void_p.from_param(ctypes.cast(pointer, ctypes.c_void_p).value)


def room(typecode: str, count: int) -> tuple[array[Any], int]:
    """An array of so many zeros for PDFium to write into, and its address, which holds as long as the array is kept at its
    length. Arrays of ctypes are a new class for every length, which costs more than a page's text and is garbage in a cycle.
    """
    made: array[Any] = array(typecode, (0,)) * count
    return made, made.buffer_info()[0]


_P, _I = ctypes.c_void_p, ctypes.c_int
_object = quick(pdfium.FPDFPage_GetObject, gives=_P)
_inner_object = bare(pdfium.FPDFFormObj_GetObject, _P, ctypes.c_ulong, gives=_P)
_inner_count = bare(pdfium.FPDFFormObj_CountObjects, _P)
_draw_mode = bare(pdfium.FPDFPath_GetDrawMode, _P, _P, _P)
_matrix = bare(pdfium.FPDFPageObj_GetMatrix, _P, _P)
_segment = bare(pdfium.FPDFPath_GetPathSegment, _P, _I, gives=_P)
_kind = bare(pdfium.FPDFPathSegment_GetType, _P)
_at = bare(pdfium.FPDFPathSegment_GetPoint, _P, _P, _P)
_closes = bare(pdfium.FPDFPathSegment_GetClose, _P)
_bounds = bare(pdfium.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)
_type_of = bare(pdfium.FPDFPageObj_GetType, _P)
_segments = bare(pdfium.FPDFPath_CountSegments, _P)
_font_of = bare(pdfium.FPDFTextObj_GetFont, _P, gives=_P)
_text_of = bare(pdfium.FPDFTextObj_GetText, _P, _P, _P, ctypes.c_ulong, gives=ctypes.c_ulong)
_NO_TEXT = 2
"""Bytes: what ends a text in UTF-16, and nothing before it."""
_is_embedded = bare(pdfium.FPDFFont_GetIsEmbedded, _P)
_glyph_width = bare(pdfium.FPDFFont_GetGlyphWidth, _P, ctypes.c_uint32, ctypes.c_float, _P)
_glyph_path = bare(pdfium.FPDFFont_GetGlyphPath, _P, ctypes.c_uint32, ctypes.c_float, gives=_P)


class Placement:
    """The way from user space (y upwards, not rotated, not cropped) to the page as displayed."""

    def __init__(self, page: Any) -> None:
        self.turns = pdfium.FPDFPage_GetRotation(page)
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        self.width, self.height = self.right - self.left, self.top - self.bottom
        if self.turns % 2:
            self.width, self.height = self.height, self.width

    def boxes(
        self, left: array[float], top: array[float], right: array[float], bottom: array[float]
    ) -> tuple[array[float], array[float], array[float], array[float]]:
        """Boxes in user space (``top`` above ``bottom``) as x0, top, x1, bottom of the page as displayed."""
        if self.turns == 0:
            if self.left:
                left, right = _shifted(left, -self.left), _shifted(right, -self.left)
            return left, _mirrored(top, self.top), right, _mirrored(bottom, self.top)
        if self.turns == 1:  # clockwise
            return (
                _shifted(bottom, -self.bottom), _shifted(left, -self.left),
                _shifted(top, -self.bottom), _shifted(right, -self.left),
            )  # fmt: skip
        if self.turns == 2:
            return (
                _mirrored(right, self.right), _shifted(bottom, -self.bottom),
                _mirrored(left, self.right), _shifted(top, -self.bottom),
            )  # fmt: skip
        return (
            _mirrored(top, self.top), _mirrored(right, self.right),
            _mirrored(bottom, self.top), _mirrored(left, self.right),
        )  # fmt: skip

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """One box, as :meth:`boxes` does it."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turns == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turns == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def _shifted(values: array[float], by: float) -> array[float]:
    return array("f", [v + by for v in values])


def _mirrored(values: array[float], at: float) -> array[float]:
    return array("f", [at - v for v in values])


class Shapes(NamedTuple):
    """The strokes of a page, the area of its pictures, how many shapes are drawn on it, and whether text is passed over."""

    edges: list[Edge]
    pictures: float
    paths: int
    loses_text: bool


def shapes_of(page: Any, text_page: Any, place: Placement) -> Shapes:
    """What is drawn on a page besides its text, and whether its text is all there."""
    count = min(pdfium.FPDFPage_CountObjects(page), _OBJECTS)
    found = _Found(place, as_argument(text_page))
    found.collect(list(map(_object, repeat(as_argument(page)), range(count))), _IDENTITY, 0)
    return Shapes(found.edges, found.pictures, found.paths, found.loses_text)


_EM = 12.0
_CHINESE = ord("的")


def _has_no_glyphs(font: int) -> bool:
    """Whether a font has Chinese characters, by their width, that neither the file nor this machine can draw."""
    if _is_embedded(font):
        return False
    width = ctypes.c_float()
    known = _glyph_width(font, _CHINESE, _EM, ctypes.addressof(width))
    return bool(known) and abs(width.value - _EM) < 0.01 and not _glyph_path(font, _CHINESE, _EM)


class _Found:
    """Collects strokes, in coordinates of the page as displayed."""

    def __init__(self, place: Placement, text_page: Any) -> None:
        self.place = place
        self.text_page = text_page
        self.edges: list[Edge] = []
        self.pictures = 0.0
        self.paths = 0
        self.loses_text = False
        self.left = _OBJECTS

    def collect(self, objects: list[int | None], matrix: _Matrix, depth: int) -> None:
        """Look at page objects; ``matrix`` leads from their space to the page's user space."""
        self.left -= len(objects)
        if self.left < 0 or not objects:
            return
        fonts = list(map(_font_of, objects))  # most objects are text, which has a font and nothing else has
        self._text(objects, fonts)
        objects = [handle for handle, font in zip(objects, fonts, strict=True) if not font]
        if not objects:
            return
        types = list(map(_type_of, objects))
        shown = [k for k, kind in enumerate(types) if kind in _SHOWN]
        boxes = self._boxes([objects[k] for k in shown], matrix)
        for k, (x0, top, x1, bottom) in zip(shown, boxes, strict=True):
            if types[k] == _IMAGE:
                self.pictures += (x1 - x0) * (bottom - top)
                continue
            self.paths += 1
            width, height = x1 - x0, bottom - top
            if width <= _THIN or height <= _THIN:
                if width > _SHORT or height > _SHORT:
                    self.edges.append(_edge(x0, top, x1, bottom))
            elif _segments(objects[k]) > 6 or _is_stroked(objects[k]):
                self._outline(objects[k], matrix)
        if depth == _NESTED or _FORM not in types:
            return
        for handle in compress(objects, map(_FORM.__eq__, types)):
            count = max(0, min(_inner_count(handle), _OBJECTS))
            inner = list(map(_inner_object, repeat(handle), range(count)))
            self.collect(inner, _times(_matrix_of(handle), matrix), depth + 1)

    def _text(self, objects: list[int | None], fonts: list[int | None]) -> None:
        """Look for text objects that PDFium passes over: some in a font that is neither embedded nor installed.

        Those without any width are passed over always; text has none where it runs upwards, or is one character. One
        without height is taken for the same text printed twice where that text stands just before it, up to an eighth of
        its width above (``CPDF_TextPage::IsSameTextObject``).
        """
        bare_fonts = {font for font in {*fonts} if font and _has_no_glyphs(font)}
        if not bare_fonts or self.loses_text:
            return
        shown = [handle for handle, font in zip(objects, fonts, strict=True) if font in bare_fonts]
        left, bottom, right, top = self._sides(shown)
        if any(b - a < _NOTHING for a, b in zip(left, right, strict=True)):
            self.loses_text = True
            return
        read: set[tuple[int, int]] = set()
        unread: list[tuple[int, int]] = []
        for handle, x, low, high in zip(shown, left, bottom, top, strict=True):
            if high - low < _NOTHING:
                square = round(x / _DOUBLED), round(low / _DOUBLED)
                if _text_of(handle, self.text_page, None, 0) > _NO_TEXT:
                    read.update((square[0] + dx, square[1] + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
                else:
                    unread.append(square)
        self.loses_text = not read.issuperset(unread)

    def _boxes(self, objects: list[int | None], matrix: _Matrix) -> Iterable[tuple[float, float, float, float]]:
        """Where page objects stand, as displayed; nowhere for what has no bounds."""
        left, bottom, right, top = self._sides(objects)
        if matrix is _IDENTITY:
            return zip(*self.place.boxes(left, top, right, bottom), strict=True)
        return map(self._displayed, repeat(matrix), left, bottom, right, top)

    def _sides(self, objects: list[int | None]) -> list[array[float]]:
        """Left, bottom, right and top of page objects in their own space."""
        count = len(objects)
        flat, first = room("f", 4 * count)
        sides = (range(first + 4 * side, first + 16 * count + 4 * side, 16) for side in range(4))
        deque(map(_bounds, objects, *sides), maxlen=0)
        return [flat[side::4] for side in range(4)]

    def _displayed(
        self, matrix: _Matrix, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        if matrix is not _IDENTITY:
            (left, bottom), (right, top) = _point(matrix, left, bottom), _point(matrix, right, top)
            left, right = min(left, right), max(left, right)
            bottom, top = min(bottom, top), max(bottom, top)
        return self.place.box(left, bottom, right, top)

    def _outline(self, path: int | None, matrix: _Matrix) -> None:
        """The straight sides of a rectangle, or of several in one path; a thin one counts as one stroke."""
        count = _segments(path)
        if count > _OBJECTS:
            return
        own = _times(_matrix_of(path), matrix)
        place = (ctypes.c_float * 2)()
        at_x = ctypes.addressof(place)
        run: list[tuple[float, float]] = []
        stroked = _is_stroked(path)
        for index in range(count):
            segment = _segment(path, index)
            kind = _kind(segment)
            _at(segment, at_x, at_x + 4)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._run(run, stroked)
                run = []
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return  # a drawing
            run.append(_point(own, place[0], place[1]))
            if _closes(segment):
                run.append(run[0])
        self._run(run, stroked)

    def _run(self, run: list[tuple[float, float]], stroked: bool) -> None:
        if len(run) < 2:
            return
        xs, ys = [p[0] for p in run], [p[1] for p in run]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            self._side((min(xs), min(ys)), (max(xs), max(ys)))
        elif stroked:
            for a, b in pairwise(run):
                self._side(a, b)

    def _side(self, a: tuple[float, float], b: tuple[float, float]) -> None:
        left, right = min(a[0], b[0]), max(a[0], b[0])
        low, high = min(a[1], b[1]), max(a[1], b[1])
        if min(right - left, high - low) <= _THIN and max(right - left, high - low) > _SHORT:
            self.edges.append(_edge(*self._displayed(_IDENTITY, left, low, right, high)))


def _edge(x0: float, top: float, x1: float, bottom: float) -> Edge:
    """A thin box as the line in its middle."""
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Edge(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Edge(middle, top, middle, bottom)


def _is_stroked(path: int | None) -> bool:
    modes = (ctypes.c_int * 2)()
    first = ctypes.addressof(modes)
    return bool(_draw_mode(path, first, first + 4)) and bool(modes[1])


def _matrix_of(handle: int | None) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not _matrix(handle, ctypes.addressof(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _point(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(m: _Matrix, n: _Matrix) -> _Matrix:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip

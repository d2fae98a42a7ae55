"""The strokes and pictures of a PDF page, from PDFium's own page objects, and where things stand as displayed."""

from __future__ import annotations

import ctypes
from array import array
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from reportparse.readers.printed import Edge

__all__ = ["Placement", "address", "bare", "shapes_of"]

_THIN = 3.0
"""Points: what is no thicker is a stroke."""
_SHORT = 3.0
"""Points: what is no longer is a dot and no edge of a table."""
_NESTED = 8
"""How deep form objects inside form objects are looked into."""
_OBJECTS = 50_000
"""Shapes looked at on a page, at most: more is a drawing."""

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def bare(function: Any, *arguments: Any) -> Any:
    """A C function of PDFium with plain integers for pointers."""
    place = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(ctypes.c_int, *arguments)(place)  # type: ignore[arg-type]


def address(pointer: Any) -> int:
    """The integer to hand to a bare function."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


_P = ctypes.c_void_p
_bounds = bare(pdfium.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)
_type_of = bare(pdfium.FPDFPageObj_GetType, _P)
_segments = bare(pdfium.FPDFPath_CountSegments, _P)


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


def _shifted(values: array[float], by: float) -> array[float]:
    return array("f", [v + by for v in values])


def _mirrored(values: array[float], at: float) -> array[float]:
    return array("f", [at - v for v in values])


def shapes_of(page: Any, place: Placement) -> tuple[list[Edge], float, int]:
    """The strokes of a page, the area of its pictures, and how many shapes are drawn on it."""
    count = min(pdfium.FPDFPage_CountObjects(page), _OBJECTS)
    objects = [pdfium.FPDFPage_GetObject(page, index) for index in range(count)]
    found = _Found(place)
    found.collect(objects, _IDENTITY, 0)
    return found.edges, found.pictures, found.paths


class _Found:
    """Collects strokes, in coordinates of the page as displayed."""

    def __init__(self, place: Placement) -> None:
        self.place = place
        self.edges: list[Edge] = []
        self.pictures = 0.0
        self.paths = 0
        self.left = _OBJECTS

    def collect(self, objects: list[Any], matrix: _Matrix, depth: int) -> None:
        """Look at page objects; ``matrix`` leads from their space to the page's user space."""
        self.left -= len(objects)
        if self.left < 0 or not objects:
            return
        handles = [address(found) for found in objects]
        types = list(map(_type_of, handles))
        if types.count(pdfium.FPDF_PAGEOBJ_TEXT) == len(types):
            return
        for found, handle, kind in zip(objects, handles, types, strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                self._path(found, handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                x0, top, x1, bottom = self._box(handle, matrix)
                self.pictures += (x1 - x0) * (bottom - top)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _NESTED:
                inner = [
                    pdfium.FPDFFormObj_GetObject(found, index)
                    for index in range(max(0, min(pdfium.FPDFFormObj_CountObjects(found), _OBJECTS)))
                ]
                self.collect(inner, _times(_matrix_of(found), matrix), depth + 1)

    def _box(self, handle: int, matrix: _Matrix) -> tuple[float, float, float, float]:
        sides = (ctypes.c_float * 4)()
        first = ctypes.addressof(sides)
        if not _bounds(handle, first, first + 4, first + 8, first + 12):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = sides
        return self._displayed(matrix, left, bottom, right, top)

    def _displayed(
        self, matrix: _Matrix, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        if matrix is not _IDENTITY:
            (left, bottom), (right, top) = _point(matrix, left, bottom), _point(matrix, right, top)
            left, right = min(left, right), max(left, right)
            bottom, top = min(bottom, top), max(bottom, top)
        place = self.place
        if place.turns == 0:
            return left - place.left, place.top - top, right - place.left, place.top - bottom
        boxes = place.boxes(array("f", [left]), array("f", [top]), array("f", [right]), array("f", [bottom]))
        return boxes[0][0], boxes[1][0], boxes[2][0], boxes[3][0]

    def _path(self, path: Any, handle: int, matrix: _Matrix) -> None:
        x0, top, x1, bottom = self._box(handle, matrix)
        width, height = x1 - x0, bottom - top
        if width <= _THIN or height <= _THIN:
            if max(width, height) > _SHORT:
                self.edges.append(_edge(x0, top, x1, bottom))
        elif _is_stroked(path) or _segments(handle) > 6:
            self._outline(path, matrix)

    def _outline(self, path: Any, matrix: _Matrix) -> None:
        """The straight sides of a rectangle, or of several in one path; a thin one counts as one stroke."""
        count = _segments(address(path))
        if count > _OBJECTS:
            return
        own = _times(_matrix_of(path), matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        run: list[tuple[float, float]] = []
        stroked = _is_stroked(path)
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._sides(run, stroked)
                run = []
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                return  # a drawing
            run.append(_point(own, x.value, y.value))
            if pdfium.FPDFPathSegment_GetClose(segment):
                run.append(run[0])
        self._sides(run, stroked)

    def _sides(self, run: list[tuple[float, float]], stroked: bool) -> None:
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


def _is_stroked(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _matrix_of(found: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(found, matrix):
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

"""Characters with boxes → words → lines in reading order, whichever library read the page.

All coordinates are points from the top left of the page as displayed.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, pairwise
from operator import lt
from typing import NamedTuple

from reportparse.errors import ReadError

__all__ = [
    "PAGES_AT_MOST", "Edge", "PageContent", "Row", "Word", "by_way", "damaged_error", "in_columns", "locked_error", "no_pages_error", "rows_of", "too_many_pages_error",
    "way_of", "words_of",
]  # fmt: skip

PAGES_AT_MOST = 20_000
"""Of a PDF. The longest reports have some thousand; a page that is there a million times over takes a kilobyte."""


class Edge(NamedTuple):
    """A thin horizontal or vertical stroke: ``x0 == x1`` or ``top == bottom``, more or less."""

    x0: float
    top: float
    x1: float
    bottom: float


class PageContent(NamedTuple):
    """What is printed on a page, in the order of its content stream.

    ``text[k]`` stands in the box ``x0[k], top[k], x1[k], bottom[k]``. White space that the library put in has a box
    of no width. ``edges`` are its strokes, ``pictures`` the area of its images in square points, ``paths`` how many
    shapes are drawn. ``font`` tells the name of a character's font, until the next page is read. ``slanting`` are the
    characters whose line is neither upright nor at a right angle, as a watermark's, ``sideways`` those of lines that run
    another way than most of the page's: ``way``, 0 for upright, 1 for up, 2 for upside down, 3 for down.
    """

    width: float
    height: float
    text: str
    x0: array[float]
    top: array[float]
    x1: array[float]
    bottom: array[float]
    edges: list[Edge]
    pictures: float
    paths: int
    font: Callable[[int], str]
    slanting: frozenset[int]
    sideways: frozenset[int]
    way: int

    def upright(self) -> PageContent:
        """The page as it is seen with its text upright: for reading, its boxes are not those of the page as displayed."""
        if not self.way:
            return self
        boxes = self.x0, self.top, self.x1, self.bottom
        x0, top, x1, bottom = (array("f", side) for side in _turn(boxes, self.way, self.width, self.height))
        edges = [
            Edge(*(side[0] for side in _turn(tuple([side] for side in edge), self.way, self.width, self.height)))
            for edge in self.edges
        ]
        width, height = (self.width, self.height) if self.way == 2 else (self.height, self.width)
        return self._replace(width=width, height=height, x0=x0, top=top, x1=x1, bottom=bottom, edges=edges)

    def as_displayed(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box of the page made :meth:`upright`, which this is, as one of the page as displayed."""
        if not self.way:
            return box
        x0, top, x1, bottom = _turn(tuple([side] for side in box), -self.way % 4, self.width, self.height)
        return x0[0], top[0], x1[0], bottom[0]


def _turn(sides: Sequence[Sequence[float]], way: int, width: float, height: float) -> tuple[Sequence[float], ...]:
    """Boxes (x0, top, x1, bottom) of a page whose text runs a ``way``, as they stand when it is turned upright."""
    x0, top, x1, bottom = sides
    if way == 1:
        return [height - y for y in bottom], x0, [height - y for y in top], x1
    if way == 2:
        return [width - x for x in x1], [height - y for y in bottom], [width - x for x in x0], [height - y for y in top]
    if way == 3:
        return top, [width - x for x in x1], bottom, [width - x for x in x0]
    return x0, top, x1, bottom


def locked_error() -> ReadError:
    """``RP-READ-011``."""
    return ReadError(
        "RP-READ-011", "PDF 已加密，需要密码：请先解除密码", "the PDF is encrypted: remove its password first"
    )


def damaged_error() -> ReadError:
    """``RP-READ-012``: it does not even open."""
    return ReadError("RP-READ-012", "PDF 已损坏，无法打开", "the PDF is damaged and cannot be opened")


def no_pages_error() -> ReadError:
    """``RP-READ-015``."""
    return ReadError("RP-READ-015", "PDF 里没有页面", "the PDF has no pages")


def too_many_pages_error() -> ReadError:
    """``RP-READ-006``."""
    return ReadError("RP-READ-006", f"PDF 超过 {PAGES_AT_MOST} 页", f"the PDF has more than {PAGES_AT_MOST} pages")


class Word(NamedTuple):
    """A run of characters with nothing between them: ``text[start:end]`` of its page."""

    x0: float
    top: float
    x1: float
    bottom: float
    start: int
    end: int


class Row(NamedTuple):
    """Words that stand side by side, from left to right."""

    x0: float
    top: float
    x1: float
    bottom: float
    words: list[Word]


# A hyphen at a line's end ends a word as well: PDFium leaves no white space after it.
_WORD = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\ufffe]+\ufffe?|\ufffe")
_APART = 0.6
"""Of a character's height: characters of one word do not stand further apart, nor back by more."""
_SAME_PLACE = 0.35
"""Of a character's width: the same character printed again within it is bold print and not another one."""


def words_of(page: PageContent) -> list[Word]:
    """The words of a page in the order of its content stream."""
    text, x0, top, x1, bottom = page.text, page.x0, page.top, page.x1, page.bottom
    # Where a character stands left of the one before: at the start of a line, and in text that is out of order.
    back = compress(range(1, len(x0)), map(lt, x0[1:], x0))
    turn = next(back, len(x0))
    words: list[Word] = []
    for match in _WORD.finditer(text):
        a, b = match.span()
        if b - a == 1:
            words.append(Word(x0[a], top[a], x1[a], bottom[a], a, b))
            continue
        high, low = min(top[a:b]), max(bottom[a:b])
        height = bottom[a] - top[a]
        while turn <= a:
            turn = next(back, len(x0))
        if low - high > 1.5 * height or turn < b:
            words.extend(_pieces(page, a, b))
        else:
            words.append(Word(x0[a], high, x1[b - 1], low, a, b))
    return words


def _pieces(page: PageContent, start: int, end: int) -> Iterable[Word]:
    """A run that leaves its line or goes back, cut where it does."""
    x0, top, x1, bottom = page.x0, page.top, page.x1, page.bottom
    first = start
    for at in range(start + 1, end + 1):
        if at < end:
            height = max(bottom[at - 1] - top[at - 1], bottom[at] - top[at])
            slack = _APART * height
            level = abs(top[at] + bottom[at] - top[at - 1] - bottom[at - 1]) <= 1.2 * height
            if level and x0[at] >= x0[at - 1] and x0[at] - x1[at - 1] <= slack:
                continue
        yield Word(x0[first], min(top[first:at]), x1[at - 1], max(bottom[first:at]), first, at)
        first = at


def rows_of(words: Sequence[Word], text: str) -> list[Row]:
    """The words side by side, row by row from the top; characters that are printed twice for boldness, once."""
    if len(words) == 1:
        return [_row(list(words), text)]
    rows: list[Row] = []
    held: list[Word] = []
    upper = lower = 0.0
    for word in sorted(words, key=_middle):
        middle = (word.top + word.bottom) / 2
        if held and not upper <= middle <= lower:
            rows.append(_row(held, text))
            held = []
        if not held:
            upper, lower = word.top, word.bottom
        held.append(word)
    if held:
        rows.append(_row(held, text))
    return rows


def _middle(word: Word) -> float:
    return word.top + word.bottom


def _row(words: list[Word], text: str) -> Row:
    if len(words) == 1:
        x0, top, x1, bottom, _, _ = words[0]
        return Row(x0, top, x1, bottom, words)
    words = _once(sorted(words), text)
    return Row(
        words[0].x0, min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words), words
    )  # fmt: skip


def _once(words: list[Word], text: str) -> list[Word]:
    """Without what is printed a second time in nearly the same place."""
    kept: list[Word] = []
    for word in words:
        printed = text[word.start : word.end]
        width = (word.x1 - word.x0) / len(printed)
        if not any(
            abs(word.x0 - other.x0) < _SAME_PLACE * width
            and abs(word.top - other.top) < _SAME_PLACE * width
            and text[other.start : other.end] == printed
            for other in kept[-3:]
        ):
            kept.append(word)
    return kept


_ASKEW = 10.0
"""Degrees: a sheet laid askew on a scanner slants by less."""


def way_of(angle: float) -> int | None:
    """Which way a line at an angle in degrees runs: 0 upright, 1 to 3 the quarters; None if it slants, or has no angle."""
    if not math.isfinite(angle):
        return None
    quarters = round(angle / 90)
    return quarters % 4 if abs(angle - 90 * quarters) <= _ASKEW else None


_TURNED = 0.8
"""Of a page's characters that run one way, for the page to be set that way: a long mark in the margin does not turn it."""


def by_way(ways: Mapping[int, int | None]) -> tuple[frozenset[int], frozenset[int], int]:
    """Of characters and the ways that they run: those that slant, those that run another way than most, and that way."""
    counted = Counter(way for way in ways.values() if way is not None)
    main, most = counted.most_common(1)[0] if counted else (0, 0)
    main = main if most > _TURNED * len(ways) else 0
    return (
        frozenset(k for k, way in ways.items() if way is None),
        frozenset(k for k, way in ways.items() if way is not None and way != main),
        main,
    )


_COLUMN_ROWS = 4
_COLUMN_FILLED = 0.6


def in_columns(words: list[Word], width: float) -> list[list[Word]]:
    """The words in groups to be read one after the other: one group, or bands of two columns between full lines.

    A gutter is a strip that hardly a word crosses, with rows on both sides that fill their column.
    """
    narrow = [w for w in words if 0.15 * width < w.x1 - w.x0 < 0.5 * width]
    if len(narrow) < 2 * _COLUMN_ROWS:
        return [words]
    gutter = _gutter(narrow)
    if gutter is None:
        return [words]
    crossing = sorted((w for w in words if w.x0 < gutter < w.x1), key=_middle)
    groups: list[list[Word]] = []
    rest = [w for w in words if not w.x0 < gutter < w.x1]
    limits = [-1e9, *((w.top + w.bottom) / 2 for w in crossing), 1e9]
    spread: list[Word] = []
    for index, (upper, lower) in enumerate(pairwise(limits)):
        band = [w for w in rest if upper < (w.top + w.bottom) / 2 <= lower]
        left, right = [w for w in band if w.x1 <= gutter], [w for w in band if w.x0 >= gutter]
        if _fills(left) and _fills(right):
            if spread:
                groups.append(spread)
                spread = []
            groups.extend((left, right))
        else:
            spread.extend(band)
        if index < len(crossing):
            spread.append(crossing[index])
    if spread:
        groups.append(spread)
    return groups


def _gutter(narrow: list[Word]) -> float | None:
    """The middle of the widest strip between two stacks of words."""
    narrow = sorted(narrow)
    reach = narrow[0].x1
    best: tuple[float, float] | None = None
    for at, word in enumerate(narrow[1:], 1):
        gap = word.x0 - reach
        if gap > word.bottom - word.top and at >= _COLUMN_ROWS and len(narrow) - at >= _COLUMN_ROWS:
            best = max(best or (0.0, 0.0), (gap, (word.x0 + reach) / 2))
        reach = max(reach, word.x1)
    return best[1] if best else None


def _fills(words: list[Word]) -> bool:
    """Whether words are the lines of a column: most of them as wide as the widest."""
    if len(words) < _COLUMN_ROWS:
        return False
    width = max(w.x1 for w in words) - min(w.x0 for w in words)
    return sum(w.x1 - w.x0 >= _COLUMN_FILLED * width for w in words) * 2 >= len(words)

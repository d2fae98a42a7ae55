"""The text of a document cut where its numbers stand, so that every one of them can be lit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reportparse.model import Span
from reportparse.webpage import MARKS, whole

__all__ = ["Block", "Piece", "cut"]

_BLOCK = 1_500
"""Characters after which a block of lines ends: a browser lays out those that are seen alone."""
_LONGEST = 6_000
"""Of a line; one that is longer is shown as several blocks."""
_LINE = re.compile(r"[^\n\f]*[\n\f]?")
_UNSEEN = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(MARKS) if chr(code) not in "\t\n") + "]")


class Piece(NamedTuple):
    """A stretch of text. ``places`` are those that it is in, the shortest first; ``mark`` is the code of the one character that
    it stands for, where that would not be seen."""

    text: str
    places: tuple[int, ...]
    mark: int | None = None


class Block(NamedTuple):
    """Lines that are laid out together. ``start`` is where they begin, in code points; ``page`` the page that begins here."""

    start: int
    page: int | None
    pieces: list[Piece]


def cut(text: str, places: Sequence[Iterable[Span]], page_starts: Sequence[int]) -> Iterator[Block]:
    """The blocks of a text. ``places`` are the stretches of every place, by its number."""
    stretches = sorted(
        (start, end, k) for k, spans in enumerate(places) for start, end in spans if 0 <= start < end <= len(text)
    )
    edges = sorted({at for start, end, _ in stretches for at in (start, end)})
    pages = {start: number for number, start in enumerate(page_starts, 1)}
    open_: list[tuple[int, int, int]] = []  # length, end, place
    next_stretch = next_edge = 0
    for start, end in _blocks(text, set(pages)):
        pieces: list[Piece] = []
        at = start
        while at < end:
            while next_edge < len(edges) and edges[next_edge] <= at:
                next_edge += 1
            to = min(end, edges[next_edge]) if next_edge < len(edges) else end
            open_ = [one for one in open_ if one[1] > at]
            while next_stretch < len(stretches) and stretches[next_stretch][0] <= at:
                first, last, k = stretches[next_stretch]
                open_.append((last - first, last, k))
                next_stretch += 1
            covering = tuple(dict.fromkeys(k for _, _, k in sorted(open_)))
            pieces += _visible(text[at:to], covering)
            at = to
        yield Block(start, pages.get(start), pieces)


def _blocks(text: str, pages: set[int]) -> Iterator[Span]:
    """Stretches of whole lines; a page begins a new one."""
    start = at = 0
    for match in _LINE.finditer(text):
        if match.start() in pages or at - start >= _BLOCK:
            if at > start:
                yield start, at
            start = match.start()
        at = match.end()
        while at - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
    if at > start:
        yield start, at


def _visible(text: str, places: tuple[int, ...]) -> Iterator[Piece]:
    at = 0
    for found in _UNSEEN.finditer(text):
        if found.start() > at:
            yield Piece(whole(text[at : found.start()]), places)
        # A carriage return or form feed ends a line and is nothing else to a reader.
        yield Piece("" if found[0] in "\r\f" else MARKS[ord(found[0])], places, ord(found[0]))
        at = found.end()
    if at < len(text):
        yield Piece(whole(text[at:]), places)

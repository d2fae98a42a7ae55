"""Words of a table that is only set in columns → its rows, where names and headings go on over several lines.

A line with figures is a row. What stands over or under it in the same column, as close as lines of one cell do, goes on
its words; a name in the middle of several rows is of all of them. Only places count here, and what looks like a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Block", "Word", "blocks_of"]

_NEAR = 0.7
"""Of a line's height: what stands no further above or below the middle of a row can be a part of it."""
_CLOSE = 0.6
"""Of a line's height: lines of one cell are no further apart."""
_LESS = 0.85
"""Of the space between rows: lines of one cell are closer."""
_FULL, _FILLED = 4, 0.92
"""Characters of a line that goes on, and how much of its column it fills, at least."""
_MIDDLE = 0.35
"""Of the distance between rows: a name of several rows stands no further from their middle."""
_ALONE = 0.3
"""What a row without a name costs, beside names that are out of the middle of their rows."""


class Word(NamedTuple):
    """Words of one cell on one line: their place in the text, their box in points, their line, whether they are a figure."""

    start: int
    end: int
    x0: float
    x1: float
    text: str
    line: int
    top: float
    bottom: float
    is_figure: bool
    cuts: tuple[tuple[int, int, float, float], ...] = ()
    """Spaces in it too narrow to tell two cells by themselves: where the words before end and those after begin."""


class Block(NamedTuple):
    """The words of one cell, from the top, and the rows that it stands in: the first, and how many."""

    words: tuple[Word, ...]
    row: int
    rows: int

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def middle(self) -> float:
        return (min(word.top for word in self.words) + max(word.bottom for word in self.words)) / 2

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def is_figure(self) -> bool:
        return len(self.words) == 1 and self.words[0].is_figure


def blocks_of(lines: Sequence[Sequence[Word]]) -> tuple[list[Block], int]:
    """The cells of a table, and how many of its rows are headings. Lines of headings come before the first figure."""
    first = next((k for k, line in enumerate(lines) if any(word.is_figure for word in line)), len(lines))
    size = _size(lines)
    while 0 < first < len(lines) and _middle(lines[first]) - _middle(lines[first - 1]) <= _NEAR * size:
        first -= 1  # what stands over the middle of the first row
    between = _between(lines, size)
    heads, rows = _headings(lines[:first], size, between)
    named = sorted((block for block in heads if "级指标" in block.text), key=lambda block: block.x0)
    levels = (named[-2].x1 + named[-1].x0) / 2 if len(named) > 1 else None
    return [*heads, *_body(lines[first:], size, between, rows, levels)], rows


def _size(lines: Sequence[Sequence[Word]]) -> float:
    heights = sorted(word.bottom - word.top for line in lines for word in line)
    return heights[len(heights) // 2]


def _headings(lines: Sequence[Sequence[Word]], size: float, between: float) -> tuple[list[Block], int]:
    """Headings, each of as many lines as stand close to each other; those at one height are in one row."""
    found = [Block(tuple(chain), 0, 1) for chain in _chains(lines, size, frozenset(), between)]
    levels: list[list[Block]] = []
    for block in sorted(found, key=lambda block: block.middle):
        if levels and block.middle - levels[-1][0].middle <= _CLOSE * size:
            levels[-1].append(block)
        else:
            levels.append([block])
    return [block._replace(row=row) for row, level in enumerate(levels) for block in level], len(levels)


def _body(
    lines: Sequence[Sequence[Word]], size: float, between: float, above: int, levels: float | None
) -> list[Block]:
    anchors = [k for k, line in enumerate(lines) if any(word.is_figure for word in line)]
    chains = _chains(lines, size, frozenset(lines[k][0].line for k in anchors), between)
    of_line = {lines[k][0].line: k for k in range(len(lines))}
    middles = {k: _middle(lines[k]) for k in range(len(lines))}
    certain: dict[int, list[tuple[Word, ...]]] = {k: [] for k in anchors}
    free: list[tuple[Word, ...]] = []
    for chain in chains:
        own = [k for word in chain if (k := of_line[word.line]) in certain]
        middle = _middle(chain)
        near = min(anchors, key=lambda k: abs(middles[k] - middle), default=None)
        if own:
            certain[own[0]].append(chain)
        elif near is not None and abs(middles[near] - middle) <= _NEAR * size and not _is_under(chain, lines[near]):
            certain[near].append(chain)
        else:
            free.append(chain)
    # Lines without figures are rows where several cells stand in them.
    for k in range(len(lines)):
        alone = [chain for chain in free if of_line[chain[0].line] == k]
        if k not in certain and len(alone) > 1:
            certain[k] = alone
            free = [chain for chain in free if chain not in alone]
    order = sorted(certain, key=lambda k: middles[k])
    placed = {k: above + row for row, k in enumerate(order)}
    found = [Block(chain, placed[k], 1) for k in order for chain in certain[k]]
    extents = [
        (min(w.top for chain in certain[k] for w in chain), max(w.bottom for chain in certain[k] for w in chain))
        for k in order
    ]
    return _with_names(found, free, extents, above, size, levels)


def _with_names(
    found: list[Block], free: Sequence[tuple[Word, ...]], rows: Sequence[tuple[float, float]], above: int, size: float,
    levels: float | None,
) -> list[Block]:  # fmt: skip
    """The cells with those that stand beside several rows, and what stands alone between rows. ``rows`` are their tops and
    bottoms. Left of ``levels`` are levels of indicators, of which the middle one of three rows can have the name of all.
    """
    left = levels if levels is not None else min((block.x0 for block in found if block.is_figure), default=0.0)
    of_text = {block.row for block in found} - {block.row for block in found if block.is_figure}
    names = [Block(chain, 0, 1) for chain in free if _centre(chain) < left]
    others = [Block(chain, 0, 1) for chain in free if _centre(chain) >= left]
    seen: list[Block] = []
    beside = [block for block in found if levels and _centre(block.words) < left and block.row not in of_text]
    several = [block for block in beside if sum(_meets(block, other) for other in beside) > 1]
    outermost = min(several, key=lambda block: block.x0, default=None)
    first = min((block.row for block in found if block.row not in of_text), default=0)
    if not names and outermost is not None:
        if min(block.row for block in several if _meets(block, outermost)) == first:
            beside = []  # names stand in the first of their rows
    for block in (*names, *beside):
        if block in seen:
            continue
        column = [one for one in names if _meets(one, block)]
        same = [one for one in found if _meets(one, block) and _centre(one.words) < left and one.row not in of_text]
        seen += [*column, *same]
        if not column and len(same) >= len(rows):
            continue
        every = sorted([*column, *same], key=lambda block: block.middle)
        shared = _shared([block.middle for block in every], rows, size)
        if shared is None:
            others += column
            continue
        found = [one for one in found if one not in same]
        found += [
            one._replace(row=above + first, rows=count) for one, (first, count) in zip(every, shared, strict=True)
        ]
    return _in_order(found, others, rows, above, size)


def _centre(words: Sequence[Word]) -> float:
    return (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2


def _in_order(
    found: Sequence[Block], others: Sequence[Block], rows: Sequence[tuple[float, float]], above: int, size: float
) -> list[Block]:
    """The cells with those that stand beside no row: in the row that they touch, else in one of their own."""
    alone: list[Block] = []
    placed = list(found)
    for block in others:
        near = min(range(len(rows)), key=lambda row: abs(sum(rows[row]) / 2 - block.middle), default=None)
        if near is not None and rows[near][0] - _NEAR * size < block.middle < rows[near][1] + _NEAR * size / 2:
            placed.append(block._replace(row=above + near))
        else:
            alone.append(block)
    if not alone:
        return placed
    middles = [sum(row) / 2 for row in rows]
    order = sorted(
        [*enumerate(middles), *((-1 - k, block.middle) for k, block in enumerate(alone))], key=lambda one: one[1]
    )
    at = {which: above + row for row, (which, _) in enumerate(order)}
    moved = []
    for block in placed:
        first, last = at[block.row - above], at[block.row + block.rows - 1 - above]
        moved.append(block._replace(row=first, rows=last - first + 1))
    return moved + [block._replace(row=at[-1 - k]) for k, block in enumerate(alone)]


def _shared(centres: Sequence[float], rows: Sequence[tuple[float, float]], size: float) -> list[tuple[int, int]] | None:
    """The rows, first and number, that every name of a column stands beside the middle of; None where they stand elsewhere."""
    count = len(rows)
    pitch = min((b[0] - a[0] for a, b in pairwise(rows)), default=size)
    best: list[list[tuple[float, list[tuple[int, int]]] | None]] = [
        [None] * (count + 1) for _ in range(len(centres) + 1)
    ]
    best[0] = [(_ALONE * row, []) for row in range(count + 1)]
    for k, centre in enumerate(centres):
        for end in range(1, count + 1):
            ways = []
            if (skipped := best[k + 1][end - 1]) is not None:
                ways.append((skipped[0] + _ALONE, skipped[1]))
            for first in range(end):
                before = best[k][first]
                off = abs((rows[first][0] + rows[end - 1][1]) / 2 - centre) / max(pitch, 1.0)
                if before is not None and off <= _MIDDLE:
                    ways.append((before[0] + off, [*before[1], (first, end - first)]))
            best[k + 1][end] = min(ways, key=lambda way: way[0], default=None)
    whole = best[-1][count]
    return whole[1] if whole is not None else None


def _chains(
    lines: Sequence[Sequence[Word]], size: float, rows: frozenset[int], between: float
) -> list[tuple[Word, ...]]:
    """Words that stand close under one another in one column; of the lines in ``rows`` each begins cells of its own."""
    open_chains: list[list[Word]] = []
    closest = _closest(lines, size, rows, between)
    before: Sequence[Word] = ()
    for line in lines:
        goes_on = _goes_on(line, before, lines)
        for word in line:
            over = [
                chain
                for chain in open_chains
                if chain[-1].line != word.line
                and not chain[-1].is_figure
                and not word.is_figure
                and (
                    word.top - chain[-1].bottom <= closest or (goes_on and word.top - chain[-1].bottom <= _CLOSE * size)
                )
                and _overlap(chain[-1], word)
                and (word.line not in rows or not any(one.line in rows for one in chain))
            ]
            if len(over) == 1:
                over[0].append(word)
            else:
                open_chains.append([word])
        before = line
    return [tuple(chain) for chain in open_chains]


def _goes_on(line: Sequence[Word], before: Sequence[Word], lines: Sequence[Sequence[Word]]) -> bool:
    """Whether all words of a line are the rest of words right over them, which fill their columns."""
    for word in line:
        over = [other for other in before if _overlap(other, word)]
        if word.is_figure or len(over) != 1 or over[0].is_figure or len(over[0].text) < _FULL:
            return False
        width = over[0].x1 - over[0].x0
        column = [w for one in lines for w in one if not w.is_figure and w.x0 < over[0].x1 and over[0].x0 < w.x1]
        if word.x1 - word.x0 > width or width < _FILLED * max(w.x1 - w.x0 for w in column):
            return False
    return bool(line)


def _closest(lines: Sequence[Sequence[Word]], size: float, rows: frozenset[int], between: float) -> float:
    """How far lines of one cell are apart: hardly further than the closest that are none of rows. Where these are as far
    apart as rows (``between``), none can be told so.
    """
    gaps = [
        word.top - over.bottom
        for line in lines
        for word in line
        for other in lines
        for over in other
        if over.line < word.line <= over.line + 2 and over.bottom <= word.top + 1 and _overlap(over, word)
        and not (over.line in rows and word.line in rows) and not over.is_figure and not word.is_figure
    ]  # fmt: skip
    least = max(min(gaps, default=0.0), 0.0)
    if least >= _LESS * between:
        return -size
    return min(_CLOSE * size, 1.35 * least + 0.1 * size, _LESS * between)


def _between(lines: Sequence[Sequence[Word]], size: float) -> float:
    """The usual space between two rows of figures that follow one another."""
    gaps = sorted(
        after[0].top - line[0].bottom
        for line, after in pairwise(lines)
        if any(word.is_figure for word in line) and any(word.is_figure for word in after)
    )
    return gaps[len(gaps) // 2] if gaps else 2 * size


def _overlap(one: Word, other: Word) -> bool:
    """Whether most of the shorter of two words is over or under the longer."""
    shared = min(one.x1, other.x1) - max(one.x0, other.x0)
    return shared > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)


def _is_under(chain: Sequence[Word], line: Sequence[Word]) -> bool:
    """Whether a line has words of its own in the column of a cell."""
    return any(_overlap(word, other) for word in chain for other in line)


def _meets(one: Block, other: Block) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _middle(words: Sequence[Word]) -> float:
    return (min(word.top for word in words) + max(word.bottom for word in words)) / 2

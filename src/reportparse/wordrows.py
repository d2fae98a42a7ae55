"""Tables whose cells one blank parts, where every line is a row: a name and as many figures as the headings say.

Headings of one line are as many as the cells of a row. Of headings in two lines a word of the second goes on one of the
first that is half of a heading (年初 over 预算数), or is one of several that a heading stands over; where exactly one way
gives every column its heading, it is the way that they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportparse.patterns import seldom

__all__ = ["WordCell", "marks_on_side", "word_rows"]


class WordCell(NamedTuple):
    """A printed piece of a cell: its line, where it begins and ends in it, the place of the cell and over how many it reaches."""

    line: int
    start: int
    end: int
    row: int
    column: int
    rows: int
    columns: int


_WORD = re.compile(r"(?:(?<!\S)(?:[合总小] 计|总 分)(?!\S))|[^ \t]+")
_FIGURE = re.compile(r"[-－+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[-—–]{1,2}")
_HALF = seldom("(?:年初|全年|年中|调整后?|本年|上年|当年|预算|年度|实际|自评|评价|执行|完成|累计|已)")
_OTHER_HALF = seldom(
    "(?:预算|执行|决算|支出|完成|安排|指标|目标)?(?:数|额|金额|值|率|情况|得分|分值)(?:（.{1,6}）)?|预算|执行|得分|评分"
)
_OVER_NONE = seldom(
    "[^，。]{0,10}(?:率|名称|内容|项目|序号|单位|部门|备注|占比|比例|比重|得分|分值|等级|指标)(?:（.{1,6}）)?|序号|类别"
)
"""Headings that stand over no others."""
_MARKED = seldom("(?:分值|权重|满分|标准分|指标分值|(?:自评|评价|综合|实际|最终)?得分|评分|得分率)(?:（.{1,4}）)?")
_LEAST_FIGURES, _LEAST_ROWS = 2, 2
_HEADS_LINES = 2


def marks_on_side(texts: Sequence[str]) -> int:
    """How many lines a table of marks has that begins with the first of them and lies on its side: names, under them what each
    is worth and what it got; 0 where none does.
    """
    names = _WORD.findall(texts[0])
    if len(names) <= _LEAST_FIGURES or any(_FIGURE.fullmatch(name) for name in names) or _MARKED.fullmatch(names[0]):
        return 0
    end = 1
    while end < len(texts):
        words = _WORD.findall(texts[end])
        if len(words) != len(names) or not _MARKED.fullmatch(words[0]) or not all(map(_FIGURE.fullmatch, words[1:])):
            break
        end += 1
    return end if end > _LEAST_ROWS else 0


def word_rows(texts: Sequence[str]) -> list[WordCell]:
    """The cells of a table; nothing where not every line is a row of it, or headings fit in no way or in more than one."""
    lines = [list(_WORD.finditer(text)) for text in texts]
    figures = [[_FIGURE.fullmatch(word.group()) is not None for word in words] for words in lines]
    first = next((k for k, own in enumerate(figures) if any(own)), len(lines))
    rows = lines[first:]
    if not 1 <= first <= _HEADS_LINES or len(rows) < _LEAST_ROWS:
        return []
    width = len(rows[0])
    if width <= _LEAST_FIGURES or any(len(own) != width or own[0] or not all(own[1:]) for own in figures[first:]):
        return []
    heads = list(_heads(lines[:first], width))
    if not heads:
        return []
    cells = [WordCell(line, *lines[line][k].span(), *place) for line, k, place in heads]
    for row, words in enumerate(rows, first):
        cells += [WordCell(row, *word.span(), row, column, 1, 1) for column, word in enumerate(words)]
    return sorted(cells)


def _heads(
    lines: Sequence[Sequence[re.Match[str]]], width: int
) -> Iterator[tuple[int, int, tuple[int, int, int, int]]]:
    """The line, number and place of every heading."""
    if len(lines) == 1:
        if len(lines[0]) == width:
            yield from ((0, k, (0, k, 1, 1)) for k in range(width))
        return
    over = [word.group() for word in lines[0]]
    under = [word.group() for word in lines[1]]
    ways = _ways(over, under, width)
    if len(ways) != 1:
        return
    column = at = 0
    for k, count in enumerate(ways[0]):
        whole = count == 1
        yield 0, k, (0, column, 2 if count < _SEVERAL else 1, max(1, count))
        for inner in range(count):
            yield 1, at + inner, (0, column, 2, 1) if whole else (1, column + inner, 1, 1)
        at += count
        column += max(1, count)


_SEVERAL = 2


def _ways(over: Sequence[str], under: Sequence[str], width: int) -> list[tuple[int, ...]]:
    """Every way to give the words of the second line to those of the first: one to a half, none or several to a whole."""
    if not over:
        return [()] if not under and not width else []
    found: list[tuple[int, ...]] = []
    half = _HALF.fullmatch(over[0]) is not None
    alone = _OVER_NONE.fullmatch(over[0]) is not None
    for count in (1,) if half else (0,) if alone else (0, *range(_SEVERAL, len(under) + 1)):
        if count > len(under) or (half and not _OTHER_HALF.fullmatch(under[0])):
            continue
        for rest in _ways(over[1:], under[count:], width - max(1, count)):
            found.append((count, *rest))
    return found

"""Forms whose cells stand one a line, each with the bar behind it that closes it: a bar alone is an empty cell.

Where a row ends is not printed, and a cell over several rows stands once. But no cell is lost: under a row of headings every
row has as many cells as there are headings, but for the levels that it has in common with the row before, and for what is
said at the end of the first row of all of them. What is no such form is read as cells of which the empty ones are known.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.barecells import is_figure, kind_of_head, may_be_value
from reportparse.headers import LEVEL_HEAD, names_level, read_head
from reportparse.listed import unlist
from reportparse.marked import BLOCK
from reportparse.patterns import seldom

__all__ = ["place_closed"]

Placed = tuple[int, int, int]
"""Row, column and columns of a cell."""

_BESIDE = seldom("(?:指标)?(?:性质|方向|符号)|(?:运算|计算|比较)?符号|(?:计量|度量|数量|指标)?单位")
"""What is said of a target between it and its indicator."""
_SIGN = seldom("[≥≤><＞＜=＝≧≦±]|正向|反向|定[性量](?:指标)?")
_TARGET = seldom(r"[≥≤><＞＜=＝≧≦±]? ?\d.*")
_MARKS = seldom("(?:指标)?(?:权重|分值)|(?:自评|评价)?得分|评分")
_TOTAL = seldom("(?:总分|合计|总计|总得分|得分合计|小计)(?:（.{1,8}）)?")
_NO_NAME = seldom(r"[≥≤><＞＜=＝≧≦±/／—-].*|[\d.,]+%?")
_ASKS_MONEY = seldom("[^，。]{0,12}(?:资金|预算|投资)[^，。]{0,6}")
_LEVELS_LEAST, _HEADS_LEAST, _WIDEST = 2, 3, 14


def place_closed(texts: Sequence[str], blanks: Sequence[int]) -> list[Placed]:
    """The place of every cell; ``blanks`` are the empty cells before each. One that is in no row is a row of its own."""
    cells: list[int | None] = []
    for index, count in enumerate(blanks):
        cells += [None] * count
        cells.append(index)
    words = [None if index is None else texts[index] for index in cells]
    placed: list[Placed] = []
    at = row = first = 0
    while at < len(words):
        rows = _of_levels(words, at) or _of_block(words, at) or _of_money(words, at)
        if not rows:
            at += 1
            continue
        placed += _others(words, first, at, row)
        row = 1 + max((line for line, _, _ in placed), default=-1)
        for line in rows:
            for column, columns in line[: len(words) - at]:
                if words[at] is not None:
                    placed.append((row, column, columns))
                at += 1
            row += 1
        first = at
    return placed + _others(words, first, len(words), row)


def _others(words: Sequence[str | None], start: int, end: int, row: int) -> list[Placed]:
    """The places of cells that are in no form, the first of them in ``row``."""
    texts: list[str] = []
    blanks: list[int] = []
    empty = 0
    for word in words[start:end]:
        if word is None:
            empty += 1
            continue
        texts.append(word)
        blanks.append(empty)
        empty = 0
    return [(row + line, column, columns) for line, column, columns in unlist(texts, blanks)]


_Row = list[tuple[int, int]]
"""Of every cell of a row, the empty ones too, its column and how many it spans."""


# -- indicators ------------------------------------------------------------------------------------------------------------


def _of_levels(words: Sequence[str | None], at: int) -> list[_Row]:
    """The headings 一级指标, 二级指标 … and the rows under them."""
    levels = 0
    while at + levels < len(words) and LEVEL_HEAD.fullmatch(words[at + levels] or ""):
        levels += 1
    if levels < _LEVELS_LEAST:
        return []
    width = levels
    while at + width < len(words) and width < _WIDEST and _heads_level_form(words[at + width]):
        width += 1
    heads = [word or "" for word in words[at : at + width]]
    rows: list[_Row] = [[(column, 1) for column in range(width)]]
    at += width
    while at < len(words):
        if _TOTAL.fullmatch(words[at] or ""):
            rows.append(_total(words, at, heads, levels))
            break
        given = next((n for n in range(levels, 0, -1) if _is_row(words, at, heads, levels, n)), 0)
        if not given:
            break
        rows.append([(column, 1) for column in range(levels - given, width)])
        at += given + width - levels
    return rows if len(rows) > 1 else []


def _heads_level_form(word: str | None) -> bool:
    return word is not None and (read_head(word).role in ("words", "value") or _BESIDE.fullmatch(word) is not None)


def _is_row(words: Sequence[str | None], at: int, heads: Sequence[str], levels: int, given: int) -> bool:
    """Whether a row begins at a place that gives so many of its levels."""
    names = words[at : at + given]
    row = list(words[at + given : at + given + len(heads) - levels])
    row += [None] * (len(heads) - levels - len(row))  # the last row can end in empty cells
    if not all(name is not None and names_level(name) for name in names[:-1]):
        return False
    if any(name is None or _NO_NAME.fullmatch(name) or _SIGN.fullmatch(name) for name in names):
        return False
    if any(word is not None and LEVEL_HEAD.fullmatch(word) for word in (*names, *row)):
        return False
    for head, word in zip(heads[levels:], row, strict=True):
        if _MARKS.fullmatch(read_head(head).label) and not (word is not None and may_be_value(word)):
            return False
        if head.endswith(("性质", "符号", "方向")) and word is not None and not _SIGN.fullmatch(word):
            return False
    return any(word is not None for word in row)


def _total(words: Sequence[str | None], at: int, heads: Sequence[str], levels: int) -> _Row:
    """The row of the whole: its marks, where it has one under every heading of them, and what stands empty behind."""
    marks = [column for column, head in enumerate(heads) if _MARKS.fullmatch(read_head(head).label)]
    end = at + 1
    while end < len(words) and (word := words[end]) is not None and may_be_value(word):
        end += 1
    row: _Row = [(0, levels)]
    if end - at - 1 == len(marks):
        row += [(column, 1) for column in marks]
    return row


# -- blocks that are scored ------------------------------------------------------------------------------------------------


def _of_block(words: Sequence[str | None], at: int) -> list[_Row]:
    """资金管理情况 | | 情况说明 | 分值 | 得分 and rows of a name, which stand under the empty cell, and what is said of it."""
    if not BLOCK.fullmatch(words[at] or "") or at + 1 >= len(words) or words[at + 1] is not None:
        return []
    end = at + _PAST_CORNER
    while end < len(words) and end - at < _WIDEST and read_head(words[end] or "").role in ("words", "value"):
        end += 1
    heads = [word or "" for word in words[at + _PAST_CORNER : end]]
    marks = [_MARKS.fullmatch(read_head(head).label) is not None for head in heads]
    if not any(marks):
        return []
    rows: list[_Row] = [[(0, 1), (0, 1), *((1 + k, 1) for k in range(len(heads)))]]
    width = 1 + len(heads)
    while end + width <= len(words) and words[end] is not None:
        cells = words[end + 1 : end + width]
        fit = [word is not None and may_be_value(word) for word in cells]
        if not all(fits for fits, mark in zip(fit, marks, strict=True) if mark):
            break
        rows.append([(column, 1) for column in range(width)])
        end += width
    return rows if len(rows) > 1 else []


_PAST_CORNER = 2


# -- money -----------------------------------------------------------------------------------------------------------------


def _of_money(words: Sequence[str | None], at: int) -> list[_Row]:
    """Headings of money, 年初预算数 | 全年执行数 | …, and rows of a name and a figure or nothing under each of them."""
    most = 1
    while at + most < len(words) and most < _WIDEST and _heads_money(words[at + most]):
        most += 1
    first = words[at]
    if first is not None and is_figure(first):
        return []
    if first is None and not (at and words[at - 1] is not None):
        return []
    # 总额 can head a column and name a row.
    ways = (_rows_of_money(words, at, width) for width in range(most, _HEADS_LEAST - 1, -1))
    return next((rows for rows in ways if rows), [])


def _rows_of_money(words: Sequence[str | None], at: int, width: int) -> list[_Row]:
    kinds = [kind_of_head(word or "") for word in words[at + 1 : at + width]]
    values = next((k for k, kind in enumerate(kinds) if kind == "words"), len(kinds))
    remarks = len(kinds) - values
    if values < _HEADS_LEAST - 1 or remarks > 1:
        return []
    rows: list[_Row] = [[(column, 1) for column in range(width)]]
    at += width
    spanned = False
    while _is_row_of_money(words, at, values):
        size = 1 + values
        if remarks and len(rows) == _SECOND:  # whether the first speaks for all
            spanned = _is_row_of_money(words, at + size, values)
        if remarks and not spanned:
            size += remarks
        rows.append([(column, 1) for column in range(min(size, len(words) - at))])
        at += size
    return rows if len(rows) > 1 else []


_SECOND = 2
"""Rows before the second of the body."""


def _heads_money(word: str | None) -> bool:
    if word is None or is_figure(word):
        return False
    return kind_of_head(word) in ("value", "rate", "words") or read_head(word).basis is not None


def _is_row_of_money(words: Sequence[str | None], at: int, values: int) -> bool:
    name, row = words[at] if at < len(words) else None, words[at + 1 : at + 1 + values]
    return (
        name is not None
        and not _NO_NAME.fullmatch(name)
        and len(row) == values
        and all(word is None or may_be_value(word) for word in row)
    )

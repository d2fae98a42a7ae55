"""Lists of which only the cells are left, one a line, and whose rows are counted: 序号 | 项目名称 | 全年预算数 | … | 备注.

The numbers, one after the other, tell where every row begins, so that a row may lack its last cell; the sum, which has no
number, may stand first or last and lack the marks that have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportparse.barecells import is_figure, kind_of_head, may_be_value
from reportparse.headers import read_head
from reportparse.patterns import seldom

__all__ = ["EnumeratedRows", "read_enumerated"]

Placed = tuple[int, int, int]
"""Row, column and columns of a cell."""

_OF_ALL = seldom("(?:合计|总计|小计|共计)(?:（.{1,8}）)?")
_OF_MARKS = seldom("(?:自评|评价|绩效)*(?:分值|权重|得分|评分|分数)")
_WIDEST, _ROWS_LEAST = 14, 2
_NAMES = ("label", "code", "serial")


class EnumeratedRows(NamedTuple):
    """The place of every cell down to ``end``, the rows counted from 0, and how many ``rows`` they are."""

    placed: list[Placed]
    rows: int
    end: int


def read_enumerated(texts: Sequence[str], at: int) -> EnumeratedRows | None:
    """The rows under headings that begin at a place with 序号; None where none of such a list do."""
    if read_head(texts[at]).role != "serial":
        return None
    kinds: list[str] = []
    heads: list[str] = []
    for text in texts[at : at + _WIDEST]:
        kind = kind_of_head(text)
        if not kind or is_figure(text) or _OF_ALL.fullmatch(text):
            break
        kinds.append(kind)
        heads.append(read_head(text).label)
    if kinds[1:2] != ["label"] or not {"value", "rate"} & set(kinds):
        return None
    placed = [(0, column, 1) for column in range(len(kinds))]
    end, row, number = at + len(kinds), 1, 1
    if total := _total(texts, end, row, kinds, heads):
        placed += total
        end, row = end + len(total), row + 1
    while size := _row(texts, end, number, kinds):
        placed += [(row, column, 1) for column in range(size)]
        end, row, number = end + size, row + 1, number + 1
    if number <= _ROWS_LEAST or (end < len(texts) and texts[end] == str(number)):
        return None
    if total := _total(texts, end, row, kinds, heads):
        placed += total
        end, row = end + len(total), row + 1
    return EnumeratedRows(placed, row, end)


def _row(texts: Sequence[str], at: int, number: int, kinds: Sequence[str]) -> int:
    """How many cells a row with this number has; 0 where none begins."""
    if at >= len(texts) or texts[at] != str(number):
        return 0
    whole = len(kinds)
    sizes = [whole, whole - 1] if kinds[-1] == "words" else [whole]
    found = [size for size in sizes if _fits(texts[at : at + size], kinds[:size])]
    for size in found:
        after = texts[at + size] if at + size < len(texts) else ""
        if not after or after == str(number + 1) or _OF_ALL.fullmatch(after):
            return size
    return found[-1] if found else 0


def _fits(cells: Sequence[str], kinds: Sequence[str]) -> bool:
    if len(cells) < len(kinds):
        return False
    for cell, kind in zip(cells, kinds, strict=True):
        if kind in ("value", "rate") and not may_be_value(cell):
            return False
        if kind == "label" and (is_figure(cell) or _OF_ALL.fullmatch(cell)):
            return False
        if kind == "words" and _OF_ALL.fullmatch(cell):
            return False
    return True


def _total(texts: Sequence[str], at: int, row: int, kinds: Sequence[str], heads: Sequence[str]) -> list[Placed]:
    """The row of the sum, over the columns of names: it has all the figures, or all but the marks."""
    if at >= len(texts) or not _OF_ALL.fullmatch(texts[at]):
        return []
    figures = [k for k, kind in enumerate(kinds) if kind in ("value", "rate")]
    amounts = [k for k in figures if not _OF_MARKS.fullmatch(heads[k])]
    count = 0
    while at + 1 + count < len(texts) and may_be_value(texts[at + 1 + count]):
        count += 1
    if row == 1 and texts[at + count] == "1":
        count -= 1  # the number of the first row
    names = next(k for k, kind in enumerate(kinds) if kind not in _NAMES)
    columns = next((columns for columns in (figures, amounts) if len(columns) == count), [])
    return [(row, names - 1, 1), *((row, column, 1) for column in columns)] if columns else []

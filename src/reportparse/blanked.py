"""Tables of which only the cells are left, one a line, the empty ones as blank lines: with these every cell has its place.

A blank line alone means little in a text. Here it is an empty cell where rows of one width follow a row of headings, and every
column of them holds what its heading says and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportparse.barecells import CODE, is_figure, kind_of_head, may_be_value
from reportparse.headers import read_head
from reportparse.patterns import seldom

__all__ = ["Blanked", "read_blanked"]

Placed = tuple[int, int, int]
"""Row, column and columns of a cell."""

_EMPTY = "empty"
"""The column of what a block of a form is called, which stands over all its rows."""
_WIDEST = 14
_ROWS_LEAST = 2
_BANDS_MOST = 4
_NAMES = ("label", "code", "serial", _EMPTY)
_OF_ALL = seldom(r".{0,12}(?:合计|总计|小计)")
_WHOLE = seldom("(?:总分|总得分|得分合计|综合得分)(?:（.{1,8}）)?")
_COUNT = seldom(r"\d{1,3}")
_CODE_OF_BODY = seldom(r"\d{3,12}")
_CAPTION = seldom(r"单位[：:]|(?:编制|填报|预算)(?:单位|部门)|[表》](?:（.{1,12}）)?$|^（?(?:19|20)\d\d年度?）?$")
_BLOCK = seldom("[^，。]{0,8}(?:资金|预算)(?:管理|执行|投入|情况|使用)*|[^，。]{2,6}管理(?:情况)?")
"""What a block of a form is called, beside its rows."""
_MONEY = seldom(
    r".{0,12}(?:收入|支出|拨款|结转|结余|资金|经费|费)(?:合计|总计|小计)?|合计|总计|小计|.{0,8}(?:预算|政府性基金|国有资本经营)"
)
"""What heads a column of money without saying so by itself."""


class Blanked(NamedTuple):
    """The cells from ``start`` to ``end``, each with its place; rows are counted from 0."""

    start: int
    end: int
    placed: list[Placed]


def read_blanked(texts: Sequence[str], blanks: Sequence[int]) -> list[Blanked]:
    """The tables among cells; ``blanks`` are the empty cells before each of them."""
    cells: list[int | None] = []  # the index of the cell, or nothing for an empty one
    for index, count in enumerate(blanks):
        cells += [None] * count
        cells.append(index)
    found: list[Blanked] = []
    at = 0
    while at < len(cells):
        table = _table_at(texts, cells, at, found[-1].end if found else 0)
        if table is None:
            at += 1
            continue
        found.append(table)
        at = cells.index(table.end - 1) + 1
    return found


def _table_at(texts: Sequence[str], cells: Sequence[int | None], at: int, first: int) -> Blanked | None:
    """The table whose row of headings begins at a place: of the widths that it can have that which explains most."""
    best: list[Placed] = []
    kinds: list[str] = []
    widest: tuple[str, ...] = ()
    corner = _is_corner(texts, cells, at)
    for index in cells[at : at + _WIDEST]:
        if corner and not kinds:
            kinds.append("label")
            continue
        if index is None or is_figure(texts[index]) or _CAPTION.search(texts[index]):
            break
        kind = kind_of_head(texts[index])
        kinds.append(kind or ("money" if _MONEY.fullmatch(read_head(texts[index]).label) else ""))
        known = sum(kind not in ("", "money") for kind in kinds)
        if len(kinds) < 2 or known < 1 or "" in kinds or not {"value", "rate", "money"} & set(kinds):
            continue
        placed = _rows(texts, cells, at + len(kinds), kinds)
        if placed and len(placed) >= len(best):
            best, widest = placed, tuple(kinds)
        wider = _rows(texts, cells, at + len(kinds), [_EMPTY, *kinds]) if corner else []
        if wider and len(wider) > len(best):  # the block has an empty cell in every row
            best, widest = wider, (_EMPTY, *kinds)
    start = cells[at - 1] if corner else cells[at]
    if not best or start is None:
        return None
    if corner:  # what names the rows stands for the empty cell over them
        own = next(k for k, kind in enumerate(widest) if kind not in ("label", _EMPTY))
        heads = [(0, column, 1) for column in (0, *range(own, len(widest)))]
        return Blanked(start, start + len(heads) + len(best), [*heads, *best])
    bands = range(_first_band(texts, start, first), start)
    row = int(bool(bands))
    over = list(_over(texts, bands, widest)) if bands else []
    heads = [(row, column, 1) for column in range(len(widest))]
    body = [(row + line, column, columns) for line, column, columns in best]
    return Blanked(bands.start, start + len(heads) + len(body), [*over, *heads, *body])


def _is_corner(texts: Sequence[str], cells: Sequence[int | None], at: int) -> bool:
    """Whether an empty cell stands over the names of the rows, behind what names the block of a form: 项目资金 | | 年初预算数."""
    if cells[at] is not None or not 0 < at < len(cells) - 1:
        return False
    before, after = cells[at - 1], cells[at + 1]
    return (
        before is not None
        and after is not None
        and _BLOCK.fullmatch(read_head(texts[before]).label) is not None
        and kind_of_head(texts[after]) in ("value", "rate", "words")
    )


def _rows(texts: Sequence[str], cells: Sequence[int | None], at: int, kinds: Sequence[str]) -> list[Placed]:
    """The cells under headings, down to the last row that has a figure, if every row holds in each column what its heading says.

    Nothing where no cell is empty, for then there is nothing here to know. The name of a sum can stand for all names.
    """
    width = len(kinds)
    names = next((k for k, kind in enumerate(kinds) if kind not in _NAMES), width)
    placed: list[Placed] = []
    last = rows = 0
    empty = False
    line = 1
    while at < len(cells):
        size, row = width, [None if index is None else texts[index] for index in cells[at : at + width]]
        merged = names > 1 and None not in row[:2] and _OF_ALL.fullmatch(row[0] or "") is not None
        merged = merged and not (kinds[1] == "serial" and _COUNT.fullmatch(row[1] or ""))  # 总计 | 31 | 9.00
        if merged:
            size = width - names + 1
            row = [row[0], *[None] * (names - 1), *row[1:size]]
        if any(text is not None for text in row) and not _fits(row, kinds):
            if rows and (total := _total(texts, cells, at, line, kinds)):
                placed += total
                last = len(placed)
            break
        placed += [
            (line, column, names if merged and not column else 1) for column, text in enumerate(row) if text is not None
        ]
        if any(text is not None and is_figure(text) for text in row):
            last, rows = len(placed), rows + 1
            empty |= None in cells[at : at + size]
        at += size
        line += 1
    return placed[:last] if rows >= _ROWS_LEAST and empty else []


def _total(texts: Sequence[str], cells: Sequence[int | None], at: int, line: int, kinds: Sequence[str]) -> list[Placed]:
    """总分 | 100 | 97: the row of the whole, of which the cells are merged, with a mark under every heading of marks."""
    first = cells[at]
    marks = [column for column, kind in enumerate(kinds) if kind == "value"]
    figures = [index for index in cells[at + 1 : at + 1 + len(marks)] if index is not None and is_figure(texts[index])]
    if first is None or _WHOLE.fullmatch(texts[first]) is None or len(figures) != len(marks):
        return []
    return [(line, 0, 1), *((line, column, 1) for column in marks)]


def _fits(row: Sequence[str | None], kinds: Sequence[str]) -> bool:
    named = False
    for text, kind in zip(row, kinds, strict=False):
        if text is None:
            continue
        if kind == _EMPTY:
            return False
        if kind == "code":
            if not (_CODE_OF_BODY.fullmatch(text) or _OF_ALL.fullmatch(text)):
                return False
            named |= not text.isdecimal()
        elif kind in _NAMES:
            if (is_figure(text) and kind == "label") or _CAPTION.search(text):
                return False
            named |= not is_figure(text)
        elif kind == "words":
            continue
        elif not may_be_value(text) or (kind == "money" and CODE.fullmatch(text) and "." not in text and len(text) > 4):
            return False
    return named


def _first_band(texts: Sequence[str], start: int, first: int) -> int:
    """The first of the headings over a row of headings, below the caption of the table."""
    at = start
    while at > first and start - at < _BANDS_MOST and not (is_figure(texts[at - 1]) or _CAPTION.search(texts[at - 1])):
        at -= 1
    return at


def _over(texts: Sequence[str], bands: Sequence[int], kinds: Sequence[str]) -> Iterator[Placed]:
    """What each of the headings over others stands over: a side each, or names and figures; else all of it."""
    sides = [k for k, kind in enumerate(kinds) if kind in _NAMES and (k == 0 or kinds[k - 1] not in _NAMES)]
    names = next((k for k, kind in enumerate(kinds) if kind not in _NAMES), len(kinds))
    if len(bands) == len(sides) > 1:
        for left, right in zip(sides, [*sides[1:], len(kinds)], strict=True):
            yield 0, left, right - left
        return
    over_names = [kind_of_head(texts[band]) in _NAMES for band in bands]
    if len(sides) == 1 and len(bands) - sum(over_names) <= 1 and sum(over_names) <= 1:
        for is_name in over_names:
            yield (0, 0, names) if is_name else (0, names, len(kinds) - names)
        return
    for _ in bands:
        yield 0, 0, len(kinds)

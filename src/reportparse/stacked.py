"""The statutory tables when only their cells are left, one a line: headings of several levels, numbered rows.

Where the columns are counted (栏次 1 2 3), or the row of the sum has all its figures, their number tells which headings stand
over others and which over figures. Where the rows are numbered (行次), the numbers tell the sides apart. A row of which cells
are empty keeps the figure of its first column, where that is the sum of the others, or all where only one way adds up; of the
rest nothing is guessed.

Over 400 lines because every statutory layout is told from the same headings, and their rows share what a figure is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reportparse.addends import ShortRow, columns_by_sums
from reportparse.bands import SUM_OF_COLUMNS, Band, arrange
from reportparse.headers import read_head
from reportparse.patterns import seldom

__all__ = ["ASIDE", "read_stacked"]

ASIDE = 10_000
"""A column that no table has: of the figures of a row from which cells are missing."""
Placed = tuple[int, int, int]
"""Row, column and columns of a cell."""

_FIGURE = seldom(r"[-－+]?[¥￥]?\d[\d,，]*(?:\.\d+)?%?|[-—–]{1,2}")
_COUNT = re.compile(r"\d{1,3}")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_PART_OF_CODE = re.compile(r"\d\d")
_CLASS, _CODES = 3, 3
"""Digits of a class (类), and columns that its code has with 款 and 项."""
_CAPTION = seldom(
    r"单位[：:]|[^，。]{0,40}表(?:（.{1,12}）)?$|.{0,8}(?:编制|填报)?(?:单位|部门)(?:名称)?[：:]|^（?(?:19|20)[0-9]{2}年度?）?$"
)
_TOTAL = seldom(r"合计|总计|小计|(?:本年)?(?:收入|支出)(?:合计|总计)|.{0,12}(?:合计|总计|小计)")
_NAMES = seldom(r".{0,8}(?:编码|代码|科目名称|名称)|科目|类|款|项|功能分类|经济分类")
_OVER_NAMES = seldom("项目|.{0,8}(?:功能|经济)分?类?科目|科目")
_OF_MONEY = seldom(
    r".{0,12}(?:收入|支出|拨款|结转|结余|结转结余|资金)(?:合计|总计|小计)?|(?:(?:19|20)\d\d年度?)?(?:(?:预算|决算)数?)?(?:合计|总计|小计)|.{0,8}(?:预算|政府性基金|国有资本经营)"
)
_HEADS_MOST = 40
_LEFT_OUT = 40
"""Numbered rows that can be left out of a table."""
_FEWEST = 3
"""Columns of figures by which headings are told from rows where no row counts them."""
_SIDES = ("收入", "支出")
_SIDE_WIDTH = 2
"""Columns of the side of income: names and figures."""
_ITEM_HEAD = seldom("项目(?:（.{1,12}）)?|(?:收入|支出)项目")
_FIRST_ROW = seldom("一、|本年|（一）|(?:收入|支出)")
_SPENT = seldom("支出|年终|年末|结转下年")
_LEVELS = 3
"""Lines of headings."""
_TRIPLE = 3
"""Columns of a code, its name and a figure."""


class _Heads(NamedTuple):
    """The headings of a table: how many columns name its rows, and those of figures as a band (or nothing) and its own."""

    names: tuple[int, ...]
    leaves: tuple[int, ...]
    bands: tuple[Band, ...]
    left_out: tuple[int, ...]


def read_stacked(texts: Sequence[str]) -> list[Placed] | None:
    """The place of every cell; None for a table that is none of these."""
    first = next((at for at, text in enumerate(texts) if not _CAPTION.search(text)), len(texts))
    heads = texts[first : first + _HEADS_MOST]
    if "行次" in heads:
        return _numbered(texts, first)
    if "序号" in heads and (with_serials := _with_serials(texts, texts.index("序号", first))) is not None:
        return with_serials
    if (two_sided := _two_sided(texts, first)) is not None:
        return two_sided
    if (side_by_side := _side_by_side(texts, first)) is not None:
        return side_by_side
    return _counted(texts, first)


# -- income beside expenditure, of which every fund has a column -----------------------------------------------------------


def _two_sided(texts: Sequence[str], first: int) -> list[Placed] | None:
    """项目 | 预算数 and 项目 | 合计 | 一般公共预算 | …: every name is a row of one side, by its words or how many figures it has."""
    end = first
    while end < len(texts) and end - first < _HEADS_MOST and not _FIGURE.fullmatch(texts[end]):
        end += 1
    sides = [k for k in range(first, end) if _ITEM_HEAD.fullmatch(texts[k])]
    if len(sides) != len(_SIDES) or sides[1] - sides[0] != _SIDE_WIDTH:
        return None
    left, right = sides
    rows = next((k for k in range(right + 1, end) if _FIRST_ROW.match(texts[k])), end - 1)
    width = rows - right
    if width <= _SIDE_WIDTH:
        return None
    placed = [(k, 0, _SIDE_WIDTH + width) for k in range(left)]
    if left - first >= len(_SIDES):
        placed[-2:] = [(left - 2, 0, _SIDE_WIDTH), (left - 2, _SIDE_WIDTH, width)]
    placed += [(left, k - left, 1) for k in range(left, rows)]
    row = left + 1
    at = rows
    while at < len(texts):
        label = at
        at += 1
        while at < len(texts) and _FIGURE.fullmatch(texts[at]):
            at += 1
        count = at - label - 1
        words = texts[label]
        spent = count > 1 or (_SPENT.search(words) is not None and "收入" not in words)
        if _FIGURE.fullmatch(words):
            placed += [(row, ASIDE, 1)] * (count + 1)
        else:
            placed.append((row, _SIDE_WIDTH if spent else 0, 1))
            columns = range(_SIDE_WIDTH + 1, _SIDE_WIDTH + width) if spent else range(1, _SIDE_WIDTH)
            placed += _figures(row, columns, count, True)
        row += 1
    return placed


def _with_serials(texts: Sequence[str], first: int) -> list[Placed] | None:
    """序号 | 项目 | 预算数 | 项目 | 预算数: numbers that count the rows, each before the names and figures of two sides."""
    sides = [k for k in range(first, min(first + _HEADS_MOST, len(texts) - 1)) if _ITEM_HEAD.fullmatch(texts[k])]
    if len(sides) < len(_SIDES) or sides[1] - sides[0] != _SIDE_WIDTH:
        return None
    at = sides[1] + _SIDE_WIDTH
    placed = [(k, 0, 1) for k in range(first)]
    row = first
    placed.append((row, 0, 1))
    over = range(first + 1, sides[0])
    if len(over) == len(_SIDES):
        placed += [(row, 1, _SIDE_WIDTH), (row, 1 + _SIDE_WIDTH, _SIDE_WIDTH)]
    else:
        placed += [(row, 1, 2 * _SIDE_WIDTH) for _ in over]
    row += 1
    placed += [(row, 1 + k, 1) for k in range(2 * _SIDE_WIDTH)]
    row += 1
    if at < len(texts) and texts[at] == "栏次":
        placed.append((row, 0, 1))
        at += 1
        column = 1
        while at < len(texts) and texts[at] == str(column):
            placed.append((row, column, 1))
            at += 1
            column += 1
        row += 1
    last = 0
    rows = 0
    while at < len(texts):
        if not _is_serial(texts, at, last):
            return None
        last = int(texts[at])
        placed.append((row, 0, 1))
        end = at + 1
        while end < len(texts) and not _is_serial(texts, end, last):
            end += 1
        own = texts[at + 1 : end]
        names = [k for k, text in enumerate(own) if not _FIGURE.fullmatch(text)]
        if len(names) > len(_SIDES) or any(b - a > _SIDE_WIDTH for a, b in pairwise([*names, len(own)])):
            return None
        left = len(names) > 1 or (bool(names) and not _SPENT.search(own[names[0]]))
        for k, text in enumerate(own):
            side = int(not left or (len(names) > 1 and k >= names[1]))
            placed.append((row, 1 + side * _SIDE_WIDTH + (_FIGURE.fullmatch(text) is not None), 1))
        at = end
        row += 1
        rows += 1
    return placed if rows > _FEWEST else None


def _is_serial(texts: Sequence[str], at: int, last: int) -> bool:
    """Whether a cell is the number of a row after ``last``: of rows without figures some are left out."""
    return (
        _COUNT.fullmatch(texts[at]) is not None
        and last < int(texts[at]) <= last + _LEFT_OUT
        and at + 1 < len(texts)
        and not _FIGURE.fullmatch(texts[at + 1])
    )


# -- lists of classes side by side -----------------------------------------------------------------------------------------


def _side_by_side(texts: Sequence[str], first: int) -> list[Placed] | None:
    """科目编码 | 科目名称 | 金额, two or three times: every code with its name and the figure behind it is a row."""
    end = first
    while end < len(texts) and end - first < _HEADS_MOST and not _FIGURE.fullmatch(texts[end]):
        end += 1
    codes = [k for k in range(first, end) if read_head(texts[k]).role == "code"]
    if len(codes) < 2 or {b - a for a, b in pairwise(codes)} != {_TRIPLE} or end != codes[-1] + _TRIPLE:
        return None
    if len({(texts[k], texts[k + 1], texts[k + 2]) for k in codes}) > 1:
        return None
    placed = [(k, 0, _TRIPLE) for k in range(codes[0])]
    placed += [(codes[0], k if k < _TRIPLE else ASIDE, 1) for k in range(end - codes[0])]
    row = codes[0] + 1
    at = end
    while at < len(texts):
        coded = _code_at(texts, at)
        placed += [(row, 0, 1)] if coded else []
        at += coded
        if not _FIGURE.fullmatch(texts[at]):
            placed.append((row, 1, 1))
            at += 1
        column = _TRIPLE - 1
        while at < len(texts) and _FIGURE.fullmatch(texts[at]) and not _code_at(texts, at):
            placed.append((row, column, 1))
            column = ASIDE
            at += 1
        row += 1
    return placed


# -- rows that are numbered ------------------------------------------------------------------------------------------------


def _numbered(texts: Sequence[str], first: int) -> list[Placed] | None:
    """收入 | 行次 | 金额 and 支出 | 行次 | 金额, the second with one column of figures or with one for every fund."""
    at = next((k for k in range(first, min(first + _HEADS_MOST, len(texts) - 1)) if texts[k + 1] == "行次"), None)
    if at is None:
        return None
    end = at
    while (
        end < len(texts) and not _COUNT.fullmatch(texts[end]) and texts[end] != "栏次" and not _starts_rows(texts, end)
    ):
        end += 1
    sides = [k for k in range(at, end - 1) if texts[k + 1] == "行次"]
    if len(sides) not in (1, 2) or end >= len(texts):
        return None
    widths = [after - side for side, after in zip(sides, [*sides[1:], end], strict=True)]
    lefts = [0, widths[0]][: len(sides)]
    placed = [(k, 0, sum(widths)) for k in range(at)]
    over = texts[at - len(sides) : at]
    if at >= len(sides) and not any(_CAPTION.search(text) for text in over):
        del placed[at - len(sides) :]
        placed += [(at - len(sides), left, width) for left, width in zip(lefts, widths, strict=True)]
    row = at
    placed += [(row, left + k, 1) for left, width in zip(lefts, widths, strict=True) for k in range(width)]
    row += 1
    for left, width in zip(lefts, widths, strict=True):  # 栏次 1 栏次 2 3 4
        if end >= len(texts) or texts[end] != "栏次":
            break
        placed.append((row, left, 1))
        end += 1
        for column in range(left + 2, left + width):
            if end < len(texts) and _COUNT.fullmatch(texts[end]):
                placed.append((row, column, 1))
                end += 1
    return _numbered_rows(texts, end, row + 1, lefts, widths, placed)


def _starts_rows(texts: Sequence[str], at: int) -> bool:
    return at + 1 < len(texts) and texts[at + 1] == "1"


def _numbered_rows(
    texts: Sequence[str], at: int, row: int, lefts: Sequence[int], widths: Sequence[int], placed: list[Placed]
) -> list[Placed] | None:
    following: list[int | None] = [None] * len(lefts)
    last = len(lefts)
    numbered = 0
    while at < len(texts):
        label = not _FIGURE.fullmatch(texts[at])
        number = at + label
        found = texts[number] if number < len(texts) else ""
        side = _side_of(int(found), following, label) if _COUNT.fullmatch(found) else None
        after = (last + 1) % len(lefts) if numbered else 0
        expected = following[after]
        if side is not None:
            numbered += 1
            following[side] = int(found) + 1
        elif label and expected is not None and "." in found and _FIGURE.fullmatch(found):
            side = after  # its number was taken for that of a page
            following[side] = expected + 1
        else:
            row += 1
            placed.append((row, 0 if label else ASIDE, 1))
            at += 1
            last = len(lefts)
            continue
        row += side <= last
        last = side
        if label:
            placed.append((row, lefts[side], 1))
        if _COUNT.fullmatch(found):
            placed.append((row, lefts[side] + 1, 1))
            number += 1
        at = figures = number
        other = following[(side + 1) % len(lefts)]
        while figures < len(texts) and _FIGURE.fullmatch(texts[figures]) and texts[figures] != str(other):
            figures += 1
        placed += _figures(row, range(lefts[side] + 2, lefts[side] + widths[side]), figures - at, True)
        at = figures
    return placed if numbered > len(lefts) else None


def _side_of(number: int, following: Sequence[int | None], label: bool) -> int | None:
    """The side whose rows a number goes on: that which it is nearest ahead of. Without a name it must be the very next."""
    ahead = [
        (number - expected, side)
        for side, expected in enumerate(following)
        if expected is not None and 0 <= number - expected <= (_LEFT_OUT if label else 0)
    ]
    begun = [side for side, expected in enumerate(following) if expected is not None]
    if len(begun) < len(following) and (not ahead or min(ahead)[0] > 0):
        return len(begun)
    return min(ahead)[1] if ahead else None


def _figures(row: int, columns: Sequence[int], count: int, first_is_sum: bool) -> Iterator[Placed]:
    """The figures of a row under its columns: all of them, or the first alone where that is the sum of the others."""
    for k in range(count):
        certain = count == len(columns) or (k == 0 and first_is_sum and count < len(columns))
        yield (row, columns[k], 1) if certain else (row, ASIDE, 1)


# -- columns that are counted ----------------------------------------------------------------------------------------------


def _counted(texts: Sequence[str], first: int) -> list[Placed] | None:
    end = first
    while end < len(texts) and end - first < _HEADS_MOST and not _FIGURE.fullmatch(texts[end]):
        end += 1
    if end >= len(texts):
        return None
    count = 0
    while end + count < len(texts) and texts[end + count] == str(count + 1):
        count += 1
    counted = count > 2 or (count > 0 and texts[end - 1] == "栏次")
    rows = end + count if counted else end
    heads_end = end - (texts[end - 1] == "栏次") if counted else end
    if not counted:
        if heads_end - first > 1 and _TOTAL.fullmatch(texts[end - 1]):
            heads_end = rows = end - 1
        figures = end
        coded = any(read_head(text).role == "code" for text in texts[first:heads_end])
        while (
            figures < len(texts)
            and _FIGURE.fullmatch(texts[figures])
            and not (coded and _code_at(texts, figures, _CODES))
        ):
            figures += 1
        count = max(figures - end, _figures_of_sum(texts, figures))
    heads = _heads(texts, first, heads_end, count)
    if heads is None and not counted and _TOTAL.fullmatch(texts[rows]):
        heads = _more_heads(texts, first, heads_end, count)
        count = len(heads.leaves) if heads is not None else 0
    if heads is None or not (counted or (heads.bands and count >= _FEWEST) or _are_of_money(texts, heads)):
        return None
    if not counted and heads.names and not (_TOTAL.fullmatch(texts[rows]) or _CODE.fullmatch(texts[rows])):
        return None
    names = len(heads.names)
    placed = [(k, 0, names + count) for k in range(first)]
    lines: dict[int, Placed] = {
        k: (first, 0, _CODES if names > _CODES and read_head(texts[k]).role == "code" else max(names, 1))
        for k in heads.left_out
    }
    lines |= {band.at: (first + band.level, names + band.column, band.width) for band in heads.bands}
    lines |= {k: (first + bool(heads.left_out), column, 1) for column, k in enumerate(heads.names)}
    for column, k in enumerate(heads.leaves):  # a heading under none stands in the first line, as over the names
        over = sum(band.column <= column < band.column + band.width for band in heads.bands)
        lines[k] = (first + over, names + column, 1)
    placed += [lines[k] for k in range(first, heads_end)]
    row = first + _LEVELS
    placed += [(row, 0, names) if names else (row, ASIDE, 1)] * (heads_end < end and counted)
    placed += [(row, names + k, 1) for k in range(rows - end)] if counted else []
    labels = [read_head(texts[k]).label for k in heads.leaves]
    first_is_sum = SUM_OF_COLUMNS.fullmatch(labels[0]) is not None
    by_nature = first_is_sum and tuple(labels[1:_BY_NATURE]) == _NATURES
    placed += _rows(texts, rows, row + 1, names, count, first_is_sum)
    return _added_up(texts, rows, placed, names, count, by_nature)


_NATURES = ("基本支出", "项目支出")
_BY_NATURE = 3
"""Columns of expenditure that a body has which remits nothing, runs no business and gives no subsidies: the sum and the two."""


def _more_heads(texts: Sequence[str], first: int, end: int, count: int) -> _Heads | None:
    """The headings of a table of which some columns are empty down to the row of the sum, which has ``count`` figures."""
    heads = _heads(texts, first, end, None)
    if heads is None or not 0 < count < len(heads.leaves) or not _are_of_money(texts, heads):
        return None
    return heads if SUM_OF_COLUMNS.fullmatch(read_head(texts[heads.leaves[0]]).label) else None


def _added_up(
    texts: Sequence[str], first: int, placed: list[Placed], names: int, count: int, by_nature: bool
) -> list[Placed]:
    """The places, with those of rows that lack cells where only one way adds up to the row of the sum. ``by_nature`` tells that
    the first columns are the sum, 基本支出 and 项目支出: three figures of which one is the sum of the others are these.
    """
    lines: dict[int, list[int]] = {}
    for at in range(first, len(placed)):
        lines.setdefault(placed[at][0], []).append(at)
    rows: list[ShortRow] = []
    cells: list[list[int]] = []
    total: list[Decimal] = []
    for own in lines.values():
        figures = [at for at in own if placed[at][1] >= names and _FIGURE.fullmatch(texts[at])]
        words = [texts[at] for at in own if at not in figures]
        values = [_amount(texts[at]) for at in figures if not texts[at].endswith("%")]
        if not words or len(values) < len(figures):
            return placed
        if _TOTAL.fullmatch(words[-1]):
            of_two = by_nature and len(values) == _BY_NATURE and values[0] == sum(values[1:])
            if total or not (len(figures) == count or of_two):
                return placed
            total = values
            for k, at in enumerate(figures):
                placed[at] = (placed[at][0], names + k, 1)
            continue
        rows.append(ShortRow(words[0] if _CODE.fullmatch(words[0]) else "", tuple(values)))
        cells.append(figures)
    if not total:
        return placed
    for figures in cells if len(total) < count else ():
        for k, at in enumerate(figures if len(figures) == len(total) else ()):
            placed[at] = (placed[at][0], names + k, 1)
    if all(len(row.figures) in (0, len(total)) for row in rows):
        return placed
    for k, columns in columns_by_sums(rows, total).items():
        for at, column in zip(cells[k], columns, strict=True):
            placed[at] = (placed[at][0], names + column, 1)
    return placed


_NO_DIGITS = str.maketrans({",": "", "，": "", "¥": "", "￥": "", "－": "-", "—": "", "–": ""})


def _amount(text: str) -> Decimal:
    """The amount that a figure says; 0 for a dash."""
    digits = text.translate(_NO_DIGITS)
    return Decimal(digits) if digits.strip("-") else Decimal(0)


def _figures_of_sum(texts: Sequence[str], first: int) -> int:
    """How many figures the row of the sum has that ends a table, where rows may lack some; 0 where none does."""
    at = next((k for k in range(len(texts) - 1, first - 1, -1) if not _FIGURE.fullmatch(texts[k])), -1)
    return len(texts) - 1 - at if at >= 0 and _TOTAL.fullmatch(texts[at]) else 0


def _are_of_money(texts: Sequence[str], heads: _Heads) -> bool:
    """Whether headings of one level name what money came in or went out, each once, behind the names of the rows."""
    words = [read_head(texts[k]).label for k in heads.leaves]
    return (
        bool(heads.names and heads.leaves)
        and max(heads.names) < min(heads.leaves)
        and len(set(words)) == len(words)
        and all(_OF_MONEY.fullmatch(word) for word in words)
    )


def _rows(texts: Sequence[str], at: int, row: int, names: int, count: int, first_is_sum: bool) -> Iterator[Placed]:
    """The rows: a code and a name, or a name alone, and the figures behind it."""
    columns = range(names, names + count)
    open_row = False
    while at < len(texts):
        start = at
        if names > 1 and (cells := _code_at(texts, at, names - 1)):
            yield from ((row, column, 1) for column in range(cells))
            at += cells
            open_row = True
        named = 0
        while at < len(texts) and not _FIGURE.fullmatch(texts[at]):
            if named and not open_row:
                row += 1
            yield row, names - 1 if names else ASIDE, 1
            named += 1
            at += 1
        figures = at
        while figures < len(texts) and _FIGURE.fullmatch(texts[figures]):
            if names > 1 and figures > at and _code_at(texts, figures, names - 1):
                break
            figures += 1
        if names or not named:
            yield from _figures(row, columns, figures - at, first_is_sum)
        else:  # figures that a name goes before are of another table
            yield from ((row, ASIDE, 1) for _ in range(at, figures))
        at = figures
        open_row = False
        row += 1
        if at == start:
            return


def _code_at(texts: Sequence[str], at: int, most: int = 1) -> int:
    """The cells of a code before a name, ``most`` of them: 2080501, or 208 and 05 and 01."""
    if not _CODE.fullmatch(texts[at]):
        return 0
    end = at + 1
    while end < len(texts) and end - at < most and len(texts[at]) == _CLASS and _PART_OF_CODE.fullmatch(texts[end]):
        end += 1
    return end - at if end < len(texts) and not _FIGURE.fullmatch(texts[end]) else 0


def _heads(texts: Sequence[str], first: int, end: int, count: int | None) -> _Heads | None:
    """Which headings name rows, which stand over figures and which over others, of ``count`` columns of figures; where it is
    not known, one for every heading.
    """
    own = range(first, end)
    names = [k for k in own if _NAMES.fullmatch(texts[k])]
    left_out = [k for k in own if k not in names and _OVER_NAMES.fullmatch(texts[k])] if names else []
    if not names:
        names = [k for k in own if read_head(texts[k]).role == "label" and k == first]
    values = [k for k in own if k not in names and k not in left_out]
    arranged = arrange([read_head(texts[k]).label for k in values], len(values) if count is None else count)
    if arranged is None:
        return None
    leaves, bands = arranged
    marks = [k for k in names if texts[k] in ("类", "款", "项")]
    if len(marks) == _CODES:  # a column each
        left_out += [k for k in names if k not in marks and read_head(texts[k]).role == "code"]
        names = [*marks, *(k for k in names if k not in marks and k not in left_out)]
    else:
        left_out += marks
        names = [k for k in names if k not in marks]
    return _Heads(
        tuple(names), tuple(values[k] for k in leaves),
        tuple(band._replace(at=values[band.at]) for band in bands), tuple(left_out),
    )  # fmt: skip

"""A table of which only the cells are left, one a line: which row and column each of them stood in.

What tells it is the row of headings and that every row under it has the same kinds of cells in the same order. A row of
which a cell was empty cannot be told apart and is left as it is: nothing is guessed.

Over 400 lines because one walk over the cells asks every reader in turn, and what none of them reads is told here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from reportparse.barecells import CODE, NOTHING, is_figure, kind_of_head, may_be_value
from reportparse.blanked import read_blanked
from reportparse.enumerated import read_enumerated
from reportparse.headers import LEVEL_HEAD, names_level, read_head
from reportparse.marked import BLOCK, read_block, read_marked
from reportparse.patterns import seldom
from reportparse.rejoined import rejoin
from reportparse.sectioned import read_sectioned
from reportparse.stacked import ASIDE, read_stacked

__all__ = ["unlist"]

_BEGINS_NO_NAME = seldom("[≥≤><＞＜±≧≦]")
_HOW_MUCH = seldom(r"[\d,.]+(?:%|[一-龥]{1,3})?")
_WIDEST = 14
_PAIRS_LEAST = 3
_PAIR = 2
"""Columns of a name and what is said of it."""
_BUDGET = seldom("(?:年度|项目|本年|当年)?(?:预算数|预算金额|预算总额|资金总额|项目总额)(?:（[百千万亿]*元）)?")
_PARTS_OF_BUDGET = ("其中", "财政", "一般公共", "中央", "省级", "市级", "县级")
"""What a form of goals asks for first, and what the parts of that begin with."""
_NAME = seldom("^(?:其中：)?[^：]*[一-龥][^：]*$")
_LOOK_AHEAD = 60
"""Cells by which one reading of the headings is preferred to another."""
_CODE_OF_BODY = re.compile(r"\d{6}(?:\d{3}){0,2}")
"""What a finance bureau numbers the bodies by whose money it keeps."""
_MONEY = seldom(
    r"[^，。]{0,24}(?:支出|收入|经费|费用?|资金|拨款)(?:（[^（）]{1,8}）)?(?:合计|小计|总计)?|合计|小计|总计"
)
"""What heads money behind the code and the name of a body."""
_MONEY_IN_UNIT = seldom(r"(?:年度|项目|预算|全年)*(?:资金|预算|投资)(?:总额|金额|数|额)?（(?:单位：)?[百千万亿]*元）")
_OF_MARKS = seldom("分值|权重|(?:自评|评价)?得分|评分|(?:自评|评价)?分数")
_OF_ALL = seldom(r".{0,12}(?:合计|总计|小计|共计|总分|总得分|得分)")
_SURE_CODE = re.compile(r"2[0-3]\d|30\d|31\d|\d{5}|\d{7}")


def unlist(texts: Sequence[str], blanks: Sequence[int] = ()) -> list[tuple[int, int, int]]:
    """``(row, column, columns)`` of every cell; one that is in no row that could be told is a row of its own.

    ``blanks`` are the blank lines before each cell, where they are known: in some tables they are its empty cells.
    """
    whole = rejoin(texts, blanks)
    firsts = list(accumulate((count for _, count in whole), initial=0))[:-1]
    names = [text for text, _ in whole]
    placed: list[tuple[int, int, int]] = []
    if any(blanks):
        for one in read_blanked(names, [blanks[first] for first in firsts]):
            placed += _below(placed, _unlist(names[len(placed) : one.start]))
            placed += _below(placed, one.placed)
    placed += _below(placed, _unlist(names[len(placed) :]))
    return [place for place, (_, count) in zip(placed, whole, strict=True) for _ in range(count)]


def _below(placed: Sequence[tuple[int, int, int]], more: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Cells in the rows under others."""
    row = max((row for row, _, _ in placed), default=-1) + 1
    return [(row + line, column, columns) for line, column, columns in more]


def _unlist(texts: Sequence[str]) -> list[tuple[int, int, int]]:
    stacked = read_stacked(texts)
    if stacked is not None:
        return stacked
    found: list[tuple[int, int, int]] = []
    row = 0
    at = 0
    while at < len(texts):
        if (marked := read_marked(texts, at) or read_block(texts, at)) is not None:
            found += [(row + line, column, columns) for line, column, columns in marked.placed]
            row += marked.rows
            at = marked.end
            continue
        if (counted := read_enumerated(texts, at)) is not None:
            found += [(row + line, column, columns) for line, column, columns in counted.placed]
            row += counted.rows
            at = counted.end
            continue
        if (blocks := read_sectioned(texts, at)) is not None:
            found += [(row + line, column, columns) for line, column, columns in blocks.placed]
            row += blocks.rows
            at = blocks.end
            continue
        width = _best_width(texts, at)
        if not width:
            if pairs := _pairs_at(texts, at) or _asks_for_money(texts, at):
                found += [(row + pair, column, 1) for pair in range(pairs) for column in range(2)]
                row += pairs
                at += 2 * pairs
                continue
            found.append((row, 0, 1))
            row += 1
            at += 1
            continue
        heads = [kind_of_head(text) for text in texts[at : at + width]]
        rate = heads.index("rate") if heads.count("rate") == 1 else None
        amounts = _amounts_before_marks(texts[at : at + width], heads)
        pairs = width > 2 and heads == ["label", "value"] * (width // 2)
        if pairs and not _all_fit(texts, at + width, width, heads):
            # Of two sides an empty one leaves no trace: what is certain is that a figure belongs to the label before it.
            same = len(set(texts[at : at + width : 2])) == 1
            found += [(row, column if column == 1 or (same and column == 0) else ASIDE, 1) for column in range(width)]
            row += 1
            at += width
            while at < len(texts) and not _heads_again(texts, at):
                pair = 1 + (at + 1 < len(texts) and not is_figure(texts[at]) and may_be_value(texts[at + 1]))
                found += [(row, column, 1) for column in range(pair)]
                row += 1
                at += pair
            continue
        levels = all(map(LEVEL_HEAD.fullmatch, texts[at : at + _names(heads)]))
        found += [(row, column, 1) for column in range(width)]
        row += 1
        at += width
        while at < len(texts):
            if _heads_again(texts, at):
                break
            size = _row_at(texts, at, heads)
            if (
                not size
                and heads[:2] == ["code", "label"]
                and CODE.fullmatch(texts[at])
                and _fits(_joined(texts, at, width), heads)
            ):
                found += [(row, 0, 1), (row, 1, 1), *((row, column, 1) for column in range(1, width))]
                at += width + 1  # a name over two lines
            elif size == width or (size == width - 1 and _fits(texts[at : at + size], heads[:size])):
                found += [(row, column, 1) for column in range(size)]
                at += size
            elif size:
                names = width - size + 1
                found += [_of_sum(row, heads, names), *((row, column, 1) for column in range(names, width))]
                at += size
            elif levels and (given := _levels_given(texts, at, heads)):
                names = _names(heads)
                found += [(row, column, 1) for column in range(names - given, width)]
                at += width - names + given
            else:
                taken = _broken_row(texts, at)
                columns = _columns_of(texts[at : at + taken], heads, rate, amounts)
                if _BEGINS_NO_NAME.match(texts[at]) or (levels and _HOW_MUCH.fullmatch(texts[at])):
                    found += [(row, ASIDE, 1)] * taken  # ≥95% and 12场 name nothing
                else:
                    found += [_of_sum(row, heads, _names(heads)), *((row, column, 1) for column in columns[1:])]
                at += taken
            row += 1
    return found


def _levels_given(texts: Sequence[str], at: int, heads: Sequence[str]) -> int:
    """How many of the levels of indicators a row gives that leaves out those that it has in common with the row before; 0
    where it is no such row: a mark stands under every heading of marks.
    """
    names = _names(heads)
    if "words" in heads or _OF_ALL.match(texts[at]) or texts[at] == "小计":
        return 0
    for given in range(names - 1, 0, -1):
        cells = texts[at : at + given + len(heads) - names]
        if _fits([*["—"] * (names - given), *cells], heads):
            return given
    return 0


def _of_sum(row: int, heads: Sequence[str], names: int) -> tuple[int, int, int]:
    """The place of the first cell of a row that lacks some: over the columns of names, but for the number of the row."""
    serial = int(heads[0] == "serial" and names > 1)
    return row, serial, names - serial


def _amounts_before_marks(cells: Sequence[str], heads: Sequence[str]) -> int:
    """How many columns of money stand before those of marks and of the rate: the parts of a sum have these alone.

    0 where there are no marks: then any cell of a row can be the empty one.
    """
    names = _names(heads)
    first = next(
        (k for k, cell in enumerate(cells) if k >= names and (_OF_MARKS.fullmatch(cell) or heads[k] == "rate")), 0
    )
    marked = any(_OF_MARKS.fullmatch(cell) for cell in cells[names:])
    return first - names if marked and all(head == "value" for head in heads[names:first]) else 0


def _names(heads: Sequence[str]) -> int:
    """How many columns at the left name the rows: one at the least."""
    count = next((k for k, head in enumerate(heads) if head not in ("label", "code", "serial")), len(heads))
    return max(count, 1)


def _columns_of(cells: Sequence[str], heads: Sequence[str], rate: int | None, amounts: int) -> list[int]:
    """The columns of the cells of a row that lacks some: where only words are left out, 总分 100 99, or up to the rate, where
    that is the only figure in per cent and as many figures as headings are before it, or the money before the marks.
    """
    figures = [column for column, head in enumerate(heads) if head in ("value", "rate")]
    if len(cells) == 1 + len(figures) and "words" in heads:
        return [0, *figures]
    names = _names(heads)
    in_percent = [k for k, cell in enumerate(cells) if cell.endswith("%")]
    named = heads[0] in ("label", "serial", "") and not {"label", "code", "serial"} & set(heads[names:])
    if named and rate is not None and in_percent == [rate - names + 1] and "words" not in heads[:rate]:
        return [0, *range(names, rate + 1), *[ASIDE] * (len(cells) - 1 - len(in_percent) - rate + names)]
    if named and amounts > 1 and len(cells) == 1 + amounts and not in_percent:
        return [0, *range(names, names + amounts)]
    return [0, *[ASIDE] * (len(cells) - 1)]


def _pairs_at(texts: Sequence[str], at: int) -> int:
    """How many names with a figure each follow one another without any headings; 0 where they are fewer than three."""
    pairs = 0
    while at + 1 < len(texts) and _NAME.search(texts[at]) and not is_figure(texts[at]):
        if not is_figure(texts[at + 1]) and not (pairs >= _PAIRS_LEAST and NOTHING.fullmatch(texts[at + 1])):
            break
        pairs += 1
        at += 2
    first = at - _PAIR * pairs
    of_form = pairs == _PAIR and _BUDGET.fullmatch(texts[first]) and texts[first + _PAIR].startswith(_PARTS_OF_BUDGET)
    return pairs if pairs >= _PAIRS_LEAST or of_form else 0


def _asks_for_money(texts: Sequence[str], at: int) -> bool:
    """Whether a cell asks for an amount, in a unit that it states, and the next alone answers: 年度资金总额（万元） | 400.00."""
    return (
        _MONEY_IN_UNIT.fullmatch(texts[at]) is not None
        and at + 1 < len(texts)
        and is_figure(texts[at + 1])
        and not (at + 2 < len(texts) and may_be_value(texts[at + 2]))
    )


def _best_width(texts: Sequence[str], at: int) -> int:
    """How many columns the headings at a place have; 0 where those that explain most of the rows begin further on."""
    width, covered = _width_at(texts, at)
    for later in range(at + 1, at + width - 1):
        other, more = _width_at(texts, later)
        if other and later + other <= at + width + 2 and more > covered:
            return 0
    return width


def _width_at(texts: Sequence[str], at: int) -> tuple[int, int]:
    """How many columns a row of headings at a place has, and how many cells under it are rows of it; 0 where none stands."""
    best, most = 0, 0
    if is_figure(texts[at]) or _CAPTION.search(texts[at]):
        return 0, 0
    if at and LEVEL_HEAD.fullmatch(texts[at]) and LEVEL_HEAD.fullmatch(texts[at - 1]):
        return 0, 0  # the headings of levels begin with the first of them
    for width in range(2, _WIDEST + 1):
        cells = texts[at : at + width]
        if len(cells) < width or is_figure(cells[-1]) or _CAPTION.search(cells[-1]):
            break
        heads = [kind_of_head(text) for text in cells]
        known = sum(head != "" for head in heads)
        if known < 2 or heads[-1] in ("label", "code", "serial"):
            continue
        if all(head in ("label", "words") for head in heads) and "words" not in heads:
            continue
        if heads[:2] == ["", ""] and "label" in heads:
            continue  # 收入 | 支出 over 项目 | 预算数 | 项目 | 预算数
        figures = [cell for cell, head in zip(cells, heads, strict=True) if head not in ("label", "code", "serial")]
        if len(set(figures)) < len(figures) and not {"label", "code"} & set(heads[1:]):
            continue  # 一般公共预算 twice: what tells them apart stood over them
        first = at + width
        if first >= len(texts) or _says_what_follows(texts[first]) or not _row_at(texts, first, heads):
            continue
        covered = _covered(texts, first, heads)
        if heads[:2] == ["code", "label"]:
            known += sum(
                head == "" and _MONEY.fullmatch(cell) is not None for head, cell in zip(heads, cells, strict=True)
            )
        if 3 * (width - known) > width and covered < 3 * width:
            continue  # words that need not be headings, and too few rows to show that they are
        if covered >= most:
            best, most = width, covered
    return best, most


def _row_at(texts: Sequence[str], at: int, heads: Sequence[str]) -> int:
    """How many cells from a place on are a row under headings; 0 where they are none. Of a total its name stands for all the
    columns of names; a remark at the end may be empty.
    """
    if _fits(texts[at : at + len(heads)], heads):
        return len(heads) - _lacks_its_remark(texts, at, heads)
    if len(heads) > _PAIR and heads[-1] == "words" and _fits(texts[at : at + len(heads) - 1], heads[:-1]):
        return len(heads) - 1 if at + len(heads) - 1 == len(texts) else 0
    names = next((k for k, head in enumerate(heads) if head not in ("label", "code", "serial")), len(heads))
    if names > 1:
        if at >= len(texts) or CODE.fullmatch(texts[at]) or not _OF_ALL.match(texts[at]):
            return 0
        short = ["label", *heads[names:]]
        if _fits(texts[at : at + len(short)], short):
            return len(short)
    return 0


def _lacks_its_remark(texts: Sequence[str], at: int, heads: Sequence[str]) -> bool:
    """Whether what stands where the last column has its words begins the next row: the next number, a name before figures."""
    if heads[-1] != "words" or len(heads) <= _PAIR or "words" in heads[:-1]:
        return False
    after = at + len(heads) - 1
    if heads[0] == "serial" and texts[at].isdecimal():
        return texts[after] == str(int(texts[at]) + 1) or (
            _OF_ALL.fullmatch(texts[after]) is not None and after + 1 < len(texts) and is_figure(texts[after + 1])
        )
    return heads[0] in ("label", "") and after + 1 < len(texts) and is_figure(texts[after + 1])


def _joined(texts: Sequence[str], at: int, width: int) -> list[str]:
    """A row whose name goes on in a second line."""
    if at + width >= len(texts):
        return []
    return [texts[at], texts[at + 1] + texts[at + 2], *texts[at + 3 : at + width + 1]]


def _covered(texts: Sequence[str], at: int, heads: Sequence[str]) -> int:
    first = at
    while (size := _row_at(texts, at, heads)) and at - first < _LOOK_AHEAD:
        at += size
    if heads == ["label", "value"] * (len(heads) // 2):  # one side may be empty
        while at + 1 < len(texts) and at - first < _LOOK_AHEAD and not is_figure(texts[at]):
            at += 1 + may_be_value(texts[at + 1])
    return at - first


_CAPTION = seldom("单位[：:]|表(?:（.{1,12}）)?$|^（?(?:19|20)[0-9]{2}年度?）?$")
"""What stands over a table and heads no column of it."""


def _says_what_follows(text: str) -> bool:
    """Whether a cell is the heading of a column for certain: 执行率, 年初预算数."""
    head = read_head(text)
    return (
        head.basis is not None
        or head.aspect != "value"
        or head.role in ("code", "words")
        or text.endswith(("得分", "分值", "权重"))
    )


def _all_fit(texts: Sequence[str], at: int, width: int, heads: Sequence[str]) -> bool:
    """Whether every row down to the end or to other headings has all of its cells."""
    while at < len(texts) and not _heads_again(texts, at):
        if not _fits(texts[at : at + width], heads):
            return False
        at += width
    return True


def _heads_again(texts: Sequence[str], at: int) -> bool:
    """Whether other headings begin at a place."""
    if len(texts) > at + 1 and BLOCK.fullmatch(texts[at]) and read_block(texts, at) is not None:
        return True
    if len(texts) <= at + 1 or kind_of_head(texts[at]) == "":
        return False
    levels = LEVEL_HEAD.fullmatch(texts[at]) is not None and LEVEL_HEAD.fullmatch(texts[at + 1]) is not None
    return levels or _width_at(texts, at)[0] > 0


def _fits(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether cells can be a row under headings."""
    if len(cells) < len(heads) or _is_shifted(cells, heads):
        return False
    figures = 0
    of_levels = heads[:2] == ["label", "label"]
    broken = any(
        "." in cell for cell, head in zip(cells, heads, strict=False) if head in ("value", "") and is_figure(cell)
    )
    for at, (cell, head) in enumerate(zip(cells, heads, strict=False)):
        figure = is_figure(cell)
        figures += figure
        if head in ("value", "rate") and not (figure or NOTHING.fullmatch(cell)):
            return False
        if head == "label" and _BEGINS_NO_NAME.match(cell):
            return False
        if head == "words" and (LEVEL_HEAD.fullmatch(cell) or (of_levels and names_level(cell))):
            return False
        if broken and head in ("value", "") and at > 0 and _SURE_CODE.fullmatch(cell):
            return False  # 80.05 | 30217: the code of the next row
        if head == "label" and figure and (len(heads) < 3 or not CODE.fullmatch(cell)):
            return False
        if head == "code" and not CODE.fullmatch(cell) and not _CODE_OF_BODY.fullmatch(cell):
            return False
        if head == "" and not (figure or NOTHING.fullmatch(cell)) and at > 0:
            return False
    return "words" in heads or figures > 0 or any(NOTHING.fullmatch(cell) for cell in cells)


def _broken_row(texts: Sequence[str], at: int) -> int:
    """How many cells a row has that cannot be told apart: its name and the figures after it."""
    end = at + 1
    while end < len(texts) and (is_figure(texts[end]) or NOTHING.fullmatch(texts[end])):
        end += 1
    return end - at


def _is_shifted(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether the figures in per cent stand beside the columns of rates, and in none of these."""
    in_percent = {k for k, cell in enumerate(cells[: len(heads)]) if cell.endswith("%") and is_figure(cell)}
    rates = {k for k, head in enumerate(heads) if head == "rate"}
    others = {k for k in in_percent if heads[k] in ("value", "")}
    return bool(rates and others) and not rates & in_percent

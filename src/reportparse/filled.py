"""Statutory forms of self-evaluation set with blanks: which row and column every printed word of them stands in.

Such a form is the same everywhere: what is asked and answered, the money of the project, its goals, and indicators under
their levels with what they are worth and what they got. What tells its rows are the marks, small numbers next to each
other of which the second is no more than the first, behind as many cells as the headings say; where no figure is, a name or
a reason goes on that stands over or under it. So the rows are told whatever the widths are, and columns, where blanks set
words apart, by where most rows have theirs.

Over 400 lines because a form is one printed thing, and each of its blocks is told by the ones around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import StatisticsError, linear_regression, median
from typing import NamedTuple

from reportparse.headers import names_level, read_head
from reportparse.patterns import seldom
from reportparse.wordrows import WordCell

__all__ = ["FormLine", "filled_cells", "filled_runs"]


class FormLine(NamedTuple):
    """A line that is not blank: its text, how far it is set in, and on which line of the source and which page it stands."""

    text: str
    indent: int
    y: int
    page: int


class _Word(NamedTuple):
    """A word on its line, at its place in it and where it is printed."""

    line: int
    start: int
    end: int
    left: int
    right: int
    text: str


class _Cuts(NamedTuple):
    """Numbers from the last to the first, each with those before."""

    before: _Cuts | None
    cut: int


class _Row(NamedTuple):
    """A line with marks: the words before the first column behind the names, those of each such column, and what is behind."""

    line: int
    names: tuple[_Word, ...]
    values: tuple[tuple[int, _Word], ...]
    behind: tuple[_Word, ...]
    sure: bool = True
    """Whether its cells are as many as columns; else they are told by where they stand."""


class _Head(NamedTuple):
    """The headings of indicators: the words over the columns, how many of them are levels and of what kind the others are."""

    line: int
    words: tuple[_Word, ...]
    levels: int
    kinds: tuple[str, ...]
    """Of the columns behind the levels down to the last with marks: ``words``, ``share`` or ``value``."""
    behind: int
    wide: bool
    """Whether cells stand apart by more than one blank."""
    width: int
    """Of a Chinese character, in those of others."""
    halves: tuple[int, ...]
    """The lines around with halves of headings."""


_LEVEL_HEAD = seldom("[一二三四]级(?:绩效)?(?:指标?)?(?:名称)?")
_OVER_LEVELS = seldom("(?:年度)?绩效指?标?|指标|绩|效|指|标")
_GAP = re.compile(r" {2,}|(?<=[分%]）) (?=[一-龥])")
_BLANKS = re.compile(r" +")
_MARK = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?[%分]?")
_FIGURE = re.compile(r"[-－]?\d[\d,]*(?:\.\d+)?%?")
_NOTHING = re.compile(r"[-－—–/]{1,3}|——")
_TOTAL = seldom("(?:总分|合计|总计|总得分|得分合计|综合得分|总分值|自评总分|自评得分)(?:（.{1,8}）)?")
_SPENDING = seldom("(?:全年|年度|项目|部门)?(?:预算|资金)(?:执行|支出|使用|完成)(?:率|进度|情况)(?:（.{1,8}）)?")
"""The mark of how much was spent, among those of indicators: 预算执行率 10 9.7."""
_ANSWERED = seldom(
    r"(?:项目|专项|政策|转移支付|(?:专项|补助)?资金|部门|单位|预算单位|预算部门)(?:（[^（）]{1,8}）)?名称[：:]?"
    r"|[^，。\d]{0,6}主管(?:部门|单位)(?:及代码)?[：:]?|[^，。\d]{0,4}(?:实施|使用|承担|执行)(?:单位|部门)[：:]?"
    r"|项目负责人[：:]?|联系(?:人|电话)[：:]?|(?:填报|预算)单位[：:]?|项目(?:类型|属性|类别|起止时间|周期|代码|编码)[：:]?|资金使用单位[：:]?"
)
_FUND_HEAD = seldom(
    r"(?:(?:年初|全年|调整后?|年度)?预算(?:数|金额|额)?(?:（A）)?|(?:全年|年度|实际)?(?:预算)?(?:执行|支出|完成)(?:数|金额|额)(?:（B）)?"
    r"|分值|权重|(?:预算)?执行率(?:（.{1,8}）)?|得分|自评得分|年初数|调整数|实际支出)(?:（(?:万?元|分|%)）)?"
)
_FUND_SIDE = seldom(
    r"(?:项目|年度|部门|预算)?(?:预算)?(?:资金|执行)(?:总额|情况|执行情况)?(?:（(?:单位：)?万?元）)?|（(?:单位：)?万?元）|\(万?元\)|情况|资金|项目|执行情况"
)
_GOAL_HEAD = seldom(
    "(?:年初|年度)?(?:预期|设定|总体|绩效|年度)*目标|(?:目标|全年|年度|年末)?实际(?:完成|实现)(?:目标)?情况|全年完成情况"
)
_GOAL_SIDE = seldom(
    "年度|年度总|总体|年度总体|目标|体目标|年度总体目标|总体目标|年度绩效目标|绩效目标|完成情况|目标完成情况|年度目标"
)
_TITLE = seldom(r".{0,40}表(?:（.{1,16}）)?|（?20\d\d年?度?）?|.*单位[：:]万?元.*|附[件表录].{0,30}")
_SIGN_ALONE = re.compile(r"[≥≤><＞＜=＝≧≦]")
_SAYS_HOW_MUCH = re.compile(r"[≥≤><＞＜=＝≧≦\d]")
_LEVEL_REST = seldom(
    r"(?:（(?:权重)?：?\d{1,3}(?:\.\d)?[分%]?）|(?:效益|成本|影响|发展|满意度|响|益|意度|度|标|续影响|可持续)?指?标?|指)(?:（\d{1,3}(?:\.\d)?[分%]?）)?"
)
_BEGINS_LEVEL = seldom(r"[^，。；\d]{1,8}")
_ENDS_LEVEL = seldom(r".*指标(?:（\d{1,3}(?:\.\d)?[分%]?）)?")
_STOPS = seldom(
    r"(?:附[件表]|注[：:]|填[报表]|备注[：:]|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）).*"
)
_UP_MOST, _CONTINUED_MOST, _ROWS_LEAST, _FUNDS_LEAST = 60, 12, 2, 3
_OFF = 3
"""Widths of a letter that a cell can begin or end off the others of its column."""


# -- which lines are such a form -------------------------------------------------------------------------------------------


def filled_runs(lines: Sequence[FormLine]) -> list[tuple[int, int]]:
    """Where forms begin and end among the lines."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        head = _head_at(lines, at) if "级" in lines[at].text else None
        if head is None:
            at += 1
            continue
        start = _begin(lines, at, found[-1][1] if found else 0)
        end, rows = _end(lines, head)
        if rows >= _ROWS_LEAST:
            found.append((start, end))
            at = end
        else:
            at += 1
    return found


def _begin(lines: Sequence[FormLine], at: int, floor: int) -> int:
    """The line that a form begins at whose indicators have their headings at one: the first that asks for something."""
    start = at
    for above in range(at - 1, max(floor, at - _UP_MOST) - 1, -1):
        words = lines[above].text.split()
        if _TITLE.fullmatch("".join(words)) or _TOTAL.fullmatch(words[0]):
            break
        if (
            _ANSWERED.fullmatch(words[0])
            or sum(_FUND_HEAD.fullmatch(word) is not None for word in words) >= _FUNDS_LEAST
        ):
            start = above
    halves = _halves(lines, at)
    return min(start, halves[0]) if halves else start


def _end(lines: Sequence[FormLine], head: _Head) -> tuple[int, int]:
    """Where a form ends, and how many rows it has."""
    rows = 0
    last = at = max(head.line, *head.halves) + 1 if head.halves else head.line + 1
    while at < len(lines) and at - last <= _CONTINUED_MOST:
        text = lines[at].text
        words = text.split()
        if _total_words(text) is not None:
            return at + 1, rows
        again = _head_at(lines, at) if "级" in text and _is_level_line(words) else None
        if again is not None:
            if again.kinds != head.kinds:
                break
            head, last = again, at + 1
        elif _STOPS.fullmatch(text) or _ANSWERED.fullmatch(words[0]) or _TITLE.fullmatch("".join(words)):
            break
        elif _row_of(lines[at], at, head) is not None or _spending_words(text, head) is not None:
            rows += 1
            last = at + 1
        elif _is_prose(lines[at], head):
            break
        at += 1
    while (
        last < at and last < len(lines) and not _STOPS.fullmatch(lines[last].text) and not _is_prose(lines[last], head)
    ):
        if lines[last].y - lines[last - 1].y > 1 or lines[last].page != lines[last - 1].page:
            break
        last += 1
    return last, rows


_LONGEST_CELL = 24


def _is_prose(line: FormLine, head: _Head) -> bool:
    """Whether a line without marks is no part of a form: a long one or a sentence that begins where text does."""
    if not head.wide and _CODE.fullmatch(line.text.split()[0]):
        return False  # the name of what a code stands before goes on in the next line
    apart = head.wide and (_GAP.search(line.text) or line.indent >= head.words[1].left / 2)
    return not apart and (len(line.text) > _LONGEST_CELL or (not head.wide and line.text.endswith("。")))


def _is_level_line(words: Sequence[str]) -> bool:
    return sum(_LEVEL_HEAD.fullmatch(word) is not None for word in words) > 1


def _head_at(lines: Sequence[FormLine], at: int, width: int = 2) -> _Head | None:
    """The headings of indicators in a line; in the lines around stand the halves of those that are cut."""
    text = lines[at].text
    words = text.split()
    if not _is_level_line(words) or any(_FIGURE.fullmatch(word) for word in words):
        return None
    wide = len(_GAP.findall(text)) * 2 >= len(words) - 1
    cells = _words(lines[at], at, _GAP if wide else _BLANKS, width)
    while cells and _OVER_LEVELS.fullmatch(cells[0].text):
        cells = cells[1:]
    levels = 0
    while levels < len(cells) and _LEVEL_HEAD.fullmatch(cells[levels].text):
        levels += 1
    if levels not in (2, 3, 4):
        return None
    halves = _halves(lines, at)
    names = {cell: [cell] for cell in cells}
    for line in halves:
        for half in _words(lines[line], line, _GAP if wide else _BLANKS, width):
            over = _meeting(half, cells) if wide else len(cells) - 1
            if over is None:  # the heading has no word in this line
                cells = sorted([*cells, half], key=lambda cell: cell.left)
                names[half] = [half]
            elif wide or line > at:
                names[cells[over]].append(half)
    said = ["".join(word.text for word in sorted(names[cell], key=lambda word: word.line)) for cell in cells[levels:]]
    kinds = ["share" if "权重" in name else read_head(name).role for name in said]
    kinds = [kind if kind in ("share", "value") else "words" for kind in kinds]
    marks = [k for k, kind in enumerate(kinds) if kind != "words"]
    if not marks:
        return None
    return _Head(
        at, tuple(cells), levels, tuple(kinds[: marks[-1] + 1]), len(kinds) - marks[-1] - 1, wide, width, tuple(halves)
    )


_IN_HEADS = frozenset(
    "偏差原因分析及改进措施未完成扣减年度全预期实际绩效指标目完成值情况说明和与得分（）权重级自评单项数进下一步()、"
)
"""What the words of these headings are made of."""
_HALVES_MOST = 4


def _halves(lines: Sequence[FormLine], at: int) -> list[int]:
    """The lines right over and under headings that hold nothing but halves of some."""
    found: list[int] = []
    for step in (-1, 1):
        line = at + step
        while 0 <= line < len(lines) and abs(line - at) <= _HALVES_MOST and _are_halves(lines, line, line - step):
            found.append(line)
            line += step
    return sorted(found)


def _are_halves(lines: Sequence[FormLine], line: int, beside: int) -> bool:
    text = lines[line].text
    if abs(lines[line].y - lines[beside].y) > 1 or lines[line].page != lines[beside].page:
        return False
    return _IN_HEADS.issuperset(text.replace(" ", "")) and not _is_level_line(text.split())


# -- words and rows --------------------------------------------------------------------------------------------------------


def _width(text: str, wide: int) -> int:
    return len(text) if wide == 1 else sum(2 if char > "\u2e7f" else 1 for char in text)


def _words(printed: FormLine, line: int, gap: re.Pattern[str], wide: int) -> list[_Word]:
    """The words of a line that stand apart, a Chinese character as ``wide`` as so many others; a sign alone is one with what
    follows."""
    found: list[_Word] = []
    text, position, left = printed.text, 0, printed.indent
    for end, after in [*(match.span() for match in gap.finditer(text)), (len(text), len(text))]:
        word = text[position:end]
        right = left + _width(word, wide)
        if found and _SIGN_ALONE.fullmatch(found[-1].text):
            before = found.pop()
            found.append(_Word(line, before.start, end, before.left, right, before.text + word))
        else:
            found.append(_Word(line, position, end, left, right, word.replace(" ", "")))
        left = right + after - end
        position = after
    return found


def _meeting(word: _Word, others: Sequence[_Word]) -> int | None:
    """Which of the words on another line a word stands over or under."""
    meet = [k for k, other in enumerate(others) if word.left < other.right and other.left < word.right]
    if not meet:
        return None
    return min(meet, key=lambda k: abs(word.left + word.right - others[k].left - others[k].right))


def _row_of(printed: FormLine, line: int, head: _Head) -> _Row | None:
    """The row that a line with marks is; None where it has none."""
    for gap in (_GAP, _BLANKS) if head.wide else (_BLANKS,):
        if gap is _BLANKS and head.wide and (placed := _by_place(printed, line, head, True)) is not None:
            return placed
        words = _words(printed, line, gap, head.width)
        best: tuple[float, int] | None = None
        for first in range(0 if head.wide else 1, len(words) - len(head.kinds) + 1):
            cost = _cost(words, first, head)
            if cost is not None and (best is None or cost < best[0]):
                best = (cost, first)
        if best is not None:
            first = best[1]
            after = first + len(head.kinds)
            values = tuple((head.levels + k, word) for k, word in enumerate(words[first:after]))
            return _Row(line, tuple(words[:first]), values, tuple(words[after:]))
    return _by_place(printed, line, head, False) if head.wide else None


def _cost(words: Sequence[_Word], first: int, head: _Head) -> float | None:
    """How ill the words from one on fit the columns behind the names; None where they do not."""
    cells = words[first : first + len(head.kinds)]
    names, behind = words[:first], words[first + len(head.kinds) :]
    worth: float | None = None
    cost = 0.0
    for cell, kind in zip(cells, head.kinds, strict=True):
        if kind == "words":
            cost += 0 if _SAYS_HOW_MUCH.search(cell.text) else 1
            if names_level(cell.text) and cell.text.endswith("指标"):
                return None
            continue
        if not (_SHARE if kind == "share" else _MARK).fullmatch(cell.text):
            return None
        mark = float(cell.text.rstrip("%分"))
        if worth is not None and mark > worth:
            return None
        worth = mark
    if any(_SAYS_HOW_MUCH.match(name.text) for name in names):
        cost += 5
    cost += 3 * max(0, len(names) - head.levels) + 3 * max(0, len(behind) - head.behind) + 5 * (not names)
    cost += 10 * any(_MARK.fullmatch(word.text) for word in behind[:1])
    if head.wide and len(head.words) == head.levels + len(head.kinds) + head.behind:
        over = head.words[head.levels : head.levels + len(head.kinds)]
        cost += sum(_off(cell, other) for cell, other in zip(cells, over, strict=True)) / 20
    return cost


def _off(one: _Word, other: _Word) -> float:
    return min(
        abs(one.left - other.left),
        abs(one.right - other.right),
        abs(one.left + one.right - other.left - other.right) / 2,
    )


def _by_place(printed: FormLine, line: int, head: _Head, paired: bool) -> _Row | None:
    """The row that a line is which lacks cells: every word under the heading that it stands nearest to, marks under theirs, or ``paired``
    next to each other."""
    if len(head.words) != head.levels + len(head.kinds) + head.behind:
        return None
    words = _words(printed, line, _GAP, head.width)
    placed = [min(range(len(head.words)), key=lambda k: _off(word, head.words[k])) for word in words]
    pair = [k for k in range(len(words) - 1) if head.kinds[-2:] == ("value", "value") and _are_marks(words[k : k + 2])]
    if len(pair) == 1:  # a page can be set a little wider than another
        last = head.levels + len(head.kinds)
        placed[pair[0] : pair[0] + 2] = [last - 2, last - 1]
        placed[pair[0] + 2 :] = [max(k, last) for k in placed[pair[0] + 2 :]]
    marks = [
        k
        for k, word in zip(placed, words, strict=True)
        if head.levels <= k < head.levels + len(head.kinds)
        and head.kinds[k - head.levels] != "words"
        and _MARK.fullmatch(word.text)
    ]
    if not marks or (paired and len(pair) != 1) or any(a >= b for a, b in pairwise(placed)):
        return None
    end = head.levels + len(head.kinds)
    return _Row(
        line,
        tuple(word for k, word in zip(placed, words, strict=True) if k < head.levels),
        tuple((k, word) for k, word in zip(placed, words, strict=True) if head.levels <= k < end),
        tuple(word for k, word in zip(placed, words, strict=True) if k >= end),
        sure=False,
    )


def _are_marks(words: Sequence[_Word]) -> bool:
    """Whether two words are what something is worth and what it got."""
    if not all(_MARK.fullmatch(word.text) for word in words):
        return False
    worth, got = (float(word.text.rstrip("分")) for word in words)
    return got <= worth


def _total_words(text: str) -> tuple[int, list[tuple[int, int]]] | None:
    """Where the name of the whole ends in the line that has its marks, and where these stand; None where it has none."""
    return _marked_words(text, _TOTAL)


def _spending_words(text: str, head: _Head) -> tuple[int, list[tuple[int, int]]] | None:
    """The same of the rate of execution, which stands among indicators without their targets."""
    found = _marked_words(text, _SPENDING) if "words" in head.kinds else None
    return found if found is not None and len(found[1]) == sum(kind != "words" for kind in head.kinds) else None


def _is_of_spending(row: _Row) -> bool:
    """Whether the first row of a form, over all levels, is of the rate of execution."""
    return len(row.names) == 1 and _SPENDING.fullmatch(row.names[0].text) is not None


def _marked_words(text: str, name: re.Pattern[str]) -> tuple[int, list[tuple[int, int]]] | None:
    """Where a name ends in a line that has it and marks alone, and where these stand; None where it is no such line."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    marks: list[tuple[int, int]] = []
    while words and (_SHARE.fullmatch(text[slice(*words[-1])]) or _NOTHING.fullmatch(text[slice(*words[-1])])):
        marks.insert(0, words.pop())
    if not marks or not words or not name.fullmatch(text[: words[-1][1]].replace(" ", "")):
        return None
    return words[-1][1], marks


# -- the places of all cells -----------------------------------------------------------------------------------------------


def filled_cells(lines: Sequence[FormLine]) -> list[WordCell]:
    """The cells of a form, in the order of the text."""
    at = next(at for at in range(len(lines)) if "级" in lines[at].text and _head_at(lines, at) is not None)
    heads = [head for width in (2, 1) if (head := _head_at(lines, at, width)) is not None]
    head = min(heads, key=lambda head: _raggedness(lines, head))
    first = min(at, *head.halves) if head.halves else at
    found, row = _asked(lines, first, head)
    found += _Indicators(lines, head, first, row).cells()
    return sorted(found)


def _raggedness(lines: Sequence[FormLine], head: _Head) -> float:
    """How far the rows of each page are from beginning, or ending, or having their middle at one place in every column."""
    rows = [row for at in range(head.line + 1, len(lines)) if (row := _row_of(lines[at], at, head))]
    columns: dict[tuple[int, int], list[_Word]] = {}
    for row in rows:
        for column, word in row.values:
            columns.setdefault((lines[row.line].page, column), []).append(word)
    ragged = 0.0
    for words in columns.values():
        edges = (
            [word.left for word in words],
            [word.right for word in words],
            [(word.left + word.right) / 2 for word in words],
        )
        ragged += min(sum(abs(edge - median(own)) for edge in own) for own in edges)
    return ragged


def _cell(word: _Word, row: int, column: int, rows: int = 1, columns: int = 1) -> WordCell:
    return WordCell(word.line, word.start, word.end, row, column, rows, columns)


def _blocks(lines: Sequence[FormLine], first: int, end: int, sure: Sequence[int]) -> list[range]:
    """The lines between blank ones, where these part the rows, of which each has one of the lines that are ``sure``; else each
    line by itself.
    """
    starts = [
        at
        for at in range(first, end)
        if at == first or lines[at].y - lines[at - 1].y > 1 or lines[at].page != lines[at - 1].page
    ]
    blocks = [range(a, b) for a, b in pairwise([*starts, end])]
    inside = Counter(bisect_right(starts, at) for at in sure)
    alone = sum(count == 1 for count in inside.values())
    if alone > _PARTED * len(sure):
        return blocks
    return [range(at, at + 1) for at in range(first, end)]


_SEVERAL = 2
_PARTED = 0.6
"""Of the rows: those that stand between blank lines, at the least, where such part them."""


def _asked(lines: Sequence[FormLine], end: int, head: _Head) -> tuple[list[WordCell], int]:
    """The cells over the indicators: questions and answers, the money, the goals; and how many rows they are."""
    found: list[WordCell] = []
    heads: list[_Word] = []
    side: list[_Word] = []
    goals: list[_Word] = []
    fund_row = goal_row = row = 0
    single = [_words(lines[at], at, _BLANKS, head.width) for at in range(end)]
    wide = [_words(lines[at], at, _GAP, head.width) for at in range(end)]
    money_lines = [
        at
        for at in range(end)
        if len(single[at]) > _FUNDS_LEAST and _figures_from(single[at]) <= len(single[at]) - _FUNDS_LEAST
    ]

    def close() -> None:
        """The name of the block of money stands once for all its rows."""
        found.extend(_cell(word, fund_row, 0, row - fund_row) for word in side)
        side.clear()

    blocks = [
        part
        for block in _blocks(lines, 0, end, money_lines)
        for part in (
            [block] if sum(at in block for at in money_lines) < _SEVERAL else [range(at, at + 1) for at in block]
        )
    ]
    waiting: list[_Word] = []
    """What can be the first half of the name of the next row of money."""
    halved = False
    """Whether the name of the last row of money began over it."""
    for block in blocks:
        fund_head = next(
            (at for at in block if sum(_FUND_HEAD.fullmatch(w.text) is not None for w in single[at]) >= _FUNDS_LEAST),
            None,
        )
        if fund_head is not None:
            close()
            heads = [word for word in single[fund_head] if _FUND_HEAD.fullmatch(word.text)]
            fund_row, goals = row, []
            found += [_cell(word, row, 2 + k) for k, word in enumerate(heads)]
            row += 1
        money = next(
            ((at, found_in) for at in block if heads and at != fund_head and (found_in := _money(single[at], heads))),
            None,
        )
        if fund_head is not None or money is not None:
            named = []
            for at in block:
                names = [w for w in single[at] if w not in heads] if money is None or at != money[0] else money[1][0]
                names = [w for w in names if not _FUND_HEAD.fullmatch(w.text)] if at == fund_head else names
                for k, word in enumerate(names):
                    first_of_two = (
                        at not in (fund_head,) and money is not None and at == money[0] and k < len(names) - 1
                    )
                    if at == fund_head or first_of_two or (_FUND_SIDE.fullmatch(word.text) and "总额" not in word.text):
                        side.append(word)
                    else:
                        named.append(word)
            at_row = row if money is not None else row - 1
            if waiting:
                halved = not named
                found += [_cell(word, at_row if halved else max(fund_row, at_row - 1), 1) for word in waiting]
                waiting = []
            else:
                halved = False
            found += [_cell(word, at_row, 1) for word in named]
            if money is not None:
                found += [_cell(word, row, column) for column, word in money[1][1]]
                row += 1
            continue
        for at in block:
            said = [word for word in single[at] if _GOAL_HEAD.fullmatch(word.text)]
            if len(said) > 1 and not goals:
                close()
                found += [_cell(word, max(fund_row, row - 1), 1) for word in waiting]
                waiting = []
                heads, goals, goal_row = [], said[-2:], row
                found += [_cell(word, row, 0, 2) for word in single[at] if word not in goals]
                found += [_cell(word, row, 1 + k) for k, word in enumerate(goals)]
                row += 2
            elif goals:
                for k, word in enumerate(wide[at]):
                    if _GOAL_SIDE.fullmatch(word.text) and word.left < goals[0].left:
                        found.append(_cell(word, goal_row, 0, 2))
                    else:
                        second = word.left > (goals[0].left + goals[1].left) / 2 or (k > 0 and k == len(wide[at]) - 1)
                        found.append(_cell(word, goal_row + 1, 1 + second))
            elif heads and not any(
                _ANSWERED.fullmatch(w.text) or _GOAL_SIDE.fullmatch(w.text) or w.left > heads[0].right
                for w in single[at]
            ):
                for word in single[at]:
                    if _FUND_SIDE.fullmatch(word.text):
                        side.append(word)
                    elif halved or not head.wide:
                        found.append(_cell(word, row - 1, 1))
                        halved = False
                    else:
                        waiting.append(word)
            else:
                close()
                found += [_cell(word, max(fund_row, row - 1), 1) for word in waiting]
                heads, waiting = [], []
                found += [_cell(word, row, k) for k, word in enumerate(_answers(single[at]))]
                row += 1
    close()
    found += [_cell(word, max(fund_row, row - 1), 1) for word in waiting]
    return found, row


def _figures_from(words: Sequence[_Word]) -> int:
    """Where the figures at the end of a line begin."""
    first = len(words)
    while first and (_FIGURE.fullmatch(words[first - 1].text) or _NOTHING.fullmatch(words[first - 1].text)):
        first -= 1
    return first


def _answers(words: Sequence[_Word]) -> list[_Word]:
    """Questions and the answers between them, each of as many words as it has."""
    found: list[_Word] = []
    for word in words:
        if found and not _ANSWERED.fullmatch(word.text) and not _ANSWERED.fullmatch(found[-1].text):
            before = found.pop()
            found.append(_Word(word.line, before.start, word.end, before.left, word.right, before.text + word.text))
        else:
            found.append(word)
    return found


def _money(words: Sequence[_Word], heads: Sequence[_Word]) -> tuple[list[_Word], list[tuple[int, _Word]]] | None:
    """The names of a row of money, and its figures with their columns; None where it has no figures."""
    first = _figures_from(words)
    figures = list(words[first:])
    if not 1 < len(figures) <= len(heads):
        return None
    columns = list(range(len(heads)))
    if len(figures) < len(heads):
        unmarked = [k for k in columns if not heads[k].text.startswith(("分值", "权重", "得分", "自评得分"))]
        for way in (unmarked, [k for k in unmarked if "率" not in heads[k].text]):
            if len(way) == len(figures) and all(
                ("率" in heads[k].text) == word.text.endswith("%") or not _FIGURE.fullmatch(word.text)
                for k, word in zip(way, figures, strict=True)
            ):
                columns = way
                break
        else:
            columns = [min(columns, key=lambda k: _off(word, heads[k])) for word in figures]
            if any(a >= b for a, b in pairwise(columns)):
                return None
    return list(words[:first]), [(2 + k, word) for k, word in zip(columns, figures, strict=True)]


def _under_codes(words: Sequence[_Word], levels: int) -> list[tuple[int, _Word]] | None:
    """The levels of names each of which has a code before it, A, A1, A11, and is at the level that its code tells."""
    codes, names = words[::2], words[1::2]
    if len(codes) != len(names) or not all(_CODE.fullmatch(code.text) for code in codes):
        return None
    at = [min(len(code.text) - 1, levels - 1) for code in codes]
    if any(a >= b for a, b in pairwise(at)) or at[-1] != levels - 1:
        return None
    return [*zip([_ASIDE + k for k in at], codes, strict=True), *zip(at, names, strict=True)]


_CODE = re.compile(r"[A-Z]\d{0,3}")
_KINDS = (
    (
        seldom("产出.*"),
        seldom("(?:经济|社会|生态|环境)*(?:效益|效应).*|可持续.*|(?:经济|社会|生态环境)成本.*|.*满意度.*"),
    ),
    (
        seldom("(?:项目)?(?:效益|效果).*"),
        seldom("(?:数量|质量|时效|成本|产出)指标|(?:经济|社会|生态环境)成本.*|产出.*"),
    ),
    (seldom("成本.*"), seldom("(?:数量|质量|时效|产出)指标|.*效益.*|可持续.*|.*满意度.*|产出.*")),
    (seldom("(?:服务对象)?满意度.*"), seldom("(?:数量|质量|时效|成本)指标|.*(?:效益|成本)指标|可持续.*|产出.*")),
)
"""Levels, and what is never under them."""


def _is_other(level: str, under: str) -> bool:
    return bool(under) and any(own.fullmatch(level) and other.fullmatch(under) for own, other in _KINDS)


def _line_through(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The slope and the offset of the line that is the nearest to points."""
    if len(points) < _SURE_OF_LINE:
        return 1.0, sum(y - x for x, y in points) / max(1, len(points))
    try:
        slope, offset = linear_regression([x for x, _ in points], [y for _, y in points])
    except StatisticsError:
        return 1.0, 0.0
    return slope, offset


_SURE_OF_LINE = 3


class _Indicators:
    """The indicators of a form and their levels."""

    def __init__(self, lines: Sequence[FormLine], head: _Head, first: int, row: int) -> None:
        self.lines = lines
        self.head = head
        self.first = first
        self.row = row
        self.name = head.levels - 1
        self.reason = head.levels + len(head.kinds)
        self.rows: list[_Row] = []
        self.placed: dict[int, int] = {}
        """The grid row of the rows, by their line."""
        self.unsure: set[int] = set()
        """The lines of rows beside which words stand that are of no row for certain."""
        self.again: list[int] = []
        """The grid rows of headings that come again after a page."""
        self.apart: list[int] = []
        """The grid rows of what is of no level."""
        self.end = row
        self.loose: list[_Word] = []
        """Words in lines without marks."""
        self.found: list[WordCell] = []
        self.own: dict[int, dict[int, list[_Word]]] = {}
        """The words of the rows, by their column and the line of the row."""
        self.levels: list[list[_Word]] = [[] for _ in range(head.levels - 1)]
        self.columns: dict[int, list[tuple[float, float]]] = {}
        """Where the columns begin and end, by the page."""
        self.under: dict[int, str] = {}
        """The level that was placed last of every row, by its line: the one below those that are placed next."""
        self.reach: dict[int, tuple[int, int]] = {}
        """The first and the last line of what is in a row, by its line."""

    def cells(self) -> list[WordCell]:
        self._read_lines()
        self.columns = self._columns_of_pages()
        for row in self.rows:
            self.reach[row.line] = (self.lines[row.line].y, self.lines[row.line].y)
            for column, word in self._cells_of(row):
                self._put(row.line, column, word)
            many = len(row.behind) > 1 and len(row.behind) == self.head.behind
            for k, word in enumerate(row.behind):
                self._put(row.line, self.reason + (k if many else 0), word)
        self._place_loose()
        told = len(self.unsure) <= _UNSURE_MOST * len(self.rows)
        for column, rows in self.own.items():
            for line, words in rows.items():
                at = column if told and line not in self.unsure else _ASIDE + column
                self.found += [_cell(word, self.placed[line], at) for word in words]
        starts: list[int] = []
        for column in range(self.name - 1, -1, -1):
            starts = self._place_levels(column, starts)
        return self.found

    def _cells_of(self, row: _Row) -> list[tuple[int, _Word]]:
        """The names and values of a row with their columns."""
        if row.sure:
            return [*self._names(row), *row.values]
        marks = [(k, word) for k, word in row.values if self.head.kinds[k - self.head.levels] != "words"]
        before = [*row.names, *(word for k, word in row.values if self.head.kinds[k - self.head.levels] == "words")]
        last = min(k for k, _ in marks) - 1
        parts = [part for word in before for part in self._at_blanks(word, last)]
        return [*((min(self._nearest(word)[0], last), word) for word in parts), *marks]

    def _put(self, line: int, column: int, word: _Word) -> None:
        """Give a word to a column of a row; levels stand for more than one."""
        if column < self.name:
            self.levels[column].append(word)
            return
        words = self.own.setdefault(column, {}).setdefault(line, [])
        words.append(word)
        words.sort(key=lambda w: (w.line, w.start))
        top, bottom = self.reach[line]
        y = self.lines[word.line].y
        self.reach[line] = (min(top, y), max(bottom, y))

    def _read_lines(self) -> None:
        head, row = self.head, self.row
        around = set(head.halves)
        headed = -1
        """The last line of the headings that were read last."""
        for line in range(self.first, len(self.lines)):
            printed = self.lines[line]
            if (
                line > self.head.line
                and "级" in printed.text
                and (again := _head_at(self.lines, line, self.head.width))
            ):
                head = again if len(again.words) == len(self.head.words) else again._replace(words=self.head.words)
                around = set(again.halves)
                early = [word for word in self.loose if word.line in around]
                self.loose = [word for word in self.loose if word.line not in around]
                self.found += [_cell(word, row, self._over(word, head)) for word in early]
                self.again.append(row)
                headed = max(line, *around) if around else line
                self._heading(line, head, row)
                row += 1
                continue
            if line in (self.head.line, *around):
                above = self.again[-1] if self.again else self.row
                self._heading(line, head, above)
                row = max(row, above + 1)
                continue
            total = _total_words(printed.text)
            if total is not None and line == len(self.lines) - 1:
                self._total(line, total, row)
                return
            found = _row_of(printed, line, head) if line > headed else None
            spending = _spending_words(printed.text, head) if line > headed else None
            if spending is not None:
                self._total(line, spending, row)
                self.apart.append(row)
                row += 1
                continue
            if found is not None and not self.rows and _is_of_spending(found):
                self.found += [_cell(word, row, 0, 1, head.levels) for word in found.names]
                self.found += [_cell(word, row, column) for column, word in found.values]
                self.found += [_cell(word, row, self.reason + k) for k, word in enumerate(found.behind)]
                self.apart.append(row)
                row += 1
                continue
            if found is not None:
                self.rows.append(found)
                self.placed[line] = row
                row += 1
            else:
                self.loose += _words(printed, line, _GAP if head.wide else _BLANKS, head.width)
        self.end = row

    def _over(self, word: _Word, head: _Head) -> int:
        over = _meeting(word, head.words) if head.wide else None
        return over if over is not None else len(head.words) - 1

    def _heading(self, line: int, head: _Head, row: int) -> None:
        """The headings in a line, or the halves of them."""
        if head.wide:
            words = _words(self.lines[line], line, _GAP, head.width)
            side = len(words) - len(
                [word for word in words if not (line == head.line and word.right <= head.words[0].left)]
            )
            self.found += [_cell(word, row, self._over(word, head)) for word in words[side:]]
            self.found += [_cell(word, row, _ASIDE) for word in words[:side]]
        elif line == head.line:
            self.found += [_cell(word, row, k) for k, word in enumerate(head.words)]
        else:
            self.found += [
                _cell(word, row, len(head.words) - 1) for word in _words(self.lines[line], line, _BLANKS, head.width)
            ]

    def _total(self, line: int, total: tuple[int, list[tuple[int, int]]], row: int) -> None:
        end, marks = total
        self.found.append(WordCell(line, 0, end, row, 0, 1, self.head.levels))
        columns = [self.head.levels + k for k, kind in enumerate(self.head.kinds) if kind != "words"]
        columns = columns[-len(marks) :]
        for (start, stop), column in zip(marks, [*columns, *[_ASIDE] * (len(marks) - len(columns))], strict=True):
            self.found.append(WordCell(line, start, stop, row, column, 1, 1))
        self.end = row

    def _extents(self, rows: Sequence[_Row]) -> list[tuple[float, float] | None]:
        """Where the columns begin and end in some rows: those of names by the rows that have all of them."""
        found: list[tuple[float, float] | None] = []
        full = [row.names for row in rows if row.sure and len(row.names) == self.head.levels]
        kinds = ("",) * self.head.levels + self.head.kinds
        for column in range(len(self.head.words)):
            if column < self.head.levels:
                words = [names[column] for names in full]
            elif column < self.reason:
                words = [
                    word for row in rows for k, word in row.values if k == column and (row.sure or kinds[k] != "words")
                ]
            else:
                words = [row.behind[0] for row in rows if row.behind]
            found.append(
                (median([word.left for word in words]), median([word.right for word in words])) if words else None
            )
        return found

    def _columns_of_pages(self) -> dict[int, list[tuple[float, float]]]:
        """Where the columns of each page begin and end; those of which nothing tells are as on all pages, as much
        wider or narrower as the others."""
        every = [
            extent if extent is not None else (float(word.left), float(word.right))
            for extent, word in zip(self._extents(self.rows), self.head.words, strict=True)
        ]
        found: dict[int, list[tuple[float, float]]] = {}
        for page in {line.page for line in self.lines}:
            own = self._extents([row for row in self.rows if self.lines[row.line].page == page])
            told = [(sum(every[k]) / 2, sum(extent) / 2) for k, extent in enumerate(own) if extent is not None]
            scale, off = _line_through(told)
            columns = [
                extent if extent is not None else (every[k][0] * scale + off, every[k][1] * scale + off)
                for k, extent in enumerate(own)
            ]
            found[page] = columns
        return found

    def _names(self, row: _Row) -> list[tuple[int, _Word]]:
        """The names of a row with their columns: the indicator's own, and before it levels."""
        words = list(row.names)
        if not self.head.wide:
            if (coded := _under_codes(words, self.head.levels)) is not None:
                return coded
            over = 0
            while over < min(len(words), self.head.levels) - 1 and names_level(words[over].text):
                over += 1
            if len(words) == over or any(_LEVEL_IN_NAME.search(word.text) for word in words[over:]):
                self.unsure.add(row.line)
            named = [(self.name - over + k, word) for k, word in enumerate(words[:over])]
            return named + [(self.name, word) for word in words[over:]]
        if len(words) < self.head.levels:
            words = [part for word in words for part in self._at_blanks(word, self.name)]
        if len(words) == self.head.levels:
            return list(enumerate(words))
        return [(min(self._nearest(word)[0], self.name), word) for word in words]

    def _at_blanks(self, word: _Word, last: int) -> list[_Word]:
        """A word that is two with one blank between, where these stand in different columns up to ``last``."""
        text = self.lines[word.line].text[word.start : word.end]
        if len(text) > _LONGEST_WORD or text.count(" ") > _BLANKS_MOST:
            return [word]
        ways: list[tuple[float, _Word, _Word]] = []
        for match in _BLANKS.finditer(text):
            cut, after = match.span()
            if _WITHIN.match(text, cut - 1):
                continue
            middle = word.left + self._width(text[:after])
            first = word._replace(
                end=word.start + cut, right=word.left + self._width(text[:cut]), text=text[:cut].replace(" ", "")
            )
            rest = word._replace(start=word.start + after, left=middle, text=text[after:].replace(" ", ""))
            (one, off), (other, more) = self._nearest(first), self._nearest(rest)
            if one < other <= last:
                ways.append((off + more, first, rest))
        if not ways:
            return [word]
        _, first, rest = min(ways)
        return [*self._at_blanks(first, last), *self._at_blanks(rest, last)]

    def _nearest(self, word: _Word) -> tuple[int, float]:
        """The column that a word is in, and how far it is off."""
        columns = self.columns[self.lines[word.line].page]

        def off(column: int) -> float:
            left, right = columns[column]
            return min(abs(word.left - left), abs(word.right - right), abs(word.left + word.right - left - right) / 2)

        column = min(range(len(columns)), key=off)
        return column, off(column)

    def _place_loose(self) -> None:
        """Put the words of lines without marks to the names, reasons and values that they go on."""
        rows = sorted(self.placed)
        blocks = _blocks(self.lines, self.first, len(self.lines), rows)
        parted = any(len(block) > 1 for block in blocks)
        ends = [block.stop for block in blocks]
        rows_in: dict[int, list[int]] = {}
        for line in rows if parted else ():
            rows_in.setdefault(bisect_right(ends, line), []).append(line)
        waiting: dict[int, list[tuple[_Word, list[int]]]] = {}
        self._place_coded()
        for word in self._parted():
            inside = rows_in.get(bisect_right(ends, word.line), [])
            column = self._nearest(word)[0] if self.head.wide else self._goes_on_in(word, rows)
            if column is None:
                above = max((line for line in rows if line < word.line), default=rows[0])
                self.found.append(_cell(word, self.placed[above], _ASIDE))
                self.unsure.update(line for line in rows if abs(line - word.line) <= 1)
                self.unsure.add(above)
            elif column < self.name:
                self.levels[column].append(word)
            else:
                waiting.setdefault(column, []).append((word, inside or rows))
        ways = [
            {column: self._placed_in(column, words, rows, top) for column, words in waiting.items()}
            for top in (True, False)
        ]
        best = min(ways, key=lambda way: sum(cost for cost, _ in way.values()))
        for column, (_, lines) in best.items():
            for (word, _), line in zip(waiting[column], lines, strict=True):
                self._put(line, column, word)

    def _place_coded(self) -> None:
        """Put names with their codes to the row in the next line, where the last of them goes on there."""
        if self.head.wide:
            return
        for line in dict.fromkeys(word.line for word in self.loose):
            words = [word for word in self.loose if word.line == line]
            coded = _under_codes(words, self.head.levels)
            row = next((row for row in self.rows if row.line == line + 1), None)
            if coded is None or row is None or len(row.names) != 1:
                continue
            self.loose = [word for word in self.loose if word.line != line]
            for column, word in coded:
                self._put(row.line, column, word)

    def _placed_in(
        self, column: int, words: Sequence[tuple[_Word, list[int]]], rows: Sequence[int], top: bool
    ) -> tuple[float, list[int]]:
        """The rows that the words of a column go on, each that over or under it, and how ill they do: cells begin at the ``top``
        of their rows or have their middle there, and what goes on fills its line.
        """
        own = self.own.get(column, {})
        widest = max(
            (w.right - w.left for w in [*(w for ws in own.values() for w in ws), *(w for w, _ in words)]), default=1
        )
        gaps: list[list[tuple[_Word, list[int]]]] = [[] for _ in range(len(rows) + 1)]
        for word, may in words:
            gaps[bisect_left(rows, word.line)].append((word, may))

        def cost(row: int, above: Sequence[_Word], below: Sequence[_Word]) -> float:
            inside = own.get(rows[row], [])
            if not above and not below:
                return 0.0
            found = _AT_TOP * len(above) + _AT_TOP * (not inside) if top else float(2 * abs(len(above) - len(below)))
            said = [*above, *inside, *below]
            found += sum(1 - (w.right - w.left) / widest for w in said[:-1])
            return found + (not inside and column < self.reason and not (above and below)) * (not top)

        ways: list[tuple[float, _Cuts | None, list[_Word]]] = [(0.0, None, [])]
        """Of the words over a row: what it cost so far, how many of each gap went up, and those that it gets."""
        for gap in range(len(rows) + 1):
            least: dict[int, tuple[float, _Cuts | None, list[_Word]]] = {}
            for so_far, cuts, above in ways:
                for cut in range(len(gaps[gap]) + 1):
                    up, down = gaps[gap][:cut], gaps[gap][cut:]
                    if (up and gap == 0) or (down and gap == len(rows)):
                        continue
                    fits = all(rows[gap - 1] in may for _, may in up) and all(rows[gap] in may for _, may in down)
                    spent = so_far + (0 if fits else _UNFIT)
                    if gap:
                        spent += cost(gap - 1, above, [word for word, _ in up])
                    if len(down) not in least or spent < least[len(down)][0]:
                        least[len(down)] = (spent, _Cuts(cuts, cut), [word for word, _ in down])
            ways = list(least.values())
        spent, cuts, _ = min(ways, key=lambda way: way[0])
        lines: list[int] = []
        for gap in range(len(rows), -1, -1):
            assert cuts is not None
            cuts, cut = cuts
            lines = [*[rows[gap - 1]] * cut, *[rows[min(gap, len(rows) - 1)]] * (len(gaps[gap]) - cut), *lines]
        return spent, lines

    def _parted(self) -> Iterator[_Word]:
        """The words without marks; one that ends where a level does and goes on in the next column is two."""
        for loose in self.loose:
            if not self.head.wide:
                yield loose
                continue
            for word in self._at_blanks(loose, len(self.head.words)):
                yield from self._after_level(word)

    def _after_level(self, word: _Word) -> list[_Word]:
        text = self.lines[word.line].text[word.start : word.end]
        columns = self.columns[self.lines[word.line].page]
        for column in range(1, self.head.levels):
            ways = [
                (abs(word.left + self._width(text[:cut]) - columns[column][0]), cut)
                for cut in range(1, len(text))
                if text[cut] != " "
                and _LEVEL_REST.fullmatch(text[:cut].strip())
                and _BEGINS_LEVEL.fullmatch(text[cut:])
            ]
            off, cut = min(ways, default=(_OFF + 1, 0))
            if off <= _OFF:
                first = text[:cut].rstrip()
                return [
                    word._replace(
                        end=word.start + len(first), right=word.left + self._width(first), text=first.replace(" ", "")
                    ),
                    word._replace(
                        start=word.start + cut,
                        left=word.left + self._width(text[:cut]),
                        text=text[cut:].replace(" ", ""),
                    ),
                ]
        return [word]

    def _goes_on_in(self, word: _Word, rows: Sequence[int]) -> int | None:
        """The column of a word that stands alone where one blank parts cells: what in the row above is as long as its column is
        wide goes on.
        """
        above = max((line for line in rows if line < word.line), default=None)
        if above is None:
            return None
        for column in range(self.name - 1, -1, -1):
            before = self.levels[column][-1] if self.levels[column] else None
            if before is not None and before.line == above and not _ENDS_LEVEL.fullmatch(before.text):
                if _LEVEL_REST.fullmatch(word.text):
                    return column
        full = [
            column
            for column in (self.name, self.reason)
            if (own := self.own.get(column, {}).get(above)) and self._is_full(own[-1], column, 1)
        ]
        return full[0] if len(full) == 1 else None

    def _is_full(self, word: _Word, column: int, less: int = 2) -> bool:
        """Whether a word is as long as its column is wide, so that it can go on."""
        widest = max((w.right - w.left for words in self.own.get(column, {}).values() for w in words), default=0)
        return word.right - word.left >= widest - less

    def _place_levels(self, column: int, within: Sequence[int]) -> list[int]:
        """Put the levels of a column over the rows that they stand for, each beginning ``within`` one of the lines, if any; the
        lines of the rows that they begin at.
        """
        groups: list[list[_Word]] = []
        for word in sorted(self.levels[column], key=lambda word: (word.line, word.start)):
            said = "".join(w.text for w in groups[-1]) if groups else ""
            bare = _WORTH.sub("", said)
            whole = names_level(bare) and names_level(word.text)
            if groups and (
                word.text[0] == "（"
                or said.count("（") > said.count("）")
                or (_LEVEL_REST.fullmatch(word.text) and not _ENDS_LEVEL.fullmatch(said) and not whole)
                or (not names_level(said) and names_level(bare + word.text))
            ):
                groups[-1].append(word)
            else:
                groups.append([word])
        if not groups:
            return []
        lines = sorted(self.placed)
        first = self._begins(groups, lines, within)
        rows = [self.placed[line] for line in first]
        for group, start, after in zip(groups, first, [*first[1:], lines[-1] + 1], strict=True):
            said = "".join(word.text for word in group)
            self.under.update((line, said) for line in lines if start <= line < after)
        for group, row, after in zip(groups, rows, [*rows[1:], self.end], strict=True):
            over = min((head for head in (*self.again, *self.apart) if row < head < after), default=after)
            self.found += [_cell(word, row, column, max(1, over - row)) for word in group]
        return first

    def _width(self, text: str) -> int:
        return _width(text, self.head.width)

    def _begins(self, groups: Sequence[Sequence[_Word]], lines: Sequence[int], within: Sequence[int]) -> list[int]:
        """The line of the first row of each level: that which it begins in, or else levels stand in the middle of their rows."""
        ys = [self.lines[group[0].line].y for group in groups]
        ends = list(accumulate([self.reach[line][1] for line in lines], max))
        top = [lines[min(bisect_left(ends, y), len(lines) - 1)] for y in ys]
        if len(lines) > _ROWS_MOST:
            return top
        off = float(sum(abs(y - self.reach[line][0]) for y, line in zip(ys, top, strict=True)))
        off += _NOT_FIRST * (top[0] != lines[0]) + _NOT_FIRST * (len(set(top)) < len(top))
        at = {line: k for k, line in enumerate(lines)}
        for group, start, end in zip(groups, top, [*top[1:], None], strict=True):
            off += self._misfit(group, lines)(at[start], at[end] if end is not None else len(lines))
        if not off:
            return top
        ways = [way for way in (self._in_middle(groups, lines, within), self._in_middle(groups, lines, ())) if way]
        return ways[0][1] if ways and ways[0][0] < off else top

    def _misfit(self, group: Sequence[_Word], lines: Sequence[int]) -> Callable[[int, int], float]:
        """How ill rows from one to another fit under a level: what is never under such a one, and 产出指标（40分） over rows that
        are not worth that together.
        """
        said = "".join(word.text for word in group)
        others = [0, *accumulate(_is_other(said, self.under.get(line, "")) for line in lines)]
        worth = _WORTH_SAID.search(said)
        column = next(k for k, kind in enumerate(self.head.kinds) if kind != "words") + self.head.levels
        marks: list[float] = []
        for line in lines:
            words = self.own.get(column, {}).get(line, [])
            if len(words) == 1 and _SHARE.fullmatch(words[0].text):
                marks.append(float(words[0].text.rstrip("%分")))
        sums = [0.0, *accumulate(marks)] if worth is not None and len(marks) == len(lines) else []

        def misfit(start: int, end: int) -> float:
            off = float(others[max(start, end)] - others[start])
            if sums and worth is not None:
                off += abs(sums[max(start, end)] - sums[start] - float(worth[1])) > _ROUNDED
            return _ILL_NAMED * off

        return misfit

    def _in_middle(
        self, groups: Sequence[Sequence[_Word]], lines: Sequence[int], within: Sequence[int]
    ) -> tuple[float, list[int]] | None:
        """How far levels are from the middle of their rows, where they begin so that they are the least, and these lines."""
        count = len(lines)
        pages = [self.lines[line].page for line in lines]
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for number, group in enumerate(groups):
            middle = (self.lines[group[0].line].y + self.lines[group[-1].line].y) / 2
            page = self.lines[group[0].line].page
            begins, ends = bisect_left(pages, page), bisect_right(pages, page)  # of its rows on the page of the level
            misfit = self._misfit(group, lines)
            more: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, starts) in best.items():
                for end in range(start + 1, count + 1):
                    if (number == len(groups) - 1) != (end == count):
                        continue
                    if within and end < count and lines[end] not in within:
                        continue
                    first, last = max(start, begins), min(end, ends)
                    if first >= last:
                        first, last = start, end
                    own = cost + misfit(start, end)
                    own += abs((self.reach[lines[first]][0] + self.reach[lines[last - 1]][1]) / 2 - middle)
                    if end not in more or own < more[end][0]:
                        more[end] = (own, (*starts, start))
            best = more
        return (best[count][0], [lines[start] for start in best[count][1]]) if count in best else None


_WITHIN = re.compile(r"(?<!（)(?<!（\d)\d +(?![\d≥≤=])|[年月] +\d")
"""A blank within a date or a quantity."""
_WORTH = re.compile("（.*")
_ASIDE = 1_000
"""The column of what could not be put in one."""
_SURE_OF_COLUMN = 2
_NOT_FIRST = 1_000
_AT_TOP = 3.0
_ILL_NAMED = 4.0
_LONGEST_WORD, _BLANKS_MOST, _ROWS_MOST = 100, 14, 100
"""Characters and blanks of what can be words of several columns, and rows that levels are put in the middle of."""
_UNSURE_MOST = 0.3
"""Of the rows: those beside which words stand that are of no row, before nothing of the form is sure."""
_LEVEL_IN_NAME = seldom(r"指标|（\d{1,3}$")
_ROUNDED = 0.01
_WORTH_SAID = re.compile(r"（(?:权重)?：?(\d{1,3}(?:\.\d)?)[分%]?）")
_UNFIT = 100.0

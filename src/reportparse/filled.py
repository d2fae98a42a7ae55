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
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from reportparse.headers import read_head
from reportparse.marked import names_level
from reportparse.patterns import seldom

__all__ = ["FilledCell", "filled_cells", "filled_runs"]


class FilledCell(NamedTuple):
    """A printed piece of a cell: its line, where it begins and ends in it, and the place of the cell."""

    line: int
    start: int
    end: int
    row: int
    column: int
    rows: int
    columns: int


class _Word(NamedTuple):
    """A word on its line, at its place in it and where it is printed."""

    line: int
    start: int
    end: int
    left: int
    right: int
    text: str


class _Row(NamedTuple):
    """A line with marks: the words before the first column behind the names, those of each such column, and what is behind."""

    line: int
    names: tuple[_Word, ...]
    values: tuple[tuple[int, _Word], ...]
    behind: tuple[_Word, ...]


class _Head(NamedTuple):
    """The headings of indicators: the words over the columns, how many of them are levels and of what kind the others are."""

    line: int
    words: tuple[_Word, ...]
    levels: int
    kinds: tuple[str, ...]
    behind: int
    wide: bool
    """Whether cells stand apart by more than one blank."""
    width: int
    """Of a Chinese character, in those of others."""


_LEVEL_HEAD = seldom("[一二三四]级(?:绩效)?指标(?:名称)?")
_OVER_LEVELS = seldom("(?:年度)?绩效指?标?|指标|绩|效|指|标")
_GAP = re.compile(r" {2,}|(?<=[分%]）) (?=[一-龥])")
_BLANKS = re.compile(r" +")
_MARK = re.compile(r"\d{1,3}(?:\.\d{1,2})?分?")
_SHARE = re.compile(r"\d{1,3}(?:\.\d{1,2})?[%分]?")
_FIGURE = re.compile(r"[-－]?\d[\d,]*(?:\.\d+)?%?")
_NOTHING = re.compile(r"[-－—–/]{1,3}|——")
_TOTAL = seldom("(?:总分|合计|总计|总得分|得分合计|综合得分|总分值|自评总分|自评得分)(?:（.{1,8}）)?")
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
_GOAL_HEAD = seldom("(?:年初|年度)?(?:预期|设定|总体|绩效|年度)*目标|(?:目标|全年|年度|年末)?实际(?:完成|实现)(?:目标)?情况|全年完成情况")
_GOAL_SIDE = seldom("年度|年度总|总体|年度总体|目标|体目标|年度总体目标|总体目标|年度绩效目标|绩效目标|完成情况|目标完成情况|年度目标")
_TITLE = seldom(r".{0,40}表(?:（.{1,16}）)?|（?20\d\d年?度?）?|.*单位[：:]万?元.*|附[件表录].{0,30}")
_SIGN_ALONE = re.compile(r"[≥≤><＞＜=＝≧≦]")
_SAYS_HOW_MUCH = re.compile(r"[≥≤><＞＜=＝≧≦\d]")
_FRAGMENT = seldom(r"(?!.*\d)[^。]{1,12}")
_LEVEL_REST = seldom(
    r"(?:（(?:权重)?：?\d{1,3}(?:\.\d)?[分%]?）|(?:效益|成本|影响|发展|满意度|响|益|意度|度|标|续影响|可持续)?指?标?|指)(?:（\d{1,3}(?:\.\d)?[分%]?）)?"
)
_BEGINS_LEVEL = seldom(r"[^，。；\d]{1,8}")
_ENDS_LEVEL = seldom(r".*指标(?:（\d{1,3}(?:\.\d)?[分%]?）)?")
_STOPS = seldom(r"(?:附[件表]|注[：:]|填[报表]|备注[：:]|[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）).*")
_UP_MOST, _CONTINUED_MOST, _ROWS_LEAST = 40, 4, 2
_OFF = 3
"""Widths of a letter that a cell can begin or end off the others of its column."""


# -- which lines are such a form -------------------------------------------------------------------------------------------


def filled_runs(texts: Sequence[str], indents: Sequence[int]) -> list[tuple[int, int]]:
    """Where forms begin and end among the lines."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(texts):
        head = _head_at(texts, indents, at) if "级" in texts[at] else None
        if head is None:
            at += 1
            continue
        floor = found[-1][1] if found else 0
        start = _begin(texts, at, floor)
        end, rows = _end(texts, indents, head)
        if rows >= _ROWS_LEAST:
            found.append((start, end))
            at = end
        else:
            at += 1
    return found


def _begin(texts: Sequence[str], at: int, floor: int) -> int:
    """The line that a form begins at whose indicators have their headings at one: the first that asks for something."""
    start = at
    for above in range(at - 1, max(floor, at - _UP_MOST) - 1, -1):
        words = texts[above].split()
        if _TITLE.fullmatch(texts[above].replace(" ", "")) or _TOTAL.fullmatch(words[0]):
            break
        if _ANSWERED.match(words[0]) and _ANSWERED.fullmatch(words[0]):
            start = above
        elif sum(_FUND_HEAD.fullmatch(word) is not None for word in words) >= 3:  # noqa: PLR2004
            start = above
    return start


def _end(texts: Sequence[str], indents: Sequence[int], head: _Head) -> tuple[int, int]:
    """Where a form ends, and how many rows it has."""
    rows = 0
    last = head.line + 1
    at = head.line + 1
    while at < len(texts) and at - last <= _CONTINUED_MOST:
        text = texts[at]
        if _total_words(text) is not None:
            return at + 1, rows
        if "级" in text and _is_level_line(text.split()):
            again = _head_at(texts, indents, at)
            if again is None or again.kinds != head.kinds:
                break
            head, last = again, at + 1
        elif _STOPS.fullmatch(text) or _ANSWERED.fullmatch(text.split()[0]):
            break
        elif _row_of(text, at, indents[at], head) is not None:
            rows += 1
            last = at + 1
        elif "。" in text and not _GAP.search(text):
            break
        at += 1
    while last < at and last < len(texts) and len(texts[last]) <= 24 and not _STOPS.fullmatch(texts[last]) and "。" not in texts[last]:  # noqa: PLR2004
        last += 1
    return last, rows


def _is_level_line(words: Sequence[str]) -> bool:
    return sum(_LEVEL_HEAD.fullmatch(word) is not None for word in words) > 1


def _head_at(texts: Sequence[str], indents: Sequence[int], at: int, width: int = 2) -> _Head | None:
    """The headings of indicators in a line; in the lines around stand the halves of those that are cut."""
    words = texts[at].split()
    if not _is_level_line(words) or any(_FIGURE.fullmatch(word) for word in words):
        return None
    wide = len(_GAP.findall(texts[at])) * 2 >= len(words) - 1
    cells = _words(texts[at], at, indents[at], _GAP if wide else _BLANKS, width)
    while cells and _OVER_LEVELS.fullmatch(cells[0].text):
        cells = cells[1:]
    levels = 0
    while levels < len(cells) and _LEVEL_HEAD.fullmatch(cells[levels].text):
        levels += 1
    if levels < 2:  # noqa: PLR2004
        return None
    names = [cell.text for cell in cells]
    if wide:
        for line in _fragments(texts, at):
            for part in _words(texts[line], line, indents[line], _GAP, width):
                over = _meeting(part, cells)
                if over is not None and over >= levels:
                    names[over] = part.text + names[over] if line < at else names[over] + part.text
    kinds = ["share" if "权重" in name else read_head(name).role for name in names[levels:]]
    kinds = [kind if kind in ("share", "value") else "words" for kind in kinds]
    marks = [k for k, kind in enumerate(kinds) if kind != "words"]
    if not marks:
        return None
    return _Head(at, tuple(cells), levels, tuple(kinds[: marks[-1] + 1]), len(kinds) - marks[-1] - 1, wide, width)


def _fragments(texts: Sequence[str], at: int) -> list[int]:
    """The lines right over and under headings that hold nothing but halves of some."""
    found: list[int] = []
    for step in (-1, 1):
        line = at + step
        while 0 <= line < len(texts) and abs(line - at) <= 2 and _is_fragments(texts[line]):  # noqa: PLR2004
            found.append(line)
            line += step
    return sorted(found)


_HALF_OF_HEAD = seldom(
    r"(?:年度|全年|预期|实际|绩效)?(?:指标|目标|完成)?(?:值|情况)?|(?:未完成|偏差|扣分)?(?:原因)?(?:分析|说明)?(?:及|和|与)?(?:改进)?(?:措施)?|施|因|进措施|及改进|改进|析及改进|析|（\d{1,3}分）|值|指标"
)


def _is_fragments(text: str) -> bool:
    return all(_HALF_OF_HEAD.fullmatch(word) for word in text.split()) and not _TITLE.fullmatch(text)


# -- words and rows --------------------------------------------------------------------------------------------------------


def _width(text: str, wide: int) -> int:
    return len(text) if wide == 1 else sum(2 if char > "\u2e7f" else 1 for char in text)


def _words(text: str, line: int, indent: int, gap: re.Pattern[str], wide: int = 2) -> list[_Word]:
    """The words of a line that stand apart, a Chinese character as ``wide`` as so many others; a sign alone is one with what
    follows."""
    found: list[_Word] = []
    position, left = 0, indent
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


def _row_of(text: str, line: int, indent: int, head: _Head) -> _Row | None:
    """The row that a line with marks is; None where it has none."""
    for gap in (_GAP, _BLANKS) if head.wide else (_BLANKS,):
        words = _words(text, line, indent, gap, head.width)
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
    return _by_place(text, line, indent, head) if head.wide else None


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
    return min(abs(one.left - other.left), abs(one.right - other.right), abs(one.left + one.right - other.left - other.right) / 2)


def _by_place(text: str, line: int, indent: int, head: _Head) -> _Row | None:
    """The row that a line is which lacks cells: every word under the heading that it stands nearest to, marks under theirs."""
    if len(head.words) != head.levels + len(head.kinds) + head.behind:
        return None
    words = _words(text, line, indent, _GAP, head.width)
    placed = [min(range(len(head.words)), key=lambda k: _off(word, head.words[k])) for word in words]
    marks = [
        k
        for k, word in zip(placed, words, strict=True)
        if head.levels <= k < head.levels + len(head.kinds) and head.kinds[k - head.levels] != "words" and _MARK.fullmatch(word.text)
    ]
    if not marks or any(a >= b for a, b in pairwise(placed)):
        return None
    end = head.levels + len(head.kinds)
    return _Row(
        line,
        tuple(word for k, word in zip(placed, words, strict=True) if k < head.levels),
        tuple((k, word) for k, word in zip(placed, words, strict=True) if head.levels <= k < end),
        tuple(word for k, word in zip(placed, words, strict=True) if k >= end),
    )


def _total_words(text: str) -> tuple[int, list[tuple[int, int]]] | None:
    """Where the name of the whole ends in the line that has its marks, and where these stand; None where it has none."""
    words = [match.span() for match in re.finditer(r"\S+", text)]
    marks: list[tuple[int, int]] = []
    while words and (_SHARE.fullmatch(text[slice(*words[-1])]) or _NOTHING.fullmatch(text[slice(*words[-1])])):
        marks.insert(0, words.pop())
    if not marks or not words or not _TOTAL.fullmatch(text[: words[-1][1]].replace(" ", "")):
        return None
    return words[-1][1], marks


# -- the places of all cells -----------------------------------------------------------------------------------------------


def filled_cells(texts: Sequence[str], indents: Sequence[int]) -> list[FilledCell]:
    """The cells of a form, in the order of the text."""
    head_line = next(at for at in range(len(texts)) if "级" in texts[at] and _head_at(texts, indents, at) is not None)
    heads = [head for width in (2, 1) if (head := _head_at(texts, indents, head_line, width)) is not None]
    head = min(heads, key=lambda head: _raggedness(texts, indents, head))
    first = head_line - sum(line < head_line for line in _fragments(texts, head_line)) if head.wide else head_line
    found, row = _asked(texts, indents, first, head.width)
    found += _Indicators(texts, indents, head, first, row).cells()
    return sorted(found)


def _raggedness(texts: Sequence[str], indents: Sequence[int], head: _Head) -> float:
    """How far the rows are from beginning, or ending, or having their middle at one place in every column."""
    rows = [row for line in range(head.line + 1, len(texts)) if (row := _row_of(texts[line], line, indents[line], head))]
    ragged = 0.0
    for column in range(head.levels, head.levels + len(head.kinds)):
        words = [word for row in rows for k, word in row.values if k == column]
        ragged += min(
            (
                sum(abs(edge - median(edges)) for edge in edges)
                for edges in (
                    [word.left for word in words],
                    [word.right for word in words],
                    [(word.left + word.right) / 2 for word in words],
                )
                if edges
            ),
            default=0,
        )
    return ragged


def _cell(word: _Word, row: int, column: int, rows: int = 1, columns: int = 1) -> FilledCell:
    return FilledCell(word.line, word.start, word.end, row, column, rows, columns)


def _asked(texts: Sequence[str], indents: Sequence[int], end: int, width: int) -> tuple[list[FilledCell], int]:
    """The cells over the indicators: questions and answers, the money, the goals; and how many rows they are."""
    found: list[FilledCell] = []
    heads: list[_Word] = []
    side: list[_Word] = []
    goals: list[_Word] = []
    fund_row = goal_row = row = 0

    def close() -> None:
        """The name of the block of money stands once for all its rows."""
        found.extend(_cell(word, fund_row, 0, row - fund_row) for word in side)
        side.clear()

    for line in range(end):
        text = texts[line]
        single = _words(text, line, indents[line], _BLANKS, width)
        wide = _words(text, line, indents[line], _GAP, width)
        heading = [word for word in single if _FUND_HEAD.fullmatch(word.text)]
        if len(heading) >= 3:  # noqa: PLR2004
            close()
            fund_row, heads, goals = row, heading, []
            side += [word for word in single if word not in heading and word.left < heading[0].left]
            found += [_cell(word, row, 2 + k) for k, word in enumerate(heads)]
            row += 1
            continue
        said = [word for word in single if _GOAL_HEAD.fullmatch(word.text) and not _GOAL_SIDE.fullmatch(word.text)]
        if len(said) == 2 or (len(said) == 1 and single[-1] is said[0] and _GOAL_HEAD.fullmatch(single[-1].text) and len(single) > 1):  # noqa: PLR2004
            close()
            heads, goals, goal_row = [], single[-2:] if len(said) == 1 else said, row
            found += [_cell(word, row, 0, 2) for word in single if word not in goals]
            found += [_cell(word, row, 1 + k) for k, word in enumerate(goals)]
            row += 1
            continue
        if goals:
            for word in wide:
                if _GOAL_SIDE.fullmatch(word.text) and word.left < goals[0].left:
                    found.append(_cell(word, goal_row, 0, 2))
                else:
                    found.append(_cell(word, goal_row + 1, 1 + (word.left > goals[0].right and len(wide) > 1)))
            row = goal_row + 2
            continue
        if heads:
            money = _money(single, heads)
            if money is not None:
                names, figures = money
                for k, word in enumerate(names):
                    if k < len(names) - 1 or _FUND_SIDE.fullmatch(word.text) and not word.text.endswith("总额"):
                        side.append(word)
                    else:
                        found.append(_cell(word, row, 1))
                found += [_cell(word, row, column) for column, word in figures]
                row += 1
                continue
            if all(_FUND_SIDE.fullmatch(word.text) for word in single):
                side += single
                continue
        close()
        heads = []
        for k, word in enumerate(_answers(single)):
            found.append(_cell(word, row, k))
        row += 1
    close()
    return found, row


def _answers(words: Sequence[_Word]) -> list[_Word]:
    """Questions and the answers between them, each of as many words as it has."""
    found: list[_Word] = []
    for word in words:
        if found and not _ANSWERED.fullmatch(word.text) and not _ANSWERED.fullmatch(found[-1].text):
            before = found.pop()
            word = _Word(word.line, before.start, word.end, before.left, word.right, before.text + word.text)
        found.append(word)
    return found


def _money(words: Sequence[_Word], heads: Sequence[_Word]) -> tuple[list[_Word], list[tuple[int, _Word]]] | None:
    """The names of a row of money, and its figures with their columns; None where it has no figures."""
    first = len(words)
    while first and (_FIGURE.fullmatch(words[first - 1].text) or _NOTHING.fullmatch(words[first - 1].text)):
        first -= 1
    figures = list(words[first:])
    if not first or len(figures) < 2 or len(figures) > len(heads):  # noqa: PLR2004
        return None
    names = list(words[:first])
    columns = list(range(len(heads)))
    if len(figures) < len(heads):
        marks = {k for k in columns if heads[k].text.startswith(("分值", "权重", "得分", "自评得分"))}
        unmarked = [k for k in columns if k not in marks]
        rated = [k for k in unmarked if "率" not in heads[k].text]
        for way in (unmarked, rated, columns[: len(figures)]):
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
    return names, [(2 + k, word) for k, word in zip(columns, figures, strict=True)]


class _Indicators:
    """The indicators of a form and their levels."""

    def __init__(self, texts: Sequence[str], indents: Sequence[int], head: _Head, first: int, row: int) -> None:
        self.texts = texts
        self.indents = indents
        self.head = head
        self.first = first
        self.row = row
        self.rows: list[_Row] = []
        self.placed: dict[int, int] = {}
        """The grid row of the rows, by their line."""
        self.loose: list[_Word] = []
        """Words in lines without marks."""
        self.found: list[FilledCell] = []
        self.columns: list[tuple[float, float]] = []

    def cells(self) -> list[FilledCell]:
        self._read_lines()
        self.columns = self._extents()
        levels: list[list[_Word]] = [[] for _ in range(self.head.levels - 1)]
        names: dict[int, list[_Word]] = {}
        reasons: dict[int, list[_Word]] = {}
        values: dict[tuple[int, int], list[_Word]] = {}
        for row in self.rows:
            for column, word in self._names(row):
                (levels[column] if column < self.head.levels - 1 else names.setdefault(row.line, [])).append(word)
            for column, word in row.values:
                values.setdefault((row.line, column), []).append(word)
            if row.behind:
                reasons.setdefault(row.line, []).extend(row.behind)
        self._place_loose(levels, names, reasons, values)
        for line, words in names.items():
            self.found += [_cell(word, self.placed[line], self.head.levels - 1) for word in words]
        last = self.head.levels + len(self.head.kinds)
        for line, words in reasons.items():
            many = len(words) > 1 and self.head.behind > 1 and all(word.line == line for word in words)
            self.found += [_cell(word, self.placed[line], last + (min(k, self.head.behind - 1) if many else 0)) for k, word in enumerate(words)]
        for (line, column), words in values.items():
            self.found += [_cell(word, self.placed[line], column) for word in words]
        for column, words in enumerate(levels):
            self._place_levels(column, words)
        return self.found

    def _read_lines(self) -> None:
        head, row = self.head, self.row
        around = set(_fragments(self.texts, head.line)) if head.wide else set()
        for line in range(self.first, len(self.texts)):
            text, indent = self.texts[line], self.indents[line]
            again = _head_at(self.texts, self.indents, line, self.head.width) if "级" in text and line != head.line else None
            if again is not None:
                head = again._replace(words=again.words if len(again.words) == len(self.head.words) else self.head.words)
                around |= set(_fragments(self.texts, line)) if head.wide else set()
                row += bool(self.rows)
            if line == head.line or line in around:
                row = self._heading(line, head, row, self.rows[-1].line if self.rows else -1)
                continue
            total = _total_words(text)
            if total is not None and line == len(self.texts) - 1:
                self._total(line, total, row)
                return
            found = _row_of(text, line, indent, head)
            if found is not None:
                self.rows.append(found)
                self.placed[line] = row
                row += 1
                continue
            words = _words(text, line, indent, _GAP if head.wide else _BLANKS, head.width)
            if not head.wide and line == head.line + 1 and len(words) == 1 and _is_fragments(text):
                self.found.append(_cell(words[0], self.head_row, self.head_of_last))
                continue
            self.loose += words
        self.end = row

    def _heading(self, line: int, head: _Head, row: int, _: int) -> int:
        """The headings in a line, those cut with the words that they go on in."""
        begins = line == head.line
        if head.wide:
            for word in _words(self.texts[line], line, self.indents[line], _GAP, head.width):
                over = _meeting(word, head.words)
                self.found.append(_cell(word, row, over if over is not None else len(head.words) - 1))
        else:
            self.found += [_cell(word, row, k) for k, word in enumerate(head.words)]
        self.head_row, self.head_of_last = row, len(head.words) - 1
        below = line + 1 < len(self.texts) and head.wide and line + 1 in _fragments(self.texts, head.line)
        return row if below or (line < head.line) else row + 1 if begins or line > head.line else row

    def _total(self, line: int, total: tuple[int, list[tuple[int, int]]], row: int) -> None:
        end, marks = total
        self.found.append(FilledCell(line, 0, end, row, 0, 1, self.head.levels))
        columns = [self.head.levels + k for k, kind in enumerate(self.head.kinds) if kind != "words"]
        for (start, stop), column in zip(marks, columns[-len(marks) :], strict=False):
            self.found.append(FilledCell(line, start, stop, row, column, 1, 1))
        self.end = row

    def _extents(self) -> list[tuple[float, float]]:
        """Where the columns of names begin and end, by the rows that have all of them, and those behind."""
        found: list[tuple[float, float]] = []
        full = [row.names for row in self.rows if len(row.names) == self.head.levels]
        for column in range(self.head.levels):
            words = [names[column] for names in full] if len(full) > 1 else [self.head.words[column]]
            found.append((median([word.left for word in words]), median([word.right for word in words])))
        for column in range(self.head.levels, len(self.head.words)):
            words = [word for row in self.rows for k, word in row.values if k == column]
            if column >= self.head.levels + len(self.head.kinds):
                words = [row.behind[0] for row in self.rows if row.behind]
            words = words or [self.head.words[column]]
            found.append((median([word.left for word in words]), median([word.right for word in words])))
        return found

    def _names(self, row: _Row) -> list[tuple[int, _Word]]:
        """The names of a row with their columns: the indicator's own, and before it levels."""
        words, levels = list(row.names), self.head.levels
        if not self.head.wide:
            over = 0
            while over < min(len(words), levels) - 1 and names_level(words[over].text):
                over += 1
            named = [(levels - 1 - over + k, word) for k, word in enumerate(words[:over])]
            return named + [(levels - 1, word) for word in words[over:]]
        if len(words) == levels:
            return list(enumerate(words))
        return [(min(self._nearest(word), levels - 1), word) for word in words]

    def _nearest(self, word: _Word, first: int = 0) -> int:
        def off(column: int) -> float:
            left, right = self.columns[column]
            return min(abs(word.left - left), abs(word.right - right), abs(word.left + word.right - left - right) / 2)

        return min(range(first, len(self.columns)), key=off)

    def _place_loose(
        self,
        levels: list[list[_Word]],
        names: dict[int, list[_Word]],
        reasons: dict[int, list[_Word]],
        values: dict[tuple[int, int], list[_Word]],
    ) -> None:
        """Put the words of lines without marks to the names, reasons and values that they go on."""
        lines = sorted(self.placed)
        for word in self._parted():
            above = max((line for line in lines if line < word.line), default=None)
            below = min((line for line in lines if line > word.line), default=None)
            column = self._nearest(word) if self.head.wide else self._goes_on_in(word, above, names, reasons, levels)
            if column is not None and column < self.head.levels - 1:
                levels[column].append(word)
                continue
            line = self._line_of(word, column, above, below, names, reasons) if column is not None else None
            if column is None or line is None:
                self.found.append(_cell(word, self.placed[above] if above is not None else self.row, 1_000))
            elif column == self.head.levels - 1:
                _in_order(names.setdefault(line, []), word)
            elif column < self.head.levels + len(self.head.kinds):
                _in_order(values.setdefault((line, column), []), word)
            else:
                _in_order(reasons.setdefault(line, []), word)

    def _parted(self) -> Iterator[_Word]:
        """The words without marks; one that ends where a level does and goes on in the next column is two."""
        for word in self.loose:
            if not self.head.wide:
                yield word
                continue
            text = self.texts[word.line][word.start : word.end]
            for column in range(1, self.head.levels):
                ways = [
                    (abs(word.left + self._width(text[:cut]) - self.columns[column][0]), cut)
                    for cut in range(1, len(text))
                    if text[cut] != " " and _LEVEL_REST.fullmatch(text[:cut].strip()) and _BEGINS_LEVEL.fullmatch(text[cut:])
                ]
                off, cut = min(ways, default=(_OFF + 1, 0))
                if off <= _OFF:
                    first = text[:cut].rstrip()
                    middle = word.left + self._width(text[:cut])
                    yield word._replace(end=word.start + len(first), right=word.left + self._width(first), text=first)
                    word = word._replace(start=word.start + cut, left=middle, text=text[cut:].replace(" ", ""))
                    break
            yield word

    def _goes_on_in(
        self,
        word: _Word,
        above: int | None,
        names: dict[int, list[_Word]],
        reasons: dict[int, list[_Word]],
        levels: list[list[_Word]],
    ) -> int | None:
        """The column of a word that stands alone where one blank parts cells: what in the row above is as long as its column is wide."""
        if above is None:
            return None
        for column in range(self.head.levels - 2, -1, -1):
            before = levels[column][-1] if levels[column] else None
            if before is not None and before.line == above and not _ENDS_LEVEL.fullmatch(before.text) and _LEVEL_REST.fullmatch(word.text):
                return column
        longest = max((sum(len(w.text) for w in own[:1]) for own in names.values()), default=0)
        named = names.get(above, [])
        because = reasons.get(above, [])
        most = max((len(own[-1].text) for own in reasons.values()), default=0)
        full = bool(named) and len(named[-1].text) >= longest - 1
        said = bool(because) and len(because[-1].text) >= most - 1
        if full == said:
            return None
        return self.head.levels - 1 if full else self.head.levels + len(self.head.kinds)

    def _line_of(
        self,
        word: _Word,
        column: int,
        above: int | None,
        below: int | None,
        names: dict[int, list[_Word]],
        reasons: dict[int, list[_Word]],
    ) -> int | None:
        """The row that a word between two goes on: what fills its column goes on, and so does what is in a row without."""
        if above is None or below is None:
            return above if below is None else below
        own = names if column == self.head.levels - 1 else reasons if column >= self.head.levels + len(self.head.kinds) else None
        if own is None:
            return above
        over, under = own.get(above), own.get(below)
        if not over or not under:
            if own is names:
                # A row that lacks its name has it in the lines around; of these the first is above it.
                return below if over and not under and not self._is_full(over[-1], own) else above
            return above if over else below
        if self._is_full(over[-1], own) and not any(w.line > above for w in over):
            return above
        return below if self._is_full(word, own) and not self._is_full(over[-1], own) else above

    def _is_full(self, word: _Word, own: dict[int, list[_Word]]) -> bool:
        """Whether a word is as long as its column is wide, so that it can go on."""
        widest = max((w.right - w.left for words in own.values() for w in words), default=0)
        return word.right - word.left >= widest - 2

    def _place_levels(self, column: int, words: list[_Word]) -> None:
        """Put the levels of a column over the rows that they stand for."""
        if not words:
            return
        words = sorted(words, key=lambda word: (word.line, word.start))
        groups: list[list[_Word]] = []
        for word in words:
            said = "".join(w.text for w in groups[-1]) if groups else ""
            bare = re.sub(r"（.*", "", said)
            whole = names_level(bare) and names_level(word.text)
            goes_on = groups and (
                word.text[0] == "（"
                or (_LEVEL_REST.fullmatch(word.text) and not _ENDS_LEVEL.fullmatch(said) and not whole)
                or (not names_level(said) and names_level(bare + word.text))
            )
            if goes_on:
                groups[-1].append(word)
            else:
                groups.append([word])
        lines = sorted(self.placed)
        first = [min((line for line in lines if line >= group[0].line), default=lines[-1]) for group in groups]
        if first[0] > lines[0] or len(set(first)) < len(first):
            first = self._middles(groups, lines)
        rows = [self.placed[line] for line in first]
        heads = self._headings_after()
        for group, row, after in zip(groups, rows, [*rows[1:], self.end], strict=True):
            over = next((head for head in heads if row < head < after), after)
            self.found += [_cell(word, row, column, max(1, min(after, over) - row)) for word in group]

    def _width(self, text: str) -> int:
        return _width(text, self.head.width)

    def _headings_after(self) -> list[int]:
        """The rows of headings that come again after a page."""
        rows = set(self.placed.values())
        return [row for row in range(min(rows), self.end) if row not in rows]

    def _middles(self, groups: Sequence[Sequence[_Word]], lines: Sequence[int]) -> list[int]:
        """The first row of each level where levels stand in the middle of their rows."""
        middles = [(group[0].line + group[-1].line) / 2 for group in groups]
        count = len(lines)
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for number, middle in enumerate(middles):
            more: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (cost, starts) in best.items():
                for end in range(start + 1, count + 1):
                    if number == len(middles) - 1 and end != count:
                        continue
                    own = cost + abs((lines[start] + lines[end - 1]) / 2 - middle)
                    if end not in more or own < more[end][0]:
                        more[end] = (own, (*starts, start))
            best = more
        if count not in best:
            return [min((line for line in lines if line >= group[0].line), default=lines[-1]) for group in groups]
        return [lines[start] for start in best[count][1]]


def _in_order(words: list[_Word], word: _Word) -> None:
    words.append(word)
    words.sort(key=lambda w: (w.line, w.start))

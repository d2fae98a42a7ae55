"""Rows of cells closed by bars and filled up with them: every row ends with as many bars as make it as long as the longest.

A cell over several rows is printed once, and in the rows under it the others move up to its place, or it is left empty. A
row can go over several lines, one for every cell if need be; where all have the same number of bars that number tells them
apart, else every line is a row. The column of a cell is told by the headings: under those of levels stand as many names as
the row does not have in common with the one before, and under every heading of marks a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from reportparse.headers import LEVEL_HEAD, names_level, read_head
from reportparse.patterns import seldom
from reportparse.wordrows import WordCell

__all__ = ["padded_cells", "padded_runs"]

_MARKS = seldom("(?:指标)?(?:权重|分值)|(?:自评|评价)?得分|评分")
_TOTAL = seldom("(?:总分|合计|总计|总得分|得分合计|小计)(?:（.{1,8}）)?")
_SIGN = seldom("[≥≤><＞＜=＝≧≦±]|[≥≤><]=|正向|反向|定[性量](?:指标)?")
_NO_NAME = seldom(r"[≥≤><＞＜=＝≧≦±/／—-].*|[\d.,]+%?|正向|反向|定[性量](?:指标)?")
_VALUE = seldom(r"[-－+]?[¥￥]?\d[\d,，]*(?:\.\d+)?(?:%|[百千万亿]?元|分)?|[-－—―–/／]{1,4}|无")
_NAME_OF_FORM = seldom("(?:项目|政策|专项(?:资金)?)(?:（[^（）]{1,8}）)?名称")
_UNIT = seldom(r".*单位[：:][百千万亿]?元.*")
_LINE_OF_CELL = 400
"""Characters of a line within a cell, at most: goals are sentences."""
_LINES_OF_CELL = 3
_WIDTHS = range(4, 25)
_FIRST_LINES = 12
"""In which the first row ends."""
_ASIDE = 1_000
"""The column of what has no place."""
_ROWS_LEAST, _LEVELS_LEAST, _HEADS_LEAST = 4, 2, 3

_Spot = tuple[int, int, int]
"""The line of a piece of a cell, and where it begins and ends there."""
_Cell = tuple[_Spot, ...]


def padded_runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where among the lines of a text such forms begin and end; what stands over one in a row of its own, a title or a
    year, is not of it.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(texts):
        if "|" not in texts[at]:
            at += 1
            continue
        end = at
        for below in range(at, len(texts)):
            if "|" in texts[below]:
                end = below + 1
            elif below - end >= _LINES_OF_CELL or len(texts[below]) > _LINE_OF_CELL:
                break
        if end - at >= _ROWS_LEAST:
            found += _forms(texts, at, end)
        at = max(end, at) + 1
    return found


def _forms(texts: Sequence[str], first: int, end: int) -> list[tuple[int, int]]:
    rows = _rows(texts[first:end])
    words = [_words(texts[first:end], row) for row in rows]
    begins: list[int] = []
    headed = True
    for at, row in enumerate(words):
        filled = [word for word in row if word]
        if headed and filled and (len(filled) > 1 or not begins) and not _is_title(filled):
            if _NAME_OF_FORM.fullmatch(filled[0]) or not begins:
                over = at and begins and _UNIT.fullmatch("".join(words[at - 1]))
                begins.append(at - 1 if over else at)
                headed = False
        headed = headed or _levels(row) is not None
    found: list[tuple[int, int]] = []
    if not begins:
        return found
    for at, after in zip(begins, [*begins[1:], len(rows)], strict=True):
        if any(_levels(row) is not None for row in words[at:after]):
            spots = [spot for row in rows[at:after] for cell in row[0] for spot in cell]
            last = rows[after - 1][1]
            found.append((first + min(line for line, *_ in spots), first + last + 1))
    return found


def _is_title(filled: Sequence[str]) -> bool:
    return len(filled) == 1 and not _NAME_OF_FORM.fullmatch(filled[0])


_Rows = list[tuple[list[_Cell], int]]
"""Rows: their cells, and the line that each ends with."""


def _rows(texts: Sequence[str]) -> _Rows:
    """The rows of lines, where these are of such a table; else nothing."""
    opened = sum(text[0] == "|" and text.strip("| ") != "" for text in texts)
    if 2 * opened > len(texts) or not any("||" in text.replace(" ", "") for text in texts):
        return []
    cells: list[_Cell] = []
    ends: list[int] = []  # of every cell the line that its bar ends, or -1
    pieces: list[_Spot] = []
    for line, text in enumerate(texts):
        start = 0
        for bar in re.finditer(r"\|", text):
            pieces += _piece(text, line, start, bar.start())
            cells.append(tuple(pieces))
            ends.append(line if bar.end() == len(text) else -1)
            pieces, start = [], bar.end()
        pieces += _piece(text, line, start, len(text))
    if pieces:
        return []  # behind the last bar stands nothing
    bars = list(accumulate(text.count("|") for text in texts))
    for width in sorted(set(bars[:_FIRST_LINES]) & set(_WIDTHS)):
        closing = range(width - 1, len(cells), width)
        if len(closing) >= _ROWS_LEAST and all(ends[at] >= 0 for at in closing):
            rows = [
                (cells[at : at + width], ends[min(at + width, len(cells)) - 1]) for at in range(0, len(cells), width)
            ]
            if any(_levels(_words(texts, row)) is not None for row in rows):
                return rows
    if any(text.count("|") < _LEVELS_LEAST or not text.endswith("|") for text in texts):
        return []
    return [(cells[at - text.count("|") : at], line) for line, (text, at) in enumerate(zip(texts, bars, strict=True))]


def _piece(text: str, line: int, start: int, end: int) -> list[_Spot]:
    inside = text[start:end]
    stripped = inside.strip()
    at = start + len(inside) - len(inside.lstrip())
    return [(line, at, at + len(stripped))] if stripped else []


def _words(texts: Sequence[str], row: tuple[list[_Cell], int]) -> list[str]:
    """The words of the cells of a row, without the blanks within them; without the empty cells that fill it up."""
    words = ["".join(texts[line][start:end] for line, start, end in cell).replace(" ", "") for cell in row[0]]
    while words and not words[-1]:
        words.pop()
    return words


def _levels(row: Sequence[str]) -> tuple[int, int] | None:
    """Where in a row the headings of levels begin and end."""
    first = next((at for at, word in enumerate(row) if LEVEL_HEAD.fullmatch(word)), None)
    if first is None:
        return None
    end = first
    while end < len(row) and LEVEL_HEAD.fullmatch(row[end]):
        end += 1
    return (first, end) if end - first >= _LEVELS_LEAST else None


def padded_cells(texts: Sequence[str]) -> list[WordCell]:
    """The cells of such a form, in the order of the text."""
    rows = _rows(texts)
    words_of = [_words(texts, row) for row in rows]
    found: list[WordCell] = []
    heads: list[str] = []
    levels = 0
    at = 0
    for number, ((cells, _), words) in enumerate(zip(rows, words_of, strict=True)):
        first = next((k for k, word in enumerate(words) if word), len(words))
        columns: list[int] | None = None
        if (headed := _levels(words)) is not None:
            corner, end = headed
            levels, heads = end - corner, words[corner:]
        elif (money := _money(words, words_of[number + 1 : number + 1 + _ROWS_LEAST])) is not None:
            corner = money
            levels, heads = 0, ["", *words[corner:]]
        else:
            corner = 0
            if levels:
                columns = _under_levels(words[first:], heads, levels)
            elif heads:
                columns = _under_money(words[first:], heads)
            lost = heads and any(_VALUE.fullmatch(word) for word in words[first + 1 :])
            if columns is None and (levels or lost):  # under which of the headings each stands is not known
                for k, (cell, word) in enumerate(zip(cells, words, strict=False)):
                    found += _placed(cell, at, _ASIDE + k if _VALUE.fullmatch(word) else 0)
                    at += bool(cell)
                continue
            if columns is None:
                heads = []
        if heads and columns is None:
            beside = [cell for cell in cells[:corner] if cell]
            for cell in beside if levels else beside[:-1]:  # 绩效指标; 预算执行情况 beside 年度预算数（万元）
                found += _placed(cell, at, 0)
                at += 1
            if beside and not levels:
                found += _placed(beside[-1], at, 0)
            columns = list(range(0 if levels else 1, len(heads)))
            first = corner
        if columns is None:
            for k, cell in enumerate(filter(None, cells)):
                found += _placed(cell, at, k)
        else:
            for cell, column in zip(cells[first:], columns, strict=False):
                found += _placed(cell, at, column)
        at += 1
    return sorted(found)


def _placed(cell: _Cell, row: int, column: int) -> list[WordCell]:
    return [WordCell(line, start, end, row, column, 1, 1) for line, start, end in cell]


def _under_levels(words: Sequence[str], heads: Sequence[str], levels: int) -> list[int] | None:
    """The columns of the cells of a row under headings of levels; None where it is no such row."""
    marks = [at for at, head in enumerate(heads) if _MARKS.fullmatch(read_head(head).label)]
    if words and _TOTAL.fullmatch(words[0]):
        figures = [at for at, word in enumerate(words) if at and word]
        if len(figures) != len(marks) or not all(_VALUE.fullmatch(words[at]) for at in figures):
            return None
        columns = dict(zip(figures, marks, strict=True))
        return [columns.get(at, 0) for at in range(len(words))]
    for given in range(levels, 0, -1):
        row = [*words[given:], *[""] * (len(heads) - levels - len(words) + given)]
        names = words[:given]
        if len(row) == len(heads) - levels and _name(names, levels) and _said_of(row, heads[levels:]):
            return list(range(levels - given, len(heads)))
    return None


def _name(names: Sequence[str], levels: int) -> bool:
    """Whether words can be the levels of a row and its indicator."""
    if not all(names) or any(_NO_NAME.fullmatch(name) for name in names):
        return False
    if levels > _LEVELS_LEAST and names[-1].endswith("指标"):
        return False  # 产出指标 | 数量指标 | what is under them
    twice = len(names) > 1 and names[-1] == names[-2]  # 成本指标 | 项目成本 | 项目成本 | 20万元: said of it once more
    return not twice and all(names_level(name) for name in names[:-1])


def _said_of(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether words can stand under headings behind those of levels; a score may not be given."""
    for word, head in zip(row, heads, strict=True):
        if (
            _MARKS.fullmatch(read_head(head).label)
            and not _VALUE.fullmatch(word)
            and (word or "分值" in head or "权重" in head)
        ):
            return False
        if head.endswith(("性质", "符号", "方向")) and word and not _SIGN.fullmatch(word):
            return False
    return any(row)


def _money(words: Sequence[str], below: Sequence[Sequence[str]]) -> int | None:
    """Where in a row the headings of money begin, where it is one of them: 项目资金（万元） | | 年初预算数 | 全年执行数 | 分值 …; the
    rows ``below`` tell whether what looks like the first is of the names under it: 年度预算数（万元） | 年初预算 | …
    """
    for first in range(1, len(words)):
        heads = ["", *words[first:]]
        if any(_VALUE.fullmatch(word) for word in words[:first]) or len(heads) <= _HEADS_LEAST:
            return None
        if not all(map(_heads_money, heads[1:_HEADS_LEAST])) or not all(map(_heads_beside, heads[_HEADS_LEAST:])):
            continue
        if any(_under_money([word for word in row if word], heads) is not None for row in below):
            return first
    return None


def _heads_money(word: str) -> bool:
    head = read_head(word)
    return bool(word) and not _VALUE.fullmatch(word) and (head.role == "value" or head.basis is not None)


def _heads_beside(word: str) -> bool:
    return _heads_money(word) or read_head(word).role == "words"


def _under_money(words: Sequence[str], heads: Sequence[str]) -> list[int] | None:
    """The columns of a name and the figures beside it; None where it may have lost some of them: it has fewer than there are
    headings, and no rate that stands under its own.
    """
    values = [at for at, head in enumerate(heads) if at and read_head(head).role != "words"]
    if not words or not words[0] or len(words) > len(heads) or _NO_NAME.fullmatch(words[0]):
        return None
    if any(words[at] and not _VALUE.fullmatch(words[at]) for at in values if at < len(words)):
        return None
    rates = [at for at in values if read_head(heads[at]).aspect == "execution_rate"]
    given = [at for at, word in enumerate(words) if at and word.endswith("%")]
    if given and rates:
        return list(range(len(words))) if given == rates else None
    return list(range(len(words))) if len(words) > max(values, default=0) or len(words) == 1 else None

"""Rows of indicators that lost the cells of the levels printed over them: 产出指标 over three rows stands in the first alone.

A source that writes out merged cells once, and nothing in the rows below, leaves these rows shorter: all of their cells stand
too far to the left. How far is told by the marks, which stand under the headings of marks, and by the names of levels.
Where rows have empty cells at their left nothing is lost.

Headings over several columns lose their width in the same way: 科目编码 over 类, 款 and 项 becomes one cell, and the headings
behind it stand two columns too far to the left. The row under it tells: what is empty there stands under a heading of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise, takewhile

from reportparse.barecells import is_figure, may_be_value
from reportparse.headers import LEVEL_HEAD, WHOLE, is_headline, read_head
from reportparse.patterns import seldom

__all__ = ["shifts", "widths"]

_FIRST = seldom(
    r"(?:项目|部门)?(?:投入|过程|决策|产出|效益|效果|成本|管理|履职(?:效能)?|满意度)(?:类)?指标(?:（[\d.]{1,5}[分%]?）)?"
)
_SECOND = seldom(
    r"(?:(?:产出)?(?:数量|质量|时效)|(?:经济|社会|生态(?:环境)?)(?:效益|成本)|可持续影响|(?:服务对象|社会公众|受益对象|群众|公众)(?:[\d一-龥]{0,4})?满意度?)(?:指标)?(?:（[\d.]{1,5}[分%]?）)?"
)
_NOTE = seldom("(?:其他)?(?:需要)?(?:备注|说明|注)(?:[：:].*|的?问题)?")
_COST = seldom(r"成本指标(?:（[\d.]{1,5}[分%]?）)?")
"""A level of its own since 2022, and before that one under 产出指标."""
_LONGEST_HEAD, _LEVELS_LEAST = 16, 2


def shifts(rows: Mapping[int, Sequence[tuple[int, str]]]) -> dict[int, int]:
    """How many columns each row has lost at its left, of the rows that have; ``rows`` are ``(column, text)`` of their cells."""
    found: dict[int, int] = {}
    order = sorted(rows)
    for number, row in enumerate(order):
        heads = dict(rows[row])
        levels = [column for column, text in rows[row] if LEVEL_HEAD.fullmatch(text)]
        if len(levels) < 2 or levels != list(range(levels[0], levels[0] + len(levels))):
            continue
        body: list[int] = []
        for below in order[number + 1 :]:
            texts = [text for _, text in rows[below]]
            if WHOLE.fullmatch(texts[0]) or _NOTE.fullmatch(texts[0]):
                break
            if is_headline(texts) and not any(map(is_figure, texts)):
                break
            body.append(below)
        found |= _in_body({below: rows[below] for below in body}, heads, levels)
    return found


def widths(rows: Mapping[int, Sequence[tuple[int, str]]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Of cells in rows of headings that lost their width, by row and column, the column where they begin and how many they are over.

    The last row of headings has kept its columns. In the rows over it a cell stands over what follows there without a gap, or over one
    empty cell; over the same headings several times (合计, 出国, 接待, 合计, 出国, 接待) stand as many cells (预算数, 决算数).
    """
    order = sorted(rows)
    first = next((k for k, row in enumerate(order) if any(is_figure(text) for _, text in rows[row])), len(order))
    width = 1 + max((column for row in order[first:] for column, text in rows[row] if is_figure(text)), default=-1)
    heads: list[int] = []
    for row in reversed(order[:first]):
        if (heads and row != heads[-1] - 1) or any(len(text) > _LONGEST_HEAD for _, text in rows[row]):
            break
        heads.append(row)
    if len(heads) < _LEVELS_LEAST:
        return {}
    columns = [column for column, _ in rows[heads[-1]]]
    if columns != list(range(len(columns))) or len(columns) >= width:
        return {}  # empty cells are left empty, or nothing is lost
    found: dict[tuple[int, int], tuple[int, int]] = {}
    lowest = dict(rows[heads[0]])
    under = [lowest.get(column, "") for column in range(max(width, 1 + max(lowest)))]
    if "" in under:  # headings of one row can also stand over columns that are empty in all rows behind the last figure
        under += [""] * len(columns)
    for row in heads[1:]:
        cells = dict(rows[row])
        spans = _spans(1 + max(cells), under)
        if spans is None:
            return {}
        above = [""] * len(under)
        for column, (start, end) in enumerate(pairwise(accumulate(spans, initial=0))):
            if column in cells:
                found[row, column] = (start, end - start)
                above[start:end] = [cells[column]] * (end - start)
        under = above
    return found if sum(spans or ()) >= width else {}


def _spans(cells: int, under: Sequence[str]) -> list[int] | None:
    """How many columns each cell of a row of headings is over, by what stands under it; None where that does not say so."""
    spans: list[int] = []
    column = 0
    while column < len(under) and len(spans) < cells:
        run = list(takewhile(bool, under[column:]))
        size = next((n for n in range(1, len(run)) if run == run[:n] * (len(run) // n)), len(run))
        spans += [size] * (len(run) // size) if run else [1]
        column += len(run) or 1
    return spans if len(spans) == cells else None


def _in_body(
    body: Mapping[int, Sequence[tuple[int, str]]], heads: Mapping[int, str], levels: Sequence[int]
) -> dict[int, int]:
    if any(cells[0][0] > 0 for cells in body.values()):
        return {}  # empty cells are left empty
    marks = [
        column
        for column, text in heads.items()
        if column > levels[-1] and read_head(text).role == "value" and read_head(text).aspect == "value"
    ]
    standard = any(_FIRST.fullmatch(text) for cells in body.values() for _, text in cells[:2])
    found: dict[int, int] = {}
    for row, cells in body.items():
        ways = [
            lost
            for lost in range(levels[-1] + 1)
            if _fits(dict(cells), lost, heads, levels, marks) and (marks or standard)
        ]
        if standard:
            first = _level_of(cells, levels)
            ways = [lost for lost in ways if lost == first]
        if len(ways) == 1:
            found[row] = ways[0]
    return {row: lost for row, lost in found.items() if lost}


def _level_of(cells: Sequence[tuple[int, str]], levels: Sequence[int]) -> int:
    """The column that the first cell of a row belongs in, where levels have their usual names."""
    text = cells[0][1]
    after = cells[1][1] if len(cells) > 1 else ""
    if _COST.fullmatch(text) and not _SECOND.fullmatch(after):
        return levels[1]
    if _FIRST.fullmatch(text):
        return levels[0]
    if len(levels) > 2 and _SECOND.fullmatch(text):
        return levels[1]
    if levels[0] and cells[0][1].endswith("指标") and _FIRST.fullmatch(after):
        return levels[0] - 1  # 绩效指标 | 产出指标 | …
    return levels[-1]


def _fits(
    cells: Mapping[int, str], lost: int, heads: Mapping[int, str], levels: Sequence[int], marks: Sequence[int]
) -> bool:
    """Whether a row that lost so many cells has its names under levels, and its marks under their headings."""
    if any(column - lost not in cells for column in range(max(lost, levels[0]), levels[-1] + 1)):
        return False
    if max(cells) + lost > max(heads):
        return False
    return all(may_be_value(cells.get(column - lost, "")) for column in marks)

"""Forms of indicators of which only the cells are left, one a line: levels, targets, results, marks.

A level that stands for several rows is printed once, and most rows have no reason: so rows are as long as they like. What
tells them is that their marks stand next to each other behind as many cells as the headings say, and that levels have
names of their own. Where a place calls its levels as it likes, all rows are read together: what stands between the marks of
one row and those of the next is a reason, levels and a name, and a reason says why marks were lost. A row that lacks a cell
otherwise, or has a name in two lines, is left out: nothing is guessed.

Over 400 lines because rows that are told one by one and rows that are told all together share what a cell of them can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportparse.headers import LEVEL as _LEVEL
from reportparse.headers import WHOLE as _TOTAL
from reportparse.headers import names_level, read_head
from reportparse.patterns import seldom
from reportparse.stacked import ASIDE, Placed

__all__ = ["BLOCK", "MarkedRows", "read_block", "read_marked"]


class MarkedRows(NamedTuple):
    """The place of every cell down to ``end``, the rows counted from 0, and how many ``rows`` they are."""

    placed: list[Placed]
    rows: int
    end: int


_LEVEL_HEAD = seldom("[一二三四]级(?:绩效)?指标(?:名称)?|(?:绩效)?指标(?:名称|内容)?")
_OVER_LEVELS = seldom("(?:年度)?绩效指标|指标完成情况")
_TARGET_HEAD = seldom("(?:年度|年初|全年|预期|绩效|计划|设定)*(?:指标|目标)值(?:（[^（）]{1,8}）)?")
"""What heads the targets of a form of goals, that has no marks."""
_RESULT_HEAD = seldom(
    "(?:年度|全年|实际|指标)*(?:完成|实现|实际)(?:的)?(?:指标|目标)?(?:值|情况|结果)(?:（[^（）]{1,8}）)?"
)
_DEGREE = seldom(
    "(?:明显|较|显著|有效|逐步|持续|不断|长期|稳步|进一步|基本|全面|大幅|得到)*(?:明显|显著|提[升高]|增强|改善|健全|完善|良好|好|达标|合格|完成|优|及时|有效|增加|减少|降低|稳定|长期|满意|规范|到位|充分|促进|保障|全覆盖)"
)
"""A target of which nothing is counted: 明显, 持续提升."""
_SIGN_HEAD = seldom("(?:指标)?(?:性质|方向|符号)|(?:运算|计算|比较)?符号")
_UNIT_HEAD = seldom("(?:计量|度量|数量|指标)单位")
_SIGN = seldom("[≥≤><＞＜=＝≧≦±]|正向|反向|定[性量](?:指标)?")
_UNIT_MAX = 8
_MARK = seldom(r"\d{1,3}(?:\.\d{1,2})?分?")
_SHARE = seldom(r"\d{1,3}(?:\.\d{1,2})?%?")
_BEGINS_NO_NAME = seldom("[≥≤><＝=＞＜±≧≦0-9]")
_SAYS_WHY = seldom("[，。；]|.{12}")
_NEXT_FORM = seldom("绩效.{0,6}(?:目标|自评|评价|申报|监控)表(?:（.{1,16}）)?$")
"""The title of the form after this one."""
_LONGEST = 16
"""Cells of headings."""
_SKIPPED = 24
"""Cells of rows that could not be told, before a form is given up."""


BLOCK = seldom("(?:资金|预算|项目|财务|业务|组织|过程)管理(?:情况)?")
"""What a block of a form is called whose rows are scored one by one."""


class _Form(NamedTuple):
    """The columns of a form: how many are levels, the kinds of those up to the last mark, and how many are behind it."""

    levels: int
    kinds: tuple[str, ...]
    behind: int


def read_marked(texts: Sequence[str], at: int) -> MarkedRows | None:
    """The rows under headings that begin at a place; None where none of such a form do."""
    over = int(_OVER_LEVELS.fullmatch(texts[at]) is not None and at + 1 < len(texts) and texts[at + 1][:1] == "一")
    first = at + over
    levels = 0
    while first + levels < len(texts) and _LEVEL_HEAD.fullmatch(texts[first + levels]):
        levels += 1
    if levels < 2:
        return None
    end = first + levels
    while end < len(texts) and end - first < _LONGEST and _heads(texts[end]):
        end += 1
    placed = [(0, 0, 1)] * over + [(over, column, 1) for column in range(levels)]
    heads = list(texts[first + levels : end])
    band = _band(heads)
    if band is None:
        placed += [(over, levels + k, 1) for k in range(len(heads))]
    else:  # 指标值 | 得分 over 年初目标值 | 实际完成值
        placed += [(over, levels + k + (k > band), 1 + (k == band)) for k in range(len(heads) - 2)]
        placed += [(over + 1, levels + band + k, 1) for k in range(2)]
        heads = [*heads[:band], *heads[-2:], *heads[band + 1 : -2]]
    kinds = [_kind(head) for head in heads]
    targets = [_TARGET_HEAD.fullmatch(head) is not None for head in heads]
    if kinds == ["words"]:
        kinds = ["target"]
    elif set(kinds) <= {"words", "sign", "unit"} and targets.count(True) == 1:  # 指标描述 | 指标值 | 指标值确定依据
        kinds = ["target" if target else kind for target, kind in zip(targets, kinds, strict=True)]
    elif not {"share", "value"} & set(kinds):
        return None
    after = kinds.index("target") + 1 if "target" in kinds else len(heads)
    if after < len(heads) and _RESULT_HEAD.fullmatch(heads[after]):
        kinds[after] = "result"  # 指标值 | 全年实际完成值 | 未完成原因
    behind = next(k for k, kind in enumerate(reversed(kinds)) if kind != "words")
    form = _Form(levels, tuple(kinds[: len(kinds) - behind]), behind)
    row = over + 1 + (band is not None)
    if (whole := _whole(texts, end, form)) is not None:
        return _placed_whole(texts, end, row, form, placed, whole)
    return _rows(texts, end, row, form, placed) if _row_at(texts, end, form) == levels else None


def read_block(texts: Sequence[str], at: int) -> MarkedRows | None:
    """资金管理情况 | 情况说明 | 分值 | 得分 | 存在问题和改进措施 and its rows, of which the last cell can be empty."""
    if not BLOCK.fullmatch(texts[at]):
        return None
    end = at + 1
    while end < len(texts) and end - at < _LONGEST and read_head(texts[end]).role in ("words", "value"):
        end += 1
    kinds = [_kind(head) for head in texts[at + 1 : end]]
    if "value" not in kinds:
        return None
    behind = next(k for k, kind in enumerate(reversed(kinds)) if kind != "words")
    form = _Form(1, tuple(kinds[: len(kinds) - behind]), behind)
    placed = [(0, column, 1) for column in range(end - at)]
    row = 1
    while _row_at(texts, end, form):
        width = 1 + len(form.kinds)
        placed += [(row, column, 1) for column in range(width)]
        end += width
        if behind and end < len(texts) and not _row_at(texts, end, form):
            goes_on = end + 1 < len(texts) and _row_at(texts, end + 1, form)
            if goes_on or (_SAYS_WHY.search(texts[end]) and not read_head(texts[end]).role):
                placed.append((row, width, 1))
                end += 1
        row += 1
    return MarkedRows(placed, row, end) if row > 1 else None


def _heads(text: str) -> bool:
    """Whether a cell heads a column of such a form behind the levels."""
    return read_head(text).role in ("words", "value") or _SIGN_HEAD.fullmatch(text) is not None or _is_of_units(text)


def _is_of_units(text: str) -> bool:
    return _UNIT_HEAD.fullmatch(text) is not None


def _kind(head: str) -> str:
    """What stands in a column: ``sign``, ``unit``, ``share``, or what the heading says by itself."""
    if _SIGN_HEAD.fullmatch(head):
        return "sign"
    if _is_of_units(head):
        return "unit"
    return "share" if "权重" in head else read_head(head).role


def _band(heads: Sequence[str]) -> int | None:
    """Which of the headings stands over the last two, where the marks are before these."""
    if len(heads) < 4 or [read_head(head).role for head in heads[-2:]] != ["words", "words"]:
        return None
    if read_head(heads[-3]).role != "value" or not ("目标" in heads[-2] or "指标值" in heads[-2]):
        return None
    return next((k for k, head in enumerate(heads[:-3]) if read_head(head).role == "words"), None)


def _rows(texts: Sequence[str], at: int, row: int, form: _Form, placed: list[Placed]) -> MarkedRows:
    skipped = 0
    lost = False
    while at < len(texts) and skipped < _SKIPPED:
        named = _row_at(texts, at, form)
        if named and (not skipped or named == form.levels or (named > 1 and not lost)):
            skipped, lost = 0, False
            width = named + len(form.kinds)
            placed += [(row, form.levels - named + k, 1) for k in range(width)]
            at += width
            row += 1
            behind = 0
            while behind < form.behind and at < len(texts) and not _begins_row(texts, at, form):
                if names_level(texts[at]):
                    break
                # What stands before the names of the next row: a reason, or a level by a name of its own.
                follows = _begins_row(texts, at + 1, form) or at + 1 == len(texts)
                sure = follows and (
                    at + 1 == len(texts) or names_level(texts[at + 1]) or _SAYS_WHY.search(texts[at]) is not None
                )
                placed.append((row - 1, form.levels + len(form.kinds) + behind if sure else ASIDE, 1))
                at += 1
                behind += 1
                if not follows:
                    break
            continue
        if _TOTAL.fullmatch(texts[at]):
            at, row = _total(texts, at, row, form, placed)
            return MarkedRows(placed, row, at)
        if _NEXT_FORM.search(texts[at]) is not None:
            break
        if read_head(texts[at]).role in ("label", "words", "value") and at + 1 < len(texts) and _heads_on(texts, at):
            break
        lost |= names_level(texts[at])
        placed.append((row, ASIDE, 1))
        row += 1
        skipped += 1
        at += 1
    return MarkedRows(placed[: len(placed) - skipped], row - skipped, at - skipped)


# -- rows whose levels are called as a place likes -------------------------------------------------------------------------


_Row = tuple[int, int]
"""Of a row, how many cells before it are reasons of the row above, and how many names it has."""
_Way = tuple[float, tuple[_Row, ...]]
_MARKS_LEAST = 2
"""Columns of marks that a row is told by; or one, with a target and a result."""
_SURE = 0.5
"""How much less likely any other way to read a row must be."""
_WAYS_MOST = 16
_LEVEL_USUAL, _LEVEL_MOST = 6, 8
_WHY = seldom(
    "[，。；、]|[未不没待因受欠缺致偏较尚无的了被需]|有(?!资产|资本|权|效|机)|滞后|影响|调整|推迟|延[期后误]|改为|[慢晚少低差难长短弱紧]$|.{12}"
    "|^(?:下一步|今后|加[强大快]|强化|完善|改进|优化|尽快|督促|建立|规范|提高|提前|争取|积极|及时|严格|进一步|拟|将)"
)
"""What says why marks were lost, or what is done about it, rather than what is measured."""
_SENTENCE = seldom("[，。；]")


def _whole(texts: Sequence[str], at: int, form: _Form) -> list[tuple[int, int, bool]] | None:
    """All rows of a form down to that of the whole, or to where it ends: reasons before each, its names, and whether any other
    reading is much less likely. None where no way reads them all.
    """
    marks = sum(kind in ("share", "value") for kind in form.kinds)
    if marks < _MARKS_LEAST and (not marks or len(form.kinds) <= _MARKS_LEAST):
        return None
    ways: dict[int, list[_Way]] = {at: [(0.0, ())]}
    ended: list[_Way] = []
    for place in range(at, len(texts) + 1):
        so_far = sorted(ways.pop(place, ()))[:_WAYS_MOST]
        for reasons in range(form.behind + 1 if place > at else 1) if so_far else ():
            begins = place + reasons
            cost = _cost_of_reasons(texts, place, reasons, form) if place > at else 0.0
            if place > at and (begins == len(texts) or (begins < len(texts) and _ends_form(texts, begins))):
                ended += [(paid + cost, (*rows, (reasons, 0))) for paid, rows in so_far]
                continue
            for named in (form.levels,) if place == at else range(1, form.levels + 1):
                more = _cost_of_names(texts, begins, named, form)
                if more is not None:
                    found = ways.setdefault(begins + named + len(form.kinds), [])
                    found += [(paid + cost + more, (*rows, (reasons, named))) for paid, rows in so_far]
    ended.sort()
    return (
        _in_doubt(ended[0][1], [rows for paid, rows in ended[1:] if paid - ended[0][0] < _SURE], form)
        if ended
        else None
    )


def _in_doubt(best: Sequence[_Row], others: Sequence[Sequence[_Row]], form: _Form) -> list[tuple[int, int, bool]]:
    """The rows of a reading, each with whether all others agree on it and on the levels that it has from the rows above."""
    width = len(form.kinds)

    def begins(rows: Sequence[_Row]) -> dict[int, _Row]:
        """Of every row, by where its marks end."""
        found: dict[int, _Row] = {}
        at = 0
        for reasons, named in rows:
            at += reasons + named + width * bool(named)
            found[at if named else -1] = (reasons, named)
        return found

    readings = [begins(rows) for rows in others]
    sure: list[tuple[int, int, bool]] = []
    doubted = 0
    """The names that the next row must have, so that no level is in doubt."""
    for end, row in begins(best).items():
        unlike = [other.get(end, (0, form.levels)) for other in readings if other.get(end) != row]
        if unlike:
            doubted = max(row[1], *(named for _, named in unlike))
        elif row[1] >= doubted:
            doubted = 0
        sure.append((*row, not unlike and row[1] >= doubted))
    return sure


def _ends_form(texts: Sequence[str], at: int) -> bool:
    return (
        _TOTAL.fullmatch(texts[at]) is not None
        or _NEXT_FORM.search(texts[at]) is not None
        or (at + 1 < len(texts) and _heads_on(texts, at))
    )


def _cost_of_reasons(texts: Sequence[str], at: int, reasons: int, form: _Form) -> float:
    """How unlikely it is that so many cells say why the row before them lost marks."""
    if not form.behind:
        return 0.0
    row = texts[at - len(form.kinds) : at]
    marks = [
        float(cell.rstrip("分%")) for cell, kind in zip(row, form.kinds, strict=True) if kind in ("share", "value")
    ]
    lost = marks[-1] < marks[-2] if len(marks) > 1 else None
    if not reasons:
        return 1.25 * (lost is True)
    cost = 2.5 * (lost is False) + (form.behind - reasons) * 0.5
    for cell in texts[at : at + reasons]:
        if names_level(cell):
            cost += 3.0
        elif not _WHY.search(cell):
            cost += 1.0 if len(cell) > _LEVEL_USUAL else 2.0
    return cost


def _cost_of_names(texts: Sequence[str], at: int, named: int, form: _Form) -> float | None:
    """How unlikely it is that a row begins at a place with so many names; None where it cannot."""
    names = texts[at : at + named]
    cells = texts[at + named : at + named + len(form.kinds)]
    after = at + named + len(form.kinds)
    if len(cells) < len(form.kinds) or any(_BEGINS_NO_NAME.match(name) or _TOTAL.fullmatch(name) for name in names):
        return None
    if any(map(_NEXT_FORM.search, (*names, *cells))):
        return None
    ends = after == len(texts)
    if not all(_fits(cell, kind, ends) for cell, kind in zip(cells, form.kinds, strict=True)):
        return None
    cost = 0.5 * (named == form.levels)
    if sum(kind in ("share", "value") for kind in form.kinds) < _MARKS_LEAST:
        said = (_DEGREE.fullmatch(cell) or any(char.isdigit() for char in cell) for cell in cells)
        cost += sum(1.0 for one in said if not one)
    for name in names[:-1]:
        if _SENTENCE.search(name):
            cost += 4.0
        elif not names_level(name):
            usual = len(name) <= _LEVEL_USUAL
            cost += 2.0 if len(name) > _LEVEL_MOST or _WHY.search(name) else 0.5 if usual else 1.0
    return cost + 2.0 * (_SENTENCE.search(names[-1]) is not None)


def _placed_whole(
    texts: Sequence[str], at: int, row: int, form: _Form, placed: list[Placed], rows: Sequence[tuple[int, int, bool]]
) -> MarkedRows:
    """The places of the cells of rows; what is in doubt is in no column."""
    above = True
    for reasons, named, sure in rows:
        behind = form.levels + len(form.kinds)
        placed += [(row - 1, behind + k if sure and above else ASIDE, 1) for k in range(reasons)]
        at += reasons
        if named:
            width = named + len(form.kinds)
            placed += [(row, form.levels - named + k if sure else ASIDE, 1) for k in range(width)]
            at += width
            row += 1
        above = sure
    if at < len(texts) and _TOTAL.fullmatch(texts[at]):
        at, row = _total(texts, at, row, form, placed)
    return MarkedRows(placed, row, at)


def _heads_on(texts: Sequence[str], at: int) -> bool:
    """Whether other headings begin at a place."""
    return _LEVEL_HEAD.fullmatch(texts[at]) is not None and _LEVEL_HEAD.fullmatch(texts[at + 1]) is not None


def _total(texts: Sequence[str], at: int, row: int, form: _Form, placed: list[Placed]) -> tuple[int, int]:
    """The row of the whole: its marks, if it has one for every column of them."""
    columns = [form.levels + k for k, kind in enumerate(form.kinds) if kind in ("share", "value")]
    placed.append((row, 0, 1))
    at += 1
    marks = 0
    while at + marks < len(texts) and _SHARE.fullmatch(texts[at + marks]):
        marks += 1
    placed += [(row, columns[k] if marks == len(columns) else ASIDE, 1) for k in range(marks)]
    return at + marks, row + 1


def _begins_row(texts: Sequence[str], at: int, form: _Form) -> bool:
    return at < len(texts) and (_TOTAL.fullmatch(texts[at]) is not None or _row_at(texts, at, form) > 0)


def _row_at(texts: Sequence[str], at: int, form: _Form) -> int:
    """How many names a row that begins at a place has: as many as can be; 0 where none begins."""
    for named in range(form.levels, 0, -1):
        names = texts[at : at + named]
        cells = texts[at + named : at + named + len(form.kinds)]
        if len(cells) < len(form.kinds) or any(_BEGINS_NO_NAME.match(name) for name in names):
            continue
        if not all(map(_LEVEL.fullmatch, names[:-1])) or _TOTAL.fullmatch(names[-1]):
            continue
        after = at + named + len(form.kinds)
        ends = after == len(texts) or names_level(texts[after])
        if any(map(_NEXT_FORM.search, (*names, *cells))):
            continue
        if all(_fits(cell, kind, ends) for cell, kind in zip(cells, form.kinds, strict=True)):
            return named
    return 0


def _fits(cell: str, kind: str, ends: bool) -> bool:
    """Whether a cell can stand in a column. A target in words is told where marks are, or a level or nothing is behind it."""
    if kind == "sign":
        return _SIGN.fullmatch(cell) is not None
    if kind == "unit":
        return len(cell) <= _UNIT_MAX and not any(char.isdigit() for char in cell) and not _LEVEL.fullmatch(cell)
    if kind == "result":
        kind = "words"
    if kind in ("words", "target"):
        said = (
            kind == "words"
            or ends
            or _DEGREE.fullmatch(cell) is not None
            or any(char.isdigit() for char in cell)
            or _BEGINS_NO_NAME.match(cell) is not None
        )
        return said and _TOTAL.fullmatch(cell) is None and not ("指标" in cell and _LEVEL.fullmatch(cell))
    return (_SHARE if kind == "share" else _MARK).fullmatch(cell) is not None

"""Forms in blocks of which only the cells are left, one a line: 经费控制情况 | 上年决算数 | 本年预算数 | 本年决算数 and its rows.

What a block is called heads the names of its rows, and other blocks have other columns. A row is a name with a figure under
every heading, or a name alone; a block whose only row is named by the block itself has a figure under every heading. Of a row
that lacks some of its figures only the name is placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportparse.barecells import is_figure, may_be_value
from reportparse.headers import read_head
from reportparse.patterns import seldom
from reportparse.stacked import ASIDE, Placed

__all__ = ["Sectioned", "read_sectioned"]


class Sectioned(NamedTuple):
    """The place of every cell down to ``end``, the rows counted from 0, and how many ``rows`` they are."""

    placed: list[Placed]
    rows: int
    end: int


_BLOCK = seldom(
    "(?:财政)?(?:供养|在职|编制)?(?:人员|经费|三公经费|公用经费|项目支出|支出|楼堂馆所|资产)(?:控制|配置|支出|编制)*情况(?:（[^（）]*）?)?"
)
_RATE = seldom("[^，。；]{0,6}控制率?")
_ENDS = seldom(
    "(?:备注|说明|注)(?:[：:].*)?|[^，。]{4,40}表(?:（.{1,12}）)?|附[件表][一二三四五六七八九十\\d]*[：:]?|厉行节约.{0,8}|填表人.*"
)
_WIDEST = 6


def read_sectioned(texts: Sequence[str], at: int) -> Sectioned | None:
    """The blocks that begin at a place; None where none does."""
    placed: list[Placed] = []
    row = figures = 0
    start = at
    while (width := _headings(texts, at)) > 0:
        nameless = _figures(texts, at + width + 1) == width  # 财政供养人员情况 | 编制数 | 实有人数 over 46 | 44
        placed.append((row, 0, 1))
        row += nameless
        first = int(not nameless)
        placed += [(row, first + column, 1) for column in range(width)]
        at += width + 1
        row += 1
        if nameless:
            placed += [(row, column, 1) for column in range(width)]
            at += width
            row += 1
            figures += width
        while at < len(texts) and not _headings(texts, at) and not _ENDS.fullmatch(texts[at]):
            own = int(not may_be_value(texts[at]))
            count = _figures(texts, at + own)
            known = own and count == width
            placed += [(row, 0, 1)] * own
            placed += [(row, column if known else ASIDE, 1) for column in range(1, count + 1)]
            at += own + count
            row += 1
            figures += count if known else 0
    return Sectioned(placed, row, at) if figures and at > start else None


def _headings(texts: Sequence[str], at: int) -> int:
    """How many headings stand behind the name of a block that begins at a place; 0 where none begins."""
    if at >= len(texts) or not _BLOCK.fullmatch(texts[at]):
        return 0
    end = at + 1
    while end < len(texts) and end - at <= _WIDEST and _is_heading(texts[end]):
        end += 1
    return end - at - 1 if end - at > 2 and end < len(texts) and not is_figure(texts[at]) else 0


def _is_heading(text: str) -> bool:
    if is_figure(text):
        return False
    head = read_head(text)
    return head.role == "value" or _RATE.fullmatch(head.label) is not None


def _figures(texts: Sequence[str], at: int) -> int:
    """How many figures stand from a place on."""
    end = at
    while end < len(texts) and may_be_value(texts[end]):
        end += 1
    return end - at

"""Forms of which only the words are left, all in one line with a blank between the cells.

What tells such a line are the form's own words: a self-assessment asks for the same names everywhere, and no sentence has
its headings one after another with blanks between.
"""

from __future__ import annotations

import re

from reportparse.patterns import seldom

__all__ = ["form_at"]

_WORD = re.compile(r"[^ \t　]+")
_OWN = seldom(
    r"(?:项目|专项|政策)名称|(?:项目)?(?:主管|实施)(?:部门|单位)|(?:项目)?资金(?:（万?元）)?|预算执行情况(?:（万?元）)?"
    r"|(?:年初|全年)?预算数(?:（A）)?|(?:全年)?执行数(?:（B）)?|(?:预算)?执行率(?:（.{1,6}）)?|分值|得分|年度(?:财政)?资金总额[：:]?"
    r"|[一二三]级(?:绩效)?指标|(?:年度|年初)?(?:指标|目标)值(?:（A）)?|实际完成(?:值|情况)(?:（B）)?|预期目标|年度(?:总体|绩效)目标"
)
_LEVELS = seldom("[一二三]级(?:绩效)?指标")
_ASKS = seldom("(?:项目|专项|政策)名称[：:]?")
_FIGURE = re.compile(r"[\d,]+(?:\.\d+)?%?")
_OWN_LEAST, _LEVELS_LEAST, _FIGURES_LEAST, _LENGTH_LEAST = 6, 2, 4, 60


def form_at(text: str) -> int | None:
    """Where in a folded line the first cell of a form stands that goes on to its end; None where the line is no form."""
    if len(text) < _LENGTH_LEAST or "级指标" not in text or "|" in text:
        return None
    words = list(_WORD.finditer(text))
    own = [word for word in words if _OWN.fullmatch(word.group())]
    levels = {word.group() for word in own if _LEVELS.fullmatch(word.group())}
    figures = sum(_FIGURE.fullmatch(word.group()) is not None for word in words)
    if len({word.group() for word in own}) < _OWN_LEAST or len(levels) < _LEVELS_LEAST or figures < _FIGURES_LEAST:
        return None  # a line of headings alone among them
    first = next((word for word in words if _ASKS.fullmatch(word.group())), own[0])
    return min(first.start(), own[0].start())

"""What a cell can be of which only the words are left: a figure, nothing, a code, the heading of a column."""

from __future__ import annotations

import re

from reportparse.headers import read_head
from reportparse.patterns import seldom

__all__ = ["CODE", "NOTHING", "is_figure", "kind_of_head", "may_be_value"]

_FIGURE = seldom(r"[-－+]?[¥￥]?\d[\d,，]*(?:\.\d+)?(?:%|[百千万亿]?元|人|名|个|辆|台|次|批|分)?")
NOTHING = seldom(r"[-－—―–/／]{1,4}|无|[*＊×xX]{2,}(?:\.[*＊×xX]+)?")
"""What is printed for nothing, or in the place of what is not told."""
CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
"""A code of the budget classification."""
_RATES = ("execution_rate", "change_rate", "share")


def is_figure(text: str) -> bool:
    """Whether a cell is a number, with its unit or without."""
    return _FIGURE.fullmatch(text) is not None


def may_be_value(text: str) -> bool:
    """Whether a cell can stand in a column of figures."""
    return is_figure(text) or NOTHING.fullmatch(text) is not None


def kind_of_head(text: str) -> str:
    """``value``, ``rate``, ``words``, ``label`` and so on, or nothing for what may be a heading and may be none."""
    head = read_head(text)
    return "rate" if head.role == "value" and head.aspect in _RATES else head.role

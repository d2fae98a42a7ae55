"""What a change of rule packs changes: every fact of a folder that comes out otherwise.

Two readings of one document are compared by place: a fact is the same if its key, value, unit, amount in yuan and span are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportparse.errors import ReadError
from reportparse.model import Fact, Span
from reportparse.packs import Rules
from reportparse.parse import parse
from reportparse.readers import read

__all__ = ["Change", "FileDiff", "compare"]


class Change(NamedTuple):
    """A fact that only the first reading has (``-``) or only the second (``+``)."""

    mark: str
    key: str
    value: str | None
    quote: str | None
    span: Span | None


class FileDiff(NamedTuple):
    """One document: what changed, or why it could not be read (a code of :class:`ReadError`)."""

    name: str
    changes: tuple[Change, ...]
    same: int
    error: str | None


def compare(path: Path, before: Mapping[str, Rules], after: Mapping[str, Rules]) -> FileDiff:
    """One document by two sets of packs.

    Raises:
        PackError: a pattern of a pack is over its time limit.
    """
    try:
        document = read(path)
    except ReadError as error:
        return FileDiff(path.name, (), 0, error.code)
    old = Counter(map(_row, parse(document, packs=before).facts))
    new = Counter(map(_row, parse(document, packs=after).facts))
    lost = [Change("-", *row) for row in (old - new).elements()]
    gained = [Change("+", *row) for row in (new - old).elements()]
    changes = sorted([*lost, *gained], key=_in_order)
    return FileDiff(path.name, tuple(changes), (old & new).total(), None)


def _row(fact: Fact) -> tuple[str, str | None, str | None, Span | None]:
    value = fact.value
    shown = format(value, "f") if isinstance(value, Decimal) else value
    if fact.state not in ("stated", "zero"):
        shown = f"({fact.state})"
    elif fact.unit is not None or fact.yuan is not None:
        said = fact.unit or ""
        shown = f"{shown}{said}" if fact.yuan is None else f"{shown}{said} ({fact.yuan:f}元)"
    return fact.key, shown, fact.quote, fact.span


def _in_order(change: Change) -> tuple[Span, bool, str]:
    return change.span or (-1, -1), change.mark == "+", change.key

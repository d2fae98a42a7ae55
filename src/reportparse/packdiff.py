"""What a change of rule packs changes: every fact of a folder that comes out otherwise.

Two readings of one document are compared by place: a fact is the same if its key, state, value and span are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportparse.errors import ReadError
from reportparse.model import Fact, Span
from reportparse.packs import Rules
from reportparse.parse import parse
from reportparse.readers import read

__all__ = ["Change", "FileDiff", "compare", "documents_in"]


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
    return fact.key, shown if fact.state in ("stated", "zero") else f"({fact.state})", fact.quote, fact.span


def _in_order(change: Change) -> tuple[Span, bool, str]:
    return change.span or (-1, -1), change.mark == "+", change.key


def documents_in(folder: Path) -> Iterator[Path]:
    """Every document under a folder, or the file itself, in the order of their names."""
    if folder.is_file():
        yield folder
        return
    formats = {".txt", ".md", ".pdf", ".docx", ".htm", ".html"}
    yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in formats and p.is_file())

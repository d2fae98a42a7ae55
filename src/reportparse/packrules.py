"""The rules of a pack as its file writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportparse.patterns import Searcher, compile_pattern

__all__ = ["ANYWHERE", "PACK_ID", "ColumnRule", "Example", "Field", "Rules", "Section", "TableReader", "TableRule"]

ANYWHERE = "anywhere"
PACK_ID = re.compile(r"cn(?:-(?P<region>\d{2,6}))?(?:\.(?P<kind>[a-z_]+))?(?:\.(?P<year>\d{4}))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One rule: which labels mean ``concept`` here.

    ``member`` fixes the member; ``breakdown_of`` says that the items listed under that concept are members of this
    one; ``fund`` fixes the axis, ``basis`` that of money of which the words do not say it (下达 is ``budget``); ``with_fund``
    holds only where the label names a fund. ``take`` is how a text concept
    is taken: ``items`` of a numbered list, ``paragraphs`` of the section, ``names`` of bodies around a noun, or the
    ``clause`` after a label. ``named`` makes the words in front of the label the member (机要通信 in 机要通信用车), for
    a project without such words the one that the heading or the report is about, and with ``own`` only that one; with ``breakdown_of`` every item of
    the list is a member by its name. ``follows`` are concepts: the latest fact of one of them in the section gives its
    member, and without one the rule does not hold. ``cross`` is an axis whose value stands in the label. ``units`` are
    the units that the number may have. ``not_after`` and ``only_if`` are patterns on the sentence up to the number.
    """

    concept: str
    labels: tuple[str, ...] = ()
    member: str | None = None
    breakdown_of: str | None = None
    fund: str | None = None
    with_fund: bool = False
    take: str | None = None
    named: bool = False
    own: bool = False
    basis: str | None = None
    follows: tuple[str, ...] = ()
    cross: str | None = None
    units: tuple[str, ...] = ()
    not_after: str | None = None
    only_if: str | None = None
    pack: str = ""
    trusted: bool = False

    @property
    def conditional(self) -> bool:
        """Whether the rule asks for more than its label: a unit, a name, or words around it."""
        return bool(self.units or self.not_after or self.only_if or self.with_fund or self.follows or self.named)

    @property
    def rule(self) -> str:
        return f"{self.pack}:{self.concept}"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the pack author's own, the facts it states and the quantities that stay unclaimed."""

    text: str
    facts: tuple[str, ...]
    unclaimed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A role, the headings that open it, and the rules that hold under it."""

    role: str
    headings: tuple[str, ...]
    fund: str | None
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    pack: str


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What the headings of a column, where one of ``labels`` ends one, say of its figures in words that the grammar does not know:
    the ``basis`` (年初盘子 is ``budget``), or the ``aspect`` (花出率 is ``execution_rate``).
    """

    labels: tuple[str, ...]
    basis: str | None
    aspect: str | None


@dataclass(frozen=True, slots=True)
class TableRule:
    """How a table, or a group of its columns, is read.

    It is for tables whose title one of ``titles`` is found in and none of ``unless``, and for columns that stand under
    one of ``heads``; with ``first`` the title counts before the headings. ``rows`` and ``columns`` are the concepts whose
    members they name, ``total`` is what 合计 is. Labels that mean something by themselves are told by ``fields``, then by
    the rules of the section ``role``, then by those that hold anywhere. Where ``names`` are given, each row is a record (a
    project, an indicator) that the columns under these headings name, and ``fields`` say what its other columns are.
    ``says`` tells what headings say of basis and aspect in words of their own.
    """

    titles: tuple[str, ...]
    heads: tuple[str, ...]
    unless: tuple[str, ...]
    first: bool
    role: str | None
    total: str | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    names: tuple[str, ...]
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    pack: str
    trusted: bool = False

    @property
    def rule(self) -> str:
        """How the rule is called in a fact that is no record's."""
        return f"{self.pack}:{self.total or (self.rows or self.columns or ('table',))[0]}"


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """One pack file as written. Compared by identity: a pack is read once."""

    id: str
    version: str
    extends: str | None
    expects: tuple[str, ...]
    title: str | None
    headings: tuple[str, ...]
    sections: tuple[Section, ...]
    tables: tuple[TableRule, ...]
    columns: tuple[ColumnRule, ...]
    checks: Mapping[str, Any]
    """What its [checks] says, as it stands in the file."""
    sha256: str
    file: str
    trusted: bool = False

    @property
    def region(self) -> str | None:
        return _part_of_id(self.id, "region")

    @property
    def kind(self) -> str | None:
        return _part_of_id(self.id, "kind")

    @property
    def year(self) -> str | None:
        return _part_of_id(self.id, "year")


@lru_cache(maxsize=1024)
def _part_of_id(id: str, part: str) -> str | None:
    match = PACK_ID.fullmatch(id)
    return match.group(part) if match else None


class TableReader:
    """A rule for tables with its patterns, compiled when first needed."""

    __slots__ = ("_patterns", "rule")

    def __init__(self, rule: TableRule) -> None:
        self.rule = rule
        self._patterns: dict[str, Searcher | None] = {}

    def in_title(self, title: str) -> bool:
        """Whether the rule is for a table of this title."""
        return self._matches("titles", title) and not self._matches("unless", title)

    def may_be(self, title: str) -> bool:
        """Whether a title, which a table may not have, does not speak against the rule."""
        if not title:
            return True
        return (not self.rule.titles or self._matches("titles", title)) and not self._matches("unless", title)

    def in_heads(self, words: str, title: str) -> bool:
        """Whether the rule is for a column under this heading of a table of this title."""
        return self._matches("heads", words) and not self._matches("unless", title)

    def names_record(self, words: str) -> bool:
        """Whether a column with this heading names the record of its row."""
        return self._matches("names", words)

    def labelled(self, label: str) -> Field | None:
        """The rule of a table without records whose label ends a label."""
        if self.rule.names:
            return None
        for number, field in enumerate(self.rule.fields):
            if self._found(f"ends{number}", tuple(f"(?:{source})$" for source in field.labels), label):
                return field
        return None

    def field_of(self, label: str) -> Field | None:
        """What a column with this heading holds of a record."""
        for number, field in enumerate(self.rule.fields):
            if self._found(f"field{number}", field.labels, label):
                return field
        return None

    def _matches(self, name: str, text: str) -> bool:
        return self._found(name, getattr(self.rule, name), text)

    def _found(self, name: str, sources: tuple[str, ...], text: str) -> bool:
        if name not in self._patterns:
            whole = "|".join(f"(?:{source})" for source in sources)
            whole = (
                f"(?:{whole})" if name in ("titles", "unless", "heads") or name.startswith("ends") else f"^(?:{whole})$"
            )
            self._patterns[name] = compile_pattern(whole, self.rule.trusted) if sources else None
        pattern = self._patterns[name]
        return pattern is not None and pattern.search(text) is not None

"""Rule packs: what headings and labels mean in a kind of document, a province, a year.

A pack is TOML (``packs/*.toml``, or a file of the user's own). It names sections by role and the headings that open
them, and in each the labels that mean a concept there. It holds no number pattern, no arithmetic and no condition.
Patterns are regular expressions over the normalised text (see :mod:`reportparse.text`): Chinese punctuation and
brackets in full width, digits and letters in half width, no spaces, and no quotation marks in labels.

A label pattern is matched at the **end** of a printed label, since a Chinese noun phrase has its head last:
``本年收入`` finds 某局本年收入. What is left over in front must be a word that does not change the meaning.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from reportparse.concepts import Concepts, load_concepts
from reportparse.datafiles import data_path
from reportparse.errors import PackError
from reportparse.packfile import BYTES_AT_MOST, read_rules
from reportparse.packrules import ANYWHERE, ColumnRule, Example, Field, Rules, Section, TableReader, TableRule
from reportparse.patterns import Searcher, compile_pattern

__all__ = [
    "ANYWHERE",
    "Example",
    "Field",
    "ResolvedPack",
    "Rules",
    "Section",
    "TableReader",
    "TableRule",
    "lineage",
    "load_packs",
    "resolve",
]


_HEADING_TAIL = r"(?:的|情况|说明|规模|(?:收支)?增减(?:变化|变动)?|表|分析|公开|决算|预算|（.{1,12}）)*\Z"


_THIS_YEAR = re.compile(r"[当本]年(?=(?:财政)?拨款|(?:基本|项目)?支出|收入|收支)")
"""Says nothing of what a heading is about: 一般公共预算当年支出, 政府性基金预算本年收支."""

ANY_UNIT = "*"
"""Asked for where no number is printed: 未安排出国团组."""


class _Group:
    """Rules whose labels are tried in one pattern, each with its place in the pack."""

    __slots__ = ("_pattern", "rules")

    def __init__(self, rules: tuple[tuple[int, Field], ...]) -> None:
        self.rules = rules
        self._pattern: Searcher | None = None

    def applies(self, unit: str | None) -> bool:
        units = self.rules[0][1].units
        return not units or unit in units or unit == ANY_UNIT

    @property
    def pattern(self) -> Searcher:
        if self._pattern is None:
            labels = ("|".join(f"(?:{label})" for label in rule.labels) for _, rule in self.rules)
            alternatives = "|".join(f"(?P<r{i}>{label})" for i, label in enumerate(labels))
            trusted = all(rule.trusted for _, rule in self.rules)
            self._pattern = compile_pattern(f"(?:{alternatives})\\Z", trusted)
        return self._pattern


class ResolvedPack:
    """A pack with everything that it extends, the nearest first; patterns are compiled when first needed."""

    __slots__ = (
        "_breakdowns",
        "_cache",
        "_column",
        "_columns",
        "_eligible",
        "_groups_asked",
        "_heading",
        "_headings",
        "_roles",
        "_sections",
        "_units",
        "chain",
        "checks",
        "concepts",
        "expects",
        "id",
        "sha256",
        "tables",
        "version",
    )

    def __init__(self, chain: Sequence[Rules], concepts: Concepts) -> None:
        self.chain = tuple(chain)
        self.id = chain[0].id
        self.version = chain[0].version
        self.sha256 = hashlib.sha256("".join(rules.sha256 for rules in chain).encode()).hexdigest()
        self.concepts = concepts
        self.expects = tuple(dict.fromkeys(concept for rules in chain for concept in rules.expects))
        self._sections: dict[str, tuple[Field, ...]] = {}
        self._roles: dict[str, str | None] = {}
        headings: list[tuple[str, str]] = []
        for rules in chain:
            for section in rules.sections:
                self._sections[section.role] = self._sections.get(section.role, ()) + section.fields
                headings.extend((section.role, pattern) for pattern in section.headings)
                if section.fund is not None and self._roles.get(section.role) is None:
                    self._roles[section.role] = section.fund
        self._breakdowns = {
            role: tuple(f for f in fields if f.breakdown_of is not None) for role, fields in self._sections.items()
        }
        self.checks = tuple(rules.checks for rules in chain if rules.checks)
        self.tables = tuple(TableReader(rule) for rules in chain for rule in rules.tables)
        self._columns = tuple(column for rules in chain for column in rules.columns)
        self._column: Searcher | None = None
        self._headings = headings
        self._units = frozenset(unit for fields in self._sections.values() for f in fields for unit in f.units)
        self._heading: Searcher | None = None
        self._eligible: dict[tuple[str, str], list[_Group]] = {}
        self._groups_asked: dict[tuple[str, frozenset[str], str | None], list[_Group]] = {}
        self._cache: dict[object, Any] = {}

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(self._sections)

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """``(role, pattern)`` in order of priority."""
        return tuple(self._headings)

    def fields(self, role: str) -> tuple[Field, ...]:
        """The rules of a role, in order of priority."""
        return self._sections.get(role, ())

    def breakdowns(self, role: str) -> tuple[Field, ...]:
        """Those of them that say what the items listed under a concept are members of."""
        return self._breakdowns.get(role, ())

    def fund(self, role: str) -> str | None:
        return self._roles.get(role)

    def role_of(self, title: str) -> str | None:
        """The role of a heading, or None. The heading's own words must end as a pattern does; 情况 and 说明 may follow, 当年 stand in them."""
        if not self._headings:
            return None
        key = ("heading", title)
        if key not in self._cache:
            match = self._heading_pattern().search(_THIS_YEAR.sub("", title))
            self._remember(key, self._headings[int(match.lastgroup[1:])][0] if match and match.lastgroup else None)
        return self._cache[key]  # type: ignore[no-any-return]

    def column_of(self, label: str) -> ColumnRule | None:
        """What a heading says of the figures under it in words that only a pack knows."""
        if not self._columns:
            return None
        if self._column is None:
            ends = "|".join(f"(?P<c{k}>{'|'.join(f'(?:{p})' for p in c.labels)})" for k, c in enumerate(self._columns))
            self._column = compile_pattern(f"(?:{ends})\\Z", all(rules.trusted for rules in self.chain))
        match = self._column.search(label)
        return self._columns[int(match.lastgroup[1:])] if match is not None and match.lastgroup else None

    def find(
        self, role: str, kinds: frozenset[str], unit: str | None, label: str, without: tuple[Field, ...] = ()
    ) -> tuple[Field, str] | None:
        """The rule of ``role`` whose label ends ``label``, for a concept of one of ``kinds`` and a number in ``unit``:
        the rule and the words left over in front. The longest label wins, then the rule that stands first. ``without``
        are rules that a guard has ruled out.
        """
        special = self._special(unit)
        key = (role, kinds, special, label, without)
        if key not in self._cache:
            best: tuple[int, int, Field] | None = None  # words left over, place in the pack, rule
            for group in self._asked(role, kinds, special):
                match = group.pattern.search(label)
                if match is not None and match.lastgroup is not None:
                    place, rule = group.rules[int(match.lastgroup[1:])]
                    if rule not in without and (best is None or (match.start(), place) < best[:2]):
                        best = (match.start(), place, rule)
            self._remember(key, (best[2], label[: best[0]]) if best is not None else None)
        return self._cache[key]  # type: ignore[no-any-return]

    def claiming(
        self, roles: tuple[str, ...], kinds: frozenset[str], unit: str | None, label: str
    ) -> tuple[tuple[int, str], ...]:
        """Of several roles those that may have a rule for a label, each with its place among them. Mostly none has."""
        key = (roles, kinds, self._special(unit), label)
        found: tuple[tuple[int, str], ...] | None = self._cache.get(key)
        if found is None:
            found = tuple(
                (place, role) for place, role in enumerate(roles)
                if self.breakdowns(role) or self.find(role, kinds, unit, label) is not None
            )  # fmt: skip
            self._remember(key, found)
        return found

    def _special(self, unit: str | None) -> str | None:
        """A unit as far as any rule asks for it."""
        return unit if unit in self._units or unit == ANY_UNIT else None

    def _asked(self, role: str, kinds: frozenset[str], unit: str | None) -> list[_Group]:
        """The groups of a role that a number of one of ``kinds`` in ``unit`` is asked of."""
        key = (role, kinds, unit)
        groups = self._groups_asked.get(key)
        if groups is None:
            groups = [group for kind in kinds for group in self._groups(role, kind) if group.applies(unit)]
            self._groups_asked[key] = groups
        return groups

    def _groups(self, role: str, kind: str) -> list[_Group]:
        """The labelled rules of a role for concepts of one kind: those without a condition together, every other alone.

        So each label is compiled once, whatever numbers it is asked for.
        """
        groups = self._eligible.get((role, kind))
        if groups is None:
            rules = [
                (place, f) for place, f in enumerate(self.fields(role))
                if f.labels and not f.take and not f.breakdown_of and self.concepts[f.concept].kind == kind
            ]  # fmt: skip
            plain = tuple((place, f) for place, f in rules if not f.conditional)
            groups = [_Group(plain)] if plain else []
            groups.extend(_Group(((place, f),)) for place, f in rules if f.conditional)
            self._eligible[role, kind] = groups
        return groups

    def _heading_pattern(self) -> Searcher:
        if self._heading is None:
            alternatives = "|".join(f"(?P<r{i}>(?:{source}))" for i, (_, source) in enumerate(self._headings))
            trusted = all(rules.trusted for rules in self.chain)
            self._heading = compile_pattern(f"(?:{alternatives}){_HEADING_TAIL}", trusted)
        return self._heading

    def _remember(self, key: object, value: object) -> None:
        # Labels recur from report to report; the bound keeps a worker's memory flat over an archive.
        if len(self._cache) >= 20_000:
            self._cache.clear()
        self._cache[key] = value


def load_packs(files: Iterable[str | os.PathLike[str]] = (), *, examples: bool = True) -> Mapping[str, Rules]:
    """The built-in packs and those in ``files``, by id. Parsing a document needs no ``examples``: those of the built-in
    packs are then passed over, which is most of reading them.

    Raises:
        PackError: a file is not a valid pack, or two packs share an id.
    """
    packs = dict(_builtin(examples))
    for file in files:
        name = os.path.basename(file)
        if os.path.exists(file) and not os.path.isfile(file):
            raise PackError("RP-PACK-006", "规则包不是普通文件", "a pack must be a regular file", file=name)
        try:
            with open(file, "rb") as opened:
                data = opened.read(BYTES_AT_MOST + 1)
        except OSError as error:
            raise PackError(
                "RP-PACK-006",
                f"读不到规则包：{error.strerror}",
                f"cannot read the pack: {error.strerror}",
                file=name,
            ) from error
        rules = read_rules(data, name)
        if rules.id in packs:
            raise PackError(
                "RP-PACK-007", f"规则包编号重复：{rules.id}（另见 {packs[rules.id].file}）", f"pack id {rules.id} is also in {packs[rules.id].file}",
                file=name,
            )  # fmt: skip
        packs[rules.id] = rules
    for rules in packs.values():
        lineage(rules, packs)
    return packs


@cache
def _builtin(examples: bool) -> Mapping[str, Rules]:
    packs: dict[str, Rules] = {}
    for name in sorted(os.listdir(data_path("packs"))):
        if name.endswith(".toml"):
            with open(data_path("packs", name), "rb") as file:
                rules = read_rules(file.read(), name, trusted=True, examples=examples)
            packs[rules.id] = rules
    return packs


def lineage(rules: Rules, packs: Mapping[str, Rules]) -> list[Rules]:
    """A pack and those that it extends, up to the base.

    Raises:
        PackError: one of them extends a pack that is not among ``packs``, or they go round in a circle.
    """
    chain = [rules]
    while chain[-1].extends is not None:
        parent = packs.get(chain[-1].extends)
        if parent is None or parent in chain:
            wrong = "circle" if parent is not None else "unknown pack"
            raise PackError(
                "RP-PACK-005", f"extends 指向{'循环' if parent else '不存在的规则包'}：{chain[-1].extends}",
                f"extends: {wrong} {chain[-1].extends!r}", file=chain[-1].file,
            )  # fmt: skip
        chain.append(parent)
    return chain


def resolve(pack_id: str, packs: Mapping[str, Rules]) -> ResolvedPack:
    """``pack_id`` with everything that it extends.

    Raises:
        PackError: there is no such pack.
    """
    if pack_id not in packs:
        raise PackError("RP-PACK-006", f"没有这个规则包：{pack_id}", f"no such pack: {pack_id}")
    chain = lineage(packs[pack_id], packs)
    return _resolved(tuple(chain))


@cache
def _resolved(chain: tuple[Rules, ...]) -> ResolvedPack:
    return ResolvedPack(chain, load_concepts())

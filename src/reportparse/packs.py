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
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from reportparse.concepts import Concepts, load_concepts
from reportparse.errors import PackError

__all__ = ["Choice", "Example", "Field", "ResolvedPack", "Rules", "Section", "choose", "load_packs", "resolve"]

ANYWHERE = "anywhere"
_ID = re.compile(r"cn(?:-(?P<region>\d{2,6}))?(?:\.(?P<kind>[a-z_]+))?(?:\.(?P<year>\d{4}))?")
_TAKES = ("items", "paragraphs", "names", "clause")


@dataclass(frozen=True, slots=True)
class Field:
    """One rule: which labels mean ``concept`` here.

    ``member`` fixes the member; ``breakdown_of`` says that the items listed under that concept are members of this
    one; ``fund`` fixes the axis; ``with_fund`` holds only where the label names a fund. ``take`` is how a text concept
    is taken: ``items`` of a numbered list, ``paragraphs`` of the section, ``names`` or the ``clause`` after a label.
    ``named`` makes the words in front of the label the member (机要通信 in 机要通信用车). ``units`` are the units that
    the number may have. ``not_after`` and ``only_if`` are patterns on the sentence up to the number.
    """

    concept: str
    labels: tuple[str, ...] = ()
    member: str | None = None
    breakdown_of: str | None = None
    fund: str | None = None
    with_fund: bool = False
    take: str | None = None
    named: bool = False
    units: tuple[str, ...] = ()
    not_after: str | None = None
    only_if: str | None = None
    pack: str = ""

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
    sha256: str
    file: str

    @property
    def region(self) -> str | None:
        match = _ID.fullmatch(self.id)
        return match.group("region") if match else None

    @property
    def kind(self) -> str | None:
        match = _ID.fullmatch(self.id)
        return match.group("kind") if match else None

    @property
    def year(self) -> str | None:
        match = _ID.fullmatch(self.id)
        return match.group("year") if match else None


class ResolvedPack:
    """A pack with everything that it extends, the nearest first; patterns are compiled when first needed."""

    __slots__ = ("_cache", "_eligible", "_headings", "_patterns", "_roles", "_sections", "_units", "chain", "concepts", "expects", "id", "sha256", "version")

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
        self._headings = headings
        self._units = frozenset(unit for fields in self._sections.values() for f in fields for unit in f.units)
        self._patterns: dict[object, re.Pattern[str] | None] = {}
        self._eligible: dict[object, list[Field]] = {}
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

    def fund(self, role: str) -> str | None:
        return self._roles.get(role)

    def role_of(self, title: str) -> str | None:
        """The role of a heading, or None. The heading's own words must end as a pattern does; 情况 and 说明 may follow."""
        if not self._headings:
            return None
        key = ("heading", title)
        if key not in self._cache:
            pattern = self._compiled(
                "headings", lambda: (f"(?:{source})" for _, source in self._headings), r"(?:的|情况|说明|表|分析|公开|决算|预算|（.{1,12}）)*\Z"
            )
            match = pattern.search(title) if pattern is not None else None
            self._remember(key, self._headings[int(match.lastgroup[1:])][0] if match and match.lastgroup else None)
        return self._cache[key]  # type: ignore[no-any-return]

    def find(
        self, role: str, kinds: frozenset[str], unit: str | None, label: str, without: tuple[Field, ...] = ()
    ) -> tuple[Field, str] | None:
        """The rule of ``role`` whose label ends ``label``, for a concept of one of ``kinds`` and a number in ``unit``:
        the rule and the words left over in front. The longest label wins, then the rule that stands first. ``without``
        are rules that a guard has ruled out.
        """
        special = unit if unit in self._units else None
        key = (role, kinds, special, label, without)
        if key not in self._cache:
            which = (role, kinds, special, without)
            fields = self._eligible.get(which)
            if fields is None:
                fields = self._eligible[which] = [
                    f for f in self.fields(role)
                    if f.labels and not f.take and self.concepts[f.concept].kind in kinds and (not f.units or special in f.units)
                    and f not in without
                ]  # fmt: skip
            pattern = self._compiled(which, lambda: ("|".join(f"(?:{p})" for p in f.labels) for f in fields), r"\Z") if fields else None
            match = pattern.search(label) if pattern is not None else None
            found = (fields[int(match.lastgroup[1:])], label[: match.start()]) if match and match.lastgroup else None
            self._remember(key, found)
        return self._cache[key]  # type: ignore[no-any-return]

    def _compiled(self, key: object, sources: Any, tail: str) -> re.Pattern[str] | None:
        if key not in self._patterns:
            parts = [f"(?P<r{i}>{source})" for i, source in enumerate(sources())]
            self._patterns[key] = re.compile(f"(?:{'|'.join(parts)}){tail}") if parts else None
        return self._patterns[key]

    def _remember(self, key: object, value: object) -> None:
        # Labels recur from report to report; the bound keeps a worker's memory flat over an archive.
        if len(self._cache) >= 20_000:
            self._cache.clear()
        self._cache[key] = value


@dataclass(frozen=True, slots=True)
class Choice:
    """The pack that reads a document, and why."""

    pack: ResolvedPack
    why: tuple[str, ...]


def load_packs(files: Iterable[str | Path] = ()) -> Mapping[str, Rules]:
    """The built-in packs and those in ``files``, by id.

    Raises:
        PackError: a file is not a valid pack, or two packs share an id.
    """
    packs = dict(_builtin())
    for file in files:
        path = Path(file)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise PackError("RP-PACK-006", f"读不到规则包：{error.strerror}", f"cannot read the pack: {error.strerror}", file=path.name) from error
        rules = read_rules(data, path.name)
        if rules.id in packs:
            raise PackError(
                "RP-PACK-007", f"规则包编号重复：{rules.id}（另见 {packs[rules.id].file}）", f"pack id {rules.id} is also in {packs[rules.id].file}",
                file=path.name,
            )  # fmt: skip
        packs[rules.id] = rules
    for rules in packs.values():
        _chain(rules, packs)
    return packs


@cache
def _builtin() -> Mapping[str, Rules]:
    packs: dict[str, Rules] = {}
    folder = resources.files("reportparse") / "packs"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            rules = read_rules(entry.read_bytes(), entry.name)
            packs[rules.id] = rules
    return packs


def _chain(rules: Rules, packs: Mapping[str, Rules]) -> list[Rules]:
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
    chain = _chain(packs[pack_id], packs)
    return _resolved(tuple(chain))


@cache
def _resolved(chain: tuple[Rules, ...]) -> ResolvedPack:
    return ResolvedPack(chain, load_concepts())


def choose(packs: Mapping[str, Rules], title: str, headings: Sequence[str], province: str | None, year: int | None) -> Choice:
    """Ask every pack; the best claim wins. Two equal claims are both reported, and what they share, their base, is used."""
    claims: list[tuple[tuple[int, int, int], Rules, tuple[str, ...]]] = []
    for rules in packs.values():
        why: list[str] = []
        score = [0, 0, 0]
        if rules.region is not None:
            if province is None or not province.startswith(rules.region[:2]):
                continue
            score[1] += 2
            why.append(f"region {rules.region}")
        if rules.year is not None:
            if str(year) != rules.year:
                continue
            score[1] += 1
            why.append(f"year {rules.year}")
        if rules.title is not None:
            if not re.search(rules.title, title):
                continue
            score[0] += 2
            why.append(f"title matches {rules.title}")
        elif rules.kind is not None:
            continue
        if rules.headings:
            there = sum(any(re.search(pattern, heading) for heading in headings) for pattern in rules.headings)
            if there == 0 and rules.region is not None:
                continue
            score[2] = round(100 * there / len(rules.headings))
            why.append(f"{there} of {len(rules.headings)} headings")
        claims.append(((score[0], score[1], score[2]), rules, tuple(why)))
    if not claims:
        base = next(iter(packs.values()))
        return Choice(resolve("cn" if "cn" in packs else base.id, packs), ("no pack claims this document",))
    best = max(score for score, _, _ in claims)
    winners = [(rules, why) for score, rules, why in claims if score == best]
    if len(winners) == 1:
        rules, why = winners[0]
        return Choice(resolve(rules.id, packs), why or ("base pack",))
    chains = [[r.id for r in _chain(rules, packs)] for rules, _ in winners]
    shared = next((i for i in chains[0] if all(i in other for other in chains[1:])), "cn")
    return Choice(resolve(shared, packs), (f"equal claims: {', '.join(rules.id for rules, _ in winners)}; their base is used",))


# -- reading a pack file ----------------------------------------------------------------------------------------------


def read_rules(data: bytes, file: str) -> Rules:
    """One pack from the bytes of its file.

    Raises:
        PackError: with file, rule and, where it is known, line and column.
    """
    return _RulesReader(data, file).read()


class _RulesReader:
    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.text = ""
        self.id = ""

    def read(self) -> Rules:
        try:
            self.text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise PackError("RP-PACK-001", "规则包须为 UTF-8 编码", "a pack must be UTF-8", file=self.file) from error
        try:
            raw = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"line (\d+), column (\d+)", str(error))
            line = int(place.group(1)) if place else None
            raise PackError(
                "RP-PACK-001", f"不是合法的 TOML：{error}", f"not TOML: {error}", file=self.file, line=line,
                column=int(place.group(2)) if place else None, source=self._line(line),
            ) from error  # fmt: skip
        head = self._table(raw, "pack")
        self._only(raw, ("pack", ANYWHERE, "section"), "")
        self._only(head, ("id", "version", "extends", "expects", "applies"), "pack")
        self.id = self._text(head, "id", "pack") or ""
        if _ID.fullmatch(self.id) is None:
            self._fail("RP-PACK-002", f"编号不合规则：{self.id!r}", f"bad pack id {self.id!r}: cn[-REGION][.KIND][.YEAR]", self.id)
        applies = self._table(head, "applies", required=False)
        self._only(applies, ("title", "headings"), "applies")
        expects = self._texts(head, "expects", "pack")
        for concept in expects:
            self._concept(concept)
        title = self._text(applies, "title", "applies", required=False)
        headings = self._texts(applies, "headings", "applies")
        for pattern in (*headings, *([title] if title else ())):
            self._pattern(pattern)
        sections: list[Section] = []
        if ANYWHERE in raw:
            sections.append(self._section(self._table(raw, ANYWHERE), ANYWHERE))
        for entry in self._tables(raw, "section"):
            role = self._text(entry, "role", "section") or ""
            sections.append(self._section(entry, role))
        return Rules(
            id=self.id,
            version=self._text(head, "version", "pack", required=False) or "0",
            extends=self._text(head, "extends", "pack", required=False),
            expects=expects,
            title=title,
            headings=headings,
            sections=tuple(sections),
            sha256=hashlib.sha256(self.data).hexdigest(),
            file=self.file,
        )

    def _section(self, entry: Mapping[str, Any], role: str) -> Section:
        allowed = ("examples", "field") if role == ANYWHERE else ("role", "headings", "fund", "examples", "field")
        self._only(entry, allowed, role)
        concepts = load_concepts()
        if role != ANYWHERE and role not in concepts.roles:
            self._fail("RP-PACK-003", f"没有这个章节角色：{role}", f"unknown section role {role!r}", role)
        headings = self._texts(entry, "headings", role)
        for pattern in headings:
            self._pattern(pattern)
        fund = self._text(entry, "fund", role, required=False)
        if fund is not None and fund not in concepts.funds:
            self._fail("RP-PACK-003", f"没有这种资金：{fund}", f"unknown fund {fund!r}", fund)
        return Section(
            role=role,
            headings=headings,
            fund=fund,
            fields=tuple(self._field(f, role) for f in self._tables(entry, "field")),
            examples=tuple(self._example(e, role) for e in self._tables(entry, "examples")),
            pack=self.id,
        )

    def _field(self, entry: Mapping[str, Any], role: str) -> Field:
        where = f"{role}.field"
        self._only(
            entry, ("concept", "labels", "member", "breakdown_of", "fund", "with_fund", "take", "named", "units", "not_after", "only_if"),
            where,
        )
        concept = self._text(entry, "concept", where) or ""
        self._concept(concept)
        concepts = load_concepts()
        labels = self._texts(entry, "labels", where)
        guards = {name: self._text(entry, name, where, required=False) for name in ("not_after", "only_if")}
        for pattern in (*labels, *(g for g in guards.values() if g)):
            self._pattern(pattern)
        member = self._text(entry, "member", where, required=False)
        if member is not None and not concepts.has_member(concept, member):
            self._fail("RP-PACK-003", f"{concept} 没有这个成员：{member}", f"{concept} has no member {member!r}", member)
        fund = self._text(entry, "fund", where, required=False)
        if fund is not None and fund not in concepts.funds:
            self._fail("RP-PACK-003", f"没有这种资金：{fund}", f"unknown fund {fund!r}", fund)
        breakdown = self._text(entry, "breakdown_of", where, required=False)
        if breakdown is not None:
            self._concept(breakdown.partition("[")[0])
        take = self._text(entry, "take", where, required=False)
        if take is not None and take not in _TAKES:
            self._fail("RP-PACK-002", f"take 只能是 {'、'.join(_TAKES)}", f"take must be one of {', '.join(_TAKES)}", take)
        if not labels and breakdown is None and take not in ("items", "paragraphs"):
            self._fail("RP-PACK-002", f"{concept} 的规则缺少 labels", f"the rule for {concept} has no labels", concept)
        for flag in ("with_fund", "named"):
            if not isinstance(entry.get(flag, False), bool):
                self._fail("RP-PACK-002", f"{flag} 只能是 true 或 false", f"{flag} must be true or false", flag)
        return Field(
            concept=concept, labels=labels, member=member, breakdown_of=breakdown, fund=fund, with_fund=entry.get("with_fund", False), take=take,
            named=entry.get("named", False), units=self._texts(entry, "units", where),
            not_after=guards["not_after"], only_if=guards["only_if"], pack=self.id,
        )  # fmt: skip

    def _example(self, entry: Mapping[str, Any], role: str) -> Example:
        where = f"{role}.examples"
        self._only(entry, ("text", "facts", "unclaimed"), where)
        return Example(
            text=self._text(entry, "text", where) or "",
            facts=self._texts(entry, "facts", where, required=True),
            unclaimed=self._texts(entry, "unclaimed", where),
        )

    # Small checked accessors: each names what is wrong and points at the place.

    def _table(self, raw: Mapping[str, Any], key: str, required: bool = True) -> Mapping[str, Any]:
        value = raw.get(key)
        if value is None and not required:
            return {}
        if not isinstance(value, dict):
            self._fail("RP-PACK-002", f"缺少 [{key}]", f"[{key}] is missing or not a table", key)
        return value  # type: ignore[return-value]

    def _tables(self, raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self._fail("RP-PACK-002", f"{key} 应为表的数组", f"{key} must be an array of tables", key)
        return value

    def _text(self, raw: Mapping[str, Any], key: str, where: str, required: bool = True) -> str | None:
        value = raw.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or not value:
            self._fail("RP-PACK-002", f"{where} 缺少 {key}，或其值不是文字", f"{where}: {key} is missing or not a string", key)
        return value

    def _texts(self, raw: Mapping[str, Any], key: str, where: str, required: bool = False) -> tuple[str, ...]:
        value = raw.get(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            self._fail("RP-PACK-002", f"{where}.{key} 应为文字的数组", f"{where}: {key} must be an array of strings", key)
        return tuple(value)  # type: ignore[arg-type]

    def _only(self, raw: Mapping[str, Any], allowed: Sequence[str], where: str) -> None:
        for key in raw:
            if key not in allowed:
                self._fail("RP-PACK-002", f"{where or '顶层'} 不认识的键：{key}", f"unknown key {key!r} in {where or 'the pack'}", key)

    def _concept(self, concept: str) -> None:
        if concept not in load_concepts():
            self._fail("RP-PACK-003", f"没有这个指标：{concept}", f"unknown concept {concept!r}", concept)

    def _pattern(self, pattern: str) -> None:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            self._fail(
                "RP-PACK-004", f"正则表达式有误：{error.msg}", f"bad pattern: {error.msg}", pattern, offset=error.pos or 0
            )
        if compiled.groupindex:
            self._fail("RP-PACK-004", "规则中不用命名分组", "named groups are not for packs", pattern)

    def _line(self, number: int | None) -> str | None:
        lines = self.text.splitlines()
        return lines[number - 1] if number is not None and 0 < number <= len(lines) else None

    def _fail(self, code: str, reason: str, reason_en: str, token: str, offset: int = 0) -> None:
        """Raise, pointing at the first place where ``token`` stands in the file."""
        at = self.text.find(token)
        line = column = None
        if at >= 0:
            line = self.text.count("\n", 0, at) + 1
            column = at - (self.text.rfind("\n", 0, at) + 1) + 1 + offset
        raise PackError(code, reason, reason_en, file=self.file, line=line, column=column, source=self._line(line))

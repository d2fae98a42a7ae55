"""Reading a rule pack from its TOML file, with errors that point at the place.

Over 400 lines because every key of a pack is checked here, one accessor after the other.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

from reportparse.checkrules import term_of
from reportparse.concepts import load_concepts
from reportparse.errors import PackError
from reportparse.packrules import ANYWHERE, PACK_ID, ColumnRule, Example, Field, Rules, Section, TableRule
from reportparse.patterns import compile_pattern

__all__ = ["BYTES_AT_MOST", "read_rules"]

_EXAMPLES = re.compile(r"^\[\[(?:anywhere|section|table)\.examples\]\]\n(?:(?!\[).*\n?)*", re.MULTILINE)
_TABLE_HEADER = re.compile(r"^\s*\[", re.MULTILINE)
_TAKES = ("items", "paragraphs", "names", "clause", "reasons")
_CROSSES = ("grade",)
_FIELD_KEYS = (
    "concept", "labels", "member", "breakdown_of", "fund", "with_fund", "take", "named", "own", "basis", "follows", "cross",
    "units", "not_after", "only_if",
)  # fmt: skip
_TABLE_FIELD_KEYS = ("concept", "labels", "member", "fund", "basis")
_TABLE_KEYS = ("titles", "heads", "unless", "first", "role", "total", "rows", "columns", "names", "field", "examples")
_ASPECTS = ("share", "change", "change_rate", "execution_rate")
_RELATED = ("sum", "balance", "headcount")
_THRESHOLDS = ("deviations", "about", "full_marks")
_BASES = ("budget", "adjusted_budget", "actual")

BYTES_AT_MOST = 1 << 20
"""Of a pack, at most: ten times the largest of the built-in ones."""
_LONG_KEY = re.compile(r"""(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){20}""")
"""A key of so many parts, which costs the square of their number; no pack has one of more than three."""
_DEPTH, _COUNT = 20, 1000
_COUNTED = re.compile(r"(?<=[{,])\d{4,}(?=[,}])")
_FLAGS = re.compile(r"\(\?[aiLmsux]+\)")
"""At the beginning of a pattern; anywhere else no engine takes them."""
_BRACKETS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()]")
"""What opens and closes groups, and what only looks so."""


def read_rules(data: bytes, file: str, *, trusted: bool = False, examples: bool = True) -> Rules:
    """One pack from the bytes of its file. Of a ``trusted`` pack, one that the tests have checked, patterns are not compiled
    before they are needed, and without ``examples`` its examples are not read: that would be most of the time it takes
    to start.

    Raises:
        PackError: with file, rule and, where it is known, line and column.
    """
    return _RulesReader(data, file, trusted, examples or not trusted).read()


class _RulesReader:
    def __init__(self, data: bytes, file: str, trusted: bool, examples: bool) -> None:
        self.data = data
        self.trusted = trusted
        self.examples = examples
        self.file = file
        self.text = ""
        self.id = ""
        self._places: dict[str, Iterator[int]] = {}
        self._from, self._to = 0, 0

    def _enter(self, header: str) -> None:
        """The table being read is the next ``[header]`` of the file: faults are looked for from there to the next header."""
        if self.trusted:
            return
        if header not in self._places:
            found = re.finditer(rf"^\s*(\[\[?{re.escape(header)}\]\]?)", self.text, re.MULTILINE)
            self._places[header] = (match.start(1) for match in found)
        place = next(self._places[header], None)
        if place is not None:
            self._from = place
            after = _TABLE_HEADER.search(self.text, self._from + 1)
            self._to = after.start() if after is not None else len(self.text)

    def read(self) -> Rules:
        try:
            self.text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise PackError("RP-PACK-001", "规则包须为 UTF-8 编码", "a pack must be UTF-8", file=self.file) from error
        if len(self.data) > BYTES_AT_MOST:
            raise PackError(
                "RP-PACK-001",
                f"规则包超过 {BYTES_AT_MOST} 字节",
                f"a pack of more than {BYTES_AT_MOST} bytes",
                file=self.file,
            )
        if not self.trusted and _LONG_KEY.search(self.text):
            raise PackError("RP-PACK-001", "TOML 嵌套过深", "not TOML: nested too deep", file=self.file)
        try:
            raw = tomllib.loads(self.text if self.examples else _EXAMPLES.sub("", self.text))
        except RecursionError as error:
            raise PackError("RP-PACK-001", "TOML 嵌套过深", "not TOML: nested too deep", file=self.file) from error
        except ValueError as error:  # TOMLDecodeError, and what a number of thousands of digits raises
            place = re.search(r"line (\d+), column (\d+)", str(error))
            line = int(place.group(1)) if place else None
            raise PackError(
                "RP-PACK-001", f"不是合法的 TOML：{error}", f"not TOML: {error}", file=self.file, line=line,
                column=int(place.group(2)) if place else None, source=self._line(line),
            ) from error  # fmt: skip
        self._to = len(self.text)
        head = self._table(raw, "pack")
        self._only(raw, ("pack", ANYWHERE, "section", "table", "column", "checks"), "")
        self._enter("pack")
        self._only(head, ("id", "version", "extends", "expects", "applies"), "pack")
        self.id = self._text(head, "id", "pack") or ""
        if PACK_ID.fullmatch(self.id) is None:
            self._fail(
                "RP-PACK-002",
                f"编号不合规则：{self.id!r}",
                f"bad pack id {self.id!r}: cn[-REGION][.KIND][.YEAR]",
                self.id,
            )
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
            self._enter(ANYWHERE)
            sections.append(self._section(self._table(raw, ANYWHERE), ANYWHERE))
        for entry in self._tables(raw, "section"):
            self._enter("section")
            role = self._text(entry, "role", "section") or ""
            sections.append(self._section(entry, role))
        tables: list[TableRule] = []
        for entry in self._tables(raw, "table"):
            self._enter("table")
            tables.append(self._table_rule(entry))
        return Rules(
            id=self.id,
            version=self._text(head, "version", "pack", required=False) or "0",
            extends=self._text(head, "extends", "pack", required=False),
            expects=expects,
            title=title,
            headings=headings,
            sections=tuple(sections),
            tables=tuple(tables),
            columns=tuple(self._column(entry) for entry in self._tables(raw, "column")),
            checks=self._checks(self._table(raw, "checks", required=False)),
            sha256=hashlib.sha256(self.data).hexdigest(),
            file=self.file,
            trusted=self.trusted,
        )

    def _checks(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        """What holds of checks where this pack is used: those that are skipped, thresholds, bands of grades, relations."""
        self._enter("checks")
        self._only(entry, ("skip", *_THRESHOLDS, "grades", "relations"), "checks")
        relations = self._tables(entry, "relations")
        base = load_concepts().checks
        known = {*base["codes"], *(rule["name"] for rule in base["relations"])}
        known |= {rule.get("name") for rule in relations} | set(base["codes"].values())
        for name in self._texts(entry, "skip", "checks"):
            if name not in known:
                self._fail("RP-PACK-003", f"没有这种核对：{name}", f"unknown check {name!r}", name)
        for key in _THRESHOLDS:
            if key in entry and not (_is_number(entry[key]) and entry[key] > 0):
                self._fail("RP-PACK-002", f"checks.{key} 应为正数", f"checks: {key} must be a number above 0", key)
        if "grades" in entry:
            self._bands(self._table(entry, "grades"), base["grades"])
        for rule in relations:
            self._enter("checks.relations")
            self._relation(rule)
        return entry

    def _bands(self, grades: Mapping[str, Any], known: Mapping[str, Any]) -> None:
        """Bands of grades: each a grade that the grammar knows, from a mark up to below another, no two over the same marks."""
        self._enter("checks.grades")
        for grade, band in grades.items():
            if grade not in known:
                self._fail(
                    "RP-PACK-003", f"没有这个等级：{grade}（可用：{'、'.join(known)}）", f"unknown grade {grade!r}: one of {', '.join(known)}", grade
                )  # fmt: skip
            if not (isinstance(band, list) and len(band) == 2 and all(map(_is_number, band)) and band[0] < band[1]):
                self._fail(
                    "RP-PACK-002", f"checks.grades.{grade} 应为 [下限, 上限]", f"checks: grade {grade} must be [from, below]", grade
                )  # fmt: skip
        bands = sorted({(low, high): grade for grade, (low, high) in grades.items()}.items())
        for ((_, high), one), ((low, _), other) in pairwise(bands):
            if low < high:
                self._fail(
                    "RP-PACK-002", f"checks.grades：{one} 与 {other} 重叠", f"checks: the bands of {one} and {other} overlap", other
                )  # fmt: skip

    def _relation(self, rule: Mapping[str, Any]) -> None:
        """A relation that is declared: all it names is known."""
        where = "checks.relations"
        self._only(rule, ("name", "check", "total", "parts", "scope", "unless"), where)
        self._text(rule, "name", where)
        for key, allowed in (("check", _RELATED), ("scope", ("table", "prose"))):
            said = self._text(rule, key, where, required=key == "check")
            if said is not None and said not in allowed:
                self._fail(
                    "RP-PACK-002", f"{where}.{key} 应为 {'、'.join(allowed)} 之一", f"{where}: {key} must be one of {', '.join(allowed)}", said
                )  # fmt: skip
        terms = [self._text(rule, "total", where) or "", *self._texts(rule, "parts", where, required=True)]
        terms += [said] if (said := self._text(rule, "unless", where, required=False)) is not None else []
        concepts = load_concepts()
        for term in terms:
            for concept, member in term_of(term).names:
                self._concept(concept)
                if member is not None and not concepts.has_member(concept, member):
                    self._fail(
                        "RP-PACK-003",
                        f"{concept} 没有这个成员：{member}",
                        f"{concept} has no member {member!r}",
                        member,
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

    def _table_rule(self, entry: Mapping[str, Any]) -> TableRule:
        self._only(entry, _TABLE_KEYS, "table")
        concepts = load_concepts()
        patterns = {name: self._texts(entry, name, "table") for name in ("titles", "heads", "unless", "names")}
        for pattern in (pattern for found in patterns.values() for pattern in found):
            self._pattern(pattern)
        role = self._text(entry, "role", "table", required=False)
        if role is not None and role not in concepts.roles:
            self._fail("RP-PACK-003", f"没有这个章节角色：{role}", f"unknown section role {role!r}", role)
        total = self._text(entry, "total", "table", required=False)
        if total is not None:
            self._concept(total.partition("[")[0])
        members = {name: self._texts(entry, name, "table") for name in ("rows", "columns")}
        for concept in (*members["rows"], *members["columns"]):
            self._concept(concept)
            if not concepts[concept].members and concepts[concept].classes is None:
                self._fail(
                    "RP-PACK-003",
                    f"{concept} 没有成员，不能是行或列",
                    f"{concept} has no members for rows or columns",
                    concept,
                )
        if not isinstance(entry.get("first", False), bool):
            self._fail("RP-PACK-002", "first 只能是 true 或 false", "first must be true or false", "first")
        if not patterns["titles"] and not patterns["heads"] and not patterns["names"]:
            self._fail(
                "RP-PACK-002",
                "表格规则须有 titles、heads 或 names",
                "a rule for tables needs titles, heads or names",
                "table",
            )
        for field in self._tables(entry, "field"):
            self._only(field, _TABLE_FIELD_KEYS, "table.field")
        fields = tuple(self._field(f, "table") for f in self._tables(entry, "field"))
        if patterns["names"] and not fields:
            self._fail("RP-PACK-002", "有 names 须有 field", "names without a field", "names")
        if patterns["names"] and any(field.basis for field in fields):
            self._fail(
                "RP-PACK-002",
                "记录的 basis 由列标题决定：用 [[column]]",
                "a record's basis is its column's: use [[column]]",
                "basis",
            )
        return TableRule(
            titles=patterns["titles"], heads=patterns["heads"], unless=patterns["unless"], first=entry.get("first", False), role=role,
            total=total, rows=members["rows"], columns=members["columns"], names=patterns["names"], fields=fields,
            examples=tuple(self._example(e, "table") for e in self._tables(entry, "examples")), pack=self.id, trusted=self.trusted,
        )  # fmt: skip

    def _column(self, entry: Mapping[str, Any]) -> ColumnRule:
        self._enter("column")
        self._only(entry, ("labels", "basis", "aspect"), "column")
        labels = self._texts(entry, "labels", "column", required=True)
        for pattern in labels:
            self._pattern(pattern)
        said = {name: self._text(entry, name, "column", required=False) for name in ("basis", "aspect")}
        for name, allowed in (("basis", _BASES), ("aspect", _ASPECTS)):
            if said[name] is not None and said[name] not in allowed:
                self._fail(
                    "RP-PACK-002",
                    f"{name} 只能是 {'、'.join(allowed)}",
                    f"{name} must be one of {', '.join(allowed)}",
                    said[name] or name,
                )
        if said["basis"] is None and said["aspect"] is None:
            self._fail("RP-PACK-002", "column 须有 basis 或 aspect", "a column says a basis or an aspect", "labels")
        return ColumnRule(labels, said["basis"], said["aspect"])

    def _field(self, entry: Mapping[str, Any], role: str) -> Field:
        where = f"{role}.field"
        self._enter(f"{role}.field" if role in (ANYWHERE, "table") else "section.field")
        self._only(entry, _FIELD_KEYS, where)
        concept = self._text(entry, "concept", where) or ""
        self._concept(concept)
        concepts = load_concepts()
        labels = self._texts(entry, "labels", where)
        guards = {name: self._text(entry, name, where, required=False) for name in ("not_after", "only_if")}
        for pattern in (*labels, *(g for g in guards.values() if g)):
            self._pattern(pattern)
        member = self._text(entry, "member", where, required=False)
        if member is not None and not concepts.has_member(concept, member):
            self._fail(
                "RP-PACK-003", f"{concept} 没有这个成员：{member}", f"{concept} has no member {member!r}", member
            )
        fund = self._text(entry, "fund", where, required=False)
        if fund is not None and fund not in concepts.funds:
            self._fail("RP-PACK-003", f"没有这种资金：{fund}", f"unknown fund {fund!r}", fund)
        basis = self._text(entry, "basis", where, required=False)
        if basis is not None and basis not in _BASES:
            self._fail(
                "RP-PACK-002", f"basis 只能是 {'、'.join(_BASES)}", f"basis must be one of {', '.join(_BASES)}", basis
            )
        breakdown = self._text(entry, "breakdown_of", where, required=False)
        if breakdown is not None:
            self._concept(breakdown.partition("[")[0])
        follows = self._texts(entry, "follows", where)
        for followed in follows:
            self._concept(followed)
        cross = self._text(entry, "cross", where, required=False)
        if cross is not None and cross not in _CROSSES:
            self._fail(
                "RP-PACK-002",
                f"cross 只能是 {'、'.join(_CROSSES)}",
                f"cross must be one of {', '.join(_CROSSES)}",
                cross,
            )
        take = self._text(entry, "take", where, required=False)
        if take is not None and take not in _TAKES:
            self._fail(
                "RP-PACK-002", f"take 只能是 {'、'.join(_TAKES)}", f"take must be one of {', '.join(_TAKES)}", take
            )
        if not labels and breakdown is None and take not in ("items", "paragraphs"):
            self._fail("RP-PACK-002", f"{concept} 的规则缺少 labels", f"the rule for {concept} has no labels", concept)
        for flag in ("with_fund", "named", "own"):
            if not isinstance(entry.get(flag, False), bool):
                self._fail("RP-PACK-002", f"{flag} 只能是 true 或 false", f"{flag} must be true or false", flag)
        return Field(
            concept=concept, labels=labels, member=member, breakdown_of=breakdown, fund=fund, with_fund=entry.get("with_fund", False), take=take,
            named=entry.get("named", False), own=entry.get("own", False), basis=basis, follows=follows, cross=cross, units=self._texts(entry, "units", where),
            not_after=guards["not_after"], only_if=guards["only_if"], pack=self.id, trusted=self.trusted,
        )  # fmt: skip

    def _example(self, entry: Mapping[str, Any], role: str) -> Example:
        where = f"{role}.examples"
        self._enter(f"{role}.examples" if role in (ANYWHERE, "table") else "section.examples")
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
        return list(value)

    def _text(self, raw: Mapping[str, Any], key: str, where: str, required: bool = True) -> str | None:
        value = raw.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or not value:
            self._fail(
                "RP-PACK-002", f"{where} 缺少 {key}，或其值不是文字", f"{where}: {key} is missing or not a string", key
            )
        return value

    def _texts(self, raw: Mapping[str, Any], key: str, where: str, required: bool = False) -> tuple[str, ...]:
        value = raw.get(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
            self._fail(
                "RP-PACK-002",
                f"{where}.{key} 应为非空文字的数组",
                f"{where}: {key} must be an array of strings that are not empty",
                key,
            )
        return tuple(value)  # type: ignore[arg-type]

    def _only(self, raw: Mapping[str, Any], allowed: Sequence[str], where: str) -> None:
        for key in raw:
            if key not in allowed:
                self._fail(
                    "RP-PACK-002",
                    f"{where or '顶层'} 不认识的键：{key}",
                    f"unknown key {key!r} in {where or 'the pack'}",
                    key,
                )

    def _concept(self, concept: str) -> None:
        if concept not in load_concepts():
            self._fail("RP-PACK-003", f"没有这个指标：{concept}", f"unknown concept {concept!r}", concept)

    def _pattern(self, pattern: str) -> None:
        if self.trusted:
            return
        if _depth(pattern) > _DEPTH or any(int(count) > _COUNT for count in _COUNTED.findall(pattern)):
            self._fail(
                "RP-PACK-004",
                f"正则表达式嵌套超过 {_DEPTH} 层，或重复超过 {_COUNT} 次",
                f"a pattern nested more than {_DEPTH} deep, or that counts beyond {_COUNT}",
                pattern,
            )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # what another version of the engine will read otherwise
                compiled = re.compile(pattern)
        except (re.error, FutureWarning, DeprecationWarning) as error:
            said = getattr(error, "msg", str(error))
            self._fail(
                "RP-PACK-004",
                f"正则表达式有误：{said}",
                f"bad pattern: {said}",
                pattern,
                offset=getattr(error, "pos", None) or 0,
            )
        compile_pattern(pattern, False)
        if _FLAGS.match(pattern):
            self._fail(
                "RP-PACK-004",
                "规则的正则表达式与别的合在一起，不能用全局标志；请写作 (?i:…)",
                "global flags, in a pattern that is joined to others; write (?i:…)",
                pattern,
            )
        if compiled.groupindex:
            self._fail("RP-PACK-004", "规则中不用命名分组", "named groups are not for packs", pattern)

    def _line(self, number: int | None) -> str | None:
        lines = self.text.splitlines()
        return lines[number - 1] if number is not None and 0 < number <= len(lines) else None

    def _fail(self, code: str, reason: str, reason_en: str, token: str, offset: int = 0) -> None:
        """Raise, pointing at where ``token`` stands in the table being read, or at the table's header."""
        body = max(self.text.find("\n", self._from), self._from)
        quoted = [self.text.find(f"{mark}{token}{mark}", body, self._to) + 1 for mark in "'\""]
        at = next((place for place in quoted if place), self.text.find(token, body, self._to))
        if at < 0:
            at, offset = self._from, 0  # nothing to point at but the table that lacks it
        line = self.text.count("\n", 0, at) + 1
        column = at - (self.text.rfind("\n", 0, at) + 1) + 1 + offset
        raise PackError(code, reason, reason_en, file=self.file, line=line, column=column, source=self._line(line))


def _depth(pattern: str) -> int:
    """How deep the groups of a pattern stand in one another."""
    deepest = depth = 0
    for bracket in _BRACKETS.findall(pattern):
        depth += {"(": 1, ")": -1}.get(bracket, 0)
        deepest = max(deepest, depth)
    return deepest


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)

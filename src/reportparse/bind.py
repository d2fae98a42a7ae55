"""Mentions → facts, by the rule packs: headings and labels → concept and member.

Nothing here knows a digit, a unit's printed form or a province. A mention is claimed once (twice only where its
sentence says one number of two things); what no rule claims is returned as unclaimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportparse.classes import find_economic, find_function
from reportparse.concepts import Concept, Concepts
from reportparse.layout import Block
from reportparse.mentions import Reading
from reportparse.model import Compared
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANYWHERE, Field, ResolvedPack

__all__ = ["Bound", "TextFact", "bind", "bind_text"]


class Bound(NamedTuple):
    """One mention bound to one concept; indexes refer to readings and to this list."""

    reading: int
    concept: Concept
    member: str | None
    member_code: str | None
    label: str
    fund: str | None
    basis: str | None
    period: str | None
    compared: Compared | None
    of: str | None
    base: int | None
    part_of: int | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]


class TextFact(NamedTuple):
    """A piece of text bound to a concept: its place in the normalised text and its value."""

    concept: Concept
    member: str | None
    value: str
    start: int
    end: int
    node: int
    rule: str


_KINDS: dict[str, frozenset[str]] = {
    "amount": frozenset({"amount"}),
    "headcount": frozenset({"headcount", "count"}),
    "count": frozenset({"count", "headcount", "measure"}),
    "percentage": frozenset({"percentage"}),
    "score": frozenset({"score"}),
    "measure": frozenset({"measure"}),
    "grade": frozenset({"grade"}),
    "number": frozenset({"count", "headcount", "score"}),
}
_TEN_THOUSANDS = frozenset({"amount"})
_ANY_NUMBER = frozenset({"amount", "headcount", "count", "percentage", "score", "measure"})

# What may stand before a label without changing what it says: who, when, and verbs.
_NEUTRAL = re.compile(
    r"(?:^|.*?)(?:我|本|全|该|其|各|市|县|区|省|乡|镇|州)?(?:部门|单位|局|委|办|院|校|中心|会|馆|站|厅|所|机关|街道|系统|协会|政府|公司|学校|医院|联合会|委员会|办公室)?(?:\d{4})?"
    r"(?:年度?|年末|年底|年初|当年|本年度?|全年|全部|期末|截至|目前|现|实际|经|核定|共|共有|现有|实有|编制|涉及|安排|批复|下达|发生|完成|使用|取得|实现|评价|综合|整体|各项|项目"
    r"|总的|的|总|为|有|一般|严格|控制|支出|开支|列支|其中|另有|财政|预算|决算|部门|单位|机构|独立|用于|设有?|包括|人员|国内|年|公务)?$"
)
_MODIFIERS = re.compile(r"(?:项目|基本|专项|其他|上年|年初|年末|下属|所属|人均|平均|上级|结转|减少|增加|节约|追加|配套|自筹|社会|外单位|部分|扣除)$")
_LONG_ENOUGH = 4
_BRACKETED = re.compile(r"（[^（）]*）")
_ASSUMED = Decimal("0.9")
_CERTAIN = Decimal("1.0")


def bind(
    readings: Sequence[Reading],
    text: str,
    outline: Outline,
    roles: Sequence[str | None],
    pack: ResolvedPack,
    kind: str,
    year: int | None,
) -> list[Bound]:
    """Bind what the pack's rules claim. ``roles[n]`` is the role of outline node ``n``."""
    binder = _Binder(readings, text, outline, roles, pack, kind, year)
    for index in range(len(readings)):
        binder.bind(index)
    return binder.bound


class _Match(NamedTuple):
    concept: Concept
    member: str | None
    code: str | None
    fund: str | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]
    part_of: int | None


class _Binder:
    def __init__(
        self,
        readings: Sequence[Reading],
        text: str,
        outline: Outline,
        roles: Sequence[str | None],
        pack: ResolvedPack,
        kind: str,
        year: int | None,
    ) -> None:
        self.readings = readings
        self.text = text
        self.outline = outline
        self.roles = roles
        self.pack = pack
        self.concepts: Concepts = pack.concepts
        self.is_budget = kind == "budget"
        self.year = year
        self.bound: list[Bound] = []
        self.of_reading: dict[int, list[int]] = {}
        self.breakdown_in_list: dict[int, Concept] = {}
        self._scopes: dict[int, tuple[str, ...]] = {}

    # -- where a rule is looked up --------------------------------------------------------------------------------------

    def scopes(self, block: int) -> tuple[str, ...]:
        """The roles whose rules hold at a block: its section's, the enclosing ones', then those that hold anywhere."""
        node = self.outline.owner[block]
        if node not in self._scopes:
            found: list[str] = []
            at = node
            while at != ROOT:
                role = self.roles[at]
                if role is not None and role not in found:
                    found.append(role)
                at = self.outline.nodes[at].parent
            self._scopes[node] = (*found, ANYWHERE)
        return self._scopes[node]

    def section_fund(self, scopes: Sequence[str]) -> str | None:
        return next((fund for fund in map(self.pack.fund, scopes) if fund is not None), None)

    # -- one reading ----------------------------------------------------------------------------------------------------

    def bind(self, index: int) -> None:
        reading = self.readings[index]
        if reading.where == "table" or "glossary" in self.scopes(reading.block):
            return
        if reading.belongs is not None:
            for at in self.of_reading.get(reading.belongs, ()):
                self._inherit(index, reading, at)
            return
        if reading.aspect != "value" and reading.labels == ("",):
            return
        for label in reading.labels:
            match = self._match(reading, label)
            if match is not None and not (reading.optional and match.confidence < _CERTAIN):
                self._claim(index, reading, label, match)

    def _inherit(self, index: int, reading: Reading, at: int) -> None:
        owner = self.bound[at]
        compared = self._compared(reading, owner.basis, owner.period, owner.concept)
        base: int | None = at
        of: str | None = None
        if reading.aspect == "share":
            base = owner.part_of
            base, of = self._share_base(reading, base)
        self._append(
            index,
            Bound(
                index, owner.concept, owner.member, owner.member_code, owner.label, owner.fund, owner.basis, owner.period, compared, of,
                base, owner.part_of, owner.rule, owner.confidence, owner.notes,
            ),
        )  # fmt: skip

    def _share_base(self, reading: Reading, part_of: int | None) -> tuple[int | None, str | None]:
        """The total that a share is of: the list's own, or the one that its words name (占收入合计的)."""
        if not reading.share_of:
            return part_of, None
        match = self._labelled(reading.share_of, self.scopes(reading.block), frozenset({"amount"}), reading)
        if match is None:
            return part_of, None
        if part_of is not None and self.bound[part_of].concept is match.concept and self.bound[part_of].member == match.member:
            return part_of, None
        name = match.concept.id if match.member is None else f"{match.concept.id}[{match.member}]"
        if part_of is not None and _same_side(self.bound[part_of].concept.id, match.concept.id):
            return part_of, None
        for at in range(len(self.bound) - 1, -1, -1):
            entry = self.bound[at]
            if (
                entry.concept is match.concept
                and entry.member == match.member
                and self.readings[entry.reading].aspect == "value"
                and entry.fund == (match.fund or ("all" if match.concept.fund_open else None))
            ):
                return at, name
        return None, name

    def _claim(self, index: int, reading: Reading, label: str, match: _Match) -> None:
        concept = match.concept
        scopes = self.scopes(reading.block)
        numeric = concept.kind not in ("text", "date", "grade")
        fund: str | None = None
        if concept.fund_open:
            fund = match.fund or "all"
            if match.fund is None and match.part_of is not None:
                fund = self.bound[match.part_of].fund or "all"
            elif match.fund is None and match.part_of is None:
                fund = self.section_fund(scopes) or "all"
        basis: str | None = None
        if numeric:
            basis = "actual"
            if concept.money:
                basis = reading.basis or ("budget" if self.is_budget else "actual")
                if reading.basis is None and match.part_of is not None:
                    basis = self.bound[match.part_of].basis
        period: str | None = None
        if numeric:
            period = reading.period or (str(self.year) if self.year is not None else None)
            if reading.period is None and match.part_of is not None:
                period = self.bound[match.part_of].period
        compared = self._compared(reading, basis, period, concept)
        base: int | None = None
        of: str | None = None
        if reading.aspect == "share":
            base, of = self._share_base(reading, match.part_of)
        elif reading.aspect != "value":
            base = self._value_of(concept, match.member, fund, basis, period)
        self._append(
            index,
            Bound(
                index, concept, match.member, match.code, label, fund, basis, period, compared, of, base, match.part_of, match.rule,
                match.confidence, match.notes,
            ),
        )  # fmt: skip
        if match.part_of is not None and reading.list_id is not None:
            self.breakdown_in_list.setdefault(reading.list_id, concept)

    def _append(self, index: int, bound: Bound) -> None:
        self.of_reading.setdefault(index, []).append(len(self.bound))
        self.bound.append(bound)

    def _value_of(self, concept: Concept, member: str | None, fund: str | None, basis: str | None, period: str | None) -> int | None:
        for at in range(len(self.bound) - 1, -1, -1):
            entry = self.bound[at]
            if (
                entry.concept is concept and entry.member == member and entry.fund == fund and entry.basis == basis
                and entry.period == period and self.readings[entry.reading].aspect == "value"
            ):  # fmt: skip
                return at
        return None

    def _compared(self, reading: Reading, basis: str | None, period: str | None, concept: Concept) -> Compared | None:
        """What the change or rate is against; last year on the same basis where the sentence does not say."""
        if reading.aspect not in ("change", "change_rate", "execution_rate"):
            return None
        against, on = reading.compared or (None, None)
        last = str(int(period) - 1) if period is not None and period.isdigit() else "unknown"
        if reading.aspect == "execution_rate":
            return Compared(period or "unknown", on or "budget")
        if against == "same":
            return Compared(period or "unknown", on or "budget")
        return Compared(against or last, (on if concept.money else None) or basis or "actual")

    # -- what a label means ---------------------------------------------------------------------------------------------

    def _match(self, reading: Reading, label: str) -> _Match | None:
        scopes = self.scopes(reading.block)
        kinds = self._kinds(reading)
        listed = self._member_of_list(reading, label, scopes, kinds)
        if listed is not None:
            return listed
        return self._labelled(label, scopes, kinds, reading)

    def _kinds(self, reading: Reading) -> frozenset[str]:
        quantity = reading.quantity
        if reading.aspect == "share":
            return _ANY_NUMBER
        if reading.aspect != "value":
            return frozenset({"amount", "headcount", "count"}) if quantity.kind == "percentage" else _KINDS.get(quantity.kind, _ANY_NUMBER)
        if quantity.state == "none":
            return _KINDS["count"] if reading.threshold is not None else _ANY_NUMBER
        if quantity.kind == "number" and quantity.unit in ("万", "亿"):
            return _TEN_THOUSANDS
        return _KINDS.get(quantity.kind, frozenset())

    def _member_of_list(self, reading: Reading, label: str, scopes: Sequence[str], kinds: frozenset[str]) -> _Match | None:
        """An item of an open list is a member of what the list breaks down."""
        heads = self.of_reading.get(reading.head, []) if reading.head is not None else []
        if reading.role == "reason":
            heads = []
        for at in heads:
            head = self.bound[at]
            for rule in self._breakdowns(head.concept.id, head.member, scopes):
                concept = self.concepts[rule.concept]
                if concept.kind not in kinds and not (concept.kind == "headcount" and "count" in kinds):
                    continue
                if concept.id == head.concept.id and head.member is not None:
                    continue
                member = self._member(concept, label)
                if member is not None:
                    id, code, confidence, notes = member
                    return _Match(concept, id, code, None, rule.rule, confidence, notes, at)
            if head.member is None and head.concept.members and reading.aspect == "value" and head.concept.kind in kinds:
                member = self._member(head.concept, label)
                if member is not None:
                    id, code, confidence, notes = member
                    return _Match(head.concept, id, code, None, head.rule, confidence, notes, at)
        if heads and not reading.loose and reading.list_id in self.breakdown_in_list and 2 <= len(label) <= 20:
            # Its neighbours are members of one breakdown: so is this one, under its printed name.
            concept = self.breakdown_in_list[reading.list_id]
            direct = self._labelled(label, scopes, kinds, reading)
            if direct is None and concept.kind in kinds and reading.aspect == "value":
                note = "member by the company it keeps"
                return _Match(concept, _plain_member(label), None, None, self.bound[heads[0]].rule, _ASSUMED, (note,), heads[0])
        return None

    def _breakdowns(self, concept: str, member: str | None, scopes: Sequence[str]) -> list[Field]:
        name = concept if member is None else f"{concept}[{member}]"
        return [f for scope in scopes for f in self.pack.fields(scope) if f.breakdown_of == name]

    def _member(self, concept: Concept, label: str) -> tuple[str, str | None, Decimal, tuple[str, ...]] | None:
        """A member's id, the code printed with it, and how sure the reading is."""
        if concept.classes is not None:
            found = (find_function if concept.classes == "functions" else find_economic)(label, self.year)
            return (found.id, found.code, _CERTAIN, ()) if found is not None else None
        hit = concept.member_of(label) or concept.member_of(_BRACKETED.sub("", label))
        if hit is None:
            return None
        sure = _sureness(hit[1], len(label) - len(hit[1]), label)
        return (hit[0], None, *sure) if sure is not None else None

    def _labelled(self, label: str, scopes: Sequence[str], kinds: frozenset[str], reading: Reading) -> _Match | None:
        """The rule whose label ends this one, nearest section first; then with the fund's words taken out."""
        if not label:
            return None
        plain = _without_basis(label)
        named = self.concepts.fund_in(plain)
        for candidate in dict.fromkeys((label, plain, _BRACKETED.sub("", plain))):
            match = self._by_label(candidate, scopes, kinds, reading, None)
            if match is not None and not (named is not None and match.concept.fund_open and match.member is None):
                return match
        if named is not None:
            fund, rest = named
            return self._by_label(rest, scopes, kinds, reading, fund)
        return None

    def _by_label(
        self, label: str, scopes: Sequence[str], kinds: frozenset[str], reading: Reading, fund: str | None
    ) -> _Match | None:
        for scope in scopes:
            hit = self.pack.find(scope, kinds, label)
            if hit is None:
                continue
            rule, left = hit
            if (rule.with_fund and fund is None) or not self._allowed(rule, reading):
                continue
            concept = self.concepts[rule.concept]
            if fund is not None and not concept.fund_open:
                fund = None
            member = rule.member
            confidence, notes = _CERTAIN, ()
            if member is None and concept.members:
                qualified = self._member_before(concept, label, left)
                if qualified is not None:
                    return _Match(concept, qualified, None, rule.fund or fund, rule.rule, _CERTAIN, (), self._parent(reading, concept))
            sure = _sureness(left, len(label) - len(left), label)
            if sure is None:
                continue
            confidence, notes = sure
            return _Match(concept, member, None, rule.fund or fund, rule.rule, confidence, notes, self._parent(reading, concept))
        for scope in scopes:
            if scope == ANYWHERE:
                continue
            for rule in self.pack.fields(scope):
                if rule.breakdown_of is None or self.concepts[rule.concept].kind not in kinds or reading.role == "reason":
                    continue
                member_hit = self._member(self.concepts[rule.concept], label)
                if member_hit is not None and fund is None:
                    id, code, confidence, notes = member_hit
                    return _Match(self.concepts[rule.concept], id, code, None, rule.rule, confidence, notes, None)
        return None

    def _member_before(self, concept: Concept, label: str, left: str) -> str | None:
        """A member named before the label: 参公 before 编制, 国内 before 公务接待费; or inside it: 国内公务接待批次."""
        hit = concept.member_of(left) if left else None
        if hit is not None and _sureness(hit[1], _LONG_ENOUGH, left) is not None:
            return hit[0]
        for member, aliases in concept.members.items():
            if any(re.match(alias, label[len(left) :]) for alias in aliases):
                return member
        return None

    def _parent(self, reading: Reading, concept: Concept) -> int | None:
        """The total that the list names, where it is of the same family of concepts."""
        heads = self.of_reading.get(reading.head, []) if reading.head is not None and reading.role != "reason" else []
        family = concept.id.partition(".")[0]
        return next((at for at in heads if self.bound[at].concept.id.partition(".")[0] == family), None)

    def _allowed(self, rule: Field, reading: Reading) -> bool:
        if rule.not_after is None and rule.only_if is None:
            return True
        before = self.text[reading.sentence[0] : reading.quantity.end]
        if rule.not_after is not None and re.search(rule.not_after, before):
            return False
        return rule.only_if is None or re.search(rule.only_if, before) is not None


def _same_side(one: str, other: str) -> bool:
    """收入合计 and 收入总计 under one list are one base, not two."""
    return {one, other} <= {"revenue.total", "revenue.current"} or {one, other} <= {"expenditure.total", "expenditure.current"}


def _sureness(left: str, matched: int, label: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """How sure a label is whose end matched and which has ``left`` in front: None where the words in front forbid it."""
    if not left:
        return _CERTAIN, ()
    if _MODIFIERS.search(left) and matched < _LONG_ENOUGH + 2:
        return None
    if _NEUTRAL.match(left) and not _MODIFIERS.search(left):
        return _CERTAIN, ()
    if matched >= _LONG_ENOUGH:
        return _ASSUMED, (f"label read as the end of “{label}”",)
    return None


_BASIS_WORDS = re.compile(r"(?:年初|全年|调整后?|本年|当年|年度)?(?<!公共)(?<!基金)(?<!经营)预算(?:安排)?数?|决算数?|执行数|(?<=支出)数$|(?<=收入)数$|(?<=费)数$|(?<=经费)数$")


def _without_basis(label: str) -> str:
    return _BASIS_WORDS.sub("", label)


def _plain_member(label: str) -> str:
    return _BRACKETED.sub("", label) or label


# -- text ---------------------------------------------------------------------------------------------------------------

_NAME_END = re.compile(r"(?:室|股|科|处|部|中心|站|队|所|办|组|局|厅|馆|院|校|会|库|场|园|社|公司|学校|医院|支队|大队)$")
_SENTENCE_END = re.compile(r"[。！？]")
_NAMES_END = re.compile(r"[。；！？，（]")


def bind_text(
    text: str, blocks: Sequence[Block], outline: Outline, roles: Sequence[str | None], pack: ResolvedPack
) -> list[TextFact]:
    """Bind the text concepts: numbered duties, the paragraphs of a section, names and clauses after a label."""
    facts: list[TextFact] = []
    owned: dict[int, list[int]] = {}
    for index, node in enumerate(outline.owner):
        if blocks[index].kind not in ("table", "cover"):
            at = node
            while at != ROOT:
                owned.setdefault(at, []).append(index)
                at = outline.nodes[at].parent
    # 四、评价结论及建议 over （一）评价结论: the inner section is the one that is meant.
    outer = {node.parent for at, node in enumerate(outline.nodes) if node.parent != ROOT and roles[at] == roles[node.parent]}
    for node in range(len(outline.nodes)):
        role = roles[node]
        if role is None or node in outer:
            continue
        done: set[str] = set()
        for rule in pack.fields(role):
            if rule.take is None or rule.concept in done:
                continue
            taken = _TAKERS[rule.take](text, blocks, outline, owned.get(node, []), rule, pack.concepts[rule.concept], node)
            if taken:
                done.add(rule.concept)
            facts.extend(taken)
    return facts


def _items(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    facts: list[TextFact] = []
    for index in owned:
        block, start = blocks[index], outline.body[index]
        if outline.owner[index] != node or block.number is None or start >= block.end:
            continue
        member = str(block.number.value) if block.number.value is not None else str(len(facts) + 1)
        facts.append(TextFact(concept, member, text[block.start : block.end], block.start, block.end, node, rule.rule))
    return facts


def _paragraphs(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    bodies = [i for i in owned if outline.body[i] < blocks[i].end or blocks[i].start > outline.nodes[node].start]
    bodies = [i for i in bodies if blocks[i].end > outline.nodes[node].end]
    if not bodies:
        return []
    first, last = bodies[0], bodies[-1]
    # The section's own heading is no part of it; headings inside it are.
    start = outline.body[first] if blocks[first].start == outline.nodes[node].start else blocks[first].start
    end = blocks[last].end
    return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]


def _clause(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    pattern = re.compile("|".join(f"(?:{label})" for label in rule.labels))
    for index in owned:
        block = blocks[index]
        match = pattern.search(text, outline.body[index], block.end)
        if match is None:
            continue
        stop = _SENTENCE_END.search(text, match.end(), block.end)
        start, end = match.end(), stop.start() if stop else block.end
        while start < end and text[start] in "：，":
            start += 1
        if end - start >= 2:
            return [TextFact(concept, None, text[start:end], start, end, node, rule.rule)]
    return []


def _names(
    text: str, blocks: Sequence[Block], outline: Outline, owned: Sequence[int], rule: Field, concept: Concept, node: int
) -> list[TextFact]:
    pattern = re.compile("|".join(f"(?:{label})" for label in rule.labels))
    facts: list[TextFact] = []
    for index in owned:
        block = blocks[index]
        for match in pattern.finditer(text, outline.body[index], block.end):
            stop = _SENTENCE_END.search(text, match.end(), block.end)
            facts.extend(_name_list(text, match.end(), stop.start() if stop else block.end, concept, node, rule))
            if facts:
                return facts
    return facts


_COUNTED = re.compile(r"^(?:\d+|[一二两三四五六七八九十]+)(?:个|家|处)?(?:内设)?(?:机构|科室|股室|职能科室|职能股室|处室|单位)?(?:[，：]|分别是|分别为|即|包括)*")


def _name_list(text: str, start: int, end: int, concept: Concept, node: int, rule: Field) -> list[TextFact]:
    """The names in 办公室、财务股和业务股3个股室, as far as they look like names of offices."""
    counted = _COUNTED.match(text[start:end])
    start += counted.end() if counted else 0
    facts: list[TextFact] = []
    for piece in re.finditer(r"[^、，；]+", text[start:end]):
        for name in re.finditer(r"(?:(?!和|及|以及).)+|(?:和|及|以及)", piece.group()):
            word = name.group()
            if word in ("和", "及", "以及"):
                continue
            trimmed = re.sub(r"(?:等?(?:共计?|合计)?(?:\d+|[一二两三四五六七八九十]+)个.*|等)$", "", word)
            trimmed = re.sub(r"（[^）]*）?$", "", trimmed)
            if not (2 <= len(trimmed) <= 16 and _NAME_END.search(trimmed)):
                return facts
            at = start + piece.start() + name.start()
            facts.append(TextFact(concept, trimmed, trimmed, at, at + len(trimmed), node, rule.rule))
    return facts


_TAKERS: dict[str, Callable[..., list[TextFact]]] = {
    "items": _items,
    "paragraphs": _paragraphs,
    "clause": _clause,
    "names": _names,
}

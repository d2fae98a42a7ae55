"""Why a number was bound as it was, and why a concept was not found: which rules were tried, and where each stopped.

The document goes through the stages once more, with packs that write down what the binding asks of them; so the binding itself
knows nothing of being watched. What it never asked (a rule of another section, for another kind of number) is asked here.

Over 400 lines because every answer is a sentence in two languages, beside what it is drawn from.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from reportparse.assemble import PartStages, Stages, assemble
from reportparse.concepts import load_concepts
from reportparse.document import Document
from reportparse.errors import ExplainError
from reportparse.model import Fact, Mention, Span
from reportparse.outline import ROOT
from reportparse.packs import ANYWHERE, Field, ResolvedPack, Rules, load_packs
from reportparse.parse import through_stages
from reportparse.patterns import Searcher, compile_pattern
from reportparse.readers import DEFAULT_MAX_BYTES, read
from reportparse.reading import Reading
from reportparse.records import record
from reportparse.report import Report

__all__ = ["Asked", "Candidate", "Explanation", "OfConcept", "OfNumber", "PackChosen", "RuleTried", "explain"]

_NEAREST = 5
"""Candidates that are told of a concept."""
_PLACES = 20
"""Places of one quote that are looked at."""
_NO_FIGURE_BEFORE = r"(?<!\d)(?<!\d[.,，])"
_NO_FIGURE_AFTER = r"(?![.,，]?\d)"
_NAME = re.compile(
    r"(?P<concept>[a-z_]+(?:\.[a-z_]+)+)(?:\[(?P<member>[^\]]*)\])?(?:\{.*\})?(?:\.(?P<aspect>[a-z_]+))?", re.DOTALL
)
_ASPECTS = ("share", "change", "change_rate", "execution_rate")

_STOPS = ("claimed", "words", "guard", "unit", "kind", "section", "list", "table")
"""Where a rule stops at a number, the furthest it can come first."""


@record
class PackChosen:
    """The pack that read a part, and why it was chosen; ``chain`` is what it extends, itself first."""

    part: str
    pack: str
    version: str
    why: tuple[str, ...]
    chain: tuple[str, ...]


@record
class RuleTried:
    """A rule for a concept in the pack of a part. ``sections`` are the headings of its role that the document has, empty for a rule
    that holds ``anywhere``; ``labels`` are its patterns; ``asks`` what else it asks for (``units=…``).
    """

    rule: str
    role: str
    labels: tuple[str, ...]
    asks: tuple[str, ...]
    sections: tuple[str, ...]


@record
class Candidate:
    """A number that a rule would have taken but for one thing. ``stopped`` is ``claimed`` (another rule has it), ``words`` (those before
    the label change what it means), ``guard``, ``unit``, ``kind`` (another kind of number), ``section``, ``list`` (its place among
    others says otherwise) or ``table``.
    """

    quote: str
    span: Span
    page: int
    label: str
    section: str | None
    rule: str
    stopped: str
    message: str
    message_en: str


@record
class OfConcept:
    """One concept in one part: the keys of its facts, or, where there are none that was asked for, why."""

    part: str
    asked: str
    concept: str
    facts: tuple[str, ...]
    rules: tuple[RuleTried, ...]
    candidates: tuple[Candidate, ...]
    message: str
    message_en: str


@record
class Asked:
    """A question that the binding put to the pack: ``rule`` is what answered, with ``left`` words in front of its label; null where no
    rule of the role ends the label. ``ruled_out`` are rules that a guard had stopped before.
    """

    role: str
    label: str
    rule: str | None
    left: str
    ruled_out: tuple[str, ...]


@record
class OfNumber:
    """What stands at a place: a number in its reading, and what became of it."""

    quote: str
    span: Span
    page: int
    where: str
    label: str
    aspect: str
    section: str | None
    roles: tuple[str, ...]
    facts: tuple[str, ...]
    asked: tuple[Asked, ...]
    message: str
    message_en: str


@record
class Explanation:
    """What was asked of one document."""

    name: str
    packs: tuple[PackChosen, ...]
    concepts: tuple[OfConcept, ...]
    numbers: tuple[OfNumber, ...]


def explain(
    source: str | os.PathLike[str] | bytes | Document,
    *,
    concept: str | None = None,
    at: int | None = None,
    quote: str | None = None,
    packs: Iterable[str | os.PathLike[str]] | Mapping[str, Rules] = (),
    name: str | None = None,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    pdf_engine: str = "pdfium",
) -> Explanation:
    """Why a document came out as it did. With neither ``concept``, ``at`` nor ``quote``: why each missing concept is missing.

    Args:
        source: a path, the bytes of a file, or a :class:`Document`.
        concept: a concept (``revenue.total``), a member of one, or a full key.
        at: a position in the text.
        quote: printed words, usually a number; every place of them is explained.
        packs, name, encoding, max_bytes, pdf_engine: as for :func:`reportparse.parse`.

    Raises:
        ExplainError: ``RP-EXPLAIN-001`` no such concept, ``-002`` no such place.
        ReadError: the source cannot be read.
        PackError: a rule pack is broken.
    """
    if concept is not None:
        _known(concept)
    document = (
        source
        if isinstance(source, Document)
        else read(source, name=name, encoding=encoding, max_bytes=max_bytes, pdf_engine=pdf_engine)
    )
    trace = _Trace()
    stages = through_stages(document, packs if isinstance(packs, Mapping) else load_packs(packs, examples=False), trace)
    asked = _Answers(stages, assemble(stages), trace)
    concepts: list[OfConcept] = []
    numbers: list[OfNumber] = []
    if concept is not None:
        concepts += [asked.of_concept(index, concept) for index in range(len(stages.parts))]
    if at is not None:
        numbers += asked.of_place(at)
    if quote is not None:
        numbers += asked.of_quote(quote)
    if concept is None and at is None and quote is None:
        concepts += [asked.of_concept(int(one.part[1:]) - 1, one.concept) for one in asked.report.missing]
    return Explanation(document.source.name, asked.packs(), tuple(concepts), tuple(numbers))


def _known(asked: str) -> tuple[str, str | None, str]:
    """Concept, member and aspect of what was asked for."""
    found = _NAME.fullmatch(asked)
    concept, member, aspect = (found["concept"], found["member"], found["aspect"]) if found else (asked, None, None)
    if aspect is None and concept.rpartition(".")[2] in _ASPECTS and concept not in load_concepts():
        concept, _, aspect = concept.rpartition(".")
    if concept not in load_concepts():
        near = load_concepts().near(concept)
        also = f"；相近的有 {'、'.join(near)}" if near else ""
        also_en = f"; near it are {', '.join(near)}" if near else ""
        raise ExplainError("RP-EXPLAIN-001", f"没有指标 {asked}{also}", f"there is no concept {asked}{also_en}")
    return concept, member, aspect or "value"


def _conditions(rules: Collection[Field]) -> list[str]:
    """What rules ask for beside their labels, as it is written in a pack."""
    named = ["not_after", "only_if", "follows", "with_fund", "named", "own", "units"]
    return [name for name in named if any(getattr(rule, name) for rule in rules)] or named


class _Call(NamedTuple):
    role: str
    label: str
    kinds: frozenset[str]
    rule: Field | None
    left: str
    without: tuple[Field, ...]


class _Asking(ResolvedPack):
    """A pack that writes down what it is asked for."""

    __slots__ = ("calls",)

    def __init__(self, pack: ResolvedPack, calls: list[_Call]) -> None:
        super().__init__(pack.chain, pack.concepts)
        self.calls = calls

    def find(
        self, role: str, kinds: frozenset[str], unit: str | None, label: str, without: tuple[Field, ...] = ()
    ) -> tuple[Field, str] | None:
        hit = super().find(role, kinds, unit, label, without)
        rule, left = hit if hit is not None else (None, "")
        self.calls.append(_Call(role, label, kinds, rule, left, without))
        return hit

    def claiming(
        self, roles: tuple[str, ...], kinds: frozenset[str], unit: str | None, label: str
    ) -> tuple[tuple[int, str], ...]:
        self._cache.clear()  # an answer from the cache is heard by nobody
        return super().claiming(roles, kinds, unit, label)


class _Trace:
    """For every part, and every reading of it, what the binding asked."""

    def __init__(self) -> None:
        self.calls: list[dict[int, list[_Call]]] = []
        self._now: list[_Call] = []

    def begins(self, pack: ResolvedPack) -> ResolvedPack:
        self.calls.append({})
        self._now = []
        return _Asking(pack, self._now)

    def reads(self, index: int) -> None:
        self._take()
        self._at = index

    def _take(self) -> None:
        if self._now:
            self.calls[-1][self._at] = self._now[:]
            self._now.clear()

    def of(self, part: int, reading: int) -> list[_Call]:
        self._take()
        return self.calls[part].get(reading, [])


@cache
def _pattern(source: str, trusted: bool) -> Searcher:
    return compile_pattern(source, trusted)


class _Answers:
    """The stages of one document, asked again."""

    def __init__(self, stages: Stages, report: Report, trace: _Trace) -> None:
        self.stages = stages
        self.report = report
        self.trace = trace
        self.flat = stages.layout.flat
        self.facts: dict[tuple[str, Span], list[Fact]] = {}
        for fact in report.facts:
            if fact.span is not None:
                self.facts.setdefault((fact.part, fact.span), []).append(fact)

    def packs(self) -> tuple[PackChosen, ...]:
        found = []
        for number, part in enumerate(self.stages.parts, 1):
            pack = part.choice.pack
            found.append(
                PackChosen(
                    f"p{number}", pack.id, pack.version, part.choice.why, tuple(rules.id for rules in pack.chain)
                )
            )
        return tuple(found)

    # -- a concept --------------------------------------------------------------------------------------------------------

    def of_concept(self, index: int, asked: str) -> OfConcept:
        """Why a concept is, or is not, stated in a part."""
        id, member, aspect = _known(asked)
        part, name = self.stages.parts[index], f"p{index + 1}"
        stated = [fact for fact in self.report.facts if fact.part == name and fact.concept == id]
        named = [fact for fact in stated if fact.key == asked] or [
            fact for fact in stated
            if "{" not in asked and (member is None or fact.member == member) and (aspect == "value" or fact.aspect == aspect)
        ]  # fmt: skip
        rules = [
            (role, rule)
            for role in part.choice.pack.roles
            for rule in part.choice.pack.fields(role)
            if rule.concept == id
        ]
        tried = tuple(self._tried(part, role, rule) for role, rule in rules)
        keys = tuple(dict.fromkeys(fact.key for fact in (named or stated)))
        if named:
            zh, en = f"载明 {len(named)} 条", f"stated, {len(named)} facts"
            return OfConcept(name, asked, id, keys, tried, (), zh, en)
        candidates = self._candidates(index, rules)
        zh, en = self._why_not(index, id, rules, tried, candidates, bool(stated))
        return OfConcept(name, asked, id, keys, tried, candidates[:_NEAREST], zh, en)

    def _tried(self, part: PartStages, role: str, rule: Field) -> RuleTried:
        titles = [node.title for node, is_now in zip(part.outline.nodes, part.roles, strict=True) if is_now == role]
        asks = [
            f"{name}={'|'.join(value) if isinstance(value, tuple) else value}"
            for name in ("member", "breakdown_of", "take", "units", "not_after", "only_if", "follows", "with_fund", "named")
            if (value := getattr(rule, name))
        ]  # fmt: skip
        return RuleTried(rule.rule, role, rule.labels, tuple(asks), tuple(titles))

    def _why_not(
        self,
        index: int,
        id: str,
        rules: list[tuple[str, Field]],
        tried: tuple[RuleTried, ...],
        near: tuple[Candidate, ...],
        stated: bool,
    ) -> tuple[str, str]:
        if stated:
            return "只在别的成员、口径或期间载明（见所列）", "stated on other members or axes alone (those listed)"
        if id.startswith("document."):
            return "从封面、标题和落款里读，那里没有", "read from cover, title and signature, and not found there"
        if not rules:
            return "所选的规则包里没有这个指标的规则", "the pack that was chosen has no rule for it"
        if near:
            first = near[0]
            return (
                f"最接近的是第 {first.page} 页的“{_line(first.quote)}”：{first.message}",
                f"the nearest is “{_line(first.quote)}” on page {first.page}: {first.message_en}",
            )
        if all(one.role != ANYWHERE and not one.sections for one in tried):
            roles = "、".join(dict.fromkeys(one.role for one in tried))
            return f"没有这一类标题的章节：{roles}", f"no section has a heading of its role: {roles}"
        words = self._words_of(index, rules)
        if words is not None:
            said, page = _line(self.stages.document.text[slice(*words)]), self._page(words)
            return (
                f"第 {page} 页（{words[0]}）有“{said}”，但没有一个数字以它为标签",
                f"page {page} ({words[0]}) has “{said}”, but it is the label of no number",
            )
        return (
            "正文里没有这些规则的标签",
            "the text has none of the labels that its rules ask for",
        )

    def _words_of(self, index: int, rules: list[tuple[str, Field]]) -> Span | None:
        """The first place of a part that has the label of a rule."""
        part = self.stages.parts[index]
        text = self.flat.text[part.start : part.end]
        for _, rule in rules:
            for label in rule.labels:
                found = _pattern(label, rule.trusted).search(text)
                if found is not None and found.end() > found.start():
                    return self.flat.origin(part.start + found.start(), part.start + found.end())
        return None

    def _candidates(self, index: int, rules: list[tuple[str, Field]]) -> tuple[Candidate, ...]:
        """Numbers with a label that a rule asks for, those first that came furthest."""
        part = self.stages.parts[index]
        found: dict[Span, tuple[int, Candidate]] = {}
        asking = [(role, rule) for role, rule in rules if rule.labels and not rule.take]
        for number, reading in enumerate(part.readings):
            if reading.optional:
                continue
            cell = part.cells.get(number)
            labels = (*cell.rows[-1:], *cell.columns[-1:]) if cell is not None else (*reading.labels, reading.topic)
            for label in filter(None, labels):
                for role, rule in asking:
                    hit = _pattern(f"(?:{'|'.join(f'(?:{p})' for p in rule.labels)})\\Z", rule.trusted).search(label)
                    if hit is None:
                        continue
                    one = self._candidate(index, number, label, label[: hit.start()], role, rule)
                    rank = _STOPS.index(one.stopped)
                    if one.span not in found or rank < found[one.span][0]:
                        found[one.span] = rank, one
        ordered = sorted(found.values(), key=lambda ranked: (ranked[0], ranked[1].span))
        return tuple(candidate for _, candidate in ordered)

    def _candidate(self, index: int, number: int, label: str, left: str, role: str, rule: Field) -> Candidate:
        part = self.stages.parts[index]
        reading = part.readings[number]
        span = self._span(reading)
        stopped, zh, en = self._stopped(index, number, left, role, rule, span)
        title = self._title(part, reading)
        return Candidate(
            self.stages.document.text[slice(*span)], span, self._page(span), label, title, rule.rule, stopped, zh, en
        )

    def _stopped(self, index: int, number: int, left: str, role: str, rule: Field, span: Span) -> tuple[str, str, str]:
        """Where a rule whose label fits a number stops."""
        part = self.stages.parts[index]
        reading, calls = part.readings[number], self.trace.of(index, number)
        scopes = self._scopes(part, reading.block)
        others = self.facts.get((f"p{index + 1}", span))
        if number not in part.cells and role not in scopes:
            has = "、".join(scopes[:-1]) or "—"
            return (
                "section",
                f"规则只用于 {role} 的章节，这个数在 {has}（“{self._title(part, reading) or '标题之前'}”）",
                f"the rule holds under {role} alone, and this number stands under {has} (“{self._title(part, reading) or 'no heading'}”)",
            )
        kind = load_concepts()[rule.concept].kind
        kinds = {kind for call in calls for kind in call.kinds}
        if others:
            keys = "、".join(fact.key for fact in others)
            return "claimed", f"已由 {others[0].rule} 认作 {keys}", f"{others[0].rule} has it as {keys}"
        if calls and kind not in kinds:
            what = reading.quantity.kind
            return "kind", f"指标要 {kind}，印的是 {what}", f"the concept is of kind {kind}, what is printed is {what}"
        if rule.units and reading.quantity.unit not in rule.units:
            units, unit = "、".join(rule.units), reading.quantity.unit or "—"
            return (
                "unit",
                f"规则要单位 {units}，印的是 {unit}",
                f"the rule asks for {units}, the unit printed is {unit}",
            )
        if any(rule in call.without for call in calls):
            conditions = _conditions([rule])
            return (
                "guard",
                f"规则的条件（{'、'.join(conditions)}）不成立",
                f"a condition of the rule ({', '.join(conditions)}) does not hold",
            )
        if number in part.cells:
            cell = part.cells[number]
            row, column = "/".join(cell.rows), "/".join(cell.columns)
            return "table", f"表中行“{row}”、列“{column}”合起来不成一个指标", (
                f"row “{row}” and column “{column}” of the table do not name one concept together"
            )  # fmt: skip
        if left:
            return "words", f"标签前的“{left}”改变了它的意思", f"“{left}” before the label makes it something else"
        return "list", "它在句子或清单里的位置另有所指", "its place in the sentence or the list says otherwise"

    # -- a number ---------------------------------------------------------------------------------------------------------

    def of_quote(self, quote: str) -> Iterator[OfNumber]:
        """Every number whose quote holds the words; where none does, what stands where the text has them. Digits are whole figures: 6 is
        not asked for in 16, nor in 6.5.
        """
        words = re.compile(
            f"{_NO_FIGURE_BEFORE if quote[:1].isdigit() else ''}{re.escape(quote)}{_NO_FIGURE_AFTER if quote[-1:].isdigit() else ''}"
        )
        listed: tuple[Fact | Mention, ...] = (*self.report.facts, *self.report.unclaimed)
        holding = [
            one.span
            for one in listed
            if one.span is not None and one.quote is not None and words.search(one.quote) and one.where != "heading"
        ]
        text = self.stages.document.text
        places = sorted({start for start, _ in holding})
        if not places:
            places = [found.start() for found in words.finditer(text)]
        if not places:
            raise ExplainError("RP-EXPLAIN-002", f"正文里没有“{quote}”", f"the text does not have “{quote}”")
        for place in places[:_PLACES]:
            yield from self.of_place(place)

    def of_place(self, at: int) -> Iterator[OfNumber]:
        """The number at a position of the text, or why there is none."""
        text = self.stages.document.text
        if not 0 <= at < len(text):
            raise ExplainError(
                "RP-EXPLAIN-002", f"位置 {at} 不在正文内（共 {len(text)} 字）", f"{at} is not within the text ({len(text)} characters)"
            )  # fmt: skip
        for index, part in enumerate(self.stages.parts):
            for number, reading in enumerate(part.readings):
                span = self._span(reading)
                if span[0] <= at < span[1]:
                    yield self._of_reading(index, number, span)
                    return
        yield self._of_no_reading(at)

    def _of_reading(self, index: int, number: int, span: Span) -> OfNumber:
        part, name = self.stages.parts[index], f"p{index + 1}"
        reading, cell = part.readings[number], part.cells.get(number)
        facts = self.facts.get((name, span), [])
        calls = [] if cell is not None else self.trace.of(index, number)
        asked = dict.fromkeys(
            Asked(
                c.role,
                c.label,
                c.rule.rule if c.rule else None,
                c.left,
                tuple(dict.fromkeys(r.rule for r in c.without)),
            )
            for c in calls
        )
        label = " / ".join((*cell.rows, *cell.columns)) if cell is not None else "、".join(filter(None, reading.labels))
        label = label or reading.topic
        without = next((call.without for call in calls if call.without), ())
        zh, en = self._outcome(part, reading, facts, tuple(asked), without, in_table=cell is not None)
        return OfNumber(
            self.stages.document.text[slice(*span)], span, self._page(span), "table" if cell else reading.where, label,
            reading.aspect, self._title(part, reading), self._scopes(part, reading.block), tuple(fact.key for fact in facts),
            tuple(asked), zh, en,
        )  # fmt: skip

    def _outcome(
        self,
        part: PartStages,
        reading: Reading,
        facts: list[Fact],
        asked: tuple[Asked, ...],
        without: tuple[Field, ...],
        *,
        in_table: bool,
    ) -> tuple[str, str]:
        if facts:
            said = "；".join(
                f"{fact.key}，依规则 {fact.rule}" + "".join(f"（{note}）" for note in fact.notes) for fact in facts
            )
            said_en = "; ".join(
                f"{fact.key} by rule {fact.rule}" + "".join(f" ({note})" for note in fact.notes) for fact in facts
            )
            return f"认作 {said}", f"bound to {said_en}"
        if "glossary" in self._scopes(part, reading.block):
            return "在名词解释里，不作为本单位的数", "stands in a glossary, and is no figure of the body's"
        if in_table:
            return "表中行与列的名称合起来没有规则认领", "no rule makes one concept of its row and its column"
        if reading.belongs is not None:
            whole = self.stages.document.text[slice(*self._span(part.readings[reading.belongs]))]
            return (
                f"它说的是“{_line(whole)}”，而那个数没有规则认领",
                f"it is said of “{_line(whole)}”, which no rule claims",
            )
        if not any(reading.labels) and not reading.topic:
            return "没有读出它的标签", "no label of it could be read"
        if without:
            fitting = list(dict.fromkeys(rule.rule for rule in without))
            conditions = _conditions(without)
            return (
                f"规则 {'、'.join(fitting)} 合于标签，条件（{'、'.join(conditions)}）不成立",
                f"the label fits {', '.join(fitting)}, a condition of which ({', '.join(conditions)}) does not hold",
            )
        hit = next((one for one in asked if one.rule is not None), None)
        if hit is not None and hit.left:
            return (
                f"规则 {hit.rule} 合于标签的末尾，前面的“{hit.left}”改变了它的意思",
                f"the end of the label fits {hit.rule}, “{hit.left}” before it makes it something else",
            )
        if hit is not None:
            return (
                f"规则 {hit.rule} 合于标签，但它在句子或清单里的位置另有所指",
                f"the label fits {hit.rule}, but its place in the sentence or the list says otherwise",
            )
        elsewhere = self._elsewhere(part, reading)
        if elsewhere:
            rules = "、".join(f"{rule}（{role}）" for role, rule in elsewhere[:3])
            return (
                f"本章节没有合于这个标签的规则；别的章节里有 {rules}",
                f"no rule of its section ends this label; elsewhere there are {rules}",
            )
        return "没有一条规则合于这个标签", "no rule ends this label"

    def _elsewhere(self, part: PartStages, reading: Reading) -> list[tuple[str, str]]:
        """The rules that a label fits and that hold under other headings."""
        pack, unit = part.choice.pack, reading.quantity.unit
        kinds = frozenset({load_concepts()[id].kind for id in load_concepts()})
        found = []
        for label in filter(None, (*reading.labels, reading.topic)):
            for role in pack.roles:
                hit = pack.find(role, kinds, unit, label)
                if hit is not None and not hit[1]:
                    found.append((role, hit[0].rule))
        return found

    def _of_no_reading(self, at: int) -> OfNumber:
        """What stands where no number was read."""
        text = self.stages.document.text
        inside: dict[str, list[Span]] = {
            "furniture": self.stages.layout.furniture, "contents": self.stages.layout.contents,
        }  # fmt: skip
        for name, spans in inside.items():
            for start, end in spans:
                if start <= at < end:
                    what = {"furniture": ("页眉、页脚或页码", "a running head, foot or page number")}
                    zh, en = what.get(name, ("目录", "a table of contents"))
                    return self._nothing((start, end), f"是{zh}，不作为正文", f"{en}, and not part of the text proper")
        for token in self.stages.others:
            span = self.flat.origin(token.start, token.end)
            if span[0] <= at < span[1]:
                return self._nothing(span, f"不是数量（{token.cls}）", f"no quantity ({token.cls})")
        for fact in self.report.facts:
            if fact.span is not None and fact.span[0] <= at < fact.span[1]:
                return self._nothing(
                    fact.span, f"认作 {fact.key}，依规则 {fact.rule}", f"{fact.key} by rule {fact.rule}", (fact.key,)
                )
        words = re.compile(r"\S{1,20}").match(text, at)
        return self._nothing((at, words.end() if words else at + 1), "这里没有数量", "there is no quantity here")

    def _nothing(self, span: Span, zh: str, en: str, keys: tuple[str, ...] = ()) -> OfNumber:
        quote = self.stages.document.text[slice(*span)]
        return OfNumber(quote, span, self._page(span), "", "", "", None, (), keys, (), zh, en)

    # -- places -----------------------------------------------------------------------------------------------------------

    def _span(self, reading: Reading) -> Span:
        return self.flat.origin(reading.quantity.start, reading.quantity.end)

    def _page(self, span: Span) -> int:
        return sum(start <= span[0] for start in self.stages.document.page_starts) or 1

    def _title(self, part: PartStages, reading: Reading) -> str | None:
        node = part.outline.owner[reading.block]
        return part.outline.nodes[node].title if node != ROOT else None

    def _scopes(self, part: PartStages, block: int) -> tuple[str, ...]:
        """The roles of the headings around a block, the nearest first, then ``anywhere``."""
        found: list[str] = []
        node = part.outline.surely.get(block, part.outline.owner[block])
        while node != ROOT:
            role = part.roles[node]
            if role is not None and role not in found:
                found.append(role)
            node = part.outline.nodes[node].parent
        whole = load_concepts().kind_roles.get(part.front.kind)
        if whole is not None and whole not in found:
            found.append(whole)
        return (*found, ANYWHERE)


def _line(text: str) -> str:
    return " ".join(text.split())

"""What the stages found → the report: every fact with its id, its place in the source and its key.

Over 400 lines because the types of the output have forty fields, each set here by name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from reportparse.bind import Bound
from reportparse.bindtext import TextFact
from reportparse.concepts import Concept, key_of, load_concepts
from reportparse.front import Found, Front
from reportparse.layout import Layout
from reportparse.mentions import Reading
from reportparse.model import (
    SCHEMA_VERSION,
    Coverage,
    Document,
    DocumentInfo,
    Fact,
    ListRef,
    Mention,
    Missing,
    Pack,
    Part,
    Section,
    Span,
    Table,
)
from reportparse.numbers import NonQuantity
from reportparse.outline import Outline
from reportparse.packs import Choice
from reportparse.report import Report
from reportparse.text import Flat
from reportparse.view import view

__all__ = ["Stages", "assemble"]

_PART = "p1"
_LINE_ENDS = frozenset("\r\n\f\v\x85\u2028\u2029")
_LINE_END = re.compile("[\r\n\f\v\x85\u2028\u2029]")
_RUN_OF_DIGITS = re.compile(r"\d+")
_UNSURE, _ASSUMED, _CERTAIN = Decimal("0.8"), Decimal("0.9"), Decimal("1.0")
_RATES = frozenset({"share", "change_rate", "execution_rate"})
_TIMES = {"万": 10_000, "亿": 100_000_000}

_Place = tuple[Span, str, tuple[Span, ...] | None]
"""Source span, quote, and the pieces of what a break cuts in two."""


class Stages(NamedTuple):
    """What the stages have found, for the assembly."""

    document: Document
    layout: Layout
    outline: Outline
    front: Front
    choice: Choice
    roles: list[str | None]
    readings: list[Reading]
    bound: list[Bound]
    texts: list[TextFact]
    others: list[NonQuantity]


def assemble(stages: Stages) -> Report:
    """The report of a document that has gone through all stages."""
    return _Assembly(stages).report()


class _Assembly:
    """Gives everything its id and its place in the source."""

    def __init__(self, stages: Stages) -> None:
        self.s = stages
        self.source = stages.document.text
        self.flat: Flat = stages.layout.flat
        self.pages = stages.document.page_starts
        self._sentences: dict[Span, Span] = {}
        self._section_ids = [f"s{number}" for number in range(1, len(stages.outline.nodes) + 1)]
        # By outline node. ROOT is -1 and so the last: what stands before the first heading is in no section.
        self._section_of: list[str | None] = [*self._section_ids, None]

    def report(self) -> Report:
        s = self.s
        front = s.front
        fiscal_year = front.year
        span: Span = (0, len(self.source))
        pack = Pack(s.choice.pack.id, s.choice.pack.version, s.choice.pack.sha256, s.choice.why)
        title = front.title.value if front.title else None
        if front.title is not None:
            title = self._printed(front.title.start, front.title.end, "")
        department = front.department.value if front.department else None
        part = Part(_PART, front.kind, title, department, fiscal_year, span, pack)
        info = DocumentInfo(
            _PART, front.kind, title, department, front.region, fiscal_year, front.issuer.value if front.issuer else None,
            front.date.value if front.date else None,
        )  # fmt: skip
        facts, unclaimed, counted, claimed = self._facts()
        stated = {fact.concept for fact in facts}
        missing = tuple(Missing(_PART, concept) for concept in s.choice.pack.expects if concept not in stated)
        share = (Decimal(claimed) / Decimal(counted)).quantize(Decimal("0.0001")).normalize() if counted else Decimal(1)
        coverage = Coverage(counted, claimed, Decimal(f"{share:f}"), self._not_quantities())
        usual = "budget" if front.kind == "budget" else "actual"
        return Report(
            schema_version=SCHEMA_VERSION,
            source=s.document.source,
            document=info,
            parts=(part,),
            report=view(facts, fiscal_year, usual),
            facts=facts,
            sections=self._sections(),
            tables=self._tables(),
            findings=(),
            unclaimed=unclaimed,
            missing=missing,
            coverage=coverage,
        )

    # -- places -----------------------------------------------------------------------------------------------------------

    def _place(self, start: int, end: int) -> _Place:
        span = self.flat.origin(start, end)
        quote = self.source[span[0] : span[1]]
        if (len(quote) == end - start and "\n" not in quote) or _LINE_END.search(quote) is None:
            return span, quote, None
        pieces: list[Span] = []
        for a, b in self.flat.runs(start, end):
            if b - a == 1 and self.source[a] in _LINE_ENDS:
                continue
            if pieces and not _LINE_END.search(self.source, pieces[-1][1], a):
                pieces[-1] = (pieces[-1][0], b)
            else:
                pieces.append((a, b))
        return span, quote, tuple(pieces) if len(pieces) > 1 else None

    def _printed(self, start: int, end: int, between: str = "\n") -> str:
        """Text as printed, less the line breaks that cut it; ``between`` stands between blocks."""
        _, quote, pieces = self._place(start, end)
        if pieces is None:
            return quote
        lines: list[str] = []
        flat = self.flat.text[start:end]
        if "\n" in flat:
            position = start
            for paragraph in flat.split("\n"):
                if paragraph:
                    lines.append(self._printed(position, position + len(paragraph)))
                position += len(paragraph) + 1
            return between.join(lines)
        return "".join(self.source[a:b] for a, b in pieces)

    def _sentence(self, sentence: Span) -> Span:
        found = self._sentences.get(sentence)
        if found is None:
            found = self._sentences[sentence] = self.flat.origin(*sentence)
        return found

    def _page(self, position: int) -> int:
        return bisect_right(self.pages, position) or 1 if len(self.pages) > 1 else 1

    # -- facts ------------------------------------------------------------------------------------------------------------

    def _facts(self) -> tuple[tuple[Fact, ...], tuple[Mention, ...], int, int]:
        s = self.s
        claimed = {bound.reading for bound in s.bound}
        mention_ids: dict[int, str] = {}
        for index, reading in enumerate(s.readings):
            if not reading.optional or index in claimed:
                mention_ids[index] = f"m{len(mention_ids) + 1}"
        # Everything in the order of the text, whatever found it: document facts, text facts, bound mentions.
        fronts = self._front_rows()
        rows: list[tuple[int, int, int]] = [
            (found.start if found is not None else -1, 0, i) for i, (_, _, found) in enumerate(fronts)
        ]
        rows.extend((found.start, 1, i) for i, found in enumerate(s.texts))
        rows.extend((s.readings[bound.reading].quantity.start, 2, i) for i, bound in enumerate(s.bound))
        rows.sort()
        ids: dict[int, str] = {i: f"f{n}" for n, (_, row, i) in enumerate(rows, 1) if row == 2}
        facts: list[Fact] = []
        for number, (_, row, i) in enumerate(rows, 1):
            if row == 0:
                facts.append(self._front_fact(*fronts[i], f"f{number}"))
            elif row == 1:
                facts.append(self._text_fact(s.texts[i], f"f{number}"))
            else:
                facts.append(self._fact(s.bound[i], ids[i], ids, mention_ids))
        unclaimed = tuple(self._mention(index, mention_ids[index]) for index in mention_ids if index not in claimed)
        # 持平, 无 and grades hold no number: coverage counts the printed quantities alone.
        counted = sum(not reading.optional for reading in s.readings)
        return tuple(facts), unclaimed, counted, counted - len(unclaimed)

    def _fact(self, bound: Bound, id: str, ids: Mapping[int, str], mention_ids: Mapping[int, str]) -> Fact:
        (
            _, concept, member, member_code, label, fund, basis, period, compared, of, base, part_of, rule, confidence, notes,
        ) = bound  # fmt: skip
        reading = self.s.readings[bound.reading]
        aspect, threshold = reading.aspect, reading.threshold
        quantity = reading.quantity
        _, _, _, state, value, decimals, unit, yuan, value_max, qualifier, scale = quantity
        span, quote, pieces = self._place(quantity.start, quantity.end)
        kind = "percentage" if aspect in _RATES else concept.kind
        if reading.sign < 0 and value is not None and value != 0:
            value = -value
            yuan = -yuan if yuan is not None else None
            value_max = -value_max if value_max is not None else None
        if quantity.kind == "number":
            if kind == "percentage":
                notes = (*notes, "printed without %")
                confidence = min(confidence, _UNSURE)
            elif kind == "amount" and unit in _TIMES and value is not None:
                yuan = value * _TIMES[unit]
                notes = (*notes, f"{unit} read as {unit}元")
                confidence = min(confidence, _ASSUMED)
        if pieces is not None:
            notes = (*notes, "joined over a line break")
        printed: Decimal | str | None = value
        if concept.kind == "grade":
            printed, period = quote, None
        key = key_of(concept, member, fund, basis, period, aspect, compared, of, threshold)
        whole = None
        listed = None
        if part_of is not None:
            whole = ids.get(part_of)
            if reading.list_id is not None:
                listed = ListRef(f"l{reading.list_id}", reading.complete)
        # By position, in the order of the class: names would double the time that the forty fields take.
        return Fact(
            id, mention_ids[bound.reading], _PART, key, concept.id, member, member_code, {}, label or None,
            fund, basis, period, aspect, kind, state, reading.role,
            printed, decimals, unit, yuan, value_max, qualifier, threshold, scale,
            ids.get(base) if base is not None else None, whole, listed, compared, None,
            quote, span, pieces, self._sentence(reading.sentence), self._page(span[0]), (), reading.where, None,
            self._section_of[self.s.outline.owner[reading.block]], rule, confidence, notes,
        )  # fmt: skip

    def _mention(self, index: int, id: str) -> Mention:
        reading = self.s.readings[index]
        quantity = reading.quantity
        _, _, kind, state, value, decimals, unit, yuan, value_max, qualifier, scale = quantity
        span, quote, pieces = self._place(quantity.start, quantity.end)
        if reading.sign < 0:
            value = value * -1 if value is not None else None
            yuan = yuan * -1 if yuan is not None else None
        # By position, like a fact.
        return Mention(
            id, _PART, kind, state, reading.role, reading.aspect, "、".join(filter(None, reading.labels)),
            None, reading.basis, reading.period,
            value, decimals, unit, yuan, value_max, qualifier, reading.threshold, scale,
            quote, span, pieces, self._sentence(reading.sentence), self._page(span[0]), (), reading.where, None,
            self._section_of[self.s.outline.owner[reading.block]], (),
        )  # fmt: skip

    def _text_fact(self, found: TextFact, id: str) -> Fact:
        span, quote, pieces = self._place(found.start, found.end)
        value = found.member if found.value == found.member else self._printed(found.start, found.end)
        return self._plain_fact(
            found.concept,
            value,
            (span, quote, pieces),
            found.rule,
            id=id,
            member=found.member,
            section=self._section_of[found.node],
        )

    def _front_rows(self) -> list[tuple[str, Decimal | str, Found | None]]:
        """What the front says, as (concept, value, place in the normalised text)."""
        front = self.s.front
        rows: list[tuple[str, Decimal | str, Found | None]] = [("document.kind", front.kind, None)]
        for name, found in (
            ("title", front.title), ("department", front.department), ("region", front.region_at), ("fiscal_year", front.year_at),
            ("issuer", front.issuer), ("date", front.date),
        ):  # fmt: skip
            if found is not None:
                value = Decimal(front.year or 0) if name == "fiscal_year" else found.value
                rows.append((f"document.{name}", value, found))
        return rows

    def _front_fact(self, concept: str, value: Decimal | str, found: Found | None, id: str) -> Fact:
        place = self._place(found.start, found.end) if found is not None else None
        if concept == "document.title" and found is not None:
            value = self._printed(found.start, found.end, "")
        return self._plain_fact(load_concepts()[concept], value, place, f"front:{concept}", id=id)

    def _plain_fact(
        self,
        concept: Concept,
        value: Decimal | str,
        place: _Place | None,
        rule: str,
        *,
        id: str,
        member: str | None = None,
        section: str | None = None,
    ) -> Fact:
        """A fact of a text or date concept: no unit, no axes."""
        span, quote, pieces = place if place is not None else (None, None, None)
        kind = concept.kind if concept.kind in ("text", "date") else "text"
        return Fact(
            id, None, _PART, key_of(concept, member), concept.id, member, None, {}, None,
            None, None, None, "value", kind, "stated", "statement",
            value, None, None, None, None, None, None, None,
            None, None, None, None, None,
            quote, span, pieces, span, self._page(span[0]) if span else None, (), "prose" if span else None, None,
            section, rule, _CERTAIN, (),
        )  # fmt: skip

    # -- sections, tables, counts ------------------------------------------------------------------------------------------

    def _sections(self) -> tuple[Section, ...]:
        nodes = self.s.outline.nodes
        children: dict[int, list[str]] = {}
        for node, id in zip(nodes, self._section_ids, strict=True):
            children.setdefault(node.parent, []).append(id)
        return tuple(
            Section(
                id, _PART, self.s.roles[index], node.level, node.number, node.title, self.flat.origin(node.start, node.end),
                tuple(children.get(index, ())),
            )
            for index, (node, id) in enumerate(zip(nodes, self._section_ids, strict=True))
        )  # fmt: skip

    def _tables(self) -> tuple[Table, ...]:
        places: dict[int, tuple[int, int]] = {}
        for block in self.s.layout.blocks:
            if block.table is not None:
                start = places.get(block.table, (block.start, 0))[0]
                places[block.table] = (start, block.end)
        tables: list[Table] = []
        for number, (start, end) in enumerate(places.values(), 1):
            span = self.flat.origin(start, end)
            pages = tuple(range(self._page(span[0]), self._page(max(span[0], span[1] - 1)) + 1))
            tables.append(Table(f"t{number}", _PART, None, None, None, pages, span))
        return tuple(tables)

    def _not_quantities(self) -> dict[str, int]:
        """Runs of digits that are no quantity, by class; each run counts once."""
        counts: dict[str, int] = {}
        for token in self.s.others:
            runs = _digit_runs(self.flat.text, token.start, token.end)
            if runs:
                counts[token.cls] = counts.get(token.cls, 0) + runs
        for name, spans in (("page", self.s.layout.furniture), ("contents", self.s.layout.contents)):
            runs = sum(_digit_runs(self.source, a, b) for a, b in spans)
            if runs:
                counts[name] = counts.get(name, 0) + runs
        return dict(sorted(counts.items()))


def _digit_runs(text: str, start: int, end: int) -> int:
    return len(_RUN_OF_DIGITS.findall(text, start, end))

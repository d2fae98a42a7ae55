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
from reportparse.outline import ROOT, Outline
from reportparse.packs import Choice
from reportparse.report import Report
from reportparse.text import Flat
from reportparse.view import view

__all__ = ["Stages", "assemble"]

_PART = "p1"
_LINE_ENDS = frozenset("\r\n\f\v\x85\u2028\u2029")
_LINE_END = re.compile("[\r\n\f\v\x85\u2028\u2029]")


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

    def _place(self, start: int, end: int) -> tuple[Span, str, tuple[Span, ...] | None]:
        """Source span, quote, and the pieces of what a break cuts in two."""
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

    def _sentence(self, reading: Reading) -> Span:
        if reading.sentence not in self._sentences:
            self._sentences[reading.sentence] = self.flat.origin(*reading.sentence)
        return self._sentences[reading.sentence]

    def _page(self, position: int) -> int:
        return bisect_right(self.pages, position) or 1 if len(self.pages) > 1 else 1

    # -- facts ------------------------------------------------------------------------------------------------------------

    def _facts(self) -> tuple[tuple[Fact, ...], tuple[Mention, ...], int, int]:
        s = self.s
        claimed: dict[int, list[int]] = {}
        for index, bound in enumerate(s.bound):
            claimed.setdefault(bound.reading, []).append(index)
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
        reading = self.s.readings[bound.reading]
        quantity = reading.quantity
        concept = bound.concept
        span, quote, pieces = self._place(quantity.start, quantity.end)
        notes = bound.notes
        confidence = bound.confidence
        value, yuan, value_max, unit, state = (
            quantity.value,
            quantity.yuan,
            quantity.value_max,
            quantity.unit,
            quantity.state,
        )
        kind = "percentage" if reading.aspect in ("share", "change_rate", "execution_rate") else concept.kind
        if reading.sign < 0 and value is not None and value != 0:
            value, yuan = -value, -yuan if yuan is not None else None
            value_max = -value_max if value_max is not None else None
        if quantity.kind == "number" and kind == "percentage":
            notes = (*notes, "printed without %")
            confidence = min(confidence, Decimal("0.8"))
        if quantity.kind == "number" and kind == "amount" and unit in ("万", "亿") and value is not None:
            yuan = value * (10_000 if unit == "万" else 100_000_000)
            notes = (*notes, f"{unit} read as {unit}元")
            confidence = min(confidence, Decimal("0.9"))
        if pieces is not None:
            notes = (*notes, "joined over a line break")
        role_period = bound.period
        text_value: Decimal | str | None = value
        if concept.kind == "grade":
            text_value, role_period = quote, None
        key = key_of(
            concept, member=bound.member, fund=bound.fund, basis=bound.basis, period=role_period, aspect=reading.aspect,
            compared=bound.compared, of=bound.of, threshold=reading.threshold,
        )  # fmt: skip
        return Fact(
            id=id,
            mention=mention_ids[bound.reading],
            part=_PART,
            key=key,
            concept=concept.id,
            member=bound.member,
            member_code=bound.member_code,
            cross={},
            label=bound.label or None,
            fund=bound.fund,
            basis=bound.basis,
            period=role_period,
            aspect=reading.aspect,
            kind=kind,
            state=state,
            role=reading.role,
            value=text_value,
            decimals=quantity.decimals,
            unit=unit,
            yuan=yuan,
            value_max=value_max,
            qualifier=quantity.qualifier,
            threshold=reading.threshold,
            scale=quantity.scale,
            base=ids.get(bound.base) if bound.base is not None else None,
            part_of=ids.get(bound.part_of) if bound.part_of is not None else None,
            list=ListRef(f"l{reading.list_id}", reading.complete)
            if reading.list_id is not None and bound.part_of is not None
            else None,
            compared=bound.compared,
            alternatives=None,
            quote=quote,
            span=span,
            pieces=pieces,
            sentence=self._sentence(reading),
            page=self._page(span[0]),
            boxes=(),
            where=reading.where,
            cell=None,
            section=self._section_of(reading.block),
            rule=bound.rule,
            confidence=confidence,
            notes=notes,
        )

    def _mention(self, index: int, id: str) -> Mention:
        reading = self.s.readings[index]
        quantity = reading.quantity
        span, quote, pieces = self._place(quantity.start, quantity.end)
        signed = -1 if reading.sign < 0 else 1
        return Mention(
            id=id,
            part=_PART,
            kind=quantity.kind,
            state=quantity.state,
            role=reading.role,
            aspect=reading.aspect,
            label="、".join(label for label in reading.labels if label) or "",
            fund=None,
            basis=reading.basis,
            period=reading.period,
            value=quantity.value * signed if quantity.value is not None else None,
            decimals=quantity.decimals,
            unit=quantity.unit,
            yuan=quantity.yuan * signed if quantity.yuan is not None else None,
            value_max=quantity.value_max,
            qualifier=quantity.qualifier,
            threshold=reading.threshold,
            scale=quantity.scale,
            quote=quote,
            span=span,
            pieces=pieces,
            sentence=self._sentence(reading),
            page=self._page(span[0]),
            boxes=(),
            where=reading.where,
            cell=None,
            section=self._section_of(reading.block),
            notes=(),
        )

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
            section=f"s{found.node + 1}" if found.node != ROOT else None,
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
        place: tuple[Span, str, tuple[Span, ...] | None] | None,
        rule: str,
        *,
        id: str,
        member: str | None = None,
        section: str | None = None,
    ) -> Fact:
        """A fact of a text or date concept: no unit, no axes."""
        span, quote, pieces = place if place is not None else (None, None, None)
        return Fact(
            id=id, mention=None, part=_PART, key=key_of(concept, member=member), concept=concept.id, member=member, member_code=None,
            cross={}, label=None, fund=None, basis=None, period=None, aspect="value",
            kind=concept.kind if concept.kind in ("text", "date") else "text", state="stated", role="statement", value=value,
            decimals=None, unit=None, yuan=None, value_max=None, qualifier=None, threshold=None, scale=None, base=None, part_of=None,
            list=None, compared=None, alternatives=None, quote=quote, span=span, pieces=pieces, sentence=span,
            page=self._page(span[0]) if span else None, boxes=(), where="prose" if span else None, cell=None, section=section, rule=rule,
            confidence=Decimal("1.0"), notes=(),
        )  # fmt: skip

    # -- sections, tables, counts ------------------------------------------------------------------------------------------

    def _section_of(self, block: int) -> str | None:
        node = self.s.outline.owner[block]
        return f"s{node + 1}" if node != ROOT else None

    def _sections(self) -> tuple[Section, ...]:
        nodes = self.s.outline.nodes
        children: dict[int, list[str]] = {}
        for index, node in enumerate(nodes):
            children.setdefault(node.parent, []).append(f"s{index + 1}")
        return tuple(
            Section(
                f"s{index + 1}", _PART, self.s.roles[index], node.level, node.number, node.title, self.flat.origin(node.start, node.end),
                tuple(children.get(index, ())),
            )
            for index, node in enumerate(nodes)
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
    runs, inside = 0, False
    for char in text[start:end]:
        digit = char.isdecimal()
        runs += digit and not inside
        inside = digit
    return runs

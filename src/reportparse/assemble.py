"""What the stages found → the report: every fact with its id, its place in the source and its key.

Over 400 lines because the types of the output have forty fields, each set here by name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportparse.bindtext import TextFact
from reportparse.blocks import Layout
from reportparse.bound import Bound, place_of
from reportparse.checkrules import overlaid
from reportparse.claims import find_claims
from reportparse.concepts import Concept, key_of, load_concepts
from reportparse.document import Document, PrintedTable
from reportparse.findings import findings
from reportparse.front import Found, Front
from reportparse.model import (
    SCHEMA_VERSION,
    Box,
    Cell,
    Coverage,
    DocumentInfo,
    Fact,
    ListRef,
    Mention,
    Missing,
    Pack,
    Part,
    Section,
    SectionCoverage,
    Span,
    Table,
    TableCell,
)
from reportparse.numbers import NonQuantity
from reportparse.outline import Outline
from reportparse.packchoice import Choice
from reportparse.reading import Reading
from reportparse.report import Report
from reportparse.tables import CellReading, TableText
from reportparse.text import Flat
from reportparse.view import view

__all__ = ["PartStages", "Stages", "assemble"]

_LINE_ENDS = frozenset("\r\n\f\v\x85\u2028\u2029")
_LINE_END = re.compile("[\r\n\f\v\x85\u2028\u2029]")
_RUN_OF_DIGITS = re.compile(r"\d+")
_UNIT = re.compile(r".*[：:](?:人民币)?")
_UNSURE, _ASSUMED, _CERTAIN = Decimal("0.8"), Decimal("0.9"), Decimal("1.0")
_RATES = frozenset({"share", "change_rate", "execution_rate"})
_TIMES = {"万": 10_000, "亿": 100_000_000}

_Place = tuple[Span, str, tuple[Span, ...] | None]
"""Source span, quote, and the pieces of what a break cuts in two."""


_FORM = re.compile("表(?:（[^（）]*）)*$")
"""How the title of a form ends."""


class PartStages(NamedTuple):
    """What the stages have found in one part. ``start`` and ``end`` are its place in the normalised text."""

    start: int
    end: int
    outline: Outline
    front: Front
    choice: Choice
    roles: list[str | None]
    readings: list[Reading]
    bound: list[Bound]
    texts: list[TextFact]
    cells: dict[int, CellReading]
    """Of the readings those that stand in tables, by their index."""
    tables: dict[int, TableText]
    others: list[NonQuantity]
    """Numbers of tables that turned out to count nothing."""
    taken: set[int]
    """The starts of tokens that turned out to be values of tables, or to stand in one."""


class Stages(NamedTuple):
    """What the stages have found, for the assembly. ``others`` are the tokens that are no quantities."""

    document: Document
    layout: Layout
    parts: list[PartStages]
    others: list[NonQuantity]


def assemble(stages: Stages, *, cells: bool = False) -> Report:
    """The report of a document that has gone through all stages; ``cells`` adds those of its tables."""
    return _Assembly(stages, cells).report()


class _Assembly:
    """Gives everything its id and its place in the source, part by part; ids run on through the parts."""

    def __init__(self, stages: Stages, cells: bool) -> None:
        self.document, self.layout, self.parts, self.others = stages
        self.with_cells = cells
        self.source = self.document.text
        self.flat: Flat = self.layout.flat
        self.pages = self.document.page_starts
        self.geometry = self.document.geometry
        self._sentences: dict[Span, Span] = {}
        numbers = {block.table for block in self.layout.blocks if block.table is not None}
        self._table_ids = {number: f"t{k}" for k, number in enumerate(sorted(numbers), 1)}
        self._facts: list[Fact] = []
        self._unclaimed: list[Mention] = []
        self._sections: list[Section] = []
        self._mentions = 0
        self._lists = 0
        self._counted = 0
        self._by_section: dict[str | None, tuple[int, int]] = {}
        self._enter(0)

    def _enter(self, index: int) -> None:
        """Go to a part."""
        self.part = f"p{index + 1}"
        self.s = self.parts[index]
        first = len(self._sections) + 1
        self._section_ids = [f"s{number}" for number in range(first, first + len(self.s.outline.nodes))]
        # By outline node. ROOT is -1 and so the last: what stands before the first heading is in no section.
        self._section_of: list[str | None] = [*self._section_ids, None]
        self._lists_before = self._lists

    def report(self) -> Report:
        parts: list[Part] = []
        missing: list[Missing] = []
        for index in range(len(self.parts)):
            self._enter(index)
            parts.append(self._part(index))
            before = len(self._facts)
            self._add_facts()
            stated = {fact.concept for fact in self._facts[before:]}
            missing.extend(
                Missing(self.part, concept) for concept in self.s.choice.pack.expects if concept not in stated
            )
            self._add_sections()
        main = next((i for i, part in enumerate(parts) if part.kind != "other"), 0)
        facts = tuple(self._facts)
        rules = {f"p{k}": overlaid(stages.choice.pack.checks) for k, stages in enumerate(self.parts, 1)}
        claims = {f"p{k}": find_claims(self.flat, stages.start, stages.end) for k, stages in enumerate(self.parts, 1)}
        claimed = self._counted - len(self._unclaimed)
        share = (
            (Decimal(claimed) / Decimal(self._counted)).quantize(Decimal("0.0001")).normalize()
            if self._counted
            else Decimal(1)
        )
        return Report(
            schema_version=SCHEMA_VERSION,
            source=self.document.source,
            document=self._document_info(parts[main], self.parts[main].front),
            parts=tuple(parts),
            report=view(facts, parts[main].fiscal_year, self.parts[main].front.basis),
            facts=facts,
            sections=tuple(self._sections),
            tables=self._tables(),
            findings=findings(facts, self._unclaimed, rules, claims, self.source),
            unclaimed=tuple(self._unclaimed),
            missing=tuple(missing),
            coverage=Coverage(
                self._counted,
                claimed,
                Decimal(f"{share:f}"),
                self._not_quantities(),
                tuple([SectionCoverage(section, *counts) for section, counts in self._by_section.items()]),
            ),
        )

    def _part(self, index: int) -> Part:
        front, choice = self.s.front, self.s.choice
        # The parts share out the whole text: each goes on to where the next one begins.
        start = self.flat.origin(self.s.start, self.s.start)[0] if index else 0
        last = index + 1 == len(self.parts)
        following = self.parts[index + 1].start if not last else 0
        end = len(self.source) if last else self.flat.origin(following, following)[0]
        title = self._printed(front.title.start, front.title.end, "") if front.title is not None else None
        department = front.department.value if front.department else None
        pack = Pack(choice.pack.id, choice.pack.version, choice.pack.sha256, choice.why)
        return Part(self.part, front.kind, title, department, front.year, (start, end), pack)

    def _document_info(self, part: Part, front: Front) -> DocumentInfo:
        return DocumentInfo(
            part.id, part.kind, part.title, part.department, front.region, part.fiscal_year,
            front.issuer.value if front.issuer else None, front.date.value if front.date else None,
        )  # fmt: skip

    # -- places -----------------------------------------------------------------------------------------------------------

    def _place(self, start: int, end: int) -> _Place:
        span = self.flat.origin(start, end)
        quote = self.source[span[0] : span[1]]
        if (len(quote) == end - start and "\n" not in quote) or _LINE_END.search(quote) is None:
            return span, quote, None
        pieces: list[Span] = []
        for a, b in self.flat.runs(start, end):
            if a >= len(self.source) or (b - a == 1 and self.source[a] in _LINE_ENDS):
                continue
            if pieces and not _LINE_END.search(self.source, pieces[-1][1], a):
                pieces[-1] = (pieces[-1][0], b)
            else:
                pieces.append((a, b))
        return span, quote, tuple(pieces) if len(pieces) > 1 else None

    def _boxes(self, span: Span, pieces: tuple[Span, ...] | None) -> tuple[Box, ...]:
        """Where a place is printed: a box for every line, none without geometry."""
        if self.geometry is None:
            return ()
        return tuple([
            (page, _points(x0), _points(top), _points(x1), _points(bottom))
            for page, x0, top, x1, bottom in self.geometry.glyphs.boxes(pieces or (span,))
        ])  # fmt: skip

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

    def _add_facts(self) -> None:
        s = self.s
        claimed = {bound.reading for bound in s.bound}
        mention_ids: dict[int, str] = {}
        in_order = sorted(range(len(s.readings)), key=lambda index: s.readings[index].quantity.start)
        for index in in_order:
            reading = s.readings[index]
            if not reading.optional or index in claimed:
                mention_ids[index] = f"m{self._mentions + len(mention_ids) + 1}"
        # Everything in the order of the text, whatever found it: document facts, text facts, bound mentions.
        fronts = self._front_rows()
        rows: list[tuple[int, int, int]] = [
            (found.start if found is not None else -1, 0, i) for i, (_, _, found) in enumerate(fronts)
        ]
        rows.extend((found.start, 1, i) for i, found in enumerate(s.texts))
        rows.extend((s.readings[bound.reading].quantity.start, 2, i) for i, bound in enumerate(s.bound))
        rows.sort()
        first = len(self._facts) + 1
        ids: dict[int, str] = {i: f"f{n}" for n, (_, row, i) in enumerate(rows, first) if row == 2}
        facts: list[Fact] = []
        for number, (_, row, i) in enumerate(rows, first):
            if row == 0:
                facts.append(self._front_fact(*fronts[i], f"f{number}"))
            elif row == 1:
                facts.append(self._text_fact(s.texts[i], f"f{number}"))
            else:
                facts.append(self._fact(s.bound[i], ids[i], ids, mention_ids))
        self._facts += facts
        self._unclaimed += [self._mention(index, mention_ids[index]) for index in mention_ids if index not in claimed]
        self._mentions += len(mention_ids)
        # 持平, 无 and grades hold no number: coverage counts the printed quantities alone.
        for index, reading in enumerate(s.readings):
            if not reading.optional:
                section = self._section_of[s.outline.owner[reading.block]]
                seen, known = self._by_section.get(section, (0, 0))
                self._by_section[section] = (seen + 1, known + (index in claimed))
                self._counted += 1
        self._lists += max((reading.list_id for reading in s.readings if reading.list_id is not None), default=0)

    def _fact(self, bound: Bound, id: str, ids: Mapping[int, str], mention_ids: Mapping[int, str]) -> Fact:
        (
            _, concept, member, member_code, label, fund, basis, period, compared, of, base, part_of, rule, confidence, notes, crossed,
        ) = bound  # fmt: skip
        reading = self.s.readings[bound.reading]
        aspect, threshold = reading.aspect, reading.threshold
        quantity = reading.quantity
        _, _, _, state, value, decimals, unit, yuan, value_max, qualifier, scale = quantity
        cross = dict(crossed)
        place = place_of(bound, self.s.readings, self.flat.text)
        span, quote, pieces = self._place(*place)
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
            # One of a closed class, and so in the normalised alphabet: 優 is 优.
            printed, period = self.flat.text[quantity.start : quantity.end].replace("\n", ""), None
        elif concept.kind == "text":
            printed, period, state = self._printed(*place), None, "stated"
            decimals = unit = yuan = value_max = qualifier = threshold = scale = None
        key = key_of(concept, member, fund, basis, period, aspect, compared, of, threshold, cross)
        whole = None
        listed = None
        if part_of is not None:
            whole = ids.get(part_of)
            if reading.list_id is not None:
                listed = ListRef(f"l{self._lists_before + reading.list_id}", reading.complete)
        # By position, in the order of the class: names would double the time that the forty fields take.
        return Fact(
            id, mention_ids[bound.reading], self.part, key, concept.id, member, member_code, cross, label or None,
            fund, basis, period, aspect, kind, state, reading.role,
            printed, decimals, unit, yuan, value_max, qualifier, threshold, scale,
            ids.get(base) if base is not None else None, whole, listed, compared, None,
            quote, span, pieces, self._sentence(reading.sentence), self._page(span[0]),
            self._boxes(span, pieces), reading.where, self._cell(bound.reading),
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
            id, self.part, kind, state, reading.role, reading.aspect, "、".join(filter(None, reading.labels)),
            None, reading.basis, reading.period,
            value, decimals, unit, yuan, value_max, qualifier, reading.threshold, scale,
            quote, span, pieces, self._sentence(reading.sentence), self._page(span[0]),
            self._boxes(span, pieces), reading.where, self._cell(index),
            self._section_of[self.s.outline.owner[reading.block]], (),
        )  # fmt: skip

    def _cell(self, index: int) -> Cell | None:
        """The cell that a reading stands in, by the labels of its row and its column."""
        cell = self.s.cells.get(index)
        return Cell(self._table_ids[cell.table], cell.rows, cell.columns) if cell is not None else None

    def _text_fact(self, found: TextFact, id: str) -> Fact:
        value = found.member if found.value == found.member else self._printed(found.start, found.end)
        return self._plain_fact(
            found.concept,
            value,
            (found.start, found.end),
            found.rule,
            id=id,
            member=found.member,
            section=self._section_of[found.node],
        )

    def _front_rows(self) -> list[tuple[str, Decimal | str, Found | None]]:
        """What the front says, as (concept, value, place in the normalised text). Of a form that is annexed the part itself says
        it: a form is no document.
        """
        front = self.s.front
        if self.part != "p1" and front.title is not None and _FORM.search(front.title.value) is not None:
            return []
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
        at = (found.start, found.end) if found is not None else None
        if concept == "document.title" and at is not None:
            value = self._printed(*at, "")
        return self._plain_fact(load_concepts()[concept], value, at, f"front:{concept}", id=id)

    def _plain_fact(
        self,
        concept: Concept,
        value: Decimal | str,
        at: tuple[int, int] | None,
        rule: str,
        *,
        id: str,
        member: str | None = None,
        section: str | None = None,
    ) -> Fact:
        """A fact of a text or date concept: no unit, no axes. ``at`` is its place in the normalised text."""
        span, quote, pieces = self._place(*at) if at is not None else (None, None, None)
        boxes = self._boxes(span, pieces) if span is not None else ()
        kind = concept.kind if concept.kind in ("text", "date") else "text"
        return Fact(
            id, None, self.part, key_of(concept, member), concept.id, member, None, {}, None,
            None, None, None, "value", kind, "stated", "statement",
            value, None, None, None, None, None, None, None,
            None, None, None, None, None,
            quote, span, pieces, span, self._page(span[0]) if span else None, boxes, "prose" if span else None, None,
            section, rule, _CERTAIN, (),
        )  # fmt: skip

    # -- sections, tables, counts ------------------------------------------------------------------------------------------

    def _add_sections(self) -> None:
        nodes = self.s.outline.nodes
        children: dict[int, list[str]] = {}
        for node, id in zip(nodes, self._section_ids, strict=True):
            children.setdefault(node.parent, []).append(id)
        self._sections += [
            Section(
                id, self.part, self.s.roles[index], node.level, node.number, node.title,
                self.flat.origin(node.start, node.end), tuple(children.get(index, ())),
            )
            for index, (node, id) in enumerate(zip(nodes, self._section_ids, strict=True))
        ]  # fmt: skip

    def _tables(self) -> tuple[Table, ...]:
        places: dict[int, Span] = {}
        owners: dict[int, str] = {}
        for number, part in enumerate(self.parts, 1):
            for block in self.layout.blocks:
                if block.table is not None and part.start <= block.start < part.end:
                    start = places.get(block.table, (block.start, 0))[0]
                    places[block.table] = (start, block.end)
                    owners.setdefault(block.table, f"p{number}")
        return tuple([
            self._table(self._table_ids[table], owners[table], table, self.flat.origin(start, end))
            for table, (start, end) in places.items()
        ])  # fmt: skip

    def _table(self, id: str, part: str, table: int, span: Span) -> Table:
        """A table; one that the source marks begins and ends with its cells, empty ones included."""
        printed = [self.document.tables[k] for k, number in enumerate(self.layout.printed) if number == table]
        if printed:
            span = (printed[0].start, printed[-1].end)
        pages = tuple(range(self._page(span[0]), self._page(max(span[0], span[1] - 1)) + 1))
        caption = self.layout.captions.get(table)
        title = unit = unit_from = None
        if caption is not None and caption.title is not None:
            title = self._printed(*caption.title, "")
        if caption is not None and caption.unit is not None:
            unit_from = self._printed(*caption.unit, "")
            unit = _UNIT.sub("", self.flat.text[slice(*caption.unit)])
        said = next((s.tables[table] for s in self.parts if table in s.tables), None)
        if said is not None:
            title = title or said.title or None
            if unit is None and said.unit is not None:
                unit, unit_from = said.unit, said.unit_words
        cells = (self._cells(printed) if printed else self._grid(table)) if self.with_cells else None
        return Table(id, part, title, unit, unit_from, pages, span, cells)

    def _cells(self, printed: list[PrintedTable]) -> tuple[TableCell, ...]:
        """The cells of a table; its rows are counted on from page to page."""
        cells: list[TableCell] = []
        above = 0
        for table in printed:
            for cell in table.cells:
                box = (cell.page, *map(_points, cell.box)) if cell.box is not None else None
                cells.append(
                    TableCell(
                        above + cell.row, cell.column, cell.rows, cell.columns,
                        self.source[cell.start : cell.end], (cell.start, cell.end), cell.page, box,  # type: ignore[arg-type]
                    )
                )  # fmt: skip
            above = max((cell.row + cell.rows for cell in cells), default=0)
        return tuple(cells)

    def _grid(self, table: int) -> tuple[TableCell, ...]:
        """The cells of a table of plain text, those that are not empty."""
        cells: list[TableCell] = []
        for place, start, end, _ in self.layout.grids[table].cells:
            span, quote, _ = self._place(start, end)
            row, column, rows, columns = place
            cells.append(TableCell(row, column, rows, columns, quote, span, self._page(span[0]), None))
        return tuple(cells)

    def _not_quantities(self) -> dict[str, int]:
        """Runs of digits that are no quantity, by class; each run counts once."""
        counts: dict[str, int] = {}
        for token in self.others:
            runs = _digit_runs(self.flat.text, token.start, token.end)
            if runs:
                counts[token.cls] = counts.get(token.cls, 0) + runs
        for name, spans in (("page", self.layout.furniture), ("contents", self.layout.contents)):
            runs = sum(_digit_runs(self.source, a, b) for a, b in spans)
            if runs:
                counts[name] = counts.get(name, 0) + runs
        return dict(sorted(counts.items()))


@lru_cache(maxsize=4096)  # what stands on one line has one height
def _points(value: float) -> Decimal:
    """Points with two decimals, which is finer than a screen shows."""
    return Decimal(f"{value:.2f}")


def _digit_runs(text: str, start: int, end: int) -> int:
    return len(_RUN_OF_DIGITS.findall(text, start, end))

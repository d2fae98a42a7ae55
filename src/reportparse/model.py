"""The types that cross a module boundary: frozen, slotted dataclasses, nothing more.

Positions are ``(start, end)`` in Unicode code points of the document's text, end exclusive; ``quote ==
text[start:end]`` always. Numbers are :class:`decimal.Decimal` with the printed digits: no value passes through
binary floating point. The JSON of these types is the contract of ``schema_version``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reportparse.records import record

SCHEMA_VERSION = "1.2"

Span = tuple[int, int]
Box = tuple[int, Decimal, Decimal, Decimal, Decimal]
"""``(page, x0, top, x1, bottom)`` in points, origin at the top left of the page as displayed, pages from 1."""
Value = Decimal | str


@record
class UnreadPage:
    """A page that gave no text. ``reason``: ``image`` (a picture or outlines of letters), ``garbled`` or ``damaged``."""

    page: int
    reason: str


@record
class Source:
    """Where the text comes from.

    ``sha256`` is of the bytes, ``text_sha256`` of the text in UTF-8. ``encoding`` is a Python codec name, null for
    formats that carry their own; ``encoding_reason`` says which step of the ladder decided. ``characters`` counts
    code points. ``unread_pages`` are those whose text could not be read, while that of others could.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str | None
    encoding_reason: str | None
    reader: str
    reader_version: str
    text_sha256: str
    pages: int
    characters: int
    unread_pages: tuple[UnreadPage, ...] = ()


@record
class Region:
    """An administrative division: printed name, level (``省`` ``市`` ``县`` ``乡``), GB/T 2260 code where known."""

    name: str
    level: str | None
    code: str | None


@record
class Pack:
    """Which rule pack read a part, and why it was chosen."""

    id: str
    version: str
    sha256: str
    why: tuple[str, ...]


@record
class Part:
    """One sub-document. A file that holds a single report has one part, ``p1``."""

    id: str
    kind: str
    title: str | None
    department: str | None
    fiscal_year: int | None
    span: Span
    pack: Pack


@record
class DocumentInfo:
    """What the whole file is; taken from its main part."""

    part: str
    kind: str
    title: str | None
    department: str | None
    region: Region | None
    fiscal_year: int | None
    issuer: str | None
    date: str | None


@record
class Section:
    """A heading and what stands under it. ``span`` is the heading's own place, number included.

    ``role`` is the canonical meaning (``fin.income``, ``org.staffing`` …) that a pack gave the heading, or null.
    """

    id: str
    part: str
    role: str | None
    level: int
    number: str | None
    title: str
    span: Span
    children: tuple[str, ...]


@record
class TableCell:
    """One cell of a table: row and column from 0, how many of each it spans, its text and where that stands.

    ``box`` is that of the cell, not of its text; null in a source without pages.
    """

    row: int
    column: int
    rows: int
    columns: int
    quote: str
    span: Span
    page: int
    box: Box | None


@record
class Table:
    """A table kept apart from prose. ``unit`` is the unit its caption states, ``unit_from`` the words that state it.

    ``cells`` are its cells, row by row, where they were asked for, otherwise null: all of them where the source marks
    them, those that are not empty where the table is of plain text.
    """

    id: str
    part: str
    title: str | None
    unit: str | None
    unit_from: str | None
    pages: tuple[int, ...]
    span: Span
    cells: tuple[TableCell, ...] | None


@record
class Threshold:
    """A limit that is not itself a quantity: 单价50万元以上, 没有50万以上项目. ``op`` is ``≥`` ``>`` ``≤`` or ``<``."""

    op: str
    value: Decimal
    unit: str
    yuan: Decimal | None


@record
class ListRef:
    """The printed list that a fact stands in. ``complete`` is false where the list says 主要 or 等."""

    id: str
    complete: bool


@record
class Compared:
    """What a change, a rate or an execution rate is measured against."""

    period: str
    basis: str


@record
class Cell:
    """A table cell by the headings of its row and column."""

    table: str
    row: tuple[str, ...]
    column: tuple[str, ...]


@record
class Mention:
    """One printed quantity in its reading, bound to no concept yet.

    ``label`` is the printed words that it belongs to, normalised; ``head`` the label of the total it is listed
    under. ``kind`` is a kind of concepts.md, or ``number`` where no unit is printed.
    """

    id: str
    part: str
    kind: str
    state: str
    role: str
    aspect: str
    label: str
    fund: str | None
    basis: str | None
    period: str | None
    value: Decimal | None
    decimals: int | None
    unit: str | None
    yuan: Decimal | None
    value_max: Decimal | None
    qualifier: str | None
    threshold: Threshold | None
    scale: Decimal | None
    quote: str
    span: Span
    pieces: tuple[Span, ...] | None
    sentence: Span
    page: int
    boxes: tuple[Box, ...]
    where: str
    cell: Cell | None
    section: str | None
    notes: tuple[str, ...]


@record
class Fact:
    """A mention bound to a concept: one row of the answer.

    ``key`` identifies it (concepts.md says how it is written). ``value`` is in the printed ``unit``; amounts also
    carry ``yuan``, exact. ``base`` is, for a share, the total it is a share of; for a change, a rate or an execution
    rate the value that changed; null where that is not printed. ``confidence`` is 1 for a rule that matched as
    written, less where something was assumed, and ``notes`` names the assumption.
    """

    id: str
    mention: str | None
    part: str
    key: str
    concept: str
    member: str | None
    member_code: str | None
    cross: Mapping[str, str]
    label: str | None
    fund: str | None
    basis: str | None
    period: str | None
    aspect: str
    kind: str
    state: str
    role: str
    value: Value | None
    decimals: int | None
    unit: str | None
    yuan: Decimal | None
    value_max: Decimal | None
    qualifier: str | None
    threshold: Threshold | None
    scale: Decimal | None
    base: str | None
    part_of: str | None
    list: ListRef | None
    compared: Compared | None
    alternatives: tuple[str, ...] | None
    quote: str | None
    span: Span | None
    pieces: tuple[Span, ...] | None
    sentence: Span | None
    page: int | None
    boxes: tuple[Box, ...]
    where: str | None
    cell: Cell | None
    section: str | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]


@record
class Cause:
    """What would explain a finding. Never applied.

    ``what`` is ``digits_swapped`` ``digit_wrong`` ``decimal_shift`` ``unit_slip`` (元 for 万元) ``sign`` ``last_year``
    ``part_missing`` ``part_counted_twice`` ``other_statement`` ``wrong_number`` or ``balancing_figure``; ``change`` what for what, in
    the printed unit; ``fact`` the number that it is about, null where none is printed; ``repairs`` the findings that
    would be consistent.
    """

    what: str
    change: str
    fact: str | None
    repairs: tuple[str, ...]


@record
class Finding:
    """One relation that was checked, and how it came out.

    ``outcome`` is ``consistent`` ``improbable`` ``truncated`` ``inconsistent`` ``unusual`` or ``not_checkable``;
    ``facts`` are those of the relation, what is compared first; ``reported`` and ``computed`` are what is printed and
    what follows from the other numbers, ``interval`` all that can follow from them, in the unit of ``reported``
    (of 持平, in that of the amount that it is said of).
    ``causes`` would explain an inconsistent one, the likeliest first; ``related`` are other findings, not consistent
    either, on the same numbers.
    """

    id: str
    check: str
    outcome: str
    code: str
    message: str
    message_en: str
    facts: tuple[str, ...]
    reported: str | None
    computed: str | None
    interval: tuple[str, str] | None
    causes: tuple[Cause, ...]
    related: tuple[str, ...]


@record
class Missing:
    """A concept that the pack expects and the document never states."""

    part: str
    concept: str


@record
class SectionCoverage:
    """How many quantities were seen and claimed under one heading; ``section`` is null for what stands before the first."""

    section: str | None
    quantities: int
    claimed: int


@record
class Coverage:
    """How many quantities were seen and claimed, in all and by section, those in tables with the heading over the table.
    ``not_quantities`` counts runs of digits by their class.
    """

    quantities: int
    claimed: int
    share: Decimal
    not_quantities: Mapping[str, int]
    sections: tuple[SectionCoverage, ...] = ()

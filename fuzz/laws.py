"""What holds of anything that the parser returns. A law that is broken raises :class:`Broken`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from reportparse.blocks import Layout
from reportparse.document import Document
from reportparse.numbers import NonQuantity, Quantity
from reportparse.report import Report

__all__ = ["Broken", "hold", "hold_for_document", "hold_for_layout", "hold_for_report", "hold_for_tokens", "within"]

SECONDS = 2.0
"""What anything may take, however small: dictionaries are loaded, patterns compiled."""


class Broken(AssertionError):  # noqa: N818, a law is
    """A contract does not hold; the message says which."""


def hold(law: object, what: str) -> None:
    """Raise :class:`Broken` that says ``what`` unless ``law``."""
    if not law:
        raise Broken(what)


@contextmanager
def within(size: int, milliseconds: float) -> Iterator[None]:
    """At most :data:`SECONDS` and ``milliseconds`` of this process for each of ``size`` units."""
    begin = time.process_time()
    yield
    took = time.process_time() - begin
    hold(took <= SECONDS + size * milliseconds / 1000, "takes longer than its size allows")


def hold_for_tokens(flat: str, tokens: list[Quantity | NonQuantity]) -> None:
    """Tokens stand in order inside the text, and every digit in exactly one."""
    held = [0] * len(flat)
    hold(all(a.start <= b.start for a, b in pairwise(tokens)), "tokens are not in order")
    for token in tokens:
        hold(0 <= token.start < token.end <= len(flat), "a token stands outside the text")
        for at in range(token.start, token.end):
            held[at] += 1
        if isinstance(token, Quantity):
            hold((token.value is None) == (token.state not in ("stated", "zero")), "a state without its value")
            for value in (token.value, token.yuan, token.value_max, token.scale):
                hold(value is None or value.is_finite(), "a number that is none")
    hold(all(held[m.start()] == 1 for m in re.finditer(r"\d", flat)), "a digit is not in exactly one token")


def hold_for_layout(text: str, layout: Layout) -> None:
    """Blocks are lines of the normalised text in order; all of it leads back into the source."""
    flat = layout.flat
    for a, b in pairwise(layout.blocks):
        hold(a.end < b.start, "blocks overlap")
    for block in layout.blocks:
        hold(0 <= block.start <= block.end <= len(flat.text), "a block stands outside the text")
        hold("\n" not in flat.text[block.start : block.end], "a block of two lines")
        start, end = flat.origin(block.start, block.end)
        hold(0 <= start <= end <= len(text), "a block leads outside the source")
    hold(all(a <= b for a, b in pairwise(flat.origins)), "the way back is not in order")
    for start, end in (*layout.furniture, *layout.contents):
        hold(0 <= start <= end <= len(text), "furniture stands outside the source")
    tables = {block.table for block in layout.blocks if block.table is not None}
    hold(set(layout.captions) <= tables, "a caption without its table")


def hold_for_document(document: Document) -> None:
    """Pages, tables, cells, headings and lines stand inside the text, in order; UTF-8 can hold it."""
    text, starts = document.text, document.page_starts
    document.text.encode("utf-8")
    hold(document.source.characters == len(text), "characters are miscounted")
    hold(document.source.pages >= len(starts) > 0 == starts[0], "pages are miscounted")
    hold(all(a <= b for a, b in pairwise((*starts, len(text)))), "pages are not in order")
    for table in document.tables:
        hold(0 <= table.start <= table.end <= len(text), "a table stands outside the text")
        for cell in table.cells:
            hold(table.start <= cell.start <= cell.end <= table.end, "a cell stands outside its table")
            hold(min(cell.row, cell.column) >= 0 < min(cell.rows, cell.columns), "a cell has no place")
    hold(all(0 <= start < len(text) for start, _ in document.headings), "a heading stands outside the text")
    if document.geometry is not None:
        for line in document.geometry.lines:
            hold(0 <= line.start < line.end <= len(text), "a line stands outside the text")
            hold(1 <= line.page <= document.source.pages, "a line stands on no page")


def hold_for_report(text: str, report: Report) -> None:
    """``text[span] == quote``, sentences hold their quotes, sections are there, no fact is there twice, JSON goes there and back."""
    sections = {section.id for section in report.sections} | {None}
    for found in (*report.facts, *report.unclaimed):
        hold(found.section in sections, "a section that is not there")
        if found.span is None:
            continue
        start, end = found.span
        hold(0 <= start < end <= len(text), "a quote stands outside the text")
        hold(found.quote == text[start:end], "text[span] is not the quote")
        hold(
            found.sentence and found.sentence[0] <= start < end <= found.sentence[1] <= len(text),
            "a sentence without its quote",
        )
        for a, b in found.pieces or ():
            hold(start <= a < b <= end, "a piece stands outside its quote")
    stated = [(fact.key, fact.span) for fact in report.facts if fact.span is not None]
    hold(len(set(stated)) == len(stated), "a fact is there twice")
    bound = {fact.span for fact in report.facts if fact.mention is not None}
    hold(all(mention.span not in bound for mention in report.unclaimed), "what is claimed is unclaimed too")
    for placed in (*report.sections, *report.tables, *report.parts):
        hold(0 <= placed.span[0] <= placed.span[1] <= len(text), "a section, table or part stands outside the text")
    hold(report.coverage.claimed + len(report.unclaimed) == report.coverage.quantities, "quantities are miscounted")
    once = report.to_json()
    again = Report.from_json(once)
    hold(again == report, "another report than its JSON")
    hold(again.to_json() == once, "another JSON than its report's")

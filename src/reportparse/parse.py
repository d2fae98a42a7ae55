"""The stages in their order, once: bytes → document → blocks → sections → mentions → facts → report."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

from reportparse.assemble import PartStages, Stages, assemble
from reportparse.bind import bind
from reportparse.bindtable import bind_tables, together
from reportparse.bindtext import bind_text
from reportparse.bound import About, Bound
from reportparse.concepts import Concept, load_concepts
from reportparse.document import Document
from reportparse.front import Front, read_front
from reportparse.layout import lay_out
from reportparse.mentions import read_mentions
from reportparse.names import (
    OF_ONE_PROJECT,
    are_of_others,
    as_called,
    as_in_forms,
    is_of_place,
    named_below,
    named_by_line,
    named_by_title,
    names_in_forms,
    seats_of,
)  # fmt: skip
from reportparse.numbers import NonQuantity, Token, scan
from reportparse.outline import build_outline
from reportparse.packchoice import choose
from reportparse.packs import ResolvedPack, Rules, load_packs
from reportparse.parts import PartLayout, split
from reportparse.readers import DEFAULT_MAX_BYTES, read
from reportparse.regions import province_of
from reportparse.report import Report
from reportparse.tables import CellReading, read_tables

__all__ = ["Tracer", "parse", "through_stages"]


def parse(
    source: str | os.PathLike[str] | bytes | Document,
    *,
    packs: Iterable[str | os.PathLike[str]] | Mapping[str, Rules] = (),
    name: str | None = None,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    pdf_engine: str = "pdfium",
    cells: bool = False,
) -> Report:
    """Parse one document.

    Args:
        source: a path, the bytes of a file, or a :class:`Document` that a reader returned.
        packs: further rule packs: paths of TOML files, or what :func:`reportparse.packs.load_packs` returned.
        name: the name to report for bytes.
        encoding: a Python codec name that overrides the detection.
        max_bytes: refuse larger files.
        pdf_engine: what reads the pages of a PDF, ``pdfium`` or the much slower ``pdfplumber``.
        cells: add all cells of the tables that the source itself marks.

    Raises:
        ReadError: the file cannot be read as a document; ``code`` says why.
        PackError: a rule pack is broken.
    """
    with _without_collector():
        # The document has no name here: it is gone, and no more to search, when the collector is back at work.
        return assemble(
            through_stages(
                source
                if isinstance(source, Document)
                else read(source, name=name, encoding=encoding, max_bytes=max_bytes, pdf_engine=pdf_engine),
                packs if isinstance(packs, Mapping) else load_packs(packs, examples=False),
            ),
            cells=cells,
        )


@contextmanager
def _without_collector() -> Iterator[None]:
    """The collector of cycles waits while a document is parsed: the stages make many objects, keep most of them to the end
    and leave hardly a cycle behind, so that every search for one is in vain. That is 2.4 % of the time of published PDFs.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


class Tracer(Protocol):
    """Who listens to the binding of prose. ``begins`` is given the pack of each part, in their order, and returns the one that is
    asked instead; ``reads`` hears the index of each reading before it is bound.
    """

    def begins(self, pack: ResolvedPack) -> ResolvedPack: ...

    def reads(self, index: int) -> None: ...


def through_stages(document: Document, rules: Mapping[str, Rules], tracer: Tracer | None = None) -> Stages:
    """What every stage makes of a document."""
    layout = lay_out(document)
    tokens = scan(layout.flat.text)
    parts: list[PartStages] = []
    for part in split(layout):
        parts.append(_read_part(part, tokens, rules, parts[0].front if parts else None, tracer))
    taken = {start for part in parts for start in part.taken}
    others = [token for token in tokens if isinstance(token, NonQuantity) and token.start not in taken]
    others += [token for part in parts for token in part.others]
    return Stages(document, layout, parts, others)


def _as_in_its_form(bound: Bound, names: Mapping[str, str], score: Concept) -> Bound:
    """A fact of a project that a form is of, with the name that this has there; what is said to be scored under that name is no
    indicator.
    """
    concept, member = bound.concept, bound.member
    if member is None or "/" in member:
        return bound
    called = as_in_forms(member, names)
    if concept.id == "indicator.score" and (called != member or member in names.values()):
        return bound._replace(concept=score, member=called)
    return bound._replace(member=called) if concept.id.startswith("project.") and called != member else bound


def _indicators_of(facts: Iterable[Bound]) -> frozenset[str]:
    """The indicators that tables name, and their levels."""
    found: set[str] = set()
    for one in facts:
        if one.concept.id.startswith("indicator.") and one.member is not None:
            found.update(one.member.split("/"))
    return frozenset(found)


def _projects_of(cells: Sequence[CellReading], facts: Iterable[Bound]) -> dict[str, dict[str, Decimal]]:
    """The projects that tables name, and their money."""
    found: dict[str, dict[str, Decimal]] = {}
    for one in facts:
        if one.member is None or not one.concept.id.startswith("project.") or one.cross:
            continue
        money = found.setdefault(one.member, {})
        said = cells[one.reading].reading
        if (
            one.concept.id == "project.amount"
            and said.aspect == "value"
            and said.quantity.yuan is not None
            and one.basis
        ):
            money.setdefault(one.basis, said.quantity.yuan)
    return found


def _read_part(
    part: PartLayout, tokens: list[Token], rules: Mapping[str, Rules], main: Front | None, tracer: Tracer | None
) -> PartStages:
    """The stages of one part. An annex that names no year is of that of the ``main`` part."""
    layout = part.layout
    text, blocks = layout.flat.text, layout.blocks
    own = [token for token in tokens if part.start <= token.start < part.end]
    outline = build_outline(layout)
    headings = [node.title for node in outline.nodes]
    front = read_front(text, blocks, own, load_concepts(), headings)
    if main is not None and front.year is None:
        front = front._replace(year=main.year, period=main.period)
    title = front.title.value.replace("“", "").replace("”", "") if front.title else ""
    choice = choose(rules, title, headings, province_of(front.region), front.year, front.kind)
    roles = [choice.pack.role_of(node.title.replace("“", "").replace("”", "")) for node in outline.nodes]
    subjects = [found.value for found in (front.department, front.issuer) if found is not None]
    readings = read_mentions(text, blocks, outline, own, front.year, subjects)
    cells, tables, others = read_tables(text, blocks, layout.grids, layout.captions, outline, own, front.year)
    project = None
    if front.kind in OF_ONE_PROJECT:
        project = named_by_title(title, front.department.value if front.department else None)
        if project is None and front.title is not None:
            project = named_below(text, front.title.end)
        project = project or named_by_line(text)
        project = as_called(project, text) if project is not None else None
        if project is not None and are_of_others(
            project, [table.project for table in tables.values() if table.project]
        ):
            project = None
    about = About(
        front.year, front.basis, project, load_concepts().kind_roles.get(front.kind),
        seats_of(title, front.department.value if front.department else None), front.kind in OF_ONE_PROJECT,
        front.period, is_of_place(title, front.department.value if front.department else None),
    )  # fmt: skip
    cells, facts, taken = bind_tables(cells, tables, outline, roles, choice.pack, about)
    about = about._replace(indicators=_indicators_of(facts), named=_projects_of(cells, facts))
    if tracer is None:
        bound = bind(readings, text, outline, roles, choice.pack, about)
    else:
        bound = bind(readings, text, outline, roles, tracer.begins(choice.pack), about, tracer.reads)
    texts = bind_text(text, blocks, outline, roles, choice.pack, readings, bound)
    first = len(readings)
    readings, bound = together(readings, bound, cells, facts)
    of_projects = (fact.member for fact in facts if fact.concept.id.startswith("project."))
    listed = [member for member in of_projects if member is not None and member != project]
    if names := names_in_forms(text[part.start : part.end], listed):
        bound = [_as_in_its_form(one, names, choice.pack.concepts["project.score"]) for one in bound]
    return PartStages(
        part.start, part.end, outline, front, choice, roles, readings, bound, texts,
        {first + index: cell for index, cell in enumerate(cells)}, tables, others, taken,
    )  # fmt: skip

"""What does not agree between the reports of one body in a file of JSON Lines, and in whose name their sentences speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

from reportparse.across import across, body_of, digest
from reportparse.batch.journal import LINES, is_output, read_briefs
from reportparse.checkrules import check_rules
from reportparse.model import Fact, Finding
from reportparse.report import Report

__all__ = ["Between", "Cited", "between", "names_of"]

_OF_ONE = frozenset({"name", "year"})
"""Checks that need the text of one document and no second one: what they found stands in the journal of a batch."""


class Cited(NamedTuple):
    """A number that a finding is about: its document, the fact (None for the name of a body, which is none), what is printed
    there, on which page, under which heading.
    """

    file: str
    fact: Fact | None
    quote: str | None
    page: int | None
    section: str | None


class Between(NamedTuple):
    """A finding between reports, of which body, what it cites, and how far the figures are apart, in yuan, where they are money."""

    finding: Finding
    department: str
    cited: tuple[Cited, ...]
    difference: Decimal | None


class _Line(NamedTuple):
    name: str
    start: int
    length: int


def between(lines: Path, report_of: Callable[[bytes], Report] = Report.from_json) -> Iterator[Between]:
    """The findings between the reports of a file, body by body, the consistent ones too. The reports of one body are held at a
    time. Names and years in one report's sentences are among them where the lines are in the output of the batch that read them.
    ``report_of`` makes of a line the report that is compared.

    A line that is no whole report is laid beside none.
    """
    named = _named(lines)
    bodies: dict[str, list[_Line]] = {}
    for department, line in _listed(lines):
        bodies.setdefault(body_of(department), []).append(line)
    number = 0
    for body in sorted(bodies):
        for one in _of_body(lines, report_of, body, bodies[body], named):
            number += 1
            yield one._replace(finding=replace(one.finding, id=f"x{number}"))


def names_of(report: Report, text: str) -> list[dict[str, Any]]:
    """What a report says in the name of another body or year, fit for JSON: fields of :class:`Finding` in both languages."""
    found = across([digest(report, text, report.source.name)], check_rules())
    return [
        {
            "check": one.check, "outcome": one.outcome, "code": one.code, "message": one.message, "message_en": one.message_en,
            "facts": list(one.facts), "department": report.document.department, "reported": one.reported, "computed": one.computed,
        }
        for one in found if one.check in _OF_ONE
    ]  # fmt: skip


def _named(lines: Path) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    if lines.name != LINES or not is_output(str(lines.parent)):
        return {}
    return {name: told for name, brief in read_briefs(str(lines.parent)) if (told := (brief or {}).get("names"))}


def _listed(lines: Path) -> Iterator[tuple[str, _Line]]:
    """Of which body each report is that says so, and where its line stands."""
    at = 0
    with lines.open("rb") as file:
        for line in file:
            start, at = at, at + len(line)
            try:
                found = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
                name, department = found["source"]["name"], found["document"]["department"]
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
            if isinstance(department, str) and isinstance(name, str):
                yield department, _Line(intern(name), start, len(line))


def _of_body(
    lines: Path,
    report_of: Callable[[bytes], Report],
    body: str,
    listed: Sequence[_Line],
    named: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Iterator[Between]:
    if len(listed) > 1:
        yield from _compared(lines, report_of, body, listed)
    for line in listed:
        for told in named.get(line.name, ()):
            finding = Finding("", told["check"], told["outcome"], told["code"], told["message"], told["message_en"],
                              tuple(told["facts"]), told["reported"], told["computed"], None, (), ())  # fmt: skip
            department = str(told["department"])
            yield Between(finding, department, (Cited(line.name, None, finding.reported, None, None),), None)


def _compared(
    lines: Path, report_of: Callable[[bytes], Report], body: str, listed: Sequence[_Line]
) -> Iterator[Between]:
    reports: dict[str, Report] = {}
    with lines.open("rb") as file:
        for line in listed:
            file.seek(line.start)
            try:
                reports[line.name] = report_of(file.read(line.length).removeprefix(b"\xef\xbb\xbf"))
            except ValueError:
                continue
    facts = {f"{name}#{fact.id}": fact for name, report in reports.items() for fact in report.facts}
    titles = {(name, section.id): section.title for name, report in reports.items() for section in report.sections}
    for finding in across([digest(report, "", name) for name, report in reports.items()], check_rules()):
        cited = []
        for place in finding.facts:
            name, fact = place.rpartition("#")[0], facts.get(place)
            if fact is not None:
                cited.append(Cited(name, fact, fact.quote, fact.page, titles.get((name, fact.section or ""))))
        department = reports[cited[0].file].document.department if cited else None
        yield Between(finding, department or body, tuple(cited), _apart(finding, cited))


def _apart(finding: Finding, cited: Sequence[Cited]) -> Decimal | None:
    """The size of the difference in yuan. What is printed in another unit is compared in yuan; what follows from a change stands
    in the unit of the first figure.
    """
    facts = [one.fact for one in cited if one.fact is not None]
    if len(facts) != 2 or facts[0].yuan is None or not isinstance(facts[0].value, Decimal):
        return None
    if facts[1].aspect == "value":
        return abs(facts[0].yuan - facts[1].yuan) if facts[1].yuan is not None else None
    if not facts[0].value:
        return None
    try:
        apart = abs(Decimal(finding.reported or "") - Decimal(finding.computed or ""))
    except InvalidOperation:
        return None
    return apart * facts[0].yuan / facts[0].value

"""What the page of a report holds: its facts, numbers and findings as plain data, and the places that they stand at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from reportparse.concepts import load_concepts
from reportparse.model import SCHEMA_VERSION, Fact, Finding, Mention, Span
from reportparse.report import Report
from reportparse.review.sums import sum_of
from reportparse.wording import called, cause_words

__all__ = ["Content"]

_TEXT = frozenset({"text", "grade", "date"})
_LONG = 120
"""Characters of a text that are no figure and are not shown as one."""
_ONE = Decimal(1)


class Content:
    """A report for its page.

    ``data`` is what the page's script reads. ``places`` are the stretches of text that something stands at, each once, and
    ``classes`` how each is shown: ``wrong`` (in an inconsistent finding), ``unclaimed``, ``assumed``, ``fact``, ``words`` or ``long``.
    """

    def __init__(self, report: Report, version: str) -> None:
        self.places: list[tuple[Span, ...]] = []
        self.classes: list[str] = []
        self._boxes: list[list[list[float]]] = []
        self._at: dict[tuple[Span, ...], int] = {}
        self._items: list[dict[str, Any]] = []
        self._index: dict[str, int] = {}
        self._sections = {section.id: k for k, section in enumerate(report.sections)}
        numbers: dict[str, Fact | Mention] = {fact.id: fact for fact in report.facts}
        numbers |= {mention.id: mention for mention in report.unclaimed}
        for fact in report.facts:
            self._index[fact.id] = len(self._items)
            self._items.append(self._fact(fact))
        for mention in report.unclaimed:
            self._index[mention.id] = len(self._items)
            self._items.append(self._mention(mention))
        findings = [self._finding(finding, numbers) for finding in report.findings]
        source, document = report.source, report.document
        self.data: dict[str, Any] = {
            "source": {
                "name": source.name,
                "sha256": source.sha256,
                "text_sha256": source.text_sha256,
                "media_type": source.media_type,
            },
            "tool": {"name": "reportparse", "version": version, "schema_version": SCHEMA_VERSION},
            "pages": source.pages,
            "document": {"kind": document.kind, "fiscal_year": document.fiscal_year},
            "parts": {part.id: part.title or part.kind for part in report.parts} if len(report.parts) > 1 else {},
            "sections": [
                [f"{section.number or ''}{section.title}", section.level, section.part] for section in report.sections
            ],
            "items": self._items,
            "findings": findings,
            "missing": [[one.part, one.concept] for one in report.missing],
            "boxes": self._boxes,
            "classes": self.classes,
            "concepts": _concepts(),
        }

    def _place(self, spans: tuple[Span, ...], boxes: Any, shown_as: str) -> int:
        place = self._at.get(spans)
        if place is None:
            place = self._at[spans] = len(self.places)
            self.places.append(spans)
            self.classes.append(shown_as)
            self._boxes.append([[box[0], *(round(float(side), 1) for side in box[1:])] for box in boxes])
        return place

    def _fact(self, fact: Fact) -> dict[str, Any]:
        concept = load_concepts().get(fact.concept)
        long = fact.kind in _TEXT and fact.quote is not None and len(fact.quote) > _LONG
        shown_as = (
            "long" if long else "assumed" if fact.confidence < _ONE else "words" if fact.kind in _TEXT else "fact"
        )
        found = {
            "of": "fact", "id": fact.id, "key": fact.key, "concept": fact.concept, "member": fact.member, "aspect": fact.aspect,
            "name": _name(fact, concept.zh if concept is not None else fact.concept),
            "kind": fact.kind, "state": fact.state, "role": fact.role if fact.role != "statement" else None,
            "value": None if long else _printed(fact.value), "unit": fact.unit, "max": _printed(fact.value_max),
            "fund": fact.fund if fact.fund != "all" else None, "basis": fact.basis if fact.basis != "actual" else None,
            "period": fact.period, "label": fact.label, "quote": fact.quote, "span": list(fact.span) if fact.span else None,
            "page": fact.page, "where": fact.where if fact.where != "prose" else None,
            "cell": " / ".join((*fact.cell.row, *fact.cell.column)) if fact.cell is not None else None,
            "section": self._sections.get(fact.section or ""), "part": fact.part, "rule": fact.rule,
            "confidence": str(fact.confidence) if fact.confidence < _ONE else None, "notes": list(fact.notes),
            "place": self._place(fact.pieces or (fact.span,), fact.boxes, shown_as) if fact.span is not None else None,
        }  # fmt: skip
        return _without_nothing(found)

    def _mention(self, one: Mention) -> dict[str, Any]:
        found = {
            "of": "number", "id": one.id, "name": called(one) or one.quote, "kind": one.kind, "state": one.state, "role": one.role if one.role != "statement" else None,
            "value": _printed(one.value), "unit": one.unit, "max": _printed(one.value_max),
            "fund": one.fund if one.fund != "all" else None, "basis": one.basis if one.basis != "actual" else None, "period": one.period, "aspect": one.aspect,
            "label": one.label, "quote": one.quote, "span": list(one.span), "page": one.page,
            "where": one.where if one.where != "prose" else None,
            "cell": " / ".join((*one.cell.row, *one.cell.column)) if one.cell is not None else None,
            "section": self._sections.get(one.section or ""), "part": one.part, "notes": list(one.notes),
            "place": self._place(one.pieces or (one.span,), one.boxes, "unclaimed"),
        }  # fmt: skip
        return _without_nothing(found)

    def _finding(self, finding: Finding, numbers: Mapping[str, Fact | Mention]) -> dict[str, Any]:
        known = [(self._index[id_], numbers[id_]) for id_ in finding.facts if id_ in numbers]
        wrong = finding.outcome == "inconsistent"
        if wrong:
            for item, _ in known:
                place = self._items[item].get("place")
                if place is not None:
                    self.classes[place] = "wrong"
        return {
            "id": finding.id, "check": finding.check, "code": finding.code, "outcome": finding.outcome,
            "message": [finding.message, finding.message_en], "items": [item for item, _ in known],
            "sum": sum_of(finding, known) if known else None,
            "causes": [
                {"words": list(cause_words(cause.what, cause.change, numbers.get(cause.fact or ""))),
                 "item": self._index.get(cause.fact or ""), "repairs": list(cause.repairs)}
                for cause in finding.causes
            ],
            "related": list(finding.related),
        }  # fmt: skip


def _name(fact: Fact, concept: str) -> str:
    if fact.member is None:
        return concept
    return f"{concept}：{fact.label if fact.label and re.fullmatch('[a-z_0-9]+', fact.member) else fact.member}"


def _printed(value: object) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value if isinstance(value, str) else None


def _without_nothing(found: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in found.items() if value is not None and value != []}


@cache
def _concepts() -> dict[str, Any]:
    """By id: Chinese name, whether it is a text and so without axes, and its members with a name where one is plain words."""
    return {
        concept.id: [
            concept.zh,
            int(concept.kind in _TEXT),
            {id_: names[0] if names and re.fullmatch("[一-龥（）]+", names[0]) else "" for id_, names in concept.members.items()},
        ]
        for concept in load_concepts().values()
    }  # fmt: skip

"""What the checks find of a line as a reader corrected it.

The words of the document are not in its line. What is found of the facts as corrected is therefore held against what is found in the
same way of the facts as they were read: the difference of the two is what the corrections did, and all else stays as it was found
with the text at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from decimal import Decimal
from typing import Any, NamedTuple

from reportparse.checkrules import CheckRules, overlaid
from reportparse.errors import PackError
from reportparse.findings import findings
from reportparse.model import Compared, Fact, Finding, Mention, Pack
from reportparse.packrules import Rules
from reportparse.packs import resolve
from reportparse.report import Report

__all__ = ["Rechecked", "as_corrected", "recheck"]

_OF_READERS = frozenset(field.name for field in fields(Fact)) - {"id", "mention", "part", "quote", "span", "pieces", "sentence", "page",
    "boxes", "where", "cell", "section", "list", "label"}  # fmt: skip
"""Fields that a correction says anew; the others say where a figure stands."""
_OF_A_NAME = ("base", "part_of", "compared", "threshold", "scale", "qualifier", "alternatives", "notes")
"""What stays so where a reader only reads another figure, or another unit, for the same name."""


class Rechecked(NamedTuple):
    """Findings that do not hold any more, as ``(code, facts)``, and those that were not there before, as the line has them."""

    gone: frozenset[tuple[str, tuple[str, ...]]]
    new: tuple[dict[str, Any], ...]


def as_corrected(report: Report, facts: Iterable[Mapping[str, Any]], unclaimed: Iterable[Mapping[str, Any]]) -> Report:
    """A report with the facts and the numbers of its line as they were corrected, in the order of the text."""
    read = {fact.id: fact for fact in report.facts}
    numbers = {one.id: one for one in report.unclaimed}
    by_span = {one.span: one for one in report.unclaimed}
    corrected = [_fact(fact, read.get(fact["id"]), by_span) for fact in facts]
    left = tuple(numbers[one["id"]] for one in unclaimed)
    return replace(report, facts=_in_order(corrected), unclaimed=left)


def recheck(report: Report, corrected: Report, packs: Mapping[str, Rules]) -> Rechecked | None:
    """What corrections change of the findings of a report.

    None where the report was parsed with others than ``packs``: its checks are not known.
    """
    try:
        rules = {part.id: _rules_of(part.pack, packs) for part in report.parts}
    except PackError:
        return None
    text = _text_of(report)
    before = {_what(one): one for one in findings(_in_order(report.facts), report.unclaimed, rules, {}, text)}
    after = {_what(one): one for one in findings(corrected.facts, corrected.unclaimed, rules, {}, text)}
    told = {_what(one): one.id for one in report.findings}
    new = [one for what, one in after.items() if what not in before]
    ids = {one.id: told[what] for what, one in after.items() if what in told}
    ids |= {one.id: f"c{len(told) + k}" for k, one in enumerate(new, 1)}
    return Rechecked(
        frozenset((one.code, one.facts) for what, one in before.items() if what not in after),
        tuple(_as_json(one, ids) for one in new),
    )


def _rules_of(chosen: Pack, packs: Mapping[str, Rules]) -> CheckRules:
    pack = resolve(chosen.id, packs)
    if pack.sha256 != chosen.sha256:
        raise PackError("RP-PACK-006", f"没有这个规则包：{chosen.id}", f"no such pack: {chosen.id}")
    return overlaid(pack.checks)


def _text_of(report: Report) -> str:
    """A text with the figures of a report at their places and blanks for all else, ended as a whole text is."""
    letters = [" "] * report.source.characters
    numbers: list[Fact | Mention] = [*report.facts, *report.unclaimed]
    for one in numbers:
        if one.span is not None and one.quote is not None:
            letters[slice(*one.span)] = one.quote
    return "".join(letters).rstrip() + "。\n"


def _fact(fact: Mapping[str, Any], read: Fact | None, by_span: Mapping[tuple[int, int], Mention]) -> Fact:
    """A fact of a line as corrected; ``read`` is what had been read."""
    if read is not None and ("review" not in fact or fact["review"].read_as is None):
        return read
    said = {name: _typed(name, fact[name]) for name in _OF_READERS if name in fact}
    if read is not None:
        if (
            said["key"] == read.key
        ):  # another figure of the same name: it is measured against the same, within the same limits
            return replace(read, **said | {name: getattr(read, name) for name in _OF_A_NAME})
        return replace(read, **said | {"threshold": None, "scale": None, "alternatives": None})
    span = tuple(fact["span"])
    number = by_span.get(span)
    names = ("pieces", "sentence", "boxes", "cell", "section")
    place = {name: getattr(number, name) for name in names} if number is not None else dict.fromkeys(names)
    none = dict.fromkeys(field.name for field in fields(Fact))
    there = {name: fact[name] for name in ("id", "part", "quote", "page", "where", "label")}
    return Fact(**none | {"boxes": ()} | place | there | said | {"span": span})


def _typed(name: str, value: Any) -> Any:
    """A field of a fact as JSON has it, as the fact has it."""
    if name == "compared" and value is not None:
        return Compared(**value)
    if isinstance(value, int) and name in ("value", "yuan", "confidence"):
        return Decimal(value)
    return tuple(value) if isinstance(value, list) else value


def _in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.span or (-1, -1)))


def _what(finding: Finding) -> tuple[Any, ...]:
    return finding.code, finding.facts, finding.outcome, finding.reported, finding.computed


def _as_json(finding: Finding, ids: Mapping[str, str]) -> dict[str, Any]:
    made = asdict(finding)
    made["id"] = ids[finding.id]
    made["related"] = [ids[id] for id in finding.related if id in ids]
    for cause in made["causes"]:
        cause["repairs"] = [ids[id] for id in cause["repairs"] if id in ids]
    return made

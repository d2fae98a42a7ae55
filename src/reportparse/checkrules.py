"""What is data about checks: which are made, their codes, thresholds, bands and relations; ``[checks]`` of ``concepts.toml``,
and what packs say of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from reportparse.concepts import load_concepts

__all__ = ["CheckRules", "Declared", "Term", "check_rules", "name_of", "overlaid", "term_of"]


class Term(NamedTuple):
    """One operand of a declared relation: what it may be called, whether it is taken away, whether it may be absent."""

    names: tuple[tuple[str, str | None], ...]
    weight: int
    optional: bool


class Declared(NamedTuple):
    """A relation as the vocabulary declares it: concepts and members, not yet facts."""

    name: str
    check: str
    total: tuple[str, str | None]
    terms: tuple[Term, ...]
    scope: str
    unless: tuple[str, str | None] | None
    called: str | None
    """What all of it must be called in prose, in one sentence; what its parts must be called in a document."""
    says_missing: bool
    op: str
    """``=``, or ``≥`` where the parts need not be all of the total."""


class CheckRules(NamedTuple):
    """What is data about checks: which are made, their codes, thresholds, bands and relations."""

    skip: frozenset[str]
    unusual: frozenset[str]
    capped: tuple[str, ...]
    established: tuple[str, ...]
    deviations: Decimal
    about: Decimal
    full_marks: Decimal
    grades: Mapping[str, tuple[Decimal, Decimal]]
    codes: Mapping[str, str]
    inside: Mapping[str, Mapping[str, str]]
    beside: Mapping[str, frozenset[str]]
    relations: tuple[Declared, ...]


@cache
def check_rules() -> CheckRules:
    """The rules of ``concepts.toml``, read once."""
    return _rules_of(load_concepts().checks)


def overlaid(own: Sequence[Mapping[str, Any]]) -> CheckRules:
    """The rules with what packs say of their own, the nearest first: ``skip`` and ``relations`` add (a relation of a known
    name replaces it), ``grades`` replaces the bands, a threshold the threshold.
    """
    rules = check_rules()
    for said in reversed(own):
        if "skip" in said:
            rules = rules._replace(skip=rules.skip | frozenset(said["skip"]))
        if "relations" in said:
            named = {relation.name: relation for relation in (*rules.relations, *map(_declared, said["relations"]))}
            rules = rules._replace(relations=tuple(named.values()))
        if "grades" in said:
            rules = rules._replace(grades=_bands(said["grades"]))
        rules = rules._replace(
            deviations=_number(said, "deviations", rules.deviations),
            about=_number(said, "about", rules.about),
            full_marks=_number(said, "full_marks", rules.full_marks),
        )
    return rules


def _rules_of(raw: Mapping[str, Any]) -> CheckRules:
    return CheckRules(
        frozenset(raw["skip"]), frozenset(raw["unusual"]), tuple(raw["capped"]), tuple(raw["established"]), Decimal(str(raw["deviations"])), Decimal(str(raw["about"])), Decimal(str(raw["full_marks"])),
        _bands(raw["grades"]), {**raw["codes"], **raw["codes_across"]}, raw["inside"],
        {concept: frozenset(members) for concept, members in raw["beside"].items()},
        tuple(map(_declared, raw["relations"])),
    )  # fmt: skip


def _declared(entry: Mapping[str, Any]) -> Declared:
    return Declared(
        entry["name"], entry["check"], name_of(entry["total"]), tuple(map(term_of, entry["parts"])),
        entry.get("scope", "table"), name_of(entry["unless"]) if "unless" in entry else None, entry.get("called"), entry.get("says_missing", False),
        "≥" if entry.get("at_least") else "=",
    )  # fmt: skip


def _bands(raw: Mapping[str, Sequence[int]]) -> dict[str, tuple[Decimal, Decimal]]:
    return {grade: (Decimal(low), Decimal(high)) for grade, (low, high) in raw.items()}


def term_of(said: str) -> Term:
    """An operand as it is written: ``-expenditure.current|expenditure.total``, ``revenue.source[carried_in]?``."""
    weight = -1 if said.startswith("-") else 1
    names = tuple(map(name_of, said.lstrip("-").rstrip("?").split("|")))
    return Term(names, weight, said.endswith("?"))


def name_of(said: str) -> tuple[str, str | None]:
    """Concept and member of ``revenue.source[carried_in]``."""
    concept, _, member = said.partition("[")
    return concept, member.rstrip("]") or None


def _number(said: Mapping[str, Any], name: str, otherwise: Decimal) -> Decimal:
    return Decimal(str(said[name])) if name in said else otherwise

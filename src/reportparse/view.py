"""The view that people reach for: ``report["revenue.total"]["total"]``, made from the facts by one generic function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reportparse.model import Fact

__all__ = ["plain", "view"]

_PLACE = {"prose": 0, "heading": 0, None: 0, "table": 1}


def view(facts: Iterable[Fact], year: int | None, usual_basis: str) -> dict[str, dict[str, Any]]:
    """Concept ids → ``total`` and ``members``; each cell holds the value and its other aspects by name.

    Shown are the facts of all funds, of the document's period and usual basis; any other combination stands under
    ``other`` by its key. Of several facts for one slot prose wins over table, then the first in the text; the ids of
    the losers are listed under ``also``.
    """
    result: dict[str, dict[str, Any]] = {}
    period = str(year) if year is not None else None
    ordered = sorted(facts, key=_rank)
    for fact in ordered:
        if fact.role == "reason":
            continue
        entry = result.setdefault(fact.concept, {})
        aspect = fact.aspect
        usual = (
            (fact.fund is None or fact.fund == "all")
            and (fact.period is None or fact.period == period)
            and (fact.basis is None or fact.basis == usual_basis or (fact.basis == "actual" and not _is_money(fact)))
            and not fact.cross
            and (aspect == "value" or "{" not in fact.key or ("vs=" not in fact.key and "of=" not in fact.key))
        )
        if not usual:
            other = entry.setdefault("other", {})
            if fact.key in other:
                entry.setdefault("also", []).append(fact.id)
            else:
                other[fact.key] = _cell(fact)
            continue
        if fact.member is None:
            cell = entry.setdefault("total", {})
        else:
            cell = entry.setdefault("members", {}).setdefault(fact.member, {})
        if aspect != "value":
            if aspect in cell:
                entry.setdefault("also", []).append(fact.id)
            else:
                cell[aspect] = fact.value if fact.state != "unchanged" else 0
        elif "fact" in cell:
            entry.setdefault("also", []).append(fact.id)
        else:
            cell.update(_cell(fact))
    return {concept: _ordered(result[concept]) for concept in sorted(result)}


def _rank(fact: Fact) -> tuple[bool, int, tuple[int, int]]:
    """What states something stands before what states that there is nothing: a note under a table that it is empty, as the form
    has it for all bodies, does not make its amounts go away."""
    return fact.state == "none", _PLACE[fact.where], fact.span or (0, 0)


def _is_money(fact: Fact) -> bool:
    return fact.kind == "amount" and not fact.concept.startswith("assets.")


def _cell(fact: Fact) -> dict[str, Any]:
    cell: dict[str, Any] = {"value": fact.value}
    if fact.unit is not None:
        cell["unit"] = fact.unit
    if fact.state not in ("stated", "zero"):
        cell["state"] = fact.state
    cell["fact"] = fact.id
    return cell


_CELL_ORDER = ("value", "unit", "state", "share", "change", "change_rate", "execution_rate", "fact")


def _ordered(entry: Mapping[str, Any]) -> dict[str, Any]:
    ordered: dict[str, Any] = {}
    if "total" in entry:
        ordered["total"] = _sorted_cell(entry["total"])
    if "members" in entry:
        ordered["members"] = {member: _sorted_cell(cell) for member, cell in entry["members"].items()}
    for key in ("other", "also"):
        if key in entry:
            ordered[key] = entry[key]
    return ordered


def _sorted_cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    return {key: cell[key] for key in _CELL_ORDER if key in cell}


def plain(report: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The view with bare values: ``{"revenue.total": {"total": 113.34}, "revenue.source": {"members": {…}, "share": {…}}}``."""
    result: dict[str, Any] = {}
    for concept, entry in report.items():
        bare: dict[str, Any] = {}
        if "total" in entry:
            _bare(bare, entry["total"], None)
        for member, cell in entry.get("members", {}).items():
            _bare(bare, cell, member)
        for key, cell in entry.get("other", {}).items():
            bare.setdefault("other", {})[key] = cell["value"]
        result[concept] = bare
    return result


def _bare(bare: dict[str, Any], cell: Mapping[str, Any], member: str | None) -> None:
    for name, value in cell.items():
        if name in ("unit", "fact"):
            continue
        if name == "value":
            if member is None:
                bare["total"] = value
            else:
                bare.setdefault("members", {})[member] = value
        elif member is None:
            bare.setdefault(name, {})["total"] = value
        else:
            bare.setdefault(name, {}).setdefault("members", {})[member] = value

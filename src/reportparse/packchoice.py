"""Which pack reads a document: what its title, its headings, its province and its year say, and of what kind it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportparse.packs import ResolvedPack, Rules, lineage, resolve
from reportparse.patterns import Searcher, compile_pattern

__all__ = ["Choice", "choose"]

_OF_GOVERNMENTS = frozenset({"government_fiscal", "town_fiscal", "work_report"})
"""Kinds of documents in which 一般公共预算收入 is the money of a whole territory, and no department's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The pack that reads a document, and why."""

    pack: ResolvedPack
    why: tuple[str, ...]


@lru_cache(maxsize=1024)
def _compiled(source: str, trusted: bool) -> Searcher:
    return compile_pattern(source, trusted)


def choose(
    packs: Mapping[str, Rules],
    title: str,
    headings: Sequence[str],
    province: str | None,
    year: int | None,
    kind: str | None = None,
) -> Choice:
    """Ask every pack; the best claim wins. Two equal claims are both reported, and what they share, their base, is used.

    Where the ``kind`` of the document is one of a government's on its whole territory, only packs of that kind are asked.
    """
    claims: list[tuple[tuple[int, int, int], Rules, tuple[str, ...]]] = []
    for rules in packs.values():
        if rules.kind != kind and (rules.kind in _OF_GOVERNMENTS or (rules.kind and kind in _OF_GOVERNMENTS)):
            continue
        why: list[str] = []
        score = [0, 0, 0]
        if rules.region is not None:
            if province is None and not rules.trusted:  # who adds a pack knows where the documents come from
                score[1] += 1
                why.append(f"region {rules.region} taken as given: the document names none")
            elif province is None or not province.startswith(rules.region[:2]):
                continue
            else:
                score[1] += 2
                why.append(f"region {rules.region}")
        if rules.year is not None:
            if str(year) != rules.year:
                continue
            score[1] += 1
            why.append(f"year {rules.year}")
        if rules.title is not None:
            if not _compiled(rules.title, rules.trusted).search(title):
                continue
            score[0] += 2
            why.append(f"title matches {rules.title}")
        elif rules.kind is not None:
            continue
        if rules.headings:
            there = sum(any(map(_compiled(pattern, rules.trusted).search, headings)) for pattern in rules.headings)
            if there == 0 and rules.region is not None:
                continue
            score[2] = round(100 * there / len(rules.headings))
            why.append(f"{there} of {len(rules.headings)} headings")
        claims.append(((score[0], score[1], score[2]), rules, tuple(why)))
    if not claims:
        base = next(iter(packs.values()))
        return Choice(resolve("cn" if "cn" in packs else base.id, packs), ("no pack claims this document",))
    best = max(score for score, _, _ in claims)
    winners = [(rules, why) for score, rules, why in claims if score == best]
    if len(winners) == 1:
        winner, reasons = winners[0]
        return Choice(resolve(winner.id, packs), reasons or ("base pack",))
    chains = [[r.id for r in lineage(rules, packs)] for rules, _ in winners]
    shared = next((i for i in chains[0] if all(i in other for other in chains[1:])), "cn")
    return Choice(
        resolve(shared, packs), (f"equal claims: {', '.join(rules.id for rules, _ in winners)}; their base is used",)
    )

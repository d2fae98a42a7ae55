"""Make fictitious reports with exact gold, varied in outline, wording and noise.

    python scripts/make_reports.py --count 200 --seed 7 -o OUTDIR [--kind budget] [--wrong 0.2]

Writes NAME.txt and NAME.gold.json (as in corpus/README.md) for every report. The same seed gives the same bytes. The
generator knows the vocabulary and nothing of the rules: what it finds out about the parser is worth having because no
rule was fitted to it. With `--wrong SHARE` so many of the reports carry one mistake, told under `arithmetic`; everything
else adds up, as far as the printed digits go. `reportparse eval OUTDIR` scores the parser.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from reportmaking.books import draw_books
from reportmaking.draft import Draft
from reportmaking.front import HEADER, front, signature
from reportmaking.manner import Manner
from reportmaking.outlines import KINDS
from reportmaking.page import Page
from reportmaking.places import Office, found_office
from reportmaking.slips import SLIPS, candidates, holds, recorded
from reportmaking.writer import Relation, Slip, Stated, Writer

MADE = "composed with its gold by scripts/make_reports.py, seed {seed}, number {number}"
FIXED = ("document.date", "document.fiscal_year", "document.region")
"""Text facts whose value is not what is printed."""


@dataclass(frozen=True)
class Link:
    """A relation of the true amounts, as positions in `gold["facts"]`: the whole first."""

    kind: str
    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Made:
    """One report: its text, its gold, and the sums, shares and rates that its numbers stand in."""

    name: str
    text: str
    gold: dict[str, Any]
    links: tuple[Link, ...] = ()


def compose(source: str, kind: str, slip: Slip | None) -> tuple[Draft, Random]:
    """Writes one report; the same source and kind give the same report but for the slip."""
    rng = Random(source)
    manner = Manner.drawn(rng)
    office = found_office(rng)
    books = draw_books(rng, manner, office.trade, administrative=office.administrative, budget=kind == "budget")
    year = rng.randint(2021, 2024)
    draft = Draft(rng, manner, office, books, year, kind, Writer(rng, manner, slip))
    KINDS[kind](draft)
    signature(draft)
    draft.w.follow(front(draft))
    return draft, rng


def made(seed: int, number: int, kind: str, wrong: bool) -> Made:
    """The report of this number, with one mistake if it is to be wrong and can be."""
    source = f"{seed}/{number}/{kind}"
    draft, rng = compose(source, kind, None)
    told: list[tuple[dict[str, str | None], Stated]] = []
    if wrong:
        spoilt = spoil(source, kind, draft.w)
        if spoilt is not None:
            slip, draft, rng, before = spoilt
            told.append(recorded(slip, before, draft.w))
    name = f"{kind.replace('_', '-')}-{seed}-{number:04d}"
    made_by = MADE.format(seed=seed, number=number)
    return finish(name, draft, rng, told, made_by)


def spoil(source: str, kind: str, right: Writer) -> tuple[Slip, Draft, Random, Writer] | None:
    """The first mistake, in an order by chance, after which some relation fails."""
    chance = Random(f"{source}/slip")
    for name in chance.sample(SLIPS, len(SLIPS)):
        for tries, slip in enumerate(candidates(right, name, chance)):
            if tries == 6:
                break
            draft, rng = compose(source, kind, slip)
            if not all(holds(relation) for relation in draft.w.relations):
                return slip, draft, rng, right
    return None


def finish(
    name: str, draft: Draft, rng: Random, told: list[tuple[dict[str, str | None], Stated]], made_by: str
) -> Made:
    """The printed page, and the gold carried to it."""
    writer, office = draft.w, draft.office
    text = draft.manner.dressed(writer.text, rng)
    page = Page(text, writer.kinds, draft.manner, rng)
    ordered = sorted(writer.stated, key=lambda one: (one.start, one.end))
    claimed = [one for one in ordered if one.key is not None]
    facts = [entry(one, text, page) for one in claimed]
    kind_fact = {
        "key": "document.kind",
        "state": "stated",
        "value": draft.kind,
        "unit": None,
        "quote": None,
        "span": None,
    }
    unclaimed = [loose(one, page) for one in ordered if one.key is None]
    arithmetic: list[dict[str, Any]] = [{**said} | {"span": [*page.span(at.start, at.end)]} for said, at in told]
    gold: dict[str, Any] = {"made": made_by, "place": office.province, "kind": draft.kind, "half": "dev"}
    gold |= {"mess": list(draft.manner.mess()), "arithmetic": arithmetic, "document": header(facts, draft.kind, office)}
    gold |= {"facts": [*facts, kind_fact], "unclaimed": unclaimed}
    places = {id(one): k for k, one in enumerate(claimed)}
    return Made(name, page.text, gold, tuple(link(one, places) for one in writer.relations))


def link(relation: Relation, places: dict[int, int]) -> Link:
    return Link(relation.kind, places[id(relation.whole)], tuple(places[id(part)] for part in relation.parts))


def entry(one: Stated, text: str, page: Page) -> dict[str, Any]:
    """A fact of the gold."""
    start, end = page.span(one.start, one.end)
    value = one.value
    if one.unit is None and one.state == "stated" and one.key not in FIXED:
        value = "".join(line.strip() for line in text[one.start : one.end].split("\n"))
    found: dict[str, Any] = {"key": one.key, "state": one.state, "value": value, "unit": one.unit}
    found |= {"quote": page.text[start:end], "span": [start, end]}
    found |= {name: getattr(one, name) for name in ("where", "role", "note") if getattr(one, name)}
    if one.parts:
        spans = [(name, page.span(a, b)) for name, a, b in one.parts]
        found["with"] = [{"as": name, "quote": page.text[slice(*span)], "span": [*span]} for name, span in spans]
    return found


def loose(one: Stated, page: Page) -> dict[str, Any]:
    """A quantity that is no fact."""
    start, end = page.span(one.start, one.end)
    found: dict[str, Any] = {"quote": page.text[start:end], "span": [start, end], "kind": one.kind}
    return found | ({"role": one.role} if one.role else {})


def header(facts: list[dict[str, Any]], kind: str, office: Office) -> dict[str, Any]:
    stated = {fact["key"]: fact["value"] for fact in facts}
    found: dict[str, Any] = {name: stated.get(f"document.{name}") for name in HEADER}
    found["fiscal_year"] = int(found["fiscal_year"])
    found["region"] = {"name": office.county, "level": "县", "code": office.code}
    return found | {"kind": kind}


def reports(seed: int, count: int, kinds: Sequence[str] = tuple(KINDS), wrong: float = 0.0) -> Iterator[Made]:
    """So many reports, the kinds in turn; a share of them wrong."""
    chance = Random(f"{seed}/wrong")
    for number in range(count):
        yield made(seed, number, kinds[number % len(kinds)], chance.random() < wrong)


def dump(gold: dict[str, Any]) -> str:
    """JSON with indent 1, each span on one line."""
    text = json.dumps(gold, ensure_ascii=False, indent=1)
    return re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", text) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUTDIR")
    parser.add_argument("--kind", choices=tuple(KINDS), action="append", help="may be repeated (default: all in turn)")
    parser.add_argument("--wrong", type=float, default=0.0, metavar="SHARE", help="share of reports with one mistake")
    options = parser.parse_args(arguments)
    options.output.mkdir(parents=True, exist_ok=True)
    for one in reports(options.seed, options.count, options.kind or tuple(KINDS), options.wrong):
        (options.output / f"{one.name}.txt").write_text(one.text, encoding="utf-8", newline="\n")
        (options.output / f"{one.name}.gold.json").write_text(dump(one.gold), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

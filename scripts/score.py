"""Score the parser against the gold beside the reports.

    python scripts/score.py corpus/ [corpus/NAME.txt ...] [--half dev|test] [--misses]
    python scripts/score.py corpus/ --floors > corpus/floors.toml

A fact is right *strictly* if key, value, state and span are those of the gold; *by value* if key, value and state are.
`prose` leaves the gold's table cells out. `places` is the share of the gold's quantities, bound or not, whose place is
that of a mention. `fields` are those of the document. Each fact counts once for every time that it stands in the gold.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from reportparse import Report, parse

Fact = tuple[str, str, str | None, tuple[int, int] | None]
"""Key, state, value and span."""


class Tally(NamedTuple):
    """How many facts the gold has, how many came out, and how many of them are right."""

    gold: int
    got: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.got if self.got else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.got) if self.gold + self.got else 1.0

    def __add__(self, other: object) -> Tally:
        assert isinstance(other, Tally)
        return Tally(self.gold + other.gold, self.got + other.got, self.right + other.right)


NOTHING = Tally(0, 0, 0)


class Score(NamedTuple):
    """One file."""

    name: str
    half: str
    strict: Tally
    value: Tally
    prose: Tally
    places: Tally
    concepts: dict[str, Tally]
    lost: list[Fact]
    extra: list[Fact]
    fields: list[str]


def printed(value: object) -> str | None:
    """A value as the gold writes it: digits as printed, text without its line breaks."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    return re.sub(r"\s*\n\s*", "", str(value))


def place(span: Sequence[int] | None) -> tuple[int, int] | None:
    return (span[0], span[1]) if span else None


def gold_fact(fact: dict[str, Any]) -> Fact:
    return fact["key"], fact["state"], printed(fact["value"]), place(fact["span"])


def tally(gold: Iterable[object], got: Iterable[object]) -> Tally:
    expected, found = Counter(gold), Counter(got)
    return Tally(expected.total(), found.total(), (expected & found).total())


def concept(fact: Fact) -> str:
    return re.split(r"[\[{]", fact[0])[0]


def field_faults(gold: dict[str, Any], report: Report) -> list[str]:
    """The fields of the document that are not the gold's, as ``name: got, not gold``."""
    info = report.document
    got: dict[str, object] = {
        name: getattr(info, name) for name in ("kind", "title", "department", "fiscal_year", "issuer", "date")
    }
    region = info.region
    got["region"] = {"name": region.name, "level": region.level, "code": region.code} if region else None
    return [f"{name}: {got[name]}, not {gold[name]}" for name in got if got[name] != gold[name]]


def score(path: Path) -> Score:
    """Parse a report and compare it with the gold beside it."""
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    report = parse(path)
    expected = [gold_fact(fact) for fact in gold["facts"]]
    found = [(fact.key, fact.state, printed(fact.value), fact.span) for fact in report]
    cells = Counter(gold_fact(fact) for fact in gold["facts"] if fact.get("where") == "table")
    in_prose = [(fact.key, fact.state, printed(fact.value), fact.span) for fact in report if fact.where != "table"]
    concepts = sorted({concept(fact) for fact in (*expected, *found)})
    numbers = [fact for fact in gold["facts"] if fact["unit"] and fact["span"]] + gold["unclaimed"]
    mentions = {fact.span for fact in report if fact.mention} | {mention.span for mention in report.unclaimed}
    return Score(
        name=path.stem,
        half=gold["half"],
        strict=tally(expected, found),
        value=tally((fact[:3] for fact in expected), (fact[:3] for fact in found)),
        prose=tally((Counter(expected) - cells).elements(), in_prose),
        places=tally({place(number["span"]) for number in numbers}, mentions),
        concepts={
            name: tally((f for f in expected if concept(f) == name), (f for f in found if concept(f) == name))
            for name in concepts
        },
        lost=sorted((Counter(expected) - Counter(found)).elements(), key=str),
        extra=sorted((Counter(found) - Counter(expected)).elements(), key=str),
        fields=field_faults(gold["document"], report),
    )


def share(number: float) -> str:
    return f"{100 * number:6.1f}"


def table(scores: Sequence[Score]) -> str:
    """A line a file, then a line a concept: the worst last."""
    lines = [
        f"{'':26} {'':4} {'gold':>5} {'got':>5} {'strict':>6}  {'P':>6} {'R':>6} {'F1':>6}   {'by value: P':>11} {'R':>6}"
        f"  {'prose: R':>8}  {'places':>6}  fields"
    ]
    for name, half, some in (
        *((s.name, s.half, [s]) for s in scores),
        *((f"all {half}", "", [s for s in scores if s.half == half]) for half in ("dev", "test")),
        ("all", "", list(scores)),
    ):
        if some:
            strict = sum((s.strict for s in some), NOTHING)
            value = sum((s.value for s in some), NOTHING)
            prose = sum((s.prose for s in some), NOTHING)
            places = sum((s.places for s in some), NOTHING)
            faults = sum(len(s.fields) for s in some)
            lines.append(
                f"{name:26} {half:4} {strict.gold:5} {strict.got:5} {strict.right:6}  {share(strict.precision)} "
                f"{share(strict.recall)} {share(strict.f1)}   {share(value.precision):>11} {share(value.recall)}  "
                f"{share(prose.recall):>8}  {share(places.recall)}  {f'{faults} wrong' if faults else 'right'}"
            )
    by_concept: dict[str, Tally] = {}
    for one in scores:
        for name, found in one.concepts.items():
            by_concept[name] = by_concept.get(name, NOTHING) + found
    lines += ["", f"{'':34} {'gold':>5} {'got':>5} {'strict':>6}  {'P':>6} {'R':>6} {'F1':>6}"]
    for name, found in sorted(by_concept.items(), key=lambda item: (-item[1].f1, item[0])):
        lines.append(
            f"{name:34} {found.gold:5} {found.got:5} {found.right:6}  {share(found.precision)} {share(found.recall)} "
            f"{share(found.f1)}"
        )
    return "\n".join(lines)


def misses(one: Score) -> str:
    """What was lost (``-``) and what came out instead (``+``), in the order of the text."""
    rows = [("-", fact) for fact in one.lost] + [("+", fact) for fact in one.extra]
    rows.sort(key=lambda row: (row[1][3] or (-1, -1), row[0] == "+"))
    lines = [f"\n{one.name}"] + [f"  ! {fault}" for fault in one.fields]
    for sign, (key, state, value, span) in rows:
        at = f"{span[0]}:{span[1]}" if span else "-"
        what = (value or "")[:40] if state in ("stated", "zero") else f"({state})"
        lines.append(f"  {sign} {at:>11}  {key} = {what}")
    return "\n".join(lines)


def floors(scores: Sequence[Score]) -> str:
    """The scores as data for the test that holds them."""
    lines = [
        "# Facts right (strictly, and by value) at the least, and wrong at the most: scripts/score.py corpus/ --floors",
        "",
    ]
    for one in scores:
        wrong = one.strict.got - one.strict.right
        lines.append(f"{one.name} = {{ right = {one.strict.right}, by_value = {one.value.right}, wrong = {wrong} }}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, help="folders, or reports with NAME.gold.json beside them")
    parser.add_argument("--half", choices=("dev", "test"), help="only this half of the corpus")
    parser.add_argument("--misses", action="store_true", help="list what is lost and what is wrong, file by file")
    parser.add_argument("--floors", action="store_true", help="print the scores as the data of tests/test_corpus.py")
    options = parser.parse_args(arguments)
    files = [file for path in options.paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    scores = [one for one in map(score, files) if options.half in (None, one.half)]
    print(floors(scores) if options.floors else table(scores))
    if options.misses:
        for one in scores:
            print(misses(one))
    return 0 if scores else 1


if __name__ == "__main__":
    sys.exit(main())

"""Score documents against their gold: what a careful reader says that they state.

The gold of ``NAME.txt`` or ``NAME.pdf`` is ``NAME.gold.json``, beside it or in a folder of its own; ``corpus/README.md``
says what stands in it. Three questions are asked of every fact of it:

* **strict**: is there a fact with this key, state and value at this very place?
* **keyed**: is there one anywhere?
* **value**: is its figure read at its place, whatever it is taken for, or left unclaimed?

Precision is the share of what came out that is right, recall the share of the gold that came out, F1 their harmonic
mean. A fact counts once for every time that it stands in the gold. White space in a text is not compared.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.errors import GoldError, ReadError
from reportparse.gold import SUFFIX, Places, load_gold, squeezed
from reportparse.model import Fact, Mention, Span
from reportparse.parse import parse
from reportparse.readers import read
from reportparse.report import Report

__all__ = ["NOTHING", "Miss", "Score", "Tally", "score", "sums", "to_json"]

FIELDS = ("kind", "title", "department", "region", "fiscal_year", "issuer", "date")
"""What is compared of ``document``."""


class Tally(NamedTuple):
    """How many the gold has, how many came out, and how many of those are right."""

    gold: int
    got: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.got) if self.gold + self.got else 1.0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.gold + other.gold, self.got + other.got, self.right + other.right)


NOTHING = Tally(0, 0, 0)


class Miss(NamedTuple):
    """A fact of the gold that did not come out (``lost``), or one that came out and is not in it (``extra``)."""

    what: str
    key: str
    state: str
    value: str | None
    span: Span | None


class Score(NamedTuple):
    """One document. ``placed`` is false where its text is not the one that the gold's places are in.

    ``fields`` are those of ``document`` that differ, as ``name: got, not gold``. ``error`` is the code of a document that
    could not be read: all of its gold is lost then.
    """

    name: str
    half: str | None
    kind: str
    placed: bool
    strict: Tally
    keyed: Tally
    value: Tally
    concepts: Mapping[str, Tally]
    misses: tuple[Miss, ...]
    fields: tuple[str, ...]
    error: str | None

    @property
    def whole(self) -> bool:
        """Whether every fact and field of the report is right."""
        return not (self.misses or self.fields or self.error)


class _Row(NamedTuple):
    """A fact as it is compared."""

    key: str
    state: str
    value: str | None
    span: Span | None


def score(path: Path, gold_path: Path, *, where: str | None = None, packs: Sequence[str | Path] = ()) -> Score:
    """Parse a document and compare it with its gold.

    ``where`` (``prose`` or ``table``) leaves the other facts out on both sides; a gold that ``covers`` prose alone is
    never compared with what stands in tables, one that covers ``cells`` only with what stands in those cells, and one that
    covers ``places`` only with what stands where it says something.

    Raises:
        GoldError: ``RP-GOLD-002`` the gold cannot be used.
        PackError: a rule pack cannot be used.
    """
    gold = load_gold(gold_path)
    covers = gold.get("covers")
    where = where or ("prose" if covers == "prose" else "table" if covers == "cells" else None)
    facts = [fact for fact in gold["facts"] if _is_in(fact.get("where"), where)]
    others = [one for one in gold["unclaimed"] if _is_in(one.get("where"), where)]
    try:
        document = read(path)
        report = parse(document, packs=packs)
    except ReadError as error:
        return _unread(path, gold, facts, others, error.code)
    places = Places(document)
    placed = all(map(places.fits, (*facts, *others)))
    if not placed and path.name.removesuffix(path.suffix) == gold_path.name.removesuffix(SUFFIX):
        wrong = next(one for one in (*facts, *others) if not places.fits(one))
        raise GoldError(
            "RP-GOLD-002",
            f"{gold_path.name}：引文 {wrong['quote']!r} 不在所标位置",
            f"{gold_path.name}: the quote {wrong['quote']!r} is not where the gold says",
        )
    at = places.span if placed else _nowhere
    wanted = [_Row(fact["key"], fact["state"], _printed(fact["value"]), at(fact)) for fact in facts]
    got = [
        _Row(fact.key, fact.state, _printed(fact.value), fact.span if placed else None)
        for fact in report
        if _is_in(fact.where, where)
    ]
    if covers in ("cells", "places"):
        asked = {at(one) for one in (*facts, *others)}
        got = [row for row in got if row.span in asked]
    return Score(
        name=path.stem,
        half=gold.get("half"),
        kind=gold["kind"],
        placed=placed,
        strict=_tally(wanted, got),
        keyed=_tally((row[:3] for row in wanted), (row[:3] for row in got)),
        value=_seen([fact for fact in facts if _is_figure(fact)] + others, report, at, where),
        concepts={
            name: _tally((r for r in wanted if _concept(r) == name), (r for r in got if _concept(r) == name))
            for name in sorted({_concept(row) for row in (*wanted, *got)})
        },
        misses=_misses(wanted, got),
        fields=() if covers in ("cells", "places") else tuple(_field_faults(gold["document"], report)),
        error=None,
    )


def sums(scores: Sequence[Score]) -> dict[str, Tally]:
    """``strict``, ``keyed`` and ``value`` of several documents together."""
    total = dict.fromkeys(("strict", "keyed", "value"), NOTHING)
    for one in scores:
        for name in total:
            total[name] = total[name].plus(getattr(one, name))
    return total


def to_json(scores: Sequence[Score], misses: bool = True) -> dict[str, Any]:
    """All scores as one JSON object: ``all``, by ``halves``, ``kinds`` and ``concepts``, and every file."""
    concepts: dict[str, Tally] = {}
    for one in scores:
        for name, found in one.concepts.items():
            concepts[name] = concepts.get(name, NOTHING).plus(found)
    return {
        "all": _group(scores),
        "halves": {
            half: _group([s for s in scores if s.half == half]) for half in sorted({s.half or "" for s in scores})
        },
        "kinds": {kind: _group([s for s in scores if s.kind == kind]) for kind in sorted({s.kind for s in scores})},
        "concepts": {name: _numbers(found) for name, found in sorted(concepts.items())},
        "files": [
            {"name": s.name, "half": s.half, "kind": s.kind, "placed": s.placed, "error": s.error, "whole": s.whole}
            | {name: _numbers(getattr(s, name)) for name in ("strict", "keyed", "value")}
            | {"fields": list(s.fields)}
            | ({"misses": [miss._asdict() for miss in s.misses]} if misses else {})
            for s in scores
        ],
    }


def _group(scores: Sequence[Score]) -> dict[str, Any]:
    total = sums(scores)
    keyed = sum(s.keyed.right for s in scores if s.placed)
    exact = sum(s.strict.right for s in scores if s.placed)
    return {
        "files": len(scores),
        "whole": sum(s.whole for s in scores),
        **{name: _numbers(found) for name, found in total.items()},
        "span_exactness": round(exact / keyed, 4) if keyed else None,
    }


def _numbers(found: Tally) -> dict[str, float]:
    return {
        "gold": found.gold, "got": found.got, "right": found.right,
        "precision": round(found.precision, 4), "recall": round(found.recall, 4), "f1": round(found.f1, 4),
    }  # fmt: skip


def _is_in(stands: str | None, where: str | None) -> bool:
    return where is None or (stands == "table") == (where == "table")


def _is_figure(fact: Mapping[str, Any]) -> bool:
    return bool(fact.get("unit")) and fact["value"] is not None


_DIGEST = "sha256:"
_LONG = 16
"""Characters: longer words are compared by their digest, which is all that the gold of a published document holds."""


def _printed(value: object) -> str | None:
    """A value as it is compared: digits as printed, words without white space, long ones as a digest."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value, "f")
    words = squeezed(str(value))
    if len(words) <= _LONG or words.startswith(_DIGEST):
        return words
    return _DIGEST + hashlib.sha256(words.encode()).hexdigest()[:12]


def _nowhere(_: Mapping[str, Any]) -> Span | None:
    return None


# -- comparing --------------------------------------------------------------------------------------------------------


def _tally(gold: Iterable[object], got: Iterable[object]) -> Tally:
    expected, found = Counter(gold), Counter(got)
    return Tally(expected.total(), found.total(), (expected & found).total())


def _concept(row: _Row) -> str:
    return re.split(r"[\[{]", row.key)[0]


def _misses(wanted: Sequence[_Row], got: Sequence[_Row]) -> tuple[Miss, ...]:
    """What is lost and what is extra, in the order of the text."""
    lost = [Miss("lost", *row) for row in (Counter(wanted) - Counter(got)).elements()]
    extra = [Miss("extra", *row) for row in (Counter(got) - Counter(wanted)).elements()]
    return tuple(sorted(lost + extra, key=lambda miss: (miss.span or (-1, -1), miss.what == "extra", miss.key)))


def _seen(figures: Sequence[Mapping[str, Any]], report: Report, at: Any, where: str | None) -> Tally:
    """The figures of the gold that were read where they stand: with their value, if the gold tells it."""
    mentions: list[Fact | Mention] = [fact for fact in report if fact.mention is not None and _is_in(fact.where, where)]
    mentions += [mention for mention in report.unclaimed if _is_in(mention.where, where)]
    read_there = {(m.span, _size(m.value)) for m in mentions} | {(m.span, None) for m in mentions}
    asked = {(at(one), _size(one.get("value"))) for one in figures}
    if any(span is None for span, _ in asked):  # another text: by the values alone, each once for its place in the gold
        own = {(str(one.get("span") or (one.get("page"), one.get("nth"))), _size(one.get("value"))) for one in figures}
        wanted = Counter(size for _, size in own if size is not None)
        found = Counter(size for _, size in {(m.span, _size(m.value)) for m in mentions} if size is not None)
        return Tally(wanted.total(), wanted.total(), (wanted & found).total())
    return Tally(len(asked), len(asked), len(asked & read_there))


def _size(value: object) -> Decimal | None:
    """A figure without its sign, which the words around it give."""
    return None if value is None or not re.fullmatch(r"[-+]?\d+(\.\d+)?", str(value)) else abs(Decimal(str(value)))


def _field_faults(gold: Mapping[str, Any], report: Report) -> Iterator[str]:
    info, region = report.document, report.document.region
    for name in FIELDS:
        got: object = getattr(info, name)
        if name == "region":
            got = {"name": region.name, "level": region.level, "code": region.code} if region else None
        want = gold.get(name)
        same = squeezed(got) == squeezed(want) if isinstance(got, str) and isinstance(want, str) else got == want
        if not same:
            yield f"{name}: {got}, not {want}"


def _unread(
    path: Path, gold: Mapping[str, Any], facts: Sequence[Mapping[str, Any]], others: Sequence[Any], code: str
) -> Score:
    lost = [_Row(fact["key"], fact["state"], _printed(fact["value"]), None) for fact in facts]
    figures = len([fact for fact in facts if _is_figure(fact)]) + len(others)
    concepts = Counter(map(_concept, lost))
    return Score(
        path.stem, gold.get("half"), gold["kind"], False, Tally(len(lost), 0, 0), Tally(len(lost), 0, 0),
        Tally(figures, 0, 0), {name: Tally(count, 0, 0) for name, count in concepts.items()}, _misses(lost, []), (), code,
    )  # fmt: skip

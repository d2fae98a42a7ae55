"""The page that a batch leaves: one HTML file that shows an archive at a glance and leads from every bar to its reports.

What is counted is counted here and stands in the page as text; the script of the page only filters, by the same classes,
which are handed to it. Figures are whole ten-thousandths on both sides, so that both put them in the same class.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from heapq import nlargest
from sys import intern
from typing import Any, NamedTuple
from urllib.parse import urlencode

from reportparse.batch.terms import CHECKS, FAILURES, KINDS, OUTCOMES, WORDS
from reportparse.datafiles import read_data
from reportparse.webpage import policy_hash, script_json, shown

__all__ = ["Row", "Told", "overview"]

Words = tuple[str, str]

_PARSED, _DUPLICATE = "parsed", "duplicate"
_FINE = Decimal(10_000)
"""How many of the units in which figures stand in the page make one."""
_MOST = 10**9
_BETWEEN = 200
"""Findings between reports that the page shows; the tables have all."""
_TOLD = 5_000
"""Reports of which the page tells what is wrong, those with most first: the sentences of a hundred thousand make it too heavy."""


class Row(NamedTuple):
    """One input of a batch: its ``name``, the name under which the same content was parsed if that was another (``same_as``),
    ``code`` and ``reason`` of its failure, the ``seconds`` that parsing took, the ``brief`` of the report, and where its page for
    review is (``review``), as an address from the page of the batch, if there is one.
    """

    name: str
    same_as: str | None
    code: str | None
    reason: str | None
    seconds: float
    brief: Mapping[str, Any] | None
    review: str | None = None


class Told(NamedTuple):
    """A finding between reports: how it came out, of which check, and what it says in both languages."""

    outcome: str
    code: str
    message: str
    message_en: str


_PLOTS = ("state", "kind", "year", "coverage", "rate", "score", "outcome", "code")
_WORDS = ("title", "department", "region", "grade", "against")
"""What of a brief is told in words."""
_DISTRIBUTIONS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "coverage": (
        ("0", "不足 50%", "under 50%"), ("50", "50%～60%", "50% to 60%"), ("60", "60%～70%", "60% to 70%"),
        ("70", "70%～80%", "70% to 80%"), ("80", "80%～90%", "80% to 90%"), ("90", "90%～100%", "90% to 100%"),
        ("100", "100%", "100%"),
    ),
    "rate": (
        ("0", "不足 60%", "under 60%"), ("60", "60%～70%", "60% to 70%"), ("70", "70%～80%", "70% to 80%"),
        ("80", "80%～90%", "80% to 90%"), ("90", "90%～100%", "90% to 100%"), ("100", "100%", "100%"),
        ("100.0001", "100%～110%", "100% to 110%"), ("110", "110%～120%", "110% to 120%"), ("120", "120% 以上", "120% and more"),
    ),
    "score": (
        ("0", "不足 60　差", "under 60, poor"), ("60", "60～70　中", "60 to 70, fair"), ("70", "70～80　中", "70 to 80, fair"),
        ("80", "80～85　良", "80 to 85, good"), ("85", "85～90　良", "85 to 90, good"), ("90", "90～95　优", "90 to 95, excellent"),
        ("95", "95～100　优", "95 to 100, excellent"), ("100", "100　满分", "100, full marks"), ("100.0001", "超过 100", "above 100"),
    ),
}  # fmt: skip
"""The classes of a distribution: from which figure each is, and what it is called. The lowest takes all that is less, too;
100 is a class of its own, since a little more is another thing.
"""
_OPTIONAL = "超过 100"
"""A class that is left out where nothing is in it, as it should be."""
_EDGES = {key: [int(Decimal(first) * _FINE) for first, _, _ in classes[1:]] for key, classes in _DISTRIBUTIONS.items()}


class _Bar(NamedTuple):
    value: str
    href: str
    label: Words
    number: int
    findings: int | None
    share: str
    width: str


class _Plot(NamedTuple):
    key: str
    bars: Sequence[_Bar]


def overview(rows: Iterable[Row], *, title: str = "", waiting: int = 0, between: Sequence[Told] = ()) -> str:
    """The page of a batch as HTML that needs nothing beside itself.

    Every row is listed, in the order given; what was not parsed by itself (failures, copies of another file) stands in the
    list and among the outcomes of parsing, and in no other count. The same rows give the same text. ``title`` is what the
    archive is called, ``waiting`` how many inputs a run that was interrupted has left; ``between`` are the findings between the
    reports, the worst first, of which the first few hundred are shown.
    """
    from jinja2 import Environment, StrictUndefined

    data = _Data(rows)
    plots = [_Plot(key, list(data.bars(key))) for key in _PLOTS]
    words = {**WORDS, **{f"{plot.key}.{bar.value}": bar.label for plot in plots for bar in plot.bars}}
    words |= {f"check.{code}": name for code, name in CHECKS.items()}
    words |= {f"between.{k}": (shown(one.message), shown(one.message_en)) for k, one in enumerate(between[:_BETWEEN])}
    words["between.more"] = tuple(said.format(_BETWEEN, len(between)) for said in WORDS["between.more"])  # type: ignore[assignment]
    disagree = sum(one.outcome == "inconsistent" for one in between)
    script, style = read_data("batch", "overview.js"), read_data("batch", "overview.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    page = environment.from_string(read_data("batch", "overview.html"))
    return page.render(
        title=shown(title), words=words, word=lambda key: words[key][0], plots={plot.key: plot for plot in plots}, cross=data.cross(),
        figures=data.figures(waiting, disagree), between=between[:_BETWEEN], more=len(between) > _BETWEEN, script=script, style=style, script_hash=policy_hash(script), style_hash=policy_hash(style),
        data=script_json(data.columns(plots)), all_words=script_json({"zh": {k: w[0] for k, w in words.items()}, "en": {k: w[1] for k, w in words.items()}}),
    )  # fmt: skip


class _Data:
    """The rows, and what they count as."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Row] = []
        self.words: dict[str, list[str | None]] = {key: [] for key in _WORDS}
        self.quantities: list[int] = []
        self.claimed: list[int] = []
        self.worst: dict[int, list[list[str]]] = {}
        self.figures_of: dict[str, list[int | None]] = {key: [] for key in _DISTRIBUTIONS}
        self.outcomes: list[dict[str, int]] = []
        self.codes: list[dict[str, int]] = []
        self.values: list[dict[str, tuple[str, ...]]] = []
        self.counts: dict[str, Counter[str]] = {key: Counter() for key in _PLOTS}
        self._alike: dict[Any, Any] = {}
        for row in rows:
            self._take(row, (row.brief or {}) if _state(row) == _PARSED else {})
        self._alike.clear()
        self.findings = {"outcome": _total(self.outcomes), "code": _total(self.codes)}

    def _take(self, row: Row, brief: Mapping[str, Any]) -> None:
        """Keep of a row what the page shows, and once what many rows have alike: an archive has a hundred thousand."""
        self.rows.append(row._replace(brief=None))
        for key, kept in self.words.items():
            word = brief.get(key)
            kept.append(None if word is None else intern(str(word)))
        self.quantities.append(brief.get("quantities", 0))
        self.claimed.append(brief.get("claimed", 0))
        figures = {"coverage": _coverage(brief), "rate": _fine(brief.get("execution_rate")), "score": _mark(brief)}
        for key, figure in figures.items():
            self.figures_of[key].append(figure)
        outcomes, codes = _there(brief.get("outcomes")), _there(brief.get("codes"))
        if outcomes.get("inconsistent"):
            self.worst[len(self.rows) - 1] = [
                [one["code"], one["message"], one["message_en"]] for one in brief.get("worst") or ()
            ]
        values = dict(_values(_state(row), brief, figures, outcomes, codes))
        self.outcomes.append(self._once(outcomes))
        self.codes.append(self._once(codes))
        self.values.append(self._once(values))
        for key, those in values.items():
            self.counts[key].update(those)

    def _once(self, one: dict[str, Any]) -> Any:
        return self._alike.setdefault(tuple(one.items()), one)

    def bars(self, key: str) -> Iterator[_Bar]:
        """The bars of a plot, in their order."""
        counts = self.counts[key]
        most, all_rows = max(counts.values(), default=0), counts.total()
        if key in ("outcome", "code"):
            all_rows = self.counts["state"][_PARSED]
        for value, label in self._labels(key, counts):
            count = counts[value]
            findings = self.findings[key][value] if key in self.findings and value != "none" else None
            share, width = _percent(count, all_rows), _percent(count, most, 2)
            yield _Bar(value, f"#{urlencode({key: value})}", label, count, findings, share, width)

    def _labels(self, key: str, counts: Mapping[str, int]) -> Iterator[tuple[str, Words]]:
        if key in _DISTRIBUTIONS:
            for k, (_, zh, en) in enumerate(_DISTRIBUTIONS[key]):
                if str(k) in counts or zh != _OPTIONAL:
                    yield str(k), (zh, en)
        elif key == "year":
            for year in sorted(set(counts) - {"none"}, key=_numbered):
                yield year, (year, year)
        else:
            names = {
                "state": {_PARSED: WORDS["state.parsed"], _DUPLICATE: WORDS["state.duplicate"]},
                "kind": KINDS, "outcome": OUTCOMES, "code": {},
            }[key]  # fmt: skip
            for value in names:
                if value in counts or key == "outcome" or value == _PARSED:
                    yield value, names[value]
            others = sorted(set(counts) - set(names) - {"none"}, key=lambda value: (-counts[value], value))
            for value in others:
                name = (FAILURES if key == "state" else CHECKS).get(value)
                yield (
                    value,
                    (f"{shown(value)} {name[0]}", f"{shown(value)} {name[1]}") if name else (shown(value),) * 2,
                )
        if "none" in counts:
            yield "none", WORDS[f"{key}.none"]

    def cross(self) -> dict[str, Any]:
        """Years by kinds: the names of the columns, and of every year the counts with their addresses."""
        kinds = [
            (value, label) for value, label in self._labels("kind", self.counts["kind"]) if self.counts["kind"][value]
        ]
        counts = Counter((one["year"][0], one["kind"][0]) for one in self.values if "kind" in one)
        years = [(year, label) for year, label in self._labels("year", self.counts["year"])]
        return {
            "shown": len(kinds) > 1 and len(years) > 1,
            "number": self.counts["state"][_PARSED],
            "kinds": [(kind, f"#{urlencode({'kind': kind})}", self.counts["kind"][kind]) for kind, _ in kinds],
            "years": [
                (
                    year, f"#{urlencode({'year': year})}", self.counts["year"][year],
                    [(kind, f"#{urlencode({'year': year, 'kind': kind})}", counts[year, kind]) for kind, _ in kinds],
                )
                for year, _ in years
            ],
        }  # fmt: skip

    def figures(self, waiting: int, disagree: int = 0) -> list[tuple[str, str, str, str | None]]:
        """What stands above all: a name, the figure, what share that is, where it leads."""
        state = self.counts["state"]
        parsed, copies = state[_PARSED], state[_DUPLICATE]
        failed = state.total() - parsed - copies
        wrong = self.counts["outcome"]["inconsistent"]
        fails = urlencode(
            [("state", bar.value) for bar in self.bars("state") if bar.value not in (_PARSED, _DUPLICATE)]
        )
        found = [
            ("files", f"{state.total():,}", "", "#all"),
            ("parsed", f"{parsed:,}", _percent(parsed, state.total()), "#state=parsed"),
            ("failed", f"{failed:,}", _percent(failed, state.total()), f"#{fails}" if failed else None),
        ]
        if waiting:
            found.append(("waiting", f"{waiting:,}", "", None))
        if copies:
            found.append(("duplicate", f"{copies:,}", _percent(copies, state.total()), "#state=duplicate"))
        found.append(
            ("inconsistent", f"{wrong:,}", _percent(wrong, parsed), "#outcome=inconsistent" if wrong else None)
        )
        if disagree:
            found.append(("between", f"{disagree:,}", "", "#between"))
        for key, unit in (("coverage", "%"), ("rate", "%"), ("score", "")):
            figures = sorted(figure for figure in self.figures_of[key] if figure is not None)
            if figures:
                middle = (figures[(len(figures) - 1) // 2] + figures[len(figures) // 2]) // 2
                found.append((key, f"{_tenths(middle)}{unit}", "", None))
        return found

    def columns(self, plots: Sequence[_Plot]) -> dict[str, Any]:
        """The rows by columns: names once, what repeats as places in a list of its own."""
        at = {row.name: k for k, row in enumerate(self.rows)}
        order = {plot.key: [bar.value for bar in plot.bars] for plot in plots}
        place = {key: {value: k for k, value in enumerate(values)} for key, values in order.items()}
        wrong = [outcomes.get("inconsistent", 0) for outcomes in self.outcomes]
        told = nlargest(_TOLD, (k for k, n in enumerate(wrong) if n), key=lambda k: (wrong[k], -k))
        same = [(k, row.same_as) for k, row in enumerate(self.rows) if row.same_as is not None]
        return {
            "plots": order,
            "edges": _EDGES,
            "name": [row.name for row in self.rows],
            "same": {k: at.get(name, name) for k, name in same},
            "reason": {k: row.reason for k, row in enumerate(self.rows) if row.reason},
            "review": {k: row.review for k, row in enumerate(self.rows) if row.review},
            "ms": [round(row.seconds * 1000) for row in self.rows],
            "state": [place["state"][one["state"][0]] for one in self.values],
            "kind": [place["kind"][one["kind"][0]] if "kind" in one else -1 for one in self.values],
            "year": [place["year"][one["year"][0]] if "year" in one else -1 for one in self.values],
            **{key: _listed(words) for key, words in self.words.items()},
            "quantities": self.quantities,
            "claimed": self.claimed,
            **self.figures_of,
            "outcomes": {
                name: [outcomes.get(name, 0) for outcomes in self.outcomes]
                for name in order["outcome"] if name != "none"
            },
            "codes": [_flat(codes, place["code"]) for codes in self.codes],
            "worst": {k: self.worst[k] for k in sorted(told)},
        }  # fmt: skip


def _values(
    state: str,
    brief: Mapping[str, Any],
    figures: Mapping[str, int | None],
    outcomes: Iterable[str],
    codes: Iterable[str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """By each plot the values that a row has in it."""
    yield "state", (state,)
    if state != _PARSED:
        return
    yield "kind", (brief.get("kind") or "other",)
    yield "year", (_or_none(brief.get("fiscal_year")),)
    for key, edges in _EDGES.items():
        figure = figures[key]
        yield key, ("none" if figure is None else str(bisect_right(edges, figure)),)
    yield "outcome", tuple(outcomes) or ("none",)
    yield "code", tuple(codes)


def _state(row: Row) -> str:
    if row.code is not None:
        return row.code
    return _PARSED if row.same_as is None else _DUPLICATE


def _or_none(value: object) -> str:
    return "none" if value is None else str(value)


def _numbered(year: str) -> tuple[int, str]:
    return (int(year) if year.isdecimal() else 0), year


def _fine(value: object) -> int | None:
    """A figure in ten-thousandths, rounded down: 99.99999 is not 100."""
    try:
        number = Decimal(str(value)) if value is not None else None
    except ArithmeticError:
        return None
    if number is None or not number.is_finite() or abs(number) > _MOST:
        return None
    return int((number * _FINE).to_integral_value(ROUND_FLOOR))


def _coverage(brief: Mapping[str, Any]) -> int | None:
    quantities = brief.get("quantities", 0)
    return int(brief.get("claimed", 0) * 100 * _FINE // quantities) if quantities else None


def _mark(brief: Mapping[str, Any]) -> int | None:
    """The score out of a hundred."""
    score, scale = _fine(brief.get("score")), _fine(brief.get("scale"))
    return score if score is None or not scale else int(score * 100 * _FINE // scale)


def _there(counts: Mapping[str, int] | None) -> dict[str, int]:
    return {name: number for name, number in (counts or {}).items() if number}


def _total(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def _listed(values: Iterable[str | None]) -> dict[str, Any]:
    """Texts of which many repeat: each once, and where in that list every row's is, -1 for none."""
    places: dict[str, int] = {}
    at = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return {"of": list(places), "at": at}


def _flat(codes: Mapping[str, int], place: Mapping[str, int]) -> list[int] | int:
    """Places of codes, each with how many; 0 for none, which is shorter."""
    return [
        number for code in sorted(codes, key=lambda code: place[code]) for number in (place[code], codes[code])
    ] or 0


def _percent(part: int, whole: int, places: int = 0) -> str:
    if not whole:
        return "0%"
    percent = Decimal(part) * 100 / whole
    if not places and 0 < percent < 1:
        return "<1%"
    if not places and 99 < percent < 100:
        return ">99%"
    return f"{percent:.{places}f}%"


def _tenths(fine: int) -> str:
    return f"{Decimal(fine // 1000) / 10:.1f}"

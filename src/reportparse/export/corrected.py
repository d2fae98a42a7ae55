"""What readers judged on the pages for review → the lines that are exported, as corrected.

A correction holds where the bytes and the text of its source are those of the line; what no line holds any more is told and
changes nothing. What was corrected is checked again (:mod:`reportparse.export.rechecked`); where the rules of its checks are not
at hand, what a finding says of figures that were corrected is marked instead.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec

from reportparse.checks import unit_of
from reportparse.concepts import TEXT_KINDS, compared_by, load_concepts
from reportparse.corrections import load_corrections, stated_key
from reportparse.errors import BatchError, GoldError
from reportparse.export.rechecked import as_corrected, recheck
from reportparse.packs import load_packs
from reportparse.report import Report
from reportparse.view import view

__all__ = ["AGAIN", "Corrections", "Review"]

NOT_AGAIN = "所涉的数已更正，未重新核对"
"""What stands beside a finding on figures that a reader corrected, where it could not be checked again."""
AGAIN = "按更正后的数核对"
NO_MORE = "所涉的数已更正，不再成立"

_ENDING = ".corrections.json"
_KINDS = dict.fromkeys(("share", "change_rate", "execution_rate"), "percentage")
_FIELDS = frozenset({"title", "department", "fiscal_year", "issuer", "date", "kind"})
"""What a report says of itself by a fact ``document.…`` of its own."""
_TOLD = 20
"""Corrections without a place that are named; the others are counted."""


class Review(NamedTuple):
    """What a reader said of a row: the verdict, who, when, the remark, and what had been read there."""

    verdict: str
    reviewer: str | None
    saved: str | None
    comment: str | None
    read_as: str | None = None


_About = tuple[str | None, str | None, str | None]
"""Who judged, when, and the remark."""


class Corrections:
    """Files of corrections, each put to the line of its source.

    ``paths`` are files that the review page saved, and folders, of which every ``NAME.corrections.json`` below is taken; ``packs`` the
    files of the rule packs, beside those of this program, that read the reports.

    Raises:
        GoldError: a file is no file of corrections; ``RP-GOLD-004`` two judge one source.
        BatchError: ``RP-BATCH-001`` a folder without any.
        PackError: a pack cannot be used.
    """

    def __init__(self, paths: Iterable[Path], packs: Sequence[str | os.PathLike[str]] = ()) -> None:
        self._packs = load_packs(packs)
        self._files: dict[str, tuple[Path, dict[str, Any]]] = {}
        self._used: set[str] = set()
        self._counts = Counter[str]()
        self._lost: list[str] = []
        self._changed: set[tuple[str, str]] = set()
        for path in _files(paths):
            found = load_corrections(path)
            sha256 = found["source"]["sha256"]
            if sha256 in self._files:
                other = self._files[sha256][0]
                raise GoldError(
                    "RP-GOLD-004",
                    f"{other} 和 {path} 更正的是同一份报告，只能给一个",
                    f"{other} and {path} are corrections of one report: give one of them",
                )
            self._files[sha256] = (path, found)

    def has_changed(self, name: str, fact: str) -> bool:
        """Whether a fact of the document of that name was corrected, added or left out."""
        return (name, fact) in self._changed

    def applied(self, line: bytes, document: Mapping[str, Any]) -> Mapping[str, Any]:
        """A line, and what it says, as corrected. Its facts, numbers and findings that were judged have a :class:`Review` as ``review``."""
        source = document["source"]
        known = self._files.get(source.get("sha256"))
        if known is None or "error" in document:
            return document
        path, corrections = known
        self._used.add(source["sha256"])
        text = corrections["source"].get("text_sha256")
        if text is not None and text != source.get("text_sha256"):
            self._counts["stale"] += len(corrections["entries"])
            self._lost.append(f"{path.name}（{source['name']}：正文的读法已变）")
            return document
        return self._judged(line, dict(document), path, corrections)

    def report(self, line: bytes) -> Report:
        """The report of a line as corrected, and as it stands where nobody judged it. What was done is not counted once more.

        Raises:
            ValueError: the line is no report.
        """
        report = Report.from_json(line)
        if report.source.sha256 not in self._files:
            return report
        again = copy(self)
        again._counts, again._used, again._lost, again._changed = Counter(), set(), [], set()
        corrected = again.applied(line, msgspec.json.Decoder(float_hook=Decimal).decode(line))
        return as_corrected(report, corrected["facts"], corrected["unclaimed"])

    def notes(self) -> list[tuple[str, str]]:
        """What was done, and what could not be: to be asked when all lines are through."""
        unused = [path.name for sha256, (path, _) in sorted(self._files.items()) if sha256 not in self._used]
        counts = self._counts
        told = [(
            f"审阅：更正 {counts['corrected']} 处，补录 {counts['added']} 处，确认 {counts['accepted']} 处；"
            f"驳回的 {counts['rejected']} 个数和误报的 {counts['false']} 个问题未列入",
            f"review: {counts['corrected']} corrected, {counts['added']} added, {counts['accepted']} accepted; "
            f"{counts['rejected']} rejected numbers and {counts['false']} false alarms are left out",
        )]  # fmt: skip
        if counts["settled"] or counts["found"]:
            told.append((
                f"更正后重新核对：{counts['settled']} 个问题不再成立，新查出 {counts['found']} 个",
                f"checked again as corrected: {counts['settled']} problems hold no more, {counts['found']} are new",
            ))  # fmt: skip
        if counts["unchecked"]:
            told.append((
                f"{counts['unchecked']} 份报告没有重新核对：读它们的规则包不在手边，或已不是那一版（自己的规则包用 --packs 给出）",
                f"{counts['unchecked']} reports were not checked again: the packs that read them are not at hand, or are others by now "
                "(--packs names your own)",
            ))  # fmt: skip
        if counts["stale"]:
            told.append((
                f"{counts['stale']} 条更正没有用上，原处现在读出的是别的，请在审阅页上重新判断",
                f"{counts['stale']} judgements were not used: something else is read there now; judge it again on its page",
            ))  # fmt: skip
            told += [(f"没有用上的更正：{one}", f"not used: {one}") for one in self._lost[:_TOLD]]
        told += [
            (f"{name} 所更正的报告不在其中", f"{name} is of a report that is not among these")
            for name in unused[:_TOLD]
        ]
        if len(unused) > _TOLD:
            told.append((f"这样的文件共 {len(unused)} 个", f"there are {len(unused)} such files"))
        return told

    # -- one line -----------------------------------------------------------------------------------------------------------

    def _judged(
        self, line: bytes, document: dict[str, Any], path: Path, corrections: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        name = document["source"]["name"]
        before, numbers = document["facts"], document["unclaimed"]
        of = _Places(document)
        gone: set[str] = set()
        for entry in corrections["entries"]:
            verdict = entry["verdict"]
            if verdict is None:
                continue
            about = (corrections.get("reviewer"), corrections.get("saved"), entry.get("comment") or None)
            if entry["of"] == "fact":
                done = self._fact(of, entry, about, gone)
            elif entry["of"] in ("number", "place"):
                done = self._number(of, entry, about, document["document"])
            elif entry["of"] == "concept":
                done = self._concept(document, entry)
            else:
                done = self._finding(of, entry, about)
            if not done:
                self._counts["stale"] += 1
                what = entry["key"] or entry.get("code") or "—"
                if len(self._lost) < _TOLD:
                    self._lost.append(f"{path.name}（{name}：{what} {' '.join((entry['quote'] or '').split())}）")
        facts, unclaimed = list(of.facts.values()), list(of.unclaimed.values())
        self._changed |= {(name, id) for id in gone | (of.facts.keys() - {fact["id"] for fact in before})}
        document["facts"], document["unclaimed"], document["findings"] = facts, unclaimed, list(of.findings.values())
        if gone or len(facts) > len(before) or len(unclaimed) < len(numbers):
            self._check(line, document, gone)
        document["report"] = _viewed(document, before, facts)
        document["document"] = _about(document["document"], facts)
        return document

    def _check(self, line: bytes, document: dict[str, Any], gone: set[str]) -> None:
        """Put the findings of the facts as corrected in the place of those that hold no more."""
        try:
            report = Report.from_json(line)
        except ValueError:  # of another version of the output, or edited
            again = None
        else:
            corrected = as_corrected(report, document["facts"], document["unclaimed"])
            again = recheck(report, corrected, self._packs)
        if again is None:
            self._counts["unchecked"] += 1
            document["findings"] = [
                {**one, "changed": NOT_AGAIN} if gone.intersection(one["facts"]) else one
                for one in document["findings"]
            ]
            return
        kept: list[Any] = []
        for one in document["findings"]:
            if (one["code"], tuple(one["facts"])) not in again.gone:
                kept.append(one)
            elif "review" in one:  # a reader stands by it
                kept.append({**one, "changed": NO_MORE})
            else:
                self._counts["settled"] += one["outcome"] != "consistent"
        at = {fact["id"]: fact["span"] or (-1,) for fact in document["facts"]}
        self._counts["found"] += sum(one["outcome"] != "consistent" for one in again.new)
        new = [{**one, "changed": AGAIN} for one in again.new]
        document["findings"] = sorted([*kept, *new], key=lambda one: at.get(next(iter(one["facts"]), ""), (-1,))[0])

    def _fact(self, of: _Places, entry: Mapping[str, Any], about: _About, gone: set[str]) -> bool:
        id = of.fact_at.get((entry["key"], _span(entry)))
        if id is None:
            return False
        fact = of.facts[id]
        if entry["verdict"] == "accept":
            of.facts[id] = {**fact, "review": Review("确认", *about)}
            self._counts["accepted"] += 1
            return True
        gone.add(id)
        if entry["verdict"] == "reject":
            del of.facts[id]
            of.stated_at.pop((fact["key"], _span(fact)), None)
            self._counts["rejected"] += 1
            return True
        was = f"{fact['key']} = {fact['value'] if fact['value'] is not None else fact['state']}{fact['unit'] or ''}"
        of.facts[id] = {**fact, **_stated(entry), "review": Review("更正", *about, was)}
        of.stated_at.pop((fact["key"], _span(fact)), None)
        of.stated_at[of.facts[id]["key"], _span(fact)] = id
        self._counts["corrected"] += 1
        return True

    def _number(self, of: _Places, entry: Mapping[str, Any], about: _About, info: Mapping[str, Any]) -> bool:
        span, verdict = _span(entry), entry["verdict"]
        if entry["of"] == "number" and span not in of.unclaimed:
            return False
        if verdict == "accept":
            self._counts["accepted"] += 1
            return True
        if verdict == "reject":
            del of.unclaimed[span]
            self._counts["rejected"] += 1
            return True
        said = _stated(entry)
        read = of.facts.get(of.stated_at.get((said["key"], span), ""))
        if read is not None:  # by now; of another value it has to be judged again
            return all(read[name] == said[name] for name in ("state", "value", "unit"))
        found = of.unclaimed.pop(span, {})
        of.added += 1
        id = f"r{of.added}"
        of.stated_at[said["key"], span] = id
        of.facts[id] = {
            **_BLANK, "id": id, "part": found.get("part", info.get("part")), "label": found.get("label"), "page": entry.get("page"),
            "where": found.get("where", "prose"), "section": found.get("section"), "span": entry["span"], "quote": entry["quote"],
            **said, "review": Review("补录", *about),
        }  # fmt: skip
        self._counts["added"] += 1
        return True

    def _concept(self, document: dict[str, Any], entry: Mapping[str, Any]) -> bool:
        listed = document["missing"]
        own = [one for one in listed if one["concept"] == entry["key"] and entry.get("part") in (None, one["part"])]
        if not own:
            return False
        if entry["verdict"] == "reject":  # it need not be there
            document["missing"] = [one for one in listed if one not in own]
        self._counts["accepted"] += entry["verdict"] == "accept"
        return True

    def _finding(self, of: _Places, entry: Mapping[str, Any], about: _About) -> bool:
        meant = (entry.get("code"), tuple((one.get("key"), _span(one)) for one in entry.get("facts") or ()))
        at = of.finding_at.get(meant)
        if at is None:
            return False
        if entry["verdict"] == "reject":
            del of.findings[at]
            self._counts["false"] += 1
        else:
            of.findings[at] = {**of.findings[at], "review": Review("确认", *about)}
            self._counts["accepted"] += 1
        return True


class _Places:
    """What a line holds, by what an entry names it: facts by key and span, numbers by span, findings by code and facts."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.facts: dict[str, Any] = {fact["id"]: fact for fact in document["facts"]}
        self.unclaimed: dict[Any, Any] = {_span(one): one for one in document["unclaimed"]}
        self.findings: dict[int, Any] = dict(enumerate(document["findings"]))
        self.fact_at: dict[tuple[Any, Any], str] = {}
        self.finding_at: dict[tuple[Any, Any], int] = {}
        for id, fact in self.facts.items():
            self.fact_at.setdefault((fact["key"], _span(fact)), id)
        for at, finding in self.findings.items():
            cited = tuple(
                (fact["key"], _span(fact)) if (fact := self.facts.get(id)) is not None else None
                for id in finding["facts"]
            )
            self.finding_at.setdefault((finding["code"], cited), at)
        self.stated_at = dict(self.fact_at)
        """The same as it is after every entry."""
        self.added = 0


def _span(of: Mapping[str, Any]) -> tuple[int, ...] | None:
    span = of.get("span")
    return tuple(span) if span is not None else None


_BLANK: Mapping[str, Any] = {
    "member_code": None, "cross": {}, "fund": None, "basis": None, "period": None, "value_max": None, "qualifier": None, "base": None,
    "part_of": None, "notes": (), "label": None,
}  # fmt: skip


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(path.rglob(f"*{_ENDING}"))
        if not found:
            raise BatchError(
                "RP-BATCH-001", f"{path} 里没有更正文件（…{_ENDING}）", f"no file of corrections (…{_ENDING}) in {path}"
            )
        yield from found


def _stated(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a fact that a correction states."""
    said = entry["corrected"]
    concept = load_concepts()[said["concept"]]
    is_words = concept.kind in TEXT_KINDS
    kind = concept.kind if is_words else _KINDS.get(said["aspect"], concept.kind)
    axes = {} if is_words else said["axes"]
    value: Any = said["value"]
    decimals = yuan = None
    if value is not None and not is_words:
        value = Decimal(value)
        decimals = -int(value.as_tuple().exponent)
        scale = unit_of(SimpleNamespace(kind=kind, unit=said["unit"])) if kind == "amount" else None  # type: ignore[arg-type]
        yuan = value * scale if scale is not None else None
        if yuan is not None and yuan == yuan.to_integral_value():
            yuan = yuan.to_integral_value()
    against = (
        None
        if is_words
        else compared_by(said["aspect"], axes.get("basis") or "actual", axes.get("period"), axes.get("vs"))
    )
    return {
        "key": stated_key(said), "concept": said["concept"], "member": said["member"], "member_code": None, "cross": axes.get("cross") or {},
        "fund": None if is_words else axes.get("fund") or ("all" if concept.fund_open else None), "basis": None if is_words else axes.get("basis") or "actual",
        "period": axes.get("period"), "aspect": said["aspect"], "kind": kind, "state": said["state"], "role": said.get("role") or "statement",
        "value": value, "decimals": decimals, "unit": said["unit"], "yuan": yuan, "value_max": None, "qualifier": None, "base": None,
        "part_of": None, "compared": asdict(against) if against is not None else None, "rule": "reader", "confidence": 1, "notes": (),
    }  # fmt: skip


def _viewed(document: Mapping[str, Any], before: Sequence[Any], facts: Sequence[Any]) -> Any:
    """The view of the facts as corrected: of the basis by which that of the facts as they were read is the line's."""
    year = document["document"]["fiscal_year"]
    for basis in ("actual", "budget", "adjusted_budget"):
        if view(map(_typed, before), year, basis) == document["report"]:
            return view(map(_typed, facts), year, basis)
    return view(map(_typed, facts), year, "budget" if document["document"]["kind"] == "budget" else "actual")


def _typed(fact: Mapping[str, Any]) -> Any:
    span = fact["span"]
    return SimpleNamespace(**{**fact, "span": tuple(span) if span is not None else None})


def _about(info: Mapping[str, Any], facts: Sequence[Any]) -> Mapping[str, Any]:
    """What a report says of itself, where a reader corrected it."""
    changed: dict[str, Any] = {}
    for fact in facts:
        head, _, field = fact["concept"].rpartition(".")
        if head != "document" or "review" not in fact or fact["review"].verdict == "确认" or fact["value"] is None:
            continue
        if field == "region":
            changed["region"] = {"name": fact["value"], "level": None, "code": None}
        elif field in _FIELDS:
            is_year = field == "fiscal_year" and str(fact["value"]).isdecimal()
            changed[field] = int(fact["value"]) if is_year else fact["value"]
    return {**info, **changed}

"""What a reader judged on the review page → gold beside the document.

Gold made from a document that was read through (``complete``) holds everything that was parsed, as corrected. Of any other only what
was judged is known: the gold then ``covers`` these ``places`` alone, and nothing else of the document is scored. Gold that is there
already is changed where something was judged, and nowhere else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.concepts import TEXT_KINDS, load_concepts
from reportparse.document import Document
from reportparse.errors import GoldError
from reportparse.gold import Places
from reportparse.model import Fact, Mention, Span
from reportparse.parse import parse
from reportparse.report import Report

__all__ = ["Applied", "Change", "apply", "checked", "dump", "load_corrections", "stated_key"]

VERSION = 1
_VERDICTS = {
    "fact": ("accept", "correct", "reject"), "number": ("accept", "correct", "reject"), "place": ("missing",),
    "concept": ("accept", "reject"), "finding": ("accept", "reject"),
}  # fmt: skip
_STATES = frozenset({"stated", "zero", "none", "blank", "redacted", "unchanged"})
_ASPECTS = ("value", "share", "change", "change_rate", "execution_rate")
_FIGURE = re.compile(r"-?(?=[0-9.]{1,28}$)[0-9]+(\.[0-9]+)?")
"""A figure that can be reckoned with to its last digit."""
_YEAR = re.compile("[0-9]{4}")
_AXES = ("fund", "basis", "period", "vs", "of", "threshold")
_DEFAULTS = {"fund": "all", "basis": "actual"}
_FIELDS = ("title", "department", "fiscal_year", "issuer", "date", "kind")
_SPAN = re.compile(r"\[\s+(\d+),\s+(\d+)\s+\]")


class Change(NamedTuple):
    """A fact (``key``) or, with no key, a number that the gold gains (``+``) or loses (``-``)."""

    mark: str
    key: str | None
    value: str | None
    quote: str | None
    span: Span | None


class Applied(NamedTuple):
    """The gold, what changed in it, how many judgements have no place in gold (of findings and of missing concepts, and remarks), and
    the keys that were accepted and that this version does not read any more.
    """

    gold: dict[str, Any]
    changes: tuple[Change, ...]
    passed: int
    unknown: tuple[str, ...]


def load_corrections(path: Path) -> dict[str, Any]:
    """A file that the review page saved.

    Raises:
        GoldError: ``RP-GOLD-001`` it is not there, ``-003`` it is none, of another version, or an entry is not as it has to be.
    """
    if not path.is_file():
        raise GoldError("RP-GOLD-001", f"没有这个文件：{path}", f"no such file: {path}")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        version = found["corrections_version"]
        known = version != VERSION or (
            isinstance(found["complete"], bool)
            and isinstance(found["source"]["name"], str)
            and isinstance(found["source"]["sha256"], str)
            and isinstance(found["source"].get("text_sha256"), str | None)
            and isinstance(found.get("reviewer"), str | None)
            and isinstance(found.get("saved"), str | None)
            and isinstance(found["entries"], list)
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        known, version = False, VERSION
    if not known:
        raise GoldError("RP-GOLD-003", f"{path.name} 不是更正文件", f"{path.name} is not a file of corrections")
    if version != VERSION:
        raise GoldError(
            "RP-GOLD-003",
            f"{path.name} 是第 {version} 版的更正文件，本版本读第 {VERSION} 版",
            f"{path.name} has corrections_version {version}, this version reads {VERSION}",
        )
    judged: set[str] = set()
    for index, entry in enumerate(found["entries"]):
        field = _fault(entry)
        if field is None:
            identity = _identity(entry)
            field = "" if identity in judged else None
            judged.add(identity)
        if field is None:
            continue
        where = f"{path.name} entries[{index}]"
        if field:
            raise GoldError("RP-GOLD-003", f"{where} 的 {field} 有误", f"{where}: {field} is wrong")
        raise GoldError(
            "RP-GOLD-003", f"{where} 与前面一条判断的是同一处", f"{where} judges what an entry before it has judged"
        )
    corrections: dict[str, Any] = found
    return corrections


def _identity(entry: Mapping[str, Any]) -> str:
    """What an entry judges."""
    more = ("code", "facts") if entry["of"] == "finding" else ("part",) if entry["of"] == "concept" else ()
    return json.dumps([entry[name] for name in ("of", "key", "span")] + [entry.get(name) for name in more])


def _fault(entry: Any) -> str | None:
    """The field of an entry that is not as it has to be, if there is one."""
    if not isinstance(entry, dict):
        return "of"
    for name in ("of", "verdict", "span", "quote", "key"):
        if name not in entry:
            return name
    of, verdict, span, quote = entry["of"], entry["verdict"], entry["span"], entry["quote"]
    if not isinstance(of, str) or of not in _VERDICTS:
        return "of"
    if verdict is not None and verdict not in _VERDICTS[of]:
        return "verdict"
    if not isinstance(entry["key"], str | None) or (of == "fact" and entry["key"] is None):
        return "key"
    if not isinstance(entry.get("comment"), str | None):
        return "comment"
    if of == "finding" and not isinstance(entry.get("code"), str):
        return "code"
    if of == "finding" and not _cites(entry.get("facts")):
        return "facts"
    if span is None:
        # Only a fact can be printed nowhere; of what is another fact it has to be known where.
        if of in ("number", "place") or verdict in ("correct", "missing"):
            return "span"
        return "quote" if quote is not None else None
    if (
        not isinstance(span, list)
        or len(span) != 2
        or any(type(at) is not int for at in span)
        or not 0 <= span[0] < span[1]
    ):
        return "span"
    if not isinstance(quote, str) or len(quote) != span[1] - span[0]:
        return "quote"
    if verdict in ("correct", "missing"):
        said = entry.get("corrected")
        field = _fault_of_fact(said) if isinstance(said, dict) else ""
        return field if field is None else f"corrected.{field}".rstrip(".")
    return None


def _fault_of_fact(said: Mapping[str, Any]) -> str | None:
    """The same of what was corrected."""
    concept = (
        load_concepts()[said["concept"]]
        if isinstance(said.get("concept"), str) and said["concept"] in load_concepts()
        else None
    )
    if concept is None:
        return "concept"
    for name in ("member", "value", "unit"):
        if name not in said or not isinstance(said[name], str | None):
            return name
    if said.get("aspect") not in _ASPECTS:
        return "aspect"
    if said.get("state") not in _STATES:
        return "state"
    if said.get("role") not in (None, "statement", "reason"):
        return "role"
    is_words = concept.kind in TEXT_KINDS
    axes = said.get("axes")
    if not is_words and not _are_axes(axes):
        return "axes"
    value, is_printed = said["value"], said["state"] in ("stated", "zero")
    if not is_printed:
        return "value" if value is not None else None
    if said["concept"] == "document.fiscal_year" and not _YEAR.fullmatch(value or ""):
        return "value"
    if not value or not (is_words or _FIGURE.fullmatch(value)):
        return "value"
    return None


def _cites(facts: Any) -> bool:
    """Whether a finding names the facts that it is of."""
    return isinstance(facts, list) and all(
        isinstance(one, dict)
        and isinstance(one.get("key"), str | None)
        and (one.get("span") is None or (isinstance(one["span"], list) and all(type(at) is int for at in one["span"])))
        for one in facts
    )


def _are_axes(axes: Any) -> bool:
    if not isinstance(axes, dict) or not isinstance(axes.get("cross") or {}, dict):
        return False
    values = [*(axes.get(name) for name in _AXES), *(axes.get("cross") or {}).values()]
    return all(isinstance(value, str | None) for value in values)


def stated_key(said: Mapping[str, Any]) -> str:
    """The key of what was ``corrected``, from its parts."""
    key = str(said["concept"]) if said["member"] is None else f"{said['concept']}[{said['member']}]"
    if load_concepts()[said["concept"]].kind not in TEXT_KINDS:
        given = said["axes"]
        axes = [f"{name}={given[name]}" for name in _AXES if given.get(name) not in (None, _DEFAULTS.get(name))]
        if given.get("cross"):
            axes.append("cross={" + ",".join(f"{name}:{of}" for name, of in sorted(given["cross"].items())) + "}")
        if axes:
            key += "{" + ",".join(axes) + "}"
    return key if said["aspect"] == "value" else f"{key}.{said['aspect']}"


def apply(corrections: Mapping[str, Any], document: Document, gold: Mapping[str, Any] | None = None) -> Applied:
    """Gold with what was judged of a document; ``gold`` is what there is already.

    Raises:
        GoldError: ``RP-GOLD-003`` the corrections are of another source, or a quote is not in its place.
    """
    checked(corrections, document)
    return _Application(corrections, document, gold).applied()


def checked(corrections: Mapping[str, Any], document: Document) -> None:
    """Hold corrections against the source that they are said to be of.

    Raises:
        GoldError: ``RP-GOLD-003``.
    """
    source = corrections["source"]
    if source["sha256"] != document.source.sha256 and source.get("text_sha256") != document.source.text_sha256:
        raise GoldError(
            "RP-GOLD-003",
            f"更正的不是这个文件：更正所据为 {source['sha256'][:12]}…，此文件为 {document.source.sha256[:12]}…",
            f"corrections of another source: they are of {source['sha256'][:12]}…, this one is {document.source.sha256[:12]}…",
        )
    for entry in corrections["entries"]:
        span = entry["span"]
        if span is not None and document.text[span[0] : span[1]] != entry["quote"]:
            raise GoldError(
                "RP-GOLD-003",
                f"正文 [{span[0]}, {span[1]}] 处不是 {entry['quote']!r}",
                f"{entry['quote']!r} is not what stands at [{span[0]}, {span[1]}]",
            )


class _Application:
    def __init__(self, corrections: Mapping[str, Any], document: Document, gold: Mapping[str, Any] | None) -> None:
        self.corrections = corrections
        self.document = document
        self.report: Report = parse(document)
        self.places = Places(document)
        self.gold: dict[str, Any] = dict(gold) if gold is not None else self._new()
        self.facts: list[dict[str, Any]] = list(self.gold["facts"])
        self.unclaimed: list[dict[str, Any]] = list(self.gold["unclaimed"])
        self.before = [*self._rows(self.facts, fact=True), *self._rows(self.unclaimed, fact=False)]
        self.passed = 0
        self.unknown: list[str] = []

    def _new(self) -> dict[str, Any]:
        about = self.report.document
        region = about.region
        named: dict[str, Any] = {name: getattr(about, name) for name in _FIELDS}
        named["region"] = (
            {"name": region.name, "level": region.level, "code": region.code} if region is not None else None
        )
        made = {"made": "judged by a reader on the review page", "kind": about.kind, "covers": "places"}
        return {**made, "document": named, "facts": [], "unclaimed": []}

    def applied(self) -> Applied:
        if self.corrections["complete"] and self.gold.get("covers") == "places":
            self._take_all()
        for entry in self.corrections["entries"]:
            if entry["verdict"] is None or entry["of"] in ("concept", "finding"):
                self.passed += 1
            else:
                self._judged(entry)
        in_order = lambda one: self.places.span(one) or (-1, -1)  # noqa: E731
        self.gold["facts"] = sorted(self.facts, key=in_order)
        self.gold["unclaimed"] = sorted(self.unclaimed, key=in_order)
        after = [*self._rows(self.facts, fact=True), *self._rows(self.unclaimed, fact=False)]
        lost = [Change("-", *row) for row in self.before if row not in after]
        gained = [Change("+", *row) for row in after if row not in self.before]
        changes = sorted([*lost, *gained], key=lambda change: (change.span or (-1, -1), change.mark == "+"))
        return Applied(self.gold, tuple(changes), self.passed, tuple(self.unknown))

    def _take_all(self) -> None:
        """Everything that was parsed, where the gold says nothing yet: the reader saw it all."""
        del self.gold["covers"]
        known = {self.places.span(one) for one in (*self.facts, *self.unclaimed)}
        self.facts += [_fact(fact) for fact in self.report.facts if fact.span is None or fact.span not in known]
        self.unclaimed += [_number(one) for one in self.report.unclaimed if one.span not in known]

    def _judged(self, entry: Mapping[str, Any]) -> None:
        span = tuple(entry["span"]) if entry["span"] is not None else None
        verdict = entry["verdict"]
        if entry["of"] == "fact":
            if verdict == "accept":
                self._accept(entry, span)
                return
            self._drop(self.facts, span, entry["key"])
            if verdict == "reject" and span is not None and not self._at(self.facts, span):
                self._leave(span)
        elif verdict == "accept":
            self._drop(self.facts, span)
            if span is not None:
                self._leave(span)
        else:
            self._drop(self.unclaimed, span)
        if verdict in ("correct", "missing"):
            self._drop(self.unclaimed, span)
            said = entry["corrected"]
            fact = {
                "key": stated_key(said), "state": said["state"], "value": said["value"], "unit": said["unit"],
                "quote": entry["quote"], "span": list(span) if span is not None else None,
            }  # fmt: skip
            there = next((one.where for one in self._read() if one.span == span and one.where != "prose"), None)
            if there is not None:
                fact["where"] = there
            if said.get("role") == "reason":
                fact["role"] = "reason"
            self._drop(self.facts, span, fact["key"])
            self.facts.append(fact)

    def _accept(self, entry: Mapping[str, Any], span: Any) -> None:
        if any(one["key"] == entry["key"] for one in self._at(self.facts, span)):
            return
        found = next((fact for fact in self.report.facts if (fact.key, fact.span) == (entry["key"], span)), None)
        if found is None:
            self.unknown.append(entry["key"])
            return
        self._drop(self.unclaimed, span)
        self.facts.append(_fact(found))

    def _leave(self, span: Span) -> None:
        """Put what stands at a place among the numbers that are no facts."""
        if self._at(self.unclaimed, span):
            return
        one = next((one for one in self._read() if one.span == span), None)
        quote = self.document.text[slice(*span)]
        self.unclaimed.append(
            _number(one) if one is not None else {"quote": quote, "span": list(span), "kind": "number"}
        )

    def _read(self) -> Iterator[Fact | Mention]:
        yield from self.report.facts
        yield from self.report.unclaimed

    def _at(self, listed: list[dict[str, Any]], span: Any) -> list[dict[str, Any]]:
        return [one for one in listed if self.places.span(one) == span]

    def _drop(self, listed: list[dict[str, Any]], span: Any, key: str | None = None) -> None:
        listed[:] = [one for one in listed if self.places.span(one) != span or key not in (None, one.get("key"))]

    def _rows(self, listed: list[dict[str, Any]], *, fact: bool) -> list[tuple[Any, ...]]:
        return [
            (one["key"] if fact else None, one["value"] if fact else None, one["quote"], self.places.span(one))
            for one in listed
        ]


def _fact(fact: Fact) -> dict[str, Any]:
    """A fact as gold writes it."""
    value = None if fact.value is None else str(fact.value)
    made = {
        "key": fact.key, "state": fact.state, "value": value, "unit": fact.unit, "quote": fact.quote,
        "span": list(fact.span) if fact.span is not None else None,
    }  # fmt: skip
    return made | _standing(fact)


def _number(one: Fact | Mention) -> dict[str, Any]:
    assert one.span is not None
    return {"quote": one.quote, "span": list(one.span), "kind": one.kind} | _standing(one)


def _standing(one: Fact | Mention) -> dict[str, str]:
    where = {"where": one.where} if one.where not in (None, "prose") else {}
    return where | ({"role": "reason"} if one.role == "reason" else {})


def dump(gold: Mapping[str, Any]) -> str:
    """Gold as its file has it: a field a line, a span on one."""
    return _SPAN.sub(r"[\1, \2]", json.dumps(gold, ensure_ascii=False, indent=1)) + "\n"

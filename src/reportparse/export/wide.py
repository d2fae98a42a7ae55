"""The columns of a panel: one figure of every report, by the key that concepts.md gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.concepts import TEXT_KINDS, Concept, load_concepts
from reportparse.errors import BatchError, because
from reportparse.export.documents import Document
from reportparse.export.words import ASPECTS, BASES, FUNDS, member_word

__all__ = ["USUAL", "Wanted", "shown", "wanted"]

USUAL = (
    "revenue.total", "revenue.current", "expenditure.total", "expenditure.current", "expenditure.nature[basic]",
    "expenditure.nature[project]", "three_public.total", "staffing.authorised", "staffing.actual", "evaluation.score",
)  # fmt: skip
"""What a table of reports shows of each, unless it is told otherwise."""

_AXES = ("fund", "basis", "period", "vs", "of", "threshold", "cross")
_NAME = re.compile(r"(?P<concept>[a-z_.]+)(?:\[(?P<member>.+?)\])?(?:\{(?P<axes>.*)\})?", re.DOTALL)
_AXIS = re.compile(r"(?P<axis>[a-z]+)=(?P<value>\{[^{}]*\}|[^,{}]+)(?:,|\Z)")
_PLACE = {"prose": 0, "heading": 0, None: 0, "table": 1}


class Wanted(NamedTuple):
    """A figure that is wanted of every report. ``axes`` is null for the one that the view shows; otherwise they are those of the
    key, whose period may be left out and is the report's own year then.
    """

    name: str
    head: str
    concept: Concept
    member: str | None
    axes: Mapping[str, str] | None
    aspect: str

    @property
    def is_text(self) -> bool:
        """Whether it is words and no figure."""
        return self.concept.kind in TEXT_KINDS

    @property
    def is_money(self) -> bool:
        """Whether it is in yuan."""
        return self.concept.kind == "amount" and self.aspect in ("value", "change")


def wanted(names: Sequence[str] = ()) -> tuple[Wanted, ...]:
    """What ``names`` ask for, each once: keys, and ``@FILE`` for those in a file, one a line, ``#`` before a remark.

    Raises:
        BatchError: ``RP-BATCH-001`` no such file, ``-005`` there is no such concept, or the key is not written as keys are.
    """
    return tuple(_wanted(name) for name in dict.fromkeys(_listed(names or USUAL)))


def _listed(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if not name.startswith("@"):
            yield name.strip()
            continue
        try:
            text = Path(name[1:]).read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            zh, en = because(error) if isinstance(error, OSError) else ("不是 UTF-8 文本", "not UTF-8 text")
            raise BatchError(
                "RP-BATCH-001", f"读不了指标清单 {name[1:]}（{zh}）", f"cannot read the list {name[1:]} ({en})"
            ) from error
        for line in text.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                yield line.strip()


def _wanted(name: str) -> Wanted:
    known = load_concepts()
    rest, aspect = name, "value"
    for ending in ASPECTS:
        if name.endswith(f".{ending}"):
            rest, aspect = name.removesuffix(f".{ending}"), ending
            break
    match = _NAME.fullmatch(rest)
    concept = known.get(match["concept"]) if match is not None else None
    if match is None or concept is None or not _may_be(concept, match["member"]):
        near = known.near(match["concept"] if match is not None else name) if concept is None else []
        raise BatchError(
            "RP-BATCH-005",
            f"没有这个指标：{name}" + (f"；相近的有 {'、'.join(near)}" if near else ""),
            f"no such concept: {name}" + (f"; near it are {', '.join(near)}" if near else ""),
        )
    axes = _axes(match["axes"]) if match["axes"] is not None else None
    if (match["axes"] is not None and axes is None) or (concept.kind in TEXT_KINDS and (axes or aspect != "value")):
        raise BatchError("RP-BATCH-005", f"指标的写法不对：{name}", f"not written as a key is: {name}")
    return Wanted(name, _head(concept, match["member"], axes, aspect), concept, match["member"], axes, aspect)


def _may_be(concept: Concept, member: str | None) -> bool:
    """Members are ids of the vocabulary, codes of classes, or labels as printed; a Latin word that is none of these is a slip."""
    if member is None or concept.classes is not None or member in concept.members:
        return True
    return not concept.members or not member.isascii()


def _axes(written: str) -> dict[str, str] | None:
    """The axes of a key, or None where they are not written as those are."""
    found: dict[str, str] = {}
    at = 0
    while at < len(written):
        match = _AXIS.match(written, at)
        if match is None or match["axis"] not in _AXES or match["axis"] in found:
            return None
        found[match["axis"]] = match["value"]
        at = match.end()
    if found.get("basis", "actual") not in BASES or found.get("fund", "all") not in FUNDS:
        return None
    return found if re.fullmatch(r"\d{4}(?:/\d{4})?", found.get("period", "2000")) else None


def _head(concept: Concept, member: str | None, axes: Mapping[str, str] | None, aspect: str) -> str:
    words = [{**BASES, **FUNDS}.get(value, value) for value in (axes or {}).values()]
    head = concept.zh + (f"：{member_word(member)}" if member is not None else "")
    head += (f"〔{'，'.join(words)}〕" if words else "") + (ASPECTS[aspect] if aspect != "value" else "")
    if aspect in ("share", "change_rate", "execution_rate"):
        return f"{head}（%）"
    return f"{head}（元）" if concept.kind == "amount" else head


def shown(document: Document, columns: Sequence[Wanted]) -> Iterator[Any]:
    """What a report says of each: money in yuan, a change of none 0, what it does not say None."""
    by_id = {fact["id"]: fact for fact in document["facts"]}
    by_key: dict[str, Any] = {}
    if any(column.axes is not None for column in columns):
        told = [fact for fact in document["facts"] if fact["role"] != "reason"]
        for fact in sorted(told, key=lambda fact: (_PLACE[fact["where"]], fact["span"] or [0, 0])):  # as the view ranks
            by_key.setdefault(fact["key"], fact)
    for column in columns:
        if column.axes is not None:
            fact = by_key.get(_key(column, column.axes, document["document"]["fiscal_year"]))
        else:
            fact = _viewed(document, by_id, column)
        if fact is None:
            yield None
        elif fact["state"] == "unchanged":
            yield 0
        else:
            yield fact["yuan"] if fact["yuan"] is not None else fact["value"]


def _viewed(document: Document, by_id: Mapping[str, Any], column: Wanted) -> Any:
    """The fact that the view shows. A cell names that of its value alone; its other aspects are known by what they say."""
    entry = document["report"].get(column.concept.id, {})
    cell = entry.get("total") if column.member is None else entry.get("members", {}).get(column.member)
    if cell is None or column.aspect not in cell:
        return None
    value = by_id.get(cell.get("fact"))
    if column.aspect == "value":
        return value
    axes = (value["fund"], value["basis"], value["period"]) if value is not None else None
    saying = [
        fact for fact in document["facts"]
        if (fact["concept"], fact["member"], fact["aspect"]) == (column.concept.id, column.member, column.aspect)
        and fact["role"] != "reason" and (fact["value"] == cell[column.aspect] or fact["state"] == "unchanged")
    ]  # fmt: skip
    return min(saying, key=lambda fact: (fact["fund"], fact["basis"], fact["period"]) != axes, default=None)


def _key(column: Wanted, axes: Mapping[str, str], year: int | None) -> str:
    """The full key in a report of that year, as :func:`reportparse.concepts.key_of` writes it."""
    named = {**({"period": str(year)} if year is not None else {}), **axes}
    written = ",".join(
        f"{axis}={named[axis]}" for axis in _AXES if named.get(axis, "all") != "all" and (axis, named[axis]) != ("basis", "actual")
    )  # fmt: skip
    key = column.concept.id + (f"[{column.member}]" if column.member is not None else "")
    key += f"{{{written}}}" if written else ""
    return key if column.aspect == "value" else f"{key}.{column.aspect}"

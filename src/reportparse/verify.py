"""An output against its source: the source is opened again, and everything that the output says of it is proved.

Two proofs. The first needs no parser and so holds for the output of any version: hashes, quotes, pages, boxes, the value that a
quote reads as, and that whatever is referred to is there. The second parses the source again and compares all; it is made where
the schema, the reader and the rule packs are those of this version, since another one may rightly say other things.

Over 400 lines because every proof says what it found in two languages, beside the proof.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportparse.document import Document
from reportparse.emit import to_json
from reportparse.errors import VerifyError
from reportparse.evidence import faults
from reportparse.model import SCHEMA_VERSION
from reportparse.numbers import read as read_number
from reportparse.packs import Rules, load_packs, resolve
from reportparse.parse import parse
from reportparse.readers import DEFAULT_MAX_BYTES, read
from reportparse.records import record
from reportparse.report import Report, decoded

__all__ = ["Note", "Problem", "Verification", "verify"]

_SHOWN = 40
"""Characters of a value that a message shows."""
_BY_PLACE = ("facts", "unclaimed")
_LISTED = ("facts", "unclaimed", "sections", "parts", "tables", "findings")


@record
class Problem:
    """Something that does not hold.

    ``what`` is ``form`` (not the shape of this schema), ``source`` (other bytes), ``text``, ``quote``, ``page``, ``box``, ``value`` (not
    what the quote reads as), ``reference`` (something that is not there), ``part``, ``coverage``, or ``parse`` (a fresh parse says
    otherwise). ``where`` is the place in the JSON (``facts[3].span``), ``id`` that of the fact, section … it is in, if any.
    """

    what: str
    where: str
    id: str | None
    message: str
    message_en: str


@record
class Note:
    """What was not proved, and why."""

    message: str
    message_en: str


@record
class Verification:
    """How an output came out. ``proved`` counts what was held against the source: ``quotes``, ``boxes``, ``values``, ``references``, and
    ``parse``, which is 1 if a fresh parse was compared. ``problems`` are in the order in which they were looked for, the plainest first.
    """

    name: str
    holds: bool
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    proved: Mapping[str, int]


def verify(
    output: Report | Mapping[str, Any] | str | bytes,
    source: str | os.PathLike[str] | bytes | Document,
    *,
    packs: Iterable[str | os.PathLike[str]] | Mapping[str, Rules] = (),
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> Verification:
    """Hold one output against its source.

    Args:
        output: a report, its JSON, or that JSON decoded by :func:`reportparse.report.decoded`.
        source: what was parsed: a path, bytes, or what a reader returned.
        packs: the further rule packs that it was parsed with.
        max_bytes: refuse larger sources.

    Raises:
        VerifyError: ``RP-VERIFY-002`` the output is none of reportparse, or that of a file that could not be read.
        ReadError: the source cannot be read.
        PackError: a rule pack is broken.
    """
    said = _said(output)
    stated = said["source"]
    if not isinstance(source, Document):
        asked = str(stated.get("encoding_reason")).startswith("asked for")
        source = read(
            source,
            name=stated["name"],
            encoding=stated.get("encoding") if asked else None,
            max_bytes=max_bytes,
            pdf_engine="pdfplumber" if stated.get("reader") == "pdfplumber" else "pdfium",
        )
    return _Proof(said, source, packs if isinstance(packs, Mapping) else load_packs(packs, examples=False)).made()


def _said(output: Report | Mapping[str, Any] | str | bytes) -> Mapping[str, Any]:
    try:
        if isinstance(output, Report):
            output = to_json(output)
        said = decoded(output) if isinstance(output, str | bytes) else output
        well_formed = isinstance(said["source"]["name"], str) and isinstance(said["schema_version"], str)
        well_formed = well_formed and isinstance(said["source"]["sha256"], str) and isinstance(said["facts"], list)
        well_formed = well_formed and isinstance(said["source"].get("encoding"), str | None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        well_formed = False
    if not well_formed:
        raise VerifyError(
            "RP-VERIFY-002",
            "不是 reportparse 的完整结果（--plain 的结果和读不了的文件不含证据，无从核验）",
            "no full output of reportparse (that of --plain, and of a file that could not be read, holds no evidence)",
        )
    return said


class _Proof:
    """The proofs of one output, the plainest first."""

    def __init__(self, said: Mapping[str, Any], document: Document, rules: Mapping[str, Rules]) -> None:
        self.said = said
        self.document = document
        self.rules = rules
        self.text = document.text
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self.proved = dict.fromkeys(("quotes", "boxes", "values", "references", "parse"), 0)

    def made(self) -> Verification:
        name = self.said["source"]["name"]
        if self._has_our_form():
            self._source()
            if (
                not self.problems
            ):  # of another text everything is wrong, and it helps nobody to be told so a thousand times
                self._guarded(self._places)
                self._guarded(self._references)
                self._guarded(self._parts)
                self._again()
                if not self.proved["parse"] and not self.problems and self.said["schema_version"] == SCHEMA_VERSION:
                    self._without_a_parse()
        return Verification(name, not self.problems, tuple(self.problems), tuple(self.notes), self.proved)

    def _fault(self, what: str, where: str, id: Any, zh: str, en: str) -> None:
        of = f"{id} " if isinstance(id, str) else ""
        self.problems.append(Problem(what, where, of.strip() or None, f"{of}{where}：{zh}", f"{of}{where}: {en}"))

    def _guarded(self, proof: Any) -> None:
        try:
            proof()
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            kind = f"{type(error).__name__} {error}"
            self._fault(
                "form", proof.__name__.strip("_"), None, f"结构有误（{kind}）", f"not of the known form ({kind})"
            )

    def _has_our_form(self) -> bool:
        version = self.said["schema_version"]
        if version != SCHEMA_VERSION:
            self.notes.append(
                Note(
                    f"结果的 schema_version 是 {version}，本版本是 {SCHEMA_VERSION}：只核验证据，不重新解析比对",
                    f"the output has schema_version {version}, this version writes {SCHEMA_VERSION}: its evidence alone was held "
                    "against the source, no fresh parse",
                )
            )
            return True
        from reportparse.schema import load

        try:
            load(Report, self.said)
        except ValueError as error:
            said = str(error).removeprefix("not a report: ")
            self._fault("form", said.partition(":")[0], None, f"不合 schema（{said}）", f"not of the schema ({said})")
        return not self.problems

    def _without_a_parse(self) -> None:
        """What can be tried of every field where no fresh parse stands beside it."""
        from reportparse.schema import load

        for fault in faults(load(Report, self.said), self.document):
            self._fault(fault.kind, fault.at, None, fault.reason, fault.reason_en)

    def _source(self) -> None:
        stated, found = self.said["source"], self.document.source
        if stated["sha256"] != found.sha256:
            self._fault(
                "source", "source.sha256", None,
                f"不是同一个文件：结果所据为 {stated['sha256'][:12]}…，此文件为 {found.sha256[:12]}…",
                f"another file: the output is of {stated['sha256'][:12]}…, this one is {found.sha256[:12]}…",
            )  # fmt: skip
        elif stated.get("text_sha256") != found.text_sha256 and stated.get("reader_version") != found.reader_version:
            self._fault(
                "text", "source.reader_version", None,
                f"结果由读取器 {stated.get('reader')} {stated.get('reader_version')} 产生，本版本为 {found.reader_version}，正文已不同，位置无从核验",
                f"made by reader {stated.get('reader')} {stated.get('reader_version')}, this version has {found.reader_version} and reads "
                "another text: its places cannot be proved",
            )  # fmt: skip
        else:
            for name in ("text_sha256", "characters", "pages"):
                if stated.get(name) != getattr(found, name):
                    said, is_now = _short(stated.get(name)), _short(getattr(found, name))
                    self._fault(
                        "text", f"source.{name}", None, f"是 {said}，重新读得 {is_now}", f"{said}, read again {is_now}"
                    )

    # -- places -----------------------------------------------------------------------------------------------------------

    def _places(self) -> None:
        for kind in _BY_PLACE:
            for index, one in enumerate(self.said[kind]):
                where = f"{kind}[{index}]"
                if self._quote(one, where):
                    self._printed(one, where)
                    self._value(one, where)
        for kind in ("parts", "sections", "tables"):
            for index, one in enumerate(self.said[kind]):
                self._span(one["span"], f"{kind}[{index}].span", one["id"])
        for index, table in enumerate(self.said["tables"]):
            for number, cell in enumerate(table.get("cells") or ()):
                self._quote(cell, f"tables[{index}].cells[{number}]", table["id"])

    def _span(self, span: Any, where: str, id: Any) -> bool:
        start, end = span
        good = bool(start == int(start) and end == int(end) and 0 <= start <= end <= len(self.text))
        if not good:
            size = len(self.text)
            self._fault(
                "quote", where, id, f"[{start}, {end}] 不在正文内（共 {size} 字）", f"[{start}, {end}] is not within the text ({size})"
            )  # fmt: skip
        return good

    def _quote(self, one: Mapping[str, Any], where: str, id: Any = None) -> bool:
        """Whether a quote stands in its place; False too where there is none."""
        span, quote, id = one["span"], one["quote"], one.get("id", id)
        if span is None and quote is None:
            return False
        if span is None or quote is None:
            self._fault("quote", where, id, "引文与位置只有其一", "of quote and place only one is there")
            return False
        for place in ("span", "sentence"):
            if one.get(place) is not None and not self._span(one[place], f"{where}.{place}", id):
                return False
        start, end = (int(at) for at in span)
        self.proved["quotes"] += 1
        if self.text[start:end] != quote:
            there = _short(self.text[start:end])
            self._fault(
                "quote", f"{where}.quote", id,
                f"引文是 {_short(quote)}，正文 [{start}, {end}] 处是 {there}", f"quotes {_short(quote)}, the text has {there} at [{start}, {end}]",
            )  # fmt: skip
            return False
        last = start
        for a, b in one.get("pieces") or ():
            if not last <= a <= b <= end:
                self._fault(
                    "quote", f"{where}.pieces", id, f"[{a}, {b}] 不在引文内", f"[{a}, {b}] is not within the quote"
                )
                return False
            last = b
        return True

    def _printed(self, one: Mapping[str, Any], where: str) -> None:
        """The page and the boxes of a quote."""
        start, end = (int(at) for at in one["span"])
        starts = self.document.page_starts
        page = sum(first <= start for first in starts) or 1
        if one["page"] != page:
            self._fault(
                "page", f"{where}.page", one["id"], f"说在第 {one['page']} 页，实在第 {page} 页", f"says page {one['page']}, stands on page {page}"
            )  # fmt: skip
        places = [(int(a), int(b)) for a, b in one.get("pieces") or ()] or [(start, end)]
        geometry = self.document.geometry
        boxes = geometry.glyphs.boxes(places) if geometry is not None else []
        found = [[page, *(Decimal(f"{side:.2f}") for side in sides)] for page, *sides in boxes]
        self.proved["boxes"] += len(found)
        if [list(box) for box in one["boxes"]] != found:
            self._fault(
                "box",
                f"{where}.boxes",
                one["id"],
                "与重新读得的位置不同",
                "not where the number is printed, read again",
            )

    def _value(self, one: Mapping[str, Any], where: str) -> None:
        """That a figure is what its quote reads as, whatever words stand around the quote."""
        value = one.get("value")
        if not isinstance(value, Decimal) or not isinstance(one["quote"], str):
            return
        found = read_number("".join(one["quote"].split()))
        if found is None or found.value is None:
            return  # a quote that says what it says only where it stands
        self.proved["values"] += 1
        if abs(found.value) != abs(value) and found.unit in (one["unit"], None):
            self._fault(
                "value", f"{where}.value", one["id"],
                f"值是 {value}，引文 {_short(one['quote'])} 读作 {found.value}", f"says {value}, its quote {_short(one['quote'])} reads {found.value}",
            )  # fmt: skip

    # -- references -------------------------------------------------------------------------------------------------------

    def _references(self) -> None:
        said = self.said
        ids = {kind: {one["id"] for one in said[kind]} for kind in _LISTED}
        for kind in _LISTED:
            if len(ids[kind]) != len(said[kind]):
                self._fault("reference", kind, None, "编号有重复", "an id is there twice")
        for kind, index, one, field, of, id in self._referring():
            self.proved["references"] += 1
            if id not in ids[of]:
                self._fault(
                    "reference", f"{kind}[{index}].{field}", one.get("id"), f"{_short(id)} 不存在", f"there is no {_short(id)}"
                )  # fmt: skip
        values = {one["id"]: one["value"] for one in said["facts"]}
        for where, cell in _cells(said["report"]):
            self.proved["references"] += 1
            id = cell["fact"]
            if id not in values:
                self._fault("reference", where, None, f"{_short(id)} 不存在", f"there is no {_short(id)}")
            elif cell.get("value") is not None and cell["value"] != values[id]:
                says, has = _short(cell["value"]), _short(values[id])
                self._fault("value", where, id, f"视图是 {says}，事实是 {has}", f"the view says {says}, the fact {has}")

    def _referring(self) -> Iterator[tuple[str, int, Mapping[str, Any], str, str, Any]]:
        """Everything that names something else: where it stands, the field, what kind of thing it names, and its id."""
        single = {
            "facts": {"base": "facts", "part_of": "facts", "part": "parts", "section": "sections"},
            "unclaimed": {"part": "parts", "section": "sections"},
            "sections": {"part": "parts"},
            "tables": {"part": "parts"},
        }
        for kind, fields in single.items():
            for index, one in enumerate(self.said[kind]):
                for field, of in fields.items():
                    if one[field] is not None:
                        yield kind, index, one, field, of, one[field]
                if one.get("cell") is not None:
                    yield kind, index, one, "cell.table", "tables", one["cell"]["table"]
                yield from ((kind, index, one, "children", "sections", id) for id in one.get("children") or ())
        for index, one in enumerate(self.said["findings"]):
            yield from (("findings", index, one, "facts", "facts", id) for id in one["facts"])
            yield from (("findings", index, one, "related", "findings", id) for id in one["related"])
            for cause in one["causes"]:
                if cause.get("fact") is not None:
                    yield "findings", index, one, "causes.fact", "facts", cause["fact"]
                yield from (("findings", index, one, "causes.repairs", "findings", id) for id in cause["repairs"])
        yield from (
            ("missing", index, one, "part", "parts", one["part"]) for index, one in enumerate(self.said["missing"])
        )

    def _parts(self) -> None:
        """The parts share out the text, and the coverage counts what is there."""
        at = Decimal(0)
        for index, part in enumerate(self.said["parts"]):
            if part["span"][0] != at:
                self._fault(
                    "part",
                    f"parts[{index}].span",
                    part["id"],
                    f"应从 {at} 起",
                    f"should begin at {at}, where the last ends",
                )
            at = part["span"][1]
        if at != len(self.text):
            self._fault("part", "parts", None, "没有分完全文", "do not share out the whole text")
        coverage, left = self.said["coverage"], len(self.said["unclaimed"])
        # What holds no number (持平, 无) is never counted and may stand among the unclaimed.
        if coverage["quantities"] - coverage["claimed"] != left:
            self._fault(
                "coverage", "coverage", None,
                f"未认领应有 {coverage['quantities'] - coverage['claimed']} 个，列出 {left} 个",
                f"{coverage['quantities'] - coverage['claimed']} should be unclaimed, {left} are listed",
            )  # fmt: skip

    # -- a fresh parse ----------------------------------------------------------------------------------------------------

    def _again(self) -> None:
        if self.said["schema_version"] != SCHEMA_VERSION:
            return
        version, now = self.said["source"].get("reader_version"), self.document.source.reader_version
        if version != now:
            self.notes.append(
                Note(
                    f"结果由读取器第 {version} 版产生，本版本为第 {now} 版：只核验证据，不重新解析比对",
                    f"made by version {version} of the reader, this one is {now}: its evidence alone was held against the source",
                )
            )
            return
        with_cells = any(table["cells"] is not None for table in self.said["tables"])
        for part in self.said["parts"]:
            pack = part["pack"]
            is_now = resolve(pack["id"], self.rules).sha256 if pack["id"] in self.rules else None
            if pack["sha256"] != is_now:
                here = f"{is_now[:12]}…" if is_now is not None else None
                self.notes.append(
                    Note(
                        f"{part['id']} 由规则包 {pack['id']} {pack['version']}（{pack['sha256'][:12]}…）读出，"
                        f"{f'现有的是另一版（{here}）' if here else '现在没有这个包'}：只核验证据，不重新解析比对",
                        f"{part['id']} was read by pack {pack['id']} {pack['version']} ({pack['sha256'][:12]}…), "
                        f"{f'now there is another version of it ({here})' if here else 'which is not here'}: its evidence alone was "
                        "held against the source",
                    )
                )
                return
        fresh = decoded(to_json(parse(self.document, packs=self.rules, cells=with_cells)))
        self.proved["parse"] = 1
        self._compared(fresh)

    def _compared(self, fresh: Mapping[str, Any]) -> None:
        known = {problem.where.partition(".")[0] for problem in self.problems}
        for kind in _BY_PLACE:
            said, found = self._by_place(self.said[kind]), self._by_place(fresh[kind])
            for place, (_, one) in found.items():
                if place not in said:
                    label = f"{one.get('key') or one.get('label') or ''} {_short(one['quote'])}"
                    self._fault(
                        "parse", kind, None, f"缺少重新解析得到的 {label}", f"lacks {label}, which a fresh parse gives"
                    )
            for place, (index, one) in said.items():
                where = f"{kind}[{index}]"
                if where in known:
                    continue
                if place not in found:
                    key = one.get("key") or one.get("label")
                    self._fault(
                        "parse", where, one["id"], f"{key} 重新解析得不到", f"{key} is not given by a fresh parse"
                    )
                elif len(said) == len(found):  # ids run on: where one is missing, all that follow are others
                    self._differs(one, found[place][1], where, one["id"])
        if not self.problems:
            for name, again in fresh.items():
                if name not in _BY_PLACE:
                    self._differs(self.said[name], again, name, None)

    def _by_place(self, listed: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], tuple[int, Mapping[str, Any]]]:
        found: dict[tuple[Any, ...], tuple[int, Mapping[str, Any]]] = {}
        for index, one in enumerate(listed):
            place = (one.get("key"), *(one["span"] or ()))
            number = 0
            while (*place, number) in found:
                number += 1
            found[(*place, number)] = index, one
        return found

    def _differs(self, said: Any, found: Any, where: str, id: Any) -> None:
        for path, one, again in _differences(said, found, where):
            if path == "source.name":  # a file may be given another name
                continue
            a, b = _short(one), _short(again)
            self._fault("parse", path, id, f"是 {a}，重新解析得 {b}", f"{a}, a fresh parse gives {b}")


def _cells(view: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every cell of the view that names a fact."""

    def walk(value: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        if isinstance(value, Mapping):
            if "fact" in value and not isinstance(value["fact"], Mapping):
                yield where, value
            for name, inner in value.items():
                yield from walk(inner, f"{where}.{name}")

    return walk(view, "report")


def _differences(said: Any, found: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    """Where two decoded values are not the same, as deep as can be said."""
    if isinstance(said, Mapping) and isinstance(found, Mapping):
        for name in [*said, *(name for name in found if name not in said)]:
            if name not in said or name not in found:
                yield f"{where}.{name}", said.get(name), found.get(name)
            else:
                yield from _differences(said[name], found[name], f"{where}.{name}")
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for index, (one, again) in enumerate(zip(said, found, strict=True)):
            yield from _differences(one, again, f"{where}[{index}]")
    elif said != found:
        yield where, said, found


def _short(value: Any) -> str:
    if isinstance(value, list | Mapping):
        return f"{len(value)} …"
    text = "null" if value is None else "".join(str(value).split("\n"))
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"

"""What an output says of its source beyond quotes and hashes, tried without a parse: digits, units, keys, headings, limits, counts.

This is for outputs that no fresh parse can be held against, since other rule packs read them: nothing is taken from the parser
but the grammar of single numbers.

Over 400 lines because every field of the output that can be tried is, each with what is said of it in two languages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Context, Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from reportparse.concepts import load_concepts
from reportparse.document import Document
from reportparse.emit import to_json
from reportparse.model import Box, Fact, Mention, Section, Span, Table, Threshold
from reportparse.numbers import NonQuantity, Quantity, find, scan
from reportparse.numbers import read as read_number
from reportparse.numerals import numeral, unit_at
from reportparse.report import Report
from reportparse.text import flatten

__all__ = ["Fault", "faults"]

_SIGNED = frozenset({"change", "change_rate"})
"""Aspects whose sign stands in words outside the quote: 减少5万元."""
_WITHOUT_VALUE = frozenset({"none", "blank", "redacted", "unchanged"})
_WHERE = frozenset({"prose", "table", "heading", None})
_RATES = frozenset({"share", "change_rate", "execution_rate"})
_OPERATORS = frozenset("≥>≤<")
_SPACE = re.compile(r"\s+")
_NUMERALS = re.compile(r"\d+|[〇零○一二三四五六七八九十]+")
_TIMES = {"万": 4, "亿": 8}
_SHOWN = 40
"""Characters of a text that a message shows."""


class Fault(NamedTuple):
    """One thing that does not hold: its ``kind`` (``source`` ``span`` ``quote`` ``pieces`` ``page`` ``box``
    ``value`` ``kind`` ``unit`` ``yuan`` ``state`` ``reference`` ``number`` ``coverage`` ``key`` ``document``), where in the
    JSON (``facts[3] f4``), and what is wrong in Chinese and English.
    """

    kind: str
    at: str
    reason: str
    reason_en: str


def faults(report: Report, document: Document) -> tuple[Fault, ...]:
    """Everything in a report that its document or the report itself contradicts, in the order of the output."""
    return _Trial(report, document).result()


class _Trial:
    """One report against one document."""

    def __init__(self, report: Report, document: Document) -> None:
        self.report = report
        self.document = document
        self.text = document.text
        self.faults: list[Fault] = []
        self._bares: dict[Span, str] = {}
        self.parts = {part.id for part in report.parts}
        self.sections = {section.id for section in report.sections}
        self.tables = {table.id: table for table in report.tables}
        self.facts = {fact.id: fact for fact in report.facts}

    def result(self) -> tuple[Fault, ...]:
        self._source()
        self._parts()
        for number, fact in enumerate(self.report.facts):
            self._fact(fact, f"facts[{number}] {fact.id}")
        for number, mention in enumerate(self.report.unclaimed):
            at = f"unclaimed[{number}] {mention.id}"
            self._located(mention, at)
            self._reading(mention, at)
        for number, section in enumerate(self.report.sections):
            self._section(section, f"sections[{number}] {section.id}")
        for number, table in enumerate(self.report.tables):
            self._table(table, f"tables[{number}] {table.id}")
        self._numbers()
        self._coverage()
        self._missing()
        if all(fact.concept in load_concepts() and fact.where in _WHERE for fact in self.report.facts):
            self._findings()
        return tuple(self.faults)

    def _wrong(self, kind: str, at: str, reason: str, reason_en: str) -> None:
        self.faults.append(Fault(kind, at, reason, reason_en))

    # -- the source ---------------------------------------------------------------------------------------------------------

    def _source(self) -> None:
        said, found = self.report.source, self.document.source
        for name in ("media_type", "encoding", "encoding_reason", "pages", "characters", "unread_pages"):
            then, now = getattr(said, name), getattr(found, name)
            if then != now:
                shown = (to_json(then), to_json(now))
                self._wrong(
                    "source",
                    f"source.{name}",
                    f"写的是 {shown[0]}，文件是 {shown[1]}",
                    f"says {shown[0]}, the file {shown[1]}",
                )

    def _parts(self) -> None:
        """The parts share out the whole text."""
        parts = self.report.parts
        ends = [0, *(part.span[1] for part in parts)]
        for number, (part, before) in enumerate(zip(parts, ends, strict=False)):
            at = f"parts[{number}] {part.id}"
            last = number + 1 == len(parts)
            if part.span[0] != before or part.span[1] < before or (last and part.span[1] != len(self.text)):
                self._wrong("span", at, f"{_place(part.span)} 没有首尾相接地分完全文", f"{_place(part.span)} does not share out the text without a gap")  # fmt: skip
        about = self.report.document
        main = next((part for part in parts if part.id == about.part), None)
        if main is None:
            self._lost("document.part", about.part)
            return
        for name in ("kind", "title", "department", "fiscal_year"):
            if getattr(about, name) != getattr(main, name):
                self._wrong(
                    "document", f"document.{name}", f"与部分 {main.id} 所说不同", f"is not what part {main.id} says"
                )
        region = about.region.name if about.region is not None else None
        for name, said in (("region", region), ("issuer", about.issuer), ("date", about.date)):
            stated = [
                one.value for one in self.report.facts if one.part == main.id and one.concept == f"document.{name}"
            ]
            if (said is not None or stated) and said not in stated:
                self._wrong("document", f"document.{name}", "与事实所说不同", "is not what the fact says")

    # -- places -------------------------------------------------------------------------------------------------------------

    def _inside(self, span: Span, at: str) -> bool:
        if 0 <= span[0] <= span[1] <= len(self.text):
            return True
        self._wrong("span", at, f"位置 {_place(span)} 在正文之外", f"the place {_place(span)} is outside the text")
        return False

    def _page(self, position: int) -> int:
        return max(1, bisect_right(self.document.page_starts, position))

    def _boxes(self, places: Iterable[Span]) -> tuple[Box, ...]:
        geometry = self.document.geometry
        if geometry is None:
            return ()
        return tuple(
            (page, *(Decimal(f"{side:.2f}") for side in sides))  # type: ignore[misc]
            for page, *sides in geometry.glyphs.boxes(places)
        )

    def _located(self, one: Fact | Mention, at: str) -> bool:
        """Whether a number or a text stands where it says; and what it points to is there."""
        if one.where not in _WHERE:
            self._wrong("span", f"{at}.where", f"没有 {one.where} 这种位置", f"{one.where} is no kind of place")
        if one.part not in self.parts:
            self._lost(f"{at}.part", one.part)
        if one.section is not None and one.section not in self.sections:
            self._lost(f"{at}.section", one.section)
        if one.cell is not None and one.cell.table not in self.tables:
            self._lost(f"{at}.cell", one.cell.table)
        if one.span is None:
            for name in ("quote", "pieces", "sentence", "page"):
                if getattr(one, name) is not None:
                    self._wrong("span", f"{at}.{name}", "没有位置，却有它", "is there, though there is no span")
            return False
        if not self._inside(one.span, at):
            return False
        start, end = one.span
        there = self.text[start:end]
        if one.quote != there:
            self._wrong(
                "quote", at, f"正文 {_place(one.span)} 是“{_short(there)}”，不是“{_short(one.quote)}”",
                f"the text has “{_short(there)}” at {_place(one.span)}, not “{_short(one.quote)}”",
            )  # fmt: skip
            return False
        if one.pieces is not None and not _parted(one.pieces, one.span):
            self._wrong(
                "pieces",
                at,
                "pieces 不在 span 之内依次排列",
                "its pieces are not parts of its span, one after the other",
            )
            return False
        if one.sentence is None or not (
            self._inside(one.sentence, at) and one.sentence[0] <= start and end <= one.sentence[1]
        ):
            self._wrong("span", f"{at}.sentence", "所在句子不含该处", "its sentence does not hold it")
        if one.page != self._page(start):
            self._wrong("page", at, f"在第 {self._page(start)} 页，不是第 {one.page} 页", f"stands on page {self._page(start)}, not {one.page}")  # fmt: skip
        if one.boxes != self._boxes(one.pieces or (one.span,)):
            self._wrong("box", at, "页面上的方框与重新读出的不同", "its boxes are not where the page has it")
        return True

    def _lost(self, at: str, id: str) -> None:
        self._wrong("reference", at, f"指向 {id}，但没有它", f"points to {id}, which is not there")

    # -- values -------------------------------------------------------------------------------------------------------------

    def _fact(self, fact: Fact, at: str) -> None:
        kind = "percentage" if fact.aspect in _RATES else getattr(load_concepts().get(fact.concept), "kind", fact.kind)
        if fact.kind != kind and fact.kind not in ("text", "date"):
            self._wrong("kind", at, f"种类 {fact.kind} 不是 {kind}", f"the kind {fact.kind} is not {kind}")
        for name in ("base", "part_of"):
            id = getattr(fact, name)
            if id is not None and id not in self.facts:
                self._lost(f"{at}.{name}", id)
        for id in fact.alternatives or ():
            if id not in self.facts:
                self._lost(f"{at}.alternatives", id)
        self._key(fact, at)
        if not self._located(fact, at):
            return
        if isinstance(fact.value, str):
            self._words(fact, fact.value, at)
        elif fact.concept == "document.fiscal_year":
            years = {token.value for token in scan(flatten(fact.quote or "").text) if isinstance(token, NonQuantity)}
            if fact.value not in years:
                self._value(at, fact.value, fact.quote)
        else:
            self._reading(fact, at)

    def _key(self, fact: Fact, at: str) -> None:
        """A key begins with its concept and member and ends with its aspect, and names the axes that the fact is on."""
        concept = load_concepts().get(fact.concept)
        if concept is None:
            self._wrong("key", at, f"没有 {fact.concept} 这个指标", f"there is no concept {fact.concept}")
            return
        head = fact.concept if fact.member is None else f"{fact.concept}[{fact.member}]"
        tail = "" if fact.aspect == "value" else f".{fact.aspect}"
        axes = fact.key[len(head) : len(fact.key) - len(tail)]
        fits = fact.key.startswith(head) and fact.key.endswith(tail) and (not axes or axes[:1] + axes[-1:] == "{}")
        if fits:
            written = dict(_AXIS.findall(axes))
            fund = fact.fund if fact.fund != "all" else None
            basis = fact.basis if fact.basis != "actual" else None
            wanted = {"fund": fund, "basis": basis, "period": fact.period}
            fits = (not axes and concept.kind in _UNMEASURED) or all(written.get(k) == v for k, v in wanted.items())
        if not fits:
            self._wrong("key", at, f"键 {fact.key} 与该事实的各项不合", f"the key {fact.key} is not that of the fact")

    def _value(self, at: str, value: object, quote: str | None) -> None:
        self._wrong(
            "value", at, f"值 {_short(str(value))} 与原文“{_short(quote)}”不合",
            f"the value {_short(str(value))} is not what “{_short(quote)}” says",
        )  # fmt: skip

    def _words(self, fact: Fact, value: str, at: str) -> None:
        """A text is what stands there, less breaks; a date has its numbers; a member of a closed class is named otherwise."""
        printed = self._printed(fact)
        if fact.kind == "date":
            numbers = [_number(found) for found in _NUMERALS.findall(flatten(printed).text)]
            if numbers[: value.count("-") + 1] != [_number(number) for number in value.split("-")]:
                self._value(at, value, fact.quote)
        elif value != fact.member and _bare(value) != _bare(printed) and _bare(value) != _bare(flatten(printed).text):
            self._value(at, value, fact.quote)

    def _printed(self, one: Fact | Mention) -> str:
        return "".join(self.text[a:b] for a, b in one.pieces or (one.span or (0, 0),))

    def _reading(self, one: Fact | Mention, at: str) -> None:
        """A value has the digits of its quote."""
        if one.span is None or one.quote != self.text[one.span[0] : one.span[1]]:
            return
        value = one.value if isinstance(one.value, Decimal) else None
        limit = one.threshold.value if one.threshold is not None else None
        if one.threshold is not None:
            self._limit(one, one.threshold, f"{at}.threshold")
        printed = self._printed(one)
        found = _quantities(printed)
        if value is None:
            for name in ("decimals", "yuan", "value_max"):
                if getattr(one, name) is not None:
                    self._wrong("value", f"{at}.{name}", "没有值，却有它", "is there, though there is no value")
            if one.state not in _WITHOUT_VALUE or any(quantity.value != limit for quantity in found):
                self._wrong("state", at, f"状态 {one.state} 与原文“{_short(one.quote)}”不合", f"the state {one.state} is not what “{_short(one.quote)}” says")  # fmt: skip
            return
        signed = one.aspect in _SIGNED
        quantity = next((quantity for quantity in found if _same_digits(quantity, value, signed)), None)
        if quantity is None:
            found = [*_quantities(_bare(printed)), *self._in_sentence(one)]
            quantity = next((quantity for quantity in found if _same_digits(quantity, value, signed)), None)
        if quantity is None:
            self._value(at, value, one.quote)
            return
        if one.state != ("stated" if value else "zero"):
            self._wrong(
                "state", at, f"值为 {value}，状态却是 {one.state}", f"the value is {value}, and the state {one.state}"
            )
        for name, said, there in (
            ("decimals", one.decimals, quantity.decimals), ("value_max", _size(one.value_max), _size(quantity.value_max)),
            ("scale", one.scale, quantity.scale),
        ):  # fmt: skip
            if said != there:
                self._wrong("value", f"{at}.{name}", f"写的是 {said}，原文“{_short(one.quote)}”是 {there}", f"says {said}, where “{_short(one.quote)}” has {there}")  # fmt: skip
        self._unit(one, quantity, value, at)

    def _is_stated(self, one: Fact | Mention, unit: str) -> bool:
        """Whether a unit that does not stand behind its number is printed where it can be meant: in its sentence, in its table or
        what heads it, or as that of the document. 万元 does not say 元.
        """
        says = re.compile(f"(?<![十百千万亿]){re.escape(unit)}")
        places = [one.sentence] if one.sentence is not None else []
        table = self.tables.get(one.cell.table) if one.cell is not None else None
        if table is not None:
            if unit == table.unit:
                return True
            places.append((max(0, table.span[0] - _HEADS), table.span[1]))
        return unit in self._units or any(says.search(self._bare_at(place)) for place in places)

    def _bare_at(self, place: Span) -> str:
        found = self._bares.get(place)
        if found is None:
            found = self._bares[place] = _bare(flatten(self.text[slice(*place)]).text)
        return found

    @cached_property
    def _printed_bare(self) -> str:
        """All of the text, as printed and normalised, without spaces."""
        return f"{_bare(self.text)}\n{_bare(flatten(self.text).text)}"

    @cached_property
    def _units(self) -> frozenset[str]:
        """The units that are said once for many numbers: 单位：万元."""
        return frozenset(_UNIT_SAID.findall(flatten(self.text).text))

    def _in_sentence(self, one: Fact | Mention) -> list[Quantity]:
        """What is printed at a place, read with what stands around it: 上万家 is a number by the word before it."""
        if one.sentence is None or one.span is None:
            return []
        first, last = one.span[0] - one.sentence[0], one.span[1] - one.sentence[0]
        around = find(self.text[one.sentence[0] : one.sentence[1]])
        return [found for found in around if (found.start, found.end) == (first, last) and found.value is not None]

    def _limit(self, one: Fact | Mention, limit: Threshold, at: str) -> None:
        """A limit stands in the sentence, or in the labels of the cell."""
        words = "".join(one.cell.row + one.cell.column) if one.cell is not None else ""
        around = words + (self.text[one.sentence[0] : one.sentence[1]] if one.sentence is not None else "")
        stated = any(quantity.value == limit.value for quantity in find(around))
        if limit.op not in _OPERATORS or not (stated or f"{limit.value:f}" in _bare(flatten(around).text)):
            self._wrong("value", at, f"原文没有 {limit.op}{limit.value}{limit.unit}", f"{limit.op}{limit.value}{limit.unit} is not printed there")  # fmt: skip
        self._yuan(limit.value, limit.unit, limit.yuan, at)

    def _unit(self, one: Fact | Mention, quantity: Quantity, value: Decimal, at: str) -> None:
        """A printed unit is that of the quote; one that is not comes from the table; yuan follow from it."""
        if quantity.unit is not None and one.unit != quantity.unit:
            self._wrong("unit", at, f"单位 {one.unit} 不是原文的 {quantity.unit}", f"the unit {one.unit} is not {quantity.unit}, as printed")  # fmt: skip
            return
        if quantity.unit is None and one.unit is not None and not self._is_stated(one, one.unit):
            self._wrong("unit", at, f"原文没有写单位 {one.unit}", f"the unit {one.unit} is printed nowhere for it")
            return
        self._yuan(value, one.unit, one.yuan, at)

    def _yuan(self, value: Decimal, unit: str | None, yuan: Decimal | None, at: str) -> None:
        if yuan is None:
            return
        found = unit_at(unit, 0) if unit is not None else None
        power = found[0].power if found is not None else None
        if power is None:
            power = _TIMES.get(unit or "")
        if power is None or yuan != _WIDE.scaleb(value, power):
            self._wrong("yuan", at, f"{value} {unit} 不是 {yuan} 元", f"{value} {unit} are not {yuan} yuan")

    # -- what the whole is made of ------------------------------------------------------------------------------------------

    def _section(self, section: Section, at: str) -> None:
        if section.part not in self.parts:
            self._lost(f"{at}.part", section.part)
        for child in section.children:
            if child not in self.sections:
                self._lost(f"{at}.children", child)
        if not self._inside(section.span, at):
            return
        there = self.text[section.span[0] : section.span[1]]
        if section.number is not None and not _bare(flatten(there).text).startswith(
            _bare(flatten(section.number).text)
        ):
            self._wrong(
                "quote", f"{at}.number", f"“{_short(there)}” 不以它开头", f"“{_short(there)}” does not begin with it"
            )
        if not _bare(flatten(there).text).replace("\n", "").endswith(_bare(section.title)):
            self._wrong("quote", at, f"正文 {_place(section.span)} 是“{_short(there)}”，不是“{_short(section.title)}”", f"the text has “{_short(there)}” at {_place(section.span)}, not “{_short(section.title)}”")  # fmt: skip

    def _table(self, table: Table, at: str) -> None:
        if table.part not in self.parts:
            self._lost(f"{at}.part", table.part)
        if table.unit is not None and table.unit.removesuffix("元") not in _bare(flatten(table.unit_from or "").text):
            self._wrong(
                "unit",
                f"{at}.unit",
                f"“{_short(table.unit_from)}”没有说 {table.unit}",
                f"“{_short(table.unit_from)}” does not say {table.unit}",
            )
        for name in ("title", "unit_from"):
            words = getattr(table, name)
            if words is not None and _bare(words) not in self._printed_bare:
                self._wrong(
                    "quote", f"{at}.{name}", f"正文没有“{_short(words)}”", f"the text does not have “{_short(words)}”"
                )
        if not self._inside(table.span, at):
            return
        start, end = table.span
        pages = tuple(range(self._page(start), self._page(max(start, end - 1)) + 1))
        if table.pages != pages:
            self._wrong("page", at, f"在第 {_row(pages)} 页，不是第 {_row(table.pages)} 页", f"stands on page {_row(pages)}, not {_row(table.pages)}")  # fmt: skip
        for number, cell in enumerate(table.cells or ()):
            if self.text[cell.span[0] : cell.span[1]] != cell.quote or cell.span[0] > cell.span[1]:
                self._wrong("quote", f"{at}.cells[{number}]", f"正文 {_place(cell.span)} 不是“{_short(cell.quote)}”", f"the text does not have “{_short(cell.quote)}” at {_place(cell.span)}")  # fmt: skip

    def _numbers(self) -> None:
        """Ids count on without a gap: of what is taken out, the gap stays."""
        report = self.report
        for name, letter, ids in (
            ("facts", "f", [fact.id for fact in report.facts]),
            ("sections", "s", [section.id for section in report.sections]),
            ("findings", "c", [finding.id for finding in report.findings]),
            ("parts", "p", [part.id for part in report.parts]),
        ):
            self._counted(name, letter, ids)
        self._counted("tables", "t", sorted((table.id for table in report.tables), key=_ordinal))
        mentions = {fact.mention for fact in report.facts if fact.mention is not None}
        unclaimed = [mention.id for mention in report.unclaimed]
        for id in unclaimed:
            if id in mentions:
                self._wrong("number", id, "既认领又未认领", "is claimed and unclaimed at once")
        self._counted("facts, unclaimed", "m", sorted(mentions.union(unclaimed), key=_ordinal))

    def _counted(self, name: str, letter: str, ids: Sequence[str]) -> None:
        for number, id in enumerate(ids, 1):
            if id != f"{letter}{number}":
                self._wrong("number", name, f"编号不连续：{letter}{number} 处是 {id}", f"the ids have a gap: {id} stands where {letter}{number} should")  # fmt: skip
                return

    def _coverage(self) -> None:
        coverage, unclaimed = self.report.coverage, len(self.report.unclaimed)
        claimed = len({fact.mention for fact in self.report.facts if fact.mention is not None})
        share = Decimal(coverage.claimed) / coverage.quantities if coverage.quantities else Decimal(1)
        for holds, zh, en in (
            (coverage.quantities - coverage.claimed == unclaimed, f"{coverage.quantities} 个数量减 {coverage.claimed} 个已认领，不是未认领的 {unclaimed} 个", f"{coverage.quantities} quantities less {coverage.claimed} claimed are not the {unclaimed} unclaimed"),
            (coverage.claimed <= claimed, f"认领 {coverage.claimed} 个，事实只有 {claimed} 个", f"{coverage.claimed} are claimed, and the facts are of {claimed}"),
            (abs(coverage.share - share) <= _HALF, f"占比 {coverage.share} 不是 {coverage.claimed}/{coverage.quantities}", f"the share {coverage.share} is not {coverage.claimed}/{coverage.quantities}"),
            (sum(one.quantities for one in coverage.sections) == coverage.quantities, "各章节的数量加不到总数", "the quantities of the sections do not add up"),
            (sum(one.claimed for one in coverage.sections) == coverage.claimed, "各章节已认领的加不到总数", "the claimed of the sections do not add up"),
        ):  # fmt: skip
            if not holds:
                self._wrong("coverage", "coverage", zh, en)
        for one in coverage.sections:
            if one.section is not None and one.section not in self.sections:
                self._lost("coverage.sections", one.section)

    def _missing(self) -> None:
        stated = {(fact.part, fact.concept) for fact in self.report.facts}
        for number, missing in enumerate(self.report.missing):
            at = f"missing[{number}]"
            if missing.part not in self.parts:
                self._lost(at, missing.part)
            if (missing.part, missing.concept) in stated:
                self._wrong(
                    "reference",
                    at,
                    f"{missing.concept} 并不缺：有它的事实",
                    f"{missing.concept} is not missing: there are facts of it",
                )

    def _findings(self) -> None:
        known = {finding.id for finding in self.report.findings}
        for number, finding in enumerate(self.report.findings):
            at = f"findings[{number}] {finding.id}"
            cited = [*finding.facts, *(cause.fact for cause in finding.causes if cause.fact is not None)]
            for id in cited:
                if id not in self.facts:
                    self._lost(at, id)
            for id in (*finding.related, *(id for cause in finding.causes for id in cause.repairs)):
                if id not in known:
                    self._lost(at, id)


_AXIS = re.compile(r"[{,](fund|basis|period)=([^,{}]*)")
_UNMEASURED = frozenset({"text", "date", "grade"})
_HALF = Decimal("0.00005")
_UNIT_SAID = re.compile(r"单位[：:]?(?:人民币)?([^\s，。；、：（）()]{1,4})")
_HEADS = 100
"""Characters before a table in which its unit may be said."""
_WIDE = Context(prec=5000)


def _quantities(printed: str) -> list[Quantity]:
    whole = read_number(printed)
    found = [whole] if whole is not None else find(printed)
    return [quantity for quantity in found if quantity.value is not None]


def _number(printed: str) -> Decimal | None:
    """A part of a date: digits, or a Chinese numeral."""
    return Decimal(printed) if printed.isdecimal() else numeral(printed)


def _same_digits(quantity: Quantity, value: Decimal, signed: bool) -> bool:
    """Whether a value is what was printed, digit for digit; where ``signed``, its sign is said elsewhere."""
    assert quantity.value is not None
    either = (quantity.value, quantity.value.copy_negate()) if signed else (quantity.value,)
    return any(one.as_tuple() == value.as_tuple() for one in either)


def _size(value: Decimal | None) -> Decimal | None:
    return value.copy_abs() if value is not None else None


def _parted(pieces: Sequence[Span], span: Span) -> bool:
    return (
        len(pieces) > 1 and pieces[0][0] == span[0] and pieces[-1][1] == span[1]
        and all(a < b for a, b in pieces) and all(one[1] <= other[0] for one, other in pairwise(pieces))
    )  # fmt: skip


def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _ordinal(id: str) -> tuple[int, str]:
    digits = id[1:]
    return (int(digits), id) if digits.isdecimal() and len(digits) < 12 else (0, id)


def _place(span: Span) -> str:
    return f"{span[0]}-{span[1]}"


def _row(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))


def _short(text: str | None) -> str:
    shown = " ".join((text or "").split())
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"

"""What a mention is bound to, and what a report is about; what has been bound so far, and where in the report a mention stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from reportparse.classes import path_of
from reportparse.concepts import Concept, Concepts
from reportparse.model import Compared
from reportparse.numbers import qualified
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANYWHERE, Field, ResolvedPack
from reportparse.reading import Reading
from reportparse.told import Told

ITEM_HEAD = 60
_HEAD_OF_LINE = re.compile(r"[A-Z]\d{1,4}[.、]?([^，。；：\d（A-Z]{2,24})：")
"""An indicator with its number in the scheme, and its text on the same line."""
_NUMBERED_ITEM = re.compile(
    r"(?:[①-⑳]|（[\d一二三四五六七八九十]{1,2}）|(?<!\d)\d{1,2}[.．、]|[一二三四五六七八九]是)[^，。；：、\d]{3,30}\Z"
)
_NAME_IN_FORM = re.compile(
    r"(?:项目|转移支付|专项(?:资金)?)(?:（项目）)?名称(?:[：|\s]+|：)(?P<name>[^\n|\t：，。；]{3,40}?)(?=项目?(?:编码|代码)|[\n|\t])"
)
_LEAVE = re.compile(
    r"(?:(?:当年|本年度?|年内|年中|全年|办理|[，、]到龄)"
    r"|(?:引进|净[增减]|减少\d+[人名]|考录|调[入出])[^。；]*(?:、|，其中：?|（))退休$"
)
_BASIC_OF_GENERAL = "fin.general_basic"
WIDE_FUND = "appropriation"
"""The fund that is made of the others."""
SENTENCE_AT_MOST = 2000
"""Characters of a sentence before a figure, and after it, that can say something of it: no sentence that somebody wrote is longer."""
_PASSAGE = 8
"""Blocks of a text that is no whole report, at most."""


class Bound(NamedTuple):
    """One mention bound to one concept; indexes refer to readings and to this list."""

    reading: int
    concept: Concept
    member: str | None
    member_code: str | None
    label: str
    fund: str | None
    basis: str | None
    period: str | None
    compared: Compared | None
    of: str | None
    base: int | None
    part_of: int | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]
    cross: tuple[tuple[str, str], ...] = ()


class About(NamedTuple):
    """What a report is about as a whole: its ``year``, the ``basis`` of money of which nothing else is said, the ``project``
    that the title names, the ``role`` of the section that all of it is in; the body that reports and its places
    (``seats``); whether it is of ``projects``.
    """

    year: int | None
    basis: str = "actual"
    project: str | None = None
    role: str | None = None
    seats: tuple[str, ...] = ()
    projects: bool = False
    period: str | None = None
    """The years that it is about, where these are several: ``2021/2024``."""
    of_place: bool = False
    """Whether it is of a whole place, and what is said of that (全县) is its own."""
    indicators: frozenset[str] = frozenset()
    """The indicators that its tables name, and their levels."""
    named: Mapping[str, Mapping[str, Decimal]] | None = None
    """The projects that its tables name, and what these say of their money in yuan, by basis; None of a passage out of a report, in
    which the rules alone name projects."""

    @property
    def usual_period(self) -> str | None:
        """The period of a figure of which nothing says when it is of."""
        return self.period or (str(self.year) if self.year is not None else None)


class Match(NamedTuple):
    """What a rule gives a label: the concept and member, and what the rule says of fund, basis and the total it is of."""

    concept: Concept
    member: str | None
    code: str | None
    fund: str | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]
    part_of: int | None
    cross: tuple[tuple[str, str], ...] = ()
    basis: str | None = None
    """Where the words do not say it."""


class Run(NamedTuple):
    """A passage on one project, or on several in one order: where it opens and its name ends, and whether it is a numbered item."""

    names: tuple[str, ...]
    start: int
    end: int
    numbered: bool


def place_of(bound: Bound, readings: Sequence[Reading], text: str) -> tuple[int, int]:
    """Where a fact is printed: its quantity; of a text with the words that qualify it, 不低于95%."""
    quantity = readings[bound.reading].quantity
    return qualified(text, quantity) if bound.concept.kind == "text" else (quantity.start, quantity.end)


class Binding:
    """A report whose readings are bound in order: what is bound so far, and where a reading stands."""

    def __init__(
        self,
        readings: list[Reading],
        text: str,
        outline: Outline,
        roles: Sequence[str | None],
        pack: ResolvedPack,
        about: About,
    ) -> None:
        self.about = about
        self.tabled: Mapping[str, Mapping[str, Decimal]] = about.named or {}
        self.year = about.year
        self.role = about.role
        self.project = about.project
        self.at = 0
        self.readings = readings
        self.text = text
        self.outline = outline
        self.roles = roles
        self.pack = pack
        self.concepts: Concepts = pack.concepts
        self.bound: list[Bound] = []
        self._projects: set[str] = set()
        self.of_reading: dict[int, list[int]] = {}
        self.breakdown_in_list: dict[int, Concept] = {}
        # A passage under a heading of no role is of all funds; in a report one says so that a heading is lost.
        self._is_report = any(role is not None for role in roles) or len(outline.owner) > _PASSAGE
        self._scopes: dict[int, tuple[str, ...]] = {}
        self._rules_under: dict[tuple[str, str | None, tuple[str, ...]], list[Field]] = {}
        self._values: dict[tuple[str, str | None, str | None, str | None, str | None], int] = {}
        self._latest: dict[tuple[str, str | None, str | None], int] = {}
        self._fund_of_total: dict[int, str | None] = {}
        self._fund_of_basic: dict[int, str | None] = {}
        self._paths: dict[int, tuple[tuple[str, str], ...]] = {}
        self._items: dict[int, str | None] = {}
        self._told: dict[int, list[Told]] = {}
        self._natures: dict[int, list[Told]] = {}
        self._has_forms = "项目名称：" in text or "项目概述" in text
        self._named_under: dict[int, dict[int, str]] = {}
        self._total_score: int | None = None
        self._form_names: frozenset[str] | None = None
        self._marked: dict[int, tuple[str, ...]] = {}
        self._named_by_items: frozenset[str] | None = None
        self._known_names: tuple[int, tuple[str, ...]] | None = None
        self._runs: dict[tuple[int, int], list[Run]] = {}
        self._others = (-1, -1)
        """The sentence that is on others, and where its words on them end."""

    def scopes(self, block: int) -> tuple[str, ...]:
        """The roles whose rules hold at a block: its section's, the enclosing ones', then those that hold anywhere."""
        node = self.outline.surely.get(block, self.outline.owner[block])
        scopes = self._scopes.get(node)
        if scopes is None:
            found: list[str] = []
            at = node
            while at != ROOT:
                role = self.roles[at]
                if role is not None and role not in found:
                    found.append(role)
                at = self.outline.nodes[at].parent
            if self.role is not None and self.role not in found:
                found.append(self.role)
            scopes = self._scopes[node] = (*found, ANYWHERE)
        return scopes

    def _section_of(self, block: int) -> int | None:
        """The node whose text a block is for certain; None where it has no heading, or may have lost it."""
        node = self.outline.owner[block]
        return None if node == ROOT or block in self.outline.surely else node

    def section_fund(self, scopes: tuple[str, ...]) -> str | None:
        """The fund that a section is of. 财政拨款 under a heading on one of its funds means that fund."""
        wide: str | None = None
        for scope in scopes:
            fund = self.pack.fund(scope)
            # A heading without a number after 一般公共预算基本支出 (项目支出情况) is no part of that.
            if fund is None or (scope == _BASIC_OF_GENERAL and scopes[0] not in (scope, "fin.basic")):
                continue
            if fund != WIDE_FUND:
                return fund
            wide = fund
        return wide

    def as_in_its_form(self, name: str) -> str:
        """A project's name with 项目 at its end or without, as the form on it has it (项目名称 | 古树保护项目), where there is one."""
        if self._form_names is None:
            self._form_names = frozenset(found["name"].strip() for found in _NAME_IN_FORM.finditer(self.text))
        stem = name.removesuffix("项目")
        return next((one for one in (name, f"{stem}项目", stem) if one in self._form_names), name)

    def _is_numbered(self, reading: Reading) -> bool:
        """Whether the words of a figure are an item of a list with a number of its own: （1）道路硬化预算9万元."""
        start = max(0, reading.quantity.start - ITEM_HEAD)
        return _NUMBERED_ITEM.search(self.text[start : reading.quantity.start]) is not None

    def _is_in_brackets(self, reading: Reading) -> bool:
        before = self.text[begin(reading) : reading.quantity.start]
        return before.rfind("（") > before.rfind("）")

    def _in_sentence_of(self, before: Bound, reading: Reading) -> bool:
        return self.readings[before.reading].sentence == reading.sentence

    def _path(self, node: int) -> tuple[tuple[str, str], ...]:
        """The marked names of the latest class under a heading, or those of the heading: （一）公共安全（类）."""
        at = node
        while at != ROOT:
            if at in self._paths:
                return self._paths[at]
            named = path_of(self.outline.nodes[at].title)
            if named:
                return named
            at = self.outline.nodes[at].parent
        return self._paths.get(ROOT, ())

    def _heads(self, reading: Reading) -> Sequence[int]:
        """The facts of the total that the reading is listed under."""
        if reading.role == "reason" or (reading.head is None and reading.other_head is None):
            return ()
        heads = [
            at
            for head in (reading.head, reading.other_head)
            if head is not None
            for at in self.of_reading.get(head, ())
        ]
        if len(heads) == 1 and "支出" in reading.labels[0] and (side := self._spending_beside(heads[0])) is not None:
            return [side]  # 拨款收入9万元，拨款支出9万元。按功能分类看，教育支出8万元
        if len(heads) > 1 and "支出" in reading.labels[0]:  # 收支总预算9万元，…；支出包括：教育支出…
            heads.sort(key=lambda at: not self.bound[at].concept.id.startswith("expenditure."))
        return heads

    def _spending_beside(self, head: int) -> int | None:
        """What was spent, stated behind what came in, in one sentence with it."""
        over = self.bound[head]
        if over.concept.id not in ("revenue.total", "revenue.current") or over.member is not None:
            return None
        sentence = self.readings[over.reading].sentence
        for at in range(head + 1, len(self.bound)):
            one = self.bound[at]
            if self.readings[one.reading].sentence != sentence:
                break
            spent = one.concept.id in ("expenditure.total", "expenditure.current") and one.member is None
            if spent and self.readings[one.reading].aspect == "value" and one.fund == over.fund:
                return at
        return None

    def _leave(self, reading: Reading) -> bool:
        """Whether a figure is of those who retired in the year: 临聘6人，当年退休1人."""
        start = max(reading.sentence[0], reading.quantity.start - ITEM_HEAD)
        return _LEAVE.search(self.text[start : reading.quantity.start]) is not None

    def _head_of_line(self, reading: Reading) -> str | None:
        """What a paragraph begins with and says something of: 立项依据充分性：…"""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        found = _HEAD_OF_LINE.match(self.text, start, reading.quantity.start)
        return found[1] if found is not None else None

    def _run_in_title(self, reading: Reading) -> str:
        """The heading that the reading's own line begins with."""
        at = self.outline.owner[reading.block]
        if at == ROOT or "\n" in self.text[self.outline.nodes[at].end : reading.quantity.start]:
            return ""
        return self.outline.nodes[at].title

    def _words_before(self, reading: Reading) -> str:
        """The words of the sentence between the figure before and this one."""
        start = reading.sentence[0]
        if self.at and self.readings[self.at - 1].block == reading.block:
            start = max(start, self.readings[self.at - 1].quantity.end)
        return self.text[start : reading.quantity.start]


def begin(reading: Reading) -> int:
    """Where the sentence of a figure begins, as far as it matters."""
    return max(reading.sentence[0], reading.quantity.start - SENTENCE_AT_MOST)

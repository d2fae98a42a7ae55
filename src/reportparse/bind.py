"""Mentions → facts, by the rule packs: headings and labels → concept and member.

Nothing here knows a digit, a unit's printed form or a province. A mention is claimed once (twice only where its
sentence says one number of two things); what no rule claims is returned as unclaimed.

Over 400 lines because the order in which lists, labels, funds and neighbours are asked is one decision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from reportparse.classes import find_economic, find_function, is_marked, path_of, under_path
from reportparse.clauses import grade_of, read_label
from reportparse.concepts import Concept, Concepts
from reportparse.labels import (
    ASSUMED,
    CERTAIN,
    LONG_ENOUGH,
    member_before,
    member_named,
    plain_member,
    spellings,
    sureness,
    without_basis,
    without_brackets,
)
from reportparse.mentions import Reading
from reportparse.model import Compared
from reportparse.names import (
    clause_before,
    indicator_in,
    level_of,
    levels_at,
    named_by_heading,
    named_by_item,
    named_by_subject,
    names_own,
    project_in,
)
from reportparse.numbers import Quantity, qualified
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANY_UNIT, ANYWHERE, Field, ResolvedPack
from reportparse.patterns import Searcher, compile_pattern, seldom
from reportparse.reach import OF_OTHERS, OWN_AGAIN, WHOLE_PLACE, is_part_of_year

__all__ = ["About", "Bound", "bind", "place_of"]


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

    @property
    def usual_period(self) -> str | None:
        """The period of a figure of which nothing says when it is of."""
        return self.period or (str(self.year) if self.year is not None else None)


_KINDS: dict[str, frozenset[str]] = {
    "amount": frozenset({"amount", "text"}),
    "headcount": frozenset({"headcount", "count", "text"}),
    "count": frozenset({"count", "headcount", "measure", "text"}),
    "percentage": frozenset({"percentage", "text"}),
    "score": frozenset({"score", "text"}),
    "measure": frozenset({"measure", "text"}),
    "grade": frozenset({"grade"}),
    "number": frozenset({"count", "headcount", "score", "text"}),
}
"""A printed quantity can be the text of an indicator: its target is 不低于95%."""
_TEN_THOUSANDS = frozenset({"amount"})
_BEFORE_NOUGHT = frozenset("为是：数次费")
_NOUGHT = frozenset({"amount", "count", "headcount", "score", "text"})
_ANOTHER = re.compile("；|标值")
_BY_THEN = re.compile("截[至止]")
_ITEM_HEAD = 60
_ITEM_MARK = 5
_NEXT_ITEM = seldom(r"[。；](?=\d{1,2}[.．、](?!\d)|（[\d一二三四五六七八九十]{1,2}）|[①-⑳])")
_NAMED_BY = 3
_FEW = 16
_FULL = 100
_ROUNDED = Decimal("0.06")
"""Facts before, among which those of the same list are."""
_POINTS = "个百分点"
_TITLE_AT_MOST = 24
_FORM = 900
"""Characters that a form on one project fills, at most."""
_NAME_OF_FORM = seldom(
    r"项目名称：\s*(?P<name>[^\n，。；：]{2,40}?)(?:项目)?\s*(?=\n)|(?:^|\n)\s*\d{1,2}[.．、](?P<item>[^\n，。；：]{2,30}?)(?:项目)?。（[1一]）项目概述"
)
_PART_OF_FORM = re.compile("项目概述|项目概况|立项依据|设立的政策依据|实施主体|实施方案|实施周期|年度预算|绩效目标")
"""The parts of the statutory form that tells of one project."""
_MARKED_LINE = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十\d]{1,3}[、.．])(?P<title>[^，。；：\n（）\d]{2,40})"
    r"(?P<mark>（(?:自评|评价)?得分?)[\d.]+分）"
)
"""A line that is a heading with its mark: （二）资金投入（自评得分3分）。"""
_LOOK_BACK = 400
"""Facts and characters: what a figure follows, and the level of its indicator, are not further before it."""
_HEAD_OF_LINE = re.compile(r"[A-Z]\d{1,4}[.、]?([^，。；：\d（A-Z]{2,24})：")
"""An indicator with its number in the scheme, and its text on the same line."""
_POINTING = frozenset("该本此")
_BAND = re.compile(r"（含.{0,4}）|(?:及其?)?以[上下]|[-—~至]\d")
_NAMED = ("project.", "indicator.", "evaluation.", "targets.")
"""Concepts whose members are names, or that are themselves counted: neither company nor a list says anything of them."""
_TOTALS = frozenset({"revenue.total", "revenue.current", "expenditure.total", "expenditure.current"})
"""What a label says only if nothing unknown stands before it."""
_OF_ITS_OWN = ("targets.", "assets.")
"""Concepts whose figures stand behind those of others and are of no member of these."""
_WHOLE = frozenset({"合计", "共计", "总计", "小计", "共", "一共", "总共"})
_OF_THE_WHOLE = frozenset({"evaluation.score", "evaluation.grade"})
_MAY_NAME_A_PROJECT = frozenset({None, "perf.projects", "perf.analysis", "perf.funds", "perf.score", "fin.project"})
_BUDGET_PARTS = ("revenue.source", "expenditure.nature", "expenditure.basic", "expenditure.fund")
_ON_EVALUATION = re.compile("上年|(?:自评|评价)(?:结果|结论|情况)")
_ON_PROJECTS = frozenset({"fin.project", "perf.projects"})
_COUNTS = frozenset({"targets.count", "evaluation.projects"})
_OF_PROJECTS = ("project.", "evaluation.project")
_MARKS = frozenset({"得", "得分", "自评", "自评得分", "评分", "自评得", "评价得分", "实得", "自评分"})
_DONE = re.compile(r"(?:已|实际|全年|当年|年末|累计|共)*(?:完成)?(?:支出|使用|执行|投资|支付)(?:数|金额|资金)?$")
_NUMBERED_ITEM = re.compile(
    r"(?:[①-⑳]|（[\d一二三四五六七八九十]{1,2}）|(?<!\d)\d{1,2}[.．、]|[一二三四五六七八九]是)[^，。；：、\d]{3,30}\Z"
)
_PLAIN_NAME = re.compile(
    r"(?!.*(?:费用?|收入|工资|补贴|财政|级|其中|合计|小计|总额|结余|结转|调整|追[加减]|资产|采购)$)[^，。；：、（）\d]{3,24}"
)
_COUNTABLE = frozenset({"amount", "headcount", "count"})
_NOTHING: frozenset[str] = frozenset()
_ANY_NUMBER = frozenset({"amount", "headcount", "count", "percentage", "score", "measure"})

_PROJECTS_COUNTED = re.compile("(?:子|专项|重点|预算|特定目标类?)?项目$|^(?:子|专项|重点|预算|特定目标类?)?项目")
_VEHICLES = re.compile("(?<=..)(?:用车|车辆)$")
_ARE_THERE = re.compile("(?:实有|实际|现有|在职|在编)+(?:人员|人数)?")
_POSTS = re.compile("编制(?:人?数)?$")
_PEOPLE = frozenset({"人", "名", "个", "位"})
_LEVELS = "类款项"
_CHANGES = frozenset({"change", "change_rate"})
_IN_REASONS = frozenset({"revenue.source", "expenditure.function", "expenditure.economic"})
"""What a change given as a reason can be one of without a list: 主要是事业收入减少5万元, 教育支出增加2万元."""
_OF_BASIC = frozenset({"expenditure.basic", "expenditure.economic"})
"""What 基本支出 is broken down by."""
_OF_AN_END = re.compile("(?:年初|年末)[^，。；]*结[转余]")
_BY_CLASS = re.compile(r"\s*按(?:支出)?功能(?:科目|分类科目|分类)?(?:来)?(?:划?分|看)")
_ON_BALANCES = re.compile(r"\s*(?:年末)?结转(?:和|及|、)?结余(?:资金)?(?:情况|方面)?[。：]")
_MOVES = frozenset({"staffing.joined", "staffing.left"})
_LEAVE = re.compile(
    r"(?:(?:当年|本年度?|年内|年中|全年|办理|[，、]到龄)"
    r"|(?:引进|净[增减]|减少\d+[人名]|考录|调[入出])[^。；]*(?:、|，其中：?|（))退休$"
)
_BALANCES = frozenset({"balance.opening", "balance.closing"})
_BUDGET = seldom(
    r"(?:[市县区省]?(?:财政局?)?(?:批复|核定|下达|安排)(?:我|本)(?:部门|单位|[局委办院校会馆站厅所]))?(?:年初|全年|年度|调整后?|当年|本年)*(?:部门|单位)?(?:整体)?(?:财政|资金)?预算(?:批复|安排|下达|资金|金额|总额|总计)*数?"
)
"""A budget of which only the report says whose it is."""
_OF_ALL_MONEY = seldom(
    r"(?:部门|单位|整体|财政|资金|收支|收入|支出|预算|决算|预决算|年度|年初|批复|安排|下达|来源|投入|执行率?|使用|管理|绩效|概况|情况|说明|分析|总体|及其?|和|与|的|20\d\d年)+"
)
_IS_THEN_SPENT = seldom(
    r"[，；](?:全年|当年|本年|年末|累计|年度|实际|决算|执行|完成)*(?:支出(?:决算|执行|合计|总额|金额)?数?|(?:执行|决算)(?:数|金额)?)(?:为|是|了|共计?|合计)?\d|元（(?:其中：?)?(?:基本|项目)支出\d|[，；][^。]{0,40}调整后?的?(?:部门|全年|支出)*预算"
)
_IS_SPENT = re.compile(r"实际(?:完成|发生|总)?支出$")
_CARRIED_BEHIND = re.compile("结转(?:和)?(?:结余)?$|结余$")
_PLANNED_COUNTS = frozenset(
    f"three_public.{name}"
    for name in ("abroad_groups", "abroad_people", "vehicles_bought", "reception_batches", "reception_people")
)
"""Counts that a budget plans, as it plans money."""
_OF_THE_YEAR = re.compile("[本当]年(?!度)")
_WITHIN_TOTAL = {"revenue.total": "revenue.current", "expenditure.total": "expenditure.current"}
_CROSSING = frozenset({"basic", "project"})
"""Natures by which the money of a class is broken down."""
_SOURCES = "fin.income"
_BASIC_OF_GENERAL = "fin.general_basic"
_SIDE_WORD = {"revenue": "收入", "expenditure": "支出"}
_DENIED = re.compile(
    r"(?:本年度?|当年|使用|安排|的|财政拨款|拨款|预算|决算|资金|收支|收入|支出|项目|情况|和|与|及|、)*"
)
"""What may be said of a fund that there is none of, and nothing else."""
_SIDES = frozenset(
    f"{year}{side}{what}"
    for year in ("", "本年", "总")
    for side in ("收入", "支出")
    for what in ("", "决算", "预算", "合计", "总计")
)
_FUND_ALONE = re.compile(r"(?:资金|拨款|结转|结余|结转(?:和)?结余|收入|支出)*")
_SENTENCE_AT_MOST = 2000
"""Characters of a sentence before a figure, and after it, that can say something of it: no sentence that somebody wrote is longer."""
_CLAUSE_AT_MOST, _GOES_ON_AT_MOST = 160, 40
"""Characters before a figure and behind it that a guard looks at."""
_PASSAGE = 8
"""Blocks of a text that is no whole report, at most."""
_HEADING_WORDS = re.compile(r"(?:总体|具体|编制|情况|说明|方面|分析|综述|概况)+$")
_CLAUSE_END = re.compile("[，；。]")
_HAN = re.compile(r"[^\W\d_A-Za-z]")


def bind(
    readings: Sequence[Reading],
    text: str,
    outline: Outline,
    roles: Sequence[str | None],
    pack: ResolvedPack,
    about: About,
    tell: Callable[[int], None] | None = None,
) -> list[Bound]:
    """Bind what the pack's rules claim. ``roles[n]`` is the role of outline node ``n``; ``tell`` hears which reading is next."""
    binder = _Binder(readings, text, outline, roles, pack, about)
    for index in range(len(readings)):
        if tell is not None:
            tell(index)
        binder.bind(index)
        if readings[index].also is not None:
            binder.bind_also(index)
    return binder.crossed_by_nature()


def _same(one: Bound, other: Bound) -> bool:
    """Whether both are of one thing, whatever it is called and however sure that is."""
    return one._replace(label=other.label, confidence=other.confidence, notes=other.notes) == other


def place_of(bound: Bound, readings: Sequence[Reading], text: str) -> tuple[int, int]:
    """Where a fact is printed: its quantity; of a text with the words that qualify it, 不低于95%."""
    quantity = readings[bound.reading].quantity
    return qualified(text, quantity) if bound.concept.kind == "text" else (quantity.start, quantity.end)


class _Match(NamedTuple):
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


class _Binder:
    def __init__(
        self,
        readings: Sequence[Reading],
        text: str,
        outline: Outline,
        roles: Sequence[str | None],
        pack: ResolvedPack,
        about: About,
    ) -> None:
        self.about = about
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
        self._has_forms = "项目名称：" in text or "项目概述" in text
        self._total_score: int | None = None
        self._marked: dict[int, tuple[str, ...]] = {}
        self._others = (-1, -1)
        """The sentence that is on others, and where its words on them end."""

    # -- where a rule is looked up --------------------------------------------------------------------------------------

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
        for scope in scopes:
            fund = self.pack.fund(scope)
            # A heading without a number after 一般公共预算基本支出 (项目支出情况) is no part of that.
            if fund is not None and (scope != _BASIC_OF_GENERAL or scopes[0] in (scope, "fin.basic")):
                return fund
        return None

    # -- one reading ----------------------------------------------------------------------------------------------------

    def bind(self, index: int) -> None:
        self.at = index
        reading = self.readings[index]
        if "glossary" in self.scopes(reading.block):
            return
        if reading.belongs is not None and (reading.belongs in self.of_reading or not any(reading.labels)):
            for at in self.of_reading.get(reading.belongs, ()):
                self._inherit(index, reading, at)
            return
        if reading.labels[0] in _WHOLE and reading.aspect == "value" and not reading.loose:
            for at in self._heads(reading)[
                :1
            ]:  # 其中：道路60万元，桥梁40万元，合计100万元: the total of the list once more
                self._inherit(index, reading, at)
                return
        denied = reading.quantity.state == "none" and not self._heads(reading) and "收入" not in reading.under
        if denied and self._denied_fund(index, reading):
            return
        if not self.about.of_place and OF_OTHERS.match(reading.labels[0]):
            self._others = reading.sentence[0], reading.quantity.end
        for label in reading.labels:
            if self.about.of_place:
                label = WHOLE_PLACE.sub("", label)
            match = (
                self._match(reading, label) if label and reading.topic and reading.quantity.kind == "count" else None
            )
            if match is None and reading.topic:
                match = self._match(reading, _HEADING_WORDS.sub("", reading.topic))
                label = reading.topic if match is not None else label
            if match is None and label:
                match = self._match(reading, label)
            of_all = match is not None and match.confidence != CERTAIN and label.endswith("项目支出")
            if (match is None or of_all) and (project := self._project_executed(index, reading, label)) is not None:
                match = project
            if match is None and self._is_of_what_is_spent(reading, label):
                match = self._match(reading, "支出预算")  # 年初预算90万元，实际支出85万元
            if match is not None and (match.confidence == CERTAIN or self._may_assume(reading)):
                if self._is_beyond(reading, match):
                    continue
                if match.concept.id.startswith("organisation.") and reading.quantity.unit in _PEOPLE - {"个"}:
                    continue  # 编制62人，其中下属单位40人
                if self._is_listed_already(reading, match) or self._is_of_running_costs(reading, match):
                    continue
                if not self._is_adrift(reading, match) and not self._is_of_what_is_counted(reading, match):
                    self._claim(index, reading, label, match)

    def bind_also(self, index: int) -> None:
        """The same change from a second thing: 与年初预算、上年决算均持平."""
        reading = self.readings[index]._replace(compared=self.readings[index].also)
        for at in tuple(self.of_reading.get(index, ())):
            one = self.bound[at]
            compared = self._compared(reading, one.basis, one.period, one.concept, one.member, one.fund)
            self._append(index, one._replace(compared=compared))

    def _project_executed(self, index: int, reading: Reading, label: str) -> _Match | None:
        """茶苗繁育支出9万元，为预算的90%，得95分: what has a rate of execution or a mark of its own where projects are spoken of, and
        is nothing that the vocabulary knows, is one of them.
        """
        rated = reading.aspect == "execution_rate"  # 工程养护仅完成预算的78%
        if (
            (reading.aspect != "value" and not rated)
            or (reading.quantity.kind != "amount" and not rated)
            or reading.role == "reason"
            or reading.period is not None
        ):
            return None
        cut = _DONE.search(label)
        stem = without_basis(label[: cut.start()] if cut is not None else label)
        if (
            not (self.about.projects or stem.endswith("项目") or self._are_projects_meant(reading))
            or not _PLAIN_NAME.fullmatch(stem)
            or self._means_else(stem, reading)
            or self._means_else(f"{stem}支出", reading)
            or not (rated or self._is_executed(index, reading))
        ):
            return None
        concept = self.concepts["project.amount"]
        name = self._name(concept, stem, reading)
        if name is None or (name == self.project and not stem):
            return None
        return _Match(concept, name, None, None, concept.id, CERTAIN, (), None)

    def _are_projects_meant(self, reading: Reading) -> bool:
        """Whether a figure stands in a section on projects, or after what was said of some in its own."""
        if any(scope in _ON_PROJECTS for scope in self.scopes(reading.block)):
            return True
        node = self.outline.owner[reading.block]
        for one in reversed(self.bound[-_FEW:]):
            if self.outline.owner[self.readings[one.reading].block] != node:
                return False
            if one.concept.id.startswith(_OF_PROJECTS) or (
                one.concept.id == "expenditure.nature" and one.member == "project"
            ):
                return True
        return False

    def _is_executed(self, index: int, reading: Reading) -> bool:
        """Whether what is said next in the clause is how far a figure, or the budget beside it, was carried out, or its mark."""
        pair = reading.basis is not None and self._is_numbered(reading)
        for after in self.readings[index + 1 : index + 4]:
            if after.sentence != reading.sentence or "；" in self.text[reading.quantity.end : after.quantity.start]:
                return False
            if after.aspect == "execution_rate":
                return after.belongs is not None and after.belongs >= index
            if after.quantity.kind == "score":
                return after.labels[0] in _MARKS
            if after.quantity.kind != "amount" or after.aspect != "value" or after.period is not None:
                return False
            if after.belongs is None and not (after.labels[0] in ("", "实际支出") or _DONE.fullmatch(after.labels[0])):
                return False
            if pair and after.basis != reading.basis:
                return True  # 道路硬化预算9万元、支出8万元
        return False

    def _is_numbered(self, reading: Reading) -> bool:
        """Whether the words of a figure are an item of a list with a number of its own: （1）道路硬化预算9万元."""
        start = max(0, reading.quantity.start - _ITEM_HEAD)
        return _NUMBERED_ITEM.search(self.text[start : reading.quantity.start]) is not None

    def _is_of_what_is_spent(self, reading: Reading, label: str) -> bool:
        """Whether a budget that names no side is of the body's whole spending: nothing else is spoken of, and what was spent
        follows in the sentence.
        """
        if reading.basis is None or reading.aspect != "value" or reading.quantity.kind != "amount":
            return False
        if (
            self.about.projects
            or reading.belongs is not None
            or reading.head is not None
            or not _BUDGET.fullmatch(label)
        ):
            return False
        node = self._section_of(reading.block)
        if node is None or not _OF_ALL_MONEY.fullmatch(self.outline.nodes[node].title):
            return False
        end = reading.quantity.end
        return _IS_THEN_SPENT.search(self.text, end - 1, min(reading.sentence[1], end + _SENTENCE_AT_MOST)) is not None

    def _is_beyond(self, reading: Reading, match: _Match) -> bool:
        """Whether a flow is not the body's own, or not of the whole year."""
        flows = match.concept.kind == "amount" and match.concept.id.startswith(_FLOWS)
        return flows and (self._is_of_others(reading) or self._is_part_year(reading))

    def _is_of_what_is_counted(self, reading: Reading, match: _Match) -> bool:
        """Whether a mark is where a band begins (自评90分以上的10个), or a fund's money that of the projects before it
        (对2个项目开展评价，涉及一般公共预算支出9万元，政府性基金预算支出0万元).
        """
        if match.concept.kind == "score":
            return _BAND.match(self.text, reading.quantity.end) is not None
        if not match.concept.id.startswith("expenditure.") or not self.bound or reading.aspect != "value":
            return False
        last = self.bound[-1]
        said = self.readings[last.reading]
        return last.concept.id == "evaluation.project_amount" and said.sentence == reading.sentence

    def _is_listed_already(self, reading: Reading, match: _Match) -> bool:
        """Whether the sentence has given another figure of what is listed already: 政府采购预算9万元：货物6万元、服务3万元；其中一般公共预算拨款
        政府采购5万元：货物2万元.
        """
        if match.part_of is None or match.member is None or match.cross or reading.aspect != "value":
            return False
        over = self.bound[match.part_of]
        if match.fund is not None or (over.concept, over.member) == (match.concept, match.member):
            return False  # 项目支出9万元，其中：一般公共预算8万元
        for one in reversed(self.bound[-_FEW:]):
            said = self.readings[one.reading]
            if said.sentence != reading.sentence:
                return False
            same = (one.concept, one.member, one.basis, one.period) == (
                match.concept,
                match.member,
                over.basis,
                over.period,
            )
            if same and (one.fund or "all") == (over.fund or "all") and not one.cross and said.aspect == "value":
                return said.quantity.value != reading.quantity.value
        return False

    def _is_of_running_costs(self, reading: Reading, match: _Match) -> bool:
        """机关运行经费56万元，其中：会议费等8万元: the offices' own share of a cost is no figure of all of it."""
        heads = self._heads(reading)
        over = self.bound[heads[0]].concept.id if heads else ""
        return over == "agency_operating" and match.concept.id.startswith(
            ("three_public.", "meeting_cost", "training_cost")
        )

    def _is_adrift(self, reading: Reading, match: _Match) -> bool:
        """Whether it is unknown whose money a class is of: in no list, after no total, and where only other headings of
        the document say what they are about.
        """
        return (
            self._is_report
            and match.concept.classes is not None
            and match.concept.fund_open
            and match.fund is None
            and match.part_of is None
            and self.scopes(reading.block) == (ANYWHERE,)
            and not (reading.under and self.concepts.fund_in(reading.under))
            and ((section := self._section_of(reading.block)) is None or section not in self._fund_of_total)
        )

    def _denied_fund(self, index: int, reading: Reading) -> bool:
        """无政府性基金预算（安排的支出）: that there is none of a fund, spent if nothing else is said."""
        found = False
        for label in reading.labels:
            named = self.concepts.fund_in(label.removeprefix("使用"))
            rest = named[1] if named is not None else ""
            if named is None or named[0] == "appropriation" or not _DENIED.fullmatch(rest):
                continue
            sides = [side for side in ("revenue", "expenditure") if _SIDE_WORD[side] in rest] or ["expenditure"]
            if "收支" in rest:
                sides = ["revenue", "expenditure"]
            for side in sides:
                concept = self.concepts[f"{side}.total"]
                match = _Match(concept, None, None, named[0], f"fund:{named[0]}", CERTAIN, (), None)
                self._claim(index, reading, label, match)
                found = True
        return found

    @staticmethod
    def _may_assume(reading: Reading) -> bool:
        """Whether a label read as the end of a longer one is enough: not for what is only read if a rule binds it
        (无, 持平), nor in a reason (新增…项目支出60万元), nor for what is said of a part (货物采购授予中小企业…占80%).
        """
        if reading.optional:
            return reading.quantity.kind == "grade"
        return reading.role != "reason" and reading.aspect == "value"

    def _inherit(self, index: int, reading: Reading, at: int) -> None:
        owner = self.bound[at]
        if not _fits(reading, owner.concept) or self._follows_unbound(index, reading):
            return
        if owner.concept.id in _MOVES and reading.aspect in _CHANGES and reading.compared in (None, (None, None)):
            return  # 新进人员3人，减少2人: no change of how many came
        if owner.concept.id in _BALANCES and reading.basis in ("budget", "adjusted_budget"):
            return  # 年初结余12万元；预算1105万元
        basis, period = owner.basis, owner.period
        base: int | None = at
        of: str | None = None
        if reading.aspect == "value":  # the same thing on another basis: 年初预算18万元
            base = None
            basis = (reading.basis or basis) if owner.concept.money else basis
            period = reading.period or period
        elif self.readings[owner.reading].aspect != "value":
            base = owner.base
        elif reading.aspect in _CHANGES and reading.period is not None and reading.period != period:
            base, period = None, reading.period  # 2021年、2022年分别为8万元、9万元，2023年比2022年增加1万元
        compared = self._compared(reading, basis, period, owner.concept, owner.member, owner.fund)
        if compared is not None and owner.concept.money and (compared.period, compared.basis) == (period, basis):
            basis, base = "actual", None  # 年初预算9万元，决算数大于预算数1万元: the outcome is, which is not printed
        part_of = owner.part_of
        if reading.aspect == "share":
            if self._is_of_itself(reading, owner):
                return
            base, of = self._share_base(reading, owner.concept, part_of, owner.member)
        self._append(
            index,
            Bound(
                index, owner.concept, owner.member, owner.member_code, owner.label, owner.fund, basis, period, compared, of, base,
                part_of, owner.rule, owner.confidence, owner.notes, owner.cross,
            ),
        )  # fmt: skip

    def _is_of_itself(self, reading: Reading, owner: Bound) -> bool:
        """本年收入9万元，全部为财政拨款，占本年收入的100%: said of what is not named, for nothing is a share of itself."""
        if not reading.share_of or owner.member is not None:
            return False
        scopes = self.scopes(reading.block)
        match = self._labelled(reading.share_of, scopes, frozenset({"amount"}), reading)
        return (
            match is not None
            and match.concept is owner.concept
            and match.member is None
            and (match.fund or self.section_fund(scopes) or "all") == (owner.fund or "all")
        )

    def _follows_unbound(self, index: int, reading: Reading) -> bool:
        """下降7.37% right after 减少1.36万元 is said of the same thing: of none, where that was said of none."""
        before = self.readings[index - 1] if index else reading
        return (
            reading.aspect == "change_rate"
            and before.aspect == "change"
            and before.sentence == reading.sentence
            and before.belongs == reading.belongs
            and index - 1 not in self.of_reading
        )

    def _share_base(
        self, reading: Reading, concept: Concept, part_of: int | None, member: str | None
    ) -> tuple[int | None, str | None]:
        """The total that a share is of, and its name where it is not the total that the amount is listed under."""
        if not reading.share_of:
            return part_of, None
        match = self._part_of_within(concept, reading.share_of) or self._labelled(
            reading.share_of, self.scopes(reading.block), frozenset({"amount"}), reading
        )
        if match is None:
            return part_of, None
        name = match.concept.id if match.member is None else f"{match.concept.id}[{match.member}]"
        if (
            member == "micro" and concept.within == name
        ):  # a part of what goes to smaller firms, of which the total is no part
            return self._latest.get((match.concept.id, match.member, None)), name
        if match.concept is concept and match.member is None and part_of is None:
            return self._latest.get((concept.id, None, match.fund or ("all" if concept.fund_open else None))), None
        if part_of is not None:
            listed = self.bound[part_of]
            if (listed.concept is match.concept and listed.member == match.member) or _same_side(
                listed.concept.id, match.concept.id
            ):
                return part_of, None
        fund = match.fund or ("all" if match.concept.fund_open else None)
        base = self._latest.get((match.concept.id, match.member, fund))
        if match.concept is concept and match.member is not None:
            return part_of, None  # 占…: no amount is a share of itself
        natural = (
            part_of is None
            and concept.within is not None
            and (concept.within == name or _same_side(concept.within, name))
        )
        return base, None if natural else name

    def _part_of_within(self, concept: Concept, label: str) -> _Match | None:
        """货物采购授予中小企业合同金额占货物支出金额的: a part of the total that the concept is a part of."""
        if concept.within is None or concept.within not in self.concepts:
            return None
        total = self.concepts[concept.within]
        hit = total.member_of(label) if total.members else None
        if hit is None or hit[1]:
            return None
        return _Match(total, hit[0], None, None, concept.id, CERTAIN, (), None)

    def _claim(self, index: int, reading: Reading, label: str, match: _Match) -> None:
        concept = self._of_the_year(match, reading, label)
        scopes = self.scopes(reading.block)
        numeric = concept.kind not in ("text", "date", "grade")
        fund: str | None = None
        if concept.fund_open:
            fund = match.fund or "all"
            if match.fund is None and (beside := self._other_side_before(reading, label, concept)) is not None:
                fund = beside.fund  # 财政拨款收入9万元，支出8万元；其中一般公共预算收入7万元，支出6万元
            elif match.fund is None and match.part_of is not None:
                fund = self.bound[match.part_of].fund or "all"
            elif match.fund is None and match.part_of is None:
                opener = self.concepts.fund_in(reading.under) if reading.under else None
                fund = opener[0] if opener is not None else self._fund_of_list(reading) or self.section_fund(scopes)
                if opener is None and concept.id in _BALANCES and self._begins_on_balances(reading):
                    fund = self._fund_of_list(reading)
                if fund is None and concept.classes is not None:
                    fund = self._fund_of_title(reading.block)
                last = self.bound[-1] if self.bound else None
                # 一般公共预算收入9万元，收入总计20万元: the second is no other side of the first.
                goes_on = (
                    last is not None
                    and last.concept is not concept
                    and (label in _SIDES or label[:1] == "加" or (concept.id in _BALANCES and last.part_of is None))
                )
                goes_on = goes_on and not (last is not None and self._is_said_of(last.fund, concept, reading))
                if fund is None and last is not None and goes_on and self._in_sentence_of(last, reading):
                    fund = last.fund  # 国有资本经营预算财政拨款收入0万元，支出0万元，年末结转0万元
                if (
                    fund is None and concept.classes is not None and reading.block not in self.outline.surely
                ):  # 一般公共预算支出9万元，用于教育支出（类）…9万元
                    section = self._section_of(reading.block)
                    fund = self._fund_of_total.get(section) if section is not None else None
                if (
                    fund is None
                    and reading.under
                    and concept.id not in _WITHIN_TOTAL
                    and reading.block not in self.outline.surely
                ):
                    section = self._section_of(reading.block)  # 财政拨款收支总预算9万元。收入包括：…
                    fund = self._fund_of_total.get(section) if section is not None else None
                if fund is None and concept.id in _OF_BASIC and reading.block not in self.outline.surely:
                    section = self._section_of(reading.block)  # 一般公共预算基本支出9万元。人员经费8万元
                    fund = self._fund_of_basic.get(section) if section is not None else None
                if fund is None and reading.aspect in _CHANGES:
                    fund = self._fund_of_value(concept, match.member, reading.block)
                fund = fund or "all"
        basis: str | None = None
        if numeric and not concept.money and concept.id.startswith(_NAMED):
            basis = "actual"
        elif numeric:
            basis = reading.basis or match.basis or (self._usual_basis(reading.block) if concept.money else "actual")
            if reading.basis is None and match.basis is None and concept.money:
                basis = self._basis_of_list(reading, match) or basis
            elif reading.basis is None and match.part_of is not None and self.bound[match.part_of].concept is concept:
                basis = self.bound[match.part_of].basis  # 预算安排购置车辆2辆，其中：其他用车2辆
            if concept.is_state:
                basis = "actual"
            elif reading.basis is None and concept.id in _PLANNED_COUNTS and reading.aspect == "value":
                basis = self._usual_basis(reading.block)
        period: str | None = None
        if numeric:
            period = reading.period or (None if concept.money else reading.as_of)
            period = period or self.about.usual_period
            if concept.id.startswith(_NAMED) and self._is_stock_taking(reading):
                period = self.about.usual_period
            if reading.period is None and match.part_of is not None:
                period = self.bound[match.part_of].period
        compared = self._compared(reading, basis, period, concept, match.member, fund)
        base: int | None = None
        of: str | None = None
        if reading.aspect == "share":
            base, of = self._share_base(reading, concept, match.part_of, match.member)
        elif reading.aspect != "value":
            base = self._values.get((concept.id, match.member, fund, basis, period))
        member = match.member or self._member_of_family(reading, concept) or self._member_in_pairs(reading, concept)
        part_of = None if reading.beside or self._is_gross(label, match.part_of) else match.part_of
        self._append(
            index,
            Bound(
                index, concept, member, match.code, label, fund, basis, period, compared, of, base, part_of, match.rule,
                match.confidence, match.notes, match.cross,
            ),
        )  # fmt: skip
        if (
            match.part_of is not None
            and match.member is not None
            and reading.list_id is not None
            and (concept, match.member) != (self.bound[match.part_of].concept, self.bound[match.part_of].member)
        ):
            self.breakdown_in_list.setdefault(reading.list_id, concept)

    def _is_gross(self, label: str, part_of: int | None) -> bool:
        """资产总计89万元，其中固定资产原值120万元: what was paid for it once is no part of what it all is worth."""
        return part_of is not None and "原值" in label and "原值" not in self.bound[part_of].label

    def _of_the_year(self, match: _Match, reading: Reading, label: str) -> Concept:
        """收入总计9万元，其中：收入合计8万元，年初结转和结余1万元: listed under the total, what came in the year itself."""
        own = _WITHIN_TOTAL.get(match.concept.id)
        if own is not None and match.part_of is None and match.member is None and label.endswith("合计"):
            said = self._latest.get((match.concept.id, None, match.fund or "all"))
            if (
                said is not None
                and self.bound[said].label.endswith("总计")
                and self.readings[self.bound[said].reading].block == reading.block
                and self.readings[self.bound[said].reading].quantity.value != reading.quantity.value
                and reading.aspect == "value"
            ):
                return self.concepts[own]  # 收入总计9万元…。收入合计8万元
        if own is None or match.part_of is None or match.member is not None or not label.endswith("合计"):
            return match.concept
        over = self.bound[match.part_of]
        same = over.concept is match.concept and over.member is None and over.label.endswith("总计")
        return self.concepts[own] if same and reading.aspect == "value" else match.concept

    def _usual_basis(self, block: int) -> str:
        """The basis of money of which the words say nothing: the report's, but under a heading on last year's outcome that."""
        node = self.outline.owner[block]
        if self.about.basis != "actual" and node != ROOT:
            title = self.outline.nodes[node].title
            if "决算" in title and "预算" not in title:
                return "actual"
        return self.about.basis

    def _member_of_family(self, reading: Reading, concept: Concept) -> str | None:
        """国内公务接待0.9万元，接待9批次、74人次: counts are of the member that the money, or the count before them, is of."""
        if concept.family is None or reading.aspect != "value":
            return None
        for before in reversed(self.bound):
            said = self.readings[before.reading]
            if said.block != reading.block or concept.family not in (before.concept.id, before.concept.family):
                return None
            if not self._is_in_brackets(said) or self._is_in_brackets(reading):
                return before.member
        return None

    def _member_in_pairs(self, reading: Reading, concept: Concept) -> str | None:
        """行政编制9人，实有人数8人；事业编制5人，实有人数4人: the same words after each member are of the one before them."""
        if concept.id != "staffing.actual" or not (posts := self.of_reading.get(self.at - 1)):
            return None
        before = self.bound[posts[-1]]
        if before.concept.id != "staffing.authorised" or before.member is None:
            return None
        for other in (self.at - 2, self.at + 2):
            again = self.readings[other] if 0 <= other < len(self.readings) else None
            if again is None or again.sentence != reading.sentence or not _say_the_same(again, reading):
                continue
            posts_again = self.readings[other - 1].labels[0] if other else ""
            if posts_again != self.readings[self.at - 1].labels[0] and _POSTS.search(without_brackets(posts_again)):
                return before.member
        return None

    def _people_follow(self, reading: Reading) -> bool:
        """Whether the next figure of a sentence says how many of the posts are filled: 行政编制5人，实有4人."""
        after = self.readings[self.at + 1] if self.at + 1 < len(self.readings) else None
        return (
            after is not None
            and after.sentence == reading.sentence
            and _ARE_THERE.fullmatch(after.labels[0]) is not None
        )

    def _is_in_brackets(self, reading: Reading) -> bool:
        before = self.text[_begin(reading) : reading.quantity.start]
        return before.rfind("（") > before.rfind("）")

    def _in_sentence_of(self, before: Bound, reading: Reading) -> bool:
        return self.readings[before.reading].sentence == reading.sentence

    def _basis_of_list(self, reading: Reading, match: _Match) -> str | None:
        """The basis of the total that an item is listed under, bound or not: 年初预算90万元，其中：基本支出60万元."""
        if _IS_SPENT.search(reading.labels[0]):
            return "actual"  # 年初预算90万元，其中…。全年实际支出85万元
        if match.part_of is not None:
            return self.bound[match.part_of].basis
        if match.concept.id.startswith(_NAMED) or (reading.loose and not match.concept.fund_open):
            return None
        heads = self._heads(reading)
        if heads:
            return self.bound[heads[0]].basis
        return self.readings[reading.head].basis if reading.head is not None and reading.role != "reason" else None

    def _is_said_of(self, fund: str | None, concept: Concept, reading: Reading) -> bool:
        """Whether the block has given a total of a fund already, and another figure than this one."""
        at = self._latest.get((concept.id, None, fund)) if fund not in (None, "all") else None
        if at is None or reading.aspect != "value" or reading.basis not in (None, self.bound[at].basis):
            return False
        said = self.readings[self.bound[at].reading]
        return said.block == reading.block and said.quantity.value != reading.quantity.value

    def _fund_of_list(self, reading: Reading) -> str | None:
        """The fund of the total that an item is listed under, of which it is no part: 财政拨款收入9万元，其中：基本支出6万元."""
        heads = self._heads(reading)
        over = self.bound[heads[0]] if heads and not reading.loose else None
        if over is None:
            return None
        if over.concept.id == "expenditure.fund":
            return over.member  # 政府性基金预算支出中，项目支出8万元
        return over.fund if over.fund != "all" else None

    def _other_side_before(self, reading: Reading, label: str, concept: Concept) -> Bound | None:
        """What came in of a fund, right before what was spent of it without its name."""
        last = self.bound[-1] if self.bound else None
        if last is None or label not in _SIDES or last.reading != self.at - 1 or reading.aspect != "value":
            return None
        sides = last.concept.id in _WITHIN_TOTAL and concept.id in _WITHIN_TOTAL and last.concept is not concept
        return last if sides and last.fund not in (None, "all") and self._in_sentence_of(last, reading) else None

    def _begins_by_class(self, reading: Reading) -> bool:
        """Whether a paragraph of its own breaks all that was spent down by class, whatever part the one before it was on."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        return _BY_CLASS.match(self.text, start) is not None

    def _begins_on_balances(self, reading: Reading) -> bool:
        """Whether a paragraph under a heading on a fund has words of its own for a heading: 结转结余情况。年末结转和结余9万元."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        return _ON_BALANCES.match(self.text, start) is not None

    def _fund_of_title(self, block: int) -> str | None:
        """The fund that the nearest heading names, where that has no meaning of its own: 财政拨款安排支出按功能科目分类情况."""
        at = self._section_of(block)
        if at is None or self.roles[at] is not None:
            return None
        named = self.concepts.fund_in(self.outline.nodes[at].title)
        return named[0] if named is not None else None

    def _fund_of_value(self, concept: Concept, member: str | None, block: int) -> str | None:
        """The fund of the figure that a change in a sentence after it is of: …人员经费85万元…。人员经费增加2万元."""
        for bound in reversed(self.bound[-_LOOK_BACK:]):
            said = self.readings[bound.reading]
            if said.block != block:
                return None
            if bound.concept is concept and bound.member == member and said.aspect == "value":
                return bound.fund
        return None

    def _append(self, index: int, bound: Bound) -> None:
        if any(_same(self.bound[other], bound) for other in self.of_reading.get(index, ())):
            return  # 项目支出1、5各增加3元: one thing by two labels
        at = len(self.bound)
        if self.readings[index].aspect == "value" and not bound.cross:
            _, concept, member, _, _, fund, basis, period, *_ = bound
            self._values[concept.id, member, fund, basis, period] = at
            before = self._latest.get((concept.id, member, fund))
            of_another_year = period != self.about.usual_period and before is not None
            # 总支出9万元，较2020年的8万元增长12%。基本支出占总支出的60%: of this year's
            if not (of_another_year and before is not None and self.bound[before].period == self.about.usual_period):
                self._latest[concept.id, member, fund] = at
            if concept.id in ("expenditure.total", "expenditure.current"):
                section = self._section_of(self.readings[index].block)
                if section is not None:
                    self._fund_of_total[section] = fund
            elif concept.id == "expenditure.nature" and member == "basic":
                section = self._section_of(self.readings[index].block)
                if section is not None:
                    self._fund_of_basic[section] = fund
        self.of_reading.setdefault(index, []).append(at)
        self.bound.append(bound)
        if bound.concept.id == "evaluation.score" and bound.member is None and self._total_score is None:
            self._total_score = index
        if bound.concept.id == "indicator.weight":
            self._notes_mark(bound)
        if bound.concept.id == "project.amount" and bound.member not in (None, self.project):
            self._projects.add(bound.member)
        if bound.concept.classes is not None and (named := path_of(bound.label)):
            node = self.outline.owner[self.readings[index].block]
            coarser = [step for step in self._path(node) if _LEVELS.index(step[1]) < _LEVELS.index(named[0][1])]
            self._paths[node] = (*coarser, *named)

    def _compared(
        self,
        reading: Reading,
        basis: str | None,
        period: str | None,
        concept: Concept,
        member: str | None,
        fund: str | None,
    ) -> Compared | None:
        """What the change or rate is against; last year on the same basis where the sentence does not say. A rate of
        execution is of the full-year budget where that is the only one stated of the same thing.
        """
        if reading.aspect not in ("change", "change_rate", "execution_rate"):
            return None
        against, on = reading.compared or self._said_before(reading, concept, member, fund, basis, period)
        last = str(int(period) - 1) if period is not None and period.isdigit() else "unknown"
        if reading.aspect == "execution_rate":
            if on is None:
                on = self._budget_carried_out(reading, concept, member, fund, period)
            if on is None:
                stated = (
                    (concept.id, member, fund, on, period) in self._values for on in ("budget", "adjusted_budget")
                )
                on = "adjusted_budget" if [*stated] == [False, True] else "budget"
            return Compared(period or "unknown", on)
        if against == "same":
            return Compared(period or "unknown", on or "budget")
        return Compared(against or last, (on if concept.money else None) or basis or "actual")

    def _said_before(
        self,
        reading: Reading,
        concept: Concept,
        member: str | None,
        fund: str | None,
        basis: str | None,
        period: str | None,
    ) -> tuple[str | None, str | None]:
        """教育支出9万元，上年执行数8万元，增加1万元: an earlier year's figure of the same thing right before a change that names none."""
        at = self.at - 1
        while at >= 0 and self.readings[at].aspect in _CHANGES and self.readings[at].sentence == reading.sentence:
            at -= 1
        if at < 0 or reading.aspect not in _CHANGES or self.readings[at].sentence != reading.sentence:
            return None, None
        for one in (self.bound[i] for i in self.of_reading.get(at, ())):
            same = (one.concept, one.member, one.fund) == (concept, member, fund) and self.readings[
                at
            ].aspect == "value"
            if same and one.period is not None and period is not None and one.period < period and one.basis != basis:
                return one.period, one.basis
        return None, None

    def _budget_carried_out(
        self, reading: Reading, concept: Concept, member: str | None, fund: str | None, period: str | None
    ) -> str | None:
        """Of which of two stated budgets a rate of execution is, where the figures say so: that of the one and not of the other."""
        spent = self._printed_as(concept, member, fund, "actual", period)
        rate = reading.quantity.value
        if spent is None or spent.value is None or rate is None:
            return None
        fits: list[str] = []
        for on in ("budget", "adjusted_budget"):
            planned = self._printed_as(concept, member, fund, on, period)
            if planned is None or not planned.value or planned.unit != spent.unit:
                return None
            if abs(spent.value / planned.value * 100 - rate) <= _ROUNDED:
                fits.append(on)
        return fits[0] if len(fits) == 1 else None

    def _printed_as(
        self, concept: Concept, member: str | None, fund: str | None, basis: str, period: str | None
    ) -> Quantity | None:
        at = self._values.get((concept.id, member, fund, basis, period))
        return self.readings[self.bound[at].reading].quantity if at is not None else None

    # -- what a label means ---------------------------------------------------------------------------------------------

    def _match(self, reading: Reading, label: str) -> _Match | None:
        scopes = self.scopes(reading.block)
        kinds = self._kinds(reading)
        if reading.head is None and reading.other_head is None:  # in no list of a printed total
            return self._member_under(reading, label, scopes, kinds) or self._labelled(label, scopes, kinds, reading)
        if reading.loose and (heads := self._heads(reading)):
            again = self._labelled(label, scopes, kinds, reading)
            over = self.bound[heads[0]]
            if (
                again is not None
                and again.fund is None
                and again.concept is over.concept
                and self._is_said_of(over.fund, over.concept, reading)
            ):
                return again._replace(part_of=None)  # 一般公共预算支出9万元，其中…。支出总计10万元
            if again is not None and (
                (again.concept is over.concept and again.fund == over.fund != "all")
                or (
                    again.confidence == CERTAIN
                    and again.concept.kind == "headcount"
                    and again.concept is not over.concept
                )
            ):
                return again  # the total once more, in a sentence of its own, and no item of its list
        return (
            self._member_of_list(reading, label, scopes, kinds)
            or self._labelled(label, scopes, kinds, reading)
            or self._by_company(reading, label, kinds)
            or self._project_listed(reading, label, kinds)
        )

    def _kinds(self, reading: Reading) -> frozenset[str]:
        quantity = reading.quantity
        kind, state = quantity.kind, quantity.state
        if reading.aspect == "share":
            return _ANY_NUMBER
        if quantity.unit == _POINTS:
            return _NOTHING
        if kind == "number" and quantity.unit in ("万", "亿"):
            return _TEN_THOUSANDS
        if reading.aspect != "value":
            return _COUNTABLE if kind == "percentage" else _KINDS.get(kind, _ANY_NUMBER)
        if state == "none":
            return _KINDS["count"] if reading.threshold is not None else _ANY_NUMBER
        if kind == "number" and quantity.value == 0 and self.text[quantity.start - 1] in _BEFORE_NOUGHT:
            return _NOUGHT  # 支出为0, and not the 0 of a cell
        return _KINDS.get(kind, _NOTHING)

    def _member_of_list(
        self, reading: Reading, label: str, scopes: tuple[str, ...], kinds: frozenset[str]
    ) -> _Match | None:
        """An item of an open list is a member of what the list breaks down."""
        heads = self._heads(reading)
        if len(heads) > 1 and self._are_balances_alone(label, reading):
            return None
        for at in heads:
            head = self.bound[at]
            if (
                head.concept.id == "staffing.actual"
                and _POSTS.search(label)
                and (self._people_follow(reading) or self._words_before(reading)[:1] == "；")
            ):
                continue  # 编制9人，实有8人。其中：行政编制5人，实有4人
            if (own := self._own_of_the_year(label, head)) is not None:
                return _Match(own, None, None, None, head.rule, CERTAIN, (), at)
            whole = head.member is None and head.concept.kind in kinds
            if whole and (same := self._class_as_begun(label, reading, at)) is not None:
                return same
            for rule in self._breakdowns(head.concept.id, head.member, scopes):
                concept = self.concepts[rule.concept]
                if concept.kind not in kinds and not (concept.kind == "headcount" and "count" in kinds):
                    continue
                if concept.id == "staffing.actual" and self._leave(reading):
                    continue
                if rule.named:
                    name = None if reading.loose or reading.role == "reason" else self._item_name(rule, label, reading)
                    if name is not None:
                        return _Match(concept, name, None, None, rule.rule, CERTAIN, (), at)
                    continue
                member = self._member(concept, label, reading)
                if member is not None and member[0] == "carried_out" and self._are_left_apart(label, reading, at):
                    continue
                if member is not None and not self._is_left_over(member[0], label, head, reading):
                    id, code, confidence, notes = member
                    return _Match(concept, id, code, None, rule.rule, confidence, notes, at)
            if head.concept.kind not in kinds:
                continue
            if (
                head.concept.id == "expenditure.nature"
                and head.member in _CROSSING
                and not self._begins_by_class(reading)
            ):
                found = find_function(label, self.year)
                if found is not None:  # 基本支出90万元（教育支出80万元，住房保障支出10万元）
                    concept = self.concepts["expenditure.function"]
                    crossed = (("nature", head.member),)
                    return _Match(concept, found.id, found.code, None, head.rule, CERTAIN, (), at, crossed)
            if (head.concept.classes is not None and head.member is not None) or head.concept.id in _BALANCES:
                name = _CARRIED_BEHIND.sub("", label) if head.concept.id in _BALANCES else without_basis(label)
                nature = self.concepts["expenditure.nature"].member_of(name)
                if nature is not None and nature[0] in _CROSSING and not nature[1]:
                    # 教育支出（类）40万元，其中：基本支出30万元，项目支出10万元; 年末结转和结余9万元，其中：项目支出结转和结余9万元
                    cross = (("nature", nature[0]),)
                    return _Match(head.concept, head.member, head.member_code, None, head.rule, CERTAIN, (), at, cross)
            member = self._member(head.concept, label, reading, head.label)
            if member is not None and member[0] == "carried_out" and self._are_left_apart(label, reading, at):
                continue
            if member is not None and member[0] != head.member:
                id, code, confidence, notes = member
                return _Match(head.concept, id, code, None, head.rule, confidence, notes, at)
            named = self.concepts.fund_in(label) if head.concept.fund_open else None
            if (
                named is not None
                and _FUND_ALONE.fullmatch(named[1])
                and not (head.concept.id in _BALANCES and any(word in named[1] for word in _SIDE_WORD.values()))
                and all(rule.named for rule in self._breakdowns(head.concept.id, head.member, scopes))
            ):
                return _Match(head.concept, head.member, None, named[0], head.rule, CERTAIN, (), at)
        return None

    def _are_balances_alone(self, label: str, reading: Reading) -> bool:
        """Whether a list of both sides' totals has what was there at the ends of the year and nothing of the year itself:
        收、支总计9万元，其中：年初结转和结余1万元，年末结转和结余2万元.
        """
        return _OF_AN_END.match(label) is not None and "本年" not in self.text[slice(*reading.sentence)]

    def _member_under(
        self, reading: Reading, label: str, scopes: tuple[str, ...], kinds: frozenset[str]
    ) -> _Match | None:
        """An item of a list that says what it is of in words alone: 收入包括：一般公共预算拨款收入9万元、…"""
        if not reading.under or reading.aspect != "value" or reading.loose or reading.role == "reason":
            return None
        words, _ = read_label(reading.under)
        side = next((side for side, word in _SIDE_WORD.items() if without_basis(words) == word), None)
        over = self._labelled(words, scopes, frozenset({"amount"}), reading) if words and side is None else None
        if side is not None:
            concept = self.concepts[f"{side}.total"]
            over = _Match(concept, None, None, None, concept.id, CERTAIN, (), None)
        if over is None or over.confidence != CERTAIN or over.concept.kind not in kinds:
            return None
        for rule in self._breakdowns(over.concept.id, over.member, scopes):
            member = None if rule.named else self._member(self.concepts[rule.concept], label, reading)
            if member is not None and not member[3]:
                id, code, confidence, notes = member
                return _Match(self.concepts[rule.concept], id, code, over.fund, rule.rule, confidence, notes, None)
        return None

    def _own_of_the_year(self, label: str, head: Bound) -> Concept | None:
        """财政拨款收入总计90万元，由本年财政拨款收入80万元和…构成: of the total's own fund, what came in the year itself."""
        own = _WITHIN_TOTAL.get(head.concept.id)
        named = self.concepts.fund_in(label[2:]) if own is not None and label.startswith(("本年", "当年")) else None
        if own is None or named is None or head.member is not None or named[0] != head.fund:
            return None
        return self.concepts[own] if named[1] == _SIDE_WORD[own.partition(".")[0]] else None

    @staticmethod
    def _is_left_over(member: str, label: str, head: Bound, reading: Reading) -> bool:
        """Whether what is carried out is none of a list's parts: not of what was spent in the year, nor in a sentence of its
        own behind the list.
        """
        if member != "carried_out" or not label.startswith("年末"):
            return False
        return head.concept.id == "expenditure.current" or (reading.loose and not reading.beside)

    def _class_as_begun(self, label: str, reading: Reading, at: int) -> _Match | None:
        """A class of the table that the list has begun with: 其他支出 is one of either."""
        begun = self.breakdown_in_list.get(reading.list_id) if reading.list_id is not None else None
        if begun is None or begun.classes is None or reading.loose:
            return None
        found = member_named(begun, label, self.year)
        if found is None or found[3]:
            return None
        id, code, confidence, _ = found
        return _Match(begun, id, code, None, self.bound[at].rule, confidence, (), at)

    def _member(
        self, concept: Concept, label: str, reading: Reading, head: str = ""
    ) -> tuple[str, str | None, Decimal, tuple[str, ...]] | None:
        """A member by its printed name. A class that is named below its 类 alone stands under the class that the list is of
        (农林水支出…，其中：农业生产发展), or under the path of names before it (…（类）…（款）…（项）、…（项）).
        """
        if concept.classes is None:
            return member_named(concept, label, self.year)
        if head:
            under = member_named(concept, f"{head}/{label}", self.year)
            if under is not None and not under[3]:  # a class of the tables
                return under
        if is_marked(label):
            longer = under_path(self._path(self.outline.owner[reading.block]), label)
            under = member_named(concept, longer, self.year) if longer is not None else None
            if under is not None:
                return under
        return member_named(concept, label, self.year)

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

    def _by_company(self, reading: Reading, label: str, kinds: frozenset[str]) -> _Match | None:
        """An item whose neighbours are members of one breakdown is one too, under its printed name."""
        heads = self._heads(reading)
        concept = self.breakdown_in_list.get(reading.list_id) if reading.list_id is not None else None
        if concept is not None and concept.id == "staffing.actual" and self._leave(reading):
            return None
        if concept is not None and concept.strangers is not None and concept.strangers.search(label):
            return None
        if not heads or concept is None or reading.loose or reading.role == "reason" or reading.aspect != "value":
            return None
        if concept.id.startswith(_NAMED):
            return None  # their names are told from other words: other rules have been asked
        if concept.kind not in kinds or not 2 <= len(label) <= 20 or len(without_basis(label)) < 2:
            return None
        if concept.kind == "headcount" and reading.quantity.unit not in _PEOPLE:
            return None
        note = "member by the company it keeps"
        name = _VEHICLES.sub("", plain_member(label)) if ".vehicles" in concept.id else plain_member(label)
        return _Match(concept, name, None, None, self.bound[heads[0]].rule, ASSUMED, (note,), heads[0])

    def _project_listed(self, reading: Reading, label: str, kinds: frozenset[str]) -> _Match | None:
        """An item of a list that says how many projects it names: 实施项目3个，分别是：渠系清淤60万元、…"""
        if reading.head is None or reading.head in self.of_reading or reading.loose or reading.aspect != "value":
            return None
        over = self.readings[reading.head]
        concept = self.concepts["project.amount"]
        counts = _PROJECTS_COUNTED.search(over.labels[0]) or _PROJECTS_COUNTED.match(self.text, over.quantity.end)
        if over.quantity.kind != "count" or counts is None or concept.kind not in kinds or reading.role == "reason":
            return None
        name = self._name(concept, without_basis(label), reading)
        return _Match(concept, name, None, None, concept.id, CERTAIN, (), None) if name is not None else None

    def _breakdowns(self, concept: str, member: str | None, scopes: tuple[str, ...]) -> list[Field]:
        key = (concept, member, scopes)
        rules = self._rules_under.get(key)
        if rules is None:
            name = concept if member is None else f"{concept}[{member}]"
            rules = [
                f for scope in scopes for f in self.pack.breakdowns(scope)
                if f.breakdown_of == name or (f.named and f.breakdown_of == concept)
            ]  # fmt: skip
            self._rules_under[key] = rules
        return rules

    def _labelled(self, label: str, scopes: tuple[str, ...], kinds: frozenset[str], reading: Reading) -> _Match | None:
        """The rule that explains most of a label; of equals the nearest section's. Words of a fund in front are the axis."""
        best: tuple[tuple[int, int, int], _Match] | None = None
        heads = self._heads(reading) if reading.aspect == "value" and not reading.loose else ()
        for candidate in spellings(label):
            for rank, scope in self.pack.claiming(scopes, kinds, reading.quantity.unit, candidate):
                for left, alias, match in self._claims_of(scope, candidate, kinds, reading):
                    # An item of a list with words of its own is not the list's total once more.
                    if left and any(
                        self.bound[at].concept is match.concept and self.bound[at].member == match.member
                        for at in heads
                    ):
                        continue
                    order = (left, alias, rank)
                    if best is None or order < best[0]:
                        best = (order, match)
            if best is not None and best[0][0] == 0:
                break
        return best[1] if best is not None else None

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

    def crossed_by_nature(self) -> list[Bound]:
        """基本支出9万元，包括商品和服务支出4万元；项目支出5万元，包括商品和服务支出3万元: where one sentence lists the classes of both,
        none of them is of all that was spent.
        """
        natures: dict[tuple[int, int], set[str]] = {}
        over = [self._nature_over(one) for one in self.bound]
        for one, nature in zip(self.bound, over, strict=True):
            if nature is not None:
                natures.setdefault(self.readings[one.reading].sentence, set()).add(nature)
        return [
            one._replace(cross=(("nature", nature),))
            if nature is not None and natures[self.readings[one.reading].sentence] == _CROSSING
            else one
            for one, nature in zip(self.bound, over, strict=True)
        ]

    def _nature_over(self, one: Bound) -> str | None:
        """The nature of the money in whose list a class stands."""
        if one.concept.id != "expenditure.economic" or one.cross:
            return None
        heads = self._heads(self.readings[one.reading])
        head = self.bound[heads[0]] if heads else None
        return head.member if head is not None and head.concept.id == "expenditure.nature" else None

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

    def _claims_of(
        self, scope: str, label: str, kinds: frozenset[str], reading: Reading
    ) -> Sequence[tuple[int, int, _Match]]:
        """What a section's rules make of a label: how many characters they leave over, 1 for a member's name alone, the match."""
        claims: list[tuple[int, int, _Match]] = []
        quantity = reading.quantity
        # 编制人数51 has no unit but in its label.
        any_unit = quantity.state == "none" or (
            quantity.kind == "number" and quantity.unit is None and label[-1:] == "数"
        )
        unit = ANY_UNIT if any_unit else quantity.unit
        hit = self.pack.find(scope, kinds, unit, label)
        ruled_out: tuple[Field, ...] = ()
        while hit is not None and not (
            self._allowed(hit[0], reading, hit[1])
            and (not hit[0].named or self._named_by(hit[0], hit[1], reading) is not None)
        ):
            ruled_out += (hit[0],)
            hit = self.pack.find(scope, kinds, unit, label, ruled_out)
        if hit is not None:
            rule, left = hit
            concept = self.concepts[rule.concept]
            named = self.concepts.fund_in(left) if concept.fund_open and left else None
            fund, before = named if named is not None else (None, left)
            if named is None and concept.fund_open and not concept.members:
                inside = self.concepts.fund_in(label[len(left) :])  # 年末财政拨款结转结余
                fund = inside[0] if inside is not None else None
            matched = len(label) - len(left)
            member = rule.member
            cross: tuple[tuple[str, str], ...] = ()
            if rule.named:
                member = self._named_by(rule, before, reading)
                sure: tuple[Decimal, tuple[str, ...]] | None = (CERTAIN, ()) if member else None
            else:
                qualified = (
                    member_before(concept, label, before, matched) if member is None and concept.members else None
                )
                member = qualified or member
                sure = (CERTAIN, ()) if qualified is not None else sureness(before, matched, label)
            if rule.cross is not None:
                grade = grade_of(label)
                cross = ((rule.cross, grade),) if grade is not None else ()
                sure = sure if cross else None
            if rule.follows and not rule.named and (followed := self._followed(rule, reading)) is not None:
                member = rule.member or (None if concept.id.startswith(_OF_ITS_OWN) else self.bound[followed].member)
                of_one = concept.kind == "amount" and not self._is_one_of_several(followed)
                cross = cross or (self.bound[followed].cross if of_one else ())
                if concept.id == "project.score" and member == self.project:
                    sure = None  # the mark of the project that the whole report is about is the report's
            if concept.kind == "grade" and self.project is None and self._project_before(reading) is not None:
                sure = None  # 古树保护项目得分92.5分，评价等级为优
            of_project = self._project_before(reading) if self.project is None and not before else None
            if (
                concept.id == "evaluation.score"
                and not member
                and of_project is None
                and (scored := self._scored_heading(reading)) is not None
            ):
                concept, member = self.concepts["indicator.score"], scored
            if concept.id in _OF_THE_WHOLE and self.project is None and not member:
                project = self._project_of_item(reading) or self._project_of_heading(reading.block)
                project = project or (self._project_before(reading) if not before else None)
                if project is not None:  # 古树保护项目绩效自评综述：自评得分95分
                    concept, member = self.concepts["project.score"], project
                    sure = sure if self.concepts[rule.concept].kind == "score" else None
            if concept.id in _WITHIN_TOTAL and fund is not None and _OF_THE_YEAR.match(label):
                concept = self.concepts[_WITHIN_TOTAL[concept.id]]  # 本年一般公共预算支出9万元
            if sure is not None and sure[0] != CERTAIN and concept.id in _TOTALS:
                sure = None  # 培训支出预算, 卫生健康支出预算: of a part that nothing else tells
            if sure is not None:
                found = _Match(
                    concept,
                    member,
                    None,
                    rule.fund or fund,
                    rule.rule,
                    *sure,
                    self._parent(reading, concept),
                    cross,
                    self._basis_by(rule, reading),
                )
                # In a section on income the sources are listed, one by one or not: 财政拨款收入9万元 is a source.
                scopes = self.scopes(reading.block)
                listed = fund is not None and concept.fund_open and _SOURCES in scopes and not self.section_fund(scopes)
                by_fund = 2 if listed else 0
                claims.append((0 if rule.named or member != rule.member else len(before), by_fund, found))
        because = reading.role == "reason"
        if (because and reading.aspect not in _CHANGES) or (scope == ANYWHERE and not because and not is_marked(label)):
            return claims
        if scope == ANYWHERE and because and not label.endswith("支出"):
            return claims
        for rule in self.pack.breakdowns(scope):
            concept = self.concepts[rule.concept]
            if rule.named or (because and concept.id not in _IN_REASONS):
                continue
            if rule.units and reading.quantity.unit not in rule.units:
                continue
            if scope == ANYWHERE and concept.id != "expenditure.function":
                continue  # of what is clear by itself: 教育支出（类）普通教育（款）
            if concept.id == "staffing.actual" and (_POSTS.search(without_brackets(label)) or self._leave(reading)):
                continue  # 事业编制（参公）10名
            if concept.kind in kinds:
                hit_member = self._member(concept, label, reading)
                if (
                    hit_member is not None
                    and hit_member[0] == "carried_out"
                    and self._are_left_apart(label, reading, None)
                ):
                    continue  # 年末结转和结余9万元, in no list
                if hit_member is not None:
                    id, code, confidence, notes = hit_member
                    match = _Match(concept, id, code, None, rule.rule, confidence, notes, None)
                    claims.append((0 if not notes else LONG_ENOUGH, 1, match))
        return claims

    def _are_left_apart(self, label: str, reading: Reading, head: int | None) -> bool:
        """Whether what was left at the year's end is told in a paragraph of its own, under no list of what was spent."""
        if not label.startswith("年末") or reading.aspect != "value" or reading.basis == "budget":
            return False
        if self.about.basis != "actual":
            return False
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        begins = self.text[start : start + _ITEM_MARK].strip().startswith("年末")
        return begins and (head is None or self.readings[self.bound[head].reading].block != reading.block)

    def _leave(self, reading: Reading) -> bool:
        """Whether a figure is of those who retired in the year: 临聘6人，当年退休1人."""
        start = max(reading.sentence[0], reading.quantity.start - _ITEM_HEAD)
        return _LEAVE.search(self.text[start : reading.quantity.start]) is not None

    def _scored_heading(self, reading: Reading) -> str | None:
        """The heading that a mark is of: it stands in the heading's own brackets (资金管理（自评得分9分）), or under a heading
        after a higher one that is the report's; or the indicator whose outcome stands right before it.
        """
        last = self.bound[-1] if self.bound else None
        if self.outline.owner[reading.block] != ROOT and _ON_EVALUATION.search(
            self.outline.nodes[self.outline.owner[reading.block]].title
        ):
            return None  # 上年度自评结果应用。该项目自评得分94分
        if last is not None and last.concept.id == "indicator.actual" and last.reading == self.at - 1:
            return last.member  # 挂牌率，目标值90%，完成值95%，自评得分9分
        at = self.outline.surely.get(reading.block, self.outline.owner[reading.block])
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        line = _MARKED_LINE.match(self.text, start)
        if line is not None and line.start("mark") < reading.quantity.start < line.end():
            return line["title"]
        if at == ROOT or self.roles[at] == "perf.score":
            return None
        node = self.outline.nodes[at]
        in_title = node.start <= reading.quantity.start < node.end
        value = reading.quantity.value
        if not in_title:
            said = self.readings[self._total_score] if self._total_score is not None else reading
            whole = said.quantity.value
            if value is None or whole is None or value >= whole or self.outline.owner[said.block] == at:
                return None
        title = without_brackets(node.title).strip("：。")
        return title if 2 <= len(title) <= _TITLE_AT_MOST else None

    def _is_part_year(self, reading: Reading) -> bool:
        """Whether the words before a flow say that it ran to a day before the year's end: 截至6月底，财政拨款收入9万元."""
        return is_part_of_year(self.text[_begin(reading) : reading.quantity.start])

    def _is_of_others(self, reading: Reading) -> bool:
        """Whether the words before a figure, or the sentence that it stands in, are on others: 全县公务接待费9万元，用车8万元."""
        start, end = self._others
        if start != reading.sentence[0] or reading.quantity.start < start:
            return False
        return OWN_AGAIN.search(self.text, end, max(end, reading.quantity.start)) is None

    # -- names and neighbours -------------------------------------------------------------------------------------------

    def _item_name(self, rule: Field, label: str, reading: Reading) -> str | None:
        """An item of a list by its printed name, less the words that the rule's labels cut off at its end."""
        name = label if rule.concept.startswith("indicator.") else without_basis(label)
        cut = _guard(f"(?:{'|'.join(rule.labels)})\\Z", rule.trusted).search(name) if rule.labels else None
        if rule.labels and cut is None:
            return None
        stem = name[: cut.start()] if cut is not None else name
        concept = self.concepts[rule.concept]
        if not stem or (concept.id.startswith("project.") and self._means_else(name, reading)):
            return None
        return self._name(concept, stem, reading)

    def _basis_by(self, rule: Field, reading: Reading) -> str | None:
        """The basis that a rule gives a figure whose words do not: its own, or that of the project listed before it."""
        if rule.basis is None and rule.named and rule.concept in rule.follows:
            followed = self._followed(rule, reading)
            return self.bound[followed].basis if followed is not None else None
        return rule.basis

    def _named_by(self, rule: Field, words: str, reading: Reading) -> str | None:
        """The member that the words before a rule's label name; of an ``own`` rule only that which the report is about."""
        name = self._name(self.concepts[rule.concept], words, reading)
        if not rule.own or name is None:
            return name
        return name if name in (self.project, self._own_project(self.concepts[rule.concept], reading)) else None

    def _name(self, concept: Concept, words: str, reading: Reading) -> str | None:
        """The member that the words before a label name; of a project, without such words, the one spoken of."""
        if concept.id.startswith("indicator."):
            # 古树挂牌数量：指标值为120株: the name stands in the clause before.
            name = indicator_in(words if _HAN.search(words) else clause_before(self._words_before(reading)))
            if name is None and words[:1] in _POINTING and (head := self._head_of_line(reading)) is not None:
                name = indicator_in(head)  # A101立项依据充分性：…；该指标得2分
            if (
                name is None
                and words[:1] in _POINTING
                and not reading.topic.endswith("表")
                and level_of(title := reading.topic or self._run_in_title(reading), True) is None
            ):
                name = indicator_in(title)  # 1.项目立项。该指标分值6分
            first = not self.at or self.readings[self.at - 1].block != reading.block
            if name is None and not words and first:
                title = self._run_in_title(reading)
                if title.endswith("指标") or self._is_full_mark(concept, reading):
                    name = indicator_in(title)  # （一）决策指标。分值15分; 1.投入。权重25分，得17.85分
            return self._path_of_indicator(name, reading) if name is not None else None
        if not concept.id.startswith("project."):
            return plain_member(words) if _HAN.search(words) else None
        if reading.role == "reason" or (concept.kind == "score" and reading.quantity.state == "none"):
            return None
        own = self._own_project(concept, reading)
        name = project_in(words, own, reading.head is not None, self.about.seats)
        item = self._project_of_item(reading) if words.endswith(("资金", "经费")) else None
        if item is not None:
            return item  # 2.村内道路硬化项目，…。下达以工代赈资金240万元
        if name is not None and self.project is not None and names_own(name, self.project):
            name = self.project  # after other projects were spoken of
        if concept.kind == "score" and self.project is not None and name not in self._projects:
            return None  # the score of the project that the whole report is about is the report's own
        if name is None or name in (own, self.project):
            return name
        return None if self._means_else(name, reading) else name

    def _is_one_of_several(self, at: int) -> bool:
        """Whether several grades are counted one after the other, so that what follows is of all: 优6个，良2个，涉及资金9万元."""
        if not at or not self.bound[at].cross:
            return False
        one, before = self.bound[at], self.bound[at - 1]
        said, earlier = self.readings[one.reading], self.readings[before.reading]
        apart = self.text[earlier.quantity.end : said.quantity.start]
        return before.concept is one.concept and bool(before.cross) and before.cross != one.cross and "；" not in apart

    def _is_full_mark(self, concept: Concept, reading: Reading) -> bool:
        """Whether a figure is the full mark of a part of the whole, which has 100."""
        value = reading.quantity.value
        return concept.id == "indicator.weight" and value is not None and value < _FULL

    def _own_project(self, concept: Concept, reading: Reading) -> str | None:
        """The project that a figure without a name of its own is of: by its heading, what was spoken of, or the title."""
        own = self._project_of_form(reading)
        own = own or (named_by_heading(reading.topic) if reading.topic else None)
        own = own or self._project_of_sentence(reading) or self._project_of_item(reading)
        own = own or self._project_of_heading(reading.block)
        if own is None and concept.kind == "amount":
            own = self._project_spoken_of(reading)
        return own or self.project

    def _project_of_form(self, reading: Reading) -> str | None:
        """The project that a form is of: it stands in a line of its own (项目名称：茶苗繁育), begins the item of which the parts are
        numbered, or is the heading over them (项目概述, 立项依据, …, 年度预算安排).
        """
        if not self._has_forms:
            return None
        start = max(0, reading.quantity.start - _FORM)
        before = self.text[start : reading.quantity.start]
        named = None
        for named in _NAME_OF_FORM.finditer(before):  # noqa: B007
            pass
        if named is not None:
            return str(named["name"] or named["item"])
        if "项目概述" not in before:
            return None
        at = self.outline.owner[reading.block]
        while at != ROOT and _PART_OF_FORM.match(self.outline.nodes[at].title):
            at = self.outline.nodes[at].parent
        title = self.outline.nodes[at].title if at != ROOT else ""
        within = at != ROOT and "项目概述" in self.text[self.outline.nodes[at].start : reading.quantity.start]
        return (
            title.removesuffix("项目") if within and 3 <= len(title) <= _TITLE_AT_MOST and "说明" not in title else None
        )

    def _path_of_indicator(self, name: str, reading: Reading) -> str | None:
        """An indicator under the levels that the headings around it and its own line name: 产出指标/数量指标/挂牌数量. None
        where its own heading may be missing: the one before is another level's.
        """
        titles: list[str] = []
        at = self.outline.owner[reading.block]
        sure = self.outline.surely.get(reading.block, at)
        while at != ROOT:
            if at == sure:
                if any(level_of(title, True) is not None for title in titles):
                    return None
                sure = ROOT
            titles.append(self.outline.nodes[at].title)
            at = self.outline.nodes[at].parent
        start = max(0, reading.quantity.start - _LOOK_BACK)
        start = self.text.rfind("\n", start, reading.quantity.start) + 1 or start
        line = self.text[start : reading.quantity.start]
        path = levels_at(titles[::-1], line)
        marked = self._marked_above(name, reading)
        path = marked if len(marked) >= len(path) else path
        first = name.partition("/")[0]
        above = path[: path.index(first)] if first in path else path
        return "/".join((*above, name))

    def _marked_above(self, name: str, reading: Reading) -> tuple[str, ...]:
        """The indicators that the headings around a figure are, as their own full marks say: 2.过程。权重15分，得14分。
        资金使用合规性权重5分 → 过程.
        """
        at = self.outline.surely.get(reading.block, self.outline.owner[reading.block])
        own = self._marked.get(at)
        if own is not None and own[-1] == name.rpartition("/")[2]:
            at = self.outline.nodes[at].parent
        while at != ROOT:
            if at in self._marked:
                return self._marked[at]
            at = self.outline.nodes[at].parent
        return ()

    def _notes_mark(self, bound: Bound) -> None:
        """Remember that a heading is the indicator of which a full mark is."""
        at = self.outline.owner[self.readings[bound.reading].block]
        if at == ROOT or bound.member is None or at in self._marked:
            return
        path = tuple(bound.member.split("/"))
        title = _HEADING_WORDS.sub("", self.outline.nodes[at].title)
        if title in (path[-1], f"{path[-1]}指标", path[-1].removesuffix("指标")):
            self._marked[at] = path

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

    def _means_else(self, name: str, reading: Reading) -> bool:
        """Whether a name is that of a source, a class or anything else that the vocabulary knows."""
        if self.concepts.fund_in(name) is not None or find_economic(name, self.year) is not None:
            return True
        if self.project is None and not name.endswith("项目") and find_function(name, self.year) is not None:
            return True
        for id in _BUDGET_PARTS:
            member = self.concepts[id].member_of(name)
            if member is not None and not member[1]:
                return True
        for scope in self.scopes(reading.block):
            hit = self.pack.find(scope, _TEN_THOUSANDS, reading.quantity.unit, name)
            if hit is not None and not hit[1] and not hit[0].named:
                return True
        return False

    def _is_stock_taking(self, reading: Reading) -> bool:
        """截至2024年6月底，实际支出…: what a project of 2023 has come to by then is still its own year's."""
        if self.year is None or reading.period != str(self.year + 1):
            return False
        return _BY_THEN.search(self.text, _begin(reading), reading.quantity.start) is not None

    def _project_before(self, reading: Reading) -> str | None:
        """The project that the fact before in the sentence is of."""
        last = self.bound[-1] if self.bound else None
        if last is None or not last.concept.id.startswith("project."):
            return None
        return last.member if self.readings[last.reading].sentence == reading.sentence else None

    def _project_spoken_of(self, reading: Reading) -> str | None:
        """The project of the list that a figure stands in, else the last of its sentence, else the only one of its block."""
        for at in self._heads(reading):
            if self.bound[at].concept.id.startswith("project."):
                return self.bound[at].member
        names: set[str | None] = set()
        for bound in reversed(self.bound[-_LOOK_BACK:]):
            said = self.readings[bound.reading]
            if said.block != reading.block:
                break
            if bound.concept.id.startswith("project."):
                if said.sentence == reading.sentence:
                    return bound.member
                names.add(bound.member)
        return names.pop() if len(names) == 1 else None

    def _project_of_sentence(self, reading: Reading) -> str | None:
        """The project that the reading's sentence is about, in a report on projects."""
        if not self.about.projects:
            return None
        start = reading.sentence[0]
        return named_by_subject(self.text[start : min(reading.quantity.start, start + _ITEM_HEAD)])

    def _project_of_item(self, reading: Reading) -> str | None:
        """The project that a paragraph, an item of a list of several, begins with and is about."""
        if not self.about.projects:
            return None
        end = reading.quantity.start
        start = self.text.rfind("\n", 0, end) + 1
        for inside in _NEXT_ITEM.finditer(self.text, max(start, end - _LOOK_BACK), end):
            start = inside.end()  # 1.城市低保资金42万元，…。2.农村低保资金90万元，…
        if start not in self._items:
            self._items[start] = named_by_item(self.text[start : start + _ITEM_HEAD])
        return self._items[start]

    def _project_of_heading(self, block: int) -> str | None:
        """The project that the nearest heading around a block names."""
        at = self.outline.owner[block]
        while at != ROOT:
            node = self.outline.nodes[at]
            if self.roles[at] in _MAY_NAME_A_PROJECT and (name := named_by_heading(node.title)) is not None:
                return name
            at = node.parent
        return None

    def _followed(self, rule: Field, reading: Reading) -> int | None:
        """The latest fact in the section of what a rule follows: for an indicator in the same sentence, for an amount in the
        same block with no other count after it (抽查3个村，涉及资金5万元).
        """
        node = self.outline.owner[reading.block]
        money = self.concepts[rule.concept].kind == "amount"
        near = (
            rule.concept.startswith("indicator.")
            or "evaluation.grade" in rule.follows
            or (rule.concept == "project.score" and "project.amount" in rule.follows)
        )
        for at in range(len(self.bound) - 1, max(-1, len(self.bound) - _LOOK_BACK), -1):
            bound = self.bound[at]
            said = self.readings[bound.reading]
            # 预算调整率，权重5分。调整率47.86%，得0分: the one indicator of a paragraph
            alone = bound.concept.id == "indicator.weight" and rule.concept == "indicator.score"
            alone = alone and at == len(self.bound) - 1 and said.block == reading.block
            if (
                self.outline.owner[said.block] != node
                or (money and said.block != reading.block)
                or (near and said.sentence != reading.sentence and not alone)
            ):
                return None
            if (
                money
                and bound.concept.id in _COUNTS
                and bound.concept.id not in rule.follows
                and said.aspect == "value"
            ):
                return None  # 绩效目标3个；6个项目填报绩效目标，对应资金9万元
            if bound.concept.id in rule.follows and said.aspect == "value":
                if rule.named and rule.concept == bound.concept.id and not _says_its_name(bound):
                    return None  # 低保资金42万元，资金使用41万元。孤儿保障资金9万元: no list of what was spent
                if near and _ANOTHER.search(
                    self.text, said.quantity.end, reading.quantity.start - len(reading.labels[0])
                ):
                    return None  # …；完成时间指标值为11月底前，得4分: of an indicator without a figure
                between = range(bound.reading + 1, self.at)
                counts = (i for i in between if self.readings[i].quantity.kind == "count" and i not in self.of_reading)
                return None if money and next(counts, None) is not None else at
            if near and not bound.concept.id.startswith(("indicator.", "project.")):
                return None
        return None

    def _parent(self, reading: Reading, concept: Concept) -> int | None:
        """The total that the list names, where by its nature the concept is a part of it."""
        if reading.loose and concept.id.startswith(_NAMED):
            return None
        for at in self._heads(reading):
            entry = self.bound[at]
            name = entry.concept.id if entry.member is None else f"{entry.concept.id}[{entry.member}]"
            if entry.concept is concept or (
                concept.within is not None and (concept.within == name or _same_side(concept.within, name))
            ):
                return at
        return None

    def _allowed(self, rule: Field, reading: Reading, left: str) -> bool:
        """Whether a rule's guards let it hold here. They look at the number's own clause, from the ； or 。 before it:
        ``not_after`` up to the number, ``only_if`` to the end of the words that go on after it.
        """
        if rule.with_fund and self.concepts.fund_in(left) is None:
            return False
        if rule.follows and self._followed(rule, reading) is None:
            return False
        if rule.not_after is None and rule.only_if is None:
            return True
        start, end = reading.sentence
        quantity = reading.quantity
        line = self.text.rfind("\n", max(0, start - _ITEM_MARK - 1), start) + 1
        start = line if start - line <= _ITEM_MARK else start  # with the number of the item
        begin = max(start, quantity.start - _CLAUSE_AT_MOST)
        begin = max(begin, self.text.rfind("；", begin, quantity.start) + 1)
        if rule.not_after is not None and _guard(rule.not_after, rule.trusted).search(self.text[begin : quantity.end]):
            return False
        if rule.only_if is None:
            return True
        end = min(end, quantity.end + _GOES_ON_AT_MOST)
        after = _CLAUSE_END.search(self.text, quantity.end, end)
        stop = after.start() if after is not None else end
        if begin == start and rule.named and self._run_in_title(reading):
            begin = self.text.rfind("\n", 0, begin) + 1  # 项目自评得分：茶苗繁育96分
        return _guard(rule.only_if, rule.trusted).search(self.text[begin:stop]) is not None


def _begin(reading: Reading) -> int:
    """Where the sentence of a figure begins, as far as it matters."""
    return max(reading.sentence[0], reading.quantity.start - _SENTENCE_AT_MOST)


@cache
def _guard(source: str, trusted: bool) -> Searcher:
    return compile_pattern(source, trusted)


def _say_the_same(one: Reading, other: Reading) -> bool:
    """Whether two figures have one label, or both say that people are there: 实有人数, 实际."""
    return one.labels == other.labels or all(_ARE_THERE.fullmatch(said.labels[0]) for said in (one, other))


def _says_its_name(bound: Bound) -> bool:
    """Whether the words before a figure name its member, and no heading, item or title does."""
    return bound.member is None or bound.member[:_NAMED_BY] in bound.label


def _fits(reading: Reading, concept: Concept) -> bool:
    """Whether a number can be said of a concept: no money of a score or a count, no people of money."""
    if reading.aspect == "execution_rate":
        return concept.kind == "amount"
    kind = reading.quantity.kind
    if reading.quantity.unit == _POINTS:
        return False  # 执行率97%，较上年提高1.2个百分点: it is the rate that rose
    if kind == "percentage" or reading.quantity.state != "stated":
        return True
    if kind == "amount":
        return concept.kind == "amount"
    return kind == "number" or concept.kind != "amount"


def _same_side(one: str, other: str) -> bool:
    """收入合计 and 收入总计 under one list are one base, not two."""
    return {one, other} <= {"revenue.total", "revenue.current"} or {one, other} <= {
        "expenditure.total",
        "expenditure.current",
    }


_FLOWS = ("revenue.", "expenditure.", "three_public.", "meeting_cost", "training_cost", "agency_operating")
"""What runs over a year and is another figure for a part of it."""

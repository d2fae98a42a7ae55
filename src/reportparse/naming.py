"""Which project or indicator a figure is of: by its heading, its item, its sentence, its form, or the figures before.

Over 400 lines because all these places are asked in one order, and each after the others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from reportparse.blocks import MARKS_BEHIND
from reportparse.bound import ITEM_HEAD, Binding, Bound, Match, begin
from reportparse.classes import find_economic, find_function
from reportparse.concepts import Concept
from reportparse.labels import CERTAIN, plain_member, without_basis
from reportparse.names import (
    clause_before,
    indicator_in,
    is_money_of,
    is_of_other_fund,
    is_project_alone,
    level_of,
    levels_at,
    mark_said,
    named_by_fund_heading,
    named_by_heading,
    named_by_item,
    named_by_subject,
    names_own,
    points_to_level,
    project_in,
)
from reportparse.numbers import Quantity
from reportparse.outline import ROOT
from reportparse.packs import Field
from reportparse.patterns import Searcher, compile_pattern, seldom
from reportparse.phrases import ADJUSTED
from reportparse.reading import Reading
from reportparse.told import Told, basis_of, is_mark, is_spread, lists_projects, natures_told, projects_told

TEN_THOUSANDS = frozenset({"amount"})
_NEXT_ITEM = seldom(r"[。；](?=\d{1,2}[.．、](?!\d)|（[\d一二三四五六七八九十]{1,2}）|[①-⑳])")
FEW = 16
"""Facts before, among which those of the same list are."""
_FULL = 100
TITLE_AT_MOST = 24
_FORM = 900
"""Characters that a form on one project fills, at most."""
_NAME_OF_FORM = seldom(
    r"项目名称：\s*(?P<name>[^\n，。；：]{2,40}?)(?:项目)?\s*(?=[\n，。；])|(?:^|\n)\s*\d{1,2}[.．、](?P<item>[^\n，。；：]{2,30}?)(?:项目)?。（[1一]）项目概述"
)
_PART_OF_FORM = re.compile("项目概述|项目概况|立项依据|设立的政策依据|实施主体|实施方案|实施周期|年度预算|绩效目标")
"""The parts of the statutory form that tells of one project."""
LOOK_BACK = 400
"""Facts and characters: what a figure follows, and the level of its indicator, are not further before it."""
POINTING = frozenset("该本此")
_MAY_NAME_A_PROJECT = frozenset({None, "perf.projects", "perf.analysis", "perf.funds", "perf.score", "fin.project"})
_BUDGET_PARTS = ("revenue.source", "expenditure.nature", "expenditure.basic", "expenditure.fund")
_ON_PROJECTS = frozenset({"fin.project", "perf.projects"})
_OF_PROJECTS = ("project.", "evaluation.project")
_BROKEN_DOWN = frozenset({"project.amount", "evaluation.project_amount", "expenditure.nature"})
"""What can be broken down by projects."""
_FIGURE_BEHIND = re.compile("的?(?:全年|实际|预算)?(?:执行|决算|完成)数$")
_SELF_EVALUATED = re.compile(
    r"(?:(?:中央|省级|市级|上级|专项|补助|财政)*(?:对(?:地方|下))?(?:专项)?转移支付(?:资金)?|(?:专项|补助|财政|项目)*资金|专项)"
    r"(?:逐[一项个笔]|分别|全部|均|都)*(?:开展|进行|实施|组织|完成)(?:了)?(?:20\d\d年度?)?(?:支出)?(?:绩效)?(?:自评|自我评价)"
)
"""What is said behind the number of funds that a report is on: 3项转移支付资金逐项开展了绩效自评."""
_OF_ALL_FUNDS = re.compile(
    "(?:转移支付|专项|补助|财政)*(?:资金|项目)?(?:(?:年初|全年|调整后|当年|年度)*(?:预算|资金|支出|执行)(?:数|安排)?)?(?:总额|共计?|合计|总计)?"
)
_ON_WORK = re.compile("(?:达标|完成|动工|开工|完工|发生|落实|到位|验收|投用|调整|变化|突破)$")
"""What is denied of work, and of no money."""
_OF_INDICATORS = frozenset({"indicator.weight", "indicator.score"})
_MARKS = frozenset({"得", "得分", "自评", "自评得分", "评分", "自评得", "评价得分", "实得", "自评分"})
_DONE = re.compile(
    r"(?:已|实际|全年|当年|年末|累计|共|拨付)*(?:完成)?(?:支出|使用|执行|投资|支付)(?:了)?(?:数|金额|资金)?$"
)
_PLAIN_NAME = re.compile(
    r"(?!.*(?:费用?|收入|工资|补贴|财政|级|其中|合计|小计|总额|结余|结转|调整|追[加减]|资产|采购)$)(?:[^，。；：、（）\d]{3,24}"
    r"|[^，。；：、（）\d]{3,16}（[^，。；：（）\d]{3,16}）(?:专项|补助)*资金)"
)
_FUNDS = re.compile("(?:资金|经费|补助|补贴|专项)(?:全年|当年|共|总额|合计)*$")
_SAID_OVER = re.compile("(?:结论|结果|情况|分析|问题|建议|概况|说明)$")
_THEIR_MONEY = re.compile(
    "(?:共计?|合计|涉及|安排|投入|下达|批复)*(?:项目|财政|预算|总|年初|全年)*(?:资金|预算|金额|经费)(?:总额|共计|合计)?"
)
_PROJECTS_BEHIND = re.compile(r"(?:预算|专项|子)?(?:项目|转移支付)(?:共有?|共计|有)?$")
_UNDERTAKEN = re.compile(
    r"(?:实施|安排|批复|承担|申报|开展|下达|年初|预算|共有|设有)(?:了)?[^，。；：\d增减调]{0,16}$|(?:单位|部门|年度?|[局站所院馆办委中心处])共?有$"
)
_HANDED_DOWN = re.compile(r"(?:下达|下拨|安排|批复|收到)[^，。；：]{0,12}(?:资金|经费|补助)(?:共计?|合计|总额)?$")
_GRANTED = re.compile("批复|下达|安排|核定")
_PROJECTS_JUDGED = re.compile("项目.*(?:自评|自我评价)|(?:自评|自我评价).*项目")
_PROJECTS_COUNTED = re.compile("(?:子|专项|重点|预算|特定目标类?)?项目$|^(?:子|专项|重点|预算|特定目标类?)?项目")
HEADING_WORDS = re.compile(r"(?:总体|具体|编制|情况|说明|方面|分析|综述|概况)+$")
SECTION_ON_PROJECTS = seldom(
    r"(?:项目|专项(?:资金|支出)?)(?:支出|资金|预算|经费|实施|组织|实际|安排|[和与及、])*(?:绩效|自评|评价|完成|使用|执行|情况|分析|结果|说明)|特定目标类"
)
_LEADS_TO_PROJECTS = seldom(r"项目[^\n]{0,60}(?:如下|情况为|情况是|分别是|分述|其中)[^。；\n]{0,4}：\s*$")
_LISTED = seldom(r"[ 　]*(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.．、](?!\d)|[①-⑳]|——)")
_OVER_PROJECTS = re.compile(r"(?:分|各|子|主要|重点|具体|专项)项目|^项目(?:支出)?(?:绩效)?(?:自评|评价)(?:情况|结果)")
"""Headings over the projects of a report, each under its own."""
NO_NAME = re.compile(
    r"(?:情况|说明|分析|结论|问题|建议|措施|得分|结果|成效|效果|效益|产出|过程|决策|投入|目标|概况|开展|组织|实施|管理|使用|执行|到位|落实|依据|原因"
    r"|指标|绩效|自评|评价|工作|做法|经验|方法|程序|方式|对象|范围|目的|内容|背景)$|^(?:项目|资金|绩效|自评|评价)"
)
_ON_MONEY = re.compile(
    r"(?:项目|专项|财政)?(?:资金|预算|支出)(?:投入|执行|使用|安排|支出|到位|下达|、|和|及|与)*(?:情况|分析|说明|进度)*"
)
"""Headings on the money of the project that is spoken of."""
_OF_FUNDS = re.compile("资金|经费|补助|补贴|预算|下达|执行|到位|投入|支出")
_TITLED_ITEM = seldom(r"\s*(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.．、]|[①-⑳])([^，。；：\d]{3,24})[。：]")
_SEVERAL = 2
_AND = re.compile("[、和与及]")
_NARRATIVE = frozenset({"perf.problems", "perf.suggestions"})
_YEAR_SAID = seldom(r"上年|去年|(?:19|20)\d\d")
_OTHER_PART = seldom("项目|专项|人员|公用|经费|基本")
_RATE_OF_ALL = seldom("综合|总体|整体|平均|加权")
_BUDGET_SAID = seldom("年初|初始|原|全年|调整|调[增减]|追[加减]")
_ROUNDED = Decimal("0.06")
_BESIDE = seldom("[、和与及]")
_BEHIND = 12
_LINES_LISTED = 3000
"""Characters that a list of projects in lines of their own fills, at most."""
_HAN = re.compile(r"[^\W\d_A-Za-z]")


def _stretch_at(stretches: Sequence[Told], place: int) -> Told | None:
    """The stretch that a place is in."""
    at = bisect_right(stretches, place, key=lambda one: one.start) - 1
    return stretches[at] if at >= 0 and place < stretches[at].end else None


class Naming(Binding):
    """Names of projects and indicators, where they are printed for a figure."""

    def _of_project_told(self, index: int, reading: Reading) -> tuple[Match | None, Reading] | None:
        """What a figure is where its line tells of one project after the other (一是茶园道路硬化，年初安排60万元，…；二是…), and the figure as it is
        read there.
        """
        if self.about.named is None or reading.role == "reason" or self.about.of_place:
            return None
        quantity = reading.quantity
        rated = reading.aspect == "execution_rate"
        if not rated and (reading.aspect != "value" or quantity.kind not in ("amount", "score")):
            return None
        stretch = self._stretch_of(reading)
        if stretch is None:
            return self._of_nature_told(index, reading)
        first, at = index, reading
        while (
            first > 0
            and index - first < FEW
            and _BESIDE.fullmatch(self.text, self.readings[first - 1].quantity.end, at.quantity.start)
        ):
            first -= 1
            at = self.readings[first]  # 分别为9万元、8万元
        which = index - first
        if len(stretch.names) > 1 and which >= len(stretch.names):
            return None
        name = stretch.names[which if len(stretch.names) > 1 else 0]
        begin = max(stretch.start, self.readings[first - 1].quantity.end if first else 0)
        words = self.text[begin : at.quantity.start].replace(name, "")
        told = reading._replace(period=None) if _YEAR_SAID.search(words) is None else reading
        if rated:
            if _RATE_OF_ALL.search(words):
                return None  # …执行率为100%，综合预算执行率为93%
            concept = self.concepts["project.amount"]
            if _BUDGET_SAID.search(words) is None:
                told = told._replace(compared=self._rated_in_table(name, quantity))
        elif quantity.kind == "score":
            concept = self.concepts["project.score"]
            if not is_mark(words):
                return None
        else:
            concept = self.concepts["project.amount"]
            if quantity.state == "none":
                said = "budget" if "预算" in words + self.text[quantity.start : quantity.end] else None
            else:
                said = basis_of(words, self.text[quantity.end : quantity.end + _BEHIND], self.about.seats)
            if not said:
                return None if said is None else (None, reading)
            # 年初预算和全年预算分别为9万元、8万元: the grammar has told them apart.
            apart = len(stretch.names) == 1 and (bool(reading.bases) or is_spread(words))
            money = self.tabled.get(name, {})
            if said == "budget" and _BUDGET_SAID.search(words) is None and quantity.yuan is not None:
                if money.get("budget", quantity.yuan) != quantity.yuan == money.get("adjusted_budget"):
                    said = "adjusted_budget"  # of the two in the table it is that one
            changed = words.endswith(("由", "从"))  # 全年预算由9万元调整为10万元
            keeps = apart or (said == "budget" and not which and not changed)
            told = told._replace(basis=reading.basis or said if keeps else said)
        part_of = self._listed_under(told, name) if concept.kind == "amount" and not rated else None
        return Match(concept, name, None, None, concept.id, CERTAIN, (), part_of), told

    def _listed_under(self, reading: Reading, name: str) -> int | None:
        """The money of all that a project's figure is listed under: 执行9万元，其中步道维护5万元、茶园改造4万元."""
        heads = self.of_reading.get(reading.head, ()) if reading.head is not None else ()
        for at in heads:
            over = self.bound[at]
            if over.concept.id in _BROKEN_DOWN and over.member != name and over.basis == (reading.basis or "actual"):
                return at
        return None

    def _of_nature_told(self, index: int, reading: Reading) -> tuple[Match | None, Reading] | None:
        """What a figure is in a sentence on all that one nature of spending came to: 项目支出年初批复9万元，因…调整为10万元，全年支付8万元."""
        quantity = reading.quantity
        if quantity.kind == "score" or quantity.state != "stated":
            return None
        start = self.text.rfind("\n", 0, quantity.start) + 1
        if start not in self._natures:
            end = self.text.find("\n", quantity.start)
            line = self.text[start : end if end >= 0 else len(self.text)]
            self._natures[start] = [] if self.about.projects else natures_told(line)
        stretch = _stretch_at(self._natures[start], quantity.start - start)
        if stretch is None:
            return None
        begin = max(start + stretch.start, self.readings[index - 1].quantity.end if index else 0)
        words = self.text[begin : quantity.start].removeprefix(stretch.names[0])
        concept = self.concepts["expenditure.nature"]
        member = concept.member_of(stretch.names[0])
        if member is None or _OTHER_PART.search(words) is not None:
            return None
        if reading.aspect != "execution_rate":
            said = basis_of(words, self.text[quantity.end : quantity.end + _BEHIND], self.about.seats)
            if not said or (said == "budget" and reading.head is not None and _BUDGET_SAID.search(words) is None):
                return None  # 全年预算9万元，其中：项目支出预算数5万元
            reading = reading._replace(basis=reading.basis or said if said == "budget" else said)
        elif _BUDGET_SAID.search(words) is None:
            reading = reading._replace(compared=None)
        return Match(concept, member[0], None, None, concept.id, CERTAIN, (), None), reading

    def _rated_in_table(self, name: str, rate: Quantity) -> tuple[str | None, str | None] | None:
        """The full-year budget, where by the table that names a project its rate of execution is of that and of no other."""
        money = self.tabled.get(name, {})
        full, spent = money.get("adjusted_budget"), money.get("actual")
        if not full or spent is None or rate.value is None or money.get("budget") == full:
            return None
        return (None, "adjusted_budget") if abs(spent / full * 100 - rate.value) <= _ROUNDED else None

    def _stretch_of(self, reading: Reading) -> Told | None:
        """The stretch of a line that a figure stands in, where that tells of a project."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        found = self._told.get(start)
        if found is None:
            end = self.text.find("\n", start)
            line = self.text[start : end if end >= 0 else len(self.text)]
            scopes = self.scopes(reading.block)
            on_projects = any(scope in _ON_PROJECTS for scope in scopes) or self._tells_of_projects(reading, start)
            under = self._project_under(reading) if on_projects else None
            on_projects = on_projects or self._is_listed_in_lines(reading, start)
            found = []
            if not any(scope in _NARRATIVE for scope in scopes):
                found = projects_told(line, tuple(self.tabled), on_projects, self.about.seats)
                if under is not None and len(found) < _SEVERAL:
                    found = [Told(0, len(line), (under,))]
                found = [
                    one
                    for one in found
                    if all(name in self.tabled or not self._means_else(name, reading) for name in one.names)
                ]
            found = self._told[start] = [Told(start + one.start, start + one.end, one.names) for one in found]
        return _stretch_at(found, reading.quantity.start)

    def _is_listed_in_lines(self, reading: Reading, start: int) -> bool:
        """Whether a line is one of those that a line before, in the same section, says tell of a project each."""
        at = self.outline.owner[reading.block]
        begin = max(self.outline.nodes[at].start if at != ROOT else 0, start - _LINES_LISTED)
        return any(map(lists_projects, self.text[begin:start].splitlines()))

    def _tells_of_projects(self, reading: Reading, start: int) -> bool:
        """Whether a heading over a line is on what projects cost and did, or the line before its list leads to projects: 项目资金使用情况;
        各项目具体情况为：. A report on one project has such headings over its own money.
        """
        if self.about.projects or self.about.basis != "actual":
            return False
        at = self.outline.surely.get(reading.block, self.outline.owner[reading.block])
        while at != ROOT:
            if SECTION_ON_PROJECTS.search(self.outline.nodes[at].title):
                return True
            at = self.outline.nodes[at].parent
        while start and _LISTED.match(self.text, start) is not None:
            end = len(self.text[:start].rstrip())
            start = self.text.rfind("\n", 0, end) + 1
        end = self.text.find("\n", start)
        return _LEADS_TO_PROJECTS.search(self.text[start : end if end >= 0 else len(self.text)]) is not None

    def _project_executed(self, index: int, reading: Reading, label: str) -> Match | None:
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
            or _SAID_OVER.search(stem)  # 评价结论。…，预算完成100%
            or ADJUSTED.fullmatch(label)  # 县财政收回9万元
            or self._means_else(stem, reading)
            or self._means_else(f"{stem}支出", reading)
            or not (rated or self._is_executed(index, reading))
        ):
            return None
        if cut is None and not rated and reading.basis is None and self._project_of_heading(reading.block) is not None:
            return None  # 1.茶旅节项目。…，签约订单90万元，自评得分95分: what came of the project of the heading
        concept = self.concepts["project.amount"]
        name = self._name(concept, stem, reading)
        if name is None or (name == self.project and not stem):
            return None
        funds = cut is None and not rated and reading.basis is None and _FUNDS.search(stem) is not None
        set_aside = funds and self._is_then_spent(index)
        return Match(concept, name, None, None, concept.id, CERTAIN, (), None, (), "budget" if set_aside else None)

    def _is_then_spent(self, index: int) -> bool:
        """Whether the next figure says what was spent of this one: 管护补助资金共200万元，使用了180万元; 当年未使用."""
        after = self.readings[index + 1] if index + 1 < len(self.readings) else None
        return (
            after is not None
            and after.sentence == self.readings[index].sentence
            and after.aspect == "value"
            and (after.quantity.state == "none" or _DONE.search(after.labels[0]) is not None)
        )

    def _bare_of_own(self, reading: Reading) -> Match | None:
        """资金投入情况分析。全年执行数9万元: what the first words under a heading on money call a budget or an outcome, and nothing
        else, is of the project that is spoken of there.
        """
        if (
            not self.about.projects
            or reading.basis is None
            or reading.aspect != "value"
            or reading.quantity.kind != "amount"
            or reading.role == "reason"
            or reading.head is not None
        ):
            return None
        concept = self.concepts["project.amount"]
        if reading.belongs is None and _ON_MONEY.fullmatch(reading.topic):
            own = self._own_project(concept, reading)
        else:
            own = self._project_headed(reading) if self._has_no_subject(reading) else None
        return Match(concept, own, None, None, concept.id, CERTAIN, (), None) if own is not None else None

    def _project_headed(self, reading: Reading) -> str | None:
        """The project that a heading over a figure names, the one that shares its line or one further up."""
        own = named_by_heading(reading.topic) if reading.topic else None
        return own or self._project_of_heading(reading.block) or self._project_under(reading)

    def _has_no_subject(self, reading: Reading) -> bool:
        """Whether a figure without words of its own goes on from nothing but 项目 (项目对老化的2座粮库进行维修。年初预算9万元), or from
        what an earlier sentence counted.
        """
        before = reading.belongs
        if before is None and reading.topic:
            if named_by_heading(reading.topic) is not None:
                return True
            at = range(self.at - 1, max(-1, self.at - FEW), -1)
            before = next((i for i in at if reading.topic in self.readings[i].labels), None)
            if before is None or self.readings[before].block != reading.block:
                return is_project_alone(reading.topic)
        if before is None:
            return True
        said = self.readings[before]
        return before not in self.of_reading and (
            any(map(is_project_alone, said.labels))
            or (said.sentence != reading.sentence and said.quantity.kind != reading.quantity.kind)
        )

    def _are_projects_meant(self, reading: Reading) -> bool:
        """Whether a figure stands in a section on projects, or after what was said of some in its own."""
        if any(scope in _ON_PROJECTS for scope in self.scopes(reading.block)):
            return True
        node = self.outline.owner[reading.block]
        for one in reversed(self.bound[-FEW:]):
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
            if after.head == index and self.text.startswith("（", reading.quantity.end):
                continue  # 茶苗繁育预算36万元（含预拨资金22万元），支出14万元
            if after.aspect == "execution_rate":
                return after.belongs is not None and after.belongs >= index
            if after.quantity.kind == "score":
                return after.labels[0] in _MARKS
            if after.quantity.kind != "amount" or after.aspect != "value" or after.period is not None:
                return False
            if after.belongs is None and not (
                after.labels[0] in ("", "实际支出") or _DONE.fullmatch(after.labels[0].removeprefix("资金"))
            ):
                return False
            if pair and after.basis != reading.basis:
                return True  # 道路硬化预算9万元、支出8万元
        return False

    def _project_listed(self, reading: Reading, label: str, kinds: frozenset[str]) -> Match | None:
        """An item of a list that says how many projects it names: 实施项目3个，分别是：渠系清淤60万元、…"""
        if reading.head is None or reading.loose or reading.aspect != "value":
            return None
        if any(self.bound[at].concept.id != "evaluation.projects" for at in self.of_reading.get(reading.head, ())):
            return None
        head = reading.head
        if self._is_money_of_several(head):
            head -= 1  # 批复项目3个，项目资金95万元，分别为：防火道路专项资金50万元；…
        over = self.readings[head]
        concept = self.concepts["project.amount"]
        if self._is_handed_down(head) and concept.kind in kinds and reading.role != "reason":
            # 下达给我单位资金81万元，其中：林木管护补助20万元、…
            name = self._name(concept, without_basis(label), reading)
            if name is None:
                return None
            set_aside = reading.basis or "budget"
            return Match(concept, name, None, None, concept.id, CERTAIN, (), None, (), set_aside)
        counts = _PROJECTS_COUNTED.search(over.labels[0]) or _PROJECTS_COUNTED.match(self.text, over.quantity.end)
        if over.quantity.kind != "count" or counts is None or concept.kind not in kinds or reading.role == "reason":
            return None
        name = self._name(concept, without_basis(label), reading)
        if name is None:
            return None
        basis = reading.basis or self._basis_over(head)
        return Match(concept, name, None, None, concept.id, CERTAIN, (), None, (), basis)

    def _is_handed_down(self, head: int) -> bool:
        """Whether a figure is money handed down for several projects, in a report whose title names none."""
        over = self.readings[head]
        return (
            self.about.projects
            and self.project is None
            and head not in self.of_reading
            and over.quantity.kind == "amount"
            and over.aspect == "value"
            and _HANDED_DOWN.search(over.labels[0]) is not None
        )

    def _is_money_of_several(self, head: int) -> bool:
        """Whether the figure that a list is of is the money of so many projects as the figure before it says."""
        said, before = self.readings[head], self.readings[head - 1]
        return (
            head > 0
            and said.quantity.kind == "amount"
            and before.quantity.kind == "count"
            and before.sentence == said.sentence
            and _THEIR_MONEY.fullmatch(said.labels[0]) is not None
        )

    def _several_projects(self, index: int, reading: Reading, label: str) -> Match | None:
        """某站当年安排2个项目，合计预算206万元: how many projects a report on several is of, said for the first time, and their money."""
        if (
            self.project is not None
            or not self.about.projects
            or reading.aspect != "value"
            or reading.role == "reason"
            or reading.head is not None
        ):
            return None
        if reading.quantity.kind == "count":
            if reading.quantity.unit in ("项", "个", "笔") and _SELF_EVALUATED.match(self.text, reading.quantity.end):
                concept = self.concepts["evaluation.projects"]
                return Match(concept, "self_evaluated", None, None, concept.id, CERTAIN, (), None)
            behind = self.text.startswith(("项目", "个项目", "子项目"), reading.quantity.end)
            clause = re.split("[，。；：、（）\n]", self.text[reading.sentence[0] : reading.quantity.start])[-1]
            stem = _PROJECTS_BEHIND.sub("", clause)
            if (
                reading.quantity.unit not in ("个", "项")
                or not (behind or stem != clause)
                or not _UNDERTAKEN.search(stem)
                or any(one.concept.id in ("evaluation.projects", "project.amount") for one in self.bound)
                or self._says_later_how_many(index)
            ):
                return None
            concept = self.concepts["evaluation.projects"]
            return Match(concept, "self_evaluated", None, None, concept.id, CERTAIN, (), None)
        last = self.bound[-1] if self.bound else None
        concept = self.concepts["evaluation.project_amount"]
        if reading.quantity.kind == "amount" and self._is_of_all(index, reading, label):
            set_aside = reading.basis or self._basis_over(index - 1)
            return Match(concept, "self_evaluated", None, None, concept.id, CERTAIN, (), None, (), set_aside)
        if (
            last is None
            or reading.quantity.kind != "amount"
            or self.readings[last.reading].sentence != reading.sentence
        ):
            return None
        basis = None
        if last.concept.id == "evaluation.projects":
            if last.reading != index - 1 or not _THEIR_MONEY.fullmatch(label or "资金"):
                return None
            basis = reading.basis or self._basis_over(index - 1)
        elif last.concept is not concept or not _DONE.match(label):
            return None  # …，合计预算206万元；支出201万元
        return Match(concept, last.member, None, None, concept.id, CERTAIN, (), None, (), basis)

    def _is_of_all(self, index: int, reading: Reading, label: str) -> bool:
        """三项资金全年预算合计90万元: whether a figure is of as many funds, or projects, as the report says that it judged."""
        counted = self.readings[index - 1] if index else None
        if (
            counted is None
            or counted.quantity.kind != "count"
            or counted.sentence != reading.sentence
            or counted.quantity.unit not in ("项", "个", "笔")
        ):
            return False
        between = self.text[counted.quantity.end : reading.quantity.start]
        said = any(words.strip() and _OF_ALL_FUNDS.fullmatch(words) for words in (label, between.rstrip("为是")))
        return (
            said
            and _HAN.search(between) is not None
            and any(
                one.concept.id == "evaluation.projects"
                and not one.cross
                and self.readings[one.reading].quantity.value == counted.quantity.value
                for one in self.bound
            )
        )

    def _says_later_how_many(self, index: int) -> bool:
        """Whether further on the report says in so many words how many projects it judged: 共对3个项目开展绩效自评."""
        return any(
            after.quantity.kind == "count" and _PROJECTS_JUDGED.search(after.labels[0]) is not None
            for after in self.readings[index + 1 :]
        )

    def _basis_over(self, head: int) -> str | None:
        """What the words over a list say of its money: 预算项目3个，预算资金为27万元，即：粮库监测20万元、…; 批复项目3个."""
        over = self.readings[head]
        money = self.readings[head + 1]
        bare = money.sentence == over.sentence and money.quantity.kind == "amount" and head + 1 < self.at
        if bare and money.basis is not None and _THEIR_MONEY.fullmatch(money.labels[0] or "资金"):
            return money.basis
        if over.basis is not None:
            return over.basis
        return "budget" if _GRANTED.search(self.text, over.sentence[0], over.quantity.start) is not None else None

    def _item_name(self, rule: Field, label: str, reading: Reading) -> str | None:
        """An item of a list by its printed name, less the words that the rule's labels cut off at its end."""
        name = label if rule.concept.startswith("indicator.") else without_basis(label)
        cut = guard(f"(?:{'|'.join(rule.labels)})\\Z", rule.trusted).search(name) if rule.labels else None
        if rule.labels and cut is None:
            return None
        stem = name[: cut.start()] if cut is not None else name
        concept = self.concepts[rule.concept]
        if not stem or (concept.id.startswith("project.") and self._means_else(name, reading)):
            return None
        return self._name(concept, stem, reading)

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
            if name is None and points_to_level(words):
                name = self._level_over(reading)
            if name is None and words[:1] in POINTING and (head := self._head_of_line(reading)) is not None:
                name = indicator_in(head)  # A101立项依据充分性：…；该指标得2分
            if (
                name is None
                and words[:1] in POINTING
                and not reading.topic.endswith("表")
                and level_of(title := reading.topic or self._run_in_title(reading), True) is None
            ):
                name = indicator_in(title)  # 1.项目立项。该指标分值6分
            first = not self.at or self.readings[self.at - 1].block != reading.block
            if name is None and not words and first:
                title = self._run_in_title(reading)
                if title.endswith("指标") or self._is_full_mark(concept, reading):
                    name = indicator_in(title)  # （一）决策指标。分值15分; 1.投入。权重25分，得17.85分
            if name is not None and self.project is not None:
                # 茶园改造项目预算执行得9分: of the project that the report is about
                rest = name.removeprefix(self.project).removeprefix("项目")
                name = rest if name.startswith(self.project) and indicator_in(rest) is not None else name
            return self._path_of_indicator(name, reading) if name is not None else None
        if not concept.id.startswith("project."):
            return plain_member(words) if _HAN.search(words) else None
        if reading.role == "reason" or (concept.kind == "score" and reading.quantity.state == "none"):
            return None
        if reading.quantity.state == "none" and concept.kind == "amount" and _ON_WORK.search(words):
            return None  # 育苗面积指标没有达标
        own = self._own_project(concept, reading)
        words = _FIGURE_BEHIND.sub("", words)
        if reading.head is not None and words and (full := reading.labels[0]).startswith(f"{words}（"):
            words = full if full.endswith("）") else words  # 救灾资金（冬春救助）30万元 beside 救灾资金（抗旱）20万元
        if words and words == HEADING_WORDS.sub("", reading.topic):
            words = named_by_heading(reading.topic) or words  # （一）茶园改造项目自评情况。…，预算9万元
        name = project_in(words, own, reading.head is not None, self.about.seats)
        item = self._project_of_item(reading) if words.endswith(("资金", "经费")) else None
        if item is not None:
            return item  # 2.村内道路硬化项目，…。下达以工代赈资金240万元
        if name is not None and self.project is not None and names_own(name, self.project):
            name = self.project  # after other projects were spoken of
        if concept.kind == "score" and self.project is not None and name not in self._projects:
            return None  # the score of the project that the whole report is about is the report's own
        if name is not None and name == self.project and name not in words:
            if is_of_other_fund(self.text[begin(reading) : reading.quantity.start], name):
                return None
        if name is None or name in (own, self.project):
            return name
        return None if self._means_else(name, reading, words.endswith("项目")) else name

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
        own = own or self._project_of_heading(reading.block) or self._project_under(reading)
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
            title.removesuffix("项目") if within and 3 <= len(title) <= TITLE_AT_MOST and "说明" not in title else None
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
        start = max(0, reading.quantity.start - LOOK_BACK)
        start = self.text.rfind("\n", start, reading.quantity.start) + 1 or start
        line = self.text[start : reading.quantity.start]
        path = levels_at(titles[::-1], line)
        marked = self._marked_above(name, reading)
        path = marked if len(marked) >= len(path) else path
        around = [*titles[::-1], *([item] if (item := self._titled_item(reading)) not in (None, *titles) else [])]
        listed = tuple(level for title in around if title and (level := self._in_tables(title)) is not None)
        if listed and name == f"{listed[-1]}指标":
            listed = listed[:-1]  # （一）决策情况。决策指标分值15分
        path = listed if len(listed) > len(path) else path
        heads = self._heads(reading)
        over = self.bound[heads[0]] if heads else None
        if over is not None and over.member and over.concept.id in _OF_INDICATORS and not path and over.member != name:
            path = tuple(over.member.split("/"))  # 过程指标分值20分，得18分，其中：制度健全性分值5分、得5分
        first = name.partition("/")[0]
        if len(path) == 1 and first.removeprefix("项目").removesuffix("指标").removesuffix("类") == path[0]:
            path = ()  # （一）产出。产出指标分值50分
        above = path[: path.index(first)] if first in path else path
        return "/".join((*above, name))

    def _in_tables(self, title: str) -> str | None:
        """The indicator, or level of indicators, of the report's tables that a heading names: （二）管理效率分析; 项目决策情况."""
        name = HEADING_WORDS.sub("", MARKS_BEHIND.sub("", title))
        return next((one for one in (name, name.removeprefix("项目")) if one in self.about.indicators), None)

    def _mark_in_tables(self, reading: Reading, label: str) -> Match | None:
        """绩效目标合理性得3分: the mark of an indicator that the report's tables name, in the words before it, in the sentence before words
        that point to it (支付率为94%，按比例得4.7分), or in the heading.
        """
        if (
            not self.about.indicators
            or reading.quantity.kind != "score"
            or reading.aspect != "value"
            or reading.role == "reason"
            or (said := mark_said(label)) is None
        ):
            return None
        what, words = said
        if what == "weight" and not self._is_full_mark(self.concepts["indicator.weight"], reading):
            return None
        if what == "weight" and not words and self._follows_a_mark(reading):
            return None
        name = indicator_in(words) if words else self._indicator_before(reading)
        if name is None or name.rpartition("/")[2] not in self.about.indicators:
            return None
        if _AND.search(self.text[reading.sentence[0] : reading.quantity.start].partition(name)[0][-1:]):
            return None  # 能力建设、满意度分值为5分和10分
        path = self._path_of_indicator(name, reading)
        concept = self.concepts[f"indicator.{what}"]
        return Match(concept, path, None, None, concept.id, CERTAIN, (), None) if path is not None else None

    def _follows_a_mark(self, reading: Reading) -> bool:
        """Whether another mark stands before one in its sentence."""
        before = self.readings[self.at - 1] if self.at else None
        return before is not None and before.sentence == reading.sentence and before.quantity.kind == "score"

    def _indicator_before(self, reading: Reading) -> str | None:
        """The indicator of the report's tables that the sentence named last before a figure, or else the heading over it."""
        begin = max(reading.sentence[0], self.text.rfind("；", 0, reading.quantity.start) + 1)
        words = re.sub("[ \n“”]", "", self.text[begin : reading.quantity.start])
        found = max(
            ((words.rfind(name) + len(name), len(name), name) for name in self.about.indicators if name in words),
            default=None,
        )
        if found is not None:
            return found[2]
        at = self.outline.owner[reading.block]
        titles = (self._titled_item(reading), reading.topic, self.outline.nodes[at].title if at != ROOT else None)
        return next((name for title in titles if title and (name := self._in_tables(title)) is not None), None)

    def _titled_item(self, reading: Reading) -> str | None:
        """What the item that a figure stands in is called: 1.整体效能。该项分值20分."""
        item = _TITLED_ITEM.match(self.text, self.text.rfind("\n", 0, reading.quantity.start) + 1)
        return item[1] if item is not None and item.end() <= reading.quantity.start else None

    def _level_over(self, reading: Reading) -> str | None:
        """The level of indicators that the heading over a figure names: 2.效益指标完成情况。本类权重30分."""
        at = self.outline.owner[reading.block]
        level = level_of(self.outline.nodes[at].title, True) if at != ROOT else None
        return indicator_in(level) if level is not None else None

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
        title = HEADING_WORDS.sub("", MARKS_BEHIND.sub("", self.outline.nodes[at].title))
        if title in (path[-1], f"{path[-1]}指标", path[-1].removesuffix("指标")):
            self._marked[at] = path

    def _means_else(self, name: str, reading: Reading, a_project: bool = False) -> bool:
        """Whether a name is that of a source, a class or anything else that the vocabulary knows; what is called a project
        (基本公共卫生服务项目) is no class.
        """
        if self.concepts.fund_in(name) is not None or find_economic(name, self.year) is not None:
            return True
        if (
            self.project is None
            and not (a_project or name.endswith("项目"))
            and find_function(name, self.year) is not None
        ):
            return True
        for id in _BUDGET_PARTS:
            member = self.concepts[id].member_of(name)
            if member is not None and not member[1]:
                return True
        for scope in self.scopes(reading.block):
            hit = self.pack.find(scope, TEN_THOUSANDS, reading.quantity.unit, name)
            if hit is not None and not hit[1] and not hit[0].named:
                return True
        return False

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
        for bound in reversed(self.bound[-LOOK_BACK:]):
            said = self.readings[bound.reading]
            if said.block != reading.block:
                break
            if bound.concept.id.startswith("project."):
                if self._in_brackets_closed(said, reading):
                    continue  # 总投资30万元（其中土建28万元），合计批复50万元
                if said.sentence == reading.sentence:
                    return bound.member
                names.add(bound.member)
        return names.pop() if len(names) == 1 else None

    def _in_brackets_closed(self, said: Reading, reading: Reading) -> bool:
        """Whether a figure before stands in brackets that are closed by now."""
        between = self.text[said.quantity.end : reading.quantity.start]
        return said.sentence == reading.sentence and between.count("）") > between.count("（")

    def _project_of_sentence(self, reading: Reading) -> str | None:
        """The project that the reading's sentence is about, in a report on projects."""
        if not self.about.projects:
            return None
        start = reading.sentence[0]
        name = named_by_subject(self.text[start : min(reading.quantity.start, start + ITEM_HEAD)])
        if name is not None and self.project is not None and is_money_of(self.project, name):
            return self.project
        return name

    def _project_of_item(self, reading: Reading) -> str | None:
        """The project that a paragraph, an item of a list of several, begins with and is about."""
        if not self.about.projects:
            return None
        end = reading.quantity.start
        start = self.text.rfind("\n", 0, end) + 1
        for inside in _NEXT_ITEM.finditer(self.text, max(start, end - LOOK_BACK), end):
            start = inside.end()  # 1.城市低保资金42万元，…。2.农村低保资金90万元，…
        if start not in self._items:
            self._items[start] = named_by_item(self.text[start : start + ITEM_HEAD])
        return self._items[start]

    def _project_of_heading(self, block: int) -> str | None:
        """The project that the nearest heading around a block names."""
        at = self.outline.owner[block]
        title = self.outline.nodes[at].title if at != ROOT else ""
        while at != ROOT:
            node = self.outline.nodes[at]
            if self.roles[at] in _MAY_NAME_A_PROJECT:
                name = named_by_heading(node.title)
                if name is None and self.about.projects and _OF_FUNDS.search(title):
                    name = named_by_fund_heading(node.title)
                if name is not None:
                    return name
            at = node.parent
        return None

    def _project_under(self, reading: Reading) -> str | None:
        """The project of which a heading is the bare name, one of several under a heading on projects: 主要项目绩效情况 over （一）茶苗补植
        and （二）果农培训; or with which an item there begins: 1.茶苗补植。到位资金9万元，支出8万元.
        """
        at = self.outline.owner[reading.block]
        if at != ROOT and _OVER_PROJECTS.search(self.outline.nodes[at].title):
            item = _TITLED_ITEM.match(self.text, self.text.rfind("\n", 0, reading.quantity.start) + 1)
            if item is None or item.end() > reading.quantity.start or NO_NAME.search(item[1]):
                return None
            return project_in(item[1], None, False, self.about.seats)
        while at != ROOT:
            over = self.outline.nodes[at].parent
            if over != ROOT and (
                _OVER_PROJECTS.search(self.outline.nodes[over].title) or self.roles[over] in _ON_PROJECTS
            ):
                return self._projects_under(over).get(at)
            at = over
        return None

    def _projects_under(self, over: int) -> dict[int, str]:
        """The headings under one on projects that are names of projects, where most of them are."""
        found = self._named_under.get(over)
        if found is None:
            beside = [at for at, node in enumerate(self.outline.nodes) if node.parent == over]
            found = {}
            for at in beside:
                title = self.outline.nodes[at].title
                name = None if NO_NAME.search(title) else project_in(title, None, False, self.about.seats)
                if name is not None:
                    found[at] = name
            if len(found) < _SEVERAL or 2 * len(found) <= len(beside):
                found = {}
            self._named_under[over] = found
        return found


@cache
def guard(source: str, trusted: bool) -> Searcher:
    """The searcher for a rule's condition on its sentence."""
    return compile_pattern(source, trusted)

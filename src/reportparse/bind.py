"""Mentions → facts, by the rule packs: headings and labels → concept and member.

Nothing here knows a digit, a unit's printed form or a province. A mention is claimed once (twice only where its
sentence says one number of two things); what no rule claims is returned as unclaimed.

Over 400 lines because what a fact is of is asked of its list, its title and its neighbours in one order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from reportparse.bound import SENTENCE_AT_MOST, WIDE_FUND, About, Bound, Match, begin
from reportparse.classes import path_of
from reportparse.concepts import Concept
from reportparse.labels import CERTAIN, without_brackets
from reportparse.matching import (
    ARE_THERE,
    BALANCES,
    CHANGES,
    CROSSING,
    NAMED,
    PEOPLE,
    POINTS,
    POSTS,
    SIDE_WORD,
    WITHIN_TOTAL,
    Matching,
    same_side,
)
from reportparse.model import Compared
from reportparse.naming import FEW, HEADING_WORDS, LOOK_BACK, POINTING
from reportparse.numbers import Quantity
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANYWHERE, ResolvedPack
from reportparse.patterns import seldom
from reportparse.reach import OF_OTHERS, OWN_AGAIN, WHOLE_PLACE, is_part_of_year
from reportparse.reading import Reading

_BY_THEN = re.compile("截[至止]")
_ROUNDED = Decimal("0.06")
_BARE_SIDE = re.compile("(?:共|累计|实际|全年)*(?:支出|收入|开支|列支)(?:资金|金额)?")
_SIDE_ALONE = re.compile("(?:决算)?(?:收入|支出)(?:决算)?数?")
_ALL_OF_IT = re.compile(
    r"(?:全部|均|都|皆)(?:为|是|系|用于)(?P<what>[^，。；：（）\d]{2,12}?)(?:接待)?(?:费用?|支出)?[，。；：]"
)
_ALL_OF_IT_BEHIND = re.compile(
    r"(?:[、，]?(?:来宾|人数)?\d+(?:人次|人))?[，（](?:全部|均|都|皆)(?:为|是|系)(?P<what>[^，。；：（）\d]{2,12}?)(?:接待)?[，。；）]"
)
_AMONG_THEM = re.compile("[^。；]*其中")
_LOOK_AROUND = 60
"""Characters before a figure in which all of what it is of may be told: 全部为国内公务接待."""
_SIDED = ("revenue.", "expenditure.")
_TOTAL_ALONE = re.compile("(?:总支出|支出总额|总额|总费用|支出合计|合计)(?:决算|预算)?数?")
_BY_DOCUMENT = re.compile(r"》|[〔【\[（(](?:19|20)\d\d[〕】\])）]第?\d{1,5}号|文件(?:，|下达)")
_BAND = re.compile(r"（含.{0,4}）|(?:及其?)?以[上下]|[-—~至]\d")
_WHOLE = frozenset({"合计", "共计", "总计", "小计", "共", "一共", "总共"})
_LEVELS = "类款项"
_OF_BASIC = frozenset({"expenditure.basic", "expenditure.economic"})
"""What 基本支出 is broken down by."""
_ON_BALANCES = re.compile(r"\s*(?:年末)?结转(?:和|及|、)?结余(?:资金)?(?:情况|方面)?[。：]")
_MOVES = frozenset({"staffing.joined", "staffing.left"})
_BUDGET = seldom(
    r"(?:[市县区省]?(?:财政局?)?(?:批复|核定|下达|安排)(?:我|本)(?:部门|单位|[局委办院校会馆站厅所]))?(?:年初|全年|年度|调整后?|当年|本年)*(?:(?:部门|单位)(?:（(?:部门|单位)）)?)?(?:年初|全年)?(?:整体)?(?:财政|资金)?预算(?:年初|批复|核定|安排|下达|资金|总?金额|总额|总计)*数?"
)
"""A budget of which only the report says whose it is."""
_OF_ALL_MONEY = seldom(
    r"(?:部门|单位|（(?:部门|单位)）|整体|财政|资金|收支|规模|基本|摘\s*要|前言|引言|概述|收入|支出|预算|决算|预决算|年度|年初|批复|安排|下达|来源|投入|执行率?|使用|管理|绩效|自评|结果|概况|情况|说明|分析|总体|及其?|和|与|的|20\d\d年)+"
)
_IS_THEN_SPENT = seldom(
    r"[，；](?:全年|当年|本年|年末|累计|年度|实际|决算|执行|完成|部门|单位|财政|资金)*(?:支出(?:决算|执行|合计|总额|金额)?数?|(?:执行|决算)(?:数|金额)?)(?:为|是|了|共计?|合计)?\d|元[，（；]?(?:其中：?)?(?:基本|项目)支出\d|[，；][^。]{0,80}调整后?的?(?:部门|全年|支出)*预算"
)
_LEFT = re.compile("结转|结余")
_A_COUNT = re.compile("(?:项目|单位|指标)(?:总数|总个数|个数|数量)$")
_IS_SPENT_NEXT = re.compile(
    r"。?(?:截[至止][^，。；\n]{4,14}，)?(?:我[局委办院校站所镇乡]|本(?:部门|单位))?(?:全年|当年|本年|累计|年度|实际|决算|共)+(?:完成)?支出(?:数|总额|合计|金额)?(?:为|共计?)?\d"
)
"""The next sentence says what was spent, and of nothing else: 年初预算9万元，年中追加1万元。全年累计支出10万元."""
_IS_SPENT = re.compile(r"(?:实际(?:完成|发生|总)?|已经?|累计)(?:支出|支付|拨付|发放|兑付|使用)(?:了)?(?:资金|金额)?$")
_PLANNED_COUNTS = frozenset(
    f"three_public.{name}"
    for name in ("abroad_groups", "abroad_people", "vehicles_bought", "reception_batches", "reception_people")
)
"""Counts that a budget plans, as it plans money."""
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
_SPENT_IN_YEAR = re.compile("(?:当年|本年)(?:累计|共|实际|决算)+支出|(?:当年|本年)支出")
_FLOWS = ("revenue.", "expenditure.", "three_public.", "meeting_cost", "training_cost", "agency_operating")
"""What runs over a year and is another figure for a part of it."""


def bind(
    readings: list[Reading],
    text: str,
    outline: Outline,
    roles: Sequence[str | None],
    pack: ResolvedPack,
    about: About,
    tell: Callable[[int], None] | None = None,
) -> list[Bound]:
    """Bind what the pack's rules claim. ``roles[n]`` is the role of outline node ``n``; ``tell`` hears which reading is next. What a
    passage on one of several projects says is put in the place of the reading that was made of its sentence alone.
    """
    binder = _Binder(readings, text, outline, roles, pack, about)
    for index in range(len(readings)):
        if tell is not None:
            tell(index)
        binder.bind(index)
        if readings[index].also is not None:
            binder.bind_also(index)
        if readings[index].bases:
            binder.bind_on_other_bases(index)
    return binder.crossed_by_nature()


class _Binder(Matching):
    """Takes the readings in order and gives each the fund, basis, period and base that its place and its neighbours say."""

    def bind(self, index: int) -> None:
        self.at = index
        reading = self.readings[index]
        if "glossary" in self.scopes(reading.block):
            return
        if (told := self._of_project_told(index, reading)) is not None:
            if told[0] is not None:
                self._claim(index, told[1], reading.labels[0], told[0])
            return
        if (spoken := self._of_spoken(index, reading)) is not None:
            self.readings[index] = spoken[0]
            self._claim(index, spoken[0], "", spoken[1])
            return
        if reading.belongs is not None and (reading.belongs in self.of_reading or not any(reading.labels)):
            owners: Sequence[int] = self.of_reading.get(reading.belongs, ())
            if reading.aspect == "execution_rate" and _LEFT.search(self.readings[reading.belongs].labels[0]):
                owners = self._said_of_spending(reading)
            elif self.readings[reading.belongs].bases:
                owners = owners[-1:]
            if reading.aspect == "execution_rate" and "综合" in self._words_before(reading):
                # 奖补资金预算执行率为100%，综合预算执行率为93%: that of all is not that of the part told of last
                owners = [
                    at
                    for at in owners
                    if self.bound[at].concept.id != "project.amount" or self.bound[at].member == self.project
                ]
            for at in owners:
                self._inherit(index, reading, at)
            if not owners and (own := self._bare_of_own(reading)) is not None:
                self._claim(index, reading, "", own)
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
            if match is None and label[:1] in POINTING:
                match = self._mark_in_tables(reading, label)
            if match is None and reading.topic:
                match = self._match(reading, HEADING_WORDS.sub("", reading.topic))
                label = reading.topic if match is not None else label
            if match is None and label:
                match = self._match(reading, label)
            if match is None and not label:
                match = self._bare_of_own(reading)
            if match is None:
                match = self._mark_in_tables(reading, label)
            of_all = match is not None and match.confidence != CERTAIN and label.endswith("项目支出")
            if (match is None or of_all) and (project := self._project_executed(index, reading, label)) is not None:
                match = project
            if match is None or match.concept.id == "evaluation.project_amount":
                match = self._several_projects(index, reading, label) or match
            if match is None and self._is_of_what_is_spent(reading, label):
                match = self._match(reading, "支出预算")  # 年初预算90万元，实际支出85万元
            if (
                match is not None
                and match.concept.id == "expenditure.current"
                and self._is_spent_of_total(reading, label)
            ):
                match = match._replace(concept=self.concepts["expenditure.total"])
            if match is not None and (match.confidence == CERTAIN or self._may_assume(reading)):
                if self._is_beyond(reading, match):
                    continue
                if match.concept.id.startswith("organisation.") and reading.quantity.unit in PEOPLE - {"个"}:
                    continue  # 编制62人，其中下属单位40人
                if self._is_listed_already(reading, match) or self._is_of_running_costs(reading, match):
                    continue
                if self._is_instalment(index, reading, match) or self._is_spent_in_passing(reading, match, label):
                    continue
                if match.concept.id in BALANCES and (
                    self._is_of_a_project(reading) or self._words_before(reading) == "，"
                ):
                    continue  # 年末结转和结余9万元，5万元为未到付款节点的尾款
                if (
                    match.concept.id == "assets.area"
                    and self.about.projects
                    and not any("asset" in scope for scope in self.scopes(reading.block))
                ):
                    continue  # 展厅总建筑面积900平方米: of what the project is on
                if not self._is_adrift(reading, match) and not self._is_of_what_is_counted(reading, match):
                    self._claim(index, reading, label, match)

    def bind_also(self, index: int) -> None:
        """The same change from a second thing: 与年初预算、上年决算均持平."""
        reading = self.readings[index]._replace(compared=self.readings[index].also)
        for at in tuple(self.of_reading.get(index, ())):
            one = self.bound[at]
            compared = self._compared(reading, one.basis, one.period, one.concept, one.member, one.fund)
            self._append(index, one._replace(compared=compared))

    def bind_on_other_bases(self, index: int) -> None:
        """The same figure on other bases too: 全年预算和执行数均为9万元."""
        for at in tuple(self.of_reading.get(index, ())):
            for basis in self.readings[index].bases:
                self._append(index, self.bound[at]._replace(basis=basis))

    def _is_spent_of_total(self, reading: Reading, label: str) -> bool:
        """Whether what was spent in the year goes on from the budget of all spending: 部门支出全年预算90万元，当年实际支出85万元."""
        last = self.bound[-1] if self.bound else None
        return (
            last is not None
            and last.concept.id == "expenditure.total"
            and last.basis in ("budget", "adjusted_budget")
            and self.readings[last.reading].sentence == reading.sentence
            and _SPENT_IN_YEAR.fullmatch(label) is not None
        )

    def _is_of_what_is_spent(self, reading: Reading, label: str) -> bool:
        """Whether a budget that names no side is of the body's whole spending: nothing else is spoken of, and what was spent
        follows in the sentence.
        """
        if reading.basis is None or reading.aspect != "value" or reading.quantity.kind != "amount":
            return False
        if (
            self.about.projects
            or reading.belongs is not None
            or (reading.head is not None and not reading.loose)
            or not _BUDGET.fullmatch(label)
        ):
            return False
        node = self._section_of(reading.block)
        if node is None or not _OF_ALL_MONEY.fullmatch(self.outline.nodes[node].title):
            return False
        end = reading.quantity.end
        if _IS_THEN_SPENT.search(self.text, end - 1, min(reading.sentence[1], end + SENTENCE_AT_MOST)) is not None:
            return True
        return _IS_SPENT_NEXT.match(self.text, reading.sentence[1]) is not None

    def _is_beyond(self, reading: Reading, match: Match) -> bool:
        """Whether a flow is not the body's own, or not of the whole year."""
        flows = match.concept.kind == "amount" and match.concept.id.startswith(_FLOWS)
        return flows and (self._is_of_others(reading) or self._is_part_year(reading))

    def _is_of_what_is_counted(self, reading: Reading, match: Match) -> bool:
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

    def _is_listed_already(self, reading: Reading, match: Match) -> bool:
        """Whether the sentence has given another figure of what is listed already: 政府采购预算9万元：货物6万元、服务3万元；其中一般公共预算拨款
        政府采购5万元：货物2万元.
        """
        if match.part_of is None or match.member is None or match.cross or reading.aspect != "value":
            return False
        over = self.bound[match.part_of]
        if match.fund is not None or (over.concept, over.member) == (match.concept, match.member):
            return False  # 项目支出9万元，其中：一般公共预算8万元
        for one in reversed(self.bound[-FEW:]):
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

    def _is_spent_in_passing(self, reading: Reading, match: Match, label: str) -> bool:
        """Whether a bare 支出 is of what the clause before it names, and not of the body: …的原因是新增任务，支出60万元; among the parts
        of another figure: 项目支出90万元，主要是车辆更新，支出18万元.
        """
        if match.concept.id not in WITHIN_TOTAL and match.concept.id not in WITHIN_TOTAL.values():
            return False
        if match.member is not None or not _BARE_SIDE.fullmatch(label):
            return False
        heads = self._heads(reading)
        return reading.role == "reason" or (bool(heads) and self.bound[heads[0]].member is not None)

    def _is_instalment(self, index: int, reading: Reading, match: Match) -> bool:
        """Whether money that one document hands down is a part of what the project was said to get: 下达补助资金9万元。根据某财农〔2023〕
        1号文件下达资金6万元，…
        """
        basis = match.basis or reading.basis
        if match.concept.id != "project.amount" or basis != "budget" or reading.aspect != "value":
            return False
        before = self.readings[index - 1].quantity.end if index else 0
        said = self.text[max(before, self.text.rfind("\n", 0, reading.quantity.start) + 1) : reading.quantity.start]
        if _BY_DOCUMENT.search(said) is None or reading.quantity.yuan is None:
            return False
        return any(
            one.concept is match.concept
            and one.member == match.member
            and one.basis == "budget"
            and self.readings[one.reading].aspect == "value"
            and (self.readings[one.reading].quantity.yuan or 0) > reading.quantity.yuan
            for one in self.bound[-LOOK_BACK:]
        )

    def _is_of_running_costs(self, reading: Reading, match: Match) -> bool:
        """机关运行经费56万元，其中：会议费等8万元: the offices' own share of a cost is no figure of all of it."""
        heads = self._heads(reading)
        over = self.bound[heads[0]].concept.id if heads else ""
        return over == "agency_operating" and match.concept.id.startswith(
            ("three_public.", "meeting_cost", "training_cost")
        )

    def _is_of_a_project(self, reading: Reading) -> bool:
        """茶园改造项目全年预算90万元，其中上年结转资金10万元; 实际支出85万元，结转下年5万元: what pays for a project, and what is
        left of its money, is no balance of the body's.
        """
        heads = self._heads(reading)
        if heads:
            return self.bound[heads[0]].concept.id.startswith("project.")
        last = self.bound[-1] if self.bound else None
        return (
            last is not None
            and last.concept.id.startswith("project.")
            and self.readings[last.reading].sentence == reading.sentence
        )

    def _is_adrift(self, reading: Reading, match: Match) -> bool:
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
        if "fin.income" in self.scopes(reading.block) and "支" not in "".join(reading.labels):
            return False  # under the heading on what comes in a fund is a source
        for label in reading.labels:
            named = self.concepts.fund_in(label.removeprefix("使用"))
            rest = named[1] if named is not None else ""
            if named is None or named[0] == "appropriation" or not _DENIED.fullmatch(rest):
                continue
            sides = [side for side in ("revenue", "expenditure") if SIDE_WORD[side] in rest] or ["expenditure"]
            if "收支" in rest:
                sides = ["revenue", "expenditure"]
            for side in sides:
                concept = self.concepts[f"{side}.total"]
                match = Match(concept, None, None, named[0], f"fund:{named[0]}", CERTAIN, (), None)
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
        last = self.bound[-1]
        if (
            self.bound[at].concept.id == "evaluation.projects"
            and last.concept.id == "evaluation.project_amount"
            and self.readings[last.reading].sentence == reading.sentence
            and reading.aspect in ("change_rate", "execution_rate")
        ):
            at = len(self.bound) - 1  # 承担项目2个，全年预算90万元，比上年增长16%: the money did
        if reading.aspect == "share" and reading.share_of and _A_COUNT.search(reading.share_of):
            if self.bound[at].concept.kind == "amount":
                return  # 20个项目评为优，涉及资金90万元，占项目总数的80%: of the projects, and not of their money
        owner = self.bound[at]
        if not _fits(reading, owner.concept) or self._follows_unbound(index, reading):
            return
        if owner.concept.id in _MOVES and reading.aspect in CHANGES and reading.compared in (None, (None, None)):
            return  # 新进人员3人，减少2人: no change of how many came
        if owner.concept.id in BALANCES and reading.basis in ("budget", "adjusted_budget"):
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
        elif (like := self._like_with_like(index, reading, owner)) is not None:
            base, basis = like  # 全年预算9万元，全年执行8万元。与2022年全年预算7万元相比，增加2万元
        elif reading.aspect in CHANGES and reading.period is not None and reading.period != period:
            base, period = None, reading.period  # 2021年、2022年分别为8万元、9万元，2023年比2022年增加1万元
        compared = self._compared(reading, basis, period, owner.concept, owner.member, owner.fund)
        rated = reading.aspect == "execution_rate" and basis in ("budget", "adjusted_budget")
        if (
            compared is not None
            and owner.concept.money
            and (rated or (compared.period, compared.basis) == (period, basis))
        ):
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

    def _said_of_spending(self, reading: Reading) -> tuple[int, ...]:
        """The outcome that a sentence states before what is left of it: 实际支出90万元，无结转资金，支出进度100%."""
        for at in range(len(self.bound) - 1, max(-1, len(self.bound) - FEW), -1):
            one = self.bound[at]
            said = self.readings[one.reading]
            if said.sentence != reading.sentence:
                break
            if (
                one.concept.money
                and one.concept.id not in BALANCES
                and said.aspect == "value"
                and one.basis == "actual"
            ):
                return (at,)
        return ()

    def _like_with_like(self, index: int, reading: Reading, owner: Bound) -> tuple[int, str] | None:
        """The budget that a change is of, where an outcome was spoken of last and the change is against an earlier year's budget:
        by the figures it must be that of this year's, and a rate beside it is of the same.
        """
        against, on = reading.compared or (None, None)
        if reading.aspect not in CHANGES or on not in ("budget", "adjusted_budget") or on == owner.basis:
            return None
        before = self.of_reading.get(index - 1, ()) if reading.aspect == "change_rate" else ()
        for at in before:
            one = self.bound[at]
            if self.readings[index - 1].aspect == "change" and one.basis == on and one.base is not None:
                return one.base, on
        at_now = self._values.get((owner.concept.id, owner.member, owner.fund, on, owner.period))
        then = self._printed_as(owner.concept, owner.member, owner.fund, on, against or "")
        if at_now is None or then is None or then.value is None or reading.quantity.value is None:
            return None
        now = self.readings[self.bound[at_now].reading].quantity
        if now.value is None or {now.unit, then.unit} != {reading.quantity.unit}:
            return None
        return (at_now, on) if abs(now.value - then.value) == abs(reading.quantity.value) else None

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
        if (
            concept.within is not None
            and not concept.id.startswith(_SIDED)
            and _TOTAL_ALONE.fullmatch(reading.share_of)
        ):
            return part_of, None  # 公务接待费0.9万元，占总支出决算的9%: of what it is a part of
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
            if (listed.concept is match.concept and listed.member == match.member) or same_side(
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
            and (concept.within == name or same_side(concept.within, name))
        )
        return base, None if natural else name

    def _part_of_within(self, concept: Concept, label: str) -> Match | None:
        """货物采购授予中小企业合同金额占货物支出金额的: a part of the total that the concept is a part of."""
        if concept.within is None or concept.within not in self.concepts:
            return None
        total = self.concepts[concept.within]
        hit = total.member_of(label) if total.members else None
        if hit is None or hit[1]:
            return None
        return Match(total, hit[0], None, None, concept.id, CERTAIN, (), None)

    def _claim(self, index: int, reading: Reading, label: str, match: Match) -> None:
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
                fund = opener[0] if opener is not None else self._fund_of_list(reading)
                if fund is None:
                    two = self._is_on_two_funds(reading.block)
                    fund = self._fund_before(reading.block) if two else self.section_fund(scopes)
                if opener is None and concept.id in BALANCES and self._begins_on_balances(reading):
                    fund = self._fund_of_list(reading)
                if fund is None and concept.classes is not None:
                    fund = self._fund_of_title(reading.block)
                last = self.bound[-1] if self.bound else None
                # 一般公共预算收入9万元，收入总计20万元: the second is no other side of the first.
                goes_on = (
                    last is not None
                    and last.concept is not concept
                    and (label in _SIDES or label[:1] == "加" or (concept.id in BALANCES and last.part_of is None))
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
                    and concept.id not in WITHIN_TOTAL
                    and reading.block not in self.outline.surely
                ):
                    section = self._section_of(reading.block)  # 财政拨款收支总预算9万元。收入包括：…
                    fund = self._fund_of_total.get(section) if section is not None else None
                if fund is None and concept.id in _OF_BASIC and reading.block not in self.outline.surely:
                    section = self._section_of(reading.block)  # 一般公共预算基本支出9万元。人员经费8万元
                    fund = self._fund_of_basic.get(section) if section is not None else None
                if fund is None and reading.aspect in CHANGES:
                    fund = self._fund_of_value(concept, match.member, reading.block)
                fund = fund or "all"
        basis: str | None = None
        if numeric and not concept.money and concept.id.startswith(NAMED):
            basis = "actual"
        elif numeric:
            basis = reading.basis or match.basis or (self._usual_basis(reading.block) if concept.money else "actual")
            if reading.basis is None and match.basis is None and concept.money:
                basis = self._basis_of_list(reading, match) or basis
            elif reading.basis is None and match.part_of is not None and self.bound[match.part_of].concept is concept:
                basis = self.bound[match.part_of].basis  # 预算安排购置车辆2辆，其中：其他用车2辆
            if basis == "budget" and reading.basis == "budget" and self._is_of_adjusted(match, label):
                basis = "adjusted_budget"
            if concept.is_state:
                basis = "actual"
            elif reading.basis is None and concept.id in _PLANNED_COUNTS and reading.aspect == "value":
                basis = self._usual_basis(reading.block)
        period: str | None = None
        if numeric:
            period = reading.period or (None if concept.money else reading.as_of)
            period = period or self.about.usual_period
            if concept.id.startswith(NAMED) and (
                self._is_stock_taking(reading) or self._is_looking_back(concept, reading)
            ):
                period = self.about.usual_period
            if reading.period is None and match.part_of is not None:
                period = self.bound[match.part_of].period
        if (
            numeric
            and reading.aspect == "value"
            and self._is_the_whole_again(match, concept, fund, basis, period, reading)
        ):
            return
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

    def _is_the_whole_again(
        self, match: Match, concept: Concept, fund: str | None, basis: str | None, period: str | None, reading: Reading
    ) -> bool:
        """Whether a part of a project's money that its list gives no name would be the whole: 步道工程安排资金60万元，其中50万元为中央资金."""
        if match.part_of is None or not concept.id.startswith("project."):
            return False
        over = self.bound[match.part_of]
        whole = self.readings[over.reading].quantity.value
        unnamed = reading.labels == self.readings[over.reading].labels and (over.member or "") in reading.labels[0]
        own = (concept, match.member, fund, basis, period)
        same = unnamed or (over.concept, over.member, over.fund, over.basis, over.period) == own
        return same and whole is not None and reading.quantity.value not in (None, whole)

    def _is_of_adjusted(self, match: Match, label: str) -> bool:
        """Whether a budget is listed under a total of which the sentence gives the full-year budget alone: 全年预算数90万元，执行数85万元。
        其中：基本支出预算数60万元.
        """
        if match.part_of is None or "初" in label or match.concept.id.startswith(NAMED):
            return False
        over = self.bound[match.part_of]
        return self._is_full_year_alone(over.concept, over.member, over.fund, over.period)

    def _is_full_year_alone(self, concept: Concept, member: str | None, fund: str | None, period: str | None) -> bool:
        """Whether the full-year budget is the only one stated of a thing."""
        stated = [(concept.id, member, fund, on, period) in self._values for on in ("budget", "adjusted_budget")]
        return stated == [False, True]

    def _is_gross(self, label: str, part_of: int | None) -> bool:
        """资产总计89万元，其中固定资产原值120万元: what was paid for it once is no part of what it all is worth."""
        return part_of is not None and "原值" in label and "原值" not in self.bound[part_of].label

    def _of_the_year(self, match: Match, reading: Reading, label: str) -> Concept:
        """收入总计9万元，其中：收入合计8万元，年初结转和结余1万元: listed under the total, what came in the year itself."""
        own = WITHIN_TOTAL.get(match.concept.id)
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
        if concept.members and (member := self._member_of_all(reading, concept)) is not None:
            return member
        for before in reversed(self.bound):
            said = self.readings[before.reading]
            if said.block != reading.block or concept.family not in (before.concept.id, before.concept.family):
                return None
            if "；" in self.text[said.quantity.end : reading.quantity.start] and _AMONG_THEM.match(
                self.text, begin(said)
            ):
                return None  # 接待9批次，其中外事接待1批次；接待74人次
            if not self._is_in_brackets(said) or self._is_in_brackets(reading):
                return before.member
        return None

    def _member_of_all(self, reading: Reading, concept: Concept) -> str | None:
        """公务接待费0.9万元，全部为国内公务接待，共接待9批次；接待9批次、74人次，均为国内接待: what all of it is said to be."""
        start, end = reading.quantity.start, reading.quantity.end
        if self.bound and self.readings[self.bound[-1].reading].block == reading.block:
            words = self.text[max(self.readings[self.bound[-1].reading].quantity.end, start - _LOOK_AROUND) : start]
        else:
            words = ""
        said = _ALL_OF_IT.search(words) or _ALL_OF_IT_BEHIND.match(self.text, end)
        hit = concept.member_of(said["what"]) if said is not None else None
        return hit[0] if hit is not None else None

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
            if posts_again != self.readings[self.at - 1].labels[0] and POSTS.search(without_brackets(posts_again)):
                return before.member
        return None

    def _basis_of_list(self, reading: Reading, match: Match) -> str | None:
        """The basis of the total that an item is listed under, bound or not: 年初预算90万元，其中：基本支出60万元."""
        if _IS_SPENT.search(reading.labels[0]):
            return "actual"  # 年初预算90万元，其中…，目前已拨付85万元
        if match.part_of is not None:
            return self.bound[match.part_of].basis
        if match.concept.id.startswith(NAMED) or (reading.loose and not match.concept.fund_open):
            return None
        heads = self._heads(reading)
        if heads:
            return self.bound[heads[0]].basis
        return self.readings[reading.head].basis if reading.head is not None and reading.role != "reason" else None

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
        sides = last.concept.id in WITHIN_TOTAL and concept.id in WITHIN_TOTAL and last.concept is not concept
        return last if sides and last.fund not in (None, "all") and self._in_sentence_of(last, reading) else None

    def _begins_on_balances(self, reading: Reading) -> bool:
        """Whether a paragraph under a heading on a fund has words of its own for a heading: 结转结余情况。年末结转和结余9万元."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        return _ON_BALANCES.match(self.text, start) is not None

    def _is_on_two_funds(self, block: int) -> bool:
        """Whether a heading names two funds, so that it does not say which one is meant: 政府性基金和国有资本经营预算情况."""
        at = self._section_of(block)
        named = self.concepts.fund_in(self.outline.nodes[at].title) if at is not None else None
        again = self.concepts.fund_in(named[1]) if named is not None else None
        return (
            named is not None and again is not None and WIDE_FUND not in (named[0], again[0]) and named[0] != again[0]
        )

    def _fund_before(self, block: int) -> str | None:
        """The fund that the figure before under the same heading is of: 政府性基金本年收入9万元。本年支出8万元."""
        last = self.bound[-1] if self.bound else None
        same = last is not None and self.outline.owner[self.readings[last.reading].block] == self.outline.owner[block]
        return last.fund if last is not None and same and last.fund != "all" else None

    def _fund_of_title(self, block: int) -> str | None:
        """The fund that the nearest heading names, where that has no meaning of its own: 财政拨款安排支出按功能科目分类情况."""
        at = self._section_of(block)
        if at is None or self.roles[at] is not None:
            return None
        named = self.concepts.fund_in(self.outline.nodes[at].title)
        return named[0] if named is not None else None

    def _fund_of_value(self, concept: Concept, member: str | None, block: int) -> str | None:
        """The fund of the figure that a change in a sentence after it is of: …人员经费85万元…。人员经费增加2万元."""
        for bound in reversed(self.bound[-LOOK_BACK:]):
            said = self.readings[bound.reading]
            if said.block != block:
                return None
            if bound.concept is concept and bound.member == member and said.aspect == "value":
                return bound.fund
        return None

    def _append(self, index: int, bound: Bound) -> None:
        if any(_same(self.bound[other], bound) for other in self.of_reading.get(index, ())):
            return  # 项目支出1、5各增加3元: one thing by two labels
        if bound.part_of is not None:
            bound = bound._replace(part_of=self._whole_of(bound))
        if bound.part_of is not None and self._is_one_of_some(index, bound):
            bound = bound._replace(part_of=None)
        if self._is_of_the_year_again(index, bound):
            bound = bound._replace(concept=self.concepts[WITHIN_TOTAL[bound.concept.id]])
        if bound.member is not None and bound.concept.id.startswith("project."):
            bound = bound._replace(member=self.as_in_its_form(bound.member))
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

    def _is_one_of_some(self, index: int, bound: Bound) -> bool:
        """Whether marks of a list were bound before without being parts of its total, so that the others do not make that up."""
        if bound.concept.id != "indicator.score":
            return False
        of = self.readings[index].list_id
        return of is not None and any(
            one.concept is bound.concept and one.part_of is None and self.readings[one.reading].list_id == of
            for one in self.bound[-LOOK_BACK:]
        )

    def _is_of_the_year_again(self, index: int, bound: Bound) -> bool:
        """Whether a total is called nothing but 收入 or 支出 and printed as what came in or went out in the year itself was
        before, and the total with what was carried over was not: 年初结转1万元，本年收入9万元。…2023年收入9万元，增长5%.
        """
        reading = self.readings[index]
        own = WITHIN_TOTAL.get(bound.concept.id)
        if own is None or bound.member is not None or reading.aspect != "value" or bound.cross:
            return False
        if _SIDE_ALONE.fullmatch(bound.label) is None:
            return False
        key = None, bound.fund, bound.basis, bound.period
        year, total = (self._values.get((id, *key)) for id in (own, bound.concept.id))
        if year is None or self.readings[self.bound[year].reading].quantity.yuan != reading.quantity.yuan:
            return False
        return total is None or self.readings[self.bound[total].reading].quantity.yuan != reading.quantity.yuan

    def _whole_of(self, bound: Bound) -> int | None:
        """The total that a fact is a part of: not an item of its own list that has items itself, but what stands over that.
        农林水支出 is no part of 社会保障和就业支出, nor 项目支出 of 基本支出, behind whose items they stand.
        """
        at = bound.part_of
        while at is not None and not _may_be_part(bound, self.bound[at]):
            at = self.bound[at].part_of
        return at

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
        last = str(int(period) - 1) if period is not None and period.isdecimal() else "unknown"
        if reading.aspect == "execution_rate":
            full = (concept.id, member, fund, "adjusted_budget", period) in self._values
            # The forms of projects ask for the rate of the full-year budget.
            full = full and concept.id.startswith("project.")
            if on == "budget" and "初" not in self._words_before(reading):
                if full:
                    on = None
                elif self._is_full_year_alone(concept, member, fund, period):
                    on = "adjusted_budget"
            if on is None:
                on = self._budget_carried_out(reading, concept, member, fund, period)
            if on is None:
                alone = full or self._is_full_year_alone(concept, member, fund, period)
                on = "adjusted_budget" if alone else "budget"
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
        while at >= 0 and self.readings[at].aspect in CHANGES and self.readings[at].sentence == reading.sentence:
            at -= 1
        if at < 0 or reading.aspect not in CHANGES or self.readings[at].sentence != reading.sentence:
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

    def crossed_by_nature(self) -> list[Bound]:
        """基本支出9万元，包括商品和服务支出4万元；项目支出5万元，包括商品和服务支出3万元: where one sentence lists the classes of both,
        or the numbered items of one section do, none of them is of all that was spent.
        """
        natures: dict[tuple[object, ...], set[str]] = {}
        over = [self._nature_over(one) for one in self.bound]
        for one, nature in zip(self.bound, over, strict=True):
            if nature is not None:
                for place in self._places_of_list(one):
                    natures.setdefault(place, set()).add(nature)
        crossing = {
            one.reading: nature
            for one, nature in zip(self.bound, over, strict=True)
            if nature is not None and any(natures[place] == CROSSING for place in self._places_of_list(one))
        }
        crossed: list[Bound] = []
        for one in self.bound:
            of = self.readings[one.reading].belongs
            nature = crossing.get(one.reading) or (crossing.get(of) if of is not None else None)
            if nature is None or one.concept.id != "expenditure.economic":
                crossed.append(one)
                continue
            own = one.of == f"expenditure.nature[{nature}]"
            crossed.append(one._replace(cross=(("nature", nature),), of=None if own else one.of))
        return crossed

    def _places_of_list(self, one: Bound) -> list[tuple[object, ...]]:
        """The sentence that a class is listed in; and the section, where its total has a number there: 1.基本支出…。其中：."""
        said = self.readings[one.reading]
        places: list[tuple[object, ...]] = [said.sentence]
        head = self.readings[self._heads(said)[0]].block if self._heads(said) else said.block
        if head in self.outline.items:
            places.append((self.outline.owner[head], one.fund, one.basis, one.period))
        return places

    def _nature_over(self, one: Bound) -> str | None:
        """The nature of the money in whose list a class stands."""
        if one.concept.id != "expenditure.economic" or one.cross:
            return None
        heads = self._heads(self.readings[one.reading])
        head = self.bound[heads[0]] if heads else None
        return head.member if head is not None and head.concept.id == "expenditure.nature" else None

    def _is_part_year(self, reading: Reading) -> bool:
        """Whether the words before a flow say that it ran to a day before the year's end: 截至6月底，财政拨款收入9万元."""
        return is_part_of_year(self.text[begin(reading) : reading.quantity.start])

    def _is_of_others(self, reading: Reading) -> bool:
        """Whether the words before a figure, or the sentence that it stands in, are on others: 全县公务接待费9万元，用车8万元."""
        start, end = self._others
        if start != reading.sentence[0] or reading.quantity.start < start:
            return False
        return OWN_AGAIN.search(self.text, end, max(end, reading.quantity.start)) is None

    def _is_stock_taking(self, reading: Reading) -> bool:
        """截至2024年6月底，实际支出…: what a project of 2023 has come to by then is still its own year's."""
        if self.year is None or reading.period != str(self.year + 1):
            return False
        return _BY_THEN.search(self.text, begin(reading), reading.quantity.start) is not None

    def _is_looking_back(self, concept: Concept, reading: Reading) -> bool:
        """2024年1月对6个子项目开展自评: the year after is when the projects of a report's year are judged."""
        if self.year is None or self.about.basis == "budget" or reading.period != str(self.year + 1):
            return False
        return concept.id.startswith(("evaluation.", "targets."))


def _same(one: Bound, other: Bound) -> bool:
    """Whether both are of one thing, whatever it is called and however sure that is."""
    return one._replace(label=other.label, confidence=other.confidence, notes=other.notes) == other


def _say_the_same(one: Reading, other: Reading) -> bool:
    """Whether two figures have one label, or both say that people are there: 实有人数, 实际."""
    return one.labels == other.labels or all(ARE_THERE.fullmatch(said.labels[0]) for said in (one, other))


def _fits(reading: Reading, concept: Concept) -> bool:
    """Whether a number can be said of a concept: no money of a score or a count, no people of money."""
    if reading.aspect == "execution_rate":
        return concept.kind == "amount"
    kind = reading.quantity.kind
    if reading.quantity.unit == POINTS:
        return False  # 执行率97%，较上年提高1.2个百分点: it is the rate that rose
    if kind == "percentage" or reading.quantity.state != "stated":
        return True
    if kind == "amount":
        return concept.kind == "amount"
    return kind == "number" or concept.kind != "amount"


def _may_be_part(part: Bound, whole: Bound) -> bool:
    """Whether one fact can be a part of another: of a class only what its code begins, of a nature of spending no other one."""
    if part.concept is not whole.concept or whole.member is None or part.member is None:
        return True
    if part.concept.classes is None:
        return part.concept.id not in _SIDE_BY_SIDE
    inner, outer = part.member.partition("@")[0], whole.member.partition("@")[0]
    return not (inner.isdigit() and outer.isdigit()) or (len(inner) > len(outer) and inner.startswith(outer))


_SIDE_BY_SIDE = frozenset({"expenditure.nature", "expenditure.basic"})
"""Concepts of which no member is a part of another."""

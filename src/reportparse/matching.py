"""What a label names where it stands: the rules of its section, the list that it is an item of, the class, fund or company that it names.

Over 400 lines because the order in which lists, labels and headings are asked is one decision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from reportparse.bound import Bound, Match
from reportparse.classes import find_function, is_marked, under_path
from reportparse.clauses import grade_of, read_label
from reportparse.concepts import Concept
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
from reportparse.naming import LOOK_BACK, TEN_THOUSANDS, TITLE_AT_MOST, guard
from reportparse.outline import ROOT
from reportparse.packs import ANY_UNIT, ANYWHERE, Field
from reportparse.reading import Reading
from reportparse.spoken import Spoken

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
_BEFORE_NOUGHT = frozenset("为是：数次费")
_NOUGHT = frozenset({"amount", "count", "headcount", "score", "text"})
_ANOTHER = re.compile("；|标值")
_ITEM_MARK = 5
_NAMED_BY = 3
POINTS = "个百分点"
_MARKED_LINE = re.compile(
    r"(?:（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十\d]{1,3}[、.．])(?P<title>[^，。；：\n（）\d]{2,40})"
    r"(?P<mark>（(?:自评|评价)?得分?)[\d.]+分）"
)
"""A line that is a heading with its mark: （二）资金投入（自评得分3分）。"""
NAMED = ("project.", "indicator.", "evaluation.", "targets.")
"""Concepts whose members are names, or that are themselves counted: neither company nor a list says anything of them."""
_TOTALS = frozenset({"revenue.total", "revenue.current", "expenditure.total", "expenditure.current"})
"""What a label says only if nothing unknown stands before it."""
_OF_ITS_OWN = ("targets.", "assets.")
"""Concepts whose figures stand behind those of others and are of no member of these."""
_OF_THE_WHOLE = frozenset({"evaluation.score", "evaluation.grade"})
_ON_EVALUATION = re.compile("上年|(?:自评|评价)(?:结果|结论|情况)")
_ON_TARGETS = re.compile("(?:年度|年初|全年)?(?:项目|总体|绩效)*目标(?:的)?(?:完成|实现)(?:情况|结果)?(?:分析)?")
_COUNTS = frozenset({"targets.count", "evaluation.projects"})
_COUNTABLE = frozenset({"amount", "headcount", "count"})
_NOTHING: frozenset[str] = frozenset()
_ANY_NUMBER = frozenset({"amount", "headcount", "count", "percentage", "score", "measure"})
_VEHICLES = re.compile("(?<=..)(?:用车|车辆)$")
ARE_THERE = re.compile("(?:实有|实际|现有|在职|在编)+(?:人员|人数)?")
POSTS = re.compile("编制(?:人?数)?$")
PEOPLE = frozenset({"人", "名", "个", "位"})
CHANGES = frozenset({"change", "change_rate"})
_IN_REASONS = frozenset({"revenue.source", "expenditure.function", "expenditure.economic"})
"""What a change given as a reason can be one of without a list: 主要是事业收入减少5万元, 教育支出增加2万元."""
_OF_AN_END = re.compile("(?:年初|年末)[^，。；]*结[转余]")
_BY_CLASS = re.compile(
    r"\s*(?:（[一二三四五六七八九十\d]{1,2}）[、.]?|[一二三四五六七八九十\d]{1,2}[、.．]|[①-⑳])?(?:从|按照?|以)(?:支出)?功能(?:科目|分类科目|分类)?(?:来)?(?:划?分|看)"
)
BALANCES = frozenset({"balance.opening", "balance.closing"})
_CARRIED_BEHIND = re.compile("结转(?:和)?(?:结余)?$|结余$")
_OF_THE_YEAR = re.compile("[本当]年(?!度)")
WITHIN_TOTAL = {"revenue.total": "revenue.current", "expenditure.total": "expenditure.current"}
CROSSING = frozenset({"basic", "project"})
"""Natures by which the money of a class is broken down."""
_SOURCES = "fin.income"
SIDE_WORD = {"revenue": "收入", "expenditure": "支出"}
_FUND_ALONE = re.compile(r"(?:资金|拨款|结转|结余|结转(?:和)?结余|收入|支出)*")
_CLAUSE_AT_MOST, _GOES_ON_AT_MOST = 160, 40
"""Characters before a figure and behind it that a guard looks at."""
_CLAUSE_END = re.compile("[，；。]")


_LEADS_ON = re.compile(r"的?(?:主要|具体)?(?:内容|构成|组成|情况|项目|用途|分类)*(?:如下|包括|分别)*[：:]?$")
"""What leads on from the name of a list's total to its items: 财政拨款支出主要内容如下：."""


class Matching(Spoken):
    """A label and its place, and the concept and member that a rule gives them."""

    def _people_follow(self, reading: Reading) -> bool:
        """Whether the next figure of a sentence says how many of the posts are filled: 行政编制5人，实有4人."""
        after = self.readings[self.at + 1] if self.at + 1 < len(self.readings) else None
        return (
            after is not None
            and after.sentence == reading.sentence
            and ARE_THERE.fullmatch(after.labels[0]) is not None
        )

    def _is_said_of(self, fund: str | None, concept: Concept, reading: Reading) -> bool:
        """Whether the block has given a total of a fund already, and another figure than this one."""
        at = self._latest.get((concept.id, None, fund)) if fund not in (None, "all") else None
        if at is None or reading.aspect != "value" or reading.basis not in (None, self.bound[at].basis):
            return False
        said = self.readings[self.bound[at].reading]
        return said.block == reading.block and said.quantity.value != reading.quantity.value

    def _begins_by_class(self, reading: Reading) -> bool:
        """Whether a paragraph of its own breaks all that was spent down by class, whatever part the one before it was on."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        return _BY_CLASS.match(self.text, start) is not None

    def _match(self, reading: Reading, label: str) -> Match | None:
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
        if quantity.unit == POINTS:
            return _NOTHING
        if kind == "number" and quantity.unit in ("万", "亿"):
            return TEN_THOUSANDS
        if reading.aspect != "value":
            return _COUNTABLE if kind == "percentage" else _KINDS.get(kind, _ANY_NUMBER)
        if state == "none":
            return _KINDS["count"] if reading.threshold is not None else _ANY_NUMBER
        if kind == "number" and quantity.value == 0 and self.text[quantity.start - 1] in _BEFORE_NOUGHT:
            return _NOUGHT  # 支出为0, and not the 0 of a cell
        return _KINDS.get(kind, _NOTHING)

    def _member_of_list(
        self, reading: Reading, label: str, scopes: tuple[str, ...], kinds: frozenset[str]
    ) -> Match | None:
        """An item of an open list is a member of what the list breaks down."""
        heads = self._heads(reading)
        if len(heads) > 1 and self._are_balances_alone(label, reading):
            return None
        for at in heads:
            head = self.bound[at]
            if (
                head.concept.id == "staffing.actual"
                and POSTS.search(label)
                and (self._people_follow(reading) or self._words_before(reading)[:1] == "；")
            ):
                continue  # 编制9人，实有8人。其中：行政编制5人，实有4人
            if (own := self._own_of_the_year(label, head)) is not None:
                return Match(own, None, None, None, head.rule, CERTAIN, (), at)
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
                        return Match(concept, name, None, None, rule.rule, CERTAIN, (), at)
                    continue
                member = self._member(concept, label, reading)
                if member is not None and member[0] == "carried_out" and self._are_left_apart(label, reading, at):
                    continue
                if member is not None and not self._is_left_over(member[0], label, head, reading):
                    id, code, confidence, notes = member
                    return Match(concept, id, code, None, rule.rule, confidence, notes, at)
            if head.concept.kind not in kinds:
                continue
            if (
                head.concept.id == "expenditure.nature"
                and head.member in CROSSING
                and not self._begins_by_class(reading)
            ):
                found = find_function(label, self.year)
                if found is not None:  # 基本支出90万元（教育支出80万元，住房保障支出10万元）
                    concept = self.concepts["expenditure.function"]
                    crossed = (("nature", head.member),)
                    return Match(concept, found.id, found.code, None, head.rule, CERTAIN, (), at, crossed)
            if (head.concept.classes is not None and head.member is not None) or head.concept.id in BALANCES:
                name = _CARRIED_BEHIND.sub("", label) if head.concept.id in BALANCES else without_basis(label)
                nature = self.concepts["expenditure.nature"].member_of(name)
                if nature is not None and nature[0] in CROSSING and not nature[1]:
                    # 教育支出（类）40万元，其中：基本支出30万元，项目支出10万元; 年末结转和结余9万元，其中：项目支出结转和结余9万元
                    cross = (("nature", nature[0]),)
                    return Match(head.concept, head.member, head.member_code, None, head.rule, CERTAIN, (), at, cross)
            member = self._member(head.concept, label, reading, head.label)
            if member is not None and member[0] == "carried_out" and self._are_left_apart(label, reading, at):
                continue
            if member is not None and self._is_left_over(member[0], label, head, reading):
                continue
            if member is not None and member[0] != head.member:
                id, code, confidence, notes = member
                return Match(head.concept, id, code, None, head.rule, confidence, notes, at)
            named = self.concepts.fund_in(label) if head.concept.fund_open else None
            if (
                named is not None
                and _FUND_ALONE.fullmatch(named[1])
                and not (head.concept.id in BALANCES and any(word in named[1] for word in SIDE_WORD.values()))
                and all(rule.named for rule in self._breakdowns(head.concept.id, head.member, scopes))
            ):
                return Match(head.concept, head.member, None, named[0], head.rule, CERTAIN, (), at)
        return None

    def _are_balances_alone(self, label: str, reading: Reading) -> bool:
        """Whether a list of both sides' totals has what was there at the ends of the year and nothing of the year itself:
        收、支总计9万元，其中：年初结转和结余1万元，年末结转和结余2万元.
        """
        return _OF_AN_END.match(label) is not None and "本年" not in self.text[slice(*reading.sentence)]

    def _member_under(
        self, reading: Reading, label: str, scopes: tuple[str, ...], kinds: frozenset[str]
    ) -> Match | None:
        """An item of a list that says what it is of in words alone: 收入包括：一般公共预算拨款收入9万元、…"""
        if not reading.under or reading.aspect != "value" or reading.loose or reading.role == "reason":
            return None
        words, _ = read_label(_LEADS_ON.sub("", reading.under))
        side = next((side for side, word in SIDE_WORD.items() if without_basis(words) == word), None)
        over = self._labelled(words, scopes, frozenset({"amount"}), reading) if words and side is None else None
        if side is not None:
            concept = self.concepts[f"{side}.total"]
            over = Match(concept, None, None, None, concept.id, CERTAIN, (), None)
        if over is None or over.confidence != CERTAIN or over.concept.kind not in kinds:
            return None
        for rule in self._breakdowns(over.concept.id, over.member, scopes):
            if rule.named:
                name = self._item_name(rule, label, reading)  # 项目支出包括委员活动经费36万元、…
                if name is not None:
                    return Match(self.concepts[rule.concept], name, None, None, rule.rule, CERTAIN, (), None)
                continue
            member = self._member(self.concepts[rule.concept], label, reading)
            if member is not None and not member[3]:
                id, code, confidence, notes = member
                return Match(self.concepts[rule.concept], id, code, over.fund, rule.rule, confidence, notes, None)
        return None

    def _own_of_the_year(self, label: str, head: Bound) -> Concept | None:
        """财政拨款收入总计90万元，由本年财政拨款收入80万元和…构成: of the total's own fund, what came in the year itself."""
        own = WITHIN_TOTAL.get(head.concept.id)
        named = self.concepts.fund_in(label[2:]) if own is not None and label.startswith(("本年", "当年")) else None
        if own is None or named is None or head.member is not None or named[0] != head.fund:
            return None
        return self.concepts[own] if named[1] == SIDE_WORD[own.partition(".")[0]] else None

    @staticmethod
    def _is_left_over(member: str, label: str, head: Bound, reading: Reading) -> bool:
        """Whether what is carried out is none of a list's parts: not of what was spent in the year, nor in a sentence of its
        own behind the list.
        """
        if member != "carried_out" or not label.startswith("年末"):
            return False
        return head.concept.id == "expenditure.current" or (reading.loose and not reading.beside)

    def _class_as_begun(self, label: str, reading: Reading, at: int) -> Match | None:
        """A class of the table that the list has begun with: 其他支出 is one of either."""
        begun = self.breakdown_in_list.get(reading.list_id) if reading.list_id is not None else None
        if begun is None or begun.classes is None or reading.loose:
            return None
        found = member_named(begun, label, self.year)
        if found is None or found[3]:
            return None
        id, code, confidence, _ = found
        return Match(begun, id, code, None, self.bound[at].rule, confidence, (), at)

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

    def _by_company(self, reading: Reading, label: str, kinds: frozenset[str]) -> Match | None:
        """An item whose neighbours are members of one breakdown is one too, under its printed name."""
        heads = self._heads(reading)
        concept = self.breakdown_in_list.get(reading.list_id) if reading.list_id is not None else None
        if concept is not None and concept.id == "staffing.actual" and self._leave(reading):
            return None
        if concept is not None and concept.strangers is not None and concept.strangers.search(label):
            return None
        if not heads or concept is None or reading.loose or reading.role == "reason" or reading.aspect != "value":
            return None
        if concept.id.startswith(NAMED):
            return None  # their names are told from other words: other rules have been asked
        if concept.kind not in kinds or not 2 <= len(label) <= 20 or len(without_basis(label)) < 2:
            return None
        if concept.kind == "headcount" and reading.quantity.unit not in PEOPLE:
            return None
        note = "member by the company it keeps"
        name = _VEHICLES.sub("", plain_member(label)) if ".vehicles" in concept.id else plain_member(label)
        return Match(concept, name, None, None, self.bound[heads[0]].rule, ASSUMED, (note,), heads[0])

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

    def _labelled(self, label: str, scopes: tuple[str, ...], kinds: frozenset[str], reading: Reading) -> Match | None:
        """The rule that explains most of a label; of equals the nearest section's. Words of a fund in front are the axis."""
        best: tuple[tuple[int, int, int], Match] | None = None
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

    def _claims_of(
        self, scope: str, label: str, kinds: frozenset[str], reading: Reading
    ) -> Sequence[tuple[int, int, Match]]:
        """What a section's rules make of a label: how many characters they leave over, 1 for a member's name alone, the match."""
        claims: list[tuple[int, int, Match]] = []
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
            place = self._project_under(reading) if concept.id in _OF_THE_WHOLE else None
            of_project = self._project_before(reading) if self.project is None and not before else place
            if (
                concept.id == "evaluation.score"
                and not member
                and of_project is None
                and (scored := self._scored_heading(reading)) is not None
            ):
                concept, member = self.concepts["indicator.score"], scored
                sure = sure if scored else None
            if concept.id in _OF_THE_WHOLE and (self.project is None or place is not None) and not member:
                project = self._project_of_item(reading) or self._project_of_heading(reading.block) or place
                project = project or (self._project_before(reading) if not before else None)
                if project is not None:  # 古树保护项目绩效自评综述：自评得分95分
                    concept, member = self.concepts["project.score"], project
                    sure = sure if self.concepts[rule.concept].kind == "score" else None
            if concept.id in WITHIN_TOTAL and fund is not None and _OF_THE_YEAR.match(label):
                concept = self.concepts[WITHIN_TOTAL[concept.id]]  # 本年一般公共预算支出9万元
            if sure is not None and sure[0] != CERTAIN and concept.id in _TOTALS:
                sure = None  # 培训支出预算, 卫生健康支出预算: of a part that nothing else tells
            if sure is not None:
                found = Match(
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
        if (because and reading.aspect not in CHANGES) or (scope == ANYWHERE and not because and not is_marked(label)):
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
            if concept.id == "staffing.actual" and (POSTS.search(without_brackets(label)) or self._leave(reading)):
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
                    match = Match(concept, id, code, None, rule.rule, confidence, notes, None)
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
        if begins:
            return head is None or self.readings[self.bound[head].reading].block != reading.block
        # 项目支出执行9万元，为全年预算10万元的90%。年末结转和结余1万元。
        own = (
            self.text.startswith("年末", reading.sentence[0])
            and self.text[reading.quantity.end : reading.quantity.end + 1] in "。，；"
        )
        if not own or head is None:
            return own
        over = self.bound[head]
        counted = "计" in over.label  # 支出总计9万元，包括本年支出8万元。年末结转和结余1万元。
        return not counted and self.readings[over.reading].sentence != reading.sentence

    def _scored_heading(self, reading: Reading) -> str | None:
        """The heading that a mark is of: it stands in the heading's own brackets (资金管理（自评得分9分）), or under a heading
        after a higher one that is the report's; or the indicator whose outcome stands right before it. It is empty where the
        mark is of neither.
        """
        last = self.bound[-1] if self.bound else None
        if self.outline.owner[reading.block] != ROOT and _ON_EVALUATION.search(
            self.outline.nodes[self.outline.owner[reading.block]].title
        ):
            return None  # 上年度自评结果应用。该项目自评得分94分
        if (
            last is not None
            and last.concept.id == "indicator.actual"
            and last.reading == self.at - 1
            and (self.readings[last.reading].block == reading.block)
        ):
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
        if _ON_TARGETS.fullmatch(title):
            return ""  # 绩效目标完成情况: the marks of indicators, which their own lines name
        return title if 2 <= len(title) <= TITLE_AT_MOST else None

    def _basis_by(self, rule: Field, reading: Reading) -> str | None:
        """The basis that a rule gives a figure whose words do not: its own, or that of the project listed before it."""
        if rule.basis is None and rule.named and rule.concept in rule.follows:
            followed = self._followed(rule, reading)
            return self.bound[followed].basis if followed is not None else None
        return rule.basis

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
        for at in range(len(self.bound) - 1, max(-1, len(self.bound) - LOOK_BACK), -1):
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
                counts = (
                    i
                    for i in between
                    if self.readings[i].quantity.kind == "count"
                    and i not in self.of_reading
                    and self.readings[i].head != bound.reading  # 绩效目标7个，其中整体1个、项目6个，涉及资金9万元
                )
                return None if money and next(counts, None) is not None else at
            if near and not bound.concept.id.startswith(("indicator.", "project.")):
                return None
        return None

    def _parent(self, reading: Reading, concept: Concept) -> int | None:
        """The total that the list names, where by its nature the concept is a part of it."""
        if reading.loose and concept.id.startswith(NAMED):
            return None
        for at in self._heads(reading):
            entry = self.bound[at]
            name = entry.concept.id if entry.member is None else f"{entry.concept.id}[{entry.member}]"
            if entry.concept is concept or (
                concept.within is not None and (concept.within == name or same_side(concept.within, name))
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
        if rule.not_after is not None and guard(rule.not_after, rule.trusted).search(self.text[begin : quantity.end]):
            return False
        if rule.only_if is None:
            return True
        end = min(end, quantity.end + _GOES_ON_AT_MOST)
        after = _CLAUSE_END.search(self.text, quantity.end, end)
        stop = after.start() if after is not None else end
        if begin == start and rule.named and self._run_in_title(reading):
            begin = self.text.rfind("\n", 0, begin) + 1  # 项目自评得分：茶苗繁育96分
        return guard(rule.only_if, rule.trusted).search(self.text[begin:stop]) is not None


def _says_its_name(bound: Bound) -> bool:
    """Whether the words before a figure name its member, and no heading, item or title does."""
    return bound.member is None or bound.member[:_NAMED_BY] in bound.label


def same_side(one: str, other: str) -> bool:
    """收入合计 and 收入总计 under one list are one base, not two."""
    return {one, other} <= {"revenue.total", "revenue.current"} or {one, other} <= {
        "expenditure.total",
        "expenditure.current",
    }

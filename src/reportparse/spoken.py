"""Passages on one project of several, in a report on a whole body: which project a figure without a name of its own is of, and what.

A project is known here by the report's own tables of projects, by the numbered items and the headings of a section on projects, or
by a list of projects before. What a passage says after a known name (茶园步道维护，年初批复60万元，支付51万元，自评得82分) is of it, until the
next item, name or, where nothing numbers it, the end of the sentence.

"""

from __future__ import annotations

import re
from bisect import bisect_left

from reportparse.bound import Match, Run
from reportparse.labels import CERTAIN
from reportparse.names import project_in
from reportparse.naming import NO_NAME, SECTION_ON_PROJECTS, Naming
from reportparse.outline import ROOT
from reportparse.patterns import seldom
from reportparse.reading import Reading

__all__ = ["Spoken"]

_LONGEST, _SHORTEST = 30, 3
_SEVERAL = 2
_ON_PROJECTS = frozenset({"fin.project", "perf.projects"})
_LEADS_TO_ITEMS = seldom(r"(?:项目|专项(?:资金)?)[^。；]{0,60}[：；，][^。；]*$")
_NUMBER = r"(?:（[\d一二三四五六七八九十]{1,2}）|(?<![\d.])\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]是)"
_BEFORE_FIGURE = (
    r"(?:年初|全年|当年|本年|年度|年中|原|调整|调增|调减|追加|预算|财政|批复|下达|安排|核定|实际|累计|已|共|由|从|向|支出|执行|使用"
    r"|支付|拨付|兑付|决算|投入|完成|花|用|自评|得分|评分)"
)
_ITEM = seldom(
    rf"(?:^|(?<=[：；。\n]))[ 　]*(?P<number>{_NUMBER})[“]?(?P<name>[^，。；：（）“”\d\n]{{3,60}}?)[”]?(?=[，。：（\d]|{_BEFORE_FIGURE}[^，。；：]{{0,12}}\d)"
)
_SAYS_MONEY = seldom(
    r"(?:预算|支出|执行|使用|安排|批复|下达|支付|拨付|兑付|决算)[^。；]{0,16}\d[\d.,]*[万亿]?元|\d[\d.,]*[万亿]?元[^。；，]{0,6}预算"
)
_CLAUSE = seldom(rf"(?:^|(?<=[。；，：、（\n]))[ 　]*(?P<number>{_NUMBER})?(?:其中[，：]?|另外?，?|此外，?)?[“]?")
_BEHIND_NAME = seldom(r"[”]?(?:项目|资金|经费|工程|专项)*")
_CALLED = seldom("(?<=[^，。；：]{3})(?:项目|工程|专项)$")
_JOINS = seldom(r"[”]?(?:项目|资金|经费)?[、和及与]")

# -- what is said of it -----------------------------------------------------------------------------------------------

_IN_PASSING = frozenset({"perf.problems", "perf.suggestions", "perf.experience", "perf.targets"})
"""Sections that speak of a project's money in passing only."""
_NEAR = 60
"""Characters round a figure that say what it is."""
_CLAUSE_ENDS, _SENTENCES = re.compile("[，。；：（）]"), re.compile("[。；]")
_CHANGED_BEHIND = seldom("(?:追|调|压|核|增|减|提|下|上)")
_IS = r"(?:只有|只|共计?|合计|总额|为|是|了|达到?|：|分别|依次|均|都|各|数|金额|资金)*"
_ADJUSTED = seldom(
    rf"(?:(?:全年|调整后?|调[增减]后|追[加减]后|核[增减]后|最终|变更后?|后)的?(?:财政|项目|资金|下达|安排|批复|核定)*预算|预算(?:追|调|核|压|增|减)[加增减整]*(?:至|到|为))(?:数|资金|金额|总额|安排|批复|下达|增|减|调|至|到|为)*{_IS}$"
    r"|(?:追[加减]|调[增减整]|压[减缩]|核[增减]|增加|减少|提高)后的?(?:预算)?(?:为|达到?|是)?$"
)
_BECAME = seldom(r"(?:追[加减]|调[增减整]|压[减缩]|核[增减]|增加?|减少?|提高|下调|上调)(?:至|到|为|成)$")
_INITIAL = seldom(
    rf"(?:年初|年初的|原|初始|期初)(?:部门|项目|财政)*(?:只|仅|共)?(?:预算|批复|安排|下达|核定|编列|编制)*(?:预算|资金|经费)?{_IS}$"
)
_GIVEN = seldom(rf"(?<![重追])(?:预算|批复|安排|下达|核定)(?:预算|资金|经费)?{_IS}$")
_FROM = seldom(r"(?:由|从)(?:年初|原|预算|的|来)*$")
_SPENT = seldom(
    rf"(?:支出|使用|执行|支付|兑付|拨付|发放|决算|列支|开支|花费|花了?|用了|用去|完成支付|报账)(?:资金|金额|了|去|出)?{_IS}$"
)
_NOT_OF_IT = seldom(
    r"(?:中央|省级|省|市级|州级|县级|区级|上级|自治区|其他|配套|自筹|社会)(?:财政|安排|下达|补助|资金|专项|预算)*(?:下达|安排|支出|拨付|资金|预算)|其中|上年|去年|结余|结转|追[加减]$|收回|交回|合同(?:价|金额|款|总价|额)|每|人均|户均|亩均|平均|单价|[^，。；：]+(?:款|标准|(?<!花)费用?|收入|产值|利润|价)(?:为|共计?|合计)?$"
)
_PLANNED_BEHIND = seldom(r"(?:的)?(?:年初|全年|调整后)?预算(?:已|全部|均|都|在|内|当年|年内|全年|执行|支付|支出|，|。)")
_FULL = "(?:全年|调整后?的?|调[增减]后的?|追加后的?)(?:的)?"
_SAME = "(?:一致|相同|持平|相等)，(?:均|都|同)?(?:为|是)?$"
_ON_TWO = (
    (
        seldom(rf"年初(?:部门)?(?:预算)?(?:数|安排)?[、和与及]{_FULL}预算(?:数)?(?:均|都|同)(?:为|是)?$"),
        ("budget", "adjusted_budget"),
    ),
    (
        seldom(rf"{_FULL}预算数?[、和与及](?:实际|全年)*(?:支出|执行|决算)(?:数|金额)?(?:均|都|同)(?:为|是)?$"),
        ("adjusted_budget", "actual"),
    ),
    (
        seldom(rf"{_FULL}预算数?[和与同](?:实际|全年)*(?:支出|执行|决算)(?:数|金额)?{_SAME}"),
        ("adjusted_budget", "actual"),
    ),
    (seldom(rf"年初预算数?[和与同]{_FULL}预算数?{_SAME}"), ("budget", "adjusted_budget")),
)
"""Two bases of which one figure is said."""
_IN_ORDER = seldom(
    "(?:预算|执行|支出|决算)[^，。；]*[、和与及][^，。；]*(?:预算|执行|支出|决算)[^，。；]*(?:分别|依次)"
)
_RATE = seldom(
    r"(?:(?:预算|资金|支出|支付)*(?:执行|使用|支付|支出)(?:率|进度)|预算完成率|^，?(?:预算)?(?:执行|支付))(?:为|达到?|是|：|分别|依次|均)*$"
)
_OF_A_BUDGET = seldom(r"(?:占|为|是|完成|达)(?:年初|全年|调整后?的?|年度|项目|财政)*预算")
_MARK = seldom(
    r"(?:自评|评价|得分|评分|(?:^|[，；（])得|自评[只仅]?得|综合得|打分)(?:总|综合)?(?:只|仅)?(?:得分|得|分数|分值|分)?(?:只有|为|是|达|：|分别|依次|均)*$"
)
_IN_THE_YEAR = seldom("[一二三四1-4]季度|\\d月|上半年|年中")
"""A rate at a date before the year's end: 三季度末支付进度68%."""
_OF_ALL = seldom("指标|平均|部门|单位|整体|综合|总体|加权|各项目|所有")
_NO_MARK = seldom("指标|分值|权重|满分|扣|平均|部门|单位|整体")


class Spoken(Naming):
    """Figures that a passage says of a project which it names once."""

    def _of_spoken(self, index: int, reading: Reading) -> tuple[Reading, Match] | None:
        """The reading as it is to be taken, and what it is of; None where no passage on one project says it."""
        if self.about.named is None or self.project is not None or self.about.projects or reading.role == "reason":
            return None
        kind = reading.quantity.kind
        if kind not in ("amount", "percentage", "score") or reading.quantity.state != "stated":
            return None
        if any(scope in _IN_PASSING for scope in self.scopes(reading.block)):
            return None
        run = self._run_at(reading)
        if run is None or not run.names:
            return None
        what = self._said(index, reading, run)
        name = self._which(index, reading, run) if what is not None else None
        if what is None or name is None:
            return None
        aspect, bases = what
        concept = self.concepts["project.score" if kind == "score" else "project.amount"]
        taken = reading._replace(
            aspect=aspect,
            sign=1 if aspect == "value" else reading.sign, basis=bases[0], period=None, belongs=None, head=None, other_head=None, list_id=None, share_of=None,
            bases=bases[1:], compared=reading.compared if aspect == "execution_rate" else None,
        )  # fmt: skip
        return taken, Match(concept, name, None, None, concept.id, CERTAIN, (), None, (), bases[0])

    # -- which project -------------------------------------------------------------------------------------------------

    def _run_at(self, reading: Reading) -> Run | None:
        """The passage that a figure stands in."""
        start = self.text.rfind("\n", 0, reading.quantity.start) + 1
        found: Run | None = None
        for run in self._runs_of(start):
            if run.end > reading.quantity.start:
                break
            found = run
        if found is None:
            name = self._headed(reading)
            return Run((name,), start, start, True) if name is not None else None
        between = self.text[found.end : reading.quantity.start]
        if any(stop in between for stop in ("\n" if found.numbered else "；。\n")):
            return None
        closed = 0
        for mark in between:
            closed += (mark == "）") - (mark == "（")
            if closed > 0:
                return None  # 项目支出90万元（步道维护60万元、茶园改造30万元），为预算的90%
        return found

    def _runs_of(self, start: int) -> list[Run]:
        names = self._known()
        if not names:
            return []
        key = start, len(names)
        runs = self._runs.get(key)
        if runs is None:
            end = self.text.find("\n", start)
            end = end if end >= 0 else len(self.text)
            runs = self._runs[key] = self._find_runs(start, end, names)
        return runs

    def _find_runs(self, start: int, end: int, names: tuple[str, ...]) -> list[Run]:
        runs: list[Run] = []
        at = start
        for clause in _CLAUSE.finditer(self.text, start, end):
            if clause.end() < at:
                continue
            named: list[str] = []
            at = clause.end()
            while (name := next((one for one in names if self.text.startswith(one, at)), None)) is not None:
                named.append(name)
                at += len(name)
                joined = _JOINS.match(self.text, at, end)
                if joined is None or not any(self.text.startswith(one, joined.end()) for one in names):
                    break
                at = joined.end()
            if named:
                behind = _BEHIND_NAME.match(self.text, at, end)
                at = behind.end() if behind is not None else at
                if self.text[at : at + 1] != "的":
                    numbered = clause["number"] is not None or self.text[at : at + 1] == "。"
                    runs.append(Run(tuple(named), clause.start(), at, numbered))
            elif clause["number"] is not None:
                runs.append(Run((), clause.start(), at, True))
        return runs

    def _known(self) -> tuple[str, ...]:
        """The names of projects that are known so far, the longest first."""
        if self._named_by_items is None:
            self._named_by_items = frozenset(self._items_on_projects())
        sure = self._named_by_items | set(self.tabled)
        listed = {one for one in self._projects if not any(one != name and one.startswith(name) for name in sure)}
        if self._known_names is None or self._known_names[0] != len(sure | listed):
            names = tuple(sorted((n for n in sure | listed if len(n) >= _SHORTEST), key=lambda n: (-len(n), n)))
            self._known_names = len(sure | listed), names
        return self._known_names[1]

    def _items_on_projects(self) -> list[str]:
        """The names that the numbered items of sections on projects begin with, where several of these say money of it."""
        found: list[str] = []
        by_node: dict[int, list[tuple[str, bool]]] = {}
        for match in _ITEM.finditer(self.text):
            block = self._block_of(match.end())
            if block is None or not self._is_on_projects(block, match.start()):
                continue
            names = [project_in(one, None, False, self.about.seats) for one in match["name"].split("、")]
            if any(name is None or NO_NAME.search(name) for name in names):
                continue
            stop = self.text.find("\n", match.end())
            said = self.text[match.end() : stop if stop >= 0 else len(self.text)]
            following = _ITEM.search(said)
            money = _SAYS_MONEY.search(said, 0, following.start() if following else len(said)) is not None
            at = self.outline.owner[block]
            if at != ROOT and self.outline.nodes[at].title.startswith(match["name"]):
                at = self.outline.nodes[at].parent  # an item that is a heading of its own
            by_node.setdefault(at, []).extend((name, money) for name in names if name is not None)
        for items in by_node.values():
            with_money = [name for name, money in items if money]
            if len(with_money) >= _SEVERAL and 2 * len(with_money) > len(items):
                found += [name for name, _ in items]
        return found

    def _block_of(self, place: int) -> int | None:
        """The block of the first figure behind a place, on its line."""
        at = bisect_left(self.readings, place, key=lambda reading: reading.quantity.start)
        if at == len(self.readings) or "\n" in self.text[place : self.readings[at].quantity.start]:
            return None
        return self.readings[at].block

    def _is_on_projects(self, block: int, place: int) -> bool:
        at = self.outline.owner[block]
        while at != ROOT:
            if self.roles[at] in _ON_PROJECTS or SECTION_ON_PROJECTS.search(self.outline.nodes[at].title):
                return True
            at = self.outline.nodes[at].parent
        start = self.text.rfind("\n", 0, place) + 1
        return _LEADS_TO_ITEMS.search(self.text[start:place]) is not None

    def _headed(self, reading: Reading) -> str | None:
        """The project that the nearest heading is the name of."""
        at = self.outline.surely.get(reading.block, self.outline.owner[reading.block])
        if at == ROOT:
            return None
        title = self.outline.nodes[at].title.strip("“”")
        stem = title.removesuffix("项目")
        for name in (title, stem):
            if name in self.tabled or name in self._projects:
                return name
        over = self.outline.nodes[at].parent
        if over == ROOT or not (
            self.roles[over] in _ON_PROJECTS or SECTION_ON_PROJECTS.search(self.outline.nodes[over].title)
        ):
            return None
        return self._projects_under(over).get(at)

    def _which(self, index: int, reading: Reading, run: Run) -> str | None:
        """The project of a passage that a figure is of: the only one, or that at its place among figures of one kind."""
        if len(run.names) <= 1:
            return run.names[0] if run.names else None
        place = 0
        for at in range(index - 1, -1, -1):
            before = self.readings[at]
            if before.block != reading.block or before.quantity.start < run.end:
                break
            apart = self.text[before.quantity.end : self.readings[at + 1].quantity.start]
            if apart not in ("、", "和", "，", "与", "及") or before.quantity.kind != reading.quantity.kind:
                break
            place += 1
        return run.names[place] if place < len(run.names) else None

    # -- what of it ----------------------------------------------------------------------------------------------------

    def _said(self, index: int, reading: Reading, run: Run) -> tuple[str, tuple[str, ...]] | None:
        """The aspect and the bases of a figure in a passage, by the words round it; None where they say something else of it."""
        place = reading.quantity.start
        first = index
        while len(run.names) > 1 and self._goes_on(first, run):
            first -= 1
        start = self.readings[first].quantity.start
        before = self.readings[first - 1].quantity.end if first else 0
        begin = max(run.end, before, self.text.rfind("\n", 0, start) + 1)
        words = self.text[begin:start]
        clause = _CLAUSE_ENDS.split(words)[-1]
        if reading.quantity.kind == "score":
            return ("value", ("actual",)) if self._is_mark(words, start, run) else None
        if reading.quantity.kind == "percentage":
            line = self.text[max(run.end, place - _NEAR) : place]
            rate = _RATE.search(words) is not None and not _OF_ALL.search(clause) and not _IN_THE_YEAR.search(clause)
            of_budget = words.endswith("的") and _OF_A_BUDGET.search(_SENTENCES.split(line)[-1]) is not None
            return ("execution_rate", ("actual",)) if rate or of_budget else None
        behind = self.text[reading.quantity.end : reading.quantity.end + _NEAR].partition("\n")[0]
        if _FROM.search(clause) and _CHANGED_BEHIND.match(behind):
            return "value", ("budget",)
        if reading.period not in (None, self.about.usual_period) or reading.aspect not in ("value", "change"):
            return None
        if _BECAME.search(clause) and self._was_budget(index):
            return "value", ("adjusted_budget",)
        if reading.aspect == "change":
            return None
        both = next((bases for pattern, bases in _ON_TWO if pattern.search(words)), None)
        if both is not None:
            return "value", both
        if len(run.names) == 1 and _IN_ORDER.search(clause):
            return None  # 全年预算数、执行数分别为9万元、8万元: each has its words in the sentence
        if (_NOT_OF_IT.search(clause) and not _INITIAL.fullmatch(clause)) or self._names_another(clause, run):
            return None
        basis = self._basis_said(clause, behind)
        if basis == "" and len(run.names) == 1:
            basis = self._budget_told(run.names[0], reading)
        return ("value", (basis or "budget",)) if basis is not None else None

    def _names_another(self, clause: str, run: Run) -> bool:
        """Whether a clause names a project of its own before it says what was done with its money: …，社区服务项目安排9万元."""
        said = next((found for what in (_ADJUSTED, _INITIAL, _SPENT, _GIVEN) if (found := what.search(clause))), None)
        words = clause[: said.start()] if said is not None else clause
        if _CALLED.search(words) is None:
            return False
        name = project_in(words, None, False, self.about.seats)
        return name is not None and name not in run.names

    def _basis_said(self, clause: str, behind: str) -> str | None:
        """The basis that the words round a figure say; empty of a budget that they call no more than that."""
        if _ADJUSTED.search(clause) or (clause.startswith("后") and _GIVEN.search(clause)):
            return "adjusted_budget"
        if _INITIAL.search(clause):
            return "budget"
        if _SPENT.search(clause):
            return "actual"
        return "" if _GIVEN.search(clause) or _PLANNED_BEHIND.match(behind) else None

    def _is_mark(self, words: str, start: int, run: Run) -> bool:
        """Whether the words before a mark say that it is a project's own: it stands right behind the name, or after other figures of
        the project, and no indicator is spoken of.
        """
        if _MARK.search(words) is None or _NO_MARK.search(_SENTENCES.split(self.text[run.end : start])[-1]):
            return False
        last = self.bound[-1] if self.bound else None
        after = last is not None and last.concept.id.startswith("project.") and last.member in run.names
        return run.numbered or after or _MARK.fullmatch(words.lstrip("，：（")) is not None

    def _goes_on(self, at: int, run: Run) -> bool:
        """Whether a figure follows another of the same kind in a series: 40万元、20万元."""
        if not at or self.readings[at - 1].quantity.start < run.end:
            return False
        one, before = self.readings[at], self.readings[at - 1]
        return (
            before.block == one.block
            and before.quantity.kind == one.quantity.kind
            and self.text[before.quantity.end : one.quantity.start] in ("、", "和", "与", "及", "，")
        )

    def _was_budget(self, index: int) -> bool:
        """Whether the figure before is the budget that this one came of."""
        before = self.of_reading.get(index - 1, ())
        return any(self.bound[at].concept.id == "project.amount" and self.bound[at].basis == "budget" for at in before)

    def _budget_told(self, name: str, reading: Reading) -> str:
        """The basis of what is called no more than a budget: that under which a table has the same amount, and no other."""
        money = self.tabled.get(name, {})
        budgets = {basis: money[basis] for basis in ("budget", "adjusted_budget") if basis in money}
        fits = [basis for basis, amount in budgets.items() if amount == reading.quantity.yuan]
        return fits[0] if len(fits) == 1 and len(budgets) > 1 else "budget"

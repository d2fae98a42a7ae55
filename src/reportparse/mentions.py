"""Quantities in context: every printed number with the words that it belongs to.

Chinese fiscal prose is head-final and runs in lists, so a number is read from what stands between it and the number
before: the label, the verb (增加, 占, 完成预算的), the comparison (比上年决算数), the list that is opened (其中) or closed
(此外). Only closed classes of words stand here; what a label means in a given province is for the rule packs.

Classes of statement read here, by the name that the code gives them: value · share · change · execution · list item ·
nested item · bracketed item · distributed (收、支总计均为; 分别为) · unchanged (持平) · negated (无, 未发生, 没有50万以上…) ·
graded (结果为良好) · reason (主要原因是…).

Over 400 lines because a sentence is read in one walk: what a number belongs to depends on the lists, the subject and
the comparison that the numbers before it have left open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from reportparse import phrases
from reportparse.blocks import Block
from reportparse.clauses import (
    Against,
    Gap,
    OnBases,
    against_after,
    against_both,
    bare_figure,
    distribute,
    last_clause,
    manner_of,
    on_bases,
    read_gap,
    read_label,
)
from reportparse.comparands import Comparing
from reportparse.model import Threshold
from reportparse.numbers import NonQuantity, Quantity
from reportparse.outline import Outline
from reportparse.patterns import seldom
from reportparse.reading import OpenList, Passage, Reading, Series
from reportparse.sentences import names_a_change, speaks_of

_WORDS_BEFORE = 600
_NAMED_IN_HEADING = seldom(r"(?:(?:19|20)\d\d年度?)?(.*?)(?:共计?|合计)?(?:安排|为|是|达)?$")
"""What stands in a heading before its figure: the name of that between its year and the verb."""
"""No label is further from its number than this many characters."""
_COUNTABLE = frozenset({"amount", "percentage", "headcount", "count", "number", "score"})
_OF_MONEY = frozenset({"amount", "percentage", "number"})


def read_mentions(
    text: str,
    blocks: Sequence[Block],
    outline: Outline,
    tokens: Sequence[Quantity | NonQuantity],
    year: int | None,
    subjects: Sequence[str],
) -> list[Reading]:
    """Read every quantity of ``text`` that stands in no table. ``subjects`` are names of the department, which labels may begin with."""
    reader = _Walk(text, outline, year, subjects)
    starts = [token.start for token in tokens]
    for index, block in enumerate(blocks):
        if block.kind == "table":
            continue
        low = bisect_left(starts, block.start)
        high = bisect_right(starts, block.end - 1) if block.end > block.start else low
        quantities = [t for t in tokens[low:high] if isinstance(t, Quantity)]
        reader.read_block(index, block, quantities)
    return reader.readings


class _Walk(Passage):
    """Walks the blocks in order; what a sentence leaves open (its subject, its list) is what the next may refer to."""

    __slots__ = ("_carry", "_carry_is_numbered", "_carry_owner")

    def __init__(self, text: str, outline: Outline, year: int | None, subjects: Sequence[str]) -> None:
        super().__init__(text, outline, year, subjects)
        self._carry: OpenList | None = None
        self._carry_owner = -2
        self._carry_is_numbered = False

    def read_block(self, index: int, block: Block, quantities: list[Quantity]) -> None:
        text = self.text
        body = self.outline.body[index]
        owner = self.outline.owner[index]
        # An open list runs on into the numbered items under it and ends with the section.
        if (
            self._carry is not None
            and index not in self.outline.items
            and (
                owner != self._carry_owner
                or (block.number is None and (self._carry_is_numbered or self._begins_anew(body)))
            )
        ):
            self._carry = None
        if self._carry is not None and self._carry.opened_by == "paragraphs" and block.number is not None:
            self._carry = None
        if self._carry is None:
            self._carry_is_numbered = False
        elif block.number is not None:
            self._carry_is_numbered = True
        signs = phrases.find_signs(text, body, block.end, quantities)
        if not quantities and not signs:
            if block.kind == "heading" or index not in self.outline.items:
                self._carry = None
            if text[block.end - 1] == "：" and (as_of := read_gap(text[body : block.end]).as_of) is not None:
                self._as_of = (owner, as_of)
            if text[block.end - 1] in "：。）":
                # 4.卫生健康支出（类）…公务员医疗补助（项）： on a line of its own is what the next line is about.
                named = read_gap(f"{text[max(body, block.end - _WORDS_BEFORE) : block.end].rstrip('：。')}。").renamed
                self.class_before = (index + 1, named) if named else None
            if (
                block.kind == "paragraph"
                and text[block.end - 1] == "："
                and phrases.BLOCK_OPENS.search(text, body, block.end)
            ):
                opener = phrases.STOP.split(text[max(body, block.end - _WORDS_BEFORE) : block.end])[-1]
                self._carry = OpenList(None, self.new_list(), "主要" not in opener, "block", words=opener)
                self._carry_owner = owner
            return
        in_heading = bool(quantities) and quantities[0].start < body
        if in_heading:  # or in one that shares its line with the text
            body = min(
                block.start + (block.number.end if block.number is not None else 0), quantities[0].start
            )  # the number of 附件1 can be one of its line's
        walk = _Block(self, index, block, body, self._carry, quantities)
        if in_heading:
            subject = _NAMED_IN_HEADING.match(text[body : quantities[0].start])
            walk.topic_label = subject[1] if subject is not None else ""  # 二、支出预算9万元
        events: list[Quantity | phrases.Sign] = [*quantities, *signs]
        if signs:
            events.sort(key=lambda event: event.start)
        for event in events:
            if isinstance(event, Quantity):
                walk.quantity(event)
            else:
                walk.sign(event)
        if (dated := phrases.AS_OF.match(text, body)) is not None and dated["y"] is not None:
            self._as_of = (owner, dated["y"])  # 截至2024年12月31日，资产总额9万元。 1．车辆情况：…
        tail = text[walk.previous : block.end]
        head = walk.sentence_first if walk.sentence_first is not None else walk.topic
        if head is not None and walk.last_top is not None and walk._is_of_another_year(self.readings[head]):
            head = walk.last_top  # 2022年支出8万元，…。分项目看：
        if head is not None and phrases.BLOCK_OPENS.search(tail):
            _, stop, opener = tail.rpartition("。")
            own = (
                opener if stop and phrases.OWN_TOTAL.match(opener) else ""
            )  # 收入预算9万元…。财政拨款支出主要内容如下：
            self._carry = OpenList(None if own else head, self.new_list(), "主要" not in tail, "block", words=own)
            self._carry_owner = owner
        elif block.number is not None and (opened := walk.list_of_one()) is not None:
            self._carry = opened  # 1.基本支出9万元。其中：工资福利支出6万元。 / 商品和服务支出3万元。
            self._carry_owner = owner
        elif index not in self.outline.items and (self._carry is None or not walk.in_carry):
            self._carry = None

    def _begins_anew(self, body: int) -> bool:
        """Whether a paragraph names its year or the department first, as no item of a list does."""
        return phrases.YEAR_FIRST.match(self.text, body) is not None or self.text.startswith(self.subjects, body)


class _Block(Comparing):
    """One block being read: each figure and each statement without one is taken in turn."""

    __slots__ = ()

    # -- what stands before a number --------------------------------------------------------------------------------

    def _advance(self, start: int, end: int) -> Gap:
        """Take the words up to ``start``: close the sentences that end in them, open and close lists."""
        begin = max(self.previous, start - _WORDS_BEFORE)
        gap = read_gap(self.text[begin:start])
        if gap.stop or begin > self.previous:  # so far from the last number nothing goes on, even without a stop
            self.item_before = self._only_item()
            self.sentence_start = begin + gap.stop
            self.sentence_end = self._end_of_sentence(start)
            if gap.renamed:
                self.topic_label, self.topic_stated, self.topic, self.last_value = gap.renamed, True, None, None
            elif self.sentence_first is not None:
                self.topic = self.sentence_first
            elif gap.subject and self.topic is None and self.last_value is None:
                self.topic_label = gap.subject
                self.topic_stated = True
            self.sentence_first = None
            self.sentence_last = None
            self.sentence_year = None
            self.reason = False
            if not (gap.opened and gap.opened[0] and self._last_is_derived()):
                self.compared = self.compare or self.compared
                self.compare = None  # 收入比上年减少9万元。其中：事业收入减少5万元: compared with last year too
            if self.lists:
                self.dormant = next(
                    (entry for entry in self.lists if entry.opened_by not in ("bracket", "sum")), self.dormant
                )
                self.lists = []
        elif start > self.sentence_end:
            self.sentence_end = self._end_of_sentence(start)
        if not gap.reason and (self.sentence_first is None and self.sentence_year is None):
            self.sentence_year = self._of_these_times(gap.year)
        elif gap.year_anew is not None and self.sentence_year is not None and not gap.reason:
            # 2022年收入9万元，支出8万元；2023年收入10万元，支出9万元
            self.sentence_year = self._of_these_times(gap.year_anew) or self.sentence_year
        if gap.as_of is not None:
            self.as_of = gap.as_of
        if gap.reason is not None:
            self.reason = gap.reason
        if gap.close:
            over = self.lists[-1] if self.lists else self.dormant
            self.lists = []
            self.dormant = None
            if gap.beside and over is not None and over.head is not None:
                self._open(over.head, False, "beside")
        for _ in range(gap.closing):
            inner = next(
                (at for at in range(len(self.lists) - 1, -1, -1) if self.lists[at].opened_by == "bracket"), None
            )
            if inner is not None:
                head = self.lists[inner].head
                if head is not None and self.reader.readings[head].topic and (self.sentence_last or 0) > head:
                    # 项目支出。共9万元（步道5万元、茶园4万元），为预算的90%: all of it is, and not its last part
                    self.sentence_last = self.last_value = head
                del self.lists[inner:]  # and what was opened inside the brackets
        if gap.open and self.last_value is not None and not self._explains_a_change():
            latest = len(self.reader.readings) - 1
            said = self.reader.readings[latest]
            own = said.aspect == "value" and said.block == self.index and self._is_of_another_year(said)
            self._open(latest if own else self.last_value, True, "bracket")
        if gap.semicolon and self.lists and self.lists[-1].opened_by == "sum":
            self.lists.pop()
        if len(self.lists) > 1 and gap.semicolon and self.lists[-1].opened_by == "word":
            self.lists.pop()
        used = phrases.USED_FOR.match(gap.clause) if gap.opened is None and "用于" in gap.clause else None
        if used is not None and (spent := self._spent_on(used["subject"], end)) is not None:
            # 项目支出用于渡口改造20万元、标志牌更新5万元: what is bought with it is listed under it.
            self._open(spent, True, "word")
            gap = gap._replace(rest=gap.clause[used.end() :], clause=gap.clause[used.end() :])
        side = phrases.SIDE_COLON.fullmatch(gap.rest.lstrip("；")) if gap.opened is None and "：" in gap.rest else None
        if side is not None and not self._is_bare(self._label(side["first"])[0], None):
            self.lists = []
            self._open(None, True, "word", None, side["named"])
            return gap._replace(rest=side["first"])
        made = phrases.MADE_OF.fullmatch(gap.clause) if gap.opened is None and "由" in gap.clause else None
        if made is not None and phrases.MAKES_UP.search(self.text, end, self.sentence_end):
            head = self._named(made["named"], None)
            self._open(head, True, "word", None, self._label(made["named"])[0] if head is None else "")
            gap = gap._replace(rest=made["first"], clause=made["first"])
        of_it = phrases.MADE_OF_IT.fullmatch(gap.clause) if gap.opened is None and "由" in gap.clause else None
        if of_it is not None and phrases.MAKES_UP.search(self.text, end, self.sentence_end):
            if (total := self._total_before()) is not None and gap.rest[:1] in ("，", ""):
                self.lists = []
                self._open(total, True, "sum")
                gap = gap._replace(rest=of_it["first"], clause=of_it["first"])
        if gap.opened is None and not self.lists and self._parts_follow(gap, start):
            self._open(self._total_before(), True, "sum")
        if gap.opened is not None:
            alone, complete = gap.opened
            same_sentence = self.sentence_last is not None
            if not complete and not gap.stop and self._last_is_derived() and names_a_change(gap.clause):
                self.reason = True  # 比上年增加10万元，主要是人员经费增加8万元
                return gap
            head = self.last_value if same_sentence else self.last_top
            if head is None and same_sentence:
                head = self.sentence_last  # 收入比上年减少9万元，其中财政拨款收入减少8万元
            if self.reason and same_sentence and head is not None and self._adds_up_to(head, start):
                self.reason = False  # 收入9万元，比上年增加1万元，主要原因是…，其中：财政拨款8万元，其他收入1万元
            if same_sentence and (planned := self._planned_before()) is not None:
                head = planned
            if same_sentence and self.lists and phrases.BY_WHAT.match(self.text, begin):
                head = self.lists[-1].head  # 按性质分：基本支出9万元，项目支出1万元；按功能分：教育支出8万元
            if gap.open and same_sentence and self.lists:
                head = self.lists[-1].head  # …9万元（其中：财政拨款8万元
            head = self._count_listed(head, start)
            by_place = head
            if gap.named and not alone:
                head = self._named(gap.named, head)
                if gap.named in phrases.OTHER_SIDE and head is not None and not self._names_side(head, gap.named):
                    head = None  # 收入包括：…；支出包括：教育支出9万元
            other = None if same_sentence or head != by_place or self.topic == head else self.topic
            if head is None and self.carry is not None:
                head = self.carry.head
            if head is None and not same_sentence and (alone or gap.named in ("总计", "合计")) and self.index:
                head = self._topic_of_previous_block()
                if head is not None and phrases.BY_WHAT.search(self.text, begin, start) and self._has_peers(head):
                    head = None  # 农林水支出9万元，教育支出3万元。 | 按支出性质分，基本支出…: not what education costs
            if head is not None and not same_sentence:
                head = self._of_the_reports_year(head, start)
            if complete and phrases.NAMED_WITHOUT.match(self.text, end, self.sentence_end):
                complete = False
            self._open(head, complete, "word", other, self._label(gap.named)[0] if head is None else "")
        return gap

    def _open(self, head: int | None, complete: bool, how: str, other: int | None = None, words: str = "") -> None:
        self.lists.append(OpenList(head, self.reader.new_list(), complete, how, other, words))
        self.dormant = None

    # -- one number -----------------------------------------------------------------------------------------------------

    def quantity(self, quantity: Quantity) -> None:
        self.at += 1
        between = self.text[self.previous : quantity.start]
        gap = self._advance(quantity.start, quantity.end)
        if self.series is not None and (following := phrases.NEXT_IN_SERIES.fullmatch(between)):
            if following["verb"]:  # 分别增长3%、下降4%
                sign = -1 if following["verb"].startswith(phrases.DOWN) else 1
                self.series = self.series._replace(sign=sign)
            self._next_in_series(quantity, self.series)
            self.previous = quantity.end
            return
        self.series = None
        after = self.text[quantity.end : min(quantity.end + 60, self.block.end)]
        if self._threshold(quantity, gap.rest, after):
            return
        if gap.against is not None:
            self.compare = gap.against
        role = "reason" if self.reason else "statement"
        if quantity.kind == "score" and self._marks_of_full_marks(quantity, gap.clause):
            self.previous = quantity.end
            return
        if not (self._rate(quantity, gap, role) or self._change(quantity, gap, role)):
            self._value(quantity, gap, after, role)
        self.previous = quantity.end

    def _rate(self, quantity: Quantity, gap: Gap, role: str) -> bool:
        """完成预算的N%, 占…的N%, 为年初预算3.40万元的N%; 对比调整后预算，完成N%."""
        clause = gap.clause
        against = gap.against[1] if gap.against is not None and gap.against[0] == "same" else None
        if quantity.kind != "percentage" or quantity.unit == "个百分点":
            if quantity.kind != "number" or quantity.unit is not None or "占" not in clause:
                return False
        execution = phrases.EXECUTION.match(clause)
        if execution is not None:
            own = self._label(execution.group("own").rstrip("仅只均已共"))[0]
            which = execution.group("which") or execution.group("rate") or ""
            budget = "adjusted_budget" if which.startswith(("全年", "调整")) else "budget"
            on = budget if which.startswith(("年初", "全年", "调整")) else against or self._last_budget()
            if self._is_bare(own, None) and self._series_of_items(quantity, clause, "execution_rate", 1, (None, on)):
                return True
            self._derived(quantity, own, "execution_rate", 1, (None, on), role)
            return True
        spoken_of = self.sentence_last is not None or (self.topic is not None and against is not None)
        if phrases.COMPLETED.fullmatch(clause) and spoken_of and (planned := against or self._last_budget()):
            self._derived(
                quantity, "", "execution_rate", 1, (None, planned), role
            )  # 年初预算9万元，决算9万元，完成100%
            return True
        share = phrases.SHARE.match(clause) if "占" in clause or "比重" in clause else None
        if share is not None and self._series_of_items(quantity, clause, "share"):
            return True
        if share is not None:
            own = self._label(share.group("own"))[0]
            self._derived(quantity, own, "share", 1, None, role, share_of=share.group("base") or None)
            return True
        if clause == "的" and self.reader.readings:
            basis = self.reader.readings[-1].basis
            if basis in ("budget", "adjusted_budget") and self.reader.readings[-1].quantity.kind != "count":
                self._derived(quantity, "", "execution_rate", 1, (None, basis), role)
            else:
                self._derived(quantity, "", "share", 1, None, role)
            return True
        return False

    def _start_series(
        self, clause: str, labels: tuple[str, ...], aspect: str, sign: int = 1, compared: Against | None = None
    ) -> tuple[str, ...]:
        """Where A和B分别为1万元、2万元 begins: the label of the first figure; the others follow."""
        following = self._following() if len(labels) > 1 else 0
        if following and (manner_of(clause).series or (aspect != "value" and following == len(labels) - 1)):
            self.series = Series(labels[1:], (), aspect, sign, compared)
            return labels[:1]
        return labels

    def _start_years(self, labels: tuple[str, ...], years: str | None) -> str | None:
        """2021年至2023年支出分别为9万元、8万元、7万元: the year of the first figure; the others follow."""
        first, _, last = (years or "").partition("/")
        step = 1 if last > first else -1
        if not last or self.series is not None or step * (int(last) - int(first)) != self._following():
            return None
        periods = tuple(str(year) for year in range(int(first) + step, int(last) + step, step))
        self.series = Series(labels[:1] * len(periods), (), "value", 1, None, None, periods)
        return first

    def _series_of_items(
        self, quantity: Quantity, clause: str, aspect: str, sign: int = 1, compared: Against | None = None
    ) -> bool:
        """A9万元、B1万元，占比分别为90%、10%: as many figures as items before, one of each."""
        if not manner_of(clause).series or not (count := self._following()):
            return False
        items = self._items_called(clause, count + 1) or self._latest_items(count + 1)
        if aspect in (
            "change",
            "change_rate",
        ):  # A、B分别为2万元、3万元，上年分别为1万元、2万元，分别增长…: this year's do
            items = tuple(self._of_this_year(at) for at in items)
        if items:
            self.series = Series((), items, aspect, sign, compared)
            self._next_in_series(quantity, self.series)
        return bool(items)

    def _series_of_comparands(self, quantity: Quantity, clause: str) -> bool:
        """A10万元、B20万元，分别比上年的9万元、18万元增加1万元、2万元: what each of the things before is compared with."""
        with_what = phrases.COMPARAND.fullmatch(clause.removeprefix("分别"))
        if with_what is None or with_what["own"] or not (count := self._following()):
            return False
        last = self.quantities[self.at + count]
        items = self._latest_items(count + 1)
        if not items or phrases.COMPARES.match(self.text, last.end) is None:
            return False
        year = with_what["year"]
        period = None if year is None else year[:4] if year[0].isdigit() else self._last_year()
        basis = read_label(with_what["basis"])[1] if year is None else None
        self.series = Series((), items, "value", 1, None, basis, (period,) * len(items) if period is not None else ())
        self._next_in_series(quantity, self.series)
        return True

    def _marks_of_full_marks(self, quantity: Quantity, clause: str) -> bool:
        """A20分、B30分，分别得18分、27分: the figures before were full marks, and each has its mark here."""
        if phrases.MARKS_EACH.fullmatch(clause) is None or not (count := self._following()):
            return False
        items = self._latest_items(count + 1)
        labels = [self.reader.readings[at].labels[0] for at in items]
        names = tuple(phrases.FULL_MARK_SAID.sub("", label) for label in labels)
        for at, label, name in zip(items, labels, names, strict=True):
            if label == name:
                self.reader.readings[at] = self.reader.readings[at]._replace(labels=(f"{name}分值",))
        if items:
            self.series = Series(names, (), "value", 1, None)
            self._next_in_series(quantity, self.series)
        return bool(items)

    def _next_in_series(self, quantity: Quantity, series: Series) -> None:
        label = series.labels[0] if series.labels else ""
        belongs = series.belongs[0] if series.belongs else None
        rest = series._replace(
            labels=series.labels[1:],
            belongs=series.belongs[1:],
            periods=series.periods[1:],
            each_from=series.each_from[1:],
            bases=series.bases[1:],
        )
        self.series = rest if rest.labels or rest.belongs else None
        before = self.reader.readings[-1]
        if series.periods and before.labels == ("",) and before.belongs is not None and belongs is None:
            label, belongs = "", before.belongs  # 2021年、2022年支出分别为: each of what the first goes on from
        own = before if belongs is None else self.reader.readings[belongs]  # 2021年、2022年预算分别为…，支出分别为…
        if series.aspect == "value":
            basis = before.basis if series.basis is None else series.basis
            index = self.reader.add(
                quantity, self.index, (self.sentence_start, self.sentence_end), (label,),
                basis=series.bases[0] if series.bases else basis, belongs=before.belongs if series.bases else belongs,
                topic=before.topic if series.bases else "",
                period=series.periods[0] if series.periods else own.period, head=before.head, other_head=before.other_head, list_id=before.list_id,
                complete=before.complete, loose=before.loose, role=before.role, where=self.where, under=before.under,
            )  # fmt: skip
            self.last_value = self.sentence_last = index
            return
        self.reader.add(
            quantity, self.index, (self.sentence_start, self.sentence_end), (label,), aspect=series.aspect, sign=series.sign,
            compared=series.each_from[0] if series.each_from else series.compared, belongs=belongs, head=before.head, list_id=before.list_id, role=before.role, where=self.where,
        )  # fmt: skip

    def _is_what_became(self, clause: str) -> bool:
        """Whether a clause says what a figure became, and not by how much it changed: 由9万元减少为8万元, 预算调减为8万元."""
        became = phrases.BECAME.fullmatch(clause.strip(phrases.SEPARATORS))
        return became is not None and (bool(became["adj"]) or self.led_from == len(self.reader.readings) - 1)

    def _change(self, quantity: Quantity, gap: Gap, role: str) -> bool:
        """比上年增加N万元, 增长N%, 决算数大于预算数N万元; in a reason also 人员经费增加N万元."""
        if quantity.kind not in _COUNTABLE:
            return False
        closes = gap.clause[:1] in ("相", "比", "对") and phrases.COMPARE.match(gap.clause) is None
        clause = phrases.COMPARED.sub("", gap.clause) if closes else gap.clause
        against = self.compare
        before = self.reader.readings[-1] if self.reader.readings else None
        if (
            not clause.strip(phrases.SEPARATORS + "（")
            and quantity.kind == "percentage"
            and before is not None
            and before.aspect == "change"
            and before.quantity.end >= self.sentence_start
        ):
            # 比上年降低2.31万元、3.13%; 降低2.31万元（3.13%）
            self._derived(quantity, "", "change_rate", before.sign, before.compared, role)
            return True
        change = phrases.CHANGE.search(clause)
        if change is not None and self._is_what_became(clause):
            return False
        if change is None and (gap.against is not None or self._base_is_before()):
            change = phrases.CHANGE_FROM.search(clause)  # 比预算数9万元多出1万元
        if change is None and quantity.kind == "percentage" and (lead := phrases.TRANSITIVE.search(clause)) is not None:
            sign = -1 if lead["verb"].startswith(phrases.DOWN) else 1
            self._derived(quantity, self._label(lead["own"])[0], "change_rate", sign, against, role)
            return True
        both = against_both(gap.clause) if change is not None else None
        if both is not None and change is not None:
            sign = -1 if change["verb"].startswith(phrases.DOWN) else 1
            self._change_from_both(
                quantity, both, "change_rate" if quantity.kind == "percentage" else "change", sign, role
            )
            return True
        if change is not None:
            rate = quantity.kind == "percentage" and quantity.unit != "个百分点"
            if (
                quantity.kind == "number"
                and quantity.unit is None
                and change.group("verb").startswith(phrases.RATE_VERBS)
            ):
                rate = True  # 增长13.95。
            own, _, named_year = self._label(clause[: change.start()])
            if phrases.CAUSE.fullmatch(own):
                own = ""  # 因油价上调比上年多支0.02万元
            bare = not own or self._is_bare(own, None)
            if named_year is None and phrases.THIS_YEAR.match(gap.compared or clause) and self.reader.year is not None:
                named_year = str(self.reader.year)  # 2021年、2022年分别支出8万元、9万元，本年较上年增加1万元
            anew = named_year if bare and before is not None and self._is_of_another_year(before) else None
            if anew is not None and before is not None and before.aspect == "value" and before.period != anew:
                own = ""  # 2021年、2022年分别支出8万元、9万元，2023年比2022年增加1万元
            else:
                anew = None
            if not own and gap.compared and phrases.PURPOSE.match(gap.compared) is None:
                compared = self._label(gap.compared)[0]
                if self.sentence_last is None or len(distribute(compared)) > 1:
                    own = compared  # 收、支总计与上年相比，各减少N万元
            alone = clause.lstrip("各均都") == change.group() and self.last_value is not None
            alone = alone and not manner_of(clause).adjusts
            alone = alone or len(distribute(own)) > 1  # 收、支预算各减少9万元
            if own and before is not None and self._is_of_another_year(before) and self._is_bare(own, None):
                alone = True  # 上年决算28万元，本年减少1万元
            if role == "reason" and own and gap.against is None:
                against = None  # 较年初预算减少3万元，主要是公务用车减少1辆: not against the budget
            elif against is None and self.compared is not None and phrases.OF_MONEY.search(own):
                against = self.compared  # 与上年相比，收入增加9万元。支出增加8万元
            run = self._run_before() if not own else ()
            named = self._labels_before() if not own and not run else ()
            if against is not None or quantity.kind == "percentage" or alone or run or (role == "reason" and own):
                verb = change.group("verb")
                sign = -1 if verb.startswith(phrases.DOWN) else 1
                if "（" in verb:
                    negative = quantity.value is not None and quantity.value < 0
                    sign = 1 if negative else self._sign_beside(sign)  # 增加（减少）-9万元 has its own
                aspect = "change_rate" if rate else "change"
                labels = distribute(own, manner_of(clause).spread)
                if run:
                    of = tuple(one.belongs for one in run if one.belongs is not None)
                    each = () if len(set(of)) == len(of) else tuple(one.compared for one in run)
                    self.series = Series((), of, aspect, sign, against, each_from=each)
                    self._next_in_series(quantity, self.series)
                    return True
                if named:
                    self.series = Series(named, (), aspect, sign, self.reader.readings[-1].compared)
                    self._next_in_series(quantity, self.series)
                    return True
                if not own and self._series_of_items(quantity, clause, aspect, sign, against):
                    return True
                manner = manner_of(clause)
                one = not manner.series or ("各" in clause and not self._following())
                if not own and manner.spread and one and (said := self._said_in_sentence()):
                    # 收入总计9万元，支出总计9万元，与上年相比，各增加1万元
                    self._derived(quantity, said[0], aspect, sign, against, role, labels=said)
                    return True
                labels = self._start_series(clause, labels, aspect, sign, against)
                over = self._list_left(own, gap)
                if anew is not None:
                    over, labels = len(self.reader.readings) - 1, ("",)
                self._derived(quantity, own, aspect, sign, against, role, labels=labels, of=over)
                if anew is not None:
                    self.reader.readings[-1] = self.reader.readings[-1]._replace(period=anew)
                    self.sentence_last = len(self.reader.readings) - 1
                return True
        larger = phrases.LARGER.search(clause) if quantity.kind == "amount" and "算" in clause else None
        if larger is not None and phrases.DIFFERENCE.match(self.text, quantity.end) is None:
            self.compare = _larger_than(larger)
            sign = -1 if larger.group("verb").startswith(("小", "低", "少")) else 1
            self._derived(quantity, "", "change", sign, self.compare, role)
            return True
        return False

    def _list_left(self, own: str, gap: Gap) -> int | None:
        """What a change behind ； is of where it names nothing: what the list before is of (收入9万元，含甲站经费2万元；比上年增加1万元)."""
        if own or gap.rest[:1] != "；":
            return None
        if self.lists:
            return self.lists[-1].head
        first = self.sentence_first
        if first is None or not self.text.startswith("，含", self.reader.readings[first].quantity.end):
            return None
        return first

    def _change_from_both(
        self, quantity: Quantity, both: tuple[str, Against, Against], aspect: str, sign: int, role: str
    ) -> None:
        """比年初预算和上年决算分别减少1万元和2万元: a change from each, or (均) one from both."""
        words, one, other = both
        self.compare = one
        each = self._following() == 1
        self._derived(quantity, self._label(words)[0], aspect, sign, one, role)
        at = len(self.reader.readings) - 1
        of = self.reader.readings[at].belongs
        of = at if of is None else of
        if each:
            self.series = Series((), (of,), aspect, sign, other)
        else:
            self.reader.readings[at] = self.reader.readings[at]._replace(also=other)

    def _value(self, quantity: Quantity, gap: Gap, after: str, role: str) -> None:
        threshold, self.pending_threshold = self.pending_threshold, None
        clause = gap.clause
        comparand = False
        manner = manner_of(clause)
        was = manner.was
        becomes = phrases.BECAME.match(after) if was is not None and clause[-1:] in ("由", "从") else None
        if was is not None and clause[-1:] in ("由", "从") and becomes is None:
            was = None  # 资金从9万元中列支
        if was is not None:
            clause = was[0]
            self.led_from = len(self.reader.readings)
        became = manner.became is not None
        beside = phrases.COMPARAND.fullmatch(clause) if was is None and phrases.COMPARES.match(after) else None
        if beside is not None:
            clause = beside["own"]
            if beside["year"]:
                self.comparand = len(self.reader.readings)
        if phrases.MAY_COMPARE.search(clause) and self._series_of_comparands(quantity, clause):
            return
        label, basis, period = self._label("" if became else clause)
        on = on_bases(label) if (manner.spread or manner.series) and quantity.kind == "amount" else None
        if on is not None and self._following() != (len(on.bases) - 1 if manner.series else 0):
            on = None
        if on is not None:
            label, basis = on.labels[0], on.bases[0]
        series = manner.series and on is None
        in_part = bool(self.lists) and phrases.NAMES_AFTER.match(self.text, quantity.end, self.block.end) is not None
        if in_part:
            label = label[label.rfind("、") + 1 :]
        if was is not None:
            period, basis = (was[1], was[2]) if was[2] is not None else (was[1] or self._last_year(), basis)
            if becomes is not None and becomes["adj"] and basis == "budget" and was[1] is None:
                period = None  # 预算由9万元调减为8万元: both of this year
            self.compare = ("same", was[2]) if was[2] is not None else (was[1], None)
        elif beside is not None:
            if beside["year"]:
                period = beside["year"][:4] if beside["year"][0].isdigit() else self._last_year()
                basis = "budget" if beside["planned"] else basis
            else:
                basis = read_label(beside["basis"])[1]
        if basis == "budget" and "全年" in label and self.amended[0] == len(self.reader.readings) - 1 >= 0:
            basis = "adjusted_budget"  # 年中追加8万元，全年支出预算98万元
        if period is not None and self.sentence_year is not None and period == str(self.reader.year):
            self.sentence_year = period  # 2021年…，2022年…，2023年支出94万元；其中：基本支出…
        if phrases.WITHIN.fullmatch(label) and phrases.OF_BUDGET.match(after):
            label, basis = "", "budget"
        planned_by = self._planned(clause, gap)
        if quantity.kind == "amount":
            basis = basis or self._basis_before(label, gap) or planned_by or self._basis_of_pair(label)
        titled = gap.titled or self._item_of_block(gap)
        if titled and label and self._is_bare(label, None) and self._basis_before(label, gap) is None:
            self.topic_label, self.topic_stated, self.topic, self.sentence_last = titled, True, None, None
        if series and (year := phrases.YEAR_BEHIND.search(label)) is not None:  # A、B上年分别为1万元、2万元
            label = label[: year.start()]
            this_year = str(self.reader.year) if self.reader.year is not None else None
            period = this_year if year.group() == "本年" else self._last_year()
        labels = self._spread(label, clause)
        if (
            series
            and (self._is_bare(label.removeprefix("项目"), None) or phrases.OF_EACH.fullmatch(label))
            and (several := self._names_before_count(gap))
        ):
            label = label.removeprefix("项目")
            labels = tuple(f"{name}项目{label}" for name in several)
            label = labels[0]
        counted = self._counted(quantity, gap, label, after)
        named = label if period is None else "支出"  # 上年分别为: a year is named and no subject
        if (
            series
            and named
            and self._is_bare(label or named, None)
            and self._series_of_figures(quantity, clause, basis, period)
        ):
            return
        last = self.sentence_last
        if labels == ("",) and last is not None and len(self.reader.readings[last].labels) == self._following() + 1 > 1:
            labels = self.reader.readings[last].labels  # 会议费、培训费均持平，分别为1万元、2万元
        if series:
            labels = self._start_series(clause, labels, "value")
            years = self._start_years(labels, period or self.sentence_year)
            period = years or period
            if years is None and self.series is None and self._following():
                labels = ("",)  # 自评得分依次为9分、8分: nothing says of what each is
        if quantity.kind == "score" and not series and self._following():
            labels = ("",)  # 自评得分95分、93分和97分, of things that are not named
        belongs: int | None = None
        topic = ""
        subject = self.sentence_last if self.sentence_last is not None else self.topic
        amended = subject is not None and subject == self.amended[0]
        if amended:  # 年初预算150万元，年中追加65万元，全年支出215万元: said of the first or, where that is nothing, by its own words
            subject = self.amended[1]
        elif gap.rest[:1] == "；" and self.lists and self._leaves_the_list(subject, label, basis):
            subject = self.lists.pop().head
        said = self.reader.readings[subject] if subject is not None else None
        deed = self._deed_after(label, gap.rest, after) if quantity.kind == "count" else ""
        other_side = bare_figure(label)
        # 三、支出决算情况。收入9万元; 收入支出决算情况。收入9万元
        names_side = speaks_of(other_side, self.topic_label) if other_side else False
        names_topic = (said is None or (self.topic_stated and said.topic != "")) and not names_side
        names_figure = basis is not None or (said is not None and said.basis is not None)
        other_year = (
            said is not None and period is not None and self.reader.year is not None and period != str(self.reader.year)
        )
        # 主要原因是新增任务，安排资金6万元; 增加9万元。新增任务，安排资金6万元: the money of what stands between.
        between = self._between(gap.rest, label) if basis is None else ""
        apart = between != "" and (
            self.reason
            or (
                "，" in between
                and label != ""
                and said is not None
                and said.aspect != "value"
                and not self.topic_stated
            )
        )
        bodies = phrases.bodies_counted(label, gap.rest, after) if quantity.kind == "count" else None
        graded = phrases.GRADED_TOO.match(after) if quantity.kind == "count" and said is not None else None
        before_it = phrases.GRADE.search(said.labels[0]) if graded is not None and said is not None else None
        if graded is not None and before_it is not None and said is not None:
            labels = (said.labels[0][: before_it.start("grade")] + graded["grade"],)  # 10个项目等级为优，2个为良
        elif graded is not None and not gap.rest.strip(phrases.SEPARATORS):
            labels = (f"评为{graded['grade']}",)  # 平均得分94分，4个为“优”、1个为“良”
        elif (
            not deed
            and quantity.kind == "count"
            and label.endswith(("的", "覆盖", "涉及"))
            and phrases.PROJECTS_AFTER.match(after)
        ):
            labels = (f"{label}项目",)  # 纳入自评的3个项目涉及资金9万元
        elif quantity.kind == "count" and (goals := phrases.GOALS_AFTER.match(after)) is not None:
            labels = (goals.group(),)  # 共设置3个项目绩效目标
        elif deed:
            labels = (deed,)  # 对2个项目开展绩效自评
        elif bodies is not None:
            labels = (bodies,)
        elif counted:
            labels = (counted,)
        elif (
            self.compare is not None
            and said is not None
            and (with_what := phrases.COMPARE.match(gap.clause)) is not None
            and (not label or label != gap.clause)
            and (with_what.end() < len(gap.clause) or phrases.COMPARES.match(after))
        ):
            # 比年初预算3.00万元减少0.90万元, 比上年收、支总计9万元减少1万元: the figure that the comparison is with.
            comparand = True
            against, basis = self.compare[0], basis or self.compare[1]
            if against == str(self.reader.year) and basis in ("budget", "adjusted_budget"):
                against = "same"
            self.compare = against, basis
            period = period if against == "same" else against or self._last_year()
            if not label:
                belongs, labels = subject, ("",)
                if subject is not None:
                    belongs = self._money_before(
                        quantity, subject, self.compare
                    )  # 接待费9万元，接待8批次，比上年7万元增加2万元
        elif (
            quantity.kind == "headcount"
            and label in ("", "合计", "共计", "共", "总计")
            and phrases.SUM_OF_LIST.fullmatch(clause.strip(phrases.SEPARATORS))
            and (people := self._people_summed(quantity))
        ):
            labels = (people,)
        elif (
            label in ("", "合计", "共计", "总额", "以上", "上述", "以上合计", "以上共计", "上述合计")
            and quantity.kind == "amount"
            and phrases.SUM_OF_LIST.fullmatch(clause.strip(phrases.SEPARATORS))
            and (summed := self._summed())
        ):
            labels = (summed,)
        elif (
            (
                basis is not None
                or self.topic_stated
                or (said is None and not gap.rest)
                or (label and (said is None or said.basis or said.aspect != "value" or other_year))
            )
            and (names_topic or names_figure or other_year or (label and said is not None and said.aspect != "value"))
            and not apart
            and not (names_side and said is None)
            and self._is_bare(label, said)
            and not self._is_the_other_side(label)
            and (label or basis is not None or said is None or said.quantity.kind == quantity.kind)
        ):
            # 年初预算18万元，支出决算17万元: figures of the subject that the words before name.
            if names_topic:
                topic = self.topic_label
                basis = basis or manner.became or None
                if basis is None and quantity.kind == "amount" and phrases.SPENT.fullmatch(label):
                    basis = self._spent_of_planned(topic)
                labels = ("",) if self.topic_stated else labels
            elif quantity.kind == "amount" and said is not None and said.quantity.kind not in _OF_MONEY:
                if said.quantity.kind != "score":  # 挂牌120株，预算20万元，支出19万元: the money of what is counted
                    topic, labels = said.labels[0], ("",)
            else:
                basis = basis or (manner.became or None if amended else None)
                belongs, basis = subject, basis or ("actual" if names_figure else None)
                labels = labels if amended else ("",)
        elif (
            quantity.kind == "amount"
            and phrases.SPENT.fullmatch(label)
            and said is not None
            and self.sentence_last is not None
            and said.quantity.kind in ("count", "headcount")
            and said.quantity.unit not in ("类", "项")  # 上述两类支出合计9万元
        ):
            topic, labels = said.labels[0], ("",)  # 公务接待48批次，415人次，支出4万元
        elif not label and said is not None and (became or period not in (None, str(self.reader.year))):
            # 培训费2.4万元，2020年为0万元; 由上年的14批次降为11批次
            became_of = subject if amended and subject is not None else self._stated_last()
            belongs = became_of if became else self._latest_of_kind(quantity.kind, subject)
            labels = ("",)
            if became and self._is_of_another_year(self.reader.readings[-1]):
                period = str(self.reader.year)
            if became and self.reader.readings[became_of].basis == "budget":
                basis = manner.became or "actual"  # 由年初预算9万元调整为10万元
        elif (
            not label
            and said is not None
            and said.aspect in ("change", "change_rate")
            and quantity.kind == "amount"
            and phrases.REMAINS.fullmatch(clause.strip(phrases.SEPARATORS))
        ):
            belongs, labels = subject, ("",)  # 比上年少22万元，仅为438万元
        elif (
            said is not None
            and said.aspect == "share"
            and (label in ("计", "合计", "共计", "金额") or (not label and phrases.AS_MONEY.fullmatch(clause)))
        ):
            belongs, labels = subject, ("",)  # 授予中小企业占80%，计49万元
        elif (
            label in ("", "累计", "共计")
            and said is not None
            and self.sentence_last is not None
            and not self._between(gap.rest, label)
        ):
            # 公务接待11批次、73人次; 公务接待费0.50万元（接待6批次、48人次）: one label, two units
            before = self.reader.readings[-1]
            beside_it = (
                quantity.kind != "amount"
                and before.quantity.kind != "amount"
                and before.labels != ("",)
                and self._in_brackets(quantity.start)
                and self._in_brackets(before.quantity.start)
            )
            labels = before.labels if beside_it else said.labels
            if quantity.kind == "count":
                labels = tuple(phrases.COST.sub("", words) for words in labels)
        elif (
            label in ("得", "得分", "实得")
            and said is not None
            and (marked := phrases.FULL_MARK.search(said.labels[0]))
            and phrases.OF_THE_WHOLE.search(said.labels[0], 0, marked.start())
        ):
            labels = (said.labels[0][: marked.start()] + "得分",)  # 自评满分100分，得96分
        elif (
            quantity.kind == "count"
            and (set_up := phrases.SET_UP.match(label))
            and (noun := phrases.NOUN_AFTER.match(after))
        ):
            labels = (set_up.group(1) + noun.group(),)  # 内设办公室、监测股2个股室
        elif (
            quantity.kind == "count"
            and (phrases.BEFORE_NOUN.fullmatch(label) or label[-1:] == "的")
            and (noun := phrases.NOUN_AFTER.match(after))
        ):
            labels = (noun.group(),)  # 下设4个科室
        if (comparand or beside is not None) and belongs is not None and belongs == subject:
            belongs = self._compared_figure(belongs, quantity, "value", 1)
            self.base_of = len(self.reader.readings), belongs
        if not topic and said is None and self.topic_label and phrases.POINTS_BACK.match(label):
            topic = self.topic_label  # 古树保护项目。该项目年初预算12万元
        if (
            quantity.kind == "score"
            and label
            and phrases.MARKED_AFTER.match(after)
            and not phrases.FULL_MARK.search(label)
        ):
            labels = (label + "分值",)
        if basis is None and period is not None and self._in_brackets(quantity.start):
            outer = self._before_brackets(quantity.start)
            basis = self.reader.readings[outer].basis or "actual" if outer is not None else None
        entry, loose = self._list_of(gap.rest)
        over = self.reader.readings[entry.head] if entry is not None and entry.head is not None else None
        if period is None and over is not None and self._in_brackets(quantity.start) and self._is_of_another_year(over):
            period = over.period  # …，2022年收入9万元（其中：财政拨款8万元）
        index = self.reader.add(
            quantity, self.index, (self.sentence_start, self.sentence_end), labels, basis=basis, period=period or self.sentence_year,
            head=entry.head if entry else None, other_head=entry.other if entry else None, list_id=entry.id if entry else None,
            complete=entry.complete and not in_part if entry else True, loose=loose, threshold=threshold, belongs=belongs, role=role,
            where=self.where, topic=topic, under=entry.words if entry else "",
            beside=entry is not None and entry.opened_by == "beside", as_of=self.as_of,
        )  # fmt: skip
        first = self.reader.readings[self.sentence_first] if self.sentence_first is not None else None
        # 2023年执行数60万元，2024年预算安排25万元，比2023年执行数减少…: of two years the report's own is what is spoken of.
        earlier = said is not None and self.sentence_last is not None and self._is_of_another_year(said)
        planned = (
            basis in ("budget", "adjusted_budget")
            and not earlier
            and (belongs is not None or (topic != "" and self.sentence_last is not None))
        )
        if on is not None:
            self._on_others(index, on)
            planned = planned and "actual" not in on.bases
        if period is not None and self.sentence_last is not None and period != str(self.reader.year):
            planned = True  # 2023年…, 2022年…，同比下降…: said of this year
        elif (
            first is not None
            and ((topic and first.topic == topic) or belongs == self.sentence_first)
            and (
                (first.basis in ("budget", "adjusted_budget") and basis == "actual") or self._is_of_another_year(first)
            )
        ):
            self.sentence_first = None  # 年初预算18万元，支出决算18万元。与预算数持平: said of the outcome
        if (basis is None or quantity.kind == "count") and clause[:1] == "占" and phrases.OF_WHICH.match(after):
            return  # 5个，占全部项目8个的62.5%: the share is of the first
        if role == "reason" or planned or comparand or gap.rest[:2] == "，含" or self._in_brackets(quantity.start):
            return  # what is said next is said of the outcome
        further = self.amended[0] == index - 1 and gap.rest[:1] in ("、", "和") and basis is None
        if label and (manner_of(label).adjusts or further):
            of = self.amended[1] if self.sentence_last == self.amended[0] else self.sentence_last
            if of is not None and gap.rest[:1] == "；" and (whole := self.reader.readings[of].head) is not None:
                of = whole  # 年初预算9万元，其中：基本支出6万元、项目支出3万元；年中追加2万元
            elif of is None and entry is not None and loose and entry.head is not None:
                of = entry.head if self.reader.readings[entry.head].basis is not None else None
            self.reader.readings[index] = self.reader.readings[index]._replace(head=None, other_head=None)
            self.amended = (index, of)  # 年中追加48万元，追减4万元
        self.last_value = self.sentence_last = index
        if entry is None or loose or entry.opened_by == "block":
            top = self.reader.readings[self.last_top] if self.last_top is not None else None
            # 2023年执行数9万元。2022年执行数8万元，…。分项目看：…: the report's own year is what is listed.
            if (
                not self._is_of_another_year(self.reader.readings[index])
                or top is None
                or self._is_of_another_year(top)
            ):
                self.last_top = index
        if self.sentence_first is None and not (entry is not None and (loose or entry.opened_by == "word")):
            self.sentence_first = index

    def _on_others(self, index: int, on: OnBases) -> None:
        """A全年预算和执行数均为1万元; A全年预算、执行数分别为2万元、1万元: the same thing on the other bases."""
        if self._following():
            named = self.reader.readings[index].labels != ("",)
            labels = on.labels[1:] if named else ("",) * len(on.bases[1:])
            self.series = Series(labels, (), "value", 1, None, bases=on.bases[1:])
        else:
            self.reader.readings[index] = self.reader.readings[index]._replace(bases=on.bases[1:])

    def _planned(self, clause: str, gap: Gap) -> str | None:
        """预计2024年收入9万元，支出9万元; 年初预算安排基本支出9万元，项目支出1万元: a verb that holds for all that it governs."""
        if phrases.PLANS.match(clause):
            self.plan = "budget"
        elif gap.stop or "；" in gap.rest or phrases.CARRIES_OUT.search(clause):
            self.plan = None
        return self.plan

    def _stated_last(self) -> int:
        """The last figure, or what it is said of if it is a change: 年初预算90万元，比上年增加5万元，增长6%；调整预算为96万元."""
        at = len(self.reader.readings) - 1
        while (of := self.reader.readings[at].belongs) is not None and self.reader.readings[at].aspect in (
            "change",
            "change_rate",
        ):
            at = of
        return at

    def _series_of_figures(self, quantity: Quantity, clause: str, basis: str | None, period: str | None) -> bool:
        """A、B预算分别为1万元、2万元，实际支出分别为1万元、1万元: the same things on another basis, or (上年分别为) in another year."""
        if not manner_of(clause).series or not (count := self._following()):
            return False
        if period is not None and "/" in period:
            return False  # 2021年、2022年支出分别为9万元、8万元: a year each, whatever was said before
        items = self._latest_items(count + 1)
        if items:
            periods = (period,) * len(items) if period is not None else ()
            self.series = Series((), items, "value", 1, None, basis or "actual", periods)
            self._next_in_series(quantity, self.series)
        return bool(items)

    def _derived(
        self,
        quantity: Quantity,
        own: str,
        aspect: str,
        sign: int,
        compared: Against | None,
        role: str,
        share_of: str | None = None,
        optional: bool = False,
        labels: tuple[str, ...] = (),
        of: int | None = None,
    ) -> None:
        """A share, change or rate: said of the subject of its own clause, of the sentence's subject, or of the amount before."""
        belongs: int | None = None
        stated, topic = own, ""
        subject = self.sentence_last if self.sentence_last is not None else self.topic
        if self._is_bare(own, self.reader.readings[subject] if subject is not None else None):
            own, labels = "", ()
        if of is not None:
            belongs = of  # …，其中：基本支出9万元；比上年减少1万元: said of what the list is of
        elif not own and role == "statement" and (inside := self._in_same_brackets(quantity.start)) is not None:
            belongs = inside
        elif not own and role == "statement":
            item = self.item_before if aspect != "share" else None
            belongs = next(
                (at for at in (self.sentence_last, item, self.topic, self.last_value) if at is not None), None
            )
            if belongs is not None and aspect == "share" and self._has_share(belongs):
                latest = len(self.reader.readings) - 1
                if self.reader.readings[latest].aspect == "value" and self._is_of_another_year(
                    self.reader.readings[latest]
                ):
                    belongs = latest  # 9万元，占20%，上年为8万元，占18%
            if belongs is not None and aspect == "change" and quantity.kind not in _OF_MONEY:
                belongs = self._counted_before(quantity, belongs)
            if belongs is not None and aspect != "share":
                belongs = self._money_before(quantity, belongs, compared)
                belongs = self._compared_figure(belongs, quantity, aspect, sign)
                belongs = self._spent_before(belongs) if aspect == "execution_rate" else belongs
            if belongs is None:
                own, topic = stated or self.topic_label, self.topic_label if stated else ""
        if aspect in ("change", "change_rate") and compared is None:
            compared = self.compare
        if belongs is not None and (other := self._compared_with_the_year_before(compared)) is not None:
            belongs = other
        beside = self.comparand == len(self.reader.readings) - 1 >= 0 and self.sentence_last is None and not own
        if beside and role == "statement" and aspect != "share" and of is None:
            named = self.reader.readings[self.comparand].labels
            if named != ("",) and self.reader.readings[self.comparand].quantity.kind == quantity.kind:
                own, labels, belongs = named[0], named, None  # 运行维护费较上年16万元减少1万元, after its own list
        if belongs is not None and aspect in ("change", "change_rate") and of is None:
            belongs = self._of_the_year_named(belongs, stated)
        if belongs is not None and belongs == self.comparand:  # 收入与上年90万元相比增加10万元: this year's does
            labels = self.reader.readings[belongs].labels
            own, belongs = labels[0], None
        entry = self.lists[-1] if self.lists and own else None
        index = self.reader.add(
            quantity, self.index, (self.sentence_start, self.sentence_end), labels or distribute(own), aspect=aspect, sign=sign,
            compared=compared, belongs=belongs, head=entry.head if entry else None, list_id=entry.id if entry else None, role=role,
            share_of=share_of, optional=optional, where=self.where, topic=topic, as_of=self.as_of,
        )  # fmt: skip
        if own and role == "statement" and not self._in_brackets(quantity.start):
            self.sentence_last = index
            self.topic = self.topic if self.topic is not None else index

    def _of_the_year_named(self, at: int, stated: str) -> int:
        """2021年支出8万元，本年较上年增加1万元，增幅12%: of this year's outcome, and what follows a change that is of it too."""
        readings = self.reader.readings
        if not self._is_of_another_year(readings[at]):
            return at
        last = len(readings) - 1
        same = readings[last].sentence[0] == self.sentence_start
        if same and readings[last].aspect == "change" and readings[last].belongs is not None:
            before = readings[last].belongs
            return at if before is None or self._is_of_another_year(readings[before]) else before
        if not stated.startswith(("本年", "今年", "当年")):
            return at
        for other in range(last, -1, -1):
            one = readings[other]
            if one.block != self.index:
                break
            outcome = one.aspect == "value" and one.basis in (None, "actual") and one.role == "statement"
            if outcome and one.quantity.kind == readings[at].quantity.kind and not self._is_of_another_year(one):
                return other
        return at

    def _threshold(self, quantity: Quantity, gap: str, after: str) -> bool:
        """50万以上 before a noun limits the noun; after 没有 the whole phrase is one statement that there is none."""
        if quantity.qualifier not in phrases.OPERATOR or quantity.kind not in ("amount", "number"):
            return False
        noun = phrases.THRESHOLD_NOUN.match(after)
        if noun is None or quantity.value is None:
            return False
        threshold = Threshold(
            phrases.OPERATOR[quantity.qualifier],
            quantity.value,
            quantity.unit or "",
            quantity.yuan or _as_yuan(quantity),
        )
        negator = phrases.NO_BEFORE.search(gap)
        if negator is not None:
            start = quantity.start - (len(gap) - negator.start())
            end = quantity.end + noun.end()
            none = Quantity(start, end, "count", "none", None, None, None, None, None, None, None)
            period = self._label(gap[: negator.start()])[2]  # 2023年底共有车辆2辆。2024年未安排购置…
            self.reader.add(
                none, self.index, (self.sentence_start, self.sentence_end), (noun.group("noun"),), threshold=threshold,
                period=period, where=self.where, as_of=self.as_of,
            )  # fmt: skip
            self.previous = end
            return True
        if phrases.LIMITS_A_COUNT.match(after) or phrases.LIMITS_NONE.match(after):
            self.pending_threshold = threshold
            self.previous = quantity.end
            return True
        return False

    # -- statements without a number ------------------------------------------------------------------------------------

    def sign(self, sign: phrases.Sign) -> None:
        gap_start = self.previous
        gap = self._advance(sign.start, sign.end)
        sentence = (self.sentence_start, self.sentence_end)
        self.previous = sign.end
        entry = self.lists[-1] if self.lists else None
        if sign.kind == "grade":
            label, _, period = self._label(last_clause(sign.label))
            grade = Quantity(sign.start, sign.end, "grade", "stated", None, None, None, None, None, None, None)
            self.reader.add(grade, self.index, sentence, (label,), optional=True, period=period, where=self.where)
        elif sign.kind == "same":
            if self.reason:
                return  # 主要原因是车辆保持不变: no statement on the figure
            nearly = self.text[max(0, sign.start - 2) : sign.start] in phrases.NEARLY
            alone = self.text[gap_start : sign.start].strip(phrases.SEPARATORS) in phrases.NEARLY
            if nearly and alone and self._last_is_derived():
                return  # 比上年3万元少0.07万元，基本持平: what the change comes to
            after = against_after(self.text[sign.end : sign.end + 24]) if self.text[sign.end - 1] == "于" else None
            if after is not None or gap.against is not None:
                self.compare = after or gap.against
            readings = self.reader.readings
            both = against_both(gap.clause)
            if (
                self.compare is None
                and both is None
                and "致" not in self.text[sign.start : sign.end]
                and not gap.clause
            ):
                if not readings or not self._is_of_another_year(readings[-1]):  # 上年同期为420万元，持平
                    return
            own = self._label(gap.clause if both is None else both[0])[0]
            qualifier = "about" if nearly else None
            same = Quantity(sign.start, sign.end, "amount", "unchanged", None, None, None, None, None, qualifier, None)
            labels = distribute(own, manner_of(gap.clause).spread)
            if not own and manner_of(gap.clause).spread:
                labels = self._said_in_sentence() or labels  # 收入9万元，支出9万元，均与上年持平
                own = labels[0]
            against = self.compare if both is None else both[1]
            self._derived(same, own, "change", 1, against, "statement", optional=True, labels=labels)
            if both is not None:
                readings[-1] = readings[-1]._replace(also=both[2])
        elif not self.reason:
            threshold, self.pending_threshold = self.pending_threshold, None
            # 年初无结转和结余: what stands before the negator belongs to the name of the thing.
            before = phrases.CLAUSE_END.split(gap.rest)[-1] if sign.leads else ""
            named = gap.clause if not sign.leads and gap.clause and sign.label.endswith(gap.clause) else sign.label
            words = (before if len(before) <= 12 else "") + last_clause(named)
            label, basis, period = self._label(words)
            labels = distribute(label, manner_of(words).spread or sign.leads)
            if (several := phrases.ALL_OF.fullmatch(words)) is not None and not sign.leads:
                rest = several["rest"] or ""
                labels = tuple(self._label(f"{name}{rest}")[0] for name in several["names"].split("、") if name)
                label = labels[0]
            elif (classes := phrases.EACH_CLASS.fullmatch(label)) is not None:
                labels = tuple(f"{name}支出" for name in classes["names"].split("、") if name)
            if "、" in label and label.endswith("收支"):
                labels = tuple(label.split("、"))  # 无政府性基金预算、国有资本经营预算收支
            topic = ""
            belongs: int | None = None
            before_it = self.sentence_last if self.sentence_last is not None else self.topic
            if not label and period is not None and not sign.leads and before_it is not None:
                belongs = before_it  # 增加3.4万元（2022年未安排）
            elif label and self._is_bare(label, None):
                if gap.titled and self.sentence_last is None and not sign.leads:
                    self.topic_label, self.topic_stated, self.topic = gap.titled, True, None
                labels = ("",)
                if self.sentence_last is None and (planned := self._planned_item()) is not None:
                    topic, basis = planned, "actual"  # 古茶树普查：预算15万元，尚未支出
                elif self.sentence_last is None:
                    topic = self.topic_label  # 死亡抚恤（项）。无年初预算，支出决算14万元
                elif self.reader.readings[self.sentence_last].quantity.kind == "amount":
                    belongs, basis = self.sentence_last, basis or "actual"  # 支出14万元，年初未安排此项预算
            none = Quantity(sign.start, sign.end, "amount", "none", None, None, None, None, None, None, None)
            index = self.reader.add(
                none, self.index, sentence, labels, optional=True, basis=basis, period=period, belongs=belongs, head=entry.head if entry else None,
                list_id=entry.id if entry else None, where=self.where, topic=topic, threshold=threshold, as_of=self.as_of,
                under=entry.words if entry else "",
            )  # fmt: skip
            if label and belongs is None and self.last_value is None:
                self.last_value = index  # 没有政府性基金支出，减少9万元
            if label and belongs is None:
                self.sentence_last = index  # 未发生会议费，上年为0.35万元


def _larger_than(match: re.Match[str]) -> Against:
    """What 决算数大于年初预算数, 本年数小于上年预算数 compare with."""
    what = "actual" if match["what"] == "决算" else "budget"
    if match["last"] or match["year"]:
        return match["year"], what
    return "same", "adjusted_budget" if (match["which"] or "").startswith(("全年", "调整")) else what


def _as_yuan(quantity: Quantity) -> Decimal | None:
    """50万 before a noun of money is 500,000 yuan."""
    scale = {"万": 10_000, "亿": 100_000_000}.get(quantity.unit or "")
    return quantity.value * scale if scale and quantity.value is not None else None

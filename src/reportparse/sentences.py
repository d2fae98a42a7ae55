"""What the figures before say of the next one: its list, its subject, its year, the figures that it runs with.

Over 400 lines because these questions are asked of one state, that of a sentence being read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reportparse import phrases
from reportparse.blocks import Block
from reportparse.clauses import Against, Gap, bare_figure, distribute, manner_of, read_label, read_named
from reportparse.model import Threshold
from reportparse.numbers import Quantity
from reportparse.reading import OpenList, Passage, Reading, Series

VERB_AT_MOST = 8
FEW = 8
"""Figures before, among which the few are that a short sentence holds."""
_PLACES = 2
_ROUNDED = Decimal("0.005")
LATEST = 500
"""Figures before, among which the one is that a sentence goes on from, however many its block has: to look through all of them
for each would take a time that grows with their square.
"""
_RUN = 100
"""Figures of one run, each with a change of its own, at most."""
_HISTORY = 10
"""Years before the report's that a sentence can still begin with and mean its figures to be of."""


class Sentence:
    """One block, as far as it is read: its open lists, its subject, its sentence, its comparison, and what these say of the next figure."""

    __slots__ = (
        "amended",
        "as_of",
        "at",
        "base_of",
        "block",
        "carry",
        "comparand",
        "compare",
        "compared",
        "dormant",
        "in_carry",
        "index",
        "item_before",
        "last_top",
        "last_value",
        "led_from",
        "lists",
        "pending_threshold",
        "plan",
        "previous",
        "quantities",
        "reader",
        "reason",
        "run_to",
        "sentence_end",
        "sentence_first",
        "sentence_last",
        "sentence_start",
        "sentence_year",
        "series",
        "text",
        "topic",
        "topic_label",
        "topic_stated",
        "where",
    )  # fmt: skip

    def __init__(
        self,
        reader: Passage,
        index: int,
        block: Block,
        body: int,
        carry: OpenList | None,
        quantities: Sequence[Quantity],
    ) -> None:
        self.reader = reader
        self.text = reader.text
        self.index = index
        self.block = block
        self.previous = body if body < block.end else block.start
        self.where = "heading" if body >= block.end and block.kind == "heading" else "prose"
        self.sentence_start = self.previous
        self.sentence_end = self._end_of_sentence(self.previous)
        self.sentence_first: int | None = None
        self.sentence_last: int | None = None
        self.sentence_year: str | None = None
        self.topic: int | None = None
        self.topic_label = reader.title_of(index)
        self.topic_stated = (
            reader.outline.owner[index] >= 0 and reader.outline.nodes[reader.outline.owner[index]].start == block.start
        )
        if reader.class_before is not None and reader.class_before[0] == index:
            self.topic_label, self.topic_stated = reader.class_before[1], True
        self.last_value: int | None = None
        self.last_top: int | None = None
        self.lists: list[OpenList] = []
        self.carry = carry
        self.in_carry = carry is not None
        self.dormant: OpenList | None = None
        self.reason = False
        self.compare: Against | None = None
        self.compared: Against | None = None  # in a sentence before
        self.pending_threshold: Threshold | None = None
        self.quantities = quantities
        self.at = -1
        self.run_to = -1
        self.comparand = -1
        self.series: Series | None = None
        self.base_of: tuple[int, int] | None = None
        """The figure that a comparison is with, and the one that is compared."""
        self.plan: str | None = None
        """The basis of all that the verb at the beginning of the clauses governs."""
        self.item_before: int | None = None
        """The only figure of the sentence before, where that is an item of a list: 其中：公务用车购置费0万元。"""
        self.as_of = reader.as_of(index)
        self.led_from = -1
        """The figure that 由 leads on from: 由9万元减少为8万元."""
        self.amended: tuple[int, int | None] = (
            -1,
            None,
        )  # a change of the budget in the year, and the subject before it

    def _end_of_sentence(self, position: int) -> int:
        stop = phrases.STOP.search(self.text, position, self.block.end)
        return stop.end() if stop else self.block.end

    def _only_item(self) -> int | None:
        """The only figure of a sentence that begins with the words that open its list."""
        last = self.sentence_last
        if last is None or not phrases.OPENS_WITH_LIST.match(self.text, self.sentence_start):
            return None
        said = self.reader.readings[last]
        figures = [
            one
            for one in self.reader.readings[-FEW:]
            if one.block == self.index and one.quantity.start >= self.sentence_start and one.aspect == "value"
        ]
        money = [one for one in figures if one.quantity.kind == "amount"]
        return last if said.head is not None and money == [said] else None

    def list_of_one(self) -> OpenList | None:
        """The list that the last sentence opens and gives one item of: what stands in the paragraphs after it goes on with it."""
        if not self.lists or self.lists[-1].opened_by != "word" or self._only_item() is None:
            return None
        return self.lists[-1]._replace(opened_by="paragraphs") if self.lists[-1].head is not None else None

    def _count_listed(self, head: int | None, start: int) -> int | None:
        """车辆5辆，价值86万元；其中：一般公务用车2辆: a list of what is counted is of the count, and not of its worth; one of money
        is of no rate: 涉及资金90万元，覆盖率100%。其中，茶园道路项目50万元.
        """
        first = self.quantities[self.at] if self.at >= 0 else None
        if head is not None and first is not None and first.kind == "amount":
            return self._money_over(head) if self.reader.readings[head].quantity.kind == "percentage" else head
        if head is None or first is None or first.start != start or first.kind not in ("count", "headcount"):
            return head
        readings = self.reader.readings
        if readings[head].quantity.kind != "amount":
            return head
        for at in range(head - 1, -1, -1):
            one = readings[at]
            if one.block != self.index or one.quantity.start < self.sentence_start:
                break
            if (one.quantity.kind, one.quantity.unit, one.aspect) == (first.kind, first.unit, "value"):
                return at
        return head

    def _money_over(self, rate: int) -> int:
        """The money that stands before a rate in its paragraph, near it; else the rate."""
        readings = self.reader.readings
        for at in range(rate - 1, max(-1, rate - 1 - FEW), -1):
            one = readings[at]
            if one.block != self.index:
                break
            if one.quantity.kind == "amount" and one.aspect == "value" and one.role == "statement":
                return at
        return rate

    def _adds_up_to(self, head: int, start: int) -> bool:
        """Whether the figures from ``start`` on are the parts of one before, and none of a reason."""
        total = self.reader.readings[head].quantity
        left, count = total.value, 0
        if left is None:
            return False
        quantum = Decimal(1).scaleb(min(0, int(left.as_tuple().exponent)))
        before = self.previous
        for one in self.quantities[bisect_left(self.quantities, start, key=lambda one: one.start) :]:
            words, before = self.text[before : one.start], one.end
            if one.value is None or (one.kind, one.unit) != (total.kind, total.unit) or names_a_change(words):
                continue
            left, count = left - one.value, count + 1
            if left <= count * quantum or one.end > self.sentence_end:
                return abs(left) <= count * quantum and count > 1
        return False

    def _last_is_derived(self) -> bool:
        readings = self.reader.readings
        return bool(readings) and readings[-1].block == self.index and readings[-1].aspect in ("change", "change_rate")

    def _explains_a_change(self) -> bool:
        """Whether brackets that open stand behind a change of people: 比上年增加2人（调入3人，退休1人）."""
        return self._last_is_derived() and self.reader.readings[-1].quantity.kind == "headcount"

    def _planned_before(self) -> int | None:
        """年初预算9万元，其中…；调整预算10万元，其中：基本支出…: the figure of the plan that stands right before its own list."""
        at = len(self.reader.readings) - 1
        said = self.reader.readings[at]
        if said.quantity.end != self.previous or said.belongs is None or said.aspect != "value":
            return None
        of = self.reader.readings[said.belongs]
        plans = ("budget", "adjusted_budget")
        return at if said.basis in plans and of.basis in plans and said.basis != of.basis else None

    def _named(self, words: str, head: int | None) -> int | None:
        """The figure of this block that the words before a list name: 财政拨款收入包括：…; otherwise ``head``."""
        name = self._label(words.removesuffix("的"))[0]
        if len(name) < 3 and name not in phrases.OTHER_SIDE:
            return head
        for at, reading in self._latest():
            if reading.aspect == "value" and any(
                label.startswith(name) or (name.endswith("总计") and label.endswith(name)) for label in reading.labels
            ):
                return at
        return head

    def _total_before(self) -> int | None:
        """The figure right before that nothing but its own changes and shares follow."""
        readings = self.reader.readings
        at = len(readings) - 1
        while at >= 0 and readings[at].aspect != "value" and readings[at].belongs is not None:
            at = min(at - 1, readings[at].belongs or 0)
        return at if at >= 0 and at == self.sentence_last else None

    def _parts_follow(self, gap: Gap, start: int) -> bool:
        """资产总额9万元，固定资产8万元，流动资产1万元: no word opens the list, but its figures add up to the one before."""
        if gap.stop or self.reason or gap.rest[:1] not in ("，", "：") or self._in_brackets(start):
            return False
        at = self._total_before()
        if at is None or self.reader.readings[at].head is not None or gap.against is not None:
            return False
        total = self.reader.readings[at].quantity
        if (
            "运行" in self.reader.readings[at].labels[0]  # 机关运行经费7万元，会议费3万元，培训费4万元
            or (not total.decimals and not phrases.IS_A_TOTAL.search(self.reader.readings[at].labels[0]))
            or total.kind not in ("amount", "headcount", "score")
            or total.state != "stated"
            or not self._label(gap.clause)[0]
        ):
            return False
        first = self.quantities[self.at]
        if first.start != start:
            return False  # 无
        if (first.kind, first.unit) != (total.kind, total.unit) or self._is_bare(self._label(gap.clause)[0], None):
            return False
        return not names_a_change(gap.clause) and self._is_made_of(total)

    def _is_made_of(self, total: Quantity) -> bool:
        """Whether the figures from this one on, to the next ； at most, are what a figure is made of: several, none of them
        the total once more, and nothing left over but what rounding to two places may take.
        """
        left, count = total.value, 0
        before = self.previous
        for one in self.quantities[self.at : self.at + LATEST]:
            words, before = self.text[before : one.start], one.end
            if one.end > self.sentence_end or "；" in words or left is None:
                return False
            if (one.kind, one.unit) != (total.kind, total.unit) or names_a_change(words):
                continue
            if one.value is None or one.value == total.value:
                return False  # 购置费0万元，两项合计9万元
            left, count = left - one.value, count + 1
            slack = count * _ROUNDED if total.kind == "amount" and total.decimals == _PLACES else Decimal(0)
            if left <= slack:
                return count > 1 and abs(left) <= slack
        return False

    def _names_side(self, at: int, side: str) -> bool:
        """Whether a figure, or the total that it is listed under, is one of 收入 or of 支出."""
        reading = self.reader.readings[at]
        if any(side in words for words in self._goes_by(reading)):
            return True
        return reading.head is not None and self._names_side(reading.head, side)

    def _spent_on(self, subject: str | None, end: int) -> int | None:
        """The amount of this block that ``subject`` names; without a subject that of the sentence, if more than one thing
        is bought with it: ，主要用于渡口改造（20万元）、标志牌更新（5万元）.
        """
        if subject is None:
            goes_on = self.text[end : end + 2].removeprefix("）")[:1] in ("、", "；")
            said = self.reader.readings[self.sentence_last] if goes_on and self.sentence_last is not None else None
            return self.sentence_last if said is not None and said.quantity.kind == "amount" else None
        for at, reading in self._latest():
            if reading.aspect == "value" and reading.quantity.kind == "amount" and subject in reading.labels:
                return at
        return None

    def _topic_of_previous_block(self) -> int | None:
        """What a paragraph that begins with 其中 goes on from: what the rate or change at the end of the one before is of, or
        its last amount that stands in no list.
        """
        readings = self.reader.readings
        end = bisect_left(readings, self.index, key=lambda reading: reading.block)
        for at in range(end - 1, max(-1, end - 1 - LATEST), -1):
            reading = readings[at]
            if reading.block < self.index - 1:
                return None
            if reading.belongs is not None and reading.role != "reason" and reading.where != "table":
                of = self.reader.readings[reading.belongs]
                if of.block == reading.block and of.aspect == "value" and of.head is None:
                    return reading.belongs
            if reading.aspect == "value" and reading.head is None and reading.where != "table":
                return at
        return None

    def _of_the_reports_year(self, head: int, start: int) -> int:
        """2023年支出9万元。2021年、2022年支出分别为7万元、8万元。按性质分，基本支出…: a list that no figure of its sentence heads is of the
        report's own year, unless its parts add up to the earlier year's.
        """
        readings = self.reader.readings
        said = readings[head]
        if not self._is_of_another_year(said) or self._adds_up_to(head, start):
            return head
        side = next((side for side in phrases.OTHER_SIDE if side in said.labels[0]), None)
        for at in range(head - 1, max(-1, head - 1 - LATEST), -1):
            one = readings[at]
            if one.block != said.block:
                break
            of_other = side is not None and phrases.OTHER_SIDE[side] in one.labels[0] and side not in one.labels[0]
            alike = one.quantity.kind == said.quantity.kind and one.aspect == "value" and one.role != "reason"
            if alike and one.head is None and not of_other and not self._is_of_another_year(one):
                return at
        return head

    def _has_peers(self, at: int) -> bool:
        """Whether a figure is one of several in its paragraph that are parts of nothing there."""
        readings = self.reader.readings
        block = readings[at].block
        return any(
            one.block == block and one.aspect == "value" and one.head is None and one.belongs is None
            for one in readings[max(0, at - FEW) : at]
        )

    def _latest(self) -> Iterator[tuple[int, Reading]]:
        """The latest figures of this block, the last first, each with its place among all."""
        readings = self.reader.readings
        for at in range(len(readings) - 1, max(-1, len(readings) - 1 - LATEST), -1):
            if readings[at].block != self.index:
                return
            yield at, readings[at]

    def _following(self) -> int:
        """How many figures of one kind follow this one with nothing but separators between."""
        at = max(self.at, self.run_to)
        first = self.quantities[self.at].start
        while at + 1 < len(self.quantities):
            one, other = self.quantities[at], self.quantities[at + 1]
            further = phrases.NEXT_IN_SERIES.fullmatch(self.text[one.end : other.start])
            if further is None:
                break
            if further["verb"] and not names_a_change(self.text[max(0, first - VERB_AT_MOST) : first]):
                break  # 收、支总计各为9万元，增加1万元
            if further["verb"] and (one.kind == "percentage") != (other.kind == "percentage"):
                break  # 各减少16万，下降8%
            if other.kind != one.kind and "number" not in (one.kind, other.kind):
                break
            at += 1
        self.run_to = at  # from any figure of a run on it ends there
        return at - self.at

    def _labels_before(self) -> tuple[str, ...]:
        """The names of the changes right before, where as many rates follow: 收入、支出各增加1万元、2万元，增长3%、4%."""
        count = self._following() + 1
        run = self.reader.readings[-count:] if 2 <= count <= _RUN else []
        own = [one for one in run if one.aspect == "change" and one.belongs is None and len(one.labels) == 1]
        if len(own) < count or own[0].quantity.start < self.sentence_start:
            return ()
        names = tuple(one.labels[0] for one in own)
        return names if all(names) and len(set(names)) == count else ()

    def _run_before(self) -> Sequence[Reading]:
        """The figures right before, of one thing each or compared with one thing each, where as many follow:
        …增加1万元、2万元，增长3%、4%.
        """
        count = self._following() + 1
        if not 2 <= count <= _RUN or len(self.reader.readings) < count:
            return ()
        run = self.reader.readings[-count:]
        of = {(one.belongs, one.compared) for one in run if one.quantity.start >= self.sentence_start}
        same = all((one.aspect, one.period, one.basis) == (run[0].aspect, run[0].period, run[0].basis) for one in run)
        return run if len(of) == count and same and all(one.belongs is not None for one in run) else ()

    def _summed(self) -> str:
        """What a sum at the end of a list of amounts is of: what the list names, or 合计 where it names nothing."""
        amounts = 0
        entry = self.lists[-1] if self.lists else self.dormant
        for _, reading in self._latest():
            if reading.quantity.end <= self.sentence_start and (entry is None or reading.list_id != entry.id):
                break
            amounts += reading.aspect == "value" and reading.quantity.kind == "amount"
        if amounts < 2:
            return ""
        return (entry.words if entry is not None and entry.head is None else "") or "合计"

    def _people_summed(self, quantity: Quantity) -> str:
        """What 合计26名 behind several figures of people is of: posts or people, if it is their sum."""
        total, count, words = Decimal(0), 0, ""
        for _, reading in self._latest():
            if reading.quantity.end <= self.sentence_start:
                break
            if reading.quantity.kind != "headcount" or reading.quantity.value is None or reading.aspect != "value":
                break
            total += reading.quantity.value * len(reading.labels)
            count += len(reading.labels)
            words = reading.labels[0]
            if total >= (quantity.value or 0):
                break
        if count < 2 or total != quantity.value:
            return ""
        return "编制" if phrases.POSTS.search(words) else "实有人数"

    def _items_called(self, clause: str, count: int) -> tuple[int, ...]:
        """The items of the paragraph that a series says it is of: A9万元、B0万元、C3万元。A、C分别占75%、25%."""
        said = phrases.EACH_OF.match(clause)
        names = distribute(said["names"], spread=True) if said is not None else ()
        if len(names) != count:
            return ()
        readings = self.reader.readings
        values = [
            (at, one.labels[0])
            for at in range(max(0, len(readings) - LATEST), len(readings))
            if (one := readings[at]).block == self.index and one.aspect == "value" and one.labels[0]
        ]
        found = [next((at for at, label in reversed(values) if label.endswith(name)), None) for name in names]
        return tuple(at for at in found if at is not None) if None not in found else ()

    def _latest_items(self, count: int) -> tuple[int, ...]:
        """The latest ``count`` figures of one list, or changes of as many things."""
        changes = range(len(self.reader.readings) - count, len(self.reader.readings))
        if changes.start >= 0 and all(
            (one := self.reader.readings[at]).aspect in ("change", "share")
            and one.labels != ("",)
            and one.block == self.index
            for at in changes
        ):
            return tuple(changes)
        last = self.reader.readings[self.last_value] if self.last_value is not None else None
        items = [
            at
            for at in range(max(0, len(self.reader.readings) - 4 * count), len(self.reader.readings))
            if last is not None
            and (one := self.reader.readings[at]).block == self.index
            and one.aspect == "value"
            and one.list_id == last.list_id
            and not (one.quantity.kind == "count" and one.labels[0].startswith("分别"))  # 两项分别占60%和40%
        ]
        return tuple(items[-count:]) if len(items) >= count else ()

    def _counted(self, quantity: Quantity, gap: Gap, label: str, after: str) -> str:
        """What a figure stands before, where the words before it name something else: 3个专门委员会、8个工作委员会."""
        if (
            quantity.kind == "amount"
            or quantity.kind == "score"
            or (gap.opened is not None and label and phrases.NO_NAME.fullmatch(label) is None)
        ):
            return ""
        between = self.text[self.previous : quantity.start]
        glued = (
            self.at > 0
            and len(between) <= 12
            and self.previous == self.quantities[self.at - 1].end
            and phrases.COUNTED.fullmatch(between) is not None
        )
        apart = not gap.rest or gap.rest[-1] in "，；、：。" or phrases.NO_NAME.fullmatch(label) is not None
        apart = apart or phrases.GIVES_A_REASON.search(between) is not None
        if not (glued or apart):
            return ""
        noun = phrases.COUNTED.match(after)
        return noun["noun"].rstrip("和及与的") if noun is not None else ""

    def _names_before_count(self, gap: Gap) -> tuple[str, ...]:
        """A、B、C三个项目预算分别为1万元、2万元、3万元: the things that the number before them counts."""
        before = self.reader.readings[-1] if self.reader.readings else None
        if before is None or before.quantity.kind != "count" or before.quantity.end < self.sentence_start:
            return ()
        names = distribute(before.labels[0], True)
        of_projects = phrases.PROJECTS_AFTER.match(gap.rest) is not None
        if not of_projects or before.quantity.value != len(names) or len(names) != self._following() + 1:
            return ()
        return names if len(names) > 1 else ()

    def _spent_of_planned(self, topic: str) -> str | None:
        """①机采示范，预算9万元，支出8万元: what is spent, right behind the budget of the same item."""
        before = self.reader.readings[-1] if self.reader.readings else None
        of_it = before is not None and before.topic == topic and before.quantity.end >= self.sentence_start
        return "actual" if of_it and before is not None and before.basis in ("budget", "adjusted_budget") else None

    def _planned_item(self) -> str | None:
        """The item of which the figure right before in the sentence is the budget."""
        before = self.reader.readings[-1] if self.reader.readings else None
        if (
            before is None
            or before.quantity.end < self.sentence_start
            or before.basis not in ("budget", "adjusted_budget")
        ):
            return None
        return before.topic or None

    @staticmethod
    def _basis_before(label: str, gap: Gap) -> str | None:
        """年初预算：收入9万元; 市财政批复我局年初预算，收入、支出各9万元: the clause before says on what basis the sides are."""
        side = distribute(label)[0]
        if side not in phrases.OTHER_SIDE or gap.against is not None:
            return None
        before = gap.rest[: gap.rest.rfind(label)] if label in gap.rest else ""
        of = next((one for one in phrases.BASIS_BEFORE.finditer(before) if one.end() == len(before)), None)
        if of is None:
            return None
        return "actual" if of["what"] == "决算" else "adjusted_budget" if of["adj"] else "budget"

    def _basis_of_pair(self, label: str) -> str | None:
        """年初预算总收入9万元，总支出9万元: the second side is on the basis of the first, which says it for both."""
        side = next((side for side in phrases.OTHER_SIDE if side in label), None)
        at = self.sentence_last if side is not None else None
        first = self.reader.readings[at] if at is not None else None
        if side is None or first is None or first.basis is None or first.aspect != "value":
            return None
        name = phrases.FIGURE_WORDS.sub("", phrases.BUDGET.sub("", self._goes_by(first)[0]))
        other = phrases.OTHER_SIDE[side]
        paired = other in name and side not in name and name.replace(other, side).endswith(label)
        return first.basis if paired else None

    def _latest_of_kind(self, kind: str, subject: int | None) -> int | None:
        """The subject; or the latest figure of this block that a figure of this kind can be another year's of."""
        for at, reading in self._latest():
            if reading.quantity.kind == kind and reading.aspect == "value":
                return at
        return subject

    def _spread(self, label: str, clause: str) -> tuple[str, ...]:
        """The things that a clause says its figure, or figures, of: A、B均为, A和B分别支出."""
        manner = manner_of(clause)
        if not manner.spread and not manner.series:
            return distribute(label)
        each = label.find("分别")
        if each > 0 and (self._is_bare(label[each + 2 :], None) or phrases.MARKS_EACH.fullmatch(label, each)):
            return distribute(label[:each], True)
        return distribute(label, manner.spread)

    def _is_of_another_year(self, said: Reading) -> bool:
        return said.period is not None and self.reader.year is not None and said.period != str(self.reader.year)

    def _of_this_year(self, at: int) -> int:
        said = self.reader.readings[at]
        return said.belongs if said.belongs is not None and self._is_of_another_year(said) else at

    def _of_these_times(self, year: str | None) -> str | None:
        """A year that a sentence begins with, unless it lies so far back that it is history: 我局成立于1958年，设…."""
        far = year is not None and self.reader.year is not None and abs(int(year[:4]) - self.reader.year) > _HISTORY
        return None if far else year

    def _last_year(self) -> str | None:
        return str(self.reader.year - 1) if self.reader.year is not None else None

    def _item_of_block(self, gap: Gap) -> str:
        """（1）机采示范，年初预算40万元: what an item of a list is about."""
        if self.at or self.block.number is None or gap.stop or self.topic_stated:
            return ""
        item = phrases.FIRST_ITEM.match(gap.rest)
        return item[1] if item is not None else ""

    def _leaves_the_list(self, item: int | None, label: str, basis: str | None) -> bool:
        """年初预算120万元，其中：道路70万元、桥梁50万元；全年执行数105万元: the total goes on, not its last item."""
        head = self.lists[-1].head
        if item is None or head is None or basis is None or not label or not self._is_bare(label, None):
            return False
        readings = self.reader.readings
        return readings[item].basis is None and readings[head].basis not in (None, basis)

    @staticmethod
    def _deed_after(label: str, gap: str, after: str) -> str:
        """What was done to the projects that a number before them counts, or the grade that they got."""
        if label.endswith("项目") and (behind := phrases.DEED_BEHIND.match(after)) is not None:
            return f"项目{behind.group()}"
        deed = phrases.GRADE_AFTER.match(after) or phrases.DEED_AFTER.match(after)
        if deed is None:
            return ""
        before = label and gap[-1:] not in phrases.SEPARATORS and gap[-1:] != "的"
        if before and not (phrases.BEFORE_NOUN.fullmatch(label) or phrases.COUNTED_AMONG.search(label)):
            return ""
        return phrases.QUOTES.sub("", deed.group())

    def _is_bare(self, label: str, said: Reading | None) -> bool:
        """Whether a label names a figure but no subject. 支出 after 收入 is a subject of its own."""
        other = bare_figure(label)
        if other is None:
            return False
        return not (other and said is not None and any(speaks_of(other, words) for words in self._goes_by(said)))

    def _goes_by(self, said: Reading) -> tuple[str, ...]:
        """The labels of a figure and its topic; where it has no label of its own, those of the figure that it goes on from."""
        while said.labels == ("",) and said.belongs is not None:
            said = self.reader.readings[said.belongs]
        return (*said.labels, said.topic)

    def _is_the_other_side(self, label: str) -> bool:
        """收入预算9万元，其中…上年结转1万元；支出预算9万元: no figure of what the list of the other side holds."""
        other = bare_figure(label)
        if not other:
            return False
        over = (self.sentence_first, self.lists[-1].head if self.lists else None)
        return any(
            at is not None and any(speaks_of(other, words) for words in self._goes_by(self.reader.readings[at])[:-1])
            for at in over
        )

    def _list_of(self, gap: str) -> tuple[OpenList | None, bool]:
        """The list that a number stands in, and whether only after its end."""
        if self.lists:
            return self.lists[-1], self.lists[-1].opened_by == "beside"
        if self.carry is not None and ("；" in gap or (self.sentence_first is None and self.topic is None)):
            return self.carry, False
        return self.dormant, self.dormant is not None

    def _in_brackets(self, position: int) -> bool:
        before = self.text[max(self.sentence_start, position - 80) : position]
        return before.rfind("（") > before.rfind("）")

    def _before_brackets(self, position: int) -> int | None:
        """The amount before the brackets in which another figure of it, beside the first, stands: 9万元（预算8万元，上年7万元）."""
        opening = self.text.rfind("（", self.sentence_start, position)
        readings = self.reader.readings
        if not readings or readings[-1].quantity.start < opening:
            return None
        return next(
            (
                at
                for at in range(len(readings) - 1, -1, -1)
                if readings[at].quantity.end <= opening and readings[at].quantity.start >= self.sentence_start
            ),
            None,
        )

    @staticmethod
    def _between(gap: str, label: str) -> str:
        return gap.replace(label, "").strip("，、；和及（） 共")

    def _label(self, clause: str) -> tuple[str, str | None, str | None]:
        """The label in a clause, with the basis and the period that it names: ``(label, basis, period)``."""
        label, period, last_year = read_named(clause)
        if last_year:
            period = str(self.reader.year - 1) if self.reader.year else None
        for subject in self.reader.subjects:
            if label.startswith(subject):
                label = phrases.WITH_ITS_UNITS.sub("", label[len(subject) :])
                break
        label, basis = read_label(label)
        return label, basis, period


def speaks_of(side: str, words: str) -> bool:
    """Whether words are of 收入 or of 支出."""
    return side in words and side in phrases.SPENT_OUT_OF.sub("", words)


def names_a_change(clause: str) -> bool:
    """Whether a clause has a verb of change."""
    return phrases.CHANGE.search(clause) is not None

"""Quantities in context: every printed number with the words that it belongs to.

Chinese fiscal prose is head-final and runs in lists, so a number is read from what stands between it and the number
before: the label, the verb (增加, 占, 完成预算的), the comparison (比上年决算数), the list that is opened (其中) or closed
(此外). Only closed classes of words stand here; what a label means in a given province is for the rule packs.

Classes of statement read here, by the name that the code gives them: value · share · change · execution · list item ·
nested item · bracketed item · distributed (收、支总计均为; 分别为) · unchanged (持平) · negated (无, 未发生, 没有50万以上…) ·
graded (结果为良好) · reason (主要原因是…).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from reportparse.layout import Block
from reportparse.model import Threshold
from reportparse.numbers import NonQuantity, Quantity
from reportparse.outline import Outline

__all__ = ["Reading", "read_mentions"]


class Reading(NamedTuple):
    """One mention, in positions of the normalised text.

    ``labels`` is the printed label, or several where one number is said of several things. ``belongs`` is the index of
    the reading that a share, change or rate is said of; ``head`` of the total that the list it stands in belongs to.
    ``other_head`` is the other total that the sentence before the list names (收入…，支出…。其中：). ``topic`` is the
    printed subject of a figure that has no words of its own (（二）公务接待费。支出2万元). ``loose`` marks an item that
    follows its list after a full stop. ``optional`` readings (无, 持平, a grade) count as mentions only when a rule binds
    them. ``share_of`` holds the printed words of a share's own base (占收入合计的).
    """

    quantity: Quantity
    block: int
    sentence: tuple[int, int]
    labels: tuple[str, ...]
    aspect: str
    sign: int
    basis: str | None
    period: str | None
    compared: tuple[str | None, str | None] | None
    belongs: int | None
    head: int | None
    other_head: int | None
    list_id: int | None
    complete: bool
    loose: bool
    role: str
    threshold: Threshold | None
    optional: bool
    share_of: str | None
    where: str
    topic: str


_STOP = re.compile(r"[。！？]")
_SEPARATORS = "，、；：。！？）”’》 "
_LIST_OPEN = re.compile(r"(?P<some>主要(?:包括|有|是)|其中(?:主要)?|包括|包含|具体(?:是|为|包括)|构成(?:是|为)?|按.{2,12}(?:划分|分类|分)|分别(?:是|为)?)[：，,]?(?=[^。]*$)")
_LIST_CLOSE = re.compile(r"此外|另外|除此之外|同时|另有|另聘|另设")
_BLOCK_OPENS = re.compile(r"(?:其中|包括|如下|分别[是为]|明细|构成|具体[是为]|情况)[^。，]{0,12}[：:。]$|[：:]$")
_REASON = re.compile(r"(?:主要|变动|增减|增加|减少|增长|下降|变化|差异|上升)?(?:的)?(?:主要)?原因(?:是|为|：|在于|主要)|主要(?:是|系)?(?:由于|因为|因)|主要是(?:因|由|受|增加|减少|人员|调|新增|本年|上年|项目)")

_REASON_GOES_ON = re.compile(r"[一二三四五六]是|（?[\d一二三四五六]+[）.、]|[①-⑨]|同时|以及|其次|另外")

_YEAR = re.compile(r"(?:截至|截止|至)?((?:19|20)\d\d)(?:年度?(?:年?末|年?底|年?初)?(?:12月31日|1月1日)?)?")
_WHEN = r"(?:(?P<{0}y>(?:19|20)\d\d)年度?|上年度?|上一年度?|去年|前年|上年同期|同期)"
_WHAT = r"(?:年初|全年|同期|当年|同口径|调整后?)?(?P<{0}b>预算|决算|执行|批复|实际)?(?:预算|安排|批复|完成|支出|收入)?(?:数|额|水平|情况)?"
_COMPARE = re.compile(
    rf"(?:与|同|和|跟){_WHEN.format('a')}{_WHAT.format('a')}(?:相比较?|比较|对比|相较|比)"
    rf"|(?:比|较|相比于?|相较于?|对比){_WHEN.format('b')}{_WHAT.format('b')}(?:相比)?"
    rf"|(?:比|较)(?P<cf>年初|全年|调整后?)?(?P<cb>预算)(?:安排|批复)?数?|(?:与|同)(?P<df>年初|全年|调整后?)?(?P<db>预算)数?相比"
    r"|(?:按同口径)?同比(?:上年度?|去年|口径)?|与(?:上年|去年)"
)
_CHANGE = re.compile(
    r"(?P<verb>增加（减少）|减少（增加）|增长（下降）|下降（增长）|增加|减少|增长|下降|降低|上升|提高|压缩|压减|增幅|降幅|增长率|下降率|减少率|净增|净减|多|少|增|减)"
    r"(?:额|率|幅度|比例)?(?:了|约|近|为|达到?|：)?$"
)
_DOWN = ("减", "下", "降", "压", "净减", "少")
_SHARE = re.compile(r"(?P<own>.*?)占(?:(?P<base>[^占]*?)(?:的(?:比例|比重|比率)?|比例|比重)?|比例?|比重)(?:为|达到?|约|近|：)?$")
_EXECUTION = re.compile(
    r"(?P<own>.*?)(?:(?:完成|占|为|达|达到|是)(?:了)?(?P<which>年初|全年|调整后?|当年|年度|本年)?(?:的)?预算(?:数|总额|安排)?(?:的)?(?:比例)?(?:为|达到?|约)?"
    r"|(?:决算)?(?P<rate>(?:年初|全年|调整后?)?(?:支出)?预算(?:总体)?(?:执行|完成)率|执行率|完成率)(?:为|达到?|约|：)?)$"
)
_TAIL = re.compile(
    r"(?:(?:分别|各自|各|均|总共|一共|共计|共有|共)?(?:为|是|有|达到|达|计为|仅为?|仅|约为?|约|近|将近|超过|超|不超过|不低于|不足|列支|：|“|（)|共计|总共|一共|共|计(?<![总合共统小设预]计)|各|均|分别)$"
)
_LEAD = re.compile(r"^(?:其中|包括|另有|另外|此外|以及|和|与|及|即|且|并|同时|含|[，、；：。）”’“ ])+")
_SUBJECT = re.compile(r"^(?:我|本|全|该|其)(?:单位|部门|局|委|办|院|校|中心|县|区|市|镇|乡|街道|会|馆|站|厅|所|系统)(?:机关)?(?=.)")
_LAST_YEARS = re.compile(r"^(?:上年度?|去年|上一年度?)(?=决算|预算|执行|实际|数|同期)(?:同期)?")
_BUDGET = re.compile(r"(?P<adj>调整后?|全年|调整预)?(?P<init>年初|年度|当年|批复)?(?:部门)?预算(?:批复|安排|下达|金额|总额)?数?(?!执行|管理|绩效|单位|公开|编制|外)")
_BUDGET_OF_FUND = re.compile(r"一般公共预算|政府性基金预算|国有资本经营预算|社会保险基金预算|公共财政预算|财政预算")
_FIGURE_WORDS = re.compile(r"决算数?|执行数|(?<=支出|收入)数$|(?<=经费)数$")

_UNCHANGED = re.compile(r"持平|无(?:增减|增长|明显)?变化|没有(?:增减)?变化|无增减|无增长|(?:数|预算|决算|上年|年)一致|零增长|未发生变化|保持不变")
_NEGATED = re.compile(r"(?P<no>未发生|未安排|未产生|没有(?:发生|安排)?|无(?![法关偿形障需论须人力因私])|不涉及|未列支|未购置|未使用|未编制)(?P<what>[^，。；：！？、（）“”]{2,24}?)(?=[，。；！？、（]|支出与|$)")
_NEGATED_AFTER = re.compile(r"(?P<what>[^，。；：！？“”]{2,30}?)(?:支出|预算|收入|经费)?(?:为|：)?(?P<no>无|未发生|未安排|不涉及)(?=[，。；！？]|$)")
_GRADE = re.compile(
    r"(?P<label>[^，。；：！？]{0,24}?(?:结果|等级|等次|档次|评价|评定|结论|自评|评级|绩效)(?:评定|评价|结果)?)(?:确定)?(?:为|是|属于|：|评为|达到)+[“\"「]?"
    r"(?P<grade>优秀|优良|优|良好|良|中等|中|一般|较好|合格|不合格|较差|差)[”\"」]?(?:等级|等次|档)?(?=[，。；！？）]|$)"
)
_THRESHOLD_NOUN = re.compile(r"(?:（含[^（）]{0,8}）)?(?:及)?(?:以上|以下|以内)(?:（含[^（）]{0,8}）)?的?(?P<noun>[\u4e00-\u9fff]{2,12}?)(?=[，。；！？、（]|$|\d)")
_LIMITS_A_COUNT = re.compile(r"(?:（含[^（）]{0,8}）)?(?:及)?(?:以上|以下|以内)[^，。；！？\d]{2,14}\d")
_NO_BEFORE = re.compile(r"(?:没有|无|未有|不存在|未安排|未设立)(?:单(?:个|项))?$")
_OPERATOR = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}
_QUOTES = re.compile("[“”‘’\"'「」『』]")
_BOTH = re.compile(r"收(?:入)?(?:[、，和与及]|)支(?:出)?(?P<rest>.*)$")
_CLAUSES = re.compile(r"[，；：]")
_BARE_FIGURE = re.compile(r"^(?:完成|相当于|为|较|与|比|本年|当年|全年|上年|安排|实际)*(?:支出|收入|使用|完成|资金|金额|安排|总额|经费|数额|数)?(?:的)?$")
_LARGER = re.compile(r"(?:决算数?|支出|执行数|实际(?:支出)?)?(?P<verb>大于|高于|多于|超出?|小于|低于|少于)(?:年初)?(?P<which>年初|全年|调整后?)?预算(?:批复|安排)?(?:数|额)?$")
_RARE_WORDS = re.compile(r"持平|变化|一致|无|未|没有|不涉及|不变|零增长|结果|等级|等次|结论|评定|自评|评级|评价|增减")


def read_mentions(
    text: str,
    blocks: Sequence[Block],
    outline: Outline,
    tokens: Sequence[Quantity | NonQuantity],
    year: int | None,
    subjects: Sequence[str],
) -> list[Reading]:
    """Read every quantity of ``text``. ``subjects`` are names of the department, which labels may begin with."""
    reader = _Reader(text, outline, year, subjects)
    starts = [token.start for token in tokens]
    for index, block in enumerate(blocks):
        low = bisect_left(starts, block.start)
        high = bisect_right(starts, block.end - 1) if block.end > block.start else low
        quantities = [t for t in tokens[low:high] if isinstance(t, Quantity)]
        if block.kind == "table":
            reader.read_cells(index, block, quantities)
        else:
            reader.read_block(index, block, quantities)
    return reader.readings


class _List(NamedTuple):
    head: int | None
    id: int
    complete: bool
    opened_by: str  # word | bracket | block
    other: int | None = None


class _Reader:
    """Walks the blocks in order; what a sentence leaves open (its subject, its list) is what the next may refer to."""

    __slots__ = ("_carry", "_carry_owner", "_lists", "_list_count", "outline", "readings", "subjects", "text", "year")

    def __init__(self, text: str, outline: Outline, year: int | None, subjects: Sequence[str]) -> None:
        self.text = text
        self.outline = outline
        self.year = year
        self.subjects = tuple(sorted((s for s in subjects if s), key=len, reverse=True))
        self.readings: list[Reading] = []
        self._carry: _List | None = None
        self._carry_owner = -2
        self._list_count = 0

    def title_of(self, block: int) -> str:
        """The heading that shares its line with the block's text, or that the block follows: its subject until one is named."""
        node = self.outline.owner[block]
        return self.outline.nodes[node].title if node >= 0 else ""

    # -- tables ---------------------------------------------------------------------------------------------------

    def read_cells(self, index: int, block: Block, quantities: list[Quantity]) -> None:
        """Cells keep the words to their left as their label; what they mean is read with the table as a whole."""
        for quantity in quantities:
            left = re.split(r"[|\t<>]| {2,}", self.text[block.start : quantity.start])
            words = [cell.strip() for cell in left if re.search(r"[\u4e00-\u9fff]", cell)]
            self._add(quantity, index, (block.start, block.end), (words[-1] if words else "",), where="table")

    # -- prose ----------------------------------------------------------------------------------------------------

    def read_block(self, index: int, block: Block, quantities: list[Quantity]) -> None:
        text = self.text
        body = self.outline.body[index]
        owner = self.outline.owner[index]
        # An open list runs on into the numbered items under it and ends with the section.
        if self._carry is not None and (owner != self._carry_owner and index not in self.outline.items):
            self._carry = None
        line = text[block.start : block.end]
        rare = bool(_RARE_WORDS.search(line))
        if not quantities and not rare:
            if block.kind == "heading" or index not in self.outline.items:
                self._carry = None
            return
        walk = _Block(self, index, block, body, self._carry)
        words = _word_mentions(text, body, block.end, quantities) if rare else []
        events: list[tuple[int, Quantity | re.Match[str]]] = [(q.start, q) for q in quantities]
        events.extend((m.start(), m) for m in words)
        events.sort(key=lambda event: event[0])
        for _, event in events:
            if isinstance(event, Quantity):
                walk.quantity(event)
            else:
                walk.word(event)
        tail = text[walk.previous : block.end]
        head = walk.sentence_first if "。" not in tail[:-1] else walk.sentence_first if walk.sentence_first is not None else walk.topic
        if head is not None and _BLOCK_OPENS.search(tail) and _STOP.split(tail[:-1])[-1][-14:].count("，") == 0:
            self._carry = _List(head, self._new_list(), "主要" not in tail, "block")
            self._carry_owner = owner
        elif index not in self.outline.items and (self._carry is None or not walk.in_carry):
            self._carry = None

    def _new_list(self) -> int:
        self._list_count += 1
        return self._list_count

    def _add(
        self,
        quantity: Quantity,
        block: int,
        sentence: tuple[int, int],
        labels: tuple[str, ...],
        *,
        aspect: str = "value",
        sign: int = 1,
        basis: str | None = None,
        period: str | None = None,
        compared: tuple[str | None, str | None] | None = None,
        belongs: int | None = None,
        head: int | None = None,
        other_head: int | None = None,
        list_id: int | None = None,
        complete: bool = True,
        loose: bool = False,
        role: str = "statement",
        threshold: Threshold | None = None,
        optional: bool = False,
        share_of: str | None = None,
        where: str = "prose",
        topic: str = "",
    ) -> int:
        self.readings.append(
            Reading(
                quantity, block, sentence, labels, aspect, sign, basis, period, compared, belongs, head, other_head, list_id,
                complete,                 loose, role, threshold, optional, share_of, where, topic,
            )  # fmt: skip
        )
        return len(self.readings) - 1


def _word_mentions(text: str, start: int, end: int, quantities: list[Quantity]) -> list[re.Match[str]]:
    """持平, 无…, 结果为良好: statements without a number, where no number stands inside them."""
    found: list[re.Match[str]] = []
    taken = [(q.start, q.end) for q in quantities]
    for pattern in (_GRADE, _UNCHANGED, _NEGATED, _NEGATED_AFTER):
        for match in pattern.finditer(text, start, end):
            span = match.span()
            if not any(a < span[1] and span[0] < b for a, b in taken):
                found.append(match)
                taken.append(span)
    return found


class _Block:
    """One block being read."""

    __slots__ = (
        "block", "compare", "dormant", "in_carry", "index", "last_top", "last_value", "lists", "pending_threshold", "previous", "reader",
        "reason", "sentence_end", "sentence_first", "sentence_last", "sentence_start", "sentence_year", "text", "topic",
        "topic_label", "topic_stated", "where", "carry",
    )  # fmt: skip

    def __init__(self, reader: _Reader, index: int, block: Block, body: int, carry: _List | None) -> None:
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
        self.topic_stated = reader.outline.owner[index] >= 0 and reader.outline.nodes[reader.outline.owner[index]].start == block.start
        self.last_value: int | None = None
        self.last_top: int | None = None
        self.lists: list[_List] = []
        self.carry = carry
        self.in_carry = carry is not None
        self.dormant: _List | None = None
        self.reason = False
        self.compare: tuple[str | None, str | None] | None = None
        self.pending_threshold: Threshold | None = None

    def _end_of_sentence(self, position: int) -> int:
        stop = _STOP.search(self.text, position, self.block.end)
        return stop.end() if stop else self.block.end

    # -- what stands before a number --------------------------------------------------------------------------------

    def _advance(self, start: int) -> str:
        """Take the words up to ``start``: close the sentences that end in them, open and close lists; return the rest."""
        gap = self.text[self.previous : start]
        stops = [m.end() for m in _STOP.finditer(gap)]
        if stops:
            self.sentence_start = self.previous + stops[-1]
            self.sentence_end = self._end_of_sentence(start)
            if self.sentence_first is not None:
                self.topic = self.sentence_first
            elif self.topic is None and self.last_value is None:
                # 1．林业和草原（款）事业机构（项）。年初预算为…: the sentence before names the subject.
                subject = gap[: stops[0] - 1]
                if 2 <= len(subject) <= 60 and not _CLAUSES.search(subject):
                    self.topic_label = subject
                    self.topic_stated = True
            self.sentence_first = None
            self.sentence_last = None
            self.sentence_year = None
            self.reason = False
            self.compare = None
            gap = gap[stops[-1] :]
            if self.lists:
                self.dormant = next((entry for entry in self.lists if entry.opened_by != "bracket"), self.dormant)
                self.lists = []
        elif start > self.sentence_end:
            self.sentence_end = self._end_of_sentence(start)
        if self.sentence_year is None:
            year = _YEAR.match(gap.lstrip("，、；：。 ")) or re.match(r"[^，。；：]{0,6}?" + _YEAR.pattern, gap)
            self.sentence_year = year.group(1) if year and self.sentence_first is None else None
        item = gap[gap.rfind("；") + 1 :]
        if _REASON.search(item) or (_REASON.search(gap) and _REASON_GOES_ON.match(item)):
            self.reason = True
        elif len(item) < len(gap) and not _REASON_GOES_ON.match(item):
            self.reason = False
        if _LIST_CLOSE.search(gap):
            self.lists = []
            self.dormant = None
        for char in gap:
            if char == "）" and self.lists and self.lists[-1].opened_by == "bracket":
                self.lists.pop()
        if gap.startswith("（") and self.last_value is not None and "）" not in gap:
            self._open(self.last_value, True, "bracket")
        if "；" in gap and len(self.lists) > 1 and self.lists[-1].opened_by == "word":
            self.lists.pop()
        opened = _LIST_OPEN.search(gap)
        if opened is not None:
            same_sentence = self.sentence_last is not None
            head = self.last_value if same_sentence else self.last_top
            other = None if same_sentence or self.topic == head else self.topic
            if head is None and self.carry is not None:
                head = self.carry.head
            if head is None and not same_sentence and gap[: opened.start()].strip("，。；： ") == "" and self.index:
                head = self._topic_of_previous_block()
            self._open(head, "主要" not in opened.group() and "等" not in opened.group(), "word", other)
            return gap[opened.end() :]
        return gap

    def _open(self, head: int | None, complete: bool, how: str, other: int | None = None) -> None:
        self.lists.append(_List(head, self.reader._new_list(), complete, how, other))
        self.dormant = None

    def _topic_of_previous_block(self) -> int | None:
        for at in range(len(self.reader.readings) - 1, -1, -1):
            reading = self.reader.readings[at]
            if reading.block < self.index - 1:
                return None
            if reading.aspect == "value" and reading.head is None and reading.where != "table":
                return at
        return None

    # -- one number ---------------------------------------------------------------------------------------------------

    def quantity(self, quantity: Quantity) -> None:
        gap = self._advance(quantity.start)
        after = self.text[quantity.end : self.block.end]
        if self._threshold(quantity, gap, after):
            return
        clause = _last_clause(gap)
        compared = self._comparison(gap)
        role = "reason" if self.reason else "statement"
        sentence = (self.sentence_start, self.sentence_end)
        threshold, self.pending_threshold = self.pending_threshold, None

        if quantity.kind == "percentage" and quantity.unit != "个百分点":
            execution = _EXECUTION.match(clause)
            if execution is not None:
                own = self._label(execution.group("own"))[0]
                adjusted = (execution.group("which") or execution.group("rate") or "").startswith(("全年", "调整"))
                basis = "adjusted_budget" if adjusted else "budget"
                self._derived(quantity, sentence, own, "execution_rate", 1, (None, basis), role)
                return
            share = _SHARE.match(clause)
            if share is not None:
                own = self._label(share.group("own"))[0]
                base = share.group("base")
                self._derived(quantity, sentence, own, "share", 1, None, role, share_of=base or None)
                return
        change = _CHANGE.search(clause) if quantity.kind in ("amount", "percentage", "headcount", "count", "number") else None
        if change is not None and (compared is not None or self.compare is not None or quantity.kind == "percentage"):
            verb = change.group("verb")
            sign = -1 if verb.startswith(_DOWN) else 1
            own = self._label(clause[: change.start()])
            aspect = "change_rate" if quantity.kind == "percentage" and quantity.unit != "个百分点" else "change"
            if "（" in verb:
                sign = self._sign_beside(sign)
            self._derived(quantity, sentence, own[0], aspect, sign, compared or self.compare, role)
            return
        if change is not None and not self.compare and clause == change.group() and self.last_value is not None:
            sign = -1 if change.group("verb").startswith(_DOWN) else 1
            self._derived(quantity, sentence, "", "change", sign, None, role)
            return

        larger = _LARGER.search(clause)
        if larger is not None and quantity.kind == "amount":
            adjusted = (larger.group("which") or "").startswith(("全年", "调整"))
            self.compare = ("same", "adjusted_budget" if adjusted else "budget")
            sign = -1 if larger.group("verb").startswith(("小", "低", "少")) else 1
            self._derived(quantity, sentence, "", "change", sign, self.compare, role)
            return
        if clause == "的" and quantity.kind == "percentage" and self.reader.readings:
            # 为年初预算3.40万元的89.71%
            budget = self.reader.readings[-1].basis in ("budget", "adjusted_budget")
            on = (None, self.reader.readings[-1].basis) if budget else None
            self._derived(quantity, sentence, "", "execution_rate" if budget else "share", 1, on, role)
            return

        label, basis, period = self._label(clause)
        labels = self._distribute(label, quantity)
        belongs: int | None = None
        topic = ""
        if _BARE_FIGURE.match(_BUDGET.sub("", _FIGURE_WORDS.sub("", label))) and (basis is not None or self.topic_stated):
            # 年初预算18万元，支出决算17万元: figures of the subject that the words before name.
            at = next((at for at in (self.sentence_last, self.topic) if at is not None), None)
            if at is None or (self.topic_stated and self.reader.readings[at].topic):
                topic = self.topic_label
            elif basis is not None:
                belongs, labels = at, ("",)
        elif not label and not self._between(gap) and self.sentence_last is not None:
            # 公务接待11批次、73人次: one label, two units.
            labels = self.reader.readings[self.sentence_last].labels
        entry = self.lists[-1] if self.lists else None
        loose = False
        if entry is None and self.carry is not None and (self.sentence_first is None or "；" in gap):
            if self.topic is None or "；" in gap:
                entry = self.carry
        if entry is None and self.dormant is not None:
            entry, loose = self.dormant, True
        index = self.reader._add(
            quantity, self.index, sentence, labels, basis=basis, period=period or self.sentence_year,
            head=entry.head if entry else None, other_head=entry.other if entry else None, list_id=entry.id if entry else None,
            complete=entry.complete if entry else True, loose=loose, threshold=threshold, belongs=belongs, role=role,
            where=self.where, topic=topic,
        )  # fmt: skip
        self.previous = quantity.end
        if role == "statement" and belongs is None:
            self.last_value = self.sentence_last = index
            if entry is None or loose or entry.opened_by == "block":
                self.last_top = index
            if self.sentence_first is None and not (entry is not None and (loose or entry.opened_by == "word")):
                self.sentence_first = index

    @staticmethod
    def _between(gap: str) -> str:
        return gap.strip("，、；和及 ")

    def _derived(
        self,
        quantity: Quantity,
        sentence: tuple[int, int],
        own: str,
        aspect: str,
        sign: int,
        compared: tuple[str | None, str | None] | None,
        role: str,
        share_of: str | None = None,
        optional: bool = False,
    ) -> None:
        """A share, change or rate: said of the subject of its own clause, of the sentence's subject, or of the amount before."""
        belongs: int | None = None
        if not own and role == "statement":
            belongs = next((at for at in (self.sentence_last, self.topic, self.last_value) if at is not None), None)
            if belongs is None:
                own = self.topic_label
        if aspect in ("change", "change_rate") and compared is None:
            compared = self.compare
        if own:
            self.sentence_last = len(self.reader.readings)
        self.reader._add(
            quantity, self.index, sentence, self._distribute(own, quantity) if own else ("",), aspect=aspect, sign=sign,
            compared=compared, belongs=belongs, head=self.lists[-1].head if self.lists and own else None,
            list_id=self.lists[-1].id if self.lists and own else None, period=None, role=role, share_of=share_of,
            optional=optional, where=self.where,
        )  # fmt: skip
        if role == "statement" and belongs is None:
            self.topic = self.topic if self.topic is not None else self.sentence_last
        self.previous = quantity.end

    def _sign_beside(self, first: int) -> int:
        """下降（增长）N%: the sign of the change printed beside it, else of the first word."""
        for reading in reversed(self.reader.readings):
            if reading.block != self.index:
                break
            if reading.aspect == "change":
                return reading.sign if reading.quantity.value != 0 else first
        return first

    def _comparison(self, gap: str) -> tuple[str | None, str | None] | None:
        """What the latest comparison in ``gap`` is against: (period, basis); it holds to the end of the sentence."""
        match = None
        for match in _COMPARE.finditer(gap):
            pass
        if match is None:
            return None
        groups = match.groupdict()
        year = groups["ay"] or groups["by"]
        what = groups["ab"] or groups["bb"]
        if groups["cb"] or groups["db"]:
            adjusted = (groups["cf"] or groups["df"] or "").startswith(("全年", "调整"))
            self.compare = ("same", "adjusted_budget" if adjusted else "budget")
        else:
            basis = "budget" if what in ("预算", "批复") else "actual" if what in ("决算", "执行", "实际") else None
            self.compare = (year, basis)
        return self.compare

    def _label(self, clause: str) -> tuple[str, str | None, str | None]:
        """The label in a clause, with the basis and the period that it names: ``(label, basis, period)``."""
        label = _COMPARE.sub("", clause)
        label = _LEAD.sub("", label)
        while True:
            shorter = _TAIL.sub("", label)
            if shorter == label:
                break
            label = shorter
        period: str | None = None
        year = None
        for year in _YEAR.finditer(label):
            pass
        if year is not None:
            period = year.group(1)
            after = label[year.end() :].lstrip("度，")
            label = after if len(after) >= 2 else label[: year.start()] + after
        if _LAST_YEARS.match(label):
            period = str(self.reader.year - 1) if self.reader.year else None
            label = _LAST_YEARS.sub("", label)
        for subject in self.reader.subjects:
            if label.startswith(subject):
                label = label[len(subject) :]
                break
        label = _SUBJECT.sub("", _LEAD.sub("", label))
        basis: str | None = None
        hidden = _BUDGET_OF_FUND.sub(lambda m: "\x00" * len(m.group()), label)
        budget = _BUDGET.search(hidden)
        if budget is not None:
            basis = "adjusted_budget" if budget.group("adj") else "budget"
        elif "决算" in label or "执行数" in label:
            basis = "actual"
        return _QUOTES.sub("", label).strip(), basis, period

    def _distribute(self, label: str, quantity: Quantity) -> tuple[str, ...]:
        """One number said of several things (收、支总计均为), or several numbers said of several (分别为)."""
        both = _BOTH.search(label)
        if both is not None and (both.group()[1:2] in "、，和与及入支"):
            before, rest = label[: both.start()], both.group("rest")
            return (f"{before}收入{rest}", f"{before}支出{rest}")
        return (label,)

    def _threshold(self, quantity: Quantity, gap: str, after: str) -> bool:
        """50万以上 before a noun limits the noun; after 没有 the whole phrase is one statement that there is none."""
        if quantity.qualifier not in _OPERATOR or quantity.kind not in ("amount", "number"):
            return False
        noun = _THRESHOLD_NOUN.match(after)
        if noun is None or quantity.value is None:
            return False
        threshold = Threshold(
            _OPERATOR[quantity.qualifier], quantity.value, quantity.unit or "", quantity.yuan or _as_yuan(quantity)
        )
        negator = _NO_BEFORE.search(gap)
        if negator is not None:
            start = quantity.start - (len(gap) - negator.start())
            end = quantity.end + noun.end()
            none = Quantity(start, end, "count", "none", None, None, None, None, None, None, None)
            self.reader._add(
                none, self.index, (self.sentence_start, self.sentence_end), (noun.group("noun"),), threshold=threshold,
                where=self.where,
            )  # fmt: skip
            self.previous = end
            return True
        if _LIMITS_A_COUNT.match(after):
            self.pending_threshold = threshold
            self.previous = quantity.end
            return True
        return False

    # -- statements without a number ------------------------------------------------------------------------------------

    def word(self, match: re.Match[str]) -> None:
        sentence = (self.sentence_start, self.sentence_end)
        if match.re is _GRADE:
            self._advance(match.start("grade"))
            start, end = match.span("grade")
            label, _, period = self._label(_last_clause(match.group("label")))
            grade = Quantity(start, end, "grade", "stated", None, None, None, None, None, None, None)
            self.reader._add(
                grade, self.index, (self.sentence_start, self.sentence_end), (label,), optional=True, period=period, where=self.where
            )
        elif match.re is _UNCHANGED:
            gap = self._advance(match.start())
            compared = self._comparison(gap)
            clause = _last_clause(gap)
            own = self._label(clause)[0]
            same = Quantity(match.start(), match.end(), "amount", "unchanged", None, None, None, None, None, None, None)
            if compared is None and self.compare is None and "致" not in match.group() and not clause:
                self.previous = match.end()
                return
            self._derived(same, sentence, own, "change", 1, compared or self.compare, "statement", optional=True)
        else:
            gap = self._advance(match.start())
            start, end = match.span()
            # 年初无结转和结余: what stands before the negator belongs to the name of the thing.
            before = _last_clause(gap) if match.re is _NEGATED else ""
            label, basis, period = self._label((before if len(before) <= 12 else "") + _last_clause(match.group("what")))
            none = Quantity(start, end, "amount", "none", None, None, None, None, None, None, None)
            if not self.reason:
                self.reader._add(
                    none, self.index, (self.sentence_start, self.sentence_end), (label,), optional=True, basis=basis, period=period,
                    head=self.lists[-1].head if self.lists else None, list_id=self.lists[-1].id if self.lists else None, where=self.where,
                )  # fmt: skip
        self.previous = max(self.previous, match.end())


def _as_yuan(quantity: Quantity) -> Decimal | None:
    """50万 before a noun of money is 500,000 yuan."""
    scale = {"万": 10_000, "亿": 100_000_000}.get(quantity.unit or "")
    return quantity.value * scale if scale and quantity.value is not None else None


def _last_clause(gap: str) -> str:
    """The words right before a number, back to the last separator that leaves any words."""
    end = len(gap)
    while end:
        cut = max(gap.rfind(mark, 0, end) for mark in "，；：。、" if mark != "、")
        clause = gap[cut + 1 :]
        if _TAIL.sub("", clause).strip(_SEPARATORS) or cut <= 0:
            return clause.lstrip("、）” ")
        end = cut
    return gap

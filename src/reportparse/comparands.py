"""What a change, a share or a rate is of: the figure that a sentence compares, and the one that it compares with."""

from __future__ import annotations

from reportparse import phrases
from reportparse.clauses import Against, last_clause
from reportparse.comparisons import Comparison, comes_out
from reportparse.numbers import Quantity
from reportparse.reading import Reading
from reportparse.sentences import FEW, LATEST, VERB_AT_MOST, Sentence

_COMPARED = frozenset({"change", "change_rate", "execution_rate"})


class Comparing(Sentence):
    """A sentence in which things are compared."""

    __slots__ = ()

    def _compared_figure(self, usual: int, quantity: Quantity, aspect: str, sign: int) -> int:
        """The figure that a comparison without words of its own is of: that before it; behind a list of which no item is
        compared, the total; and another of its sentence where it comes out of that one and not of the usual.
        """
        readings = self.reader.readings
        before = readings[-1]
        if self.base_of is not None and self._base_is_before():
            return self.base_of[1]
        if (
            aspect == "change_rate"
            and before.aspect == "change"
            and before.belongs is not None
            and before.quantity.end >= self.sentence_start
            and before.block == self.index
        ):
            return before.belongs if before.period is None else len(readings) - 1
        whole = self._whole_of_list(usual)
        usual = usual if whole is None else whole
        if aspect == "execution_rate" or quantity.state == "unchanged":
            return usual
        printed = self._printed(quantity, aspect, sign)
        if comes_out(readings[usual].quantity, printed) is not False:
            return usual
        for at in self._said_beside(usual):
            if comes_out(readings[at].quantity, printed):
                return at
        return usual

    def _base_is_before(self) -> bool:
        """Whether the figure right before is the one that a comparison is with."""
        return self.base_of is not None and self.base_of[0] == len(self.reader.readings) - 1

    def _printed(self, quantity: Quantity, aspect: str, sign: int) -> Comparison:
        """What is printed of a comparison from ``quantity`` on: with 450万元增加40万元，增长8.9%."""
        base = quantity if aspect == "value" else None
        change = quantity if aspect == "change" else None
        rate = quantity if aspect == "change_rate" else None
        before = quantity
        for one in self.quantities[self.at + 1 : self.at + 3]:
            words = self.text[before.end : one.start]
            verb = phrases.CHANGE.search(words) if len(words) <= VERB_AT_MOST else None
            if one.kind == "percentage" and one.unit != "个百分点" and rate is None:
                if verb is None and words.strip(phrases.SEPARATORS + "（"):
                    break
                rate = one
            elif change is None and verb is not None and one.kind == quantity.kind and rate is None:
                change, sign = one, -1 if verb["verb"].startswith(phrases.DOWN) else 1
            else:
                break
            before = one
        return Comparison(base, change, sign, rate)

    def _said_beside(self, usual: int) -> list[int]:
        """The other figures that a comparison can be of: the total of the list, those of the sentence, its subject."""
        readings = self.reader.readings
        kind = readings[usual].quantity.kind
        heads = [entry.head for entry in reversed(self.lists) if entry.head is not None]
        sentence = [
            at
            for at in range(len(readings) - 1, max(-1, len(readings) - 4 * FEW), -1)
            if readings[at].block == self.index and readings[at].quantity.start >= self.sentence_start
        ]
        found = [*heads, *sentence, *(at for at in (self.topic,) if at is not None)]
        return [
            at
            for at in dict.fromkeys(found)
            if at != usual
            and readings[at].aspect == "value"
            and readings[at].role == "statement"
            and readings[at].quantity.kind == kind
            and readings[at].basis == readings[usual].basis
            and not self._is_of_another_year(readings[at])
        ]

    def _whole_of_list(self, item: int) -> int | None:
        """其中：基本支出9万元，项目支出3万元，比上年增加1万元: the total, if several items with one figure each stand before, parted
        by no more than the comparison is, none of them has been compared, and no further one follows.
        """
        entry = self.lists[-1] if self.lists else None
        if entry is None or entry.head is None or entry.opened_by not in ("word", "sum"):
            return None
        readings = self.reader.readings
        head = readings[entry.head]
        if head.block != self.index or head.aspect != "value":
            return None
        listed = range(entry.head + 1, len(readings))
        items = [
            at
            for at in listed
            if (one := readings[at]).list_id == entry.id and one.aspect == "value" and one.belongs not in listed
        ]
        this_year = [
            at for at in items if not self._is_of_another_year(readings[at])
        ]  # 2023年实户资金余额0万元 is an item
        last = this_year[-1] if this_year and readings[items[-1]].labels != ("",) else items[-1] if items else None
        if readings[-1].belongs == item and self._is_of_another_year(readings[-1]):
            return None  # 事业收入6万元，2023年为5万元，增加1万元
        if len(items) < 2 or item != last or readings[item].quantity.kind != head.quantity.kind:
            return None
        if any(readings[at].aspect in _COMPARED and readings[at].belongs != entry.head for at in listed):
            return None
        if any(
            readings[at].aspect in _COMPARED and self._year_of(readings[at].compared) == self._year_of(self.compare)
            for at in range(entry.head + 1, items[0])
        ):
            return None
        between = self.text[readings[items[-2]].quantity.end : readings[item].quantity.start]
        return None if "；" in between or self._list_goes_on(head) else entry.head

    def _year_of(self, compared: Against | None) -> str | None:
        """The year of what a comparison is with: 比上年, 较上年预算 and 比2022年 are one."""
        return (compared[0] if compared is not None else None) or self._last_year()

    def _list_goes_on(self, head: Reading) -> bool:
        """Whether a further item of the list of ``head`` follows in the sentence: a figure that is no part of a comparison or
        of a reason, and none of the other side (；支出9万元).
        """
        before = self.quantities[self.at] if self.at >= 0 else None
        for one in self.quantities[self.at + 1 :]:
            words = self.text[before.end if before is not None else self.previous : one.start]
            if one.start >= self.sentence_end or "主要" in words or "因" in words:
                return False
            if "；" in words:
                sides = [side for side in phrases.OTHER_SIDE if side in head.labels[0]]
                return not any(phrases.OTHER_SIDE[side] in words for side in sides)
            clause = last_clause(words)
            compares = phrases.CHANGE.search(clause) or phrases.COMPARE.search(clause) or one.kind == "percentage"
            if one.kind == head.quantity.kind and not compares:
                return True
            before = one
        return False

    def _compared_with_the_year_before(self, compared: Against | None) -> int | None:
        """2023年9万元；2022年8万元，比2021年减少1万元: the figure of another year that such a change is of."""
        before = compared[0] if compared is not None else None
        at = len(self.reader.readings) - 1
        if before is None or not before.isdigit() or at < 0:
            return None
        last = self.reader.readings[at]
        if last.aspect != "value" and last.belongs is not None:
            at = last.belongs
            last = self.reader.readings[at]
        of_its_own = last.aspect == "value" and last.block == self.index and self._is_of_another_year(last)
        if not of_its_own or last.period is None or not last.period.isdigit():
            return None
        return at if int(last.period) == int(before) + 1 else None

    def _has_share(self, said: int) -> bool:
        """Whether this sentence has given a figure's share already."""
        readings = self.reader.readings
        latest = range(max(said + 1, len(readings) - LATEST), len(readings))
        return any(readings[at].aspect == "share" and readings[at].belongs == said for at in latest)

    def _counted_before(self, quantity: Quantity, said: int) -> int:
        """What 增加2个 is said of: where money was spoken of last, the latest count of the block in that unit."""
        if self.reader.readings[said].quantity.kind == "amount":
            for at, reading in self._latest():
                if reading.quantity.unit == quantity.unit and reading.aspect == "value":
                    return at
        return said

    def _money_before(self, quantity: Quantity, said: int, compared: Against | None) -> int:
        """公务接待费1万元，接待20批次，比上年减少0.1万元; …。与年初预算持平: said of what was counted last it would be nothing."""
        of_money = quantity.kind == "amount" and quantity.state == "stated"
        same = quantity.state == "unchanged" and (compared is None or compared[1] is None)
        if not of_money and not same and (compared is None or compared[1] is None):
            return said
        readings = self.reader.readings
        if readings[said].quantity.kind not in ("count", "headcount") or readings[said].aspect != "value":
            return said
        start = max(self.sentence_start, self.text.rfind("；", self.sentence_start, quantity.start))
        for at in range(said - 1, -1, -1):
            reading = readings[at]
            if reading.block != self.index or (same and reading.quantity.start < start):
                break
            if reading.aspect == "value" and reading.quantity.kind == "amount" and reading.role == "statement":
                other = reading.basis in ("budget", "adjusted_budget") or self._is_of_another_year(reading)
                return reading.belongs if other and reading.belongs is not None else at
        return said

    def _spent_before(self, said: int) -> int:
        """支出93万元，结余7万元，执行率93%: the rate is of what was spent, not of what was left."""
        readings = self.reader.readings
        left = readings[said]
        if said == 0 or left.aspect != "value" or not phrases.LEFT_OVER.fullmatch(left.labels[0]):
            return said
        before = readings[said - 1]
        same = before.sentence == left.sentence and before.quantity.kind == left.quantity.kind == "amount"
        if not same or before.aspect != "value":
            return said
        return before.belongs if before.belongs is not None and before.basis != "actual" else said - 1

    def _sign_beside(self, first: int) -> int:
        """下降（增长）N%: the sign of the change printed beside it, else of the first word."""
        for _, reading in self._latest():
            if reading.aspect == "change":
                return reading.sign if reading.quantity.value != 0 else first
        return first

    def _in_same_brackets(self, position: int) -> int | None:
        """The amount before in the brackets that a share or rate stands in: （事业收入2万元，占20%，其他收入…）."""
        before = self.text[max(self.sentence_start, position - 200) : position]
        opening = before.rfind("（")
        if opening <= before.rfind("）") or not self.reader.readings:
            return None
        at = len(self.reader.readings) - 1
        last = self.reader.readings[at]
        inside = last.block == self.index and last.quantity.start > position - len(before) + opening
        return at if inside and last.aspect == "value" else last.belongs if inside else None

    def _said_in_sentence(self) -> tuple[str, ...]:
        """The things that the sentence has given a figure each, if there are several and no list."""
        said: list[str] = []
        listed = phrases.OPENS_WITH_LIST.match(self.text, self.sentence_start) is not None
        start = max(self.sentence_start, self.text.rfind("；", self.sentence_start, self.previous) + 1)
        for _, reading in self._latest():
            if reading.quantity.end <= start:
                break
            if reading.aspect == "value" and (listed or reading.head is None) and not self._is_of_another_year(reading):
                said += reversed(reading.labels)
        return tuple(reversed(said)) if len(said) > 1 and all(said) else ()

    def _last_budget(self) -> str | None:
        """The basis of the latest budget figure of this block: 预算执行率 is of that budget."""
        for _, reading in self._latest():
            if reading.basis in ("budget", "adjusted_budget"):
                return reading.basis
        return None

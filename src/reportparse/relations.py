"""Facts → relations: which printed numbers have to fit together.

Most follow from what facts say of one another: a list adds up to the total that it is listed under, a share is that of
its part in its base, a change is what lies between two years. Others are declared in ``concepts.toml`` (``[checks]``).
Whether they do is for :mod:`reportparse.checks` to say.

Over 400 lines because every kind of relation looks facts up in the same tables of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

from reportparse.checkrules import CheckRules, Declared
from reportparse.concepts import load_concepts
from reportparse.intervals import Interval, from_below
from reportparse.model import Fact, Mention

__all__ = ["Number", "Relation", "find_relations", "is_usable"]

Number = Fact | Mention
"""What can stand in a relation: a fact, or a printed number that no rule claimed and that may belong to a list."""

_VALUES = frozenset({"stated", "zero", "unchanged"})
_KINDS = frozenset({"amount", "percentage", "headcount", "count", "score", "measure"})
_NAMED = ("project.", "indicator.")
_HUNDRED = Decimal(100)
_FINER = {"expenditure.nature": "expenditure.basic"}
_STANDS_FOR = "basic"
_NEAR = 400
"""Characters behind a list, in which what belongs to it may still be printed."""
_NAMED_IN_PART = frozenset({"expenditure.economic"})
"""Classes of which prose names the parts that it likes to: 工资福利支出48万元，其中基本工资18万元、绩效工资13万元."""
_FLAT = frozenset({"expenditure.nature", "expenditure.basic"})
"""Breakdowns whose members have no parts among one another."""
_BODIES = re.compile(
    "本级|机关(?!运行|事业|工勤|养老)|本部|全系统|下属|所属|局属|直属|(?:大队|支队|[福医学法检]院|(?<![对社])中心|(?<!专科)学校|[小中]学)(?=编制|实有|在职|基本|项目|收入|支出|人员)"
)
"""Words of a label that say whose it is, of a body and those under it."""
_AT_MOST_BESIDE = 4
_NEAR = 16
_FUNDS = ("general", "government_fund", "state_capital")
_CROSSED_BY = {("expenditure", "nature"): "expenditure.nature", ("revenue", "source"): "revenue.source"}
_CARRIED: dict[str, tuple[tuple[str, str | None], ...]] = {
    "revenue.total": (
        ("revenue.source", "carried_in"),
        ("balance.opening", None),
        ("revenue.source", "non_fiscal_surplus"),
    ),
    "expenditure.total": (("expenditure.nature", "carried_out"), ("balance.closing", None)),
}
"""What one total can hold beside another of the same name."""


_MAY_BE_NEGATIVE = frozenset({"balance.opening", "balance.closing", "revenue.source"})
"""What can be less than nothing: a deficit that is carried on, interest that was taken back."""


def _is_no_less(fact: Fact) -> bool:
    """Whether a figure is no less than nothing: where money that came back is told as negative, it can have been before."""
    return isinstance(fact.value, Decimal) and fact.value >= 0


class Relation(NamedTuple):
    """Printed numbers that have to fit together, by their indexes.

    ``form`` says how the ``reported`` one follows from the ``parts``: ``sum`` (each times its weight), ``ratio`` (a hundred
    times the first over the second), ``growth`` (a hundred times the first, a change, over what the second was before),
    ``growth_from`` (by how many hundredths the first is more than the second) or ``limit`` (it lies in ``band``). ``op`` is ``=``, or ``≥`` where what is
    reported must be no less, ``≤`` no more, ``>`` more, ``<`` less. Where nothing is reported, ``target`` is what the sum has to be.
    """

    check: str
    name: str
    form: str
    reported: int | None
    parts: tuple[int, ...]
    weights: tuple[int, ...] = ()
    op: str = "="
    target: Decimal | None = None
    choices: tuple[tuple[int, ...], ...] = ()
    """Other sets of parts of which arithmetic has to decide: are the retired inside the total?"""
    strays: tuple[int, ...] = ()
    """Numbers of which it is unknown whether they are parts: their sum proves nothing unless it fits."""
    missing: str | None = None
    """The concept without which nothing can be said; what it would have to be is what the others leave of the reported one."""
    band: Interval | None = None
    """Where the reported number has to lie, whatever others say (``form`` is ``limit``)."""
    said: str | None = None
    """The words that state the relation, where no number does."""

    @property
    def all(self) -> tuple[int, ...]:
        return self.parts if self.reported is None else (self.reported, *self.parts)

    @property
    def numeric(self) -> tuple[int, ...]:
        """Those of its numbers that are reckoned with: of a limit the reported one alone."""
        return self.all if self.band is None else self.all[:1]

    def weights_of(self, parts: Sequence[int]) -> tuple[int, ...]:
        """The weights of its parts, or of a choice of them; what is no part counts once."""
        if parts == self.parts:
            return self.weights
        known = dict(zip(self.parts, self.weights, strict=False))
        return tuple(known.get(i, 1) for i in parts)


def is_usable(number: Number) -> bool:
    """Whether a number can stand in a relation: a value, and none that is given as a reason for another."""
    return number.state in _VALUES and number.role != "reason" and number.kind in _KINDS


def find_relations(
    facts: Sequence[Fact], unclaimed: Sequence[Mention], rules: CheckRules, indexes: Sequence[int]
) -> list[Relation]:
    """The relations of one part of a document. ``indexes`` are those of its facts; a mention's is counted on behind the last
    fact.
    """
    return _Finder(facts, unclaimed, rules, indexes).relations()


_Own = tuple[str, str, str | None, str | None, str | None, str | None]
"""A table, and what an uncrossed number in it is of."""
_Axes = tuple[str, str | None, str | None, str | None, str | None, tuple[tuple[str, str], ...]]


def _axes(fact: Fact) -> _Axes:
    """What two facts have in common that say the same of one thing, but for the aspect."""
    cross = tuple(sorted(fact.cross.items())) if fact.cross else ()
    return fact.concept, fact.member, fact.fund, fact.basis, fact.period, cross


def _is_whole(within: str, fact: Fact) -> bool:
    """Whether a fact is the total that a concept is a part of by its nature; of the year or of all counts as one."""
    name = fact.concept if fact.member is None else f"{fact.concept}[{fact.member}]"
    return name == within or name.replace(".current", ".total") == within


def _shares_its_name(fact: Fact) -> bool:
    """Whether a class stands under a name that several have, without the path that tells which: 行政运行."""
    named = fact.concept.endswith(".function") and fact.member is not None and not fact.member[0].isdigit()
    return named and "（" not in (fact.label or "")


def _table(fact: Fact) -> str | None:
    return fact.cell.table if fact.cell is not None else None


@lru_cache(maxsize=16_384)
def _bodies_in(label: str) -> frozenset[str]:
    return frozenset(_BODIES.findall(label))


@cache
def _within() -> dict[str, str | None]:
    """What each concept is a part of by its nature."""
    return {id: concept.within for id, concept in load_concepts().items()}


@cache
def _undivided() -> frozenset[str]:
    """The concepts that no members break down."""
    return frozenset(id for id, concept in load_concepts().items() if not concept.members and concept.classes is None)


def _around(among: Sequence[int], to: int) -> Sequence[int]:
    """Of a thousand facts those around another one: they stand in the order of the text."""
    if len(among) <= 2 * _NEAR:
        return among
    k = bisect_left(among, to)
    return among[max(0, k - _NEAR) : k + _NEAR]


class _Finder:
    def __init__(
        self, facts: Sequence[Fact], unclaimed: Sequence[Mention], rules: CheckRules, indexes: Sequence[int]
    ) -> None:
        self.facts = facts
        self.rules = rules
        self.within = _within()
        self.undivided = _undivided()
        self.usable = [i for i in indexes if is_usable(facts[i])]
        self.at = {facts[i].id: i for i in self.usable}
        self.values: dict[_Axes, list[int]] = {}
        self.others: dict[tuple[_Axes, str], list[int]] = {}
        self.children: dict[str, list[int]] = {}
        self.axes: dict[int, _Axes] = {}
        for i in self.usable:
            fact = facts[i]
            axes = self.axes[i] = _axes(fact)
            if fact.aspect == "value":
                self.values.setdefault(axes, []).append(i)
                if fact.part_of is not None:
                    self.children.setdefault(fact.part_of, []).append(i)
            else:
                self.others.setdefault((axes, fact.aspect), []).append(i)
        first = len(facts)
        part = facts[indexes[0]].part if indexes else ""
        self.loose = [
            first + k
            for k, one in enumerate(unclaimed)
            if one.part == part and is_usable(one) and one.aspect == "value"
        ]
        self.unclaimed = unclaimed
        self.grades = [i for i in indexes if facts[i].concept == "evaluation.grade" and facts[i].value in rules.grades]
        self.bodies = self._whose()
        self._shares_beside: dict[int, list[int]] | None = None
        self._indicators_of: dict[str, set[str | None]] | None = None
        self._columns_of: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] | None = None
        self._starts: list[int] | None = None
        self._in_text: list[int] = []

    def relations(self) -> list[Relation]:
        found = [
            *self._sums(), *self._shares(), *self._changes(), *self._executions(), *self._declared(), *self._posts(),
            *self._crossed(), *self._indicators(), *self._marks_in_prose(), *self._limits(), *self._restated(),
        ]  # fmt: skip
        skip, codes = self.rules.skip, self.rules.codes
        return [one for one in found if not skip & {one.check, one.name, codes[one.check]}]

    # -- looking things up ------------------------------------------------------------------------------------------------

    def number(self, index: int) -> Number:
        first = len(self.facts)
        return self.facts[index] if index < first else self.unclaimed[index - first]

    def nearest(self, among: Sequence[int], to: int) -> int | None:
        """Of several facts the one that stands nearest to another: in its table or in its prose, before it rather than after."""
        if len(among) < 2:
            return among[0] if among else None
        among = _around(among, to)
        here = self.facts[to]
        where = _table(here)
        at = here.span[0] if here.span else 0

        def distance(i: int) -> tuple[bool, bool, int]:
            fact = self.facts[i]
            start = fact.span[0] if fact.span else 0
            return _table(fact) != where, start > at, abs(start - at)

        return min(among, key=distance)

    def _value_of(self, index: int) -> int | None:
        """The amount that a share, a change or a rate is printed beside."""
        return self.nearest(self.values.get(self.axes[index], ()), index)

    def _between(self, start: int, end: int) -> Iterator[int]:
        """The values in prose that stand between two places."""
        if self._starts is None:
            rows = [i for i in self.usable if self.facts[i].aspect == "value" and self.facts[i].cell is None]
            rows += [i for i in self.loose if self.number(i).cell is None]
            rows.sort(key=lambda i: self.number(i).span or (0, 0))
            self._in_text = rows
            self._starts = [(self.number(i).span or (0, 0))[0] for i in rows]
        for k in range(bisect_left(self._starts, start), bisect_left(self._starts, end)):
            yield self._in_text[k]

    def _whose(self) -> dict[int, frozenset[str]]:
        """Which body of several each value is said of, by the words of its label; in one sentence they hold for what follows:
        局机关编制20名，实有19人；福利院编制40名，实有39人.
        """
        found: dict[int, frozenset[str]] = {}
        last: Number | None = None
        said: frozenset[str] = frozenset()
        for i in sorted((*self.usable, *self.loose), key=lambda i: self.number(i).span or (0, 0)):
            one = self.number(i)
            own = _bodies_in(one.label or "")
            follows = last is not None and one.sentence == last.sentence and one.cell is None
            said = own if own or not follows else said
            found[i], last = said, one
        return found

    # -- lists and levels -------------------------------------------------------------------------------------------------

    def _sums(self) -> Iterator[Relation]:
        """Every printed list and every level of a table against the total that it stands under."""
        for parent, children in self.children.items():
            total = self.at.get(parent)
            if total is None:
                continue
            groups: dict[tuple[str, str], list[int]] = {}
            for i in children:
                fact = self.facts[i]
                place = fact.cell.table if fact.cell is not None else fact.list.id if fact.list is not None else None
                # 基本支出9万元，包括…；项目支出6万元: one nature is no part of another, wherever it is listed
                flat = fact.concept in _FLAT and self.facts[total].concept == fact.concept
                if place is not None and not flat:
                    # 因公出国（境）, 公务用车 and 公务接待 are concepts of their own, and together one list; what is bought of
                    # small firms is within 政府采购 too, but that has its own kinds.
                    name = self.facts[total].concept
                    own = fact.member is None and fact.concept != name and name in self.undivided
                    whole = own and self.within.get(fact.concept) == name
                    groups.setdefault((place, "" if whole else fact.concept), []).append(i)
            self._join_what_was_left(total, groups)
            for (place, concept), parts in groups.items():
                # 人员经费, 公用经费, 项目支出 under one total: what is broken down further stands in for 基本支出
                finer = groups.get((place, _FINER[concept]), []) if concept in _FINER else []
                if finer and all(self.facts[i].member != _STANDS_FOR for i in parts):
                    parts = [*parts, *finer]
                yield from self._sum(total, parts, self.facts[parts[0]].cell is not None)

    def _join_what_was_left(self, total: int, groups: dict[tuple[str, str], list[int]]) -> None:
        """支出总计9万元，包括：教育支出8万元，年末结转和结余1万元: what was left is a part beside the classes of what was spent."""
        if self.facts[total].concept.endswith(".current"):
            return
        for (place, concept), left in tuple(groups.items()):
            others = [name for at, name in groups if at == place and name != concept]
            beside = self.rules.beside.get(concept, frozenset())
            if len(others) != 1 or any(self.facts[i].cell or self.facts[i].member not in beside for i in left):
                continue
            if others[0] and load_concepts()[others[0]].classes is not None:
                groups[place, others[0]] += groups.pop((place, concept))

    def _whole_of(self, total: int, parts: Sequence[int]) -> int:
        """The total that a list is of: 按性质分，基本支出2万元，项目支出1万元；按功能分，教育支出3万元 breaks down what stands over 项目支出
        where it is more than that.
        """
        item = self.facts[total]
        over = self.at.get(item.part_of or "")
        money = [self.facts[i].yuan for i in parts]
        concept = self.facts[parts[0]].concept
        natural = concept == item.concept or _is_whole(self.within.get(concept) or "", item)
        if over is None or item.member is None or item.yuan is None or natural:
            return total
        return over if sum(yuan for yuan in money if yuan is not None) > item.yuan else total

    def _sum(self, total: int, parts: list[int], in_table: bool) -> Iterator[Relation]:
        total = total if in_table else self._whole_of(total, parts)
        facts, whole = self.facts, self.facts[total]
        if "平均" in (whole.label or ""):
            return  # 平均得分96分，其中：…
        keys = [(facts[i].key, facts[i].label) for i in parts]
        if len(set(keys)) != len(keys):
            if not in_table:
                return  # one member twice: two lists in one
            once: dict[tuple[str, str | None], int] = {}
            for key, i in zip(keys, parts, strict=True):
                once.setdefault(key, i)  # a row that is printed again over a page's end
            parts = list(once.values())
        concept = facts[parts[0]].concept
        of = {(facts[i].kind, facts[i].basis, facts[i].period) for i in parts}
        if of != {(whole.kind, whole.basis, whole.period)} or any(facts[i].key == whole.key for i in parts):
            return
        if in_table and (whole.cell is None or {facts[i].cell.table for i in parts} != {whole.cell.table}):  # type: ignore[union-attr]
            return
        beside = self.rules.beside.get(concept, frozenset())
        if whole.kind == "amount" and (
            whole.concept.endswith(".current") or all(facts[i].member in beside for i in parts)
        ):
            parts = [
                i for i in parts if facts[i].member not in beside
            ]  # what was carried over is none of the year's own
            if not parts:
                return
        if whole.kind == "headcount" and whole.member == "in_post":  # 在职30人，其中…；退休9人
            parts = [i for i in parts if facts[i].member not in beside]
            if not parts:
                return
        within = self.within.get(concept)
        complete = all((listed := facts[i].list) is None or listed.complete for i in parts)
        by_class = load_concepts()[concept].classes is not None  # which breaks down any money that is spent
        if within is not None and concept != whole.concept and not by_class and not _is_whole(within, whole):
            complete = any(facts[i].concept != concept for i in parts) and complete  # 人员经费 under 支出总计
        nested = facts[parts[0]].concept == whole.concept and whole.member is not None
        by_post = whole.kind == "headcount"  # 事业编制41名（参公3名、工勤1名）
        if nested and not in_table and (by_class or by_post):
            complete = complete and concept not in _NAMED_IN_PART and not self._names_a_few(total, parts)
        elif concept.startswith("indicator.") and not in_table:
            complete = complete and self._weigh_as_much(total, parts)
        elif concept in {*_NAMED_IN_PART, "project.amount"} and not in_table:
            # 公用经费9万元，其中办公费2万元; 项目11个，涉及资金800万元，其中道路修补项目90万元
            complete = complete and not self._names_a_few(total, parts)
        check = "headcount" if whole.kind == "headcount" else "breakdown" if nested else "sum"
        shares = self._shares_of(parts, total)
        if in_table and nested and by_class and self._leave_a_column(total, parts):
            return
        strays = self._strays_in_table(parts) if in_table else self._strays(total, parts)
        named = [i for i in parts if by_class and not (facts[i].member or "")[:3].isdigit()]
        if in_table and 0 < len(named) < len(parts):
            strays += tuple(
                named
            )  # a class without a code among classes: it may be of their level, or below one of them
        choices = self._choices(concept, parts)
        if in_table and named and len(named) < len(parts):
            choices += (tuple(i for i in parts if i not in named),)
        if not complete or len(self._outer(concept, parts)) == 1:
            yield Relation(check, "", "sum", total, tuple(parts), (1,) * len(parts), "≥", choices=choices)
            return
        yield Relation(check, "", "sum", total, tuple(parts), (1,) * len(parts), choices=choices, strays=strays)
        if shares and not strays and len(shares) == len(parts) and whole.value:  # of nothing every share is 0%
            yield Relation("shares", "", "sum", None, shares, (1,) * len(shares), target=_HUNDRED)

    def _leave_a_column(self, total: int, parts: Sequence[int]) -> bool:
        """Whether a class has money in a column in which no row under it has any: 农林水支出 | 9 | 4 | 5 over the 项 of its projects."""

        if self._columns_of is None:
            self._columns_of = {}
            for fact in self.facts:
                if fact.cross and fact.cell is not None and fact.yuan:
                    self._columns_of.setdefault((fact.cell.table, fact.cell.row), set()).add(fact.cell.column)
        known = self._columns_of

        def columns(among: Sequence[int]) -> set[tuple[str, ...]]:
            cells = [cell for i in among if (cell := self.facts[i].cell) is not None]
            return set().union(*(known.get((cell.table, cell.row), set()) for cell in cells))

        return bool(columns([total]) - columns(parts))

    def _names_a_few(self, total: int, parts: Sequence[int]) -> bool:
        """Whether more of a class is left than any part of it that is named: 商品和服务支出85万元，其中办公费5万元、差旅费4万元."""
        sizes = [self.facts[i].yuan if self.facts[i].kind == "amount" else self.facts[i].value for i in (total, *parts)]
        whole, *named = (size for size in sizes if isinstance(size, Decimal))
        return len(named) == len(parts) and whole - sum(named) > max(named)

    def _choices(self, concept: str, parts: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """Which other sets of these parts may be what the total counts."""
        beside = self.rules.beside.get(concept, frozenset())
        by_key: dict[str, int] = {}
        for i in parts:
            by_key.setdefault(self.facts[i].key, i)  # 其他资金, 其中：其他收入: one member
        once = tuple(by_key.values())
        if len(once) == len(parts) and not beside and concept not in self.rules.inside:
            return ()
        without_inner = self._outer(concept, once)
        found = dict.fromkeys((once, without_inner))
        extra = [i for i in once if self.facts[i].member in beside][:_AT_MOST_BESIDE]
        for count in range(1, len(extra) + 1):
            for left_out in combinations(extra, count):
                found[tuple(i for i in once if i not in left_out)] = None
                found[tuple(i for i in without_inner if i not in left_out)] = None
        return tuple(one for one in found if one and len(one) < len(parts))

    def _outer(self, concept: str, parts: Sequence[int]) -> tuple[int, ...]:
        """The parts that are not inside another one of them: 财政拨款, and not 一般公共预算 beside it."""
        outer = self.rules.inside.get(concept, {})
        members = {self.facts[i].member for i in parts}
        around = {i: outer.get(self.facts[i].member or "") for i in parts}
        return tuple(i for i in parts if around[i] is None or around[i] not in members)

    def _shares_of(self, parts: Sequence[int], total: int) -> tuple[int, ...]:
        """The share that is printed beside each of several parts; none if one has none, or is a share of something else."""
        if self._shares_beside is None:
            self._shares_beside = {}
            for i in self.usable:
                if self.facts[i].aspect == "share" and (value := self._value_of(i)) is not None:
                    self._shares_beside.setdefault(value, []).append(i)
        found: list[int] = []
        for i in parts:
            own = [s for s in self._shares_beside.get(i, ()) if self.facts[s].base == self.facts[total].id]
            if not own:
                return ()
            found.append(own[0])
        return tuple(found)

    def _strays(self, total: int, parts: Sequence[int]) -> tuple[int, ...]:
        """Values among those of a list that may be parts too: unclaimed, or bound to something else."""
        whole = self.facts[total]
        spans = [self.facts[i].span or (0, 0) for i in parts]
        start = min(spans)[0]
        if whole.span is not None and whole.span[1] <= start:
            start = whole.span[1]
        sentence = self.facts[parts[-1]].sentence
        end = max(max(spans)[1], sentence[1] if sentence is not None else 0)
        own = set(parts)
        no_part = load_concepts()[whole.concept].strangers
        found: list[int] = []
        for i in self._between(start, end):
            one = self.number(i)
            if i in own or i == total or one.kind != whole.kind:
                continue
            if isinstance(one, Fact):
                if one.part_of is not None:
                    continue  # of this list's parts, or of another list
                if whole.kind != "amount" and one.concept != whole.concept:
                    continue  # 车辆9辆，其中…；设备5台
                if (one.basis, one.period, one.fund or "all") != (whole.basis, whole.period, whole.fund or "all"):
                    continue
                if one.concept == whole.concept and one.member == whole.member:
                    continue
            elif no_part is not None and no_part.search(one.label):
                continue  # 编制45名，其中：行政9名；领导职数2名
            found.append(i)
        return (*found, *self._inner_parts(total, parts, end))

    def _inner_parts(self, total: int, parts: Sequence[int], end: int) -> tuple[int, ...]:
        """Values behind a list that are parts of a part which is not printed itself: 三公经费6万元。其中：…。公务接待费2万元。
        公务用车运行维护费4万元.
        """
        whole = self.facts[total]
        printed = {self.facts[i].concept for i in parts}
        return tuple(
            i
            for i in self._between(end, end + _NEAR)
            if isinstance(one := self.number(i), Fact)
            and one.kind == whole.kind
            and (one.basis, one.period) == (whole.basis, whole.period)
            and (outer := self.within.get(one.concept)) is not None
            and outer not in printed
            and self.within.get(outer) == whole.concept
        )

    def _strays_in_table(self, parts: Sequence[int]) -> tuple[int, ...]:
        """Unclaimed values in the columns that the parts stand in, or in the row that all of them do."""
        cells = [cell for i in parts if (cell := self.facts[i].cell) is not None]
        columns = {(cell.table, cell.column) for cell in cells}
        rows = {(cell.table, cell.row) for cell in cells}
        return tuple(
            i
            for i in self.loose
            if (cell := self.number(i).cell) is not None
            and (
                (cell.table, cell.column) in columns or (len(rows) == 1 < len(cells) and (cell.table, cell.row) in rows)
            )
        )

    # -- rates ------------------------------------------------------------------------------------------------------------

    def _shares(self) -> Iterator[Relation]:
        for i in self.usable:
            fact = self.facts[i]
            if fact.aspect != "share" or fact.base is None:
                continue
            whole, part = self.at.get(fact.base), self._value_of(i)
            if whole is not None and part is not None and whole != part:
                others = tuple((part, other) for other in self._other_wholes(part, whole))
                # 涉及资金9万元（决算），占项目支出总额的100%: where only the budget of that is printed, nothing can be said.
                planned = self.facts[part].basis != self.facts[whole].basis and self.facts[whole].kind == "amount"
                strays = (whole,) if planned and not others else ()
                yield Relation("share", "", "ratio", i, (part, whole), choices=others, strays=strays)

    def _other_wholes(self, part: int, whole: int) -> Iterator[int]:
        """Other totals on the same side that a share may be of: 本年收入 under a heading of 收入总计, 决算 beside 预算."""
        base, listed = self.facts[whole], self.facts[part]
        over = self.at.get(base.part_of or "")
        if over is not None and over != part:
            yield over  # 授予中小企业90万元，其中小微企业60万元，占60%: of all that was bought
        if base.basis != listed.basis:
            own = (base.concept, base.member, base.fund, listed.basis, base.period, ())
            at = self.nearest(self.values.get(own, ()), part)
            if at is not None:
                yield at
        side, _, what = base.concept.partition(".")
        if base.member is not None or what not in ("total", "current"):
            return
        for name in ("current", "total"):
            for basis in dict.fromkeys((listed.basis, base.basis)):
                among = self.values.get((f"{side}.{name}", None, base.fund, basis, base.period, ()), ())
                at = self.nearest(among, part)
                if at is not None and at != whole:
                    yield at

    def _changes(self) -> Iterator[Relation]:
        for i in self.usable:
            fact = self.facts[i]
            if fact.aspect not in ("change", "change_rate") or fact.compared is None:
                continue
            this = self.at.get(fact.base) if fact.base is not None else self._value_of(i)
            if this is None:
                continue
            concept, member, fund, _, _, cross = self.axes[i]
            before = (concept, member, fund, fact.compared.basis, fact.compared.period, cross)
            last = self.nearest(self.values.get(before, ()), i)
            if fact.state == "unchanged" and fact.qualifier is not None:
                continue  # 与上年基本持平
            if before == self.axes[this]:
                continue  # a change on what is of the same year and basis: one of the two is read wrongly
            if fact.aspect == "change":
                if last is not None:
                    yield Relation("change", "", "sum", i, (this, last), (1, -1))
                elif fact.kind == "amount" and fact.concept not in _MAY_BE_NEGATIVE and _is_no_less(self.facts[this]):
                    # what was there before is no less than nothing
                    yield Relation("change", "", "sum", this, (i,), (1,), "≥")
                continue
            if last is not None:
                yield Relation("change_rate", "", "growth_from", i, (this, last))
            beside = [
                c for c in _around(self.others.get((self.axes[i], "change"), ()), i)
                if self.facts[c].compared == fact.compared and self.facts[c].section == fact.section and self.facts[c].base == fact.base
            ]  # fmt: skip
            change = self.nearest(beside, i)
            if change is not None:
                yield Relation("change_rate", "", "growth", i, (change, this))

    def _executions(self) -> Iterator[Relation]:
        for i in self.usable:
            fact = self.facts[i]
            if fact.aspect != "execution_rate" or fact.compared is None:
                continue
            spent = self.at.get(fact.base) if fact.base is not None else self._value_of(i)
            concept, member, fund, _, _, cross = self.axes[i]
            budget = (concept, member, fund, fact.compared.basis, fact.compared.period, cross)
            planned = self.nearest(self.values.get(budget, ()), i)
            if spent is not None and planned is not None:
                yield Relation("execution_rate", "", "ratio", i, (spent, planned))

    # -- what is declared -------------------------------------------------------------------------------------------------

    def _declared(self) -> Iterator[Relation]:
        """The relations of the vocabulary, for every total of their kind: once in each table, and once in prose."""
        by_name: dict[tuple[str, str | None], list[int]] = {}
        for axes, indexes in self.values.items():
            if not axes[5]:
                by_name.setdefault(axes[:2], []).extend(indexes)
        for rule in self.rules.relations:
            done: set[tuple[object, ...]] = set()
            for total in by_name.get(rule.total, ()):
                fact = self.facts[total]
                place = (fact.cell.table, fact.cell.column) if fact.cell is not None else None
                if rule.scope == "document":
                    place = None
                key = (fact.fund, fact.basis, fact.period, place)
                if key in done or (place is None and rule.scope == "table"):
                    continue
                done.add(key)
                found = self._of_rule(rule, total)
                if found is not None:
                    yield found

    def _of_rule(self, rule: Declared, total: int) -> Relation | None:
        whole = self.facts[total]
        if rule.unless is not None and self._in_place_of(total, *rule.unless) is not None:
            return None
        parts: list[int] = []
        weights: list[int] = []
        missing: list[str] = []
        extra: set[int] = set()
        for term in rule.terms:
            look = self._of_treasury if rule.scope == "document" else self._in_place_of
            found = next((i for name in term.names if (i := look(total, *name)) is not None), None)
            if (
                rule.scope == "document"
                and found is not None
                and (rule.called or "") not in (self.facts[found].label or "")
            ):
                found = None  # a code of a body's own, under another name
            if found is not None:
                parts.append(found)
                weights.append(term.weight)
                if term.optional:
                    extra.add(found)
            elif not term.optional:
                concept, member = term.names[0]
                missing.append(concept if member is None else f"{concept}[{member}]")
        if missing and rule.says_missing and whole.cell is None:
            return self._unless_printed(rule, total)
        # 年初结转 that is listed under 收入总计 is in it already (not so under 本年收入, behind which it stands), and totals that
        # balance by themselves say nothing of the rest.
        whole_ones = {self.facts[j].id for j in parts if not self.facts[j].concept.endswith(".current")}
        held = (
            [] if rule.check != "balance" else [k for k, i in enumerate(parts) if self.facts[i].part_of in whole_ones]
        )
        parts = [i for k, i in enumerate(parts) if k not in held]
        weights = [w for k, w in enumerate(weights) if k not in held]
        signed = {(w, self.facts[i].yuan) for i, w in zip(parts, weights, strict=True)}
        if missing or not parts or any((-w, yuan) in signed for w, yuan in signed):
            return None
        listed = {self.facts[i].part_of for i in parts}
        if listed == {whole.id}:
            return None  # the list says so itself
        if rule.called is not None and rule.scope == "prose" and whole.cell is None:
            together = {self.facts[i].sentence for i in (total, *parts)}
            if len(together) > 1 or not all(rule.called in (self.facts[i].label or "") for i in (total, *parts)):
                return None
        sure = tuple(i for i in parts if i not in extra)
        choices = (sure,) if extra and rule.check == "balance" else ()
        strays: tuple[int, ...] = ()
        if whole.cell is None:
            strays = (
                self._loose_among((total, *parts)) if rule.check == "balance" else self._listed_beside(total, parts)
            )
        return Relation(
            rule.check, rule.name, "sum", total, tuple(parts), tuple(weights), rule.op, choices=choices, strays=strays
        )

    def _loose_among(self, indexes: Sequence[int]) -> tuple[int, ...]:
        """Unclaimed amounts in the sentences that some facts stand in: 提取专用基金5万元 between 年初 and 年末."""
        sentences = {self.facts[i].sentence for i in indexes}
        return tuple(i for i in self.loose if self.number(i).sentence in sentences and self.number(i).kind == "amount")

    def _listed_beside(self, total: int, parts: Sequence[int]) -> tuple[int, ...]:
        """What a sentence lists among the parts of a total that is no part of it by its nature, and may be counted in: 三公经费
        9万元，其中：…公务接待费1万元、会议费2万元.
        """
        whole = self.facts[total]
        sentences = {self.facts[i].sentence for i in parts}
        if len(sentences) > 1 or whole.span is None:
            return ()
        start = min((self.facts[i].span or (0, 0))[0] for i in parts)
        outer = {whole.concept, self.within.get(whole.concept)} - {None}
        found: list[int] = []
        for i in self._between(start, next(iter(sentences), None)[1] if sentences != {None} else start):  # type: ignore[index]
            one = self.number(i)
            if (
                i in parts
                or i == total
                or not isinstance(one, Fact)
                or one.part_of is not None
                or one.kind != whole.kind
            ):
                continue
            near = {one.concept, self.within.get(one.concept)}
            if (one.basis, one.period, one.fund) == (whole.basis, whole.period, whole.fund) and not near & outer:
                if not any(self.within.get(one.concept) == self.facts[p].concept for p in parts):
                    found.append(i)
        return tuple(found)

    def _unless_printed(self, rule: Declared, total: int) -> Relation | None:
        """What the first term of a relation would have to be, were all of it of one fund: it is not printed, the others are."""
        parts: list[int] = []
        for term in rule.terms[1:]:
            if term.optional:
                continue
            named = (self._in_place_of(total, *name, fund="all") for name in term.names)
            found = next((i for i in named if i is not None), None)
            if found is None:
                return None
            parts.append(found)
        if len({self.facts[i].yuan for i in parts}) < len(parts):
            return None  # totals that balance by themselves
        weights = tuple(term.weight for term in rule.terms[1:] if not term.optional)
        return Relation(rule.check, rule.name, "sum", total, tuple(parts), weights, missing=rule.terms[0].names[0][0])

    def _in_place_of(self, total: int, concept: str, member: str | None, fund: str | None = None) -> int | None:
        """The value of a concept on the axes of a total: in its table, or else in prose."""
        whole = self.facts[total]
        table = _table(whole)
        among = self.values.get((concept, member, fund or whole.fund, whole.basis, whole.period, ()), ())
        return self.nearest([i for i in among if _table(self.facts[i]) == table], total)

    def _of_treasury(self, total: int, concept: str, member: str | None) -> int | None:
        """The value of a concept of the treasury's money, on the basis and of the period of a total, wherever it stands."""
        whole = self.facts[total]
        funds = dict.fromkeys(("general", "appropriation", whole.fund))
        among = [
            i for fund in funds for i in self.values.get((concept, member, fund, whole.basis, whole.period, ()), ())
        ]
        return self.nearest(sorted(among), total)

    def _crossed(self) -> Iterator[Relation]:
        """What tables of two breakdowns add up to: along the row to the number that is not crossed, down the column to the
        total of that column, and a fund's column to that of all appropriations.
        """
        rows: dict[tuple[_Own, str], list[int]] = {}
        columns: dict[int, list[int]] = {}
        funds: dict[tuple[object, ...], dict[str, int]] = {}
        whole: dict[_Own, int] = {}
        for axes, indexes in self.values.items():
            concept, member, fund, basis, period, cross = axes
            for i in indexes:
                cell = self.facts[i].cell
                if cell is None:
                    continue
                own = (cell.table, concept, member, fund, basis, period)
                if not cross:
                    whole.setdefault(own, i)
                    if fund is not None:
                        funds.setdefault((cell.table, cell.row, concept, member, basis, period), {}).setdefault(fund, i)
                elif len(cross) == 1 and cross[0][1] not in self.rules.beside.get(f"expenditure.{cross[0][0]}", ()):
                    rows.setdefault((own, cross[0][0]), []).append(i)
        for (own, dimension), parts in rows.items():
            total = whole.get(own)
            natures = {self.facts[i].cross["nature"]: i for i in rows.get((own, "nature"), ())}
            if dimension == "basic":  # 人员经费 and 公用经费 make 基本支出, or stand in for it beside 项目支出
                total = natures.get(_STANDS_FOR, None if natures else total)
            elif dimension == "nature" and _STANDS_FOR not in natures:
                parts = [*parts, *rows.get((own, "basic"), ())]
            if total is not None and len({self.facts[i].key for i in parts}) == len(parts) > 1:
                yield self._level(total, parts)
            for i in parts:
                above = self._above(i, total, whole)
                if above is not None:
                    columns.setdefault(above, []).append(i)
        for above, parts in columns.items():
            if len({self.facts[i].key for i in parts}) == len(parts) > 1:
                yield self._level(above, parts)
        for among in funds.values():
            parts = [i for fund, i in among.items() if fund in _FUNDS]
            total = among.get("appropriation")
            if total is not None and parts:
                yield self._level(total, parts)

    def _above(self, crossed: int, plain: int | None, whole: Mapping[_Own, int]) -> int | None:
        """The number in the same column that a crossed one is a part of: of the coarser class, or of the whole column."""
        if plain is None:
            return None
        parent = self.at.get(self.facts[plain].part_of or "")
        if parent is None:
            return None
        over, fact = self.facts[parent], self.facts[crossed]
        axes = (over.concept, over.member, over.fund, over.basis, over.period, self.axes[crossed][5])
        found = next((i for i in self.values.get(axes, ()) if _table(self.facts[i]) == _table(fact)), None)
        if found is not None or over.member is not None:
            return found
        (dimension, value) = self.axes[crossed][5][0]
        concept = _CROSSED_BY.get((over.concept.partition(".")[0], dimension))
        if concept is None:
            return None
        return whole.get((_table(fact) or "", concept, value, over.fund, over.basis, over.period))

    def _level(self, total: int, parts: Sequence[int]) -> Relation:
        return Relation(
            "breakdown", "", "sum", total, tuple(parts), (1,) * len(parts),
            choices=self._choices(self.facts[parts[0]].concept, parts), strays=self._strays_in_table(parts),
        )  # fmt: skip

    def _posts(self) -> Iterator[Relation]:
        """People in established posts against posts: each side the printed total or, failing that, the sum of its members."""
        periods = {axes[4] for axes in self.values if axes[0] == "staffing.authorised"}
        for period in sorted(filter(None, periods)):
            posts = self._people("staffing.authorised", period, None)
            people = self._people("staffing.actual", period, "in_post")
            if posts and people:
                weights = (1,) * len(posts) + (-1,) * len(people)
                yield Relation("posts", "", "sum", None, (*posts, *people), weights, "≤", Decimal(0))

    def _people(self, concept: str, period: str, whole: str | None) -> tuple[int, ...]:
        """The facts that together say how many there are, each stated in prose or else in a table."""
        found: dict[str | None, int] = {}
        for axes, indexes in self.values.items():
            own = [i for i in indexes if not self.bodies[i]]  # 局机关编制20名 is none of all there are
            if axes[0] == concept and axes[4] == period and not axes[5] and own:
                found[axes[1]] = min(own, key=lambda i: (self.facts[i].cell is not None, self.facts[i].span or (0, 0)))
        if whole in found:
            return (found[whole],)
        members = tuple(found[member] for member in self.rules.established if member in found)
        if members and (concept == "staffing.actual" or set(found) <= {*self.rules.established, None}):
            return members
        return (found[None],) if concept == "staffing.actual" and set(found) == {None} else ()

    def _indicators(self) -> Iterator[Relation]:
        """Marks against what they can be at most, and the weights of a table against its hundred."""
        weights: dict[tuple[str | None, str | None], list[int]] = {}
        for axes, indexes in self.values.items():
            concept, member, fund, basis, period, cross = axes
            if concept == "indicator.weight":
                for i in indexes:
                    weights.setdefault((_table(self.facts[i]), period), []).append(i)
            if concept != "indicator.score":
                continue
            for i in indexes:
                among = self.values.get(("indicator.weight", member, fund, basis, period, cross), ())
                own = [j for j in among if _table(self.facts[j]) == _table(self.facts[i])]
                most = self.nearest(own, i)
                if most is not None and len(own) == len(indexes):
                    yield Relation("indicator", "", "sum", i, (most,), (1,), "≤")
        for (table, period), parts in weights.items():
            names = [self.facts[i].member or "" for i in parts]
            if (
                table is None
                or len(parts) < 3
                or len(set(names)) < len(names)
                or not all("/" in name for name in names)
            ):
                continue
            leaves = [
                i for i, name in zip(parts, names, strict=True) if not any(n.startswith(f"{name}/") for n in names)
            ]
            ones = (1,) * len(leaves)
            yield Relation("weights", "", "sum", None, tuple(leaves), ones, "≥", self.rules.full_marks)
            strays = self._strays_in_table(leaves)
            totals = self.values.get(("evaluation.score", None, None, "actual", period, ()), ())
            total = next((i for i in totals if _table(self.facts[i]) == table), None)
            scores = [self._score_beside(i, table) for i in leaves]
            full = (
                sum((w for i in leaves if isinstance(w := self.facts[i].value, Decimal)), Decimal(0))
                == self.rules.full_marks
            )
            if total is not None and full and None not in scores:
                found = tuple(i for i in scores if i is not None)
                strays += self._strays_in_table(found)
                yield Relation("scores", "", "sum", total, found, ones, strays=strays)

    def _marks_in_prose(self) -> Iterator[Relation]:
        """决策指标得9分（权重10分）；过程指标得18分（权重20分）…: marks whose weights make the whole against its mark."""
        by_sentence: dict[tuple[tuple[int, int], str | None], list[int]] = {}
        for axes, indexes in self.values.items():
            if axes[0] == "indicator.score" and "/" not in (axes[1] or "/"):
                for i in indexes:
                    sentence = self.facts[i].sentence
                    if self.facts[i].cell is None and sentence is not None:
                        by_sentence.setdefault((sentence, self.facts[i].period), []).append(i)
        totals = [
            i for axes, indexes in self.values.items() if axes[0] in ("evaluation.score", "project.score")
            for i in indexes if self.facts[i].cell is None
        ]  # fmt: skip
        for (sentence, period), scores in by_sentence.items():
            weights = [self._weight_beside(i, sentence) for i in scores]
            values = [self.facts[w].value if w is not None else None for w in weights]
            full = sum((value for value in values if isinstance(value, Decimal)), Decimal(0))
            # 得分95分，比上年得分91分提高4分: that of the year before is no sum of these marks
            own = [i for i in totals if self.facts[i].period == period]
            before = [i for i in own if (self.facts[i].span or (0, 0))[0] < sentence[1]]
            if None not in weights and full == self.rules.full_marks and before and len(scores) > 1:
                total = max(before, key=lambda i: self.facts[i].span or (0, 0))
                yield Relation("scores", "", "sum", total, tuple(scores), (1,) * len(scores))

    def _weigh_as_much(self, total: int, parts: Sequence[int]) -> bool:
        """Whether marks told of in prose are all of their level's: their full marks make its full mark. A text on a level goes into
        some of its indicators alone.
        """
        weights = [
            self._weight_beside(i, sentence) if (sentence := self.facts[i].sentence) else None for i in (total, *parts)
        ]
        values = [self.facts[w].value if w is not None else None for w in weights]
        figures = [value for value in values if isinstance(value, Decimal)]
        return len(figures) == len(values) and figures[0] == sum(figures[1:])

    def _weight_beside(self, score: int, sentence: tuple[int, int]) -> int | None:
        _, *axes = self.axes[score]
        among = self.values.get(("indicator.weight", *axes), ())  # type: ignore[arg-type]
        return next((i for i in among if self.facts[i].sentence == sentence), None)

    def _score_beside(self, weight: int, table: str) -> int | None:
        _, *axes = self.axes[weight]
        among = self.values.get(("indicator.score", *axes), ())  # type: ignore[arg-type]
        return next((i for i in among if _table(self.facts[i]) == table), None)

    # -- what a number can be by itself -----------------------------------------------------------------------------------

    def _limits(self) -> Iterator[Relation]:
        """Marks within their scale, rates of spending and shares up to 100, grades by the usual bands."""
        for i in self.usable:
            fact = self.facts[i]
            if (
                fact.kind == "score"
                and fact.aspect == "value"
                and fact.concept in ("evaluation.score", "project.score")
            ):
                most = fact.scale if fact.scale is not None else self.rules.full_marks
                yield Relation("scale", "", "limit", i, (), band=from_below(most))
            elif fact.aspect in ("share", "execution_rate") or fact.concept == "targets.coverage":
                # More than was planned at the start of the year is usual; more than was allowed in the end is not.
                late = fact.compared is not None and fact.compared.basis == "adjusted_budget"
                if fact.aspect != "execution_rate" or late or fact.concept.startswith(self.rules.capped):
                    yield Relation("rate", "", "limit", i, (), band=from_below(_HUNDRED))
        yield from self._grades()

    def _grades(self) -> Iterator[Relation]:
        """Every grade with the mark of its sentence, or else with the nearest that no other grade stands beside."""
        scores = [
            i for i in self.usable
            if self.facts[i].concept == "evaluation.score" and self.facts[i].member is None and self.facts[i].cell is None
            and self.facts[i].aspect == "value"
        ]  # fmt: skip
        top = max((high for _, high in self.rules.grades.values()), default=_HUNDRED)
        beside = {
            grade: [i for i in scores if self.facts[i].sentence == self.facts[grade].sentence] for grade in self.grades
        }
        taken = {i for found in beside.values() for i in found}
        for grade, found in beside.items():
            at = (self.facts[grade].span or (0, 0))[0]
            latest = max((self.facts[i].period or "" for i in found), default="")
            found = [
                i for i in found if (self.facts[i].period or "") == latest
            ]  # 得分95分，等级为优，比上年的88分提高7分
            free = found or [i for i in scores if i not in taken]
            score = min(free, key=lambda i: abs((self.facts[i].span or (0, 0))[0] - at), default=None)
            if score is None or self.facts[score].scale not in (None, self.rules.full_marks):
                continue
            low, high = self.rules.grades[str(self.facts[grade].value)]
            yield Relation("grade", "", "limit", score, (grade,), band=Interval(low, high, True, high == top))

    # -- the same once more -----------------------------------------------------------------------------------------------

    def _restated(self) -> Iterator[Relation]:
        """One thing stated more than once: the first statement, in prose if there is one, against every other. Rows of one
        table are different things, and rates of two totals are as different as these are.
        """
        for indexes in (*self.values.values(), *self.others.values()):
            if len(indexes) < 2:
                continue
            by_key: dict[str, list[int]] = {}
            for i in indexes:
                by_key.setdefault(self.facts[i].key, []).append(i)
            for same in by_key.values():
                first = min(same, key=lambda i: (self.facts[i].cell is not None, self.facts[i].span or (0, 0)))
                told: set[tuple[object, ...]] = set()
                for i in same:
                    # What is printed alike at a hundred places is said once.
                    alike = self.facts[i].value, self.facts[i].unit, self.facts[i].cell is None
                    if i != first and alike not in told and self._is_of_the_same(first, i):
                        told.add(alike)
                        carried = self._total_with_carried(first, i)
                        yield Relation(self._restated_how(first, i), "", "sum", first, (i,), (1,), choices=carried)

    def _restated_how(self, one: int, other: int) -> str:
        """Two statements of one thing are told apart by where they stand, and by their units."""
        first, second = self.facts[one], self.facts[other]
        if first.unit != second.unit and first.kind == "amount":
            return "unit"
        return "prose_table" if (first.cell is None) != (second.cell is None) else "restated"

    def _is_of_the_same(self, one: int, other: int) -> bool:
        """Whether two facts of one key can be said of one thing. Rows of one table and items of one list are different things;
        what was granted for a project is not what was paid; rates of two totals are as different as these are; and what came
        in the year itself is also called a total.
        """
        first, second = self.facts[one], self.facts[other]
        table, place = _table(first), first.list.id if first.list is not None else None
        if (table is not None and table == _table(second)) or (
            place is not None and second.list is not None and second.list.id == place
        ):
            return False
        if first.aspect != "value" and first.concept in _CARRIED and first.member is None:
            return False  # of a total with what was carried over, and of one without
        if first.aspect != "value":
            bases = [self.at.get(fact.base or "") for fact in (first, second)]
            of = [self._value_of(i) for i in (one, other)]
            amounts = [self.facts[i].yuan if i is not None else None for i in (*bases, *of)]
            return amounts[0] == amounts[1] and (None in amounts[2:] or amounts[2] == amounts[3])
        if first.sentence == second.sentence and first.cell is None and second.cell is None:
            return False  # nobody contradicts himself in one sentence: 聘用3人，共22人
        if (
            self._is_said_beside(first, second)
            or self._breaks_down_another(first, second)
            or self._are_of_two_forms(first, second)
        ):
            return False
        if _shares_its_name(first):
            return False  # 行政运行 of one 款, and 行政运行 of another
        if ("原值" in (first.label or "")) != ("原值" in (second.label or "")):
            return False  # 固定资产原值 and 固定资产净值
        if self.bodies[one] != self.bodies[other]:
            return False  # 部门基本支出, and 局本级基本支出 as a part of it
        # 水利项目支出 and 教育项目支出 end in 项目支出 and are not the same.
        assumed = min(first.confidence, second.confidence) < 1
        if (first.concept.startswith(_NAMED) or assumed) and first.label != second.label:
            return False
        own = (first.concept.replace(".total", ".current"), None, first.fund, first.basis, first.period, ())
        current = {self.facts[i].yuan for i in self.values.get(own, ())} if first.concept in _CARRIED else set()
        return first.yuan == second.yuan or not current & {first.yuan, second.yuan}

    def _is_said_beside(self, first: Fact, second: Fact) -> bool:
        """Whether the sentence of one figure has the other one too, under one key: 三公经费支出3万元，年初预算为4万元, read as of one
        basis, says that the two are not of one thing.
        """
        among = [self.facts[i] for i in self.values.get(_axes(first), ()) if self.facts[i].cell is None]
        pairs = ((first, second), (second, first))
        return any(
            one.cell is None and fact.sentence == one.sentence and fact is not one and fact.value == other.value
            for one, other in pairs
            if one.value != other.value
            for fact in among
        )

    def _are_of_two_forms(self, first: Fact, second: Fact) -> bool:
        """Whether two tables are forms on different things: indicators of one name, and few others in common."""
        tables = _table(first), _table(second)
        if not first.concept.startswith("indicator.") or None in tables:
            return False
        if self._indicators_of is None:
            self._indicators_of = {}
            for fact in self.facts:
                if fact.cell is not None and fact.concept.startswith("indicator."):
                    self._indicators_of.setdefault(fact.cell.table, set()).add(fact.member)
        one, other = (self._indicators_of.get(table or "", set()) for table in tables)
        return 2 * len(one & other) < min(len(one), len(other))

    def _breaks_down_another(self, first: Fact, second: Fact) -> bool:
        """Whether one class of two totals is stated: 基本支出9万元，其中：商品和服务支出4万元, and that of all that was spent; what
        the offices spend of a class is no figure of all of it.
        """
        if load_concepts()[first.concept].classes is None:
            return False
        wholes = [self._over(fact) for fact in (first, second)]
        names = {(self.facts[at].concept, self.facts[at].member) for at in wholes if at is not None}
        offices = [at is not None and self.facts[at].concept == "agency_operating" for at in wholes]
        if offices[0] != offices[1]:
            return True
        return None not in wholes and len(names) > 1 and any(member is not None for _, member in names)

    def _over(self, fact: Fact) -> int | None:
        """The total that a class is listed under, or else the one that its share is of: 商品和服务支出4万元，占项目支出的9%."""
        if fact.part_of is not None:
            return self.at.get(fact.part_of)
        shares = self.others.get((_axes(fact), "share"), ())
        own = next((i for i in shares if self.facts[i].sentence == fact.sentence), None)
        return self.at.get(self.facts[own].base or "") if own is not None else None

    def _total_with_carried(self, one: int, other: int) -> tuple[tuple[int, ...], ...]:
        """What a total comes to with what was carried over: 总支出 without it and 支出总计 with it are both called a total."""
        fact = self.facts[one]
        if fact.concept not in _CARRIED or fact.member is not None or fact.aspect != "value":
            return ()
        found: list[tuple[int, ...]] = []
        for concept, member in _CARRIED[fact.concept]:
            among = self.values.get((concept, member, fact.fund, fact.basis, fact.period, ()), ())
            at = self.nearest(among, one)
            if at is not None:
                found.append((other, at))
        return tuple(found)

"""Values of tables → facts: what the row of a cell and its column mean together.

A row or a column can name a member of a breakdown (教育支出, 基本支出, 事业收入), a concept by itself (公务接待费), whose money it
is, the total of the table, or when and on what basis. What the two name together is one fact; of two breakdowns the
column's is the ``cross``. Which members and totals a table has is for the rules of the packs (``[[table]]``).

Over 400 lines because a label is asked of all that it can mean in one order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from reportparse.bound import About, Bound
from reportparse.classes import CODE_AND_NAME_DIFFER, class_of_row
from reportparse.concepts import Concept, Concepts
from reportparse.headers import (
    GRADE_LABEL,
    LEVEL_HEAD,
    MONEY,
    Head,
    own_words,
    plain_label,
    plain_name,
    read_head,
    span_of,
    without_aspect,
)
from reportparse.labels import member_before, member_named
from reportparse.model import Compared, Threshold
from reportparse.numbers import Quantity
from reportparse.numerals import numbering
from reportparse.outline import ROOT, Outline
from reportparse.packs import ANY_UNIT, ANYWHERE, Field, ResolvedPack, TableReader, TableRule
from reportparse.patterns import compile_pattern, seldom
from reportparse.reading import Reading
from reportparse.tables import CellReading, TableText

__all__ = ["TableFacts", "bind_tables", "together"]

_KINDS = frozenset({"amount", "headcount", "count", "percentage", "score", "measure"})
_CERTAIN = Decimal("1.0")
_ASSUMED = Decimal("0.9")
_UNSURE = Decimal("0.8")
_ALL_FUNDS = (None, "appropriation")
_TIMES = {
    "元": Decimal(1), "百元": Decimal(100), "千元": Decimal(1_000), "万元": Decimal(10_000), "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}  # fmt: skip
_RATES = frozenset({"share", "change_rate", "execution_rate"})
_TOTAL = seldom(
    r"(?P<this>本年度?|当年)?(?:部门|单位)?(?:收入|支出|收支|拨款|资金|经费|[预决]算数?|金额)*(?:合计|总计|小计|共计|总额|总数|合计数|总计数|总和)"
    r"|(?:[^，。；\d]{0,8}(?:二级|下属|所属|直属)[^，。；\d]{0,6}|部门|单位|全系统|全局)?汇总数?"
)
_THIS_YEAR = seldom(r"(?:本年度?|当年)(?:收入|支出)(?:决算|预算)?(?:数|合计|总计|小计)?")
_SUM_OF = seldom("(.{3,})(?:小计|合计)")
_SIDE = seldom(
    r"总?收入|总?支出|收支|(?:收入|支出|资金)?(?:项目|科目|用途|来源|事项|构成|情况)(?:名称)?|金额|数额?|数量|资金|经费|年度|单位|名称|预算|决算|部门|栏次|数值|总体|价值|账面(?:价值|净值)|(?:人数|人次|次数|批次|数量|辆数|个数)(?:[/／、或](?:人数|人次|次数|批次|数量|辆数|个数))+|[一-龥]{0,4}分类|预算数?|决算数?|指标|人数|人员|辆数|支出(?:功能|经济)分?类?科目|(?:本年|当年)?发生数?|(?:实际|累计|决算|执行)(?:支出|支付|使用|到位)"
)
_OWN_WORDS = {"procurement.total": seldom("(?:政府)?采购"), "assets.total": seldom("年末|期末")}
"""What in a table of a total says nothing beside it."""
_BASIS_WORDS = seldom(
    r"(?:(?:年初|全年|年末|本年度?|当年|调整后?的?|批复|下达|实际|预计|截至年末)*(?<!公共)(?<!基金)(?<!经营)(?<!财政)(?:预算|决算|执行|预算执行|预算调整|支付|完成|到位|统计)(?:数|额|金额|总额|安排|情况)?|(?<=.)(?:金额|数额|数))$"
)
_EDGES_OF_TIME = seldom(r"^(?:(?:19|20)\d\d年?度?|(?:上年度?|去年)(?=[预决]算|执行|实际|数))+|（(?:19|20)\d\d年度?）")
_REST_OF_FUND = seldom(r"(?:财政|拨款|资金|收入|支出|预算|决算|安排|的|当年|本年|项目|合计|小计|数)*")
_CARRIED_IN = seldom(r"(?:年初|上年)(?:.{0,6})?(?:结转|结余)")
_LEFT_OVER = seldom(
    r"(?:年初|上年|年末|以前年度|历年)?(?:财政拨款|财政性?资金|资金)?(?:结转(?:和|及|、|（)?(?:结余）?)?|结余)(?:资金|收入)?"
)
_SOME_LEFT_OVER = seldom("财政拨款(?:结转(?:和|及|、)?结余|结转|结余)")
_OF_THIS_YEAR = seldom(r"(?:本年度?|当年)(?:财政)?(?:拨款|资金|预算|收入)(?:安排)?")
_CARRIED_OUT = seldom(r"年末(?:.{0,6})?(?:结转|结余)|结转下年")
_WITHIN = {"revenue.total": "revenue.current", "expenditure.total": "expenditure.current"}
_TOTALS = frozenset({*_WITHIN, *_WITHIN.values()})
_NAMED = ("project.", "indicator.", "evaluation.", "targets.")
_SUMS = ("合计", "总计", "小计", "总额")
_SPENDING = "执行率"
"""What the mark for spending is called where the form has no column of that rate."""
_BODY_HEAD = seldom("单位|部门")
_SIDE_WORDS = {"revenue": "收入", "expenditure": "支出"}
_NO_SIDE = seldom("收支|(?:整体|项目)支出绩效")
"""What in a title names no side of a table."""
_SCORES_OF = seldom(r"(决策|投入|过程|管理|产出|效益|效果|成本|满意度)类?指标(?:的)?(?:得分|评分|打分)")
"""A table of the marks of one level of indicators."""
_BLOCK_OF_FORM = seldom("(?:资金|预算|项目|财务|业务|组织|过程)管理(?:情况)?")
"""What heads the rows of a block of a form of self-assessment."""
_NO_BLOCK = ""
_WORTH_BEHIND = seldom(r"（\d{1,3}(?:\.\d{1,2})?分）$")
_WEIGHTS_HEAD = seldom("(?:标准|指标)?(?:分值|权重|满分)(?:（.{1,8}）)?")
_MARKS_HEAD = seldom("(?:标准|指标)?(?:分值|权重|满分)(?:（.{1,8}）)?|(?:自评|评价)?(?:得分|评分)")
_ENDS_OF_NAME = seldom("(?:项目|资金|经费|专项|支出)+$")
_WHOLE_SCORE = seldom(r"(?:总分|合计|总计|总得分|综合得分|得分合计|自评总分)(?:（.{1,8}）)?")
_OF_ALL_PROJECTS = seldom(
    "^(?!.*(?:自评|评价|重点|部分|主要|专项)).*项目(?:支出|经费|资金)(?:预算|决算|执行|使用)*(?:情况|明细|一览)?表"
    "|^(?:附[件表]\\d*)?[^，。]{0,8}项目支出(?:预算)?(?:执行|完成)(?:情况)?[及和与](?:绩效)?自评|^(?:全部|各)项目(?:预算|支出|资金)*(?:执行|支出|使用)"
)
"""A table of all projects of a body: what they make is its expenditure on projects."""
_OF_SELF_EVALUATED = seldom("项目(?:支出)?(?:绩效)?自评(?:结果|得分|情况|工作)*(?:汇总|情况|一览|统计|明细)表")
"""A list of the projects that were evaluated: what they make is what of them was."""
_WORTH_OF_LEVEL = seldom(r"（\d{1,3}(?:\.\d)?）$")
_FUNDS_OF_FORM = seldom(
    r"(?:年度|全年|项目)?(?:财政)?资金总额|部门(?:整体)?(?:支出)?(?:预算数?|总额)|(?:部门|项目)(?:整体)?预算执行情况|总额"
)
_ARRIVED = seldom("到位(?!率)")
_FUNDS_HEAD = seldom("(?:年度|项目|部门)?(?:资金|预算)(?:来源|类型|情况|数)?|(?:年度|部门)?预算(?:执行)?(?:情况|数)?")
"""What heads the rows of money in a form: 资金来源 over 合计."""
_OF_SIDE = seldom("(?:部门|单位|本年|年度)?(?P<side>收入|支出)(?:预算|决算|情况|合计)?")
"""A row over those of one side."""
_OF_TARGETS = seldom("目标(?!.*(?:自评|评价|完成))")
_BUDGET_OF_FORM = read_head("预算数")


class _Means(NamedTuple):
    """What a label means. ``kind``: ``total`` of the table, ``current`` (of the year itself), ``member`` of a breakdown,
    ``concept`` by itself, ``fund`` whose money it is, ``nothing`` beside basis and time, ``unknown``.
    """

    kind: str
    concept: Concept | None = None
    member: str | None = None
    code: str | None = None
    fund: str | None = None
    rule: str = ""
    confidence: Decimal = _CERTAIN
    notes: tuple[str, ...] = ()
    basis: str | None = None
    """Where the headings do not say it."""
    under: tuple[tuple[str, str], ...] = ()
    """What crosses it because it stands under that: 基本支出 over 商品和服务支出, which is not all of it."""


class _Nature(NamedTuple):
    """A row 一、基本支出, how it is numbered, and the last class that stands under it, with its row."""

    member: str
    style: str
    line: int
    last: str


_NOTHING = _Means("nothing")
_UNKNOWN = _Means("unknown")


class _Said(NamedTuple):
    """A fact before its axes: what is measured and by which rule."""

    concept: Concept
    member: str | None
    code: str | None
    fund: str | None
    rule: str
    confidence: Decimal
    notes: tuple[str, ...]
    cross: tuple[tuple[str, str], ...] = ()
    basis: str | None = None


class _Axes(NamedTuple):
    """What headings and labels say of the axes of a figure; of what they do not say None."""

    aspect: str
    basis: str | None
    period: str | None
    against: tuple[str | None, str | None] | None


_NO_AXES = _Axes("value", None, None, None)


def _axes_of(heads: Iterable[Head]) -> _Axes:
    """What several headings say together, the nearest first."""
    aspect, basis, period, against = _NO_AXES
    for head in heads:
        aspect = head.aspect if aspect == "value" else aspect
        basis = basis or head.basis
        period = period or head.period
        against = against or (head.against if head.against != (None, None) else None)
    said = _Axes(aspect, basis, period, against)
    return said if said != _NO_AXES else _NO_AXES


class TableFacts(NamedTuple):
    """The cells with the unit and kind that their facts give them, and the facts: ``Bound.reading`` counts the cells,
    ``part_of`` and ``base`` the facts. ``taken`` are the starts of what the scan took for something else than a value.
    """

    cells: list[CellReading]
    facts: list[Bound]
    taken: set[int]


def bind_tables(
    cells: Sequence[CellReading],
    tables: Mapping[int, TableText],
    outline: Outline,
    roles: Sequence[str | None],
    pack: ResolvedPack,
    about: About,
) -> TableFacts:
    """Bind what the pack's rules for tables claim."""
    binder = _TableBinder(tables, outline, roles, pack, about)
    made = binder.bind(cells)
    return TableFacts(made, binder.bound, binder.taken)


def together(
    readings: Sequence[Reading], bound: Sequence[Bound], cells: Sequence[CellReading], facts: Sequence[Bound]
) -> tuple[list[Reading], list[Bound]]:
    """The readings and facts of prose and those of tables in one list each, the latter behind."""
    first, before = len(readings), len(bound)
    moved = [
        fact._replace(
            reading=first + fact.reading,
            base=before + fact.base if fact.base is not None else None,
            part_of=before + fact.part_of if fact.part_of is not None else None,
        )
        for fact in facts
    ]
    return [*readings, *(cell.reading for cell in cells)], [*bound, *moved]


class _TableBinder:
    def __init__(
        self,
        tables: Mapping[int, TableText],
        outline: Outline,
        roles: Sequence[str | None],
        pack: ResolvedPack,
        about: About,
    ) -> None:
        self.tables = tables
        self.outline = outline
        self.roles = roles
        self.pack = pack
        self.concepts: Concepts = pack.concepts
        self.about = about
        called = {plain_name(table.project) for table in tables.values() if table.project is not None}
        self._project = about.project or (next(iter(called)) if about.projects and len(called) == 1 else None)
        """The project of a report on one: as its title calls it, or else its form."""
        self._called = {_ENDS_OF_NAME.sub("", name) for name in called}
        """What forms call the projects that they are of, less 项目 and 资金 at their ends."""
        self._in_forms: dict[int, int] = {}
        """How many figures of a table are of projects that have forms."""
        self._several = len(called) > 1
        """Whether there is a form for each of several projects."""
        self.bound: list[Bound] = []
        self.taken: set[int] = set()
        self._rows: dict[tuple[int, tuple[int, int], int, int, str | None], _Means] = {}
        self._columns: dict[tuple[object, ...], tuple[_Means, str | None]] = {}
        self._words = ""
        """What is printed over or before the label at hand, for the guards of rules."""
        self._guarded = False
        """Whether what a label means was asked of those words: beside others it can mean something else."""
        self._among: dict[tuple[int, tuple[int, int]], str] = {}
        """The row that the latest 其中 of a group of columns is of: rows after it can be parts of that too."""
        self._left_over: dict[tuple[int, tuple[int, int]], _Means] = {}
        self._first_names: dict[tuple[int, tuple[int, int]], dict[str, set[int]]] = {}
        """In which rows of a table what stands first in a row does."""
        self._nature: dict[tuple[int, tuple[int, int]], _Nature] = {}
        """What was carried in, in the rows after the sum of the year: 年初财政拨款结转和结余 over the funds."""
        self._summed: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns in which the sum of the year has been printed."""
        self._economic: set[tuple[int, tuple[int, int]]] = set()
        self._functional: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns of which rows name classes of functions, or are numbered as these are."""
        self._by_nature: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns of which rows are 基本支出 and 项目支出."""
        self._meanings: dict[tuple[str, str, int, bool, str, str | None], _Means] = {}
        self._total_of_row: dict[tuple[object, ...], Concept] = {}
        self._heads: dict[tuple[Head, ...], tuple[Head, ...] | None] = {}
        self._of_column: dict[tuple[object, ...], _Axes] = {}
        self._of_labels: dict[tuple[str, ...], _Axes] = {}
        self._unit: str | None = None
        """The unit of the value at hand, where it is not one of money."""
        self._coarser: dict[tuple[int, tuple[int, int], str], list[str]] = {}
        self._sides: dict[tuple[int, tuple[int, int]], dict[int, TableReader]] = {}
        self._titles: dict[int, str] = {}
        self._titled: dict[str, TableReader | None] = {}
        self._of_all_funds: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns of which some name no fund."""
        self._own_rows: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns whose rows are bodies, without a sum of them: that of the report's own is the total."""
        self._with_total: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns with a 总计."""
        self._with_indicators: set[tuple[int, int]] = set()
        """Bands of tables that have rows of indicators."""
        self._with_weights: set[tuple[int, int]] = set()
        """Bands of tables with a column of weights."""
        self._with_marks: set[tuple[int, int]] = set()
        """Bands of tables with columns of marks."""
        self._with_names: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns of which rows have names."""
        self._parted: set[int] = set()
        """Tables with what was carried in of every fund in columns of its own."""
        self._against_budget: set[tuple[int, tuple[int, int]]] = set()
        """Groups of columns whose changes are against the budget."""
        self._of_projects: set[tuple[int, tuple[int, int], int]] = set()
        """Rows under 项目支出 that add up to it."""
        self._rules: dict[tuple[object, ...], TableReader | None] = {}
        self._records: dict[tuple[object, ...], list[tuple[Field, tuple[int, ...]]]] = {}
        self._named_under: dict[tuple[str, str], list[TableReader]] = {}
        self._wholes: dict[int, set[str]] = {}
        self._spending: dict[int, str] = {}
        """What the rate of spending is called in a table, and so the marks for it."""
        """What the first of several levels of names in a table names."""

    def bind(self, cells: Sequence[CellReading]) -> list[CellReading]:
        made: list[CellReading] = []
        groups: dict[tuple[int, tuple[int, int]], list[CellReading]] = {}
        cells = list(map(self._as_said, cells))
        for cell in cells:
            if cell.is_value:
                groups.setdefault((cell.table, cell.group), []).append(cell)
        in_pairs = {
            cell.table
            for group in groups.values()
            for cell in group
            if cell.rows and not cell.columns and read_head(own_words(cell.rows[-1])).basis == "adjusted_budget"
        }
        adjusted = {
            key: key[0] in in_pairs or any(head.basis == "adjusted_budget" for cell in group for head in cell.heads)
            for key, group in groups.items()
        }
        adjusted_after = {
            key
            for key, group in groups.items()
            if any(
                head.basis == "adjusted_budget" and not _ADJUSTED_BY.fullmatch(head.label)
                for cell in group
                for head in cell.heads
            )
        }
        for key, group in groups.items():
            for cell in group:
                if cell.depth > 1 and len(cell.rows) >= cell.depth:
                    firsts = self._first_names.setdefault(key, {})
                    firsts.setdefault(cell.rows[-cell.depth], set()).add(cell.line)
            if any(
                cell.code[:1] == "3" or (cell.rows and _ECONOMIC.fullmatch(plain_label(cell.rows[-1])))
                for cell in group
            ):
                self._economic.add(key)
            if any(self._is_functional(cell) for cell in group):
                self._functional.add(key)
            if any(cell.rows and _bare(plain_label(cell.rows[-1])) in _NATURES for cell in group):
                self._by_nature.add(key)
        years = {key: {year for cell in group for year in _YEARS.findall(cell.year)} for key, group in groups.items()}
        self._against_budget = {key for key, group in groups.items() if self._is_against_budget(group)}
        self._parted = {
            key[0]
            for key, group in groups.items()
            if any(_LEFT_OVER.fullmatch(own_words(words)) for cell in group for words in cell.columns[:-1])
        }
        self._of_all_funds = {
            key
            for key, group in groups.items()
            if any(cell.columns and self.concepts.fund_in(own_words("".join(cell.columns))) is None for cell in group)
        }
        self._spending = {
            cell.table: plain_label(cell.columns[-1])
            for group in groups.values()
            for cell in group
            if cell.columns and any(head.aspect == "execution_rate" for head in cell.heads)
        }
        levels = {
            head for group in groups.values() for cell in group for head, _ in cell.named if LEVEL_HEAD.fullmatch(head)
        }
        self._with_indicators = {
            (table, group[0])
            for (table, group), found in groups.items()
            if levels and any(head in levels for cell in found for head, _ in cell.named)
        }
        self._with_marks = {
            (table, group[0])
            for (table, group), found in groups.items()
            if any(cell.columns and _MARKS_HEAD.fullmatch(read_head(cell.columns[-1]).label) for cell in found)
        }
        self._with_weights = {
            (table, group[0])
            for (table, group), found in groups.items()
            if any(cell.columns and _WEIGHTS_HEAD.fullmatch(read_head(cell.columns[-1]).label) for cell in found)
        }
        self._with_names = {key for key, group in groups.items() if any(cell.rows for cell in group)}
        for key, group in groups.items():
            labels = {plain_label(cell.rows[-1]) for cell in group if cell.rows}
            totals = {label for label in labels if _TOTAL.fullmatch(_bare(label))}
            if any("总计" in label for label in totals):
                self._with_total.add(key)
            if not totals and any(cell.named and _BODY_HEAD.search(cell.named[-1][0]) for cell in group):
                self._own_rows.add(key)
        self._of_projects = {(*key, line) for key, group in groups.items() for line in _lines_of_projects(group)}
        stated_under = {
            (cell.table, cell.group, cell.column, cell.rows[:k])
            for cell in cells
            if cell.is_value and cell.reading.quantity.state in ("stated", "zero")
            for k in range(1, len(cell.rows))
        }
        for cell in cells:
            if not cell.is_value:
                made.append(cell)
                continue
            key = (cell.table, cell.group)
            self._unit = cell.reading.quantity.unit or cell.unit
            if self._unit in MONEY or self._unit == "%":
                self._unit = None
            said, of_record = self._record(cell)
            if said is None and not of_record:
                said = self._read(cell, self._rule(cell, groups[key]))
                if said is not None and self._is_of_another(cell, said):
                    said = None
            if said is not None:
                said = self._of_this_total(cell, said)
            if (
                cell.year
                and not _YEARS.search(cell.year)
                and len(years[key]) > 1
                and span_of(self._title(cell)) is None
                and self.about.period is None
            ):
                said = None  # 合计 of several years, in a report of one
            if (
                (cell.table, cell.group) in adjusted_after
                and cell.heads
                and _ADJUSTED_BY.fullmatch(cell.heads[-1].label)
            ):
                said = None  # 年初预算 | 调整数 | 调整后预算: what was added
            if cell.rows and _AN_ADJUSTMENT.search(cell.rows[-1]):
                said = None  # 部门基本支出预算调整 | 30.32: how much it was changed by
            if (
                cell.reading.quantity.state == "none"
                and (cell.table, cell.group, cell.column, cell.rows) in stated_under
            ):
                said = None  # 一、“三公”经费支出 | — over （一）支出合计 | 22.10: the row heads others
            fitted = self._fitted(cell, said) if said is not None else None
            if said is None or fitted is None:
                made += self._unclaimed(cell)
                continue
            quantity, notes, confidence = fitted
            aspect = self._aspect(cell, said.concept.id.startswith(_NAMED))
            self._append(len(made), cell, said, aspect, notes, confidence, adjusted[key])
            self.taken.update(token.start for token in cell.inner)
            limit = _limit(cell.rows[-1]) if cell.rows and said.concept.kind == "count" else None
            made.append(
                cell._replace(
                    reading=cell.reading._replace(
                        quantity=quantity, aspect=aspect, labels=(self._label(cell),), threshold=limit
                    )
                )
            )
        made = self._without_limits(made)
        self._relate(made)
        return made

    def _without_limits(self, made: Sequence[CellReading]) -> list[CellReading]:
        """The cells less the figures in labels that are the limit of a fact in their row: of 单价20万元以上的设备 | 6 the second."""
        gone: set[int] = set()
        for bound in self.bound:
            cell = made[bound.reading]
            limit = cell.reading.threshold
            if limit is None:
                continue
            for index in range(bound.reading - 1, -1, -1):
                other = made[index]
                if other.table != cell.table or (other.is_value and other.line != cell.line):
                    break
                figure = other.reading.quantity
                if not other.is_value and index not in gone and figure.yuan is not None and figure.yuan == limit.yuan:
                    gone.add(index)
                    break
        if not gone:
            return list(made)
        kept = [index for index in range(len(made)) if index not in gone]
        moved = {index: now for now, index in enumerate(kept)}
        self.bound = [bound._replace(reading=moved[bound.reading]) for bound in self.bound]
        return [made[index] for index in kept]

    def _is_functional(self, cell: CellReading) -> bool:
        """Whether a row names a class of functions and can mean nothing else."""
        if cell.code[:1] == "2" or not cell.rows:
            return bool(cell.code)
        label = _bare(plain_label(cell.rows[-1]))
        if label in _REST:
            return _CLASS_MARK.match(cell.rows[-1]) is not None
        return member_named(self.concepts["expenditure.function"], label, self.about.year) is not None

    def _is_against_budget(self, group: Sequence[CellReading]) -> bool:
        """Whether the columns are of a budget and what became of it, and of no other year."""
        axes = [self._axes(cell, True) for cell in group]
        bases = {one.basis for one in axes if one.aspect == "value"}
        this = {None, str(self.about.year)}
        return (
            bool(bases & {"budget", "adjusted_budget"})
            and bool(bases & {"actual", None})
            and all(one.period in this and one.against in (None, (None, None)) for one in axes)
        )

    def _is_of_another(self, cell: CellReading, said: _Said) -> bool:
        """Whether a table is not of what the report's own body did in its year: of part of the year, of other bodies; or of one
        project, and a rule would take its money for the body's.
        """
        title = self._title(cell)
        if _is_of_others(title):
            return True
        if _OF_A_PROJECT.search(title) and said.concept.id.startswith("revenue."):
            return True
        return self.tables[cell.table].project is not None and said.concept.id.startswith(_OF_THE_BODY)

    def _of_this_total(self, cell: CellReading, said: _Said) -> _Said:
        """A change or a rate in the row of a total is of the total that stands in it: of 本年支出合计 where that is what it has."""
        if said.member is not None or said.concept.id not in _TOTALS:
            return said
        place = (cell.table, cell.group, cell.line)
        if self._aspect(cell) == "value":
            self._total_of_row.setdefault(place, said.concept)
            return said
        return said._replace(concept=self._total_of_row.get(place, said.concept))

    def _unclaimed(self, cell: CellReading) -> Iterator[CellReading]:
        """What no rule claims: the value in the unit that the table states for it; of words the numbers in them."""
        if not cell.inner:
            yield self._as_printed(cell)
            return
        for token in cell.inner:
            if isinstance(token, Quantity):
                yield cell._replace(
                    reading=cell.reading._replace(quantity=token, sentence=(token.start, token.end), optional=False),
                    is_value=False,
                )

    # -- which rule reads a cell --------------------------------------------------------------------------------------------

    def _title(self, cell: CellReading) -> str:
        if cell.title:
            return own_words(cell.title)
        title = self._titles.get(cell.table)
        if title is None:
            text = self.tables[cell.table]
            title = own_words(text.title)
            if not title and text.outline != ROOT:
                title = own_words(self.outline.nodes[text.outline].title)
            self._titles[cell.table] = title
        return title

    def _rule(self, cell: CellReading, group: Sequence[CellReading]) -> TableReader:
        key = (cell.table, cell.title, cell.group, cell.column, cell.rows[:-1])
        if key not in self._rules:
            self._rules[key] = self._rule_of(cell)
        rule = self._rules[key]
        if rule is not None:
            return rule
        if (cell.table, cell.group) not in self._sides:
            self._sides[cell.table, cell.group] = self._by_rows(group)
        return self._sides[cell.table, cell.group].get(cell.line, _NO_RULE)

    def _rule_of(self, cell: CellReading) -> TableReader | None:
        """By the title of the table, or the headings of a column and of the names of its rows; else its rows have to tell."""
        title = self._title(cell)
        by_title = self._by_title(title)
        for words in (
            *cell.own_heads,
            *reversed(cell.rows[:-1]),
        ):  # 政府采购 over names and figures; 一、三公经费 | （一）合计
            over = self._by_title(plain_label(words))
            if over is not None and over.rule.first:
                return over
        if by_title is not None and by_title.rule.first:
            return by_title
        for words in reversed(cell.rows[:-1]):  # 收入预算 over 部门收入合计 and 财政拨款
            if (side := _OF_SIDE.fullmatch(plain_label(words))) is not None:
                total = next(f"{id}.total" for id, name in _SIDE_WORDS.items() if name == side["side"])
                return next(
                    (one for one in self.pack.tables if one.rule.total == total and not one.rule.first), by_title
                )
        for words in (*cell.columns, *cell.own_heads):
            for one in self.pack.tables:
                if not one.rule.names and one.in_heads(plain_label(words), title):
                    return one
        return by_title

    def _by_title(self, title: str) -> TableReader | None:
        if title not in self._titled:
            self._titled[title] = self._first_titled(title)
        return self._titled[title]

    def _first_titled(self, title: str) -> TableReader | None:
        return next((one for one in self.pack.tables if not one.rule.names and one.in_title(title)), None)

    def _by_rows(self, group: Sequence[CellReading]) -> dict[int, TableReader]:
        """For every row of a group of columns the rule that knows most of the rows; where the rows are of two sides, the one
        that knows the row or the rows before it. Without a side no total is anything.
        """
        said = {side for side, word in _SIDE_WORDS.items() if word in _NO_SIDE.sub("", self._title(group[0]))}
        rules = [
            one
            for one in self.pack.tables
            if one.rule.rows and not one.rule.first
            and (len(said) != 1 or (one.rule.total or "").partition(".")[0] in said or one.rule.total is None)
        ]  # fmt: skip
        lines = {cell.line: cell for cell in group}
        known = {line: [self._knows(cell, rule) for rule in rules] for line, cell in lines.items()}
        sums = [sum(scores[k] for scores in known.values()) for k in range(len(rules))]
        best = max(range(len(rules)), key=lambda k: sums[k], default=None)
        if best is None or sums[best] == 0:
            return {}
        sure = {
            line: next(k for k, score in enumerate(scores) if score)
            for line, scores in known.items() if sum(score > 0 for score in scores) == 1
        }  # fmt: skip
        if len(set(sure.values())) < 2:
            return dict.fromkeys(lines, rules[best])
        found: dict[int, TableReader] = {}
        before: int | None = None
        for line in sorted(lines):
            if line in sure:
                before = sure[line]
            elif before is None or not (known[line][before] and _WITHIN_BEFORE.match(lines[line].rows[-1])):
                continue  # 其中：财政拨款 is of the side of the row before
            found[line] = rules[before]
        return found

    def _knows(self, cell: CellReading, rule: TableReader) -> int:
        """How well a rule knows a row: that of its own side, by a member or by its words; a class tells no side."""
        self._words = "".join((self._title(cell), *cell.rows))
        side = _SIDE_WORDS.get(rule.rule.total.partition(".")[0] if rule.rule.total else "", "")
        across = [self._meaning(words, "", rule, True, "") for words in cell.columns]
        by_column = any(means.kind == "member" for means in across)
        if not cell.rows:
            return int(by_column)
        means = self._meaning(cell.rows[-1], cell.code, rule, False, "")
        if (
            means.concept is not None
            and rule.rule.total is not None
            and means.concept.id.partition(".")[0] != rule.rule.total.partition(".")[0]
        ):
            return 0
        if means.kind == "member" and means.concept is not None and means.concept.classes is not None:
            return 2 if side == "支出" else int(by_column)
        if means.kind in ("total", "current", "nothing"):
            return 2 * (side != "" and side in cell.rows[-1]) + int(by_column)
        return 2 if means.kind == "member" else 0

    def _as_said(self, cell: CellReading) -> CellReading:
        """A value with what the headings of its column say in words that only the pack knows."""
        if not cell.heads:
            return cell
        if cell.heads not in self._heads:
            self._heads[cell.heads] = self._heads_as_said(cell.heads)
        heads = self._heads[cell.heads]
        return cell._replace(heads=heads) if heads is not None else cell

    def _heads_as_said(self, heads: Sequence[Head]) -> tuple[Head, ...] | None:
        """The headings of a column with what the pack knows of their words; None where it knows nothing."""
        said = [self.pack.column_of(_EDGES_OF_TIME.sub("", head.label)) for head in heads]
        if not any(said):
            return None
        return tuple([
            head._replace(basis=own.basis or head.basis, aspect=own.aspect or head.aspect) if own is not None else head
            for head, own in zip(heads, said, strict=True)
        ])  # fmt: skip

    # -- tables whose rows are records ----------------------------------------------------------------------------------------

    def _record(self, cell: CellReading) -> tuple[_Said | None, bool]:
        """A value of a record: of a project or an indicator that the row names, or of the project that a form is about; and
        whether it could be of nothing else.
        """
        of_form = self._is_of_form(cell)
        heads = self._said_before(cell, of_form) if cell.rows and not cell.columns else cell.heads
        of_form = of_form or heads is not cell.heads
        title = self._title(cell)
        key = (title, tuple([head for head, _ in cell.named]), tuple([h.label for h in heads]), of_form)
        fields = self._records.get(key)
        if fields is None:
            fields = self._records[key] = list(self._record_fields(cell, heads, of_form))
        if fields and fields[0][0].concept == "project.amount" and self._is_of_a_payer(cell):
            return None, True
        if of_form and cell.heads and _ARRIVED.search(cell.heads[-1].label):
            return None, True  # what was paid out to a project is not what it cost
        for field, which in fields:
            if field.concept == "indicator.reason" and (
                _TELLS_HOW.search(cell.words) or _NO_REASON.fullmatch(cell.words)
            ):
                return None, True
            if field.concept.startswith("indicator.") and cell.words and _SAYS_NOTHING.fullmatch(cell.words):
                return None, True
            names = [plain_name(cell.named[k][1]) for k in which]
            if field.concept.startswith("project.") and names and names[-1] == "小计" and len(cell.named) > len(names):
                return None, True  # 类别 | 项目名称 over 人才培训 | 小计: of some of the projects
            if field.concept.startswith("indicator."):
                names[:-1] = [_WORTH_OF_LEVEL.sub("", name) for name in names[:-1]]
            said = self._of_form(cell, field) if of_form else self._of_record(cell, field, names)
            if said is not None or field.concept.startswith("indicator."):
                return said, True
        if (
            not fields
            and (cell.table, cell.group[0]) in self._with_indicators
            and cell.rows
            and _WHOLE_SCORE.fullmatch(plain_label(cell.rows[-1]))
            and any(
                one.rule.names and (f := one.field_of(head.label)) is not None and f.concept == "indicator.score"
                for head in heads[-1:]
                for one in self.pack.tables
            )
        ):
            return self._whole_score(cell), True
        if fields and any(plain_label(name) == "小计" for _, name in cell.named):
            return None, True  # of some of the projects
        if fields and cell.named and _TOTAL.fullmatch(plain_label(cell.named[-1][1])) and not self._rule_of(cell):
            return None, True  # of all of them, under a title that does not tell what that is
        if not fields and len(cell.named) == 1 and cell.columns and not _TOTAL.fullmatch(cell.named[0][1]):
            # 一级指标 | 决策 | 过程 over 得分 | 10.40 | 11.47: the columns are the records
            head, printed = cell.named[0]
            for one in self._naming(title, head):
                across = one.field_of(plain_label(printed))
                if across is not None:
                    return self._of_record(cell, across, list(map(plain_name, cell.columns))), True
        return None, False

    def _is_of_form(self, cell: CellReading) -> bool:
        """Whether a row has all the money of the form: 年度资金总额, or the sum under 资金来源 in a form of self-assessment."""
        if not cell.rows:
            return False
        label = plain_label(cell.rows[-1])
        if _FUNDS_OF_FORM.fullmatch(label):
            return True
        over = plain_label(cell.named[-1][0]) if cell.named else ""
        return (
            (total := _TOTAL.fullmatch(label)) is not None
            and not total["this"]
            and _FUNDS_HEAD.fullmatch(over) is not None
            and not any(_OF_SIDE.fullmatch(plain_label(words)) for words in cell.rows[:-1])
            and (self._project is not None or ("自评" in self._title(cell) and self._rule_of(cell) is None))
        )

    def _naming(self, title: str, head: str) -> list[TableReader]:
        """The rules for tables of records whose names a column under this heading of a table of this title can hold."""
        key = (title, head)
        if key not in self._named_under:
            self._named_under[key] = [
                one
                for one in self.pack.tables
                if one.rule.names and one.may_be(title) and one.names_record(own_words(head))
            ]
        return self._named_under[key]

    def _said_before(self, cell: CellReading, of_form: bool) -> tuple[Head, ...]:
        """预算数 | 36.00 | 执行数 | 35.10: of a form with pairs in its rows the label before a figure is what heads it. One of
        targets asks for the budget.
        """
        if self.tables[cell.table].project is None and self._project is None:
            return cell.heads
        if of_form:
            return (_BUDGET_OF_FORM,) if _OF_TARGETS.search(self._title(cell)) else cell.heads
        said = read_head(own_words(cell.rows[-1]))
        plain = not _bare(without_aspect(said.label)) and (said.basis is not None or said.aspect == "execution_rate")
        return (said,) if plain else cell.heads

    def _record_fields(
        self, cell: CellReading, heads: Sequence[Head], of_form: bool
    ) -> Iterator[tuple[Field, tuple[int, ...]]]:
        """What a column of records can hold, and which of the labels of its rows name them."""
        title = self._title(cell)
        for one in self.pack.tables:
            if not one.rule.names or not one.may_be(title):
                continue
            which = tuple([k for k, (head, _) in enumerate(cell.named) if one.names_record(own_words(head))])
            if not which and not of_form:
                continue
            labels = (_EDGES_OF_TIME.sub("", head.label) for head in reversed(heads))
            field = next((field for label in labels if (field := one.field_of(label)) is not None), None)
            if field is not None:
                yield field, self._named_by_any(cell, title, field.concept) if which else which

    def _named_by_any(self, cell: CellReading, title: str, concept: str) -> tuple[int, ...]:
        """Which of the labels of a row name what a concept is of, by whatever rule: 资金名称 and, of its parts, 具体内容."""
        return tuple([
            k
            for k, (head, _) in enumerate(cell.named)
            if any(field.concept == concept for one in self._naming(title, head) for field in one.rule.fields)
        ])  # fmt: skip

    def _is_of_a_payer(self, cell: CellReading) -> bool:
        """预算数 over 总额 | 财政拨款 | 其他资金: whether a column has what one of several pays for a project."""
        label = _bare(cell.heads[-1].label) if len(cell.heads) > 1 else ""
        return bool(label) and (_SHARE_OF_FUNDS.fullmatch(label) is not None or self._is_known(label))

    def _of_record(self, cell: CellReading, field: Field, names: Sequence[str]) -> _Said | None:
        concept = self.concepts[field.concept]
        levels = [name for k, name in enumerate(names) if name and (k + 1 == len(names) or name != names[-1])]
        levels = [name for name in levels if not _ALL_INDICATORS.fullmatch(name)] or levels
        if not levels:
            return None
        if concept.id.startswith("project.") and len(levels) > 1 and _TOTAL.fullmatch(levels[-1]):
            levels.pop()  # 省级竞赛经费 | 总计
        name = levels[-1]
        if concept.id == "indicator.score" and _WHOLE_SCORE.fullmatch(name):
            if (level := _SCORES_OF.search(self._title(cell))) is not None:  # 产出类指标得分情况表 | 合计
                return _Said(concept, f"{level[1]}指标", None, None, field.rule, _CERTAIN, ())
            return self._whole_score(cell, field.rule)
        if (
            self.about.projects
            and concept.id.startswith("project.")
            and _TOTAL.fullmatch(name)
            and _OF_SELF_EVALUATED.search(self._title(cell))
        ):
            if concept.id == "project.score":
                return None
            of_all = self.concepts["evaluation.project_amount"]
            return _Said(of_all, "self_evaluated", None, None, field.rule, _CERTAIN, ())
        wholes = self._wholes.setdefault(cell.table, set())
        if concept.id == "project.amount" and _ENDS_OF_NAME.sub("", name) in self._called:
            self._in_forms[cell.table] = self._in_forms.get(cell.table, 0) + 1
        if len(levels) > 1:
            wholes.add(levels[0])
        elif concept.id == "project.amount" and self.about.projects and _TOTAL.fullmatch(name):
            # In a report on one project all its parts add up to it, called as their table calls it.
            if wholes and name == "小计":
                return None  # of the fund before, or the next
            own = next(iter(wholes)) if len(wholes) == 1 else self._project
            if own is None and self._several and self._in_forms.get(cell.table, 0) > 1:
                return _Said(
                    self.concepts["evaluation.project_amount"], "self_evaluated", None, None, field.rule, _CERTAIN, ()
                )
            return _Said(concept, plain_name(own), None, None, field.rule, _CERTAIN, ()) if own is not None else None
        if concept.id == "project.amount" and _TOTAL.fullmatch(name) and _OF_ALL_PROJECTS.search(self._title(cell)):
            return _Said(self.concepts["expenditure.nature"], "project", None, None, field.rule, _CERTAIN, ())
        of_levels = concept.id.startswith("indicator.") and len(levels) > 1  # 成本指标/购置经费总额
        if concept.id.startswith("indicator.") and _ASKS_WHY.search(name):
            return None
        if any(_NOT_A_NAME.fullmatch(level) for level in levels) or name.endswith(_SUMS[: 3 if of_levels else None]):
            return None
        if concept.id.startswith("project.") and (self._is_known(name) or _SHARE_OF_FUNDS.fullmatch(name)):
            return None  # 项目名称 over 一、财政拨款
        if concept.id.startswith("indicator.") and (over := self._scored_block(cell)) is not None:
            levels = [over, *(level for level in levels if level != over)] if over else []
        if not levels:
            return None
        member = "/".join(levels) if concept.id.startswith("indicator.") else name
        return _Said(concept, member, None, None, field.rule, _CERTAIN, ())

    def _scored_block(self, cell: CellReading) -> str | None:
        """资金管理情况 over the names of a row: the block of a form that the row is of, if its rows have marks; else ``_NO_BLOCK``. None
        where the row is of no block.
        """
        over = plain_label(cell.named[-1][0]) if cell.named else ""
        if not _BLOCK_OF_FORM.fullmatch(over):
            return None
        return over if (cell.table, cell.group[0]) in self._with_marks else _NO_BLOCK

    def _whole_score(self, cell: CellReading, rule: str = "cn:indicator.score") -> _Said:
        own = self.tables[cell.table].project
        if own is not None and (not self.about.projects or self._several):
            return _Said(self.concepts["project.score"], plain_name(own), None, None, rule, _CERTAIN, ())
        return _Said(self.concepts["evaluation.score"], None, None, None, rule, _CERTAIN, ())

    def _is_known(self, name: str) -> bool:
        """Whether a name is that of a source or a kind of expenditure, and so of no project."""
        return any(
            not concept.classes and member_named(concept, name, self.about.year) is not None
            for concept in (self.concepts[id] for id in ("revenue.source", "expenditure.nature", "expenditure.basic"))
        )

    def _of_form(self, cell: CellReading, field: Field) -> _Said | None:
        """年度资金总额 of a form: the money of the project that the form is about, and how its spending was marked."""
        if field.concept in ("indicator.weight", "indicator.score", "indicator.reason"):
            rate = self._spending.get(cell.table, _SPENDING)
            over = cell.named[-1][0] if cell.named else ""
            if _WORTH_BEHIND.search(over) and (cell.table, cell.group[0]) not in self._with_weights:
                rate = plain_name(over)  # 预算执行情况（20分）, whose only row has a score and no weight
            return _Said(self.concepts[field.concept], rate, None, None, field.rule, _CERTAIN, ())
        name = self.tables[cell.table].project or self._project
        if name is None and field.concept == "project.amount" and "整体" in self._title(cell):
            return _Said(self.concepts["expenditure.total"], None, None, None, field.rule, _CERTAIN, ())
        if name is None or field.concept != "project.amount":
            return None
        return _Said(self.concepts[field.concept], plain_name(name), None, None, field.rule, _CERTAIN, ())

    # -- row and column together ----------------------------------------------------------------------------------------------

    def _read(self, cell: CellReading, rule: TableReader) -> _Said | None:
        if cell.rows and GRADE_LABEL.fullmatch(plain_label(cell.rows[-1])):
            return (
                _Said(self.concepts["evaluation.grade"], None, None, None, "cn:evaluation.grade", _CERTAIN, ())
                if cell.words in _GRADES
                else None
            )
        title = self._title(cell)
        key = (cell.table, cell.group, cell.line, id(rule), self._unit)
        if key not in self._rows:
            self._words = "".join((title, *cell.rows))
            self._rows[key] = self._under_nature(cell, self._of_row(cell, rule))
        row = self._rows[key]
        place = (cell.table, title, cell.columns, cell.own_heads, id(rule), self._unit)
        if place not in self._columns:
            self._words = "".join((title, *cell.columns))
            self._columns[place] = self._of_columns(cell, rule)
        column, fund = self._columns[place]
        if row.kind == "unknown" or column.kind == "unknown":
            again = self._within(cell, row, column)
            if again is None:
                return None
            row, column = again
        said = self._together(row, column, rule)
        if said is None:
            return None
        beside_all = (cell.table, cell.group) in self._of_all_funds
        if fund is not None and not said.concept.fund_open and beside_all and self._fund_alone(cell.columns[-1]):
            return None  # 合计 | 其中：一般公共预算 of purchases: a part that has no concept of its own
        own = said.fund if fund is None or fund == "appropriation" else fund
        own = own or fund
        if own is None and cell.rows[:-1] and said.concept.fund_open:
            across = " ".join(cell.columns)
            self._words = "".join((title, *cell.columns))
            above = [self._meaning(words, "", rule, False, across) for words in cell.rows[:-1]]
            own = next((one.fund for one in reversed(above) if one.fund is not None), None)
        return said._replace(fund=own) if own != said.fund else said

    def _of_row(self, cell: CellReading, rule: TableReader) -> _Means:
        if not cell.rows:  # beside rows with names one whose name is lost, and else the only one
            return _UNKNOWN if (cell.table, cell.group) in self._with_names else _NOTHING
        label = cell.rows[-1]
        across = " ".join((*cell.columns, *cell.own_heads, self._title(cell)))
        means = self._meaning(label, cell.code, rule, False, across, (cell.table, cell.group))
        group = (cell.table, cell.group)
        if rule.rule.total in rule.rule.rows and self._is_of_an_item(cell, rule):
            return _UNKNOWN
        if len(cell.rows) == 1:
            means = self._of_left_over(label, means, group)
        elif means.kind == "concept" and means.concept is not None and means.concept.id.startswith("assets."):
            over = self._meaning(cell.rows[-2], "", rule, False, across)
            if over.kind == "concept" and over.concept is means.concept:  # 其中：办公用房 of 房屋
                means = means._replace(kind="member", member=_bare(plain_label(label)))
        if means.kind in ("member", "fund") and group in self._with_total and self._is_sum_of_fund(cell, label):
            return _Means("current") if "拨款" in label else _UNKNOWN  # of a town what comes from above is not in it
        if means.kind == "unknown" and (parent := cell.rows[-2] if len(cell.rows) > 1 else self._among.get(group, "")):
            over = self._meaning(parent, "", rule, False, across)
            if over.concept is not None and over.concept.members:
                named = self._member(over.concept, _bare(plain_label(label)), over.rule)
                part = over.kind == "member" and over.concept.id == rule.rule.total
                if named is None and part and cell.depth > 1 and self._is_alone(cell):
                    named = over  # 货物类 | 办公桌椅 | 9.00, the only row of 货物类
                means = named or means
        if means.kind == "unknown" and (*group, cell.line) in self._of_projects:
            means = _Means("member", self.concepts["project.amount"], plain_name(label), rule="cn:project.amount")
        if len(cell.rows) > 1:
            if label.startswith("其中"):
                self._among[group] = cell.rows[-2]
        elif means.kind not in ("unknown", "member"):
            self._among.pop(group, None)
        if means.kind in ("fund", "total", "nothing", "unknown") and len(cell.rows) > 1:
            over = self._meaning(cell.rows[-2], "", rule, False, across)
            if means.kind == "fund" and over.kind == "member":
                return over._replace(fund=means.fund)  # 年初财政拨款结转和结余: 一、一般公共预算财政拨款
            if means.kind in ("total", "nothing") and over.kind in ("member", "concept"):
                return over  # 一般公共预算资金 | 小计
            if means.kind == "total" and _OF_SIDE.fullmatch(plain_label(cell.rows[-2])) and "总" not in label:
                return _Means("current")  # 收入 | 合计
        if (
            means.kind == "member"
            and len(cell.rows) > 1
            and means.concept is not None
            and means.concept.id in ("revenue.source", "expenditure.fund")
        ):
            over = self._meaning(cell.rows[-2], "", rule, False, across)
            if over.kind == "member" and over.member in ("carried_in", "carried_out") and means.member != over.member:
                fund = self.concepts.fund_in(plain_label(label))
                return over._replace(fund=fund[0]) if fund is not None else _UNKNOWN
        return means

    def _is_alone(self, cell: CellReading) -> bool:
        """Whether no other row of its table has what stands first in this one."""
        if (cell.table, cell.group) not in self._first_names:
            return False
        return self._first_names[cell.table, cell.group][cell.rows[-cell.depth]] == {cell.line}

    def _under_nature(self, cell: CellReading, means: _Means) -> _Means:
        """一、基本支出 over 1、工资福利支出, 2、商品和服务支出: these are not all of their class, there may be more under 二、项目支出."""
        group = (cell.table, cell.group)
        over = self._nature.get(group)
        mark = numbering(cell.rows[-1]) if cell.rows else None
        style = mark.style if mark is not None else ""
        if means.kind != "member" or means.concept is None:
            self._nature.pop(group, None)
        elif means.concept.id == "expenditure.nature":
            self._nature[group] = _Nature(means.member or "", style, cell.line, "")
        elif means.concept.id == "expenditure.economic" and over is not None:
            next_to_it = style != "" or cell.line == over.line + 1
            if over.style and style != over.style and next_to_it and (means.member or "") > over.last:
                self._nature[group] = over._replace(line=cell.line, last=means.member or "")
                return means._replace(under=(("nature", over.member),))
            del self._nature[group]
        return means

    def _of_left_over(self, label: str, means: _Means, group: tuple[int, tuple[int, int]]) -> _Means:
        """What a row without a number of its own means after the sum of the year: a fund is of what was carried in, or over."""
        if means.kind == "current":
            self._summed.add(group)
        if means.kind == "member" and means.member in ("carried_in", "carried_out") and means.fund in _ALL_FUNDS:
            if group in self._summed:
                self._left_over[group] = means
            return means
        over = self._left_over.get(group)
        if over is None:
            return means
        fund = self._fund_alone(label)
        if fund is not None:
            return over._replace(fund=fund)
        del self._left_over[group]
        return means

    def _is_sum_of_fund(self, cell: CellReading, label: str) -> bool:
        """Whether a row says 财政拨款支出合计 in a table of that fund: the sum of the year, before what was carried out."""
        if "本年" in label:
            return False
        named = self.concepts.fund_in(plain_label(label))
        return (
            named is not None
            and named[0] == self._fund_of_table(cell)
            and _REST_OF_FUND.fullmatch(named[1]) is not None
            and named[1].endswith(_SUMS)
        )

    def _fund_alone(self, label: str) -> str | None:
        """The fund of a label that says nothing else: 政府性基金预算财政拨款."""
        named = self.concepts.fund_in(plain_label(label))
        return named[0] if named is not None and _REST_OF_FUND.fullmatch(named[1]) else None

    def _is_of_an_item(self, cell: CellReading, rule: TableReader) -> bool:
        """台式计算机 | 货物: whether a row is of one thing, and only its kind is a member."""
        return any(self._meaning(label, "", rule, False, "").kind == "unknown" for label in cell.rows[-cell.depth : -1])

    def _of_columns(self, cell: CellReading, rule: TableReader) -> tuple[_Means, str | None]:
        """What the headings of a column mean, the innermost that means something; and the fund that any of them names."""
        if (of_another := self._of_part_of_a_fund(cell, rule)) is not None:
            return of_another
        found: _Means = _NOTHING
        fund: str | None = None
        total = False
        inner = ""
        for words in reversed(cell.columns):
            means = self._meaning(words, "", rule, True, " ".join(cell.columns))
            of_year = total and means.kind == "current" and words in cell.columns[-2:-1]
            if words in cell.own_heads and not of_year:
                continue  # 人员经费 over codes, names and figures: it heads rows; 本年支出 over 合计 does not
            if means.kind == "unknown":
                named = self.concepts.fund_in(own_words(words))
                fund = fund or (named[0] if named is not None else None)
                inner = inner or words
                if found.kind == "nothing" and not total:
                    found = means
                continue
            fund = fund or means.fund
            if found.concept is not None and found.concept.classes == "economic" and means.kind == "member":
                if (
                    means.concept is not None
                    and means.concept.id == "expenditure.nature"
                    and not self._is_whole(means, rule)
                ):
                    found = found._replace(under=(("nature", means.member or ""),))
            if means.kind == "total" or self._is_whole(means, rule):
                total = total or found.kind == "nothing"
            elif found.kind == "unknown":
                if means.kind == "concept" and means.concept is not None and means.member is None:
                    found = self._member(means.concept, _bare(plain_label(inner)), means.rule) or found
            elif found.kind == "nothing" and means.kind not in ("nothing", "fund"):
                found = means
        if found.kind == "nothing" and total:
            found = _Means("total")
        if found.kind == "nothing" and fund is not None:
            found = _Means("fund", fund=fund)
        return found, fund

    def _of_part_of_a_fund(self, cell: CellReading, rule: TableReader) -> tuple[_Means, str | None] | None:
        """What a fund means under 上年结转结余, or under 本年拨款 beside that: of what it was carried in, or a part that no concept
        is of.
        """
        for words in cell.columns[:-1]:
            carried = _LEFT_OVER.fullmatch(own_words(words)) is not None
            if not carried and not (cell.table in self._parted and _OF_THIS_YEAR.fullmatch(own_words(words))):
                continue
            inner = cell.columns[-1]
            if _TOTAL.fullmatch(_bare(plain_label(inner))):
                continue
            means = self._meaning(words, "", rule, True, " ".join(cell.columns))
            fund = self._fund_alone(inner)
            if carried and fund is not None and means.kind == "member":
                return means._replace(fund=fund), fund
            if carried or (fund is not None and means.kind != "current" and "revenue.source" not in rule.rule.columns):
                return _UNKNOWN, None
        return None

    def _is_whole(self, means: _Means, rule: TableReader) -> bool:
        """Whether a heading names what all of the table is: 基本支出 over the columns of a table of it."""
        if rule.rule.total is None or means.concept is None:
            return False
        return rule.rule.total == (f"{means.concept.id}[{means.member}]" if means.member else means.concept.id)

    def _within(self, cell: CellReading, row: _Means, column: _Means) -> tuple[_Means, _Means] | None:
        """A row that names a member of what its column is about (行政 under 编制数), or the other way round."""
        if row.kind == "unknown" and column.kind == "concept" and column.concept is not None and column.member is None:
            inner = self._member(column.concept, plain_label(cell.rows[-1]), column.rule) if cell.rows else None
            return (inner, _NOTHING) if inner is not None else None
        if column.kind == "unknown" and row.kind == "concept" and row.concept is not None and row.member is None:
            inner = self._member(row.concept, _bare(own_words(cell.columns[-1])), row.rule) if cell.columns else None
            return (inner, _NOTHING) if inner is not None else None
        return None

    def _member(self, concept: Concept, label: str, rule: str) -> _Means | None:
        if not concept.members:
            return None
        hit = member_named(concept, label, self.about.year)
        if hit is None:
            return None
        return _Means("member", concept, hit[0], hit[1], None, rule, hit[2], hit[3])

    def _together(self, row: _Means, column: _Means, rule: TableReader) -> _Said | None:
        if row.kind in ("total", "current", "nothing"):
            if column.kind in ("total", "nothing", "fund", "current"):
                if row.kind == "nothing" and column.kind in ("nothing", "fund"):
                    return None
                current = "current" in (row.kind, column.kind)
                return self._total(rule, current, row, column)
            return self._said(column)
        if row.kind == "fund":
            if column.kind in ("total", "nothing", "current"):
                return self._total(rule, column.kind == "current", row, column)
            return self._said(column)._replace(fund=row.fund) if column.kind in ("member", "concept") else None
        if column.kind in ("total", "nothing", "fund", "current"):
            return self._said(row)
        if column.kind == "concept":
            if self._is_total(column, rule) or column.concept is row.concept:
                return self._said(row)
            if column.concept is not None and _same_people(row, column.concept):
                return self._said(row)._replace(concept=column.concept, rule=column.rule)  # 行政编制 under 实有人数
            return None
        # Two breakdowns: the column's crosses the row's, unless the row is a total of its own.
        if row.kind == "concept":
            return self._said(column) if self._is_total(row, rule) else self._crossed(row, column)
        return self._crossed(row, column)

    def _crossed(self, row: _Means, column: _Means) -> _Said | None:
        assert row.concept is not None
        assert column.concept is not None
        said = self._said(row)
        if row.concept is column.concept:
            return said if row.member == column.member else None
        if row.concept.id.partition(".")[0] != column.concept.id.partition(".")[0]:
            return None
        axis = column.concept.id.partition(".")[2]
        return said._replace(
            cross=((axis, column.member or ""), *column.under),
            confidence=min(row.confidence, column.confidence),
            notes=(*row.notes, *column.notes),
        )

    def _is_total(self, means: _Means, rule: TableReader) -> bool:
        if means.concept is None or means.member is not None:
            return False
        ids = {rule.rule.total, *_WITHIN.values(), *_WITHIN}
        return means.concept.id in ids

    def _said(self, means: _Means) -> _Said:
        assert means.concept is not None
        return _Said(
            means.concept, means.member, means.code, means.fund, means.rule, means.confidence, means.notes, means.under, means.basis
        )  # fmt: skip

    def _total(self, rule: TableReader, current: bool, row: _Means, column: _Means) -> _Said | None:
        if rule.rule.total is None:
            return None
        id, _, member = rule.rule.total.partition("[")
        id = _WITHIN.get(id, id) if current else id
        fund = row.fund or column.fund
        return _Said(
            self.concepts[id],
            member.rstrip("]") or None,
            None,
            fund,
            f"{rule.rule.pack}:{rule.rule.total}",
            _CERTAIN,
            (),
        )

    # -- what a label means -------------------------------------------------------------------------------------------------

    def _meaning(
        self, printed: str, code: str, rule: TableReader, across: bool, beside: str,
        group: tuple[int, tuple[int, int]] | None = None,
    ) -> _Means:  # fmt: skip
        classes = "经济" if "经济" in beside else "功能" if "功能" in beside else ""
        if group is not None and not classes and group in self._economic:
            classes = "经济"
        key = (printed, code, id(rule), across, classes, self._unit)
        if group is None and key in self._meanings:
            return self._meanings[key]
        guarded, self._guarded = self._guarded, False
        means = self._mean(printed, code, rule, across, classes, group)
        if group is None and not self._guarded:
            self._meanings[key] = means
        self._guarded |= guarded
        return means

    def _mean(
        self, printed: str, code: str, rule: TableReader, across: bool, classes: str,
        group: tuple[int, tuple[int, int]] | None,
    ) -> _Means:  # fmt: skip
        label = _LIMIT.sub("", plain_label(printed))
        if _LEAVES_OUT.match(label):
            return _UNKNOWN
        bare = _bare(without_aspect(label))
        ids = rule.rule.columns if across else rule.rule.rows
        if across and _SOME_LEFT_OVER.fullmatch(bare) and "revenue.source" not in ids:
            return _UNKNOWN  # what is spent of it, and not what is left
        if across and self.pack.column_of(_EDGES_OF_TIME.sub("", label)) is not None:
            return _NOTHING
        total = _TOTAL.fullmatch(bare)
        if total is not None and not code:
            return _Means("current" if total["this"] else "total")
        if not across and group in self._own_rows and label in self.about.seats[:1]:
            return _Means("total")
        own = _OWN_WORDS.get(rule.rule.total or "")
        if not bare or _SIDE.fullmatch(bare) or _SIDE.fullmatch(label) or (own is not None and own.fullmatch(bare)):
            return _Means("current") if _THIS_YEAR.fullmatch(label) else _NOTHING
        if _THIS_YEAR.fullmatch(bare):
            return _Means("current")
        if (field := rule.labelled(bare)) is not None:
            kind = "concept" if field.member is None else "member"
            return _Means(
                kind, self.concepts[field.concept], field.member, None, field.fund, field.rule, basis=field.basis
            )
        unsure: _Means | None = None
        for id in ids:
            concept = self.concepts[id]
            if concept.classes is None:
                found = self._of_breakdown(concept, bare, rule)
                if found is not None and across and found.member == "carried_out" and bare.startswith("年末"):
                    continue  # 本年支出 | 年末结转和结余: beside what was spent, and no part of it
                if found is not None and code and found.confidence < _CERTAIN:
                    unsure, found = unsure or found, None  # 303 离退休人员经费 is the class of that code
            else:
                found = self._of_classes(concept, code, bare, rule, classes, group)
            if found is not None:
                return found
        if unsure is not None:
            return unsure
        means = self._labelled(_EDGES_OF_TIME.sub("", label), rule) or self._labelled(bare, rule)
        if means is not None:
            return means
        whole = _SUM_OF.fullmatch(bare)
        if whole is not None:  # 公务用车购置及运行维护费小计
            inner = self._meaning(whole[1], code, rule, across, classes)
            if inner.kind in ("concept", "member"):
                return inner
        named = self.concepts.fund_in(bare)
        if named is not None:
            fund, rest = named
            if _REST_OF_FUND.fullmatch(rest):
                return _Means("fund", fund=fund)
            inner = self._meaning(rest, code, rule, across, classes)
            return inner._replace(fund=inner.fund or fund) if inner.kind != "unknown" else _UNKNOWN
        return _UNKNOWN

    def _of_breakdown(self, concept: Concept, label: str, rule: TableReader) -> _Means | None:
        hit = member_named(concept, label, self.about.year)
        if hit is None:
            if concept.id == "revenue.source" and _CARRIED_IN.match(label):
                hit = ("carried_in", None, _CERTAIN, ())
            elif concept.id == "expenditure.nature" and _CARRIED_OUT.match(label):
                hit = ("carried_out", None, _CERTAIN, ())
            else:
                return None
            named = self.concepts.fund_in(label)
            fund = named[0] if named is not None else None
            return _Means("member", concept, hit[0], hit[1], fund, f"{rule.rule.pack}:{concept.id}", hit[2], hit[3])
        member, _, confidence, notes = hit
        return _Means("member", concept, member, None, None, f"{rule.rule.pack}:{concept.id}", confidence, notes)

    def _of_classes(
        self,
        concept: Concept,
        code: str,
        name: str,
        rule: TableReader,
        classes: str,
        group: tuple[int, tuple[int, int]] | None,
    ) -> _Means | None:
        economic = concept.classes == "economic"
        if (classes or economic) and not code and economic != (classes == "经济"):
            return None  # 公务接待费 is a class of expenditure in a table of these, and else itself
        if code and (code[0] == "3" or code[0] == "5") != economic:
            return None
        if not code and not economic and name in _REST and group in self._by_nature and group not in self._functional:
            return self._of_nature(name, rule)
        name = re.sub(r"^\d{3,7}[-—_：:]?", "", name)
        before = self._coarser.setdefault((*group, concept.id), []) if group is not None else []
        found = class_of_row(economic, code, name, tuple(before), self.about.year)
        if found is None:
            return None
        if group is not None and not code:
            level = (len(found.id.partition("@")[0]) - 3) // 2
            del before[level:]
            before.append(name)
        notes = (f"{CODE_AND_NAME_DIFFER}: read by the {found.followed}",) if found.followed else ()
        return _Means(
            "member", concept, found.id, found.code, None, f"{rule.rule.pack}:{concept.id}",
            _ASSUMED if found.followed else _CERTAIN, notes,
        )  # fmt: skip

    def _of_nature(self, name: str, rule: TableReader) -> _Means | None:
        """其他支出 beside 基本支出 and 项目支出: what is left of all, and no class of functions."""
        if "expenditure.nature" not in rule.rule.rows:
            return None
        return _Means(
            "member",
            self.concepts["expenditure.nature"],
            name,
            None,
            None,
            f"{rule.rule.pack}:expenditure.nature",
            _ASSUMED,
        )

    def _labelled(self, label: str, rule: TableReader) -> _Means | None:
        """A label that means a concept by itself, by the rules for prose: those of the table's role, then those anywhere."""
        roles = (*((rule.rule.role,) if rule.rule.role else ()), ANYWHERE)
        # In a table of purchases or assets a row is called by what was bought, which is no sum of money by itself.
        alone = rule.rule.first and (bool(rule.rule.rows) or rule.rule.role is None)
        family = rule.rule.total.partition(".")[0] if rule.rule.total and alone else ""
        for unit in dict.fromkeys((self._unit, ANY_UNIT)):
            for role in roles:
                found = self._by_label(role, label, unit)
                if found is not None and found.concept is not None and found.concept.id.startswith(family):
                    return found
        return None

    def _by_label(self, role: str, label: str, unit: str | None) -> _Means | None:
        without: tuple[Field, ...] = ()
        while (hit := self.pack.find(role, _KINDS, unit, label, without)) is not None:
            field, left = hit
            if self._is_ruled_out(field):
                without = (*without, field)
                continue
            concept = self.concepts[field.concept]
            member = field.member or member_before(concept, label, left, len(label) - len(left))
            if left and not _LEFT.fullmatch(left) and (member is None or member == field.member):
                return None
            return _Means(
                "concept" if member is None else "member",
                concept,
                member,
                None,
                field.fund,
                field.rule,
                basis=field.basis,
            )
        return None

    def _is_ruled_out(self, field: Field) -> bool:
        """Whether a rule asks for more than a table can say, or for words that are not there."""
        if field.follows or field.with_fund or field.named or field.cross or field.own:
            return True
        self._guarded |= bool(field.not_after or field.only_if)
        if field.not_after and compile_pattern(field.not_after, field.trusted).search(self._words):
            return True
        return bool(field.only_if) and not compile_pattern(field.only_if or "", field.trusted).search(self._words)

    # -- axes, unit and place -------------------------------------------------------------------------------------------------

    def _axes(self, cell: CellReading, named: bool) -> _Axes:
        """What the headings of the column say of basis and time, the innermost first, then the labels of the row; those are
        nothing but names where a record is ``named`` by them.
        """
        place = (cell.table, cell.group, cell.column)
        column = self._of_column.get(place)
        if column is None:
            column = self._of_column[place] = _axes_of(reversed(cell.heads))
        if not cell.rows or (named and cell.columns):
            return column
        if named and _FUNDS_OF_FORM.fullmatch(plain_label(cell.rows[-1])):
            return _Axes(column.aspect, column.basis or "budget", column.period, column.against)
        labels = (
            cell.rows[:-1] if cell.code else cell.rows
        )  # 2010604 预算改革业务 is the name of a class, and no budget
        row = self._of_labels.get(labels)
        if row is None:
            row = self._of_labels[labels] = _axes_of(read_head(own_words(label)) for label in reversed(labels))
        if row is _NO_AXES:
            return column
        return _Axes(
            column.aspect if column.aspect != "value" else row.aspect, column.basis or row.basis, column.period or row.period,
            column.against or row.against,
        )  # fmt: skip

    def _aspect(self, cell: CellReading, named: bool = False) -> str:
        return self._axes(cell, named).aspect

    def _label(self, cell: CellReading) -> str:
        return plain_label(cell.rows[-1]) if cell.rows else plain_label(cell.columns[-1]) if cell.columns else ""

    def _fitted(self, cell: CellReading, said: _Said) -> tuple[Quantity, tuple[str, ...], Decimal] | None:
        """The quantity as its concept takes it: in the unit that the table states; None where it cannot be one."""
        quantity = cell.reading.quantity
        concept = said.concept
        if concept.kind == "text":
            return quantity, (), _CERTAIN
        if concept.kind == "grade":
            return quantity._replace(kind="grade"), (), _CERTAIN
        if concept.kind == "amount" and _COUNTS.search("".join(cell.columns)):
            return None
        if concept.kind in ("headcount", "count", "measure") and cell.heads:
            head = cell.heads[-1]
            if head.unit in MONEY or (head.unit is None and _OF_MONEY.search(head.label)):
                return None  # 退休人员 | 50 under 金额（万元）
        if quantity.kind == "text":
            return None
        aspect = self._aspect(cell, concept.id.startswith(_NAMED))
        unit = cell.unit
        if quantity.state in ("none", "redacted"):
            return quantity, (), _CERTAIN
        if aspect in _RATES:
            if quantity.kind not in ("percentage", "number") or concept.kind not in ("amount", "headcount", "count"):
                return None
            if quantity.kind == "number" and unit == "%":
                return quantity._replace(kind="percentage", unit="%"), (), _CERTAIN
            return quantity, (), _CERTAIN
        if quantity.kind == "number":
            return self._in_unit(quantity, concept, unit, "".join((*cell.columns, *cell.rows[-1:])))
        if quantity.kind != concept.kind and not {quantity.kind, concept.kind} <= {"headcount", "count", "measure"}:
            return None
        return quantity, (), _CERTAIN

    def _in_unit(
        self, quantity: Quantity, concept: Concept, unit: str | None, said_of: str
    ) -> tuple[Quantity, tuple[str, ...], Decimal] | None:
        if concept.kind == "amount":
            if unit in _TIMES:
                value = quantity.value
                yuan = value * _TIMES[unit] if value is not None else None
                return quantity._replace(kind="amount", unit=unit, yuan=yuan), (), _CERTAIN
            if unit is not None or _COUNTS.search(said_of):
                return None
            return quantity._replace(kind="amount"), ("no unit stated",), _UNSURE
        if unit in MONEY and concept.id.startswith("assets.") and not _COUNTS.search(said_of):
            return None  # 房屋 | 320.32: what they are worth
        own = unit if unit not in MONEY else None
        if concept.kind == "percentage":
            return (quantity._replace(kind="percentage", unit="%"), (), _CERTAIN) if own == "%" else None
        if own == "%" and concept.id == "indicator.weight":
            own = None  # 权重（%）: of a hundred marks
        if own == "%" or (concept.kind in ("headcount", "count") and quantity.value is not None and quantity.value % 1):
            return None
        return quantity._replace(kind=concept.kind, unit=own), (), _CERTAIN

    def _as_printed(self, cell: CellReading) -> CellReading:
        """A value that no rule claims, in the unit that the table states for it."""
        quantity = cell.reading.quantity
        if quantity.kind != "number" or quantity.value is None:
            return cell
        rate = self._aspect(cell) in _RATES
        if cell.unit in _TIMES and not rate and not any(_COUNTS.search(words) for words in (*cell.columns, *cell.rows)):
            quantity = quantity._replace(kind="amount", unit=cell.unit, yuan=quantity.value * _TIMES[cell.unit])
        elif cell.unit == "%":
            quantity = quantity._replace(kind="percentage", unit="%")
        return cell._replace(reading=cell.reading._replace(quantity=quantity))

    def _append(
        self, index: int, cell: CellReading, said: _Said, aspect: str, notes: tuple[str, ...], confidence: Decimal,
        adjusted: bool,
    ) -> None:  # fmt: skip
        concept = said.concept
        numeric = concept.kind not in ("text", "date", "grade")
        fund: str | None = None
        if concept.fund_open:
            fund = said.fund or self._fund_of_table(cell) or "all"
        basis = self._basis(cell, said, aspect) if numeric else None
        state = concept.is_state or concept.id.startswith("assets.")
        period = self._period(cell, concept.id.startswith(_NAMED), state) if numeric else None
        compared = self._compared(cell, aspect, basis, period, adjusted, state)
        self.bound.append(
            Bound(
                index, concept, said.member, said.code, self._label(cell), fund, basis, period, compared, None, None, None,
                said.rule, min(confidence, said.confidence), (*said.notes, *notes), said.cross,
            )
        )  # fmt: skip

    def _fund_of_table(self, cell: CellReading) -> str | None:
        named = self.concepts.fund_in(self._title(cell))
        if named is not None:
            return named[0]
        at = self.tables[cell.table].outline
        while at != ROOT:
            role = self.roles[at]
            fund = self.pack.fund(role) if role is not None else None
            if fund is not None:
                return fund
            at = self.outline.nodes[at].parent
        return None

    def _basis(self, cell: CellReading, fact: _Said, aspect: str) -> str:
        concept = fact.concept
        if concept.is_state or concept.id.startswith("assets."):
            return "actual"
        if concept.id.startswith(_NAMED) and not concept.money:
            return "actual"
        if aspect == "execution_rate":
            return "actual"
        said = self._axes(cell, concept.id.startswith(_NAMED)).basis
        if said is not None or fact.basis is not None:
            return said or fact.basis or "actual"
        title = self._title(cell)
        if "决算" in title and "预算" not in own_words(title).replace("公共预算", "").replace("基金预算", "").replace(
            "经营预算", ""
        ):
            return "actual"
        if concept.money and _OF_BUDGET.search(title) and "决算" not in title:
            return "budget"
        return self.about.basis if concept.money or concept.id.startswith("three_public.") else "actual"

    def _period(self, cell: CellReading, named: bool, state: bool = False) -> str | None:
        year = self._year_of(cell)
        if cell.year:
            named_years = _YEARS.findall(cell.year)
            return "/".join(dict.fromkeys(named_years)) or self.about.usual_period
        said = self._axes(cell, named).period
        if said is None and (span := span_of(self._title(cell))) is not None:
            return span
        if said == "last":
            return str(year - 1) if year is not None else None
        if said is not None:
            return said
        if state and (as_of := self.tables[cell.table].as_of) is not None:
            return as_of
        return self.about.usual_period if year == self.about.year else str(year)

    def _year_of(self, cell: CellReading) -> int | None:
        """The year that a title names for its table, else the report's."""
        title = self._title(cell)
        years = _years_in(title)
        if not years and self.about.year is not None and (other := _OTHER_YEAR.search(title)) is not None:
            return self.about.year + (1 if other["next"] else -1)
        return int(years[0]) if len(set(years)) == 1 else self.about.year

    def _compared(
        self, cell: CellReading, aspect: str, basis: str | None, period: str | None, adjusted: bool, state: bool
    ) -> Compared | None:
        if aspect not in ("change", "change_rate", "execution_rate"):
            return None
        before, on = self._axes(cell, False).against or (None, None)
        if (
            aspect != "execution_rate"
            and before is None
            and on is None
            and not state
            and (cell.table, cell.group) in self._against_budget
        ):
            return Compared(period or "unknown", "adjusted_budget" if adjusted else "budget")
        if aspect == "execution_rate":
            return Compared(period or "unknown", on or ("adjusted_budget" if adjusted else "budget"))
        last = str(int(period) - 1) if period is not None and period.isdecimal() else "unknown"
        if before == "last" or before is None:
            before = period if on is not None and on != basis and before is None else last
        return Compared(before or "unknown", on or basis or "actual")

    def _relate(self, cells: Sequence[CellReading]) -> None:
        """The total that a member is listed under, and the value that a rate or a change is of."""
        values: dict[tuple[object, ...], int] = {}
        totals: dict[tuple[object, ...], int] = {}
        for at, bound in enumerate(self.bound):
            cell = cells[bound.reading]
            if cell.reading.aspect == "value" and not bound.cross:
                values.setdefault(
                    (cell.table, bound.concept.id, bound.member, bound.fund, bound.basis, bound.period), at
                )
                if bound.member is None or bound.concept.classes is not None:
                    totals.setdefault(
                        (cell.table, bound.concept.id, bound.member, bound.fund, bound.basis, bound.period), at
                    )
        for at, bound in enumerate(self.bound):
            cell = cells[bound.reading]
            if cell.reading.aspect != "value":
                base = values.get((cell.table, bound.concept.id, bound.member, bound.fund, bound.basis, bound.period))
                self.bound[at] = bound._replace(base=base)
                continue
            if bound.member is None or bound.cross or bound.concept.within is None:
                continue
            over = self._over(cell, bound, totals)
            if over is not None and over != at:
                self.bound[at] = bound._replace(part_of=over)

    def _over(self, cell: CellReading, bound: Bound, totals: Mapping[tuple[object, ...], int]) -> int | None:
        """The coarser class, the sum of the year or the total of the table, whichever is there first."""
        axes = (bound.fund, bound.basis, bound.period)
        if bound.concept.classes is not None and bound.member is not None:
            code = bound.member.partition("@")[0]
            for length in (5, 3):
                if length < len(code):
                    over = totals.get((cell.table, bound.concept.id, code[:length], *axes))
                    if over is not None:
                        return over
        side = bound.concept.id.partition(".")[0]
        carried = bound.member in ("carried_in", "carried_out", "结余分配", "non_fiscal_surplus")
        for id in (f"{side}.total",) if carried else (f"{side}.current", f"{side}.total"):
            over = totals.get((cell.table, id, None, *axes))
            if over is not None:
                return over
        return None


def _same_people(row: _Means, of_column: Concept) -> bool:
    """Whether a row names by their posts the people that a column counts."""
    return (
        row.concept is not None
        and {row.concept.id, of_column.id} == {"staffing.authorised", "staffing.actual"}
        and row.member in of_column.members
    )


_NO_RULE = TableReader(TableRule((), (), (), False, None, None, (), (), (), (), (), ""))
"""For a table that no rule knows: only labels that are clear by themselves bind."""
_ALL_INDICATORS = re.compile("(?:年度|项目)?绩效指标(?:完成情况)?")
"""What stands beside all the indicators of a form, and is none of their levels."""
_GRADES = frozenset({"优", "良", "中", "差", "优秀", "良好", "一般", "较差", "合格", "不合格"})
_ECONOMIC = re.compile(r"工资(?:和)?福利支出|商品和服务支出|对个人和家庭的补助(?:支出)?|.{0,6}（经济分类）")
"""Rows that only a table of what money was spent on has."""
_AN_ADJUSTMENT = seldom("(?:支出|收入|经费|预算|资金)(?:预算)?(?:调整|追加|调增|调减)(?:数|额|金额|情况)?$")
_ADJUSTED_BY = seldom("(?:预算)?(?:调整|追加|调增|调减)(?:数|额|金额|情况)?")
_OF_MONEY = seldom("金额|价值|[原净]值|经费(?!.*[数量辆]$)|费用$|资金$")
_PART_OF_YEAR = seldom(
    r"\d{1,2}月?[-—–~至到]\d{1,2}月|[上下]半年|[一二三四]季度|前[两二三]季度|[1-9一二三四五六七八九十]月份"
)
_OF_OTHERS = seldom(
    r"^(?:20\d\d年度?)?全[省市县区镇乡](?!额)|补助(?:各|下级|乡镇|基层)|代管(?:资金|经费)|代收|征收情况|审计(?:发现|查出|整改)|(?<!供销)合作社"
)
_OF_A_PROJECT = seldom("项目(?:支出)?绩效(?:目标)?(?:自评|自评价)?表")
_OF_THE_BODY = ("expenditure.", "revenue.", "balance.")
_OTHER_YEAR = seldom(
    r"(?:^|（)(?:(?P<next>下年度?|次年|下一年度?)|上年度?|去年|上一年度?)(?!.{0,6}结[转余])(?=[^与和、比及]*(?:表|$|）))"
)
_LEAVES_OUT = seldom("不含|不包括|剔除|扣除|预计|未纳入|非(?=基本|项目)")
"""What a label begins with that names another thing than it seems to."""
_SHARE_OF_FUNDS = seldom(
    "(?:中央|省|市|县|区|州|本|上|地方|各)级?(?:财政)?(?:专项|补助|配套)?(?:资金|补助|拨款)|财政性?资金|(?:单位|企业|群众)?自筹(?:资金)?|其他(?:资金)?|社会资[金本]|(?:银行)?贷款|债券资金"
)
"""Who pays, in a list of projects."""
_NATURES = frozenset({"基本支出", "项目支出"})
_CLASS_MARK = re.compile("(?:十[一二三四五六七八九]|二十[一二三四五六七八九]?)、")
"""Numbers under which only lists of classes are so long."""
_REST = frozenset({"其他支出"})
"""What is called alike as a class and as the rest of all expenditure."""
_ASKS_WHY = re.compile("^(?:未完成|偏差|偏离|存在).{0,16}(?:原因|措施|问题)|(?:改进|整改)措施|原因分析")
"""A question of a form, and no name of an indicator."""
_SAYS_NOTHING = seldom("[-－—―–/／]{1,4}")
"""Printed for a target, a result or a reason that there is none of."""
_NO_REASON = seldom("无(?:偏差|差异|偏离|扣分)?(?:原因|情况)?。?")
"""Printed where there is no reason to give."""
_TELLS_HOW = re.compile(
    r"\d{1,4}字(?:以内|左右)|请(?:在此|简要|逐|说明|填)|需?(?:单独|逐条|逐项)?说明(?:原因|理由)[（；。]|填报说明|^\d[.、].*\d[.、]"
)
"""A reason that is none, but what the form asks for."""
_NOT_A_NAME = re.compile(r"[-—/、\d.]*|(?:总分|合计|总计|小计|其他|备注|无|等)(?:（.{1,8}）)?")
_LEFT = re.compile(
    r"(?:一般公共预算|财政拨款|本级|部门|单位|全年|年末|年初|年度|本年|当年|实有|实际|核定|现有|的|其中|安排|使用|总|各|经批准|财政供养|政府采购)*"
)
_WITHIN_BEFORE = re.compile("其中")
_COUNTS = re.compile(r"平方米|㎡|人数|人次|批次|团组|数量|(?<!车)辆|台|套|个数|编制|面积|得分|分值|权重")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|年\d{1,2}月|[-./]\d)")
_OF_BUDGET = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算(?!执行|绩效|单位|管理)")


_LIMIT = re.compile(
    r"(?:单价|单位价值|单台价值|价值)(?:在)?(?P<value>\d+(?:\.\d+)?)(?P<unit>万|亿)?元?(?:（含）)?(?:及)?以上的?"
)


def _limit(label: str) -> Threshold | None:
    """单价100万元以上设备: the limit on what a row counts."""
    found = _LIMIT.search(own_words(label))
    if found is None:
        return None
    value = Decimal(found["value"])
    unit = f"{found['unit'] or ''}元"
    return Threshold("≥", value, unit, value * _TIMES[unit] if unit in _TIMES else None)


@lru_cache(maxsize=1024)
def _is_of_others(title: str) -> bool:
    """Whether a table is of part of the year, or of other bodies than the report's own."""
    return _PART_OF_YEAR.search(title) is not None or _OF_OTHERS.search(title) is not None


@lru_cache(maxsize=1024)
def _years_in(title: str) -> tuple[str, ...]:
    return tuple(_YEARS.findall(title))


_ALL_PROJECTS = seldom("项目支出(?:合计|小计)?")
_PROJECTS_LEAST = 2


def _lines_of_projects(group: Sequence[CellReading]) -> Iterator[int]:
    """The rows right under 项目支出 of which every column adds up to it: they can be nothing but its projects."""
    lines: dict[int, dict[int, Decimal]] = {}
    labels: dict[int, str] = {}
    for cell in group:
        quantity = cell.reading.quantity
        if (
            cell.rows
            and quantity.value is not None
            and quantity.unit != "%"
            and cell.heads[-1:]
            and cell.heads[-1].aspect == "value"
        ):
            lines.setdefault(cell.line, {})[cell.column] = quantity.value
            labels[cell.line] = plain_label(cell.rows[-1])
    order = sorted(lines)
    for at, line in enumerate(order):
        if not _ALL_PROJECTS.fullmatch(labels[line]) or not any(lines[line].values()):
            continue
        left = dict(lines[line])
        for count, below in enumerate(order[at + 1 :], 1):
            left = {column: amount - lines[below].get(column, Decimal(0)) for column, amount in left.items()}
            if _TOTAL.fullmatch(labels[below]) or any(amount < 0 for amount in left.values()):
                break
            if not any(left.values()):
                yield from order[at + 1 : at + 1 + count] if count >= _PROJECTS_LEAST else ()
                break


@lru_cache(maxsize=8192)
def _bare(label: str) -> str:
    """A label without the words that say when and on what basis: 2023年基本支出决算数 is 基本支出."""
    label = _EDGES_OF_TIME.sub("", label)
    return _BASIS_WORDS.sub("", label)

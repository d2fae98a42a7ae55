"""Cells of tables → quantities with the path of their row and of their column.

A table is read in bands: the rows of a heading and the rows under it. Of its columns some name the rows (項目, codes, levels
of indicators), the others hold what is said of them; a table of two sides has two such groups. What a label means is for
the rule packs.

Over 400 lines because a band is cut, its columns are told apart and its rows are named in one reading of the same cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from reportparse.blocks import Block, Caption
from reportparse.closed import place_closed
from reportparse.grids import Grid
from reportparse.headers import (
    GRADE_LABEL,
    LEVEL_HEAD,
    MONEY,
    Head,
    is_headline,
    only_words,
    plain_label,
    read_head,
    stated_unit,
)
from reportparse.listed import unlist
from reportparse.numbers import NonQuantity, Quantity, Token
from reportparse.outline import Outline
from reportparse.reading import Reading
from reportparse.unmerged import shifts, widths

__all__ = ["CellReading", "TableText", "read_tables"]


class CellReading(NamedTuple):
    """A value of a table: where it stands and what is said of it by its place.

    ``rows`` and ``columns`` are the printed labels, the outermost first; ``heads`` what the headings of its column say,
    ``own_heads`` are the headings of the names of its rows, ``named`` the labels of its row with the headings that they stand under. ``code`` is that of the class that the row
    names. ``unit`` is the unit that the table states for it, ``unit_words`` the words that do. ``line`` and ``group`` tell
    which row and which group of columns of the table it is in. ``is_value`` is false for a number that stands in a
    label, a heading or a text.
    """

    reading: Reading
    table: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    own_heads: tuple[str, ...] = ()
    heads: tuple[Head, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    code: str = ""
    unit: str | None = None
    unit_words: str | None = None
    line: int = 0
    column: int = 0
    group: tuple[int, int] = (0, 0)
    is_value: bool = True
    depth: int = 1
    """How many of ``rows`` stand in the row itself, and not over it."""
    words: str = ""
    """The text of the cell."""
    year: str = ""
    """What its row says of the year, where a column does: 2023, 小计."""
    title: str = ""
    """Of the band of rows that it is in, where that has one of its own."""
    inner: tuple[Token, ...] = ()
    """What the scan found in a value of words, or in a figure that it took for a year: the fact takes its place."""


class TableText(NamedTuple):
    """What is printed over a table or in it of the table as a whole: its title, its unit, the name that it is about."""

    title: str
    unit: str | None
    unit_words: str | None
    project: str | None
    outline: int
    as_of: str | None = None
    """The year at whose end what it lists was there, where the lines over it say so: 截至2023年12月31日."""


class _Cell(NamedTuple):
    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int
    text: str
    rest: tuple[tuple[int, int], ...] = ()
    is_figure: bool = False


_VALUE = re.compile(
    r"[-－+]?(?:[¥￥])?\d[\d,，]*(?:\.\d+)?(?:%|‰|[百千万亿]?元|万|人次?|名|个|辆|台|套|次|批|分|平方米|㎡)?|（\d[\d,，]*(?:\.\d+)?）"
)
_DIGITS = re.compile(r"[-－]?\d[\d,，]*(?:\.\d+)?")
_NOTHING_ELSE = re.compile(r"[\s*＊#]+")
_SPACED = re.compile(r"-?\d{1,3}(?: \d{3})+(?:\.\d+)?")
_MEASURED = re.compile(
    r"[≥≤><＞＜=＝±]\d[\d.,]*[^\d，。]{0,8}|\d[\d.,]*(?:万|亿)?(?:元|%|[^\d.．、年，。（）]{1,3}/)[^\d，。]{0,4}"
)
"""What a target says of how much: ≥42株, 500元/亩."""
_NOUGHT = re.compile(r"[-－—―–─_/／]{1,4}|无|零")
_HIDDEN = re.compile(r"[*＊×xX]{2,}(?:\.[*＊×xX]{1,})?")
_ORDINAL = re.compile(r"\d{1,2}|[A-Za-z]|（\d{1,2}）|[①-⑳]|—+|[\dA-Za-z=＝+＋\-—－/÷×*（）]{2,16}")
_YEARS = re.compile(r"(?:19|20)\d\d年?度?")
_CLASS_CODE = re.compile(r"\d{3}(?:\d\d){0,2}|\d{2}")
_LEVEL_CODE = re.compile(r"[A-Z]\d{0,4}")
_GLUED_CODE = re.compile(r"(\d{3}(?:\d\d){0,2})[-—_ 　:：]?(?=[\u4e00-\u9fff“])")
_TITLE_WORDS = re.compile(r"(?:表|情况|一览|明细)(?:（.{1,16}）)?(?:表)?》?$|[（(]?20\d\d年度?[）)]?$")
_UNIT_IN_TITLE = re.compile(r"(?<=.)[（(](?:金额)?单位[：:][^（）()]{1,8}[）)]$")
_NAME_LEAST = 6
_HEADING_ROWS = 12
"""Headings have no more rows than that: what is longer holds no figures."""
_COUNTED_LEAST = 4
"""Columns whose numbers alone in a row cannot be values."""
_OVER = 4
"""Rows over a band in which its title can be."""
_NAME_HEADS = re.compile(r"(?:项目|专项|政策|转移支付|专项资金)(?:（[^（）]{1,8}）)?名称")
_BESIDE_NAMES = re.compile(r"[^，。]{0,4}(?:单位|部门|类型|类别|性质|年限|时间|代码|金额|依据|级次|属性)")
"""Headings of the columns beside those of names: 项目名称 | 项目单位."""
_A_PROJECT = re.compile(r"(?![一二三]级|具体|明细|年度|支出)[^，。：]{2,}项目")
"""What is called so in the answer to 项目名称, and heads no column."""
_BOTH_SIDES = re.compile("收支|收入.*支出")
_PAIR = 2
"""Columns of a code and its name."""
_PAIR_NAME = re.compile(r"[^，。；]{0,14}[\u4e00-\u9fff）][^，。；]{0,14}")
_OTHER_CODE = re.compile("(?:单位|部门|项目|机构)(?:代码|编码)")
_NAMING = ("label", "code", "serial", "unit", "year", "beside")
"""Roles of columns that hold no values."""
_LEVEL = re.compile("级指标|指标[^值]{0,2}$")
_NAME_AND_WORTH = re.compile(
    r"[^，。；：（）\d]{2,12}\d?(?:（[百千万亿]*元）)?（(?:满分|权重|分值)?：?\d{1,3}(?:\.\d{1,2})?分）"
)
"""过程（20分）: a level of indicators with what it is worth."""
_UNIT_ALONE = re.compile("（?(?:金额)?单位[：:][^（）()]{1,8}）?")
_MARKS_ALONE = re.compile("(?:标准|指标|自评|评价)*(?:分值|权重|满分|得分|评分)（")
_HEAD_AND_WORTH = re.compile(r"(?:标准|指标)?(?:分值|权重|满分)（\d{1,3}(?:\.\d{1,2})?分）")
"""分值（10分）: the heading of what the rows are worth, with what all of them are."""
_BLOCK_OF_FORM = re.compile("[^，。；：（）\\d]{2,8}(?:管理|执行|投入)(?:情况)?|资金使用(?:情况)?")
"""资金管理情况: what names the rows of a block of a form, and is worth what they are worth."""
_ANY_LEVEL = "指标"
_MONEY_OF_FORM = re.compile("(?:部门|单位|项目|年度|整体)*(?:预算|资金)(?:执行|投入|使用)?(?:情况)?")
"""部门预算执行情况: what stands beside the money of a form, and names the only row of it where that has no name."""
_WORTH_HEAD = read_head("分值")
_SCORE_HEAD, _WHOLE = read_head("得分"), "总分"
_SCORED_SO = re.compile("(?:^|[，。；：])(?:本|该)?(?:项目|自评|评价|绩效|综合)+(?:总得分|总分|得分)(?:为|是|：)?$")
"""评价结论 | 项目自评总分92分。…: what the whole is said to be worth in the words of a cell."""
_YEAR_HEAD = re.compile("年度|年份|所属年度|预算年度")
_YEAR_OR_SUM = re.compile(r"(?:(?:19|20)\d\d年?度?(?:[-—~至](?:19|20)\d\d年?度?)?|小计|合计|总计)")
_UNIT_HEAD = re.compile("(?:计量|度量|数量|指标)?单位")
_SURE_UNIT_HEAD = re.compile("(?:计量|度量)单位")
_SIGN_HEAD = re.compile("(?:指标)?(?:性质|方向|符号)|(?:运算|计算|比较)?符号")
"""≥, = or 定性: what stands between an indicator and its target."""
_SIGN = re.compile("[≥≤><＞＜=＝≧≦±]|正向|反向|定[性量](?:指标)?")
_WORTH = re.compile("价值|原值|净值|金额")
_MARKED = re.compile("得分|评分|分值|权重|系数|率")
"""Columns of which the unit of a row is not that of their figures."""


def _is_year_or_sum(text: str) -> bool:
    return _YEAR_OR_SUM.fullmatch(text) is not None


def _is_unit(text: str) -> bool:
    return _NOUGHT.fullmatch(text) is not None or read_head(f"（{text.split('（')[0]}）").unit is not None


_TOTALS = re.compile(r"[^，。]{0,12}(?:合计|总计|小计|共计|总额)")
_SPACES = str.maketrans("", "", " 　\n\t")
_STARS = re.compile(r"\*{2,}")
_MAKER = re.compile(
    r"(?:(?:填报|编制|编报|填表|预算|主管|被评价)?(?:单位|部门)(?:名称|（单位）)?(?:（盖章）|（公章）)?|填报人|联系人|联系电话|填报日期|日期|填表日期)[：:].*|.{0,8}单位[：:].*|(?:公开)?\d{1,2}表|附?表[\d一二三四五六七八九十]{1,3}"
)
"""What stands over a table in a row of it: who made it up, the unit, its number."""
_ASKED = re.compile(
    r"(?:(?:项目|专项|政策|部门|单位|预算单位|转移支付|专项资金)(?:（[^（）]{1,8}）)?名称|(?:基层)?预算单位|(?:项目|申报|责任|主办)(?:单位|部门)|.{0,6}主管(?:部门|单位)(?:及代码)?|.{0,4}(?:实施|使用|承担|执行)(?:单位|部门)|(?:项目)?负责人|联系(?:人|电话)|填报(?:单位|部门|日期)|所属(?:年度|期间)|项目(?:类型|属性|类别|起止时间|周期|代码|编码)|资金性质|评价(?:机构|方式)|预算编码|报告日期|专项实施期)[：:]?"
)
"""What a form asks for beside or over its tables."""
_BODY = re.compile(
    r".{2,}(?:[局委办院校站所馆处队镇乡园社部厅会]|中心|街道|政府|机关|公司|学|医院|基地|总站|林场)(?:（.{2,8}）)?"
)
"""What a body's name ends in."""
_SAYS = re.compile("[。；，]")
_LONGEST_HEAD = 30
_ASIDE = 1_000
"""Columns from here on are no columns: what stands outside the cells, or could not be put in one."""


def read_tables(
    text: str,
    blocks: Sequence[Block],
    grids: Mapping[int, Grid],
    captions: Mapping[int, Caption],
    outline: Outline,
    tokens: Sequence[Token],
    year: int | None,
) -> tuple[list[CellReading], dict[int, TableText], list[NonQuantity]]:
    """Every number in the tables of a part, what is said of each table as a whole, and what in them counts nothing after all:
    codes and numbers of rows.
    """
    first_blocks: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.table is not None:
            first_blocks.setdefault(block.table, index)
    in_order = sorted({token.start: token for token in tokens}.items())
    starts = [start for start, _ in in_order]
    tokens = [token for _, token in in_order]
    found: list[CellReading] = []
    about: dict[int, TableText] = {}
    others: list[NonQuantity] = []
    for table, first in first_blocks.items():
        grid = grids.get(table)
        if grid is None:
            continue
        reader = _Table(text, grid, first, captions.get(table), outline, tokens, starts, year)
        found += reader.read()
        others += reader.others
        about[table] = reader.about._replace(as_of=_as_of(text, blocks[max(first - _OVER, 0) : first]))
    return found, about, others


_AS_OF = re.compile(r"截[至止](?:时间|日期)?[：:]?((?:19|20)\d\d)年(?:12月|年?末|底)")


def _as_of(text: str, over: Sequence[Block]) -> str | None:
    """The year at whose end a state was, as the last of the lines over a table says that does; none stands over another."""
    for block in reversed(over):
        if block.table is not None:
            return None
        if (said := _AS_OF.search(text, block.start, block.end)) is not None:
            return said[1]
    return None


def _once(cells: list[_Cell]) -> list[_Cell]:
    """Headings of pairs of columns that are printed over each of the two (收入 | 收入 | 支出 | 支出) as one over both, as where a
    converter has written out merged cells.
    """
    rows: dict[int, list[_Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    first = min(rows, default=0)
    heads = rows.get(first, [])
    pairs = list(zip(heads[::2], heads[1::2], strict=False))
    if len(heads) < _PAIR * 2 or len(heads) % _PAIR or len({one.text for one, _ in pairs}) < len(pairs):
        return cells
    if any(
        one.text != two.text or one.is_figure or two.column != one.column + 1 or one.columns > 1 for one, two in pairs
    ):
        return cells
    again = {id(two) for _, two in pairs}
    over = {id(one) for one, _ in pairs}
    return [cell._replace(columns=_PAIR) if id(cell) in over else cell for cell in cells if id(cell) not in again]


class _Column(NamedTuple):
    """A column of a band: its headings from the top, and whether it names rows."""

    path: tuple[str, ...]
    heads: tuple[Head, ...]
    role: str


class _Band(NamedTuple):
    """Rows ``first`` to ``last`` under the headings of rows ``top`` to ``first``."""

    top: int
    first: int
    last: int


class _Table:
    """One table."""

    def __init__(
        self,
        text: str,
        grid: Grid,
        block: int,
        caption: Caption | None,
        outline: Outline,
        tokens: Sequence[Token],
        starts: Sequence[int],
        year: int | None,
    ) -> None:
        self.text = text
        self.block = block
        self.number = grid.table
        self.listed = grid.listed
        self.mixed = False
        """Whether the rows of two sides are one after another in the same columns."""
        self.year = year
        self.tokens = tokens
        self.starts = starts
        self.others: list[NonQuantity] = []
        self.title = ""
        self.unit: str | None = None
        self.unit_columns: list[int] = []
        self.year_columns: list[int] = []
        self.beside: list[str] = []
        """The headings of the columns without figures."""
        self.first_band = 0
        self.headings: list[tuple[str, ...]] = []
        self.parents: dict[int, list[tuple[int, str]]] = {}
        self.last_seen: dict[int, str] = {}
        self.coded: list[tuple[str, str]] = []
        """What the rows before go on with, under the same headings once more as well: the rows that a row can stand under,
        and the levels that stand for all rows down to the next."""
        cells: list[_Cell] = []
        for place, start, end, rest in grid.cells:
            words = text[start:end] if not rest else "".join([text[a:b] for a, b in ((start, end), *rest)])
            if not words.isalnum():
                words = _STARS.sub("", words.translate(_SPACES))
            cells.append(_Cell(*place, start, end, words, rest, _VALUE.fullmatch(words) is not None))
        if grid.listed:
            blanks = [0, *(after.row - cell.row - 1 for cell, after in pairwise(cells))]
            arranged = (place_closed if grid.closed else unlist)([cell.text for cell in cells], blanks)
            cells = [
                cell._replace(row=row, column=column, columns=columns)
                for cell, (row, column, columns) in zip(cells, arranged, strict=True)
            ]
            cells = _whole(cells)
        else:
            cells = _moved(_widened(_once(_uncut(cells))))
        self.with_levels = sum(LEVEL_HEAD.fullmatch(cell.text) is not None for cell in cells) > 1
        """Whether there are headings of levels of indicators."""
        self.width = max((cell.column for cell in cells if cell.column < _ASIDE), default=0) + 1
        self.height = max((cell.row for cell in cells), default=-1) + 1
        self.rows: dict[int, list[_Cell]] = {}
        self.at: dict[tuple[int, int], _Cell] = {}
        for cell in cells:
            self.rows.setdefault(cell.row, []).append(cell)
            for row in range(cell.row, min(cell.row + cell.rows, self.height)):
                for column in range(cell.column, min(cell.column + cell.columns, self.width)):
                    self.at[row, column] = cell
        for row_cells in self.rows.values():
            row_cells.sort(key=lambda cell: cell.column)
        self.order = sorted(self.rows)
        title = text[slice(*caption.title)] if caption is not None and caption.title is not None else ""
        unit = stated_unit(text[slice(*caption.unit)]) if caption is not None and caption.unit is not None else None
        unit_words = text[slice(*caption.unit)] if caption is not None and caption.unit is not None else None
        self.about = TableText(title, unit, unit_words, None, outline.owner[block])

    # -- the table as a whole --------------------------------------------------------------------------------------------

    def read(self) -> Iterator[CellReading]:
        self._read_lone_rows()
        bands = list(self._bands())
        self.first_band = bands[0].top if bands else 0
        done: set[int] = set()
        for number, band in enumerate(bands):
            yield from self._read_band(band, number, done)
        for row in self.order:  # what stands in no band: titles, notes, headings
            for cell in self.rows[row]:
                if cell.start not in done:
                    yield from self._unread(cell, (), ())

    def _read_lone_rows(self) -> None:
        """Rows of one cell at the top: the title and the unit, if they are not printed over the table."""
        title, unit, words, project = self.about.title, self.about.unit, self.about.unit_words, None
        for row in self.order:
            cells = self.rows[row]
            lone = len(cells) == 1 and (self.width > 1 or not title)
            for cell in cells:
                found = stated_unit(cell.text)
                if found is not None and unit is None:
                    unit, words = found, cell.text
            if not self._is_lone(row) and not lone:
                break
            if cells[0].is_figure:
                break
            words_of_title = _UNIT_IN_TITLE.sub("", cells[0].text)
            if _TITLE_WORDS.search(words_of_title) and stated_unit(words_of_title) is None:
                title = f"{title}{words_of_title}" if title and title not in words_of_title else words_of_title
        in_order = [cell for row in self.order for cell in self.rows[row]]
        for cell, after in pairwise(in_order):
            if not cell.text.endswith("名称") or not _NAME_HEADS.fullmatch(cell.text):
                continue
            beside = cell.row == after.row or len(self.rows[cell.row]) == len(self.rows[after.row]) == 1
            if project is None and beside and self._may_be_name(after):
                project = after.text
        self.about = TableText(title, unit, words, project, self.about.outline)

    def _may_be_name(self, cell: _Cell) -> bool:
        role = read_head(cell.text).role
        heads = role not in ("", "label") or (role == "label" and len(cell.text) < _NAME_LEAST)
        heads = heads or _BESIDE_NAMES.fullmatch(cell.text) is not None or _ASKED.fullmatch(cell.text) is not None
        return not (_TOTALS.fullmatch(cell.text) or heads or cell.is_figure)

    # -- bands -------------------------------------------------------------------------------------------------------------

    def _bands(self) -> Iterator[_Band]:
        order = self.order
        at = 0
        while at < len(order) and self._is_lone(order[at]):
            at += 1
        while at < len(order):
            first = self._end_of_heading(at)
            at = self._begin_of_heading(at, first)
            last = first
            while last < len(order) and not self._heads_a_band(order[last], last > first):
                if last > first and self._heads_as(order[at], order[last]):
                    break
                last += 1
            if last == first and first == at:
                last = at + 1
            yield _Band(at, first, last)
            at = last

    def _is_lone(self, row: int) -> bool:
        cells = self.rows[row]
        if all(_MAKER.fullmatch(cell.text) for cell in cells):
            return True
        if len(cells) == 1 and cells[0].column > 0 and cells[0].columns > 1:
            return False  # a heading over some of the columns
        others = [cell.text for cell in cells if not _ASKED.fullmatch(cell.text)]
        asked = len(cells) - len(others)
        # Of a form every question has one answer: 单位名称 over names heads columns.
        asks = len(set(others)) <= asked and not any(_YEARS.fullmatch(cell.text) for cell in cells)
        named = asked == 1 and len(set(others)) == 1 and _A_PROJECT.fullmatch(others[0]) is not None
        heads = bool(others) and not named and all(read_head(text).role for text in others)  # 项目名称 | 金额
        heads = heads or (self._figures_follow(row) and not self._is_answered(cells))
        if asks and not heads and (named or not is_headline([cell.text for cell in cells[1:]])):
            return not any(cell.rows > 1 for cell in cells)
        return len(cells) == 1 and self.width > 1 and not cells[0].is_figure and cells[0].rows == 1

    @staticmethod
    def _is_answered(cells: Sequence[_Cell]) -> bool:
        """Whether every question of a form has its answer beside it: 部门名称 | 某县某局 | 主管部门 | 某县人民政府."""
        questions, answers = cells[::2], cells[1::2]
        return (
            len(questions) == len(answers)
            and all(_ASKED.fullmatch(cell.text) for cell in questions)
            and all(_BODY.fullmatch(cell.text) or cell.text.isdigit() for cell in answers)
        )

    def _figures_follow(self, row: int, first: int = 1) -> bool:
        """Whether the next row has a figure under most of the cells of a row: it heads columns, then."""
        after = [self.at.get((row + 1, cell.column)) for cell in self.rows[row][first:]]
        return bool(after) and 2 * sum(cell is not None and cell.is_figure for cell in after) > len(after)

    def _heads_a_band(self, row: int, inside: bool) -> bool:
        cells = [cell for cell in self.rows[row] if cell.rows == 1 or cell.column > 0]
        says_how_much = any(cell.is_figure or _MEASURED.fullmatch(cell.text) for cell in cells)
        return inside and not says_how_much and is_headline([cell.text for cell in cells])

    def _heads_as(self, top: int, row: int) -> bool:
        """Whether a row under headings heads other columns: it begins with the heading of the names once more, and none of its
        cells is a figure.
        """
        heads, cells = self.rows[top], self.rows[row]
        return (
            len(cells) > _PAIR
            and cells[0].column == heads[0].column
            and cells[0].text == heads[0].text
            and not any(cell.is_figure or self._is_nothing(cell) for cell in cells)
            and self._figures_follow(row)
        )

    def _end_of_heading(self, at: int) -> int:
        """The first row under the headings: where every column has its own, or the first figures stand."""
        order = self.order
        end = at
        while end < len(order) and end - at < _HEADING_ROWS:
            row = order[end]
            if any(cell.is_figure and not _YEARS.fullmatch(cell.text) for cell in self.rows[row]):
                break
            if end > at and any(_MEASURED.fullmatch(cell.text) for cell in self.rows[row]):
                break
            if end > at and self._is_distinct(order[at], row) and not self._goes_on(order[at:end], row):
                break
            end += 1
            if only_words([cell.text for cell in self.rows[row]]):
                break
        for later in range(end, min(end + _HEADING_ROWS // 4, len(order))) if end > at else ():
            if self._counts_columns(order[later]):
                end = later  # what is over the row that numbers the columns heads them
                break
            if any(cell.is_figure or self._is_nothing(cell) for cell in self.rows[order[later]]):
                break
        while end < len(order) and end > at and self._counts_columns(order[end]):
            end += 1
        return end

    def _begin_of_heading(self, at: int, first: int) -> int:
        """The first row of the headings: after the last that says something in sentences, where headings follow that."""
        for number in range(first - 2, at - 1, -1):
            if any(_SAYS.search(cell.text) or len(cell.text) > _LONGEST_HEAD for cell in self.rows[self.order[number]]):
                below = [cell.text for cell in self.rows[self.order[first - 1]]]
                return number + 1 if is_headline(below) else at
        return at

    def _is_distinct(self, top: int, row: int) -> bool:
        """Whether the rows over ``row`` give every column a heading of its own."""
        above = [r for r in self.order if top <= r < row]
        paths = [path for path in self._headings(above) if path]
        open_below = any(
            cell.column > 0 and cell.row < row < cell.row + cell.rows for r in above for cell in self.rows[r]
        )
        return len(set(paths)) == len(paths) and not open_below

    def _headings(self, rows: Sequence[int]) -> list[tuple[_Cell, ...]]:
        """The headings over every column, from the top.

        An empty one goes on the heading to its left, as far as that is under the same one: few sources merge their cells.
        """
        paths: list[tuple[_Cell, ...]] = [()] * self.width
        for row in rows:
            before = list(paths)
            left: _Cell | None = None
            for column in range(self.width):
                cell = self.at.get((row, column))
                if cell is None and column and before[column] == before[column - 1]:
                    cell = left
                left = cell
                if cell is not None and (not paths[column] or paths[column][-1] != cell):
                    paths[column] = (*paths[column], cell)
        return paths

    def _goes_on(self, above: Sequence[int], row: int) -> bool:
        """Whether a row goes on with the headings over it: units, or words that stand under headings of figures alone."""
        cells = self.rows[row]
        if all(read_head(f"（{cell.text}）").unit is not None for cell in cells):
            return True
        over = self._headings(above)
        heads = [
            read_head(over[cell.column][-1].text).role if over[cell.column] else "label"
            for cell in cells
            if cell.column < self.width
        ]
        return set(heads) <= {"", "value"} and not any(map(self._is_nothing, cells)) and self._figures_follow(row, 0)

    @staticmethod
    def _is_nothing(cell: _Cell) -> bool:
        return _NOUGHT.fullmatch(cell.text) is not None or _HIDDEN.fullmatch(cell.text) is not None

    def _counts_columns(self, row: int) -> bool:
        """栏次 1 2 3, or A B C=A-B: a row that numbers the columns."""
        cells = self.rows[row]
        numbers = [
            cell.text for cell in cells if read_head(cell.text).role not in ("serial", "code")
        ]  # 类 款 项 栏次 1 2
        if not numbers or not all(_ORDINAL.fullmatch(number) for number in numbers):
            return False
        values = [int(number) for number in numbers if number.isdigit()]
        said = len(numbers) < len(cells)  # 栏次
        return values == list(range(1, len(values) + 1)) and (said or len(values) > 1 or len(numbers) > len(values) > 0)

    def _counts_all(self, row: int) -> bool:
        """1 2 3 4 and nothing else: a row that numbers the columns, wherever the headings seem to end."""
        numbers = [cell.text for cell in self.rows[row]]
        return len(numbers) >= _COUNTED_LEAST and numbers == [str(k) for k in range(1, len(numbers) + 1)]

    # -- one band ------------------------------------------------------------------------------------------------------------

    def _read_band(self, band: _Band, number: int, done: set[int]) -> Iterator[CellReading]:
        rows = [row for row in self.order[band.first : band.last] if not self._counts_all(row)]
        columns = self._columns(band, rows)
        self.title, self.unit = self._said_over(band)
        self.year_columns = [at for at, column in enumerate(columns) if column.role == "year"]
        self.unit_columns = [at for at, column in enumerate(columns) if column.role == "unit"]
        for at in range(band.top, band.last):
            row = self.order[at]
            if self._counts_columns(row) if at < band.first else self._counts_all(row):
                for cell in self.rows[row]:
                    done.add(cell.start)
                    self._count_as(cell, "ordinal")
        headings = [column.path for column in columns]
        if headings != self.headings:
            self.headings, self.parents, self.last_seen = headings, {}, {}
        parents, last_seen = self.parents, self.last_seen
        yield from self._worth_of_band(band, columns, done)
        again = self._printed_again(rows, columns)
        groups = [self._group_of(column, columns) for column in range(self.width)]
        self.beside = [words for column in columns if column.role in (*_NAMING, "") for words in column.path]
        of_values = list(dict.fromkeys(groups[c] for c in range(self.width) if columns[c].role not in _NAMING))
        self.mixed = self.listed and len(of_values) == 1 and _BOTH_SIDES.search(self.about.title) is not None
        for row in rows:
            if pairs := self._pairs(row, columns):
                for label, cell in pairs:
                    done.update((label.start, cell.start))
                    yield from self._unread(label, (), ())
                    yield from self._value(
                        cell,
                        row,
                        cell.column,
                        _Column((), (), "value"),
                        (label.text,),
                        (),
                        (),
                        "",
                        (number, cell.column),
                    )
                continue
            labels = self._labels_of_row(row, columns, last_seen)
            named = [
                (c, (_head_of_names(columns[c].path), label))
                for c, label in labels.items()
                if columns[c].role == "label"
            ]
            named = self._under_codes(row, named)
            # Rows without figures name what stands under them too.
            paths = {group: self._path(group, labels, columns, parents) for group in of_values}
            if not labels and (stub := self._stub(row, band, columns)) is not None:
                named = [(0, (stub, stub))]
                paths = dict.fromkeys(of_values, (stub,))
            for group in of_values:
                if not paths[group] and (over := self._sum_before(group, row, labels, columns)) is not None:
                    paths[group] = (over,)
            codes = {group: self._code(group, labels, columns) for group in of_values}
            for cell in self.rows[row]:
                if cell.start in done or cell.row != row:
                    continue
                done.add(cell.start)
                if cell.column >= _ASIDE or (self.listed and groups[cell.column] < 0 and not self._names_none(columns)):
                    yield from self._unread(cell, next(iter(paths.values()), ()), ())
                    continue
                column = cell.column
                role = columns[column].role
                if column in again and role in ("value", "words"):
                    yield from self._unread(cell, (), columns[column].path)
                elif role == "code" or (role == "beside" and cell.text[:1].isdigit()):
                    self._count_as(cell, "code")
                elif role in ("serial", "unit", "year", "beside"):
                    self._count_as(cell, "ordinal")
                elif (
                    role == "label" and column and GRADE_LABEL.fullmatch(said := labels.get(min(labels, default=0), ""))
                ):
                    words = columns[column]._replace(role="words")
                    yield from self._value(cell, row, column, words, (said,), (), (), "", (number, column))
                elif role == "label":
                    levels = [one for c, one in named if c <= column]
                    yield from self._unread(cell, (), columns[column].path, levels)
                elif (
                    not cell.is_figure
                    and (own_path := paths.get(groups[column]))
                    and GRADE_LABEL.fullmatch(own_path[-1])
                ):
                    words = columns[column]._replace(role="words")
                    yield from self._value(cell, row, column, words, own_path, (), (), "", (number, groups[column]))
                else:
                    group = groups[column]
                    before = tuple([said for c, said in named if c < column])
                    own = columns[group].path if group >= 0 else ()
                    yield from self._value(
                        cell, row, column, columns[column], paths[group], own, before, codes[group], (number, group)
                    )

    def _printed_again(self, rows: Sequence[int], columns: Sequence[_Column]) -> set[int]:
        """The columns that are the rest of the one before, of which a source has merged cells printed once for every column:
        one heading, and in every row the same words.
        """
        found: set[int] = set()
        for column in range(1, self.width):
            if not columns[column].path or columns[column].path != columns[column - 1].path:
                continue
            pairs = [(self.at.get((row, column - 1)), self.at.get((row, column))) for row in rows]
            texts = [
                (left.text if left else "", right.text if right else "") for left, right in pairs if left is not right
            ]
            if any(right for _, right in texts) and all(left == right for left, right in texts):
                found.add(column)
        return found

    def _worth_of_band(self, band: _Band, columns: Sequence[_Column], done: set[int]) -> Iterator[CellReading]:
        """What all rows of a block are worth, in the heading 分值（10分）: of the spending where it has a rate of that, else of
        what heads their names.
        """
        for row in self.order[band.top : band.first]:
            for cell in self.rows[row]:
                inside = self._tokens(cell)
                if not (_HEAD_AND_WORTH.fullmatch(cell.text) and len(inside) == 1 and isinstance(inside[0], Quantity)):
                    continue
                rates = [c.path[-1] for c in columns if c.path and c.heads[-1].aspect == "execution_rate"]
                names = [c.path[-1] for c in columns if c.role == "label" and c.path]
                of_block = names if names and _BLOCK_OF_FORM.fullmatch(plain_label(names[-1])) else []
                name = plain_label((rates or of_block or [""])[-1])
                if name:
                    done.add(cell.start)
                    yield CellReading(
                        self._reading(inside[0], name, False), self.number, (name,), (cell.text,), heads=(_WORTH_HEAD,),
                        named=((_ANY_LEVEL, name),), line=row, column=cell.column, words=cell.text,
                    )  # fmt: skip

    def _under_codes(self, row: int, named: list[tuple[int, tuple[str, str]]]) -> list[tuple[int, tuple[str, str]]]:
        """What names a row whose level a code of its own tells: A, A1 and A11, each in a cell before its name."""
        cells = self.rows[row]
        code = cells[0].text if cells else ""
        if not _LEVEL_CODE.fullmatch(code) or not named or (len(named) > 1 and named[0][1][1] != code):
            return named
        column, (head, name) = named[-1]
        if name == code:
            return named
        while self.coded and not (code.startswith(self.coded[-1][0]) and code != self.coded[-1][0]):
            self.coded.pop()
        above = [(column, (head, over)) for _, over in self.coded]
        self.coded.append((code, name))
        return [*above, (column, (head, name))]

    def _sum_before(self, group: int, row: int, labels: Mapping[int, str], columns: Sequence[_Column]) -> str | None:
        """The sum that ends a list of which the second half stands beside the first, under one heading: 公用经费合计 | | | | | 20.00."""
        if group < 0 or not columns[group].path:
            return None
        before = [cell for cell in self.rows[row] if cell.column < self._in_group(group, columns)[0]]
        last = before[-1] if before else None
        if last is None or last.text not in labels.values() or last.is_figure or not last.text.endswith("合计"):
            return None
        over = columns[last.column].path
        return last.text if len(over) > 1 and over[0] == columns[group].path[0] else None

    def _pairs(self, row: int, columns: Sequence[_Column]) -> list[tuple[_Cell, _Cell]]:
        """The names and figures of a row that has them in turn, where others have their names and figures elsewhere."""
        cells = [cell for cell in self.rows[row] if cell.row == row]
        names, figures = cells[::2], cells[1::2]
        if len(names) < _PAIR or len(names) != len(figures) or self.listed:
            return []
        if not all(cell.is_figure for cell in figures) or any(cell.is_figure for cell in names):
            return []
        if not all(_PAIR_NAME.fullmatch(cell.text) for cell in names):
            return []
        over = [columns[cell.column] for cell in names]
        displaced = any(one.path and one.role in ("value", "words") and one.heads[-1].role != "words" for one in over)
        displaced |= any(columns[cell.column].role == "label" and columns[cell.column].path for cell in figures)
        displaced |= not any(
            column.path for column in columns
        )  # 人员编制 | 31 | 实有人数 | 28 under no headings at all
        return list(zip(names, figures, strict=True)) if displaced else []

    def _stub(self, row: int, band: _Band, columns: Sequence[_Column]) -> str | None:
        """What names a row that has no name of its own: the first of the headings, where nothing else stands under it."""
        if not columns[0].path or any(c.role in _NAMING for c in columns[1:]):
            return None
        if columns[0].heads[-1].role != "value" and not _MONEY_OF_FORM.fullmatch(plain_label(columns[0].path[-1])):
            return None
        if any((cell := self.at.get((r, 0))) is not None and cell.row == r for r in self.order[band.first : band.last]):
            return None
        return columns[0].path[-1] if (row, 0) in self.at or band.last - band.first == 1 else None

    @staticmethod
    def _names_none(columns: Sequence[_Column]) -> bool:
        """Whether every column has figures under headings of its own, and the row needs no name; wider is another band."""
        own = columns[: max((at for at, column in enumerate(columns, 1) if column.role), default=0)]
        return bool(own) and all(column.path and column.role == "value" for column in own)

    def _columns(self, band: _Band, rows: Sequence[int]) -> list[_Column]:
        heads = [row for row in self.order[band.top : band.first] if not self._counts_columns(row)]
        found: list[_Column] = []
        values_seen = False
        overs = self._headings(heads)
        for column, over in enumerate(overs):
            path = tuple(cell.text for cell in over)
            read = tuple(read_head(words) for words in path)
            names_seen = any(other.role in ("label", "year", "unit") for other in found)
            role = self._role(column, rows, read, values_seen, names_seen)
            if role == "words" and not read[-1].role and column + 1 < self.width:
                # Names of the rows of another side: the heading of the figures after them stood over figures before.
                after = overs[column + 1]
                if after and any(other.path[-1:] == (after[-1].text,) for other in found if other.role == "value"):
                    role = "label"
            values_seen |= role in ("value", "words") and any((row, column) in self.at for row in rows)
            found.append(_Column(path, read, role))
        return self._named_once(found, rows)

    def _named_once(self, columns: list[_Column], rows: Sequence[int]) -> list[_Column]:
        """Columns of which those that name the same rows by another list of classes, 政府预算经济分类 beside 部门预算经济分类, and
        those with codes of bodies and projects are none of the names.
        """
        pairs = [
            at
            for at in range(len(columns) - 1)
            if columns[at].role == "code" and columns[at + 1].role == "label" and columns[at].path
        ]
        for at, column in enumerate(columns):
            if column.role == "code" and column.path and _OTHER_CODE.search(column.path[-1]):
                columns[at] = column._replace(role="beside")
        economic = [at for at in pairs if self._has_codes(at, rows, "3")]
        if economic:
            for at in pairs:
                if self._has_codes(at, rows, "5") and abs(at - economic[0]) == _PAIR:
                    columns[at], columns[at + 1] = (c._replace(role="beside") for c in columns[at : at + 2])
        return columns

    def _has_codes(self, column: int, rows: Sequence[int], first: str) -> bool:
        codes = [cell.text for row in rows if (cell := self.at.get((row, column))) is not None]
        return bool(codes) and all(text[:1] == first for text in codes if text[:1].isdigit())

    def _role(
        self, column: int, rows: Sequence[int], heads: Sequence[Head], values_seen: bool, names_seen: bool
    ) -> str:
        role = next((head.role for head in reversed(heads) if head.role), "")
        own = heads[-1].role if heads else ""
        cells = [
            cell
            for row in rows
            if (cell := self.at.get((row, column))) is not None and cell.column == column and cell.row == row
        ]
        texts = [cell.text for cell in cells]
        label = heads[-1].label if heads else ""
        if texts and _UNIT_HEAD.fullmatch(label):
            if all(map(_is_unit, texts)) or (
                _SURE_UNIT_HEAD.fullmatch(label) and not any(map(self._has_digits, texts))
            ):
                return "unit"
        if texts and _SIGN_HEAD.fullmatch(label) and all(map(_SIGN.fullmatch, texts)):
            return "beside"
        if heads and _YEAR_HEAD.fullmatch(heads[-1].label) and 2 * sum(map(_is_year_or_sum, texts)) > len(texts):
            return "year"
        if own == "serial" and all(text.isdigit() or not self._has_digits(text) for text in texts):
            return "serial"
        codes = sum(_CLASS_CODE.fullmatch(text) is not None for text in texts)
        if own == "code" and 2 * sum(text[:1].isdigit() for text in texts) >= len(texts):
            return "code"
        values = sum(cell.is_figure for cell in cells)
        nothing = sum(_NOUGHT.fullmatch(text) is not None for text in texts)
        words = len(texts) - values - nothing
        first = not values_seen and not names_seen  # codes stand before the names
        if first and codes and codes == values and own != "value" and self._is_named_beside(column, rows):
            return "code"
        if (own == "value" and (values + nothing >= words or values_seen)) or (
            role == "value" and values + nothing >= words
        ):
            return "value"
        if own == "words":
            return "words"
        if own in ("label", "code") and values <= words:
            return "label"
        if values + nothing > words:
            return "value"
        if not words and not values:
            return "label" if own == "label" else "value" if nothing or own == "value" else ""
        return "words" if values_seen and own != "label" and heads else "label"

    def _is_named_beside(self, column: int, rows: Sequence[int]) -> bool:
        """Whether codes have their names in the next column, or that of the finer codes between."""
        beside = [
            cell
            for row in rows
            for at in (column + 1, column + 2, column + 3)
            if (cell := self.at.get((row, at))) is not None
        ]
        return any(not cell.is_figure and not _NOUGHT.fullmatch(cell.text) for cell in beside)

    def _group_of(self, column: int, columns: Sequence[_Column]) -> int:
        """The last column of those that name the rows of a column of values; -1 where there are none."""
        found = -1
        for left in range(column, -1, -1):
            if columns[left].role not in _NAMING:
                if found >= 0:
                    found = -1  # units between the figures name no row
            elif columns[left].role in ("unit", "beside"):
                found = left if found < 0 else found
            else:
                return left if found < 0 else found
        return found

    def _in_group(self, group: int, columns: Sequence[_Column]) -> range:
        first = group
        while first > 0 and columns[first - 1].role in _NAMING:
            first -= 1
        return range(max(first, 0), group + 1)

    # -- the names of a row ----------------------------------------------------------------------------------------------------

    def _labels_of_row(self, row: int, columns: Sequence[_Column], last_seen: dict[int, str]) -> dict[int, str]:
        """The labels and codes of a row by column. What is left out on the left stands for all rows down to the next."""
        found: dict[int, str] = {}
        for side, group in groupby(range(len(columns)), key=lambda c: columns[c].role in _NAMING):
            if not side:
                continue
            own = list(group)
            printed = self._printed_in(row, own, columns)
            if not printed:
                # Of indicators the levels before a figure of their own go on as well: 一级指标 | 分值 | 二级指标 | 分值 | …
                if any(
                    (row, column) in self.at
                    for column in range(own[-1] + 1, self.width)
                    if columns[column].role == "label"
                ):
                    found |= {
                        c: last_seen[c] for c in own if c in last_seen and _LEVEL.search("".join(columns[c].path))
                    }
                continue
            first = min(printed)
            if printed[first] == "小计" and _LEVEL.search("".join(columns[first].path)):
                # Of a level of indicators what is over the parts of the sum: the level before, or at the first itself.
                over = [c for c in own if c in last_seen and columns[c].role == "label"]
                found |= {c: last_seen[c] for c in [c for c in over if c < first] or over[:1]}
                continue
            for column in own:
                if column in printed:
                    found[column] = last_seen[column] = printed[column]
                elif (
                    column < first
                    and column in last_seen
                    and (row, column) not in self.at
                    and (printed[first] == "小计" or not _TOTALS.fullmatch(printed[first]))
                ):
                    found[column] = last_seen[column]
                elif column > first:
                    last_seen.pop(column, None)
        return dict(sorted(found.items()))

    def _printed_in(self, row: int, own: Sequence[int], columns: Sequence[_Column]) -> dict[int, str]:
        """What is printed in the columns that name a row. A name that begins in the column of codes or of numbers is a name."""
        printed: dict[int, str] = {}
        names = next((c for c in reversed(own) if columns[c].role == "label"), None)
        for column in own:
            cell = self.at.get((row, column))
            if cell is None or (cell.column != column and cell.column in own):
                continue
            role = columns[column].role
            if role == "label" or (role == "code" and (cell.text[:1].isdigit() or names is None)):
                printed[column] = cell.text
            elif role in ("code", "serial", "beside") and names is not None and not self._has_digits(cell.text):
                printed.setdefault(names, cell.text)  # 合计 in the column of codes
        return printed

    def _path(
        self,
        group: int,
        labels: Mapping[int, str],
        columns: Sequence[_Column],
        parents: dict[int, list[tuple[int, str]]],
    ) -> tuple[str, ...]:
        own = [labels[c] for c in self._in_group(group, columns) if c in labels and columns[c].role == "label"]
        if not own:
            return ()
        # 合计 in every column of names is one name; a level can be called as the one over it.
        names = [*(name for name in own[:-1] if name != own[-1]), own[-1]]
        above = self._parents(parents.setdefault(group, []), names[-1]) if len(names) == 1 else ()
        if self.mixed and names[-1].startswith("其中"):
            above = ()  # the row before it may be of the other side
        return (*above, *names)

    @staticmethod
    def _parents(open_rows: list[tuple[int, str]], label: str) -> tuple[str, ...]:
        """The rows that a row stands under, by its number and by 其中."""
        rank = _rank(label)
        if rank == 0:
            open_rows.clear()
            if not _TOTALS.fullmatch(label):
                open_rows.append((0, label))
            return ()
        while open_rows and open_rows[-1][0] >= rank:
            open_rows.pop()
        above = tuple(name for _, name in open_rows)
        open_rows.append((rank, label))
        return above

    def _code(self, group: int, labels: Mapping[int, str], columns: Sequence[_Column]) -> str:
        code = ""
        for column in self._in_group(group, columns):
            if columns[column].role == "code" and column in labels:
                digits = labels[column]
                if len(digits) == 1 and code:
                    digits = f"0{digits}"  # 301 | 2: written as a number
                code = digits if len(digits) != 2 else code + digits
        if not code:
            glued = (
                None
                if columns[group].role == "code"
                else next(
                    (m for c in self._in_group(group, columns) if c in labels and (m := _GLUED_CODE.match(labels[c]))),
                    None,
                )
            )
            code = glued[1] if glued is not None else ""
        return code if code.isdigit() else ""

    # -- values ----------------------------------------------------------------------------------------------------------------

    def _value(
        self, cell: _Cell, row: int, column: int, head: _Column, path: tuple[str, ...], own_heads: tuple[str, ...],
        named: tuple[tuple[str, str], ...], code: str, group: tuple[int, int],
    ) -> Iterator[CellReading]:  # fmt: skip
        inside = self._tokens(cell)
        figures = [token for token in inside if isinstance(token, Quantity)]
        whole = len(figures) == 1 and self._covers(figures[0], cell)
        if len(figures) > 1 and len(figures) == len(inside) and _SPACED.fullmatch(self.text, cell.start, cell.end):
            figures = [self._of_digits(cell)]  # 1 113.71
            whole = True
        quantity: Quantity | None = None
        optional = False
        if head.role == "words":
            if not figures and not cell.text:
                return
            quantity = (
                figures[0]
                if whole
                else Quantity(cell.start, cell.end, "text", "stated", None, None, None, None, None, None, None)
            )
            optional = not figures
        elif whole:
            quantity = figures[0]
        elif not inside or (len(inside) == 1 and not figures and _VALUE.fullmatch(cell.text)):
            quantity, optional = self._without_figure(cell)
        if quantity is None or cell.rest:
            yield from self._unread(cell, path, head.path)
            return
        unit, words = self._unit(head.heads, own_heads, path, row, [label for _, label in named])
        depth = len({label for _, label in named if label in path}) if len(path) > 1 else 1
        yield CellReading(
            self._reading(quantity, path[-1] if path else "", optional), self.number, path, head.path, own_heads, head.heads, named, code,
            unit, words, row, column, group, depth=depth, words=cell.text, year=self._year_of(row), title=self.title, inner=() if whole else tuple(inside),
        )  # fmt: skip

    def _without_figure(self, cell: _Cell) -> tuple[Quantity | None, bool]:
        """A dash or 无, what is blotted out, or a figure that the scan took for something else (a year: 2024)."""
        nothing = (None, None, None, None, None, None, None)
        if _NOUGHT.fullmatch(cell.text):
            return Quantity(cell.start, cell.end, "amount", "none", *nothing), True
        if _HIDDEN.fullmatch(cell.text):
            return Quantity(cell.start, cell.end, "amount", "redacted", *nothing), True
        if _DIGITS.fullmatch(cell.text):
            return self._of_digits(cell), False
        return None, False

    @staticmethod
    def _of_digits(cell: _Cell) -> Quantity:
        """The figure that a cell holds from end to end."""
        value = Decimal(cell.text.replace(",", "").replace("，", "").replace("－", "-"))
        decimals = len(cell.text.partition(".")[2])
        state = "zero" if value == 0 else "stated"
        return Quantity(cell.start, cell.end, "number", state, value, decimals, None, None, None, None, None)

    def _unit(
        self, heads: Sequence[Head], own_heads: Sequence[str], path: Sequence[str], row: int, beside: Sequence[str] = ()
    ) -> tuple[str | None, str | None]:
        """The unit of a value and how it is printed: in a column of units, the row's label, the headings of its column or, for
        money, of the names or ``beside`` it in the row; else over the table.
        """
        own = next((cell for column in self.unit_columns if (cell := self.at.get((row, column))) is not None), None)
        of_row = own is not None and not (heads and (heads[-1].unit is not None or _MARKED.search(heads[-1].label)))
        if own is not None and of_row and not _NOUGHT.fullmatch(own.text):
            return read_head(f"（{own.text.split('（')[0]}）").unit, own.text
        if heads and (heads[-1].unit == "%" or (heads[-1].unit in MONEY and _WORTH.search(heads[-1].label))):
            return heads[-1].unit, heads[-1].unit_words
        for label in reversed(path):
            said = read_head(label)
            if said.unit is not None:
                return said.unit, said.unit_words
        for head in reversed(heads):
            if head.unit is not None:
                return head.unit, head.unit_words
        for words in (*reversed(own_heads), *beside, *self.beside):
            said = read_head(words)
            if said.unit in MONEY:
                return (
                    said.unit,
                    said.unit_words,
                )  # 项目资金（万元） over 年度资金总额, or before 预算数 | 36 | 执行数 | 35
        return (self.unit, self.unit) if self.unit is not None else (self.about.unit, self.about.unit_words)

    def _year_of(self, row: int) -> str:
        return next((cell.text for column in self.year_columns if (cell := self.at.get((row, column))) is not None), "")

    def _said_over(self, band: _Band) -> tuple[str, str | None]:
        """The title and the unit in the rows of one cell over a band that is not the first of the table."""
        title, unit = "", None
        if self.listed and len(lone := self.rows[self.order[band.top - 1]] if band.top else []) == 1:
            over = read_head(lone[0].text)  # 预算执行情况（万元）, which stood beside the headings
            unit = over.unit if over.unit in MONEY else None
        for at in range(band.top - 1, max(band.top - _OVER, 0) - 1, -1):
            cells = self.rows[self.order[at]]
            if len(cells) != 1 or cells[0].is_figure or band.top == self.first_band:
                break
            unit = unit or stated_unit(cells[0].text)
            if (
                _TITLE_WORDS.search(cells[0].text)
                and stated_unit(cells[0].text) is None
                and not _MAKER.fullmatch(cells[0].text)
            ):
                title = cells[0].text
                break
        return title, unit

    def _unread(
        self, cell: _Cell, path: tuple[str, ...], column: tuple[str, ...], named: Sequence[tuple[str, str]] = ()
    ) -> Iterator[CellReading]:
        """The numbers in a label, a heading or a text: they belong to nothing, and are not lost. What an indicator is worth can
        stand behind its name, in the row that ``named`` names or in one of its own.
        """
        worth = _NAME_AND_WORTH.fullmatch(cell.text) is not None and _MARKS_ALONE.match(cell.text) is None
        tokens = self._tokens(cell)
        if self.with_levels and worth and (inside := tokens[-1:]):
            of_level = bool(named) and named[-1][1] == cell.text and _LEVEL.search(named[-1][0]) is not None
            own = tuple(named) if of_level else ((_ANY_LEVEL, cell.text),)
            if isinstance(inside[0], Quantity) and (of_level or not named or len(self.rows[cell.row]) == 1):
                yield CellReading(
                    self._reading(inside[0], cell.text, False), self.number, tuple([name for _, name in own]), (cell.text,),
                    heads=(_WORTH_HEAD,), named=own, line=cell.row, column=cell.column, words=cell.text,
                )  # fmt: skip
                tokens = tokens[:-1]  # 年度绩效目标1（80分）
        glued = _GLUED_CODE.match(cell.text)
        for token in tokens:
            if not isinstance(token, Quantity):
                continue
            if self.with_levels and token.kind == "score" and _SCORED_SO.search(self.text[cell.start : token.start]):
                yield CellReading(
                    self._reading(token, _WHOLE, False), self.number, (_WHOLE,), (_SCORE_HEAD.label,), heads=(_SCORE_HEAD,),
                    named=((_ANY_LEVEL, _WHOLE),), line=cell.row, column=cell.column, words=cell.text,
                )  # fmt: skip
                continue
            if glued is not None and token.start == cell.start and not path:
                self.others.append(NonQuantity(token.start, token.end, "code", None))
                continue
            label = path[-1] if path else ""
            yield CellReading(self._reading(token, label, False), self.number, path, column, is_value=False)

    def _count_as(self, cell: _Cell, cls: str) -> None:
        for token in self._tokens(cell):
            if isinstance(token, Quantity):
                self.others.append(NonQuantity(token.start, token.end, cls, None))

    def _tokens(self, cell: _Cell) -> list[Token]:
        found: list[Token] = []
        for start, end in ((cell.start, cell.end), *cell.rest):
            low = bisect_left(self.starts, start)
            found += self.tokens[low : bisect_left(self.starts, end, low)]
        return found

    def _covers(self, quantity: Quantity, cell: _Cell) -> bool:
        """Whether a cell holds a figure and nothing else."""
        rest = self.text[cell.start : quantity.start] + self.text[quantity.end : cell.end]
        return not rest or _NOTHING_ELSE.fullmatch(rest) is not None

    def _reading(self, quantity: Quantity, label: str, optional: bool) -> Reading:
        return Reading(
            quantity, self.block, (quantity.start, quantity.end), (plain_label(label),) if label else ("",), "value", 1, None, None,
            None, None, None, None, None, True, False, "statement", None, optional, None, "table", "", "", False, None,
        )  # fmt: skip

    @staticmethod
    def _has_digits(text: str) -> bool:
        return any(char.isdigit() for char in text)


def _head_of_names(path: Sequence[str]) -> str:
    """What the names of a column are names of: 二级指标 over 名称 | 分值."""
    named = [words for words in path if words not in ("名称", "内容") and not _UNIT_ALONE.fullmatch(words)] or path
    return named[-1] if named else ""


def _whole(cells: Sequence[_Cell]) -> list[_Cell]:
    """Cells with what goes on of them in the next line."""
    found: list[_Cell] = []
    for cell in cells:
        if found and (found[-1].row, found[-1].column) == (cell.row, cell.column):
            before = found.pop()
            rest = (*before.rest, (cell.start, cell.end))
            found.append(before._replace(text=before.text + cell.text, rest=rest))
        else:
            found.append(cell)
    return found


_RANKS = (
    (6, re.compile("其中|(?:——|—|-)")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[、.．]")),
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）")),
    (3, re.compile(r"\d{1,2}[、.．](?!\d)")),
    (4, re.compile(r"（\d{1,2}）")),
    (5, re.compile("[①-⑳]")),
)


def _uncut(cells: Sequence[_Cell]) -> list[_Cell]:
    """Cells of which the names of levels cut in two, 产出 over 指标, and what is set upright, 绩 over 效 over 指 over 标, are one."""
    if not any(_REST_OF_LEVEL.fullmatch(cell.text) for cell in cells):
        return list(cells)
    over: dict[tuple[int, int], int] = {}
    found: list[_Cell] = []
    for cell in cells:
        at = over.get((cell.row - 1, cell.column), len(found))
        text = (found[at].text if at < len(found) else "") + cell.text
        of_level = _REST_OF_LEVEL.fullmatch(cell.text) is not None and _CUT_LEVEL.fullmatch(text) is not None
        upright = len(cell.text) == 1 and any(words.startswith(text) for words in _UPRIGHT)
        if at < len(found) and (of_level or upright) and not found[at].text.endswith("指标"):
            found[at] = found[at]._replace(text=text, rest=(*found[at].rest, (cell.start, cell.end)))
        else:
            at = len(found)
            found.append(cell)
        over[cell.row, cell.column] = at
    return found


def _widened(cells: list[_Cell]) -> list[_Cell]:
    """Cells with the headings that lost their width over as many columns as they are over."""
    if any(cell.rows > 1 or cell.columns > 1 for cell in cells):
        return cells  # the source says itself which cells are merged
    lost = widths(_by_row(cells))
    if not lost:
        return cells
    return [
        cell._replace(column=column, columns=columns)
        for cell in cells
        for column, columns in [lost.get((cell.row, cell.column), (cell.column, cell.columns))]
    ]


def _by_row(cells: Iterable[_Cell]) -> dict[int, list[tuple[int, str]]]:
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        rows.setdefault(cell.row, []).append((cell.column, cell.text))
    return rows


def _moved(cells: list[_Cell]) -> list[_Cell]:
    """Cells with those of rows that lost the levels over them put under their headings."""
    if sum(LEVEL_HEAD.fullmatch(cell.text) is not None for cell in cells) < _PAIR:
        return cells
    if any(cell.rows > 1 for cell in cells):
        return cells  # the source says itself which cells are merged
    lost = shifts(_by_row(cells))
    return [cell._replace(column=cell.column + lost.get(cell.row, 0)) for cell in cells] if lost else cells


_REST_OF_LEVEL = re.compile("[出益本意度影响续态济会量效]{0,4}指?标")
_CUT_LEVEL = re.compile(
    "(?:产出|效益|成本|满意度|服务对象满意度|数量|质量|时效|经济效益|社会效益|生态效益|可持续影响|经济成本|社会成本|生态环境成本)指标"
)
_UPRIGHT = ("绩效指标", "年度绩效指标", "绩效目标")


@lru_cache(maxsize=8192)
def _rank(label: str) -> int:
    """The level of a row by the number that it begins with; 0 without one."""
    return next((rank for rank, pattern in _RANKS if pattern.match(label)), 0)

"""Rows set with spaces: their columns, and headings that stand over several of them."""

from __future__ import annotations

import pytest

from reportparse.layout import lay_out
from reportparse.spaced import columns_of, over_columns, placed_in_order, refined, with_headings

TABLES = {
    "a band in the middle of its columns": (
        """
项目          本年收入              本年支出              年末结转
                           小计   基本支出   项目支出
合计          62.50       60.40              60.40     3.21
农林水支出    50.00       49.10              49.10     0.90
""",
        [
            "项目", "1 本年收入", "2x3 本年支出", "5 年末结转", "2 小计", "3 基本支出", "4 项目支出",
            "合计", "1 62.50", "2 60.40", "4 60.40", "5 3.21", "农林水支出", "1 50.00", "2 49.10", "4 49.10", "5 0.90",
        ],
    ),
    "bands next to each other": (
        """
单位名称         编制数              实有人数        离退休人员
           小计   行政   事业   小计   行政   事业   离休   退休
合计       58     18     40     55     17     38     1      23
""",
        [
            "单位名称", "1x3 编制数", "4x3 实有人数", "7x2 离退休人员", "1 小计", "2 行政", "3 事业", "4 小计", "5 行政",
            "6 事业", "7 离休", "8 退休", "合计", "1 58", "2 18", "3 40", "4 55", "5 17", "6 38", "7 1", "8 23",
        ],
    ),
    "two headings of a band": (
        """
科目名称     本年收入合计       事业收入          其他收入
                          小计   教育收费
合计         72.31        60.00  1.00          12.31
农林水支出   70.11        60.00  1.00          10.11
""",
        [
            "科目名称", "1 本年收入合计", "2x2 事业收入", "4 其他收入", "2 小计", "3 教育收费", "合计", "1 72.31",
            "2 60.00", "3 1.00", "4 12.31", "农林水支出", "1 70.11", "2 60.00", "3 1.00", "4 10.11",
        ],
    ),
    "bands over bands": (
        """
           预算数                          决算数
合计     车辆费用      接待费   合计     车辆费用      接待费
       小计   购置费                   小计   购置费
9.00   8.00   3.00     1.00     7.00   6.00   2.00     0.50
""",
        [
            "x4 预算数", "4x4 决算数", "合计", "1x2 车辆费用", "3 接待费", "4 合计", "5x2 车辆费用", "7 接待费", "1 小计", "2 购置费",
            "5 小计", "6 购置费", "9.00", "1 8.00", "2 3.00", "3 1.00", "4 7.00", "5 6.00", "6 2.00", "7 0.50",
        ],
    ),
    "the first halves of headings are over nothing else": (
        """
                    附属单位    以前年度
项目      事业收入  上缴收入    结转收入    其他收入
合计      9.00      8.00        5.00        7.00
接待费    3.00      2.00        1.00        1.00
""",
        [
            "2 附属单位", "3 以前年度", "项目", "1 事业收入", "2 上缴收入", "3 结转收入", "4 其他收入",
            "合计", "1 9.00", "2 8.00", "3 5.00", "4 7.00", "接待费", "1 3.00", "2 2.00", "3 1.00", "4 1.00",
        ],
    ),
    "one level of headings": (
        """
项目      预算数   决算数
合计      9.00     8.00
接待费    3.00
会议费             1.00
""",
        ["项目", "1 预算数", "2 决算数", "合计", "1 9.00", "2 8.00", "接待费", "1 3.00", "会议费", "2 1.00"],
    ),
    "blank lines between rows, and an amount one space before the next side": (
        """
编制单位：某站                                       单位：元

           收入                              支出

   项目               预算数         项目           预算数

一、财政拨款         1,200,000 一、农林水支出         900,000

二、事业收入                   二、卫生健康支出 1,100,000

三、经营收入

四、其他收入           800,000
""",
        [
            "x2 收入", "2x2 支出", "项目", "1 预算数", "2 项目", "3 预算数", "一、财政拨款", "1 1,200,000", "2 一、农林水支出", "3 900,000",
            "二、事业收入", "2 二、卫生健康支出", "3 1,100,000", "三、经营收入", "四、其他收入", "1 800,000",
        ],
    ),
    "a code in columns of its own, which its headings stand beside": (
        """
部门：某站                                    单位：万元

          项目                          支出决算

科目编码
               科目名称        合计    基本支出   项目支出
类   款   项

213            农林水支出      9.00        6.00       3.00
213  03        水利            9.00        6.00       3.00
213  03  06    水利工程        3.00                   3.00
               合计            9.00        6.00       3.00
""",
        [
            "x4 项目", "4x3 支出决算", "x3 科目编码", "3 科目名称", "4 合计", "5 基本支出", "6 项目支出", "类", "1 款", "2 项",
            "213", "3 农林水支出", "4 9.00", "5 6.00", "6 3.00", "213", "1 03", "3 水利", "4 9.00", "5 6.00", "6 3.00",
            "213", "1 03", "2 06", "3 水利工程", "4 3.00", "6 3.00", "3 合计", "4 9.00", "5 6.00", "6 3.00",
        ],
    ),
    "columns that drift with the length of the names, and rows that lack cells": (
        """
单位：元
                功能分类科目名称   合计         基本支出       项目支出
205   01   01   行政运行       1,250,000   1,250,000
205   01   02   一般行政管理事务   2,500,000                2,500,000
205   01   99   其他教育管理事务支出      300,000      100,000     200,000
206             科学技术支出       1,000,000   1,000,000
206   07   02   科普活动       1,000,000   900,000     100,000
206   07   03   其他         800,000   700,000     100,000
""",
        [
            "3 功能分类科目名称", "4 合计", "5 基本支出", "6 项目支出", "205", "1 01", "2 01", "3 行政运行", "4 1,250,000", "5 1,250,000",
            "205", "1 01", "2 02", "3 一般行政管理事务", "4 2,500,000", "6 2,500,000", "205", "1 01", "2 99", "3 其他教育管理事务支出",
            "4 300,000", "5 100,000", "6 200,000", "206", "3 科学技术支出", "4 1,000,000", "5 1,000,000", "206", "1 07", "2 02",
            "3 科普活动", "4 1,000,000", "5 900,000", "6 100,000", "206", "1 07", "2 03", "3 其他", "4 800,000", "5 700,000", "6 100,000",
        ],
    ),
    "a heading over two lines beside a band": (
        """
单位：万元
              车辆费用        机关运行经
接待费                          费预算数
           小计   购置费
  1.00     2.00     2.00           3.50
""",
        [
            "1x2 车辆费用", "3 机关运行经费预算数", "接待费", "1 小计", "2 购置费", "1.00", "1 2.00", "2 2.00", "3 3.50",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_places(name: str) -> None:
    table, wanted = TABLES[name]
    layout = lay_out(f"一、概况\n我站承担全县河道巡查工作。\n{table.strip(chr(10))}\n")
    (grid,) = layout.grids.values()
    shown = [
        f"{place.column or ''}{f'x{place.columns}' if place.columns > 1 else ''} "
        f"{''.join(layout.flat.text[a:b] for a, b in ((start, end), *rest))}".strip()
        for place, start, end, rest in grid.cells
    ]
    assert shown == wanted


def test_what_stands_between_two_headed_columns_is_over_both() -> None:
    rows = [[(0, 4), (13, 17)], [(0, 4), (8, 12), (18, 22)], [(0, 4), (8, 12), (18, 22)]]
    assert columns_of(rows, 2) == [(0, 4), (8, 12), (18, 22)]
    assert columns_of([rows[0], [(0, 4)], [(0, 4), (8, 12), (18, 22)]], 2)[2] == (13, 17)


def test_more_headings_than_columns_are_not_placed() -> None:
    assert over_columns([(0, 2), (2, 4), (4, 6)], [[0, 1]], [(0, 3), (3, 6)]) is None
    assert over_columns([(1, 5)], [[0, 1]], [(0, 3), (3, 6)]) == [(0, 2)]


def test_headings_over_three_columns_join_those_that_no_row_has_both_of() -> None:
    columns = [(0.0, 4.0), (5.0, 6.0), (7.0, 9.0)]
    rows = [[(0.0, 4.0)], [(5.0, 6.0), (7.0, 9.0)]]
    assert with_headings(columns, [(0.0, 9.0)], rows) == [(0.0, 6.0), (7.0, 9.0)]


def test_what_one_cell_reaches_over_is_parted_again() -> None:
    rows = [[(0, 4), (10, 14), (20, 24)], [(0, 4), (12, 14), (22, 24)], [(0, 4), (11, 21)]]
    own = [[False, True, True], [False, True, True], [False, True]]
    assert len(columns_of(rows, 0)) == 2
    assert len(refined(columns_of(rows, 0), rows, own)) == 3


def test_names_in_the_middle_are_under_the_names() -> None:
    rows = [[(0, 4), (20, 24)], [(0, 5), (20, 24)], [(8, 10), (20, 24)]]
    own = [[False, True]] * 3
    assert [column[0] for column in refined(columns_of(rows, 0), rows, own)] == [0, 20]


def test_a_row_that_fits_no_columns_has_none() -> None:
    rows: list[list[tuple[float, float]]] = [[(0, 4), (10, 14), (20, 24)]] * 3 + [[(0, 4), (1, 5)]]
    own: list[list[bool | None]] = [[False, True, True]] * 3 + [[False, False]]
    placed = [[(0, 1), (1, 1), (2, 1)]] * 3 + [[(0, 1), (0, 1)]]
    assert placed_in_order(rows, own, placed, 3)[-1] == []

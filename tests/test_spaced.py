"""Rows set with spaces: their columns, and headings that stand over several of them."""

from __future__ import annotations

import pytest

from reportparse.layout import lay_out
from reportparse.spaced import columns_of, over_columns

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
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_places(name: str) -> None:
    table, wanted = TABLES[name]
    layout = lay_out(f"一、概况\n我站承担全县河道巡查工作。\n{table.strip(chr(10))}\n")
    (grid,) = layout.grids.values()
    shown = [
        f"{place.column or ''}{f'x{place.columns}' if place.columns > 1 else ''} {layout.flat.text[start:end]}".strip()
        for place, start, end, _ in grid.cells
    ]
    assert shown == wanted


def test_what_stands_between_two_headed_columns_is_over_both() -> None:
    rows = [[(0, 4), (13, 17)], [(0, 4), (8, 12), (18, 22)], [(0, 4), (8, 12), (18, 22)]]
    assert columns_of(rows, 2) == [(0, 4), (8, 12), (18, 22)]
    assert columns_of([rows[0], [(0, 4)], [(0, 4), (8, 12), (18, 22)]], 2)[2] == (13, 17)


def test_more_headings_than_columns_are_not_placed() -> None:
    assert over_columns([(0, 2), (2, 4), (4, 6)], [[0, 1]], [(0, 3), (3, 6)]) is None
    assert over_columns([(1, 5)], [[0, 1]], [(0, 3), (3, 6)]) == [(0, 2)]

"""The statutory tables of which only the cells are left: headings of several levels, numbered rows, lists side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse import parse
from reportparse.bands import Band, arrange
from reportparse.stacked import ASIDE, read_stacked

CASES = {
    "columns that are counted": (
        "科目编码 科目名称 本年支出 小计 基本支出 项目支出 栏次 1 2 3 合计 9.1 4.1 5.0",
        "0:0 0:1 0:2x3 1:2 1:3 1:4 3:0x2 3:2 3:3 3:4 4:1 4:2 4:3 4:4",
    ),
    "a band between columns": (
        "项目 年初结转 本年收入 本年支出 年末结转 小计 基本支出 项目支出 栏次 1 2 3 4 5 6 合计 1 9 8 2 6 2",
        "0:0 0:1 0:2 0:3x3 0:6 1:3 1:4 1:5 3:0 3:1 3:2 3:3 3:4 3:5 3:6 4:0 4:1 4:2 4:3 4:4 4:5 4:6",
    ),
    "a sum that has all its figures": (
        "科目编码 科目名称 支出合计 基本支出 项目支出 小计 人员经费 公用经费 合计 9 4 3 1 5 205 教育支出 9 4 3 1 5",
        "0:0 0:1 0:2 0:3x3 0:6 1:3 1:4 1:5 4:1 4:2 4:3 4:4 4:5 4:6 5:0 5:1 5:2 5:3 5:4 5:5 5:6",
    ),
    "a change under two years": (
        "科目名称 2022年决算数 2023年决算数 2023年比2022年 增减额 增减% 合计 9.1 8.1 -1.0 -10.99%",
        "0:0 0:1 0:2 0:3x2 1:3 1:4 4:0 4:1 4:2 4:3 4:4",
    ),
    "of a row that lacks figures the sum alone is certain": (
        "科目编码 科目名称 本年支出 小计 基本支出 项目支出 栏次 1 2 3 208 社会保障 4.0 4.0 213 农林水 5",
        "0:0 0:1 0:2x3 1:2 1:3 1:4 3:0x2 3:2 3:3 3:4 4:0 4:1 4:2 4:? 5:0 5:1 5:2",
    ),
    "columns of expenditure that are empty down to the sum": (
        "科目编码 科目名称 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 合计 9 4 5 205 教育支出 4.0 4.0 206 科技支出 5.0 5.0",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 4:1 4:2 4:3 4:4 5:0 5:1 5:2 5:3 6:0 6:1 6:2 6:4",
    ),
    "of income from sources that are not told apart the sum alone is certain": (
        "科目编码 科目名称 本年收入合计 财政拨款收入 事业收入 经营收入 其他收入 合计 9 8 1 205 教育支出 9.0 8.0 1.0",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 4:1 4:2 4:? 4:? 5:0 5:1 5:2 5:? 5:?",
    ),
    "a sum named by the year's budget, in the last row": (
        "科目编码 科目名称 2025年预算数合计 基本支出 项目支出 205 教育支出 4.0 4.0 206 科技支出 5.0 5.0 合计 9.0 4.0 5.0",
        "0:0 0:1 0:2 0:3 0:4 4:0 4:1 4:2 4:3 5:0 5:1 5:2 5:4 6:1 6:2 6:3 6:4",
    ),
    "figures behind names, under a row without a name, are of another table": (
        "合计 因公出国（境）费 公务接待费 公务用车购置及运行费 小计 购置费 运行费 4.2 0 0.7 3.5 0 3.5 团组数 1 车辆 2",
        "0:0 0:1 0:2 0:3x3 1:3 1:4 1:5 4:0 4:1 4:2 4:3 4:4 4:5 5:? 5:? 6:? 6:?",
    ),
    "a row without a name": (
        "合计 因公出国（境）费 公务接待费 公务用车购置及运行费 机关运行经费 小计 购置费 运行费 4.2 0 0.7 3.5 0 3.5 9",
        "0:0 0:1 0:2 0:3x3 0:6 1:3 1:4 1:5 4:0 4:1 4:2 4:3 4:4 4:5 4:6",
    ),
    "headings of three levels": (
        "三公经费预算数 机关运行经费 合计 因公出国（境）费 公务接待费 公务用车购置及运行费 小计 购置费 运行费 4.2 0 0.7 3.5 0 3.5 9",
        "0:0x6 0:6 1:0 1:1 1:2 1:3x3 2:3 2:4 2:5 4:0 4:1 4:2 4:3 4:4 4:5 4:6",
    ),
    "a code in three columns": (
        "项目 收入预算 科目编码 科目名称 合计 财政拨款收入 事业收入 类 款 项 合计 9 8 1 208 社保支出 4 4 0 208 05 养老支出 4 4 0 213 农林水 5 4 1",
        "0:0x4 0:4x3 0:0x3 1:3 1:4 1:5 1:6 1:0 1:1 1:2 4:3 4:4 4:5 4:6 5:0 5:3 5:4 5:5 5:6 6:0 6:1 6:3 6:4 6:5 6:6 7:0 7:3 7:4 7:5 7:6",
    ),
    "two sides, one of them with a column for every fund": (
        "收入 支出 项目 决算数 项目 合计 一般公共预算 政府性基金 一、财政拨款 9 一、教育支出 9 8 1 本年支出合计 9 9",
        "0:0x2 0:2x4 2:0 2:1 2:2 2:3 2:4 2:5 3:0 3:1 4:2 4:3 4:4 4:5 5:2 5:3 5:?",
    ),
    "three lists side by side": (
        "科目编码 科目名称 金额 科目编码 科目名称 金额 301 工资福利支出 9 302 商品和服务支出 2.1 人员经费合计 9",
        "0:0 0:1 0:2 0:? 0:? 0:? 1:0 1:1 1:2 2:0 2:1 2:2 3:1 3:2",
    ),
    "numbered rows of two sides": (
        "收入 支出 项目 行次 决算数 项目 行次 决算数 一、拨款 1 9.1 一、教育支出 4 8.1 二、补助 2 二、国防支出 5 总计 3 9.1 总计 6 9.1",
        "0:0x3 0:3x3 2:0 2:1 2:2 2:3 2:4 2:5 5:0 5:1 5:2 5:3 5:4 5:5 6:0 6:1 6:3 6:4 7:0 7:1 7:2 7:3 7:4 7:5",
    ),
    "numbered rows of which one side is left out": (
        "项目 行次 金额 项目 行次 金额 一、拨款 1 9.1 一、教育支出 4 8.1 二、国防支出 5 7.1 总计 3 9.1 总计 6 9.1",
        "0:0 0:1 0:2 0:3 0:4 0:5 3:0 3:1 3:2 3:3 3:4 3:5 4:3 4:4 4:5 5:0 5:1 5:2 5:3 5:4 5:5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_rows_and_columns(name: str) -> None:
    cells, places = CASES[name]
    found = read_stacked(cells.split())
    assert found is not None
    shown = [f"{row}:{'?' if column == ASIDE else column}{f'x{n}' if n > 1 else ''}" for row, column, n in found]
    assert shown == places.split()


@pytest.mark.parametrize(
    "cells",
    [
        "甲 乙 丙 1 2",
        "项目 预算数 决算数 合计 9 8 接待费 1 1",
        "一级指标 二级指标 分值 得分 产出 数量 10 9",
        "项目 甲费 乙费 丙费 合计 9 8 1 2",  # more figures than headings, and no band that could be over them
        "科目编码 科目名称 金额 科目编码 科目名称 数量 301 工资 9",  # lists of two kinds
        "行次 项目 金额",
        "",
    ],
)
def test_other_tables_are_none_of_these(cells: str) -> None:
    assert read_stacked(cells.split()) is None


@pytest.mark.parametrize(
    ("labels", "count", "leaves", "bands"),
    [
        ("基本支出 项目支出 小计 人员经费 公用经费", 4, [2, 3, 4, 1], [Band(0, 0, 3, 0)]),
        ("预算数 决算数 合计 接待费 合计 接待费", 4, [2, 3, 4, 5], [Band(0, 0, 2, 0), Band(1, 2, 2, 0)]),
        ("合计 接待费", 2, [0, 1], []),
        (
            "编制数 实有人数 离退休人员 小计 行政 事业 小计 行政 事业 离休 退休",
            8,
            [3, 4, 5, 6, 7, 8, 9, 10],
            [Band(0, 0, 3, 0), Band(1, 3, 3, 0), Band(2, 6, 2, 0)],
        ),
        ("财政拨款收入 事业收入 其他收入 小计 其中：教育收费", 4, [0, 3, 4, 2], [Band(1, 1, 2, 0)]),
        ("流动资产 固定资产 小计 房屋 车辆", 4, [0, 2, 3, 4], [Band(1, 1, 3, 0)]),
    ],
)
def test_which_headings_stand_over_others(labels: str, count: int, leaves: list[int], bands: list[Band]) -> None:
    assert arrange(labels.split(), count) == (leaves, bands)


def test_bands_are_not_guessed() -> None:
    assert arrange("甲费 乙费 丙费 丁费".split(), 3) is None
    assert arrange("基本支出 项目支出".split(), 5) is None
    # the names of posts can be parted in three ways
    assert arrange("实有人数 在职人数 行政 事业 参公 工勤 政法".split(), 5) is None


@given(
    st.lists(
        st.sampled_from(["科目编码", "项目", "行次", "栏次", "合计", "预算数", "208", "1", "2", "3.5", "—"]),
        max_size=24,
    )
)
def test_every_cell_has_a_place_and_no_two_figures_the_same(cells: list[str]) -> None:
    found = read_stacked(cells)
    if found is None:
        return
    assert len(found) == len(cells)
    figures = [place[:2] for cell, place in zip(cells, found, strict=True) if cell[-1].isdigit() and place[1] != ASIDE]
    assert len(set(figures)) == len(figures)


def test_the_title_of_another_table_ends_the_cells_of_one() -> None:
    lines = """某县水利局2023年度部门决算
一、收入决算表
单位：万元
科目编码
科目名称
本年收入合计
财政拨款收入
合计
73.5
73.5
213
农林水支出
73.5
73.5
“三公”经费支出决算表
单位：万元
项目
预算数
决算数
合计
2.10
1.90
公务接待费
2.10
1.90
"""
    keys = {fact.quote: fact.key for fact in parse(lines.encode()).facts if fact.where == "table"}
    assert keys["1.90"].startswith("three_public.reception{")

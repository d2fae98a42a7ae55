"""Tables whose bars stand on lines of their own, behind every cell, or in rows that lost the places of their empty cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportparse import parse
from reportparse.barred import barred_rows, barred_runs, closed_runs, emptied_cells, emptied_runs


def lines(cells: str) -> list[str]:
    """Lines parted by spaces."""
    return cells.split()


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        ("| 项目 | 合计 | | 拨款 | 9 |", [["项目", "合计"], ["拨款", "9"]]),
        ("| | 项目 | 预算 数 | | 拨款 | 9 | | 其他 | 8 |", [["项目", "预算数"], ["拨款", "9"], ["其他", "8"]]),
        (
            "| 项目 | 合计 | 基金 | | 拨款 | 9 | | | 其他 | 8 | 7 |",
            [["项目", "合计", "基金"], ["拨款", "9", ""], ["其他", "8", "7"]],
        ),
        ("| 项目 | 合计 | 基金 | 拨款 | 9 | 8 |", []),  # nothing tells where a row ends
        ("| 项目 | 合计 | | 拨款 | 9 | 8 | | 其他 | 7 |", []),  # rows that are not as wide as each other
    ],
)
def test_rows(cells: str, rows: list[list[str]]) -> None:
    texts = lines(cells)
    assert [["".join(texts[at] for at in cell) for cell in row] for row in barred_rows(texts)] == rows


def test_where_it_begins_and_ends() -> None:
    texts = lines("说明 | 项目 | 合计 | | 拨款 | 9 | 一、收入情况 其中")
    assert barred_runs(texts) == [(1, 11)]


def test_a_table_between_bars() -> None:
    cells = "| 项目 | 2023年 预算数 | 2022年 预算数 | | 公务接待费 | 3.00 | 4.00 | | 公务用车运行费 | 2.00 | | | 合计 | 5.00 | 4.00 |"
    text = (
        "某县水利局2023年部门预算\n“三公”经费预算表\n单位：万元\n"
        + "\n".join(lines(cells))
        + "\n一、收入情况\n以上经费均已公开。\n"
    )
    facts = {fact.key: fact.quote for fact in parse(text.encode()).facts if fact.cell is not None}
    assert facts == {
        "three_public.reception{basis=budget,period=2023}": "3.00", "three_public.reception{basis=budget,period=2022}": "4.00",
        "three_public.vehicle_operation{basis=budget,period=2023}": "2.00", "three_public.total{basis=budget,period=2023}": "5.00",
        "three_public.total{basis=budget,period=2022}": "4.00",
    }  # fmt: skip


def of_tables(text: str) -> dict[str, str]:
    return {fact.key: fact.quote for fact in parse(text.encode()).facts if fact.cell is not None}


PADDED = """某县盐湖站2022年度部门决算
收入支出决算总表 | |||||
部门：某县盐湖站 | 金额单位：万元 | ||||
收入 | 支出 | ||||
项目 | 行次 | 决算数 | 项目 | 行次 | 决算数 |
栏次 | 1 | 栏次 | 2 | ||
一、一般公共预算财政拨款收入 | 1 | 618.20 | 一、一般公共服务支出 | 32 | |
二、政府性基金预算财政拨款收入 | 2 | 二、教育支出 | 33 | ||
三、上级补助收入 | 3 | 12.50 | 三、科学技术支出 | 34 | 602.40 |
四、事业收入 | 4 | 四、卫生健康支出 | 35 | ||
5 | 五、住房保障支出 | 36 | 40.10 | ||
本年收入合计 | 6 | 630.70 | 本年支出合计 | 37 | 642.50 |
年初结转和结余 | 7 | 11.80 | 年末结转和结余 | 38 | |
总计 | 8 | 642.50 | 总计 | 39 | 642.50 |
一、收入情况
以上均已公开。
"""


def test_rows_whose_empty_cells_are_all_at_the_end() -> None:
    assert of_tables(PADDED) == {
        "revenue.source[general_public_budget]{period=2022}": "618.20", "revenue.source[superior_subsidy]{period=2022}": "12.50",
        "revenue.current{period=2022}": "630.70", "revenue.source[carried_in]{period=2022}": "11.80", "revenue.total{period=2022}": "642.50",
        "expenditure.function[206]{period=2022}": "602.40", "expenditure.function[221]{period=2022}": "40.10",
        "expenditure.current{period=2022}": "642.50", "expenditure.total{period=2022}": "642.50",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "emptied"),
    [
        (
            "收入 | 金额 | 支出 | 金额 |;拨款 | 9.00 | 教育 | 9.00 |;事业 | 卫生 | 1.00 | |;合计 | 9.00 | 合计 | 10.00 |",
            True,
        ),
        ("三公经费 | 会议费 | | |;合计 | 接待费 | 车辆费 | |;小计 | 运行费 | | |;9.00 | 1.00 | 8.00 | 2.00 |", True),
        ("科目 | 合计 | 基本 |;教育 | 9.00 | 9.00 |;合计 | 9.00 | |;卫生 | 8.00 | |", False),  # none is out of place
        (
            "收入 | 金额 | 支出 | 金额 |;拨款 | 9.00 | 教育 | 9.00 |;事业 | | 卫生 | 1.00 |;住房 | 9.00 | 1.00 | |",
            False,
        ),
        (
            "三级指标 | 指标值 | 支出 |;培训人次 | 90 | 8.00 |;满意 90 | 良好 | |;时效 6 | 6 | |",
            False,
        ),  # targets can be words
    ],
)
def test_which_rows_lost_their_empty_cells(rows: str, emptied: bool) -> None:
    lines = rows.split(";")
    assert emptied_runs(["正文。", *lines, "正文。"]) == ([(1, 5)] if emptied else [])


def test_the_cells_of_a_row() -> None:
    text = "二、教育支出 | 33 | ||"
    assert [text[start:end] for start, end in emptied_cells(text)] == ["二、教育支出", "33"]


CLOSED = """某镇2024年部门预算
部门收支总表
单位：万元
收入 |
|
支出 |
|
项目 |
预算数 |
项目 |
预算数 |
一、一般公共预算拨款收入 |
305.10 |
一、一般公共服务支出 |
280.00 |
二、事业收入 |
|
二、社会保障和就业支出 |
25.10 |
收入总计 |
305.10 |
支出总计 |
305.10 |
“三公”经费支出表
单位：万元
项目 |
预算数 |
合计 |
6.40 |
公务接待费 |
1.40 |
公务用车运行维护费 |
5.00 |
一、收入情况
以上均已公开。
"""


def test_tables_of_which_every_cell_is_closed_by_a_bar() -> None:
    assert of_tables(CLOSED) == {
        "revenue.source[general_public_budget]{basis=budget,period=2024}": "305.10",
        "expenditure.function[201]{basis=budget,period=2024}": "280.00",
        "expenditure.function[208]{basis=budget,period=2024}": "25.10",
        "revenue.total{basis=budget,period=2024}": "305.10", "expenditure.total{basis=budget,period=2024}": "305.10",
        "three_public.total{basis=budget,period=2024}": "6.40", "three_public.reception{basis=budget,period=2024}": "1.40",
        "three_public.vehicle_operation{basis=budget,period=2024}": "5.00",
    }  # fmt: skip


def test_a_caption_parts_the_tables_of_closed_cells() -> None:
    lines = CLOSED.splitlines()
    assert [lines[start] for start, _ in closed_runs(lines)] == ["收入 |", "项目 |"]


ACCOUNTS = [
    ["收入", "支出"],
    ["项目", "行次", "决算数", "项目", "行次", "决算数"],
    ["一、一般公共预算财政拨款收入", "1", "88.20", "一、一般公共服务支出", "31", "70.00"],
    ["二、事业收入", "2", "", "二、教育支出", "32", "18.20"],
    ["三、其他收入", "3", "", "三、住房保障支出", "33", ""],
    ["总计", "4", "88.20", "总计", "34", "88.20"],
]
SAID = {
    "revenue.source[general_public_budget]{period=2022}": "88.20", "expenditure.function[201]{period=2022}": "70.00",
    "expenditure.function[205]{period=2022}": "18.20", "revenue.total{period=2022}": "88.20", "expenditure.total{period=2022}": "88.20",
}  # fmt: skip


def ends_in_bars(row: list[str]) -> str:
    cells = [cell for cell in row if cell]
    return " |\n".join(cells) + " | " + "|" * (7 - len(cells))


@pytest.mark.parametrize(
    "laid_out",
    [
        lambda row: ends_in_bars(row),
        lambda row: "\n".join(f"{cell} |" if cell else "|" for cell in row),
    ],
    ids=["the bars of empty cells end the row", "a bar behind each cell"],
)
def test_numbered_rows_of_two_sides(laid_out: Callable[[list[str]], str]) -> None:
    table = "\n".join(map(laid_out, ACCOUNTS))
    title = "某县盐湖站2022年度部门决算\n收入支出决算总表\n单位：万元\n"
    assert of_tables(f"{title}{table}\n一、收入情况\n以上均已公开。\n") == SAID


def test_a_bar_below_each_cell() -> None:
    cells = ["项 目", "预算数", "合 计", "2.10", "因公出国（境）费", "", "公务接待费", "2.10", "公务用车购置费", ""]
    table = "\n".join(f"{cell}\n|" if cell else "|" for cell in cells)
    text = f"某镇2024年部门预算\n“三公”经费支出预算表\n单位：万元\n{table}\n一、收入情况\n以上均已公开。\n"
    assert of_tables(text) == {
        "three_public.total{basis=budget,period=2024}": "2.10", "three_public.reception{basis=budget,period=2024}": "2.10",
    }  # fmt: skip

"""Tables of which only the cells are left, one a line, the empty ones as blank lines."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.blanked import read_blanked

CASES = {
    "an empty cell in a row": (
        "科目编码 科目名称 合计 基本支出 项目支出 207 文化 9 5 4 2070205 博物馆 2 . 2 合计 . 9 5 4",
        "0:0 0:1 0:2 0:3 0:4 1:0 1:1 1:2 1:3 1:4 2:0 2:1 2:2 2:4 3:0 3:2 3:3 3:4",
    ),
    "headings over sides, a side that ends first": (
        "收入 支出 项目 预算数 项目 预算数 拨款 9 教育 5 其他收入 . 卫生 4 事业收入 2 . . 收入总计 11 支出总计 9",
        "0:0x2 0:2x2 1:0 1:1 1:2 1:3 2:0 2:1 2:2 2:3 3:0 3:2 3:3 4:0 4:1 5:0 5:1 5:2 5:3",
    ),
    "headings over names and over figures": (
        "功能分类科目 2023年预算数 科目编码 科目名称 合计 基本支出 207 文化 9 . 208 社保 5 5",
        "0:0x2 0:2x2 1:0 1:1 1:2 1:3 2:0 2:1 2:2 3:0 3:1 3:2 3:3",
    ),
    "the name of a sum stands for the number too": (
        "序号 项目名称 预算数 执行数 备注 1 清淤 5 5 . 2 灌溉 6 3 慢 合计 11 8 .",
        "0:0 0:1 0:2 0:3 0:4 1:0 1:1 1:2 1:3 2:0 2:1 2:2 2:3 2:4 3:0x2 3:2 3:3",
    ),
}


def read(cells: str) -> tuple[list[str], list[int]]:
    """Cells parted by spaces, a stop for an empty one: their texts, and the empty ones before each."""
    texts: list[str] = []
    blanks: list[int] = []
    empty = 0
    for cell in cells.split():
        if cell == ".":
            empty += 1
            continue
        texts.append(cell)
        blanks.append(empty)
        empty = 0
    return texts, blanks


@pytest.mark.parametrize("name", CASES)
def test_rows_and_columns(name: str) -> None:
    cells, places = CASES[name]
    texts, blanks = read(cells)
    (found,) = read_blanked(texts, blanks)
    assert (found.start, found.end) == (0, len(texts))
    assert [
        f"{row}:{column}" + (f"x{columns}" if columns > 1 else "") for row, column, columns in found.placed
    ] == places.split()


@pytest.mark.parametrize(
    "cells",
    [
        "科目编码 科目名称 合计 基本支出 207 文化 9 5 208 社保 5 5",  # no cell is empty: nothing to know here
        "科目编码 科目名称 合计 基本支出 207 . 文化 9 5 208 社保 5 5",  # a blank line that is none of its cells
        "科目编码 科目名称 合计 基本支出 文化 207 9 . 社保 208 5 5",  # names under codes
    ],
)
def test_blank_lines_that_are_no_cells(cells: str) -> None:
    assert read_blanked(*read(cells)) == []


@pytest.mark.parametrize(("gap", "empty"), [("\n", ""), ("\n\n", " "), ("\r\n", ""), ("\n\n", "\u3000")])
def test_a_table_of_a_budget(gap: str, empty: str) -> None:
    lines = (
        "某馆2023年单位预算|一、《一般公共预算支出表》|单位：万元|支出功能分类科目|2023年预算数|科目编码|科目名称|合计|基本支出|项目支出|207|文化旅游体育与传媒支出|9.00"
        "|5.00|4.00|2070205|博物馆|9.00|5.00|4.00|208|社会保障和就业支出|3.00|.|3.00|.|合计|12.00|5.00|7.00"
    ).split("|")
    text = gap.join(empty if line == "." else line for line in lines)
    facts = {fact.key: str(fact.value) for fact in parse(text.encode()).facts}
    assert facts["expenditure.function[208]{fund=general,basis=budget,period=2023}"] == "3.00"
    assert facts["expenditure.function[208]{fund=general,basis=budget,period=2023,cross={nature:project}}"] == "3.00"
    assert "expenditure.function[208]{fund=general,basis=budget,period=2023,cross={nature:basic}}" not in facts
    assert facts["expenditure.total{fund=general,basis=budget,period=2023}"] == "12.00"

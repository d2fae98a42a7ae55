"""Tables whose bars stand on lines of their own."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.barred import barred_rows, barred_runs


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

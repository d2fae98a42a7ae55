"""Which row and column a cell stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse import parse
from reportparse.layout import lay_out

TABLES = {
    "bars": "|项目|预算数|\n|合计|9|",
    "bars without edges": "项目|预算数|决算数\n合计|9|8\n公务接待费|1|",
    "a rule under the headings": "| 项目 | 预算数 |\n|---|:--:|\n| 合计 | 9 |",
    "tabs": "项目\t预算数\n合计\t9",
    "a first cell that is empty": "项目\t科目\t预算数\n合计\t\t9\n\t基本支出\t9",
    "spaces": "项目    预算数   决算数\n合计    9        8",
    "spaces in a heading": "收      入    支      出\n项  目   预算数   项  目   预算数\n一、拨款   9   一、教育支出   9",
    "elements": '<table><tr><td colspan="2">项目</td><td rowspan=2>合计</td></tr><tr><td>编码</td><td>名称</td></tr></table>',
}
PLACES = {
    "bars": ["0:0 项目", "0:1 预算数", "1:0 合计", "1:1 9"],
    "bars without edges": [
        "0:0 项目",
        "0:1 预算数",
        "0:2 决算数",
        "1:0 合计",
        "1:1 9",
        "1:2 8",
        "2:0 公务接待费",
        "2:1 1",
    ],
    "a rule under the headings": ["0:0 项目", "0:1 预算数", "1:0 合计", "1:1 9"],
    "tabs": ["0:0 项目", "0:1 预算数", "1:0 合计", "1:1 9"],
    "a first cell that is empty": ["0:0 项目", "0:1 科目", "0:2 预算数", "1:0 合计", "1:2 9", "2:1 基本支出", "2:2 9"],
    "spaces": ["0:0 项目", "0:1 预算数", "0:2 决算数", "1:0 合计", "1:1 9", "1:2 8"],
    "elements": ["0:0 项目 1x2", "0:2 合计 2x1", "1:0 编码", "1:1 名称"],
}


def places(text: str) -> list[str]:
    layout = lay_out(f"一、概况\n我站承担全县河道巡查工作。\n{text}\n\n二、说明\n其他情况见附件。")
    found: list[str] = []
    for grid in layout.grids.values():
        for place, start, end, _ in grid.cells:
            span = f" {place.rows}x{place.columns}" if (place.rows, place.columns) != (1, 1) else ""
            found.append(f"{place.row}:{place.column} {layout.flat.text[start:end]}{span}")
    return found


@pytest.mark.parametrize("name", sorted(PLACES))
def test_places(name: str) -> None:
    assert places(TABLES[name]) == PLACES[name]


def test_the_two_characters_of_a_spread_heading_are_one_cell() -> None:
    heads = [
        place.split(" ", 1)[1].replace(" ", "").removesuffix("1x2")
        for place in places(TABLES["spaces in a heading"])
        if place[0] in "01"
    ]
    assert heads == ["收入", "支出", "项目", "预算数", "项目", "预算数"]


@pytest.mark.parametrize("rest", ["及转运", "工程", "（二期）", "与古井保护", "补助"])
@pytest.mark.parametrize("other", ["茶农课堂", "茶青晾晒场改造及更新"])
def test_in_rows_with_numbers_a_line_without_one_goes_on_the_name(rest: str, other: str) -> None:
    rows = [
        ("序号", "项目名称", "年初预算", "实际支出", "得分"),
        ("1", "古茶园石坎修缮", "46.00", "44.82", "97.5"),
        ("", rest, "", "", ""),
        ("2", other, "18.00", "17.40", "92"),
        ("3", "茶树品种登记", "6.00", "5.83", "96"),
        ("", "合计", "70.00", "68.05", ""),
    ]
    widths = (6, 26, 12, 12, 8)
    lines = (
        "".join(
            word + " " * (width - sum(1 + (c > "\u2e7f") for c in word))
            for word, width in zip(row, widths, strict=True)
        )
        for row in rows
    )
    title = "某县茶叶站2023年度部门整体支出绩效自评报告\n\n一、项目支出情况\n\n项目支出情况表（单位：万元）\n"
    report = parse((title + "\n".join(f"  {line.rstrip()}" for line in lines) + "\n").encode())
    assert {fact.member for fact in report if fact.concept == "project.amount"} == {
        f"古茶园石坎修缮{rest}",
        other,
        "茶树品种登记",
    }


words = st.text(alphabet="甲乙丙丁戊己", min_size=1, max_size=6)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=6))
def test_every_cell_has_the_place_that_it_was_written_at(rows: list[list[str]]) -> None:
    text = "\n".join("|" + "|".join(row) + "|" for row in rows)
    layout = lay_out(text)
    found = {
        (cell.place.row, cell.place.column): layout.flat.text[cell.start : cell.end]
        for grid in layout.grids.values()
        for cell in grid.cells
    }
    assert found == {(r, c): word for r, row in enumerate(rows) for c, word in enumerate(row)}

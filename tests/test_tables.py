"""Values of tables with the paths of their rows and columns, and what in a table is no value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse import Report, parse
from reportparse.layout import lay_out
from reportparse.numbers import scan
from reportparse.outline import build_outline
from reportparse.tables import CellReading, read_tables

BODY = "一、概况\n我站承担全县河道巡查工作。\n"


def values(table: str) -> list[CellReading]:
    layout = lay_out(BODY + table)
    read, _, _ = read_tables(
        layout.flat.text,
        layout.blocks,
        layout.grids,
        layout.captions,
        build_outline(layout),
        scan(layout.flat.text),
        2023,
    )
    return [cell for cell in read if cell.is_value]


def shown(table: str) -> list[str]:
    return [f"{'/'.join(c.rows)} × {'/'.join(c.columns)} = {c.words}" for c in values(table)]


CASES = {
    "one heading": ("|项目|预算数|\n|合计|9.00|", ["合计 × 预算数 = 9.00"]),
    "two levels, the upper one over two columns": (
        "|项目|2022年||2023年||\n||预算数|决算数|预算数|决算数|\n|合计|1|2|3|4|",
        ["合计 × 2022年/预算数 = 1", "合计 × 2022年/决算数 = 2", "合计 × 2023年/预算数 = 3", "合计 × 2023年/决算数 = 4"],
    ),
    "two sides": (
        "|收入||支出||\n|项目|预算数|项目|预算数|\n|事业收入|8|教育支出|7|\n|||农林水支出|1|",
        ["事业收入 × 收入/预算数 = 8", "教育支出 × 支出/预算数 = 7", "农林水支出 × 支出/预算数 = 1"],
    ),
    "a row that counts the columns in circles": ("|项目|预算数|决算数|\n|栏次|①|②|\n|合计|1|9|", ["合计 × 预算数 = 1", "合计 × 决算数 = 9"]),
    "a circle among figures": ("|项目|预算数|决算数|\n|合计|1|9|\n|-|①|2|", ["合计 × 预算数 = 1", "合计 × 决算数 = 9", "- × 决算数 = 2"]),
    "a row that counts the columns": ("|项目|栏次|预算数|\n|栏次||1|\n|合计|1|9|", ["合计 × 预算数 = 9"]),
    "columns counted beside the levels of codes": (
        "|科目编码|||科目名称|本年支出||\n|||||小计|基本支出|\n|类|款|项|栏次|1|2|\n||||合计|9|8|",
        ["合计 × 本年支出/小计 = 9", "合计 × 本年支出/基本支出 = 8"],
    ),
    "a row that counts the columns below where the headings end": (
        "|合计|接待费|会议费|培训费|\n|—|—|—|—|\n|1|2|3|4|\n|9|8|7|6|",
        [
            " × 合计 = —", " × 接待费 = —", " × 会议费 = —", " × 培训费 = —",
            " × 合计 = 9", " × 接待费 = 8", " × 会议费 = 7", " × 培训费 = 6",
        ],
    ),
    "three columns may well hold 1, 2 and 3": (
        "|合计|接待费|会议费|\n|9|8|7|\n|1|2|3|",
        [" × 合计 = 9", " × 接待费 = 8", " × 会议费 = 7", " × 合计 = 1", " × 接待费 = 2", " × 会议费 = 3"],
    ),
    "levels that are printed once": (
        "|一级指标|二级指标|三级指标|分值|\n|产出|数量|长度|5|\n|||宽度|6|\n||质量|合格率|7|\n|效益||满意度|8|",
        ["产出/数量/长度 × 分值 = 5", "产出/数量/宽度 × 分值 = 6", "产出/质量/合格率 × 分值 = 7", "效益/满意度 × 分值 = 8"],
    ),
    "rows under rows by their numbers": (
        "|项目|决算数|\n|年末结转|3|\n|一、一般公共预算|2|\n|二、政府性基金|1|\n|总计|9|\n|一、其他|4|",
        [
            "年末结转 × 决算数 = 3", "年末结转/一、一般公共预算 × 决算数 = 2", "年末结转/二、政府性基金 × 决算数 = 1",
            "总计 × 决算数 = 9", "一、其他 × 决算数 = 4",
        ],
    ),
    "headings again inside": (
        "|项目|预算数|\n|合计|9|\n|一级指标|三级指标|指标值|\n|产出|长度|8米|",
        ["合计 × 预算数 = 9", "产出/长度 × 指标值 = 8米"],
    ),
    "the same headings once more after a page": (
        "|一级指标|三级指标|分值|\n|产出|长度|5|\n||宽度|6|\n|一级指标|三级指标|分值|\n||深度|7|\n|效益|满意度|8|",
        ["产出/长度 × 分值 = 5", "产出/宽度 × 分值 = 6", "产出/深度 × 分值 = 7", "效益/满意度 × 分值 = 8"],
    ),
    "no heading at all": ("|合计|9|\n|人员经费|8|\n|公用经费|1|", ["合计 ×  = 9", "人员经费 ×  = 8", "公用经费 ×  = 1"]),
    "what a form asks for": (
        "|项目名称|渠系清淤||\n|主管部门|某县水利局||\n|项目资金|年初预算数|执行数|\n|年度资金总额|9|8|",
        ["年度资金总额 × 年初预算数 = 9", "年度资金总额 × 执行数 = 8"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_paths(name: str) -> None:
    table, wanted = CASES[name]
    assert shown(table) == wanted


def test_codes_in_one_column_and_in_three() -> None:
    one = values("|科目编码|科目名称|合计|\n||合计|9|\n|208|社会保障和就业支出|9|\n|2080505|养老保险缴费|9|")
    assert [cell.code for cell in one] == ["", "208", "2080505"]
    three = values(
        "|类|款|项|科目名称|合计|\n|208|||社会保障和就业支出|9|\n||05||养老支出|9|\n|||05|养老保险缴费|9|\n|210|||卫生健康支出|1|"
    )
    assert [cell.code for cell in three] == ["208", "20805", "2080505", "210"]
    glued = values("|科目|合计|\n|208社会保障和就业支出|9|\n|20805养老支出|9|")
    assert [cell.code for cell in glued] == ["208", "20805"]


@pytest.mark.parametrize(
    ("table", "unit"),
    [
        ("支出表\n单位：万元\n|项目|预算数|\n|合计|9|", "万元"),
        ("|项目|预算数（元）|\n|合计|9|", "元"),
        ("单位：万元\n|项目|数量（辆）|\n|车辆|9|", "辆"),
        ("单位：万元\n|项目|数量|\n|车辆（辆）|9|", "辆"),
        ("单位：万元\n|项目|计量单位|数量|\n|车辆|辆|9|", "辆"),
        ("|单位：元|||\n|项目|预算数|决算数|\n|合计|9|8|", "元"),
        ("|资金情况（万元）|项目|预算数|\n||合计|9|\n||基本支出|8|", "万元"),
        ("|长度（公里）|项目|预算数|\n||合计|9|\n||基本支出|8|", None),
        ("|项目|预算数|\n|合计|9|", None),
    ],
)
def test_where_a_unit_is_stated(table: str, unit: str | None) -> None:
    assert {cell.unit for cell in values(table)} == {unit}


def report(table: str) -> Report:
    return parse(f"某县水利局2023年度部门决算\n{BODY}{table}\n".encode())


def test_what_stands_in_no_value_is_lost_nowhere() -> None:
    found = report("|序号|采购品目|预算数|\n|1|计算机（20万以下）|9.00|\n|2|复印纸|1.00|")
    quotes = [mention.quote for mention in found.unclaimed if mention.where == "table"]
    assert quotes == ["20万", "9.00", "1.00"]
    assert found.coverage.not_quantities["ordinal"] == 2
    assert [m.cell.row for m in found.unclaimed if m.cell is not None][1] == ("计算机（20万以下）",)


def test_blank_is_not_zero_and_a_dash_is_none() -> None:
    found = report("支出决算表\n单位：万元\n|项目|决算数|\n|基本支出|0.00|\n|项目支出|—|\n|经营支出||\n|支出合计|0.00|")
    states = {fact.key.split("{")[0]: (fact.state, fact.value) for fact in found.facts if fact.where == "table"}
    assert states == {
        "expenditure.nature[basic]": ("zero", Decimal("0.00")),
        "expenditure.nature[project]": ("none", None),
        "expenditure.total": ("zero", Decimal("0.00")),
    }


amounts = st.decimals(min_value=0, max_value=99_999, places=2, allow_nan=False, allow_infinity=False)


@given(st.lists(st.lists(amounts, min_size=3, max_size=3), min_size=1, max_size=5))
def test_every_figure_of_a_table_is_a_fact_or_unclaimed_once(rows: list[list[Decimal]]) -> None:
    lines = ["|项目|年初预算数|全年预算数|决算数|"]
    lines += [f"|事项{'甲乙丙丁戊'[k]}|" + "|".join(f"{v:,.2f}" for v in row) + "|" for k, row in enumerate(rows)]
    found = report("\n".join(lines))
    spans = [f.span for f in found.facts if f.where == "table"] + [
        m.span for m in found.unclaimed if m.where == "table"
    ]
    assert len(spans) == len(set(spans)) == 3 * len(rows)
    printed = [m.value for m in found.unclaimed if m.where == "table"]
    assert printed == [value for row in rows for value in row]

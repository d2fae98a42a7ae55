"""Forms whose rows bars close and fill up to one length."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.padded import padded_cells, padded_runs

LOST = """\
某县古树站项目支出绩效自评表 | |||||||||||
(2023年度) | |||||||||||
项目名称 | 古树复壮 | ||||||||||
项目资金
（万元） |
年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | |||||
年度资金总额 | 40.00 | 38.00 | 19.00 | 10 | 50% | 5 | |||||
其中：当年财政拨款 | 40.00 | 38.00 | 19.00 | — | 50% | — | |||||
绩 效 指 标 |
一级指标 | 二级指标 | 三级指标 | 年度 指标值 |
实际 完成值 |
分值 | 得分 | 偏差原因分析及改进措施 | |||
产出指标 | 数量指标 | 复壮株数 | ≥60株 | 58株 | 30 | 29 | 两株改期 | ||||
围栏株数 | ≥20株 | 21株 | 20 | 20 | |||||||
质量指标 | 成活率 | ≥95% | 96% | 20 | 20 | ||||||
效益指标 | 社会效益指标 | 讲解场次 | 12场 | 12场 | 20 | 20 | |||||
总分 | 100 | 94 | |||||||||
"""
"""Cells over several rows stand once, and the others have moved up."""

KEPT = """\
项目支出绩效自评表 (2023年度) |
|||||||
项目名称 |
古树复壮 |
|
|||||
资金情况（万元） |
|
全年预算数 |
全年执行数 |
分值 |
执行率 |
得分 |
|
|
年度资金总额 |
38.00 |
19.00 |
10 |
50% |
5 |
|
一级指标 |
二级指标 |
三级指标 |
年度指标值 |
全年实际值 |
分值 |
得分 |
未完成原因 |
产出指标 |
数量指标 |
复壮株数 |
≥60株 |
58株 |
30 |
29 |
|
|
|
围栏株数 |
≥20株 |
21株 |
20 |
20 |
|
"""
"""One cell a line, the empty ones kept."""

LINES = """\
项目支出绩效目标表
（2023年）
单位：万元 | |||
项目名称 | 古树复壮 | |||
一级指标 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 复壮株数 | ≥60株 |
质量指标 | 成活率 | ≥95% | |
成本指标 | 单株成本 | ≤0.6万元 | |
单位：万元 | |||
项目名称 | 树池改造 | |||
一级指标 | 二级指标 | 三级指标 | 指标值 |
产出指标 | 数量指标 | 改造树池 | ≥12个 |
时效指标 | 完工时间 | 9月底前 | |
"""
"""Every line a row, as long as its own headings; two forms."""


def facts(text: str) -> dict[str, object]:
    return {
        fact.key: fact.value
        for fact in parse(f"某县古树站\n{text}".encode())
        if fact.concept.startswith(("indicator.", "project."))
    }


@pytest.mark.parametrize("text", [LOST, KEPT], ids=["lost", "kept"])
def test_what_a_form_says(text: str) -> None:
    found = facts(text)
    whole = "project.amount[古树复壮]"
    expected = {
        f"{whole}{{basis=adjusted_budget,period=2023}}": "38.00",
        f"{whole}{{period=2023}}": "19.00",
        f"{whole}{{period=2023,vs=adjusted_budget}}.execution_rate": "50",
        "indicator.weight[执行率]{period=2023}": "10",
        "indicator.score[执行率]{period=2023}": "5",
        "indicator.target[产出指标/数量指标/复壮株数]": "≥60株",
        "indicator.score[产出指标/数量指标/复壮株数]{period=2023}": "29",
        "indicator.target[产出指标/数量指标/围栏株数]": "≥20株",
        "indicator.actual[产出指标/数量指标/围栏株数]": "21株",
        "indicator.weight[产出指标/数量指标/围栏株数]{period=2023}": "20",
    }
    assert {key: str(found.get(key)) for key in expected} == expected


def test_levels_that_have_moved_up() -> None:
    found = facts(LOST)
    assert found["indicator.target[产出指标/质量指标/成活率]"] == "≥95%"
    assert found["indicator.reason[产出指标/数量指标/复壮株数]"] == "两株改期"
    assert found["indicator.actual[效益指标/社会效益指标/讲解场次]"] == "12场"
    assert not [key for key in found if "围栏株数/" in key or "成活率/" in key]


def test_the_title_has_no_bars() -> None:
    document = parse(LOST.encode()).document
    assert (document.kind, document.title) == ("project_performance", "某县古树站项目支出绩效自评表")


def test_lines_that_are_rows() -> None:
    found = facts(LINES)
    assert found == {
        "indicator.target[产出指标/数量指标/复壮株数]": "≥60株",
        "indicator.target[产出指标/质量指标/成活率]": "≥95%",
        "indicator.target[产出指标/成本指标/单株成本]": "≤0.6万元",
        "indicator.target[产出指标/数量指标/改造树池]": "≥12个",
        "indicator.target[产出指标/时效指标/完工时间]": "9月底前",
    }


def test_where_they_begin_and_end() -> None:
    lines = LINES.splitlines()
    assert padded_runs(lines) == [(3, 8), (8, 13)]
    assert padded_runs(["正文。", *LOST.splitlines(), "正文。"]) == [(3, 18)]
    assert padded_runs([f"| {line.rstrip(' |')} |" for line in lines]) == []  # bars at both edges keep the columns
    assert padded_runs(["甲 | 乙 | 丙 |"] * 6) == []


def test_said_twice() -> None:
    """What is said of an indicator in its own words again is no level under it."""
    lines = LINES.replace("单株成本 | ≤0.6万元 | |", "单株成本 | 单株成本 | ≤0.6万元 |").replace(
        "三级指标 | 指标值 |", "三级指标 | 指标描述 | 指标值 |"
    )
    cells = padded_cells(lines.splitlines()[2:8])
    texts = {lines.splitlines()[2 + cell.line][cell.start : cell.end]: cell.column for cell in cells}
    assert (texts["成本指标"], texts["≤0.6万元"]) == (1, 4)


CORNER = """\
部门预算项目支出绩效自评表(2023年度) | ||||||||
项目名称 | 51092324T000010263357-2023年古树复壮经费 | |||||||
预算执行情况(10分) | 年度预算数(万元) | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |
总额 | 40.00 | 38.00 | 19.00 | 50.00% | 10 | 5 | 两株改期 | |
其中:财政资金 | 40.00 | 38.00 | 19.00 | 50.00% | / | / | ||
其他资金 | / | / | ||||||
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重 | 得分 | |
产出指标 | 数量指标 | 复壮株数 | ≥ | 60 | 株 | 90 | 88 | |
"""


def test_names_of_money_have_a_heading_too() -> None:
    """年度预算数（万元） heads the names of the rows, and 年初预算 the first figures."""
    whole = "project.amount[2023年古树复壮经费]"
    money = {key: value for key, value in facts(CORNER).items() if key.startswith("project.")}
    assert {key: str(value) for key, value in money.items()} == {
        f"{whole}{{basis=budget,period=2023}}": "40.00",
        f"{whole}{{basis=adjusted_budget,period=2023}}": "38.00",
        f"{whole}{{period=2023}}": "19.00",
        f"{whole}{{period=2023,vs=adjusted_budget}}.execution_rate": "50.00",
    }


def test_a_row_that_has_lost_a_figure_says_nothing() -> None:
    """Without the initial budget the rate would stand under the outcome."""
    found = facts(CORNER.replace("总额 | 40.00 | 38.00", "总额 | 38.00"))
    assert not [key for key in found if key.startswith("project.")]


def test_a_title_in_the_first_cells() -> None:
    cells = [
        "某县古树站项目支出绩效自评表（2023年度）",
        "项目名称",
        "古树复壮",
        "主管部门",
        "某县林业局",
        "资金（万元）",
        "年初预算数",
    ]
    cells += ["全年执行数", "执行率", "年度资金总额", "40.00", "38.00", "95%"]
    document = parse("\n".join(f"{cell} |" for cell in cells).encode()).document
    assert (document.kind, document.title) == ("project_performance", cells[0])


BARE = """\
项目支出绩效自评表(2023年度) | ||||||||
项目名称 | 古树复壮 | |||||||
绩效指标(90分) | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 完成值 | 权重 | 得分 |
产出指标 | 数量指标 | 复壮株数 | ≥ | 60 | 58 | 30 |
|
|
成本指标 | 单株成本 | ≤ | 6 | 5 | 10 |
|
| |
围栏单价 | ≤ | 2 | 2 | 10 |
|
| ||
效益指标 | 社会效益指标 | 讲解场次 | = | 12 | 12 | 40 |
|
|
合计 | 90 |
|
| |||||
"""


def test_scores_that_are_not_given() -> None:
    """What stands before an empty score is no score, and what is behind two levels no target."""
    found = facts(BARE)
    assert {key: str(value) for key, value in found.items() if "成本" in key or "围栏" in key} == {
        "indicator.target[产出指标/成本指标/单株成本]": "6",
        "indicator.actual[产出指标/成本指标/单株成本]": "5",
        "indicator.weight[产出指标/成本指标/单株成本]{period=2023}": "10",
        "indicator.target[产出指标/成本指标/围栏单价]": "2",
        "indicator.actual[产出指标/成本指标/围栏单价]": "2",
        "indicator.weight[产出指标/成本指标/围栏单价]{period=2023}": "10",
    }
    assert not [key for key in found if key.startswith("indicator.score")]

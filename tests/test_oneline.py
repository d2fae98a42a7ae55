"""Forms in one line, their cells parted by blanks."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.oneline import form_at

FORM = (
    "项目名称 河道清淤 主管部门 某县水利局 实施单位 某县河道站 项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分 "
    "年度资金总额 90.00 80.00 72.00 10 90% 9 其中：财政拨款 90.00 80.00 72.00 年度总体目标 预期目标 实际完成情况 清淤9公里，通水。 已完成。 "
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因 产出指标 数量指标 清淤长度 ≥9公里 9公里 40 40 "
    "质量指标 验收合格率 100% 98% 50 49 一处返工 总分 100 98"
)
TITLES = {
    "on its line": "附件 项目支出绩效自评表 （2023年度） ",
    "of a report, over it": "某县水利局2023年度部门决算\n附件2\n2023年度河道清淤项目自评表 单位名称：某县河道站 ",
}
NAMES = {"on its line": "项目支出绩效自评表", "of a report, over it": "某县水利局2023年度部门决算"}
WANTED = {
    "project.amount[河道清淤]{basis=budget,period=2023}": "90.00",
    "project.amount[河道清淤]{basis=adjusted_budget,period=2023}": "80.00",
    "project.amount[河道清淤]{period=2023}": "72.00",
    "project.amount[河道清淤]{period=2023,vs=adjusted_budget}.execution_rate": "90%",
    "indicator.target[产出指标/数量指标/清淤长度]": "≥9公里",
    "indicator.score[产出指标/数量指标/清淤长度]{period=2023}": "40",
    "indicator.weight[产出指标/质量指标/验收合格率]{period=2023}": "50",
    "indicator.score[产出指标/质量指标/验收合格率]{period=2023}": "49",
}


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("blank", [" ", "  ", "\t"])
def test_a_form_in_one_line(title: str, blank: str) -> None:
    text = TITLES[title] + FORM.replace(" ", blank) + "\n备注：以上均已核对。\n"
    report = parse(text.encode())
    facts = {fact.key: fact for fact in report.facts}
    assert {key: facts[key].quote for key in WANTED if key in facts} == WANTED
    assert report.document.title == NAMES[title]


def test_a_form_in_one_paragraph_of_a_page() -> None:
    page = f"<html><body><h1>某县水利局2023年度绩效自评公开</h1><p>{FORM}</p></body></html>"
    keys = {fact.key for fact in parse(page.encode(), name="a.html").facts}
    assert keys >= WANTED.keys()


@pytest.mark.parametrize(
    "line",
    [
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 项目名称 主管部门 实施单位",  # headings alone
        FORM.replace(" ", " | "),
        "项目名称 河道清淤 主管部门 某县水利局 一级指标 二级指标 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9",  # too few of them
        "我单位对项目名称、主管部门、实施单位、一级指标 、二级指标 、三级指标 、分值、得分逐项核对，共核对 9 8 7 6 处，均无误。",
    ],
)
def test_lines_that_are_no_forms(line: str) -> None:
    assert form_at(line) is None

"""Statutory forms as streams of cells: the same form in every layout that text loses its rows in gives the same facts.

A form is written once as a grid, ``RIGHT`` and ``DOWN`` for what a merged cell goes on over, and laid out as programs do that
turn documents into text: a cell a line, with blank lines for empty cells or without, tabs, bars, merged cells empty or printed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from reportparse import parse

RIGHT, DOWN = "→", "↓"
Form = Sequence[Sequence[str]]
TITLE = "青山县水库移民服务中心2023年度库岸加固项目绩效自评报告"
PROSE = f"""{TITLE}

一、项目概况
库岸加固项目由县级财政安排，用于两处库岸的整治，资金已按合同支付，实施内容与批复一致。
二、自评结论
项目按期完工，效果较好，具体见下表。

青山县水库移民服务中心
2024年3月12日

附件
"""
NAME = "库岸加固项目"
OWN = f"project.amount[{NAME}]"
INDICATORS = (
    ("产出指标", "数量指标", "加固库岸长度", "≥1.2公里", "1.26公里", "10", "10", ""),
    ("产出指标", "数量指标", "安装护栏", "≥800米", "760米", "10", "9.5", "汛期停工，已补装"),
    ("产出指标", "质量指标", "工程验收合格率", "100%", "100%", "10", "10", ""),
    ("产出指标", "时效指标", "完工时间", "2023年10月底前", "2023年10月12日", "10", "10", ""),
    ("产出指标", "成本指标", "每米造价", "≤1500元", "1480元", "10", "10", ""),
    ("效益指标", "社会效益指标", "受益移民", "≥600人", "641人", "15", "15", ""),
    ("效益指标", "生态效益指标", "水土流失减少", "明显", "较明显", "15", "13", "观测期短"),
    ("满意度指标", "服务对象满意度指标", "移民满意度", "≥90%", "88%", "10", "9.7", "个别户等待补偿"),
)
SIGNED = (
    ("产出指标", "数量指标", "加固库岸长度", "≥", "1.2", "公里", "20"),
    ("产出指标", "数量指标", "安装护栏", "≥", "800", "米", "20"),
    ("产出指标", "质量指标", "工程验收合格率", "＝", "100", "%", "20"),
    ("效益指标", "社会效益指标", "受益移民", "≥", "600", "人", "20"),
    ("满意度指标", "服务对象满意度指标", "移民满意度", "≥", "90", "%", "10"),
)
Facts = list[tuple[str, str]]


def grouped(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of which the first two levels go down over those that have them in common."""
    found: list[list[str]] = []
    before: Sequence[str] = ("", "")
    for row in rows:
        cells = list(row)
        if row[0] == before[0]:
            cells[0] = DOWN
            if row[1] == before[1]:
                cells[1] = DOWN
        before = row
        found.append(cells)
    return found


def of_indicators(marks: bool = True, result: bool = True, worth: str = "") -> Facts:
    found: Facts = []
    for first, second, third, target, actual, weight, score, reason in INDICATORS:
        path = f"{first}/{second}/{third}"
        found.append((f"indicator.target[{path}]", target))
        if marks:
            found.append((f"indicator.weight[{path}]{{period=2023}}", weight + worth))
            found.append((f"indicator.score[{path}]{{period=2023}}", score))
        if result:
            found.append((f"indicator.actual[{path}]", actual))
            if reason and not worth:
                found.append((f"indicator.reason[{path}]", reason))
    return found


MONEY: Facts = [
    (f"{OWN}{{basis=budget,period=2023}}", "180.00"),
    (f"{OWN}{{basis=adjusted_budget,period=2023}}", "200.00"),
    (f"{OWN}{{period=2023}}", "190.00"),
    (f"{OWN}{{period=2023,vs=adjusted_budget}}.execution_rate", "95.00%"),
]
SPENDING: Facts = [("indicator.weight[执行率]{period=2023}", "10"), ("indicator.score[执行率]{period=2023}", "9.5")]
WHOLE: Facts = [("evaluation.score{period=2023}", "96.7")]
HEADS = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]

NATIONAL: Form = [
    ["项目名称", NAME, *[RIGHT] * 6],
    ["主管部门", "青山县水利局", RIGHT, RIGHT, "实施单位", "青山县水库移民服务中心", RIGHT, RIGHT],
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [DOWN, "年度资金总额", "180.00", "200.00", "190.00", "10", "95.00%", "9.5"],
    [DOWN, "其中：当年财政拨款", "180.00", "200.00", "190.00", "—", "95.00%", "—"],
    [DOWN, "上年结转资金", "0.00", "0.00", "0.00", "—", "—", "—"],
    [DOWN, "其他资金", "", "", "", "—", "", "—"],
    ["年度总体目标", "预期目标", RIGHT, RIGHT, "实际完成情况", RIGHT, RIGHT, RIGHT],
    [DOWN, "加固库岸1.2公里，保障移民安全。", RIGHT, RIGHT, "加固库岸1.26公里，汛期无险情。", RIGHT, RIGHT, RIGHT],
    ["绩效指标", *HEADS],
    *[[DOWN, *row] for row in grouped(INDICATORS)],
    ["总分", *[RIGHT] * 5, "100", "96.7", ""],
]
SCORED_BLOCK: Form = [
    ["项目名称", NAME, *[RIGHT] * 6],
    ["项目资金", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值（10分）", "执行率（B/A）", "得分"],
    [DOWN, "年度资金总额", "180.00", "200.00", "190.00", "10", "95.00%", "9.5"],
    [DOWN, "其中：政府预算资金", "180.00", "200.00", "190.00", "", "95.00%", ""],
    [DOWN, "单位资金", "0.00", "0.00", "0.00", "", "", ""],
    ["资金管理情况", "", "情况说明", RIGHT, RIGHT, "分值（10分）", "得分", "存在问题和改进措施"],
    [DOWN, "安排科学性", "依据普查结果安排", RIGHT, RIGHT, "5", "5", ""],
    [DOWN, "使用规范性", "合同备案不及时", RIGHT, RIGHT, "5", "4", "签订后当月备案，专人跟踪"],
    HEADS,
    *grouped(INDICATORS),
    ["总分", *[RIGHT] * 4, "100", "96.7", ""],
]
TRANSFER: Form = [
    ["转移支付（项目）名称", NAME, *[RIGHT] * 4],
    ["中央主管部门", "水利部", *[RIGHT] * 4],
    ["地方主管部门", "青山县水利局", RIGHT, "资金使用单位", "青山县水库移民服务中心", RIGHT],
    ["资金投入情况（万元）", "", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）", RIGHT],
    [DOWN, "年度资金总额：", "200.00", "190.00", "95.00%", RIGHT],
    [DOWN, "其中：中央财政资金", "150.00", "142.50", "95.00%", RIGHT],
    [DOWN, "其他资金", "", "", "", RIGHT],
    ["资金管理情况", "", "情况说明", RIGHT, "存在问题和改进措施", RIGHT],
    [DOWN, "分配科学性", "按面积分配", RIGHT, "", RIGHT],
    [DOWN, "下达及时性", "收文后20天下达", RIGHT, "", RIGHT],
    ["一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"],
    *[[*row[:5], row[7]] for row in grouped(INDICATORS)],
]
WEIGHTS_IN_BRACKETS: Form = [
    ["项目名称", NAME, *[RIGHT] * 5],
    ["项目类别", "1、部门预算项目☑2、省直专项□", *[RIGHT] * 5],
    ["预算执行情况（万元）（20分）", "", "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"],
    ["", "年度财政资金总额", "", "200.00", "190.00", "95.00%", "19"],
    ["年度绩效目标1（80分）", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"],
    *[[DOWN, *row[:2], f"{row[2]}（{row[5]}分）", row[3], row[4], row[6]] for row in grouped(INDICATORS)],
    ["总分", *[RIGHT] * 5, "96.7"],
]
GOALS_SIGNED: Form = [
    ["项目名称", NAME, *[RIGHT] * 5],
    ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重（%）"],
    *grouped(SIGNED),
]
GOALS_DESCRIBED: Form = [
    ["项目名称", NAME, *[RIGHT] * 4],
    ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
    *[[*row[:3], f"按设计{row[2]}", row[3], "竣工资料"] for row in grouped(INDICATORS)],
]

FORMS: dict[str, tuple[str, Form, Facts]] = {
    "national": ("项目支出绩效自评表", NATIONAL, [*MONEY, *SPENDING, *of_indicators(), *WHOLE]),
    "scored block": (
        "项目支出绩效自评表",
        SCORED_BLOCK,
        [
            *MONEY,
            *SPENDING,
            ("indicator.weight[执行率]{period=2023}", "10分"),
            ("indicator.weight[资金管理情况]{period=2023}", "10分"),
            ("indicator.weight[资金管理情况/安排科学性]{period=2023}", "5"),
            ("indicator.score[资金管理情况/安排科学性]{period=2023}", "5"),
            ("indicator.weight[资金管理情况/使用规范性]{period=2023}", "5"),
            ("indicator.score[资金管理情况/使用规范性]{period=2023}", "4"),
            ("indicator.reason[资金管理情况/使用规范性]", "签订后当月备案，专人跟踪"),
            *of_indicators(),
            *WHOLE,
        ],
    ),
    "transfer": ("转移支付绩效目标自评表", TRANSFER, [*MONEY[1:], *of_indicators(marks=False)]),
    "weights in brackets": (
        "项目支出绩效自评表",
        WEIGHTS_IN_BRACKETS,
        [
            (f"{OWN}{{basis=budget,period=2023}}", "200.00"),
            (f"{OWN}{{period=2023}}", "190.00"),
            (f"{OWN}{{period=2023}}.execution_rate", "95.00%"),
            ("indicator.weight[预算执行情况]{period=2023}", "20分"),
            ("indicator.score[预算执行情况]{period=2023}", "19"),
            ("indicator.weight[年度绩效目标1]{period=2023}", "80分"),
            *of_indicators(worth="分"),
            *WHOLE,
        ],
    ),
    "goals with signs": (
        "项目支出绩效目标表",
        GOALS_SIGNED,
        [
            fact
            for row in SIGNED
            for fact in (
                (f"indicator.target[{'/'.join(row[:3])}]", row[4]),
                (f"indicator.weight[{'/'.join(row[:3])}]{{period=2023}}", row[6]),
            )
        ],
    ),
    "goals described": ("项目支出绩效目标表", GOALS_DESCRIBED, of_indicators(marks=False, result=False)),
}


def rows_of(form: Form, down: str | None, right: str | None) -> list[list[str]]:
    """The cells of a form: what a merged one goes on over is left out (None), empty, or printed again (``RIGHT``, ``DOWN``)."""
    found: list[list[str]] = []
    above: dict[int, str] = {}
    for row in form:
        cells: list[str] = []
        left = ""
        for column, text in enumerate(row):
            cell: str | None = text
            if text == RIGHT:
                cell = left if right == RIGHT else right
            elif text == DOWN:
                cell = above[column] if down == DOWN else down
            else:
                left = above[column] = text
            if cell is not None:
                cells.append(cell)
        found.append(cells)
    return found


def cells_of(form: Form, down: str | None = None) -> list[str]:
    return [cell for row in rows_of(form, down, None) for cell in row]


def piped(rows: Sequence[Sequence[str]], ruled: bool = False) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if ruled:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


LAYOUTS: dict[str, Callable[[Form], str]] = {
    "a cell a line": lambda form: "\n".join(cell for cell in cells_of(form) if cell),
    "blank lines for empty cells": lambda form: "\n".join(cells_of(form)),
    "blank lines for merged cells": lambda form: "\n".join(cells_of(form, "")),
    "a blank line between cells": lambda form: "\n\n".join(cell for cell in cells_of(form) if cell),
    "paragraphs, empty cells too": lambda form: "\n\n".join(cells_of(form)),
    "tabs": lambda form: "\n".join("\t".join(row) for row in rows_of(form, "", "")),
    "tabs without the last": lambda form: "\n".join("\t".join(row).rstrip("\t") for row in rows_of(form, "", "")),
    "bars, merged cells empty": lambda form: piped(rows_of(form, "", "")),
    "bars, merged cells again": lambda form: piped(rows_of(form, DOWN, RIGHT)),
    "bars, again to the right": lambda form: piped(rows_of(form, "", RIGHT)),
    "Markdown": lambda form: piped(rows_of(form, DOWN, RIGHT), ruled=True),
    "a bar behind each cell": lambda form: "\n".join(f"{cell} |" if cell else "|" for cell in cells_of(form)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_says_the_same_in_every_layout(form: str, layout: str) -> None:
    title, grid, facts = FORMS[form]
    report = parse(f"{PROSE}{title}\n（2023年度）\n{LAYOUTS[layout](grid)}\n".encode())
    said = Counter(
        (str(fact.key), str(fact.quote))
        for fact in report.facts
        if fact.concept.partition(".")[0] in ("project", "indicator", "evaluation")
    )
    assert said == Counter(facts)


def facts_of(text: str, *concepts: str) -> list[tuple[str, str]]:
    found = parse(text.encode()).facts
    return [(fact.key, str(fact.quote)) for fact in found if fact.concept.partition(".")[0] in concepts]


COUNTED_HEADS = ("序号", "项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率（%）", "自评得分", "自评等级")
COUNTED = (
    ("1", "水窖清淤", "36.00", "40.00", "38.00", "95.00", "96", "优"),
    ("2", "管网漏损检测", "24.00", "20.00", "20.00", "100.00", "99.5", "优"),
    ("3", "水源井围护", "15.00", "15.00", "12.00", "80.00", "87", "良"),
)
SUM = ("合计", "75.00", "75.00", "70.00", "93.33")


@pytest.mark.parametrize("first", [True, False])
def test_the_numbers_of_a_list_tell_its_rows_and_the_sum_has_none(first: bool) -> None:
    rows = [SUM, *COUNTED] if first else [*COUNTED, SUM]
    cells = "\n".join([*COUNTED_HEADS, *(cell for row in rows for cell in row)])
    text = f"沙河县农村供水总站2023年度部门整体支出绩效自评报告\n\n一、项目自评情况\n2023年度项目支出明细表\n单位：万元\n{cells}\n"
    found = facts_of(text, "project", "evaluation")
    for _, name, budget, adjusted, spent, rate, score, _ in COUNTED:
        own = f"project.amount[{name}]"
        assert (f"{own}{{basis=budget,period=2023}}", budget) in found
        assert (f"{own}{{basis=adjusted_budget,period=2023}}", adjusted) in found
        assert (f"{own}{{period=2023}}", spent) in found
        assert (f"{own}{{period=2023,vs=adjusted_budget}}.execution_rate", rate) in found
        assert (f"project.score[{name}]{{period=2023}}", score) in found
    assert not [key for key, _ in found if key.startswith("evaluation.score")]  # the 1 behind the sum is no score


def test_numbers_of_rows_before_two_sides_are_no_amounts() -> None:
    cells = (
        "序号 收入 支出 项目 预算数 项目 预算数 栏次 1 2 3 4 "
        "1 一、一般公共预算拨款收入 820.00 一、一般公共服务支出 2 二、政府性基金预算拨款收入 二、外交支出 "
        "5 五、单位资金 30.00 五、教育支出 790.00 8 八、社会保障和就业支出 60.00 "
        "32 本年收入合计 850.00 本年支出合计 850.00 34 收入总计 850.00 支出总计 850.00"
    )
    text = "丰源县第三中学2024年单位预算信息公开\n单位预算收支总表\n单位：万元\n" + "\n".join(cells.split(" ")) + "\n"
    found = dict(facts_of(text, "revenue", "expenditure"))
    assert found == {
        "revenue.source[general_public_budget]{basis=budget,period=2024}": "820.00",
        "revenue.source[unit_funds]{basis=budget,period=2024}": "30.00",
        "expenditure.function[205]{basis=budget,period=2024}": "790.00",
        "expenditure.function[208]{basis=budget,period=2024}": "60.00",
        "revenue.current{basis=budget,period=2024}": "850.00",
        "expenditure.current{basis=budget,period=2024}": "850.00",
        "revenue.total{basis=budget,period=2024}": "850.00",
        "expenditure.total{basis=budget,period=2024}": "850.00",
    }


def test_marks_that_happen_to_count_on_are_no_page_numbers() -> None:
    places = (
        "上游左岸",
        "上游右岸",
        "中游左岸",
        "中游右岸",
        "下游左岸",
        "下游右岸",
        "入湖口门",
        "分洪渠口",
        "闸前",
        "闸后",
        "库尾",
    )
    marks = (1, 9, 9, 9, 9, 2, 9, 9, 9, 9, 3)
    rows = [
        (f"清理{place}河段多年淤积物并外运到指定场所处置", "≥500立方米", f"{500 + n}立方米", str(mark), str(mark))
        for n, (place, mark) in enumerate(zip(places, marks, strict=True), 1)
    ]
    cells = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "产出指标", "数量指标"]
    cells += [cell for row in rows for cell in row] + ["总分", "78", "78"]
    text = f"{PROSE}项目支出绩效自评表\n（2023年度）\n项目名称\n{NAME}\n" + "\n".join(cells) + "\n"
    found = facts_of(text, "indicator")
    for name, target, actual, weight, score in rows:
        path = f"[产出指标/数量指标/{name}]"
        assert [
            (f"indicator.target{path}", target), (f"indicator.actual{path}", actual),
            (f"indicator.weight{path}{{period=2023}}", weight), (f"indicator.score{path}{{period=2023}}", score),
        ] == [fact for fact in found if path in fact[0]]  # fmt: skip


def test_a_project_is_called_as_its_form_calls_it() -> None:
    text = (
        "临水县果业站2023年度老果园改造项目绩效自评报告\n\n一、资金情况\n老果园改造项目年初预算60.00万元，支出57.00万元，执行率95.00%。\n\n"
        "临水县果业站\n2024年3月8日\n\n附件1\n老果园改造项目分项支出情况表\n单位：万元\n分项内容\t全年预算数\t全年执行数\n"
        "高接换种\t40.00\t38.50\n水肥一体\t20.00\t18.50\n合计\t60.00\t57.00\n\n附件2\n项目支出绩效自评表\n项目名称\t老果园改造\t\t\n"
        "资金（万元）\t\t预算数\t执行数\n\t年度资金总额\t60.00\t57.00\n"
    )
    members = {key.partition("]")[0].partition("[")[2] for key, _ in facts_of(text, "project")}
    assert members == {"老果园改造", "高接换种", "水肥一体"}


def test_what_a_form_asks_for_is_no_reason() -> None:
    form = [list(row) for row in NATIONAL]
    form[9][-1] = "偏差原因分析及改进措施"
    form[10][-1] = "未完成的请说明原因（100字以内）"
    found = facts_of(f"{PROSE}项目支出绩效自评表\n（2023年度）\n{piped(rows_of(form, '', ''))}\n", "indicator")
    assert not [key for key, quote in found if "100字" in quote]
    assert ("indicator.reason[产出指标/数量指标/安装护栏]", "汛期停工，已补装") in found

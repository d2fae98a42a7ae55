"""Sentences of kinds that a fresh reader wrote and the rules first read wrongly: each stands for its class of wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse import PackError, parse
from reportparse.packs import load_packs

TITLES = {
    "overall": "某县茶叶站2023年度部门整体支出绩效自评报告",
    "accounts": "某县茶叶站2023年度部门决算说明",
    "budget": "某县茶叶站2024年部门预算说明",
    "project": "某县2023年度古树保护项目支出绩效自评报告",
    "transfer": "某县2023年林草生态保护资金转移支付绩效自评报告",
}

CASES = [
    # a heading that holds its figure names what that is
    (
        "budget",
        "一、2024年收入预算为93.6万元\n1、事业收入93.6万元。\n二、支出预算安排93.6万元\n1、基本支出71.2万元\n2、项目支出22.4万元。",
        {
            "revenue.total{basis=budget,period=2024}": "93.6",
            "revenue.source[institutional]{basis=budget,period=2024}": "93.6",
            "expenditure.total{basis=budget,period=2024}": "93.6",
            "expenditure.nature[basic]{basis=budget,period=2024}": "71.2",
            "expenditure.nature[project]{basis=budget,period=2024}": "22.4",
        },
    ),
    # behind the reason for a change the list of the other side begins
    (
        "budget",
        "收入包括：一般公共预算拨款收入64万元，比2023年减少3万元，主要是退休减员；支出包括：农林水支出50万元，住房保障支出14万元。",
        {
            "revenue.source[general_public_budget]{basis=budget,period=2024}": "64",
            "revenue.source[general_public_budget]{basis=budget,period=2024}.change": "-3",
            "expenditure.function[213]{basis=budget,period=2024}": "50",
            "expenditure.function[221]{basis=budget,period=2024}": "14",
        },
    ),
    # 上年为 is last year's figure, never another one of this year
    (
        "budget",
        "机关运行经费预算25万元，上年为26万元。",
        {"agency_operating{basis=budget,period=2024}": "25", "agency_operating{basis=budget,period=2023}": "26"},
    ),
    # money is never said of a score or a count, and a rate follows its change
    ("overall", "自评得分91分，全年预算数302.15万元，执行数300.02万元，完成预算的99.3%。", {"evaluation.score{period=2023}": "91"}),
    ("accounts", "公务用车保有量为4辆。与上年相比减少1.36万元，下降7.37%。", {"three_public.vehicles_kept{period=2023}": "4"}),
    # the unit tells groups from people
    (
        "accounts",
        "因公出国（境）团组1个，累计2人次。",
        {"three_public.abroad_groups{period=2023}": "1", "three_public.abroad_people{period=2023}": "2"},
    ),
    # 年初 and 年末 after a year are words of the label
    ("overall", "2023年年初结转和结余15.28万元。", {"balance.opening{period=2023}": "15.28"}),
    ("overall", "2023年末结转和结余15.28万元。", {"balance.closing{period=2023}": "15.28"}),
    ("overall", "年末财政拨款结转结余6.4万元。", {"balance.closing{fund=appropriation,period=2023}": "6.4"}),
    # the figure that a comparison is with belongs to its own year or basis
    (
        "accounts",
        "公务接待费支出1.2万元，比2022年1.5万元减少0.3万元，下降20%。",
        {
            "three_public.reception{period=2023}": "1.2",
            "three_public.reception{period=2022}": "1.5",
            "three_public.reception{period=2023}.change": "-0.3",
            "three_public.reception{period=2023}.change_rate": "-20",
        },
    ),
    (
        "accounts",
        "“三公”经费支出2.1万元，比年初预算3万元减少0.9万元。",
        {
            "three_public.total{period=2023}": "2.1",
            "three_public.total{basis=budget,period=2023}": "3",
            "three_public.total{period=2023,vs=budget}.change": "-0.9",
        },
    ),
    # items share the basis of the total that they are listed under, in brackets too
    (
        "overall",
        "部门预算支出总额11万元，其中基本支出6万元（人员经费5万元，公用经费1万元）。",
        {
            "expenditure.total{basis=budget,period=2023}": "11",
            "expenditure.nature[basic]{basis=budget,period=2023}": "6",
            "expenditure.basic[personnel]{basis=budget,period=2023}": "5",
            "expenditure.basic[public]{basis=budget,period=2023}": "1",
        },
    ),
    # a space inside a number
    ("overall", "本年财政拨款收入合计1 126.47万元。", {"revenue.current{fund=appropriation,period=2023}": "1126.47"}),
    # what is said of a part is not said of the whole
    (
        "accounts",
        "货物采购授予中小企业合同金额占货物支出金额的80%。",
        {"procurement.sme_awarded[goods]{period=2023,of=procurement.total[goods]}.share": "80"},
    ),
    # counts in brackets, offices before their number, two totals by name
    (
        "accounts",
        "公务接待费0.5万元（6批次48人次）。",
        {
            "three_public.reception{period=2023}": "0.5",
            "three_public.reception_batches{period=2023}": "6",
            "three_public.reception_people{period=2023}": "48",
        },
    ),
    (
        "accounts",
        "2023年度收入总计、支出总计均为18.4万元。",
        {"revenue.total{period=2023}": "18.4", "expenditure.total{period=2023}": "18.4"},
    ),
    # several things of one figure, several figures of several things, several shares of several amounts
    (
        "accounts",
        "事业收入、经营收入和上级补助收入均为0万元；公务接待费和公务用车运行维护费分别为1.2万元、4.4万元。",
        {
            "revenue.source[institutional]{period=2023}": "0",
            "revenue.source[operating]{period=2023}": "0",
            "revenue.source[superior_subsidy]{period=2023}": "0",
            "three_public.reception{period=2023}": "1.2",
            "three_public.vehicle_operation{period=2023}": "4.4",
        },
    ),
    (
        "accounts",
        "本年支出合计4万元，其中：教育支出1万元、卫生健康支出3万元，占比分别为25%、75%。",
        {
            "expenditure.current{period=2023}": "4",
            "expenditure.function[205]{period=2023}": "1",
            "expenditure.function[210]{period=2023}": "3",
            "expenditure.function[205]{period=2023}.share": "25",
            "expenditure.function[210]{period=2023}.share": "75",
        },
    ),
    (
        "accounts",
        "本年收入、支出分别较上年增长3%、下降4%。",
        {"revenue.current{period=2023}.change_rate": "3", "expenditure.current{period=2023}.change_rate": "-4"},
    ),
    (
        "accounts",
        "本年收入、支出分别较上年增长3%、4%。",
        {"revenue.current{period=2023}.change_rate": "3", "expenditure.current{period=2023}.change_rate": "4"},
    ),
    # the comparison holds for the list after it, a rate may follow its change without a verb
    (
        "accounts",
        "与上年相比，收入合计减少58万元，下降5%。其中：基本支出增加2万元、3%；项目支出减少60万元。",
        {
            "expenditure.nature[basic]{period=2023}.change": "2",
            "expenditure.nature[basic]{period=2023}.change_rate": "3",
            "expenditure.nature[project]{period=2023}.change": "-60",
        },
    ),
    # a class by its levels is clear by itself, and those below 类 stand under the path before them
    (
        "budget",
        "财政拨款支出主要内容如下：\n1. “农林水支出（类）林业和草原（款）事业机构（项）”25万元，主要用于护林。2023年当年预算执行数为50万元，"
        "2024年预算安排25万元，比2023年预算执行数减少50%。",
        {
            "expenditure.function[2130204]{fund=appropriation,basis=budget,period=2024}": "25",
            "expenditure.function[2130204]{fund=appropriation,period=2023}": "50",
            "expenditure.function[2130204]{fund=appropriation,basis=budget,period=2024,vs=2023:actual}.change_rate": "-50",
        },
    ),
    (
        "accounts",
        "社会保障和就业支出（类）行政事业单位养老支出（款）事业单位离退休（项）3万元，其他社会保障和就业支出（款）其他社会保障和就业支出（项）1万元。",
        {"expenditure.function[2080502]{period=2023}": "3", "expenditure.function[2089999]{period=2023}": "1"},
    ),
    # last year's figure as the measure, in words of size
    (
        "budget",
        "培训费预算支出7万元，本年数小于上年预算数2万元；会议费预算支出1万元，本年数等于上年预算数。",
        {
            "training_cost{basis=budget,period=2024}": "7",
            "training_cost{basis=budget,period=2024}.change": "-2",
            "meeting_cost{basis=budget,period=2024}": "1",
            "meeting_cost{basis=budget,period=2024}.change": "None",
        },
    ),
    # what is equal to the budget is the outcome
    (
        "accounts",
        "公务接待费年初预算3万元，支出决算3万元，完成预算的100%。决算数与预算数持平。",
        {
            "three_public.reception{basis=budget,period=2023}": "3",
            "three_public.reception{period=2023}": "3",
            "three_public.reception{period=2023}.execution_rate": "100",
            "three_public.reception{period=2023,vs=budget}.change": "None",
        },
    ),
    # that there is none of a fund
    (
        "accounts",
        "本单位无政府性基金预算财政拨款收入和支出，也没有国有资本经营预算支出。",
        {
            "revenue.total{fund=government_fund,period=2023}": "None",
            "expenditure.total{fund=government_fund,period=2023}": "None",
            "expenditure.total{fund=state_capital,period=2023}": "None",
        },
    ),
    # counts are of the members that the money is of
    (
        "accounts",
        "其中国内公务接待0.9万元，公务接待9批次、74人次。",
        {
            "three_public.reception[domestic]{period=2023}": "0.9",
            "three_public.reception_batches[domestic]{period=2023}": "9",
            "three_public.reception_people[domestic]{period=2023}": "74",
        },
    ),
    # each amount goes with the count before it, grades are counted, a mean is of the projects
    (
        "accounts",
        "编报绩效目标的项目9个，涉及预算金额80万元；绩效跟踪评价的项目8个，涉及资金75万元；绩效自评的项目7个，涉及资金70万元，"
        "平均得分95.5分（其中，绩效评级为“优”的项目6个；绩效评级为“良”的项目1个）。",
        {
            "evaluation.projects[targeted]{period=2023}": "9",
            "evaluation.project_amount[targeted]{basis=budget,period=2023}": "80",
            "evaluation.projects[monitored]{period=2023}": "8",
            "evaluation.project_amount[monitored]{period=2023}": "75",
            "evaluation.projects[self_evaluated]{period=2023}": "7",
            "evaluation.project_amount[self_evaluated]{period=2023}": "70",
            "evaluation.score[project_average]{period=2023}": "95.5",
            "evaluation.projects[self_evaluated]{period=2023,cross={grade:优}}": "6",
            "evaluation.projects[self_evaluated]{period=2023,cross={grade:良}}": "1",
        },
    ),
    (
        "accounts",
        "对“道路硬化”“茶苗补贴”等2个项目进行了绩效自评，其中1个项目评价结果为“优”，1个项目评价结果为“良”。",
        {
            "evaluation.projects[self_evaluated]{period=2023}": "2",
            "evaluation.projects[self_evaluated]{period=2023,cross={grade:优}}": "1",
            "evaluation.projects[self_evaluated]{period=2023,cross={grade:良}}": "1",
        },
    ),
    # no amount of what was counted last, no grade of the whole where projects are graded
    ("accounts", "绩效自评的项目7个，走访企业3家，涉及资金70万元。", {"evaluation.projects[self_evaluated]{period=2023}": "7"}),
    ("accounts", "道路硬化项目绩效评价得分92分，评价等级为“优”。", {"project.score[道路硬化]{period=2023}": "92"}),
    # an added amount is of nothing, what is spent then is of the whole
    (
        "overall",
        "——道路硬化项目年初预算50万元，年中追加6万元，全年支出55万元。",
        {
            "project.amount[道路硬化]{basis=budget,period=2023}": "50",
            "project.amount[道路硬化]{period=2023}": "55",
        },
    ),
    # lists of projects, and lists that are none
    (
        "accounts",
        "项目支出80万元，主要用于道路硬化（60万元）、茶苗补贴（20万元）。",
        {
            "expenditure.nature[project]{period=2023}": "80",
            "project.amount[道路硬化]{period=2023}": "60",
            "project.amount[茶苗补贴]{period=2023}": "20",
        },
    ),
    (
        "accounts",
        "项目支出80万元，其中：本级支出60万元，其他项目10万元，业务费10万元。",
        {"expenditure.nature[project]{period=2023}": "80"},
    ),
    # a report on one project: its own figures have no name, its parts have, who pays is none
    (
        "project",
        "项目年初预算80万元，其中县级财政资金80万元。全年预算数76万元，执行数74万元，执行率97.37%。古树挂牌预算20万元，支出19万元。",
        {
            "project.amount[古树保护]{basis=budget,period=2023}": "80",
            "project.amount[古树保护]{basis=adjusted_budget,period=2023}": "76",
            "project.amount[古树保护]{period=2023}": "74",
            "project.amount[古树保护]{period=2023,vs=adjusted_budget}.execution_rate": "97.37",
        },
    ),
    (
        "transfer",
        "林草生态保护资金全年预算数500万元，其中中央财政资金500万元。",
        {"project.amount[林草生态保护资金]{basis=adjusted_budget,period=2023}": "500"},
    ),
    # an item's name stands before the words of its figure: after its number, or before a bracket
    (
        "project",
        "二、项目资金情况\n资金用于：①古树挂牌，年初预算20万元，支出19万元；②树体支护，年初预算30万元，支出29万元；③养护培训（年初预算5万元，支出4万元）。",
        {
            "project.amount[古树挂牌]{basis=budget,period=2023}": "20",
            "project.amount[古树挂牌]{period=2023}": "19",
            "project.amount[树体支护]{basis=budget,period=2023}": "30",
            "project.amount[树体支护]{period=2023}": "29",
            "project.amount[养护培训]{basis=budget,period=2023}": "5",
            "project.amount[养护培训]{period=2023}": "4",
        },
    ),
    (
        "project",
        "二、项目资金情况\n子项目一：古树挂牌，预算金额20万元。\n（2）树体支护，预算金额30万元，实际支出29万元。",
        {
            "project.amount[古树挂牌]{basis=budget,period=2023}": "20",
            "project.amount[树体支护]{basis=budget,period=2023}": "30",
            "project.amount[树体支护]{period=2023}": "29",
        },
    ),
    (
        "accounts",
        "（1）公务接待费，年初预算5万元，支出决算4万元，完成年初预算的80%。",
        {
            "three_public.reception{basis=budget,period=2023}": "5",
            "three_public.reception{period=2023}": "4",
            "three_public.reception{period=2023}.execution_rate": "80",
        },
    ),
    # a list ends where the total goes on
    (
        "project",
        "项目年初预算数50万元，其中：古树挂牌20万元、树体支护30万元；全年执行数48万元，其中：古树挂牌19万元、树体支护29万元。",
        {
            "project.amount[古树保护]{basis=budget,period=2023}": "50",
            "project.amount[古树挂牌]{basis=budget,period=2023}": "20",
            "project.amount[树体支护]{basis=budget,period=2023}": "30",
            "project.amount[古树保护]{period=2023}": "48",
            "project.amount[古树挂牌]{period=2023}": "19",
            "project.amount[树体支护]{period=2023}": "29",
        },
    ),
    # no score but the edge of a band; no spending of a fund but that of the projects evaluated
    ("overall", "12个项目中，自评得分90分以上的10个，80分（含）至90分的2个。", {}),
    (
        "accounts",
        "组织对3个项目开展了部门评价，涉及一般公共预算支出300万元，政府性基金预算支出0万元。",
        {"evaluation.projects{period=2023}": "3", "evaluation.project_amount{period=2023}": "300"},
    ),
    # marks: of the whole, of indicators, out of how many
    (
        "project",
        "本项目自评总分93分，其中：预算执行率10分，得9.4分；产出指标得分48分（满分50分）。扣7分。",
        {
            "evaluation.score{period=2023}": "93",
            "indicator.weight[预算执行率]{period=2023}": "10",
            "indicator.score[预算执行率]{period=2023}": "9.4",
            "indicator.score[产出指标]{period=2023}": "48",
            "indicator.weight[产出指标]{period=2023}": "50",
        },
    ),
    # an indicator's figures with the words that qualify them; a score is not that of another indicator
    (
        "project",
        "产出指标：数量指标：①挂牌数量指标值不少于120株，实际完成126株，分值10分，得10分；②验收时间指标值为11月底前，得4分。",
        {
            "indicator.target[产出指标/数量指标/挂牌数量]": "不少于120株",
            "indicator.actual[产出指标/数量指标/挂牌数量]": "126株",
            "indicator.weight[产出指标/数量指标/挂牌数量]{period=2023}": "10",
            "indicator.score[产出指标/数量指标/挂牌数量]{period=2023}": "10",
        },
    ),
    # levels of indicators by heading and in the line; not where the heading of a level is missing: 1. … 3.
    (
        "project",
        "（一）产出指标（50分）\n数量。挂牌数量指标值120株，完成值126株。\n质量。挂牌合格率指标值不低于98%，完成值99%。",
        {
            "indicator.weight[产出指标]{period=2023}": "50",
            "indicator.target[产出指标/数量/挂牌数量]": "120株",
            "indicator.actual[产出指标/数量/挂牌数量]": "126株",
            "indicator.target[产出指标/质量/挂牌合格率]": "不低于98%",
            "indicator.actual[产出指标/质量/挂牌合格率]": "99%",
        },
    ),
    (
        "project",
        "（一）产出指标\n1.数量指标\n挂牌数量指标值120株，完成值126株。\n挂牌合格率指标值98%，完成值99%。\n3.时效指标\n挂牌及时率指标值95%，完成值96%。",
        {
            "indicator.target[产出指标/数量指标/挂牌数量]": "120株",
            "indicator.actual[产出指标/数量指标/挂牌数量]": "126株",
            "indicator.target[产出指标/时效指标/挂牌及时率]": "95%",
            "indicator.actual[产出指标/时效指标/挂牌及时率]": "96%",
        },
    ),
    # that there is none of anything is no score
    ("project", "对3个项目开展绩效自评，资金使用未发现截留挪用。", {"evaluation.projects[self_evaluated]{period=2023}": "3"}),
    # a change of a count is said of the count, one of a score of the score
    (
        "overall",
        "申报绩效目标11个，金额合计240万元，较上年增加2个。自评得分88.5分，比上年提高1.6分。",
        {
            "targets.count{period=2023}": "11",
            "targets.amount{period=2023}": "240",
            "targets.count{period=2023}.change": "2",
            "evaluation.score{period=2023}": "88.5",
            "evaluation.score{period=2023}.change": "1.6",
        },
    ),
    # the figure that another is compared with, before the words of the comparison
    (
        "accounts",
        "收入总计与上年80万元相比，增加10万元，为90万元。",
        {"revenue.total{period=2022}": "80", "revenue.total{period=2023}.change": "10", "revenue.total{period=2023}": "90"},
    ),
    (
        "accounts",
        "项目支出与预算30万元相比减少2万元。",
        {
            "expenditure.nature[project]{basis=budget,period=2023}": "30",
            "expenditure.nature[project]{period=2023,vs=budget}.change": "-2",
        },
    ),
    # years that are listed, and verbs after 分别
    (
        "accounts",
        "2022年度、2023年度收入总计分别为80万元、90万元。",
        {"revenue.total{period=2022}": "80", "revenue.total{period=2023}": "90"},
    ),
    (
        "accounts",
        "基本支出60万元、项目支出30万元，分别较上年增长3.45%、下降2.00%。",
        {
            "expenditure.nature[basic]{period=2023}": "60",
            "expenditure.nature[project]{period=2023}": "30",
            "expenditure.nature[basic]{period=2023}.change_rate": "3.45",
            "expenditure.nature[project]{period=2023}.change_rate": "-2.00",
        },
    ),
    # the same things in two years, and figures in brackets beside the one that they are of
    (
        "accounts",
        "基本支出、项目支出上年分别为58万元、29万元，本年分别为60万元、30万元。",
        {
            "expenditure.nature[basic]{period=2022}": "58",
            "expenditure.nature[project]{period=2022}": "29",
            "expenditure.nature[basic]{period=2023}": "60",
            "expenditure.nature[project]{period=2023}": "30",
        },
    ),
    (
        "accounts",
        "项目支出为30万元（预算31万元，上年29万元）。",
        {
            "expenditure.nature[project]{period=2023}": "30",
            "expenditure.nature[project]{basis=budget,period=2023}": "31",
            "expenditure.nature[project]{period=2022}": "29",
        },
    ),
    (
        "accounts",
        "教育支出（类）10万元，占1.11%，上年为12万元，占1.40%。",
        {
            "expenditure.function[205]{period=2023}": "10",
            "expenditure.function[205]{period=2023}.share": "1.11",
            "expenditure.function[205]{period=2022}": "12",
            "expenditure.function[205]{period=2022}.share": "1.40",
        },
    ),
    (
        "accounts",
        "截至6月底，基本支出20万元，项目支出10万元；截至12月底，基本支出60万元。",
        {"expenditure.nature[basic]{period=2023}": "60"},
    ),
    (
        "accounts",
        "2023年度、2022年度公务接待费分别为2万元、3万元。",
        {"three_public.reception{period=2023}": "2", "three_public.reception{period=2022}": "3"},
    ),
    (
        "accounts",
        "截至9月30日，已完成支付60万元，2023年度基本支出90万元。",
        {"expenditure.nature[basic]{period=2023}": "90"},
    ),
    ("accounts", "各单位基本支出80万元。", {"expenditure.nature[basic]{period=2023}": "80"}),
    # others' money
    (
        "accounts",
        "本站基本支出60万元，各乡镇茶叶站基本支出450万元，不含下属茶场基本支出20万元。",
        {"expenditure.nature[basic]{period=2023}": "60"},
    ),
    # an item's number inside the paragraph is no part of its label
    (
        "accounts",
        "（1）教育支出（类）6万元。（2）卫生健康支出（类）3万元。②农林水支出（类）2万元。",
        {
            "expenditure.function[205]{period=2023}": "6",
            "expenditure.function[210]{period=2023}": "3",
            "expenditure.function[213]{period=2023}": "2",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES, ids=[case[1][:24] for case in CASES])
def test_figures(kind: str, sentence: str, expected: dict[str, str]) -> None:
    report = parse(f"{TITLES[kind]}\n\n一、其他情况\n\n{sentence}\n".encode())
    figures = {fact.key: str(fact.value) for fact in report if fact.mention is not None}
    assert figures == expected


def test_a_pattern_of_a_users_own_cannot_hang_the_tool(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[pack]\nid = 'cn.overall_performance.2023'\nextends = 'cn.overall_performance'\napplies = { title = '整体' }\n"
        "[[anywhere.field]]\nconcept = 'revenue.total'\nlabels = ['(?:(?:某|某某)+)+入']\n",
        encoding="utf-8",
    )
    label = "某" * 200
    with pytest.raises(PackError) as caught:
        parse(f"{TITLES['overall']}\n\n一、收支情况\n\n{label}9万元。\n".encode(), packs=[own])
    assert caught.value.code == "RP-PACK-008"


@pytest.mark.parametrize("text", ["[" * 50_000, "[pack]\nid = 'cn.x'\nexpects = ['']\n"], ids=["nested", "empty text"])
def test_a_pack_that_no_reader_survives_is_a_pack_error(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(PackError):
        load_packs([own])

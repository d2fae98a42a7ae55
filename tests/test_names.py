"""The names of projects and indicators, and which words are none."""

from __future__ import annotations

import pytest

from reportparse.names import (
    are_of_others,
    as_called,
    clause_before,
    indicator_in,
    is_of_other_fund,
    level_of,
    levels_at,
    named_below,
    named_by_fund_heading,
    named_by_heading,
    named_by_item,
    named_by_subject,
    named_by_title,
    names_own,
    project_in,
    seats_of,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某县2023年度古树保护项目支出绩效自评报告", "古树保护项目"),
        ("某县古树保护项目2023年度绩效自评报告", "某县古树保护项目"),
        ("五通桥区2023年度古树保护专项资金绩效自评报告", "古树保护专项资金"),
        ("五通桥区2022年度林草生态保护恢复资金转移支付绩效自评报告", "林草生态保护恢复资金"),
        ("2021年中央食品监管专项转移支付绩效自评报告", "中央食品监管专项转移支付"),
        ("关于2023年度就业补助资金使用绩效自评的报告", "就业补助资金"),
        ("附件2：2023年校舍维修改造项目支出绩效自评报告", "校舍维修改造项目"),
        ("2021-2024年技能竞赛经费项目绩效评价报告", "技能竞赛经费项目"),
        ("某县林业局2023年度古树保护经费转移支付绩效自评报告", "古树保护经费"),
        ("农村学生营养改善计划转移支付2023年度绩效自评报告", "农村学生营养改善计划"),
        (
            "五通桥区第二人民医院国家基本药物制度项目市级补助资金2023年度绩效自评报告",
            "国家基本药物制度项目市级补助资金",
        ),
        ("2023年五通桥区水务局中小河流治理资金项目绩效自评报告", "中小河流治理资金项目"),
        ("五通桥区人民医院门诊楼改造项目绩效自评报告", "人民医院门诊楼改造项目"),
        ("五通桥区残联中央转移支付2023年度绩效自评报告（残疾人康复补助资金）", "残疾人康复补助资金"),
        ("五通桥区应急局（自然灾害救灾资金—防汛补助）转移支付2023年度绩效自评报告", "自然灾害救灾资金—防汛补助"),
        ("某县林业局转移支付2023年度绩效自评报告", None),
        ("五通桥区转移支付2023年度绩效自评报告", None),
        ("某县林业局2023年度项目支出绩效自评报告（防火道路维修经费）", "防火道路维修经费"),
        ("五通桥区数据中心2024年度项目支出绩效单位自评报告", None),
        ("2023年度部门整体支出绩效自评报告", None),
        ("2023年度部门决算", None),
    ],
)
def test_what_a_title_names(title: str, name: str | None) -> None:
    assert named_by_title(title, None) == name


def test_a_department_is_no_part_of_a_project() -> None:
    assert named_by_title("某县教育局校舍维修项目2023年度绩效自评报告", "某县教育局") == "校舍维修项目"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("技能竞赛经费项目绩效评价报告\n技能竞赛经费共安排9万元。", "技能竞赛经费"),
        ("技能竞赛经费项目绩效评价报告\n技能竞赛经费项目安排9万元。", "技能竞赛经费项目"),
        ("技能竞赛经费项目\n绩效评价报告\n", "技能竞赛经费"),
    ],
)
def test_what_the_report_goes_on_to_call_it(text: str, called: str) -> None:
    assert as_called("技能竞赛经费项目", text) == called
    assert as_called("就业补助资金", text) == "就业补助资金"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("茶苗繁育经费情况说明", "茶苗繁育"),
        ("产业发展专项（政策资金）经费情况说明", "产业发展专项（政策资金）"),
        ("2023年茶园监测项目绩效自评综述", "茶园监测"),
        ("茶园监测项目", "茶园监测"),
        ("特定目标类项目绩效分析", None),
        ("一般公共预算项目支出情况", None),
        ("部门评价项目绩效评价结果", None),
        ("项目经费情况说明", None),
        ("“三公”经费情况说明", None),
        ("机关运行情况", None),
        ("专项补助资金下达预算及项目情况", None),
    ],
)
def test_what_a_heading_names(heading: str, name: str | None) -> None:
    assert named_by_heading(heading) == name


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("森林质量提升资金绩效自评", "森林质量提升资金"),
        ("2023年度高素质农民培育补助转移支付", "高素质农民培育补助"),
        ("自然灾害救灾资金（抗旱应急补助经费）", "抗旱应急补助经费"),
        ("省级补助资金", None),
        ("财政专项资金", None),
        ("上年结转资金", None),
        ("资金投入情况分析", None),
    ],
)
def test_the_fund_that_a_heading_is(heading: str, name: str | None) -> None:
    assert named_by_fund_heading(heading) == name


OWN = "古树保护项目"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("古树挂牌", "古树挂牌"),
        ("其中：古树挂牌子项目", "古树挂牌"),
        ("（2）古树挂牌", "古树挂牌"),
        ("二是古树挂牌", "古树挂牌"),
        ("分项目看：古树挂牌", "古树挂牌"),
        ("古树挂牌（二期）", "古树挂牌（二期）"),
        ("古树挂牌（含耗材3万元）", "古树挂牌"),
        ("老旧小区改造", "老旧小区改造"),
        ("市级支持总部经济", "市级支持总部经济"),
        # the project itself, and words that point back to it
        ("", OWN),
        ("该项目", OWN),
        ("项目资金", OWN),
        ("项目批复", OWN),
        ("古树保护", OWN),
        ("某县古树保护项目", OWN),
        # who pays, whoever spends, parts of a budget, figures
        ("中央财政资金", None),
        ("省级衔接资金", None),
        ("县级配套", None),
        ("上级补助", None),
        ("省级下达资金", None),
        ("市县财政安排配套资金共计", None),
        ("自治区匹配下拨古树保护资金", None),
        ("县档案馆", None),
        ("东山县", None),
        ("上年结转", None),
        ("基本支出", None),
        ("部门", None),
        ("其他项目", None),
        ("特定目标类", None),
        ("资金到位", None),
        ("得分", None),
        ("很" * 50, None),
    ],
)
def test_what_words_name(words: str, name: str | None) -> None:
    assert project_in(words, OWN) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("中央专项救灾资金", None),
        ("中央补助应急排水经费", None),
        ("省级配套救灾资金", None),
        ("应急排水经费", "应急排水经费"),
        ("救灾资金（冬春救助）", "救灾资金（冬春救助）"),
    ],
)
def test_parts_of_a_fund_and_those_who_pay_it(words: str, name: str | None) -> None:
    assert project_in(words, "自然灾害救灾资金", listed=True) == name


@pytest.mark.parametrize(
    "words",
    [
        "补助救灾资金",
        "财政自然灾害救灾资金",
        "获得自然灾害救灾资金",
        "投入直达资金",
        "下达转移支付（自然灾害救灾资金）",
    ],
)
def test_a_fund_in_short(words: str) -> None:
    assert project_in(words, "自然灾害救灾资金") == "自然灾害救灾资金"


def test_nothing_to_point_back_to() -> None:
    assert project_in("该项目", None) is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("古树挂牌数量", "古树挂牌数量"),
        ("①古树挂牌数量", "古树挂牌数量"),
        ("一是古树挂牌数量指标的", "古树挂牌数量"),
        ("三级指标“古树挂牌数量”的", "古树挂牌数量"),
        ("古树挂牌数量（", "古树挂牌数量"),
        ("讲解时长（指标值为90分钟，权重", "讲解时长"),
        ("A1项目立项", "项目立项"),
        ("产出指标", "产出指标"),
        ("项目决策类指标", "项目决策"),
        ("预算执行率指标", "预算执行率"),
        ("数量指标“古树挂牌数量”", "数量指标/古树挂牌数量"),
        ("产出指标—数量指标—古树挂牌数量", "产出指标/数量指标/古树挂牌数量"),
        ("该指标", None),
        ("", None),
        ("满分", None),
        ("未达到目标", None),
        ("绩效指标完成情况", None),
    ],
)
def test_which_indicator(words: str, name: str | None) -> None:
    assert indicator_in(words) == name


@pytest.mark.parametrize(
    ("heading", "under", "level"),
    [
        ("产出指标完成情况分析", False, "产出指标"),
        ("数量指标", False, "数量指标"),
        ("社会效益", True, "社会效益"),
        ("社会效益", False, None),
        ("产出方面", True, None),
        ("绩效指标完成情况分析", True, None),
    ],
)
def test_the_level_that_a_heading_names(heading: str, under: bool, level: str | None) -> None:
    assert level_of(heading, under) == level


@pytest.mark.parametrize(
    ("headings", "line", "levels"),
    [
        (["绩效目标完成情况", "产出指标", "数量指标"], "挂牌数量", ("产出指标", "数量指标")),
        (["产出指标"], "1.数量指标：挂牌数量指标值9株；2.质量指标：准确率", ("产出指标", "质量指标")),
        (["产出指标", "成本指标"], "", ("产出指标", "成本指标")),
        (["成本指标", "经济成本指标"], "", ("成本指标", "经济成本指标")),
        ([], "产出指标：数量指标：挂牌9株。效益指标：社会效益指标：就业", ("效益指标", "社会效益指标")),
        ([], "满意度指标方面，村民满意度指标值90%", ("满意度指标",)),
        ([], "产出指标中，古树挂牌（指标值9株", ("产出指标",)),
        (["效益指标"], "经济效益：增收9万元。社会效益：就业人数", ("效益指标", "社会效益")),
        (["效益指标"], "经济效益方面，增收9万元。满意度：村民满意度", ("效益指标", "满意度")),
        ([], "社会效益：就业人数", ()),
        (["产出指标"], "数量：指标值9株", ("产出指标",)),
        (["产出方面"], "设备在线率", ()),
    ],
)
def test_the_levels_that_hold(headings: list[str], line: str, levels: tuple[str, ...]) -> None:
    assert levels_at(headings, line) == levels


@pytest.mark.parametrize(
    ("words", "clause"),
    [("；管护及时率：指标值为", "管护及时率"), ("，指标值为", ""), ("指标值", ""), ("）：指标值", "")],
)
def test_the_clause_before(words: str, clause: str) -> None:
    assert clause_before(words) == clause


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("2.村内道路硬化项目，建设内容为道路三条。", "村内道路硬化"),
        ("（1）渠道清淤工程。完成清淤9公里。", "渠道清淤工程"),
        ("1.残疾人福利类资金65万元，资金使用4万元。", "残疾人福利类资金"),
        ("残疾人福利类资金65万元，资金使用4万元。", None),
        ("1.中央财政资金65万元，已全部到位。", None),
        ("1.项目，资金到位情况。", None),
    ],
)
def test_what_an_item_begins_with(line: str, name: str | None) -> None:
    assert named_by_item(line) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("道路硬化项目目前正在招标，支出资金0万元", "道路硬化"),
        ("渠道清淤工程已完工，结算9万元", "渠道清淤工程"),
        ("道路硬化项目的资金由财政承担", None),
        ("全部项目均已完工，支出9万元", None),
    ],
)
def test_what_a_sentence_is_about(sentence: str, name: str | None) -> None:
    assert named_by_subject(sentence) == name


@pytest.mark.parametrize(
    ("words", "own", "listed", "name"),
    [
        ("下达省级福彩公益金", None, False, "省级福彩公益金"),
        ("古树保护项目安排资金", None, False, "古树保护"),
        ("道路建设项目衔接资金", None, False, "道路建设"),
        ("其中社会工作服务站项目", None, True, "社会工作服务站"),
        ("其中县农业技术推广站", None, True, None),
        ("省级涉农资金", None, False, "省级涉农资金"),
        ("省级涉农资金", None, True, None),
        ("省级财政资金", "古树保护", False, None),
        ("某县古树保护资金", "古树保护", False, "古树保护"),
    ],
)
def test_what_the_words_before_a_figure_name(words: str, own: str | None, listed: bool, name: str | None) -> None:
    assert project_in(words, own, listed) == name


def test_a_seat_is_no_part_of_a_name() -> None:
    seats = seats_of("青石县2023年度古树保护项目绩效自评报告", "青石县林业局")
    assert seats == ("青石县林业局", "青石县")
    assert project_in("青石县林业局古树挂牌项目", None, False, seats) == "古树挂牌"


def test_names_of_the_reports_own_project() -> None:
    assert names_own("青石县古树保护", "古树保护")
    assert names_own("古树保护补助资金", "古树保护专项经费")
    assert not names_own("老旧古树保护", "古树保护")


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("\n\n（防火道路维修经费）\n一、概况", "防火道路维修经费"),
        ("\n（2023年古树复壮项目）\n一、概况", "古树复壮"),
        ("\n（2023年度）\n一、概况", None),
        ("\n（防火道路维修经费）已支付。\n", None),  # the beginning of a sentence
        ("（防火道路维修经费）\n", None),  # of the title itself
    ],
)
def test_named_below_the_title(below: str, name: str | None) -> None:
    title = "某局2023年度项目绩效自评报告"
    assert named_below(title + below, len(title)) == name


def test_whose_money_is_no_project() -> None:
    assert named_by_title("某县第四中学专项资金绩效自评报告", None) is None
    assert named_by_title("某县财政局关于乡道养护项目绩效评价报告", "某县财政局") == "乡道养护项目"


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("根据《关于下达2023年水利发展资金预算的通知》，下达我县资金", False),
        ("根据《关于下达2023年中央水利发展资金预算的通知》，下达我县资金", False),
        ("根据《关于下达2023年自治区水利发展资金预算的通知》，下达我县资金", True),
        ("根据《关于提前下达2023年乡村振兴衔接资金（配套水利发展资金项目）的通知》，下达我县资金", True),
        ("根据《关于下达2023年部门预算的通知》，下达我县资金", False),
        ("下达我县资金", False),
    ],
)
def test_a_notice_on_another_fund(words: str, other: bool) -> None:
    assert is_of_other_fund(words, "中央水利发展资金") == other


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["采茶戏传承资金", "场馆开放补助资金"], True),
        (["采茶戏传承资金", "文化类转移支付"], False),  # the title's own has a form
        (["采茶戏传承资金"], False),
        (["采茶戏传承资金", "采茶戏传承项目"], False),  # one project, called in two ways
        ([], False),
    ],
)
def test_forms_of_others_than_the_title_names(forms: list[str], expected: bool) -> None:
    assert are_of_others("文化类转移支付资金", forms) is expected

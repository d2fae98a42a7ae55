"""What does not add up because it is read wrongly, or in part, is no finding; what is printed wrongly beside it still is one.

Every text adds up for a reader. In the rows of ``MISREAD`` the figures are bound as a reader would not bind them: under one name though
they are of two things, in a list that lacks a part, beside another total.
"""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from conftest import DEV
from reportparse import Report, parse
from reportparse.readers import read as read_file

PERFORMANCE = "云岭县林业局2024年度部门整体支出绩效自评报告\n一、部门概况\n云岭县林业局是行政单位。\n"
ACCOUNT = "云岭县林业局2024年度部门决算\n一、部门概况\n云岭县林业局是行政单位。\n"
BUDGET = "云岭县林业局2024年部门预算\n一、部门概况\n云岭县林业局是行政单位。\n"


def read(title: str, text: str) -> Report:
    return parse(f"{title}{text}".encode(), name="x.txt")


def failed(title: str, text: str) -> list[str]:
    return [one.message for one in read(title, text).findings if one.outcome == "inconsistent"]


RIGHT = {
    "classes of one nature and of the other, whose shares say which": (
        BUDGET,
        "二、支出情况\n1.基本支出预算880000.00元。其中：\n工资福利支出预算716000.00元，占基本支出预算81.36%。\n商品和服务支出预算164000.00元，占"
        "基本支出预算18.64%。\n2.项目支出29700.00元。其中：\n商品和服务支出预算29700.00元，占项目支出预算100%。\n",
    ),
    "costs that are counted in": (
        ACCOUNT,
        "二、“三公”经费\n2024年度“三公”经费决算数合计为90.00万元，其中：因公出国（境）费0万元、公务用车购置费20.00万元、公务用车运行维护费"
        "31.50万元、公务接待费12.50万元、会议费9.00万元、培训费17.00万元。\n",
    ),
    "a part behind a list inside the list": (
        BUDGET,
        "二、“三公”经费\n2024年“三公”经费预算数为6.20万元。其中：\n因公出国（境）费0万元，与上年持平。公务用车购置及运行费5.50万元，其中：公务"
        "用车购置费0万元，公务用车运行费5.50万元。公务接待费0.70万元，比上年减少0.30万元。\n",
    ),
    "a budget that is read as the outcome beside it": (
        BUDGET,
        "二、“三公”经费\n2024年度本部门一般公共预算财政拨款安排的“三公”经费支出2.05万元，较上年减少0.03万元。\n三、其他\n2024年度本部门"
        "一般公共预算财政拨款安排的“三公”经费支出2.05万元，年初预算为2.95万元，差值为0.9万元。\n",
    ),
    "posts of which a bracket names a few": (
        PERFORMANCE,
        "二、人员情况\n共有行政编制24个，事业编制41个（参公3个，机关工勤1个）。\n",
    ),
    "people behind the sentence of a list": (
        PERFORMANCE,
        "二、人员情况\n核定编制人数925人。实有人数982人，其中：在职人数834人；离休人员4人；退休人员117人。同等待遇非在编人员27人。\n",
    ),
    "with what was carried over and without": (
        ACCOUNT,
        "二、财政拨款情况\n2024年度财政拨款收入1141.43万元。\n三、总体情况\n2024年度财政拨款收入总计1172.00万元。\n",
    ),
    "projects that have a mark each": (
        PERFORMANCE,
        "二、绩效情况\n产业路硬化项目预算260.00万元，自评得分93分。\n三、其他情况\n管网疏通项目预算86.00万元，自评得分88分。\n",
    ),
    "marks of one name of which two are one slip apart": (
        PERFORMANCE,
        "二、绩效情况\n该项目自评得分96.20分。\n三、其他\n该项目自评得分92.60分。\n四、其他\n该项目自评得分88.14分。\n",
    ),
    "two scopes that nothing names, and nothing else fails": (
        ACCOUNT,
        "二、支出情况\n2024年度基本支出702.38万元。\n三、其他\n2024年度基本支出689.90万元。\n",
    ),
    "what the figure of the fund is": (
        ACCOUNT,
        "二、支出情况\n2024年度支出总计2887.72万元。\n三、财政拨款\n2024年度一般公共预算财政拨款支出总计2417.72万元。\n四、其他\n2024年度支出总计2417.72万元。\n",
    ),
    "the rows of a table counted on": (
        ACCOUNT,
        "收入支出决算总表\n单位：万元\n|项目|行次|金额|项目|行次|金额|\n|一般公共预算财政拨款收入|1|440.55|教育支出|29|400.55|\n"
        "|上级补助收入|2|10.00|农林水支出|30|50.00|\n|本年收入合计|3|450.55|本年支出合计|31|450.55|\n",
    ),
    "sides of a table that are the year's own": (
        ACCOUNT,
        "收入支出决算总表\n单位：万元\n|收入|决算数|支出|决算数|\n|财政拨款收入|500.20|教育支出|480.60|\n|收入合计|500.20|支出合计|480.60|\n",
    ),
    "a table of which the unit is not the one that is read": (
        BUDGET,
        "二、“三公”经费表\n单位：元\n|项目|预算数|\n|“三公”经费合计|9.20|\n|因公出国（境）费|1.50|\n|公务接待费|4.20|\n|公务用车购置及运行费|3.50|\n"
        "三、“三公”经费说明\n2024年“三公”经费预算数为9.20万元，其中：因公出国（境）费1.50万元；公务接待费4.20万元；公务用车购置及运行费3.50万元。\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_likelier_read_wrongly_is_no_finding(case: str) -> None:
    assert failed(*RIGHT[case]) == []


WRONG = {
    "digits swapped in what is stated twice": (
        ACCOUNT,
        "二、支出情况\n2024年度基本支出702.38万元。\n三、其他\n2024年度基本支出720.38万元。\n",
    ),
    "another figure of a fund that both sentences name": (
        ACCOUNT,
        "二、支出情况\n2024年度一般公共预算财政拨款基本支出702.38万元。\n三、其他\n2024年度一般公共预算财政拨款基本支出689.90万元。\n",
    ),
    "another figure that its own list does not make": (
        ACCOUNT,
        "二、支出情况\n2024年度基本支出702.38万元，其中：人员经费600.00万元，公用经费89.90万元。\n三、其他\n2024年度基本支出689.90万元。\n",
    ),
    "元 for 万元 in one number of a table": (
        BUDGET,
        "二、支出预算表\n单位：万元\n|项目|预算数|\n|支出总计|90.20|\n|教育支出|50.20|\n|农林水支出|40.00|\n"
        "三、支出预算情况\n2024年支出总计90.20元。\n",
    ),
    "a change at the end of a text that breaks off": (
        ACCOUNT,
        "二、“三公”经费\n2024年度公务接待费年初预算14.90万元。公务接待费支出5.21万元，与2024年度预算相比，减少0.10万元，其中",
    ),
    "a list that ends": (
        ACCOUNT,
        "二、支出情况\n2024年度本年支出合计900.00万元，其中：教育支出500.00万元；农林水支出300.00万元；住房保障支出50.00万元。\n",
    ),
    "a class left out of a list, which a table has": (
        ACCOUNT,
        "支出决算表\n单位：万元\n|科目编码|科目名称|本年支出合计|\n||合计|900.00|\n|205|教育支出|500.00|\n|213|农林水支出|300.00|\n|221|住房保障支出|100.00|\n"
        "二、支出情况\n2024年度本年支出合计900.00万元，其中：教育支出500.00万元；农林水支出300.00万元。\n",
    ),
    "digits swapped in the last row of a table": (
        ACCOUNT,
        "支出决算表\n单位：万元\n|科目编码|科目名称|本年支出合计|基本支出|\n||合计|881.20|500.00|\n|205|教育支出|500.00|500.00|\n|213|农林水支出|318.20||\n",
    ),
    "a share of its own whole": (
        ACCOUNT,
        "二、支出情况\n2024年度本年支出合计900.00万元，其中：基本支出600.00万元，占67.66%；项目支出300.00万元，占33.33%。\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_printed_wrongly_is_still_a_finding(case: str) -> None:
    assert failed(*WRONG[case]) != []


LIST = "二、支出情况\n2024年度本年支出合计900.00万元，其中：教育支出500.00万元；农林水支出300.00万元；住房保障支出100.00万元"
TABLE = (
    "支出决算表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t900.00\t600.00\t300.00\n205\t教育支出\t500.00\t400.00\t"
    "100.00\n213\t农林水支出\t300.00\t150.00\t150.00\n221\t住房保障支出\t100.00\t50.00\t50.00\n"
)


@pytest.mark.parametrize("text", [LIST, TABLE], ids=["list", "table"])
def test_a_text_that_breaks_off_anywhere_does_not_fail(text: str) -> None:
    ends = [
        end for end in range(len(text) // 2, len(text)) if text[end - 1] != "\n"
    ]  # of whole rows nothing tells that more follow
    for end in ends:
        assert failed(ACCOUNT, text[:end]) == [], text[max(0, end - 20) : end]


NOT_TOLD = {"bu-xinyang-teafield": "a table of classes that breaks off in the code of its next row"}
"""Reports that say more against themselves where they break off, and why."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.xfail(reason=NOT_TOLD[path.stem], strict=True)] if path.stem in NOT_TOLD else [],
        )
        for path in DEV
        if path.stem.startswith(("bu-", "fa-"))
    ],
)
def test_a_report_that_breaks_off_says_no_more_against_itself(path: object) -> None:
    """Of pages as they are found only the beginning is known: what fails there fails in the whole report too."""
    text = read_file(path).text  # type: ignore[arg-type]
    whole = {(one.check, one.reported) for one in parse(text.encode()).findings if one.outcome == "inconsistent"}
    chance = random.Random(getattr(path, "stem", ""))
    for _ in range(3):
        cut = text[: chance.randrange(len(text) // 2, len(text))]
        found = {(one.check, one.reported) for one in parse(cut.encode()).findings if one.outcome == "inconsistent"}
        assert found <= whole


def test_money_of_more_and_of_less_than_is_printed_is_reckoned_with() -> None:
    """以上 and 以下 in one list make anything at all."""
    text = "二、支出情况\n2024年度本年支出合计900.00万元，其中：教育支出500.00万元以上；农林水支出300.00万元以下。\n"
    assert failed(ACCOUNT, text) == []


def test_a_change_is_not_held_against_its_own_amount() -> None:
    """Two statements of one year and basis have no change between them, whatever the change was taken to be of."""
    from dataclasses import replace

    from reportparse.checkrules import check_rules
    from reportparse.relations import find_relations

    report = read(ACCOUNT, "二、支出情况\n2024年度本年支出合计900.00万元，比2023年增加90.00万元。\n")
    change = next(fact for fact in report.facts if fact.aspect == "change")
    assert change.compared is not None
    own = replace(change, compared=replace(change.compared, period=change.period, basis="actual"))
    facts = [own if fact is change else fact for fact in report.facts]
    found = find_relations(facts, (), check_rules(), range(len(facts)))
    assert [one.check for one in found if one.check == "change"] == []


def test_a_rate_without_its_sign_may_be_a_fraction_or_a_mark() -> None:
    rows = "项目支出绩效自评表\n（2024年度）\n|项目名称|渠系清淤|\n|项目资金（万元）|年初预算数|全年预算数|全年执行数|分值|执行率|得分|\n"
    for rate, fails in (("96.20%", False), ("0.962", False), ("9.62", False), ("69.20%", True)):
        text = f"{rows}|年度资金总额|200.00|200.00|192.40|10|{rate}|9.62|\n"
        report = read("云岭县林业局2024年度项目支出绩效自评报告\n", text)
        assert any(fact.aspect == "execution_rate" and fact.value != Decimal(0) for fact in report.facts)
        assert bool([one for one in report.findings if one.outcome == "inconsistent"]) == fails, rate

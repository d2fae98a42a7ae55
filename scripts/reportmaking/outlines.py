"""The order of the passages, by kind of report and as provinces differ."""

from __future__ import annotations

from reportmaking import accounts, appropriations, matters, performance, remarks, threepublic
from reportmaking.draft import Draft
from reportmaking.parts import (
    DUTIES,
    STAFFING,
    STRUCTURE,
    Part,
    Passage,
    follow,
    funds,
    glossary_part,
    grand_income,
    grand_outlay,
    income,
    others,
    people_too,
    profile,
    property_held,
    told,
)
from reportmaking.planned import budget
from reportmaking.projects import project_performance


def final_accounts(d: Draft) -> None:
    """部门决算 as published with words."""
    three: Part = (
        1,
        "“三公”经费支出决算情况说明|“三公”经费财政拨款支出决算情况说明|“三公”经费情况说明",
        threepublic.passage,
    )
    general: Part = (
        1,
        "一般公共预算财政拨款支出决算情况说明|一般公共预算财政拨款支出决算情况",
        appropriations.general_spent,
    )
    basic: Part = (
        1,
        "一般公共预算财政拨款基本支出决算情况说明|一般公共预算财政拨款基本支出情况说明",
        appropriations.general_basic,
    )
    other: Part = (1, "政府性基金预算财政拨款支出决算情况说明|政府性基金和国有资本经营预算支出情况", funds)
    form = d.rng.randrange(5)
    parts = profile(d, "部门概况|单位概况|部门基本情况|基本情况")
    if form in (0, 1):
        parts.append((0, f"{d.y}部门决算情况说明|部门决算情况说明", None))
        parts.append(
            (1, "收入支出决算总体情况说明|收支决算总体情况说明", accounts.overview if form == 0 else accounts.by_levels)
        )
        parts += [(1, "收入决算情况说明|收入决算情况", income), (1, "支出决算情况说明|支出决算情况", accounts.outlay)]
        if d.chance(0.7):
            parts.append(
                (1, "财政拨款收入支出决算总体情况说明|财政拨款收支决算总体情况说明", appropriations.appropriation)
            )
        parts += [general, basic, three]
        parts += (
            [(1, "会议费和培训费支出情况|会议费、培训费支出情况说明", threepublic.meetings)] if d.chance(0.3) else []
        )
        parts += [other] if d.chance(0.8) else []
        parts.append((1, "其他重要事项的情况说明|其他重要事项说明", None))
        parts += others(d, 2)
    elif form == 2:
        parts += [(0, "部门决算收支情况说明|部门决算情况说明", None), (1, "收入支出决算总体情况说明", None)]
        parts += [(2, "总体情况", accounts.overview), (2, "收入情况", income), (2, "支出情况", accounts.outlay)]
        parts += [(2, "结转结余情况|年末结转和结余情况", accounts.left_over)]
        parts += [(1, "财政拨款收入支出决算总体情况说明", appropriations.appropriation), general]
        parts += [
            (0, "“三公”经费情况说明|“三公”经费支出情况说明", threepublic.passage),
            (0, "其他重要事项的情况说明", None),
        ]
        if d.chance(0.5):
            parts.append((1, "会议费和培训费支出情况|会议费和培训费情况说明", threepublic.meetings))
        parts += others(d, 1)
    elif form == 3:
        parts += [
            (0, "部门决算情况说明", None),
            (1, "收入决算情况说明", income),
            (1, "支出决算情况说明", accounts.outlay),
        ]
        parts += [general, three, (0, "其他重要事项及相关口径情况说明", None)]
        parts += others(d, 1)
    else:
        parts += [
            (0, f"{d.y}部门决算情况说明", None),
            (1, "收入决算情况说明|收入决算情况", grand_income),
            (1, "支出决算情况说明", accounts.outlay),
        ]
        parts += [
            (1, "一般公共预算财政拨款支出决算情况说明|一般公共预算财政拨款支出决算情况", appropriations.general_spent),
            basic,
            three,
        ]
        parts += others(d, 1)
    follow(d, parts + glossary_part(d))
    if d.chance(0.2):
        appropriations.table_of_functions(d)


def _conclusion(d: Draft, digits: str, title: str, level: int, *, grade: bool = True) -> None:
    d.section(level, "narrative.conclusion", title)
    d.w.say(d.one("总的看，年初说的事大多办成了。", "对照年初目标，多数任务按时完成。", ""))
    remarks.remarks_on_spending(d)
    number = performance.score(d, digits, grade=grade)
    d.w.say("。")
    if d.chance(0.4):
        performance.parts_of_score(d, number)
    d.close()


def _brief_three(d: Draft) -> None:
    threepublic.passage(d, brief=True)


def _income_or_whole(d: Draft) -> None:
    accounts.income(d, grand=d.chance(0.7))


def _management(d: Draft) -> None:
    """How the money is looked after: words, and an indicator or two."""
    d.para()
    remarks.remarks_on_spending(d)
    d.w.say(f"{d.rng.choice(d.office.trade.work)}。")
    if d.chance(0.5):
        performance.indicator_sentence(d)


def overall_performance(d: Draft) -> None:
    """部门整体支出绩效自评 in the outlines of four provinces."""
    digits = performance.drawn_score(d)
    form = d.rng.randrange(4)
    work: Part = (1, "年度主要工作任务|年度重点工作任务|主要工作完成情况", remarks.work)
    targets: Part = (1, "部门整体支出绩效目标|绩效目标设定情况|部门整体绩效目标", performance.targets)
    money: list[Part] = [
        (1, "收入情况|部门财政资金收入情况|部门收入情况", _income_or_whole),
        (1, "支出情况|部门财政资金支出情况|部门支出情况", grand_outlay),
    ]
    left: Part = (1, "结转结余情况|年末结转和结余情况", accounts.left_over)
    three: Part = (1, "“三公”经费情况|“三公”经费支出情况", _brief_three)
    if form == 0:
        parts = [(0, "部门（单位）概况|部门概况", None), STRUCTURE, DUTIES, STAFFING, work, targets]
        parts += [(0, "部门财政资金收支情况|部门资金收支情况", None), *money]
        parts += [three] if d.chance(0.5) else []
        parts += [
            left,
            (0, "部门整体绩效管理情况|部门整体绩效分析", None),
            (1, "整体履职绩效分析|履职绩效分析", _management),
        ]
        parts += [(1, "特定目标类项目绩效分析|项目绩效分析", performance.project_lines)]
        follow(d, parts)
        d.heading(0, "评价结论及建议")
        _conclusion(d, digits, d.one("评价结论", "自评结论"), 1)
        told(d, 1, d.one("存在问题", "存在的问题"), d.one("改进建议", "改进措施"))
    elif form == 1:
        d.heading(0, d.one("自评得分情况", "自评得分"))
        d.para()
        performance.score(d, digits)
        d.w.say("。")
        parts = profile(d, "单位基本概况|部门基本情况|单位基本情况")
        parts += [
            (0, "部门整体支出概况|部门整体支出情况", None),
            (1, "收入情况", grand_income),
            (1, "支出情况", grand_outlay),
        ]
        parts += [(1, "支出构成情况", accounts.natures_in_full), three] if d.chance(0.5) else [three]
        parts += [(1, "其他情况", funds)] if d.chance(0.4) else []
        parts += [(0, "部门整体支出绩效情况|绩效目标完成情况", remarks.work)]
        follow(d, parts)
        told(d, 0, d.one("存在的主要问题", "存在问题"), d.one("改进措施和有关建议", "改进措施", "有关建议"))
    elif form == 2:
        parts = [
            (0, "部门基本情况|基本情况", None),
            DUTIES,
            (1, "机构及人员情况|机构设置及人员情况", people_too),
            work,
            targets,
        ]
        parts += [(1, "部门整体支出情况", accounts.overview), left]
        parts += [(0, "绩效自评情况", None)]
        follow(d, parts)
        _conclusion(d, digits, "自评结论", 1)
        more: list[Part] = [
            (1, "履职效能分析", remarks.work),
            (1, "采购管理|政府采购情况", matters.procurement),
            (1, "资产管理|资产情况", property_held),
        ]
        follow(d, more)
        told(d, 0, "存在问题", d.one("改进措施", "改进建议"))
    else:
        parts = profile(d, "部门基本情况|部门概况")
        parts += [
            (0, "收入支出预算执行情况分析|部门预决算情况", None),
            (1, "总体情况", accounts.overview),
            *money,
            three,
            left,
        ]
        parts += [(0, "绩效目标完成情况分析|绩效情况分析", _management)]
        follow(d, parts)
        _conclusion(d, digits, d.one("自评结论", "评价结论"), 0)
        d.heading(0, "存在的问题和改进措施")
        told(d, 1, "存在的问题", "改进措施")
    if d.chance(0.15):
        performance.execution_table(d)


KINDS: dict[str, Passage] = {
    "overall_performance": overall_performance,
    "final_accounts": final_accounts,
    "budget": budget,
    "project_performance": project_performance,
}

"""The outline of 项目支出绩效, and its passages on one project."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportmaking import performance, remarks
from reportmaking.draft import Draft
from reportmaking.parts import Part, follow, told
from reportmaking.writer import Number


def _project_profile(d: Draft) -> None:
    d.para()
    d.w.say(f"{d.subject}由{d.office.name}管理使用，实施期限为{d.year}年1月至12月。")
    d.w.say(d.one("设立这笔钱，是为了补上多年的欠账。", "钱主要花在村组一级。", ""))


def _project_money(d: Draft) -> None:
    """What was planned and spent for the project, and for its parts."""
    figure = d.books.project
    w, key = d.w, d.key("project.amount", d.subject)
    budget = d.money(figure.budget, replace(key, basis="budget"))
    d.para()
    w.put(f"{d.subject}{d.y}{d.one('预算安排{}', '年初预算{}', '预算{}')}", budget)
    if d.chance(0.4):
        part = figure.budget // 3
        w.put(
            d.one("，其中省级资金{}，县级资金{}", "（上级资金{}、本级资金{}）"),
            d.loose_money(part),
            d.loose_money(figure.budget - part),
        )
    w.say("。")
    if d.chance(0.5):
        w.say("资金已全部到位，到位率")
        w.loose("percentage", "100", "%")
        w.say("。")
    spent = d.figure(figure, key)
    rate = d.percent(Fraction(figure.now, figure.budget), replace(key, aspect="execution_rate"))
    w.put(
        d.one(
            f"截至{d.year}年12月31日，实际支出{{}}，预算执行率{{}}。",
            "全年实际支出{}，预算执行率为{}。",
            "实际支出{}，执行率{}。",
        ),
        spent,
        rate,
    )
    w.relate("execution", spent, [budget, rate])
    if d.chance(0.6):
        _project_parts(d, budget, spent)


def _project_parts(d: Draft, budget: Number, spent: Number) -> None:
    """A line for each part: budget, spending, rate."""
    d.w.say(d.one("分项看：", "分项目看：", "其中："))
    planned, used = [], []
    words = d.one(
        "预算{}，支出{}，执行率{}", "预算安排{}，实际支出{}，预算执行率{}", "年初预算{}，实际支出{}，执行率为{}"
    )
    for k, (name, figure) in enumerate(d.books.projects.items(), 1):
        key = d.key("project.amount", name)
        numbers = [d.money(figure.budget, replace(key, basis="budget")), d.figure(figure, key)]
        rate = d.percent(Fraction(figure.now, figure.budget), replace(key, aspect="execution_rate"))
        d.w.line()
        d.w.put(f"{d.item_number(k)}{name}{words}{'。' if k == len(d.books.projects) else '；'}", *numbers, rate)
        d.w.relate("execution", numbers[1], [numbers[0], rate])
        planned.append(numbers[0])
        used.append(numbers[1])
    d.w.relate("sum", budget, planned)
    d.w.relate("sum", spent, used)


def _groups(d: Draft) -> None:
    d.para()
    d.w.say(f"{d.rng.choice(d.office.trade.work)}。")
    performance.indicator_sentence(d)
    if d.chance(0.5):
        d.w.say(f"{d.rng.choice(d.office.trade.work)}。")


def project_performance(d: Draft) -> None:
    """项目支出绩效 of one project."""
    digits = performance.drawn_score(d)
    parts: list[Part] = [(0, "项目基本情况|项目概况|基本情况", None), (1, "项目概况|项目基本概况", _project_profile)]
    parts += [(1, "资金安排和使用情况|项目资金情况|资金投入和使用情况", _project_money)]
    parts += [(0, "评价工作开展情况|自评工作开展情况", _how)] if d.chance(0.5) else []
    follow(d, parts)
    first = d.chance(0.5)
    if first:
        _project_conclusion(d, digits)
    follow(d, [(0, "绩效目标完成情况|绩效目标完成情况分析|绩效分析", _groups)])
    if d.chance(0.5):
        performance.indicator_table(d, digits)
    if not first:
        _project_conclusion(d, digits)
    told(d, 0, d.one("存在的问题", "存在问题", "存在的主要问题"), d.one("有关建议", "改进措施", "下一步改进措施"))


def _how(d: Draft) -> None:
    d.para()
    d.w.say(d.one("自评组翻账本、看现场、问群众，", "先由经办人自查，再由财务复核，"))
    d.w.say("抽查点位<count:3-30:个>，发放问卷<count:100-900:份>，收回率<percentage:85.0-99.0:%>。")


def _project_conclusion(d: Draft, digits: str) -> None:
    name = d.subject
    d.section(0, "narrative.conclusion", d.one("评价结论", "自评结论", "综合评价结论"))
    remarks.remarks_on_spending(d)
    number = performance.score(d, digits, subject=d.one(f"{name}自评", "项目自评", "项目综合评价", f"{name}综合评价"))
    d.w.say("。")
    if d.chance(0.5):
        performance.parts_of_score(d, number)
    d.close()

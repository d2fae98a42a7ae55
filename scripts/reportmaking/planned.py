"""The outlines of 部门预算, and the passages that only a budget has."""

from __future__ import annotations

from reportmaking import accounts, appropriations, performance, threepublic
from reportmaking.draft import Draft
from reportmaking.parts import Part, follow, glossary_part, grand_income, others, profile
from reportmaking.writer import Words


def _general_planned(d: Draft) -> None:
    """The general budget by nature, with the change of each."""
    b, w = d.books, d.w
    figure = b.general_spent
    key = d.key("expenditure.total", fund="general")
    d.para()
    amount = d.figure(figure, key)
    w.put(f"{d.y}一般公共预算拨款支出{d.one('', '预算')}{{}}", amount)
    if d.compare(figure, key, of=amount) and figure.change and d.chance(0.4):
        d.reason(figure.change)
    w.say(d.one("。其中：", "，其中："))
    d.listing(
        accounts.natures(d, b.general_project, "general"),
        total=amount,
        whole=figure.now,
        changes=d.chance(0.5),
        sep="；",
    )
    w.say("。")


def _general_by_items(d: Draft) -> None:
    b, w = d.books, d.w
    key = d.key("expenditure.total", fund="general")
    d.para()
    amount = d.figure(b.general_spent, key)
    w.put(f"{d.y}一般公共预算拨款支出{{}}，按功能分类，", amount)
    d.listing(accounts.functions(d, b.general_functions, "general"), total=amount, whole=b.general_spent.now)
    w.say("。")
    for k, item in enumerate(b.items, 1):
        w.line()
        one = d.key("expenditure.function", item.code, fund="general")
        path = f"{item.path[0]}（类）{item.path[1]}（款）{item.path[2]}（项）"
        number = d.figure(item.figure, one)
        w.put(f"{d.item_number(k)}{path}{d.one('{}', '预算{}', '年初预算{}', '预算安排{}')}", number)
        if d.chance(0.6):
            d.compare(item.figure, one, of=number)
        w.say("。")


def budget(d: Draft) -> None:
    """部门预算 in two outlines."""
    three: Part = (1, "“三公”经费预算情况说明|“三公”经费预算情况", threepublic.passage)
    parts = profile(d, "部门概况|单位基本情况|部门基本情况|单位概况")
    general: Part = (
        1,
        "一般公共预算支出情况说明|一般公共预算拨款支出情况",
        _general_planned if d.chance(0.5) else _general_by_items,
    )
    basic: Part = (1, "一般公共预算基本支出情况说明|一般公共预算基本支出情况", _basic_planned)
    if d.chance(0.5):
        parts += [
            (0, "部门收支总体情况|收支总体情况", None),
            (1, "收入预算", grand_income),
            (1, "支出预算", accounts.outlay),
        ]
        parts += [(0, "部门预算情况说明", None), general]
        parts += [(0, "“三公”经费情况说明", threepublic.passage), (0, "其他重要事项的情况说明", None)]
        parts += others(d, 1)[:3]
    else:
        parts += [
            (0, f"{d.y}部门预算情况说明|部门预算情况说明", None),
            (1, "收支预算总体情况说明|收支总体情况说明", accounts.overview),
        ]
        parts += [(1, "收入预算情况说明", grand_income), (1, "支出预算情况说明", accounts.outlay), general]
        parts += [basic] if d.chance(0.6) else []
        parts += [three]
        parts += [(1, "会议费和培训费预算情况", threepublic.meetings)] if d.chance(0.3) else []
        parts += [(1, "政府性基金预算支出情况说明", _funds_planned), (1, "其他重要事项的情况说明", None)]
        parts += others(d, 2)[:3]
        parts += [(2, "绩效目标设置情况|预算绩效情况", performance.targets)] if d.chance(0.7) else []
    follow(d, parts + glossary_part(d))
    if d.chance(0.3):
        appropriations.table_of_functions(d)


def _basic_planned(d: Draft) -> None:
    d.para()
    basic = d.figure(d.books.basic, d.key("expenditure.nature", "basic", fund="general"))
    d.w.put(f"{d.y}一般公共预算基本支出{{}}", basic)
    accounts.made_of(d, basic, "general")
    d.w.say("。")


def _funds_planned(d: Draft) -> None:
    b = d.books
    key = d.key("expenditure.total", fund="government_fund")
    d.para()
    if b.government_fund.now:
        amount = d.figure(b.government_fund, key)
        d.w.put(f"{d.y}政府性基金预算拨款支出{{}}", amount)
        d.compare(b.government_fund, key, of=amount)
    else:
        d.w.put(f"{d.y}{{}}", Words(str(key), d.one("没有政府性基金预算拨款支出", "无政府性基金预算拨款支出"), "none"))
    d.w.say("。")

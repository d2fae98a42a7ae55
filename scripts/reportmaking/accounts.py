"""Passages on the money as a whole: totals, sources, natures, functions, what is left at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from reportmaking.books import Figure
from reportmaking.draft import Draft, Entry
from reportmaking.trades import CARRY, CLASSES
from reportmaking.writer import Key, Number, Words

SOURCES = {
    "superior_subsidy": ("上级补助收入",),
    "institutional": ("事业收入",),
    "operating": ("经营收入", "事业单位经营收入"),
    "affiliated": ("附属单位上缴收入", "附属单位缴款"),
    "other": ("其他收入",),
}


def sources(d: Draft, *, carried: bool) -> list[Entry]:
    """The sources of the year's money, in this report's words; with what was carried in if the total counts it."""
    b = d.books
    if d.planned:
        first = d.one("一般公共预算拨款收入", "一般公共预算拨款", "一般公共预算财政拨款收入")
        fund = d.one("政府性基金预算拨款收入", "政府性基金预算拨款")
        state = d.one("国有资本经营预算拨款收入", "国有资本经营预算拨款")
    else:
        first = d.one("一般公共预算财政拨款收入", "一般公共预算财政拨款", "一般公共预算财政拨款收入")
        fund = d.one("政府性基金预算财政拨款收入", "政府性基金财政拨款收入")
        state = "国有资本经营预算财政拨款收入"
    whole = not d.planned and d.chance(0.3)
    found = [Entry(first, b.general, d.key("revenue.source", "general_public_budget"))]
    if whole:
        found = [Entry("财政拨款收入", b.general + b.government_fund, d.key("revenue.source", "fiscal_appropriation"))]
    elif b.government_fund.now or d.chance(0.5):
        found.append(Entry(fund, b.government_fund, d.key("revenue.source", "government_fund")))
        if d.chance(0.6):
            found.append(Entry(state, Figure(), d.key("revenue.source", "state_capital")))
    zeros = d.chance(0.6)
    for name, labels in SOURCES.items():
        if b.sources[name].now or (zeros and d.chance(0.8)):
            found.append(Entry(d.one(*labels), b.sources[name], d.key("revenue.source", name)))
    if carried and (b.opening.now or d.chance(0.3)):
        label = d.one("上年结转收入", "上年结转") if d.planned else d.one("年初结转和结余", "上年结转和结余")
        found.append(Entry(label, b.opening, d.key("revenue.source", "carried_in")))
    return found


def natures(d: Draft, figure: Figure | None = None, fund: str | None = None) -> list[Entry]:
    """基本支出 and 项目支出; all zero natures only where all money is meant."""
    b = d.books
    project = b.project if figure is None else figure
    found = [
        Entry("基本支出", b.basic, d.key("expenditure.nature", "basic", fund=fund)),
        Entry("项目支出", project, d.key("expenditure.nature", "project", fund=fund)),
    ]
    if figure is None and d.chance(0.35):
        zeros = [("上缴上级支出", "remitted"), ("经营支出", "operating"), ("对附属单位补助支出", "subsidy")]
        found += [
            Entry(label, Figure(), d.key("expenditure.nature", name)) for label, name in zeros[d.rng.randrange(3) :]
        ]
    return found


def functions(d: Draft, figures: dict[str, Figure], fund: str | None = None) -> list[Entry]:
    """The 类 of the functional classification."""
    tail, drop = d.one("", "", "（类）"), d.chance(0.1)
    found = []
    for code in sorted(figures):
        name = CLASSES[code].name
        found.append(
            Entry(
                (name.removesuffix("支出") if drop else name) + tail,
                figures[code],
                d.key("expenditure.function", code, fund=fund),
            )
        )
    if d.chance(0.3):
        found.sort(key=lambda entry: -entry.figure.now)
    return found


def overview(d: Draft) -> None:
    """收、支总计, with the change of both."""
    b, w = d.books, d.w
    grand = b.grand
    income, outlay = d.key("revenue.total"), d.key("expenditure.total")
    d.para()
    form = d.rng.randrange(4)
    if form < 2:
        both = d.figure(grand, income, outlay)
        subject = (
            d.one("收、支总计", "收入、支出总计", "收支总计", "收入总计、支出总计")
            if not d.planned
            else d.one("收、支总预算", "收支总预算", "收、支总计")
        )
        w.put(f"{d.y}{subject}{d.one('均为', '', '各', '为')}{{}}", both)
        d.compare(grand, income, outlay, of=both, each=d.chance(0.7), lead=d.one("，", "。"))
        if grand.change and d.chance(0.4):
            d.reason(grand.change, _movers(d))
    elif form == 2:
        numbers = [d.figure(grand, income), d.figure(grand, outlay)]
        w.put(
            d.one(
                f"{d.y}收入总计{{}}，支出总计{{}}",
                f"{d.y}总收入{{}}，总支出{{}}",
                f"{d.we()}{d.y}收入总计为{{}}，支出总计为{{}}",
            ),
            *numbers,
        )
        if grand.change:
            d.compare(grand, income, outlay, of=numbers[0], lead=d.one("。收、支总计", "。收入、支出总计"), each=True)
    else:
        first = d.figure(grand, income)
        w.put(f"{d.y}收入总计{{}}", first)
        d.compare(grand, income, of=first)
        second = d.figure(grand, outlay)
        w.put(d.one("；支出总计{}", "。支出总计{}"), second)
        d.compare(grand, outlay, of=second)
    w.say("。")


def _movers(d: Draft) -> list[tuple[str, Figure, Key]]:
    b = d.books
    return [("项目支出", b.project, d.key("expenditure.nature", "project")), ("基本支出", b.basic, d.key("expenditure.nature", "basic")),
            ("人员经费", b.personnel, d.key("expenditure.basic", "personnel"))]  # fmt: skip


def income(d: Draft, *, grand: bool) -> None:
    """The revenue and its sources; `grand` counts what was carried in."""
    b, w = d.books, d.w
    figure = b.grand if grand else b.received
    key = d.key("revenue.total" if grand else "revenue.current")
    d.para()
    amount = d.figure(figure, key)
    if d.planned:
        words = (
            d.one("收入预算{}", "年初预算数{}", "收入总预算{}", "收入总计{}")
            if grand
            else d.one("本年收入预算{}", "本年收入合计{}")
        )
        if "年初预算数" in words:
            words = f"收入{words}"
    else:
        words = (
            d.one("收入总计{}", "总收入{}", "收入总计为{}")
            if grand
            else d.one("本年收入合计{}", "本年收入{}", "本年收入合计为{}")
        )
    w.put(d.one(d.y, d.y, f"{d.we()}{d.y}", "") + words, amount)
    early = d.chance(0.4)
    if early:
        d.compare(figure, key, of=amount)
    _introduced(d, lambda: d.listing(sources(d, carried=grand), total=amount, whole=figure.now,
                                     base=d.one("收入总计" if grand else "本年收入", "")), apart=early)  # fmt: skip
    w.say("。")
    if not early and figure.change and d.chance(0.6):
        w.say(d.one("收入总计", "总收入", f"{d.y}收入") if grand else "本年收入")
        if d.compare(figure, key, of=amount, lead="", amount_only=d.chance(0.5)) and d.chance(0.4):
            d.reason(figure.change)
        w.say("。")


def sources_in_paragraphs(d: Draft) -> None:
    """The total, then a numbered paragraph for each source, with its share and its change."""
    b, w = d.books, d.w
    d.para()
    whole = d.figure(b.received, d.key("revenue.current"))
    w.put(f"{d.y}本年收入合计{{}}" + d.one("，其中：", "，包括：", "。其中："), whole)
    printed = []
    for k, entry in enumerate(sources(d, carried=False), 1):
        w.line()
        amount = d.figure(entry.figure, entry.key)
        w.put(d.item_number(k) + entry.label + "{}", amount)
        printed.append(amount)
        if entry.figure.now:
            share = d.percent(Fraction(entry.figure.now, b.received.now), replace(entry.key, aspect="share"))
            w.put(d.one("，占{}", "，占本年收入的{}", "，占比{}"), share)
            w.relate("share", share, [amount, whole])
            if (
                entry.figure.last
                and d.compare(entry.figure, entry.key, of=amount)
                and entry.figure.change
                and d.chance(0.3)
            ):
                d.reason(entry.figure.change)
        w.say("。")
    w.relate("sum", whole, printed)


def _introduced(d: Draft, act: Callable[[], None], *, apart: bool = False) -> None:
    """The words between a total and its list, then the list; `apart` if other words have come between them."""
    intro = d.manner.intro
    if apart:
        d.w.say(d.one("。其中：", "。其中：", "。其中，", "。其中"))
        act()
        return
    if d.chance(0.12):
        d.w.say("（")
        act()
        d.w.say("）")
        return
    d.w.say(d.one("，", "。") + intro if intro.startswith("其中") else f"，{intro}")
    act()


def outlay(d: Draft, *, grand: bool = False) -> None:
    """The expenditure by nature, by function, or both; what it is made of may follow in the same paragraph."""
    b, w = d.books, d.w
    figure = b.spent
    key = d.key("expenditure.total" if d.planned or grand else "expenditure.current")
    d.para()
    amount = d.figure(figure, key)
    if d.planned:
        words = d.one("支出预算{}", "支出总预算{}", "支出总计{}")
    elif grand:
        words = d.one("总支出{}", "财政资金支出{}", "支出总计{}")
    else:
        words = d.one("本年支出合计{}", "本年支出{}", "本年支出合计为{}")
    w.put(d.one(d.y, d.y, f"{d.we()}{d.y}") + words, amount)
    apart = d.chance(0.5)
    if apart:
        changed = d.compare(figure, key, of=amount)
        if changed and figure.change and d.chance(0.4):
            d.reason(figure.change, _movers(d))
    elif not d.planned and d.chance(0.4):
        d.execution(figure, key, of=amount, stated=True)
    by = d.one("nature", "function", "both")
    base = d.one("支出总计" if key.concept.endswith("total") else "本年支出", "")
    if by != "both":
        entries = natures(d) if by == "nature" else functions(d, b.functions)
        _introduced(d, lambda: d.listing(entries, total=amount, whole=figure.now, base=base), apart=apart)
        w.say("。")
        return
    w.say("。" + d.one("按功能分类，", "按支出功能分类，", "按功能科目分，"))
    d.listing(functions(d, b.functions), total=amount, whole=figure.now, base=base)
    w.say("。" + d.one("按支出性质分，", "按用途分，", "按支出性质，"))
    listed = natures(d)[:2]
    basic = d.figure(b.basic, listed[0].key)
    w.put("基本支出{}", basic)
    made_of(d, basic, None)
    w.put("；项目支出{}。", d.figure(b.project, listed[1].key))


def made_of(d: Draft, basic: Number, fund: str | None) -> None:
    """人员经费 and 公用经费 of a basic expenditure that was just printed."""
    b = d.books
    kinds = [Entry(d.one("人员经费", "人员支出"), b.personnel, d.key("expenditure.basic", "personnel", fund=fund)),
             Entry(d.one("公用经费", "日常公用经费"), b.public, d.key("expenditure.basic", "public", fund=fund))]  # fmt: skip
    if d.chance(0.3):
        d.w.say("（")
        d.listing(kinds, total=basic, shares=False, sep=d.one("，", "、"))
        d.w.say("）")
    else:
        d.w.say(d.one("，其中：", "，其中", "，包括"))
        d.listing(kinds, total=basic, whole=b.basic.now, shares=False, sep=d.one("，", "、"))


def natures_in_full(d: Draft) -> None:
    """Basic and project expenditure in a paragraph each."""
    b, w = d.books, d.w
    number = 1
    base = d.key("expenditure.nature", "basic")
    d.para()
    basic = d.figure(b.basic, base)
    w.put(d.item_number(number) + d.one("基本支出{}", "基本支出情况。基本支出{}"), basic)
    share = d.percent(Fraction(b.basic.now, b.spent.now), replace(base, aspect="share"))
    if d.chance(0.5):
        w.put(d.one("，占总支出的{}", "，占本年支出的{}"), share)
    made_of(d, basic, None)
    w.say("。" if d.chance(0.5) else "。主要用来发工资、付水电和保养房屋。")
    d.para()
    project = d.key("expenditure.nature", "project")
    amount = d.figure(b.project, project)
    w.put(d.item_number(2) + d.one("项目支出{}", "项目支出情况。项目支出{}"), amount)
    if d.chance(0.5):
        w.put(
            d.one("，占总支出的{}", "，占本年支出的{}"),
            d.percent(Fraction(b.project.now, b.spent.now), replace(project, aspect="share")),
        )
    w.say(d.one("，主要项目有：", "，其中：", "，包括："))
    d.listing(projects(d), total=amount, shares=False, sep=d.one("；", "，", "、"))
    w.say("。")


def projects(d: Draft) -> list[Entry]:
    return [Entry(name, figure, d.key("project.amount", name)) for name, figure in d.books.projects.items()]


def left_over(d: Draft) -> None:
    """年末结转和结余, and why."""
    figure, key = d.books.closing, d.key("balance.closing")
    d.para()
    if not figure.now:
        if d.chance(0.5):
            words = d.one("无结转和结余", "没有结转和结余")
            d.w.put(f"{d.one('', d.y)}年末{{}}。", Words(str(key), words, "none"))
        else:
            d.w.put(f"{d.one('', d.y)}年末结转和结余{{}}。", d.money(0, key))
        return
    amount = d.figure(figure, key)
    d.w.put(f"{d.one('', d.y)}年末结转和结余{{}}", amount)
    if d.chance(0.4) and figure.last:
        d.compare(figure, key, of=amount)
    if d.chance(0.6):
        cause = d.rng.choice(CARRY)
        d.w.put(
            d.one("。形成结转的原因是{}", "，形成原因是{}", "。结转的原因是{}"),
            Words("narrative.carry_over_reason", cause),
        )
    d.w.say("。")


def by_levels(d: Draft) -> None:
    """收入总计 and 支出总计 with numbered parts, each with its change."""
    b, w = d.books, d.w
    sides: Sequence[tuple[str, str, list[tuple[str, Figure, Key]]]] = (
        ("收入", "revenue.total", [("本年收入合计", b.received, d.key("revenue.current")),
                                 ("年初结转和结余", b.opening, d.key("revenue.source", "carried_in"))]),
        ("支出", "expenditure.total", [("本年支出合计", b.spent, d.key("expenditure.current")),
                                     ("年末结转和结余", b.closing, d.key("expenditure.nature", "carried_out"))]),
    )  # fmt: skip
    for side, concept, parts in sides:
        d.para()
        whole = d.figure(b.grand, d.key(concept))
        w.put(f"{side}总计{{}}。包括：", whole)
        printed = []
        for k, (label, figure, key) in enumerate(parts, 1):
            w.line()
            amount = d.figure(figure, key)
            w.put(d.item_number(k) + label + "{}", amount)
            printed.append(amount)
            if figure.now and figure.last and d.chance(0.7):
                changed = d.compare(figure, key, of=amount, lead=d.one("，", "。"))
                if changed and figure.change and d.chance(0.4):
                    d.reason(figure.change)
            w.say("。")
        w.relate("sum", whole, printed)

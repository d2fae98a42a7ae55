"""Passages on the money of the treasury: 财政拨款, 一般公共预算 by 项 and by economic class, the other funds, a table."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportmaking.accounts import functions, made_of
from reportmaking.books import Figure, total
from reportmaking.draft import Draft, Entry
from reportmaking.trades import CLASSES
from reportmaking.writer import Key, Words

USES = ("发工资和办公开销", "缴纳社保", "下村办事", "买设备和修房子", "补贴到户", "人员医疗补助")
"""What money was used for, in words without a number."""


def appropriation(d: Draft) -> None:
    """财政拨款收入支出总计 of both sides."""
    b = d.books
    figure = b.general + b.government_fund + b.opening
    keys = d.key("revenue.total", fund="appropriation"), d.key("expenditure.total", fund="appropriation")
    d.para()
    both = d.figure(figure, *keys)
    d.w.put(
        f"{d.y}财政拨款{d.one('收、支总计', '收入、支出总计', '收支总计')}{d.one('', '均为', '为', '各')}{{}}", both
    )
    d.compare(figure, *keys, of=both, lead=d.one("，", "。"), each=d.chance(0.7))
    d.w.say("。")


def general_spent(d: Draft) -> None:
    """一般公共预算财政拨款支出: how much, what for, and each 项 against its budget."""
    b, w = d.books, d.w
    figure = b.general_spent
    key = d.key("expenditure.total", fund="general")
    d.para()
    amount = d.figure(figure, key)
    name = d.one("一般公共预算财政拨款支出", "一般公共预算财政拨款支出决算")
    w.put(f"{d.y}{name}{d.one('', '为')}{{}}", amount)
    if d.chance(0.6):
        w.put(
            "，占本年支出合计的{}",
            d.percent(Fraction(figure.now, b.spent.now), replace(key, aspect="share", of="expenditure.current")),
        )
    if d.chance(0.6):
        if d.compare(figure, key, of=amount, lead=d.one("，", "。")) and figure.change and d.chance(0.3):
            d.reason(figure.change)
    w.say("。")
    if d.chance(0.7):
        d.para()
        again = d.figure(figure, key)
        w.put(f"{d.y}一般公共预算财政拨款支出{{}}，主要用于以下方面：", again)
        uses = USES if d.chance(0.25) else ()
        d.listing(functions(d, b.general_functions, "general"), total=again, whole=figure.now, uses=uses)
        w.say("。")
    if d.chance(0.8):
        d.para()
        w.say(f"{d.y}一般公共预算财政拨款支出")
        d.execution(figure, key)
        w.say("。" + d.one("其中：", "具体如下：", ""))

        for number, item in enumerate(b.items, 1):
            d.w.line()
            path = f"{item.path[0]}（类）{item.path[1]}（款）{item.path[2]}（项）"
            w.say(d.item_number(number) + path + d.one("。", "：", ""))
            one = d.key("expenditure.function", item.code, fund="general")
            d.execution(item.figure, one)
            w.say("。")
            _against_budget(d, item.figure, one)


def _against_budget(d: Draft, figure: Figure, key: Key) -> None:
    """决算数大于预算数 and why, without a number but for 持平."""
    more = figure.now - figure.budget
    if d.chance(0.4):
        return
    if more == 0:
        d.w.put("决算数与预算数{}。", Words(str(replace(key, aspect="change", vs="budget")), "持平", "unchanged"))
        return
    d.w.say(f"决算数{'大于' if more > 0 else '小于'}预算数")
    d.reason(more)
    d.w.say("。")


def general_basic(d: Draft) -> None:
    """一般公共预算财政拨款基本支出, with its economic classes."""
    b, w = d.books, d.w
    d.para()
    basic = d.figure(b.basic, d.key("expenditure.nature", "basic", fund="general"))
    w.put(f"{d.y}一般公共预算财政拨款基本支出{{}}", basic)
    form = d.rng.randrange(3)
    people = d.figure(b.personnel, d.key("expenditure.basic", "personnel", fund="general"))
    things = d.figure(b.public, d.key("expenditure.basic", "public", fund="general"))
    if form == 0:
        made_of(d, basic, "general")
        w.say("。")
        return
    w.put(
        d.one(
            "，其中：人员经费{}，主要包括：基本工资、津贴补贴、奖金、社保缴费等；",
            "，其中：人员经费{}，用于发放工资和缴纳社保；",
        ),
        people,
    )
    if form == 1:
        w.put("公用经费{}，主要包括：办公费、水费、电费、邮电费、差旅费等。", things)
    else:
        w.put("公用经费{}。", things)
        labels = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助", "310": "资本性支出"}
        entries = [
            Entry(labels[code], x, d.key("expenditure.economic", code, fund="general"))
            for code, x in b.economic.items()
        ]
        w.say(d.one("按经济分类，", "按支出经济分类科目，"))
        d.listing(entries, total=basic, shares=False)
        w.say("。")
    w.relate("sum", basic, [people, things])


def other_funds(d: Draft, *, heading: bool = True) -> None:
    """政府性基金 and 国有资本经营 in a sentence each."""
    b, w = d.books, d.w
    d.para()
    key = d.key("expenditure.total", fund="government_fund")
    if b.government_fund.now:
        amount = d.figure(b.government_fund, key)
        w.put(f"{d.y}政府性基金预算财政拨款支出{{}}", amount)
        d.compare(b.government_fund, key, of=amount)
        w.say(d.one("，用于村内沟渠和道路。", "，全部用于村组小型工程。", "。"))
    elif d.chance(0.5):
        w.put(
            f"{d.y}{d.one('', d.we())}{{}}。",
            Words(str(key), d.one("没有政府性基金预算财政拨款支出", "无政府性基金预算财政拨款支出"), "none"),
        )
    else:
        w.put(f"{d.y}政府性基金预算财政拨款支出{{}}。", d.money(0, key))
    if heading and d.chance(0.6):
        state = d.key("expenditure.total", fund="state_capital")
        if d.chance(0.5):
            w.put(
                f"{d.y}{{}}。",
                Words(str(state), d.one("没有国有资本经营预算财政拨款支出", "无国有资本经营预算财政拨款支出"), "none"),
            )
        else:
            w.put(f"{d.y}国有资本经营预算财政拨款支出{{}}。", d.money(0, state))


def table_of_functions(d: Draft) -> None:
    """A piped table of classes by nature; the unit is in its caption."""
    b, w = d.books, d.w
    side = [code for code in b.functions if code != "212" and code != d.office.trade.main]
    w.line("heading")
    w.say(f"附表：{d.y}支出{'预算' if d.planned else '决算'}表")
    w.line("heading")
    w.say(f"单位：{d.manner.unit}")
    w.line("row")
    w.say("|科目编码及名称|合计|基本支出|项目支出|")
    basic_rest = b.basic - total([b.functions[code] for code in side])
    rows: list[tuple[str, Figure, Figure, Figure, list[Key]]] = []
    for code in sorted(b.functions):
        whole = b.functions[code]
        part = whole if code in side else basic_rest if code == d.office.trade.main else Figure()
        key = d.key("expenditure.function", code)
        rows.append((f"{code} {CLASSES[code].name}", whole, part, whole - part,
                     [key, replace(key, cross="{nature:basic}"), replace(key, cross="{nature:project}")]))  # fmt: skip
    totals = [d.key("expenditure.total" if d.planned else "expenditure.current"), d.key("expenditure.nature", "basic"),
              d.key("expenditure.nature", "project")]  # fmt: skip
    rows.append(("合计", b.spent, b.basic, b.project, [*totals]))
    empty = d.one("", "", "—", "0")
    for label, whole, part, rest, keys in rows:
        w.line("row")
        w.say(f"|{label}|")
        for figure, key in zip((whole, part, rest), keys, strict=True):
            if figure.now:
                cell = d.figure(figure, key)
                cell.where, cell.stale = "table", None
                cell.write(w)
            elif empty == "0":
                nothing = d.money(0, key)
                nothing.where = "table"
                nothing.write(w)
            elif empty:
                Words(str(key), empty, "none", where="table").write(w)
            w.say("|")

"""Passages on what the report must also tell: running costs, procurement, assets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reportmaking.books import Figure
from reportmaking.draft import Draft, Entry
from reportmaking.writer import Number, Words

VEHICLES = ("机要通信", "应急保障", "执法执勤", "特种专业技术", "其他")
EQUIPMENT = ((500_000, "50万元"), (1_000_000, "100万元"), (2_000_000, "200万元"))


def running(d: Draft) -> None:
    """机关运行经费; an institution has none."""
    b, w = d.books, d.w
    key = d.key("agency_operating")
    d.para()
    if b.running is None:
        text = d.one("无机关运行经费支出", "不涉及机关运行经费", "未发生机关运行经费支出", "没有机关运行经费")
        w.put(d.one("{}。", f"{d.we()}为事业单位，{{}}。", "属事业单位，{}。"), Words(str(key), text, "none"))
        return
    amount = d.figure(b.running, key)
    words = "机关运行经费预算{}" if d.planned else d.one("机关运行经费支出{}", "机关运行经费{}", "机关运行经费支出为{}")
    w.put(f"{d.y}{d.one('', d.we())}{words}", amount)
    if d.chance(0.8):
        if d.compare(b.running, key, of=amount) and b.running.change and d.chance(0.5):
            d.reason(b.running.change)
    w.say(d.one("。", "，主要用于办公费、水电费和差旅费。", "。"))


def procurement(d: Draft) -> None:
    """政府采购 by kind, and what went to small firms."""
    b, w = d.books, d.w
    kinds = {name: b.procurement[name] for name in ("goods", "works", "services")}
    bought = sum(kinds.values())
    key = d.key("procurement.total")
    d.para()
    name = (
        d.one("政府采购预算总额", "政府采购预算")
        if d.planned
        else d.one("政府采购支出总额", "政府采购支出", "政府采购支出总额为")
    )
    if not bought:
        if d.chance(0.5):
            w.put(
                f"{d.y}{{}}。",
                Words(
                    str(key),
                    d.one("无政府采购支出", "未发生政府采购支出") if not d.planned else "无政府采购预算",
                    "none",
                ),
            )
        else:
            w.put(f"{d.y}{name}{{}}。", d.money(0, key))
        return
    amount = d.money(bought, key)
    w.put(f"{d.y}{name}{{}}", amount)
    tail = d.one("支出", "支出", "采购支出", "类采购") if not d.planned else d.one("采购预算", "采购")
    labels = {"goods": "货物", "works": "工程", "services": "服务"}
    before = "政府采购" if tail in ("支出", "采购预算") and d.chance(0.5) else ""
    before = before if tail == "支出" else ""
    entries = [Entry(f"{before}{labels[n]}{tail}", Figure(x), d.key("procurement.total", n)) for n, x in kinds.items()
               if x or d.chance(0.7)]  # fmt: skip
    w.say(d.one("，其中：", "。其中：", "，其中"))
    d.listing(entries, total=amount, shares=False, sep=d.one("、", "，", "；"))
    if d.chance(0.6):
        _small_firms(d, amount, bought)
    w.say("。")


def _small_firms(d: Draft, amount: Number, bought: int) -> None:
    b, w = d.books, d.w
    awarded, micro = b.procurement["awarded"], b.procurement["micro"]
    if d.planned:
        key = d.key("procurement.sme_reserved")
        w.put(d.one("，其中预留中小企业份额{}", "。面向中小企业预留采购份额{}"), d.money(awarded, key))
        return
    key = d.key("procurement.sme_awarded")
    small = replace(key, member="micro")
    first = d.money(awarded, key)
    share = d.percent(Fraction(awarded, bought), replace(key, aspect="share"))
    w.put(
        d.one(
            "。授予中小企业合同金额{}，占政府采购支出总额的{}", "。其中授予中小企业合同金额{}，占政府采购支出总额的{}"
        ),
        first,
        share,
    )
    w.relate("share", share, [first, amount])
    second = d.money(micro, small)
    if d.chance(0.5):
        rate = d.percent(Fraction(micro, bought), replace(small, aspect="share", of="procurement.total"))
        w.put(
            d.one(
                "，其中：授予小微企业合同金额{}，占政府采购支出总额的{}",
                "；其中授予小微企业合同金额{}，占政府采购支出总额的{}",
            ),
            second,
            rate,
        )
    elif d.chance(0.5):
        rate = d.percent(Fraction(micro, awarded), replace(small, aspect="share"))
        w.put("，其中：授予小微企业合同金额{}，占授予中小企业合同金额的{}", second, rate)
    else:
        w.put("，其中：授予小微企业合同金额{}", second)


def assets(d: Draft, *, money: bool = False) -> None:
    """Vehicles by kind, dear equipment, in some reports the whole property."""
    b, w = d.books, d.w
    year = d.year - 1 if d.planned else d.year
    period = str(year)
    d.para()
    w.say(d.one(f"截至{year}年12月31日，", f"{year}年末，", f"截至{year}年底，"))
    if money:
        whole = d.money(sum(b.assets.values()), d.key("assets.total", period=period))
        labels = {"current": "流动资产", "fixed": "固定资产", "intangible": "无形资产"}
        entries = [Entry(labels[n], Figure(x), d.key("assets.total", n, period=period)) for n, x in b.assets.items()]
        w.put("资产总额{}" + d.one("，其中：", "，其中"), whole)
        d.listing(entries, total=whole, shares=False, sep=d.one("，", "；", "、"))
        w.say(d.one("。", "；"))
    kinds = {name: d.rng.randint(0, 4) for name in d.rng.sample(VEHICLES, d.rng.randint(2, 4))}
    unit = d.one("辆", "辆", "台")
    if sum(kinds.values()):
        whole = d.count(sum(kinds.values()), unit, d.key("assets.vehicles", period=period))
        w.put(d.one(f"{d.we()}共有车辆{{}}", "共有车辆{}", "共有公务用车{}"), whole)
        parts = [d.count(n, unit, d.key("assets.vehicles", name, period=period)) for name, n in kinds.items()]
        sep = d.one("、", "，")
        w.put(d.one("，其中：", "，其中，", "，其中") + sep.join(f"{name}用车{{}}" for name in kinds), *parts)
        w.relate("sum", whole, parts)
    else:
        w.put("{}", Words(str(d.key("assets.vehicles", period=period)), "无公务用车", "none"))
    for yuan, words in d.rng.sample(EQUIPMENT, d.rng.randint(0, 2)):
        key = d.key("assets.equipment", period=period, threshold=f"≥{yuan}")
        w.say(d.one("；单价", "。单价"))
        start = w.length
        w.say(f"{words}以上")
        part = ("threshold", start, w.length)
        number = d.count(d.rng.choice([0, 0, 1, 2, 5]), d.one("台（套）", "台"), key)
        w.put(d.one("设备{}", "的设备{}", "通用设备{}"), number)
        number.fact.parts.append(part)
    w.say("。")

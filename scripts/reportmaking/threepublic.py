"""The passage on 三公: the total, its items, what they bought, and how many came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportmaking.books import Figure
from reportmaking.draft import Draft, Entry
from reportmaking.writer import Key, Words


def items(d: Draft, *, nested: bool = False) -> list[Entry]:
    """The three items, in one of two orders; the vehicles may stand as their two halves instead."""
    b = d.books
    tail = d.one("费", "费支出", "费用")
    abroad = Entry(f"因公出国（境）{tail}", b.abroad, d.key("three_public.abroad"))
    vehicle = Entry(d.one("公务用车购置及运行维护费", "公务用车购置及运行费"), b.vehicle, d.key("three_public.vehicle"))
    reception = Entry(f"公务接待{d.one('费', '费', '费支出')}", b.reception, d.key("three_public.reception"))
    middle = [vehicle]
    if nested:
        middle = [Entry("公务用车购置费", b.purchase, d.key("three_public.vehicle_purchase")),
                  Entry("公务用车运行维护费", b.operation, d.key("three_public.vehicle_operation"))]  # fmt: skip
    return [abroad, *middle, reception] if d.chance(0.7) else [abroad, reception, *middle]


def passage(d: Draft, *, brief: bool = False) -> None:
    """All of it; `brief` leaves out the paragraph of each item."""
    b, w = d.books, d.w
    figure, key = b.three_public, d.key("three_public.total")
    left, right = d.manner.quotes
    name = f"{left}三公{right}经费"
    d.para()
    if not figure.now:
        if d.chance(0.5):
            w.put(f"{d.y}{{}}。", Words(str(key), f"{d.one('无', '没有')}{name}支出", "none"))
        else:
            w.put(f"{d.y}{name}支出{{}}。", d.money(0, key))
        return
    amount = d.figure(figure, key)
    words = (
        d.one("预算{}", "支出预算{}", "预算安排{}")
        if d.planned
        else d.one("支出{}", "支出决算{}", "财政拨款支出决算为{}", "财政拨款支出{}")
    )
    w.put(d.one("", d.y) + name + words, amount)
    if not d.planned and figure.budget and d.chance(0.5):
        d.execution(figure, key, of=amount, stated=True)
    elif not d.planned and figure.budget and d.chance(0.3):
        d.against_budget(figure, key, of=amount)
    if figure.last and d.chance(0.7):
        if d.compare(figure, key, of=amount) and figure.change and d.chance(0.3):
            d.reason(figure.change)
    w.say(d.one("。其中：", "。其中：", "。其中"))
    nested = brief and d.chance(0.5)
    d.listing(items(d, nested=nested), total=amount, whole=figure.now, base=d.one(f"{name}", ""), sep=d.one("；", "，"))
    w.say("。")
    if brief:
        if b.reception.now and not d.planned and d.chance(0.6):
            d.w.say(d.one("全年", "当年", f"{d.year}年"))
            _guests(d, d.one("国内公务接待", "接待"))
            w.say("。")
        return
    parts = items(d)
    for k, entry in enumerate(parts, 1):
        d.para()
        label = entry.label.removesuffix("支出").removesuffix("用")
        w.say(d.item_number(k) + label.replace("费", "") + ("费。" if label.endswith("费") else "。"))
        _detail(d, entry)


def _detail(d: Draft, entry: Entry) -> None:
    if "abroad" in entry.key.concept:
        _abroad(d, entry)
    elif "vehicle" in entry.key.concept:
        _vehicles(d, entry)
    else:
        _reception(d, entry)


def _head(d: Draft, figure: Figure, key: Key, label: str) -> None:
    """The amount of an item, its budget and its change."""
    amount = d.figure(figure, key)
    w = d.w
    if d.planned:
        w.put(f"{d.y}预算{d.one('安排', '')}{{}}", amount)
    else:
        w.put(d.one(f"{d.y}支出{{}}", f"{label}{{}}", "支出决算{}"), amount)
        if d.chance(0.5) and figure.budget:
            d.execution(figure, key, of=amount, stated=True)
    if (figure.last or not figure.now) and d.chance(0.7):
        if d.compare(figure, key, of=amount) and figure.change and d.chance(0.4):
            d.reason(figure.change)


def _abroad(d: Draft, entry: Entry) -> None:
    w, figure = d.w, entry.figure
    groups, people = d.key("three_public.abroad_groups"), d.key("three_public.abroad_people")
    if figure.now:
        _head(d, figure, entry.key, entry.label)
        if not d.planned:
            w.put(d.one("，全年因公出国（境）团组{}，{}", "。全年安排出国（境）团组{}、累计{}"), d.count(d.rng.randint(1, 3), "个", groups),
                  d.count(d.rng.randint(1, 6), "人次", people))  # fmt: skip
    elif d.chance(0.4):
        lead = d.one("", d.y, "当年")
        verb = d.one("未安排", "无") if d.planned else d.one("未发生", "无", "没有")
        w.put(f"{lead}{{}}", Words(str(entry.key), f"{verb}因公出国（境）{d.one('费用', '支出')}", "none"))
    else:
        w.put(d.one("{}", "支出{}") if not d.planned else "预算{}", d.money(0, entry.key))
        if d.chance(0.5):
            w.put("，与上年{}", Words(str(replace(entry.key, aspect="change")), "持平", "unchanged"))
        if not d.planned and d.chance(0.5):
            w.put(
                d.one("。全年安排因公出国（境）团组{}，累计{}", "，因公出国（境）团组{}、{}"),
                d.count(0, "个", groups),
                d.count(0, "人次", people),
            )
    w.say("。")


def _vehicles(d: Draft, entry: Entry) -> None:
    b, w = d.books, d.w
    if not entry.figure.now:
        w.put("{}。", d.money(0, entry.key))
        return
    _head(d, entry.figure, entry.key, entry.label)
    w.say(d.one("。其中：", "，其中：", "。其中，"))
    bought, kept = d.key("three_public.vehicles_bought"), d.key("three_public.vehicles_kept")
    purchase = d.figure(b.purchase, d.key("three_public.vehicle_purchase"))
    running = d.figure(b.operation, d.key("three_public.vehicle_operation"))
    cars = d.rng.randint(1, 9)
    w.put(d.one("公务用车购置费{}", "公务用车购置支出{}"), purchase)
    if not d.planned and d.chance(0.5):
        number = d.rng.randint(1, 2) if b.purchase.now else 0
        w.put(d.one("，购置公务用车{}", "，公务用车购置{}"), d.count(number, "辆", bought))
    w.put(d.one("；公务用车运行维护费{}", "。公务用车运行维护费{}", "；公务用车运行维护费支出{}"), running)
    if not d.planned and d.chance(0.7):
        w.put(
            d.one("，年末公务用车保有量{}", "，公务用车保有量为{}", "。年末公务用车保有量{}"),
            d.count(cars, "辆", kept),
        )
        if cars > 1 and d.chance(0.25):
            urgent = d.rng.randint(1, cars - 1)
            kinds = [(urgent, "应急保障"), (cars - urgent, "其他")]
            w.put(
                "，其中应急保障用车{}、其他用车{}", *(d.count(n, "辆", replace(kept, member=name)) for n, name in kinds)
            )
    elif d.chance(0.3):
        d.compare(b.operation, d.key("three_public.vehicle_operation"), of=running)
    w.say("。")


def _reception(d: Draft, entry: Entry) -> None:
    b, w = d.books, d.w
    if not entry.figure.now:
        w.put("{}。", d.money(0, entry.key))
        return
    _head(d, entry.figure, entry.key, entry.label)
    if d.planned:
        w.say("。")
        return
    if d.chance(0.6):
        home = Figure(b.reception.now - b.foreign.now)
        w.put(
            d.one("。其中：国内公务接待支出{}，", "，其中：国内公务接待费{}，"),
            d.figure(home, d.key("three_public.reception", "domestic")),
        )
        _guests(d, d.one("国内公务接待", "接待"), domestic=True)
        if d.chance(0.6):
            w.put(
                d.one("；外事接待支出{}", "，外事接待{}"),
                d.figure(b.foreign, d.key("three_public.reception", "foreign")),
            )
        elif not b.foreign.now and d.chance(0.5):
            w.put("，{}", Words(str(d.key("three_public.reception", "foreign")), "无外事接待", "none"))
    else:
        w.say(d.one("。", "，"))
        _guests(d, d.one("全年国内公务接待", "全年接待"))
    w.say("。")


def _guests(d: Draft, words: str, *, domestic: bool | None = None) -> None:
    member = "domestic" if domestic or "国内" in words else None
    batches = d.rng.randint(3, 90)
    people = batches * d.rng.randint(3, 12)
    slots: Sequence[object] = [d.count(batches, d.one("批次", "批次", "批"), d.key("three_public.reception_batches", member)),
                               d.count(people, d.one("人次", "人次", "人"), d.key("three_public.reception_people", member))]  # fmt: skip
    d.w.put(words + d.one("{}、{}", "{}，{}", "{}{}", "{}，共{}"), *slots)  # type: ignore[arg-type]


def meetings(d: Draft) -> None:
    """会议费 and 培训费."""
    b, w = d.books, d.w
    d.para()
    for label, concept, figure in (("会议费", "meeting_cost", b.meeting), ("培训费", "training_cost", b.training)):
        key = d.key(concept)
        amount = d.figure(figure, key)
        w.put(
            f"{d.one('', d.y) if label == '会议费' else ''}{label}{d.one('支出', '') if not d.planned else '预算'}{{}}",
            amount,
        )
        if d.planned:
            if d.chance(0.5):
                d.compare(figure, key, of=amount)
        elif d.chance(0.3):
            d.execution(figure, key, of=amount, stated=True)
        elif d.chance(0.5):
            d.compare(figure, key, of=amount)
        w.say("；" if label == "会议费" else "。")
    if not d.planned and d.chance(0.08):
        hidden = d.key("training_cost", basis="budget")
        w.put("年初预算培训费{}。", Words(str(hidden), f"**.**{d.manner.unit}", "redacted"))

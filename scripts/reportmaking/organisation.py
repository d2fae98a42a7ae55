"""Passages on the office itself: its duties, its inner bodies, its posts and people."""

from __future__ import annotations

from collections.abc import Callable

from reportmaking.draft import Draft
from reportmaking.writer import Number, Words


def duties(d: Draft) -> None:
    """One numbered duty a line, or all in one sentence, which is no fact."""
    chosen = d.rng.sample(d.office.trade.duties, d.rng.randint(3, 6))
    if d.chance(0.12):
        d.para()
        d.w.say(f"{d.we()}的主要职责是：{'；'.join(chosen)}。")
        return
    if d.chance(0.4):
        d.para()
        d.w.say(d.one("主要承担下列职责：", f"{d.we()}的主要职责如下：", "按照三定规定，职责为："))
    d.para()
    pattern = d.manner.duty_number
    if d.manner.scheme in ("plain", "bracketed"):
        pattern = "（{n}）"
    elif pattern == "（{c}）" and d.manner.scheme in ("chinese", "part_plain"):
        pattern = "{n}{dot}"
    end = d.one("。", "。", "；")
    for k, duty in enumerate(chosen, 1):
        if k > 1:
            d.w.line()
        d.w.begin(f"organisation.functions[{k}]")
        d.w.say(d.manner.numbered(pattern, k) + duty + ("。" if k == len(chosen) else end))
        d.w.end()


def structure(d: Draft) -> None:
    """Inner bodies and units below; their names are facts."""
    bodies = d.rng.sample(d.office.trade.bodies, d.rng.randint(2, len(d.office.trade.bodies)))
    names = [Words(f"organisation.internal_bodies[{name}]", name) for name in bodies]
    gaps = "、".join(["{}"] * len(names))
    room = d.one("个", "个", "个")
    count = d.count(len(bodies), room, d.key("organisation.internal_bodies"), chinese_words=d.chance(0.1))
    own = d.count(1, "个", d.key("organisation.accounting_units"))
    d.para()
    d.w.say(f"{d.office.name}" if d.chance(0.6) or not d.manner.self_word else d.manner.self_word)
    d.w.say(
        d.one("为县级一级预算单位，", "是财政全额供给的预算单位，", "由县政府直接管理，", "") if d.chance(0.6) else ""
    )
    if d.chance(0.4):
        d.w.put(d.one("属独立核算机构{}，", "有独立编制机构{}，"), own)
    form = d.rng.randrange(4)
    if form == 0:
        d.w.put(f"内设机构{{}}，分别是{gaps}", count, *names)
    elif form == 1:
        d.w.put(f"内设机构{{}}：{gaps}", count, *names)
    elif form == 2:
        d.w.put(f"设有内设机构{{}}，即{gaps}", count, *names)
    else:
        d.w.put(f"内设{gaps}等{{}}内设机构", *names, count)
    below = d.key("organisation.subordinate_units")
    if d.chance(0.6):
        d.w.put("，{}", Words(str(below), d.one("无下属单位", "没有下属单位", "无下属预算单位"), "none"))
    elif d.chance(0.6):
        units = [f"{thing}{tail}" for thing, tail in zip(d.office.trade.objects, ("一站", "二站"), strict=False)]
        slots = [Words(f"organisation.subordinate_units[{unit}]", unit) for unit in units]
        d.w.put("；下属单位{}，分别为{}、{}", d.count(2, "个", below), *slots)
    d.w.say("。")


def staffing(d: Draft) -> None:
    """Posts and people, with the kinds that add up to them."""
    kinds = d.rng.choice(
        [["administrative", "support"], ["administrative", "institutional"], ["administrative"]]
        if d.office.administrative
        else [["institutional"], ["institutional", "support"], ["reference_managed", "institutional", "support"]]
    )
    posts = {kind: d.rng.randint(1, 6) if kind == "support" else d.rng.randint(3, 60) for kind in kinds}
    people = {kind: max(1, count - d.rng.randint(0, 2)) for kind, count in posts.items()}
    d.para()
    _posts(d, posts)
    _people(d, people)
    if d.chance(0.25):
        d.w.put(
            d.one("当年调入{}，调出{}。", "年内调入{}、调出{}。"),
            d.count(d.rng.randint(1, 4), "人", d.key("staffing.joined")),
            d.count(d.rng.randint(1, 4), "人", d.key("staffing.left")),
        )


POSTS = {
    "administrative": "行政编制",
    "institutional": "事业编制",
    "support": "工勤编制",
    "reference_managed": "参公编制",
}
PEOPLE = {
    "administrative": "行政人员",
    "institutional": "事业人员",
    "support": "工勤人员",
    "reference_managed": "参公人员",
}


def _posts(d: Draft, posts: dict[str, int]) -> None:
    unit, words = d.one("名", "人", "个", "名"), d.chance(0.1)
    parts = [d.count(n, unit, d.key("staffing.authorised", kind), chinese_words=words) for kind, n in posts.items()]
    labels = [POSTS[kind] for kind in posts]
    if len(parts) == 1 and d.chance(0.5):
        d.w.put(f"{d.one('核定', '共有', '现有')}{labels[0]}{{}}", parts[0])
    else:
        whole = d.count(sum(posts.values()), unit, d.key("staffing.authorised"))
        d.w.put(d.one("核定编制{}", "编制总数为{}", "人员编制{}", "经编委核定编制{}"), whole)
        _composed(d, labels, parts)
        d.w.relate("sum", whole, parts)
    if d.chance(0.2):
        lead = d.rng.randint(1, 3)
        d.w.say("；领导职数")
        d.w.loose("headcount", str(lead), "名")
    if d.chance(0.1):
        d.w.say("；车辆编制")
        d.w.loose("count", str(d.rng.randint(1, 4)), "辆")
    d.w.say("。")


def _composed(d: Draft, labels: list[str], parts: list[Number]) -> None:
    """The kinds of a total: after 其中, or in brackets."""
    sep = d.one("，", "、", "；")
    listed = sep.join(f"{label}{{}}" for label in labels)
    if d.chance(0.25):
        d.w.put(f"（{listed}）", *parts)
    else:
        d.w.put(d.one("，其中：", "，其中", "。其中：", "，包括：") + listed, *parts)


def _people(d: Draft, people: dict[str, int]) -> None:
    unit = d.one("人", "人", "名")
    date = d.one("", "", f"截至{d.year}年12月31日，", f"{d.year}年末") if not d.planned else ""
    kinds = [d.count(n, unit, d.key("staffing.actual", kind)) for kind, n in people.items()]
    labels = [PEOPLE[kind] for kind in people]
    others: list[tuple[str, str, Callable[[], int]]] = [
        (d.one("退休人员", "退休"), "retired", lambda: d.rng.randint(1, 40)),
        (d.one("编外聘用人员", "劳务派遣人员", "临聘人员"), "contract", lambda: d.rng.randint(1, 12)),
        (d.one("遗属", "遗属人员"), "survivors", lambda: d.rng.randint(0, 4)),
    ]
    chosen = [one for one in others if d.chance(0.45)]
    more = [(label, d.count(draw(), unit, d.key("staffing.actual", member))) for label, member, draw in chosen]
    in_post = sum(people.values())
    if more and d.chance(0.3):
        whole = d.count(in_post + sum(int(n.digits) for _, n in more), unit, d.key("staffing.actual"))
        d.w.put(date + d.one("实有人员{}", "年末实有人数{}", "财政供养人员共{}"), whole)
        _composed(d, labels + [label for label, _ in more], kinds + [number for _, number in more])
        d.w.relate("sum", whole, kinds + [number for _, number in more])
    else:
        whole = d.count(in_post, unit, d.key("staffing.actual", "in_post"))
        d.w.put(date + d.one("在职人员{}", "现有在职人员{}", "在职在编人员{}", "实有在职人员{}"), whole)
        if len(kinds) > 1 or d.chance(0.3):
            _composed(d, labels, kinds)
            d.w.relate("sum", whole, kinds)
        if more:
            gap = "，".join(f"{label}{{}}" for label, _ in more)
            d.w.put(d.one("；另有", "。另有", "；", "，") + gap, *(number for _, number in more))
    if d.chance(0.2) and "retired" not in [member for _, member, _ in chosen]:
        gone, old = d.rng.randint(1, 30), d.rng.randint(0, 2)
        numbers = [d.count(n, unit, d.key("staffing.actual", m)) for n, m in
                   ((gone + old, "retired_all"), (old, "veteran_retired"), (gone, "retired"))]  # fmt: skip
        d.w.put(d.one("。离退休人员{}，其中：离休{}，退休{}", "。另有离退休人员{}（离休{}、退休{}）"), *numbers)
        d.w.relate("sum", numbers[0], numbers[1:])
    if d.office.trade.main == "205" and d.chance(0.5):
        d.w.say("。全年轮流来上课的学生<headcount:100-2000:名>")
    d.w.say("。")

"""The first and the last lines of a report: title, office, year, date, contents, signature."""

from __future__ import annotations

from reportmaking.draft import Draft
from reportmaking.writer import Stated, Words, Writer

HEADER = ("title", "department", "region", "fiscal_year", "issuer", "date", "kind")

TITLES = {
    "final_accounts": ("部门决算", "部门决算公开", "部门决算情况说明", "部门决算公开说明"),
    "budget": ("部门预算", "部门预算公开", "部门预算情况说明", "部门预算编制说明"),
    "overall_performance": ("部门整体支出绩效自评报告", "部门整体支出绩效评价报告", "部门整体绩效自评报告"),
    "project_performance": ("项目支出绩效自评报告", "项目绩效自评报告", "项目支出绩效评价报告"),
}


def front(d: Draft) -> Writer:
    """Title, date and contents, on a writer of their own, for they come before what they tell of."""
    rng = d.rng
    w = Writer(rng, d.manner)
    words = rng.choice(TITLES[d.kind])
    subject = d.subject if d.kind == "project_performance" else ""
    year = f"{d.year}年" if d.kind == "budget" or d.chance(0.2) else f"{d.year}年度"
    if d.chance(0.08):
        w.line("heading")
        w.say(d.one("您所在的位置：首页 > 信息公开 > 财政资金", "首页 > 政务公开 > 预决算公开"))
        w.line("heading")
        w.say("浏览次数：<count:20-4000:次>")
    w.line("heading")
    form = rng.choice(["two", "unit"] if subject else ["one", "one", "two", "year"])
    if form == "two":
        _named(d, w)
        w.line("heading")
    w.begin("document.title")
    start = w.length
    if form == "year":
        w.put("{}", Words("document.fiscal_year", year, value=str(d.year)))
        _named(d, w)
    else:
        if form == "one":
            _named(d, w)
        w.put("{}", Words("document.fiscal_year", year, value=str(d.year)))
    w.say(subject + words)
    assert start < w.length
    w.end()
    if form == "unit":
        w.line("heading")
        w.say(d.one("项目单位：", "实施单位：", "项目实施单位："))
        _named(d, w)
    if d.kind in ("final_accounts", "budget") and not _signed(d) and d.chance(0.6):
        w.line("heading")
        w.put(d.one("公开日期：{}", "公开时间：{}", "发布日期：{}"), _date(d))
    if d.kind in ("final_accounts", "budget") and len(d.heads) > 6 and d.chance(0.35):
        _contents(d, w)
    return w


def _named(d: Draft, w: Writer) -> None:
    """The name of the office, in which its county stands."""
    start = w.length
    w.say(d.office.name)
    w.stated.append(Stated("document.department", "stated", d.office.name, None, start, w.length))
    w.stated.append(Stated("document.region", "stated", d.office.county, None, start, start + len(d.office.county)))


def _contents(d: Draft, w: Writer) -> None:
    w.line("heading")
    w.say(d.one("目录", "目  录", "目　录"))
    filler = d.one("…", ".", "") if d.manner.scheme != "bare" else ""
    page = 1
    for level, printed in d.heads:
        if level > 1:
            continue
        w.line("heading")
        page += d.rng.random() < 0.4
        w.say(printed + (f"{filler * d.rng.randint(12, 30)}{page}" if filler else ""))


def _signed(d: Draft) -> bool:
    return d.w.kinds[-1] == "signature"


def _date(d: Draft) -> Words:
    year = d.year if d.planned else d.year + 1
    month, day = (d.rng.randint(1, 3) if d.planned else d.rng.randint(3, 10)), d.rng.randint(1, 28)
    return Words("document.date", f"{year}年{month}月{day}日", value=f"{year}-{month:02d}-{day:02d}")


def signature(d: Draft) -> None:
    """The office and the date at the end; seldom under accounts, mostly under evaluations."""
    if not d.chance(0.85 if d.kind.endswith("performance") else 0.2) or d.w.kinds[-1] == "row":
        return
    d.w.line("signature")
    d.w.put("{}", Words("document.issuer", d.office.name))
    d.w.line("signature")
    d.w.put("{}", _date(d))

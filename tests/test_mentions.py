"""Numbers in context: what a number is of, whose share or change it is, and what list it stands in.

A row reads one number of a text. Labels are compared by their end: who and when may stand before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from reportparse.layout import lay_out
from reportparse.mentions import read_mentions
from reportparse.numbers import Quantity, scan
from reportparse.outline import build_outline
from reportparse.reading import Reading

YEAR = 2023


class Row(NamedTuple):
    """``belongs`` and ``head`` are quoted; ``compared`` is (period, basis)."""

    text: str
    quote: str
    label: str | tuple[str, ...] = ""
    aspect: str = "value"
    sign: int = 1
    belongs: str | None = None
    head: str | None = None
    compared: tuple[str | None, str | None] | None = None
    basis: str | None = None
    period: str | None = None
    role: str = "statement"
    threshold: str | None = None
    share_of: str | None = None
    complete: bool = True


class Readings(NamedTuple):
    text: str
    all: list[Reading]

    def quote(self, at: int | None) -> str | None:
        if at is None:
            return None
        quantity = self.all[at].quantity
        return self.text[quantity.start : quantity.end]


def readings(text: str) -> Readings:
    layout = lay_out(text)
    flat = layout.flat.text
    outline = build_outline(layout)
    return Readings(flat, read_mentions(flat, layout.blocks, outline, scan(flat), YEAR, ["某县档案馆"]))


INCOME = "2023年部门收入总计200万元，其中：一般公共预算收入150万元，占75%；事业收入30万元，占15%；其他收入20万元，占总收入的10%。"
SPENDING = "2023年支出总计180.5万元，主要用于以下方面：教育支出120.5万元，占66.76%；卫生健康支出60万元，占33.24%。"
GROWN = "2023年收入总计200万元，比上年增加20万元，增长11.11%。"
SHRUNK = "“三公”经费支出决算为3.2万元，较2022年决算数减少0.8万元，下降20%，主要原因是公务接待费减少0.5万元。"
BOTH = "收、支总计均为269.25万元。与上年相比，收、支总计各增加12.5万元，增长4.87%。"
STAFF = "某县档案馆核定编制8人，其中：行政编制5人，事业编制3人；年末实有人员9人，其中在职7人，退休2人。"
NESTED = "公务用车购置及运行维护费5万元，其中：公务用车购置费2万元，公务用车运行维护费3万元（其中燃油费1万元）。"
LOOSE = "本年收入合计100万元，其中：财政拨款收入90万元，占90%。事业收入10万元，占10%。"

VALUES = [
    Row(INCOME, "200万元", "收入总计", period="2023"),
    Row(INCOME, "150万元", "一般公共预算收入", head="200万元", period="2023"),
    Row(INCOME, "30万元", "事业收入", head="200万元", period="2023"),
    Row(INCOME, "20万元", "其他收入", head="200万元", period="2023"),
    Row(SPENDING, "180.5万元", "支出总计", period="2023"),
    Row(SPENDING, "120.5万元", "教育支出", head="180.5万元", period="2023"),
    Row(SPENDING, "60万元", "卫生健康支出", head="180.5万元", period="2023"),
    Row(STAFF, "8人", "核定编制"),
    Row(STAFF, "5人", "行政编制", head="8人"),
    Row(STAFF, "3人", "事业编制", head="8人"),
    Row(STAFF, "9人", "实有人员"),
    Row(STAFF, "7人", "在职", head="9人"),
    Row(STAFF, "2人", "退休", head="9人"),
    Row(NESTED, "5万元", "公务用车购置及运行维护费"),
    Row(NESTED, "2万元", "公务用车购置费", head="5万元"),
    Row(NESTED, "3万元", "公务用车运行维护费", head="5万元"),
    Row(NESTED, "1万元", "燃油费", head="3万元"),
    Row(LOOSE, "90万元", "财政拨款收入", head="100万元"),
    Row(LOOSE, "10万元", "事业收入", head="100万元"),
    Row("年末结转和结余0.07万元。", "0.07万元", "年末结转和结余"),
    Row("全年公务接待费支出共计1.2万元。", "1.2万元", "公务接待费支出"),
    Row("会议费1.2万元，培训费0.8万元。", "0.8万元", "培训费"),
    Row("2022年决算数为30万元。", "30万元", "决算数", basis="actual", period="2022"),
    Row("机关运行经费年初预算为12万元。", "12万元", "机关运行经费年初预算", basis="budget"),
    Row("机关运行经费全年预算数12.5万元。", "12.5万元", "", basis="adjusted_budget"),
    Row("一般公共预算收入8万元。", "8万元", "一般公共预算收入"),
    Row("我单位自评得分93分。", "93分", "自评得分"),
    Row("资产总额34.5万元，其中：固定资产30万元，无形资产4.5万元。", "4.5万元", "无形资产", head="34.5万元"),
    Row("组织培训12期，参训1,200人次。", "12期", "组织培训"),
]

DISTRIBUTED = [
    Row(BOTH, "269.25万元", ("收入总计", "支出总计")),
    Row(BOTH, "12.5万元", ("收入总计", "支出总计"), "change", compared=(None, None)),
    Row("收入、支出总计均为30万元。", "30万元", ("收入总计", "支出总计")),
    Row("收支总计30万元。", "30万元", ("收入总计", "支出总计")),
    Row("收入和支出总计各30万元。", "30万元", ("收入总计", "支出总计")),
    Row("2023年收入总计30万元，支出总计28万元。", "28万元", "支出总计", period="2023"),
]

DERIVED = [
    # A share is of the amount before it; its own base only where that is printed.
    Row(INCOME, "75%", "", "share", belongs="150万元"),
    Row(INCOME, "15%", "", "share", belongs="30万元"),
    Row(INCOME, "10%", "", "share", belongs="20万元", share_of="总收入"),
    Row(LOOSE, "10%", "", "share", belongs="10万元"),
    # The subject of its own clause.
    Row("收入总计200万元，其中事业收入占15%。", "15%", "事业收入", "share", head="200万元"),
    Row("项目支出占支出总计的比重为40.5%。", "40.5%", "项目支出", "share", share_of="支出总计"),
    # Changes are signed and of the amount before, or of the subject of their clause.
    Row(GROWN, "20万元", "", "change", 1, "200万元", compared=(None, None)),
    Row(GROWN, "11.11%", "", "change_rate", 1, "200万元", compared=(None, None)),
    Row(SHRUNK, "0.8万元", "", "change", -1, "3.2万元", compared=("2022", "actual")),
    Row(SHRUNK, "20%", "", "change_rate", -1, "3.2万元", compared=("2022", "actual")),
    Row("与上年相比，公务接待费减少0.3万元，下降12%。", "0.3万元", "公务接待费", "change", -1, compared=(None, None)),
    Row("与上年相比，公务接待费减少0.3万元，下降12%。", "12%", "", "change_rate", -1, "0.3万元", compared=(None, None)),
    Row("支出总计50万元，同比增长3.5%。", "3.5%", "", "change_rate", 1, "50万元", compared=(None, None)),
    Row("支出总计50万元，较上年下降（增长）3.5%。", "3.5%", "", "change_rate", -1, "50万元", compared=(None, None)),
    Row(
        "支出总计50万元，较上年增加2万元，下降（增长）3.5%。",
        "3.5%",
        "",
        "change_rate",
        1,
        "50万元",
        compared=(None, None),
    ),
    Row("支出50万元，比年初预算增加5万元。", "5万元", "", "change", 1, "50万元", compared=("same", "budget")),
    Row(
        "支出50万元，与调整预算数相比减少5万元。",
        "5万元",
        "",
        "change",
        -1,
        "50万元",
        compared=("same", "adjusted_budget"),
    ),
    Row("支出总计50万元，比2021年增加5万元。", "5万元", "", "change", 1, "50万元", compared=("2021", None)),
    Row("支出50万元，比2022年预算数增加5万元。", "5万元", "", "change", 1, "50万元", compared=("2022", "budget")),
    Row("收入总计30万元，较上年增加0万元，增长0%。", "0万元", "", "change", 1, "30万元", compared=(None, None)),
    Row("执行率提高了3个百分点。", "3个百分点", "执行率", "change"),
    # Execution.
    Row(
        "支出决算17万元，完成调整预算的98.5%。",
        "98.5%",
        "",
        "execution_rate",
        belongs="17万元",
        compared=(None, "adjusted_budget"),
    ),
    Row(
        "支出决算17万元，预算执行率为98.5%。",
        "98.5%",
        "",
        "execution_rate",
        belongs="17万元",
        compared=(None, None),
    ),
    Row(
        "支出决算17万元，为年初预算17.5万元的97.14%。",
        "97.14%",
        "",
        "execution_rate",
        belongs="17万元",
        compared=(None, "budget"),
    ),
]

IN_ALL = "支出总计100万元，其中：基本支出60万元，项目支出40万元，比上年增加10万元，增长11.11%。"
AGAIN = "支出总计100万元，比上年减少5万元，其中：基本支出60万元，项目支出40万元，比上年增加10万元。"
EARLIER = "支出总计100万元，比2021年减少5万元，其中：基本支出60万元，项目支出40万元，比上年增加10万元。"
SHARES = "支出总计100万元，其中：基本支出60万元，占60%，项目支出40万元，占40%，比上年增加5万元。"

COMPARED = [
    # A change behind the last item of a list is the total's …
    Row(IN_ALL, "10万元", "", "change", 1, "100万元", compared=(None, None)),
    Row(IN_ALL, "11.11%", "", "change_rate", 1, "100万元", compared=(None, None)),
    Row(SHARES, "5万元", "", "change", 1, "100万元", compared=(None, None)),
    # … if the total has not been compared with that year already.
    Row(AGAIN, "10万元", "", "change", 1, "40万元", compared=(None, None)),
    Row(EARLIER, "10万元", "", "change", 1, "100万元", compared=(None, None)),
    # Money is no change of a number of groups.
    Row("公务接待费1万元，接待20批次，比上年减少0.1万元。", "0.1万元", "", "change", -1, "1万元", compared=(None, None)),
    Row("公务接待费3万元，决算数小于调整预算数1万元。", "1万元", "", "change", -1, "3万元", compared=("same", "adjusted_budget")),
    # The month in which something was founded or changed is no year of a figure.
    Row("我区于2016年3月实行公车改革，共有车辆2辆。", "2辆", "车辆"),
]  # fmt: skip

REASONS = [
    Row(SHRUNK, "0.5万元", "公务接待费", "change", -1, compared=("2022", "actual"), role="reason"),
    Row("支出30万元，增长5%，主要原因是新增项目支出2万元。", "2万元", "项目支出", role="reason"),
    Row("支出30万元，增长5%，主要是由于人员经费增加2万元。", "2万元", "人员经费", "change", role="reason"),
    Row("支出30万元，主要原因是新增项目2万元。年末结余3万元。", "3万元", "年末结余"),
    Row("收入比上年增加9万元，主要原因是新增一项任务，相应安排资金6万元。", "6万元", "安排资金", role="reason"),
    Row(
        "收入、支出分别比上年增加9万元、8万元。主要原因是新增一项任务，安排资金6万元。",
        "6万元",
        "安排资金",
        role="reason",
    ),
    Row("收入比上年增加9万元。新增一项任务，安排资金6万元。", "6万元", "安排资金"),
    Row("教育支出120万元，主要用于学校建设80万元。", "80万元", "学校建设"),
]

LIMITS = [
    Row("单价50万元以上设备2台（套）。", "2台（套）", "设备", threshold="≥500000"),
    Row("单位价值100万元以上专用设备3台。", "3台", "专用设备", threshold="≥1000000"),
    Row("没有50万元以上项目。", "没有50万元以上项目", "项目", threshold="≥500000"),
    Row("2. 我单位没有 50 万以上项目。", "没有50万以上项目", "项目", threshold="≥500000"),
    Row("无单项30万元以下采购项目。", "", "采购项目", threshold="≤300000"),
    Row("支出50万元以上。", "50万元", "支出"),
]

WORDS = [
    Row("公务接待费1.2万元，与上年持平。", "持平", "", "change", belongs="1.2万元", compared=(None, None)),
    Row(
        "公务接待费1.2万元，与2022年预算数持平。", "持平", "", "change", belongs="1.2万元", compared=("2022", "budget")
    ),
    Row("公务接待费1.2万元，较上年无变化。", "无变化", "", "change", belongs="1.2万元", compared=(None, None)),
    Row("本年度未发生因公出国（境）费。", "未发生因公出国（境）费", "因公出国（境）费"),
    Row("八、基金情况\n本年无政府性基金预算支出。\n九、其他情况", "无政府性基金预算支出", "政府性基金预算支出"),
    Row("外事接待费无。", "无", "外事接待费"),
    Row("经综合评价，自评结果为良好。", "良好", "自评结果"),
    Row("绩效评价等级为“优”。", "优", "绩效评价等级"),
]

ALL = [*VALUES, *DISTRIBUTED, *DERIVED, *COMPARED, *REASONS, *LIMITS, *WORDS]
KNOWN: Mapping[tuple[str, str], str] = {
    (STAFF, "9人"): "a new total after ；stays in the list before",
}
"""What is read wrongly as yet, by text and quote."""


def params(rows: list[Row]) -> list[object]:
    marks = {key: pytest.mark.xfail(reason=why, strict=True) for key, why in KNOWN.items()}
    return [
        pytest.param(row, id=f"{row.text[:16]}…{row.quote}", marks=marks.get((row.text, row.quote), ())) for row in rows
    ]


def find(found: Readings, row: Row) -> Reading:
    for at, reading in enumerate(found.all):
        if found.quote(at) == row.quote or (not row.quote and reading.threshold is not None):
            return reading
    raise AssertionError([found.quote(at) for at in range(len(found.all))])


@pytest.mark.parametrize("row", params(ALL))
def test_a_number(row: Row) -> None:
    found = readings(row.text)
    reading = find(found, row)
    labels = (row.label,) if isinstance(row.label, str) else row.label
    assert len(reading.labels) == len(labels)
    for printed, end in zip(reading.labels, labels, strict=True):
        assert printed.endswith(end)
        assert bool(printed) >= bool(end)
    assert (reading.aspect, reading.sign) == (row.aspect, row.sign)
    assert found.quote(reading.belongs) == row.belongs
    assert found.quote(reading.head) == row.head
    assert reading.compared == row.compared
    assert (reading.basis, reading.period) == (row.basis, row.period)
    assert reading.role == row.role
    assert (f"{reading.threshold.op}{reading.threshold.yuan}" if reading.threshold else None) == row.threshold
    assert reading.share_of == row.share_of
    if row.head is not None:
        assert reading.complete == row.complete


@pytest.mark.parametrize("text", sorted({row.text for row in ALL}), ids=lambda text: text[:20])
def test_every_quantity_is_read_once(text: str) -> None:
    found = readings(text)
    places = [(r.quantity.start, r.quantity.end) for r in found.all]
    assert len(places) == len(set(places))
    limits = [t for t in scan(found.text) if isinstance(t, Quantity) and t.qualifier in ("at_least", "at_most")]
    for token in scan(found.text):
        if isinstance(token, Quantity) and token not in limits:
            assert any(a <= token.start and token.end <= b for a, b in places)
    for reading in found.all:
        a, b = reading.sentence
        assert found.text[a:b].strip()


def test_a_label_does_not_begin_with_the_department() -> None:
    (reading,) = readings("2023年某县档案馆公务接待费0.5万元。").all
    assert reading.labels == ("公务接待费",)


ITEMS = [
    "支出总计30万元，包括基本支出20万元、项目支出10万元。此外，年末结余5万元。",
    "支出总计30万元，其中基本支出20万元，项目支出10万元。\n年末结余5万元。",
    "二、支出情况\n支出总计30万元，其中：\n1.基本支出20万元，占66.67%。\n2.项目支出10万元，占33.33%。\n三、其他情况\n年末结余5万元。",
    "二、支出情况\n支出总计30万元，具体情况如下：\n（1）基本支出20万元。\n（2）项目支出10万元。\n三、其他情况\n年末结余5万元。",
]


@pytest.mark.parametrize("text", ITEMS)
def test_the_items_of_a_list(text: str) -> None:
    found = readings(text)
    heads = {
        found.quote(at): found.quote(r.head) for at, r in enumerate(found.all) if r.aspect == "value" and not r.beside
    }
    assert [quote for quote, head in heads.items() if head == "30万元"] == ["20万元", "10万元"]
    assert len({r.list_id for r in found.all if r.head is not None and r.aspect == "value" and not r.beside}) == 1


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("经营收入、其他收入均未安排。", {"未安排"}),
        ("政府性基金、国有资本经营预算均无。", {"无"}),
        ("会议费、培训费均没有发生。", {"没有发生"}),
        ("公务接待费1万元，与年初预算、上年决算均持平。", {"1万元", "持平"}),
    ],
)
def test_a_statement_without_a_number_is_quoted_without_the_word_that_spreads_it(text: str, quotes: set[str]) -> None:
    found = readings(text)
    assert {found.quote(at) for at in range(len(found.all))} == quotes


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日前完成。",
        "依据财预〔2023〕5号文件。",
        "学习贯彻党的二十大精神和“十四五”规划。",
        "联系电话：0833-2412345。",
        "没有发现问题，无法律纠纷。",
    ],
)
def test_no_mention(text: str) -> None:
    assert [r for r in readings(text).all if not r.optional] == []

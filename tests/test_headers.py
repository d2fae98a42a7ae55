"""What headings of columns and labels of rows say."""

from __future__ import annotations

import pytest

from reportparse.headers import is_headline, only_words, plain_label, read_head, stated_unit, without_aspect

HEADS = [
    # words, role, basis, period, aspect, against, unit
    ("预算数", "value", "budget", None, "value", (None, None), None),
    ("全年预算数（A）", "value", "adjusted_budget", None, "value", (None, None), None),
    ("全年执行数（B）", "value", "actual", None, "value", (None, None), None),
    ("预算执行率（B/A×100%）", "value", None, None, "execution_rate", (None, None), None),
    ("预算执行（%）", "", None, None, "execution_rate", (None, None), "%"),
    ("2023年决算数", "value", "actual", "2023", "value", (None, None), None),
    ("上年决算数", "value", "actual", "last", "value", (None, None), None),
    ("上年结转", "", None, None, "value", (None, None), None),
    ("金额（万元）", "value", None, None, "value", (None, None), "万元"),
    ("增减额", "value", None, None, "change", (None, None), None),
    ("增、减金额", "value", None, None, "change", (None, None), None),
    ("增、减幅度", "value", None, None, "change_rate", (None, None), None),
    ("增减比例", "", None, None, "change_rate", (None, None), None),
    ("2024年比2023年增减%", "value", None, "2024", "change_rate", ("2023", None), None),
    ("2019年预算数比2018年预算数", "value", "budget", "2019", "value", ("2018", "budget"), None),
    ("占比", "value", None, None, "share", (None, None), None),
    ("一般公共预算", "value", None, None, "value", (None, None), None),
    ("项目", "label", None, None, "value", (None, None), None),
    ("项目（按功能分类）", "label", None, None, "value", (None, None), None),
    ("科目编码", "code", None, None, "value", (None, None), None),
    ("款", "code", None, None, "value", (None, None), None),
    ("科目编码及名称", "label", None, None, "value", (None, None), None),
    ("行次", "serial", None, None, "value", (None, None), None),
    ("三级指标", "label", None, None, "value", (None, None), None),
    ("绩效指标", "label", None, None, "value", (None, None), None),
    ("年度指标值", "words", None, None, "value", (None, None), None),
    ("偏差原因分析及改进措施", "words", None, None, "value", (None, None), None),
    ("基本支出", "", None, None, "value", (None, None), None),
]


@pytest.mark.parametrize("case", HEADS, ids=[case[0] for case in HEADS])
def test_a_heading(case: tuple[object, ...]) -> None:
    head = read_head(str(case[0]))
    assert (head.role, head.basis, head.period, head.aspect, head.against, head.unit) == case[1:]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("一、“三公”经费支出", "三公经费支出"),
        ("其中：（1）公务用车运行维护费", "公务用车运行维护费"),
        ("3.公务用车保有量（辆）", "公务用车保有量"),
        ("一、货物A", "货物"),
        ("合　计", "合计"),
        ("208社会保障和就业支出", "208社会保障和就业支出"),
    ],
)
def test_a_label_without_its_number(printed: str, plain: str) -> None:
    assert plain_label(printed) == plain


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("金额单位：万元", "万元"),
        ("单位：人民币元", "元"),
        ("（单位：万）", "万元"),
        ("单位：某局", None),
        ("单位名称", None),
    ],
)
def test_the_unit_that_is_stated(printed: str, unit: str | None) -> None:
    assert stated_unit(printed) == unit


def test_a_label_without_what_makes_a_rate_of_it() -> None:
    assert without_aspect("基本支出增减额") == "基本支出"
    assert without_aspect("项目支出执行率") == "项目支出"
    assert without_aspect("基本支出") == "基本支出"


def test_a_row_that_heads_columns() -> None:
    assert is_headline(["一级指标", "二级指标", "指标值"])
    assert not is_headline(["基本支出", "项目支出", "合计"])
    assert only_words(["年度总体目标", "预期目标", "实际完成情况"])
    assert not only_words(["一级指标", "指标值"])

"""What words alone say of two figures, against the figures."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.model import Finding

HEAD = "清水县园林所2023年度部门决算\n三、一般公共预算财政拨款支出决算情况说明\n（三）支出决算具体情况\n"


def said(text: str) -> list[Finding]:
    report = parse((HEAD + text + "\n").encode(), name="report.txt")
    return [finding for finding in report.findings if finding.check == "words"]


ITEM = "1.教育支出（类）进修及培训（款）培训支出（项）。年初预算为{}万元，支出决算为{}万元，完成年初预算的{}%。"


@pytest.mark.parametrize(
    ("figures", "words", "outcome"),
    [
        (("50.00", "42.00", "84.00"), "决算数小于年初预算数的主要原因是减少外训。", None),
        (("50.00", "42.00", "84.00"), "决算数大于年初预算数的主要原因是减少外训。", "inconsistent"),
        (("50.00", "42.00", "84.00"), "支出决算数高于预算数，主要是增加外训。", "inconsistent"),
        (("50.00", "42.00", "84.00"), "决算数等于年初预算数的主要原因是按计划执行。", "inconsistent"),
        (("42.00", "50.00", "119.05"), "决算数超出预算的主要原因是增加外训。", None),
        (("42.00", "50.00", "119.05"), "决算数低于年初预算数的原因：减少外训。", "inconsistent"),
        (("42.00", "42.00", "100.00"), "决算数大于年初预算数的主要原因是增加外训。", "improbable"),  # 41.996 and 42.004
        (("42.00", "42.00", "100.00"), "决算数等于年初预算数。", None),
        (("50.00", "42.00", "84.00"), "决算数大于（小于）预算数的主要原因是减少外训。", None),  # a template
        (("50.00", "42.00", "84.00"), "如决算数大于预算数，应说明原因。", None),
        (("50.00", "42.00", "84.00"), "决算数大于预算数的，需说明原因。", None),
        (("50.00", "42.00", "84.00"), "培训场地租金6.20万元，决算数大于预算数的主要原因是涨价。", None),  # of another figure
        (("50.00", "42.00", "84.00"), "\n决算数大于预算数的主要原因是涨价。", None),  # another paragraph
    ],
)  # fmt: skip
def test_more_or_less_than_the_budget(figures: tuple[str, ...], words: str, outcome: str | None) -> None:
    assert [finding.outcome for finding in said(ITEM.format(*figures) + words)] == ([outcome] if outcome else [])


def test_the_finding_quotes_the_words_and_both_figures() -> None:
    (found,) = said(ITEM.format("50.00", "42.00", "84.00") + "决算数大于年初预算数的主要原因是减少外训。")
    assert found.code == "RP-WORDS-001"
    assert found.message.startswith("文字称“决算数大于年初预算数”，而")
    assert "42.00万元" in found.message
    assert "50.00万元" in found.message
    assert len(found.facts) == 2
    assert not found.causes


def test_a_budget_that_is_named_is_the_one_that_is_meant() -> None:
    both = "培训费年初预算为50.00万元，全年预算为40.00万元，支出决算为42.00万元，"
    assert not said(both + "决算数大于预算数的主要原因是增加外训。")
    assert not said(both + "决算数小于年初预算数的主要原因是减少外训。")
    (found,) = said(both + "决算数大于年初预算数的主要原因是增加外训。")
    assert "50.00万元" in found.message


def test_a_rate_says_it_where_no_budget_is_printed() -> None:
    text = "2023年度培训费支出决算为42.00万元，完成年初预算的84.00%，决算数{}年初预算数的主要原因是调整计划。"
    assert not said(text.format("小于"))
    (found,) = said(text.format("大于"))
    assert found.outcome == "inconsistent"
    assert "84.00%" in found.message


@pytest.mark.parametrize(
    ("change", "reason", "wrong"),
    [
        ("比上年增加3.00万元，增长33.33%", "，增加的主要原因是设备更新。", False),
        ("比上年增加3.00万元，增长33.33%", "，减少的主要原因是设备更新。", True),
        ("比上年减少3.00万元，下降20.00%", "。增长的主要原因：设备更新。", True),
        ("比上年减少3.00万元，下降20.00%", "。下降原因是设备更新。", False),
        ("比上年增加3.00万元，增长33.33%", "，增加（减少）的主要原因是设备更新。", False),
        ("比上年增加3.00万元，增长33.33%", "，主要原因是差旅减少。", False),
        ("比上年增加3.00万元，增长33.33%", "，其中接待2.00万元，减少的主要原因是接待减少。", False),
        ("比上年增加3.00万元，比年初预算减少1.00万元", "，增加的主要原因是设备更新。", False),
    ],
)
def test_where_a_change_went(change: str, reason: str, wrong: bool) -> None:
    found = said(f"2023年度机关运行经费支出12.00万元，{change}{reason}")
    assert [finding.outcome for finding in found] == ["inconsistent"] * wrong

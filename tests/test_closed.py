"""Forms whose cells stand one a line, each closed by a bar."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.barred import closed_runs
from reportparse.closed import place_closed


def placed(cells: str) -> list[tuple[str, int, int]]:
    """The text, row and column of every cell of words parted by blanks; ``_`` is an empty one."""
    texts: list[str] = []
    blanks: list[int] = []
    empty = 0
    for word in cells.split():
        if word == "_":
            empty += 1
            continue
        texts.append(word)
        blanks.append(empty)
        empty = 0
    return [(text, row, column) for text, (row, column, _) in zip(texts, place_closed(texts, blanks), strict=True)]


HEADS = "一级指标 二级指标 三级指标 指标性质 指标值 完成值 权重 得分 原因分析"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            f"{HEADS} 产出 数量 植树 ≥ 50 48 10 9 晚 补植 ≥ 5 5 10 10 _ 质量 成活率 定性 高 _ 10 10 _",
            {"植树": (1, 2), "9": (1, 7), "晚": (1, 8), "补植": (2, 2), "质量": (3, 1), "成活率": (3, 2), "高": (3, 4)},
        ),
        (
            f"{HEADS} 产出 数量 植树 ≥ 50 48 10 9 _ 合计 100 97 _",
            {"植树": (1, 2), "合计": (2, 0), "100": (2, 6), "97": (2, 7)},
        ),
        (
            "资金（万元） 年初预算数 全年执行数 执行率 原因 总额 9.0 8.0 88.9% 待付 其中：财政资金 7.0 6.0 85.7% 其他资金 _ _ _ 说明",
            {"总额": (1, 0), "88.9%": (1, 3), "待付": (1, 4), "6.0": (2, 2), "其他资金": (3, 0), "说明": (4, 0)},
        ),
        (
            "资金（万元） 年初预算数 全年执行数 执行率 原因 总额 9.0 8.0 88.9% _ 其中：财政资金 7.0 6.0 85.7% 待付",
            {"总额": (1, 0), "其中：财政资金": (2, 0), "待付": (2, 4)},
        ),
        ("主管部门 某县林业局 项目负责人 某某", {"主管部门": (0, 0), "某县林业局": (1, 0), "某某": (3, 0)}),
    ],
)
def test_places(cells: str, expected: dict[str, tuple[int, int]]) -> None:
    found = {text: (row, column) for text, row, column in placed(cells)}
    assert {text: found[text] for text in expected} == expected


def test_where_it_begins_and_ends() -> None:
    cells = [f"第{k}格 |" for k in range(12)]
    assert closed_runs(["正文。", *cells, "|", "正文。"]) == [(1, 14)]
    assert closed_runs(["正文。", *cells[:3], "正文。"]) == []  # too few to be a form
    assert closed_runs([f"{cell}{cell}" for cell in cells]) == []  # rows of two cells


FORM = """项目支出绩效自评表（2024年度） |
项目名称 |
容器育苗补助 |
一级指标 |
二级指标 |
三级指标 |
指标值 |
完成值 |
权重 |
得分 |
产出指标 |
数量指标 |
育苗 |
70万株 |
73万株 |
100 |
97 |
存在问题 |
{said} |
改进措施 |
提前落实改建用地。 |
"""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("苗床改建进度慢，影响轮换。", "苗床改建进度慢，影响轮换。"),
        ("分析存在的问题及原因。（200字以内）", None),  # what the form asks for
        ("无", None),
    ],
)
def test_what_a_form_says_in_words(said: str, expected: str | None) -> None:
    report = parse(
        f"某县林木种苗站2024年度项目支出绩效自评情况\n我站开展了绩效自评。\n{FORM.format(said=said)}".encode()
    )
    texts = {fact.concept: fact.value for fact in report.facts if fact.concept.startswith("narrative.")}
    assert texts == {"narrative.suggestions": "提前落实改建用地。"} | (
        {"narrative.problems": expected} if expected else {}
    )

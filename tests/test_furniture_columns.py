"""Bare numbers that count the columns of a table are no page numbers."""

from __future__ import annotations

import pytest

from reportparse.furniture import furniture_lines

TEXT = "县水产站负责全县水产技术推广。" * 12


@pytest.mark.parametrize(
    ("lines", "dropped"),
    [
        ([TEXT, "1", TEXT, "栏次", "1", "2", "3", TEXT, "2", TEXT, "3", TEXT], {1, 8, 10}),
        ([TEXT, "1", TEXT, "栏次", "1", "2", TEXT, "3", TEXT], set()),  # 1 and 3 do not count on
        ([TEXT, "1", TEXT, "2", TEXT, "3", TEXT], {1, 3, 5}),
        ([TEXT, "0", "1", TEXT, "2", TEXT], {2, 4}),
        ([TEXT[:-1], "县水产站年度报告", TEXT * 3] * 3, {1, 4, 7}),  # a running head in the middle of sentences
        *(  # rows that every form of a report on several projects has
            ([TEXT[:-1], row, TEXT * 3] * 3, set[int]())
            for row in (
                "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数",
                "项目资金|年初预算数|全年预算数",
                "项目资金 年初预算数 全年预算数 全年执行数 分值",
                "上年结转资金 0.00 0.00 0.00 — —",
            )
        ),
    ],
)
def test_pages(lines: list[str], dropped: set[int]) -> None:
    raw: list[tuple[str, int, int]] = []
    at = 0
    for line in lines:
        raw.append((line, at, at + len(line)))
        at += len(line) + 1
    assert furniture_lines(raw) == dropped

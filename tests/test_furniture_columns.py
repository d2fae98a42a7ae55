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
    ],
)
def test_pages(lines: list[str], dropped: set[int]) -> None:
    raw: list[tuple[str, int, int]] = []
    at = 0
    for line in lines:
        raw.append((line, at, at + len(line)))
        at += len(line) + 1
    assert furniture_lines(raw) == dropped

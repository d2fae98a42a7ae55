"""Rows that have lost their empty cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportparse.addends import ShortRow, columns_by_sums


def row(said: str) -> ShortRow:
    code, *figures = said.split()
    return ShortRow(code.strip("_"), tuple(map(Decimal, figures)))


@pytest.mark.parametrize(
    ("rows", "total", "expected"),
    [
        (["205 4 4", "213 9 6 3"], "13 10 3", {0: (0, 1), 1: (0, 1, 2)}),
        (["205 4 4", "206 5 5"], "9 4 5", {0: (0, 1), 1: (0, 2)}),
        (["_ 4 4", "_ 4 4"], "8 4 4", {}),  # either could be the first
        (["205 4 4", "213 9 6 3"], "14 10 3", {}),  # no way adds up
        (
            ["213 9 6 3", "21301 9 6 3", "2130104 6 6", "2130135 3 3"],
            "9 6 3",
            {0: (0, 1, 2), 1: (0, 1, 2), 2: (0, 1), 3: (0, 2)},
        ),
        (["205 1 2 3 4"], "1 2 3", {}),  # more figures than columns
    ],
)
def test_columns(rows: list[str], total: str, expected: dict[int, tuple[int, ...]]) -> None:
    assert columns_by_sums(list(map(row, rows)), list(map(Decimal, total.split()))) == expected

"""A bank of tables in the forms of many places: every cell that is judged comes out with its key, or is listed here.

``tests/cases/tables/NAME.tsv`` says of ``NAME.txt`` what its cells state: key, quote, and which of the equal quotes in the
text it is (from 1); ``?`` instead of a key is a number that no concept covers. Cells that are not listed are not judged.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse import Report, parse
from reportparse.readers import read

FOLDER = Path(__file__).parent / "cases" / "tables"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".pdf"))

KNOWN: dict[str, set[str]] = {
    # Headings of two levels, one cell a line: which figure stands under which cannot be told.
    # A sum of three_public alone at the end of a table of them, of meetings and of training.
    "09-tengxian-market": {"17", "18", "19", "20"},
    # 评价等级 and 优 in one cell of a merged row.
    "24-fuyuan-yn-sewage-form": {"34"},
    # The subtotal of a mere kind of projects is taken for a part of the money, which it is where no column names projects.
    "52-projects-under-kinds": {"13", "14", "15", "16", "17", "18", "19", "20", "21"},
    "21-ln-budget-flat-noblank": {"13", "14", "15", "16", "17", "18"},
}
"""Rows that do not come out yet: the line numbers of a file. One that does come out must be taken from here."""


def place(text: str, quote: str, nth: int) -> tuple[int, int]:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return at, at + len(quote)


def wrong_lines(path: Path) -> dict[str, str]:
    document = read(path)
    report: Report = parse(document)
    facts = [fact for fact in report.facts if fact.cell is not None and fact.span is not None]
    mentioned = [found.span for found in (*facts, *report.unclaimed)]
    wrong: dict[str, str] = {}
    lines = path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        key, quote, nth = line.split("\t")[:3]
        start, end = place(document.text, quote, int(nth))
        keys = sorted({f.key for f in facts if f.span is not None and f.span[0] < end and start < f.span[1]})
        good = not keys if key.startswith("?") else keys == [key]
        if key.startswith("?") and any(char.isdigit() for char in quote):
            good = good and any(span is not None and span[0] < end and start < span[1] for span in mentioned)
        if not good:
            wrong[str(number)] = f"{quote}: {key}, got {keys}"
    return wrong


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_cells_of_a_table(path: Path) -> None:
    wrong = wrong_lines(path)
    assert set(wrong) == KNOWN.get(path.stem, set()), wrong


def test_the_bank_is_large_enough_to_tell() -> None:
    rows = sum(len(path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()) for path in FILES)
    known = sum(map(len, KNOWN.values()))
    assert rows > 2_200
    assert known < 0.03 * rows

"""Statements in the manners of many offices, each read whole: nothing left out that has a concept, nothing besides.

Unlike the bank of wordings, which holds what is not read yet too, every row must hold.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from conftest import ROOT
from reportparse import parse


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/cases" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = _rows("manners.tsv") + _rows("performance.tsv") + _rows("budgets.tsv")


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:20] for row in ROWS])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_a_manner(row: dict[str, str], apart: str) -> None:
    report = parse(apart.join((row["title"], row["heading"], row["text"].replace("\\n", apart), "")).encode())
    found = Counter(
        f"{fact.key} = {f'({fact.state})' if fact.value is None else fact.value}"
        for fact in report
        if not fact.concept.startswith(("document.", "narrative."))
    )
    assert found == Counter(fact for fact in row["facts"].split(" ;; ") if fact)
    assert not [finding.message for finding in report.findings if finding.outcome == "inconsistent"]

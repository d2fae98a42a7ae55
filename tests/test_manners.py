"""Statements in the manners of many offices, each read whole: nothing left out that has a concept, nothing besides.

Unlike the bank of wordings, which holds what is not read yet too, every row must hold.
"""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from conftest import ROOT
from reportparse import parse

with (ROOT / "tests/cases/manners.tsv").open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:20] for row in ROWS])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_a_manner(row: dict[str, str], apart: str) -> None:
    report = parse(apart.join((row["title"], row["heading"], row["text"], "")).encode())
    found = Counter(
        f"{fact.key} = {f'({fact.state})' if fact.value is None else fact.value}"
        for fact in report
        if not fact.concept.startswith(("document.", "narrative."))
    )
    assert found == Counter(row["facts"].split(" ;; "))
    assert not [finding.message for finding in report.findings if finding.outcome == "inconsistent"]

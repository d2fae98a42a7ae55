"""A bank of wordings: short passages in the manners of many offices, each with every fact that it states.

Written from the vocabulary and from published reports' manner, without sight of the rules. Not all of it is read yet: the
floors say how much is, and ``pytest -s`` prints what is not.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import NamedTuple

import pytest

from conftest import ROOT
from reportparse import parse

TITLES = {
    "overall": "某县茶叶站2023年度部门整体支出绩效自评报告",
    "accounts": "某县茶叶站2023年度部门决算说明",
    "budget": "某县茶叶站2024年部门预算说明",
    "project": "某县茶叶站2023年度茶园改造项目支出绩效自评报告",
}
RIGHT, WRONG, WHOLE = 2636, 25, 445
"""Of the bank's facts that come out, at the least; that come out and are not in it, at the most; passages without a fault."""

Facts = Counter[tuple[str, str]]


class Passage(NamedTuple):
    """A row of the bank."""

    id: str
    kind: str
    heading: str
    text: str
    facts: str


with (ROOT / "tests/cases/wordings.tsv").open(encoding="utf-8", newline="") as _file:
    BANK = [Passage(*row) for row in csv.reader(_file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def plain(value: str) -> str:
    value = "".join(value.split())
    return "0" if re.fullmatch(r"-?0(?:\.0+)?", value) else value


def wanted(passage: Passage) -> Facts:
    pairs = (fact.rpartition(" = ") for fact in passage.facts.split(" ;; ") if fact.strip())
    return Counter((key.strip(), plain(value)) for key, _, value in pairs if not key.startswith("narrative."))


def found(passage: Passage) -> Facts:
    text = passage.text.replace("\\n", "\n")
    report = parse(f"{TITLES[passage.kind]}\n\n{passage.heading}\n\n{text}\n".encode())
    return Counter(
        (fact.key, f"({fact.state})" if fact.value is None else plain(str(fact.value)))
        for fact in report
        if not fact.concept.startswith(("document.", "narrative."))
    )


@pytest.fixture(scope="module")
def results() -> list[tuple[Passage, Facts, Facts]]:
    return [(passage, wanted(passage), found(passage)) for passage in BANK]


def test_the_bank_is_one() -> None:
    assert len(BANK) > 300
    assert len({passage.id for passage in BANK}) == len(BANK)
    assert {passage.kind for passage in BANK} == set(TITLES)
    # Two state nothing that has a concept, on purpose.
    assert sum(not wanted(passage) for passage in BANK) == 2


def test_as_much_is_read_as_was(results: list[tuple[Passage, Facts, Facts]]) -> None:
    right = wrong = whole = 0
    for passage, gold, got in results:
        right += (gold & got).total()
        wrong += (got - gold).total()
        whole += gold == got
        if gold != got:
            print(f"\n{passage.id} {passage.kind} {passage.heading}: {passage.text}")
            print(*(f"  - {key} = {value}" for key, value in sorted((gold - got).elements())), sep="\n")
            print(*(f"  + {key} = {value}" for key, value in sorted((got - gold).elements())), sep="\n")
    print(f"\n{right} right, {wrong} wrong, {whole} of {len(results)} whole")
    assert right >= RIGHT
    assert wrong <= WRONG
    assert whole >= WHOLE

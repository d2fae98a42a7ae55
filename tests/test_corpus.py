"""The reports written for this project against their gold: no score sinks below its floor.

The floors stand in corpus/floors.toml. ``reportparse eval corpus --half dev --misses`` shows what is lost.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from conftest import CORPUS
from reportparse.evaluate import Score, score
from reportparse.gold import find_gold

FILES = sorted(CORPUS.glob("*.txt"))
FLOORS = tomllib.loads((CORPUS / "floors.toml").read_text(encoding="utf-8"))
FIELDS = ("kind", "title", "department", "region", "fiscal_year", "issuer", "date")


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def scored(request: pytest.FixtureRequest) -> Score:
    gold = find_gold(request.param)
    assert gold is not None
    return score(request.param, gold)


def test_the_score_holds_its_floor(scored: Score) -> None:
    floor = FLOORS[scored.name]
    # What is lost of the test half is not shown: rules are not mended by looking at it.
    shown = scored.misses[:30] if scored.half == "dev" else "a report of the test half"
    right, keyed, wrong = scored.strict.right, scored.keyed.right, scored.strict.got - scored.strict.right
    assert right >= floor["right"], shown
    assert keyed >= floor["keyed"], shown
    assert wrong <= floor["wrong"], shown


def test_the_fields_of_the_document(scored: Score) -> None:
    wrong = {fault.partition(":")[0] for fault in scored.fields}
    assert wrong <= set(FLOORS[scored.name].get("fields", ())), scored.fields if scored.half == "dev" else wrong


def test_every_report_has_gold_and_a_floor() -> None:
    assert FILES
    assert {path.stem for path in FILES} == set(FLOORS)
    assert {path.stem for path in FILES} == {
        path.name.removesuffix(".gold.json") for path in CORPUS.glob("*.gold.json")
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_gold_names_every_field(path: Path) -> None:
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    assert set(FIELDS) <= set(gold["document"])

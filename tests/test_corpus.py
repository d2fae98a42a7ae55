"""The reports written for this project against their gold: no score sinks below its floor.

The floors stand in corpus/floors.toml. ``reportparse eval corpus --half dev --misses`` shows what is lost.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
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
    got = {"right": scored.strict.right, "keyed": scored.keyed.right, "wrong": scored.strict.got - scored.strict.right}
    if got["right"] < floor["right"] or got["keyed"] < floor["keyed"] or got["wrong"] > floor["wrong"]:
        _fail(scored, f"{got} where the floor is {floor}", scored.misses[:30])


def test_the_fields_of_the_document(scored: Score) -> None:
    wrong = {fault.partition(":")[0] for fault in scored.fields}
    if not wrong <= set(FLOORS[scored.name].get("fields", ())):
        _fail(scored, f"wrong: {sorted(wrong)}", scored.fields)


def _fail(scored: Score, how: str, lost: Sequence[object]) -> None:
    """Without a traceback, which would print the score: rules are not mended by looking at what is lost of the test half."""
    shown = "\n".join(map(str, lost)) if scored.half == "dev" else "a report of the test half"
    pytest.fail(f"{how}\n{shown}", pytrace=False)


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

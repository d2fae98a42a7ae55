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


HALVES = {
    path: json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))["half"] for path in FILES
}
DEV = [path for path in FILES if HALVES[path] == "dev"]
TEST = [path for path in FILES if HALVES[path] == "test"]


def scored_by_gold(path: Path) -> Score:
    gold = find_gold(path)
    assert gold is not None
    return score(path, gold)


@pytest.fixture(scope="module", params=DEV, ids=lambda path: path.stem)
def scored(request: pytest.FixtureRequest) -> Score:
    return scored_by_gold(request.param)


def test_the_score_holds_its_floor(scored: Score) -> None:
    floor = FLOORS[scored.name]
    got = {"right": scored.strict.right, "keyed": scored.keyed.right, "wrong": scored.strict.got - scored.strict.right}
    if got["right"] < floor["right"] or got["keyed"] < floor["keyed"] or got["wrong"] > floor["wrong"]:
        _fail(f"{got} where the floor is {floor}", scored.misses[:30])


def test_the_fields_of_the_document(scored: Score) -> None:
    wrong = {fault.partition(":")[0] for fault in scored.fields}
    if not wrong <= set(FLOORS[scored.name].get("fields", ())):
        _fail(f"wrong: {sorted(wrong)}", scored.fields)


def test_the_test_half_holds_its_floor() -> None:
    """In sums alone: rules are not mended by looking at what is lost of the test half, nor in which report."""
    floor = FLOORS["test"]
    scores = [scored_by_gold(path) for path in TEST]
    got = {
        "files": len(scores),
        "right": sum(one.strict.right for one in scores),
        "keyed": sum(one.keyed.right for one in scores),
        "wrong": sum(one.strict.got - one.strict.right for one in scores),
        "fields": sum(len(one.fields) for one in scores),
    }
    least, most = ("files", "right", "keyed"), ("wrong", "fields")
    if any(got[what] < floor[what] for what in least) or any(got[what] > floor[what] for what in most):
        _fail(f"{got} where the floor is {floor}", [])


def _fail(how: str, lost: Sequence[object]) -> None:
    """Without a traceback, which would print the score."""
    pytest.fail("\n".join([how, *map(str, lost)]), pytrace=False)


def test_every_report_has_gold_and_a_floor() -> None:
    assert DEV
    assert TEST
    assert {path.stem for path in DEV} | {"test"} == set(FLOORS)
    assert {path.stem for path in FILES} == {
        path.name.removesuffix(".gold.json") for path in CORPUS.glob("*.gold.json")
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_gold_names_every_field(path: Path) -> None:
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    assert set(FIELDS) <= set(gold["document"])

"""The reports written for this project against their gold: no score sinks below its floor.

The floors stand in corpus/floors.toml. ``python scripts/score.py corpus/ --misses`` shows what is lost.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from conftest import CORPUS, load_script

scoring = load_script("score")

FILES = sorted(CORPUS.glob("*.txt"))
FLOORS = tomllib.loads((CORPUS / "floors.toml").read_text(encoding="utf-8"))
FIELDS = ("kind", "title", "department", "region", "fiscal_year", "issuer", "date")
KNOWN_FAULTS: dict[tuple[str, str], str] = {}
"""A field that comes out wrong, and why."""


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def score(request: pytest.FixtureRequest) -> scoring.Score:
    return scoring.score(request.param)


def misses(score: scoring.Score) -> str:
    """The first of what is lost and wrong."""
    return "\n".join(scoring.misses(score).splitlines()[:30])


def test_the_score_holds_its_floor(score: scoring.Score) -> None:
    floor = FLOORS[score.name]
    assert score.strict.right >= floor["right"], misses(score)
    assert score.value.right >= floor["by_value"], misses(score)
    assert score.strict.got - score.strict.right <= floor["wrong"], misses(score)


def test_the_fields_of_the_document(score: scoring.Score) -> None:
    wrong = {fault.partition(":")[0] for fault in score.fields}
    assert wrong == {field for name, field in KNOWN_FAULTS if name == score.name}, score.fields


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


def test_the_table_of_scores(capsys: pytest.CaptureFixture[str]) -> None:
    assert scoring.main([str(CORPUS / "sc-2023-archives.txt"), "--misses"]) == 0
    out = capsys.readouterr().out
    assert "sc-2023-archives" in out
    assert "revenue.total" in out

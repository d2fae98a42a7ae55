"""Published documents against gold that was made by reading them: no score sinks below its floor.

The gold stands in tests/gold/ (places, keys, figures; no sentence), the floors in tests/gold/floors.toml.
``reportparse eval ../shared/real --gold tests/gold --misses`` shows what is lost.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT, SAMPLES, load_script
from reportparse import parse
from reportparse.evaluate import NOTHING, Score, score
from reportparse.gold import find_gold

GOLD = ROOT / "tests" / "gold"
TABLES = GOLD / "tables"
"""Gold of key cells: some forty of every document's tables, and some that no concept covers."""
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))
FILES = sorted(path for path in (SAMPLES / "real").rglob("*") if path.is_file() and find_gold(path, GOLD))
needs_samples = pytest.mark.skipif(not FILES, reason=f"no real documents at {SAMPLES}/real (REPORTPARSE_SAMPLES)")


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [score(path, gold) for path in FILES if (gold := find_gold(path, GOLD))]


@needs_samples
def test_every_score_holds_its_floor(scores: list[Score]) -> None:
    assert {one.name for one in scores} == set(FLOORS)
    for one in scores:
        floor = FLOORS[one.name]
        assert one.placed
        assert one.strict.right >= floor["right"], one.misses[:20]
        assert one.strict.got - one.strict.right <= floor["wrong"], one.misses[:20]


@needs_samples
def test_every_figure_of_the_gold_is_read(scores: list[Score]) -> None:
    gold = sum(one.value.gold for one in scores)
    assert gold > 800
    assert sum(one.value.right for one in scores) >= 0.995 * gold


@needs_samples
def test_the_key_cells_of_tables_hold_their_floors() -> None:
    floors = tomllib.loads((TABLES / "floors.toml").read_text(encoding="utf-8"))
    files = [path for path in sorted((SAMPLES / "real").rglob("*")) if path.is_file() and find_gold(path, TABLES)]
    found = {path.stem: score(path, gold) for path in files if (gold := find_gold(path, TABLES))}
    assert set(found) == set(floors)
    for name, one in found.items():
        assert one.placed
        assert one.strict.right >= floors[name]["right"], one.misses[:20]
        assert one.strict.got - one.strict.right <= floors[name]["wrong"], one.misses[:20]
    total = NOTHING
    for one in found.values():
        total = total.plus(one.strict)
    assert total.f1 >= 0.97


@needs_samples
@pytest.mark.parametrize("name", ["江苏省人大常委会办公厅2019年部门预算公开表", "江苏省委办公厅2018年度部门预算公开表"])
def test_a_document_of_tables_states_nothing_in_prose(name: str) -> None:
    report = parse(next((SAMPLES / "real").rglob(f"{name}.pdf")))
    assert len([fact for fact in report.facts if fact.where == "table"]) > 120
    stated = [fact for fact in report.facts if fact.where == "prose" and fact.mention is not None]
    assert stated == []


@pytest.mark.parametrize(
    "path",
    [*sorted(GOLD.glob("*.gold.json")), *sorted(TABLES.glob("*.gold.json"))],
    ids=lambda path: f"{path.parent.name}-{path.name[:-10]}",
)
def test_the_gold_is_well_formed_and_holds_no_sentence(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    check = load_script("gold")
    assert gold["covers"] == ("cells" if path.parent == TABLES else "prose")
    assert len(gold["facts"]) > (30 if path.parent == TABLES else 80)
    for fact in gold["facts"]:
        # A change against last year on another basis is written with both.
        assert list(check.key_faults(re.sub(r"vs=(\d{4}):(?:actual|budget)", "vs=budget", fact["key"]))) == [], fact[
            "key"
        ]
        assert (fact["value"] is None) == (fact["state"] not in ("stated", "zero")), fact
    for one in (*gold["facts"], *gold["unclaimed"]):
        assert len(one["quote"] or "") <= 24, one
        assert len(str(one.get("value") or "")) <= 24, one

"""What a reader judged becomes gold, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.cli import main
from reportparse.corrections import apply, load_corrections
from reportparse.errors import GoldError
from reportparse.evaluate import score
from reportparse.gold import load_gold
from reportparse.readers import read

NAME = "sc-2023-archives.txt"
REPORT = parse(CORPUS / NAME)
FACT = next(fact for fact in REPORT.facts if fact.key == "revenue.total{period=2023}")
OTHER = next(fact for fact in REPORT.facts if fact.key == "revenue.source[institutional]{period=2023}")
NUMBER = REPORT.unclaimed[0]


def entry(of: str, verdict: str | None, one: Any = None, **more: Any) -> dict[str, Any]:
    said = {
        "of": of,
        "id": None,
        "key": getattr(one, "key", None),
        "verdict": verdict,
        "corrected": None,
        "comment": "",
    }
    span = one.span if one is not None else None
    return said | {"span": span, "quote": one.quote if one is not None else None, "page": 1} | more


def as_fact(concept: str, value: str, **more: Any) -> dict[str, Any]:
    said = {
        "concept": concept,
        "member": None,
        "aspect": "value",
        "axes": {"period": "2023"},
        "key": "ignored",
        "state": "stated",
    }
    return said | {"value": value, "unit": "万元", "role": "statement"} | more


def corrections(*entries: dict[str, Any], complete: bool = False) -> dict[str, Any]:
    source = {"name": NAME, "sha256": REPORT.source.sha256, "text_sha256": REPORT.source.text_sha256}
    return {"corrections_version": 1, "source": source, "complete": complete, "entries": list(entries)}


def keys(gold: dict[str, Any], span: Any) -> list[str]:
    return [fact["key"] for fact in gold["facts"] if fact["span"] == list(span)]


def numbers(gold: dict[str, Any]) -> list[list[int]]:
    return [one["span"] for one in gold["unclaimed"]]


AS_BUDGET = as_fact("expenditure.total", "286.42", axes={"period": "2023", "basis": "budget", "fund": "all"})
CASES: dict[str, tuple[dict[str, Any], Any, list[str], bool]] = {
    "a fact that is right": (entry("fact", "accept", FACT), FACT, [FACT.key], False),
    "a fact that is another": (
        entry("fact", "correct", FACT, corrected=AS_BUDGET), FACT, ["expenditure.total{basis=budget,period=2023}"], False,
    ),
    "a fact that is none": (entry("fact", "reject", FACT), FACT, [], True),
    "a number that is no fact": (entry("number", "accept", NUMBER), NUMBER, [], True),
    "a number that is a fact": (
        entry("number", "correct", NUMBER, corrected=as_fact("procurement.total", "3")), NUMBER, ["procurement.total{period=2023}"], False,
    ),
    "no number at all": (entry("number", "reject", NUMBER), NUMBER, [], False),
    "a remark": (entry("fact", None, FACT, comment="?"), FACT, [], False),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("complete", [False, True])
def test_a_judgement_is_what_the_gold_says(case: str, *, complete: bool) -> None:
    said, one, expected, left = CASES[case]
    done = apply(corrections(said, complete=complete), read(CORPUS / NAME))
    if complete and said["verdict"] is None:
        expected = [one.key]
    assert keys(done.gold, one.span) == expected
    assert (list(one.span) in numbers(done.gold)) == left
    if complete:
        assert "covers" not in done.gold
        assert len(done.gold["facts"]) >= len(REPORT.facts) - 1
    else:
        assert done.gold["covers"] == "places"
        assert len(done.gold["facts"]) + len(done.gold["unclaimed"]) <= 1


def test_what_is_missing_and_findings_have_no_place_in_gold() -> None:
    done = apply(corrections(entry("concept", "accept"), entry("finding", "reject")), read(CORPUS / NAME))
    assert (done.passed, done.changes) == (2, ())


def test_gold_that_is_there_changes_where_something_was_judged() -> None:
    gold = load_gold(CORPUS / "sc-2023-archives.gold.json")
    document = read(CORPUS / NAME)
    done = apply(corrections(entry("fact", "reject", OTHER)), document, gold)
    assert [(change.mark, change.key) for change in done.changes] == [("-", OTHER.key), ("+", None)]
    assert done.gold["half"] == "dev"
    again = apply(corrections(entry("fact", "reject", OTHER)), document, done.gold)
    assert again.changes == ()
    assert again.gold == done.gold


def test_a_second_fact_of_a_number_stays() -> None:
    span = FACT.span
    both = apply(
        corrections(
            entry("fact", "accept", FACT),
            entry("place", "missing", FACT, key=None, corrected=as_fact("expenditure.total", "286.42")),
        ),
        read(CORPUS / NAME),
    )
    assert sorted(keys(both.gold, span)) == ["expenditure.total{period=2023}", FACT.key]
    done = apply(corrections(entry("fact", "reject", FACT)), read(CORPUS / NAME), both.gold)
    assert keys(done.gold, span) == ["expenditure.total{period=2023}"]
    assert numbers(done.gold) == []


def test_a_fact_that_is_read_no_more_is_said() -> None:
    done = apply(corrections(entry("fact", "accept", FACT, key="revenue.total{period=1999}")), read(CORPUS / NAME))
    assert done.unknown == ("revenue.total{period=1999}",)
    assert done.gold["facts"] == []


@pytest.mark.parametrize("complete", [False, True])
def test_what_was_accepted_scores_as_right(tmp_path: Path, *, complete: bool) -> None:
    (tmp_path / NAME).write_bytes((CORPUS / NAME).read_bytes())
    path = tmp_path / "c.json"
    said = corrections(entry("fact", "accept", FACT), entry("number", "accept", NUMBER), complete=complete)
    path.write_text(json.dumps(said), encoding="utf-8")
    assert main(["gold", "apply", str(path)]) == 0
    found = score(tmp_path / NAME, tmp_path / "sc-2023-archives.gold.json")
    assert found.misses == ()
    assert found.strict.gold == (len(REPORT.facts) if complete else 1)


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps(corrections(entry("fact", "accept", FACT))), encoding="utf-8")
    source = str(CORPUS / NAME)
    arguments = ["gold", "apply", str(path), source, "--gold", str(tmp_path), "--lang", "en"]
    assert main([*arguments, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert f"{FACT.key} = 286.42" in told
    assert [one.name for one in tmp_path.iterdir()] == ["c.json"]
    assert main(arguments) == 0
    assert capsys.readouterr().out == told
    assert (tmp_path / "sc-2023-archives.gold.json").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["source"].update(sha256="0" * 64, text_sha256="0" * 64),
        lambda said: said["entries"][0].update(span=[3, 9]),
        lambda said: said["entries"][0].update(span=[9, 3]),
        lambda said: said["entries"][0].update(span=["a", 3]),
        lambda said: said["entries"][0].update(verdict="maybe"),
        lambda said: said["entries"][0].update(of="page"),
        lambda said: said["entries"][0]["corrected"].update(concept="revenue.totl"),
        lambda said: said["entries"][0]["corrected"].update(value="viel"),
        lambda said: said["entries"][0]["corrected"].update(value=286.42),
        lambda said: said["entries"][0]["corrected"].update(axes=None),
        lambda said: said["entries"][0].pop("quote"),
        lambda said: said.update(corrections_version=2),
        lambda said: said.pop("complete"),
        lambda said: said.update(entries=[3]),
    ],
)
def test_what_cannot_be_applied_is_refused(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    said = json.loads(json.dumps(corrections(entry("fact", "correct", FACT, corrected=AS_BUDGET))))
    change(said)
    path = tmp_path / "c.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(GoldError, match="RP-GOLD-003"):
        apply(load_corrections(path), read(CORPUS / NAME))


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a number that stands nowhere": (entry("number", "accept"), "entries[1]: span is wrong"),
    "an empty place": (entry("number", "accept", span=[5, 5], quote=""), "entries[1]: span"),
    "a place beyond the text": (entry("number", "accept", span=[10**9, 10**9 + 1], quote=""), "entries[1]: quote"),
    "a fact without a key": (entry("fact", "reject", FACT, key=None), "entries[1]: key"),
    "what is no kind of thing": (entry("page", None), "entries[1]: of"),
    "another verdict": (entry("finding", "correct"), "entries[1]: verdict"),
    "nothing that it is instead": (entry("fact", "correct", FACT), "entries[1]: corrected is"),
    "no aspect": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1", aspect="foo")), "corrected.aspect"),
    "a member that is no name": (entry("fact", "correct", FACT, corrected=as_fact("revenue.source", "1", member=7)), "corrected.member"),
    "an axis that is no name": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1", axes={"fund": ["a"]})), "corrected.axes"),
    "a value of what is not stated": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1", state="none")), "corrected.value"),
    "commas": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1,234.56")), "corrected.value"),
    "an exponent": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1e999999")), "corrected.value"),
    "more digits than are reckoned with": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "9" * 29)), "corrected.value"),
    "a year that is none": (entry("fact", "correct", FACT, corrected=as_fact("document.fiscal_year", "99999")), "corrected.value"),
    "another role": (entry("fact", "correct", FACT, corrected=as_fact("revenue.total", "1", role="odd")), "corrected.role"),
    "a remark that is none": (entry("fact", "reject", FACT, comment=3), "entries[1]: comment"),
    "a finding of nothing": (entry("finding", "reject", code="RP-SUM-001", facts=["f1"]), "entries[1]: facts"),
    "a finding without its code": (entry("finding", "reject", facts=[]), "entries[1]: code"),
    "a second verdict": (entry("fact", "reject", OTHER), "entries[1] judges what an entry before it has judged"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_an_entry_that_cannot_be_meant_is_named(case: str, tmp_path: Path) -> None:
    wrong, told = REFUSED[case]
    path = tmp_path / "c.json"
    path.write_text(json.dumps(corrections(entry("fact", "accept", OTHER), wrong)), encoding="utf-8")
    with pytest.raises(GoldError, match="RP-GOLD-003") as caught:
        load_corrections(path)
    assert told in caught.value.reason_en
    assert "entries[1]" in caught.value.reason


def test_the_name_of_a_source_leads_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = corrections(entry("fact", "accept", FACT))
    said["source"]["name"] = "../../" * 9 + "etc/passwd"
    path = tmp_path / "c.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    assert main(["gold", "apply", str(path)]) == 3
    assert str(tmp_path / "passwd") in capsys.readouterr().err
    assert main(["gold", "apply", str(tmp_path / "none.json")]) == 2

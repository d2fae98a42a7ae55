"""A correction becomes a rule of a pack, which is tried before anybody sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportparse import parse
from reportparse.cli import main
from reportparse.packs import load_packs
from reportparse.packsuggest import Suggestion, suggest
from reportparse.readers import read

TEXT = """河口县渔政站2023年度部门整体支出绩效自评报告
一、收入决算情况说明
本年收入合计9.00万元，罚没入库2.50万元，比上年增加1.25万元。
二、其他
年底在册船员18人。
"""


def corrected(quote: str, concept: str, value: str, unit: str, member: str | None = None) -> dict[str, Any]:
    start = TEXT.index(quote)
    said = {
        "concept": concept,
        "member": member,
        "aspect": "value",
        "axes": {"period": "2023"},
        "key": "",
        "state": "stated",
    }
    said |= {"value": value, "unit": unit, "role": "statement"}
    place = {"span": [start, start + len(quote)], "quote": quote, "page": 1, "key": None}
    return {"of": "number", "id": None, "verdict": "correct", "corrected": said, "comment": ""} | place


FINES = corrected("2.50万元", "revenue.source", "2.50", "万元", "other")
CREW = corrected("18人", "staffing.actual", "18", "人")


def file_of(*entries: dict[str, Any]) -> dict[str, Any]:
    source = {"name": "a.txt", "sha256": read(TEXT.encode()).source.sha256}
    return {"corrections_version": 1, "source": source, "complete": False, "entries": list(entries)}


def suggested(*entries: dict[str, Any], own: str = "") -> Suggestion:
    return suggest(file_of(*entries), read(TEXT.encode()), load_packs(), own, "my.toml")


def test_what_is_suggested_reads_the_number_as_it_was_corrected(tmp_path: Path) -> None:
    plain = parse(TEXT.encode())
    assert not plain.find("staffing.actual")
    made = suggested(FINES, CREW)
    assert [(one.label, one.holds) for one in made.rules] == [("罚没入库", True), ("年底在册船员", True)]
    path = tmp_path / "my.toml"
    path.write_text(made.after, encoding="utf-8")
    report = parse(TEXT.encode(), packs=[path])
    assert [str(fact.value) for fact in report.find("staffing.actual")] == ["18"]
    assert ("other", "2.50万元") in [(fact.member, fact.quote) for fact in report.find("revenue.source")]


def test_a_rule_stands_under_the_heading_of_its_number() -> None:
    after = suggested(FINES, CREW).after
    assert 'role = "fin.income"\n[[section.field]]\nconcept = "revenue.source"' in after
    assert '[[anywhere.field]]\nconcept = "staffing.actual"' in after


def test_a_pack_that_is_there_is_added_to_and_nothing_twice() -> None:
    first = suggested(FINES).after
    second = suggested(FINES, CREW, own=first)
    assert second.after.startswith(first)
    assert second.after.count("罚没入库']") == 1
    added = [line for line in second.diff("my.toml").splitlines()[3:] if line.startswith(("+", "-"))]
    assert added
    assert all(line.startswith("+") for line in added)
    again = suggested(FINES, CREW, own=second.after)
    assert again.after == again.before
    assert all(one.holds for one in again.rules)


def test_what_no_rule_of_a_label_tells_is_said() -> None:
    change = corrected("1.25万元", "revenue.total", "1.25", "万元")
    made = suggested(change)
    assert made.after == made.before == ""
    assert [(one.holds, bool(one.reason), bool(one.reason_en)) for one in made.rules] == [(False, True, True)]


@pytest.mark.parametrize(
    "more", [{"axes": {"period": "2022"}}, {"value": "9.50"}, {"unit": "元"}, {"aspect": "share"}, {"state": "zero"}]
)
def test_a_fact_that_still_states_something_else_does_not_hold(more: dict[str, Any]) -> None:
    right = corrected("9.00万元", "revenue.total", "9.00", "万元")
    assert [one.holds for one in suggested(right).rules] == [True]
    wrong = {**right, "corrected": {**right["corrected"], **more}}
    made = suggested(wrong)
    assert made.after == made.before  # a rule that does not hold is no suggestion
    (one,) = made.rules
    assert not one.holds
    assert one.reason
    assert one.reason_en


@pytest.mark.parametrize(("value", "holds"), [("2023", True), ("二〇二三", False)])
def test_a_year_may_be_corrected_to_words(value: str, *, holds: bool) -> None:
    entry = corrected("2023年度", "document.fiscal_year", value, "年")
    span = next(fact.span for fact in parse(TEXT.encode()).facts if fact.key == "document.fiscal_year")
    assert span is not None
    entry |= {"span": list(span), "quote": TEXT[slice(*span)]}
    entry["corrected"]["unit"] = None
    assert [one.holds for one in suggested(entry).rules] == [holds]


def test_the_command_writes_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    path, into = tmp_path / "c.json", tmp_path / "my.toml"
    path.write_text(json.dumps(file_of(CREW)), encoding="utf-8")
    arguments = ["packs", "suggest", str(path), "--into", str(into), "--lang", "en"]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert "+labels = ['年底在册船员']" in told.out
    assert "is read so" in told.err
    assert not into.exists()
    assert main([*arguments, "--write"]) == 0
    assert main(["packs", "test", str(into)]) == 0
    capsys.readouterr()
    assert main(arguments) == 0
    assert capsys.readouterr().out == "nothing to suggest\n"
    assert main(["packs", "suggest", str(path)]) == 2
    (tmp_path / "a.txt").write_text("另一份", encoding="utf-8")
    assert main(arguments) == 2
    assert "RP-GOLD-003" in capsys.readouterr().err

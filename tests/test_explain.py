"""Every number and every concept that is not there can be asked why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.assemble import assemble
from reportparse.cli import main
from reportparse.errors import ExplainError
from reportparse.explain import _Trace, explain
from reportparse.packs import load_packs
from reportparse.parse import through_stages
from reportparse.readers import read

TITLE = "甲县档案馆2024年部门整体支出绩效自评报告\n\n"
HEADS = "一、部门概况\n\n（一）机构组成\n\n甲县档案馆下设3个股室。\n\n二、部门财政资金收支情况\n\n（一）部门财政资金收入情况\n\n"


def said(text: str, **asked: str | int) -> str:
    found = explain((TITLE + text).encode(), **asked)  # type: ignore[arg-type]
    (one,) = (*found.concepts, *found.numbers)
    return one.message_en


def test_to_be_watched_changes_nothing() -> None:
    for name in ("sc-2023-archives.txt", "bu-shengsi-fishing-culture.txt"):
        document = read(CORPUS / name)
        stages = through_stages(document, load_packs(examples=False), _Trace())
        assert assemble(stages) == parse(document)


STATED = HEADS + "2024年收入总计113.34万元。\n"


@pytest.mark.parametrize(
    ("text", "concept", "tells"),
    [
        (STATED, "revenue.total", "stated, 1 facts"),
        (STATED, "revenue.total{period=2024}", "stated, 1 facts"),
        (STATED, "revenue.total{period=2023}", "stated on other members or axes"),
        (STATED, "revenue.total.change", "stated on other members or axes"),
        (STATED, "procurement.total", "none of the labels"),
        (STATED + "政府采购支出有待规范。\n", "procurement.total", "is the label of no number"),
        (HEADS + "2024年人均收入总计113.34万元。\n", "revenue.total", "“人均” before the label"),
        (HEADS + "2024年收入总计113.34人。\n", "revenue.total", "of kind amount, what is printed is headcount"),
    ],
)
def test_a_concept_is_stated_or_there_is_a_reason(text: str, concept: str, tells: str) -> None:
    assert tells in said(text, concept=concept)


@pytest.mark.parametrize(
    ("text", "quote", "tells"),
    [
        (STATED, "113.34", "bound to revenue.total{period=2024} by rule cn:revenue.total"),
        (HEADS + "修复古籍17册。\n", "17册", "no rule ends this label"),
        (STATED, "2024年收入", "no quantity (year)"),
        (STATED, "收入总计", "there is no quantity here"),
    ],
)
def test_a_number_is_bound_or_there_is_a_reason(text: str, quote: str, tells: str) -> None:
    assert tells in said(text, quote=quote)


def test_what_was_asked_of_the_pack_is_told() -> None:
    found = explain((TITLE + STATED).encode(), quote="113.34")
    (number,) = found.numbers
    assert number.roles[:2] == ("fin.income", "fin.overview")
    assert number.facts == ("revenue.total{period=2024}",)
    assert ("cn:revenue.total", "收入总计") in [(asked.rule, asked.label) for asked in number.asked]
    assert found.packs[0].pack == "cn.overall_performance"
    assert any("title matches" in why for why in found.packs[0].why)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("6", ["6万元"]),
        ("6万元", ["6万元"]),
        ("6.50", ["6.50万元"]),
        ("50", []),
        ("106", []),
        ("1,106", ["1,106万元"]),
        ("1,106.25", []),
        ("16万元", ["16万元"]),
    ],
)
def test_digits_that_are_asked_for_are_a_whole_figure(asked: str, found: list[str]) -> None:
    text = f"{TITLE}收入总计6万元，支出总计16万元，公用经费6.50万元，人员经费1,106万元。\n".encode()
    if not found:
        with pytest.raises(ExplainError, match="RP-EXPLAIN-002"):
            explain(text, quote=asked)
    else:
        assert [one.quote for one in explain(text, quote=asked).numbers] == found


def test_a_position_and_a_quote_find_the_same() -> None:
    text = TITLE + STATED
    assert explain(text.encode(), at=text.index("3.34万元")).numbers == explain(text.encode(), quote="113.34").numbers


def test_everything_that_is_missing_has_a_reason() -> None:
    text = TITLE + "甲县档案馆负责档案。\n"
    missing = [one.concept for one in parse(text.encode()).missing]
    found = explain(text.encode())
    assert [one.concept for one in found.concepts] == missing != []
    assert all(one.message and one.message_en and one.rules and not one.facts for one in found.concepts)


def test_every_number_of_a_report_has_an_answer() -> None:
    """Whether claimed or not, in prose or in a table; and what is claimed names its rule."""
    document = read(CORPUS / "bu-shengsi-fishing-culture.txt")
    report = parse(document)
    for one in (*report.facts[::5], *report.unclaimed[::3]):
        if one.span is None or getattr(one, "kind", "") in ("text", "date"):
            continue
        (number,) = explain(document, at=one.span[0]).numbers
        assert number.message_en
        assert (getattr(one, "key", None) in number.facts) == hasattr(one, "key")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"concept": "revenue.totl"}, "001"),
        ({"concept": ""}, "001"),
        ({"concept": "{}[]"}, "001"),
        ({"at": 10**9}, "002"),
        ({"quote": "没有这几个字"}, "002"),
    ],
)
def test_what_cannot_be_answered_is_said(asked: dict[str, str | int], code: str) -> None:
    with pytest.raises(ExplainError, match=f"RP-EXPLAIN-{code}"):
        explain((TITLE + STATED).encode(), **asked)  # type: ignore[arg-type]


def test_the_nearest_names_are_told() -> None:
    with pytest.raises(ExplainError, match=r"revenue\.total"):
        explain((TITLE + STATED).encode(), concept="revenue.totl")


def test_a_condition_that_stops_a_rule_is_named() -> None:
    text = "2023年成县核桃产业项目绩效自评报告\n一、项目概况\n该项目总投资980万元。\n"
    (number,) = explain(text.encode(), quote="980").numbers
    assert "(only_if, " in number.message_en or "named" in number.message_en
    assert "条件（" in number.message
    for asked in number.asked:
        assert len(set(asked.ruled_out)) == len(asked.ruled_out)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TITLE + STATED, encoding="utf-8")
    assert main(["explain", str(path), "--quote", "113.34", "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "认作 revenue.total{period=2024}，依规则 cn:revenue.total" in told
    assert "cn.overall_performance" in told
    assert main(["explain", str(path), "--concept", "procurement.total", "--lang", "en"]) == 0
    assert "rule cn:procurement.total" in capsys.readouterr().out
    assert main(["explain", str(path), "--at", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["numbers"][0]["message_en"]
    assert main(["explain", str(path), "--concept", "revenue.totl"]) == 2
    assert "RP-EXPLAIN-001" in capsys.readouterr().err
    assert main(["explain", str(path), "--concept", "收入总计", "--lang", "en"]) == 2
    assert "near it are revenue.total\n" in capsys.readouterr().err
    assert main(["explain", str(tmp_path / "none.txt")]) == 3
    assert main(["explain", str(path), "--quote", " "]) == 2
    capsys.readouterr()
    assert main(["explain", str(path), "--quote", "113.34", "--at", "3", "--lang", "en"]) == 2
    assert "only one of" in capsys.readouterr().err

"""The report as a Python value: look-up, iteration, pandas, and its JSON digit for digit."""

from __future__ import annotations

import builtins
import gc
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from conftest import DEV
from reportparse import Report, parse
from reportparse.emit import to_json, to_json_once
from reportparse.errors import ReadError
from reportparse.model import Fact

TEXT = """\
某县地震监测中心2023年度部门整体支出绩效报告

一、部门财政资金收支情况
（一）部门财政资金收入情况
2023年，部门财政资金收入120.50万元。其中：一般公共预算财政拨款收入100万元，占82.99%；事业收入20.50万元，占17.01%。
（二）部门财政资金支出情况
2023年，部门财政资金支出118.00万元。
"""
FILES = DEV


@pytest.fixture(scope="module")
def report() -> Report:
    return parse(TEXT.encode(), name="report.txt")


def made(fact: Fact, id: str, **changes: Any) -> Fact:
    return replace(fact, id=id, **changes)


@pytest.mark.parametrize("at_work", [True, False])
def test_the_collector_of_cycles_is_left_as_it_was(at_work: bool) -> None:
    """It waits while a document is parsed, and one that is refused leaves it as it was too."""
    was_at_work = gc.isenabled()
    (gc.enable if at_work else gc.disable)()
    try:
        parse(TEXT.encode())
        assert gc.isenabled() is at_work
        with pytest.raises(ReadError):
            parse(b"")
        assert gc.isenabled() is at_work
    finally:
        (gc.enable if was_at_work else gc.disable)()


# --- look-up ----------------------------------------------------------------------------------------------------


def test_iteration_gives_the_facts_in_the_order_of_the_text(report: Report) -> None:
    assert tuple(report) == report.facts
    assert len(report) == len(report.facts)
    starts = [fact.span[0] for fact in report if fact.span]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("key", "quote"),
    [
        ("revenue.total", "120.50万元"),
        ("revenue.total{period=2023}", "120.50万元"),
        ("revenue.source[institutional]", "20.50万元"),
        ("revenue.source[institutional]{period=2023}", "20.50万元"),
        ("revenue.source[institutional].share", "17.01%"),
        ("revenue.source[institutional]{period=2023}.share", "17.01%"),
        ("document.fiscal_year", "2023年度"),
    ],
)
def test_get_finds_by_full_key_concept_member_and_aspect(report: Report, key: str, quote: str) -> None:
    fact = report.get(key)
    assert fact is not None
    assert fact.quote == quote


@pytest.mark.parametrize(
    "key",
    [
        "revenue",
        "revenue.total.share",
        "revenue.total[institutional]",
        "revenue.source",
        "revenue.source[nobody]",
        "revenue.source[institutional].change",
        "revenue.total{period=2022}",
        "",
        "]",
        "[",
        ".share",
    ],
)
def test_get_gives_none_for_what_is_not_there(report: Report, key: str) -> None:
    assert report.get(key) is None


def test_get_gives_what_the_view_shows_not_the_first(report: Report) -> None:
    """The view of a corpus file names a fact in each cell: that one is found by concept and member."""
    for path in FILES:
        whole = parse(path)
        by_id = {fact.id: fact for fact in whole}
        for concept, entry in whole.report.items():
            cells = [(concept, entry.get("total", {}))]
            cells += [(f"{concept}[{member}]", cell) for member, cell in entry.get("members", {}).items()]
            for key, cell in cells:
                if "fact" in cell:
                    assert whole.get(key) in (by_id[cell["fact"]], next((f for f in whole if f.key == key), None))
                for aspect in set(cell) & {"share", "change", "change_rate", "execution_rate"}:
                    found = whole.get(f"{key}.{aspect}")
                    assert found is not None, f"{path.name}: {key}.{aspect}"
                    assert found.aspect == aspect
                    assert found.value == cell[aspect] or found.state == "unchanged"


def test_get_finds_an_aspect_that_stands_without_its_value(report: Report) -> None:
    share = report.get("revenue.source[institutional].share")
    assert share is not None
    lone = replace(
        report,
        facts=(made(share, "f1", fund="government_fund", value=Decimal(5), key="other"), made(share, "f2", key="one")),
        report={"revenue.source": {"members": {"institutional": {"share": share.value}}}},
    )
    found = lone.get("revenue.source[institutional].share")
    assert found is not None
    assert found.id == "f2"
    assert lone.get("revenue.source[institutional]") is None


def test_find_gives_all_of_a_concept(report: Report) -> None:
    assert [fact.quote for fact in report.find("revenue.source")] == ["100万元", "82.99%", "20.50万元", "17.01%"]
    assert report.find("revenue") == ()


# --- JSON -------------------------------------------------------------------------------------------------------


def test_the_digits_are_the_printed_ones(report: Report) -> None:
    text = report.to_json()
    assert '"value":120.50,"decimals":2,"unit":"万元"' in text
    assert '"value":118.00' in text
    assert '"value":100,' in text
    assert "\\u" not in text
    assert "\n" not in text


@pytest.mark.parametrize("indent", [1, 2, 4])
def test_indentation_changes_nothing_but_white_space(report: Report, indent: int) -> None:
    text = report.to_json(indent=indent)
    assert text.splitlines()[1].startswith(" " * indent + '"schema_version"')
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == json.loads(
        report.to_json(), parse_float=Decimal, parse_int=Decimal
    )
    assert '"value": 120.50' in text
    assert report.to_json(indent=0) == report.to_json()


VALUES = [
    *(Decimal(text) for text in ("0", "-0", "0.00", "113.50", "-5.870", "1E+2", "1E-7", "0E-10", "9" * 60, "0." + "1" * 60)),
    *(0, -1, 10**40, True, False, None),
    *("", '"\\/', "".join(map(chr, range(0x20))), "\x7f\x85\u2028\u2029\ufeff\uffff\U0001f600", "万元", "NaN"),
    *((), [], {}, (1, Decimal("2.0")), [None, True], {"一": {"二": [Decimal("1.10"), {"三": ()}]}, "": 1}),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_both_encoders_write_the_same_and_it_is_json(value: Any) -> None:
    text = to_json(value)
    assert text == to_json_once(value)

    def refuse(name: str) -> None:
        pytest.fail(f"{name} is not JSON")

    back = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=refuse)
    if not isinstance(value, tuple | list | dict):
        assert back == value
        assert isinstance(value, str | bool | None) or str(back) == str(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_encoders_write_the_same_report(path: Any) -> None:
    whole = parse(path)
    assert to_json_once(whole) == whole.to_json()


def test_an_encoder_does_not_guess_at_what_it_does_not_know() -> None:
    with pytest.raises(TypeError):
        to_json_once({"a": object()})


# --- pandas -----------------------------------------------------------------------------------------------------


def test_pandas_has_a_row_a_fact_and_columns_to_work_with(report: Report) -> None:
    pandas = pytest.importorskip("pandas")
    frame = report.to_pandas()
    assert len(frame) == len(report)
    assert set(frame["source"]) == {"report.txt"}
    for column in ("source", "key", "concept", "member", "unit", "quote", "section", "rule"):
        assert frame[column].dtype == pandas.StringDtype(), column
    for column in ("page", "start", "end"):
        assert frame[column].dtype == pandas.Int64Dtype(), column
    amounts = frame[frame["unit"] == "万元"].set_index("key")
    assert amounts.loc["revenue.total{period=2023}", "value"] == Decimal("120.50")
    assert str(amounts.loc["revenue.total{period=2023}", "value"]) == "120.50"
    sources = amounts[amounts["concept"] == "revenue.source"]
    assert sources["yuan"].sum() == Decimal(1_205_000)
    assert sources["member"].str.startswith("general").tolist() == [True, False]
    assert (frame["end"] - frame["start"]).dropna().gt(0).all()
    assert (frame["confidence"] >= Decimal("0.5")).all()
    assert frame["page"].isna().any(), "the kind of the document stands nowhere"
    assert set(frame["department"]) == {"某县地震监测中心"}
    assert set(frame["fiscal_year"]) == {2023}
    assert set(frame["where"].dropna()) <= {"prose", "heading"}
    assert frame["id"].is_unique


def test_pandas_tells_prose_from_tables() -> None:
    pytest.importorskip("pandas")
    text = "某县水文站2024年部门预算\n一、收支总体情况\n2024年支出预算总计9.00万元。\n支出预算表\n单位：万元\n|项目|合计|基本支出|\n|合计|9.00|9.00|\n|农林水支出|9.00|9.00|\n"
    frame = parse(text.encode()).to_pandas()
    total = frame[frame["concept"] == "expenditure.total"]
    assert sorted(total["where"]) == ["prose", "table"]
    assert "nature:basic" in set(frame["crossed"].dropna())


def test_pandas_takes_a_report_without_facts(report: Report) -> None:
    pytest.importorskip("pandas")
    frame = replace(report, facts=()).to_pandas()
    assert len(frame) == 0
    assert "value" in frame.columns


def test_without_pandas_the_message_says_what_to_install(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(ImportError, match=r"pip install 'reportparse\[pandas\]'"):
        report.to_pandas()


def test_a_note_that_there_is_nothing_does_not_hide_what_is_stated() -> None:
    """注：本部门无“三公”经费，本表为空 under a table that is not empty: the amount is shown, and the note beside it."""
    text = "某局2024年部门预算\n“三公”经费支出表\n单位：万元\n|项目|2024年预算数|\n|“三公”经费合计|47.91|\n|公务接待费|47.91|\n\n2024年没有安排“三公”经费。\n"
    report = parse(text.encode())
    shown = report.report["three_public.total"]
    assert str(shown["total"]["value"]) == "47.91"
    assert [fact.state for fact in report.facts if fact.id in shown["also"]] == ["none"]

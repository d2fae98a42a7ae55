"""The JSON Schema and the way back: JSON → Report → JSON is the identity, and anything else is refused with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import DEV, SAMPLES
from reportparse import Report, parse
from reportparse import model as types
from reportparse.schema import json_schema

FILES = [*DEV, *sorted((SAMPLES / "seed").glob("*.txt"))]
SCHEMA = json_schema(Report)
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def check() -> Callable[[Any], None]:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA).validate


@pytest.fixture(scope="module")
def report() -> Report:
    return parse("某局2024年部门整体支出绩效报告\n\n2024年收入总计113.50万元。\n".encode(), name="r.txt")


@pytest.fixture(scope="module")
def full(report: Report) -> Report:
    """A report in which every optional field of every type holds something."""
    fact = replace(
        next(fact for fact in report if fact.unit),
        member="m", member_code="205", cross={"use": "u"}, value=Decimal("113.50"), decimals=2, yuan=Decimal("1135000.00"),
        value_max=Decimal("0.00"), qualifier="约", threshold=types.Threshold("≥", Decimal("50"), "万元", Decimal("500000")),
        scale=Decimal("100"), base="f1", part_of="f1", list=types.ListRef("l1", False), compared=types.Compared("2023", "actual"),
        alternatives=("a", "b"), pieces=((0, 2), (3, 4)), boxes=((1, Decimal("0.5"), Decimal("1"), Decimal("2.50"), Decimal("3")),),
        cell=types.Cell("t1", ("行",), ("列", "栏")), notes=("assumed",),
    )  # fmt: skip
    common = {field.name for field in fields(types.Mention)} & {field.name for field in fields(types.Fact)}
    mention = types.Mention(**{name: getattr(fact, name) for name in common})
    finding = types.Finding(
        "c1", "sum", "inconsistent", "RP-SUM-001", "不等", "differs", ("f1",), "113.47", "113.56", ("113.5", "113.6"),
        (types.Cause("digits_swapped", "5.87 → 5.78", "f2", ("c1",)),), ("c2",),
    )  # fmt: skip
    return replace(
        report,
        document=replace(report.document, region=types.Region("某县", "县", None)),
        report={
            "a.b": {"total": {"value": Decimal("113.50"), "share": 0, "state": None, "x": [True, "3", Decimal("3")]}}
        },
        facts=(fact, replace(fact, id="f3", value="良好", span=None, page=None, threshold=None)),
        tables=(
            types.Table(
                "t1",
                "p1",
                "表",
                "万元",
                "单位：万元",
                (5, 6),
                (0, 9),
                (types.TableCell(0, 1, 1, 2, "1", (3, 4), 5, None),),
            ),
        ),
        findings=(finding, replace(finding, interval=None, reported=None)),
        unclaimed=(mention, replace(mention, value=None, pieces=None, cell=None)),
        missing=(types.Missing("p1", "revenue.total"),),
    )


def test_the_schema_says_what_it_is() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"]
    assert SCHEMA["$defs"]["Report"]["required"] == [field.name for field in fields(Report)]
    assert SCHEMA["$defs"]["Fact"]["required"] == [field.name for field in fields(types.Fact)]
    assert SCHEMA["$defs"]["Fact"]["properties"]["yuan"]["anyOf"] == [{"type": "number"}, {"type": "null"}]
    assert SCHEMA["$defs"]["Fact"]["description"].startswith("A mention bound to a concept")
    for name, definition in SCHEMA["$defs"].items():
        assert definition["additionalProperties"] is False, name
        assert definition["description"], name
    assert "pattern" not in json.dumps(SCHEMA["$defs"]["Fact"])


@every_file
def test_every_output_is_valid_and_comes_back_byte_for_byte(path: Path, check: Callable[[Any], None]) -> None:
    report = parse(path)
    text = report.to_json()
    check(json.loads(text))
    back = Report.from_json(text)
    assert back.to_json() == text
    assert back == report
    assert Report.from_json(report.to_json(indent=2).encode()).to_json() == text


def test_every_kind_of_value_is_valid_and_comes_back(full: Report, check: Callable[[Any], None]) -> None:
    text = full.to_json()
    check(json.loads(text))
    back = Report.from_json(text)
    assert back.to_json() == text
    assert back == full
    fact = back.facts[0]
    assert (str(fact.value), str(fact.yuan), str(fact.value_max)) == ("113.50", "1135000.00", "0.00")
    assert type(fact.span[0] if fact.span else None) is int
    assert type(fact.decimals) is int
    assert isinstance(fact.pieces, tuple)
    assert isinstance(fact.list, types.ListRef)
    assert isinstance(back.document.region, types.Region)
    assert back.facts[1].value == "良好"


def test_the_order_of_keys_is_free(full: Report) -> None:
    shuffled = json.dumps(json.loads(full.to_json()), sort_keys=True)
    assert Report.from_json(shuffled).facts[0].id == full.facts[0].id


@pytest.mark.parametrize("value", ["1E+2", "1E-7", "-0", "9" * 50, "0." + "1" * 50, "0.000001", "0E+6"])
def test_unusual_figures_come_back(full: Report, value: str) -> None:
    odd = replace(full, facts=(replace(full.facts[0], value=Decimal(value)),))
    back = Report.from_json(odd.to_json())
    assert str(back.facts[0].value) == value
    assert back.to_json() == odd.to_json()


def test_a_failure_is_valid(check: Callable[[Any], None]) -> None:
    failure = {
        "schema_version": "1.2",
        "source": {"name": "a.txt"},
        "error": {"code": "RP-READ-001", "reason": "没有这个文件"},
    }
    check(failure)
    for wrong in (
        failure | {"facts": []},
        failure | {"schema_version": "0.9"},
        failure | {"error": {"code": "oops", "reason": "x"}},
        failure | {"source": {"name": "a.txt", "path": "b"}},
        {"schema_version": "1.2", "error": failure["error"]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            check(wrong)


Change = Callable[[dict[str, Any]], Any]


def put(*path: str | int, to: Any) -> Change:
    def change(raw: dict[str, Any]) -> None:
        place: Any = raw
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return change


WRONG: dict[str, tuple[Change, str]] = {
    "unknown key at the top": (put("extra", to=1), "extra: Unexpected keyword argument"),
    "unknown key in a fact": (put("facts", 0, "vlaue", to=1), "facts[0].vlaue: Unexpected"),
    "unknown key in a list reference": (put("facts", 0, "list", "x", to=1), "facts[0].list.x: Unexpected"),
    "missing key": (lambda raw: raw["facts"][0].pop("span"), "facts[0].span: "),
    "no schema version": (lambda raw: raw.pop("schema_version"), "schema_version is null"),
    "another schema version": (put("schema_version", to="2.0"), "schema_version is '2.0'; this version reads '1.2'"),
    "text for a number": (put("facts", 0, "yuan", to="3"), "facts[0].yuan: '3' is of the wrong type"),
    "text for a position": (put("facts", 0, "span", to=["1", 2]), "facts[0].span[0]: '1' is of the wrong type"),
    "true for a number": (put("facts", 0, "decimals", to=True), "facts[0].decimals: true is of the wrong type"),
    "true for a figure": (put("facts", 0, "yuan", to=True), "facts[0].yuan"),
    "a number for a flag": (put("facts", 0, "list", "complete", to=1), "facts[0].list.complete: 1 is of the wrong type"),
    "a number for text": (put("facts", 0, "quote", to=3), "facts[0].quote: "),
    "a fraction for a position": (put("facts", 0, "page", to=1.5), "facts[0].page: "),
    "a whole number with a point": (put("facts", 0, "page", to=1.0), "facts[0].page: 1.0 is of the wrong type"),
    "three ends of a span": (put("facts", 0, "span", to=[1, 2, 3]), "facts[0].span: "),
    "an object for a list": (put("facts", to={}), "facts: "),
    "a list for an object": (put("source", to=[]), "source: "),
    "a list for the view": (put("report", to=[]), "report: "),
    "null for text": (put("facts", 0, "id", to=None), "facts[0].id: "),
    "a failed file": (put("error", to={"code": "RP-READ-001", "reason": ""}), "a file that failed (RP-READ-001)"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_we_never_write_is_refused_with_its_place(full: Report, case: str) -> None:
    change, message = WRONG[case]
    raw = json.loads(full.to_json())
    change(raw)
    with pytest.raises(ValueError, match=re.escape(message)) as caught:
        Report.from_json(json.dumps(raw))
    assert "pydantic.dev" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_the_schema_lets_be_left_out_may_be_left_out(full: Report) -> None:
    raw = json.loads(full.to_json())
    del raw["source"]["unread_pages"], raw["coverage"]["sections"]
    schema = json_schema(Report)["$defs"]
    assert "unread_pages" not in schema["Source"]["required"]
    assert "sections" not in schema["Coverage"]["required"]
    loaded = Report.from_json(json.dumps(raw))
    assert (loaded.source.unread_pages, loaded.coverage.sections) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        "3",
        '"x"',
        "{}",
        '{"error": 3}',
        '{"schema_version": 1.0}',
        '{"schema_version": NaN}',
        '{"schema_version": -Infinity}',
        '{"schema_version": 1e999999999}',
        '{"schema_version": 1e99999999999999999999999}',
        '{"schema_version": 1e-999999999}',
        "[" * 100_000,
        b"\xff\xfe\x00",
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_no_report_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Report.from_json(text)


@pytest.mark.parametrize("figure", ["1e999999999", "1e20000", "-1e-20000"])
def test_an_exponent_cannot_ask_for_memory(full: Report, figure: str) -> None:
    text = full.to_json().replace('"page":1,', f'"page":{figure},', 1)
    with pytest.raises(ValueError, match="no figure that a report can hold"):
        Report.from_json(text)

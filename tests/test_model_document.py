"""The model document: every line of its table of facts, and nothing else."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import SAMPLES
from reportparse import Report, parse
from reportparse.model import Fact, Threshold

SEED = SAMPLES / "seed"
TABLE = SEED / "facts.tsv"
Row = dict[str, str]

PLACEHOLDERS = re.compile(r"paragraph \d+|\(the (?:quote|paragraphs)\)|")
NO_AXES = ("text", "date", "grade")

pytestmark = pytest.mark.skipif(not TABLE.is_file(), reason=f"no model document at {SEED} (REPORTPARSE_SAMPLES)")


def rows() -> list[Row]:
    if not TABLE.is_file():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", restval=""))


def name(row: Row) -> str:
    member = f"[{row['member']}]" if row["member"] else ""
    return f"{row['concept']}{member}.{row['aspect']}"


@pytest.fixture(scope="module")
def path() -> Path:
    return next(SEED.glob("*.txt"))


@pytest.fixture(scope="module")
def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


@pytest.fixture(scope="module")
def report(path: Path) -> Report:
    return parse(path)


def fact_of(report: Report, row: Row) -> Fact:
    found = [
        fact for fact in report
        if (fact.concept, fact.member or "", fact.aspect) == (row["concept"], row["member"], row["aspect"])
    ]  # fmt: skip
    assert len(found) == 1, [fact.key for fact in found]
    return found[0]


def key_of(row: Row) -> str:
    axes = []
    if row["kind"] not in NO_AXES:
        if row["fund"] not in ("", "all"):
            axes.append(f"fund={row['fund']}")
        if row["basis"] not in ("", "actual"):
            axes.append(f"basis={row['basis']}")
        axes.append(f"period={row['period']}")
        if row["note"].startswith("threshold 50万"):
            axes.append("threshold=≥500000")
    key = row["concept"] + (f"[{row['member']}]" if row["member"] else "") + (f"{{{','.join(axes)}}}" if axes else "")
    return key + (f".{row['aspect']}" if row["aspect"] != "value" else "")


@pytest.mark.parametrize("row", rows(), ids=name)
def test_a_line_of_the_table(report: Report, text: str, row: Row) -> None:
    fact = fact_of(report, row)
    assert fact.key == key_of(row)
    assert (fact.kind, fact.state) == (row["kind"], row["state"])
    assert (fact.fund or "", fact.basis or "", fact.period or "") == (row["fund"], row["basis"], row["period"])
    if not row["span"]:
        assert (fact.span, fact.quote) == (None, None)
    else:
        start, end = map(int, row["span"].split(":"))
        assert fact.span == (start, end)
        assert fact.quote == text[start:end]
        if not PLACEHOLDERS.fullmatch(row["quote"]):
            assert fact.quote == row["quote"]
    if row["state"] == "none":
        assert fact.value is None
    elif row["kind"] in ("text", "grade") or row["concept"] == "document.date":
        quote = fact.quote or row["value"]
        printed = row["value"] or quote
        printed = quote if PLACEHOLDERS.fullmatch(printed) else printed
        assert isinstance(fact.value, str)
        assert re.sub(r"\s", "", fact.value) == re.sub(r"\s", "", printed)
        assert not re.search(r"\n\s*\n|[^。\n]\n", fact.value)  # no break in mid-sentence is left in a value
    else:
        assert isinstance(fact.value, Decimal)
        assert format(fact.value, "f") == row["value"]


def test_every_line_is_tested() -> None:
    table = rows()
    assert len(table) == TABLE.read_text(encoding="utf-8").count("\n") - 1
    assert len({name(row) for row in table}) == len(table)


def test_nothing_else_is_bound(report: Report) -> None:
    lines = {(row["concept"], row["member"], row["aspect"], row["span"]) for row in rows()}
    bound = {
        (fact.concept, fact.member or "", fact.aspect, f"{fact.span[0]}:{fact.span[1]}" if fact.span else "")
        for fact in report
    }
    assert bound == lines
    assert len(report.facts) == len(lines)
    assert report.unclaimed == ()


def test_coverage(report: Report) -> None:
    assert (report.coverage.quantities, report.coverage.claimed, report.coverage.share) == (38, 38, 1)
    assert report.coverage.not_quantities["year"] == 13


def test_the_limit_of_a_fact_that_says_there_is_none(report: Report) -> None:
    (fact,) = report.find("evaluation.projects")
    assert fact.state == "none"
    assert fact.threshold is not None
    assert (fact.threshold.op, fact.threshold.value, fact.threshold.yuan) == ("≥", 50, 500000)
    assert isinstance(fact.threshold, Threshold)
    assert not [m for m in report.unclaimed if "50" in m.quote]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("duties", r"(?m)^\d{1,2}、.*$"),
        ("tasks", r"(?m)^\d\. .*$"),
        ("dates", r"\d{4} ?年(?:\d+月\d+日|度)?"),
        ("sessions", r"[二十]+届[一二三四五六七八九十]+(?:次|中)(?:、[一二三四五六七八九十]+次)*"),
        ("the congress", r"二十大"),
        ("ordinals", r"第[一二三四五六七八九十]+(?:届|次)"),
        ("the last mile", r"最后一公里"),
    ],
)
def test_what_is_no_quantity(report: Report, text: str, what: str, pattern: str) -> None:
    places = [m.span() for m in re.finditer(pattern, text)]
    assert places
    numbers = [f.span for f in report if f.span and f.mention is not None and f.kind not in NO_AXES]
    numbers += [m.span for m in report.unclaimed]
    for start, end in places:
        assert not [span for span in numbers if span[0] < end and start < span[1] and "没有" not in text[slice(*span)]]


def test_document_fields(report: Report) -> None:
    info = report.document
    assert (info.kind, info.title) == ("overall_performance", "2024 年度部门整体支出绩效报告")
    assert (info.department, info.issuer) == ("乐山市金口河区科学技术协会",) * 2
    assert info.region is not None
    assert (info.region.name, info.region.level, info.region.code) == ("金口河区", "县", "511113")
    assert (info.fiscal_year, info.date) == (2024, "2025-03-26")
    assert report.parts[0].pack.id == "cn-51.overall_performance"
    assert report.missing == ()

"""Real published documents: they parse, and every run of digits is accounted for. ``pytest -s`` prints the shares."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from conftest import SAMPLES
from reportparse import Report, parse
from reportparse.numbers import CLASSES
from reportparse.readers import read
from test_properties import (
    check_coverage,
    check_digit_runs,
    check_ids,
    check_places,
    check_shared_spans,
    check_states,
    check_tokens,
    mentions_of,
    runs,
)

REAL = SAMPLES / "real"
FILES = sorted(path for path in REAL.rglob("*") if path.suffix in (".txt", ".md") and path.parent != REAL)
WORK = "国务院政府工作报告2022"

pytestmark = pytest.mark.skipif(not FILES, reason=f"no real documents at {REAL} (REPORTPARSE_SAMPLES)")
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def reports() -> dict[Path, Report]:
    return {path: parse(path) for path in FILES}


@every_file
def test_every_law_holds(reports: dict[Path, Report], path: Path) -> None:
    text, report = read(path).text, reports[path]
    check_places(text, report)
    check_shared_spans(report)
    check_ids(report)
    check_states(report)
    check_coverage(report)


@every_file
def test_every_run_of_digits_is_accounted_for(reports: dict[Path, Report], path: Path) -> None:
    text, report = read(path).text, reports[path]
    check_tokens(text)
    check_digit_runs(text, report)
    assert set(report.coverage.not_quantities) <= {*CLASSES, "page", "contents"}


@every_file
def test_the_share_of_each_class(reports: dict[Path, Report], path: Path) -> None:
    report = reports[path]
    classes = Counter(report.coverage.not_quantities)
    for mention in mentions_of(report).values():
        classes[f"[{mention.kind}]"] += runs(re.sub(r"\s", "", mention.quote or ""))
    total = classes.total()
    print(
        f"\n{path.name}: {total} runs of digits, {report.coverage.quantities} quantities, {report.coverage.claimed} bound"
    )
    for name, count in classes.most_common():
        print(f"  {name:22}{count:6}{100 * count / total:7.1f} %")
    assert total


def test_every_percentage_and_amount_of_the_work_report_is_a_mention(reports: dict[Path, Report]) -> None:
    path = next((path for path in FILES if path.stem == WORK), None)
    if path is None:
        pytest.skip(f"no {WORK} among the real documents")
    text = read(path).text
    found = mentions_of(reports[path]).values()
    spans = [(m.span, m.kind) for m in found if m.span is not None]
    for kind, pattern in (("percentage", r"\d(?:[\d.]*)(?:%|个百分点)"), ("amount", r"\d[\d.]*(?:万亿|亿|万)?元")):
        printed = [m.span() for m in re.finditer(pattern, text)]
        assert printed
        assert [
            text[a - 10 : b + 6] for a, b in printed if not any(s[0] <= a and b <= s[1] and k == kind for s, k in spans)
        ] == []


# What holds nothing but the tables of a budget.
TABLES_ALONE = sorted(REAL.rglob("*公开表.pdf"))


@pytest.mark.skipif(not TABLES_ALONE, reason=f"no PDF of tables alone at {REAL} (REPORTPARSE_SAMPLES)")
@pytest.mark.parametrize("path", TABLES_ALONE, ids=lambda path: path.stem)
def test_tables_alone_give_no_fact_of_prose(path: Path) -> None:
    report = parse(path)
    stated = [fact for fact in report.facts if not fact.rule.startswith("front:")]
    assert len(stated) > 100
    assert {found.where for found in (*stated, *report.unclaimed)} == {"table"}

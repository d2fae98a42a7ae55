"""Reports of one body laid beside one another."""

from __future__ import annotations

from pathlib import Path

from reportparse import parse
from reportparse.across import Digest, across, digest
from reportparse.checkrules import check_rules
from reportparse.model import Finding

OFFICE = "安远市水利局"


def account(
    year: int, *, opening: str, income: str, spent: str, closing: str, office: str = OFFICE, more: str = ""
) -> str:
    return (
        f"{OFFICE}{year}年度部门决算\n一、部门概况\n{OFFICE}是行政单位。\n二、收入支出决算总体情况\n"
        f"{office}{year}年度本年收入合计{income}万元，本年支出合计{spent}万元，年初结转和结余{opening}万元，年末结转和结余{closing}万元。\n{more}"
    )


def performance(year: int, spent: str) -> str:
    return f"{OFFICE}{year}年度部门整体支出绩效自评报告\n一、部门概况\n{OFFICE}是行政单位。\n二、支出情况\n{year}年本年支出合计{spent}万元。\n"


def laid(**texts: str) -> tuple[Finding, ...]:
    digests: list[Digest] = []
    for name, text in texts.items():
        report = parse(text.encode(), name=name)
        digests.append(digest(report, text, name))
    return across(digests, check_rules())


def failed(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.check, one.outcome) for one in findings if one.outcome != "consistent"]


def test_reports_that_agree() -> None:
    found = laid(
        a2023=account(2023, opening="10.00", income="100.00", spent="95.00", closing="15.00"),
        a2024=account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00"),
        p2024=performance(2024, "125.00"),
    )
    assert failed(found) == []
    assert {one.check for one in found} == {"carried", "across"}
    assert [one.id for one in found] == [f"x{k}" for k in range(1, len(found) + 1)]


def test_what_is_left_at_the_end_of_a_year_is_there_at_the_beginning_of_the_next() -> None:
    found = laid(
        a2023=account(2023, opening="10.00", income="100.00", spent="95.00", closing="15.00"),
        a2024=account(2024, opening="15.50", income="120.00", spent="125.50", closing="10.00"),
    )
    assert failed(found) == [("carried", "inconsistent")]
    (one,) = (one for one in found if one.outcome == "inconsistent")
    assert (one.code, one.reported, one.computed) == ("RP-ACROSS-002", "15.50", "15.00")
    assert [place.partition("#")[0] for place in one.facts] == ["a2023", "a2024"]


def test_an_account_and_the_performance_report_of_its_year() -> None:
    found = laid(
        a2024=account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00"),
        p2024=performance(2024, "152.00"),
    )
    assert failed(found) == [("across", "inconsistent")]


def test_other_years_and_other_bodies_have_nothing_to_do_with_one_another() -> None:
    other = account(2024, opening="1.00", income="2.00", spent="2.00", closing="1.00").replace(OFFICE, "白石县教育局")
    assert laid(a=account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00"), b=other) == ()
    later = account(2026, opening="99.00", income="120.00", spent="125.00", closing="94.00")
    assert laid(a=account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00"), c=later) == ()


def test_a_sentence_in_the_name_of_another_body_or_year() -> None:
    text = account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00", office="白石县教育局")
    assert failed(laid(a=text)) == [("name", "unusual")]
    more = f"三、收入决算情况\n{OFFICE}2023年度收入合计120.00万元。\n"
    stale = account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00", more=more)
    assert ("year", "unusual") in failed(laid(a=stale))


def test_short_names_and_own_units_are_no_other_bodies(tmp_path: Path) -> None:
    for name in ("市水利局", "安远市水利局", "水利局", "我局"):
        text = account(2024, opening="15.00", income="120.00", spent="125.00", closing="10.00", office=name)
        assert failed(laid(a=text)) == [], name

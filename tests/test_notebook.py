"""What a notebook shows of a report: all of it as text, none of it as markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from conftest import CORPUS
from reportparse import parse
from reportparse.notebook import marks
from reportparse.readers import read

NAME = "bu-shengsi-fishing-culture.txt"
HOSTILE = (
    "<script>alert(1)</script>局2024年部门整体支出绩效自评报告\n\n一、收入情况\n\n<img src=x onerror=alert(1)>2024年收入总计113.34万元。\n"
    "修复\"><b>古籍17册。\x1b[2J\n"
)  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_tables_have_facts_and_what_does_not_add_up() -> None:
    report = parse(CORPUS / NAME)
    seen = Tags(report._repr_html_())
    assert report.facts[10].key in seen.words
    wrong = [finding for finding in report.findings if finding.outcome == "inconsistent"]
    assert wrong
    assert all(finding.code in seen.words for finding in wrong)


def test_nothing_of_a_source_is_markup() -> None:
    report = parse(HOSTILE.encode())
    assert report.get("revenue.total") is not None
    for html in (report._repr_html_(), report.highlight(HOSTILE.encode())._repr_html_()):
        seen = Tags(html)
        assert seen.tags <= {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td", "pre", "mark", "hr"}
        assert seen.attributes <= {"style", "title"}
    assert "<img src=x" in seen.words


def test_the_text_is_whole_and_its_numbers_are_marked() -> None:
    document = read(CORPUS / NAME)
    report = parse(document)
    shown = report.highlight(document)
    assert Tags(shown.html()).words == document.text
    assert re.sub(r"\x1b\[\d+m", "", shown.ansi()) == document.text
    numbers = {fact.span for fact in report.facts if fact.kind == "amount"} | {one.span for one in report.unclaimed}
    assert numbers <= {(mark.start, mark.end) for mark in shown.marks}
    assert {mark.what for mark in shown.marks} == {"fact", "unclaimed", "problem"}
    fact = report.get("revenue.total")
    assert fact is not None
    assert f"[{fact.quote}]" in str(shown)


def test_marks_never_overlap() -> None:
    report = parse(CORPUS / NAME)
    made = marks(report.facts, report.unclaimed, report.findings)
    assert all(a.end <= b.start for a, b in pairwise(made))


def test_a_terminal_is_not_steered() -> None:
    shown = parse(HOSTILE.encode()).highlight(HOSTILE.encode())
    assert "\x1b[2J" not in shown.ansi()


def test_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        parse(CORPUS / NAME).highlight(b"2024")

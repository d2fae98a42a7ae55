"""The same report set in type: wherever a line or a page ends, the facts stay the same.

Line ends fall where the measure puts them, in mid-sentence, mid-word and, where numbers may be broken, in mid-number; a
page's foot and the next one's head stand between two lines at every line end in turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import product, takewhile
from pathlib import Path

import pytest

from conftest import BROKEN_UP, CORPUS, SAMPLES
from reportparse import Report, parse
from reportparse.layout import lay_out
from reportparse.readers import read
from reportparse.text import flatten
from typeset import EM, Paragraph, Style, paragraphs_of, typeset, wrapped

FILES = [*BROKEN_UP, *sorted((SAMPLES / "seed").glob("*.txt"))]
LINES = 12
"""A short page: every line end becomes a page end in some setting."""
ENDLESS = Style(measure=60, lines=10_000, first_page=10_000, head="", number=lambda _: "")
"""Everything on one page. A report with tables is set without them, and what it then states is what every setting states."""
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def prints(report: Report) -> Counter[tuple[str, str]]:
    return Counter((fact.key, re.sub(r"\s", "", flatten(str(fact.value)).text)) for fact in report.facts)


def has_tables(text: str) -> bool:
    return any(block.kind == "table" for block in lay_out(text).blocks)


def changed(path: Path, styles: Iterable[Style]) -> list[str]:
    text = read(path).text
    paragraphs = paragraphs_of(text)
    wanted = prints(parse(typeset(paragraphs, ENDLESS)))
    assert wanted.total() > 12
    assert has_tables(text) or wanted == prints(parse(path))
    faults = []
    for style in styles:
        cover = list(takewhile(lambda paragraph: paragraph.kind == "cover", paragraphs))
        needed = sum(len(wrapped(line.text, 0.0, style.measure * EM, whole_numbers=False)) for line in cover) + 1
        style = style._replace(first_page=max(style.first_page, needed))  # a cover stands on one page
        found = prints(parse(typeset(paragraphs, style)))
        faults += [f"{style}: - {fact}" for fact in (wanted - found)] + [
            f"{style}: + {fact}" for fact in (found - wanted)
        ]
    return faults


def test_there_are_reports_to_set() -> None:
    assert len([path for path in FILES if path.parent == CORPUS]) >= 6


@every_file
def test_every_line_end_can_be_a_page_end(path: Path) -> None:
    styles = [
        Style(measure=measure, lines=LINES, first_page=first, whole_numbers=whole)
        for measure, first, whole in product((22, 25, 28, 31, 34), range(6, 6 + LINES), (True, False))
    ]
    assert changed(path, styles) == []


@every_file
@pytest.mark.parametrize(
    "style",
    [
        Style(lines=LINES, head=""),
        Style(lines=LINES, number=str),
        Style(lines=LINES, number=lambda page: f"第{page}页 共40页"),
        Style(lines=LINES, number=lambda page: f"─ {page} ─", head="2023年度部门整体支出绩效评价报告"),
        Style(lines=LINES, number=lambda _: ""),
        Style(lines=LINES, shift_even=28.0),
        Style(lines=24, first_page=24, head=""),
        Style(lines=LINES, first_page=LINES, indent=0, gap=14.0, head=""),
    ],
    ids=["no head", "bare number", "of pages", "head with a year", "no number", "bound", "few pages", "block style"],
)
def test_the_furniture_and_the_style_do_not_matter(path: Path, style: Style) -> None:
    assert changed(path, [style._replace(measure=measure) for measure in (24, 29)]) == []


def test_what_is_cut_by_a_page_has_boxes_on_both() -> None:
    sentence = "某局2023年部门收入总计1234.56万元，比上年增加78.90万元，增长6.83%。"
    body = [
        Paragraph("一、收入情况", "heading"),
        *[Paragraph("全局工作按计划推进，各项任务有序开展。", "paragraph")] * 9,
    ]
    cut = 0
    for measure in range(12, 24):
        for first in range(10, 26):
            style = Style(measure=measure, lines=24, first_page=first, whole_numbers=False)
            document = typeset([*body, Paragraph(sentence, "paragraph"), *body], style)
            for fact in parse(document).facts:
                if fact.pieces is None or fact.kind != "amount":
                    continue
                text = "".join(document.text[a:b] for a, b in fact.pieces)
                assert Decimal(re.sub("[^0-9.]", "", text)) == fact.value
                assert fact.quote == document.text[slice(*(fact.span or (0, 0)))]
                pages = [box[0] for box in fact.boxes]
                assert len(pages) == len(fact.pieces)
                if len(set(pages)) == 2:
                    cut += 1
                    assert pages == [1, 2]
                    assert "某县行政事业单位" in (fact.quote or "")
                    assert fact.page == 1
    assert cut


def test_the_head_and_the_numbers_are_furniture_and_nothing_else_is() -> None:
    paragraphs = [
        Paragraph(
            f"第{n}批项目完成投资{n}0万元，占全年的{n}5%，比上年同期有所增加" + "，进度正常" * (n % 4) + "。",
            "paragraph",
        )
        for n in range(1, 60)
    ]
    document = typeset(paragraphs, Style(lines=12, number=str))
    layout = lay_out(document)
    taken = [document.text[a:b] for a, b in layout.furniture]
    pages = len(document.page_starts)
    assert pages > 5
    assert Counter(taken) == Counter(["某县行政事业单位"] * pages + [str(n) for n in range(1, pages + 1)])
    assert [layout.flat.text[b.start : b.end] for b in layout.blocks] == [p.text for p in paragraphs]

"""Printed lines by their places: footnotes, contents pages, titles, tables over pages, running lines."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reportparse.document import Document, PrintedCell, PrintedTable
from reportparse.layout import lay_out
from reportparse.pagination import running_lines, whole_tables
from typeset import Paragraph, Style, typeset

LONG = (
    "本年按照年初批复的预算执行，各项支出严格控制在批复范围之内，未发生超预算支出的情况，年中追加的资金均按程序报批。"
)


def body(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, "paragraph") for text in texts]


def blocks(document: Document) -> list[tuple[str, str]]:
    layout = lay_out(document)
    return [(block.kind, layout.flat.text[block.start : block.end]) for block in layout.blocks]


def test_a_footnote_follows_the_paragraph_that_its_page_cuts() -> None:
    paragraphs = [
        *body(*[LONG] * 3),
        Paragraph("①含上年结转资金12万元。", "note"),
        Paragraph("②不含下属单位。", "note"),
        *body(*[LONG] * 3),
    ]
    for lines in range(7, 12):
        document = typeset(paragraphs, Style(measure=26, lines=lines, first_page=lines))
        got = [text for _, text in blocks(document)]
        assert sorted(got) == sorted(p.text for p in paragraphs)
        notes = [got.index(p.text) for p in paragraphs if p.kind == "note"]
        assert notes == [notes[0], notes[0] + 1]


@pytest.mark.parametrize("dots", ["……………………3", "", "…… (3)", " 12"], ids=["leader", "bare", "brackets", "number"])
def test_a_contents_page_is_taken_out_and_the_body_is_not(dots: str) -> None:
    titles = ["一、部门概况", "二、收入支出预算安排情况", "三、其他重要事项的情况说明"]
    document = typeset(
        [
            Paragraph("某局2024年部门预算", "cover"),
            Paragraph("目 录", "cover"),
            *[Paragraph(title + dots, "paragraph") for title in titles],
            *[p for title in titles for p in (Paragraph(title, "heading"), *body(LONG))],
        ]
    )
    got = blocks(document)
    assert [text for kind, text in got if kind == "heading"] == titles
    assert [text for kind, text in got if kind == "paragraph"] == [LONG] * 3


def test_a_contents_page_whose_words_never_come_again_ends_with_its_page() -> None:
    entries = [
        Paragraph(f"{n}、单位{what}", "paragraph") for n, what in enumerate(("职能", "机构", "预算表", "说明"), 1)
    ]
    document = typeset(
        [Paragraph("目 录", "cover"), *entries, *body("某局主要职能"), *body(*[LONG] * 3)],
        Style(first_page=5, lines=20),
    )
    assert [text for _, text in blocks(document)] == ["某局主要职能", LONG, LONG, LONG]


def test_a_title_over_two_lines_is_one_heading() -> None:
    title = "第三部分某县乡村建设和农田水利服务中心二〇二四年度部门决算情况说明"
    document = typeset([*body(LONG), Paragraph(title, "cover"), *body(LONG)], Style(measure=22))
    assert ("heading", title) in blocks(document)


# --- tables -----------------------------------------------------------------------------------------------------


def table(document: Document, page: int, edges: list[float]) -> PrintedTable:
    """An empty table of one row on a page; where it stands in the text does not matter when it has none."""
    at = document.page_starts[page - 1]
    cells = tuple(
        PrintedCell(0, k, 1, 1, at, at, page, (left, 400.0, right, 420.0))
        for k, (left, right) in enumerate(pairwise(edges))
    )
    return PrintedTable(at, at, cells)


@pytest.mark.parametrize(
    ("edges", "one"),
    [
        ([90, 200, 300, 500], True),
        ([91, 201, 299, 500], True),
        ([90, 200, 500], True),
        ([90, 200, 300, 460], False),
        ([90, 250, 500], False),
    ],
)
def test_a_table_goes_on_with_the_same_columns(edges: list[float], one: bool) -> None:
    blank = typeset([Paragraph("", "paragraph")] * 3, Style(lines=1, first_page=1, head="", number=lambda _: ""))
    assert len(blank.page_starts) <= 3
    pages = typeset([Paragraph("甲", "paragraph")] * 3, Style(lines=1, first_page=1, head="", number=lambda _: ""))
    pages = Document(
        pages.source, "\f\f", (0, 1, 2), geometry=pages.geometry._replace(lines=()) if pages.geometry else None
    )
    tables = (table(pages, 1, [90, 200, 300, 500]), table(pages, 2, edges))
    document = Document(pages.source, pages.text, pages.page_starts, tables, geometry=pages.geometry)
    assert whole_tables(document, set()) == [0, 0 if one else 1]


def test_a_heading_repeated_over_a_long_table_is_no_running_head() -> None:
    document = typeset([Paragraph("甲", "paragraph")] * 5, Style(lines=1, first_page=1, head="收入支出预算总表"))
    heads = [line for line in document.geometry.lines if line.top == 50.0] if document.geometry else []
    assert {line.start for line in heads} <= running_lines(document)
    tables = tuple(
        PrintedTable(
            line.end, line.end, (PrintedCell(0, 0, 1, 1, line.end, line.end, line.page, (90.0, 80.0, 500.0, 700.0)),)
        )
        for line in heads
    )
    ruled = Document(document.source, document.text, document.page_starts, tables, geometry=document.geometry)
    assert not {line.start for line in heads} & running_lines(ruled)

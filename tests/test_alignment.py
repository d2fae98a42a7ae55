"""Tables without rulings: words of a page that stand in columns."""

from __future__ import annotations

import io

import pytest

from reportparse import parse
from reportparse.layout import lay_out
from reportparse.readers import read

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
pdfmetrics = pytest.importorskip("reportlab.pdfbase.pdfmetrics")
cidfonts = pytest.importorskip("reportlab.pdfbase.cidfonts")

COLUMNS = (72, 150, 300, 380, 460)


def made(rows: list[tuple[str, ...]], prose: list[str]) -> bytes:
    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    page = canvas.Canvas(data, pagesize=(595, 842))
    page.setFont("STSong-Light", 12)
    y = 790
    for line in prose:
        page.drawString(72, y, line)
        y -= 20
    for row in rows:
        for x, words in zip(COLUMNS, row, strict=False):
            page.drawString(x, y, words)
        y -= 18
    page.save()
    return data.getvalue()


PROSE = [
    "某县林业局2023年度部门决算",
    "一、收入支出决算总体情况说明",
    "2023年度收入总计90.00万元，支出总计90.00万元。",
    "支出决算表",
    "单位：万元",
]
ROWS = [
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("213", "农林水支出", "80.00", "50.00", "30.00"),
    ("21302", "林业和草原", "80.00", "50.00", "30.00"),
    ("221", "住房保障支出", "10.00", "10.00", ""),
    ("", "合计", "90.00", "60.00", "30.00"),
]


def test_words_in_columns_are_a_table() -> None:
    report = parse(made(ROWS, PROSE))
    facts = {fact.key: fact for fact in report.facts if fact.where == "table"}
    assert {key: str(fact.value) for key, fact in facts.items()} == {
        "expenditure.function[213]{period=2023}": "80.00",
        "expenditure.function[213]{period=2023,cross={nature:basic}}": "50.00",
        "expenditure.function[213]{period=2023,cross={nature:project}}": "30.00",
        "expenditure.function[21302]{period=2023}": "80.00",
        "expenditure.function[21302]{period=2023,cross={nature:basic}}": "50.00",
        "expenditure.function[21302]{period=2023,cross={nature:project}}": "30.00",
        "expenditure.function[221]{period=2023}": "10.00",
        "expenditure.function[221]{period=2023,cross={nature:basic}}": "10.00",
        "expenditure.total{period=2023}": "90.00",
        "expenditure.nature[basic]{period=2023}": "60.00",
        "expenditure.nature[project]{period=2023}": "30.00",
    }
    boxes = [fact.boxes for fact in facts.values()]
    assert all(len(box) == 1 and 290 < box[0][1] < 520 for box in boxes)
    assert {fact.unit for fact in facts.values()} == {"万元"}


def test_a_heading_alone_under_the_unit_stands_over_its_columns() -> None:
    heads = [("", "", "", "  本年支出"), ("科目编码", "科目名称"), ("", "", "小计", "基本支出", "项目支出")]
    report = parse(made([*heads, *ROWS[1:]], PROSE))
    facts = {fact.key: str(fact.value) for fact in report.facts if fact.where == "table"}
    assert facts["expenditure.current{period=2023}"] == "90.00"
    assert facts["expenditure.nature[basic]{period=2023}"] == "60.00"
    assert facts["expenditure.function[221]{period=2023,cross={nature:basic}}"] == "10.00"
    assert {fact.unit for fact in report.facts if fact.where == "table"} == {"万元"}


def test_a_column_without_figures_keeps_its_heading() -> None:
    rows = [ROWS[0], ("213", "农林水支出", "80.00", "", "80.00"), ("221", "住房保障支出", "10.00", "", "10.00")]
    report = parse(made([*rows, ("", "合计", "90.00", "", "90.00")], PROSE))
    keys = {fact.key for fact in report.facts if fact.where == "table" and fact.quote == "80.00"}
    assert "expenditure.function[213]{period=2023,cross={nature:project}}" in keys
    assert not any("basic" in key for key in keys)


def test_rows_that_fall_into_no_columns_stay_lines() -> None:
    rows = [("甲  9.00", "乙 8.00"), ("长长长长长长长长长长长长长长长", "7.00"), ("丙", "丁 6.00", "5.00")]
    layout = lay_out(read(made(rows, PROSE[:3])))
    assert [block for block in layout.blocks if block.kind == "table"] == []


def test_prose_with_words_apart_is_no_table() -> None:
    lines = [("单位（盖章）：", "", "某县林业局"), ("负责人：", "", "某科室"), ("填报日期：", "", "2024年3月1日")]
    layout = lay_out(read(made(lines, PROSE)))
    assert [block for block in layout.blocks if block.kind == "table"] == []

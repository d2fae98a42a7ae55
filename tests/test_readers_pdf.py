"""PDFs that are hard to read: each gives the right text, or the right refusal."""

from __future__ import annotations

import cmath
import io
import math
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pdfs import (
    A4,
    CELLS,
    LEFT,
    LINES,
    PITCH,
    SIZE,
    SONG,
    TOP,
    Canvas,
    Draw,
    a_form_in_itself,
    at_an_angle,
    bold_by_doubling,
    both,
    boxes_font,
    by_glyph,
    cell_texts,
    changed,
    cropped,
    embedded,
    encrypted,
    in_a_form,
    in_gbk,
    lines,
    no_pages,
    of_boxes,
    pdf,
    picture,
    ruled_by_bars,
    ruled_by_boxes,
    ruled_by_lines,
    ruled_by_one_path,
    shuffled,
    turned,
    unseen,
    without_unicode,
)
from reportparse import parse
from reportparse.document import Document, PrintedTable
from reportparse.errors import ReadError
from reportparse.layout import lay_out
from reportparse.readers import pdfium, pdfium_shapes, read

BASE = pdf(lines())
WORDS = "全县收入总计，比上年增加元增长，主要原因是新增项目经费"


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed(data: bytes, **options: str) -> list[str]:
    """The lines of the canonical text, without white space; a page end is a line of its own."""
    return [squeezed(line) or "¶" for line in re.split("\n|(?=\f)", read(data, **options).text)]


def blocks(data: bytes) -> list[tuple[str, str]]:
    layout = lay_out(read(data))
    return [(b.kind, layout.flat.text[b.start : b.end]) for b in layout.blocks]


def fault(data: bytes, **options: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data, name="report.pdf", **options)
    return caught.value


# --- text -------------------------------------------------------------------------------------------------------------

READABLE = {
    "as it is": BASE,
    "lines in another order": pdf(lines(order=(2, 0, 3, 1))),
    "characters in another order": pdf(shuffled()),
    "bold by printing twice": pdf(bold_by_doubling()),
    "turned by 90": turned(BASE, 90),
    "turned by 180": turned(BASE, 180),
    "turned by 270": turned(BASE, 270),
    "cropped": cropped(pdf(both(lines(), lines(("页外文字",), y=30), lines(("栏外",), x=5)))  , (60, 60, 560, 800)),
    "OCR layer under the picture": pdf(both(unseen(), picture())),
    "over a picture": pdf(both(picture(), lines())),
    "RC4-40, no user password": encrypted(BASE, "", "RC4-40"),
    "RC4-128, no user password": encrypted(BASE, "", "RC4-128"),
    "AES-128, no user password": encrypted(BASE, "", "AES-128"),
    "AES-256, no user password": encrypted(BASE, "", "AES-256"),
    "something before it": b"HTTP/1.1 200 OK\r\n" * 20 + BASE,
    "something after it": BASE + b"\n<!-- served in 3 ms -->\n" * 30,
    "wrong place of the table": BASE.replace(b"startxref\n", b"startxref\n9"),
    "compressed": changed(BASE, lambda writer: [page.compress_content_streams() for page in writer.pages] and None),
}  # fmt: skip


@pytest.mark.parametrize("data", READABLE.values(), ids=READABLE)
def test_the_text_is_read_in_its_order(data: bytes) -> None:
    document = read(data)
    assert printed(data) == [squeezed(line) for line in LINES]
    assert document.source.media_type == "application/pdf"
    assert document.source.reader == "pdf"
    assert document.source.unread_pages == ()


@pytest.mark.parametrize(
    "name",
    ["as it is", "lines in another order", "characters in another order", "bold by printing twice", "turned by 90",
     "turned by 180", "cropped", "RC4-128, no user password", "over a picture"],
)  # fmt: skip
def test_the_other_engine_reads_the_same(name: str) -> None:
    assert printed(READABLE[name], pdf_engine="pdfplumber") == [squeezed(line) for line in LINES]


@pytest.mark.parametrize("name", ["as it is", "turned by 90", "turned by 180", "turned by 270", "cropped"])
def test_boxes_are_those_of_the_page_as_displayed(name: str) -> None:
    document = read(READABLE[name])
    assert document.geometry is not None
    first = document.geometry.lines[0]
    left, upper = (60, 842 - 800) if name == "cropped" else (0, 0)
    assert first.x0 == pytest.approx(LEFT - left, abs=1)
    baseline = A4[1] - TOP - upper
    assert first.top < baseline <= first.bottom + 1
    assert document.geometry.lines[1].top - first.top == pytest.approx(PITCH, abs=0.5)
    size = (500, 740) if name == "cropped" else A4
    assert (document.geometry.pages[0].width, document.geometry.pages[0].height) == pytest.approx(size, abs=0.5)


@pytest.mark.parametrize("name", ["as it is", "characters in another order", "bold by printing twice", "turned by 90"])
def test_pages_that_pdfium_would_lose_text_of_are_read_by_the_other_engine(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a machine that has no Chinese font: PDFium passes over text in which every glyph is missing.
    monkeypatch.setattr(pdfium_shapes, "_has_no_glyphs", lambda _: True)
    monkeypatch.setattr(pdfium_shapes, "_NOTHING", 1e9)
    monkeypatch.setattr(pdfium, "_read_page", None)
    assert printed(READABLE[name]) == [squeezed(line) for line in LINES]


WITHOUT_FONTS = """
import ctypes, sys

import pypdfium2.raw as pdfium

from reportparse.readers import read

nowhere = (ctypes.c_char_p * 2)(sys.argv[1].encode(), None)
config = pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=ctypes.cast(nowhere, type(pdfium.FPDF_LIBRARY_CONFIG().m_pUserFontPaths)))
pdfium.FPDF_DestroyLibrary()
pdfium.FPDF_InitLibraryWithConfig(config)
sys.stdout.buffer.write(read(sys.stdin.buffer.read()).text.encode())
"""


def test_words_that_several_lines_repeat_are_there_in_each_of_them(tmp_path: Path) -> None:
    """Without a Chinese font PDFium takes a line for one printed twice where the same stands less than an eighth of its width above."""
    words = (WORDS, "其他收入", WORDS, WORDS)
    for page in (lines(words), both(lines(words), lines(words, x=LEFT + 0.3))):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_FONTS, str(tmp_path)], input=pdf(page), capture_output=True, check=True
        )
        assert done.stdout.decode().split() == list(words)


def test_short_words_printed_twice_are_there_once() -> None:
    words = ("概况", "收入", "11.11", "二二")
    assert printed(pdf(bold_by_doubling(words))) == list(words)


def test_a_font_that_is_not_embedded_in_gbk() -> None:
    assert printed(in_gbk(LINES[0])) == [LINES[0]]


def test_a_font_of_its_own_with_its_characters() -> None:
    assert "".join(printed(embedded(WORDS, "Plain"))) == WORDS


def test_control_characters_are_not_text() -> None:
    assert printed(pdf(lines(("收入总计\f12.34万元", "支出\x07合计\t5万元")))) == ["收入总计12.34万元", "支出合计5万元"]


def test_a_thousand_pages() -> None:
    data = pdf(*[lines((f"第{k}批项目完成投资{k}万元。",)) for k in range(1, 1001)])
    document = read(data)
    assert len(document.page_starts) == 1000
    assert document.text.split("\f") == [f"第{k}批项目完成投资{k}万元。" for k in range(1, 1001)]


def test_a_form_that_holds_itself_comes_to_an_end() -> None:
    assert printed(a_form_in_itself()) == ["Total1234.56"]


WATERMARK = "内部资料2023年第5号"


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("by", [0, 90, 180, 270])
@pytest.mark.parametrize("first", [True, False], ids=["drawn first", "drawn last"])
@pytest.mark.parametrize(
    ("angle", "x", "y"), [(90, 40, 300), (-90, 40, 700), (45, 150, 480), (-30, 100, 760), (60, 200, 500)]
)
def test_a_watermark_is_no_part_of_the_lines_that_it_crosses(
    angle: float, x: float, y: float, first: bool, by: int, engine: str
) -> None:
    """It comes last on its page, and is furniture."""
    mark, page = at_an_angle(WATERMARK, angle, x, y), both(lines(), cell_texts(), ruled_by_lines)
    data = pdf(*[both(mark, page) if first else both(page, mark)] * 2)
    document = read(turned(data, by) if by else data, pdf_engine=engine)
    without = read(pdf(page, page), pdf_engine=engine)
    assert document.text.split("\f") == [f"{text}\n{WATERMARK}" for text in without.text.split("\f")]
    assert [cells(document, table) for table in document.tables] == [PLAIN, PLAIN]
    layout = lay_out(document)
    assert [document.text[a:b] for a, b in layout.furniture] == [WATERMARK, WATERMARK]
    assert not any("内部" in layout.flat.text[b.start : b.end] for b in layout.blocks)


def test_a_watermark_alone_is_a_page_without_text_but_not_lost() -> None:
    assert printed(pdf(lines(), at_an_angle(WATERMARK, 45, 100, 300))) == [*map(squeezed, LINES), WATERMARK]


def test_slanted_type_is_text() -> None:
    """Italics made by slanting upright letters: PDFium says that they stand at an angle."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(LEFT, TOP)
        text.textOut("财政拨款收入17981.68万元，占")
        y = text.getY()
        text.setTextTransform(1, 0, 0.32, 1, text.getX(), y)
        text.textOut("99.92%")
        text.setTextTransform(1, 0, 0, 1, text.getX() + 42, y)
        text.textOut("；其他收入15万元。")
        canvas.drawText(text)

    assert printed(pdf(draw)) == ["财政拨款收入17981.68万元，占99.92%；其他收入15万元。"]


@pytest.mark.parametrize("degrees", [-3, 2])
def test_a_sheet_laid_askew_on_the_scanner(degrees: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(degrees)
        lines()(canvas)

    assert printed(pdf(draw)) == [squeezed(line) for line in LINES]


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_set_sideways_is_read_upright(angle: int, engine: str) -> None:
    """A landscape page whose text was turned instead of the page. The boxes are those of the page as displayed."""
    font = of_boxes(LINES)  # one that no machine lacks: PDFium would leave the page to the other engine

    def set_at(degrees: int) -> Document:
        def turned(canvas: Canvas) -> None:
            canvas.translate(300, 400)
            canvas.rotate(degrees)
            canvas.translate(-200, -750)
            lines(LINES, font=font)(canvas)

        return read(pdf(turned), pdf_engine=engine)

    def box_of_total(document: Document) -> tuple[float, ...]:
        assert document.geometry is not None
        start = document.text.index("1234.56")
        ((_, *sides),) = document.geometry.glyphs.boxes([(start, start + 7)])
        return tuple(sides)

    document = set_at(angle)
    assert document.text.splitlines() == list(LINES)
    x0, top, x1, bottom = box_of_total(set_at(0))
    height = document.geometry.pages[0].height if document.geometry else 0.0
    turn = cmath.rect(1, -math.radians(angle))  # the page's y counts down
    centre = complex(300, height - 400)
    corners = [centre + turn * (complex(x, y) - centre) for x, y in ((x0, top), (x1, bottom))]
    wanted = (
        min(c.real for c in corners), min(c.imag for c in corners), max(c.real for c in corners), max(c.imag for c in corners),
    )  # fmt: skip
    assert box_of_total(document) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_a_long_mark_in_the_margin_does_not_turn_the_page(engine: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines(LINES[:2])(canvas)
        at_an_angle("装订线" * 24, 90, 30, 60, 10)(canvas)

    assert read(pdf(draw), pdf_engine=engine).text.splitlines()[:2] == list(LINES[:2])


def test_a_figure_is_not_cut_from_its_unit_on_a_short_line() -> None:
    full = "本部门认真做好各项茶叶推广工作保障机关正常运转全面完成"
    texts = ("　　" + full[:-2], full, full, "任务。2023年度基本支出120.50", "万元。")
    report = parse(pdf(lines(texts)))
    assert [fact.value for fact in report if fact.concept == "expenditure.nature"] == [Decimal("120.50")]


@pytest.mark.parametrize("unnamed", ["3", "支", "3支", "."])
def test_a_character_that_its_font_does_not_name_is_not_guessed(unnamed: str) -> None:
    """PDFium gives the number of the glyph for it: of a figure, another figure."""
    expected = [re.sub(f"[{unnamed}]", "\ufffd", line) for line in LINES]
    assert printed(by_glyph(LINES, unnamed)) == expected
    assert printed(by_glyph(LINES, unnamed), pdf_engine="pdfplumber") == expected
    assert printed(by_glyph(LINES, "")) == list(LINES)


def test_what_a_window_hides_is_not_on_the_page() -> None:
    """A sheet over two pages: both hold all of its text, each shows its half."""
    texts = tuple(f"第{k}行办公费{k}.50万元" for k in range(1, 21))

    def window(lower: float, upper: float) -> Draw:
        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            path.rect(50, lower, 500, upper - lower)
            canvas.clipPath(path, stroke=0)
            lines(texts)(canvas)

        return draw

    middle = TOP - 9.5 * PITCH
    document = read(pdf(window(middle, 800), window(100, middle)))
    assert [page.split("\n") for page in document.text.split("\f")] == [list(texts[:10]), list(texts[10:])]


# --- refusals -----------------------------------------------------------------------------------------------------------

REFUSED = {
    "password": (encrypted(BASE, "secret", "AES-256"), "RP-READ-011", "密码"),
    "password, RC4": (encrypted(BASE, "secret", "RC4-128"), "RP-READ-011", "密码"),
    "cut at 30 %": (BASE[: len(BASE) * 3 // 10], "RP-READ-012", ""),
    "cut at 60 %": (BASE[: len(BASE) * 6 // 10], "RP-READ-012", ""),
    "cut at 95 %": (BASE[: len(BASE) * 95 // 100], "RP-READ-012", ""),
    "head alone": (b"%PDF-1.7\n", "RP-READ-012", "损坏"),
    "pictures alone": (pdf(picture(), picture()), "RP-READ-013", "文字识别"),
    "pictures over a part of a page": (pdf(picture(A4[0], A4[1] / 4)), "RP-READ-013", ""),
    "a seal on a blank page": (pdf(picture(120, 120)), "RP-READ-005", "空白"),
    "pictures with page numbers": (pdf(*[both(picture(), lines((f"- {k} -",), y=40)) for k in (1, 2)]), "RP-READ-013", ""),
    "glyphs without characters": (without_unicode(embedded(WORDS, "Dumb")), "RP-READ-014", "乱码"),
    "private characters": (embedded(WORDS, "Private", 0xE000 - 0x5168), "RP-READ-014", "乱码"),
    "no pages": (no_pages(), "RP-READ-015", "没有页面"),
    "blank pages": (pdf(lambda _: None, lambda _: None), "RP-READ-005", "空白"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_each_refusal_is_its_own(data: bytes, code: str, said: str) -> None:
    error = fault(data)
    assert error.code == code
    assert said in error.reason
    assert error.path == "report.pdf"
    assert re.search("[一-龥]", error.reason)
    assert not re.search("[一-龥]", error.reason_en)


@pytest.mark.parametrize("name", ["password", "head alone", "pictures alone", "no pages", "glyphs without characters"])
def test_the_other_engine_refuses_the_same(name: str) -> None:
    data, code, _ = REFUSED[name]
    assert fault(data, pdf_engine="pdfplumber").code == code


def test_a_picture_among_pages_of_text_is_named() -> None:
    document = read(pdf(lines(), picture(), lines(LINES[:2]), lambda _: None))
    assert [(page.page, page.reason) for page in document.source.unread_pages] == [(2, "image")]
    assert [squeezed(page) for page in document.text.split("\f")] == [
        squeezed("".join(LINES)), "", squeezed("".join(LINES[:2])), "",
    ]  # fmt: skip


def test_the_name_of_a_file_says_nothing() -> None:
    assert read(BASE, name="report.txt").source.reader == "pdf"
    assert read("收入总计1万元。".encode(), name="report.pdf").source.reader == "txt"
    assert read(b"<html><body><p>\xe6\x94\xb6\xe5\x85\xa5</p></body></html>", name="report.pdf").source.reader == "html"


# --- tables -----------------------------------------------------------------------------------------------------------

PLAIN = [(r, c, 1, 1, text) for r, row in enumerate(CELLS) for c, text in enumerate(row)]


def cells(document: Document, table: PrintedTable) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rows, c.columns, document.text[c.start : c.end]) for c in table.cells]


RULED = {
    "lines": both(ruled_by_lines, cell_texts()),
    "boxes": both(ruled_by_boxes, cell_texts()),
    "bars": both(ruled_by_bars, cell_texts()),
    "one path": both(ruled_by_one_path, cell_texts()),
    "in a form": in_a_form(both(ruled_by_lines, cell_texts())),
}


@pytest.mark.parametrize("draw", RULED.values(), ids=RULED)
@pytest.mark.parametrize("by", [0, 90, 180, 270])
def test_a_ruled_table(draw: Draw, by: int) -> None:
    data = pdf(draw)
    document = read(turned(data, by) if by else data)
    (table,) = document.tables
    assert cells(document, table) == PLAIN
    assert document.text == "\n".join("\t".join(row) for row in CELLS)
    first = table.cells[0].box
    assert first is not None
    assert first == pytest.approx((90, 842 - 600, 250, 842 - 576), abs=1.5)


def test_merged_cells() -> None:
    def draw(canvas: Canvas) -> None:
        for y, x0 in ((600, 90), (576, 250), (552, 90), (528, 90)):
            canvas.line(x0, y, 500, y)
        for x, top in ((90, 600), (250, 600), (350, 576), (500, 600)):
            canvas.line(x, top, x, 528)
        canvas.setFont(SONG, 10)
        for x, y, text in (
            (94, 572, "项目"), (330, 584, "金额"), (254, 560, "预算数"), (354, 560, "决算数"), (94, 536, "合计"),
            (254, 536, "1.00"), (354, 536, "2.00"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    document = read(pdf(draw))
    (table,) = document.tables
    assert cells(document, table) == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "预算数"), (1, 2, 1, 1, "决算数"),
        (2, 0, 1, 1, "合计"), (2, 1, 1, 1, "1.00"), (2, 2, 1, 1, "2.00"),
    ]  # fmt: skip


def test_a_cell_of_several_lines_is_one_text() -> None:
    """A line that fills the cell was cut for want of room; one that does not ends there."""

    def draw(canvas: Canvas) -> None:
        ruled_by_lines(canvas)
        canvas.setFont(SONG, 8)
        for y, text in (
            (590, "机关事业单位基本养老保险缴费支出和职业"),
            (580, "年金"),
            (566, "其中："),
            (556, "公用经费"),
        ):
            canvas.drawString(93, y, text)
        canvas.drawRightString(349, 590, "1,234,567,890,123,456.7")
        canvas.drawRightString(349, 580, "89")

    document = read(pdf(draw))
    (table,) = document.tables
    texts = {(row, column): text for row, column, _, _, text in cells(document, table)}
    assert texts[0, 0] == "机关事业单位基本养老保险缴费支出和职业年金"
    assert texts[1, 0] == "其中： 公用经费"
    assert texts[0, 1] == "1,234,567,890,123,456.789"


def test_no_cell_in_a_sentence_and_no_sentence_in_a_cell() -> None:
    above, below = "收入支出情况见下表，单位为万元", "上表所列支出均按规定执行。"
    got = blocks(pdf(both(lines((above,), y=605), ruled_by_lines, cell_texts(), lines((below,), y=512))))
    assert [text for kind, text in got if kind == "table"] == [text for row in CELLS for text in row if text]
    assert [text for kind, text in got if kind != "table"] == [above, below]


def test_a_table_over_three_pages_is_one() -> None:
    title, unit = "支出决算表", "单位：万元"

    def page(number: int) -> Draw:
        rows = (
            ("项目", "年初预算", "决算数"),
            (f"办公费{number}", f"{number}1.50", f"{number}2.00"),
            ("差旅费", "3.20", ""),
        )
        return both(
            lines((title,), x=260, y=640), lines((unit,), x=420, y=615), ruled_by_lines, cell_texts(rows),
            lines((f"- {number} -",), x=280, y=40),
        )  # fmt: skip

    report = parse(pdf(*map(page, (1, 2, 3))), cells=True)
    (table,) = report.tables
    assert table.pages == (1, 2, 3)
    assert (table.title, table.unit, table.unit_from) == (title, "万元", unit)
    assert table.cells is not None
    assert [(c.row, c.quote, c.page) for c in table.cells if c.column == 0] == [
        (0, "项目", 1), (1, "办公费1", 1), (2, "差旅费", 1), (3, "项目", 2), (4, "办公费2", 2), (5, "差旅费", 2),
        (6, "项目", 3), (7, "办公费3", 3), (8, "差旅费", 3),
    ]  # fmt: skip
    assert {m.quote for m in report.unclaimed if m.where == "table"} >= {"11.50", "32.00", "3.20"}
    assert all(m.boxes for m in report.unclaimed)


@pytest.mark.parametrize("what", ["frame", "underlined", "rules"])
def test_strokes_that_are_no_table(what: str) -> None:
    def draw(canvas: Canvas) -> None:
        lines()(canvas)
        if what == "frame":
            canvas.rect(80, TOP - 4 * PITCH, 440, 5 * PITCH)
        elif what == "underlined":
            for k in range(4):
                canvas.line(LEFT + 20, TOP - k * PITCH - 2, LEFT + 120, TOP - k * PITCH - 2)
                canvas.line(LEFT + 150, TOP - k * PITCH - 2, LEFT + 250, TOP - k * PITCH - 2)
        else:
            canvas.line(60, 800, 535, 800)
            canvas.line(60, 60, 535, 60)

    document = read(pdf(draw))
    assert document.tables == ()
    assert squeezed(document.text) == squeezed("".join(LINES))


# --- order and joins ----------------------------------------------------------------------------------------------------


def test_two_columns_under_a_title() -> None:
    left = [f"左栏第{k}行说明预算执行情况" for k in range(1, 9)]
    right = [f"右栏第{k}行说明决算编制情况" for k in range(1, 9)]

    def draw(canvas: Canvas) -> None:
        lines(("某县林业总站二〇二四年度预算执行与决算编制情况说明",), y=780)(canvas)
        canvas.setFont(SONG, 12)
        for k in range(8):  # row by row, as a careless producer writes it
            canvas.drawString(70, 700 - 20 * k, left[k])
            canvas.drawString(320, 690 - 20 * k, right[k])

    assert printed(pdf(draw))[1:] == left + right


PARAGRAPH = (
    "　　2024年总站收入总计1,234.56万元，其中一般公共预算财政拨款收入1,2",
    "00.00万元，占97.20%，其他收入34.56万",
    "元。全年支出1,230.00万元。",
)


def test_numbers_and_units_broken_over_lines() -> None:
    report = parse(pdf(lines(PARAGRAPH, x=80)))
    values = {(f.concept, f.member, f.aspect): f for f in report.facts}
    broken = values["revenue.source", "general_public_budget", "value"]
    assert broken.value == Decimal("1200.00")
    assert broken.pieces is not None
    assert [box[0] for box in broken.boxes] == [1, 1]
    assert values["revenue.source", "other", "value"].yuan == Decimal("345600")


@pytest.mark.parametrize("number", ["- {} -", "─ {} ─", "第 {} 页 共 9 页", "{}"])
def test_numbers_and_units_broken_over_pages(number: str) -> None:
    """With a running head and a page number between the two halves."""
    filling = "　　总站按照年初批复的预算执行各项支出并按月通报进度确保资金用在实处"

    def page(k: int, *texts: str) -> Draw:
        return both(
            lines(("某县林业总站2024年度部门整体支出绩效自评报告",), x=150, y=800, size=10), lines(texts, x=80, y=760),
            lines((number.format(k),), x=290, y=40, size=10),
        )  # fmt: skip

    data = pdf(
        page(1, filling, "就业服务等各项任务。", PARAGRAPH[0]),
        page(2, *PARAGRAPH[1:]),
        page(3, filling, "并如期完成。"),
    )
    report = parse(data)
    broken = next(f for f in report.facts if f.member == "general_public_budget" and f.aspect == "value")
    assert broken.value == Decimal("1200.00")
    assert [box[0] for box in broken.boxes] == [1, 2]
    assert broken.page == 1
    assert "绩效自评报告" in (broken.quote or "")
    texts = [text for _, text in blocks(data)]
    assert not any("林业总站2024年度部门整体支出绩效自评报告" in text for text in texts)
    assert sum("1,200.00万元" in text for text in texts) == 1


def test_letter_spaced_text() -> None:
    def draw(canvas: Canvas) -> None:
        for k, text in enumerate(("其中：住房公积金和提租补贴支出", "共计1234.56万元。")):
            spaced = canvas.beginText(LEFT, TOP - k * PITCH)
            spaced.setCharSpace(5)
            spaced.textOut(text)
            canvas.drawText(spaced)

    (block,) = blocks(pdf(draw))
    assert block[1] == "其中：住房公积金和提租补贴支出共计1234.56万元。"


def test_heads_that_change_sides_and_numbers_without_marks() -> None:
    works = ("造林", "抚育", "防火", "种苗", "湿地", "古树", "病虫害", "林长制")
    body = ["总站按照年初批复的预算执行各项支出，并按月通报进度，", "确保资金用在实处。"]

    def page(k: int) -> Draw:
        head = "林业总站决算公开" if k % 2 else "二〇二四年度"
        return both(
            lines((head,), x=80 if k % 2 else 420, y=800, size=10),
            lines([f"{works[k - 1]}方面：{body[0]}", *body[1:]], x=80, y=760),
            lines((str(k),), x=80 if k % 2 == 0 else 500, y=40, size=10),
        )  # fmt: skip

    layout = lay_out(read(pdf(*map(page, range(1, 9)))))
    assert len(layout.furniture) == 16
    assert not any("公开" in layout.flat.text[b.start : b.end] for b in layout.blocks)


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    texts = printed(pdf(lines(("2024-", "2025 project ABC-", "DEF total 12.50"))))
    assert texts == ["2024-", "2025projectABC-", "DEFtotal12.50"]


def test_one_damaged_page_does_not_cost_the_others() -> None:
    def change(writer: object) -> None:
        from pypdf.generic import DecodedStreamObject, NameObject

        broken = DecodedStreamObject()
        broken.set_data(b"BT /F1 14 Tf (((( <<<< \xff\xfe Tj ET Q Q Q")
        page = writer.pages[1]  # type: ignore[attr-defined]
        page[NameObject("/Contents")] = writer._add_object(broken)  # type: ignore[attr-defined]

    document = read(changed(pdf(lines(), lines(), lines()), change))
    pages = [squeezed(page) for page in document.text.split("\f")]
    assert pages[0] == pages[2] == squeezed("".join(LINES))


@pytest.mark.parametrize("leads", [True, False], ids=["in a type of its own", "in the body's"])
def test_a_heading_shares_its_line_with_its_text(leads: bool) -> None:
    """A lead in a type of its own is a heading, whatever its words; in the body's type it is a sentence."""
    items = [
        ("1、深入田间地头指导农户", "全年培训三百人次，发放资料。"),
        ("2、扎实抓好苗木繁育", "完成育苗，合格率稳步提高。"),
    ]

    def draw(canvas: Canvas) -> None:
        pdfmetrics.registerFont(
            TTFont("Lead", io.BytesIO(boxes_font("".join(sorted({c for a, _ in items for c in a})))))
        )
        y = TOP
        for text in ("一、主要工作任务", "本单位围绕年度目标开展工作，各项任务按期完成，成效明显。"):
            canvas.drawString(LEFT + 28, y, text)
            y -= PITCH
        for lead, text in items:
            canvas.setFont("Lead" if leads else SONG, SIZE)
            canvas.drawString(LEFT + 28, y, lead)
            x = LEFT + 28 + pdfmetrics.stringWidth(lead, "Lead" if leads else SONG, SIZE)
            canvas.setFont(SONG, SIZE)
            canvas.drawString(x, y, "。" + text)
            y -= PITCH

    titles = [section.title for section in parse(pdf(draw)).sections]
    assert titles == ["主要工作任务", *[lead[2:] for lead, _ in items if leads]]


def test_a_figure_and_the_year_under_it_are_not_one_number() -> None:
    below = "2023年公务接待费4.10万元，比上年减少0.90万元。"
    report = parse(
        pdf(
            lines(
                [
                    "某站2023年度部门决算",
                    "支出决算表",
                    "单位：万元",
                    "项目 决算数",
                    "项目支出 640.52",
                    "合计 1190.52",
                    below,
                ]
            )
        )
    )
    quotes = [found.quote for found in (*report.facts, *report.unclaimed)]
    assert "1190.52" in quotes
    assert not any(quote is not None and "1190.522" in quote for quote in quotes)


def test_a_page_of_many_characters_has_the_box_of_every_one() -> None:
    """Boxes are fetched some thousand at a time: where one lot ends, the next goes on."""
    text = WORDS * 4
    rows = [text] * 25
    font = of_boxes(rows)
    document = read(pdf(both(lines(rows, size=4, font=font), lines(rows, size=4, y=TOP - PITCH / 2, font=font))))
    assert document.geometry is not None
    glyphs = document.geometry.glyphs
    assert len(document.text) > 1.2 * 4096
    for line in document.geometry.lines:
        boxes = [glyphs.boxes([(k, k + 1)])[0] for k in range(line.start, line.end)]
        assert [round(box[1], 1) for box in boxes] == [round(LEFT + 4 * k, 1) for k in range(len(text))]
        assert all(line.top - 0.1 <= box[2] < box[4] <= line.bottom + 0.1 for box in boxes)

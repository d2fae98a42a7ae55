"""DOCX: every character once, what Word generates, tables with their cells, and nothing that harms."""

from __future__ import annotations

import contextlib
import html
import io
import re
import struct
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SAMPLES
from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.readers import read
from reportparse.readers.ordinals import ordinal

docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relationships(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{i}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'


def package(body: str, **parts: str) -> bytes:
    """A DOCX with this in its body; ``parts`` are the contents of styles, numbering, footnotes and endnotes."""
    members = {
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships({kind: f"{kind}.xml" for kind in parts}),
    }
    members |= {f"word/{kind}.xml": f"<w:{kind} {NAMESPACES}>{text}</w:{kind}>" for kind, text in parts.items()}
    return zipped(members)


def zipped(members: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name, text)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def text_of(body: str, **parts: str) -> str:
    return checked(read(package(body, **parts))).text


def checked(document: Document) -> Document:
    """What holds for every document."""
    text = document.text
    assert document.whole_lines
    assert document.source.reader == "docx"
    assert (document.source.encoding, document.source.encoding_reason) == (None, None)
    assert document.page_starts[0] == 0
    assert [at for at, c in enumerate(text) if c == "\f"] == [start - 1 for start in document.page_starts[1:]]
    assert text.endswith("\n")
    for start, level in document.headings:
        assert start == 0 or text[start - 1] in "\n\f"
        assert 1 <= level <= 9
    last = 0
    for table in document.tables:
        assert last <= table.start < table.end
        assert table.start == 0 or text[table.start - 1] in "\n\f"
        assert text[table.end] in "\n\f"
        last = table.end
        rows = text[table.start : table.end].split("\n")
        for cell in table.cells:
            assert text.count("\n", table.start, cell.start) == cell.row < len(rows)
            assert not set(text[cell.start : cell.end]) & set("\t\n\f")
            assert text[cell.start - 1] in "\t\n\f" or cell.start == 0
            assert text[cell.end] in "\t\n\f"
            assert cell.page == sum(start <= cell.start for start in document.page_starts)
            assert cell.box is None
    return document


def cells(document: Document, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rows, c.columns, document.text[c.start : c.end]) for c in document.tables[table].cells]


def fault(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value


# --- paragraphs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("本年收入") + r("12.5") + r("万元。"), "本年收入12.5万元。"),
        ("<w:hyperlink>" + r("链接") + "</w:hyperlink>" + r("之后"), "链接之后"),
        ("<w:ins>" + r("加") + "</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>" + r("留"), "加留"),
        ("<w:moveFrom>" + r("旧") + "</w:moveFrom><w:moveTo>" + r("新") + "</w:moveTo>", "新"),
        ("<w:smartTag>" + r("2024年") + "</w:smartTag><w:customXml>" + r("度") + "</w:customXml>", "2024年度"),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ('<w:fldSimple w:instr=" DATE ">' + r("3月") + "</w:fldSimple>", "3月"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>'
            + r("码")
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + r("8")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + r("页"),
            "8页",
        ),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("只有结尾的域"), "只有结尾的域"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
            '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("是"),
            "☑是",
        ),
        (r("甲") + "<w:r><w:tab/></w:r>" + r("乙"), "甲\t乙"),
        (r("上") + "<w:r><w:br/></w:r>" + r("下"), "上\n下"),
        (r("上") + "<w:r><w:cr/></w:r>" + r("下"), "上\n下"),
        (r("2023") + "<w:r><w:noBreakHyphen/></w:r>" + r("2024"), "2023-2024"),
        (r("收") + "<w:r><w:softHyphen/></w:r>" + r("入"), "收入"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + r("是"), "☑是"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r("90%"), "≥90%"),
        ('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>' + r("无"), "无"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/></w:r>' + r("其一"), "①其一"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>" + r("可见"), "可见"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>未隐藏</w:t></w:r>', "未隐藏"),
        ("<w:r><w:footnoteReference/></w:r>" + r("注后"), "注后"),
        (r("正文") + "<w:commentRangeStart/><!-- 注释 -->" + r("继续"), "正文继续"),
        ("<w:r><w:ruby><w:rt>" + r("yin") + "</w:rt><w:rubyBase>" + r("音") + "</w:rubyBase></w:ruby></w:r>", "音"),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b"),
        (
            "<m:f><m:num><m:r><m:t>支出</m:t></m:r></m:num><m:den><m:r><m:t>预算</m:t></m:r></m:den></m:f>",
            "支出/预算",
        ),
        ("<w:r><w:lastRenderedPageBreak/></w:r>" + r("不分页"), "不分页"),
        (r("　　首行缩进 与空格 "), "　　首行缩进 与空格 "),
        (r("一\u2028二\u0085三\n四"), "一 二 三 四"),
        (r("A&amp;B &lt;甲&gt;"), "A&B <甲>"),
    ],
)
def test_what_a_paragraph_says(inside: str, expected: str) -> None:
    assert text_of(f"<w:p>{inside}</w:p>") == expected + "\n"


def test_a_line_is_a_paragraph_and_blank_ones_stay() -> None:
    assert text_of(p("") + p("一") + p("") + p("二") + p("")) == "一\n\n二\n"


def test_a_field_goes_on_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    body = (
        f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("第一章")}</w:p>{p("第二章")}'
        f'<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>{p("正文")}'
    )
    assert text_of(body) == "第一章\n第二章\n\n正文\n"


def test_a_field_without_end_swallows_one_paragraph_at_most() -> None:
    assert text_of('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + p("之后")) == "之后\n"


def test_content_controls_around_paragraphs_tables_rows_and_cells() -> None:
    def control(text: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{text}</w:sdtContent></w:sdt>"

    cell = f"<w:tc>{p('值')}</w:tc>"
    table = control(f"<w:tbl>{control(f'<w:tr>{control(cell)}{cell}</w:tr>')}</w:tbl>")
    assert text_of(control(p("目录")) + control(table)) == "目录\n值\t值\n"


CHOICE = (
    '<w:p>{before}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{box}'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{box}"
    "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{after}</w:p>"
)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    body = CHOICE.format(before=r("前"), box=p("框一") + p("框二"), after=r("后")) + p("下段")
    assert text_of(body) == "前后\n框一\n框二\n下段\n"


def test_a_text_box_in_a_text_box_and_of_old_word() -> None:
    inner = CHOICE.format(before=r("外"), box=p("内"), after="")
    assert text_of(CHOICE.format(before="", box=inner, after="")) == "外\n内\n"
    old = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{p('旧框')}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    assert text_of(old) == "旧框\n"


def test_only_the_fallback_has_text() -> None:
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:t>代用</w:t></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(body) == "代用\n"


def test_notes_follow_and_separators_do_not() -> None:
    note = '<w:footnote w:type="separator">{}</w:footnote><w:footnote>{}</w:footnote>'.format(p("线"), p("脚注。"))
    assert (
        text_of(p("正文"), footnotes=note, endnotes=f"<w:endnote>{p('尾注。')}</w:endnote>") == "正文\n脚注。\n尾注。\n"
    )


# --- pages and headings -------------------------------------------------------------------------------------------

BREAK = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("一") + f"<w:p>{BREAK}</w:p>" + p("二"), "一\f二\n"),
        (f"<w:p>{r('一')}{BREAK}{r('二')}</w:p>", "一\f二\n"),
        (p("一") + p("二", "<w:pageBreakBefore/>"), "一\f二\n"),
        (p("一") + p("二", '<w:pageBreakBefore w:val="0"/>'), "一\n二\n"),
        (p("一") + p("二", '<w:pStyle w:val="章"/>'), "一\f二\n"),
        (p("一") + p("二", '<w:pStyle w:val="章"/><w:pageBreakBefore w:val="false"/>'), "一\n二\n"),
        (p("一") + p("") + f"<w:p>{BREAK}</w:p>" + p("") + p("二"), "一\f二\n"),
        (p("一", "<w:sectPr/>") + p("二") + "<w:sectPr/>", "一\f二\n"),
        (p("一", "<w:sectPr/>") + p("二") + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>', "一\n二\n"),
        (
            p("一", '<w:sectPr><w:type w:val="continuous"/></w:sectPr>') + p("二", "<w:sectPr/>") + p("三")
            + '<w:sectPr><w:type w:val="oddPage"/></w:sectPr>',
            "一\f二\f三\n",
        ),
        (f"<w:p>{BREAK}</w:p>" + p("一") + f"<w:p>{BREAK}</w:p>", "一\n"),
        (f'<w:p>{r("左")}<w:r><w:br w:type="column"/></w:r>{r("右")}</w:p>', "左\n右\n"),
    ],
)  # fmt: skip
def test_pages(body: str, expected: str) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="章"><w:pPr><w:pageBreakBefore/></w:pPr></w:style>'
    document = checked(read(package(body, styles=styles)))
    assert document.text == expected
    assert document.source.pages == expected.count("\f") + 1


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="我的标题"><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"/>'
    '<w:style w:type="paragraph" w:styleId="绕"><w:basedOn w:val="圈"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="圈"><w:basedOn w:val="绕"/></w:style>'
)


def test_headings() -> None:
    body = (
        p("总标题", '<w:pStyle w:val="Title"/>')
        + p("一级", '<w:pStyle w:val="1"/>')
        + p("", '<w:pStyle w:val="1"/>')
        + p("继承", '<w:pStyle w:val="我的标题"/>')
        + p("自定", '<w:outlineLvl w:val="2"/>')
        + p("改回正文", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
        + p("循环", '<w:pStyle w:val="绕"/>')
        + f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:br/></w:r>{r("两行")}<w:r><w:br/></w:r>{r("标题")}</w:p>'
        + p("正文")
    )
    document = checked(read(package(body, styles=STYLES)))
    found = [(document.text[start:].partition("\n")[0], level) for start, level in document.headings]
    assert found == [("一级", 1), ("继承", 1), ("自定", 3), ("两行", 1)]


# --- numbers that Word generates ----------------------------------------------------------------------------------


def level(index: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def numbering(*levels: str, more: str = "", after: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{more}'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{after}'
    )


def item(text: str, index: int = 0, num: int | str = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{num}"/></w:numPr>')


OUTLINE = (level(0, "chineseCountingThousand", "%1、"), level(1, "decimal", "%1.%2"), level(2, "decimal", "（%3）"))
SPACED = level(0, "decimal", "%1", '<w:suff w:val="space"/>')
SOLID = level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')


@pytest.mark.parametrize(
    ("levels", "body", "expected"),
    [
        ((level(0, "decimal", "%1."),), [item("甲"), item("乙"), p("文"), item("丙")], "1. 甲|2. 乙|文|3. 丙"),
        ((level(0, "chineseCounting", "%1、"),), [item("概况"), item("收支")], "一、概况|二、收支"),
        ((level(0, "japaneseCounting", "（%1）"),), [item("概况")], "（一）概况"),
        ((level(0, "chineseCountingThousand", "第%1部分"),), [item("概况")], "第一部分 概况"),
        ((level(0, "decimalEnclosedCircle", "%1"),), [item("甲"), item("乙")], "① 甲|② 乙"),
        ((level(0, "decimalFullWidth", "%1．", start=3),), [item("甲")], "３．甲"),
        ((level(0, "bullet", "●"),), [item("甲"), item("乙")], "甲|乙"),
        ((level(0, "none", ""),), [item("甲")], "甲"),
        ((SPACED,), [item("甲")], "1 甲"),
        ((SOLID,), [item("甲")], "1.甲"),
        (OUTLINE, [item("甲"), item("乙", 1), item("丙", 1), item("丁", 2), item("戊"), item("己", 1)],
         "一、甲|一.1 乙|一.2 丙|（1）丁|二、戊|二.1 己"),
        ((level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")), [item("甲"), item("乙", 1)],
         "I. 甲|1.1 乙"),
        ((level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')),
         [item("甲"), item("乙", 1), item("丙"), item("丁", 1)], "1. 甲|1) 乙|2. 丙|2) 丁"),
        ((level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")), [item("乙", 1), item("甲")], "1.1 乙|1. 甲"),
        ((level(0, "decimal", "%1."),), [item("甲"), item("", 0), item("乙")], "1. 甲|2.|3. 乙"),
        ((level(0, "decimal", "%1."),), [item("甲", num=0), item("乙", num=99), item("丙")], "甲|乙|1. 丙"),
        ((level(0, "decimal", "%1."),), [item("甲", 7)], "甲"),
    ],
)  # fmt: skip
def test_generated_numbers(levels: tuple[str, ...], body: list[str], expected: str) -> None:
    found = [line.rstrip() for line in text_of("".join(body), numbering=numbering(*levels)).splitlines()]
    assert found == expected.split("|")


def test_a_list_that_starts_anew_and_one_that_goes_on() -> None:
    after = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = numbering(level(0, "decimal", "%1."), after=after)
    body = item("甲") + item("乙") + item("丙", num=2) + item("丁", num=2) + item("戊", num=3)
    assert text_of(body, numbering=parts).splitlines() == ["1. 甲", "2. 乙", "5. 丙", "6. 丁", "7. 戊"]


def test_a_level_redefined_for_one_list() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    parts = numbering(
        level(0, "decimal", "%1."), after=f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{other}</w:num>'
    )
    assert text_of(item("甲", num=2), numbering=parts) == "A) 甲\n"


def test_numbers_from_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="节"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="小节"><w:basedOn w:val="节"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="条"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = (level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:pStyle w:val="条"/>'))
    body = (
        p("甲", '<w:pStyle w:val="节"/>') + p("乙", '<w:pStyle w:val="小节"/>') + p("丙", '<w:pStyle w:val="条"/>')
        + p("丁", '<w:pStyle w:val="节"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip
    found = text_of(body, styles=styles, numbering=numbering(*levels)).splitlines()
    assert found == ["一、甲", "二、乙", "1. 丙", "丁"]


def test_a_list_by_way_of_a_list_style() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="表"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="表"/></w:abstractNum>'
    after = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    parts = numbering(level(0, "decimal", "%1)"), more=link, after=after)
    assert text_of(item("甲", num=2), styles=styles, numbering=parts) == "1) 甲\n"


def test_a_deleted_paragraph_does_not_count() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    found = text_of(item("甲") + gone + item("乙"), numbering=numbering(level(0, "decimal", "%1.")))
    assert found.split() == ["1.", "甲", "2.", "乙"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", "1 10 11 20 27 100 110 1001"),
        ("decimalZero", "01 10 11 20 27 100 110 1001"),
        ("chineseCounting", "一 十 十一 二十 二十七 一百 一百一十 一千零一"),
        ("ideographDigital", "一 一〇 一一 二〇 二七 一〇〇 一一〇 一〇〇一"),
        ("chineseLegalSimplified", "壹 壹拾 壹拾壹 贰拾 贰拾柒 壹佰 壹佰壹拾 壹仟零壹"),
        ("upperRoman", "I X XI XX XXVII C CX MI"),
        ("lowerLetter", "a j k t aa vvvv fffff 1001"),
        ("decimalEnclosedCircle", "① ⑩ ⑪ ⑳ ㉗ 100 110 1001"),
        ("decimalEnclosedParen", "⑴ ⑽ ⑾ ⒇ 27 100 110 1001"),
        ("ideographTraditional", "甲 癸 11 20 27 100 110 1001"),
        ("decimalFullWidth", "１ １０ １１ ２０ ２７ １００ １１０ １００１"),
        ("a form of the future", "1 10 11 20 27 100 110 1001"),
    ],
)
def test_forms_of_numbers(form: str, expected: str) -> None:
    assert [ordinal(value, form) for value in (1, 10, 11, 20, 27, 100, 110, 1001)] == expected.split()


@given(st.integers(-10, 10**9), st.sampled_from(["chineseCounting", "upperRoman", "lowerLetter", "ideographDigital"]))
def test_any_number_has_a_form(value: int, form: str) -> None:
    assert ordinal(value, form).strip()


# --- tables -------------------------------------------------------------------------------------------------------


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else p(text)}</w:tc>"


def tbl(*rows: Iterable[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_table_stands_in_its_place() -> None:
    document = checked(read(package(p("前") + tbl([tc("项目"), tc("金额")], [tc("合计"), tc("")]) + p("后"))))
    assert document.text == "前\n项目\t金额\n合计\t\n后\n"
    (table,) = document.tables
    assert document.text[table.start : table.end] == "项目\t金额\n合计\t"
    assert cells(document) == [
        (0, 0, 1, 1, "项目"), (0, 1, 1, 1, "金额"), (1, 0, 1, 1, "合计"), (1, 1, 1, 1, ""),
    ]  # fmt: skip


def test_merged_cells() -> None:
    rows = (
        [tc("一级", DOWN), tc("指标", '<w:gridSpan w:val="2"/>')],
        [tc("", ON), tc("数量"), tc("质量")],
        [tc("", ON), tc("12"), tc("90%")],
        [tc("二级", DOWN), tc("3"), tc("4")],
    )
    document = checked(read(package(tbl(*rows))))
    assert document.text == "一级\t指标\n\t数量\t质量\n\t12\t90%\n二级\t3\t4\n"
    assert [c for c in cells(document) if c[4] in ("一级", "指标", "质量", "二级")] == [
        (0, 0, 3, 1, "一级"), (0, 1, 1, 2, "指标"), (1, 2, 1, 1, "质量"), (3, 0, 1, 1, "二级"),
    ]  # fmt: skip


def test_a_merge_without_beginning_loses_nothing() -> None:
    document = checked(read(package(tbl([tc("甲"), tc("乙")], [tc("丙", ON), tc("丁")]))))
    assert cells(document)[2] == (1, 0, 1, 1, "丙")


def test_cells_merged_as_old_word_did_and_a_row_that_begins_late() -> None:
    old = '<w:hMerge w:val="restart"/>'
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{tc("丙")}</w:tr>'
    table = tbl([tc("甲", old), tc("", "<w:hMerge/>"), tc("乙")]).replace("</w:tbl>", late + "</w:tbl>")
    assert cells(checked(read(package(table)))) == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙"), (1, 1, 1, 1, "丙")]


def test_what_stands_in_a_cell() -> None:
    inner = tbl([tc("内一"), tc("内二")])
    many = p("一段") + p("") + f"<w:p>{r('二')}<w:r><w:br/></w:r>{r('段')}<w:r><w:tab/></w:r>{r('尾')}</w:p>"
    box = CHOICE.format(before="", box=p("框"), after="")
    rows = [tc(many), tc(p("外") + inner + p("")), tc(box)], [tc(item("甲")), tc(item("乙")), tc("丙")]
    document = checked(read(package(tbl(*rows), numbering=numbering(level(0, "decimal", "%1.")))))
    assert [c[4] for c in cells(document)] == ["一段 二 段 尾", "外 内一 内二", "框", "1. 甲", "2. 乙", "丙"]
    assert len(document.tables) == 1


def test_a_frame_around_prose_is_no_table() -> None:
    prose = p("第一段。") + p("第二段。", '<w:pStyle w:val="1"/>') + tbl([tc("甲"), tc("乙")])
    document = checked(read(package(tbl([tc(prose)]) + tbl([tc("上")], [tc("下")]), styles=STYLES)))
    assert document.text == "第一段。\n第二段。\n甲\t乙\n上\n下\n"
    assert len(document.tables) == 1
    assert document.headings == ((5, 1),)


def test_a_deleted_row_and_a_table_without_text() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc('删')}{tc('去')}</w:tr>"
    table = tbl([tc("甲"), tc("乙")]).replace("</w:tbl>", gone + "</w:tbl>")
    document = checked(read(package(table + tbl([tc(""), tc("")]))))
    assert document.text == "甲\t乙\n"
    assert len(document.tables) == 1


def test_cells_on_later_pages() -> None:
    body = p("一") + f"<w:p>{BREAK}</w:p>" + tbl([tc("甲"), tc("乙")])
    document = checked(read(package(body)))
    assert {cell.page for cell in document.tables[0].cells} == {2}


def test_a_document_that_python_docx_makes() -> None:
    made = docx.Document()
    made.add_heading("2023年度部门决算", 1)
    made.add_paragraph("本年收入12.50万元。")
    made.add_paragraph("甲", style="List Number")
    made.add_paragraph("乙", style="List Number")
    made.add_paragraph("丙", style="List Bullet")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合并"
    table.cell(0, 1).text = "右上"
    table.cell(1, 1).text = "右下"
    made.add_page_break()
    made.add_paragraph("末页")
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.sections[0].footer.paragraphs[0].text = "页脚"
    buffer = io.BytesIO()
    made.save(buffer)
    document = checked(read(buffer.getvalue(), name="a.txt"))
    assert document.text == ("2023年度部门决算\n本年收入12.50万元。\n1. 甲\n2. 乙\n丙\n合并\t右上\n\t右下\f末页\n")
    assert document.headings == ((0, 1),)
    assert document.source.media_type.endswith("wordprocessingml.document")


# --- packages -----------------------------------------------------------------------------------------------------


def members_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


@pytest.mark.parametrize(
    "change",
    [
        lambda name: name.replace("word/", "word\\"),
        lambda name: "/" + name,
        lambda name: name.replace("document.xml.rels", "Document.xml.rels"),
    ],
)
def test_names_written_otherwise(change) -> None:  # type: ignore[no-untyped-def]
    members = {change(name): text for name, text in members_of(package(p("正文"), styles=STYLES)).items()}
    assert read(zipped(members)).text == "正文\n"


def test_a_link_that_leads_nowhere() -> None:
    members = members_of(package(p("正文")))
    members["word/_rels/document.xml.rels"] = relationships({"image": "NULL", "styles": "missing.xml"})
    assert read(zipped(members)).text == "正文\n"


def test_another_name_for_the_main_part() -> None:
    members = members_of(package(p("正文")))
    members["word/document2.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = relationships({"officeDocument": "/word/document2.xml"})
    assert read(zipped(members)).text == "正文\n"


def test_the_strict_form() -> None:
    members = members_of(package(p("正文", '<w:pStyle w:val="1"/>'), styles=STYLES))
    strict = {
        name: text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main") for name, text in members.items()
    }
    document = read(zipped(strict))
    assert (document.text, document.headings) == ("正文\n", ((0, 1),))


@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE d [<!ENTITY x "炸弹">]>', '<!DOCTYPE d SYSTEM "file:///etc/hostname">']
)
def test_012_a_document_type_is_refused(declared: str) -> None:
    members = members_of(package(p("正文")))
    members["word/document.xml"] = declared + members["word/document.xml"]
    assert fault(zipped(members)).code == "RP-READ-012"


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    root = docx.oxml.parse_xml(
        f'<!DOCTYPE d [<!ENTITY a "内部"><!ENTITY b SYSTEM "{secret.as_uri()}">]><d>&a;&b;</d>'.encode()
    )
    assert not root.text
    members = members_of(package(p("正文")))
    members["word/document.xml"] = members["word/document.xml"].replace("正文", "&a;")
    assert fault(zipped(members)).code == "RP-READ-012"


def test_012_damage() -> None:
    whole = package(p("正文" * 50))
    bad = members_of(whole)
    bad["word/document.xml"] = bad["word/document.xml"][:-20]
    cut = bytearray(whole)
    cut[whole.find(b"word/document.xml") + 30] ^= 0xFF
    deep = package("<w:sdt>" * 3000 + p("深") + "</w:sdt>" * 3000)
    for data in (whole[:-30], zipped(bad), bytes(cut), deep, zipped({"word/document.xml": "不是 XML"})):
        error = fault(data)
        assert error.code == "RP-READ-012"
        assert "损坏" in error.reason
        assert "damaged" in error.reason_en


def test_005_without_text() -> None:
    assert fault(package(p("") + p(" 　") + tbl([tc(""), tc("")]))).code == "RP-READ-005"
    assert fault(package("")).code == "RP-READ-005"


def test_006_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fault(package(p("零" * 30_000_000))).code == "RP-READ-006"  # a hundred megabytes
    many = members_of(package(p("正文"))) | {f"word/media/{i}.xml": "" for i in range(10_001)}
    assert fault(zipped(many)).code == "RP-READ-006"
    monkeypatch.setattr("reportparse.readers.docx._RATIO_FROM", 1000)
    assert fault(package(p("零" * 1_000_000))).code == "RP-READ-006"


def test_012_a_part_that_lies_about_its_size_is_not_unpacked() -> None:
    members = members_of(package(p("正文")))
    data = bytearray(zipped(members | {"word/document.xml": " " * 100_000_000}))
    for mark, place, name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = data.find(mark)
        while data[at + name : at + name + 17] != b"word/document.xml":
            at = data.find(mark, at + 1)
        struct.pack_into("<I", data, at + place, 1000)
    tracemalloc.start()
    code = fault(bytes(data)).code
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code == "RP-READ-012"
    assert most < 5_000_000


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_012_a_way_of_packing_that_the_format_does_not_have(compression: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, text in members_of(package(p("正文"))).items():
            file.writestr(name, text)
    assert fault(buffer.getvalue()).code == "RP-READ-012"


def test_011_an_encrypted_member() -> None:
    data = bytearray(package(p("正文")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    assert fault(bytes(data)).code == "RP-READ-011"


def test_016_without_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "docx"]:
        monkeypatch.setitem(sys.modules, name, None)  # type: ignore[arg-type]
    error = fault(package(p("正文")))
    assert error.code == "RP-READ-016"
    assert 'pip install "reportparse[docx]"' in error.reason
    assert 'pip install "reportparse[docx]"' in error.reason_en


def test_the_end_of_it_is_linear() -> None:
    import time

    def seconds(count: int) -> float:
        body = (item("一段文字，" * 20) + tbl([tc("甲"), tc("1.5")], [tc("乙"), tc("2.5")])) * count
        data = package(body, numbering=numbering(*OUTLINE))
        begin = time.process_time()
        read(data)
        return time.process_time() - begin

    seconds(10)
    assert seconds(4000) < 20 * max(seconds(1000), 0.05)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_is_a_document_or_a_read_error(data: st.DataObject) -> None:
    whole = bytearray(package(p("正文") + tbl([tc("甲"), tc("乙")]), styles=STYLES, numbering=numbering(*OUTLINE)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        read(bytes(whole[: data.draw(st.integers(4, len(whole)))]))


# --- real documents -----------------------------------------------------------------------------------------------

REAL = sorted((SAMPLES / "real" / "work-report").glob("*.docx")) if SAMPLES.is_dir() else []


@pytest.mark.skipif(not REAL, reason=f"no real DOCX at {SAMPLES} (REPORTPARSE_SAMPLES)")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_no_character_of_a_real_document_is_lost_or_doubled(path: Path) -> None:
    document = checked(read(path))
    with zipfile.ZipFile(path) as file:
        source = file.read("word/document.xml").decode("utf-8")
    printed = "".join(html.unescape(text) for text in re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", source))
    assert document.text.replace("\n", "") == printed
    paragraphs = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    assert document.text.split("\n") == [*"\n".join(paragraphs).strip("\n").split("\n"), ""]

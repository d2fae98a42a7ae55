"""HTML: the text that a browser shows, tables with their cells, and the site left out where that is certain."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.readers import read
from reportparse.readers.html import read_html

pytest.importorskip("lxml")

PAGES = sorted((Path(__file__).parent / "html").glob("*.html"))
# What stands in the pages but is the site's, or is not shown.
CHROME = (
    "脚本", "网站标志", "星期一", "政务服务", "互动交流", "首页", "浏览次数", "字体", "打印】", "打印本页", "关闭",
    "分享到", "微信", "主办：", "版权所有", "ICP备", "网站标识码", "请输入关键字", "搜索", "您所在的位置", "您现在的位置",
    "索引号", "索 引 号", "主题分类", "相关推荐", "往年预算", "字号", "栏目导航", "下载中心", "阅读次数", "12345", "点击数",
    "友情链接", "县政府网", "隐藏", "模板文字", "请启用脚本", "导航", "防复制", "编辑备注", "输入框", "公开方式", "返回顶部",
    "扫一扫", "上一篇", "市财政局", "技术支持", "要闻动态", "Normal", "宋体", "收藏", "阅读：",
)  # fmt: skip


def html(body: str, head: str = "") -> bytes:
    body = body if body.startswith("<body") else f"<body>{body}</body>"
    return f"<!DOCTYPE html><html><head>{head}</head>{body}</html>".encode()


def document_of(body: str, head: str = "") -> Document:
    return checked(read_html(html(body, head), "a.html"))


def lines_of(body: str, head: str = "") -> list[str]:
    return document_of(body, head).text.splitlines()


def cells_of(body: str) -> list[tuple[int, int, int, int, str]]:
    document = document_of(body)
    (table,) = document.tables
    return [(c.row, c.column, c.rows, c.columns, document.text[c.start : c.end]) for c in table.cells]


def checked(document: Document) -> Document:
    """What holds for every document."""
    text = document.text
    assert document.whole_lines
    assert document.page_starts == (0,)
    assert (document.source.reader, document.source.media_type) == ("html", "text/html")
    assert document.source.encoding_reason
    assert text.endswith("\n")
    assert not set(text) & set("\r\f\v\0\x85\u2028\u2029")
    assert all(line.strip() for line in text.split("\n")[:-1]) or document.tables
    for start, level in document.headings:
        assert start == 0 or text[start - 1] == "\n"
        assert 1 <= level <= 6
    last = 0
    for table in document.tables:
        assert last <= table.start < table.end
        assert table.start == 0 or text[table.start - 1] == "\n"
        assert text[table.end] == "\n"
        last = table.end
        for cell in table.cells:
            assert text.count("\n", table.start, cell.start) == cell.row
            assert cell.start == table.start or text[cell.start - 1] in "\t\n"
            assert text[cell.end] in "\t\n"
            assert not set(text[cell.start : cell.end]) & set("\t\n")
            assert (cell.page, cell.box) == (1, None)
    return document


def fault(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(data)
    return caught.value


# --- whole pages --------------------------------------------------------------------------------------------------


def test_there_are_ten_pages() -> None:
    assert len(PAGES) == 10


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page(path: Path) -> None:
    document = checked(read(path))
    assert document.text == path.with_suffix(".txt").read_text(encoding="utf-8")
    present = [word for word in CHROME if word in document.text]
    assert [word for word in present if word not in KEPT.get(path.stem, ())] == []


KEPT = {"hidden-chrome": ("当前位置",)}


@pytest.mark.parametrize(
    ("page", "encoding", "reason"),
    [
        ("content-system", "gb18030", "declared in the file"),
        ("undeclared-gb18030", "gb18030", "everyday characters"),
        ("modern", "utf-8", "strict UTF-8"),
        ("table-layout", "gb18030", "declared in the file"),
        ("utf-16", "utf-16-le", "byte-order mark"),
    ],
)
def test_the_encoding_of_a_page(page: str, encoding: str, reason: str) -> None:
    source = read(Path(__file__).parent / "html" / f"{page}.html").source
    assert source.encoding == encoding
    assert reason in (source.encoding_reason or "")


def test_the_headings_of_a_page() -> None:
    document = read(Path(__file__).parent / "html" / "modern.html")
    found = [(document.text[start:].partition("\n")[0], level) for start, level in document.headings]
    assert found == [
        ("云岭县水务局2024年部门预算说明", 1), ("一、基本职能", 2), ("二、收支预算", 2), ("（一）收入预算", 3),
    ]  # fmt: skip


# --- encodings ----------------------------------------------------------------------------------------------------

REPORT = "收入合计12.5万元，支出合计11.9万元，执行率95.2%。"


def declaring(charset: str, text: str = REPORT) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (declaring("gb2312").encode("gb18030"), "gb18030"),
        (declaring("GBK", REPORT + "镕堃").encode("gb18030"), "gb18030"),
        (declaring("gb2312").encode("utf-8"), "utf-8"),
        (declaring("utf-8").encode("gb18030"), "gb18030"),
        (declaring("iso-8859-1").encode("gb18030"), "gb18030"),
        (declaring("no-such").encode("gb18030"), "gb18030"),
        (declaring("big5", "預算收入合計與支出說明，機關經費執行率。" * 3).encode("big5"), "cp950"),
        (declaring("gb2312", "預算收入合計與支出說明，機關經費執行率。" * 3).encode("big5"), "cp950"),
        (declaring("utf-8").encode("utf-16"), "utf-16-le"),
        (declaring("utf-16").encode("utf-16-be"), "utf-16-be"),
        (declaring("gb2312").encode("utf-8-sig"), "utf-8-sig"),
        (f'<?xml version="1.0" encoding="GB2312"?><html><body>{REPORT}</body></html>'.encode("gb18030"), "gb18030"),
        (declaring("utf-8", "&#25910;&#x5165;&nbsp;12.5").encode("ascii"), "utf-8"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    document = checked(read(data))
    assert document.source.encoding == encoding
    assert "\ufffd" not in document.text
    assert document.text.startswith(("收入", "預算"))


def test_an_encoding_asked_for() -> None:
    document = read(declaring("utf-8").encode("gb18030"), encoding="gb18030")
    assert (document.text, document.source.encoding_reason) == (REPORT + "\n", "asked for")
    with pytest.raises(ReadError) as caught:
        read(declaring("gb2312").encode("gb18030"), encoding="utf-8")
    assert caught.value.code == "RP-READ-008"


# --- lines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>一</p><p>二</p>", "一|二"),
        ("一<br>二<br/><br>三", "一|二|三"),
        ("<div>一<p>二</div>三", "一|二|三"),
        ("<p>收入 \t 合计  12.5\n万元</p>", "收入 合计 12.5 万元"),
        ("<p>收入 \n  合计</p>", "收入合计"),
        ("<p>收入 合计</p>", "收入 合计"),
        ("<p>收入<!-- 注 -->合计<?php 1 ?>数</p>", "收入合计数"),
        ("<p>收<b>入</b><span>合</span><font>计</font></p>", "收入合计"),
        ("<p>面积10<sup>2</sup>平方米，CO<sub>2</sub></p>", "面积102平方米，CO2"),
        ("<p>&ldquo;三公&rdquo;&amp;&lt;1%&hellip;&#8451;</p>", "“三公”&<1%…℃"),
        ("<p>&nbsp;</p><p>　</p><p>一</p>", "一"),
        ("<p>　　一、概况</p>", "　　一、概况"),
        ("<span style='display:block'>一</span>二", "一|二"),
        ("<p>一<script>var a='二'</script><style>p{}</style>三</p>", "一三"),
        ("<p>一<input value='二'><select><option>三</select><button>四</button></p>", "一"),
        ("<form><p>一</p></form>", "一"),
        ("<pre>一\n  二\n\n三</pre>", "一|\xa0\xa0二|三"),
        ("<ol><li>甲<li>乙</ol>", "1. 甲|2. 乙"),
        ("<ol start=3><li>甲<li value=7>乙<li>丙</ol>", "3. 甲|7. 乙|8. 丙"),
        ("<ol type=a><li>甲</ol><ol type=I><li>乙</ol>", "a. 甲|I. 乙"),
        ("<ol style='list-style-type:cjk-ideographic'><li>甲</ol>", "一、甲"),
        ("<ol style='list-style: none'><li>甲</ol><ul><li>乙</ul>", "甲|乙"),
        ("<ol><li><p>甲</p><ol type=A><li>子</ol><li>乙<ul><li>点</ul></ol>", "1. 甲|A. 子|2. 乙|点"),
        ("<ol start='坏'><li></li><li>乙</ol>", "2. 乙"),
        ("<p>一\u2028二\u0085三</p>", "一 二 三"),
        ("<p>一</p><p hidden>二</p>三", "一|三"),
        ("<object>一</object><p>二</p>", "二"),
        ("<body style='display:none'><p>一</p></body>", "一"),
    ],
)
def test_lines(body: str, expected: str) -> None:
    assert lines_of(body) == expected.split("|")


@pytest.mark.parametrize(
    "line",
    [
        "当前位置：首页 &gt; 正文",
        "<span>您的位置</span>：<a href='/'>首页</a>",
        "字体：大 中 小",
        "【字号：<a href='#'>大</a> <a href='#'>中</a> <a href='#'>小</a>】",
        "[打印] [关闭]",
        "分享到：微信 微博",
        "浏览次数：1234次",
        "【打印本页】【关闭窗口】",
        "某ICP备00000000号-1",
        "版权所有：某县人民政府",
        "扫一扫在手机打开当前页",
        "上一篇：关于某事的通知",
    ],
)
def test_a_line_of_the_site(line: str) -> None:
    assert lines_of(f"<p>一、概况</p><div>{line}</div><p>二、收支</p>") == ["一、概况", "二、收支"]


@pytest.mark.parametrize(
    "line",
    [
        "项目当前位置：东岸三号地块",
        "所在位置：东岸三号地块",
        "打印设备购置",
        "收藏",
        "微信",
        "大",
        "中",
        "分享经济发展资金",
        "浏览量达到1万次，宣传效果良好",
        "2024年1月，完成打印 关闭窗口检修。",
        "关于首页改版的说明",
        "来源：财政拨款",
        "文号：某财〔2023〕8号",
    ],
)
def test_a_line_that_may_be_the_reports(line: str) -> None:
    assert lines_of(f"<p>一、概况</p><p>{line}</p><p>二、收支</p>") == ["一、概况", line, "二、收支"]


def test_several_elements_that_hold_the_report() -> None:
    part = "<p>{}收入合计12万元。</p>" * 3
    body = (
        f"<div class=nav><a href=/1>甲</a><a href=/2>乙</a></div><div><div class=TRS_Editor>{part.format(1, 2, 3)}</div>"
        f"<p>其间的一行</p><div class=TRS_Editor>{part.format(4, 5, 6)}</div></div>"
    )
    assert lines_of(body) == [f"{i}收入合计12万元。" for i in (1, 2, 3)] + ["其间的一行"] + [
        f"{i}收入合计12万元。" for i in (4, 5, 6)
    ]


def test_an_element_named_like_content_that_is_not() -> None:
    report = "<p>一、概况</p><p>本单位编制12人。</p><p>二、收支</p><p>收入合计12万元。</p>"
    assert lines_of(f"<div class=content>联系我们</div><div>{report}</div>")[-4:] == [
        "一、概况", "本单位编制12人。", "二、收支", "收入合计12万元。",
    ]  # fmt: skip


def test_much_text_is_not_left_out_for_its_name() -> None:
    body = (
        "<div class=TRS_Editor><p>摘要：收入12万元。</p></div><div class=pages>"
        + "<p>收入合计12万元。</p>" * 30
        + "</div>"
    )
    document = document_of(f"<div>{body}</div>")
    assert (document.text.count("摘要"), document.text.count("合计")) == (1, 30)


def test_a_contents_page_of_links_stays() -> None:
    body = (
        "<ul><li><a href='#a'>一、概况</a><li><a href='#b'>二、收支</a><li><a href='#c'>三、绩效</a></ul><p>正文。</p>"
    )
    assert lines_of(body) == ["一、概况", "二、收支", "三、绩效", "正文。"]


# --- tables -------------------------------------------------------------------------------------------------------


def test_cells() -> None:
    table = (
        "<table border=1><caption>收支表</caption><thead><tr><th rowspan=2>项目<th colspan=2>金额</tr>"
        "<tr><td>预算<td>决算</tr></thead><tbody><tr><td>合计<td>10<td></tr></tbody></table>"
    )
    assert cells_of(f"<p>前</p>{table}<p>后</p>") == [
        (0, 0, 2, 1, "项目"), (0, 1, 1, 2, "金额"), (1, 1, 1, 1, "预算"), (1, 2, 1, 1, "决算"),
        (2, 0, 1, 1, "合计"), (2, 1, 1, 1, "10"), (2, 2, 1, 1, ""),
    ]  # fmt: skip
    assert document_of(f"<p>前</p>{table}<p>后</p>").text == ("前\n收支表\n项目\t金额\n\t预算\t决算\n合计\t10\t\n后\n")


def test_cells_of_odd_tables() -> None:
    rows = "<tr><td rowspan=0>甲<td rowspan=2>乙<td>丙</tr><tr><td>丁</tr><tr><td rowspan=99>戊<td colspan=x>己</tr>"
    assert cells_of(f"<table border=1>{rows}</table>") == [
        (0, 0, 3, 1, "甲"), (0, 1, 2, 1, "乙"), (0, 2, 1, 1, "丙"), (1, 2, 1, 1, "丁"),
        (2, 1, 1, 1, "戊"), (2, 2, 1, 1, "己"),
    ]  # fmt: skip


def test_what_stands_in_a_cell() -> None:
    cell = "<p>一\n二</p><p>三<br>四</p><ol><li>甲<li>乙</ol><script>x</script><table><tr><td>内<td>表</table>"
    found = cells_of(
        f"<table border=1><tr><td>项<td>{cell}<tr><td>很长的一个项目名称，共二十个字以上才算多<td>2</table>"
    )
    assert found[1][4] == "一二 三 四 1. 甲 2. 乙 内 表"


PROSE = "<p>" + "本项目按计划完成，效果良好。" * 10 + "</p>"


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td><p>一</p><p>二</p></td></tr></table>",
        "<table><tr><td>一</td></tr><tr><td>二</td></tr></table>",
        "<table role=presentation><tr><td>一<td>二<tr><td>三<td>四</table>",
        "<table><tr><td>一<td>二</table>",
        "<table style='border: none'><tr><td>一<td>二</table>",
        f"<table><tr><td>导航<td>更多</tr><tr><td>左<td>{PROSE * 3}</table>",
        "<table><tr><td>左<td><h2>标题</h2>正文</tr><tr><td>下<td>右</table>",
    ],
)
def test_a_table_that_sets_the_page_is_none(table: str) -> None:
    assert document_of(table).tables == ()


def test_a_table_in_one_that_sets_the_page() -> None:
    inner = "<table border=1><tr><td>项目<td>金额<tr><td>合计<td>10</table>"
    document = document_of(f"<table border=1><tr><td>左</td><td>{inner}</td></tr><tr><td>a<td>b</table>")
    assert document.text == "左\n项目\t金额\n合计\t10\na\nb\n"
    assert len(document.tables) == 1


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "<p>&nbsp;</p>", "<script>var a = 1</script>", "<div hidden>隐藏</div>"])
def test_005_without_text(body: str) -> None:
    assert fault(html(body)).code == "RP-READ-005"


def test_013_only_images() -> None:
    error = fault(
        html("<nav><a href=/>首页</a></nav><p><img src=1.jpg></p><p><img src=2.jpg></p>", "<title>扫描</title>")
    )
    assert error.code == "RP-READ-013"
    assert "图片" in error.reason
    assert "images" in error.reason_en


def test_012_nested_without_end() -> None:
    assert fault(html("<div>" * 5000 + "正文")).code == "RP-READ-012"
    assert document_of("<div>" * 1500 + "正文").text == "正文\n"


def test_016_without_lxml(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "lxml"]:
        monkeypatch.setitem(sys.modules, name, None)  # type: ignore[arg-type]
    error = fault(html("正文"))
    assert error.code == "RP-READ-016"
    assert 'pip install "reportparse[html]"' in error.reason
    assert 'pip install "reportparse[html]"' in error.reason_en


def test_entities_of_a_document_type_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY a SYSTEM "{secret.as_uri()}">]><html><body><p>&a;正文</p></body></html>'
    assert "秘密" not in read(page.encode()).text


@pytest.mark.parametrize(
    "piece",
    [
        "<p>本年收入合计12.5万元，支出合计11.9万元。</p>",
        "<table border=1><tr><td>甲<td>1.5</tr><tr><td>乙<td>2.5</table>",
        "<div><a href=/1>一</a><a href=/2>二</a></div>",
        "<ol><li>甲<ol><li>乙</ol></ol>",
        "大 中 小 1 ",
        "<td rowspan=9>甲",
    ],
)
def test_the_time_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        data = html("<table border=1><tr>" * piece.startswith("<td") + piece * count)
        begin = time.process_time()
        read(data)
        return time.process_time() - begin

    seconds(10)
    assert seconds(8000) < 20 * max(seconds(2000), 0.05)


PIECES = st.sampled_from(
    "<p> </p> <div> </div> <table> <tr> <td> </td> </tr> </table> <li> <ol> </ol> <br> <a> <pre> <h1> </h1> "
    "<td\trowspan=2> <td\tcolspan=3> <table\tborder=1> <div\tclass=content> <div\tclass=nav> 收入 12.5万元 打印 &nbsp; \n "
    "<span\thidden> 当前位置： <a\thref=/1> </a> <header> <th> <caption>".split(" ")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_page_is_a_document_or_a_read_error(pieces: list[str]) -> None:
    try:
        document = read_html(html("".join(pieces)), "a.html")
    except ReadError as error:
        assert error.code in ("RP-READ-005", "RP-READ-013")  # noqa: PT017
    else:
        checked(document)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<table>", "<tr>", "<td>"]), max_size=30)
)
def test_text_that_is_nobodys_chrome_stands_in_the_document_once(tags: list[str]) -> None:
    words = [f"第{i}项" for i in range(len(tags) + 1)]
    page = words[0] + "".join(tag + word for tag, word in zip(tags, words[1:], strict=True))
    text = document_of(page).text
    assert [text.count(word) for word in words] == [1] * len(words)

"""Shapes: which lines are one block, and what kind of block it is."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.layout import lay_out
from reportparse.text import fold

BODY = "2023年我单位严格执行预算，全面完成了各项工作任务，取得了较好的成效。"


def blocks(text: str) -> list[tuple[str, str]]:
    layout = lay_out(text)
    return [(block.kind, layout.flat.text[block.start : block.end]) for block in layout.blocks]


def paragraphs(text: str) -> list[str]:
    return [line for kind, line in blocks(f"一、概况\n\n{BODY}\n\n{text}\n\n二、其他情况\n\n{BODY}")][2:-2]


JOINED = [
    ("in mid-word", "核定编制3人，实有人\n员5人。"),
    ("in mid-number", "收入总计113.\n47万元，增长2%。"),
    ("between digits", "收入总计11\n3.47万元，增长2%。"),
    ("before a unit", "收入总计113.47\n万元，增长2%。"),
    ("before punctuation", "收入总计113.47万元\n，增长2%。"),
    ("after a comma", "收入总计113.47万元，\n增长2%。"),
    (
        "over a blank line",
        "传达学习会议精神，把落实会议精神和主题教育成果结合起来，开展了四次、五次、\n\n六次学习活动。",
    ),
    ("over a page number", "收入总计113.47万元，其中：\n- 2 -\n财政拨款收入113.47万元。"),
    ("over another page number", "收入总计113.47万元，其中\n\n第 3 页 共 12 页\n\n财政拨款收入113.47万元。"),
    ("inside brackets", "公务用车运行维护费（含燃料费、维\n修费）3万元。"),
    ("a class cut in its path", "1.住房保障支出（类）住房改\n革支出（款）住房公积金（项）12万元，与上年持平。"),
    ("a run-in heading", "（四）履职效\n果。全年启闭闸门306次，没有发生事故。"),
    ("a run-in heading that could be whole", "（一）产出指标（50分）\n完成情况。全年培训12期。"),
    ("a run-in heading over a blank line", "（三）支出\n\n情况。本年支出合计12万元。"),
    ("after a run-in label", "（二）机构设置：本馆内设办公\n室、研究部、活动部等3个部室。"),
    ("after one character", "（5）住\n房保障支出12万元，占4%。"),
    ("in a short first clause", "（一）按支出功能分类科\n目，共分为4类：教育支出12万元。"),
    ("in a sentence with a number", "2.我单位没\n有50万以上项目。"),
    ("three lines", "全年组织\n培训\n12期。"),
]

APART = [
    ("two sentences", "全年培训12期。\n参训人员600人次。", 2),
    ("two paragraphs", "全年培训12期。\n\n参训人员600人次。", 2),
    ("a heading and a sentence", "（一）收入情况\n全年收入12万元。", 2),
    ("a heading over a blank line", "（一）收入情况\n\n全年收入12万元。", 2),
    ("two headings", "三、收支情况\n（一）收入情况", 2),
    ("a heading over one that may follow its last word", "（一）产出指标\n数量。全年培训12期。\n质量。合格率98%。", 3),
    ("an unnumbered heading", "机构职能：\n负责全县档案的收集和管理。", 2),
    (
        "a heading over run-in headings",
        "（一）收支总体情况\n　　2025年收支总预算9万元，比上年增加1万元。\n（二）收入情况。收入预算9万元。\n（三）支出情况。支出预算9万元。",
        4,
    ),
    ("a heading over another", "四、存在问题及建议\n存在的问题：\n追加资金多在第三季度下达。", 3),
    ("fields of a form", "人员编制：21\n\n实有人数：19\n\n车辆编制：3辆\n\n填报日期：2024年3月", 4),
    ("numbered items", "1、负责档案收集。\n2、负责档案保管。\n3、负责档案利用。", 3),
    ("items over blank lines", "1．负责档案收集；\n\n2．负责档案保管；\n\n3．负责档案利用。", 3),
]


@pytest.mark.parametrize("text", [case[1] for case in JOINED], ids=[case[0] for case in JOINED])
def test_lines_of_one_paragraph(text: str) -> None:
    whole = re.sub(r"\n+(?:- 2 -|第 3 页 共 12 页)?\n*", "", text)
    assert paragraphs(text) == [whole]


@pytest.mark.parametrize(("text", "count"), [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_lines_apart(text: str, count: int) -> None:
    assert len(paragraphs(text)) == count
    assert paragraphs(text) == [fold(line).strip() for line in text.split("\n") if line]


def test_hard_wrapped_text() -> None:
    words = (
        "我局坚持以人民为中心的发展思想扎实推进各项重点工作落实落细持续提升公共服务水平和资金使用效益不断增强群众获得感"
        * 5
    )
    lines = [words[at : at + 30] for at in range(0, 240, 30)]
    assert paragraphs("\n".join(lines) + "。") == ["".join(lines) + "。"]


@pytest.mark.parametrize("width", [60, 68, 76])
def test_a_full_line_is_known_by_its_printed_width(width: int) -> None:
    """Digits take half the room of a Chinese character: lines of one width differ in the number of their characters."""
    words = "".join(
        f"{n}.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）。年初预算为{n}56.20万元，"
        f"支出决算为{n}54.48万元，完成年初预算的96.94%，主要原因是人员调出后缴费减少，其余各项支出按合同支付。\n"
        for n in range(1, 9)
    )
    lines: list[str] = []
    for paragraph in words.splitlines():
        start = at = wide = 0
        for at, char in enumerate(paragraph):
            room = 1 if char < "\x7f" else 2
            if wide + room > width:
                lines.append(paragraph[start:at])
                start, wide = at, 0
            wide += room
        lines.append(paragraph[start:])
    assert [line for _, line in blocks("一、概况\n" + "\n".join(lines))][1:] == words.splitlines()


def test_indents_set_paragraphs_apart() -> None:
    text = "一、概况\n" + "".join(
        f"　　第{n}项工作由本单位组织实施并按期完成，\n群众满意度进一步提高。\n" for n in "一二三四五六七"
    )
    assert [line for kind, line in blocks(text) if kind == "paragraph"] == [
        f"第{n}项工作由本单位组织实施并按期完成，群众满意度进一步提高。" for n in "一二三四五六七"
    ]


FURNITURE = ["- 3 -", "— 10 —", "－ 2 －", "第3页", "第 3 页 共 12 页", "3/12", "Page 3", "~4~"]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_page_number_is_furniture(line: str) -> None:
    text = f"一、概况\n\n{BODY}\n\n{line}\n\n{BODY}"
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.furniture] == [line]
    assert layout.flat.text.count(BODY) == 2


def test_bare_numbers_that_count_on_are_page_numbers() -> None:
    text = "\n".join(f"{BODY * 6}\n{page}" for page in (1, 2, 3))
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.furniture] == ["1", "2", "3"]


@pytest.mark.parametrize("lone", ["12", "2023", "3"])
def test_a_bare_number_alone_is_text(lone: str) -> None:
    assert lay_out(f"一、概况\n{BODY}\n{lone}\n{BODY}").furniture == []


def test_the_number_of_an_annex_and_the_year_of_its_title_are_two() -> None:
    laid = lay_out(
        f"一、概况\n{BODY}\n\n附件1\n2021年度古树保护项目自评表\n单位：万元\n项目名称\t古树保护\n预算数\t12.00\n"
    )
    texts = [laid.flat.text[block.start : block.end] for block in laid.blocks]
    assert texts[2:5] == ["附件1", "2021年度古树保护项目自评表", "单位：万元"]


WRAPPED = [
    "全年共有三十二个村报来材料，经办人员逐村核对之后归入档案，其中两",
    "的目录还要补齐，其余的已经上架，借阅的人可以在窗口当场查到需要的",
]


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ("个村", "1", "的目"),
        ("支出3", "1", "22万元"),
        ("共3.2", "1", "2万元"),
        ("共支3", "1", "万元，"),
        ("共有3万", "2", "元，"),
    ],
)
def test_a_bare_number_between_full_lines_of_a_sentence_is_a_page_number(before: str, number: str, after: str) -> None:
    first, last = WRAPPED
    lines = [first, last, first[: -len(before)] + before, number, after + last[len(after) :], first, last]
    text = "一、概况\n" + "\n".join(lines) + "。"
    assert [text[a:b] for a, b in lay_out(text).furniture] == [number]


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ("共有", "3", "个村"),
        ("共支", "122", "万元"),
        ("共计", "1", "，其"),
        ("见附件", "1", "的目"),
        ("共3", "1", "的目"),
    ],
)
def test_a_run_of_digits_on_a_line_of_its_own_is_a_figure(before: str, number: str, after: str) -> None:
    first, last = WRAPPED
    lines = [first, last[:20], last[20:] + before, number, after + first[:12], first[12:] + last, "2", "处", last[3:]]
    text = "一、概况\n" + "\n".join(lines) + "。"
    assert lay_out(text).furniture == []


@pytest.mark.parametrize(
    ("before", "number", "after", "is_page"),
    [
        ("全年拨付两批补助共3286.20万", "1", "元，其余的留待下年安排。", True),
        ("全年拨付两批补助的年初预算为", "1", "289.04万元，其余的留待下年安排。", True),
        (
            "全年拨付两批补助的年初预算为",
            "15",
            "62万元，其余的留待下年安排。",
            False,
        ),  # no fifteen pages stand before it
        ("全年拨付两批补助的年初预算为", "12", "万元，其余的留待下年安排。", False),
    ],
)
def test_a_page_number_cuts_a_paragraph_of_one_line(before: str, number: str, after: str, is_page: bool) -> None:
    text = f"一、概况\n{BODY}\n{BODY}{before}\n{number}\n{after}{BODY}\n二、其他\n{BODY}"
    assert [text[a:b] for a, b in lay_out(text).furniture] == ([number] if is_page else [])


@pytest.mark.parametrize("heading", ["（一）自评结论", "1、自评结论", "（1）自评结论"])
def test_a_bare_number_between_numbered_headings_is_a_page_number(heading: str) -> None:
    text = f"一、概况\n{BODY}\n二、绩效自评情况\n1\n{heading}\n{BODY}"
    assert [text[a:b] for a, b in lay_out(text).furniture] == ["1"]
    table = "一、收入\n10\n（一）财政拨款\n8\n（二）其他\n2"
    assert lay_out(table).furniture == []


def test_a_number_between_cells_is_no_page_number() -> None:
    cells = ["及时完成年度内各项资料的收集整理和入库上架工作任务", "10", "按期完成，质量合格", "8", "无"]
    assert lay_out("一、概况\n" + "\n".join(cells)).furniture == []


def test_a_running_head_goes_with_its_page_numbers() -> None:
    head = "某县档案馆绩效报告"
    text = "\n".join(f"{BODY * 6}\n- {page} -\n{head}" for page in (1, 2, 3)) + f"\n{BODY}"
    layout = lay_out(text)
    assert sorted({text[a:b] for a, b in layout.furniture}) == ["- 1 -", "- 2 -", "- 3 -", head]


PAGED = [
    ("the head before the page", "某县档案馆          第 {} 页"),
    ("no blank", "某县档案馆第{}页"),
    ("a dash", "某县档案馆2023年度决算 - {} -"),
    ("the page first", "第 {} 页 共 9 页 某县档案馆"),
    ("bare", "某县档案馆  {}"),
]


@pytest.mark.parametrize("line", [case[1] for case in PAGED], ids=[case[0] for case in PAGED])
def test_a_running_head_on_the_line_of_its_page_number(line: str) -> None:
    parts = ["支出预算为12.50万元，其中基本支出9.50万元，用于保障机构正常运转的日", "常支出；项目支出3.00万元。"]
    text = "\n".join(f"{BODY * 4}\n{parts[0]}\n{line.format(page)}\n{parts[1]}" for page in (1, 2, 3))
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.furniture] == [line.format(page) for page in (1, 2, 3)]
    assert layout.flat.text.count("".join(parts)) == 3


def test_a_running_head_without_a_page_number() -> None:
    parts = ["支出预算为12.50万元，其中基本支出9.50万元，用于保障机构正常运转的日", "常支出；项目支出3.00万元。"]
    text = "\n".join(f"{BODY * 9}\n{parts[0]}\n某县档案馆2023年度决算\n{parts[1]}" for _ in range(3))
    layout = lay_out(text)
    assert {text[a:b] for a, b in layout.furniture} == {"某县档案馆2023年度决算"}
    assert layout.flat.text.count("".join(parts)) == 3


def test_a_running_head_among_cells() -> None:
    cells = [
        "项目",
        "决算数",
        "基本支出",
        "12.50",
        "项目支出",
        "3.00",
        "某县档案馆 第2页",
        "其他支出",
        "0.50",
        "合计",
        "16.00",
    ]
    text = "\n".join(["一、概况", BODY * 2, "某县档案馆 第1页", BODY * 2, *cells, "二、其他情况", BODY])
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.furniture] == ["某县档案馆 第1页", "某县档案馆 第2页"]
    rows = [layout.flat.text[b.start : b.end] for b in layout.blocks if b.kind == "table"]
    assert rows == [cell for cell in cells if "第" not in cell]


@pytest.mark.parametrize(
    "rows",
    [
        ["合计 12", "合计 13", "合计 14"],  # no page's worth of text between them
        [f"{BODY * 3}\n办公费 3", f"{BODY * 3}\n办公费 3", f"{BODY * 3}\n办公费 3"],  # they do not count on
        [f"{BODY * 9}\n年末结转和结余" for _ in range(4)],  # after a whole sentence
    ],
)
def test_no_running_head(rows: list[str]) -> None:
    assert lay_out("一、概况\n" + "\n".join(rows) + f"\n{BODY}").furniture == []


CONTENTS = [
    "目录\n一、概况1\n二、收支情况1\n三、绩效评价2",
    "目录\n一、概况……………1\n二、收支情况……………3\n三、绩效评价……………8",
    "目  录\n一、概况 1\n二、收支情况 3\n三、绩效评价 8",
    "目录\n一、概况\n二、收支情况\n三、绩效评价",
    "目录\n一、概况 ......... 1\n二、收支情况 ......... (3)\n三、绩效评价 ......... 8-10",
]


@pytest.mark.parametrize("page", CONTENTS)
def test_a_contents_page(page: str) -> None:
    text = f"{page}\n\n一、概况\n{BODY}\n二、收支情况\n{BODY}\n三、绩效评价\n{BODY}"
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.contents] == page.split("\n")
    assert [line for kind, line in blocks(text) if kind == "heading"] == ["一、概况", "二、收支情况", "三、绩效评价"]


@pytest.mark.parametrize("page", ["{}1", "{} 1", "{}", "{}……1"])
def test_a_contents_page_without_a_title(page: str) -> None:
    titles = ["第一部分概况", "一、主要职能", "二、机构设置", "第二部分情况说明", "一、收入情况"]
    contents = [page.format(title) for title in titles]
    text = "\n".join(["某县档案馆2023年度部门决算", *contents, *(f"{title}\n{BODY}" for title in titles)])
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.contents] == contents
    assert [line for kind, line in blocks(text) if kind == "heading"] == titles


@pytest.mark.parametrize(
    "begin",
    [
        "某县档案馆2023年部门预算——部门概况\n一、主要职责",  # the report's own title before the name of the part
        "某县档案馆部门概况\n一、主要职责",  # a heading that the contents do not have
        "一、主要职责",  # the parts are not named again
    ],
)
def test_a_contents_page_whose_parts_are_headed_otherwise(begin: str) -> None:
    entries = ["第一部分部门概况", "一、主要职责", "二、机构设置", "第二部分2023年部门预算情况说明", "第三部分名词解释"]
    text = "\n".join(["某县档案馆2023年部门预算", "目录", *entries, f"{begin}\n{BODY}", f"二、机构设置\n{BODY}"])
    layout = lay_out(text)
    assert [text[a:b] for a, b in layout.contents] == ["目录", *entries]


def test_headings_that_stand_together_are_no_contents_page() -> None:
    text = f"某县档案馆\n第一部分概况\n一、主要职能\n（一）基本职能\n{BODY}\n二、机构设置\n{BODY}\n一、主要职能\n{BODY}"
    assert lay_out(text).contents == []


def test_a_contents_page_with_glued_page_numbers_says_nothing_of_the_text() -> None:
    text = f"目录\n一、概况2\n二、收支情况2\n三、绩效评价20\n\n一、概况\n{BODY}\n二、收支情况\n{BODY}\n三、绩效评价\n{BODY}"
    assert [line for kind, line in blocks(text) if kind == "heading"] == ["一、概况", "二、收支情况", "三、绩效评价"]


TABLES = [
    ("pipes", "|项目|预算数|执行数|\n|基本支出|12.5|12.1|\n|项目支出|3|3|"),
    ("tabs", "项目\t预算数\t执行数\n基本支出\t12.5\t12.1\n项目支出\t3\t3"),
    ("columns", "项目      预算数    执行数\n基本支出    12.5     12.1\n项目支出    3     3"),
    ("one cell a line", "项目名称\n预算数\n执行数\n基本支出\n12.5\n12.1\n项目支出\n3\n3"),
    ("html", "<table><tr><td>项目</td>\n<td>预算数</td></tr>\n<tr><td>基本支出</td><td>12.5</td></tr></table>"),
]


@pytest.mark.parametrize("rows", [case[1] for case in TABLES], ids=[case[0] for case in TABLES])
def test_a_table(rows: str) -> None:
    text = f"一、概况\n{BODY}\n{rows}\n\n二、收支情况\n{BODY}"
    layout = lay_out(text)
    table = [b for b in layout.blocks if b.kind == "table"]
    cells = [cell for row in rows.split("\n") for cell in re.split(r"<[^>]*>|[|\t]| {2,}", row) if cell]
    assert [layout.flat.text[b.start : b.end] for b in table] == cells
    assert [layout.flat.text[c.start : c.end] for c in layout.grids[0].cells] == cells
    assert {b.table for b in table} == {0}
    assert [line for kind, line in blocks(text) if kind == "heading"] == ["一、概况", "二、收支情况"]


NO_TABLES = ["一般支出12万元，\n项目支出3万元，\n合计15万元。", "1\n2", "办公室\n财务股\n业务股"]


@pytest.mark.parametrize("text", NO_TABLES)
def test_no_table(text: str) -> None:
    assert [b for b in lay_out(f"一、概况\n{BODY}\n{text}\n{BODY}").blocks if b.kind == "table"] == []


def test_a_cover_and_a_signature() -> None:
    text = f"某县档案馆\n2023年度部门整体支出绩效报告\n\n一、概况\n{BODY}\n\n某县档案馆\n2024年3月8日"
    assert [line for kind, line in blocks(text) if kind == "cover"] == [
        "某县档案馆", "2023年度部门整体支出绩效报告", "某县档案馆", "2024年3月8日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "annex",
    [
        "附件：自评表\n" + BODY,
        "名词解释\n" + BODY,
        "项目名称\t预算数\n基本支出\t12.5\n项目支出\t3",
        "附表\n|项目|预算数|\n|基本支出|12.5|",
    ],
)
def test_a_signature_before_what_is_annexed(annex: str) -> None:
    text = f"某县档案馆\n2023年度部门整体支出绩效报告\n\n一、概况\n{BODY}\n\n某县档案馆\n2024年3月8日\n\n{annex}"
    assert [line for kind, line in blocks(text) if kind == "cover"][2:] == ["某县档案馆", "2024年3月8日"]


@pytest.mark.parametrize("line", ["2024年3月8日", "某县档案馆"])
def test_no_signature(line: str) -> None:
    text = f"某县档案馆\n2023年度部门整体支出绩效报告\n\n一、概况\n{BODY}\n{line}\n{BODY}\n{BODY}"
    assert [kind for kind, _ in blocks(text)].count("cover") == 2


@given(st.text(alphabet="一、（）1. 2\n\r\t。，：|目录某县局-万元", max_size=200))
def test_blocks_are_the_whole_text_in_order(text: str) -> None:
    layout = lay_out(text)
    position = 0
    for block in layout.blocks:
        assert block.start == position
        assert block.end > block.start
        assert layout.flat.text[block.end] == "\n"
        position = block.end + 1
    assert position == len(layout.flat.text)
    kept = Counter(c for c in layout.flat.text if not c.isspace())
    kept.update(c for a, b in (*layout.furniture, *layout.contents) for c in text[a:b] if not c.isspace())
    # Of a table what parts its cells is in none of them: bars, tags, the rule under its headings.
    printed = (
        re.sub(r"<[^<>]*>|&nbsp;", "", text) if any(b.kind == "table" for b in layout.blocks) or "<" in text else text
    )
    lost = Counter(fold(c) for c in printed if not c.isspace()) - Counter(fold(c) for c in kept.elements())
    assert set(lost) <= set("|:：-"), lost


@pytest.mark.parametrize("unit", ["万元", " 万元", "%"])
def test_decimals_cut_at_the_end_of_a_line_go_on(unit: str) -> None:
    text = f"一、概况\n去年全年的支出比上一年减少了588.794\n561{unit}，下降的原因是项目收尾，其余各项没有变化。"
    assert f"588.794561{unit.strip()}" in lay_out(text).flat.text.replace(" ", "").replace("\n", "")


def test_headings_in_bold_are_headings() -> None:
    text = f"**一、主要职能**\n\n{BODY}\n\n**（二）支出情况。**本年支出合计900.00万元。\n"
    layout = lay_out(text)
    found = [(block.kind, layout.flat.text[block.start : block.end]) for block in layout.blocks]
    assert found[0] == ("heading", "一、主要职能")
    assert found[-1][1] == "（二）支出情况。本年支出合计900.00万元。"
    assert layout.blocks[-1].number is not None

"""Shapes: which lines are one block, and what kind of block it is."""

from __future__ import annotations

import re

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
    ("three lines", "全年组织\n培训\n12期。"),
]

APART = [
    ("two sentences", "全年培训12期。\n参训人员600人次。", 2),
    ("two paragraphs", "全年培训12期。\n\n参训人员600人次。", 2),
    ("a heading and a sentence", "（一）收入情况\n全年收入12万元。", 2),
    ("a heading over a blank line", "（一）收入情况\n\n全年收入12万元。", 2),
    ("two headings", "三、收支情况\n（一）收入情况", 2),
    ("an unnumbered heading", "机构职能：\n负责全县档案的收集和管理。", 2),
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
    assert paragraphs(text) == [fold(line) for line in text.split("\n") if line]


def test_hard_wrapped_text() -> None:
    words = (
        "我局坚持以人民为中心的发展思想扎实推进各项重点工作落实落细持续提升公共服务水平和资金使用效益不断增强群众获得感"
        * 5
    )
    lines = [words[at : at + 30] for at in range(0, 240, 30)]
    assert paragraphs("\n".join(lines) + "。") == ["".join(lines) + "。"]


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


def test_a_running_head_goes_with_its_page_numbers() -> None:
    head = "某县档案馆绩效报告"
    text = "\n".join(f"{BODY * 6}\n- {page} -\n{head}" for page in (1, 2, 3)) + f"\n{BODY}"
    layout = lay_out(text)
    assert sorted({text[a:b] for a, b in layout.furniture}) == ["- 1 -", "- 2 -", "- 3 -", head]


CONTENTS = [
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
    assert len(table) == len(rows.split("\n"))
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
    kept = sum(1 for c in layout.flat.text if not c.isspace())
    dropped = sum(1 for a, b in (*layout.furniture, *layout.contents) for c in text[a:b] if not c.isspace())
    assert kept + dropped == sum(1 for c in text if not c.isspace())

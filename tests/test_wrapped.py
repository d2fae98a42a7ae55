"""Tables that are only set in columns, with names and headings over several lines."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from pdfs import SONG
from reportparse import parse
from reportparse.wrapped import Block, Word, blocks_of

WIDTH, HEIGHT, PITCH = 10.0, 10.0, 18.0


def words(*lines: tuple[float, dict[float, str]]) -> list[list[Word]]:
    """Words by the top of their line and their left edge."""
    return [
        [
            Word(0, 0, x, x + WIDTH * len(text), text, line, top, top + HEIGHT, text.replace(".", "").isdigit())
            for x, text in found.items()
        ]
        for line, (top, found) in enumerate(lines)
    ]


def shown(blocks: list[Block]) -> list[str]:
    return [
        f"{block.row}{'' if block.rows == 1 else f'x{block.rows}'} {block.text}"
        for block in sorted(blocks, key=lambda b: (b.row, b.x0))
    ]


CASES = {
    "a name over the figures and under them": (
        [(0, {0: "项目", 200: "金额"}), (30, {0: "渠系清淤与"}), (36, {200: "9.00"}), (42, {0: "管护"}), (66, {0: "巡查", 200: "8.00"})],
        ["0 项目", "0 金额", "1 渠系清淤与管护", "1 9.00", "2 巡查", "2 8.00"],
    ),
    "a name that begins beside its figure": (
        [(0, {0: "项目", 200: "金额"}), (30, {0: "渠系清淤与", 200: "9.00"}), (42, {0: "管护"}), (62, {0: "巡查", 200: "8.00"})],
        ["0 项目", "0 金额", "1 渠系清淤与管护", "1 9.00", "2 巡查", "2 8.00"],
    ),
    "a row without figures, as far from the others as these": (
        [(0, {0: "项目", 200: "金额"}), (18, {0: "公务用车经费", 200: "9.00"}), (36, {0: "购置"}), (54, {0: "运行", 200: "8.00"})],
        ["0 项目", "0 金额", "1 公务用车经费", "1 9.00", "2 购置", "3 运行", "3 8.00"],
    ),
    "a name in the middle of its rows": (
        [
            (0, {0: "类型", 100: "项目", 200: "金额"}), (30, {100: "清淤", 200: "9.00"}), (39, {0: "工程"}),
            (48, {100: "管护", 200: "8.00"}), (66, {0: "其他", 100: "巡查", 200: "7.00"}),
        ],
        ["0 类型", "0 项目", "0 金额", "1x2 工程", "1 清淤", "1 9.00", "2 管护", "2 8.00", "3 其他", "3 巡查", "3 7.00"],
    ),
    "levels, each in the middle of its rows": (
        [
            (0, {0: "一级指标", 100: "三级指标", 200: "得分"}), (30, {100: "长度", 200: "9"}), (48, {0: "产出", 100: "宽度", 200: "8"}),
            (66, {100: "高度", 200: "7"}), (84, {0: "效益", 100: "满意度", 200: "6"}),
        ],
        [
            "0 一级指标", "0 三级指标", "0 得分", "1x3 产出", "1 长度", "1 9", "2 宽度", "2 8", "3 高度", "3 7", "4 效益",
            "4 满意度", "4 6",
        ],
    ),
    "levels, each in the first of its rows": (
        [
            (0, {0: "一级指标", 100: "三级指标", 200: "得分"}), (30, {0: "产出", 100: "长度", 200: "9"}), (48, {100: "宽度", 200: "8"}),
            (66, {0: "效益", 100: "高度", 200: "7"}), (84, {100: "满意度", 200: "6"}),
        ],
        ["0 一级指标", "0 三级指标", "0 得分", "1 产出", "1 长度", "1 9", "2 宽度", "2 8", "3 效益", "3 高度", "3 7", "4 满意度", "4 6"],
    ),
    "a heading of two lines beside one of one": (
        [(0, {0: "项目支出", 200: "调整后"}), (6, {100: "金额"}), (12, {0: "名称", 200: "预算"}), (40, {0: "清淤", 100: "9.00", 200: "8.00"}), (58, {0: "管护", 100: "7.00", 200: "6.00"})],
        ["0 项目支出名称", "0 金额", "0 调整后预算", "1 清淤", "1 9.00", "1 8.00", "2 管护", "2 7.00", "2 6.00"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    lines, wanted = CASES[name]
    found, _ = blocks_of(words(*lines))
    assert shown(found) == wanted


# -- whole tables, set in columns without any rule -------------------------------------------------------------------------

TITLE = "某县水利站2023年度部门整体支出绩效自评报告"
FORM = """
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|疏浚渠道的总长度（含支渠和斗渠）|≥80公里|82.5公里|15|15|
^|^|巡查次数|≥24次|26次|15|15|
^|质量指标|验收合格率|≥95%|97%|10|10|
效益指标|社会效益指标|受益农户数|≥60户|58户|15|14|两户迁往外地
满意度指标|服务对象满意度指标|农户满意度|≥90%|95%|10|10|
总分|<|<|<|<|65|64|
"""
INCOME = """
项目|<|本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入
功能分类科目编码|科目名称|^|^|^|^|^|^|^
栏次|<|1|2|3|4|5|6|7
合计|<|440.07|430.36||6.50|||3.21
208|社会保障和就业支出|48.77|48.77|||||
2080505|机关事业单位基本养老保险缴费支出|48.77|48.77|||||
213|农林水支出|391.30|381.59||6.50|||3.21
"""
PAIRS = """
人员经费|<|<|公用经费|<|<
经济分类科目编码|科目名称|金额|经济分类科目编码|科目名称|金额
301|工资福利支出|80.00|302|商品和服务支出|20.00
30101|基本工资|50.00|30201|办公费|12.00
30108|机关事业单位基本养老保险缴费|30.00|30231|公务用车运行维护费|8.00
人员经费合计|<|80.00|公用经费合计|<|20.00
"""
TABLES = {
    "a form of self-assessment": ("部门整体支出绩效自评表", FORM),
    "income by class": ("收入决算表", INCOME),
    "lists of classes side by side": ("一般公共预算财政拨款基本支出决算表", PAIRS),
}


def pages(title: str, table: str, ruled: bool) -> bytes:
    """A page of prose and one with the table; ``<`` and ``^`` are parts of the cell to the left and above."""
    rows = [row.split("|") for row in table.strip().splitlines()]
    merged: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
    widths = [0.0] * len(rows[0])
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            across = next((n for n in range(1, len(row) - c) if row[c + n] != "<"), len(row) - c)
            down = next((n for n in range(1, len(rows) - r) if rows[r + n][c] != "^"), len(rows) - r)
            if text not in ("<", "^") and (across > 1 or down > 1):
                merged.append(("SPAN", (c, r), (c + across - 1, r + down - 1)))
            if across == 1:
                widths[c] = max(widths[c], min(len(text), 12) * 9.0 + 14)
    style = ParagraphStyle("cell", fontName=SONG, fontSize=9, leading=11.7, wordWrap="CJK", alignment=1)
    body = ParagraphStyle("body", fontName=SONG, fontSize=14, leading=22, wordWrap="CJK")
    cells = [[Paragraph("" if text in ("<", "^") else text, style) for text in row] for row in rows]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    scale = min(1.0, 740 / sum(widths))
    set_table = Table(
        cells, [width * scale for width in widths], style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *merged, *grid]
    )
    prose = ["一、概况", "我站承担全县河道巡查工作。", "二、附表"]
    made = io.BytesIO()
    story = [
        Paragraph(TITLE, body),
        PageBreak(),
        *(Paragraph(text, body) for text in (*prose, title, "单位：万元")),
        set_table,
    ]
    SimpleDocTemplate(made, pagesize=landscape(A4), invariant=1).build(story)
    return made.getvalue()


def facts(data: bytes) -> list[tuple[str, str]]:
    return sorted(
        (fact.key, (fact.quote or "").replace("\n", "")) for fact in parse(data).facts if fact.cell is not None
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_rules_says_what_it_says_with_them(name: str) -> None:
    ruled, unruled = (facts(pages(*TABLES[name], ruled)) for ruled in (True, False))
    assert len(ruled) > 7
    assert unruled == ruled

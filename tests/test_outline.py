"""Headings: which lines are one, how deep they stand, and which numbered lines are items of a list."""

from __future__ import annotations

import pytest

from reportparse.layout import lay_out
from reportparse.outline import ROOT, Outline, build_outline

BODY = "2023年我单位严格执行预算，全面完成了各项工作任务，取得了较好的成效。"


def outline(text: str) -> tuple[Outline, list[str]]:
    layout = lay_out(text)
    return build_outline(layout), [layout.flat.text[b.start : b.end] for b in layout.blocks]


def tree(text: str) -> list[tuple[int, str | None, str]]:
    return [(node.level, node.number, node.title) for node in outline(text)[0].nodes]


NESTED = (
    "第一部分 概况\n一、职能\n（一）主要职责\n"
    + BODY
    + "\n（二）机构设置\n"
    + BODY
    + "\n二、收支情况\n1.收入情况\n"
    + BODY
)

TREES = [
    (
        "levels",
        NESTED,
        [
            (1, "第一部分", "概况"),
            (2, "一、", "职能"),
            (3, "（一）", "主要职责"),
            (3, "（二）", "机构设置"),
            (2, "二、", "收支情况"),
            (3, "1.", "收入情况"),
        ],
    ),
    (
        "a style skipped",
        f"一、概况\n1.机构设置\n{BODY}\n2.人员情况\n{BODY}\n二、收支情况\n{BODY}",
        [(1, "一、", "概况"), (2, "1.", "机构设置"), (2, "2.", "人员情况"), (1, "二、", "收支情况")],
    ),
    (
        "half-width brackets and spaces",
        f"一、概况\n(一) 机构设置\n{BODY}\n( 二 )人员情况\n{BODY}",
        [(1, "一、", "概况"), (2, "（一）", "机构设置"), (2, "（二）", "人员情况")],
    ),
    (
        "a heading with its text on the line",
        f"一、概况\n（一）收入情况。{BODY}\n（二）支出情况：{BODY}",
        [(1, "一、", "概况"), (2, "（一）", "收入情况"), (2, "（二）", "支出情况")],
    ),
    (
        "unnumbered headings",
        f"一、概况\n机构职能：\n{BODY}\n人员概况：\n{BODY}",
        [(1, "一、", "概况"), (2, None, "机构职能"), (2, None, "人员概况")],
    ),
    (
        "a number repeated and one left out",
        f"一、概况\n{BODY}\n一、收支情况\n{BODY}\n四、绩效评价\n{BODY}",
        [(1, "一、", "概况"), (1, "一、", "收支情况"), (1, "四、", "绩效评价")],
    ),
    (
        "a full stop after a heading",
        f"一、概况\n（一）机构组成。\n{BODY}\n（二）机构职能。\n{BODY}",
        [(1, "一、", "概况"), (2, "（一）", "机构组成"), (2, "（二）", "机构职能")],
    ),
    (
        "duties are items",
        f"一、概况\n机构职能：\n1、负责全县档案的接收、征集和保管工作。\n2、负责档案的利用和开放。\n3、承办上级交办的其他事项。\n二、收支情况\n{BODY}",
        [(1, "一、", "概况"), (2, None, "机构职能"), (1, "二、", "收支情况")],
    ),
    (
        "a statement is no heading",
        f"二、收支情况\n1.没有50万元以上项目。\n（一）支出情况\n{BODY}",
        [(1, "二、", "收支情况"), (2, "（一）", "支出情况")],
    ),
    (
        "a statement that there is none",
        f"六、政府性基金预算支出情况\n本年无政府性基金预算支出。\n七、资产情况\n{BODY}",
        [(1, "六、", "政府性基金预算支出情况"), (1, "七、", "资产情况")],
    ),
    (
        "a heading that ends with its amount stands over its items",
        f"一、概况\n{BODY}\n二、基本支出\n（一）人员经费12.50万元\n商品和服务支出2.50万元\n1.办公费1.50万元。\n2.差旅费1.00万元。",
        [
            (1, "一、", "概况"),
            (1, "二、", "基本支出"),
            (2, "（一）", "人员经费12.50万元"),
            (3, None, "商品和服务支出2.50万元"),
        ],
    ),
    (
        "an amount alone is no heading",
        f"一、概况\n{BODY}\n（一）人员经费12.50万元\n（二）公用经费2.50万元\n二、收支情况\n{BODY}",
        [(1, "一、", "概况"), (1, "二、", "收支情况")],
    ),
    (
        "names one under the other are items",
        f"一、概况\n（一）机构设置\n1.办公室\n2.法规科\n3.财务科\n二、收支情况\n{BODY}",
        [(1, "一、", "概况"), (2, "（一）", "机构设置"), (1, "二、", "收支情况")],
    ),
    (
        "a duty that begins like a heading is none among others",
        "一、主要职责\n1、起草地方性法规草案。\n2、组织实施监督工作。\n3、对下级开展业务指导情况。汇总并上报全省数据。\n4、承办交办的其他事项。\n"
        f"二、收支情况\n{BODY}",
        [(1, "一、", "主要职责"), (1, "二、", "收支情况")],
    ),
    (
        "a remark is no heading",
        f"一、收支情况\n{BODY}\n说明：本表为空表。\n备注：金额单位为万元。",
        [(1, "一、", "收支情况")],
    ),
    (
        "numbers wrong and repeated, with the text on the line",
        f"三、预算情况\n（五）支出情况。{BODY}\n（七）基本支出情况。{BODY}\n（八）政府性基金情况。{BODY}\n（八）资产情况。{BODY}\n四、名词解释\n{BODY}",
        [
            (1, "三、", "预算情况"),
            (2, "（五）", "支出情况"),
            (2, "（七）", "基本支出情况"),
            (2, "（八）", "政府性基金情况"),
            (2, "（八）", "资产情况"),
            (1, "四、", "名词解释"),
        ],
    ),
    (
        "a number lost, its mark left",
        f"一、收入情况\n{BODY}\n、支出决算情况\n{BODY}\n三、绩效情况\n（一）评价结论\n{BODY}\n）结果应用情况\n{BODY}",
        [
            (1, "一、", "收入情况"),
            (1, None, "支出决算情况"),
            (1, "三、", "绩效情况"),
            (2, "（一）", "评价结论"),
            (2, None, "结果应用情况"),
        ],
    ),
    (
        "a number lost with its mark",
        f"一、收入情况\n{BODY}\n支出情况\n{BODY}\n三、结转结余情况\n{BODY}",
        [(1, "一、", "收入情况"), (1, None, "支出情况"), (1, "三、", "结转结余情况")],
    ),
    (
        "a number without its mark",
        f"一 部门概况\n1职能职责\n{BODY}\n2机构设置\n{BODY}\n二 收支情况\n{BODY}",
        [(1, "一", "部门概况"), (2, "1", "职能职责"), (2, "2", "机构设置"), (1, "二", "收支情况")],
    ),
    (
        "numbers with dots",
        f"1 部门概况\n1.1 机构设置\n{BODY}\n1.2 人员情况\n{BODY}\n2 收支情况\n{BODY}",
        [(1, "1", "部门概况"), (2, "1.1", "机构设置"), (2, "1.2", "人员情况"), (1, "2", "收支情况")],
    ),
    (
        "a heading glued to its text",
        f"一、专项概况2017年我单位实施了危房改造项目，投入300万元。\n二、资金管理情况按照上级要求，我单位专账核算。\n三、评价结论\n{BODY}",
        [(1, "一、", "专项概况"), (1, "二、", "资金管理情况"), (1, "三、", "评价结论")],
    ),
    (
        "a heading in two lines",
        f"一、概况\n{BODY}\n二、一般公共预算财政拨款\n支出决算情况说明\n{BODY}",
        [(1, "一、", "概况"), (1, "二、", "一般公共预算财政拨款支出决算情况说明")],
    ),
    (
        "a heading with a remark in brackets",
        f"一、部门概况（略）\n二、收支情况（单位：万元）\n{BODY}",
        [(1, "一、", "部门概况（略）"), (1, "二、", "收支情况（单位：万元）")],
    ),
    (
        "a heading with a full stop over items",
        f"一、拨款情况\n1.规模变化。{BODY}\n2.具体使用情况。\n（1）教育支出5万元，与上年持平。\n（2）农林水支出2万元，与上年持平。\n二、其他情况\n{BODY}",
        [(1, "一、", "拨款情况"), (2, "1.", "规模变化"), (2, "2.", "具体使用情况"), (1, "二、", "其他情况")],
    ),
    (
        "an item of a list that looks like a heading",
        f"一、主要职责\n（一）贯彻执行国家法律法规；\n（二）编制全县水利规划；\n（三）负责水利工程建设管理工作\n（四）承办其他任务。\n二、机构设置\n{BODY}",
        [(1, "一、", "主要职责"), (1, "二、", "机构设置")],
    ),
    (
        "items that all look like headings stand over nothing",
        f"一、年度任务\n1.安全生产工作\n2.防汛抗旱工作\n3.脱贫攻坚任务\n二、绩效目标\n{BODY}",
        [(1, "一、", "年度任务"), (1, "二、", "绩效目标")],
    ),
    (
        "an item that says that there is none",
        f"（二）项目绩效分析\n1. 常年项目绩效分析。{BODY}\n2. 我单位没有50万以上项目。\n（三）结果应用情况\n{BODY}",
        [(1, "（二）", "项目绩效分析"), (2, "1.", "常年项目绩效分析"), (1, "（三）", "结果应用情况")],
    ),
    (
        "a sentence that begins with a count",
        f"一、概况\n{BODY}\n3个项目纳入绩效评价\n12名职工参加培训，女职工5名。\n二、收支情况\n{BODY}",
        [(1, "一、", "概况"), (1, "二、", "收支情况")],
    ),
    (
        "headings without numbers, over the first sentence too",
        f"某县档案馆\n2023年度部门决算\n部门概况\n主要职能\n{BODY}\n机构设置\n{BODY}\n收入支出决算总体情况说明\n{BODY}",
        [(1, None, "部门概况"), (1, None, "主要职能"), (1, None, "机构设置"), (1, None, "收入支出决算总体情况说明")],
    ),
    ("a decimal is no number", f"一、概况\n{BODY}\n3.5万元用于培训，其余用于会议。", [(1, "一、", "概况")]),
    ("an enumeration is no heading", f"一、概况\n一是加强学习。二是改进作风。\n{BODY}", [(1, "一、", "概况")]),
]
KNOWN: dict[str, str] = {}


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        pytest.param(
            text, nodes, id=name, marks=pytest.mark.xfail(reason=KNOWN[name], strict=True) if name in KNOWN else ()
        )
        for name, text, nodes in TREES
    ],
)
def test_a_tree(text: str, nodes: list[tuple[int, str | None, str]]) -> None:
    assert tree(text) == nodes


@pytest.mark.parametrize("newline", ["\n", "\n\n", "\r\n", "\n　　"])
def test_the_tree_does_not_hang_on_how_lines_are_set_apart(newline: str) -> None:
    assert tree(NESTED.replace("\n", newline)) == tree(NESTED)


def test_who_owns_a_block_and_where_its_text_begins() -> None:
    found, lines = outline(f"一、概况\n（一）收入情况。{BODY}\n1、负责档案收集和保管。\n2、负责档案利用和开放。")
    layout = lay_out(f"一、概况\n（一）收入情况。{BODY}\n1、负责档案收集和保管。\n2、负责档案利用和开放。")
    assert lines[1].startswith("（一）收入情况")
    assert found.owner == [0, 1, 1, 1]
    assert found.body[0] == layout.blocks[0].end
    assert layout.flat.text[found.body[1] :].startswith(BODY)
    assert layout.flat.text[found.body[2] :].startswith("负责档案收集")
    assert found.items == {2, 3}


def test_before_the_first_heading_is_the_root() -> None:
    found, lines = outline(f"某县档案馆\n{BODY}\n一、概况\n{BODY}")
    assert found.owner[: lines.index("一、概况")] == [ROOT] * lines.index("一、概况")

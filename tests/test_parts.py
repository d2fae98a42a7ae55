"""Sub-documents: an annexed report or form is a part of its own; a list of annexes, or a mention of one, is none."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.report import Report
from typeset import Paragraph, Style, typeset

ACCOUNTS = """\
合江县乡土文献保管中心2023年度部门决算公开说明

第一部分 部门概况
一、主要职能
负责地方志书、家谱族谱、碑刻拓片和老照片等资料的征集、鉴定、登记、入库与展览。
第二部分 部门决算情况说明
一、收入支出决算总体情况说明
2023年度收入总计562.30万元，支出总计562.30万元，比上年增加12.50万元，增长2.27%。
"""
ANNEX = """\
附件1
合江县乡土文献保管中心2023年度部门整体支出绩效自评报告
一、部门概况
（一）人员概况
截至2023年12月31日，中心核定编制17名，年末实有在职人员15人，退休人员8人，均为财政供养。
四、评价结论及建议
（一）评价结论
经自评，部门整体支出绩效自评得分为93分，评价等次为优，较好完成了年度目标任务。
"""


def kinds(report: Report) -> list[tuple[str, str | None]]:
    return [(part.kind, part.title) for part in report.parts]


def test_an_annexed_report_is_a_part() -> None:
    report = parse((ACCOUNTS + ANNEX).encode())
    assert kinds(report) == [
        ("final_accounts", "合江县乡土文献保管中心2023年度部门决算公开说明"),
        ("overall_performance", "合江县乡土文献保管中心2023年度部门整体支出绩效自评报告"),
    ]
    assert report.document.part == "p1"
    assert report.document.kind == "final_accounts"
    assert [part.pack.id for part in report.parts][1].endswith("overall_performance")
    split = (ACCOUNTS + ANNEX).index("附件1")
    assert [part.span for part in report.parts] == [(0, split), (split, len(ACCOUNTS + ANNEX))]
    for found in (*report.facts, *report.unclaimed, *report.sections):
        if found.span is not None:
            assert found.part == ("p2" if found.span[0] >= split else "p1"), found
    assert [f.id for f in report.facts] == [f"f{n}" for n in range(1, len(report.facts) + 1)]
    assert [s.id for s in report.sections] == [f"s{n}" for n in range(1, len(report.sections) + 1)]
    # What a part says by itself it says in the file too.
    alone = parse(ANNEX.encode())
    assert {(f.key, f.value) for f in report.facts if f.part == "p2"} == {(f.key, f.value) for f in alone.facts}


@pytest.mark.parametrize(
    "tail",
    [
        "附件：1.部门整体支出绩效自评报告\n2.项目支出绩效自评表\n",
        "附件1：部门整体支出绩效自评报告\n附件2：项目支出绩效自评表\n",
        "第四部分 附件\n附件1\n部门整体支出绩效自评报告\n",
        "十、预算绩效管理情况\n我单位对3个项目开展了绩效自评，附件为2023年度项目支出绩效自评报告，详见单位网站公开内容。\n",
        "附件1\n决算公开表\n收入支出决算总表、收入决算表、支出决算表等详见附表，以上各表均按规定口径填列并随同公开。\n",
    ],
    ids=["list after a colon", "list", "title and nothing under it", "mentioned", "tables of the accounts"],
)
def test_what_is_no_part(tail: str) -> None:
    assert len(parse((ACCOUNTS + tail).encode()).parts) == 1


def test_a_report_with_an_annex_number_over_its_title_is_one_document() -> None:
    assert kinds(parse(ANNEX.encode())) == [
        ("overall_performance", "合江县乡土文献保管中心2023年度部门整体支出绩效自评报告")
    ]


def test_in_print_a_title_at_the_head_of_a_page_begins_a_part() -> None:
    text = "本年按照年初批复的预算执行，各项支出严格控制在批复范围之内，未发生超预算支出的情况。"

    def report(title: str) -> list[Paragraph]:
        return [
            Paragraph(title, "cover"), Paragraph("一、基本情况", "heading"), *[Paragraph(text, "paragraph")] * 4,
            Paragraph("二、评价结论", "heading"), *[Paragraph(text, "paragraph")] * 4,
        ]  # fmt: skip

    first, second = "某县文旅局2023年度部门决算", "某县文旅局场馆开放项目绩效自评报告"
    length = 0
    for lines in range(12, 30):
        document = typeset([*report(first), *report(second)], Style(lines=lines, first_page=lines))
        parts = parse(document).parts
        at_head = document.text.find("\f某县行政事业单位\n" + second) >= 0
        length += at_head
        assert [part.title for part in parts] == ([first, second] if at_head else [first])
    assert length


REPORT = """\
合江县乡土文献保管中心2023年度部门整体支出绩效自评报告
一、部门概况
截至2023年12月31日，中心核定编制17名，年末实有在职人员15人，退休人员8人，均为财政供养。
二、评价结论
经自评，部门整体支出绩效自评得分为93分，评价等次为优，较好完成了年度目标任务。
附件：部门整体支出绩效自评表

合江县乡土文献保管中心
2024年3月18日

附件
部门整体支出绩效自评表
指标\t分值\t得分
预算执行率\t10\t9.5
社会效益\t90\t83.5
"""


def test_the_statutory_form_of_a_performance_report_is_its_own() -> None:
    """It is no part, its year is that of the report, and the signature over it is the report's; an annex that is listed is none."""
    report = parse(REPORT.encode())
    assert [kind for kind, _ in kinds(report)] == ["overall_performance"]
    assert (report.document.issuer, report.document.date) == ("合江县乡土文献保管中心", "2024-03-18")
    scores = [fact for fact in report.facts if fact.concept == "indicator.score"]
    assert [fact.member for fact in scores] == ["预算执行率", "社会效益"]
    assert {fact.period for fact in scores} == {"2023"}


@pytest.mark.parametrize(
    "note",
    [
        "注：定性指标分三档，按比例得分。",
        "备注：1.执行率，按支出计算。\n2.得分，不超过分值。",
        "填表说明：本表由单位填写，一式两份。",
    ],
)
def test_notes_under_the_forms_of_several_projects_make_no_parts(note: str) -> None:
    form = "附表{}\n项目支出绩效自评表\n项目名称\t{}\n指标\t分值\t得分\n预算执行率\t10\t{}\n方志数\t90\t80\n总分\t100\t{}\n{}\n"
    body = "一、基本情况\n中心对2个项目开展绩效自评，各项工作按计划完成，资金使用合规，没有发现问题。\n"
    text = f"合江县乡土文献保管中心2023年度项目支出绩效自评报告\n{body}" + "".join(
        form.format(at, name, rate, 80 + rate, note) for at, name, rate in ((1, "方志征集", 9), (2, "碑刻保护", 8))
    )
    report = parse(text.encode())
    assert [kind for kind, _ in kinds(report)] == ["project_performance"]
    scores = {fact.member: str(fact.value) for fact in report.facts if fact.concept == "project.score"}
    assert scores == {"方志征集": "89", "碑刻保护": "88"}


def test_a_form_on_one_project_is_a_part_of_its_own_under_a_report_on_the_whole_body() -> None:
    text = REPORT.replace("附件\n部门整体支出绩效自评表", "附件\n项目支出绩效自评表\n项目名称：方志征集")
    assert [kind for kind, _ in kinds(parse(text.encode()))] == ["overall_performance", "project_performance"]

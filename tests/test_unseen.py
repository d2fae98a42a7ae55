"""Sentences of kinds that a fresh reader wrote and the rules first read wrongly: each stands for its class of wording."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse import PackError, parse
from reportparse.packs import load_packs

TITLES = {
    "overall": "某县茶叶站2023年度部门整体支出绩效自评报告",
    "accounts": "某县茶叶站2023年度部门决算说明",
    "budget": "某县茶叶站2024年部门预算说明",
}

CASES = [
    # 上年为 is last year's figure, never another one of this year
    ("budget", "机关运行经费预算25万元，上年为26万元。", {"agency_operating{basis=budget,period=2024}": "25"}),
    # money is never said of a score or a count, and a rate follows its change
    ("overall", "自评得分91分，全年预算数302.15万元，执行数300.02万元，完成预算的99.3%。", {"evaluation.score{period=2023}": "91"}),
    ("accounts", "公务用车保有量为4辆。与上年相比减少1.36万元，下降7.37%。", {"three_public.vehicles_kept{period=2023}": "4"}),
    # the unit tells groups from people
    (
        "accounts",
        "因公出国（境）团组1个，累计2人次。",
        {"three_public.abroad_groups{period=2023}": "1", "three_public.abroad_people{period=2023}": "2"},
    ),
    # 年初 and 年末 after a year are words of the label
    ("overall", "2023年年初结转和结余15.28万元。", {"balance.opening{period=2023}": "15.28"}),
    ("overall", "2023年末结转和结余15.28万元。", {"balance.closing{period=2023}": "15.28"}),
    ("overall", "年末财政拨款结转结余6.4万元。", {"balance.closing{fund=appropriation,period=2023}": "6.4"}),
    # the figure that a comparison is with belongs to its own year or basis
    (
        "accounts",
        "公务接待费支出1.2万元，比2022年1.5万元减少0.3万元，下降20%。",
        {
            "three_public.reception{period=2023}": "1.2",
            "three_public.reception{period=2022}": "1.5",
            "three_public.reception{period=2023}.change": "-0.3",
            "three_public.reception{period=2023}.change_rate": "-20",
        },
    ),
    (
        "accounts",
        "“三公”经费支出2.1万元，比年初预算3万元减少0.9万元。",
        {
            "three_public.total{period=2023}": "2.1",
            "three_public.total{basis=budget,period=2023}": "3",
            "three_public.total{period=2023,vs=budget}.change": "-0.9",
        },
    ),
    # items share the basis of the total that they are listed under, in brackets too
    (
        "overall",
        "部门预算支出总额11万元，其中基本支出6万元（人员经费5万元，公用经费1万元）。",
        {
            "expenditure.total{basis=budget,period=2023}": "11",
            "expenditure.nature[basic]{basis=budget,period=2023}": "6",
            "expenditure.basic[personnel]{basis=budget,period=2023}": "5",
            "expenditure.basic[public]{basis=budget,period=2023}": "1",
        },
    ),
    # a space inside a number
    ("overall", "本年财政拨款收入合计1 126.47万元。", {"revenue.total{fund=appropriation,period=2023}": "1126.47"}),
    # what is said of a part is not said of the whole
    ("accounts", "货物采购授予中小企业合同金额占货物支出金额的80%。", {}),
    # counts in brackets, offices before their number, two totals by name
    (
        "accounts",
        "公务接待费0.5万元（6批次48人次）。",
        {
            "three_public.reception{period=2023}": "0.5",
            "three_public.reception_batches{period=2023}": "6",
            "three_public.reception_people{period=2023}": "48",
        },
    ),
    (
        "accounts",
        "2023年度收入总计、支出总计均为18.4万元。",
        {"revenue.total{period=2023}": "18.4", "expenditure.total{period=2023}": "18.4"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "sentence", "expected"), CASES, ids=[case[1][:24] for case in CASES])
def test_figures(kind: str, sentence: str, expected: dict[str, str]) -> None:
    report = parse(f"{TITLES[kind]}\n\n一、其他情况\n\n{sentence}\n".encode())
    figures = {fact.key: str(fact.value) for fact in report if fact.mention is not None}
    assert figures == expected


def test_a_pattern_of_a_users_own_cannot_hang_the_tool(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[pack]\nid = 'cn.overall_performance.2023'\nextends = 'cn.overall_performance'\napplies = { title = '整体' }\n"
        "[[anywhere.field]]\nconcept = 'revenue.total'\nlabels = ['(?:(?:某|某某)+)+入']\n",
        encoding="utf-8",
    )
    label = "某" * 200
    with pytest.raises(PackError) as caught:
        parse(f"{TITLES['overall']}\n\n一、收支情况\n\n{label}9万元。\n".encode(), packs=[own])
    assert caught.value.code == "RP-PACK-008"


@pytest.mark.parametrize("text", ["[" * 50_000, "[pack]\nid = 'cn.x'\nexpects = ['']\n"], ids=["nested", "empty text"])
def test_a_pack_that_no_reader_survives_is_a_pack_error(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(PackError):
        load_packs([own])

"""The vocabulary: keys as concepts.md writes them, members by their printed names, and laws over the whole table."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportparse.concepts import key_of, load_concepts
from reportparse.model import Compared, Threshold
from reportparse.packlint import samples
from reportparse.text import fold

CONCEPTS = load_concepts()
KINDS = {"amount", "percentage", "headcount", "count", "score", "measure", "grade", "date", "text"}

KEYS: list[tuple[str, dict[str, Any], str]] = [
    ("revenue.source", {"member": "institutional", "fund": "all", "basis": "actual", "period": "2024", "aspect": "share"},
     "revenue.source[institutional]{period=2024}.share"),
    ("expenditure.total", {"fund": "general", "basis": "budget", "period": "2024"},
     "expenditure.total{fund=general,basis=budget,period=2024}"),
    ("expenditure.total", {"basis": "actual", "period": "2021/2024"}, "expenditure.total{period=2021/2024}"),
    ("revenue.total", {"basis": "actual", "period": "2024", "aspect": "change", "compared": Compared("2023", "actual")},
     "revenue.total{period=2024}.change"),
    ("revenue.total", {"basis": "budget", "period": "2024", "aspect": "change_rate", "compared": Compared("2023", "budget")},
     "revenue.total{basis=budget,period=2024}.change_rate"),
    ("revenue.total", {"basis": "actual", "period": "2024", "aspect": "change", "compared": Compared("2024", "budget")},
     "revenue.total{period=2024,vs=budget}.change"),
    ("revenue.total", {"basis": "actual", "period": "2024", "aspect": "change", "compared": Compared("2019", "actual")},
     "revenue.total{period=2024,vs=2019}.change"),
    ("revenue.total", {"basis": "actual", "period": "2024", "aspect": "change", "compared": Compared("2023", "budget")},
     "revenue.total{period=2024,vs=2023:budget}.change"),
    ("expenditure.total", {"basis": "actual", "period": "2024", "aspect": "execution_rate", "compared": Compared("2024", "budget")},
     "expenditure.total{period=2024}.execution_rate"),
    ("expenditure.total",
     {"basis": "actual", "period": "2024", "aspect": "execution_rate", "compared": Compared("2024", "adjusted_budget")},
     "expenditure.total{period=2024,vs=adjusted_budget}.execution_rate"),
    ("procurement.sme_awarded", {"member": "micro", "basis": "actual", "period": "2024", "aspect": "share", "of": "procurement.total"},
     "procurement.sme_awarded[micro]{period=2024,of=procurement.total}.share"),
    ("evaluation.projects", {"basis": "actual", "period": "2024", "threshold": Threshold("≥", Decimal(50), "万", Decimal("500000"))},
     "evaluation.projects{period=2024,threshold=≥500000}"),
    ("evaluation.projects", {"member": "self_evaluated", "basis": "actual", "period": "2024", "cross": {"grade": "优"}},
     "evaluation.projects[self_evaluated]{period=2024,cross={grade:优}}"),
    ("evaluation.grade", {"basis": "actual", "period": "2024"}, "evaluation.grade"),
    ("organisation.internal_bodies", {"period": "2024"}, "organisation.internal_bodies{period=2024}"),
    ("narrative.problems", {}, "narrative.problems"),
]  # fmt: skip


@pytest.mark.parametrize(("concept", "axes", "key"), KEYS)
def test_keys(concept: str, axes: dict[str, Any], key: str) -> None:
    assert key_of(CONCEPTS[concept], **axes) == key


MEMBERS = [
    ("staffing.authorised", "参照公务员法管理的事业", "reference_managed"),
    ("staffing.authorised", "差额拨款事业", "institutional"),
    ("staffing.authorised", "机关工勤", "support"),
    ("staffing.authorised", "政法专项", "political_legal"),
    ("staffing.actual", "公务员", "civil_servant"),
    ("staffing.actual", "参公事业人员", "reference_managed"),
    ("staffing.actual", "工勤技能人员", "support"),
    ("staffing.actual", "离退休人员", "retired_all"),
    ("staffing.actual", "离休干部", "veteran_retired"),
    ("staffing.actual", "退休教师", "retired"),
    ("staffing.actual", "编外聘用人员", "contract"),
    ("staffing.actual", "劳务派遣人员", "contract"),
    ("staffing.actual", "遗属补助人员", "survivors"),
    ("staffing.actual", "在职在编人员", "in_post"),
    ("staffing.actual", "管理岗位", "管理岗位"),
    ("staffing.actual", "科研岗位", None),
    ("revenue.source", "一般公共预算财政拨款收入", "general_public_budget"),
    ("revenue.source", "财政拨款收入", "fiscal_appropriation"),
    ("revenue.source", "政府性基金预算财政拨款收入", "government_fund"),
    ("revenue.source", "国有资本经营预算财政拨款收入", "state_capital"),
    ("revenue.source", "上级补助收入", "superior_subsidy"),
    ("revenue.source", "事业收入", "institutional"),
    ("revenue.source", "事业单位经营收入", "operating"),
    ("revenue.source", "附属单位上缴收入", "affiliated"),
    ("revenue.source", "财政专户管理资金", "special_account"),
    ("revenue.source", "单位资金", "unit_funds"),
    ("revenue.source", "其他收入", "other"),
    ("revenue.source", "年初结转和结余", "carried_in"),
    ("revenue.source", "使用非财政拨款结余", "non_fiscal_surplus"),
    ("expenditure.nature", "年末结转和结余", "carried_out"),
    ("expenditure.nature", "上缴上级支出", "remitted"),
    ("expenditure.nature", "对附属单位补助支出", "subsidy"),
    ("expenditure.nature", "经营支出", "operating"),
    ("expenditure.basic", "日常公用经费", "public"),
    ("expenditure.basic", "人员经费", "personnel"),
    ("expenditure.fund", "政府性基金预算财政拨款支出", "government_fund"),
    ("procurement.total", "货物支出", "goods"),
    ("procurement.total", "服务采购金额", "services"),
    ("assets.total", "固定资产净值", "fixed"),
    ("assets.vehicles", "机要通信用车", "机要通信"),
    ("assets.vehicles", "离退休干部服务用车", "离退休干部服务"),
    ("evaluation.projects", "绩效自评", "self_evaluated"),
]


@pytest.mark.parametrize(("concept", "label", "member"), MEMBERS)
def test_members(concept: str, label: str, member: str | None) -> None:
    found = CONCEPTS[concept].member_of(label)
    assert (found[0] if found else None) == member


def test_what_stands_before_a_member_is_left_over() -> None:
    assert CONCEPTS["revenue.source"].member_of("某局事业收入") == ("institutional", "某局")


@pytest.mark.parametrize(
    ("label", "fund", "rest"),
    [
        ("一般公共预算财政拨款支出", "general", "支出"),
        ("财政拨款基本支出", "appropriation", "基本支出"),
        ("政府性基金预算财政拨款收入", "government_fund", "收入"),
        ("国有资本经营预算支出", "state_capital", "支出"),
    ],
)
def test_funds(label: str, fund: str, rest: str) -> None:
    assert CONCEPTS.fund_in(label) == (fund, rest)


@pytest.mark.parametrize("id", CONCEPTS)
def test_laws(id: str) -> None:
    concept = CONCEPTS[id]
    assert concept.zh
    assert concept.kind in KINDS
    assert concept.kind == "amount" or not concept.fund_open
    assert concept.classes in (None, "functions", "economic")
    if concept.within is not None:
        outer, _, member = concept.within.rstrip("]").partition("[")
        assert outer in CONCEPTS
        assert not member or CONCEPTS.has_member(outer, member)
    for aliases in concept.members.values():
        for alias in aliases:
            assert re.compile(alias).groups == 0
            words = re.sub(r"\(\?(?::|<?!)|[)?]", "", alias)
            assert fold(words) == words


def test_every_member_is_found_by_a_name_of_its_own() -> None:
    for id, concept in CONCEPTS.items():
        for member, aliases in concept.members.items():
            names = [name for alias in aliases for name in samples(alias)]
            assert any(concept.member_of(name) == (member, "") for name in names), (id, member, names)


def test_the_contract_names_no_other_concept(samples: Path) -> None:
    contract = samples / "design" / "concepts.md"
    if not contract.is_file():
        pytest.skip("concepts.md is not there")
    families: dict[str, set[str]] = {}
    for line in contract.read_text("utf-8").splitlines():
        first = line.split("|")[1] if line.startswith("| `") else ""
        family = ""
        for name in re.findall(r"`([a-z_.]+)`", first):
            family = name.partition(".")[0] if not name.startswith(".") else family
            whole = name if not name.startswith(".") else family + name
            families.setdefault(family, set()).add(whole)
    wanted = {name for names in families.values() for name in names}
    axes = {"concept", "member", "cross", "fund", "basis", "period", "aspect", "kind", "state"}
    assert wanted - axes == set(CONCEPTS)

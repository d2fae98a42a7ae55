"""Mentions → facts: what a whole report states, by key. The sentences are the settled readings of the vocabulary.

Every case is a section of a 2023 report; what it states is written as ``key = value``, with what stays unclaimed after
it as ``? quote``.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from reportparse import Report, parse
from reportparse.document import Document
from reportparse.model import Fact, Source

HEAD = "乐山市五通桥区档案馆\n2023年度部门整体支出绩效报告\n"
TAIL = "\n九、其他需要说明的情况\n无其他需要说明的情况，各项工作有序推进，执行情况良好。\n"


def report_of(body: str, head: str = HEAD) -> Report:
    text = head + body + TAIL
    return parse(
        Document(Source("made.txt", "", "text/plain", "utf-8", "made", "txt", "1", "", 1, len(text)), text, (0,))
    )


def line(fact: Fact) -> str:
    value = format(fact.value, "f") if isinstance(fact.value, Decimal) else fact.value
    return f"{fact.key} = {value if fact.value is not None else fact.state}"


def stated(report: Report) -> list[str]:
    facts = [line(f).replace("period=2023,", "").replace("{period=2023}", "").replace(",period=2023}", "}").replace(",period=2023,", ",")
             for f in report if not f.concept.startswith("document.")]  # fmt: skip
    return facts + [f"? {mention.quote}" for mention in report.unclaimed]


INCOME = "二、部门财政资金收支情况\n（一）部门财政资金收入情况\n"
SPENDING = "二、部门财政资金收支情况\n（二）部门财政资金支出情况\n"
SANGONG = "五、“三公”经费支出决算情况说明\n"
STAFF = "一、部门概况\n（二）机构职能和人员概况\n人员概况：\n"

CASES: dict[str, tuple[str, list[str]]] = {
    "a list makes members": (
        INCOME + "部门财政资金收入200万元，其中：一般公共预算财政拨款收入150万元，占75%；政府性基金预算财政拨款收入50万元，占25%。",
        [
            "revenue.total = 200", "revenue.source[general_public_budget] = 150",
            "revenue.source[general_public_budget].share = 75", "revenue.source[government_fund] = 50",
            "revenue.source[government_fund].share = 25",
        ],
    ),
    "distribution": (
        "二、收支情况\n收、支总计均为269.25万元。与上年相比，收、支总计各增加12.5万元，增长4.87%。",
        [
            "revenue.total = 269.25", "expenditure.total = 269.25", "revenue.total.change = 12.5",
            "expenditure.total.change = 12.5", "revenue.total.change_rate = 4.87", "expenditure.total.change_rate = 4.87",
        ],
    ),
    "functional classes": (
        SPENDING + "部门财政资金支出100万元，其中：科学技术支出80万元，占80%；住房保障支出20万元，占20%。",
        [
            "expenditure.total = 100", "expenditure.function[206] = 80", "expenditure.function[206].share = 80",
            "expenditure.function[221] = 20", "expenditure.function[221].share = 20",
        ],
    ),
    "the nature of expenditure": (
        "二、收支情况\n本年支出合计90万元，其中：基本支出60万元，占66.67%；项目支出30万元，占33.33%。",
        [
            "expenditure.current = 90", "expenditure.nature[basic] = 60", "expenditure.nature[basic].share = 66.67",
            "expenditure.nature[project] = 30", "expenditure.nature[project].share = 33.33",
        ],
    ),
    "a fund that is the subject is an axis": (
        "二、收支情况\n一般公共预算财政拨款支出80万元，比上年减少5万元，下降5.88%。",
        [
            "expenditure.total{fund=general} = 80", "expenditure.total{fund=general}.change = -5",
            "expenditure.total{fund=general}.change_rate = -5.88",
        ],
    ),
    "budget beside outcome": (
        SANGONG + "公务接待费年初预算为1.5万元，支出决算为1.2万元，完成年初预算的80%。",
        [
            "three_public.reception{basis=budget} = 1.5", "three_public.reception = 1.2",
            "three_public.reception.execution_rate = 80",
        ],
    ),
    "a change against the budget": (
        SANGONG + "“三公”经费支出决算3.2万元，比年初预算减少0.8万元，下降20%。",
        [
            "three_public.total = 3.2", "three_public.total{vs=budget}.change = -0.8",
            "three_public.total{vs=budget}.change_rate = -20",
        ],
    ),
    "a change against another year": (
        SANGONG + "公务接待费1.2万元，比2021年减少0.8万元。",
        ["three_public.reception = 1.2", "three_public.reception{vs=2021}.change = -0.8"],
    ),
    "unchanged": (
        SANGONG + "公务接待费1.2万元，与上年持平。",
        ["three_public.reception = 1.2", "three_public.reception.change = unchanged"],
    ),
    "none": (
        SANGONG + "本年度未发生公务接待费。",
        ["three_public.reception = none"],
    ),
    "stated zero": (
        SANGONG + "因公出国（境）费0万元，公务用车购置费0万元。",
        ["three_public.abroad = 0", "three_public.vehicle_purchase = 0"],
    ),
    "a reason is not a statement": (
        SANGONG + "公务接待费1.2万元，比上年减少0.3万元，主要原因是压缩会务0.2万元。",
        ["three_public.reception = 1.2", "three_public.reception.change = -0.3", "? 0.2万元"],
    ),
    "batches and people": (
        SANGONG + "公务接待费1.2万元，其中：国内公务接待11批次，73人次。",
        [
            "three_public.reception = 1.2", "three_public.reception_batches[domestic] = 11",
            "three_public.reception_people[domestic] = 73",
        ],
    ),
    "posts and people": (
        STAFF + "核定参公编制3人，实有财政供养人数5人，其中：公务员2人，退休人员2人，遗属1人。",
        [
            "staffing.authorised[reference_managed] = 3", "staffing.actual = 5", "staffing.actual[civil_servant] = 2",
            "staffing.actual[retired] = 2", "staffing.actual[survivors] = 1",
        ],
    ),
    "people who are not staff": (
        "三、绩效情况\n（一）工作完成情况\n全年培训学生1200人，服务群众3万人次。",
        ["? 1200人", "? 3万人次"],
    ),
    "targets": (
        "一、部门概况\n（四）部门整体支出绩效目标。\n共编制绩效目标3个，涉及财政资金10.5万元，覆盖率达到100%。",
        ["targets.count = 3", "targets.amount = 10.5", "targets.coverage = 100"],
    ),
    "a limit of what there is none of": (
        "三、部门整体支出绩效分析\n2. 我单位没有50万以上项目。\n3. 无违规使用资金情况。",
        ["evaluation.projects{threshold=≥500000} = none"],
    ),
    "a limit of what is counted": (
        "七、国有资产占用情况\n截至年末，单价50万元以上设备2台。",
        ["assets.equipment{threshold=≥500000} = 2"],
    ),
    "score and grade": (
        "四、评价结论及建议\n（一）评价结论。\n经自评，得分93分，结果为良好。",
        ["evaluation.score = 93", "evaluation.grade = 良好"],
    ),
    "procurement": (
        "六、政府采购支出情况\n政府采购支出总额20万元，其中：政府采购货物支出15万元，政府采购服务支出5万元。授予中小企业合同金额20万元，占100%。",
        [
            "procurement.total = 20", "procurement.total[goods] = 15", "procurement.total[services] = 5",
            "procurement.sme_awarded = 20", "procurement.sme_awarded.share = 100",
        ],
    ),
    "a heading without a number is no part of basic expenditure": (
        "六、一般公共预算财政拨款基本支出决算情况\n一般公共预算财政拨款基本支出48万元。\n\n项目支出情况\n\n项目支出50万元。\n",
        ["expenditure.nature[basic]{fund=general} = 48", "expenditure.nature[project] = 50"],
    ),
    "a list within a list of the same": (
        "六、政府采购支出情况\n政府采购支出总额20万元：政府采购货物支出15万元，政府采购服务支出5万元；其中一般公共预算拨款政府采购9万元：政府采购货物支出6万元。",
        ["procurement.total = 20", "procurement.total[goods] = 15", "procurement.total[services] = 5", "? 9万元", "? 6万元"],
    ),
    "figures of the work": (
        "三、绩效情况\n（一）工作完成情况\n全年接收档案1.2万卷，数字化率达到85%，举办展览4场。",
        ["? 1.2万卷", "? 85%", "? 4场"],
    ),
}  # fmt: skip
TEXTS = ("narrative.", "organisation.functions")
KNOWN = {
    "score and grade": "结果 alone names no grade",
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(*case, id=name, marks=pytest.mark.xfail(reason=KNOWN[name], strict=True) if name in KNOWN else ())
        for name, case in CASES.items()
    ],
)
def test_what_a_section_states(body: str, expected: list[str]) -> None:
    found = [row for row in stated(report_of(body)) if not row.startswith(TEXTS)]
    assert sorted(found) == sorted(expected)


# --- relations --------------------------------------------------------------------------------------------------


def by_key(report: Report) -> dict[str, Fact]:
    return {fact.key.replace("{period=2023}", ""): fact for fact in report}


def test_base_part_of_and_list() -> None:
    facts = by_key(report_of(CASES["a list makes members"][0]))
    total, part, share = (
        facts[key]
        for key in ("revenue.total", "revenue.source[government_fund]", "revenue.source[government_fund].share")
    )
    assert (total.base, total.part_of, total.list) == (None, None, None)
    assert part.part_of == total.id
    assert part.list is not None
    assert part.list.complete
    assert part.list == facts["revenue.source[general_public_budget]"].list
    assert share.base == total.id


def test_the_base_of_a_change_is_the_value_that_changed() -> None:
    facts = by_key(report_of(CASES["a reason is not a statement"][0]))
    change = facts["three_public.reception.change"]
    assert change.base == facts["three_public.reception"].id
    assert change.compared is not None
    assert (change.compared.period, change.compared.basis) == ("2022", "actual")


def test_an_execution_rate_is_against_the_budget() -> None:
    facts = by_key(report_of(CASES["budget beside outcome"][0]))
    rate = facts["three_public.reception.execution_rate"]
    assert rate.base == facts["three_public.reception"].id
    assert rate.compared is not None
    assert (rate.compared.period, rate.compared.basis) == ("2023", "budget")


def test_one_mention_said_of_two_things() -> None:
    facts = by_key(report_of(CASES["distribution"][0]))
    revenue, expenditure = facts["revenue.total"], facts["expenditure.total"]
    assert revenue.mention == expenditure.mention
    assert revenue.span == expenditure.span
    assert revenue.id != expenditure.id


def test_a_reason_is_marked() -> None:
    report = report_of(CASES["a reason is not a statement"][0])
    assert [(m.quote, m.role) for m in report.unclaimed] == [("0.2万元", "reason")]


def test_a_section_gives_the_fund() -> None:
    facts = by_key(report_of("四、政府性基金预算支出情况\n本年支出合计12万元，比上年增加2万元。"))
    fact = next(f for f in facts.values() if f.concept.startswith("expenditure.") and f.aspect == "value")
    assert fact.fund == "government_fund"


def test_a_budget_document_states_budgets() -> None:
    report = report_of(
        "二、收支情况\n收入总计30万元，支出总计30万元。", "乐山市五通桥区档案馆\n2023年部门预算编制说明\n"
    )
    assert [fact.key for fact in report if fact.kind == "amount"] == [
        "revenue.total{basis=budget,period=2023}", "expenditure.total{basis=budget,period=2023}",
    ]  # fmt: skip


# --- text -------------------------------------------------------------------------------------------------------


def test_duties_are_facts_and_their_numbers_members() -> None:
    duties = ["1、负责全县档案的接收和保管。", "2、负责档案的利用、开放和公布。", "3、承办区委交办的其他事项。"]
    report = report_of("一、部门概况\n（二）机构职能\n机构职能：\n" + "\n".join(duties))
    facts = report.find("organisation.functions")
    assert [fact.member for fact in facts] == ["1", "2", "3"]
    assert [fact.quote for fact in facts] == duties


def test_offices() -> None:
    report = report_of("一、部门概况\n（一）机构组成\n独立编制机构1个，内设办公室、财务股和业务股3个股室。")
    names = [fact.member for fact in report.find("organisation.internal_bodies") if fact.kind == "text"]
    assert names == ["办公室", "财务股", "业务股"]


def test_a_narrative_is_the_paragraphs_of_its_section() -> None:
    body = ["一是绩效指标设置不够细化，部分指标难以量化。", "二是预算执行进度不够均衡，年末支出较为集中。"]
    report = report_of(
        "四、评价结论及建议\n（二）存在问题。\n" + "\n".join(body) + "\n（三）改进建议。\n加强学习，提高编制水平。"
    )
    (problems,) = report.find("narrative.problems")
    assert problems.quote == "\n".join(body)
    (suggestions,) = report.find("narrative.suggestions")
    assert suggestions.quote == "加强学习，提高编制水平。"

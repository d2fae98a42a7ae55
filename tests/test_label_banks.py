"""Banks of labels: each thing by the names that offices give it, in each of the sentences that they put it in.

Every name of a bank is read in every sentence of it: 预算收入, 收入总预算 and 总收入 are one thing whatever verb follows.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

import pytest

from reportparse import parse

TITLES = {"budget": "某县茶叶站2024年部门预算说明", "accounts": "某县茶叶站2024年度部门决算说明"}


class Bank(NamedTuple):
    """``names`` in ``sentences`` (``{}`` stands for the name), each under a heading, and the facts of each sentence:
    what follows the ``key`` in the fact's key, and the value as a number or a state.
    """

    kind: str
    headings: tuple[str, ...]
    key: str
    names: tuple[str, ...]
    sentences: dict[str, dict[str, str]]


def side(word: str) -> tuple[str, ...]:
    """The names of what comes in, or goes out, in all."""
    names = "预算{0} {0}预算 预算总{0} {0}预算总额 {0}预算总计 {0}总预算 {0}总计 {0}合计 部门{0}预算 部门预算{0} 总{0} 部门总{0}"
    return tuple(f"{names} 全年{{0}}预算 年初{{0}}预算 {{0}}预算数 {{0}}总额 预算{{0}}总额".format(word).split())


CHANGED = {
    f"2024年{{}}预算8万元，{against}{verb}2万元。": {"": "8", ".change": f"{sign}2"}
    for against, (verb, sign) in product(
        ("与上年相比", "同比", "较上年", "比2023年预算", "与2023年预算相比", "较上年预算数", "对比上年", "较2023年年初预算", "比去年同期"),
        (
            ("增加", ""), ("净增", ""), ("增加了", ""), ("增支", ""), ("多", ""), ("上升", ""), ("调增", ""),
            ("减少", "-"), ("压减", "-"), ("降低", "-"), ("下降", "-"), ("调减", "-"), ("核减", "-"), ("减支", "-"), ("少", "-"),
        ),
    )
}  # fmt: skip
UNCHANGED = {
    f"2024年{{}}预算8万元，{against}{word}。": {"": "8", ".change": "unchanged"}
    for against, word in product(
        ("与上年相比", "与2023年预算相比", "较上年", "比去年同期"),
        "持平 一致 无变化 没有变化 无增减 不变 保持不变 没有增减变化 保持一致 相同 保持持平 基本持平 未发生变化 一样 零增长 无差异 保持上年水平".split(),
    )
}
SAID = {
    "2024年{}8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "2024年，我站{}安排8万元，较2023年预算增加2万元。": {"": "8", ".change": "2"},
    "2024年{}年初预算安排8万元，同比增加2万元。": {"": "8", ".change": "2"},
    "{}：8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "{}共计安排8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "2024年{}预计支出8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "2024年预算安排{}8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "{}拟安排8万元，比上年增加2万元。": {"": "8", ".change": "2"},
    "{}预算数为8万元，比上年增加2万元。": {"": "8", ".change": "2"},
}
SPENT = {
    "2024年度{}500万元，比上年增加50万元，增长11.11%。": {"": "500", ".change": "50", ".change_rate": "11.11"},
    "2024年度{}500万元，较2023年决算数450万元增加50万元。": {"": "500", "{period=2023}": "450", ".change": "50"},
    "2024年度{}500万元，完成年初预算的98.5%。": {"": "500", ".execution_rate": "98.5"},
    "2024年度{}实际完成500万元，同比减少50万元。": {"": "500", ".change": "-50"},
}
OF_CLASS = {
    "1.{}。年初预算为20万元，支出决算为18万元，完成年初预算的90%。": {
        "": "18",
        "{basis=budget}": "20",
        ".execution_rate": "90",
    },
    "1.{}：年初预算20万元，支出决算18万元，完成年初预算的90%。": {
        "": "18",
        "{basis=budget}": "20",
        ".execution_rate": "90",
    },
    "1.{}2024年年初预算数20万元，决算数18万元，预算完成率90%。": {
        "": "18",
        "{basis=budget}": "20",
        ".execution_rate": "90",
    },
    "1.{}：2024年决算18万元，比上年减少2万元，下降10%。": {"": "18", ".change": "-2", ".change_rate": "-10"},
}
THREE = "四、“三公”经费预算情况说明"
BANKS = {
    "revenue": Bank(
        "budget", ("一、收入预算情况说明", "（一）收入说明", "二、2024年部门预算安排情况说明"), "revenue.total", side("收入"),
        {f"2024年{{}}{verb}500万元，其中：一般公共预算拨款收入480万元，上年结转20万元。": {"": "500"} for verb in ("", "为", "共计", "安排", "共计安排")},
    ),
    "expenditure": Bank(
        "budget", ("二、支出预算情况说明", "2、支出说明", "二、2024年部门预算安排情况说明"), "expenditure.total", side("支出"),
        {f"2024年{{}}{verb}500万元，其中：基本支出300万元，项目支出200万元。": {"": "500"} for verb in ("", "为", "共计", "安排", "共计安排")},
    ),
    "changed": Bank("budget", (THREE,), "three_public.reception", ("公务接待费",), {**CHANGED, **UNCHANGED}),
    "abroad": Bank("budget", (THREE,), "three_public.abroad", tuple("因公出国（境）费 因公出国（境）费用 因公出国费 出国（境）费 因公出国（境）经费 因公出国出境费 因公临时出国（境）费 出国出境经费".split()), SAID),
    "vehicle": Bank("budget", (THREE,), "three_public.vehicle", tuple("公务用车购置及运行费 公务用车购置及运行维护费 公务车购置及运行维护费 公务用车费 公务用车购置及运维费 公务用车经费 车辆购置及运行费".split()), SAID),
    "vehicle_purchase": Bank("budget", (THREE,), "three_public.vehicle_purchase", tuple("公务用车购置费 公务车购置费 车辆购置费 购置公务用车经费 购车费 公车购置费 购置车辆费用".split()), SAID),
    "vehicle_operation": Bank("budget", (THREE,), "three_public.vehicle_operation", tuple("公务用车运行维护费 公务用车运行费 公车运行维护费 公务用车运维费 车辆运行维护费 公务用车日常运行维护费 公务车辆运行维护费".split()), SAID),
    "reception": Bank("budget", (THREE,), "three_public.reception", tuple("公务接待费 公务接待费用 公务接待经费 公务招待费 公务接待支出".split()), SAID),
    "agency_operating": Bank("budget", ("三、机关运行经费安排情况",), "agency_operating", tuple("机关运行经费 机关运行费 机构运行经费 机关运转经费 机关运行经费支出 机关运行经费一般公共预算".split()), {text: facts for text, facts in SAID.items() if "年初预算" not in text and "预算数" not in text}),
    "procurement": Bank(
        "budget", ("六、政府采购预算情况",), "procurement.total", tuple("政府采购 政府采购预算 政府采购总额 政府采购预算总额 政府采购项目预算 政府采购规模 政府采购总预算 政府采购资金".split()),
        {f"2024年{{}}606.5万元，{parts}。": {"": "606.5", "[goods]": "96.5", "[works]": "420", "[services]": "90"} for parts in ("其中：政府采购货物预算96.5万元，政府采购工程预算420万元，政府采购服务预算90万元", "其中：货物类96.5万元、工程类420万元、服务类90万元", "其中：拟采购货物支出96.5万元、拟采购工程支出420万元、拟购买服务支出90万元", "按类别分：货物类96.5万元，工程类420万元，服务类90万元")},
    ),
    "sme_reserved": Bank(
        "budget", ("六、政府采购预算情况",), "procurement.sme_reserved",
        tuple("预留中小企业采购份额 预留给中小企业采购份额 面向中小企业预留采购份额 专门面向中小企业采购 专门面向中小企业的采购预算 预留给中小企业的政府采购预算 为中小企业预留采购份额 面向中小企业预留政府采购项目预算金额".split()),
        {f"本部门{{}}485.2万元，其中{micro}291.12万元。": {"": "485.2", "[micro]": "291.12"} for micro in ("预留给小微企业", "：小微企业", "面向小微企业采购", "预留给小型和微型企业的政府采购项目预算为", "面向小型、微型企业")},
    ),
    "outcome": Bank("accounts", ("一、收入支出决算总体情况说明", "二、收支决算情况"), "expenditure.total", tuple("支出总计 总支出 支出决算总计 决算支出总计 支出总额 支出决算总额 支出决算数".split()), SPENT),
    "class": Bank(
        "accounts", ("五、一般公共预算财政拨款支出决算情况说明",), "expenditure.function[2080505]{fund=general}",
        ("社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）", "社会保障和就业支出-行政事业单位养老支出-机关事业单位基本养老保险缴费支出", "机关事业单位基本养老保险缴费支出（2080505）"), OF_CLASS,
    ),
}  # fmt: skip


def key_of(bank: Bank, ending: str) -> str:
    """The whole key of a fact of a bank: ``ending`` is a member, axes or an aspect."""
    axes = {"period": "2024", "basis": "budget" if bank.kind == "budget" else "", "fund": ""}
    member = ""
    for part in (bank.key, ending):
        if part.startswith("["):
            member = part
        if "{" in part:
            axes.update(pair.split("=") for pair in part[part.index("{") + 1 : part.index("}")].split(","))
    aspect = ending if ending.startswith(".") else ""
    printed = ",".join(f"{axis}={axes[axis]}" for axis in ("fund", "basis", "period") if axes[axis])
    return f"{bank.key.partition('{')[0]}{member}{{{printed}}}{aspect}"


@pytest.mark.parametrize("name", BANKS)
def test_every_name_is_read_in_every_sentence(name: str) -> None:
    bank = BANKS[name]
    missed: list[str] = []
    for heading, label, (sentence, facts) in product(bank.headings, bank.names, bank.sentences.items()):
        text = sentence.format(label)
        report = parse(f"{TITLES[bank.kind]}\n\n{heading}\n\n{text}\n".encode())
        found = {(fact.key, str(fact.value) if fact.value is not None else fact.state) for fact in report}
        wanted = {(key_of(bank, ending), value) for ending, value in facts.items()}
        if not wanted <= found:
            missed.append(f"{heading}: {text} {sorted(wanted - found)}")
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [
        ("budget", THREE, "2024年培训支出预算8万元。"),  # of a part, and not of all that is spent
        ("budget", "二、支出预算情况说明", "2024年茶园管护人均支出预算8万元。"),
        ("accounts", "三、年度主要工作完成情况", "2024年，全县完成一般公共预算收入6320万元，同比增长4.1%。"),
    ],
)
def test_what_is_no_total_is_read_as_none(kind: str, heading: str, text: str) -> None:
    report = parse(f"{TITLES[kind]}\n\n{heading}\n\n{text}\n".encode())
    assert not [fact.key for fact in report if fact.concept.endswith((".total", ".current"))]

"""Rule packs: what a broken one says, how they lie over one another, which one is chosen, and that each is tested."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from reportparse.errors import PackError
from reportparse.packcheck import run_examples
from reportparse.packchoice import choose
from reportparse.packlint import lint
from reportparse.packs import Rules, load_packs, read_rules, resolve

BUILTIN = load_packs()
every_pack = pytest.mark.parametrize("pack_id", sorted(BUILTIN))

HEAD = """\
[pack]
id = "cn-65.overall_performance"
version = "1"
extends = "cn.overall_performance"
"""


def written(tmp_path: Path, body: str, head: str = HEAD) -> tuple[Rules, Mapping[str, Rules]]:
    """A pack of the user's own over the built-in ones."""
    file = tmp_path / "own.toml"
    file.write_text(head + body, encoding="utf-8")
    packs = load_packs([file])
    return next(rules for rules in packs.values() if rules.file == "own.toml"), packs


def codes(problems: list[object]) -> list[str]:
    return sorted({problem.code for problem in problems})  # type: ignore[attr-defined]


# -- the built-in packs ---------------------------------------------------------------------------------------------


@every_pack
def test_examples_hold(pack_id: str) -> None:
    assert [p.message("en") for p in run_examples(BUILTIN[pack_id], BUILTIN)] == []


@every_pack
def test_lint_is_clean(pack_id: str) -> None:
    assert [p.message("en") for p in lint(BUILTIN[pack_id], BUILTIN)] == []


@every_pack
def test_what_a_pack_expects_it_can_bind(pack_id: str) -> None:
    pack = resolve(pack_id, BUILTIN)
    bound = {field.concept for role in pack.roles for field in pack.fields(role)}
    assert set(pack.expects) <= bound


HEADINGS = [
    ("部门（单位）概况", "org.profile"),
    ("单位基本概况", "org.profile"),
    ("部门、单位基本情况", "org.profile"),
    ("机构组成", "org.structure"),
    ("部门决算单位构成", "org.structure"),
    ("部门机构设置、编制", "org.structure"),
    ("部门主要职责及内设机构", "org.structure"),
    ("部门和所属预算单位机构设置情况", "org.structure"),
    ("职能职责", "org.duties"),
    ("基本职能及主要工作", "org.duties"),
    ("人员概况", "org.staffing"),
    ("编制现状、人员构成情况", "org.staffing"),
    ("机构及人员情况", "org.staffing"),
    ("2024年部门预算编制说明", None),
    ("年度主要工作任务", "work.done"),
    ("总体工作和重点工作任务", "work.done"),
    ("部门整体支出绩效目标", "perf.targets"),
    ("绩效目标设定情况", "perf.targets"),
    ("部门财政资金收支情况", "fin.overview"),
    ("收入支出决算总体情况说明", "fin.overview"),
    ("收入支出预算执行情况分析", "fin.overview"),
    ("收支预算总表情况说明", "fin.overview"),
    ("部门整体支出概况", "fin.overview"),
    ("收入支出决算总体及增减变动情况", "fin.overview"),
    ("部门财政资金收入情况", "fin.income"),
    ("收入决算情况说明", "fin.income"),
    ("关于收入总体情况表的说明", "fin.income"),
    ("其他收入", None),
    ("支出预算安排情况", "fin.expenditure"),
    ("支出决算情况说明", "fin.expenditure"),
    ("社会保障和就业支出", None),
    ("农林水支出（类）", None),
    ("结转结余情况", "fin.carryover"),
    ("年末结转和结余情况", "fin.carryover"),
    ("财政拨款收入支出决算总体情况说明", "fin.approp"),
    ("财政拨款支出决算情况说明", "fin.approp"),
    ("财政拨款收支预算总表情况说明", "fin.approp"),
    ("财政拨款基本支出决算情况说明", "fin.approp_basic"),
    ("一般公共预算财政拨款支出决算情况说明", "fin.general"),
    ("一般公共预算财政拨款基本支出决算情况说明", "fin.general_basic"),
    ("政府性基金预算财政拨款支出决算情况说明", "fin.government_fund"),
    ("政府性基金支出预算表情况说明", "fin.government_fund"),
    ("国有资本经营预算财政拨款支出决算情况说明", "fin.state_capital"),
    ("基本支出情况", "fin.basic"),
    ("项目支出情况", "fin.project"),
    ("三公经费支出决算情况说明", "fin.sangong"),
    ("一般公共预算财政拨款安排的三公经费支出决算及增减变动情况说明", "fin.sangong"),
    ("财政拨款三公经费支出决算情况说明", "fin.sangong"),
    ("机关运行经费支出情况", "fin.operating"),
    ("关于机关运行经费支出说明", "fin.operating"),
    ("政府采购支出情况", "fin.procurement"),
    ("国有资产占有使用情况", "fin.assets"),
    ("部门整体绩效管理情况", "perf.analysis"),
    ("绩效目标完成情况分析", "perf.analysis"),
    ("部门绩效自评情况", "perf.analysis"),
    ("特定目标类项目绩效分析", "perf.projects"),
    ("自评得分情况", "perf.score"),
    ("评价结论", "perf.score"),
    ("结果应用情况", "perf.use"),
    ("存在的问题及原因分析", "perf.problems"),
    ("改进措施及建议", "perf.suggestions"),
    ("有关建议", "perf.suggestions"),
    ("主要经验及做法", "perf.experience"),
    ("工作取得新成效", None),
    ("名词解释", "glossary"),
]


@pytest.mark.parametrize(("title", "role"), HEADINGS)
def test_headings(title: str, role: str | None) -> None:
    assert resolve("cn", BUILTIN).role_of(title) == role


def test_a_heading_may_be_clear_in_one_kind_of_document_alone() -> None:
    assert resolve("cn.budget", BUILTIN).role_of("2024年部门预算编制说明") == "fin.overview"


# -- which label wins -------------------------------------------------------------------------------------------------

LABELS = [
    ("anywhere", "amount", "万元", "本年收入合计", "revenue.current", ""),
    ("anywhere", "amount", "万元", "公务用车购置及运行维护费", "three_public.vehicle", ""),
    ("anywhere", "amount", "万元", "某局公务用车运行维护费", "three_public.vehicle_operation", "某局"),
    ("anywhere", "amount", "万元", "社会保障和就业支出", "expenditure.total", "社会保障和就业"),
    ("anywhere", "count", "批次", "国内公务接待", "three_public.reception_batches", ""),
    ("anywhere", "count", "人次", "国内公务接待", "three_public.reception_people", ""),
    ("anywhere", "headcount", "人", "全局离休人员", "staffing.actual", "全局"),
    ("fin.income", "amount", "万元", "合计", "revenue.total", ""),
]


@pytest.mark.parametrize(("role", "kind", "unit", "label", "concept", "left"), LABELS)
def test_the_longest_label_wins(role: str, kind: str, unit: str, label: str, concept: str, left: str) -> None:
    found = resolve("cn", BUILTIN).find(role, frozenset({kind}), unit, label)
    assert found is not None
    assert (found[0].concept, found[1]) == (concept, left)


# -- broken packs ---------------------------------------------------------------------------------------------------


class Broken(NamedTuple):
    body: str
    code: str
    line: int
    mark: str
    """The text that begins above the mark."""


FIELD = '[[section]]\nrole = "fin.income"\n[[section.field]]\nconcept = "revenue.total"\nlabels = [\'收入\']\n'

BROKEN = {
    "not TOML": Broken("[[section]\n", "RP-PACK-001", 5, "\n"),
    "a duplicate key": Broken('[[section]]\nrole = "fin.income"\nrole = "fin.approp"\n', "RP-PACK-001", 7, ""),
    "an unknown table": Broken("[sections]\n", "RP-PACK-002", 5, "sections"),
    "an unknown key in a section": Broken('[[section]]\nrole = "fin.income"\nheading = []\n', "RP-PACK-002", 7, "heading ="),
    "an unknown key in the second field": Broken(
        FIELD + '[[section.field]]\nconcept = "revenue.current"\nlabel = [\'本年收入\']\n', "RP-PACK-002", 12, "label ="
    ),
    "an unknown key in an example": Broken(
        FIELD + "[[section.examples]]\ntext = '收入1元。'\nfacts = []\nresult = []\n", "RP-PACK-002", 13, "result"
    ),
    "an unknown role": Broken('[[section]]\nrole = "fin.incomes"\n', "RP-PACK-003", 6, "fin.incomes"),
    "an unknown concept": Broken(FIELD.replace("revenue.total", "revenue.totl"), "RP-PACK-003", 8, "revenue.totl"),
    "an unknown member": Broken(
        FIELD.replace('"revenue.total"', '"revenue.source"\nmember = "lottery"'), "RP-PACK-003", 9, "lottery"
    ),
    "an unknown fund": Broken(FIELD + 'fund = "lottery"\n', "RP-PACK-003", 10, "lottery"),
    "a breakdown of an unknown concept": Broken(
        FIELD.replace("labels = ['收入']", 'breakdown_of = "revenue.sum"'), "RP-PACK-003", 9, "revenue.sum"
    ),
    "an unknown basis": Broken(FIELD + 'basis = "plan"\n', "RP-PACK-002", 10, "plan"),
    "own that is no flag": Broken(FIELD + 'own = "yes"\n', "RP-PACK-002", 10, "own"),
    "a bad pattern": Broken(FIELD.replace("'收入'", "'收入', '(?:总计'"), "RP-PACK-004", 9, "(?:总计"),
    "a bad heading": Broken('[[section]]\nrole = "fin.income"\nheadings = [\'收入*+?\']\n', "RP-PACK-004", 7, "?"),
    "a named group": Broken(FIELD.replace("'收入'", "'(?P<x>收入)'"), "RP-PACK-004", 9, "(?P<x>"),
    "a bad guard": Broken(FIELD + "not_after = '['\n", "RP-PACK-004", 10, "["),
    "a rule without labels": Broken(FIELD.replace("labels = ['收入']\n", ""), "RP-PACK-002", 8, "revenue.total"),
    "labels that are no array": Broken(FIELD.replace("['收入']", "'收入'"), "RP-PACK-002", 9, "labels"),
    "labels that are no strings": Broken(FIELD.replace("['收入']", "[1]"), "RP-PACK-002", 9, "labels"),
    "a flag that is no flag": Broken(FIELD + 'with_fund = "yes"\n', "RP-PACK-002", 10, "with_fund"),
    "an unknown way to take a text": Broken(
        '[[section]]\nrole = "org.duties"\n[[section.field]]\nconcept = "organisation.functions"\ntake = "lines"\n',
        "RP-PACK-002", 9, "lines",
    ),
    "an unknown axis to cross": Broken(FIELD + 'cross = "nature"\n', "RP-PACK-002", 10, "nature"),
    "a concept to follow that is unknown": Broken(FIELD + 'follows = ["lottery.wins"]\n', "RP-PACK-003", 10, "lottery.wins"),
    "a role that is missing": Broken("[[section]]\nheadings = []\n", "RP-PACK-002", 5, "[[section]]"),
    "an example without facts": Broken(FIELD + "[[section.examples]]\ntext = '收入1元。'\n", "RP-PACK-002", 10, "[[section.examples]]"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pack_points_at_its_fault(name: str) -> None:
    broken = BROKEN[name]
    text = HEAD + broken.body
    with pytest.raises(PackError) as caught:
        read_rules(text.encode(), "own.toml")
    error = caught.value
    assert (error.code, error.file, error.line) == (broken.code, "own.toml", broken.line)
    assert error.column is not None
    line = text.splitlines()[broken.line - 1]
    assert line[error.column - 1 :].startswith(broken.mark.strip("\n"))
    assert_marked(error, line)


def assert_marked(error: PackError, line: str) -> None:
    """The message shows the line and a mark under the column, a Chinese character being two cells wide."""
    assert error.column is not None
    shown, mark = error.message("en").splitlines()[-2:]
    assert shown == f"    {line}"
    wide = sum(ord(c) > 0x2E7F for c in line[: error.column - 1])
    assert sum(2 if c == "　" else 1 for c in mark[:-1]) == 4 + error.column - 1 + wide
    assert mark[-1] == "^"
    assert error.reason in error.message("zh")


HEADS = {
    "no [pack]": ("[[section]]\nrole = 'fin.income'\n", "RP-PACK-002"),
    "no id": ("[pack]\nversion = '1'\n", "RP-PACK-002"),
    "an id of the wrong form": ("[pack]\nid = 'sichuan'\n", "RP-PACK-002"),
    "an unknown key": ("[pack]\nid = 'cn-65'\nversion = '1'\nextend = 'cn'\n", "RP-PACK-002"),
    "expects an unknown concept": ("[pack]\nid = 'cn-65'\nversion = '1'\nexpects = ['revenue.sum']\n", "RP-PACK-003"),
    "applies with a bad pattern": ("[pack]\nid = 'cn-65'\nversion = '1'\napplies = { title = '(' }\n", "RP-PACK-004"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_broken_head(name: str) -> None:
    text, code = HEADS[name]
    with pytest.raises(PackError) as caught:
        read_rules(text.encode(), "own.toml")
    assert caught.value.code == code
    assert caught.value.file == "own.toml"


def test_not_utf8() -> None:
    with pytest.raises(PackError) as caught:
        read_rules((HEAD + "# 浙江\n").encode("gb18030"), "own.toml")
    assert caught.value.code == "RP-PACK-001"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_rules(b"\xef\xbb\xbf" + HEAD.encode(), "own.toml").id == "cn-65.overall_performance"


def test_a_pack_need_not_have_a_version() -> None:
    assert read_rules(b"[pack]\nid = 'cn-65'\n", "own.toml").id == "cn-65"


def test_crlf_is_no_fault() -> None:
    assert read_rules(HEAD.replace("\n", "\r\n").encode(), "own.toml").extends == "cn.overall_performance"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (
            {
                "a.toml": "[pack]\nid = 'cn-65'\nversion = '1'\nextends = 'cn-44'\n",
                "b.toml": "[pack]\nid = 'cn-44'\nversion = '1'\nextends = 'cn-65'\n",
            },
            "RP-PACK-005",
        ),
        ({"a.toml": "[pack]\nid = 'cn-65'\nversion = '1'\nextends = 'cn-65'\n"}, "RP-PACK-005"),
        ({"a.toml": "[pack]\nid = 'cn-65'\nversion = '1'\nextends = 'cn-99'\n"}, "RP-PACK-005"),
        (
            {"a.toml": "[pack]\nid = 'cn-65'\nversion = '1'\n", "b.toml": "[pack]\nid = 'cn-65'\nversion = '1'\n"},
            "RP-PACK-007",
        ),
        ({"a.toml": "[pack]\nid = 'cn'\nversion = '1'\n"}, "RP-PACK-007"),
    ],
)
def test_packs_that_do_not_go_together(tmp_path: Path, files: dict[str, str], code: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_packs([tmp_path / name for name in files])
    assert caught.value.code == code
    assert caught.value.file in files


def test_no_such_file_and_no_such_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_packs([tmp_path / "none.toml"])
    assert caught.value.code == "RP-PACK-006"
    with pytest.raises(PackError) as caught:
        resolve("cn-99", BUILTIN)
    assert caught.value.code == "RP-PACK-006"


# -- overlays and choice ----------------------------------------------------------------------------------------------


def test_the_nearest_pack_comes_first(tmp_path: Path) -> None:
    rules, packs = written(tmp_path, FIELD)
    pack = resolve(rules.id, packs)
    assert [r.id for r in pack.chain] == ["cn-65.overall_performance", "cn.overall_performance", "cn"]
    assert pack.fields("fin.income")[0].pack == rules.id
    assert {f.pack for f in pack.fields("fin.income")} == {rules.id, "cn.overall_performance", "cn"}
    assert set(BUILTIN["cn.overall_performance"].expects) <= set(pack.expects)


CHOICES = [
    ("2023年度部门整体支出绩效自评报告", "51", 2023, ["部门财政资金收入情况"], "cn-51.overall_performance"),
    ("2023年度部门整体支出绩效自评报告", "51", 2023, ["收入情况"], "cn.overall_performance"),
    ("2023年度部门整体支出绩效自评报告", "43", 2023, ["部门财政资金收入情况"], "cn.overall_performance"),
    ("2023年度部门整体支出和项目支出绩效自评报告", "36", 2023, [], "cn.overall_performance"),
    ("某局2022年度部门决算公开", "32", 2022, [], "cn.final_accounts"),
    ("某中心2025年部门预算情况说明", "50", 2025, [], "cn.budget"),
    ("某县2023年度果品冷库项目绩效评价报告", "41", 2023, [], "cn.project_performance"),
    ("某县2023年度果品冷库奖补资金绩效自评报告", "41", 2023, [], "cn.project_performance"),
    ("某县2023年度果品冷库奖补资金绩效自评报告", "41", 2023, ["绩效目标分解下达情况"], "cn.transfer_performance"),
    ("某县2023年中央林草资金转移支付绩效自评报告", "62", 2023, [], "cn.transfer_performance"),
    ("某中心2023年度三公经费支出决算公开", "34", 2023, [], "cn"),
    ("政府工作报告", None, 2025, [], "cn"),  # where nobody says the kind, packs of governments are not asked
    (
        "2023年度部门整体支出绩效自评报告",
        "43",
        2023,
        ["一般公共预算支出情况", "政府性基金预算支出情况"],
        "cn-43.overall_performance",
    ),
    (
        "2023年度部门整体支出绩效自评报告",
        "42",
        2023,
        ["一般公共预算支出情况", "政府性基金预算支出情况"],
        "cn.overall_performance",
    ),
    ("2023年度部门整体支出绩效自评报告", "42", 2023, ["自评结论", "绩效目标完成情况"], "cn-42.overall_performance"),
    ("2023年度部门整体支出绩效自评报告", "44", 2023, ["履职效能分析", "管理效率分析"], "cn-44.overall_performance"),
    ("2023年度部门整体支出绩效自评报告", "53", 2023, ["评价思路", "主要经验"], "cn-53.overall_performance"),
    ("某局2022年度部门决算公开", "53", 2022, ["其他重要事项及相关口径情况说明"], "cn-53.final_accounts"),
    ("某项目绩效评价报告", "31", 2022, ["评价结论和指标分析"], "cn-31.project_performance"),
    ("2022年部门预算", "32", 2022, ["收支预算总体情况说明"], "cn-32.budget"),
]


@pytest.mark.parametrize(("title", "province", "year", "headings", "pack_id"), CHOICES)
def test_which_pack_is_chosen(title: str, province: str | None, year: int, headings: list[str], pack_id: str) -> None:
    choice = choose(BUILTIN, title, headings, province, year)
    assert choice.pack.id == pack_id
    assert choice.why


@pytest.mark.parametrize(
    ("title", "kind", "pack_id"),
    [
        ("政府工作报告", "work_report", "cn.work_report"),
        ("云岭县2023年财政预算执行情况和2024年财政预算草案的报告", "government_fiscal", "cn.government_fiscal"),
        ("青石镇2022年财政决算", "town_fiscal", "cn.town_fiscal"),
        ("青石镇2022年财政决算", "final_accounts", "cn.final_accounts"),
    ],
)
def test_what_a_government_says_of_all_its_territory_is_read_by_no_pack_for_departments(
    title: str, kind: str, pack_id: str
) -> None:
    assert choose(BUILTIN, title, ["收支预算总体情况说明"], "32", 2023, kind).pack.id == pack_id


@pytest.mark.parametrize(("province", "used"), [(None, True), ("63", True), ("51", False)])
def test_a_pack_that_is_added_is_meant_for_what_names_no_region(
    tmp_path: Path, province: str | None, used: bool
) -> None:
    (tmp_path / "my.toml").write_text(
        "[pack]\nid = 'cn-63.final_accounts'\nversion = '1'\nextends = 'cn.final_accounts'\napplies = { title = '决算' }\n",
        encoding="utf-8",
    )
    choice = choose(load_packs([tmp_path / "my.toml"]), "某林场2023年度部门决算", [], province, 2023)
    assert (choice.pack.id == "cn-63.final_accounts") is used
    assert any("the document names none" in why for why in choice.why) is (province is None)


def test_a_pack_of_a_region_does_not_come_by_itself() -> None:
    """Of the packs that come with the project none guesses the region."""
    choice = choose(BUILTIN, "某局2022年度部门决算公开", ["其他重要事项及相关口径情况说明"], None, 2022)
    assert choice.pack.id == "cn.final_accounts"


def test_two_equal_claims_give_way_to_their_base(tmp_path: Path) -> None:
    for name, kind in (("a.toml", "budget"), ("b.toml", "final_accounts")):
        (tmp_path / name).write_text(
            f"[pack]\nid = 'cn-65.{kind}'\nversion = '1'\nextends = 'cn.{kind}'\napplies = {{ title = '公开' }}\n",
            encoding="utf-8",
        )
    choice = choose(load_packs([tmp_path / "a.toml", tmp_path / "b.toml"]), "信息公开", [], "65", 2024)
    assert choice.pack.id == "cn"
    assert "equal claims" in choice.why[0]


# -- examples -----------------------------------------------------------------------------------------------------------

OWN = """\
[[section]]
role = "fin.income"
[[section.field]]
concept = "revenue.total"
labels = ['全口径进账']
[[section.examples]]
text = '2023年全口径进账5万元。'
facts = ['revenue.total = 5万元']
"""


def test_an_example_that_holds(tmp_path: Path) -> None:
    assert run_examples(*written(tmp_path, OWN)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("revenue.total = 5万元", "revenue.current = 5万元", ["RP-PACK-011", "RP-PACK-012"]),
        ("revenue.total = 5万元", "revenue.total{period=2022} = 5万元", ["RP-PACK-011", "RP-PACK-012"]),
        ("revenue.total = 5万元", "revenue.total = 5万", ["RP-PACK-011", "RP-PACK-012"]),
        ("5万元。'", "5万元，另有果树300棵。'", ["RP-PACK-013"]),
        ("'revenue.total = 5万元'", "", ["RP-PACK-012"]),
        ("= 5万元'", "5万元'", ["RP-PACK-012", "RP-PACK-018"]),
        (
            "['全口径进账']",
            "['全口径进账']\n[[section.field]]\nconcept = 'revenue.current'\nlabels = ['当年进账']",
            ["RP-PACK-014"],
        ),
    ],
)
def test_examples_run_both_ways(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in OWN
    assert codes(run_examples(*written(tmp_path, OWN.replace(old, new)))) == expected


def test_a_quantity_wrongly_listed_as_unclaimed(tmp_path: Path) -> None:
    problems = run_examples(*written(tmp_path, OWN + "unclaimed = ['5万元']\n"))
    assert codes(problems) == ["RP-PACK-013"]
    assert "应无人认领" in problems[0].message("zh")
    assert problems[0].message("en").startswith("own.toml: RP-PACK-013: fin.income")


def test_a_breakdown_is_needed_by_its_members(tmp_path: Path) -> None:
    body = OWN.replace("全口径进账5万元。", "全口径进账5万元，其中教育支出2万元。").replace(
        "['全口径进账']",
        "['全口径进账']\n[[section.field]]\nconcept = 'expenditure.function'\nbreakdown_of = 'revenue.total'",
    )
    problems = run_examples(*written(tmp_path, body))
    assert [p.code for p in problems] == ["RP-PACK-012"]
    assert "expenditure.function[205]" in problems[0].reason_en


# -- lint ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["(?:收+)+入", "(?:收|收)*入", "(?:(?:收|入|收入)*)*支"])
def test_a_pattern_that_backtracks_out_of_bounds(tmp_path: Path, pattern: str) -> None:
    problems = lint(*written(tmp_path, FIELD.replace("收入", pattern)))
    assert codes(problems) == ["RP-PACK-008"]
    assert pattern in problems[0].message("en")


@pytest.mark.parametrize(
    "pattern",
    ["出国(境)".replace("(", r"\(").replace(")", r"\)"), "收入:", "收入,", "“三公”经费", "收 入", "１２月收入"],
)
def test_a_pattern_that_no_normalised_text_matches(tmp_path: Path, pattern: str) -> None:
    assert codes(lint(*written(tmp_path, FIELD.replace("收入", pattern)))) == ["RP-PACK-017"]


def test_quotation_marks_may_stand_in_guards(tmp_path: Path) -> None:
    assert lint(*written(tmp_path, FIELD.replace("'收入'", "'进账'") + "not_after = '“十四五”'\n")) == []


def test_a_rule_behind_one_that_takes_all_its_labels(tmp_path: Path) -> None:
    body = FIELD + "[[section.field]]\nconcept = 'revenue.current'\nlabels = ['收入']\n"
    problems = lint(*written(tmp_path, body))
    assert [p.code for p in problems] == ["RP-PACK-015"]
    assert "revenue.current" in problems[0].where


def test_a_label_of_two_rules(tmp_path: Path) -> None:
    body = FIELD + "[[section.field]]\nconcept = 'revenue.current'\nlabels = ['(?:本年)?收入']\n"
    problems = lint(*written(tmp_path, body))
    assert [p.code for p in problems] == ["RP-PACK-016"]
    assert "“收入”" in problems[0].reason


@pytest.mark.parametrize(
    "more",
    [
        "with_fund = true\n",
        "units = ['亿元']\n",
        "only_if = '全市'\n",
    ],
)
def test_a_guarded_rule_takes_nothing_from_the_next(tmp_path: Path, more: str) -> None:
    body = FIELD + more + "[[section.field]]\nconcept = 'revenue.current'\nlabels = ['收入']\n"
    assert lint(*written(tmp_path, body)) == []


def test_a_heading_that_another_role_has(tmp_path: Path) -> None:
    body = (
        "[[section]]\nrole = 'fin.income'\nheadings = ['进账说明']\n"
        "[[section]]\nrole = 'fin.approp'\nheadings = ['进账']\n"
    )
    problems = lint(*written(tmp_path, body))
    assert codes(problems) == []
    body = (
        "[[section]]\nrole = 'fin.income'\nheadings = ['进账']\n"
        "[[section]]\nrole = 'fin.approp'\nheadings = ['进账说明']\n"
    )
    problems = lint(*written(tmp_path, body))
    assert codes(problems) == ["RP-PACK-015"]
    assert "fin.approp" in problems[0].where

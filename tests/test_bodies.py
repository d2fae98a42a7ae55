"""Lists of names of bodies: how they open, what joins and closes them, what a bracket says, what is no name."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.bodies import is_nameless, is_own, names_after, names_before, names_of_line

AFTER = [
    ("内设", "我局内设办公室、财务股和业务股3个股室。", "办公室 财务股 业务股"),
    ("内设机构", "本部门内设机构包括：秘书处、法规和政法处、人事处（机关党委）、文印中心等20个处室和县委机要局。", "秘书处 法规和政法处 人事处（机关党委） 文印中心 县委机要局"),
    ("内设机构", "全院共有内设机构5个。分别为：第一检察部，第二检察部，政治部，办公室，警务队。", "第一检察部 第二检察部 政治部 办公室 警务队"),
    ("内设机构", "内设机构3个，均为正股级：综合股、项目股、质检股。", "综合股 项目股 质检股"),
    ("内设机构", "内设机构有党政办公室、经济发展办公室（挂应急办公室牌子）；下属事业单位有便民服务中心。", "党政办公室 经济发展办公室"),
    ("内设机构", "内设机构3个，编制5名，实有人员7人。", ""),
    ("内设", "本院内设办公室、护理部、收费科等后勤科室；儿科、妇产科等临床科室；检验科等医技科室。", "办公室 护理部 收费科 儿科 妇产科 检验科"),
    ("内设", "局机关内设7个职能科室：办公室、法规科、计财科；人事科、造林科、资源科及机关党支部。", "办公室 法规科 计财科 人事科 造林科 资源科 机关党支部"),
    ("内设", "现内设一室两股：办公室、财务股、造林股。", "办公室 财务股 造林股"),
    ("设有", "学校设有教务处、年级组、工会、少先队等部门。", "教务处 年级组 工会 少先队"),
    ("设", "共设办公室（审批服务处）、宣传处（人事处、对外联络处）12个内设机构。另设机关党委、工会（团委）。", "办公室（审批服务处） 宣传处（人事处、对外联络处）"),
    ("另设", "另设机关党委、工会（团委）、离退休干部处。", "机关党委 工会（团委） 离退休干部处"),
    ("处室", "现有38个处室及机关党委，编制339名。", "机关党委"),
    ("下设", "县委下设办公厅、研究室和3个专门委员会、8个工作委员会。", "办公厅 研究室"),
    ("下设", "下设苗圃2个、检查站3个。", ""),
    ("下属单位", "下属单位1个，为渔号传习所（不独立核算）。", "渔号传习所"),
    ("下属单位", "下属单位有2个：县有害生物防治站和县林业基地。", "县有害生物防治站 县林业基地"),
    ("下属事业单位", "本站为县水利局下属事业单位，设综合股、机电股。", ""),
    ("单位", "纳入编制范围的单位共3个，具体是：1.某局本级；2.县林场；3.县120急救站。", "某局本级 县林场 县120急救站"),
    ("设", "项目设立专账，实行专人管理。", ""),
    ("事业单位", "所属全额事业单位1个（某县杂粮良种站），未单独编报预算。", "某县杂粮良种站"),
    ("事业单位", "下属1个事业单位（某县牧草种子场，实行报账制，不独立核算）。", "某县牧草种子场"),
    ("内设机构", "内设机构3个（含机关党委）。", ""),
    ("事业单位", "包括局本级决算和2家下属事业单位决算，即某县柚子研究所、某县果农服务中心。", "某县柚子研究所 某县果农服务中心"),
    ("二级机构", "下设二级机构2个，即某县路政所和某县亮化所，财务均由局机关统一核算。", "某县路政所 某县亮化所"),
]  # fmt: skip
BEFORE = [
    ("所属事业单位", "我部门预算包含了信息中心、培训中心等4个所属事业单位的收支。", "信息中心 培训中心"),
    ("事业单位", "本部门由局机关和所属的林业站、种苗站、国有林场3个事业单位组成。", "林业站 种苗站 国有林场"),
    ("内设机构", "本局办公室、财务股等2个内设机构负责此项工作。", "办公室 财务股"),
    ("内设机构", "编制40名，机构设置包括3个内设机构。", ""),
    ("所属单位", "本局设综合科、渔业科2个科室和3个所属单位。", ""),
    ("事业单位", "内设综合科，下属某县版画馆1个公益一类事业单位，由办公室统一核算。", "某县版画馆"),
    ("事业单位", "下辖某县监测站、某县推广站2个财政性资金基本保证的事业单位。", "某县监测站 某县推广站"),
    ("事业单位", "本站为县水利局下属1个事业单位。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("noun", "text", "names"), AFTER, ids=[row[1][:16] for row in AFTER])
def test_names_after_a_noun(noun: str, text: str, names: str) -> None:
    at = text.index(noun)
    found, _ = names_after(text, at, at + len(noun), len(text))
    assert [name.value for name in found] == names.split()
    assert all(text[name.start : name.end] == name.value for name in found)


@pytest.mark.parametrize(("noun", "text", "names"), BEFORE, ids=[row[1][:16] for row in BEFORE])
def test_names_before_their_count(noun: str, text: str, names: str) -> None:
    assert [name.value for name in names_before(text, 0, text.index(noun))] == names.split()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("秘书科（联络科）。组织、协调全区性的活动。", "秘书科（联络科）"),
        ("反贪局（内设侦查处、指导处）", "反贪局"),
        ("某县种子站，不单列预算。", "某县种子站"),
        ("县林场；2.县种苗站", "县林场 县种苗站"),
        ("负责机关的日常运转。", ""),
    ],
)
def test_names_of_a_line(line: str, names: str) -> None:
    assert [name.value for name in names_of_line(line, 0, len(line))] == names.split()


def test_the_body_itself() -> None:
    assert all(map(is_nameless, ("局本级", "镇人民政府本级", "中心本级", "本级")))
    assert not any(map(is_nameless, ("某局本级", "某县种子站", "厅机关服务中心")))
    assert all(map(is_own, ("某局本级", "某局（本级）", "商务委本部", "某办事处（本部）", "县林业局机关")))
    assert not any(map(is_own, ("机关党委", "机关文印中心", "县种子站")))


LISTS = [
    (
        "（一）内设机构\n1.办公室（加挂信访办牌子）\n负责文秘工作，联系各股室。\n2.计财股\n负责资金。内设2个中队，即甲中队、乙中队。\n（二）下属单位\n1.县林场\n2.县林科所\n",
        {"internal_bodies": "办公室 计财股", "subordinate_units": "县林场 县林科所"},
    ),
    (
        "局机关设9个内设机构。本部门中，行政单位1家，事业单位2家，具体包括：\n1.某局本部，设办公室、业务科。\n2.县种子站，不单列预算。\n3.县植保站（公益一类）。\n",
        {"internal_bodies": "办公室 业务科", "subordinate_units": "县种子站 县植保站"},
    ),
    (
        "下设县种子站、县植保站2个事业单位。纳入2023年度部门决算编制范围的预算单位包括：\n1.某局机关\n2.县种子站\n3.县植保站\n",
        {"subordinate_units": "县种子站 县植保站", "accounting_units": "某局机关 县种子站 县植保站"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "names"), LISTS, ids=["headings", "items", "counted by what they are"])
def test_names_of_a_section(body: str, names: dict[str, str]) -> None:
    report = parse(f"某县农业局2023年度部门决算公开\n\n一、机构设置\n{body}二、人员情况\n年末实有人数3人。\n".encode())
    found: dict[str, list[str]] = {}
    for fact in report:
        if fact.concept.startswith("organisation.") and fact.mention is None:
            assert fact.value == fact.member
            found.setdefault(fact.concept.removeprefix("organisation."), []).append(str(fact.value))
    assert {concept: " ".join(listed) for concept, listed in found.items()} == names


COUNTS = [
    ("机构设置包括23个内设机构、2个下属事业单位和2个派出机构。", {"internal_bodies": "23", "subordinate_units": "2"}),
    ("本部门预算是包括局本部以及下属5家预算单位的综合收支计划。", {"subordinate_units": "5"}),
    ("县林业局设9个内设机构，现有38个处室及机关党委。", {"internal_bodies": "9 38"}),
    ("本站设综合股、检测股等2个股室，下辖甲站、乙站3个二级单位。", {"internal_bodies": "2", "subordinate_units": "3"}),
    ("内设机构有办公室、财务股等7个。", {"internal_bodies": "7"}),
    ("本部门只包括站本级1个独立核算单位。", {"accounting_units": "1"}),
    ("纳入部门决算编报的单位共3个。其中：行政单位1个，其他事业单位2个。", {"accounting_units": "3", "accounting_units[行政单位]": "1", "accounting_units[其他事业单位]": "2"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "counts"), COUNTS, ids=[row[0][:16] for row in COUNTS])
def test_counts_of_bodies(sentence: str, counts: dict[str, str]) -> None:
    report = parse(f"某县农业局2024年部门预算公开\n\n一、机构设置\n{sentence}\n二、人员情况\n年末3人。\n".encode())
    found: dict[str, list[str]] = {}
    for fact in report:
        if fact.concept.startswith("organisation.") and fact.mention is not None:
            key = fact.key.removeprefix("organisation.").removesuffix("{period=2024}")
            found.setdefault(key, []).append(str(fact.value))
    assert {key: " ".join(values) for key, values in found.items()} == counts

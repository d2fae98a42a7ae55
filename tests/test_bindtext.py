"""Duties, narratives and reasons: how a section's own text is cut into them."""

from __future__ import annotations

import time

import pytest

from reportparse import parse

HEAD = "某县林业局2023年度部门整体支出绩效自评报告\n\n一、部门概况\n某县林业局负责全县林业工作，承担森林防火、造林绿化、苗木检疫等任务。\n"

DUTIES = [
    ("主要职责是：（一）贯彻林业法规；（二）负责造林；（三）完成交办事项。\n", ["（一）贯彻林业法规；", "（二）负责造林；", "（三）完成交办事项。"]),
    ("1.贯彻林业法规；2.负责造林。\n", ["1.贯彻林业法规；", "2.负责造林。"]),
    ("（一）综合协调。负责文秘，承担机关运转。\n（二）造林管理。组织造林，指导苗木生产。\n", ["（一）综合协调。负责文秘，承担机关运转。", "（二）造林管理。组织造林，指导苗木生产。"]),
    ("1.贯彻林业法规，拟订规划。\n2.依法进行检查：\n（1）苗木检查；\n（2）木材检查；\n3.完成交办事项。\n", ["1.贯彻林业法规，拟订规划。", "2.依法进行检查：\n（1）苗木检查；\n（2）木材检查；", "3.完成交办事项。"]),
    ("贯彻林业法规；负责造林绿化，2023年造林1.5万亩。\n", []),
    ("（一）贯彻林业法规；\n（二）负责造林；\n（二）组织抚育；\n（四）完成交办事项。\n", ["（一）贯彻林业法规；", "（二）负责造林；", "（二）组织抚育；", "（四）完成交办事项。"]),
    ("1.贯彻林业法规；\n1.负责造林；\n2.完成交办事项。\n", ["1.贯彻林业法规；", "1.负责造林；", "2.完成交办事项。"]),
    ("主要职责是：（1）贯彻林业法规；（2）负责造林；（2）组织抚育；（3）完成交办事项。\n", ["（1）贯彻林业法规；", "（2）负责造林；", "（2）组织抚育；", "（3）完成交办事项。"]),
    ("某县林业局的主要职责是：\n1、贯彻林业法规；\n2、负责造林；\n2、组织抚育。\n", ["1、贯彻林业法规；", "2、负责造林；", "2、组织抚育。"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "duties"), DUTIES, ids=[row[0][:12] for row in DUTIES])
def test_duties(body: str, duties: list[str]) -> None:
    report = parse(f"{HEAD}二、主要职责\n{body}三、机构设置\n本局设办公室等股室。\n".encode())
    found = [fact for fact in report if fact.concept == "organisation.functions"]
    assert [fact.value for fact in found] == duties
    assert [fact.member for fact in found] == [str(n) for n in range(1, len(duties) + 1)]


NARRATIVES = [
    (
        "二、存在问题及改进措施\n（一）执行情况。预算偏粗，执行偏慢。改进措施：细化预算，加快进度。\n三、其他\n无。\n",
        {"problems": "（一）执行情况。预算偏粗，执行偏慢。", "suggestions": "细化预算，加快进度。"},
    ),
    (
        "二、存在问题及建议\n存在问题：一是预算偏粗。二是执行偏慢。建议：一是细化预算。\n",
        {"problems": "一是预算偏粗。二是执行偏慢。", "suggestions": "一是细化预算。"},
    ),
    (
        "二、存在问题\n主要问题：人手少，建议提前招录。\n三、对策建议\n增加人手。\n",
        {"problems": "人手少，建议提前招录。", "suggestions": "增加人手。"},
    ),
    (
        "二、存在的困难和问题\n项目推进慢。\n三、下一步打算\n加快进度。\n某县林业局\n2024年3月1日\n名词解释\n基本支出：维持运转的支出。\n",
        {"problems": "项目推进慢。", "suggestions": "加快进度。"},
    ),
    (
        "二、评价结论\n\u3000\u3000自评得分91分，等级为优，各部分得分见表2。\n表2\u3000各部分得分\n单位：万元\n一级指标\t分值\t得分\n投入\t20\t18\n产出\t80\t73\n",
        {"conclusion": "自评得分91分，等级为优，各部分得分见表2。"},
    ),
    (
        "二、改进措施\n\u3000\u3000一是提前备料；二是加快验收。\n扫一扫在手机打开当前页\u3000网站标识码：5100000000\n",
        {"suggestions": "一是提前备料；二是加快验收。"},
    ),
    (
        "二、改进措施\n\u3000\u3000一是提前备料；二是加快验收。\n\n附件：部门整体支出绩效自评表\n部门名称\n某县林业局\n年初预算数\n全年预算数\n全年执行数\n"
        "部门整体支出总额\n40.6\n44.2\n43.9\n其中：基本支出\n30.6\n31.2\n31.0\n项目支出\n10.0\n13.0\n12.9\n预期目标\n造林两千亩，抚育八百亩，护林员全部到岗。\n",
        {"suggestions": "一是提前备料；二是加快验收。"},
    ),
    ("二、绩效情况\n项目甲完成造林100亩，已发现的问题：苗木成活率低。\n", {}),
    ("二、支出情况\n年末结转和结余3万元，主要是质保金未到期；同比减少1万元。\n", {"carry_over_reason": "质保金未到期"}),
    ("二、结转结余情况\n年末结转结余3万元，主要原因：（1）项目未完工；（2）质保金未到期；年初结余1万元。\n", {"carry_over_reason": "（1）项目未完工；（2）质保金未到期"}),
    ("二、支出情况\n年末结转和结余3万元，比上年减少1万元，主要是加快了进度。\n", {}),
    ("二、支出情况\n年末结转和结余3万元，主要用于下年项目。\n", {}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "narratives"), NARRATIVES, ids=[row[0][2:20] for row in NARRATIVES])
def test_narratives(body: str, narratives: dict[str, str]) -> None:
    report = parse(f"{HEAD}{body}".encode())
    found = {fact.concept: fact for fact in report if fact.concept.startswith("narrative.")}
    assert {name.removeprefix("narrative."): fact.value for name, fact in found.items()} == narratives


@pytest.mark.parametrize(
    "run", ["：" * 8000, "，：" * 4000, "万元）1减少" * 1200], ids=["colons", "separators", "changes"]
)
def test_a_long_run_of_one_thing_is_read_in_the_time_that_it_is_long(run: str) -> None:
    text = f"2023年度安远市林业局部门决算\n\n一、收支\n支出合计9万元，其中：{run}\n"
    began = time.process_time()
    parse(text.encode())
    assert time.process_time() - began < 10

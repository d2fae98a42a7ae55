"""Forms of self-assessment of which only the cells are left: every mark under its heading, and no guess where a cell is lost."""

from __future__ import annotations

import pytest

from reportparse import parse
from reportparse.marked import read_marked
from reportparse.stacked import ASIDE

HEADS = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因"
ROW = "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7"
CASES = {
    "levels that are printed once, reasons that are left out": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 6座 12 12 闸门 9扇 8扇 8 7 质量指标 合格率 100% 98% 10 10 总分 30 29",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:2 2:3 2:4 2:5 2:6 3:1 3:2 3:3 3:4 3:5 3:6 4:0 4:5 4:6",
    ),
    "a reason before a level": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 5座 12 10 未到货 质量指标 合格率 100% 98% 10 10 总分 22 20",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 2:1 2:2 2:3 2:4 2:5 2:6 3:0 3:5 3:6",
    ),
    "what stands before a name alone may be a reason or a level": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 5座 12 10 其他事项 合格率 100% 98% 10 10 总分 22 20",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:? 2:? 2:? 2:? 2:? 2:? 3:0 3:5 3:6",
    ),
    "levels by other names": (
        f"{HEADS} 管理效率 预算编制 编报率 100% 100% 6 6 预算管理 调整率 ≤5% 8% 6 4 社会效应 亩均增收 ≥800元 640元 10 8 总分 22 18",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:1 2:2 2:3 2:4 2:5 2:6 3:1 3:2 3:3 3:4 3:5 3:6 4:0 4:5 4:6",
    ),
    "a sentence is no level": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 5座 12 10 厂家停工，未到货。 闸门 9扇 8扇 8 7 总分 20 17",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 2:2 2:3 2:4 2:5 2:6 3:0 3:5 3:6",
    ),
    "a row that lacks a mark": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 5座 12 10 闸门 9扇 8扇 8 质量指标 合格率 100% 98% 10 10",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:? 2:? 3:? 4:? 5:1 5:2 5:3 5:4 5:5 5:6",
    ),
    "after a level that is lost none goes on": (
        f"{HEADS} 产出指标 数量指标 泵站 6座 5座 12 10 效益指标 社会效益 人口 2万 8 生态效益 水质 90% 91% 10 10 总分 30 28",
        f"{ROW} 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:? 3:? 4:? 5:? 6:? 7:? 8:? 9:? 10:? 11:? 12:? 13:0 13:5 13:6",
    ),
    "headings in two lines": (
        "一级指标 二级指标 三级指标 指标值 自评得分 年初目标值 实际完成值 产出 数量 渠道 3里 3里 19",
        "0:0 0:1 0:2 0:3x2 0:5 1:3 1:4 2:0 2:1 2:2 2:3 2:4 2:5",
    ),
    "all indicators beside their levels": (
        "绩效指标 一级指标 三级指标 指标值 完成值 得分 产出指标 渠道 3里 3里 19 总分 19",
        "0:0 1:0 1:1 1:2 1:3 1:4 2:0 2:1 2:2 2:3 2:4 3:0 3:4",
    ),
    "levels with their marks, results in words": (
        "一级指标 二级指标 三级指标 指标值 完成值 分值 得分 产出指标（50分） 数量指标 报告 ≥5份 达成预期指标 8 8 质量指标 合规 严格执行 部分达成年度指标 8 7 "
        "满意度指标（10分） 满意度指标 公众满意度 ≥90% 95 10 10",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:1 2:2 2:3 2:4 2:5 2:6 3:0 3:1 3:2 3:3 3:4 3:5 3:6",
    ),
    "targets alone": (
        "一级指标 二级指标 三级指标 指标值 产出指标 数量指标 泵站 ≥6座 质量指标 合格率 100% 时效指标 完工 及时 效益指标 社会效益 人口 2万人",
        "0:0 0:1 0:2 0:3 1:0 1:1 1:2 1:3 2:1 2:2 2:3 3:1 3:2 3:3 4:0 4:1 4:2 4:3",
    ),
    "levels that no other place has, reasons that say why": (
        "一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分 偏差原因 茶园提质 改造任务 改造面积 15 ≥3000亩 2860亩 14.3 雨季偏长 补植成活率 10 ≥90% "
        "93% 10 茶农服务 培训指导 培训场次 10 12场 12场 10 总分 35 34.3",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 2:2 2:3 2:4 2:5 2:6 3:0 3:1 "
        "3:2 3:3 3:4 3:5 3:6 4:0 4:3 4:6",
    ),
    "of such levels, behind a row that lost nothing": (
        "一级指标 二级指标 分值 得分 扣分说明 部门履职 任务完成 40 38 改造未完工 职责落实 10 10 内部治理 制度建设 15 15 预算执行 15 12.5 支付进度慢 社会评价 "
        "茶农口碑 20 20 总分 100 95.5",
        "0:0 0:1 0:2 0:3 0:4 1:0 1:1 1:2 1:3 1:4 2:1 2:2 2:3 3:0 3:1 3:2 3:3 4:1 4:2 4:3 4:4 5:0 5:1 "
        "5:2 5:3 6:0 6:2 6:3",
    ),
    "what is done about it in a column of its own": (
        "一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分 偏差原因分析 改进措施 茶园提质 改造任务 改造面积 15 ≥3000亩 2860亩 14.3 雨季长 提前动工 "
        "补植成活率 10 ≥90% 93% 10 市场开拓 展会 参展次数 10 4次 3次 7.5 改为线上 争取线下名额 总分 35 31.8",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7 0:8 1:0 1:1 1:2 1:3 1:4 1:5 1:6 1:7 1:8 2:2 2:3 2:4 2:5 2:6 "
        "3:0 3:1 3:2 3:3 3:4 3:5 3:6 3:7 3:8 4:0 4:3 4:6",
    ),
    "no column of reasons: all that is between is names": (
        "一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分 岸段巡护 巡查 巡查次数 5 ≥24次 26次 5 占滩处置率 6 ≥95% 90% 5.5 米草治理 治理面积 8 "
        "52亩 53亩 8 沿岸民生 信访 办结率 9 100% 100% 9",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:2 2:3 2:4 2:5 2:6 3:1 3:2 3:3 3:4 "
        "3:5 3:6 4:0 4:1 4:2 4:3 4:4 4:5 4:6",
    ),
    "targets in words under such levels": (
        "一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分 原因 机构运行 人员保障 工资发放 10 按时 按时 10 制度执行 内控 5 健全 基本健全 4 手册未修订 公共服务 "
        "古树 古树挂牌 20 应挂尽挂 挂牌率98% 19.6 两株有争议 总分 35 33.6",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:1 2:2 2:3 2:4 2:5 2:6 2:7 3:0 "
        "3:1 3:2 3:3 3:4 3:5 3:6 3:7 4:0 4:3 4:6",
    ),
    "such a level that may be a reason: neither it nor what is under it": (
        "一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分 偏差原因 茶园提质 改造任务 改造面积 15 ≥3000亩 2860亩 14.3 土壤检测 酸碱度 10 5.5 5.5 "
        "10 茶农服务 培训指导 培训场次 10 12场 12场 10 总分 35 34.3",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 0:7 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:? 2:? 2:? 2:? 2:? 2:? 3:0 3:1 "
        "3:2 3:3 3:4 3:5 3:6 4:0 4:3 4:6",
    ),
    "one column of marks, with a target and a result": (
        "一级指标 二级指标 三级指标 年度指标值 实际完成值 得分 未完成原因 茶园提质 改造任务 改造面积 ≥3000亩 2860亩 14.3 雨季长，工期短 "
        "补植成活率 ≥90% 93% 10 茶农服务 培训指导 培训场次 ≥12场 12场 10 总分 34.3",
        "0:0 0:1 0:2 0:3 0:4 0:5 0:6 1:0 1:1 1:2 1:3 1:4 1:5 1:6 2:2 2:3 2:4 2:5 3:0 3:1 3:2 3:3 3:4 3:5 4:0 4:5",
    ),
    "weights in per cent": (
        "一级指标 三级指标 目标值 实际值 权重 得分 产出指标 渠道 100% 97% 10% 9.7 总分 10% 9.7",
        "0:0 0:1 0:2 0:3 0:4 0:5 1:0 1:1 1:2 1:3 1:4 1:5 2:0 2:4 2:5",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_and_columns(name: str) -> None:
    cells, places = CASES[name]
    found = read_marked(cells.split(), 0)
    assert found is not None
    shown = [f"{row}:{'?' if column == ASIDE else column}{f'x{n}' if n > 1 else ''}" for row, column, n in found.placed]
    assert shown == places.split()
    assert found.end == len(cells.split())


@pytest.mark.parametrize(
    "cells",
    [
        "一级指标 分值 得分 产出 10 9",  # one level: every row is as long as its headings
        "一级指标 二级指标 指标值 完成值 长度 宽度 9里 9里",  # neither marks nor words of a level tell where a row begins
        f"{HEADS} 泵站 6座 6座 12 12",  # the first row names its levels
        "项目 预算数 决算数 合计 9 8",
    ],
)
def test_other_tables_are_none_of_these(cells: str) -> None:
    assert read_marked(cells.split(), 0) is None


def test_without_marks_the_words_of_levels_tell_rows_and_a_row_that_lacks_a_cell_is_left() -> None:
    heads = "一级指标 二级指标 指标值 完成值 产出指标 长度 9里 9里"
    whole = read_marked(f"{heads} 宽度 8里 7里".split(), 0)
    assert whole is not None
    assert [place[:2] for place in whole.placed[8:]] == [(2, 1), (2, 2), (2, 3)]
    short = read_marked(f"{heads} 宽度 8里".split(), 0)
    assert short is not None
    assert short.end == len(heads.split())


def test_the_form_comes_out_as_it_does_with_its_cells_in_rows() -> None:
    rows = """|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因|
|产出指标|数量指标|清淤长度|≥12.5公里|12.1公里|15|14.5||
|||清淤方量|≥3.2万方|3.3万方|10|9|运距变长，方量照实结算。|
||质量指标|验收合格率|100%|98%|15|14.6||
|效益指标|社会效益|受益人口|≥2.2万人|2.3万人|15|15||
|满意度指标|服务对象满意度|群众满意度|≥90%|91.7%|10|9.8||
|总分|||||65|62.9||"""
    before = "某县水务局2023年度项目支出绩效自评报告\n一、概况\n我局承担全县河道巡查工作。\n项目支出绩效自评表\n"
    lines = "\n".join(cell for cell in rows.replace("\n", "|").split("|") if cell)

    def keys(text: str) -> list[tuple[str, str]]:
        return [(fact.key, fact.quote or "") for fact in parse((before + text + "\n").encode()).facts if fact.cell]

    assert keys(lines) == keys(rows)
    assert len(keys(rows)) == 22


def test_a_sentence_behind_the_form_is_none_of_its_cells() -> None:
    text = """某县水务局2023年度项目支出绩效自评报告
一、概况
我局承担全县河道巡查工作。
项目支出绩效自评表
一级指标
三级指标
指标值
完成值
得分
产出指标
泵站
6座
5座
10
总分
10
全年共维修泵站5座，闸门8扇，投入资金36.50万元。
"""
    found = parse(text.encode())
    assert {m.where for m in (*found.facts, *found.unclaimed) if m.quote == "36.50万元"} == {"prose"}
    assert {fact.key for fact in found.facts if fact.cell} >= {"indicator.target[产出指标/泵站]"}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_form_whose_headings_are_cut(gap: str) -> None:
    """Every cell its own paragraph, an empty one a paragraph of a blank: as a form comes out of a text processor."""
    cells = (
        "某站2022年度项目支出绩效自评表/项目名称/北渠清淤工程/项目资金/（万元）/年初/预算数/全年/预算数/全年/执行数/分值/执行率/得分/年度资金总额/40.00/50.00/45.00/10/90%/9"
        "/其中：当年财政拨款/40.00/50.00/45.00/ / / /一级/指标/二级/指标/三级/指标/年度/指标值/实际/完成值/分值/得分/偏差/原因分析/产出指标/数量指标/渠道/≥3公里/3.2公里/40/40"
        "/效益指标/经济效益/指标/增收/≥2万元/1.8万元/40/36/涨水早，工期推后；明年提前/社会效益/指标/户数/≥30户/31户/10/10/总分/100/95"
    ).split("/")
    facts = {fact.key: str(fact.value) for fact in parse(gap.join(cells).encode()).facts}
    assert facts["project.amount[北渠清淤工程]{basis=budget,period=2022}"] == "40.00"
    assert facts["project.amount[北渠清淤工程]{period=2022,vs=adjusted_budget}.execution_rate"] == "90"
    assert facts["indicator.weight[执行率]{period=2022}"] == "10"
    assert facts["indicator.score[执行率]{period=2022}"] == "9"
    assert facts["indicator.target[产出指标/数量指标/渠道]"] == "≥3公里"
    assert facts["indicator.score[效益指标/经济效益指标/增收]{period=2022}"] == "36"
    assert facts["indicator.reason[效益指标/经济效益指标/增收]"] == "涨水早，工期推后；明年提前"
    assert facts["indicator.actual[效益指标/社会效益指标/户数]"] == "31户"
    assert facts["evaluation.score{period=2022}"] == "95"
    assert facts["document.kind"] == "project_performance"
    assert not [key for key in facts if key.startswith("expenditure.")]


@pytest.mark.parametrize("nothing", ["—", "-", "/", "无", "无偏差"])
def test_where_there_is_no_reason_none_is_given(nothing: str) -> None:
    text = f"""某县水务局2023年度项目支出绩效自评报告
一、概况
我局承担全县河道巡查工作。
项目支出绩效自评表
|一级指标|三级指标|分值|指标值|完成值|得分|偏差原因|
|产出指标|泵站|15|6座|5座|12|雨季停工|
|效益指标|受益人口|10|2万人|2万人|10|{nothing}|
|总分||25|||22|{nothing}|
"""
    reasons = [fact.value for fact in parse(text.encode()).facts if fact.concept == "indicator.reason"]
    assert reasons == ["雨季停工"]

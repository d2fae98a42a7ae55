"""What the row and the column of a cell mean together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportparse import Report, parse

BODY = "一、概况\n我站承担全县河道巡查工作。\n"


def report(table: str, title: str = "某县水利局2023年度部门决算") -> Report:
    return parse(f"{title}\n{BODY}{table}\n".encode())


def keys(table: str, title: str = "某县水利局2023年度部门决算") -> dict[str, str]:
    """Quote → key without the report's own year, of the facts in tables."""
    facts = [fact for fact in report(table, title).facts if fact.cell is not None]
    return {
        fact.quote or "": re.sub(r"\{period=2023\}|,period=2023|(?<=\{)period=2023,", "", fact.key) for fact in facts
    }


CASES = {
    "a class by nature": (
        "支出决算表\n单位：万元\n|科目|合计|基本支出|\n|213农林水支出|9|8|",
        {"9": "expenditure.function[213]", "8": "expenditure.function[213]{cross={nature:basic}}"},
    ),
    "the year over the total of a column, and over names by a slip of the columns": (
        "一般公共预算财政拨款支出决算表\n单位：万元\n项目        本年支出\n科目编码  科目名称  合计  基本支出  项目支出\n合计  90.00  55.00  35.00\n"
        "207  文化旅游体育与传媒支出  60.00  41.00  19.00\n213  农林水支出  30.00  14.00  16.00\n",
        {
            "90.00": "expenditure.current{fund=general}", "55.00": "expenditure.nature[basic]{fund=general}",
            "35.00": "expenditure.nature[project]{fund=general}", "60.00": "expenditure.function[207]{fund=general}",
            "41.00": "expenditure.function[207]{fund=general,cross={nature:basic}}",
            "19.00": "expenditure.function[207]{fund=general,cross={nature:project}}",
            "30.00": "expenditure.function[213]{fund=general}",
            "14.00": "expenditure.function[213]{fund=general,cross={nature:basic}}",
            "16.00": "expenditure.function[213]{fund=general,cross={nature:project}}",
        },
    ),
    "the total by nature is the nature": (
        "支出决算表\n单位：万元\n|科目|合计|基本支出|\n|合计|9|8|",
        {"9": "expenditure.total", "8": "expenditure.nature[basic]"},
    ),
    "a column of a fund": (
        "财政拨款收入支出决算总表\n单位：万元\n|支出||||\n|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|\n|农林水支出|9|8|1|",
        {
            "9": "expenditure.function[213]{fund=appropriation}", "8": "expenditure.function[213]{fund=general}",
            "1": "expenditure.function[213]{fund=government_fund}",
        },
    ),
    "a fund under what is left over": (
        "财政拨款收入支出决算总表\n单位：万元\n|收入||\n|项目|决算数|\n|年初财政拨款结转和结余|3|\n|一、一般公共预算财政拨款|2|",
        {"3": "revenue.source[carried_in]{fund=appropriation}", "2": "revenue.source[carried_in]{fund=general}"},
    ),
    "a table of income by class": (
        "收入决算表\n单位：万元\n|科目编码|科目名称|本年收入合计|事业收入|\n||合计|9|4|\n|213|农林水支出|8|3|",
        {
            "9": "revenue.current", "4": "revenue.source[institutional]", "8": "revenue.function[213]",
            "3": "revenue.function[213]{cross={source:institutional}}",
        },
    ),
    "budget, outcome, rate": (
        "支出预算执行情况\n单位：万元\n|项目|年初预算数|决算数|执行率|\n|项目支出|9|8|88.89%|",
        {
            "9": "expenditure.nature[project]{basis=budget}", "8": "expenditure.nature[project]",
            "88.89%": "expenditure.nature[project].execution_rate",
        },
    ),
    "years and changes": (
        "支出决算表\n单位：万元\n|项目|上年决算数|本年决算数|增减额|增减%|\n|基本支出|7|9|2|28.57|",
        {
            "7": "expenditure.nature[basic]{period=2022}", "9": "expenditure.nature[basic]",
            "2": "expenditure.nature[basic].change", "28.57": "expenditure.nature[basic].change_rate",
        },
    ),
    "posts and people": (
        "机构人员情况表\n单位：人\n|单位名称|编制数|||实有人数||\n||合计|行政编制|事业编制|合计|在职|\n|合计|9|8|1|7|6|\n|某站|4|4||3|3|",
        {
            "9": "staffing.authorised", "8": "staffing.authorised[administrative]", "1": "staffing.authorised[institutional]",
            "7": "staffing.actual", "6": "staffing.actual[in_post]",
        },
    ),
    "the people in the posts that a row names": (
        "人员编制情况表\n单位：人\n|项目|编制数|实有人数|\n|行政编制|9|8|\n|事业编制|7|6|\n|合计|16|14|",
        {
            "9": "staffing.authorised[administrative]", "8": "staffing.actual[administrative]",
            "7": "staffing.authorised[institutional]", "6": "staffing.actual[institutional]",
            "16": "staffing.authorised", "14": "staffing.actual",
        },
    ),
    "purchases under the word for them": (
        "政府采购预算表\n单位：万元\n|项目|采购预算金额|面向中小企业预留金额|\n|合计|9|8|\n|货物|7|6|",
        {
            "9": "procurement.total{basis=budget}", "8": "procurement.sme_reserved{basis=budget}",
            "7": "procurement.total[goods]{basis=budget}",
        },
    ),
    "what is there at the end of the year, and what houses are worth": (
        "国有资产情况表\n单位：万元\n|项目|年初数|年末数|\n|资产总额|7|9|\n|流动资产|5|4|\n|房屋|2|3|",
        {"9": "assets.total", "4": "assets.total[current]"},
    ),
    "how much room there is": (
        "国有资产情况表\n单位：万元\n|项目|数量|价值|\n|房屋（平方米）|7|9|",
        {"7": "assets.area"},
    ),
    "what rooms are worth, and which of them are for what": (
        "国有资产情况表\n|项目|数量|价值（单位：万元）|\n|资产总额|—|9.50|\n|1、房屋（平方米）|7|8.20|\n|其中：办公用房（平方米）|6|5.10|",
        {"9.50": "assets.total", "7": "assets.area", "6": "assets.area[办公用房]"},
    ),
    "what was there at the end of the year before": (
        "国有资产占用情况表\n截止时间：2022年12月31日\n|项目|数量|\n|车辆（辆）|3|",
        {"3": "assets.vehicles{period=2022}"},
    ),
    "a sum called by what it sums": (
        "“三公”经费支出表\n单位：万元\n|单位名称|“三公”经费合计|公务接待费|公务用车购置及运行维护费小计|公务用车购置费|公务用车运行维护费|\n|某县水利局|9|1|8|5|3|",
        {
            "9": "three_public.total", "1": "three_public.reception", "8": "three_public.vehicle",
            "5": "three_public.vehicle_purchase", "3": "three_public.vehicle_operation",
        },
    ),
    "rows with one space between their cells": (
        "支出决算表\n单位：万元\n科目编码 科目名称 合计 基本支出 项目支出\n合计 9.00 6.00 3.00\n213 农林水支出 8.50 5.60 2.90\n21303 水利 8.40 5.55 2.85",
        {
            "9.00": "expenditure.total", "6.00": "expenditure.nature[basic]", "3.00": "expenditure.nature[project]",
            "8.50": "expenditure.function[213]", "5.60": "expenditure.function[213]{cross={nature:basic}}",
            "2.90": "expenditure.function[213]{cross={nature:project}}", "8.40": "expenditure.function[21303]",
            "5.55": "expenditure.function[21303]{cross={nature:basic}}",
            "2.85": "expenditure.function[21303]{cross={nature:project}}",
        },
    ),
    "names that go on below, in a table set with spaces": (
        "项目支出明细表\n单位：万元\n序号   项目名称           预算数     执行数\n 1     乡村水井水质提     9.00       8.00\n       升与监测\n 2     水法宣传           7.00       6.00",
        {
            "9.00": "project.amount[乡村水井水质提升与监测]{basis=budget}", "8.00": "project.amount[乡村水井水质提升与监测]",
            "7.00": "project.amount[水法宣传]{basis=budget}", "6.00": "project.amount[水法宣传]",
        },
    ),
    "the sum of two halves of a list": (
        "一般公共预算财政拨款基本支出决算表\n单位：万元\n|人员经费||公用经费||||\n|科目名称|决算数|科目名称|决算数|科目名称|决算数|\n|工资福利支出|9|商品和服务支出|7|资本性支出|1|\n|人员经费合计|9.0|公用经费合计|||8|",
        {
            "9": "expenditure.economic[301]{fund=general}", "7": "expenditure.economic[302]{fund=general}",
            "1": "expenditure.economic[310]{fund=general}", "9.0": "expenditure.basic[personnel]{fund=general}", "8": "expenditure.basic[public]{fund=general}",
        },
    ),
    "sub-totals of indicators, and what one is worth behind its name": (
        "评分表\n|一级指标|二级指标|分值|得分|\n|决策（12分）|立项|5|4|\n||投入|7|6|\n|小计||12|10|\n|过程|管理|8|7.5|\n||小计|8.0|7.50|",
        {
            "12分": "indicator.weight[决策]", "5": "indicator.weight[决策/立项]", "4": "indicator.score[决策/立项]", "7": "indicator.weight[决策/投入]",
            "6": "indicator.score[决策/投入]", "12": "indicator.weight[决策]", "10": "indicator.score[决策]",
            "8": "indicator.weight[过程/管理]", "7.5": "indicator.score[过程/管理]", "8.0": "indicator.weight[过程]",
            "7.50": "indicator.score[过程]",
        },
    ),
    "names of levels cut in two, and a word set upright": (
        "项目支出绩效自评表\n|绩|一级指标|二级指标|三级指标|指标值||\n|效||||年度目标|全年实际|\n|指|产出|数量指标|井|≥9眼|8眼|\n|标|指标|质量指标|水|≥7%|6%|",
        {
            "≥9眼": "indicator.target[产出指标/数量指标/井]", "8眼": "indicator.actual[产出指标/数量指标/井]",
            "≥7%": "indicator.target[产出指标/质量指标/水]", "6%": "indicator.actual[产出指标/质量指标/水]",
        },
    ),
    "levels that a list of cells leaves out": (
        "评分表\n一级指标\n二级指标\n三级指标\n分值\n得分\n决策\n立项\n依据\n9\n8\n程序\n7\n6\n目标\n合理\n5\n4\n过程\n管理\n制度\n3\n2",
        {
            "9": "indicator.weight[决策/立项/依据]", "8": "indicator.score[决策/立项/依据]",
            "7": "indicator.weight[决策/立项/程序]", "6": "indicator.score[决策/立项/程序]",
            "5": "indicator.weight[决策/目标/合理]", "4": "indicator.score[决策/目标/合理]",
            "3": "indicator.weight[过程/管理/制度]", "2": "indicator.score[过程/管理/制度]",
        },
    ),
    "a target under a heading that is merged heads nothing": (
        "部门整体支出绩效目标表\n|一级指标|二级指标|三级指标||指标值||\n|产出指标|数量指标|井||≥9眼||\n||质量指标|水||≥7%||",
        {"≥9眼": "indicator.target[产出指标/数量指标/井]", "≥7%": "indicator.target[产出指标/质量指标/水]"},
    ),
    "a rate headed by what was reached": (
        "“三公”经费支出情况表\n单位：万元\n|项目|预算数|决算数|完成预算|\n|公务接待费|9|8|88.89%|",
        {
            "9": "three_public.reception{basis=budget}", "8": "three_public.reception",
            "88.89%": "three_public.reception.execution_rate",
        },
    ),
    "levels told by a code before the name": (
        "评分表\n|评价指标（一级、二级、三级）||权重|得分|\n|A|决策|9|8|\n|A1|立项|7|6|\n|A11|依据|5|4|\n|B|过程|3|2|",
        {
            "9": "indicator.weight[决策]", "8": "indicator.score[决策]", "7": "indicator.weight[决策/立项]",
            "6": "indicator.score[决策/立项]", "5": "indicator.weight[决策/立项/依据]",
            "4": "indicator.score[决策/立项/依据]", "3": "indicator.weight[过程]", "2": "indicator.score[过程]",
        },
    ),
    "a target that says how much heads no columns": (
        "项目支出绩效目标表\n|一级指标|二级指标|三级指标|指标描述|指标值|\n|产出指标|数量指标|清淤长度|全年累计|≥9公里|\n||成本指标|补助标准|每亩补助金额|500元/亩|\n|效益指标|社会效益指标|农户意识|访谈结果|有所增强|",
        {
            "≥9公里": "indicator.target[产出指标/数量指标/清淤长度]", "500元/亩": "indicator.target[产出指标/成本指标/补助标准]",
            "有所增强": "indicator.target[效益指标/社会效益指标/农户意识]",
        },
    ),
    "a unit beside the headings of names": (
        "部门整体支出绩效自评表\n|单位名称|某站||||\n|预算执行情况（万元）|预算项目|年初预算数|全年执行数|执行率|\n||年度资金总额|9|8|88.89%|\n||基本支出|4|3|75.00%|",
        {
            "9": "expenditure.total{basis=budget}", "8": "expenditure.total", "88.89%": "expenditure.total.execution_rate",
            "4": "expenditure.nature[basic]{basis=budget}", "3": "expenditure.nature[basic]",
            "75.00%": "expenditure.nature[basic].execution_rate",
        },
    ),
    "what was added is no budget": (
        "项目支出情况表\n单位：万元\n|项目名称|年初预算|调整数|调整后预算|执行数|\n|清淤|9|-1|8|7|",
        {
            "9": "project.amount[清淤]{basis=budget}", "8": "project.amount[清淤]{basis=adjusted_budget}",
            "7": "project.amount[清淤]",
        },
    ),
    "what is called adjusted is, where nothing else is": (
        "项目支出情况表\n单位：万元\n|项目名称|预算数||执行数|\n||年初数|调整数||\n|清淤|9|8|7|",
        {
            "9": "project.amount[清淤]{basis=budget}", "8": "project.amount[清淤]{basis=adjusted_budget}",
            "7": "project.amount[清淤]",
        },
    ),
    "names and marks under every level": (
        "绩效评价得分表\n|一级指标||二级指标||得分|\n|名称|分值|名称|分值||\n|决策|9|项目立项|4|3|\n|||绩效目标|5|2|",
        {
            "9": "indicator.weight[决策]", "4": "indicator.weight[决策/项目立项]", "3": "indicator.score[决策/项目立项]",
            "5": "indicator.weight[决策/绩效目标]", "2": "indicator.score[决策/绩效目标]",
        },
    ),
    "money beside people and times": (
        "“三公”经费支出表\n单位：万元\n|项目|金额|项目|人数/次数|\n|合计|9|公务用车保有量（辆）|4|\n|公务接待费|8|国内公务接待批次（个）|31|",
        {
            "9": "three_public.total", "4": "three_public.vehicles_kept", "8": "three_public.reception",
            "31": "three_public.reception_batches[domestic]",
        },
    ),
    "a row whose name is lost is no total": (
        "支出决算表\n单位：万元\n|科目|合计|基本支出|\n|农林水支出|9|8|\n||7|6|",
        {"9": "expenditure.function[213]", "8": "expenditure.function[213]{cross={nature:basic}}"},
    ),
    "the only row needs no name": (
        "支出决算表\n单位：万元\n|合计|基本支出|项目支出|\n|9|8|1|",
        {"9": "expenditure.total", "8": "expenditure.nature[basic]", "1": "expenditure.nature[project]"},
    ),
    "a unit's own count of its classes": (
        "基本支出决算表\n单位：万元\n|科目编码|科目名称|决算数|\n|30202|咨询费|9|",
        {"9": "expenditure.economic[30203]"},
    ),
    "classes of one name under their parents": (
        "支出决算表\n单位：万元\n|科目|合计|\n|农林水支出|9|\n|水利|8|\n|行政运行|7|",
        {"9": "expenditure.function[213]", "8": "expenditure.function[21303]", "7": "expenditure.function[2130301]"},
    ),
    "equipment over a limit": (
        "国有资产情况表\n|项目|计量单位|数量|\n|单价100万元（含）以上设备|台（套）|3|",
        {"3": "assets.equipment{threshold=≥1000000}"},
    ),
    "names over two rows of headings": (
        "“三公”经费支出表\n金额单位：万元\n|单位名称|合计|公务接待费|公务用车购置及运行费||\n||||小计|公务用车购置费|\n|合计|18|4|14|3|",
        {
            "18": "three_public.total", "4": "three_public.reception", "14": "three_public.vehicle",
            "3": "three_public.vehicle_purchase",
        },
    ),
    "small figures between names and words": (
        "“三公”经费支出表\n单位：万元\n|项目|三公经费|公务接待费|备注|\n|合计|30|8|无|",
        {"30": "three_public.total", "8": "three_public.reception"},
    ),
    "years in a column, and their sum": (
        "“三公”经费支出表\n单位：万元\n|年份|三公经费|\n|2021|30|\n|2022|25|\n|累计|55|",
        {"30": "three_public.total{period=2021}", "25": "three_public.total{period=2022}"},
    ),
    "a row that heads others": (
        "机构运行信息表\n单位：万元\n|项目|统计数|\n|一、“三公”经费支出|—|\n|（一）支出合计|22.10|\n|1.公务接待费|—|",
        {"22.10": "three_public.total", "—": "three_public.reception"},
    ),
    "changes against the budget": (
        "支出表\n单位：万元\n|科目|预算数|决算数|增减额|增减%|\n|基本支出|5|6|1|20|",
        {
            "5": "expenditure.nature[basic]{basis=budget}", "6": "expenditure.nature[basic]",
            "1": "expenditure.nature[basic]{vs=budget}.change", "20": "expenditure.nature[basic]{vs=budget}.change_rate",
        },
    ),
    "a title of the year before": (
        "上年度支出决算表\n单位：万元\n|项目|金额|\n|基本支出|5|", {"5": "expenditure.nature[basic]{period=2022}"},
    ),
    "a unit over the names": (
        "部门整体支出绩效自评表\n|预算执行情况（万元）|年初预算数|全年执行数|\n|年度资金总额|9|8|\n|基本支出|5|4|",
        {
            "9": "expenditure.total{basis=budget}", "8": "expenditure.total", "5": "expenditure.nature[basic]{basis=budget}",
            "4": "expenditure.nature[basic]",
        },
    ),
    "a frame drawn around": (
        "支出决算表\n单位：万元\n┌──┬──┐\n│项目│决算数│\n├──┼──┤\n│基本支出│5│\n└──┴──┘",
        {"5": "expenditure.nature[basic]"},
    ),
    "more cells than headings": (
        "支出决算表\n单位：万元\n|项目|预算数|决算数|\n|基本支出|5|6|\n|项目支出||7|8|",
        {"5": "expenditure.nature[basic]{basis=budget}", "6": "expenditure.nature[basic]"},
    ),
    "people and their money": (
        "人员情况表\n|项目|编制数|实有人数|经费（万元）|\n|行政|5|4|60|",
        {"5": "staffing.authorised[administrative]", "4": "staffing.actual[administrative]"},
    ),
    "a million yuan": ("支出决算表\n单位：百万元\n|项目|决算数|\n|基本支出|5|", {"5": "expenditure.nature[basic]"}),
    "a fund under what is left over, in rows without numbers": (
        "财政拨款收入支出决算总表\n单位：万元\n|收入||\n|项目|决算数|\n|一、政府性基金预算财政拨款|9|\n|本年收入合计|8|\n"
        "|年初财政拨款结转和结余|7|\n|一般公共预算财政拨款|6|\n|政府性基金预算财政拨款|5|\n|总计|4|",
        {
            "9": "revenue.source[government_fund]{fund=appropriation}", "8": "revenue.current{fund=appropriation}",
            "7": "revenue.source[carried_in]{fund=appropriation}", "6": "revenue.source[carried_in]{fund=general}",
            "5": "revenue.source[carried_in]{fund=government_fund}", "4": "revenue.total{fund=appropriation}",
        },
    ),
    "funds in columns under what is left over": (
        "部门收入总表\n单位：万元\n|部门名称|合计|本年收入||上年结转结余||\n|||小计|一般公共预算|小计|一般公共预算|单位资金|\n"
        "|合计|9|8|7|6|5|4|",
        {
            "9": "revenue.total", "8": "revenue.current", "7": "revenue.source[general_public_budget]",
            "6": "revenue.source[carried_in]", "5": "revenue.source[carried_in]{fund=general}",
        },
    ),
    "a fund of this year beside what is left over of it": (
        "项目支出表\n单位：万元\n|类型|项目名称|项目单位|合计|本年拨款|财政拨款结转结余|\n|||||一般公共预算|一般公共预算|\n"
        "|合计|||9|7|2|\n|甲类|渠系清淤|某站|8|6|2|",
        {"9": "expenditure.nature[project]", "8": "project.amount[渠系清淤]"},
    ),
    "what is left over beside what was spent": (
        "政府性基金预算财政拨款收入支出决算表\n单位：万元\n|科目编码|科目名称|年初结转和结余|本年收入|本年支出|年末结转和结余|\n"
        "||合计|3|8|7|4|\n|229|其他支出|3|8|7|4|",
        {
            "3": "balance.opening{fund=government_fund}", "8": "revenue.function[229]{fund=government_fund}",
            "7": "expenditure.function[229]{fund=government_fund}", "4": "balance.closing{fund=government_fund}",
        },
    ),
    "who pays in columns of a project": (
        "部门整体支出绩效自评表\n|任务名称|预算数（万元）|||执行数（万元）|\n||总额|财政拨款|其他资金|总额|\n"
        "|渠系清淤|9|8|1|7|\n|金额合计|6|5|4|3|",
        {"9": "project.amount[渠系清淤]{basis=budget}", "7": "project.amount[渠系清淤]"},
    ),
    "pairs in the rows of a form": (
        "项目支出绩效自评表\n|项目名称|渠系清淤||||||\n|预算单位|某站||||||\n"
        "|预算执行情况（万元）|预算数：|9|执行数：|8|执行率|88.9%|\n||其中：财政拨款|7|其中：财政拨款|6|||",
        {
            "9": "project.amount[渠系清淤]{basis=budget}", "8": "project.amount[渠系清淤]",
            "88.9%": "project.amount[渠系清淤].execution_rate",
        },
    ),
    "one name in columns of both sides": (
        "政府性基金预算财政拨款收入支出决算表\n单位：万元\n|项目|本年收入|本年支出|\n|合计|9|8|\n|其他支出|7|6|",
        {
            "9": "revenue.current{fund=government_fund}", "8": "expenditure.current{fund=government_fund}",
            "7": "revenue.function[229]{fund=government_fund}", "6": "expenditure.function[229]{fund=government_fund}",
        },
    ),
    "the sum of a town's own money, before what comes from above": (
        "一般公共预算收支决算表\n单位：万元\n|支出|决算数|\n|农林水支出|5|\n|一般公共预算支出合计|6|\n|支出总计|9|",
        {"5": "expenditure.function[213]{fund=general}", "9": "expenditure.total{fund=general}"},
    ),
    "a side that the title tells": (
        "支出分类汇总表\n单位：万元\n|单位代码|单位名称（科目）|总计|基本支出|||\n||||合计|工资福利支出|商品和服务支出|\n"
        "||合计|9|8|7|1|",
        {
            "9": "expenditure.total", "8": "expenditure.nature[basic]",
            "7": "expenditure.economic[301]{cross={nature:basic}}", "1": "expenditure.economic[302]{cross={nature:basic}}",
        },
    ),
    "codes of a body between those of a class and its name": (
        "支出表\n单位：万元\n|类|款|项|单位编码|科目名称|合计|基本支出|\n|||||卫生健康支出|9|8|\n|210|02|01|3601|综合医院|7|6|",
        {
            "9": "expenditure.function[210]", "8": "expenditure.function[210]{cross={nature:basic}}",
            "7": "expenditure.function[2100201]", "6": "expenditure.function[2100201]{cross={nature:basic}}",
        },
    ),
    "two lists of classes for one row": (
        "基本支出表\n单位：万元\n|部门预算经济分类||政府预算经济分类||预算数|\n|科目编码|科目名称|科目编码|科目名称||\n"
        "|合计||||9|\n|30101|基本工资|50501|工资福利支出|8|\n|30201|办公费|50502|商品和服务支出|1|",
        {
            "9": "expenditure.nature[basic]{basis=budget}", "8": "expenditure.economic[30101]{basis=budget}",
            "1": "expenditure.economic[30201]{basis=budget}",
        },
    ),
    "the body itself instead of a sum": (
        "“三公”经费预算表\n单位：万元\n|单位名称|合计|公务接待费|\n|某县水利局|9|8|",
        {"9": "three_public.total{basis=budget}", "8": "three_public.reception{basis=budget}"},
    ),
    "a fund's part of what has no funds": (
        "政府采购预算表\n单位：万元\n|采购项目|合计|其中：一般公共预算安排数|\n|合计|9|8|",
        {"9": "procurement.total{basis=budget}"},
    ),
    "targets ask for the budget of a project": (
        "项目绩效目标表\n单位：万元\n|项目名称|渠系清淤||\n|项目资金|年度资金总额|9|\n||其中：财政拨款|8|",
        {"9": "project.amount[渠系清淤]{basis=budget}"},
    ),
    "names and figures in turn, under headings of others": (
        "部门整体支出绩效自评表\n单位：万元\n|资金来源|年初预算|实际支出|执行率|\n|合计|9|8|89%|\n|人员编制|58|实有人数|55|",
        {
            "9": "expenditure.total{basis=budget}", "8": "expenditure.total", "89%": "expenditure.total.execution_rate",
            "58": "staffing.authorised", "55": "staffing.actual",
        },
    ),
    "answers over names and figures in turn": (
        "部门整体支出绩效自评表\n单位：万元\n|部门名称|某县水利局|主管部门|某县人民政府|\n|人员编制|58|实有人数|55|\n|其他收入|9|项目支出|8|",
        {"58": "staffing.authorised", "55": "staffing.actual", "9": "revenue.source[other]", "8": "expenditure.nature[project]"},
    ),
    "a row that the first heading names": (
        "部门整体绩效自评表\n|部门支出预算数（万元）|年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率得分|\n||9|8|7|87.5|6|",
        {
            "9": "expenditure.total{basis=budget}", "8": "expenditure.total{basis=adjusted_budget}",
            "7": "expenditure.total", "87.5": "expenditure.total{vs=adjusted_budget}.execution_rate",
            "6": "indicator.score[执行率]",
        },
    ),
    "units of a row are not those of its marks": (
        "部门整体绩效自评表\n|一级指标|指标名称|计量单位|指标性质|指标值|完成值|权重|得分|\n|产出|巡查率|%|≥|95|97|20|19|\n|合计||||||100|99|",
        {
            "95": "indicator.target[产出/巡查率]", "97": "indicator.actual[产出/巡查率]", "20": "indicator.weight[产出/巡查率]",
            "19": "indicator.score[产出/巡查率]", "99": "evaluation.score",
        },
    ),
    "all the money of a project, by its number": (
        "部门预算项目支出绩效自评表\n|项目名称|51010023T000001-渠系清淤||||\n|项目目标|全年清淤，保障灌溉。||||\n"
        "|年度预算数（万元）|年初预算|调整后预算数|预算执行数|权重|\n|总额|9|8|7|10|\n|其中：财政资金|6|5|4|/|",
        {
            "9": "project.amount[渠系清淤]{basis=budget}", "8": "project.amount[渠系清淤]{basis=adjusted_budget}",
            "7": "project.amount[渠系清淤]", "10": "indicator.weight[执行率]",
        },
    ),
    "sums of the side that a row over them names": (
        "部门整体支出绩效自评表\n单位：万元\n|项目||年初预算数|\n|收入预算|部门收入合计|9|\n||其中：财政拨款|8|\n|支出预算|部门支出合计|7|\n||基本支出|6|",
        {
            "9": "revenue.current{basis=budget}", "8": "revenue.source[fiscal_appropriation]{basis=budget}",
            "7": "expenditure.current{basis=budget}", "6": "expenditure.nature[basic]{basis=budget}",
        },
    ),
    "the rest beside basic and project expenditure": (
        "部门支出预算执行情况\n单位：万元\n|支出类型|决算数|\n|基本支出|9|\n|项目支出|8|\n|其他支出|7|\n|合计|24|",
        {
            "9": "expenditure.nature[basic]", "8": "expenditure.nature[project]", "7": "expenditure.nature[其他支出]",
            "24": "expenditure.total",
        },
    ),
    "what a body has and owes": (
        "资产负债简表\n单位：万元\n|项目|年初数|期末数|增减额|\n|资产总计|9|8|-1|\n|其中：固定资产|7|6|-1.0|\n|负债合计|5|4|-1.00|\n|净资产合计|3|2|-1.000|",
        {
            "8": "assets.total", "-1": "assets.total.change", "6": "assets.total[fixed]", "-1.0": "assets.total[fixed].change",
        },
    ),
    "vehicles by what they are worth": (
        "国有资产使用情况表\n单位：元\n|项目|资产总额|固定资产||\n|||小计|车辆|\n|合计|9|8|7|",
        {"9": "assets.total", "8": "assets.total[fixed]"},
    ),
    "what was approved for a task, and what it cost": (
        "部门重点工作任务表\n|任务名称|批复金额（万元）|实际支出金额（万元）|\n|渠系清淤|9|8|",
        {"9": "project.amount[渠系清淤]{basis=budget}", "8": "project.amount[渠系清淤]"},
    ),
    "a grade": ("部门整体支出绩效自评表\n|一级指标|三级指标|得分|\n|产出|长度|9|\n|自评等级|优||", {"9": "indicator.score[产出/长度]", "优": "evaluation.grade"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_keys(name: str) -> None:
    table, wanted = CASES[name]
    assert keys(table) == wanted


def test_the_money_of_a_project_is_budget_in_a_budget() -> None:
    table = "项目支出表\n单位：万元\n|项目名称|合计|\n|渠系清淤|8|"
    assert keys(table, "某县水利局2023年部门预算") == {"8": "project.amount[渠系清淤]{basis=budget}"}


def test_pairs_in_the_rows_of_a_form_are_in_the_unit_that_the_row_states() -> None:
    table = "项目支出绩效自评表\n|项目名称|渠系清淤||||\n|预算执行情况（万元）|全年预算数|9|执行数|8|"
    facts = {fact.quote: fact for fact in report(table).facts if fact.cell is not None}
    assert {quote: str(fact.yuan) for quote, fact in facts.items()} == {"9": "90000", "8": "80000"}
    assert facts["9"].basis == "adjusted_budget"


def test_what_a_label_means_depends_on_no_table_before_it(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        "[pack]\nid = 'cn.final_accounts.2023'\nversion = '1'\nextends = 'cn.final_accounts'\napplies = { title = '决算' }\n"
        "[[section]]\nrole = 'fin.assets'\nheadings = ['资产']\n[[section.field]]\nconcept = 'assets.vehicles'\nlabels = ['船艇']\n"
        "only_if = '甲类'\n[[table]]\ntitles = ['.类表']\nrole = 'fin.assets'\nrows = []\n",
        encoding="utf-8",
    )
    tables = {
        name: f"{name}类表\n|单位|船艇（辆）|\n|合计|{count}|\n\n说明文字一句。\n"
        for name, count in (("甲", 5), ("乙", 6))
    }
    found = [
        {
            fact.quote
            for fact in parse(f"某县渔政站2023年度部门决算\n{BODY}{text}".encode(), packs=[pack]).facts
            if fact.cell
        }
        for text in (tables["甲"] + tables["乙"], tables["乙"] + tables["甲"])
    ]
    assert found == [{"5"}, {"5"}]


def test_projects_that_a_letter_or_a_year_tells_apart() -> None:
    table = "项目支出表\n单位：万元\n|项目名称|金额|\n|改造工程A|5|\n|改造工程B|6|\n|改造（2022）|7|"
    assert sorted(keys(table).values()) == [
        "project.amount[改造工程A]", "project.amount[改造工程B]", "project.amount[改造（2022）]",
    ]  # fmt: skip


def test_records_in_columns() -> None:
    table = "绩效评价得分情况表\n|一级指标|决策|产出|合计|\n|分值|40|60|100|\n|得分|31|52|83|"
    assert keys(table) == {
        "40": "indicator.weight[决策]", "60": "indicator.weight[产出]", "31": "indicator.score[决策]",
        "52": "indicator.score[产出]", "83": "evaluation.score",
    }  # fmt: skip


def test_the_money_of_a_report_on_one_project() -> None:
    title = "某县2023年度农村供水资金绩效评价报告"
    table = "资金到位和支出情况表（单位：万元）\n|资金来源|全年预算数|到位金额|支出金额|预算执行率|\n|省级资金|5.00|4.50|4.00|80.00%|\n|合计|9.00|8.00|7.00|77.78%|"
    assert keys(table, title) == {
        "9.00": "project.amount[农村供水资金]{basis=adjusted_budget}", "7.00": "project.amount[农村供水资金]",
        "77.78%": "project.amount[农村供水资金]{vs=adjusted_budget}.execution_rate",
    }  # fmt: skip


def test_a_project_that_only_its_form_names() -> None:
    table = (
        "子项目资金使用情况表\n单位：元\n|子项目|全年预算数|全年执行数|支出率|\n|甲村渠道|500.00|450.00|90.00%|\n|合计|900.00|810.00|90.01%|\n"
        "附表 项目支出绩效自评表\n|项目名称|渠系清淤|||\n|项目资金（元）|全年预算数|全年执行数|执行率|\n|年度资金总额|901.00|811.00|90.02%|"
    )
    found = keys(table, "某县水利局2023年度项目支出绩效自评报告")
    assert found["90.00%"] == "project.amount[甲村渠道]{vs=adjusted_budget}.execution_rate"
    assert found["900.00"] == "project.amount[渠系清淤]{basis=adjusted_budget}"
    assert found["90.01%"] == "project.amount[渠系清淤]{vs=adjusted_budget}.execution_rate"


def test_the_parts_of_a_project_add_up_to_it() -> None:
    table = "2021-2023年资金明细表\n单位：万元\n|项目名称|子项目名称|支出金额|\n|护岸经费|清淤|5|\n||巡查|4|\n|总计||9|"
    assert {
        fact.key: fact.quote for fact in report(table, "某县护岸经费项目2021-2023年绩效评价报告").facts if fact.cell
    } == {
        "project.amount[清淤]{period=2021/2023}": "5",
        "project.amount[巡查]{period=2021/2023}": "4",
        "project.amount[护岸经费]{period=2021/2023}": "9",
    }


UNCLAIMED = {
    "items of a purchase": "政府采购表\n单位：元\n|名称|类别|数量|金额|\n|计算机|货物|12|900|",
    "a count is no money": "政府采购表\n单位：元\n|类别|数量|\n|货物|12|",
    "a class of the running costs": "机关运行经费支出表\n单位：万元\n|科目|金额|\n|会议费|9|",
    "the total of several concepts": "三公经费、会议费和培训费支出表\n单位：万元\n|合计|会议费|\n|9|7|",
    "a total of no side": "收支情况\n单位：万元\n|项目|决算数|\n|总计|9|\n|教育支出|8|\n|事业收入|7|",
    "part of a year": "2023年1-6月支出情况表\n单位：万元\n|项目|金额|\n|基本支出|9|",
    "another body": "全县支出情况表\n单位：万元\n|项目|金额|\n|基本支出|9|",
    "what is left out": "支出情况表\n单位：万元\n|项目|金额|\n|不含项目支出|9|",
    "who pays for one project": "项目支出绩效自评表\n单位：万元\n|项目名称|渠系清淤||\n|项目资金|年初预算数|执行数|\n|其中：当年财政拨款|9|8|",
    "a rate that has no concept": "基础数据表\n|项目|控制率|\n|编制数|93%|",
}


@pytest.mark.parametrize("name", UNCLAIMED)
def test_what_stays_unclaimed(name: str) -> None:
    found = report(UNCLAIMED[name])
    printed = UNCLAIMED[name].rpartition("\n")[2].strip("|").split("|")
    quotes = {mention.quote for mention in found.unclaimed if mention.cell is not None}
    assert quotes >= {cell for cell in printed if cell[0].isdigit()} - {"7"} or name == "a total of no side"
    assert not any(fact.quote in ("12", "900", "93%") for fact in found.facts if fact.cell is not None)
    if name == "a total of no side":
        assert [m.quote for m in found.unclaimed if m.cell is not None] == ["9"]


def test_relations_within_a_table() -> None:
    found = report(
        "支出决算表\n单位：万元\n|科目编码|科目名称|本年支出合计|增减额|\n||合计|9|1|\n|208|社会保障和就业支出|9|1|\n|20805|养老支出|9|1|\n|2080505|养老保险缴费|9|1|"
    )
    by_id = {fact.id: fact for fact in found.facts}
    parents = {
        fact.member: by_id[fact.part_of].member or by_id[fact.part_of].concept
        for fact in found.facts
        if fact.cell is not None and fact.part_of is not None
    }
    assert parents == {"208": "expenditure.current", "20805": "208", "2080505": "20805"}
    changed = [fact for fact in found.facts if fact.aspect == "change"]
    assert [by_id[fact.base].member for fact in changed if fact.base is not None] == [None, "208", "20805", "2080505"]


def test_prose_goes_before_table_in_the_view() -> None:
    table = "支出决算表\n单位：万元\n|科目|决算数|\n|支出总计|9.50|"
    found = report(f"二、支出情况\n2023年支出总计9.60万元。\n{table}")
    cell = found.report["expenditure.total"]
    assert str(cell["total"]["value"]) == "9.60"
    assert len(cell["also"]) == 1
    same = [fact for fact in found.facts if fact.key == "expenditure.total{period=2023}"]
    assert [(fact.where, str(fact.value)) for fact in same] == [("prose", "9.60"), ("table", "9.50")]


def test_a_crossed_fact_never_stands_for_the_uncrossed_one() -> None:
    found = report("支出决算表\n单位：万元\n|科目|基本支出|\n|213农林水支出|8|")
    assert "members" not in found.report["expenditure.function"]
    assert list(found.report["expenditure.function"]["other"]) == [
        "expenditure.function[213]{period=2023,cross={nature:basic}}"
    ]


def test_an_amount_without_a_unit_says_so() -> None:
    (fact,) = [f for f in report("支出决算表\n|项目|决算数|\n|基本支出|8.00|").facts if f.cell is not None]
    assert (fact.unit, fact.yuan, fact.notes) == (None, None, ("no unit stated",))
    assert fact.confidence < 1


@pytest.mark.parametrize(
    ("rows", "projects"),
    [
        ("|二、项目支出|30|28|\n|渠系清淤|18|17|\n|机井维修|12|11|", {"18", "17", "12", "11"}),
        ("|项目支出|30|28|\n|1、渠系清淤|18|17|\n|2、机井维修|12|11|", {"18", "17", "12", "11"}),
        ("|二、项目支出|30|28|\n|渠系清淤|18|17|\n|机井维修|12|10|", set()),  # one column does not add up
        ("|二、项目支出|30|28|\n|渠系清淤|30|28|", set()),  # one row can be called anything
    ],
)
def test_the_rows_that_add_up_to_the_projects_are_these(rows: str, projects: set[str]) -> None:
    table = f"支出预算执行情况表\n单位：万元\n|项目|年初预算数|决算数|\n|一、基本支出|60|59|\n{rows}\n|支出总计|90|87|"
    assert {quote for quote, key in keys(table).items() if key.startswith("project.amount")} == projects

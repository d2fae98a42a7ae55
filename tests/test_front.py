"""What a document says of itself: title, department, region, year, kind, date and issuer, each with its place."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from reportparse import Report, parse
from reportparse.document import Document
from reportparse.model import Source

BODY = "一、部门概况\n本单位负责全县档案的接收、征集、整理和保管，并向社会开放利用，各项工作有序推进。\n二、收支情况\n全年收入总计12万元，支出总计12万元，收支平衡，执行情况良好。\n"


class Case(NamedTuple):
    name: str
    front: str
    tail: str = ""
    title: str | None = None
    department: str | None = None
    region: tuple[str, str | None, str | None] | None = None
    year: int | None = None
    kind: str = "overall_performance"
    issuer: str | None = None
    date: str | None = None


WHO = "乐山市五通桥区档案馆"
HERE = ("五通桥区", "县", "511112")
WHAT = "2023年度部门整体支出绩效报告"

CASES = [
    Case("department over title", f"{WHO}\n{WHAT}\n", "", WHAT, WHO, HERE, 2023),
    Case("department in the title", f"{WHO}{WHAT}\n", "", f"{WHO}{WHAT}", WHO, HERE, 2023),
    Case("department only in the signature", f"{WHAT}\n", f"{WHO}\n2024年3月8日", WHAT, WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("signature", f"{WHO}\n{WHAT}\n", f"{WHO}\n2024年3月8日", WHAT, WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("date in Chinese", f"{WHO}\n{WHAT}\n", f"{WHO}\n二〇二四年三月十八日", WHAT, WHO, HERE, 2023, issuer=WHO, date="2024-03-18"),
    Case("date by dots", f"{WHO}\n{WHAT}\n", f"{WHO}\n2024.12.8", WHAT, WHO, HERE, 2023, issuer=WHO, date="2024-12-08"),
    Case("date without a day", f"{WHO}\n{WHAT}\n", f"{WHO}\n2024年11月", WHAT, WHO, HERE, 2023, issuer=WHO, date="2024-11"),
    Case("the bureau that evaluates and the body, over two lines", f"五通桥区财政局关于{WHO}\n2023年度部门整体支出绩效评价的报告\n", "五通桥区财政局\n2024年3月8日", f"五通桥区财政局关于{WHO}2023年度部门整体支出绩效评价的报告", WHO, HERE, 2023, issuer="五通桥区财政局", date="2024-03-08"),
    Case("the bureau that evaluates and the body, in one line", f"五通桥区财政局关于{WHO}2023年部门整体支出绩效评价情况的报告\n", "", f"五通桥区财政局关于{WHO}2023年部门整体支出绩效评价情况的报告", WHO, HERE, 2023),
    Case("a title that goes on behind 关于", f"{WHO}关于\n2023年度部门整体支出绩效自评的报告\n", "", f"{WHO}关于2023年度部门整体支出绩效自评的报告", WHO, HERE, 2023),
    Case("关于 and the year", f"{WHO}关于2023年度部门整体支出绩效自评的报告\n", "", f"{WHO}关于2023年度部门整体支出绩效自评的报告", WHO, HERE, 2023),
    Case("title over two lines", f"{WHO}\n2023年度部门整体\n支出绩效报告\n", "", WHAT, WHO, HERE, 2023),
    Case("final accounts", f"{WHO}\n2023年度部门决算公开说明\n", "", "2023年度部门决算公开说明", WHO, HERE, 2023, "final_accounts"),
    Case("budget", f"{WHO}\n2024年部门预算公开\n", "", "2024年部门预算公开", WHO, HERE, 2024, "budget"),
    Case("year in Chinese", f"{WHO}\n二〇二三年度部门决算\n", "", "二〇二三年度部门决算", WHO, HERE, 2023, "final_accounts"),
    Case("unit named by a label", f"{WHAT}\n填报单位：{WHO}\n填报日期：2024年5月6日\n", "", WHAT, WHO, HERE, 2023, date="2024-05-06"),
    Case("an unknown place", "无名县档案馆\n2023年部门预算\n", "", "2023年部门预算", "无名县档案馆", None, 2023, "budget"),
    Case("no place", "档案馆\n2023年部门预算\n", "", "2023年部门预算", "档案馆", None, 2023, "budget"),
    Case("year over the title", f"2023年度\n{WHO}部门决算\n", "", f"2023年度{WHO}部门决算", WHO, HERE, 2023, "final_accounts"),
    Case("title ends on its own line", f"{WHO}2023年度部门决算公开\n说明\n", "", f"{WHO}2023年度部门决算公开说明", WHO, HERE, 2023, "final_accounts"),
    Case("another title over it", f"乐山市2024年绩效评价\n{WHO}整体支出绩效评价报告\n", "", f"{WHO}整体支出绩效评价报告", WHO, HERE, 2024),
    Case("rows of a site", f"-索引号：A/2024-02\n-发布机构：{WHO}\n-发布日期：2024-09-29\n{WHO}2023年度部门决算\n", "", f"{WHO}2023年度部门决算", WHO, HERE, 2023, "final_accounts", issuer=WHO, date="2024-09-29"),
    Case("piped rows of a site", f"|[成文日期]|2024-09-26|[发布日期]|2024-09-30|\n{WHO}2023年度部门决算\n", "", f"{WHO}2023年度部门决算", WHO, HERE, 2023, "final_accounts", date="2024-09-30"),
    Case("index card under the path of a site", f"首页 > 政务公开 > 财政预决算 > 部门决算\n|索引号：|wtq-2024-0926|主题分类：|部门决算|\n|发布日期：|2024-09-30|文　　号：||\n【字体：大 中 小】　打印本页\n{WHO}2023年度部门决算\n", "", f"{WHO}2023年度部门决算", WHO, HERE, 2023, "final_accounts", date="2024-09-30"),
    Case("buttons of a site", f"乐山市五通桥区人民政府\n首页  简体  繁体  无障碍  移动版\n首页 > 政务公开 > 部门预算\n{WHO}2024年部门预算信息公开\n日期:2024-02-20 来源:区档案馆 字号: 大 中 小\n", "", f"{WHO}2024年部门预算信息公开", WHO, HERE, 2024, "budget", date="2024-02-20"),
    Case("chrome over the title", f"欢迎来到本馆网站\n国家一级综合档案馆\n{WHO}2023年度部门决算\n日期：2024-09-01来源：{WHO}\n", "", f"{WHO}2023年度部门决算", WHO, HERE, 2023, "final_accounts", issuer=WHO, date="2024-09-01"),
    Case("filed before the date of the report", f"归档时间：2023-01-02\n{WHO}{WHAT}\n报送日期：2024年4月5日\n", "", f"{WHO}{WHAT}", WHO, HERE, 2023, date="2024-04-05"),
    Case("evaluated by a firm", f"川评字第1号\n2023年度数字档案室\n项目支出绩效评价报告\n主管部门：乐山市五通桥区委办公室\n被评价单位：{WHO}\n评价机构：四川某某绩效评价有限公司\n", "四川某某绩效评价有限公司\n二〇二四年六月", "2023年度数字档案室项目支出绩效评价报告", WHO, HERE, 2023, "project_performance", "四川某某绩效评价有限公司", "2024-06"),
    Case("a conference in the title", "五通桥区政协2023年度部门决算\n", "", "五通桥区政协2023年度部门决算", "五通桥区政协", HERE, 2023, "final_accounts"),
    Case("signature before an annex", f"{WHO}{WHAT}\n", f"{WHO}\n2024年3月8日\n附表\n自评情况\n项目\n得分\n产出\n45\n", f"{WHO}{WHAT}", WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("signature before a glossary", f"{WHO}{WHAT}\n", f"{WHO}\n2024年3月8日\n名词解释\n基本支出：维持日常运转的支出。\n", f"{WHO}{WHAT}", WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("signature on one line", f"{WHO}{WHAT}\n", f"{WHO}（盖章）　2024年3月8日", f"{WHO}{WHAT}", WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("signature by labels", f"{WHO}{WHAT}\n", f"报告单位：{WHO}\n报告时间：2024年3月8日", f"{WHO}{WHAT}", WHO, HERE, 2023, issuer=WHO, date="2024-03-08"),
    Case("title over its contents", f"监督索引号5300\n{WHO}2023年度部门决算目录\n", "", f"{WHO}2023年度部门决算", WHO, HERE, 2023, "final_accounts"),
    Case("a sentence under a title of two lines", f"{WHO}\n关于“三公”经费预算\n2023年情况的说明\n{WHO}“三公”经费预算2023年情况如下：\n", "", "关于“三公”经费预算2023年情况的说明", WHO, HERE, 2023, "three_public"),
    Case("a campus", "乐山市五通桥区第三中学河东校区2023年度部门决算\n", "", "乐山市五通桥区第三中学河东校区2023年度部门决算", "乐山市五通桥区第三中学河东校区", HERE, 2023, "final_accounts"),
    Case("a long second name", "乐山市五通桥区人民医院（乐山市五通桥区医疗共同体总医院）2023年度单位决算\n", "", "乐山市五通桥区人民医院（乐山市五通桥区医疗共同体总医院）2023年度单位决算", "乐山市五通桥区人民医院（乐山市五通桥区医疗共同体总医院）", HERE, 2023, "final_accounts"),
    Case("accounts of several units", f"{WHO}（汇总）2023年度部门决算\n", "", f"{WHO}（汇总）2023年度部门决算", WHO, HERE, 2023, "final_accounts"),
    Case("card of a site over the title", f"主题分类 档案 公开方式 主动公开 公开范围 面向全社会\n{WHO}2023年度单位决算\n", "", f"{WHO}2023年度单位决算", WHO, HERE, 2023, "final_accounts"),
    Case("a short name over the whole one", f"区档案馆2023年决算公开\n来源：{WHO}\n{WHO}\n", "", "区档案馆2023年决算公开", WHO, HERE, 2023, "final_accounts", issuer=WHO),
    Case("page number over the cover", f"1\n{WHO}\n2023年度单位决算\n2\n第一部分　概况\n第二部分　决算情况\n3\n" + "第一部分　概况\n" + "本馆负责全区档案的接收、征集、整理和保管，并向社会开放利用，各项工作有序推进，全年接待查档群众。\n" * 4 + "4\n", "", "2023年度单位决算", WHO, HERE, 2023, "final_accounts"),
    Case("navigation between bars", f"首页 | 政务公开 | 财政预决算 | 绩效信息\n{WHO}{WHAT}\n文章来源：县水利局　浏览：59次　【打印】【关闭】\n", "", f"{WHO}{WHAT}", WHO, HERE, 2023),
    Case("navigation by blanks", f"网站首页  走进五通桥  办事服务  互动交流\n您的位置：首页 → 信息公开\n{WHO}{WHAT}\n稿件来源：本站 访问量：31\n", "", f"{WHO}{WHAT}", WHO, HERE, 2023),
    Case("the firm that evaluated on the cover", f"{WHO}\n2023年度数字档案室项目绩效评价报告\n委托单位：五通桥区财政局\n第三方评价机构：四川某某绩效评价有限公司\n2024年6月\n", "", "2023年度数字档案室项目绩效评价报告", WHO, HERE, 2023, "project_performance", "四川某某绩效评价有限公司", "2024-06"),
    Case("a body named as the title and its label do", f"{WHO}2023年度数字档案室项目绩效评价报告\n项目单位：{WHO}\n", "", f"{WHO}2023年度数字档案室项目绩效评价报告", WHO, HERE, 2023, "project_performance"),
    Case("the site of a government over the title", f"乐山市五通桥区人民政府\n首页 | 走进五通桥 | 政务公开 | 办事服务\n当前位置:首页>政务公开>绩效管理\n五通桥区2023年度数字档案补助资金绩效自评报告\n区财政局：\n按照要求，{WHO}对补助资金开展了自评，现将情况报告如下：\n", f"{WHO}\n2024年3月8日", "五通桥区2023年度数字档案补助资金绩效自评报告", WHO, HERE, 2023, "project_performance", WHO, "2024-03-08"),
    Case("nothing said", "", "", None, None, None, None, "other"),
]  # fmt: skip
KNOWN: dict[str, str] = {}


def report_of(text: str) -> Report:
    return parse(
        Document(Source("made.txt", "", "text/plain", "utf-8", "made", "txt", "1", "", 1, len(text)), text, (0,))
    )


def rows() -> list[object]:
    marks = {name: pytest.mark.xfail(reason=why, strict=True) for name, why in KNOWN.items()}
    return [pytest.param(case, id=case.name, marks=marks.get(case.name, ())) for case in CASES]


@pytest.mark.parametrize("apart", ["\n", "\n\n", "\r\n"])
@pytest.mark.parametrize("case", rows())
def test_a_document(case: Case, apart: str) -> None:
    info = report_of((case.front + BODY + case.tail).replace("\n", apart)).document
    region = (info.region.name, info.region.level, info.region.code) if info.region else None
    assert info.title == case.title
    assert info.department == case.department
    assert region == case.region
    assert (info.fiscal_year, info.kind) == (case.year, case.kind)
    assert (info.issuer, info.date) == (case.issuer, case.date)


@pytest.mark.parametrize("case", rows())
def test_the_facts_say_the_same(case: Case) -> None:
    text = case.front + BODY + case.tail
    report = report_of(text)
    info = report.document
    stated = {fact.concept: fact for fact in report if fact.concept.startswith("document.")}
    for name in ("title", "department", "issuer", "date"):
        value = getattr(info, name)
        assert (f"document.{name}" in stated) == (value is not None)
        if value is not None:
            fact = stated[f"document.{name}"]
            assert fact.value == value
            assert fact.span is not None
            assert fact.quote == text[slice(*fact.span)]
            if name != "date":
                assert "".join(fact.quote.split()) == "".join(str(value).split())
    assert stated["document.kind"].value == info.kind
    assert ("document.region" in stated) == (info.region is not None)


FORM = "2023年度项目支出绩效自评表"


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        (f"项目名称\t库房恒湿\n主管部门\t209-乐山市五通桥区委办公室\t实施单位\t209001-{WHO}", WHO),
        (f"| 项目名称 | 库房恒湿 |\n| 主管部门 | 乐山市五通桥区委办公室 |\n| 项目单位 | {WHO} |", WHO),
        (f"项目名称\n库房恒湿\n主管部门及代码\n[209]{WHO}\n项目资金", WHO),
        ("项目名称\n库房恒湿\n实施单位\n某某造价咨询有限公司\n项目资金", None),
        ("项目名称\n库房恒湿\n主管部门\n\n实施单位\n项目资金", None),
    ],
)
def test_a_form_names_its_unit_in_its_head(rows: str, unit: str | None) -> None:
    text = f"{FORM}\n{rows}\n年初预算数\t全年预算数\t全年执行数\n年度资金总额\t9\t9\t8\n"
    report = parse(text.encode(), name="form.txt")
    assert report.document.department == unit
    for fact in report.facts:
        if fact.concept == "document.department":
            assert fact.quote == unit
            assert fact.span is not None
            assert text[slice(*fact.span)] == unit


@pytest.mark.parametrize(
    "text",
    ["负责编制部门预算", "1.负责全县部门整体支出绩效自评报告的审核", "（二）拟订全县2023年度部门决算"],
)
def test_a_duty_is_no_title(text: str) -> None:
    assert report_of(f"主要职责\n{text}\n").document.title is None


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("某县档案馆2023年度部门整体支出绩效自评报告", "overall_performance"),
        ("2023年档案数字化项目绩效评价报告", "project_performance"),
        ("2023年档案保护补助资金绩效自评报告", "project_performance"),
        ("2023年档案保护补助资金绩效自评报告\n一、绩效目标分解下达情况\n资金已分解下达。", "transfer_performance"),
        ("2023年中央档案保护资金转移支付绩效自评报告", "transfer_performance"),
        ("2023年度部门决算", "final_accounts"),
        ("2024年部门预算编制说明", "budget"),
        ("2024年单位预算公开", "budget"),
        ("2023年度“三公”经费决算公开说明", "three_public"),
        ("2024年单位预算及“三公”经费预算情况说明", "budget"),
        ("2024年“三公”经费安排情况", "three_public"),
        ("2023年政府工作报告", "work_report"),
        ("云岭县2023年财政预算执行情况和2024年财政预算草案的报告", "government_fiscal"),
        ("关于云岭县2023年预算执行情况与2024年预算（草案）的报告", "government_fiscal"),
        ("关于云岭县2023年县级财政决算的报告", "government_fiscal"),
        ("云岭县2023年度预算执行和其他财政收支的审计工作报告", "government_fiscal"),
        ("云岭县2023年政府决算公开", "government_fiscal"),
        ("云岭县青石镇2023年财政预算执行情况和2024年预算草案的报告", "town_fiscal"),
        ("青石镇2022年财政决算", "town_fiscal"),
        ("青石镇财政所2023年决算", "final_accounts"),
        ("青石镇人民政府2023年度部门决算", "final_accounts"),
        ("云岭县人民政府办公室2023年度决算公开", "final_accounts"),
        ("云岭县审计局2024年预算公开", "budget"),
        ("云岭县财政局2023年预算执行情况说明", "budget"),
        ("附件3五通桥区2023年档案保护专项资金绩效自评报告", "project_performance"),
        ("2023年档案数字化项目自评报告", "project_performance"),
        ("2023年档案保护补助资金绩效目标自评表", "project_performance"),
        ("档案馆简介", "other"),
    ],
)
def test_the_kind(front: str, kind: str) -> None:
    assert report_of(f"{front}\n{BODY}").document.kind == kind


def test_the_number_of_an_annex_is_no_part_of_a_title() -> None:
    report = report_of(f"附件2-1：五通桥区2023年档案保护专项资金绩效自评报告\n{BODY}")
    assert report.document.title == "五通桥区2023年档案保护专项资金绩效自评报告"


def test_a_form_that_stands_first_is_called_by_its_caption() -> None:
    rows = "经费控制情况（万元）\n2022年决算数\n2023年预算数\n2023年决算数\n三公经费\n4.6\n4.9\n3.8\n项目支出\n61.2\n64\n63.5\n"
    report = parse(f"附件1\n2023年度部门整体支出绩效评价基础数据表\n{rows}".encode(), name="form.txt")
    assert report.document.kind == "overall_performance"
    assert report.document.title == "2023年度部门整体支出绩效评价基础数据表"

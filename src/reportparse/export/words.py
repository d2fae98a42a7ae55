"""Ids as an office calls them: for heads of columns and for the workbook. CSV, SQL and Parquet keep the ids."""

from __future__ import annotations

__all__ = ["ASPECTS", "BASES", "FUNDS", "OUTCOMES", "TITLES", "WORDS", "member_word"]

TITLES = {
    "overall_performance": "部门整体绩效", "project_performance": "项目绩效", "transfer_performance": "转移支付绩效",
    "final_accounts": "决算", "budget": "预算", "three_public": "“三公”经费", "work_report": "工作报告",
    "town_fiscal": "乡镇财政", "government_fiscal": "政府财政", "other": "其他",
}  # fmt: skip
"""Kinds of document."""
OUTCOMES = {
    "consistent": "相符", "improbable": "存疑", "truncated": "舍尾", "inconsistent": "不符", "unusual": "异常", "not_checkable": "无法核对",
}  # fmt: skip
ASPECTS = {"value": "数值", "share": "占比", "change": "增减额", "change_rate": "增减率", "execution_rate": "执行率"}
BASES = {"actual": "实际", "budget": "预算", "adjusted_budget": "调整预算"}
FUNDS = {
    "all": "全部资金", "appropriation": "财政拨款", "general": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营",
}  # fmt: skip

WORDS = {
    "fund": FUNDS, "basis": BASES, "aspect": ASPECTS,
    "state": {"stated": "有", "zero": "零", "none": "无", "blank": "空", "redacted": "隐去", "unchanged": "持平"},
    "role": {"statement": "陈述", "reason": "原因"},
    "found_in": {"prose": "正文", "table": "表格", "heading": "标题"},
    "kind": {
        "amount": "金额", "percentage": "百分比", "headcount": "人数", "count": "个数", "score": "得分", "measure": "计量", "grade": "等级",
        "date": "日期", "text": "文字", "number": "数",
    },
}  # fmt: skip
"""The ids that stand in a column, by its name."""

_MEMBERS = {
    "administrative": "行政", "affiliated": "附属单位上缴", "appropriation": "财政拨款", "attached": "附属编制", "basic": "基本支出",
    "carried_in": "上年结转", "carried_out": "结转下年", "civil_servant": "公务员", "construction": "在建工程", "contract": "聘用",
    "current": "流动资产", "domestic": "国内", "fiscal_appropriation": "财政拨款", "fixed": "固定资产", "foreign": "外事",
    "general": "一般公共预算", "general_public_budget": "一般公共预算", "goods": "货物", "government_fund": "政府性基金",
    "in_micro_reserved": "预留小微部分", "in_other": "其他部分", "in_post": "在职", "in_reserved": "预留部分", "institutional": "事业",
    "intangible": "无形资产", "long_term_investment": "长期投资", "micro": "小微企业", "monitored": "绩效监控",
    "non_fiscal_surplus": "使用非财政拨款结余", "operating": "经营", "other": "其他", "personnel": "人员经费", "political_legal": "政法专项",
    "project": "项目支出", "project_average": "项目平均", "public": "公用经费", "reference_managed": "参公", "remitted": "上缴上级",
    "reserve": "预留机动", "retired": "退休", "retired_all": "离退休", "self_evaluated": "绩效自评", "services": "服务",
    "special_account": "财政专户", "state_capital": "国有资本经营", "subsidy": "对附属单位补助", "superior_subsidy": "上级补助",
    "support": "工勤", "survivors": "遗属", "targeted": "设绩效目标", "unit_funds": "单位资金", "veteran_retired": "离休", "works": "工程",
}  # fmt: skip


def member_word(member: str) -> str:
    """A member as it is called; labels as printed and codes of classes are their own names."""
    return _MEMBERS.get(member, member)

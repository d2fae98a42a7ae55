"""What the heading of a column says of the figures under it: budget or outcome, which year, which unit, a rate or a sum.

Only closed classes of words stand here, as in :mod:`reportparse.phrases`; what a column's label means otherwise is for
the rule packs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from reportparse.patterns import seldom

__all__ = [
    "GRADE_LABEL",
    "LEVEL",
    "LEVEL_HEAD",
    "MONEY",
    "WHOLE",
    "Head",
    "is_headline",
    "names_level",
    "only_words",
    "own_words",
    "plain_label",
    "plain_name",
    "read_head",
    "span_of",
    "stated_unit",
    "without_aspect",
]

LEVEL_HEAD = seldom("[一二三四]级(?:绩效)?指标(?:名称)?")
"""What the columns of levels of indicators are headed by."""
MONEY = frozenset({"元", "千元", "万元", "亿元", "百元", "百万元"})


class Head(NamedTuple):
    """The heading of a column, or what a row's label says of the same.

    ``role`` is what stands under it: ``label`` names of rows, ``code``, ``serial`` numbers that count rows, ``words`` values in
    words, ``value`` figures, or empty where its words do not tell. ``period`` is a year, ``last`` the year before the
    report's, or None. ``against`` is what a change or a rate is measured against, as ``(period, basis)``, each None where
    it is not said. ``unit`` is that of the figures, ``unit_words`` how it is printed.
    """

    label: str
    role: str
    basis: str | None
    period: str | None
    aspect: str
    against: tuple[str | None, str | None]
    unit: str | None
    unit_words: str | None


_UNITS = "万元|元|千元|亿元|百元|百万元|%|‰|人|名|个|辆|台|套|次|批次?|人次|平方米|㎡|亩|公顷|公里|千米|米|分|户|家|项|所|座|天|件|份|期|场|吨|公斤"
_BRACKETED_UNIT = seldom(
    rf"（(?:金额)?(?:单位)?：?(?:人民币)?(?P<unit>{_UNITS})(?:[、/，](?:{_UNITS}))?）|(?:金额)?单位：(?:人民币)?(?P<stated>{_UNITS})"
)
_STATED_UNIT = seldom(r"(?:金额|计量|货币)?单位[：:]?(?:人民币)?(?P<unit>(?:百万|[百千万亿])?元|[千万亿](?=$|）))")
_UNIT_ALONE = seldom("（(?P<unit>(?:百万|[百千万亿])?元)）")
_FORMULA = seldom(
    r"（[\dA-Za-zＡ-Ｚ=÷/×*+\-—－%．.]{1,16}）|（(?:(?:\d+分?|[A-Z]|执行率|完成率|分值|权重)[*×÷/])+(?:\d+分?|[A-Z]|执行率|完成率|分值|权重)）|[＝=][\dA-Z÷/×+\-（）]{2,12}$|^[A-Z]$"
)
_YEAR = seldom(r"(?P<year>(?:19|20)\d\d)(?:年度?|(?=[^\d]|$))")
_LAST = seldom("(?:上年|去年|上一年度?|上期|前一年)(?!.{0,6}结[转余])")
_THIS = seldom("本年度?|当年|本期|今年")
_SERIAL = seldom(r"序号?|行次|栏次|顺序号?|编号|行号|NO\.?")
_CODE = seldom(r"[^，。]{0,12}(?:编码|代码)|[类款项]|(?:功能|经济)?科目编?号")
_LABEL = seldom(
    r"(?:[一二三四123]级|绩效|评价|考核|年度绩效|具体|明细)?指标(?:名称|内容)?|[^，。]{0,14}(?<!金额)(?<!预算)项目(?:名称|类别|（类别）)?|[^，。]{0,14}科目|[^，。]{0,16}名称(?:（.{1,12}）)?"
    r"|[^，。]{0,10}内容|[^，。]{0,8}类[别型]|(?:预算|主管)?(?:单位|部门)|(?:支出|资金|收入)?(?:用途|来源|性质)|[^，。]{0,8}分类|资金(?:情况|构成)?|支出事项|类目|功能|品目|[^，。]{0,8}编码及名称|摘要|区域|地区|基础数据"
)
_WORDS = seldom(
    r"(?:年度|年初|全年|当年|调整后?|（调整）|预期|绩效|计划|设定|预定)*(?:指标(?:值|数值|情况)|目标(?:值|数值|情况)?)(?:（.{1,12}）)?|(?:年度|全年|实际|绩效|指标|目标)*(?:完成|实现|实际|达到)(?:的)?(?:指标|目标)?(?:值|情况|结果|水平)(?:（.{1,12}）)?|标准值|自评结果|(?:预期|总体|年度总体)+目标"
    r"|[^，。]{0,10}(?:原因|理由|措施|说明|分析|依据|标准|解释|要点|方法|方式|情况说明|备注|描述)|备注|(?:自评|评价?|绩效|评定|综合)*等[级次]|负责人|联系电话"
)
_SURE_VALUE = seldom(
    r"[^，。]{0,24}(?:(?<!次)数|额|金额|执行率|占比|比重|得分|评分|扣分|分值|权重|增减(?:%|率|变化)?|增减额|[预决]算|执行率%|完成率|支出进度|幅度)"
)
_EXECUTION = seldom(
    r"(?:预算)?执行(?:进度|率|比例|%)|^完成(?:年初|全年|调整)?预算$|(?:预算|支出)完成(?:率|比例|%)|完成[^，。]{0,6}预算的?(?:%|比例|百分比)|支出(?:进度|率|完成率)|(?:决算|执行数?|支出)[占为]?(?:年初|全年|调整)?预算数?的?(?:%|比例|百分比|比重)"
)
_CHANGE_RATE = seldom(
    r"(?:增、?减|增长|变动|变化|升降|增幅|减幅|增（减）|增（\+）减（-）)(?:变化|变动|情况)?(?:幅度|比例|率|%|百分比|（%）)|(?:同比|增减)±?%|增[长减]幅度|增幅|变动率"
)
_CHANGE = seldom(
    r"增、?减(?:变化|变动)?(?:额|数|金额|情况|值)?|(?:增长|增加|变动|变化|升降|差)(?:额|数|金额|值)|增（减）额?|增加（减少）(?:额|数)?|比.{2,10}增减.{0,4}|差异(?:数|额)?"
)
_SHARE = seldom(r"占(?:[^，。]{0,12}的)?(?:比|比例|比重|%|百分比)|比重|构成(?:比例?)?|所占(?:比例|比重)|资金占比")
_COMPARED = seldom(r"(?:比(?![例重率])|较|与)(?P<what>[^，。]{1,14}?)(?:相比)?(?=增|减|变|升|降|差|的?[±%]|$)")
_COMPARISON = seldom(
    r"(?P<now>[^，。]{0,12})(?:比|较|与)(?P<before>(?:上年|去年|(?:19|20)\d\d年|年初)[^，。]{0,10}?)(?:相比|对比|比较|增减(?:情况|变化)?)?"
)
_ADJUSTED = seldom("调整后?的?预算|（调整后?）预算|调整（后）预算|预算调整数?|全年预算|调整数")
_PERFORMED = seldom(
    "执行数|执行金额|执行情况|执行额|已执行|预算执行(?!率)|决算|实际支[出付]|实际执行|实际完成数|实际数|支出数|支付数|实际收入|累计支出|支出金额|支出额|使用金额|实际使用|实际到位|到位|统计数|实际完成"
)
_BUDGETED = seldom("预算|计划(?:数|投资|资金|金额)|批复(?:数|金额|资金)|年初数(?!量)")
GRADE_LABEL = seldom("(?:自评|评价|绩效|评定|综合|自评结果)*(?:等级|等次)")
"""A row whose value is a grade."""
_MARKS = ("权重", "得分", "分值")
_PROJECT_CODE = seldom(r"^\d{6,}[A-Z]?\d{0,20}[-—–_]+(?=[一-龥“]|20\d\d年)")
"""The number that a system gives a project, before its name."""
_LETTERS = "ABCDE"
"""货物A: by which a table counts its parts."""
_MARKS_IN_BRACKETS = seldom(r"（(?:满分|权重|分值)?：?\d{1,3}(?:\.\d{1,2})?(?:分|%)）$")
"""产出指标（50分）: what an indicator is worth, behind its name."""
_IN_BRACKETS = seldom("（[^（）]{1,16}）$")
_EDGES = " 　:：、"
_MARK = seldom(
    r"(?:其中[：:、]?|[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[、.．](?!\d)|[①-⑳]|[★*＊#▲△]|——?|加[：:]|减[：:])+"
)
_QUOTES = str.maketrans("", "", "“”\"'‘’「」 　\n")


@lru_cache(maxsize=8192)
def own_words(text: str) -> str:
    """A text without quotation marks and spaces, as the patterns of packs are written."""
    return text.translate(_QUOTES)


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """The name that a row gives a project or an indicator, without its number, quotation marks, units and spaces: its last
    letter and its year tell it from others.
    """
    name = _PROJECT_CODE.sub("", text.translate(_QUOTES))
    mark = _MARK.match(name)
    if mark is not None and mark.end() < len(name):
        name = name[mark.end() :]
    return _MARKS_IN_BRACKETS.sub("", _BRACKETED_UNIT.sub("", name)).strip(_EDGES)


@lru_cache(maxsize=8192)
def plain_label(text: str) -> str:
    """A row's label without its number, 其中：, quotation marks, units and spaces."""
    label = _FORMULA.sub("", plain_name(text)).strip(_EDGES)
    return label[:-1] if len(label) > 2 and label[-1] in _LETTERS and label[-2] > "\u2e7f" else label


def stated_unit(text: str) -> str | None:
    """The unit of money in 单位：万元, with or without brackets, or in brackets alone; 万 is 万元."""
    found = _STATED_UNIT.search(text.translate(_QUOTES)) or _UNIT_ALONE.fullmatch(text)
    if found is None:
        return None
    unit = found["unit"]
    return unit if unit.endswith("元") else unit + "元"


@lru_cache(maxsize=8192)
def read_head(text: str) -> Head:
    """What one heading says, or one label of a row."""
    words = text.translate(_QUOTES)
    found = _BRACKETED_UNIT.search(words)
    unit = unit_words = None
    if found is not None:
        unit, unit_words = found["unit"] or found["stated"], found.group()
        words = words[: found.start()] + words[found.end() :]
    label = _MARKS_IN_BRACKETS.sub("", _FORMULA.sub("", words)).strip(_EDGES)
    years = [match["year"] for match in _YEAR.finditer(label)]
    last = _LAST.search(label) is not None
    aspect, against = _aspect_of(label, unit)
    period: str | None = years[0] if years else None
    if aspect in ("change", "change_rate"):
        compared = _COMPARED.search(label)
        if compared is not None:
            against = _named(compared["what"])
            before = label[: compared.start()]
            period = next((match["year"] for match in _YEAR.finditer(before)), None)
        basis = _basis_of(label[: compared.start()] if compared is not None else label)
    elif (both := _COMPARISON.fullmatch(label)) is not None:  # 2019年预算数比2018年预算数, over 增减额 and 增减%
        against, basis = _named(both["before"]), _basis_of(both["now"])
        period = next((match["year"] for match in _YEAR.finditer(both["now"])), None)
        last = False
    else:
        basis = None if aspect == "share" else _basis_of(label)
        if aspect == "execution_rate":
            basis = None
    if last and period is None and aspect not in ("change", "change_rate"):
        period = "last"
    name = _YEAR.sub("", label)
    name = _THIS.sub("", _LAST.sub("", name)) if period == "last" else name
    return Head(label, _role_of(name or label), basis, period, aspect, against, unit, unit_words)


def _aspect_of(label: str, unit: str | None) -> tuple[str, tuple[str | None, str | None]]:
    if label.endswith(_MARKS):
        return "value", (None, None)  # 执行率得分
    if _EXECUTION.search(label) or (unit == "%" and "执行" in label):
        budget = "adjusted_budget" if _ADJUSTED.search(label) else "budget" if "年初预算" in label else None
        return "execution_rate", (None, budget)
    if _CHANGE_RATE.search(label) or (unit == "%" and _CHANGE.search(label)):
        return "change_rate", (None, None)
    if _SHARE.search(label):
        return "share", (None, None)
    if _CHANGE.search(label):
        return "change", (None, None)
    return "value", (None, None)


@lru_cache(maxsize=8192)
def without_aspect(label: str) -> str:
    """A label without the words that make a rate or a change of its figures: 基本支出增减额 is 基本支出."""
    if _COMPARISON.fullmatch(label):
        return ""
    if _aspect_of(label, None)[0] == "value":
        return label
    compared = _COMPARED.search(label)
    if compared is not None:
        return label[: compared.start()]
    for pattern in (_EXECUTION, _CHANGE_RATE, _SHARE, _CHANGE):
        label = pattern.sub("", label)
    return label


def _named(words: str) -> tuple[str | None, str | None]:
    """What a change is measured against, by its own words: 上年决算, 2023年, 年初预算."""
    year = _YEAR.search(words)
    return (year["year"] if year else "last" if _LAST.search(words) else None), _basis_of(words)


_FUNDS = seldom("(?:一般公共|公共财政|政府性基金|国有资本经营)预算|社会保险基金预算")
"""Names of money, in which 预算 says nothing of it."""


def _basis_of(label: str) -> str | None:
    label = _FUNDS.sub("", label)
    if _PERFORMED.search(label):
        return "actual"
    if _ADJUSTED.search(label):
        return "adjusted_budget"
    return "budget" if _BUDGETED.search(label) else None


@lru_cache(maxsize=8192)
def _role_of(name: str) -> str:
    name = _IN_BRACKETS.sub("", name) or name
    if _SERIAL.fullmatch(name):
        return "serial"
    if _CODE.fullmatch(name):
        return "code"
    if _WORDS.fullmatch(name) and not _SURE_VALUE.fullmatch(name):
        return "words"
    if _SURE_VALUE.fullmatch(name):
        return "value"
    if _LABEL.fullmatch(name):
        return "label"
    return ""


def only_words(cells: list[str]) -> bool:
    """Whether a row heads columns of words and nothing else: 预期目标, 实际完成情况."""
    roles = {_role_of(cell.translate(_QUOTES)) for cell in cells} - {""}
    return roles == {"words"}


def is_headline(cells: list[str]) -> bool:
    """Whether a row that holds no figure heads columns, by its words: most of them are words of headings."""
    known = sum(
        _role_of(_YEAR.sub("", _FORMULA.sub("", _BRACKETED_UNIT.sub("", c.translate(_QUOTES)))).strip(_EDGES)) != ""
        for c in cells
    )
    return len(cells) >= 2 and known >= 2 and 2 * known >= len(cells)


_SPAN = seldom(r"((?:19|20)\d\d)年?度?[-—–~～至到]((?:19|20)\d\d)(?=年)")


@lru_cache(maxsize=1024)
def span_of(title: str) -> str | None:
    """The first and the last of the years that a title names as a span, ``2021/2024``: 2021-2024年…评价报告; else None."""
    found = _SPAN.search(title)
    return f"{found[1]}/{found[2]}" if found is not None and found[1] < found[2] else None


LEVEL = seldom(
    r"(?:(?!.{0,6}(?:达成|完成|实现|达到))[^，。\d]{1,10}指标"
    r"|(?:项目|部门)?(?:投入|过程|决策|产出|效益|效果|成本|管理|履职|满意度?)(?:效能|情况|目标)?"
    r"|(?:产出|项目|工作)?(?:数量|质量|时效|成本)|[^，。\d]{2,4}(?:效益|成本|效应)|可持续(?:发展)?(?:影响|能力)|(?:服务对象|社会公众|公众)满意度"
    r"|[^，。；、\d]{0,4}(?:管理|执行|编制|配置|实施|立项|决策|公开|建设|投入|落实|使用|目标|效率|效能|职能|履职|监督|保障)"
    r")(?:（\d{1,3}(?:\.\d)?[分%]?）)?"
)
"""Names of levels that stand over others."""
WHOLE = seldom("(?:总分|合计|总计|总得分|得分合计|综合得分)(?:（.{1,8}）)?")
"""The row of all indicators."""


def names_level(text: str) -> bool:
    """Whether a cell is called as levels over others are, or the row of all of them is."""
    return LEVEL.fullmatch(text) is not None or WHOLE.fullmatch(text) is not None

"""Headings that are cut in two where only the cells of a table are left, one a line: 年初 | 预算数, 经济效益 | 指标.

A narrow column breaks its heading over two paragraphs, and each comes out as a cell. Of either part only closed classes of
words are known here: what begins a heading and heads no column by itself, and what ends one.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.patterns import seldom

__all__ = ["rejoin"]

_ENDS = frozenset("数值率标分施额度况果容称响展）级因析明金")
"""What the last part ends with."""
_PARTS = (
    (seldom("年初|全年|年中|调整后?|本年|上年|当年|预算"), seldom("(?:预算|执行|决算|调整|安排)(?:数|金额|额)(?:（.{1,6}）)?")),
    (seldom("年度|年初|全年|预期|绩效|计划|设定"), seldom("(?:指标|目标)值")),
    (seldom("(?:全年|年度)?实际"), seldom("(?:完成|执行|实现)(?:值|情况|数|结果)")),
    (seldom("自评|评价|单项|实际"), seldom("得分|分值|评分")),
    (seldom("(?:预算|资金)?(?:执行|完成)"), seldom("率(?:（%）)?|进度")),
    (seldom("预算"), seldom("执行率(?:（%）)?")),
    (seldom("(?:自评|评价|指标)?(?:分值|得分|权重|满分)"), seldom(r"（\d{1,3}(?:\.\d{1,2})?分）")),
    (seldom("[一二三四]级(?:绩效)?"), seldom("指标(?:名称)?")),
    (seldom("[一二三四]"), seldom("级指标(?:名称)?")),
    (
        seldom("(?:经济|社会|生态|环境)(?:效益|成本)|生态环境成本|可持续(?:影响|发展)|(?:服务对象|社会公众|公众|受益对象)?满意度|产出|效益|效果|数量|质量|时效|成本"),
        seldom(r"指标(?:（\d{1,3}分?）)?"),
    ),
    (seldom("服务对象|社会公众|受益对象"), seldom(r"满意度(?:指标(?:（\d{1,3}分?）)?)?")),
    (seldom("可持续"), seldom(r"(?:影响|发展)(?:指标(?:（\d{1,3}分?）)?)?")),
    (seldom("(?:偏差|未完成|扣分|失分|差异)(?:的)?(?:原因)?(?:分析|说明)?"), seldom("(?:原因)?(?:分析|说明)?(?:及|和|与)(?:下一步)?(?:改进|整改)?措施")),
    (seldom("偏差|未完成|扣分|失分|差异"), seldom("(?:的)?原因(?:分析|说明)?(?:(?:及|和|与)(?:下一步)?(?:改进|整改)?措施)?")),
    (seldom("(?:部门|项目|单位)(?:预算)?"), seldom("资金(?:（(?:单位：)?(?:万元|元)）)?")),
    (seldom("(?:部门|项目|单位)?(?:预算)?(?:资金|执行情况)"), seldom("（(?:单位：)?(?:万元|元)）")),
    (seldom("年度(?:总体|履职|绩效)?|总体"), seldom("目标")),
)  # fmt: skip
"""What begins a heading that is cut, and what ends it."""


def rejoin(texts: Sequence[str], blanks: Sequence[int] = ()) -> list[tuple[str, int]]:
    """The cells, those that are parts of one heading put together, and of how many each is made.

    ``blanks`` are the blank lines before each: nothing goes on behind one.
    """
    found: list[tuple[str, int]] = []
    for index, text in enumerate(texts):
        if found and text[-1] in _ENDS and not (blanks and blanks[index]):
            before, count = found[-1]
            if any(last.fullmatch(text) and first.fullmatch(before) for first, last in _PARTS):
                found[-1] = (before + text, count + 1)
                continue
        found.append((text, 1))
    return found

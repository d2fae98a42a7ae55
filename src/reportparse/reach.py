"""Whose a figure is and of how much of the year, where it is not the body's own or not of the whole year.

Only closed classes of words: others (全省, 所辖乡镇, 下属单位) and parts of a year (上半年, 1至6月, 截至目前).
"""

from __future__ import annotations

import re

from reportparse.patterns import seldom

__all__ = ["OF_OTHERS", "OF_OTHER_TIMES", "OWN_AGAIN", "WHOLE_PLACE", "is_part_of_year"]

OF_OTHERS = re.compile(
    r"全[国省市县区旗州盟](?!本级)|(?:不含|不包括|剔除)?(?:所辖|下属|(?:所属)?二级(?:预算)?单位|另一|其他单位|基层单位)(?!.*的$)|各(?:乡镇|街道|县|市|区|地)"
)
"""Whose money it is, where it is not the body's: 全省, 所辖乡镇, 下属茶场."""
WHOLE_PLACE = re.compile(r"全[国省市县区旗州盟](?!本级)")
"""What is said of a whole place is a body's own where the report is of that place."""
OWN_AGAIN = seldom(r"[；。]|[本我该](?:部门|单位|[局委办院校县区市镇乡会馆站厅所])|本级|全[局委办院校站所馆系]")
"""The words with which a sentence comes back to the body itself."""
OF_OTHER_TIMES = re.compile(
    r"前年|近[两三四五]年|下一?年度?|[一二三四]季度|[上下]半年|(?<!1)[1-9]月[底末份]|1[01]月[底末份]|原计划"
)
"""When a figure is of, where that is neither the report's year nor one that it names."""
_MAY_BE_PART = re.compile("月|季度|半年|截")
_MONTH = r"(?:[1-9]|1[01])月"
_TIMES = seldom(
    rf"(?P<part>[上下]半年|前?[一二三四]个?季度|(?:[1-9]|1[01])月?(?:\d{{1,2}}日)?(?:[-—~～至]|到){_MONTH}|(?<!\d){_MONTH}[底末]"
    rf"|截[至止]到?(?:目前|现在|今日|报告日)|截[至止]到?(?:(?:19|20)\d\d年|今年|当年|本年)?{_MONTH})"
    r"|；|全年|年度|本年(?!度?(?:[上前]|\d)|[收支财])|1月?(?:1日)?(?:[-—~～至]|到)12月|(?:19|20)\d\d年(?=[^\d上下前一二三四截至])"
)


def is_part_of_year(words: str) -> bool:
    """Whether the words of a sentence up to a figure say last that it ran over a part of the year, or to a day before its end."""
    if _MAY_BE_PART.search(words) is None:
        return False
    last = None
    for last in _TIMES.finditer(words):  # noqa: B007
        pass
    return last is not None and last["part"] is not None

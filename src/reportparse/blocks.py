"""What layout makes of a text: its blocks, and when a block has the shape of a heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportparse.grids import Grid
from reportparse.lines import SENTENCE
from reportparse.numbers import Numbering
from reportparse.numerals import numeral, unit_at
from reportparse.patterns import seldom
from reportparse.text import Flat

__all__ = [
    "CAPTION_LINE",
    "FOOT",
    "GLUED_TITLE",
    "HEADING_END",
    "HEADING_MAX",
    "LABEL_MAX",
    "MARKS_BEHIND",
    "SITE",
    "Block",
    "Caption",
    "Layout",
    "looks_like_heading",
    "lost_number",
]

HEADING_END = re.compile(
    r"(?:情况|说明|概况|概述|简介|职能|职责|构成|组成|设置|编制|人员|目标|任务|工作|分析|结论|问题|建议|措施|做法|经验|收入|支出"
    r"|结余|结转|预算|决算|经费|采购|占用|占有|使用|配备|执行|到位|应急|成本|资产|绩效|评价|应用|得分|结果|依据|原则|方法|过程|背景|目的|管理|公开|解释|附件|附表"
    r"|部分|总表|[预决]算表|情况表|明细表|一览表|自评表|评价表|内容|概括|原因|方面|整体|效益|产出|指标|满意度|事项|名词|其他|规划|计划|思路|打算|意见|成效|效果|影响|变化|自评|亮点|综述)(?:（.{1,8}）)?[：。]?$"
)
_FIGURE = re.compile(r"\d ?(?:万|亿)?(?:元|人|名|%)|，(?:19|20)\d\d年")
GLUED_TITLE = re.compile(
    r"(?!负责|组织|开展|承担|承办|贯彻|执行|拟订|指导|监督|参与|协助|研究|起草|制定|做好|加强|推进|完善)"
    r"([^，。；：！？\d（）“”《》]{2,20}?(?:概况|情况|说明|概述|简介|结论|问题|建议|措施|构成|设置))"
    r"(?=(?:19|20)(?:\d\d|[Xx×]{2})年|我[单局部办院校中所站馆处委]|本[单部局院所站馆校中处年]|按照|根据|依据|截[至止]|经[评考自综县市]|目前|今年|全[县市局年])"
)
"""A title whose text follows with nothing between them: 一、专项概况2017年我单位…"""
MARKS_BEHIND = seldom(
    r"（(?:(?:自评|评价|评审|考核|指标|本项|该项|实际|综合|应|权重|标准|总)*(?:满分|分值|权重|得分|实得|得|评分|总分|标准分|自评|扣分|扣|分)*(?:为|是|共|：)?\d[\d.]*[分%]?[，、；/]?){1,4}）[：。]?$"
)
"""The marks of an indicator that is a heading, in brackets behind it: 产出指标（满分40分，得38分）."""
_MAY_HAVE_A_YEAR = re.compile(r"(?:[况明述表：]|任务|目标|要点|计划)$")
_LONG_TITLE = re.compile(r"(?:情况说明|[预决]算(?:总体)?情况|[预决]算总?表|情况表)$")
_COUNT_FIRST = re.compile(r"\d{1,3}(?![\d年])")
"""3个项目… is a sentence without its end."""
HEADING_MAX = 40
"""Characters of a heading after its number, at most."""
LABEL_MAX = 25
"""Characters of a heading without a number, at most."""


SITE = seldom(
    r"首页 ?[>＞»→|/-]|^(?:网站|本站)?首页(?: |$)|当前(?:的)?位置|索 ?引 ?号|(?:发文|发布|公开|成文|生成|废止)(?:机关|机构|单位|字号|日期|时间|目录)|主题(?:分类|词)|信息(?:来源|分类)"
    r"|字 ?[体号]：|(?:浏览|点击|阅读|访问)(?:次数|量|数|率)|(?:浏览|点击|阅读|访问)：?\d|打印本页|【(?:打印|关闭)】|无障碍|移动版|[时有]效性：|(?:^|[ 】])(?:文章|稿件|内容|新闻)?来源："
)
"""Words of the head that a site prints over a document: its path, its index card, its buttons."""
FOOT = seldom(
    r"扫一扫|网站(?:标识码|地图|声明)|(?:主办|承办|版权所有|备案号|技术支持|ICP备)(?:单位)?[：:]?|【?(?:打印|关闭)(?:本页|窗口|页面)?】?(?=[ |【】]|$)|分享到|相关(?:附件|阅读|信息|链接)|上一[篇条]|下一[篇条]|附件下载"
)
"""What a line of the foot begins with that a site prints under a document."""


CAPTION_LINE = seldom(
    r"附?表[\d一二三四五六七八九十]{1,3}(?:[-—]\d{1,2})?(?:[：:. 　]+|(?=[\u4e00-\u9fff]))[^，。；]{3,30}"
)
"""What stands over a table with its number: 表3 一级指标得分情况."""


class Block(NamedTuple):
    """One line of the normalised text.

    ``kind`` is ``heading`` (a candidate: numbered, or short with a heading's last word), ``paragraph``, ``cover``
    (short lines before the first heading, and after the last sentence), ``caption`` (over a table of the source) or
    ``table`` (one cell, ``table`` counting the tables of the document from 0). ``number`` is the numbering
    that the line begins with. ``titled`` says that the source sets it as a title: a type of its own in the middle of
    the head of a page, or a heading of the first level; ``led`` that it begins in a type of its own and goes on in the
    body's, as a heading does that shares the line with its text.
    """

    kind: str
    start: int
    end: int
    number: Numbering | None
    table: int | None
    titled: bool = False
    led: bool = False


class Caption(NamedTuple):
    """What stands over a table, as places in the normalised text: its title, and its unit as 单位：万元 states it."""

    title: tuple[int, int] | None
    unit: tuple[int, int] | None


class Layout(NamedTuple):
    """``furniture`` and ``contents`` are source spans of lines that are not part of the text proper.

    ``captions`` holds those of the tables that have one; ``printed`` says which table of the source (by its place in
    ``Document.tables``) is which table here: parts of one table on several pages are one. ``grids`` tells of every table
    where its cells stand.
    """

    flat: Flat
    blocks: list[Block]
    furniture: list[tuple[int, int]]
    contents: list[tuple[int, int]]
    captions: dict[int, Caption]
    printed: list[int]
    grids: dict[int, Grid]


def looks_like_heading(text: str, number: Numbering | None) -> bool:
    """Whether a block of normalised text has the shape of a heading: numbered and short, or ended by a heading's word."""
    if number is not None:
        if number.style == "enumeration":
            return False
        if len(text) - number.end > HEADING_MAX or "；" in text or "。" in text[:-1]:
            return False
        title = MARKS_BEHIND.sub("", text)
        return "，" not in title or not _FIGURE.search(title)
    if (
        len(text) > HEADING_MAX
        or (len(text) > LABEL_MAX and _LONG_TITLE.search(text) is None)
        or text[-1] == "。"
        or _COUNT_FIRST.match(text)
        or SENTENCE.search(text[:-1])
        or not HEADING_END.search(text)
    ):
        return False
    return not _FIGURE.search(text) and (_MAY_HAVE_A_YEAR.search(text) is not None or not re.search(r"\d{4}年", text))


def lost_number(text: str, printed: str) -> Numbering | None:
    """The numbering of a heading without the mark that makes it one, or of which only the mark is left.

    、支出决算情况, ）总体情况, 1职能职责, 一 部门概况; ``printed`` is the line with its spaces.
    """
    style = _LOST.get(text[0])
    if style is not None:
        end = 1
    elif (bare := _BARE_NUMBER.match(text)) is not None and unit_at(text, bare.end()) is None:
        style, end = "arabic", bare.end()
    elif spaced := _SPACED_NUMBER.match(printed):
        style, end = "han", len(spaced[1])
    else:
        return None
    if len(text) - end < 3 or not looks_like_heading(text[end:], None):
        return None
    printed = "" if text[0] in _LOST else text[:end]
    value = int(printed) if printed.isdecimal() else int(numeral(printed) or 0)
    return Numbering(end, style, value or None, printed)


_LOST = {"、": "han", "）": "han_bracket"}
_BARE_NUMBER = seldom(r"\d{1,2}(?=[\u4e00-\u9fff])")
_SPACED_NUMBER = seldom(r"([一二三四五六七八九十]{1,3}) {1,4}(?![般级些次定个体致切并律批件])[\u4e00-\u9fff]")

"""Headings of several levels of which only the words are left: which stand over others, and which over figures.

How many columns of figures there are must be known; what is left over are bands. A band is told by what can stand under it:
基本支出 over 小计, 人员经费, 公用经费; 预算数 and 决算数 over the same headings twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from reportparse.patterns import seldom

__all__ = ["SUM_OF_COLUMNS", "Band", "arrange"]

SUM_OF_COLUMNS = seldom(
    r"(?:(?:19|20)\d\d年度?|本年)?(?:收入|支出)?(?:(?:预算|决算)数?)?(?:合计|总计|小计|总额)|.{0,8}经费合计"
)
"""A heading of a column that is the sum of those after it."""
_BANDS_MOST = 3
_BANDS = (
    (seldom("小计|合计|基本支出|项目支出"), seldom("(?:.{0,16}支出(?:预算|决算)?|.{0,10}(?:预算|执行|决算)数)")),
    (seldom("小计|合计|.{0,12}收入|.{0,12}(?:拨款|资金)|(?:上年|年初).{0,8}结[转余].{0,6}"), seldom("(?:本年|全年)?收入(?:预算|决算)?(?:数|情况)?")),
    (seldom("小计|合计|人员经费|(?:日常)?公用经费|工资福利支出|商品和服务支出|对个人和家庭的补助"), seldom("基本支出|.{0,12}基本支出")),
    (seldom("增减额?|增减%|增减率|.{0,4}(?:额|%|幅度)"), seldom(".*(?:比|较|增减).*")),
    (seldom("小计|(?:.{0,4}公务用车)?(?:购置|运行).{0,6}"), seldom("公务用车购置[和及与]运行.{0,6}")),
    (seldom("小计|合计|因公出国.{0,8}|公务接待.{0,4}|公务用车购置[和及与]运行.{0,6}|会议费|培训费"), seldom("(?:20[0-9]{2}年)?[“\"]?三公[”\"]?经费.{0,10}")),
    (seldom("小计|合计|(?:一般公共预算|政府性基金|国有资本经营|财政专户|单位资金|事业|经营|上级补助|附属单位|其他).{0,12}"),
     seldom("(?:本年|当年)(?:收入|拨款|财政拨款.{0,4})|(?:上年|年初|财政拨款)?结转.{0,4}")),
    (seldom("小计|合计|(?:其中：)?教育收费"), seldom("事业收入")),
    (seldom("小计|合计|(?:行政|事业|参公|政法|工勤|机关工勤|其他)(?:编制?|人员|人数)?"), seldom("(?:核定)?编制(?:数|人数|情况)?")),
    (seldom("小计|合计|(?:行政|事业|参公|政法|工勤|机关工勤|在职|离休|退休|离退休|其他)(?:编制?|人员|人数)?"),
     seldom("(?:年末|期末)?(?:实有|在职|在编|在岗)(?:人员|人数|数)?(?:数|情况)?")),
    (seldom("小计|合计|(?:离休|退休)(?:人员|人数)?"), seldom("(?:年末|期末)?(?:实有)?离退休(?:人员|人数|数)?(?:数|情况)?")),
    (seldom("小计|合计|(?:其中：)?(?:房屋|车辆|汽车|土地|其他|通用设备|专用设备|单价.{2,16}设备).{0,10}"), seldom("固定资产(?:净值|原值)?")),
)  # fmt: skip
"""What headings stand over: those of a band, and the band."""


class Band(NamedTuple):
    """A heading over others: its index, the first of its columns and how many they are, and how many bands are over it."""

    at: int
    column: int
    width: int
    level: int


def arrange(labels: Sequence[str], count: int) -> tuple[list[int], list[Band]] | None:
    """The headings in the order of the columns and the bands over them, each with its first column and how many it is over."""
    over = len(labels) - count
    if over == 0:
        return list(range(count)), []
    halves = _halves(labels, count)
    if halves is not None:
        return halves
    return _of_two_levels(labels, count) or _of_three(labels, count)


def _of_two_levels(labels: Sequence[str], count: int) -> tuple[list[int], list[Band]] | None:
    over = len(labels) - count
    if not 0 < over <= _BANDS_MOST or count < 2:
        return None
    for top in range(over, len(labels) - 1):
        for bands in reversed(list(combinations(range(top), over))):
            ways = list(islice(_ways(labels, top, bands), 2))
            if ways:
                return _placed(top, dict(zip(bands, ways[0], strict=True))) if len(ways) == 1 else None
    return None


def _of_three(labels: Sequence[str], count: int) -> tuple[list[int], list[Band]] | None:
    """Headings of which the last stand under one that itself stands under a band: “三公”经费 over 公务用车 over 小计, 购置费, 运行费."""
    for first in range(len(labels) - 2, 1, -1):
        if not SUM_OF_COLUMNS.fullmatch(labels[first]):
            continue
        width = len(labels) - first
        rest = _of_two_levels(labels[:first], count - width + 1)
        if rest is None:
            continue
        leaves, bands = rest
        over = [
            column
            for column, k in enumerate(leaves)
            if any(outer.fullmatch(labels[k]) and _run(labels, first, inner) == width for inner, outer in _BANDS)
        ]
        if len(over) != 1:
            return None
        column = over[0]
        level = sum(band.column <= column < band.column + band.width for band in bands)
        wider = [
            band._replace(
                column=band.column + (width - 1) * (band.column > column),
                width=band.width + (width - 1) * (band.column <= column < band.column + band.width),
            )
            for band in bands
        ]
        within = Band(leaves[column], column, width, level)
        return [*leaves[:column], *range(first, len(labels)), *leaves[column + 1 :]], [*wider, within]
    return None


def _placed(top: int, under: Mapping[int, range]) -> tuple[list[int], list[Band]]:
    """The order and the bands, of which it is known what stands ``under`` each; ``top`` headings stand in the first line."""
    leaves: list[int] = []
    places: list[Band] = []
    for k in range(top):
        if k in under:
            places.append(Band(k, len(leaves), len(under[k]), 0))
        leaves += under.get(k, [k])
    return leaves, places


_YEAR = seldom("(?:19|20)\\d\\d年度?")
_OF_A_YEAR = seldom("(?:预算|决算|执行|完成)数?")


def _ways(labels: Sequence[str], at: int, bands: Sequence[int]) -> Iterator[list[range]]:
    """The ways to part the headings from ``at`` to the last among bands, two at least to each."""
    if not bands:
        if at == len(labels):
            yield []
        return
    longest = max((_run(labels, at, inner) for inner, outer in _BANDS if outer.fullmatch(labels[bands[0]])), default=0)
    if at < len(labels) and _YEAR.fullmatch(labels[bands[0]]) and _OF_A_YEAR.fullmatch(labels[at]):
        for others in _ways(labels, at + 1, bands[1:]):  # 2022年 over 执行数: one heading in two lines
            yield [range(at, at + 1), *others]
    for length in range(2, longest + 1):
        for others in _ways(labels, at + length, bands[1:]):
            yield [range(at, at + length), *others]


def _run(labels: Sequence[str], at: int, inner: re.Pattern[str]) -> int:
    """How many headings from a place on can stand under one band: down to the next sum."""
    end = at
    while end < len(labels) and inner.fullmatch(labels[end]):
        if end > at and SUM_OF_COLUMNS.fullmatch(labels[end]):
            break
        end += 1
    return end - at


def _halves(labels: Sequence[str], count: int) -> tuple[list[int], list[Band]] | None:
    """预算数 | 决算数 over the same headings twice, of one level or of two."""
    inner = labels[2:]
    for long in range(1, len(inner) // 2 + 1):
        rest = (len(inner) - 2 * long) // 2
        if len(inner) % 2 or list(inner[:long]) != list(inner[long : 2 * long]):
            continue
        if list(inner[2 * long : 2 * long + rest]) != list(inner[2 * long + rest :]):
            continue
        half = [*range(2, 2 + long), *range(2 + 2 * long, 2 + 2 * long + rest)]
        other = [*range(2 + long, 2 + 2 * long), *range(2 + 2 * long + rest, len(labels))]
        arranged = arrange([labels[k] for k in half], count // 2) if count % 2 == 0 else None
        if arranged is None:
            continue
        leaves, within = arranged
        bands = [Band(0, 0, count // 2, 0), Band(1, count // 2, count // 2, 0)]
        bands += [band._replace(at=half[band.at], level=1) for band in within]
        bands += [band._replace(at=other[band.at], column=count // 2 + band.column, level=1) for band in within]
        return [half[k] for k in leaves] + [other[k] for k in leaves], bands
    return None

"""Headings of several levels of which only the words are left: which stand over others, and which over figures.

How many columns of figures there are must be known; what is left over are bands. A band is told by what can stand under it:
基本支出 over 小计, 人员经费, 公用经费; 预算数 and 决算数 over the same headings twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from reportparse.patterns import seldom

__all__ = ["SUM_OF_COLUMNS", "Band", "arrange"]

SUM_OF_COLUMNS = seldom(r"(?:本年)?(?:收入|支出)?(?:合计|总计|小计|总额)|.{0,8}经费合计")
"""A heading of a column that is the sum of those after it."""
_BANDS_MOST = 3
_BANDS = (
    (seldom("小计|合计|基本支出|项目支出"), seldom("(?:.{0,16}支出|.{0,10}(?:预算|执行|决算)数)")),
    (seldom("小计|合计|人员经费|(?:日常)?公用经费|工资福利支出|商品和服务支出|对个人和家庭的补助"), seldom("基本支出|.{0,12}基本支出")),
    (seldom("增减额?|增减%|增减率|.{0,4}(?:额|%|幅度)"), seldom(".*(?:比|较|增减).*")),
    (seldom("小计|.{0,4}公务用车(?:购置|运行).{0,6}"), seldom("公务用车购置[和及与]运行.{0,6}")),
    (seldom("小计|合计|(?:一般公共预算|政府性基金|国有资本经营|财政专户|单位资金|事业|经营|上级补助|附属单位|其他).{0,12}"),
     seldom("(?:本年|当年)(?:收入|拨款|财政拨款.{0,4})|(?:上年|年初|财政拨款)?结转.{0,4}")),
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
    if not 0 < over <= _BANDS_MOST or count < 2:
        return None
    for top in range(over, len(labels) - 1):
        for bands in reversed(list(combinations(range(top), over))):
            parted = _parted(labels, top, bands)
            if parted is not None:
                return parted
    return None


def _parted(labels: Sequence[str], top: int, bands: Sequence[int]) -> tuple[list[int], list[Band]] | None:
    """The headings from ``top`` on under the ``bands``, where each takes those that can stand under it."""
    at = top
    under: dict[int, list[int]] = {}
    for band in bands:
        kinds = [inner for inner, outer in _BANDS if outer.fullmatch(labels[band])]
        taken: list[int] = []
        for inner in kinds:
            run: list[int] = []
            while at + len(run) < len(labels) and inner.fullmatch(labels[at + len(run)]):
                if run and SUM_OF_COLUMNS.fullmatch(labels[at + len(run)]):
                    break
                run.append(at + len(run))
            taken = max(taken, run, key=len)
        if len(taken) < 2:
            return None
        under[band] = taken
        at += len(taken)
    if at != len(labels):
        return None
    leaves: list[int] = []
    places: list[Band] = []
    for k in range(top):
        if k in under:
            places.append(Band(k, len(leaves), len(under[k]), 0))
        leaves += under.get(k, [k])
    return leaves, places


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

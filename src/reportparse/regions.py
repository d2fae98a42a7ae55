"""Administrative divisions: the place that a public body's printed name begins with.

``data/regions.tsv`` is GB/T 2260 down to the county, with the divisions that were abolished, recoded or renamed since
2009: reports of their time print their names. Towns are not in the table; they are known by their form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise

from reportparse.datafiles import read_data
from reportparse.model import Region

__all__ = ["find_region", "province_of"]

# Bodies that say what they are before they say where: 中共乐山市委, 政协沅陵县委员会.
_BODY = re.compile(
    "(?:中国共产党|中共|中国人民政治协商会议|政协|中国共产主义青年团|共青团|中国国民党革命委员会|民革|中国民主同盟|民盟"
    "|中国民主建国会|民建|中国民主促进会|民进|中国农工民主党|农工党|中国致公党|致公党|九三学社|台湾民主自治同盟|台盟"
    "|国家税务总局|国家统计局)?"
)
_TOWN = re.compile(
    "(?:人民政府)?(?!(?:城|乡|村|集|小城)镇)"
    r"(?P<town>[^局厅、和与及\d]{1,8}?(?:街道|镇|(?<=[^局厅、和与及]{2})乡|苏木))"
    "(?=$|人民政府|政府|办事处|党[委工]|人大|人民代表大会|财政[所分]|社会事务|便民|中心[小学校卫幼]|[中小]学|初级|卫生院|敬老院)"
)

_Code = tuple[str, int, int]
"""A code, and the first and last year of its use under this name."""


@cache
def _table() -> Mapping[str, list[list[str]]]:
    """Name → the rows of every division that has or had it: code, name, years, short name; empty ends left out."""
    named: dict[str, list[list[str]]] = {}
    for line in read_data("data", "regions.tsv").splitlines():
        if line[0] != "#":
            row = line.split("\t")
            named.setdefault(row[1], []).append(row)
            if len(row) == 4:
                named.setdefault(row[3], []).append(row)
    return named


@cache
def _longest() -> int:
    return max(map(len, _table()))


@lru_cache(maxsize=4096)
def find_region(name: str, year: int | None = None) -> tuple[Region, int, int] | None:
    """The finest division that a department's name begins with, and its ``[start, end)`` in the name.

    The longest chain wins (省, 市, 县; any may be left out) and its parents tell namesakes apart. A name that stays
    ambiguous has no code, and neither has a town: what stands in front of it (``name[:start]``) names its county.
    ``year`` chooses where a name moved from one code to another.
    """
    body = _BODY.match(name)
    begin = body.end() if body else 0
    codes, start, end = _chain(name, begin, ()) or ((), begin, begin)
    town = _TOWN.match(name, end)
    if town:
        return Region(town["town"], "乡", None), *town.span("town")
    if not codes:
        return None
    codes = _in_use(codes, year)
    levels = {_level(code) for code, _, _ in codes}
    level = levels.pop() if len(levels) == 1 else None
    return Region(name[start:end], level, codes[0][0] if len(codes) == 1 else None), start, end


def province_of(region: Region | None) -> str | None:
    """The two digits of the province, where the region's code is known."""
    return region.code[:2] if region is not None and region.code is not None else None


def _chain(name: str, at: int, parents: tuple[_Code, ...]) -> tuple[tuple[_Code, ...], int, int] | None:
    """The chain of divisions from ``at`` that reaches furthest: the codes and the place of its last link."""
    best = None
    for end in range(min(len(name), at + _longest()), at + 1, -1):
        called = name[at:end]
        rows = [
            row
            for row in _table().get(called, ())
            if not parents or any(_within(row[0], parent) for parent, _, _ in parents)
        ]
        # A full name is not taken for somebody's short one: 东乡县 was a county before 东乡族自治县 was called so.
        codes = tuple(map(_code, [row for row in rows if row[1] == called] or rows))
        if codes:
            found = _chain(name, end, codes) or (codes, at, end)
            if best is None or found[2] > best[2]:
                best = found
    return best


def _code(row: list[str]) -> _Code:
    first, _, last = row[2].partition("-") if len(row) > 2 else ("", "", "")
    return row[0], int(first or 0), int(last or 9999)


def _level(code: str) -> str:
    return "省" if code.endswith("0000") else "市" if code.endswith("00") else "县"


def _within(code: str, parent: str) -> bool:
    if parent == "654000":  # 伊犁哈萨克自治州 holds two prefectures of its own
        return code != parent and code.startswith("654")
    stem = parent[:2] if parent.endswith("0000") else parent[:4] if parent.endswith("00") else parent
    return code != parent and code.startswith(stem)


def _in_use(codes: tuple[_Code, ...], year: int | None) -> tuple[_Code, ...]:
    """The codes of ``year``. Of codes that followed each other the last stands for all."""
    if year is not None:
        codes = tuple(c for c in codes if c[1] <= year <= c[2]) or codes
    in_turn = sorted(codes, key=lambda c: c[1:])
    if all(before[2] < after[1] for before, after in pairwise(in_turn)):
        return (in_turn[-1],)
    return codes

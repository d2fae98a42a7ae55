"""The classes of 政府收支分类科目: a printed label ↔ its class.

``data/functions.tsv`` holds what money was spent for, 类 款 项 (206, 20607, 2060702); ``data/economic.tsv`` what it was
spent on, 类 款 (301, 30101). Names change from edition to edition and keep their class: a class's older names are its
aliases. Codes that were given out again name their older class with its last year: ``30311@2017``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportparse.datafiles import read_data

__all__ = [
    "CODE_AND_NAME_DIFFER",
    "ClassMatch",
    "RowClass",
    "class_of_row",
    "find_economic",
    "find_function",
    "is_marked",
    "marked_name",
    "name_of_class",
    "path_of",
    "shared_name",
    "under_path",
]

_FUNCTIONS = "functions.tsv"
_ECONOMIC = "economic.tsv"
_ALWAYS = (0, 9999)

_QUOTES = str.maketrans("", "", "“”\"'")
_LEVELS = {"类": 3, "款": 5, "项": 7}
_MARK = re.compile("（([类款项])）")
_CODED_MARK = re.compile("（([0-9]{3,7})([类款项])）")
"""社会保障和就业支出（208类）."""
_DIGITS = re.compile("（?([0-9]+)）?")
_BETWEEN = re.compile("[/\\-—－–→>\\s]+")
_EDGES = ".、:：,，;；"


class ClassMatch(NamedTuple):
    """A class: ``id``, the same in every edition and spelling, and ``code``, its code where one was printed."""

    id: str
    code: str | None


class RowClass(NamedTuple):
    """The class of a row of a table. ``followed``: which of its code and its name was, where they are of two classes; else empty."""

    id: str
    code: str | None
    followed: str = ""


class _Class(NamedTuple):
    code: str
    first: int
    last: int
    id: str


class _Classes(NamedTuple):
    names: Mapping[str, str]
    """By id."""
    by_code: Mapping[str, list[_Class]]
    by_name: Mapping[str, list[_Class]]
    """A name that belonged to its class in some editions only leads to the class as of those."""


def find_function(label: str, year: int | None = None) -> ClassMatch | None:
    """The functional class that a normalised label names; ``year`` tells editions apart, without it the newest counts.

    The label may hold names, codes and level marks in any mixture: 206科学技术支出, 教育（类）普通教育（款）, 2060101.
    A name that several classes share is known only under its parents.
    """
    return _find(_FUNCTIONS, label, year)


def find_economic(label: str, year: int | None = None) -> ClassMatch | None:
    """The departmental economic class that a normalised label names, like :func:`find_function`."""
    return _find(_ECONOMIC, label, year)


def name_of_class(economic: bool, id: str) -> str | None:
    """The newest official name of a class of functions, or of an ``economic`` one, by its id."""
    return _table(_ECONOMIC if economic else _FUNCTIONS).names.get(id)


CODE_AND_NAME_DIFFER = "code and name differ"
"""The note of a class whose printed code and name are of two; behind it, which of them was followed."""


def is_marked(label: str) -> bool:
    """Whether a normalised label bears the mark of a level, as 教育支出（类） does."""
    return "（" in label and _MARK.search(label) is not None


_STEP = re.compile("([^（）/]{2,40})（([类款项])）")


def path_of(label: str) -> tuple[tuple[str, str], ...]:
    """The marked names in a normalised label, each with its level: (教育支出, 类), (普通教育, 款)."""
    return tuple((match[1], match[2]) for match in _STEP.finditer(label.translate(_QUOTES)))


def under_path(path: Iterable[tuple[str, str]], label: str) -> str | None:
    """A label that begins below the level of 类, put under the coarser names of the path before it; None where none is."""
    own = path_of(label)
    if not own:
        return None
    before = "".join(f"{name}（{level}）" for name, level in path if _LEVELS[level] < _LEVELS[own[0][1]])
    return before + label if before else None


@lru_cache(maxsize=8192)
def class_of_row(
    economic: bool, code: str, label: str, before: tuple[str, ...] = (), year: int | None = None
) -> RowClass | None:
    """The class that a row of a table names by its code, its name or both; ``before`` are the names of the coarser classes
    over it, for a name that several classes share. A body may count its own classes of expenditure: there the name counts.
    """
    table = _table(_ECONOMIC if economic else _FUNCTIONS)
    bare = _MARK.sub("", label.translate(_QUOTES)).strip(_EDGES)
    name = _name(bare, table)
    known = table.by_name.get(name, [])
    if len(code) in (3, 5, 7):
        editions = table.by_code.get(code, [])
        agreed = [one for one in editions if one.id in {other.id for other in known}]
        if agreed:
            return RowClass(_of_year(agreed, year)[0].id, code)
        if len(code) > 3 and known:
            near = [one for one in known if one.code.startswith(code[:3]) and len(one.code) == len(code)]
            if len({one.id for one in near}) == 1:
                return RowClass(near[0].id, code, "name")
        if editions and (len(code) > 3 or not name or not known):
            return RowClass(_of_year(editions, year)[0].id, code, "code" if known else "")
        if len(code) > 3 and code[:3] in table.by_code:
            return RowClass(code, code)
    if not name or not known:
        return None
    for start in range(len(before) + 1):
        path = "/".join((*before[start:], bare))
        found = _find(_ECONOMIC if economic else _FUNCTIONS, path, year)
        if found is not None and (start == len(before) or found.id[:3] != found.id):
            return RowClass(found.id, None, "name" if code else "")
    return None


_MARKED_NAME = re.compile("([^（）/]{2,40})（[类款项]）[^（）]{0,4}$")


def marked_name(label: str) -> str | None:
    """The name at the end of a path with marks of levels, for a class that the tables do not have: without 支出."""
    match = _MARKED_NAME.search(label.translate(_QUOTES))
    return match.group(1).removesuffix("支出") if match is not None else None


def shared_name(label: str) -> str | None:
    """The name that a label is, if it is one of several 项 and of nothing wider: 行政运行, without the 款 that it stands under."""
    table = _table(_FUNCTIONS)
    name = _name(label.translate(_QUOTES).strip(_EDGES), table)
    known = table.by_name.get(name, [])
    return name if len({one.code for one in known}) > 1 and all(len(one.code) == 7 for one in known) else None


@cache
def _table(file: str) -> _Classes:
    names: dict[str, str] = {}
    by_code: dict[str, list[_Class]] = {}
    by_name: dict[str, list[_Class]] = {}
    text = read_data("data", file)
    # From the bottom: of the rows with one code the newest edition comes first and has the plain id.
    for line in reversed(text.splitlines()):
        if line[0] == "#":
            continue
        code, name, *more = line.split("\t")
        first, last = _years(more[0]) if more else _ALWAYS
        one = _Class(code, first, last, f"{code}@{last}" if code in by_code else code)
        names[one.id] = name
        by_code.setdefault(code, []).append(one)
        by_name.setdefault(name, []).append(one)
        for alias in more[1].split("|") if len(more) > 1 else ():
            other, _, when = alias.partition("@")
            dated = _Class(code, *_years(when), one.id) if when else one
            by_name.setdefault(other, []).append(dated)
    return _Classes(names, by_code, by_name)


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first or _ALWAYS[0]), int(last or _ALWAYS[1])


@lru_cache(maxsize=8192)
def _find(file: str, label: str, year: int | None) -> ClassMatch | None:
    table = _table(file)
    label = _CODED_MARK.sub(r"\1（\2）", label.translate(_QUOTES))
    digits = _DIGITS.findall(label)
    marks = _MARK.findall(label)
    bare = _BETWEEN.split(_DIGITS.sub("/", _MARK.sub("/", label)))
    names = [name for part in bare if (name := _name(part.strip(_EDGES), table)) not in {"", "支出"}]
    code = _code_of(digits)
    if code is None:
        return None
    if code:
        return _by_code(table, code, names, year)
    if marks:
        names = [part for name in names for part in _parted(name, table)]
    found = _by_names(table, names, _LEVELS[marks[-1]] if marks else 1 + 2 * len(names), year)
    return ClassMatch(found.id, None) if found else None


def _name(text: str, table: _Classes) -> str:
    """A class's name as the table writes it: without 支出 and, where it is unknown with it, the level's 类 款 项."""
    if "与" in text and (known := _name(text.replace("与", "和"), table)) in table.by_name:
        return known  # 社会保障与就业支出
    for ending in ("", "类", "款", "项", "类科目", "科目", "类科目安排", "安排"):
        name = text.removesuffix(ending)
        short = name.removesuffix("支出").removesuffix(ending)
        name = name if short == "其他" or short.endswith("的") else short or name
        if name in table.by_name:
            return name
    return text


def _parted(name: str, table: _Classes) -> tuple[str, ...]:
    """An unknown name as two known ones (人大事务行政运行), or as the known one that it ends in (全部列入城乡社区支出)."""
    if name in table.by_name:
        return (name,)
    for at in range(2, len(name) - 1):
        if name[:at] in table.by_name and name[at:] in table.by_name:
            return (name[:at], name[at:])
    ends = (_name(name[at:], table) for at in range(1, len(name) - 1))
    return (next((end for end in ends if end in table.by_name), name),)


def _code_of(digits: list[str]) -> str | None:
    """The finest of the printed codes, joined if printed in steps (208 05 01). Empty without one, None if it is none."""
    code = ""
    for run in digits:
        if len(run) == 2:
            code = code + run if code else ""
        elif len(run) in {3, 5, 7}:
            code = run
        else:
            return None
    return code if len(code) <= 7 else None


def _by_code(table: _Classes, code: str, names: list[str], year: int | None) -> ClassMatch | None:
    """A code's class, in the edition whose name is printed with it. An unknown 款 or 项 of a known class is its own."""
    editions = table.by_code.get(code, [])
    named = {one.id for one in table.by_name.get(names[-1], ())} if names else set()
    agreed = [one for one in editions if one.id in named]
    if agreed:
        return ClassMatch(_of_year(agreed, year)[0].id, code)
    if editions and (len(code) > 3 or not names):
        return ClassMatch(_of_year(editions, year)[0].id, code)
    if not editions and len(code) > 3 and code[:-2] in table.by_code and (names or len(code) == 7):
        return ClassMatch(code, code)
    return None


def _by_names(table: _Classes, names: list[str], length: int, year: int | None) -> _Class | None:
    """The class at the end of a path of names, of which all but the first and the last may be unknown."""
    if not names:
        return None
    known = table.by_name.get(names[0], [])
    if len(names) == 1:
        return _one(_widest(_of_year(known, year)), length)
    found = _under(table.by_name.get(names[-1], []), _widest(known))
    for name in names[1:-1]:
        found = _under(found, table.by_name.get(name, [])) or found
    return _one(_of_year(found, year), length)


def _of_year(classes: list[_Class], year: int | None) -> list[_Class]:
    """Those in use in the year, the newest edition without one; all of them where none is."""
    at = _ALWAYS[1] if year is None else year
    return [one for one in classes if one.first <= at <= one.last] or classes


def _widest(classes: list[_Class]) -> list[_Class]:
    """The 类 of a name that is also one of a 款."""
    return [one for one in classes if len(one.code) == 3] or classes


def _under(classes: Iterable[_Class], parents: Iterable[_Class]) -> list[_Class]:
    stems = tuple(parent.code for parent in parents)
    return [one for one in classes if one.code.startswith(stems) and one.code not in stems]


_AID = "219"
"""援助其他地区支出 repeats the names of many 类 and 款: alone, such a name is never one of its own."""


def _one(classes: list[_Class], length: int) -> _Class | None:
    """The only class. Of a 类 and the 款 and 项 of the same name inside it, the one of the printed level or the widest."""
    if not classes:
        return None
    classes = [one for one in classes if not one.code.startswith(_AID)] or classes
    line = sorted({one.id: one for one in classes}.values(), key=lambda one: len(one.code))
    if any(not fine.code.startswith(wide.code) or fine.code == wide.code for wide, fine in pairwise(line)):
        return None
    return next((one for one in line if len(one.code) == length), line[0])

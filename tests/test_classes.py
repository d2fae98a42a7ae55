"""The classes: labels as they are printed, and laws over both tables."""

from __future__ import annotations

import re
from importlib import resources
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.classes import ClassMatch, find_economic, find_function

Row = tuple[str, str, int, int, list[str]]
"""Code, name, first and last year, aliases (with ``@years`` where they have them)."""

FINDERS = {"functions.tsv": find_function, "economic.tsv": find_economic}


def rows(file: str) -> list[Row]:
    text = (resources.files("reportparse") / "data" / file).read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            code, name, years, aliases = [*line.split("\t"), "", ""][:4]
            first, _, last = years.partition("-")
            found.append((code, name, int(first or 0), int(last or 9999), [a for a in aliases.split("|") if a]))
    return found


TABLES = {file: rows(file) for file in FINDERS}
every_table = pytest.mark.parametrize("file", FINDERS)

FUNCTIONS = [
    ("科学技术", "206", None),
    ("科学技术支出", "206", None),
    ("科学技术（类）支出", "206", None),
    ("科学技术支出（类）", "206", None),
    ("科学技术支出类", "206", None),
    ("206科学技术支出", "206", "206"),
    ("科学技术（206）", "206", "206"),
    ("206", "206", "206"),
    ("一般公共服务（类）（201）", "201", "201"),
    ("社会保障和就业支出", "208", None),
    ("其他支出", "229", None),
    ("预备费", "227", None),
    ("抗疫特别国债安排的支出", "234", None),
    # Older names.
    ("卫生健康支出", "210", None),
    ("医疗卫生与计划生育支出", "210", None),
    ("医疗卫生支出", "210", None),
    ("文化体育与传媒支出", "207", None),
    ("国土海洋气象等支出", "220", None),
    ("资源勘探信息等支出", "215", None),
    ("农林水事务支出", "213", None),
    ("行政事业单位离退休", "20805", None),
    ("未归口管理的行政单位离退休", "2080504", None),
    # 款 and 项: alone where only one has the name, else under their parents.
    ("普通教育", "20502", None),
    ("小学教育", "2050202", None),
    ("2050202", "2050202", "2050202"),
    ("2050202小学教育", "2050202", "2050202"),
    ("教育（类）普通教育（款）", "20502", None),
    ("教育（类）普通教育（款）小学教育（项）", "2050202", None),
    ("教育支出（类）普通教育（款）小学教育（项）支出", "2050202", None),
    ("教育（类）小学教育（项）", "2050202", None),
    ("教育（类）不详（款）小学教育（项）", "2050202", None),
    ("教育支出/普通教育/小学教育", "2050202", None),
    ("人大事务（款）行政运行（项）", "2010101", None),
    ("一般公共服务支出（类）人大事务（款）行政运行（项）", "2010101", None),
    ("医疗卫生（类）医疗保障（款）行政单位医疗（项）", "2100501", None),
    ("援助其他地区支出（类）教育（款）", "21902", None),
    ("政府办公厅（室）及相关机构事务", "20103", None),
    ("检察（款）“两房”建设（项）", "2040409", None),
    # One name on several levels: what is printed with it decides, else the widest.
    ("其他科学技术支出", "20699", None),
    ("其他科学技术支出（项）", "2069999", None),
    ("科学技术（类）其他科学技术支出（款）", "20699", None),
    ("科学技术（类）其他科学技术支出（款）其他科学技术支出（项）", "2069999", None),
    ("其他支出（类）其他支出（款）其他支出（项）", "2299999", None),
    # Codes in steps, codes beside every name, a code that the table does not hold.
    ("208（类）05（款）05（项）", "2080505", "2080505"),
    ("社会保障和就业（类）208行政事业单位离退休（款）05行政单位离退休（项）01", "2080501", "2080501"),
    ("（2080505）机关事业单位基本养老保险缴费支出", "2080505", "2080505"),
    ("2089901其他社会保障和就业支出", "2089901", "2089901"),
]

NO_FUNCTION = [
    *("", "支出", "其他", "行政运行", "一般行政管理事务", "项目支出", "基本支出", "事业收入", "人员经费", "公用经费"),
    *("一般公共服务（类）行政运行（项）", "教育（类）不详（款）", "不详（类）普通教育（款）"),
    *("301", "301工资福利支出", "工资福利支出", "2024", "113", "208人", "2024年度", "206.5", "9999999", "2061234"),
]

ECONOMIC = [
    ("工资福利支出", None, "301", None),
    ("301", None, "301", "301"),
    ("工资福利支出（301）", None, "301", "301"),
    ("对个人和家庭的补助支出", None, "303", None),
    ("维修（护）费", None, "30213", None),
    ("因公出国（境）费用", None, "30212", None),
    ("30231公务用车运行维护费", None, "30231", "30231"),
    ("资本性支出（基本建设）", None, "309", None),
    ("309资本性支出（基本建设）", None, "309", "309"),
    ("对企业补助（基本建设）", None, "311", None),
    ("资本性支出/办公设备购置", None, "31002", None),
    ("资本性支出（基本建设）/办公设备购置", None, "30902", None),
    # Codes that were given out again: the printed name decides, then the year, then the newest edition.
    ("30311", None, "30311", "30311"),
    ("30311", 2017, "30311@2017", "30311"),
    ("30311", 2018, "30311", "30311"),
    ("30311住房公积金", None, "30311@2017", "30311"),
    ("30311住房公积金", 2019, "30311@2017", "30311"),
    ("311", 2015, "311@2017", "311"),
    # Names that moved.
    ("住房公积金", None, "30113", None),
    ("住房公积金", 2016, "30311@2017", None),
    ("其他资本性支出", None, "31099", None),
    ("其他资本性支出", 2016, "310", None),
    ("31099其他资本性支出", 2016, "31099", "31099"),
    ("其他社会保障缴费", 2017, "30104", None),
    ("其他社会保障缴费", 2024, "30112", None),
]


@pytest.mark.parametrize(("label", "found", "code"), FUNCTIONS, ids=[case[0] for case in FUNCTIONS])
def test_a_functional_label(label: str, found: str, code: str | None) -> None:
    assert find_function(label) == ClassMatch(found, code)


@pytest.mark.parametrize("label", NO_FUNCTION)
def test_no_functional_class(label: str) -> None:
    assert find_function(label) is None


@pytest.mark.parametrize(
    ("label", "year", "found"),
    [
        ("地震事务", 2017, "22004"),
        ("地震事务", 2024, "22405"),
        ("行政单位医疗", 2015, "2100501"),
        ("行政单位医疗", None, "2101101"),
        ("信访事务", 2020, "2010308"),
        ("医疗卫生支出", 2024, "210"),
    ],
)
def test_the_year_tells_editions_apart(label: str, year: int | None, found: str) -> None:
    assert find_function(label, year) == ClassMatch(found, None)


@pytest.mark.parametrize(("label", "year", "found", "code"), ECONOMIC, ids=[f"{c[0]}-{c[1]}" for c in ECONOMIC])
def test_an_economic_label(label: str, year: int | None, found: str, code: str | None) -> None:
    assert find_economic(label, year) == ClassMatch(found, code)


@pytest.mark.parametrize("label", ["", "办公设备购置", "人员经费", "基本支出", "301人", "科学技术支出", "206", "3万元"])
def test_no_economic_class(label: str) -> None:
    assert find_economic(label) is None


# --- the whole tables -------------------------------------------------------------------------------------------


@every_table
def test_the_rows_are_sorted_and_well_formed(file: str) -> None:
    keys = [(code, first) for code, _, first, _, _ in TABLES[file]]
    assert keys == sorted(keys)
    shape = "2[0-9]{2}(?:[0-9]{2}){0,2}" if file == "functions.tsv" else "3[0-9]{2}(?:[0-9]{2})?"
    for code, name, first, last, aliases in TABLES[file]:
        assert re.fullmatch(shape, code), code
        assert first <= last, code
        for called in (name, *(alias.partition("@")[0] for alias in aliases)):
            assert re.fullmatch("[一-龥、（）]+", called), (code, called)
            short = called.removesuffix("支出")
            assert short == called or short == "其他" or short.endswith("的"), (code, called)
        assert name not in aliases, code
        assert len(set(aliases)) == len(aliases), code


@every_table
def test_a_code_has_one_row_at_a_time(file: str) -> None:
    for one, other in combinations(TABLES[file], 2):
        if one[0] == other[0]:
            assert one[3] < other[2], one[0]


@every_table
def test_every_parent_is_there(file: str) -> None:
    codes = {row[0] for row in TABLES[file]}
    for code in codes:
        assert len(code) == 3 or code[:-2] in codes, code


def path(file: str, row: Row) -> list[str]:
    """The names of a class and its parents, from the 类 down."""
    steps = [row[0][:length] for length in (3, 5) if length < len(row[0])]
    above = [[r[1] for r in TABLES[file] if r[0] == step and r[2] <= row[3]][-1] for step in steps]
    return [*above, row[1]]


@every_table
def test_every_code_and_path_leads_to_its_class(file: str) -> None:
    find = FINDERS[file]
    newest = {row[0]: row for row in TABLES[file]}
    for row in TABLES[file]:
        code, name, _, last, _ = row
        own = code if newest[code] is row else f"{code}@{last}"
        year = None if last == 9999 else last
        assert find(code, year) == ClassMatch(own, code)
        assert find(f"{code}{name}支出") == ClassMatch(own, code)
        names = path(file, row)
        marked = "".join(f"{part}（{mark}）" for part, mark in zip(names, "类款项", strict=False))
        if len(names) == 3:
            assert find(marked) == ClassMatch(own, None), marked
        assert find(marked, year) == ClassMatch(own, None), marked
        assert find("/".join(names), year) == ClassMatch(own, None), names


@every_table
def test_a_name_alone_is_the_only_one_or_nothing(file: str) -> None:
    holders: dict[str, set[str]] = {}
    for code, name, _, _, aliases in TABLES[file]:
        for called in (name, *(alias.partition("@")[0] for alias in aliases)):
            holders.setdefault(called, set()).add(code)
    for called, codes in holders.items():
        found = FINDERS[file](called)
        if found is None:
            assert len(codes) > 1, called
        else:
            assert found.id.partition("@")[0] in codes, called


PIECES = st.sampled_from(
    [row[1] for table in TABLES.values() for row in table[::25]]
    + ["（类）", "（款）", "（项）", "支出", "其他", "206", "05", "30311", "（", "）", "/", "1", "的", "类"]
)


@given(st.lists(PIECES, max_size=7).map("".join), st.none() | st.integers(2010, 2026))
def test_any_label_has_an_answer(label: str, year: int | None) -> None:
    for find in FINDERS.values():
        found = find(label, year)
        assert found is None or re.fullmatch("[23][0-9]{2,6}(?:@[0-9]{4})?", found.id)

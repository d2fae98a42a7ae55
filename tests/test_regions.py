"""The divisions: names that bite, and laws over the whole table."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse import regions
from reportparse.model import Region
from reportparse.regions import find_region, province_of

Row = tuple[str, str, int, int, str]
"""Code, name, first and last year, short name."""


def rows() -> list[Row]:
    text = (resources.files("reportparse") / "data" / "regions.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            code, name, years, short = [*line.split("\t"), "", ""][:4]
            first, _, last = years.partition("-")
            found.append((code, name, int(first or 2009), int(last or 2025), short))
    return found


ROWS = rows()

FOUND = [
    ("乐山市金口河区科学技术协会", "金口河区", "县", "511113", (3, 7)),
    ("金口河区科协", "金口河区", "县", "511113", (0, 4)),
    ("上海市普陀区商务委员会", "普陀区", "县", "310107", (3, 6)),
    ("沅陵县财政局", "沅陵县", "县", "431222", (0, 3)),
    ("四川省教育厅", "四川省", "省", "510000", (0, 3)),
    ("四川省成都市双流区", "双流区", "县", "510116", (6, 9)),
    ("江苏省人大常委会办公厅", "江苏省", "省", "320000", (0, 3)),
    ("江苏省委办公厅", "江苏省", "省", "320000", (0, 3)),
    ("广西壮族自治区财政厅", "广西壮族自治区", "省", "450000", (0, 7)),
    ("重庆市万州区教育委员会", "万州区", "县", "500101", (3, 6)),
    ("重庆市财政局", "重庆市", "省", "500000", (0, 3)),
    ("吉林省吉林市龙潭区司法局", "龙潭区", "县", "220203", (6, 9)),
    ("景德镇市财政局", "景德镇市", "市", "360200", (0, 4)),
    ("阿勒泰地区财政局", "阿勒泰地区", "市", "654300", (0, 5)),
    ("锡林郭勒盟行政公署", "锡林郭勒盟", "市", "152500", (0, 5)),
    ("简阳市财政局", "简阳市", "县", "510185", (0, 3)),
    # A parent left out, a division without a prefecture, a prefecture inside a prefecture.
    ("四川省金口河区科协", "金口河区", "县", "511113", (3, 7)),
    ("湖北省仙桃市财政局", "仙桃市", "县", "429004", (3, 6)),
    ("石河子市财政局", "石河子市", "县", "659001", (0, 4)),
    ("伊犁哈萨克自治州塔城地区乌苏市", "乌苏市", "县", "654202", (12, 15)),
    # Two characters, names inside names, short names of autonomous divisions.
    ("赵县财政局", "赵县", "县", "130133", (0, 2)),
    ("朝阳市朝阳县水利局", "朝阳县", "县", "211321", (3, 6)),
    ("晋城市城区教育局", "城区", "县", "140502", (3, 5)),
    ("凉山州会东县财政局", "会东县", "县", "513426", (3, 6)),
    ("凉山州财政局", "凉山州", "市", "513400", (0, 3)),
    ("马边彝族自治县教育局", "马边彝族自治县", "县", "511133", (0, 7)),
    ("马边县教育局", "马边县", "县", "511133", (0, 3)),
    ("东乡县财政局", "东乡县", "县", "361029", (0, 3)),
    ("临夏州东乡县财政局", "东乡县", "县", "622926", (3, 6)),
    # What kind of body it is stands before where it is.
    ("中共乐山市金口河区委办公室", "金口河区", "县", "511113", (5, 9)),
    ("中国人民政治协商会议江苏省委员会办公厅", "江苏省", "省", "320000", (10, 13)),
    ("国家税务总局沅陵县税务局", "沅陵县", "县", "431222", (6, 9)),
    # Gone, and still right for its year.
    ("安县财政局", "安县", "县", "510724", (0, 2)),
    ("北京市崇文区教育委员会", "崇文区", "县", "110103", (3, 6)),
    ("巢湖市居巢区财政局", "居巢区", "县", "341402", (3, 6)),
    ("安庆市枞阳县财政局", "枞阳县", "县", "340823", (3, 6)),
    ("铜陵市枞阳县财政局", "枞阳县", "县", "340722", (3, 6)),
    # Namesakes.
    ("普陀区商务委员会", "普陀区", "县", None, (0, 3)),
    ("舟山市普陀区商务局", "普陀区", "县", "330903", (3, 6)),
    ("四川省市中区财政局", "市中区", "县", None, (3, 6)),
    ("乐山市市中区财政局", "市中区", "县", "511102", (3, 6)),
    # Towns, by their form.
    ("重庆市万州区龙沙镇人民政府", "龙沙镇", "乡", None, (6, 9)),
    ("城关镇人民政府", "城关镇", "乡", None, (0, 3)),
    ("上海市普陀区人民政府万里街道办事处", "万里街道", "乡", None, (10, 14)),
    ("溧阳市2021年度别桥镇财政所", "溧阳市", "县", "320481", (0, 3)),
    ("溧阳市别桥镇财政所", "别桥镇", "乡", None, (3, 6)),
    ("沅陵县官庄镇中心小学", "官庄镇", "乡", None, (3, 6)),
    ("沅陵县火场土家族乡人民政府", "火场土家族乡", "乡", None, (3, 9)),
    ("克什克腾旗达日罕乌拉苏木人民政府", "达日罕乌拉苏木", "乡", None, (5, 12)),
    ("东莞市虎门镇人民政府", "虎门镇", "乡", None, (3, 6)),
    # 乡 and 镇 that are no towns.
    ("乐山市住房和城乡建设局", "乐山市", "市", "511100", (0, 3)),
    ("乐山市金口河区乡村振兴局", "金口河区", "县", "511113", (3, 7)),
    ("沅陵县城乡居民社会养老保险中心", "沅陵县", "县", "431222", (0, 3)),
    ("沅陵县村镇建设服务中心", "沅陵县", "县", "431222", (0, 3)),
    ("沅陵县乡镇财政所", "沅陵县", "县", "431222", (0, 3)),
    ("上海市普陀区人民政府办公室", "普陀区", "县", "310107", (3, 6)),
]


@pytest.mark.parametrize(("text", "name", "level", "code", "span"), FOUND, ids=[case[0] for case in FOUND])
def test_the_finest_division_is_found(
    text: str, name: str, level: str, code: str | None, span: tuple[int, int]
) -> None:
    assert find_region(text) == (Region(name, level, code), *span)


@pytest.mark.parametrize(
    "text",
    ["", "科学技术协会", "新疆生产建设兵团第一师", "四川师范大学", "国家税务总局", "住房和城乡建设局", "某县财政局"],
)
def test_no_place_is_named(text: str) -> None:
    assert find_region(text) is None


@pytest.mark.parametrize(
    ("text", "year", "level", "code"),
    [
        ("崇川区教育局", None, "县", "320613"),  # recoded: the last stands for all
        ("南通市崇川区教育局", 2018, "县", "320602"),
        ("日喀则市财政局", None, "市", "540200"),
        ("日喀则市财政局", 2010, "县", "542301"),
        ("庐江县财政局", None, "县", "340124"),
        ("江北区财政局", None, "县", None),  # Chongqing's, until 2024, and Ningbo's
        ("江北区财政局", 2020, "县", None),
        ("江北区财政局", 2025, "县", "330205"),
        ("桥西区财政局", None, "县", None),
        ("金坛市财政局", 2024, "县", "320482"),  # gone by then: its only code all the same
    ],
)
def test_the_year_tells_codes_apart(text: str, year: int | None, level: str, code: str | None) -> None:
    found = find_region(text, year)
    assert found is not None
    assert (found[0].level, found[0].code) == (level, code)


def test_the_county_of_a_town_stands_in_front_of_it() -> None:
    name = "上海市普陀区人民政府万里街道办事处"
    town = find_region(name)
    assert town is not None
    county = find_region(name[: town[1]])
    assert county is not None
    assert province_of(county[0]) == "31"


def test_the_province_of_a_region() -> None:
    assert province_of(Region("金口河区", "县", "511113")) == "51"
    assert province_of(Region("龙沙镇", "乡", None)) is None
    assert province_of(None) is None


# --- the whole table --------------------------------------------------------------------------------------------


def test_the_table_is_sorted_and_well_formed() -> None:
    keys = [(code, first) for code, _, first, _, _ in ROWS]
    assert keys == sorted(keys)
    for code, name, first, last, short in ROWS:
        assert re.fullmatch("[1-6][0-9]{5}", code), code
        assert re.fullmatch("[一-龥㐀-䶿]+[省市区县旗州盟]", name), name
        assert not short or (len(short) < len(name) and short[-1] == name[-1]), short
        assert 2009 <= first <= last <= 2025, (code, first, last)


def test_a_code_has_one_name_at_a_time() -> None:
    for (code, _, _, last, _), (after, _, first, _, _) in pairwise(ROWS):
        assert code != after or last < first, code


def test_the_mainland_is_complete() -> None:
    """The counts that the ministry of civil affairs published for the end of 2025: 31, 333, and 2,845 counties."""
    levels = Counter(regions._level(code) for code, _, _, last, _ in ROWS if last == 2025)
    assert levels == {"省": 31, "市": 333, "县": 2845}


def parents(code: str, first: int, last: int) -> list[Row]:
    """Province and prefecture of a county or prefecture, as they were called at the end of its time."""
    stems = [code[:2] + "0000"] + ([code[:4] + "00"] if regions._level(code) == "县" else [])
    return [row for row in ROWS if row[0] in stems and row[0] != code and row[2] <= last <= row[3]]


def test_every_parent_is_there() -> None:
    """Save the prefectures that nobody is: 01 and 02 of a municipality, and 90, counties under the province itself."""
    for code, name, first, last, _ in ROWS:
        level = regions._level(code)
        if level == "省":
            continue
        above = {row[0] for row in parents(code, first, last)}
        assert code[:2] + "0000" in above, (code, name)
        if level == "县" and code[:2] not in {"11", "12", "31", "50"} and code[2:4] != "90":
            assert code[:4] + "00" in above, (code, name)


def test_every_full_chain_returns_its_code() -> None:
    for code, name, first, last, short in ROWS:
        above = "".join(row[1] for row in parents(code, first, last))
        level = regions._level(code)
        for called in filter(None, (name, short)):
            start, end = len(above), len(above) + len(called)
            assert find_region(f"{above}{called}财政局", last) == (Region(called, level, code), start, end), (
                code,
                called,
            )


def test_a_name_alone_never_returns_a_wrong_code() -> None:
    codes: dict[str, set[str]] = {}
    for code, name, _, _, _ in ROWS:
        codes.setdefault(name, set()).add(code)
    for name, own in codes.items():
        found = find_region(name)
        assert found is not None
        assert found[0].name == name
        assert found[0].code is None or found[0].code in own
        assert found[0].code is not None or len(own) > 1


PIECES = st.sampled_from(
    [*{name for _, name, _, _, _ in ROWS[::40]}, "中共", "龙沙镇", "人民政府", "城乡", "局", "x", "1"]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.none() | st.integers(2009, 2026))
def test_the_span_is_the_name(text: str, year: int | None) -> None:
    found = find_region(text, year)
    if found:
        region, start, end = found
        assert text[start:end] == region.name

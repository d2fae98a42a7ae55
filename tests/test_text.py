"""Normalising: what is replaced, what is left out, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.text import flatten, fold

FOLDED = [
    ("width", "１１３．４７万元", "113.47万元"),
    ("width of letters", "ＡＢＣ", "ABC"),
    ("percent", "78.76 ％", "78.76 %"),
    ("small percent", "5﹪", "5%"),
    ("brackets become wide", "部门(单位)", "部门（单位）"),
    ("colon and semicolon", "其中:5人;2人", "其中：5人；2人"),
    ("comma between words", "共计,0个", "共计，0个"),
    ("comma inside a number", "1,234,567元", "1,234,567元"),
    ("wide comma inside a wide number", "１，２３４．５", "1,234.5"),
    ("comma between two numbers", "12,3人", "12，3人"),
    ("wide comma stays", "5人，2人", "5人，2人"),
    ("spaces", "5\u00a0人\u3000员\u2003", "5 人 员 "),
    ("digits of formulas", "收入𝟏𝟐.𝟶万元", "收入12.0万元"),
    ("digits of other scripts", "١٢ ०९ ၇", "12 09 7"),
    ("tab", "5\t6", "5\t6"),
    ("radicals", "⽉⽇", "月日"),
    ("compatibility ideographs", "\uf9f4", "\u6797"),
    ("minus", "−5.87", "-5.87"),
    ("yuan sign", "¥5", "￥5"),
    ("circled numbers stay", "①㎡²", "①㎡²"),
    ("traditional script", "本年財政撥款收入總計12萬元", "本年财政拨款收入总计12万元"),
    (
        "a mirror's pinyin",
        "財(cái)務(wù)12萬(wàn)元(a)",
        "财\u200b\u200b\u200b\u200b\u200b务\u200b\u200b\u200b\u200b12万\u200b\u200b\u200b\u200b\u200b元（a）",
    ),
    ("simplified script as it is", "乾县瞭望塔(pinyin)", "乾县瞭望塔（pinyin）"),
    ("a simplified report that prints one character otherwise", "乾县支出3萬元", "乾县支出3万元"),
]

FLAT = [
    ("a space at a Chinese neighbour", "机构 1 个", "机构1个"),
    ("a space inside a word", "优 秀", "优秀"),
    ("a space before per cent", "78.76 %", "78.76%"),
    ("a space between numbers", "12 34", "12 34"),
    ("a space between words", "A B", "A B"),
    ("zero width", "11\u200b3.47\ufeff万元", "113.47万元"),
    ("soft hyphen", "3\u00ad5人", "35人"),
    ("ends of a line", "  一、概况  \n  二、", "一、概况\n二、"),
    ("every line stays", "一\r\n二\r三\f四\u2028五", "一\n二\n三\n四\n五"),
    ("a formula", r"占 $78.76\%$ 。", "占78.76%。"),
    ("a price in dollars", "US$ x", "US$ x"),
]


@pytest.mark.parametrize(("printed", "folded"), [case[1:] for case in FOLDED], ids=[case[0] for case in FOLDED])
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(("printed", "flat"), [case[1:] for case in FLAT], ids=[case[0] for case in FLAT])
def test_flatten(printed: str, flat: str) -> None:
    assert flatten(printed).text == flat


@pytest.mark.parametrize(
    ("printed", "found", "origin"),
    [
        ("机构 1 个", "机构1个", "机构 1 个"),
        ("共 １，１３０ 人。", "1,130人", "１，１３０ 人"),
        ("占 7\u200b8 ％", "78%", "7\u200b8 ％"),
        ("  一、概况", "一、", "一、"),
        ("一\r\n二", "一\n二", "一\r\n二"),
        ("5 人", "人", "人"),
    ],
)
def test_the_way_back(printed: str, found: str, origin: str) -> None:
    flat = flatten(printed)
    start = flat.text.index(found)
    a, b = flat.origin(start, start + len(found))
    assert printed[a:b] == origin


texts = st.text(
    alphabet=st.sampled_from("12１,，.% ％\u3000\u00a0\u200b\n\r\t$\\(（人元一A¥—⽉")
    | st.characters(exclude_categories=["Cs"])
)


@given(texts)
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(texts)
def test_every_character_goes_back_to_its_own(text: str) -> None:
    flat, folded = flatten(text), fold(text)
    places = [flat.origin(at, at + 1)[0] for at in range(len(flat.text))]
    assert places == sorted(set(places))
    assert all(c == folded[place] or c == "\n" for c, place in zip(flat.text, places, strict=True))
    left_out = "".join(c for at, c in enumerate(folded) if at not in set(places))
    assert not any(c.isalnum() for c in left_out)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("2023年度**收入总计**936.20万元。", "2023年度收入总计936.20万元。"),
        (
            "（二）支出情况。**本年支出**900万元，其中：**基本支出**500万元。",
            "（二）支出情况。本年支出900万元，其中：基本支出500万元。",
        ),
        ("共接待**批次，支出1**万元。", "共接待**批次，支出1**万元。"),
        ("收入**万元，支出**.**万元。", "收入**万元，支出**.**万元。"),
    ],
)
def test_marks_of_bold_type_are_left_out_and_blots_are_not(line: str, text: str) -> None:
    assert flatten(line).text == text

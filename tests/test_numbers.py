"""The number grammar: the case table, and laws that hold for every text."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportparse.numbers import CLASSES, NonQuantity, Quantity, find, numbering, read, scan
from reportparse.text import flatten

TABLE = Path(__file__).parent / "cases" / "numbers.tsv"
SEED = Path(__file__).parents[2] / "shared" / "seed" / "000_7182237ba43dab79.txt"


class Case(NamedTuple):
    line: int
    call: str
    group: str
    text: str
    expected: str


def table() -> Iterator[Case]:
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            call, group, text, expected = line.split("\t")[:4]
            if call != "call":
                yield Case(number, call, group, text.replace("⏎", "\n").replace("⇥", "\t"), expected)


CASES = tuple(table())


def spell(token: Quantity | NonQuantity | None, text: str) -> str:
    """A token the way the table writes it."""
    if token is None:
        return "-"
    quote = text[token.start : token.end]
    if isinstance(token, NonQuantity):
        return f"{quote} #{token.cls}" + ("" if token.value is None else f" {token.value}")
    value = token.state if token.value is None else format(token.value, "f")
    words = [quote, token.kind, value, token.unit or "-"]
    if token.yuan is not None:
        words.append("¥" + format(token.yuan, "f"))
    if token.value_max is not None:
        words.append(".." + format(token.value_max, "f"))
    if token.qualifier is not None:
        words.append("~" + token.qualifier)
    if token.scale is not None:
        words.append("/" + format(token.scale, "f"))
    return " ".join(words)


@pytest.mark.parametrize("case", CASES, ids=[f"{c.call}-{c.group}-line {c.line}".replace(" ", "_") for c in CASES])
def test_case(case: Case) -> None:
    if case.call == "scan":
        flat = flatten(case.text).text
        tokens = scan(flat)
        assert (" ; ".join(spell(token, flat) for token in tokens) or "-") == case.expected
        lawful(flat, tokens)
    elif case.call == "read":
        assert spell(read(case.text), case.text) == case.expected
    else:
        found = numbering(case.text)
        ordinal = "-" if found is None or found.value is None else str(found.value)
        said = "-" if found is None else f"{found.style} {ordinal} {found.end} {found.printed}"
        assert said == case.expected


def test_table_is_large_and_has_no_case_twice() -> None:
    assert len(CASES) >= 400
    assert len({(c.call, c.text) for c in CASES}) == len(CASES)


def test_every_class_has_a_case() -> None:
    said = {word[1:] for case in CASES if case.call == "scan" for word in case.expected.split() if word[0] == "#"}
    assert said == set(CLASSES)


def test_model_document() -> None:
    """The counts that the JSON reports for it: 38 quantities (50万 in the threshold among them) and 13 years."""
    if not SEED.exists():
        pytest.skip("the model document is not here")
    flat = flatten(SEED.read_text(encoding="utf-8")).text
    tokens = scan(flat)
    lawful(flat, tokens)
    assert sum(isinstance(t, Quantity) for t in tokens) == 38
    assert sum(isinstance(t, NonQuantity) and t.cls == "year" for t in tokens) == 13


# -- laws -----------------------------------------------------------------------------------------------------------------

KINDS = {"amount", "percentage", "headcount", "count", "score", "measure", "number"}
STATES = {"stated", "zero", "none", "blank", "redacted"}
QUALIFIERS = {None, "about", "nearly", "more_than", "at_least", "less_than", "at_most"}


def lawful(flat: str, tokens: list[Quantity | NonQuantity]) -> None:
    """In order, disjoint, not empty; every run of digits whole in one token; values as their states say."""
    position = 0
    for token in tokens:
        assert position <= token.start < token.end <= len(flat)
        position = token.end
        if isinstance(token, NonQuantity):
            assert token.cls in CLASSES
            assert token.value is None or token.cls == "year"
            continue
        assert token.kind in KINDS
        assert token.state in STATES
        assert token.qualifier in QUALIFIERS
        assert (token.value is None) == (token.state not in ("stated", "zero"))
        assert (token.state == "zero") == (token.value is not None and not token.value and not token.value_max)
        if token.value is None:
            assert token.decimals is None
        else:
            assert -token.value.as_tuple().exponent == token.decimals  # type: ignore[operator]
        assert token.yuan is None or token.kind == "amount"
    at = 0
    for run in re.finditer(r"[0-9]+", flat):
        while at < len(tokens) and tokens[at].end <= run.start():
            at += 1
        assert at < len(tokens), run
        assert tokens[at].start <= run.start(), run
        assert run.end() <= tokens[at].end, run


CHARACTERS = "0123456789" * 2 + (
    ".,，、-—~至到/：:∶%‰万元亿千百十一二三四五六七八九零两几数多余人个名年月日号第〔〕（）[]￥$*×Xx_<>aBkG+\n\t |。；约近超上下以内左右点分倍成之负附件表图…\\{}^”“①"
)
WORDS = "2024 万元 百分之 分之 1.5 1,234 〔2020〕 以上 人民币 个百分点 附件 **.** 2021- \\geq （5.87）".split()
PIECES = st.sampled_from([*CHARACTERS, *WORDS])


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=24).map("".join))
@example("1~9元6分")
@example("零至一五名")
@example("x0~2、五人")
def test_laws_for_pieces_of_numbers(text: str) -> None:
    lawful(text, scan(text))
    flat = flatten(text)
    lawful(flat.text, scan(flat.text))
    read(text)
    numbering(text)
    for quantity in find(text):
        assert 0 <= quantity.start < quantity.end <= len(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_laws_for_any_text(text: str) -> None:
    lawful(text, scan(text))
    read(text)
    find(text)
    numbering(text)


LOWER, UPPER = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"


def chinese(number: int, digits: str, places: str) -> str:
    """An integer in words, written for this test alone so that it shares no fault with the reader."""
    if number == 0:
        return digits[0]
    groups = []
    for magnitude in ("", "万", "亿", "万亿"):
        number, group = divmod(number, 10000)
        groups.append((group, magnitude))
    said = ""
    for group, magnitude in reversed(groups):
        if not group:
            said += digits[0] if said and not said.endswith(digits[0]) else ""
            continue
        part, lead = "", bool(said) and group < 1000 and not said.endswith(digits[0])
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if digit:
                part += digits[digit] + places[place]
            elif part and not part.endswith(digits[0]):
                part += digits[0]
        said += (digits[0] if lead else "") + part.rstrip(digits[0]) + magnitude
    return said.rstrip(digits[0])


AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)


@given(AMOUNTS, st.sampled_from(["元", "万元", "亿元"]))
def test_printed_amounts_read_back(amount: Decimal, unit: str) -> None:
    power = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    plain, thousands = f"{amount}{unit}", f"{amount:,}{unit}"
    wide = plain.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})
    for printed in (plain, thousands, wide, f"{amount} {unit}", f"支出{plain}。", f"｜{thousands}｜", f"￥{thousands}"):
        (found,) = find(printed)
        assert found.value == amount
        assert found.decimals == 2
        assert (found.kind, found.unit, found.yuan) == ("amount", unit, amount * power)
        assert printed[found.start : found.end].strip("￥") in (plain, thousands, wide, f"{amount} {unit}")
    (found,) = find(f"-{plain}")
    assert found.yuan == -amount * power


@pytest.mark.parametrize(("text", "quotes"), [
    ("补助二元。", ["二元"]), ("合计二万元", ["二万元"]), ("城乡二元结构", []), ("破解二元化矛盾", []), ("一元二次方程", []), ("二角", []),
])  # fmt: skip
def test_two_yuan_are_money_and_what_is_dual_is_not(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in find(text)] == quotes


@example(2)
@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    for said in (chinese(number, LOWER, " 十百千"), chinese(number, UPPER, " 拾佰仟")):
        words = said.replace(" ", "")
        found = read(words)
        assert found is not None, words
        assert found.value is not None
        assert found.value * {None: 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[found.unit] == number
        (amount,) = find(f"共计{words}元")
        assert amount.yuan == number


@given(st.integers(min_value=0, max_value=10**8), st.integers(min_value=0, max_value=9))
def test_yuan_is_exact(whole: int, decimals: int) -> None:
    value = Decimal(whole).scaleb(-decimals)
    (found,) = find(f"收入{value:f}亿元")
    assert found.value == value
    assert found.yuan == value * 10**8


@pytest.mark.parametrize(
    "piece",
    ["1", "一", ",", "，", "万", "1,", "1.", "...1", "--1", "1-", "1、", "1年", "1万1千", "1：", "1+", "1*", "a.", "a1", "<a1", "$1{", "（1", "百分之1",
     "附件", "一点", "1多", " ", "\n1", "…", "第1", "2021、"],
)  # fmt: skip
def test_work_grows_with_the_text(piece: str) -> None:
    """100,000 characters of a run that invites backtracking end at all; a quadratic step would take minutes."""
    code = (
        "import sys; from reportparse.numbers import scan, read, numbering\n"
        f"text = {piece!r} * (100_000 // {len(piece)})\n"
        "scan(text); read(text); numbering(text)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, env={"PYTHONPATH": ":".join(sys.path)})

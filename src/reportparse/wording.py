"""What numbers, places and causes are called in the sentences of findings, in Chinese and in English."""

from __future__ import annotations

import re
from decimal import Decimal

from reportparse.concepts import load_concepts
from reportparse.model import Fact
from reportparse.relations import Number

__all__ = ["CAUSES", "VERDICTS", "called", "cause_words", "place_words", "printed", "shown", "with_aspect"]

CAUSES = {
    "digits_swapped": ("数字对调", "two digits swapped"),
    "digit_wrong": ("一位数字有误", "one digit wrong"),
    "decimal_shift": ("小数点错位", "decimal point shifted"),
    "unit_slip": ("元与万元之误", "元 for 万元 or the other way round"),
    "sign": ("增减方向写反", "wrong sign"),
    "last_year": ("误用上年数", "last year's number"),
    "part_missing": ("漏列一项", "a part is missing"),
    "wrong_number": ("该数有误", "this number is wrong"),
    "part_counted_twice": ("重复计入一项", "a part counted twice"),
    "other_statement": ("以另一处为准", "as stated elsewhere"),
    "balancing_figure": ("轧差凑数", "a balancing figure"),
}
"""What a cause is called, in Chinese and in English."""

VERDICTS = {
    "consistent": ("相符", "consistent"),
    "improbable": ("仅在舍入的边缘相符", "met only at the edge of rounding"),
    "truncated": ("只有舍尾而非四舍五入时才相符", "met only if digits were cut off, not rounded"),
    "inconsistent": ("不符", "inconsistent"),
    "unusual": ("异常", "unusual"),
}
"""How an outcome ends the sentence of a finding."""
_ONE = Decimal(1)
_QUALIFIED = {
    "about": ("约", "", "about "),
    "nearly": ("近", "", "nearly "),
    "more_than": ("超", "", "more than "),
    "at_least": ("", "以上", "at least "),
    "less_than": ("不足", "", "less than "),
    "at_most": ("", "以内", "at most "),
}
_ASPECTS = {
    "share": ("的占比", "the share of "),
    "change": ("的增减额", "the change of "),
    "change_rate": ("的增减率", "the growth of "),
    "execution_rate": ("的执行率", "the execution rate of "),
}
_OF_BUDGET = re.compile(r"(?<!公共)(?<!基金)(?<!经营)预算")


def shown(value: object, unit: Decimal, places: int) -> str:
    """A value in a unit, without an exponent and with no more zeros behind the point than ``places`` ask for."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}" if unit is _ONE else f"{value.scaleb(-unit.adjusted()):f}"  # every unit is a power of ten
    if (places == 0 and "." not in text) or text[-places - 1 : -places or None] == ".":
        return text
    whole, _, fraction = text.partition(".")
    if len(fraction) > places:
        fraction = fraction.rstrip("0")
    if len(fraction) < places:
        fraction = fraction.ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def printed(number: Number) -> str:
    """A number as it is printed: with its unit, and the words that qualify it."""
    if number.state == "unchanged":
        return "持平"
    before, after, _ = _QUALIFIED.get(number.qualifier or "", ("", "", ""))
    text = shown(number.value, _ONE, number.decimals or 0)
    if number.value_max is not None:
        text = f"{text}～{shown(number.value_max, _ONE, number.decimals or 0)}"
    return f"{before}{text}{number.unit or ''}{after}"


def called(number: Number) -> str:
    """What a number is called: the words it is printed with; its concept where these are of the figure before it, as 预算数 is
    of 支出决算…，完成预算数的… .
    """
    label = number.label or ""
    if not isinstance(number, Fact):
        return label
    of_another = number.basis == "actual" and _OF_BUDGET.search(label) is not None
    if label and not of_another:
        return label
    concept = load_concepts().get(number.concept)
    name = concept.zh if concept is not None else label
    if number.member is None or concept is None:
        return name
    alias = concept.members.get(number.member, (number.member,))[0]
    member = alias if re.fullmatch("[一-龥（）]+", alias) else _OF_BUDGET.sub("", label) or number.member
    return f"{name}（{member}）"


def with_aspect(number: Number, *, english: bool = False) -> str:
    """A number's name with what of it is printed: 教育支出的占比."""
    zh, en = _ASPECTS.get(number.aspect, ("", ""))
    return f"{en}{called(number)}" if english else f"{called(number)}{zh}"


def place_words(one: Number, other: Number) -> tuple[tuple[str, str], tuple[str, str]]:
    """Where each of two statements stands: in which table, on which page, or before and after one another."""
    if one.cell is None and other.cell is None and one.page == other.page:
        first = (one.span or (0, 0))[0] <= (other.span or (0, 0))[0]
        words = ("前文", "first"), ("后文", "later")
        return words if first else (words[1], words[0])
    return _place(one), _place(other)


def _place(number: Number) -> tuple[str, str]:
    if number.cell is not None:
        return f"表（{number.cell.table}）中", f"in table {number.cell.table}"
    return f"正文第{number.page}页", f"on page {number.page}"


def cause_words(what: str, change: str, number: Number | None) -> tuple[str, str]:
    """One cause as what would have to be otherwise."""
    zh, en = CAUSES[what]
    sign, rest = change[:1], change[2:]
    if sign == "+":
        return f"若漏列了{rest}则相符", f"it would hold were {rest} left out of the list"
    if sign == "−":
        return f"若{rest}重复计入、去掉后则相符", f"it would hold without {rest}, counted twice"
    if number is None:
        return f"若{change}则相符（{zh}）", f"it would hold with {change} ({en})"
    unit = "" if change.rstrip("0123456789.～-")[-1:] not in ("", " ") else number.unit or ""
    return (
        f"若{with_aspect(number)}{change.replace(' → ', '应为')}{unit}则相符（{zh}）",
        f"it would hold with {with_aspect(number, english=True)} {change}{unit} ({en})",
    )

"""Chinese numerals: 一百一十三万四千, 叁万肆仟伍佰, 二〇二四, 三点一四, 两千三百五, 七八十 → exact numbers.

Strict on purpose: what is not built like a numeral (十四五, 一一三十) has no value, so that plan names and idioms fall
out here instead of needing a list of their own.
"""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["DIGITS", "MULTIPLIERS", "numeral", "span_of"]

_DIGIT = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "貳": 2, "叄": 3, "參": 3, "陸": 6, "两": 2, "兩": 2, "俩": 2, "倆": 2,
}  # fmt: skip
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

DIGITS = "".join(_DIGIT)
"""参 is no digit here though cheques use it: 参公, 参加 are in every report."""
MULTIPLIERS = "".join([*_SMALL, *_LARGE])

_LONGEST = 40
"""Characters of the longest numeral that is read; the grammar itself ends at 9999兆."""


def numeral(text: str) -> Decimal | None:
    """The value of ``text``, with the decimals that are spoken after 点, or None where it is no numeral."""
    if len(text) > _LONGEST:
        return None
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if not point:
        return None if value is None else Decimal(value)
    digits = [_DIGIT.get(c) for c in fraction]
    if value is None or not digits or None in digits:
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}")


def _whole(text: str) -> int | None:
    """An integer in words, or a row of digits (二〇二四); 万 and 亿 close what stands before them."""
    if not text:
        return None
    if all(c in _DIGIT for c in text):
        return int("".join(str(_DIGIT[c]) for c in text))
    total = section = 0
    digit: int | None = None
    zero = False  # a 零 since the last multiplier: the next digit is meant literally
    small = 10**4  # the multiplier below which the next one of this section must stay
    large = 10**16  # the same for the sections
    last = 0  # the multiplier just read: in 两千三百五 the closing 五 means five of the next lower one
    for c in text:
        if c in _DIGIT:
            if digit is not None:
                return None
            if _DIGIT[c]:
                digit = _DIGIT[c]
            else:
                zero = True
        elif c in _SMALL:
            factor = _SMALL[c]
            if factor >= small or (digit is None and not (section == 0 and not zero or factor == 10)):
                return None
            section += (1 if digit is None else digit) * factor
            digit, zero, small, last = None, False, factor, factor
        else:
            factor = _LARGE.get(c, 0)
            if not factor:
                return None
            section += digit or 0
            if not (total or section) or (section == 0 and factor < large):
                return None
            # 四亿五千万 adds; 一万二千亿 and 四万万 multiply all that was read so far.
            total = total + section * factor if factor < large else (total + section) * factor
            section = 0
            digit, zero, small, large, last = None, False, 10**4, factor, factor
    if digit is not None:
        section += digit * (last // 10 if last >= 100 and not zero else 1)
    return total + section


_NEIGHBOURS = re.compile(
    "(?:一[两二三]|两三|二三|三[四五]|四五|五六|六七|七八|八九)(?![一二三四五六七八九零〇])"
)


def span_of(text: str) -> tuple[Decimal, Decimal] | None:
    """The bounds of a numeral that names two neighbours: 七八十 → 70 and 80, 十七八 → 17 and 18, 三五百 → 300 and 500."""
    match = _NEIGHBOURS.search(text)
    if match is None or len(text) > _LONGEST or (match.start() and text[match.start() - 1] in _DIGIT):
        return None
    at = match.start()
    low, high = numeral(text[: at + 1] + text[at + 2 :]), numeral(text[:at] + text[at + 1 :])
    return None if low is None or high is None else (low, high)

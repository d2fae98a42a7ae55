"""The numbers that a source does not print but asks to be printed: those of lists, in Word's formats and HTML's."""

from __future__ import annotations

__all__ = ["ordinal"]

_DIGITS = "〇一二三四五六七八九"
_COUNTING = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
# Characters that are a number each, from 1.
_SERIES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_SERIES["decimalEnclosedCircleChinese"] = _SERIES["decimalEnclosedCircle"]
_COUNTED = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"}
)
_POSITIONAL = frozenset({"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"})
_LEGALLY = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_FULL_WIDTH = frozenset({"decimalFullWidth", "decimalFullWidth2"})


def ordinal(value: int, form: str) -> str:
    """``value`` in one of the formats of WordprocessingML (``ST_NumberFormat``); in digits where it has no other form.

    ``none`` and ``bullet`` give nothing: a bullet is no number.
    """
    if form in ("none", "bullet"):
        return ""
    if value > 0:
        if form in _COUNTED and value < 10_000:
            return _counted(value, _COUNTING, _PLACES).removeprefix("一" if 10 <= value < 20 else "")
        if form in _LEGALLY and value < 10_000:
            return _counted(value, _LEGAL, _LEGAL_PLACES)
        if form in ("upperRoman", "lowerRoman") and value < 4000:
            return _roman(value) if form == "upperRoman" else _roman(value).lower()
        if form in ("upperLetter", "lowerLetter") and value <= 26 * 30:
            # After Z come AA, BB and so on.
            return chr((65 if form == "upperLetter" else 97) + (value - 1) % 26) * ((value - 1) // 26 + 1)
        if value <= len(series := _SERIES.get(form, "")):
            return series[value - 1]
    if form in _POSITIONAL and value >= 0:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    if form in _FULL_WIDTH and value >= 0:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if form == "decimalZero":
        return f"{value:02d}"
    return f"- {value} -" if form == "numberInDash" else str(value)


def _counted(value: int, digits: str, places: tuple[tuple[int, str], ...]) -> str:
    """As it is counted: 1203 is 一千二百零三."""
    written = ""
    for unit, name in places:
        digit, value = divmod(value, unit)
        if digit:
            written += digits[digit] + name
        elif written and value and not written.endswith(digits[0]):
            written += digits[0]
    return written + (digits[value] if value else "")


def _roman(value: int) -> str:
    written = ""
    for unit, name in _ROMAN:
        count, value = divmod(value, unit)
        written += name * count
    return written

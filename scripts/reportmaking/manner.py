"""How one report writes: decimals and units, punctuation and width, numbering, line breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

DIGITS = "零一二三四五六七八九"

SCHEMES = {
    "parts": ("第{c}部分 ", "{c}、", "（{c}）", "{n}{dot}"),
    "chinese": ("{c}、", "（{c}）", "{n}{dot}", "（{n}）"),
    "plain": ("{c}、", "{n}、", "（{n}）", "{o}"),
    "bracketed": ("（{c}）", "{n}{dot}", "（{n}）", "{o}"),
    "part_plain": ("第{c}部分 ", "（{c}）", "{n}、", "（{n}）"),
    "bare": ("", "", "", ""),
}
"""How headings are numbered, by level: Chinese numeral, digit, ringed digit."""


def chinese(number: int) -> str:
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    return f"{'' if tens == 1 else DIGITS[tens]}十{DIGITS[ones] if ones else ''}"


def rounded(value: Fraction, decimals: int) -> str:
    """The value at so many decimals, half up, never by way of a binary float."""
    scale: int = 10**decimals
    whole = (2 * value.numerator * scale + value.denominator) // (2 * value.denominator)
    text = str(whole).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


@dataclass(frozen=True)
class Manner:
    """The habits of one author."""

    unit: str
    decimals: int
    percent_decimals: int
    trimmed: bool
    whole_percent: bool
    zero: str
    commas: bool
    spaced: bool
    spaced_after: bool
    exact: bool
    punctuation: str
    full_digits: bool
    scheme: str
    dot: str
    duty_number: str
    headings_inline: bool
    separator: str
    intro: str
    indent: str
    blank_lines: bool
    width: int
    cuts_numbers: bool
    page_marks: str
    year_word: str
    self_word: str
    quotes: tuple[str, str]
    of_list: str

    @classmethod
    def drawn(cls, rng: Random) -> Manner:
        unit, decimals = rng.choices(
            [("万元", 2), ("万元", 1), ("万元", 0), ("万元", 4), ("万元", 6), ("元", 2), ("元", 0)],
            [62, 8, 4, 7, 6, 9, 4],
        )[0]
        wrapped = rng.random() < 0.4
        return cls(
            unit=unit,
            decimals=decimals,
            percent_decimals=rng.choices([2, 1, 0], [80, 14, 6])[0],
            trimmed=rng.random() < 0.15,
            whole_percent=rng.random() < 0.6,
            zero=rng.choice(["0", "0", "0.00" if decimals == 2 else "0"]),
            commas=rng.random() < 0.25,
            spaced=rng.random() < 0.15,
            spaced_after=rng.random() < 0.4,
            exact=rng.random() < 0.6,
            punctuation=rng.choices(["full", "half", "brackets", "mixed"], [70, 10, 10, 10])[0],
            full_digits=rng.random() < 0.06,
            scheme=rng.choices(list(SCHEMES), [20, 40, 14, 8, 12, 6])[0],
            dot=rng.choice([".", "．", "、", "."]),
            duty_number=rng.choice(["{n}{dot}", "{n}{dot}", "（{n}）", "{n}、", "（{c}）"]),
            headings_inline=rng.random() < 0.25,
            separator=rng.choice(["；", "；", "，", "、"]),
            intro=rng.choice(["其中：", "其中：", "其中:", "其中，", "其中", "包括：", "包括", "具体为："]),
            indent=rng.choice(["", "", "　　"]),
            blank_lines=not wrapped and rng.random() < 0.15,
            width=rng.randint(56, 90) if wrapped else 0,
            cuts_numbers=rng.random() < 0.5,
            page_marks=rng.choice(["- {n} -", "- {n} -", "— {n} —", "— {n} —", "{n}", "-{n}-"])
            if rng.random() < 0.6
            else "",
            year_word=rng.choice(["年度", "年度", "年"]),
            self_word=rng.choice(["本单位", "我单位", "本部门", "我部门", ""]),
            quotes=rng.choice([("“", "”"), ("“", "”"), ('"', '"'), ("", ""), ("「", "」")]),
            of_list=rng.choice(["占", "占", "占比", "占比为", "比重为"]),
        )

    # -- numbers -------------------------------------------------------------------------------------------------

    @property
    def unit_fen(self) -> int:
        """One unit in hundredths of a yuan."""
        return 1_000_000 if self.unit == "万元" else 100

    @property
    def ulp(self) -> int:
        """The last printed digit in hundredths of a yuan."""
        return max(1, self.unit_fen // int(10**self.decimals))

    def money(self, fen: int) -> str:
        if fen == 0:
            return self.zero
        digits = rounded(Fraction(abs(fen), self.unit_fen), self.decimals)
        return self.trim(digits) if self.trimmed else digits

    def percent(self, share: Fraction) -> str:
        """A percentage of a share."""
        if share == 0:
            return "0"
        if share == 1 and self.whole_percent:
            return "100"
        return rounded(abs(share) * 100, self.percent_decimals)

    @staticmethod
    def trim(digits: str) -> str:
        return digits.rstrip("0").rstrip(".") if "." in digits else digits

    def grouped(self, digits: str) -> str:
        if not self.commas:
            return digits
        whole, dot, rest = digits.partition(".")
        return f"{int(whole):,}{dot}{rest}" if whole.isascii() and whole.isdigit() else digits

    # -- numbering -----------------------------------------------------------------------------------------------

    def numbered(self, pattern: str, number: int) -> str:
        ringed = chr(0x2460 + number - 1) if number <= 20 else f"{number}."
        return pattern.format(n=number, c=chinese(number), o=ringed, dot=self.dot)

    def heading_number(self, level: int, number: int) -> str:
        return self.numbered(SCHEMES[self.scheme][min(level, 3)], number)

    # -- width ---------------------------------------------------------------------------------------------------

    def dressed(self, text: str, rng: Random) -> str:
        """The text in the width of this author: every character is changed for one, so that spans hold."""
        half = str.maketrans("，：；（）", ",:;()")
        if self.punctuation == "half":
            text = text.translate(half)
        elif self.punctuation == "brackets":
            text = text.translate(str.maketrans("（）：", "():"))
        elif self.punctuation == "mixed":
            text = re.sub("[，：；（）]", lambda m: m[0].translate(half) if rng.random() < 0.3 else m[0], text)
        if self.full_digits:
            text = re.sub(r"(?<=\d)\.(?=\d)", "．", text)
            text = text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))
        return text

    def mess(self) -> Sequence[str]:
        """What is hard to read in this report, for the gold."""
        found = {
            f"hard-wrapped at {self.width // 2}": self.width,
            "numbers cut by line breaks": self.width and self.cuts_numbers,
            "page numbers on lines of their own": self.page_marks,
            "full-width digits": self.full_digits,
            f"punctuation: {self.punctuation}": self.punctuation != "full",
            "blanks before units": self.spaced,
            "thousands commas": self.commas,
            "headings without numbers": self.scheme == "bare",
            "inline headings": self.headings_inline,
        }
        return [name for name, there in found.items() if there]

"""Normalising text without losing a position.

Two operations, and no others: a character is replaced by one other character (:func:`fold`), or it is left out
(:func:`removals`). So every position in the normalised text goes back to the source by look-up; nothing is searched
for afterwards. The normalised alphabet, which rule packs and the number grammar are written in:

* digits (also those of other scripts and of formulas: 𝟏𝟐, ١٢), Latin letters, ``%`` ``.`` ``-`` ``/`` in half width;
* brackets, colon, semicolon, exclamation and question mark in full width; the comma in full width save inside
  ``1,234``; every kind of space is U+0020, a tab stays a tab;
* compatibility ideographs (Kangxi radicals as PDF fonts print them) as the ideographs that they stand for;
* traditional characters, where the text is set in them, as the simplified ones; without the pinyin in brackets that
  some mirrors of simplified pages put behind each character that they changed (``財務(wù)``);
* no zero-width characters, no soft hyphens, no space next to a Chinese character or before ``%``.

Circled numbers, ㎡, ² and the like keep their own code points: folding them would change what they say.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportparse.patterns import seldom

__all__ = ["Flat", "flatten", "fold", "removals"]

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_ZERO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_KEEP_WIDE = "，（）：；！？"
_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090"
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0"
    "\U000104a0\U00010d30\U00011066\U000110f0\U00011136\U000111d0\U000112f0\U00011450\U000114d0\U00011650\U000116c0"
    "\U00011730\U000118e0\U00011950\U00011c50\U00011d50\U00011da0\U00016a60\U00016ac0\U00016b50\U0001d7ce\U0001d7d8"
    "\U0001d7e2\U0001d7ec\U0001d7f6\U0001e140\U0001e2f0\U0001e950\U0001fbf0"
)
"""The zeros of other scripts, and of the alphabets of formulas; the other nine digits stand behind each."""


def _table() -> dict[str, str]:
    table = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in _KEEP_WIDE}
    table.update({ord(c): 0x20 for c in _SPACES})
    table.update({ord(zero) + digit: ord("0") + digit for zero in _ZEROS for digit in range(10)})
    table.update(
        {
            ord(k): ord(v)
            for k, v in {
                "(": "（", ")": "）", ":": "：", ";": "；", "!": "！", "?": "？",
                "﹙": "（", "﹚": "）", "﹕": "：", "﹔": "；", "﹐": "，", "﹑": "、", "﹒": ".", "﹪": "%", "٪": "%",
                "｡": "。", "､": "、", "｢": "「", "｣": "」", "−": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "﹣": "-",
                "〜": "~", "∼": "~", "¥": "￥", "￥": "￥", "․": ".", "│": "|", "┃": "|", "║": "|",
            }.items()
        }
    )  # fmt: skip
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = ord(plain)
    return {chr(k): chr(v) for k, v in table.items() if k != v}


# ASCII brackets and the like are in most reports and cheap to replace one by one; the rest is rare, and one look
# with a character class tells whether any of it is there. What is there is replaced one by one too, which takes a tenth of
# the time of str.translate; no replacement is itself replaced.
_COMMON = (("(", "（"), (")", "）"), (":", "："), (";", "；"), ("\u3000", " "), ("\u00a0", " "), ("％", "%"))
_RARE = re.compile(
    "[!?\u1680\u2000-\u200a\u2010-\u2013\u2024\u202f\u205f\u2212\u223c\u2502\u2503\u2551\u066a\u2f00-\u2fd5\u301c\u00a5"
    "\uf900-\ufa6d\ufe10-\ufe6f\uff01-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff64"
    + "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS if zero <= "\uffff")
    + "\U000104a0-\U0001fbf9]"  # the digits beyond, and what stands between them: one range is faster than many
)
_TABLE = _table()
_WIDE_DIGITS = frozenset("０１２３４５６７８９")
_WIDE_THOUSANDS = seldom(r"(?<=[０-９])[，,](?=[０-９]{3}(?![０-９]))")
# Before the lines are joined, a comma near a line's end may yet turn out to stand inside 1,234.
_COMMA = seldom(r",(?:(?<![\d\r\n],)|(?<=[\r\n],)(?!\d{3}(?!\d))|(?<=\d,)(?!\d{3}(?!\d)|\d{0,2}[ \t]*(?:[\r\n\f]|\Z)))")
_JOINED_COMMA = re.compile(r",(?:(?<!\d,)|(?!\d{3}(?!\d)))")


# No report of public money does without all of these words; looking for a character takes no time.
_TRADITIONAL = ("預", "萬", "財", "務")
_OF_BOTH_SCRIPTS = frozenset("乾瞭")
"""Simplified text has them too: 乾县, 瞭望."""
_PINYIN = seldom(r"(?<=[一-鿿])[(（][a-zàáèéìíòóùúüāēěīńňōūǎǐǒǔǖǘǚǜ]{1,6}[)）]")


def _simplified(text: str) -> str:
    """``text`` in simplified characters, by OpenCC's table of single characters: a phrase could change its length."""
    from opencc import OpenCC  # seldom needed, and its tables take a while to load

    convert = OpenCC("t2s").convert
    changed = {
        old: new
        for old in set(text) - _OF_BOTH_SCRIPTS
        if old > "\u3400" and (new := convert(old)) != old and len(new) == 1
    }
    text = _PINYIN.sub(
        lambda found: "\u200b" * len(found.group()) if text[found.start() - 1] in changed else found.group(), text
    )
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


def fold(text: str) -> str:
    """``text`` in the normalised alphabet, character for character: the length never changes."""
    if any(c in text for c in _TRADITIONAL):
        text = _simplified(text)
    if _RARE.search(text):
        found = set(text)
        if "，" in found and not found.isdisjoint(_WIDE_DIGITS):
            text = _WIDE_THOUSANDS.sub(",", text)
        for old in found & _TABLE.keys():
            text = text.replace(old, _TABLE[old])
    else:
        for old, new in _COMMON:
            text = text.replace(old, new)
    if "," in text:
        text = _COMMA.sub("，", text)
    return text


# What a line loses: zero-width characters; spaces at a Chinese neighbour, at the ends, before %, after the dash of a
# range; the mark-up of formulas that converters leave around plain numbers ($78.76\%$); the marks of bold type in Markdown.
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?:\.\d+)? ?(?:万|亿)?元")
_MAY_LOSE = re.compile(rf"[{_ZERO_WIDTH}]+|\$? +\$?|\$|\\(?=%)|\*+")
# **基本支出**9万元 is set in bold; 接待**批次，支出1**万元 is blotted out.
_BOLD = seldom(r"(?<![\d.*])\*\*(?![\s*\d万亿元人名个批户项次辆台%])[^*\n]{1,80}[^*\s\d]\*\*(?![*万亿元%])")
_ENDS_BOLD = seldom(r"[^\d万亿元人名个批户项次辆台%*\s]|(?:19|20)\d\d年")
# The engine skips to a set of characters twenty times as fast as to an alternative: nearly every line is done with here.
_SUSPECT = re.compile(rf"[{_ZERO_WIDTH} $*\\]")


def removals(line: str) -> Iterator[tuple[int, int]]:
    """The ranges of a folded line that normalising leaves out, in order."""
    spaced = _SPACED_THOUSANDS.search(line)
    bold: bool | None = None
    for match in _MAY_LOSE.finditer(line):
        start, end = match.span()
        if (
            spaced is not None
            and match.group() == " "
            and line[start - 1 : start].isdigit()
            and line[end : end + 1].isdigit()
        ):
            if any(found.start() <= start < found.end() for found in _SPACED_THOUSANDS.finditer(line)):
                yield start, end  # 1 126.47万元 is one number
            continue
        found = match.group()
        if found[0] == "*":
            if bold is None:
                bold = _is_bold(line)
            if bold and found == "**":
                yield start, end
            continue
        if found[0] == " " or found[-1] == " " or "$" in found:
            before = line[start - 1] if start else "\n"
            after = line[end] if end < len(line) else "\n"
            if "$" in found:
                # A dollar sign goes only where it fences a number.
                if not (before in "%}" or before.isdigit() or after in "\\.≥≤<>+-" or after.isdigit()):
                    continue
            elif not (
                before > "\x7f"
                or after > "\x7f"
                or after in "%\n"
                or before == "\n"
                or (before in "-~" and after.isdigit() and start > 1 and line[start - 2].isdigit())
            ):
                continue
        yield start, end


def _is_bold(line: str) -> bool:
    """Whether two asterisks in a line are marks of bold type. A line that began in bold has lost its first ones."""
    if _BOLD.search(line) is not None:
        return True
    first = line.find("**")
    return (
        line.count("**") % 2 == 1
        and line[first - 1 : first] in tuple("。：）")
        and _ENDS_BOLD.match(line, first + 2) is not None
    )


class Flat(NamedTuple):
    """Normalised text and the way back: ``starts[k]`` in it stands at ``origins[k]`` in the source."""

    text: str
    starts: Sequence[int]
    origins: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, interruptions included."""
        _, starts, origins = self
        first = bisect_right(starts, start) - 1
        begin = origins[first] + start - starts[first]
        if end <= start:
            return begin, begin
        last = bisect_right(starts, end - 1, first) - 1
        return begin, origins[last] + end - starts[last]

    def runs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The unbroken stretches of the source that ``text[start:end]`` is made of."""
        at = bisect_right(self.starts, start) - 1
        while start < end:
            stop = min(end, self.starts[at + 1]) if at + 1 < len(self.starts) else end
            origin = self.origins[at] + start - self.starts[at]
            yield origin, origin + stop - start
            start = stop
            at += 1


class FlatBuilder:
    """Collects pieces of folded text into a :class:`Flat`."""

    __slots__ = ("_origins", "_parts", "_starts", "length")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self.length = 0

    def add(self, piece: str, origin: int) -> None:
        """Append ``piece``, which stands at ``origin`` in the source."""
        if piece:
            self._starts.append(self.length)
            self._origins.append(origin)
            self._parts.append(piece)
            self.length += len(piece)

    def add_line(self, line: str, origin: int) -> str:
        """Append a folded line, which stands at ``origin``, less what normalising leaves out; return what was added."""
        if _SUSPECT.search(line) is None:
            self.add(line, origin)
            return line
        first = len(self._parts)
        position = 0
        for a, b in removals(line):
            self.add(line[position:a], origin + position)
            position = b
        self.add(line[position:], origin + position)
        return "".join(self._parts[first:])

    def build(self) -> Flat:
        if not self._starts:
            return Flat("", (0,), (0,))
        text = "".join(self._parts)
        if "," in text:
            text = _JOINED_COMMA.sub("，", text)
        return Flat(text, self._starts, self._origins)


def flatten(text: str) -> Flat:
    """Normalise running text whose line breaks are real: every line stays a line."""
    folded = fold(text)
    builder = FlatBuilder()
    start = 0
    for match in re.finditer(r"\r\n|[\n\r\f\v\x85\u2028\u2029]", folded):
        builder.add_line(folded[start : match.start()], start)
        builder.add("\n", match.start())
        start = match.end()
    builder.add_line(folded[start:], start)
    return builder.build()

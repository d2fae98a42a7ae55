"""Breaks a written report into lines and pages, and carries its gold to the places where it ends up."""

from __future__ import annotations

import unicodedata
from random import Random

from reportmaking.manner import Manner

NEVER_FIRST = "，。；：、）！？”」》％%,;:)．"
NEVER_LAST = "（“「《("


def broad(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


class Page:
    """The lines as they are set, and for every character of the written text its place in them."""

    def __init__(self, text: str, kinds: list[str], manner: Manner, rng: Random) -> None:
        self._manner, self._rng = manner, rng
        self._out: list[str] = []
        self._lines = 0
        self._pages = 0
        self._column = 0
        self._per_page = rng.randint(22, 34) if manner.width else rng.randint(14, 26)
        self.places: list[int] = []
        at = 0
        for k, (line, kind) in enumerate(zip(text.split("\n"), kinds, strict=True)):
            if k:
                self.places.append(len(self._out))
                self._break(inside=False, table=kind == "row")
                if manner.blank_lines and kind in ("body", "heading"):
                    self._out.append("\n")
            self._column = 0
            if kind in ("body", "heading") and manner.indent:
                self._lead(manner.indent)
            if kind == "signature" and manner.indent:
                self._lead("　" * rng.randint(8, 16))
            self._fill(line, kind)
            at += len(line) + 1
        self.places.append(len(self._out))
        self._out.append("\n")

    @property
    def text(self) -> str:
        return "".join(self._out)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1

    def _lead(self, blanks: str) -> None:
        self._out += list(blanks)
        self._column = 2 * len(blanks)

    def _break(self, *, inside: bool, table: bool = False) -> None:
        """Ends a line; at the foot of a page its number follows."""
        self._out.append("\n")
        self._lines += 1
        marks = self._manner.page_marks
        if marks and not table and self._lines >= self._per_page:
            self._lines, self._pages = 0, self._pages + 1
            self._out += [*marks.format(n=self._pages), "\n"]
        if inside:
            self._column = 0

    def _fill(self, line: str, kind: str) -> None:
        width = self._manner.width if kind in ("body", "title") else 0
        cut = 0
        if not width and kind == "body" and self._manner.page_marks and len(line) > 60:
            near_end = self._lines + 1 >= self._per_page
            cut = self._rng.randrange(20, len(line) - 20) if near_end else 0
        for k, char in enumerate(line):
            if k and width and self._column + broad(char) > width and self._may_break(line, k):
                self._break(inside=True)
            elif cut and k >= cut and self._may_break(line, k) and not number_at(line, k):
                self._lines = self._per_page
                self._break(inside=True)
                cut = 0
            self.places.append(len(self._out))
            self._out.append(char)
            self._column += broad(char)

    def _may_break(self, line: str, k: int) -> bool:
        if line[k] in NEVER_FIRST or line[k - 1] in NEVER_LAST or " " in line[k - 1 : k + 1]:
            return False
        return self._manner.cuts_numbers or not number_at(line, k)


def number_at(line: str, k: int) -> bool:
    """Whether a number would be cut before its kth character."""
    return line[k] in "0123456789.０１２３４５６７８９．" and line[k - 1] in "0123456789.,０１２３４５６７８９．"

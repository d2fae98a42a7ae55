"""Line breaks: a break planted anywhere inside a fact's clause changes no fact. And nothing is joined that stands apart.

Four kinds of break are planted, in the file's own newline style: a line end, a blank line, a marked page number on a
line of its own, and a bare one that counts on in a run of bare page numbers. A fact is the same when its key and value
are, and when its quote, less what was planted, stands at its old place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportparse import parse
from reportparse.model import Document, Fact, Source
from reportparse.readers import read

Plant = tuple[int, str]
"""Where in the undisturbed text, and what stands before that place afterwards."""

Print = tuple[str, str, int, int]
"""A fact's key, its value, and its place in the undisturbed text."""

PAGE = 300
"""Characters between two page numbers, at the least."""


# --- planting ---------------------------------------------------------------------------------------------------


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"


def line_end(text: str, at: int) -> list[Plant] | None:
    """None at the end of a line: a second line end is a blank line."""
    before, after = text[:at].rstrip(" \t\u3000"), text[at:].lstrip(" \t\u3000")
    return None if before[-1:] in "\r\n" or after[:1] in "\r\n" else [(at, newline_of(text))]


def blank_line(text: str, at: int) -> list[Plant] | None:
    return [(at, newline_of(text) * 2)]


def marked_page(text: str, at: int) -> list[Plant] | None:
    new = newline_of(text)
    return [(at, f"{new}- 3 -{new}")]


BARE = re.compile(r"(?m)^[ \t\u3000]*(\d{1,3})[ \t\u3000]*\r?$")


def bare_page(text: str, at: int) -> list[Plant] | None:
    """A number in a run of three, the others after sentences that end a line, where the text is long enough."""
    if len(BARE.findall(text)) >= 3:
        return None  # it has a run of its own
    new = newline_of(text)
    ends = [m.start(1) for m in re.finditer(r"。(\r\n|\r|\n)", text)]
    before: list[int] = []
    for end in reversed([e for e in ends if e <= at - PAGE]):
        if len(before) < 2 and (not before or before[0] - end >= PAGE):
            before.insert(0, end)
    after: list[int] = []
    for end in [e for e in ends if e >= at + PAGE]:
        if len(before) + len(after) < 2 and (not after or end - after[-1] >= PAGE):
            after.append(end)
    places = [*before, at, *after]
    if len(places) < 3:
        return None
    return [(place, f"{new}{number}" + (new if place == at else "")) for number, place in enumerate(places, 1)]


BREAKS: dict[str, Callable[[str, int], list[Plant] | None]] = {
    "line end": line_end,
    "blank line": blank_line,
    "marked page number": marked_page,
    "bare page number": bare_page,
}


def planted(text: str, plants: Sequence[Plant]) -> str:
    for at, what in sorted(plants, reverse=True):
        text = text[:at] + what + text[at:]
    return text


def back(position: int, plants: Sequence[Plant]) -> int:
    """The place in the undisturbed text."""
    shift = 0
    for at, what in sorted(plants):
        if position <= at + shift:
            break
        if position < at + shift + len(what):
            return at
        shift += len(what)
    return position - shift


# --- comparing --------------------------------------------------------------------------------------------------


class Sample(NamedTuple):
    name: str
    text: str
    source: Source
    facts: list[Fact]

    @classmethod
    def of(cls, path: Path) -> Sample:
        document = read(path)
        return cls(path.stem, document.text, document.source, list(parse(document).facts))

    def reparse(self, plants: Sequence[Plant]) -> list[Fact]:
        return list(parse(Document(self.source, planted(self.text, plants), (0,))).facts)

    def places(self) -> list[int]:
        """Every position strictly inside the clause of a fact in prose; within CR LF is no position."""
        inside: set[int] = set()
        for fact in self.facts:
            if fact.span is not None and fact.where != "table":
                start, end = fact.sentence or fact.span
                inside.update(range(start + 1, end))
        return sorted(at for at in inside if self.text[at - 1 : at + 1] != "\r\n")


def prints(facts: Sequence[Fact], plants: Sequence[Plant]) -> list[Print]:
    found = []
    for fact in facts:
        value = "" if fact.value is None else re.sub(r"\s", "", str(fact.value))
        start, end = fact.span if fact.span is not None else (-1, -1)
        assert isinstance(fact.value, (str, Decimal, type(None)))
        found.append((fact.key, value, back(start, plants), back(end, plants)))
    return sorted(found)


def disturbed(sample: Sample, plants: Sequence[Plant]) -> list[str]:
    """The facts that the plants change, one line each: ``-`` lost, ``+`` new."""
    before, after = prints(sample.facts, ()), prints(sample.reparse(plants), plants)
    if before == after:
        return []
    lost = [f for f in before if f not in after]
    new = [f for f in after if f not in before]
    return [f"{sign} {key} = {value[:24]} @{a}:{b}" for sign, some in (("-", lost), ("+", new)) for key, value, a, b in some]


def context(text: str, at: int) -> str:
    return f"{text[max(0, at - 14) : at]}⏎{text[at : at + 14]}".replace("\r", "").replace("\n", "⏎̲")

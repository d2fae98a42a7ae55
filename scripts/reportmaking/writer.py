"""Sets a report down, and with every number the gold of it: what it states, and where it stands.

The writer fills one long text of paragraphs. Spans are those of this text until `page.set_page` breaks it into lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from reportmaking.manner import Manner

LOOSE = re.compile(r"<(?P<kind>[a-z]+):(?P<low>[\d.]+)-(?P<high>[\d.]+):(?P<unit>[^>:]+)(?::(?P<after>[^>]+))?>")
"""A work figure in a sentence: `<count:3-9:次>`; decimals as in the lower bound; `:余` puts 余 before the unit."""


@dataclass(frozen=True)
class Key:
    """What a fact measures; `str` of it is the key of the gold."""

    concept: str
    member: str | None = None
    fund: str | None = None
    basis: str | None = None
    period: str = ""
    vs: str | None = None
    of: str | None = None
    threshold: str | None = None
    cross: str | None = None
    aspect: str | None = None

    def __str__(self) -> str:
        axes = [(name, getattr(self, name)) for name in ("fund", "basis", "period", "vs", "of", "threshold", "cross")]
        written = ",".join(f"{name}={value}" for name, value in axes if value)
        member = f"[{self.member}]" if self.member else ""
        aspect = f".{self.aspect}" if self.aspect else ""
        return f"{self.concept}{member}{{{written}}}{aspect}"


@dataclass(eq=False)
class Stated:
    """One entry of the gold, its span in the unbroken text; no key means that it is unclaimed."""

    key: str | None
    state: str
    value: str | None
    unit: str | None
    start: int
    end: int
    kind: str = ""
    role: str | None = None
    where: str | None = None
    note: str | None = None
    parts: list[tuple[str, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Relation:
    """A sum, share, rate or execution that the true amounts fulfil: the whole first, then what it is reckoned from."""

    kind: str
    whole: Stated
    parts: tuple[Stated, ...]


@dataclass(frozen=True)
class Slip:
    """One thing that the author gets wrong: the nth number of the report, or the nth item of the nth list."""

    kind: str
    number: int = -1
    digits: str | None = None
    unit: str | None = None
    listing: int = -1
    item: int = -1


class Slot(Protocol):
    """What stands in a gap of a sentence."""

    def write(self, writer: Writer) -> None: ...


@dataclass
class Number:
    """A printed number with its unit. `rise` and `fall` are the words before a change; they say its sign."""

    keys: tuple[str, ...]
    digits: str
    unit: str
    sign: int = 1
    words: tuple[str, str] | None = None
    role: str | None = None
    where: str | None = None
    kind: str = ""
    stale: str | None = None
    shown: str | None = None
    note: str | None = None
    facts: list[Stated] = field(default_factory=list)
    ordinal: int = -1

    @property
    def fact(self) -> Stated:
        return self.facts[0]

    def write(self, writer: Writer) -> None:
        self.ordinal = len(writer.numbers)
        writer.numbers.append(self)
        digits, unit, sign = self.digits, self.unit, self.sign
        slip = writer.slip
        if slip and slip.number == self.ordinal:
            digits, unit = slip.digits or digits, slip.unit or unit
            sign = -sign if slip.kind == "sign" else sign
        if self.words:
            writer.say(self.words[0 if sign > 0 else 1])
        start, end = writer.number(self.shown or digits, unit, table=self.where == "table")
        zero = not digits.strip("0.")
        value = f"-{digits}" if sign < 0 and not zero else digits
        bare = re.sub(r"\s", "", unit)
        for key in self.keys or (None,):
            fact = Stated(key, "zero" if zero else "stated", value, bare, start, end, self.kind, self.role, self.where)
            fact.note = self.note
            self.facts.append(fact)
        writer.stated += self.facts


@dataclass
class Words:
    """Printed words that are themselves a fact: 无下属单位, 持平, a grade, a name."""

    key: str
    text: str
    state: str = "stated"
    value: str | None = None
    more: tuple[str, ...] = ()
    where: str | None = None

    def write(self, writer: Writer) -> None:
        start = writer.length
        writer.say(self.text)
        value = (self.value or "".join(self.text.split())) if self.state == "stated" else None
        for key in (self.key, *self.more):
            writer.stated.append(Stated(key, self.state, value, None, start, writer.length, where=self.where))


@dataclass
class Then:
    """A gap that a function fills."""

    act: Callable[[], None]

    def write(self, writer: Writer) -> None:
        del writer
        self.act()


class Writer:
    """One long text of paragraphs and the gold that goes with it."""

    def __init__(self, rng: Random, manner: Manner, slip: Slip | None = None) -> None:
        self.rng, self.manner, self.slip = rng, manner, slip
        self._pieces: list[str] = []
        self.length = 0
        self.kinds: list[str] = []
        self.stated: list[Stated] = []
        self.numbers: list[Number] = []
        self.relations: list[Relation] = []
        self.missing: list[tuple[str, Stated]] = []
        self.listings: list[list[str]] = []
        self._open: list[tuple[str, int]] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def _set(self, text: str) -> tuple[int, int]:
        start = self.length
        self._pieces.append(text)
        self.length += len(text)
        return start, self.length

    def line(self, kind: str = "body") -> None:
        """Begins a line: `title`, `heading`, `body`, `row` of a table, `signature`, `contents`."""
        if self.kinds:
            self._set("\n")
        self.kinds.append(kind)

    def say(self, text: str) -> None:
        """Sets words down; a work figure in them is drawn and listed as unclaimed."""
        at = 0
        for match in LOOSE.finditer(text):
            self._set(text[at : match.start()])
            self.loose(match["kind"], self._draw(match["low"], match["high"]), match["unit"], after=match["after"])
            at = match.end()
        self._set(text[at:])

    def _draw(self, low: str, high: str) -> str:
        decimals = len(low.partition(".")[2])
        scale = 10**decimals
        drawn = self.rng.randint(round(float(low) * scale), round(float(high) * scale))
        return f"{drawn / scale:.{decimals}f}" if decimals else str(drawn)

    def loose(self, kind: str, digits: str, unit: str, *, role: str | None = None, after: str | None = None) -> None:
        """A quantity that the vocabulary has no concept for."""
        start, end = self.number(digits, f"{after or ''}{unit}")
        self.stated.append(Stated(None, "stated", digits, unit, start, end, kind, role))

    def number(self, digits: str, unit: str, *, table: bool = False) -> tuple[int, int]:
        """The place of number and unit; in a table the unit stands elsewhere."""
        if table:
            return self._set(self.manner.grouped(digits))
        spaced = self.manner.spaced and digits[:1].isdigit()
        if spaced and self._pieces and not self._pieces[-1].endswith(("\n", "（", " ", "“")):
            self._set(" ")
        span = self._set(f"{self.manner.grouped(digits)}{' ' if spaced and unit != '%' else ''}{unit}")
        if spaced and self.manner.spaced_after:
            self._set(" ")
        return span

    def put(self, template: str, *slots: Slot | Callable[[], None]) -> None:
        """A sentence with gaps `{}`."""
        words = template.split("{}")
        assert len(words) == len(slots) + 1, f"{template}: {len(slots)} slots"
        self.say(words[0])
        for slot, after in zip(slots, words[1:], strict=True):
            if callable(slot):
                slot()
            else:
                slot.write(self)
            self.say(after)

    def begin(self, key: str) -> None:
        """From here on, until `end`, the words are the text of a fact."""
        self._open.append((key, self.length))

    def end(self) -> None:
        key, start = self._open.pop()
        value = "".join(self.text[start : self.length].split())
        self.stated.append(Stated(key, "stated", value, None, start, self.length))

    def relate(self, kind: str, whole: Number, parts: Sequence[Number]) -> None:
        """Records what the printed numbers must fulfil."""
        self.relations.append(Relation(kind, whole.fact, tuple(part.fact for part in parts)))

    def items(self, keys: Sequence[str]) -> list[int]:
        """The items of the next list that are set down: all of them, but for one that is forgotten on purpose."""
        ordinal = len(self.listings)
        self.listings.append(list(keys))
        slip = self.slip
        forgotten = slip.item if slip and slip.kind == "part_missing" and slip.listing == ordinal else -1
        return [k for k in range(len(keys)) if k != forgotten]

    def follow(self, front: Writer) -> None:
        """Puts the pages of another writer before this text."""
        shift = front.length + 1
        for one in self.stated:
            one.start, one.end = one.start + shift, one.end + shift
            one.parts = [(name, start + shift, end + shift) for name, start, end in one.parts]
        self.stated = front.stated + self.stated
        self._pieces = [*front._pieces, "\n", *self._pieces]
        self.kinds = front.kinds + self.kinds
        self.length += shift

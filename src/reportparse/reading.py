"""One mention: a printed number with the words that it belongs to; and what is known of a text while its mentions are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reportparse import phrases
from reportparse.clauses import Against
from reportparse.model import Threshold
from reportparse.numbers import Quantity
from reportparse.outline import Outline

_new = tuple.__new__


class Reading(NamedTuple):
    """One mention, in positions of the normalised text.

    ``labels`` is the printed label, or several where one number is said of several things. ``belongs`` is the index of
    the reading that a share, change or rate is said of; ``head`` of the total that the list it stands in belongs to.
    ``other_head`` is the other total that the sentence before the list names (收入…，支出…。其中：). ``topic`` is the
    printed subject of a figure that has no words of its own (（二）公务接待费。支出2万元). ``as_of`` is the year
    at whose end things stood, where a date before in the block says it. ``under`` are the words that open the list where no figure does (财政拨款支出主要内容如下：). ``loose`` marks an item that
    follows its list after a full stop, ``beside`` one that stands beside the list's total (此外). ``optional`` readings (无, 持平, a grade) count as mentions only when a rule binds
    them. ``share_of`` holds the printed words of a share's own base (占收入合计的). ``also`` is a second thing that the
    change is from (与年初预算、上年决算均持平); ``bases`` further ones that the figure is on (全年预算和执行数均为9万元).
    """

    quantity: Quantity
    block: int
    sentence: tuple[int, int]
    labels: tuple[str, ...]
    aspect: str
    sign: int
    basis: str | None
    period: str | None
    compared: Against | None
    belongs: int | None
    head: int | None
    other_head: int | None
    list_id: int | None
    complete: bool
    loose: bool
    role: str
    threshold: Threshold | None
    optional: bool
    share_of: str | None
    where: str
    topic: str
    under: str
    beside: bool
    as_of: str | None
    also: Against | None = None
    bases: tuple[str, ...] = ()


class OpenList(NamedTuple):
    """A list that has been opened: the reading that is its total, if a figure is, and whether its items are all of that."""

    head: int | None
    id: int
    complete: bool
    opened_by: str  # word | bracket | block | paragraphs | beside | sum
    other: int | None = None
    words: str = ""  # what opens a list that no figure stands over: 财政拨款支出主要内容如下：


class Series(NamedTuple):
    """What the next figures after 分别 are said of: labels, or the readings that shares belong to, one each."""

    labels: tuple[str, ...]
    belongs: tuple[int, ...]
    aspect: str
    sign: int
    compared: Against | None
    basis: str | None = None
    periods: tuple[str, ...] = ()
    each_from: tuple[Against | None, ...] = ()
    """What each is compared with, where that is not the same."""
    bases: tuple[str, ...] = ()
    """The basis of each, where they are of one thing."""


class Passage:
    """A text of which the figures are read in order, and what is read of it."""

    __slots__ = ("_as_of", "_list_count", "class_before", "outline", "readings", "subjects", "text", "year")

    def __init__(self, text: str, outline: Outline, year: int | None, subjects: Sequence[str]) -> None:
        self.text = text
        self.outline = outline
        self.year = year
        self.subjects = tuple(sorted((s for s in subjects if s), key=len, reverse=True))
        self.readings: list[Reading] = []
        self._list_count = 0
        self._as_of: tuple[int, str] | None = None
        """The section in which a line names the date of all that follows (截至2023年底，…情况如下：), and that date's year."""
        self.class_before: tuple[int, str] | None = None
        """The block after a line that does nothing but name a class, and that class."""

    def title_of(self, block: int) -> str:
        """The heading that shares its line with the block's text, or that the block follows: its subject until one is named."""
        node = self.outline.owner[block]
        while node >= 0 and phrases.GENERIC_TITLE.fullmatch(self.outline.nodes[node].title):
            node = self.outline.nodes[node].parent
        return (
            phrases.YEAR_OF_TITLE.sub("", phrases.QUOTES.sub("", self.outline.nodes[node].title)) if node >= 0 else ""
        )

    def as_of(self, block: int) -> str | None:
        """The year at whose end what a block says stood, as a line before it in its section has it."""
        if self._as_of is None:
            return None
        at = self.outline.owner[block]
        while at > self._as_of[0]:
            at = self.outline.nodes[at].parent
        if at != self._as_of[0]:
            self._as_of = None
            return None
        return self._as_of[1]

    def new_list(self) -> int:
        self._list_count += 1
        return self._list_count

    def add(
        self,
        quantity: Quantity,
        block: int,
        sentence: tuple[int, int],
        labels: tuple[str, ...],
        *,
        aspect: str = "value",
        sign: int = 1,
        basis: str | None = None,
        period: str | None = None,
        compared: Against | None = None,
        belongs: int | None = None,
        head: int | None = None,
        other_head: int | None = None,
        list_id: int | None = None,
        complete: bool = True,
        loose: bool = False,
        role: str = "statement",
        threshold: Threshold | None = None,
        optional: bool = False,
        share_of: str | None = None,
        where: str = "prose",
        topic: str = "",
        under: str = "",
        beside: bool = False,
        as_of: str | None = None,
    ) -> int:
        # A quarter of the time of calling the class.
        self.readings.append(
            _new(Reading, (
                quantity, block, sentence, labels, aspect, sign, basis, period, compared, belongs, head, other_head, list_id, complete,
                loose, role, threshold, optional, share_of, where, topic, under, beside, as_of, None, (),
            ))
        )  # fmt: skip
        return len(self.readings) - 1

"""The vocabulary: which concepts there are, of what kind, with which members, and how a fact's key is written.

``concepts.toml`` is the data; ids are a contract (CHANGELOG.md says why one was added). Members' aliases are patterns
over normalised labels, matched at the end of a label as the labels of rule packs are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from reportparse.datafiles import read_data
from reportparse.model import Compared, Threshold

__all__ = ["Concept", "Concepts", "compared_by", "key_of", "load_concepts"]

TEXT_KINDS = frozenset({"text", "date", "grade"})


class Concept:
    """One concept: ``kind``, whether the fund axis is open, its members' aliases, its table of classes if it has
    one, the total that it is a part of by its nature (``within``), and the concept whose members it shares with what is
    said beside it (``family``: batches and people received are domestic where the money before them is). ``strangers``
    tells labels that stand in its lists and are no members; ``itself`` that the body which reports is one of those that
    it names; ``is_state`` that it is what it is, whatever was planned."""

    __slots__ = (
        "_pattern",
        "classes",
        "family",
        "fund_open",
        "id",
        "is_state",
        "itself",
        "kind",
        "members",
        "money",
        "strangers",
        "within",
        "zh",
    )

    def __init__(
        self,
        id: str,
        zh: str,
        kind: str,
        fund_open: bool,
        members: Mapping[str, tuple[str, ...]],
        classes: str | None,
        within: str | None,
        family: str | None = None,
        strangers: str | None = None,
        itself: bool = False,
    ) -> None:
        self.id = id
        self.zh = zh
        self.kind = kind
        self.fund_open = fund_open
        self.members = members
        self.classes = classes
        self.within = within
        self.family = family
        self.strangers = re.compile(strangers) if strangers is not None else None
        self.itself = itself
        # Organisation, staffing and assets are what they are, in a budget too.
        self.money = kind == "amount" and not id.startswith("assets.")
        self.is_state = id.startswith(("organisation.", "staffing."))
        self._pattern: re.Pattern[str] | None = None

    def member_of(self, label: str) -> tuple[str, str] | None:
        """The member whose alias ends ``label``, and the words left over in front."""
        if not self.members:
            return None
        if self._pattern is None:
            parts = (
                f"(?P<m{i}>{'|'.join(f'(?:{p})' for p in aliases)})" for i, aliases in enumerate(self.members.values())
            )
            self._pattern = re.compile(f"(?:{'|'.join(parts)})\\Z")
        match = self._pattern.search(label)
        if match is None or match.lastgroup is None:
            return None
        return tuple(self.members)[int(match.lastgroup[1:])], label[: match.start()]


class Concepts(Mapping[str, Concept]):
    """All concepts by id, the section roles, the funds as labels name them, and the kinds of document by their titles and by
    headings that only they have; and what has to hold between facts (``checks``)."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._concepts = {
            id: Concept(
                id, entry["zh"], entry["kind"], entry.get("fund_open", False),
                {member: tuple(aliases) for member, aliases in entry.get("members", {}).items()}, entry.get("classes"),
                entry.get("within"), entry.get("family"), entry.get("strangers"), entry.get("itself", False),
            )
            for id, entry in raw["concepts"].items()  # type: ignore[attr-defined]
        }  # fmt: skip
        self.roles: Mapping[str, str] = raw["roles"]  # type: ignore[assignment]
        self.kinds: Mapping[str, str] = raw["kinds"]  # type: ignore[assignment]
        self.kinds_by_heading: Mapping[str, str] = raw["kinds_by_heading"]  # type: ignore[assignment]
        self.kind_roles: Mapping[str, str] = raw["kind_roles"]  # type: ignore[assignment]
        self.funds: Mapping[str, str] = raw["funds"]  # type: ignore[assignment]
        self.checks: Mapping[str, Any] = raw["checks"]  # type: ignore[assignment]
        self._fund = re.compile("|".join(f"(?P<{fund}>{pattern})" for fund, pattern in self.funds.items()))

    def __getitem__(self, id: str) -> Concept:
        return self._concepts[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._concepts)

    def __len__(self) -> int:
        return len(self._concepts)

    def has_member(self, concept: str, member: str) -> bool:
        entry = self._concepts[concept]
        return member in entry.members or entry.classes is not None

    def near(self, words: str) -> list[str]:
        """The ids that somebody may have meant who wrote ``words``, which is none: those of the concepts that are called so in
        Chinese, else those that are written much like it, else those of the same family; at most five.
        """
        if not words.isascii():
            exact = [id for id, concept in self.items() if concept.zh == words]
            return (exact or [id for id, concept in self.items() if words in concept.zh or concept.zh in words])[:5]
        from difflib import get_close_matches

        alike = get_close_matches(words, list(self), 3)
        return alike or sorted(id for id in self if id.startswith(words.partition(".")[0] + "."))[:5]

    def fund_in(self, label: str) -> tuple[str, str] | None:
        """The fund that a label names, and the label without its words."""
        match = self._fund.search(label)
        if match is None or match.lastgroup is None:
            return None
        return match.lastgroup, label[: match.start()] + label[match.end() :]


@cache
def load_concepts() -> Concepts:
    """The vocabulary, read once."""
    return Concepts(tomllib.loads(read_data("concepts.toml")))


def key_of(
    concept: Concept,
    member: str | None = None,
    fund: str | None = None,
    basis: str | None = None,
    period: str | None = None,
    aspect: str = "value",
    compared: Compared | None = None,
    of: str | None = None,
    threshold: Threshold | None = None,
    cross: Mapping[str, str] | None = None,
) -> str:
    """A fact's key as concepts.md writes it: ``concept[member]{fund,basis,period,vs,of,threshold,cross}.aspect``."""
    key = concept.id if member is None else f"{concept.id}[{member}]"
    if concept.kind not in TEXT_KINDS:
        axes: list[str] = []
        if fund is not None and fund != "all":
            axes.append(f"fund={fund}")
        if basis is not None and basis != "actual":
            axes.append(f"basis={basis}")
        if period is not None:
            axes.append(f"period={period}")
        if compared is not None and not _usual(aspect, basis, period, compared):
            axes.append(f"vs={_against(basis, period, compared)}")
        if of is not None:
            axes.append(f"of={of}")
        if threshold is not None:
            limit = threshold.yuan if threshold.yuan is not None else threshold.value
            axes.append(f"threshold={threshold.op}{_plain(limit)}")
        if cross:
            axes.append("cross={" + ",".join(f"{k}:{v}" for k, v in sorted(cross.items())) + "}")
        if axes:
            key += "{" + ",".join(axes) + "}"
    return key if aspect == "value" else f"{key}.{aspect}"


def _usual(aspect: str, basis: str | None, period: str | None, compared: Compared) -> bool:
    """What a comparison is against unless the key says otherwise: last year on the same basis; for an execution rate the budget."""
    if aspect == "execution_rate":
        return compared.basis == "budget"
    return (
        compared.basis == basis
        and period is not None
        and period.isdecimal()
        and compared.period == str(int(period) - 1)
    )


def _against(basis: str | None, period: str | None, compared: Compared) -> str:
    """Only what differs from the fact's own period and basis is written: ``budget``, ``2019``, ``2023:budget``."""
    if compared.period == period:
        return compared.basis
    return compared.period if compared.basis == basis else f"{compared.period}:{compared.basis}"


def compared_by(aspect: str, basis: str, period: str | None, vs: str | None) -> Compared | None:
    """What a change, a rate or an execution rate is measured against by the axis ``vs`` of its key, or by its lack: :func:`key_of` the
    other way round. None of another aspect, and where the period is none that a year can be taken from.
    """
    if aspect not in ("change", "change_rate", "execution_rate") or period is None:
        return None
    if vs is None:
        if aspect == "execution_rate":
            return Compared(period, "budget")
        return Compared(str(int(period) - 1), basis) if period.isdecimal() else None
    against, _, on = vs.partition(":")
    if on:
        return Compared(against, on)
    return Compared(against, basis) if against[:1].isdigit() else Compared(period, against)


def _plain(value: Decimal) -> str:
    whole = value.to_integral_value()
    return str(int(whole)) if whole == value else format(value.normalize(), "f")

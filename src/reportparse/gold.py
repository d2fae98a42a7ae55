"""Gold: what a careful reader says that a document states, in a file beside it or in a folder of its own.

``corpus/README.md`` says what stands in ``NAME.gold.json``.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from reportparse.document import Document
from reportparse.errors import GoldError
from reportparse.model import Span

__all__ = ["SUFFIX", "Places", "find_gold", "load_gold", "pairs_in", "squeezed"]

SUFFIX = ".gold.json"
_FORMATS = frozenset({".txt", ".md", ".pdf", ".docx", ".htm", ".html"})


def find_gold(document: Path, folder: Path | None = None) -> Path | None:
    """The gold of a document: beside it, or in ``folder``; ``NAME.gold.json`` is that of ``NAME.producer.pdf`` too."""
    where = document.parent if folder is None else folder
    stem = document.name[: -len(document.suffix)] if document.suffix else document.name
    for name in (stem, stem.rpartition(".")[0]):
        found = where / f"{name}{SUFFIX}"
        if name and found.is_file():
            return found
    return None


def pairs_in(paths: Iterable[Path], folder: Path | None = None) -> Iterator[tuple[Path, Path]]:
    """Every document under ``paths`` that has gold, with its gold, in the order of their names.

    Raises:
        GoldError: ``RP-GOLD-001`` a path is not there, or a single file that is named has no gold.
    """
    for path in paths:
        if not path.exists():
            raise GoldError("RP-GOLD-001", f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
        if path.is_dir():
            for one in sorted(path.rglob("*")):
                if one.suffix.lower() in _FORMATS and one.is_file() and (gold := find_gold(one, folder)):
                    yield one, gold
        elif (gold := find_gold(path, folder)) is None:
            raise GoldError(
                "RP-GOLD-001",
                f"{path.name} 没有对应的 {SUFFIX} 文件",
                f"{path.name} has no {SUFFIX} to be scored against",
            )
        else:
            yield path, gold


def load_gold(path: Path) -> dict[str, Any]:
    """What a file of gold says.

    Raises:
        GoldError: ``RP-GOLD-002`` it is not one.
    """
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
        lists = (gold["facts"], gold["unclaimed"])
        well_formed = (
            isinstance(gold["kind"], str)
            and isinstance(gold["document"], dict)
            and all(isinstance(one, dict) and {"quote"} <= one.keys() for found in lists for one in found)
            and all({"key", "state", "value"} <= fact.keys() for fact in gold["facts"])
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        well_formed = False
    if not well_formed:
        raise GoldError("RP-GOLD-002", f"{path.name} 不是标准答案文件", f"{path.name} is not a file of gold")
    found: dict[str, Any] = gold
    return found


class Places:
    """Where the quotes of a gold stand in the text of a document.

    A gold says it by ``span``; or, for a source whose text a reader makes, by the ``page`` and which of the equal quotes
    on it this is (``nth``, from 1), white space left aside: that holds however lines are broken and cells are parted.
    A long quote may be given by its two ends, ``head⋯tail``.
    """

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._starts = document.page_starts
        self._origins = [k for k, char in enumerate(document.text) if not char.isspace()]
        self._plain = "".join([document.text[k] for k in self._origins])

    def span(self, one: Mapping[str, Any]) -> Span | None:
        """The place of a fact's quote; None where it has none, or is not found."""
        if one["quote"] is None:
            return None
        if "nth" not in one:
            start, end = one["span"]
            return (start, end) if self._text[start:end] == one["quote"] else None
        if not 1 <= one["page"] <= len(self._starts):
            return None
        head, _, tail = squeezed(one["quote"]).partition("⋯")
        at = bisect_left(self._origins, self._starts[one["page"] - 1]) - 1
        for _ in range(one["nth"]):
            at = self._plain.find(head, at + 1)
            if at < 0:
                return None
        end = at + len(head)
        if tail:
            end = self._plain.find(tail, end) + len(tail)
        return (self._origins[at], self._origins[end - 1] + 1) if end > at + len(tail) else None

    def fits(self, one: Mapping[str, Any]) -> bool:
        """Whether a quote is where it should be."""
        return one["quote"] is None or self.span(one) is not None


def squeezed(text: str) -> str:
    """The text without its white space."""
    return "".join(text.split())

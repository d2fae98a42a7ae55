"""Patterns of rule packs, compiled: those of a user's own are held to a time limit."""

from __future__ import annotations

import re
from typing import Protocol

from reportparse.errors import PackError

__all__ = ["Searcher", "compile_pattern"]

_SECONDS = 0.5
"""What one search for a pattern of a user's own may take; those of the built-in packs take microseconds."""


class Searcher(Protocol):
    """A compiled pattern, as far as rules use one."""

    def search(self, text: str) -> re.Match[str] | None: ...


class _Limited:
    """A pattern of a user's own, which may backtrack without end: it is searched under a time limit."""

    __slots__ = ("_pattern", "_source")

    def __init__(self, source: str) -> None:
        import regex

        self._source = source
        self._pattern = regex.compile(source)

    def search(self, text: str) -> re.Match[str] | None:
        try:
            return self._pattern.search(text, timeout=_SECONDS)  # type: ignore[no-any-return]
        except TimeoutError as error:
            short = self._source if len(self._source) <= 80 else self._source[:80] + "…"
            raise PackError(
                "RP-PACK-008", f"规则的正则表达式超时：{short}", f"a pattern is over its time limit: {short}"
            ) from error


def compile_pattern(source: str, trusted: bool) -> Searcher:
    """A pattern of a pack, compiled; one that the project's tests have not checked is held to a time limit."""
    return re.compile(source) if trusted else _Limited(source)

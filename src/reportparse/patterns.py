"""Regular expressions with a duty of their own: compiled only when needed, or held to a time limit.

To compile all patterns of the package takes longer than to parse a document; a third of them is never asked. And a
pattern of a user's own pack may backtrack without end.
"""

from __future__ import annotations

import re
from typing import Any, Protocol, cast

from reportparse.errors import PackError

__all__ = ["Searcher", "compile_pattern", "seldom"]

_SECONDS = 0.5
"""What one search for a pattern of a user's own may take; those of the built-in packs take microseconds."""


class _Seldom:
    """Stands for a pattern until one of its methods is asked for, and then has that method itself."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


def seldom(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(source, flags)``, not before it is used."""
    return cast("re.Pattern[str]", _Seldom(source, flags))


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

"""Regular expressions with a duty of their own: compiled only when needed, or held to a time limit.

To compile all patterns of the package takes longer than to parse a document; a third of them is never asked. And a
pattern of a user's own pack may backtrack without end.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol, cast

from reportparse.errors import PackError

__all__ = ["Searcher", "compile_pattern", "seldom"]

_SECONDS = 0.5
"""What one search for a pattern of a user's own may take; those of the built-in packs take microseconds."""
_SLOW = 0.05
_SLOW_TOGETHER = 5.0
"""What all of its searches may take together that are slow, each of so many seconds at least: a document asks thousands of times."""


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

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None: ...
    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None: ...
    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]: ...


class _Limited:
    """A pattern of a user's own, which may backtrack without end: it is searched under a time limit."""

    __slots__ = ("_pattern", "_slow", "_source")

    def __init__(self, source: str) -> None:
        import regex

        self._source = source
        self._slow = 0.0
        try:
            self._pattern = regex.compile(source)
        except (regex.error, RecursionError, OverflowError, MemoryError) as error:
            raise PackError("RP-PACK-004", f"正则表达式有误：{_cut(source)}", f"bad pattern: {_cut(source)}") from error

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._asked(self._pattern.search, text, pos, endpos)

    def match(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        return self._asked(self._pattern.match, text, pos, endpos)

    def _asked(self, how: Callable[..., Any], text: str, pos: int, endpos: int) -> re.Match[str] | None:
        began = time.perf_counter()
        try:
            found: re.Match[str] | None = how(text, pos, min(endpos, len(text)), timeout=_SECONDS)
        except TimeoutError:
            raise self._over() from None
        took = time.perf_counter() - began
        if took > _SLOW:
            self._slow += took
            if self._slow > _SLOW_TOGETHER:
                raise self._over()
        return found

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        try:
            yield from self._pattern.finditer(text, pos, min(endpos, len(text)), timeout=_SECONDS)
        except TimeoutError:
            raise self._over() from None

    def _over(self) -> PackError:
        short = _cut(self._source)
        return PackError("RP-PACK-008", f"规则的正则表达式超时：{short}", f"a pattern is over its time limit: {short}")


def _cut(source: str) -> str:
    return source if len(source) <= 80 else source[:80] + "…"


def compile_pattern(source: str, trusted: bool) -> Searcher:
    """A pattern of a pack, compiled; one that the project's tests have not checked is held to a time limit."""
    return re.compile(source) if trusted else _Limited(source)

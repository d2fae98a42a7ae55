"""Regular expressions that few documents need, compiled when one does.

To compile all patterns of the package takes longer than to parse a document; a third of them is never asked.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["seldom"]


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

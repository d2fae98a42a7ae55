"""What an export tells of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Written"]


class Written(NamedTuple):
    """How many rows each table has, or how many files there are; and what a reader of the result has to know, each in Chinese
    and in English: a sheet that goes on elsewhere, a cell that holds less than its text, a number that does not fit.
    """

    counts: dict[str, int]
    notes: tuple[tuple[str, str], ...] = ()

    def with_notes(self, notes: Sequence[tuple[str, str]]) -> Written:
        """The same, with notes before its own."""
        return self._replace(notes=(*notes, *self.notes))

"""Rows that wait for their place in a file of the system, so that memory does not grow with them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

__all__ = ["Spool"]


class Spool:
    """Objects in a file without a name, which goes when it is left. What is added is known by a number."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="reportparse-")  # noqa: SIM115
        self._at: list[int] = []

    def add(self, one: Any) -> int:
        """Keep one object, and say by which number, from 0, it is known."""
        self._at.append(self._file.tell())
        pickle.dump(one, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        return len(self._at) - 1

    def take(self, number: int) -> Any:
        """The object of that number; when all are added."""
        self._file.seek(self._at[number])
        return pickle.load(self._file)

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[Any]:
        return map(self.take, range(len(self)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

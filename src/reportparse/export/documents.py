"""The lines that are exported: read once, one at a time, and how far that is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reportparse.errors import BatchError
from reportparse.export.corrected import Corrections

__all__ = ["Document", "Lines", "Progress", "nobody"]

Document = Mapping[str, Any]
"""A line of output: the report as its JSON has it, figures as :class:`decimal.Decimal`."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class Progress(NamedTuple):
    """How far an export is: lines done, and bytes read of all that there are."""

    done: int
    read: int
    size: int


def nobody(_: Progress) -> None:
    """Who does not ask is told nothing."""


class Lines:
    """A file of JSON Lines, as corrected by ``corrections``. ``number`` is that of the line in hand."""

    def __init__(
        self, path: Path, progress: Callable[[Progress], None] = nobody, corrections: Corrections | None = None
    ) -> None:
        self.path = path
        self.corrections = corrections
        self.number = 0
        self._progress = progress

    def __iter__(self) -> Iterator[Document]:
        if self.corrections is None:
            return (document for _, document in self.with_bytes())
        return (self.corrections.applied(line, document) for line, document in self.with_bytes())

    def with_bytes(self) -> Iterator[tuple[bytes, Document]]:
        """Every line as it stands in the file, and what it says.

        Raises:
            BatchError: ``RP-BATCH-004`` a line is none of ours.
        """
        decoder = msgspec.json.Decoder(float_hook=_figure)
        done = read = 0
        with self.path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            for self.number, line in enumerate(file, 1):
                read += len(line)
                line = line.removeprefix(b"\xef\xbb\xbf") if self.number == 1 else line
                if not line.strip():
                    continue
                try:
                    found = _decoded(line, decoder)
                    if not isinstance(found["source"]["name"], str) or "schema_version" not in found:
                        raise ValueError
                except (ValueError, KeyError, TypeError, RecursionError) as error:
                    raise self.fault() from error
                yield line, found
                done += 1
                self._progress(Progress(done, read, size))

    def fault(self) -> BatchError:
        """That the line in hand is none of ours."""
        name = self.path.name
        return BatchError(
            "RP-BATCH-004", f"{name} 第 {self.number} 行不是 reportparse 的结果", f"{name}, line {self.number} is no output of reportparse"
        )  # fmt: skip


def _decoded(line: bytes, decoder: Any) -> Any:
    try:
        return decoder.decode(line)
    except msgspec.DecodeError:
        # Halves of surrogate pairs, which no form can write in UTF-8. We never write them; who edits lines may.
        return _mended(json.loads(line, parse_float=_figure, parse_constant=_figure))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _figure(printed: str) -> Decimal:
    """A figure with a point or an exponent, which must not ask for more digits than there is memory for."""
    try:
        number = Decimal(printed)
    except ArithmeticError as error:
        raise ValueError(printed) from error
    if not number.is_finite() or abs(number.adjusted()) > max(len(printed), 1000):
        raise ValueError(printed)
    return number

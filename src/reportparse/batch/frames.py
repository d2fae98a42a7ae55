"""Documents as rows of pandas frames, for engines that hand those out: Spark's ``mapInPandas``, Ray's ``map_batches``, others.

The engine decides what runs where and tries again what it loses; here a row goes in for every document, and one comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from reportparse.batch.sources import read_source
from reportparse.batch.workers import Job, Limits, Workers, failure_line
from reportparse.errors import ReportParseError
from reportparse.readers import DEFAULT_MAX_BYTES

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["FRAME_SCHEMA", "FrameParser"]

FRAME_SCHEMA = (
    "name string, sha256 string, line string, code string, reason string, seconds double, facts long, quantities long, "
    "claimed long, inconsistent long"
)
"""The columns that come out, as Spark writes them: ``line`` is a line of ``reports.jsonl``, ``code`` and ``reason`` say why it
is one of a failure, the others count what is in it.
"""
_COUNTS = ("facts", "quantities", "claimed", "inconsistent")


class FrameParser:
    """Parses the documents of a frame, whose column ``path`` says where each is (a path or an address), or ``content`` holds its
    bytes; ``name``, where there is one, is what it is called in the output, else ``path``.

    A document is parsed in a process beside this one, so that one that crashes, hangs (``seconds``) or eats memory
    (``megabytes``) fails alone. ``packs`` and ``reading`` are as for :func:`reportparse.parse`. End it with :meth:`close`, or
    use it in a ``with`` statement.
    """

    def __init__(
        self, *, packs: Sequence[str] = (), seconds: float = 120.0, megabytes: int = 2_000, **reading: Any
    ) -> None:
        self.most = reading.get("max_bytes", DEFAULT_MAX_BYTES)
        self.workers = Workers(1, {**reading, "packs": tuple(packs)}, Limits(seconds, megabytes))

    def __call__(self, frame: DataFrame) -> DataFrame:
        """A frame with the columns of ``FRAME_SCHEMA`` and a row for each of ``frame``, in their order.

        Raises:
            KeyError: ``frame`` has neither ``path`` nor ``content``.
        """
        import pandas

        rows = [self._row(row) for row in frame.to_dict("records")]
        made = pandas.DataFrame(rows, columns=[column.split()[0] for column in FRAME_SCHEMA.split(", ")], dtype=object)
        return made.astype({"seconds": "float64", **dict.fromkeys(_COUNTS, "int64")})

    def over(self, frames: Iterable[DataFrame]) -> Iterator[DataFrame]:
        """The same for frame after frame; at their end the process beside this one ends."""
        with self:
            for frame in frames:
                yield self(frame)

    def _row(self, row: dict[Any, Any]) -> dict[str, Any]:
        path = row.get("path")
        name = str(row.get("name") or path or "unnamed")
        digest = None
        try:
            content = row.get("content")
            data = bytes(content) if content is not None else read_source(row["path"], self.most)
            digest = sha256(data).hexdigest()
            (outcome,) = self.workers.outcomes([Job(str(path), name, digest, data=data)])
            line, values = outcome.line, outcome.values
        except ReportParseError as error:
            line, values = failure_line(name, error.code, error.reason), {"code": error.code, "reason": error.reason}
        counts = {key: values.get(key, 0) for key in _COUNTS}
        said = {"code": values.get("code"), "reason": values.get("reason"), "seconds": values.get("seconds", 0.0)}
        return {"name": name, "sha256": digest, "line": line.decode().removesuffix("\n"), **said, **counts}

    def close(self) -> None:
        """End the process beside this one."""
        self.workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

"""The workers of a Dask cluster as the engine of a batch.

Documents go to the cluster a few at a time, their lines come back, and the journal of the batch is written where the batch was
started: what a run does when it is killed, and what comes out of it, is the same as on one machine. On every worker of the
cluster a document is parsed in a process beside it, which a document that crashes, hangs or eats memory takes down alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from reportparse.batch.sources import is_address
from reportparse.batch.workers import Job, Limits, Outcome, Reader, Workers, failure_line, parsed
from reportparse.errors import BatchError

__all__ = ["Cluster"]

_AT_ONCE = 16
"""Documents that are sent together, and bytes of those that are sent with their bytes: a task costs a cluster a millisecond."""
_BYTES = 16 << 20
_AHEAD = 2
"""Tasks under way for every thread of the cluster: one that it works at, one that is there when it is done."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a worker has to know: the options, the limits, how a document is read, and what its own program and packs have to
    be, so that one archive is not parsed by two versions.
    """

    options: Mapping[str, Any]
    limits: Limits
    made_by: str
    read: Reader


class Cluster:
    """An engine over the Dask cluster whose scheduler is at an address (``tcp://host:8786``). Every worker needs this version of
    reportparse and the files under the paths that they have here: a shared folder, or addresses.

    Raises:
        BatchError: ``RP-BATCH-006`` the extra is not installed; ``RP-BATCH-008`` the cluster cannot be reached, or a worker of it
            has another version of the program or of the packs.
    """

    def __init__(self, scheduler: str, options: Mapping[str, Any], limits: Limits, read: Reader = parsed) -> None:
        try:
            import distributed
        except ImportError as error:
            raise BatchError(
                "RP-BATCH-006",
                "使用 Dask 集群需要 distributed：pip install 'reportparse[dask]'",
                "a Dask cluster needs distributed: pip install 'reportparse[dask]'",
            ) from error
        packs = tuple(os.path.abspath(path) for path in options.get("packs", ()))
        options = {**options, "packs": packs}
        self.told = _Told(options, limits, _made_by(packs), read)
        try:
            self.client = distributed.Client(scheduler, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise _unreachable(scheduler, str(error) or type(error).__name__) from error

    def outcomes(self, jobs: Iterable[Job], stopped: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Every job exactly once; see :class:`reportparse.batch.workers.Engine`."""
        from distributed import as_completed

        waiting = _several(jobs)
        under_way: dict[Any, list[Job]] = {}
        done = as_completed(loop=self.client.loop)

        def submit(some: list[Job]) -> None:
            future = self.client.submit(_on_worker, some, self.told, pure=False)
            under_way[future] = some
            done.add(future)

        try:
            for some in islice(waiting, self._room()):
                submit(some)
            while under_way:
                future = next(done)
                some = under_way.pop(future)
                if future.status == "finished":
                    for job, (line, values, lost) in zip(some, future.result(), strict=True):
                        yield Outcome(job, line, values, lost)
                elif len(some) > 1 and self._is_there(future):  # one of these costs its worker, which one is not known
                    for job in some:
                        submit([job])
                else:
                    self._is_there(future)
                    yield _crashed(some[0])
                if not stopped():
                    for more in islice(waiting, max(0, self._room() - len(under_way))):
                        submit(more)
        finally:
            for future in under_way:
                future.cancel()

    def _room(self) -> int:
        """How many tasks may be under way, by the workers that there are now."""
        threads: Mapping[str, int] = self.client.nthreads()
        return max(1, _AHEAD * sum(threads.values()))

    def _is_there(self, future: Any) -> bool:
        """Whether what befell a task is the fault of its documents: that of the cluster ends the run, which can be gone on with."""
        if self.client.status != "running" or future.status == "lost":
            raise _unreachable(str(self.client.scheduler), "connection lost")
        error = future.exception() if future.status == "error" else None
        if isinstance(error, BatchError):
            raise error
        return True

    def close(self) -> None:
        """Let the cluster go; its own processes stay."""
        if self.client.status == "running":
            self.client.run(_release)
        self.client.close()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _several(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    some: list[Job] = []
    size = 0
    for job in jobs:
        path = job.path if is_address(job.path) else os.path.abspath(job.path)
        some.append(job._replace(path=path))
        size += len(job.data or b"")
        if len(some) == _AT_ONCE or size > _BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _made_by(packs: Sequence[str]) -> str:
    from importlib.metadata import version

    from reportparse.packs import load_packs

    rules = sorted(pack.sha256 for pack in load_packs(packs, examples=False).values())
    return sha256(" ".join([version("reportparse"), *rules]).encode()).hexdigest()


def _on_worker(jobs: Sequence[Job], told: _Told) -> list[tuple[bytes, Mapping[str, Any], bool]]:
    """Parse some documents beside a worker of the cluster, and give what became of each in their order."""
    with _guard(told) as workers:
        done = {outcome.job.name: outcome for outcome in workers.outcomes(jobs)}
    return [(done[job.name].line, done[job.name].values, done[job.name].lost) for job in jobs]


@contextmanager
def _guard(told: _Told) -> Iterator[Workers]:
    """A process beside this thread of a worker of the cluster: one that is left from before, or a new one."""
    from distributed import get_worker

    idle: list[tuple[_Told, Workers]] = get_worker().__dict__.setdefault("reportparse", [])
    workers = None
    while workers is None and idle:
        told_then, left = idle.pop()
        if told_then == told:
            workers = left
        else:  # of another batch
            left.close()
    if workers is None:
        if _made_by(told.options["packs"]) != told.made_by:
            raise BatchError(
                "RP-BATCH-008", "集群上的 reportparse 版本或规则包与本机不同", "the cluster has another version of reportparse or of the packs"
            )  # fmt: skip
        workers = Workers(1, told.options, told.limits, told.read)
    try:
        yield workers
    except BaseException:
        workers.close()
        raise
    idle.append((told, workers))


def _release(dask_worker: Any) -> None:
    """End the processes that stand beside a worker."""
    for _, workers in dask_worker.__dict__.pop("reportparse", []):
        workers.close()


def _crashed(job: Job) -> Outcome:
    code, reason = "RP-BATCH-011", "集群进程崩溃"
    return Outcome(job, failure_line(job.name, code, reason), {"code": code, "reason": reason}, True)


def _unreachable(scheduler: str, reason: str) -> BatchError:
    return BatchError(
        "RP-BATCH-008",
        f"连不上 Dask 集群 {scheduler}（{reason}）",
        f"cannot reach the Dask cluster {scheduler} ({reason})",
    )

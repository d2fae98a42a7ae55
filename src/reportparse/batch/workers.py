"""Processes that parse one document at a time, and are replaced when one of them dies, hangs or grows too large.

The pools of the standard library lose everything after a worker that was killed, or wait for ever; here every worker has a
pipe of its own, so that it is always known which document it was at.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Protocol, Self

from reportparse.errors import BatchError, because
from reportparse.memory import hold

__all__ = ["Engine", "Job", "Limits", "Outcome", "Workers", "failure_line", "parsed"]

_GRACE = 5.0
"""Seconds that a worker has to end by itself."""
_START = 120.0
"""Seconds that it has to start, beside those for a document: many start at once on a busy machine."""


class Job(NamedTuple):
    """A document to parse: the file it is or is in, its name in the output, the hash of its bytes; for one in an archive which of
    the documents there it is, and its bytes once they have been fetched.
    """

    path: str
    name: str
    sha256: str
    inside: int | None = None
    data: bytes | None = None


class Outcome(NamedTuple):
    """What became of one: its line of output, and what the journal keeps. ``lost`` says that its worker was."""

    job: Job
    line: bytes
    values: Mapping[str, Any]
    lost: bool


class Engine(Protocol):
    """Who has documents parsed: processes of this machine, or of others."""

    def outcomes(self, jobs: Iterable[Job], stopped: Callable[[], bool] = ...) -> Iterator[Outcome]:
        """Every job exactly once, in any order. ``jobs`` is drawn from as there is work to give, and no further once ``stopped``
        says so: what is in hand then is finished.
        """


Reader = Callable[[Job, Mapping[str, Any]], tuple[bytes, dict[str, Any]]]


class Limits(NamedTuple):
    """Of one document: seconds, and megabytes of memory beyond what an idle worker has."""

    seconds: float
    megabytes: int


class _Worker:
    """One process, its pipe, and the document that it is at since when."""

    def __init__(self, context: Any, options: Mapping[str, Any], limits: Limits, read: Reader) -> None:
        self.pipe, other = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(other, options, limits, read), daemon=True)
        with _deaf(), _parental():
            self.process.start()
        other.close()
        self.job: Job | None = None
        self.is_ready = False
        self.since = time.monotonic()

    def give(self, job: Job) -> None:
        """Have a document read; its time runs from when the worker is ready."""
        self.job = job
        if self.is_ready:
            self.since = time.monotonic()
            self.pipe.send(job)

    def ready(self) -> None:
        self.is_ready = True
        if self.job is not None:
            self.give(self.job)

    def kill(self) -> None:
        self.process.kill()
        self.process.join(_GRACE)
        self.pipe.close()


class Workers:
    """``count`` processes that give outcomes in the order in which they end. ``read`` makes a document's line and values, in
    a process of its own, from the job and the ``options`` for all.
    """

    def __init__(self, count: int, options: Mapping[str, Any], limits: Limits, read: Reader | None = None) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.count = count
        self.options = options
        self.limits = limits
        self.read = read or parsed
        self.workers: list[_Worker] = []
        self.has_begun = False
        """Whether a process was ever ready: one that dies before any was dies of something else than its document."""

    def outcomes(self, jobs: Iterable[Job], stopped: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Every job exactly once. A worker that dies or is over its time is replaced. Once ``stopped`` says so, what is in hand
        is finished and nothing else begun. The workers stay for the next jobs, until :meth:`close`.

        Raises:
            BatchError: ``RP-BATCH-009`` no process can be begun here.
        """
        waiting = iter(jobs)
        try:
            for at, first in enumerate(islice(waiting, self.count)):
                self._give(self.workers[at] if at < len(self.workers) else self._start(), first)
            while any(worker.job is not None for worker in self.workers):
                for worker in self._ready():
                    outcome = self._taken(worker)
                    if outcome is None:
                        continue
                    worker.job = None
                    if outcome.lost:
                        self._end(worker)
                    yield outcome
                    following = None if stopped() else next(waiting, None)
                    if following is not None:
                        self._give(worker if worker in self.workers else self._start(), following)
        finally:
            for worker in [one for one in self.workers if one.job is not None]:
                self._end(worker)  # nobody waits for it any more

    def _give(self, worker: _Worker, job: Job) -> None:
        """Give a document to a worker, or to a new one if that has died since its last."""
        try:
            worker.give(job)
        except OSError:
            self._end(worker)
            self._start().give(job)

    def _end(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.kill()

    def _start(self) -> _Worker:
        try:
            worker = _Worker(self.context, self.options, self.limits, self.read)
        except OSError as error:
            if self.has_begun:
                raise
            raise _no_process(*because(error)) from error
        self.workers.append(worker)
        return worker

    def _ready(self) -> list[_Worker]:
        """The workers that have something to say, have died, or are over their time."""
        busy = [worker for worker in self.workers if worker.job is not None]
        left = min(self._until(worker) for worker in busy) - time.monotonic()
        said = set(wait([worker.pipe for worker in busy], timeout=max(0.0, min(left, 60.0))))
        now = time.monotonic()
        return [worker for worker in busy if worker.pipe in said or self._until(worker) < now]

    def _until(self, worker: _Worker) -> float:
        """When a worker's time is over: to start it has more than a document takes."""
        return worker.since + (self.limits.seconds if worker.is_ready else self.limits.seconds + _START)

    def _taken(self, worker: _Worker) -> Outcome | None:
        """What a worker says of its document, or what can be said of it without one; None where it says that it is ready."""
        job = worker.job
        assert job is not None
        if worker.pipe.poll():
            try:
                said = worker.pipe.recv()
                if said is None:
                    self.has_begun = True
                    worker.ready()
                    return None
            except (EOFError, OSError):
                worker.process.join(_GRACE)
                code = worker.process.exitcode
                died = signal.Signals(-code).name if code is not None and code < 0 else f"exit {code}"
                if not self.has_begun:
                    raise _no_process(died, died) from None
                return _failed(job, "RP-BATCH-011", f"解析进程崩溃（{died}）", worker.since)
            line, values = said
            return Outcome(job, line, values, False)
        return _failed(job, "RP-BATCH-010", f"超过 {self.limits.seconds:g} 秒", worker.since)

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _no_process(zh: str, en: str) -> BatchError:
    return BatchError("RP-BATCH-009", f"启动不了解析进程（{zh}）", f"no process that parses can be started ({en})")


def _failed(job: Job, code: str, reason: str, since: float) -> Outcome:
    values = {"code": code, "reason": reason, "seconds": time.monotonic() - since}
    return Outcome(job, failure_line(job.name, code, reason), values, True)


def failure_line(name: str, code: str, reason: str) -> bytes:
    """The line of a document that failed."""
    from reportparse.emit import to_json
    from reportparse.model import SCHEMA_VERSION

    error = {"code": code, "reason": reason}
    return f"{to_json({'schema_version': SCHEMA_VERSION, 'source': {'name': name}, 'error': error})}\n".encode()


def _work(pipe: Connection, options: Mapping[str, Any], limits: Limits, read: Reader) -> None:
    """Read what comes through the pipe until nothing does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the batch decides what happens then
    _rules(tuple(options.get("packs", ())))
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    hold(limits.megabytes)  # from here on: the stack of a thread counts as memory, too
    pipe.send(None)  # ready
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(read(job, options))


def _leave_with_parent() -> None:
    """End with the process that started this one, however that ends: nobody is left to watch over a document."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


@contextmanager
def _deaf() -> Iterator[None]:
    """Have what is started now not hear of an interruption: it is for whoever started the batch to decide."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _parental() -> Iterator[None]:
    """Let a process have children that multiprocessing says may have none, since it ends without waiting for them: ours end
    with it by themselves. The workers of a cluster are such processes.
    """
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    before = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = before


@cache
def _rules(packs: tuple[str, ...]) -> Any:
    from reportparse.packs import load_packs

    return load_packs(packs, examples=False)


def parsed(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """The line of a document, a report or a failure, and what the journal keeps of it."""
    from dataclasses import replace
    from hashlib import sha256

    from reportparse import parse
    from reportparse.batch.between import names_of
    from reportparse.batch.brief import brief_of
    from reportparse.batch.sources import read_source
    from reportparse.emit import to_json
    from reportparse.errors import ReportParseError
    from reportparse.readers import DEFAULT_MAX_BYTES, read

    reading = {key: value for key, value in options.items() if key != "packs"}
    began = time.perf_counter()
    try:
        most = reading.get("max_bytes", DEFAULT_MAX_BYTES)
        data = job.data if job.data is not None else read_source(job.path, most)
        if sha256(data).hexdigest() != job.sha256:
            raise ReportParseError("RP-BATCH-013", "文件在运行中被改动", "the file changed during the run")
        document = read(data, name=job.name, **reading)
        report = parse(document, packs=_rules(tuple(options.get("packs", ()))))
        # In an archive the name is the path below its folder: two folders can hold files of one name.
        report = replace(report, source=replace(report.source, name=job.name))
        line = f"{to_json(report)}\n".encode()
        kept = brief_of(report) | {"names": names_of(report, document.text)}
        brief = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    except ReportParseError as error:
        code, reason = error.code, error.reason
    except MemoryError:
        code, reason = "RP-BATCH-012", "超过内存上限"
    except Exception as error:  # a fault of ours must not cost the other files
        code, reason = "RP-INTERNAL-001", f"程序内部错误（{type(error).__name__}）"
    else:
        coverage = report.coverage
        wrong = sum(finding.outcome == "inconsistent" for finding in report.findings)
        return line, {
            "seconds": time.perf_counter() - began, "facts": len(report.facts), "quantities": coverage.quantities,
            "claimed": coverage.claimed, "inconsistent": wrong, "brief": brief,
        }  # fmt: skip
    values = {"code": code, "reason": reason, "seconds": time.perf_counter() - began}
    return failure_line(job.name, code, reason), values

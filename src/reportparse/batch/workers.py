"""Processes that parse one document at a time, and are replaced when one of them dies, hangs or grows too large.

The pools of the standard library lose everything after a worker that was killed, or wait for ever; here every worker has a
pipe of its own, so that it is always known which document it was at.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple

__all__ = ["Job", "Limits", "Outcome", "Workers", "failure_line", "parsed"]

_GRACE = 5.0
"""Seconds that a worker has to end by itself."""


class Job(NamedTuple):
    """A document to parse."""

    path: str
    name: str
    sha256: str


class Outcome(NamedTuple):
    """What became of one: its line of output, and what the journal keeps. ``lost`` says that its worker was."""

    job: Job
    line: bytes
    values: Mapping[str, Any]
    lost: bool


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
        self.process.start()
        other.close()
        self.job: Job | None = None
        self.since = 0.0

    def give(self, job: Job) -> None:
        self.job, self.since = job, time.monotonic()
        self.pipe.send(job)

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

    def outcomes(self, jobs: Sequence[Job], stopped: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
        """Every job exactly once. A worker that dies or is over its time is replaced. Once ``stopped`` says so, what is in hand
        is finished and nothing else begun.
        """
        waiting = iter(jobs)
        try:
            for first in islice(waiting, self.count):
                self._start().give(first)
            while any(worker.job is not None for worker in self.workers):
                for worker in self._ready():
                    outcome = self._taken(worker)
                    following = None if stopped() else next(waiting, None)
                    if outcome.lost:
                        self.workers.remove(worker)
                        worker.kill()
                        if following is not None:
                            self._start().give(following)
                    elif following is not None:
                        worker.give(following)
                    else:
                        worker.job = None
                    yield outcome
        finally:
            self.close()

    def _start(self) -> _Worker:
        worker = _Worker(self.context, self.options, self.limits, self.read)
        self.workers.append(worker)
        return worker

    def _ready(self) -> list[_Worker]:
        """The workers that have something to say, have died, or are over their time."""
        busy = [worker for worker in self.workers if worker.job is not None]
        now = time.monotonic()
        left = min(worker.since + self.limits.seconds - now for worker in busy)
        said = set(wait([worker.pipe for worker in busy], timeout=max(0.0, min(left, 60.0))))
        late = time.monotonic() - self.limits.seconds
        return [worker for worker in busy if worker.pipe in said or worker.since < late]

    def _taken(self, worker: _Worker) -> Outcome:
        """What a worker says of its document, or what can be said of it without one."""
        job = worker.job
        assert job is not None
        if worker.pipe.poll():
            try:
                line, values = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join(_GRACE)
                code = worker.process.exitcode
                died = signal.Signals(-code).name if code is not None and code < 0 else f"exit {code}"
                return _failed(job, "RP-BATCH-011", f"解析进程崩溃（{died}）", worker.since)
            return Outcome(job, line, values, False)
        return _failed(job, "RP-BATCH-010", f"超过 {self.limits.seconds:g} 秒", worker.since)

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.kill()
        self.workers.clear()


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
    _hold(limits.megabytes)
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(read(job, options))


@cache
def _rules(packs: tuple[str, ...]) -> Any:
    from reportparse.packs import load_packs

    return load_packs(packs, examples=False)


def parsed(job: Job, options: Mapping[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """The line of a document, a report or a failure, and what the journal keeps of it."""
    from dataclasses import replace
    from hashlib import sha256

    from reportparse import parse
    from reportparse.emit import to_json
    from reportparse.errors import ReportParseError
    from reportparse.readers import read

    reading = {key: value for key, value in options.items() if key != "packs"}
    began = time.perf_counter()
    try:
        with open(job.path, "rb") as file:
            data = file.read()
        if sha256(data).hexdigest() != job.sha256:
            raise ReportParseError("RP-BATCH-013", "文件在运行中被改动", "the file changed during the run")
        document = read(data, name=job.name, **reading)
        report = parse(document, packs=_rules(tuple(options.get("packs", ()))))
        # In an archive the name is the path below its folder: two folders can hold files of one name.
        report = replace(report, source=replace(report.source, name=job.name))
        line = f"{to_json(report)}\n".encode()
    except ReportParseError as error:
        code, reason = error.code, error.reason
    except MemoryError:
        code, reason = "RP-BATCH-012", "超过内存上限"
    except FileNotFoundError:
        code, reason = "RP-READ-001", "文件不存在"
    except OSError as error:
        code, reason = "RP-READ-010", f"读取失败（{error.strerror}）"
    except Exception as error:  # a fault of ours must not cost the other files
        code, reason = "RP-INTERNAL-001", f"程序内部错误（{type(error).__name__}）"
    else:
        coverage = report.coverage
        wrong = sum(finding.outcome == "inconsistent" for finding in report.findings)
        return line, {
            "seconds": time.perf_counter() - began, "facts": len(report.facts), "quantities": coverage.quantities,
            "claimed": coverage.claimed, "inconsistent": wrong,
        }  # fmt: skip
    values = {"code": code, "reason": reason, "seconds": time.perf_counter() - began}
    return failure_line(job.name, code, reason), values


def _hold(megabytes: int) -> None:
    """Let this process have so much more memory than it has now, where the system can hold it to that."""
    if sys.platform == "win32" or not os.path.exists("/proc/self/statm"):
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = now + megabytes * 1_000_000
    if most == resource.RLIM_INFINITY or limit < most:
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))

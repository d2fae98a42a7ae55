"""One run over an archive: what is new is parsed, what is done is left, and the output is that of one clean run."""

from __future__ import annotations

import csv
import errno
import json
import os
import sqlite3
import stat
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.batch.inputs import Input, inputs
from reportparse.batch.journal import Entry, Journal, read_entries
from reportparse.batch.workers import Job, Limits, Outcome, Workers, failure_line
from reportparse.errors import BatchError
from reportparse.packs import load_packs
from reportparse.readers.txt import well_formed

__all__ = ["Progress", "Settings", "Summary", "run", "status"]

_SLOWEST = 10
_PASSING = frozenset({"RP-READ-001", "RP-READ-010", "RP-BATCH-011", "RP-BATCH-013"})
"""Failures of the moment rather than of the document, which every run tries again."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told: the ``paths`` of files and folders, those that a list names (``listed``), the ``output`` folder, how many ``workers`` (0: one a core),
    ``seconds`` and ``megabytes`` that one document may take, rule ``packs``, what to ``include`` and ``exclude``, whether to
    ``retry`` what failed, the ``version`` of the program, another one of which parses all again, and the options of :func:`reportparse.parse` that hold for all (``reading``).
    """

    paths: Sequence[str]
    output: str
    workers: int = 0
    seconds: float = 120.0
    megabytes: int = 2_000
    packs: Sequence[str] = ()
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    retry: bool = False
    version: str = ""
    listed: Sequence[str] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)


class Progress(NamedTuple):
    """How far a run is: documents to parse in it, of these done and failed."""

    total: int
    done: int
    failed: int


class Summary(NamedTuple):
    """What became of all inputs: how many there are, of how many different contents, parsed and failed (by code), how many of
    this run's own (``new``), how many wait because the run was stopped; quantities seen and claimed; documents with an
    inconsistent finding; the slowest, with their seconds.
    """

    inputs: int
    contents: int
    parsed: int
    failed: int
    waiting: int
    new: int
    failures: dict[str, int]
    quantities: int
    claimed: int
    inconsistent: int
    slowest: list[tuple[str, float]]


def run(
    settings: Settings,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Parse an archive into ``settings.output``: ``reports.jsonl``, one line for every content, reports and failures alike, in
    the order of their first names; ``files.csv``, one row for every input; ``summary.json``.

    A run goes on where the last one over the same output was, whenever that ended: what has the same bytes, packs, version
    and options is not parsed again.

    Raises:
        BatchError: the inputs or the output cannot be used.
        PackError: a rule pack is broken.
    """
    try:
        return _run(settings, progress, stopped)
    except (sqlite3.Error, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BatchError(
            "RP-BATCH-002", f"写不了 {settings.output}（{reason}）", f"cannot write {settings.output} ({reason})"
        ) from error


def _run(settings: Settings, progress: Callable[[Progress], None], stopped: Callable[[], bool]) -> Summary:
    packs = load_packs(settings.packs, examples=False)
    said = {"version": settings.version, "packs": sorted(rules.sha256 for rules in packs.values()), **settings.reading}
    made_by = sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
    found = list(
        inputs(
            settings.paths,
            listed=settings.listed,
            include=settings.include,
            exclude=settings.exclude,
            leave=settings.output,
        )
    )
    with Journal(settings.output, made_by) as journal:
        jobs, lost = _hashed(_renamed(found))
        journal.begin({job.name: job.sha256 for job in (*jobs, *(job for job, _ in lost))})
        waiting = _to_do(jobs, journal, settings.retry)
        for job, reason in lost:
            journal.add(
                failure_line(job.name, "RP-READ-010", reason),
                job.sha256,
                job.name,
                {"code": "RP-READ-010", "reason": reason},
            )
        done = failed = 0
        workers = Workers(
            settings.workers or os.cpu_count() or 1,
            {**settings.reading, "packs": tuple(settings.packs)},
            Limits(settings.seconds, settings.megabytes),
        )
        for outcome in workers.outcomes(waiting, stopped):
            if outcome.lost and stopped():
                continue  # who interrupted the run may have ended the worker
            _keep(journal, outcome)
            done += 1
            failed += "code" in outcome.values
            progress(Progress(len(waiting), done, failed))
        journal.tidy()
    summary = _summed(*read_entries(settings.output), new=done)
    _write(Path(settings.output), summary)
    return summary


def status(output: str) -> Summary:
    """How far the run over an output is, while it runs or after.

    Raises:
        BatchError: the folder is no output of a batch.
    """
    return _summed(*read_entries(output), new=0)


def _renamed(found: Sequence[Input]) -> list[Input]:
    """Every input with a name of its own: two folders can hold files of one name, and two names be the same but for bytes that
    are no text.
    """
    times = Counter(one.name for one in found)
    made: list[Input] = []
    taken: set[str] = set()
    for one in found:
        name = one.name if times[one.name] == 1 else well_formed(Path(one.path).as_posix())
        unique, number = name, 1
        while unique in taken:
            number += 1
            unique = f"{name}#{number}"
        taken.add(unique)
        made.append(one._replace(name=unique))
    return made


def _hashed(found: Sequence[Input]) -> tuple[list[Job], list[tuple[Job, str]]]:
    """The inputs with the hash of their bytes; and those that cannot be read, with the reason."""
    jobs: list[Job] = []
    lost: list[tuple[Job, str]] = []
    for one in found:
        digest = sha256()
        try:
            if not stat.S_ISREG(os.stat(one.path).st_mode):
                raise OSError(errno.EINVAL, "不是普通文件")  # a pipe would never end
            with open(one.path, "rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        except OSError as error:
            lost.append((Job(one.path, one.name, f"unread:{one.name}"), f"读取失败（{error.strerror}）"))
        else:
            jobs.append(Job(one.path, one.name, digest.hexdigest()))
    return jobs, lost


def _to_do(jobs: Sequence[Job], journal: Journal, retry: bool) -> list[Job]:
    """The first of every content that has no line yet, or one under another name, or failed and is to be tried again."""
    first: dict[str, Job] = {}
    for job in sorted(jobs, key=lambda job: job.name):
        first.setdefault(job.sha256, job)
    done = journal.done()
    found: list[Job] = []
    for job in first.values():
        entry = done.get(job.sha256)
        again = entry is not None and (entry.code in _PASSING or (retry and entry.code is not None))
        if entry is not None and entry.name == job.name and not again:
            continue
        if entry is not None:
            journal.forget(job.sha256)
        found.append(job)
    return found


def _keep(journal: Journal, outcome: Outcome) -> None:
    journal.add(outcome.line, outcome.job.sha256, outcome.job.name, outcome.values)


def _summed(done: Sequence[tuple[str, Entry]], waiting: int, *, new: int) -> Summary:
    contents = {entry.sha256: entry for _, entry in done}.values()
    failures = Counter(entry.code for _, entry in done if entry.code is not None)
    slowest = sorted(contents, key=lambda entry: (-entry.seconds, entry.name))[:_SLOWEST]
    return Summary(
        len(done) + waiting, len(contents), sum(entry.code is None for _, entry in done), failures.total(), waiting, new,
        dict(sorted(failures.items())), sum(entry.quantities for entry in contents), sum(entry.claimed for entry in contents),
        sum(entry.inconsistent > 0 for entry in contents), [(entry.name, round(entry.seconds, 3)) for entry in slowest],
    )  # fmt: skip


def _write(folder: Path, summary: Summary) -> None:
    """``summary.json``, and ``files.csv`` with a row for every input: Excel reads it as UTF-8 by the mark at its beginning."""
    done, _ = read_entries(str(folder))
    head = ("file", "sha256", "parsed_as", "state", "code", "reason", "facts", "quantities", "claimed", "inconsistent")
    temporary = folder / "files.csv.new"
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        for name, entry in done:
            state = "parsed" if entry.code is None else "failed"
            row = (name, entry.sha256, entry.name, state, entry.code, entry.reason)
            counts = (entry.facts, entry.quantities, entry.claimed, entry.inconsistent)
            table.writerow([_safe(cell) for cell in row] + list(counts))
    os.replace(temporary, folder / "files.csv")
    temporary = folder / "summary.json.new"
    temporary.write_text(json.dumps(summary._asdict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, folder / "summary.json")


def _safe(cell: str | None) -> str:
    """No name of a file is a formula."""
    text = cell or ""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

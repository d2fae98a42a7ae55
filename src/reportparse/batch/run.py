"""One run over an archive: what is new is parsed, what is done is left, and the output is that of one clean run."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from reportparse.batch.between import between
from reportparse.batch.inputs import Selection, inputs
from reportparse.batch.intake import Intake
from reportparse.batch.journal import LINES, Entry, Journal, keep_pages, read_briefs, read_entries, read_pages
from reportparse.batch.overview import Row, Told, overview
from reportparse.batch.workers import Engine, Job, Limits, Outcome, Workers, failure_line
from reportparse.errors import BatchError, because
from reportparse.packs import Rules, lineage, load_packs
from reportparse.readers import DEFAULT_MAX_BYTES

__all__ = ["FILES", "PAGE", "WORST_FIRST", "Progress", "Settings", "Summary", "link_pages", "run", "status"]

FILES = "files.csv"
_FORMULA = "=+-@\t\r\n＝＋－＠"
"""What a cell that is a formula begins with, in Chinese and Japanese programs in full width, too."""
PAGE = "index.html"
_UNREAD = "unread:"
"""What stands before the name of an input in place of the hash of its bytes, where there are none."""
WORST_FIRST = ("inconsistent", "truncated", "improbable", "unusual", "not_checkable", "consistent")
"""How findings come out, what weighs most first."""
_LISTED = 10
"""Documents that a summary names of a kind."""
_PASSING = frozenset({"RP-READ-001", "RP-READ-010", "RP-BATCH-011", "RP-BATCH-013"})
"""Failures of the moment rather than of the document, which every run tries again."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told: the ``paths`` of files and folders, those that a list names (``listed``), the ``output`` folder, how
    many ``workers`` (0: one a core), ``seconds`` and ``megabytes`` that one document may take, rule ``packs``, what to
    ``include`` and ``exclude``, whether to ``retry`` what failed in earlier runs, how often to try again within this one what
    cost its worker or failed for a reason of the moment (``retries``), the ``version`` of the program, another one of which
    parses all again, and the options of :func:`reportparse.parse` that hold for all (``reading``).
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
    retries: int = 1

    @property
    def options(self) -> dict[str, Any]:
        """What a worker is told, whichever machine it is on."""
        return {**self.reading, "packs": tuple(self.packs)}


class Progress(NamedTuple):
    """How far a run is: documents to parse in it (None while they are still being looked for), of these done (or found) and
    failed.
    """

    total: int | None
    done: int
    failed: int


class Summary(NamedTuple):
    """What became of all inputs: how many there are, of how many different contents, parsed (of these ``copies`` by the line of
    another one of the same content) and failed (by code), how many of this run's own (``new``), how many wait because the run was
    stopped; quantities seen and claimed; documents with an inconsistent finding, and those with most of them; the slowest, with
    their seconds; files that were ``skipped``, which are no inputs, by the endings of their names; how many inputs of the last
    run over the same output are none of this one's (``gone``), so that there are no lines of theirs any more; how many findings
    between reports came out in which way (``between``), the consistent ones left out; the ids of ``packs`` that were given and
    read no part of any report (``idle``).
    """

    inputs: int
    contents: int
    parsed: int
    copies: int
    failed: int
    waiting: int
    new: int
    failures: dict[str, int]
    quantities: int
    claimed: int
    inconsistent: int
    worst: list[tuple[str, int]]
    slowest: list[tuple[str, float]]
    skipped: dict[str, int]
    gone: int = 0
    between: Mapping[str, int] = MappingProxyType({})
    idle: tuple[str, ...] = ()


def run(
    settings: Settings,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
    engine: Engine | None = None,
) -> Summary:
    """Parse an archive into ``settings.output``: ``reports.jsonl``, one line for every content, reports and failures alike, in
    the order of their first names; ``files.csv``, one row for every input; ``summary.json``; ``index.html``. The documents are
    parsed by ``engine``, or by processes of this machine.

    A run goes on where the last one over the same output was, whenever that ended: what has the same bytes, packs, version
    and options is not parsed again. Where no input is found at all, an output that is there stays as it is: a share that is
    not mounted is an empty folder.

    Raises:
        BatchError: the inputs or the output cannot be used.
        PackError: a rule pack is broken.
        KeyboardInterrupt: ``stopped`` said so before any document was begun.
    """
    try:
        return _run(settings, progress, stopped, engine)
    except (sqlite3.Error, OSError) as error:
        zh, en = because(error)
        raise BatchError(
            "RP-BATCH-002", f"写不了 {settings.output}（{zh}）", f"cannot write {settings.output} ({en})"
        ) from error


def _run(
    settings: Settings,
    progress: Callable[[Progress], None],
    stopped: Callable[[], bool],
    engine: Engine | None,
) -> Summary:
    packs = load_packs(settings.packs, examples=False)
    said = {"version": settings.version, "packs": sorted(rules.sha256 for rules in packs.values()), **settings.reading}
    made_by = sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
    selection = Selection(settings.include, settings.exclude)
    found = list(inputs(settings.paths, selection, listed=settings.listed, leave=settings.output))
    if not found:
        return _summed([], 0, selection.skipped)
    intake = Intake(selection, settings.reading.get("max_bytes", DEFAULT_MAX_BYTES))
    with Journal(settings.output, made_by) as journal:
        jobs, lost = intake.take(found, lambda count: progress(Progress(None, count, 0)), stopped)
        if not jobs and not lost:
            return _summed([], 0, selection.skipped)
        names = {job.name: job.sha256 for job in jobs} | {one.name: f"{_UNREAD}{one.name}" for one in lost}
        gone = journal.begin(names, selection.skipped)
        for one in lost:
            values = {"code": one.error.code, "reason": one.error.reason}
            journal.add(failure_line(one.name, one.error.code, one.error.reason), names[one.name], one.name, values)
        waiting = _to_do(jobs, journal, settings.retry)
        done = failed = 0
        for outcome in _outcomes(waiting, settings, intake, stopped, engine):
            journal.add(outcome.line, outcome.job.sha256, outcome.job.name, outcome.values)
            done += 1
            failed += "code" in outcome.values
            progress(Progress(len(waiting), done, failed))
        journal.tidy()
        laid = _laid_beside(Path(settings.output))
        summary = status(settings.output)._replace(
            new=done, gone=gone, between=dict(Counter(one.outcome for one in laid)), idle=_idle(settings, packs)
        )
        _write(Path(settings.output), summary, laid)
    return summary


def _laid_beside(folder: Path) -> list[Told]:
    """What does not agree between the reports, the worst first."""
    found = [one for one in between(folder / LINES) if one.finding.outcome != "consistent"]
    found.sort(key=lambda one: (WORST_FIRST.index(one.finding.outcome), -(one.difference or 0)))
    return [Told(one.finding.outcome, one.finding.code, one.finding.message, one.finding.message_en) for one in found]


def _idle(settings: Settings, packs: Mapping[str, Rules]) -> tuple[str, ...]:
    """The packs that were given and read no part of any report."""
    if not settings.packs:
        return ()
    used: set[str] = set()
    for _, brief in read_briefs(settings.output):
        for pack in (brief or {}).get("packs", ()):
            used.update(rules.id for rules in lineage(packs[pack], packs))
    return tuple(sorted(rules.id for rules in packs.values() if not rules.trusted and rules.id not in used))


def link_pages(output: str, pages: Mapping[str, str]) -> None:
    """Have the page of a batch lead to the pages for review, whose paths from the output folder ``pages`` gives by the names of
    their reports; every later run over it keeps the links of those that are there.

    Raises:
        BatchError: ``RP-BATCH-002`` the folder is no output of a batch, or cannot be written.
    """
    try:
        keep_pages(output, pages)
        folder = Path(output)
        _write_page(folder, status(output).waiting, _laid_beside(folder))
    except (sqlite3.Error, OSError) as error:
        zh, en = because(error)
        raise BatchError("RP-BATCH-002", f"写不了 {output}（{zh}）", f"cannot write {output} ({en})") from error


def _outcomes(
    jobs: Sequence[Job], settings: Settings, intake: Intake, stopped: Callable[[], bool], engine: Engine | None
) -> Iterator[Outcome]:
    """What became of each document, once it is final: what may go well another time is tried again at the end."""
    if engine is None:
        limits = Limits(settings.seconds, settings.megabytes)
        with Workers(settings.workers or os.cpu_count() or 1, settings.options, limits) as workers:
            yield from _outcomes(jobs, settings, intake, stopped, workers)
        return
    for left in range(settings.retries, -1, -1):
        again: list[Job] = []
        for outcome in engine.outcomes(intake.feed(jobs), stopped):
            if stopped() and outcome.lost:
                continue  # who interrupted the run may have ended the worker
            if left and (outcome.lost or outcome.values.get("code") in _PASSING):
                again.append(outcome.job._replace(data=None))
            else:
                yield outcome
        jobs = again
        if not again or stopped():
            return


def status(output: str) -> Summary:
    """How far the run over an output is, while it runs or after.

    Raises:
        BatchError: the folder is no output of a batch.
    """
    return _summed(*read_entries(output))


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


def _summed(done: Sequence[tuple[str, Entry]], waiting: int, skipped: Mapping[str, int]) -> Summary:
    contents = {entry.sha256: entry for _, entry in done}.values()
    failures = Counter(entry.code for _, entry in done if entry.code is not None)
    worst = sorted((one for one in contents if one.inconsistent), key=lambda one: (-one.inconsistent, one.name))[
        :_LISTED
    ]
    slowest = sorted(contents, key=lambda one: (-one.seconds, one.name))[:_LISTED]
    return Summary(
        len(done) + waiting, len(contents), sum(entry.code is None for _, entry in done),
        sum(entry.code is None and entry.name != name for name, entry in done), failures.total(), waiting, 0,
        dict(sorted(failures.items())), sum(entry.quantities for entry in contents), sum(entry.claimed for entry in contents),
        sum(entry.inconsistent > 0 for entry in contents), [(one.name, one.inconsistent) for one in worst],
        [(one.name, round(one.seconds, 3)) for one in slowest], dict(skipped), between={},
    )  # fmt: skip


def _write(folder: Path, summary: Summary, laid: Sequence[Told]) -> None:
    """``files.csv`` with a row for every input, which Excel reads as UTF-8 by the mark at its beginning; ``index.html``; and
    ``summary.json``.
    """
    done, _, _ = read_entries(str(folder))
    head = ("file", "sha256", "parsed_as", "state", "code", "reason", "facts", "quantities", "claimed", "inconsistent")
    temporary = folder / f"{FILES}.new"
    with temporary.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        for name, entry in done:
            state = "parsed" if entry.code is None else "failed"
            digest = "" if entry.sha256.startswith(_UNREAD) else entry.sha256
            row = (name, digest, entry.name, state, entry.code, entry.reason)
            counts = (entry.facts, entry.quantities, entry.claimed, entry.inconsistent)
            table.writerow([_safe(cell) for cell in row] + list(counts))
    os.replace(temporary, folder / FILES)
    _write_page(folder, summary.waiting, laid)
    _put(folder / "summary.json", json.dumps(summary._asdict(), ensure_ascii=False, indent=1) + "\n")


def _write_page(folder: Path, waiting: int, laid: Sequence[Told]) -> None:
    done, _, _ = read_entries(str(folder))
    pages = read_pages(str(folder))
    rows = (
        Row(name, entry.name if entry.name != name else None, entry.code, entry.reason, entry.seconds, brief,
            quote(pages[name]) if name in pages else None)
        for (name, entry), (_, brief) in zip(done, read_briefs(str(folder)), strict=True)
    )  # fmt: skip
    _put(folder / PAGE, overview(rows, title=folder.resolve().name, waiting=waiting, between=laid))


def _put(path: Path, text: str) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def _safe(cell: str | None) -> str:
    """No name of a file is a formula."""
    text = cell or ""
    return f"'{text}" if text[:1] in _FORMULA and text else text

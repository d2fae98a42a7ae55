"""From inputs to documents to parse: each with a name of its own and the hash of its bytes, or the reason why it has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from reportparse.batch.archives import Bounds, Member, members
from reportparse.batch.inputs import Input, Selection, called
from reportparse.batch.sources import is_address, open_source
from reportparse.batch.workers import Job
from reportparse.errors import ReadError, ReportParseError

__all__ = ["Intake", "Lost"]

_CHUNK = 1 << 20
_AT_ONCE = 16
"""Files at addresses that are fetched at the same time: most of it is waiting."""


class Lost(NamedTuple):
    """An input of which there are no bytes."""

    name: str
    error: ReportParseError


class _Seen(NamedTuple):
    """A document before it has a name of its own: what it is called, and what else if another is called so."""

    path: str
    name: str
    full: str
    inside: int | None
    found: str | ReportParseError


class Intake:
    """What the inputs of a run hold. Two walks go over the same inputs: :meth:`take` looks at every byte of theirs,
    :meth:`feed` fetches those of the documents that are to be parsed and that nobody can read by their path alone.
    """

    def __init__(self, selection: Selection, max_bytes: int) -> None:
        self.selection = selection
        self.bounds = Bounds(max_bytes)
        self._archives: dict[str, str] = {}

    def take(
        self, found: Sequence[Input], tell: Callable[[int], None], stopped: Callable[[], bool]
    ) -> tuple[list[Job], list[Lost]]:
        """Every document and every input that is none, each with a name that no other has. ``tell`` hears how many there are.

        Raises:
            KeyboardInterrupt: ``stopped`` said so.
        """
        seen: list[_Seen] = []
        for one in self._seen(found):
            seen.append(one)
            tell(len(seen))
            if stopped():
                raise KeyboardInterrupt
        jobs: list[Job] = []
        lost: list[Lost] = []
        for one, name in zip(seen, _names(seen), strict=True):
            if isinstance(one.found, ReportParseError):
                lost.append(Lost(name, one.found))
            else:
                jobs.append(Job(one.path, name, one.found, one.inside))
        return jobs, lost

    def _seen(self, found: Sequence[Input]) -> Iterator[_Seen]:
        far = [one.path for one in found if is_address(one.path) and not one.is_archive]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            fetched = pool.map(self._digest, far)  # no thread is started for none
            for one in found:
                full = called(one.path if is_address(one.path) else Path(one.path).as_posix())
                if one.is_archive:
                    yield from self._inside(one, full)
                else:
                    got = next(fetched) if is_address(one.path) else self._digest(one.path)
                    yield _Seen(one.path, one.name, full, None, got)

    def _inside(self, one: Input, full: str) -> Iterator[_Seen]:
        self._archives[one.path] = one.name
        there: dict[str, tuple[int, str | ReportParseError]] = {}
        links: list[Member] = []
        within, asked = _within(one.name, self.selection), 0

        def takes(below: str) -> bool:
            nonlocal asked
            asked += 1
            return within(below)

        try:
            with open_source(one.path) as file:
                for member in members(file, one.name, takes, self.bounds):
                    if member.link is not None:
                        links.append(member)
                        continue
                    below = f"/{member.name}" if member.name else ""
                    got = member.error or sha256(member.data or b"").hexdigest()
                    there[member.name] = member.number, got
                    yield _Seen(one.path, one.name + below, full + below, member.number, got)
            if not (asked or there or links):
                raise ReadError("RP-READ-004", "压缩包里没有文件", "there is no file in the archive")
        except ReportParseError as error:
            yield _Seen(one.path, one.name, full, None, error)
        for link in links:
            names = f"{one.name}/{link.name}", f"{full}/{link.name}"
            if link.link not in there:
                lost = ReadError(
                    "RP-READ-001",
                    f"链接到 {link.link}，那里没有读到文件",
                    f"a link to {link.link}, where no file was read",
                )
                yield _Seen(one.path, *names, link.number, lost)
            elif link.is_copy:
                yield _Seen(one.path, *names, *there[link.link])

    def _digest(self, path: str) -> str | ReportParseError:
        digest, size, most = sha256(), 0, self.bounds.member
        try:
            with open_source(path) as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    if size > most:
                        return ReadError(
                            "RP-READ-006", f"文件超过上限 {most} 字节", f"larger than the limit of {most} bytes"
                        )
        except ReportParseError as error:
            return error
        except Exception as error:  # of whatever store it is in
            return ReadError(
                "RP-READ-010", f"读取失败（{type(error).__name__}）", f"reading failed ({type(error).__name__})"
            )
        return digest.hexdigest()

    def feed(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """The same documents, those in archives with their bytes: one archive after another, each gone through once."""
        packed: dict[str, dict[int, Job]] = {}
        for job in jobs:
            if job.inside is None:
                yield job
            else:
                packed.setdefault(job.path, {})[job.inside] = job
        for path, wanted in packed.items():
            yield from self._fetched(path, wanted)

    def _fetched(self, path: str, wanted: dict[int, Job]) -> Iterator[Job]:
        left, name = dict(wanted), self._archives[path]
        takes = _within(name, Selection(self.selection.include, self.selection.exclude))  # nothing is counted twice
        try:
            with open_source(path) as file:
                for member in members(file, name, takes, self.bounds, wanted):
                    if member.number in left and member.data is not None:
                        yield left.pop(member.number)._replace(data=member.data)
                    if not left:
                        return
        except ReportParseError:
            pass  # what is left says so
        for job in left.values():
            yield job._replace(data=b"")  # not the bytes that were there: its worker finds the change


def _within(archive: str, selection: Selection) -> Callable[[str], bool]:
    """What is chosen of an archive: to a pattern it is a folder. In hidden folders there is nothing, as outside."""
    return lambda below: not below.startswith(".") and "/." not in below and selection.takes(f"{archive}/{below}")


def _names(seen: Sequence[_Seen]) -> Iterator[str]:
    """A name for each: two folders can hold files of one name, and two names be the same but for bytes that are no text. Where
    the place tells them apart it is in their names, else a number is.
    """
    times = Counter(name for name, _ in {(one.name, one.full) for one in seen})
    taken: set[str] = set()
    for one in seen:
        name = one.name if times[one.name] == 1 else one.full
        unique, number = name, 1
        while unique in taken:
            number += 1
            unique = f"{name}#{number}"
        taken.add(unique)
        yield unique

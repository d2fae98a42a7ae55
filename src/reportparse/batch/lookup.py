"""The way back: from the name that a document has in the output of a batch to its bytes."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportparse.batch.archives import Bounds, is_archive, members
from reportparse.batch.inputs import called
from reportparse.batch.sources import open_source, read_source
from reportparse.errors import ReadError, ReportParseError, VerifyError

__all__ = ["originals"]

_TWIN = re.compile(r"#\d+\Z")
"""What a batch writes behind the name of the second of two members that are called the same."""

Original = tuple[str, bytes | ReportParseError]


def originals(names: Iterable[str], root: str, max_bytes: int) -> Iterator[Original]:
    """The bytes of every name, or why there are none; those in archives come last, each archive gone through once.

    ``root`` is what the batch was given: a folder, or an archive. A name that is no path below it is tried as it stands, as it is
    where two inputs had files of one name.
    """
    folder = root if os.path.isdir(root) else os.path.dirname(root)
    packed: dict[str, dict[str, str]] = {}
    odd: dict[str, str] | None = None
    for name in names:
        path = os.path.join(folder, name)
        if not os.path.exists(path) and os.path.exists(name):
            path = name
        archive = _archive_of(path)
        if archive is not None:
            packed.setdefault(archive, {})[os.path.relpath(path, archive).replace(os.sep, "/")] = name
            continue
        if not os.path.exists(path):
            if odd is None:
                odd = _by_called(folder)
            path = odd.get(name, path)
        if not os.path.exists(path):
            yield name, _lost(name, root)
            continue
        try:
            yield name, _whole(read_source(path, max_bytes), max_bytes)
        except ReportParseError as error:
            yield name, error
    for archive, wanted in packed.items():
        yield from _inside(archive, wanted, max_bytes)


def _whole(data: bytes, max_bytes: int) -> bytes | ReportParseError:
    if len(data) <= max_bytes:
        return data
    return ReadError("RP-READ-006", f"文件超过上限 {max_bytes} 字节", f"larger than the limit of {max_bytes} bytes")


def _lost(name: str, root: str) -> VerifyError:
    return VerifyError("RP-VERIFY-003", f"{root} 下没有 {name}", f"there is no {name} under {root}")


def _archive_of(path: str) -> str | None:
    """The archive that a path leads into, the outermost."""
    parts = Path(path).parents
    return next((str(p) for p in reversed(parts) if is_archive(p.name) and p.is_file()), None)


def _by_called(folder: str) -> dict[str, str]:
    """Files whose names are no Unicode, by what a batch calls them."""
    found = {}
    for at, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(at, name)
            found[called(Path(path).relative_to(folder).as_posix())] = path
    return found


def _inside(archive: str, wanted: dict[str, str], max_bytes: int) -> Iterator[Original]:
    left = dict(wanted)
    bases = {_TWIN.sub("", name) for name in wanted}.union(wanted)
    times: Counter[str] = Counter()
    linked: dict[str, str] = {}
    damaged: dict[str, ReportParseError] = {}
    try:
        with open_source(archive) as file:
            takes = lambda below: below in bases or any(name.startswith(f"{below}/") for name in bases)  # noqa: E731
            for member in members(file, os.path.basename(archive), takes, Bounds(max_bytes)):
                times[member.name] += 1
                inside = member.name if times[member.name] == 1 else f"{member.name}#{times[member.name]}"
                if inside not in left:
                    if member.error is not None:
                        damaged[member.name] = member.error
                    continue
                if member.link is not None:
                    linked[member.link] = inside
                    continue
                name = left.pop(inside)
                yield name, member.error or member.data or b""
    except ReportParseError as error:
        for name in left.values():
            yield name, error
        return
    again = {target: left.pop(link) for target, link in linked.items() if target not in wanted}
    if again:  # a file that a TAR has as a copy of one that was not asked for
        yield from _inside(archive, again, max_bytes)
    for below, name in left.items():
        within = (error for at, error in damaged.items() if not at or below.startswith(f"{at}/"))
        yield name, next(within, None) or _lost(name, archive)

"""A file for every report, in folders as its name has them: for whoever works file by file.

What a report is called comes from outside. A name never leaves the folder, is one that Windows and other systems take, and is
that of one report alone, also where case or the way accents are written does not count.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from reportparse.errors import BatchError
from reportparse.export.csvs import plain
from reportparse.export.documents import Lines
from reportparse.export.rows import name_of
from reportparse.export.written import Written

__all__ = ["INDEX", "Names", "free", "write_separate"]

INDEX = "index.csv"
"""Which file is whose."""
_HEAD = ("file", "json", "state", "sha256")
_REFUSED = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]')
"""What Windows refuses in a name, and what is not seen in one."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|\Z)", re.IGNORECASE)
_PART = 180
"""Bytes of one part of a path; file systems take 255, and ``.json`` and a mark come on top."""
_PATH = 200
"""Characters of a path below the folder; Windows takes 259 with all that is before it."""


class Names:
    """Where the report of a name goes, as a path below the folder, each another one."""

    def __init__(self) -> None:
        self._files = {_key(INDEX)}
        self._folders: set[str] = set()

    def path_for(self, name: str) -> str:
        """A path of its own, with ``/`` between its parts."""
        parts = [_part(part) for part in re.split(r"[/\\]", name) if part not in ("", ".")] or ["_"]
        for path in self._candidates(parts, name):
            keys = [_key(path[: at.start()]) for at in re.finditer("/", path)]
            own = _key(path)
            if own not in self._files and own not in self._folders and self._files.isdisjoint(keys):
                self._files.add(own)
                self._folders.update(keys)
                return path
        raise AssertionError("names do not end")

    @staticmethod
    def _candidates(parts: list[str], name: str) -> Iterator[str]:
        mark = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        whole = "/".join(parts)
        if len(whole.encode("utf-16-le")) // 2 <= _PATH:
            yield f"{whole}.json"
            yield f"{whole}~{mark}.json"
        last = _cut(parts[-1], 100)
        yield f"{last}~{mark}.json"
        number = 1
        while True:
            number += 1
            yield f"{last}~{mark}-{number}.json"


def _part(part: str) -> str:
    plain = _REFUSED.sub("_", part)
    plain = re.sub(r"[. ]+\Z", lambda found: "_" * len(found[0]), plain)  # Windows drops them, and ".." leads out
    plain = f"_{plain}" if _DEVICE.match(plain) else plain
    if len(plain.encode("utf-8")) <= _PART:
        return plain
    return f"{_cut(plain, _PART - 20)}~{sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8")[:size].decode("utf-8", "ignore")


def _key(path: str) -> str:
    """The same for paths that some system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def write_separate(lines: Lines, folder: Path, _: object) -> Written:
    """``NAME.json`` in ``folder`` for every line, its very bytes, failures too; and ``index.csv``, which says which file is whose.

    A folder that an earlier export wrote is replaced as a whole; one that holds anything else is left alone.
    """
    folder = Path(os.path.abspath(folder))
    free(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    counts = {"reports": 0, "failures": 0}
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)  # what a killed run left
    beside.mkdir()
    try:
        new = beside / "new"
        new.mkdir()
        names = Names()
        with (new / INDEX).open("w", encoding="utf-8-sig", newline="") as file:
            index = csv.writer(file)
            index.writerow(_HEAD)
            for line, document in lines.with_bytes():
                name, state = name_of(document), "failures" if "error" in document else "reports"
                path = names.path_for(name)
                place = new.joinpath(*path.split("/"))
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(line)
                index.writerow((plain(name), plain(path), state, document["source"].get("sha256")))
                counts[state] += 1
        _replace(new, folder, beside / "old")
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return Written(counts)


def free(folder: Path) -> None:
    """Nothing is lost where ``folder`` is replaced.

    Raises:
        BatchError: ``RP-BATCH-007`` it holds what no export of this form wrote.
    """
    if not folder.exists() and not folder.is_symlink():
        return
    listed = {INDEX}
    if (folder / INDEX).is_file():
        with (folder / INDEX).open(encoding="utf-8-sig", newline="", errors="replace") as file:
            rows = csv.reader(file)
            if tuple(next(rows, ())) == _HEAD:
                listed.update(path for row in rows if len(row) == len(_HEAD) for path in (row[1], row[1][1:]))
    if folder.is_symlink() or not folder.is_dir() or any(path not in listed for path in _below(folder)):
        raise BatchError(
            "RP-BATCH-007",
            f"{folder} 里有别的文件，请换一个新文件夹",
            f"{folder} holds other files: choose a new folder",
        )


def _below(folder: Path) -> Iterator[str]:
    for at, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(at, name))]
        for name in (*files, *links):
            yield Path(at, name).relative_to(folder).as_posix()


def _replace(new: Path, folder: Path, old: Path) -> None:
    if folder.exists():
        os.replace(folder, old)
    try:
        os.replace(new, folder)
    except OSError:
        if old.exists():
            os.replace(old, folder)
        raise

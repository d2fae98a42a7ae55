"""What an archive holds: files under folders, inside ZIP and TAR files, at addresses, and files that a list names."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from reportparse.batch.archives import is_archive
from reportparse.batch.journal import is_output
from reportparse.batch.sources import is_address, remote_files
from reportparse.errors import BatchError
from reportparse.readers import is_pdf
from reportparse.readers.txt import well_formed

__all__ = ["Input", "Selection", "called", "inputs"]

_READ = frozenset({".txt", ".text", ".md", ".markdown", ".pdf", ".docx", ".htm", ".html", ".xhtml"})
_REFUSED = frozenset(
    {
        ".doc", ".wps", ".rtf", ".odt", ".mht", ".mhtml", ".xls", ".xlsx", ".et", ".ods", ".ppt", ".pptx", ".dps", ".ofd",
        ".rar", ".7z", ".gz", ".bz2", ".xz", ".zst",
    }
)  # fmt: skip
"""What reports come in as well, and nobody reads: each fails, with what to do about it, rather than be passed over."""

_HEAD = 1_024
"""Bytes in which a PDF says that it is one."""
_REVIEW = b'<meta name="generator" content="reportparse review">'
"""What the list of pages for review says of itself in its head."""


class Input(NamedTuple):
    """One file: where it is, and what it is called in the output, which is its path below the folder that was named; whether
    it is opened as an archive.
    """

    path: str
    name: str
    is_archive: bool = False


class Selection:
    """Which names are documents: those that end as documents do, or match one of ``include``, and none of ``exclude``. Patterns
    are those of the shell, over the path below the folder; one without a slash is over the name alone. ``skipped`` counts, by
    their endings, the files that are left out without being asked for, and by their names, with a slash, folders: links, for
    nobody goes where they lead, which may be round in circles, and those that hold what programs keep, output of ours too.

    A file that begins as a PDF does is a document whatever its name: a download has none, or ``.aspx``, ``.pdf.1``.
    """

    def __init__(self, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> None:
        self.include = include
        self.exclude = exclude
        self.skipped: Counter[str] = Counter()

    def takes(self, below: str, path: str | None = None) -> bool:
        """Whether a file of this path below the folder is a document, or an archive to be looked into; ``path`` is where it can
        be opened, if it can.
        """
        name = below.rpartition("/")[2]
        if _matches(below, self.exclude):
            return False
        if name.startswith((".", "~$")) or "__MACOSX" in below.split("/"):
            return False  # what systems and programs leave beside documents
        if is_archive(name):
            return True
        ending = os.path.splitext(name)[1].lower()
        if self.include:
            return _matches(below, self.include)
        if ending in _READ or ending in _REFUSED or (path is not None and _begins_as_pdf(path)):
            return True
        self.skipped[ending or name] += 1
        return False


def inputs(
    paths: Iterable[str], selection: Selection, *, listed: Iterable[str] = (), leave: str | None = None
) -> Iterator[Input]:
    """Every file, each path once, in the order of names within a folder.

    A file that is named itself is one whatever it is called. What is in the folder ``leave``, the output, is none, nor what
    is in the output of any other batch, in hidden folders, among pages for review, or in what Python and JavaScript install. What is ``listed`` and not there is an input all the same: it fails, and the others do not.

    Raises:
        BatchError: ``RP-BATCH-001`` a path is not there; ``RP-BATCH-002`` it is itself the output of a batch; ``RP-BATCH-006``
            what an address needs is not installed.
    """
    seen: set[str] = set()
    left = os.path.realpath(leave) if leave is not None else None
    for path, must_be in (*((path, True) for path in paths), *((path, False) for path in listed)):
        if is_address(path):
            found = _remote(path, selection, must_be=must_be)
        elif os.path.isdir(path):
            if is_output(path):
                raise BatchError(
                    "RP-BATCH-002",
                    f"{path} 是批处理的输出文件夹，不是报告；转成表格请用 reportparse export",
                    f"{path} is the output of a batch and holds no reports: reportparse export makes tables of it",
                )
            found = _below(path, selection, left)
        elif os.path.exists(path) or not must_be:
            name = called(os.path.basename(path))
            found = iter((Input(path, name, is_archive(name)),))
        else:
            raise BatchError("RP-BATCH-001", f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
        for one in found:
            # No system has a path with a NUL in it, and none resolves one: it fails by itself.
            real = one.path if is_address(one.path) or "\0" in one.path else os.path.realpath(one.path)
            if real not in seen:
                seen.add(real)
                yield one


def called(path: str) -> str:
    """A path as text. Names that are no UTF-8 are taken for GBK, as what was unpacked from an archive of a Chinese Windows is."""
    return path if path == well_formed(path) else "/".join(map(_called, path.split("/")))


def _called(part: str) -> str:
    if part == well_formed(part):
        return part
    try:
        return os.fsencode(part).decode("gb18030")
    except UnicodeError:
        return well_formed(part)


def _below(folder: str, selection: Selection, left: str | None) -> Iterator[Input]:
    lost: list[str] = []
    for at, folders, names in os.walk(folder, onerror=lambda error: lost.append(str(error.filename))):
        apart = {name for name in folders if _is_apart(os.path.join(at, name), left)}
        folders[:] = sorted(name for name in folders if name not in apart)
        for name in sorted(apart):
            if not _matches(called(Path(at, name).relative_to(folder).as_posix()), selection.exclude):
                selection.skipped[f"{called(name)}/"] += 1
        for name in [one for one in folders if os.path.islink(os.path.join(at, one))]:  # os.walk goes into none
            if not _matches(called(Path(at, name).relative_to(folder).as_posix()), selection.exclude):
                selection.skipped[f"{called(name)}/"] += 1
        for name in sorted(names):
            path = os.path.join(at, name)
            below = called(Path(path).relative_to(folder).as_posix())
            if selection.takes(below, path):
                yield Input(path, below, is_archive(name))
    for path in lost:  # a folder that cannot be looked into fails as a file does
        yield Input(path, called(Path(path).relative_to(folder).as_posix()))


def _is_apart(folder: str, left: str | None) -> bool:
    """Whether a folder holds no reports but what systems and programs keep: a hidden one, the output ``left`` or that of another
    batch, pages for review, an environment of Python, packages of JavaScript.
    """
    name = os.path.basename(folder)
    if name.startswith(".") or name == "node_modules" or os.path.realpath(folder) == left or is_output(folder):
        return True
    if os.path.isfile(os.path.join(folder, "pyvenv.cfg")):
        return True
    try:
        with open(os.path.join(folder, "index.html"), "rb") as file:
            return _REVIEW in file.read(400)
    except OSError:
        return False


def _begins_as_pdf(path: str) -> bool:
    try:
        if not os.path.isfile(path):  # a pipe would never end
            return False
        with open(path, "rb") as file:
            return is_pdf(file.read(_HEAD))
    except OSError:
        return False


def _remote(address: str, selection: Selection, *, must_be: bool) -> Iterator[Input]:
    try:
        for path, below in remote_files(address):
            hidden = any(part.startswith(".") for part in below.split("/"))
            if path == address or (not hidden and selection.takes(below)):
                yield Input(path, well_formed(below), is_archive(below))
    except BatchError as error:
        if must_be or error.code != "RP-BATCH-001":
            raise
        yield Input(address, well_formed(PurePosixPath(address).name or address))


def _matches(below: str, patterns: Sequence[str]) -> bool:
    name = below.rpartition("/")[2]
    return any(fnmatchcase(below if "/" in pattern else name, pattern) for pattern in patterns)

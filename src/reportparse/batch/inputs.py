"""What an archive holds: files under folders, and files that a list names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from reportparse.errors import BatchError
from reportparse.readers.txt import well_formed

__all__ = ["Input", "inputs"]

_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".pdf", ".docx", ".htm", ".html", ".xhtml"})


class Input(NamedTuple):
    """One file: where it is, and what it is called in the output, which is its path below the folder that was named."""

    path: str
    name: str


def inputs(
    paths: Iterable[str],
    *,
    listed: Iterable[str] = (),
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    leave: str | None = None,
) -> Iterator[Input]:
    """Every document, each path once, in the order of names within a folder.

    Of a folder those whose names end as documents do, or match one of ``include``; none that matches one of ``exclude``.
    A file that is named itself is one whatever it is called. What is in the folder ``leave``, the output, is none. Patterns
    are those of the shell, over the path below the folder; one without a slash is over the name alone. What is ``listed``
    and not there is an input all the same: it fails, and the others do not.

    Raises:
        BatchError: ``RP-BATCH-001`` a path is not there.
    """
    seen: set[str] = set()
    left = os.path.realpath(leave) if leave is not None else None
    for path, must_be in (*((path, True) for path in paths), *((path, False) for path in listed)):
        if os.path.isdir(path):
            found = _below(path, include, exclude, left)
        elif os.path.exists(path) or not must_be:
            found = iter((Input(path, well_formed(os.path.basename(path))),))
        else:
            raise BatchError("RP-BATCH-001", f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
        for one in found:
            real = os.path.realpath(one.path)
            if real not in seen:
                seen.add(real)
                yield one


def _below(folder: str, include: Sequence[str], exclude: Sequence[str], leave: str | None) -> Iterator[Input]:
    lost: list[str] = []
    for at, folders, names in os.walk(folder, onerror=lambda error: lost.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if os.path.realpath(os.path.join(at, name)) != leave)
        for name in sorted(names):
            path = os.path.join(at, name)
            below = Path(path).relative_to(folder).as_posix()
            wanted = _matches(below, include) if include else os.path.splitext(name)[1].lower() in _SUFFIXES
            hidden = name.startswith((".", "~$"))
            if wanted and not hidden and not _matches(below, exclude):
                yield Input(path, well_formed(below))
    for path in lost:  # a folder that cannot be looked into fails as a file does
        yield Input(path, well_formed(Path(path).relative_to(folder).as_posix()))


def _matches(below: str, patterns: Sequence[str]) -> bool:
    name = below.rpartition("/")[2]
    return any(fnmatchcase(below if "/" in pattern else name, pattern) for pattern in patterns)

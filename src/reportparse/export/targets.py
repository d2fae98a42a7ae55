"""Where an export goes: files that appear whole or not at all, and leave nothing behind where they fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from reportparse.errors import BatchError

__all__ = ["new_file", "new_files", "spare"]


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file beside ``target``, which takes its place at the end."""
    if not target.resolve().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    new = target.with_name(f"{target.name}.new")
    with suppress(FileNotFoundError):  # what a killed run left
        new.unlink()
    try:
        yield new
        os.replace(new, target)
    finally:
        with suppress(OSError):
            new.unlink()


@contextmanager
def new_files(folder: Path, names: Sequence[str]) -> Iterator[list[Path]]:
    """Files for ``names`` in a folder, which take their places together at the end."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    new = [folder / f"{name}.new" for name in names]
    try:
        yield new
        for path, name in zip(new, names, strict=True):
            os.replace(path, folder / name)
        made = False
    finally:
        for path in new:
            with suppress(OSError):
                path.unlink()
        if made:
            with suppress(OSError):
                folder.rmdir()


def spare(lines: Path, written: Iterator[Path] | Sequence[Path]) -> None:
    """Never write over what is read.

    Raises:
        BatchError: ``RP-BATCH-007``.
    """
    for path in written:
        if path.exists() and lines.samefile(path):
            raise BatchError("RP-BATCH-007", f"{path} 就是输入文件", f"{path} is the file that is read")

"""Where an export goes: files that appear whole or not at all, and leave nothing behind where they fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath

from reportparse.errors import BatchError
from reportparse.replacing import require_writable

__all__ = ["new_file", "new_files", "require_tables_alone", "spare"]

_ENDINGS = frozenset({"csv", "parquet"})
_OF_SYSTEMS = frozenset({"Thumbs.db", "desktop.ini"})


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file beside ``target``, which takes its place at the end. A link stays one: what it points to is replaced.

    Raises:
        BatchError: ``RP-BATCH-007`` it is a device or a pipe, of which the rest of the system would be robbed.
    """
    given, target = target, Path(os.path.realpath(target))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        raise BatchError(
            "RP-BATCH-007", f"写不了 {given}（是设备或管道）", f"cannot write {given} (it is a device or a pipe)"
        )
    require_writable(target)
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
    """Files for ``names`` in a folder, which take their places together at the end.

    Raises:
        BatchError: ``RP-BATCH-007`` the folder holds something else than tables.
    """
    made = not folder.exists()
    if not made:
        require_tables_alone(folder, {PurePath(name).stem for name in names})
    for name in names:
        require_writable(folder / name)
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


def require_tables_alone(folder: Path, tables: Collection[str]) -> None:
    """Tables go into a folder of their own, or over earlier ones.

    Raises:
        BatchError: ``RP-BATCH-007`` it holds other files, but for hidden ones and what a killed run left.
    """
    for path in folder.iterdir() if folder.is_dir() else ():
        table, _, ending = path.name.partition(".")
        is_table = table in tables and ending.removesuffix(".new") in _ENDINGS and not path.is_dir()
        if not is_table and not path.name.startswith((".", "~$")) and path.name not in _OF_SYSTEMS:
            raise BatchError(
                "RP-BATCH-007",
                f"{folder} 里有别的文件（{path.name}），请换一个新文件夹",
                f"{folder} holds other files ({path.name}): choose a new folder",
            )


def spare(lines: Path, written: Iterator[Path] | Sequence[Path]) -> None:
    """Never write over what is read.

    Raises:
        BatchError: ``RP-BATCH-007``.
    """
    for path in written:
        if path.exists() and lines.samefile(path):
            raise BatchError("RP-BATCH-007", f"{path} 就是输入文件", f"{path} is the file that is read")

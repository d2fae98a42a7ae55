"""Where the bytes of an input come from: a file of this machine, or any address that fsspec knows (S3, OSS, HDFS, HTTP)."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from reportparse.errors import BatchError, ReadError

__all__ = ["Found", "is_address", "open_source", "read_source", "remote_files"]

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")  # two letters at least: C:\ is a drive


class Found(NamedTuple):
    """A file at an address, and its path below the folder that was named."""

    path: str
    below: str


def is_address(path: str) -> bool:
    """Whether a path is an address such as ``s3://bucket/folder``, not a place of this machine."""
    return _ADDRESS.match(path) is not None


def open_source(path: str) -> BinaryIO:
    """The bytes of a file, from their beginning.

    Raises:
        ReadError: ``RP-READ-001``, ``-002``, ``-003`` or ``-010``.
        BatchError: ``RP-BATCH-006`` the extra that an address needs is not installed.
    """
    if is_address(path):
        files, at = _file_system(path)
        try:
            return files.open(at, "rb")  # type: ignore[no-any-return]
        except FileNotFoundError:
            raise ReadError("RP-READ-001", "没有这个文件", "no such file") from None
        except Exception as error:  # what a store raises is its own
            raise _failed(error) from error
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode) and not os.access(path, os.R_OK | os.X_OK):
            raise ReadError("RP-READ-002", "没有权限打开这个文件夹", "no permission to look into this folder")
        if not stat.S_ISREG(mode):  # a pipe would never end
            raise ReadError("RP-READ-003", "不是普通文件", "not a regular file")
        return open(path, "rb")
    except FileNotFoundError:
        raise ReadError("RP-READ-001", "没有这个文件", "no such file") from None
    except PermissionError:
        raise ReadError("RP-READ-002", "没有读取权限", "no permission to read it") from None
    except (OSError, ValueError) as error:
        raise _failed(error) from error


def read_source(path: str, most: int) -> bytes:
    """All bytes of a file, or, where it is larger, one more than ``most``.

    Raises:
        ReadError: ``RP-READ-001``, ``-002``, ``-003`` or ``-010``.
        BatchError: ``RP-BATCH-006``.
    """
    with open_source(path) as file:
        try:
            return file.read(most + 1)
        except MemoryError:
            raise
        except Exception as error:
            raise _failed(error) from error


def remote_files(address: str) -> Iterator[Found]:
    """What is at an address: the file, or every file below the folder, in the order of their names.

    Raises:
        BatchError: ``RP-BATCH-001`` nothing is there, or it cannot be listed; ``-006``.
    """
    files, root = _file_system(address)
    try:
        if files.isfile(root):
            yield Found(address, PurePosixPath(root).name)
            return
        names: list[str] = sorted(files.find(root))
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise BatchError(
            "RP-BATCH-001", f"读不了 {address}（{reason}）", f"cannot list {address} ({reason})"
        ) from error
    if not names and not files.exists(root):
        raise BatchError("RP-BATCH-001", f"没有这个文件或文件夹：{address}", f"no such file or folder: {address}")
    for name in names:
        yield Found(files.unstrip_protocol(name), name[len(root) :].lstrip("/"))


def _file_system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise BatchError(
            "RP-BATCH-006",
            f"读取 {address} 需要 fsspec：pip install 'reportparse[remote]'",
            f"{address} needs fsspec: pip install 'reportparse[remote]'",
        ) from error
    try:
        files, at = url_to_fs(address)
    except ImportError as error:  # the package of this kind of store
        raise BatchError("RP-BATCH-006", f"{address}：{error}", f"{address}: {error}") from error
    except Exception as error:
        raise BatchError(
            "RP-BATCH-001", f"无法识别的地址 {address}（{error}）", f"no address: {address} ({error})"
        ) from error
    return files, at


def _failed(error: BaseException) -> ReadError:
    number = getattr(error, "errno", None)
    said = errno.errorcode.get(number, "") if isinstance(number, int) else ""
    said = said or type(error).__name__
    return ReadError("RP-READ-010", f"读取失败（{said}）", f"reading failed ({said})")

"""What the command line names as input: files, and ``-`` for standard input."""

from __future__ import annotations

import errno
import os
import sys

from reportparse.errors import ReadError
from reportparse.readers.txt import well_formed

__all__ = ["STDIN", "open_input", "source_name"]

STDIN = "-"
_STDIN_NAME = "<stdin>"


def open_input(argument: str, max_bytes: int) -> tuple[str | bytes, str | None]:
    """What to hand to a reader, and the name to give it: a path speaks for itself.

    Raises:
        ReadError: standard input cannot be read.
    """
    if argument != STDIN:
        return argument, None
    try:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "closed")
        # One more than allowed shows the reader that there is more.
        return sys.stdin.buffer.read(max_bytes + 1), _STDIN_NAME
    except OSError as error:
        symbol = errno.errorcode.get(error.errno or 0, "OSError")
        raise ReadError("RP-READ-010", f"读取失败（{symbol}）", f"reading failed ({symbol})", _STDIN_NAME) from error


def source_name(argument: str) -> str:
    """The name that stands in the output, where there is no document that has one."""
    return _STDIN_NAME if argument == STDIN else well_formed(os.path.basename(os.path.normpath(argument)))

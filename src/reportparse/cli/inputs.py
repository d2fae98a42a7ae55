"""What the command line names as input: files, folders, and ``-`` for standard input."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping

from reportparse.errors import ReadError
from reportparse.readers.txt import well_formed

__all__ = ["STDIN", "documents_in", "left_alone", "open_input", "source_name"]

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


def documents_in(folder: str) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """Every document below a folder, or the file itself: its path and what it is called; and how many other files there are, by
    their endings. What is a document is what :mod:`reportparse.batch` takes for one, but archives are not looked into.

    Raises:
        BatchError: the folder is not there, or is the output of a batch.
    """
    from reportparse.batch.inputs import Selection, inputs

    selection = Selection()
    found = []
    for one in inputs([folder], selection):
        if one.is_archive:
            selection.skipped[os.path.splitext(one.name)[1].lower()] += 1
        else:
            found.append((one.path, one.name))
    return found, dict(selection.skipped)


def left_alone(skipped: Mapping[str, int], lang: str) -> str:
    """How many files of which endings are no documents, those that are many first."""
    told = [f"{ending} {count}" for ending, count in sorted(skipped.items(), key=lambda one: -one[1])]
    return f"未解析的其他文件：{'、'.join(told)}" if lang == "zh" else f"other files, left alone: {', '.join(told)}"


def source_name(argument: str) -> str:
    """The name that stands in the output, where there is no document that has one."""
    return _STDIN_NAME if argument == STDIN else well_formed(os.path.basename(os.path.normpath(argument)))

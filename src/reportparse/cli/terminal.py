"""Standard output and standard error: what is written there, how, and in which language."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress

from reportparse.errors import ReadError, ReportParseError
from reportparse.memory import hold, on_abort

__all__ = [
    "bound",
    "cannot_write",
    "counted",
    "internal_error",
    "language",
    "printable",
    "ready",
    "say",
    "silence",
    "write",
]

_MEGABYTES = 4000
"""Memory for what one command line reads, beyond what the program has without it."""


def language(arguments: Sequence[str]) -> str:
    """``zh`` or ``en`` for messages: what ``--lang`` says, else the locale. The output does not depend on it."""
    for index, argument in enumerate(arguments):
        if argument in ("--lang=zh", "--lang=en"):
            return argument[-2:]
        if argument == "--lang" and arguments[index + 1 : index + 2] in (["zh"], ["en"]):
            return arguments[index + 1]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        # The low ten bits are the language; 4 is Chinese, whichever.
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"
    return "en"


def ready() -> None:
    """Make standard output UTF-8 with newlines as they are, whatever the locale and the system."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def write(text: str) -> None:
    """Put ``text`` on standard output, all of it, now.

    Raises:
        ReportParseError: ``RP-WRITE-001``.
        BrokenPipeError: nobody reads any more.
    """
    if sys.stdout is None:  # closed by whoever started us
        raise cannot_write("<stdout>", None)
    try:
        sys.stdout.write(text if not sys.stdout.isatty() else _STEERS.sub(_escape, text))
        sys.stdout.flush()
    except OSError as error:
        # Windows says EINVAL for a pipe whose reader went away.
        if error.errno in (errno.EPIPE, errno.EINVAL):
            raise BrokenPipeError from error
        silence()
        raise cannot_write("<stdout>", error) from error


_STEERS = re.compile(
    r"[^\S \t\n\f\r\xa0\u2000-\u200a\u3000]|[\0-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)
"""What a text can hold that a terminal obeys, or shows in another order than it stands."""


def _escape(found: re.Match[str]) -> str:
    """As JSON writes it: a file or a pipe gets every character as it is."""
    return f"\\u{ord(found[0]):04x}"


def cannot_write(name: str, error: OSError | None) -> ReportParseError:
    """``RP-WRITE-001``: an output that cannot be written."""
    symbol = errno.errorcode.get(error.errno or 0, "OSError") if error is not None else "EBADF"
    return ReportParseError("RP-WRITE-001", f"写不了 {name}（{symbol}）", f"cannot write {name} ({symbol})")


def silence() -> None:
    """Let what is still in the buffer of standard output go nowhere, so that the interpreter's last flush is quiet."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def counted(number: int, noun: str) -> str:
    """So many of something, in English."""
    return f"{number} {noun}{'s' * (number != 1)}"


def say(message: str, keep: str = "") -> None:
    """One message for the person, on standard error. Nothing that a file name hides in it can steer the terminal."""
    with suppress(OSError, AttributeError):  # a full disk, or none at all: there is nobody to tell
        sys.stderr.write(printable(message, keep) + "\n")
        sys.stderr.flush()


def printable(text: str, keep: str = "") -> str:
    """``text`` with control and other invisible characters written as escapes, but for those to ``keep``."""
    return "".join(
        char if char.isprintable() or char in keep else char.encode("unicode_escape").decode("ascii") for char in text
    )


def bound(lang: str) -> None:
    """Hold this process to ``REPORTPARSE_MEMORY`` megabytes (0: as many as there are), and tell where that is not enough."""
    said = os.environ.get("REPORTPARSE_MEMORY", "")
    megabytes = int(said) if said.isdecimal() else _MEGABYTES
    if megabytes and hold(megabytes):
        on_abort(too_much_memory().message(lang), 3)


def too_much_memory() -> ReadError:
    """``RP-READ-017``."""
    return ReadError(
        "RP-READ-017",
        "解析需要的内存超过上限：文件过大或有意构造；确需解析时，设 REPORTPARSE_MEMORY=兆字节数 放宽（0 为不限），多个文件请用 reportparse batch",
        "takes more memory than it may have: too large, or made to be. Where it must be read, allow more by REPORTPARSE_MEMORY=MEGABYTES (0: no limit); for many files use reportparse batch",
    )


def internal_error(error: Exception) -> ReportParseError:
    """``RP-INTERNAL-001``: what no other error names."""
    if isinstance(error, MemoryError):
        return too_much_memory()
    kind = type(error).__name__
    return ReportParseError(
        "RP-INTERNAL-001",
        f"程序内部错误（{kind}），请报告；设 REPORTPARSE_DEBUG=1 可见详情",
        f"an error inside reportparse ({kind}): please report it; REPORTPARSE_DEBUG=1 shows where",
    )

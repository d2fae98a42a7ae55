"""Where the output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Protocol, Self

from reportparse.cli.terminal import cannot_write, write
from reportparse.errors import ReportParseError
from reportparse.replacing import require_writable

__all__ = ["Output", "open_output", "save"]


class Output(Protocol):
    """What takes text, and is left at the end."""

    def write(self, text: str) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_output(path: str | None, inputs: Iterable[str]) -> Output:
    """The file ``path``, or standard output where there is none.

    Raises:
        ReportParseError: ``RP-WRITE-001`` it cannot be written, ``RP-WRITE-002`` it is one of ``inputs``.
    """
    if path is None:
        return _Standard()
    _spare(inputs, path)
    return _File(path)


def save(path: str, data: bytes, inputs: Iterable[str]) -> None:
    """Put ``data`` into the file ``path``, whole or not at all.

    Raises:
        ReportParseError: as :func:`open_output` does.
    """
    _spare(inputs, path)
    with _File(path, binary=True) as output:
        output.write(data)


def _spare(inputs: Iterable[str], path: str) -> None:
    for other in inputs:
        with suppress(OSError, ValueError):
            if os.path.samefile(path, other):
                raise ReportParseError(
                    "RP-WRITE-002", f"输出会覆盖输入文件 {other}", f"the output would overwrite the input {other}"
                )


class _Standard:
    def write(self, text: str) -> None:
        write(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        pass


class _File:
    """Writes beside the file under another name, and gives it the name at the end: nobody ever sees half of it."""

    def __init__(self, path: str, *, binary: bool = False) -> None:
        self.path = path
        try:
            mode = self._mode()
            require_writable(path)
            # A device or a pipe cannot be replaced: it is written to as it stands.
            self.whole = mode is None or stat.S_ISREG(mode)
            self.target = os.path.realpath(path)  # a link stays one; what it points to is replaced
            beside = os.path.join(os.path.dirname(self.target), f".reportparse-{os.getpid()}.tmp")
            self.written, new = (beside, "x") if self.whole else (path, "w")
            if binary:
                self.file: IO[Any] = open(self.written, new + "b")  # noqa: SIM115
            else:
                self.file = open(self.written, new, encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
        except (OSError, ValueError) as error:
            raise self._failed(error) from error
        if self.whole and mode is not None:
            with suppress(OSError):
                os.chmod(self.written, stat.S_IMODE(mode))

    def _mode(self) -> int | None:
        try:
            return os.stat(self.path).st_mode
        except FileNotFoundError:
            if os.path.basename(self.path):
                return None  # not there yet
            raise

    def _failed(self, error: OSError | ValueError) -> ReportParseError:
        return cannot_write(self.path, error if isinstance(error, OSError) else None)

    def write(self, text: str | bytes) -> None:
        try:
            self.file.write(text)
        except OSError as error:
            raise self._failed(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        done = False
        try:
            self.file.close()
            if self.whole and kind is None:
                os.replace(self.written, self.target)
                done = True
        except OSError as failure:
            raise self._failed(failure) from failure
        finally:
            if self.whole and not done:
                with suppress(OSError):
                    os.remove(self.written)

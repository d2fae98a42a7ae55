"""How far a batch or an export is, on standard error: a bar where that is a terminal, else a line now and then."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from reportparse.batch import Progress
from reportparse.cli.terminal import say
from reportparse.export import Progress as Read

__all__ = ["Bar", "Lines", "Writing"]

_EVERY = 2.0
"""Seconds between two lines."""


class Lines:
    """A line now and then: how many are done, how many failed, how fast, how long still."""

    def __init__(self, lang: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.zh = lang == "zh"
        self.clock = clock
        self.began: float | None = None
        self.last = clock()

    def tell(self, now: Progress) -> None:
        """Hear how far it is, and say so if it is time."""
        at = self.clock()
        if now.total is not None and self.began is None:
            self.began = at
        if at - self.last < _EVERY and now.done != now.total:
            return
        self.last = at
        say(self._said(now, at))

    def _said(self, now: Progress, at: float) -> str:
        if now.total is None:
            return f"已查看 {now.done} 个文件" if self.zh else f"{now.done} files looked at"
        rate = now.done / max(at - (self.began or at), 0.001)
        left = (now.total - now.done) / rate if rate else 0.0
        if self.zh:
            return f"{now.done}/{now.total}，失败 {now.failed}，每秒 {rate:.1f} 份，还需约 {left:.0f} 秒"
        return f"{now.done}/{now.total}, {now.failed} failed, {rate:.1f} a second, about {left:.0f} s left"


class Writing:
    """A line now and then while tables are written: how many reports are, and how much of all that is. A short export says nothing."""

    def __init__(self, lang: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.zh = lang == "zh"
        self.clock = clock
        self.last = clock()

    def tell(self, now: Read) -> None:
        """Hear how far it is, and say so if it is time."""
        at = self.clock()
        if at - self.last < _EVERY:
            return
        self.last = at
        share = 100 * now.read // max(now.size, 1)
        say(f"已写 {now.done} 份，{share}%" if self.zh else f"{now.done} written, {share}%")


class Bar:
    """A bar that moves, with the same."""

    def __init__(self, lang: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Shown

        self.zh = lang == "zh"
        self.shown = Shown(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[said]}"),
            TimeRemainingColumn(compact=True), console=Console(file=sys.stderr), transient=True,
        )  # fmt: skip
        self.task: Any = self.shown.add_task("查看文件" if self.zh else "looking", total=None, said="")
        self.began: float | None = None

    def tell(self, now: Progress) -> None:
        """Move the bar."""
        if now.total is None:
            self.shown.update(self.task, completed=now.done)
            return
        if self.began is None:
            self.began = time.monotonic()
            self.shown.reset(self.task, total=now.total, description="解析" if self.zh else "parsing", said="")
        rate = now.done / max(time.monotonic() - self.began, 0.001)
        said = f"失败 {now.failed}，每秒 {rate:.1f} 份" if self.zh else f"{now.failed} failed, {rate:.1f}/s"
        self.shown.update(self.task, completed=now.done, said=said)

    def __enter__(self) -> Self:
        self.shown.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shown.stop()

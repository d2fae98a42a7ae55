"""How far a batch is, as it is told."""

from __future__ import annotations

import pytest

from reportparse.batch import Progress
from reportparse.cli.progress import Bar, Lines


def test_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    lines = Lines("en", lambda: now)
    for at, progress in (
        (1.0, Progress(None, 10, 0)), (3.0, Progress(None, 500, 0)), (4.0, Progress(100, 0, 0)),
        (5.0, Progress(100, 10, 1)), (14.0, Progress(100, 50, 2)), (15.0, Progress(100, 51, 2)), (15.5, Progress(100, 100, 2)),
    ):  # fmt: skip
        now = at
        lines.tell(progress)
    assert capsys.readouterr().err.splitlines() == [
        "500 files looked at",
        "10/100, 1 failed, 10.0 a second, about 9 s left",
        "50/100, 2 failed, 5.0 a second, about 10 s left",
        "100/100, 2 failed, 8.7 a second, about 0 s left",
    ]


def test_a_bar_shows_the_same(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with Bar("en") as bar:
        for progress in (Progress(None, 7, 0), Progress(9, 4, 1), Progress(9, 9, 1)):
            bar.tell(progress)
            bar.shown.refresh()
    said = capsys.readouterr().err
    assert "looking" in said
    assert "1 failed" in said
    assert "9/9" in said

"""The fault drill of an archive, in small: what it says when all holds, and that it says so."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import ROOT


@pytest.mark.skipif(os.name != "posix", reason="POSIX only")
def test_whatever_breaks_a_run_the_next_ends_as_one_clean_run_does() -> None:
    command = [
        sys.executable,
        str(ROOT / "scripts" / "batch_drill.py"),
        "--texts",
        "120",
        "--pdfs",
        "6",
        "--kills",
        "4",
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "all held"
    for part in ("accounted for", "killed 4 times", "after a full disk", "after crashes", "files changed or vanished"):
        assert any(line.startswith("ok ") and part in line for line in lines), part

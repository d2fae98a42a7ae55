"""Where the real documents are, and what tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SAMPLES = Path(os.environ.get("REPORTPARSE_SAMPLES", ROOT / ".." / "shared")).resolve()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real documents; without it the test is skipped."""
    if not SAMPLES.is_dir():
        pytest.skip(f"no folder of real documents at {SAMPLES} (REPORTPARSE_SAMPLES)")
    return SAMPLES

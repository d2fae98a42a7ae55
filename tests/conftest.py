"""Where the real documents are, and what tests share."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine fails no law
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
DEV = [
    path for path in sorted(CORPUS.glob("*.txt"))
    if json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))["half"] == "dev"
]  # fmt: skip
"""Tests look at these alone: what one says of a report of the other half would say what to mend (``tests/test_corpus.py``)."""
BROKEN_UP = [path for path in DEV if any((CORPUS / "pdf").glob(f"{path.stem}.*"))]
"""Those that are cut at a thousand places: as many as the time allows."""
SAMPLES = Path(os.environ.get("REPORTPARSE_SAMPLES", ROOT / ".." / "shared")).resolve()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real documents; without it the test is skipped."""
    if not SAMPLES.is_dir():
        pytest.skip(f"no folder of real documents at {SAMPLES} (REPORTPARSE_SAMPLES)")
    return SAMPLES


def load_script(name: str) -> ModuleType:
    """A script of this project as a module."""
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module

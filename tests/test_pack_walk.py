"""A pack written by the book: an analyst's, for a template that no pack knew, from CONTRIBUTING.md alone.

``tests/cases/walk/`` holds three reports in the template, invented by somebody else than who wrote the packs, what each of
them states (``key = quote``), and the pack.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reportparse import parse
from reportparse.packcheck import run_examples
from reportparse.packlint import lint
from reportparse.packs import load_packs

FOLDER = Path(__file__).parent / "cases" / "walk"
PACK = FOLDER / "pack.toml"
DOCUMENTS = sorted(FOLDER.glob("*.txt"))
KNOWN = "three_public.reception_batches"
"""拨 is no unit that the grammar knows: the number is read without it."""


def stated(path: Path) -> set[tuple[str, str]]:
    lines = path.with_suffix(".facts").read_text(encoding="utf-8").splitlines()
    rows = [line.split(" = ", 1) for line in lines if " = " in line]
    return {(key.strip(), quote.strip()) for key, quote in rows if not key.startswith("document.")}


def found(path: Path, *packs: Path) -> set[tuple[str, str]]:
    return {(fact.key, (fact.quote or "").replace("\n", "")) for fact in parse(path, packs=packs).facts}


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
def test_what_the_pack_adds(path: Path) -> None:
    wanted = stated(path)
    assert len(wanted) > 40
    assert wanted & found(path) == set()  # no pack of the project's knows a word of it
    missing = wanted - found(path, PACK)
    assert all(key.startswith(KNOWN) for key, _ in missing), missing
    assert len(missing) <= 1


def test_the_pack_is_short_and_in_order() -> None:
    assert len(PACK.read_text(encoding="utf-8").splitlines()) < 60
    packs = load_packs([PACK])
    rules = packs["cn-64.overall_performance"]
    assert run_examples(rules, packs) == []
    assert lint(rules, packs) == []

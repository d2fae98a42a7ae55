"""The pack that CONTRIBUTING.md writes, block by block, is one that loads and passes."""

from __future__ import annotations

import re
from pathlib import Path

from reportparse.packcheck import run_examples
from reportparse.packlint import lint
from reportparse.packs import load_packs

BOOK = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_pack_of_the_book(tmp_path: Path) -> None:
    blocks = [
        re.sub(r"^  ", "", block, flags=re.M) for block in re.findall(r"^ *```toml\n(.*?)^ *```", BOOK, re.S | re.M)
    ]
    assert len(blocks) == 4
    file = tmp_path / "book.toml"
    file.write_text("".join(sorted(blocks, key=lambda block: not block.startswith("column"))), encoding="utf-8")
    packs = load_packs([file])
    rules = packs["cn-65.final_accounts"]
    assert len(rules.tables) == 2
    assert rules.checks["skip"] == ["posts", "RP-U-003"]
    assert [problem.message("en") for check in (run_examples, lint) for problem in check(rules, packs)] == []

"""What a target begins with: the corpus in pieces, and the finds that are kept."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

from reportparse.readers import read

__all__ = ["CASES", "kept", "seeds"]

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
CASES = ROOT / "tests" / "cases" / "fuzz"
PIECE = 700
"""Characters of a piece: small enough that thousands are tried in a minute."""
PAGES = 2
BYTES_OF_PDF = 40_000


def kept(target: str) -> list[Path]:
    """The finds of a target that are kept, one a file."""
    return sorted(path for path in (CASES / target).glob("*") if path.is_file())


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with: of the half of the corpus that may be looked at."""
    yield from (path.read_bytes() for path in kept(target))
    if target == "pdf":
        yield from _pages()
    elif target == "pack":
        for path in sorted((ROOT / "src" / "reportparse" / "packs").glob("*.toml")):
            yield from (piece.encode() for piece in _packs(path.read_text(encoding="utf-8")))
    else:
        for path in _texts():
            text = read(path).text
            yield from (text[at : at + PIECE].encode() for at in (0, len(text) // 3, 2 * len(text) // 3))


def _texts() -> list[Path]:
    golds = (
        json.loads(path.read_text(encoding="utf-8")) | {"path": path} for path in sorted(CORPUS.glob("*.gold.json"))
    )
    return [CORPUS / f"{gold['path'].name.removesuffix('.gold.json')}.txt" for gold in golds if gold["half"] == "dev"]


def _packs(text: str) -> Iterator[str]:
    """A pack's head with one or two of its tables, each time others; under an id of its own."""
    head, *tables = text.replace("\n[[", "\n\0[[").split("\0")
    head = "\n".join(
        'id = "cn-99.budget"' if line.split("=")[0].strip() == "id" else line for line in head.splitlines()
    )
    for at in range(0, min(len(tables), 24), 2):
        yield head[:2000] + "\n" + "".join(tables[at : at + 2])[:3000]


def _pages() -> Iterator[bytes]:
    import pikepdf

    stems = {path.stem for path in _texts()}
    for path in sorted((CORPUS / "pdf").glob("*.pdf")):
        if path.name.partition(".")[0] not in stems:
            continue
        with pikepdf.open(path) as whole:
            for at in range(min(PAGES, len(whole.pages))):
                with pikepdf.new() as one:
                    one.pages.append(whole.pages[at])
                    made = io.BytesIO()
                    one.save(made, static_id=True)
                if len(made.getvalue()) <= BYTES_OF_PDF:
                    yield made.getvalue()

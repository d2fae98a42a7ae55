"""Make an archive of fictitious reports as one meets them: folders by year, TXT and PDF, a part of it zipped, copies under
other names, and some files broken in ten different ways.

    python scripts/make_archive.py -o ARCHIVE --texts 20000 --pdfs 2000

``ARCHIVE.json`` beside it says what should become of every input: ``parsed``, or the code of the failure. PDFs are set by
reportlab from every tenth text; where more are asked for than --set, they are copies that differ in a comment at the end.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_pdfs import make
from make_reports import reports

BROKEN_EVERY = 50
"""One file in so many is broken: 2 %."""
WAYS = {
    "empty": (".txt", "RP-READ-004"), "blank": (".txt", "RP-READ-005"), "noise": (".txt", "RP-READ-007"),
    "word": (".txt", "RP-READ-009"), "large": (".txt", "RP-READ-006"), "cut": (".pdf", "RP-READ-012"),
    "head": (".pdf", "RP-READ-012"), "locked": (".pdf", "RP-READ-011"), "picture": (".pdf", "RP-READ-013"),
    "zip": (".zip", "RP-READ-012"),
}  # fmt: skip
LIMIT = 2_000_000
"""Bytes of a file that the archive is to be read with (``--max-bytes``)."""


def broken(way: str, number: int, pdf: bytes) -> bytes:
    """A file that cannot be read, unlike any other."""
    mark = f"{number:06}".encode()
    match way:
        case "empty":
            return b""
        case "blank":
            return b" \n" * (number + 1)
        case "noise":
            return bytes((k * k + number) % 256 for k in range(4000)) + mark
        case "word":
            return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le") + mark
        case "large":
            return b"9" * LIMIT + mark
        case "cut":
            return pdf[: len(pdf) // 2] + b"\n%" + mark
        case "head":
            return b"%PDF-1.7\n" + mark
        case "locked":
            return _locked(pdf, mark.decode())
        case "picture":
            return _picture(mark.decode())
        case _:
            return b"PK\x03\x04" + mark


def _locked(pdf: bytes, password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _picture(mark: str) -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    page = Canvas(buffer)
    page.setSubject(mark)
    page.drawImage(ImageReader(Image.linear_gradient("L")), 50, 50, 400, 600)
    page.save()
    return buffer.getvalue()


def files(seed: int, texts: int, pdfs: int, set_at_most: int) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and fate of every file that is not in a ZIP or a copy."""
    ways = list(WAYS)
    printed: list[bytes] = []
    for number, made in enumerate(reports(seed, texts)):
        year = 2019 + number % 6
        if number % BROKEN_EVERY == 7:
            way = ways[number // BROKEN_EVERY % len(ways)]
            ending, code = WAYS[way]
            if way != "empty" and (printed or ending == ".txt"):
                yield f"{year}/坏{number:06}{ending}", broken(way, number, printed[0] if printed else b""), code
                continue
        yield f"{year}/报告{number:06}.txt", made.text.encode(), "parsed"
        if number % 10 == 0 and len(printed) < min(pdfs, set_at_most):
            printed.append(make(made.text, "reportlab"))
            yield f"{year}/报告{number:06}.pdf", printed[-1], "parsed"
    for number in range(len(printed), pdfs):
        yield f"pdf/{number:06}.pdf", printed[number % len(printed)] + f"\n%{number:06}\n".encode(), "parsed"
    yield "空.txt", b"", "RP-READ-004"


def archive(folder: Path, seed: int, texts: int, pdfs: int, set_at_most: int = 200) -> dict[str, str]:
    """Write the archive, every eighth file into a ZIP of its year, every fortieth twice; return what becomes of each input."""
    fates: dict[str, str] = {}
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "历年.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (name, data, fate) in enumerate(files(seed, texts, pdfs, set_at_most)):
            names = [name, f"副本/{name}"] if number % 40 == 0 else [name]
            for one in names:
                if number % 8 == 3:
                    packed.writestr(one, data)
                    fates[f"历年.zip/{one}"] = fate
                else:
                    (folder / one).parent.mkdir(parents=True, exist_ok=True)
                    (folder / one).write_bytes(data)
                    fates[one] = fate
    return fates


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--pdfs", type=int, default=2_000)
    parser.add_argument("--set", type=int, default=200, help="PDFs to set, the others being copies")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    fates = archive(options.output, options.seed, options.texts, options.pdfs, options.set)
    record = options.output.with_name(f"{options.output.name}.json")
    record.write_text(json.dumps(fates, ensure_ascii=False, indent=0), encoding="utf-8")
    print(f"{len(fates)} inputs, {sum(fate != 'parsed' for fate in fates.values())} of them broken")
    return 0


if __name__ == "__main__":
    sys.exit(main())

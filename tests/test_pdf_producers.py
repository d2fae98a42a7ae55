"""Reports as PDF by three producers: the same facts as the TXT, and boxes that sit on what they say.

PDFs of corpus reports are kept in corpus/pdf/, so that they are read wherever the tests run. The model document is
set at test time, by the producers that are installed.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from conftest import CORPUS, ROOT, SAMPLES, load_script
from reportparse import Report, parse
from reportparse.model import Fact, Mention
from reportparse.text import flatten

MADE = sorted((CORPUS / "pdf").glob("*.pdf"))
MODEL = next(iter(sorted((SAMPLES / "seed").glob("*.txt"))), None)
every_file = pytest.mark.parametrize("path", MADE, ids=lambda path: path.stem)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", flatten(text).text)


def prints(report: Report) -> Counter[tuple[str, str]]:
    return Counter((fact.key, squeezed(str(fact.value))) for fact in report.facts)


@cache
def parsed(path: Path) -> Report:
    return parse(path)


def source_of(path: Path) -> Path:
    """corpus/pdf/NAME.PRODUCER.pdf was made of corpus/NAME.txt."""
    return CORPUS / f"{path.name.split('.')[0]}.txt"


def test_three_producers_are_there() -> None:
    producers = {path.name.split(".")[1] for path in MADE}
    assert producers == {"reportlab", "libreoffice", "chromium"}
    printed_by = {pypdfium2.PdfDocument(path).get_metadata_value("Producer").split()[0] for path in MADE}
    assert len(printed_by) == 3


@every_file
def test_the_facts_are_those_of_the_text(path: Path) -> None:
    found, wanted = prints(parsed(path)), prints(parsed(source_of(path)))
    assert wanted.total() > 30
    assert sorted((wanted - found).elements()) == []
    assert sorted((found - wanted).elements()) == []


@every_file
def test_every_quantity_is_claimed_or_listed_as_in_the_text(path: Path) -> None:
    ours, theirs = parsed(path).coverage, parsed(source_of(path)).coverage
    assert (ours.quantities, ours.claimed) == (theirs.quantities, theirs.claimed)


@every_file
def test_the_boxes_sit_on_the_numbers(path: Path) -> None:
    """Each box is read back by another library, and drawn: there is ink in it and the words are those of the quote."""
    report = parsed(path)
    found: list[Fact | Mention] = [*report.facts, *report.unclaimed]
    with pdfplumber.open(path) as document:
        checked = 0
        for one in found:
            if one.span is None or one.kind == "text":
                continue
            assert one.boxes, one
            read_back = ""
            for number, *sides in one.boxes:
                page = document.pages[number - 1]
                x0, top, x1, bottom = (float(side) for side in sides)
                assert 0 <= x0 < x1 <= page.width
                assert 0 <= top < bottom <= page.height
                # By the middles of the characters: fonts reach over the edges of their boxes.
                inside = page.within_bbox(page.bbox).filter(
                    lambda c, x0=x0, top=top, x1=x1, bottom=bottom: (
                        c["object_type"] == "char"
                        and x0 <= (c["x0"] + c["x1"]) / 2 <= x1
                        and top <= (c["top"] + c["bottom"]) / 2 <= bottom
                    )
                )
                read_back += "".join(c["text"] for c in inside.chars)
            printed = one.quote or ""
            if one.pieces is not None:
                start = one.span[0]
                printed = "".join(printed[a - start : b - start] for a, b in one.pieces)
            assert squeezed(read_back) == squeezed(printed)
            checked += 1
    assert checked > 40


def can_be_drawn(document: pypdfium2.PdfDocument) -> bool:
    """Whether every font of a document, embedded or on this machine, has a glyph for the first character it prints."""
    for page in document:
        text = page.get_textpage()
        seen = set()
        for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            font, printed = pypdfium2.raw.FPDFTextObj_GetFont(found.raw), found.extract().strip()
            name = found.get_font().get_base_name()
            if name in seen or not printed or pypdfium2.raw.FPDFFont_GetIsEmbedded(font):
                continue
            seen.add(name)
            if not pypdfium2.raw.FPDFFont_GetGlyphPath(font, ord(printed[0]), 12.0):
                return False
    return True


@every_file
def test_there_is_ink_in_every_box(path: Path) -> None:
    report = parsed(path)
    scale = 2.0
    with pypdfium2.PdfDocument(path) as document:
        if not can_be_drawn(document):
            pytest.skip("its font is not embedded, and this machine has none for it")
        pages = [document[k].render(scale=scale).to_pil().convert("L") for k in range(len(document))]
    boxes = [box for one in report.facts for box in one.boxes]
    assert boxes
    for number, *sides in boxes:
        cut = pages[number - 1].crop(tuple(round(float(side) * scale) for side in sides))
        dark, light = cut.getextrema()
        assert dark < 192 < light  # a dash is thin


@pytest.mark.skipif(MODEL is None, reason=f"no model document at {SAMPLES}/seed (REPORTPARSE_SAMPLES)")
@pytest.mark.parametrize("producer", ["reportlab", "libreoffice", "chromium"])
def test_the_model_document_gives_the_same_facts(producer: str, tmp_path: Path) -> None:
    script = load_script("make_pdfs")
    assert MODEL is not None
    try:
        data = script.make(MODEL.read_text(encoding="utf-8"), producer)
    except script.MissingError as error:
        pytest.skip(str(error))
    found, wanted = parse(data), parse(MODEL)
    assert prints(found) == prints(wanted)
    assert found.coverage.share == 1
    for fact in found.facts:
        assert fact.boxes or fact.span is None


def test_the_readme_says_how_they_were_made() -> None:
    said = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    for path in MADE:
        assert f"pdf/{path.name}" in said, path.name

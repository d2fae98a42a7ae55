"""Real published PDFs: no character lost or doubled, by two other libraries; what is taken out; outlines written by hand.

``pytest -s`` shows per file what was removed and how the outline scores.
"""

from __future__ import annotations

import csv
import hashlib
import logging
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pdfminer.high_level import extract_text

from conftest import ROOT, SAMPLES
from reportparse import Report, parse
from reportparse.document import Document
from reportparse.layout import lay_out
from reportparse.readers import read
from reportparse.text import flatten
from test_properties import check_coverage, check_digit_runs, check_ids, check_places, check_states

FILES = sorted((SAMPLES / "real").rglob("*.pdf"))
pytestmark = pytest.mark.skipif(not FILES, reason=f"no real documents at {SAMPLES}/real (REPORTPARSE_SAMPLES)")
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@cache
def document_of(path: Path) -> Document:
    return read(path)


@cache
def report_of(path: Path) -> Report:
    return parse(document_of(path))


def characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@every_file
def test_every_law_holds(path: Path) -> None:
    text, report = document_of(path).text, report_of(path)
    check_places(text, report)
    check_ids(report)
    check_states(report)
    check_coverage(report)
    check_digit_runs(text, report, document_of(path))
    assert report.source.unread_pages == ()


@every_file
def test_no_character_is_lost_or_doubled(path: Path) -> None:
    """Page by page against pdfplumber. What it has and we have not must not be visible: off the page, or clipped."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages = document_of(path).text.split("\f")
    shown = pypdfium2.PdfDocument(path)
    unseen = 0
    with pdfplumber.open(path) as other:
        assert len(other.pages) == len(pages)
        for number, (ours, page) in enumerate(zip(pages, other.pages, strict=True), 1):
            chars = [c for c in page.dedupe_chars().chars if c["text"].strip()]
            theirs = characters("".join(c["text"] for c in chars))
            assert characters(ours) - theirs == Counter(), f"page {number}: doubled, or made up"
            lost = theirs - characters(ours)
            if lost:
                image = shown[number - 1].render(scale=2).to_pil().convert("L")
                visible = characters("".join(c["text"] for c in chars if has_ink(c, image)))
                print(f"\n{path.name} page {number}: {lost.total()} characters are not visible")
                # A hidden line can lie under a visible one: what shows on the page is at most what we have.
                assert lost - (theirs - visible) == Counter() or len(ours) >= visible.total() - lost.total()
                hidden = [c for c in chars if not (c["top"] >= 0 and c["bottom"] <= page.height)]
                unseen += lost.total()
                assert hidden, f"page {number}: {lost} lost"
    whole = characters(extract_text(path))
    assert characters(document_of(path).text) - whole == Counter()
    assert (whole - characters(document_of(path).text)).total() >= unseen


def has_ink(char: dict[str, Any], image: Any) -> bool:
    box = tuple(round(2 * char[side]) for side in ("x0", "top", "x1", "bottom"))
    if box[1] < 0 or box[3] > image.height or box[2] <= box[0] or box[3] <= box[1]:
        return False
    return bool(image.crop(box).getextrema()[0] < 128)


@every_file
def test_both_engines_read_the_same(path: Path) -> None:
    ours, other = document_of(path), read(path, pdf_engine="pdfplumber")
    if any(map(clipped, (ours, other))):
        pytest.skip("pdfplumber does not know what a clip hides")
    assert characters(ours.text) == characters(other.text)
    assert len(ours.tables) - len(other.tables) in (-1, 0, 1)


def clipped(document: Document) -> bool:
    return "商务委员会25年" in document.source.name


# The numbers and leaders that a page bears are removed; nothing else is. By hand, per file: how many lines.
FURNITURE = {
    "2017年省检察院部门预算": 23,
    "江苏省人大办公厅2017年度预算公开": 0,
    "江苏省人大常委会2019年度部门预算公开": 17,
    "江苏省人大常委会办公厅2019年部门预算公开表": 0,
    "江苏省委办公厅2018年度部门预算公开文件": 11,
    "江苏省委办公厅2018年度部门预算公开表": 0,
    "江苏省政协办公厅2017年度部门预算": 20,
    "上海市普陀区人民政府万里街道办事处24年预算": 0,
    "上海市普陀区人民政府办公室单位25年预算": 0,
    "上海市普陀区商务委员会25年预算": 0,
    "上海市普陀区社会福利院2024年单位预算": 0,
    "上海市普陀区规划和自然资源局 2024 年度部门决算": 0,
}


@every_file
def test_what_is_removed(path: Path) -> None:
    document = document_of(path)
    layout = lay_out(document)
    furniture = [document.text[a:b] for a, b in layout.furniture]
    contents = [document.text[a:b] for a, b in layout.contents]
    print(f"\n{path.name}\n  furniture: {' | '.join(furniture)}\n  contents: {' | '.join(contents)}")
    assert len(furniture) == FURNITURE[path.stem]
    assert all(re.fullmatch(r"[─ -]*\d+[─ -]*", line) for line in furniture)
    kept = [layout.flat.text[b.start : b.end] for b in layout.blocks]
    assert not any(re.fullmatch(r"[─-]\d+[─-]|目录", text) for text in kept)
    assert not any(re.search(r"…{3}|\.{6}", text) for text in kept)
    if contents:
        assert re.sub(r"\s", "", contents[0]) == "目录"
        # The contents come first: nothing of them is left behind, and no heading of the body went with them.
        first = min(a for a, b in layout.contents)
        last = max(b for a, b in layout.contents)
        assert not any(first < layout.flat.origin(b.start, b.end)[0] < last for b in layout.blocks)


# The true outlines, written by hand from the pages. No text of a published document stands in this repository, so they
# are kept as digests. ``heading`` must be found with all its words. ``either`` may be found: covers, titles of tables,
# terms of a glossary, a title that shares the line with its text, and lines on which careful readers differ; of these
# the digest is of the first six characters, because where such a title ends is not settled.
_SETTLED = 6
with (ROOT / "tests/cases/outlines.tsv").open(encoding="utf-8") as _file:
    OUTLINES: dict[str, list[dict[str, str]]] = defaultdict(list)
    for _row in csv.DictReader(_file, delimiter="\t"):
        OUTLINES[_row["file"]].append(_row)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in OUTLINES], ids=lambda path: path.stem)
def test_every_heading_is_found(path: Path) -> None:
    """At least 0.98 of the headings of an outline written by hand, and at most 0.02 of what is found is none."""
    rows = OUTLINES[path.stem]
    headings = {(int(row["page"]), row["digest"]) for row in rows if row["kind"] == "heading"}
    either = {(int(row["page"]), row["digest"]) for row in rows if row["kind"] == "either"}
    found: set[tuple[int, str]] = set()
    for section in report_of(path).sections:
        title = re.sub(r"\s", "", flatten((section.number or "") + section.title).text).rstrip("。：")
        found.add((bisect_right(document_of(path).page_starts, section.span[0]), title))
    right = headings & {(page, digest(title)) for page, title in found}
    wrong = [
        (page, title)
        for page, title in found
        if (page, digest(title)) not in headings and (page, digest(title[:_SETTLED])) not in either
    ]
    print(f"\n{path.name}: {len(right)} of {len(headings)} headings, {len(wrong)} wrong of {len(found)}: {wrong}")
    assert len(right) >= 0.98 * len(headings), sorted(headings - right)
    assert len(wrong) <= 0.02 * len(found)


def test_the_outlines_are_of_six_files() -> None:
    assert len(OUTLINES) == 6
    assert set(OUTLINES) <= {path.stem for path in FILES}
    assert all(sum(row["kind"] == "heading" for row in rows) >= 20 for rows in OUTLINES.values())

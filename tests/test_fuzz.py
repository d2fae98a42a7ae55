"""The contracts of ``fuzz/``: for every find that is kept, and for whole reports put together in all forms that are read.

The laws of ``test_properties.py`` are of texts; these are of files: a table is barred, of tabs, aligned, of one cell a line, of HTML,
DOCX or PDF; encodings are mixed and bytes broken.
"""

from __future__ import annotations

import html
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.laws import Broken, hold_for_document, hold_for_layout, hold_for_report, hold_for_tokens, within
from fuzz.seeds import CASES
from fuzz.targets import REPORT, TARGETS
from reportparse import parse
from reportparse.errors import ReadError
from reportparse.layout import lay_out
from reportparse.model import Fact
from reportparse.numbers import scan
from reportparse.readers import read
from test_properties import FRONT, HEADINGS, amounts, percents, sentences

FINDS = [path for path in sorted(CASES.glob("*/*")) if path.is_file()]
few = settings(deadline=None, max_examples=200, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
fewer = settings(few, max_examples=60)

Rows = tuple[tuple[str, ...], ...]
Item = str | Rows
"""A line, or the rows of a table."""

# --- what a report is made of -----------------------------------------------------------------------------------

cells = st.one_of(
    amounts,
    percents,
    st.sampled_from(["项目", "合计", "其中：基本支出", "公务接待费", "", "-", "12.50", "1,234.56", "备注", "0"]),
)
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[cells] * width), min_size=2, max_size=4).map(tuple)
)
listed = st.lists(sentences(), min_size=1, max_size=3).map(
    lambda found: "\n".join(f"{number}.{text}" for number, text in enumerate(found, 1))
)
furniture = st.sampled_from(
    ["- 3 -", "12", "第1页 共9页", "某某县档案馆2023年度部门决算", "\f", "", "单位：万元", "目  录"]
)
reports = st.tuples(
    st.sampled_from(FRONT), st.lists(st.one_of(sentences(), st.sampled_from(HEADINGS), listed, tables, furniture), max_size=8)
).map(lambda found: (*found[0].splitlines(), *found[1]))  # fmt: skip


def barred(rows: Rows) -> str:
    return "\n".join(f"|{'|'.join(row)}|" for row in rows)


def markdown(rows: Rows) -> str:
    return "\n".join([f"| {' | '.join(rows[0])} |", "|---" * len(rows[0]) + "|", barred(rows[1:])])


def aligned(rows: Rows) -> str:
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    return "\n".join(
        "".join(cell.ljust(width, "\u3000") for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def tabbed(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


def stacked(rows: Rows) -> str:
    return "\n".join(cell for row in rows for cell in row)


def tagged(rows: Rows) -> str:
    return (
        "<table>"
        + "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        + "</table>"
    )


FORMS: tuple[Callable[[Rows], str], ...] = (barred, markdown, aligned, tabbed, stacked, tagged)


@st.composite
def texts(draw: st.DrawFn) -> str:
    items = draw(reports)
    end = draw(st.sampled_from(["\n", "\r\n", "\n\n", "\n　　"]))
    return end.join(item if isinstance(item, str) else draw(st.sampled_from(FORMS))(item) for item in items) or "一"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A text in one encoding or two, with or without a few bytes broken."""
    text = draw(texts())
    codecs = st.sampled_from(["utf-8", "utf-8", "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "big5"])
    at = draw(st.integers(0, len(text)) | st.just(0))
    data = bytearray(text[:at].encode(draw(codecs), "ignore") + text[at:].encode(draw(codecs), "ignore"))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(data)))
        data[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=3))
    return bytes(data)


def check_file(data: bytes) -> None:
    try:
        document = read(data, name="made")
    except ReadError:
        return
    with within(len(document.text), 5):
        hold_for_document(document)
        hold_for_report(document.text, parse(document))


# --- the finds, and the reports ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FINDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_find_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_its_finds_in_a_folder_of_its_name() -> None:
    assert FINDS
    assert {path.parent.name for path in FINDS} <= set(TARGETS)


@few
@given(files())
def test_a_text_in_any_state(data: bytes) -> None:
    TARGETS["txt"](data)
    check_file(data)


@few
@given(texts())
def test_numbers_and_layout(text: str) -> None:
    TARGETS["numbers"](text.encode())
    TARGETS["layout"](text.encode())


@few
@given(reports)
def test_a_page(items: Sequence[Item]) -> None:
    pytest.importorskip("lxml")
    body = "".join(f"<p>{html.escape(item)}</p>" if isinstance(item, str) else tagged(item) for item in items)
    check_file(f"<html><body>{body}</body></html>".encode())


@pytest.fixture(scope="module")
def word() -> ModuleType:
    """How DOCX are made for tests. Not imported inside a test of Hypothesis, for it has some itself."""
    pytest.importorskip("docx")
    return importlib.import_module("test_readers_docx")


@few
@given(items=reports)
def test_a_word_document(word: ModuleType, items: Sequence[Item]) -> None:
    p = word.p

    def cell(text: str) -> str:
        return f"<w:tc>{p(html.escape(text))}</w:tc>"

    made = [
        p(html.escape(item.replace("\f", "")))
        if isinstance(item, str)
        else "<w:tbl>" + "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in item) + "</w:tbl>"
        for item in items
    ]
    check_file(word.package("".join(made)))


@fewer
@given(reports, st.data())
def test_a_pdf_whole_and_damaged(items: Sequence[Item], data: st.DataObject) -> None:
    from pdfs import both, cell_texts, lines, pdf, ruled_by_lines

    prose = [line for item in items if isinstance(item, str) for line in item.replace("\f", "").splitlines()][:5]
    rows = next(([row[:3] for row in item[:3]] for item in items if not isinstance(item, str)), [("项目", "决算数")])
    made = bytearray(pdf(both(lines(prose), cell_texts(rows), ruled_by_lines), lines(prose[::-1])))
    TARGETS["pdf"](bytes(made))
    for _ in range(data.draw(st.integers(1, 6))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    TARGETS["pdf"](bytes(made))


PACK = """\
[pack]
id = "cn-99.budget"
version = "1"
extends = "cn.budget"

[[anywhere.field]]
concept = "revenue.total"
labels = ["收入总计"]
"""


@few
@given(st.lists(st.tuples(st.integers(0, len(PACK)), st.integers(0, 12), st.text(max_size=4)), max_size=3))
def test_a_pack_in_any_state(changes: list[tuple[int, int, str]]) -> None:
    text = PACK
    for at, length, put in changes:
        text = text[:at] + put + text[at + length :]
    TARGETS["pack"](text.encode("utf-8", "replace"))


# --- the laws bite ----------------------------------------------------------------------------------------------


def test_a_quote_that_is_not_in_its_place_is_seen() -> None:
    report = parse(REPORT.encode())
    assert any(isinstance(found, Fact) and found.span for found in report)
    with pytest.raises(Broken, match="quote"):
        hold_for_report("x" + REPORT, report)


def test_a_digit_without_a_token_is_seen() -> None:
    with pytest.raises(Broken, match="digit"):
        hold_for_tokens("收入12万元，支出3万元", scan("收入12万元，支出3万元")[:1])


def test_a_block_that_leads_outside_is_seen() -> None:
    with pytest.raises(Broken, match="outside"):
        hold_for_layout(REPORT[:-20], lay_out(REPORT))


def test_a_document_of_another_length_is_seen() -> None:
    document = read(REPORT.encode())
    with pytest.raises(Broken, match="pages"):
        hold_for_document(type(document)(document.source, document.text, (0, len(document.text) + 1)))

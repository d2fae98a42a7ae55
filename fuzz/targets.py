"""What is fuzzed: every target takes bytes and raises where its contract, in its docstring, does not hold.

Times are of the process; each target has two seconds beside what its contract allows for size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fuzz.laws import hold, hold_for_document, hold_for_layout, hold_for_report, hold_for_tokens, within
from reportparse.errors import PackError, ReadError
from reportparse.layout import lay_out
from reportparse.numbers import find, read, scan
from reportparse.packcheck import run_examples
from reportparse.packfile import read_rules
from reportparse.packlint import lint
from reportparse.packs import lineage, load_packs, resolve
from reportparse.parse import parse
from reportparse.readers.pdf import read_pdf
from reportparse.readers.txt import read_txt
from reportparse.text import flatten

__all__ = ["TARGETS"]


def numbers(data: bytes) -> None:
    """The grammar of numbers, over any text (bytes that are no UTF-8 are replaced).

    No error at all. 1 ms a character. Tokens in order inside the text, every digit in exactly one; numbers finite; a value exactly
    where the state has one. What is found in a text is in it, and read alone gives no error.
    """
    text = data.decode("utf-8", "replace")
    with within(len(text), 1):
        flat = flatten(text).text
        hold_for_tokens(flat, scan(flat))
        for quantity in find(text):
            hold(0 <= quantity.start < quantity.end <= len(text), "a quantity stands outside the text")
            read(text[quantity.start : quantity.end])


def txt(data: bytes) -> None:
    """The reader of TXT, over any bytes, and all stages after it.

    ReadError or a report. 5 ms a byte. The text is what UTF-8 can hold, its pages in order; of the report ``text[span] == quote``,
    sections and sentences are there, no fact twice, quantities are counted, JSON goes there and back.
    """
    with within(len(data), 5):
        try:
            document = read_txt(data, "a.txt")
        except ReadError:
            return
        hold_for_document(document)
        hold_for_report(document.text, parse(document))


def layout(data: bytes) -> None:
    """The layout, over any text.

    No error at all. 2 ms a character. Blocks are lines of the normalised text, in order, apart; they, furniture and contents
    lead back into the source; every caption has its table. The same text gives the same layout.
    """
    text = data.decode("utf-8", "replace")
    with within(len(text), 2):
        made = lay_out(text)
        hold_for_layout(text, made)
        hold(lay_out(text).blocks == made.blocks, "another layout of the same text")


REPORT = "某市教育局2024年度部门决算公开\n一、收入支出决算总体情况说明\n2024年度收入总计123.45万元，比上年增加1.2万元，增长0.98%。\n"


def pack(data: bytes) -> None:
    """The loader of rule packs, over any bytes, and what uses a pack: its check, its examples, a parse.

    PackError or a pack. 20 ms a byte (patterns are compiled and tried). A pack that loads can be resolved, linted, tried on its
    examples; a report that is parsed with it holds what every report does.
    """
    with within(len(data), 20):
        try:
            rules = read_rules(data, "own.toml")
            packs = {**load_packs(examples=False), rules.id: rules}
            lineage(rules, packs)
            resolve(rules.id, packs)
            lint(rules, packs)
            run_examples(rules, packs)
            report = parse(REPORT.encode(), packs=packs)
        except PackError:
            return
        hold_for_report(REPORT, report)


def pdf(data: bytes) -> None:
    """The reader of PDF (by PDFium), over any bytes, and all stages after it.

    ReadError or a report. 1 ms a byte for the reader, 5 ms a character for the stages. Pages, tables, cells and printed lines stand inside
    the text; the report holds what every report does.
    """
    with within(len(data), 1):
        try:
            document = read_pdf(data, "a.pdf")
        except ReadError:
            return
    with within(len(document.text), 5):
        hold_for_document(document)
        hold_for_report(document.text, parse(document))


TARGETS: Mapping[str, Callable[[bytes], None]] = MappingProxyType(
    {"numbers": numbers, "txt": txt, "layout": layout, "pack": pack, "pdf": pdf}
)

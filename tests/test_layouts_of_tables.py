"""The same table laid out in another way says the same: tables of the corpus that are set in tabs, with bars instead."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from conftest import DEV
from reportparse import parse
from reportparse.readers import read
from reportparse.report import Report

ROWS_LEAST = 3


def outer_bars(rows: list[list[str]]) -> list[str]:
    return ["|" + "|".join(row) + "|" for row in rows]


def inner_bars(rows: list[list[str]]) -> list[str]:
    return [" | ".join(row) for row in rows]


def markdown(rows: list[list[str]]) -> list[str]:
    head, *others = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|" + "---|" * len(rows[0]), *others]


LAYOUTS = {layout.__name__: layout for layout in (outer_bars, inner_bars, markdown)}


def tables(text: str) -> list[str | list[list[str]]]:
    """The lines of a text, and its runs of lines with tabs as rows."""
    found: list[str | list[list[str]]] = []
    for line in text.split("\n"):
        if "\t" not in line:
            found.append(line)
        elif found and isinstance(found[-1], list):
            found[-1].append(line.split("\t"))
        else:
            found.append([line.split("\t")])
    return found


def laid_out(text: str, how: str) -> str:
    lines: list[str] = []
    for part in tables(text):
        if isinstance(part, str):
            lines.append(part)
        elif len(part) < ROWS_LEAST:
            lines += ["\t".join(row) for row in part]
        else:
            width = max(map(len, part))
            lines += LAYOUTS[how]([row + [""] * (width - len(row)) for row in part])
    return "\n".join(lines)


def said(report: Report) -> Counter[tuple[str, str]]:
    return Counter((fact.key, str(fact.value)) for fact in report.facts if fact.where == "table")


def with_tabs() -> list[Path]:
    return [
        path
        for path in DEV
        if any(isinstance(part, list) and len(part) >= ROWS_LEAST for part in tables(read(path).text))
    ]


@pytest.mark.parametrize("how", LAYOUTS)
@pytest.mark.parametrize("path", with_tabs(), ids=lambda path: path.stem)
def test_a_table_says_the_same_in_another_layout(path: Path, how: str) -> None:
    text = read(path).text.replace("\r\n", "\n")
    assert said(parse(laid_out(text, how).encode())) == said(parse(text.encode()))


def test_some_tables_are_tried() -> None:
    assert len(with_tabs()) >= 10

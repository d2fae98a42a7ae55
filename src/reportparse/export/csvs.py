"""Tables as CSV: a file each, in UTF-8 with a mark that Excel knows it by, figures with the printed digits."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path

from reportparse.export.documents import Lines
from reportparse.export.rows import Cell, Table
from reportparse.export.targets import new_files, spare
from reportparse.export.written import Written

__all__ = ["plain", "write_csvs"]

_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a cell that is a formula begins with, in Chinese and Japanese programs in full width, too."""
_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?")


def write_csvs(lines: Lines, folder: Path, tables: Sequence[Table]) -> Written:
    """``reports.csv``, ``facts.csv`` … in ``folder``."""
    names = [f"{table.name}.csv" for table in tables]
    spare(lines.path, [folder / name for name in names])
    counts = Counter({table.name: 0 for table in tables})
    with new_files(folder, names) as paths, ExitStack() as opened:
        files = [opened.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for path in paths]
        writers = [csv.writer(file) for file in files]
        for table, writer in zip(tables, writers, strict=True):
            writer.writerow([column.name for column in table.columns])
        for document in lines:
            for table, writer in zip(tables, writers, strict=True):
                for row in table.rows(document):
                    writer.writerow([plain(cell) for cell in row])
                    counts[table.name] += 1
        for table, writer in zip(tables, writers, strict=True):
            for row in table.after(lines):
                writer.writerow([plain(cell) for cell in row])
                counts[table.name] += 1
        opened.close()  # before they are given their names
    return Written(dict(counts))


def plain(cell: Cell) -> str | int | None:
    """A cell: figures as printed, and no text that a spreadsheet takes for a formula."""
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = cell if isinstance(cell, str) else " ".join(cell)
    return f"'{text}" if text[:1] in _FORMULA and not _FIGURE.fullmatch(text) else text

"""Tables into files: CSV for anything, SQLite for SQL, a workbook for the office."""

from __future__ import annotations

import csv
import errno
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportparse.errors import BatchError
from reportparse.export.rows import TABLES, Cell, Table, documents, reports_table, rows_of, wide_columns

__all__ = ["FORMATS", "export"]

_FORMULA = frozenset("=+-@\t\r")
_FIGURE = re.compile(r"[+-]?\d+(?:\.\d+)?")
_ROWS = 1_048_576
"""Rows of a sheet, its head included: Excel has no more."""
_LONGEST = 32_767
"""Characters of a cell."""
_EXACT_DIGITS = 15
"""Digits that a cell of a workbook, a double, holds exactly."""


def export(lines: Path, target: Path, form: str, *, wide: Sequence[str] = ()) -> dict[str, int]:
    """Write the tables of a file of JSON Lines, and say how many rows each has. ``target`` is a folder for ``csv``, a file for
    ``sqlite`` and ``xlsx``, and appears whole or not at all; ``wide`` are the concepts that the table of reports shows.

    Raises:
        BatchError: ``RP-BATCH-004`` the lines are none of ours, ``-005`` no such concept, ``-006`` what is missing for the
            form, or a table that is too long for it, ``-007`` the target cannot be written.
    """
    tables = (reports_table(wide_columns(tuple(dict.fromkeys(wide)))), *TABLES)
    if target.exists() and lines.samefile(target):
        raise BatchError("RP-BATCH-007", f"{target} 就是输入文件", f"{target} is the file that is read")
    try:
        if form != "csv" and not target.resolve().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return _whole(lines, target, form, tables)
    except (KeyError, TypeError, ValueError) as error:
        raise BatchError(
            "RP-BATCH-004", f"{lines.name} 不是 reportparse 的结果", f"{lines.name} is no output of reportparse"
        ) from error
    except sqlite3.Error as error:
        raise BatchError("RP-BATCH-007", f"写不了 {target}（{error}）", f"cannot write {target} ({error})") from error
    except OSError as error:
        raise BatchError(
            "RP-BATCH-007", f"写不了 {target}（{error.strerror}）", f"cannot write {target} ({error.strerror})"
        ) from error


def _whole(lines: Path, target: Path, form: str, tables: Sequence[Table]) -> dict[str, int]:
    """What a form writes; where that ends early, what it has begun is taken away."""
    try:
        return FORMATS[form](lines, target, tables)
    except BaseException:
        begun = [target.with_name(f"{target.name}.new{more}") for more in ("", "-journal")]
        begun += [target / f"{table.name}.csv.new" for table in tables] if form == "csv" else []
        for path in begun:
            with suppress(OSError):
                path.unlink()
        raise


def _csv(lines: Path, target: Path, tables: Sequence[Table]) -> dict[str, int]:
    """``reports.csv``, ``facts.csv`` …, in UTF-8 with a mark that Excel knows it by."""
    target.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys((table.name for table in tables), 0)
    files = [(target / f"{table.name}.csv.new").open("w", encoding="utf-8-sig", newline="") for table in tables]
    try:
        writers = [csv.writer(file) for file in files]
        for table, writer in zip(tables, writers, strict=True):
            writer.writerow([column.name for column in table.columns])
        for document in documents(lines):
            for table, writer in zip(tables, writers, strict=True):
                for row in rows_of(table, document):
                    writer.writerow([_plain(cell) for cell in row])
                    counts[table.name] += 1
    finally:
        for file in files:
            file.close()
    for table in tables:
        os.replace(target / f"{table.name}.csv.new", target / f"{table.name}.csv")
    return counts


def _plain(cell: Cell) -> str | int | Decimal | None:
    """A cell of a CSV: figures as printed, and no text that a spreadsheet takes for a formula."""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA and not _FIGURE.fullmatch(cell) else cell


def _sqlite(lines: Path, target: Path, tables: Sequence[Table]) -> dict[str, int]:
    """One table each, with indexes; figures as REAL, and beside them, in ``…_exact``, as printed."""
    new = target.with_name(f"{target.name}.new")
    for stale in (new, new.with_name(f"{new.name}-journal")):
        with suppress(FileNotFoundError):
            stale.unlink()
    counts = dict.fromkeys((table.name for table in tables), 0)
    base = sqlite3.connect(new)
    try:
        for table in tables:
            base.execute(f"CREATE TABLE {table.name} ({', '.join(_declared(table))})")
        for document in documents(lines):
            for table in tables:
                made = [_values(table, row) for row in rows_of(table, document)]
                if made:
                    base.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(made[0]))})", made)
                    counts[table.name] += len(made)
        for name, column in (
            ("facts", "key"),
            ("facts", "concept"),
            ("facts", "file"),
            ("findings", "file"),
            ("findings", "outcome"),
        ):
            base.execute(f"CREATE INDEX {name}_{column} ON {name} ({column})")
        base.execute("CREATE VIEW inconsistent AS SELECT * FROM findings WHERE outcome = '不符'")
        base.commit()
    finally:
        base.close()
    os.replace(new, target)
    return counts


_SQL = {"text": "TEXT", "integer": "INTEGER", "number": "REAL"}


def _declared(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield f'"{column.name}" {_SQL[column.type]}'
        if column.type == "number":
            yield f'"{column.name}_exact" TEXT'


def _values(table: Table, row: Sequence[Cell]) -> list[object]:
    made: list[object] = []
    for column, cell in zip(table.columns, row, strict=True):
        if column.type != "number":
            made.append(cell)
        elif cell is None:
            made += (None, None)
        else:
            made += (float(cell), f"{cell:f}" if isinstance(cell, Decimal) else str(cell))
    return made


def _xlsx(lines: Path, target: Path, tables: Sequence[Table]) -> dict[str, int]:
    """A workbook with a sheet for each table: Chinese heads, frozen, with filters; figures as numbers."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise BatchError(
            "RP-BATCH-006",
            "写 XLSX 需要 XlsxWriter：pip install 'reportparse[xlsx]'",
            "XLSX needs XlsxWriter: pip install 'reportparse[xlsx]'",
        ) from error
    new = target.with_name(f"{target.name}.new")
    book: Any = xlsxwriter.Workbook(
        new, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    try:
        head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "bottom": 1, "text_wrap": True, "valign": "top"})
        counts: dict[str, int] = {}
        for table in tables:  # a sheet is written row by row and then left: the lines are read once for each
            sheet = book.add_worksheet(table.sheet)
            sheet.freeze_panes(1, 1)
            for at, column in enumerate(table.columns):
                sheet.set_column(at, at, _WIDTHS.get(column.name, 16 if column.type == "number" else 12))
                sheet.write_string(0, at, column.head, head)
            count = 0
            for document in documents(lines):
                for row in rows_of(table, document):
                    if table.unless is not None and row[table.unless[0]] == table.unless[1]:
                        continue
                    count += 1
                    if count >= _ROWS:
                        raise BatchError(
                            "RP-BATCH-006", f"{table.sheet}超过 Excel 的 {_ROWS} 行，请改用 csv 或 sqlite",
                            f"{table.name} has more rows than a sheet holds ({_ROWS}): use csv or sqlite",
                        )  # fmt: skip
                    for at, cell in enumerate(row):
                        _write_cell(sheet, count, at, cell)
            sheet.autofilter(0, 0, max(count, 1), len(table.columns) - 1)
            counts[table.name] = count
    except BaseException:
        with suppress(Exception):  # what it keeps for its rows goes with it
            book.close()
        raise
    book.close()
    os.replace(new, target)
    return counts


_WIDTHS = {
    "file": 36,
    "title": 44,
    "department": 28,
    "message": 70,
    "key": 48,
    "quote": 18,
    "label": 28,
    "reason": 40,
    "causes": 30,
    "quotes": 40,
}


def _write_cell(sheet: Any, row: int, column: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:_LONGEST])
    elif (
        len(Decimal(cell).normalize().as_tuple().digits) > _EXACT_DIGITS
        or abs(Decimal(cell).adjusted()) > _EXACT_DIGITS
    ):
        sheet.write_string(row, column, f"{Decimal(cell):f}"[:_LONGEST])  # a number would lose digits
    else:
        sheet.write_number(row, column, float(cell))


FORMATS: dict[str, Callable[[Path, Path, Sequence[Table]], dict[str, int]]] = {
    "csv": _csv,
    "sqlite": _sqlite,
    "xlsx": _xlsx,
}
"""What can be written."""

"""Tables as Parquet, for pandas and DuckDB: a file a table, or one file with the facts within their reports.

A number is a decimal of 38 digits, 12 of them behind the point, of money in yuan 6: that holds what reports print, shares that
a spreadsheet spilled out with many places too, and adds up exactly. A number that it does not hold is null and is told; the
digits as printed stand beside every number, in ``…_exact``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

from reportparse.export.documents import Lines
from reportparse.export.rows import Cell, Column, Row, Table, identifiers, name_of
from reportparse.export.targets import new_file, new_files, spare
from reportparse.export.written import Written

__all__ = ["write_parquet"]

_PRECISION = 38
_SCALES = {"number": 12, "money": 6, "share": 6}
"""Places behind the point. Fewer for money: a sum of a column has them all, and 1000.000000000000 is no way to print yuan."""
_CONTEXT = Context(prec=_PRECISION)
_HELD = 4_096
"""Rows that are held as Python values before they are packed."""
_GROUP = 65_536
"""Rows, of facts where these are nested, in a row group: DuckDB reads groups at once, and the memory of one is what we take."""
_WITHIN = ("sections", "facts", "findings", "unclaimed")


class _Packed:
    """The columns of a table, filled row by row and packed as Arrow arrays. ``misfits`` counts numbers that do not fit."""

    def __init__(self, columns: Sequence[Column], left_out: Sequence[str] = ()) -> None:
        import pyarrow

        types = {
            "text": pyarrow.string(), "integer": pyarrow.int64(), "list": pyarrow.list_(pyarrow.string()),
            **{name: pyarrow.decimal128(_PRECISION, scale) for name, scale in _SCALES.items()},
        }  # fmt: skip
        self._columns = [column for column in columns if column.name not in left_out]
        self._at = [at for at, column in enumerate(columns) if column.name not in left_out]
        self.fields: list[Any] = []
        for column, name in zip(self._columns, identifiers(self._columns), strict=True):
            about = {"key": column.name, "名称": column.head}
            self.fields.append(pyarrow.field(name, types[column.type], metadata=about))
            if column.is_exact:
                self.fields.append(pyarrow.field(f"{name}_exact", pyarrow.string(), metadata=about))
        self.misfits = 0
        self.rows = 0
        self._cells: list[list[object]] = [[] for _ in self.fields]

    def add(self, row: Row) -> None:
        filled = iter(self._cells)
        for column, at in zip(self._columns, self._at, strict=True):
            cell = row[at]
            if column.type in _SCALES:
                next(filled).append(self._held(cell, _SCALES[column.type]))
                if column.is_exact:
                    exact = f"{cell:f}" if isinstance(cell, Decimal) else None if cell is None else str(cell)
                    next(filled).append(exact)
            else:
                next(filled).append(cell)
        self.rows += 1

    def _held(self, cell: Cell, scale: int) -> Decimal | None:
        """A number with the places that the column has, if that is the number."""
        if not isinstance(cell, Decimal | int):
            return None
        number = Decimal(cell)
        if not number:
            return Decimal(0)
        if number.adjusted() < _PRECISION - scale:
            held = _CONTEXT.quantize(number, Decimal(1).scaleb(-scale))
            if held == number:
                return held
        self.misfits += 1
        return None

    def arrays(self) -> list[Any]:
        """What has been added since the last time."""
        import pyarrow

        made = [pyarrow.array(cells, type=field.type) for cells, field in zip(self._cells, self.fields, strict=True)]
        self._cells = [[] for _ in self.fields]
        self.rows = 0
        return made


class _File:
    """A Parquet file that is written row group by row group."""

    def __init__(self, path: Path, fields: Sequence[Any]) -> None:
        import pyarrow
        from pyarrow import parquet

        self.schema = pyarrow.schema(fields)
        self._writer = parquet.ParquetWriter(path, self.schema, compression="zstd")
        self._batches: list[Any] = []
        self._held = 0

    def add(self, arrays: Sequence[Any], weight: int) -> None:
        """Another batch of rows; ``weight`` is what counts towards a group."""
        import pyarrow

        self._batches.append(pyarrow.RecordBatch.from_arrays(list(arrays), schema=self.schema))
        self._held += weight
        if self._held >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        if self._batches:
            self._writer.write_table(pyarrow.Table.from_batches(self._batches), row_group_size=_GROUP)
        self._batches, self._held = [], 0

    def __enter__(self) -> _File:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self._writer.close()


def write_parquet(lines: Lines, target: Path, tables: Sequence[Table]) -> Written:
    """One file with everything of a report in its row, where ``target`` ends in ``.parquet``; otherwise a folder with
    ``reports.parquet``, ``facts.parquet`` …, flat.
    """
    nested = target.suffix.lower() == ".parquet"
    counts, misfits = (_nested if nested else _flat)(lines, target, tables)
    if not misfits:
        return Written(counts)
    return Written(counts, ((
        f"{misfits} 个数位数太多，数值列放不下而为空；印出的各位数字在 …_exact 列",
        f"{misfits} numbers have more digits than their columns hold and are null there; the digits are in the columns …_exact",
    ),))  # fmt: skip


def _flat(lines: Lines, folder: Path, tables: Sequence[Table]) -> tuple[dict[str, int], int]:
    names = [f"{table.name}.parquet" for table in tables]
    spare(lines.path, [folder / name for name in names])
    counts = {table.name: 0 for table in tables}
    packed = [_Packed(table.columns) for table in tables]
    with new_files(folder, names) as paths, ExitStack() as opened:
        files = [opened.enter_context(_File(path, one.fields)) for path, one in zip(paths, packed, strict=True)]
        for document in lines:
            for table, one, file in zip(tables, packed, files, strict=True):
                for row in table.rows(document):
                    one.add(row)
                    counts[table.name] += 1
                if one.rows >= _HELD:
                    weight = one.rows
                    file.add(one.arrays(), weight)
        for table, one, file in zip(tables, packed, files, strict=True):
            for row in table.after(lines):
                one.add(row)
                counts[table.name] += 1
            file.add(one.arrays(), 0)
        opened.close()  # before they are given their names
    return counts, sum(one.misfits for one in packed)


def _nested(lines: Lines, target: Path, tables: Sequence[Table]) -> tuple[dict[str, int], int]:
    """A row a line. What failed has a row too, with the reason in ``error`` and nothing else; what is between reports has none."""
    import pyarrow

    spare(lines.path, [target])
    counts = dict.fromkeys(("reports", *_WITHIN, "failures"), 0)
    by_name = {table.name: table for table in tables}
    reports = by_name["reports"]
    within = [by_name[name] for name in _WITHIN]
    own = _Packed(reports.columns, _WITHIN)
    failed = _Packed(by_name["failures"].columns, ("file",))
    packed = [_Packed(table.columns, ("file",)) for table in within]
    inner = [pyarrow.struct(one.fields) for one in packed]
    fields = [*own.fields, pyarrow.field("error", pyarrow.struct(failed.fields))]
    fields += [pyarrow.field(table.name, pyarrow.list_(of)) for table, of in zip(within, inner, strict=True)]
    offsets: list[list[int]] = [[0] for _ in within]
    empty = [None] * (len(reports.columns) - 1)

    def pack() -> list[Any]:
        errors = failed.arrays()
        arrays = own.arrays()
        arrays.append(pyarrow.StructArray.from_arrays(errors, fields=failed.fields, mask=errors[0].is_null()))
        for at, one in enumerate(packed):
            values = pyarrow.StructArray.from_arrays(one.arrays(), fields=one.fields)
            arrays.append(pyarrow.ListArray.from_arrays(pyarrow.array(offsets[at], pyarrow.int32()), values))
            offsets[at] = [0]
        return arrays

    with new_file(target) as new, _File(new, fields) as file:
        for document in lines:
            row = next(iter(reports.rows(document)), None)
            own.add(row if row is not None else (name_of(document), *empty))
            reason = next(iter(by_name["failures"].rows(document)), (None, None, None))
            failed.add(reason)
            counts["reports" if row is not None else "failures"] += 1
            for table, one, ends in zip(within, packed, offsets, strict=True):
                for each in table.rows(document):
                    one.add(each)
                counts[table.name] += one.rows - ends[-1]
                ends.append(one.rows)
            weight = max(own.rows, *(one.rows for one in packed))
            if weight >= _HELD:
                file.add(pack(), weight)
        file.add(pack(), 0)
    return counts, sum(one.misfits for one in (own, *packed))

"""Tables as a database: keys between them, indexes, views, and a file that tells Datasette how to show them."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from reportparse.export.documents import Document, Lines
from reportparse.export.rows import Cell, Column, Row, Table, identifiers
from reportparse.export.targets import new_file, spare
from reportparse.export.written import Written

__all__ = ["write_sqlite"]

_SQL = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "money": "REAL", "share": "REAL"}
_POINTS = {"section_id": ("section", "sections"), "parent_id": ("parent", "sections")}
"""Columns that name a heading by its id: as a key of the database, and of which table."""
_LEFT_OUT = frozenset({"file", "section", "facts"})
"""What a key or another table says: whose row it is, the words of a heading, the facts of a finding."""
_INDEXES = (
    ("sections", "report"), ("facts", "report"), ("facts", "concept, member, period"), ("facts", "key"), ("facts", "section"),
    ("findings", "report"), ("findings", "outcome, code"), ("finding_facts", "fact"), ("unclaimed", "report"),
    ("unclaimed", "section"), ("across", "outcome, code"), ("reports", "file"), ("reports", "department, fiscal_year"), ("reports", "region_code"),
)  # fmt: skip
_REPORT = "r.file, r.title, r.department, r.region, r.fiscal_year, r.kind AS document_kind"
_VIEWS = {
    "inconsistent": (
        "不符一览：与报告其他数字对不上的数，每行一处",
        f"SELECT {_REPORT}, f.code, f.message, f.reported, f.computed, f.unit, round(f.reported - f.computed, 6) AS difference, f.causes, f.page, "
        "f.pk AS finding, r.pk AS report FROM findings f JOIN reports r ON r.pk = f.report WHERE f.outcome = '不符' ORDER BY f.pk",
    ),
    "finding_list": (
        "全部核对结果，连同所属报告",
        f"SELECT {_REPORT}, f.outcome, f.code, f.message, f.reported, f.computed, f.unit, f.causes, f.page, f.pk AS finding, r.pk AS report "
        "FROM findings f JOIN reports r ON r.pk = f.report",
    ),
    "fact_list": (
        "全部事实，连同所属报告与章节",
        f"SELECT {_REPORT}, f.concept_zh, f.concept, f.member, f.label, f.fund, f.basis, f.period, f.aspect, f.state, f.value, f.unit, "
        "f.yuan, f.text, f.quote, f.page, s.title AS section_title, f.key, f.pk AS fact, r.pk AS report "
        "FROM facts f JOIN reports r ON r.pk = f.report LEFT JOIN sections s ON s.pk = f.section",
    ),
    "most_unclaimed": (
        "未识别最多的报告在前",
        f"SELECT {_REPORT}, r.unclaimed, r.quantities, round(1.0 * r.claimed / nullif(r.quantities, 0), 4) AS claimed_share, "
        "r.pk AS report FROM reports r WHERE r.unclaimed > 0 ORDER BY r.unclaimed DESC, r.file",
    ),
    "unclaimed_labels": (
        "未识别的数字都叫什么，常见的在前",
        "SELECT label, kind, count(*) AS times, count(DISTINCT report) AS reports FROM unclaimed GROUP BY label, kind ORDER BY times DESC, label",
    ),
    "finding_codes": (
        "各类核对各有多少结果",
        "SELECT code, relation, outcome, count(*) AS findings, count(DISTINCT report) AS reports FROM findings "
        "GROUP BY code, relation, outcome ORDER BY findings DESC, code, outcome",
    ),
    "failure_codes": (
        "读不了的文件按原因计",
        "SELECT code, count(*) AS files, min(reason) AS reason FROM failures GROUP BY code ORDER BY files DESC, code",
    ),
}  # fmt: skip
_SOURCE = "reportparse"
_PANEL = "一份报告一行的宽表：主要指标，金额以元计"
_ABOUT = {
    "reports": "一份报告一行", "sections": "标题", "facts": "事实：一个印出的数（或词）及其含义，一个一行",
    "findings": "勾稽核对结果", "unclaimed": "没有归入任何指标的数", "failures": "读不了的文件",
    "across": "报告之间的核对结果：同一单位各年度、各文种的报告相互核对", "finding_facts": "核对结果所涉的事实，按次序",
}  # fmt: skip


class _Shape(NamedTuple):
    """A table as the database has it: its columns as declared, and of each of ours what is stored (None: nothing)."""

    name: str
    declared: list[str]
    heads: dict[str, str]
    stored: list[Column | None]


def write_sqlite(lines: Lines, target: Path, tables: Sequence[Table]) -> Written:
    """A database, and beside it ``NAME.metadata.json`` for Datasette.

    Figures are REAL, and beside them stand, in ``…_exact``, the digits as printed. ``pk`` is a number that a row has in the
    database; ``id`` (``f20``) the name that a fact or a finding has within its report.
    """
    metadata = target.with_name(f"{target.stem}.metadata.json")
    spare(lines.path, [target, metadata])
    counts = {table.name: 0 for table in tables}
    with new_file(target) as new:
        shapes = [_shape(table) for table in tables]
        with closing(sqlite3.connect(new, isolation_level=None)) as base:
            # Nobody reads a file that is not whole: it needs no journal. Keys are right as they are made.
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536"):
                base.execute(f"PRAGMA {pragma}")
            base.execute("BEGIN")
            for shape in shapes:
                base.execute(_created(shape))
            base.execute(
                "CREATE TABLE finding_facts (\n  finding INTEGER NOT NULL REFERENCES findings (pk),\n  position INTEGER NOT NULL,\n"
                "  fact INTEGER NOT NULL REFERENCES facts (pk),\n  PRIMARY KEY (finding, position)\n) WITHOUT ROWID"
            )
            _fill(base, lines, tables, shapes, counts)
            for name, columns in _INDEXES:
                base.execute(f"CREATE INDEX {name}_{columns.replace(', ', '_')} ON {name} ({columns})")
            for name, (_, select) in _VIEWS.items():
                base.execute(f"CREATE VIEW {name} AS {select}")
            base.execute(_panel(tables[0]))
            base.execute("COMMIT")
            base.execute("ANALYZE")
        about = json.dumps(_metadata(target.stem, shapes), ensure_ascii=False, indent=1) + "\n"
        notes = []
        if _is_ours(metadata):
            with new_file(metadata) as beside:
                beside.write_text(about, encoding="utf-8")
        else:
            notes.append(
                (f"{metadata.name} 不是本程序写的，未改动", f"{metadata.name} is not ours and was left as it is")
            )
    return Written(counts, tuple(notes))


def _is_ours(metadata: Path) -> bool:
    """Whether it may be written: it is not there yet, or an earlier export wrote it."""
    try:
        return not metadata.exists() or f'"source": "{_SOURCE}"' in metadata.read_text(encoding="utf-8")
    except ValueError:
        return False


def _fill(
    base: sqlite3.Connection, lines: Lines, tables: Sequence[Table], shapes: Sequence[_Shape], counts: dict[str, int]
) -> None:
    report = 0
    for document in lines:
        report += "error" not in document
        keys: dict[str, dict[str, int]] = {}
        for table, shape in zip(tables, shapes, strict=True):
            rows = list(table.rows(document))
            first = counts[table.name] + 1
            if table.columns[1].name == "id":
                keys[table.name] = {str(row[1]): first + at for at, row in enumerate(rows)}
            made = [list(_values(shape, row, first + at, report, keys)) for at, row in enumerate(rows)]
            if made:
                base.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(made[0]))})", made)
                counts[table.name] += len(made)
        base.executemany("INSERT INTO finding_facts VALUES (?, ?, ?)", _cited(document, keys))
    for table, shape in zip(tables, shapes, strict=True):
        for row in table.after(lines):
            counts[table.name] += 1
            made = [list(_values(shape, row, counts[table.name], report, {}))]
            base.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(made[0]))})", made)


def _cited(document: Document, keys: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[int, int, int]]:
    for finding in document.get("findings", ()):
        known = [keys["facts"][id] for id in finding["facts"] if id in keys["facts"]]
        for position, fact in enumerate(known, 1):
            yield keys["findings"][finding["id"]], position, fact


def _shape(table: Table) -> _Shape:
    owned = table.name not in ("reports", "failures", "across")
    declared = ["pk INTEGER PRIMARY KEY"]
    heads = {"pk": "行号"}
    if owned:
        declared.append("report INTEGER NOT NULL REFERENCES reports (pk)")
        heads["report"] = "报告"
    stored: list[Column | None] = []
    for column, name in zip(table.columns, identifiers(table.columns), strict=True):
        if owned and column.name in _LEFT_OUT:
            stored.append(None)
            continue
        stored.append(column)
        if column.name in _POINTS:
            name, other = _POINTS[column.name]
            declared.append(f"{name} INTEGER REFERENCES {other} (pk)")
        else:
            declared.append(f"{name} {_SQL[column.type]}")
        heads[name] = column.head.removesuffix("编号") if column.name in _POINTS else column.head
        if column.is_exact:
            declared.append(f"{name}_exact TEXT")
            heads[f"{name}_exact"] = f"{column.head}，印出的各位数字"
    return _Shape(table.name, declared, heads, stored)


def _created(shape: _Shape) -> str:
    """The statement that makes a table, with the Chinese head of every column as a remark: ``.schema`` shows it."""
    ends = [","] * (len(shape.declared) - 1) + [""]
    written = (
        f"  {one}{end} -- {' '.join(head.split())}"
        for one, end, head in zip(shape.declared, ends, shape.heads.values(), strict=True)
    )
    return f"CREATE TABLE {shape.name} (\n" + "\n".join(written) + "\n)"


def _values(shape: _Shape, row: Row, pk: int, report: int, keys: Mapping[str, Mapping[str, int]]) -> Iterator[object]:
    yield pk
    if "report" in shape.heads:
        yield report
    for column, cell in zip(shape.stored, row, strict=True):
        if column is None:
            continue
        if column.name in _POINTS:
            yield keys[_POINTS[column.name][1]].get(str(cell))
        elif column.is_exact:
            yield _real(cell)
            yield f"{cell:f}" if isinstance(cell, Decimal) else str(cell) if cell is not None else None
        elif column.type == "share":
            yield _real(cell)
        else:
            yield cell


def _real(cell: Cell) -> float | None:
    """The nearest binary number; of what is beyond them all, or no number, there is none."""
    if not isinstance(cell, Decimal | int):
        return None
    with suppress(OverflowError):
        real = float(cell)
        return real if math.isfinite(real) else None
    return None


def _panel(reports: Table) -> str:
    """The view of a report a row: who and when, and its figures without their exact twins."""
    names = identifiers(reports.columns)
    fixed = reports.at("sha256") + 1
    who = ["pk AS report", "file", "kind", "title", "department", "region", "region_code", "fiscal_year"]
    return f"CREATE VIEW panel AS SELECT {', '.join(who + names[fixed:])} FROM reports"


def _metadata(name: str, shapes: Sequence[_Shape]) -> dict[str, object]:
    """What Datasette reads with ``-m``: what tables are, and the words that stand for a row that others point to."""
    labels = {"reports": "file", "sections": "title", "facts": "quote", "findings": "message", "across": "message"}
    tables: dict[str, object] = {
        shape.name: {"description": _ABOUT[shape.name]}
        | ({"label_column": labels[shape.name]} if shape.name in labels else {})
        for shape in shapes
    }
    tables["finding_facts"] = {"description": _ABOUT["finding_facts"]}
    tables["panel"] = {"description": _PANEL}
    tables |= {view: {"description": about} for view, (about, _) in _VIEWS.items()}
    return {"databases": {name: {"source": _SOURCE, "tables": tables}}}

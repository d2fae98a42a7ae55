"""JSON Lines into a form: which there are, what each needs, and what is said where it cannot be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from reportparse.errors import BatchError, because
from reportparse.export.corrected import Corrections
from reportparse.export.csvs import write_csvs
from reportparse.export.documents import Lines, Progress, nobody
from reportparse.export.rows import Table, tables
from reportparse.export.separate import free, write_separate
from reportparse.export.sqlite import write_sqlite
from reportparse.export.targets import require_tables_alone
from reportparse.export.wide import wanted
from reportparse.export.written import Written

__all__ = ["FORMATS", "export", "form_of", "in_the_way", "missing_for"]

_ENDS = {".xlsx": "xlsx", ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite", ".parquet": "parquet"}
_NEEDS = {"xlsx": ("xlsxwriter", "XlsxWriter"), "parquet": ("pyarrow.parquet", "pyarrow")}
"""What a form is written with: the module, and what it is called."""


def _write_workbook(lines: Lines, target: Path, listed: Sequence[Table]) -> Written:
    from reportparse.export.workbook import write_workbook

    return write_workbook(lines, target, listed)


def _write_parquet(lines: Lines, target: Path, listed: Sequence[Table]) -> Written:
    from reportparse.export.parquet import write_parquet

    return write_parquet(lines, target, listed)


FORMATS: dict[str, Callable[[Lines, Path, Sequence[Table]], Written]] = {
    "csv": write_csvs,
    "sqlite": write_sqlite,
    "xlsx": _write_workbook,
    "parquet": _write_parquet,
    "json": write_separate,
}
"""What can be written, and what writes it."""


def form_of(target: Path) -> str:
    """The form that the end of a target's name asks for, else ``csv``."""
    return _ENDS.get(target.suffix.lower(), "csv")


def missing_for(form: str) -> BatchError | None:
    """What has to be installed before a form can be written, or None: to ask before a long run.

    Raises:
        KeyError: there is no such form.
    """
    if form not in FORMATS:
        raise KeyError(form)
    if form not in _NEEDS:
        return None
    module, name = _NEEDS[form]
    try:
        import_module(module)
    except ImportError:
        how = f"pip install 'reportparse[{form}]'"
        return BatchError("RP-BATCH-006", f"写 {form} 需要 {name}：{how}", f"{form} needs {name}: {how}")
    return None


def in_the_way(form: str, target: Path) -> BatchError | None:
    """What is where a form is to be written and is none of ours, or None: to ask before a long run."""
    if form == "json":
        try:
            free(target)
        except BatchError as error:
            return error
        return None
    is_file = form in ("sqlite", "xlsx") or (form == "parquet" and form_of(target) == "parquet")
    if not is_file and target.is_dir():
        try:
            require_tables_alone(target, {table.name for table in tables(())})
        except BatchError as error:
            return error
    if not target.exists() or target.is_dir() != is_file:
        return None
    zh, en = ("是文件夹", "it is a folder") if is_file else ("不是文件夹", "it is no folder")
    return BatchError("RP-BATCH-007", f"写不了 {target}（{zh}）", f"cannot write {target} ({en})")


def export(
    lines: Path,
    target: Path,
    form: str,
    *,
    wide: Sequence[str] = (),
    corrections: Sequence[Path] = (),
    packs: Sequence[str] = (),
    progress: Callable[[Progress], None] = nobody,
) -> Written:
    """Write a file of JSON Lines in another form, and say how many rows each table has.

    ``target`` is a folder for ``csv`` (a file a table) and ``json`` (a file a report), a file for ``sqlite`` and ``xlsx``; for
    ``parquet`` a file with the facts within their reports if its name ends in ``.parquet``, otherwise a folder with a file a
    table. It appears whole or not at all. ``wide`` are the keys of the figures that a report's row shows, or ``@FILE`` with a
    list of them; ``corrections`` are files that the review page saved, and folders of such, by which the tables are corrected and
    checked again (not ``json``, which has the lines as they are), with the rule packs that read them beside those of this program:
    ``packs``; ``progress`` is called after every line. Memory does not grow with the lines.

    Raises:
        BatchError: ``RP-BATCH-001`` no such list, ``-004`` the lines are none of ours, ``-005`` no such concept, ``-006`` what
            the form needs is not installed, ``-007`` the target cannot be written.
        GoldError: a file of corrections cannot be used.
        PackError: a rule pack cannot be used.
    """
    listed = tables(wanted(wide))
    missing = missing_for(form)
    if missing is not None:
        raise missing
    source = Lines(lines, progress, Corrections(corrections, packs) if corrections else None)
    try:
        written = FORMATS[form](source, target, listed)
        return written if source.corrections is None else written.with_notes(source.corrections.notes())
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise source.fault() from error
    except (sqlite3.Error, OSError) as error:
        zh, en = because(error)
        raise BatchError("RP-BATCH-007", f"写不了 {target}（{zh}）", f"cannot write {target} ({en})") from error

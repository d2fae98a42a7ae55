"""What is done: a line of output for every document, and an entry in SQLite that says where it stands.

The line is written first and the entry after it, in one file each: whatever moment a run ends at, the entries tell which
lines are whole. What stands behind the last of them is cut off when the next run begins.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from reportparse.errors import BatchError, because

__all__ = ["LINES", "Entry", "Journal", "is_output", "keep_pages", "read_briefs", "read_entries", "read_pages"]

LINES = "reports.jsonl"
_JOURNAL = "journal.sqlite"
_LOCK = "lock.sqlite"
_NEW = LINES + ".new"
_LAYOUT = "4"
"""Of the tables below and of what briefs hold: those of another one are made anew, and all documents parsed again."""
_OWN = (_LOCK, _JOURNAL)
"""What a run that was killed at its very beginning leaves."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS lines (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL,
    code TEXT, reason TEXT, seconds REAL NOT NULL, facts INTEGER NOT NULL, quantities INTEGER NOT NULL,
    claimed INTEGER NOT NULL, inconsistent INTEGER NOT NULL, brief TEXT
);
CREATE TABLE IF NOT EXISTS inputs (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
"""


_KEPT = "sha256, lines.name, start, length, code, reason, seconds, facts, quantities, claimed, inconsistent"
_DONE = f"SELECT inputs.name, {_KEPT} FROM inputs JOIN lines USING (sha256) ORDER BY inputs.name"
_BRIEFS = "SELECT inputs.name, brief FROM inputs JOIN lines USING (sha256) ORDER BY inputs.name"
_WAITING = "SELECT count(*) FROM inputs WHERE sha256 NOT IN (SELECT sha256 FROM lines)"


class Entry(NamedTuple):
    """What is kept of a document that is done: under which name it was parsed, where its line stands, the ``code`` and
    ``reason`` of its failure if it failed, seconds of parsing, and counts.
    """

    sha256: str
    name: str
    start: int
    length: int
    code: str | None
    reason: str | None
    seconds: float
    facts: int
    quantities: int
    claimed: int
    inconsistent: int


class Journal:
    """The state of an output folder. ``made_by`` tells what the lines depend on beside the bytes of a document: the version
    and the packs; lines that were made by something else are made again.

    Raises:
        BatchError: ``RP-BATCH-002`` the folder is no output of a batch, or cannot be written; ``RP-BATCH-003`` another run
            is writing it.
    """

    def __init__(self, folder: str, made_by: str) -> None:
        self.folder = Path(folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            foreign = not (self.folder / _JOURNAL).exists() and any(
                not path.name.startswith(_OWN) for path in self.folder.iterdir()
            )
            if foreign:
                raise BatchError(
                    "RP-BATCH-002",
                    f"{folder} 里已有别的文件，请另选一个输出文件夹",
                    f"{folder} holds other files: choose another folder for the output",
                )
            self._lock = sqlite3.connect(self.folder / _LOCK, isolation_level=None, timeout=0.2)
            self._lock.execute("BEGIN EXCLUSIVE")  # held to the end of the process, however it ends
            self.base = sqlite3.connect(self.folder / _JOURNAL, isolation_level=None)
            self.base.execute("PRAGMA journal_mode = WAL")
            self.base.execute("PRAGMA synchronous = NORMAL")
            self.base.executescript(_SCHEMA)
            if self._meta("layout") != _LAYOUT:
                self.base.executescript(f"DROP TABLE lines; DROP TABLE inputs; {_SCHEMA}")
                self._set("layout", _LAYOUT)
            self._recover(made_by)
            self._lines = (self.folder / LINES).open("ab")
        except sqlite3.OperationalError as error:
            busy = "locked" in str(error)
            zh, en = because(error)
            raise BatchError(
                "RP-BATCH-003" if busy else "RP-BATCH-002",
                f"另一个 reportparse batch 正在写 {folder}" if busy else f"写不了 {folder}（{zh}）",
                f"another reportparse batch is writing {folder}" if busy else f"cannot write {folder} ({en})",
            ) from error
        except sqlite3.DatabaseError as error:
            raise _damaged(folder) from error
        except OSError as error:
            zh, en = because(error)
            raise BatchError("RP-BATCH-002", f"写不了 {folder}（{zh}）", f"cannot write {folder} ({en})") from error

    def _recover(self, made_by: str) -> None:
        """Finish what the last run was at, and cut off what it did not finish."""
        lines, new = self.folder / LINES, self.folder / _NEW
        if self._meta("moving") == "1" and new.exists():
            os.replace(new, lines)
        with suppress(FileNotFoundError):
            new.unlink()
        self._set("moving", "0")
        lines.touch()
        if self._meta("made_by") not in (None, made_by):
            self.base.execute("DELETE FROM lines")
        self._set("made_by", made_by)
        size = lines.stat().st_size
        self.base.execute(
            "DELETE FROM lines WHERE start + length > ?", (size,)
        )  # the power went before the disk had it
        (end,) = self.base.execute("SELECT coalesce(max(start + length), 0) FROM lines").fetchone()
        if end < size:
            with lines.open("r+b") as file:
                file.truncate(end)

    def _meta(self, key: str) -> str | None:
        row = self.base.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row is not None else None

    def _set(self, key: str, value: str) -> None:
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def begin(self, names: Mapping[str, str], skipped: Mapping[str, int]) -> int:
        """The inputs of this run, each with the hash of its bytes; and how many files are none, by the endings of their names.
        How many inputs of the last run are none of this one's is what comes back.
        """
        gone = sum(name not in names for (name,) in self.base.execute("SELECT name FROM inputs"))
        with self._at_once():
            self._set("skipped", json.dumps(dict(sorted(skipped.items())), ensure_ascii=False))
            self.base.execute("DELETE FROM inputs")
            self.base.executemany("INSERT INTO inputs VALUES (?, ?)", names.items())
        return gone

    def done(self) -> dict[str, Entry]:
        """What has a line, by the hash of its bytes."""
        return {row[0]: Entry(*row) for row in self.base.execute(f"SELECT {_KEPT} FROM lines")}

    def forget(self, sha256: str) -> None:
        """Have a document parsed again."""
        self.base.execute("DELETE FROM lines WHERE sha256 = ?", (sha256,))

    def add(self, line: bytes, sha256: str, name: str, values: Mapping[str, Any]) -> None:
        """Put a line down, and then that it is there. ``brief`` among the values is JSON of what an overview shows of it."""
        start = self._lines.tell()
        self._lines.write(line)
        self._lines.flush()
        self.base.execute(
            "INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                sha256, name, start, len(line), values.get("code"), values.get("reason"), values.get("seconds", 0.0),
                values.get("facts", 0), values.get("quantities", 0), values.get("claimed", 0), values.get("inconsistent", 0),
                values.get("brief"),
            ),
        )  # fmt: skip

    def tidy(self) -> None:
        """Leave the lines of this run's inputs alone, in the order of their names, so that every way to the same inputs gives
        the same file.
        """
        self._lines.flush()
        os.fsync(self._lines.fileno())
        rows = self.base.execute(
            "SELECT sha256, min(name) AS first FROM inputs WHERE sha256 IN (SELECT sha256 FROM lines) GROUP BY sha256 ORDER BY first"
        ).fetchall()
        places = {row[0]: row[1:] for row in self.base.execute("SELECT sha256, start, length FROM lines")}
        moved: list[tuple[int, str]] = []
        with (self.folder / LINES).open("rb") as old, (self.folder / _NEW).open("wb") as new:
            for sha256, _ in rows:
                start, length = places[sha256]
                old.seek(start)
                moved.append((new.tell(), sha256))
                new.write(old.read(length))
            new.flush()
            os.fsync(new.fileno())
        with self._at_once():
            self.base.execute("DELETE FROM lines WHERE sha256 NOT IN (SELECT sha256 FROM inputs)")
            self.base.executemany("UPDATE lines SET start = ? WHERE sha256 = ?", moved)
            self._set("moving", "1")
        self._lines.close()
        os.replace(self.folder / _NEW, self.folder / LINES)
        self._set("moving", "0")
        self._lines = (self.folder / LINES).open("ab")

    def _at_once(self) -> _AtOnce:
        return _AtOnce(self.base)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()
        self.base.close()
        self._lock.close()


def is_output(folder: str) -> bool:
    """Whether a folder is the output of a batch."""
    return all(os.path.isfile(os.path.join(folder, name)) for name in _OWN)


def read_entries(folder: str) -> tuple[list[tuple[str, Entry]], int, dict[str, int]]:
    """Every input of the last run that is done, by its name; how many are not; and what was skipped. Another run may be going on.

    Raises:
        BatchError: ``RP-BATCH-002`` the folder is no output of a batch.
    """
    with _opened(folder) as base:
        done = [(row[0], Entry(*row[1:])) for row in base.execute(_DONE)]
        (waiting,) = base.execute(_WAITING).fetchone()
        skipped = base.execute("SELECT value FROM meta WHERE key = 'skipped'").fetchone()
    return done, int(waiting), json.loads(skipped[0]) if skipped is not None else {}


def read_briefs(folder: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Every input that is done, by its name, and what an overview shows of it: nothing if it failed.

    Raises:
        BatchError: ``RP-BATCH-002`` the folder is no output of a batch.
    """
    with _opened(folder) as base:
        for name, brief in base.execute(_BRIEFS):
            yield name, json.loads(brief) if brief is not None else None


def keep_pages(folder: str, pages: Mapping[str, str]) -> None:
    """Remember where the page for review of each report is, as a path from the folder.

    Raises:
        sqlite3.Error: another run is writing, or it cannot be written.
    """
    with closing(sqlite3.connect(Path(folder) / _JOURNAL, isolation_level=None)) as base:
        base.execute("INSERT OR REPLACE INTO meta VALUES ('pages', ?)", (json.dumps(dict(pages), ensure_ascii=False),))


def read_pages(folder: str) -> dict[str, str]:
    """Where the pages for review are that are still there, by the names of their reports, as paths from the folder.

    Raises:
        BatchError: ``RP-BATCH-002`` the folder is no output of a batch.
    """
    with _opened(folder) as base:
        kept = base.execute("SELECT value FROM meta WHERE key = 'pages'").fetchone()
    pages = json.loads(kept[0]) if kept is not None else {}
    return {name: path for name, path in pages.items() if (Path(folder) / path).is_file()}


@contextmanager
def _opened(folder: str) -> Iterator[sqlite3.Connection]:
    path = Path(folder) / _JOURNAL
    if not path.is_file():
        raise BatchError("RP-BATCH-002", f"{folder} 不是批处理的输出文件夹", f"{folder} is no output folder of a batch")
    try:
        base = _readable(path)
    except sqlite3.Error as error:
        raise BatchError("RP-BATCH-002", f"读不了 {path}（{error}）", f"cannot read {path} ({error})") from error
    try:
        layout = base.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
        if layout != (_LAYOUT,):
            raise BatchError(
                "RP-BATCH-002",
                f"{folder} 是另一版本的 reportparse 写的；再运行一次 batch 即重新解析",
                f"{folder} was written by another version of reportparse: batch over it parses all again",
            )
        yield base
    except sqlite3.DatabaseError as error:
        raise _damaged(folder) from error
    finally:
        base.close()


def _damaged(folder: str) -> BatchError:
    return BatchError(
        "RP-BATCH-002",
        f"{folder} 的 {_JOURNAL} 已损坏：请另选一个输出文件夹重新解析；其中的 {LINES} 复制到别处后仍可用 reportparse export 转成表格",
        f"{_JOURNAL} in {folder} is damaged: parse again into another folder; a copy of its {LINES} elsewhere can still be exported",
    )


def _readable(path: Path) -> sqlite3.Connection:
    """A journal to read from, where nobody may write beside it as well."""
    if os.access(path.parent, os.W_OK):
        return sqlite3.connect(path)
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


class _AtOnce:
    """Several statements that are done all or not at all."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base

    def __enter__(self) -> None:
        self.base.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self.base.execute("COMMIT" if kind is None else "ROLLBACK")

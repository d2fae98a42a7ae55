"""The pages of many reports, written one by one, and the list that leads to them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from reportparse.batch.terms import FAILURES, KINDS
from reportparse.document import Document
from reportparse.errors import BatchError, ReadError, because
from reportparse.export.separate import Names
from reportparse.readers import read
from reportparse.replacing import require_writable
from reportparse.report import Report
from reportparse.review.page import Picture, index_page, page
from reportparse.webpage import shown

__all__ = ["INDEX", "Failed", "Pages", "Source", "find_source", "pictures_of", "write_folder", "write_page"]

INDEX = "index.html"
_OURS = b'<meta name="generator" content="reportparse review">'
_HEAD = 400
"""Bytes in which a page says that it is ours."""
_DOUBTED = ("improbable", "truncated", "unusual", "not_checkable")


class Failed(NamedTuple):
    """A document that could not be parsed, in the place of its report."""

    name: str
    reason: str
    code: str = ""


class Source(NamedTuple):
    """The source of a report: its document, its bytes; ``differs`` says that a file of its name has other content."""

    document: Document | None = None
    data: bytes = b""
    differs: bool = False


class Pages:
    """Where the page of each report stands, as a path below the folder. The same names in the same order give the same paths."""

    def __init__(self) -> None:
        self._names = Names()
        self._names.path_for(INDEX.removesuffix(".html"))  # no report takes the place of the list

    def path_for(self, name: str) -> str:
        """The path of the page of the report of that name, with ``/`` between its parts."""
        return f"{self._names.path_for(name).removesuffix('.json')}.html"


def find_source(report: Report, roots: Sequence[Path], **reading: Any) -> Source:
    """The source of a report: the file of its name below one of ``roots``, if its content is what was parsed.

    ``reading`` is what :func:`reportparse.readers.read` takes beside the bytes and their name.
    """
    differs = False
    parts = [part for part in report.source.name.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or not parts:
        return Source()
    tails = [parts[k:] for k in range(len(parts))]  # an archive may have been unpacked, or a folder within named
    for path in dict.fromkeys(root.joinpath(*names) for root in roots for names in tails):
        try:
            if not path.is_file():
                continue
            data = path.read_bytes()
            if sha256(data).hexdigest() == report.source.sha256:
                document = read(data, name=parts[-1], **reading)
                if document.source.text_sha256 == report.source.text_sha256:
                    return Source(document, data)
        except (OSError, ValueError, ReadError):
            continue
        differs = True
    return Source(differs=differs)


def pictures_of(source: Source) -> Iterable[Picture]:
    """The pages of a PDF as pictures, drawn as they are asked for; none of any other source."""
    if source.document is None or source.document.source.media_type != "application/pdf":
        return ()
    from reportparse.readers.page_image import grey_pages

    return grey_pages(source.data)


def write_page(path: Path, report: Report, source: Source, *, version: str, back: str | None = None) -> None:
    """Write one page, whole or not at all.

    Raises:
        BatchError: ``RP-BATCH-007`` it cannot be written, or something else stands there.
    """
    pieces = page(
        report, source.document, pictures_of(source), version=version, back=back, differs=source.differs
    )  # fmt: skip
    _write(path, pieces)


def write_folder(
    reports: Iterable[tuple[Report | Failed, Source]],
    folder: Path,
    *,
    version: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Counter[str]:
    """A page for every report and ``index.html``, which lists them. Returns how many ``pages`` and ``failures`` there are, and
    how many pages are ``sourceless``.

    One report is held at a time. What an earlier review wrote is written over.

    Raises:
        BatchError: ``RP-BATCH-007`` it cannot be written, or it holds what no review wrote.
    """
    _require_free(folder / INDEX)
    if not (folder / INDEX).exists():
        _require_pages_alone(folder)
    pages, rows, counts = Pages(), [], Counter[str]()
    for number, (report, source) in enumerate(reports, 1):
        if isinstance(report, Failed):
            counts["failures"] += 1
            rows.append(
                {
                    "name": shown(report.name),
                    "href": None,
                    "failure": report.reason,
                    "code": report.code if report.code in FAILURES else None,
                    "sourceless": False,
                    "sha256": "",
                    "total": 0,
                }
            )
            continue
        path = pages.path_for(report.source.name)
        back = "../" * path.count("/") + INDEX
        write_page(folder.joinpath(*path.split("/")), report, source, version=version, back=back)
        counts["pages"] += 1
        counts["sourceless"] += source.document is None
        rows.append(_row(report, quote(path), source))
        progress(number)
    _write(folder / INDEX, index_page(rows))
    return counts


def _row(report: Report, href: str, source: Source) -> dict[str, Any]:
    outcomes = Counter(finding.outcome for finding in report.findings)
    info = report.document
    doubted = sum(outcomes[name] for name in _DOUBTED)
    facts, unclaimed, missing = len(report.facts), len(report.unclaimed), len(report.missing)
    return {
        "name": shown(report.source.name), "href": href, "failure": None, "sourceless": source.document is None,
        "sha256": report.source.sha256, "total": facts + unclaimed + missing + outcomes["inconsistent"] + doubted,
        "title": shown(info.title or ""), "department": shown(info.department or ""), "year": info.fiscal_year or "",
        "kind": info.kind if info.kind in KINDS else "other", "inconsistent": outcomes["inconsistent"], "doubted": doubted,
        "unclaimed": unclaimed, "assumed": sum(fact.confidence < 1 for fact in report.facts), "missing": missing, "facts": facts,
    }  # fmt: skip


def _require_free(path: Path) -> None:
    """Nothing but a page of ours is ever written over: least of all the source of a report."""
    try:
        with path.open("rb") as file:
            free = _OURS in file.read(_HEAD)
    except FileNotFoundError:
        free = True
    except OSError:
        free = False
    if not free:
        raise BatchError(
            "RP-BATCH-007", f"{path} 已有别的内容，请换一个位置", f"{path} holds something else: choose another place"
        )  # fmt: skip


def _require_pages_alone(folder: Path) -> None:
    """Pages go into a folder of their own: one that is new, or that holds what a review that was interrupted has written."""
    for path in folder.rglob("*") if folder.is_dir() else ():
        below = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in below) and not _is_ours(path):
            raise BatchError(
                "RP-BATCH-007",
                f"{folder} 里有别的文件（{path.name}），请换一个新文件夹",
                f"{folder} holds other files ({path.name}): choose a new folder",
            )


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _OURS in file.read(_HEAD)
    except OSError:
        return False


def _write(path: Path, pieces: Iterator[str]) -> None:
    _require_free(path)
    try:
        require_writable(path)
    except OSError as error:
        zh, en = because(error)
        raise BatchError("RP-BATCH-007", f"写不了 {path}（{zh}）", f"cannot write {path} ({en})") from error
    beside = path.parent / f".{os.getpid()}.part"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        zh, en = because(error)
        raise BatchError("RP-BATCH-007", f"写不了 {path}（{zh}）", f"cannot write {path} ({en})") from error

"""``reportparse review FILE|LINES -o PAGE|FOLDER``: pages on which a person judges what was read, beside the source."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reportparse import __version__, parse
from reportparse.batch import is_output, link_pages
from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import printable, say
from reportparse.errors import BatchError, ReadError
from reportparse.export.documents import Lines
from reportparse.packs import load_packs
from reportparse.readers import read
from reportparse.report import Report
from reportparse.review import Failed, Pages, Source, find_source, write_folder, write_page

__all__ = ["parser", "run"]

_EVERY = 2.0
"""Seconds between two lines of progress."""
_LINES = frozenset({".json", ".jsonl", ".ndjson"})


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse review", lang,
        "reportparse review FILE -o PAGE.html\n       reportparse review OUT|LINES -o FOLDER [--root DIR]",
        ("生成审阅页：左边是原文（PDF 为版面），每个数字都已标出；右边是解析结果，有问题的在前。逐项接受、更正、驳回、备注，\n"
         "保存为更正文件。网页不联网，双击即可打开。",
         "Make a page for review: the source on the left (of a PDF its pages) with every number lit, what was read on the right,\n"
         "problems first. Accept, correct, reject and comment, and save a file of corrections. No network: double-click to open."),
        ("FILE 是一份报告；OUT 是 batch 的输出文件夹，LINES 是 JSON 或 JSON Lines 文件：每份报告一页，加一个 index.html 清单。\n"
         "原文按报告的文件名在 --root、当前文件夹和 LINES 旁边寻找；找不到时页面只有摘引。\n"
         "示例：\n  reportparse review 报告.pdf -o 审阅.html\n  reportparse review OUT -o 审阅 --root 报告\n"
         "退出码：0 完成 · 2 用法有误，或写不了 · 3 文件读不了",
         "FILE is one report; OUT the output folder of batch, LINES a file of JSON or JSON Lines: a page for every report, and\n"
         "index.html, which lists them. Sources are looked for by name below --root, here, and beside LINES; without them a page\n"
         "has quotes alone.\n"
         "examples:\n  reportparse review report.pdf -o review.html\n  reportparse review OUT -o review --root reports\n"
         "exit codes: 0 done · 2 wrong usage, or it cannot be written · 3 the file cannot be read"),
    )  # fmt: skip
    made.inputs.add_argument(
        "input",
        metavar="FILE|OUT|LINES",
        help=made.tr("报告，或 batch 的输出文件夹，或 JSON（Lines）", "a report, the output folder of a batch, or JSON (Lines)"),
    )  # fmt: skip
    made.option(
        "-o", "--output", metavar="TARGET", required=True,
        help=("网页（.html），或文件夹", "a page (.html), or a folder"),
    )  # fmt: skip
    made.option(
        "--root",
        metavar="DIR",
        action="append",
        default=[],
        help=("原文所在的文件夹，可重复", "where the sources are; may be repeated"),
    )
    made.option("-q", "--quiet", action="store_true", help=("不报告进度和结果", "tell neither progress nor result"))
    made.reading()
    made.packs()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    given, target = Path(options.input), Path(options.output)
    is_page = target.suffix.lower() in (".html", ".htm")
    reading = {"encoding": options.encoding, "max_bytes": options.max_bytes, "pdf_engine": options.pdf_engine}
    for root in options.root:
        if not Path(root).is_dir():
            made.error(made.tr(f"没有这个文件夹：{root}", f"no such folder: {root}"))
    if not given.is_dir() and given.suffix.lower() not in _LINES:
        if not is_page:
            made.error(made.tr("-o 须以 .html 结尾", "-o must end in .html for one report"))
        return _one(given, target, options, reading, lang)
    lines = given / "reports.jsonl" if given.is_dir() else given
    if given.is_dir() and not lines.is_file():
        made.error(
            made.tr(
                f"{given} 不是 batch 的输出文件夹：请先运行 reportparse batch {given} -o OUT，再运行 reportparse review OUT",
                f"{given} is no output folder of batch: run reportparse batch {given} -o OUT first, then reportparse review OUT",
            )
        )
    if not lines.is_file():
        made.error(made.tr(f"没有这个文件：{lines}", f"no such file: {lines}"))
    roots = [*map(Path, options.root), Path.cwd(), lines.parent, lines.parent.parent]
    reports = _reports(lines)
    if is_page:
        listed = [next(reports, None), next(reports, None)]
        if listed[1] is not None:
            made.error(made.tr("有多份报告：-o 应为文件夹", "there are several reports: -o must be a folder"))
        if not isinstance(listed[0], Report):
            made.error(made.tr(f"{lines} 里没有报告", f"there is no report in {lines}"))
        source = find_source(listed[0], roots, **reading)
        write_page(target, listed[0], source, version=__version__)
        _done(1, 0, int(source.document is None), target, options.quiet, lang)
        return 0
    teller = _Teller(lang, options.quiet)
    named: list[str] = []

    def both() -> Iterator[tuple[Report | Failed, Source]]:
        for one in reports:
            if isinstance(one, Report):
                named.append(one.source.name)
            yield one, find_source(one, roots, **reading) if isinstance(one, Report) else Source()

    counts = write_folder(both(), target, version=__version__, progress=teller.tell)
    if is_output(str(lines.parent)):
        _link(lines.parent, target, named, lang)
    _done(counts["pages"], counts["failures"], counts["sourceless"], target / "index.html", options.quiet, lang)
    return 0


def _link(output: Path, folder: Path, named: Sequence[str], lang: str) -> None:
    """Have the page of the batch lead to the pages; that it cannot costs no page."""
    pages = Pages()
    try:
        way = os.path.relpath(folder.resolve(), output.resolve())
        link_pages(str(output), {name: Path(way, pages.path_for(name)).as_posix() for name in named})
    except ValueError:  # on another drive of Windows there is no way
        return
    except BatchError as error:
        say(printable(error.message(lang)))


def _one(path: Path, target: Path, options: Any, reading: dict[str, Any], lang: str) -> int:
    try:
        document = read(path, **reading)
        data = path.read_bytes() if document.geometry is not None else b""
    except ReadError as error:
        say(printable(error.message(lang)))
        return 3
    report = parse(document, packs=load_packs(options.packs, examples=False))
    write_page(target, report, Source(document, data), version=__version__)
    _done(1, 0, 0, target, options.quiet, lang)
    return 0


def _reports(path: Path) -> Iterator[Report | Failed]:
    """The reports of a file: one a line, or one in all, indented.

    Raises:
        BatchError: ``RP-BATCH-004`` it holds something else.
    """
    lines = Lines(path)
    with path.open("rb") as file:
        is_one = not file.readline().strip().endswith(b"}")
    if is_one and path.stat().st_size:
        try:
            yield _report(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BatchError(
                "RP-BATCH-004", f"{path.name} 不是 reportparse 的结果", f"{path.name} is no output of reportparse"
            ) from error
        return
    for line, _ in lines.with_bytes():
        try:
            yield _report(line)
        except ValueError as error:
            raise lines.fault() from error


def _report(line: bytes) -> Report | Failed:
    found = json.loads(line)
    if isinstance(found, dict) and isinstance(error := found.get("error"), dict):
        return Failed(
            str(found["source"]["name"]), f"{error.get('code')}　{error.get('reason')}", str(error.get("code"))
        )
    return Report.from_json(line)


def _done(pages: int, failures: int, sourceless: int, where: Path, quiet: bool, lang: str) -> None:
    if quiet:
        return
    if lang == "zh":
        parts = [
            f"已写 {pages} 页",
            f"失败 {failures} 份" if failures else "",
            f"未找到原文 {sourceless} 份" if sourceless else "",
        ]
        say(printable("，".join(filter(None, parts)) + f"：{where}"))
    else:
        parts = [
            f"{pages} page{'s' * (pages != 1)} written",
            f"{failures} failed" if failures else "",
            f"{sourceless} without source" if sourceless else "",
        ]
        say(printable(", ".join(filter(None, parts)) + f": {where}"))


class _Teller:
    """A line now and then: how far it is."""

    def __init__(self, lang: str, quiet: bool) -> None:
        self.zh, self.quiet = lang == "zh", quiet or sys.stderr is None
        self.last = time.monotonic()

    def tell(self, done: int) -> None:
        at = time.monotonic()
        if self.quiet or at - self.last < _EVERY:
            return
        self.last = at
        say(f"已写 {done} 页" if self.zh else f"{done} pages written")

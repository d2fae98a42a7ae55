"""``reportparse batch PATH … -o OUT``: an archive into JSON Lines, by several processes, to be gone on with at any time."""

from __future__ import annotations

import codecs
import errno
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportparse import __version__, batch
from reportparse.batch import FILES, LINES, PAGE, Limits, Settings, Summary
from reportparse.batch.terms import FAILURES, OUTCOMES
from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import left_alone
from reportparse.cli.progress import Bar, Lines, Writing
from reportparse.cli.terminal import counted, say, write
from reportparse.errors import BatchError, ReadError, because
from reportparse.export import Corrections, export, in_the_way, missing_for, wanted
from reportparse.readers.txt import require_encoding

if TYPE_CHECKING:
    from reportparse.batch.cluster import Cluster

__all__ = ["parser", "run"]

_USAGE = (
    "reportparse batch PATH … -o OUT [--to xlsx …] [--workers N] [--retry-failed]\n"
    "       reportparse batch --status OUT"
)
_TARGETS = {
    "csv": "csv", "sqlite": "reports.sqlite", "xlsx": "reports.xlsx", "parquet": "parquet", "json": "json",
}  # fmt: skip
"""Where in the output folder each form goes."""
_AGAIN = (
    "已中断；再运行同一条命令，从这里继续（--to 在全部完成时写）",
    "interrupted: the same command again goes on from here (--to is written when all is done)",
)
_OF_LIMITS = frozenset({"RP-BATCH-010", "RP-BATCH-011", "RP-BATCH-012"})
"""Failures that another limit can help."""
_TOLD = 3
"""Documents that are named at the end."""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse batch", lang, _USAGE,
        ("解析整个档案：文件夹（含子文件夹）和 ZIP、TAR 里的报告逐份解析为 OUT/reports.jsonl，一行一份，读不了的也占一行；\n"
         "OUT/files.csv 每个文件一行，OUT/summary.json 为汇总，OUT/index.html 用浏览器打开，看图表和清单。\n"
         "随时可以中断，再运行一次即从中断处继续。",
         "Parse an archive: the reports in folders, with all below them, and in ZIP and TAR files, into OUT/reports.jsonl, a line\n"
         "each, those that cannot be read too; OUT/files.csv has a row for every file, OUT/summary.json the sums; OUT/index.html\n"
         "shows all in a browser. It may be interrupted at any time: run again, it goes on where it was."),
        ("内容相同的文件只解析一次；文件、规则包或版本变了的才重新解析。崩溃、超时或超内存的文件只损失它自己。\n"
         "OUT 里只有最近一次所给的文件：再次运行时没有给的，会从结果中去掉。\n"
         "退出码：0 完成 · 2 用法有误或输出文件夹不能用 · 4 有的文件读不了 · 130 被中断",
         "Files of the same content are parsed once; only what is new or changed, or whose packs or version changed, is parsed\n"
         "again. A file that crashes, hangs or eats memory costs itself alone.\n"
         "OUT is that of the last run's inputs: what another run over it is not given is left out.\n"
         "exit codes: 0 done · 2 wrong usage, or an output folder that cannot be used · 4 some could not be read · 130 interrupted"),
    )  # fmt: skip
    made.inputs.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=made.tr("文件、文件夹、压缩包，或 s3:// 等地址", "files, folders, archives, or addresses such as s3://…"),
    )
    made.option("-o", "--output", metavar="OUT", help=("输出文件夹", "the output folder"))
    made.option(
        "--from",
        dest="listed",
        metavar="FILE",
        help=("文件清单，每行一个；- 为标准输入", "a list of files, one a line; - is standard input"),
    )
    made.option(
        "--include",
        metavar="PATTERN",
        action="append",
        default=[],
        help=("只要这样的文件名，如 '*.pdf'，可重复", "only names like this, e.g. '*.pdf'; may be repeated"),
    )
    made.option(
        "--exclude",
        metavar="PATTERN",
        action="append",
        default=[],
        help=("不要这样的文件名，可重复", "no names like this; may be repeated"),
    )
    made.option(
        "--workers",
        metavar="N",
        type=made.positive,
        default=0,
        help=("进程数（默认每核一个）", "processes (default: one a core)"),
    )
    made.option(
        "--timeout",
        metavar="SECONDS",
        type=made.positive,
        default=120,
        help=("每份文件的时限（默认 120 秒）", "time for one file (default 120 s)"),
    )
    made.option(
        "--memory",
        metavar="MB",
        type=made.positive,
        default=2000,
        help=(
            "每份文件的内存上限（默认 2000 MB，Windows 不限）",
            "memory for one file (default 2000 MB; not on Windows)",
        ),
    )
    made.option(
        "--retries",
        metavar="N",
        type=made.whole,
        default=1,
        help=(
            "崩溃、超时的文件在本次末尾再试几次（默认 1）",
            "how often to try again, at the end, what crashed or took too long (default 1)",
        ),
    )
    made.option(
        "--retry-failed", action="store_true", help=("以前失败过的再试一次", "try again what failed in earlier runs")
    )
    made.option("--status", metavar="OUT", help=("只看进度与汇总", "tell how far it is, and the sums"))
    made.option(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help=("在哪里解析：本机，或已有的 Dask 集群", "where to parse: here, or on a Dask cluster that is there"),
    )
    made.option(
        "--scheduler",
        metavar="ADDRESS",
        help=("集群的地址，如 tcp://host:8786", "of the cluster, e.g. tcp://host:8786"),
    )
    made.option(
        "--to",
        choices=tuple(_TARGETS),
        action="append",
        default=[],
        help=(
            "完成后另写为 OUT/csv、OUT/reports.xlsx 等，可重复；同 reportparse export",
            "afterwards, also as OUT/csv, OUT/reports.xlsx and so on, as reportparse export does; may be repeated",
        ),
    )
    made.option(
        "--wide",
        metavar="KEY",
        action="append",
        default=[],
        help=("--to 各表里要列的指标，见 export --help", "figures that the tables of --to show: see export --help"),
    )
    made.corrections()
    made.option("-q", "--quiet", action="store_true", help=("不报告进度", "no progress"))
    made.reading()
    made.packs()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    if options.status:
        write("".join(f"{line}\n" for line in _told(batch.status(options.status), lang)))
        return 0
    listed = _listed(options.listed)
    if options.listed is not None and not (options.paths or listed):
        raise BatchError("RP-BATCH-001", f"文件清单 {options.listed} 是空的", f"the list {options.listed} has no files")
    if not (options.paths or listed) or not options.output:
        made.error(made.tr("须给出要解析的文件或文件夹，以及 -o OUT", "files or folders and -o OUT are needed"))
    if (options.engine == "dask") != bool(options.scheduler):
        made.error(made.tr("--engine dask 与 --scheduler 须一起给出", "--engine dask and --scheduler go together"))
    if options.wide and not set(options.to) - {"json"}:
        made.error(made.tr("--wide 须与 --to 的表格格式一起给出", "--wide goes with a table that --to asks for"))
    corrections = [Path(path) for path in options.corrections]
    if corrections and not set(options.to) - {"json"}:
        made.error(
            made.tr("--corrections 须与 --to 的表格格式一起给出", "--corrections goes with a table that --to asks for")
        )
    if options.encoding is not None:
        try:
            require_encoding(options.encoding)
        except ReadError as error:  # every file would fail by it
            made.error(made.tr(error.reason, error.reason_en))
    forms = list(dict.fromkeys(options.to))
    _check({form: Path(options.output) / _TARGETS[form] for form in forms}, options.wide)
    if corrections:
        Corrections(corrections, options.packs)  # what is wrong with them is said before hours are spent
    reading = {"encoding": options.encoding, "max_bytes": options.max_bytes, "pdf_engine": options.pdf_engine}
    settings = Settings(
        options.paths, options.output, options.workers, options.timeout, options.memory, options.packs, options.include,
        options.exclude, options.retry_failed, __version__, listed, reading, options.retries,
    )  # fmt: skip
    try:
        return _whole(made, options, settings, forms)
    except KeyboardInterrupt:
        say(made.tr(*_AGAIN))
        return 130


def _whole(made: Parser, options: Namespace, settings: Settings, forms: Sequence[str]) -> int:
    """A run, and the forms after it."""
    lang = made.lang
    stop = _Stop(
        made.tr("正在结束手上的文件；再按一次 Ctrl-C 立即停止", "finishing what is in hand; Ctrl-C again stops at once")
    )
    with ExitStack() as during:
        during.enter_context(stop)
        engine = during.enter_context(_cluster(settings, options.scheduler)) if options.scheduler else None
        teller = _teller(lang) if not options.quiet else None
        if isinstance(teller, Bar):
            during.enter_context(teller)
        summary = batch.run(settings, teller.tell if teller is not None else lambda _: None, stop.wanted, engine)
    if not options.quiet:
        for line in _told(summary, lang):
            say(line)
    if summary.gone:
        say(
            made.tr(
                f"上次有、这次没有的文件：{summary.gone} 个，已从结果中去掉",
                f"files of the last run that are not among these: {summary.gone}, left out of the output now",
            )
        )
    for pack in summary.idle:
        say(
            made.tr(
                f"没有一份报告用上规则包 {pack}：看它的 kind、region 与报告是否相符",
                f"no report was read by pack {pack}: see whether its kind and region are those of the reports",
            )
        )
    if not summary.inputs:
        say(
            made.tr(f"没有可读的文件；{options.output} 未改动", f"no document was found; {options.output} is as it was")
        )
        return 2
    if summary.waiting:
        say(made.tr(*_AGAIN))
        return 130
    for form, name in _TARGETS.items():
        target = Path(options.output) / name
        if form not in forms:
            if target.exists() and not options.quiet:
                say(
                    made.tr(
                        f"{target} 这次没有重写，仍是以前的结果；重写用 --to {form}",
                        f"{target} is that of an earlier run, not written now: --to {form} writes it",
                    )
                )
            continue
        if not options.quiet:
            say(made.tr(f"正在写 {target}", f"writing {target}"))
        _, notes = export(
            Path(options.output) / LINES,
            target,
            form,
            wide=() if form == "json" else options.wide,
            corrections=[] if form == "json" else [Path(path) for path in options.corrections],
            packs=options.packs,
            progress=Writing(lang).tell if not options.quiet else lambda _: None,
        )
        for zh, en in notes:
            say(f"{target}: {made.tr(zh, en)}")
        if not options.quiet:
            say(made.tr("已写 ", "written: ") + str(target))
    if not options.quiet:
        page, table = Path(options.output) / PAGE, Path(options.output) / FILES
        say(
            made.tr(
                f"图表和清单用浏览器打开 {page}；每个文件的结果和失败原因见 {table}",
                f"open {page} in a browser; {table} has what became of every file, and why",
            )
        )
    return 4 if summary.failed else 0


def _check(targets: Mapping[str, Path], wide: Sequence[str]) -> None:
    """Say what is wrong with what is to be written, by its form, before hours are spent on it.

    Raises:
        BatchError: a form needs what is not installed, something else is where it would go, or there is no such figure.
    """
    if targets:
        wanted(wide)
    for form, target in targets.items():
        missing = missing_for(form) or in_the_way(form, target)
        if missing is not None:
            raise missing


def _teller(lang: str) -> Bar | Lines:
    return Bar(lang) if sys.stderr is not None and sys.stderr.isatty() else Lines(lang)


def _cluster(settings: Settings, scheduler: str) -> Cluster:
    from reportparse.batch.cluster import Cluster

    return Cluster(scheduler, settings.options, Limits(settings.seconds, settings.megabytes))


def _listed(path: str | None) -> list[str]:
    if path is None:
        return []
    try:
        if path == "-" and sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        text = _decoded(data)
    except (OSError, ValueError) as error:
        zh, en = because(error) if isinstance(error, OSError) else ("不是文本", "not text")
        raise BatchError(
            "RP-BATCH-001", f"读不了文件清单 {path}（{zh}）", f"cannot read the list {path} ({en})"
        ) from error
    return [line.removesuffix("\r") for line in text.split("\n") if line.strip()]


def _decoded(data: bytes) -> str:
    """A list as any system writes one.

    Raises:
        UnicodeDecodeError: it is in no encoding that is known here.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # as `>` of a PowerShell writes it
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # as `dir /s /b` of a Chinese Windows writes it
        return data.decode("gb18030")


class _Stop:
    """The first interruption lets what is in hand be finished, and says so; the second ends at once."""

    def __init__(self, told: str) -> None:
        self._told = told
        self._to: Any = sys.stderr  # as it is now: a bar puts another one in its place
        self._asked = False
        self._before: Any = None

    def wanted(self) -> bool:
        return self._asked

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._interrupted)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, *_: object) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
        # Past the buffer of the stream: the signal may have come while something was being written to it.
        with suppress(OSError, ValueError, AttributeError):
            os.write(self._to.fileno(), f"\n{self._told}\n".encode(self._to.encoding, "backslashreplace"))


def _told(summary: Summary, lang: str) -> list[str]:
    zh = lang == "zh"
    slowest = [(name, seconds) for name, seconds in summary.slowest if seconds >= 1]
    skipped = [left_alone(summary.skipped, lang)] if summary.skipped else []
    found = [(OUTCOMES[name][not zh], summary.between[name]) for name in OUTCOMES if summary.between.get(name)]
    between = "，".join(f"{name} {count}" for name, count in found)
    if not zh:
        between = ", ".join(f"{count} {name.lower()}" for name, count in found)
    failures = [f"  {code} {FAILURES.get(code, ('', ''))[not zh]}".rstrip() for code in summary.failures]
    if zh:
        copies = f"（其中内容重复 {summary.copies}）" if summary.copies else ""
        claimed = f"，已认领 {100 * summary.claimed / summary.quantities:.1f}%" if summary.quantities else ""
        return [
            f"{summary.inputs} 个文件（内容不同的 {summary.contents} 份）：已解析 {summary.parsed}{copies}，失败 {summary.failed}，未完成 {summary.waiting}",
            f"数量 {summary.quantities}{claimed}；{summary.inconsistent} 份报告有不符",
            *(f"{failure}：{count}" for failure, count in zip(failures, summary.failures.values(), strict=True)),
            *(["  崩溃、超时、超内存的，可放宽 --timeout、--memory 后加 --retry-failed 再试"] if _OF_LIMITS & set(summary.failures) else []),
            *(f"  {name}：不符 {count} 处" for name, count in summary.worst[:_TOLD]),
            *([f"各报告之间：{between}"] if between else []),
            *(f"  {name}：{seconds:.1f} 秒" for name, seconds in slowest[:_TOLD]),
            *skipped,
        ]  # fmt: skip
    copies = f" (copies: {summary.copies})" if summary.copies else ""
    claimed = f", {100 * summary.claimed / summary.quantities:.1f}% claimed" if summary.quantities else ""
    return [
        f"{counted(summary.inputs, 'file')} ({summary.contents} different): {summary.parsed} parsed{copies}, {summary.failed} failed, {summary.waiting} waiting",
        f"{summary.quantities} quantities{claimed}; {counted(summary.inconsistent, 'report')} {'is' if summary.inconsistent == 1 else 'are'} inconsistent",
        *(f"{failure}: {count}" for failure, count in zip(failures, summary.failures.values(), strict=True)),
        *(["  what crashed, took too long or too much memory: --retry-failed with a larger --timeout or --memory"] if _OF_LIMITS & set(summary.failures) else []),
        *(f"  {name}: {count} inconsistent" for name, count in summary.worst[:_TOLD]),
        *([f"between the reports: {between}"] if between else []),
        *(f"  {name}: {seconds:.1f} s" for name, seconds in slowest[:_TOLD]),
        *skipped,
    ]  # fmt: skip

"""``reportparse FILE``: reports in, JSON out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from reportparse import __version__, parse
from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import STDIN, open_input, source_name
from reportparse.cli.output import Output, open_output
from reportparse.cli.terminal import counted, internal_error, printable, say
from reportparse.emit import to_json, to_json_once
from reportparse.errors import ReportParseError
from reportparse.model import SCHEMA_VERSION
from reportparse.packs import Rules, lineage, load_packs
from reportparse.report import Report
from reportparse.view import plain

__all__ = ["parser", "run"]

_USAGE = "reportparse FILE [FILE …] [--plain] [--indent [N]] [-o FILE]\n       reportparse {text,layout,check,verify,explain,batch,export,review,eval,gold,schema,packs,completion} …"

_EPILOG = (
    """\
命令（各有 --help）：
  text FILE                     打印正文，即 JSON 中各位置所指的文本
  layout FILE                   列出正文的块，或画在 PDF 的页面上
  check FILE|DIR                核对勾稽关系：是否自相矛盾，可能错在哪里
  verify OUT SOURCE             重新打开原件，逐条核验结果里的证据
  explain FILE                  说明一个数或一个缺项为什么是这样
  batch PATH … -o OUT           解析整个档案，多进程，可中断后继续
  export LINES -o TARGET        把 JSON Lines 转成 CSV、SQLite、XLSX、Parquet 或单个文件
  review FILE|OUT -o TARGET     生成审阅页：对照原文逐项接受、更正、驳回
  eval DIR                      按文件旁的标准答案（NAME.gold.json）评分
  gold apply CORRECTIONS        把审核页面存下的更正写成标准答案
  schema                        打印输出的 JSON Schema
  packs list|show|test|lint     查看、检验规则包
  completion bash|zsh|fish      打印 Tab 补全脚本
  文件与命令同名时写作 ./text。

示例：
  reportparse 报告.txt                           一份报告 → 一个 JSON 对象
  reportparse 报告.txt --indent 2 -o 报告.json   缩进后写入文件
  reportparse 报告.txt --plain                   只要按指标排列的数值
  reportparse *.txt > 全部.jsonl                 多份报告 → 每行一个（JSON Lines）
  cat 报告.txt | reportparse -                   从标准输入读取
  eval "$(reportparse completion bash)"          启用 Tab 补全

退出码：0 成功 · 1 成功，但 --strict 发现缺项或不一致 · 2 用法或规则包有误，或结果无法写出
        3 文件读不了 · 4 多个文件中有读不了的
""",
    """\
commands (each has --help):
  text FILE                     print the text that all positions in the JSON count in
  layout FILE                   list the blocks of the text, or draw them over a page of a PDF
  check FILE|DIR                tell whether reports add up, and what would explain it where they do not
  verify OUT SOURCE             open the source again and prove what an output says of it
  explain FILE                  tell why a number, or what is missing, came out as it did
  batch PATH … -o OUT           parse an archive by several processes; interrupted, it goes on
  export LINES -o TARGET        turn JSON Lines into CSV, SQLite, XLSX, Parquet or files
  review FILE|OUT -o TARGET     make pages on which a person judges what was read, beside the source
  eval DIR                      score what is parsed against gold (NAME.gold.json) beside the documents
  gold apply CORRECTIONS        turn corrections of the review page into gold
  schema                        print the JSON Schema of the output
  packs list|show|test|lint     look at rule packs, and test them
  completion bash|zsh|fish      print the script for Tab completion
  A file named like a command is written ./text.

examples:
  reportparse report.txt                           one report → one JSON object
  reportparse report.txt --indent 2 -o out.json    indented, into a file
  reportparse report.txt --plain                   the values by concept alone
  reportparse *.txt > all.jsonl                    several → one a line (JSON Lines)
  cat report.txt | reportparse -                   from standard input
  eval "$(reportparse completion bash)"            switch on Tab completion

exit codes: 0 parsed · 1 parsed, but --strict found something missing or inconsistent
            2 wrong usage, a broken pack, or an output that cannot be written · 3 the file could not be read
            4 some of several could not be read
""",
)


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse", lang, _USAGE,
        ("把中国公共机构公布的绩效、决算、预算报告变成带证据的 JSON。",
         "Turn published performance and budget reports of Chinese public bodies into evidence-carrying JSON."),
        _EPILOG,
    )  # fmt: skip
    made.inputs.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=made.tr(f"报告文件；{STDIN} 为标准输入", f"a report; {STDIN} is standard input"),
    )
    made.option("--plain", action="store_true", help=("只输出按指标排列的数值", "print the values by concept alone"))
    made.option(
        "--indent", metavar="N", nargs="?", const=2, type=made.positive,
        help=("缩进（默认 2 格），限单个文件", "indent by N spaces (2 if not given); one file only"),
    )  # fmt: skip
    made.option(
        "-o", "--output", metavar="FILE", help=("写入文件，而非标准输出", "write to a file, whole or not at all")
    )
    made.reading()
    made.packs()
    made.option("--cells", action="store_true", help=("加上各表的全部单元格", "add all cells of the tables"))
    made.option(
        "--strict", action="store_true",
        help=("有缺项或不一致时退出码为 1", "exit with 1 where something is missing or inconsistent"),
    )  # fmt: skip
    made.option(
        "-q",
        "--quiet",
        action="store_true",
        help=("标准错误上只报告失败", "say nothing on standard error but failures"),
    )
    made.option(
        "--version", action="version", version=f"reportparse {__version__}", help=("显示版本", "show the version")
    )
    made.general()
    return made


_LIKE = 0.7
"""How much a word is like a command that was meant, from 0 to 1."""


class _Job(NamedTuple):
    """What is the same for every file of one command line."""

    options: Any
    lang: str
    rules: Mapping[str, Rules]
    encode: Callable[[Any], str]


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    if not arguments:
        say(made.format_usage().rstrip(), keep="\n")
        say(made.tr("reportparse --help 显示全部说明", "reportparse --help shows everything"))
        return 2
    options = made.parse_intermixed_args(_with_spaces(arguments))
    single = len(options.files) == 1
    if options.indent and not single:
        made.error(
            made.tr(
                "--indent 限单个文件：多个文件每行一个对象", "--indent is for one file: several give one object a line"
            )
        )
    if options.files.count(STDIN) > 1:
        made.error(made.tr("标准输入只能读一次", "standard input can be read once only"))
    encode = to_json_once if single and not options.indent else partial(to_json, indent=options.indent)
    job = _Job(options, lang, load_packs(options.packs, examples=False), encode)
    with open_output(options.output, [*options.files, *options.packs]) as output:
        codes = {_one(argument, job, output) for argument in options.files}
    if 3 in codes:
        return 3 if single else 4
    return max(codes)


def _with_spaces(arguments: Sequence[str]) -> list[str]:
    """The arguments with ``--indent`` spelled out where no number follows: it must not swallow the name of a file."""
    following = [*arguments[1:], ""]
    return [
        "--indent=2" if a == "--indent" and not b.lstrip("-").isdecimal() else a
        for a, b in zip(arguments, following, strict=True)
    ]


def _one(argument: str, job: _Job, output: Output) -> int:
    """Parse one file and put its line out. What goes wrong in it is told in its place, and the others go on."""
    options, lang = job.options, job.lang
    try:
        source, name = open_input(argument, options.max_bytes)
        report = parse(
            source, packs=job.rules, name=name, encoding=options.encoding, max_bytes=options.max_bytes,
            pdf_engine=options.pdf_engine, cells=options.cells,
        )  # fmt: skip
        line = job.encode(plain(report.report) if options.plain else report)
    except ReportParseError as error:
        line, message = (
            _failure(argument, error, job.encode),
            printable(error.message(lang) + _meant(argument, error, lang)),
        )
    except Exception as error:  # a fault of ours must not cost the other files
        internal = internal_error(error)
        line, message = _failure(argument, internal, job.encode), printable(f"{argument}: {internal.message(lang)}")
        if os.environ.get("REPORTPARSE_DEBUG"):
            from traceback import format_exc

            message += f"\n{format_exc().rstrip()}"
    else:
        output.write(line + "\n")
        if not options.quiet:
            say(f"{report.source.name}: {_summary(report, _idle(report, job), lang)}")
        wrong = report.missing or any(finding.outcome == "inconsistent" for finding in report.findings)
        return int(bool(options.strict and wrong))
    output.write(line + "\n")
    say(message, keep="\n")
    return 3


def _meant(argument: str, error: ReportParseError, lang: str) -> str:
    """What somebody may have meant who named a file that is not there by a word that is nearly a command."""
    from difflib import get_close_matches

    from reportparse.cli import COMMANDS

    if error.code != "RP-READ-001" or not argument.isalpha():
        return ""
    if argument == "parse":
        return (
            "；解析不用命令：reportparse FILE"
            if lang == "zh"
            else "; a report is parsed without a command: reportparse FILE"
        )
    near = get_close_matches(argument, COMMANDS, 1, _LIKE)
    return "" if not near else f"；是不是命令 {near[0]}？" if lang == "zh" else f"; is the command {near[0]} meant?"


def _failure(argument: str, error: ReportParseError, encode: Callable[[Any], str]) -> str:
    return encode({
        "schema_version": SCHEMA_VERSION,
        "source": {"name": source_name(argument)},
        "error": {"code": error.code, "reason": error.reason},
    })  # fmt: skip


def _idle(report: Report, job: _Job) -> list[str]:
    """Packs that the command line added and that read no part of a report."""
    used = {rules.id for part in report.parts for rules in lineage(job.rules[part.pack.id], job.rules)}
    return sorted(rules.id for rules in job.rules.values() if not rules.trusted and rules.id not in used)


def _summary(report: Report, idle: Sequence[str], lang: str) -> str:
    """What a reader wants to know before looking at the JSON."""
    chinese = lang == "zh"
    seen, claimed = report.coverage.quantities, report.coverage.claimed
    parts = [f"{len(report.facts)} 条事实，{claimed}/{seen} 个数量已认领"] if chinese else [
        f"{counted(len(report.facts), 'fact')}, {claimed} of {seen} quantities claimed"
    ]  # fmt: skip
    unread = report.source.unread_pages
    if unread:
        pages = ", ".join(str(page.page) for page in unread)
        parts.append(f"第 {pages} 页读不出文字" if chinese else f"no text could be read on page {pages}")
    if report.missing:
        concepts = (" " if chinese else ", ").join(missing.concept for missing in report.missing)
        parts.append(f"未见 {concepts}" if chinese else f"missing {concepts}")
    inconsistent = sum(finding.outcome == "inconsistent" for finding in report.findings)
    if inconsistent:
        parts.append(f"{inconsistent} 处不一致" if chinese else f"{inconsistent} inconsistent")
    if idle:
        packs = ", ".join(idle)
        parts.append(f"没有用上规则包 {packs}" if chinese else f"no part was read by pack {packs}")
    return ("；" if chinese else "; ").join(parts)

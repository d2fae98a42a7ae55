"""``reportparse export FILE|OUT``: what JSON Lines hold as CSV, SQLite or a workbook, without parsing again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import say
from reportparse.export import FORMATS, export

__all__ = ["parser", "run"]

_ENDS = {".xlsx": "xlsx", ".sqlite": "sqlite", ".db": "sqlite"}


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse export", lang, "reportparse export LINES -o TARGET [--to csv|sqlite|xlsx] [--wide CONCEPT …]",
        ("把 JSON Lines（batch 的输出文件夹，或 reportparse *.txt > 全部.jsonl）转成表格，不再解析：\n"
         "报告总表、事实明细、勾稽问题、未识别、失败清单。",
         "Turn JSON Lines (the output of batch, or reportparse *.txt > all.jsonl) into tables, without parsing again:\n"
         "reports, facts, findings, unclaimed, failures."),
        ("示例：\n  reportparse export OUT -o 结果.xlsx\n  reportparse export 全部.jsonl -o 结果 --to csv\n退出码：0 完成 · 2 用法有误，或写不了",
         "examples:\n  reportparse export OUT -o result.xlsx\n  reportparse export all.jsonl -o result --to csv\n"
         "exit codes: 0 done · 2 wrong usage, or it cannot be written"),
    )  # fmt: skip
    made.inputs.add_argument(
        "lines",
        metavar="LINES",
        help=made.tr("JSON Lines 文件，或 batch 的输出文件夹", "a file of JSON Lines, or the output folder of a batch"),
    )
    made.option(
        "-o",
        "--output",
        metavar="TARGET",
        required=True,
        help=("csv 为文件夹，其余为文件", "a folder for csv, otherwise a file"),
    )
    made.option(
        "--to",
        choices=tuple(FORMATS),
        help=("格式（默认看 TARGET 的扩展名，否则 csv）", "the form (default: by the end of TARGET's name, else csv)"),
    )
    made.option(
        "--wide",
        metavar="CONCEPT",
        action="append",
        default=[],
        help=(
            "报告总表里的指标，可重复，如 revenue.total",
            "a concept that the table of reports shows; may be repeated",
        ),
    )
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    lines, target = Path(options.lines), Path(options.output)
    if lines.is_dir():
        lines = lines / "reports.jsonl"
    if not lines.is_file():
        made.error(made.tr(f"没有这个文件：{lines}", f"no such file: {lines}"))
    form = options.to or _ENDS.get(target.suffix.lower(), "csv")
    counts = export(lines, target, form, wide=options.wide)
    say(
        "，".join(f"{name} {count}" for name, count in counts.items())
        if lang == "zh"
        else ", ".join(f"{name} {count}" for name, count in counts.items())
    )
    return 0

"""``reportparse export FILE|OUT``: what JSON Lines hold as CSV, SQLite, a workbook, Parquet or files, without parsing again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reportparse.batch import LINES, status
from reportparse.cli.arguments import Parser
from reportparse.cli.progress import Writing
from reportparse.cli.terminal import say
from reportparse.errors import BatchError
from reportparse.export import FORMATS, export, form_of

__all__ = ["parser", "run"]

_COUNTED = {
    "reports": ("报告", "reports"), "sections": ("章节", "sections"), "facts": ("事实", "facts"), "findings": ("核对结果", "findings"),
    "across": ("报告之间", "between reports"), "unclaimed": ("未识别", "unclaimed"), "failures": ("失败", "failures"),
}  # fmt: skip
"""What tables hold, as it is counted at the end."""
_PROBLEMS = ("问题", "problems")
"""What a workbook has of the findings: those that are not consistent."""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse export", lang, f"reportparse export LINES -o TARGET [--to {'|'.join(FORMATS)}] [--wide KEY|@FILE …] [--corrections FILE …] [--packs FILE …]",
        ("把 JSON Lines（batch 的输出文件夹，或 reportparse *.txt > 全部.jsonl）转成表格，不再解析：\n"
         "报告、章节、事实、勾稽问题、报告之间、未识别、失败。\n\n"
         "  csv      文件夹，每表一个文件（Excel 可直接打开）\n"
         "  sqlite   一个数据库：各表以键相连，有索引和现成的视图（inconsistent、panel、most_unclaimed …）\n"
         "  xlsx     一个工作簿：报告总表、事实明细、勾稽问题（链接到所涉的数）、报告之间、未识别、失败清单\n"
         "  parquet  TARGET 以 .parquet 结尾：一个文件，一份报告一行，事实嵌在其中；否则为文件夹，每表一个文件\n"
         "  json     文件夹，每份报告一个文件，按原来的目录",
         "Turn JSON Lines (the output of batch, or reportparse *.txt > all.jsonl) into tables, without parsing again:\n"
         "reports, sections, facts, findings, across (between the reports), unclaimed, failures.\n\n"
         "  csv      a folder, a file for every table (Excel opens them)\n"
         "  sqlite   a database: tables with keys, indexes and views (inconsistent, panel, most_unclaimed …)\n"
         "  xlsx     a workbook: reports, facts, problems (with links to their numbers), those between reports, unclaimed, failures\n"
         "  parquet  TARGET ends in .parquet: one file, a row a report, with its facts within; else a folder, a file for every table\n"
         "  json     a folder, a file for every report, in folders as they were"),
        ("--wide 的写法与 facts 的 key 相同，如 revenue.total、revenue.source[institutional]、expenditure.total{basis=budget}、\n"
         "expenditure.total.change_rate。没有 { } 时取视图所示的一个；有 { } 时除 period（默认报告年度）外须逐项写明。\n"
         "示例：\n  reportparse export OUT -o 结果.xlsx\n  reportparse export OUT -o 事实 --to parquet --wide @指标.txt\n"
         "退出码：0 完成 · 2 用法有误，或写不了",
         "--wide takes keys as facts have them, e.g. revenue.total, revenue.source[institutional], expenditure.total{basis=budget},\n"
         "expenditure.total.change_rate. Without braces it is what the view shows; with them all axes count but period, by default\n"
         "the report's year.\n"
         "examples:\n  reportparse export OUT -o result.xlsx\n  reportparse export OUT -o facts --to parquet --wide @keys.txt\n"
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
        help=("写到哪里：文件或文件夹", "where to: a file or a folder"),
    )
    made.option(
        "--to",
        choices=tuple(FORMATS),
        help=("格式（默认看 TARGET 的扩展名，否则 csv）", "the form (default: by the end of TARGET's name, else csv)"),
    )
    made.option(
        "--wide",
        metavar="KEY",
        action="append",
        default=[],
        help=(
            "一份报告一行的表里要列的指标，可重复；@FILE 为清单，每行一个",
            "a figure that the row of a report shows; may be repeated; @FILE has a list, one a line",
        ),
    )
    made.corrections()
    made.option("-q", "--quiet", action="store_true", help=("不报告进度和结果", "tell neither progress nor result"))
    made.packs()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    lines, target = Path(options.lines), Path(options.output)
    waiting = 0
    if lines.is_dir():
        with suppress(BatchError):  # the lines alone may have been copied
            waiting = status(str(lines)).waiting
        lines = lines / LINES
    if not lines.is_file():
        made.error(made.tr(f"没有这个文件：{lines}", f"no such file: {lines}"))
    form = options.to or form_of(target)
    if options.to is None and form == "csv" and target.suffix and not target.is_dir():
        made.error(
            made.tr(
                f"csv 写成文件夹，每表一个文件：-o {target.stem}；其他格式以 .xlsx、.sqlite、.parquet 结尾，或用 --to 指定",
                f"csv is a folder with a file for every table: -o {target.stem}; other forms end in .xlsx, .sqlite or .parquet, or --to says",
            )
        )
    if form == "json" and options.wide:
        made.error(
            made.tr(
                "--wide 不用于 json：各文件就是原来的行", "--wide is not for json: its files are the lines as they are"
            )
        )
    if form == "json" and options.corrections:
        made.error(
            made.tr(
                "--corrections 不用于 json：各文件就是原来的行",
                "--corrections is not for json: its files are the lines as they are",
            )
        )
    corrections = [Path(path) for path in options.corrections]
    if options.packs and not corrections:
        made.error(
            made.tr(
                "--packs 与 --corrections 一起给出：更正后按这些规则包重新核对",
                "--packs goes with --corrections: what was corrected is checked again by their rules",
            )
        )
    if waiting:
        say(
            made.tr(
                f"这一批还有 {waiting} 个文件没有解析，不在其中；先把 batch 运行完",
                f"{waiting} files of this batch are not parsed yet and not among these: run batch to its end first",
            )
        )
    if options.quiet:
        export(lines, target, form, wide=options.wide, corrections=corrections, packs=options.packs)
        return 0
    counts, notes = export(
        lines,
        target,
        form,
        wide=options.wide,
        corrections=corrections,
        packs=options.packs,
        progress=Writing(lang).tell,
    )
    words = {**_COUNTED, "findings": _PROBLEMS} if form == "xlsx" else _COUNTED
    say(("，" if lang == "zh" else ", ").join(f"{made.tr(*words[name])} {count}" for name, count in counts.items()))
    if not any(counts.values()):
        say(made.tr(f"{lines} 里没有报告", f"{lines} holds no report"))
    for zh, en in notes:
        say(zh if lang == "zh" else en)
    return 0

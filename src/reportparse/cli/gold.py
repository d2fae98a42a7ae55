"""``reportparse gold apply CORRECTIONS``: what was judged on the review page becomes gold beside the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportparse.cli.arguments import Parser
from reportparse.cli.output import open_output
from reportparse.cli.terminal import printable, say, write
from reportparse.errors import ReadError

__all__ = ["parser", "run"]

_USAGE = "reportparse gold apply CORRECTIONS [SOURCE] [--gold DIR] [--dry-run]"


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse gold", lang, _USAGE,
        ("把审核页面存下的更正写成标准答案（NAME.gold.json），供 reportparse eval 评分。先核对哈希和每处引文。",
         "Turn the corrections that the review page saved into gold (NAME.gold.json), for reportparse eval to score against. The hash\n"
         "and every quote are checked first."),
        ("通读过的文件（complete）：解析所得连同更正都成为标准答案。否则只有判断过的各处成为标准答案，评分也只看这些地方。\n"
         "已有标准答案时，只改判断过的各处。\n"
         "退出码：0 完成 · 2 用法、更正文件或标准答案有误，或写不了 · 3 原件读不了",
         "Of a document that was read through (complete) everything parsed becomes gold, as corrected; of any other only what was judged,\n"
         "and only these places are scored. Gold that is there already is changed where something was judged.\n"
         "exit codes: 0 done · 2 wrong usage, corrections or gold that cannot be used, or it cannot be written · 3 the source could not\n"
         "be read"),
    )  # fmt: skip
    made.inputs.add_argument("action", choices=("apply",), help="apply")
    made.inputs.add_argument("corrections", metavar="CORRECTIONS", help=made.tr("更正文件", "a file of corrections"))
    made.inputs.add_argument(
        "source", metavar="SOURCE", nargs="?",
        help=made.tr("原件（默认为更正文件旁边同名的）", "the source (default: of that name, beside the corrections)"),
    )  # fmt: skip
    made.option(
        "--gold",
        metavar="DIR",
        help=("标准答案所在的文件夹（默认在原件旁边）", "the folder of the gold (default: beside the source)"),
    )
    made.option(
        "--dry-run", action="store_true", help=("只说会改什么，不写", "tell what would change, and write nothing")
    )
    made.reading()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    from reportparse.corrections import apply, dump, load_corrections
    from reportparse.gold import SUFFIX, find_gold, load_gold
    from reportparse.readers import read

    path = Path(options.corrections)
    corrections = load_corrections(path)
    # What a file says of its own name may not lead elsewhere.
    beside = path.parent / Path(corrections["source"]["name"].replace("\\", "/")).name
    source = Path(options.source) if options.source else beside
    try:
        document = read(
            str(source), encoding=options.encoding, max_bytes=options.max_bytes, pdf_engine=options.pdf_engine
        )
    except ReadError as error:
        say(error.message(lang))
        return 3
    folder = Path(options.gold) if options.gold else None
    target = find_gold(source, folder)
    done = apply(corrections, document, load_gold(target) if target is not None else None)
    target = target or (folder or source.parent) / f"{source.stem}{SUFFIX}"
    for change in done.changes:
        at = f"{change.span[0]}:{change.span[1]}" if change.span else "-"
        what = f"{change.key} = {change.value}" if change.key is not None else made.tr("（未认领）", "(unclaimed)")
        write(printable(f"  {change.mark} {at:>11}  {what}  {' '.join((change.quote or '').split())[:40]}") + "\n")
    gained = sum(change.mark == "+" for change in done.changes)
    lost = len(done.changes) - gained
    write(
        made.tr(
            f"{target.name}：加 {gained} 条，去 {lost} 条；{done.passed} 条判断不属于标准答案（勾稽问题、缺项、备注）\n",
            f"{target.name}: {gained} gained, {lost} lost; {done.passed} judgements are not part of gold (findings, what is missing, remarks)\n",
        )
    )
    for key in done.unknown:
        say(
            made.tr(
                f"{key} 判为正确，但本版本已读不出来，未写入",
                f"{key} was accepted, but this version does not read it any more: left out",
            )
        )
    if not options.dry_run and done.changes:
        with open_output(str(target), [str(source), str(path)]) as output:
            output.write(dump(done.gold))
    return 0

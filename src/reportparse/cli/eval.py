"""``reportparse eval DIR``: how much of the gold comes out, and what does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import printable, say, write

__all__ = ["parser", "run"]

_USAGE = "reportparse eval DIR|FILE … [--gold DIR] [--half dev|test] [--where prose|table] [--misses] [--json]"


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse eval", lang, _USAGE,
        ("按标准答案（NAME.gold.json）给解析结果打分：准确率、召回率、F1，按文件、类型、概念分列。",
         "Score what is parsed against gold (NAME.gold.json): precision, recall and F1 by file, kind and concept."),
        ("strict 要求主键、状态、数值、位置全对；keyed 不比位置；value 只看数字是否在原位读出\n"
         "退出码：0 完成 · 2 用法或标准答案有误 · 4 有文件读不了",
         "strict: key, state, value and place; keyed: without the place; value: whether the figure was read at its place\n"
         "exit codes: 0 done · 2 wrong usage, or gold that cannot be used · 4 a document could not be read"),
    )  # fmt: skip
    made.inputs.add_argument(
        "files",
        nargs="+",
        metavar="DIR|FILE",
        help=made.tr("文件夹（含子文件夹）或文件", "folders, with all below them, or files"),
    )
    made.option(
        "--gold",
        metavar="DIR",
        help=("标准答案所在的文件夹（默认在文件旁边）", "the folder of the gold (default: beside the files)"),
    )
    made.option("--half", choices=("dev", "test"), help=("只看语料的这一半", "only this half of a corpus"))
    made.option(
        "--where", choices=("prose", "table"), help=("只比正文，或只比表格", "only what stands in prose, or in tables")
    )
    made.option(
        "--misses",
        action="store_true",
        help=("逐条列出漏掉的（-）和多出的（+）", "list what is lost (-) and what is extra (+)"),
    )
    made.option("--json", action="store_true", help=("以 JSON 输出，含全部差异", "as JSON, with every miss"))
    made.packs()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    from reportparse.evaluate import score, to_json
    from reportparse.gold import pairs_in

    folder = Path(options.gold) if options.gold else None
    scores = [
        score(document, gold, where=options.where, packs=options.packs)
        for document, gold in pairs_in(map(Path, options.files), folder)
    ]
    scores = [one for one in scores if options.half in (None, one.half)]
    if not scores:
        say(made.tr("没有带标准答案的文件", "no document with gold was found"))
        return 2
    found = to_json(scores)
    if options.json:
        write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    else:
        write("".join(f"{printable(line)}\n" for line in (*_table(found), *(_misses(found) if options.misses else ()))))
    return 4 if any(one.error for one in scores) else 0


_HEAD = f"{'':38} {'':>5} {'gold':>5} {'got':>5} {'right':>5}  {'P':>6} {'R':>6} {'F1':>6}  {'keyed':>6} {'value':>6}"


def _table(found: dict[str, Any]) -> Iterator[str]:
    """A line a file, kind and half, then a line a concept, the worst last. Shares in per cent; two last columns: recall."""
    yield _HEAD
    for file in found["files"]:
        notes = [f"{len(file['fields'])} fields wrong"] if file["fields"] else []
        notes += [file["error"]] if file["error"] else [] if file["placed"] else ["places not compared"]
        yield _line(file["name"], file["half"] or "", file, "; ".join(notes))
    yield ""
    for title in ("kinds", "halves"):
        for name, group in found[title].items():
            yield _line(name or "no half", f"{group['files']}", group, _whole(group))
    yield _line("all", f"{found['all']['files']}", found["all"], _whole(found["all"]))
    yield ""
    concepts = found["concepts"]
    for name in sorted(concepts, key=lambda name: (-concepts[name]["f1"], name)):
        yield _line(name, "", {"strict": concepts[name]}, "")


def _whole(group: dict[str, Any]) -> str:
    exact = group["span_exactness"]
    return f"{group['whole']} of {group['files']} reports whole" + (
        f"; spans exact {100 * exact:.1f}" if isinstance(exact, float) else ""
    )


def _line(name: str, note: str, row: dict[str, Any], rest: str) -> str:
    wide = sum(ord(char) > 0x2E7F for char in name)
    strict = row["strict"]
    text = f"{name:{max(1, 38 - wide)}} {note:>5} {strict['gold']:5} {strict['got']:5} {strict['right']:5} "
    text += "".join(f" {100 * strict[share]:6.1f}" for share in ("precision", "recall", "f1"))
    if "keyed" in row:
        text += f"  {100 * row['keyed']['recall']:6.1f} {100 * row['value']['recall']:6.1f}  {rest}"
    return text.rstrip()


def _misses(found: dict[str, Any]) -> Iterator[str]:
    for file in found["files"]:
        yield ""
        yield file["name"]
        yield from (f"  ! {fault}" for fault in file["fields"])
        for miss in file["misses"]:
            at = "{}:{}".format(*miss["span"]) if miss["span"] else "-"
            value = f"({miss['state']})" if miss["value"] is None else miss["value"][:40]
            yield f"  {'-' if miss['what'] == 'lost' else '+'} {at:>11}  {miss['key']} = {value}"

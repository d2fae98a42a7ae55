"""``reportparse verify OUT SOURCE``: whether an output is what its source says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reportparse.batch import LINES
from reportparse.batch.archives import is_archive
from reportparse.batch.journal import read_entries
from reportparse.batch.lookup import originals
from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import open_input
from reportparse.cli.terminal import counted, printable, say, write
from reportparse.emit import to_json
from reportparse.errors import ReportParseError, VerifyError
from reportparse.packs import load_packs
from reportparse.report import decoded
from reportparse.verify import Verification, verify

__all__ = ["parser", "run"]

_BLANK = b"\xef\xbb\xbf \t\r\n"
"""What may stand around JSON: a byte-order mark, as editors of Windows write it, and white space."""
_USAGE = "reportparse verify OUT [SOURCE] [--packs FILE] [--all] [--json]"


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse verify", lang, _USAGE,
        ("重新打开原件，逐条核验结果：文件与正文的哈希，每条引文、页码、坐标，每个值，各处引用；再重新解析一遍比对全部内容。\n"
         "说出第一个不成立之处，以及另有几处。",
         "Open the source again and prove what an output says of it: the hashes of file and text, every quote, page, box and value,\n"
         "everything referred to; then parse it again and compare all. Says the first thing that does not hold, and how many others."),
        ("OUT 是一份 JSON、JSON Lines，或 batch 的输出文件夹；SOURCE 是原件，多份时是它们所在的文件夹或压缩包（默认当前文件夹）。\n"
         "示例：\n  reportparse verify 报告.json 报告.pdf\n  reportparse verify OUT 档案/\n"
         "退出码：0 全部成立 · 1 有不成立的 · 2 用法有误 · 3 结果或原件读不了",
         "OUT is one JSON, JSON Lines, or the output folder of a batch; SOURCE the source, or for several the folder or the archive that\n"
         "they are in (default: here).\n"
         "examples:\n  reportparse verify report.json report.pdf\n  reportparse verify OUT archive/\n"
         "exit codes: 0 all holds · 1 something does not · 2 wrong usage · 3 an output or a source could not be read"),
    )  # fmt: skip
    made.inputs.add_argument("out", metavar="OUT", help=made.tr("结果", "an output"))
    made.inputs.add_argument(
        "source", metavar="SOURCE", nargs="?", help=made.tr("原件，或其文件夹", "the source, or its folder")
    )
    made.option("--all", action="store_true", help=("列出所有不成立之处", "list everything that does not hold"))
    made.option("--json", action="store_true", help=("每份一行 JSON", "a line of JSON for each"))
    made.option(
        "--max-bytes",
        metavar="N",
        type=made.positive,
        default=64 << 20,
        help=("拒绝更大的原件", "refuse larger sources"),
    )
    made.packs()
    made.general()
    return made


_TRIED = 1000
"""Lines of which one must be an output."""


class _Output(NamedTuple):
    """Where an output stands in a file of them: an archive's do not fit into memory. ``failed`` is that of a file that was not read."""

    path: Path
    start: int
    size: int
    name: str
    failed: bool

    def read(self) -> bytes:
        """Its JSON."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.size).strip(_BLANK)


class _Outcome(NamedTuple):
    """One output: what it is called, and how it came out, or why nobody knows."""

    name: str
    found: Verification | None
    error: ReportParseError | None


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    try:
        said, cut = _outputs(Path(options.out))
    except VerifyError as error:
        say(error.message(lang))
        return 3
    source = options.source
    several = len(said) > 1 or Path(options.out).is_dir()
    if source is None and not several:
        source = said[0].name
    is_root = source is None or os.path.isdir(source) or is_archive(source)
    if several and not is_root and not os.path.exists(source):
        made.error(made.tr(f"没有这个文件或文件夹：{source}", f"no such file or folder: {source}"))
    if several and not is_root:
        made.error(
            made.tr(
                "OUT 有多份结果，SOURCE 应是它们所在的文件夹或压缩包",
                "OUT holds several: SOURCE should be the folder or the archive that they are in",
            )
        )
    rules = load_packs(options.packs, examples=False)
    lacking = [*cut, *_gone(Path(options.out), said)]
    for fault in lacking:
        failure = {"name": None, "error": {"code": fault.code, "reason": fault.reason}}
        write(f"{to_json(failure) if options.json else printable(fault.message(lang))}\n")
    worst = int(bool(lacking))
    failed = [one for one in said if one.failed]
    outcomes = _of_names(said, source or ".", options, rules) if is_root else _of_file(said[0], source, options, rules)
    held = by_evidence = 0
    for outcome in outcomes:
        if outcome.found is not None and outcome.found.holds:
            held += 1
            by_evidence += not outcome.found.proved["parse"]
        worst = max(worst, _told(outcome, options, lang), key=(0, 3, 1).index)
    if failed and not options.json:
        say(
            made.tr(
                f"{len(failed)} 份是读不了的文件，没有证据可核验",
                f"{counted(len(failed), 'file')} could not be read: there is no evidence to prove",
            )
        )
    if several and not options.json:
        total = len(said) - len(failed) + len(lacking)
        write(
            made.tr(
                f"{total} 份中 {held} 份全部成立" + (f"，其中 {by_evidence} 份只核验了证据\n" if by_evidence else "\n"),
                f"{held} of {total} hold in all"
                + (f", {by_evidence} by the evidence alone\n" if by_evidence else "\n"),
            )
        )
    return worst


def _outputs(path: Path) -> tuple[list[_Output], list[VerifyError]]:
    """What is in a file of one JSON or of JSON Lines, or in the output of a batch; and the lines among them that are no whole output.

    Raises:
        VerifyError: ``RP-VERIFY-001`` there is none, ``-002`` nothing in it is an output.
    """
    if path.is_dir():
        path = path / LINES
    found: list[_Output] = []
    cut: list[VerifyError] = []
    try:
        with path.open("rb") as file:
            start = 0
            for number, line in enumerate(file, 1):
                if line.strip(_BLANK):
                    one = _output(path, start, len(line), line)
                    if one is None and not found and number == 1:  # of one JSON over several lines
                        one = _output(path, 0, -1, path.read_bytes())
                        if one is not None:
                            return [one], []
                    if one is None:
                        cut.append(_cut(path, number))
                    else:
                        found.append(one)
                    if not found and len(cut) >= _TRIED:
                        break
                start += len(line)
    except OSError as error:
        raise VerifyError("RP-VERIFY-001", f"读不了结果文件：{path}", f"cannot read the output {path}") from error
    if not found:
        raise VerifyError("RP-VERIFY-002", f"{path} 不是 reportparse 的结果", f"{path} is no output of reportparse")
    return found, cut


def _cut(path: Path, number: int) -> VerifyError:
    return VerifyError(
        "RP-VERIFY-002",
        f"{path} 第 {number} 行不是 reportparse 的完整结果",
        f"{path}, line {number} is no whole output of reportparse",
    )


def _gone(path: Path, said: Sequence[_Output]) -> Iterator[VerifyError]:
    """The documents that the journal of a batch says there are lines of, and there are none. Lines can be copied without it."""
    try:
        done = read_entries(str(path))[0] if path.is_dir() else []
    except ReportParseError:
        return
    for name in sorted({entry.name for _, entry in done} - {one.name for one in said}):
        yield VerifyError(
            "RP-VERIFY-004", f"批处理有 {name}，它的行却不在", f"the batch has {name}, and its line is not there"
        )


def _output(path: Path, start: int, size: int, data: bytes) -> _Output | None:
    try:
        said = decoded(data.strip(_BLANK))
        name = said["source"]["name"]
        # What states facts has to prove them, whatever error it tells beside.
        failed = "error" in said and "facts" not in said
        return _Output(path, start, size, name, failed) if isinstance(name, str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _verified(one: _Output, source: str | bytes, options: Any, rules: Mapping[str, Any]) -> _Outcome:
    try:
        found = verify(one.read(), source, packs=rules, max_bytes=options.max_bytes)
    except ReportParseError as error:
        return _Outcome(one.name, None, error)
    return _Outcome(one.name, found, None)


def _of_file(one: _Output, source: str, options: Any, rules: Mapping[str, Any]) -> Iterator[_Outcome]:
    try:
        data, _ = open_input(source, options.max_bytes)
    except ReportParseError as error:
        yield _Outcome(one.name, None, error)
        return
    yield _verified(one, data, options, rules)


def _of_names(said: Sequence[_Output], root: str, options: Any, rules: Mapping[str, Any]) -> Iterator[_Outcome]:
    by_name: dict[str, list[_Output]] = {}
    for one in said:
        if not one.failed:
            by_name.setdefault(one.name, []).append(one)
    for name, data in originals(by_name, root, options.max_bytes):
        for one in by_name[name]:
            if isinstance(data, ReportParseError):
                yield _Outcome(name, None, data)
            else:
                yield _verified(one, data, options, rules)


def _told(outcome: _Outcome, options: Any, lang: str) -> int:
    """Say how one came out; its exit code."""
    zh = lang == "zh"
    found, error = outcome.found, outcome.error
    if options.json:
        failed = {"name": outcome.name, "error": {"code": error.code, "reason": error.reason}} if error else None
        write(to_json(found if found is not None else failed) + "\n")
    if found is None:
        assert error is not None
        message = error.message(lang)
        say(message if outcome.name in message else f"{outcome.name}: {message}")
        return 3
    if not options.json:
        for line in _lines(found, everything=options.all, zh=zh):
            write(f"{printable(line)}\n")
    return 0 if found.holds else 1


def _lines(found: Verification, *, everything: bool, zh: bool) -> Iterator[str]:
    proved = found.proved
    if found.holds:
        quotes, boxes, values, references = (proved[name] for name in ("quotes", "boxes", "values", "references"))
        again = ("，与重新解析相同" if zh else ", the same as a fresh parse") if proved["parse"] else ""
        if zh:
            yield f"{found.name}: 成立（{quotes} 处引文、{boxes} 个坐标、{values} 个值、{references} 处引用{again}）"
        else:
            yield f"{found.name}: holds ({quotes} quotes, {boxes} boxes, {values} values, {references} references{again})"
    else:
        first, *others = found.problems
        said = first.message if zh else first.message_en
        more = (
            (f"；另有 {len(others)} 处" if zh else f"; and {counted(len(others), 'other')}")
            if others and not everything
            else ""
        )
        yield f"{found.name}: {'不成立' if zh else 'does not hold'}: {said}{more}"
        if everything:
            yield from (f"  {one.message if zh else one.message_en}" for one in others)
    for note in found.notes:
        yield f"  {'注意' if zh else 'note'}: {note.message if zh else note.message_en}"

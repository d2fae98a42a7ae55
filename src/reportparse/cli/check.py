"""``reportparse check FILE|DIR``: whether reports add up, worst first."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportparse import parse
from reportparse.across import Digest, across, digest
from reportparse.batch.journal import is_output
from reportparse.checkrules import check_rules
from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import STDIN, documents_in, left_alone, open_input, source_name
from reportparse.cli.terminal import internal_error, printable, say, write
from reportparse.emit import to_json
from reportparse.errors import BatchError, ReadError, ReportParseError
from reportparse.model import SCHEMA_VERSION, Fact, Finding
from reportparse.packs import Rules, load_packs
from reportparse.readers import read
from reportparse.report import Report
from reportparse.wording import CAUSES, with_aspect

__all__ = ["parser", "run"]

_USAGE = "reportparse check FILE|DIR … [--all] [--only CODE] [--ignore CODE] [--json] [--strict]"
_WORST_FIRST = ("inconsistent", "truncated", "improbable", "unusual", "not_checkable", "consistent")
_NAMES = {
    "inconsistent": ("不符", "inconsistent"),
    "truncated": ("舍尾", "truncated"),
    "improbable": ("存疑", "improbable"),
    "unusual": ("异常", "unusual"),
    "not_checkable": ("无法核对", "not checkable"),
    "consistent": ("相符", "consistent"),
}
_CAUSES, _PLACES = 3, 8
"""So many causes and places of a finding are listed; the JSON has all."""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse check", lang, _USAGE,
        ("核对报告的勾稽关系：合计、占比、增减、结转、人数、得分、前后重复；给文件夹时还核对同一单位各年、各类报告之间。",
         "Tell whether reports add up: sums, shares, changes, balances, people, marks, what is stated twice;\n"
         "of a folder also the reports of one body against one another."),
        ("结果：不符 无论怎样舍入都对不上 · 舍尾 只有截去尾数才对得上 · 存疑 只在舍入边缘对得上\n"
         "      异常 不是算术问题 · 无法核对 缺少数字\n"
         "CODE 可以是 RP-SUM-001、RP-SUM、sum 或 inconsistent\n"
         "退出码：0 完成 · 1 --strict 且有不符 · 2 用法有误 · 3 文件读不了 · 4 有的文件读不了",
         "outcomes: inconsistent (no rounding makes it fit) · truncated (only if digits were cut off) · improbable (only at the\n"
         "          edge of rounding) · unusual (no matter of arithmetic) · not checkable (a number is missing)\n"
         "CODE can be RP-SUM-001, RP-SUM, sum or inconsistent\n"
         "exit codes: 0 done · 1 --strict, and something is inconsistent · 2 wrong usage · 3 the file could not be read\n"
         "            4 some of several could not be read"),
    )  # fmt: skip
    made.inputs.add_argument(
        "files", nargs="+", metavar="FILE|DIR",
        help=made.tr(f"报告，或文件夹（含子文件夹）；{STDIN} 为标准输入", f"reports, or folders with all below them; {STDIN} is standard input"),
    )  # fmt: skip
    made.option("--all", action="store_true", help=("也列出相符的", "list what is consistent too"))
    made.option(
        "--only", metavar="CODE", action="append", default=[], help=("只看这些，可重复", "only these; may be repeated")
    )
    made.option(
        "--ignore",
        metavar="CODE",
        action="append",
        default=[],
        help=("不看这些，可重复", "none of these; may be repeated"),
    )
    made.option(
        "--json",
        action="store_true",
        help=(
            "每份报告一行 JSON，末行为文件之间的核对",
            "a line of JSON a report, the last one for what is between them",
        ),
    )
    made.option(
        "--strict", action="store_true", help=("有不符时退出码为 1", "exit with 1 where something is inconsistent")
    )
    made.reading()
    made.packs()
    made.general()
    return made


class _Checked(NamedTuple):
    """One document: what it is called here, its report or what went wrong, and its findings that were asked for."""

    name: str
    report: Report | None
    findings: tuple[Finding, ...]
    error: ReportParseError | None


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    known = _known()
    options.only, options.ignore = ([_asked_for(code) for code in codes] for codes in (options.only, options.ignore))
    for code in (*options.only, *options.ignore):
        if not any(_is_called(code, *names) for names in known):
            there = " ".join((*_WORST_FIRST, *check_rules().codes, *check_rules().codes.values()))
            made.error(
                made.tr(f"没有这种核对：{code}；可用：{there}", f"there is no such check: {code}; there are: {there}")
            )
    names = list(_inputs(options.files, lang))
    if not names:
        say(made.tr("没有可读的文件", "no document was found"))
        return 2
    rules = load_packs(options.packs, examples=False)
    done: list[_Checked] = []
    digests: list[Digest] = []
    for path, name in names:
        one, kept = _check(path, name, options, rules)
        if one.error is not None:
            said = one.error.message(lang)
            say(said if os.path.basename(name) in said else f"{name}: {said}")
        if options.json:
            write(_json(one) + "\n")
        if kept is not None:
            digests.append(kept)
        done.append(one._replace(report=None) if options.json else one)
    between = tuple(_asked(across(digests, check_rules()), options))
    if options.json:
        write(to_json({"across": between}) + "\n")
    else:
        for line in _listed(done, between, lang, options.all):
            write(f"{printable(line)}\n")
    failed = sum(one.error is not None for one in done)
    if failed:
        return 3 if len(done) == 1 else 4
    wrong = any(f.outcome == "inconsistent" for f in (*between, *(f for one in done for f in one.findings)))
    return int(options.strict and wrong)


def _asked_for(code: str) -> str:
    """A code as it is written in the output: 不符 and rp-sum-001 are known too."""
    for outcome, names in _NAMES.items():
        if code.lower() in names:
            return outcome
    return code.upper() if code.upper().startswith("RP-") else code


def _known() -> list[tuple[str, str, str]]:
    return [(check, code, outcome) for check, code in check_rules().codes.items() for outcome in _WORST_FIRST]


def _is_called(asked: str, check: str, code: str, outcome: str) -> bool:
    return asked in (check, code, outcome) or code.startswith(f"{asked}-")


def _asked(findings: Iterable[Finding], options: Any) -> Iterator[Finding]:
    for one in findings:
        names = (one.check, one.code, one.outcome)
        if options.only and not any(_is_called(code, *names) for code in options.only):
            continue
        if not any(_is_called(code, *names) for code in options.ignore):
            yield one


def _inputs(arguments: Iterable[str], lang: str) -> Iterator[tuple[str, str]]:
    """Every document, and what it is called: of a folder by the path below it. What is passed over in a folder is said."""
    for argument in arguments:
        if argument != STDIN and os.path.isdir(argument):
            if is_output(argument):
                raise BatchError(
                    "RP-BATCH-002",
                    f"{argument} 是批处理的输出文件夹，不是报告；核对结果在其 index.html 里，或用 reportparse export 转成表格",
                    f"{argument} is the output of a batch and holds no reports: index.html shows its findings, export makes tables",
                )
            documents, others = documents_in(argument)
            if others:
                say(f"{argument}: {left_alone(others, lang)}")
            yield from documents
        else:
            yield argument, source_name(argument)


def _check(path: str, name: str, options: Any, rules: Mapping[str, Rules]) -> tuple[_Checked, Digest | None]:
    try:
        if path != STDIN and os.path.isdir(path):  # below a folder, and one that nobody could look into
            raise ReadError("RP-READ-002", "没有权限打开这个文件夹", "no permission to look into this folder", path)
        source, given = open_input(path, options.max_bytes)
        document = read(
            source, name=given, encoding=options.encoding, max_bytes=options.max_bytes, pdf_engine=options.pdf_engine
        )
        report = parse(document, packs=rules)
        kept = digest(report, document.text, name)
    except ReportParseError as error:
        return _Checked(name, None, (), error), None
    except Exception as error:  # a fault of ours must not cost the other files
        if os.environ.get("REPORTPARSE_DEBUG"):
            raise
        return _Checked(name, None, (), internal_error(error)), None
    return _Checked(name, report, tuple(_asked(report.findings, options)), None), kept


def _json(one: _Checked) -> str:
    if one.error is not None:
        error = {"code": one.error.code, "reason": one.error.reason}
        return to_json({"schema_version": SCHEMA_VERSION, "source": {"name": one.name}, "error": error})
    assert one.report is not None
    facts = {fact.id: fact for fact in one.report.facts}
    cited = {id: facts[id] for finding in one.findings for id in finding.facts if id in facts}
    return to_json({
        "schema_version": SCHEMA_VERSION, "source": {"name": one.name}, "document": one.report.document,
        "findings": one.findings, "facts": list(cited.values()),
    })  # fmt: skip


def _listed(done: Sequence[_Checked], between: Sequence[Finding], lang: str, everything: bool) -> Iterator[str]:
    """The reports, those with the worst findings first, and then what is between them."""
    zh = lang == "zh"
    for one in sorted(done, key=_weight):
        if one.report is None:
            continue
        counts = Counter(finding.outcome for finding in one.findings)
        none = ("没有符合条件的", "none of these") if one.report.findings else ("没有可核对的", "nothing to check")
        pack = one.report.parts[0].pack.id if one.report.parts else ""
        yield f"{one.name} [{pack}]: {_counted(counts, zh) or none[0 if zh else 1]}"
        facts = {fact.id: fact for fact in one.report.facts}
        for finding in sorted(one.findings, key=lambda finding: _WORST_FIRST.index(finding.outcome)):
            if finding.outcome != "consistent" or everything:
                yield from _told(finding, facts, zh)
    shown = [f for f in between if f.outcome != "consistent" or everything]
    if between:
        counts = Counter(finding.outcome for finding in between)
        yield f"{'各报告之间' if zh else 'between the reports'}: {_counted(counts, zh)}"
    for finding in sorted(shown, key=lambda finding: _WORST_FIRST.index(finding.outcome)):
        yield from _told(finding, {}, zh)


def _counted(counts: Counter[str], zh: bool) -> str:
    found = [outcome for outcome in _WORST_FIRST if counts[outcome]]
    if zh:
        return "，".join(f"{_NAMES[outcome][0]} {counts[outcome]}" for outcome in found)
    return ", ".join(f"{counts[outcome]} {_NAMES[outcome][1]}" for outcome in found)


def _weight(one: _Checked) -> tuple[int, ...]:
    counts = Counter(finding.outcome for finding in one.findings)
    return tuple(-counts[outcome] for outcome in _WORST_FIRST[:4])


def _told(finding: Finding, facts: Mapping[str, Fact], zh: bool) -> Iterator[str]:
    """A finding, the places of its numbers, and what would explain it."""
    name = _NAMES[finding.outcome][0 if zh else 1]
    yield f"  {name} {finding.code} [{finding.id}] {finding.message if zh else finding.message_en}"
    if finding.outcome == "consistent":
        return
    places = [_place(facts[id], zh) for id in finding.facts if id in facts]
    if places:
        more = len(places) - _PLACES
        rest = (f"；共 {len(places)} 处" if zh else f"; {len(places)} in all") if more > 0 else ""
        yield f"      {'位置' if zh else 'at'}: {('；' if zh else '; ').join(places[:_PLACES])}{rest}"
    for cause in finding.causes[:_CAUSES]:
        others = [id for id in cause.repairs if id != finding.id]
        also = (f"，{'、'.join(others)} 也相符" if zh else f", and {', '.join(others)} too") if others else ""
        fact = facts.get(cause.fact or "")
        name = with_aspect(fact, english=not zh) if fact is not None and cause.change[:1] not in "+−" else ""
        what = CAUSES[cause.what][0 if zh else 1]
        told = f"{name} {cause.change}".strip()
        yield f"      可能: {told}（{what}）{also}" if zh else f"      perhaps: {told} ({what}){also}"
    if finding.related:
        yield f"      {'相关' if zh else 'related'}: {', '.join(finding.related)}"


def _place(fact: Fact, zh: bool) -> str:
    span = f"{fact.span[0]}-{fact.span[1]}" if fact.span is not None else ""
    quote = " ".join((fact.quote or "").split())
    page = f"第{fact.page}页" if zh else f"p. {fact.page}"
    return f"{quote} {page} {span}"

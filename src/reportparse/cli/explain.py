"""``reportparse explain FILE``: why a number was bound as it was, and why a concept was not found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import STDIN, open_input
from reportparse.cli.terminal import printable, say, write
from reportparse.emit import to_json
from reportparse.errors import ReadError
from reportparse.explain import Explanation, OfConcept, OfNumber, explain

__all__ = ["parser", "run"]

_USAGE = "reportparse explain FILE [--concept KEY | --at N | --quote TEXT] [--packs FILE] [--json]"
_ASKED = 12
"""Questions put to the pack that are listed; the JSON has all."""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse explain", lang, _USAGE,
        ("说明结果为什么是这样：试过哪些规则，各停在哪一步。不带选项时，说明每个缺项为什么没有读到。",
         "Tell why the result is what it is: which rules were tried, and where each stopped. Without options: why each missing\n"
         "concept is missing."),
        ("示例：\n  reportparse explain 报告.pdf\n  reportparse explain 报告.pdf --concept revenue.total\n"
         "  reportparse explain 报告.pdf --quote 1,234.56\n"
         "退出码：0 完成 · 2 没有这个指标或位置，或用法有误 · 3 文件读不了",
         "examples:\n  reportparse explain report.pdf\n  reportparse explain report.pdf --concept revenue.total\n"
         "  reportparse explain report.pdf --quote 1,234.56\n"
         "exit codes: 0 done · 2 no such concept or place, or wrong usage · 3 the file could not be read"),
    )  # fmt: skip
    made.inputs.add_argument(
        "file", metavar="FILE", help=made.tr(f"报告；{STDIN} 为标准输入", f"a report; {STDIN} is standard input")
    )
    made.option(
        "--concept",
        metavar="KEY",
        help=("指标，或 facts 里的 key，如 revenue.total", "a concept, or a key as facts have it, e.g. revenue.total"),
    )
    made.option(
        "--at", metavar="N", type=made.whole, help=("正文里这个位置上的数", "the number at this position of the text")
    )
    made.option("--quote", metavar="TEXT", help=("印成这样的数", "the numbers that are printed so"))
    made.option("--json", action="store_true", help=("一个 JSON 对象", "one JSON object"))
    made.reading()
    made.packs()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    if options.quote is not None and not options.quote.strip():
        made.error(made.tr("--quote 后面要有字", "--quote needs words"))
    if sum(asked is not None for asked in (options.concept, options.at, options.quote)) > 1:
        made.error(
            made.tr("--concept、--at、--quote 只能用一个", "only one of --concept, --at and --quote can be asked for")
        )
    try:
        source, name = open_input(options.file, options.max_bytes)
        found = explain(
            source, concept=options.concept, at=options.at, quote=options.quote, packs=options.packs, name=name,
            encoding=options.encoding, max_bytes=options.max_bytes, pdf_engine=options.pdf_engine,
        )  # fmt: skip
    except ReadError as error:
        say(error.message(lang))
        return 3
    if options.json:
        write(to_json(found) + "\n")
    else:
        write("".join(f"{printable(line)}\n" for line in _lines(found, zh=lang == "zh")))
    return 0


def _lines(found: Explanation, *, zh: bool) -> Iterator[str]:
    yield found.name
    for pack in found.packs:
        why = ("；" if zh else "; ").join(pack.why)
        extends = " → ".join(pack.chain[1:])
        yield f"  {pack.part} {pack.pack} {pack.version}: {why}" + (f" (→ {extends})" if extends else "")
    for concept in found.concepts:
        yield from _of_concept(concept, zh)
    for number in found.numbers:
        yield from _of_number(number, zh)
    if not found.concepts and not found.numbers:
        yield "没有缺项" if zh else "nothing is missing"


def _of_concept(one: OfConcept, zh: bool) -> Iterator[str]:
    yield f"{one.part} {one.asked}: {one.message if zh else one.message_en}"
    yield from (f"    {key}" for key in one.facts[:_ASKED])
    for near in one.candidates:
        place = f"第 {near.page} 页 {near.span[0]}" if zh else f"p. {near.page}, {near.span[0]}"
        quote = " ".join(near.quote.split())
        yield f"    {near.label} {quote} [{place}] {near.rule}: {near.message if zh else near.message_en}"
    if one.facts:
        return
    for rule in one.rules:
        if rule.sections:
            under = ("、" if zh else ", ").join(f"“{title}”" for title in dict.fromkeys(rule.sections))
        elif rule.role == "anywhere":
            under = "任何章节" if zh else "any section"
        else:
            under = "没有这样的章节" if zh else "no such section"
        asks = f" {' '.join(rule.asks)}" if rule.asks else ""
        yield f"      {'规则' if zh else 'rule'} {rule.rule} ({rule.role}: {under}) {' | '.join(rule.labels)}{asks}"


def _of_number(one: OfNumber, zh: bool) -> Iterator[str]:
    place = f"第 {one.page} 页 {one.span[0]}-{one.span[1]}" if zh else f"p. {one.page}, {one.span[0]}-{one.span[1]}"
    yield f"{' '.join(one.quote.split())} [{place}]: {one.message if zh else one.message_en}"
    if one.label:
        yield f"    {'标签' if zh else 'label'}: {one.label} ({one.aspect}, {one.where})"
    if one.roles:
        yield f"    {'章节' if zh else 'section'}: {one.section or '—'} ({', '.join(one.roles)})"
    for asked in one.asked[:_ASKED]:
        none = "没有合适的规则" if zh else "no rule"
        left = (f"，余“{asked.left}”" if zh else f", left “{asked.left}”") if asked.left else ""
        out = (
            (f"；条件不合：{'、'.join(asked.ruled_out)}" if zh else f"; guarded: {', '.join(asked.ruled_out)}")
            if asked.ruled_out
            else ""
        )
        yield f"      {asked.role} ? {asked.label} → {asked.rule or none}{left}{out}"
    if len(one.asked) > _ASKED:
        yield f"      … {len(one.asked) - _ASKED}"

"""``reportparse packs``: list rule packs, show what one amounts to, test them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import printable, write
from reportparse.errors import PackError
from reportparse.packfile import read_rules
from reportparse.packs import Field, ResolvedPack, Rules, load_packs, resolve

__all__ = ["parser", "run"]

_USAGE = """\
reportparse packs list [--json]
       reportparse packs show ID [--json]
       reportparse packs test [ID|FILE …]
       reportparse packs lint [ID|FILE …]"""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse packs", lang, _USAGE,
        ("查看规则包：哪些标题、哪些标签在哪类文件里是什么意思。", "Rule packs: which headings and labels mean what in which documents."),
        ("退出码：0 成功 · 2 规则包有误，或示例不符", "exit codes: 0 fine · 2 a broken pack, or an example that does not hold"),
    )  # fmt: skip
    made.inputs.add_argument(
        "action", choices=("list", "show", "test", "lint"), metavar="list|show|test|lint",
        help=made.tr(
            "list 列出；show 显示合并后的规则及其出处；test 运行规则包自带的示例；lint 找出无用、重复、过慢的规则",
            "list them; show the resolved rules and where each comes from; test runs a pack's own examples; "
            "lint finds idle, ambiguous and slow rules",
        ),
    )  # fmt: skip
    made.inputs.add_argument(
        "which",
        nargs="*",
        metavar="ID|FILE",
        help=made.tr("规则包的编号或文件（默认全部）", "ids or files of packs (default: all)"),
    )
    made.packs()
    made.option("--json", action="store_true", help=("list 与 show：以 JSON 输出", "list and show: as JSON"))
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    made = parser(lang)
    options = made.parse_args(arguments)
    packs = dict(load_packs(options.packs))
    if options.action == "list":
        if options.which:
            made.error(made.tr("list 不带编号", "list takes no ids"))
        _list(packs.values(), options.json)
        return 0
    chosen = [_read(which, packs) for which in options.which]
    if options.action == "show":
        if len(chosen) != 1:
            made.error(made.tr("show 需要一个规则包的编号", "show takes the id of one pack"))
        _show(resolve(chosen[0].id, packs), options.json)
        return 0
    return _check(options.action, chosen or list(packs.values()), packs, lang)


def _read(which: str, packs: dict[str, Rules]) -> Rules:
    """The pack with that id; or from that file, where it takes the place of the one with its id."""
    if which in packs:
        return packs[which]
    if not (which.endswith(".toml") or os.path.exists(which)):
        raise PackError("RP-PACK-006", f"没有这个规则包：{which}", f"no such pack: {which}")
    path = Path(which)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PackError("RP-PACK-006", "读不到规则包", "cannot read the pack", file=path.name) from error
    rules = read_rules(data, path.name)
    packs[rules.id] = rules
    return rules


def _check(action: str, chosen: Sequence[Rules], packs: Mapping[str, Rules], lang: str) -> int:
    from reportparse.packcheck import lint, run_examples

    check = run_examples if action == "test" else lint
    problems = [problem for rules in chosen for problem in check(rules, packs)]
    for problem in problems:
        write(printable(problem.message(lang)) + "\n")
    examples = sum(len(section.examples) for rules in chosen for section in rules.sections)
    if lang == "zh":
        done = f"{len(chosen)} 个规则包" + (f"的 {examples} 个示例" if action == "test" else "")
        write(f"{done}：{f'{len(problems)} 处问题' if problems else '正常'}\n")
    else:
        done = (f"{_count(examples, 'example')} of " if action == "test" else "") + _count(len(chosen), "pack")
        write(f"{done}: {_count(len(problems), 'problem') if problems else 'ok'}\n")
    return 2 if problems else 0


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _list(packs: Iterable[Rules], as_json: bool) -> None:
    if as_json:
        rows = [
            {"id": r.id, "version": r.version, "extends": r.extends, "title": r.title, "headings": r.headings, "expects": r.expects, "file": r.file}
            for r in packs
        ]  # fmt: skip
        write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    for rules in packs:
        write(
            f"{rules.id:<36} {rules.version:<4} {f'extends {rules.extends}' if rules.extends else ''}".rstrip() + "\n"
        )
        if rules.title is not None:
            write(f"    title     {rules.title}\n")
        if rules.headings:
            write(f"    headings  {'  '.join(rules.headings)}\n")


def _show(pack: ResolvedPack, as_json: bool) -> None:
    resolved = _resolved(pack)
    if as_json:
        write(json.dumps(resolved, ensure_ascii=False, indent=2) + "\n")
        return
    write(f"{pack.id}  version {pack.version}  sha256 {pack.sha256}\n")
    for rules in resolved["chain"]:
        write(f"    {rules['file']}\n")
    _rows("expects", [(expected["concept"], expected["pack"]) for expected in resolved["expects"]])
    for section in resolved["sections"]:
        fund = f"  fund={section['fund']}" if section["fund"] else ""
        _rows(
            f"[{section['role']}]{fund}",
            [(f"heading  {heading['pattern']}", heading["pack"]) for heading in section["headings"]],
        )
        _rows(None, [(_rule(field), field["pack"]) for field in section["fields"]])


def _rows(title: str | None, rows: Iterable[tuple[str, str]]) -> None:
    """Each row with the pack that it comes from, at the end of its line: patterns are too long for columns."""
    if title is not None:
        write(f"\n{title}\n")
    for text, origin in rows:
        write(f"    {text}    ({origin})\n")


def _rule(field: Mapping[str, Any]) -> str:
    """``concept[member]  key=value …  labels``."""
    member = f"[{field['member']}]" if "member" in field else ""
    rest = [
        name if value is True else f"{name}={' '.join(value) if isinstance(value, list) else value}"
        for name, value in field.items()
        if name not in ("concept", "member", "labels", "pack")
    ]
    return "  ".join([f"{field['concept']}{member}", *rest, *field.get("labels", ())])


def _resolved(pack: ResolvedPack) -> dict[str, Any]:
    """Everything that holds in a pack, in order of priority, each with the pack that says it."""
    parts = [section for rules in pack.chain for section in rules.sections]
    expected: dict[str, str] = {}
    for rules in pack.chain:
        for concept in rules.expects:
            expected.setdefault(concept, rules.id)
    return {
        "id": pack.id,
        "version": pack.version,
        "sha256": pack.sha256,
        "chain": [{"id": r.id, "version": r.version, "file": r.file, "sha256": r.sha256} for r in pack.chain],
        "expects": [{"concept": concept, "pack": origin} for concept, origin in expected.items()],
        "sections": [
            {
                "role": role,
                "fund": pack.fund(role),
                "headings": [{"pattern": h, "pack": s.pack} for s in parts if s.role == role for h in s.headings],
                "fields": [_said(field) for field in pack.fields(role)],
            }
            for role in pack.roles
        ],
    }


def _said(field: Field) -> dict[str, Any]:
    """What a rule says, without what it leaves open."""
    values = {f.name: getattr(field, f.name) for f in fields(field)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}

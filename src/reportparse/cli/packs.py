"""``reportparse packs``: list rule packs, show what one amounts to, test them, draft one, see what a change changes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import documents_in
from reportparse.cli.output import open_output
from reportparse.cli.terminal import counted, printable, say, write
from reportparse.concepts import Concept, load_concepts
from reportparse.errors import PackError, ReadError, because
from reportparse.packfile import read_rules
from reportparse.packs import Field, ResolvedPack, Rules, TableRule, load_packs, resolve

__all__ = ["parser", "run"]

_USAGE = """\
reportparse packs list [--json]
       reportparse packs show ID [--json]
       reportparse packs test [ID|FILE …]
       reportparse packs lint [ID|FILE …]
       reportparse packs terms [CONCEPT …]
       reportparse packs new DOCUMENT > PACK.toml
       reportparse packs diff ID|FILE ID|FILE DIR [--json]
       reportparse packs suggest CORRECTIONS [SOURCE] --into PACK.toml [--write]"""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse packs", lang, _USAGE,
        ("查看规则包：哪些标题、哪些标签在哪类文件里是什么意思。", "Rule packs: which headings and labels mean what in which documents."),
        ("退出码：0 成功 · 2 规则包有误，或示例不符 · 3 文件读不了 · 4 有文件读不了",
         "exit codes: 0 fine · 2 a broken pack, or an example that does not hold · 3 the document cannot be read · 4 one of several could not be read"),
    )  # fmt: skip
    made.inputs.add_argument(
        "action", choices=("list", "show", "test", "lint", "terms", "new", "diff", "suggest"), metavar="list|show|test|lint|terms|new|diff|suggest",
        help=made.tr(
            "list 列出；show 显示合并后的规则及其出处；test 运行规则包自带的示例；lint 找出无用、重复、过慢的规则；"
            "terms 列出章节角色、指标及其成员（按编号的开头或中文名）；new 从一份文件起草规则包；diff 比较两个规则包读同一文件夹的差别；"
            "suggest 按审核页面存下的更正起草规则",
            "list them; show the resolved rules and where each comes from; test runs a pack's own examples; "
            "lint finds idle, ambiguous and slow rules; terms lists roles, concepts (by the beginning of their id or by their Chinese name) and their members; new drafts a pack from a document; "
            "diff shows every fact of a folder that two packs read differently; suggest drafts rules for "
            "the corrections that the review page saved",
        ),
    )  # fmt: skip
    made.inputs.add_argument(
        "which",
        nargs="*",
        metavar="ID|FILE",
        help=made.tr(
            "规则包的编号或文件（默认全部）；terms：指标；new：文件；diff：两个规则包和文件夹",
            "ids or files of packs (default: all); terms: concepts; new: a document; diff: two packs and a folder",
        ),
    )
    made.packs()
    made.option(
        "--into",
        metavar="FILE",
        help=(
            "suggest：加进哪个规则包文件（没有则新建）",
            "suggest: the file of the pack that is added to (made if absent)",
        ),
    )
    made.option(
        "--write",
        action="store_true",
        help=("suggest：写入；否则只显示差异", "suggest: write it; else the diff is shown and nothing else done"),
    )
    made.option(
        "--json", action="store_true", help=("list、show 与 diff：以 JSON 输出", "list, show and diff: as JSON")
    )
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
    if options.action == "terms":
        unknown = [
            asked for asked in options.which if not any(_is_asked(one, asked) for one in load_concepts().values())
        ]
        if unknown:
            made.error(made.tr(f"没有这个指标：{unknown[0]}", f"no such concept: {unknown[0]}"))
        _terms(options.which)
        return 0
    if options.action == "new":
        if len(options.which) != 1:
            made.error(made.tr("new 需要一份文件", "new takes one document"))
        return _new(options.which[0], packs, lang)
    if options.action == "suggest":
        if len(options.which) not in (1, 2) or not options.into:
            made.error(made.tr("suggest 需要更正文件和 --into", "suggest takes a file of corrections, and --into"))
        return _suggest(options.which, options.into, packs, write_it=options.write, lang=lang)
    if options.action == "diff":
        if len(options.which) != 3:
            made.error(made.tr("diff 需要两个规则包和一个文件夹", "diff takes two packs and a folder"))
        one, other, folder = options.which
        if not os.path.exists(folder):
            made.error(made.tr(f"没有这个文件夹：{folder}", f"no such folder: {folder}"))
        return _diff(one, other, folder, packs, options.json, lang)
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
        zh, en = because(error)
        raise PackError(
            "RP-PACK-006", f"读不到规则包（{zh}）", f"cannot read the pack: {en}", file=path.name
        ) from error
    rules = read_rules(data, path.name)
    packs[rules.id] = rules
    return rules


def _leave_out(id: str, packs: dict[str, Rules]) -> None:
    """Take a pack out, unless another extends it."""
    if not any(rules.extends == id for rules in packs.values()):
        packs.pop(id, None)


def _terms(wanted: Sequence[str]) -> None:
    """The vocabulary: roles of sections, and concepts with their kind, their Chinese name and their members."""
    concepts = load_concepts()
    if not wanted:
        write("[roles]\n")
        for role, name in concepts.roles.items():
            write(f"    {role:<22} {name}\n")
        write("\n[concepts]\n")
    for id, concept in concepts.items():
        if wanted and not any(_is_asked(concept, asked) for asked in wanted):
            continue
        write(f"    {id:<36} {concept.kind:<10} {concept.zh}\n")
        members = "  ".join(concept.members)
        if concept.classes is not None:
            members = f"data/{concept.classes}.tsv"
        if members:
            write(f"        {members}\n")


def _is_asked(concept: Concept, asked: str) -> bool:
    """Whether a concept is asked for, by how its id begins or by words of its Chinese name."""
    return concept.id.startswith(asked) or asked in concept.zh


def _new(document: str, packs: Mapping[str, Rules], lang: str) -> int:
    from reportparse.packdraft import draft
    from reportparse.parse import parse

    try:
        report = parse(document, packs=packs)
    except ReadError as error:
        say(error.message(lang))
        return 3
    write(draft(report, packs))
    return 0


def _suggest(which: Sequence[str], into: str, packs: dict[str, Rules], *, write_it: bool, lang: str) -> int:
    from reportparse.corrections import checked, load_corrections
    from reportparse.packsuggest import suggest
    from reportparse.readers import read

    path, target = Path(which[0]), Path(into)
    corrections = load_corrections(path)
    source = (
        Path(which[1]) if len(which) > 1 else path.parent / Path(corrections["source"]["name"].replace("\\", "/")).name
    )
    try:
        document = read(str(source))
    except ReadError as error:
        say(error.message(lang))
        return 3
    checked(corrections, document)
    try:
        own = target.read_text(encoding="utf-8") if target.exists() else ""
    except (OSError, ValueError) as error:
        raise PackError("RP-PACK-006", "读不到规则包", "cannot read the pack", file=target.name) from error
    found = suggest(corrections, document, packs, own, target.name)
    write(
        printable(found.diff(target.name), keep="\n")
        or ("没有可建议的规则\n" if lang == "zh" else "nothing to suggest\n")
    )
    for one in found.rules:
        became = (
            ("能这样读出" if lang == "zh" else "is read so")
            if one.holds
            else one.reason
            if lang == "zh"
            else one.reason_en
        )
        say(f"{one.label} {one.quote} → {one.concept}: {became}")
    if write_it and found.after != found.before:
        with open_output(str(target), [str(source), str(path)]) as output:
            output.write(found.after)
    return 0


def _diff(one: str, other: str, folder: str, packs: Mapping[str, Rules], as_json: bool, lang: str) -> int:
    from reportparse.packdiff import compare

    before, after = dict(packs), dict(packs)
    first, second = _read(one, before).id, _read(other, after).id
    if first != second:
        _leave_out(second, before)
        _leave_out(first, after)
    paths, others = documents_in(folder)
    found = [compare(Path(path), before, after)._replace(name=name) for path, name in paths]
    if as_json:
        rows = [
            {"name": f.name, "error": f.error, "same": f.same, "changes": [c._asdict() for c in f.changes]}
            for f in found
        ]
        write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        for diff in found:
            if diff.changes or diff.error:
                write(printable(f"{diff.name}{f'  {diff.error}' if diff.error else ''}") + "\n")
            for change in diff.changes:
                place = f"{change.span[0]}:{change.span[1]}" if change.span else "-"
                write(printable(f"  {change.mark} {place:>14}  {change.key} = {change.value}") + "\n")
        marks = Counter(change.mark for diff in found for change in diff.changes)
        same = sum(diff.same for diff in found)
        if lang == "zh":
            told = [f"{len(found)} 份文件：少 {marks['-']} 条，多 {marks['+']} 条，相同 {same} 条"]
            left = f"其他类型的文件 {sum(others.values())} 个"
        else:
            told = [f"{counted(len(found), 'document')}: {marks['-']} lost, {marks['+']} gained, {same} the same"]
            left = f"{counted(sum(others.values()), 'file')} of other kinds"
        write("".join(f"{line}\n" for line in (*told, *([left] if others else []))))
    return 4 if any(diff.error for diff in found) else 0


def _check(action: str, chosen: Sequence[Rules], packs: Mapping[str, Rules], lang: str) -> int:
    from reportparse.packcheck import run_examples
    from reportparse.packlint import lint

    check = run_examples if action == "test" else lint
    problems = [problem for rules in chosen for problem in check(rules, packs)]
    for problem in problems:
        write(printable(problem.message(lang)) + "\n")
    examples = sum(len(section.examples) for rules in chosen for section in rules.sections)
    examples += sum(len(table.examples) for rules in chosen for table in rules.tables)
    if lang == "zh":
        done = f"{len(chosen)} 个规则包" + (f"的 {examples} 个示例" if action == "test" else "")
        write(f"{done}：{f'{len(problems)} 处问题' if problems else '正常'}\n")
    else:
        done = (f"{counted(examples, 'example')} of " if action == "test" else "") + counted(len(chosen), "pack")
        write(f"{done}: {counted(len(problems), 'problem') if problems else 'ok'}\n")
    return 2 if problems else 0


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
    for table in resolved["tables"]:
        title = " ".join(table.get("titles") or table.get("names") or table.get("heads") or ())
        said = {name: value for name, value in table.items() if name not in ("titles", "pack", "fields")}
        line = "  ".join(
            f"{name}={' '.join(value) if isinstance(value, list) else value}" for name, value in said.items()
        )
        _rows(f"[table]  {title}", [(line, table["pack"])])
        _rows(None, [(_rule(field), field["pack"]) for field in table.get("fields", ())])


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
        "tables": [_table(one.rule) for one in pack.tables],
    }


def _table(rule: TableRule) -> dict[str, Any]:
    """What a rule for tables says, without what it leaves open."""
    said: dict[str, Any] = {
        name: list(value) if isinstance(value := getattr(rule, name), tuple) else value
        for name in ("titles", "heads", "unless", "first", "role", "total", "rows", "columns", "names", "pack")
    }
    if rule.fields:
        said["fields"] = [_said(field) for field in rule.fields]
    return {name: value for name, value in said.items() if value}


def _said(field: Field) -> dict[str, Any]:
    """What a rule says, without what it leaves open."""
    values = {f.name: getattr(field, f.name) for f in fields(field) if f.name != "trusted"}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items() if value}

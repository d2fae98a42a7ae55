"""Write the pages of ``docs/reference`` from what they describe: concepts, the JSON, the tables, codes, the command line.

    python scripts/make_docs.py            # write them
    python scripts/make_docs.py --check    # exit code 1 where one is not what would be written

Nothing on those pages is typed by hand, so that none of them can drift; what needs words of its own stands in ``docs/``.
"""

from __future__ import annotations

import argparse
import contextlib
import inspect
import io
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportparse import errors
from reportparse.cli import COMMANDS, main
from reportparse.concepts import Concept, load_concepts
from reportparse.errors import ReportParseError
from reportparse.export.meanings import about_column, about_table
from reportparse.export.rows import tables
from reportparse.packlint import samples
from reportparse.report import Report
from reportparse.schema import json_schema

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference"
COLUMNS = "100"
"""Width of the help as it is shown."""
SAMPLES_MOST = 4
"""Printed names shown of a member, at most."""


def pages() -> Mapping[str, str]:
    """Every page by the name of its file."""
    return {
        "concepts.md": "\n".join(_concepts()),
        "json.md": "\n".join(_json()),
        "tables.md": "\n".join(_tables()),
        "codes.md": "\n".join(_codes()),
        "command-line.md": "\n".join(_command_line()),
    }


# -- concepts --------------------------------------------------------------------------------------------------------------


def _concepts() -> Iterator[str]:
    concepts = load_concepts()
    yield "# Concepts\n"
    yield (
        "What a fact can state, as `src/reportparse/concepts.toml` has it: ids are a contract. A key is "
        "`concept[member]{axes}.aspect`: `revenue.source[institutional]{period=2023}.share`. Where *fund* is open, whose "
        "money it is can stand among the axes: `"
        + "`, `".join(f"fund={fund}" for fund in concepts.funds)
        + "`. Beside the members that are listed, a concept whose members are "
        "names (projects, indicators, units) has them as printed, and one with *classes* has codes of the budget "
        "classification: 功能分类 (`functions`) or 经济分类 (`economic`).\n"
    )
    groups: dict[str, list[Concept]] = {}
    for concept in concepts.values():
        groups.setdefault(concept.id.partition(".")[0], []).append(concept)
    for group, members in groups.items():
        yield f"## {group}\n"
        yield "| id | 名称 | kind | fund | part of | classes |"
        yield "|---|---|---|---|---|---|"
        for concept in members:
            within = f"`{concept.within}`" if concept.within else ""
            yield (
                f"| `{concept.id}` | {concept.zh} | {concept.kind} | {'open' if concept.fund_open else ''} | {within} | "
                f"{concept.classes or ''} |"
            )
        yield ""
        for concept in members:
            if concept.members:
                yield f"Members of `{concept.id}`:\n"
                yield "| member | printed as, among others |"
                yield "|---|---|"
                for member, patterns in concept.members.items():
                    yield f"| `{member}` | {'、'.join(_printed(patterns))} |"
                yield ""
    yield "## Roles of sections\n"
    yield "What a pack can say that a heading is about.\n"
    yield "| role | 名称 |"
    yield "|---|---|"
    yield from (f"| `{role}` | {zh} |" for role, zh in concepts.roles.items())
    yield ""


def _printed(patterns: Sequence[str]) -> list[str]:
    """A few names that the patterns of a member match, the shortest first."""
    found = {sample for pattern in patterns for sample in _plain(pattern)}
    return sorted(found, key=lambda sample: (len(sample), sample))[:SAMPLES_MOST]


def _plain(pattern: str) -> list[str]:
    """Texts that a pattern matches; what it asks of the words around it is left out, and any words are three dots."""
    bare = re.sub(r"\(\?<?[!=][^()]*(?:\([^()]*\)[^()]*)*\)", "", pattern)
    try:
        return [sample for sample in samples(bare) if "\n" not in sample and "|" not in sample]
    except re.error:
        return []


# -- the JSON --------------------------------------------------------------------------------------------------------------


def _json() -> Iterator[str]:
    schema = json_schema(Report)
    yield "# The JSON\n"
    yield (
        "`reportparse schema` prints the JSON Schema that this page is made from. A report is a `Report`; a file that could not "
        "be read is a `Failure` in its place. Positions count code points of the text that `reportparse text FILE` prints.\n"
    )
    definitions: Mapping[str, Any] = schema["$defs"]
    for name in ("Report", "Failure", *sorted(set(definitions) - {"Report", "Failure"})):
        definition = definitions[name]
        yield f"## {name}\n"
        yield re.sub(r"``", "`", inspect.cleandoc(definition.get("description", ""))) + "\n"
        yield "| field | type |"
        yield "|---|---|"
        for field, what in definition["properties"].items():
            yield f"| `{field}` | {_type(what)} |"
        yield ""


def _type(what: Mapping[str, Any]) -> str:
    if "$ref" in what:
        name = what["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in what:
        return " or ".join(_type(one) for one in what["anyOf"])
    if "const" in what:
        return f"`{what['const']}`"
    if "enum" in what:
        return " or ".join(f"`{one}`" for one in what["enum"])
    if what.get("type") == "array":
        if "prefixItems" in what:
            return f"[{', '.join(_type(one) for one in what['prefixItems'])}]"
        return f"list of {_type(what['items'])}" if "items" in what else "list"
    if what.get("type") == "object":
        values = what.get("additionalProperties")
        return f"object of {_type(values)}" if isinstance(values, Mapping) and values else "object"
    return str(what.get("type", "any"))


# -- the tables ------------------------------------------------------------------------------------------------------------


def _tables() -> Iterator[str]:
    yield "# The tables\n"
    yield (
        "What `export` and `batch --to` write: a file or a sheet for every table. *Column* is its name in CSV, SQLite and Parquet, 列 its "
        "head in a workbook, which has the columns that an office needs, and all of this on its sheet 说明. Parquet and SQLite hold numbers "
        "a second time, in columns `…_exact`, with the digits as printed; in SQLite rows have a `pk`, and `report` stands for the file.\n"
    )
    for table in tables(()):
        yield f"## {table.name} · {table.sheet}\n"
        zh, en = about_table(table.name)
        yield f"{en[0].upper()}{en[1:]}. {zh}。\n"
        yield "| column | 列 | | |"
        yield "|---|---|---|---|"
        for column in table.columns:
            zh, en = about_column(table.name, column.name)
            yield f"| `{column.name}` | {column.head} | {en} | {zh} |"
        if table.name == "reports":
            yield "| `revenue.total` … | 收入总计（元）… | the figures of `--wide`, by their keys | `--wide` 所列的指标 |"
        yield ""


# -- codes -----------------------------------------------------------------------------------------------------------------


def _codes() -> Iterator[str]:
    yield "# Codes of errors\n"
    yield (
        "Every error has a stable code and is told in Chinese and in English. In the output of several files or of a batch a file "
        "that could not be read stands in its line with its code. Codes of findings are in [checks](../checks.md).\n"
    )
    for name in errors.__all__:
        kind = getattr(errors, name)
        if not (isinstance(kind, type) and issubclass(kind, ReportParseError) and kind is not ReportParseError):
            continue
        doc = inspect.cleandoc(kind.__doc__ or "")
        said, _, listed = doc.partition("\n\nAttributes:\n")[0].partition("\n\nCodes:\n")
        yield f"## {name}\n"
        yield " ".join(said.split()) + "\n"
        yield "| code | |"
        yield "|---|---|"
        family = ""
        for entry in " ".join(listed.split()).rstrip(".").split(" · "):
            found = re.match(r"``(?P<family>RP-[A-Z]+-)?-?(?P<number>\d{3})`` (?P<means>.*)", entry)
            if found is None:
                raise SystemExit(f"{name}: {entry!r} is no code and its meaning")
            family = found["family"] or family
            yield f"| `{family}{found['number']}` | {found['means'].replace('``', '`')} |"
        yield ""


# -- the command line ------------------------------------------------------------------------------------------------------


def _command_line() -> Iterator[str]:
    yield "# The command line\n"
    yield (
        "What `--help` prints. `--lang zh` prints it in Chinese; without it the language is that of the system. Exit codes: 0 done · "
        "1 done, and `--strict` found something · 2 wrong usage, a broken pack, or an output that cannot be written · 3 the one "
        "file failed · 4 some of several failed · 130 interrupted.\n"
    )
    for command in ((), *((name,) for name in COMMANDS)):
        yield f"## {' '.join(('reportparse', *command))}\n"
        yield "```text"
        yield _help([*command, "--help", "--lang", "en"])
        yield "```\n"


def _help(arguments: Sequence[str]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = main(arguments)
    if code:
        raise SystemExit(f"reportparse {' '.join(arguments)} ended with {code}")
    return "\n".join(line.rstrip() for line in printed.getvalue().strip().splitlines())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="write nothing; say which pages are not up to date")
    check = options.parse_args().check
    os.environ["COLUMNS"] = COLUMNS
    stale = []
    for page, content in pages().items():
        file = TARGET / page
        if file.exists() and file.read_text(encoding="utf-8") == content:
            continue
        stale.append(page)
        if not check:
            TARGET.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8", newline="\n")
    for page in stale:
        print(f"docs/reference/{page}: {'not up to date' if check else 'written'}")
    sys.exit(bool(check and stale))

"""``reportparse schema``: the JSON Schema of the output."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import write
from reportparse.report import Report

__all__ = ["parser", "run"]


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse schema", lang, "reportparse schema",
        ("打印输出的 JSON Schema（2020-12）：一份报告，或读不了的文件的错误对象。",
         "Print the JSON Schema (2020-12) of the output: a report, or the object that stands for a file that failed."),
    )  # fmt: skip
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    parser(lang).parse_args(arguments)
    from reportparse.schema import json_schema  # pydantic: not for --help

    write(json.dumps(json_schema(Report), ensure_ascii=False, indent=2) + "\n")
    return 0

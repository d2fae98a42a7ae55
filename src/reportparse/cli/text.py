"""``reportparse text FILE``: the canonical text, in which all positions count."""

from __future__ import annotations

from collections.abc import Sequence

from reportparse.cli.arguments import Parser
from reportparse.cli.inputs import STDIN, open_input
from reportparse.cli.terminal import say, write
from reportparse.errors import ReadError
from reportparse.readers import read

__all__ = ["parser", "run"]


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse text", lang, "reportparse text FILE [--encoding NAME]",
        ("打印文件的正文（UTF-8）。JSON 里的位置都按它计数，从 0 起，以 Unicode 码位为单位。",
         "Print the text of a file in UTF-8. All positions in the JSON count its Unicode code points from 0."),
    )  # fmt: skip
    made.inputs.add_argument(
        "file", metavar="FILE", help=made.tr(f"文件；{STDIN} 为标准输入", f"a file; {STDIN} is standard input")
    )
    made.reading()
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    options = parser(lang).parse_args(arguments)
    try:
        source, name = open_input(options.file, options.max_bytes)
        document = read(
            source, name=name, encoding=options.encoding, max_bytes=options.max_bytes, pdf_engine=options.pdf_engine
        )
    except ReadError as error:
        say(error.message(lang))
        return 3
    write(document.text)
    return 0

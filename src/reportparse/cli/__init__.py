"""The command line: ``reportparse FILE``, and the commands beside it.

Each command is a module, imported when it is asked for. Exit codes: 0 parsed · 1 parsed, and ``--strict`` found
something · 2 wrong usage, a broken pack, or an output that cannot be written · 3 the one file failed · 4 some of several
failed · 130 interrupted · 141 the reader of a pipe went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from reportparse.cli.terminal import bound, internal_error, language, ready, say, silence
from reportparse.errors import ReportParseError

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "text",
    "layout",
    "check",
    "verify",
    "explain",
    "batch",
    "export",
    "review",
    "eval",
    "gold",
    "schema",
    "packs",
    "completion",
)
"""What is not parsing. A file of that name is written ``./text``."""
_NO_DOCUMENTS = frozenset({"batch", "export", "eval", "schema", "packs", "completion"})
"""What reads no documents, or has others read them."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (``sys.argv`` by default) and return the exit code."""
    if "_ARGCOMPLETE" in os.environ:
        from reportparse.cli.completion import answer

        answer()
    arguments = list(sys.argv[1:] if argv is None else argv)
    lang = language(arguments)
    try:
        ready()
        arguments = _command_first(arguments)
        if argv is None and (not arguments or arguments[0] not in _NO_DOCUMENTS):
            bound(lang)
        if arguments and arguments[0] in COMMANDS:
            code = import_module(f"reportparse.cli.{arguments[0]}").run(arguments[1:], lang)
        else:
            code = import_module("reportparse.cli.parse").run(arguments, lang)
        return int(code)
    except SystemExit as end:  # this is how argparse ends --help and wrong usage
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except ReportParseError as error:
        say(error.message(lang), keep="\n\t　")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        silence()
        return 141
    except Exception as error:
        if os.environ.get("REPORTPARSE_DEBUG"):
            raise
        say(internal_error(error).message(lang))
        return 3


def _command_first(arguments: list[str]) -> list[str]:
    """``-o out batch DIR`` as ``batch -o out DIR``: options may stand before the command. What an option takes is no command."""
    if not arguments or not arguments[0].startswith("-") or arguments[0] == "-":
        return arguments
    for at, word in enumerate(arguments):
        if word == "--":
            break
        if word in COMMANDS and _are_options(arguments[:at], word):
            return [word, *arguments[:at], *arguments[at + 1 :]]
    return arguments


def _are_options(arguments: list[str], command: str) -> bool:
    """Whether these are options alone, each with what it takes: by the command, else by what parses."""
    takes = {
        name: action.nargs is None
        for module in ("parse", command)
        for action in import_module(f"reportparse.cli.{module}").parser("en")._actions
        for name in action.option_strings
    }
    at = 0
    while at < len(arguments):
        if not arguments[at].startswith("-") or arguments[at] == "-":
            return False
        at += 1 + takes.get(arguments[at], False)
    return at == len(arguments)

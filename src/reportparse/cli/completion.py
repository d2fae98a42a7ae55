"""``reportparse completion SHELL``, and the answers that the shell then asks for on every Tab."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

import argcomplete
from argcomplete.completers import FilesCompleter, SuppressCompleter
from argcomplete.shell_integration import shellcode

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import write

__all__ = ["answer", "parser", "run"]

_SHELLS = ("bash", "zsh", "fish")
_HOW = """\
  bash    eval "$(reportparse completion bash)"              # in ~/.bashrc
  zsh     eval "$(reportparse completion zsh)"               # in ~/.zshrc, after compinit
  fish    reportparse completion fish | source               # in ~/.config/fish/config.fish"""


def parser(lang: str) -> Parser:
    """The arguments of the command."""
    made = Parser(
        "reportparse completion", lang, "reportparse completion {bash,zsh,fish}",
        ("打印 Tab 补全脚本。", "Print the script that makes Tab complete commands, options and file names."),
        epilog=(f"启用：\n{_HOW}", f"to switch it on:\n{_HOW}"),
    )  # fmt: skip
    made.inputs.add_argument("shell", choices=_SHELLS, help="bash, zsh, fish")
    made.general()
    return made


def run(arguments: Sequence[str], lang: str) -> int:
    """Run the command and return the exit code."""
    options = parser(lang).parse_args(arguments)
    shell = "fish" if options.shell == "fish" else "bash"  # one script serves bash and zsh
    write(shellcode(["reportparse"], shell=shell).strip("\n") + "\n")
    return 0


def answer() -> None:
    """Answer the shell's question, which is in the environment, and end the process."""
    from reportparse.cli import COMMANDS

    first = int(os.environ["_ARGCOMPLETE"])  # the word after the program's name, counted from 0
    line = os.environ["COMP_LINE"].encode("utf-8", "surrogateescape")
    typed = line[: int(os.environ.get("COMP_POINT", len(line)))].decode("utf-8", "replace")
    words = typed.split()
    command = words[first] if len(words) > first else ""
    if command in COMMANDS and (len(words) > first + 1 or typed[-1:].isspace()):
        os.environ["_ARGCOMPLETE"] = str(first + 1)  # as if the command were the program
        made: Parser = import_module(f"reportparse.cli.{command}").parser("en")
    else:
        made = import_module("reportparse.cli.parse").parser("en")
        files = next(action for action in made._actions if action.dest == "files")
        alone = len(words) <= first or (len(words) == first + 1 and not typed[-1:].isspace())
        files.completer = _Either(COMMANDS if alone else ())  # type: ignore[attr-defined]
    for action in made._actions:
        if action.dest == "encoding":
            action.completer = _encodings  # type: ignore[attr-defined]
        elif action.dest in ("indent", "max_bytes"):
            action.completer = SuppressCompleter()  # type: ignore[attr-defined]
    argcomplete.autocomplete(made, always_complete_options=False)


class _Either(FilesCompleter):
    """Files, and at the beginning of the line the commands too."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = words

    def __call__(self, prefix: str, **context: object) -> list[str]:
        return [word for word in self.words if word.startswith(prefix)] + list(super().__call__(prefix, **context))


def _encodings(prefix: str, **_context: object) -> list[str]:
    return [name for name in ("big5", "gb18030", "utf-16", "utf-8") if name.startswith(prefix)]

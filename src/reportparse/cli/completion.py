"""``reportparse completion SHELL``, and the answers that the shell then asks for on every Tab."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from importlib import import_module

import argcomplete
from argcomplete.completers import FilesCompleter, SuppressCompleter
from argcomplete.shell_integration import shellcode

from reportparse.cli.arguments import Parser
from reportparse.cli.terminal import write
from reportparse.packs import load_packs

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
    typed = os.environ["COMP_LINE"][: int(os.environ["COMP_POINT"])]
    words = typed.split()
    at_first = len(words) + typed[-1:].isspace() <= first + 1
    command = words[first] if not at_first and words[first] in COMMANDS else None
    if command is not None:
        os.environ["_ARGCOMPLETE"] = str(first + 1)  # as if the command were the program
    made: Parser = import_module(f"reportparse.cli.{command or 'parse'}").parser("en")
    completers = {
        "files": _Either(COMMANDS if at_first else ()),
        "which": _Either(load_packs()),
        "encoding": _encodings,
        "indent": SuppressCompleter(),
        "max_bytes": SuppressCompleter(),
    }
    for action in made._actions:
        if action.dest in completers:
            action.completer = completers[action.dest]  # type: ignore[attr-defined]
    argcomplete.autocomplete(made, always_complete_options=False)


class _Either(FilesCompleter):
    """Some words, and files."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        self.words = tuple(words)

    def __call__(self, prefix: str, **context: object) -> list[str]:
        return [word for word in self.words if word.startswith(prefix)] + list(super().__call__(prefix, **context))


def _encodings(prefix: str, **_context: object) -> list[str]:
    return [name for name in ("big5", "gb18030", "utf-16", "utf-8") if name.startswith(prefix)]

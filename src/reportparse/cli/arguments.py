"""argparse in two languages, and the options that several commands share."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from reportparse.cli.terminal import say
from reportparse.readers import DEFAULT_MAX_BYTES, PDF_ENGINES

__all__ = ["Parser"]

# What argparse says about wrong usage, and the same in Chinese.
_CHINESE = (
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面要有值"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.*)\)", r"\1 不能是 \2，可选：\3"),
    (r"argument (.+?): not allowed with argument (.*)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): ignored explicit argument (.*)", r"\1 不带值：\2"),
    (r"argument (.+?): (.*)", r"\1：\2"),
)


class Parser(argparse.ArgumentParser):
    """One command's arguments. Every text is given in Chinese and in English; ``lang`` chooses."""

    def __init__(
        self, prog: str, lang: str, usage: str, description: tuple[str, str], epilog: tuple[str, str] = ("", "")
    ) -> None:
        self.lang = lang
        super().__init__(
            prog=prog,
            usage=usage,
            description=self.tr(*description),
            epilog=self.tr(*epilog),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.inputs = self.add_argument_group(self.tr("参数", "arguments"))
        self.options = self.add_argument_group(self.tr("选项", "options"))

    def tr(self, zh: str, en: str) -> str:
        """The one of two texts that is in the reader's language."""
        return zh if self.lang == "zh" else en

    def option(self, *names: str, help: tuple[str, str], **settings: Any) -> argparse.Action:  # noqa: A002
        """Add an option."""
        return self.options.add_argument(*names, help=self.tr(*help), **settings)

    def reading(self) -> None:
        """The options of what reads a document."""
        self.option(
            "--encoding",
            metavar="NAME",
            help=("不作判断，按此编码读取，如 gb18030", "read in this encoding instead of deciding, e.g. gb18030"),
        )
        self.option(
            "--pdf-engine", choices=PDF_ENGINES, default=PDF_ENGINES[0],
            help=("读 PDF 所用的库（默认 pdfium；pdfplumber 慢得多）", "what reads a PDF (default pdfium; pdfplumber is much slower)"),
        )  # fmt: skip
        self.option(
            "--max-bytes", metavar="N", type=self.positive, default=DEFAULT_MAX_BYTES,
            help=(f"拒绝更大的文件（默认 {DEFAULT_MAX_BYTES}）", f"refuse larger files (default {DEFAULT_MAX_BYTES})"),
        )  # fmt: skip

    def corrections(self) -> None:
        """Judgements of readers that tables are to have."""
        self.option(
            "--corrections",
            metavar="FILE",
            action="append",
            default=[],
            help=(
                "审阅页保存的更正文件，或放这些文件的文件夹，可重复：表中为更正后的数，并重新核对",
                "corrections that the review page saved, or a folder of them; may be repeated: the tables are as corrected, and checked again",
            ),
        )

    def packs(self) -> None:
        """The option of what uses rule packs."""
        self.option(
            "--packs",
            metavar="FILE",
            action="append",
            default=[],
            help=("另加规则包，可重复", "add a rule pack; may be repeated"),
        )

    def general(self) -> None:
        """The options of every command, last in its help."""
        self.option(
            "--lang",
            choices=("zh", "en"),
            help=("提示信息的语言（默认随系统）", "language of messages (default: the locale's)"),
        )
        self.option("-h", "--help", action="help", help=("显示本帮助", "show this help"))

    def positive(self, text: str) -> int:
        """A whole number from 1."""
        if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) == 0:
            raise argparse.ArgumentTypeError(
                self.tr(f"应为正整数，不是 {text!r}", f"a whole number from 1 was expected, not {text!r}")
            )
        return int(text)

    def whole(self, text: str) -> int:
        """A whole number from 0."""
        if not re.fullmatch(r"[0-9]{1,18}", text):
            raise argparse.ArgumentTypeError(
                self.tr(f"应为 0 或正整数，不是 {text!r}", f"a whole number from 0 was expected, not {text!r}")
            )
        return int(text)

    def error(self, message: str) -> NoReturn:
        """Wrong usage: say what and how it is right, and end with 2."""
        if self.lang == "zh":
            for english, chinese in _CHINESE:
                if re.fullmatch(english, message, re.DOTALL):
                    message = re.sub(english, chinese, message, count=1, flags=re.DOTALL)
                    break
        say(self.format_usage().rstrip(), keep="\n")
        say(f"{self.prog}: {message} ({self.tr(f'说明见 {self.prog} --help', f'see {self.prog} --help')})")
        raise SystemExit(2)

    def format_usage(self) -> str:
        return self._in_own_language(super().format_usage())

    def format_help(self) -> str:
        return self._in_own_language(super().format_help())

    def _in_own_language(self, text: str) -> str:
        return text.replace("usage: ", "用法：", 1) if self.lang == "zh" else text

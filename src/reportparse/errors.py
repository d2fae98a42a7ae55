"""Every exception that reportparse raises on purpose.

All of them carry a stable ``code`` and say what is wrong in two languages: ``reason`` (Chinese, which also
stands in the JSON of a file that failed) and ``reason_en``. Nothing here depends on the reader's locale.
"""

from __future__ import annotations

import errno
import os

__all__ = [
    "BatchError",
    "ExplainError",
    "GoldError",
    "PackError",
    "ReadError",
    "ReportParseError",
    "VerifyError",
    "because",
]

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "已有同名文件",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "只读",
    errno.EFBIG: "文件太大",
    errno.ENAMETOOLONG: "名称太长",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "正被占用",
    errno.EIO: "磁盘读写出错",
    errno.EBADF: "已关闭",
}
_OF_SQLITE = {"FULL": errno.ENOSPC, "READONLY": errno.EROFS, "IOERR": errno.EIO, "PERM": errno.EACCES}
"""What SQLite calls the errors of the system."""
_AROUND = 60
"""Characters shown on either side of a fault."""


def because(error: Exception) -> tuple[str, str]:
    """Why the system, or SQLite for it, could not do something, in Chinese and in English."""
    number = getattr(error, "errno", None)
    if number is None:
        number = _OF_SQLITE.get(getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_").partition("_")[0])
    english = os.strerror(number) if number else str(error) or type(error).__name__
    return _REASONS.get(number or 0, english), english


class ReportParseError(Exception):
    """Base of all errors raised by reportparse.

    Attributes:
        code: stable identifier such as ``RP-READ-004``.
        reason: what is wrong, one Chinese sentence.
        reason_en: the same in English.
    """

    def __init__(self, code: str, reason: str, reason_en: str) -> None:
        super().__init__(f"{code}: {reason_en}")
        self.code = code
        self.reason = reason
        self.reason_en = reason_en

    def message(self, lang: str = "zh") -> str:
        """One line for a person, in Chinese (``zh``) or English (``en``)."""
        return f"{self.code}: {self.reason if lang == 'zh' else self.reason_en}"


class ReadError(ReportParseError):
    """A file that cannot be read as a document.

    Codes:
        ``RP-READ-001`` no such file · ``-002`` no permission · ``-003`` not a regular file ·
        ``-004`` empty file · ``-005`` no text in it · ``-006`` larger than the limit · ``-007`` binary data, not text ·
        ``-008`` not decodable with the encoding asked for · ``-009`` a format that this version does not read ·
        ``-010`` any other failure of the operating system while reading · ``-011`` encrypted · ``-012`` damaged ·
        ``-013`` pictures only, no text · ``-014`` text that is garbled · ``-015`` no pages · ``-016`` needs an extra that
        is not installed · ``-017`` takes more memory than it may have.
    """

    def __init__(self, code: str, reason: str, reason_en: str, path: str | None = None) -> None:
        super().__init__(code, reason, reason_en)
        self.path = path

    def message(self, lang: str = "zh") -> str:
        head = f"{self.path}: " if self.path else ""
        return head + super().message(lang)


class GoldError(ReportParseError):
    """Gold that documents cannot be scored against.

    Codes:
        ``RP-GOLD-001`` no such file or folder, or a document without gold · ``-002`` a file that is not gold, or is that of
        another text · ``-003`` corrections that are none, of another version, or of another source · ``-004`` two files of
        corrections for one source.
    """


class BatchError(ReportParseError):
    """A batch that cannot be run.

    Codes:
        ``RP-BATCH-001`` no such file or folder · ``-002`` an output folder that cannot be used · ``-003`` another run is
        writing it · ``-004`` a file that is no output of reportparse · ``-005`` no such concept · ``-006`` what a form needs
        is not installed, or a table is too long for it · ``-007`` a target that cannot be written · ``-008``
        a cluster that cannot be used · ``-009`` no process that parses can be started · ``-010`` of a single document, in
        its line: over its time · ``-011`` of one: its process crashed · ``-012`` of one: over its memory · ``-013`` of one:
        changed during the run · ``-014`` of one: in an archive beyond the bounds.
    """


class ExplainError(ReportParseError):
    """A question that no document can answer.

    Codes:
        ``RP-EXPLAIN-001`` no such concept · ``-002`` a position outside the text, or a quote that is not in it.
    """


class VerifyError(ReportParseError):
    """An output that cannot be held against its source.

    Codes:
        ``RP-VERIFY-001`` no such file · ``-002`` it is no output of reportparse · ``-003`` no source of that name ·
        ``-004`` a line of a batch is gone.
    """


class PackError(ReportParseError):
    """A rule pack that cannot be used: bad TOML, an unknown key, concept or parent, a pattern that does not compile.

    Codes:
        ``RP-PACK-001`` not TOML · ``-002`` unknown or missing key, or a value of the wrong type · ``-003`` unknown
        concept, member or role · ``-004`` a pattern that does not compile · ``-005`` ``extends`` an unknown pack, or a
        circle · ``-006`` no such pack · ``-007`` two packs with one id · ``-008`` a pattern over its time limit.

    Attributes:
        file: the pack's file name. line, column: 1-based place of the fault where it is known.
        source: that line's text, so that the message can put a mark under the column.
    """

    def __init__(
        self,
        code: str,
        reason: str,
        reason_en: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        source: str | None = None,
    ) -> None:
        super().__init__(code, reason, reason_en)
        self.file = file
        self.line = line
        self.column = column
        self.source = source

    def message(self, lang: str = "zh") -> str:
        place = "".join(f"{part}:" for part in (self.file, self.line, self.column) if part is not None)
        text = f"{place} {super().message(lang)}".strip()
        if self.source is not None and self.column is not None:
            # Chinese characters take two cells in a terminal: the mark must stand under the fault all the same.
            # Of a long line, what stands around the fault is shown.
            first = max(0, self.column - _AROUND)
            shown = self.source[first : self.column + _AROUND]
            before = shown[: self.column - 1 - first]
            pad = "".join("\t" if c == "\t" else "　" if ord(c) > 0x2E7F else " " for c in before)
            text += f"\n    {shown}\n    {pad}^"
        return text

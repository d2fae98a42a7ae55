"""Plain text: bytes → Document, by a ladder of encodings each of which says why it was taken.

Byte-order mark; strict UTF-8; UTF-8 with a little damage; then whatever makes the bytes read as ordinary Chinese:
UTF-16 and UTF-32 where there are NULs, GB18030, Big5 and UTF-16 where there are none. GB18030 decodes nearly anything,
so validity proves nothing there: the share of everyday characters decides. charset-normalizer is asked last, if it is
installed.
"""

from __future__ import annotations

import codecs
import hashlib
from functools import cache

from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.model import Source

__all__ = [
    "READER",
    "READER_VERSION",
    "decode",
    "everyday_share",
    "is_blank",
    "read_txt",
    "require_encoding",
    "well_formed",
]

READER = "txt"
READER_VERSION = "1"

_STRICT = "strict UTF-8"
_MARK = "byte-order mark"
_ASKED = "asked for"
_DECLARED = "declared in the file, and plausible"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In order of preference: the first of two equally plausible readings wins.
_WITH_NUL = (
    ("utf-16-le", "UTF-16 by its NUL pattern"),
    ("utf-16-be", "UTF-16 by its NUL pattern"),
    ("utf-32-le", "UTF-32 by its NUL pattern"),
    ("utf-32-be", "UTF-32 by its NUL pattern"),
)
_WITHOUT_NUL = (
    ("gb18030", "GB18030 by its everyday characters"),
    ("cp950", "Big5 by its everyday characters"),
    ("big5hkscs", "Big5 by its everyday characters"),
    ("utf-16-le", "UTF-16 by its everyday characters"),
    ("utf-16-be", "UTF-16 by its everyday characters"),
)
# What charset-normalizer may answer: left free, it finds an EBCDIC or DOS code page for any noise.
_GUESSES = ["gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "cp1252", "koi8_r"]

# Text codecs to Python, but escapes or host names: no file is in them.
_NOT_FOR_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})
# Files said to be in these hold characters of the superset as a rule (镕, 堃).
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030"}

# Shares of everyday characters, per mille. Real texts have 950 and more, wrong readings of them about 500.
_PLAUSIBLE = 600
_CERTAIN = 950
_SAMPLE = 1 << 16

# Controls that no text holds. Tabs, line and page ends, the cell mark of Word (07), the end-of-file mark of DOS (1A)
# and the separators 1C to 1F are found in texts.
_BINARY = bytes([*range(0x07), 0x08, *range(0x0E, 0x1A), 0x1B, 0x7F])
# Letters and marks to Unicode, but nothing to the eye.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe0e\ufe0f\uffa0")


def read_txt(data: bytes, name: str, encoding: str | None = None) -> Document:
    """The document in ``data``; ``encoding`` overrides the ladder, ``name`` tells Markdown from plain text.

    Raises:
        ReadError: ``RP-READ-004``, ``-005``, ``-007`` or ``-008``.
    """
    if not data:
        raise ReadError("RP-READ-004", "文件是空的", "the file is empty")
    text, codec, reason = decode(data, encoding)
    utf8 = data if reason == _STRICT else text.encode("utf-8")
    if is_blank(text):
        raise ReadError(
            "RP-READ-005", "文件里没有文字，只有空白或控制字符", "there is no text in the file, only blanks"
        )
    _refuse_binary(utf8)
    page_starts = _page_starts(text)
    sha256 = hashlib.sha256(data).hexdigest()
    source = Source(
        name=name,
        sha256=sha256,
        media_type="text/markdown" if name.lower().endswith((".md", ".markdown")) else "text/plain",
        encoding=codec,
        encoding_reason=reason,
        reader=READER,
        reader_version=READER_VERSION,
        text_sha256=sha256 if utf8 is data else hashlib.sha256(utf8).hexdigest(),
        pages=len(page_starts),
        characters=len(text),
    )
    return Document(source, text, page_starts)


def decode(data: bytes, encoding: str | None = None, declared: str | None = None) -> tuple[str, str, str]:
    """The text without its byte-order mark, the name of the codec, and the reason why it was taken.

    ``declared`` is the codec that the file itself names: of several that make it ordinary Chinese, that one is taken.
    A few unreadable bytes become U+FFFD and the reason counts them. The text never holds a lone surrogate.

    Raises:
        ReadError: ``RP-READ-007`` where no encoding fits, ``-008`` where ``encoding`` does not.
    """
    if encoding is not None:
        return _as_asked(data, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            found = _read(data[len(mark) :], codec.removesuffix("-sig"), _MARK)
            if found and "\0" not in found[0]:
                return found[0], codec, found[2]
    # Programs that always write the mark of UTF-8 write it in front of GB18030 too.
    data = data.removeprefix(codecs.BOM_UTF8)
    with_nul = b"\0" in data
    if with_nul and (found := _most_plausible(data, _WITH_NUL)):
        return found
    try:
        return data.decode("utf-8"), "utf-8", _STRICT
    except UnicodeDecodeError as error:
        own = ((declared, _DECLARED),) if declared else ()
        found = None if with_nul else _nearly_utf8(data) or _most_plausible(data, own + _WITHOUT_NUL, error.start)
    return found or _guess(data)


def well_formed(text: str) -> str:
    """The same with pairs of surrogates joined and lone ones replaced by U+FFFD, so that UTF-8 can hold it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def require_encoding(name: str) -> None:
    """An encoding that is asked for has to be one: to ask before a long run.

    Raises:
        ReadError: ``RP-READ-008`` there is none of that name, or it is none of text files.
    """
    _as_asked(b"\0\0\0\0", name)  # of nothing at all Python asks no codec


def _as_asked(data: bytes, encoding: str) -> tuple[str, str, str]:
    try:
        asked = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise ReadError("RP-READ-008", f"没有名为 {encoding!a} 的编码", f"there is no encoding {encoding!a}") from None
    codec = _SUPERSETS.get(asked, asked)
    if codec in ("utf-16", "utf-32"):
        # Without a mark Python takes the machine's own byte order; the result must not depend on the machine.
        codec += "-be" if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) else "-le"
    try:
        if asked in _NOT_FOR_FILES:
            raise LookupError
        text = data.decode(codec.removesuffix("-sig"))
    except LookupError:
        raise ReadError("RP-READ-008", f"{asked} 不是文本编码", f"{asked} is not an encoding of text files") from None
    except UnicodeDecodeError as error:
        raise ReadError(
            "RP-READ-008",
            f"不能按 {asked} 解码：偏移 {error.start} 处的字节不合该编码",
            f"not decodable as {asked}: the byte at offset {error.start} does not belong there",
        ) from None
    return _without_surrogates(text.removeprefix("\ufeff"), codec, _ASKED)


def _nearly_utf8(data: bytes) -> tuple[str, str, str] | None:
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        found = _read(data, "utf-8", "UTF-8")
        # In a text of mostly ASCII any encoding has few bytes that are not UTF-8: there must be more that are.
        if found and found[0].count("\ufffd") * 5 > len(found[0]) - len(found[0].encode("ascii", "ignore")):
            return None
        return found
    return _without_surrogates(text, "utf-8", "UTF-8 with surrogates (CESU-8)")


def _most_plausible(
    data: bytes, candidates: tuple[tuple[str, str], ...], first: int = 0
) -> tuple[str, str, str] | None:
    """The reading with most everyday characters. ``first`` is the place of the first byte that tells anything."""
    # The first 64 KB tell enough, unless they are all ASCII; a line never begins within a character.
    begin = data.rfind(b"\n", 0, first) + 1 if first > _SAMPLE // 2 else 0
    sample = data[begin : begin + _SAMPLE]
    best = (_PLAUSIBLE - 1, 0)
    chosen = None
    for codec, reason in candidates:
        found = _read(sample, codec, reason)
        if not found or "\0" in found[0]:
            continue
        rank = (everyday_share(found[0], with_ascii=codec.startswith("utf")), -found[0].count("\ufffd"))
        if rank > best:
            best = rank
            chosen = codec, reason
        if best >= (_CERTAIN, 0):
            break
    return _read(data, *chosen) if chosen else None


def _guess(data: bytes) -> tuple[str, str, str]:
    hint, hint_en = "", ""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        hint = "（未安装 charset-normalizer，无法再作推测）"
        hint_en = " (charset-normalizer, which might tell, is not installed)"
    else:
        # Cut at a line end: half a character at the end would rule the right encoding out.
        cut = len(data) if len(data) <= _SAMPLE else data.rfind(b"\n", 0, _SAMPLE) + 1
        if b"\0" not in data and (guess := from_bytes(data[: cut or _SAMPLE], cp_isolation=_GUESSES).best()):
            found = _read(data, guess.encoding, "charset-normalizer")
            if found:
                return found
    raise ReadError(
        "RP-READ-007",
        f"不是文本，或者无法判定其编码；若确是文本，请指明编码{hint}",
        f"binary data, or text whose encoding cannot be told; if it is text, name its encoding{hint_en}",
    )


def _read(data: bytes, codec: str, reason: str) -> tuple[str, str, str] | None:
    """The text with U+FFFD for what cannot be read, if that is little; the reason then says how many bytes it was."""
    try:
        return data.decode(codec), codec, reason
    except UnicodeDecodeError:
        unread = len(data) - len(data.decode(codec, "ignore").encode(codec, "replace"))
    if not _is_small(unread, len(data)):
        return None
    return data.decode(codec, "replace"), codec, _counted(reason, unread)


def _is_small(unread: int, size: int) -> bool:
    """True for damage that leaves a text a text: one byte in a hundred, or half a character of a short text."""
    return unread * 100 <= size or (unread <= 3 and unread * 10 <= size)


def _counted(reason: str, unread: int) -> str:
    return f"{reason}; {unread} byte{'s' if unread > 1 else ''} could not be read"


def _without_surrogates(text: str, codec: str, reason: str) -> tuple[str, str, str]:
    joined = well_formed(text)
    lone = joined.count("\ufffd") - text.count("\ufffd")
    if lone:
        reason += f"; {lone} lone surrogate{'s' if lone > 1 else ''} replaced"
    return joined, codec, reason


def everyday_share(text: str, *, with_ascii: bool = False) -> int:
    """Per mille of everyday characters. ASCII tells nothing between encodings that all contain it."""
    ascii_part = text.encode("ascii", "ignore")
    common = sum(map(_everyday().__contains__, text))
    if with_ascii:
        common += len(ascii_part.translate(None, _BINARY))
    total = len(text) if with_ascii else len(text) - len(ascii_part)
    return 1000 * common // total if total else 0


@cache
def _everyday() -> frozenset[str]:
    """The first levels of GB 2312 and of Big5 (the 3,755 and 5,401 common characters) and what is printed between."""
    simplified = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = bytes(byte for lead in range(0xA4, 0xC7) for trail in trails for byte in (lead, trail))
    blocks = (
        range(0x2010, 0x2040),  # dashes, quotation marks, the ellipsis
        range(0x2160, 0x2170),  # Ⅰ
        range(0x2460, 0x249C),  # ① ⑴ ⒈
        range(0x2500, 0x2600),  # frames and boxes
        range(0x3000, 0x3020),
        range(0x3220, 0x322A),  # ㈠
        range(0xFF01, 0xFF5F),
    )
    return frozenset(
        simplified.decode("gb2312", "ignore")
        + traditional.decode("big5", "ignore")
        + "".join(chr(code) for block in blocks for code in block)
        + "\xa0°±·×÷℃№≈≠≤≥￥"
    )


def is_blank(text: str) -> bool:
    """Whether there is nothing in it that can be seen."""
    rest = text.lstrip()
    return not (rest and (_is_visible(rest[0]) or any(map(_is_visible, set(rest)))))


def _is_visible(character: str) -> bool:
    return character.isprintable() and not character.isspace() and character not in _INVISIBLE


def _refuse_binary(utf8: bytes) -> None:
    nul = utf8.find(b"\0")
    controls = len(utf8) - len(utf8.translate(None, _BINARY))
    if nul >= 0 or (controls > 1 and controls * 50 > len(utf8)):
        raise ReadError(
            "RP-READ-007",
            f"不是文本：含 {controls} 个文本中不会有的控制字符",
            f"binary data, not text: it holds {controls} control characters that no text has",
        )


def _page_starts(text: str) -> tuple[int, ...]:
    if "\f" not in text:
        return (0,)
    # A form feed that only blanks follow ends the last page and opens none.
    end = len(text.rstrip())
    starts = [0]
    while (at := text.find("\f", starts[-1], end)) >= 0:
        starts.append(at + 1)
    return tuple(starts)

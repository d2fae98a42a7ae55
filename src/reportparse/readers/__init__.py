"""Readers: bytes → Document. What a file is, its content decides, never its name."""

from __future__ import annotations

import errno
import io
import os
import re
import stat

from reportparse.document import Document
from reportparse.errors import ReadError

__all__ = ["DEFAULT_MAX_BYTES", "PDF_ENGINES", "is_pdf", "read"]

DEFAULT_MAX_BYTES = 64 * 1024 * 1024
PDF_ENGINES = ("pdfium", "pdfplumber")
"""What can read the pages of a PDF."""

_Words = tuple[str, str]
"""The same in Chinese and in English."""

_SAVE: _Words = (
    "请用 Word 或 WPS 打开，另存为 DOCX；成批转换可用 soffice --headless --convert-to docx 文件…",
    "open it in Word or WPS and save it as DOCX; for many files, soffice --headless --convert-to docx FILE…",
)
_SHEET: _Words = (
    "请用 Excel 或 WPS 打开，另存为网页（HTML）；成批转换可用 soffice --headless --convert-to html 文件…",
    "open it in Excel or WPS and save it as a web page (HTML); for many files, soffice --headless --convert-to html FILE…",
)
_SLIDES: _Words = (
    "请用 PowerPoint 或 WPS 打开，另存为 PDF；成批转换可用 soffice --headless --convert-to pdf 文件…",
    "open it in PowerPoint or WPS and save it as PDF; for many files, soffice --headless --convert-to pdf FILE…",
)
_OFD: _Words = (
    "请用 OFD 阅读器（如数科、福昕、WPS）打开，转换为 PDF",
    "open it in an OFD viewer (Suwell, Foxit, WPS) and convert it to PDF",
)
_PAGE: _Words = (
    "请用浏览器打开，另存为“网页，仅 HTML”，或用 Word 打开，另存为 DOCX",
    "open it in a browser and save it as “web page, HTML only”, or in Word and save it as DOCX",
)
_LOCKED: _Words = (
    "文件已加密：请用 Office 或 WPS 打开，去掉密码后另存",
    "encrypted: open it in Office or WPS, remove the password, save it",
)
_OCR: _Words = ("请先做文字识别，再把文字存为 TXT", "recognise its text first (OCR) and save that as TXT")
_UNPACK: _Words = ("请先解压", "unpack it first")
_LOOK_INTO: _Words = (
    "请先解压，或用 reportparse batch，它直接读其中的文件",
    "unpack it first, or use reportparse batch, which reads the files in it",
)

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: dict[bytes, tuple[_Words, _Words]] = {
    b"{\\rtf": (("RTF 文档", "an RTF document"), _SAVE),
    b"\x89PNG\r\n\x1a\n": (("PNG 图片", "a PNG image"), _OCR),
    b"\xff\xd8\xff": (("JPEG 图片", "a JPEG image"), _OCR),
    b"GIF87a": (("GIF 图片", "a GIF image"), _OCR),
    b"GIF89a": (("GIF 图片", "a GIF image"), _OCR),
    b"II*\0": (("TIFF 图片", "a TIFF image"), _OCR),
    b"MM\0*": (("TIFF 图片", "a TIFF image"), _OCR),
    b"Rar!\x1a\x07": (("RAR 压缩包", "a RAR archive"), _UNPACK),
    b"7z\xbc\xaf\x27\x1c": (("7z 压缩包", "a 7z archive"), _UNPACK),
    b"\x1f\x8b": (("gzip 压缩文件", "a gzip file"), _UNPACK),
    b"\xfd7zXZ\0": (("xz 压缩文件", "an xz file"), _UNPACK),
    b"\x28\xb5\x2f\xfd": (("zstd 压缩文件", "a zstd file"), _UNPACK),
    b"PK\x05\x06": (("空的 ZIP 压缩包", "an empty ZIP archive"), _UNPACK),
}
# Names of members in a ZIP file, of streams in UTF-16 in an OLE file.
_IN_ZIP: dict[bytes, tuple[_Words, _Words]] = {
    b"\nxl/workbook.": (("XLSX 表格", "an XLSX workbook"), _SHEET),
    b"\nppt/presentation.xml": (("PPTX 演示文稿", "a PPTX presentation"), _SLIDES),
    b"\nOFD.xml": (("OFD 版式文件", "an OFD document"), _OFD),
    b"application/vnd.oasis.opendocument.text": (("ODT 文档", "an ODT document"), _SAVE),
    b"application/vnd.oasis.opendocument.spreadsheet": (("ODS 表格", "an ODS spreadsheet"), _SHEET),
    b"application/vnd.oasis.opendocument": (("OpenDocument 文档", "an OpenDocument file"), _SLIDES),
    b"": (("ZIP 压缩包", "a ZIP archive"), _LOOK_INTO),
}
_IN_OLE: dict[bytes, tuple[_Words, _Words]] = {
    b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0": (("DOC（或 WPS）文档", "a DOC (or WPS) document"), _SAVE),
    b"W\0o\0r\0k\0b\0o\0o\0k\0": (("XLS（或 ET）表格", "an XLS (or ET) workbook"), _SHEET),
    b"B\0o\0o\0k\0\0\0": (("旧版 XLS（或 ET）表格", "an old XLS (or ET) workbook"), _SHEET),
    b"P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0": (("PPT（或 DPS）演示文稿", "a PPT (or DPS) presentation"), _SLIDES),
    b"": (("旧版 Office（或 WPS）文件", "a file of old Office (or WPS)"), _SAVE),
}
_NAME_IN_ZIP = re.compile(rb"PK\x03\x04.{26}([\w./\[\]-]{1,60})", re.DOTALL)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MIME = re.compile(rb"(?:from|subject|date|mime-version|content-type|x-[\w-]+|snapshot-content-location): ?")
_XML_OF_WORD = (b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlpackage")
_XML_OF_EXCEL = b"urn:schemas-microsoft-com:office:spreadsheet"


def read(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    pdf_engine: str = "pdfium",
) -> Document:
    """Read a file, or the bytes of one, as a document.

    ``name`` stands in the output for the file's own; ``encoding`` overrides what the bytes of a text say;
    ``pdf_engine`` (``pdfium`` or ``pdfplumber``) reads the pages of a PDF. No more than ``max_bytes`` (and one, to see
    that there are more) are read.

    Raises:
        ReadError: for anything that keeps ``source`` from being read; its docstring lists the codes.
    """
    # Not before it is needed: `--help` and `packs` read no document.
    from reportparse.readers.txt import read_txt, well_formed

    if isinstance(source, bytes):
        path = name or "<bytes>"
    else:
        path = os.fsdecode(source)
    try:
        data = source if isinstance(source, bytes) else _load(path, max_bytes)
        if len(data) > max_bytes:
            raise _too_large(max_bytes)
        named = well_formed(os.path.basename(name or path))
        if is_pdf(data):
            from reportparse.readers.pdf import read_pdf

            return read_pdf(data, named, pdf_engine)
        if _is_docx(data):
            from reportparse.readers.docx import read_docx

            return read_docx(data, named)
        _refuse_other_formats(data)
        if _is_html(data):
            from reportparse.readers.html import read_html

            return read_html(data, named, encoding)
        return read_txt(data, named, encoding)
    except ReadError as error:
        error.path = well_formed(path)
        raise


def _load(path: str, max_bytes: int) -> bytes:
    """At most ``max_bytes + 1`` bytes of a regular file that stays as it is meanwhile."""
    try:
        # Asked before opening, since to open a device can do something, and again of what was opened.
        _require_regular(os.stat(path))
        # A named pipe put there in between must not block.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            before = os.fstat(handle)
            _require_regular(before)
            if before.st_size > max_bytes:
                raise _too_large(max_bytes)
            data = _read_up_to(handle, before.st_size + 1, max_bytes + 1)
            after = os.fstat(handle)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("RP-READ-001", "没有这个文件", "no such file") from None
    except PermissionError:
        raise ReadError("RP-READ-002", "没有读取权限", "no permission to read it") from None
    except OSError as error:
        # The operating system's own words depend on the locale; its symbol does not.
        symbol = errno.errorcode.get(error.errno or 0, "OSError")
        raise ReadError("RP-READ-010", f"读取失败（{symbol}）", f"reading failed ({symbol})") from error
    except ValueError:
        raise ReadError("RP-READ-001", "文件名无效", "no such file: the name is not a valid one") from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError(
            "RP-READ-010", "文件在读取过程中被改动，请重试", "the file changed while it was read; try again"
        )
    return data


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise ReadError("RP-READ-003", "这是目录，不是文件", "a directory, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise ReadError(
            "RP-READ-003", "这是管道、设备或套接字，不是普通文件", "a pipe, device or socket, not a regular file"
        )


def _read_up_to(handle: int, expected: int, limit: int) -> bytes:
    chunks = []
    left = limit
    want = min(expected, left)
    # Until the end of the file, not until its size: some file systems state none, or another.
    while want and (chunk := os.read(handle, want)):
        chunks.append(chunk)
        left -= len(chunk)
        want = min(left, 1 << 16)
    return b"".join(chunks)


def _too_large(max_bytes: int) -> ReadError:
    return ReadError("RP-READ-006", f"文件超过上限 {max_bytes} 字节", f"larger than the limit of {max_bytes} bytes")


def is_pdf(data: bytes) -> bool:
    """Whether it is a PDF; up to a kilobyte of something else may stand before it."""
    at = data.find(b"%PDF-", 0, 1024)
    return at >= 0 and data[at + 5 : at + 6].isdigit()


def _refuse_other_formats(data: bytes) -> None:
    found = _other_format(data)
    if found:
        (what, what_en), (advice, advice_en) = found
        raise ReadError("RP-READ-009", f"这是{what}，本版本不能读取：{advice}", f"{what_en}, not read yet: {advice_en}")


def _other_format(data: bytes) -> tuple[_Words, _Words] | None:
    if data.startswith(_ZIP):
        names = _names_in_zip(data)
        return next(known for member, known in _IN_ZIP.items() if member in names)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReadError("RP-READ-011", *_LOCKED)
        return next(known for stream, known in _IN_OLE.items() if stream in data)
    if data.startswith(tuple(_MAGIC)):
        return next(known for magic, known in _MAGIC.items() if data.startswith(magic))
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return ("BMP 图片", "a BMP image"), _OCR
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return ("WebP 图片", "a WebP image"), _OCR
    if data[4:8] == b"ftyp":
        return ("HEIF 图片或视频", "a HEIF image or a video"), _OCR
    head = _head(data)
    if _MIME.match(head) and b"mime-version:" in head and b"multipart/related" in head:
        return ("MHTML 网页", "an MHTML page"), _PAGE
    if head.startswith(b"<?xml") and b"<html" not in head:
        if _XML_OF_EXCEL in head:
            return ("Excel 的 XML 表格", "an XML spreadsheet of Excel"), _SHEET
        if any(known in head for known in _XML_OF_WORD):
            return ("Word 的 XML 文档", "an XML document of Word"), _SAVE
    return None


def _is_docx(data: bytes) -> bool:
    return data.startswith(_ZIP) and b"\nword/document" in _names_in_zip(data)


def _names_in_zip(data: bytes) -> bytes:
    """The names of the members, each after a line end; before them the type that some formats begin with."""
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = [name.replace("\\", "/").lstrip("/").encode("utf-8", "replace") for name in file.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Cut off: every member has its name before it too.
        names = _NAME_IN_ZIP.findall(data)
    return b"\n".join([data[:256], *names])


def _is_html(data: bytes) -> bool:
    """Whether it begins as HTML. Markdown with tables in HTML does not."""
    head = _head(data)
    while head.startswith((b"<!--", b"<?xml")):
        head = head.partition(b"-->" if head.startswith(b"<!--") else b"?>")[2].lstrip()
    return head.startswith(b"<!doctype html") or bool(re.match(rb"<(?:html|head|body|title|meta)[\s>]", head))


def _head(data: bytes) -> bytes:
    """The beginning in lower case. Without NULs and byte-order marks UTF-16 looks like ASCII."""
    return data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f\v").lower()

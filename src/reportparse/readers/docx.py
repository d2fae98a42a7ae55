"""DOCX: bytes → Document.

A package of untrusted XML. Only the parts that hold text or say how it is numbered are read, within limits, and parsed
as python-docx parses them: entities stay unresolved, and a document type declaration, which the format forbids, is
refused. Opening the whole package with python-docx would read every picture and fail at the first link that leads
nowhere, which WPS writes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from reportparse.errors import ReadError
from reportparse.readers.docx_story import Story
from reportparse.readers.docx_styles import Lists, Styles, W
from reportparse.readers.flow import Flow, needs

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reportparse.document import Document

__all__ = ["READER", "READER_VERSION", "read_docx"]

READER = "docx"
READER_VERSION = "1"
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MEMBERS_AT_MOST = 10_000
_UNPACKED_AT_MOST = 512 * 1024 * 1024
_XML_AT_MOST = 64 * 1024 * 1024
# Of what text is packed, tables of equal cells shrink most: to a hundredth. Small parts may do what they like.
_RATIO_AT_MOST = 200
_RATIO_FROM = 8 * 1024 * 1024

# The strict form of the format says the same in other namespaces.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


def read_docx(data: bytes, name: str) -> Document:
    """The document in ``data``.

    A line is a paragraph or what stands between two line breaks in one. Numbers that Word generates stand in front;
    bullets, headers, footers, deleted and hidden text, comments and the marks of notes are left out. Text boxes follow
    the paragraph that they are anchored in, notes the whole text. Pages are those that the author asked for (page
    breaks, paragraphs and sections that begin a page): where Word last broke the others is a matter of the machine
    that showed them, and cuts sentences.

    Raises:
        ReadError: ``RP-READ-005``, ``-006``, ``-011``, ``-012`` or ``-016``.
    """
    try:
        package = _Package(data)
        main = package.main()
        body = package.xml(main)
        styles = Styles(package.related(main, "styles"))
        flow = Flow()
        story = Story(flow, styles, Lists(package.related(main, "numbering"), styles))
        story.body(body)
        for kind in ("footnotes", "endnotes"):
            story.notes(package.related(main, kind))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _damaged() from error
    except RecursionError:
        raise _damaged() from None
    return flow.document(data, name, _MEDIA_TYPE, (READER, READER_VERSION))


class _Package:
    """The parts of the package by name, and what each is related to."""

    def __init__(self, data: bytes) -> None:
        try:
            from docx.oxml import parse_xml
        except ImportError:
            raise needs("docx", "DOCX", "python-docx") from None
        self._parse = parse_xml
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        members = self._zip.infolist()
        if len(members) > _MEMBERS_AT_MOST or sum(member.file_size for member in members) > _UNPACKED_AT_MOST:
            raise _bomb()
        # Names are compared without case; some programs write them with backslashes.
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}
        self._left = _XML_AT_MOST

    def main(self) -> str:
        """The name of the part with the text."""
        found = self._targets("").get("officeDocument", "word/document.xml")
        if found.lower() not in self._members:
            raise _damaged()
        return found

    def related(self, part: str, kind: str) -> Element | None:
        """The part that ``part`` names as its ``kind`` (``styles``, ``footnotes``); None where it is missing."""
        target = self._targets(part).get(kind)
        return self.xml(target) if target is not None and target.lower() in self._members else None

    def xml(self, part: str) -> Element:
        """The root element of a part."""
        from lxml import etree

        text = self._bytes(part)
        for strict, usual in _STRICT:
            text = text.replace(strict, usual)
        try:
            root: Element = self._parse(text)
        except etree.XMLSyntaxError as error:
            raise _damaged() from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise _damaged()
        return root

    def _targets(self, part: str) -> dict[str, str]:
        """Kind of relationship → part, of those inside the package."""
        folder, _, file = part.rpartition("/")
        name = posixpath.join(folder, "_rels", file + ".rels")
        if name.lower() not in self._members:
            return {}
        found: dict[str, str] = {}
        for link in self.xml(name).iterchildren("{*}Relationship"):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
                found.setdefault(link.get("Type", "").rpartition("/")[2], target.lstrip("/"))
        return found

    def _bytes(self, part: str) -> bytes:
        member = self._members[part.lower()]
        if member.flag_bits & 1:
            raise ReadError("RP-READ-011", "文件已加密：请先去掉密码", "encrypted: remove the password first")
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > self._left or (member.file_size > _RATIO_FROM and ratio > _RATIO_AT_MOST):
            raise _bomb()
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()  # the format has no other way of packing
        self._left -= member.file_size
        with self._zip.open(member) as file:
            # The library would unpack all that is there, whatever size is stated, if it were not told how much to give.
            return file.read(member.file_size + 1)


def _bomb() -> ReadError:
    return ReadError(
        "RP-READ-006",
        "文件解压后超过上限",
        "unpacked it is larger than the limit, or shrinks more than a document does",
    )


def _damaged() -> ReadError:
    return ReadError(
        "RP-READ-012",
        "DOCX 文件已损坏：请用 Word 或 WPS 打开并另存",
        "a damaged DOCX file: open it in Word or WPS and save it anew",
    )

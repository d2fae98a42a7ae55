"""The door of the readers: what is opened, what is refused and why."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import socket
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportparse.document import Document
from reportparse.errors import ReadError
from reportparse.readers import DEFAULT_MAX_BYTES, read

TEXT = "2023年度部门整体支出绩效自评报告\n一、部门概况\n本年收入合计12.50万元。\n"
UTF8 = TEXT.encode()


def fault(source: str | os.PathLike[str] | bytes, **options: object) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(source, **options)  # type: ignore[arg-type]
    return caught.value


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "自评报告.txt"
    path.write_bytes(UTF8)
    return path


# --- what is read -------------------------------------------------------------------------------------------------


def test_a_file(report: Path) -> None:
    document = read(report)
    source = document.source
    assert document.text == TEXT
    assert document.page_starts == (0,)
    assert source.name == "自评报告.txt"
    assert source.sha256 == source.text_sha256 == hashlib.sha256(UTF8).hexdigest()
    assert (source.media_type, source.encoding, source.encoding_reason) == ("text/plain", "utf-8", "strict UTF-8")
    assert (source.reader, source.reader_version, source.pages, source.characters) == ("txt", "1", 1, len(TEXT))


def test_str_pathlike_and_bytes_agree(report: Path) -> None:
    assert read(str(report)) == read(report) == read(UTF8, name="自评报告.txt")


def test_a_relative_path_gives_the_same(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(report.parent)
    assert read(report.name) == read(report)


def test_a_link_is_followed_and_keeps_its_own_name(report: Path) -> None:
    link = report.with_name("link.txt")
    link.symlink_to(report)
    assert read(link).source.name == "link.txt"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, "<bytes>"),
        ("<stdin>", "<stdin>"),
        ("a.txt", "a.txt"),
        ("/srv/someone/a.txt", "a.txt"),
        ("b/c.md", "c.md"),
    ],
)
def test_the_name_of_bytes(name: str | None, expected: str) -> None:
    assert read(UTF8, name=name).source.name == expected


def test_a_name_given_stands_for_that_of_the_file(report: Path) -> None:
    assert read(report, name="other.md").source.name == "other.md"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_an_undecodable_file_name(tmp_path: Path) -> None:
    raw = os.path.join(os.fsencode(tmp_path), "报告".encode("gb18030") + b".txt")
    Path(os.fsdecode(raw)).write_bytes(UTF8)
    name = read(os.fsdecode(raw)).source.name
    assert name == "\ufffd\ufffd\ufffd\ufffd.txt"
    Path(os.fsdecode(raw)).write_bytes(b"")
    assert fault(os.fsdecode(raw)).message().encode("utf-8")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("A.MD", "text/markdown"), ("a.markdown", "text/markdown"),
     ("md", "text/plain"), ("a.md.txt", "text/plain"), ("a", "text/plain"), ("a.pdf", "text/plain")],
)  # fmt: skip
def test_media_type(name: str, media_type: str) -> None:
    assert read(UTF8, name=name).source.media_type == media_type


@pytest.mark.parametrize(
    "data",
    [
        "# 绩效报告\n\n<table><tr><td>收入合计</td><td>12.5</td></tr></table>\n",
        "<table><tr><td>收入合计</td></tr></table>\n",
        "<htmlx> 不是网页\n",
        "说明：本文提到 <html> 与 <!DOCTYPE html>，并不是网页。\n",
        "<!-- 一条注释 -->\n# 标题\n",
        "<!-- 没有结尾的注释\n正文\n",
        "<?xml 没有结尾\n正文\n",
        "PK 赛结果通报\n",
        "BM 公司年度报告，正文若干。\n",
        "RIFF 是一种文件格式。\n",
        "本文介绍 %PDF- 这个记号。\n",
        "MZ、GIF、Rar 都是缩写。\n",
    ],
)
def test_text_that_resembles_other_formats_is_text(data: str) -> None:
    assert read(data.encode()).text == data


def test_encoding_is_handed_on() -> None:
    document = read(TEXT.encode("gb18030"), encoding="gb18030")
    assert (document.text, document.source.encoding_reason) == (TEXT, "asked for")


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["missing.txt", "no/such/folder/a.txt", "", "a\0b.txt", "\ud800.txt"])
def test_001_missing(tmp_path: Path, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert fault(path).code == "RP-READ-001"


def test_001_below_a_file(report: Path) -> None:
    assert fault(report / "a.txt").code == "RP-READ-001"


def test_001_vanished_between_stat_and_open(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(*_: object) -> int:
        report.unlink()
        raise FileNotFoundError(errno.ENOENT, "gone")

    monkeypatch.setattr(os, "open", vanish)
    assert fault(report).code == "RP-READ-001"


@pytest.mark.parametrize("call", ["stat", "open", "read"])
def test_002_no_permission(report: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Simulated: root, as whom tests often run, may read everything.
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, deny)
        error = fault(report)
    assert error.code == "RP-READ-002"


def test_003_directory(tmp_path: Path) -> None:
    assert fault(tmp_path).code == "RP-READ-003"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_003_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert fault(tmp_path / "pipe.txt").code == "RP-READ-003"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_003_named_pipe_put_there_after_stat(tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    regular = os.stat(report)
    os.mkfifo(tmp_path / "pipe.txt")
    with monkeypatch.context() as patch:
        patch.setattr(os, "stat", lambda _: regular)
        error = fault(tmp_path / "pipe.txt")
    assert error.code == "RP-READ-003"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_003_device(device: str) -> None:
    assert fault(device).code == "RP-READ-003"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets")
def test_003_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert fault("s").code == "RP-READ-003"


def test_004_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert fault(tmp_path / "empty.txt").code == "RP-READ-004"
    assert fault(b"").code == "RP-READ-004"


@pytest.mark.parametrize("size", [len(UTF8) - 1, 10, 1, 0])
def test_006_too_large(report: Path, size: int) -> None:
    assert fault(report, max_bytes=size).code == "RP-READ-006"
    assert fault(UTF8, max_bytes=size).code == "RP-READ-006"


def test_the_limit_itself_is_allowed(report: Path) -> None:
    assert read(report, max_bytes=len(UTF8)) == read(report)
    assert DEFAULT_MAX_BYTES == 64 * 1024 * 1024


def test_006_reads_nothing_of_a_file_known_to_be_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sparse.txt"
    with path.open("wb") as file:
        file.truncate(DEFAULT_MAX_BYTES + 1)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("read"))
    error = fault(path)
    monkeypatch.undo()
    assert error.code == "RP-READ-006"


def stating(size: int, status: os.stat_result) -> os.stat_result:
    fields = list(status)
    fields[stat.ST_SIZE] = size
    return os.stat_result(fields)


@pytest.mark.parametrize("stated", [0, 5, len(UTF8) + 100])
def test_a_file_system_that_states_another_size(report: Path, stated: int, monkeypatch: pytest.MonkeyPatch) -> None:
    status = stating(stated, os.stat(report))
    monkeypatch.setattr(os, "fstat", lambda _: status)
    assert read(report).text == TEXT


def test_006_no_more_is_read_than_one_byte_over_the_limit(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report.write_bytes(UTF8 * 50_000)
    status = stating(0, os.stat(report))
    taken = 0
    plain_read = os.read

    def counting_read(handle: int, size: int) -> bytes:
        nonlocal taken
        chunk = plain_read(handle, size)
        taken += len(chunk)
        return chunk

    monkeypatch.setattr(os, "fstat", lambda _: status)
    monkeypatch.setattr(os, "read", counting_read)
    error = fault(report, max_bytes=100_000)
    monkeypatch.undo()
    assert (error.code, taken) == ("RP-READ-006", 100_001)


def test_short_reads_are_put_together(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: plain_read(handle, min(size, 7)))
    assert read(report).text == TEXT


@pytest.mark.parametrize("change", [b"", UTF8[:10], UTF8 + b"more"])
def test_010_changed_while_it_is_read(report: Path, change: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    plain_read = os.read

    def read_and_change(handle: int, size: int) -> bytes:
        chunk = plain_read(handle, size)
        report.write_bytes(change)
        return chunk

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", read_and_change)
        error = fault(report)
    assert error.code == "RP-READ-010"


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.ELOOP, None])
def test_010_any_other_failure(report: Path, number: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(number, "in the language of the system") if number else OSError("whatever")

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", fail)
        error = fault(report)
    assert error.code == "RP-READ-010"
    assert (errno.errorcode[number] if number else "OSError") in error.reason_en
    assert "language" not in error.reason_en + error.reason


def test_010_name_too_long(tmp_path: Path) -> None:
    assert fault(tmp_path / ("长" * 5000)).code == "RP-READ-010"


def test_no_file_stays_open(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    closed: list[int] = []
    plain_open, plain_close = os.open, os.close
    monkeypatch.setattr(os, "open", lambda *a: opened.append(plain_open(*a)) or opened[-1])
    monkeypatch.setattr(os, "close", lambda handle: closed.append(handle) or plain_close(handle))
    read(report)
    fault(report, max_bytes=3)
    monkeypatch.undo()
    assert len(opened) == 2
    assert opened == closed


# --- 009: other formats -------------------------------------------------------------------------------------------


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, "内容" * 100)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
HTML = "<html><body>预算</body></html>"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "XLSX"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "PPTX"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("报告.txt"), "ZIP"),
        (zipped("mimetype"), "ZIP"),
        (zipped("OFD.xml", "Doc_0/Document.xml")[:-150], "OFD"),
        (zipped("报告/word/document.xml"), "ZIP"),
        (zipped(), "ZIP"),
        (OLE + "WordDocument".encode("utf-16-le"), "DOC"),
        (OLE + "Workbook".encode("utf-16-le"), "XLS"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "PPT"),
        (OLE, "Office"),
        (rb"{\rtf1\ansi\ansicpg936 \'d4\'a4}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\1\0\1\0", "GIF"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"MM\0*\0\0\0\x08", "TIFF"),
        (b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0", "BMP"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP"),
        (b"\0\0\0\x18ftypheic", "HEIF"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"\xfd7zXZ\0\0\x04", "xz"),
        (b"\x28\xb5\x2f\xfd\x24\0", "zstd"),
        (OLE + "Book\0\0".encode("utf-16-le"), "XLS"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n<html>", "MHTML"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "MHTML"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
            b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "Word",
        ),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel"),
    ],
)
def test_009_other_formats(data: bytes, what: str) -> None:
    error = fault(data, name="report.txt")
    assert error.code == "RP-READ-009"
    assert what in error.reason
    assert what in error.reason_en


def opendocument(kind: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        file.writestr("content.xml", "内容")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "how"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), ("DOCX", "soffice --headless --convert-to docx")),
        (zipped("报告.txt"), ("reportparse batch",)),
        (rb"{\rtf1\ansi", ("DOCX", "soffice --headless --convert-to docx")),
        (opendocument("text"), ("ODT", "DOCX", "soffice --headless --convert-to docx")),
        (opendocument("spreadsheet"), ("ODS", "HTML", "soffice --headless --convert-to html")),
        (OLE + "Workbook".encode("utf-16-le"), ("HTML", "soffice --headless --convert-to html")),
        (zipped("xl/workbook.xml"), ("HTML", "soffice --headless --convert-to html")),
        (OLE + "PowerPoint Document".encode("utf-16-le"), ("PDF", "soffice --headless --convert-to pdf")),
        (zipped("OFD.xml"), ("OFD", "PDF")),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", ("HTML", "DOCX")),
    ],
)  # fmt: skip
def test_009_says_how_to_convert(data: bytes, how: tuple[str, ...]) -> None:
    error = fault(data)
    assert error.code == "RP-READ-009"
    for words in how:
        assert words in error.reason
        assert words in error.reason_en


def test_011_an_encrypted_docx_is_an_ole_file() -> None:
    error = fault(OLE + "EncryptedPackage".encode("utf-16-le"), name="report.docx")
    assert error.code == "RP-READ-011"
    assert "密码" in error.reason
    assert "password" in error.reason_en


@pytest.mark.parametrize(
    "data",
    [
        f"<!DOCTYPE html>\n{HTML}".encode(),
        f"\ufeff \r\n<HTML lang='zh'>{HTML}".encode(),
        HTML.encode("gb18030"),
        HTML.encode("utf-16"),
        HTML.encode("utf-16-be"),
        f"<!-- saved from url -->\n<!-- 2 -->{HTML}".encode(),
        f'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C">{HTML}'.encode(),
        "<head><title>预算</title></head><p>正文".encode(),
        "<meta charset=utf-8><p>正文".encode(),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "report.doc", "report.html"])
def test_a_page_is_known_by_its_content(data: bytes, name: str) -> None:
    assert read(data, name=name).source.media_type == "text/html"


# --- errors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "path"), [(None, "<bytes>"), ("<stdin>", "<stdin>"), ("d/a.txt", "d/a.txt")])
def test_an_error_names_the_file(name: str | None, path: str) -> None:
    error = fault(b"\0\1\2\3" * 9 + b"abc", name=name)
    assert error.path == path
    assert error.message().startswith(f"{path}: RP-READ-007: ")


def test_an_error_names_the_path_asked_for(tmp_path: Path) -> None:
    assert fault(tmp_path / "a.txt").path == str(tmp_path / "a.txt")


# --- properties ---------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_give_a_document_or_a_read_error(data: bytes) -> None:
    try:
        document = read(data)
    except ReadError as error:
        assert error.code[:8] == "RP-READ-"  # noqa: PT017
        return
    check(document, data)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_name_is_kept_without_its_folder(name: str) -> None:
    found = read(UTF8, name=name).source.name
    assert found == (os.path.basename(name) if name else "<bytes>")


@given(st.text(st.characters(), min_size=1, max_size=20))
def test_any_name_can_be_written_as_utf8(name: str) -> None:
    assert read(UTF8, name=name).source.name.encode("utf-8") is not None


def check(document: Document, data: bytes) -> None:
    source = document.source
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.text_sha256 == hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    assert source.characters == len(document.text) > 0
    assert source.pages == len(document.page_starts)
    assert document.page_starts[0] == 0
    assert list(document.page_starts) == sorted(set(document.page_starts))
    assert all(document.text[start - 1] == "\f" for start in document.page_starts[1:])
    assert not document.text.startswith("\ufeff") or data.count("\ufeff".encode()) > 1 or source.encoding != "utf-8-sig"

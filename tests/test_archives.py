"""Documents inside ZIP and TAR files and at addresses: each is accounted for, whatever the archive says of itself."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from conftest import DEV
from reportparse.batch import Settings, run
from reportparse.batch.archives import Bounds, Member, is_archive, members
from reportparse.batch.inputs import Selection

REPORTS = DEV[:5]
BOUNDS = Bounds(member=1_000_000)


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz", **more: Any) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, **more) as made:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def read(data: bytes, name: str = "a.zip", bounds: Bounds = BOUNDS, **more: Any) -> list[Member]:
    return list(members(io.BytesIO(data), name, Selection().takes, bounds, **more))


def codes(found: Iterable[Member]) -> dict[str, str]:
    return {one.name: one.error.code for one in found if one.error is not None}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", zipped({"甲/一.txt": b"1", "二.pdf": b"2", "三.ini": b"3"})),
        ("A.ZIP", zipped({"甲/一.txt": b"1", "二.pdf": b"2"}, zipfile.ZIP_BZIP2)),
        ("a.tar", tarred({"甲/一.txt": b"1", "二.pdf": b"2", "三.ini": b"3"}, "w")),
        ("a.tgz", tarred({"./甲/一.txt": b"1", "二.pdf": b"2"})),
        ("a.tar.bz2", tarred({"甲/一.txt": b"1", "二.pdf": b"2"}, "w:bz2")),
        ("a.tar.xz", tarred({"甲/一.txt": b"1", "二.pdf": b"2"}, "w:xz")),
        ("a.tar", tarred({"甲/一.txt": b"1", "二.pdf": b"2"}, "w", encoding="gbk", format=tarfile.GNU_FORMAT)),
    ],
)
def test_kinds_of_archives(name: str, data: bytes) -> None:
    assert is_archive(name)
    found = read(data, name)
    assert [(one.name, one.number, one.data) for one in found] == [("甲/一.txt", 0, b"1"), ("二.pdf", 1, b"2")]


def test_names_that_do_not_say_their_encoding_are_gbk() -> None:
    names = ["乡镇府/绩效报告.txt", "二〇二四年度决算.pdf"]
    raw = zipped({f"{k}{'x' * (len(name.encode('gbk')) - 1)}": b"" for k, name in enumerate(names)})
    for k, name in enumerate(names):
        gbk = name.encode("gbk")
        raw = raw.replace(f"{k}{'x' * (len(gbk) - 1)}".encode(), gbk)
    assert [one.name for one in read(raw)] == names


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/x.txt", "etc/x.txt"),
        ("/abs/x.txt", "abs/x.txt"),
        ("C:\\下\\x.txt", "下/x.txt"),
        ("a/./b//x.txt", "a/b/x.txt"),
    ],
)
def test_no_path_leads_out_of_its_archive(name: str, kept: str) -> None:
    assert [one.name for one in read(zipped({name: b"1"}))] == [kept]
    assert [one.name for one in read(tarred({name: b"1"}), "a.tgz")] == [kept]


def test_archives_in_archives_to_a_depth() -> None:
    inner = zipped({"深.txt": b"deep"})
    for _ in range(2):
        inner = zipped({"前.txt": b"1", "内.zip": inner, "后.txt": b"2"})
    found = read(inner)
    assert [one.name for one in found] == [
        "前.txt", "内.zip/前.txt", "内.zip/内.zip/深.txt", "内.zip/后.txt", "后.txt",
    ]  # fmt: skip
    assert [one.number for one in found] == list(range(5))
    deeper = read(zipped({"内.zip": inner}))
    assert codes(deeper) == {"内.zip/内.zip/内.zip": "RP-BATCH-014"}
    assert len(deeper) == 5  # the rest is read


def test_only_what_is_wanted_is_read() -> None:
    data = zipped({f"{k}.txt": str(k).encode() for k in range(5)})
    assert [one.data for one in read(data, wanted={1, 3})] == [None, b"1", None, b"3", None]


def test_bombs_and_bounds() -> None:
    bomb = zipped({"bomb.txt": b"\0" * 20_000_000, "good.txt": b"1"})
    assert codes(read(bomb)) == {"bomb.txt": "RP-BATCH-014"}
    large = zipped({"large.txt": b"x" * 1_000_001, "good.txt": b"1"}, zipfile.ZIP_STORED)
    found = read(large)
    assert codes(found) == {"large.txt": "RP-READ-006"}
    assert found[1].data == b"1"
    many = zipped({f"{k}.txt": b"" for k in range(11)})
    assert codes(read(many, bounds=BOUNDS._replace(members=10))) == {"": "RP-BATCH-014"}
    found = read(tarred({f"{k}.txt": b"" for k in range(11)}), "a.tgz", BOUNDS._replace(members=10))
    assert (len(found), codes(found)) == (11, {"": "RP-BATCH-014"})
    nested = zipped({"a.zip": zipped({"x.txt": b"1" * 5000}, zipfile.ZIP_STORED), "y.txt": b"1"})
    assert codes(read(nested, bounds=BOUNDS._replace(nested=1000))) == {"a.zip": "RP-BATCH-014"}


def test_a_tar_of_zeros_is_not_gone_through() -> None:
    head = tarfile.TarInfo("zeros.ini")
    head.size = 3 << 30
    found = read(gzip.compress(head.tobuf() + b"\0" * 1_000_000), "a.tgz")
    assert codes(found) == {"": "RP-BATCH-014"}


def liar(compression: int) -> bytes:
    """A ZIP file of a hundred megabytes in some kilobytes that says it is one of a thousand bytes."""
    data = bytearray(zipped({"a.txt": b"1" * 100_000_000}, compression))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + place, 1000)
    return bytes(data)


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_lies_about_its_size_is_not_unpacked(compression: int) -> None:
    data = liar(compression)
    tracemalloc.start()
    found = read(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert codes(found) == {"a.txt": "RP-READ-012"}
    assert most < 20_000_000


def test_a_member_that_is_not_what_is_stated_is_damaged() -> None:
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        data = bytearray(zipped({"a.txt": b"1" * 100, "b.txt": b"2"}, compression))
        assert not codes(read(bytes(data)))
        data[data.find(b"PK\x01\x02") + 16] ^= 1  # the sum
        assert codes(read(bytes(data))) == {"a.txt": "RP-READ-012"}


def test_streams_one_after_another_are_one_and_what_follows_is_none() -> None:
    whole = tarred({"a.txt": b"1" * 2000, "b.txt": b"2" * 2000}, "w")
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        packed = pack(whole[:1000]) + pack(whole[1000:])
        assert [len(one.data or b"") for one in read(packed, "a.tar")] == [2000, 2000]
        assert not codes(read(packed + b"\0" * 512 + b"x", "a.tar"))
        assert codes(read(pack(whole)[:-60], "a.tar"))


def test_members_that_share_their_bytes_take_what_the_archive_takes() -> None:
    small = bytearray(zipped({"a.txt": b"1" * 10_000}))
    at = small.find(b"PK\x01\x02")
    entry = bytes(small[at : small.find(b"PK\x05\x06")])
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 500, 500, 500 * len(entry), at, 0)
    data = bytes(small[:at]) + 500 * entry + end
    assert codes(read(data, bounds=BOUNDS._replace(free=100_000))) == {"": "RP-BATCH-014"}
    assert len(read(data)) == 500


def test_archives_inside_swell_no_more_than_one_does() -> None:
    inner = zipped({f"{k}.txt": b"1" * 10_000 for k in range(9)})
    data = zipped({f"{k}.zip": inner for k in range(9)})
    bounds = BOUNDS._replace(free=100_000, ratio=100)
    found = read(data, bounds=bounds)
    assert set(codes(found).values()) == {"RP-BATCH-014"}
    assert sum(len(one.data or b"") for one in found) <= max(bounds.free, bounds.ratio * len(data)) + 10_000
    assert not codes(read(data))


def head(kind: bytes, size: int) -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = kind, size
    return info.tobuf(tarfile.GNU_FORMAT)


def sparse() -> bytes:
    """The head of a file with holes, which say in ever more heads where they are."""
    first = bytearray(head(tarfile.GNUTYPE_SPARSE, 1000))
    first[386:482] = b"00000000000\0" * 8
    first[482] = 1
    first[483:495] = b"00000000000\0"
    first[148:156] = b" " * 8
    first[148:156] = b"%06o\0 " % sum(first)
    return bytes(first)


SPARSE_AGAIN = b"00000000000\0" * 42 + b"\x01" + b"\0" * 7


@pytest.mark.parametrize(
    "stream",
    [
        head(tarfile.XHDTYPE, 1 << 30) + b"\0" * 1_000_000,
        head(tarfile.XGLTYPE, 1 << 30) + b"\0" * 1_000_000,
        head(tarfile.GNUTYPE_LONGNAME, 1 << 30) + b"\0" * 1_000_000,
        head(tarfile.GNUTYPE_LONGLINK, 1 << 30) + b"\0" * 1_000_000,
        (head(tarfile.GNUTYPE_LONGNAME, 1) + b"x" + b"\0" * 511) * 1000,
        sparse() + SPARSE_AGAIN * 1000,
    ],
    ids=["pax", "pax for all", "long name", "long link", "name after name", "holes"],
)
def test_what_is_said_of_a_member_of_a_tar_is_bounded(stream: bytes) -> None:
    assert codes(read(gzip.compress(stream), "a.tgz")) == {"": "RP-BATCH-014"}


def test_what_is_said_of_many_members_together_is_not() -> None:
    long = {f"{'长' * 80}/{k:03}.txt": b"1" * 600 for k in range(300)}
    found = read(tarred(long, format=tarfile.PAX_FORMAT), "a.tgz")
    assert [one.name for one in found] == list(long)
    assert all(one.data == b"1" * 600 for one in found)


def test_a_file_with_holes_is_said() -> None:
    data = sparse()[:482] + b"\0" + sparse()[483:]
    whole = bytearray(data)
    whole[148:156] = b" " * 8
    whole[148:156] = b"%06o\0 " % sum(whole)
    assert codes(read(bytes(whole) + b"\0" * 1024, "a.tar")) == {"": "RP-READ-009"}


def test_a_member_before_its_own_beginning_ends_the_archive() -> None:
    back = bytearray(head(tarfile.REGTYPE, 0))
    back[124:136] = (-1024).to_bytes(12, "big", signed=True)
    back[148:156] = b" " * 8
    back[148:156] = b"%06o\0 " % sum(back)
    assert codes(read(bytes(back) * 3, "a.tar"))[""] == "RP-READ-012"


def test_what_is_damaged_is_said_and_the_rest_read() -> None:
    data = zipped({"a.txt": b"one" * 100, "b.txt": b"two" * 100}, zipfile.ZIP_STORED)
    found = read(data.replace(b"oneone", b"onetwo", 1))
    assert codes(found) == {"a.txt": "RP-READ-012"}
    assert found[1].data == b"two" * 100
    assert codes(read(data[:100])) == {"": "RP-READ-012"}
    assert codes(read(b"")) == {"": "RP-READ-012"}
    half = tarred({f"{k}.txt": bytes(range(256)) * 400 * (k + 1) for k in range(4)}, "w")
    found = read(half[:500_000], "a.tar")
    assert [one.name for one in found if one.error is None] == ["0.txt", "1.txt"]
    assert "RP-READ-012" in codes(found).values()


def test_what_is_encrypted_or_packed_otherwise_is_said() -> None:
    data = bytearray(zipped({"a.txt": b"secret", "b.txt": b"open"}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    found = read(bytes(data))
    assert codes(found) == {"a.txt": "RP-READ-011"}
    assert found[1].data == b"open"
    data = bytearray(zipped({"a.txt": b"secret", "b.txt": b"open"}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + at] = 9  # Deflate64, as Windows packs large files
    assert codes(read(bytes(data))) == {"a.txt": "RP-READ-009"}


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The same reports as files, in a ZIP, in a TAR, and in a ZIP in a ZIP."""
    folder = tmp_path / "archive"
    folder.mkdir()
    one, two, three, four, five = ((path.name, path.read_bytes()) for path in REPORTS)
    (folder / one[0]).write_bytes(one[1])
    (folder / "a.zip").write_bytes(zipped({f"县/{two[0]}": two[1], "副本.txt": one[1], "坏.pdf": b"%PDF-1.7 x"}))
    (folder / "b.tar.gz").write_bytes(tarred({three[0]: three[1], "../出.txt": four[1]}))
    (folder / "c.zip").write_bytes(zipped({"内.zip": zipped({five[0]: five[1]})}))
    (folder / "d.zip").write_bytes(b"no archive")
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / "像.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


def test_a_batch_reads_archives_and_goes_on_where_it_was(packed: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    settings = Settings([str(packed)], str(output), workers=2)
    summary = run(settings)
    assert (summary.inputs, summary.contents, summary.parsed, summary.failed) == (9, 8, 6, 3)
    assert summary.failures == {"RP-READ-009": 1, "RP-READ-012": 2}
    assert summary.skipped == {".jpg": 1}
    names = [json.loads(line)["source"]["name"] for line in (output / "reports.jsonl").read_text("utf-8").splitlines()]
    assert {"a.zip/坏.pdf", "b.tar.gz/出.txt", f"c.zip/内.zip/{REPORTS[4].name}", "d.zip", "旧.doc"} <= set(names)
    assert run(settings).new == 0
    (packed / "c.zip").write_bytes(zipped({"新.txt": REPORTS[4].read_bytes() + b"\n"}))
    assert run(settings).new == 1
    clean = run(Settings([str(packed)], str(tmp_path / "clean"), workers=1))
    assert clean.parsed == 6
    assert (tmp_path / "clean" / "reports.jsonl").read_bytes() == (output / "reports.jsonl").read_bytes()


def test_patterns_hold_inside_archives(packed: Path, tmp_path: Path) -> None:
    summary = run(
        Settings([str(packed)], str(tmp_path / "out"), workers=1, include=("*.txt",), exclude=("c.zip", "d.zip"))
    )
    assert (summary.inputs, summary.failed) == (5, 0)
    summary = run(
        Settings([str(packed)], str(tmp_path / "two"), workers=1, include=("a.zip/县/*",), exclude=("d.zip",))
    )
    assert summary.inputs == 1


def test_addresses_are_read_like_files(packed: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    here = run(Settings([str(packed)], str(tmp_path / "here"), workers=2))
    there = run(Settings([packed.as_uri()], str(tmp_path / "there"), workers=2))  # the workers read it too
    assert there._replace(slowest=[]) == here._replace(slowest=[])
    assert (tmp_path / "there" / "reports.jsonl").read_bytes() == (tmp_path / "here" / "reports.jsonl").read_bytes()
    memory = fsspec.filesystem("memory")
    for path in packed.iterdir():
        memory.pipe(f"/bucket/{path.name}", path.read_bytes())
    one = Settings([f"memory://bucket/{REPORTS[0].name}", "memory://bucket/a.zip"], str(tmp_path / "out"), workers=1)
    summary = run(one)  # the file is in the memory of this process alone; what is in the archive is sent along
    assert (summary.inputs, summary.parsed) == (4, 3)


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    from reportparse.errors import BatchError

    for address, code in (("memory://nothing/here", "001"), ("nosuch://x/y", "001"), ("abfs://x/y", "006")):
        with pytest.raises(BatchError, match=f"RP-BATCH-{code}"):
            run(Settings([address], str(tmp_path / "out")))


def test_links_of_a_tar_are_accounted_for(tmp_path: Path) -> None:
    """A hard link is a copy of what it leads to, a symbolic one is another way to it; one that leads nowhere fails."""
    text = DEV[0].read_bytes()
    with tarfile.open(tmp_path / "a.tar", "w") as made:
        member = tarfile.TarInfo("in/z.txt")
        member.size = len(text)
        made.addfile(member, io.BytesIO(text))
        for name, kind, target in (
            ("in/copy.txt", tarfile.LNKTYPE, "in/z.txt"),
            ("in/way.txt", tarfile.SYMTYPE, "z.txt"),
            ("out.txt", tarfile.SYMTYPE, "../../etc/passwd"),
            ("no-document", tarfile.SYMTYPE, "in/z.txt"),
        ):
            link = tarfile.TarInfo(name)
            link.type, link.linkname = kind, target
            made.addfile(link)
    output = tmp_path / "out"
    for _ in range(2):
        summary = run(Settings([str(tmp_path / "a.tar")], str(output), workers=1))
        assert (summary.inputs, summary.parsed, summary.copies, summary.failed) == (3, 2, 1, 1)
    found = [json.loads(line) for line in (output / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["source"]["name"] for one in found] == ["a.tar/in/copy.txt", "a.tar/out.txt"]
    assert found[0]["source"]["sha256"] == sha256(text).hexdigest()
    assert found[1]["error"]["code"] == "RP-READ-001"
    assert summary.skipped == {"no-document": 1}


def test_hidden_folders_of_an_archive_are_left_alone_as_those_of_a_folder(tmp_path: Path) -> None:
    names = (".git/a.txt", "in/.b/c.txt", "in/.d.txt", "in/e.txt", "in/f.zip")
    inner = zipped({".g/h.txt": b"h", "i.txt": b"i"})
    (tmp_path / ".a.zip").write_bytes(zipped({name: inner if name == "in/f.zip" else name.encode() for name in names}))
    run(Settings([str(tmp_path / ".a.zip")], str(tmp_path / "out"), workers=1))
    found = [json.loads(line) for line in (tmp_path / "out" / "reports.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["source"]["name"] for one in found] == [".a.zip/in/e.txt", ".a.zip/in/f.zip/i.txt"]


@pytest.mark.parametrize(("name", "data"), [("a.zip", zipped({})), ("a.tar", tarred({}, "w"))])
def test_an_archive_of_nothing_fails_as_an_empty_file_does(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    (tmp_path / "in" / "others.zip").write_bytes(zipped({"a.ini": b"1"}))
    summary = run(Settings([str(tmp_path / "in")], str(tmp_path / "out"), workers=1))
    assert (summary.inputs, summary.failures, summary.skipped) == (1, {"RP-READ-004": 1}, {".ini": 1})

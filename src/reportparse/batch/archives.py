"""The documents inside ZIP and TAR files, one after another, without anything being unpacked to disk.

An archive comes from anywhere: what it says of its own size is not believed. Every member is read to a bound and no
further, an archive may not hold more than so many of them, or swell to more than so many times what it takes, together with
all archives inside it, and those are opened to a bounded depth.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from reportparse.batch.unpack import open_stream, open_zipped
from reportparse.errors import BatchError, ReadError, ReportParseError
from reportparse.readers.txt import well_formed

__all__ = ["Bounds", "Member", "is_archive", "members"]

_ZIP = (".zip",)
_TAR = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz")
_BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    ValueError,
    OSError,
)
"""What the libraries raise of an archive that is damaged."""
_CHUNK = 1 << 20
_IN_MEMORY = 64 << 20
"""Bytes of an archive inside an archive that are held in memory; more go to a temporary file."""
_DENSE_MEMBER = 16 << 20
"""Bytes of a member from which it matters how many times its packed size it is."""
_HEADER = 1 << 16
"""Bytes between two members of a TAR at most: what is said of the next one, its path above all."""
_UTF8_NAME = 0x7075
"""The extra field of Info-ZIP that gives a name in UTF-8 (APPNOTE.TXT 4.6.9)."""


class Bounds(NamedTuple):
    """What is read of archives at most: bytes of a member and of an archive inside another, members of one file with all that
    is in it, ``ratio`` of what comes out to what it takes, once more than ``free`` bytes do, also of all archives inside
    together, archives one inside the other.
    """

    member: int
    nested: int = 4 << 30
    members: int = 1_000_000
    ratio: int = 200
    depth: int = 3
    free: int = 1 << 30


class Member(NamedTuple):
    """A document in an archive: its path there (empty for what is said of the archive), which one it is of those taken, and
    its bytes, or why there are none. One that a TAR has as a link has neither: ``link`` is the path of the member that it
    leads to, ``is_copy`` says that this was a file of its own where the archive was made (a hard link), not another path to
    the same file.
    """

    name: str
    number: int
    data: bytes | None
    error: ReportParseError | None = None
    link: str | None = None
    is_copy: bool = False


def is_archive(name: str) -> bool:
    """Whether a file of this name is opened as an archive. DOCX files are ZIP files too: the name decides."""
    return name.lower().endswith(_ZIP + _TAR)


def members(
    file: IO[bytes],
    name: str,
    takes: Callable[[str], bool],
    bounds: Bounds,
    wanted: Container[int] | None = None,
) -> Iterator[Member]:
    """The members whose path ``takes`` says yes to, archives among them opened and gone through in their turn, in the order in
    which they stand. Of those ``wanted``, by their numbers, there are bytes; of others only the name, unless all are.

    The numbers are the same each time the same bytes are gone through. What cannot be read is a member with an error; where
    the rest of an archive cannot, the last thing said is that, under the name of the archive.
    """
    return _Reading(takes, bounds, wanted).archive(file, name, "", 1)


class _Tape(io.RawIOBase):
    """A TAR file as it is unpacked, up to ``until``, a place in it. What stands between two members, headers of any length and
    number, would else be held in memory whole.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = open_stream(file)
        self.at = 0
        self.until = _HEADER

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.at += len(data)
        if self.at > self.until:
            raise _over("成员之间的头部过长", "too much is said of a member before it")
        return data


class _Reading:
    """One walk through an archive and those inside it."""

    def __init__(self, takes: Callable[[str], bool], bounds: Bounds, wanted: Container[int] | None) -> None:
        self.takes = takes
        self.bounds = bounds
        self.wanted = wanted
        self.count = 0
        self.left = bounds.free

    def archive(self, file: IO[bytes], name: str, below: str, depth: int) -> Iterator[Member]:
        try:
            if depth == 1:
                self.left = max(self.bounds.free, self.bounds.ratio * file.seek(0, 2))
            walk = self._zip if name.lower().endswith(_ZIP) else self._tar
            yield from walk(file, below, depth)
        except ReportParseError as error:
            yield self._rest(below, error)
        except _BROKEN as error:
            yield self._rest(below, _damaged(error))

    def _rest(self, below: str, error: ReportParseError) -> Member:
        """What is said of an archive whose rest cannot be read."""
        self.count += 1
        return Member(below, self.count - 1, None, error)

    def _member(self, name: str, data: bytes | None, error: ReportParseError | None = None) -> Member:
        self.count += 1
        if self.count > self.bounds.members:
            raise _over(f"超过 {self.bounds.members} 个文件", f"more than {self.bounds.members} files")
        return Member(name, self.count - 1, data, error)

    def _zip(self, file: IO[bytes], below: str, depth: int) -> Iterator[Member]:
        with zipfile.ZipFile(file) as opened:
            infos = opened.infolist()
            if len(infos) > self.bounds.members:
                raise _over(f"超过 {self.bounds.members} 个文件", f"more than {self.bounds.members} files")
            swollen = sum(info.file_size for info in infos)
            # Members may share their bytes, and then take less than they say.
            self._dense(swollen, min(sum(info.compress_size for info in infos), file.seek(0, 2)), self.bounds.free)
            for info, name in zip(infos, _zip_names(infos), strict=True):
                if info.is_dir():
                    continue

                def enter(info: zipfile.ZipInfo = info) -> IO[bytes]:
                    if info.flag_bits & 1:
                        raise ReadError("RP-READ-011", "压缩包内的文件已加密", "encrypted inside its archive")
                    self._dense(info.file_size, info.compress_size, _DENSE_MEMBER)
                    try:
                        return open_zipped(opened, info)
                    except NotImplementedError as error:
                        raise ReadError(
                            "RP-READ-009",
                            "压缩方法不支持：请先解压",
                            "packed in a way that is not read: unpack it first",
                        ) from error

                yield from self._one(name, below, enter, depth)

    def _tar(self, file: IO[bytes], below: str, depth: int) -> Iterator[Member]:
        packed = file.seek(0, 2)
        file.seek(0)
        tape = _Tape(file)
        with tarfile.open(fileobj=tape, mode="r|") as opened:
            for info in opened:
                if info.issparse():
                    raise ReadError(
                        "RP-READ-009", "压缩包内有稀疏文件：请先解压", "a sparse file in it: unpack it first"
                    )
                self._dense(info.offset_data + info.size, packed, self.bounds.free)
                tape.until = info.offset_data + info.size + _HEADER
                if info.issym() or info.islnk():
                    yield from self._link(info, below)
                    continue
                if not info.isreg():
                    continue

                def enter(info: tarfile.TarInfo = info) -> IO[bytes]:
                    found = opened.extractfile(info)
                    assert found is not None  # a regular file has bytes
                    return found

                yield from self._one(_tar_name(info.name), below, enter, depth)
                opened.members = []  # type: ignore[attr-defined]  # else every header stays in memory

    def _one(self, name: str, below: str, enter: Callable[[], IO[bytes]], depth: int) -> Iterator[Member]:
        """One member: nothing if it is no document, what is in it if it is an archive."""
        path = f"{below}/{name}" if below else name
        if not self.takes(path):
            return
        if is_archive(name):
            yield from self._inner(path, enter, depth)
            return
        if self.wanted is not None and self.count not in self.wanted:
            yield self._member(path, None)
            return
        self._spare()
        try:
            with enter() as opened:
                data = opened.read(self.bounds.member + 1)
            self.left -= len(data)
            if len(data) > self.bounds.member:
                raise ReadError(
                    "RP-READ-006", f"文件超过上限 {self.bounds.member} 字节", f"larger than the limit of {self.bounds.member} bytes"
                )  # fmt: skip
        except ReportParseError as error:
            yield self._member(path, None, error)
        except _BROKEN as error:
            if isinstance(error, tarfile.ReadError):  # nothing behind it can be read
                raise
            yield self._member(path, None, _damaged(error))
        else:
            yield self._member(path, data)

    def _link(self, info: tarfile.TarInfo, below: str) -> Iterator[Member]:
        name, target = _tar_name(info.name), info.linkname
        path = f"{below}/{name}" if below else name
        if not self.takes(path):
            return
        if info.issym():
            target = posixpath.normpath(posixpath.join(posixpath.dirname(info.name), target))
        to = _tar_name(target)
        member = self._member(path, None)
        yield member._replace(link=f"{below}/{to}" if below else to, is_copy=info.islnk())

    def _inner(self, path: str, enter: Callable[[], IO[bytes]], depth: int) -> Iterator[Member]:
        if depth >= self.bounds.depth:
            said = f"压缩包嵌套超过 {self.bounds.depth} 层", f"archives nested more than {self.bounds.depth} deep"
            yield self._member(path, None, _over(*said))
            return
        self._spare()
        with SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
            try:
                with enter() as opened:
                    while chunk := opened.read(_CHUNK):
                        self.left -= len(chunk)
                        if copy.tell() + len(chunk) > self.bounds.nested:
                            said = f"超过 {self.bounds.nested} 字节", f"more than {self.bounds.nested} bytes"
                            raise _over(*said)
                        copy.write(chunk)
            except ReportParseError as error:
                yield self._member(path, None, error)
                return
            except _BROKEN as error:
                yield self._member(path, None, _damaged(error))
                return
            copy.seek(0)
            yield from self.archive(copy, path, path, depth + 1)

    def _spare(self) -> None:
        """Nothing more is read once all archives together have swollen too much."""
        if self.left < 0:
            raise self._swollen()

    def _swollen(self) -> BatchError:
        said = f"解压后超过原大小的 {self.bounds.ratio} 倍", f"more than {self.bounds.ratio} times its packed size"
        return _over(*said)

    def _dense(self, size: int, packed: int, least: int) -> None:
        if size > least and size > self.bounds.ratio * packed:
            raise self._swollen()


def _damaged(error: BaseException) -> ReadError:
    return ReadError(
        "RP-READ-012", f"压缩包已损坏（{type(error).__name__}）", f"damaged archive ({type(error).__name__})"
    )


def _over(reason: str, reason_en: str) -> BatchError:
    return BatchError("RP-BATCH-014", f"压缩包超出限度：{reason}", f"an archive beyond the bounds: {reason_en}")


def _zip_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The paths of members. Names that do not say that they are UTF-8 are in the code page of whoever packed them, in China
    GBK, though the standard has CP437: all names of an archive are read alike.
    """
    raw = [info.orig_filename.encode("cp437", "replace") for info in infos if not info.flag_bits & 0x800]
    encoding = next((one for one in ("utf-8", "gb18030") if all(_decodes(name, one) for name in raw)), "cp437")
    names: list[str] = []
    for info in infos:
        name = info.orig_filename
        if not info.flag_bits & 0x800:
            name = _extra_name(info) or name.encode("cp437", "replace").decode(encoding)
        names.append(_inside(name))
    return names


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _extra_name(info: zipfile.ZipInfo) -> str | None:
    extra, raw = info.extra, info.orig_filename.encode("cp437", "replace")
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UTF8_NAME and len(field) > 5 and field[0] == 1:
            (crc,) = struct.unpack_from("<I", field, 1)
            if crc == zlib.crc32(raw) and _decodes(field[5:], "utf-8"):
                return field[5:].decode()
    return None


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    encoding = next((one for one in ("utf-8", "gb18030") if _decodes(raw, one)), None)
    return _inside(raw.decode(encoding) if encoding is not None else name)


def _inside(name: str) -> str:
    """A path that stays below its archive: no root, no drive, no way up."""
    parts = well_formed(name.split("\0")[0]).replace("\\", "/").split("/")
    kept = [part for part in parts if part not in ("", ".", "..") and not (len(part) == 2 and part[1] == ":")]
    return "/".join(kept) or "unnamed"

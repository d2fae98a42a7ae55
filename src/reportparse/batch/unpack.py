"""Bytes unpacked as they are asked for and no further: of a few kilobytes bzip2 and LZMA make gigabytes, and the readers of
the standard library unpack all that they have read of a member of a ZIP file at once.
"""

from __future__ import annotations

import bz2
import copy
import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, Any

__all__ = ["open_stream", "open_zipped"]

_CHUNK = 1 << 16
_WINDOW = 256 << 20
"""Bytes that LZMA may look back: the largest setting of ``xz`` takes a quarter of it."""


class _Unpacked(io.RawIOBase):
    """One packed stream, or ``several`` one after another; ``make`` gives what unpacks one."""

    def __init__(self, file: IO[bytes], make: Callable[[], Any], several: bool) -> None:
        self.file = file
        self.make = make
        self.several = several
        self.unpacker = make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._some(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _some(self, most: int) -> bytes:
        while True:
            packed, first = b"", False
            if self.unpacker.eof:
                packed = self.unpacker.unused_data.lstrip(b"\0") or self.file.read(_CHUNK).lstrip(b"\0")
                if not (packed and self.several):
                    return b""
                self.unpacker, first = self.make(), True
            elif self.unpacker.needs_input and not (packed := self.file.read(_CHUNK)):
                raise EOFError("cut off")
            try:
                data: bytes = self.unpacker.decompress(packed, most)
            except (OSError, lzma.LZMAError):
                if first:  # what stands behind the last stream is none
                    return b""
                raise
            if data:
                return data

    def close(self) -> None:
        self.file.close()
        super().close()


class _Checked(_Unpacked):
    """A member of a ZIP file: it has the size and the sum that are stated.

    Raises:
        zipfile.BadZipFile: it has not.
    """

    def __init__(self, file: IO[bytes], make: Callable[[], Any], info: zipfile.ZipInfo) -> None:
        super().__init__(file, make, False)
        self.info = info
        self.size = self.sum = 0

    def _some(self, most: int) -> bytes:
        data = super()._some(most)
        self.size += len(data)
        self.sum = zlib.crc32(data, self.sum)
        if self.size > self.info.file_size or (
            not data and (self.size, self.sum) != (self.info.file_size, self.info.CRC)
        ):
            raise zipfile.BadZipFile("not what is stated")
        return data


def open_zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    """A member of a ZIP file, unpacked.

    Raises:
        zipfile.BadZipFile, NotImplementedError: as :meth:`zipfile.ZipFile.open` does.
    """
    if info.compress_type not in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        return archive.open(info)
    packed = copy.copy(info)  # as if it were stored: the packed bytes
    packed.compress_type, packed.file_size = zipfile.ZIP_STORED, info.compress_size
    del packed.CRC
    file = archive.open(packed)
    if info.compress_type == zipfile.ZIP_BZIP2:
        return io.BufferedReader(_Checked(file, bz2.BZ2Decompressor, info))
    # The properties are those of a file of LZMA alone (APPNOTE.TXT 5.8.8), which goes on with its size, here unknown.
    head = file.read(4)
    properties = file.read(struct.unpack("<H", head[2:])[0]) if len(head) == 4 else b""
    if len(properties) != 5:
        raise zipfile.BadZipFile("no properties of LZMA")

    def unpacker() -> Any:
        made = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_WINDOW)
        made.decompress(properties + b"\xff" * 8, 0)
        return made

    return io.BufferedReader(_Checked(file, unpacker, info))


def open_stream(file: IO[bytes]) -> IO[bytes]:
    """A file packed by gzip, bzip2, xz or LZMA, unpacked, as its first bytes say; any other as it is."""
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)  # type: ignore[return-value]
    if head.startswith(b"BZh"):
        return io.BufferedReader(_Unpacked(file, bz2.BZ2Decompressor, True))
    if head.startswith((b"\xfd7zXZ", b"\x5d\x00\x00")):
        return io.BufferedReader(_Unpacked(file, lambda: lzma.LZMADecompressor(memlimit=_WINDOW), True))
    return file

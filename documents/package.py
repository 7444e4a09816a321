"""Zip files read with care: nothing is written, nothing is trusted that the directory says, nothing grows unbounded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from documents.errors import Unreadable
from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit

_DAMAGED_STEP = "请核对原文件能否正常打开，并请报送单位重新提供。"
_RATIO_FROM = 20 * MEGABYTE
_CHUNK = MEGABYTE
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_MANY = 0xFFFF
_VERY_LARGE = 0xFFFFFFFF
# Bytes of the directory for one member: the fixed part, and with the longest of names and a good deal beside it.
_SHORTEST_ENTRY, _LONGEST_ENTRY = 46, 4096
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1
# The fixed part of the header before each member.
_LOCAL_HEADER = 30
# What zipfile and zlib raise on a damaged file: RuntimeError for a wrong password, NotImplementedError for a method.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


class Package:
    """An opened zip file within ``limits``; ``what`` is its Chinese name in messages, such as ``"Word 文档"``.

    Raises :class:`Unreadable` (``corrupt``, ``over_limit``, ``encrypted``) from the constructor and from :meth:`read`.
    """

    def __init__(self, data: bytes, limits: ReadingLimits, what: str) -> None:
        self.what = what
        self.limits = limits
        self._unpacked = 0
        self._refuse_too_many(members_told(data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as fault:
            raise damaged(what) from fault
        self.entries = self._zip.infolist()
        self._refuse_too_many(len(self.entries))
        self._refuse_overlaps()
        self._refuse_bomb()

    @property
    def names(self) -> list[str]:
        """The names of the members, as the file has them, also of folders."""
        return [entry.filename for entry in self.entries]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, member: str | zipfile.ZipInfo) -> bytes:
        """The bytes of a member, counted while they are unpacked.

        Raises :class:`Unreadable` for a damaged or encrypted member and where the limits are reached.
        """
        with self._faults_named():
            entry = member if isinstance(member, zipfile.ZipInfo) else self._zip.getinfo(member)
            if entry.flag_bits & _ENCRYPTED:
                raise Unreadable("encrypted", f"{self.what}设有密码", "请报送单位去除密码后重新提供。")
            with self._zip.open(entry) as stream:
                parts = []
                while part := stream.read(_CHUNK):
                    self._unpacked += len(part)
                    self._refuse_unpacked(self._unpacked)
                    parts.append(part)
                return b"".join(parts)

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except (*DAMAGE, KeyError) as fault:
            raise damaged(self.what) from fault

    def _refuse_too_many(self, members: int) -> None:
        most = self.limits.members
        if members > most:
            raise refuse_over_limit(f"{self.what}所含文件数", f"{members:,} 个", f"{most:,} 个", "max_members")

    def _refuse_overlaps(self) -> None:
        """Members that share their bytes are how a small file unpacks to a huge one that no sum of sizes tells."""
        starts = sorted((entry.header_offset, entry.compress_size, len(entry.orig_filename)) for entry in self.entries)
        for (start, size, name), (following, _, _) in pairwise(starts):
            if start + _LOCAL_HEADER + name + size > following:
                raise damaged(self.what)

    def _refuse_bomb(self) -> None:
        unpacked = sum(entry.file_size for entry in self.entries)
        packed = max(1, sum(entry.compress_size for entry in self.entries))
        self._refuse_unpacked(unpacked)
        ratio = unpacked / packed
        if unpacked > _RATIO_FROM and ratio > self.limits.ratio:
            raise refuse_over_limit(f"{self.what}的压缩比", f"{ratio:,.0f} 倍", f"{self.limits.ratio} 倍", "max_ratio")

    def _refuse_unpacked(self, size: int) -> None:
        most = self.limits.unpacked_mb
        if size > most * MEGABYTE:
            told = f"{size / MEGABYTE:,.0f} MB"
            raise refuse_over_limit(f"{self.what}解压后的大小", told, f"{most} MB", "max_unpacked_mb")


def damaged(what: str) -> Unreadable:
    """The refusal of a file whose content does not hold together."""
    return Unreadable("corrupt", f"文件像是 {what}，但内容不完整或已损坏，无法打开", _DAMAGED_STEP)


def members_told(end: bytes) -> int:
    """How many members the end of a zip file announces, so that a directory of millions is never built.

    Where the directory is longer than so many members could need, the most that it could hold.
    """
    at = end.rfind(_END_MARK, max(0, len(end) - _LONGEST_COMMENT - _END_OF_DIRECTORY.size))
    if at < 0 or len(end) - at < _END_OF_DIRECTORY.size:
        return 0
    _, _, _, _, members, size, _, _ = _END_OF_DIRECTORY.unpack_from(end, at)
    zip64 = end.rfind(b"PK\x06\x06", 0, at) if members == _MANY or size == _VERY_LARGE else -1
    if zip64 >= 0 and at - zip64 >= 48:
        members, size = struct.unpack_from("<2Q", end, zip64 + 32)
    return int(members if size <= members * _LONGEST_ENTRY else max(members, size // _SHORTEST_ENTRY))

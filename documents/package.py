"""Zip files read with care: nothing is written, nothing is trusted that the directory says, nothing grows unbounded."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from documents.errors import Unreadable
from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit

_DAMAGED_STEP = "请核对原文件能否正常打开，并请报送单位重新提供。"
_RATIO_FROM = 20 * MEGABYTE
_CHUNK = MEGABYTE
_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_MANY = 0xFFFF
_LONGEST_COMMENT = 0xFFFF
_ENCRYPTED = 0x1
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
        self._refuse_too_many(_members_told(data))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as fault:
            raise damaged(what) from fault
        self.entries = self._zip.infolist()
        self._refuse_too_many(len(self.entries))
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
    return Unreadable("corrupt", f"文件像是{what}，但内容不完整或已损坏，无法打开", _DAMAGED_STEP)


def _members_told(data: bytes) -> int:
    """How many members the end of the file announces, so that a directory of millions is never built."""
    at = data.rfind(_END_MARK, max(0, len(data) - _LONGEST_COMMENT - _END_OF_DIRECTORY.size))
    if at < 0 or len(data) - at < _END_OF_DIRECTORY.size:
        return 0
    _, _, _, _, members, _, _, _ = _END_OF_DIRECTORY.unpack_from(data, at)
    zip64 = data.rfind(b"PK\x06\x06", 0, at) if members == _MANY else -1
    if zip64 >= 0 and at - zip64 >= 40:
        members = struct.unpack_from("<Q", data, zip64 + 32)[0]
    return int(members)

"""The files in a zip file of submissions, one level deep: listed, and read one by one. Nothing is ever written."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from documents.errors import Unreadable
from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit
from documents.package import DAMAGE, damaged, members_told
from documents.sniff import Format, inside

_WHAT = "压缩包"
_LONGEST_END = 66_000
_MARK = b"PK"
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNIX = 3
_RATIO_FROM = 20 * MEGABYTE
_CHUNK = MEGABYTE
_MOST_LOOKED_AT = 10_000
_UNICODE_PATH = 0x7075
_SEND_FILES = "请解压后直接提交其中的报告文件。"
_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip file: ``key`` finds it again, ``shown`` is its name for people, no two of them alike; ``size``
    is what the directory tells, in bytes."""

    key: str
    shown: str
    size: int


def is_container(path: Path, limits: ReadingLimits) -> bool:
    """Whether ``path`` is a zip file of files, and not an office or other document that happens to be stored as one."""
    try:
        return bool(list_members(path, limits))
    except (OSError, Unreadable):
        return False


def list_members(path: Path, limits: ReadingLimits) -> tuple[Member, ...]:
    """The files in the zip file at ``path`` in the order of its directory, none for a document stored as a zip.

    Only the directory is read. Raises :class:`Unreadable` (``corrupt``, ``over_limit``) and :class:`OSError`.
    """
    with _opened(path, limits) as archive:
        entries = archive.infolist()
        if not _is_of_files(entries):
            return ()
        _refuse_bomb(entries, limits)
        members: list[Member] = []
        taken: set[str] = set()
        for index, entry in enumerate(entries):
            shown = _name(entry)
            if not shown.endswith("/"):
                members.append(Member(_key(index, entry), _distinct(shown, taken), entry.file_size))
        return tuple(members)


def read_member(path: Path, key: str, limits: ReadingLimits) -> bytes:
    """The bytes of the file that ``key`` names in the zip file at ``path``.

    Raises :class:`Unreadable`: ``encrypted``, ``over_limit`` (also for a zip in the zip), ``corrupt``, ``unsupported``
    for a link, ``changed`` where the zip file is no longer the one that was listed; and :class:`OSError`.
    """
    with _opened(path, limits) as archive:
        entries = archive.infolist()
        index = int(key.partition("-")[0])
        if index >= len(entries) or _key(index, entries[index]) != key:
            raise Unreadable("changed", f"读取时{_WHAT}已被修改", "请等文件保存或传送完成后重新审核。")
        entry = entries[index]
        _refuse_unreadable(entry, limits)
        with _faults_named():
            data = _unpacked(archive, entry, limits)
    _refuse_nested(data)
    return data


@contextmanager
def _opened(path: Path, limits: ReadingLimits) -> Iterator[zipfile.ZipFile]:
    with path.open("rb") as file:
        if file.read(len(_MARK)) != _MARK:
            raise damaged(_WHAT)
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_END))
        _refuse_too_many(members_told(file.read()), limits)
        try:
            archive = zipfile.ZipFile(file)
        except DAMAGE as fault:
            raise damaged(_WHAT) from fault
        with archive:
            _refuse_too_many(len(archive.filelist), limits)
            yield archive


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except DAMAGE as fault:
        raise damaged(f"{_WHAT}中的文件") from fault


def _is_of_files(entries: list[zipfile.ZipInfo]) -> bool:
    try:
        return bool(entries) and inside([entry.filename for entry in entries]) is Format.ZIP
    except Unreadable:
        return False


def _refuse_too_many(members: int, limits: ReadingLimits) -> None:
    if members > limits.members:
        raise refuse_over_limit(f"{_WHAT}所含文件数", f"{members:,} 个", f"{limits.members:,} 个", "max_members")


def _refuse_bomb(entries: list[zipfile.ZipInfo], limits: ReadingLimits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > limits.unpacked_mb * MEGABYTE:
        told = f"{unpacked / MEGABYTE:,.0f} MB"
        raise refuse_over_limit(f"{_WHAT}解压后的大小", told, f"{limits.unpacked_mb} MB", "max_unpacked_mb")
    _refuse_ratio(_WHAT, unpacked, packed, limits)


def _refuse_ratio(what: str, unpacked: int, packed: int, limits: ReadingLimits) -> None:
    ratio = unpacked / max(1, packed)
    if unpacked > _RATIO_FROM and ratio > limits.ratio:
        raise refuse_over_limit(f"{what}的压缩比", f"{ratio:,.0f} 倍", f"{limits.ratio} 倍", "max_ratio")


def _refuse_unreadable(entry: zipfile.ZipInfo, limits: ReadingLimits) -> None:
    if entry.create_system == _UNIX and stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("unsupported", f"{_WHAT}中的这一项是链接，不是文件", _SEND_FILES)
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable("encrypted", f"{_WHAT}中的这个文件设有密码", "请报送单位去除密码后重新提供。")
    _refuse_large(entry.file_size, limits)
    _refuse_ratio(f"{_WHAT}中的这个文件", entry.file_size, entry.compress_size, limits)


def _refuse_large(size: int, limits: ReadingLimits) -> None:
    if size > limits.file_mb * MEGABYTE:
        raise refuse_over_limit("文件大小", f"{size / MEGABYTE:,.0f} MB", f"{limits.file_mb} MB", "max_file_mb")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: ReadingLimits) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            size += len(part)
            _refuse_large(size, limits)
            parts.append(part)
    return b"".join(parts)


def _refuse_nested(data: bytes) -> None:
    """A zip in a zip is not unpacked: some hold themselves, without end."""
    if not data.startswith(b"PK\x03\x04") or members_told(data) > _MOST_LOOKED_AT:
        return
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        nested = inside(names) is Format.ZIP
    except (*DAMAGE, Unreadable):
        # Reading the file itself tells what is wrong with it.
        return
    if nested:
        raise Unreadable("over_limit", "这是压缩包里的压缩包，只解开一层", _SEND_FILES)


def _key(index: int, entry: zipfile.ZipInfo) -> str:
    return f"{index}-{entry.CRC:08x}-{entry.file_size}"


def _distinct(shown: str, taken: set[str]) -> str:
    path, number, name = PurePosixPath(shown), 1, shown
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem}({number}){path.suffix}")) if path.name else f"{shown}({number})"
    taken.add(name)
    return name


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as the one who packed it saw it, with ``/`` between folders.

    Windows writes the names in the encoding of the system and does not say so, and the format knows only cp437.
    """
    if entry.flag_bits & _UTF8:
        written = entry.orig_filename
    else:
        raw = entry.orig_filename.encode("cp437", "replace")
        written = _unicode_path(entry.extra, raw) or _decoded(raw)
    return written.replace("\\", "/")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in the field that Info-ZIP and WinRAR add for it, if it is of this name."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, position)
        field = extra[position + 4 : position + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            stated = struct.unpack_from("<I", field, 1)[0]
            return field[5:].decode("utf-8", "replace") if stated == zlib.crc32(raw) else None
        position += 4 + size
    return None


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_chinese(name):
            return name
    return raw.decode("cp437")


def _is_chinese(name: str) -> bool:
    """Whether most of a name's letters are in everyday use, as those of a misread one hardly ever are."""
    letters = _OTHER_THAN_ASCII.findall(name)
    everyday = sum(_is_everyday(letter) for letter in letters)
    return 2 * everyday >= len(letters)


def _is_everyday(letter: str) -> bool:
    try:
        return len(letter.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False

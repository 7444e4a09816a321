"""Binary office files (OLE2: doc, wps): what kind they are, whether they are encrypted, and the words that they hold.

The layout is that of [MS-CFB] and [MS-DOC]: the file information block at the head of the stream ``WordDocument``
states how many characters there are, the piece table in the table stream where each of them is stored.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.errors import Unreadable

if TYPE_CHECKING:
    from olefile import OleFileIO

_SAVE_AS_REPORT = "年度报告应为文字报告，请提交 Word、WPS、PDF 或 OFD 格式的报告正文。"
_SEND_AGAIN = "请核对原文件能否用 Word 或 WPS 正常打开，另存为 docx 后重新报送。"
_REMOVE_PASSWORD = "请报送单位去除密码后重新提供。"
_OTHERS = (
    ("Workbook", "Excel 97-2003 工作簿（xls、et）"),
    ("Book", "Excel 95 工作簿（xls）"),
    ("PowerPoint Document", "演示文稿（ppt、dps）"),
    ("VisioDocument", "Visio 绘图"),
    ("__properties_version1.0", "Outlook 邮件（msg）"),
    ("HwpSummaryInformation", "韩文 HWP 文档"),
    ("Quill", "Publisher 出版物"),
)
_STREAM = "WordDocument"
_WORD_97 = 0xA5EC
_IDENTIFIERS = (_WORD_97, 0xA5DC, 0xA5DB)
_FIRST_97 = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_FLAGS_AT, _COUNTS_AT, _PIECES_AT = 0x0A, 0x4C, 0x1A2
_LEAST_HEAD = _PIECES_AT + 8
_COMPRESSED = 1 << 30
_PROPERTIES, _PIECE_TABLE = 0x01, 0x02
_FIELD = re.compile("\x13[^\x13-\x15]*+(?:\x14|(?=\x15))|\x15")
_DEEPEST_FIELD = 8
# What olefile and struct raise on a damaged file.
_DAMAGE = (OSError, struct.error, IndexError, KeyError, ValueError, TypeError, AttributeError, OverflowError)


class _Unsound(Exception):  # noqa: N818 - what is unsound here may still open
    """A piece table that contradicts the rest of the file."""


@dataclass(frozen=True, slots=True)
class WordBinary:
    """A Word or WPS document; ``text`` is what it holds, with deleted revisions and without fields' instructions,
    ``""`` where an older version stores it otherwise; ``sound`` is false where it does not hold together."""

    text: str
    sound: bool = True


def inspect_ole(data: bytes) -> WordBinary:
    """What an OLE2 file holds.

    Raises :class:`Unreadable`: ``encrypted``, ``unsupported`` for anything but a Word or WPS document, ``corrupt``.
    """
    import olefile  # noqa: PLC0415

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            names = {name for path in file.listdir() for name in path[:1]}
            _refuse_others(names)
            return _document(file)
    except _DAMAGE as fault:
        raise _damaged() from fault


def _refuse_others(names: set[str]) -> None:
    if "EncryptedPackage" in names:
        raise _encrypted()
    if _STREAM in names:
        return
    other = next((name for stream, name in _OTHERS if stream in names), None)
    if other is not None:
        raise Unreadable("unsupported", f"文件内容是{other}，不是可以审核的报告格式", _SAVE_AS_REPORT)
    raise Unreadable("unsupported", "文件是二进制办公文件，但其中没有 Word 或 WPS 文档", _SEND_AGAIN)


def _document(file: OleFileIO) -> WordBinary:
    head = file.openstream(_STREAM).read()
    identifier, version = struct.unpack_from("<HH", head)
    if identifier not in _IDENTIFIERS:
        raise _damaged()
    (flags,) = struct.unpack_from("<H", head, _FLAGS_AT)
    if flags & _ENCRYPTED:
        raise _encrypted()
    if identifier != _WORD_97 or version < _FIRST_97:
        return WordBinary("")
    if len(head) < _LEAST_HEAD:
        raise _damaged()
    table = file.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
    try:
        return WordBinary(_text(head, table))
    except (_Unsound, *_DAMAGE):
        return WordBinary("", sound=False)


def _text(head: bytes, table: bytes) -> str:
    """The words of the body, the notes and the text boxes: not of headers and comments."""
    body, notes, headers, _, comments, end_notes, boxes = struct.unpack_from("<7i", head, _COUNTS_AT)
    if min(body, notes, headers, comments, end_notes, boxes) < 0:
        raise _Unsound
    whole = "".join(_pieces(head, table))
    behind_comments = body + notes + headers + comments
    last = behind_comments + end_notes + boxes
    if len(whole) < last:
        raise _Unsound
    return _without_fields(whole[: body + notes] + whole[behind_comments:last])


def _pieces(head: bytes, table: bytes) -> Iterator[str]:
    start, size = struct.unpack_from("<II", head, _PIECES_AT)
    pieces = _piece_table(table[start : start + size])
    count = (len(pieces) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", pieces)
    # A character takes a byte at least, so that a table cannot ask for more than the file holds.
    if list(bounds) != sorted(bounds) or bounds[-1] > len(head):
        raise _Unsound
    for index in range(count):
        length = bounds[index + 1] - bounds[index]
        (place,) = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * index + 2)
        if place & _COMPRESSED:
            first = (place & ~_COMPRESSED) // 2
            yield head[first : first + length].decode("cp1252", "replace")
        else:
            yield head[place : place + 2 * length].decode("utf-16-le", "replace")


def _piece_table(entries: bytes) -> bytes:
    position = 0
    while entries[position] == _PROPERTIES:
        position += 3 + struct.unpack_from("<H", entries, position + 1)[0]
    if entries[position] != _PIECE_TABLE:
        raise _Unsound
    (size,) = struct.unpack_from("<I", entries, position + 1)
    return entries[position + 5 : position + 5 + size]


def _without_fields(text: str) -> str:
    for _ in range(_DEEPEST_FIELD):
        shorter = _FIELD.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


def _encrypted() -> Unreadable:
    return Unreadable("encrypted", "文件设有打开密码", _REMOVE_PASSWORD)


def _damaged() -> Unreadable:
    return Unreadable("corrupt", "文件像是 Word 或 WPS 文档（doc、wps），但内容不完整或已损坏", _SEND_AGAIN)

"""The compressed parts of a PDF file, unpacked within limits and checked against their own checksums."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit

_BEGIN = re.compile(rb"stream\r?\n")
_HEAD = 1500
_FILTER = re.compile(rb"/(?:Filter|F)\b")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_OTHER_FILTER = re.compile(rb"/(?:ASCII85Decode|ASCIIHexDecode|LZWDecode|RunLengthDecode|A85|AHx|LZW|RL|Crypt)\b")
# A picture holds no words; what it costs is left to the memory limit of the process.
_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/Width\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
_RATIO_FROM = 20 * MEGABYTE
_STEP = MEGABYTE
_ZLIB = 0x78
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s{1,4}\d{1,5}\s{1,4}obj\b")


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: the number of its object (0 where it is not known), its dictionary and its unpacked content.

    ``start`` and ``end`` are its place in the file, ``packed`` the bytes that its compression takes up; ``damaged``
    where it could not be unpacked whole; ``font`` where it is a font program, whose content is not kept.
    """

    number: int
    head: bytes
    content: bytes
    start: int
    end: int
    packed: int
    damaged: bool
    font: bool


def decoded_streams(data: bytes, limits: ReadingLimits) -> Iterator[Stream]:
    """The streams of ``data`` that may hold words or structure, in order.

    Raises :class:`~documents.errors.Unreadable` (``over_limit``) where they unpack to more than the limits allow.
    """
    unpacked = 0
    position = 0
    while begin := _BEGIN.search(data, position):
        start = begin.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        position = max(end, start)
        if data[begin.start() - 3 : begin.start()] == b"end":
            position = start
            continue
        number, head = _head(data, begin.start())
        if _PICTURE.search(head):
            yield Stream(number, head, b"", start, end, 0, damaged=False, font=False)
            continue
        content, packed, damaged = _content(data[start:end], head, limits, unpacked)
        unpacked += len(content)
        font = _FONT.search(head) is not None
        yield Stream(number, head, b"" if font else content, start, end, packed, damaged, font)


def _head(data: bytes, end: int) -> tuple[int, bytes]:
    """The number of the object whose stream begins at ``end``, and the words before it."""
    head = data[max(0, end - _HEAD) : end]
    numbers = list(_OBJECT.finditer(head))
    if not numbers:
        return 0, head
    return int(numbers[-1][1]), head[numbers[-1].end() :]


def _content(packed: bytes, head: bytes, limits: ReadingLimits, before: int) -> tuple[bytes, int, bool]:
    """The unpacked bytes, how many of the ``packed`` ones they take, and whether some are missing or wrong."""
    times = len(_FLATE.findall(head))
    if _OTHER_FILTER.search(head):
        return b"", 0, False
    if times == 0 or not _FILTER.search(head):
        return packed, 0, _is_zlib(packed)
    content, taken, damaged = _inflated(packed, limits, before)
    for _ in range(1, times):
        if not damaged:
            content, _, damaged = _inflated(content, limits, before)
    return content, taken, damaged


def _is_zlib(packed: bytes) -> bool:
    """Whether bytes that claim not to be compressed begin as if they were."""
    return len(packed) > 1 and packed[0] == _ZLIB and (packed[0] * 256 + packed[1]) % 31 == 0


def _inflated(packed: bytes, limits: ReadingLimits, before: int) -> tuple[bytes, int, bool]:
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    size = 0
    rest = packed
    while not inflater.eof:
        try:
            piece = inflater.decompress(rest, _STEP)
        except zlib.error:
            return b"".join(pieces), 0, True
        rest = inflater.unconsumed_tail
        pieces.append(piece)
        size += len(piece)
        _refuse_bomb(size, len(packed), before, limits)
        if not piece and not rest:
            break
    return b"".join(pieces), len(packed) - len(inflater.unused_data), not inflater.eof


def _refuse_bomb(size: int, packed: int, before: int, limits: ReadingLimits) -> None:
    if before + size > limits.unpacked_mb * MEGABYTE:
        told = f"{(before + size) / MEGABYTE:,.0f} MB 以上"
        raise refuse_over_limit("PDF 文件解压后的大小", told, f"{limits.unpacked_mb} MB", "max_unpacked_mb")
    if size > _RATIO_FROM and size > limits.ratio * max(1, packed):
        told = f"{size / max(1, packed):,.0f} 倍以上"
        raise refuse_over_limit("PDF 文件的压缩比", told, f"{limits.ratio} 倍", "max_ratio")

"""The compressed parts of a PDF file, unpacked within limits and checked against their own checksums."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from documents.limits import MEGABYTE, ReadingLimits, refuse_over_limit

_BEGIN = re.compile(rb"stream\r?\n")
# A page that draws hundreds of parts names each of them in its dictionary.
_HEAD = 200_000
_FILTER = re.compile(rb"/(?:Filter|F)\b")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_OTHER_FILTER = re.compile(rb"/(?:ASCII85Decode|ASCIIHexDecode|LZWDecode|RunLengthDecode|A85|AHx|LZW|RL|Crypt)\b")
# A picture holds no words; what it costs is left to the memory limit of the process.
_PICTURE = re.compile(rb"/Subtype\s*/Image\b|/Width\b")
_FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:CIDFontType0C|Type1C|OpenType)\b")
_CHARACTER_MAP = re.compile(rb"begincmap|beginbf(?:char|range)|/CMapName")
_RATIO_FROM = 20 * MEGABYTE
_STEP = MEGABYTE
# Compressors that write part by part end a part so, and some producers stop there instead of closing the whole.
_END_OF_PART = b"\x00\x00\xff\xff"
_ZLIB = 0x78
_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s{1,4}\d{1,5}\s{1,4}obj\b")


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: the number of its object (0 where it is not known), its dictionary and its unpacked content.

    ``start`` and ``end`` are its place in the file, ``packed`` the bytes that its compression takes up; ``damaged``
    where it could not be unpacked whole; ``font`` where it is a font program, whose content is not kept;
    ``character_map`` where it says what the characters of a font mean.
    """

    number: int
    head: bytes
    content: bytes
    start: int
    end: int
    packed: int
    damaged: bool
    font: bool
    character_map: bool = False


def decoded_streams(data: bytes, limits: ReadingLimits) -> Iterator[Stream]:
    """The streams of ``data`` that may hold words or structure, in order.

    Raises :class:`~documents.errors.Unreadable` (``over_limit``) where they unpack to more than the limits allow.
    """
    unpacked = 0
    position = before = 0
    while begin := _BEGIN.search(data, position):
        start = begin.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        position = max(end, start)
        if data[begin.start() - 3 : begin.start()] == b"end":
            position = start
            continue
        number, head = _head(data, before, begin.start())
        before = position
        if _PICTURE.search(head):
            yield Stream(number, head, b"", start, end, 0, damaged=False, font=False)
            continue
        content, packed, damaged = _content(data[start:end], head, limits, unpacked)
        unpacked += len(content)
        meanings = _CHARACTER_MAP.search(content) is not None
        font = not meanings and _FONT.search(head) is not None
        yield Stream(number, head, b"" if font else content, start, end, packed, damaged, font, meanings)


def _head(data: bytes, start: int, end: int) -> tuple[int, bytes]:
    """The number of the object whose stream begins at ``end``, and the words before it, from ``start`` on."""
    head = data[max(start, end - _HEAD) : end]
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
    if not inflater.eof and (whole := packed.rstrip(b"\r\n")).endswith(_END_OF_PART):
        return b"".join(pieces), len(whole), False
    return b"".join(pieces), len(packed) - len(inflater.unused_data), not inflater.eof


def _refuse_bomb(size: int, packed: int, before: int, limits: ReadingLimits) -> None:
    if before + size > limits.unpacked_mb * MEGABYTE:
        told = f"{(before + size) / MEGABYTE:,.0f} MB 以上"
        raise refuse_over_limit("PDF 文件解压后的大小", told, f"{limits.unpacked_mb} MB", "max_unpacked_mb")
    if size > _RATIO_FROM and size > limits.ratio * max(1, packed):
        told = f"{size / max(1, packed):,.0f} 倍以上"
        raise refuse_over_limit("PDF 文件的压缩比", told, f"{limits.ratio} 倍", "max_ratio")

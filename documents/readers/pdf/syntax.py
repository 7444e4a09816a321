"""Whether the objects and the cross-reference table of a PDF file are written as they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = re.compile(rb"\((?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\)", re.DOTALL)
_REFERENCE = re.compile(rb"\d+\s+\d+\s+R\b")
_NUMBERS = re.compile(rb"\[[\s\d.+-]*\]")
_TOKEN = re.compile(
    rb"(?P<blank>[\s\x00]+|%[^\r\n]*)|(?P<begin><<)|(?P<end>>>)|(?P<open>\[)|(?P<close>\])"
    rb"|(?P<name>/[^\s\x00<>\[\]()/%{}]*)|(?P<value><[0-9A-Fa-f\s]*>|[+-]?(?:\d+\.?\d*|\.\d+)(?![^\s\x00<>\[\]()/%])"
    rb"|(?:true|false|null)\b)"
)
_BODY_END = re.compile(rb"\bstream\b|endobj")
_ARRAYS_INSIDE = 4
_TABLE = re.compile(rb"xref\s+(?=\d+\s+\d+\s)")
_SECTION = re.compile(rb"\s*(\d+)[ ]+(\d+)[ ]*\r?\n?")
_ENTRY = re.compile(rb"\s*(\d{10})[ ](\d{5})[ ]([nf])[ ]*[\r\n]*")
_TRAILER = re.compile(rb"\s*trailer")
_OBJECT = re.compile(rb"\s*(\d+)\s+\d+\s+obj\b")
_MOST_ENTRIES = 200_000


def is_well_formed(words: bytes) -> bool:
    """Whether an object, up to its stream or its end, is made of nothing but whole dictionaries, arrays and values."""
    words = _STRING.sub(b" 0 ", words)
    end = _BODY_END.search(words)
    body = _REFERENCE.sub(b" 0 ", words[: end.start()] if end else words)
    for _ in range(_ARRAYS_INSIDE):
        body = _NUMBERS.sub(b" 0 ", body)
    levels: list[tuple[str, int]] = [("", 0)]
    position = 0
    while position < len(body):
        token = _TOKEN.match(body, position)
        if token is None or not _step(token.lastgroup or "", levels):
            return False
        position = token.end()
    return len(levels) == 1


def _step(kind: str, levels: list[tuple[str, int]]) -> bool:
    """Follow one token; false where it cannot stand there. ``levels`` are what is open, and how much is in it."""
    if kind == "blank":
        return True
    if kind in ("end", "close"):
        opened, count = levels.pop()
        return bool(levels) and opened == ("begin" if kind == "end" else "open") and (kind == "close" or count % 2 == 0)
    opened, count = levels[-1]
    if opened == "begin" and count % 2 == 0 and kind != "name":
        return False
    levels[-1] = opened, count + 1
    if kind in ("begin", "open"):
        levels.append((kind, 0))
    return True


def is_table_right(data: bytes, numbers: set[int]) -> bool:
    """Whether each entry of the cross-reference tables names the place of its object.

    ``numbers`` are those of the objects in the file. True for a file without such tables: it has streams instead.
    """
    shift = max(0, data[:1024].find(b"%PDF-"))
    tables = list(_TABLE.finditer(data))
    listed: set[int] = set()
    for table in tables:
        for number, place in _entries(data, table.end()):
            if number < 0:
                return False
            if not place and number not in numbers:
                # Some producers list so what they left out.
                continue
            listed.add(number)
            if not _stands_at(data, number, place) and not _stands_at(data, number, place + shift):
                return False
    return not tables or b"/ObjStm" in data or b"/Prev" in data or numbers <= listed


def _stands_at(data: bytes, number: int, place: int) -> bool:
    found = _OBJECT.match(data, place)
    return found is not None and int(found[1]) == number


def _entries(data: bytes, position: int) -> Iterator[tuple[int, int]]:
    """The number and the place of each object in use; ``(-1, 0)`` where the table breaks off."""
    seen = 0
    while not _TRAILER.match(data, position):
        section = _SECTION.match(data, position)
        if section is None:
            yield -1, 0
            return
        position = section.end()
        first, count = int(section[1]), int(section[2])
        for number in range(first, first + count):
            entry = _ENTRY.match(data, position)
            seen += 1
            if entry is None or seen > _MOST_ENTRIES:
                yield -1, 0
                return
            position = entry.end()
            if entry[3] == b"n":
                yield number, int(entry[1])

"""Damaged text in a two-byte encoding: the reading that loses least.

In UTF-8 a bad byte spoils one character. In GB18030 and Big5 it shifts every character after it up to the next ASCII
sign, and the shifted bytes mostly are characters too, only rare ones. So the stretch is read along the cheapest path:
frequent characters cost little, rare ones more, and a byte given up as lost most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class _TwoByteCode:
    """Where an encoding has its characters: byte pairs in frequent use, and all that are in use."""

    frequent: re.Pattern[bytes]
    used: re.Pattern[bytes]
    possible: re.Pattern[bytes]


_CODES = {
    "gb18030": _TwoByteCode(
        frequent=re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]"),
        used=re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])*+"),
        possible=re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]"),
    ),
    "big5hkscs": _TwoByteCode(
        frequent=re.compile(rb"[\xa1-\xc6][\x40-\x7e\xa1-\xfe]"),
        used=re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xc6\xc9-\xf9][\x40-\x7e\xa1-\xfe])*+"),
        possible=re.compile(rb"[\x87-\xfe][\x40-\x7e\xa1-\xfe]"),
    ),
}
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_FREQUENT, _USED, _RARE, _FOUR, _LOSS = 0.1, 1.5, 4.0, 6.0, 14.0
# No byte of a two-byte character is as low as these, so that every stretch between them stands by itself.
_STRETCH = re.compile(rb"[\x00-\x2f]+|[^\x00-\x2f]+")
_LONGEST_STRETCH = 200_000
_LAST_ASCII = 0x7F


def is_in_frequent_use(data: bytes, encoding: str) -> bool:
    """Whether ``data`` is nothing but ASCII and byte pairs that are in use in a two-byte ``encoding``."""
    return encoding in _CODES and _CODES[encoding].used.fullmatch(data) is not None


def decode_damaged(data: bytes, encoding: str) -> str:
    """Decode ``data``, with one U+FFFD for each run of bytes that cannot be decoded."""
    code = _CODES.get(encoding)
    if code is None or code.used.fullmatch(data):
        return data.decode(encoding, "replace")
    if data[-1] > _LAST_ASCII and code.used.fullmatch(data, 0, len(data) - 1):
        return data.decode(encoding, "replace")
    return "".join(_decode_stretch(match.group(), encoding, code) for match in _STRETCH.finditer(data))


def _decode_stretch(stretch: bytes, encoding: str, code: _TwoByteCode) -> str:
    if code.used.fullmatch(stretch) or len(stretch) > _LONGEST_STRETCH:
        return stretch.decode(encoding, "replace")
    pieces: list[str] = []
    start = 0
    for begin, end in _lost_runs(stretch, code):
        pieces += (stretch[start:begin].decode(encoding, "replace"), _LOST)
        start = end
    pieces.append(stretch[start:].decode(encoding, "replace"))
    return "".join(pieces)


def _lost_runs(stretch: bytes, code: _TwoByteCode) -> list[tuple[int, int]]:
    """The runs of bytes that the cheapest reading of ``stretch`` gives up."""
    size = len(stretch)
    costs = [0.0] + [float("inf")] * size
    widths = [0] * (size + 1)
    lost = [False] * (size + 1)
    for place in range(size):
        for width, cost in _steps(stretch, place, code):
            if costs[place] + cost < costs[place + width]:
                costs[place + width] = costs[place] + cost
                widths[place + width] = width
                lost[place + width] = cost == _LOSS
    runs: list[tuple[int, int]] = []
    end = size
    while end:
        begin = end - widths[end]
        if lost[end]:
            runs.append((begin, runs.pop()[1] if runs and runs[-1][0] == end else end))
        end = begin
    return runs[::-1]


def _steps(stretch: bytes, place: int, code: _TwoByteCode) -> list[tuple[int, float]]:
    if stretch[place] <= _LAST_ASCII:
        return [(1, 0.0)]
    steps = [(1, _LOSS)]
    if code.possible.match(stretch, place):
        frequent, used = code.frequent.match(stretch, place), code.used.fullmatch(stretch, place, place + 2)
        steps.append((2, _FREQUENT if frequent else _USED if used else _RARE))
    elif code is _CODES["gb18030"] and _FOUR_BYTES.match(stretch, place):
        steps.append((4, _FOUR))
    return steps

"""One cleaner for every string that goes into a cell.

A cell of a workbook takes XML characters only, at most 32,767 UTF-16 units and 253 line feeds; Excel reads
``_x000D_`` as an escape. Characters that cannot be seen are shown as ``«U+200B»``, for an
inspector must be able to see them.
"""

from __future__ import annotations

import re

MAX_UNITS = 32_767
MAX_LINE_FEEDS = 253
TRUNCATED = "…（已截断）"

_LINE_ENDS = re.compile(r"\r\n?")
# Controls, formatting characters (general category Cf), separators of lines, lone surrogates, noncharacters.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """``text`` as a cell may hold it: every character visible and legal, cut with a mark where it is too long."""
    if text.isprintable() and 2 * len(text) <= MAX_UNITS and "_x" not in text:
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _HIDDEN.sub(_show, text)
    text = _EXCEL_ESCAPE.sub("_x005F_", text)
    return _truncate(_limit_line_feeds(text))


def _show(match: re.Match[str]) -> str:
    return f"«U+{ord(match.group()):04X}»"


def _limit_line_feeds(text: str) -> str:
    if text.count("\n") <= MAX_LINE_FEEDS:
        return text
    *lines, rest = text.split("\n", MAX_LINE_FEEDS)
    return "\n".join([*lines, rest.replace("\n", " ")])


def _truncate(text: str) -> str:
    if 2 * len(text) <= MAX_UNITS or utf16_units(text) <= MAX_UNITS:
        return text
    room = MAX_UNITS - utf16_units(TRUNCATED)
    # A pair of surrogates that the cut halves is dropped.
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + TRUNCATED


def utf16_units(text: str) -> int:
    """The length of ``text`` as Excel counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def around_hit(excerpt: str, quote: str, limit: int = 300) -> str:
    """``excerpt`` on one line, with 【quote】 in it, cut to about ``limit`` characters around the hit."""
    marked = f"【{quote}】"
    start = excerpt.find(marked) if quote else -1
    if start < 0:
        return shorten(one_line(excerpt or (marked if quote else "")), limit)
    before, after = one_line(excerpt[:start]), one_line(excerpt[start + len(marked) :])
    hit = f"【{shorten(one_line(quote), limit)}】"
    room = max(0, limit - len(hit))
    left = min(len(before), max(room // 2, room - len(after)))
    right = min(len(after), room - left)
    return (
        ("…" + before[len(before) - left :] if left < len(before) else before)
        + hit
        + (after[:right] + "…" if right < len(after) else after)
    )


def shorten(text: str, limit: int) -> str:
    """``text`` with its middle left out where it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 1]}…{text[-tail:]}"


def one_line(text: str) -> str:
    """``text`` with blanks for its line feeds."""
    return " ".join(text.split("\n"))

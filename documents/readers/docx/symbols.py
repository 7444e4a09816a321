"""Characters that Word takes out of a symbol font by their place in it (``w:sym``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_PRIVATE = 0xF000
_BULLET = "●"
_SYMBOL: Final[Mapping[int, str]] = {
    0xA3: "≤",
    0xA5: "∞",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "·",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xBC: "…",
    0xD7: "·",
    0xE5: "∑",
}
_WINGDINGS: Final[Mapping[int, str]] = {
    0x6F: "□",
    0x6E: "■",
    0x71: "□",
    0xA1: "○",
    0xA8: "□",
    0xE0: "→",
    0xFB: "×",
    0xFC: "√",
    0xFD: "×",
    0xFE: "√",
} | {0x8C + step: chr(ord("❶") + step) for step in range(10)}
_WINGDINGS_CIRCLED: Final[Mapping[int, str]] = {0x81 + step: chr(ord("①") + step) for step in range(10)}
_WINGDINGS_2: Final[Mapping[int, str]] = {
    0x50: "√",
    0x51: "×",
    0x52: "√",
    0x53: "×",
    0xA3: "□",
} | {0x6A + step: chr(ord("①") + step) for step in range(10)}
_FONTS: Final[Mapping[str, Mapping[int, str]]] = {
    "symbol": _SYMBOL,
    "wingdings": {**_WINGDINGS, **_WINGDINGS_CIRCLED},
    "wingdings 2": _WINGDINGS_2,
}


def symbol(font: str, code: str) -> str:
    """The character that ``code`` (hexadecimal) is in ``font``; a plain mark for one without an equal in Unicode."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.strip().lower())
    if known is None and place < _PRIVATE:
        return chr(place) if place > 0x1F and not 0xD800 <= place < 0xE000 else ""
    return (known or {}).get(place & 0xFF) or _in_ascii(font, place & 0xFF)


def _in_ascii(font: str, place: int) -> str:
    # The font Symbol has figures and signs where ASCII has them.
    is_plain = font.strip().lower() == "symbol" and 0x20 <= place < 0x40
    return chr(place) if is_plain else _BULLET

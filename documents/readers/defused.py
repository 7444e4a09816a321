"""Office files made harmless before another program opens them: what would fetch something from outside is renamed."""

from __future__ import annotations

import re

_FETCHES = ("INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDEAUTO", "DDE", "RD", "DATABASE")
_RTF_FIELD = re.compile(
    rb"(\\fldinst\b(?:\\\*|\\(?!fldinst)[a-z]{1,32}+-?+\d{0,10}+|[^a-z\\]){0,80}?)"
    rb"(" + "|".join(_FETCHES).encode() + rb")\b",
    re.IGNORECASE,
)
_RTF_WORDS = re.compile(rb"\\(objupdate|objautlink|objlink|template|linkself|nextfile)\b")
_WIDE_FIELD = re.compile(
    b"(\x13\x00(?: \x00){0,8})(" + b"|".join(re.escape(word.encode("utf-16-le")) for word in _FETCHES) + b")",
    re.IGNORECASE,
)
_NARROW_FIELD = re.compile(rb"(\x13 {0,8})(" + "|".join(_FETCHES).encode() + rb")\b", re.IGNORECASE)


def defused(data: bytes, *, rtf: bool) -> bytes:
    """``data`` of a doc or rtf file, of the same length, with fields and objects that link to other files disabled.

    The text that such a field last showed is stored beside it and stays.
    """
    if rtf:
        return _RTF_WORDS.sub(_blanked, _RTF_FIELD.sub(_renamed, data))
    return _NARROW_FIELD.sub(_renamed, _WIDE_FIELD.sub(_renamed, data))


def _renamed(field: re.Match[bytes]) -> bytes:
    """The same field under a name that no program knows."""
    return field[1] + field[2].replace(field[2][:1], b"Z", 1)


def _blanked(word: re.Match[bytes]) -> bytes:
    return b"\\" + b"z" * len(word[1])

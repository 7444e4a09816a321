"""The encoding of a web page: what its bytes are, not what it says of itself, which is only a hint."""

from __future__ import annotations

import codecs
import re

from documents.decode import PLAUSIBLE, Decoded, decode, decode_as, plausibility

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE
)
_DECLARED_WITHIN = 16_384
# As browsers do: pages that say gb2312 use characters that only its successors have.
_READ_AS = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "hz-gb-2312", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
}
_BETWEEN_TAGS = re.compile(rb"[^<>\n]+")
_ENOUGH = 32_768


def decode_page(data: bytes, declared: str = "") -> Decoded:
    """Decode a web page; ``declared`` is an encoding that was stated outside it.

    Raises :class:`~documents.errors.Unreadable` where the bytes are no text.
    """
    if data.startswith(_MARKS):
        return decode(data)
    words = _foreign_words(data)
    if not words or _is_utf8(data):
        return decode_as(data, "utf-8")
    hint = _READ_AS.get((declared or _declared(data)).lower())
    if hint is not None and plausibility(words.decode(hint, "replace")) >= PLAUSIBLE:
        return decode_as(data, hint)
    guessed = decode(words)
    return decode_as(data, guessed.encoding, guessed.notes)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str:
    found = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return found[1].decode("ascii", "replace") if found else ""


def _foreign_words(data: bytes) -> bytes:
    """The first words between the tags that are not plain ASCII: markup tells nothing about the encoding."""
    words: list[bytes] = []
    size = 0
    for stretch in _BETWEEN_TAGS.finditer(data):
        if not stretch[0].isascii():
            words.append(stretch[0].strip())
            size += len(words[-1])
            if size > _ENOUGH:
                break
    return b"\n".join(words)

"""Text in columns of a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

_CLOSING = ",。、;:!?)，；：！？）”’》〉】…"
_OPENING = "(（“‘《〈【"


def width(text: str) -> int:
    """How many columns ``text`` takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def pad(text: str, columns: int) -> str:
    """``text`` with blanks up to ``columns``."""
    return text + " " * max(0, columns - width(text))


def clip(text: str, columns: int) -> str:
    """``text`` in at most ``columns``; what is cut off is marked."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 2:
        text = text[:-1]
    return f"{text}…"


def wrap(text: str, columns: int) -> Iterator[str]:
    """``text`` in lines of at most ``columns``, broken between Chinese characters and between words."""
    for paragraph in text.splitlines():
        line = ""
        for word in _words(paragraph):
            if line and width(line + word.rstrip()) > columns:
                yield line.rstrip()
                line = word.lstrip()
            else:
                line += word
        yield line.rstrip()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """``rows`` under ``head``, each column as wide as its widest cell."""
    widths = [max(width(row[index]) for row in (head, *rows)) for index in range(len(head))]
    yield "  ".join(pad(cell, columns) for cell, columns in zip(head, widths, strict=True)).rstrip()
    for row in rows:
        yield "  ".join(pad(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        breakable = width(character) == 2 or character in _OPENING
        if word and breakable and character not in _CLOSING and word[-1] not in _OPENING:
            yield word
            word = ""
        word += character
        if character == " ":
            yield word
            word = ""
    if word:
        yield word

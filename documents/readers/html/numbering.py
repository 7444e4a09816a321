"""The numbers that a browser writes before the items of an ordered list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_CHINESE_LISTS = re.compile(r"cjk-ideographic|chinese|cjk-decimal", re.IGNORECASE)
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_HAN_DIGITS = "〇一二三四五六七八九"
_STARTS_WITH_NUMBER = re.compile(r"[\s\xa0\u3000]*[（(第]?[\d一二三四五六七八九十]{1,3}[、.．)）]")


@dataclass(slots=True)
class Numbering:
    """Numbers the items of one list; ``kind`` is ``1``, ``a``, ``A`` or ``一``."""

    kind: str
    value: int

    @classmethod
    def of(cls, element: etree._Element) -> Numbering | None:
        """The numbering of an ``ol``, ``None`` where its style has none."""
        style = (element.get("style") or "")[:500]
        if _UNMARKED.search(style):
            return None
        start = element.get("start") or "1"
        kind = "一" if _CHINESE_LISTS.search(style) else element.get("type") or "1"
        return cls(kind, int(start) if start.isdecimal() and len(start) < 4 else 1)

    def next(self, item: etree._Element) -> str:
        """What is written before the ``li``: nothing where its words begin with a number of their own."""
        value, self.value = self.value, self.value + 1
        if _STARTS_WITH_NUMBER.match("".join(_first_words(item))):
            return ""
        if self.kind == "一":
            return f"{_han_number(value)}、"
        if self.kind in ("a", "A") and value <= 26:
            return f"{chr(ord(self.kind) + value - 1)}. "
        return f"{value}. "


def _first_words(item: etree._Element) -> Iterator[str]:
    size = 0
    for text in item.itertext():
        yield str(text)
        size += len(str(text).strip())
        if size > 6:
            return


def _han_number(value: int) -> str:
    if value >= 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_HAN_DIGITS[tens]}十"
    return head + (_HAN_DIGITS[ones] if ones else "")

"""Patterns of rule files that only list words, such as ``原因|由于``: Python finds them faster than RE2, as safely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from documents.lazy_pattern import lazy_pattern
from documents.report import Found
from rules.pattern import Re2Pattern

_LIST_OF_WORDS = lazy_pattern(r"[\u4e00-\u9fff]+(?:\|[\u4e00-\u9fff]+)*")


class WordFinder(Protocol):
    """What a compiled pattern of either engine can do."""

    def finditer(self, text: str, start: int = ..., end: int = ..., /) -> Iterator[Found]:
        """Each match in ``text[start:end]``."""


@lru_cache(maxsize=256)
def finder_of(pattern: Re2Pattern) -> WordFinder:
    """What finds the same as ``pattern``, in the fastest way."""
    return re.compile(pattern.source) if _LIST_OF_WORDS.fullmatch(pattern.source) else pattern

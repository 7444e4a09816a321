"""Many patterns at once: which of them match a text at all, in one pass over it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import re2

from rules.pattern import in_bytes
from rules.pattern_syntax import translate


class PatternSet:
    """Patterns as rule files and fact files have them, tried only where the words they need stand in a text."""

    __slots__ = ("_filter",)

    def __init__(self, sources: Iterable[str]) -> None:
        """``sources`` are patterns that :class:`rules.pattern.Re2Pattern` takes."""
        self._filter: Any = re2.Filter()
        for source in sources:
            self._filter.Add(translate(source).encode())
        self._filter.Compile()

    def matching(self, text: str) -> list[int]:
        """The indexes, in order, of the patterns that match somewhere in ``text``, a normalised view."""
        return self._filter.Match(in_bytes(text)) or []

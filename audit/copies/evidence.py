"""How much of a shared passage is the author's own words: policy formulas and names of laws prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from audit.copies.keys import key_form
from checks.duplicates.passages import text_key
from documents.lazy_pattern import lazy_pattern
from documents.report import Finder, Found
from rules.facts.policy_formulas import FormulaGroup

_REMEMBERED = 1 << 16
_CLAUSE: Final = lazy_pattern("[，；：]")
_SHORTEST_CLAUSE = 8
_LAW: Final = lazy_pattern(
    r"中华人民共和国[^\W\d_]{1,14}?法(?![律规治院定人制])|(?:法治|实施纲要|实施方案|条例|规定|办法){2,}"
)


class OwnWords:
    """Counts the characters of a key that belong to no policy formula."""

    def __init__(self, groups: tuple[FormulaGroup, ...]) -> None:
        # Comparing batches is rarer than judging reports, and the library takes its time to load.
        from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415

        texts = {key_form(text_key(part)) for group in groups for text in group.texts for part in _parts(text)}
        self._texts = AhoCorasick(sorted(filter(None, texts)), matchkind=MatchKind.LeftmostLongest)
        own: list[Finder[Found]] = [pattern for group in groups for pattern in group.patterns]
        self._patterns = (*own, _LAW)
        self.count = lru_cache(_REMEMBERED)(self._count)

    def _count(self, key: str) -> int:
        """The characters of ``key`` outside of formulas and of the names of laws."""
        known = bytearray(len(key))
        for _, start, end in self._texts.find_matches_as_indexes(key):
            known[start:end] = b"\1" * (end - start)
        for pattern in self._patterns:
            for found in pattern.finditer(key, 0, len(key)):
                known[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        return known.count(0)


def _parts(text: str) -> Iterator[str]:
    """A formula, and its clauses that are long enough to be known by."""
    yield text
    yield from (clause for clause in _CLAUSE.split(text) if len(clause) >= _SHORTEST_CLAUSE)

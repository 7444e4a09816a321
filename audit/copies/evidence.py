"""How much of a shared passage is the author's own words: policy formulas and names of laws prove nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from audit.copies.keys import key_form
from checks.duplicates.passages import text_key
from documents.lazy_pattern import lazy_pattern
from documents.report import Finder, Found
from rules.facts.policy_formulas import FormulaGroup
from rules.pattern import Re2Pattern
from rules.pattern_syntax import PatternError

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_REMEMBERED = 1 << 16
_CLAUSE: Final = lazy_pattern("[，；：]")
_SHORTEST_CLAUSE = 8
_LAW: Final = lazy_pattern(
    r"中华人民共和国[^\W\d_]{1,14}?法(?![律规治院定人制])|(?:法治|实施纲要|实施方案|条例|规定|办法){2,}"
)
# A sentence with fewer characters of its own, or a smaller part of it, is put together of official terms; nobody else
# puts a long one together in the same way.
_FEWEST_OWN, _LEAST_OWN, _LONGEST_FORMULA = 8, 0.25, 45


class OwnWords:
    """Tells formulas and sentences put together of official terms from what an author has to say.

    ``groups`` are the formulas, ``terms`` the words of which reports are made, whoever wrote them.
    """

    def __init__(self, groups: Sequence[FormulaGroup], terms: Sequence[FormulaGroup]) -> None:
        own = [pattern for group in (*groups, *terms) for pattern in group.patterns]
        self._every_pattern: tuple[Finder[Found], ...] = (*own, _LAW)
        self._any_pattern = _any_of(own)
        formulas = {part for group in groups for text in group.texts for part in _parts(text)}
        self._formulas = _automaton(formulas)
        self._terms = _automaton({text for group in terms for text in group.texts})
        self._known = lru_cache(_REMEMBERED)(self._find_known)
        self.count = lru_cache(_REMEMBERED)(self._count)
        self.is_formula = lru_cache(_REMEMBERED)(self._is_formula)

    def _count(self, key: str) -> int:
        """The characters of ``key`` outside of formulas and of the names of laws."""
        return self._known(key).count(0)

    def _is_formula(self, key: str) -> bool:
        """Whether ``key`` says hardly anything but formulas and official terms."""
        known = bytearray(self._known(key))
        if known.count(0) > _LONGEST_FORMULA:
            return False
        start = 0
        while (start := known.find(0, start)) >= 0:
            end = known.find(1, start)
            end = len(known) if end < 0 else end
            _mark(known, start, self._terms.find_matches_as_indexes(key[start:end]))
            start = end
        return known.count(0) < max(_FEWEST_OWN, _LEAST_OWN * len(key))

    def _find_known(self, key: str) -> bytes:
        """A byte for each character of ``key``, 1 for those of formulas."""
        known = bytearray(len(key))
        _mark(known, 0, self._formulas.find_matches_as_indexes(key))
        # Most keys match none of the patterns, and one search tells.
        possible = self._any_pattern is None or self._any_pattern.search(key)
        for pattern in self._every_pattern if possible else (_LAW,):
            for found in pattern.finditer(key, 0, len(key)):
                known[found.start() : found.end()] = b"\1" * (found.end() - found.start())
        return bytes(known)


def _any_of(patterns: Sequence[Re2Pattern]) -> Re2Pattern | None:
    """A pattern that matches where any of ``patterns`` does; ``None`` where they are too many for one."""
    try:
        return Re2Pattern("|".join(f"(?:{pattern.source})" for pattern in patterns))
    except PatternError:
        return None


def _mark(known: bytearray, offset: int, matches: Sequence[tuple[int, int, int]]) -> None:
    for _, start, end in matches:
        known[offset + start : offset + end] = b"\1" * (end - start)


def _automaton(texts: set[str]) -> AhoCorasick:
    # Comparing batches is rarer than judging reports, and the library takes its time to load.
    from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415

    keys = {key_form(text_key(text)) for text in texts}
    return AhoCorasick(sorted(filter(None, keys)), matchkind=MatchKind.LeftmostLongest)


def _parts(text: str) -> Iterator[str]:
    """A formula, and its clauses that are long enough to be known by."""
    yield text
    yield from (clause for clause in _CLAUSE.split(text) if len(clause) >= _SHORTEST_CLAUSE)

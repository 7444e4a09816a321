"""What many checks look for in every report: the wordings of the catalogue of metrics, the signs of zeros and blanks,
and the words of dated facts. One pass over a text finds them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick, Implementation

from checks.metrics.lexicon import lexicon_of
from checks.metrics.signs import SIGNS, Sign
from checks.years.named_facts import needles_of
from rules.facts import Facts

Candidate: TypeAlias = tuple[int, int, int]
"""Which wording of the catalogue is the longest at a place, and where it starts and ends there."""
_START = itemgetter(1)


class FoundWords(NamedTuple):
    """What one pass over a text finds: the longest wording at every place where one stands, and the places of signs.

    Both are in order; wordings may overlap. ``starts`` are the places of the ``candidates``. ``needles`` are the words
    of dated facts that stand somewhere, with ``""``, which stands everywhere.
    """

    starts: list[int]
    candidates: list[Candidate]
    signs: dict[Sign, list[int]]
    needles: frozenset[str]


class Vocabulary:
    """The words to look for: the ``wordings`` of a catalogue of metrics, the signs, and ``needles`` of dated facts."""

    def __init__(self, wordings: Sequence[str], needles: Iterable[str] = ()) -> None:
        self._count = len(wordings)
        self._signs = list(SIGNS.values())
        self._needles = sorted({needle for needle in needles if needle})
        # Compact: what is faster while nothing else runs would push out of the processor's cache what others work with.
        self._automaton = AhoCorasick([*wordings, *SIGNS, *self._needles], implementation=Implementation.ContiguousNFA)

    def search(self, text: str) -> FoundWords:
        """The words that stand in ``text``."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        count = self._count
        # They come in the order of their ends, so that the last that begins at a place is the longest.
        longest = {match[1]: match for match in found if match[0] < count}
        candidates = sorted(longest.values(), key=_START)
        signs: dict[Sign, list[int]] = {sign: [] for sign in Sign}
        needles = {""}
        last = count + len(self._signs)
        for word, start, _ in [match for match in found if match[0] >= count]:
            if word >= last:
                needles.add(self._needles[word - last])
            else:
                for sign in self._signs[word - count]:
                    signs[sign].append(start)
        for places in signs.values():
            places.sort()
        return FoundWords([start for _, start, _ in candidates], candidates, signs, frozenset(needles))


@lru_cache(maxsize=4)
def vocabulary_of(facts: Facts) -> Vocabulary:
    """The words of the metrics and of the dated facts of a rule pack, made ready once."""
    return Vocabulary(lexicon_of(facts.metrics).forms.words, needles_of(facts))

"""Fast search for passages that are one character away from a word of the register.

Only where two characters stand side by side that are never neighbours otherwise can a character be wrong; there the
words are looked up that differ from the text in that one character. A report of 4,000 characters has about ten such
places, and most of them are ruled out by their neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import add
from typing import NamedTuple

from checks.wording.confusion import Likeness
from checks.wording.lexicon import confusion, neighbours
from documents.lazy_pattern import lazy_pattern
from rules.facts.register import Register

_RUN = lazy_pattern("[\u4e00-\u9fff]{2,}")
_GAP = "?"
# 两格, 法律意见数 and 仲裁院 are right: numerals count, these form nouns with any word before them, and particles and
# measures stand beside anything.
_FREE = frozenset(
    "一二三四五六七八九十百千万两几数率量类型式化级期次者员性各每院所站厅室科处校店厂馆园个件起名宗份的有将与为以暨年要全"
)
_LONGEST = 4


class Suspect(NamedTuple):
    """``run`` is the unbroken Han text, ``start`` its place; ``run[at]`` stands where ``meant`` should, and with it
    ``run[first:last]`` is a word."""

    run: str
    start: int
    first: int
    last: int
    at: int
    meant: str
    likeness: Likeness

    @property
    def written(self) -> str:
        """The word as it is written."""
        return self.run[self.first : self.last]

    @property
    def word(self) -> str:
        """The word that is meant."""
        return self.corrected[self.first : self.last]

    @property
    def corrected(self) -> str:
        """The run with the character replaced."""
        return self.run[: self.at] + self.meant + self.run[self.at + 1 :]


class _StrangePairs(dict[str, bool]):
    """Whether two characters are never seen side by side, worked out once for each pair that a text has."""

    def __init__(self, after: Mapping[str, str]) -> None:
        self._after = after

    def __missing__(self, pair: str) -> bool:
        self[pair] = strange = pair[1] not in self._after.get(pair[0], "")
        return strange


class SuspectFinder:
    """The index of a register: every word with each of its characters left out in turn."""

    def __init__(self, register: Register) -> None:
        self._confusion = confusion(register)
        self._after = neighbours(register)
        self._strange = _StrangePairs(self._after)
        self._gaps = _words_with_a_gap(register.words)

    def suspects(self, text: str) -> Iterator[Suspect]:
        """Every character of ``text`` that fits its neighbours less well than one that resembles it."""
        for match in _RUN.finditer(text):
            run = match.group()
            for place in self._strange_pairs(run):
                for at in (place, place + 1):
                    if run[at] not in _FREE and not _is_parallel(run, at):
                        yield from self._readings(run, match.start(), place, at)

    def _strange_pairs(self, run: str) -> Iterator[int]:
        return compress(count(), map(self._strange.__getitem__, map(add, run, run[1:])))

    def _readings(self, run: str, start: int, place: int, at: int) -> Iterator[Suspect]:
        """The suspects at ``at`` whose word takes in both characters at ``place``."""
        gaps, alike = self._gaps, self._confusion.alike(run[at])
        for first in range(max(0, at - _LONGEST + 1), place + 1):
            for last in range(place + 2, min(len(run), first + _LONGEST) + 1):
                for meant in gaps.get(f"{run[first:at]}{_GAP}{run[at + 1 : last]}", ""):
                    if meant in alike and self._fits_better(run, at, meant):
                        yield Suspect(run, start, first, last, at, meant, alike[meant])

    def _fits_better(self, run: str, at: int, meant: str) -> bool:
        strangers = self._strangers(run, at, run[at])
        return strangers == (at > 0) + (at + 1 < len(run)) and self._strangers(run, at, meant) < strangers

    def _strangers(self, run: str, at: int, character: str) -> int:
        """How many of the two neighbours of ``run[at]`` are never seen beside ``character``."""
        before = at > 0 and character not in self._after.get(run[at - 1], "")
        behind = at + 1 < len(run) and run[at + 1] not in self._after.get(character, "")
        return before + behind


def _is_parallel(run: str, at: int) -> bool:
    """Whether ``run[at]`` is one of two that a repeated character joins: 打早打小, where any character may stand."""
    return (0 < at < len(run) - 1 and run[at - 1] == run[at + 1]) or (at > 2 and run[at - 1] == run[at - 3])


def _words_with_a_gap(words: Mapping[str, int]) -> dict[str, str]:
    gaps: defaultdict[str, str] = defaultdict(str)
    for word, frequency in words.items():
        if frequency and len(word) <= _LONGEST:
            for index, character in enumerate(word):
                gaps[f"{word[:index]}{_GAP}{word[index + 1 :]}"] += character
    return dict(gaps)

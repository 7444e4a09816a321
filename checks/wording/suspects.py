"""Fast search for passages that are one character away from a word of the register.

Only a character that is never seen beside either of its neighbours otherwise can be wrong; there the words are looked
up that differ from the text in that one character. A report of 4,000 characters has a handful of such places.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from itertools import pairwise
from typing import NamedTuple

from checks.wording.confusion import Likeness
from checks.wording.lexicon import confusion, neighbours
from documents.lazy_pattern import lazy_pattern
from rules.facts.register import Register

_HAN = lazy_pattern("[\u4e00-\u9fff]")
_BREAK = lazy_pattern("[^\u4e00-\u9fff]")
_BEYOND_TWO_BYTES = lazy_pattern("[\U00010000-\U0010ffff]")
_TWO_BYTES = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_GAP = "?"
_Parts = tuple[tuple[int, int], ...]
# 两格, 法律意见数 and 仲裁院 are right: numerals count, these form nouns with any word before them, and particles and
# measures stand beside anything.
_FREE = frozenset(
    "一二三四五六七八九十百千万两几数率量类型式化级期次者员性各每院所站厅室科处校店厂馆园个件起名宗份的有将与为以暨年要全"
)
_LONGEST = 4
# How many characters of a word stand before and behind the one that is wrong.
_ALL_PARTS: _Parts = ((3, 0), (2, 0), (2, 1), (1, 0), (1, 1), (1, 2), (0, 1), (0, 2), (0, 3))
# The same, by whether it can be mended on either side: a word that goes on needs both.
_PARTS_OF_WORDS: Mapping[tuple[bool, bool], _Parts] = {
    (True, False): tuple(part for part in _ALL_PARTS if not part[1]),
    (False, True): tuple(part for part in _ALL_PARTS if not part[0]),
    (True, True): _ALL_PARTS,
}
_REACH = 14
_FIRST, _SECOND, _MENDS_FIRST, _MENDS_SECOND = 1, 2, 4, 8
_MOST_PAIRS = 200_000


class Suspect(NamedTuple):
    """``run`` is the unbroken Han text around, ``start`` its place; ``run[at]`` stands where ``meant`` should, and with
    it ``run[first:last]`` is a word."""

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


class _Doubts(dict[int, int]):
    """What two characters side by side say of each other, as bits, each pair worked out once.

    A character may be wrong beside a stranger, and where the Han text begins or ends; beside a stranger it may be
    mended where one that resembles it stands beside it in a word. A pair is the number that its two characters make in
    the machine's own order of bytes.
    """

    def __init__(self, register: Register) -> None:
        self._after = neighbours(register)
        self._alike = confusion(register).alike
        self._in_words = _neighbours_in_words(register.words)

    def __missing__(self, pair: int) -> int:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        characters = pair.to_bytes(4, sys.byteorder).decode(_TWO_BYTES, "surrogatepass")
        self[pair] = doubt = self._doubt(characters[:1], characters[1:])
        return doubt

    def _doubt(self, one: str, other: str) -> int:
        first, second = _HAN.match(one) is not None, _HAN.match(other) is not None
        both = first and second
        if both and other in self._after.get(one, ""):
            return 0
        doubt = _FIRST * (first and one not in _FREE) + _SECOND * (second and other not in _FREE)
        if both and any(other in self._in_words.get(meant, "") for meant in self._alike(one)):
            doubt |= _MENDS_FIRST
        if both and not self._alike(other).keys().isdisjoint(self._in_words.get(one, "")):
            doubt |= _MENDS_SECOND
        return doubt


class SuspectFinder:
    """The index of a register: every word with each of its characters left out in turn."""

    def __init__(self, register: Register) -> None:
        self._confusion = confusion(register)
        self._doubts = _Doubts(register)
        self._harmless: set[int] = set()
        self._gaps = _words_with_a_gap(register.words)

    def suspects(self, text: str) -> Iterator[Suspect]:
        """Every character of ``text`` that fits neither of its neighbours, while one that resembles it does."""
        for at, parts in self._strangers(text):
            yield from self._readings(text, at, parts)

    def _strangers(self, text: str) -> Iterator[tuple[int, _Parts]]:
        """The places of characters that may be wrong on either side, and may be mended on one, with the parts of words
        that may stand beside them."""
        pairs = _Pairs(text)
        last = -1
        for place in pairs.outside(self._harmless):
            doubt = self._doubt(pairs[place])
            if doubt & _MENDS_FIRST and doubt & _FIRST and place - 1 > last:
                before = self._doubts[pairs[place - 1]]
                if before & _SECOND:
                    last = place - 1
                    yield last, _PARTS_OF_WORDS[bool(before & _MENDS_SECOND), True]
            if doubt & _MENDS_SECOND and doubt & _SECOND:
                behind = self._doubts[pairs[place + 1]]
                if behind & _FIRST:
                    last = place
                    yield last, _PARTS_OF_WORDS[True, bool(behind & _MENDS_FIRST)]

    def _doubt(self, pair: int) -> int:
        """What the two say of each other. Most pairs can mend nothing, and are remembered as harmless."""
        doubt = self._doubts[pair]
        if not doubt & (_MENDS_FIRST | _MENDS_SECOND):
            if len(self._harmless) >= _MOST_PAIRS:
                self._harmless.clear()
            self._harmless.add(pair)
        return doubt

    def _readings(self, text: str, at: int, parts: _Parts) -> Iterator[Suspect]:
        """The words that ``text[at]`` may belong to, were it one of the characters that it resembles."""
        gaps, alike = self._gaps, self._confusion.alike(text[at])
        words = [
            (at - before, at + 1 + behind, meant)
            for before, behind in parts
            for meant in gaps.get(f"{text[at - before : at]}{_GAP}{text[at + 1 : at + 1 + behind]}", "")
            if meant in alike
        ]
        if not words:
            return
        start, end = _run_around(text, at)
        run = text[start:end]
        if not _is_parallel(run, at - start):
            for first, last, meant in words:
                if start <= first and last <= end:
                    yield Suspect(run, start, first - start, last - start, at - start, meant, alike[meant])


class _Pairs:
    """The characters of a text, each with the one before it, as numbers; blanks stand around the text."""

    def __init__(self, text: str) -> None:
        encoded = _in_two_bytes(f"\n{text}\n\n" if len(text) % 2 else f"\n{text}\n")
        self._halves = array("I", encoded), array("I", encoded[2:] + encoded[:2])

    def __getitem__(self, place: int) -> int:
        """The character at ``place`` of the text and the one before it."""
        return self._halves[place % 2][place // 2]

    def outside(self, known: Set[int]) -> Iterator[int]:
        """The places, in order, of the pairs that are not ``known``."""
        evens, odds = self._halves
        found = bytearray(2 * len(evens))
        found[::2] = bytes(map(known.__contains__, evens))
        found[1::2] = bytes(map(known.__contains__, odds))
        place = found.find(0)
        while place >= 0:
            yield place
            place = found.find(0, place + 1)


def _in_two_bytes(text: str) -> bytes:
    """``text`` with two bytes for each character; those that take more are none of ours."""
    encoded = text.encode(_TWO_BYTES, "surrogatepass")
    if len(encoded) > 2 * len(text):
        return _BEYOND_TWO_BYTES.sub(_GAP, text).encode(_TWO_BYTES, "surrogatepass")
    return encoded


def _run_around(text: str, at: int) -> tuple[int, int]:
    """The range of unbroken Han text around the character at ``at``, as far as it tells what is meant."""
    start, end = max(0, at - _REACH), at + _REACH
    before = [match.end() for match in _BREAK.finditer(text, start, at)]
    behind = _BREAK.search(text, at, end)
    return before[-1] if before else start, behind.start() if behind else min(end, len(text))


def _is_parallel(run: str, at: int) -> bool:
    """Whether ``run[at]`` is one of two that a repeated character joins: 打早打小, where any character may stand."""
    return (0 < at < len(run) - 1 and run[at - 1] == run[at + 1]) or (at > 2 and run[at - 1] == run[at - 3])


def _usual(words: Mapping[str, int]) -> Iterator[str]:
    return (word for word, frequency in words.items() if frequency and len(word) <= _LONGEST)


def _words_with_a_gap(words: Mapping[str, int]) -> dict[str, str]:
    gaps: defaultdict[str, str] = defaultdict(str)
    for word in _usual(words):
        for index, character in enumerate(word):
            gaps[f"{word[:index]}{_GAP}{word[index + 1 :]}"] += character
    return dict(gaps)


def _neighbours_in_words(words: Mapping[str, int]) -> dict[str, str]:
    """The characters that stand right after each character in some word."""
    after: defaultdict[str, str] = defaultdict(str)
    for word in _usual(words):
        for one, other in pairwise(word):
            after[one] += other
    return dict(after)

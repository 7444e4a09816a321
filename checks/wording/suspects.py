"""Fast search for passages that are one character away from a word of the register.

Only a character that is never seen beside either of its neighbours otherwise can be wrong; there the words are looked
up that differ from the text in that one character. A report of 4,000 characters has a handful of such places.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from checks.wording.confusion import Likeness
from checks.wording.lexicon import confusion, neighbours
from documents.lazy_pattern import lazy_pattern
from rules.facts.register import Register

_BREAK = lazy_pattern("[^\u4e00-\u9fff]")
_BEYOND_TWO_BYTES = lazy_pattern("[\U00010000-\U0010ffff]")
_TWO_BYTES = "utf-16-le"
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
_FIRST, _SECOND, _MENDS_FIRST, _MENDS_SECOND = 1, 2, 4, 8
# What a character is to the one before it, and, times the base, to the one behind it: a stranger, or one that it can be
# mended beside.
_STRANGE, _MENDED, _BASE = 1, 2, 3
_AS_SECOND = bytes(bool(doubt & _SECOND) + bool(doubt & _MENDS_SECOND) for doubt in range(256))
_AS_FIRST = bytes(_BASE * (bool(doubt & _FIRST) + bool(doubt & _MENDS_FIRST)) for doubt in range(256))
# The parts by the sum of both: a word that goes on has to be mended on both sides.
_PARTS_OF_WORDS: Mapping[int, _Parts] = {
    _MENDED + _STRANGE * _BASE: tuple(part for part in _ALL_PARTS if not part[1]),
    _STRANGE + _MENDED * _BASE: tuple(part for part in _ALL_PARTS if not part[0]),
    _MENDED + _MENDED * _BASE: _ALL_PARTS,
}
_WHETHER_STRANGE = bytes(total in _PARTS_OF_WORDS for total in range(256))
_REACH = 14
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
    mended where one that resembles it stands beside it in a word. A pair is a number of four bytes: the lower ones of
    both characters, by which dictionaries find their way faster, then the higher ones.
    """

    def __init__(self, register: Register) -> None:
        self._after = neighbours(register)
        self._alike = confusion(register).alike
        self._before_in_words, self._after_in_words = _neighbours_in_words(register.words)

    def of(self, text: str) -> bytes:
        """What each character of ``text`` and the one before it say of each other; blanks stand around the text."""
        encoded = _in_two_bytes(f"\n{text}\n")
        lower, higher = encoded[::2], encoded[1::2]
        pairs = bytearray(4 * (len(lower) - 1))
        pairs[::4], pairs[1::4], pairs[2::4], pairs[3::4] = lower[:-1], lower[1:], higher[:-1], higher[1:]
        return bytes(map(self.__getitem__, array("I", pairs)))

    def __missing__(self, pair: int) -> int:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        encoded = pair.to_bytes(4, sys.byteorder)
        one, other = (encoded[place::2].decode(_TWO_BYTES, "surrogatepass") for place in (0, 1))
        self[pair] = doubt = self._doubt(one, other)
        return doubt

    def _doubt(self, one: str, other: str) -> int:
        first, second = "\u4e00" <= one <= "\u9fff", "\u4e00" <= other <= "\u9fff"
        both = first and second
        if both and other in self._after.get(one, ""):
            return 0
        doubt = 0
        if first and one not in _FREE:
            mends = both and not self._alike(one).keys().isdisjoint(self._before_in_words.get(other, ""))
            doubt |= _FIRST | _MENDS_FIRST * mends
        if second and other not in _FREE:
            mends = both and not self._alike(other).keys().isdisjoint(self._after_in_words.get(one, ""))
            doubt |= _SECOND | _MENDS_SECOND * mends
        return doubt


class SuspectFinder:
    """The index of a register: every word with each of its characters left out in turn."""

    def __init__(self, register: Register) -> None:
        self._confusion = confusion(register)
        self._doubts = _Doubts(register)
        self._gaps = _words_with_a_gap(register.words)

    def suspects(self, text: str) -> Iterator[Suspect]:
        """Every character of ``text`` that fits neither of its neighbours, while one that resembles it does."""
        for at, parts in self._strangers(text):
            yield from self._readings(text, at, parts)

    def _strangers(self, text: str) -> Iterator[tuple[int, _Parts]]:
        """The places of characters that may be wrong on either side, and may be mended on one, with the parts of words
        that may stand beside them."""
        doubts = self._doubts.of(text)
        # A number for each character: the two that it stands in are added as a whole, as the bytes of large numbers.
        before = int.from_bytes(doubts.translate(_AS_SECOND), "little")
        behind = int.from_bytes(doubts[1:].translate(_AS_FIRST), "little")
        sums = (before + behind).to_bytes(len(doubts), "little")
        strange = sums.translate(_WHETHER_STRANGE)
        place = strange.find(1)
        while place >= 0:
            yield place, _PARTS_OF_WORDS[sums[place]]
            place = strange.find(1, place + 1)

    def _readings(self, text: str, at: int, parts: _Parts) -> Iterator[Suspect]:
        """The words that ``text[at]`` may belong to, were it one of the characters that it resembles."""
        known, next_one = self._gaps.get, at + 1
        found = [
            (at - before, next_one + behind, meant)
            for before, behind in parts
            if (meant := known(f"{text[at - before : at]}{_GAP}{text[next_one : next_one + behind]}"))
        ]
        if not found:
            return
        alike = self._confusion.alike(text[at])
        words = [(first, last, meant) for first, last, fitting in found for meant in fitting if meant in alike]
        if not words:
            return
        start, end = _run_around(text, at)
        run = text[start:end]
        if not _is_parallel(run, at - start):
            for first, last, meant in words:
                if start <= first and last <= end:
                    yield Suspect(run, start, first - start, last - start, at - start, meant, alike[meant])


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


def _neighbours_in_words(words: Mapping[str, int]) -> tuple[dict[str, str], dict[str, str]]:
    """The characters that stand right before each character in some word, and those right after it."""
    before: defaultdict[str, str] = defaultdict(str)
    after: defaultdict[str, str] = defaultdict(str)
    for one, other in {pair for word in _usual(words) for pair in pairwise(word)}:
        before[other] += one
        after[one] += other
    return dict(before), dict(after)

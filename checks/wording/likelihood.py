"""How likely a stretch of Han text is: the best way to cut it into words, by how frequent the words are.

The frequencies are those of the general dictionary and of the register, whichever is higher.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from checks.segmentation import dictionary
from rules.facts.register import Register

_LONGEST_WORD = 8
_MOST_SINGLES = 8192


class Reading:
    """The best cut of a text: ``score`` is the logarithm of its likelihood, ``words`` are ranges of the text."""

    __slots__ = ("score", "words")

    def __init__(self, score: float, words: tuple[tuple[int, int], ...]) -> None:
        self.score = score
        self.words = words

    def word_at(self, place: int) -> tuple[int, int]:
        """The range of the word that holds the character at ``place``."""
        return next(word for word in self.words if word[0] <= place < word[1])


class Likelihood:
    """Reads texts by the dictionary of the segmentation library."""

    def __init__(self, register: Register) -> None:
        general = dictionary()
        # Like the library's, these have the beginnings of words, too, none of which is a word unless it has a number.
        self._general: Mapping[str, int] = general.frequencies
        self._loaded, self._load = general.known, general.load
        beginnings = {word[:end]: 0 for word in register.words for end in range(1, len(word))}
        self._register = {**beginnings, **register.words}
        self._unknown = -math.log(general.total)
        self._of_a_single = lru_cache(_MOST_SINGLES)(self._weight_of)

    def read(self, text: str) -> Reading:
        """The likeliest words of ``text``, in time linear in its length."""
        scores = [0.0, *[-math.inf] * len(text)]
        starts = [0] * len(scores)
        for start in range(len(text)):
            before = scores[start]
            for end, weight in self._words_from(text, start):
                if before + weight >= scores[end]:
                    scores[end], starts[end] = before + weight, start
        words: list[tuple[int, int]] = []
        end = len(text)
        while end:
            words.append((starts[end], end))
            end = starts[end]
        return Reading(scores[-1], tuple(reversed(words)))

    def most_gained(self, written: str, at: int, corrected: str) -> float:
        """At least what ``corrected`` gains over ``written``, less the excess of the word it has at ``at``.

        The two differ in that character only. However the corrected text is cut, the written one can be cut in the
        same way, but for the word that holds the character, of which it has the single characters.
        """
        most = -math.inf
        for start in range(max(0, at - _LONGEST_WORD + 1), at + 1):
            beginning = corrected[start : at + 1]
            self._have(corrected[start : start + 2])
            # Whatever begins a word is in the dictionaries, too.
            if beginning not in self._general and beginning not in self._register:
                continue
            for end, weight in self._words_from(corrected, start):
                if end > at and end - start > 1:
                    singles = sum(self._of_a_single(character) for character in written[start:end])
                    most = max(most, weight - singles - max(0.0, self.excess(corrected[start:end])))
        return most

    def excess(self, word: str) -> float:
        """By how much (as a logarithm) ``word`` is more frequent in general than in the register."""
        self._have(word[:2])
        return math.log(max(1, self._general.get(word, 0))) - math.log(max(1, self._register.get(word, 0)))

    def _words_from(self, text: str, start: int) -> list[tuple[int, float]]:
        """The words of ``text`` that begin at ``start``, a single character always: the end and the weight of each."""
        words = [(start + 1, self._of_a_single(text[start]))]
        self._have(text[start : start + 2])
        find_general, find_special = self._general.get, self._register.get
        for end in range(start + 2, min(start + _LONGEST_WORD, len(text)) + 1):
            word = text[start:end]
            general, special = find_general(word), find_special(word)
            if general is None and special is None:
                break
            frequency = max(general or 0, special or 0)
            if frequency:
                words.append((end, math.log(frequency) + self._unknown))
        return words

    def _have(self, beginning: str) -> None:
        """Load the words of the dictionary that begin with these one or two characters."""
        if beginning not in self._loaded:
            self._load(beginning)

    def _weight_of(self, character: str) -> float:
        self._have(character)
        frequency = max(self._general.get(character, 0), self._register.get(character, 0))
        return math.log(frequency) + self._unknown if frequency else self._unknown

"""How likely a stretch of Han text is: the best way to cut it into words, by how frequent the words are.

The frequencies are those of the general dictionary and of the register, whichever is higher.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from checks.segmentation import tokenizer
from rules.facts.register import Register

_LONGEST_WORD = 8


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
    """Reads texts by the dictionary of the library, which takes most of a second to load."""

    def __init__(self, register: Register) -> None:
        general = tokenizer()
        self._register = register.words
        self._general: Mapping[str, int] = general.FREQ
        self._unknown = -math.log(general.total)

    def read(self, text: str) -> Reading:
        """The likeliest words of ``text``, in time linear in its length."""
        scores = [0.0]
        starts = [0]
        for end in range(1, len(text) + 1):
            candidates = range(max(0, end - _LONGEST_WORD), end)
            score, start = max((scores[start] + self._weight(text[start:end]), start) for start in candidates)
            scores.append(score)
            starts.append(start)
        words: list[tuple[int, int]] = []
        end = len(text)
        while end:
            words.append((starts[end], end))
            end = starts[end]
        return Reading(scores[-1], tuple(reversed(words)))

    def excess(self, word: str) -> float:
        """By how much (as a logarithm) ``word`` is more frequent in general than in the register."""
        return math.log(max(1, self._general.get(word, 0))) - math.log(max(1, self._register.get(word, 0)))

    def _weight(self, word: str) -> float:
        frequency = max(self._general.get(word, 0), self._register.get(word, 0))
        if frequency:
            return math.log(frequency) + self._unknown
        return self._unknown if len(word) == 1 else -math.inf

"""The word frequencies of the segmentation library's dictionary, of which a text needs a few hundred of 350,000.

The library turns its whole dictionary into a table of words and beginnings of words, which takes most of a second and
100 MB: too long for who checks a single report. Here the lines are kept in order and looked up by the first two
characters of the words that a text may contain; what was looked up is in a table of the same form.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

TOTAL: Final = 60_101_967
"""The sum of all frequencies of the library's dictionary (jieba 0.42.1)."""

_MOST_REMEMBERED = 1 << 18


class GeneralDictionary:
    """Frequencies of words, loaded as texts ask for them.

    ``lines`` have a word, a blank and its frequency each, in any order. ``frequencies`` has, for each text given to
    :meth:`look_up`, all words and beginnings of words that occur in it; a beginning that is no word has the
    frequency 0. ``total`` is the sum of the frequencies of all words, ``known`` are the beginnings of one and two
    characters that were loaded, ``own`` the words that were added.
    """

    def __init__(self, lines: Iterable[str], total: int) -> None:
        self.frequencies: dict[str, int] = {}
        self.total = total
        self._lines = sorted(lines)
        self.own: dict[str, int] = {}
        self.known: set[str] = set()

    def add(self, word: str, frequency: int) -> None:
        """Add a word; its frequency holds instead of that of the lines."""
        self.own[word] = frequency
        self.total += frequency
        self.known.discard(word[:1])
        self.known.discard(word[:2])

    def look_up(self, text: str) -> None:
        """Load whatever may be a word of ``text``."""
        known = self.known
        for place in range(len(text)):
            if (beginning := text[place : place + 2]) not in known:
                self.load(beginning)

    def load(self, beginning: str) -> None:
        """Load the words that begin with these one or two characters, and the first of them alone."""
        if len(self.known) > _MOST_REMEMBERED:
            # Loading a beginning once more changes nothing.
            self.known.clear()
        first = beginning[:1]
        if first not in self.known:
            self._load(self._beginning_with(first + " ", 1), first)
            if first not in self.frequencies and self._beginning_with(first, 1):
                self.frequencies[first] = 0
        if len(beginning) > 1:
            self._load(self._beginning_with(beginning), beginning)

    def _load(self, lines: list[str], beginning: str) -> None:
        table = self.frequencies
        words = {}
        for line in lines:
            word, _, rest = line.partition(" ")
            words[word] = int(rest.partition(" ")[0])
        words |= {word: frequency for word, frequency in self.own.items() if word.startswith(beginning)}
        for word in words:
            for end in range(1, len(word)):
                table.setdefault(word[:end], 0)
        if len(beginning) == 1:
            words = {word: frequency for word, frequency in words.items() if word == beginning}
        table |= words
        self.known.add(beginning)

    def _beginning_with(self, beginning: str, most: int | None = None) -> list[str]:
        lines = self._lines
        start = end = bisect_left(lines, beginning)
        last = len(lines) if most is None else min(len(lines), start + most)
        while end < last and lines[end].startswith(beginning):
            end += 1
        return lines[start:end]


def library_dictionary() -> GeneralDictionary:
    """The dictionary that the library brings along; the library itself is not imported for it."""
    found = find_spec("jieba")
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "dict.txt").read_text(encoding="utf-8")
    return GeneralDictionary(filter(None, text.split("\n")), TOTAL)

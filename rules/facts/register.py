"""The vocabulary of annual reports, and which characters are mistaken for one another: plain word lists.

Each file is read as lines; a line that starts with ``#`` is a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

_WORDS = "register_words.txt"
_PAIRS = "character_pairs.txt"
_SYLLABLES = "syllables.txt"
_LOOK_ALIKES = "look_alikes.txt"


class Register:
    """The lists of one folder, each read on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def words(self) -> Mapping[str, int]:
        """Words with a rough frequency (register_words.txt); 0 is for words that are right but too rare to be meant
        where something else is written."""
        return {word: int(frequency) for word, frequency in self._pairs(_WORDS)}

    @cached_property
    def pairs(self) -> Mapping[str, str]:
        """The characters seen right after each character (character_pairs.txt)."""
        return dict(self._pairs(_PAIRS))

    @cached_property
    def syllables(self) -> Mapping[str, tuple[str, ...]]:
        """The syllables, without tones, of each common character (syllables.txt)."""
        readings: dict[str, tuple[str, ...]] = {}
        for syllable, characters in self._pairs(_SYLLABLES):
            for character in characters:
                readings[character] = (*readings.get(character, ()), syllable)
        return readings

    @cached_property
    def look_alikes(self) -> Mapping[str, frozenset[str]]:
        """The characters that look like each character (look_alikes.txt)."""
        alike: dict[str, frozenset[str]] = {}
        for group in self._lines(_LOOK_ALIKES):
            for character in group:
                alike[character] = alike.get(character, frozenset()) | (set(group) - {character})
        return alike

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        for line in self._lines(name):
            key, _, value = line.partition(" ")
            yield key, value

    def _lines(self, name: str) -> Iterator[str]:
        lines = (self._folder / name).read_text(encoding="utf-8").splitlines()
        return (line for line in lines if line and not line.startswith("#"))

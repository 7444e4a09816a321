"""Where the sentence or line around a place begins and ends, found in the same time in a text of any length."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from checks.first_use import on_first_use


class Boundaries:
    """The places of some marks in a text, which are looked for once and only where they are asked for."""

    def __init__(self, text: str, marks: str) -> None:
        """Each of the characters ``marks`` is a boundary."""
        self._text = text
        self._marks = marks

    @on_first_use
    def _places(self) -> list[int]:
        return sorted(place for mark in self._marks for place in _places_of(mark, self._text))

    def start_of(self, place: int) -> int:
        """Right behind the last mark before ``place``, or the start of the text."""
        index = bisect_left(self._places, place)
        return self._places[index - 1] + 1 if index else 0

    def end_of(self, place: int) -> int:
        """The first mark at or after ``place``, or the end of the text."""
        index = bisect_left(self._places, place)
        return self._places[index] if index < len(self._places) else len(self._text)


def _places_of(mark: str, text: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + 1)

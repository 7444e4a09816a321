"""Where a clause begins and ends around a place."""

from __future__ import annotations

from checks.figures.reading import Figure, Passage

_LONGEST = 400
_LONGEST_CLAUSE = 120
_MARKS = ",;。:!?\n"


def clause_start(passage: Passage, place: int) -> int:
    """The start of the clause that holds ``place``, not far back; commas inside numbers do not count."""
    low = max(passage.start, place - _LONGEST_CLAUSE)
    while place > low:
        character = passage.text[place - 1]
        if character in _MARKS and not (character == "," and _inside_number(passage.text, place - 1)):
            return place
        place -= 1
    return low


def sentence_figures(passage: Passage, place: int) -> tuple[Figure, ...]:
    """The numbers of the sentence that holds ``place``, at most so many characters before and after it."""
    low, high = max(passage.start, place - _LONGEST), min(passage.end, place + _LONGEST)
    start = max(passage.text.rfind(mark, low, place) for mark in "。!?\n") + 1 or low
    ends = [end for mark in "。!?\n" if (end := passage.text.find(mark, place, high)) >= 0]
    end = min(ends, default=high)
    return passage.within(start, end)


def _inside_number(text: str, place: int) -> bool:
    return text[place] == "," and text[place - 1 : place].isdigit() and text[place + 1 : place + 4].isdigit()

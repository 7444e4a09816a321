"""The sentences that may name a metric of the catalogue, asked for by what else stands in them.

All positions are places in the report's normalised view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from checks.sections.places import ContentMap
from checks.vocabulary import Candidate, FoundWords
from documents.report import Report

_LONGEST_SENTENCE = 1500


NamingSentence: TypeAlias = tuple[int, int, Sequence[Candidate]]
"""Where a sentence, or a piece of a very long one, starts and ends, and what forms it may hold (see ``Forms.hits``)."""


class NamingSentences:
    """The sentences of a report outside plan and web residue that may name a metric."""

    def __init__(
        self,
        report: Report,
        places: Sequence[tuple[int, int]],
        contents: ContentMap,
        found: FoundWords,
    ) -> None:
        """``places`` are those of all sentences, ``found`` the words of the catalogue that the report holds."""
        self.text = report.view.text
        self._report = report
        self._contents = contents
        self._places = places
        self._starts = [start for start, _ in places]
        self._candidates = found.candidates
        self._wordings = found.starts
        plan = contents.places.get("plan")
        first = min([span.start for span in plan.spans] if plan else [], default=len(report.text))
        # Where sentences that are left out may begin: most stand before the plan, in a report without residue.
        self._doubt = 0 if report.residue else report.view.from_text(first, first)[0]

    def holding(self, signs: Sequence[int]) -> Iterator[NamingSentence]:
        """Those in which one of the places ``signs`` lies; both in order."""
        wordings, candidates, starts, places = self._wordings, self._candidates, self._starts, self._places
        following = behind = last = 0
        for sign in signs:
            if sign < behind:
                continue
            following = bisect_right(starts, sign, following)
            index = following - 1
            start, behind = places[index] if index >= 0 else (0, 0)
            if sign >= behind:
                continue
            first = bisect_left(wordings, start, last)
            last = bisect_left(wordings, behind, first)
            if first == last or (start >= self._doubt and self._is_left_out(index)):
                continue
            if behind - start <= _LONGEST_SENTENCE:
                yield start, behind, candidates[first:last]
            else:
                yield from self._pieces(start, behind, signs)

    def _is_left_out(self, index: int) -> bool:
        span = self._report.sentences[index].span
        return self._contents.content_at(span.start) == "plan" or self._report.in_residue(span)

    def _pieces(self, start: int, end: int, signs: Sequence[int]) -> Iterator[NamingSentence]:
        """The pieces, of a sentence so long that it can only be a table or an accident, that hold a sign."""
        for low, high in _pieces(self.text, start, end):
            sign = bisect_left(signs, low)
            if sign < len(signs) and signs[sign] < high:
                first = bisect_left(self._wordings, low)
                last = bisect_left(self._wordings, high, first)
                if first < last:
                    yield low, high, self._candidates[first:last]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_SENTENCE:
        middle = start + _LONGEST_SENTENCE
        cut = max(text.rfind(mark, start, middle) for mark in ",;、 ") + 1
        yield start, cut or middle
        start = cut or middle
    yield start, end

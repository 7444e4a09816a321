"""The sentences that may name a metric of the catalogue, found in one pass over the report.

All positions are places in the report's normalised view.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checks.metrics.lexicon import Candidate, Lexicon
from checks.sections.places import ContentMap
from documents.report import Report

_LONGEST_SENTENCE = 1500


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True)
class NamingSentence:
    """A sentence, or a piece of a very long one, and the places where forms may stand in it (see ``Forms.hits``)."""

    start: int
    end: int
    candidates: Sequence[Candidate]


def naming_sentences(
    report: Report, places: Sequence[tuple[int, int]], contents: ContentMap, lexicon: Lexicon
) -> Iterator[NamingSentence]:
    """The sentences outside plan and web residue that may name a metric; ``places`` are those of all sentences."""
    text = report.view.text
    candidates = lexicon.forms.candidates(text)
    starts = [candidate[0] for candidate in candidates]
    last = 0
    for sentence, (start, end) in zip(report.sentences, places, strict=True):
        first = bisect_left(starts, start, last)
        last = bisect_left(starts, end, first)
        if first == last or contents.content_at(sentence.span.start) == "plan" or report.in_residue(sentence.span):
            continue
        for low, high in _pieces(text, start, end):
            found = candidates[bisect_left(starts, low, first, last) : bisect_left(starts, high, first, last)]
            if found:
                yield NamingSentence(low, high, found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of one so long that it can only be a table or an accident."""
    while end - start > _LONGEST_SENTENCE:
        middle = start + _LONGEST_SENTENCE
        cut = max(text.rfind(mark, start, middle) for mark in ",;、 ") + 1
        yield start, cut or middle
        start = cut or middle
    yield start, end

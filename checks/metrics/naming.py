"""The sentences that name a metric of the catalogue, found in one pass over the report.

All positions are places in the report's normalised view.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checks.metrics.lexicon import Hit, Lexicon
from checks.sections.places import ContentMap
from documents.report import Report

_LONGEST_SENTENCE = 1500


class NamingSentence(NamedTuple):
    """A sentence, or a piece of a very long one, and the forms in it, in order and without overlap."""

    start: int
    end: int
    hits: tuple[Hit, ...]


def naming_sentences(
    report: Report, places: Sequence[tuple[int, int]], contents: ContentMap, lexicon: Lexicon
) -> Iterator[NamingSentence]:
    """The sentences outside plan and web residue that name a metric; ``places`` are those of all sentences."""
    text = report.view.text
    candidates = lexicon.forms.candidates(text)
    first = 0
    for sentence, place in zip(report.sentences, places, strict=True):
        last = bisect_left(candidates, (place[1],), first)
        if first < last and contents.content_at(sentence.span.start) != "plan" and not report.in_residue(sentence.span):
            for start, end in _pieces(text, *place):
                low, high = bisect_left(candidates, (start,), first, last), bisect_left(candidates, (end,), first, last)
                if hits := tuple(lexicon.forms.hits(text, candidates[low:high], end)):
                    yield NamingSentence(start, end, hits)
        first = last


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of one so long that it can only be a table or an accident."""
    while end - start > _LONGEST_SENTENCE:
        middle = start + _LONGEST_SENTENCE
        cut = max(text.rfind(mark, start, middle) for mark in ",;、 ") + 1
        yield start, cut or middle
        start = cut or middle
    yield start, end

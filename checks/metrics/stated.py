"""Which metrics a report states for its year, and which it leaves blank: what the rules on missing figures ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checks.metrics.blanks import BLANK_NUMBER, places_of_blanks
from checks.metrics.clauses import sentences_with
from checks.metrics.lexicon import Lexicon
from checks.metrics.naming import NamingSentences
from checks.metrics.values import MetricValue
from documents.numerals import Quantities


def stated_metrics(values: Iterable[MetricValue], reported: int | None) -> frozenset[str]:
    """The ids of the metrics with a value of the ``reported`` year, or of several years, which can speak for it too."""
    return frozenset([value.id for value in values if value.year is None or reported is None or value.year == reported])


def metrics_left_blank(
    signs: Sequence[int], sentences: NamingSentences, lexicon: Lexicon, quantities: Quantities
) -> frozenset[str]:
    """The ids of the metrics whose figure stands there as XX件; ``signs`` are the places of ``Sign.BLANK``."""
    blank: set[str] = set()
    places = places_of_blanks(sentences.text, signs)
    for sentence in sentences_with(places, sentences, lexicon, quantities):
        found = BLANK_NUMBER.finditer(sentence.text, sentence.start, sentence.end)
        clauses = {sentence.clause_at(match.start()) for match in found}
        hits = [hit for hit in sentence.hits if sentence.clause_at(hit.start) in clauses] if clauses else []
        blank.update(metric.id for hit in hits for metric in hit.metrics)
    return frozenset(blank)

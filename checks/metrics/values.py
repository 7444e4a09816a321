"""The values of catalogued metrics that a report states."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from checks.metrics.claims import claims_of
from checks.metrics.clauses import measuring_sentences
from checks.metrics.lexicon import Lexicon
from checks.metrics.naming import NamingSentences
from checks.metrics.years import year_of_value
from checks.metrics.zeros import places_of_zeros, zero_statements
from documents.numerals import Quantities
from documents.report import Report
from rules.facts.metrics import Metric


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True)
class MetricValue:
    """One stated value, in the shape of the published JSON.

    ``unit`` is as written, the usual one for a zero in words (``未发生行政复议``); ``approx`` is ``None`` for an exact
    value, else the word that makes it approximate (``"余"``, ``"超"``); ``year`` is the year the value belongs to,
    ``None`` where it covers several; ``quote`` is exactly the text between ``start`` and ``end``.
    """

    id: str
    name: str
    value: int | float
    unit: str
    approx: str | None
    year: int | None
    quote: str
    start: int
    end: int
    section: str


def extract_metrics(
    report: Report, sentences: NamingSentences, zero_signs: list[int], lexicon: Lexicon, quantities: Quantities
) -> tuple[MetricValue, ...]:
    """Every value of a catalogued metric that these sentences of the report state, in order of position."""
    reported = report.year.value if report.year else None
    zeros = places_of_zeros(report.view.text, zero_signs)
    values: list[MetricValue] = []
    for sentence, denies in measuring_sentences(zeros, sentences, lexicon, quantities):
        for claim in claims_of(sentence, lexicon):
            measure, hit = claim.measure, claim.hit
            year = year_of_value(sentence, measure.start, reported)
            if year is None or reported is None or year <= reported:
                place = min(hit.start, measure.start), max(hit.end, measure.end)
                values.append(_value(report, claim.metric, measure.value, measure.unit, measure.approx, year, place))
        if denies:
            for zero in zero_statements(sentence, lexicon):
                unit, place = zero.metric.units[0], (zero.start, zero.end)
                values.append(_value(report, zero.metric, 0, unit, None, reported, place))
    return tuple(sorted(values, key=attrgetter("start", "end", "id")))


def _value(
    report: Report,
    metric: Metric,
    value: float,
    unit: str,
    approx: str | None,
    year: int | None,
    place: tuple[int, int],
) -> MetricValue:
    """A value that stands at ``place`` in the normalised view."""
    start, end = report.view.to_text(*place)
    quote, section = report.text[start:end], report.section_label(start)
    return MetricValue(metric.id, metric.name, value, unit, approx, year, quote, start, end, section)

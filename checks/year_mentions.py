"""Every mention of a year in a report, classified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checks.contents import ContentMap
from documents.report import Report, Span
from rules.facts import Facts


class YearKind(StrEnum):
    """What a mention of a year is. The value is stable and appears in the JSON; YEAR_KIND_NAMES has it in Chinese."""

    THIS_YEAR = "this-year"


@dataclass(frozen=True, slots=True)
class YearMention:
    """One mention. ``last`` is the end of a range, else equal to ``year``; ``reason`` says in Chinese why it was classed so."""

    year: int
    last: int
    kind: YearKind
    span: Span
    quote: str
    section: str
    reason: str


def classify_years(report: Report, contents: ContentMap, facts: Facts) -> tuple[YearMention, ...]:
    """Classify every mention of a year outside web residue, in order of position."""
    raise NotImplementedError

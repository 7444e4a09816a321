"""The values of catalogued metrics that a report states."""

from __future__ import annotations

from dataclasses import dataclass

from checks.contents import ContentMap
from documents.report import Report
from rules.facts.metrics import Metric


@dataclass(frozen=True, slots=True)
class MetricValue:
    """One stated value, in the shape of the published JSON.

    ``approx`` is ``None`` for an exact value, else the word that makes it approximate (``"余"``, ``"超"``); ``year`` the year
    the value belongs to; ``quote`` is exactly the text between ``start`` and ``end``.
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


def extract_metrics(report: Report, contents: ContentMap, metrics: tuple[Metric, ...]) -> tuple[MetricValue, ...]:
    """Every value of a catalogued metric outside the next-year plan, in order of position."""
    raise NotImplementedError

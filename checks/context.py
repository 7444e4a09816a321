"""What every check is given: the report, the dated facts, and analyses that several rules share, made once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from documents.report import Report
from rules.facts import Facts

if TYPE_CHECKING:
    from checks.duplicates.passages import Passage
    from checks.metrics.values import MetricValue
    from checks.sections.places import ContentMap
    from checks.years.mentions import YearMention


class Context:
    """One report under judgement. The analyses are computed on first use; most rules need only one or two.

    ``audited_year`` is the year that the audit asked reports about, where the inspector said one.
    """

    def __init__(self, report: Report, facts: Facts, audited_year: int | None = None) -> None:
        self.report = report
        self.facts = facts
        self.audited_year = audited_year

    @cached_property
    def contents(self) -> ContentMap:
        """Which part of the report carries each legally required content."""
        from checks.sections.contents import map_contents

        return map_contents(self.report, self.facts.contents)

    @cached_property
    def year_mentions(self) -> tuple[YearMention, ...]:
        """Every mention of a year, classified."""
        from checks.years.mentions import classify_years

        return classify_years(self.report, self.contents, self.facts)

    @cached_property
    def metric_values(self) -> tuple[MetricValue, ...]:
        """Every value of a catalogued metric that the report states."""
        from checks.metrics.values import extract_metrics

        return extract_metrics(self.report, self.contents, self.facts.metrics)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The report's own sentences, prepared for comparison with one another."""
        from checks.duplicates.passages import read_passages

        return read_passages(self.report)

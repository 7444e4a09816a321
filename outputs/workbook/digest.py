"""What the sheets of an ordinary workbook share: the run, what surrounds it, and its findings in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from audit.record import JUDGED, ReportRecord, RunRecord
from audit.summary import summary_of
from checks.finding import Finding
from outputs.workbook.figures import LEVEL_ORDER, Figures
from outputs.workbook.info import WorkbookInfo


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list of findings: a finding and its report."""

    report: ReportRecord
    finding: Finding


class Digest:
    """A run as the sheets need it. Reports keep the order of the record; within a report errors come first."""

    def __init__(self, run: RunRecord, info: WorkbookInfo) -> None:
        self.run = run
        self.info = info

    @cached_property
    def figures(self) -> Figures:
        """The counts of the run."""
        return Figures(tuple(map(summary_of, self.run.reports)), self.info)

    @cached_property
    def judged(self) -> tuple[ReportRecord, ...]:
        """The reports that were read and judged."""
        return tuple(report for report in self.run.reports if report.status in JUDGED)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every finding in the order of the list of findings."""
        return tuple(_entries(self.run.reports))

    @cached_property
    def first_entry(self) -> dict[str, int]:
        """Index in :attr:`entries` of each report's first finding, by the report's path."""
        first: dict[str, int] = {}
        for index, entry in enumerate(self.entries):
            first.setdefault(entry.report.path, index)
        return first

    def places(self, finding: Finding) -> int:
        """The number of places a finding stands for: more than one where a rule's findings were made one (a habit)."""
        count = finding.values.get("count")
        # Checks also count the repetitions of one sentence; only the engine's count is above the rule's limit.
        return count if isinstance(count, int) and count > self._aggregated_above.get(finding.rule, count) else 1

    @cached_property
    def _aggregated_above(self) -> dict[str, int]:
        return {rule.id: rule.aggregate_above for rule in self.info.ruleset.rules}

    @cached_property
    def reports_by_path(self) -> dict[str, ReportRecord]:
        """The reports by their path in the record."""
        return {report.path: report for report in self.run.reports}


def _entries(reports: tuple[ReportRecord, ...]) -> Iterator[Entry]:
    for report in reports:
        for finding in sorted(report.findings, key=lambda item: (LEVEL_ORDER[item.level], item.start, item.end)):
            yield Entry(report, finding)

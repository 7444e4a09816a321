"""What the sheets share: the run, what surrounds it, and the counts made once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from audit.record import JUDGED, SET_ASIDE, ReportRecord, RunRecord
from checks.finding import Finding
from outputs.names import FAMILY_NAMES
from rules.facts.metrics import Metric
from rules.model import Level, Ruleset

UNKNOWN_UNIT = "（未识别单位）"
LEVEL_ORDER = {level: order for order, level in enumerate(Level)}
_SEPARATORS = re.compile(r"[\\/]")


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What one finding of each level takes off the score of 100: a house measure, no legal standard."""

    error: float = 10
    warning: float = 3
    info: float = 0.5

    def score(self, levels: Counter[Level]) -> float:
        """100 less the weights of all findings, never below 0, rounded to one decimal."""
        lost = self.error * levels[Level.ERROR] + self.warning * levels[Level.WARNING] + self.info * levels[Level.INFO]
        return round(max(0.0, 100 - lost), 1)


@dataclass(frozen=True, slots=True)
class WorkbookInfo:
    """What the workbook tells beyond the record: when and how the run was made, its rules, the metric catalogue.

    ``scope`` are the inbox paths as given; ``engine`` a Chinese note on how the run was carried out; ``metrics`` give
    the sheet of metrics its order of columns (without them metrics stand in order of appearance).
    """

    run: str
    started: datetime
    finished: datetime
    scope: tuple[str, ...]
    ruleset: Ruleset
    engine: str = ""
    metrics: tuple[Metric, ...] = ()
    weights: ScoreWeights = ScoreWeights()


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
    def judged(self) -> tuple[ReportRecord, ...]:
        """The reports that were read and judged."""
        return tuple(report for report in self.run.reports if report.status in JUDGED)

    @cached_property
    def unread(self) -> tuple[ReportRecord, ...]:
        """The files that should have been judged and could not be read."""
        return tuple(report for report in self.run.reports if report.status not in JUDGED | SET_ASIDE)

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

    @cached_property
    def levels(self) -> Counter[Level]:
        """Findings of the whole run by level."""
        return Counter(entry.finding.level for entry in self.entries)

    def places(self, finding: Finding) -> int:
        """The number of places a finding stands for: more than one where a rule's findings were made one (a habit)."""
        count = finding.values.get("count")
        # Checks also count the repetitions of one sentence; only the engine's count is above the rule's limit.
        return count if isinstance(count, int) and count > self._aggregated_above.get(finding.rule, count) else 1

    @cached_property
    def _aggregated_above(self) -> dict[str, int]:
        return {rule.id: rule.aggregate_above for rule in self.info.ruleset.rules}

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families of the rules that ran and of the findings there are, in their usual order."""
        ids = [rule.id for rule in self.info.ruleset.rules]
        ids += [entry.finding.rule for entry in self.entries]
        present = set(map(family_of, ids))
        return (*(family for family in FAMILY_NAMES if family in present), *sorted(present - set(FAMILY_NAMES)))

    @cached_property
    def reports_by_path(self) -> dict[str, ReportRecord]:
        """The reports by their path in the record."""
        return {report.path: report for report in self.run.reports}

    def score(self, report: ReportRecord) -> float | None:
        """The score of a report, ``None`` where it was not judged."""
        if report.status not in JUDGED:
            return None
        return self.info.weights.score(Counter(finding.level for finding in report.findings))


def _entries(reports: tuple[ReportRecord, ...]) -> Iterator[Entry]:
    for report in reports:
        for finding in sorted(report.findings, key=lambda item: (LEVEL_ORDER[item.level], item.start, item.end)):
            yield Entry(report, finding)


def family_of(rule: str) -> str:
    """The family in a rule's id, the part before the slash."""
    return rule.partition("/")[0]


def unit_name(report: ReportRecord) -> str:
    """The unit as shown in every sheet."""
    return report.unit or UNKNOWN_UNIT


def file_name(path: str) -> str:
    """The last part of a path of either kind of system."""
    return _SEPARATORS.split(path.rstrip("\\/"))[-1] or path

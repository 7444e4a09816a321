"""One file of a run in a few words: what lists, gates and splits need where the records are too many to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from audit.record import ReportRecord, Status
from checks.finding import Finding, Outcome, Standing
from documents.report import UnitLevel
from rules.model import Level


# Not frozen: with so many fields, to freeze one costs more than to make it.
@dataclass(slots=True)
class ReportSummary:
    """A :class:`ReportRecord` without its findings. ``rules`` counts the findings of each rule by level.

    ``suppressed`` counts those of them that count for nothing, ``unchanged`` the others that the baseline has.
    ``unassessed`` counts the rules that could not be judged; ``reason`` and ``next_step`` are those of the record.
    """

    path: str
    sha256: str | None
    status: Status
    reason: str | None = None
    next_step: str | None = None
    unit: str | None = None
    level: UnitLevel | None = None
    year: int | None = None
    title: str | None = None
    published: date | None = None
    characters: int = 0
    size: int = 0
    format: str | None = None
    rules: tuple[tuple[str, Level, int], ...] = ()
    unassessed: int = 0
    suppressed: tuple[tuple[Level, int], ...] = ()
    unchanged: tuple[tuple[Level, int], ...] = ()

    def count(self, level: Level) -> int:
        """The number of findings of a level, without the suppressed ones."""
        return sum(count for _, found, count in self.rules if found is level) - _count(self.suppressed, level)

    def new(self, level: Level) -> int:
        """The number of findings of a level that count and that the baseline does not have."""
        return self.count(level) - _count(self.unchanged, level)

    @property
    def suppressed_findings(self) -> int:
        """The number of suppressed findings."""
        return sum(count for _, count in self.suppressed)

    @property
    def findings(self) -> int:
        """The number of all findings."""
        return sum(count for _, _, count in self.rules)


def with_counts(summary: ReportSummary, findings: Iterable[Finding], unassessed: int) -> ReportSummary:
    """The summary with further findings and rules that could not be judged counted in."""
    findings = list(findings)
    counts = {(rule, level): count for rule, level, count in summary.rules}
    return replace(
        summary,
        rules=_rules(findings, counts),
        unassessed=summary.unassessed + unassessed,
        suppressed=_levels(findings, _is_suppressed, summary.suppressed),
        unchanged=_levels(findings, _is_unchanged, summary.unchanged),
    )


def _is_suppressed(finding: Finding) -> bool:
    return not finding.is_active


def _is_unchanged(finding: Finding) -> bool:
    return finding.is_active and finding.baseline is Standing.UNCHANGED


def _levels(
    findings: Iterable[Finding], which: Callable[[Finding], bool], before: Iterable[tuple[Level, int]] = ()
) -> tuple[tuple[Level, int], ...]:
    counts = dict(before)
    for finding in findings:
        if which(finding):
            counts[finding.level] = counts.get(finding.level, 0) + 1
    return tuple(sorted(counts.items()))


def _count(counts: Iterable[tuple[Level, int]], level: Level) -> int:
    return sum(count for found, count in counts if found is level)


def _rules(findings: Iterable[Finding], counts: dict[tuple[str, Level], int]) -> tuple[tuple[str, Level, int], ...]:
    """The rows of :attr:`ReportSummary.rules`, with the findings added to ``counts``."""
    for finding in findings:
        key = finding.rule, finding.level
        counts[key] = counts.get(key, 0) + 1
    return tuple(sorted([(rule, level, count) for (rule, level), count in counts.items()]))


def summary_of(record: ReportRecord) -> ReportSummary:
    """What stays in memory of a record."""
    findings = record.findings
    # Only after an audit are findings marked; that none is shows at once.
    suppressed = [finding for finding in findings if finding.suppression is not None]
    compared = [finding for finding in findings if finding.baseline is not None]
    return ReportSummary(
        path=record.path,
        sha256=record.sha256,
        status=record.status,
        reason=record.reason,
        next_step=record.next_step,
        unit=record.unit,
        level=record.level,
        year=record.year,
        title=record.title,
        published=record.published,
        characters=record.characters,
        size=record.size,
        format=record.format,
        rules=_rules(findings, {}),
        unassessed=len(record.unassessed),
        suppressed=_levels(suppressed, _is_suppressed),
        unchanged=_levels(compared, _is_unchanged),
    )


def count_outcomes(records: Iterable[ReportRecord]) -> dict[str, dict[Outcome, int]]:
    """How often each rule came to which outcome, for telling a rule that never hit from one that could not judge."""
    counts: dict[str, dict[Outcome, int]] = {}
    for record in records:
        for rule, outcome in record.outcomes.items():
            of_rule = counts.setdefault(rule, {})
            of_rule[outcome] = of_rule.get(outcome, 0) + 1
    return counts


def add_outcomes(total: dict[str, dict[Outcome, int]], more: Mapping[str, Mapping[Outcome, int]]) -> None:
    """Add the counts of some more records to ``total``."""
    for rule, outcomes in more.items():
        of_rule = total.setdefault(rule, {})
        for outcome, count in outcomes.items():
            of_rule[outcome] = of_rule.get(outcome, 0) + count

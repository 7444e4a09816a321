"""Compares two runs: what is new, what is gone, what is as before, and whether that comes from the reports at all.

Findings are known again as with a baseline (:mod:`audit.baseline`). A finding that is gone counts as rectified only
where its rule judged a report that has changed: a rule that was added, switched off or rewritten rectifies nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy import Row as SqlRow

from audit.baseline import Baseline, Comparison, KnownReport, known_finding
from audit.record import GoneReason, ReportRecord
from checks.finding import Finding, Standing
from history.records import Run, RunOfUnit
from history.schema import FINDINGS, SUBMISSIONS, VERDICTS
from history.store import History


class Change(StrEnum):
    """How a finding compares with the earlier run; ``back`` was in none of the last but in one before."""

    NEW = "new"
    UNCHANGED = "unchanged"
    GONE = "gone"
    BACK = "back"


class Cause(StrEnum):
    """Why a finding is new or gone: the report was edited; its rule is not among those of both runs, or judges
    otherwise what nobody edited; its rule could not judge this time; or other reports have changed beside it."""

    REPORT = "report"
    RULES = "rules"
    NOT_JUDGED = "not_judged"
    SURROUNDINGS = "surroundings"


@dataclass(frozen=True, slots=True)
class ComparedFinding:
    """A finding of one of the runs, of the later one unless it is gone. ``cause`` is ``None`` where it is unchanged."""

    path: str
    finding: Finding
    change: Change
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """The reports of one unit on one year in both runs. ``unchanged`` counts; the others are listed.

    ``before`` and ``after`` are the numbers of reports, 0 where a run judged none; then nothing is gone, or all is new.
    """

    unit: str | None
    year: int | None
    before: int
    after: int
    unchanged: int
    changed: tuple[ComparedFinding, ...] = ()

    def count(self, change: Change, cause: Cause | None = None) -> int:
        """How many findings have changed so (and for this cause, if one is given)."""
        return sum(item.change is change and cause in (None, item.cause) for item in self.changed)


@dataclass(slots=True)
class _Group:
    """Positions, verdicts and hashes of the reports of one unit and year, in the earlier and in the later run."""

    unit: str | None
    year: int | None
    before: list[SqlRow[Any]] = field(default_factory=list[SqlRow[Any]])
    after: list[SqlRow[Any]] = field(default_factory=list[SqlRow[Any]])

    @property
    def is_unchanged(self) -> bool:
        return Counter(row.verdict for row in self.before) == Counter(row.verdict for row in self.after)


def compare_runs(history: History, before: Run, after: Run) -> Iterator[UnitComparison]:
    """Each unit and year of both runs, in the order of the later run, then what only the earlier one judged."""
    with history.database.read() as connection:
        groups = _grouped(_reports(connection, before), _reports(connection, after))
        counts = _numbers_of_findings(connection, after)
    same_rules = _same_rules(before, after)
    for group in groups:
        if group.is_unchanged or not group.after:
            unchanged = sum(counts.get(row.verdict, 0) for row in group.after)
            yield UnitComparison(group.unit, group.year, len(group.before), len(group.after), unchanged)
            continue
        earlier = tuple(history.reports(before, [row.position for row in group.before]))
        later = tuple(history.reports(after, [row.position for row in group.after]))
        found = compare_reports(earlier, later, same_rules=same_rules)
        changed = tuple(item for item in found if item.change is not Change.UNCHANGED)
        yield UnitComparison(group.unit, group.year, len(earlier), len(later), len(found) - len(changed), changed)


def findings_over_time(runs: Sequence[RunOfUnit]) -> tuple[ComparedFinding, ...]:
    """What became of the findings of a unit's report on one year: those of its latest run and those gone since the one
    before it. ``runs`` is what :meth:`history.store.History.runs_of_unit` gives."""
    times = [list(items) for _, items in groupby(runs, key=lambda item: item.run.key)]
    if not times:
        return ()
    latest, others = times[0], times[2:]
    previous = times[1] if len(times) > 1 else []
    reports = [[item.report for item in items] for items in (previous, latest)]
    same_rules = not previous or _same_rules(previous[0].run, latest[0].run)
    known = {finding.fingerprint for items in others for item in items for finding in item.report.findings}
    return tuple(
        ComparedFinding(item.path, item.finding, Change.BACK, item.cause)
        if item.change is Change.NEW and item.finding.fingerprint in known
        else item
        for item in compare_reports(*reports, same_rules=same_rules)
    )


def compare_reports(
    before: Sequence[ReportRecord], after: Sequence[ReportRecord], *, same_rules: bool
) -> tuple[ComparedFinding, ...]:
    """Compares what two runs found in the same unit's reports: the findings of the later one, then those gone.

    ``same_rules`` says that both runs judged by the same rules and program.
    """
    known = tuple(
        KnownReport(record.path, record.unit, record.year, record.title, tuple(map(known_finding, record.findings)))
        for record in before
    )
    comparison = Comparison(Baseline("", "", known))
    marked = [comparison.marked(record) for record in after]
    causes = _Causes(before, after, same_rules=same_rules)
    present = [
        ComparedFinding(record.path, finding, Change.UNCHANGED, None)
        if finding.baseline is Standing.UNCHANGED
        else ComparedFinding(record.path, finding, Change.NEW, causes.of_new(record, finding.rule))
        for record in marked
        for finding in record.findings
    ]
    originals = {(record.path, item.fingerprint): (record, item) for record in before for item in record.findings}
    for gone in comparison.result("").gone:
        record, finding = originals[gone.path, gone.fingerprint]
        cause = causes.of_gone(record, finding.rule, gone.reason)
        present.append(ComparedFinding(record.path, finding, Change.GONE, cause))
    return tuple(present)


class _Causes:
    """Tells where differences between the same unit's reports in two runs come from."""

    def __init__(self, before: Sequence[ReportRecord], after: Sequence[ReportRecord], *, same_rules: bool) -> None:
        self._files_before = {record.sha256 for record in before}
        self._files_after = {record.sha256 for record in after}
        self._rules_before = {rule for record in before for rule in record.outcomes}
        self._rules_after = {rule for record in after for rule in record.outcomes}
        self._unedited = Cause.SURROUNDINGS if same_rules else Cause.RULES

    def of_new(self, record: ReportRecord, rule: str) -> Cause:
        """Why a report has a finding that was not there."""
        if self._files_before and rule not in self._rules_before:
            return Cause.RULES
        return self._unedited if record.sha256 in self._files_before else Cause.REPORT

    def of_gone(self, record: ReportRecord, rule: str, reason: GoneReason) -> Cause:
        """Why a finding of an earlier report is there no more."""
        if rule not in self._rules_after:
            return Cause.RULES
        if record.sha256 in self._files_after:
            return self._unedited
        return Cause.NOT_JUDGED if reason is GoneReason.NOT_JUDGED else Cause.REPORT


def _same_rules(before: Run, after: Run) -> bool:
    one, other = before.header, after.header
    return (one.rules, one.version) == (other.rules, other.version)


def _reports(connection: Connection, run: Run) -> Sequence[Any]:
    columns = (
        SUBMISSIONS.c.position,
        SUBMISSIONS.c.path,
        SUBMISSIONS.c.verdict,
        VERDICTS.c.identity,
        VERDICTS.c.unit,
        VERDICTS.c.year,
    )
    joined = SUBMISSIONS.join(VERDICTS, VERDICTS.c.key == SUBMISSIONS.c.verdict)
    chosen = select(*columns).select_from(joined).where(SUBMISSIONS.c.run == run.key)
    return connection.execute(chosen.order_by(SUBMISSIONS.c.position)).all()


def _numbers_of_findings(connection: Connection, run: Run) -> Mapping[int, int]:
    of_run = select(SUBMISSIONS.c.verdict).where(SUBMISSIONS.c.run == run.key)
    chosen = select(FINDINGS.c.verdict, func.count()).where(FINDINGS.c.verdict.in_(of_run)).group_by(FINDINGS.c.verdict)
    return {row[0]: row[1] for row in connection.execute(chosen)}


def _grouped(before: Iterable[SqlRow[Any]], after: Iterable[SqlRow[Any]]) -> list[_Group]:
    """The reports of both runs, those together that have unit and year or the path in common."""
    parts: dict[object, object] = {}

    def root(key: object) -> object:
        while (above := parts.setdefault(key, key)) != key:
            key = above
        return key

    rows = [*((row, False) for row in after), *((row, True) for row in before)]
    for row, _ in rows:
        keys = _keys(row)
        for key in keys[1:]:
            parts[root(key)] = root(keys[0])
    groups: dict[object, _Group] = {}
    for row, is_before in rows:
        group = groups.setdefault(root(row.path), _Group(row.unit, row.year))
        (group.before if is_before else group.after).append(row)
    return list(groups.values())


def _keys(row: SqlRow[Any]) -> list[object]:
    return [row.path, (row.identity, row.year)] if row.identity else [row.path]

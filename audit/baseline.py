"""Compares a run with an earlier one: which findings are new, which were there before, and which are gone.

Findings are compared as multisets: three equal ones against two are one new and two unchanged, and the new one is that
whose sentence was not there before. What counts is the fingerprint, so a report may be edited elsewhere, renamed or
converted; a report whose unit is now read otherwise is known again by its path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from audit.record import JUDGED, BaselineRecord, GoneFinding, GoneReason, ReportRecord, RunRecord
from checks.finding import Finding, Outcome, Standing
from checks.fingerprint import comparable
from rules.model import Level

_JUDGED_OUTCOMES = (Outcome.FOUND, Outcome.PASSED)


class FindingLike(Protocol):
    """A finding, or as much of one as a file of an earlier run has told."""

    @property
    def rule(self) -> str:
        """See :class:`checks.finding.Finding`, like all that follow."""

    @property
    def level(self) -> Level:
        """Its level."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def quote(self) -> str:
        """The exact words."""

    @property
    def place(self) -> str:
        """Where they stand, in words."""

    @property
    def excerpt(self) -> str:
        """The words around them."""

    @property
    def fingerprint(self) -> str:
        """What it is known again by."""

    @property
    def number(self) -> str:
        """Its number for people."""

    @property
    def values(self) -> Mapping[str, Any]:
        """What the check has measured."""


class ReportLike(Protocol):
    """A record of a report, or as much of one as a file of an earlier run has told."""

    @property
    def path(self) -> str:
        """The path of its file."""

    @property
    def unit(self) -> str | None:
        """Whose report it is."""

    @property
    def year(self) -> int | None:
        """The year it is on."""

    @property
    def title(self) -> str | None:
        """Its title."""

    @property
    def findings(self) -> Sequence[FindingLike]:
        """What was found in it."""


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A finding of the baseline, as far as it is needed to know it again.

    ``missing`` names what is absent; ``aggregated`` is a finding that stands for too many equal ones.
    """

    rule: str
    level: Level
    title: str
    quote: str
    place: str
    excerpt: str
    fingerprint: str
    number: str
    missing: str = ""
    aggregated: bool = False


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A report of the baseline with its findings."""

    path: str
    unit: str | None
    year: int | None
    title: str | None
    findings: tuple[KnownFinding, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """An earlier run: ``source`` says where it was read from, ``rules`` is the hash of the rules that made it."""

    source: str
    rules: str
    reports: tuple[KnownReport, ...]


@dataclass(slots=True, eq=False)
class _Known:
    """A finding of the baseline and whether it was met again."""

    report: KnownReport
    finding: KnownFinding
    met: bool = False


@dataclass(slots=True)
class _Findings:
    """What of a baseline is left to be met, by what it can be known by."""

    by_family: dict[str, list[_Known]] = field(default_factory=lambda: defaultdict(list))
    by_report: dict[object, list[_Known]] = field(default_factory=lambda: defaultdict(list))


class Comparison:
    """Compares the reports of a run with ``baseline``, one after the other; then :meth:`result` says what is gone."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._known: list[_Known] = []
        self._left = _Findings()
        self._met_reports: dict[object, ReportRecord] = {}
        self._counts = dict.fromkeys(Standing, 0)
        for report in baseline.reports:
            self._add(report)

    def marked(self, record: ReportRecord) -> ReportRecord:
        """``record`` with each finding marked as new or unchanged."""
        if record.status not in JUDGED:
            return record
        for key in _report_keys(record):
            self._met_reports.setdefault(key, record)
        families = _families(record.findings)
        unchanged = self._meet_families(record.findings, families)
        unchanged |= self._meet_report(record, unchanged)
        findings = tuple(
            replace(finding, baseline=Standing.UNCHANGED if index in unchanged else Standing.NEW)
            for index, finding in enumerate(record.findings)
        )
        self._counts[Standing.UNCHANGED] += len(unchanged)
        self._counts[Standing.NEW] += len(findings) - len(unchanged)
        return replace(record, findings=findings)

    def result(self, rules: str) -> BaselineRecord:
        """The outcome; ``rules`` is the hash of the rules that judged this time."""
        left = [(known, self._report_now(known.report)) for known in self._known if not known.met]
        gone = [_gone(known, record) for known, record in left if record is not None]
        return BaselineRecord(
            source=self._baseline.source,
            same_rules=self._baseline.rules == rules,
            new=self._counts[Standing.NEW],
            unchanged=self._counts[Standing.UNCHANGED],
            not_compared=len(left) - len(gone),
            gone=tuple(gone),
        )

    def _add(self, report: KnownReport) -> None:
        for finding, family in zip(report.findings, _families(report.findings), strict=True):
            known = _Known(report, finding)
            self._known.append(known)
            self._left.by_family[family].append(known)
            for key in _report_keys(report):
                self._left.by_report[key].append(known)

    def _meet_families(self, findings: Sequence[Finding], families: Sequence[str]) -> set[int]:
        """Indexes of the findings that are met by fingerprint: first those in the same sentence, then the others."""
        met: set[int] = set()
        for same_sentence in (True, False):
            for index, (finding, family) in enumerate(zip(findings, families, strict=True)):
                if index in met or (candidates := self._left.by_family.get(family)) is None:
                    continue
                words = comparable(finding.excerpt)
                if _meet(
                    known for known in candidates if not same_sentence or words == comparable(known.finding.excerpt)
                ):
                    met.add(index)
        return met

    def _meet_report(self, record: ReportRecord, already: set[int]) -> set[int]:
        """Indexes of further findings that the same report had: by their words where its unit was read otherwise, by
        their rule where many findings were made one or one is many again."""
        same = [known for key in _report_keys(record) for known in self._left.by_report.get(key, ()) if not known.met]
        left = [(index, finding) for index, finding in enumerate(record.findings) if index not in already]
        if not same:
            return set()
        met = {
            index for index, finding in left if _meet(known for known in same if _says_the_same(finding, known.finding))
        }
        habits = {known.finding.rule: known for known in same if known.finding.aggregated}
        for index, finding in left:
            kin = [habits[finding.rule]] if finding.rule in habits else []
            if finding.values.get("aggregated"):
                kin = [known for known in same if known.finding.rule == finding.rule and not known.met]
            if kin and index not in met:
                met.add(index)
                for known in kin:
                    known.met = True
        return met

    def _report_now(self, report: KnownReport) -> ReportRecord | None:
        return next((self._met_reports[key] for key in _report_keys(report) if key in self._met_reports), None)


def compare(run: RunRecord, baseline: Baseline) -> RunRecord:
    """``run`` with its findings marked and the outcome of the comparison."""
    comparison = Comparison(baseline)
    reports = tuple(map(comparison.marked, run.reports))
    return replace(run, reports=reports, baseline=comparison.result(run.tool.rules.sha256))


def known_report(report: ReportLike) -> KnownReport:
    """What of a report is needed to know its findings again."""
    findings = tuple(map(known_finding, report.findings))
    return KnownReport(report.path, report.unit, report.year, report.title, findings)


def known_finding(finding: FindingLike) -> KnownFinding:
    """What of a finding is needed to know it again."""
    return KnownFinding(
        finding.rule,
        finding.level,
        finding.title,
        finding.quote,
        finding.place,
        finding.excerpt,
        finding.fingerprint,
        finding.number,
        str(finding.values.get("missing", "")),
        bool(finding.values.get("aggregated")),
    )


def _families(findings: Iterable[Finding | KnownFinding]) -> list[str]:
    """For each finding of one report what it has in common with its equals: the fingerprint of the first of them."""
    first: dict[tuple[str, str], str] = {}
    return [first.setdefault((finding.rule, _words(finding)), finding.fingerprint) for finding in findings]


def _words(finding: Finding | KnownFinding) -> str:
    missing = finding.missing if isinstance(finding, KnownFinding) else str(finding.values.get("missing", ""))
    return comparable(finding.quote or missing)


def _report_keys(report: ReportRecord | KnownReport) -> Iterator[object]:
    """What a report is known again by: whom and which year it is about, and its path."""
    name = report.unit or report.title
    if name is not None:
        yield comparable(name), report.year
    yield report.path


def _meet(candidates: Iterable[_Known]) -> bool:
    known = next((known for known in candidates if not known.met), None)
    if known is not None:
        known.met = True
    return known is not None


def _says_the_same(finding: Finding, known: KnownFinding) -> bool:
    alike = finding.rule == known.rule and bool(finding.values.get("aggregated")) == known.aggregated
    return alike and _words(finding) == _words(known)


def _gone(known: _Known, record: ReportRecord) -> GoneFinding:
    finding = known.finding
    judged = record.outcomes.get(finding.rule) in _JUDGED_OUTCOMES
    return GoneFinding(
        path=known.report.path,
        unit=known.report.unit,
        year=known.report.year,
        rule=finding.rule,
        level=finding.level,
        title=finding.title,
        quote=finding.quote,
        place=finding.place,
        fingerprint=finding.fingerprint,
        number=finding.number,
        reason=GoneReason.RESOLVED if judged else GoneReason.NOT_JUDGED,
    )

"""What became of the findings of the last audit: still there, put right, back again, or not to be told.

A rule that has changed, or a report that could not be read, must never look as if something had been put right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from audit.baseline import Baseline, Comparison, KnownFinding, known_finding, known_report
from audit.decisions import Word
from audit.record import JUDGED, UNREAD, GoneFinding, GoneReason, ReportRecord, Status
from checks.finding import Finding, Standing
from checks.fingerprint import comparable


class Progress(StrEnum):
    """How a finding compares with the last audit of the same unit's report on the same year."""

    NEW = "new"
    OPEN = "open"
    RETURNED = "returned"
    RESOLVED = "resolved"
    RULE_CHANGED = "rule_changed"
    UNDECIDED = "undecided"
    GONE_BEFORE = "gone_before"


SIMILAR: Final = 0.9
"""The share of equal characters from which another finding of the same rule is taken to be perhaps the same."""

ReportKey = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Previous:
    """The last audit of a unit's report on a year, and what was found there before that audit.

    ``run`` names it; ``same_rules`` tells whether rules and program were those of now, ``unchanged_rules`` which rules
    were the same where not all were. ``seen`` are the fingerprints of still earlier audits, ``decided`` those findings
    of them that somebody has decided about.
    """

    run: str
    same_rules: bool
    reports: tuple[ReportRecord, ...]
    unchanged_rules: AbstractSet[str] = frozenset()
    seen: AbstractSet[str] = frozenset()
    decided: tuple[KnownFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One finding of this audit or of the last one, and how they compare; ``note`` says why in Chinese."""

    path: str
    unit: str | None
    year: int | None
    finding: KnownFinding
    progress: Progress
    run: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What a workbook shows of earlier audits and of inspectors' decisions.

    ``words`` are by fingerprint; ``rows`` compare with the last audit; ``hints`` are Chinese sentences on findings, by
    fingerprint, that people should look at.
    """

    words: Mapping[str, Word] = field(default_factory=dict[str, Word])
    rows: tuple[Row, ...] = ()
    hints: Mapping[str, str] = field(default_factory=dict[str, str])

    def progress(self) -> dict[str, Progress]:
        """How the findings of this audit compare, by fingerprint."""
        return {row.finding.fingerprint: row.progress for row in self.rows}


def review(
    reports: Sequence[ReportRecord],
    previous: Mapping[ReportKey, Previous],
    words: Mapping[str, Word],
    rules: AbstractSet[str],
) -> Review:
    """Compare ``reports`` with the last audits of the same; ``rules`` are the ids of the rules in force now."""
    if not previous:
        return Review(words)
    rows = list(_Review(reports, previous, rules).rows())
    hints = dict(_hints(rows, words))
    return Review(words, tuple(_with_reworded(rows, hints)), {key: hint.text for key, hint in hints.items()})


def report_key(report: ReportRecord) -> ReportKey:
    """What the reports of one unit on one year have in common."""
    return comparable(report.unit or report.title or ""), report.year


class _Review:
    def __init__(
        self, reports: Sequence[ReportRecord], previous: Mapping[ReportKey, Previous], rules: AbstractSet[str]
    ) -> None:
        self._reports = reports
        self._previous = previous
        self._rules = rules
        self._now = {report_key(report): report for report in reports if report.status in JUDGED}

    def rows(self) -> Iterator[Row]:
        known = [report for one in self._previous.values() for report in one.reports]
        comparison = Comparison(Baseline("", "", tuple(map(known_report, known))))
        seen_now: set[str] = set()
        for report in self._reports:
            marked = comparison.marked(report)
            seen_now.update(finding.fingerprint for finding in report.findings)
            before = self._previous.get(report_key(report))
            if before is not None and report.status in JUDGED:
                yield from (self._row(report, finding, before) for finding in marked.findings)
        for gone in comparison.result("").gone:
            if gone.fingerprint not in seen_now:
                yield from self._gone(gone)
        yield from self._unread()
        yield from self._gone_before(seen_now)

    def _row(self, report: ReportRecord, finding: Finding, before: Previous) -> Row:
        progress, note = _compared(finding, before)
        return Row(report.path, report.unit, report.year, known_finding(finding), progress, before.run, note)

    def _gone(self, gone: GoneFinding) -> Iterator[Row]:
        key = comparable(gone.unit or ""), gone.year
        before = self._previous.get(key)
        finding = None if before is None else _finding_with(gone.fingerprint, before)
        if before is None or finding is None:
            return
        progress, note = self._why_gone(gone, before, self._now.get(key))
        yield Row(gone.path, gone.unit, gone.year, finding, progress, before.run, note)

    def _why_gone(self, gone: GoneFinding, before: Previous, now: ReportRecord | None) -> tuple[Progress, str]:
        if gone.rule not in self._rules:
            return Progress.RULE_CHANGED, "这条规则本次没有启用，不等于已整改"
        if gone.reason is GoneReason.NOT_JUDGED:
            return Progress.UNDECIDED, "这条规则本次未能判断，不等于已整改"
        if now is not None and now.status is Status.PARTLY_READ:
            return Progress.UNDECIDED, "报告本次只读出部分内容，不等于已整改"
        if before.same_rules or gone.rule in before.unchanged_rules:
            return Progress.RESOLVED, "本次报告中已没有这个问题"
        return Progress.RULE_CHANGED, "上期以后规则或程序有变动，不能据此认定已整改，请核对原文"

    def _unread(self) -> Iterator[Row]:
        """The findings of the last audit in files that could not be read this time."""
        unread = {report.path: report for report in self._reports if report.status in UNREAD}
        for key, before in self._previous.items():
            for report in before.reports:
                if report.path in unread and key not in self._now:
                    for finding in report.findings:
                        known = known_finding(finding)
                        note = "文件本次未能读取，不等于已整改"
                        yield Row(report.path, report.unit, report.year, known, Progress.UNDECIDED, before.run, note)

    def _gone_before(self, seen_now: AbstractSet[str]) -> Iterator[Row]:
        """Findings of still earlier audits that people have decided about: their word stays in sight."""
        for key, before in self._previous.items():
            now = self._now.get(key)
            last = {finding.fingerprint for report in before.reports for finding in report.findings}
            for finding in before.decided:
                if now is not None and finding.fingerprint not in seen_now | last:
                    note = "上期审核时已没有这个问题，审核意见仍保留"
                    yield Row(now.path, now.unit, now.year, finding, Progress.GONE_BEFORE, before.run, note)


def _compared(finding: Finding, before: Previous) -> tuple[Progress, str]:
    if finding.baseline is Standing.UNCHANGED:
        return Progress.OPEN, ""
    if finding.fingerprint in before.seen:
        return Progress.RETURNED, "更早的审核中出现过，上期没有，本次又出现"
    if not any(finding.rule in report.outcomes for report in before.reports):
        return Progress.RULE_CHANGED, "上期没有启用这条规则"
    if not before.same_rules and finding.rule not in before.unchanged_rules:
        return Progress.NEW, "上期以后规则或程序有变动，也可能是规则变化引起的"
    return Progress.NEW, ""


def _finding_with(fingerprint: str, before: Previous) -> KnownFinding | None:
    found = (finding for report in before.reports for finding in report.findings)
    return next((known_finding(finding) for finding in found if finding.fingerprint == fingerprint), None)


@dataclass(frozen=True, slots=True)
class _Hint:
    text: str
    other: str


def _hints(rows: Sequence[Row], words: Mapping[str, Word]) -> Iterator[tuple[str, _Hint]]:
    """For findings that are new: which finding that is gone they perhaps are, in other words."""
    gone: dict[tuple[str | None, int | None, str], list[Row]] = {}
    for row in rows:
        if row.progress in (Progress.RESOLVED, Progress.RULE_CHANGED, Progress.GONE_BEFORE):
            gone.setdefault((row.unit, row.year, row.finding.rule), []).append(row)
    for row in rows:
        if row.progress is not Progress.NEW or not row.finding.quote:
            continue
        near = _nearest(row, gone.get((row.unit, row.year, row.finding.rule), ()))
        if near is not None:
            opinion = word.opinion if (word := words.get(near.finding.fingerprint)) else None
            said = f"（审核意见：{opinion}）" if opinion else ""
            yield (
                row.finding.fingerprint,
                _Hint(f"疑似与 {near.finding.number}{said}是同一问题，请确认", near.finding.fingerprint),
            )


def _nearest(row: Row, others: Iterable[Row]) -> Row | None:
    # Only where something is new and something of the same rule is gone.
    from rapidfuzz import fuzz  # noqa: PLC0415

    quote = comparable(row.finding.quote)
    scored = [(fuzz.ratio(quote, comparable(other.finding.quote)) / 100, other) for other in others]
    best = max(scored, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] >= SIMILAR else None


def _with_reworded(rows: Iterable[Row], hints: Mapping[str, _Hint]) -> Iterator[Row]:
    """A finding that perhaps lives on in other words has not been put right for certain."""
    reworded = {hint.other for hint in hints.values()}
    for row in rows:
        if row.finding.fingerprint in reworded and row.progress is Progress.RESOLVED:
            note = "疑似改写后仍然存在，见“问题清单”的审核提示"
            yield Row(row.path, row.unit, row.year, row.finding, Progress.UNDECIDED, row.run, note)
        else:
            yield row

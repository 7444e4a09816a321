"""What earlier audits and inspectors have to say of the reports of a run, from the history."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from audit.decisions import DISMISSING, Word, words_by_finding
from audit.findings_file import read_reports
from audit.packing import RECORDS
from audit.packs import load_pack
from audit.reconcile import tool_record
from audit.record import JUDGED, UNREAD, ReportRecord
from audit.rectification import ReportKey, Review, report_key, review
from audit.result_store import StoredRecord
from audit.suppression_file import Entry
from audit.yearly import YearlyMetric, YearThresholds, compare_years
from checks.finding import SuppressionKind
from checks.metrics.values import MetricValue
from documents.personal import without_personal_data
from flows.steps import RunPlan
from history.decisions import current_decisions
from history.errors import HistoryError
from history.location import OFF, history_url
from history.review import metrics_by_year, previous_audits
from history.store import open_history

YearMetrics = Mapping[ReportKey, Sequence[MetricValue]]


@dataclass(frozen=True, slots=True)
class Past:
    """What a run can ask about the past, in any process.

    ``history`` and ``state`` say where the history is, ``before`` when the run began, ``rules`` which rules and program
    judge now, ``words`` what inspectors say of findings. ``earlier`` are the metrics of the reports compared with.
    """

    history: str
    state: Path
    before: datetime
    rules: tuple[str, str]
    rule_ids: frozenset[str]
    words: Mapping[str, Word]
    earlier: YearMetrics = field(default_factory=dict[ReportKey, Sequence[MetricValue]])

    def review(self, reports: Sequence[ReportRecord]) -> Review:
        """How the findings of these reports compare with the last audits, and what people say of them."""
        judged = {report_key(report) for report in reports if report.status in JUDGED}
        unread = [report.path for report in reports if report.status in UNREAD]
        url = history_url(self.history, self.state)
        if url is None:
            return Review(self.words)
        try:
            with open_history(url) as history:
                previous = previous_audits(history, judged, unread, self.before, self.rules)
        except HistoryError:
            # It could be read when the run ended; what inspectors said is at hand, and the audit itself is complete.
            return Review(self.words)
        return review(reports, previous, self.words, self.rule_ids)

    def yearly(self, reports: Sequence[ReportRecord], thresholds: YearThresholds) -> tuple[YearlyMetric, ...]:
        """The metrics of the units of these reports over the years known."""
        judged = [report for report in reports if report.status in JUDGED and report.unit and report.year]
        names = {report_key(report)[0]: report.unit or "" for report in judged}
        known = {
            **self._recorded(names),
            **{key: values for key, values in self.earlier.items() if key[0] in names},
            **{report_key(report): report.metrics for report in judged},
        }
        return compare_years(known, names, thresholds)

    def _recorded(self, names: Mapping[str, str]) -> YearMetrics:
        url = history_url(self.history, self.state)
        if url is None:
            return {}
        try:
            with open_history(url) as history:
                return metrics_by_year(history, names.keys(), self.before)
        except HistoryError:
            return {}


def read_past(plan: RunPlan) -> tuple[Past | None, tuple[str, ...]]:
    """What is known of the past, ``None`` where no history is kept; and sentences where it could not be read."""
    if plan.request.history == OFF:
        return None, ()
    try:
        url = history_url(plan.request.history, plan.output.state)
        if url is None:
            return None, ()
        with plan.timings.stage("history"), open_history(url) as history:
            holding = [one.decision for group in current_decisions(history).values() for one in reversed(group)]
    except HistoryError as fault:
        return None, (f"没有读到历史库，工作簿不带入以前的审核意见，也不作对比：{fault}。",)
    ruleset, _ = load_pack(plan.request.choice.pack)
    tool = tool_record(ruleset)
    ids = frozenset(name for rule in ruleset.rules for name in (rule.id, *rule.aliases))
    rules = (tool.rules.sha256, tool.version)
    words = words_by_finding(holding)
    return Past(plan.request.history, plan.output.state, plan.started, rules, ids, words), ()


def dismissals(past: Past | None, today: date) -> tuple[Entry, ...]:
    """The findings that inspectors have set aside and for which that still holds."""
    if past is None:
        return ()
    entries = (_entry(fingerprint, word) for fingerprint, word in past.words.items() if word.opinion in DISMISSING)
    return tuple(entry for entry in entries if entry.until is None or entry.until >= today)


def _entry(fingerprint: str, word: Word) -> Entry:
    last = word.holding[-1]
    reason = f"{word.opinion}：{word.reason}" if word.reason else str(word.opinion)
    return Entry(
        kind=SuppressionKind.DECISION,
        reason=without_personal_data(reason),
        by=last.by,
        source=without_personal_data(f"{Path(last.workbook).name} 第{last.row}行"),
        until=word.until,
        fingerprint=fingerprint,
    )


def words_digest(past: Past | None, decisions: Iterable[Entry]) -> str:
    """What stands for all that inspectors said, and for which of it holds today."""
    if past is None or not past.words:
        return ""
    said = sorted((key, repr(word)) for key, word in past.words.items())
    return hashlib.sha256(repr((said, sorted(str(entry.fingerprint) for entry in decisions))).encode()).hexdigest()


def with_earlier_metrics(past: Past, plan: RunPlan, stored: Mapping[str, StoredRecord]) -> Past:
    """The past with the metrics of the reports on earlier years that the run is compared with."""
    found = {report_key(record): record.metrics for record in _earlier(plan, stored) if record.unit and record.year}
    return replace(past, earlier=found) if found else past


def _earlier(plan: RunPlan, stored: Mapping[str, StoredRecord]) -> Iterator[ReportRecord]:
    if plan.request.earlier_run is not None:
        yield from (record for record in read_reports(plan.request.earlier_run) if record.status in JUDGED)
        return
    known = [stored[submission.shown] for submission in plan.earlier if submission.shown in stored]
    judged = [record for record in known if record.summary.status in JUDGED]
    yield from (RECORDS.unpack(packed) for packed in plan.store.packed_records(judged) if packed is not None)

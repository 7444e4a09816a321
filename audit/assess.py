"""From one submission to its record: read it, judge it, and say so where that was not possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from audit.inbox import Submission
from audit.record import ContentRecord, FactRecord, ReportRecord, Status, YearRecord
from checks.context import Context
from checks.engine import Engine, Judgement, Watch, unwatched
from checks.sections.places import ContentPlace
from documents.errors import Unreadable
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from documents.read import Location, read_reports
from documents.report import Attribute, Certainty, Report
from rules.facts import Facts
from rules.model import Ruleset


class Auditor:
    """Judges submissions by one rule set. ``audited_year`` is the year the audit is about, if it was said."""

    def __init__(
        self,
        ruleset: Ruleset,
        facts: Facts,
        audited_year: int | None = None,
        limits: ReadingLimits = DEFAULT_LIMITS,
    ) -> None:
        self.ruleset = ruleset
        self.facts = facts
        self.audited_year = audited_year
        self.limits = limits
        self._engine = Engine(ruleset, facts)
        self._content_names = {content.id: content.name for content in facts.contents}

    def assess(
        self, submission: Submission, converted: Path | Unreadable | None = None, watch: Watch = unwatched
    ) -> ReportRecord:
        """The record of one submission. A file that cannot be read becomes a record that says why.

        ``converted`` is the same document as docx where it was converted beforehand, or why it could not be; ``watch``
        is told, in Chinese, what is about to be done.
        """
        return self.assess_together([(submission, converted)], watch)[0][0]

    def assess_together(
        self, submissions: Sequence[tuple[Submission, Path | Unreadable | None]], watch: Watch = unwatched
    ) -> list[tuple[ReportRecord, Context | None]]:
        """As :meth:`assess` for each of several, with the analyses on which the record of a report that was read
        rests."""
        read = self._read(submissions, watch)
        contexts = [item for item in read if isinstance(item, Context)]
        judgements = iter(self._engine.judge_together(contexts, watch))
        return [
            (item, None) if isinstance(item, ReportRecord) else (self._record(item, next(judgements)), item)
            for item in read
        ]

    def assess_report(self, report: Report, watch: Watch = unwatched) -> ReportRecord:
        """The record of a report that was read."""
        context = self._context(report)
        return self._record(context, self._engine.judge(context, watch))

    def _read(
        self, submissions: Sequence[tuple[Submission, Path | Unreadable | None]], watch: Watch
    ) -> list[Context | ReportRecord]:
        """What each report is judged in, or the record of a file that is none or cannot be read."""
        watch("读取")
        places = [
            (Location(Path(submission.path), submission.member, converted), submission.shown)
            for submission, converted in submissions
            if submission.ignored is None
        ]
        found = iter(read_reports(places, self.limits))
        return [
            _ignored(submission, submission.ignored)
            if submission.ignored is not None
            else self._read_or_not(submission, next(found))
            for submission, _ in submissions
        ]

    def _read_or_not(self, submission: Submission, found: Report | Unreadable) -> Context | ReportRecord:
        return _unread(submission, found) if isinstance(found, Unreadable) else self._context(found)

    def _context(self, report: Report) -> Context:
        report = _with_audited_year(report, self.audited_year)
        return Context(report, self.facts, self.audited_year, needles=self._engine.needles)

    def _record(self, context: Context, judgement: Judgement) -> ReportRecord:
        report = context.report
        return ReportRecord(
            path=report.source.path,
            sha256=report.source.sha256,
            status=Status.PARTLY_READ if report.source.incomplete else Status.READ,
            reason=report.source.incomplete,
            next_step="请核对原文件，必要时要求单位重新报送。" if report.source.incomplete else None,
            unit=report.unit.value if report.unit else None,
            level=report.level.value if report.level else None,
            year=report.year.value if report.year else None,
            title=report.title.value if report.title else None,
            published=report.published.value if report.published else None,
            characters=len(report.text),
            size=report.source.size,
            format=report.source.format,
            encoding=report.source.encoding or None,
            notes=report.source.notes,
            evidence=_evidence(report),
            findings=judgement.findings,
            metrics=context.metric_values,
            years=_years(context),
            contents=_contents(context, self._content_names),
            outcomes=judgement.outcomes,
            unassessed=judgement.unassessed,
        )


def _ignored(submission: Submission, reason: str) -> ReportRecord:
    return ReportRecord(submission.shown, None, Status.IGNORED, reason, "无需处理。")


def _unread(submission: Submission, obstacle: Unreadable) -> ReportRecord:
    return ReportRecord(
        submission.shown,
        obstacle.sha256,
        Status(obstacle.status),
        obstacle.reason,
        obstacle.next_step,
        size=obstacle.size,
    )


def _with_audited_year(report: Report, year: int | None) -> Report:
    """A report that does not tell its year is taken to be about the year that the audit is about."""
    if report.year is not None or year is None:
        return report
    return replace(report, year=Attribute(year, Certainty.GUESS, ()))


def _evidence(report: Report) -> dict[str, FactRecord]:
    facts: dict[str, FactRecord] = {}
    for name in ("title", "unit", "level", "year", "published"):
        fact: Attribute[object] | None = getattr(report, name)
        if fact is not None:
            first = fact.evidence[0] if fact.evidence else None
            facts[name] = FactRecord(fact.certainty, first.origin if first else "", first.quote if first else "")
    return facts


def _years(context: Context) -> tuple[YearRecord, ...]:
    excerpt = context.places.excerpt
    return tuple(
        [
            YearRecord(
                mention.year,
                mention.last,
                mention.kind,
                mention.quote,
                mention.span.start,
                mention.span.end,
                mention.section,
                excerpt(mention.span),
                mention.reason,
            )
            for mention in context.year_mentions
        ]
    )


def _contents(context: Context, names: Mapping[str, str]) -> tuple[ContentRecord, ...]:
    return tuple(
        [
            ContentRecord(place.id, names[place.id], place.presence, _places(context, place))
            for place in context.contents.places.values()
        ]
    )


def _places(context: Context, place: ContentPlace) -> tuple[str, ...]:
    """The headings that carry a content, or where it stands in words if it has none."""
    report = context.report
    if place.headings:
        return tuple([report.quote(report.headings[index].span) for index in place.headings])
    return tuple(dict.fromkeys([context.places.in_words(span) for span in place.spans]))

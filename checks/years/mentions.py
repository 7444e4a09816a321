"""Every mention of a year in a report, classified.

A mention of another year is presumed innocent: it is a defect only where its own clause presents that year as the
reported one (or as the planned one), and no word around it explains it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from checks.years.kinds import YearKind
from checks.years.setting import Setting
from checks.years.verdicts import by_form, by_place
from documents.report import Report, Span
from rules.facts import Facts

_TOLD_IN_A_CLAUSE = {YearKind.STALE_OPENING, YearKind.STALE_STATEMENT, YearKind.FUTURE_STATEMENT}


class YearMention(NamedTuple):
    """One mention of a year. ``last`` is the end of a range, else equal to ``year``; ``reason`` says why, in Chinese.

    ``setting`` is what stands around it.
    """

    year: int
    last: int
    kind: YearKind
    span: Span
    quote: str
    section: str
    reason: str
    setting: Setting


def classify_years(report: Report, settings: Iterable[Setting], facts: Facts) -> tuple[YearMention, ...]:
    """Classify every mention of a year, in the order of ``settings``; those in web residue are classed as such."""
    return tuple([_mention(report, setting, facts) for setting in settings])


def _mention(report: Report, setting: Setting, facts: Facts) -> YearMention:
    kind, reason = by_form(setting) or by_place(setting, facts)
    span = setting.span
    section = report.section_label(span.start)
    return YearMention(setting.year, setting.last, kind, span, report.quote(span), section, reason, setting)


def telling_passage(report: Report, mention: YearMention) -> Span:
    """The shortest passage that shows how the year is meant: the heading, or the year with its clause."""
    setting = mention.setting
    if setting.heading is not None:
        return report.headings[setting.heading].title_span
    if mention.kind is YearKind.THIS_YEAR:
        return setting.span
    start = setting.token.start
    if mention.kind in _TOLD_IN_A_CLAUSE and not setting.heads_clause:
        start -= len(setting.lead)
    return Span(*report.view.to_text(start, setting.token.end + len(setting.clause)))

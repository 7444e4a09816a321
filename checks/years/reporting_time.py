"""The time a report speaks of and the time it was written, as the checks of years need them."""

from __future__ import annotations

from datetime import date

from checks.match import NotAssessable
from documents.report import Certainty, Report

# Annual reports are due between 1 March and 1 April (督察工作规定); a month is left for those that come late.
_USUAL_END = (4, 30)


def reported_year(report: Report) -> int:
    """The reported year; raises NotAssessable where the report does not tell it, or only by one weak sign."""
    if report.year is None:
        raise NotAssessable("未能认定报告年度，无法判断年份是否相符")
    if report.year.certainty is Certainty.GUESS:
        raise NotAssessable(f"报告年度{report.year.value}年仅由个别字句推测，不足以判断年份是否相符")
    return report.year.value


def own_date(report: Report) -> date | None:
    """The date the report bears, if it is stated clearly and not before the last quarter of the reported year."""
    published = report.published
    if published is None or published.certainty is Certainty.GUESS:
        return None
    earliest = date(report.year.value, 10, 1) if report.year else date.min
    return published.value if published.value >= earliest else None


def latest_writing(report: Report) -> date:
    """The day by which the report was written: its own date, else the end of April after the reported year."""
    return own_date(report) or date(reported_year(report) + 1, *_USUAL_END)


def in_words(day: date) -> str:
    """The date as official texts write it: ``2021年8月11日``."""
    return f"{day.year}年{day.month}月{day.day}日"

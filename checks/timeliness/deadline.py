"""Dates of a report after a deadline in the year that follows the reported one.

Cases: ``late`` (after the deadline), ``very-late`` (after ``very_late_after`` too), ``long-after`` (in a later year, as
when a site was moved), ``by-practice`` (a unit that the rule does not name and that reports by practice).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.timeliness.dates import DateKind, ReportDate
from checks.years.reporting_time import in_words, reported_year
from documents.report import Report
from rules.model import Parameters
from rules.pattern import Re2Pattern

_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class DeadlineParameters(Parameters):
    """``dates`` are judged against ``deadline`` (month-day, still in time) of the year after the reported one."""

    dates: tuple[DateKind, ...] = Field(
        min_length=1, description="看哪种日期：signed 落款日期、written 网页上的成文日期、published 网页上的发布日期"
    )
    deadline: str = Field(pattern=_DAY, description="报告年度次年的最后期限（月-日，当天不算晚）")
    duty: str = Field(description="期限前应当做什么，用在说明里，如“报送”“向社会公开”")
    very_late_after: str | None = Field(
        default=None, pattern=_DAY, description="晚于这一天（月-日）的算 very-late，可另定级别"
    )
    by_practice: tuple[Re2Pattern, ...] = Field(
        default=(), description="单位名称有这些写法时，规定没有点名、按惯例执行，算 by-practice"
    )


def run(context: Context, parameters: DeadlineParameters) -> Iterator[Match]:
    """The first date of a wanted kind that is late; one is enough."""
    report = context.report
    year = reported_year(report)
    dates = [item for item in context.dates if item.kind in parameters.dates]
    if not dates:
        raise NotAssessable("未识别到报告的落款、成文或发布日期，无法判断是否按期")
    deadline = _day(year + 1, parameters.deadline)
    late = next((item for item in dates if item.first > deadline), None)
    if late is not None:
        yield Match(
            late.span,
            f"{late.in_words}，晚于{in_words(deadline)}，请核实是否按期{parameters.duty}",
            values={"date": late.first.isoformat(), "deadline": deadline.isoformat(), "kind": late.kind.value},
            case=_case(report, late, year, parameters),
        )


def _case(report: Report, late: ReportDate, year: int, parameters: DeadlineParameters) -> str:
    unit = report.unit.value if report.unit else ""
    if any(pattern.search(unit) for pattern in parameters.by_practice):
        return "by-practice"
    if late.first.year > year + 1:
        return "long-after"
    beyond = parameters.very_late_after
    return "very-late" if beyond and late.first > _day(year + 1, beyond) else "late"


def _day(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


KIND = Kind(
    name="deadline",
    summary="落款、成文或者发布日期晚于期限",
    parameters=DeadlineParameters,
    run=run,
    cases=("late", "very-late", "long-after", "by-practice"),
)

"""A report that bears a date before the year it reports on has ended.

Cases: ``in-year`` (its figures can hardly be the whole year's) and ``before-year`` (before the year had begun).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable, Value
from checks.timeliness.dates import DateKind
from checks.years.reporting_time import reported_year
from documents.report import Certainty
from rules.model import Parameters


class DatedInYearParameters(Parameters):
    """``dates`` that are judged; ``last_day``: month and day from which the year counts as ended."""

    dates: tuple[DateKind, ...] = Field(
        default=tuple(DateKind), min_length=1, description="看哪种日期：signed 落款、written 成文、published 发布"
    )
    last_day: str = Field(
        default="12-31",
        pattern=r"^12-(0[1-9]|[12][0-9]|3[01])$",
        description="报告年度的这一天（月-日）及以后形成的，视为年度已结束",
    )


def run(context: Context, parameters: DatedInYearParameters) -> Iterator[Match]:
    """The surest date, where it lies before the end of the reported year."""
    report = context.report
    year = reported_year(report)
    dates = [item for item in context.dates if item.kind in parameters.dates]
    if not dates:
        raise NotAssessable("未识别到报告的落款、成文或发布日期，无法判断是否在年度结束后形成")
    ended = date.fromisoformat(f"{year}-{parameters.last_day}")
    early = dates[0]
    if early.last >= ended:
        return
    values: dict[str, Value] = {"date": early.first.isoformat(), "reported": year, "kind": early.kind.value}
    if early.first.year < year:
        certain = report.year is not None and report.year.certainty is Certainty.CERTAIN
        message = f"{early.in_words}早于报告年度{year}年，两者必有一误"
        yield Match(early.span, message, values=values, case="before-year" if certain else "in-year")
    else:
        message = f"{early.in_words}时{year}年尚未结束，数据可能不是全年数"
        yield Match(early.span, message, values=values, case="in-year")


KIND = Kind(
    name="dated-in-year",
    summary="报告在所报告的年度结束之前形成或者发布",
    parameters=DatedInYearParameters,
    run=run,
    cases=("in-year", "before-year"),
)

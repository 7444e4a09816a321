"""Dates after the report's own date that are told as past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.years.reporting_time import in_words, own_date
from checks.years.setting import Part, Setting
from documents.lazy_pattern import lazy_pattern
from documents.report import Report
from documents.years import YearForm
from rules.model import Parameters

_STILL_TO_COME = lazy_pattern(
    "将|拟|计划|力争|争取|预计|前|到期|有效期|截止|届满|止|实施|施行|生效|为期|至|定于|目标|要求|安排|开始|起"
)
# The page's own stamp, where the line ends of the page are lost.
_STAMP = lazy_pattern(r"(?:时间|日期|发布|更新|来源)\s*:?\s*$")


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each date in the report's own account that lies after the date the report bears."""
    report = context.report
    own = own_date(report)
    if own is None:
        raise NotAssessable("未识别到报告自身的成文或发布日期，无法与文中日期比较")
    for setting in context.year_settings:
        if setting.token.form is YearForm.DATE and _told_after(setting, own):
            yield _match(report, setting, own)


def _told_after(setting: Setting, own: date) -> bool:
    token = setting.token
    if token.month is None or setting.part not in (Part.BODY, Part.OPENING) or _STAMP.search(setting.before):
        return False
    day = token.calendar_day or date(setting.year, token.month, 1)
    return day > own and not setting.in_book_title and not _STILL_TO_COME.search(f"{setting.lead}{setting.clause}")


def _match(report: Report, setting: Setting, own: date) -> Match:
    quote = report.quote(setting.span)
    return Match(
        span=setting.span,
        message=f"“{quote}”晚于报告自身日期{in_words(own)}，却写成已经发生的事",
        values={"date": quote, "own": own.isoformat()},
    )


KIND = Kind(
    name="date-after-report",
    summary="文中把晚于报告自身日期的日期写成已经发生",
    parameters=Parameters,
    run=run,
)

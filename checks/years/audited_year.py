"""A report on another year than the one the audit asked for, such as last year's report handed in again."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.report import Certainty, Span
from rules.model import Parameters


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """The words that give the reported year, where it is not the audited one."""
    wanted, year = context.audited_year, context.report.year
    if wanted is None:
        return
    if year is None or year.certainty is Certainty.GUESS:
        raise NotAssessable(f"未能确认报告年度，无法判断是否为{wanted}年度报告")
    if year.value != wanted:
        span = year.evidence[0].span if year.evidence else Span(0, 0)
        message = f"本次审核{wanted}年度报告，这份报告写的是{year.value}年度"
        yield Match(span, message, values={"reported": year.value, "audited": wanted})


KIND = Kind(
    name="audited-year",
    summary="报告年度不是本次审核的年度（审核时用 --year 指定）",
    parameters=Parameters,
    run=run,
)

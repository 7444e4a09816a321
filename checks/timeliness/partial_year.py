"""Figures of a part of the year (上半年, 1—11月) told as the year's."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.alternatives import any_matches
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.setting import in_plan_section
from documents.report import Report, Span
from rules.facts import Facts
from rules.model import Parameters
from rules.needles import needles_of_any
from rules.pattern import Re2Pattern


class PartialYearParameters(Parameters):
    """``periods`` are the parts of a year; ``figure`` must follow in the same sentence; ``excused`` in the paragraph
    says that the rest of the year is told as well, or that no total is meant."""

    periods: tuple[Re2Pattern, ...] = Field(min_length=1, description="不满一年的期间的写法")
    figure: Re2Pattern = Field(description="同一句中期间之后的合计数的写法")
    excused: Re2Pattern = Field(description="所在段落有这些写法时不算，如另写了下半年、全年或同期比较")


def run(context: Context, parameters: PartialYearParameters) -> Iterator[Match]:
    """One match for each period with a total, outside the plan and web residue."""
    report = context.report
    if not any_matches(parameters.periods, report.view.text):
        return
    for pattern in parameters.periods:
        for found, span in report.find(pattern):
            if report.in_residue(span) or in_plan_section(context.contents, span.start):
                continue
            figure = parameters.figure.search(_rest_of_sentence(report, found.end()))
            if figure and figure.start() == 0 and not parameters.excused.search(_paragraph(report, span)):
                quote = report.quote(span)
                yield Match(span, f"“{quote}”的数据不是全年数，而年度报告应当反映全年情况", values={"period": quote})


def needles(parameters: PartialYearParameters, facts: Facts) -> frozenset[str]:
    """Every part of a year has one of these."""
    return needles_of_any(period.source for period in parameters.periods)


def _rest_of_sentence(report: Report, start: int) -> str:
    text = report.view.text
    ends = [place for mark in "。\n" if (place := text.find(mark, start)) >= 0]
    return text[start : min(ends, default=len(text))]


_REACH = 300


def _paragraph(report: Report, span: Span) -> str:
    """The paragraph around ``span``, or what is near it in a text without paragraphs."""
    start, end = report.view.from_text(*span)
    text = report.view.text
    first = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    last = text.find("\n", end)
    return text[first : min(last if last >= 0 else len(text), end + _REACH)]


KIND = Kind(
    name="partial-year",
    summary="把不满一年的数据当作全年数据",
    parameters=PartialYearParameters,
    run=run,
    needles=needles,
)

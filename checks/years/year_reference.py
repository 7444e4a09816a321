"""Mentions of a year that are classed as a defect."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.place import clipped
from checks.years.kinds import YEAR_KIND_NAMES, YearKind
from checks.years.mentions import telling_passage
from checks.years.reporting_time import reported_year
from rules.model import Parameters


class YearReferenceParameters(Parameters):
    """``kinds``: the kinds of mentions to report."""

    kinds: tuple[YearKind, ...] = Field(min_length=1, description="报告哪些类别的年份")


def run(context: Context, parameters: YearReferenceParameters) -> Iterator[Match]:
    """Each mention of a listed kind; the match is the heading, or the year with its clause."""
    report = context.report
    expected = reported_year(report)
    if context.year_kinds.isdisjoint(parameters.kinds):
        return
    for mention in context.year_mentions:
        if mention.kind not in parameters.kinds:
            continue
        passage = telling_passage(report, mention)
        shown = clipped(report.quote(passage))
        yield Match(
            span=passage,
            message=f"“{shown}”：{mention.reason}",
            values={"year": mention.year, "reported": expected, "kind": YEAR_KIND_NAMES[mention.kind]},
            case=mention.kind.value,
        )


KIND = Kind(
    name="year-reference",
    summary="年份写成其他年度：按年份归类结果，报告指定类别的年份",
    parameters=YearReferenceParameters,
    run=run,
    cases=tuple(kind.value for kind in YearKind),
)

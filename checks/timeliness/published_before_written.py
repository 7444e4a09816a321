"""A page that says it published the report before the report was written."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.timeliness.dates import DateKind
from rules.model import Parameters


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """The date of publication where it lies before the date of signature or of writing."""
    dates = context.dates
    published = [item for item in dates if item.kind is DateKind.PUBLISHED]
    written = [item for item in dates if item.kind is not DateKind.PUBLISHED]
    if not (published and written):
        raise NotAssessable("没有同时识别到发布日期和成文（落款）日期，无法比较先后")
    later = next((item for item in written if item.first > published[0].last), None)
    if later is not None:
        yield Match(
            published[0].span,
            f"{published[0].in_words}早于{later.in_words}，先公布后成文，必有一处日期有误",
            related=(later.span,),
            values={"published": published[0].first.isoformat(), "written": later.first.isoformat()},
        )


KIND = Kind(
    name="published-before-written",
    summary="网页所示发布日期早于报告的落款或成文日期",
    parameters=Parameters,
    run=run,
)

"""A title that does not say which year the report is about."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.lazy_pattern import lazy_pattern
from documents.report import Certainty, ParagraphKind, Report
from documents.years import find_year_tokens
from rules.model import Parameters

_REPORT_TITLE = lazy_pattern("(?:法治政府|依法行政|法治建设).*(?:报告|总结|情况)")
_DIGITS_ONLY = lazy_pattern("(?<![0-9])20[0-9]{2}(?![0-9])")
# As nearly every title names its year: what else can name one is only looked for where it does not.
_USUAL_YEAR = lazy_pattern("(?<![0-9OoΟО〇零一二三四五六七八九十百千])20[0-4][0-9]年")


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """The title, where it names no year, or a year without 年."""
    title = context.report.title
    if title is None or title.certainty is Certainty.GUESS or not title.evidence:
        raise NotAssessable("文本中没有可以确认的标题")
    span = title.evidence[0].span
    words = context.report.normalised(span)
    if _USUAL_YEAR.search(words) or not _REPORT_TITLE.search(words) or _names_a_year(context.report):
        return
    if bare := _DIGITS_ONLY.search(words):
        yield Match(span, f"标题“{title.value}”中的“{bare.group()}”后缺“年”字", case="no-unit")
    else:
        missing = "报告年度"
        yield Match(span, f"标题“{title.value}”没有写明报告年度", values={"missing": missing}, case="no-year")


def _names_a_year(report: Report) -> bool:
    """Whether any line of the title names a year: long titles are often broken, and the year may stand below."""
    lines = (paragraph.span for paragraph in report.paragraphs if paragraph.kind is ParagraphKind.TITLE)
    spans = (*lines, *(evidence.span for evidence in (report.title.evidence if report.title else ())))
    return any(True for span in spans for _ in find_year_tokens(report.normalised(span)))


KIND = Kind(
    name="title-year",
    summary="标题没有写明报告年度，或年份后缺“年”字",
    parameters=Parameters,
    run=run,
    cases=("no-year", "no-unit"),
)

"""A text that hardly speaks of the report's subject: most likely another document, handed in by mistake."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from documents.report import ParagraphKind, Report, Span
from rules.model import Parameters
from rules.pattern import Re2Pattern


class OffTopicParameters(Parameters):
    """``subject``: the words of the subject; ``least_per_thousand``: how often they occur at least in 1,000 characters
    of a text of ``least_characters`` or more."""

    subject: Re2Pattern = Field(description="主题词")
    least_per_thousand: float = Field(gt=0, description="每千字至少出现几次")
    least_characters: int = Field(default=200, ge=1, description="正文少于这个字数时不作判断")


def run(context: Context, parameters: OffTopicParameters) -> Iterator[Match]:
    """At most one match: the first paragraph of the text."""
    report = context.report
    paragraphs = [item.span for item in report.paragraphs if item.kind is not ParagraphKind.RESIDUE]
    length = sum(span.end - span.start for span in paragraphs)
    if length < parameters.least_characters:
        return
    least = math.ceil(parameters.least_per_thousand * length / 1000)
    count = _count(report, paragraphs, parameters.subject, least)
    if count < least:
        message = f"全文{length}个字，主题词只出现{count}次，可能不是法治政府建设年度报告"
        yield Match(_first_words(report, paragraphs[0]), message, values={"characters": length, "occurrences": count})


def _count(report: Report, paragraphs: list[Span], subject: Re2Pattern, enough: int) -> int:
    """How often the subject occurs, counted until that is ``enough``."""
    view, count = report.view, 0
    for span in paragraphs:
        start, end = view.from_text(*span)
        count += len(list(islice(subject.finditer(view.text, start, end), enough - count)))
        if count >= enough:
            break
    return count


def _first_words(report: Report, paragraph: Span) -> Span:
    sentences = (item.span for item in report.sentences if paragraph.covers(item.span))
    return next(sentences, paragraph)


KIND = Kind(
    name="off-topic",
    summary="全文很少写到报告的主题，可能误交了其他材料",
    parameters=OffTopicParameters,
    run=run,
)

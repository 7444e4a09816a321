"""Marks of secrecy or of internal use on a text meant for publication."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.alternatives import any_matches, joined
from checks.boundaries import Boundaries
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.place import clipped
from documents.report import Report, Span
from rules.facts import Facts
from rules.model import Parameters
from rules.needles import needles_of_any
from rules.pattern import Re2Pattern

_LONGEST_MARK = 20
_ON_A_LINE = r"(?m:^\s*(?:{})\s*$)"


class SecrecyMarkParameters(Parameters):
    """``marks`` are looked for everywhere, ``lines`` as a whole line; ``talked_about`` in its sentence excuses one."""

    marks: tuple[Re2Pattern, ...] = Field(default=(), description="出现在任何位置都算标志的写法")
    lines: tuple[Re2Pattern, ...] = Field(default=(), description="独占一行才算标志的写法")
    talked_about: tuple[Re2Pattern, ...] = Field(
        default=(), description="所在句子有这些写法时，说的是保密工作，不是本文的标志"
    )
    named: str = Field(default="密级标志", description="在说明里怎样称呼这种标志")


def run(context: Context, parameters: SecrecyMarkParameters) -> Iterator[Match]:
    """One match for each mark; overlapping marks count once."""
    report = context.report
    end = 0
    for span in sorted(_marks(report, parameters)):
        if span.start >= end:
            end = span.end
            quote = clipped(report.quote(span))
            message = f"文中有{parameters.named}“{quote}”，而年度报告是向社会公开的"
            yield Match(span, message, values={"mark": quote})


def needles(parameters: SecrecyMarkParameters, facts: Facts) -> frozenset[str]:
    """Every mark has one of these."""
    return needles_of_any(mark.source for mark in (*parameters.marks, *parameters.lines))


def _marks(report: Report, parameters: SecrecyMarkParameters) -> Iterator[Span]:
    # One pass tells of most reports that they have neither kind of mark.
    if not any_matches((*parameters.marks, *joined(parameters.lines, _ON_A_LINE)), report.view.text):
        return
    sentences = Boundaries(report.view.text, "。\n")
    for span in _found(report, parameters.marks):
        words = _sentence(report, span, sentences)
        if not any(pattern.search(words) for pattern in parameters.talked_about):
            yield span
    ends = {place for span in _found(report, parameters.lines) for place in (span.start, span.end - 1)}
    whole = joined(parameters.lines, "^(?:{})$")
    for index in sorted({index for place in ends if (index := report.paragraph_at(place)) is not None}):
        span = report.paragraphs[index].span
        line = report.normalised(span).strip() if span.end - span.start <= _LONGEST_MARK else ""
        if any(pattern.search(line) for pattern in whole):
            yield span


def _found(report: Report, patterns: tuple[Re2Pattern, ...]) -> Iterator[Span]:
    return (span for pattern in joined(patterns) for _, span in report.find(pattern))


def _sentence(report: Report, span: Span, sentences: Boundaries) -> str:
    """The words around a mark up to the ends of its line and sentence."""
    start, end = report.view.from_text(*span)
    return report.view.text[sentences.start_of(start) : sentences.end_of(end)]


KIND = Kind(
    name="secrecy-mark",
    summary="公开的报告里有密级标志或者内部使用的标志",
    parameters=SecrecyMarkParameters,
    run=run,
    needles=needles,
)

"""An expected metric that the report gives no value for.

Fails: a county report that writes of 行政执法 and nowhere says how many cases of 行政处罚 there were. A stated zero
(未发生) passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable, Value
from checks.metrics.lexicon import lexicon_of
from documents.report import Report, Span
from rules.model import Parameters, Text


class AbsentParameters(Parameters):
    """``metrics``: ids of the catalogue, any of which is enough. ``name``: how people call what is missing.

    ``subject``: words that show where the report treats the subject; there the figure would be looked for.
    ``only_if_treated``: report nothing where none of these words occurs, since the matter may not concern the unit.
    """

    metrics: tuple[Text, ...] = Field(
        min_length=1, description="指标的编号，写明其中一个即可，见 rules/data/metrics.yaml"
    )
    name: Text = Field(description="怎么称呼缺少的指标，如“行政处罚案件数”")
    subject: tuple[Text, ...] = Field(min_length=1, description="报告里写这方面工作的词，指标应当写在那里")
    only_if_treated: bool = Field(default=False, description="报告没有写到这方面工作时不查")


def run(context: Context, parameters: AbsentParameters) -> Iterator[Match]:
    """One match at the heading or first sentence on the subject, if no value of the metrics is stated."""
    known = lexicon_of(context.facts.metrics).groups
    unknown = [metric for metric in parameters.metrics if metric not in known]
    if unknown:
        raise NotAssessable(f"规则引用了指标目录里没有的指标：{'、'.join(unknown)}")
    if not context.stated_metrics.isdisjoint(parameters.metrics):
        return
    # A blank is one fault, which the check for blanks names better.
    if not context.metrics_left_blank.isdisjoint(parameters.metrics):
        return
    place = _place(context, parameters.subject)
    if place is None and parameters.only_if_treated:
        return
    start = start_of_achievements(context) if place is None else place
    message = f"报告没有写明{parameters.name}，也没有写明“未发生”或“无”"
    values: dict[str, Value] = {"missing": parameters.name, "metrics": [*parameters.metrics]}
    yield Match(Span(start, start), message, values=values)


def _place(context: Context, subject: tuple[str, ...]) -> int | None:
    """Where the report turns to the subject: a heading that names it, else the first mention outside the plan."""
    report = context.report
    if not any(word in report.view.text for word in subject):
        return None
    pattern = _any_of(subject)
    for heading in report.headings:
        if pattern.search(heading.title) and _is_body(context, heading.span):
            return heading.body.start
    return next((span.start for _, span in report.find(pattern) if _is_body(context, span)), None)


@lru_cache(maxsize=256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def _is_body(context: Context, span: Span) -> bool:
    return context.contents.content_at(span.start) not in ("plan", "shortcomings") and not context.report.in_residue(
        span
    )


def start_of_achievements(context: Context) -> int:
    """Where the account of the year begins, for what is missing from it as a whole."""
    place = context.contents.places.get("achievements")
    return place.spans[0].start if place and place.spans else _start_of_text(context.report)


def _start_of_text(report: Report) -> int:
    return report.sentences[0].span.start if report.sentences else 0


KIND = Kind(
    name="metric-absent",
    summary="本级报告一般应写明的指标没有写明",
    parameters=AbsentParameters,
    run=run,
)

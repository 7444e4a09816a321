"""A metric that ought to equal another and is below it, such as penalties made public against penalties imposed."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.figures.units import family_of
from checks.kind import Kind
from checks.match import Match
from checks.metrics.values import MetricValue
from documents.report import Span
from rules.model import Parameters


class MetricShortfallParameters(Parameters):
    """``whole`` and ``part``: ids of metrics in the catalogue."""

    whole: str = Field(description="全部数量的指标编号，见 rules/data/metrics.yaml")
    part: str = Field(description="应与之相当的指标编号")


def run(context: Context, parameters: MetricShortfallParameters) -> Iterator[Match]:
    """The partial metric where its largest value is below every value of the whole."""
    reported = context.report.year.value if context.report.year else None
    parts, wholes = (
        [value for value in context.metric_values if value.id == name and value.year == reported and not value.approx]
        for name in (parameters.part, parameters.whole)
    )
    part = max(parts, key=lambda value: value.value, default=None)
    if part is None:
        return
    same = [whole for whole in wholes if family_of(whole.unit) == family_of(part.unit)]
    if same and part.value < min(whole.value for whole in same):
        yield _match(part, same[0])


def _match(part: MetricValue, whole: MetricValue) -> Match:
    message = f"{part.name}{part.value}{part.unit}少于{whole.name}{whole.value}{whole.unit}，请说明原因或核对数据"
    return Match(
        Span(part.start, part.end),
        message,
        related=(Span(whole.start, whole.end),),
        values={"part": part.value, "whole": whole.value},
    )


KIND = Kind(
    name="metric-shortfall",
    summary="应与另一指标相当的指标少于该指标",
    parameters=MetricShortfallParameters,
    run=run,
)

"""A report that states figures for too few kinds of work to be measured by.

Fails: a county report whose only figures are two meetings and one training. A stated zero counts as a figure. Case
``scarce``: less than half of the number asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from checks.metrics.lexicon import lexicon_of
from checks.metrics.metric_absent import start_of_achievements
from documents.report import UNIT_LEVEL_NAMES, Span, UnitLevel
from rules.model import Parameters


class VarietyParameters(Parameters):
    """``minimum``: how many groups of the catalogue a report of each level should state figures for."""

    minimum: dict[UnitLevel, int] = Field(min_length=1, description="各层级报告至少写明几类指标的数字")


def run(context: Context, parameters: VarietyParameters) -> Iterator[Match]:
    """At most one match, with the groups that were found."""
    level = context.report.level
    if level is None:
        raise NotAssessable("未能识别单位层级，无法确定应有的指标类数")
    minimum = parameters.minimum.get(level.value, 0)
    stated, group_of = context.stated_metrics, lexicon_of(context.facts.metrics).groups
    if len({group_of[metric] for metric in stated}) >= minimum:
        return
    groups = list(dict.fromkeys(group for metric, group in group_of.items() if metric in stated))
    start = start_of_achievements(context)
    found = f"（{'、'.join(groups)}）" if groups else ""
    yield Match(
        Span(start, start),
        f"全文只有{len(groups)}类指标写明了数字{found}，少于{UNIT_LEVEL_NAMES[level.value]}报告审查口径的{minimum}类",
        values={"missing": "工作数据", "groups": [*groups], "minimum": minimum},
        case="scarce" if len(groups) * 2 < minimum else None,
    )


KIND = Kind(
    name="metric-variety",
    summary="写明数字的指标类别过少",
    parameters=VarietyParameters,
    run=run,
    cases=("scarce",),
)

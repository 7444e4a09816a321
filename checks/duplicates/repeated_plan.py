"""Tasks that last year's report announced for this year and this year's announces again in the same words.

Case: ``single`` (one such task).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.comparison import EarlierReport
from checks.context import Context
from checks.duplicates.passages import shortened_words
from checks.kind import Kind, Scope
from checks.match import Match
from rules.model import Parameters

_SAMPLES = 4


class RepeatedPlanParameters(Parameters):
    """How many tasks it takes."""

    min_tasks: int = Field(default=1, ge=1, description="至少有几项安排与往年相同")


def run(context: Context, parameters: RepeatedPlanParameters) -> Iterator[Match]:
    """Yield one match for each earlier report whose plan comes again."""
    for earlier in context.compared.earlier if context.compared else ():
        plans = earlier.plans
        if len(plans) < parameters.min_tasks:
            continue
        yield Match(
            span=plans[0].span,
            message=_message(context, earlier),
            related=tuple(plan.span for plan in plans[1:_SAMPLES]),
            values={
                "other_path": earlier.path,
                "other_year": earlier.year,
                "tasks": len(plans),
                "similarity": plans[0].similarity,
            },
            case="single" if len(plans) == 1 else None,
            elsewhere=tuple(plan.other for plan in plans[:_SAMPLES]),
        )


def _message(context: Context, earlier: EarlierReport) -> str:
    year = f"{earlier.year}年度" if earlier.year else "往年"
    first = shortened_words(context.report.quote(earlier.plans[0].span))
    return (
        f"下一年度安排中有{len(earlier.plans)}项（如“{first}”）在本单位{year}报告（{earlier.path}）的安排中已经写过，"
        "请说明完成情况，写出新一年的任务"
    )


KIND = Kind(
    name="repeated-plan",
    summary="下一年度安排与本单位往年报告的安排相同（有往年报告可比时）",
    parameters=RepeatedPlanParameters,
    run=run,
    cases=("single",),
    scope=Scope.EARLIER,
)

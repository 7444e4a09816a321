"""Numbers that stand unchanged in the reports on two years. Case: ``few`` (fewer than it takes to rule out chance)."""

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
_NAMED = 3


class UnchangedFiguresParameters(Parameters):
    """How many unchanged statements it takes."""

    min_count: int = Field(default=2, ge=1, description="至少有几处数字与往年完全相同")
    many: int = Field(default=4, ge=1, description="达到几处，按规则本身的级别报告")


def run(context: Context, parameters: UnchangedFiguresParameters) -> Iterator[Match]:
    """Yield one match for each earlier report with several of the same numbers."""
    for earlier in context.compared.earlier if context.compared else ():
        unchanged = earlier.unchanged
        if len(unchanged) < parameters.min_count:
            continue
        yield Match(
            span=unchanged[0].span,
            message=_message(context, earlier),
            related=tuple(figure.span for figure in unchanged[1:_SAMPLES]),
            values={"other_path": earlier.path, "other_year": earlier.year, "unchanged": len(unchanged)},
            case=None if len(unchanged) >= parameters.many else "few",
            elsewhere=tuple(figure.other for figure in unchanged[:_SAMPLES]),
        )


def _message(context: Context, earlier: EarlierReport) -> str:
    words = (figure.what or shortened_words(context.report.quote(figure.span)) for figure in earlier.unchanged[:_NAMED])
    named = "、".join(f"“{word}”" for word in words)
    more = "等" if len(earlier.unchanged) > _NAMED else ""
    year = f"{earlier.year}年度" if earlier.year else "往年"
    same = f"有{len(earlier.unchanged)}处数字与本单位{year}报告（{earlier.path}）完全相同"
    return f"{same}：{named}{more}，请核实是否沿用了旧数据"


KIND = Kind(
    name="unchanged-figures",
    summary="数字与本单位往年报告完全相同（有往年报告可比时）",
    parameters=UnchangedFiguresParameters,
    run=run,
    cases=("few",),
    scope=Scope.EARLIER,
)

"""A report that repeats the same unit's report on an earlier year. Case: ``partly`` (less than half of it)."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.comparison import EarlierReport
from checks.context import Context
from checks.kind import Kind, Scope
from checks.match import Match
from rules.model import Parameters

_SAMPLES = 4


class CopiedFromEarlierParameters(Parameters):
    """Shares are of this year's report, by characters."""

    notable_share: float = Field(default=0.3, gt=0, le=1, description="与往年报告相同的文字达到这个比例才提示")
    substantial_share: float = Field(default=0.5, gt=0, le=1, description="达到这个比例，按规则本身的级别报告")
    min_sentences: int = Field(default=3, ge=1, description="至少有几句相同")


def run(context: Context, parameters: CopiedFromEarlierParameters) -> Iterator[Match]:
    """Yield one match for each earlier report that much of this one repeats."""
    for earlier in context.compared.earlier if context.compared else ():
        if earlier.share is None or earlier.share < parameters.notable_share:
            continue
        if earlier.sentences < parameters.min_sentences or not earlier.passages:
            continue
        passages = earlier.passages[:_SAMPLES]
        yield Match(
            span=passages[0].span,
            message=_message(earlier),
            values={
                "other_path": earlier.path,
                "other_year": earlier.year,
                "share": earlier.share,
                "sentences": earlier.sentences,
                "characters": earlier.characters,
                "similarity": passages[0].similarity,
            },
            case=None if earlier.share >= parameters.substantial_share else "partly",
            elsewhere=tuple(passage.other for passage in passages),
        )


def _message(earlier: EarlierReport) -> str:
    year = f"{earlier.year}年度" if earlier.year else "往年"
    return (
        f"本报告有{earlier.sentences}句、约{earlier.share or 0:.0%}的文字与本单位{year}报告（{earlier.path}）"
        "相同或基本相同，请写出本年度的新举措、新成效"
    )


KIND = Kind(
    name="copied-from-earlier",
    summary="与本单位往年报告文字相同（有往年报告可比时）",
    parameters=CopiedFromEarlierParameters,
    run=run,
    cases=("partly",),
    scope=Scope.EARLIER,
)

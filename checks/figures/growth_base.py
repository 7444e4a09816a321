"""A growth rate that contradicts what the same unit's report on the year before states.

Fails: 281件,同比增长20%, where last year's report states 200件. Passes: 240件,同比增长20%.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.comparison import GrowthClaim
from checks.context import Context
from checks.kind import Kind, Scope
from checks.match import Match
from rules.model import Parameters


class GrowthBaseParameters(Parameters):
    """How far a rate may be off."""

    slack: float = Field(default=1.0, ge=0, le=100, description="所写增幅与按上年报告算出的相差超过几个百分点才报告")


def run(context: Context, parameters: GrowthBaseParameters) -> Iterator[Match]:
    """Yield one match for each rate that does not follow from the earlier report's value."""
    for earlier in context.compared.earlier if context.compared else ():
        for claim in earlier.growth:
            right = (claim.now - claim.before) / claim.before * 100
            # One unit of the last digit is rounding, however few digits there are.
            if abs(right - claim.stated) <= max(parameters.slack, 10.0**-claim.digits):
                continue
            yield Match(
                span=claim.span,
                message=_message(claim, earlier.year, right),
                values={
                    "other_path": earlier.path,
                    "other_year": earlier.year,
                    "before": claim.before,
                    "now": claim.now,
                    "stated": claim.stated,
                    "right": round(right, 2),
                },
                elsewhere=(claim.other,),
            )


def _message(claim: GrowthClaim, year: int | None, right: float) -> str:
    told = f"本单位{year}年度报告写明“{claim.what}”为{claim.before:g}{claim.unit}"
    return f"{told}，本年为{claim.now:g}{claim.unit}，{_change(right)}，与所写的{_change(claim.stated)}不符"


def _change(rate: float) -> str:
    return f"{'增长' if rate >= 0 else '下降'}{abs(round(rate, 2)):g}%"


KIND = Kind(
    name="growth-base",
    summary="同比增减幅度与本单位上年度报告的数值不符（有上年度报告可比时）",
    parameters=GrowthBaseParameters,
    run=run,
    scope=Scope.EARLIER,
)

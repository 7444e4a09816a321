"""Words of approximation that contradict each other, or stand with a number that is exact.

Fails: 近200余家 (below and above), 超200件左右, 超185份. Passes: 达4500余人次, 近10项, 超1232万.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.figures.reading import Figure, Passage
from checks.figures.units import DURATIONS, RATIOS
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

_UNIT_AND_AFTER = lazy_pattern("[^\\W\\d_]{0,3}?(?:左右|上下|以上|以下|以内)")
_RULE_OF_THUMB = lazy_pattern("(?:应|须|必须|不得|可以|凡|对|限|期限|标准|每|单笔|面积|金额|年满|期)[^,;。]{0,12}$")
_REACH = 20


class ApproximationParameters(Parameters):
    """Pairs of words before and after a number."""

    contradictory: tuple[tuple[str, str], ...] = Field(
        description="前后矛盾的词，每组两个：数前的词、数后的词，如 [近, 余]"
    )
    loose: tuple[tuple[str, str], ...] = Field(default=(), description="重复或含混的词，每组两个，如 [约, 多]")
    exact_after: tuple[str, ...] = Field(default=(), description="后面不宜跟精确数的词，如 超")
    exact_from: int = Field(default=11, ge=2, description="不是整十的数，达到多少才算精确数")


def run(context: Context, parameters: ApproximationParameters) -> Iterator[Match]:
    """Each number whose approximation words clash, or that is exact and called approximate."""
    approximate = [passage for passage in context.figures for quantity in passage.quantities if quantity.approx]
    for passage in dict.fromkeys(approximate):
        for figure in passage.figures:
            if figure.approx:
                yield from _judge(context.report, passage, figure, parameters)


def _judge(report: Report, passage: Passage, figure: Figure, parameters: ApproximationParameters) -> Iterator[Match]:
    words = (figure.approx or "").split("…")
    pair = words[0], words[-1]
    end = figure.end
    after = _UNIT_AND_AFTER.match(passage.text, figure.end - len(figure.unit), passage.end)
    if after and words[-1] in after.group():
        end = after.end()
    span = Span(*report.view.to_text(figure.start, end))
    if len(words) > 1 and pair in parameters.contradictory:
        message = f"“{report.quote(span)}”自相矛盾：“{pair[0]}”与“{pair[1]}”只能保留一个"
        yield Match(span, message, case="contradictory")
    elif len(words) > 1 and pair in parameters.loose:
        message = f"“{report.quote(span)}”表述含混：“{pair[0]}”与“{pair[1]}”保留一个即可"
        yield Match(span, message, case="loose")
    elif len(words) == 1 and words[0] in parameters.exact_after and _is_exact(passage, figure, parameters.exact_from):
        number = figure.written.removeprefix(words[0])
        better = f"“{number}{figure.unit}”，或用概数，如“{_round(figure)}{figure.unit}”"
        message = f"“{report.quote(span)}”是精确数，不必用“{words[0]}”，可写{better}"
        yield Match(span, message, case="exact")


def _is_exact(passage: Passage, figure: Figure, least: int) -> bool:
    """Whether the number is told to the last unit though it is called approximate."""
    if not figure.unit or figure.family in DURATIONS | RATIOS or figure.family == "元":
        return False
    if any(scale in figure.written for scale in "万亿千百十") or figure.value % 10 == 0 or figure.value < least:
        return False
    lead = passage.text[max(passage.start, figure.start - _REACH) : figure.start]
    return _RULE_OF_THUMB.search(lead) is None


def _round(figure: Figure) -> str:
    return f"{int(figure.value) // 10 * 10}余"


KIND = Kind(
    name="approximation",
    summary="约数词前后矛盾，或者与精确数连用",
    parameters=ApproximationParameters,
    run=run,
    cases=("contradictory", "loose", "exact"),
)

"""Rates above 100 % that cannot exceed it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.context import Context
from checks.figures.clauses import clause_start
from checks.figures.reading import Figure, Passage, passages_with
from checks.figures.units import PERCENT
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.model import Parameters

_BETWEEN = lazy_pattern("(?:分别|均|都|已|高达|达到?|为|是|保持在|稳定在|超过?|[到至]|约)*$")
_SHARE = lazy_pattern("占[^,;。占]{0,16}$")
_MOST = 100


class RateLimitParameters(Parameters):
    """``rates``: the rates that cannot exceed 100 %."""

    rates: tuple[str, ...] = Field(
        min_length=1, description="不可能超过100%的率，如 办结率、合格率；增长率、完成率不要列入"
    )


def run(context: Context, parameters: RateLimitParameters) -> Iterator[Match]:
    """Each listed rate, and each share, above 100 %."""
    for passage in passages_with(context.figures, PERCENT):
        if max([quantity.value for quantity in passage.quantities]) <= _MOST:
            continue
        for figure in passage.figures:
            if figure.family == "%" and figure.number > _MOST and not figure.change:
                name = _name(passage, figure, parameters.rates)
                if name:
                    start, end = name[0], figure.end
                    span = Span(*context.report.view.to_text(start, end))
                    message = f"“{name[1]}”不可能超过100%，文中为{figure.words}"
                    yield Match(span, message, values={"rate": float(figure.value)})


def _name(passage: Passage, figure: Figure, rates: tuple[str, ...]) -> tuple[int, str] | None:
    start = clause_start(passage, figure.start)
    words = passage.text[start : figure.start]
    core = words[: match.start()] if (match := _BETWEEN.search(words)) else words
    for rate in rates:
        if core.endswith(rate):
            return start + len(core) - len(rate), rate
    share = _SHARE.search(words)
    return (start + share.start(), "占比") if share else None


KIND = Kind(
    name="rate-limit",
    summary="不可能超过100%的率超过了100%",
    parameters=RateLimitParameters,
    run=run,
)

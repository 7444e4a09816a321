"""Witnesses of the reported year that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, NotAssessable
from documents.report import Attribute, Certainty, Evidence, Origin
from rules.model import Parameters

_ORIGIN_NAMES = {Origin.TITLE: "标题", Origin.OPENING: "开头", Origin.HEADING: "小标题"}


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """The title where its year is not the report's; where no year prevails, every strong witness for another one.

    Openings and headings that differ from a year that is otherwise sure are the business of ``year-reference``.
    """
    year = context.report.year
    if year is None:
        raise NotAssessable("未能认定报告年度，也就没有可以相互比较的年份")
    value = str(year.value)
    strong = [evidence for evidence in year.evidence if evidence.origin in _ORIGIN_NAMES]
    agreeing = [evidence for evidence in strong if evidence.value == value]
    if not agreeing:
        return
    for evidence in strong:
        if evidence.value != value and _reported_here(year, evidence):
            yield _match(evidence, agreeing)


def _reported_here(year: Attribute[int], evidence: Evidence) -> bool:
    return evidence.origin is Origin.TITLE or year.certainty is Certainty.GUESS


def _match(evidence: Evidence, agreeing: list[Evidence]) -> Match:
    origins = {witness.origin for witness in agreeing}
    clear = {evidence.origin} | origins >= {Origin.TITLE, Origin.OPENING} or len(agreeing) > 1
    against = "、".join(f"{_ORIGIN_NAMES[other.origin]}“{other.quote.strip()}”" for other in agreeing[:3])
    return Match(
        span=evidence.span,
        message=f"{_ORIGIN_NAMES[evidence.origin]}“{evidence.quote.strip()}”指向{evidence.value}年，而{against}指向{agreeing[0].value}年",
        related=tuple(other.span for other in agreeing[:3]),
        values={"year": int(evidence.value), "against": int(agreeing[0].value)},
        case="clear" if clear else "unclear",
    )


KIND = Kind(
    name="reported-year",
    summary="标题、开头和小标题所示的报告年度互相矛盾",
    parameters=Parameters,
    run=run,
    cases=("clear", "unclear"),
)

"""Laws and documents that a report cites as if in force after their repeal.

Cases: ``repealed`` (repealed before the reported year), ``new-year`` (repealed on its first day), ``planned`` (named in
the plan for a year in which it no longer applies) and ``superseded`` (something else has taken its place without a
repeal on record).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from checks.citations.lookup import Lookup, lookup
from checks.citations.setting import is_a_work, is_local, looks_back
from checks.citations.titles import Title
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import in_words, reported_year
from checks.years.setting import in_plan_section
from rules.facts.chronology import Law
from rules.model import Confidence, Parameters

_SECOND_QUARTER = 4


class RepealedLawParameters(Parameters):
    """``confidence``: whether to use the facts whose source was seen, or the others."""

    confidence: Confidence = Field(
        default=Confidence.CONFIRMED, description="用已核实（confirmed）还是未核实（unconfirmed）的废止日期"
    )


def run(context: Context, parameters: RepealedLawParameters) -> Iterator[Match]:
    """Each citation, in a title of its own, of something that no longer applied in the reported year."""
    reported = reported_year(context.report)
    known = lookup(context.facts)
    for title in context.titles:
        law = known.law(title.key)
        if law is None or law.confidence is not parameters.confidence or title.nested:
            continue
        case = _case(law, known, reported) or _planned(context, title, law, reported)
        if case and not _is_excused(title, law) and not context.report.in_residue(title.span):
            yield _match(context, title, law, case)


def _case(law: Law, known: Lookup, reported: int) -> str | None:
    if law.repealed:
        if law.repealed == date(reported, 1, 1):
            return "new-year"
        return "repealed" if law.repealed.year < reported else None
    successor = known.law(law.replaced_by) if law.replaced_by else None
    begun = successor.versions[0].effective if successor and successor.versions else None
    return "superseded" if begun and begun.year < reported else None


def _planned(context: Context, title: Title, law: Law, reported: int) -> str | None:
    """A law that is repealed by the first quarter of the planned year can hardly be part of that year's work."""
    if law.repealed is None or not date(reported, 1, 1) < law.repealed < date(reported + 1, _SECOND_QUARTER, 1):
        return None
    return "planned" if in_plan_section(context.contents, title.span.start) else None


def _is_excused(title: Title, law: Law) -> bool:
    if is_a_work(title) or looks_back(title, law.replaced_by):
        return True
    return not law.name.endswith("法") and is_local(title)


def _match(context: Context, title: Title, law: Law, case: str) -> Match:
    reported = reported_year(context.report)
    quote = context.report.quote(title.span)
    told = f"已于{in_words(law.repealed)}废止" if law.repealed else "已有新的规定"
    instead = f"，现行的是《{law.replaced_by}》" if law.replaced_by else ""
    when = f"安排的是{reported + 1}年的工作" if case == "planned" else f"报告年度为{reported}年"
    return Match(
        span=title.span,
        message=f"{quote}{told}{instead}；{when}，不宜再作为现行规定引用（来源：{law.source}）",
        values={
            "name": law.name,
            "repealed": law.repealed.isoformat() if law.repealed else None,
            "replaced_by": law.replaced_by,
            "reported": reported,
        },
        case=case,
    )


KIND = Kind(
    name="repealed-law",
    summary="把已经废止的法律、法规、文件当作现行规定引用",
    parameters=RepealedLawParameters,
    run=run,
    cases=("repealed", "new-year", "planned", "superseded"),
)

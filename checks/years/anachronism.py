"""Laws, plans, meetings and terms that a report cites before they existed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match, Value
from checks.years.named_facts import NamedFact, law_facts, meeting_facts, plan_facts
from checks.years.reporting_time import in_words, latest_writing, own_date, reported_year
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts import Facts
from rules.model import Confidence, Parameters

_SOURCES: dict[str, Callable[[Facts], tuple[NamedFact, ...]]] = {
    "laws": law_facts,
    "plans": plan_facts,
    "meetings": meeting_facts,
}
_EXPECTED_BEFORE = lazy_pattern(
    r"(?:迎接|喜迎|迎|筹备|筹办|准备|草案|征求意见|起草|立法|制定|编制|谋划|前期|研究|即将|拟|将)[^。;]{0,16}$"
)
_EXPECTED_AFTER = lazy_pattern(
    r"[》〉>]?(?:[^。;,]{0,4}草案|[(（]?(?:征求意见|送审|讨论|修订草案|草案)|[^。;,]{0,8}(?:胜利召开|即将召开|召开在即|的制定|编制|编纂|分编|起草|前期|立法))"
)
_REACH = 24


class AnachronismParameters(Parameters):
    """``facts``: the fact files to compare with; ``confidence``: whether to use the dates whose source was seen, or the
    others."""

    facts: tuple[Literal["laws", "plans", "meetings"], ...] = Field(
        min_length=1, description="对照哪些事实：laws 法律法规、plans 规划纲要、meetings 会议和提法"
    )
    confidence: Confidence = Field(description="用已核实（confirmed）还是未核实（unconfirmed）的日期")


def run(context: Context, parameters: AnachronismParameters) -> Iterator[Match]:
    """The first naming in each part of the report of a fact that is younger than the report, or than its year."""
    reported = reported_year(context.report)
    younger, by_needle = _younger(context.facts, parameters.facts, parameters.confidence, reported)
    named = {index for needle in context.fact_needles for index in by_needle.get(needle, ())}
    for index in sorted(named):
        yield from _namings(context, younger[index])


@lru_cache(maxsize=64)
def _younger(
    facts: Facts, sources: tuple[str, ...], confidence: Confidence, reported: int
) -> tuple[list[NamedFact], dict[str, list[int]]]:
    """The facts that are younger than the reported year, and by their needles the indexes of those."""
    listed = (fact for source in sources for fact in _SOURCES[source](facts))
    younger = [fact for fact in listed if fact.since.year > reported and fact.confidence is confidence]
    by_needle: dict[str, list[int]] = {}
    for index, fact in enumerate(younger):
        for needle in fact.needles:
            by_needle.setdefault(needle, []).append(index)
    return younger, by_needle


def _namings(context: Context, fact: NamedFact) -> Iterator[Match]:
    report = context.report
    for found, span in report.find(fact.pattern):
        if report.in_residue(span) or _still_expected(found):
            continue
        case = _case(context, span, fact.since)
        if case:
            yield _match(context, fact, span, case)


def _still_expected(found: re.Match[str]) -> bool:
    before = found.string[max(0, found.start() - _REACH) : found.start()]
    return bool(_EXPECTED_BEFORE.search(before) or _EXPECTED_AFTER.match(found.string, found.end()))


def _case(context: Context, span: Span, since: date) -> str | None:
    reported = reported_year(context.report)
    if context.contents.in_plan(span.start):
        return "before" if since > date(reported + 1, 12, 31) else None
    if since > latest_writing(context.report):
        return "before"
    headings = context.report.headings
    in_account = bool(headings) and span.start >= headings[0].span.start
    return "early" if in_account else None


def _match(context: Context, fact: NamedFact, span: Span, case: str) -> Match:
    report = context.report
    reported = reported_year(report)
    quote = report.quote(span)
    own = own_date(report)
    late = f"报告日期为{in_words(own)}" if own else f"报告年度为{reported}年"
    if case == "early":
        message = f"“{quote}”{fact.told}，已在{reported}年度之后，请核对是否为本年度工作"
    else:
        message = f"“{quote}”{fact.told}，而{late}，报告形成时尚不存在"
    message = f"{message}（时间来源：{fact.source}）"
    values: dict[str, Value] = {"name": fact.name, "since": fact.since.isoformat(), "reported": reported}
    return Match(span=span, message=message, values=values, case=case)


KIND = Kind(
    name="anachronism",
    summary="引用报告形成时尚不存在的法律、规划、会议或提法",
    parameters=AnachronismParameters,
    run=run,
    cases=("before", "early"),
)

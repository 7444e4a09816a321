"""Plans and campaigns that a report carries on after their term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic import Field

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import reported_year
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts import Facts
from rules.facts.chronology import Plan, PlanKind
from rules.model import Confidence, Parameters

_REACH = 16
_LOOKS_BACK = lazy_pattern(
    "总结|验收|评估|表彰|表扬|先进|优秀|期间|时期|收官|圆满|以来|成果|经验|基础|获评|荣获|评为|授予|命名|承上启下|衔接|接续|完成|终期|期末|"
    "末|结束|中期|历史|回顾|承接|之后|第.{1,3}个五年|上一轮|既往|已到期|废止|建成于|遗留|考核|实施情况|审议|检查验收|档案"
)
_TITLED = lazy_pattern(
    r"(?:按照|根据|依据|对照|落实|贯彻|实施|执行|推进|围绕|遵照)[^,。;《]{0,12}(?P<title>《[^《》]{4,50}?\((?:20[0-9]{2})年?[-—~至](?P<last>20[0-9]{2})年?\)》)"
)
# What every such title ends with, looked for many times faster.
_TERM_IN_TITLE = lazy_pattern(r"(20[0-9]{2})年?\)》")


class ExpiredPlanParameters(Parameters):
    """``kinds``: the kinds of plans to look for; ``titled``: whether any title that states a past term counts too;
    ``confidence``: whether to use the terms whose source was seen, or the others."""

    kinds: tuple[PlanKind, ...] = Field(default=tuple(PlanKind), description="查哪些种类的规划和活动")
    titled: bool = Field(default=False, description="名称里写明期限的其他文件，期满后被引用的是否也算")
    confidence: Confidence = Field(
        default=Confidence.CONFIRMED, description="用已核实（confirmed）还是未核实（unconfirmed）的期限"
    )


def run(context: Context, parameters: ExpiredPlanParameters) -> Iterator[Match]:
    """Each naming of a plan past its term that is not a look back."""
    reported = reported_year(context.report)
    for plan in _over(context.facts, parameters.kinds, parameters.confidence, reported):
        if plan.needle in context.fact_needles:
            yield from _namings(context, plan)
    if parameters.titled:
        yield from _titled(context, reported)


@lru_cache(maxsize=64)
def _over(facts: Facts, kinds: tuple[PlanKind, ...], confidence: Confidence, reported: int) -> list[Plan]:
    """The plans whose term was over when the reported year began."""
    return [
        plan for plan in facts.plans if plan.kind in kinds and plan.confidence is confidence and plan.last < reported
    ]


def _namings(context: Context, plan: Plan) -> Iterator[Match]:
    report = context.report
    if plan.succeeded and re.search(plan.succeeded, report.view.text):
        return
    patterns = _patterns(context.facts)
    for found, span in report.find(patterns[plan.name]):
        if report.in_residue(span) or _looks_back(found):
            continue
        yield _match(context, span, plan.last, plan.successor, plan.kind.value)


def _titled(context: Context, reported: int) -> Iterator[Match]:
    report = context.report
    if not any(int(term[1]) < reported for term in _TERM_IN_TITLE.finditer(report.view.text)):
        return
    known = _patterns(context.facts).values()
    for found, _ in report.find(_TITLED):
        last, title = int(found["last"]), found["title"]
        span = Span(*report.view.to_text(found.start("title"), found.end("title")))
        if last >= reported or report.in_residue(span) or any(pattern.search(title) for pattern in known):
            continue
        if not _looks_back(found):
            yield _match(context, span, last, None, "titled")


def _match(context: Context, span: Span, last: int, successor: str | None, case: str) -> Match:
    report = context.report
    reported = reported_year(report)
    instead = f"，其后为{successor}" if successor else ""
    quote = report.quote(span)
    shown = quote if quote[0] in '“"《' else f"“{quote}”"
    return Match(
        span=span,
        message=f"{shown}期限止于{last}年{instead}，报告年度为{reported}年，不宜再写成正在实施",
        values={"last": last, "reported": reported, "successor": successor},
        case=case,
    )


def _looks_back(found: re.Match[str]) -> bool:
    text = found.string
    before, after = text[max(0, found.start() - _REACH) : found.start()], text[found.end() : found.end() + _REACH]
    nearby_before = re.split("[。;]", before)[-1]
    nearby_after = re.split("[。;]", after)[0]
    return bool(_LOOKS_BACK.search(nearby_before) or _LOOKS_BACK.search(nearby_after))


@lru_cache(maxsize=4)
def _patterns(facts: Facts) -> dict[str, re.Pattern[str]]:
    return {plan.name: lazy_pattern(plan.pattern or re.escape(plan.name)) for plan in facts.plans}


KIND = Kind(
    name="expired-plan",
    summary="把期限已满的规划、纲要或普法规划写成正在实施",
    parameters=ExpiredPlanParameters,
    run=run,
    cases=(*(kind.value for kind in PlanKind), "titled"),
)

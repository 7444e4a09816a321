"""Planning periods and campaigns told against their own term: 启动“八五”普法 in 2026, “九五”普法(2021-2025年)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import reported_year
from checks.years.setting import in_plan_section
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.facts import Facts
from rules.facts.chronology import Plan, PlanKind
from rules.model import Confidence, Parameters

_TERM_AFTER = lazy_pattern(
    r"(?:法治|法制|宣传|教育|工作|五年|实施|规划|纲要)*[”\"》]?\((20[0-9]{2})年?[-—–~至]{1,2}(20[0-9]{2})年?\)"
)
_STARTED = lazy_pattern(
    "(?:启动|开启|谋划启动|部署启动|全面启动)(?:实施|开展|推进)?(?:了|我[省市县区镇乡局]|全[省市县区镇乡])?$"
)
# 启动“八五”普法中期评估 starts something else, and so does 启动“八五”普法依法治理先进评选.
_SOMETHING_ELSE = lazy_pattern(
    "[^,。;:、]{0,16}(?:中期|终期|期末|总结|验收|评估|评选|评比|检查|督导|督查|考核|考评|收官|收尾|攻坚|决战|下半|行动|示范|"
    "讲师团|宣讲|宣传月|宣传周|活动|第[二三四五]年|20[0-9]{2}年)"
)
_QUOTED = lazy_pattern("“([^”]+)”")
_REACH = 12


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each naming with years that are not those of the plan, and each start of what began years before."""
    reported = reported_year(context.report)
    for plan, pattern in _campaigns(context.facts):
        if plan.needle not in context.fact_needles:
            continue
        for found in _namings(context.report, plan, pattern):
            span = Span(*context.report.view.to_text(*found.span()))
            if not context.report.in_residue(span):
                yield from _judge(context, plan, found, span, reported)


def _namings(report: Report, plan: Plan, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Where the plan is named, looked for at the word in its name's quotation marks: 八五."""
    text = report.view.text
    word = _QUOTED.search(plan.name)
    if word is None:
        yield from pattern.finditer(text)
        return
    for place in re.finditer(word[1], text):
        found = pattern.match(text, max(0, place.start() - 1)) or pattern.match(text, place.start())
        if found:
            yield found


def _judge(context: Context, plan: Plan, found: re.Match[str], span: Span, reported: int) -> Iterator[Match]:
    report = context.report
    stated = _TERM_AFTER.match(found.string, found.end())
    if stated and (int(stated[1]), int(stated[2])) != (plan.first, plan.last):
        whole = Span(span.start, report.view.to_text(stated.end() - 1, stated.end())[1])
        message = f"“{report.quote(whole)}”的起止年份不对：{plan.name}为{plan.first}年至{plan.last}年"
        yield Match(whole, message, values={"plan": plan.name}, case="other-term")
        return
    ahead = in_plan_section(context.contents, span.start)
    year = reported + 1 if ahead else reported
    started = _STARTED.search(found.string, max(0, found.start() - _REACH), found.start())
    if not started or year <= plan.first + 1 or _SOMETHING_ELSE.match(found.string, found.end()):
        return
    whole = Span(report.view.to_text(started.start(), started.end())[0], span.end)
    term = f"{plan.name}为{plan.first}年至{plan.last}年"
    message = f"{year}年还写“{report.quote(whole)}”：{term}{_instead(plan, year)}"
    yield Match(whole, message, values={"plan": plan.name, "year": year}, case="late-start")


def _instead(plan: Plan, year: int) -> str:
    return f"，其后为{plan.successor}" if plan.successor and year > plan.last else "，早已启动"


@lru_cache(maxsize=4)
def _campaigns(facts: Facts) -> list[tuple[Plan, re.Pattern[str]]]:
    """The planning periods and campaigns with a sure term, each with what finds its naming."""
    return [
        (plan, lazy_pattern(plan.pattern or re.escape(plan.name)))
        for plan in facts.plans
        if plan.kind is not PlanKind.DOCUMENT and plan.confidence is Confidence.CONFIRMED
    ]


KIND = Kind(
    name="campaign-term",
    summary="五年规划、普法规划的起止年份写错，或把早已启动的写成刚刚启动",
    parameters=Parameters,
    run=run,
    cases=("other-term", "late-start"),
)

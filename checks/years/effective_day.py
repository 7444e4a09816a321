"""The day on which a law came into force, stated otherwise than on record: 2022年7月15日起施行的《行政处罚法》."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import in_words, reported_year
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.facts import Facts
from rules.facts.chronology import Law
from rules.model import Confidence, Parameters

_DAY = r"(?P<year>20[0-9]{2})年(?P<month>1[0-2]|0?[1-9])月(?P<day>3[01]|[12][0-9]|0?[1-9])日"
_IN_FORCE = "(?:起|开始)?(?:正式|开始|全面)?(?:施行|实施|生效)"
_NAME = "(?:中华人民共和国)?(?P<law>[\u4e00-\u9fff]{1,26}?(?:法|法典|条例|规定))"
_BARE_NAME = "(?:中华人民共和国)?(?P<bare>[\u4e00-\u9fff]{1,26}?法典?)(?![治律规制院庭学典型人定官令])"
# 《行政处罚法》实施办法 is another act.
_ITSELF = "(?!实施|配套|裁量|释义|解释|办法|细则|条例|规定|的?(?:实施|配套))"
_CHANGED = "(?:新|最新)?(?:修订|修正|修改|颁布|出台)?(?:后|通过)?的?"
_BEFORE_LAW = lazy_pattern(rf"{_DAY}{_IN_FORCE}的?{_CHANGED}(?:《{_NAME}》|{_BARE_NAME}){_ITSELF}")
_AFTER_LAW = lazy_pattern(
    rf"《{_NAME}》(?:\((?:自)?|(?:已经?|将|即将|正式|修[订正改]后|也|均|,)*[自于从]){_DAY}{_IN_FORCE}"
)
# What both have in common, looked for many times faster.
_DAY_IN_FORCE = lazy_pattern(f"日{_IN_FORCE}")
# A later revision that is not on record yet may well have its own day in force.
_NEAR = timedelta(days=740)


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each stated day in force of a law on record that is none of its versions', yet near one of them."""
    report = context.report
    reported_year(report)
    if not _DAY_IN_FORCE.search(report.view.text):
        return
    laws = _laws(context.facts)
    for pattern in (_BEFORE_LAW, _AFTER_LAW):
        for found, span in report.find(pattern):
            law = laws.get(_name(found))
            day = _day(found)
            right = _right_day(law, day) if law and day else None
            if law and right and not report.in_residue(span):
                yield _match(context, law, span, right)


def _name(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return str(groups["law"] or groups.get("bare") or "")


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _right_day(law: Law, day: date) -> date | None:
    """The day of the version that is meant; ``None`` where the day stated is right or may be."""
    if (
        law.complete_from is None
        or day.year < law.complete_from
        or any("effective" in it.unconfirmed for it in law.versions)
    ):
        return None
    if any(version.effective is None or day in (version.effective, version.passed) for version in law.versions):
        return None
    meant = [
        version.effective
        for version in law.versions
        if version.effective
        and abs(day - version.effective) <= _NEAR
        and (
            (day.month, day.day) == (version.effective.month, version.effective.day)
            or day.year == version.effective.year
        )
    ]
    return meant[0] if len(meant) == 1 else None


def _match(context: Context, law: Law, span: Span, right: date) -> Match:
    quote = context.report.quote(span)
    message = f"“{quote}”：《{law.name}》自{in_words(right)}起施行（时间来源：{law.source}）"
    return Match(span, message, values={"law": law.name, "effective": right.isoformat()})


@lru_cache(maxsize=4)
def _laws(facts: Facts) -> dict[str, Law]:
    known = (law for law in facts.laws if law.confidence is Confidence.CONFIRMED)
    return {name: law for law in known for name in (law.name, *law.short)}


KIND = Kind(
    name="effective-day",
    summary="法律、法规的施行日期写错",
    parameters=Parameters,
    run=run,
)

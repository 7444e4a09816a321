"""Editions of a law that there are not, or not yet, and laws called newly revised long after.

Cases: ``no-such`` (no revision in the year given), ``too-late`` (the edition is younger than the report), ``outdated``
(a later one was in force throughout the reported year), ``never`` (called newly revised, and never revised) and
``stale`` (called newly revised years after the last revision).
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from checks.citations.lookup import lookup
from checks.citations.setting import looks_back
from checks.citations.titles import Title
from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from checks.years.reporting_time import in_words, latest_writing, reported_year
from documents.lazy_pattern import lazy_pattern
from rules.facts.chronology import Law, LawVersion
from rules.model import Confidence, Parameters

_CHANGED = "修订|修正|修改"
_IN_TAIL = lazy_pattern(rf"(?P<year>20[0-9]{{2}})年?(?:第[一二三四五]次)?(?:{_CHANGED})")
_BEFORE = lazy_pattern(rf"(?P<year>20[0-9]{{2}})年(?:新|最新)?(?:{_CHANGED})(?:后|版|通过|公布)?的?(?:新)?$")
_NEWLY = lazy_pattern(rf"(?:新|最新|新近)(?:{_CHANGED})(?:后|通过|公布|颁布|实施|施行|并施行)?的?$")
_STILL_COMING = lazy_pattern("(?:即将|拟|将|推动|提出|参与|征求)[^,。;]{0,10}$")


class LawEditionParameters(Parameters):
    """``known_to``: the last year whose revisions are all in the table; ``new_for``: how many years after its revision
    a law may be called newly revised."""

    known_to: int = Field(default=2024, description="法律历次修订收录到哪一年；更晚的修订不判断")
    new_for: int = Field(default=2, ge=0, description="修订后几年内可以称“新修订”")


def run(context: Context, parameters: LawEditionParameters) -> Iterator[Match]:
    """Each citation whose edition does not agree with the versions on record."""
    reported = reported_year(context.report)
    known = lookup(context.facts)
    for title in context.titles:
        law = known.law(title.key)
        if law is None or law.complete_from is None or law.confidence is not Confidence.CONFIRMED:
            continue
        year = _stated_year(title)
        if year is not None:
            case = _of_year(context, law, year, parameters)
            if case == "outdated" and looks_back(title, None):
                continue
        elif not title.listed and _NEWLY.search(title.before) and not _STILL_COMING.search(title.before):
            case = _of_new(law, reported, parameters)
        else:
            continue
        if case and not title.is_draft and not context.report.in_residue(title.span):
            yield _match(context, title, law, year, case)


def _stated_year(title: Title) -> int | None:
    stated = _IN_TAIL.search(title.tail) or (None if title.listed else _BEFORE.search(title.before))
    return int(stated["year"]) if stated else None


def _of_year(context: Context, law: Law, year: int, parameters: LawEditionParameters) -> str | None:
    if not (law.complete_from or 0) <= year <= parameters.known_to:
        return None
    versions = [version for version in law.versions if year in _years(version)]
    if not versions:
        return "no-such"
    citable = min((version.citable for version in versions if version.citable), default=None)
    if citable and citable > latest_writing(context.report):
        return "too-late"
    later = [version for version in law.versions if version not in versions and version.effective]
    reported = reported_year(context.report)
    outdated = any(year < version.effective.year < reported for version in later if version.effective)
    return "outdated" if outdated else None


def _of_new(law: Law, reported: int, parameters: LawEditionParameters) -> str | None:
    if not (law.complete_from or 0) + parameters.new_for <= reported <= parameters.known_to:
        return None
    changes = [version for version in law.versions if version.kind != "adopted"]
    if any(reported - parameters.new_for <= year <= reported + 1 for change in changes for year in _years(change)):
        return None
    return "stale" if any(year < reported for change in changes for year in _years(change)) else "never"


def _years(version: LawVersion) -> set[int]:
    return {day.year for day in (version.passed, version.effective) if day}


def _match(context: Context, title: Title, law: Law, year: int | None, case: str) -> Match:
    quote = context.report.quote(title.span)
    changes = [version for version in law.versions if version.kind != "adopted"]
    days = "、".join(in_words(day) for version in changes if (day := version.passed or version.effective))
    on_record = f"《{law.name}》{law.complete_from}年以来的修订、修正：{days or '无'}"
    told = {
        "no-such": f"{quote}写为{year}年修订，而该年没有修订、修正",
        "too-late": f"{quote}写为{year}年修订，晚于报告形成的时间",
        "outdated": f"{quote}写为{year}年修订，而报告年度已施行更新的版本",
        "never": f"{quote}称为新修订，而到报告年度没有近期的修订",
        "stale": f"{quote}称为新修订，而最近一次修订已过多年",
    }[case]
    values = {"name": law.name, "year": year, "reported": reported_year(context.report)}
    return Match(title.span, f"{told}（{on_record}）", values=values, case=case)


KIND = Kind(
    name="law-edition",
    summary="法律的修订年份不对，或者修订多年仍称“新修订”",
    parameters=LawEditionParameters,
    run=run,
    cases=("no-such", "too-late", "outdated", "never", "stale"),
)

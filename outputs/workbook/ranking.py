"""The most frequent problems and the reports with the most, for the first sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest

from audit.summary import ReportSummary
from outputs.workbook.figures import LEVEL_ORDER, Figures
from rules.model import Level


@dataclass(frozen=True, slots=True)
class RankedRule:
    """How often a rule was broken at one level."""

    level: Level
    title: str
    reports: int
    places: int


def rank_rules(figures: Figures, top: int) -> list[RankedRule]:
    """Rules by level, then by the number of reports that break them, then by findings. Remarks are left out."""
    places: Counter[tuple[Level, str]] = Counter()
    reports: Counter[tuple[Level, str]] = Counter()
    for summary in figures.judged:
        for rule, level, count in summary.rules:
            if level is not Level.INFO:
                places[level, rule] += count
                reports[level, rule] += 1
    ranked = [
        RankedRule(level, figures.titles.get(rule, rule), reports[level, rule], places[level, rule])
        for level, rule in places
    ]
    return nsmallest(top, ranked, key=lambda rule: (LEVEL_ORDER[rule.level], -rule.reports, -rule.places, rule.title))


def rank_reports(figures: Figures, top: int) -> list[ReportSummary]:
    """Reports with an error or a warning, the lowest score and the most errors first."""
    pressing = (one for one in figures.judged if any(level is not Level.INFO for _, level, _ in one.rules))
    return nsmallest(
        top, pressing, key=lambda one: (figures.score(one), *(-one.count(level) for level in Level), one.path)
    )

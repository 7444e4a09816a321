"""The most frequent problems and the reports with the most, for the first sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from audit.summary import ReportSummary
from outputs.workbook.figures import LEVEL_ORDER, Figures
from rules.model import Level

Hit = tuple[Level, str, int]
"""A problem that a report has: its level, its title, and how often."""


@dataclass(frozen=True, slots=True)
class RankedRule:
    """How often a problem was found at one level."""

    level: Level
    title: str
    reports: int
    places: int


def rank_rules(reports: Iterable[Iterable[Hit]], top: int) -> list[RankedRule]:
    """Problems by level, then by the number of reports that have them, then by findings. Remarks are left out."""
    places: Counter[tuple[Level, str]] = Counter()
    hit: Counter[tuple[Level, str]] = Counter()
    for hits in reports:
        of_report: Counter[tuple[Level, str]] = Counter()
        for level, title, count in hits:
            if level is not Level.INFO:
                of_report[level, title] += count
        places.update(of_report)
        hit.update(of_report.keys())
    ranked = [RankedRule(level, title, hit[level, title], places[level, title]) for level, title in places]
    return nsmallest(top, ranked, key=lambda rule: (LEVEL_ORDER[rule.level], -rule.reports, -rule.places, rule.title))


def hits_of_rules(figures: Figures) -> Iterator[list[Hit]]:
    """The hits of each report, by the titles of the rules."""
    for summary in figures.judged:
        yield [(level, figures.titles.get(rule, rule), count) for rule, level, count in summary.rules]


def rank_reports(figures: Figures, top: int) -> list[ReportSummary]:
    """Reports with an error or a warning, the lowest score and the most errors first."""
    pressing = (one for one in figures.judged if any(level is not Level.INFO for _, level, _ in one.rules))
    return nsmallest(
        top, pressing, key=lambda one: (figures.score(one), *(-one.count(level) for level in Level), one.path)
    )

"""The most frequent problems and the reports with the most, for the first sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from audit.record import ReportRecord
from outputs.workbook.digest import LEVEL_ORDER, Digest
from rules.model import Level


@dataclass(frozen=True, slots=True)
class RankedRule:
    """How often a rule was broken at one level."""

    level: Level
    title: str
    reports: int
    places: int


def rank_rules(digest: Digest) -> list[RankedRule]:
    """Rules by level, then by the number of reports that break them, then by findings. Remarks are left out."""
    places: Counter[tuple[Level, str]] = Counter()
    reports: Counter[tuple[Level, str]] = Counter()
    for report in digest.judged:
        broken = [(finding.level, finding.title) for finding in report.findings if finding.level is not Level.INFO]
        places.update(broken)
        reports.update(set(broken))
    ranked = [RankedRule(level, title, reports[level, title], places[level, title]) for level, title in places]
    return sorted(ranked, key=lambda rule: (LEVEL_ORDER[rule.level], -rule.reports, -rule.places, rule.title))


def rank_reports(digest: Digest) -> list[ReportRecord]:
    """Reports with an error or a warning, the lowest score and the most errors first."""
    pressing = [report for report in digest.judged if any(item.level is not Level.INFO for item in report.findings)]
    return sorted(pressing, key=lambda report: (digest.score(report), *_weights(report), report.path))


def _weights(report: ReportRecord) -> tuple[int, ...]:
    levels = Counter(finding.level for finding in report.findings)
    return tuple(-levels[level] for level in Level)

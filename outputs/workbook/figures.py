"""The counts of a run that its sheets share, made once, from the summaries of its reports alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Final

from audit.record import JUDGED, SET_ASIDE, ReportRecord
from audit.summary import ReportSummary
from outputs.names import FAMILY_NAMES
from outputs.workbook.info import WorkbookInfo
from rules.model import Level

UNKNOWN_UNIT: Final = "（未识别单位）"
LEVEL_ORDER: Final = {level: order for order, level in enumerate(Level)}
_SEPARATORS = re.compile(r"[\\/]")
_REMEMBERED = 1 << 12


class Figures:
    """Counts over the reports of a run or of a part of it."""

    def __init__(self, summaries: Sequence[ReportSummary], info: WorkbookInfo) -> None:
        self.summaries = summaries
        self.info = info

    @cached_property
    def judged(self) -> tuple[ReportSummary, ...]:
        """The reports that were read and judged."""
        return tuple(summary for summary in self.summaries if summary.status in JUDGED)

    @cached_property
    def unread(self) -> int:
        """The number of files that should have been judged and could not be read."""
        return sum(summary.status not in JUDGED | SET_ASIDE for summary in self.summaries)

    @cached_property
    def levels(self) -> Counter[Level]:
        """Findings by level."""
        return sum_levels(self.summaries)

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families of the rules that ran and of the findings there are, in their usual order."""
        ids = {rule.id for rule in self.info.ruleset.rules}
        ids.update(rule for summary in self.summaries for rule, _, _ in summary.rules)
        present = set(map(family_of, ids))
        return (*(family for family in FAMILY_NAMES if family in present), *sorted(present - set(FAMILY_NAMES)))

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of each rule by its id."""
        return {rule.id: rule.title for rule in self.info.ruleset.rules}

    def score(self, summary: ReportSummary) -> float | None:
        """The score of a report, ``None`` where it was not judged."""
        return self.info.weights.score(sum_levels([summary])) if summary.status in JUDGED else None


def sum_levels(summaries: Sequence[ReportSummary]) -> Counter[Level]:
    """Findings of some reports by level, without those that were set aside."""
    levels: Counter[Level] = Counter()
    for summary in summaries:
        for _, level, count in summary.rules:
            levels[level] += count
        if summary.suppressed:
            levels.subtract(dict(summary.suppressed))
    return levels


def sum_families(summaries: Sequence[ReportSummary]) -> Counter[str]:
    """Findings of some reports by family."""
    families: Counter[str] = Counter()
    for summary in summaries:
        for rule, _, count in summary.rules:
            families[family_of(rule)] += count
    return families


@lru_cache(_REMEMBERED)
def family_of(rule: str) -> str:
    """The family in a rule's id, the part before the slash."""
    return rule.partition("/")[0]


def unit_name(report: ReportRecord | ReportSummary) -> str:
    """The unit as shown in every sheet."""
    return report.unit or UNKNOWN_UNIT


@lru_cache(_REMEMBERED)
def file_name(path: str) -> str:
    """The last part of a path of either kind of system."""
    return _SEPARATORS.split(path.rstrip("\\/"))[-1] or path

"""What a workbook tells beyond the record of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from audit.rectification import Review
from audit.yearly import YearlyMetric, YearThresholds
from rules.facts.metrics import Metric
from rules.model import Level, Ruleset


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What one finding of each level takes off the score of 100: a house measure, no legal standard."""

    error: float = 10
    warning: float = 3
    info: float = 0.5

    def score(self, levels: Mapping[Level, int]) -> float:
        """100 less the weights of all findings, never below 0, rounded to one decimal."""
        lost = self.error * levels[Level.ERROR] + self.warning * levels[Level.WARNING] + self.info * levels[Level.INFO]
        return round(max(0.0, 100 - lost), 1)


_THRESHOLDS: Final = YearThresholds()


@dataclass(frozen=True, slots=True)
class WorkbookInfo:
    """What the workbook tells beyond the record: when and how the run was made, its rules, the metric catalogue.

    ``scope`` are the inbox paths as given; ``engine`` a Chinese note on how the run was carried out; ``metrics`` give
    the sheet of metrics its order of columns (without them metrics stand in order of appearance). ``part`` names the
    part of the run that the workbook holds, empty for all of it; without ``details`` the two longest sheets (指标明细,
    年份引用) are left out. ``review`` is what earlier audits and inspectors had to say, ``None`` where no history is
    kept; ``yearly`` are the metrics of units of which several years are known.
    """

    run: str
    started: datetime
    finished: datetime
    scope: tuple[str, ...]
    ruleset: Ruleset
    engine: str = ""
    metrics: tuple[Metric, ...] = ()
    weights: ScoreWeights = ScoreWeights()
    part: str = ""
    details: bool = True
    review: Review | None = None
    yearly: tuple[YearlyMetric, ...] = ()
    thresholds: YearThresholds = _THRESHOLDS

"""The metrics of one unit over the years, with what is striking in them: jumps, and numbers that did not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from audit.rectification import ReportKey
from checks.metrics.values import MetricValue

_SAME_MEASURE: Final = (("件", "宗", "起", "例"), ("人", "名"), ("场", "次", "场次"))
_FEWEST_YEARS: Final = 2


class Striking(StrEnum):
    """What is striking about two years that follow one another."""

    JUMP = "jump"
    DROP = "drop"
    UNCHANGED = "unchanged"
    OTHER_MEASURE = "other_measure"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class YearThresholds:
    """From what on a change is striking: a house measure (审查口径), no legal standard.

    ``jump`` is the multiple, or the part, of the year before; ``smallest`` the number below which neither a jump nor
    an unchanged value means anything.
    """

    jump: float = 5
    smallest: float = 10


@dataclass(frozen=True, slots=True)
class Remark:
    """Something striking between two years; ``times`` is the later value over the earlier one where there is one."""

    kind: Striking
    before: int
    after: int
    times: float | None = None


@dataclass(frozen=True, slots=True)
class YearlyMetric:
    """One metric of one unit: the value of each year whose report is known, ``None`` where it states none."""

    unit: str
    id: str
    name: str
    values: Mapping[int, MetricValue | None]
    remarks: tuple[Remark, ...]


def compare_years(
    reports: Mapping[ReportKey, Sequence[MetricValue]],
    names: Mapping[str, str],
    thresholds: YearThresholds,
) -> tuple[YearlyMetric, ...]:
    """The metrics of every unit of which two and more years are known.

    ``reports`` are the metrics that each report states, ``names`` the units by what identifies them, in order.
    """
    by_unit: dict[str, dict[int, Sequence[MetricValue]]] = {}
    for (identity, year), stated in reports.items():
        if year is not None:
            by_unit.setdefault(identity, {})[year] = stated
    return tuple(
        metric
        for identity, unit in names.items()
        for metric in _of_unit(unit, dict(sorted(by_unit.get(identity, {}).items())), thresholds)
    )


def _of_unit(
    unit: str, years: Mapping[int, Sequence[MetricValue]], thresholds: YearThresholds
) -> Iterator[YearlyMetric]:
    if len(years) < _FEWEST_YEARS:
        return
    stated = {year: _by_metric(values, year) for year, values in years.items()}
    names = {value.id: value.name for of_year in stated.values() for value in of_year.values()}
    for metric, name in names.items():
        values = {year: of_year.get(metric) for year, of_year in stated.items()}
        yield YearlyMetric(unit, metric, name, values, tuple(_remarks(values, thresholds)))


def _by_metric(values: Sequence[MetricValue], year: int) -> dict[str, MetricValue]:
    """The first value of each metric that is of the reported year."""
    first: dict[str, MetricValue] = {}
    for value in sorted(values, key=lambda one: one.start):
        if value.year in (None, year):
            first.setdefault(value.id, value)
    return first


def _remarks(values: Mapping[int, MetricValue | None], thresholds: YearThresholds) -> Iterator[Remark]:
    for (before, old), (after, new) in pairwise(values.items()):
        if old is None:
            continue
        if new is None:
            yield Remark(Striking.MISSING, before, after)
        elif not same_measure(old.unit, new.unit):
            yield Remark(Striking.OTHER_MEASURE, before, after)
        elif remark := _change(old, new, before, after, thresholds):
            yield remark


def _change(old: MetricValue, new: MetricValue, before: int, after: int, thresholds: YearThresholds) -> Remark | None:
    if old.unit == "%" or max(old.value, new.value) < thresholds.smallest:
        return None
    times = new.value / old.value if old.value else None
    if old.value == new.value:
        return Remark(Striking.UNCHANGED, before, after, times) if old.approx is None and new.approx is None else None
    if times is None or times > thresholds.jump:
        return Remark(Striking.JUMP, before, after, times)
    return Remark(Striking.DROP, before, after, times) if times < 1 / thresholds.jump else None


def same_measure(one: str, other: str) -> bool:
    """Whether two units of measure count alike (件 and 宗), so that their numbers can be compared."""
    return one == other or any(one in group and other in group for group in _SAME_MEASURE)

"""Metrics over the years: what is striking and what is not."""

from __future__ import annotations

import pytest

from audit.yearly import Striking, YearThresholds, compare_years
from checks.metrics.values import MetricValue


def value(number: float, year: int, unit: str = "件", approx: str | None = None) -> MetricValue:
    return MetricValue("cases", "案件数", number, unit, approx, year, f"{number}{unit}", 0, 3, "一")


def remarks(before: list[MetricValue], after: list[MetricValue]) -> list[Striking]:
    known = {("甲局", 2022): before, ("甲局", 2023): after}
    return [remark.kind for one in compare_years(known, {"甲局": "甲局"}, YearThresholds()) for remark in one.remarks]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([value(10, 2022)], [value(51, 2023)], [Striking.JUMP]),
        ([value(10, 2022)], [value(50, 2023)], []),
        ([value(0, 2022)], [value(50, 2023)], [Striking.JUMP]),
        ([value(51, 2022)], [value(10, 2023)], [Striking.DROP]),
        ([value(1, 2022)], [value(9, 2023)], []),
        ([value(32, 2022)], [value(32, 2023, "宗")], [Striking.UNCHANGED]),
        ([value(9, 2022)], [value(9, 2023)], []),
        ([value(32, 2022, approx="余")], [value(32, 2023)], []),
        ([value(100, 2022, "%")], [value(100, 2023, "%")], []),
        ([value(32, 2022)], [value(900, 2023, "万元")], [Striking.OTHER_MEASURE]),
        ([value(32, 2022)], [], [Striking.MISSING]),
        ([], [value(32, 2023)], []),
        ([value(900, 2021)], [value(32, 2023)], []),
    ],
)
def test_what_is_striking(before: list[MetricValue], after: list[MetricValue], kinds: list[Striking]) -> None:
    assert remarks(before, after) == kinds


def test_one_year_is_nothing_to_compare() -> None:
    assert compare_years({("甲局", 2023): [value(3, 2023)]}, {"甲局": "甲局"}, YearThresholds()) == ()


def test_a_year_between_that_is_not_known_is_not_made_up() -> None:
    known = {("甲局", 2021): [value(30, 2021)], ("甲局", 2023): [value(300, 2023)], ("甲局", None): [value(1, 2020)]}
    (one,) = compare_years(known, {"甲局": "甲局"}, YearThresholds())
    assert list(one.values) == [2021, 2023]

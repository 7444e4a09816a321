"""Growth rates against what the report on the year before states."""

from __future__ import annotations

import pytest

from audit.copies.growth import growth_claims
from audit.copies.passages import ReportHeader
from checks.metrics.values import MetricValue

EARLIER = ReportHeader("2023.txt", "青石县司法局", None, 2023)


def value(quote: str, number: float, unit: str = "件", *, approx: str | None = None, year: int = 2024) -> MetricValue:
    return MetricValue("aid", "法律援助案件数", number, unit, approx, year, quote, 0, len(quote), "一")


def claims(text: str, before: list[MetricValue], number: float = 351, *, approx: str | None = None) -> list[float]:
    quote = text[: text.index("351件") + 4]
    metric = value(quote, number, approx=approx)
    return [claim.stated for claim in growth_claims(text, [metric], 2024, before, EARLIER)]


LAST = [value("326件", 326, year=2023)]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("法律援助案件351件，同比增长20%。", 20),
        ("法律援助案件351件,同比上升7.7％", 7.7),
        ("法律援助案件351件，较上年下降5%", -5),
        ("法律援助案件351件（同比增加了12.50%）", 12.5),
    ],
)
def test_a_rate_right_behind_its_value_is_a_claim(text: str, stated: float) -> None:
    assert claims(text, LAST) == [stated]


@pytest.mark.parametrize(
    "text",
    [
        "法律援助案件351件，挽回损失200万元，同比增长20%。",
        "法律援助案件351件，同比增长20件。",
        "法律援助案件351件，增长20%。",
        "法律援助案件351件。同比增长20%。",
        "法律援助案件351件，环比增长20%。",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert claims(text, LAST) == []


@pytest.mark.parametrize(
    "before",
    [
        [],
        [value("300件", 300, year=2023), value("326件", 326, year=2023)],
        [value("326余件", 326, approx="余", year=2023)],
        [value("326万元", 326, "万元", year=2023)],
        [value("3件", 3, year=2023)],
        [value("326件", 326, year=2022)],
    ],
)
def test_without_one_sure_base_there_is_none(before: list[MetricValue]) -> None:
    assert claims("法律援助案件351件，同比增长20%", before) == []


def test_a_rough_value_or_another_year_is_none() -> None:
    assert claims("法律援助案件351件，同比增长20%", LAST, approx="余") == []
    older = ReportHeader("2022.txt", "青石县司法局", None, 2022)
    assert not list(growth_claims("351件，同比增长20%", [value("351件", 351)], 2024, LAST, older))

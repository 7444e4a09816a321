from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.figures.amounts import Amount, amount_of
from checks.figures.percentages import is_growth, is_share, some_before_gives, some_part_gives, some_whole_gives
from documents.normalised import normal_form
from documents.numerals import find_quantities

COUNTS = st.integers(min_value=1, max_value=5000)
DECIMALS = st.integers(min_value=0, max_value=2)
ROUNDING = st.sampled_from([ROUND_HALF_UP, ROUND_DOWN])


def amount(phrase: str) -> Amount:
    text = normal_form(phrase)
    (quantity,) = find_quantities(text)
    return amount_of(text[quantity.start : quantity.end], Decimal(str(quantity.value)), quantity.approx)


@pytest.mark.parametrize(
    ("stated", "exact", "compatible"),
    [
        ("5.6万余件", "56123件", True),
        ("5.6万余件", "55986件", False),
        ("5.6万余件", "57200件", False),
        ("3.61万件", "36123件", True),
        ("3.61万件", "36200件", False),
        ("近200件", "192件", True),
        ("近200件", "208件", False),
        ("200余件", "208件", True),
        ("200余件", "320件", False),
        ("约300人", "287人", True),
        ("3千余人", "3860人", True),
        ("数十人", "86人", True),
        ("一百二十三件", "123件", True),
        ("1,268件", "１２６８件", True),
        ("1268件", "1269件", False),
    ],
)
def test_what_a_stated_number_may_mean(stated: str, exact: str, compatible: bool) -> None:
    assert amount(stated).meets(amount(exact)) is compatible


@given(COUNTS, COUNTS, DECIMALS, ROUNDING)
def test_a_percentage_of_whole_numbers_is_always_possible(one: int, other: int, decimals: int, rounding: str) -> None:
    part, whole = Decimal(min(one, other)), Decimal(max(one, other))
    percent = (part / whole * 100).quantize(Decimal(1).scaleb(-decimals), rounding)
    assert is_share(part, whole, percent, decimals)
    assert some_part_gives(whole, percent, decimals)
    assert percent == 0 or some_whole_gives(part, percent, decimals)


@given(COUNTS, COUNTS, DECIMALS, ROUNDING)
def test_growth_of_whole_numbers_is_always_possible(before: int, after: int, decimals: int, rounding: str) -> None:
    percent = ((Decimal(after) / before - 1) * 100).quantize(Decimal(1).scaleb(-decimals), rounding)
    assert is_growth(
        Amount(Decimal(before), Decimal(before)), Amount(Decimal(after), Decimal(after)), percent, decimals
    )
    assert percent <= -100 or some_before_gives(Decimal(after), percent, decimals)


@pytest.mark.parametrize(
    ("whole", "percent", "possible"),
    [(435, "82.49", False), (435, "82.99", True), (97, "10.31", True), (24, "9.5", False), (166, "100", True)],
)
def test_whether_any_number_gives_the_rate(whole: int, percent: str, possible: bool) -> None:
    value = Decimal(percent)
    decimals = len(percent.partition(".")[2])
    assert some_part_gives(Decimal(whole), value, decimals) is possible

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalised import normal_form
from documents.numerals import Quantities, Quantity, find_quantities, heading_ordinal, parse_han_integer
from tests.places import table

CASES = table("numerals")
DIGITS = "零一二三四五六七八九"


def written(value: int) -> str:
    """``value`` as a Chinese numeral, by the textbook rules."""
    if value < 10:
        return DIGITS[value]
    for factor, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= factor:
            many, few = divmod(value, factor)
            gap = "零" if few and few < factor // 10 else ""
            return written(many) + unit + gap + (written(few) if few else "")
    raise AssertionError(value)


def described(text: str, quantity: Quantity) -> str:
    value = f"{text[quantity.start : quantity.end]}={quantity.value}"
    return f"{value}（{quantity.approx}）" if quantity.approx else value


@pytest.mark.parametrize(("phrase", "expected"), [pytest.param(*case, id=case[0]) for case in CASES])
def test_quantities_of_a_phrase(phrase: str, expected: list[str]) -> None:
    text = normal_form(phrase)
    assert [described(text, quantity) for quantity in find_quantities(text)] == [str(item) for item in expected]


def test_percent_is_marked_where_it_is_part_of_the_number() -> None:
    assert [quantity.percent for quantity in find_quantities("百分之八十,80%")] == [True, False]


def test_quantities_stay_within_the_given_range() -> None:
    text = "处罚281宗,罚款5600元,听证4场"
    quantities = Quantities(text)
    assert [quantity.value for quantity in quantities.within(7, 14)] == [5600]
    assert [quantity.value for quantity in quantities.within(0, len(text))] == [281, 5600, 4]
    assert quantities.within(3, 4) == []


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_han_numerals_round_trip(value: int) -> None:
    assert parse_han_integer(written(value)) == value


@given(st.integers(min_value=1000, max_value=9999))
def test_digit_by_digit_numerals_round_trip(value: int) -> None:
    assert parse_han_integer("".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))) == value


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("两百", 200),
        ("一万二", 12000),
        ("一百二", 120),
        ("一百零二", 102),
        ("二千零五", 2005),
        ("壹佰贰拾", 120),
        ("〇", 0),
    ],
)
def test_spoken_and_formal_numerals(numeral: str, value: int) -> None:
    assert parse_han_integer(numeral) == value


@pytest.mark.parametrize("text", ["", "百", "十百", "一百零", "两三百", "十四五", "三十x", "12", "一、"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_han_integer(text) is None


@pytest.mark.parametrize(
    ("number", "ordinal"),
    [
        *(
            ("一、", 1),
            ("（三）", 3),
            ("(十二)", 12),
            ("第二部分", 2),
            ("第三章", 3),
            ("4.", 4),
            ("12．", 12),
            ("1)", 1),
        ),
        *(
            ("⑤", 5),
            ("㈢", 3),
            ("⑴", 1),
            ("六是", 6),
            ("首先，", 1),
            ("其二，", 2),
            ("第一，", 1),
            ("三)", 3),
            ("二十一、", 21),
        ),
    ],
)
def test_ordinals_of_headings(number: str, ordinal: int) -> None:
    assert heading_ordinal(number) == ordinal


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["", "万", "亿"]))
def test_arabic_figures_with_separators_and_units(value: int, unit: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8}[unit]
    for figure in (f"{value}{unit}", f"{value:,}{unit}"):
        assert [quantity.value for quantity in find_quantities(f"共{figure}件")] == [value * factor]


@given(st.decimals(min_value=0, max_value=10**5, places=2))
def test_decimals_with_wan_are_exact(value: Decimal) -> None:
    (quantity,) = find_quantities(f"受理{value}万件")
    assert quantity.value == value * 10**4


@given(st.text(alphabet="一二三十百千万亿〇零两点近余多几数第年月日0123456789.,:%件人 分之", max_size=40))
def test_any_text_gives_ordered_quantities_that_do_not_overlap(text: str) -> None:
    last = 0
    for quantity in find_quantities(text):
        assert last <= quantity.start < quantity.end <= len(text)
        assert quantity.value >= 0
        last = quantity.end


@pytest.mark.parametrize("text", ["〇" * 100_000, "三点" * 50_000, "1" * 100_000 + "号"])
def test_a_row_of_digits_as_long_as_a_text_is_read_once(text: str) -> None:
    assert find_quantities(text) == []

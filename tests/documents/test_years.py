from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalised import normal_form
from documents.years import YearForm, YearToken, find_year_tokens, year_number, year_tokens
from tests.places import table

CASES = table("years_tokens")
HAN_DIGITS = "〇一二三四五六七八九"


def described(text: str, token: YearToken) -> str:
    match token.form:
        case YearForm.RANGE:
            value = f"{token.year}-{token.last}"
        case YearForm.DATE:
            value = "-".join(str(part) for part in (token.year, token.month, token.day) if part is not None)
        case YearForm.RELATIVE:
            value = str(token.offset)
        case _:
            value = str(token.year)
    return f"{text[token.start : token.end]}|{token.form}|{value}"


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"]) for case in CASES])
def test_tokens_of_a_phrase(case: dict[str, list[str] | str]) -> None:
    text = normal_form(str(case["text"]))
    assert [described(text, token) for token in find_year_tokens(text)] == case["expect"]


def test_every_form_has_a_case() -> None:
    assert {entry.split("|")[1] for case in CASES for entry in case["expect"]} == {form.value for form in YearForm}


def test_a_date_that_no_calendar_has_is_no_day() -> None:
    (token,) = find_year_tokens("2023年2月30日")
    assert (token.month, token.day, token.calendar_day) == (2, 30, None)


def test_only_the_given_range_is_searched() -> None:
    text = "2022年的工作,2023年的工作"
    assert [token.year for token in find_year_tokens(text, 8)] == [2023]
    assert [token.year for token in find_year_tokens(text, 0, 8)] == [2022]


@given(st.integers(1949, 2049))
def test_arabic_and_han_years_are_the_same(year: int) -> None:
    han = "".join(HAN_DIGITS[int(digit)] for digit in str(year))
    assert year_number(han) == year
    assert [t.year for t in find_year_tokens(f"{han}年,{year}年度")] == [year, year]


@given(
    st.dates().filter(lambda day: 1949 <= day.year <= 2049),
    st.sampled_from(["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日"]),
)
def test_every_written_day_is_read_back(day: date, form: str) -> None:
    (token,) = find_year_tokens(form.format(day.year, day.month, day.day))
    assert token.calendar_day == day


@given(st.text(alphabet="年度月日号第至到〔〕()[]-—~/. 版本今去上下明次来前一二〇三十0129A件,。", max_size=60))
def test_tokens_lie_in_order_inside_the_text_and_are_plausible(text: str) -> None:
    end = 0
    for token in sorted(find_year_tokens(text), key=lambda t: t.start):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        assert (token.year is None) == (token.form is YearForm.RELATIVE)
        if token.year is not None and token.last is not None:
            assert 1900 <= token.year <= token.last <= 2049


@given(st.lists(st.sampled_from(["2023年", "去年", "〔2021〕5号", "工作"]), max_size=5).map("".join))
def test_the_tokens_of_a_whole_report_are_those_of_its_text(text: str) -> None:
    assert year_tokens(text) == tuple(find_year_tokens(text))

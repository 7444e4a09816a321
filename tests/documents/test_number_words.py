from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.normalised import normal_form
from documents.number_words import Number, NumberKind, find_numbers, read_number
from tests.places import table

CASES = table("number_words")
DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
TRADITIONAL = str.maketrans("万亿两点负", "萬億兩點負")
WIDE = {ord("0") + digit: chr(ord("０") + digit) for digit in range(10)} | {
    ord(","): "，",
    ord("."): "．",
    ord("%"): "％",
}
WHOLE = st.integers(min_value=0, max_value=10**12 - 1)
CENTS = st.decimals(min_value=0, max_value=10**6, places=2)


def textbook(value: int) -> str:
    """``value`` as a Chinese numeral, by the textbook rules."""
    if value < 10:
        return DIGITS[value]
    for factor, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= factor:
            many, few = divmod(value, factor)
            gap = "零" if few and few < factor // 10 else ""
            return textbook(many) + unit + gap + (textbook(few) if few else "")
    raise AssertionError(value)


def spoken(value: Decimal) -> str:
    """A number with decimals as it is read aloud."""
    fraction = f"{value:.2f}".partition(".")[2]
    return f"{textbook(int(value))}点{''.join(DIGITS[int(digit)] for digit in fraction)}"


def only(text: str) -> Number:
    (number,) = find_numbers(normal_form(text))
    return number


@pytest.mark.parametrize(("text", "values", "kind"), [pytest.param(*case, id=case[0]) for case in CASES])
def test_numbers_of_a_phrase(text: str, values: list[float], kind: str) -> None:
    found = [float(number.value) for number in find_numbers(normal_form(text)) if number.kind == kind]
    assert found == pytest.approx(values, abs=1e-6)


@given(WHOLE)
def test_whole_numbers_in_every_style(value: int) -> None:
    numeral = textbook(value)
    styles = [str(value), f"{value:,}", numeral, numeral.translate(FORMAL), numeral.translate(TRADITIONAL)]
    styles += [f"{value:,}".translate(WIDE), " ".join(numeral), numeral.replace("二千", "两千").replace("二万", "两万")]
    for style in styles:
        number = read_number(style)
        assert number is not None, style
        assert (style, number.value, number.kind) == (style, Decimal(value), NumberKind.NUMBER)


@given(WHOLE.filter(bool))
def test_negative_numbers(value: int) -> None:
    for style in (f"-{value}", f"负{textbook(value)}", f"負{textbook(value).translate(TRADITIONAL)}"):
        number = read_number(style)
        assert number is not None
        assert number.value == -value


@given(CENTS)
def test_decimals_and_percentages_in_every_style(value: Decimal) -> None:
    aloud = spoken(value)
    for style in (f"{value:.2f}", f"{value:,.2f}", aloud, f"{value:.2f}".translate(WIDE)):
        assert only(style).value == value
    for style in (f"{value:.2f}%", f"百分之{aloud}", f"百分之{value:.2f}", f"{aloud}个百分点", f"{value:.2f}％"):
        assert (only(style).value, only(style).kind) == (value, NumberKind.PERCENT)


@given(CENTS.filter(bool), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_scaled_decimals(value: Decimal, scale: tuple[str, int]) -> None:
    assert only(f"{value:.2f}{scale[0]}").value == value * scale[1]


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=2, max_value=9999))
def test_fractions(over: int, under: int) -> None:
    expected = pytest.approx(float(Decimal(over) / Decimal(under)))
    for style in (f"{textbook(under)}分之{textbook(over)}", f"{under}分之{over}", f"{over}/{under}"):
        number = read_number(style)
        if style.startswith(("百分", "一百分")):
            continue
        assert number is not None
        assert float(number.value) == expected


@given(st.integers(min_value=1, max_value=99999))
def test_ordinals(value: int) -> None:
    for style in (f"第{value}", f"第{textbook(value)}"):
        assert (only(style).value, only(style).kind) == (Decimal(value), NumberKind.ORDINAL)


@given(st.text(alphabet="一二两三十百千万亿兆零〇廿半点负第又分之成折打对个余多几0123456789.,:%-/^eEkM ", max_size=40))
def test_any_text_gives_ordered_numbers_that_do_not_overlap(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        last = number.end


@pytest.mark.parametrize("text", ["", "百百", "十百", "一万二百三千", "万", "法治", "一百二十三件"])
def test_what_is_no_number_as_a_whole(text: str) -> None:
    assert read_number(text) is None

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.numerals import parse_han_integer
from documents.readers.docx.number_formats import format_number

# As ECMA-376 Part 1, 17.18.59 shows them.
SHOWN = {
    "decimal": {1: "1", 10: "10"},
    "decimalZero": {1: "01", 9: "09", 10: "10", 123: "123"},
    "001, 002, 003, ...": {1: "001", 12: "012", 1234: "1234"},
    "decimalFullWidth": {1: "１", 12: "１２"},
    "decimalEnclosedCircle": {1: "①", 10: "⑩", 20: "⑳", 21: "21"},
    "decimalEnclosedCircleChinese": {1: "①", 10: "⑩"},
    "decimalEnclosedFullstop": {1: "⒈", 20: "⒛"},
    "decimalEnclosedParen": {1: "⑴", 20: "⒇"},
    "ideographEnclosedCircle": {1: "㊀", 10: "㊉"},
    "chineseCounting": {1: "一", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 100: "一〇〇", 101: "一〇一"},
    "chineseCountingThousand": {10: "十", 19: "十九", 21: "二十一", 100: "一百", 101: "一百零一", 110: "一百一十"},
    "taiwaneseCounting": {10: "十", 11: "十一"},
    "taiwaneseCountingThousand": {10: "十", 12: "十二", 101: "一百零一"},
    "japaneseCounting": {10: "十", 11: "十一", 21: "二十一", 100: "百", 101: "百一"},
    "ideographDigital": {1: "一", 10: "一〇", 20: "二〇"},
    "taiwaneseDigital": {10: "一〇"},
    "chineseLegalSimplified": {1: "壹", 10: "壹拾", 11: "壹拾壹", 25: "贰拾伍", 101: "壹佰零壹"},
    "ideographLegalTraditional": {3: "參", 12: "壹拾貳"},
    "ideographTraditional": {1: "甲", 10: "癸", 11: "甲"},
    "ideographZodiac": {1: "子", 12: "亥"},
    "ideographZodiacTraditional": {1: "甲子", 60: "癸亥", 61: "甲子"},
    "upperRoman": {1: "I", 4: "IV", 9: "IX", 14: "XIV", 1999: "MCMXCIX"},
    "lowerRoman": {3: "iii", 40: "xl"},
    "upperLetter": {1: "A", 26: "Z", 27: "AA", 28: "BB"},
    "lowerLetter": {2: "b", 53: "aaa"},
    "numberInDash": {1: "- 1 -"},
    "hex": {10: "A"},
    "none": {1: ""},
    "bullet": {1: ""},
    "thaiNumbers": {5: "5"},
}
HAN = "chineseCounting chineseCountingThousand taiwaneseCounting ideographDigital chineseLegalSimplified"


@pytest.mark.parametrize(
    ("name", "value", "shown"), [(name, value, shown) for name, row in SHOWN.items() for value, shown in row.items()]
)
def test_a_number_as_the_standard_shows_it(name: str, value: int, shown: str) -> None:
    assert format_number(value, name) == shown


@pytest.mark.parametrize("name", HAN.split())
@given(st.integers(1, 999))
def test_han_numbers_can_be_read_back(name: str, value: int) -> None:
    assert parse_han_integer(format_number(value, name)) == value


@given(st.sampled_from(sorted(SHOWN)), st.integers(-(10**9), 10**9))
def test_every_number_has_a_form(name: str, value: int) -> None:
    shown = format_number(value, name)
    assert len(shown) <= 40
    assert (shown == "") == (name in ("none", "bullet"))

"""The number formats of automatic numbering: ECMA-376 Part 1, 17.18.59 (ST_NumberFormat).

A format that Chinese reports do not use (Thai letters, English ordinals) is written in Arabic figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

_LOWER = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LETTERS = 26
# Word's own lists end here; what lies beyond is no numbering of headings.
_HIGHEST_ROMAN = 4999
_HIGHEST_COUNTED = 9999
_MOST_REPEATED = 30


def _han_digits(value: int) -> str:
    return "".join(_LOWER[int(digit)] for digit in str(value))


def _counted(value: int, digits: str, units: Sequence[str], zero: str) -> str:
    """``value`` with the unit words of tens, hundreds and thousands, a single zero for each gap."""
    if value > _HIGHEST_COUNTED:
        return "".join(digits[int(digit)] for digit in str(value))
    words = ""
    for place, digit in zip(range(len(str(value)) - 1, -1, -1), map(int, str(value)), strict=True):
        words += digits[digit] + units[place] if digit else zero
    while zero * 2 in words:
        words = words.replace(zero * 2, zero)
    return words.rstrip(zero)


def _thousand(value: int) -> str:
    return _counted(value, _LOWER, ("", "十", "百", "千"), "零").replace("一十", "十", value < 20)


def _hundred(value: int) -> str:
    """Tens up to 99, from 100 on the digits one by one."""
    return _thousand(value) if value < 100 else _han_digits(value)


def _japanese(value: int) -> str:
    """As spoken in Japan: no 一 before ten, hundred and thousand."""
    words = _counted(value, _LOWER, ("", "十", "百", "千"), "零").replace("零", "")
    return words.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _legal(value: int) -> str:
    return _counted(value, _FORMAL, ("", "拾", "佰", "仟"), "零")


def _legal_traditional(value: int) -> str:
    return _counted(value, _FORMAL_TRADITIONAL, ("", "拾", "佰", "仟"), "零")


def _roman(value: int) -> str:
    if value > _HIGHEST_ROMAN:
        return str(value)
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    words = ""
    for worth, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, value = divmod(value, worth)
        words += sign * count
    return words


def _letters(value: int) -> str:
    """A to Z, then AA, BB and so on."""
    times, place = divmod(value - 1, _LETTERS)
    return chr(ord("A") + place) * (times + 1) if times < _MOST_REPEATED else str(value)


def _in_row(first: str, count: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode, from 1 to ``count``."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else str(value)


def _in_turn(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


def _sexagenary(value: int) -> str:
    return _STEMS[(value - 1) % len(_STEMS)] + _BRANCHES[(value - 1) % len(_BRANCHES)]


_FULL_WIDTH: Final = {ord("0") + digit: chr(ord("０") + digit) for digit in range(10)}


def _full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _in_row("①", 20),
    "decimalEnclosedCircleChinese": _in_row("①", 20),
    "decimalEnclosedFullstop": _in_row("⒈", 20),
    "decimalEnclosedParen": _in_row("⑴", 20),
    "ideographEnclosedCircle": _in_row("㊀", 10),
    "chineseCounting": _hundred,
    "chineseCountingThousand": _thousand,
    "taiwaneseCounting": _hundred,
    "taiwaneseCountingThousand": _thousand,
    "taiwaneseDigital": _han_digits,
    "ideographDigital": _han_digits,
    "japaneseDigitalTenThousand": _han_digits,
    "japaneseCounting": _japanese,
    "japaneseLegal": _legal_traditional,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "ideographTraditional": _in_turn(_STEMS),
    "ideographZodiac": _in_turn(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "numberInDash": "- {} -".format,
    "hex": "{:X}".format,
    "none": lambda _: "",
    "bullet": lambda _: "",
}


def format_number(value: int, name: str) -> str:
    """The number ``value`` in the format that OOXML calls ``name``; zero and below only in Arabic figures.

    ``name`` may also be a list such as ``"001, 002, 003, ..."``, which is how Word writes zeros before a number.
    """
    width = len(name.partition(",")[0])
    if name[:1].isdigit():
        return f"{value:0{min(width, 9)}d}"
    if value < 1 and name not in ("none", "bullet", "decimalZero"):
        return str(value)
    return _FORMATS.get(name, str)(value)

"""Numbers in running Chinese text, in every form that people write them; input is normalised text.

Where :mod:`documents.numerals` finds what a report counts, this module reads any number: ``二百五``, ``5万4千6百``,
``负六点六``, ``三又三分之一``, ``3/5``, ``百分之十二点五``, ``七成六``, ``4.78万亿``, ``十几万``, ``第二十一``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form


class NumberKind(StrEnum):
    """What the number is: the value of a percentage is the figure before the sign."""

    NUMBER = "number"
    PERCENT = "percent"
    ORDINAL = "ordinal"


class Number(NamedTuple):
    """A number at ``[start, end)``."""

    start: int
    end: int
    value: Decimal
    kind: NumberKind


DIGIT_VALUES = {
    character: value
    for value, characters in enumerate(
        ("〇零", "一壹弌", "二贰貳弍两兩俩倆", "三叁參叄仨", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for character in characters
}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_LATIN = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}
_PACKS = {"打": 12, "双": 2, "雙": 2, "对": 2, "對": 2}

_D, _U = "".join(DIGIT_VALUES), "".join((*_TENS, *_SMALL, *_LARGE))
_F = "".join(character for character in _D if character not in "两兩俩倆仨")
_PLAIN = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)"
_ARABIC = rf"(?:(?<!\d\.){_PLAIN}\.\d+(?![.\d])|{_PLAIN}|(?<![\d.])\.\d+)"
_MORE = (
    rf"[{_D}{_U}]|(?<=[{_U}])(?:\d+(?:\.\d+)?(?=[{_U}])|\d{{2,}}(?![\d.,:年月日]))"
    rf"|[点點](?=[{_F}])|零?[余餘多几幾](?=[万亿萬億兆])"
)
_LATIN_SCALE = rf"\ ?[kKmMgGtT](?![A-Za-z零余餘多几幾{_U}])"
_LITERAL = rf"{_ARABIC}(?:[eE][+-]?\d+(?!\d)|\^[+-]*\d+)?(?:{_LATIN_SCALE})?"
_HAN = rf"(?:半(?=[百成折])|[{_D}{_U}])(?:{_MORE})*"
_RUN = rf"(?:{_LITERAL}(?:(?=零?[余餘多几幾{_U}])(?:{_MORE})+)?|{_HAN})"
_SIGN = r"(?:(?<![\d\w.)%-])-|负|負)?"
_FRACTION = (
    rf"(?:(?P<whole>{_RUN})又|(?P<left>\d+)\ )?"
    rf"(?:(?P<under>{_RUN})分之(?P<minus>[负負-])?(?P<over>{_RUN})"
    r"|(?<!/)(?P<top>\d+)/(?P<bottom>[1-9]\d*)(?![/\d]))"
)
_TENTHS = rf"成(?P<more>[{_F}半])?(?![立员員功效果为為都长長本熟])|折(?![扣叠疊腾])"
_PACK = r"[打双雙对對](?![一比外于於此象待照應应策方接口标標立向随隨边邊重语語不])"
_NUMBER = lazy_pattern(
    rf"(?P<ordinal>第(?P<place>{_RUN}))"
    rf"|(?P<percent>(?<![{_D}\d])[百佰]分之(?P<hundredth>{_RUN})(?![{_D}]*[十百千]))"
    rf"|(?P<sign>{_SIGN})(?:{_FRACTION}"
    rf"|(?P<run>{_RUN})(?P<mark>\ ?%|\ ?个?個?百分[点點]|(?:{_TENTHS})|{_PACK})?"
    r"|(?<=打)(?P<half>[对對]折))"
)
_WORDS = lazy_pattern(
    "一(?:切|看|般|样|些|直|定|旦|律|致|贯|向|味|面|边|带|共|番|概|心|体|流|线|度|并|经|美|再|时|同|起(?![案纠火])|方面|把手)"
    "|四(?:川|季|周|处|海)|陆(?:地|军|续|上|路)|百(?:姓|货|花)|千(?:方|秋)|万(?:一|象|众|能|事)|十(?:分(?!之)|足)|三(?:亚|明)"
    "|九(?:州|江)|六安|两(?:岸|江|美)|五(?:星|台|谷)"
)
_EXPONENT = lazy_pattern(r"(?P<base>[\d.,]+)(?:\^(?P<power>[+-]*\d+)|[eE](?P<exponent>[+-]?\d+))")
_LARGEST_POWER = 400


def read_number(text: str) -> Number | None:
    """The number that ``text`` is as a whole, blanks and full-width characters allowed; ``None`` if it is none."""
    form = normal_form(text).strip()
    match = _NUMBER.fullmatch(form)
    return _read(match) if match else None


def find_numbers(text: str) -> Iterator[Number]:
    """Each number in ``text`` (normalised), in order; words such as 一切, 百姓 and 四川 hold none."""
    position = 0
    while match := _NUMBER.search(text, position):
        if _WORDS.match(text, match.start()) or _is_about(match):
            position = match.start() + max(1, len(match["run"] or "") if _is_about(match) else 1)
            continue
        number = _read(match)
        if number:
            yield number
        position = match.end() if number else match.start() + 1


def _is_about(match: re.Match[str]) -> bool:
    """Whether two neighbouring digits mean one or the other: 三四个, 二三十个."""
    run = re.split("[点點]", match["run"] or match["hundredth"] or "")[0]
    for one, other in pairwise(run):
        if (
            one in DIGIT_VALUES
            and other in DIGIT_VALUES
            and DIGIT_VALUES[one]
            and DIGIT_VALUES[other] - DIGIT_VALUES[one] == 1
        ):
            return (len(run) == 2 and match["mark"] != "折") or any(character in _U for character in run)
    return False


def _read(match: re.Match[str]) -> Number | None:
    value, kind = _value_and_kind(match)
    if value is None:
        return None
    if match["sign"]:
        value = -value
    return Number(match.start(), match.end(), value.normalize() + 0, kind)


def _value_and_kind(match: re.Match[str]) -> tuple[Decimal | None, NumberKind]:
    if match["ordinal"]:
        return value_of(match["place"]), NumberKind.ORDINAL
    if match["percent"]:
        hundredth = match["hundredth"]
        return (Decimal(100) if hundredth in "百佰" else value_of(hundredth)), NumberKind.PERCENT
    if match["half"]:
        return Decimal(50), NumberKind.PERCENT
    if match["under"] or match["top"]:
        return _fraction(match), NumberKind.NUMBER
    return _marked(match["run"], (match["mark"] or "").strip(), match["more"])


def _fraction(match: re.Match[str]) -> Decimal | None:
    over, under = value_of(match["over"] or match["top"]), _denominator(match["under"] or match["bottom"])
    whole = value_of(match["whole"] or match["left"] or "0")
    if over is None or whole is None or not under:
        return None
    return whole + (-over if match["minus"] else over) / under


def _denominator(run: str) -> Decimal | None:
    """千分之 and 万分之 need no 一."""
    if run in _SMALL or run in _LARGE:
        return Decimal(_SMALL.get(run) or _LARGE[run])
    return value_of(run)


def _marked(run: str, mark: str, more: str | None) -> tuple[Decimal | None, NumberKind]:
    value = value_of(run)
    if value is None:
        return None, NumberKind.NUMBER
    if mark in _PACKS:
        return value * _PACKS[mark], NumberKind.NUMBER
    if mark.startswith("成"):
        tenth = Decimal(5) if more == "半" else Decimal(DIGIT_VALUES[more]) if more else Decimal(0)
        return value * 10 + tenth, NumberKind.PERCENT
    if mark == "折":
        return _discount(value), NumberKind.PERCENT
    return value, NumberKind.PERCENT if mark else NumberKind.NUMBER


def _discount(value: Decimal) -> Decimal | None:
    if value == Decimal("0.5"):
        return Decimal(50)
    if 0 < value < 10:
        return value * 10
    return value if 10 < value < 100 else None


def value_of(run: str) -> Decimal | None:
    """The value of a run of digits, numerals and unit words; ``None`` where their order is impossible."""
    if match := _EXPONENT.match(run):
        return _power(match)
    if run[-1:].lower() in _LATIN:
        value = value_of(run[:-1].strip())
        return None if value is None else value * _LATIN[run[-1].lower()]
    if len(run) > 1 and all(character in DIGIT_VALUES for character in run):
        return Decimal("".join(str(DIGIT_VALUES[character]) for character in run))
    return _Reading().read(run)


def _power(match: re.Match[str]) -> Decimal | None:
    base = Decimal(match["base"].replace(",", ""))
    if match["exponent"]:
        return base.scaleb(int(match["exponent"])) if abs(int(match["exponent"])) < _LARGEST_POWER else None
    power = int(match["power"].replace("--", "").lstrip("+"))
    return base**power if abs(power) < _LARGEST_POWER and base else None


_TOKEN = lazy_pattern(rf"{_ARABIC}|.")


class _Reading:
    """Reads a numeral from left to right: 千, 百 and 十 build a section, 万 and 亿 close it."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.current: Decimal | None = None
        self.single = False
        self.unit = 0
        self.below = 10**4

    def read(self, run: str) -> Decimal | None:
        """The value of ``run``."""
        tokens = _TOKEN.findall(re.sub("零?[余餘多几幾](?=[万亿萬億兆])", "", run))
        for place, token in enumerate(tokens):
            if token in "点點":
                return self._decimal(tokens[place + 1 :])
            if not self._take(token, last=place == len(tokens) - 1, first=place == 0):
                return None
        return self.total + self.section + self._open_digit()

    def _take(self, token: str, *, last: bool, first: bool) -> bool:
        if token[0] in "0123456789.":
            return self._number(Decimal(token.replace(",", "")), single=False)
        if token == "半":
            return self._number(Decimal("0.5"), single=False)
        if token in "零〇":
            self.unit = 0
            return not last or (first and self._number(Decimal(0), single=False))
        if token in DIGIT_VALUES:
            return self._number(Decimal(DIGIT_VALUES[token]), single=True)
        if token in _TENS:
            self.section += _TENS[token]
            self.unit, self.below = 10, 10
            return True
        return self._small(_SMALL[token], alone=last and first) if token in _SMALL else self._large(_LARGE[token])

    def _number(self, value: Decimal, *, single: bool) -> bool:
        if self.current is not None:
            return False
        self.current, self.single = value, single
        return True

    def _small(self, unit: int, *, alone: bool) -> bool:
        if unit >= self.below or (self.current is None and ((alone and unit > 10) or bool(self.section))):
            return False
        self.section += (Decimal(1) if self.current is None else self.current) * unit
        self.current, self.unit, self.below = None, unit, unit
        return True

    def _large(self, unit: int) -> bool:
        amount = self.section + (self.current or 0)
        if not amount and not self.total and self.current is None:
            return False
        if amount and unit < self._lowest_large():
            self.total += amount * unit
        else:
            self.total = (self.total + amount) * unit
        self.section, self.current, self.unit, self.below = Decimal(0), None, unit, 10**4
        return True

    def _lowest_large(self) -> int:
        return next((unit for unit in (10**4, 10**8, 10**12) if self.total % (unit * 10**4)), 10**16)

    def _open_digit(self) -> Decimal:
        """The digit at the end: 五千二 is 5200, but 五千零二 is 5002."""
        if self.current is None:
            return Decimal(0)
        return self.current * self.unit / 10 if self.single and self.unit > 10 else self.current

    def _decimal(self, rest: list[str]) -> Decimal | None:
        """The value where a point follows: 三点五万, 两千三点一."""
        digits = [token for token in rest if token in DIGIT_VALUES]
        scale = [token for token in rest[len(digits) :] if token in _LARGE or token in _SMALL]
        if len(digits) + len(scale) != len(rest):
            return None
        fraction = Decimal("0." + "".join(str(DIGIT_VALUES[token]) for token in digits))
        value = self.section + self._open_digit() + fraction
        for token in scale:
            value *= _LARGE.get(token) or _SMALL[token]
        return self.total + value

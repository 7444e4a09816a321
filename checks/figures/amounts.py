"""What a stated number may mean: a range as narrow as its wording allows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern

_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_TAIL = lazy_pattern(r"(?P<digits>\d*)(?:\.(?P<fraction>\d+))?(?P<scale>[万亿]{0,2})$")
# Without one of these a number is told to the last unit.
_ROUNDED = frozenset(".万亿")
_FLOOR = (
    "余",
    "多",
    "几",
    "来",
    "超",
    "超过",
    "逾",
    "突破",
    "以上",
    "不少于",
    "不低于",
    "至少",
    "过",
    "上",
    "数",
    "超出",
)
_CEILING = ("近", "将近", "接近", "不足", "以下", "以内", "最多")
_OPEN = ("以上", "不少于", "不低于", "至少", "突破")


class Amount(NamedTuple):
    """The closed range ``[low, high]`` of values that a stated number is compatible with."""

    low: Decimal
    high: Decimal

    def __add__(self, other: object) -> Amount:
        if not isinstance(other, Amount):
            return NotImplemented
        return Amount(self.low + other.low, self.high + other.high)

    def meets(self, other: Amount) -> bool:
        """Whether the two ranges share a value; two rounded ones share none where they only touch."""
        if self.low == self.high or other.low == other.high:
            return self.low <= other.high and other.low <= self.high
        return self.low < other.high and other.low < self.high

    def is_above(self, other: Amount) -> bool:
        """Whether every value of the range is above those of the other."""
        return self.low > other.high or (self.low == other.high and not self.meets(other))


NOTHING = Amount(Decimal(0), Decimal(0))


def amount_of(written: str, value: Decimal, approx: str | None) -> Amount:
    """The range of a number as written (``36.01万``, ``近200余``): rounded ones reach half a unit of the last digit."""
    if not approx and not is_rounded(written):
        return Amount(value, value)
    step = _step(written)
    if not approx:
        return Amount(value - step / 2, value + step / 2)
    words = approx.split("…")
    place = max(_place(value), step)
    around = place if {"约", "大约", "左右", "上下"} & set(words) else Decimal(0)
    above = place if any(word in _FLOOR for word in words) else around
    vague = value == place and any(word in ("数", "几", "上") for word in words)
    if vague or any(word in _OPEN for word in words):
        above = value * 9
    below = place if any(word in _CEILING for word in words) else around
    return Amount(value - below, value + above)


def is_rounded(written: str) -> bool:
    """Whether a number as written may be told to less than the last unit."""
    return not _ROUNDED.isdisjoint(written)


def _step(written: str) -> Decimal:
    """What one unit of the last digit is worth where the number is rounded to it; zero for a plain whole number."""
    match: re.Match[str] | None = _TAIL.search(written.rstrip("余多几来左右以上"))
    if match is None or not (match["fraction"] or match["scale"]):
        return Decimal(0)
    decimals = len(match["fraction"] or "")
    return Decimal(_SCALES.get(match["scale"], 1)).scaleb(-decimals)


def _place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 for 2300, 1 for 2304."""
    place = Decimal(1)
    if value == 0 or value != value.to_integral_value():
        return place
    while value % (place * 10) == 0:
        place *= 10
    return place

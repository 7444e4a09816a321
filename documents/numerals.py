"""Numbers as Chinese reports write them, read from normalised text (:mod:`documents.normalised`).

Arabic figures (``1,234``, ``36.01万``, ``1亿2千万``), Chinese numerals (``一百二十三``, ``百分之九十八点五``) and the
words that make either approximate (``近``, ``逾``, ``余``, ``左右``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from documents.lazy_pattern import lazy_pattern
from documents.number_words import DIGIT_VALUES, value_of

_FACTORS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_FACTORS |= {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_DIGIT = "".join(DIGIT_VALUES)
_FACTOR = "".join(_FACTORS)
_HAN_NUMBER = lazy_pattern(f"[{_DIGIT}{_FACTOR}]+")
_HAN_DIGITS = lazy_pattern(f"[{_DIGIT}]+")


def parse_han_integer(text: str) -> int | None:
    """The value of a whole Chinese numeral (``二千零五``, ``一万二``, ``二〇二三``), or ``None`` if it is none."""
    if text in DIGIT_VALUES:
        return DIGIT_VALUES[text]
    value = value_of(text) if _HAN_NUMBER.fullmatch(text) else None
    return None if value is None else int(value)


_ORDINAL_MARKS = lazy_pattern(r"[\s()\[\]【】〔〕（）第是,，、.．:：#]+|部分|[章节篇编]")
_SIGN_RUNS = (("①", 1, 20), ("㉑", 21, 15), ("❶", 1, 10), ("㈠", 1, 10), ("⑴", 1, 20), ("⒈", 1, 20), ("➀", 1, 10))
_SIGNS = {chr(ord(first) + step): low + step for first, low, count in _SIGN_RUNS for step in range(count)}
_ORDER_WORDS = {"首先": 1, "其次": 2, "再次": 3}


@lru_cache(maxsize=1024)
def heading_ordinal(text: str) -> int | None:
    """The ordinal in a heading's number as written: ``（三）``, ``第二部分``, ``4.``, ``⑤``, ``六是``, ``首先，``."""
    core = _ORDINAL_MARKS.sub("", text)
    if core in _SIGNS or core in _ORDER_WORDS:
        return _SIGNS.get(core) or _ORDER_WORDS[core]
    core = core.removeprefix("其")
    if core.isascii() and core.isdigit():
        return int(core)
    return parse_han_integer(core)


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True)
class Quantity:
    """A number of something: where it stands, its value, and the words that make it approximate (``None`` if exact).

    ``[start, end)`` holds the number with 万 and 亿 and the approximation words that touch it; 左右 or 以上 after the
    measure word counts in ``approx`` but lies outside. For 数十, 几百 and 上千 the value is that of the unit word.
    ``percent`` marks ``百分之…``, where the unit is part of the number.
    """

    start: int
    end: int
    value: int | float
    approx: str | None
    percent: bool = False


_MEASURE = (
    "个名人次件家宗起场份条项户篇部张册辆艘处台套所批期类座间支只元块倍天年周门例笔栋幅岁米吨亩平课节堂轮趟遍组队位本卷封通头棵株"
    "段种层村社镇乡区%"
)
_MEASURES = frozenset(_MEASURE)
_LAST_OF_BEFORE = "约为有近过出破于足少多超逾"
# The search looks for a character that begins a number, which it does at C speed, and then for one of the patterns from
# here on: they go on behind that character, and look at what stands before it from there.
_BEFORE_FIGURE = r"(?<![\d.·:/A-Za-z第].)"
# Most numbers are integers that no word around them scales or makes approximate.
_PLAIN = (
    rf"(?<![{_LAST_OF_BEFORE}].)\d{{0,14}}+"
    r"(?![\d.十百千万亿余多来几年月日号分〕\])—~至:·/-]|[ ,]\d|(?:%|[^\W\d_]){0,3}?[左上以])(?P<plain>)"
)
_CENTURY = "(?:(?<=1)9|(?<=2)0)"
_DATE = rf"{_CENTURY}\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|\d?:\d\d(?::\d\d)?"
# Years, months, days, clocks, points of a version, document numbers and the lower half of a fraction are no quantities.
_NOT_COUNTED = (
    rf"{_CENTURY}\d\d(?:年|[〕\])]|(?:-|—{{1,2}}|~|至)(?:19|20)\d\d)|\d?(?:月(?!均)|日(?![均常]))"
    r"|\d*(?:号|分之|[:·]\d|\.\d+\.)"
)
_FIGURE = (
    r"(?:\d{0,2}(?: \d{3})+(?=[\u4e00-\u9fff])"
    r"|(?:\d{0,2}(?:,\d{3})+(?![\d,])|\d*)(?:\.\d+)?)(?P<figure>)"
    r"(?P<tens>(?:[十百]|千(?![瓦米克伏卡赫帕焦]))?[万亿]{0,2})(?P<rest>(?:\d+[千百]?[万亿]|\d千(?![瓦米克])|(?<=[千万])\d百)*)"
)
_AFTER = f"(?P<after>余(?![额下])|多(?!元[化解纠主共])|[来几](?=[万亿{_MEASURE}]))?(?P<scale>[万亿]{{0,2}})"
_VAGUE = (
    "(?:(?<=几)|(?<=数)(?<![件人户次总系指个份场例倍基岁页字参函无少多]数)|(?<=上)(?<![线网以身街地面路会之]上)"
    f"|(?<=过)(?<![通经超]过))(?P<round>[十百千万亿]{{1,2}})(?=[余多{_MEASURE}])"
)
# A numeral that neither counts nor is made approximate is none. It is looked at where it begins only, so that a long
# row of digits takes no longer than others.
_HAN = (
    f"(?:(?<=百)分之(?P<percent>[{_DIGIT}{_FACTOR}]+)|(?<=[{_DIGIT}{_FACTOR}])(?:(?<=[{_LAST_OF_BEFORE}].)"
    f"|(?<![第{_DIGIT}{_FACTOR}].)(?=[{_DIGIT}{_FACTOR}]*(?:点[{_DIGIT}]+)?[余多来几万亿{_MEASURE}]))"
    f"(?P<han>[{_DIGIT}{_FACTOR}]*))(?:点(?P<fraction>[{_DIGIT}]+)(?![分点十百千]))?"
)
_NUMBER = lazy_pattern(
    f"[0-9几数上过{_DIGIT}{_FACTOR}](?:(?<=[0-9])(?:{_BEFORE_FIGURE}{_PLAIN}|{_DATE})"
    f"|(?:(?<=[0-9]){_BEFORE_FIGURE}(?!{_NOT_COUNTED}){_FIGURE}|(?<![0-9])(?:{_VAGUE}|{_HAN})){_AFTER})"
)
_PART = lazy_pattern(r"(\d+)(\D+)")
# 一起化解 and 一次性 count nothing; 三个规定 is a name.
_FIXED_WORDS = lazy_pattern("一(?:起(?![案纠行诉涉信劳])|次性|部分|条龙|件事|本通|门户|张[网图]|门式|类事项)|[一-十]级")
_BEFORE = lazy_pattern(
    "(?:大约|将近|接近|超过|超出|突破|不少于|不低于|不足|至少|最多|(?<![最附邻临就靠新亲贴远接将])近|(?<![赶高反])超"
    "|(?<![公节预条签履制合契邀违集纽特大])约(?:为|有)?|逾)$"
)
_LONGEST_BEFORE = 4
# A binary fraction holds so many digits exactly.
_MOST_DIGITS = 15
_MORE_OR_LESS = lazy_pattern(r"(?:%|[^\W\d_]){0,3}?(左右|上下|以上|以下|以内)")
_LAST_YEARS = lazy_pattern("(?:年|个?月|天|日|周|届|期|个?季度)")


class Quantities:
    """The quantities of one normalised text: ``all`` of them, in order and without overlap, and their ``starts``."""

    def __init__(self, text: str) -> None:
        self.all = find_quantities(text)
        self.starts = [quantity.start for quantity in self.all]

    def within(self, start: int, end: int) -> list[Quantity]:
        """The quantities that begin in ``text[start:end]``."""
        first = bisect_left(self.starts, start)
        return self.all[first : bisect_left(self.starts, end, first)]


def find_quantities(text: str) -> list[Quantity]:
    """Each quantity in ``text`` (normalised), in order and without overlap.

    Years, dates, clocks, ordinals and document numbers are left out. A Chinese numeral counts only before a measure
    word (``召开三次会议``) or with an approximation (``千余``), so that 统一, 十分 and 百姓 are not taken for numbers.
    """
    found: list[Quantity] = []
    position = 0
    for match in _NUMBER.finditer(text):
        kind, (start, end) = match.lastgroup, match.span()
        if kind == "plain":
            found.append(Quantity(start, end, int(match[0]), None))
        elif kind and (quantity := _quantity(match, text, position)):
            found.append(quantity)
        else:
            # A date, a clock or a numeral that counts nothing.
            continue
        position = end
    return found


def _quantity(match: re.Match[str], text: str, position: int) -> Quantity | None:
    """The quantity at ``match``, if any; the words before it begin at ``position`` or later."""
    (start, end), before = match.span(), None
    if start and text[start - 1] in _LAST_OF_BEFORE:
        before = _BEFORE.search(text, max(position, start - _LONGEST_BEFORE), start)
    after, vague, percent = match["after"], None, False
    value: float | None
    if text[start].isascii():
        value = _figure_value(match)
    else:
        vague, percent = text[start] if match["round"] else None, match["percent"] is not None
        value = _word_value(match, approximate=bool(before or after))
    if value is None:
        return None
    if before and before[0] == "近" and _LAST_YEARS.match(text, end):
        before = None
    around = _MORE_OR_LESS.match(text, end)
    approx = None
    if before or vague or after or around:
        words = (before and before[0].rstrip("为有"), vague, after, around and around[1])
        approx = "…".join(filter(None, words))
    return Quantity(before.start() if before else start, end, value, approx, percent)


def _figure_value(match: re.Match[str]) -> int | float:
    tens, rest, scale = match.group("tens", "rest", "scale")
    figure = match.string[match.start() : match.end("figure")].replace(",", "").replace(" ", "")
    if len(figure) <= _MOST_DIGITS and not (tens or rest or scale):
        number = float(figure)
        return int(number) if number.is_integer() else number
    value = _scaled(Decimal(figure), tens)
    parts = _PART.findall(rest) if rest else ()
    return _plain(_scaled(sum((_scaled(Decimal(part), factors) for part, factors in parts), value), scale))


def _word_value(match: re.Match[str], *, approximate: bool) -> int | float | None:
    """The value of 几百 or of a Chinese numeral, if it is one that counts."""
    text, end = match.string, match.end()
    value: Decimal | int | None
    if match["round"]:
        value = _scaled(Decimal(1), match["round"])
    elif match["percent"] or approximate or text[end : end + 1] in _MEASURES:
        value = _han_value(match, approximate=approximate)
    else:
        return None
    if value is None or (isinstance(value, int) and not match["scale"]):
        return value
    return _plain(_scaled(Decimal(value), match["scale"]))


def _han_value(match: re.Match[str], *, approximate: bool) -> Decimal | int | None:
    numeral, fraction = match["percent"], match["fraction"]
    start = match.start("percent") if numeral else match.start()
    if numeral == "百":
        return 100
    numeral = numeral or match.string[start] + match["han"]
    if approximate and all(character in _FACTORS for character in numeral):
        return _scaled(Decimal(1), numeral)
    listed = len(numeral) > 1 and _HAN_DIGITS.fullmatch(numeral)
    whole = None if listed or _FIXED_WORDS.match(match.string, start) else parse_han_integer(numeral)
    if whole is None or not fraction:
        return whole
    return Decimal(f"{whole}.{''.join(str(DIGIT_VALUES[character]) for character in fraction)}")


def _scaled(value: Decimal, factors: str) -> Decimal:
    for factor in factors:
        value *= _FACTORS[factor]
    return value


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)

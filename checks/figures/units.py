"""Units of count: what may be added up, and what may not."""

from __future__ import annotations

from documents.lazy_pattern import lazy_pattern

# A visit, a person-time or a case-time is not the thing itself: 件次 is no 件. They stand first, as the longer words.
_TIMES = "人次|[件家户项处辆车艘批班台宗架轮卷所]次|场次"
_OTHERS = (
    "个百分点|百分点|平方公里|平方千米|平方米|立方米|公里|千米|公顷|美元|港元|欧元"
    "|个工作日|工作日|个月|小时|分钟|学时|课时"
)
_SINGLE = (
    "件宗起名位人个项次家户份条篇部张册本幅套辆艘台架架处所座间栋块幢场期班批轮届堂节门款种类级支队组对笔元吨斤克亩米天日周年月岁倍成折层"
    "村社镇乡区县市例卷通封棵株头只根字页"
)
UNIT = lazy_pattern(rf" ?(?P<unit>{_TIMES}|{_OTHERS}|%|‰|[{_SINGLE}])")

_FAMILIES = {"宗": "件", "起": "件", "名": "人", "位": "人", "场次": "场", "百分点": "个百分点"}
# 人民 and 起草 begin with a measure word but count nothing: what may follow such a word, before which characters.
_GOES_ON = {"人": "民大社力才均事", "名": "列单称义录", "位": "列居于", "起": "草诉来到以", "次": "日年月"}
_NOT_COUNTED = lazy_pattern(
    "人才(?!\\d)|人[民大社力均事]|" + "|".join(f"{unit}[{_GOES_ON[unit]}]" for unit in "名位起次")
)
# What may follow a unit of one character and make it another word, or a longer unit.
_SECONDS = {
    unit: frozenset("次" + _GOES_ON.get(unit, "") + "".join(word[1] for word in _OTHERS.split("|") if word[0] == unit))
    for unit in f"{_SINGLE}%‰"
}
# Anything may be counted by these, so the noun decides whether two numbers count the same thing.
GENERIC = frozenset("个项次条份种类处")
DURATIONS = frozenset(("天", "日", "周", "年", "月", "个月", "岁", "小时", "分钟", "工作日", "个工作日", "届", "级"))
# The signs of a percentage.
PERCENT = ("%", "百分之")
RATIOS = frozenset(("%", "‰", "个百分点", "倍", "成", "折"))


def unit_at(text: str, place: int, end: int) -> str:
    """The unit of count at ``place``, or the empty string."""
    first = text[place : place + 1]
    seconds = _SECONDS.get(first)
    if seconds is not None and place < end and text[place + 1 : place + 2] not in seconds:
        return first
    match = UNIT.match(text, place, end)
    if match is None:
        return ""
    unit = match["unit"]
    if unit[0] in _GOES_ON and _NOT_COUNTED.match(text, match.start("unit")):
        return ""
    return unit


def family_of(unit: str) -> str:
    """The unit that stands for all that count the same: 宗 and 起 are 件, 名 and 位 are 人."""
    return _FAMILIES.get(unit, unit)

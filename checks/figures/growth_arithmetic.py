"""Growth that does not follow from the values before and after it.

Fails: 由31件上升到68件,增长19%; 由68件增加到31件; 由90%提高到95%,提高5% (5个百分点). Passes: 435件,同比增长110.14%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from checks.context import Context
from checks.figures.amounts import Amount
from checks.figures.clauses import clause_start
from checks.figures.percentages import is_growth, is_share, some_before_gives
from checks.figures.reading import Figure, Passage
from checks.figures.units import DURATIONS, RATIOS
from checks.figures.wording import json_number, percentage, plain
from checks.kind import Kind
from checks.match import Match, Value
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

_RISE = "新?增长|新?增加|上升|提高|提升|升高|增至|增幅|升|增"
_FALL = "下降|减少|精简|压降|降低|降幅|压减|压缩|缩短|缩减|减|降"
_TURN = lazy_pattern(
    f"^[^\\d,;。]{{0,8}}?(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))了?(?:到|至|为|达到?)(?:(?:19|20)\\d\\d年的?)?"
)
_FROM = lazy_pattern("(?:由|从)(?:(?:19|20)\\d\\d年)?[^\\d,;。]{0,16}$")
_MOVE = lazy_pattern(
    "^[,(]?(?:同比|总体|相[比较]|(?:较|比)(?:上年|去年|上一年|上年度)(?:度)?(?:同期)?(?:同比)?)?"
    f"(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?:了|幅度?|比例|率)?(?:高?达到?|为|约)?$"
)
_COMPARED = lazy_pattern(
    r"^[,(]?(?:同比|相比|对比)?(?:较|比|与)?(?:上年|去年|上一年|上年度|(?:19|20)\d\d年)(?:度)?(?:同期|全年)?(?:的|为|是|有)?[^\d,;。]{0,4}$"
)
_DIFFERENCE = lazy_pattern("[比较][^,;。]{2,12}(?:多|少|增|减|升|降)")
_TAKEN = lazy_pattern("^(?:精简|取消|压减|核减|清退|减少|削减|清理|裁减)了?$")
_LEFT = lazy_pattern("^,?(?:实际)?(?:保留|剩余|还剩|减至|减少到|减少至|降至|压减至|压减到)$")
_BASE = lazy_pattern(r"(?:较|比)(?:上年|去年|上一年|上年度|(?:19|20)\d\d年)(?:度)?(?:同期|全年)?的?$")
_YEAR_ON_YEAR = lazy_pattern(
    r"^[,(]?(?:同比|(?:较|比)(?:上年|去年|上一年|上年度|(?:19|20)\d\d年)(?:度)?(?:同期)?(?:同比)?)"
    f"(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?:了|幅度?)?(?:达到?|为)?$"
)
# A character of a word for a rise, a fall or what is left, without which no change is told.
_CHANGE = lazy_pattern("[增升高降减缩简留剩]")
# The longest words between that character and the number: 增长了达到2023年的.
_LONGEST_CHANGE = 12
_LEAST_TELLING = 3
_NEAR = 12
_REACH = 16


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each change that contradicts its two values, and each that no whole number explains."""
    report = context.report
    for passage in context.figures:
        if not _tells_change(passage):
            continue
        figures = passage.figures
        for place, (before, after) in enumerate(pairwise(figures)):
            if before.family == after.family:
                following = figures[place + 2 : place + 3]
                yield from _from_to(report, passage, before, after, following)
                yield from _compared(report, passage, before, after, following)
                yield from _from_base(report, passage, before, after, following)
                yield from _remainder(report, passage, before, after, following)
            yield from _year_on_year(report, passage, before, after)


def _tells_change(passage: Passage) -> bool:
    """Whether a number after the first follows a word for a rise, a fall or what is left."""
    if len(passage.quantities) < 2 or not _CHANGE.search(passage.text, passage.start, passage.end):
        return False
    starts = [quantity.start for quantity in passage.quantities[1:]]
    return any(_CHANGE.search(passage.text, max(passage.start, start - _LONGEST_CHANGE), start) for start in starts)


def _from_to(
    report: Report, passage: Passage, before: Figure, after: Figure, following: tuple[Figure, ...]
) -> Iterator[Match]:
    """由A增加到B,增长C%."""
    lead = passage.text[max(passage.start, before.start - 24) : before.start]
    if not _FROM.search(lead):
        return
    turn = _TURN.match(passage.text[before.end : after.start])
    if turn is None or turn.group() != passage.text[before.end : after.start]:
        return
    wrong = _wrong_way(turn, before, after)
    if wrong:
        message = f"由{before.words}到{after.words}是{wrong[1]}，文中写作“{wrong[0]}”"
        yield _match(report, before.start, after.end, message, "direction", before, after)
    elif following:
        yield from _size(report, passage, before, after, after, following[0])


def _wrong_way(turn: re.Match[str], before: Figure, after: Figure) -> tuple[str, str] | None:
    """The word that tells the wrong direction, and the right direction."""
    if turn["rise"] and after.amount.high < before.amount.low:
        return turn["rise"], "减少"
    if turn["fall"] and after.amount.low > before.amount.high:
        return turn["fall"], "增加"
    return None


def _compared(
    report: Report, passage: Passage, now: Figure, earlier: Figure, following: tuple[Figure, ...]
) -> Iterator[Match]:
    """B件,较上年的A件增长C%; B件,上年A件,同比增长C%."""
    if now.change or not following or not now.unit:
        return
    if earlier.change:
        yield from _more_or_less(report, passage, now, earlier, following[0])
        return
    if _COMPARED.match(passage.text[now.end : earlier.start]):
        others = [other for other in _counted_before(passage, earlier) if other is not now]
        if not any(_follows(earlier, other, following[0]) for other in others):
            yield from _size(report, passage, earlier, now, earlier, following[0], unsure=bool(others))
    elif _BASE.search(passage.text[max(passage.start, earlier.start - _REACH) : earlier.start]):
        yield from _reversed(report, passage, earlier, following[0])


def _counted_before(passage: Passage, earlier: Figure) -> list[Figure]:
    """The numbers of the passage before ``earlier`` that count the same."""
    return [
        other
        for other in passage.figures
        if other.end <= earlier.start and other.family == earlier.family and not other.change and not other.earlier
    ]


def _follows(before: Figure, after: Figure, change: Figure) -> bool:
    """Whether the stated percentage leads from one value to the other, up or down."""
    signed = change.value if after.value >= before.value else -change.value
    return change.family == "%" and is_growth(before.amount, after.amount, signed, change.decimals)


def _reversed(report: Report, passage: Passage, earlier: Figure, change: Figure) -> Iterator[Match]:
    """较上年A件下降C%, where A went up by C% to a number before it."""
    words = passage.text[earlier.end : change.start]
    move = _MOVE.match(words)
    if move is None or change.approx or not earlier.exact:
        return
    matching = [other for other in _counted_before(passage, earlier) if _follows(earlier, other, change)]
    wrong = [_wrong_way(move, earlier, other) for other in matching]
    if matching and all(wrong):
        now = matching[-1]
        right = "增加" if now.value > earlier.value else "减少"
        message = f"由{earlier.words}到{now.words}是{right}，文中写作“{words}{change.words}”"
        yield _match(report, earlier.start, change.end, message, "direction", earlier, now)


def _more_or_less(report: Report, passage: Passage, now: Figure, moved: Figure, change: Figure) -> Iterator[Match]:
    """B件,较上年减少D件,下降C%."""
    first = _YEAR_ON_YEAR.match(passage.text[now.end : moved.start])
    words = passage.text[moved.end : change.start]
    move = _MOVE.search(words)
    if not (first and move and len(words) <= _NEAR and now.exact and moved.exact and not change.approx):
        return
    rises = bool(first["rise"])
    before = now.value - moved.value if rises else now.value + moved.value
    if change.family != "%" or before <= 0:
        return
    signed = change.value if rises else -change.value
    if bool(move["rise"]) != rises:
        message = f"{now.words}{_words(first)}{moved.words}与“{words.lstrip(',')}{change.words}”方向相反"
        yield _match(report, now.start, change.end, message, "direction", now, moved)
    elif not is_growth(Amount(before, before), now.amount, signed, change.decimals):
        right = percentage(moved.value, before, change.decimals)
        message = f"{plain(moved.value)}÷{plain(before)}={right}，与所写的{change.words}不符"
        yield _match(report, now.start, change.end, message, "size", now, moved)


def _from_base(
    report: Report, passage: Passage, base: Figure, moved: Figure, following: tuple[Figure, ...]
) -> Iterator[Match]:
    """较上年的A件减少D件,下降C%."""
    if not (moved.change and following and base.exact and moved.exact):
        return
    between = passage.text[base.end : moved.start]
    move = _MOVE.search(between)
    lead = passage.text[max(passage.start, base.start - _REACH) : base.start]
    if move is None or len(between) > _NEAR or "," in between or not _BASE.search(lead):
        return
    change = following[0]
    again = _MOVE.search(passage.text[moved.end : change.start])
    if again is None or change.start - moved.end > _NEAR or change.family != "%" or change.approx or base.value <= 0:
        return
    if not is_share(moved.value, base.value, change.value, change.decimals):
        right = percentage(moved.value, base.value, change.decimals)
        message = f"{plain(moved.value)}÷{plain(base.value)}={right}，与所写的{change.words}不符"
        yield _match(report, base.start, change.end, message, "size", base, moved)


def _remainder(
    report: Report, passage: Passage, before: Figure, moved: Figure, following: tuple[Figure, ...]
) -> Iterator[Match]:
    """A项精简D项,保留B项."""
    if not (following and moved.family == following[0].family):
        return
    after = following[0]
    taken = _TAKEN.match(passage.text[before.end : moved.start])
    left = _LEFT.match(passage.text[moved.end : after.start])
    if not (taken and left and before.exact and moved.exact and after.exact):
        return
    if after.value != before.value - moved.value:
        right = plain(before.value - moved.value)
        message = f"{plain(before.value)}-{plain(moved.value)}={right}，文中写作{after.words}"
        yield _match(report, before.start, after.end, message, "size", before, after)


def _words(match: re.Match[str]) -> str:
    """The matched words without the mark before them."""
    return match.group().lstrip(",(")


def _size(
    report: Report,
    passage: Passage,
    before: Figure,
    after: Figure,
    last: Figure,
    change: Figure,
    *,
    unsure: bool = False,
) -> Iterator[Match]:
    """The stated change against the two values; ``last`` is the number just before it. ``unsure``: other numbers could
    be meant, so only a change that is right but for its direction is told."""
    if unsure:
        yield from _reversed(report, passage, before, change)
        return
    words = passage.text[last.end : change.start]
    move = _MOVE.search(words)
    apart = any(mark in words for mark in (";", "。", "、", "年均", "平均", "累计", "环比"))
    if move is None or len(words) > _REACH or apart or words.count(",") > 1:
        return
    if change.approx or before.approx or after.approx:
        return
    wrong = _wrong_way(move, before, after)
    if wrong:
        message = f"由{before.words}到{after.words}是{wrong[1]}，文中写作“{wrong[0]}{change.words}”"
        yield _match(report, min(before.start, after.start), change.end, message, "direction", before, after)
        return
    told = _told(before, after, change)
    if told:
        yield _match(report, min(before.start, after.start), change.end, told[1], told[0], before, after)


def _told(before: Figure, after: Figure, change: Figure) -> tuple[str, str] | None:
    """The case and the message of a change of the wrong size."""
    moved = abs(after.value - before.value)
    if before.family == "%":
        return _told_of_rates(before, after, change, moved)
    if change.family == "%" and before.value > 0:
        signed = change.value if after.value >= before.value else -change.value
        if is_growth(before.amount, after.amount, signed, change.decimals):
            return None
        size = percentage(moved, before.value, change.decimals)
        return "size", f"由{before.words}到{after.words}，变化{size}，文中写作{change.words}"
    if change.family == before.family and change.exact and after.exact and change.value != moved:
        return "size", f"由{before.words}到{after.words}，相差{plain(moved)}{before.unit}，文中写作{change.words}"
    return None


def _told_of_rates(before: Figure, after: Figure, change: Figure, moved: Decimal) -> tuple[str, str] | None:
    slack = Decimal(1).scaleb(-min(before.decimals, after.decimals, change.decimals))
    if change.family == "个百分点" and abs(change.value - moved) >= slack:
        return "size", f"由{before.words}到{after.words}，相差{plain(moved)}个百分点，文中写作{change.words}"
    if change.family == "%" and abs(change.value - moved) < slack and moved > 0:
        return "points", f"由{before.words}到{after.words}，相差{plain(moved)}个百分点，不宜写作{change.words}"
    return None


def _year_on_year(report: Report, passage: Passage, now: Figure, change: Figure) -> Iterator[Match]:
    """B件,同比增长C%: whether any whole number of last year gives it."""
    words = passage.text[now.end : change.start]
    match = _YEAR_ON_YEAR.match(words)
    if match is None or not now.unit or now.change or now.earlier or change.approx:
        return
    if _DIFFERENCE.search(passage.text[clause_start(passage, now.start) : now.start]):
        return
    if change.family == "个百分点" and now.family not in RATIOS:
        message = f"{now.words}是数量，变化应写百分比，不宜写作{change.words}"
        yield _match(report, now.start, change.end, message, "points-of-count", now, change)
    if change.family == "%" and now.family == "%":
        message = f"{now.words}是比率，其变化一般写百分点；{change.words}指相对变化还是百分点，请核对"
        yield _match(report, clause_start(passage, now.start), change.end, message, "percent-of-rate", now, change)
    if change.family != "%" or now.family in RATIOS | DURATIONS or now.family == "元" or not now.exact:
        return
    signed = change.value if match["rise"] else -change.value
    if signed < -100:
        message = f"下降{change.words}不成立：降幅不可能超过100%"
        yield _match(report, now.start, change.end, message, "size", now, change)
    elif now.value >= _LEAST_TELLING and not some_before_gives(now.value, signed, change.decimals):
        message = f"{now.words}与“{words.lstrip(',(')}{change.words}”不对应：没有一个整数的上年数能得出这个幅度，请核对"
        yield _match(report, now.start, change.end, message, "no-previous", now, change)


def _match(report: Report, start: int, end: int, message: str, case: str, one: Figure, other: Figure) -> Match:
    values: dict[str, Value] = {"values": [json_number(one.value), json_number(other.value)]}
    return Match(Span(*report.view.to_text(start, end)), message, values=values, case=case)


KIND = Kind(
    name="growth-arithmetic",
    summary="增减的方向或幅度与前后两个数不符，百分比与百分点混用",
    parameters=Parameters,
    run=run,
    cases=("direction", "size", "points", "points-of-count", "percent-of-rate", "no-previous"),
)

"""One metric with two values in one report.

Only values of the same year, unit and wording are compared: 全县 and 我局, 上半年 and 全年 are different scopes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from checks.context import Context
from checks.figures.amounts import Amount, amount_of
from checks.figures.items import ACT
from checks.figures.units import DURATIONS, family_of
from checks.kind import Kind
from checks.match import Match
from checks.metrics.values import MetricValue
from checks.place import clipped
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

_NUMBER = lazy_pattern(r"\d[\d,.]*[万亿]?|[余多近约超逾]")
_WORDLESS = lazy_pattern(
    r"(?:19|20)\d\d年(?:度|以来|来)?|全年|今年|本年度?|年内|依法|依规|共计?|累计|总计|合计|一共|总数|案件|办理|开展|组织|完成|实现|"
    r"[^\u4e00-\u9fff]|[件宗起名位人场次份条家户个项]$|[为达的了各类已]"
)
_PART_OF_YEAR = lazy_pattern(
    "季度|上半年|下半年|月|截至|截止|近[一二三四五六七八九十两\\d]+年|以来|同期|上年|去年|历年"
)
_TOTAL = lazy_pattern("共|累计|总计|合计|总数|总量")
_WIDER = lazy_pattern(
    "全国|全省|全市|全区|全县|全州|全旗|历年|以来|近[一二三四五六七八九十两\\d]+年|平台|系统|法院|其中"
)
_WHOLE = lazy_pattern(
    "共|累计|总计|合计|总数|总量|全年|年内|本年|今年|(?:19|20)\\d\\d年|全[国省市县区州旗镇乡街局厅委系]|我[省市县区州旗镇乡街局厅委]"
)
_FAR = 150
_CLAUSE_MARKS = ",;。:!?\n"
_LONGEST_CLAUSE = 1000
# A text with more values of one metric repeats itself without end.
_MOST_COMPARED = 200
_CONTEXT = 40


class _Stated(NamedTuple):
    value: MetricValue
    amount: Amount
    frame: str
    noun: str
    clause: str
    paragraph: int | None


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each pair of values of one metric that cannot both be right."""
    report = context.report
    reported = report.year.value if report.year else None
    groups: dict[tuple[str, str], list[MetricValue]] = {}
    for value in context.metric_values:
        if value.year == reported and value.unit != "%" and family_of(value.unit) not in DURATIONS:
            groups.setdefault((value.id, family_of(value.unit)), []).append(value)
    for group in groups.values():
        if len(group) < 2 or _agree(group):
            continue
        values = group[:_MOST_COMPARED]
        amounts = [_amount(value) for value in values]
        stated: dict[int, _Stated] = {}
        for pair in combinations(range(len(values)), 2):
            if not amounts[pair[0]].meets(amounts[pair[1]]):
                for place in pair:
                    if place not in stated:
                        stated[place] = _stated(report, values[place], amounts[place])
                yield from _judge(report, stated[pair[0]], stated[pair[1]])


def _agree(group: list[MetricValue]) -> bool:
    """Whether all are the same number and none is approximate."""
    first = group[0].value
    return all(value.value == first and value.approx is None for value in group)


def _amount(value: MetricValue) -> Amount:
    written = _NUMBER.search(value.quote)
    return amount_of(written.group() if written else "", Decimal(str(value.value)), value.approx)


def _stated(report: Report, value: MetricValue, amount: Amount) -> _Stated:
    text = report.view.text
    start, end = report.view.from_text(value.start, value.end)
    lowest = max(0, start - _LONGEST_CLAUSE)
    opening = max(lowest, *(text.rfind(mark, lowest, start) + 1 for mark in _CLAUSE_MARKS))
    clause = text[opening:end]
    frame = _WORDLESS.sub("", _NUMBER.sub("", _WORDLESS.sub("", clause)))
    before = text[max(0, opening - _CONTEXT) : opening]
    return _Stated(
        value,
        amount,
        frame,
        _WORDLESS.sub("", _NUMBER.sub("", report.normalised(Span(value.start, value.end)))),
        f"{before.rpartition('。')[2]}{clause}",
        report.paragraph_at(value.start),
    )


def _judge(report: Report, one: _Stated, other: _Stated) -> Iterator[Match]:
    if one.frame and one.frame == other.frame:
        if not (_elsewhere(one, other) and _WHOLE.search(_own(one)) and _WHOLE.search(_own(other))):
            return
        apart = _PART_OF_YEAR.search(one.clause) or _PART_OF_YEAR.search(other.clause)
        if not apart and one.amount.low > 0 and other.amount.low > 0:
            yield _match(report, one, other, "conflict")
        return
    small, large = sorted((one, other), key=lambda stated: stated.amount.low)
    if (
        small.paragraph == large.paragraph
        and small.noun == large.noun
        and _TOTAL.search(_own(small))
        and not _TOTAL.search(_own(large))
    ):
        ours = _is_ours(small) and _is_ours(large)
        wider = _WIDER.search(large.clause) or _WIDER.search(_own(small))
        if ours and not (wider or _PART_OF_YEAR.search(_own(large)) or _PART_OF_YEAR.search(_own(small))):
            yield _match(report, small, large, "exceeds-total")


def _elsewhere(one: _Stated, other: _Stated) -> bool:
    """Whether the two stand in different parts, so that they are no list of different things."""
    if one.value.section != other.value.section or one.paragraph != other.paragraph:
        return True
    return abs(one.value.start - other.value.start) > _FAR


def _own(stated: _Stated) -> str:
    """The clause of the value itself."""
    return stated.clause[max(stated.clause.rfind(mark) for mark in ",;:\n") + 1 :]


def _is_ours(stated: _Stated) -> bool:
    """Whether the clause opens with the act, so that nobody else is named who did it."""
    return ACT.match(_own(stated)) is not None


def _match(report: Report, one: _Stated, other: _Stated, case: str) -> Match:
    first, second = sorted((one.value, other.value), key=lambda value: value.start)
    shown = clipped(first.quote), clipped(second.quote)
    if case == "conflict":
        message = f"{first.name}前后不一致：一处为“{shown[0]}”，一处为“{shown[1]}”；口径不同的请分别说明"
    else:
        message = f"{first.name}前后不一致：“{shown[0]}”“{shown[1]}”，合计数小于其中一项；口径不同的请分别说明"
    return Match(
        Span(second.start, second.end),
        message,
        related=(Span(first.start, first.end),),
        values={"metric": first.id, "first": first.value, "second": second.value},
        case=case,
    )


KIND = Kind(
    name="metric-conflict",
    summary="同一指标在文中有两个数值",
    parameters=Parameters,
    run=run,
    cases=("conflict", "exceeds-total"),
)

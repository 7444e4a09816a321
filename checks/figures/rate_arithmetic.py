"""Rates that do not follow from the numbers beside them.

Fails: 受理120件,办结100件,办结率95%; 新收435件,办结率82.49% (no number of 435 gives it); 实考 above 应考.
Passes: 共97件,败诉率10.31% (10 of 97). The base of a rate is often not in the text, so any number of the sentence that
explains the rate is taken for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from pydantic import Field

from checks.context import Context
from checks.figures.breakdowns import breakdowns
from checks.figures.clauses import clause_start, sentence_figures
from checks.figures.percentages import is_share, some_part_gives, some_whole_gives, tolerance
from checks.figures.reading import Figure, Passage, passages_with
from checks.figures.units import DURATIONS, PERCENT, RATIOS
from checks.figures.wording import json_number, percentage, plain
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from rules.model import Parameters

_RATE = lazy_pattern(
    "(?P<lead>[^,;。:、]{0,30}?)(?P<name>[\u4e00-\u9fff]{2,4}率)(?:分别|均|都|仅|已|高达|达到?|为|是|保持在|稳定在|[到至])*$"
)
_SHARE = lazy_pattern("占(?P<of>[^,;。占%]{0,16}?)的?(?:比例|比重|比)?(?:为|达|是)?$")
_LEAD = lazy_pattern(
    "^(?:其中|依法|按[时期]|案件|纠纷|矛盾|事项|出庭|负责人|行政机关|行政机关负责人|总体|综合|平均|整体|全部|年度|当年|目前|调解|行政|复议|应诉|诉讼|行政复议|行政应诉|一审|的)*$"
)
_QUOTA = lazy_pattern(
    r"应(?P<what>[考到训检参办审报缴修学]|参加|参训|参会|出席|出庭|培训|接种|参考|答复|办理|整改)[\u4e00-\u9fff]{0,6}?(?P<due>\d+)(?P<unit>[人名件份次家户]次?)"
    r",?(?:目前|现|均|全部)?(?:实际?|已)(?P=what)[\u4e00-\u9fff]{0,6}?(?P<done>\d+)(?P=unit)"
)
_SAME_CLAUSE = lazy_pattern("[\u4e00-\u9fff]{1,6}")
_ATTENDED = lazy_pattern("^(?:参考|参训|参会|出席|到会|到课|到岗|参检|参学|参加)")
# 行政应诉案件18件 is the base of 出庭应诉率, though it holds the word.
_COURT = frozenset(("应诉率", "出庭率"))
_SYNONYMS = {"办结率": "结", "审结率": "结", "结案率": "结", "调解率": "调", "调处率": "调", "调成率": "调"}
_CASES = frozenset("件人份条家户批卷项票") | {"批次", "户次", "家次"}
_REST = lazy_pattern("[,;](?:其余|剩余|未(?:办结|解决|整改|化解|完成)的?)(?:问题|案件|事项)?")
_SETTLED = frozenset(("办结率", "解决率", "整改率", "化解率", "审结率", "结案率", "完成率", "办复率"))
_LEAST_CASES = 3
_REACH = 60
_AROUND = 150
_NEAR = 40
_SHORT = 3


class RateArithmeticParameters(Parameters):
    """``rates``: the rates that are a number of cases or people out of another."""

    rates: tuple[str, ...] = Field(
        min_length=1, description="按件数、人数计算的率，如 办结率、合格率；知晓率、满意率等抽样得出的不要列入"
    )


class _Rate(NamedTuple):
    figure: Figure
    name: str
    start: int
    bare: bool


def run(context: Context, parameters: RateArithmeticParameters) -> Iterator[Match]:
    """Each rate that no number of its sentence explains, and each 实 above its 应."""
    report, names = context.report, frozenset(parameters.rates)
    for passage in passages_with(context.figures, PERCENT):
        if len(passage.quantities) > 1:
            if passage.holds("率"):
                yield from _rates(report, passage, names)
            if passage.holds("占"):
                yield from _shares(report, passage)
            yield from _parts_of(report, passage)
    if _QUOTA.search(report.view.text):
        for passage in passages_with(context.figures, ("应",)):
            yield from _quotas(report, passage)


def _rates(report: Report, passage: Passage, names: frozenset[str]) -> Iterator[Match]:
    for figure in passage.figures:
        rate = _rate(passage, figure) if figure.family == "%" else None
        if rate and rate.bare and rate.name in names:
            match = _judge_rate(report, passage, rate)
            if match:
                yield match


def _rate(passage: Passage, figure: Figure) -> _Rate | None:
    if figure.approx or figure.change or figure.earlier or figure.depth:
        return None
    start = clause_start(passage, figure.start)
    words = passage.text[start : figure.start]
    match = _RATE.search(words) if "率" in words else None
    if match is None:
        return None
    name, lead = match["name"], words[: match.start("name")]
    while len(name) > 3 and _LEAD.match(name[:2]):
        name = name[2:]
    return _Rate(figure, name[-3:], start, _LEAD.match(lead + match["name"][: -len(name[-3:])]) is not None)


def _judge_rate(report: Report, passage: Passage, rate: _Rate) -> Match | None:
    around = sentence_figures(passage, rate.figure.start)
    counts = [other for other in around if abs(other.start - rate.start) < _AROUND and _counts(other)]
    before = [other for other in counts if other.end <= rate.start and rate.start - other.end < _REACH]
    if not before or rate.start - before[-1].end > _NEAR:
        return None
    family = [other for other in counts if other.family == before[-1].family]
    rest = _the_rest(passage, rate, family)
    if rest:
        return _left_over(report, rate, before[-1], rest)
    pair = _pair(passage, rate, [other for other in before if other.family == before[-1].family])
    if not all(other.exact for other in family):
        return _rounded(report, rate, *pair) if pair else None
    if _explained(rate.figure, family, pair if pair and pair[0] is before[-1] else None):
        return None
    if pair:
        return _stated(report, rate, *pair)
    percent, decimals = rate.figure.value, rate.figure.decimals
    if before[-1].family not in _CASES and not _counts_what_is_rated(passage, rate, before[-1]):
        return None
    if percent >= 100 or any(some_part_gives(other.value, percent, decimals) for other in family):
        return None
    if len(family) > 1 and any(some_whole_gives(other.value, percent, decimals) for other in family[1:]):
        return None
    whole = before[-1]
    if whole.value < _LEAST_CASES:
        return None
    message = (
        f"{rate.name}{rate.figure.words}与{plain(whole.value)}{whole.unit}不对应："
        f"{plain(whole.value)}的任何整数份额都算不出这个比率，请核对比率或说明计算基数"
    )
    return _match(report, whole.start, rate.figure.end, message, "no-count", rate.figure, whole=whole)


def _counts(figure: Figure) -> bool:
    counted = figure.unit and figure.family not in RATIOS and figure.family not in DURATIONS and figure.family != "元"
    return bool(counted) and not figure.change


def _counts_what_is_rated(passage: Passage, rate: _Rate, whole: Figure) -> bool:
    """Whether 个, which counts anything, counts what the rate is about: 整改问题64个,整改率98%."""
    words = passage.text[clause_start(passage, whole.start) : whole.start]
    return whole.family == "个" and rate.name[:-1] in words


def _explained(rate: Figure, family: list[Figure], pair: tuple[Figure, Figure] | None) -> bool:
    """Whether any two numbers of the sentence, or one and the sum of two, give the rate or what it lacks of 100 %.

    Where two numbers are plainly the rate's own, they must play their part among the two.
    """
    percent, decimals = rate.value, rate.decimals
    counted, base = (pair[0].value, pair[1].value) if pair else (None, None)
    # Most rates are right, and say so at once.
    if counted is not None and base is not None and is_share(counted, base, percent, decimals):
        return True
    values = [figure.value for figure in family]
    wholes = sorted({*values, *(one + other for one, other in pairwise(values))})
    least, most = (percent - tolerance(decimals)) / 100, (percent + tolerance(decimals)) / 100
    for count, whole in enumerate(wholes, 1):
        for part in _between(wholes[:count], whole * least, whole * most):
            if (pair is None or part == counted or whole == base) and is_share(part, whole, percent, decimals):
                return True
        for rest in _between(wholes[:count], whole - whole * most, whole - whole * least):
            if (pair is None or rest == counted) and is_share(whole - rest, whole, percent, decimals):
                return True
    return False


def _between(values: list[Decimal], low: Decimal, high: Decimal) -> list[Decimal]:
    """Those of the sorted ``values`` that lie in ``[low, high]``."""
    return values[bisect_left(values, low) : bisect_right(values, high)]


def _pair(passage: Passage, rate: _Rate, before: list[Figure]) -> tuple[Figure, Figure] | None:
    """The number that the rate counts, and the one before it that it is a part of."""
    if rate.name in _COURT and some_part_gives(before[-1].value, rate.figure.value, rate.figure.decimals):
        return None
    stem = _SYNONYMS.get(rate.name, rate.name[:-1][-2:])
    for whole, part in zip(before[-2::-1], before[:0:-1], strict=False):
        following = _SAME_CLAUSE.match(passage.text, part.end)
        words = passage.text[whole.end : part.start] + (following.group() if following else "")
        named = stem in words or (_ATTENDED.match(rate.name) and "实" in words)
        if named and not any(mark in words for mark in "。;") and part.value <= whole.value:
            return part, whole
    return None


def _stated(report: Report, rate: _Rate, part: Figure, whole: Figure) -> Match:
    right = percentage(part.value, whole.value, rate.figure.decimals)
    message = f"{plain(part.value)}÷{plain(whole.value)}={right}，与所写的{rate.name}{rate.figure.words}不符"
    return _match(report, whole.start, rate.figure.end, message, "stated", rate.figure, part=part, whole=whole)


def _the_rest(passage: Passage, rate: _Rate, family: list[Figure]) -> Figure | None:
    """The number after the rate that tells what it leaves over: 受理35件,办结率91.4%,其余2件正在办理."""
    if len(family) != 2 or rate.name not in _SETTLED or not all(figure.exact for figure in family):
        return None
    whole, rest = family
    between = passage.text[rate.figure.end : rest.start]
    follows = whole.end <= rate.start and _REST.fullmatch(between) is not None
    return rest if follows and rest.value < whole.value else None


def _left_over(report: Report, rate: _Rate, whole: Figure, rest: Figure) -> Match | None:
    done = whole.value - rest.value
    if is_share(done, whole.value, rate.figure.value, rate.figure.decimals):
        return None
    right = percentage(done, whole.value, rate.figure.decimals)
    left = f"{plain(whole.value)}-{plain(rest.value)}={plain(done)}"
    message = f"{left}，{plain(done)}÷{plain(whole.value)}={right}，与所写的{rate.name}{rate.figure.words}不符"
    return _match(report, whole.start, rest.end, message, "no-count", rate.figure, whole=whole, rest=rest)


def _rounded(report: Report, rate: _Rate, part: Figure, whole: Figure) -> Match | None:
    """The mismatch of a rate with two numbers that are rounded, as 42.3万 is; none where they are approximate."""
    if part.approx or whole.approx or whole.amount.low <= 0:
        return None
    margin = tolerance(rate.figure.decimals)
    lowest = part.amount.low / whole.amount.high * 100 - margin
    highest = part.amount.high / whole.amount.low * 100 + margin
    return None if lowest < rate.figure.value < highest else _stated(report, rate, part, whole)


def _shares(report: Report, passage: Passage) -> Iterator[Match]:
    """Shares (占…%) of a part of a breakdown, or of a number that stands alone."""
    for part, share in pairwise(passage.figures):
        if not (share.family == "%" and not share.approx and not share.change and part.exact and _counts(part)):
            continue
        words = passage.text[part.end : share.start]
        match = _SHARE.search(words)
        if match is None or any(mark in words for mark in ";。") or words.count(",") > 1:
            continue
        yield from _judge_share(report, passage, part, share, match)


def _wholes(passage: Passage, part: Figure) -> list[Decimal]:
    """The totals that the text breaks down into ``part`` and others."""
    found = [whole for whole in breakdowns(passage) if any(item.figure is part for item in whole.items)]
    return [total.value for total in found[-1].totals] if found else []


def _judge_share(
    report: Report, passage: Passage, part: Figure, share: Figure, words: re.Match[str]
) -> Iterator[Match]:
    percent, decimals = share.value, share.decimals
    others = [other.value for other in passage.figures if other.family == part.family and other is not part]
    if any(is_share(part.value, other, percent, decimals) for other in others):
        return
    wholes = _wholes(passage, part)
    if wholes and words["of"].strip("其全") in ("", "总数", "总量", "总件数", "总人数", "案件总数", "部", "部案件"):
        whole = next(other for other in passage.figures if other.value == wholes[0] and other.family == part.family)
        if whole.exact:
            right = percentage(part.value, whole.value, decimals)
            message = f"{plain(part.value)}÷{plain(whole.value)}={right}，与所写的占{share.words}不符"
            yield _match(report, part.start, share.end, message, "stated", share, part=part, whole=whole)
    elif (base := _nearest_whole(passage, part)) and not words["of"]:
        right = percentage(part.value, base.value, decimals)
        told = f"{plain(part.value)}÷{plain(base.value)}={right}"
        message = f"{told}，与所写的占{share.words}不符；以其他数为基数的，请写明基数"
        yield _match(report, base.start, share.end, message, "share", share, part=part, whole=base)
    elif not some_whole_gives(part.value, percent, decimals):
        message = (
            f"{plain(part.value)}{part.unit}占{share.words}不成立：没有一个整数总数能使{plain(part.value)}"
            f"恰占{share.words}，请核对"
        )
        yield _match(report, part.start, share.end, message, "no-total", share, part=part)


def _nearest_whole(passage: Passage, part: Figure) -> Figure | None:
    """The one number of the sentence before ``part`` that it can be a share of."""
    before = [
        other
        for other in sentence_figures(passage, part.start)
        if other.end <= part.start and other.family in (part.family, "%")
    ]
    if len(before) != 1 or before[0].family == "%" or not before[0].exact or before[0].value < part.value:
        return None
    return None if before[0].change or before[0].earlier or part.start - before[0].end > _NEAR else before[0]


def _parts_of(report: Report, passage: Passage) -> Iterator[Match]:
    """K件,完成目标N件的R%; R%(N件中K件)."""
    text, figures = passage.text, passage.figures
    for first, second, third in zip(figures, figures[1:], figures[2:], strict=False):
        if "%" not in (first.family, third.family):
            continue
        if third.family == "%" and first.family == second.family and text[second.end : third.start] == "的":
            between = text[first.end : second.start]
            if len(between) <= _NEAR and not any(mark in between for mark in ";。、(") and _comparable(first, second):
                yield from _share_of(report, first, second, third, first.start, third.end)
        bracketed = first.family == "%" and text[first.end : first.end + 1] == "(" and second.family == third.family
        bracketed = bracketed and text[second.end : third.start].startswith("中") and not first.change
        if bracketed and second.start - first.end <= _SHORT and _comparable(third, second):
            yield from _share_of(report, third, second, first, first.start, third.end)


def _comparable(part: Figure, whole: Figure) -> bool:
    return bool(part.unit) and whole.value > 0 and not (part.approx or whole.approx or part.change or whole.change)


def _share_of(report: Report, part: Figure, whole: Figure, rate: Figure, start: int, end: int) -> Iterator[Match]:
    slack = Decimal(0) if part.exact and whole.exact else tolerance(rate.decimals)
    low, high = part.amount.low / whole.amount.high * 100, part.amount.high / whole.amount.low * 100
    margin = tolerance(rate.decimals) + slack
    if rate.approx or low - margin < rate.value < high + margin:
        return
    right = percentage(part.value, whole.value, rate.decimals)
    message = f"{plain(part.value)}÷{plain(whole.value)}={right}，与所写的{rate.words}不符"
    yield _match(report, start, end, message, "stated", rate, part=part, whole=whole)


def _quotas(report: Report, passage: Passage) -> Iterator[Match]:
    for match in _QUOTA.finditer(passage.text, passage.start, passage.end):
        due, done = int(match["due"]), int(match["done"])
        if done > due:
            span = Span(*report.view.to_text(match.start(), match.end()))
            message = f"实{match['what']}{done}{match['unit']}多于应{match['what']}{due}{match['unit']}"
            yield Match(span, message, values={"due": due, "done": done}, case="quota")


def _match(report: Report, start: int, end: int, message: str, case: str, rate: Figure, **numbers: Figure) -> Match:
    values = {name: json_number(figure.value) for name, figure in numbers.items()}
    span = Span(*report.view.to_text(start, end))
    return Match(span, message, values={"rate": json_number(rate.value), **values}, case=case)


KIND = Kind(
    name="rate-arithmetic",
    summary="率、占比与文中的件数、人数不对应，或实有数大于应有数",
    parameters=RateArithmeticParameters,
    run=run,
    cases=("stated", "share", "no-count", "no-total", "quota"),
)

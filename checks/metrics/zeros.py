"""Zeros stated in words: 未发生行政复议、行政诉讼案件; 无诉讼、无复议案件; 实现“零败诉”; 依申请公开为零."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.metrics.clauses import MeasuredSentence
from checks.metrics.lexicon import Lexicon, any_of
from documents.lazy_pattern import lazy_pattern
from rules.facts.metrics import Metric

_HAPPEN = any_of(
    "发生 出现 产生 收到 接到 接收 受理 制定 出台 制发 印发 新增 涉及 引发 发现 有 被提起 被申请 办理 作出 实施 开展"
    " 引起 提起"
)
_EVENT = f"(?:{_HAPPEN})(?:、?(?:{_HAPPEN}))?"
_DENIAL = lazy_pattern(
    f"(?:未曾?(?:新|单独|自行|再)?{_EVENT}|没有(?:新|再)?(?:{_EVENT})?|不存在"
    "|(?<![有无])无(?![法需须证照偿缝关不理障故人主])|零(?![距容星散售工]))(?:过|了)?"
)
# A zero of only some cases, such as 因信息公开引发的, is no zero of all.
_MODIFIER = lazy_pattern(
    "一[起件例宗次份]|任何|因[^,;。]{0,8}(?:执法|行政行为|依法行政|作为|履职)[^,;。]{0,8}?(?:引起|引发|导致|产生)的"
    "|被提起的?|重大|新的?|各类|涉及?(?:我|本|全|街道|镇|乡)[^,;。、]{0,8}?的|以[^,;。、]{1,10}名义[^,;。、]{0,4}"
)
_TAIL = lazy_pattern(
    "(?:案件|案|申请|事项|情况|情形|诉求|问题|件|信息|文件|活动|的申请)*(?:的?(?:发生|出现|情况|情形))?"
)
# What may be listed beside them: 未发生国家赔偿案件和行政诉讼案件.
_OTHER_NOUN = lazy_pattern(
    "(?:[^,;。、和及与或无零的]{2,8}(?:案件|赔偿|事件|事故)|举报|投诉|上访|信访)(?=[,;。、和及与或的]|$)"
)
_AND = lazy_pattern("(?:、|和|及|与|或者?|以及|,?(?=[无零]))(?:无|零|未发生)?")
_STOP = lazy_pattern("[,;。!?:\\n)”’]|$|、(?=[无零未])")
_ZERO_AFTER = lazy_pattern(
    "(?:案件|案|申请|件)?(?:数|数量|总数)?(?:均|都|全部)?(?:实现|保持|继续保持|为|是|达到)?了?“?[双全]?[零〇]"
    "(?:发生|报告|记录|纪录|案件|增长|申请|投诉)?”?"
)
_LISTED = ("、", "和", "及", "与", "案件、", "案件和", "案件与", "案件及", "申请、", "申请和")


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True)
class Zero:
    """A metric said to be zero, and the statement's place in the normalised view."""

    metric: Metric
    start: int
    end: int


def places_of_zeros(text: str, signs: Iterable[int]) -> list[int]:
    """Those of the places ``signs`` (see ``Sign.ZERO``) where a zero may be stated, as it is not by 未成年人."""
    return [place for place in signs if text[place] in "零〇" or _DENIAL.match(text, place)]


def zero_statements(sentence: MeasuredSentence, lexicon: Lexicon) -> Iterator[Zero]:
    """Every metric that the sentence says there was none of."""
    text, place, end = sentence.text, sentence.start, sentence.end
    while denial := _DENIAL.search(text, place, end):
        nouns, place = _denied_nouns(text, denial.end(), end, lexicon)
        for noun in nouns:
            yield from (Zero(metric, denial.start(), place) for metric in lexicon.zero[noun])
    yield from _nouns_then_zero(text, sentence.start, end, lexicon)


def _denied_nouns(text: str, place: int, end: int, lexicon: Lexicon) -> tuple[list[str], int]:
    """The nouns of the list after a denial and where it ends; none where the list ends in something else."""
    modifier = _MODIFIER.match(text, place, end)
    nouns: list[str] = []
    here = modifier.end() if modifier else place
    while noun := lexicon.zero_nouns.match(text, here, end) or _OTHER_NOUN.match(text, here, end):
        nouns += [noun.group()] if noun.group() in lexicon.zero else []
        here = noun.end()
        if tail := _TAIL.match(text, here, end):
            here = tail.end()
        if _STOP.match(text, here, end) and not _continues(text, here, end, lexicon):
            return nouns, here
        joint = _AND.match(text, here, end)
        if joint is None:
            return [], max(here, place)
        here = joint.end()
    return [], max(here, place)


def _continues(text: str, place: int, end: int, lexicon: Lexicon) -> bool:
    joint = _AND.match(text, place, end)
    return bool(joint and joint.end() > place and lexicon.zero_nouns.match(text, joint.end(), end))


def _nouns_then_zero(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Zero]:
    """行政复议、行政诉讼案件均为零; 行政诉讼案件零发生."""
    listed: list[re.Match[str]] = []
    for noun in lexicon.zero_nouns.finditer(text, start, end):
        joint = listed and text[listed[-1].end() : noun.start()]
        if joint not in _LISTED:
            listed = []
        listed.append(noun)
        zero = _ZERO_AFTER.match(text, noun.end(), end)
        if zero and (zero.end() == end or _STOP.match(text, zero.end(), end)):
            for match in listed:
                yield from (Zero(metric, listed[0].start(), zero.end()) for metric in lexicon.zero[match.group()])

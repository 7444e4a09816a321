"""Sentences that state numbers, cut into clauses, with their numbers, units and the nouns of the catalogue.

All positions are places in the report's normalised view.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checks.metrics.lexicon import OTHER_MEASURES, Hit, Lexicon, Unit
from checks.metrics.naming import NamingSentences
from documents.lazy_pattern import lazy_pattern
from documents.numerals import Quantities, Quantity

_SEPARATOR = lazy_pattern(r"[,;。!?\n]")
_END = re.Match.end
# To begin with a class of characters lets the search skip quickly.
_STATEMENT = lazy_pattern(
    "[0-9零百二两三四五六七八九十千万亿余一无未没不](?:(?<=[0-9零])|(?<=百)分之"
    "|(?<=[二两三四五六七八九十百千万亿余])(?=[名人次件家宗起场份条篇部张册期例元余多])|(?<=一)(?=[名人件家宗份条篇部张册期例])"
    "|(?<=无)(?<![有毫]无)(?!法|需|须|证|障)|(?<=未)[发出产收接受制印有曾引办作被新开涉]|(?<=没)有|(?<=不)存在)"
)
_TITLE = lazy_pattern(r"《[^》\n]{0,80}》|<[^>\n]{0,80}>")
# Words before a number that make it a change, a share, a frequency or a target instead of a count; to look at the last
# character, or for a word that all of them need, spares most numbers the patterns.
_LAST_OF_CHANGE = frozenset("长加幅降少升高低减缩短比多翻了度达约近为")
_CHANGE = lazy_pattern(
    "(?:增长|增加|增幅|下降|降幅|减少|上升|提高|提升|升高|降低|压减|压降|压缩|缩短|同比|环比|多|少|翻)了?(?:幅度)?(?:达|约|近|为)?$"
)
_SHARE = lazy_pattern("(?:占|比例|比重)[^,;。]{0,16}$")
_LAST_OF_LAST_YEAR = frozenset("年度期初前来有由从的")
_LAST_YEAR = lazy_pattern(
    r"(?:上年|去年|前年|上一年|上年度|上一年度|同期|往年|年初|此前|原来|原有|[由较比从](?:19|20)\d\d年)(?:度)?(?:同期)?(?:全年)?的?$|[由从]$"
)
# Two of 因信息公开引发行政复议2件 are no total of 行政复议.
_CAUSED = lazy_pattern("因[^,;。]{2,16}(?:引发|引起|导致|产生)的?[^,;。]{0,16}$")
_FREQUENCY = lazy_pattern(
    "(?:每[年月周日天季半两]|每个?季度|每个月|[一二三]年一|每名|每人|每户|人均|平均|年均|月均|日均)[^,;。、]{0,14}$"
)
# 启动新一轮普法 counts no round.
_ORDINAL = lazy_pattern("(?:(?<!更)新|上|下|首|每|同)$")
_ROUNDS = frozenset(("轮", "期", "批"))
_DENIED = lazy_pattern("(?:未|没有|无|不存在)[^,;。、]{0,4}$")
_INTENT = lazy_pattern(
    "力争|预计|明年|下一年|下一步|拟(?:于|将|开展|制定)|计划(?:开展|培训|举办|组织|制定|在)|将(?:开展|举办|组织|培训|制定)"
    r"|到20\d\d年"
)
_DOUBT = lazy_pattern("未|没有|无|不存在|力争|预计|明年|下一|拟|计划|将|到20|因|占|比例|比重|每|年一|均")
_LONGEST_LEAD = 40
# A number with a grouping comma is at least as long: 1,234.
_SHORTEST_GROUPED = 5
# Targets, and 数十 or 几百, which state no number.
_NOT_STATED = ("不少于", "不低于", "至少", "最多", "不足", "不超过", "数", "几")
_BRACKETED = lazy_pattern(r"\((?:[^()\n]++|\([^()\n]*+\))*+")
_UP_TO_STOP = lazy_pattern(r"(?:[^;。()]++|\([^()]*+\))*+")
NO_METRIC = frozenset(("", *OTHER_MEASURES))
"""The units of numbers that count for no metric."""
_OPENINGS = frozenset("(:")
_SUB_COUNT_SIGNS = ("其中", "包括", "分别")
_SUB_COUNT = lazy_pattern("其中|包括|分别(?:为|是)")


# Not frozen: a report has many, and to freeze one costs as much as finding it.
@dataclass(slots=True)
class Measure:
    """A number with its unit, in the clause with this index, which begins at ``opening``."""

    start: int
    end: int
    value: int | float
    unit: str
    approx: str | None
    clause: int
    opening: int
    text: str = field(repr=False)
    _counts: bool | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts what was done: no change, no share, frequency or target, and not last year's figure."""
        if self._counts is None:
            self._counts = self.unit not in NO_METRIC and _counts(
                self.text, self.opening, self.start, self.unit, self.approx
            )
        return self._counts


@dataclass(slots=True, eq=False)
class MeasuredSentence:
    """One sentence ready for attribution, with the forms of the catalogue and the numbers outside titles it holds.

    ``clauses`` are the places where its clauses begin: after each separator that is no part of a number.
    """

    text: str
    start: int
    end: int
    hits: Sequence[Hit]
    clauses: list[int]
    measures: list[Measure]

    def parts(self) -> list[tuple[int, int]]:
        """The passages that break a total down: after 其中, in the brackets or after the colon that follow a total."""
        text, end = self.text, self.end
        openings = [measure.end for measure in self.measures if text[measure.end : measure.end + 1] in _OPENINGS]
        openings = [opening for opening in openings if opening < end]
        if any(text.find(words, self.start, end) >= 0 for words in _SUB_COUNT_SIGNS):
            openings += [match.end() for match in _SUB_COUNT.finditer(text, self.start, end)]
            openings.sort()
        return [(opening, _part_end(text, opening, end)) for opening in openings]

    def clause_at(self, place: int) -> int:
        """Index of the clause that holds ``place``."""
        return bisect_right(self.clauses, place) - 1

    def part_around(self, place: int) -> tuple[int, int]:
        """The part of the sentence between semicolons that holds ``place``: a rate is of what stands there."""
        end = self.text.find(";", place, self.end)
        return max(self.start, self.text.rfind(";", self.start, place)), self.end if end < 0 else end


def sentences_with(
    signs: Sequence[int], sentences: NamingSentences, lexicon: Lexicon, quantities: Quantities
) -> Iterator[MeasuredSentence]:
    """The sentences that name a metric and hold one of the places ``signs``, which are in order."""
    text = sentences.text
    for start, end, candidates in sentences.holding(signs):
        if hits := lexicon.forms.hits(text, candidates, end):
            numbers = quantities.within(start, end)
            yield _measured(text, start, end, hits, numbers, lexicon.units_behind(text, numbers))


def measuring_sentences(
    zeros: Sequence[int], sentences: NamingSentences, lexicon: Lexicon, quantities: Quantities
) -> Iterator[tuple[MeasuredSentence, bool]]:
    """The sentences that name a metric and may state a value of it, and whether one of the ``zeros`` stands there."""
    text, forms, starts = sentences.text, lexicon.forms, quantities.starts
    last = 0
    for start, end, candidates in sentences.holding(sorted([*starts, *zeros]) if zeros else starts):
        first = bisect_left(starts, start, last)
        last = bisect_left(starts, end, first)
        denies = bool(zeros) and bisect_left(zeros, start) < bisect_left(zeros, end)
        numbers = quantities.all[first:last]
        units = lexicon.units_behind(text, numbers)
        if not (denies or forms.may_count(candidates, end, {unit for unit, _ in units})):
            continue
        # A digit is always the beginning of a number.
        if not (numbers and "0" <= text[numbers[0].start] <= "9") and not _STATEMENT.search(text, start, end):
            continue
        if hits := forms.hits(text, candidates, end):
            yield _measured(text, start, end, hits, numbers, units), denies


def _measured(
    text: str, start: int, end: int, hits: Sequence[Hit], numbers: Sequence[Quantity], units: Sequence[Unit]
) -> MeasuredSentence:
    titles = _titles(text, start, end)
    if titles:
        hits = [hit for hit in hits if not _within(hit.start, titles)]
    clauses = [start, *map(_END, _SEPARATOR.finditer(text, start, end))]
    measures: list[Measure] = []
    for number, (unit, stop) in zip(numbers, units, strict=True):
        place, behind = number.start, number.end
        if titles and _within(place, titles):
            continue
        if behind - place >= _SHORTEST_GROUPED and text.find(",", place, behind) >= 0:
            clauses = [opening for opening in clauses if not place < opening <= behind]
        clause = bisect_right(clauses, place) - 1
        measures.append(Measure(place, stop, number.value, unit, number.approx, clause, clauses[clause], text))
    return MeasuredSentence(text, start, end, hits, clauses, measures)


def _titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the titles in title marks stand."""
    if text.find("》", start, end) < 0 and text.find(">", start, end) < 0:
        return []
    return [match.span() for match in _TITLE.finditer(text, start, end)]


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _counts(text: str, opening: int, place: int, unit: str, approx: str | None) -> bool:
    """Whether the number at ``place``, in the clause that begins at ``opening``, is a count of what was done."""
    if approx and approx.startswith(_NOT_STATED):
        return False
    if place == opening:
        return True
    before = text[max(opening, place - _LONGEST_LEAD) : place]
    last = before[-1]
    if last in _LAST_OF_CHANGE and _CHANGE.search(before):
        return False
    if last in _LAST_OF_LAST_YEAR and _LAST_YEAR.search(before):
        return False
    if unit in _ROUNDS and _ORDINAL.search(before):
        return False
    return not _DOUBT.search(before) or _counts_after_all(before, unit)


def _counts_after_all(before: str, unit: str) -> bool:
    if _DENIED.search(before) or _INTENT.search(before) or _CAUSED.search(before):
        return False
    return not (_SHARE.search(before) if unit == "%" else unit != "元" and _FREQUENCY.search(before))


def _part_end(text: str, opening: int, end: int) -> int:
    """The end of a breakdown: its closing bracket, or the next semicolon or full stop."""
    bracketed = opening < end and text[opening] == "("
    match = (_BRACKETED if bracketed else _UP_TO_STOP).match(text, opening, end)
    return match.end() if match else end

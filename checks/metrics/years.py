"""The year that a value belongs to: the reported year, unless the clauses before it set another time."""

from __future__ import annotations

import re

from checks.metrics.clauses import MeasuredSentence
from documents.lazy_pattern import lazy_pattern

# Every naming of a time holds one of these.
_SIGN = lazy_pattern("[年五以](?:(?<=[年五])|来)")
_YEAR = lazy_pattern(r"(?:其中|而|在|于|截至|截止|到)?,?((?:19|20)\d\d)年(?!以来|起|至|—|-)(?!底?以来)")
_SEVERAL_YEARS = lazy_pattern(
    r"(?:其中|而|在)?(?:自?(?:19|20)\d\d年[^,;。]{0,12}(?:以来|来(?!访|信|电))|(?:近|过去|最近)[一二两三四五六七八九十\d]+年来?|[二两三四五六七八九十\d]+年来|历年|五年|三年间"
    r"|“?[一二三四五六七八九十]+五”?(?:普法)?(?:期间|以来|规划实施)|(?:换届|成立|挂牌|实施|改革|开展)以来|(?:19|20)\d\d(?:年)?[—-](?:19|20)\d\d年)"
)


def year_of_value(sentence: MeasuredSentence, place: int, reported: int | None) -> int | None:
    """The year of a value at ``place``: the last time named at the head of a clause up to there, else ``reported``."""
    year = reported
    if not _SIGN.search(sentence.text, sentence.start, place):
        return year
    for start in sentence.clauses[: sentence.clause_at(place) + 1]:
        if _SEVERAL_YEARS.match(sentence.text, start, place):
            year = None
        elif match := _YEAR.match(sentence.text, start, place):
            year = _time_of(match, reported)
    return year


def _time_of(match: re.Match[str], reported: int | None) -> int | None:
    """The year named; a count up to a day of a later year (截至次年3月底) is still the reported year's."""
    named = int(match[1])
    return reported if reported and named > reported and match.group().startswith("截") else named

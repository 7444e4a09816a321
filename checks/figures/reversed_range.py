"""Ranges whose end is below their beginning.

Fails: 5-3件, 2023-2021年. Passes: 2021-25年, 11月至次年3月, 由35件减至28件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.context import Context
from checks.kind import Kind
from checks.match import Match
from documents.lazy_pattern import lazy_pattern
from documents.report import Span
from rules.model import Parameters

_DASH = "(?:-|—{1,2}|~|～)"
_YEARS = lazy_pattern(rf"(?<![\d.〔-])(?P<first>(?:19|20)\d\d)年?(?:{_DASH}|至)(?P<last>(?:19|20)\d\d)年(?!版)")
_COUNTS = lazy_pattern(
    rf"(?<![\d.,:/〔A-Za-z+—~-])(?P<first>\d{{1,6}})(?P<unit>[件宗起名人个项次家户份条场]?){_DASH}(?P<last>\d{{1,6}})"
    r"(?:[件宗起名人个项次家户份条场](?![号楼室]))"
)
_PERCENTS = lazy_pattern(rf"(?<![\d.,:/〔-])(?P<first>\d{{1,3}}(?:\.\d+)?)%?{_DASH}(?P<last>\d{{1,3}}(?:\.\d+)?)%")
_FALLING = lazy_pattern("(?:由|从|降|减|缩|比分|楼|室|号|栋|电话|编号)[^,;。]{0,10}$")
_FROM = lazy_pattern("(?:由|从)[^,;。]{0,10}$")
_DASHES = "-—~～至"
_LONGEST = 9
_REACH = 12


def run(context: Context, parameters: Parameters) -> Iterator[Match]:
    """Each range written backwards."""
    text = context.report.view.text
    for start, end in _dashes(text):
        for case, pattern, falling in (
            ("years", _YEARS, _FALLING),
            ("counts", _COUNTS, _FALLING),
            ("counts", _PERCENTS, _FROM),
        ):
            match = pattern.search(text, max(0, start - _LONGEST), end + _LONGEST)
            if match and match.start() < start < match.end() and _is_backwards(match, falling):
                span = Span(*context.report.view.to_text(match.start(), match.end()))
                if not context.report.in_residue(span):
                    yield _match(context.report.quote(span), span, match, case)
                break


def _dashes(text: str) -> Iterator[tuple[int, int]]:
    """The dashes between numbers: to look for each kind alone is ten times as fast as for any."""
    for dash in _DASHES:
        place = text.find(dash)
        while place >= 0:
            end = place + 2 if dash == "—" and text.startswith("—", place + 1) else place + 1
            if text[end : end + 1].isdecimal():
                yield place, end
            place = text.find(dash, place + 1)


def _is_backwards(match: re.Match[str], falling: re.Pattern[str]) -> bool:
    if float(match["first"]) <= float(match["last"]):
        return False
    return not falling.search(match.string[max(0, match.start() - _REACH) : match.start()])


def _match(quote: str, span: Span, match: re.Match[str], case: str) -> Match:
    message = f"“{quote}”起止颠倒：{match['first']}大于{match['last']}"
    return Match(span, message, values={"first": match["first"], "last": match["last"]}, case=case)


KIND = Kind(
    name="reversed-range",
    summary="起止数字颠倒的区间",
    parameters=Parameters,
    run=run,
    cases=("years", "counts"),
)

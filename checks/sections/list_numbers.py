"""Numbers that are no heading's: those of several parts (1.3.2) and those inside a sentence (1、……;3、……)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span

_NO_UNIT = "(?![万亿元倍个件人次户家米公平吨度级版年月日时折分成亩号厘毫千百G])"
_DOTTED = lazy_pattern(
    r"(?m)^[ #*]{0,4}(?P<number>(?P<over>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<last>\d{1,2}))[.、 ]?"
    rf"(?=[^\W\d_a-zA-Z]|[“《]){_NO_UNIT}"
)
# What every list of such numbers has, looked for many times faster than its items.
_DOTTED_LINE = lazy_pattern(r"\n[ #*]{0,4}\d{1,2}\.\d")
_FIRST_IN_SENTENCE = lazy_pattern("1[、.](?<=[:;,。]1.)")
_IN_SENTENCE = lazy_pattern(r"(?:^|(?<=[:;,。]))(?P<last>[1-9])[、.](?=[^\W\d_a-zA-Z]|[“《])")
_TITLE = lazy_pattern(r"[^,。;:\n]{0,30}")
_FEWEST = 3
_WIDEST_GAP = 3


class Gap(NamedTuple):
    """Numbers left out before the item at ``span``, which comes after the one at ``previous``."""

    previous: Span
    span: Span
    number_before: str
    number: str


class _Item(NamedTuple):
    ordinal: int
    number: str
    start: int
    end: int


def dotted_gaps(report: Report) -> Iterator[Gap]:
    """Gaps in numbers of several parts at the head of a line: 1.3.2, then 1.3.4."""
    text = report.view.text
    if not _DOTTED_LINE.search(f"\n{text}"):
        return
    groups: dict[str, list[_Item]] = {}
    for match in _DOTTED.finditer(text):
        groups.setdefault(match["over"], []).append(_item(match, match["number"], match.start("number")))
    if sum(map(len, groups.values())) >= _FEWEST:
        for over, items in groups.items():
            yield from _gaps(report, items, rf"(?<![\d.]){re.escape(over)}\.{{}}(?!\d)")


def gaps_in_sentences(report: Report) -> Iterator[Gap]:
    """Gaps in a list inside one sentence: 1、健全工作机制;3、组织法律知识考试."""
    text = report.view.text
    if not (text.startswith(("1、", "1.")) or _FIRST_IN_SENTENCE.search(text)):
        return
    numbers = list(_IN_SENTENCE.finditer(text))
    if len(numbers) <= 1:
        return
    places = [match.start() for match in numbers]
    headings = {report.view.from_text(*heading.span)[0] for heading in report.headings}
    for sentence in report.sentences:
        start, end = report.view.from_text(*sentence.span)
        inside = numbers[bisect_left(places, start) : bisect_left(places, end)]
        # A number that ends its sentence numbers nothing in it.
        found = [_item(match, match.group(), match.start()) for match in inside if match.end() < end]
        if len(found) > 1 and not any(item.start in headings for item in found):
            yield from _gaps(report, found, r"(?<!\d){}[、.)]")


def _item(match: re.Match[str], number: str, start: int) -> _Item:
    title = _TITLE.match(match.string, match.end())
    return _Item(int(match["last"]), number, start, title.end() if title else match.end())


def _gaps(report: Report, items: list[_Item], written: str) -> Iterator[Gap]:
    if items[0].ordinal != 1:
        return
    known = {item.ordinal for item in items}
    for one, other in pairwise(items):
        left_out = range(one.ordinal + 1, other.ordinal)
        between = report.view.text[one.start + len(one.number) : other.start]
        if not 0 < len(left_out) <= _WIDEST_GAP or known.intersection(left_out):
            continue
        if not any(re.search(written.format(number), between) for number in left_out):
            yield Gap(_span(report, one), _span(report, other), one.number, other.number)


def _span(report: Report, item: _Item) -> Span:
    return Span(*report.view.to_text(item.start, item.end))

"""Where the checks of wording look: at places found beforehand, and only at the report's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span

_REACH = 80
_TITLE = lazy_pattern("《[^《》\n]{1,150}》")
_QUOTED = lazy_pattern("“[^“”\n]{1,12}”")


def matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that begin at ``places``, which are in order, none of them inside another."""
    end = 0
    for place in places:
        match = pattern.match(text, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def is_own_wording(report: Report, span: Span) -> bool:
    """Whether ``span`` is neither web residue nor part of a title in 《》, which the checks of citations read."""
    return not report.in_residue(span) and not _inside(report, span, "《")


def is_in_short_quotation(report: Report, span: Span) -> bool:
    """Whether ``span`` stands in a quoted name, where people play with words: “邻栗小院”."""
    return _inside(report, span, "“")


def _inside(report: Report, span: Span, opening: str) -> bool:
    around = Span(max(0, span.start - _REACH), span.end + _REACH)
    pattern = _TITLE if opening == "《" else _QUOTED
    return any(place.covers(span) for _, place in report.find(pattern, around))

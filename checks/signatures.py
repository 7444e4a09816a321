"""Signatures: a unit on a line of its own with a date below or beside it, also where notes and tables follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from documents.identity.names import UnitName, parse_name
from documents.lazy_pattern import lazy_pattern
from documents.report import Report, Span
from documents.years import YearForm, YearToken, year_tokens

_LAST_LINES = 30
_LONGEST_NAME = 40
_SEAL = lazy_pattern(r"\((?:盖?章|公章|印章|代章)\)$")
_NAME = lazy_pattern(r"(?:^|[。!”)》\s])\s*(?P<name>[^\W\d_]{3,30})\s*$")
_TAIL = 160
# Only the last lines may hold a signature after the text of a paragraph.
_LONG_LINES = 3
_BREAKS = " \t\n\u3000\xa0()（）"


class Signature(NamedTuple):
    """A signing unit and the day it signed, each with its place in the text."""

    unit: UnitName
    unit_span: Span
    day: YearToken
    day_span: Span


def find_signatures(report: Report) -> tuple[Signature, ...]:
    """Every signature near the end of the report, in order of position."""
    found: list[Signature] = []
    for index, token in _closing_dates(report):
        span = report.paragraphs[index].span
        start, _ = report.view.from_text(*span)
        alone = not report.view.text[start : token.start].strip(" (")
        place = _line_above(report, index) if alone else _beside(report, start, token.start)
        name = parse_name(_SEAL.sub("", report.normalised(place).strip())) if place and _is_short(place) else None
        if name and place:
            found.append(Signature(name, place, token, Span(*report.view.to_text(token.start, token.end))))
    return tuple(found)


def _closing_dates(report: Report) -> Iterator[tuple[int, YearToken]]:
    """The full dates near the end of one of the last lines that nothing, or a blank, follows in the text, each with
    the index of its paragraph."""
    if not report.paragraphs:
        return
    count, view = len(report.paragraphs), report.view
    first = report.paragraphs[-_LAST_LINES:][0].span.start
    for token in year_tokens(view.text):
        if token.form is not YearForm.DATE or not token.day or view.starts[token.start] < first:
            continue
        place, after = view.to_text(token.start, token.end)
        index = report.paragraph_at(place)
        if index is None:
            continue
        span = report.paragraphs[index].span
        if not _is_short(span) and index + _LONG_LINES < count:
            continue
        near_end = token.start >= view.from_text(*span)[1] - _TAIL
        if near_end and (after >= span.end or report.text[after] in _BREAKS):
            yield index, token


def _line_above(report: Report, index: int) -> Span | None:
    """The line before, where it is one of the last lines too."""
    return report.paragraphs[index - 1].span if index > max(0, len(report.paragraphs) - _LAST_LINES) else None


def _beside(report: Report, start: int, end: int) -> Span | None:
    """The name that stands before a date on its line."""
    first = max(start, end - _LONGEST_NAME)
    name = _NAME.search(report.view.text[first:end])
    return Span(*report.view.to_text(first + name.start("name"), first + name.end("name"))) if name else None


def _is_short(span: Span) -> bool:
    return span.end - span.start <= _LONGEST_NAME

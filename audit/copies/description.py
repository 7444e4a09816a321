"""Found pairs in words and places: the passages with their quotes, for the rules, the workbook and the JSON."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from audit.copies.alignment import Shared
from audit.copies.outline import skim_report, unpack_report
from audit.copies.pairs import FoundPair
from audit.copies.passages import ReportHeader
from audit.copies.record import CopyPair, SharedPassage
from audit.copies.store import Batch
from checks.comparison import Direction, OtherReport, SharedText
from checks.match import Related
from documents.report import Report, Span

_SAMPLES: Final = 4
_CACHED_REPORTS: Final = 512


class Describer:
    """Puts the pairs of one batch into words; ``headers`` are of its reports, in order."""

    def __init__(self, batch: Batch, headers: Sequence[ReportHeader]) -> None:
        self.batch = batch
        self.headers = headers
        self._turned_to: tuple[int, Report] | None = None
        self._skimmed = lru_cache(_CACHED_REPORTS)(self._skim)
        self._places = lru_cache(_CACHED_REPORTS)(batch.places_of)

    def pair(self, found: FoundPair, *, earlier: bool = False) -> CopyPair:
        """The record of a pair."""
        first, second = self.headers[found.first], self.headers[found.second]
        direction, reason = (None, None) if earlier else direction_of(first, second)
        return CopyPair(
            path=first.path,
            unit=first.unit,
            year=first.year,
            other_path=second.path,
            other_unit=second.unit,
            other_year=second.year,
            characters=found.characters,
            share=found.share,
            other_share=found.other_share,
            sentences=len(found.shared),
            direction=direction,
            reason=reason,
            passages=tuple(self._passage(found, each) for each in self.samples(found)),
            earlier=earlier,
            same_figures=len(found.same_figures),
        )

    def side(self, found: FoundPair, number: int, *, is_version: bool) -> OtherReport:
        """What the pair means for one of its reports."""
        return self._side(found if found.first == number else _turned(found), is_version)

    def samples(self, found: FoundPair) -> list[Shared]:
        """The shared passages that show most: those in which no number differs, before others, long ones first."""
        places, counted = self._places(found.first), found.same_figures

        def rank(each: Shared) -> tuple[bool, int, Shared]:
            start, end = places[each.first]
            return each not in counted, start - end, each

        return sorted(found.shared, key=rank)[:_SAMPLES]

    def shared_text(self, first: int, second: int, shared: Shared) -> SharedText:
        """A shared passage as the first report's rules want it."""
        span = self.span(first, shared.first)
        return SharedText(span, self.related(second, self.span(second, shared.second)), shared.similarity)

    def span(self, report: int, passage: int) -> Span:
        """Where a passage stands in its report."""
        return Span(*self._places(report)[passage])

    def related(self, number: int, span: Span) -> Related:
        """A passage of a report as a finding of another names it."""
        report = self.report(number)
        return Related(report.source.path, span.start, span.end, report.quote(span), report.section_label(span.start))

    def _side(self, found: FoundPair, is_version: bool) -> OtherReport:
        header = self.headers[found.second]
        direction, reason = direction_of(self.headers[found.first], header)
        return OtherReport(
            path=header.path,
            unit=header.unit,
            year=header.year,
            share=found.share,
            other_share=found.other_share,
            sentences=len(found.shared),
            characters=found.characters,
            direction=direction,
            reason=reason,
            passages=tuple(self.shared_text(found.first, found.second, each) for each in self.samples(found)),
            is_version=is_version,
            same_figures=len(found.same_figures),
        )

    def _passage(self, found: FoundPair, shared: Shared) -> SharedPassage:
        span, other = self.span(found.first, shared.first), self.span(found.second, shared.second)
        quotes = self.report(found.first).quote(span), self.report(found.second).quote(other)
        return SharedPassage(*span, quotes[0], *other, quotes[1], shared.similarity)

    def turn_to(self, number: int) -> Report:
        """The whole report, which will be asked for more often than others until another is turned to."""
        report = unpack_report(self.batch.outline_of(number), self.headers[number].path)
        self._turned_to = number, report
        return report

    def report(self, number: int) -> Report:
        """A report, as far as its text and the labels of its sections are asked for."""
        if self._turned_to is not None and self._turned_to[0] == number:
            return self._turned_to[1]
        return self._skimmed(number)

    def _skim(self, number: int) -> Report:
        return skim_report(self.batch.outline_of(number), self.headers[number].path)


def _turned(found: FoundPair) -> FoundPair:
    """The pair as its second report sees it."""
    return FoundPair(
        found.second,
        found.first,
        tuple(map(_turned_passage, found.shared)),
        found.other_characters,
        found.other_share,
        found.characters,
        found.share,
        frozenset(map(_turned_passage, found.same_figures)),
    )


def _turned_passage(shared: Shared) -> Shared:
    return Shared(shared.second, shared.first, shared.similarity)


def direction_of(one: ReportHeader, other: ReportHeader) -> tuple[Direction | None, str | None]:
    """Which of two reports came later and so may have copied, and why, in Chinese, from the first one's view."""
    if one.year and other.year and one.year != other.year:
        direction = Direction.FROM_OTHER if one.year > other.year else Direction.TO_OTHER
        return direction, f"对方是{other.year}年度的报告，本报告是{one.year}年度的"
    if one.published and other.published and one.published != other.published:
        direction = Direction.FROM_OTHER if one.published > other.published else Direction.TO_OTHER
        return direction, f"对方报告的日期是{other.published.isoformat()}，本报告是{one.published.isoformat()}"
    return None, None

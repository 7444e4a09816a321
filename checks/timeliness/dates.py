"""The dates that a report bears: signed, written or published, each with the words it is taken from."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checks.signatures import Signature
from documents.lazy_pattern import lazy_pattern
from documents.report import Evidence, Origin, Report, Span
from documents.years import find_year_tokens

_WRITTEN = lazy_pattern(r"(?:成文|发文|生成|印发|制发|签发)(?:时间|日期)?\s*[\]】]?\s*:?\s*\|?\s*$")
_PUBLISHED = lazy_pattern(
    r"(?:发布|公开|公布|上网|上传|信息)(?:时间|日期|于)?\s*[\]】]?\s*:?\s*\|?\s*$|(?<![新成文效])(?:时间|日期)\s*:\s*$"
)
_LABELLED = lazy_pattern(r"(?:发布|公开|公布)(?:时间|日期)\s*[\]】]?\s*:\s*$")
_THEN_PUBLISHED = lazy_pattern("(?:在|于)?[^,。;()0-9]{0,24}?(?:公开发布|向社会公开|公开|公布|发布)[)。\n]")
_OF_THIS_REPORT = lazy_pattern(r"\($|(?:本报告|此件|本文|本件)[^。]*$")
# What stands before a date that closes the report and is no date of signature.
_OTHER_DATE = lazy_pattern(r"(?:截[至止]到?|统计至|更新(?:时间|日期)?:?|至|到)\s*$")
_HAS_DAY = lazy_pattern(r"[日号]|[0-9]\D[0-9]{1,2}\D[0-9]{1,2}")
# Both stand within _FAR of a date that is called that of publication: one of the words, and what leads to the date.
_WORDS_OF_PUBLICATION = ("公开", "公布", "发布")
_LEADS_TO_A_DATE = lazy_pattern(r"时间|日期|本报告|此件|本文|本件|\([12一二][^)]{3}")
_REACH = 12
_EDGE = 400
_FAR = 50


class DateKind(StrEnum):
    """What a date says about the report."""

    SIGNED = "signed"
    WRITTEN = "written"
    PUBLISHED = "published"


DATE_KIND_NAMES = {
    DateKind.SIGNED: "落款日期",
    DateKind.WRITTEN: "成文日期",
    DateKind.PUBLISHED: "网页所示发布日期",
}


@dataclass(frozen=True, slots=True)
class ReportDate:
    """A date, from ``first`` to ``last``: one day, or a whole month where no day is given."""

    kind: DateKind
    first: date
    last: date
    span: Span

    @property
    def in_words(self) -> str:
        """What it is and when, such as ``落款日期2024年3月1日``."""
        day = f"{self.first.day}日" if self.first == self.last else ""
        return f"{DATE_KIND_NAMES[self.kind]}{self.first.year}年{self.first.month}月{day}"


def report_dates(report: Report, signatures: tuple[Signature, ...]) -> tuple[ReportDate, ...]:
    """Every date that the report or its page bears, those of unknown meaning left out, the surest kind first."""
    evidence = report.published.evidence if report.published else ()
    found = [*(_from_evidence(report, item) for item in evidence), *_signed(signatures), *_published(report)]
    dates = {item.span: item for item in found if item}
    order = list(DateKind)
    return tuple(sorted(dates.values(), key=lambda item: (order.index(item.kind), item.span)))


def _from_evidence(report: Report, evidence: Evidence) -> ReportDate | None:
    start, _ = report.view.from_text(*evidence.span)
    before = report.view.text[max(0, start - _REACH) : start]
    kind = _kind(before)
    if kind is None and evidence.origin is Origin.SIGNATURE and not _OTHER_DATE.search(before):
        kind = DateKind.SIGNED
    if kind is None:
        return None
    first = last = date.fromisoformat(evidence.value)
    if not _HAS_DAY.search(report.normalised(evidence.span)):
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return ReportDate(kind, first, last, evidence.span)


def _kind(before: str) -> DateKind | None:
    if _WRITTEN.search(before):
        return DateKind.WRITTEN
    return DateKind.PUBLISHED if _PUBLISHED.search(before) else None


def _signed(signatures: tuple[Signature, ...]) -> Iterator[ReportDate]:
    for signature in signatures:
        if day := signature.day.calendar_day:
            yield ReportDate(DateKind.SIGNED, day, day, signature.day_span)


def _published(report: Report) -> Iterator[ReportDate]:
    """Dates that the first or last words of the text call those of publication."""
    text = report.view.text
    for first, last in ((0, min(_EDGE, len(text))), (max(_EDGE, len(text) - _EDGE), len(text))):
        near = text[max(0, first - _FAR) : last + _FAR]
        if not any(word in near for word in _WORDS_OF_PUBLICATION) or not _LEADS_TO_A_DATE.search(near):
            continue
        for token in find_year_tokens(text[first:last]) if _HAS_DAY.search(text, first, last) else ():
            day = token.calendar_day
            start, end = first + token.start, first + token.end
            if day and _is_called_published(text, start, end):
                yield ReportDate(DateKind.PUBLISHED, day, day, Span(*report.view.to_text(start, end)))


def _is_called_published(text: str, start: int, end: int) -> bool:
    """公开日期:2024-05-10, (2024年5月10日公开), 本报告…于2024年5月10日在政府网站公开."""
    before = text[max(0, start - _FAR, text.rfind("\n", 0, start) + 1) : start]
    if _LABELLED.search(before):
        return True
    return (
        _OF_THIS_REPORT.search(before) is not None and _THEN_PUBLISHED.match(f"{text[end : end + _FAR]}\n") is not None
    )

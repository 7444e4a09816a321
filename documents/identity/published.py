"""The date of a report: stated on the page around it, or in its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from documents.identity.reading import Piece, Reading
from documents.lazy_pattern import lazy_pattern
from documents.report import Attribute, Certainty, Evidence, Origin, Residue, ResidueKind
from documents.years import YearForm, YearToken

Dated = tuple[date, Piece]

_PUBLISHED = lazy_pattern(
    "(?:发布|公开|公布|上网|上传|信息|更新)(?:时间|日期|于)?\\s*[\\]】]?\\s*:?\\s*\\|?\\s*$|(?<![文成])(?:时间|日期)\\s*:\\s*$"
)
_WRITTEN = lazy_pattern("(?:成文|发文|生成|印发|制发|签发)(?:时间|日期)?\\s*[\\]】]?\\s*:?\\s*\\|?\\s*$")
_TAIL_LINES = 5
_TAIL = 40


def find_signed_date(reading: Reading) -> Dated | None:
    """The date that closes the report proper, with its place in the view."""
    for line in reading.lines[: -_TAIL_LINES - 1 : -1]:
        for token in reading.tokens_in(Piece(max(line.start, line.end - _TAIL), line.end)):
            rest = reading.view.text[token.end : line.end]
            before = reading.view.text[line.start : token.start]
            if token.form is YearForm.DATE and not rest.strip(" )") and _closes(before):
                day = _day(token)
                return (day, Piece(token.start, token.end)) if day else None
    return None


def _closes(before: str) -> bool:
    """Whether what stands before a date on its line leaves it a signature: nothing, a name, or a finished sentence."""
    clause = re.split("[。!;:]", before)[-1]
    return len(clause) <= 32 and not re.search("[,、至到于在]", clause)


def find_page_date(reading: Reading) -> Dated | None:
    """The date of publication, else of writing, that the page states; clocks of the site never count."""
    return next((dated for dated, _ in _page_dates(reading)), None)


def find_published(reading: Reading, signed: Dated | None) -> Attribute[date] | None:
    """The date of publication with every date that bears on it."""
    found = list(_page_dates(reading))
    evidence: list[Evidence] = [_evidence(reading, Origin.PAGE, dated) for dated, _ in found]
    if signed:
        found.append((signed, Certainty.LIKELY))
        evidence.append(_evidence(reading, Origin.SIGNATURE, signed))
    if not found:
        return None
    (day, _), certainty = found[0]
    return Attribute(day, certainty, tuple(evidence))


def _evidence(reading: Reading, origin: Origin, dated: Dated) -> Evidence:
    day, piece = dated
    return reading.evidence(origin, piece, day.isoformat())


def _page_dates(reading: Reading) -> Iterator[tuple[Dated, Certainty]]:
    ranked = sorted(_ranked_page_dates(reading), key=lambda item: item[0])
    certainties = (Certainty.CERTAIN, Certainty.LIKELY, Certainty.GUESS)
    return ((dated, certainties[rank]) for rank, dated in ranked)


def _ranked_page_dates(reading: Reading) -> Iterator[tuple[int, Dated]]:
    for residue in reading.residue:
        if residue.kind is ResidueKind.PAGE_CLOCK:
            continue
        for token in _dates(reading, residue):
            before = reading.view.text[max(0, token.start - 12) : token.start]
            day = _day(token)
            if day is None:
                continue
            rank = 0 if _PUBLISHED.search(before) else 1 if _WRITTEN.search(before) else 2
            if rank < 2 or residue.kind is ResidueKind.PAGE_INFO:
                yield rank, (day, Piece(token.start, token.end))


def _dates(reading: Reading, residue: Residue) -> Iterator[YearToken]:
    return (token for token in reading.tokens_in(reading.piece(residue.span)) if token.form is YearForm.DATE)


def _day(token: YearToken) -> date | None:
    if token.year is None or token.month is None:
        return None
    return token.calendar_day if token.day else date(token.year, token.month, 1)

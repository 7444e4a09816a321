"""Tables kept as lines with tabs or bars: whether the row 合计 is the sum of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from documents.lazy_pattern import lazy_pattern
from documents.normalised import normal_form
from documents.report import Report, Span

_CELLS = lazy_pattern(r"\t+|\s*[|｜│]\s*| {3,}|\u3000{2,}")
# A line without one of these is a single cell.
_DIVIDERS = ("\t", "|", "｜", "│", "   ", "\u3000\u3000")
_TOTALS = ("合计", "总计", "共计", "总数", "总和")
# What may stand before the first cell of a row in the normalised view.
_BEFORE_ROW = frozenset("\n|│ ")
_TOTAL = lazy_pattern("^(?:合计|总计|共计|总数|总和)")
_SUBTOTAL = lazy_pattern("小计|其中|占比|比例|率|%")
_NUMBER = lazy_pattern(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<unit>[\u4e00-\u9fff]{0,2})")


class TableSum(NamedTuple):
    """A column whose cells do not add up to the row 合计; ``span`` is that row."""

    name: str
    total: Decimal
    parts: tuple[Decimal, ...]
    span: Span


class _Row(NamedTuple):
    span: Span
    cells: tuple[str, ...]


def table_sums(report: Report) -> Iterator[TableSum]:
    """Each column of a table that does not add up."""
    if not (_divides(report.text) and _opens_row(report.view.text)):
        return
    rows = (_row(report, paragraph.span) for paragraph in report.paragraphs)
    for count, group in groupby(rows, key=lambda row: len(row.cells)):
        if count > 1:
            yield from _judge(list(group))


def _divides(text: str) -> bool:
    """Whether one of the dividers may stand in a line of ``text``: wide blanks at the head of a line only indent it."""
    return _holds(text, _DIVIDERS[:-1]) or text.count(_DIVIDERS[-1]) > text.count(f"\n{_DIVIDERS[-1]}")


def _opens_row(view: str) -> bool:
    """Whether one of the words for a total may open a line of the normalised view."""
    for word in _TOTALS:
        place = view.find(word)
        while place >= 0:
            if not place or view[place - 1] in _BEFORE_ROW:
                return True
            place = view.find(word, place + 1)
    return False


def _holds(text: str, marks: tuple[str, ...]) -> bool:
    return any(mark in text for mark in marks)


def _row(report: Report, span: Span) -> _Row:
    line = report.text[span.start : span.end].strip("|｜│ ")
    if not _holds(line, _DIVIDERS):
        return _Row(span, (line,))
    return _Row(span, tuple(normal_form(cell).strip() for cell in _CELLS.split(line)))


def _judge(rows: list[_Row]) -> Iterator[TableSum]:
    totals = [row for row in rows if _TOTAL.match(row.cells[0])]
    if len(totals) != 1 or len(rows) < 3:
        return
    total = totals[0]
    others = [row for row in rows if row is not total]
    header = others[0].cells if not any(_value(cell) is not None for cell in others[0].cells[1:]) else ()
    others = others[1:] if header else others
    if any(_SUBTOTAL.search(row.cells[0]) for row in others):
        return
    for column in range(1, len(total.cells)):
        name = header[column] if header else total.cells[0]
        parts = [_value(row.cells[column]) for row in others]
        whole = _value(total.cells[column])
        if whole is None or len(parts) < 2 or any(part is None for part in parts) or _SUBTOTAL.search(name):
            continue
        known = tuple(part for part in parts if part is not None)
        if sum(known) != whole:
            yield TableSum(name, whole, known, total.span)


def _value(cell: str) -> Decimal | None:
    match: re.Match[str] | None = _NUMBER.fullmatch(cell)
    return Decimal(match["number"].replace(",", "")) if match else None

"""Sheet 年份引用: every mention of a year, how it was classed and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit.record import YearRecord
from checks.years.kinds import YEAR_KIND_NAMES
from outputs.names import section_in_words
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import around_hit
from outputs.workbook.digest import Digest
from outputs.workbook.figures import file_name, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "年份引用"
_COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("单位", 20),
    Column("报告", 29),
    Column("报告年度", 10, Style.CENTER),
    Column("位置", 14),
    Column("原文", 50),
    Column("所指年份", 10, Style.CENTER),
    Column("截止年份", 10, Style.CENTER),
    Column("相差", 8, Style.COUNT),
    Column("类别", 16, Style.CENTER),
    Column("判断理由", 40),
)
_KINDS: Final = {str(kind): name for kind, name in YEAR_KIND_NAMES.items()}


def write_years(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet, or nothing where it is not wanted or no report mentions a year."""
    if not digest.info.details or not any(report.years for report in digest.judged):
        return ()
    return write_table(book, NAME, _COLUMNS, _rows(digest), TableLayout(frozen=3))


def _rows(digest: Digest) -> Iterator[Row]:
    mentions = ((report, year) for report in digest.judged for year in report.years)
    for number, (report, year) in enumerate(mentions, 1):
        yield (
            number,
            unit_name(report),
            file_name(report.path),
            report.year,
            section_in_words(year.section),
            around_hit(year.excerpt, year.quote, 160),
            year.year,
            year.last if year.last != year.year else None,
            _distance(year, report.year),
            _KINDS.get(year.kind, year.kind),
            year.reason,
        )


def _distance(year: YearRecord, reported: int | None) -> int | None:
    """Years between the mention and the reported year: 0 inside a range, else to its nearer end."""
    if reported is None:
        return None
    return max(year.year - reported, 0) + min(year.last - reported, 0)

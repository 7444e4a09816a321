"""Sheet 必备内容: report × required content, how each is present and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from audit.record import ContentRecord, ReportRecord
from outputs.names import PRESENCE_NAMES
from outputs.workbook.cells import Row, Value
from outputs.workbook.digest import Digest
from outputs.workbook.figures import file_name, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "必备内容"
_FRONT: Final = (Column("单位", 20), Column("报告", 29), Column("年度", 7, Style.CENTER))
_TONES: Final = {
    PRESENCE_NAMES["own"]: "good",
    PRESENCE_NAMES["folded"]: "middling",
    PRESENCE_NAMES["absent"]: "bad",
}
_MAX_PLACES = 3


def write_contents(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet, or nothing where no report has a map of its contents."""
    names = {content.id: content.name for report in digest.judged for content in report.contents}
    if not names:
        return ()
    columns = [*_FRONT]
    for name in names.values():
        columns += [Column(name, 14, Style.CENTER), Column(f"{name}所在位置", 26)]
    parts = write_table(book, NAME, columns, _rows(digest, names), TableLayout(frozen=1))
    for part in parts:
        for name in names.values():
            colour_words(part, name, _TONES)
    return parts


def _rows(digest: Digest, names: Mapping[str, str]) -> Iterator[Row]:
    for report in digest.judged:
        if report.contents:
            yield (unit_name(report), file_name(report.path), report.year, *_cells(report, names))


def _cells(report: ReportRecord, names: Mapping[str, str]) -> Iterator[Value]:
    contents = {content.id: content for content in report.contents}
    for content_id in names:
        content = contents.get(content_id)
        yield PRESENCE_NAMES.get(content.presence, content.presence) if content else "—"
        yield _places(content) if content else None


def _places(content: ContentRecord) -> str | None:
    shown = "\n".join(content.places[:_MAX_PLACES])
    more = len(content.places) - _MAX_PLACES
    return (f"{shown}\n等 {len(content.places)} 处" if more > 0 else shown) or None

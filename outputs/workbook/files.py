"""Sheet 处理情况: every file of the inbox, what became of it, why, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audit.record import ReportRecord, Status
from outputs.names import STATUS_NAMES
from outputs.workbook.cells import Row
from outputs.workbook.digest import Digest
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.overview import status_tones
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style

NAME: Final = "处理情况"
_COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("文件", 40),
    Column("处理状态", 13, Style.CENTER),
    Column("原因", 30),
    Column("下一步", 28),
    Column("格式", 9, Style.CENTER),
    Column("编码", 11, Style.CENTER),
    Column("大小（字节）", 13, Style.NUMBER),
    Column("字符数", 10, Style.NUMBER),
    Column("未能判断的规则", 30),
    Column("SHA-256", 36),
)
_MAX_RULES = 5


def write_files(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet."""
    parts = write_table(book, NAME, _COLUMNS, _rows(digest), TableLayout(frozen=3, printed=10))
    for part in parts:
        colour_words(part, "处理状态", status_tones())
    return parts


def _rows(digest: Digest) -> Iterator[Row]:
    titles = {rule.id: rule.title for rule in digest.info.ruleset.rules}
    for number, report in enumerate(digest.run.reports, 1):
        yield (
            number,
            report.path,
            STATUS_NAMES[report.status],
            "；".join(part for part in (report.reason, *report.notes) if part) or None,
            report.next_step or ("无需处理。" if report.status is Status.READ else None),
            report.format,
            report.encoding,
            report.size,
            report.characters,
            _unassessed(report, titles),
            report.sha256,
        )


def _unassessed(report: ReportRecord, titles: dict[str, str]) -> str | None:
    lines = [f"{titles.get(rule, rule)}：{reason}" for rule, reason in report.unassessed.items()]
    if len(lines) > _MAX_RULES:
        lines = [*lines[:_MAX_RULES], f"等 {len(lines)} 条规则"]
    return "\n".join(lines) or None

"""Sheet 汇总: one row a report, with its score, its counts by level and family, and a link to its first finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from audit.record import JUDGED, ReportRecord, Status
from documents.report import UNIT_LEVEL_NAMES
from outputs.names import LEVEL_NAMES, STATUS_NAMES, family_name
from outputs.workbook import findings
from outputs.workbook.cells import Cell, Row, Value
from outputs.workbook.digest import Digest, family_of, file_name, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, colour_where, colour_words, write_table
from outputs.workbook.layout import location as locate
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import Level

NAME: Final = "汇总"
_LAYOUT: Final = TableLayout(frozen=2, minimum_height=24)
_FRONT: Final = (
    Column("序号", 6, Style.CENTER),
    Column("单位", 24),
    Column("报告", 30),
    Column("层级", 10, Style.CENTER),
    Column("年度", 7, Style.CENTER),
    Column("处理状态", 12, Style.CENTER),
    Column("得分", 8, Style.SCORE),
)
_LEVELS: Final = tuple(Column(name, 7, Style.COUNT) for name in LEVEL_NAMES.values())
_BACK: Final = (Column("未能判断", 10, Style.COUNT), Column("首个问题", 10, Style.LINK))


def write_overview(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet."""
    families = [Column(family_name(family), 10, Style.COUNT) for family in digest.families]
    columns = [*_FRONT, *_LEVELS, Column("合计", 7, Style.COUNT), *families, *_BACK]
    parts = write_table(book, NAME, columns, _rows(digest), _LAYOUT)
    for part in parts:
        colour_words(part, "处理状态", status_tones())
        for name, tone in findings.LEVEL_TONES.items():
            top = part.top(name)
            colour_where(part, name, f"AND(ISNUMBER({top}),{top}>0)", tone)
        for column in columns[len(_FRONT) : -1]:
            top = part.top(column.header)
            colour_where(part, column.header, f"AND(ISNUMBER({top}),{top}=0)", "quiet")
    return parts


def status_tones() -> dict[str, str]:
    """The tone of each status by its Chinese name."""
    tones = {STATUS_NAMES[status]: "bad" for status in STATUS_NAMES}
    return tones | {"已读取": "good", "部分读取": "middling", "重复文件": "aside", "已略过": "aside"}


def _rows(digest: Digest) -> Iterator[Row]:
    # What is no submission stands in 处理情况 only.
    submitted = (report for report in digest.run.reports if report.status is not Status.IGNORED)
    for number, report in enumerate(submitted, 1):
        yield (
            number,
            unit_name(report) if report.status in JUDGED else (report.unit or "—"),
            file_name(report.path),
            UNIT_LEVEL_NAMES[report.level] if report.level else "—",
            report.year,
            STATUS_NAMES[report.status],
            digest.score(report),
            *_counts(digest, report),
            _first(digest, report),
        )


def _counts(digest: Digest, report: ReportRecord) -> Iterator[Value]:
    if report.status not in JUDGED:
        yield from [None] * (len(Level) + 1 + len(digest.families) + 1)
        return
    levels = Counter(finding.level for finding in report.findings)
    families = Counter(family_of(finding.rule) for finding in report.findings)
    yield from (levels[level] for level in LEVEL_NAMES)
    yield len(report.findings)
    yield from (families[family] for family in digest.families)
    yield len(report.unassessed)


def _first(digest: Digest, report: ReportRecord) -> Value:
    index = digest.first_entry.get(report.path)
    if index is None:
        return Cell("—", Style.CENTER)
    return Cell("查看", location=locate(findings.NAME, index, findings.LAYOUT, column=2))

"""Sheet 汇总: one row a report, with its score, its counts by level and family, and where its findings are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from audit.record import JUDGED, Status
from audit.summary import ReportSummary
from documents.report import UNIT_LEVEL_NAMES
from outputs.names import LEVEL_NAMES, STATUS_NAMES, family_name
from outputs.workbook import findings
from outputs.workbook.cells import Row, Value
from outputs.workbook.figures import Figures, file_name, sum_families, sum_levels, unit_name
from outputs.workbook.layout import Column, Part, TableLayout, colour_where, colour_words, write_table
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
LEVELS: Final = tuple(Column(name, 7, Style.COUNT) for name in LEVEL_NAMES.values())
_UNASSESSED: Final = Column("未能判断", 10, Style.COUNT)


def write_overview(
    book: AuditBook, figures: Figures, last: Column, values: Sequence[Value], layout: TableLayout = _LAYOUT
) -> tuple[Part, ...]:
    """Write the sheet; ``last`` is its last column, with one of ``values`` for each report of the run."""
    families = [Column(family_name(family), 10, Style.COUNT) for family in figures.families]
    columns = [*_FRONT, *LEVELS, Column("合计", 7, Style.COUNT), *families, _UNASSESSED, last]
    parts = write_table(book, NAME, columns, _rows(figures, values), layout)
    for part in parts:
        colour_words(part, "处理状态", status_tones())
        colour_counts(part, [column.header for column in columns[len(_FRONT) : -1]])
    return parts


def colour_counts(part: Part, headers: Sequence[str]) -> None:
    """Colour the counts of each level, and fade every 0 of the columns ``headers``."""
    for name, tone in findings.LEVEL_TONES.items():
        top = part.top(name)
        colour_where(part, name, f"AND(ISNUMBER({top}),{top}>0)", tone)
    for header in headers:
        top = part.top(header)
        colour_where(part, header, f"AND(ISNUMBER({top}),{top}=0)", "quiet")


def status_tones() -> dict[str, str]:
    """The tone of each status by its Chinese name."""
    tones = {STATUS_NAMES[status]: "bad" for status in STATUS_NAMES}
    return tones | {"已读取": "good", "部分读取": "middling", "重复文件": "aside", "已略过": "aside"}


def _rows(figures: Figures, values: Sequence[Value]) -> Iterator[Row]:
    # What is no submission stands in 处理情况 only.
    pairs = zip(figures.summaries, values, strict=True)
    submitted = (pair for pair in pairs if pair[0].status is not Status.IGNORED)
    for number, (summary, value) in enumerate(submitted, 1):
        yield (
            number,
            unit_name(summary) if summary.status in JUDGED else (summary.unit or "—"),
            file_name(summary.path),
            UNIT_LEVEL_NAMES[summary.level] if summary.level else "—",
            summary.year,
            STATUS_NAMES[summary.status],
            figures.score(summary),
            *_counts(figures, summary),
            value,
        )


def _counts(figures: Figures, summary: ReportSummary) -> Iterator[Value]:
    if summary.status not in JUDGED:
        yield from [None] * (len(Level) + 1 + len(figures.families) + 1)
        return
    levels, families = sum_levels([summary]), sum_families([summary])
    yield from (levels[level] for level in LEVEL_NAMES)
    yield summary.findings
    yield from (families[family] for family in figures.families)
    yield summary.unassessed

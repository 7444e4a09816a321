"""Sheet 分地区汇总 of the summary workbook: one row a part, with a link to its workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean
from typing import Final

from outputs.names import LEVEL_NAMES, family_name
from outputs.workbook.cells import Cell
from outputs.workbook.figures import Figures, sum_families
from outputs.workbook.layout import Column, Part, TableLayout, write_table
from outputs.workbook.overview import LEVELS, colour_counts
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import Level

NAME: Final = "分地区汇总"
TITLE: Final = "法治政府建设年度报告审核分地区汇总"
_FRONT: Final = (
    Column("序号", 6, Style.CENTER),
    Column("分册", 28),
    Column("打开", 8, Style.LINK),
    Column("收到文件", 9, Style.COUNT),
    Column("已审核", 9, Style.COUNT),
    Column("未能审核", 9, Style.COUNT),
    Column("有错误的报告", 14, Style.COUNT),
    Column("有错误的占比", 14, Style.PERCENT),
    Column("平均得分", 9, Style.SCORE),
)


def write_regions(
    book: AuditBook, whole: Figures, names: Sequence[str], parts: Sequence[Figures], links: Sequence[str]
) -> tuple[Part, ...]:
    """Write the sheet: for each part its name, its counts and the relative URL of its workbook."""
    families = [Column(family_name(family), 10, Style.COUNT) for family in whole.families]
    levels = [Column(level.header, 9, Style.COUNT) for level in LEVELS]
    columns = [*_FRONT, *levels, Column("合计", 9, Style.COUNT), *families]
    layout = TableLayout(frozen=2, heading=(TITLE, _total(whole, len(parts))), minimum_height=22)
    rows = (
        (number, name, Cell("查看", target=link), *_counts(part, whole.families))
        for number, (name, part, link) in enumerate(zip(names, parts, links, strict=True), 1)
    )
    written = write_table(book, NAME, columns, rows, layout)
    for one in written:
        colour_counts(one, [column.header for column in columns[3:] if column.style is Style.COUNT])
    return written


def _total(whole: Figures, parts: int) -> str:
    levels = "，".join(f"{name} {whole.levels[level]:,} 项" for level, name in LEVEL_NAMES.items())
    return (
        f"合计 {parts} 个分册：收到文件 {len(whole.summaries):,} 份，已审核 {len(whole.judged):,} 份，"
        f"未能审核 {whole.unread:,} 份；{levels}。"
    )


def _counts(part: Figures, families: Sequence[str]) -> Iterator[int | float | None]:
    wrong = sum(report.count(Level.ERROR) > 0 for report in part.judged)
    scores = [part.score(report) or 0.0 for report in part.judged]
    yield from (len(part.summaries), len(part.judged), part.unread, wrong)
    yield round(wrong / len(part.judged), 4) if part.judged else None
    yield round(fmean(scores), 1) if scores else None
    yield from (part.levels[level] for level in LEVEL_NAMES)
    yield part.levels.total()
    counts = sum_families(part.summaries)
    yield from (counts[family] for family in families)

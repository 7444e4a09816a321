"""The summary workbook (总册) of a run that is split into parts: counts over all parts, with links to them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from audit.atomic import Saved
from audit.record import RunRecord, Status
from audit.summary import ReportSummary
from outputs.names import STATUS_NAMES
from outputs.workbook import copies, cover, guide, overview, problem_types, regions
from outputs.workbook.book import finish_book, save_book
from outputs.workbook.cells import Cell, Row
from outputs.workbook.copies import write_families
from outputs.workbook.cover import NAME as COVER
from outputs.workbook.duplicates import write_pairs
from outputs.workbook.figures import Figures
from outputs.workbook.files import NAME as FILES
from outputs.workbook.info import WorkbookInfo
from outputs.workbook.layout import Column, TableLayout, colour_words, write_table
from outputs.workbook.page import Page
from outputs.workbook.parts import RegionPart
from outputs.workbook.problem_types import RuleOutcomes
from outputs.workbook.ranking import hits_of_rules
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.statistics import write_statistics
from outputs.workbook.styles import NAVY, Style

TITLE: Final = "法治政府建设年度报告审核总册"
_TAB_COLOURS: Final = {COVER: NAVY, regions.NAME: NAVY, overview.NAME: NAVY}
_PART: Final = Column("分册", 26, Style.CENTER)
_FILES: Final = (
    Column("序号", 6, Style.CENTER),
    Column("文件", 46),
    Column("处理状态", 13, Style.CENTER),
    Column("原因", 36),
    Column("下一步", 36),
    Column("格式", 9, Style.CENTER),
    Column("大小（字节）", 13, Style.NUMBER),
    Column("分册", 24, Style.CENTER),
)


def write_summary_workbook(
    target: Path,
    frame: RunRecord,
    summaries: Sequence[ReportSummary],
    parts: Sequence[RegionPart],
    files: Sequence[Path],
    info: WorkbookInfo,
    outcomes: RuleOutcomes,
) -> Saved:
    """Save the summary workbook at ``target``: whole or not at all, beside it where it is open in another program.

    ``frame`` is the record of the run (its reports are not looked at), ``summaries`` are those of all reports in order,
    ``files`` the saved workbooks of ``parts`` in the same order, ``outcomes`` how often each rule came to which outcome
    (:func:`audit.summary.count_outcomes`).
    """
    figures = Figures(summaries, info)
    links = [_relative_url(file, target.parent) for file in files]
    part_of = _parts_of(parts, len(summaries))
    names = [parts[part].name for part in part_of]
    book = AuditBook()
    sheet = book.active
    sheet.title = COVER
    within = [Figures([summaries[index] for index in part.indices], info) for part in parts]
    regions.write_regions(book, figures, [part.name for part in parts], within, links)
    overview.write_overview(book, figures, _PART, names)
    problem_types.write_problem_types(book, figures, outcomes)
    write_pairs(book, frame.copies)
    write_families(book, frame.families)
    _write_files(book, figures, names)
    write_statistics(book, figures)
    by_path = {summary.path: Cell("分册", target=links[part]) for summary, part in zip(summaries, part_of, strict=True)}
    _write_cover(Page(sheet), figures, frame, len(parts), by_path)
    finish_book(book, info, frame.tool, _TAB_COLOURS)
    return save_book(target, book)


def _parts_of(parts: Sequence[RegionPart], reports: int) -> list[int]:
    """The part of each report."""
    part_of = [0] * reports
    for number, part in enumerate(parts):
        for index in part.indices:
            part_of[index] = number
    return part_of


def _relative_url(file: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(file, folder)).as_posix())


def _write_cover(page: Page, figures: Figures, frame: RunRecord, parts: int, links: dict[str, Cell]) -> None:
    info = figures.info
    split = f"报告数量较多，按地区分为 {parts} 个分册，各册与本册放在一起；问题逐条列在分册中"
    cover.write_opening(page, TITLE, figures, [("分册", split), *cover.facts(info, frame.tool)])
    remarks = guide.attention(figures)
    unassessed = sum(report.unassessed > 0 for report in figures.judged)
    if unassessed:
        remarks.append(f"有 {unassessed} 份报告的部分规则未能判断（不等于合格），原因见各分册的“处理情况”。")
    cover.write_remarks(page, [*remarks, *copies.remark(len(frame.copies)), guide.PARTS_TOGETHER])
    cover.write_ranking(page, figures, hits_of_rules(figures), lambda report: links[report.path])
    cover.write_levels(page)
    cover.write_closing(page, info, guide.SUMMARY_SHEETS)


def _write_files(book: AuditBook, figures: Figures, names: Sequence[str]) -> None:
    layout = TableLayout(frozen=3, empty="收到的文件已全部读取。")
    for part in write_table(book, FILES, _FILES, _file_rows(figures, names), layout):
        colour_words(part, "处理状态", overview.status_tones())


def _file_rows(figures: Figures, names: Sequence[str]) -> Iterator[Row]:
    pairs = zip(figures.summaries, names, strict=True)
    unread = ((summary, name) for summary, name in pairs if summary.status is not Status.READ)
    for number, (summary, name) in enumerate(unread, 1):
        yield (
            number,
            summary.path,
            STATUS_NAMES[summary.status],
            summary.reason,
            summary.next_step,
            summary.format,
            summary.size,
            name,
        )

"""Assembling the workbook and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from audit.atomic import Saved, save_atomically
from audit.record import ReportRecord, RunRecord, ToolRecord
from outputs.workbook import findings
from outputs.workbook.cells import Cell
from outputs.workbook.cleaner import clean
from outputs.workbook.contents import write_contents
from outputs.workbook.cover import NAME as COVER
from outputs.workbook.cover import TITLE, write_cover
from outputs.workbook.digest import Digest
from outputs.workbook.duplicates import write_duplicates
from outputs.workbook.files import write_files
from outputs.workbook.findings import write_findings
from outputs.workbook.info import WorkbookInfo
from outputs.workbook.layout import Column, location
from outputs.workbook.metrics import write_metrics
from outputs.workbook.overview import write_overview
from outputs.workbook.progress import write_progress
from outputs.workbook.rectification import write_rectification
from outputs.workbook.rules import write_rules
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.statistics import write_statistics
from outputs.workbook.styles import NAVY, Style
from outputs.workbook.yearly import write_yearly
from outputs.workbook.years import write_years

_TAB_COLOURS = {COVER: NAVY, "汇总": NAVY, "问题清单": "C00000", "整改台账": "C00000"}
_SHEETS = (
    write_progress,
    write_contents,
    write_metrics,
    write_yearly,
    write_years,
    write_duplicates,
    write_files,
    write_rules,
)
_FIRST_FINDING = Column("首个问题", 10, Style.LINK)


def build_workbook(run: RunRecord, info: WorkbookInfo) -> AuditBook:
    """The workbook of a run or of a part of it, with a sheet for all that there is data for."""
    digest = Digest(run, info)
    book = AuditBook()
    cover = book.active
    cover.title = COVER
    write_overview(book, digest.figures, _FIRST_FINDING, [_first(digest, report) for report in run.reports])
    parts = write_findings(book, digest)
    write_rectification(book, digest)
    for write in _SHEETS:
        write(book, digest)
    write_statistics(book, digest.figures)
    # Last, for it lists the sheets that there are.
    write_cover(cover, digest, parts)
    finish_book(book, info, run.tool, _TAB_COLOURS)
    return book


def _first(digest: Digest, report: ReportRecord) -> Cell:
    index = digest.first_entry.get(report.path)
    if index is None:
        return Cell("—", Style.CENTER)
    return Cell("查看", location=location(findings.NAME, index, findings.LAYOUT, column=2))


def write_workbook(target: Path, run: RunRecord, info: WorkbookInfo) -> Saved:
    """Save the workbook of a run at ``target``: whole or not at all, beside it where it is open in another program."""
    book = build_workbook(run, info)
    return save_book(target, book)


def save_book(target: Path, book: AuditBook) -> Saved:
    """Save a workbook at ``target`` as a whole or not at all."""
    # Packed in memory: a zip file whose disk fills up while it is written complains again when it is forgotten.
    packed = BytesIO()
    book.save(packed)
    return save_atomically(target, lambda stream: stream.write(packed.getbuffer()))


def finish_book(book: AuditBook, info: WorkbookInfo, tool: ToolRecord, tabs: Mapping[str, str]) -> None:
    """Colour the tabs of the sheets in ``tabs`` and tell in the properties what the file is."""
    for name, colour in tabs.items():
        book[name].sheet_properties.tabColor = colour
    properties = book.properties
    properties.title = TITLE
    properties.subject = clean(f"{info.ruleset.title} · 批次 {info.run}" + (f" · {info.part}" if info.part else ""))
    properties.creator = properties.lastModifiedBy = f"{tool.name} {tool.version}"
    properties.keywords = "法治政府建设年度报告,审核,整改台账"
    properties.category = "审核工作簿"
    properties.description = f"规则包 {clean(tool.rules.pack)}，校验值 {tool.rules.sha256}。机器审核结论须经人工确认。"
    properties.language = "zh-CN"
    properties.created = properties.modified = info.finished.replace(tzinfo=None)

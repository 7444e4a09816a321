"""Assembling the workbook and saving it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from audit.record import RunRecord
from outputs.atomic import Saved, save_atomically
from outputs.workbook.cleaner import clean
from outputs.workbook.contents import write_contents
from outputs.workbook.cover import NAME as COVER
from outputs.workbook.cover import write_cover
from outputs.workbook.digest import Digest, WorkbookInfo
from outputs.workbook.duplicates import write_duplicates
from outputs.workbook.files import write_files
from outputs.workbook.findings import write_findings
from outputs.workbook.metrics import write_metrics
from outputs.workbook.overview import write_overview
from outputs.workbook.rectification import write_rectification
from outputs.workbook.rules import write_rules
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.statistics import write_statistics
from outputs.workbook.styles import NAVY
from outputs.workbook.years import write_years

TITLE = "法治政府建设年度报告审核结果"
_TAB_COLOURS = {COVER: NAVY, "汇总": NAVY, "问题清单": "C00000", "整改台账": "C00000"}


def build_workbook(run: RunRecord, info: WorkbookInfo) -> AuditBook:
    """The workbook of a run, with a sheet for all that there is data for."""
    digest = Digest(run, info)
    book = AuditBook()
    cover = book.active
    cover.title = COVER
    write_overview(book, digest)
    findings = write_findings(book, digest)
    write_rectification(book, digest)
    for write in (write_contents, write_metrics, write_years, write_duplicates, write_files, write_rules):
        write(book, digest)
    write_statistics(book, digest)
    # Last, for it lists the sheets that there are.
    write_cover(cover, digest, findings)
    for name, colour in _TAB_COLOURS.items():
        book[name].sheet_properties.tabColor = colour
    _describe(book, digest)
    return book


def write_workbook(target: Path, run: RunRecord, info: WorkbookInfo) -> Saved:
    """Save the workbook of a run at ``target``: whole or not at all, beside it where it is open in another program."""
    book = build_workbook(run, info)
    # Packed in memory: a zip file whose disk fills up while it is written complains again when it is forgotten.
    packed = BytesIO()
    book.save(packed)
    return save_atomically(target, lambda stream: stream.write(packed.getbuffer()))


def _describe(book: AuditBook, digest: Digest) -> None:
    info, tool = digest.info, digest.run.tool
    properties = book.properties
    properties.title = TITLE
    properties.subject = clean(f"{info.ruleset.title} · 批次 {info.run}")
    properties.creator = properties.lastModifiedBy = f"{tool.name} {tool.version}"
    properties.keywords = "法治政府建设年度报告,审核,整改台账"
    properties.category = "审核工作簿"
    properties.description = f"规则包 {clean(tool.rules.pack)}，校验值 {tool.rules.sha256}。机器审核结论须经人工确认。"
    properties.language = "zh-CN"
    properties.created = properties.modified = info.finished.replace(tzinfo=None)

"""Sheet 整改台账: errors and warnings in ten columns, made to be printed and filled in by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from outputs.names import LEVEL_NAMES
from outputs.workbook.cells import Row
from outputs.workbook.cleaner import shorten
from outputs.workbook.digest import Digest, Entry
from outputs.workbook.figures import unit_name
from outputs.workbook.findings import LEVEL_TONES, evidence
from outputs.workbook.layout import Column, Part, TableLayout, colour_words, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from rules.model import Level

NAME: Final = "整改台账"
COLUMNS: Final = (
    Column("序号", 6, Style.CENTER),
    Column("问题编号", 10, Style.CENTER),
    Column("单位", 15),
    Column("级别", 7, Style.CENTER),
    Column("问题（位置、原文、说明）", 42),
    Column("整改要求", 26),
    Column("责任人", 9, Style.INPUT_CENTER, input=True),
    Column("整改时限", 11, Style.INPUT_DATE, input=True),
    Column("整改情况", 12, Style.INPUT, input=True),
    Column("销号日期", 11, Style.INPUT_DATE, input=True),
)
_QUOTE_LENGTH = 120
_SIGNATURES = "编制人：＿＿＿＿＿＿　编制日期：＿＿＿＿＿＿　复核人：＿＿＿＿＿＿　复核日期：＿＿＿＿＿＿"


def write_rectification(book: AuditBook, digest: Digest) -> tuple[Part, ...]:
    """Write the sheet; remarks (提示) and what was set aside stay in 问题清单."""
    layout = TableLayout(
        frozen=3, heading=_heading(digest), empty="本次审核没有需要列入台账的错误和警告。", minimum_height=36
    )
    parts = write_table(book, NAME, COLUMNS, _rows(digest), layout)
    for part in parts:
        colour_words(part, "级别", LEVEL_TONES)
    return parts


def _heading(digest: Digest) -> tuple[str, ...]:
    remarks = digest.figures.levels[Level.INFO]
    note = "本台账列入错误和警告"
    note += f"，另有提示 {remarks} 项见“问题清单”" if remarks else ""
    note += "。经审核为误报的，请划去；台账须经人工确认后下发。"
    return ("法治政府建设年度报告问题整改台账", note, _SIGNATURES)


def _rows(digest: Digest) -> Iterator[Row]:
    active = (entry for entry in digest.entries if entry.finding.is_active)
    listed = (entry for entry in active if entry.finding.level is not Level.INFO)
    for number, entry in enumerate(listed, 1):
        finding = entry.finding
        yield (
            number,
            finding.number,
            unit_name(entry.report),
            LEVEL_NAMES[finding.level],
            _problem(entry),
            finding.advice,
            None,
            None,
            None,
            None,
        )


def _problem(entry: Entry) -> str:
    finding = entry.finding
    quote = shorten(" ".join(finding.quote.split()), _QUOTE_LENGTH)
    lines = [finding.place, f"“{quote}”" if quote else evidence(entry), finding.message]
    return "\n".join(line for line in lines if line)

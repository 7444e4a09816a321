"""The Excel audit workbook: one module a sheet, one for styles, one for layout, one cleaner for every string.

A run too large for one workbook is split (:func:`plan_parts`): an ordinary workbook for each part (:func:`part_run`)
and one summary workbook (:func:`write_summary_workbook`).
"""

from outputs.workbook.book import build_workbook, write_workbook
from outputs.workbook.info import ScoreWeights, WorkbookInfo
from outputs.workbook.parts import PartLimit, RegionPart, part_run, plan_parts
from outputs.workbook.summary import write_summary_workbook

__all__ = [
    "PartLimit",
    "RegionPart",
    "ScoreWeights",
    "WorkbookInfo",
    "build_workbook",
    "part_run",
    "plan_parts",
    "write_summary_workbook",
    "write_workbook",
]

"""The Excel audit workbook: one module a sheet, one for styles, one for layout, one cleaner for every string."""

from outputs.workbook.book import build_workbook, write_workbook
from outputs.workbook.info import ScoreWeights, WorkbookInfo

__all__ = ["ScoreWeights", "WorkbookInfo", "build_workbook", "write_workbook"]

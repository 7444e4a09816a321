"""A sheet of running text: lines of cells over twelve equal columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from outputs.workbook.cells import Scalar
from outputs.workbook.layout import LINE_HEIGHT, link_to, merge, put, text_lines
from outputs.workbook.styles import TONES, Style, fill, font

COLUMNS: Final = 12
COLUMN_WIDTH: Final = 11.0
FIRST: Final = 2


class Page:
    """A sheet of twelve equal columns that is written from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.row = 1
        sheet.sheet_view.showGridLines = False
        for index, width in enumerate([2.0, *[COLUMN_WIDTH] * COLUMNS, 2.0]):
            sheet.column_dimensions["ABCDEFGHIJKLMN"[index]].width = width

    def line(self, cells: Sequence[tuple[int, Scalar, Style]], height: float | None = None) -> None:
        """One row of cells, each ``(columns it spans, value, style)``, as high as its texts need."""
        column, lines = FIRST, 1
        for span, value, style in cells:
            for covered in range(column, column + span):
                put(self.sheet, self.row, covered, None, style)
            put(self.sheet, self.row, column, value, style)
            if span > 1:
                merge(self.sheet, self.row, column, column + span - 1)
            if isinstance(value, str):
                lines = max(lines, text_lines(value, span * COLUMN_WIDTH))
            column += span
        self.sheet.row_dimensions[self.row].height = height or lines * LINE_HEIGHT + 5
        self.row += 1

    def gap(self, height: float = 9) -> None:
        """An empty row."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def section(self, title: str) -> None:
        """A heading with a line under it."""
        self.gap(12)
        self.line([(COLUMNS, title, Style.SECTION)], 24)
        self.gap(4)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Rows of a label and its text."""
        for label, text in facts:
            self.line([(2, label, Style.LABEL), (COLUMNS - 2, text, Style.PLAIN)])

    def tint(self, span_start: int, span: int, tone: str) -> None:
        """Colour cells of the row just written."""
        for column in range(FIRST + span_start, FIRST + span_start + span):
            cell = self.sheet.cell(self.row - 1, column)
            cell.fill = fill(TONES[tone].ground)
            cell.font = font(color=TONES[tone].letters, bold=True)

    def link(self, span_start: int, location: str | None, target: str | None = None) -> None:
        """Make a cell of the row just written a link to a place in the workbook or to another file."""
        link_to(self.sheet.cell(self.row - 1, FIRST + span_start), location, target)

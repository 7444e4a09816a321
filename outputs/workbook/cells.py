"""Cells and rows of a table as the XML of a worksheet (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.hyperlink import Hyperlink

from outputs.workbook.cleaner import clean
from outputs.workbook.spreadsheet import TableSheet
from outputs.workbook.styles import Style, apply_style

MAX_LINKS = 65_000
FORMULA_STARTS: Final = ("=", "+", "-", "@")
DATE_FORMAT: Final = "yyyy-mm-dd"
TIME_FORMAT: Final = "yyyy-mm-dd hh:mm"
# Basis, advice, units and file names come again in many rows.
_REMEMBERED: Final = 1 << 12

Scalar = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that differs from its column: its own style or number format, or a link.

    ``location`` is a place in the workbook (``'问题清单'!A5``), ``target`` another file, as a relative URL.
    """

    value: Scalar
    style: Style | None = None
    number_format: str | None = None
    location: str | None = None
    target: str | None = None


Value = Scalar | Cell
Row = Sequence[Value]


class RowWriter:
    """Writes the rows of one table sheet; ``styles`` are those of its columns."""

    def __init__(self, sheet: TableSheet, styles: Sequence[Style]) -> None:
        self.sheet = sheet
        self.links_left = MAX_LINKS
        self._styles = tuple(styles)
        self._known: dict[tuple[Style, str | None, bool], str] = {}
        self._columns = [
            (index, f'<c r="{get_column_letter(index + 1)}', self._style(style), self._style(style, quoted=True))
            for index, style in enumerate(styles)
        ]

    def row(self, number: int, values: Row, height: float) -> str:
        """The ``<row>`` element of a row, ``height`` points high."""
        cells = [f'<row r="{number}" ht="{height:g}" customHeight="1">']
        line = str(number)
        for (at, place, style, quoted), value in zip(self._columns, values, strict=True):
            if type(value) is str:
                cells.append(f"{place}{line}{quoted if value.startswith(FORMULA_STARTS) else style}{_text(value)}")
            elif value is None:
                cells.append(f"{place}{line}{style}/>")
            elif type(value) is int:
                cells.append(f"{place}{line}{style}><v>{value}</v></c>")
            else:
                cells.append(self._special(get_column_letter(at + 1), number, self._styles[at], value))
        cells.append("</row>")
        return "".join(cells)

    def _special(self, letter: str, number: int, style: Style, value: Value) -> str:
        place = f"{letter}{number}"
        if not isinstance(value, Cell):
            return self._plain(place, style, value)
        style = value.style or style
        linked = self._link(place, value)
        return self._plain(
            place, style if linked or style is not Style.LINK else Style.CENTER, value.value, value.number_format
        )

    def _link(self, place: str, cell: Cell) -> bool:
        """Make a cell a link, as long as Excel takes more of them."""
        if cell.location is None and cell.target is None:
            return False
        self.links_left -= 1
        if self.links_left < 0:
            return False
        self.sheet.links.append(Hyperlink(ref=place, location=cell.location, target=cell.target))
        return True

    def _plain(self, place: str, style: Style, value: Scalar, number_format: str | None = None) -> str:
        content, usual_format = _content(value)
        quoted = isinstance(value, str) and value[:1] in FORMULA_STARTS
        return f'<c r="{place}{self._style(style, number_format or usual_format, quoted)}{content}'

    def _style(self, style: Style, number_format: str | None = None, quoted: bool = False) -> str:
        """The attribute that gives a cell its style; ``quoted`` keeps it a text when somebody edits it."""
        key = (style, number_format, quoted)
        if key not in self._known:
            cell = SheetCell(self.sheet, 1, 1)
            apply_style(cell, style)
            if number_format:
                cell.number_format = number_format
            if quoted:
                cell.quotePrefix = True
            self._known[key] = f'" s="{cell.style_id}"'
        return self._known[key]


def _content(value: Scalar) -> tuple[str, str | None]:
    """The rest of a cell behind its attributes of place and style, and the number format that its type asks for."""
    if value is None:
        return "/>", None
    if isinstance(value, str):
        return _text(value), None
    if isinstance(value, datetime):
        return f"><v>{to_excel(value.replace(tzinfo=None))}</v></c>", TIME_FORMAT
    if isinstance(value, date):
        return f"><v>{to_excel(value)}</v></c>", DATE_FORMAT
    return (f"><v>{value!r}</v></c>" if math.isfinite(value) else _text("—")), None


@lru_cache(_REMEMBERED)
def _text(text: str) -> str:
    text = clean(text)
    if not text:
        # An empty text cell has no content that Excel would accept.
        return "/>"
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'

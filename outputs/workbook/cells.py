"""Cells and rows of a table as the XML of a worksheet (ECMA-376 part 1, 18.3.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

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
_TEXTS: Final = frozenset((str, type(None)))

Scalar = str | int | float | date | datetime | None


# Not frozen: a matrix has hundreds of thousands of them, and a frozen one takes three times as long to make.
@dataclass(slots=True)
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
    """Writes the rows of one table sheet; ``styles`` are those of its columns.

    A row is its number between pieces, for the number stands in every cell: a piece is what a cell says of itself
    behind the number, and the opening of the next cell. Pieces are made a column at a time, most of them by looking
    them up, so that a cell costs no step of its own.
    """

    def __init__(self, sheet: TableSheet, styles: Sequence[Style]) -> None:
        self.sheet = sheet
        self.links_left = MAX_LINKS
        self._known: dict[tuple[Style, str | None, bool], str] = {}
        openings = [f'<c r="{get_column_letter(index)}' for index in range(1, len(styles) + 1)]
        self._first = openings[0] if openings else "</row>"
        self._columns = [
            _Column(self, get_column_letter(index), style, following)
            for index, (style, following) in enumerate(zip(styles, [*openings[1:], "</row>"], strict=True), 1)
        ]

    def rows(self, first: int, columns: Sequence[Sequence[Value]], heights: Sequence[float]) -> str:
        """The ``<row>`` elements of some rows, given by columns; ``first`` is the number of the first of them, and they
        are so many points high."""
        numbers = range(first, first + len(heights))
        opening = ['<row r="'] * len(heights)
        heads = [f'" ht="{height:g}" customHeight="1">{self._first}' for height in heights]
        pieces = [column.pieces(values, numbers) for column, values in zip(self._columns, columns, strict=True)]
        rows = zip(opening, heads, *pieces, strict=True)
        return "".join([line.join(row) for line, row in zip(map(str, numbers), rows, strict=True)])

    def link(self, place: str, cell: Cell) -> bool:
        """Make a cell a link, as long as Excel takes more of them."""
        if cell.location is None and cell.target is None:
            return False
        self.links_left -= 1
        if self.links_left < 0:
            return False
        self.sheet.links.append(Hyperlink(ref=place, location=cell.location, target=cell.target))
        return True

    def content(self, style: Style, value: Scalar, number_format: str | None = None) -> str:
        """What stands behind the row number in a cell."""
        content, usual_format = _content(value)
        quoted = isinstance(value, str) and value[:1] in FORMULA_STARTS
        return self._style(style, number_format or usual_format, quoted) + content

    def _style(self, style: Style, number_format: str | None, quoted: bool) -> str:
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


class _Column(dict[str | None, str]):
    """The pieces of a column by the text of the cell (or none); ``following`` opens the next cell."""

    def __init__(self, writer: RowWriter, letter: str, style: Style, following: str) -> None:
        super().__init__()
        self._writer = writer
        self._letter = letter
        self._style = style
        self._following = following
        self._attribute = writer.content(style, None).removesuffix("/>")
        self._cells: dict[tuple[Scalar, type, Style, str | None], str] = {}

    def __missing__(self, text: str | None) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        if text is None or text.startswith(FORMULA_STARTS):
            piece = self._writer.content(self._style, text) + self._following
        else:
            piece = f"{self._attribute}{_text(text)}{self._following}"
        self[text] = piece
        return piece

    def pieces(self, values: Sequence[Value], numbers: range) -> list[str]:
        """The pieces of the cells of these rows."""
        kinds = set(map(type, values))
        if kinds <= _TEXTS:
            return list(map(self.__getitem__, values))  # type: ignore[arg-type]
        front, _, back = self._piece(0, 0).partition("0</v>")
        return [
            f"{front}{value}</v>{back}"
            if type(value) is int
            else self[value]
            if value is None or type(value) is str
            else self._piece(value, number)
            for value, number in zip(values, numbers, strict=True)
        ]

    def _piece(self, value: Value, number: int) -> str:
        """The piece of a cell that is no text of its column's style."""
        if not isinstance(value, Cell):
            return self._writer.content(self._style, value) + self._following
        style = value.style or self._style
        if not self._writer.link(f"{self._letter}{number}", value) and style is Style.LINK:
            style = Style.CENTER
        # 1 and 1.0 are the same key, but are not written alike.
        key = (value.value, type(value.value), style, value.number_format)
        piece = self._cells.get(key)
        if piece is None:
            if len(self._cells) >= _REMEMBERED:
                self._cells.clear()
            content = self._writer.content(style, value.value, value.number_format)
            piece = self._cells[key] = content + self._following
        return piece


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
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f' t="inlineStr"><is><t{space}>{text}</t></is></c>'

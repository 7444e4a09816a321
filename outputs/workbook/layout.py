"""Writing cells and tables: widths, row heights, frozen headers, filter, print setup, and Excel's limits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Final

from openpyxl.cell import Cell as SheetCell
from openpyxl.formatting.rule import Rule
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from outputs.workbook.cells import FORMULA_STARTS, TIME_FORMAT, Cell, Row, RowWriter, Scalar, Value
from outputs.workbook.cleaner import clean
from outputs.workbook.spreadsheet import AuditBook, TableSheet
from outputs.workbook.styles import TONES, Style, apply_style, differential

MAX_ROWS = 1_048_576
MAX_HEIGHT = 409.0
LINE_HEIGHT = 15.6
_PADDING = 5.0
_RESERVED_UNITS = 2.6
# About as many characters as a landscape page of A4 takes at the smallest size that can be read.
_PAGE_WIDTH = 190.0
_ROWS_AT_ONCE = 500
_REMEMBERED = 1 << 12
_NO_TEXTS: Final = frozenset((int, float, type(None)))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: header, width in characters (a Chinese character counts two), and the style of its cells."""

    header: str
    width: float
    style: Style = Style.TEXT
    hidden: bool = False
    input: bool = False


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table stands on its sheet.

    ``frozen`` columns stay in view; the first ``printed`` columns are printed (all without it); ``heading`` lines, a
    title first, stand above the header; ``empty`` is shown in place of rows; ``capacity`` is the rows a sheet holds.
    """

    frozen: int = 0
    printed: int | None = None
    heading: tuple[str, ...] = ()
    empty: str = ""
    capacity: int = MAX_ROWS
    minimum_height: float = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table that stand on one sheet, ``first`` to ``last`` (``last < first`` for none)."""

    sheet: TableSheet
    first: int
    last: int
    letters: dict[str, str]

    def range(self, header: str) -> str:
        """The cells under ``header``; at least one, so that formats can rest on it."""
        letter = self.letters[header]
        return f"{letter}{self.first}:{letter}{max(self.first, self.last)}"

    def top(self, header: str) -> str:
        """The first cell under ``header``, with its column fixed, as a conditional format's formula refers to it."""
        return f"${self.letters[header]}{self.first}"


def put(sheet: Worksheet, row: int, column: int, value: Scalar, style: Style) -> SheetCell:
    """Write a cell. A string is cleaned and stays text whatever it looks like, a time loses its zone, NaN is a dash."""
    cell: SheetCell = sheet.cell(row, column)
    apply_style(cell, style)
    if isinstance(value, str):
        _put_text(cell, clean(value))
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = TIME_FORMAT
    elif isinstance(value, float) and not math.isfinite(value):
        cell.value = "—"
    else:
        cell.value = value
    return cell


def _put_text(cell: SheetCell, text: str) -> None:
    # An empty text cell has no content that Excel would accept.
    cell.value = text or None
    if text and cell.data_type != "s":
        cell.data_type = "s"
    if text[:1] in FORMULA_STARTS:
        # Without it Excel would read the text as a formula once somebody edits the cell.
        cell.quotePrefix = True


def merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Make one cell of the columns ``first`` to ``last`` of a row, of which only the first has a value.

    All have their style already; openpyxl's own way works it out anew for each, which costs more than the cells.
    """
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")


def link_to(cell: SheetCell, location: str | None, target: str | None = None) -> None:
    """Make a cell a link to a place in the same workbook (``'问题清单'!A5``) or to another file (a relative URL)."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, target=target)


def sheet_name(name: str, ordinal: int) -> str:
    """The name of the ``ordinal``-th sheet (from 1) of a table: ``问题清单``, ``问题清单(2)``."""
    return name if ordinal == 1 else f"{name}({ordinal})"


def location(name: str, index: int, layout: TableLayout, column: int = 1) -> str:
    """Where row ``index`` (from 0) of a table stands, as a link's target."""
    above = len(layout.heading) + 1
    ordinal, offset = divmod(index, layout.capacity - above)
    return f"{quote_sheetname(sheet_name(name, ordinal + 1))}!{get_column_letter(column)}{above + offset + 1}"


def write_table(
    book: AuditBook, name: str, columns: Sequence[Column], rows: Iterable[Row], layout: TableLayout | None = None
) -> tuple[Part, ...]:
    """Write a table on a sheet of its own, and on further sheets what does not fit."""
    layout = layout or TableLayout()
    room = layout.capacity - len(layout.heading) - 1
    stream = iter(rows)
    parts = [_write_part(book.add_table(sheet_name(name, 1)), name, columns, islice(stream, room), layout)]
    while (following := next(stream, None)) is not None:
        sheet = book.add_table(sheet_name(name, len(parts) + 1))
        parts.append(_write_part(sheet, name, columns, islice(chain([following], stream), room), layout))
    return tuple(parts)


def _write_part(
    sheet: TableSheet, name: str, columns: Sequence[Column], rows: Iterator[Row], layout: TableLayout
) -> Part:
    header = len(layout.heading) + 1
    _write_heading(sheet, layout.heading, len(columns))
    for index, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width, dimension.hidden = column.width, column.hidden
        put(sheet, header, index, column.header, Style.INPUT_HEADER if column.input else Style.HEADER)
    sheet.row_dimensions[header].height = max(24.0, row_height([column.header for column in columns], columns))
    last = _write_rows(sheet, header, columns, rows, layout.minimum_height)
    if last == header and layout.empty:
        put(sheet, header + 1, 1, layout.empty, Style.NOTE)
    part = Part(sheet, header + 1, last, _letters(columns))
    _finish(part, name, columns, layout)
    return part


def _write_rows(sheet: TableSheet, last: int, columns: Sequence[Column], rows: Iterator[Row], minimum: float) -> int:
    """Write the rows below row ``last``; returns the number of the last one."""
    writer = RowWriter(sheet, [column.style for column in columns])
    heights = _Heights(columns, minimum)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        values = list(zip(*batch, strict=True))
        finished = writer.rows(last + 1, values, heights.of(values))
        last += len(batch)
        sheet.add_rows(finished, last, len(columns))
    return last


def _write_heading(sheet: Worksheet, lines: tuple[str, ...], width: int) -> None:
    for number, line in enumerate(lines, 1):
        put(sheet, number, 1, line, Style.TITLE if number == 1 else Style.PLAIN)
        merge(sheet, number, 1, width)
        sheet.row_dimensions[number].height = 36 if number == 1 else 20


def _letters(columns: Sequence[Column]) -> dict[str, str]:
    return {column.header: get_column_letter(index) for index, column in enumerate(columns, 1)}


def _finish(part: Part, name: str, columns: Sequence[Column], layout: TableLayout) -> None:
    sheet, header = part.sheet, part.first - 1
    end = get_column_letter(len(columns))
    last = max(part.last, part.first if layout.empty else header)
    sheet.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{part.first}"
    sheet.auto_filter.ref = f"A{header}:{end}{max(part.last, header)}"
    printed = get_column_letter(layout.printed or len(columns))
    sheet.print_title_rows = f"{header}:{header}"
    sheet.print_area = f"A1:{printed}{last}"
    set_up_page(sheet, name if not layout.heading else "")
    pages = round(sum(column.width for column in columns[: layout.printed]) / _PAGE_WIDTH)
    if pages > 1:
        sheet.page_setup.fitToWidth = pages
        sheet.print_title_cols = f"A:{get_column_letter(max(1, layout.frozen))}"


def set_up_page(sheet: Worksheet, title: str) -> None:
    """A4 landscape, one page wide, as many high as needed, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    top = 0.75 if title else 0.5
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=top, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    if title:
        sheet.oddHeader.center.text = title
        sheet.oddHeader.center.font, sheet.oddHeader.center.size = "黑体,常规", 14
    sheet.oddFooter.left.text = "机器审核结论须经人工确认"
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    for place in (sheet.oddFooter.left, sheet.oddFooter.center):
        place.size = 9


def row_height(row: Row, columns: Sequence[Column]) -> float:
    """The height in points at which no wrapped text of the row is cut off, at most Excel's 409."""
    return _Heights(columns).of([(value,) for value in row])[0]


class _Heights:
    """The heights of the rows of a table, at least ``minimum``; its columns of text are looked at one by one."""

    def __init__(self, columns: Sequence[Column], minimum: float = 0) -> None:
        self._minimum = minimum
        self._seen = [(index, _Lines(_room(column.width))) for index, column in enumerate(columns) if not column.hidden]

    def of(self, columns: Sequence[Sequence[Value]]) -> list[float]:
        """The height of each row, given by columns."""
        lines = [1] * len(columns[0])
        for index, known in self._seen:
            texts = _texts(columns[index])
            # Most columns hold nothing that their width does not take on one line.
            if texts and (2 * max(map(len, texts)) > known.room or "\n" in "".join(texts)):
                lines = list(map(max, lines, map(known.__getitem__, texts)))
        return [max(self._minimum, min(MAX_HEIGHT, count * LINE_HEIGHT + _PADDING)) for count in lines]


def _texts(values: Sequence[Value]) -> Sequence[str]:
    """The texts of a column, empty where a cell holds none; nothing for a column without texts."""
    kinds = set(map(type, values))
    if Cell in kinds:
        values = [value.value if type(value) is Cell else value for value in values]
        kinds = set(map(type, values))
    if kinds == {str}:
        return values  # type: ignore[return-value]
    if kinds <= _NO_TEXTS:
        return ()
    return [value if isinstance(value, str) else "" for value in values]


class _Lines(dict[str, int]):
    """How many lines a text takes in a column with ``room`` for so many characters."""

    def __init__(self, room: float) -> None:
        super().__init__()
        self.room = room

    def __missing__(self, text: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        lines = self[text] = _lines(text, self.room)
        return lines


def _room(width: float) -> float:
    return max(1.0, width - _RESERVED_UNITS)


def text_lines(text: str, width: float) -> int:
    """The number of lines that wrapped text takes in a column of ``width`` characters."""
    return _lines(text, _room(width))


def _lines(text: str, room: float) -> int:
    if "\n" not in text:
        return max(1, math.ceil(_units(text) / room))
    return sum(max(1, math.ceil(_units(line) / room)) for line in text.split("\n"))


def _units(line: str) -> int:
    """Width in characters; all that is not ASCII counts two, as Chinese fonts draw it."""
    return len(line) if line.isascii() else 2 * len(line) - len(line.encode("ascii", "ignore"))


def colour_words(part: Part, header: str, words: dict[str, str]) -> None:
    """Colour the cells under ``header`` by the word they hold; ``words`` maps a word to the name of a tone."""
    for word, tone in words.items():
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=differential(TONES[tone]))
        part.sheet.conditional_formatting.add(part.range(header), rule)


def colour_where(part: Part, header: str, formula: str, tone: str) -> None:
    """Colour the cells under ``header`` where ``formula``, written for the first of them, holds."""
    rule = Rule(type="expression", formula=[formula], dxf=differential(TONES[tone]))
    part.sheet.conditional_formatting.add(part.range(header), rule)

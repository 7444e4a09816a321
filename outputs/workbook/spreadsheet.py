"""A workbook whose large tables are written as finished XML; openpyxl writes all else of it.

openpyxl makes an object of every cell, which takes ten times as long as the cell's XML; a run has millions of cells.
"""

from __future__ import annotations

import shutil
import weakref
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from outputs.workbook.styles import register_styles

_END_OF_ROWS: Final = b"</sheetData>"
_IN_MEMORY: Final = 1 << 24
_COPIED_AT_ONCE: Final = 1 << 20
_LARGE: Final = 1 << 30
# Level 6 takes three times as long to make the file a fifth smaller.
_COMPRESSION: Final = 1


class TableSheet(Worksheet):  # type: ignore[misc]
    """A sheet with rows of finished XML below its cells."""

    def __init__(self, parent: AuditBook, title: str) -> None:
        super().__init__(parent, title)
        self.links: list[Hyperlink] = []
        self._finished: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._finished.close)
        self._last = (0, 0)

    def add_rows(self, rows: str, last: int, width: int) -> None:
        """Add finished ``<row>`` elements; ``last`` is the number of the last of them, ``width`` its columns."""
        self._finished.write(rows.encode("utf-8"))
        self._last = (last, width)

    def calculate_dimension(self) -> str:
        """The range of all cells (``A1:T5``)."""
        row, column = max(self._last[0], self.max_row), max(self._last[1], self.max_column)
        return f"A1:{get_column_letter(column)}{row}"

    def copy_rows(self, stream: BinaryIO) -> None:
        """Write the finished rows to ``stream``."""
        self._finished.seek(0)
        shutil.copyfileobj(self._finished, stream, _COPIED_AT_ONCE)
        self._finished.seek(0, 2)

    @property
    def size(self) -> int:
        """Bytes of the finished rows."""
        return self._finished.tell()


class AuditBook(Workbook):  # type: ignore[misc]
    """A workbook with the styles of the audit, for sheets of both kinds."""

    def __init__(self) -> None:
        super().__init__()
        register_styles(self)

    def add_table(self, title: str) -> TableSheet:
        """A new last sheet for a table."""
        sheet = TableSheet(self, title)
        self._add_sheet(sheet)
        return sheet

    def save(self, stream: BinaryIO) -> None:
        """Write the workbook to ``stream``."""
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
            _Writer(self, archive).write_data()


class _Writer(ExcelWriter):  # type: ignore[misc]
    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet: what openpyxl makes of it, with the finished rows behind its own."""
        if not isinstance(ws, TableSheet):
            super().write_worksheet(ws)
            return
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001
        packed = BytesIO()
        writer = WorksheetWriter(ws, packed)
        ws._hyperlinks.extend(ws.links)  # noqa: SLF001
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        head, end, tail = packed.getvalue().partition(_END_OF_ROWS)
        with self._archive.open(ws.path[1:], "w", force_zip64=ws.size > _LARGE) as entry:
            entry.write(head)
            ws.copy_rows(entry)
            entry.write(end + tail)
        self.manifest.append(ws)

"""Reads what inspectors filled in: the sheets 问题清单 of a workbook saved by Excel, WPS or LibreOffice.

Columns are known by their headers, wherever they stand. A row with an error is refused, the others go on.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from audit.decision_merge import Filled
from audit.decisions import FIELD_NAMES, Value
from checks.fingerprint import finding_number
from documents.errors import fault_in_words
from outputs.review import origin
from outputs.review.values import CellError, read_cell

SHEET: Final = "问题清单"
LEDGER: Final = "整改台账"
NUMBER: Final = "问题编号"
FINGERPRINT: Final = "指纹"
_PARTS: Final = re.compile(rf"{SHEET}\s*(?:[(（]\s*\d+\s*[)）])?")
_LEDGERS: Final = re.compile(rf"{LEDGER}\s*(?:[(（]\s*\d+\s*[)）])?")
_ALIASES: Final[Mapping[str, str]] = {
    "整改期限": "deadline",
    "完成时限": "deadline",
    "备注": "remark",
    "责任人员": "responsible",
    "销号时间": "closed",
}
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{32}")
_MAX_COLUMNS: Final = 200
_HEADER_WITHIN: Final = 20
_MAX_EMPTY_ROWS: Final = 10_000
_MAX_UNPACKED: Final = 1 << 30
_DAMAGED: Final = (
    BadZipFile,
    zlib.error,
    XMLSyntaxError,
    InvalidFileException,
    KeyError,
    ValueError,
    SyntaxError,
    EOFError,
)


class WorkbookFault(Exception):  # noqa: N818 - the user's file, not a fault of the program
    """A workbook cannot be read; the argument is one clear sentence in Chinese, without a full stop."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was refused: the sheet, the row (from 1), the column's header, what is expected."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        column = f"“{self.column}”列" if self.column else ""
        return f"{self.sheet} 第{self.row}行{column}{self.message}"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row with its 问题编号 and, where the hidden column is there, its fingerprint."""

    number: str | None
    fingerprint: str | None
    filled: Filled


@dataclass(frozen=True, slots=True)
class FilledWorkbook:
    """What a workbook brings back. ``editor`` is who saved it last, where the file says so."""

    path: Path
    editor: str | None
    rows: tuple[FilledRow, ...]
    faults: tuple[RowFault, ...]
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Sheet:
    """A sheet that is being read: where its columns are, and what was found."""

    name: str
    columns: dict[str, int]
    rows: list[FilledRow] = field(default_factory=list[FilledRow])
    faults: list[RowFault] = field(default_factory=list[RowFault])


def read_workbook(path: Path) -> FilledWorkbook:
    """What was filled in. Raises WorkbookFault where the file cannot be read or has no list of findings."""
    _check_file(path)
    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            # openpyxl warns of what it does not know; what matters of it shows in the cells.
            warnings.simplefilter("ignore")
            book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            with closing(book):
                return _read(path, book)
    except _DAMAGED as fault:
        raise WorkbookFault(f"工作簿“{path}”已损坏，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试") from fault


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_OLE))
        size = sum(entry.file_size for entry in ZipFile(path).infolist()) if start[:2] == b"PK" else 0
    except OSError as fault:
        raise WorkbookFault(f"工作簿“{path}”无法读取：{fault_in_words(fault)}") from fault
    except BadZipFile as fault:
        raise WorkbookFault(f"工作簿“{path}”已损坏，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试") from fault
    if start == _OLE:
        raise WorkbookFault(f"“{path}”有打开密码，或者是旧的 .xls 格式，请去掉密码、另存为 .xlsx 后再试")
    if start[:2] != b"PK":
        raise WorkbookFault(f"“{path}”不是 Excel 工作簿（.xlsx）")
    if size > _MAX_UNPACKED:
        raise WorkbookFault(f"工作簿“{path}”解开后超过 {_MAX_UNPACKED >> 20} MB，不予读取")


def _read(path: Path, book: Workbook) -> FilledWorkbook:
    sheets: list[_Sheet] = []
    notices: list[str] = []
    names = [name for name in book.sheetnames if _PARTS.fullmatch(name.strip())]
    if not names:
        raise WorkbookFault(f"工作簿“{path}”里没有“{SHEET}”工作表")
    for name in names:
        sheet, unknown = _read_sheet(path, name, _cells(book[name]))
        sheets.append(sheet)
        if unknown:
            notices.append(f"“{name}”里自行增加的列不导入：{'、'.join(unknown)}")
    notices += [
        f"“{name}”里填写了 {count} 行，这张表只供打印，不导入；请填入“{SHEET}”"
        for name in book.sheetnames
        if _LEDGERS.fullmatch(name.strip()) and (count := _filled_in_ledger(_cells(book[name])))
    ]
    rows, faults = _once(sheets)
    return FilledWorkbook(path, _editor(book), tuple(rows), tuple(faults), tuple(notices))


def _cells(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers, up to a long stretch of empty ones; WPS may declare a size that is too small."""
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True), 1):
        empty = 0 if any(value is not None for value in row) else empty + 1
        if empty > _MAX_EMPTY_ROWS:
            return
        yield number, row


def _read_sheet(path: Path, name: str, rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[_Sheet, list[str]]:
    for _, row in islice(rows, _HEADER_WITHIN):
        columns, unknown = _columns(row)
        if (NUMBER in columns or FINGERPRINT in columns) and FIELD_NAMES.keys() & columns.keys():
            sheet = _Sheet(name, columns)
            for number, values in rows:
                _read_row(sheet, number, values)
            return sheet, unknown
    raise WorkbookFault(f"工作簿“{path}”的“{name}”里没有“{NUMBER}”“审核意见”等表头，表头不能改动")


_HEADERS: Final = {header: name for name, header in FIELD_NAMES.items()}
_OURS: Final = frozenset(
    (
        "序号",
        "单位",
        "报告",
        "年度",
        "类别",
        "级别",
        "位置",
        "原文",
        "问题说明",
        "依据",
        "整改建议",
        "与上期比较",
        "审核提示",
    )
)


def _columns(row: Sequence[Any]) -> tuple[dict[str, int], list[str]]:
    """The index of each column that is read, by field or header, and the headers that are nobody's."""
    columns: dict[str, int] = {}
    others: dict[str, int] = {}
    for index, value in enumerate(row):
        header = re.sub(r"\s+", "", str(value)) if value is not None else ""
        if header in (NUMBER, FINGERPRINT, origin.HEADER):
            columns.setdefault(header, index)
        elif header in _HEADERS:
            columns.setdefault(_HEADERS[header], index)
        elif header and header not in _OURS:
            others[header] = index
    for header, name in _ALIASES.items():
        if header in others and name not in columns:
            columns[name] = others.pop(header)
    return columns, list(others)


def _read_row(sheet: _Sheet, number: int, row: Sequence[Any]) -> None:
    """Add the row, or what is wrong with it, unless nothing was ever filled in."""
    values: dict[str, Value] = {}
    faults = []
    for name, header in FIELD_NAMES.items():
        try:
            value = read_cell(name, _at(row, sheet.columns.get(name)))
        except CellError as fault:
            faults.append(RowFault(sheet.name, number, header, str(fault)))
            continue
        if value is not None:
            values[name] = value
    base, disputes = origin.read_origin(_at(row, sheet.columns.get(origin.HEADER)))
    if not (values or faults or base):
        return
    code, key = (_text(_at(row, sheet.columns.get(header))) for header in (NUMBER, FINGERPRINT))
    faults += _identity_faults(sheet, number, code, key)
    if faults:
        sheet.faults += faults
        return
    filled = Filled(key or "", sheet.name, number, values, base, disputes)
    sheet.rows.append(FilledRow(code.upper() if code else None, key, filled))


def _identity_faults(sheet: _Sheet, number: int, code: str | None, key: str | None) -> Iterator[RowFault]:
    if code is None and key is None:
        yield RowFault(sheet.name, number, NUMBER, "是空的，不知道填写的是哪个问题")
    elif key is not None and not _FINGERPRINT.fullmatch(key):
        yield RowFault(sheet.name, number, FINGERPRINT, "被改动过，应当与程序写出的一致")
    elif key is not None and code is not None and finding_number(key) != code.upper():
        yield RowFault(sheet.name, number, NUMBER, f"“{code[:20]}”与隐藏的“指纹”列不是同一个问题，可能只对部分列排过序")


def _once(sheets: Iterable[_Sheet]) -> tuple[list[FilledRow], list[RowFault]]:
    """Each finding once: rows on one finding are put together, one that says otherwise than those before is refused."""
    faults = [fault for sheet in sheets for fault in sheet.faults]
    known: dict[str, FilledRow] = {}
    for row in chain.from_iterable(sheet.rows for sheet in sheets):
        key = row.fingerprint or row.number or ""
        before = known.get(key)
        if before is None:
            known[key] = row
            continue
        clash = next((name for name in FIELD_NAMES if _clash(before.filled, row.filled, name)), None)
        if clash is None:
            known[key] = _together(before, row)
        else:
            there = f"与第{before.filled.row}行（同一问题编号）填写的不一致，请改成一致"
            faults.append(RowFault(row.filled.sheet, row.filled.row, FIELD_NAMES[clash], there))
    return list(known.values()), faults


def _touched(filled: Filled, name: str) -> Value | None:
    value = filled.values.get(name)
    return None if value == filled.base.get(name) else value


def _clash(one: Filled, other: Filled, name: str) -> bool:
    said = _touched(one, name), _touched(other, name)
    return None not in said and said[0] != said[1]


def _together(one: FilledRow, other: FilledRow) -> FilledRow:
    told = other if any(_touched(other.filled, name) for name in FIELD_NAMES) else one
    values = {**one.filled.values}
    for name in FIELD_NAMES:
        if (value := _touched(other.filled, name)) is not None:
            values[name] = value
    filled = Filled(
        told.filled.fingerprint, told.filled.sheet, told.filled.row, values, one.filled.base, one.filled.known_disputes
    )
    return FilledRow(told.number, told.fingerprint, filled)


def _filled_in_ledger(rows: Iterator[tuple[int, Sequence[Any]]]) -> int:
    for _, row in islice(rows, _HEADER_WITHIN):
        columns, _ = _columns(row)
        if NUMBER in columns:
            fields = [columns[name] for name in FIELD_NAMES if name in columns]
            return sum(any(_text(_at(values, index)) for index in fields) for _, values in rows)
    return 0


def _at(row: Sequence[Any], index: int | None) -> Any:
    return row[index] if index is not None and index < len(row) else None


def _text(value: Any) -> str | None:
    return (str(value).strip() or None) if value is not None else None


def _editor(book: Workbook) -> str | None:
    """Who saved the file last, unless it is this program."""
    name = (book.properties.lastModifiedBy or "").strip()
    return name if name and not name.startswith("fazhi-audit") else None

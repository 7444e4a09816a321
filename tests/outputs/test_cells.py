"""Rows as finished XML: a reader finds the values, types, styles, formats and links that were meant."""

from __future__ import annotations

import math
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from outputs.workbook import cleaner
from outputs.workbook.cells import Cell, Row, Scalar
from outputs.workbook.cleaner import clean
from outputs.workbook.layout import Column, TableLayout, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from tests.outputs import builders

COLUMNS = (Column("甲", 20), Column("乙", 10, Style.NUMBER))


def written(rows: list[Row], layout: TableLayout | None = None) -> Worksheet:
    book = AuditBook()
    write_table(book, "表", COLUMNS, rows, layout)
    return builders.reopened(book)["表"]


@pytest.mark.parametrize(
    ("value", "stored", "kind"),
    [
        ("文字", "文字", "s"),
        ("a & b < c > d \"e\" 'f' ]]>", "a & b < c > d \"e\" 'f' ]]>", "s"),
        (" 前后有空格 ", " 前后有空格 ", "s"),
        ("两\n行", "两\n行", "s"),
        ("=1+1", "=1+1", "s"),
        ("#N/A", "#N/A", "s"),
        ("_x000D_", "_x005F_x000D_", "s"),
        ("\u200b", "«U+200B»", "s"),
        ("", None, "n"),
        (None, None, "n"),
        (0, 0, "n"),
        (-7, -7, "n"),
        (12345678901, 12345678901, "n"),
        (99.87, 99.87, "n"),
        (1e-7, 1e-7, "n"),
        (math.nan, "—", "s"),
        (math.inf, "—", "s"),
        (date(2024, 3, 11), datetime(2024, 3, 11), "d"),
        (datetime(2024, 3, 11, 8, 30, tzinfo=UTC), datetime(2024, 3, 11, 8, 30), "d"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_values_keep_their_type(value: Scalar, stored: object, kind: str, wrapped: bool) -> None:
    sheet = written([(Cell(value) if wrapped else value, 1)])
    assert (sheet["A2"].value, sheet["A2"].data_type) == (stored, kind)
    assert sheet["B2"].value == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(start: str, wrapped: bool) -> None:
    text = f"{start}1"
    sheet = written([(Cell(text) if wrapped else text, None), ("文字", None)])
    assert sheet["A2"].quotePrefix
    assert sheet["A2"].style == Style.TEXT.value
    assert not sheet["A3"].quotePrefix


def test_styles_and_formats() -> None:
    sheet = written([("一", 1), (Cell("二", Style.CENTER), Cell(2, number_format='0"件"')), (None, None)])
    assert [cell.style for cell in sheet[2]] == [Style.TEXT.value, Style.NUMBER.value]
    assert sheet["A3"].style == Style.CENTER.value
    assert (sheet["B3"].number_format, sheet["B2"].number_format) == ('0"件"', "#,##0_ ")
    assert [cell.style for cell in sheet[4]] == [Style.TEXT.value, Style.NUMBER.value]


def test_links_lead_to_places_and_to_files() -> None:
    sheet = written([(Cell("查看", location="'汇总'!A5"), Cell("查看", target="%E5%88%86%E5%86%8C.xlsx"))])
    assert (sheet["A2"].hyperlink.location, sheet["A2"].hyperlink.target) == ("'汇总'!A5", None)
    assert sheet["B2"].hyperlink.target == "%E5%88%86%E5%86%8C.xlsx"


def test_the_range_of_a_sheet_takes_in_its_finished_rows() -> None:
    book = AuditBook()
    (part,) = write_table(book, "表", COLUMNS, [("一", 1)] * 7, TableLayout(heading=("标题", "附注")))
    assert part.sheet.calculate_dimension() == "A1:B10"
    assert builders.reopened(book)["表"].dimensions == "A1:B10"


def test_a_workbook_can_be_saved_twice() -> None:
    book = AuditBook()
    write_table(book, "表", COLUMNS, [("一", 1)] * 3)
    assert builders.reopened(book)["表"].max_row == builders.reopened(book)["表"].max_row == 4


def test_rows_beyond_memory_go_through_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.spreadsheet._IN_MEMORY", 1000)
    sheet = written([(f"第{number}行", number) for number in range(2000)])
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(range(2000))


@given(st.lists(st.tuples(st.text(max_size=40), st.integers() | st.floats() | st.none()), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was_cleaned(rows: list[tuple[str, int | float | None]]) -> None:
    sheet = written(list(rows))
    for number, (text, _) in zip(count(2), rows, strict=False):
        assert sheet.cell(number, 1).value == (clean(text) or None)


def test_nothing_that_is_hidden_passes_for_printable() -> None:
    assert not [
        code for code in range(sys.maxunicode + 1) if cleaner._HIDDEN.match(chr(code)) and chr(code).isprintable()
    ]


def test_workbooks_are_ordinary_zip_files() -> None:
    book = AuditBook()
    write_table(book, "表", COLUMNS, [("一", 1)])
    packed = BytesIO()
    book.save(packed)
    with ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert {info.create_version for info in archive.infolist()} == {20}

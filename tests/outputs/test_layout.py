"""Tables beyond the limits of a sheet, heights of rows, and values of every type."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from outputs.workbook import build_workbook
from outputs.workbook.cells import Cell, Scalar
from outputs.workbook.cover import write_cover
from outputs.workbook.digest import Digest
from outputs.workbook.findings import LAYOUT, write_findings
from outputs.workbook.layout import (
    MAX_HEIGHT,
    Column,
    TableLayout,
    location,
    put,
    row_height,
    text_lines,
    write_table,
)
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from tests.outputs import builders

COLUMNS = (Column("序号", 6, Style.CENTER), Column("链接", 10, Style.LINK))


@pytest.fixture
def book() -> AuditBook:
    made = AuditBook()
    made.remove(made.active)
    return made


def numbered(count: int) -> list[tuple[int, str]]:
    return [(number, "查看") for number in range(count)]


@pytest.mark.parametrize(
    ("rows", "sizes"), [(0, [0]), (1, [1]), (9, [9]), (10, [9, 1]), (18, [9, 9]), (19, [9, 9, 1]), (30, [9, 9, 9, 3])]
)
def test_what_does_not_fit_goes_to_further_sheets(book: AuditBook, rows: int, sizes: list[int]) -> None:
    parts = write_table(book, "问题清单", COLUMNS, numbered(rows), TableLayout(capacity=10))
    assert book.sheetnames == ["问题清单", "问题清单(2)", "问题清单(3)", "问题清单(4)"][: len(sizes)]
    assert [part.last - part.first + 1 for part in parts] == sizes
    written = builders.reopened(book)
    assert all(sheet["A1"].value == "序号" and sheet.freeze_panes == "A2" for sheet in written)
    numbers = [row[0] for sheet in written for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [number for number in numbers if number is not None] == list(range(rows))


def test_a_place_is_known_before_it_is_written(book: AuditBook) -> None:
    layout = TableLayout(capacity=10, heading=("标题", "附注"))
    write_table(book, "问题清单", COLUMNS, numbered(20), layout)
    written = builders.reopened(book)
    for index in range(20):
        name, _, cell = location("问题清单", index, layout).rpartition("!")
        assert written[name.strip("'")][cell].value == index


def test_findings_beyond_a_sheet_are_told_on_the_cover(book: AuditBook) -> None:
    digest = Digest(builders.sample_run(), builders.info())
    layout = TableLayout(frozen=LAYOUT.frozen, printed=LAYOUT.printed, capacity=5)
    parts = write_findings(book, digest, layout)
    cover = book.create_sheet("说明")
    write_cover(cover, digest, parts)
    assert book.sheetnames == ["问题清单", "问题清单(2)", "问题清单(3)", "说明"]
    assert any("共 3 张" in str(cell.value) for cell in cover["B"])
    for part in parts:
        ranges = {str(check.sqref) for check in part.sheet.data_validations.dataValidation}
        assert f"M2:M{part.last}" in ranges


def test_links_beyond_the_limit_become_plain_text(book: AuditBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.cells.MAX_LINKS", 3)
    rows = [(number, Cell("查看", location="'汇总'!A1")) for number in range(5)]
    write_table(book, "汇总", COLUMNS, rows)
    sheet = builders.reopened(book)["汇总"]
    cells = [sheet.cell(row, 2) for row in range(2, 7)]
    assert [cell.value for cell in cells] == ["查看"] * 5
    assert [cell.hyperlink is not None for cell in cells] == [True, True, True, False, False]
    assert [cell.style for cell in cells] == [Style.LINK.value] * 3 + [Style.CENTER.value] * 2


@pytest.mark.parametrize(
    ("value", "stored", "kind"),
    [
        ("文字", "文字", "s"),
        ("", None, "n"),
        (None, None, "n"),
        (0, 0, "n"),
        (99.87, 99.87, "n"),
        (math.nan, "—", "s"),
        (math.inf, "—", "s"),
        (date(2024, 3, 11), datetime(2024, 3, 11), "d"),
        (datetime(2024, 3, 11, 8, 30, tzinfo=UTC), datetime(2024, 3, 11, 8, 30), "d"),
    ],
)
def test_values_keep_their_type(book: AuditBook, tmp_path: Path, value: Scalar, stored: object, kind: str) -> None:
    put(book.create_sheet("表"), 1, 1, value, Style.TEXT)
    book.save(tmp_path / "审核.xlsx")
    cell = load_workbook(tmp_path / "审核.xlsx")["表"]["A1"]
    assert (cell.value, cell.data_type) == (stored, kind)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_looks_like_a_formula_stays_text_when_it_is_edited(book: AuditBook, start: str) -> None:
    cell = put(book.create_sheet("表"), 1, 1, f"{start}1", Style.TEXT)
    assert cell.quotePrefix
    assert not put(book["表"], 2, 1, "文字", Style.TEXT).quotePrefix


def test_a_number_format_stays_with_its_cell(book: AuditBook) -> None:
    rows = [(Cell(1, number_format='0"件"'), None), (2, None)]
    write_table(book, "表", COLUMNS, rows)
    sheet = builders.reopened(book)["表"]
    assert [sheet.cell(row, 1).number_format for row in (2, 3)] == ['0"件"', "General"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("一二三四五六七", 20, 1),
        ("一二三四五六七八九十", 20, 2),
        ("abcdefghijklmnopq", 20, 1),
        ("一\n二\n\n三", 20, 4),
        ("报" * 100, 52.6, 4),
    ],
)
def test_lines_of_wrapped_text(text: str, width: float, lines: int) -> None:
    assert text_lines(text, width) == lines


def test_a_row_is_as_high_as_its_longest_text_and_never_above_the_limit() -> None:
    columns = (Column("短", 10), Column("长", 22), Column("指纹", 3, hidden=True))
    assert row_height(("一", "一", "很长" * 50), columns) < row_height(("一", "一二" * 20, ""), columns)
    assert row_height(("一", "报" * 5000, ""), columns) == MAX_HEIGHT


def test_wide_tables_print_over_several_pages_with_their_first_columns_repeated(book: AuditBook) -> None:
    columns = [Column(f"指标{number}", 20) for number in range(30)]
    (part,) = write_table(book, "指标", columns, [[None] * 30], TableLayout(frozen=4))
    assert part.sheet.page_setup.fitToWidth == 3
    assert part.sheet.print_title_cols == "$A:$D"


def test_no_sheet_of_a_usual_run_prints_beyond_one_page_across() -> None:
    for sheet in build_workbook(builders.sample_run(), builders.info()):
        assert sheet.page_setup.fitToWidth == 1, sheet.title

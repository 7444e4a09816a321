"""The workbook as a whole: its sheets, headers, filters, frozen panes, print setup, formats and properties."""

from __future__ import annotations

import math
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from audit.record import Status
from outputs.workbook import write_workbook
from outputs.workbook.spreadsheet import AuditBook
from tests.outputs import builders

FINDING_HEADERS = [
    "序号", "问题编号", "单位", "报告", "年度", "类别", "级别", "位置", "原文", "问题说明", "依据", "整改建议",
    "审核意见", "整改状态", "责任人", "整改时限", "整改情况", "复核意见", "销号日期", "指纹",
]  # fmt: skip
SHEETS = {
    "汇总": 1, "问题清单": 1, "整改台账": 4, "必备内容": 1, "指标": 1, "指标明细": 1, "年份引用": 1, "重复比对": 1,
    "处理情况": 1, "规则": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(tmp_path_factory.mktemp("out") / "审核.xlsx", builders.sample_run(), builders.info()).path


@pytest.fixture(scope="module")
def book(file: Path) -> Workbook:
    return load_workbook(file)


def headers(sheet: Worksheet, row: int = 1) -> list[str]:
    return [cell.value for cell in sheet[row]]


def test_sheets_stand_in_the_order_of_reading(book: Workbook) -> None:
    assert book.sheetnames == ["说明", *SHEETS, "统计"]
    assert book.active.title == "说明"
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_the_list_of_findings_has_the_agreed_columns(book: Workbook) -> None:
    sheet = book["问题清单"]
    assert headers(sheet) == FINDING_HEADERS
    assert [letter for letter, column in sheet.column_dimensions.items() if column.hidden] == ["T"]


@pytest.mark.parametrize(("name", "row"), SHEETS.items())
def test_every_table_is_frozen_filtered_and_ready_to_print(book: Workbook, name: str, row: int) -> None:
    sheet = book[name]
    assert re.fullmatch(rf"[A-E]{row + 1}", sheet.freeze_panes)
    assert range_boundaries(sheet.auto_filter.ref) == (1, row, sheet.max_column, sheet.max_row)
    assert sheet.print_title_rows == f"${row}:${row}"
    assert sheet.print_area.endswith(str(sheet.max_row))
    assert all(headers(sheet, row))
    assert len(set(headers(sheet, row))) == sheet.max_column
    assert not [one for one in sheet.merged_cells.ranges if one.max_row >= row]
    assert not sheet.tables


def test_every_sheet_prints_on_a4_with_page_numbers(book: Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == ("portrait" if sheet.title == "说明" else "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert "人工确认" in sheet.oddFooter.left.text


def test_the_ledger_is_readable_on_paper(book: Workbook) -> None:
    sheet = book["整改台账"]
    assert sheet.max_column <= 10
    # 100 % of A4 landscape within its margins takes about 150 characters.
    assert sum(column.width for column in sheet.column_dimensions.values()) <= 150
    assert sheet["A1"].value == "法治政府建设年度报告问题整改台账"


def lines_of(text: str, width: float) -> int:
    return math.ceil(sum(2 if letter > "\x7f" else 1 for letter in text) / width) or 1


def test_every_row_is_high_enough_for_its_text(book: Workbook) -> None:
    for name, header in SHEETS.items():
        sheet = book[name]
        widths = {letter: column.width for letter, column in sheet.column_dimensions.items() if not column.hidden}
        for row in sheet.iter_rows(min_row=header + 1):
            for cell in row:
                if isinstance(cell.value, str) and cell.column_letter in widths:
                    lines = sum(map(partial(lines_of, width=widths[cell.column_letter]), cell.value.split("\n")))
                    assert sheet.row_dimensions[cell.row].height >= min(409, 15 * lines), (name, cell.coordinate)


def test_choices_and_dates_are_checked_on_every_row(book: Workbook) -> None:
    sheet = book["问题清单"]
    checks = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    last = sheet.max_row
    assert set(checks) == {f"{letter}2:{letter}{last}" for letter in "MNPS"}
    assert checks[f"M2:M{last}"].formula1 == '"确认,误报,豁免,待定"'
    assert checks[f"N2:N{last}"].formula1 == '"未整改,整改中,已整改,长期坚持"'
    assert {checks[f"{letter}2:{letter}{last}"].type for letter in "PS"} == {"date"}
    for check in checks.values():
        assert check.showErrorMessage
        assert check.error
        assert check.prompt
        assert check.allow_blank
        assert len(check.formula1) <= 255


def test_input_columns_are_yellow_and_empty(book: Workbook) -> None:
    sheet = book["问题清单"]
    for row in sheet.iter_rows(min_row=2, min_col=13, max_col=19):
        for cell in row:
            assert cell.value is None
            assert cell.fill.start_color.rgb == "00FFF8DC"
    assert sheet["P2"].number_format == "yyyy-mm-dd"


def test_there_is_no_formula_and_no_error_value(book: Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}


def test_only_classic_conditional_formats(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    kinds = {kind for sheet in sheets for kind in re.findall(r'<cfRule type="(\w+)"', sheet)}
    assert kinds == {"cellIs", "expression"}
    assert not any("extLst" in sheet or "x14:" in sheet for sheet in sheets)


def test_links_lead_to_cells_of_this_workbook(book: Workbook) -> None:
    links = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 10
    for link in links:
        assert link.target is None
        name, _, cell = link.location.rpartition("!")
        assert book[name.strip("'")][cell].value is not None


def test_links_of_a_report_lead_to_its_first_finding(book: Workbook) -> None:
    overview, findings = book["汇总"], book["问题清单"]
    linked = 0
    for row in overview.iter_rows(min_row=2):
        if row[-1].hyperlink:
            target = findings[row[-1].hyperlink.location.rpartition("!")[2]]
            assert findings.cell(target.row, 3).value == row[1].value
            assert findings.cell(target.row - 1, 3).value != row[1].value
            linked += 1
    assert linked == 4


def test_charts_show_their_axes(book: Workbook, file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    assert len(charts) == 3
    for chart in charts:
        assert chart.count('<c:delete val="0"') + chart.count('<delete val="0"') == 2
        assert "'统计'!" in chart


def test_properties_say_what_the_file_is(book: Workbook) -> None:
    properties = book.properties
    assert properties.title == "法治政府建设年度报告审核结果"
    assert "20240312_020000_fazhi" in properties.subject
    assert properties.creator == "fazhi-audit 0.1.0"
    assert properties.created == datetime(2024, 3, 12, 2, 3, 41)


def test_times_with_a_zone_are_no_obstacle(tmp_path: Path) -> None:
    info = builders.info(started=datetime(2024, 3, 12, tzinfo=UTC), finished=datetime(2024, 3, 12, 1, tzinfo=UTC))
    saved = write_workbook(tmp_path / "审核.xlsx", builders.sample_run(), info)
    assert load_workbook(saved.path).properties.created == datetime(2024, 3, 12, 1)


def test_sheets_without_data_are_left_out() -> None:
    book = builders.book_of(builders.run([builders.unread(1, Status.EMPTY, "文件没有内容")]), builders.info())
    assert book.sheetnames == ["说明", "汇总", "问题清单", "整改台账", "处理情况", "规则", "统计"]
    assert book["问题清单"]["A2"].value == "本次审核未发现问题。"
    assert book["整改台账"]["A5"].value == "本次审核没有需要列入台账的错误和警告。"


def test_a_run_without_files_still_makes_a_workbook(tmp_path: Path) -> None:
    saved = write_workbook(tmp_path / "审核.xlsx", builders.run([]), builders.info())
    assert load_workbook(saved.path)["汇总"].max_row == 1


def test_a_failed_save_leaves_the_earlier_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "审核.xlsx"
    write_workbook(target, builders.sample_run(), builders.info())
    before = target.read_bytes()

    def fail(_self: AuditBook, stream: object) -> None:
        stream.write(before[:500])  # type: ignore[attr-defined]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(AuditBook, "save", fail)
    with pytest.raises(OSError, match="No space left"):
        write_workbook(target, builders.sample_run(), builders.info())
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["审核.xlsx"]


def test_equal_runs_give_equal_sheets(tmp_path: Path) -> None:
    contents = []
    for name in ("甲.xlsx", "乙.xlsx"):
        saved = write_workbook(tmp_path / name, builders.sample_run(), builders.info())
        with zipfile.ZipFile(saved.path) as archive:
            contents.append({one: archive.read(one) for one in archive.namelist() if "core.xml" not in one})
    assert contents[0] == contents[1]


def test_large_runs_have_a_row_for_everything() -> None:
    book = builders.book_of(builders.large_run(), builders.info())
    assert book["汇总"].max_row == 301
    assert book["问题清单"].max_row == 2101
    assert book["处理情况"].max_row == 301
    assert book["问题清单"].cell(2101, 1).value == 2100


def test_weights_of_the_score_are_settings() -> None:
    info = builders.info()
    info = replace(info, weights=replace(info.weights, error=20))
    book = builders.book_of(builders.run([builders.report(0, [builders.finding(0)])]), info)
    assert book["汇总"]["G2"].value == 80
    assert any("20×错误" in str(cell.value) for cell in book["说明"]["B"])

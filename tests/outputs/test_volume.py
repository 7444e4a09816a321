"""The limits of Excel: rows, links, lengths, and very many workbooks."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from audit.summary import count_outcomes, summary_of
from outputs.workbook import RegionPart, book, write_summary_workbook
from outputs.workbook.cells import MAX_LINKS, Cell
from outputs.workbook.cleaner import MAX_UNITS, TRUNCATED
from outputs.workbook.copies import MAX_PAIRS
from outputs.workbook.layout import Column, TableLayout, write_table
from outputs.workbook.spreadsheet import AuditBook
from outputs.workbook.styles import Style
from tests.outputs import builders

COLUMNS = (Column("序号", 6, Style.CENTER), Column("链接", 10, Style.LINK))


def xml_of(made: AuditBook, name: str) -> str:
    packed = BytesIO()
    made.save(packed)
    with ZipFile(packed) as archive:
        return archive.read(name).decode()


def test_65531_links_of_one_sheet_stop_at_65000() -> None:
    made = AuditBook()
    rows = [(number, Cell("查看", location="'说明'!A1")) for number in range(65_531)]
    write_table(made, "汇总", COLUMNS, rows)
    xml = xml_of(made, "xl/worksheets/sheet2.xml")
    assert MAX_LINKS == 65_000
    assert xml.count("<hyperlink ") == 65_000
    assert xml.count("查看") == 65_531
    styles = re.findall(r'<c r="B\d+" s="(\d+)"', xml)[1:]
    assert set(styles[:65_000]).isdisjoint(styles[65_000:])


def test_a_run_beyond_the_rows_of_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    small = TableLayout(frozen=3, printed=12, capacity=801)
    monkeypatch.setattr("outputs.workbook.findings.LAYOUT", small)
    made = builders.reopened(book.build_workbook(builders.large_run(), builders.info()))
    assert [name for name in made.sheetnames if name.startswith("问题清单")] == [
        "问题清单",
        "问题清单(2)",
        "问题清单(3)",
    ]
    assert [made[name].max_row for name in ("问题清单", "问题清单(2)", "问题清单(3)")] == [801, 801, 501]
    words = " ".join(str(cell.value) for row in made["说明"].iter_rows() for cell in row if cell.value)
    assert "续表为“问题清单(2)”等，共 3 张" in words
    for row in made["汇总"].iter_rows(min_row=2):
        name, _, place = row[-1].hyperlink.location.rpartition("!")
        target = made[name.strip("'")][place]
        assert made[name.strip("'")].cell(target.row, 4).value == row[2].value


def test_evidence_of_33000_characters_is_cut_with_a_mark() -> None:
    long = "很" * 33_000
    run = builders.run([builders.report(0, [builders.finding(0, 0, "甲", message=long)])])
    cell = builders.book_of(run, builders.info())["问题清单"]["J2"]
    assert cell.value.endswith(TRUNCATED)
    assert len(cell.value) == MAX_UNITS


def test_300_parts_are_listed(tmp_path: Path) -> None:
    run = builders.large_run(reports=300, findings=1)
    parts = [RegionPart(f"第{number}县", (number,)) for number in range(300)]
    files = [tmp_path / f"审核_{part.name}.xlsx" for part in parts]
    summaries = [summary_of(report) for report in run.reports]
    outcomes = count_outcomes(run.reports)
    saved = write_summary_workbook(tmp_path / "总册.xlsx", run, summaries, parts, files, builders.info(), outcomes)
    made = load_workbook(saved.path)
    assert made["分地区汇总"].max_row == 303
    assert all(row[2].hyperlink.target for row in made["分地区汇总"].iter_rows(min_row=4))
    assert made["汇总"].cell(301, made["汇总"].max_column).value == "第299县"


def test_more_pairs_than_a_sheet_takes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outputs.workbook.copies.MAX_PAIRS", 2)
    made = builders.book_of(builders.copied_run(), builders.info())
    shares = [row[12].value for row in made["重复比对"].iter_rows(min_row=2) if row[12].value is not None]
    assert shares == [0.412, 0.412]
    words = " ".join(str(cell.value) for row in made["说明"].iter_rows() for cell in row if cell.value)
    assert "文字雷同的报告共 3 对" in words
    assert MAX_PAIRS == 5_000


def test_the_longest_sheets_can_be_left_out_and_that_is_told() -> None:
    made = builders.book_of(builders.sample_run(), replace(builders.info(), details=False))
    assert "指标" in made.sheetnames
    assert not {"指标明细", "年份引用"} & set(made.sheetnames)
    words = " ".join(str(cell.value) for row in made["说明"].iter_rows() for cell in row if cell.value)
    assert "“指标明细”“年份引用”两张表篇幅过大，本册从略" in words

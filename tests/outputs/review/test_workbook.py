"""Filled-in workbooks come back as they were meant, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from checks.fingerprint import finding_number
from outputs.review.workbook import WorkbookFault, read_workbook
from outputs.workbook import write_workbook
from tests.outputs import builders

ONE, TWO = "0123456789abcdef" * 2, "fedcba9876543210" * 2
HEAD = [
    "问题编号",
    "审核意见",
    "整改状态",
    "责任人",
    "整改时限",
    "整改情况",
    "复核意见",
    "销号日期",
    "指纹",
    "回填记录",
]


def book(folder: Path, *rows: Sequence[object], head: Sequence[str] = HEAD, sheet: str = "问题清单") -> Path:
    made = Workbook()
    made.active.title = sheet
    made.active.append(list(head))
    for row in rows:
        made.active.append(list(row))
    made.save(folder / "填写.xlsx")
    return folder / "填写.xlsx"


def row(key: str | None = ONE, number: str | None = "", **values: object) -> list[object]:
    code = finding_number(key) if number == "" and key else number
    return [code, *(values.get(name) for name in HEAD[1:8]), key, values.get("回填记录")]


def test_reads_what_was_filled_in(tmp_path: Path) -> None:
    back = read_workbook(book(tmp_path, row(审核意见="属实", 整改时限="2025年6月30日"), row(TWO)))
    assert not back.faults
    (only,) = back.rows
    assert (only.fingerprint, only.filled.row) == (ONE, 2)
    assert dict(only.filled.values) == {"opinion": "确认", "deadline": date(2025, 6, 30)}


def test_columns_are_known_by_their_headers(tmp_path: Path) -> None:
    head = ["指纹", "我的列", "复核 意见", "审核意见", "问题编号", "备注"]
    path = book(tmp_path, [ONE, "x", "理由", "误报", finding_number(ONE), "说明"], head=head)
    back = read_workbook(path)
    assert dict(back.rows[0].filled.values) == {"opinion": "误报", "review": "理由", "remark": "说明"}
    assert back.notices == ("“问题清单”里自行增加的列不导入：我的列",)


@pytest.mark.parametrize(
    ("filled", "column", "expected"),
    [
        (row(审核意见="好的"), "审核意见", "应当填确认"),
        (row(整改状态="好的"), "整改状态", "应当填未整改"),
        (row(整改时限="月底"), "整改时限", "2025-06-30"),
        (row(销号日期=7), "销号日期", "不是日期"),
        (row(None, None, 审核意见="确认"), "问题编号", "是空的"),
        (row("xyz", "F-00000", 审核意见="确认"), "指纹", "被改动过"),
        (row(ONE, "F-00000", 审核意见="确认"), "问题编号", "只对部分列排过序"),
    ],
)
def test_a_row_with_an_error_is_refused_and_the_others_go_on(
    tmp_path: Path, filled: list[object], column: str, expected: str
) -> None:
    back = read_workbook(book(tmp_path, filled, row(TWO, 审核意见="确认")))
    (fault,) = back.faults
    assert (fault.sheet, fault.row, fault.column) == ("问题清单", 2, column)
    assert expected in fault.message
    assert [one.fingerprint for one in back.rows] == [TWO]


def test_two_rows_on_one_finding_must_agree(tmp_path: Path) -> None:
    agreed = read_workbook(book(tmp_path, row(审核意见="确认"), row(责任人="甲")))
    assert dict(agreed.rows[0].filled.values) == {"opinion": "确认", "responsible": "甲"}
    torn = read_workbook(book(tmp_path, row(审核意见="确认"), row(审核意见="误报")))
    assert [(fault.row, fault.column) for fault in torn.faults] == [(3, "审核意见")]
    assert "与第2行" in torn.faults[0].message


def test_a_spoilt_memory_of_the_filling_is_no_error(tmp_path: Path) -> None:
    back = read_workbook(
        book(tmp_path, row(审核意见="确认", 回填记录="{坏"), row(TWO, 审核意见="确认", 回填记录="[1]"))
    )
    assert not back.faults
    assert [dict(one.filled.base) for one in back.rows] == [{}, {}]


def test_every_part_of_the_list_is_read(tmp_path: Path) -> None:
    path = book(tmp_path, row(审核意见="确认"))
    made = load_workbook(path)
    further = made.create_sheet("问题清单 (2)")
    further.append(HEAD)
    further.append(row(TWO, 审核意见="误报"))
    made.save(path)
    assert [one.fingerprint for one in read_workbook(path).rows] == [ONE, TWO]


def test_a_lone_cell_far_away_does_not_hang_it(tmp_path: Path) -> None:
    path = book(tmp_path, row(审核意见="确认"))
    made = load_workbook(path)
    made.active["XFD1048576"] = "远"
    made.save(path)
    assert len(read_workbook(path).rows) == 1


def test_the_ledger_is_not_read_but_told(tmp_path: Path) -> None:
    path = book(tmp_path, row(审核意见="确认"))
    made = load_workbook(path)
    ledger = made.create_sheet("整改台账")
    ledger.append(["大标题"])
    ledger.append(["序号", "问题编号", "责任人"])
    ledger.append([1, "F-00000", "甲"])
    made.save(path)
    assert "“整改台账”里填写了 1 行" in read_workbook(path).notices[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "不是 Excel 工作簿"),
        (b"hello", "不是 Excel 工作簿"),
        (b"PK\x03\x04 half a file", "已损坏"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "有打开密码，或者是旧的 .xls"),
    ],
)
def test_another_file_is_named(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(WorkbookFault, match=expected):
        read_workbook(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookFault, match="无法读取"):
        read_workbook(tmp_path / "没有.xlsx")


def test_a_workbook_without_the_sheet_or_its_headers_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookFault, match="没有“问题清单”工作表"):
        read_workbook(book(tmp_path, sheet="别的"))
    with pytest.raises(WorkbookFault, match="表头不能改动"):
        read_workbook(book(tmp_path, head=["甲", "乙"]))


@pytest.mark.parametrize("cut", range(0, 4000, 311))
def test_a_truncated_workbook_is_one_sentence(tmp_path: Path, cut: int) -> None:
    path = book(tmp_path, row(审核意见="确认"))
    path.write_bytes(path.read_bytes()[: 30 + cut])
    with pytest.raises(WorkbookFault):
        read_workbook(path)


def test_a_fresh_workbook_of_ours_brings_nothing_back(tmp_path: Path) -> None:
    saved = write_workbook(tmp_path / "审核.xlsx", builders.sample_run(), builders.info())
    back = read_workbook(saved.path)
    assert (back.rows, back.faults, back.notices, back.editor) == ((), (), (), None)

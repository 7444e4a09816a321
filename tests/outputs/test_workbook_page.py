"""docs/workbook.md names every sheet and every column of the workbook, and no other."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook, load_workbook

from outputs.names import FAMILY_NAMES, STATUS_NAMES
from outputs.workbook import PartLimit
from outputs.workbook.findings import OPINIONS, STATES
from outputs.workbook.guide import SUMMARY_SHEETS
from tests.outputs import builders
from tests.outputs.test_parts import split
from tests.places import ROOT

PAGE = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
SUMMARY = dict(re.findall(r"^#### (\S+)\n(.*?)(?=^##+ |\Z)", PAGE, re.MULTILINE | re.DOTALL))
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^###? |\Z)", PAGE, re.MULTILINE | re.DOTALL))
# Columns that follow the rules and the reports of a run.
VARIABLE = {
    "汇总": set(FAMILY_NAMES.values()),
    "必备内容": {
        name + end
        for name in ("主要举措和成效", "不足和原因", "第一责任人职责", "下一年度安排")
        for end in ("", "所在位置")
    },
    "指标": {name for _, name, *_ in builders.METRICS},
}


@pytest.fixture(scope="module")
def book() -> Workbook:
    return builders.book_of(builders.copied_run(), builders.info())


def test_every_sheet_has_a_section(book: Workbook) -> None:
    assert list(SECTIONS) == book.sheetnames


@pytest.mark.parametrize("name", [name for name in SECTIONS if name not in {"说明", "统计"}])
def test_every_column_is_explained(book: Workbook, name: str) -> None:
    explained = re.findall(r"^\| (.+?) \|", SECTIONS[name], re.MULTILINE)[2:]
    header = 4 if name == "整改台账" else 1
    columns = [cell.value for cell in book[name][header]]
    assert explained == [column for column in columns if column not in VARIABLE.get(name, set())]


def test_every_choice_is_explained() -> None:
    for word in (*OPINIONS, *STATES, *STATUS_NAMES.values()):
        assert word in PAGE, word


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    _, saved = split(tmp_path_factory.mktemp("page"), builders.copied_run(), PartLimit(findings=3), builders.info())
    return load_workbook(saved)


def test_every_sheet_of_the_summary_workbook_is_described(summary: Workbook) -> None:
    assert set(summary.sheetnames) - set(SECTIONS) <= set(SUMMARY)
    assert set(SUMMARY) <= set(summary.sheetnames)
    assert set(SUMMARY_SHEETS) == set(summary.sheetnames) - {"说明"}


@pytest.mark.parametrize(("name", "header"), [("分地区汇总", 3), ("问题类型", 1), ("处理情况", 1)])
def test_every_column_of_the_summary_workbook_is_explained(summary: Workbook, name: str, header: int) -> None:
    explained = re.findall(r"^\| (.+?) \|", SUMMARY[name], re.MULTILINE)[2:]
    columns = [cell.value for cell in summary[name][header]]
    assert explained == [column for column in columns if column not in FAMILY_NAMES.values()]


def test_the_limits_of_a_part_are_told() -> None:
    limit = PartLimit()
    assert f"超过 {limit.findings:,} 个" in PAGE
    assert f"超过 {limit.reports:,} 份" in PAGE

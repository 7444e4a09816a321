"""docs/workbook.md names every sheet and every column of the workbook, and no other."""

from __future__ import annotations

import re

import pytest
from openpyxl import Workbook

from outputs.names import FAMILY_NAMES, STATUS_NAMES
from outputs.workbook.findings import OPINIONS, STATES
from tests.outputs import builders
from tests.places import ROOT

PAGE = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
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

"""Strings that would break a workbook, or run in it, in every column that takes text from a report or a rule."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from audit.record import ContentRecord, ReportRecord, YearRecord
from checks.finding import Related
from checks.metrics.values import MetricValue
from outputs.workbook import WorkbookInfo, write_workbook
from outputs.workbook.cleaner import clean, utf16_units
from tests.outputs import builders

HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","点击")',
    "+86 10 1234",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "110101199003077758",
    "00123",
    "2023-12-31",
    "12:30",
    "TRUE",
    "1e5",
    "\x00\x07\x0b控制字符",
    "\ufffe\uffff",
    "半个\ud800字",
    "\u202e反向\u200b零宽\ufeff",
    "_x000D_换行",
    "一\r\n二\r三\n四",
    "行\n" * 300,
    "报" * 33_000,
    "😀" * 17_000,
    '<a href="x">&amp;</a>]]>',
    "'引号\"与&符号",
    "  前后空格  ",
    "【【】】",
)
COLUMNS = {
    "汇总": ["单位"],
    "问题清单": ["问题编号", "单位", "位置", "问题说明", "依据", "整改建议", "指纹"],
    "指标明细": ["单位", "指标", "计量单位", "约数用词", "位置"],
    "年份引用": ["单位", "位置", "类别", "判断理由"],
    "重复比对": ["问题编号", "单位"],
    "处理情况": ["下一步", "格式", "编码", "SHA-256"],
    "规则": ["规则", "依据", "整改建议"],
}


def hostile_report(text: str) -> ReportRecord:
    path = f"收件/{text}"
    found = builders.finding(
        5, 40, text, title=text, message=text, section=text, place=text, excerpt=f"【{text}】", basis=text, advice=text,
        number=text, fingerprint=text, related=(Related(path, 1, 2, text, text),), values={"missing": text},
    )  # fmt: skip
    return builders.report(
        0, [found], path=path, unit=text, title=text, reason=text, next_step=text, notes=(text,), format=text,
        encoding=text, sha256=text, unassessed={"metrics/vague": text},
        metrics=(MetricValue("m", text, 5, text, text, 2023, text, 0, 1, text),),
        years=(YearRecord(2023, 2023, text, text, 0, 1, text, f"【{text}】", text),),
        contents=(ContentRecord("c", text, text, (text,)),),
    )  # fmt: skip


def hostile_info(text: str) -> WorkbookInfo:
    rules = builders.ruleset()
    first = rules.rules[0].model_copy(update={"title": text, "basis": text, "advice": text})
    rules = replace(rules, title=text, rules=(first, *rules.rules[1:]))
    return builders.info(run=text, scope=(text,), engine=text, ruleset=rules)


@pytest.fixture(scope="module", params=HOSTILE, ids=lambda text: ascii(text[:12]))
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, text: str) -> Path:
    run = builders.run([hostile_report(text)])
    return write_workbook(tmp_path_factory.mktemp("out") / "审核.xlsx", run, hostile_info(text)).path


def test_hostile_text_stays_text_and_reads_back(file: Path, text: str) -> None:
    book = load_workbook(file)
    for name, headers in COLUMNS.items():
        sheet = book[name]
        titles = [cell.value for cell in sheet[1]]
        for header in headers:
            cell = sheet.cell(2, titles.index(header) + 1)
            assert (cell.data_type, cell.value) == ("s", clean(text)), (name, header)
    assert book["必备内容"]["D1"].value == book["必备内容"]["D2"].value == clean(text)
    assert book["指标"]["E1"].value == clean(text)
    assert book["指标"]["E2"].value == 5


def test_nothing_in_the_workbook_is_a_formula_or_an_error(file: Path) -> None:
    for sheet in load_workbook(file):
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type in {"s", "n", "d"}, (sheet.title, cell.coordinate)
            assert utf16_units(str(cell.value)) <= 32_767
            assert str(cell.value).count("\n") <= 253


def test_every_part_of_the_file_is_well_formed(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)

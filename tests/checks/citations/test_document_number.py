"""Document numbers: what is well formed is silent, each departure is told as what it is, with the agency's code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.citations.document_number import KIND, DocumentNumberParameters
from tests.checks.years.year_reports import report_context


def _faults(text: str, year: int = 2023) -> list[tuple[str | None, str]]:
    context = report_context(year, "achievements", text)
    return [(match.case, context.report.quote(match.span)) for match in KIND.run(context, DocumentNumberParameters())]


CODES = st.sampled_from(["国发", "国办发", "青政办发", "闵民", "厅字", "穗府办规", "法治办", "京政农发", "中发"])


@settings(max_examples=60, deadline=None)
@given(CODES, st.integers(2005, 2024), st.integers(1, 999), st.sampled_from(["落实", "根据", "（", "、"]))
def test_a_well_formed_number_is_silent(code: str, year: int, serial: int, before: str) -> None:
    assert _faults(f"认真{before}{code}〔{year}〕{serial}号文件。") == []


@settings(max_examples=60, deadline=None)
@given(
    CODES, st.integers(2005, 2023), st.integers(1, 999), st.sampled_from(["[]", "()", "（）", "【】", "［］", "〔]"])
)
def test_other_brackets_are_one_fault(code: str, year: int, serial: int, brackets: str) -> None:
    written = f"{code}{brackets[0]}{year}{brackets[1]}{serial}号"
    assert _faults(f"认真落实{written}文件。") == [("bracket", written)]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("根据青政办发〔2022〕第11号文件", [("ordinal", "青政办发〔2022〕第11号")]),
        ("贯彻青政办发〔2022〕011号文件", [("padded", "青政办发〔2022〕011号")]),
        ("贯彻青政办发〔22〕11号文件", [("short-year", "青政办发〔22〕11号")]),
        ("贯彻青政办发〔2022年〕11号文件", [("year-word", "青政办发〔2022年〕11号")]),
        ("贯彻〔2022〕青政办发11号文件", [("order", "〔2022〕青政办发11号")]),
        ("贯彻青政办发11号〔2022〕文件", [("order", "青政办发11号〔2022〕")]),
        ("贯彻青政办发〔2022〕11。", [("no-mark", "青政办发〔2022〕11")]),
        ("贯彻国办发〔〕11号文件", [("no-year", "国办发〔〕11号")]),
        ("贯彻国办发27号文件", [("no-year", "国办发27号")]),
        ("贯彻青政办发〔2026〕11号文件", [("later", "青政办发〔2026〕11号")]),
        ("贯彻青政办发〔2024〕11号文件", []),
        ("案件(2023)粤01行终123号、(2022)闽0205行初36号", []),
        ("青城管罚决字〔2023〕第0012号、穗公行罚决字[2023]00123号", []),
        ("国务院令第713号、省政府令第12号、公告2021年第5号", []),
        ("会议纪要〔2023〕第12号、合同编号(2023)第12号、许可证号[2023]012号", []),
        ("12345热线、第12号提案、2023年第3号公告、GB/T 9704-2012", []),
        ("青政办发〔2022〕11、12号和青政发〔2022〕3—5号文件", []),
    ],
)
def test_each_departure_is_told(text: str, faults: list[tuple[str, str]]) -> None:
    assert _faults(text) == faults

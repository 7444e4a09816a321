from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.read import report_from_text
from documents.report import Attribute, Certainty, Origin, Report, UnitLevel
from tests.places import seed, table

CASES = table("identity")
BY_NAME = {case["name"]: case for case in CASES}
FACTS = ("title", "unit", "level", "year", "published")
WORDS = (
    "2023年",
    "2022年",
    "二〇二三年",
    "，在区委、区政府的坚强领导下",
    "新市街道",
    "从化区",
    "市司法局",
    "我局",
    "我区",
    "坚持",
    "法治政府建设",
    "年度报告",
    "现将",
    "报告如下：",
    "。",
    "\n",
    "：",
    "一、",
    "（一）",
    "2024年工作计划",
    "将继续",
    "2024年1月5日",
    "发布时间：2024-03-11",
    "今天是",
    "〔2019〕20号",
    "《",
    "》",
    "关于",
    "的",
    "　",
    "人民政府",
    "市",
    "县",
)


def attributes(report: Report) -> dict[str, Attribute[Any] | None]:
    return {fact: getattr(report, fact) for fact in FACTS}


def values(report: Report) -> dict[str, Any]:
    return {fact: attribute.value if attribute else None for fact, attribute in attributes(report).items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_identity_of_a_report(case: dict[str, Any]) -> None:
    report = report_from_text(case["text"])
    expected = {fact: case[fact] for fact in FACTS if fact in case}
    assert {fact: value for fact, value in values(report).items() if fact in expected} == expected
    if "year_certainty" in case:
        assert report.year is not None
        assert report.year.certainty == case["year_certainty"]
    if "contradicted_by" in case:
        assert report.year is not None
        assert str(case["contradicted_by"]) in {evidence.value for evidence in report.year.evidence}
        assert report.year.certainty is not Certainty.CERTAIN


@pytest.mark.parametrize(
    ("words_of_the_name", "unit", "level", "year"),
    [
        ("新市街道办事处", "新市街道办事处", UnitLevel.TOWNSHIP, 2023),
        ("古美路街道", "古美路街道", UnitLevel.TOWNSHIP, 2020),
        ("海沧区城市管理局", "厦门市海沧区城市管理局", UnitLevel.DEPARTMENT, 2023),
        ("中山门街道", "中山门街道", UnitLevel.TOWNSHIP, 2024),
        ("从化区", "从化区", UnitLevel.COUNTY, 2024),
    ],
)
def test_identity_of_a_sample_report(words_of_the_name: str, unit: str, level: UnitLevel, year: int) -> None:
    path = seed(words_of_the_name)
    found = values(report_from_text(path.read_text(encoding="utf-8")))
    assert (found["unit"], found["level"], found["year"]) == (unit, level, year)


def test_every_level_has_cases() -> None:
    assert {case["level"] for case in CASES} == {*UnitLevel, None}


def test_case_names_are_unique() -> None:
    assert len(BY_NAME) == len(CASES)


def test_the_same_report_with_other_line_ends_and_punctuation() -> None:
    text = BY_NAME["街道办事处"]["text"]
    ascii_text = text.translate(str.maketrans("，：；（）", ",:;()"))
    assert values(report_from_text(ascii_text.replace("\n", "\r\n"))) == values(report_from_text(text))


def test_blanks_inside_words_do_not_change_the_identity() -> None:
    text = "厦门市海沧区 城市管理局\n2023 年度法治政府建设 情况报告\n2023 年,我局坚持依法行政。"
    report = report_from_text(text)
    assert values(report)["unit"] == "厦门市海沧区城市管理局"
    assert values(report)["year"] == 2023


def test_evidence_is_ordered_by_what_it_speaks_for() -> None:
    report = report_from_text(BY_NAME["标题是去年的，正文都是今年的"]["text"])
    assert report.year is not None
    spoken = [evidence.value for evidence in report.year.evidence]
    assert spoken == sorted(spoken, key=lambda value: value != "2023")
    assert (Origin.TITLE, "2022") in {(evidence.origin, evidence.value) for evidence in report.year.evidence}


def test_a_file_without_words_has_no_identity() -> None:
    assert set(values(report_from_text("")).values()) == {None}


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_evidence_is_always_quoted_exactly(text: str) -> None:
    report = report_from_text(text)
    for attribute in attributes(report).values():
        for evidence in attribute.evidence if attribute else ():
            assert evidence.quote
            assert report.text[evidence.span.start : evidence.span.end] == evidence.quote
    if report.year is not None:
        assert str(report.year.value) == report.year.evidence[0].value

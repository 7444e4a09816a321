"""The labels are right: exact quotes, existing rules, true arithmetic; and the validator would say if they were not."""

from collections import Counter
from typing import Any

import pytest

from audit.packs import load_pack
from benchmarks.labels import FAMILIES, FOLDER, LabelledReport, Labels, faults, load_labelled
from documents.report import Span, UnitLevel

REPORTS = load_labelled()
RULES = frozenset(rule.id for rule in load_pack()[0].rules)
TEXT = "青石县2023年法治政府建设年度报告\n办理案件30件，其中普通程序18件、简易程序11件。办理案件认真。"
GOOD = {"quote": "30件，其中普通程序18件、简易程序11件", "family": "figures", "why": "18+11", "arithmetic": "18+11!=30"}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_labels_are_right(report: LabelledReport) -> None:
    assert list(faults(report, RULES)) == []


def test_every_report_has_labels() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {path.stem for path in FOLDER.glob("*.yaml")}


def test_the_set_is_wide_enough() -> None:
    defects = [label for report in REPORTS for label in report.labels.defects]
    traps = [label for report in REPORTS for label in report.labels.traps]
    by_family = Counter(label.family for label in defects)
    assert len(REPORTS) >= 24
    assert {report.labels.level for report in REPORTS} == set(UnitLevel)
    assert {report.labels.year for report in REPORTS} == set(range(2016, 2026))
    assert sum(report.labels.clean for report in REPORTS) >= 6
    assert {name: by_family[name] for name in FAMILIES if by_family[name] < 25} == {}
    assert len(traps) >= len(defects)


def test_no_report_is_made_like_another() -> None:
    grams = {report.name: {report.text[at : at + 12] for at in range(len(report.text) - 12)} for report in REPORTS}
    alike = [
        (one, other)
        for one in grams
        for other in grams
        if one < other and len(grams[one] & grams[other]) > 0.15 * min(len(grams[one]), len(grams[other]))
    ]
    assert alike == []


def report_with(label: dict[str, Any], **labels: Any) -> LabelledReport:
    content = {"year": 2023, "level": "county", "unit": "青石县", "clean": False, "defects": [label], **labels}
    return LabelledReport("sample", TEXT, Labels.model_validate(content))


def test_a_right_label_has_no_fault() -> None:
    assert list(faults(report_with(GOOD), RULES)) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"quote": "31件"}, "not in the report"),
        ({"quote": "办理案件"}, "more than once"),
        ({"quote": "办理案件", "occurrence": 3}, "no occurrence 3"),
        ({"missing": "原因"}, "exactly one"),
        ({"quote": ""}, "exactly one"),
        ({"rules": ["figures/nothing"]}, "no such rule"),
        ({"rules": ["duplicates/sentence"]}, "another family"),
        ({"arithmetic": "18+11==30"}, "does not hold"),
    ],
)
def test_a_wrong_label_is_named(change: dict[str, Any], fault: str) -> None:
    assert any(fault in text for text in faults(report_with({**GOOD, **change}), RULES))


@pytest.mark.parametrize(
    ("labels", "fault"),
    [
        ({"clean": True}, "clean report has defects"),
        ({"defects": []}, "must be marked clean"),
        ({"year": 2019}, "year 2019"),
        ({"unit": "白石县"}, "unit 白石县"),
        ({"signed": "2025-03-01"}, "fits no report"),
        ({"traps": [{"quote": "18件", "family": "figures", "why": "x"}]}, "trap inside the defect"),
    ],
)
def test_a_wrong_report_is_named(labels: dict[str, Any], fault: str) -> None:
    assert any(fault in text for text in faults(report_with(GOOD, **labels), RULES))


def test_the_second_occurrence_is_the_second() -> None:
    report = report_with({**GOOD, "quote": "办理案件", "occurrence": 2})
    assert report.span(report.labels.defects[0]) == Span(TEXT.rindex("办理案件"), TEXT.rindex("办理案件") + 4)

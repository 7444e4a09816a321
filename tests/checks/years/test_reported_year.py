from __future__ import annotations

import pytest

from checks.context import Context
from checks.match import NotAssessable
from checks.years.reported_year import KIND
from checks.years.title_year import KIND as TITLE_YEAR
from documents.read import report_from_text
from rules.model import Parameters
from tests.checks.years.year_reports import FACTS

BODY = """
一、{heading}推进法治政府建设的主要举措和成效
全局共办理行政处罚案件35件。
二、存在的不足和原因
执法力量不足,主要是人员流动较大。
三、{plan}主要工作安排
继续加强行政执法监督。"""


def _cases(text: str) -> list[tuple[str | None, str]]:
    context = Context(report_from_text(text), FACTS)
    return [(match.case, context.report.quote(match.span)) for match in KIND.run(context, Parameters())]


def test_a_title_that_all_else_contradicts_is_a_clear_conflict() -> None:
    text = "青石县司法局2022年法治政府建设年度报告\n2023年,我局扎实推进依法行政。现将2023年有关情况报告如下:"
    found = _cases(text + BODY.format(heading="2023年", plan="2024年"))
    assert [case for case, _ in found] == ["clear"]
    assert "2022年" in found[0][1]


def test_a_title_and_an_announcement_of_equal_weight_are_a_clear_conflict() -> None:
    text = "青石县司法局2023年法治政府建设年度报告\n现将我局2022年法治政府建设情况报告如下:"
    assert [case for case, _ in _cases(text + BODY.format(heading="", plan=""))] == ["clear"]


@pytest.mark.parametrize(
    "opening",
    [
        "2023年,我局扎实推进依法行政。现将2023年有关情况报告如下:",
        "2022年,我局荣获依法行政先进单位称号。2023年,我局再接再厉。现将2023年有关情况和2024年工作计划报告如下:",
        "自2019年以来,我局连续五年开展普法。现将2023年有关情况报告如下:",
    ],
)
def test_agreeing_witnesses_are_no_conflict(opening: str) -> None:
    text = f"青石县司法局2023年法治政府建设情况报告及2024年工作计划\n{opening}"
    assert _cases(text + BODY.format(heading="2023年", plan="2024年")) == []


def test_without_any_year_nothing_can_be_compared() -> None:
    with pytest.raises(NotAssessable):
        _cases("法治政府建设情况。")


@pytest.mark.parametrize(
    ("title", "cases"),
    [
        ("青石县水务局法治政府建设情况报告", ["no-year"]),
        ("青石县水务局2022法治政府建设情况工作报告", ["no-unit"]),
        ("青石县水务局2022年法治政府建设情况报告", []),
        ("青石县水务局二〇二二年度法治政府建设工作总结", []),
        ("青石县水务局\n2022年法治政府建设情况报告", []),
    ],
)
def test_a_title_names_its_year(title: str, cases: list[str]) -> None:
    text = f"{title}\n2022年,我局坚持依法行政。现将有关情况报告如下:"
    context = Context(report_from_text(text + BODY.format(heading="", plan="2023年")), FACTS)
    assert [match.case for match in TITLE_YEAR.run(context, Parameters())] == cases


def test_a_text_without_a_title_is_not_assessable() -> None:
    context = Context(report_from_text("2022年,我局坚持依法行政。" + BODY.format(heading="", plan="")), FACTS)
    with pytest.raises(NotAssessable):
        list(TITLE_YEAR.run(context, Parameters()))

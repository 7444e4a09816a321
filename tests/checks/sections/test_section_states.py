"""Shortcomings with and without causes: the table, by the pack's own rule."""

from __future__ import annotations

from typing import Any

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.match import Match
from checks.sections.section_states import KIND, SectionStatesParameters
from documents.read import report_from_text
from rules.facts import Facts
from tests.places import table

FACTS = Facts()
CASES: list[dict[str, Any]] = table("sections_causes")
PARAMETERS: SectionStatesParameters = next(
    rule.parameters for rule in load_pack()[0].rules if rule.id == "sections/causes"
)
REPORT = """2023年度法治政府建设情况报告
一、主要举措和成效
由于领导重视,全年办理行政处罚案件45件,开展执法培训6场次,审查合同合法性31件。
{shortcomings}
三、下一步工作安排
针对以上原因,加强执法培训,健全执法制度。
"""


def matches(text: str) -> list[tuple[Match, str]]:
    report = report_from_text(text)
    return [(match, report.quote(match.span)) for match in KIND.run(Context(report, FACTS), PARAMETERS)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['title']}:{case['body'][:12]}")
@pytest.mark.parametrize("separator", ["\n", "。"])
def test_table(case: dict[str, Any], separator: str) -> None:
    heading = f"二、{case['title']}"
    found = matches(REPORT.format(shortcomings=heading + separator + case["body"]))
    assert [match.case for match, _ in found] == ([case["verdict"]] if case["verdict"] else [])
    assert [quote for _, quote in found] == ([heading] if case["verdict"] else [])


def test_shortcomings_folded_into_a_sentence_are_judged_by_it() -> None:
    found = matches(
        REPORT.format(shortcomings="虽然取得了一定成绩，但还存在执法力量不足等问题。").replace("针对以上原因，", "")
    )
    assert [(match.case, quote) for match, quote in found] == [
        ("unstated", "虽然取得了一定成绩，但还存在执法力量不足等问题。")
    ]


def test_absent_shortcomings_are_another_rules_business() -> None:
    assert matches(REPORT.format(shortcomings="").replace("针对以上原因，", "")) == []


def test_message_names_the_heading() -> None:
    ((match, _),) = matches(REPORT.format(shortcomings="二、存在的问题\n普法形式单一。"))
    assert match.message == "“二、存在的问题”部分只写了问题，没有写明原因。"
    assert match.values["missing"] == "原因"

"""Every citation rule on planted defects and on legitimate passages, embedded in whole reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.finding import Outcome
from documents.read import report_from_text
from rules.model import Confidence, Level, Ruleset
from tests.checks.years.year_reports import FACTS, report_context, report_text
from tests.places import SEEDS, seed, table

SILENT, FOUND = table("citations_silent"), table("citations_found")


def _ruleset() -> Ruleset:
    ruleset, _ = load_pack()
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "citations"))


RULESET = _ruleset()


class Hit(NamedTuple):
    rule: str
    level: str
    quote: str


def _hits(context: Context) -> list[Hit]:
    return [Hit(item.rule, item.level.value, item.quote) for item in judge(context, RULESET).findings]


def _id(case: dict[str, Any]) -> str:
    return f"{case['report']}-{case['text'][:30]}"


@pytest.mark.parametrize("case", SILENT, ids=_id)
def test_legitimate_passages_pass_in_silence(case: dict[str, Any]) -> None:
    assert _hits(report_context(case["report"], "achievements", case["text"])) == []


@pytest.mark.parametrize("case", FOUND, ids=_id)
def test_planted_defects_are_found_alone(case: dict[str, Any]) -> None:
    context = report_context(case["report"], "achievements", case["text"])
    hits = _hits(context)
    assert [(hit.rule, hit.level) for hit in hits] == [(case["rule"], case["level"])]
    assert case["quote"] in hits[0].quote


@pytest.mark.parametrize("case", FOUND, ids=_id)
def test_one_line_reports_are_judged_alike(case: dict[str, Any]) -> None:
    text = report_text(case["report"], "achievements", case["text"]).replace("\n", " ")
    assert (case["rule"], case["level"]) in [hit[:2] for hit in _hits(Context(report_from_text(text), FACTS))]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_reports_have_no_other_findings(path: Path) -> None:
    expected = {
        seed("中山门").stem: [Hit("citations/law-title", "error", "《知识产权法》")],
        seed("新市街").stem: [Hit("citations/plan-term", "info", "《广州市法治政府建设实施纲要》")],
    }
    hits = _hits(Context(report_from_text(path.read_text(encoding="utf-8")), FACTS))
    assert hits == expected.get(path.stem, [])


def test_a_habit_is_one_finding() -> None:
    text = "".join(f"落实青政办发[2022]{number}号文件。" for number in range(11, 17))
    (finding,) = judge(report_context(2023, "achievements", text), RULESET).findings
    assert (finding.level, finding.values["count"]) == (Level.INFO, 6)


def test_every_rule_resting_on_an_unconfirmed_fact_is_a_remark() -> None:
    for rule in RULESET.rules:
        if getattr(rule.parameters, "confidence", None) is Confidence.UNCONFIRMED:
            assert rule.confidence is Confidence.UNCONFIRMED
            assert {rule.level, *rule.levels.values()} == {Level.INFO}


def test_without_a_reported_year_only_what_needs_none_is_judged() -> None:
    text = "组织学习《知识产权法》《合同法》《行政处罚法。"
    context = Context(replace(report_from_text(text), year=None), FACTS)
    judgement = judge(context, RULESET)
    assert [item.rule for item in judgement.findings] == ["citations/law-title", "citations/title-marks"]
    assert judgement.outcomes["citations/repealed-law"] is Outcome.NOT_ASSESSABLE


def test_nothing_is_suggested_that_was_made_only_later() -> None:
    def message(year: int) -> str:
        (finding,) = judge(report_context(year, "achievements", "宣传《扫黑除恶法》。"), RULESET).findings
        return finding.message

    assert "《反有组织犯罪法》" not in message(2018)
    assert "《反有组织犯罪法》" in message(2023)


def test_beyond_the_tables_a_title_is_only_a_remark() -> None:
    hits = _hits(report_context(2027, "achievements", "宣传《知识产权法》。"))
    assert hits == [Hit("citations/law-title", "info", "《知识产权法》")]


@pytest.mark.parametrize(
    ("year", "text", "level"),
    [
        (2021, "学习贯彻《执业医师法》。", "warning"),
        (2020, "继续宣传《合同法》。", "warning"),
        (2022, "严格执行《信访条例》。", "warning"),
        (2021, "严格执行《信访条例》。", None),
        (2021, "学习贯彻《医师法》,《执业医师法》同时废止。", None),
        (2019, "学习贯彻《执业医师法》。", None),
    ],
)
def test_a_plan_for_a_year_names_no_law_that_is_then_repealed(year: int, text: str, level: str | None) -> None:
    hits = [hit for hit in _hits(report_context(year, "plan", text)) if hit.rule == "citations/repealed-law"]
    assert [hit.level for hit in hits] == ([level] if level else [])


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("草原保护法", "《草原法》"),
        ("烟花爆竹安全管理法", "《烟花爆竹安全管理条例》"),
        ("食品药品安全法", "《食品安全法》"),
        ("野生动物管理法", "《野生动物保护法》"),
    ],
)
def test_for_a_law_that_there_is_not_the_likely_one_is_named(written: str, suggested: str) -> None:
    (finding,) = judge(report_context(2023, "achievements", f"贯彻《{written}》。"), RULESET).findings
    assert suggested in finding.message


def test_a_name_beyond_the_years_of_the_list_is_not_judged() -> None:
    assert _hits(report_context(2026, "achievements", "贯彻《社会治理促进法》。")) == []
    assert len(_hits(report_context(2025, "achievements", "贯彻《社会治理促进法》。"))) == 1

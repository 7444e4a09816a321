"""Every year rule on planted defects and on legitimate passages, embedded in whole reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.examples import assume
from checks.finding import Outcome
from documents.read import report_from_text
from documents.report import Attribute, Certainty
from rules.model import Assumption, Confidence, Level, Ruleset
from tests.checks.years.year_reports import FACTS, report_context, report_text
from tests.places import SEEDS, table


def _ruleset() -> Ruleset:
    ruleset, _ = load_pack()
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "years"))


RULESET = _ruleset()
SILENT, FOUND = table("years_silent"), table("years_found")


class Hit(NamedTuple):
    rule: str
    level: str
    quote: str


def _hits(context: Context) -> Iterator[Hit]:
    for finding in judge(context, RULESET).findings:
        yield Hit(finding.rule, finding.level.value, finding.quote)


def _id(case: dict[str, Any]) -> str:
    return f"{case['report']}-{case['part']}-{case['text'][:24]}"


@pytest.mark.parametrize("case", SILENT, ids=_id)
def test_legitimate_passages_pass_in_silence(case: dict[str, Any]) -> None:
    context = report_context(case["report"], case["part"], case["text"])
    assert [hit for hit in _hits(context) if hit.level != "info"] == []


@pytest.mark.parametrize("case", SILENT, ids=_id)
def test_legitimate_passages_pass_when_the_year_is_concluded_from_the_text(case: dict[str, Any]) -> None:
    context = Context(report_from_text(report_text(case["report"], case["part"], case["text"])), FACTS)
    assert context.report.year is not None
    assert context.report.year.value == case["report"]
    assert [hit for hit in _hits(context) if hit.level != "info"] == []


@pytest.mark.parametrize("case", FOUND, ids=_id)
def test_planted_defects_are_found_alone(case: dict[str, Any]) -> None:
    hits = list(_hits(report_context(case["report"], case["part"], case["text"])))
    assert [(hit.rule, hit.level) for hit in hits] == [(case["rule"], case["level"])]
    assert case["quote"] in hits[0].quote


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_real_reports_have_remarks_only(path: Path) -> None:
    hits = list(_hits(Context(report_from_text(path.read_text(encoding="utf-8")), FACTS)))
    assert [hit for hit in hits if hit.level != "info"] == []


def test_every_rule_resting_on_an_unconfirmed_date_is_a_remark() -> None:
    for rule in RULESET.rules:
        if getattr(rule.parameters, "confidence", None) is Confidence.UNCONFIRMED:
            assert rule.confidence is Confidence.UNCONFIRMED
            assert {rule.level, *rule.levels.values()} == {Level.INFO}


def test_a_report_of_unknown_year_is_not_assessable() -> None:
    context = Context(replace(report_from_text("法治政府建设情况。"), year=None), FACTS, audited_year=2023)
    outcomes = judge(context, RULESET).outcomes
    assert set(outcomes.values()) == {Outcome.NOT_ASSESSABLE}


def test_a_report_written_late_may_cite_what_came_after_the_year() -> None:
    text = "2020年,我局落实《法治政府建设实施纲要(2021-2025年)》。\n一、主要举措和成效\n开展宣传18场次。"
    report = assume(report_from_text(text), Assumption(year=2020))
    assert [hit.rule for hit in _hits(Context(report, FACTS))] == ["years/cited-too-early"]
    late = replace(report, published=Attribute(date(2021, 9, 1), Certainty.CERTAIN, ()))
    assert [hit.rule for hit in _hits(Context(late, FACTS))] == []


def test_one_line_reports_are_judged_alike() -> None:
    text = report_text(2023, "achievements", "2022年,全局共办理行政处罚案件35件。").replace("\n", " ")
    report = assume(report_from_text(text), Assumption(year=2023))
    assert [hit.rule for hit in _hits(Context(report, FACTS))] == ["years/stale-statement"]

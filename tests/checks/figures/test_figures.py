"""Every rule of the family on passages that are right though they look wrong, and on planted defects."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.examples import assume
from checks.finding import Finding
from documents.read import report_from_text
from rules.facts import Facts
from rules.model import Assumption, Ruleset
from tests.places import SEEDS, seed, table

FACTS = Facts()
SILENT, FOUND = table("figures_silent"), table("figures_found")


def _ruleset() -> Ruleset:
    ruleset, _ = load_pack()
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "figures"))


RULESET = _ruleset()


def findings(text: str) -> list[Finding]:
    report = report_from_text(
        f"2024年,我局扎实推进依法行政。\n一、主要举措和成效\n{text}\n二、下一步安排\n继续抓好落实。\n"
    )
    return list(judge(Context(assume(report, Assumption(year=2024)), FACTS), RULESET).findings)


def shown(found: list[Finding]) -> str:
    return "\n".join(f"{item.level.value} {item.rule} “{item.quote}” {item.message}" for item in found)


@pytest.mark.parametrize("text", SILENT, ids=lambda text: text[:30])
def test_right_passages_are_silent(text: str) -> None:
    wrong = [item for item in findings(text) if item.level.value != "info"]
    assert wrong == [], shown(wrong)


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["text"][:30])
def test_planted_defects_are_found_alone(case: dict[str, Any]) -> None:
    found = [item for item in findings(case["text"]) if item.level.value != "info" or item.level.value == case["level"]]
    assert [(item.rule, item.level.value) for item in found] == [(f"figures/{case['rule']}", case["level"])], shown(
        found
    )
    assert case["quote"] in found[0].quote
    assert case["message"] in found[0].message


SEED_FINDINGS = {
    ("古美路", "figures/sum", "error", "740件"),
    ("中山门", "figures/sum", "error", "54起"),
    ("中山门", "figures/approximation", "error", "近200余家"),
    ("中山门", "figures/visits", "warning", "406126户"),
    ("中山门", "figures/metric-conflict", "warning", "1000多宗"),
    ("中山门", "figures/money-unit", "info", "100万"),
    ("从化", "figures/rate", "warning", "办结率82.49%"),
    ("新市", "figures/approximation", "warning", "超185份"),
    ("新市", "figures/approximation", "warning", "超45场次"),
    ("新市", "figures/published-penalties", "info", "124宗"),
}


def test_the_sample_reports_have_these_findings_and_no_others() -> None:
    names = ("古美路", "海沧", "中山门", "从化", "新市")
    assert len(SEEDS) == len(names)
    found = {
        (name, item.rule, item.level.value, item.quote)
        for name in names
        for item in judge(Context(report_from_text(seed(name).read_text("utf-8")), FACTS), RULESET).findings
    }
    unexpected = {
        item for item in found if not any(item[:3] == known[:3] and known[3] in item[3] for known in SEED_FINDINGS)
    }
    missed = {
        known for known in SEED_FINDINGS if not any(item[:3] == known[:3] and known[3] in item[3] for item in found)
    }
    assert (unexpected, missed) == (set(), set())

"""The rules of wording over the five sample reports: every known lapse at its level, and no error or warning else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from checks.context import Context
from checks.engine import judge
from checks.finding import Finding
from checks.kinds import parameter_models
from documents.read import report_from_text
from rules.load import load_ruleset
from rules.model import Level
from tests.checks.wording.wording_reports import FACTS
from tests.places import SEEDS, seed, table

CASES = table("wording_seeds")


@cache
def findings(name: str) -> tuple[Finding, ...]:
    ruleset = load_ruleset("fazhi", parameter_models())
    wording = replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "wording"))
    report = report_from_text(seed(name).read_text(encoding="utf-8"))
    return judge(Context(report, FACTS), wording).findings


@pytest.mark.parametrize(("name", "rule", "level", "quote"), CASES["found"])
def test_known_lapse(name: str, rule: str, level: str, quote: str) -> None:
    assert (rule, level) in {(item.rule, item.level.value) for item in findings(name) if item.quote == quote}


@pytest.mark.parametrize(("name", "quote"), CASES["silent"])
def test_right_wording(name: str, quote: str) -> None:
    text = seed(name).read_text(encoding="utf-8")
    start = text.index(quote)
    touching = [item for item in findings(name) if item.start < start + len(quote) and start < item.end]
    assert [item.quote for item in touching if len(item.quote) > 1] == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:8])
def test_nothing_but_the_known_lapses(path: object) -> None:
    names = [name for name in ("新市街", "古美路", "中山门", "从化区", "海沧区") if name in str(path)]
    known = {quote for name, _, _, quote in CASES["found"] if name in names}
    others = [item for item in findings(names[0]) if item.level is not Level.INFO and item.quote not in known]
    assert [(item.rule, item.quote) for item in others] == []

"""Every privacy rule on planted data and on numbers that only look like data of persons."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.packs import load_pack
from checks.context import Context
from checks.engine import judge
from checks.finding import Finding
from documents.personal import find_personal_data
from documents.read import report_from_text
from rules.model import Ruleset
from tests.places import ROOT, SEEDS, table

TABLE = table("privacy", yaml.CBaseLoader)
FACTS = load_pack()[1]
TEXTS = [*SEEDS, *sorted((ROOT / "tests" / "reports").glob("*.txt"))]
_REPORT = """青石县司法局2023年法治政府建设年度报告
2023年,我局扎实推进法治政府建设。现将有关情况报告如下:
一、主要举措和成效
全年办理行政复议案件26件。
{text}
二、下一年度主要安排
继续加强行政执法监督。
"""


def _ruleset() -> Ruleset:
    ruleset = load_pack()[0]
    return replace(ruleset, rules=tuple(rule for rule in ruleset.rules if rule.family == "privacy"))


RULESET = _ruleset()


def _findings(text: str) -> tuple[Finding, ...]:
    return judge(Context(report_from_text(text), FACTS), RULESET).findings


@pytest.mark.parametrize("case", TABLE["found"], ids=lambda case: case["text"][:30])
def test_planted_data_are_found_and_masked(case: dict[str, Any]) -> None:
    (finding,) = _findings(_REPORT.format(text=case["text"]))
    assert (finding.rule, finding.level.value) == (case["rule"], case["level"])
    assert case["masked"] in finding.quote or finding.quote in case["masked"]
    assert case["masked"] in report_from_text(_REPORT.format(text=case["text"])).text


@pytest.mark.parametrize("text", TABLE["silent"], ids=lambda text: text[:30])
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert _findings(_REPORT.format(text=text)) == ()
    assert report_from_text(_REPORT.format(text=text)).text == _REPORT.format(text=text)


@pytest.mark.parametrize("case", TABLE["masked"], ids=lambda case: case["text"])
def test_mailboxes_of_organs_are_masked_in_silence(case: dict[str, Any]) -> None:
    assert _findings(_REPORT.format(text=case["text"])) == ()
    assert case["masked"] in report_from_text(_REPORT.format(text=case["text"])).text


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_published_reports_hold_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert find_personal_data(text) == ()
    assert _findings(text) == ()


def test_a_list_of_numbers_is_one_finding() -> None:
    numbers = "、".join(f"当事人电话1380013{number:04}" for number in range(8000, 8010))
    (finding,) = _findings(_REPORT.format(text=numbers))
    assert finding.values["count"] == 10
    assert len(finding.related) == 3

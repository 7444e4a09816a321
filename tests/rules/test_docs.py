"""docs/rules.md: its worked examples are a pack that loads and finds what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit.copies.findings import compare_contexts
from checks.examples import run_rule_examples
from checks.kinds import KINDS, parameter_models
from rules.facts import Facts
from rules.load import load_ruleset
from rules.model import Ruleset
from tests.places import ROOT

PAGE = ROOT / "docs" / "rules.md"


@pytest.fixture
def house_pack(tmp_path: Path) -> Ruleset:
    page = PAGE.read_text(encoding="utf-8")
    for name, content in re.findall(r"`jiangbei/(\w+\.yaml)`.*?```yaml\n(.*?)```", page, re.DOTALL):
        (tmp_path / name).write_text(content, encoding="utf-8")
    return load_ruleset(tmp_path, parameter_models(), {name: kind.cases for name, kind in KINDS.items()})


def test_the_worked_example_loads(house_pack: Ruleset) -> None:
    built_in = load_ruleset("fazhi", parameter_models())
    ids = [rule.id for rule in built_in.rules if rule.id != "sections/numbering"]
    assert [rule.id for rule in house_pack.rules] == [*ids, "jiangbei/digital", "jiangbei/full-content"]
    assert [off.id for off in house_pack.switched_off] == ["sections/numbering"]


def test_the_examples_of_the_worked_example_hold(house_pack: Ruleset) -> None:
    own = [rule for rule in house_pack.rules if rule.family == "jiangbei"]
    assert [failure for rule in own for failure in run_rule_examples(rule, Facts(), compare_contexts)] == []


def test_every_parameter_is_described_in_chinese() -> None:
    undescribed = [
        f"{kind.name}: {name}"
        for kind in KINDS.values()
        for name, field in kind.parameters.model_fields.items()
        if (field.description or "").isascii()
    ]
    assert undescribed == []

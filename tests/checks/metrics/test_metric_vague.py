from __future__ import annotations

from typing import Any

import pytest
import yaml

from checks.metrics.metric_vague import KIND
from tests.checks.metrics.metric_reports import context_of
from tests.places import table

CASES: dict[str, list[Any]] = table("metrics_vague", yaml.CBaseLoader)


def found(text: str, level: str = "township") -> list[str]:
    context = context_of(text, level)
    return [f"{match.case} {context.report.quote(match.span)}" for match in KIND.run(context, KIND.parameters())]


@pytest.mark.parametrize("case", CASES["fail"], ids=[case["text"] for case in CASES["fail"]])
def test_vague(case: dict[str, Any]) -> None:
    assert found(case["text"]) == case["found"] != []


@pytest.mark.parametrize("text", CASES["pass"], ids=CASES["pass"])
def test_not_vague(text: str) -> None:
    assert found(text) == []


def test_level_decides_what_is_expected() -> None:
    text = "办理政协提案若干件。"
    assert found(text, "county") == ["expected 政协提案若干件"]
    assert found(text, "township") == ["optional 政协提案若干件"]


def test_a_number_anywhere_settles_the_metric() -> None:
    assert found("多次组织法治培训。\n全年举办执法业务培训6场次。") == []


def test_one_finding_for_a_metric_with_its_other_places() -> None:
    context = context_of("多次组织法治培训。\n举办执法培训班若干期。")
    matches = list(KIND.run(context, KIND.parameters()))
    assert [len(match.related) for match in matches] == [1]


def test_plan_and_shortcomings_may_be_vague() -> None:
    assert (
        found("规范执法。\n二、存在的不足和原因\n大量矛盾纠纷没有化解。\n三、2024年工作安排\n举办执法培训班若干期。")
        == []
    )


def test_groups_can_be_left_out() -> None:
    context = context_of("多次组织法治培训。")
    assert not list(KIND.run(context, KIND.parameters.model_validate({"except_groups": ["培训"]})))

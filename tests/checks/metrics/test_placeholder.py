from __future__ import annotations

from typing import Any

import pytest
import yaml

from checks.metrics.placeholder import KIND
from tests.checks.metrics.metric_reports import context_of
from tests.places import SEEDS, table

CASES: dict[str, list[Any]] = table("metrics_blanks", yaml.CBaseLoader)


def found(text: str, **parameters: object) -> list[str]:
    context = context_of(text)
    matches = KIND.run(context, KIND.parameters.model_validate(parameters))
    return [f"{match.case} {context.report.quote(match.span)}" for match in matches]


@pytest.mark.parametrize("case", CASES["fail"], ids=[case["text"] for case in CASES["fail"]])
def test_blank(case: dict[str, Any]) -> None:
    assert found(case["text"]) == case["found"] != []


@pytest.mark.parametrize("text", CASES["pass"], ids=CASES["pass"])
def test_no_blank(text: str) -> None:
    assert found(text) == []


def test_sample_reports_have_no_blanks() -> None:
    for path in SEEDS:
        assert found(path.read_text(encoding="utf-8")) == []


def test_kinds_and_allowed_words() -> None:
    text = "X月X日办理案件XX件。"
    assert found(text, kinds=["date"]) == ["date X月X日"]
    assert found(text, allow=["X月X日"]) == ["number XX件"]

from __future__ import annotations

from typing import Any

import pytest
import yaml

from checks.metrics.blanks import around
from checks.metrics.placeholder import KIND
from documents.report import Span
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


class _CountingText(str):
    """A text that counts how many characters it was searched through from the right."""

    searched = 0

    def rfind(self, sub: str, start: Any = None, end: Any = None) -> int:
        self.searched += len(self[start:end])
        return super().rfind(sub, start, end)


def test_a_line_is_not_searched_from_its_beginning_for_every_blank() -> None:
    counts = []
    for repeats in (300, 600):
        text = _CountingText("审结____件，" * repeats)
        list(around([place for place, sign in enumerate(text) if sign == "_"], text))
        counts.append(text.searched)
    assert 0 < counts[1] <= 2.1 * counts[0]


@pytest.mark.parametrize("blank", ["____件，", "全年办理行政复议案件____件，", "X件，X月X日，"])
def test_a_blank_is_not_compared_with_all_others(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    overlaps = Span.overlaps

    def counted(one: Span, other: Span) -> bool:
        nonlocal compared
        compared += 1
        return overlaps(one, other)

    monkeypatch.setattr(Span, "overlaps", counted)
    counts, blanks = [], []
    for repeats in (100, 200):
        compared = 0
        blanks.append(len(found(blank * repeats)))
        counts.append(compared)
    assert 2 * blanks[0] == blanks[1] > 0
    assert 0 < counts[1] <= 2.1 * counts[0]


def test_a_blank_of_two_kinds_is_told_once() -> None:
    assert found("20XX年办理案件XX件，X月X日报送。") == ["number XX件", "date 20XX年", "date X月X日"]

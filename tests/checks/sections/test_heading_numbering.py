"""Heading numbers that skip, repeat, run backwards or change style, and those that only look so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.sections.heading_numbering import KIND, HeadingNumberingParameters
from documents.read import report_from_text
from rules.facts import Facts
from tests.places import seed, table

FACTS = Facts()
CASES: list[dict[str, Any]] = table("sections_numbering")
HAN = "一二三四五六七八九十"


def found(text: str, *, items: bool = True) -> list[tuple[str | None, str]]:
    report = report_from_text(text)
    matches = KIND.run(Context(report, FACTS), HeadingNumberingParameters(items=items))
    return [(match.case, report.quote(match.span)) for match in matches]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_table(case: dict[str, Any]) -> None:
    assert sorted(found(case["text"])) == sorted((kind, quote) for kind, quote in case["finds"])


def test_items_can_be_left_out() -> None:
    text = next(case["text"] for case in CASES if case["name"] == "一是跳到三是")
    assert found(text, items=False) == []


def test_the_earlier_number_is_shown() -> None:
    text = next(case["text"] for case in CASES if case["name"] == "小标题重复")
    report = report_from_text(text)
    (match,) = KIND.run(Context(report, FACTS), HeadingNumberingParameters())
    assert [report.quote(span) for span in match.related] == ["(二)规范执法"]
    assert "重复" in match.message


@given(st.integers(1, 10), st.integers(0, 9))
def test_numbers_in_order_pass_and_one_left_out_is_found(length: int, left_out: int) -> None:
    lines = [
        f"{HAN[number]}、落实第{number + 1}项任务\n全年开展相关工作{number + 3}次,取得实效。\n"
        for number in range(length)
    ]
    assert found("".join(lines)) == []
    inner = 0 < left_out < length - 1
    remaining = lines[:left_out] + lines[left_out + 1 :] if inner else lines
    assert [kind for kind, _ in found("".join(remaining))] == (["skipped"] if inner else [])


@pytest.mark.parametrize("name", ["新市街道", "古美路街道", "城市管理局", "中山门街道", "从化区"])
def test_samples_are_numbered_well(name: str) -> None:
    path = seed(name)
    assert found(path.read_text(encoding="utf-8")) == []

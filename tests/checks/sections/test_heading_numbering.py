"""Heading numbers that skip, repeat, run backwards or change style, and those that only look so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.sections import heading_numbering, list_numbers
from checks.sections.heading_numbering import KIND, HeadingNumberingParameters
from documents.read import report_from_text
from rules.facts import Facts
from tests.places import seed, table

FACTS = Facts()
CASES: list[dict[str, Any]] = table("sections_numbering")
HAN = "一二三四五六七八九十"

LINES = [
    *(f"{number}、加强组织领导" for number in HAN[:5]),
    *(f"({number})规范行政执法。全年办理案件12件。" for number in HAN[:4]),
    "一是健全机制;二是加强培训;三是强化监督。",
    "一是健全机制;三是强化监督。",
    "工作如下:1、健全机制;2、组织考试;3、开展宣传。",
    "1、健全机制;3、组织考试。",
    *(f"1.{number}落实责任" for number in (1, 2, 4)),
    "  1.3 公开信息",
    "全年增长1.5个百分点。",
]


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


def test_what_settles_most_reports_settles_them_rightly() -> None:
    """Numbers that count up, and texts without a list in a sentence or at line heads, are not looked at further."""
    lines = st.lists(st.sampled_from(LINES), min_size=1, max_size=8)

    @given(lines)
    def same_findings(written: list[str]) -> None:
        text = "\n".join(written)
        quick = found(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(heading_numbering, "_counts_up", lambda siblings: False)
            patch.setattr(list_numbers, "_DOTTED_LINE", re.compile(""))
            patch.setattr(list_numbers, "_FIRST_IN_SENTENCE", re.compile(""))
            assert quick == found(text)

    same_findings()

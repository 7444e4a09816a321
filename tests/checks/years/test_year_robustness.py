"""Whatever the text, years are classed without an exception, in order, with exact quotes and in little time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.context import Context
from checks.examples import assume
from checks.years import title_year
from checks.years.kinds import YearKind
from checks.years.mentions import classify_years, telling_passage
from checks.years.named_facts import meeting_facts
from documents.read import report_from_text
from documents.report import Attribute, Certainty
from documents.years import find_year_tokens
from rules.model import Assumption
from tests.checks.years.year_reports import FACTS, report_text

PIECES = st.sampled_from(
    [
        *(
            "2022年",
            "2023年度",
            "二〇二一年",
            "2021-2025年",
            "〔2019〕20号",
            "(2020年版)",
            "2023年12月7日",
            "去年",
            "2024",
        ),
        *("《", "》", "，", "。", ";", "\n", "\u3000", "一、", "(一)", "现将", "报告如下:", "工作计划", "主要举措"),
        *("我局", "共办理案件35件", "将继续", "截至", "以来", "较", "获评"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40), st.sampled_from([None, 2021, 2023]))
def test_any_text_is_classed(pieces: list[str], year: int | None) -> None:
    report = report_from_text("".join(pieces))
    known = None if year is None else Attribute(year, Certainty.CERTAIN, ())
    context = Context(replace(report, year=known), FACTS)
    mentions = context.year_mentions
    assert [mention.span for mention in mentions] == sorted(mention.span for mention in mentions)
    for mention in mentions:
        assert mention.quote == report.text[mention.span.start : mention.span.end] != ""
        passage = telling_passage(report, mention)
        assert passage.start <= passage.end <= len(report.text)
        assert mention.reason
        assert mention.year <= mention.last


@settings(max_examples=60, deadline=None)
@given(st.integers(2017, 2026), st.integers(-4, 4))
def test_the_verdict_depends_on_the_distance_of_the_years_alone(reported: int, distance: int) -> None:
    def kinds(year: int) -> list[YearKind]:
        text = report_text(year, "achievements", f"{year + distance}年,全局共办理行政处罚案件35件。")
        report = assume(report_from_text(text), Assumption(year=year))
        return [mention.kind for mention in Context(report, FACTS).year_mentions]

    assert kinds(reported) == kinds(2022)


@pytest.mark.parametrize(
    "sentence", ["2022年,全局共办理行政处罚案件35件。", "较2022年增长12%,", "2022年" * 3, "在2022年的"]
)
def test_the_same_sentence_again_and_again_is_classed_again_and_again(sentence: str) -> None:
    def mentions(times: int) -> int:
        report = report_from_text(report_text(2023, "achievements", sentence * times))
        report = assume(report, Assumption(year=2023))
        return len(classify_years(report, Context(report, FACTS).year_settings, FACTS))

    once = mentions(2) - mentions(1)
    assert mentions(400) == mentions(1) + 399 * once


@given(st.lists(st.sampled_from(["2024年", "2019年", *"年度2019O一九〇百号第-至.月日(〔)〕版》"]), max_size=10))
def test_what_looks_like_the_year_of_a_title_is_one(pieces: list[str]) -> None:
    words = "".join(pieces)
    found = title_year._USUAL_YEAR.search(words)
    assert not found or any(True for _ in find_year_tokens(words))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("二十届三中全会", "二十届三中全会"),
        ("学习党的二十届二中、三中全会精神", "二十届二中、三中全会"),
        ("贯彻中央二十届三中、四中全会", "二十届三中"),
        ("委二十届三中全会", "二十届三中全会"),
        ("县委二十届三中全会", None),
        ("二十届二中全会", None),
    ],
)
def test_plenums_of_the_centre_alone_are_named(text: str, named: str | None) -> None:
    fact = next(fact for fact in meeting_facts(FACTS) if fact.name == "二十届三中全会")
    found = fact.pattern.search(text)
    assert (found and found.group()) == named

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks.context import Context
from checks.years.kinds import YEAR_KIND_NAMES, YearKind
from documents.read import report_from_text
from rules.facts.chronology import YearCue
from tests.checks.years.year_reports import FACTS, report_context, report_text
from tests.places import SEEDS, table

CASES = table("years_kinds")
DEFECTS = {kind for kind in YearKind if YEAR_KIND_NAMES[kind].startswith("疑误")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['report']}-{case['part']}-{case['text'][:24]}")
def test_each_year_is_classed(case: dict[str, Any]) -> None:
    context = report_context(case["report"], case["part"], case["text"])
    place = context.report.text.index(case["text"])
    found = [
        mention.kind.value
        for mention in context.year_mentions
        if place <= mention.span.start < place + len(case["text"])
        and any(char.isdigit() or char in "〇二" for char in mention.quote)
    ]
    assert found == case["kinds"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['report']}-{case['part']}-{case['text'][:24]}")
def test_no_other_passage_of_the_report_is_suspected(case: dict[str, Any]) -> None:
    context = report_context(case["report"], case["part"], case["text"])
    place = context.report.text.index(case["text"])
    elsewhere = [m for m in context.year_mentions if not place <= m.span.start < place + len(case["text"])]
    assert not [mention for mention in elsewhere if mention.kind in DEFECTS]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_no_year_of_a_real_report_is_suspected(path: Path) -> None:
    context = Context(report_from_text(path.read_text(encoding="utf-8")), FACTS)
    mentions = context.year_mentions
    assert len(mentions) >= 5
    assert not [(m.kind, m.quote, m.reason) for m in mentions if m.kind in DEFECTS]
    assert all(context.report.quote(mention.span) == mention.quote for mention in mentions)


def test_mentions_stand_in_order_with_their_passages() -> None:
    mentions = report_context(2023, "achievements", "2022年,全局共办理行政处罚案件35件。").year_mentions
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
    stale = next(m for m in mentions if m.kind is YearKind.STALE_STATEMENT)
    assert stale.reason
    assert (stale.year, stale.last) == (2022, 2022)


def test_without_a_reported_year_nothing_is_suspected() -> None:
    text = "法治政府建设\n2022年,全局共办理行政处罚案件35件。"
    report = report_from_text(text)
    mentions = Context(report if report.year is None else _without_year(report), FACTS).year_mentions
    assert [mention.kind for mention in mentions] == [YearKind.UNDECIDED]


def _without_year(report: Any) -> Any:
    return replace(report, year=None)


def test_web_residue_is_classed_as_such() -> None:
    text = report_text(2023, "achievements", "全年开展宣传18场次。") + "\n发布时间:2024-03-11 11:05\n分享到:"
    mentions = Context(report_from_text(text), FACTS).year_mentions
    assert mentions[-1].kind in (YearKind.PAGE, YearKind.SIGNATURE)


def test_every_kind_has_a_name_and_every_cue_a_kind() -> None:
    assert set(YEAR_KIND_NAMES) == set(YearKind)
    assert len(set(YEAR_KIND_NAMES.values())) == len(YearKind)
    cues: tuple[YearCue, ...] = FACTS.year_cues
    assert {YearKind(cue.kind) for cue in cues}.isdisjoint(DEFECTS)

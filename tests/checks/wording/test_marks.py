"""Punctuation, broken sentences, doubled words, templates and stray characters: the table of wording_marks.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.kinds import KINDS
from checks.place import clipped
from documents.read import report_from_text
from documents.report import Report
from tests.checks.wording.wording_reports import FACTS, body, found
from tests.places import SEEDS, table

CASES: list[dict[str, Any]] = table("wording_marks")
WORDING = sorted({case["kind"] for case in CASES})
WORDS = st.text(alphabet="法治建设和的工作,，。、；;（）()“”\"'‘’【】[]:： \n12ab|□", max_size=60)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['kind']} {clipped(case['text'])}" for case in CASES])
def test_table(case: dict[str, Any]) -> None:
    assert found(case["kind"], body(case["text"])) == case["found"]


@pytest.mark.parametrize("kind", WORDING)
def test_every_kind_has_traps(kind: str) -> None:
    assert {bool(case["found"]) for case in CASES if case["kind"] == kind} == {True, False}


@pytest.mark.parametrize("kind", WORDING)
@given(text=WORDS)
def test_a_quote_is_an_exact_passage(kind: str, text: str) -> None:
    report = body(text)
    for match in KINDS[kind].run(_context(report), KINDS[kind].parameters()):
        assert 0 <= match.span.start < match.span.end <= len(report.text)


@given(
    st.recursive(
        st.sampled_from(["法治", "建设"]), lambda inner: st.tuples(inner, st.sampled_from(["（）", "“”", "【】"]))
    )
)
def test_balanced_marks_are_silent(tree: Any) -> None:
    assert found("unpaired-marks", body(f"{_written(tree)}。\n下一段。")) == []


def test_a_habit_is_one_finding() -> None:
    text = "".join(f"开展活动{number}次,办理案件{number}件，" for number in range(1, 9))
    check = KINDS["half-width-punctuation"]
    (match,) = check.run(_context(body(text)), check.parameters())
    assert match.values["count"] == 8
    assert len(match.related) == 3


def test_missing_full_stops_everywhere_are_a_matter_of_layout() -> None:
    lines = "\n".join(f"全年组织第{number}批培训，提高执法水平，化解矛盾纠纷。取得明显成效" for number in range(9))
    assert [item.split()[0] for item in found("missing-final-mark", body(lines))] == ["habit"]


def test_only_the_known_lapses_of_the_sample_reports() -> None:
    lapses: list[str] = []
    for path in SEEDS:
        report = report_from_text(path.read_text(encoding="utf-8"))
        for kind in WORDING:
            if kind != "half-width-punctuation":
                lapses += found(kind, report)
    assert sorted(lapses) == [
        "bar  |",
        "double 。。",
        "fragment 助推法治社区建设积。",
        "total 共受理劳资纠纷案件共1120",
        "促进法治行政事业改革发展",
    ]


def _written(tree: Any) -> str:
    if isinstance(tree, str):
        return tree
    inner, (opening, closing) = tree
    return f"{opening}{_written(inner)}{closing}"


def _context(report: Report) -> Context:
    return Context(report, FACTS)

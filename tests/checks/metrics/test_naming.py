from __future__ import annotations

import pytest

from tests.checks.metrics.metric_reports import context_of


def held(text: str, sign: str) -> list[str]:
    """The sentences of a report of ``text`` that name a metric and hold ``sign``."""
    context = context_of(text)
    view = context.report.view.text
    signs = [place for place in range(len(view)) if view.startswith(sign, place)]
    return [view[start:end] for start, end, _ in context.naming_sentences.holding(signs)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("办理行政处罚案件XX件。培训12场次。", ["办理行政处罚案件XX件。"]),
        ("办理行政处罚案件XX件,罚款X元。", ["办理行政处罚案件XX件,罚款X元。"]),
        ("全年完成XX件。办理行政处罚案件5件。", []),
        ("办理行政处罚案件5件。\n二、2024年工作安排\n办理行政处罚案件X件。", []),
    ],
)
def test_sentences_that_name_a_metric_and_hold_a_sign(text: str, sentences: list[str]) -> None:
    assert held(text, "X") == sentences


def test_of_a_very_long_sentence_only_the_pieces_with_a_sign() -> None:
    row = "行政处罚案件5件,"
    pieces = held(f"{row * 400}行政处罚案件X件", "X")
    assert len(pieces) == 1
    assert len(pieces[0]) <= 1500
    assert pieces[0].endswith("行政处罚案件X件")


def test_signs_between_sentences_lie_in_none() -> None:
    context = context_of("一、主要成效\n\n办理行政处罚案件5件。\n\n\n召开法治政府会议。\n \n培训12场次。")
    view, sentences = context.report.view.text, context.naming_sentences
    named = [view[start:end] for start, end, _ in sentences.holding(range(len(view)))]
    assert named[0] == "办理行政处罚案件5件。"
    assert list(sentences.holding([view.index("办") - 1, view.index("召") - 1])) == []

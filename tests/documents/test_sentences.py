from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given

from documents.read import report_from_text
from tests.documents.texts import TEXTS
from tests.places import SEEDS, table

CASES = table("sentences")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["原文"][:20]) for case in CASES])
def test_a_text_is_cut_into_its_sentences(case: dict[str, str | list[str]]) -> None:
    report = report_from_text(str(case["原文"]))
    assert [report.quote(sentence.span) for sentence in report.sentences] == case["句子"]


@given(TEXTS)
def test_sentences_lie_in_order_and_lose_no_word_of_the_report(text: str) -> None:
    report = report_from_text(text)
    assert all(0 <= sentence.span.start < sentence.span.end <= len(report.text) for sentence in report.sentences)
    assert all(first.span.end <= second.span.start for first, second in pairwise(report.sentences))
    for sentence in report.sentences:
        assert report.paragraphs[sentence.paragraph].span.covers(sentence.span)
        assert not report.in_residue(sentence.span)


@given(TEXTS)
def test_what_no_sentence_holds_is_blank_or_is_set_apart(text: str) -> None:
    report = report_from_text(text)
    left = list(report.text)
    apart = [item.span for item in report.residue]
    apart += [paragraph.span for paragraph in report.paragraphs if paragraph.kind in ("title", "signature")]
    # In a text without line ends they are no paragraphs of their own.
    apart += [sign.span for known in (report.title, report.published) if known for sign in known.evidence]
    for span in [*apart, *(sentence.span for sentence in report.sentences)]:
        left[span.start : span.end] = " " * (span.end - span.start)
    assert not [sign for sign in left if sign.isalnum() and sign.isprintable()]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_sentence_of_a_real_report_ends_as_one(path: Path) -> None:
    report = report_from_text(path.read_text(encoding="utf-8"))
    unclosed = [
        report.quote(sentence.span)
        for sentence in report.sentences
        if not sentence.is_heading and not report.quote(sentence.span).endswith(("。", ":", "”"))
    ]
    # One sentence of the samples lacks its full stop in the original.
    assert [words[-12:] for words in unclosed] == (["促进法治行政事业改革发展"] if "中山门" in path.stem else [])


def test_a_sentence_knows_its_heading() -> None:
    report = report_from_text(
        "开头一句。\n一、主要工作\n（一）强化领导。召开会议3次。一是学习。\n二、存在的问题\n还有不足。"
    )
    over = [
        (
            report.quote(sentence.span),
            sentence.heading if sentence.heading is None else report.headings[sentence.heading].title,
        )
        for sentence in report.sentences
    ]
    assert over == [
        ("开头一句。", None),
        ("一、主要工作", "主要工作"),
        ("（一）强化领导。", "强化领导"),
        ("召开会议3次。", "强化领导"),
        ("一是学习。", "强化领导"),
        ("二、存在的问题", "存在的问题"),
        ("还有不足。", "存在的问题"),
    ]
    assert [sentence.is_heading for sentence in report.sentences] == [False, True, True, False, False, True, False]

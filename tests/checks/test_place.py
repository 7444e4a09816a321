"""Places and excerpts as inspectors read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.place import Places, clipped, part_in_words
from documents.read import read_report, report_from_text
from documents.report import Span
from tests.documents.texts import TEXTS

TEXT = """青石县司法局2023年法治政府建设年度报告
2023年，我局扎实推进依法行政，现将有关情况报告如下：
一、主要举措和成效
（一）规范执法。办理案件35件。评查案卷20宗。
（二）深化普法
开展宣传18场次。
制作展板12块。
二、存在的不足
执法力量不足。
青石县司法局
2024年1月18日
"""
REPORT = report_from_text(TEXT)
PLACES = Places(REPORT)


def span_of(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("年度报告", "标题"),
        ("扎实推进", "开头部分 第2段"),
        ("一、主要举措和成效", "一、 标题"),
        ("评查案卷", "一、（一） 第2句"),
        ("制作展板", "一、（二） 第3段"),
        ("力量不足", "二、 第2段"),
        ("2024年1月18日", "落款"),
    ],
)
def test_a_place_is_said_as_an_inspector_would(words: str, place: str) -> None:
    assert PLACES.in_words(span_of(words)) == place


def test_the_part_is_named_by_its_numbers_or_its_title() -> None:
    first, inner, *_ = REPORT.headings
    (untitled,) = report_from_text("主要工作\n办理案件35件，评查案卷20宗，开展宣传18场次。\n").headings
    assert part_in_words([first, inner]) == "“一、（一）”部分"
    assert part_in_words([untitled]) == "“主要工作”部分"
    assert part_in_words([]) == ""


@pytest.mark.parametrize(
    ("words", "length", "shown"),
    [("办理案件", 4, "办理案件"), ("办理案件35件", 4, "办理案件…"), ("办理\n 案件", 40, "办理 案件"), ("", 4, "")],
)
def test_words_in_a_message_are_short_and_on_one_line(words: str, length: int, shown: str) -> None:
    assert clipped(words, length) == shown


def test_an_excerpt_is_the_whole_sentence_with_the_passage_marked() -> None:
    assert PLACES.excerpt(span_of("案卷20宗")) == "评查【案卷20宗】。"
    assert PLACES.excerpt(Span(5, 5)) == ""


def test_a_long_sentence_is_cut_on_both_sides() -> None:
    report = report_from_text("推进依法行政，" * 100 + "办理案件若干件，" + "深化普法宣传，" * 100 + "成效明显。")
    start = report.text.index("若干")
    shown = Places(report).excerpt(Span(start, start + 2))
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "办理案件【若干】件" in shown
    assert len(shown) <= 310


@given(TEXTS, st.data())
def test_any_passage_has_a_place_and_stands_in_its_excerpt(text: str, data: st.DataObject) -> None:
    report = report_from_text(text)
    start = data.draw(st.integers(0, len(report.text)))
    span = Span(start, data.draw(st.integers(start, len(report.text))))
    places = Places(report)
    assert places.in_words(span)
    assert span.start == span.end or f"【{report.quote(span)}】" in places.excerpt(span)


@given(st.text(alphabet="法治。\n", max_size=40), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    report = report_from_text(text)
    line, column = Places(report).line_and_column(offset)
    lines = text.split("\n")
    assert sum(len(earlier) + 1 for earlier in lines[: line - 1]) + column - 1 == offset
    assert 1 <= column <= len(lines[line - 1]) + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_those_of_the_file(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    report = read_report(path, "报告.txt")
    places = Places(report)
    for number, line in enumerate(TEXT.splitlines()[1:], start=2):
        assert places.line_and_column(report.text.index(f"\n{line}\n") + 1) == (number, 1)

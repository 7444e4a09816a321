from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import heading_marks
from documents.folded import fold
from documents.heading_marks import Stretch, find_numbered
from documents.numerals import heading_ordinal
from documents.read import report_from_text
from documents.report import Heading, NumberStyle, Report
from tests.documents.texts import TEXTS
from tests.places import SEEDS, seed, table

CASES = table("headings")


def outline(report: Report) -> list[str]:
    return [f"{heading.level} {heading.number or '-'} {heading.title}" for heading in report.headings]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["名称"]) for case in CASES])
def test_headings_of_a_text(case: dict[str, str | list[str]]) -> None:
    assert outline(report_from_text(str(case["原文"]))) == case["标题"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_losing_the_line_ends_loses_no_heading(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    whole = [line for line in outline(report_from_text(text)) if "是 " not in line]
    joined = [line for line in outline(report_from_text(re.sub(r"\s*\n\s*", " ", text))) if "是 " not in line]
    assert joined == whole


@pytest.mark.parametrize(
    ("name", "tops", "total"), [("古美路", 4, 25), ("海沧", 3, 15), ("中山门", 4, 17), ("从化", 3, 9), ("新市", 3, 34)]
)
def test_headings_of_the_samples(name: str, tops: int, total: int) -> None:
    path = seed(name)
    headings = [
        h for h in report_from_text(path.read_text(encoding="utf-8")).headings if h.style is not NumberStyle.ITEM
    ]
    assert len([heading for heading in headings if heading.level == 1]) == tops
    assert len(headings) == total


def test_spans_of_a_heading() -> None:
    report = report_from_text(
        "一、主要工作\n（一）强化领导。召开会议3次。\n二、存在的问题\n还有不足。\n某县司法局\n2024年1月5日"
    )
    top, inner, last = report.headings
    assert (report.quote(inner.span), report.quote(inner.title_span), inner.inline) == (
        "（一）强化领导",
        "强化领导",
        True,
    )
    assert report.quote(inner.body).strip() == "召开会议3次。"
    assert report.quote(top.section).strip() == "一、主要工作\n（一）强化领导。召开会议3次。"
    assert (top.inline, inner.parent, report.quote(last.section)) == (False, 0, "二、存在的问题\n还有不足。")
    assert report.section_label(inner.body.start) == "一/（一）"


def test_an_item_reaches_to_the_next_item_or_the_end_of_its_paragraph() -> None:
    report = report_from_text("一、不足\n一是人员不足。编制偏紧。二是经费紧张。缺口较大。\n综上，需要改进。")
    assert [report.quote(heading.section) for heading in report.headings[1:]] == [
        "一是人员不足。编制偏紧。",
        "二是经费紧张。缺口较大。",
    ]


def holds(outer: Heading, inner: Heading) -> bool:
    return outer.section.covers(inner.section) and outer.level < inner.level


@given(TEXTS)
def test_headings_nest_in_any_text(text: str) -> None:
    report = report_from_text(text)
    for heading in report.headings:
        assert 0 <= heading.span.start <= heading.title_span.start <= heading.title_span.end == heading.span.end
        assert heading.span.end <= heading.section.end <= len(report.text)
        assert heading.section.start == heading.span.start
        assert heading.section.covers(heading.body)
        assert heading.parent is None or holds(report.headings[heading.parent], heading)
        assert heading.parent is not None or heading.level == 1
        assert report.quote(heading.title_span) == heading.title
        assert report.quote(heading.span).startswith(heading.number)
    for first, second in pairwise(report.headings):
        assert first.span.end <= second.span.start
        assert first.section.end <= second.section.start or first.section.covers(second.section)


@given(TEXTS)
def test_heading_numbers_tell_their_style(text: str) -> None:
    for heading in report_from_text(text).headings:
        assert (heading.style is NumberStyle.NONE) == (heading.number == "") == (heading.ordinal is None)


def test_the_frequent_numbers_have_their_ordinals() -> None:
    known = heading_marks._FREQUENT_NUMBERS
    assert {number: ordinal for number, (_, ordinal) in known.items()} == {n: heading_ordinal(n) for n in known}
    # 、 after an Arabic figure, and a figure in brackets, are the only forms that two styles could share.
    assert len(known) == 10 + 2 * 20 + 3 * 20


NUMBERS = (
    *(
        "一、",
        "二、",
        "十二、",
        "二十、",
        "（一）",
        "(二)",
        "(十一)",
        "1.",
        "2、",
        "12.",
        "(3)",
        "（4）",
        "一是",
        "二是",
    ),
    *("十是", "十一是", "第一，", "首先，", "其次，", "①", "第一部分", "#一、", "一，"),
)
PIECES = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(
        [
            "加强领导",
            "二级",
            "否",
            "项",
            "两",
            "一",
            "坚持党的领导，强化监督",
            "《条例》",
            "“放管服”",
            "如下",
            "其中包括",
            "（试行）",
            "2023年",
            "办理案件5件",
        ]
    ),
    st.sampled_from(["。", "；", "，", "、", "：", "！", "。”", "\n", "\n\n", "\u3000\u3000", ".", "…", "）"]),
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_frequent_number_is_read_as_any_other(text: str) -> None:
    folded = fold(text)
    parts = [Stretch(*match.span(), long=False) for match in re.finditer(r"\S(?:[^\n]*\S)?", folded)]
    found = find_numbered(folded, parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heading_marks, "_FREQUENT_NUMBERS", {})
        assert find_numbered(folded, parts) == found

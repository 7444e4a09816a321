"""What a number of a report means by the words around it, in any wording that the rules know."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.context import Context
from checks.figures.reading import Figure, Passage, passages_with
from checks.figures.units import unit_at
from documents.read import report_from_text
from rules.facts import Facts

FACTS = Facts()
CHANGES = ["增长", "增加", "增幅", "新增长", "下降", "降幅", "减少", "上升", "提高", "提升", "升高", "降低", "压减"]
CHANGES += ["压降", "压缩", "缩短", "同比", "环比", "多", "少", "翻"]
EARLIER = ["上年", "去年", "前年", "上一年", "上年度", "上一年度", "同期", "往年", "年初", "由2023年", "较2023年"]


def passages(text: str) -> tuple[Passage, ...]:
    report = report_from_text(f"2024年,我局扎实推进依法行政。\n一、主要举措和成效\n{text}\n")
    return tuple(
        passage for passage in Context(report, FACTS).figures if "依法行政" not in passage.text[passage.start :]
    )


def figures(text: str) -> list[Figure]:
    report = report_from_text(f"我局扎实推进依法行政。\n一、主要举措和成效\n{text}\n")
    return [figure for passage in Context(report, FACTS).figures for figure in passage.figures]


@given(st.sampled_from(CHANGES), st.sampled_from(["", "了", "幅度"]), st.sampled_from(["", "达", "约", "近", "为"]))
def test_every_word_for_a_change_is_known(change: str, middle: str, last: str) -> None:
    (figure,) = figures(f"案件数量{change}{middle}{last}12件。")
    assert figure.change


@given(
    st.sampled_from(EARLIER), st.sampled_from(["", "度"]), st.sampled_from(["", "同期"]), st.sampled_from(["", "的"])
)
def test_every_word_for_last_year_is_known(year: str, degree: str, period: str, last: str) -> None:
    *_, figure = figures(f"案件数量{year}{degree}{period}{last}12件。")
    assert figure.earlier


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("全年12人民警察", [""]),
        ("共有12人参加", ["人"]),
        ("共有12 人参加", ["人"]),
        ("接待群众12人次", ["人次"]),
        ("查处3起草案", [""]),
        ("查处3起案件", ["起"]),
        ("罚款36.5万元", ["元"]),
        ("提高5个百分点", ["个百分点"]),
        ("办结率百分之九十八", ["%"]),
        ("1.推进改革", []),
        ("位居全市第3名", []),
        ("成绩为3/4名", []),
    ],
)
def test_what_a_number_counts(text: str, units: list[str]) -> None:
    assert [figure.unit for figure in figures(text)] == units


def test_brackets_around_a_number_are_counted() -> None:
    assert [figure.depth for figure in figures("共办结12件(其中行政处罚8件(罚款5件)、许可4件),培训3场。")] == [
        0,
        1,
        2,
        1,
        0,
    ]


def test_what_stands_in_titles_and_quotations_counts_nothing() -> None:
    assert [figure.written for figure in figures("印发《12件实事清单》,开展“3件小事”活动5场。")] == ["5"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("共办结12件。其中,处罚8件。", 1),
        ("共办结12件:\n处罚8件\n许可4件\n", 1),
        ("共办结12件。处罚8件。", 2),
        ("共办结12件。\n处罚8件。", 2),
        ("办结情况如下。\n处罚8件", 1),
    ],
)
def test_sentences_that_are_read_together(text: str, count: int) -> None:
    assert len(passages(text)) == count


def test_the_numbers_within_a_place() -> None:
    (passage,) = passages("处罚8件、许可4件、强制2件。")
    first, second, third = passage.figures
    assert passage.within(passage.start, passage.end) == (first, second, third)
    assert passage.within(first.start + 1, third.start) == (second,)
    assert passage.within(third.end, passage.end) == ()


@given(
    st.text("百分之%万,", max_size=40),
    st.lists(st.integers(0, 40), max_size=12, unique=True).map(sorted),
    st.lists(st.sampled_from(["%", "百分之", "万"]), max_size=3),
)
def test_the_passages_with_a_word_are_those_that_hold_it(text: str, edges: list[int], words: list[str]) -> None:
    # An odd edge leaves a gap to the next passage.
    passages = [Passage(text, start, max(start, end - end % 2), ()) for start, end in pairwise(edges)]
    assert passages_with(passages, words) == [item for item in passages if any(item.holds(word) for word in words)]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("件", "件"),
        ("件次", "件次"),
        ("人才", ""),
        ("人才3人", "人"),
        ("人民", ""),
        ("人参加", "人"),
        ("起草", ""),
        ("起,", "起"),
        ("次日", ""),
        ("次", "次"),
        ("个月", "个月"),
        ("个工作日", "个工作日"),
        ("个工", "个"),
        ("个部门", "个"),
        ("百分点", "百分点"),
        (" 平方米", "平方米"),
        ("案件", ""),
        ("", ""),
    ],
)
def test_the_unit_that_a_number_counts_by(words: str, unit: str) -> None:
    assert unit_at(words, 0, len(words)) == unit

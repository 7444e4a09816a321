"""Heading styles of the file as evidence for the heading tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.extraction import Extraction
from documents.read import report_from_extraction, report_from_text
from documents.report import ParagraphKind, Report, Source
from tests.documents.test_headings import holds
from tests.documents.texts import TEXTS

SOURCE = Source(path="", sha256="", size=0, format="docx", encoding="")
TITLE = "某县2023年法治政府建设年度报告"
PROSE = "我县深入学习贯彻习近平法治思想，统筹推进各项工作，取得积极进展。"


def styled(*lines: str | tuple[int, str]) -> Report:
    """A report of lines, with the level of each that has a heading style."""
    texts = [line if isinstance(line, str) else line[1] for line in lines]
    outline = {}
    start = 0
    for line, text in zip(lines, texts, strict=True):
        if not isinstance(line, str):
            outline[start] = line[0]
        start += len(text) + 1
    return report_from_extraction(Extraction("\n".join(texts), outline=outline), SOURCE)


def tree(report: Report) -> list[str]:
    return [f"{heading.level} {heading.number}{heading.title}" for heading in report.headings]


CASES: dict[str, tuple[tuple[str | tuple[int, str], ...], list[str]]] = {
    "two levels without numbers": (
        (TITLE, (1, "关于组织领导"), PROSE, (2, "抓关键少数"), PROSE, (2, "抓日常学法"), PROSE, (1, "今后"), PROSE),
        ["1 关于组织领导", "2 抓关键少数", "2 抓日常学法", "1 今后"],
    ),
    "two lines below each other": (
        (TITLE, (1, "一年来"), (2, "队伍"), PROSE, (2, "阵地"), PROSE, (1, "今后"), PROSE, PROSE, PROSE),
        ["1 一年来", "2 队伍", "2 阵地", "1 今后"],
    ),
    "a heading that reads like running text": (
        (TITLE, (1, "我局三年办案1200件的做法"), PROSE, PROSE, PROSE),
        ["1 我局三年办案1200件的做法"],
    ),
    "a heading closed like a sentence": ((TITLE, (1, "坚持党的领导。"), PROSE, PROSE), ["1 坚持党的领导"]),
    "a whole paragraph is none": ((TITLE, (1, "一、成效"), (2, PROSE * 3), PROSE), ["1 一、成效"]),
    "two sentences are none": ((TITLE, (1, "一、成效"), (2, "抓学习。促提升。"), PROSE), ["1 一、成效"]),
    "captions, dates and signatures are none": (
        (
            TITLE,
            PROSE,
            (1, "附件：统计表"),
            (1, "表1 办案数"),
            (1, "12345"),
            PROSE,
            (1, "某县司法局"),
            (1, "2024年1月5日"),
        ),
        [],
    ),
    "numbers keep their level": (
        (TITLE, (2, "一、成效"), PROSE, (1, "（一）学习"), PROSE, (1, "（二）执法"), PROSE, (2, "二、不足"), PROSE),
        ["1 一、成效", "2 （一）学习", "2 （二）执法", "1 二、不足"],
    ),
    "between numbered headings of the same style": (
        (
            TITLE,
            (1, "一、成效"),
            PROSE,
            (2, "（一）学习"),
            PROSE,
            (2, "执法"),
            PROSE,
            (1, "不足"),
            PROSE,
            (1, "三、打算"),
        ),
        ["1 一、成效", "2 （一）学习", "2 执法", "1 不足", "1 三、打算"],
    ),
    "below numbered headings": (
        (TITLE, (1, "一、成效"), (2, "学习"), PROSE, (2, "执法"), PROSE, (1, "二、不足"), (2, "人手"), PROSE),
        ["1 一、成效", "2 学习", "2 执法", "1 二、不足", "2 人手"],
    ),
    "above numbered headings": (
        (TITLE, (1, "回顾篇"), (2, "一、成效"), PROSE, (2, "二、做法"), PROSE, (1, "展望篇"), (2, "一、不足"), PROSE),
        ["1 回顾篇", "2 一、成效", "2 二、做法", "1 展望篇", "2 一、不足"],
    ),
    "the title in the style of a heading": (
        ((1, "某县依法治县工作情况"), (2, "一、成效"), PROSE, (2, "二、不足"), PROSE, (2, "三、打算"), PROSE),
        ["1 一、成效", "1 二、不足", "1 三、打算"],
    ),
    "every line in one style": (
        (TITLE, *((1, line) for line in ("学习", "执法", "普法", "复议", "应诉", "督察")), (1, PROSE)),
        [],
    ),
    "blanks before the heading": (
        (TITLE, (1, "　　关于学习"), PROSE, (1, "　　关于执法"), PROSE),
        ["1 关于学习", "1 关于执法"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_tree_of_a_styled_text(name: str) -> None:
    lines, expected = CASES[name]
    assert tree(styled(*lines)) == expected


def test_a_styled_line_is_a_heading_paragraph() -> None:
    report = styled(TITLE, (1, "关于组织领导"), PROSE)
    assert [paragraph.kind for paragraph in report.paragraphs] == [
        ParagraphKind.TITLE,
        ParagraphKind.HEADING,
        ParagraphKind.BODY,
    ]


@given(TEXTS, st.data())
def test_any_outline_of_any_text_gives_a_tree(text: str, data: st.DataObject) -> None:
    places = st.integers(0, max(0, len(text) - 1))
    outline = data.draw(st.dictionaries(places, st.integers(1, 9), max_size=12))
    report = report_from_extraction(Extraction(text, outline=outline), SOURCE)
    for heading in report.headings:
        assert heading.parent is None or holds(report.headings[heading.parent], heading)
        assert report.quote(heading.title_span) == heading.title


@given(TEXTS)
def test_an_outline_outside_of_the_lines_changes_nothing(text: str) -> None:
    marked = report_from_extraction(Extraction(report_from_text(text).text, outline={len(text) + 10: 1}), SOURCE)
    assert marked.headings == report_from_text(text).headings

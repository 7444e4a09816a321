from __future__ import annotations

import pytest

from tests.documents.readers.docx.writing import paragraph, read


def level(index: int, text: str, form: str = "decimal", *, start: int = 1, suffix: str = "", more: str = "") -> str:
    suff = f'<w:suff w:val="{suffix}"/>' if suffix else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}{suff}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, definition: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def listed(text: str, number: int | None, index: int | None = None, style: str = "") -> str:
    numbering = "" if number is None else f'<w:numId w:val="{number}"/>'
    depth = "" if index is None else f'<w:ilvl w:val="{index}"/>'
    return paragraph(text, style=style, properties=f"<w:numPr>{depth}{numbering}</w:numPr>")


def start_at(index: int, value: int) -> str:
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{value}"/></w:lvlOverride>'


HAN = level(0, "%1、", "chineseCountingThousand")
BRACKETS = level(1, "（%2）", "chineseCountingThousand")
FIGURES = level(2, "%3.", "decimal")
REPORT = abstract(0, HAN, BRACKETS, FIGURES) + num(1, 0)


def lines(numbering: str, *paragraphs: str, styles: str = "") -> list[str]:
    parts = {"numbering": numbering} | ({"styles": styles} if styles else {})
    return read("".join(paragraphs), parts).text.split("\n")


def test_the_levels_of_a_report_count_and_begin_anew() -> None:
    order = [0, 1, 1, 2, 2, 1, 2, 0, 1, 2]
    shown = lines(REPORT, *(listed("工作", 1, index) for index in order))
    assert [line.removesuffix("工作") for line in shown] == [
        "一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）", "1.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("definition", "index", "shown"),
    [
        pytest.param(level(0, "第%1部分", "chineseCounting"), 0, "第一部分 工作", id="a word ends in a blank"),
        pytest.param(level(0, "第%1部分", "chineseCounting", suffix="nothing"), 0, "第一部分工作", id="nothing after"),
        pytest.param(level(0, "%1", suffix="space"), 0, "1 工作", id="a space after"),
        pytest.param(level(0, "（%1）", "decimal", suffix="space"), 0, "（1）工作", id="a bracket closes by itself"),
        pytest.param(level(0, "%1", "decimalEnclosedCircle", suffix="nothing"), 0, "①工作", id="circled"),
        pytest.param(level(0, "●", "bullet"), 0, "工作", id="a bullet is no number"),
        pytest.param(level(0, "", "bullet"), 0, "工作", id="a bullet of a symbol font"),
        pytest.param(level(0, "一、", "bullet"), 0, "一、工作", id="words in place of a bullet"),
        pytest.param(level(0, "", "none"), 0, "工作", id="no number"),
        pytest.param(level(0, "附：", "none"), 0, "附：工作", id="words without a number"),
        pytest.param(level(0, "%1、", "decimal", start=5), 0, "5、工作", id="a start"),
        pytest.param(level(0, "%1、") + level(1, "%1.%2", "decimal"), 1, "1.1 工作", id="an outer number not yet used"),
        pytest.param(level(0, "%1、", "decimal", more="<w:isLgl/>"), 0, "1、工作", id="legal"),
        pytest.param(level(0, "%1、"), 3, "工作", id="a level that is not defined"),
    ],
)
def test_a_number_and_what_follows_it(definition: str, index: int, shown: str) -> None:
    assert lines(abstract(0, definition) + num(1, 0), listed("工作", 1, index)) == [shown]


def test_a_level_that_was_passed_over_has_been_counted() -> None:
    outline = abstract(0, level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3")) + num(1, 0)
    shown = lines(outline, *(listed("项", 1, index) for index in (1, 0, 2, 1)))
    assert [line.split()[0] for line in shown] == ["1.1", "2", "2.1.1", "2.2"]


def test_legal_numbers_are_arabic_at_every_level() -> None:
    legal = level(1, "%1.%2", "chineseCounting", more="<w:isLgl/>")
    assert lines(abstract(0, HAN, legal) + num(1, 0), listed("甲", 1, 0), listed("乙", 1, 1)) == ["一、甲", "1.1 乙"]


def test_a_figure_keeps_apart_from_a_number_with_a_point() -> None:
    definition = abstract(0, level(0, "%1.", "decimal")) + num(1, 0)
    assert lines(definition, listed("2023年工作", 1, 0), listed("强化领导", 1, 0)) == ["1. 2023年工作", "2.强化领导"]


def test_lists_of_one_definition_count_together() -> None:
    numbering = abstract(0, HAN) + num(1, 0) + num(2, 0)
    assert lines(numbering, listed("甲", 1), listed("乙", 2), listed("丙", 1)) == ["一、甲", "二、乙", "三、丙"]


def test_a_start_override_begins_anew_once() -> None:
    numbering = abstract(0, HAN) + num(1, 0) + num(2, 0, start_at(0, 1))
    shown = lines(numbering, listed("甲", 1), listed("乙", 1), listed("丙", 2), listed("丁", 2), listed("戊", 1))
    assert shown == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊"]


def test_a_start_override_holds_whenever_the_level_begins_anew() -> None:
    numbering = abstract(0, HAN, BRACKETS) + num(1, 0, start_at(1, 4))
    shown = lines(numbering, *(listed("项", 1, index) for index in (0, 1, 1, 0, 1)))
    assert shown == ["一、项", "（四）项", "（五）项", "二、项", "（四）项"]


def test_an_override_may_redefine_a_level() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "decimal", start=3)}</w:lvlOverride>'
    assert lines(abstract(0, HAN) + num(1, 0, other), listed("甲", 1), listed("乙", 1)) == ["（3）甲", "（4）乙"]


@pytest.mark.parametrize(("restart", "shown"), [(0, "2."), (1, "2."), (2, "1.")])
def test_what_begins_a_level_anew(restart: int, shown: str) -> None:
    figures = level(2, "%3.", "decimal", more=f'<w:lvlRestart w:val="{restart}"/>')
    numbering = abstract(0, HAN, BRACKETS, figures) + num(1, 0)
    last = lines(numbering, *(listed("项", 1, index) for index in (0, 1, 2, 1, 2)))[-1]
    assert last == f"{shown}项"


def test_list_zero_takes_the_number_of_the_style_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    assert lines(REPORT, paragraph("甲", style="H1"), listed("乙", 0, style="H1"), styles=styles) == ["一、甲", "乙"]


def test_styles_stand_for_levels() -> None:
    linked = abstract(
        0,
        level(0, "%1、", "chineseCountingThousand", more='<w:pStyle w:val="1"/>'),
        level(1, "（%2）", "chineseCountingThousand", more='<w:pStyle w:val="2"/>'),
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="我的标题"/><w:basedOn w:val="2"/></w:style>'
    )
    shown = lines(
        linked + num(1, 0),
        paragraph("甲", style="1"),
        paragraph("乙", style="2"),
        paragraph("丙", style="mine"),
        styles=styles,
    )
    assert shown == ["一、甲", "（一）乙", "（二）丙"]


def test_a_definition_may_refer_to_a_numbering_style() -> None:
    numbering = (
        abstract(0, HAN, more='<w:styleLink w:val="list"/>')
        + abstract(1, more='<w:numStyleLink w:val="list"/>')
        + num(1, 0)
        + num(2, 1)
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="list"><w:name w:val="公文"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert lines(numbering, listed("甲", 2), listed("乙", 2), styles=styles) == ["一、甲", "二、乙"]


def test_a_format_of_newer_versions_is_written_as_its_example() -> None:
    form = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>'
    )
    assert lines(abstract(0, form) + num(1, 0), listed("甲", 1)) == ["007、甲"]


def test_an_empty_paragraph_counts_and_shows_nothing() -> None:
    empty = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    assert lines(REPORT, listed("甲", 1, 0), empty, listed("乙", 1, 0)) == ["一、甲", "三、乙"]


def test_a_list_that_does_not_exist_gives_no_number() -> None:
    assert lines(REPORT, listed("甲", 9, 0), listed("乙", 1, 0)) == ["甲", "一、乙"]


def test_damaged_definitions_are_told() -> None:
    read_ = read(listed("甲", 1, 0), files={"word/numbering.xml": b"<w:numbering"})
    assert (read_.text, read_.incomplete) == ("甲", "自动编号的定义无法读取，标题和条目缺少编号")

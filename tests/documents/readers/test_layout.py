from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.readers.layout import Page, Run, compose

EM = 10.0
LEFT, RIGHT = 50.0, 330.0
PITCH = 18.0
FULL = "某市深入学习贯彻习近平法治思想扎实推进法治政府建设各项工作"[:28]
HALF = "取得了新的成效。"


def line(words: str, row: float, indent: float = 0, em: float = EM, left: float | None = None) -> Run:
    """A line of full-width characters, ``indent`` characters from the left edge, in row ``row``."""
    start = LEFT + indent * em if left is None else left
    return Run(words, start, start + len(words) * em, 100 + row * PITCH, em)


def page(*lines: Run) -> Page:
    return Page(400, lines)


def text(*pages: Page) -> str:
    return compose(pages).text


def centred(words: str, row: float, em: float = EM) -> Run:
    return line(words, row, em=em, left=(LEFT + RIGHT - len(words) * em) / 2)


FIRST = line(FULL[:26], 0, 2)
REST = line(FULL, 1)
LAST = line(HALF, 2)
PARAGRAPH = FULL[:26] + FULL + HALF


def test_the_lines_of_an_indented_paragraph_are_one() -> None:
    assert text(page(FIRST, REST, LAST, line("一、主要工作", 3, 2), line(FULL[:26], 4, 2), line(HALF, 5))) == "\n".join(
        [PARAGRAPH, "一、主要工作", FULL[:26] + HALF]
    )


def test_a_heading_that_fills_its_line_and_more_is_one() -> None:
    rows = (line("（一）" + FULL[:23], 0, 2), line("的情况", 1), line(FULL[:26], 2, 2), line(HALF, 3))
    assert text(page(*rows)) == "（一）" + FULL[:23] + "的情况\n" + FULL[:26] + HALF


def test_a_heading_that_just_fits_its_line_stands_alone() -> None:
    rows = (line("（一）" + FULL[:23], 0, 2), line(FULL[:26], 1, 2), line(HALF, 2), line("二、不足", 3, 2))
    assert text(page(*rows)).split("\n")[:2] == ["（一）" + FULL[:23], FULL[:26] + HALF]


def test_a_number_at_the_start_of_a_line_inside_a_paragraph_begins_nothing() -> None:
    rows = (FIRST, line("三、四季度" + FULL[:23], 1), LAST, line("一、主要工作", 3, 2), line("二、不足", 4, 2))
    assert text(page(*rows)).split("\n")[0] == FULL[:26] + "三、四季度" + FULL[:23] + HALF


def test_without_indents_a_line_with_room_left_ends_the_paragraph() -> None:
    rows = (line(FULL, 0), line(HALF, 1), line("一、主要工作", 2), line(FULL, 3), line(FULL, 4), line(HALF, 5))
    assert text(page(*rows)) == f"{FULL}{HALF}\n一、主要工作\n{FULL}{FULL}{HALF}"


def test_without_indents_a_wider_gap_ends_the_paragraph() -> None:
    places = (0, 1, 2, 3.6, 4.6, 5.6, 7.2, 8.2)
    rows = [line(FULL, place) for place in places]
    assert text(page(*rows)) == "\n".join((FULL * 3, FULL * 3, FULL * 2))


def test_a_line_stops_before_a_word_that_had_no_room() -> None:
    """A year that does not fit goes to the next line, which leaves the line short by less than the year."""
    rows = (line(FULL[:24], 0, 2), line("2023年" + FULL[:20], 1), LAST, line("一、主要工作", 3, 2))
    assert text(page(*rows)).split("\n")[0] == FULL[:24] + "2023年" + FULL[:20] + HALF


def test_a_paragraph_runs_over_the_page() -> None:
    pages = (page(FIRST, REST), page(line(FULL, 0), line(HALF, 1), line("一、主要工作", 2, 2)))
    composition = compose(pages)
    assert composition.text == FULL[:26] + FULL + FULL + HALF + "\n一、主要工作"
    assert composition.pages == (0, 26 + 28)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((centred("某市人民政府关于", 0, 16), centred("2023年法治政府建设情况的报告", 1.5, 16)), 1),
        (
            (
                centred("某市某区综合行政执法局", 0, 16),
                centred("2023年法治政府", 1.5, 16),
                centred("建设年度报告", 3, 16),
            ),
            1,
        ),
        ((centred("2023年法治政府建设年度报告", 0, 16), centred("（2024年1月15日）", 1.5, 16)), 2),
        ((centred("2023年法治政府建设年度报告", 0, 16), centred("某市司法局", 1.5, 16)), 2),
        ((centred("某市司法局文件", 0, 22), centred("某市2023年法治政府建设报告", 2, 16)), 2),
    ],
    ids=["two lines", "three lines", "date", "unit", "red head"],
)
def test_a_title_over_several_lines_is_one(rows: Sequence[Run], title: int) -> None:
    body = [line(run.words, place + 6, 0 if place else 2) for place, run in enumerate((FIRST, REST, LAST))]
    paragraphs = text(page(*rows, *body)).split("\n")
    assert len(paragraphs) == title + 1
    assert "".join(paragraphs) == "".join(run.words for run in (*rows, *body))


def body_page(number: int) -> list[Run]:
    return [line("一二三四五六七八"[number] + FULL[1:], row) for row in range(1, 20)]


def test_running_heads_and_page_numbers_go_behind_the_body() -> None:
    pages = [
        page(
            line("某市司法局文稿", -2),
            *body_page(number),
            centred(f"— {number} —", 23),
        )
        for number in range(1, 5)
    ]
    composition = compose(pages)
    apart = [composition.text[item.span.start : item.span.end] for item in composition.set_apart]
    assert apart == [words for number in range(1, 5) for words in ("某市司法局文稿", f"— {number} —")]
    assert composition.text.index("某市司法局文稿") > composition.text.rindex(FULL[1:])
    assert "—" not in composition.text[: composition.set_apart[0].span.start]


@pytest.mark.parametrize(
    "number", ["— 1 —", "-1-", "－ 1 －", "第1页 共9页", "第 1 页", "1/9", "1", "Page 1 of 9", "·1·"]
)
def test_a_page_number_is_known_by_its_form(number: str) -> None:
    composition = compose([page(*body_page(7), centred(number, 23))])
    (item,) = composition.set_apart
    assert composition.text[item.span.start : item.span.end] == number


@pytest.mark.parametrize("words", ["2023年度", "（共9页）", "1件", "第一页", "附件1"])
def test_a_last_line_that_only_resembles_a_page_number_stays(words: str) -> None:
    assert compose([page(*body_page(7), line(words, 20))]).set_apart == ()


def test_a_number_close_to_the_text_is_no_page_number() -> None:
    assert compose([page(*body_page(7), line("12", 20))]).set_apart == ()


def test_a_small_line_that_stands_off_at_the_top_is_a_head() -> None:
    composition = compose([page(line("某市司法局文稿", -2, em=6), *body_page(1))])
    assert [composition.text[item.span.start : item.span.end] for item in composition.set_apart] == ["某市司法局文稿"]


def test_odd_and_even_pages_have_heads_of_their_own() -> None:
    pages = [page(line("某市" if n % 2 else "年度报告", -2), *body_page(n)) for n in range(6)]
    assert len(compose(pages).set_apart) == 6


def test_a_watermark_in_the_middle_of_each_page_is_set_apart() -> None:
    pages = [page(*body_page(n), centred("内部资料注意保存", 10.4)) for n in range(4)]
    composition = compose(pages)
    assert composition.text.count("内部资料") == len(composition.set_apart) == 4


def test_what_stands_askew_is_set_apart() -> None:
    composition = compose([Page(400, body_page(1), [line("样稿", 5)])])
    assert [composition.text[item.span.start : item.span.end] for item in composition.set_apart] == ["样稿"]


def test_a_document_of_nothing_but_furniture_is_its_own_text() -> None:
    composition = compose([page(line("1", 0)), page(line("2", 0))])
    assert (composition.text, composition.set_apart) == ("1\n2", ())


def test_a_table_is_read_row_by_row() -> None:
    cells = [("序号", "项目", "数量"), ("1", "行政处罚", "52件"), ("2", "行政检查", "130次")]
    runs = [
        line(words, row, left=LEFT + column * 90) for row, cell in enumerate(cells) for column, words in enumerate(cell)
    ]
    assert text(page(*runs)) == "序号  项目  数量\n1  行政处罚  52件\n2  行政检查  130次"


def test_a_cell_of_several_lines_stays_in_its_row() -> None:
    runs = (
        line("1", 0, left=LEFT),
        line("行政执法监督", 0, left=LEFT + 60),
        line("检查", 1, left=LEFT + 60),
        line("52件", 0, left=LEFT + 200),
        line("2", 2, left=LEFT),
        line("行政复议", 2, left=LEFT + 60),
        line("7件", 2, left=LEFT + 200),
    )
    assert text(page(*runs)) == "1  行政执法监督检查  52件\n2  行政复议  7件"


def test_two_columns_are_read_one_after_the_other() -> None:
    def column(left: float, words: str) -> list[Run]:
        return [line(words * 7, row, left=left) for row in range(8)]

    paragraphs = text(page(*column(50, "左边"), *column(240, "右边")))
    assert paragraphs.replace("\n", "") == "左边" * 56 + "右边" * 56


def test_a_text_box_drawn_last_is_read_where_it_stands() -> None:
    rows = (line("二、不足", 2, 2), line("三、安排", 4, 2), line("一、工作", 0, 2))
    assert text(page(*rows)) == "一、工作\n二、不足\n三、安排"


def test_runs_on_one_line_are_joined_with_blanks_between_words_only() -> None:
    runs = (
        Run("办理", 50, 70, 100, EM),
        Run("52", 72, 82, 100, EM),
        Run("件，用", 84, 114, 100, EM),
        Run("Open", 114, 134, 100, EM),
        Run("Data", 137, 157, 100, EM),
    )
    assert text(page(*runs)) == "办理52件，用Open Data"


@given(st.lists(st.lists(st.integers(0, 30), max_size=25), max_size=6))
def test_no_character_is_lost_and_every_place_is_in_order(pages: list[list[int]]) -> None:
    laid = [
        page(*(line((FULL + HALF)[:length], row, row % 3) for row, length in enumerate(lengths))) for lengths in pages
    ]
    composition = compose(laid)
    drawn = sorted("".join(run.words for one in laid for run in one.runs))
    assert sorted(composition.text.replace("\n", "")) == drawn
    assert len(composition.pages) == len(pages)
    assert list(composition.pages) == sorted(composition.pages)
    spans = [item.span for item in composition.set_apart]
    assert all(one.end < other.start for one, other in pairwise(spans))
    assert "\n\n" not in composition.text

"""What headings announce: the table of headings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from checks.sections.headings import Announcement, read_heading, told_by_relation
from rules.facts import Facts
from rules.facts.contents import RequiredContent, characters_used
from tests.places import table

FACTS = Facts()
TABLE: dict[str, Any] = table("sections_headings")
ROWS = [(title, row["announces"]) for row in TABLE["headings"] for title in row["titles"]]
SLIPS = [(title, key) for key, titles in TABLE["slips"].items() for title in titles]


def whole(title: str, year: int | None = 2023) -> list[str]:
    reading = read_heading(title, FACTS.contents, year)
    return [key for key, announcement in reading.items() if announcement is Announcement.WHOLE]


@pytest.mark.parametrize(("title", "announces"), ROWS, ids=[title for title, _ in ROWS])
def test_headings(title: str, announces: list[str]) -> None:
    assert whole(title) == announces


@pytest.mark.parametrize(("title", "announces"), SLIPS, ids=[title for title, _ in SLIPS])
def test_slips_do_not_hide_a_section(title: str, announces: str) -> None:
    assert whole(title) == [announces]


@pytest.mark.parametrize("title", TABLE["passing"])
def test_passing_mentions(title: str) -> None:
    assert Announcement.PASSING in read_heading(title, FACTS.contents, 2023).values()
    assert whole(title) == []


@pytest.mark.parametrize("title", TABLE["themes"])
def test_themes_announce_nothing(title: str) -> None:
    assert read_heading(title, FACTS.contents, 2023) == {}


@pytest.mark.parametrize("year", [2022, 2024, None])
@pytest.mark.parametrize(
    ("title", "announces"),
    [
        ("2023年推进法治政府建设的主要举措和成效", ["achievements"]),
        ("2023年工作开展情况", ["achievements"]),
        ("2023年度推进法治政府建设存在的不足和原因", ["shortcomings"]),
        ("2023年度党政主要负责人履行推进法治建设第一责任人职责,加强法治政府建设的有关情况", ["responsibility"]),
        ("2023年工作情况及2024年工作安排", ["achievements", "plan"]),
        ("2023年工作打算", ["plan"]),
    ],
)
def test_a_wrong_or_unknown_year_changes_little(title: str, announces: list[str], year: int | None) -> None:
    assert whole(title, year) == announces


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        ("2024年工作计划", 2023, "来年工作计划"),
        ("2023年度主要工作", 2023, "本年主要工作"),
        ("二〇二四年工作要点", 2023, "来年工作要点"),
        ("2022年工作", None, "某年工作"),
        ("《纲要(2021-2025年)》", 2023, "《纲要()》"),
        ("2000多人次", 2023, "2000多人次"),
    ],
)
def test_years_are_told_by_relation(text: str, year: int | None, told: str) -> None:
    assert told_by_relation(text, year) == told


@pytest.mark.parametrize("form", [(form, content.id) for content in FACTS.contents for form in content.forms])
@pytest.mark.parametrize("prefix", ["", "2023年度", "2023年法治政府建设"])
def test_every_catalogued_form_is_recognised(form: tuple[str, str], prefix: str) -> None:
    assert form[1] in whole(prefix + form[0])


@given(st.text(alphabet="法治政府建设存在问题不足下一步工作计划2023年,、和及第一责任人", max_size=40))
def test_any_title_is_read_without_failing(title: str) -> None:
    assert set(read_heading(title, FACTS.contents, 2023)) <= {content.id for content in FACTS.contents}


def test_a_word_without_meaning_is_refused() -> None:
    with pytest.raises(ValidationError, match="没有定义的词 <fault>"):
        RequiredContent(id="x", name="某项", forms=("某项情况",), headings=("存在的<fault>",))


@given(st.text(st.sampled_from("存在的问题和不足下步工作计划"), min_size=1, max_size=24), st.data())
def test_characters_differ_by_no_more_bits_than_two_for_each_slip(words: str, data: st.DataObject) -> None:
    slips = data.draw(st.integers(0, 2))
    slipped = list(words)
    for _ in range(slips):
        place = data.draw(st.integers(0, len(slipped)))
        slipped[place : place + data.draw(st.integers(0, 1))] = data.draw(st.text(st.characters(), max_size=1))
    assert (characters_used(words) ^ characters_used("".join(slipped))).bit_count() <= 2 * slips

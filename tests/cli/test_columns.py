"""Text in columns where a Chinese character is two columns wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.columns import clip, pad, table, width, wrap

TEXTS = st.text(alphabet="法治政府abc ，。（“”）、12\n", max_size=80)


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("法治", 4), ("法治a", 5), ("，", 2), ("😀", 2)])
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "shown"),
    [("法治政府", 8, "法治政府"), ("法治政府", 7, "法治…"), ("abcdef", 4, "ab…"), ("法治", 1, "…")],
)
def test_what_is_cut_off_is_marked(text: str, columns: int, shown: str) -> None:
    assert clip(text, columns) == shown


def test_columns_stand_under_each_other() -> None:
    assert list(table(["单位", "级"], [["a", "错误"], ["某县水利局", "-"]])) == [
        "单位        级",
        "a           错误",
        "某县水利局  -",
    ]


def test_a_line_begins_with_no_closing_mark_and_ends_with_no_opening_one() -> None:
    assert list(wrap("推进依法行政，（加强）监督。", 13)) == ["推进依法行", "政，（加强）", "监督。"]


@given(TEXTS, st.integers(8, 40))
def test_wrapping_loses_no_word(text: str, columns: int) -> None:
    lines = list(wrap(text, columns))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= columns or " " not in line for line in lines)


@given(TEXTS, st.integers(2, 40))
def test_clipped_and_padded_text_fits(text: str, columns: int) -> None:
    shown = clip(text, columns)
    assert width(shown) <= columns
    assert width(pad(shown, columns)) == columns

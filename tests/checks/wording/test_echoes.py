"""Repetitions a few characters apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.wording.echoes import Echoes


@pytest.mark.parametrize(
    ("text", "distance", "length", "places"),
    [
        ("积极配合配合工作", 2, 2, [2]),
        ("讨论。讨论。", 3, 2, [0, 1]),
        ("人人人", 1, 1, [0, 1]),
        ("……——  ", 1, 1, []),
        ("配合", 5, 1, []),
        ("", 2, 2, []),
        ("\U00020000配合配合", 2, 2, [1]),
    ],
)
def test_places(text: str, distance: int, length: int, places: list[int]) -> None:
    assert list(Echoes(text).places(distance, length)) == places


@given(st.text("法治制的。1\u4f6c", max_size=40), st.integers(1, 9), st.integers(1, 9))
def test_no_repetition_of_words_is_missed(text: str, distance: int, length: int) -> None:
    echoed = {
        place
        for place in range(len(text))
        if len(words := text[place : place + length]) == length
        and text[place + distance : place + distance + length] == words
        and not words.isascii()
        and "。" not in words
    }
    assert echoed <= set(Echoes(text).places(distance, length))

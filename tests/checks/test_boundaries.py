"""Boundaries against a search in both directions from the place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.boundaries import Boundaries

_MARKS = "。;\n"


@given(st.text("甲乙。;\n]^", max_size=30), st.data())
def test_finds_what_a_search_from_the_place_finds(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    boundaries = Boundaries(text, _MARKS)
    assert boundaries.start_of(place) == max(text.rfind(mark, 0, place) for mark in _MARKS) + 1
    ends = [end for mark in _MARKS if (end := text.find(mark, place)) >= 0]
    assert boundaries.end_of(place) == min(ends, default=len(text))

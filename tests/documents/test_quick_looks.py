"""A quick look that decides whether a pattern is tried at all never keeps a match from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import personal, residue


def _starts_in(characters: frozenset[str], words: str) -> bool:
    """The lines that are read have no blank at their start."""
    return words[0].isspace() or words[0] in characters


GATES: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "clock": (residue._CLOCK, lambda words: words[0] in residue._CLOCK_BEGINS or "星期" in words),
    "stray": (residue._STRAY, lambda words: words[0].isdecimal() or _starts_in(residue._STRAY_BEGINS, words)),
    "buttons": (residue._BUTTONS, lambda words: _starts_in(residue._BUTTONS_BEGIN, words)),
    "card": (personal._CARD, personal._LONG_NUMBER.search),
    "mobile": (personal._MOBILE, personal._LONG_NUMBER.search),
    "id-number": (personal._ID_NUMBER, personal._LONG_NUMBER.search),
    "address": (personal._ADDRESS, lambda words: "住" in words or "户籍" in words),
}


@pytest.mark.parametrize("name", GATES)
@given(st.data())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_whatever_matches_passes_the_gate(name: str, data: st.DataObject) -> None:
    pattern, gate = GATES[name]
    match = pattern.search(data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags), fullmatch=True)))
    assert match is None or gate(match.group())

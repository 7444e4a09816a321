"""A quick look that decides whether a pattern is tried at all never keeps a match from it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.wording import broken_off, clashing_punctuation, doubled_words, template_remains

GATES: dict[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "marks": (clashing_punctuation._MARKS, clashing_punctuation._DOUBTFUL.match),
    "total": (doubled_words._TOTAL, doubled_words._START_OF_A_TOTAL.match),
    "twice": (doubled_words._CHARACTER, lambda words: words[0] in doubled_words._CHARACTERS),
    "connective": (broken_off._CONNECTIVE, lambda words: words[-1] in broken_off._LAST_OF_A_CONNECTIVE),
    **{case: (pattern, template_remains._SIGNS[case].search) for case, _, pattern, _ in template_remains._PATTERNS},
}


@pytest.mark.parametrize("name", GATES)
@given(st.data())
@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_whatever_matches_passes_the_gate(name: str, data: st.DataObject) -> None:
    pattern, gate = GATES[name]
    match = pattern.search(data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags), fullmatch=True)))
    assert match is None or gate(match.group())

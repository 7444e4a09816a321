"""A list of words is found by Python where RE2 would find it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.sections.plain_words import finder_of
from rules.pattern import Re2Pattern

LISTS = ["原因", "原因|由于|因为|因", "因|原因|因为", "法治|依法|法治政府"]
OTHERS = ["原因[^此]", "原因|由于.", "原因|(?:由|因)于", "(?:原因|由于)", "原因|A", "^原因", "原因$"]


@pytest.mark.parametrize("source", LISTS)
def test_lists_of_words_are_left_to_python(source: str) -> None:
    assert isinstance(finder_of(Re2Pattern(source)), re.Pattern)


@pytest.mark.parametrize("source", OTHERS)
def test_other_patterns_stay_with_re2(source: str) -> None:
    pattern = Re2Pattern(source)
    assert finder_of(pattern) is pattern


@given(st.sampled_from(LISTS), st.text("原因由于为依法治政府。", max_size=30), st.integers(0, 5), st.integers(10, 30))
def test_both_find_the_same(source: str, text: str, start: int, end: int) -> None:
    pattern = Re2Pattern(source)
    found = [(match.start(), match.end()) for match in finder_of(pattern).finditer(text, start, end)]
    assert found == [match.span() for match in pattern.finditer(text, start, end)]

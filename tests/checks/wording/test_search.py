"""The quick searches: suspected characters by pairs, marks by their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.wording.passages import matches_at
from checks.wording.suspects import SuspectFinder
from rules.facts import Facts

FINDER = SuspectFinder(Facts().register)


@pytest.mark.parametrize("before", ["", "，", "我", "𠮷", "😀工作", "\ud800"])
@pytest.mark.parametrize("behind", ["", "。", "\ud800", "😀"])
def test_suspect_is_found_at_any_place(before: str, behind: str) -> None:
    text = f"{before}，化解矛遁纠纷{behind}"
    found = {(suspect.start + suspect.at, suspect.word) for suspect in FINDER.suspects(text)}
    assert (text.index("遁"), "矛盾") in found


@given(st.text(alphabet="法治政府矛遁排察，。 a1😀", max_size=60))
def test_suspect_stands_where_it_is_said_to_stand(text: str) -> None:
    for suspect in FINDER.suspects(text):
        assert text[suspect.start : suspect.start + len(suspect.run)] == suspect.run
        assert suspect.first <= suspect.at < suspect.last
        assert suspect.meant != suspect.run[suspect.at]


@given(st.text(alphabet="ab，", max_size=40))
def test_matches_at_every_place_are_all_matches(text: str) -> None:
    pattern = re.compile("a+b|b，")
    found = [match.span() for match in matches_at(pattern, text, range(len(text)))]
    assert found == [match.span() for match in pattern.finditer(text)]

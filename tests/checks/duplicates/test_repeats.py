"""Runs of equal items in a sequence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.duplicates.repeats import Repeat, find_repeats


def repeat(first: int, length: int, *again: int) -> Repeat:
    return Repeat(range(first, first + length), tuple(range(start, start + length) for start in again))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("abcd", []),
        ("abca", [repeat(0, 1, 3)]),
        ("aabc", [repeat(0, 1, 1)]),
        ("abcxabc", [repeat(0, 3, 4)]),
        ("abab", [repeat(0, 2, 2)]),
        ("abcabxabc", [Repeat(range(3), (range(6, 9), range(3, 5)))]),
        ("axbxcx", [repeat(1, 1, 3, 5)]),
        ("abxba", [repeat(0, 1, 4), repeat(1, 1, 3)]),
    ],
)
def test_longest_runs(keys: str, expected: list[Repeat]) -> None:
    assert find_repeats(keys) == expected


def test_empty_keys_never_repeat() -> None:
    assert find_repeats(["", "", "a", ""]) == []


def test_adjacent_means_nothing_in_between() -> None:
    assert [found.adjacent for found in find_repeats("aab")] == [True]
    assert [found.adjacent for found in find_repeats("aba")] == [False]


def test_thousands_of_equal_items_are_one_repeat() -> None:
    (found,) = find_repeats(["a"] * 8000)
    assert (found.first, found.count) == (range(1), 8000)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=40))
def test_every_later_place_is_in_exactly_one_repeat(keys: list[str]) -> None:
    repeats = find_repeats(keys)
    later = [index for index, key in enumerate(keys) if key and key in keys[:index]]
    assert sorted(index for found in repeats for place in found.again for index in place) == later
    firsts = [index for found in repeats for index in found.first]
    assert len(firsts) == len(set(firsts))
    assert all([keys[index] for index in found.again[0]] == [keys[index] for index in found.first] for found in repeats)

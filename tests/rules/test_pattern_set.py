"""Which of many patterns match a text at all."""

from __future__ import annotations

import pytest

from rules.pattern_set import PatternSet

_PATTERNS = PatternSet(["法制政府", "[坐座]谈", r"\d+[件宗]（", "权利|义务", r"\p{Han}{2}。"])


@pytest.mark.parametrize(
    ("text", "matching"),
    [
        ("建设法制政府", [0]),
        ("法治政府", []),
        ("", []),
        ("座谈3件(其中1件)", [1, 2]),
        ("义务、权利、法制政府。", [0, 3, 4]),
        ("，。", []),
        ("\ud800法制政府", [0]),
    ],
)
def test_patterns_that_match(text: str, matching: list[int]) -> None:
    assert _PATTERNS.matching(text) == matching


def test_patterns_agree_with_each_alone_in_a_long_text() -> None:
    words = PatternSet([f"第{number}号" for number in range(600)])
    assert words.matching("、".join(f"第{number}号" for number in range(0, 600, 7)) * 50) == list(range(0, 600, 7))

"""Several patterns in one: as many as fit, with the same answer."""

from __future__ import annotations

import pytest

from checks.alternatives import any_matches, joined
from rules.pattern import Re2Pattern


def patterns(*sources: str) -> tuple[Re2Pattern, ...]:
    return tuple(map(Re2Pattern, sources))


@pytest.mark.parametrize(
    ("sources", "text", "expected"),
    [
        (("上半年", "前三季度"), "前三季度共办理12件", True),
        (("上半年", "前三季度"), "全年共办理12件", False),
        (("^甲|乙$", "丙"), "丁乙", True),
        (("^甲|乙$", "丙"), "丁甲乙丁", False),
        ((), "任何文字", False),
    ],
)
def test_any_matches(sources: tuple[str, ...], text: str, expected: bool) -> None:
    assert any_matches(patterns(*sources), text) is expected


def test_each_pattern_is_put_into_the_form() -> None:
    (whole,) = joined(patterns("内部资料", "不公开"), "^(?:{})$")
    assert whole.search("不公开") is not None
    assert whole.search("不公开的内部资料") is None


def test_patterns_too_large_for_one_stay_apart() -> None:
    large = patterns(r"甲\p{L}{20}丙", r"乙\p{L}{20}丁")
    assert len(joined(large)) == len(large)
    assert any_matches(large, f"乙{'字' * 20}丁")
    assert not any_matches(large, f"乙{'字' * 20}丙")

from __future__ import annotations

import re

import pytest

from documents.lazy_pattern import lazy_pattern


def test_behaves_like_the_pattern() -> None:
    pattern = lazy_pattern("(?P<year>20[0-9]{2})年", re.IGNORECASE)
    for _ in range(2):
        assert [match["year"] for match in pattern.finditer("2023年和2024年")] == ["2023", "2024"]
        assert pattern.search("2023年", 1) is None
    assert pattern.pattern == "(?P<year>20[0-9]{2})年"
    assert pattern.flags & re.IGNORECASE


def test_compiles_at_first_use_only() -> None:
    broken = lazy_pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        broken.search("")


def test_knows_only_what_patterns_know() -> None:
    with pytest.raises(AttributeError, match="find_all"):
        lazy_pattern("年").find_all  # type: ignore[attr-defined]  # noqa: B018

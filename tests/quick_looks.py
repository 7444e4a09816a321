"""A quick look decides whether a pattern is tried at all: it may never keep a match away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QuickLooks = Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]]


def lets_every_match_pass(looks: QuickLooks) -> Callable[..., None]:
    """The test that whatever a pattern of ``looks`` matches passes the quick look beside it."""

    @pytest.mark.parametrize("name", looks)
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    def every_match_passes(name: str, data: st.DataObject) -> None:
        pattern, look = looks[name]
        match = pattern.search(data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags), fullmatch=True)))
        assert match is None or look(match.group())

    return every_match_passes

"""Patterns that are compiled when they are first used.

Compiling every pattern of the program takes longer than judging ten reports, and most reports need only half of them.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _LazyPattern:
    """Stands for a pattern and behaves like it."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        """A method of the pattern, which is kept: the next time it is found without asking."""
        member = getattr(self._compiled, name)
        setattr(self, name, member)
        return member


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern ``source``. A mistake in it is raised when it is first used."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))

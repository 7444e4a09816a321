"""Several patterns of a rule in one, which is looked for as fast as one of them."""

from __future__ import annotations

from functools import lru_cache

from rules.pattern import Re2Pattern
from rules.pattern_syntax import PatternError


@lru_cache(maxsize=256)
def joined(patterns: tuple[Re2Pattern, ...], form: str = "(?:{})") -> tuple[Re2Pattern, ...]:
    """As few patterns as can stand for ``patterns``, each put into ``form``: one, unless that would be too large."""
    sources = [form.format(pattern.source) for pattern in patterns]
    try:
        return (Re2Pattern("|".join(sources)),) if sources else ()
    except PatternError:
        return tuple(map(Re2Pattern, sources))


def any_matches(patterns: tuple[Re2Pattern, ...], text: str) -> bool:
    """Whether one of the patterns matches in ``text``."""
    return any(pattern.search(text) is not None for pattern in joined(patterns))

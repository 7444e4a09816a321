"""The words that explain why a report mentions another year, as the fact file lists them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from checks.years.kinds import YearKind
from checks.years.setting import Setting
from documents.lazy_pattern import lazy_pattern
from rules.facts import Facts
from rules.facts.chronology import CueScope


class Verdict(NamedTuple):
    """What a mention is, and why, in Chinese."""

    kind: YearKind
    reason: str


class _Cue(NamedTuple):
    pattern: re.Pattern[str]
    begins: bool
    words: Callable[[Setting], str]
    verdict: Verdict


_WORDS: dict[CueScope, Callable[[Setting], str]] = {
    CueScope.AFTER: attrgetter("after"),
    CueScope.BEFORE: attrgetter("lead"),
    CueScope.CLAUSE: attrgetter("whole_clause"),
    CueScope.EARLIER_IN_SENTENCE: attrgetter("before"),
}


def explain(setting: Setting, facts: Facts) -> Verdict | None:
    """The first listed reason for which another year may be mentioned here; ``None`` where there is none."""
    for pattern, begins, words, verdict in _cues(facts, "earlier" if setting.delta < 0 else "later"):
        if pattern.match(words(setting)) if begins else pattern.search(words(setting)):
            return verdict
    return None


@lru_cache(maxsize=8)
def _cues(facts: Facts, when: str) -> list[_Cue]:
    """The cues for years before the reported one, or for the others."""
    return [
        _Cue(
            pattern=lazy_pattern(cue.pattern),
            begins=cue.scope is CueScope.AFTER,
            words=_WORDS[cue.scope],
            verdict=Verdict(YearKind(cue.kind), cue.reason),
        )
        for cue in facts.year_cues
        if cue.when in ("other", when)
    ]

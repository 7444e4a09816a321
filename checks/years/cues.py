"""The words that explain why a report mentions another year, as the fact file lists them."""

from __future__ import annotations

import re
from functools import lru_cache
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
    scope: CueScope
    pattern: re.Pattern[str]
    when: str
    verdict: Verdict


def explain(setting: Setting, facts: Facts) -> Verdict | None:
    """The first listed reason for which another year may be mentioned here; ``None`` where there is none."""
    for cue in _cues(facts):
        if _in_time(cue, setting.delta) and _hit(cue, setting):
            return cue.verdict
    return None


@lru_cache(maxsize=4)
def _cues(facts: Facts) -> tuple[_Cue, ...]:
    return tuple(
        _Cue(cue.scope, lazy_pattern(cue.pattern), cue.when, Verdict(YearKind(cue.kind), cue.reason))
        for cue in facts.year_cues
    )


def _in_time(cue: _Cue, delta: int) -> bool:
    return cue.when == "other" or (cue.when == "earlier") == (delta < 0)


def _hit(cue: _Cue, setting: Setting) -> bool:
    if cue.scope is CueScope.AFTER:
        return cue.pattern.match(setting.after) is not None
    if cue.scope is CueScope.BEFORE:
        return cue.pattern.search(setting.lead) is not None
    if cue.scope is CueScope.CLAUSE:
        return cue.pattern.search(setting.whole_clause) is not None
    return cue.pattern.search(setting.before) is not None

"""Takes what an inspector filled in into what was decided before: nothing is overwritten silently.

A workbook carries what it was filled with when it was written (its base). A field that still says so was not touched;
one that was changed, and was changed elsewhere meanwhile too, is a conflict that people have to settle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from audit.decisions import FIELD_NAMES, Decision, RecordedDecision, Value, Word, values_of, word_of

UNSIGNED = "未署名"
"""Who filled a workbook in where nobody says so: several such are not taken for one person."""


class Effect(StrEnum):
    """What a filled-in row comes to."""

    ADDED = "added"
    CHANGED = "changed"
    SETTLED = "settled"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Filled:
    """What one row of a workbook says of a finding, and where it stands.

    ``base`` is what the row was filled with when the workbook was written, ``known_disputes`` on which fields it showed
    what inspectors disagree on, and what they say.
    """

    fingerprint: str
    sheet: str
    row: int
    values: Mapping[str, Value]
    base: Mapping[str, Value] = field(default_factory=dict[str, Value])
    known_disputes: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class Source:
    """Who filled a workbook in, which one it is, when it is taken in, and whether it has the last word."""

    by: str
    workbook: str
    at: datetime
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A decision to add and the keys of those that it replaces."""

    decision: Decision
    replaces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a row comes to: the changes, the other side of each conflict by field, and fields that were emptied."""

    effect: Effect
    changes: tuple[Change, ...] = ()
    conflicts: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    emptied: tuple[str, ...] = ()


def merge(log: Sequence[RecordedDecision], filled: Filled, source: Source) -> Merged:
    """What ``filled`` does to the decisions on its finding; ``log`` are all of them, in the order they were made."""
    return _Merge(log, filled, source).result()


class _Merge:
    """Each person's word is a decision of its own. Where one knowingly replaces another's field, the rest of what the
    other said stays in force under the other's name."""

    def __init__(self, log: Sequence[RecordedDecision], filled: Filled, source: Source) -> None:
        self._filled = filled
        self._source = source
        self._holding = [entry for entry in log if entry.superseded_by is None]
        self._word = word_of(entry.decision for entry in self._holding)
        self._applied: dict[str, Value | None] = {}
        self._conflicts: dict[str, Decision] = {}

    def result(self) -> Merged:
        emptied = tuple(name for name in FIELD_NAMES if self._is_emptied(name))
        for name in FIELD_NAMES:
            self._take(name)
        if self._source.replace:
            self._applied |= dict.fromkeys(emptied)
        return Merged(self._effect(), tuple(self._changes()), self._conflicts, () if self._source.replace else emptied)

    def _is_emptied(self, name: str) -> bool:
        base, now = self._filled.base.get(name), self._word.values.get(name)
        return name not in self._filled.values and base is not None and base == now

    def _take(self, name: str) -> None:
        """Decide what becomes of one field."""
        value = self._filled.values.get(name)
        if value is None or value in (self._filled.base.get(name), self._word.values.get(name)):
            return
        other = self._opponent(name, value)
        if other is None:
            self._applied[name] = value
        elif value not in self._word.disputed.get(name, ()) or self._has_said(name, value):
            self._conflicts[name] = other

    def _opponent(self, name: str, value: Value) -> Decision | None:
        """The decision of somebody else that stands against ``value``, ``None`` where it may be applied."""
        if self._source.replace:
            return None
        said = self._word.disputed.get(name)
        if said is None:
            now = self._word.values.get(name)
            if now is None or now == self._filled.base.get(name):
                return None
        elif {str(one) for one in said} <= self._filled.known_disputes.get(name, frozenset()):
            return None
        others = (entry.decision for entry in self._holding if not self._may_replace(entry.decision))
        return next((one for one in others if getattr(one, name) not in (None, value)), None)

    def _is_own(self, decision: Decision) -> bool:
        """Whether it is this person's word."""
        same_file = decision.workbook == self._source.workbook
        return decision.by == self._source.by and (same_file or decision.by != UNSIGNED)

    def _may_replace(self, decision: Decision) -> bool:
        """Whether it may be replaced without asking: it is this person's word, or an earlier state of this file."""
        return self._is_own(decision) or decision.workbook == self._source.workbook

    def _has_said(self, name: str, value: Value) -> bool:
        own = (entry.decision for entry in self._holding if self._is_own(entry.decision))
        return any(getattr(one, name) == value for one in own)

    def _changes(self) -> Iterator[Change]:
        own = [entry for entry in self._holding if self._is_own(entry.decision)]
        before = {name: value for entry in own for name, value in values_of(entry.decision).items()}
        said = {name: self._filled.values[name] for name in self._conflicts}
        after: dict[str, Any] = {**before, **self._applied, **said}
        rests = [(entry, rest) for entry in self._holding if entry not in own and (rest := self._rest(entry, after))]
        spent = [entry.key for entry, rest in rests if not values_of(rest)]
        if after != before or spent:
            yield Change(self._decision(after), (*(entry.key for entry in own), *spent))
        yield from (Change(rest, (entry.key,)) for entry, rest in rests if values_of(rest))

    def _rest(self, entry: RecordedDecision, after: Mapping[str, Any]) -> Decision | None:
        """What stays in force of somebody else's word; ``None`` where all of it does."""
        decision = entry.decision
        gone = [name for name in self._applied if getattr(decision, name) not in (None, after[name])]
        without: dict[str, Any] = dict.fromkeys(gone)
        return replace(decision, **without) if gone else None

    def _decision(self, values: Mapping[str, Any]) -> Decision:
        source = self._source
        bare = Decision(self._filled.fingerprint, source.by, source.at, source.workbook, self._filled.row)
        return replace(bare, **values)

    def _effect(self) -> Effect:
        if self._conflicts:
            return Effect.CONFLICT
        if not self._applied:
            return Effect.UNCHANGED
        if self._word.disputed.keys() & self._applied.keys():
            return Effect.SETTLED
        return Effect.CHANGED if self._holding else Effect.ADDED


def disagreement(word: Word) -> dict[str, frozenset[str]]:
    """What a workbook has to remember of a dispute so that filling it in can settle it."""
    return {name: frozenset(map(str, said)) for name, said in word.disputed.items()}

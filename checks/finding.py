"""Findings and outcomes: the engine's verdicts, in the shape of the published JSON (docs/json.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checks.match import Related, Value
from rules.model import Level


class Outcome(StrEnum):
    """What became of one rule on one report."""

    FOUND = "found"
    PASSED = "passed"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSABLE = "not_assessable"


__all__ = ["Finding", "Outcome", "Related", "Standing", "Suppression", "SuppressionKind"]


class SuppressionKind(StrEnum):
    """Where the word that a finding need not be dealt with comes from: a file beside the reports, or an inspector."""

    FILE = "file"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why and by whom a finding is set aside; ``until`` is the last day on which that holds, ``None`` for no end.

    ``source`` is the file it is written in, with the line where it has lines.
    """

    kind: SuppressionKind
    reason: str
    by: str
    until: date | None = None
    source: str = ""


class Standing(StrEnum):
    """How a finding compares with a baseline. A finding that is gone is none of the present run."""

    NEW = "new"
    UNCHANGED = "unchanged"


# Not frozen: with so many fields, to freeze one costs more than to make it.
@dataclass(slots=True)
class Finding:
    """One finding. ``start`` and ``end`` are code points in the report's text; ``quote`` is the text between them.

    ``line`` and ``column`` say where ``start`` is, both counted from 1, the column in code points.

    ``excerpt`` is the sentence around the quote with the quote in 【】, for people; ``place`` is the position in words
    (``"二、(一) 第3段"``); ``page`` counts from 1 where the format has pages. ``fingerprint`` stays the same when the
    report is edited elsewhere, renamed or converted; ``number`` is its short form (问题编号). A finding with a
    ``suppression`` counts for no gate; ``baseline`` is set where the run was compared with an earlier one.
    """

    rule: str
    level: Level
    title: str
    message: str
    quote: str
    start: int
    end: int
    section: str
    place: str
    excerpt: str
    basis: str
    advice: str
    related: tuple[Related, ...]
    values: Mapping[str, Value]
    fingerprint: str
    number: str
    page: int | None = None
    line: int = 1
    column: int = 1
    suppression: Suppression | None = None
    baseline: Standing | None = None

    @property
    def is_active(self) -> bool:
        """Whether the finding counts: it is not suppressed."""
        return self.suppression is None

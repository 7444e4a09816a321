"""What goes into the history and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from audit.record import ReportRecord, Summary


@dataclass(frozen=True, slots=True)
class RunHeader:
    """A run without its reports.

    ``id`` is the name of its folder, ``origin`` the computer and output folder it was made in: one history may serve
    several. ``scope`` are the paths audited, ``pack`` and ``rules`` name the rules and their hash, ``version`` is the
    program's. The moments have a time zone. ``repeats`` names the run of the same origin whose files this one has taken
    over, if it has; it is not stored.
    """

    id: str
    origin: str
    started: datetime
    finished: datetime
    scope: tuple[str, ...]
    engine: str
    pack: str
    rules: str
    version: str
    summary: Summary
    repeats: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A recorded run. ``key`` identifies it within the history; greater keys were recorded later."""

    key: int
    header: RunHeader


@dataclass(frozen=True, slots=True)
class RunOfUnit:
    """A run that judged the report of a unit on a year, and what it found: ``report`` has the findings, metrics and
    outcomes, but none of the years, contents and evidence, which ``findings.json`` keeps.

    ``verdict`` is the same in two runs where the record of the report is.
    """

    run: Run
    verdict: int
    report: ReportRecord

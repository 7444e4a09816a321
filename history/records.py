"""What goes into the history and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from audit.record import ReportRecord, Summary


@dataclass(frozen=True, slots=True)
class RunHeader:
    """A run without its reports.

    ``id`` is the name of its folder, ``origin`` the computer and output folder it was made in: one history may serve
    several. ``scope`` are the paths audited, ``pack`` and ``rules`` name the rules and their hash, ``version`` is the
    program's. The moments have a time zone.
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


class Opinion(StrEnum):
    """What an inspector thinks of a finding (审核意见)."""

    CONFIRMED = "确认"
    FALSE_ALARM = "误报"
    EXEMPT = "豁免"
    PENDING = "待定"


class Rectification(StrEnum):
    """How far a unit is with a finding (整改状态)."""

    OPEN = "未整改"
    UNDER_WAY = "整改中"
    DONE = "已整改"
    CONTINUOUS = "长期坚持"


@dataclass(frozen=True, slots=True)
class Decision:
    """The word of an inspector on a finding: what stands in the yellow columns of one row of a workbook.

    ``remark`` is 整改情况 or 备注, ``review`` 复核意见, ``closed`` 销号日期. ``by`` and ``at`` say who decided and
    when, ``workbook`` and ``row`` (from 1) where that was read.
    """

    fingerprint: str
    by: str
    at: datetime
    workbook: str
    row: int
    opinion: Opinion | None = None
    state: Rectification | None = None
    responsible: str | None = None
    deadline: date | None = None
    remark: str | None = None
    review: str | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A decision in the history. ``superseded_by`` is the key of the one that replaced it, ``None`` while it holds."""

    key: int
    decision: Decision
    superseded_by: int | None = None

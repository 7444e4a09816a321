"""The record of a run: what ``findings.json`` holds and what every output is made from (docs/json.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from audit.copies.record import CopyFamily, CopyPair
from checks.finding import Finding, Outcome
from checks.metrics.values import MetricValue
from documents.report import UnitLevel
from rules.model import Level


class Status(StrEnum):
    """What became of one file of the inbox. Only ``read`` and ``partly_read`` reports carry findings."""

    READ = "read"
    PARTLY_READ = "partly_read"
    NO_TEXT = "no_text"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    UNSUPPORTED = "unsupported"
    CORRUPT = "corrupt"
    OVER_LIMIT = "over_limit"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    UNREADABLE = "unreadable"
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"


JUDGED: Final = frozenset({Status.READ, Status.PARTLY_READ})
"""The statuses of files that were read and so carry findings."""

SET_ASIDE: Final = frozenset({Status.DUPLICATE, Status.IGNORED})
"""The statuses of files that need no reading."""

UNREAD: Final = frozenset(Status) - JUDGED - SET_ASIDE
"""The statuses of files that should have been read and could not be."""


@dataclass(slots=True)
class YearRecord:
    """One mention of a year with its classification (``kind``) and the reason for it, in Chinese.

    Not frozen: a report has dozens of them, and a frozen one takes eight times as long to make.
    """

    year: int
    last: int
    kind: str
    quote: str
    start: int
    end: int
    section: str
    excerpt: str
    reason: str


# Not frozen, as YearRecord.
@dataclass(slots=True)
class ContentRecord:
    """How one required content is present (``own``, ``folded``, ``absent``), and under which headings."""

    id: str
    name: str
    presence: str
    places: tuple[str, ...]


@dataclass(slots=True)
class FactRecord:
    """How an identity fact (unit, level, year, title, published) is known: how sure, and from which words."""

    certainty: str
    origin: str
    quote: str


@dataclass(slots=True)
class ReportRecord:
    """One file of the inbox. ``reason`` and ``next_step`` are Chinese sentences, ``None`` where all is well."""

    path: str
    sha256: str | None
    status: Status
    reason: str | None
    next_step: str | None = None
    unit: str | None = None
    level: UnitLevel | None = None
    year: int | None = None
    title: str | None = None
    published: date | None = None
    characters: int = 0
    size: int = 0
    format: str | None = None
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    evidence: Mapping[str, FactRecord] = field(default_factory=dict[str, FactRecord])
    findings: tuple[Finding, ...] = ()
    metrics: tuple[MetricValue, ...] = ()
    years: tuple[YearRecord, ...] = ()
    contents: tuple[ContentRecord, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict[str, Outcome])
    unassessed: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class RulesRecord:
    """The rule pack that judged: its name and the hash of every rule and fact file."""

    pack: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ToolRecord:
    """The program that made the record."""

    name: str
    version: str
    rules: RulesRecord


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts over all reports: files, files read, and findings by level, without the suppressed ones."""

    reports: int
    read: int
    error: int
    warning: int
    info: int
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class SuppressionFile:
    """A file of suppressions that took part: its entries, and what is wrong with it as findings of its own.

    ``path`` is as given or as found; ``used`` counts the entries that suppressed something.
    """

    path: str
    entries: int
    used: int
    findings: tuple[Finding, ...] = ()


class GoneReason(StrEnum):
    """Why a finding of the baseline is gone: it is no more in the report, or its rule was not judged this time."""

    RESOLVED = "resolved"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True)
class GoneFinding:
    """A finding of the baseline that this run does not have; ``path`` is its report's in the baseline."""

    path: str
    unit: str | None
    year: int | None
    rule: str
    level: Level
    title: str
    quote: str
    place: str
    fingerprint: str
    number: str
    reason: GoneReason


@dataclass(frozen=True, slots=True)
class BaselineRecord:
    """The comparison with a baseline: where it was read from, counts, and the findings that are gone.

    ``not_compared`` counts findings of the baseline whose reports this run did not read. ``same_rules`` is false where
    the baseline was made by other rules, so that a difference need not come from the reports.
    """

    source: str
    same_rules: bool
    new: int
    unchanged: int
    not_compared: int
    gone: tuple[GoneFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A whole run, exactly as ``findings.json`` has it. It holds no time: the same input gives the same bytes.

    ``copies`` are the pairs of reports that share text, ``families`` the groups of three and more; ``suppressions`` are
    the files of suppressions that took part; ``baseline`` is set where the run was compared with an earlier one.
    """

    schema: int
    tool: ToolRecord
    reports: tuple[ReportRecord, ...]
    summary: Summary
    copies: tuple[CopyPair, ...] = ()
    families: tuple[CopyFamily, ...] = ()
    suppressions: tuple[SuppressionFile, ...] = ()
    baseline: BaselineRecord | None = None

"""Reports as rows of the tables, and rows as reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypedDict

import msgspec
from sqlalchemy import Row as SqlRow

from audit.packing import Packer
from audit.record import JUDGED, ReportRecord, Status
from checks.finding import Finding, Outcome, Suppression
from checks.fingerprint import comparable
from checks.metrics.values import MetricValue
from documents.report import UnitLevel
from rules.model import Level

Row = dict[str, Any]

_LETTERS: Final[Mapping[Outcome, str]] = {
    Outcome.FOUND: "f",
    Outcome.PASSED: "p",
    Outcome.NOT_APPLICABLE: "n",
    Outcome.NOT_ASSESSABLE: "u",
}
_OUTCOMES: Final = {letter: outcome for outcome, letter in _LETTERS.items()}
_DIGEST_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says with every finding."""

    rule: str
    title: str
    basis: str
    advice: str


class VerdictRow(TypedDict):
    """The row of a verdict, without key, digest and rule list."""

    identity: str
    unit: str | None
    level: str | None
    year: int | None
    title: str | None
    published: date | None
    characters: int
    outcomes: str
    unassessed: str


@dataclass(frozen=True, slots=True)
class VerdictRows:
    """The rows of a verdict, still without the keys of the history. ``wordings`` has one entry a finding."""

    digest: str
    rules: str
    verdict: VerdictRow
    findings: list[Row]
    wordings: list[Wording]
    metrics: list[Row]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows of a file of a run, without those keys; ``verdict`` is ``None`` for a file that was not judged."""

    submission: Row
    verdict: VerdictRows | None


ROWS: Final = Packer(list[ReportRows])
"""Rows as bytes, for whoever makes them apart from the history."""


def identity_of(unit: str | None, title: str | None = None) -> str:
    """What the reports of one unit have in common: its name, else their title, without blanks; empty for neither."""
    return comparable(unit or title or "")


def storable(text: str) -> str:
    """``text`` as every database takes it: no lone surrogates (from file names), no NUL."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "backslashreplace").decode()
    return text.replace("\0", "\ufffd")


def report_rows(record: ReportRecord) -> ReportRows:
    """The rows of a file of a run."""
    return ReportRows(submission_row(record), verdict_rows(record) if record.status in JUDGED else None)


def submission_row(record: ReportRecord) -> Row:
    """The row of a file of a run, without run, position and verdict."""
    row: Row = {
        "path": record.path,
        "sha256": record.sha256,
        "size": record.size,
        "format": record.format,
        "status": record.status.value,
        "reason": record.reason,
    }
    return _storable_row(row)


def verdict_rows(record: ReportRecord) -> VerdictRows:
    """The rows of what was found in a report."""
    rules = "\n".join(record.outcomes)
    verdict = VerdictRow(
        identity=storable(identity_of(record.unit, record.title)),
        unit=record.unit and storable(record.unit),
        level=record.level.value if record.level else None,
        year=record.year,
        title=record.title and storable(record.title),
        published=record.published,
        characters=record.characters,
        outcomes="".join([_LETTERS[outcome] for outcome in record.outcomes.values()]),
        unassessed=json_text(dict(record.unassessed)),
    )
    findings = _storable_rows([_finding_row(place, finding) for place, finding in enumerate(record.findings)])
    wordings = [Wording(item.rule, item.title, item.basis, item.advice) for item in record.findings]
    metrics = _storable_rows([_metric_row(place, metric) for place, metric in enumerate(record.metrics)])
    content = msgspec.msgpack.encode((rules, verdict, findings, wordings, metrics))
    digest = hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()
    return VerdictRows(digest, rules, verdict, findings, wordings, metrics)


def json_text(value: object) -> str:
    """A value as JSON, in characters that every database takes."""
    return storable(json.dumps(value, ensure_ascii=False))


def report_of(
    submission: SqlRow[Any], verdict: SqlRow[Any], rules: str, findings: Iterable[Finding], metrics: Iterable[Any]
) -> ReportRecord:
    """The record of a report, from its rows. ``rules`` is the verdict's list of rules."""
    names = rules.split("\n") if rules else []
    return ReportRecord(
        path=submission.path,
        sha256=submission.sha256,
        status=Status(submission.status),
        reason=submission.reason,
        unit=verdict.unit,
        level=UnitLevel(verdict.level) if verdict.level else None,
        year=verdict.year,
        title=verdict.title,
        published=verdict.published,
        characters=verdict.characters,
        size=submission.size,
        format=submission.format,
        findings=tuple(findings),
        metrics=tuple(map(metric_of, metrics)),
        outcomes={rule: _OUTCOMES[letter] for rule, letter in zip(names, verdict.outcomes, strict=True)},
        unassessed=json.loads(verdict.unassessed),
    )


def finding_of(row: SqlRow[Any], wording: Wording) -> Finding:
    """A finding from its row; the passages related to it are not kept."""
    return Finding(
        rule=wording.rule,
        level=Level(row.level),
        title=wording.title,
        message=row.message,
        quote=row.quote,
        start=row.span_start,
        end=row.span_end,
        section=row.section,
        place=row.place,
        excerpt=row.excerpt,
        basis=wording.basis,
        advice=wording.advice,
        related=(),
        values=json.loads(row.details),
        fingerprint=row.fingerprint,
        number=row.number,
        page=row.page,
        line=row.line,
        column=row.line_column,
        suppression=msgspec.json.decode(row.suppression, type=Suppression) if row.suppression else None,
    )


def metric_of(row: SqlRow[Any]) -> MetricValue:
    """A metric from its row."""
    return MetricValue(
        id=row.id,
        name=row.name,
        value=int(row.value) if row.value.is_integer() else row.value,
        unit=row.unit,
        approx=row.approx,
        year=row.year,
        quote=row.quote,
        start=row.span_start,
        end=row.span_end,
        section=row.section,
    )


def _finding_row(position: int, finding: Finding) -> Row:
    suppression = finding.suppression
    return {
        "position": position,
        "fingerprint": finding.fingerprint,
        "number": finding.number,
        "level": finding.level.value,
        "message": finding.message,
        "quote": finding.quote,
        "excerpt": finding.excerpt,
        "place": finding.place,
        "section": finding.section,
        "span_start": finding.start,
        "span_end": finding.end,
        "page": finding.page,
        "line": finding.line,
        "line_column": finding.column,
        "details": json_text(finding.values),
        "suppression": json_text(msgspec.to_builtins(suppression)) if suppression else None,
    }


def _metric_row(position: int, metric: MetricValue) -> Row:
    return {
        "position": position,
        "id": metric.id,
        "name": metric.name,
        "value": float(metric.value),
        "unit": metric.unit,
        "approx": metric.approx,
        "year": metric.year,
        "quote": metric.quote,
        "span_start": metric.start,
        "span_end": metric.end,
        "section": metric.section,
    }


def _storable_rows(rows: list[Row]) -> list[Row]:
    """The rows as every database takes them: nearly always as they are, which one look at all their texts tells."""
    try:
        if b"\0" not in "".join([value for row in rows for value in row.values() if isinstance(value, str)]).encode():
            return rows
    except UnicodeEncodeError:
        pass
    return [_storable_row(row) for row in rows]


def _storable_row(row: Row) -> Row:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}

"""Reports as rows of the tables, and rows as reports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import msgspec
from msgspec.structs import astuple
from sqlalchemy import Row as SqlRow

from audit.record import JUDGED, ReportRecord, Status
from checks.finding import Finding, Outcome, Suppression
from checks.fingerprint import comparable
from checks.metrics.values import MetricValue
from documents.report import UnitLevel
from rules.model import Level

Row = dict[str, Any]
Values = tuple[Any, ...]
"""A row without its keys: numbers, texts and nothing, in the order of the columns named below."""

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


class _VerdictRow(msgspec.Struct):
    identity: str
    unit: str | None
    level: str | None
    year: int | None
    title: str | None
    published: str | None
    characters: int
    outcomes: str
    unassessed: str


class _FindingRow(msgspec.Struct):
    position: int
    fingerprint: str
    number: str
    level: str
    message: str
    quote: str
    excerpt: str
    place: str
    section: str
    span_start: int
    span_end: int
    page: int | None
    line: int
    line_column: int
    details: str
    suppression: str | None


class _MetricRow(msgspec.Struct):
    position: int
    id: str
    name: str
    value: float
    unit: str
    approx: str | None
    year: int | None
    quote: str
    span_start: int
    span_end: int
    section: str


_R = TypeVar("_R", _VerdictRow, _FindingRow, _MetricRow)

SUBMISSION_COLUMNS: Final = ("path", "sha256", "size", "format", "status", "reason")
VERDICT_COLUMNS: Final = _VerdictRow.__struct_fields__
FINDING_COLUMNS: Final = _FindingRow.__struct_fields__
METRIC_COLUMNS: Final = _MetricRow.__struct_fields__


class VerdictRows(msgspec.Struct, array_like=True, frozen=True):
    """The rows of a verdict. ``rules`` is the number of its list of rules, ``wordings`` that of each finding's wording,
    both in the batch."""

    digest: str
    rules: int
    verdict: Values
    findings: list[Values]
    wordings: list[int]
    metrics: list[Values]


class ReportRows(msgspec.Struct, array_like=True, frozen=True):
    """The rows of a file of a run; ``verdict`` is ``None`` for a file that was not judged."""

    submission: Values
    verdict: VerdictRows | None


class RowBatch(msgspec.Struct, array_like=True, frozen=True):
    """The rows of some files of a run, in order, still without the keys of the history."""

    rules: list[str]
    wordings: list[Wording]
    reports: list[ReportRows]


_PACK: Final = msgspec.msgpack.Encoder().encode
_BATCHES: Final = msgspec.msgpack.Decoder(RowBatch)
_IN_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode
_NUL_IN_JSON: Final = b"\\u0000"


def batch_of(records: Iterable[ReportRecord]) -> RowBatch:
    """The rows of some files of a run."""
    rules: dict[str, int] = {}
    wordings: dict[Wording, int] = {}
    reports = [
        ReportRows(_submission(record), _verdict(record, rules, wordings) if record.status in JUDGED else None)
        for record in records
    ]
    return RowBatch(list(rules), list(wordings), reports)


def pack_batch(batch: RowBatch) -> bytes:
    """The batch as bytes, for whoever makes rows apart from the history."""
    return _PACK(batch)


def unpack_batch(packed: bytes) -> RowBatch:
    """The batch that was packed. Raises msgspec.MsgspecError."""
    return _BATCHES.decode(packed)


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


def json_text(value: object) -> str:
    """A value as JSON, in characters that every database takes."""
    return storable(_IN_JSON(value))


def _submission(record: ReportRecord) -> Values:
    values = (record.path, record.sha256, record.size, record.format, record.status.value, record.reason)
    return tuple(map(_storable_value, values))


def _verdict(record: ReportRecord, rule_lists: dict[str, int], wordings: dict[Wording, int]) -> VerdictRows:
    """The rows of what was found in a report; lists of rules and wordings that are new are numbered."""
    rules = "\n".join(record.outcomes)
    (verdict,) = _storable_rows([_verdict_row(record)])
    findings = _storable_rows([_finding_row(place, finding) for place, finding in enumerate(record.findings)])
    metrics = _storable_rows([_metric_row(place, metric) for place, metric in enumerate(record.metrics)])
    words = [Wording(item.rule, item.title, item.basis, item.advice) for item in record.findings]
    digest = hashlib.blake2b(_PACK((rules, verdict, findings, words, metrics)), digest_size=_DIGEST_BYTES)
    return VerdictRows(
        digest.hexdigest(),
        rule_lists.setdefault(rules, len(rule_lists)),
        astuple(verdict),
        list(map(astuple, findings)),
        [wordings.setdefault(each, len(wordings)) for each in words],
        list(map(astuple, metrics)),
    )


def _verdict_row(record: ReportRecord) -> _VerdictRow:
    return _VerdictRow(
        identity_of(record.unit, record.title),
        record.unit,
        record.level.value if record.level else None,
        record.year,
        record.title,
        record.published.isoformat() if record.published else None,
        record.characters,
        "".join([_LETTERS[outcome] for outcome in record.outcomes.values()]),
        json_text(dict(record.unassessed)),
    )


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


def _finding_row(position: int, finding: Finding) -> _FindingRow:
    suppression = finding.suppression
    return _FindingRow(
        position,
        finding.fingerprint,
        finding.number,
        finding.level.value,
        finding.message,
        finding.quote,
        finding.excerpt,
        finding.place,
        finding.section,
        finding.start,
        finding.end,
        finding.page,
        finding.line,
        finding.column,
        json_text(finding.values),
        json_text(msgspec.to_builtins(suppression)) if suppression else None,
    )


def _metric_row(position: int, metric: MetricValue) -> _MetricRow:
    return _MetricRow(
        position,
        metric.id,
        metric.name,
        float(metric.value),
        metric.unit,
        metric.approx,
        metric.year,
        metric.quote,
        metric.start,
        metric.end,
        metric.section,
    )


def _storable_rows(rows: Sequence[_R]) -> Sequence[_R]:
    """The rows as every database takes them: nearly always as they are, which one look at all their texts tells."""
    try:
        if _NUL_IN_JSON not in msgspec.json.encode(rows):
            return rows
    except UnicodeEncodeError:
        pass
    return [type(row)(*map(_storable_value, astuple(row))) for row in rows]


def _storable_value(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value

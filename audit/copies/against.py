"""Compares with an earlier run of which only the records are left: its metrics, not its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audit.copies.comparison import Comparison
from audit.copies.earlier import known_only_by_metrics, unit_key
from audit.copies.outline import skim_report, unpack_metrics
from audit.copies.passages import ReportHeader
from audit.copies.store import Batch
from audit.record import ReportRecord
from checks.comparison import Compared, EarlierReport


def with_earlier_records(
    comparison: Comparison,
    blocks: Sequence[Path | bytes],
    headers: Sequence[ReportHeader],
    records: Iterable[ReportRecord],
) -> Comparison:
    """The comparison, and for each report without an earlier one the metrics that did not change since ``records``."""
    batch = Batch(blocks)
    known = _by_unit(records)
    compared = dict(comparison.compared)
    for number, header in enumerate(headers[: comparison.reports]):
        answers = compared.get(number, Compared())
        record = _latest_before(header, known)
        if record is not None and not answers.earlier:
            earlier = _earlier(batch, number, header, record)
            compared[number] = replace(answers, earlier=(earlier,))
    return replace(comparison, compared=dict(sorted(compared.items())))


def _earlier(batch: Batch, number: int, header: ReportHeader, record: ReportRecord) -> EarlierReport:
    before = ReportHeader(record.path, record.unit, record.level, record.year, record.published)
    outline = batch.outline_of(number)
    text = skim_report(outline, header.path).text
    return known_only_by_metrics(text, unpack_metrics(outline), header.year, record.metrics, before)


def _by_unit(records: Iterable[ReportRecord]) -> dict[str, list[ReportRecord]]:
    known: dict[str, list[ReportRecord]] = {}
    for record in records:
        key = unit_key(ReportHeader(record.path, record.unit))
        if key and record.year:
            known.setdefault(key, []).append(record)
    return known


def _latest_before(header: ReportHeader, known: dict[str, list[ReportRecord]]) -> ReportRecord | None:
    return max(_before(header, known), key=lambda record: (record.year or 0, record.path), default=None)


def _before(header: ReportHeader, known: dict[str, list[ReportRecord]]) -> Iterator[ReportRecord]:
    key = unit_key(header)
    if key and header.year:
        yield from (record for record in known.get(key, ()) if (record.year or 0) < (header.year or 0))

"""Compares with an earlier run of which only the records are left: its metrics, not its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audit.copies.earlier import known_only_by_metrics, unit_key
from audit.copies.outline import skim_report, unpack_metrics
from audit.copies.passages import ReportHeader
from audit.copies.store import Batch
from audit.record import ReportRecord
from checks.comparison import EarlierReport


def earlier_by_records(
    batch: Batch, headers: Sequence[ReportHeader], records: Iterable[ReportRecord]
) -> Iterator[tuple[int, EarlierReport]]:
    """For each report of ``headers``, the first of the batch, by number: the metrics that did not change since
    ``records``."""
    known = _by_unit(records)
    for number, header in enumerate(headers):
        record = _latest_before(header, known)
        if record is not None:
            yield number, _earlier(batch, number, header, record)


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

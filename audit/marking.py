"""Marks the findings of a whole run: those that somebody has set aside, and those that an earlier run had already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from audit.assembly import Assembly
from audit.baseline import Baseline, Comparison
from audit.record import BaselineRecord, ReportRecord, SuppressionFile
from audit.result_store import ResultStore, StoredRecord
from audit.suppressions import Suppressions
from audit.verdict import verdict_of

_RECORDS_A_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Marked:
    """A run whose findings are marked. The records of ``assembly`` are in ``store`` and final."""

    assembly: Assembly
    store: ResultStore
    suppressions: tuple[SuppressionFile, ...] = ()
    baseline: BaselineRecord | None = None


def mark_run(
    assembly: Assembly,
    store: ResultStore,
    target: ResultStore,
    suppressions: Suppressions,
    baseline: Baseline | None,
    rules: str,
) -> Marked:
    """The run with its findings marked, its records rewritten into ``target``; ``rules`` is the hash of the rules.

    Raises OSError where ``target`` cannot be written.
    """
    comparison = Comparison(baseline) if baseline is not None else None
    marked = (
        comparison.marked(record) if comparison else record
        for record in assembly.records(store, range(len(assembly.paths)), suppressions.applied)
    )
    stored = list(_rewritten(marked, target))
    return Marked(
        Assembly(assembly.paths, tuple(stored), {}, {}, tuple(record.summary for record in stored)),
        target,
        suppressions.files(),
        comparison.result(rules) if comparison else None,
    )


def _rewritten(records: Iterator[ReportRecord], target: ResultStore) -> Iterator[StoredRecord]:
    while some := list(islice(records, _RECORDS_A_CHUNK)):
        chunk = target.write([(record.path, verdict_of(record)) for record in some])
        yield from target.index(chunk).records

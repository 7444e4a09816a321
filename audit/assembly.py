"""The final records of a run, made from what is stored: in any order, any part of them, in any process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit.inbox import Submission
from audit.masking import masked_names, masked_record
from audit.packing import RECORDS
from audit.reconcile import duplicate_of, duplicates, lost
from audit.record import ReportRecord
from audit.result_store import ResultStore, StoredRecord
from audit.summary import ReportSummary, summary_of


@dataclass(frozen=True, slots=True)
class Assembly:
    """What makes stored records final: one entry of ``stored`` a file planned, in order, ``None`` for a lost one.

    ``originals`` are the duplicates, ``names`` the masked paths; ``added`` are records to which the comparison of
    reports has added findings, by their index. ``summaries`` are those of the final records.
    """

    paths: tuple[str, ...]
    stored: tuple[StoredRecord | None, ...]
    originals: Mapping[str, str]
    names: Mapping[str, str]
    summaries: tuple[ReportSummary, ...]
    added: Mapping[int, ReportRecord] = field(default_factory=dict[int, ReportRecord])

    def records(self, store: ResultStore, indexes: Sequence[int]) -> Iterator[ReportRecord]:
        """The final records of the files with these indexes, in this order."""
        wanted = [None if index in self.added else self.stored[index] for index in indexes]
        for index, packed in zip(indexes, store.packed_records(wanted), strict=True):
            record = self.added.get(index) or (RECORDS.unpack(packed) if packed else lost(self.paths[index]))
            yield masked_record(duplicate_of(record, dict(self.originals)), self.names)


def assemble(plan: Sequence[Submission], stored: Mapping[str, StoredRecord]) -> Assembly:
    """What the records of ``plan`` are to be made from; ``stored`` by the submissions' shown paths."""
    paths = tuple(submission.shown for submission in plan)
    entries = tuple(stored.get(path) for path in paths)
    originals = duplicates((path, entry.summary.sha256 if entry else None) for path, entry in _pairs(paths, entries))
    names = masked_names(paths)
    summaries = tuple(_summary(path, entry, originals, names) for path, entry in _pairs(paths, entries))
    return Assembly(paths, entries, originals, names, summaries)


def with_findings(assembly: Assembly, added: Mapping[int, ReportRecord]) -> Assembly:
    """The assembly with records to which findings were added, by their index."""
    summaries = list(assembly.summaries)
    for index, record in added.items():
        summaries[index] = summary_of(masked_record(record, assembly.names))
    return replace(assembly, summaries=tuple(summaries), added=dict(added))


def _pairs(paths: Sequence[str], entries: Sequence[StoredRecord | None]) -> Iterator[tuple[str, StoredRecord | None]]:
    yield from zip(paths, entries, strict=True)


def _summary(
    path: str, entry: StoredRecord | None, originals: dict[str, str], names: Mapping[str, str]
) -> ReportSummary:
    """The summary of the final record of a file."""
    if entry is None:
        return summary_of(masked_record(lost(path), names))
    if path not in originals and entry.summary.reason is None and path not in names:
        return entry.summary
    bare = entry.summary
    if path in originals:
        stub = ReportRecord(path, bare.sha256, bare.status, bare.reason, size=bare.size)
        return summary_of(masked_record(duplicate_of(stub, originals), names))
    stub = masked_record(ReportRecord(path, bare.sha256, bare.status, bare.reason, bare.next_step), names)
    return replace(bare, path=stub.path, reason=stub.reason, next_step=stub.next_step)

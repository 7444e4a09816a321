"""The final records of a run, made from what is stored: in any order, any part of them, in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit.copies.findings import with_judgement
from audit.inbox import Submission
from audit.masking import masked_names, masked_record
from audit.packing import RECORDS
from audit.reconcile import duplicate_of, duplicates, lost
from audit.record import ReportRecord
from audit.result_store import ResultStore, StoredRecord
from audit.run_comparison import RunComparison
from audit.summary import ReportSummary, summary_of, with_counts
from checks.engine import Judgement
from checks.finding import Outcome


def _unchanged(record: ReportRecord) -> ReportRecord:
    return record


@dataclass(frozen=True, slots=True)
class Assembly:
    """What makes stored records final: one entry of ``stored`` a file planned, in order, ``None`` for a lost one.

    ``originals`` are the duplicates, ``names`` the masked paths; ``judgements`` and ``outcomes`` are what the
    comparison of reports has added, by index. ``summaries`` are those of the final records.
    """

    paths: tuple[str, ...]
    stored: tuple[StoredRecord | None, ...]
    originals: Mapping[str, str]
    names: Mapping[str, str]
    summaries: tuple[ReportSummary, ...]
    judgements: Mapping[int, Judgement] = field(default_factory=dict[int, Judgement])
    outcomes: Mapping[int, Mapping[str, Outcome]] = field(default_factory=dict[int, Mapping[str, Outcome]])

    def records(
        self, store: ResultStore, indexes: Sequence[int], change: Callable[[ReportRecord], ReportRecord] = _unchanged
    ) -> Iterator[ReportRecord]:
        """The final records of the files with these indexes, in this order.

        ``change`` is applied to each while it still has the path of its file.
        """
        packed = store.packed_records(self.stored[index] for index in indexes)
        for index, data in zip(indexes, packed, strict=True):
            record = RECORDS.unpack(data) if data else lost(self.paths[index])
            record = duplicate_of(self._compared(index, record), self.originals)
            yield masked_record(change(record), self.names)

    def _compared(self, index: int, record: ReportRecord) -> ReportRecord:
        """The record with what the comparison of reports has to say of it."""
        if index in self.judgements:
            return with_judgement(record, self.judgements[index])
        if passed := self.outcomes.get(index):
            # The record has just been unpacked and is nobody else's.
            record.outcomes = {**record.outcomes, **passed}
        return record


def assemble(plan: Sequence[Submission], stored: Mapping[str, StoredRecord]) -> Assembly:
    """What the records of ``plan`` are to be made from; ``stored`` by the submissions' shown paths."""
    paths = tuple(submission.shown for submission in plan)
    entries = tuple(stored.get(path) for path in paths)
    originals = duplicates((path, entry.summary.sha256 if entry else None) for path, entry in _pairs(paths, entries))
    names = masked_names(paths)
    summaries = tuple(_summary(path, entry, originals, names) for path, entry in _pairs(paths, entries))
    return Assembly(paths, entries, originals, names, summaries)


def with_comparison(assembly: Assembly, found: RunComparison) -> Assembly:
    """The assembly with the findings and outcomes of the comparison of its reports."""
    summaries = list(assembly.summaries)
    for index, judgement in found.judgements.items():
        summaries[index] = with_counts(summaries[index], judgement.findings, len(judgement.unassessed))
    outcomes = {
        index: found.passing[summary.level, summary.year]
        for index in found.compared - found.judgements.keys()
        if (summary := assembly.summaries[index])
    }
    return replace(assembly, summaries=tuple(summaries), judgements=found.judgements, outcomes=outcomes)


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

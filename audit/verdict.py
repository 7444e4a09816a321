"""The verdict on one document as it travels from the child that judged it to the file that keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from audit.copies.passages import ReportPassages
from audit.packing import RECORDS, Packer
from audit.record import ReportRecord
from audit.summary import ReportSummary, summary_of


@dataclass(frozen=True, slots=True)
class Verdict:
    """A record, packed (:data:`audit.packing.RECORDS`), with its summary.

    ``passages`` are what the comparison of reports needs, ``None`` for a file that was not judged; ``cpu`` is what all
    of it took, in seconds.
    """

    summary: ReportSummary
    record: bytes
    passages: ReportPassages | None = None
    cpu: float = 0.0

    def unpacked(self) -> ReportRecord:
        """The record."""
        return RECORDS.unpack(self.record)


VERDICTS = Packer(Verdict)


def verdict_of(record: ReportRecord, passages: ReportPassages | None = None, cpu: float = 0.0) -> Verdict:
    """A record ready to travel."""
    return Verdict(summary_of(record), RECORDS.pack(record), passages, cpu)

"""The outputs of a run, ``findings.json`` and the workbooks, made from stored verdicts with flat memory.

Pieces are made side by side: fragments of ``findings.json`` for ranges of the run, and a workbook for each part. All of
them are begun at once, so that no process waits while this one puts together what is done.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.assembly import Assembly
from audit.findings_file import NAME
from audit.record import RunRecord
from audit.result_store import ResultStore
from audit.side_by_side import SideBySide
from audit.summary import add_outcomes, count_outcomes
from checks.finding import Outcome
from flows.past import Past
from history.rows import batch_of, pack_batch
from outputs.json_file import encode_reports, write_json_parts
from outputs.workbook import (
    PartLimit,
    WorkbookInfo,
    part_run,
    plan_parts,
    write_summary_workbook,
    write_workbook,
)

_REPORTS_A_FRAGMENT = 500
# The outputs of fewer reports are made sooner than the processes that would share them are started.
_LARGE = 2000


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the outputs are made from: final records in ``store``, ``frame`` is the record of the run without them.

    ``past`` is what is known of earlier audits where a history is kept.
    """

    assembly: Assembly
    store: ResultStore
    frame: RunRecord
    info: WorkbookInfo
    past: Past | None = None

    def run(self, indexes: Sequence[int]) -> RunRecord:
        """The record of the run with the reports of these indexes only."""
        return part_run(self.frame, self.assembly.records(self.store, indexes))

    def write(self, target: Path, indexes: Sequence[int], info: WorkbookInfo) -> Path:
        """Write a workbook on the reports of these indexes."""
        run = self.run(indexes)
        if self.past is not None:
            info = replace(
                info, review=self.past.review(run.reports), yearly=self.past.yearly(run.reports, info.thresholds)
            )
        return write_workbook(target, run, info).path


RuleOutcomes = dict[str, dict[Outcome, int]]
"""How often each rule came to which outcome."""


Makers = SideBySide[Delivery]


def is_large(reports: int) -> bool:
    """Whether the outputs of so many reports are worth processes of their own."""
    return reports >= _LARGE


def makers(delivery: Delivery, scratch: Path, workers: int) -> Makers:
    """Those who make the pieces; processes read the delivery from a file in the folder ``scratch``."""
    return SideBySide(delivery, workers, _handed_over, lambda: (_hand_over(delivery, scratch / "delivery"),))


def _hand_over(delivery: Delivery, file: Path) -> Path:
    with file.open("wb") as stream:
        pickle.dump(delivery, stream, pickle.HIGHEST_PROTOCOL)
    return file


def _handed_over(file: Path) -> Delivery:
    with file.open("rb") as stream:
        delivery: Delivery = pickle.load(stream)
    return delivery


@dataclass(frozen=True, slots=True)
class _Fragment:
    """Some reports, the file for their part of ``findings.json``, and the one for their rows of the history."""

    reports: range
    json: Path
    rows: Path | None


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook: its file, its reports, and the part of the run they are, empty for all of it."""

    target: Path
    reports: Sequence[int]
    part: str = ""


class Outputs:
    """The outputs of a run, written into ``folder``; the pieces that go into others stand in ``scratch`` before.

    ``name`` is that of the workbook, without its ending; ``record`` is given, in order, the files with the rows of all
    reports for the history, where they are wanted.
    """

    def __init__(
        self,
        work: Makers,
        folder: Path,
        scratch: Path,
        name: str,
        limit: PartLimit,
        record: Callable[[Path], None] | None,
    ) -> None:
        self._delivery = work.given
        self._folder = folder
        self._record = record
        summaries = work.given.assembly.summaries
        large = is_large(len(summaries))
        self._fragments = [
            _Fragment(reports, scratch / f"{number:05}.json", scratch / f"{number:05}.rows" if record else None)
            for number, reports in enumerate(_ranges(len(summaries)))
        ]
        self._counted = work.each(_encode, self._fragments, shared=large)
        self._parts = plan_parts(summaries, limit)
        self._books = self._planned_books(name)
        self._target = folder / f"{name}_总册.xlsx"
        # The largest first: the last ones under way then end at about the same time.
        books = sorted(self._books, key=lambda book: -len(book.reports))
        self._written = work.each(_write_book, books, shared=large or len(books) > 1)

    def write_findings(self) -> RuleOutcomes:
        """Write ``findings.json``; returns how often each rule came to which outcome."""
        outcomes: RuleOutcomes = {}
        write_json_parts(self._folder / NAME, self._delivery.frame, self._made_fragments(outcomes))
        return outcomes

    def write_workbooks(self, outcomes: RuleOutcomes) -> Path:
        """Write the workbook of the run, or where it would be too large one for each part and one over all. Returns the
        one to open first."""
        if len(self._books) > 1:
            delivery, files = self._delivery, [book.target for book in self._books]
            summaries = delivery.assembly.summaries
            write_summary_workbook(self._target, delivery.frame, summaries, self._parts, files, delivery.info, outcomes)
        written = list(self._written)
        return self._target if len(written) > 1 else written[0]

    def _made_fragments(self, outcomes: RuleOutcomes) -> Iterator[Path]:
        for fragment, counted in zip(self._fragments, self._counted, strict=True):
            add_outcomes(outcomes, counted)
            if self._record is not None and fragment.rows is not None:
                self._record(fragment.rows)
            yield fragment.json
            # A file that goes before the system has written it to the disk costs the disk nothing.
            fragment.json.unlink()

    def _planned_books(self, name: str) -> list[_Book]:
        if len(self._parts) <= 1:
            return [_Book(self._folder / f"{name}.xlsx", range(len(self._delivery.assembly.summaries)))]
        below = self._folder / "分册"
        return [_Book(below / f"{name}_{part.name}.xlsx", part.indices, part.name) for part in self._parts]


def _ranges(reports: int) -> list[range]:
    return [range(start, min(start + _REPORTS_A_FRAGMENT, reports)) for start in range(0, reports, _REPORTS_A_FRAGMENT)]


def _encode(delivery: Delivery, fragment: _Fragment) -> RuleOutcomes:
    records = list(delivery.assembly.records(delivery.store, fragment.reports))
    fragment.json.write_bytes(encode_reports(records))
    if fragment.rows is not None:
        fragment.rows.write_bytes(pack_batch(batch_of(records)))
    return count_outcomes(records)


def _write_book(delivery: Delivery, book: _Book) -> Path:
    info = delivery.info
    if book.part:
        # The two longest sheets stand in findings.json; a workbook of many thousand reports is read without them.
        info = replace(info, part=book.part, details=False)
    return delivery.write(book.target, book.reports, info)

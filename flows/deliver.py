"""The outputs of a run, ``findings.json`` and the workbooks, made from stored verdicts with flat memory.

Pieces are made side by side: fragments of ``findings.json`` for ranges of the run, and a workbook for each part.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.assembly import Assembly
from audit.record import RunRecord
from audit.result_store import ResultStore
from audit.side_by_side import SideBySide
from audit.summary import add_outcomes, count_outcomes
from checks.finding import Outcome
from flows.past import Past
from outputs.json_file import encode_reports, write_json_parts
from outputs.workbook import (
    PartLimit,
    RegionPart,
    WorkbookInfo,
    part_run,
    plan_parts,
    write_summary_workbook,
    write_workbook,
)

JSON_NAME = "findings.json"
_REPORTS_A_FRAGMENT = 500
# Fewer fragments are made sooner than the processes that would share them are started.
_FRAGMENTS_WORTH_PROCESSES = 10


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


def write_findings(work: Makers, folder: Path, scratch: Path) -> RuleOutcomes:
    """Write ``findings.json`` into ``folder``, its fragments into ``scratch`` before; returns how often each rule came
    to which outcome."""
    reports = len(work.given.assembly.paths)
    ranges = [
        range(start, min(start + _REPORTS_A_FRAGMENT, reports)) for start in range(0, reports, _REPORTS_A_FRAGMENT)
    ]
    outcomes: RuleOutcomes = {}
    files = [scratch / f"{number:05}.json" for number in range(len(ranges))]
    tasks = list(zip(ranges, files, strict=True))
    for counted in work.each(_encode_range, tasks, _FRAGMENTS_WORTH_PROCESSES):
        add_outcomes(outcomes, counted)
    write_json_parts(folder / JSON_NAME, work.given.frame, files)
    for file in files:
        file.unlink()
    return outcomes


def write_workbooks(work: Makers, folder: Path, name: str, limit: PartLimit, outcomes: RuleOutcomes) -> Path:
    """Write the workbook of the run into ``folder``, or where it would be too large one for each part and one over all.

    Returns the one to open first. ``name`` is that of the file, without its ending.
    """
    delivery = work.given
    summaries = delivery.assembly.summaries
    parts = plan_parts(summaries, limit)
    if len(parts) <= 1:
        return delivery.write(folder / f"{name}.xlsx", range(len(summaries)), delivery.info)
    below = folder / "分册"
    files = [below / f"{name}_{part.name}.xlsx" for part in parts]
    for _ in work.each(_write_part, list(zip(parts, files, strict=True))):
        pass
    target = folder / f"{name}_总册.xlsx"
    write_summary_workbook(target, delivery.frame, summaries, parts, files, delivery.info, outcomes)
    return target


def _encode_range(delivery: Delivery, task: tuple[range, Path]) -> RuleOutcomes:
    indexes, target = task
    records = list(delivery.assembly.records(delivery.store, indexes))
    target.write_bytes(encode_reports(records))
    return count_outcomes(records)


def _write_part(delivery: Delivery, task: tuple[RegionPart, Path]) -> None:
    part, target = task
    # The two longest sheets stand in findings.json; a workbook of many thousand reports is read without them.
    info = replace(delivery.info, part=part.name, details=False)
    delivery.write(target, part.indices, info)

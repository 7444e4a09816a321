"""The outputs of a run, ``findings.json`` and the workbooks, made from stored verdicts with flat memory.

Pieces are made side by side: fragments of ``findings.json`` for ranges of the run, and a workbook for each part.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from audit.assembly import Assembly
from audit.record import RunRecord
from audit.result_store import ResultStore
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

T = TypeVar("T")
R = TypeVar("R")


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


def write_findings(delivery: Delivery, folder: Path, scratch: Path, workers: int) -> RuleOutcomes:
    """Write ``findings.json`` into ``folder``; returns how often each rule came to which outcome."""
    reports = len(delivery.assembly.paths)
    ranges = [
        range(start, min(start + _REPORTS_A_FRAGMENT, reports)) for start in range(0, reports, _REPORTS_A_FRAGMENT)
    ]
    outcomes: RuleOutcomes = {}
    with _side_by_side(delivery, workers if len(ranges) >= _FRAGMENTS_WORTH_PROCESSES else 1) as each:
        files = [scratch / f"{number:05}.json" for number in range(len(ranges))]
        for counted in each(_encode_range, list(zip(ranges, files, strict=True))):
            add_outcomes(outcomes, counted)
    write_json_parts(folder / JSON_NAME, delivery.frame, files)
    for file in files:
        file.unlink()
    return outcomes


def write_workbooks(
    delivery: Delivery,
    folder: Path,
    name: str,
    limit: PartLimit,
    outcomes: RuleOutcomes,
    workers: int,
) -> Path:
    """Write the workbook of the run into ``folder``, or where it would be too large one for each part and one over all.

    Returns the one to open first. ``name`` is that of the file, without its ending.
    """
    summaries = delivery.assembly.summaries
    parts = plan_parts(summaries, limit)
    if len(parts) <= 1:
        return delivery.write(folder / f"{name}.xlsx", range(len(summaries)), delivery.info)
    below = folder / "分册"
    files = [below / f"{name}_{part.name}.xlsx" for part in parts]
    with _side_by_side(delivery, workers) as each:
        for _ in each(_write_part, list(zip(parts, files, strict=True))):
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


@contextmanager
def _side_by_side(delivery: Delivery, workers: int) -> Iterator[Callable[..., Iterator[Any]]]:
    """Calls a function with the delivery and each task, in processes where that is worth their start; in order."""
    if workers <= 1:
        yield lambda function, tasks: (function(delivery, task) for task in tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=(delivery,)) as pool:
        yield lambda function, tasks: pool.map(_call, [function] * len(tasks), tasks)


_delivery: Delivery | None = None


def _prepare(delivery: Delivery) -> None:
    global _delivery  # noqa: PLW0603 - handed over once to each process, not with each task
    _delivery = delivery


def _call(function: Callable[[Delivery, T], R], task: T) -> R:
    if _delivery is None:
        raise RuntimeError("process was not prepared")
    return function(_delivery, task)

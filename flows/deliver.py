"""The outputs of a run, ``findings.json`` and the workbooks, made from stored verdicts with flat memory.

Pieces are made side by side: fragments of ``findings.json`` for ranges of the run, and a workbook for each part.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

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


class Crew:
    """Calls functions with a delivery and each of some tasks, in processes where that is worth their start.

    A context manager; the processes are started once and read the delivery from a file in the folder ``scratch``.
    """

    def __init__(self, delivery: Delivery, scratch: Path, workers: int) -> None:
        self.delivery = delivery
        self.scratch = scratch
        self.cpu = 0.0
        """CPU seconds that the processes have spent on tasks."""
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._handed_over.unlink()

    def each(self, function: Callable[[Delivery, T], R], tasks: Sequence[T], worth: int = 2) -> Iterator[R]:
        """The results, in the order of the tasks; fewer than ``worth`` of them are done in this process."""
        if self._workers <= 1 or len(tasks) < worth:
            yield from (function(self.delivery, task) for task in tasks)
            return
        for result, cpu in self._started().map(_call, [function] * len(tasks), tasks):
            self.cpu += cpu
            yield result

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            with self._handed_over.open("wb") as stream:
                pickle.dump(self.delivery, stream, pickle.HIGHEST_PROTOCOL)
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=context, initializer=_prepare, initargs=(self._handed_over,)
            )
        return self._pool

    @property
    def _handed_over(self) -> Path:
        return self.scratch / "delivery"


def write_findings(crew: Crew, folder: Path) -> RuleOutcomes:
    """Write ``findings.json`` into ``folder``; returns how often each rule came to which outcome."""
    reports = len(crew.delivery.assembly.paths)
    ranges = [
        range(start, min(start + _REPORTS_A_FRAGMENT, reports)) for start in range(0, reports, _REPORTS_A_FRAGMENT)
    ]
    outcomes: RuleOutcomes = {}
    files = [crew.scratch / f"{number:05}.json" for number in range(len(ranges))]
    tasks = list(zip(ranges, files, strict=True))
    for counted in crew.each(_encode_range, tasks, _FRAGMENTS_WORTH_PROCESSES):
        add_outcomes(outcomes, counted)
    write_json_parts(folder / JSON_NAME, crew.delivery.frame, files)
    for file in files:
        file.unlink()
    return outcomes


def write_workbooks(crew: Crew, folder: Path, name: str, limit: PartLimit, outcomes: RuleOutcomes) -> Path:
    """Write the workbook of the run into ``folder``, or where it would be too large one for each part and one over all.

    Returns the one to open first. ``name`` is that of the file, without its ending.
    """
    delivery = crew.delivery
    summaries = delivery.assembly.summaries
    parts = plan_parts(summaries, limit)
    if len(parts) <= 1:
        return delivery.write(folder / f"{name}.xlsx", range(len(summaries)), delivery.info)
    below = folder / "分册"
    files = [below / f"{name}_{part.name}.xlsx" for part in parts]
    for _ in crew.each(_write_part, list(zip(parts, files, strict=True))):
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


_delivery: Delivery | None = None


def _prepare(handed_over: Path) -> None:
    global _delivery  # noqa: PLW0603 - handed over once to each process, not with each task
    # Millions of objects that stay: to look through them for garbage again and again takes longer than to read them.
    gc.disable()
    with handed_over.open("rb") as stream:
        _delivery = pickle.load(stream)
    gc.freeze()
    gc.enable()


def _call(function: Callable[[Delivery, T], R], task: T) -> tuple[R, float]:
    """The result and the CPU seconds that it took."""
    if _delivery is None:
        raise RuntimeError("process was not prepared")
    begin = time.process_time()
    return function(_delivery, task), time.process_time() - begin

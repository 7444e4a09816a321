"""The end of a run: the stored verdicts become ``findings.json`` and the workbook, and the run appears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from audit.reconcile import summarise
from audit.result_store import StoredRecord
from flows.last_run import digest_of, taken_over
from flows.marks import read_marks
from flows.past import dismissals, read_past, words_digest
from flows.recording import record_noted, run_header
from flows.run_result import RunResult, publish
from flows.steps import ChunkTally, RunPlan


def finish_run(plan: RunPlan, tallies: Sequence[ChunkTally], engine: str) -> RunResult:
    """Reconcile the verdicts with the plan, write ``findings.json`` and the workbook, and publish the run.

    Raises OSError where they cannot be written.
    """
    plan.timings.add_cpu("judge", sum(tally.cpu for tally in tallies))
    # What a killed audit has left unrecorded comes first, for the run is compared with what is recorded.
    record_noted(plan)
    result = _finished(plan, tallies, engine)
    return replace(result, notices=(*result.notices, *record_noted(plan)))


def _finished(plan: RunPlan, tallies: Sequence[ChunkTally], engine: str) -> RunResult:
    stored = _stored(plan, tallies)
    past, told = read_past(plan)
    marks = read_marks(plan, dismissals(past, date.today()))
    digest = digest_of(plan, stored, words_digest(past, marks.decisions))
    last = None if marks.files or marks.baseline else taken_over(plan, digest)
    if last is not None:
        notice = f"收件内容、规则和程序与上次审核（{last.name}）相同，沿用该次结果（--fresh 可全部重新审核）。"
        header = run_header(plan, engine, summarise(last.reports), repeats=last.name)
        return publish(plan, header, Path(last.workbook), last.reports, (), notice, *told)
    # What puts a run together takes long to load, and is not needed where the last run is taken over.
    from flows.new_result import new_result  # noqa: PLC0415

    result = new_result(plan, stored, past, marks, engine, digest)
    return replace(result, notices=(*result.notices, *told))


def _stored(plan: RunPlan, tallies: Sequence[ChunkTally]) -> dict[str, StoredRecord]:
    """The verdict of this run on each file, by its shown path. A file that is in no chunk was lost."""
    fresh = (record for tally in tallies for record in plan.store.index(tally.chunk).records)
    return {**plan.reused, **{record.path: record for record in fresh}}

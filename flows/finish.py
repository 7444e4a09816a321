"""The end of a run: the stored verdicts become ``findings.json`` and the workbook, and the run appears."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from audit.assembly import Assembly, assemble, with_comparison
from audit.marking import Marked, mark_run
from audit.packs import load_pack
from audit.reconcile import SCHEMA, summarise, tool_record
from audit.record import RunRecord, Summary, SuppressionFile
from audit.result_store import ResultStore, StoredRecord
from audit.run_comparison import Earlier, RunComparison, compare_run
from audit.storage import storage_at
from audit.summary import ReportSummary
from audit.suppressions import Suppressions
from flows.deliver import JSON_NAME, Delivery, Outputs, is_large, makers
from flows.last_run import digest_of, remember, taken_over
from flows.marks import Marks, read_marks
from flows.past import Past, dismissals, read_past, with_earlier_metrics, words_digest
from flows.recording import note_run, record_noted, run_header
from flows.recording_ahead import RecordingAhead, recording_ahead
from flows.steps import ChunkTally, RunPlan
from flows.timings import Timing
from history.records import RunHeader
from outputs.workbook import PartLimit, WorkbookInfo

_WORKBOOK_NAME = "法治政府建设年度报告审核"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left behind. ``notices`` are sentences for the user, such as how much was taken over from before."""

    folder: Path
    workbook: Path
    findings: Path
    reports: tuple[ReportSummary, ...]
    suppressions: tuple[SuppressionFile, ...]
    summary: Summary
    seconds: float
    notices: tuple[str, ...]
    timings: Mapping[str, Timing]


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
        header = run_header(plan, engine, summarise(last.reports))
        return _published(plan, header, Path(last.workbook), last.reports, (), notice, *told)
    assembly = assemble(plan.submissions, stored)
    found, assembly = _compared(plan, assembly, stored)
    marked = _marked(plan, assembly, marks)
    if past is not None:
        past = with_earlier_metrics(past, plan, stored)
    reports, suppressions = marked.assembly.summaries, marked.suppressions
    header = run_header(plan, engine, summarise(reports, suppressions))
    with recording_ahead(plan, header, is_large=is_large(len(reports))) as recording:
        workbook = _write_outputs(plan, marked, found, past, header, recording).relative_to(plan.staging / "run")
        result = _published(plan, header, workbook, reports, suppressions, *_notices(plan), *told)
        if recording is not None:
            recording.appeared(result.folder)
    remember(plan, digest, result.folder, result.workbook, result.reports)
    plan.store.keep_only({record.chunk for record in stored.values()})
    return result


def _marked(plan: RunPlan, assembly: Assembly, marks: Marks) -> Marked:
    """The run with what people and an earlier run have to say of its findings."""
    if not marks.any:
        return Marked(assembly, plan.store)
    ruleset, _ = load_pack(plan.request.choice.pack)
    target = ResultStore(storage_at(str(plan.staging / "records")), plan.edition)
    with plan.timings.stage("mark"):
        suppressions = Suppressions(marks.files, ruleset, date.today(), marks.decisions)
        return mark_run(assembly, plan.store, target, suppressions, marks.baseline, ruleset.sha256)


def _published(
    plan: RunPlan,
    header: RunHeader,
    workbook: Path,
    reports: tuple[ReportSummary, ...],
    suppressions: tuple[SuppressionFile, ...],
    *notices: str,
) -> RunResult:
    """The run in its place; ``workbook`` is relative to its folder."""
    note_run(plan, header)
    folder = plan.output.publish(plan.staging, header.id)
    return RunResult(
        folder=folder,
        workbook=folder / workbook,
        findings=folder / JSON_NAME,
        reports=reports,
        suppressions=suppressions,
        summary=header.summary,
        seconds=time.time() - plan.started.timestamp(),
        notices=notices,
        timings=plan.timings.stages,
    )


def _compared(plan: RunPlan, assembly: Assembly, stored: Mapping[str, StoredRecord]) -> tuple[RunComparison, Assembly]:
    """What comparing the reports with one another and with earlier ones found, and the assembly with it."""
    ruleset, facts = load_pack(plan.request.choice.pack)
    reports = [
        None if path in assembly.originals else record
        for path, record in zip(assembly.paths, assembly.stored, strict=True)
    ]
    audited = {record.summary.sha256 for record in reports if record}
    earlier = Earlier(
        [
            record
            for submission in plan.earlier
            if (record := stored.get(submission.shown)) and record.summary.sha256 not in audited
        ],
        plan.request.earlier_run,
    )
    with plan.timings.stage("compare"):
        workers = plan.request.limits.workers
        found = compare_run(reports, earlier, assembly.names, plan.store, ruleset, facts, workers)
        return found, with_comparison(assembly, found)


def _stored(plan: RunPlan, tallies: Sequence[ChunkTally]) -> dict[str, StoredRecord]:
    """The verdict of this run on each file, by its shown path. A file that is in no chunk was lost."""
    fresh = (record for tally in tallies for record in plan.store.index(tally.chunk).records)
    return {**plan.reused, **{record.path: record for record in fresh}}


def _write_outputs(
    plan: RunPlan,
    marked: Marked,
    found: RunComparison,
    past: Past | None,
    header: RunHeader,
    recording: RecordingAhead | None,
) -> Path:
    ruleset, facts = load_pack(plan.request.choice.pack)
    info = WorkbookInfo(
        run=plan.name,
        started=plan.started,
        finished=header.finished,
        scope=header.scope,
        ruleset=ruleset,
        engine=header.engine,
        metrics=facts.metrics,
    )
    frame = RunRecord(
        schema=SCHEMA,
        tool=tool_record(ruleset),
        reports=(),
        summary=header.summary,
        copies=found.pairs,
        families=found.families,
        suppressions=marked.suppressions,
        baseline=marked.baseline,
    )
    delivery = Delivery(marked.assembly, marked.store, frame, info, past)
    run = plan.staging / "run"
    limit = PartLimit(findings=plan.request.findings_per_workbook)
    name = f"{_WORKBOOK_NAME}_{plan.started:%Y%m%d_%H%M}"
    with makers(delivery, plan.staging, plan.request.limits.workers) as work:
        with plan.timings.stage("json"):
            outputs = Outputs(work, run, plan.staging, name, limit, recording.add if recording else None)
            outcomes = outputs.write_findings()
        shared = work.cpu
        plan.timings.add_cpu("json", shared)
        with plan.timings.stage("workbook"):
            workbook = outputs.write_workbooks(outcomes)
        plan.timings.add_cpu("workbook", work.cpu - shared)
        return workbook


def _notices(plan: RunPlan) -> list[str]:
    if not plan.reused:
        return []
    return [f"{len(plan.reused)} 个文件自上次审核以来没有变化，沿用已有结论（--fresh 可全部重新审核）。"]

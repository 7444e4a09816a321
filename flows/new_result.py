"""A run put together from stored verdicts: compared, marked, written out, recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from audit.assembly import Assembly, assemble, with_comparison
from audit.marking import Marked, mark_run
from audit.packs import load_pack
from audit.reconcile import SCHEMA, summarise, tool_record
from audit.record import RunRecord
from audit.result_store import ResultStore, StoredRecord
from audit.run_comparison import Earlier, RunComparison, compare_run
from audit.storage import storage_at
from audit.suppressions import Suppressions
from flows.deliver import Delivery, Outputs, is_large, makers
from flows.last_run import remember
from flows.marks import Marks
from flows.past import Past, with_earlier_metrics
from flows.recording import run_header
from flows.recording_ahead import RecordingAhead, recording_ahead
from flows.run_result import RunResult, publish
from flows.steps import RunPlan
from history.records import RunHeader
from outputs.workbook import PartLimit, WorkbookInfo

_WORKBOOK_NAME = "法治政府建设年度报告审核"


def new_result(
    plan: RunPlan, stored: Mapping[str, StoredRecord], past: Past | None, marks: Marks, engine: str, digest: str
) -> RunResult:
    """Write ``findings.json`` and the workbook from the ``stored`` verdicts, publish the run and remember it as the one
    of ``digest`` (:func:`flows.last_run.digest_of`). Raises OSError."""
    assembly = assemble(plan.submissions, stored)
    found, assembly = _compared(plan, assembly, stored)
    marked = _marked(plan, assembly, marks)
    if past is not None:
        past = with_earlier_metrics(past, plan, stored)
    reports, suppressions = marked.assembly.summaries, marked.suppressions
    header = run_header(plan, engine, summarise(reports, suppressions))
    with recording_ahead(plan, header, is_large=is_large(len(reports))) as recording:
        workbook = _write_outputs(plan, marked, found, past, header, recording).relative_to(plan.staging / "run")
        result = publish(plan, header, workbook, reports, suppressions, *_notices(plan))
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

"""The end of a run: the stored verdicts become ``findings.json`` and the workbook, and the run appears."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audit.assembly import Assembly, assemble
from audit.packs import load_pack
from audit.reconcile import SCHEMA, summarise, tool_record
from audit.record import RunRecord, Summary
from audit.result_store import StoredRecord
from audit.summary import ReportSummary
from documents.personal import without_personal_data
from flows.steps import ChunkTally, RunPlan
from flows.timings import Timing
from outputs.json_file import write_json
from outputs.workbook import WorkbookInfo, write_workbook

_WORKBOOK_NAME = "法治政府建设年度报告审核"


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left behind. ``notices`` are sentences for the user, such as how much was taken over from before."""

    folder: Path
    workbook: Path
    findings: Path
    reports: tuple[ReportSummary, ...]
    summary: Summary
    seconds: float
    notices: tuple[str, ...]
    timings: Mapping[str, Timing]


def finish_run(plan: RunPlan, tallies: Sequence[ChunkTally], engine: str) -> RunResult:
    """Reconcile the verdicts with the plan, write ``findings.json`` and the workbook, and publish the run.

    Raises OSError where they cannot be written.
    """
    plan.timings.add_cpu("judge", sum(tally.cpu for tally in tallies))
    stored = _stored(plan, tallies)
    assembly = assemble(plan.submissions, stored)
    workbook, findings = _write_outputs(plan, assembly, engine)
    folder = plan.output.publish(plan.staging, plan.name)
    plan.store.keep_only({record.chunk for record in stored.values()})
    return RunResult(
        folder=folder,
        workbook=folder / workbook.name,
        findings=folder / findings.name,
        reports=assembly.summaries,
        summary=summarise(assembly.summaries),
        seconds=time.time() - plan.started.timestamp(),
        notices=tuple(_notices(plan)),
        timings=plan.timings.stages,
    )


def _stored(plan: RunPlan, tallies: Sequence[ChunkTally]) -> dict[str, StoredRecord]:
    """The verdict of this run on each file, by its shown path. A file that is in no chunk was lost."""
    fresh = (record for tally in tallies for record in plan.store.index(tally.chunk).records)
    return {**plan.reused, **{record.path: record for record in fresh}}


def _write_outputs(plan: RunPlan, assembly: Assembly, engine: str) -> tuple[Path, Path]:
    ruleset, facts = load_pack(plan.request.choice.pack)
    run = plan.staging / "run"
    reports = tuple(assembly.records(plan.store, range(len(assembly.paths))))
    record = RunRecord(SCHEMA, tool_record(ruleset), reports, summarise(assembly.summaries))
    with plan.timings.stage("json"):
        findings = write_json(run / "findings.json", record)
    info = WorkbookInfo(
        run=plan.name,
        started=plan.started,
        finished=datetime.now().astimezone(),
        scope=tuple(map(without_personal_data, plan.request.paths)),
        ruleset=ruleset,
        engine=engine,
        metrics=facts.metrics,
    )
    with plan.timings.stage("workbook"):
        workbook = write_workbook(run / f"{_WORKBOOK_NAME}_{plan.started:%Y%m%d_%H%M}.xlsx", record, info)
    return workbook.path, findings.path


def _notices(plan: RunPlan) -> list[str]:
    if not plan.reused:
        return []
    return [f"{len(plan.reused)} 个文件自上次审核以来没有变化，沿用已有结论（--fresh 可全部重新审核）。"]

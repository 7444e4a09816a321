"""What a run leaves behind, and how it appears."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from audit.findings_file import NAME
from audit.record import Summary, SuppressionFile
from audit.summary import ReportSummary
from flows.recording import note_run
from flows.steps import RunPlan
from flows.timings import Timing
from history.records import RunHeader


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


def publish(
    plan: RunPlan,
    header: RunHeader,
    workbook: Path,
    reports: tuple[ReportSummary, ...],
    suppressions: tuple[SuppressionFile, ...],
    *notices: str,
) -> RunResult:
    """Put the run, which is complete, in its place; ``workbook`` is relative to its folder. Raises OSError."""
    note_run(plan, header)
    folder = plan.output.publish(plan.staging, header.id)
    return RunResult(
        folder=folder,
        workbook=folder / workbook,
        findings=folder / NAME,
        reports=reports,
        suppressions=suppressions,
        summary=header.summary,
        seconds=time.time() - plan.started.timestamp(),
        notices=notices,
        timings=plan.timings.stages,
    )

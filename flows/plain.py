"""The audit without Prefect: the same steps in this process, no server and no second process to wait for."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from audit.isolation import close_shared_auditors
from flows.finish import finish_run
from flows.run_result import RunResult
from flows.steps import AuditRequest, ChunkTally, OnSummary, RunPlan, audit_chunk, planned_run

ENGINE = "plain"

OnPlan = Callable[[RunPlan], None]


def run_plain(request: AuditRequest, on_plan: OnPlan, on_summary: OnSummary) -> RunResult:
    """Carry out an audit in this process. Raises what flows.steps.planned_run and flows.steps.audit_chunk raise."""
    with planned_run(request) as plan:
        on_plan(plan)
        with plan.timings.stage("judge"):
            tallies = _audit_chunks(plan, on_summary)
        return finish_run(plan, tallies, ENGINE)


def _audit_chunks(plan: RunPlan, on_summary: OnSummary) -> list[ChunkTally]:
    with ThreadPoolExecutor(plan.request.limits.workers) as threads:
        try:
            return list(threads.map(lambda spec: audit_chunk(spec, on_summary), plan.chunks))
        finally:
            # Whoever still waits for a child gives up; the comparison of reports needs the memory.
            threads.shutdown(wait=False, cancel_futures=True)
            close_shared_auditors()

"""The audit without Prefect: the same steps, one chunk after another, no server and no second process to wait for."""

from __future__ import annotations

from collections.abc import Callable

from flows.steps import AuditRequest, OnRecord, RunPlan, RunResult, audit_chunk, finish_run, planned_run

ENGINE = "plain"

OnPlan = Callable[[RunPlan], None]


def run_plain(request: AuditRequest, on_plan: OnPlan, on_record: OnRecord) -> RunResult:
    """Carry out an audit in this process. Raises what flows.steps.plan_run raises."""
    with planned_run(request) as plan:
        on_plan(plan)
        for spec in plan.chunks:
            audit_chunk(spec, on_record)
        return finish_run(plan, ENGINE)

"""Starts an audit with the engine asked for, and falls back to the plain one when no Prefect server comes up."""

from __future__ import annotations

import logging
from dataclasses import replace

from documents.errors import fault_in_words
from flows.environment import prepare_environment
from flows.errors import ServerUnavailable
from flows.finish import RunResult
from flows.plain import run_plain
from flows.progress import Progress
from flows.settings import Settings
from flows.steps import AuditRequest, RunPlan, check_request, find_earlier
from history.location import settled


def launch_audit(request: AuditRequest, settings: Settings, progress: Progress) -> RunResult:
    """Carry out an audit. Raises what flows.steps.check_request raises, before anything is started or written."""
    check_request(request)
    find_earlier(request)
    request = replace(request, history=settled(request.history))
    if settings.engine == "plain":
        return _plain(request, progress)
    progress.announce("正在启动 Prefect 服务……")
    try:
        prepare_environment(settings.prefect_home)
    except OSError as fault:
        obstacle = f"Prefect 数据文件夹“{settings.prefect_home}”不能使用（{fault_in_words(fault)}）"
        return _fallen_back(request, progress, obstacle)
    # Prefect takes seconds to import and reads its settings while doing so: not before they are made, nor for `plain`.
    from flows.server import prefect_server  # noqa: PLC0415

    try:
        with prefect_server(settings.server_start_seconds, scheduling=False):
            return _prefect(request, progress)
    except ServerUnavailable as fault:
        return _fallen_back(request, progress, str(fault))


def _fallen_back(request: AuditRequest, progress: Progress, obstacle: str) -> RunResult:
    result = _plain(request, progress)
    return replace(result, notices=(f"{obstacle}，已改用不带服务的方式（plain）完成审核。", *result.notices))


def _plain(request: AuditRequest, progress: Progress) -> RunResult:
    return run_plain(request, lambda plan: progress.begin(_to_judge(plan)), progress.advance)


def _to_judge(plan: RunPlan) -> int:
    return len({item.shown for item in (*plan.submissions, *plan.earlier)} - plan.reused.keys())


def _unless_interrupted(record: logging.LogRecord) -> bool:
    """Whoever presses Ctrl-C knows why the run has crashed."""
    return "interrupt signal" not in record.getMessage()


def _prefect(request: AuditRequest, progress: Progress) -> RunResult:
    from flows import audit_flow as prefect_flow  # noqa: PLC0415

    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(_unless_interrupted)
    results: list[RunResult] = []
    observer = prefect_flow.Observer(
        on_plan=lambda plan: progress.begin(_to_judge(plan)),
        on_summary=progress.advance,
        on_result=results.append,
    )
    with prefect_flow.observed_by(observer):
        prefect_flow.audit(
            inbox=list(request.paths),
            out=request.out,
            pack=request.choice.pack,
            year=request.choice.audited_year,
            chunk_size=request.chunk_size,
            workers=request.limits.workers,
            document_seconds=request.limits.seconds,
            document_memory_mb=request.limits.memory_mb,
            reading=request.limits.reading,
            wait=request.wait,
            fresh=request.fresh,
            findings_per_workbook=request.findings_per_workbook,
            against=request.against,
            baseline=request.baseline,
            suppressions=list(request.suppressions),
            history=request.history,
        )
    return results[0]

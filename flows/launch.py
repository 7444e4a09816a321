"""Starts an audit with the engine asked for, and falls back to the plain one when no Prefect server comes up."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.packs import absolute_pack
from audit.storage import storage_at
from documents.errors import fault_in_words
from flows.crew import Observer, observed_by
from flows.environment import prepare_environment
from flows.errors import ClusterFault, ServerUnavailable, SettingsError
from flows.plain import run_plain
from flows.progress import Progress
from flows.run_result import RunResult
from flows.settings import Settings
from flows.steps import AuditRequest, ChunkTally, RunPlan, check_request, find_earlier
from history.location import settled

if TYPE_CHECKING:
    from flows.cluster import Cluster


def launch_audit(request: AuditRequest, settings: Settings, progress: Progress) -> RunResult:
    """Carry out an audit. Raises what flows.steps.check_request raises, before anything is started or written."""
    if request.store is not None:
        storage_at(request.store)
    request = replace(request, history=settled(request.history))
    if settings.engine == "plain":
        # Planning the run comes first there, and checks the same.
        return _plain(request, progress)
    check_request(request)
    find_earlier(request)
    if settings.engine == "dask":
        return _on_cluster(request, settings, progress)
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
            return _prefect(request, progress, None)
    except ServerUnavailable as fault:
        return _fallen_back(request, progress, str(fault))


def _on_cluster(request: AuditRequest, settings: Settings, progress: Progress) -> RunResult:
    """Raises ClusterFault and ServerUnavailable: this machine alone is no replacement for a cluster."""
    progress.announce("正在连接 Dask 集群……")
    prepare_environment(settings.prefect_home)
    from flows.server import prefect_server  # noqa: PLC0415 - as above

    with _cluster(settings.dask_address) as cluster:
        progress.announce("正在启动 Prefect 服务……")
        with prefect_server(settings.server_start_seconds, scheduling=False, host=cluster.facing) as api:
            request = replace(request, cluster_threads=cluster.threads)
            cluster.examine(request, _places(request), api)
            return _prefect(request, progress, cluster)


@contextmanager
def _cluster(address: str | None) -> Iterator[Cluster]:
    if address is None:
        raise SettingsError("engine 设为 dask 时须给出集群地址 dask_address（--dask-address）。")
    try:
        from flows.cluster import cluster_at  # noqa: PLC0415 - the extra is for those who have a cluster
    except ImportError as fault:
        missing = "没有安装 Dask 所需的程序库，请在各台机器上安装 fazhi-audit[dask]"
        raise ClusterFault(f"{missing}（{fault}）") from fault
    with cluster_at(address) as cluster:
        yield cluster


def _places(request: AuditRequest) -> list[str]:
    """What every worker must see at the same path as this machine."""
    against = [] if request.against is None or request.earlier_run else [request.against]
    places = [str(Path(path).absolute()) for path in (*request.paths, *against)]
    pack = absolute_pack(request.choice.pack)
    if pack != request.choice.pack:
        places.append(pack)
    if request.store is None or "://" not in request.store:
        folder = Path(request.store or request.out).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        places.append(str(folder))
    return places


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


def _prefect(request: AuditRequest, progress: Progress, cluster: Cluster | None) -> RunResult:
    from flows import audit_flow as prefect_flow  # noqa: PLC0415

    for name in ("prefect.flow_runs", "prefect.task_runs"):
        logging.getLogger(name).addFilter(_unless_interrupted)
    results: list[RunResult] = []

    def on_tally(tally: ChunkTally) -> None:
        if cluster is not None:
            progress.advance_by(tally.documents, tally.findings, tally.unread)

    observer = Observer(
        on_plan=lambda plan: progress.begin(_to_judge(plan)),
        on_summary=progress.advance,
        on_tally=on_tally,
        on_result=results.append,
    )
    with observed_by(observer, cluster):
        (prefect_flow.audit if cluster is None else prefect_flow.on_cluster(cluster.address))(
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
            store=request.store,
            cluster_threads=request.cluster_threads,
            history=request.history,
        )
    return results[0]

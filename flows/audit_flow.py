"""The audit as a Prefect flow: Prefect is the clock, the retry and the notice board; the run folder is the record."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path
from queue import Empty, SimpleQueue

from prefect import Flow, flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run

from audit.limits import Limits, PackChoice
from audit.packs import DEFAULT_PACK
from audit.summary import ReportSummary
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from flows.crew import crew, judge_chunk, observer
from flows.errors import ClusterFault
from flows.finish import finish_run
from flows.run_result import RunResult
from flows.steps import AuditRequest, ChunkSpec, ChunkTally, RunPlan, planned_run
from outputs.names import LEVEL_NAMES, STATUS_NAMES

ENGINE = "prefect"
CLUSTER_ENGINE = "dask"
FLOW_NAME = "法治政府建设年度报告审核"
_TABLE_ROWS = 200
_LIMITS = Limits()
_REQUEST = AuditRequest((), "reports_out", PackChoice(DEFAULT_PACK))
# Chunks handed over at a time for each worker: enough that none waits, few enough that memory stays flat.
_WINDOW = 2
_WATCH_SECONDS = 5.0


def _is_environment_fault(_task: object, _run: TaskRun, state: State[object]) -> bool:
    """Retry what another try may mend (a full disk, a share that is away), never a document or a program error."""
    return isinstance(state.result(raise_on_failure=False), OSError)


@task(
    name="审核一批报告",
    task_run_name="第 {spec.number} 批",
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=_is_environment_fault,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def audit_one_chunk(spec: ChunkSpec) -> ChunkTally:
    """Audit one chunk; its verdicts go to the result store, the counts come back."""
    return judge_chunk(spec)


def _run_name() -> str:
    return f"审核 {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"


@flow(name=FLOW_NAME, flow_run_name=_run_name, persist_result=False, validate_parameters=True)
def audit(
    inbox: list[str],
    out: str = "reports_out",
    pack: str = DEFAULT_PACK,
    year: int | None = None,
    chunk_size: int = _REQUEST.chunk_size,
    workers: int = _LIMITS.workers,
    document_seconds: float = _LIMITS.seconds,
    document_memory_mb: int = _LIMITS.memory_mb,
    reading: ReadingLimits = DEFAULT_LIMITS,
    wait: bool = _REQUEST.wait,
    fresh: bool = _REQUEST.fresh,
    findings_per_workbook: int = _REQUEST.findings_per_workbook,
    against: str | None = None,
    baseline: str | None = None,
    suppressions: list[str] | None = None,
    store: str | None = None,
    cluster_threads: int | None = None,
    history: str = _REQUEST.history,
) -> str:
    """审核收件文件夹里的报告，写出审核工作簿与 findings.json，返回工作簿的路径。"""
    request = AuditRequest(
        paths=tuple(inbox),
        out=out,
        choice=PackChoice(pack, year),
        limits=Limits(document_seconds, document_memory_mb, workers, reading),
        chunk_size=chunk_size,
        wait=wait,
        fresh=fresh,
        findings_per_workbook=findings_per_workbook,
        against=against,
        baseline=baseline,
        suppressions=tuple(suppressions or ()),
        store=store,
        cluster_threads=cluster_threads,
        history=history,
    )
    with planned_run(request) as plan:
        observer().on_plan(plan)
        with plan.timings.stage("judge"):
            tallies = _audit_chunks(plan)
        result = finish_run(plan, tallies, CLUSTER_ENGINE if cluster_threads else ENGINE)
    _publish(result)
    observer().on_result(result)
    return str(result.workbook)


def on_cluster(address: str) -> Flow[..., str]:
    """The same flow, with its tasks carried out by the Dask cluster at ``address``."""
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415 - an optional extra

    # Its futures are of another library than Prefect's own, which the types do not allow for.
    return audit.with_options(task_runner=DaskTaskRunner(address=address))  # type: ignore[arg-type]


def _audit_chunks(plan: RunPlan) -> list[ChunkTally]:
    """Audit the chunks, a few at a time. One that a program error ends must not take the others with it, for
    reconciling names what it swallowed; where nothing can be stored any more the run ends with that OSError."""
    tallies: list[ChunkTally] = []
    waiting = iter(plan.chunks)
    done: SimpleQueue[PrefectFuture[ChunkTally]] = SimpleQueue()
    under_way = 0
    try:
        while True:
            for spec in islice(waiting, _WINDOW * plan.request.chunks_at_once - under_way):
                audit_one_chunk.submit(spec).add_done_callback(done.put)
                under_way += 1
            if not under_way:
                return tallies
            tallies += _tally(_next_done(done))
            under_way -= 1
    finally:
        crew().end(plan.staging.name)


def _next_done(done: SimpleQueue[PrefectFuture[ChunkTally]]) -> PrefectFuture[ChunkTally]:
    while True:
        try:
            return done.get(timeout=_WATCH_SECONDS)
        except Empty:
            crew().watch()


def _tally(future: PrefectFuture[ChunkTally]) -> list[ChunkTally]:
    outcome = crew().outcome(future)
    if isinstance(outcome, OSError | ClusterFault):
        raise outcome
    if not isinstance(outcome, ChunkTally):
        return []
    observer().on_tally(outcome)
    return [outcome]


def _publish(result: RunResult) -> None:
    """Notices for whoever looks at Prefect: counts and paths, never a word of a report."""
    create_markdown_artifact(_summary_markdown(result), key="audit-summary", description="审核概况")
    rows = [_table_row(report) for report in result.reports[:_TABLE_ROWS]]
    create_table_artifact(rows, key="audit-reports", description=f"各报告审核结果（至多 {_TABLE_ROWS} 份）")


def _summary_markdown(result: RunResult) -> str:
    summary = result.summary
    return "\n".join(
        (
            f"# {FLOW_NAME}",
            "",
            f"- 文件 {summary.reports} 份，已读 {summary.read} 份，未读 {summary.reports - summary.read} 份",
            f"- 错误 {summary.error} 个，警告 {summary.warning} 个，提示 {summary.info} 个",
            f"- 用时 {result.seconds:.1f} 秒",
            f"- 工作簿：`{result.workbook.resolve()}`",
            f"- 运行编号：`{flow_run.name}`",
        )
    )


def _table_row(report: ReportSummary) -> dict[str, str | int]:
    counts = {name: report.count(level) for level, name in LEVEL_NAMES.items()}
    return {
        "报告": _plain(Path(report.path).name),
        "单位": _plain(report.unit or "未识别"),
        "年度": report.year or "未识别",
        "状态": STATUS_NAMES[report.status],
        **counts,
    }


def _plain(text: str) -> str:
    """Text that cannot break a table of the notice board."""
    return text.replace("|", "/").replace("`", "'").replace("\n", " ")

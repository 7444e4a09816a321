"""The audit as a Prefect flow: Prefect is the clock, the retry and the notice board; the run folder is the record."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run

from audit.isolation import close_shared_auditors
from audit.limits import Limits, PackChoice
from audit.packs import DEFAULT_PACK
from audit.summary import ReportSummary
from documents.limits import DEFAULT_LIMITS, ReadingLimits
from flows.finish import RunResult, finish_run
from flows.steps import AuditRequest, ChunkSpec, ChunkTally, RunPlan, audit_chunk, planned_run
from outputs.names import LEVEL_NAMES, STATUS_NAMES

ENGINE = "prefect"
FLOW_NAME = "法治政府建设年度报告审核"
_TABLE_ROWS = 200
_LIMITS = Limits()
_REQUEST = AuditRequest((), "reports_out", PackChoice(DEFAULT_PACK))
# Chunks handed over at a time for each worker: enough that none waits, few enough that memory stays flat.
_WINDOW = 2


@dataclass(frozen=True, slots=True)
class Observer:
    """Whoever follows a run in this process: told when it is planned, when a file is done, and when it is finished."""

    on_plan: Callable[[RunPlan], None]
    on_summary: Callable[[ReportSummary], None]
    on_result: Callable[[RunResult], None]


def _nobody(_: object) -> None:
    """A deployed run has no one to tell."""


_NO_OBSERVER = Observer(_nobody, _nobody, _nobody)
_observer: ContextVar[Observer] = ContextVar("observer", default=_NO_OBSERVER)


@contextmanager
def observed_by(observer: Observer) -> Iterator[None]:
    """Let ``observer`` follow the runs started inside the block."""
    token = _observer.set(observer)
    try:
        yield
    finally:
        _observer.reset(token)


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
    return audit_chunk(spec, _observer.get().on_summary)


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
    history: str = _REQUEST.history,
) -> str:
    """审核收件文件夹里的报告，写出审核工作簿与 findings.json，返回工作簿的路径。"""
    limits = Limits(document_seconds, document_memory_mb, workers, reading)
    request = AuditRequest(
        paths=tuple(inbox),
        out=out,
        choice=PackChoice(pack, year),
        limits=limits,
        chunk_size=chunk_size,
        wait=wait,
        fresh=fresh,
        findings_per_workbook=findings_per_workbook,
        against=against,
        baseline=baseline,
        suppressions=tuple(suppressions or ()),
        history=history,
    )
    with planned_run(request) as plan:
        _observer.get().on_plan(plan)
        with plan.timings.stage("judge"):
            tallies = _audit_chunks(plan)
        result = finish_run(plan, tallies, ENGINE)
    _publish(result)
    _observer.get().on_result(result)
    return str(result.workbook)


def _audit_chunks(plan: RunPlan) -> list[ChunkTally]:
    """Audit the chunks, a few at a time. One that a program error ends must not take the others with it, for
    reconciling names what it swallowed; where nothing can be stored any more the run ends with that OSError."""
    tallies: list[ChunkTally] = []
    under_way: deque[PrefectFuture[ChunkTally]] = deque()
    try:
        for spec in plan.chunks:
            under_way.append(audit_one_chunk.submit(spec))
            if len(under_way) >= _WINDOW * plan.request.limits.workers:
                tallies += _tally(under_way.popleft())
        while under_way:
            tallies += _tally(under_way.popleft())
    finally:
        close_shared_auditors()
    return tallies


def _tally(future: PrefectFuture[ChunkTally]) -> list[ChunkTally]:
    outcome = future.result(raise_on_failure=False)
    if isinstance(outcome, OSError):
        raise outcome
    return [outcome] if isinstance(outcome, ChunkTally) else []


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

"""Judges each document in a child process that can be killed, so that no file stops, poisons or slows the others."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as DocumentTimeoutError
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pebble import ProcessExpired, ProcessPool

from audit.assess import Auditor
from audit.conversion import Conversion, convert_legacy
from audit.inbox import Submission
from audit.limits import Limits, PackChoice
from audit.preloaded import PACK_VARIABLE, preloaded
from audit.record import ReportRecord, Status
from audit.recovering_pool import RecoveringPool
from audit.stage import StageBoard
from documents.errors import Unreadable
from documents.read import Location, load

_DOCUMENTS_PER_CHILD = 500


@dataclass(frozen=True, slots=True)
class _Task:
    """One document of a chunk: its index, and what its conversion came to where it had to be converted."""

    index: int
    submission: Submission
    converted: Conversion | None


def assess_isolated(submissions: Sequence[Submission], choice: PackChoice, limits: Limits) -> Iterator[ReportRecord]:
    """One record for each submission, in order. A document that hangs or kills its process is named in its record."""
    with TemporaryDirectory(prefix="fazhi-audit-") as name:
        workspace = Path(name)
        converted = convert_legacy(submissions, workspace, limits.reading, limits.seconds)
        tasks = [_Task(index, item, converted.get(index)) for index, item in enumerate(submissions)]
        yield from _assess_tasks(tasks, choice, limits, workspace / "stages")


def _assess_tasks(tasks: Sequence[_Task], choice: PackChoice, limits: Limits, stages: Path) -> Iterator[ReportRecord]:
    board = StageBoard(stages, len(tasks))
    workers = max(1, min(limits.workers, len(tasks)))

    def make_pool() -> ProcessPool:
        return ProcessPool(
            max_workers=workers,
            max_tasks=_DOCUMENTS_PER_CHILD,
            initializer=_prepare_child,
            initargs=(choice, limits, stages),
            context=_context(choice.pack),
        )

    def was_started(task: _Task) -> bool:
        return bool(board.read(task.index))

    pool = RecoveringPool(make_pool, _assess_in_child, limits.seconds, was_started, workers)
    for outcome in pool.run(tasks):
        yield outcome.result or _failure(outcome.task, outcome.fault, limits, board.read(outcome.task.index))


def _failure(task: _Task, fault: BaseException | None, limits: Limits, stage: str) -> ReportRecord:
    """The one place where whatever a document provokes becomes its row."""
    if isinstance(fault, DocumentTimeoutError):
        return _timed_out(task.submission, limits, stage)
    if fault is None or isinstance(fault, ProcessExpired):
        code = f"（代码 {fault.exitcode}）" if fault else ""
        return _crashed(task.submission, limits, f"{stage}时处理进程异常退出{code}")
    if isinstance(fault, MemoryError):
        return _crashed(task.submission, limits, f"{stage}时内存超过上限 {limits.memory_mb} MB")
    return _crashed(task.submission, limits, f"{stage}时发生程序错误 {type(fault).__name__}：{fault}")


_auditor: Auditor | None = None
_board: StageBoard | None = None


def _prepare_child(choice: PackChoice, limits: Limits, stages: Path) -> None:
    global _auditor, _board  # noqa: PLW0603 - one auditor serves every document of this child
    _limit_memory(limits.memory_mb)
    ruleset, facts = preloaded(choice.pack)
    _auditor = Auditor(ruleset, facts, choice.audited_year, limits.reading)
    _board = StageBoard(stages, 0)


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - exists on POSIX only

        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _assess_in_child(task: _Task) -> ReportRecord:
    if _auditor is None or _board is None:
        raise RuntimeError("child process was not prepared")
    return _auditor.assess(task.submission, task.converted, partial(_board.write, task.index))


def _context(pack: str) -> multiprocessing.context.BaseContext:
    """Forkserver where there is one: it starts clean children cheaply and ends with its parent."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "audit.quiet_start"])
    # Read when the server starts, which it does with the first child of this process.
    os.environ[PACK_VARIABLE] = pack
    return context


def _timed_out(submission: Submission, limits: Limits, stage: str) -> ReportRecord:
    reason = f"{stage}时超过 {limits.seconds:g} 秒，已中止"
    step = "请检查文件是否异常庞大；可用 --timeout 放宽时限后重新审核，或请单位重新报送。"
    return _failed(submission, limits, Status.TIMED_OUT, reason, step)


def _crashed(submission: Submission, limits: Limits, reason: str) -> ReportRecord:
    step = "请单位另存为 docx 或纯文本后重新报送；如反复出现，请联系管理员。"
    return _failed(submission, limits, Status.CRASHED, reason, step)


def _failed(submission: Submission, limits: Limits, status: Status, reason: str, next_step: str) -> ReportRecord:
    record = ReportRecord(submission.shown, None, status, reason, next_step)
    try:
        data = load(Location(Path(submission.path), submission.member), limits.reading)
    except Unreadable:
        return record
    return replace(record, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

"""Judges each document in a child process that can be killed, so that no file stops, poisons or slows the others."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as DocumentTimeoutError
from dataclasses import dataclass
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from audit.assess import Auditor
from audit.inbox import Submission
from audit.packs import load_pack
from audit.record import ReportRecord, Status

_DOCUMENTS_PER_CHILD = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. ``seconds`` of wall time, ``memory_mb`` of address space per child process."""

    seconds: float = 60.0
    memory_mb: int = 2048
    workers: int = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class PackChoice:
    """What a child process needs to judge as its parent would: the pack by name or folder, and the audited year."""

    pack: str
    audited_year: int | None = None


def assess_isolated(submissions: Sequence[Submission], choice: PackChoice, limits: Limits) -> Iterator[ReportRecord]:
    """One record for each submission, in order. A document that hangs or kills its process is named in its record."""
    with ProcessPool(
        max_workers=max(1, min(limits.workers, len(submissions))),
        max_tasks=_DOCUMENTS_PER_CHILD,
        initializer=_prepare_child,
        initargs=(choice, limits.memory_mb),
        context=_context(),
    ) as pool:
        futures = [pool.schedule(_assess_in_child, args=(item,), timeout=limits.seconds) for item in submissions]
        try:
            for submission, future in zip(submissions, futures, strict=True):
                try:
                    yield future.result()
                except DocumentTimeoutError:
                    yield _timed_out(submission, limits)
                except ProcessExpired as death:
                    yield _crashed(submission, f"处理进程异常退出（代码 {death.exitcode}）")
                except MemoryError:
                    yield _crashed(submission, f"处理时内存超过上限 {limits.memory_mb} MB")
                # The one catch-all: whatever one document provokes becomes its row, and the rest goes on.
                except Exception as fault:  # noqa: BLE001
                    yield _crashed(submission, f"处理时发生程序错误 {type(fault).__name__}：{fault}")
        finally:
            pool.stop()  # type: ignore[no-untyped-call]


_auditor: Auditor | None = None


def _prepare_child(choice: PackChoice, memory_mb: int) -> None:
    global _auditor  # noqa: PLW0603 - one auditor serves every document of this child
    _limit_memory(memory_mb)
    ruleset, facts = load_pack(choice.pack)
    _auditor = Auditor(ruleset, facts, choice.audited_year)


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - exists on POSIX only

        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _assess_in_child(submission: Submission) -> ReportRecord:
    if _auditor is None:
        raise RuntimeError("child process was not prepared")
    return _auditor.assess(submission)


def _context() -> multiprocessing.context.BaseContext:
    """Forkserver where there is one: it starts clean children cheaply and ends with its parent."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _timed_out(submission: Submission, limits: Limits) -> ReportRecord:
    reason = f"处理超过 {limits.seconds:g} 秒，已中止"
    step = "请检查文件是否异常庞大；可用 --timeout 放宽时限后重新审核，或请单位重新报送。"
    return _failed(submission, Status.TIMED_OUT, reason, step)


def _crashed(submission: Submission, reason: str) -> ReportRecord:
    return _failed(submission, Status.CRASHED, reason, "请单位另存为纯文本或重新报送；如反复出现，请联系管理员。")


def _failed(submission: Submission, status: Status, reason: str, next_step: str) -> ReportRecord:
    path = Path(submission.path)
    size = path.stat().st_size if path.is_file() else 0
    return ReportRecord(submission.shown, None, status, reason, next_step, size=size)

"""Judges each document in a child process that can be killed, so that no file stops, poisons or slows the others."""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory

from audit.child import DocumentTask, in_groups, prepare
from audit.conversion import convert_legacy
from audit.inbox import Submission
from audit.lane import Failure, Handler, Lane, LaneStoppedError, TaskOutcome, clean_context
from audit.limits import Limits, PackChoice
from audit.preloaded import PACK_VARIABLE
from audit.record import ReportRecord, Status
from audit.stage import StageNote
from audit.verdict import VERDICTS, Verdict, verdict_of
from documents.errors import Unreadable
from documents.read import Location, load

Prepare = Callable[[PackChoice, Limits, Path], Handler[DocumentTask]]

# Documents whose legacy formats LibreOffice converts in one go, where nobody cuts the work into chunks.
_SLICE = 50


class IsolatedAuditor:
    """Lanes of children that judge by one rule pack, as many as ``limits`` has workers; any thread may borrow one.

    A context manager: at its end no child is left.
    """

    def __init__(self, choice: PackChoice, limits: Limits, prepare_child: Prepare = prepare) -> None:
        self._limits = limits
        self._folder = TemporaryDirectory(prefix="fazhi-audit-")
        self._idle: SimpleQueue[_ReportLane | None] = SimpleQueue()
        self._lanes = [
            _ReportLane(choice, limits, Path(self._folder.name) / f"stage-{number}", prepare_child)
            for number in range(limits.workers)
        ]
        for lane in self._lanes:
            self._idle.put(lane)

    def __enter__(self) -> IsolatedAuditor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every child, whatever it is doing; a thread that waits for one gets audit.lane.LaneStoppedError."""
        for lane in self._lanes:
            lane.stop()
        with suppress(Empty):
            while idle := self._idle.get_nowait():
                idle.close()
        # For whoever waits for a lane, now or later.
        self._idle.put(None)
        self._folder.cleanup()

    def judge(self, submissions: Sequence[Submission]) -> Generator[Verdict]:
        """One verdict for each submission, in order. A document that hangs or kills its process is named in it.

        Raises audit.lane.ChildUnavailableError, and OSError where there is no room for temporary files.
        """
        with self._borrowed() as lane, TemporaryDirectory(prefix="fazhi-audit-") as name:
            limits = self._limits
            converted = convert_legacy(submissions, Path(name), limits.reading, limits.seconds)
            tasks = [DocumentTask(item, converted.get(index)) for index, item in enumerate(submissions)]
            yield from lane.judge(tasks)

    @contextmanager
    def _borrowed(self) -> Iterator[_ReportLane]:
        lane = self._idle.get()
        if lane is None:
            self._idle.put(None)
            raise LaneStoppedError
        try:
            yield lane
        finally:
            self._idle.put(lane)


_shared: dict[tuple[PackChoice, Limits], IsolatedAuditor] = {}
_sharing = threading.Lock()


def shared_auditor(choice: PackChoice, limits: Limits) -> IsolatedAuditor:
    """The isolated auditor that all chunks in this process share, until :func:`close_shared_auditors`."""
    with _sharing:
        if (choice, limits) not in _shared:
            _shared[choice, limits] = IsolatedAuditor(choice, limits)
        return _shared[choice, limits]


def close_shared_auditors() -> None:
    """End every child of the shared auditors."""
    with _sharing:
        while _shared:
            _shared.popitem()[1].close()


atexit.register(close_shared_auditors)


def assess_isolated(
    submissions: Sequence[Submission], choice: PackChoice, limits: Limits, prepare_child: Prepare = prepare
) -> Iterator[ReportRecord]:
    """One record for each submission, in order, judged by children of their own."""
    return (verdict.unpacked() for verdict in judge_isolated(submissions, choice, limits, prepare_child))


def judge_isolated(
    submissions: Sequence[Submission], choice: PackChoice, limits: Limits, prepare_child: Prepare = prepare
) -> Iterator[Verdict]:
    """One verdict for each submission, in order, by children of their own."""
    size = max(1, min(_SLICE, -(-len(submissions) // limits.workers)))
    slices = [submissions[start : start + size] for start in range(0, len(submissions), size)]
    workers = max(1, min(limits.workers, len(slices)))
    with (
        IsolatedAuditor(choice, replace(limits, workers=workers), prepare_child) as auditor,
        ThreadPoolExecutor(workers) as threads,
    ):
        for verdicts in threads.map(lambda part: list(auditor.judge(part)), slices):
            yield from verdicts


class _ReportLane:
    """A lane of children whose failures become records."""

    def __init__(self, choice: PackChoice, limits: Limits, note: Path, prepare_child: Prepare) -> None:
        # Read when the server that forks the children starts, which it does with the first one.
        os.environ[PACK_VARIABLE] = choice.pack
        self._limits = limits
        self._stage = StageNote(note)
        context = clean_context(["audit.child", "audit.quiet_start"])
        self._lane = Lane(context, limits.seconds, prepare_child, (choice, limits, note))

    def judge(self, tasks: Sequence[DocumentTask]) -> Iterator[Verdict]:
        for outcome in self._lane.run(in_groups(tasks)):
            if outcome.result is not None:
                yield VERDICTS.unpack(outcome.result)
            else:
                yield verdict_of(_failure(outcome, self._limits, self._stage.read()))

    def stop(self) -> None:
        self._lane.stop()

    def close(self) -> None:
        self._lane.close()


def _failure(outcome: TaskOutcome[DocumentTask], limits: Limits, stage: str) -> ReportRecord:
    submission = outcome.task.submission
    if outcome.failure is Failure.TIMED_OUT:
        reason = f"{stage}时超过 {limits.seconds:g} 秒，已中止"
        step = "请检查文件是否异常庞大；可用 --timeout 放宽时限后重新审核，或请单位重新报送。"
        return _failed(submission, limits, Status.TIMED_OUT, reason, step)
    reason = {
        Failure.DIED: f"{stage}时处理进程异常退出" + (f"（代码 {outcome.detail}）" if outcome.detail else ""),
        Failure.OUT_OF_MEMORY: f"{stage}时内存超过上限 {limits.memory_mb} MB",
    }.get(outcome.failure or Failure.FAULT, f"{stage}时发生程序错误 {outcome.detail}")
    step = "请单位另存为 docx 或纯文本后重新报送；如反复出现，请联系管理员。"
    return _failed(submission, limits, Status.CRASHED, reason, step)


def _failed(submission: Submission, limits: Limits, status: Status, reason: str, next_step: str) -> ReportRecord:
    record = ReportRecord(submission.shown, None, status, reason, next_step)
    try:
        data = load(Location(Path(submission.path), submission.member), limits.reading)
    except Unreadable:
        return record
    return replace(record, sha256=hashlib.sha256(data).hexdigest(), size=len(data))

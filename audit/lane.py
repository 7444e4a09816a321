"""A child process that works off tasks one after another and streams a result for each, and is killed when it hangs.

The parent waits for the next result at most as long as one task may take, so it always knows which task hung or died,
and nothing that was finished before is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

T = TypeVar("T")

Handler = Callable[[Sequence[T]], Sequence[bytes]]
"""Works off a group of tasks in the child: one result for each, in order."""

_START_SECONDS = 120.0
_EXIT_SECONDS = 5.0
_GROUPS_PER_CHILD = 500
_MOST_FAILED_STARTS = 3
_READY, _RESULT, _FAULT, _MEMORY = b"!", b"+", b"-", b"m"
# Two threads that start processes at once would confuse the server that forks them.
_starting = threading.Lock()


class Failure(Enum):
    """Why a task has no result."""

    TIMED_OUT = "timed_out"
    DIED = "died"
    OUT_OF_MEMORY = "out_of_memory"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class TaskOutcome(Generic[T]):
    """What became of a task: its result, or the kind of failure with a detail (an exit code, an exception in words)."""

    task: T
    result: bytes | None
    failure: Failure | None = None
    detail: str = ""


class ChildUnavailableError(OSError):
    """No child process comes up at all: a rule file changed during the run, or the machine is out of processes."""

    def __init__(self) -> None:
        super().__init__("处理进程无法启动，可能是审核期间改动了规则文件，或者系统资源不足")

    def __reduce__(self) -> tuple[type[ChildUnavailableError], tuple[()]]:
        """It has to come back from other processes, where OSError would repeat the message as an argument."""
        return ChildUnavailableError, ()


class LaneStoppedError(Exception):
    """The lane was stopped by another thread."""


class Lane(Generic[T]):
    """One child at a time, replaced when it was killed, has died, ran out of memory or has done many groups of tasks.

    ``prepare(*arguments)`` is called once in each child and returns the function that works off a task; it must be
    importable. ``seconds`` of wall time are given to each task.
    """

    def __init__(
        self,
        context: BaseContext,
        seconds: float,
        prepare: Callable[..., Handler[T]],
        arguments: tuple[Any, ...],
    ) -> None:
        self._context = context
        self._seconds = seconds
        self._entry = (prepare, arguments)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._done = 0
        self._stopped = False

    def run(self, groups: Sequence[Sequence[T]]) -> Iterator[TaskOutcome[T]]:
        """One outcome for each task of each group, in order, as they come.

        A group is worked off together, in the time of one task; where that does not go well, each of its tasks alone.
        Raises ChildUnavailableError, LaneStoppedError.
        """
        pending = list(groups)
        position = 0
        while position < len(pending):
            for outcomes in self._run_in_one_child(pending[position:]):
                if outcomes:
                    yield from outcomes
                    position += 1
                else:
                    pending[position : position + 1] = [[task] for task in pending[position]]

    def stop(self) -> None:
        """Have the thread that runs tasks give up at once; may be called from any other."""
        self._stopped = True
        process = self._process
        if process is not None:
            with suppress(ValueError):
                process.kill()

    def close(self) -> None:
        """End the child, whatever it is doing; a later :meth:`run` starts another. For the thread that runs tasks."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def _run_in_one_child(self, groups: Sequence[Sequence[T]]) -> Iterator[list[TaskOutcome[T]]]:
        """The outcomes of each group until all are done or the child has to be replaced; none for a group with which
        that happened."""
        connection = self._ready_child()
        try:
            connection.send([list(group) for group in groups])
        except OSError:
            # It died waiting; the next one is asked instead.
            self.close()
            return
        for group in groups:
            outcomes = self._outcomes(connection, group)
            self._done += 1
            spoilt = outcomes[-1].failure not in (None, Failure.FAULT)
            if spoilt:
                self.close()
            yield [] if spoilt and len(group) > 1 else outcomes
            if self._connection is not connection:
                return
        if self._done >= _GROUPS_PER_CHILD:
            self.close()

    def _outcomes(self, connection: Connection, group: Sequence[T]) -> list[TaskOutcome[T]]:
        """The outcomes of the tasks of a group, up to the one that has spoilt the child."""
        outcomes: list[TaskOutcome[T]] = []
        for task in group:
            outcomes.append(self._next_outcome(connection, task))
            if outcomes[-1].failure not in (None, Failure.FAULT):
                break
        return outcomes

    def _next_outcome(self, connection: Connection, task: T) -> TaskOutcome[T]:
        try:
            if not connection.poll(self._seconds):
                return TaskOutcome(task, None, Failure.TIMED_OUT)
            message = connection.recv_bytes()
        except (EOFError, OSError):
            self._unless_stopped()
            return TaskOutcome(task, None, Failure.DIED, self._exit_code())
        kind, content = message[:1], message[1:]
        if kind == _RESULT:
            return TaskOutcome(task, content)
        failure = Failure.OUT_OF_MEMORY if kind == _MEMORY else Failure.FAULT
        return TaskOutcome(task, None, failure, content.decode(errors="replace"))

    def _unless_stopped(self) -> None:
        if self._stopped:
            self.close()
            raise LaneStoppedError

    def _exit_code(self) -> str:
        if self._process is None:
            return ""
        self._process.join(_EXIT_SECONDS)
        return str(self._process.exitcode)

    def _ready_child(self) -> Connection:
        """The connection to a child that waits for tasks."""
        for _ in range(_MOST_FAILED_STARTS):
            self._unless_stopped()
            if self._connection is not None:
                return self._connection
            self._start()
        if self._connection is None:
            raise ChildUnavailableError
        return self._connection

    def _start(self) -> None:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, *self._entry), daemon=True)  # type: ignore[attr-defined]
        with _starting:
            process.start()
        there.close()
        self._process, self._connection, self._done = process, here, 0
        try:
            ready = here.poll(_START_SECONDS) and here.recv_bytes() == _READY
        except (EOFError, OSError):
            ready = False
        if not ready:
            self.close()


def clean_context(preload: Sequence[str]) -> BaseContext:
    """Forkserver where there is one: it starts clean children cheaply, with ``preload`` imported, and ends with its
    parent."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _serve(connection: Connection, prepare: Callable[..., Handler[T]], arguments: tuple[Any, ...]) -> None:
    """The life of a child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    handle = prepare(*arguments)
    try:
        connection.send_bytes(_READY)
        while True:
            for group in connection.recv():
                for answer in _answers(handle, group):
                    connection.send_bytes(answer)
                    if answer == _MEMORY:
                        # What memory is left is in pieces; the parent starts another child.
                        return
    except (EOFError, OSError):
        # The parent has gone or needs no more.
        return


def _answers(handle: Handler[T], group: Sequence[T]) -> list[bytes]:
    """The results of a group of tasks, or the failure of each: the one place where whatever a document provokes becomes
    its row."""
    try:
        return [_RESULT + result for result in handle(group)]
    except MemoryError:
        return [_MEMORY]
    except Exception as fault:  # noqa: BLE001 - the border around one document
        if len(group) > 1:
            return [answer for task in group for answer in _answers(handle, [task])]
        return [_FAULT + f"{type(fault).__name__}：{fault}".encode(errors="replace")]


def _die_with_parent() -> None:
    """End with the process that started this one, even in the middle of a task that never gives way."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for Linux only

        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)

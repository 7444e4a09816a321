"""A pool of killable processes that survives its own death: what was asked for comes back, whatever became of it.

Pebble ends a hung child and names a dead one. What it does not survive is a child that dies between two tasks: then the
pool is broken, and tasks still waiting in its pipe would wait for ever. So few tasks are handed over at a time, and a
broken pool is replaced.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from pebble import ProcessFuture, ProcessPool

T = TypeVar("T")
R = TypeVar("R")

_HANDED_OVER_PER_WORKER = 16
# A task that was under way in so many pools when they broke is what breaks them.
_MOST_DEATHS = 3


class PoolUnavailableError(OSError):
    """No child process comes up at all: a rule file changed during the run, or the machine is out of processes."""

    def __init__(self) -> None:
        super().__init__("处理进程无法启动，可能是审核期间改动了规则文件，或者系统资源不足")


@dataclass(frozen=True, slots=True)
class TaskOutcome(Generic[T, R]):
    """What became of a task: its result, or the exception that stands for its failure (a dead pool has ``None``)."""

    task: T
    result: R | None
    fault: BaseException | None = None


class RecoveringPool(Generic[T, R]):
    """Runs ``function`` over tasks in the processes of the pools that ``make_pool`` makes.

    ``seconds`` of wall time are given to each task; ``was_started`` tells whether a child had begun with a task.
    """

    def __init__(
        self,
        make_pool: Callable[[], ProcessPool],
        function: Callable[[T], R],
        seconds: float,
        was_started: Callable[[T], bool],
        workers: int,
    ) -> None:
        self._make_pool = make_pool
        self._function = function
        self._seconds = seconds
        self._was_started = was_started
        self._window = workers * _HANDED_OVER_PER_WORKER
        self._deaths: Counter[int] = Counter()

    def run(self, tasks: Sequence[T]) -> Iterator[TaskOutcome[T, R]]:
        """One outcome for each task, in the order of ``tasks``. Raises PoolUnavailableError."""
        done: dict[int, TaskOutcome[T, R]] = {}
        waiting = deque(range(len(tasks)))
        following = pools = 0
        while waiting:
            # Each task may break its pool a few times; more pools than that break by themselves.
            pools += 1
            if pools > (len(tasks) + 1) * _MOST_DEATHS:
                raise PoolUnavailableError
            with self._pool() as pool:
                for index, outcome in self._in_one_pool(pool, tasks, waiting):
                    done[index] = outcome
                    while following in done:
                        yield done.pop(following)
                        following += 1

    @contextmanager
    def _pool(self) -> Iterator[ProcessPool]:
        pool = self._make_pool()
        try:
            yield pool
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _in_one_pool(
        self, pool: ProcessPool, tasks: Sequence[T], waiting: deque[int]
    ) -> Iterator[tuple[int, TaskOutcome[T, R]]]:
        """TaskOutcomes as they come, until nothing waits any more or the pool is broken."""
        handed: dict[ProcessFuture[R], int] = {}
        broken = False
        while handed or (waiting and not broken):
            while waiting and not broken and len(handed) < self._window:
                broken = not self._hand_over(pool, tasks, waiting, handed)
            finished, _ = wait(handed, return_when=FIRST_COMPLETED)
            lost = []
            for future in finished:
                index = handed.pop(cast("ProcessFuture[R]", future))
                fault = future.exception()
                if isinstance(fault, BrokenProcessPool):
                    lost.append(index)
                else:
                    yield index, TaskOutcome(tasks[index], None if fault else future.result(), fault)
            if lost:
                broken = True
                yield from self._after_death(tasks, sorted([*lost, *handed.values()]), waiting)
                handed.clear()

    def _hand_over(
        self, pool: ProcessPool, tasks: Sequence[T], waiting: deque[int], handed: dict[ProcessFuture[R], int]
    ) -> bool:
        index = waiting.popleft()
        try:
            handed[pool.schedule(self._function, args=(tasks[index],), timeout=self._seconds)] = index
        except RuntimeError:
            # The pool has noticed that it is broken before we have.
            waiting.appendleft(index)
            return False
        return True

    def _after_death(
        self, tasks: Sequence[T], lost: Sequence[int], waiting: deque[int]
    ) -> Iterator[tuple[int, TaskOutcome[T, R]]]:
        """Put what was lost back to be done again, but not for ever what was under way each time."""
        suspects = [index for index in lost if self._was_started(tasks[index])]
        self._deaths.update(suspects or lost)
        for index in reversed(lost):
            if self._deaths[index] < _MOST_DEATHS:
                waiting.appendleft(index)
            elif suspects:
                yield index, TaskOutcome(tasks[index], None)
            else:
                raise PoolUnavailableError

"""Calls functions with what they all need and each of some tasks: one after the other, or side by side in processes."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Generic, TypeVar

G = TypeVar("G")
R = TypeVar("R")
T = TypeVar("T")


class SideBySide(Generic[G]):
    """A context manager with ``given`` for the functions in this process, and at most so many ``workers``.

    ``prepare(*arguments())`` makes what is given in each process; the processes are started when first needed.
    ``cpu`` is the seconds of CPU time that they have spent on tasks.
    """

    def __init__(
        self, given: G, workers: int, prepare: Callable[..., G], arguments: Callable[[], tuple[Any, ...]]
    ) -> None:
        self.given = given
        self.cpu = 0.0
        self._workers = workers
        self._prepare = prepare
        self._arguments = arguments
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> SideBySide[G]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(self, function: Callable[[G, T], R], tasks: Sequence[T], *, shared: bool = True) -> Iterator[R]:
        """The results of an importable function, in the order of the tasks.

        The processes begin with them at once, behind the tasks that they were given before. What is not to be shared is
        done in this process, each task when its result is asked for.
        """
        if self._workers <= 1 or not shared:
            return (function(self.given, task) for task in tasks)
        return self._counted(self._started().map(_call, [function] * len(tasks), tasks))

    def _counted(self, results: Iterable[tuple[R, float]]) -> Iterator[R]:
        for result, cpu in results:
            self.cpu += cpu
            yield result

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            given = self._prepare, self._arguments()
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_begin, initargs=given)
        return self._pool


def parts(tasks: Sequence[T], size: int) -> list[Sequence[T]]:
    """``tasks`` in parts of at most ``size``, in order."""
    return [tasks[start : start + size] for start in range(0, len(tasks), size)]


_given: Any = None


def _begin(prepare: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    global _given  # noqa: PLW0603 - made once in each process, not for each task
    # Millions of objects that stay, and in each task hundreds of thousands that go with it by themselves: to look
    # through them for garbage again and again takes a quarter of the time. What is left is looked for after each task.
    gc.disable()
    _given = prepare(*arguments)
    gc.freeze()


def _call(function: Callable[[Any, T], R], task: T) -> tuple[R, float]:
    """The result and the CPU seconds that it took."""
    begin = time.process_time()
    result = function(_given, task)
    gc.collect()
    return result, time.process_time() - begin

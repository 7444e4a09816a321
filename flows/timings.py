"""What the stages of a run cost, for benchmarks and administrators (``--timings``)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Timing:
    """Seconds: of wall time, and of CPU time in this process and in the children that worked for it."""

    wall: float = 0.0
    cpu: float = 0.0


class Timings:
    """A stopwatch with a dial for each stage, in the order in which they began."""

    def __init__(self) -> None:
        self.stages: dict[str, Timing] = {}
        self._aside = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what the block takes to the stage."""
        timing = self.stages.setdefault(name, Timing())
        wall, cpu = time.perf_counter(), _cpu() - self._aside
        try:
            yield
        finally:
            timing.wall += time.perf_counter() - wall
            timing.cpu += _cpu() - self._aside - cpu

    @contextmanager
    def aside(self, name: str) -> Iterator[None]:
        """Count the CPU time of the block to the stage ``name`` alone, while another thread is at another stage. One
        thread at a time may do so; it takes no wall time of the run."""
        cpu = time.thread_time()
        try:
            yield
        finally:
            spent = time.thread_time() - cpu
            self._aside += spent
            self.add_cpu(name, spent)

    def add_cpu(self, name: str, seconds: float) -> None:
        """Count CPU time that a child has spent on a stage."""
        self.stages.setdefault(name, Timing()).cpu += seconds


def _cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system

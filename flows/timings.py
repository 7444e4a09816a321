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

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what the block takes to the stage."""
        timing = self.stages.setdefault(name, Timing())
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            timing.wall += time.perf_counter() - wall
            timing.cpu += _cpu() - cpu

    def add_cpu(self, name: str, seconds: float) -> None:
        """Count CPU time that a child has spent on a stage."""
        self.stages.setdefault(name, Timing()).cpu += seconds


def _cpu() -> float:
    """CPU seconds of this process and of the children that have ended."""
    children = os.times()
    return time.process_time() + children.children_user + children.children_system

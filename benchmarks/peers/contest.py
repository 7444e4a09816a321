"""What a contestant is, and what it tells."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Result = dict[str, Any]
"""Figures of a contestant: ``cpu_s`` (of its work, without imports and input) and what its area counts."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """``run`` works on the input in a folder; ``package`` is the distribution it needs, ``None`` for this program."""

    run: Callable[[Path], Result]
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """One kind of work: ``prepare`` writes its input to a folder and describes it; the first contestant is ours."""

    prepare: Callable[[Path, Sizes], Result]
    contestants: Mapping[str, Contestant]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is worked on: reports of text, rows of a workbook."""

    reports: int
    rows: int


class Stopwatch:
    """CPU seconds of this process between its start and its end."""

    seconds = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """CPU seconds of the block, threads of a library included."""
    watch, begin = Stopwatch(), time.process_time()
    yield watch
    watch.seconds = time.process_time() - begin


def best(action: Callable[[], object], runs: int = 3) -> float:
    """CPU seconds of ``action``, the best of ``runs``."""
    taken: list[float] = []
    for _ in range(runs):
        with stopwatch() as watch:
            action()
        taken.append(watch.seconds)
    return min(taken)


def per(amount: float, seconds: float) -> float:
    """``amount`` per second, to one decimal."""
    return round(amount / max(seconds, 1e-9), 1)


def counted(items: Iterable[object]) -> int:
    """How many items there are."""
    return sum(1 for _ in items)

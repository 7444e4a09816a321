"""Does the parts of a comparison one after the other, or side by side in processes."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from audit.copies.comparison import BatchInput, Comparer
from audit.copies.pairs import Index

P = TypeVar("P")
R = TypeVar("R")

Share = Callable[..., Iterator[Any]]


@contextmanager
def crew(comparer: Comparer, workers: int) -> Iterator[Share]:
    """Calls an importable function with a comparer of the batch and each part of the work; the results in order.

    Several ``workers`` are processes of their own, which make use of the index of ``comparer``.
    """
    if workers <= 1:
        yield lambda function, parts: (function(comparer, part) for part in parts)
        return
    context = multiprocessing.get_context("spawn")
    given = comparer.given, comparer.finder.index
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_prepare, initargs=given) as pool:
        yield lambda function, parts: pool.map(_call, [function] * len(parts), parts)


def parts(work: Sequence[P], size: int) -> list[Sequence[P]]:
    """``work`` in parts of at most ``size``, in order."""
    return [work[start : start + size] for start in range(0, len(work), size)]


_comparer: Comparer | None = None


def _prepare(given: BatchInput, index: Index) -> None:
    global _comparer  # noqa: PLW0603 - made once in each process, not for each part
    _comparer = Comparer(given, index)
    # What is there now stays: no collection need look at it again.
    gc.freeze()


def _call(function: Callable[[Comparer, P], R], part: P) -> R:
    if _comparer is None:
        raise RuntimeError("process was not prepared")
    return function(_comparer, part)

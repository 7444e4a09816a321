"""A pool whose children die between two tasks, or never come up, gives an outcome for every task all the same."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessPool

from audit.recovering_pool import PoolUnavailableError, RecoveringPool

# A fork of a process with threads may hang by itself.
CONTEXT = multiprocessing.get_context("spawn")


def double(number: int) -> int:
    return 2 * number


def die(number: int) -> int:
    os._exit(9)


def fail_to_start() -> None:
    raise ValueError("规则文件有误")


def fail_to_start_at_first(folder: Path) -> None:
    """The first children die before they can do anything, as they do when the machine is short of memory."""
    try:
        (folder / f"{len(list(folder.iterdir()))}").touch(exist_ok=False)
    except FileExistsError:
        return
    if len(list(folder.iterdir())) <= 2:
        os._exit(3)


def test_children_that_never_come_up_are_an_end_and_no_endless_wait() -> None:
    pool = RecoveringPool(
        lambda: ProcessPool(context=CONTEXT, max_workers=2, initializer=fail_to_start),
        double,
        5.0,
        lambda number: False,
        workers=2,
    )
    with pytest.raises(PoolUnavailableError, match="处理进程无法启动"):
        list(pool.run(range(5000)))


def test_children_that_come_up_later_do_all_the_work(tmp_path: Path) -> None:
    pool = RecoveringPool(
        lambda: ProcessPool(context=CONTEXT, max_workers=2, initializer=fail_to_start_at_first, initargs=(tmp_path,)),
        double,
        5.0,
        lambda number: False,
        workers=2,
    )
    outcomes = list(pool.run(range(300)))
    assert [outcome.result for outcome in outcomes] == [2 * number for number in range(300)]


def test_a_task_that_kills_every_pool_is_given_up_and_the_rest_is_done() -> None:
    killers = {3, 150}
    pool = RecoveringPool(
        lambda: ProcessPool(context=CONTEXT, max_workers=1),
        die_if_killer,
        5.0,
        lambda number: number in killers,
        workers=1,
    )
    outcomes = list(pool.run(range(200)))
    assert [outcome.task for outcome in outcomes] == list(range(200))
    for outcome in outcomes:
        assert (outcome.result is None) == (outcome.task in killers), outcome


def die_if_killer(number: int) -> int:
    return die(number) if number in {3, 150} else double(number)


class BrokenFromTheStart(ProcessPool):
    """A pool that takes no task, as where the machine lets nobody start processes."""

    def schedule(self, *arguments: object, **options: object) -> Any:
        raise RuntimeError("Unexpected error within the Pool")


def test_pools_that_take_no_task_are_an_end_too() -> None:
    pool = RecoveringPool(lambda: BrokenFromTheStart(context=CONTEXT), double, 5.0, lambda number: False, workers=1)
    with pytest.raises(PoolUnavailableError):
        list(pool.run(range(3)))

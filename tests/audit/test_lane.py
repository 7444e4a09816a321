"""A child that hangs, dies or never comes up: every task has its outcome, in order."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from audit import lane as lane_module
from audit.lane import ChildUnavailableError, Failure, Lane, LaneStoppedError, clean_context

Doing = Callable[[Sequence[str]], list[bytes]]


def prepare(marks: str) -> Doing:
    """Children that do what a task says, and note each task they begin."""

    def work(tasks: Sequence[str]) -> list[bytes]:
        return [work_alone(task) for task in tasks]

    def work_alone(task: str) -> bytes:
        with Path(marks).open("a", encoding="utf-8") as stream:
            stream.write(f"{os.getpid()} {task}\n")
        kind = task.partition(" ")[0]
        if kind == "hang":
            time.sleep(60)
        if kind == "die":
            os._exit(9)
        if kind == "memory":
            raise MemoryError
        if kind == "fault":
            raise ValueError("出乎意料")
        return task.encode()

    return work


def never(_: str) -> Doing:
    os._exit(3)


def second_time(marks: str) -> Doing:
    """The first child dies before it is ready."""
    tried = Path(marks)
    if not tried.exists():
        tried.write_text("", encoding="utf-8")
        os._exit(3)
    return prepare(marks)


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"


def alone(*tasks: str) -> list[list[str]]:
    return [[task] for task in tasks]


def make(prepared: Callable[[str], Doing], marks: Path, seconds: float = 2.0) -> Lane[str]:
    return Lane(clean_context(["audit.lane"]), seconds, prepared, (str(marks),))


def test_every_task_has_its_outcome_in_order(marks: Path) -> None:
    tasks = ["good 1", "hang", "good 2", "die", "fault", "memory", "good 3"]
    lane = make(prepare, marks)
    outcomes = list(lane.run(alone(*tasks)))
    lane.close()
    assert [outcome.task for outcome in outcomes] == tasks
    assert [outcome.failure for outcome in outcomes] == [
        None,
        Failure.TIMED_OUT,
        None,
        Failure.DIED,
        Failure.FAULT,
        Failure.OUT_OF_MEMORY,
        None,
    ]
    assert [outcome.result for outcome in outcomes if outcome.failure is None] == [b"good 1", b"good 2", b"good 3"]
    assert outcomes[3].detail == "9"
    assert outcomes[4].detail == "ValueError：出乎意料"
    begun = [line.partition(" ")[2] for line in marks.read_text(encoding="utf-8").splitlines()]
    assert begun == tasks, "nothing is done twice"


def test_a_group_is_worked_off_together_and_apart_where_that_fails(marks: Path) -> None:
    groups = [["good 1", "good 2"], ["good 3", "fault", "good 4"], ["good 5", "die", "good 6"], ["hang", "good 7"]]
    groups += [["memory", "good 8"], ["good 9", "good 10"]]
    lane = make(prepare, marks)
    outcomes = list(lane.run(groups))
    lane.close()
    tasks = [task for group in groups for task in group]
    assert [outcome.task for outcome in outcomes] == tasks
    failures = {outcome.task: outcome.failure for outcome in outcomes if outcome.failure}
    assert failures == {
        "fault": Failure.FAULT,
        "die": Failure.DIED,
        "hang": Failure.TIMED_OUT,
        "memory": Failure.OUT_OF_MEMORY,
    }
    assert all(outcome.result == outcome.task.encode() for outcome in outcomes if outcome.failure is None)
    begun = [line.partition(" ")[2] for line in marks.read_text(encoding="utf-8").splitlines()]
    assert begun.count("good 1") == begun.count("good 10") == 1, "what goes well together is not done again"


def test_a_child_is_replaced_after_many_groups(marks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "_GROUPS_PER_CHILD", 3)
    lane = make(prepare, marks)
    for start in range(0, 9, 3):
        assert len(list(lane.run(alone(*(f"good {number}" for number in range(start, start + 3)))))) == 3
    lane.close()
    assert len({line.split()[0] for line in marks.read_text(encoding="utf-8").splitlines()}) == 3


def test_children_that_never_come_up_are_an_end_and_no_endless_wait(marks: Path) -> None:
    with pytest.raises(ChildUnavailableError, match="无法启动"):
        list(make(never, marks).run(alone("good")))


def test_a_child_that_comes_up_later_does_the_work(marks: Path) -> None:
    lane = make(second_time, marks)
    assert [outcome.result for outcome in lane.run(alone("good"))] == [b"good"]
    lane.close()


def test_a_child_that_died_waiting_is_replaced(marks: Path) -> None:
    lane = make(prepare, marks)
    list(lane.run(alone("good 1")))
    assert lane._process is not None
    lane._process.kill()
    lane._process.join()
    outcomes = list(lane.run(alone("good 2", "good 3")))
    lane.close()
    assert [outcome.task for outcome in outcomes] == ["good 2", "good 3"]
    assert outcomes[-1].result == b"good 3"


def test_a_lane_that_is_stopped_gives_up_at_once(marks: Path) -> None:
    lane = make(prepare, marks, seconds=60.0)
    ended: list[BaseException] = []

    def run() -> None:
        try:
            list(lane.run(alone("hang", "good")))
        except LaneStoppedError as stopped:
            ended.append(stopped)

    thread = threading.Thread(target=run)
    thread.start()
    while not marks.exists():
        time.sleep(0.01)
    lane.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert len(ended) == 1

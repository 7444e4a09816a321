"""One document that hangs, dies or explodes is named; the others are audited."""

import ctypes
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from audit.child import DocumentTask, prepare
from audit.inbox import Submission
from audit.isolation import assess_isolated
from audit.lane import Handler
from audit.limits import Limits, PackChoice
from audit.record import Status
from audit.stage import StageNote

DEADLY = ("hang.txt", "stuck.txt", "die.txt", "segment.txt")
FAULTY = ("explode.txt", "recurse.txt", "fault.txt")
CLEAN = "2023年,青石县认真推进依法行政。\n一、主要举措和成效\n开展执法培训3次。\n"


def prepare_to_misbehave(choice: PackChoice, limits: Limits, note: Path) -> Handler[DocumentTask]:
    """Children in which the name of a file says what its document does."""
    judge = prepare(choice, limits, note)

    def misbehave(tasks: Sequence[DocumentTask]) -> list[bytes]:
        return [misbehave_with(task) for task in tasks]

    def misbehave_with(task: DocumentTask) -> bytes:
        name = Path(task.submission.path).name
        StageNote(note).write("分词")
        if name.startswith("hang"):
            time.sleep(60)
        if name.startswith("stuck"):
            re.match(r"(\S+\s*)+x", "法" * 200)
        if name.startswith("die"):
            os._exit(7)
        if name.startswith("segment"):
            ctypes.string_at(0)
        if name.startswith("recurse"):
            misbehave_with(task)
        if name.startswith("explode"):
            return bytes(8 << 30)
        if name.startswith("fault"):
            raise ValueError("出乎意料")
        return judge([task])[0]

    return misbehave


@pytest.fixture
def submissions(tmp_path: Path) -> list[Submission]:
    names = [*DEADLY, *FAULTY, *(f"{number}.txt" for number in range(1, 6))]
    names.sort(key=lambda name: name[1:])
    for name in names:
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    return [Submission(str(tmp_path / name), name) for name in names]


def test_the_document_is_named_and_the_rest_goes_on(
    submissions: list[Submission],
) -> None:
    limits = Limits(seconds=2.0, memory_mb=2048, workers=2)
    records = {
        record.path: record
        for record in assess_isolated(submissions, PackChoice("fazhi"), limits, prepare_to_misbehave)
    }
    assert list(records) == [submission.shown for submission in submissions]
    for name in ("hang.txt", "stuck.txt"):
        assert records[name].status is Status.TIMED_OUT, name
    for name in ("die.txt", "segment.txt", *FAULTY):
        assert records[name].status is Status.CRASHED, name
    assert records["hang.txt"].reason == "分词时超过 2 秒，已中止"
    assert (records["die.txt"].reason or "").startswith("分词时处理进程异常退出")
    assert records["die.txt"].sha256 == records["1.txt"].sha256
    assert "内存" in (records["explode.txt"].reason or "")
    assert "出乎意料" in (records["fault.txt"].reason or "")
    for name in ("1.txt", "2.txt", "3.txt", "4.txt", "5.txt"):
        assert records[name].status is Status.READ, name
    for name in (*DEADLY, *FAULTY):
        assert not records[name].findings
        assert records[name].next_step

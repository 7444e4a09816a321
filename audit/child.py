"""What a child process of an audit does: it reads and judges one document after another, and says where it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.assess import Auditor
from audit.conversion import Conversion
from audit.copies.passages import collect
from audit.inbox import Submission
from audit.lane import Handler
from audit.limits import Limits, PackChoice
from audit.preloaded import preloaded
from audit.stage import StageNote
from audit.verdict import VERDICTS, verdict_of

_MOST_TOGETHER = 16
_SMALL = 64 * 1024


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """One document, and what its conversion came to where it had to be converted."""

    submission: Submission
    converted: Conversion | None = None


def prepare(choice: PackChoice, limits: Limits, note: Path) -> Handler[DocumentTask]:
    """Make ready to judge documents by ``choice``; the function returned packs the verdict on each of some of them."""
    _limit_memory(limits.memory_mb)
    ruleset, facts = preloaded(choice.pack)
    auditor = Auditor(ruleset, facts, choice.audited_year, limits.reading)
    stage = StageNote(note)

    def judge(tasks: Sequence[DocumentTask]) -> list[bytes]:
        begin = time.process_time()
        assessed = auditor.assess_together([(task.submission, task.converted) for task in tasks], stage.write)
        stage.write("准备比对")
        passages = [None if context is None else collect(context) for _, context in assessed]
        cpu = (time.process_time() - begin) / len(tasks)
        return [
            VERDICTS.pack(verdict_of(record, found, cpu)) for (record, _), found in zip(assessed, passages, strict=True)
        ]

    return judge


def in_groups(tasks: Sequence[DocumentTask]) -> list[list[DocumentTask]]:
    """The tasks, in order, in groups that are judged together: neighbours that are small texts, anything else alone."""
    groups: list[list[DocumentTask]] = []
    open_to_more = False
    for task in tasks:
        small = _is_small_text(task)
        if small and open_to_more and len(groups[-1]) < _MOST_TOGETHER:
            groups[-1].append(task)
        else:
            groups.append([task])
        open_to_more = small
    return groups


def _is_small_text(task: DocumentTask) -> bool:
    submission = task.submission
    if submission.member is not None or not submission.path.lower().endswith(".txt"):
        return False
    try:
        return Path(submission.path).stat().st_size <= _SMALL
    except OSError:
        return False


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - exists on POSIX only

        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

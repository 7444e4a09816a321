"""What a child process of an audit does: it reads and judges one document after another, and says where it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit.assess import Auditor
from audit.conversion import Conversion
from audit.copies.passages import collect
from audit.inbox import Submission
from audit.limits import Limits, PackChoice
from audit.preloaded import preloaded
from audit.stage import StageNote
from audit.verdict import VERDICTS, verdict_of


@dataclass(frozen=True, slots=True)
class DocumentTask:
    """One document, and what its conversion came to where it had to be converted."""

    submission: Submission
    converted: Conversion | None = None


def prepare(choice: PackChoice, limits: Limits, note: Path) -> Callable[[DocumentTask], bytes]:
    """Make ready to judge documents by ``choice``; the function returned packs the verdict on one of them."""
    _limit_memory(limits.memory_mb)
    ruleset, facts = preloaded(choice.pack)
    auditor = Auditor(ruleset, facts, choice.audited_year, limits.reading)
    stage = StageNote(note)

    def judge(task: DocumentTask) -> bytes:
        begin = time.process_time()
        record, context = auditor.assess_with_context(task.submission, task.converted, stage.write)
        passages = None
        if context is not None:
            stage.write("准备比对")
            passages = collect(context)
        return VERDICTS.pack(verdict_of(record, passages, time.process_time() - begin))

    return judge


def _limit_memory(memory_mb: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - exists on POSIX only

        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

"""Judges a few reports at once: small texts in this process, which is fast, all others where they can be killed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.assess import Auditor
from audit.copies.passages import ReportPassages, collect
from audit.inbox import Submission
from audit.limits import Limits, PackChoice
from audit.record import ReportRecord
from documents.errors import Unreadable
from documents.sniff import HEAD, Format, sniff_head

# Bytes; a text of this size is judged in about a second.
_LARGEST_HERE = 300_000


@dataclass(frozen=True, slots=True)
class Assessed:
    """A record, and what the comparison of reports needs of its report; ``None`` for a file that was not judged."""

    record: ReportRecord
    passages: ReportPassages | None


def assess_directly(
    submissions: Sequence[Submission], auditor: Auditor, choice: PackChoice, limits: Limits
) -> Iterator[Assessed]:
    """The verdict on each submission, in order; ``auditor`` judges by ``choice``, as other processes would."""
    # Decided once: a file may change between two looks at it, and the two streams of records would part.
    harmless = [_is_harmless(item) for item in submissions]
    elsewhere = [item for item, here in zip(submissions, harmless, strict=True) if not here]
    isolated = _isolated(elsewhere, choice, limits) if elsewhere else iter(())
    for submission, here in zip(submissions, harmless, strict=True):
        yield _assessed(submission, auditor) if here else next(isolated)


def _assessed(submission: Submission, auditor: Auditor) -> Assessed:
    ((record, context),) = auditor.assess_together([(submission, None)])
    return Assessed(record, None if context is None else collect(context))


def _isolated(submissions: Sequence[Submission], choice: PackChoice, limits: Limits) -> Iterator[Assessed]:
    from audit.isolation import judge_isolated  # noqa: PLC0415 - process pools are not needed for plain text

    return (Assessed(verdict.unpacked(), verdict.passages) for verdict in judge_isolated(submissions, choice, limits))


def _is_harmless(submission: Submission) -> bool:
    """Whether a submission cannot harm this process: a small text, or nothing that would be read at all."""
    path = Path(submission.path)
    try:
        if submission.ignored is not None or not path.is_file():
            return True
        if submission.member is not None or path.stat().st_size > _LARGEST_HERE:
            return False
        with path.open("rb") as file:
            return sniff_head(file.read(HEAD)) is Format.TEXT
    except (OSError, Unreadable):
        return True

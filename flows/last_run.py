"""What the last run of an output folder came to, so that the very same audit need not be put together again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from audit.atomic import save_atomically
from audit.packing import Packer
from audit.result_store import StoredRecord
from audit.summary import ReportSummary
from flows.steps import RunPlan

_NAME = "last-run"


@dataclass(frozen=True, slots=True)
class LastRun:
    """A finished run: what it was asked (``digest``), its summaries, and its files with size and time of change."""

    digest: str
    name: str
    workbook: str
    files: dict[str, tuple[int, int]]
    reports: tuple[ReportSummary, ...]


_RUNS = Packer(LastRun)


def digest_of(plan: RunPlan, stored: Mapping[str, StoredRecord], words: str = "") -> str:
    """What the outputs of a run depend on: the same for the same request about the same files, rules and program.

    ``words`` stands for what inspectors have decided.
    """
    digest = hashlib.sha256()
    request = plan.request
    earlier = request.earlier_run.stat().st_mtime_ns if request.earlier_run else None
    asked = (request.choice.pack, request.paths, request.findings_per_workbook, request.against, earlier)
    parts = (plan.edition, repr(asked), words)
    digest.update("\x1f".join(parts).encode(errors="backslashreplace"))
    for submission in (*plan.submissions, *plan.earlier):
        record = stored.get(submission.shown)
        known = (record.summary.sha256, record.summary.status) if record else None
        digest.update(f"\x1e{submission.shown}\x1f{known}".encode(errors="backslashreplace"))
    return digest.hexdigest()


def remember(plan: RunPlan, digest: str, folder: Path, workbook: Path, reports: Sequence[ReportSummary]) -> None:
    """Note a run that has just been published."""
    run = LastRun(digest, folder.name, str(workbook.relative_to(folder)), _files(folder), tuple(reports))
    # The run itself is complete: without the note the next one only takes longer.
    with suppress(OSError):
        save_atomically(plan.output.state / _NAME, lambda stream: stream.write(_RUNS.pack(run)))


def taken_over(plan: RunPlan, digest: str) -> LastRun | None:
    """The last run, its files copied for the present one, if it was asked the same and nobody touched its files."""
    if plan.chunks:
        return None
    try:
        last = _RUNS.unpack((plan.output.state / _NAME).read_bytes())
        folder = plan.output.path / last.name
        if last.digest != digest or _files(folder) != last.files:
            return None
        shutil.copytree(folder, plan.staging / "run", dirs_exist_ok=True)
    except (OSError, msgspec.MsgspecError):
        return None
    return last


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder with its size in bytes and its time of change in nanoseconds."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            known = path.stat()
            found[path.relative_to(folder).as_posix()] = (known.st_size, known.st_mtime_ns)
    return found

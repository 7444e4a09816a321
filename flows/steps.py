"""The steps of an audit run, shared by every engine and free of Prefect.

``plan_run`` -> ``audit_chunk`` for each chunk -> ``finish_run``. A chunk's result is a file in the run folder, written
whole or not at all, so whatever carries the steps out need not be trusted to remember anything.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from audit.inbox import Submission, find_submissions
from audit.isolation import assess_isolated
from audit.limits import Limits, PackChoice
from audit.packs import load_pack
from audit.reconcile import reconcile
from audit.record import ReportRecord, RunRecord, Summary
from documents.personal import without_personal_data
from outputs.atomic import save_atomically
from outputs.json_file import write_json
from outputs.workbook import WorkbookInfo, write_workbook

_WORK_FOLDER = ".chunks"
_WORKBOOK_NAME = "法治政府建设年度报告审核"

T = TypeVar("T")
OnRecord = Callable[[ReportRecord], None]


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What the user asked for: paths to audit, folder for the results, rules, and limits."""

    paths: tuple[str, ...]
    out: str
    choice: PackChoice
    limits: Limits = field(default_factory=Limits)
    chunk_size: int = 250


@dataclass(frozen=True, slots=True)
class ChunkSpec:
    """One chunk as a few numbers and names: the submissions themselves stand in the plan file."""

    number: int
    folder: str
    start: int
    stop: int
    choice: PackChoice
    limits: Limits


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A planned run: its folder, its submissions in order, and its chunks."""

    request: AuditRequest
    folder: Path
    started: datetime
    submissions: tuple[Submission, ...]
    chunks: tuple[ChunkSpec, ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run left behind. ``notices`` are sentences for the user, such as a workbook saved under another name."""

    folder: Path
    workbook: Path
    findings: Path
    record: RunRecord
    seconds: float
    notices: tuple[str, ...]

    @property
    def summary(self) -> Summary:
        """Counts over all reports."""
        return self.record.summary


@cache
def _submissions_adapter() -> TypeAdapter[tuple[Submission, ...]]:
    return TypeAdapter(tuple[Submission, ...])


@cache
def _records_adapter() -> TypeAdapter[tuple[ReportRecord, ...]]:
    return TypeAdapter(tuple[ReportRecord, ...])


def check_request(request: AuditRequest) -> tuple[Submission, ...]:
    """The submissions that a request is about. Nothing is written yet.

    Raises audit.inbox.InboxError, rules.errors.RuleFileError.
    """
    load_pack(request.choice.pack)
    return tuple(find_submissions(request.paths, request.limits.reading))


def plan_run(request: AuditRequest) -> RunPlan:
    """Find the submissions and cut them into chunks; creates the run folder with the plan in it.

    Raises what check_request raises, and OSError when the output folder cannot be written.
    """
    submissions = check_request(request)
    started = datetime.now().astimezone()
    folder = _new_run_folder(Path(request.out), started, request.choice.pack)
    _store(_plan_file(folder), _submissions_adapter(), submissions)
    chunks = tuple(
        ChunkSpec(
            number=number,
            folder=str(folder),
            start=start,
            stop=min(start + request.chunk_size, len(submissions)),
            choice=request.choice,
            limits=request.limits,
        )
        for number, start in enumerate(range(0, len(submissions), request.chunk_size), start=1)
    )
    return RunPlan(request, folder, started, submissions, chunks)


@contextmanager
def planned_run(request: AuditRequest) -> Iterator[RunPlan]:
    """A planned run whose folder goes again when the block does not come to its end. Raises what plan_run raises."""
    plan = plan_run(request)
    try:
        yield plan
    except BaseException:
        shutil.rmtree(plan.folder, ignore_errors=True)
        raise


def audit_chunk(spec: ChunkSpec, on_record: OnRecord) -> int:
    """Audit one chunk and store its records in the run folder. Returns how many there are."""
    plan = _stored(_plan_file(Path(spec.folder)), _submissions_adapter())
    records: list[ReportRecord] = []
    for record in assess_isolated(plan[spec.start : spec.stop], spec.choice, spec.limits):
        records.append(record)
        on_record(record)
    _store(_chunk_file(spec), _records_adapter(), tuple(records))
    return len(records)


def finish_run(plan: RunPlan, engine: str) -> RunResult:
    """Reconcile the chunks with the plan and write ``findings.json`` and the workbook."""
    ruleset, facts = load_pack(plan.request.choice.pack)
    record = reconcile(plan.submissions, _stored_records(plan), ruleset)
    findings = write_json(plan.folder / "findings.json", record)
    info = WorkbookInfo(
        run=plan.folder.name,
        started=plan.started,
        finished=datetime.now().astimezone(),
        scope=tuple(map(without_personal_data, plan.request.paths)),
        ruleset=ruleset,
        engine=engine,
        metrics=facts.metrics,
    )
    wanted = plan.folder / f"{_WORKBOOK_NAME}_{plan.started:%Y%m%d_%H%M}.xlsx"
    workbook = write_workbook(wanted, record, info)
    shutil.rmtree(plan.folder / _WORK_FOLDER)
    notices = tuple(saved.note for saved in (findings, workbook) if saved.note)
    seconds = time.time() - plan.started.timestamp()
    return RunResult(plan.folder, workbook.path, findings.path, record, seconds, notices)


def _new_run_folder(out: Path, started: datetime, pack: str) -> Path:
    """A folder of its own for the run, named by time and pack; a second run in the same second gets a number."""
    name = f"{started:%Y%m%d-%H%M%S}-{Path(pack).name}"
    out.mkdir(parents=True, exist_ok=True)
    for candidate in (name, *(f"{name}-{number}" for number in range(2, 1000))):
        try:
            (out / candidate / _WORK_FOLDER).mkdir(parents=True)
        except FileExistsError:
            continue
        return out / candidate
    raise FileExistsError(f"“{out}”中同名的审核结果过多")


def _stored_records(plan: RunPlan) -> Iterator[ReportRecord]:
    for spec in plan.chunks:
        stored = _chunk_file(spec)
        if stored.exists():
            yield from _stored(stored, _records_adapter())


def _store(path: Path, adapter: TypeAdapter[T], value: T) -> None:
    # Escaped to ASCII: a file name that is not valid UTF-8 holds lone surrogates, which no UTF-8 can.
    content = json.dumps(adapter.dump_python(value, mode="json")).encode("ascii")
    save_atomically(path, lambda stream: stream.write(content))


def _stored(path: Path, adapter: TypeAdapter[T]) -> T:
    return adapter.validate_python(json.loads(path.read_bytes()))


def _plan_file(folder: Path) -> Path:
    return folder / _WORK_FOLDER / "plan.json"


def _chunk_file(spec: ChunkSpec) -> Path:
    return Path(spec.folder) / _WORK_FOLDER / f"{spec.number:05}.json"

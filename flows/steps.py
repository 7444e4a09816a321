"""The steps of an audit run, shared by every engine and free of Prefect.

``planned_run`` -> ``audit_chunk`` for each chunk -> ``finish_run``. A chunk's result is a file of the result store,
written whole or not at all, so whatever carries the steps out need not be trusted to remember anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from audit.findings_file import NAME
from audit.inbox import Submission, find_submissions
from audit.isolation import shared_auditor
from audit.limits import Limits, PackChoice
from audit.packing import Packer
from audit.packs import load_pack
from audit.record import JUDGED, SET_ASIDE, Status
from audit.result_store import LASTING, ResultStore, StoredRecord, edition_of
from audit.summary import ReportSummary
from documents.errors import Unreadable
from documents.limits import ReadingLimits
from documents.read import Location, load
from flows.output_folder import OutputFolder, told_when_full
from flows.timings import Timings

OnSummary = Callable[[ReportSummary], None]

_SUBMISSIONS = Packer(tuple[Submission, ...])


@dataclass(frozen=True, slots=True)
class AuditRequest:
    """What the user asked for: paths to audit, folder for the results, rules, and limits.

    ``wait`` queues behind another audit of the same output folder; ``fresh`` judges again what was judged before;
    ``findings_per_workbook`` is the number above which the workbook is split; ``against`` names a folder of reports on
    earlier years, or the folder of an earlier run, to compare with. ``baseline`` is what findings are new against, and
    ``suppressions`` are further files that set findings aside. ``history`` says where the run is recorded: a URL or a
    file, empty for the history of the output folder, ``off`` for nowhere.
    """

    paths: tuple[str, ...]
    out: str
    choice: PackChoice
    limits: Limits = field(default_factory=Limits)
    chunk_size: int = 500
    wait: bool = False
    fresh: bool = False
    findings_per_workbook: int = 20_000
    against: str | None = None
    baseline: str | None = None
    suppressions: tuple[str, ...] = ()
    history: str = ""

    @property
    def earlier_run(self) -> Path | None:
        """The ``findings.json`` of the run to compare with, if it is a run."""
        file = Path(self.against) / NAME if self.against else None
        return file if file is not None and file.is_file() else None


@dataclass(frozen=True, slots=True)
class ChunkSpec:
    """One chunk as a few numbers and names: the submissions themselves stand in the plan file, at ``place``."""

    number: int
    plan: str
    place: tuple[int, int]
    results: str
    edition: str
    choice: PackChoice
    limits: Limits


@dataclass(frozen=True, slots=True)
class ChunkTally:
    """What became of a chunk: its file in the result store; numbers of documents, of findings and of files that could
    not be read; CPU seconds."""

    chunk: str
    documents: int
    findings: int
    unread: int
    cpu: float


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A planned run: its submissions in order, what earlier runs have judged already, and the chunks still to do.

    ``earlier`` are reports on earlier years, judged only to be compared with. ``staging`` holds the plan and, in
    ``run``, what will appear as ``output.path / name`` when it is complete.
    """

    request: AuditRequest
    output: OutputFolder
    staging: Path
    name: str
    started: datetime
    edition: str
    submissions: tuple[Submission, ...]
    earlier: tuple[Submission, ...]
    reused: dict[str, StoredRecord]
    chunks: tuple[ChunkSpec, ...]
    timings: Timings

    @property
    def store(self) -> ResultStore:
        """Where the results of chunks are."""
        return ResultStore(self.output.results, self.edition)


def check_request(request: AuditRequest) -> tuple[Submission, ...]:
    """The submissions that a request is about. Nothing is written yet.

    Raises audit.inbox.InboxError, rules.errors.RuleFileError.
    """
    load_pack(request.choice.pack)
    return tuple(find_submissions(request.paths, request.limits.reading))


def find_earlier(request: AuditRequest) -> tuple[Submission, ...]:
    """The reports on earlier years that a request compares with; none where it compares with a run.

    Raises audit.inbox.InboxError where there is neither.
    """
    if request.against is None or request.earlier_run is not None:
        return ()
    found = find_submissions([request.against], request.limits.reading)
    return tuple(submission for submission in found if submission.ignored is None)


@contextmanager
def planned_run(request: AuditRequest) -> Iterator[RunPlan]:
    """A planned run, with the output folder held for it; what is not finished in the block leaves no run behind.

    Raises what check_request raises, flows.errors.OutputBusy and DiskFull, and OSError when the output folder cannot be
    written.
    """
    timings = Timings()
    with timings.stage("discover"):
        submissions = check_request(request)
        earlier = find_earlier(request)
    output = OutputFolder(Path(request.out))
    with told_when_full(output.path, len(submissions) + len(earlier)), output.locked(wait=request.wait):
        staging = output.new_staging()
        try:
            with timings.stage("plan"):
                plan = _plan(request, output, staging, submissions, earlier, timings)
            yield plan
        finally:
            output.discard(staging)


def audit_chunk(spec: ChunkSpec, on_summary: OnSummary) -> ChunkTally:
    """Judge one chunk and store the verdicts. Raises OSError where they cannot be stored."""
    auditor = shared_auditor(spec.choice, spec.limits)
    submissions = _planned(spec)
    verdicts = []
    unread = 0
    with closing(auditor.judge(submissions)) as judged:
        for submission, verdict in zip(submissions, judged, strict=True):
            verdicts.append((submission.shown, verdict))
            unread += verdict.summary.status not in JUDGED | SET_ASIDE
            on_summary(verdict.summary)
    chunk = ResultStore(Path(spec.results), spec.edition).write(verdicts)
    findings = sum(verdict.summary.findings for _, verdict in verdicts)
    return ChunkTally(chunk, len(verdicts), findings, unread, sum(verdict.cpu for _, verdict in verdicts))


def _plan(
    request: AuditRequest,
    output: OutputFolder,
    staging: Path,
    submissions: tuple[Submission, ...],
    earlier: tuple[Submission, ...],
    timings: Timings,
) -> RunPlan:
    ruleset, _ = load_pack(request.choice.pack)
    edition = edition_of(ruleset.sha256, request.choice, request.limits.reading)
    store = ResultStore(output.results, edition)
    everything = list({submission.shown: submission for submission in (*earlier, *submissions)}.values())
    reused = {} if request.fresh else dict(_reusable(everything, store, request.limits.reading))
    started = datetime.now().astimezone()
    todo = [submission for submission in everything if submission.shown not in reused]
    return RunPlan(
        request=request,
        output=output,
        staging=staging,
        name=f"{started:%Y%m%d-%H%M%S}-{Path(request.choice.pack).name}",
        started=started,
        edition=edition,
        submissions=submissions,
        earlier=earlier,
        reused=reused,
        chunks=tuple(_chunks(request, output, edition, todo, staging / "plan")),
        timings=timings,
    )


def _chunks(
    request: AuditRequest, output: OutputFolder, edition: str, todo: Sequence[Submission], plan: Path
) -> Iterator[ChunkSpec]:
    """The chunks, with the submissions of each written to the plan file."""
    size = max(1, min(request.chunk_size, -(-len(todo) // request.limits.workers)))
    offset = 0
    with plan.open("wb") as stream:
        for number, start in enumerate(range(0, len(todo), size), start=1):
            packed = _SUBMISSIONS.pack(tuple(todo[start : start + size]))
            stream.write(packed)
            place = (offset, len(packed))
            offset += len(packed)
            yield ChunkSpec(
                number=number,
                plan=str(plan),
                place=place,
                results=str(output.results),
                edition=edition,
                choice=request.choice,
                limits=request.limits,
            )


def _planned(spec: ChunkSpec) -> tuple[Submission, ...]:
    offset, length = spec.place
    with Path(spec.plan).open("rb") as stream:
        stream.seek(offset)
        return _SUBMISSIONS.unpack(stream.read(length))


def _reusable(
    submissions: Sequence[Submission], store: ResultStore, limits: ReadingLimits
) -> Iterator[tuple[str, StoredRecord]]:
    """By shown path: the stored verdicts on the very bytes that the submissions have now."""
    known = {
        (record.path, record.summary.sha256): record
        for index in store.indexes()
        for record in index.records
        if record.summary.status in LASTING
    }
    paths = {path for path, _ in known}
    for submission in submissions:
        if submission.shown not in paths:
            continue
        if submission.ignored is not None:
            record = known.get((submission.shown, None))
            if record and record.summary.status is Status.IGNORED and record.summary.reason == submission.ignored:
                yield submission.shown, record
        elif (sha256 := _sha256(submission, limits)) and (record := known.get((submission.shown, sha256))):
            yield submission.shown, record


def _sha256(submission: Submission, limits: ReadingLimits) -> str | None:
    """The hash of a file's bytes, ``None`` where they cannot be read."""
    try:
        return hashlib.sha256(load(Location(Path(submission.path), submission.member), limits)).hexdigest()
    except Unreadable:
        return None

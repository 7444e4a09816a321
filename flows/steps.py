"""The steps of an audit run, shared by every engine and free of Prefect.

``planned_run`` -> ``audit_chunk`` for each chunk -> ``finish_run``. A chunk's result is a file of the result store,
written whole or not at all, so whatever carries the steps out need not be trusted to remember anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from pathlib import Path

from audit.findings_file import run_file
from audit.inbox import Submission, find_reports, find_submissions
from audit.isolation import shared_auditor
from audit.limits import Limits, PackChoice
from audit.packing import Packer
from audit.packs import absolute_pack, load_pack
from audit.record import JUDGED, SET_ASIDE, Status
from audit.result_store import LASTING, ResultStore, StoredRecord, edition_of
from audit.storage import storage_at
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
    ``suppressions`` are further files that set findings aside. ``store`` is where the verdicts are kept, a path or URL,
    ``None`` for the output folder; ``cluster_threads`` is how many chunks a cluster judges at once, ``None`` where this
    machine does it. ``history`` says where the run is recorded: a URL or a file, empty for the history of the output
    folder, ``off`` for nowhere.
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
    store: str | None = None
    cluster_threads: int | None = None
    history: str = ""

    @property
    def chunks_at_once(self) -> int:
        """How many chunks are judged side by side."""
        return self.cluster_threads or self.limits.workers

    @property
    def earlier_run(self) -> Path | None:
        """The ``findings.json`` of the run to compare with, if it is a run."""
        return run_file(self.against) if self.against else None


@dataclass(frozen=True, slots=True)
class ChunkSpec:
    """One chunk as a few numbers and names: the submissions themselves stand in the plan of the run, at ``place``.

    ``results`` is the address of the result store; ``on_cluster`` says that a worker of a cluster judges it.
    """

    number: int
    run: str
    place: tuple[int, int]
    results: str
    edition: str
    choice: PackChoice
    limits: Limits
    on_cluster: bool = False

    @property
    def store(self) -> ResultStore:
        """Where the plan is and the verdicts go. Raises audit.storage.StorageError."""
        return ResultStore(storage_at(self.results), self.edition)

    def submissions(self) -> tuple[Submission, ...]:
        """The submissions of the chunk. Raises OSError."""
        return _SUBMISSIONS.unpack(self.store.read_plan(self.run, *self.place))


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

    ``earlier`` are reports on earlier years, judged only to be compared with. ``staging`` holds, in ``run``, what will
    appear as ``output.path / name`` when it is complete; ``results`` is the address of the result store.
    """

    request: AuditRequest
    output: OutputFolder
    staging: Path
    results: str
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
        return ResultStore(storage_at(self.results, self.staging / "fetched"), self.edition)


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
    return find_reports([request.against], request.limits.reading)


@contextmanager
def planned_run(request: AuditRequest) -> Iterator[RunPlan]:
    """A planned run, with the output folder held for it; what is not finished in the block leaves no run behind.

    Raises what check_request raises, flows.errors.OutputBusy and DiskFull, audit.storage.StorageError, and OSError when
    the output folder or the result store cannot be written.
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
    submissions = spec.submissions()
    verdicts = []
    unread = 0
    with closing(auditor.judge(submissions)) as judged:
        for submission, verdict in zip(submissions, judged, strict=True):
            verdicts.append((submission.shown, verdict))
            unread += verdict.summary.status not in JUDGED | SET_ASIDE
            on_summary(verdict.summary)
    chunk = spec.store.write(verdicts)
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
    edition = edition_for(request.choice, request.limits.reading)
    results = output.store_address(request.store)
    store = ResultStore(storage_at(results), edition)
    everything = list({submission.shown: submission for submission in (*earlier, *submissions)}.values())
    reused = {} if request.fresh else dict(_reusable(everything, store, request.limits.reading))
    started = datetime.now().astimezone()
    todo = [submission for submission in everything if submission.shown not in reused]
    return RunPlan(
        request=request,
        output=output,
        staging=staging,
        results=results,
        name=f"{started:%Y%m%d-%H%M%S}-{Path(request.choice.pack).name}",
        started=started,
        edition=edition,
        submissions=submissions,
        earlier=earlier,
        reused=reused,
        chunks=_chunks(request, results, edition, todo, staging.name),
        timings=timings,
    )


def edition_for(choice: PackChoice, reading: ReadingLimits) -> str:
    """The edition of verdicts by the rules and the program of this machine. Raises rules.errors.RuleFileError."""
    ruleset, _ = load_pack(choice.pack)
    return edition_of(ruleset.sha256, choice, reading)


def _chunks(
    request: AuditRequest, results: str, edition: str, todo: Sequence[Submission], run: str
) -> tuple[ChunkSpec, ...]:
    """The chunks, with the submissions of each written to the plan of the run."""
    on_cluster = request.cluster_threads is not None
    choice = request.choice
    if on_cluster:
        # Other machines have other working folders.
        todo = [replace(submission, path=str(Path(submission.path).absolute())) for submission in todo]
        choice = replace(choice, pack=absolute_pack(choice.pack))
    size = max(1, min(request.chunk_size, -(-len(todo) // request.chunks_at_once)))
    parts = [_SUBMISSIONS.pack(tuple(todo[start : start + size])) for start in range(0, len(todo), size)]
    if not parts:
        return ()
    ResultStore(storage_at(results), edition).write_plan(run, parts)
    offsets = accumulate(map(len, parts), initial=0)
    return tuple(
        ChunkSpec(
            number=number,
            run=run,
            place=(offset, len(part)),
            results=results,
            edition=edition,
            choice=choice,
            limits=request.limits,
            on_cluster=on_cluster,
        )
        for number, (part, offset) in enumerate(zip(parts, offsets, strict=False), start=1)
    )


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

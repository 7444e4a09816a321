"""Who judges the chunks of a Prefect run: threads of this process, or a cluster. And who follows the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from audit.isolation import close_shared_auditors
from audit.summary import ReportSummary
from flows.run_result import RunResult
from flows.steps import ChunkSpec, ChunkTally, RunPlan, audit_chunk


@dataclass(frozen=True, slots=True)
class Observer:
    """Whoever follows a run in this process: told when it is planned, when a file is done by this machine, when a chunk
    is done by whomever, and when the run is finished."""

    on_plan: Callable[[RunPlan], None]
    on_summary: Callable[[ReportSummary], None]
    on_tally: Callable[[ChunkTally], None]
    on_result: Callable[[RunResult], None]


class Crew(Protocol):
    """What the flow needs to know of those who carry its tasks out."""

    def outcome(self, future: Any) -> object:
        """What became of a chunk, given its finished Prefect future: a ChunkTally, or what ended it."""

    def watch(self) -> None:
        """Called every few seconds while nothing comes back. Raises flows.errors.ClusterFault to give up."""

    def end(self, run: str) -> None:
        """The run is over, whether it was finished or not: nobody works for it any more when this returns."""


class LocalCrew:
    """Threads of this process, which share its children."""

    def outcome(self, future: Any) -> object:
        """What became of a chunk."""
        return future.result(raise_on_failure=False)

    def watch(self) -> None:
        """Children that hang are seen to where they are."""

    def end(self, run: str) -> None:
        """End the children."""
        close_shared_auditors()


def _nobody(_: object) -> None:
    """A deployed run has no one to tell."""


_NO_OBSERVER = Observer(_nobody, _nobody, _nobody, _nobody)
_LOCAL_CREW = LocalCrew()
_observer: ContextVar[Observer] = ContextVar("observer", default=_NO_OBSERVER)
_crew: ContextVar[Crew] = ContextVar("crew", default=_LOCAL_CREW)


# Functions, because flows and tasks are sent to clusters with the globals they name, and a ContextVar cannot be sent.
def observer() -> Observer:
    """Who follows the run."""
    return _observer.get()


def crew() -> Crew:
    """Who carries the run out."""
    return _crew.get()


@contextmanager
def observed_by(following: Observer, working: Crew | None = None) -> Iterator[None]:
    """Let ``following`` follow the runs started inside the block, and ``working`` carry them out."""
    tokens = _observer.set(following), _crew.set(working or _LOCAL_CREW)
    try:
        yield
    finally:
        _observer.reset(tokens[0])
        _crew.reset(tokens[1])


def judge_chunk(spec: ChunkSpec) -> ChunkTally:
    """The body of a chunk's task, wherever it runs: importable, for a task carries its own body to the cluster."""
    if spec.on_cluster:
        # In a worker only; other machines need not have the extra.
        from flows.cluster_worker import audit_on_worker  # noqa: PLC0415

        return audit_on_worker(spec)
    return audit_chunk(spec, observer().on_summary)

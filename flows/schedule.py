"""Serves the scheduled audits on this machine, with a Prefect server of their own unless one is configured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.audit_flow import audit
from flows.server import prefect_server
from flows.settings import Settings

DAILY = "日常审核"
MONTHLY = "每月全面审核"


def serve_schedule(settings: Settings) -> None:
    """Run until interrupted, starting each audit at its time, one at a time. Raises flows.server.ServerUnavailable."""
    with prefect_server(settings.server_start_seconds, scheduling=True):
        serve(*deployments(settings), limit=1, pause_on_shutdown=False, print_starting_message=False)


def deployments(settings: Settings) -> tuple[RunnerDeployment, RunnerDeployment]:
    """The daily audit of the inbox and the monthly full audit."""
    inbox = settings.inbox.resolve()
    return (
        _deployment(DAILY, settings.daily_cron, inbox, settings),
        _deployment(MONTHLY, settings.monthly_cron, (settings.full_inbox or inbox).resolve(), settings),
    )


def _deployment(name: str, cron: str, inbox: Path, settings: Settings) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        audit,
        name,
        schedule=Cron(cron, timezone=settings.timezone),
        parameters=_parameters(inbox, settings),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _parameters(inbox: Path, settings: Settings) -> dict[str, Any]:
    return {
        "inbox": [str(inbox)],
        "out": str(settings.out.resolve()),
        "pack": settings.pack,
        "year": settings.year,
        "chunk_size": settings.chunk_size,
        "workers": settings.workers,
        "document_seconds": settings.document_seconds,
        "document_memory_mb": settings.document_memory_mb,
    }

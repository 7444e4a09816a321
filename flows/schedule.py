"""Serves the scheduled audits on this machine, with a Prefect server of their own unless one is configured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.audit_flow import audit
from flows.errors import SettingsError
from flows.server import prefect_server
from flows.settings import Settings
from history.location import settled

DAILY = "日常审核"
MONTHLY = "每月全面审核"


def serve_schedule(planned: Iterable[RunnerDeployment], server_start_seconds: float) -> None:
    """Run until interrupted, starting each audit at its time, one at a time. Raises ServerUnavailable."""
    with prefect_server(server_start_seconds, scheduling=True):
        serve(*planned, limit=1, pause_on_shutdown=False, print_starting_message=False)


def deployments(settings: Settings) -> tuple[RunnerDeployment, RunnerDeployment]:
    """The daily audit of the inbox and the monthly full audit. Raises SettingsError for times that are none."""
    inbox = settings.inbox.resolve()
    return (
        _deployment(DAILY, settings.daily_cron, inbox, settings),
        _deployment(MONTHLY, settings.monthly_cron, (settings.full_inbox or inbox).resolve(), settings),
    )


def _deployment(name: str, cron: str, inbox: Path, settings: Settings) -> RunnerDeployment:
    return RunnerDeployment.from_flow(
        audit,
        name,
        schedule=_schedule(cron, settings.timezone),
        parameters=_parameters(inbox, settings),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )


def _schedule(cron: str, timezone: str) -> Schedule:
    try:
        return Cron(cron, timezone=ZoneInfo(timezone).key)
    except (ValueError, ZoneInfoNotFoundError) as fault:
        wrong = f"时间“{cron}”或时区“{timezone}”写法不对"
        raise SettingsError(f"设置有误：{wrong}，写法如 0 2 * * 1-5 和 Asia/Shanghai。") from fault


def _parameters(inbox: Path, settings: Settings) -> dict[str, Any]:
    return {
        "inbox": [str(inbox)],
        "out": str(settings.out.resolve()),
        "pack": settings.pack,
        "history": settled(settings.history),
        "year": settings.year,
        "chunk_size": settings.chunk_size,
        "workers": settings.workers,
        "document_seconds": settings.document_seconds,
        "document_memory_mb": settings.document_memory_mb,
        "reading": asdict(settings.reading_limits),
    }

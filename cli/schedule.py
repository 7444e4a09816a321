"""``fazhi-audit schedule``: scheduled audits on this machine, with no other server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.console import complain, out
from cli.exits import Exit
from cli.help import LocalCommand
from cli.language import say


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command(
        "schedule",
        cls=LocalCommand,
        help=say(
            "按时审核收件文件夹（默认工作日 02:00，另每月 1 日 03:00 全面审核，北京时间），一直运行到按 Ctrl-C。\n"
            "收件文件夹、时间等见设置文件 fazhi-audit.toml（docs/settings.md）。",
            "Serve the scheduled audits of the inbox (workdays 02:00; a full audit on the 1st, 03:00; Asia/Shanghai) "
            "until interrupted.\nInbox and times are settings (docs/settings.md).",
        ),
    )(schedule)


def schedule(
    inbox: Annotated[Path | None, typer.Option("--inbox", metavar="DIR", help=say("收件文件夹", "The inbox"))] = None,
    destination: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=say("输出文件夹", "Output folder"))
    ] = None,
) -> int:
    """Serve until interrupted."""
    from flows.environment import prepare_environment
    from flows.settings import load_settings

    settings = load_settings(inbox=inbox, out=destination)
    if not settings.inbox.is_dir():
        complain(
            say(
                f"收件文件夹“{settings.inbox}”不存在。请先建立，或用 --inbox 指定。",
                f"The inbox {settings.inbox} does not exist.",
            )
        )
        return Exit.WRONG_USE
    prepare_environment(settings.prefect_home)
    from flows.schedule import deployments, serve_schedule

    planned = deployments(settings)
    daily, full, zone = settings.daily_cron, settings.monthly_cron, settings.timezone
    out(
        say(
            f"正在按时审核“{settings.inbox}”：日常 {daily}，全面 {full}（{zone}）。按 Ctrl-C 停止。",
            f"Serving audits of {settings.inbox}: daily {daily}, full {full} ({zone}). Ctrl-C stops.",
        )
    )
    serve_schedule(planned, settings.server_start_seconds)
    return Exit.CLEAN

"""Assembles the commands into the application."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from cli.console import out
from cli.help import LocalGroup
from cli.language import say

_COMMANDS = ("audit", "check", "history", "review", "schedule", "rules")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        out(f"fazhi-audit {version('fazhi-audit')}")
        raise typer.Exit


def build_application(command: str | None = None) -> typer.Typer:
    """The command line, worded in the language chosen before.

    Only ``command`` is loaded where it names one, so that a check need not wait for what the others import.
    """
    application = typer.Typer(
        cls=LocalGroup,
        help=say(
            "审核法治政府建设年度报告：按规则文件检查，列出问题、依据和整改建议，写出 Excel 审核工作簿。\n"
            "任何命令都可加 --lang en 改用英文界面。",
            "Audits annual reports on law-based government against rule files and writes an Excel workbook.\n"
            "Every command takes --lang zh|en; the findings themselves are in Chinese.",
        ),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    application.callback()(_root)
    for name in (command,) if command in _COMMANDS else _COMMANDS:
        import_module(f"cli.{name}").register(application)
    return application


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help=say("显示版本", "Show the version"), is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Options of the application itself."""

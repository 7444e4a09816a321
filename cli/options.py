"""Options that several commands share, and what they decide."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from audit.record import JUDGED, SET_ASIDE
from audit.summary import ReportSummary
from cli.exits import Exit
from cli.language import say
from outputs.names import LEVEL_NAMES
from rules.model import Level

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...", help=say("报告文件或文件夹，可给多个", "Report files or folders"), show_default=False
    ),
]
Pack = Annotated[
    str,
    typer.Option(
        "--rules", metavar="PACK", help=say("规则包：内置名称或文件夹", "Rule pack: a built-in name or a folder")
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year",
        metavar="Y",
        min=2000,
        max=2100,
        help=say(
            "本次审核的报告年度：写明其他年度的报告会被指出，没有写明年度的按此年度审核",
            "The reported year of this audit: reports on another year are pointed out",
        ),
    ),
]


class Gate(StrEnum):
    """The level from which findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


GATES = "|".join(Gate)
FAIL_ON_HELP = say("出现该级别及以上的问题时，以状态 1 退出", "Exit with status 1 for findings at or above this level")

_ORDER = (Level.ERROR, Level.WARNING, Level.INFO)


def level_name(level: Level) -> str:
    """The level in the language of the process."""
    return say(LEVEL_NAMES[level], level.value)


def exit_status(reports: Iterable[ReportSummary], gate: Gate) -> Exit:
    """1 for findings at or above ``gate``, else 4 when a file could not be read, else 0."""
    reports = list(reports)
    if gate is not Gate.NEVER:
        at_gate = _ORDER[: _ORDER.index(Level(gate)) + 1]
        if any(level in at_gate for report in reports for _, level, _ in report.rules):
            return Exit.FINDINGS
    unread = any(report.status not in JUDGED | SET_ASIDE for report in reports)
    return Exit.UNREADABLE if unread else Exit.CLEAN

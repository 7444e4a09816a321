"""Options that several commands share, and what they decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.record import UNREAD, SuppressionFile
from audit.summary import ReportSummary
from checks.finding import Finding, Standing
from cli.errors import UsageFault
from cli.exits import Exit
from cli.language import say
from outputs.names import LEVEL_NAMES
from rules.model import Level

if TYPE_CHECKING:
    from audit.baseline import Baseline

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
    NEW_ERROR = "new-error"
    NEW_WARNING = "new-warning"
    NEW_INFO = "new-info"
    NEVER = "never"

    @property
    def level(self) -> Level | None:
        """The lowest level that fails, ``None`` where none does."""
        return None if self is Gate.NEVER else Level(self.value.removeprefix("new-"))

    @property
    def is_about_new(self) -> bool:
        """Whether only findings that the baseline does not have can fail."""
        return self.value.startswith("new-")

    def fails_by(self, report: ReportSummary) -> bool:
        """Whether a finding of ``report`` makes the command fail."""
        if self.level is None:
            return False
        at_gate = _ORDER[: _ORDER.index(self.level) + 1]
        return any(report.new(level) if self.is_about_new else report.count(level) for level in at_gate)

    def fails(self, finding: Finding) -> bool:
        """Whether ``finding`` makes the command fail."""
        if self.level is None or not finding.is_active or _ORDER.index(finding.level) > _ORDER.index(self.level):
            return False
        return not self.is_about_new or finding.baseline is not Standing.UNCHANGED


GATES = "|".join(Gate)
FAIL_ON_HELP = say(
    "出现该级别及以上的问题时，以状态 1 退出；new- 开头的只看基线里没有的问题。已豁免的问题不计",
    "Exit with status 1 for findings at or above this level; new-: only those that the baseline does not have",
)
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE|RUN",
        help=say(
            "与以前的一次结果比较，标明新增、仍存在和已消失的问题：findings.json、SARIF 文件或一次审核的结果文件夹",
            "Compare with an earlier result (findings.json, SARIF file or run folder): new, unchanged, gone",
        ),
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="FOLDER|RUN",
        help=say(
            "与往年比对：往年的报告（文件夹或文件），或某次审核的结果文件夹",
            "Compare with earlier years: a report or a folder of them, or the folder of an earlier run",
        ),
    ),
]
SuppressionFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--suppressions",
        metavar="FILE",
        help=say(
            "另加的豁免清单，可给多次；报告所在文件夹及其上级的 .fazhi-audit.yaml 总会读取",
            "A further file of suppressions; .fazhi-audit.yaml beside the reports or above is always read",
        ),
    ),
]

_ORDER = (Level.ERROR, Level.WARNING, Level.INFO)


def level_name(level: Level) -> str:
    """The level in the language of the process."""
    return say(LEVEL_NAMES[level], level.value)


def exit_status(reports: Iterable[ReportSummary], gate: Gate, suppressions: Iterable[SuppressionFile] = ()) -> Exit:
    """1 for findings at or above ``gate``, else 4 when a file could not be read, else 0.

    Suppressed findings do not count; what is wrong with the files of ``suppressions`` does.
    """
    reports = list(reports)
    if any(gate.fails_by(report) for report in reports) or any(map(gate.fails, _findings(suppressions))):
        return Exit.FINDINGS
    unread = any(report.status in UNREAD for report in reports)
    return Exit.UNREADABLE if unread else Exit.CLEAN


def _findings(suppressions: Iterable[SuppressionFile]) -> Iterator[Finding]:
    return (finding for file in suppressions for finding in file.findings)


def checked_suppressions(files: Sequence[Path]) -> Sequence[Path]:
    """The files of suppressions named by the user. Raises UsageFault for one that is not there."""
    for path in files:
        if not path.is_file():
            raise UsageFault(f"找不到豁免清单“{path}”。", f"No such file of suppressions: {path}")
    return files


def read_baseline_for(path: Path | None, gate: Gate) -> Baseline | None:
    """The baseline that was asked for. Raises UsageFault where it cannot be used, or a gate needs one."""
    if path is None:
        if gate.is_about_new:
            raise UsageFault(
                f"--fail-on {gate} 要与基线比较，请同时给出 --baseline。",
                f"--fail-on {gate} compares with a baseline: give --baseline too.",
            )
        return None
    # Only a comparison needs what reads a baseline.
    from audit.baseline_file import BaselineError, read_baseline

    try:
        return read_baseline(path)
    except BaselineError as fault:
        raise UsageFault(str(fault), fault.english) from fault

"""``fazhi-audit history``: what earlier audits found, how two of them differ, and what of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import out
from cli.errors import UsageFault
from cli.exits import Exit
from cli.help import LocalCommand, command_group
from cli.language import say

if TYPE_CHECKING:
    from history.records import Run
    from history.store import History


class Shape(StrEnum):
    """For people, or for programs."""

    TEXT = "text"
    JSON = "json"


class FileShape(StrEnum):
    """The formats of an export."""

    JSON = "json"
    CSV = "csv"


Place = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="FILE|URL",
        help=say(
            "历史库：SQLite 文件或 PostgreSQL 地址（默认用设置，没有设置的在输出文件夹里）",
            "The history: a SQLite file or PostgreSQL URL (default: the setting, else in the output folder)",
        ),
    ),
]
Destination = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help=say("审核的输出文件夹（默认 reports_out）", "Output folder")),
]
Printed = Annotated[Shape, typer.Option("--format", metavar="text|json", help=say("输出格式", "Output format"))]
RUN_HELP = say("审核的编号（结果文件夹的名称），或能认出它的开头部分", "Name of the run's folder, or its beginning")


def register(application: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = command_group("history", say("查看、比较、导出以往的审核", "List, compare and export earlier audits"))
    add = group.command
    add("list", cls=LocalCommand, help=say("列出历史库里的审核，最近的在前", "List the recorded runs"))(list_runs)
    add("show", cls=LocalCommand, help=say("显示一次审核和其中的报告", "Show a run and its reports"))(show)
    add(
        "compare",
        cls=LocalCommand,
        help=say(
            "比较两次审核：新增、已整改、未变的问题；因规则变化而出现或消失的另列",
            "Compare two runs: new, rectified and unchanged findings; what rules have changed stands apart",
        ),
    )(compare)
    add("export", cls=LocalCommand, help=say("导出历史库：全部内容（json）或问题清单（csv）", "Export the history"))(
        export
    )
    add(
        "prune",
        cls=LocalCommand,
        help=say(
            "删除较早的审核记录并压缩历史库；结果文件夹和审核意见不受影响",
            "Remove older runs from the history; run folders and decisions stay",
        ),
    )(prune)
    application.add_typer(group)


def list_runs(
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=say("最多列出几次", "At most so many"))
    ] = None,
    shape: Printed = Shape.TEXT,
    place: Place = None,
    destination: Destination = None,
) -> int:
    """Print one line for each run."""
    from cli.history_lines import run_lines

    with _opened(place, destination) as history:
        runs = history.latest_runs(limit)
    if shape is Shape.JSON:
        _print_json([_run(run) for run in runs])
    else:
        _print(run_lines(runs))
    return Exit.CLEAN


def show(
    name: Annotated[str, typer.Argument(metavar="RUN", help=RUN_HELP)],
    shape: Printed = Shape.TEXT,
    place: Place = None,
    destination: Destination = None,
) -> int:
    """Print what is known of one run."""
    from cli.history_export import exported_json
    from cli.history_lines import head_lines, report_lines

    with _opened(place, destination) as history:
        run = history.run(name)
        if shape is Shape.JSON:
            _write(exported_json(history, [run]), None)
        else:
            _print(head_lines(run))
            _print(report_lines(history.reports(run)))
    return Exit.CLEAN


def compare(
    before: Annotated[str, typer.Argument(metavar="RUN", help=say("较早的审核", "The earlier run"))],
    after: Annotated[str, typer.Argument(metavar="RUN", help=say("较晚的审核", "The later run"))],
    shape: Printed = Shape.TEXT,
    place: Place = None,
    destination: Destination = None,
) -> int:
    """Print what has changed from one run to another."""
    from cli.history_lines import comparison_lines
    from history.comparison import compare_runs

    with _opened(place, destination) as history:
        one, other = history.run(before), history.run(after)
        units = list(compare_runs(history, one, other))
    if shape is Shape.JSON:
        _print_json({"before": _run(one), "after": _run(other), "units": units})
    else:
        _print(comparison_lines(one, other, units))
    return Exit.CLEAN


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN...]", help=say("只导出这些审核", "Only these runs"))
    ] = None,
    shape: Annotated[
        FileShape, typer.Option("--format", metavar="json|csv", help=say("输出格式", "Output format"))
    ] = FileShape.JSON,
    file: Annotated[
        Path | None,
        typer.Option("--output-file", metavar="FILE", help=say("存入文件（默认标准输出）", "Default: standard output")),
    ] = None,
    place: Place = None,
    destination: Destination = None,
) -> int:
    """Write the history, or some of its runs, for other programs."""
    from cli.history_export import exported_csv, exported_json

    with _opened(place, destination) as history:
        runs = [history.run(name) for name in names] if names else history.latest_runs()
        exported = exported_csv if shape is FileShape.CSV else exported_json
        _write(exported(history, runs), file)
    return Exit.CLEAN


def prune(
    keep: Annotated[
        int | None, typer.Option("--keep", metavar="N", min=0, help=say("保留最近几次", "Keep the latest N runs"))
    ] = None,
    days: Annotated[
        int | None,
        typer.Option("--older-than", metavar="DAYS", min=0, help=say("删除多少天以前的", "Remove older runs")),
    ] = None,
    place: Place = None,
    destination: Destination = None,
) -> int:
    """Remove runs from the history."""
    from history.retention import remove_runs

    if (keep is None) == (days is None):
        raise UsageFault("请给出 --keep 或 --older-than 其中之一。", "Give either --keep or --older-than.")
    with _opened(place, destination) as history:
        runs = history.latest_runs()
        spent = runs[keep:] if days is None else _older_than(runs, days)
        remove_runs(history, spent)
    out(
        say(
            f"已删除 {len(spent)} 次审核的记录，保留 {len(runs) - len(spent)} 次。",
            f"Removed {len(spent)} runs, kept {len(runs) - len(spent)}.",
        )
    )
    return Exit.CLEAN


def _older_than(runs: Iterable[Run], days: int) -> list[Run]:
    limit = datetime.now(UTC) - timedelta(days=days)
    return [run for run in runs if run.header.started < limit]


@contextmanager
def _opened(place: str | None, destination: Path | None) -> Iterator[History]:
    """The history that the options, else the settings name; it has to be there."""
    from flows.output_folder import STATE_NAME
    from flows.settings import load_settings
    from history.location import history_url
    from history.store import open_history

    settings = load_settings(out=destination, history=place)
    # Whoever names an output folder means the history in it.
    setting = "" if destination is not None and place is None else settings.history
    url = history_url(setting, settings.out / STATE_NAME)
    if url is None:
        raise UsageFault(
            "设置里关闭了历史库（history = off），可用 --history 指定。", "The history is switched off: use --history."
        )
    with open_history(url, must_exist=True) as history:
        yield history


def _run(run: Run) -> dict[str, object]:
    from cli.history_export import run_in_json

    return run_in_json(run)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        out(line)


def _print_json(value: object) -> None:
    import msgspec

    _write([msgspec.json.format(msgspec.json.encode(value), indent=1), b"\n"], None)


def _write(pieces: Iterable[bytes], file: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    import sys

    from audit.atomic import save_atomically

    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    else:
        save_atomically(file, lambda stream: stream.writelines(pieces))

"""``fazhi-audit audit``: a whole inbox, to the Excel workbook and ``findings.json``."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.packs import DEFAULT_PACK
from audit.record import JUDGED
from audit.summary import ReportSummary
from cli.columns import clip, table
from cli.console import out, plain
from cli.errors import UsageFault
from cli.exits import Exit
from cli.help import LocalCommand
from cli.language import say
from cli.options import (
    FAIL_ON_HELP,
    GATES,
    Against,
    BaselineFile,
    Gate,
    Paths,
    SuppressionFiles,
    Year,
    checked_suppressions,
    exit_status,
    level_name,
    read_baseline_for,
)
from outputs.names import LEVEL_NAMES, STATUS_NAMES
from rules.model import Level

if TYPE_CHECKING:
    from flows.run_result import RunResult
    from flows.settings import Settings

_ROWS_SHOWN = 20
_NAME_COLUMNS = 44


class Engine(StrEnum):
    """What carries the audit out."""

    PREFECT = "prefect"
    PLAIN = "plain"
    DASK = "dask"


Destination = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", help=say("输出文件夹（默认 reports_out）", "Output folder (default reports_out)")
    ),
]
ChosenPack = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="PACK",
        help=say(
            f"规则包：内置名称或文件夹（默认 {DEFAULT_PACK}）",
            f"Rule pack: a built-in name or a folder (default {DEFAULT_PACK})",
        ),
    ),
]
ChosenEngine = Annotated[
    Engine | None,
    typer.Option(
        "--engine",
        metavar="prefect|plain|dask",
        help=say(
            "执行方式（默认 prefect）；dask 用已有的 Dask 集群",
            "Engine (default prefect); dask uses an existing Dask cluster",
        ),
    ),
]
DaskAddress = Annotated[
    str | None,
    typer.Option(
        "--dask-address",
        metavar="tcp://HOST:PORT",
        help=say("Dask 集群的调度地址，--engine dask 时用", "Address of the Dask scheduler, for --engine dask"),
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="DIR|URL",
        help=say(
            "各批结果的存放处：文件夹，或 s3:// 等 fsspec 支持的地址（默认在输出文件夹内）",
            "Where the results of chunks are kept: a folder or an fsspec URL (default: in the output folder)",
        ),
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help=say("并行进程数（默认为处理器核数）", "Child processes (default: processors)"),
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=0.1,
        help=say("每份报告的处理时限，单位秒（默认 60）", "Seconds per document (default 60)"),
    ),
]


Fresh = Annotated[
    bool,
    typer.Option(
        "--fresh",
        help=say(
            "全部重新审核，不沿用输出文件夹里已有的结论",
            "Judge everything again instead of reusing verdicts on unchanged files",
        ),
    ),
]
Wait = Annotated[
    bool,
    typer.Option(
        "--wait",
        help=say("输出文件夹正被另一个审核使用时，等它结束", "Wait while another audit uses the output folder"),
    ),
]
ChosenHistory = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="FILE|URL",
        help=say(
            "历史库：SQLite 文件或 PostgreSQL 地址（默认在输出文件夹里），off 为不记录",
            "Where the run is recorded: a SQLite file or PostgreSQL URL (default in the output folder), or off",
        ),
    ),
]
TimingsFile = Annotated[
    Path | None,
    typer.Option(
        "--timings",
        metavar="FILE",
        help=say("把各阶段用时写入该文件（JSON）", "Write the time each stage took to this file (JSON)"),
    ),
]


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command(
        "audit",
        cls=LocalCommand,
        help=say(
            "审核文件夹里的全部报告，在输出文件夹里新建一个本次审核的文件夹，写入 Excel 审核工作簿和 findings.json。\n"
            "默认经 Prefect 流程执行；没有服务可用时自动改用 plain，结果相同。",
            "Audit every report in the given paths; writes an Excel workbook and findings.json into a new run folder.\n"
            "Runs as a Prefect flow by default and falls back to the plain engine, with the same results.",
        ),
    )(audit)


def audit(
    paths: Paths,
    destination: Destination = None,
    pack: ChosenPack = None,
    year: Year = None,
    engine: ChosenEngine = None,
    dask_address: DaskAddress = None,
    store: Store = None,
    fail_on: Annotated[Gate, typer.Option("--fail-on", metavar=GATES, help=FAIL_ON_HELP)] = Gate.NEVER,
    workers: Workers = None,
    timeout: Timeout = None,
    fresh: Fresh = False,
    wait: Wait = False,
    against: Against = None,
    baseline: BaselineFile = None,
    suppressions: SuppressionFiles = None,
    history: ChosenHistory = None,
    timings: TimingsFile = None,
) -> int:
    """Run the audit and print a summary with the place of the workbook."""
    from audit.limits import PackChoice
    from flows.launch import launch_audit
    from flows.progress import Progress
    from flows.settings import load_settings
    from flows.steps import AuditRequest

    read_baseline_for(baseline, fail_on)
    checked_suppressions(suppressions or [])
    given: dict[str, object] = {"out": destination, "pack": pack, "year": year, "engine": engine and engine.value}
    given |= {"dask_address": dask_address, "store": store, "workers": workers, "document_seconds": timeout}
    given["history"] = history
    progress = Progress()
    try:
        settings = load_settings(**given)
        _check_engine(settings)
        choice = PackChoice(settings.pack, settings.year)
        request = AuditRequest(
            paths=tuple(paths),
            out=str(settings.out),
            choice=choice,
            limits=settings.limits,
            chunk_size=settings.chunk_size,
            wait=wait,
            fresh=fresh,
            findings_per_workbook=settings.findings_per_workbook,
            against=str(against) if against else None,
            baseline=str(baseline) if baseline else None,
            suppressions=tuple(map(str, suppressions or ())),
            store=settings.store,
            history=settings.history,
        )
        result = launch_audit(request, settings, progress)
    finally:
        progress.end()
    if timings is not None:
        _write_timings(timings, result)
    for line in _summary(result):
        out(line)
    return Exit.CLEAN if fail_on is Gate.NEVER else exit_status(result.reports, fail_on, result.suppressions)


def _check_engine(settings: Settings) -> None:
    if settings.engine == "dask" and settings.dask_address is None:
        raise UsageFault(
            "--engine dask 须给出集群的调度地址，如 --dask-address tcp://10.0.0.5:8786。",
            "--engine dask needs the address of the scheduler, such as --dask-address tcp://10.0.0.5:8786.",
        )


def _write_timings(target: Path, result: RunResult) -> None:
    import json
    from dataclasses import asdict

    stages = {name: asdict(timing) for name, timing in result.timings.items()}
    target.write_text(json.dumps(stages, indent=1) + "\n", encoding="utf-8")


def _summary(result: RunResult) -> Iterator[str]:
    yield from result.notices
    counts = result.summary
    yield say(
        f"审核完成：共 {counts.reports} 个文件，已审 {counts.read} 份；"
        f"错误 {counts.error} 个，警告 {counts.warning} 个，提示 {counts.info} 个；用时 {result.seconds:.1f} 秒。",
        f"Done: {counts.reports} files, {counts.read} audited; {counts.error} errors, {counts.warning} warnings, "
        f"{counts.info} remarks; {result.seconds:.1f} s.",
    )
    for file in result.suppressions:
        for finding in file.findings:
            place = f"{plain(file.path)}:{finding.line}"
            yield f"{level_name(finding.level)}  {place}  {finding.title}：{finding.message}"
    yield ""
    yield from _table(result.reports)
    yield ""
    yield say(f"工作簿：{result.workbook}", f"Workbook: {result.workbook}")
    yield say(f"机读结果：{result.findings}", f"JSON: {result.findings}")


def _table(reports: tuple[ReportSummary, ...]) -> Iterator[str]:
    """The reports with most to do first; beyond a screenful the workbook has the rest."""
    head = [say("单位", "Unit"), say("年度", "Year"), say("状态", "Status")]
    head += [LEVEL_NAMES[level] for level in Level] if say("zh", "en") == "zh" else ["Errors", "Warnings", "Remarks"]
    ranked = sorted(reports, key=_weight, reverse=True)
    yield from table([*head, say("文件", "File")], [_row(report) for report in ranked[:_ROWS_SHOWN]])
    if len(ranked) > _ROWS_SHOWN:
        more = len(ranked) - _ROWS_SHOWN
        yield say(f"……另有 {more} 个文件，见工作簿“汇总”表", f"... {more} more files: see the sheet 汇总")


def _weight(report: ReportSummary) -> tuple[int, ...]:
    return tuple(report.count(level) for level in Level)


def _row(report: ReportSummary) -> list[str]:
    judged = report.status in JUDGED
    counts = [str(count) if judged else "-" for count in _weight(report)]
    unit = report.unit or (say("未识别", "unknown") if judged else "-")
    year = str(report.year) if report.year else (say("未识别", "unknown") if judged else "-")
    name = clip(plain(Path(report.path).name), _NAME_COLUMNS)
    return [clip(unit, 32), year, STATUS_NAMES[report.status], *counts, name]

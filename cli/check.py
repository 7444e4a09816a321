"""``fazhi-audit check``: the verdict on a few reports at once, for people, editors and CI. Writes no file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

import typer

from audit.assess import Auditor
from audit.direct import assess_directly
from audit.inbox import find_submissions
from audit.limits import Limits, PackChoice
from audit.packs import DEFAULT_PACK, load_pack
from audit.reconcile import reconcile
from audit.record import JUDGED, ReportRecord, RunRecord
from audit.summary import summary_of
from checks.finding import Finding
from cli.columns import wrap
from cli.console import out, paint, plain
from cli.help import LocalCommand
from cli.language import say
from cli.options import FAIL_ON_HELP, GATES, Gate, Pack, Paths, Year, exit_status, level_name
from outputs.names import STATUS_NAMES
from rules.model import Level

_COLOURS = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}
_TEXT_COLUMNS = 100
_INDENT = "    "


class Format(StrEnum):
    """How the verdict is written."""

    TEXT = "text"
    JSON = "json"


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command(
        "check",
        cls=LocalCommand,
        help=say(
            "检查报告并在屏幕上列出问题，不写任何文件；适合单位报送前自查和自动检查。\n"
            "退出状态：0 没有达到 --fail-on 级别的问题；1 有；4 没有问题但有文件未能读取。",
            "Check reports and list the findings; writes no file. For self-checks and CI.\n"
            "Exit status: 0 nothing at or above --fail-on; 1 findings; 4 no finding but unreadable files.",
        ),
    )(check)


def check(
    paths: Paths,
    output: Annotated[
        Format, typer.Option("--format", metavar="text|json", help=say("输出格式", "Output format"))
    ] = Format.TEXT,
    fail_on: Annotated[Gate, typer.Option("--fail-on", metavar=GATES, help=FAIL_ON_HELP)] = Gate.ERROR,
    pack: Pack = DEFAULT_PACK,
    year: Year = None,
) -> int:
    """Judge the reports at once and print the verdict."""
    submissions = find_submissions(paths)
    ruleset, facts = load_pack(pack)
    records = assess_directly(submissions, Auditor(ruleset, facts, year), PackChoice(pack, year), Limits())
    run = reconcile(submissions, records, ruleset)
    if output is Format.JSON:
        from outputs.json_file import to_json

        sys.stdout.buffer.write(to_json(run))
    else:
        for line in _text(run):
            out(line)
    return exit_status(map(summary_of, run.reports), fail_on)


def _text(run: RunRecord) -> Iterator[str]:
    for report in run.reports:
        yield from _report(report)
    counts = run.summary
    yield say(
        f"共 {counts.reports} 个文件，已审 {counts.read} 份："
        f"错误 {counts.error} 个，警告 {counts.warning} 个，提示 {counts.info} 个。",
        f"{counts.reports} files, {counts.read} audited: "
        f"{counts.error} errors, {counts.warning} warnings, {counts.info} remarks.",
    )


def _report(report: ReportRecord) -> Iterator[str]:
    known = [report.unit or say("单位未识别", "unit unknown")]
    known.append(f"{report.year}{say('年', '')}" if report.year else say("年度未识别", "year unknown"))
    yield paint(plain(report.path), "bold") + (
        say(f"（{'，'.join(known)}）", f"  ({', '.join(known)})") if report.status in JUDGED else ""
    )
    if report.reason:
        status = paint(STATUS_NAMES[report.status], "yellow")
        yield f"  {status}{say('：', ': ')}{report.reason}。{report.next_step or ''}"
    for finding in report.findings:
        yield from _finding(finding)
    if report.status in JUDGED and not report.findings:
        yield say("  没有发现问题。", "  No findings.")
    for rule, reason in report.unassessed.items():
        yield paint(say(f"  未能判断 {rule}：{reason}", f"  not assessable {rule}: {reason}"), "dim")
    yield ""


def _finding(finding: Finding) -> Iterator[str]:
    level = paint(level_name(finding.level), _COLOURS[finding.level])
    yield f"  {level}  {finding.title}  {paint(f'{finding.place}  {finding.rule}  {finding.number}', 'dim')}"
    parts = (
        finding.message,
        finding.excerpt,
        say("依据：", "Basis: ") + finding.basis,
        say("建议：", "Advice: ") + finding.advice,
    )
    for part in filter(None, parts):
        for line in wrap("\n".join(map(plain, part.splitlines())), _TEXT_COLUMNS - len(_INDENT)):
            yield _INDENT + line

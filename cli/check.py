"""``fazhi-audit check``: the verdict on a few reports at once, for people, editors and CI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.assess import Auditor
from audit.direct import Assessed, assess_directly
from audit.findings_file import read_reports, run_file
from audit.inbox import Submission, find_reports
from audit.limits import Limits, PackChoice
from audit.packs import DEFAULT_PACK, load_pack
from audit.reconcile import reconcile
from audit.record import RunRecord
from audit.summary import summary_of
from audit.suppression_file import find_suppressions
from audit.suppressions import Suppressions
from cli.errors import UsageFault
from cli.formats import FORMATS, Format, Verdict, plan_outputs, write_outputs
from cli.help import LocalCommand
from cli.language import say
from cli.options import (
    FAIL_ON_HELP,
    GATES,
    Against,
    BaselineFile,
    Gate,
    Pack,
    Paths,
    SuppressionFiles,
    Year,
    checked_suppressions,
    exit_status,
    read_baseline_for,
)
from cli.standard_input import STDIN, found_submissions
from rules.model import Ruleset

if TYPE_CHECKING:
    from audit.baseline import Baseline

_FEWEST_TO_COMPARE = 2

Formats = Annotated[
    list[Format] | None,
    typer.Option(
        "--format",
        metavar=FORMATS,
        help=say("输出格式，可给多次（默认 text）", "Output format, may be repeated (default text)"),
    ),
]
OutputFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--output-file",
        metavar="FILE",
        help=say(
            "结果存入文件，可给多次：第几个文件就存第几个 --format；- 或不给即标准输出",
            "File for the result; the first is for the first --format and so on; - is standard output",
        ),
    ),
]
StdinName = Annotated[
    str | None,
    typer.Option(
        "--stdin-name",
        metavar="NAME",
        help=say("路径写 - 时，报告在结果中的名称（默认 stdin）", "How the report from - is named (default stdin)"),
    ),
]


def register(application: typer.Typer) -> None:
    """Add the command to the application."""
    application.command(
        "check",
        cls=LocalCommand,
        help=say(
            "检查报告并列出问题；适合单位报送前自查和自动检查。PATH 写 - 时从标准输入读一份报告。\n"
            "只写 --output-file 指定的文件。\n"
            "退出状态：0 没有达到 --fail-on 级别的问题；1 有；4 没有问题但有文件未能读取。",
            "Check reports and list the findings, for self-checks and CI. PATH - reads one report from standard "
            "input.\nWrites no file but those of --output-file.\n"
            "Exit status: 0 nothing at or above --fail-on; 1 findings; 4 no finding but unreadable files.",
        ),
    )(check)


def check(
    paths: Paths,
    formats: Formats = None,
    output_files: OutputFiles = None,
    fail_on: Annotated[Gate, typer.Option("--fail-on", metavar=GATES, help=FAIL_ON_HELP)] = Gate.ERROR,
    against: Against = None,
    baseline_file: BaselineFile = None,
    suppression_files: SuppressionFiles = None,
    pack: Pack = DEFAULT_PACK,
    year: Year = None,
    stdin_name: StdinName = None,
) -> int:
    """Judge the reports at once and write the verdict."""
    baseline = read_baseline_for(baseline_file, fail_on)
    with found_submissions(paths, stdin_name) as submissions:
        outputs = plan_outputs(formats or [], output_files or [], [item.path for item in submissions])
        ruleset, facts = load_pack(pack)
        suppressions = _suppressions(paths, submissions, suppression_files or [], ruleset)
        auditor, choice = Auditor(ruleset, facts, year), PackChoice(pack, year)
        earlier_run = run_file(against) if against else None
        before = find_reports([against]) if against and earlier_run is None else ()
        assessed = list(assess_directly(submissions, auditor, choice, Limits()))
        earlier = _Earlier(list(assess_directly(before, auditor, choice, Limits())), earlier_run)
        if against and not earlier.any:
            raise UsageFault(
                f"“{against}”里没有能读出的报告，无法与往年比对。",
                f"There is no readable report in {against} to compare with.",
            )
        run = _run(submissions, assessed, earlier, auditor, suppressions)
    run = _against_baseline(run, baseline)
    status = exit_status(map(summary_of, run.reports), fail_on, run.suppressions)
    write_outputs(outputs, Verdict(run, ruleset, fail_on, status))
    return status


def _suppressions(
    paths: Sequence[str], submissions: Sequence[Submission], explicit: Sequence[Path], ruleset: Ruleset
) -> Suppressions:
    reports = [item.shown for item in submissions]
    given = reports[:1] if STDIN in paths else paths
    return Suppressions(find_suppressions(given, reports, checked_suppressions(explicit)), ruleset, date.today())


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What the reports are compared with besides one another: reports on earlier years, or the findings of a run."""

    reports: Sequence[Assessed] = ()
    run: Path | None = None

    @property
    def any(self) -> bool:
        return any(each.passages is not None for each in self.reports) or self.run is not None


def _run(
    submissions: Sequence[Submission],
    assessed: Sequence[Assessed],
    earlier: _Earlier,
    auditor: Auditor,
    suppressions: Suppressions,
) -> RunRecord:
    """The record of the run; two and more reports are compared with one another, and each with earlier ones."""
    compared = sum(each.passages is not None for each in assessed)
    if compared == 0 or (compared < _FEWEST_TO_COMPARE and not earlier.any):
        judged = map(suppressions.applied, (each.record for each in assessed))
        return reconcile(submissions, list(judged), auditor.ruleset, suppressions.files())
    from audit.small_comparison import compare_assessed

    records = read_reports(earlier.run) if earlier.run else ()
    found = compare_assessed(assessed, auditor.ruleset, auditor.facts, earlier.reports, records)
    judged = map(suppressions.applied, found.records)
    run = reconcile(submissions, list(judged), auditor.ruleset, suppressions.files())
    return replace(run, copies=found.pairs, families=found.families)


def _against_baseline(run: RunRecord, baseline: Baseline | None) -> RunRecord:
    if baseline is None:
        return run
    from audit.baseline import compare

    return compare(run, baseline)

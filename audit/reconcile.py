"""Puts the results of a run together: every file planned has exactly one record, and the counts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import version

from audit.inbox import Submission
from audit.masking import with_masked_names
from audit.record import JUDGED, ReportRecord, RulesRecord, RunRecord, Status, Summary, SuppressionFile, ToolRecord
from rules.model import Level, Ruleset

SCHEMA = 1
TOOL = "fazhi-audit"


def reconcile(
    plan: Sequence[Submission],
    records: Iterable[ReportRecord],
    ruleset: Ruleset,
    suppressions: Sequence[SuppressionFile] = (),
) -> RunRecord:
    """The record of the whole run, in the order of ``plan``. A file without a record was lost in a crash.

    ``suppressions`` are the files of suppressions that were applied to ``records``.
    """
    known = {record.path: record for record in records}
    complete = [known.get(submission.shown) or _lost(submission) for submission in plan]
    reports = with_masked_names(tuple(_duplicates_marked(complete)))
    tool = ToolRecord(TOOL, version(TOOL), RulesRecord(ruleset.pack, ruleset.sha256))
    return RunRecord(SCHEMA, tool, reports, summarise(reports, suppressions), tuple(suppressions))


def summarise(reports: Sequence[ReportRecord], suppressions: Sequence[SuppressionFile] = ()) -> Summary:
    """Counts over ``reports`` and what is wrong with the files of suppressions."""
    listed = [*(report.findings for report in reports), *(file.findings for file in suppressions)]
    findings = [finding for findings in listed for finding in findings]
    levels = Counter(finding.level for finding in findings if finding.is_active)
    return Summary(
        reports=len(reports),
        read=sum(report.status in JUDGED for report in reports),
        error=levels[Level.ERROR],
        warning=levels[Level.WARNING],
        info=levels[Level.INFO],
        suppressed=sum(not finding.is_active for finding in findings),
    )


def _lost(submission: Submission) -> ReportRecord:
    reason = "处理该文件的进程中断，没有得到结果"
    return ReportRecord(submission.shown, None, Status.CRASHED, reason, "请重新运行审核；如反复出现，请联系管理员。")


def _duplicates_marked(records: Iterable[ReportRecord]) -> Iterable[ReportRecord]:
    """Files with the same bytes are one submission: the first is audited, the others point to it."""
    first: dict[str, str] = {}
    for record in records:
        original = first.setdefault(record.sha256, record.path) if record.sha256 else record.path
        if original == record.path:
            yield record
        else:
            yield replace(
                ReportRecord(record.path, record.sha256, Status.DUPLICATE, f"与“{original}”内容完全相同"),
                next_step="只审核其中一份；请核对是否误交。",
                size=record.size,
            )

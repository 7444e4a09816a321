"""Puts the results of a run together: every file planned has exactly one record, and the counts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from audit.inbox import Submission
from audit.masking import masked_names, masked_record
from audit.record import JUDGED, ReportRecord, RulesRecord, RunRecord, Status, Summary, SuppressionFile, ToolRecord
from audit.summary import ReportSummary, summary_of
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
    complete = [known.get(submission.shown) or lost(submission.shown) for submission in plan]
    names = masked_names(record.path for record in complete)
    originals = duplicates((record.path, record.sha256) for record in complete)
    reports = tuple(masked_record(duplicate_of(record, originals), names) for record in complete)
    summary = summarise(map(summary_of, reports), suppressions)
    return RunRecord(SCHEMA, tool_record(ruleset), reports, summary, suppressions=tuple(suppressions))


def tool_record(ruleset: Ruleset) -> ToolRecord:
    """This program and the rules it judged by."""
    return ToolRecord(TOOL, version(TOOL), RulesRecord(ruleset.pack, ruleset.sha256))


def summarise(reports: Iterable[ReportSummary], suppressions: Iterable[SuppressionFile] = ()) -> Summary:
    """Counts over ``reports`` and what is wrong with the files of suppressions; suppressed findings stand apart."""
    counts = Counter(finding.level for file in suppressions for finding in file.findings)
    total = read = suppressed = 0
    for report in reports:
        total += 1
        read += report.status in JUDGED
        for level in Level:
            counts[level] += report.count(level)
        suppressed += report.suppressed_findings
    return Summary(total, read, counts[Level.ERROR], counts[Level.WARNING], counts[Level.INFO], suppressed)


def lost(path: str) -> ReportRecord:
    """The record of a file whose result a crash has swallowed."""
    reason = "处理该文件的进程中断，没有得到结果"
    return ReportRecord(path, None, Status.CRASHED, reason, "请重新运行审核；如反复出现，请联系管理员。")


def duplicates(files: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """From path and SHA-256 of each file: those with the bytes of an earlier one, and which that is."""
    first: dict[str, str] = {}
    originals: dict[str, str] = {}
    for path, sha256 in files:
        original = first.setdefault(sha256, path) if sha256 else path
        if original != path:
            originals[path] = original
    return originals


def duplicate_of(record: ReportRecord, originals: Mapping[str, str]) -> ReportRecord:
    """The record, or where its file is a duplicate, one that points to the file that is audited in its place."""
    original = originals.get(record.path)
    if original is None:
        return record
    return ReportRecord(
        record.path,
        record.sha256,
        Status.DUPLICATE,
        f"与“{original}”内容完全相同",
        "只审核其中一份；请核对是否误交。",
        size=record.size,
    )

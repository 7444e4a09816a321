"""The code quality report of GitLab: a JSON list that merge requests show the new and the mended entries of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.record import UNREAD, ReportRecord, RunRecord
from checks.finding import Finding
from checks.fingerprint import fingerprint
from outputs.exchange import UniqueFingerprints, json_bytes
from outputs.names import STATUS_NAMES
from outputs.remarks import in_words, marks
from rules.model import Level

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.INFO: "info"}


def to_gitlab(run: RunRecord) -> bytes:
    """The findings as UTF-8 JSON; a suppressed one is ``info`` and marked, a file that was not read ``critical``."""
    return json_bytes([*_entries(run)])


def _entries(run: RunRecord) -> Iterator[dict[str, Any]]:
    fingerprints = UniqueFingerprints()
    for report in run.reports:
        if report.status in UNREAD:
            yield _unread(report, fingerprints)
        for finding in report.findings:
            yield _entry(finding, report.path, fingerprints, in_text=report.format == "text")
    for file in run.suppressions:
        for finding in file.findings:
            yield _entry(finding, file.path, fingerprints, in_text=True)


def _entry(finding: Finding, path: str, fingerprints: UniqueFingerprints, *, in_text: bool) -> dict[str, Any]:
    lines = (finding.line, finding.line + finding.quote.count("\n")) if in_text else (1, 1)
    place = "" if in_text else f"{finding.place}："
    return {
        "description": f"{place}{finding.message}{marks(finding)}",
        "check_name": finding.rule,
        "fingerprint": fingerprints.unique(finding.fingerprint),
        "severity": "info" if finding.suppression else _SEVERITIES[finding.level],
        "location": {"path": path.removeprefix("./"), "lines": {"begin": lines[0], "end": lines[1]}},
        "content": {"body": in_words(finding)},
    }


def _unread(report: ReportRecord, fingerprints: UniqueFingerprints) -> dict[str, Any]:
    words = f"{STATUS_NAMES[report.status]}：{report.reason or ''}。{report.next_step or ''}"
    return {
        "description": words,
        "check_name": "unread",
        "fingerprint": fingerprints.unique(fingerprint("unread", report.path, None, report.status, 0)),
        "severity": "critical",
        "location": {"path": report.path.removeprefix("./"), "lines": {"begin": 1, "end": 1}},
    }

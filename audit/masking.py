"""Masks personal data in what a record says beside the report's own words: file names, reasons and notes.

The words of a report are masked when it is read (:mod:`documents.personal`); what a file is called is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audit.record import ReportRecord
from checks.finding import Finding
from documents.personal import without_personal_data


def with_masked_names(reports: Sequence[ReportRecord]) -> tuple[ReportRecord, ...]:
    """The records with every path, reason and note masked. Two paths that a mask makes equal are told apart by
    ``#2``."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for report in reports:
        name = masked = without_personal_data(report.path)
        number = 1
        while name in taken:
            number += 1
            name = f"{masked}#{number}"
        taken.add(name)
        names[report.path] = name
    return tuple(_masked(report, names) for report in reports)


def _masked(report: ReportRecord, names: dict[str, str]) -> ReportRecord:
    return replace(
        report,
        path=names[report.path],
        reason=report.reason and without_personal_data(report.reason),
        next_step=report.next_step and without_personal_data(report.next_step),
        notes=tuple(map(without_personal_data, report.notes)),
        findings=tuple(_renamed(finding, names) for finding in report.findings),
    )


def _renamed(finding: Finding, names: dict[str, str]) -> Finding:
    if all(names.get(other.path, other.path) == other.path for other in finding.related):
        return finding
    related = (replace(other, path=names.get(other.path, other.path)) for other in finding.related)
    return replace(finding, related=tuple(related))

"""Masks personal data in what a record says beside the report's own words: file names, reasons and notes.

The words of a report are masked when it is read (:mod:`documents.personal`); what a file is called is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit.record import ReportRecord
from checks.finding import Finding
from documents.personal import without_personal_data


def masked_names(paths: Iterable[str]) -> dict[str, str]:
    """The paths that a mask changes, each with its new name. Two that a mask makes equal are told apart by ``#2``."""
    paths = list(paths)
    changed = {path: masked for path in paths if (masked := without_personal_data(path)) != path}
    taken = set(paths)
    for path, masked in changed.items():
        name, number = masked, 1
        while name in taken:
            number += 1
            name = f"{masked}#{number}"
        taken.add(name)
        changed[path] = name
    return changed


def masked_record(record: ReportRecord, names: Mapping[str, str]) -> ReportRecord:
    """The record under its new name (:func:`masked_names`), with its reason and its notes masked."""
    if not (names or record.reason or record.next_step or record.notes):
        return record
    return replace(
        record,
        path=names.get(record.path, record.path),
        reason=record.reason and without_personal_data(record.reason),
        next_step=record.next_step and without_personal_data(record.next_step),
        notes=tuple(map(without_personal_data, record.notes)),
        findings=tuple(_renamed(finding, names) for finding in record.findings) if names else record.findings,
    )


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    if all(other.path not in names for other in finding.related):
        return finding
    related = (replace(other, path=names.get(other.path, other.path)) for other in finding.related)
    return replace(finding, related=tuple(related))

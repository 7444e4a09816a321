"""Annotations of GitHub Actions: one workflow command a line, shown beside the file in a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from audit.record import UNREAD, ReportRecord, RunRecord, Status
from checks.finding import Finding
from outputs.names import STATUS_NAMES
from outputs.remarks import marks, with_advice
from rules.model import Level

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = _IN_MESSAGES | {":": "%3A", ",": "%2C"}


def to_github(run: RunRecord) -> bytes:
    """The findings as workflow commands in UTF-8, one a line; suppressed ones are notices."""
    return "".join(f"{line}\n" for line in _lines(run)).encode("utf-8", "replace")


def _lines(run: RunRecord) -> Iterator[str]:
    for report in run.reports:
        if report.status in UNREAD or report.status is Status.PARTLY_READ:
            yield _unread(report)
        for finding in report.findings:
            yield _annotation(finding, report.path, in_text=report.format == "text")
    for file in run.suppressions:
        for finding in file.findings:
            yield _annotation(finding, file.path, in_text=True)


def _unread(report: ReportRecord) -> str:
    command = "error" if report.status in UNREAD else "warning"
    message = f"{report.reason or ''}。{report.next_step or ''}"
    return _command(command, {"file": report.path, "title": STATUS_NAMES[report.status]}, message)


def _annotation(finding: Finding, path: str, *, in_text: bool) -> str:
    """``in_text``: the lines are those of the file; elsewhere the place is told in words."""
    message = with_advice(finding)
    properties: dict[str, str | int] = {"file": path}
    if in_text:
        properties |= _place(finding)
    else:
        message = f"{finding.place}：{message}"
    properties["title"] = f"{finding.title}{marks(finding)} {finding.rule} {finding.number}"
    command = "notice" if finding.suppression else _COMMANDS[finding.level]
    return _command(command, properties, message)


def _place(finding: Finding) -> dict[str, str | int]:
    """Line and column; GitHub takes columns only of a passage on one line."""
    further = finding.quote.count("\n")
    place: dict[str, str | int] = {"line": finding.line, "endLine": finding.line + further}
    if not further:
        place |= {"col": finding.column, "endColumn": finding.column + len(finding.quote)}
    return place


def _command(command: str, properties: dict[str, str | int], message: str) -> str:
    words = ",".join(f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    return f"::{command} {words}::{_escaped(message, _IN_MESSAGES)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return text.translate({ord(sign): code for sign, code in signs.items()})

"""SARIF 2.1.0 (OASIS), the exchange format of analysis tools: for code platforms, editors and viewers.

A region is a place in the text that was read from the file. In a plain text file that is the file itself; in any other
format lines and characters are those of the extracted text, which the artifact's description says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from audit.baseline_file import SARIF_FINGERPRINT
from audit.record import UNREAD, BaselineRecord, GoneFinding, ReportRecord, RunRecord, Status, SuppressionFile
from checks.finding import Finding, Related, Suppression
from outputs.exchange import file_uri, json_bytes, relative_uri
from outputs.names import STATUS_NAMES, family_name
from outputs.remarks import with_advice
from rules.model import Level, Rule, Ruleset

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "%SRCROOT%"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
# What ends a line in the text of a report.
_LINE_ENDS = ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"]
_MIME_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "mhtml": "multipart/related",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "rtf": "application/rtf",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
}
_EXTRACTED = "行、列和字符位置指从文件中读出的文字，不是文件的字节。"
_SAME_FILE = "行、列和字符位置就是文件中的位置，字符按 Unicode 码点计，换行计一个字符。"


def to_sarif(run: RunRecord, ruleset: Ruleset, exit_code: int) -> bytes:
    """The run as a SARIF log with one run; ``exit_code`` is the exit status of the command."""
    return json_bytes({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Log(run, ruleset, exit_code).run()]})


class _Log:
    def __init__(self, run: RunRecord, ruleset: Ruleset, exit_code: int) -> None:
        self._run = run
        self._exit_code = exit_code
        self._rules = [_rule(rule) for rule in ruleset.rules]
        self._indexes = {rule.id: index for index, rule in enumerate(ruleset.rules)}

    def run(self) -> dict[str, Any]:
        """The one run of the log."""
        record = self._run
        results = [*self._results()]
        return {
            "tool": {"driver": self._driver()},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": _LINE_ENDS,
            "language": "zh-CN",
            "originalUriBaseIds": {_BASE: {"description": {"text": "运行命令时所在的文件夹"}}},
            "invocations": [self._invocation()],
            "artifacts": [*map(_artifact, record.reports), *map(_suppression_artifact, record.suppressions)],
            "results": results,
            "properties": {
                "rules": {"pack": record.tool.rules.pack, "sha256": record.tool.rules.sha256},
                **_comparison(record.baseline),
            },
        }

    def _driver(self) -> dict[str, Any]:
        tool = self._run.tool
        return {
            "name": tool.name,
            "fullName": "法治政府建设年度报告审核",
            "version": tool.version,
            "semanticVersion": tool.version,
            "language": "zh-CN",
            "rules": self._rules,
        }

    def _invocation(self) -> dict[str, Any]:
        notifications = [
            _notification(index, report)
            for index, report in enumerate(self._run.reports)
            if report.status in UNREAD or report.status is Status.PARTLY_READ
        ]
        return {
            "executionSuccessful": not any(report.status in UNREAD for report in self._run.reports),
            "exitCode": self._exit_code,
            "toolExecutionNotifications": notifications,
        }

    def _results(self) -> Iterator[dict[str, Any]]:
        sources: list[ReportRecord | SuppressionFile] = [*self._run.reports, *self._run.suppressions]
        for index, source in enumerate(sources):
            in_text = isinstance(source, SuppressionFile) or source.format == "text"
            for finding in source.findings:
                yield self._result(finding, source.path, index, in_text=in_text)
        for gone in self._run.baseline.gone if self._run.baseline else ():
            yield self._gone_result(gone)

    def _result(self, finding: Finding, path: str, index: int, *, in_text: bool) -> dict[str, Any]:
        location = {
            "physicalLocation": {"artifactLocation": {**_location(path), "index": index}, "region": _region(finding)},
            "logicalLocations": [_logical(finding)],
        }
        result = {
            "ruleId": finding.rule,
            "ruleIndex": self._index_of(finding),
            "kind": "fail",
            "level": _LEVELS[finding.level],
            "message": {"text": _message(finding, in_text=in_text)},
            "locations": [location],
            "partialFingerprints": {SARIF_FINGERPRINT: finding.fingerprint},
            "suppressions": [_suppression(finding.suppression)] if finding.suppression else [],
            "properties": _properties(finding),
        }
        if finding.related:
            result["relatedLocations"] = [_related(number, item) for number, item in enumerate(finding.related)]
        if self._run.baseline:
            result["baselineState"] = (finding.baseline or "new") if index < len(self._run.reports) else "new"
        return result

    def _gone_result(self, gone: GoneFinding) -> dict[str, Any]:
        """A result that is no more: SARIF calls it absent. It has passed, so that no reader counts it as a problem."""
        words = f"已不再出现：{gone.title}" + (f"（{gone.quote}）" if gone.quote else "")
        return {
            "ruleId": gone.rule,
            "kind": "pass",
            "level": "none",
            "message": {"text": words},
            "locations": [{"physicalLocation": {"artifactLocation": _location(gone.path)}}],
            "partialFingerprints": {SARIF_FINGERPRINT: gone.fingerprint},
            "suppressions": [],
            "baselineState": "absent",
            "properties": {"number": gone.number, "place": gone.place, "reason": gone.reason},
        }

    def _index_of(self, finding: Finding) -> int:
        """Where the rule of ``finding`` stands; one that is of no pack is added as the finding describes it."""
        if finding.rule not in self._indexes:
            self._indexes[finding.rule] = len(self._rules)
            self._rules.append(_rule_of(finding))
        return self._indexes[finding.rule]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}。依据：{rule.basis}"},
        "help": {"text": _help(rule, "", "    "), "markdown": _help(rule, "**", "> ")},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {"tags": [rule.family, family_name(rule.family)]},
        **({"deprecatedIds": list(rule.aliases)} if rule.aliases else {}),
    }


def _rule_of(finding: Finding) -> dict[str, Any]:
    words = f"依据：{finding.basis}\n\n建议：{finding.advice}"
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": f"{finding.title}。依据：{finding.basis}"},
        "help": {"text": words, "markdown": words},
        "defaultConfiguration": {"level": _LEVELS[finding.level]},
        "properties": {"tags": [finding.rule.partition("/")[0]]},
    }


def _help(rule: Rule, strong: str, indent: str) -> str:
    """Basis, advice and the examples of a rule, which are also its tests."""
    parts = [f"{strong}依据{strong}：{rule.basis}", f"{strong}建议{strong}：{rule.advice}"]
    for label, texts in (("有问题的写法", rule.examples.fail), ("没有问题的写法", rule.examples.passing)):
        parts.append(f"{strong}{label}{strong}：")
        parts += ["\n".join(f"{indent}{line}".rstrip() for line in text.splitlines()) for text in texts]
    return "\n\n".join(parts)


def _artifact(report: ReportRecord) -> dict[str, Any]:
    facts = {
        "path": report.path,
        "status": report.status,
        "unit": report.unit,
        "level": report.level,
        "year": report.year,
        "title": report.title,
        "characters": report.characters,
    }
    artifact: dict[str, Any] = {
        "location": _location(report.path),
        "roles": ["analysisTarget"],
        "properties": {name: value for name, value in facts.items() if value is not None},
    }
    if report.sha256:
        artifact |= {"length": report.size, "hashes": {"sha-256": report.sha256}}
    if report.format:
        artifact["mimeType"] = _MIME_TYPES.get(report.format, "application/octet-stream")
        artifact["description"] = {"text": _SAME_FILE if report.format == "text" else _EXTRACTED}
    if report.format == "text" and report.encoding:
        artifact["encoding"] = report.encoding
    return artifact


def _suppression_artifact(file: SuppressionFile) -> dict[str, Any]:
    return {
        "location": _location(file.path),
        "roles": ["userSpecifiedConfiguration"],
        "description": {"text": "豁免清单"},
        "properties": {"path": file.path, "entries": file.entries, "used": file.used},
    }


def _location(path: str) -> dict[str, Any]:
    relative = relative_uri(path)
    return {"uri": file_uri(path)} if relative is None else {"uri": relative, "uriBaseId": _BASE}


def _region(finding: Finding | Related) -> dict[str, Any]:
    return {
        **_lines(finding),
        "charOffset": finding.start,
        "charLength": finding.end - finding.start,
        **({"snippet": {"text": finding.quote}} if finding.quote else {}),
    }


def _lines(finding: Finding | Related) -> dict[str, int]:
    if finding.line is None or finding.column is None:
        return {}
    *_, last = lines = finding.quote.split("\n")
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.line + len(lines) - 1,
        "endColumn": len(last) + (finding.column if len(lines) == 1 else 1),
    }


def _logical(finding: Finding) -> dict[str, Any]:
    return {"name": finding.section or finding.place, "fullyQualifiedName": finding.place, "kind": "section"}


def _message(finding: Finding, *, in_text: bool) -> str:
    """The finding and what to do about it; its place in words where a line number leads nobody there."""
    place = "" if in_text else f"{finding.place}："
    return place + with_advice(finding)


def _related(number: int, related: Related) -> dict[str, Any]:
    return {
        "id": number,
        "physicalLocation": {"artifactLocation": _location(related.path), "region": _region(related)},
        "message": {"text": related.section or "另一处"},
    }


def _suppression(suppression: Suppression) -> dict[str, Any]:
    until = str(suppression.until) if suppression.until else None
    facts = {"by": suppression.by, "until": until, "source": suppression.source}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": suppression.reason,
        "properties": {name: value for name, value in facts.items() if value},
    }


def _properties(finding: Finding) -> dict[str, Any]:
    page = {} if finding.page is None else {"page": finding.page}
    return {
        "number": finding.number,
        "level": finding.level,
        "title": finding.title,
        "place": finding.place,
        **page,
        "quote": finding.quote,
        "excerpt": finding.excerpt,
        "basis": finding.basis,
        "values": dict(finding.values),
    }


def _notification(index: int, report: ReportRecord) -> dict[str, Any]:
    words = f"{STATUS_NAMES[report.status]}：{report.reason or ''}。{report.next_step or ''}"
    return {
        "level": "error" if report.status in UNREAD else "warning",
        "message": {"text": words},
        "locations": [{"physicalLocation": {"artifactLocation": {**_location(report.path), "index": index}}}],
        "properties": {"status": report.status},
    }


def _comparison(baseline: BaselineRecord | None) -> dict[str, Any]:
    if baseline is None:
        return {}
    facts = {
        "source": baseline.source,
        "sameRules": baseline.same_rules,
        "new": baseline.new,
        "unchanged": baseline.unchanged,
        "gone": len(baseline.gone),
        "notCompared": baseline.not_compared,
    }
    return {"baseline": facts}

"""JUnit XML, the format of test reports: a suite for each report, a test case for each rule that judged it.

A rule fails where it has a finding that makes the command fail; findings below the gate are told in ``system-out``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from xml.etree import ElementTree as Xml

from audit.record import SET_ASIDE, UNREAD, ReportRecord, RunRecord, SuppressionFile
from checks.finding import Finding, Outcome
from outputs.names import STATUS_NAMES
from outputs.remarks import in_words, why_suppressed
from rules.model import Ruleset

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def to_junit(run: RunRecord, ruleset: Ruleset, fails: Callable[[Finding], bool]) -> bytes:
    """The run as UTF-8 XML; ``fails`` tells whether a finding makes the command fail."""
    titles = {rule.id: rule.title for rule in ruleset.rules}
    suites = [_report(report, titles, fails) for report in run.reports]
    suites += [_suppression_file(file, fails) for file in run.suppressions]
    root = Xml.Element("testsuites", name=run.tool.name)
    root.extend(suites)
    for name in ("tests", *_COUNTED):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    Xml.indent(root, " ")
    content: str = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()


def _report(report: ReportRecord, titles: dict[str, str], fails: Callable[[Finding], bool]) -> Xml.Element:
    if report.status in UNREAD:
        return _suite(report.path, [_unread(report)])
    if report.status in SET_ASIDE:
        case = _case(report.path, STATUS_NAMES[report.status])
        _add(case, "skipped", report.reason or "")
        return _suite(report.path, [case])
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.rule, []).append(finding)
    cases = [
        _rule(report, rule, titles.get(rule, rule), findings.get(rule, []), fails)
        for rule, outcome in report.outcomes.items()
        if outcome is not Outcome.NOT_APPLICABLE
    ]
    return _suite(report.path, cases)


def _unread(report: ReportRecord) -> Xml.Element:
    case = _case(report.path, "读取")
    error = _add(case, "error", f"{STATUS_NAMES[report.status]}：{report.reason or ''}", report.next_step or "")
    error.set("type", report.status)
    return case


def _rule(
    report: ReportRecord, rule: str, title: str, findings: Sequence[Finding], fails: Callable[[Finding], bool]
) -> Xml.Element:
    case = _case(report.path, f"{rule} {title}")
    if rule in report.unassessed:
        _add(case, "skipped", f"未能判断：{report.unassessed[rule]}")
    else:
        _judge(case, rule, findings, fails)
    return case


def _judge(case: Xml.Element, rule: str, findings: Sequence[Finding], fails: Callable[[Finding], bool]) -> None:
    """Write what became of a rule into its test case: failed, skipped (all suppressed), or passed with remarks."""
    failed = [finding for finding in findings if fails(finding)]
    others = [finding for finding in findings if not fails(finding)]
    if failed:
        failure = _add(case, "failure", failed[0].message, _all_in_words(failed))
        failure.set("type", rule)
    elif findings and not any(finding.is_active for finding in findings):
        _add(case, "skipped", f"已豁免：{why_suppressed(findings[0])}")
    if others:
        _add(case, "system-out", text=_all_in_words(others))


def _suppression_file(file: SuppressionFile, fails: Callable[[Finding], bool]) -> Xml.Element:
    case = _case(file.path, "豁免清单")
    _judge(case, "suppressions", file.findings, fails)
    return _suite(file.path, [case])


def _suite(name: str, cases: Sequence[Xml.Element]) -> Xml.Element:
    suite = Xml.Element("testsuite", name=_clean(name), tests=str(len(cases)))
    for attribute, element in _COUNTED.items():
        suite.set(attribute, str(sum(case.find(element) is not None for case in cases)))
    suite.extend(cases)
    return suite


def _case(path: str, name: str) -> Xml.Element:
    return Xml.Element("testcase", classname=_clean(path), name=_clean(name), file=_clean(path), time="0")


def _add(case: Xml.Element, element: str, message: str = "", text: str = "") -> Xml.Element:
    added = Xml.SubElement(case, element)
    if message:
        added.set("message", _clean(message))
    added.text = _clean(text) or None
    return added


def _all_in_words(findings: Iterable[Finding]) -> str:
    return "\n\n".join(map(in_words, findings))


def _clean(text: str) -> str:
    """``text`` without the characters that XML has no way to write."""
    return _NO_XML.sub("\ufffd", text)

"""JUnit, GitHub and GitLab: each as its readers parse it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from audit.record import RunRecord, Status, SuppressionFile
from checks.finding import Finding, Outcome, Suppression, SuppressionKind
from outputs.github import to_github
from outputs.gitlab import to_gitlab
from outputs.junit import to_junit
from rules.model import Level
from tests.outputs.builders import finding, report, ruleset, run, sample_run, unread

NASTY = "甲,乙:丙%0A\r\n::error::丁\x00\x1b\ud800<&>]]>"
SUPPRESSION = Suppression(SuppressionKind.FILE, "原文如此", "张三", None, ".fazhi-audit.yaml:2")
COMMAND = re.compile(r"::(?P<command>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def is_error(found: Finding) -> bool:
    return found.level is Level.ERROR and found.is_active


def with_unused(record: RunRecord) -> RunRecord:
    unused = finding(rule="suppressions/unused", level=Level.INFO, line=3)
    return replace(record, suppressions=(SuppressionFile(".fazhi-audit.yaml", 1, 0, (unused,)),))


# ---- JUnit


def suites(record: RunRecord) -> list[Xml.Element]:
    root = Xml.fromstring(to_junit(record, ruleset(), is_error))
    assert root.tag == "testsuites"
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(attribute) == str(sum(case.find(element) is not None for case in cases))
    for attribute in ("tests", "failures", "errors", "skipped"):
        assert root.get(attribute) == str(sum(int(suite.get(attribute, "")) for suite in root))
    return list(root)


def test_every_report_is_a_suite_and_every_judged_rule_a_case() -> None:
    record = sample_run()
    made = suites(record)
    assert [suite.get("name") for suite in made] == [report.path for report in record.reports]
    for suite, one in zip(made, record.reports, strict=True):
        judged = [rule for rule, outcome in one.outcomes.items() if outcome is not Outcome.NOT_APPLICABLE]
        assert [case.get("name", "").split()[0] for case in suite] == judged or not one.outcomes


@pytest.mark.parametrize(
    ("made", "element"),
    [
        (finding(level=Level.ERROR), "failure"),
        (finding(level=Level.INFO), None),
        (finding(level=Level.ERROR, suppression=SUPPRESSION), "skipped"),
    ],
)
def test_a_rule_fails_by_the_gate_and_is_skipped_where_all_is_suppressed(made: Finding, element: str | None) -> None:
    one = report(findings=[made])
    one = replace(one, outcomes={made.rule: Outcome.FOUND}, unassessed={})
    (case,) = suites(run([one]))[0]
    assert {child.tag for child in case} - {"system-out"} == ({element} if element else set())
    assert made.message in "".join(case.itertext())


def test_what_was_not_judged_is_no_pass() -> None:
    one = replace(
        report(),
        outcomes={"a/b": Outcome.NOT_ASSESSABLE, "a/c": Outcome.NOT_APPLICABLE},
        unassessed={"a/b": "没有日期"},
    )
    made = suites(run([one, unread(1, Status.ENCRYPTED, "文件已加密"), unread(2, Status.IGNORED, "临时文件")]))
    assert [child.tag for suite in made for case in suite for child in case] == ["skipped", "error", "skipped"]
    assert "没有日期" in made[0][0][0].get("message", "")
    assert "文件已加密" in made[1][0][0].get("message", "")


def test_xml_stands_every_text() -> None:
    made = finding(message=NASTY, place=NASTY, excerpt=NASTY)
    one = replace(report(findings=[made]), path=f"收件/{NASTY}", outcomes={made.rule: Outcome.FOUND})
    assert len(suites(with_unused(run([one])))) == 2


# ---- GitHub


def annotations(record: RunRecord) -> list[dict[str, str]]:
    def unescaped(text: str) -> str:
        for code, sign in (("%2C", ","), ("%3A", ":"), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, sign)
        return text

    made = []
    for line in to_github(record).decode().splitlines():
        found = COMMAND.fullmatch(line)
        assert found, line
        pairs = [pair.split("=", 1) for pair in found["properties"].split(",")]
        made.append(
            {"command": found["command"], "message": unescaped(found["message"])}
            | {name: unescaped(value) for name, value in pairs}
        )
    return made


def test_an_annotation_names_file_line_and_column() -> None:
    made = finding(quote="错字", line=3, column=5, level=Level.WARNING)
    (found,) = annotations(run([report(findings=[made], format="text", path="收件/a,b:c.txt")]))
    assert (found["command"], found["file"]) == ("warning", "收件/a,b:c.txt")
    assert (found["line"], found["endLine"], found["col"], found["endColumn"]) == ("3", "3", "5", "7")
    assert found["message"].startswith(made.message.rstrip("。"))


def test_a_passage_over_lines_has_no_columns_and_other_formats_no_lines() -> None:
    made = finding(quote="错\n字", line=3)
    (found,) = annotations(run([report(findings=[made], format="text")]))
    assert (found["line"], found["endLine"], "col" in found) == ("3", "4", False)
    (found,) = annotations(run([report(findings=[made], format="pdf")]))
    assert "line" not in found
    assert found["message"].startswith(made.place)


def test_an_annotation_is_one_line_whatever_it_says() -> None:
    made = finding(title=NASTY, message=NASTY)
    one = replace(report(findings=[made], format="text"), path=NASTY)
    found = annotations(run([one]))
    assert len(found) == 1
    assert found[0]["message"].startswith("甲,乙:丙%0A\r\n::error::丁")


def test_suppressed_are_notices_and_unread_files_errors() -> None:
    made = finding(level=Level.ERROR, suppression=SUPPRESSION)
    found = annotations(with_unused(run([report(findings=[made]), unread(1, Status.CORRUPT, "损坏")])))
    assert [one["command"] for one in found] == ["notice", "error", "notice"]
    assert "原文如此" in found[0]["message"]
    assert found[2]["line"] == "3"


# ---- GitLab


def entries(record: RunRecord) -> list[Any]:
    made: list[Any] = json.loads(to_gitlab(record))
    for entry in made:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(entry)
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
    return made


def test_every_finding_is_an_entry_with_a_fingerprint_of_its_own() -> None:
    made = report(findings=[finding(), finding(1, 10)])
    record = with_unused(run([made, replace(made, path="副本.txt"), unread(1, Status.EMPTY, "空")]))
    found = entries(record)
    assert len({entry["fingerprint"] for entry in found}) == len(found) == 6
    assert [entry["fingerprint"] for entry in found[:2]] == [one.fingerprint for one in made.findings]


@pytest.mark.parametrize(
    ("made", "severity"),
    [
        (finding(level=Level.ERROR), "major"),
        (finding(level=Level.WARNING), "minor"),
        (finding(level=Level.INFO), "info"),
        (finding(level=Level.ERROR, suppression=SUPPRESSION), "info"),
    ],
)
def test_levels_are_severities(made: Finding, severity: str) -> None:
    (entry,) = entries(run([report(findings=[made])]))
    assert entry["severity"] == severity
    assert ("已豁免" in entry["description"]) is (made.suppression is not None)
    assert made.advice in entry["content"]["body"]


def test_lines_are_those_of_text_files_only() -> None:
    made = finding(quote="错\n字", line=7)
    (entry,) = entries(run([report(findings=[made], format="text")]))
    assert entry["location"]["lines"] == {"begin": 7, "end": 8}
    (entry,) = entries(run([report(findings=[made], format="docx")]))
    assert entry["location"]["lines"] == {"begin": 1, "end": 1}

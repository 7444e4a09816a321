"""SARIF: accepted by the schema of the standard, and pointing at the right places."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from audit.record import BaselineRecord, GoneFinding, GoneReason, RunRecord, Status, SuppressionFile
from checks.finding import Related, Standing, Suppression, SuppressionKind
from outputs.exchange import file_uri, relative_uri
from outputs.sarif import to_sarif
from rules.model import Level
from tests.outputs.builders import finding, report, ruleset, run, sample_run, unread
from tests.places import ROOT

NASTY = "】\x00\x1b[31m\ud800\n𠮷%2F<b>&\u2028"


@cache
def validator() -> Draft202012Validator:
    schema = json.loads((ROOT / "tests" / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def log_of(record: RunRecord, exit_code: int = 0) -> Any:
    log = json.loads(to_sarif(record, ruleset(), exit_code))
    faults = [f"{list(fault.path)}: {fault.message[:200]}" for fault in validator().iter_errors(log)]
    assert not faults
    (the_run,) = log["runs"]
    return the_run


def test_the_sample_run_is_valid_and_whole() -> None:
    record = sample_run()
    log = log_of(record, 1)
    assert len(log["results"]) == sum(len(report.findings) for report in record.reports)
    assert len(log["artifacts"]) == len(record.reports)
    for result in log["results"]:
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert log["invocations"][0]["exitCode"] == 1


def test_text_of_every_kind_stays_valid() -> None:
    made = finding(quote=NASTY, message=NASTY, place=NASTY, section=NASTY, excerpt=NASTY, values={"missing": NASTY})
    log_of(run([report(findings=[made], path=f"收件/{NASTY}.txt", title=NASTY, unit=NASTY)]))


def test_rules_explain_themselves_with_basis_advice_and_examples() -> None:
    rule = ruleset().rules[0]
    described = log_of(sample_run())["tool"]["driver"]["rules"][0]
    for text in (described["help"]["text"], described["help"]["markdown"]):
        assert rule.basis in text
        assert rule.advice in text
        assert all(example.splitlines()[0] in text for example in (*rule.examples.fail, *rule.examples.passing))
    assert described["defaultConfiguration"]["level"] in {"error", "warning", "note"}


@pytest.mark.parametrize(
    ("text", "quote", "region"),
    [
        ("一二\n三四五", "四", (2, 2, 2, 3)),
        ("一二\n三四五", "二\n三", (1, 2, 2, 2)),
        ("𠮷𠮷错字", "错字", (1, 3, 1, 5)),
        ("一二\n", "一二\n", (1, 1, 2, 1)),
    ],
)
def test_a_region_is_the_place_of_the_quote(text: str, quote: str, region: tuple[int, ...]) -> None:
    start = text.index(quote)
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    made = replace(finding(quote=quote), start=start, end=start + len(quote), line=line, column=column)
    (result,) = log_of(run([report(findings=[made], format="text")]))["results"]
    found = result["locations"][0]["physicalLocation"]["region"]
    assert (found["startLine"], found["startColumn"], found["endLine"], found["endColumn"]) == region
    assert text[found["charOffset"] : found["charOffset"] + found["charLength"]] == found["snippet"]["text"] == quote


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("收件/甲 县#1?.txt", "%E6%94%B6%E4%BB%B6/%E7%94%B2%20%E5%8E%BF%231%3F.txt"),
        ("./a.txt", "a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("../a%20.txt", "../a%2520.txt"),
    ],
)
def test_a_relative_path_is_a_quoted_reference_to_the_base(path: str, uri: str) -> None:
    assert relative_uri(path) == uri
    assert unquote(uri) == path.removeprefix("./")
    (artifact,) = log_of(run([report(path=path)]))["artifacts"]
    assert artifact["location"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_an_absolute_path_is_a_file_uri() -> None:
    assert relative_uri("/收件/a b.txt") is None
    assert file_uri("/收件/a b.txt") == "file:///%E6%94%B6%E4%BB%B6/a%20b.txt"
    (artifact,) = log_of(run([report(path="/a b.txt")]))["artifacts"]
    assert artifact["location"] == {"uri": "file:///a%20b.txt"}


def test_a_name_that_is_no_unicode_keeps_its_bytes() -> None:
    assert relative_uri("a\udcff.txt") == "a%FF.txt"


def test_an_unread_file_is_a_notification_and_the_run_no_success() -> None:
    log = log_of(run([unread(1, Status.CORRUPT, "文件损坏"), report(2)]), 4)
    (invocation,) = log["invocations"]
    (notification,) = invocation["toolExecutionNotifications"]
    assert not invocation["executionSuccessful"]
    assert notification["level"] == "error"
    assert "文件损坏" in notification["message"]["text"]
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["index"] == 0


def test_regions_outside_plain_text_say_what_they_are_of() -> None:
    made = report(findings=[finding(place="二、 第3段")], format="docx")
    log = log_of(run([made]))
    assert "从文件中读出的文字" in log["artifacts"][0]["description"]["text"]
    assert log["results"][0]["message"]["text"].startswith("二、 第3段：")


def test_suppressed_new_known_and_gone_findings_are_told_apart() -> None:
    suppression = Suppression(SuppressionKind.FILE, "原文如此", "张三", None, ".fazhi-audit.yaml:2")
    made = [
        finding(0, baseline=Standing.NEW),
        finding(1, 10, baseline=Standing.UNCHANGED, suppression=suppression),
    ]
    gone = GoneFinding(
        "旧.txt", "甲", 2023, "a/b", Level.ERROR, "错字", "错", "一、", "f" * 32, "F-00000", GoneReason.RESOLVED
    )
    file = SuppressionFile(".fazhi-audit.yaml", 1, 1, (finding(2, rule="suppressions/unused"),))
    baseline = BaselineRecord("以前.json", same_rules=True, new=1, unchanged=1, not_compared=0, gone=(gone,))
    record = replace(run([report(findings=made)]), baseline=baseline, suppressions=(file,))
    log = log_of(record)
    assert [result["baselineState"] for result in log["results"]] == ["new", "unchanged", "new", "absent"]
    assert [len(result["suppressions"]) for result in log["results"]] == [0, 1, 0, 0]
    assert log["results"][1]["suppressions"][0]["justification"] == "原文如此"
    assert (log["results"][3]["kind"], log["results"][3]["level"]) == ("pass", "none")
    assert log["properties"]["baseline"]["gone"] == 1
    assert log["tool"]["driver"]["rules"][log["results"][2]["ruleIndex"]]["id"] == "suppressions/unused"


def test_related_places_are_linked() -> None:
    other = Related("另/一份.txt", 5, 7, "错字", "二/(一)", 2, 3)
    (result,) = log_of(run([report(findings=[finding(related=(other,))])]))["results"]
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 2
    assert unquote(related["physicalLocation"]["artifactLocation"]["uri"]) == "另/一份.txt"

"""What became of findings: nothing looks put right that may only not have been seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.baseline import known_finding
from audit.decisions import Word
from audit.record import ReportRecord, Status
from audit.rectification import Previous, Progress, Review, report_key, review
from checks.finding import Finding, Outcome
from checks.fingerprint import finding_number, fingerprint
from rules.model import Level

RULE = "wording/slip"
QUOTE = "全面推进法治政府建设各项工作取得了新的明显的成效和进展"
RULES = frozenset({RULE})


def finding(quote: str = QUOTE, rule: str = RULE) -> Finding:
    key = fingerprint(rule, "甲局", 2024, quote, 0)
    return Finding(
        rule, Level.ERROR, "标题", "说明", quote, 0, len(quote), "一", "一、", quote, "依据", "建议", (), {}, key,
        finding_number(key),
    )  # fmt: skip


def report(*found: Finding, status: Status = Status.READ, outcome: Outcome = Outcome.PASSED) -> ReportRecord:
    known = status in (Status.READ, Status.PARTLY_READ)
    return ReportRecord(
        "甲.txt",
        None,
        status,
        None,
        unit="甲局" if known else None,
        year=2024 if known else None,
        findings=found,
        outcomes={RULE: Outcome.FOUND if found else outcome} if known else {},
    )


def previous(*found: Finding, same: bool = True, seen: frozenset[str] = frozenset()) -> Previous:
    return Previous("上期", same, (report(*found),), seen=seen)


def compared(
    now: ReportRecord, before: Previous, rules: frozenset[str] = RULES, words: dict[str, Word] | None = None
) -> Review:
    return review([now], {report_key(before.reports[0]): before}, words or {}, rules)


@pytest.mark.parametrize(
    ("now", "before", "rules", "progress"),
    [
        (report(finding()), previous(finding()), RULES, Progress.OPEN),
        (report(finding()), previous(), RULES, Progress.NEW),
        (report(finding()), previous(seen=frozenset({finding().fingerprint})), RULES, Progress.RETURNED),
        (report(), previous(finding()), RULES, Progress.RESOLVED),
        (report(), previous(finding(), same=False), RULES, Progress.RULE_CHANGED),
        (report(), replace(previous(finding(), same=False), unchanged_rules=RULES), RULES, Progress.RESOLVED),
        (report(), previous(finding()), frozenset(), Progress.RULE_CHANGED),
        (report(outcome=Outcome.NOT_ASSESSABLE), previous(finding()), RULES, Progress.UNDECIDED),
        (report(status=Status.PARTLY_READ), previous(finding()), RULES, Progress.UNDECIDED),
        (report(status=Status.CORRUPT), previous(finding()), RULES, Progress.UNDECIDED),
    ],
)
def test_how_one_finding_compares(
    now: ReportRecord, before: Previous, rules: frozenset[str], progress: Progress
) -> None:
    assert [row.progress for row in compared(now, before, rules).rows] == [progress]


def test_a_rule_that_was_not_there_before_is_no_new_fault() -> None:
    before = Previous("上期", True, (replace(report(), outcomes={}),))
    assert [row.progress for row in compared(report(finding()), before).rows] == [Progress.RULE_CHANGED]


def test_reworded_is_asked_about_never_taken_for_granted() -> None:
    new = finding(QUOTE.replace("明显的", "显著的"))
    told = compared(report(new), previous(finding()))
    assert {row.finding.fingerprint: row.progress for row in told.rows} == {
        new.fingerprint: Progress.NEW,
        finding().fingerprint: Progress.UNDECIDED,
    }
    assert told.hints[new.fingerprint] == f"疑似与 {finding().number}是同一问题，请确认"
    other = compared(report(finding("另外一句毫不相干的话在这里")), previous(finding()))
    assert not other.hints


def test_a_decided_finding_that_was_gone_before_stays_in_sight() -> None:
    before = replace(previous(), decided=(known_finding(finding()),))
    assert [row.progress for row in compared(report(), before).rows] == [Progress.GONE_BEFORE]
    assert [row.progress for row in compared(report(finding()), before).rows] == [Progress.NEW]

"""From a file to its record: judged, read in part, not read, or passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.assess import Auditor
from audit.inbox import Submission
from audit.packs import load_pack
from audit.record import JUDGED, Status
from checks.finding import Outcome

RULESET, FACTS = load_pack()
AUDITOR = Auditor(RULESET, FACTS)
TEXT = "一、主要举措和成效\n全年召开法治建设专题会4次，办理行政处罚案件21件，开展普法宣传18场次，审查合同52份。\n"


def submission(tmp_path: Path, data: bytes, ignored: str | None = None) -> Submission:
    path = tmp_path / "报告.txt"
    path.write_bytes(data)
    return Submission(str(path), "收件/报告.txt", ignored)


def test_a_report_has_an_outcome_for_every_rule_and_facts_with_their_evidence(tmp_path: Path) -> None:
    record = AUDITOR.assess(submission(tmp_path, f"青石县2023年法治政府建设年度报告\n{TEXT}".encode()))
    assert (record.status, record.path, record.reason) == (Status.READ, "收件/报告.txt", None)
    assert set(record.outcomes) == {rule.id for rule in RULESET.rules}
    assert set(record.unassessed) == {
        rule for rule, outcome in record.outcomes.items() if outcome is Outcome.NOT_ASSESSABLE
    }
    assert (record.unit, record.year) == ("青石县", 2023)
    assert record.evidence["unit"].quote == "青石县"
    assert [content.id for content in record.contents] == [content.id for content in FACTS.contents]
    assert {value.value for value in record.metrics} >= {21, 18, 52}


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", Status.EMPTY), (b"Rar!\x1a\x07", Status.UNSUPPORTED), (bytes(900), Status.CORRUPT)],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, data: bytes, status: Status) -> None:
    record = AUDITOR.assess(submission(tmp_path, data))
    assert (record.status, record.size) == (status, len(data))
    assert record.status not in JUDGED
    assert record.reason
    assert record.next_step
    assert not record.outcomes


def test_a_file_that_has_gone_is_unreadable(tmp_path: Path) -> None:
    record = AUDITOR.assess(Submission(str(tmp_path / "没有.txt"), "没有.txt"))
    assert (record.status, record.reason) == (Status.UNREADABLE, "文件无法打开（不存在）")


def test_what_is_lost_at_the_end_is_said(tmp_path: Path) -> None:
    record = AUDITOR.assess(submission(tmp_path, TEXT.encode()[:-2]))
    assert record.status is Status.PARTLY_READ
    assert record.reason
    assert record.next_step


def test_an_ignored_file_is_not_opened() -> None:
    record = AUDITOR.assess(Submission("没有这个文件", "~$报告.docx", "临时文件"))
    assert (record.status, record.reason) == (Status.IGNORED, "临时文件")


def test_the_audited_year_stands_in_for_a_year_that_the_report_does_not_tell(tmp_path: Path) -> None:
    file = submission(tmp_path, TEXT.encode())
    assert AUDITOR.assess(file).year is None
    record = Auditor(RULESET, FACTS, audited_year=2024).assess(file)
    assert record.year == 2024
    assert (record.evidence["year"].certainty, record.evidence["year"].quote) == ("guess", "")

from audit.inbox import Submission
from audit.reconcile import reconcile
from audit.record import ReportRecord, Status
from rules.model import Ruleset

RULESET = Ruleset("test", "测试", (), (), "0" * 64)


def read(path: str, sha256: str) -> ReportRecord:
    return ReportRecord(path, sha256, Status.READ, None)


def test_every_planned_file_has_exactly_one_record_in_the_order_of_the_plan() -> None:
    plan = [Submission(name, name) for name in ("c", "a", "b")]
    run = reconcile(plan, [read("a", "1"), read("c", "2")], RULESET)
    assert [report.path for report in run.reports] == ["c", "a", "b"]
    assert [report.status for report in run.reports] == [Status.READ, Status.READ, Status.CRASHED]
    assert (run.summary.reports, run.summary.read) == (3, 2)


def test_files_with_the_same_bytes_point_to_the_first() -> None:
    plan = [Submission(name, name) for name in ("a", "b", "c")]
    run = reconcile(plan, [read("a", "1"), read("b", "1"), read("c", "2")], RULESET)
    assert [report.status for report in run.reports] == [Status.READ, Status.DUPLICATE, Status.READ]
    assert "a" in (run.reports[1].reason or "")


def test_files_without_a_hash_are_no_duplicates() -> None:
    plan = [Submission(name, name) for name in ("a", "b")]
    unread = [ReportRecord(name, None, Status.CRASHED, "坏了") for name in ("a", "b")]
    assert [report.status for report in reconcile(plan, unread, RULESET).reports] == [Status.CRASHED, Status.CRASHED]

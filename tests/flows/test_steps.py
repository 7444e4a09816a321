"""An audit run from end to end without a server: files in, folder with workbook and findings.json out."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.inbox import InboxError
from audit.limits import Limits, PackChoice
from audit.record import ReportRecord, Status
from flows.plain import run_plain
from flows.steps import AuditRequest, RunPlan, audit_chunk, check_request, finish_run, plan_run
from tests.places import ROOT

SEEDS = ROOT / "seeds"


def request(tmp_path: Path, *paths: Path, chunk_size: int = 250, limits: Limits | None = None) -> AuditRequest:
    shown = tuple(str(path) for path in paths or (SEEDS,))
    return AuditRequest(shown, str(tmp_path / "结果"), PackChoice("fazhi"), limits or Limits(workers=2), chunk_size)


def ignore(_: ReportRecord) -> None:
    pass


def forget(_: RunPlan) -> None:
    pass


def test_leaves_a_workbook_and_findings_and_nothing_else(tmp_path: Path) -> None:
    seen: list[str] = []
    result = run_plain(request(tmp_path), forget, lambda record: seen.append(record.path))
    assert sorted(path.name for path in result.folder.iterdir()) == sorted([result.workbook.name, "findings.json"])
    assert result.folder.parent == tmp_path / "结果"
    assert len(seen) == len(list(SEEDS.iterdir())) == result.summary.reports
    assert result.summary.read == 5
    assert "问题清单" in load_workbook(result.workbook, read_only=True).sheetnames
    stored = json.loads(result.findings.read_text(encoding="utf-8"))
    assert [report["path"] for report in stored["reports"]] == sorted(seen)


def test_the_size_of_chunks_and_the_number_of_workers_change_nothing(tmp_path: Path) -> None:
    whole = run_plain(request(tmp_path / "a"), forget, ignore)
    cut = run_plain(request(tmp_path / "b", chunk_size=2, limits=Limits(workers=1)), forget, ignore)
    assert whole.findings.read_bytes() == cut.findings.read_bytes()


def test_a_chunk_that_was_never_finished_becomes_rows_that_say_so(tmp_path: Path) -> None:
    plan = plan_run(request(tmp_path, chunk_size=3))
    audit_chunk(plan.chunks[0], ignore)
    result = finish_run(plan, "plain")
    lost = [report for report in result.record.reports if report.status is Status.CRASHED]
    assert len(lost) == len(plan.submissions) - 3
    assert all(report.reason and report.next_step for report in lost)


def test_two_runs_in_one_second_get_folders_of_their_own(tmp_path: Path) -> None:
    folders = {plan_run(request(tmp_path)).folder for _ in range(3)}
    assert len(folders) == 3


def test_wrong_requests_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    with pytest.raises(InboxError, match="空文件夹"):
        check_request(request(tmp_path, empty))
    with pytest.raises(InboxError, match="没有的"):
        check_request(request(tmp_path, tmp_path / "没有的"))
    assert not (tmp_path / "结果").exists()


def test_an_interrupted_run_leaves_no_folder(tmp_path: Path) -> None:
    def interrupt(_: ReportRecord) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_plain(request(tmp_path), forget, interrupt)
    assert not list((tmp_path / "结果").iterdir())

"""An audit run from end to end without a server: files in, folder with workbook and findings.json out."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from audit.inbox import InboxError
from audit.isolation import close_shared_auditors
from audit.limits import Limits, PackChoice
from audit.record import Status
from audit.summary import ReportSummary
from flows.errors import OutputBusy
from flows.finish import finish_run
from flows.output_folder import OutputFolder
from flows.plain import run_plain
from flows.steps import AuditRequest, RunPlan, audit_chunk, check_request, planned_run
from tests.places import ROOT

SEEDS = ROOT / "seeds"


def request(
    tmp_path: Path, *paths: Path, chunk_size: int = 250, limits: Limits | None = None, fresh: bool = False
) -> AuditRequest:
    shown = tuple(str(path) for path in paths or (SEEDS,))
    limits = limits or Limits(workers=2)
    return AuditRequest(shown, str(tmp_path / "结果"), PackChoice("fazhi"), limits, chunk_size, fresh=fresh)


def ignore(_: ReportSummary) -> None:
    pass


def forget(_: RunPlan) -> None:
    pass


def runs(tmp_path: Path) -> list[Path]:
    return sorted(path for path in (tmp_path / "结果").iterdir() if not path.name.startswith("."))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "收件"))


def test_leaves_a_workbook_and_findings_and_nothing_else(tmp_path: Path) -> None:
    seen: list[str] = []
    result = run_plain(request(tmp_path), forget, lambda report: seen.append(report.path))
    assert sorted(path.name for path in result.folder.iterdir()) == sorted([result.workbook.name, "findings.json"])
    assert [result.folder] == runs(tmp_path)
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
    with planned_run(request(tmp_path, chunk_size=3)) as plan:
        tally = audit_chunk(plan.chunks[0], ignore)
        close_shared_auditors()
        result = finish_run(plan, [tally], "plain")
    lost = [report for report in result.reports if report.status is Status.CRASHED]
    assert len(lost) == len(plan.submissions) - 3
    assert all(report.reason and report.next_step for report in lost)


def test_two_runs_in_one_second_get_folders_of_their_own(tmp_path: Path) -> None:
    output = OutputFolder(tmp_path)
    folders = {output.publish(output.new_staging(), "20240101-000000-fazhi") for _ in range(3)}
    assert len(folders) == 3


def test_wrong_requests_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    with pytest.raises(InboxError, match="空文件夹"):
        check_request(request(tmp_path, empty))
    with pytest.raises(InboxError, match="没有的"):
        check_request(request(tmp_path, tmp_path / "没有的"))
    assert not (tmp_path / "结果").exists()


def test_an_interrupted_run_leaves_no_run_and_keeps_what_was_finished(tmp_path: Path, inbox: Path) -> None:
    seen: list[str] = []

    def interrupt(report: ReportSummary) -> None:
        seen.append(report.path)
        if len(seen) == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_plain(request(tmp_path, inbox, chunk_size=2, limits=Limits(workers=1)), forget, interrupt)
    assert not runs(tmp_path)
    done_later: list[str] = []
    result = run_plain(request(tmp_path, inbox), forget, lambda report: done_later.append(report.path))
    assert result.summary.read == 5
    assert not set(done_later) & set(seen[:2])


def test_what_has_not_changed_is_not_judged_again_and_the_result_is_the_same(tmp_path: Path, inbox: Path) -> None:
    first = run_plain(request(tmp_path, inbox), forget, ignore)
    changed = min(inbox.glob("*.txt"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n新增一句话。", encoding="utf-8")
    again: list[str] = []
    second = run_plain(request(tmp_path, inbox), forget, lambda report: again.append(report.path))
    assert [Path(path).name for path in again] == [changed.name]
    assert second.notices
    fresh = run_plain(request(tmp_path, inbox, fresh=True), forget, ignore)
    assert second.findings.read_bytes() == fresh.findings.read_bytes() != first.findings.read_bytes()


def test_the_same_audit_again_takes_the_result_over_unless_somebody_worked_on_it(tmp_path: Path, inbox: Path) -> None:
    first = run_plain(request(tmp_path, inbox), forget, ignore)
    second = run_plain(request(tmp_path, inbox), forget, ignore)
    assert second.folder != first.folder
    assert first.folder.name in second.notices[0]
    assert second.reports == first.reports
    assert second.workbook.read_bytes() == first.workbook.read_bytes()
    book = load_workbook(second.workbook)
    book["问题清单"]["M4"] = "确认"
    book.save(second.workbook)
    third = run_plain(request(tmp_path, inbox), forget, ignore)
    assert third.workbook.read_bytes() == first.workbook.read_bytes()
    assert third.findings.read_bytes() == first.findings.read_bytes()
    third.workbook.write_bytes(b"")
    fourth = run_plain(request(tmp_path, inbox), forget, ignore)
    assert load_workbook(fourth.workbook, read_only=True)["问题清单"]["M4"].value is None


@pytest.mark.parametrize("store", ["memory://{name}", "local://{folder}", "{folder}"])
def test_results_kept_elsewhere_change_nothing_and_are_found_again(tmp_path: Path, inbox: Path, store: str) -> None:
    here = run_plain(request(tmp_path / "甲", inbox), forget, ignore)
    asked = request(tmp_path / "乙", inbox)
    asked = replace(asked, store=store.format(name=tmp_path.name, folder=tmp_path / "存放处"))
    there = run_plain(asked, forget, ignore)
    assert there.findings.read_bytes() == here.findings.read_bytes()
    assert not list((tmp_path / "乙").rglob("*.chunk"))
    (inbox / "新到.txt").write_text("2023年，青石县认真推进依法行政。\n", encoding="utf-8")
    again: list[str] = []
    run_plain(asked, forget, lambda report: again.append(report.path))
    assert [Path(path).name for path in again] == ["新到.txt"]


def test_two_output_folders_share_a_store_without_a_trace_of_each_other(tmp_path: Path, inbox: Path) -> None:
    store = str(tmp_path / "存放处")
    for out in ("甲", "乙", "甲"):
        again: list[str] = []
        asked = replace(request(tmp_path / out, inbox), store=store)
        run_plain(asked, forget, lambda report, seen=again: seen.append(report.path))
    assert not again
    assert len(list(Path(store).iterdir())) == 2


def test_other_rules_reuse_nothing(tmp_path: Path, inbox: Path) -> None:
    run_plain(request(tmp_path, inbox), forget, ignore)
    pack = tmp_path / "本级"
    pack.mkdir()
    (pack / "pack.yaml").write_text("name: 本级\ntitle: 本级规则\nextends: fazhi\n", encoding="utf-8")
    again: list[str] = []
    other = AuditRequest((str(inbox),), str(tmp_path / "结果"), PackChoice(str(pack)), Limits(workers=1))
    run_plain(other, forget, lambda report: again.append(report.path))
    assert len(again) == 6


def test_a_second_audit_of_the_same_output_folder_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    with (
        planned_run(request(tmp_path)),
        pytest.raises(OutputBusy, match="另一个审核正在使用"),
        planned_run(request(tmp_path)),
    ):
        pass
    assert not runs(tmp_path)


@pytest.mark.parametrize("content", [b"", b"FZCHUNK1", b"\x00" * 40, b"x" * 30 + b"\xff" * 8 + b"FZCHUNK1"])
def test_a_file_that_is_no_whole_chunk_is_done_again(tmp_path: Path, inbox: Path, content: bytes) -> None:
    first = run_plain(request(tmp_path, inbox), forget, ignore)
    for chunk in (tmp_path / "结果" / ".fazhi-audit" / "results").rglob("*.chunk"):
        chunk.write_bytes(content)
    second = run_plain(request(tmp_path, inbox), forget, ignore)
    assert first.findings.read_bytes() == second.findings.read_bytes()

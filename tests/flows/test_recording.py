"""Every audit goes into the history, whatever happens between its appearing and its being recorded."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL, select

from audit.findings_file import read_reports
from audit.limits import Limits, PackChoice
from flows import deliver
from flows.output_folder import STATE_NAME, OutputFolder
from flows.plain import run_plain
from flows.run_result import RunResult
from flows.steps import AuditRequest
from history.database import open_database
from history.errors import HistoryError
from history.location import FILE_NAME, sqlite_url
from history.records import Run
from history.schema import METADATA, RUNS
from history.store import open_history
from tests.places import SEEDS


@pytest.fixture
def request_for(tmp_path: Path) -> AuditRequest:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    for seed in SEEDS[:2]:
        shutil.copy(seed, inbox)
    return AuditRequest((str(inbox),), str(tmp_path / "结果"), PackChoice("fazhi"), Limits(workers=1))


def audit(asked: AuditRequest) -> RunResult:
    return run_plain(asked, lambda _: None, lambda _: None)


def default_of(asked: AuditRequest) -> URL:
    return sqlite_url(Path(asked.out) / STATE_NAME / FILE_NAME)


def recorded(url: URL) -> tuple[Run, ...]:
    with open_history(url, must_exist=True) as history:
        return history.latest_runs()


def notes(asked: AuditRequest) -> list[str]:
    return [path.name for path in (Path(asked.out) / STATE_NAME / "unrecorded").glob("*")]


def test_an_audit_is_recorded_as_it_was_published(request_for: AuditRequest) -> None:
    result = audit(request_for)
    with open_history(default_of(request_for), must_exist=True) as history:
        (run,) = history.latest_runs()
        stored = list(history.reports(run))
    assert (run.header.id, run.header.summary) == (result.folder.name, result.summary)
    assert run.header.scope == request_for.paths
    assert run.header.engine == "plain"
    published = list(read_reports(result.findings))
    assert [record.path for record in stored] == [record.path for record in published]
    for kept, original in zip(stored, published, strict=True):
        assert kept.outcomes == original.outcomes
        assert kept.metrics == original.metrics
        assert kept.findings == tuple(replace(item, related=()) for item in original.findings)
    assert "history" in result.timings
    assert notes(request_for) == []


def test_an_audit_taken_over_is_recorded_too(request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    first = audit(request_for)
    # What was found is known to the history: nothing need be read again.
    monkeypatch.setattr("flows.recording.read_reports", never)
    second = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [second.folder.name, first.folder.name]


def test_off_records_nothing(request_for: AuditRequest) -> None:
    audit(replace(request_for, history="off"))
    assert not Path(default_of(request_for).database or "").exists()
    assert notes(request_for) == []


def test_a_postgresql_server_can_be_named(request_for: AuditRequest, postgresql: URL) -> None:
    result = audit(replace(request_for, history=postgresql.render_as_string(hide_password=False)))
    assert result.notices == ()
    assert [run.header.id for run in recorded(postgresql)] == [result.folder.name]


def test_a_history_that_cannot_be_written_costs_no_audit_and_is_made_good(request_for: AuditRequest) -> None:
    broken = Path(request_for.out) / "x.sqlite"
    broken.mkdir(parents=True)
    asked = replace(request_for, history=str(broken))
    first = audit(asked)
    assert first.findings.is_file()
    # Neither could the decisions of earlier audits be read from it.
    unread, unwritten = first.notices
    assert unread.startswith("没有读到历史库，工作簿不带入以前的审核意见，也不作对比：")
    assert unwritten.startswith(f"审核已完成，但没有记入历史库：历史库“{broken}”不能使用：文件不能打开或建立。")
    broken.rmdir()
    second = audit(asked)
    assert [run.header.id for run in recorded(sqlite_url(broken))] == [second.folder.name, first.folder.name]
    assert notes(asked) == []


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def _interrupted_in(step: str, request: AuditRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An audit that is interrupted in ``step``."""
    with monkeypatch.context() as within:
        within.setattr(step, _killed)
        with pytest.raises(KeyboardInterrupt):
            audit(request)


@pytest.mark.parametrize("step", ["flows.run_result.note_run", "flows.output_folder.OutputFolder.publish"])
def test_an_audit_that_ends_before_it_is_published_leaves_no_run(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _interrupted_in(step, request_for, monkeypatch)
    result = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name]


@pytest.mark.parametrize(
    "step", ["flows.recording.add_run", "flows.recording.open_database", "flows.new_result.remember"]
)
def test_an_audit_that_ends_before_it_is_recorded_is_recorded_by_the_next(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _interrupted_in(step, request_for, monkeypatch)
    (lost,) = (path.name for path in Path(request_for.out).iterdir() if path.name != STATE_NAME)
    result = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name, lost]
    assert notes(request_for) == []


def test_an_audit_that_ends_while_its_note_is_removed_is_recorded_once(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink: Callable[..., None] = Path.unlink

    def only_others(path: Path, missing_ok: bool = False) -> None:
        if path.parent.name == "unrecorded" and path.suffix == ".json":
            raise KeyboardInterrupt
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", only_others)
    with pytest.raises(KeyboardInterrupt):
        audit(request_for)
    monkeypatch.undo()
    audit(request_for)
    assert len(recorded(default_of(request_for))) == 2


def test_a_run_whose_results_were_changed_by_hand_is_told_and_left_out(request_for: AuditRequest) -> None:
    broken = Path(request_for.out) / "x.sqlite"
    broken.mkdir(parents=True)
    first = audit(replace(request_for, history=str(broken)))
    first.findings.write_text("{}", encoding="utf-8")
    second = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [second.folder.name]
    assert notes(request_for) == []


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run is one of those that are recorded while their outputs are being made."""
    monkeypatch.setattr(deliver, "_LARGE", 1)


def rows(url: URL) -> dict[str, list[tuple[object, ...]]]:
    """All that a history holds but what tells one run from another of the same reports."""
    with open_database(url) as database, database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(*columns).order_by(*table.primary_key))]
            for table in METADATA.sorted_tables
            if (columns := [each for each in table.columns if each not in (RUNS.c.id, RUNS.c.started, RUNS.c.finished)])
        }


def never(*_: object) -> None:
    raise AssertionError


def test_a_large_run_is_recorded_before_it_appears_as_others_afterwards(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(request_for)
    afterwards = rows(default_of(request_for))
    shutil.rmtree(request_for.out)
    monkeypatch.setattr(deliver, "_LARGE", 1)
    monkeypatch.setattr("flows.recording.add_run", never)
    result = audit(request_for)
    assert rows(default_of(request_for)) == afterwards
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name]
    assert result.notices == ()
    assert notes(request_for) == []


@pytest.mark.usefixtures("large")
def test_processes_make_the_rows_of_a_large_run(request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_REPORTS_A_FRAGMENT", 1)
    monkeypatch.setattr("flows.recording.add_run", never)
    result = audit(replace(request_for, limits=Limits(workers=2)))
    with open_history(default_of(request_for), must_exist=True) as history:
        (run,) = history.latest_runs()
        stored = [record.path for record in history.reports(run)]
    assert stored == [record.path for record in read_reports(result.findings)]


@pytest.mark.usefixtures("large")
def test_nobody_sees_a_large_run_before_it_has_appeared(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    publish = OutputFolder.publish

    def looking(folder: OutputFolder, staging: Path, name: str) -> Path:
        seen.append(len(recorded(default_of(request_for))))
        return publish(folder, staging, name)

    monkeypatch.setattr(OutputFolder, "publish", looking)
    audit(request_for)
    assert (seen, len(recorded(default_of(request_for)))) == ([0], 1)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "step",
    [
        "flows.deliver.write_json_parts",
        "flows.deliver.write_workbook",
        "flows.run_result.note_run",
        "flows.output_folder.OutputFolder.publish",
    ],
)
def test_a_large_run_that_never_appears_is_not_recorded(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _interrupted_in(step, request_for, monkeypatch)
    assert recorded(default_of(request_for)) == ()
    result = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name]


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    "step",
    ["flows.recording_ahead.RecordingAhead.appeared", "flows.recording_ahead.remove_note", "flows.new_result.remember"],
)
def test_a_large_run_that_has_appeared_is_recorded_once(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _interrupted_in(step, request_for, monkeypatch)
    (lost,) = (path.name for path in Path(request_for.out).iterdir() if path.name != STATE_NAME)
    result = audit(request_for)
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name, lost]
    assert notes(request_for) == []


def _faulty(*_: object) -> None:
    raise HistoryError("磁盘空间不足")


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize(
    ("step", "does"),
    [
        ("flows.recording_ahead.open_database", _faulty),
        ("flows.recording_ahead.new_run", _faulty),
        ("history.database.Database.serves_readers_meanwhile", lambda _: False),
    ],
)
def test_a_large_run_that_cannot_be_recorded_ahead_is_recorded_afterwards(
    request_for: AuditRequest, monkeypatch: pytest.MonkeyPatch, step: str, does: Callable[..., object]
) -> None:
    monkeypatch.setattr(step, does)
    result = audit(request_for)
    assert result.notices == ()
    assert [run.header.id for run in recorded(default_of(request_for))] == [result.folder.name]


@pytest.mark.usefixtures("large")
def test_a_large_run_goes_into_a_postgresql_server(
    request_for: AuditRequest, postgresql: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.recording.add_run", never)
    result = audit(replace(request_for, history=postgresql.render_as_string(hide_password=False)))
    assert result.notices == ()
    assert [run.header.id for run in recorded(postgresql)] == [result.folder.name]

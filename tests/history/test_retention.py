"""Removing runs removes what only they found, and nothing else."""

from pathlib import Path

from sqlalchemy import URL, func, select

from history.database import open_database
from history.decisions import all_decisions
from history.location import sqlite_url
from history.recording import record_run
from history.retention import remove_runs
from history.schema import FINDINGS, METRICS, RUNS, SUBMISSIONS, VERDICTS
from history.store import open_history
from tests.history.builders import finding, header, metric, report
from tests.history.test_decisions import FULL, take


def counts(url: URL) -> list[int]:
    with open_database(url) as database, database.read() as connection:
        tables = (RUNS, SUBMISSIONS, VERDICTS, FINDINGS, METRICS)
        return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_what_others_found_too_and_decisions_stay(url: URL) -> None:
    shared, own = report(finding(), metrics=(metric(),)), report(finding(quote="另"), path="b", metrics=(metric(),))
    record_run(url, header(1), [shared, own])
    record_run(url, header(2), [shared])
    with open_history(url) as history:
        take(history, FULL)
        remove_runs(history, history.latest_runs()[1:])
        assert [list(history.reports(run)) for run in history.latest_runs()] == [[shared]]
        assert len(all_decisions(history)) == 1
    assert counts(url) == [1, 1, 1, 1, 1]


def test_all_runs_can_be_removed_and_recorded_anew(url: URL) -> None:
    for _ in range(2):
        record_run(url, header(1), [report(finding())])
        with open_history(url) as history:
            remove_runs(history, history.latest_runs())
            remove_runs(history, [])
        assert counts(url) == [0, 0, 0, 0, 0]


def test_the_file_shrinks(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    record_run(sqlite_url(file), header(1), [report(finding(quote=str(item)), path=str(item)) for item in range(3000)])
    before = file.stat().st_size
    with open_history(sqlite_url(file)) as history:
        remove_runs(history, history.latest_runs())
    assert file.stat().st_size < before / 5

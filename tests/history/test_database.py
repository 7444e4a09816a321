"""The database itself: made, migrated, refused, and used by several at once."""

import multiprocessing
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect, text

import history
from history.database import open_database
from history.errors import HistoryError, HistoryUseError
from history.location import settled, shown, sqlite_url
from history.recording import record_run
from history.schema import METADATA, REVISIONS
from history.store import open_history
from tests.history.builders import finding, header, metric, report


def test_migrations_make_the_tables_that_the_program_uses(url: URL) -> None:
    with open_database(url) as database, database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISIONS[-1]


def test_every_revision_is_known_to_the_program_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(history.__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_opening_again_changes_nothing(url: URL) -> None:
    for _ in range(2):
        record_run(url, header(), [report()])
        with open_history(url) as found:
            assert len(found.latest_runs()) == 1


def test_a_newer_database_is_refused_and_left_alone(url: URL) -> None:
    record_run(url, header(), [report()])
    with open_database(url) as database, database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(HistoryError, match=r"由更新版本的程序写成（库版本 9999，本程序为 \d+），请升级程序"):
        record_run(url, header(2), [report()])


def test_the_database_of_another_program_is_refused(url: URL) -> None:
    with open_database(url) as database, database.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(HistoryError, match="不是本程序的历史库"), open_history(url):
        pass


def test_a_migration_that_is_interrupted_leaves_an_empty_database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("history.database._upgrade", _half_done)
    with pytest.raises(KeyboardInterrupt), open_history(url):
        pass
    monkeypatch.undo()
    record_run(url, header(), [report()])


def _half_done(connection: object) -> None:
    METADATA.tables["runs"].create(connection)  # type: ignore[arg-type]
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"x" * 5000, "不是 SQLite 数据库文件"), (b"SQLite format 3\0" + b"\xff" * 5000, "")],
)
def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "history.sqlite"
    file.write_bytes(content)
    with pytest.raises(HistoryError, match=f"历史库“{file}”不能使用：.*{words}"):
        record_run(sqlite_url(file), header(), [report()])
    assert file.read_bytes() == content


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="文件不能打开或建立"):
        record_run(sqlite_url(tmp_path), header(), [report()])


def test_a_sqlite_file_is_set_to_survive_a_loss_of_power(tmp_path: Path) -> None:
    with open_database(sqlite_url(tmp_path / "a.sqlite")) as database, database.read() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert values == ["wal", 2, 1, 30000]


@pytest.mark.parametrize("place", [{"query": {"unix_sock": "/nowhere/at/all"}}, {"host": "127.0.0.1", "port": 1}])
def test_no_server_is_told_in_words(place: dict[str, Any]) -> None:
    nowhere = URL.create("postgresql+pg8000", "nobody", database="x", **place)
    with pytest.raises(HistoryError, match="连接不上数据库服务器"):
        record_run(nowhere, header(), [report()])


def test_a_database_that_is_not_there_is_told_in_words(postgresql: URL) -> None:
    with pytest.raises(HistoryError, match="没有这个数据库"):
        record_run(postgresql.set(database="nicht_da"), header(), [report()])


def test_reading_does_not_wait_for_the_writer(url: URL) -> None:
    record_run(url, header(), [report()])
    with open_database(url) as writer, writer.write() as connection:
        connection.execute(text("DELETE FROM submissions"))
        with open_history(url) as reader:
            assert len(list(reader.reports(reader.latest_runs()[0]))) == 1


def _record_some(url: URL, first: int, ready: object) -> None:
    ready.wait()  # type: ignore[attr-defined]
    for number in range(first, first + 5):
        found = [finding(quote=f"错{first % 2}{item}") for item in range(5)]
        records = [report(*found, path=f"{first}/{place}", metrics=(metric(),)) for place in range(300)]
        record_run(url, header(number), records)


def test_audits_at_once_on_one_new_database_all_get_recorded(url: URL) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(3)
    processes = [context.Process(target=_record_some, args=(url, first, ready)) for first in (0, 100, 201)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    with open_history(url) as found:
        runs = found.latest_runs()
        assert len({run.header.id for run in runs}) == len(runs) == 15
        assert all(len(list(found.reports(run))) == 300 for run in runs)


@pytest.mark.parametrize(
    ("setting", "as_given_on"),
    [
        ("", ""),
        ("off", "off"),
        ("sqlite:////data/h.sqlite", "/data/h.sqlite"),
        ("/data/h.sqlite", "/data/h.sqlite"),
        ("postgresql://a:geheim@host:5433/h", "postgresql+pg8000://a@host:5433/h"),
        ("postgresql://a@host/h", "postgresql+pg8000://a@host/h"),
    ],
)
def test_a_setting_is_handed_on_without_its_password(
    monkeypatch: pytest.MonkeyPatch, setting: str, as_given_on: str
) -> None:
    monkeypatch.setenv("PGPASSWORD", "x")
    assert settled(setting).partition("?")[0] == as_given_on
    assert os.environ["PGPASSWORD"] == ("geheim" if "geheim" in setting else "x")


@pytest.mark.parametrize("setting", ["mysql://a/b", "sqlite://", "://", "postgresql+psycopg2://a/b", "http://a"])
def test_an_address_of_something_else_is_refused(setting: str) -> None:
    with pytest.raises(HistoryUseError):
        settled(setting)


def test_messages_do_not_show_the_password() -> None:
    assert "geheim" not in shown(URL.create("postgresql+pg8000", "a", "geheim", "host", database="h"))


def test_a_database_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "a.sqlite")
    record_run(url, header(), [report()])
    connection = sqlite3.connect(tmp_path / "a.sqlite")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    with open_database(url, must_exist=True) as database, database.read() as found:
        assert inspect(found).has_table("runs")

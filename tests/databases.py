"""Databases to test with: a SQLite file, and a PostgreSQL server of its own, both thrown away afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from history.location import history_url, sqlite_url

_NUMBERS = count()
_SERVER_USER = "postgres"


def _program(name: str) -> str:
    """A program of PostgreSQL; Debian keeps them out of the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(map(str, folders)))
    if found is None:
        pytest.skip(f"{name} is missing: apt-get install postgresql")
    return found


def _run(*command: str) -> None:
    # The server refuses to run as root.
    as_user = ["runuser", "-u", _SERVER_USER, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*as_user, *command], check=False, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A server that listens on a socket of its own folder only."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="fazhi-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _SERVER_USER)
        data = str(folder / "data")
        _run(initdb, "-D", data, "-U", "fazhi", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _run(pg_ctl, "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
        try:
            socket = str(folder / ".s.PGSQL.5432")
            yield URL.create("postgresql+pg8000", "fazhi", database="postgres", query={"unix_sock": socket})
        finally:
            _run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def postgresql(postgresql_server: URL) -> URL:
    """An empty database of the server."""
    name = f"history_{os.getpid()}_{next(_NUMBERS)}"
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgresql_server.set(database=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    """Each kind of database in turn, empty."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "history.sqlite")
    found: URL = request.getfixturevalue("postgresql")
    again = history_url(found.render_as_string(hide_password=False), tmp_path)
    assert again == found
    return found
